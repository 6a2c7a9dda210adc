/* SPDX-License-Identifier: ISC */
/*
 * When a channel rested: what giving up must not count. A short list of
 * stretches of wall time, as text in the register's meta between starts.
 */
#ifndef NUDGED_CORE_RESTS_H
#define NUDGED_CORE_RESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/vec.h"

struct rest_span {
	int64_t from, until; /* UTC seconds */
};

struct rests {
	VEC(struct rest_span) spans; /* in order */
	bool changed;                /* since it was last written */
};

void rests_clear(struct rests *rests);

/* A pause from now until then. One that begins within five minutes of the end
 * of the last lengthens that: between them was only a failed trial. */
void rests_add(struct rests *rests, int64_t from, int64_t until);

/* It works again: a pause that would last beyond now ends. */
void rests_end(struct rests *rests, int64_t now);

/* Seconds of pause between two instants. */
int64_t rests_between(const struct rests *rests, int64_t from, int64_t until);

/* "FROM-UNTIL FROM-UNTIL"; what does not parse is left out. */
void rests_write(const struct rests *rests, struct buf *out);
void rests_read(struct rests *rests, const char *text);

#endif
