/* SPDX-License-Identifier: ISC */
/*
 * What a digest tells of the entries of a series: how many, and the first of
 * each section. Counted in the register's indexes; only rows that are listed
 * are read.
 */
#ifndef NUDGED_IO_ENTRIES_DIGEST_H
#define NUDGED_IO_ENTRIES_DIGEST_H

#include "core/digest.h"
#include "io/entries.h"

struct digest_scope {
	int64_t series_id; /* its entries, and those of reports it monitors */
	int today;
	int clocks_until_on; /* from today on: clocks due by then are listed */
	int due_until_on;    /* "due" is what is due by then */
	int since_on;        /* the digest before; DAY_NONE: none */
	int64_t since_at;    /* its moment; INSTANT_NONE: none */
	const char *silent;  /* flags that ask nothing of a person, each between
			      * two line feeds */
};

struct digest_counts {
	/* of the live ones; proposed, undated, overdue, due: at most one */
	size_t open, proposed, undated, overdue, due;
	size_t newly_overdue, moved;        /* since the digest before */
	size_t opened, closed;              /* likewise; closed still */
	size_t unconfirmed;                 /* not live */
	size_t of_section[DIGEST_SECTIONS]; /* 0 for the headline */
};

int digest_count(struct db *db, const struct digest_scope *scope,
    struct digest_counts *out, struct err *err);

/* The first `most` of a section (not the headline): in order of due day, then
 * ref as entries_each has it; closed ones as they came in. */
int digest_each(struct db *db, const struct digest_scope *scope,
    enum digest_section section, int most, entry_cb cb, void *ctx,
    struct err *err);

/* Each flag that live entries of the series have, once; flag is borrowed
 * during the call. scope->silent is not asked for. */
typedef void (*flag_cb)(void *ctx, const char *flag);
int digest_each_flag(struct db *db, const struct digest_scope *scope,
    flag_cb cb, void *ctx, struct err *err);

#endif
