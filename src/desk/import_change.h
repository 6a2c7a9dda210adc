/* SPDX-License-Identifier: ISC */
/*
 * A row about an entry that the register has: what of it is a correction, what
 * is last month's and has been overtaken. Never closes, reopens or reverts.
 */
#ifndef NUDGED_DESK_IMPORT_CHANGE_H
#define NUDGED_DESK_IMPORT_CHANGE_H

#include "desk/import_row.h"

/* How a row stands to the entry. */
enum lineage {
	LINEAGE_CURRENT, /* exported at the version that it has now */
	LINEAGE_STALE,   /* at another one: nothing may differ */
	LINEAGE_NONE,    /* not an export of ours: history decides */
};

struct row_change {
	enum lineage lineage;
	struct entry *after; /* a copy of the entry; changed here */
	const struct entry *before;
	bool kept; /* something was left as the register has it */
	bool slip; /* the due date was moved */
};

/* Applies a row to change->after. -1 only when the register fails; a problem
 * is noted in the run. */
int row_change_apply(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err);

/* The rule of a day that stands in a row. */
#define ROW_GIVEN "given as a day"

/* Dates an entry by a row: its day, its words, or neither. trusted: the row is
 * an export of ours, taken as it stands. Adds what a person should look at to
 * why (owned, NULL: nothing). */
int entry_row_date(struct import_run *run, const struct entry_row *row,
    bool trusted, struct entry *entry, char **why, struct err *err);

/* Takes over the owners of the roles that the file has columns for. */
void entry_row_owners(const struct entry_row *row, struct entry *entry);

#endif
