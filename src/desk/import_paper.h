/* SPDX-License-Identifier: ISC */
/*
 * The meeting that a draft of minutes is of, and the next one, as columns of
 * its rows: they come into the register with the entries, so that dates can
 * hang on them. An import never moves or takes away a meeting.
 */
#ifndef NUDGED_DESK_IMPORT_PAPER_H
#define NUDGED_DESK_IMPORT_PAPER_H

#include "desk/import_row.h"

/* Reads the columns of a row, whose series is known, into row->meeting, and
 * lets words of this and later rows count with its days. Problems are noted;
 * -1 only when the register fails. */
int paper_read(struct import_run *run, struct entry_row *row, struct err *err);

/* Adds it to a staged row; nothing where the row has none. */
void paper_pack(const struct entry_row *row, struct buf *body);

/* Puts what was packed into the register, where it is not there yet. */
int paper_apply(struct import_apply *apply, int64_t series_id,
    const char *packed, struct err *err);

#endif
