/* SPDX-License-Identifier: ISC */
/*
 * Rows without a ref: which entry of the register they are. By series or
 * report, day, item and paragraph, then by the same or a near-identical text;
 * every entry is matched once. Reads the register, changes nothing.
 */
#ifndef NUDGED_DESK_IMPORT_MATCH_H
#define NUDGED_DESK_IMPORT_MATCH_H

#include "core/vec.h"
#include "desk/strmap.h"
#include "io/entries.h"

struct match_group;

struct matcher {
	struct strmap groups; /* key to place in list */
	VEC(struct match_group *) list;
};

void matcher_clear(struct matcher *matcher);

/* What a row says of itself; texts may be NULL. */
struct match_row {
	int64_t series_id, report_id;
	int held_on;
	const char *item, *para, *text;
};

/* 1 and *id, 0 when no entry is it, -1 with *err set: ERR_CONFLICT when two
 * might be it (both are named). */
int matcher_find(struct matcher *matcher, struct db *db,
    const struct match_row *row, int64_t *id, struct err *err);

#endif
