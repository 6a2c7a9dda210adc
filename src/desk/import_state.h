/* SPDX-License-Identifier: ISC */
/*
 * The states of rows about entries that are there: an import leaves an entry's
 * state alone, and says of which rows that was, with the command that does it.
 */
#ifndef NUDGED_DESK_IMPORT_STATE_H
#define NUDGED_DESK_IMPORT_STATE_H

#include "desk/import_change.h"

/* Notes what a row says of the state, where the register has another; *kept
 * becomes true where the register has moved on since. 0, or -1 when the
 * register fails. */
int row_state_note(struct import_run *run, const struct entry_row *row,
    const struct entry *entry, enum lineage lineage, bool *kept,
    struct err *err);

/* Adds a line to the run's remarks for each pair of states noted. */
void row_states_tell(struct import_run *run);

void row_states_clear(struct entries_import *ei);

#endif
