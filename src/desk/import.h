/* SPDX-License-Identifier: ISC */
/*
 * CSV into the register: rows are read and resolved in slices and staged where
 * nobody sees them; when all of them are sound, one small commit decides, and
 * they are applied in slices. One bad row and nothing happened.
 */
#ifndef NUDGED_DESK_IMPORT_H
#define NUDGED_DESK_IMPORT_H

#include "desk/desk.h"
#include "io/imports.h"

/* The handler of `import`. */
int import_run(struct desk_call *call, struct err *err);

/* Applies a bounded slice of what is being applied, in the caller's
 * transaction. 0, or -1 with *err set and *bad the row that failed. */
int import_slice(const struct conf *conf, struct db *db,
    const struct import *import, int64_t now, int slice_ms, int64_t *bad,
    struct err *err);

/* Leaves out a row that cannot be applied, and tells the history: what is
 * being applied must come to an end. In the caller's transaction. */
int import_skip(struct db *db, const struct import *import, int64_t row,
    const char *why, int64_t now, struct err *err);

#endif
