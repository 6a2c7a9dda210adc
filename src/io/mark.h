/* SPDX-License-Identifier: ISC */
/*
 * The high-water mark: how far the register had come, kept in its lock file,
 * where a restored register does not bring it back. A register that is older
 * than its mark, or that is a copy, is held until a person releases it: what
 * it would send may have been sent already.
 *
 * The mark is written after commits, never before them, so that it is never
 * ahead of the register: a crash gives no false alarm. While delivery is held
 * it never goes down, so that a second old copy is noticed as well.
 */
#ifndef NUDGED_IO_MARK_H
#define NUDGED_IO_MARK_H

#include "core/err.h"
#include "io/db.h"

/* At the start and before nudgectl writes by itself, in a transaction of its
 * own: sets the meta value "held" (its text is the reason) where it is due. A
 * gap that was released once is not held again. Returns 1 when it has set it,
 * 0, or -1 with *err set. */
int mark_check(struct db *db, struct err *err);

/* Why delivery is held, or will be from the next start or write on; NULL when
 * it is not. The text is owned. */
int mark_held(struct db *db, char **reason, struct err *err);

/* Writes how far the register is now, where that changed. */
int mark_write(struct db *db, struct err *err);

#endif
