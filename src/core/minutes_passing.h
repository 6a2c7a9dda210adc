/* SPDX-License-Identifier: ISC */
/*
 * A clause of the running text being read, and the entries that it makes. For
 * minutes_passing.c and minutes_binding.c only.
 */
#ifndef NUDGED_CORE_MINUTES_PASSING_H
#define NUDGED_CORE_MINUTES_PASSING_H

#include "core/minutes_parts.h"

struct passing {
	struct reading *r;
	struct part *part;
	const struct block *b; /* where the clause stands */
	size_t block;          /* its index */
	bool resolved;         /* it stands below "RESOLVED that:" */
};

/* ---- minutes_binding.c; text lies in the block's text ---- */

/* A new entry of the clause, not sure; the words are static. Borrowed from the
 * meeting, until the next one is added. */
struct minutes_entry *binding_add(const struct passing *p, const char *kind,
    const char *text, size_t len, enum minutes_source source, const char *why);

/* Adds the entry of a clause that sets a day, or two of two days; none where
 * the day turns out to be no deadline. */
void binding_dated(const struct passing *p, const char *text, size_t len);

/* Adds the entry of a resolution, and of a promise, that charges as clause_read
 * said; the owners in got move to it. False, got left as it is, where it binds
 * nobody to anything. */
bool binding_resolution(const struct passing *p, const char *text, size_t len,
    enum charge charge, struct minutes_entry *got);
bool binding_promise(const struct passing *p, const char *text, size_t len,
    enum charge charge, struct minutes_entry *got);

/* Adds the entry of "it agreed to": the body whose minutes these are owns it,
 * by the noun in its title. */
void binding_body(const struct passing *p, const char *text, size_t len);

#endif
