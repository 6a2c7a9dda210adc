/* SPDX-License-Identifier: ISC */
/*
 * "Did you mean …": the nearest of some known words by edit distance. Pure.
 */
#ifndef NUDGED_CORE_NEAR_H
#define NUDGED_CORE_NEAR_H

#include <stddef.h>

/* Insertions, deletions, replacements and swaps of neighbours that make b of
 * a, ignoring case and the shape of apostrophes, and taking '-', '_' and ' ' as
 * the same. Words longer than 63 bytes are far from everything. */
int near_distance(const char *a, const char *b);

/* The name that word is most likely a slip of, or NULL when none is close
 * (about one slip in three letters). Names are borrowed. */
const char *near_find(const char *word, const char *const *names, size_t count);

#endif
