/* SPDX-License-Identifier: ISC */
/*
 * Puts the daemon's own figures beside those of the register. The words for
 * people are made from the same values as the JSON.
 */
#include "daemon/status.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/date.h"
#include "core/version.h"
#include "daemon/nudged.h"
#include "desk/ledger.h"
#include "io/clock.h"

static const struct zone *
zone_of(const struct nudged *nudged)
{
	return &nudged->conf->conf->zone;
}

static void
set_text(json_t *root, const char *key, const char *text)
{
	json_object_set_new(
	    root, key, text != NULL ? json_string(text) : json_null());
}

static void
set_at(const struct nudged *nudged, json_t *root, const char *key, int64_t at)
{
	char text[INSTANT_TEXT_MAX];

	set_text(root, key,
	    at == INSTANT_NONE || at == INSTANT_NEVER
		? NULL
		: instant_rfc3339(zone_of(nudged), at, text));
}

static void
add_reload(const struct nudged *nudged, json_t *root)
{
	json_t *problems;

	set_at(nudged, root, "reload_failed_at", nudged->reload_failed_at);
	if (nudged->reload_failed_at == INSTANT_NONE)
		return;
	problems = json_array();
	for (size_t i = 0; i < nudged->reload_problems.len; i++)
		json_array_append_new(
		    problems, json_string(nudged->reload_problems.items[i]));
	json_object_set_new(root, "reload_problems", problems);
}

static void
add_channels(const struct nudged *nudged, int64_t now, json_t *root)
{
	json_t *list = courier_status(nudged->courier, now);
	json_t *channel;
	size_t i;

	json_array_foreach (list, i, channel) {
		json_t *until = json_object_get(channel, "until");

		if (until != NULL)
			set_at(nudged, channel, "until",
			    json_integer_value(until));
	}
	json_object_set_new(root, "channels", list);
}

static void
add_loop(const struct nudged *nudged, json_t *root)
{
	json_t *loop = json_object();

	json_object_set_new(loop, "stall_ms_max",
	    json_real((double)nudged->stall_us_max / 1000.));
	json_object_set_new(loop, "disk_ms_max",
	    json_real((double)nudged->disk_us_max / 1000.));
	json_object_set_new(
	    loop, "beat_ms", json_real((double)nudged->beat_us / 1000.));
	json_object_set_new(root, "loop", loop);
}

static int
add_runtime(struct nudged *nudged, int64_t now, json_t *root, struct err *err)
{
	int64_t next = agent_next_at(nudged->agent, now, err);

	if (next == INSTANT_NONE)
		return -1;
	json_object_set_new(root, "running", json_true());
	json_object_set_new(root, "pid", json_integer(getpid()));
	set_text(root, "version", NUDGED_VERSION);
	set_at(nudged, root, "started_at", nudged->started_at);
	set_text(root, "config", nudged->conf->conf->path);
	set_at(nudged, root, "config_loaded_at", nudged->conf_loaded_at);
	add_reload(nudged, root);
	set_at(nudged, root, "last_beat_at", nudged->beat_at);
	set_at(nudged, root, "next_at", next);
	set_text(root, "gate", agent_gate(nudged->agent));
	add_channels(nudged, now, root);
	set_text(root, "sqlite", db_version());
	json_object_set_new(root, "sqlite_one_writer_only",
	    json_boolean(db_needs_one_writer()));
	add_loop(nudged, root);
	return 0;
}

/* ---- for people ---- */

static const char *
local(const struct nudged *nudged, int64_t at, char out[INSTANT_TEXT_MAX])
{
	return at == INSTANT_NONE ? "not yet"
				  : instant_local(zone_of(nudged), at, out);
}

static void
print_channels(const json_t *root, struct buf *out)
{
	const json_t *channel;
	size_t i;

	json_array_foreach (json_object_get(root, "channels"), i, channel) {
		const char *reason =
		    json_string_value(json_object_get(channel, "reason"));
		const char *until =
		    json_string_value(json_object_get(channel, "until"));

		buf_printf(out, "%-18s %s: %s", i == 0 ? "channels" : "",
		    json_string_value(json_object_get(channel, "name")),
		    json_string_value(json_object_get(channel, "state")));
		if (until != NULL)
			buf_printf(
			    out, " until %.5s", until + strlen("2018-09-13T"));
		if (reason != NULL)
			buf_printf(out, " (%s)", reason);
		buf_putc(out, '\n');
	}
}

static void
print_runtime(const struct nudged *nudged, const json_t *root, struct buf *out)
{
	char at[INSTANT_TEXT_MAX];
	const char *next;

	buf_printf(out, "%-18s since %s, version %s, pid %d\n", "running",
	    local(nudged, nudged->started_at, at), NUDGED_VERSION,
	    (int)getpid());
	buf_printf(out, "%-18s %s", "config", nudged->conf->conf->path);
	buf_printf(
	    out, ", read %s\n", local(nudged, nudged->conf_loaded_at, at));
	if (nudged->reload_failed_at != INSTANT_NONE) {
		buf_printf(out,
		    "%-18s refused at %s; the old configuration is in force\n",
		    "last reload", local(nudged, nudged->reload_failed_at, at));
		for (size_t i = 0; i < nudged->reload_problems.len; i++)
			buf_printf(out, "%-18s %s\n", "",
			    nudged->reload_problems.items[i]);
	}
	buf_printf(out, "%-18s %s\n", "last heartbeat",
	    local(nudged, nudged->beat_at, at));
	next = json_string_value(json_object_get(root, "next_at"));
	if (next != NULL)
		buf_printf(out, "%-18s %.10s %.5s\n", "next look", next,
		    next + strlen("2018-09-13T"));
	print_channels(root, out);
	buf_printf(out, "%-18s %.1f ms at most, and %.1f ms for the disk\n",
	    "loop busy", (double)nudged->stall_us_max / 1000.,
	    (double)nudged->disk_us_max / 1000.);
	if (db_needs_one_writer())
		buf_printf(out,
		    "%-18s %s: nothing but nudged and nudgectl may write the "
		    "register\n",
		    "SQLite", db_version());
}

int
status_answer(struct nudged *nudged, bool json, int columns, struct buf *out,
    struct err *err)
{
	int64_t now = clock_now();
	json_t *root = json_object();
	char *text;
	int rc = -1;

	(void)columns;
	if (add_runtime(nudged, now, root, err) == -1 ||
	    ledger_status(nudged->db, nudged->conf->conf, now, root, err) == -1)
		goto out;
	if (json) {
		text =
		    json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
		buf_puts(out, text);
		buf_putc(out, '\n');
		free(text);
	} else {
		print_runtime(nudged, root, out);
		ledger_status_print(root, out);
	}
	rc = 0;
out:
	json_decref(root);
	return rc;
}
