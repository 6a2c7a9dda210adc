/* SPDX-License-Identifier: ISC */
/*
 * The days that sentences name of meetings. For minutes_heads.c only.
 */
#ifndef NUDGED_CORE_MINUTES_HELD_H
#define NUDGED_CORE_MINUTES_HELD_H

#include "core/minutes_parts.h"

/* "The minutes of the meeting held on 3 May were approved", "To agree the
 * minutes of ...": does it tell of another meeting? */
bool held_other(const char *text, size_t len);
/* The day in "Notes of the meeting held on 3 May 2020 in the Hall Present:
 * ...", of a paper that is one long line; DAY_NONE: none. */
int held_told(const struct reading *r, const struct part *part);

#endif
