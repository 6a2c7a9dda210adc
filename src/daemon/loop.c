/* SPDX-License-Identifier: ISC */
/*
 * Wires the loop's watchers to the agent, the courier and the control server.
 * Each callback reads the clock once and calls one function; what a thing means
 * is not decided here.
 */
#include "daemon/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/date.h"
#include "daemon/nudged.h"
#include "daemon/steady.h"
#include "desk/desk.h"
#include "io/clock.h"
#include "io/imports.h"
#include "io/log.h"
#include "io/mark.h"
#include "io/notify.h"

#define DRAIN_S 10      /* for transfers to settle at the end */
#define CUT_S 2         /* for their ends to come in after that */
#define MARK_US 1000000 /* the mark is written at most so often */
#define EXTEND_S 300    /* asked of the service manager for a recovery */
#define EXTEND_EVERY_S 60
#define WAIT_MS 3000 /* for the register's lock */
#define WAIT_STEP_MS 100
#define FORGET_ROWS 2000 /* of an abandoned import in one commit */

void
nudged_fatal(const struct err *err)
{
	struct err ignored;

	log_error("%s; stopping at once", err->text);
	(void)notify_status(&ignored, "Failed: %s", err->text);
	/* Not exit(): no destructor may write anything any more. */
	_exit(EXIT_FAILURE);
}

static int64_t
disk_us(const struct nudged *nudged)
{
	return db_disk_us(nudged->db) + courier_disk_us(nudged->courier);
}

/* ---- what the service manager is told ---- */

static char *
status_line(const struct nudged *nudged)
{
	const char *gate = agent_gate(nudged->agent);
	const char *fault = courier_fault(nudged->courier);

	if (nudged->draining)
		return xstrdup("Stopping");
	if (!nudged->register_ok)
		return xstrdup("The register cannot be read; see the log");
	if (gate != NULL)
		return xasprintf("Delivery is held: %s", gate);
	if (fault != NULL)
		return xasprintf("A channel rests: %s", fault);
	if (nudged->reload_failed_at != INSTANT_NONE)
		return xstrdup(
		    "Working; the last reload was refused, see the log");
	return xstrdup("Working");
}

void
loop_tell_status(struct nudged *nudged)
{
	char *line = status_line(nudged);
	bool held = agent_gate(nudged->agent) != NULL;
	struct err ignored;

	if (nudged->held && !held && !nudged->draining)
		log_notice("Delivery is held no longer");
	nudged->held = held;
	if (nudged->status_line != NULL &&
	    strcmp(line, nudged->status_line) == 0) {
		free(line);
		return;
	}
	/* The rest was logged where it happened. */
	if (held && !nudged->draining)
		log_notice("%s; 'nudgectl release' lets it go", line);
	(void)notify_status(&ignored, "%s", line);
	free(nudged->status_line);
	nudged->status_line = line;
}

/* ---- the heartbeat ---- */

static void
start_beat(struct nudged *nudged)
{
	if (nudged->draining)
		return;
	if (nudged->beating) {
		nudged->beat_again = true;
		return;
	}
	nudged->beating = true;
	nudged->beat_now = clock_now();
	nudged->beat_work_us = 0;
	ev_timer_set(&nudged->slice, 0., 0.);
	ev_timer_start(nudged->loop, &nudged->slice);
}

void
nudged_acted(struct nudged *nudged)
{
	courier_recall(nudged->courier);
	agent_stir(nudged->agent);
	nudged->beat_again = nudged->beating;
	start_beat(nudged);
}

static void
beat_done(struct nudged *nudged, int64_t now)
{
	struct err err;

	nudged->beating = false;
	nudged->register_ok = true;
	nudged->beat_at = now;
	nudged->beat_us = nudged->beat_work_us;
	if (courier_beat(nudged->courier, now, &err) == -1)
		nudged_fatal(&err);
	courier_wake(nudged->courier);
	/* Only here: the register was read, so that we do work. */
	if (notify_watchdog_usec() > 0)
		(void)notify_watchdog(&err);
	loop_tell_status(nudged);
	if (nudged->beat_again) {
		nudged->beat_again = false;
		start_beat(nudged);
	}
}

