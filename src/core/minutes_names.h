/* SPDX-License-Identifier: ISC */
/*
 * What words with capitals can be, for minutes_names.c and minutes_owners.c;
 * most of it is in minutes_parts.h.
 */
#ifndef NUDGED_CORE_MINUTES_NAMES_H
#define NUDGED_CORE_MINUTES_NAMES_H

#include "core/minutes_parts.h"

/* Do n tokens from i on name things, as the label of a paragraph does, and so
 * nobody who acts: "Reasons Given", "Alternative Options"? */
bool names_things(const struct toks *toks, size_t i, size_t n);

#endif
