/* SPDX-License-Identifier: ISC */
/*
 * Reading the configuration again: a new one is built whole, or the old one
 * stays. What is under way ends under the one that it began with.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "daemon/nudged.h"
#include "desk/desk.h"
#include "io/clock.h"
#include "io/conffile.h"
#include "io/log.h"
#include "io/notify.h"

struct conf_hold *
conf_hold_new(struct conf *conf)
{
	struct conf_hold *hold = xcalloc(1, sizeof *hold);

	hold->conf = conf;
	hold->users = 1;
	return hold;
}

struct conf_hold *
conf_hold_take(struct conf_hold *hold)
{
	hold->users++;
	return hold;
}

void
conf_hold_drop(struct conf_hold *hold)
{
	if (hold == NULL || --hold->users > 0)
		return;
	conf_free(hold->conf);
	free(hold);
}

/* Working days may be others than last time. */
int
loop_note_calendar(struct nudged *nudged, const struct conf *conf, int64_t now,
    struct err *err)
{
	if (db_begin(nudged->db, err) == -1)
		return -1;
	if (desk_note_calendar(conf, nudged->db, now, err) == -1) {
		db_rollback(nudged->db);
		return -1;
	}
	return db_commit(nudged->db, err);
}

static void
add_problem(struct strings *problems, const struct conf *conf, const char *text)
{
	strings_addf(problems, "%s: %s", conf->path, text);
}

/* What only a restart can change. */
static void
check_fixed(
    const struct conf *old, const struct conf *new, struct strings *problems)
{
	if (strcmp(old->register_path, new->register_path) != 0)
		add_problem(problems, new,
		    "register: a change of the path needs a restart");
	if (strcmp(old->socket, new->socket) != 0)
		add_problem(problems, new,
		    "socket: a change of the path needs a restart");
}

/* From here on the new configuration is in force everywhere. */
static void
swap(struct nudged *nudged, struct conf *conf, struct courier_set *set)
{
	struct conf_hold *old = nudged->conf;

	nudged->conf = conf_hold_new(conf);
	courier_use(nudged->courier, set);
	control_set_conf(nudged->control, conf);
	loop_set_heartbeat(nudged);
	conf_hold_drop(old);
}

static int
load_new(struct nudged *nudged, struct strings *problems)
{
	const struct conf *old = nudged->conf->conf;
	int64_t now = clock_now();
	struct courier_set *set;
	struct conf *conf;
	struct err err;

	if (conffile_load(old->path, &conf, problems) == -1)
		return -1;
	check_fixed(old, conf, problems);
	conffile_secrets(conf, problems);
	if (problems->len > 0) {
		conf_free(conf);
		return -1;
	}
	set = courier_set_new(nudged->courier, conf, &err);
	if (set == NULL ||
	    agent_set_conf(nudged->agent, conf, now, &err) == -1) {
		if (err.code == ERR_SYSTEM)
			nudged_fatal(&err);
		add_problem(problems, conf, err.text);
		courier_set_free(set);
		conf_free(conf);
		return -1;
	}
	if (loop_note_calendar(nudged, conf, now, &err) == -1)
		nudged_fatal(&err);
	swap(nudged, conf, set);
	return 0;
}

int
nudged_reload(struct nudged *nudged, struct strings *problems)
{
	struct err ignored;
	int rc;

	(void)notify_reloading(&ignored);
	rc = load_new(nudged, problems);
	strings_clear(&nudged->reload_problems);
	if (rc == -1) {
		nudged->reload_failed_at = clock_now();
		for (size_t i = 0; i < problems->len; i++) {
			strings_add(
			    &nudged->reload_problems, problems->items[i]);
			log_error("reload refused: %s", problems->items[i]);
		}
	} else {
		nudged->reload_failed_at = INSTANT_NONE;
		nudged->conf_loaded_at = clock_now();
		log_notice("%s: read again", nudged->conf->conf->path);
	}
	(void)notify_ready(&ignored);
	loop_tell_status(nudged);
	nudged_acted(nudged);
	return rc;
}
