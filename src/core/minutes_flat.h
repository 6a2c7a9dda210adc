/* SPDX-License-Identifier: ISC */
/*
 * What the readers of rows and of flattened tables share. Only minutes_rows.c,
 * minutes_flat.c and minutes_inside.c include this.
 */
#ifndef NUDGED_CORE_MINUTES_FLAT_H
#define NUDGED_CORE_MINUTES_FLAT_H

#include "core/minutes_parts.h"

/* The sentence of a cell of notes that charges somebody; else the last. *len is
 * that of the notes, then of the sentence. */
const char *asking_sentence(const struct reading *r,
    const struct minutes_meeting *m, const char *text, size_t *len);

/* Is all of the text owners whom the paper or the register knows? */
bool owners_all_known(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len);

/* The entries of tables whose cells became lines or are parted by slashes;
 * their blocks are marked as taken. Part of trailing_read. */
void flat_read(struct reading *r, struct part *part);

/* The same of rows without heads whose cells are parted by tabs; part of
 * flat_read. */
void tabbed_read(struct reading *r, struct part *part);

/* The same of minutes below the heads "Item / Notes / Actions". */
void slashed_read(struct reading *r, struct part *part);

#endif
