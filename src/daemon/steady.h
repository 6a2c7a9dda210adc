/* SPDX-License-Identifier: ISC */
/* A clock for delays: it only ever goes forward, and counts a suspend, so that
 * a pause passes while the machine sleeps. */
#ifndef NUDGED_DAEMON_STEADY_H
#define NUDGED_DAEMON_STEADY_H

#include <stdint.h>
#include <time.h>

static inline int64_t
steady_us(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static inline int64_t
steady_s(void)
{
	return steady_us() / 1000000;
}

#endif
