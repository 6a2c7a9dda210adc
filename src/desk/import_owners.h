/* SPDX-License-Identifier: ISC */
/*
 * Whom the cells of a row name as owners: parties, semicolons between, or with
 * the signs that people write between names, where each is somebody's.
 */
#ifndef NUDGED_DESK_IMPORT_OWNERS_H
#define NUDGED_DESK_IMPORT_OWNERS_H

#include "desk/import_row.h"

/* Reads the cells of all roles into row->owners; problems are noted. -1 only
 * when the register fails. */
int import_owners_read(
    struct import_run *run, struct entry_row *row, struct err *err);

/* An owner whom an entry is to have and did not have before (NULL: it is new)
 * is a problem when they have left, unless --anyway was said. -1 only when the
 * register fails. */
int import_owners_check(struct import_run *run, const struct entry *before,
    const struct entry *after, struct err *err);

#endif
