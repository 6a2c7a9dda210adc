/* SPDX-License-Identifier: ISC */
/* What an import of entries staged becomes entries, slips and meetings. */
#ifndef NUDGED_DESK_IMPORT_APPLY_H
#define NUDGED_DESK_IMPORT_APPLY_H

#include "desk/import_kind.h"

/* Applies one staged row, in the caller's transaction. 0, or -1 with *err set:
 * the register cannot take it. */
int entry_apply_staged(
    struct import_apply *apply, const struct import_row *row, struct err *err);

#endif
