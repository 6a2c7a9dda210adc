/* SPDX-License-Identifier: ISC */
/*
 * An entry as the cells of its exported row, the checksum that tells whether a
 * row was edited since, and an entry as a staged row. Pure.
 */
#ifndef NUDGED_DESK_ENTRY_CELLS_H
#define NUDGED_DESK_ENTRY_CELLS_H

#include "core/model.h"
#include "desk/columns.h"
#include "desk/pack.h"

/* Cells in the order of the columns; each owned, NULL when empty. */
struct entry_cells {
	char *cell[E_COLUMNS];
};
void entry_cells_clear(struct entry_cells *cells);

/* All cells that an entry has by itself: not those of names and refs of others,
 * nor the checksum. */
void entry_cells_fill(struct entry_cells *cells, const struct entry *entry);

/* Of the columns before E_VERSION: "x" and 12 hexadecimal digits. */
#define CHECKSUM_MAX 16
void entry_checksum(const struct entry_cells *cells, char out[CHECKSUM_MAX]);

/* Fields of a staged row beside the columns. */
enum {
	X_OWNERS = 100, /* "role party, role party" by number */
	X_SERIES,       /* ids */
	X_REPORT,
	X_PARENT,
	X_DUE_SERIES,
	X_DUE_MEETING,
	X_AT_MEETING,
	X_SLIP_REASON, /* the date change is a slip */
	X_SLIP_AGREED,
	X_MEETING, /* the paper's, as import_paper.c packs it */
};

/* Adds the entry as a staged row. */
void entry_pack(struct buf *out, const struct entry *entry);

/* Fills an entry from a staged row: all that entry_pack packs is set or
 * emptied, all else stays. Unknown fields are left to the caller's cb (NULL:
 * they are passed over), text borrowed during the call. 0, or -1 when the row
 * is damaged. */
typedef void (*unpack_cb)(void *ctx, int field, const char *text);
int entry_unpack(const char *body, struct entry *entry, unpack_cb cb, void *ctx,
    struct err *err);

#endif