static void
beat_failed(struct nudged *nudged, const struct err *err)
{
	if (err->code == ERR_SYSTEM)
		nudged_fatal(err);
	/* A lock that somebody holds for a moment, or one entry that cannot be
	 * reckoned: the next heartbeat tries again, and the watchdog hears
	 * nothing meanwhile. */
	log_error("heartbeat: %s", err->text);
	nudged->beating = false;
	nudged->beat_again = false;
	nudged->register_ok = false;
	loop_tell_status(nudged);
}

/* One bounded slice: what was left half applied first, then planning. */
static int
beat_slice(struct nudged *nudged, struct err *err)
{
	int rc =
	    desk_resume(nudged->conf->conf, nudged->db, nudged->beat_now, err);

	return rc != 0 ? rc : agent_beat(nudged->agent, nudged->beat_now, err);
}

static void
slice_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct nudged *nudged = timer->data;
	int64_t from = steady_us();
	struct err err;
	int rc;

	(void)events;
	if (nudged->draining)
		return;
	rc = beat_slice(nudged, &err);
	nudged->beat_work_us += steady_us() - from;
	if (rc == -1) {
		beat_failed(nudged, &err);
		return;
	}
	if (rc == 0) {
		beat_done(nudged, nudged->beat_now);
		return;
	}
	if (notify_watchdog_usec() > 0)
		(void)notify_watchdog(&err);
	ev_timer_set(timer, 0., 0.);
	ev_timer_start(loop, timer);
}

static void
heartbeat_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct nudged *nudged = timer->data;

	(void)loop;
	(void)events;
	if (!nudged->beating)
		start_beat(nudged);
}

void
loop_set_heartbeat(struct nudged *nudged)
{
	double every = (double)nudged->conf->conf->heartbeat_s;
	double watched = (double)notify_watchdog_usec() / 2e6;

	if (watched > 0 && every > watched)
		every = watched;
	ev_timer_stop(nudged->loop, &nudged->heartbeat);
	ev_timer_set(&nudged->heartbeat, every, every);
	ev_timer_start(nudged->loop, &nudged->heartbeat);
}

/* ---- one turn of the loop ---- */

static void
woke_cb(struct ev_loop *loop, ev_check *check, int events)
{
	struct nudged *nudged = check->data;

	(void)loop;
	(void)events;
	nudged->turn_from_us = steady_us();
	nudged->turn_disk_us = disk_us(nudged);
}

static void
turn_cb(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct nudged *nudged = prepare->data;
	int64_t now_us = steady_us();
	struct err err;

	(void)events;
	if (now_us - nudged->mark_at_us >= MARK_US) {
		nudged->mark_at_us = now_us;
		if (mark_write(nudged->db, &err) == -1)
			nudged_fatal(&err);
	}
	if (courier_turn(nudged->courier, clock_now(), &err) == -1)
		nudged_fatal(&err);
	if (nudged->draining && courier_is_idle(nudged->courier))
		ev_break(loop, EVBREAK_ALL);
}

/* Last of all before the loop sleeps: how long it did not listen. */
static void
last_cb(struct ev_loop *loop, ev_prepare *prepare, int events)
{
	struct nudged *nudged = prepare->data;
	int64_t disk, busy;

	(void)loop;
	(void)events;
	if (nudged->turn_from_us == 0)
		return;
	disk = disk_us(nudged) - nudged->turn_disk_us;
	busy = steady_us() - nudged->turn_from_us - disk;
	if (busy > nudged->stall_us_max)
		nudged->stall_us_max = busy;
	if (disk > nudged->disk_us_max)
		nudged->disk_us_max = disk;
}

/* ---- signals and the end ---- */

static void
drain_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct nudged *nudged = timer->data;

	(void)events;
	if (nudged->cut) {
		log_warn("transfers did not end; what had left is in doubt");
		ev_break(loop, EVBREAK_ALL);
		return;
	}
	nudged->cut = true;
	courier_cut(nudged->courier);
	ev_timer_set(timer, CUT_S, 0.);
	ev_timer_start(loop, timer);
}

