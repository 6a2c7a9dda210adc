/* SPDX-License-Identifier: ISC */
/*
 * Stretches of time in which a channel was paused. Pure arithmetic; reads no
 * clock and no register.
 */
#include "core/rests.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define TRIAL_S 300
#define SPANS_MAX 200 /* older ones are beyond any time of giving up */

void
rests_clear(struct rests *rests)
{
	vec_clear(&rests->spans);
	rests->changed = false;
}

void
rests_add(struct rests *rests, int64_t from, int64_t until)
{
	struct rest_span *last;

	if (until <= from)
		return;
	rests->changed = true;
	if (rests->spans.len > 0) {
		last = &rests->spans.items[rests->spans.len - 1];
		if (from >= last->from && from <= last->until + TRIAL_S) {
			if (until > last->until)
				last->until = until;
			return;
		}
	}
	if (rests->spans.len == SPANS_MAX) {
		memmove(rests->spans.items, rests->spans.items + 1,
		    (SPANS_MAX - 1) * sizeof *rests->spans.items);
		rests->spans.len--;
	}
	last = vec_push(&rests->spans);
	*last = (struct rest_span){ .from = from, .until = until };
}

void
rests_end(struct rests *rests, int64_t now)
{
	if (rests->spans.len == 0)
		return;
	struct rest_span *last = &rests->spans.items[rests->spans.len - 1];
	if (last->until <= now)
		return;
	last->until = now > last->from ? now : last->from;
	rests->changed = true;
}

int64_t
rests_between(const struct rests *rests, int64_t from, int64_t until)
{
	int64_t sum = 0;

	VEC_EACH (struct rest_span, span, &rests->spans) {
		int64_t a = span->from > from ? span->from : from;
		int64_t b = span->until < until ? span->until : until;

		if (b > a)
			sum += b - a;
	}
	return sum;
}

void
rests_write(const struct rests *rests, struct buf *out)
{
	VEC_EACH (struct rest_span, span, &rests->spans)
		buf_printf(out, "%s%" PRId64 "-%" PRId64, out->len ? " " : "",
		    span->from, span->until);
}

void
rests_read(struct rests *rests, const char *text)
{
	int64_t from, until;
	int used;

	while (sscanf(text, " %" SCNd64 "-%" SCNd64 "%n", &from, &until,
		   &used) == 2) {
		rests_add(rests, from, until);
		text += used;
	}
	rests->changed = false;
}
