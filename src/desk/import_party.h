/* SPDX-License-Identifier: ISC */
/*
 * Private to import_part*.c: one row of a parties file, what is new about it,
 * and what comes of it.
 */
#ifndef NUDGED_DESK_IMPORT_PARTY_H
#define NUDGED_DESK_IMPORT_PARTY_H

#include "core/model.h"
#include "desk/columns.h"
#include "desk/import_kind.h"

#define PARTY_LINKS (4 * IMPORT_RANK) /* rows of links, behind all others */
#define X_PARTY 100                   /* the party that a row is */

struct party_row {
	char *cell[P_COLUMNS]; /* squeezed; NULL: empty */
	int day[P_COLUMNS];    /* DAY_NONE: empty, or no day column */
	enum party_kind kind;
	bool external;
};

void party_row_clear(struct party_row *row);

/* Reads a row; problems are noted in the run. *row is to be cleared. */
void party_row_read(
    struct import_run *run, const struct csv_row *csv, struct party_row *row);

/* Leaves in the row what is new about the party id of the register; *kept
 * becomes true when it says something that the register had before. 0, or -1
 * when the register fails. */
int party_row_compare(struct import_run *run, struct party_row *row, int64_t id,
    bool *kept, struct err *err);
bool party_row_has_news(const struct party_row *row);

/* Applies a staged row: of links from PARTY_LINKS on. 0, or -1 with *err set.
 */
int party_row_apply(
    struct import_apply *apply, const struct import_row *row, struct err *err);

#endif
