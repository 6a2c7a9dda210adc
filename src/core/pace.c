/* SPDX-License-Identifier: ISC */
/*
 * Remembers when the last so many went out; the oldest of them says when the
 * next may. Reads no clock.
 */
#include "core/pace.h"

#include "core/buf.h"

#include <stdlib.h>

#define MINUTE_US 60000000

void
pace_init(struct pace *pace, int per_minute)
{
	*pace = (struct pace){ 0 };
	if (per_minute <= 0)
		return;
	pace->per_minute = (size_t)per_minute;
	pace->times = xcalloc(pace->per_minute, sizeof *pace->times);
}

void
pace_clear(struct pace *pace)
{
	free(pace->times);
	*pace = (struct pace){ 0 };
}

void
pace_inherit(struct pace *pace, const struct pace *before)
{
	if (before->per_minute == 0)
		return;
	for (size_t i = before->count; i > 0; i--)
		pace_note(pace,
		    before->times[(before->next + before->per_minute - i) %
				  before->per_minute]);
}

int64_t
pace_wait_us(const struct pace *pace, int64_t now_us)
{
	if (pace->per_minute == 0 || pace->count < pace->per_minute)
		return 0;
	/* The ring is full: its next slot holds the oldest. */
	int64_t wait = pace->times[pace->next] + MINUTE_US - now_us;
	return wait > 0 ? wait : 0;
}

size_t
pace_room(const struct pace *pace, int64_t now_us)
{
	size_t room;

	if (pace->per_minute == 0)
		return SIZE_MAX;
	room = pace->per_minute - pace->count;
	/* From the oldest on, those that are a minute old have left the ring.
	 */
	for (size_t i = 0; i < pace->count; i++) {
		size_t at = (pace->next + pace->per_minute - pace->count + i) %
			    pace->per_minute;

		if (pace->times[at] + MINUTE_US > now_us)
			break;
		room++;
	}
	return room;
}

void
pace_note(struct pace *pace, int64_t now_us)
{
	if (pace->per_minute == 0)
		return;
	pace->times[pace->next] = now_us;
	pace->next = (pace->next + 1) % pace->per_minute;
	if (pace->count < pace->per_minute)
		pace->count++;
}
