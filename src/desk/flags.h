/* SPDX-License-Identifier: ISC */
/*
 * What a person should look at in the register: the flags that `minutes` finds
 * in a paper, found in what is there. Reads only.
 */
#ifndef NUDGED_DESK_FLAGS_H
#define NUDGED_DESK_FLAGS_H

#include "core/conf.h"
#include "core/minutes.h"
#include "core/vec.h"
#include "io/db.h"

/* Of more flags of one code than this only the number is kept. */
#define FLAGS_KEPT 2000

struct flag {
	enum minutes_flag_code code;
	char *ref;  /* of the entry, or "SDP 2018-12-07" of a meeting */
	char *text; /* a sentence about it */
};

struct flags {
	VEC(struct flag) list;
	long long count[MINUTES_FLAG_CODES]; /* by code, all that were found */
};

void flags_clear(struct flags *flags);

/* Finds all of unfinished entries, and of the meetings of the last year and
 * those to come. 0, or -1 with *err set. */
int flags_find(const struct conf *conf, struct db *db, int today,
    struct flags *out, struct err *err);

/* A line for each kind: how many, and the first few refs. Those of meetings
 * have a line each. */
void flags_remarks(const struct flags *flags, struct strings *out);

/* What the history of a meeting calls a conflict that a paper had about the
 * next one; the note says which. */
#define FLAG_TWO_DATES "two dates"

/* And what it calls that a person said of a meeting's day that it is right. */
#define FLAG_DAY_CONFIRMED "day confirmed"

#endif
