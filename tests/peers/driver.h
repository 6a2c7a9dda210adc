/* SPDX-License-Identifier: ISC */
/*
 * What the drivers have in common: options as key=value, and the longest time
 * that callbacks held the loop, for their last line.
 */
#ifndef NUDGED_TESTS_DRIVER_H
#define NUDGED_TESTS_DRIVER_H

#include <ev.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct stall {
	ev_prepare prepare;
	ev_check check;
	ev_timer tick; /* so that the loop turns often */
	double woke, longest;
};

static double
monotonic(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void
stall_prepare_cb(struct ev_loop *loop, ev_prepare *w, int revents)
{
	struct stall *stall = w->data;

	(void)loop;
	(void)revents;
	if (stall->woke > 0 && monotonic() - stall->woke > stall->longest)
		stall->longest = monotonic() - stall->woke;
}

static void
stall_check_cb(struct ev_loop *loop, ev_check *w, int revents)
{
	struct stall *stall = w->data;

	(void)loop;
	(void)revents;
	stall->woke = monotonic();
}

static void
stall_tick_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	(void)loop;
	(void)timer;
	(void)revents;
}

/* Measures from the first callback of a turn to the last one. */
static void
stall_start(struct ev_loop *loop, struct stall *stall)
{
	ev_prepare_init(&stall->prepare, stall_prepare_cb);
	ev_check_init(&stall->check, stall_check_cb);
	ev_timer_init(&stall->tick, stall_tick_cb, 0.01, 0.01);
	stall->prepare.data = stall->check.data = stall;
	ev_set_priority(&stall->prepare, EV_MINPRI);
	ev_set_priority(&stall->check, EV_MAXPRI);
	ev_prepare_start(loop, &stall->prepare);
	ev_check_start(loop, &stall->check);
	ev_timer_start(loop, &stall->tick);
}

struct driver;

/* Gives each key=value to take, which says whether it knows it; false after
 * naming one that is wrong. Cuts the arguments up. */
static bool
take_options(struct driver *d, int argc, char **argv,
    bool (*take)(struct driver *d, const char *key, const char *value))
{
	for (int i = 1; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (value != NULL)
			*value++ = '\0';
		if (value == NULL || !take(d, argv[i], value)) {
			fprintf(stderr, "%s: %s?\n", argv[0], argv[i]);
			return false;
		}
	}
	return true;
}

#endif
