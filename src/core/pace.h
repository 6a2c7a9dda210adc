/* SPDX-License-Identifier: ISC */
/*
 * A limit of so many a minute, kept exactly: in no 60 seconds more than that.
 * Time comes in as microseconds of any steady clock.
 */
#ifndef NUDGED_CORE_PACE_H
#define NUDGED_CORE_PACE_H

#include <stddef.h>
#include <stdint.h>

struct pace {
	int64_t *times;    /* the last per_minute ones, a ring */
	size_t per_minute; /* 0: no limit */
	size_t next;
	size_t count;
};

/* per_minute 0 or less: no limit. To be cleared. */
void pace_init(struct pace *pace, int per_minute);
void pace_clear(struct pace *pace);

/* Carries what was sent over to a new limit. */
void pace_inherit(struct pace *pace, const struct pace *before);

/* Microseconds until the next may go, 0: now. */
int64_t pace_wait_us(const struct pace *pace, int64_t now_us);
/* How many may go now, SIZE_MAX: no limit. */
size_t pace_room(const struct pace *pace, int64_t now_us);
/* One has gone now. */
void pace_note(struct pace *pace, int64_t now_us);

#endif
