/* SPDX-License-Identifier: ISC */
/* Staged rows as text: numbered fields with their length before them. */
#ifndef NUDGED_DESK_PACK_H
#define NUDGED_DESK_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

/* Adds a field; nothing for NULL. */
void pack_text(struct buf *out, int field, const char *text);
void pack_int(struct buf *out, int field, int64_t value);
void pack_day(struct buf *out, int field, int day); /* nothing for DAY_NONE */

/* Reads the field at *at and moves it on; text is owned by the caller. 1, 0 at
 * the end, -1 when the staged text is damaged. */
int unpack(const char **at, int *field, char **text, struct err *err);

/* Reads all fields: those below ncells into cells, the field other into *more,
 * in place of what they had; both must be owned or NULL, and are the caller's
 * to free, also after -1. 0, or -1 when the staged text is damaged. */
int unpack_cells(const char *body, char **cells, int ncells, int other,
    char **more, struct err *err);

#endif