static void
term_cb(struct ev_loop *loop, ev_signal *signal, int events)
{
	struct nudged *nudged = signal->data;
	struct err ignored;

	(void)events;
	if (nudged->draining) {
		if (!nudged->cut)
			ev_feed_event(loop, &nudged->drain, EV_TIMER);
		return;
	}
	nudged->draining = true;
	log_notice("stopping");
	(void)notify_stopping(&ignored);
	loop_tell_status(nudged);
	control_stop(nudged->control);
	ev_timer_stop(loop, &nudged->heartbeat);
	ev_timer_stop(loop, &nudged->slice);
	courier_drain(nudged->courier);
	ev_timer_set(&nudged->drain, DRAIN_S, 0.);
	ev_timer_start(loop, &nudged->drain);
}

static void
hup_cb(struct ev_loop *loop, ev_signal *signal, int events)
{
	struct nudged *nudged = signal->data;
	struct strings problems = { 0 };

	(void)loop;
	(void)events;
	if (!nudged->draining)
		(void)nudged_reload(nudged, &problems);
	strings_clear(&problems);
}

static void
watch(struct nudged *nudged)
{
	struct ev_loop *loop = nudged->loop;

	/* Of watchers of one priority the one started first is called last. */
	ev_prepare_init(&nudged->last, last_cb);
	ev_set_priority(&nudged->last, EV_MINPRI);
	nudged->last.data = nudged;
	ev_prepare_start(loop, &nudged->last);
	ev_prepare_init(&nudged->turn, turn_cb);
	ev_set_priority(&nudged->turn, EV_MAXPRI);
	nudged->turn.data = nudged;
	ev_prepare_start(loop, &nudged->turn);
	ev_check_init(&nudged->woke, woke_cb);
	ev_set_priority(&nudged->woke, EV_MAXPRI);
	nudged->woke.data = nudged;
	ev_check_start(loop, &nudged->woke);
	ev_timer_init(&nudged->heartbeat, heartbeat_cb, 0., 0.);
	nudged->heartbeat.data = nudged;
	ev_timer_init(&nudged->slice, slice_cb, 0., 0.);
	nudged->slice.data = nudged;
	ev_timer_init(&nudged->drain, drain_cb, 0., 0.);
	nudged->drain.data = nudged;
	ev_signal_init(&nudged->term, term_cb, SIGTERM);
	nudged->term.data = nudged;
	ev_signal_start(loop, &nudged->term);
	ev_signal_init(&nudged->interrupt, term_cb, SIGINT);
	nudged->interrupt.data = nudged;
	ev_signal_start(loop, &nudged->interrupt);
	ev_signal_init(&nudged->hup, hup_cb, SIGHUP);
	nudged->hup.data = nudged;
	ev_signal_start(loop, &nudged->hup);
}

/* ---- the start ---- */

/* Rows that were staged when a process died: nobody saw them. */
static int
forget_abandoned(struct db *db, struct err *err)
{
	int64_t id = 0;

	do {
		if (db_begin(db, err) == -1)
			return -1;
		if (imports_abandoned(db, &id, err) == -1 ||
		    (id != 0 &&
			imports_forget(db, id, FORGET_ROWS, err) == -1)) {
			db_rollback(db);
			return -1;
		}
		if (db_commit(db, err) == -1)
			return -1;
	} while (id != 0);
	return 0;
}

/* Imports that were being applied when the process died, slice by slice. */
static int
resume(struct nudged *nudged, int64_t now, struct err *err)
{
	int64_t told = steady_s();
	struct err ignored;
	int rc;

	if (forget_abandoned(nudged->db, err) == -1)
		return -1;
	while (
	    (rc = desk_resume(nudged->conf->conf, nudged->db, now, err)) == 1)
		if (steady_s() - told >= EXTEND_EVERY_S) {
			told = steady_s();
			(void)notify_extend(EXTEND_S, &ignored);
		}
	return rc;
}

/* Everything that must be in order before anything is sent. */
static int
recover(struct nudged *nudged, int64_t now, struct err *err)
{
	const struct conf *conf = nudged->conf->conf;
	struct err ignored;
	int held;

	(void)notify_extend(EXTEND_S, &ignored);
	held = mark_check(nudged->db, err);
	if (held == -1)
		return -1;
	if (held == 1)
		log_warn("this register is older than its mark, or a copy: "
			 "delivery is held until 'nudgectl release'");
	nudged->agent = agent_new(nudged->db, conf, now, err);
	if (nudged->agent == NULL ||
	    agent_recover(nudged->agent, now, err) == -1 ||
	    loop_note_calendar(nudged, conf, now, err) == -1 ||
	    resume(nudged, now, err) == -1)
		return -1;
	return mark_write(nudged->db, err);
}

