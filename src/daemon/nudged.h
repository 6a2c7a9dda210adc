/* SPDX-License-Identifier: ISC */
/*
 * What the modules of the daemon share: one struct, and what they ask of each
 * other. Filled in by loop.c; nothing outside daemon/ sees it.
 */
#ifndef NUDGED_DAEMON_NUDGED_H
#define NUDGED_DAEMON_NUDGED_H

#include <ev.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/err.h"
#include "daemon/control.h"
#include "daemon/courier.h"
#include "desk/agent.h"
#include "io/db.h"
#include "io/transfer.h"

/* A configuration for as long as somebody uses it: a command that takes many
 * turns ends under the one that it began with. */
struct conf_hold {
	struct conf *conf;
	int users;
};
struct conf_hold *conf_hold_new(struct conf *conf); /* takes it; one user */
struct conf_hold *conf_hold_take(struct conf_hold *hold);
void conf_hold_drop(struct conf_hold *hold); /* NULL is a no-op */

struct nudged {
	struct ev_loop *loop;
	struct conf_hold *conf;
	struct db *db;
	struct transfer *transfer;
	struct agent *agent;
	struct courier *courier;
	struct control *control;

	/* for status */
	int64_t started_at;
	int64_t conf_loaded_at;
	int64_t reload_failed_at; /* INSTANT_NONE: the last one went well */
	struct strings reload_problems;
	int64_t beat_at; /* the last that read the register */
	int64_t beat_us; /* how long the slices of the last one took */
	int64_t stall_us_max, disk_us_max;

	/* the loop's own */
	int64_t beat_now; /* of the beat that is under way */
	int64_t beat_work_us;
	bool beating, beat_again, draining, cut;
	bool register_ok; /* the last beat could read it */
	int64_t turn_from_us, turn_disk_us;
	int64_t mark_at_us;
	bool held;         /* when the status was last told */
	char *status_line; /* as the service manager was told */
	ev_timer heartbeat, slice, drain;
	ev_check woke;
	ev_prepare turn, last;
	ev_signal term, interrupt, hup;
};

/* Something changed: a beat at once, and what is claimed is looked at anew. */
void nudged_acted(struct nudged *nudged);

/* Reads the file again. Returns 0, or -1 with the problems added, one a line,
 * and the old configuration in force. */
int nudged_reload(struct nudged *nudged, struct strings *problems);

/* For reload.c: the heartbeat's interval, the service manager's status line,
 * and whether days are counted otherwise now (in its own transaction). */
void loop_set_heartbeat(struct nudged *nudged);
void loop_tell_status(struct nudged *nudged);
int loop_note_calendar(struct nudged *nudged, const struct conf *conf,
    int64_t now, struct err *err);

/* The register cannot be trusted to hold what it was told: nothing that hangs
 * on it goes out, the process ends at once and starts afresh (FACTS C). */
void nudged_fatal(const struct err *err) __attribute__((noreturn));

#endif
