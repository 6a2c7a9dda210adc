/* SPDX-License-Identifier: ISC */
/*
 * One act on one entry, and telling what came of it: read, ask the lifecycle,
 * change what belongs to the act, save, and what follows for clocks and chains.
 * Which acts there are is in acts.c.
 */
#ifndef NUDGED_DESK_DEED_H
#define NUDGED_DESK_DEED_H

#include "core/lifecycle.h"
#include "desk/desk.h"
#include "desk/show.h"

struct deed {
	enum act act;
	const char *note;
	const char *what; /* for the answer; NULL: as the history says */
	/* Changes what else the act brings, before and after the lifecycle
	 * had its say; either may be NULL. */
	int (*before)(struct desk_call *, struct entry *, struct err *);
	int (*after)(struct desk_call *, struct entry *, struct err *);
};

/* What became of one entry. */
struct deed_outcome {
	int64_t id;
	char *next; /* ref of the step that follows in its chain, NULL: none */
	char *said; /* what else there is to tell, NULL: nothing */
};
void deed_outcome_clear(struct deed_outcome *outcome);

/* Does it to the entry of a ref. 0 and *out filled, or -1 with *err set and
 * *out empty. */
int deed_do(struct desk_call *call, const char *ref, const struct deed *deed,
    struct deed_outcome *out, struct err *err);

/* To the first count words of the line, and tells each. */
int deed_do_each(struct desk_call *call, size_t count, const struct deed *deed,
    struct err *err);

/* What the answer calls it. */
const char *deed_what(const struct deed *deed);

/* ---- the answer: one line an entry, or a list of JSON objects ---- */

struct deed_telling {
	struct desk_call *call;
	struct json_list json;
	bool with_date;
};

/* begin, tell each outcome (what: "closed"), end; into the call's answer. With
 * with_date, set in between, the line tells the date too. */
struct deed_telling deed_tell_begin(struct desk_call *call);
void deed_tell(struct deed_telling *telling, const struct deed_outcome *outcome,
    const char *what);
void deed_tell_end(struct deed_telling *telling);

#endif