/* nudgectl holds the lock for a moment when it writes by itself. */
static struct db *
wait_for_register(const char *path, struct err *err)
{
	struct timespec step = { .tv_nsec = WAIT_STEP_MS * 1000000L };
	struct db *db;

	for (int waited = 0;; waited += WAIT_STEP_MS) {
		db = db_open(path, DB_WRITE, err);
		if (db != NULL || err->code != ERR_TEMP || waited >= WAIT_MS)
			return db;
		(void)nanosleep(&step, NULL);
	}
}

static int
open_register(struct nudged *nudged, struct err *err)
{
	const char *path = nudged->conf->conf->register_path;

	/* Started by root's hand: nothing in its folder may become root's. */
	if (db_become_owner(path, err) == -1)
		return -1;
	nudged->db = wait_for_register(path, err);
	if (nudged->db == NULL) {
		if (err->code == ERR_TEMP)
			err_wrap(err, "is another nudged running?");
		return -1;
	}
	log_info("register %s, SQLite %s", path, db_version());
	if (db_needs_one_writer())
		log_notice("SQLite %s can lose commits when two connections "
			   "write (its WAL-reset bug): nothing but nudged and "
			   "nudgectl may write this register",
		    db_version());
	return 0;
}

struct nudged *
loop_new(struct conf *conf, struct err *err)
{
	struct nudged *nudged = xcalloc(1, sizeof *nudged);
	int64_t now = clock_now();
	struct courier_set *set;

	nudged->conf = conf_hold_new(conf);
	nudged->started_at = nudged->conf_loaded_at = now;
	nudged->reload_failed_at = nudged->beat_at = INSTANT_NONE;
	nudged->register_ok = true;
	/* With a timerfd libev sleeps through a faked or stepped clock. */
	nudged->loop = ev_loop_new(EVFLAG_AUTO | EVFLAG_NOTIMERFD);
	if (nudged->loop == NULL) {
		err_set(err, ERR_SYSTEM, "no event loop");
		goto fail;
	}
	if (open_register(nudged, err) == -1 || recover(nudged, now, err) == -1)
		goto fail;
	watch(nudged);
	nudged->transfer = transfer_new(nudged->loop);
	nudged->courier = courier_new(
	    nudged->loop, nudged->transfer, nudged->db, nudged->agent);
	set = courier_set_new(nudged->courier, conf, err);
	if (set == NULL)
		goto fail;
	courier_use(nudged->courier, set);
	nudged->control = control_new(nudged, err);
	if (nudged->control == NULL)
		goto fail;
	return nudged;
fail:
	loop_free(nudged);
	return NULL;
}

int
loop_run(struct nudged *nudged, void (*ready)(void *ctx), void *ctx)
{
	struct err err;

	loop_set_heartbeat(nudged);
	start_beat(nudged);
	if (ready != NULL)
		ready(ctx);
	(void)notify_ready(&err);
	log_notice("ready");
	ev_run(nudged->loop, 0);
	if (agent_tidy(nudged->agent, &err) == -1 ||
	    mark_write(nudged->db, &err) == -1 ||
	    (db_checkpoint(nudged->db, &err) == -1 && err.code != ERR_TEMP)) {
		log_error("%s", err.text);
		return EXIT_FAILURE;
	}
	log_notice("stopped");
	return EXIT_SUCCESS;
}

void
loop_free(struct nudged *nudged)
{
	if (nudged == NULL)
		return;
	/* The control server drops its calls, which use the register; the
	 * courier lets go of its connections before the transfers that carry
	 * them end; the register goes last, and with it the lock. */
	control_free(nudged->control);
	courier_free(nudged->courier);
	transfer_free(nudged->transfer);
	agent_free(nudged->agent);
	db_close(nudged->db);
	if (nudged->loop != NULL)
		ev_loop_destroy(nudged->loop);
	strings_clear(&nudged->reload_problems);
	free(nudged->status_line);
	conf_hold_drop(nudged->conf);
	free(nudged);
}
