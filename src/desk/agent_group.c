/* SPDX-License-Identifier: ISC */
/*
 * Grouping: loose occurrences become notices, one per recipient, channel and
 * working day. Runs when the whole day is planned, so that a notice is never
 * sent before everything of its day is in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/agent_parts.h"
#include "io/entries.h"

#define SLICE_LOOSE 256

int
agent_reach(struct agent *agent, int64_t party_id, int64_t secretary_id,
    struct reach *out, const char **unreached, struct err *err)
{
	*unreached = NULL;
	if (parties_reach(agent->db, party_id, agent->today, out, err) == -1)
		return -1;
	if (out->problem == NULL && out->address != NULL &&
	    out->paused_until_on == DAY_NONE)
		return 0;
	*unreached = out->problem != NULL   ? out->problem
		     : out->address == NULL ? "has no address"
					    : "is paused";
	reach_clear(out);
	if (secretary_id != 0 && parties_reach(agent->db, secretary_id,
				     agent->today, out, err) == -1)
		return -1;
	if (out->address != NULL)
		return 0;
	/* The secretary cannot be reached either: the address that answers
	 * go to always can, whatever became of the person behind it. */
	reach_clear(out);
	out->party_id = agent->secretary_id;
	out->paused_until_on = DAY_NONE;
	out->address = agent_answers_to(agent);
	return 0;
}

int
agent_route(struct agent *agent, const struct occurrence *o,
    const struct entry *entry, struct reach *out, const char **kind,
    struct err *err)
{
	const char *unreached;
	int64_t series_id;

	if (agent_series_of(agent, entry, &series_id, err) == -1 ||
	    agent_reach(agent, o->party_id, agent_secretary(agent, series_id),
		out, &unreached, err) == -1)
		return -1;
	*kind = plan_kind_name(unreached != NULL ? PLAN_SECRETARY : o->kind);
	return 0;
}

/* What a notice is to be: where to, which kind, from which moment on. */
struct wanted {
	const char *kind;
	const char *channel;
	int64_t party_id;
	const char *address;
	int64_t entry_id; /* one notice per entry; 0: one a day */
	int64_t at;
};

static char *
key_of(const struct wanted *w, int day, int number)
{
	char text[DAY_TEXT_MAX];
	struct buf key = { 0 };

	buf_printf(&key, "%s/%s/%s/%s", w->kind, w->channel, w->address,
	    day_iso(day, text));
	if (w->entry_id != 0)
		buf_printf(&key, "/%lld", (long long)w->entry_id);
	if (number > 1)
		buf_printf(&key, "#%d", number);
	return buf_take(&key);
}

/* Looks through the notices of a day: *since is the first try of those that
 * were taken apart after one; INSTANT_NONE once another was settled. */
static int
look_for_tries(struct agent *agent, const struct wanted *w, int day,
    int64_t *since, struct err *err)
{
	for (int number = 1;; number++) {
		char *key = key_of(w, day, number);
		struct notice was = { 0 };
		int rc = store_notice_by_key(agent->db, key, &was, err);

		if (rc == 1 && was.state != NOTICE_CANCELLED)
			*since = INSTANT_NONE;
		else if (rc == 1 && *since == INSTANT_NONE)
			*since = was.first_try_at;
		free(key);
		notice_clear(&was);
		if (rc != 1)
			return rc;
	}
}

/* Since when it is tried, the notices of this day and the working day before
 * that it takes the place of counted in: or nothing would ever be given up. */
static int
tried_since(struct agent *agent, const struct wanted *w, int64_t *since,
    struct err *err)
{
	const struct conf *conf = agent->conf;
	int day = zone_day(&conf->zone, w->at, NULL);
	int before = calendar_add_workdays(&conf->calendar, day, -1);

	*since = INSTANT_NONE;
	return look_for_tries(agent, w, before, since, err) == -1
		   ? -1
		   : look_for_tries(agent, w, day, since, err);
}

static int
new_notice(struct agent *agent, const struct wanted *w, char *key, int day,
    int64_t *id, struct err *err)
{
	char kind[16], channel[64];
	struct notice notice = { .key = key,
		.kind = kind,
		.channel = channel,
		.party_id = w->party_id,
		.address = (char *)(uintptr_t)w->address,
		.day_on = day,
		.send_at = w->at,
		.next_at = w->at,
		.since_at = INSTANT_NONE,
		.sent_at = INSTANT_NONE,
		.state = NOTICE_PLANNED };

	(void)snprintf(kind, sizeof kind, "%s", w->kind);
	(void)snprintf(channel, sizeof channel, "%s", w->channel);
	if (tried_since(agent, w, &notice.first_try_at, err) == -1 ||
	    store_notice_add(agent->db, &notice, err) == -1)
		return -1;
	*id = notice.id;
	return notice.first_try_at == INSTANT_NONE
		   ? 0
		   : store_notice_save(agent->db, &notice, err);
}

/* Finds the day's notice or makes it. One that was sent, or is being sent,
 * is closed: what comes later waits for the next working day. */
static int
find_notice(struct agent *agent, struct wanted *w, int64_t *id, struct err *err)
{
	const struct conf *conf = agent->conf;

	w->at = plan_send_at(&conf->calendar, &conf->zone, conf->sending_from,
	    conf->sending_until, w->at);
	for (int number = 1;;) {
		int minute, rc;
		int day = zone_day(&conf->zone, w->at, &minute);
		char *key = key_of(w, day, number);
		struct notice was = { 0 };

		rc = store_notice_by_key(agent->db, key, &was, err);
		if (rc == 0)
			rc = new_notice(agent, w, key, day, id, err);
		else if (rc == 1 && was.state == NOTICE_PLANNED) {
			*id = was.id;
			rc = 0;
			if (w->at < was.send_at) {
				was.send_at = was.next_at = w->at;
				rc = store_notice_save(agent->db, &was, err);
			}
		} else if (rc == 1 && (was.state == NOTICE_CANCELLED ||
					  w->entry_id != 0)) {
			number++;
		} else if (rc == 1) {
			day = calendar_add_workdays(&conf->calendar, day, 1);
			w->at = plan_send_at(&conf->calendar, &conf->zone,
			    conf->sending_from, conf->sending_until,
			    zone_instant(&conf->zone, day, minute));
			number = 1;
		}
		free(key);
		notice_clear(&was);
		if (rc != 1)
			return rc;
	}
}

/* The moment it should go: its own `at`; what is from a day before, or falls
 * on a day off, goes at the same time of the next working day. */
static int64_t
moment(const struct agent *agent, const struct occurrence *o)
{
	const struct conf *conf = agent->conf;
	int minute, day = zone_day(&conf->zone, o->fire_at, &minute);

	if (day < agent->today)
		day = agent->today;
	day = calendar_roll_forward(&conf->calendar, day);
	return day == o->fire_on ? o->fire_at
				 : zone_instant(&conf->zone, day, minute);
}

static bool
is_one_per_entry(const struct agent *agent, const struct occurrence *o,
    const struct entry *entry)
{
	const struct conf_webhook *hook;
	const struct plan_schedule *s;

	if (o->role == TO_CHANNEL) {
		hook = conf_webhook(agent->conf, o->channel);
		return hook == NULL || hook->group == GROUP_NONE;
	}
	s = agent_schedule_for(agent, entry);
	return o->kind != PLAN_SECRETARY && s != NULL &&
	       s->conf->group == GROUP_NONE;
}

/* What waited longer than its schedule allows is recorded and not sent; a step
 * waits for its condition and not for its day, and what is said a day ahead is
 * good for that day. */
static bool
is_too_late(const struct agent *agent, const struct occurrence *o,
    const struct entry *entry)
{
	const struct plan_schedule *s = agent_schedule_for(agent, entry);
	int late = agent->today - o->fire_on;

	if (strncmp(o->rule, PLAN_AHEAD, sizeof PLAN_AHEAD - 1) == 0)
		return late > 0;
	return o->kind != PLAN_ESCALATION && s != NULL &&
	       late > s->conf->max_late_days;
}

static bool
is_news(const struct occurrence *o)
{
	return plan_is_news(o->rule, o->role);
}

/* Into its notice, where another of the day before may wait for the same entry
 * and reader: a mail tells of an entry once. */
static int
queue(struct agent *agent, const struct occurrence *o, int64_t notice_id,
    struct err *err)
{
	struct occurrence twin = { .role = o->role };
	int rc = o->kind == PLAN_SECRETARY
		     ? 0
		     : store_twin(agent->db, o, notice_id, &twin, err);

	if (rc == 1 && is_news(&twin) && !is_news(o))
		return store_mark(agent->db, o->id, "missed", err);
	if (rc == 1)
		rc = store_mark(agent->db, twin.id, "missed", err);
	return rc == -1 ? -1 : store_queue(agent->db, o->id, notice_id, err);
}

static int
place(struct agent *agent, const struct occurrence *o,
    const struct entry *entry, struct err *err)
{
	struct wanted w = { .kind = plan_kind_name(o->kind),
		.channel = o->channel,
		.at = moment(agent, o) };
	struct reach reach = { 0 };
	int64_t notice_id = 0, since = INSTANT_NONE;
	int rc = 0;

	if (is_one_per_entry(agent, o, entry))
		w.entry_id = entry->id;
	if (o->role == TO_CHANNEL) {
		w.address = o->channel;
	} else {
		if (agent_route(agent, o, entry, &reach, &w.kind, err) == -1)
			return -1;
		w.address = reach.address;
		w.party_id = reach.party_id;
	}
	if (is_too_late(agent, o, entry)) {
		/* One that is being tried goes on until it is given up. */
		rc = tried_since(agent, &w, &since, err);
		if (rc == 0 && since == INSTANT_NONE) {
			reach_clear(&reach);
			return store_mark(agent->db, o->id, "missed", err);
		}
	}
	if (rc == 0)
		rc = find_notice(agent, &w, &notice_id, err);
	if (rc == 0)
		rc = queue(agent, o, notice_id, err);
	reach_clear(&reach);
	return rc;
}

static bool
same_reader(const struct occurrence *a, const struct occurrence *b)
{
	return a->entry_id == b->entry_id && a->party_id == b->party_id &&
	       strcmp(a->channel, b->channel) == 0;
}

static bool
same_stream(const struct occurrence *a, const struct occurrence *b)
{
	return same_reader(a, b) && a->kind == b->kind;
}

/* Of several for one entry and party the news stands for all, else the last;
 * yet what the secretary is told of an entry are different things. */
static bool
is_overtaken(const struct store_occurrences *loose, size_t i)
{
	const struct occurrence *o = &loose->rows.items[i].o;
	size_t first = i;

	if (o->kind == PLAN_SECRETARY)
		return false;
	while (first > 0 && same_reader(&loose->rows.items[first - 1].o, o))
		first--;
	for (size_t j = first; j < loose->rows.len; j++) {
		const struct occurrence *other = &loose->rows.items[j].o;

		if (!same_reader(o, other))
			break;
		if (j == i || !same_stream(o, other))
			continue;
		if (is_news(o) != is_news(other) ? is_news(other) : j > i)
			return true;
	}
	return false;
}

int
agent_group(struct agent *agent, int64_t now, struct err *err)
{
	struct store_occurrences loose = { 0 };
	size_t len;
	int rc = store_loose(agent->db, SLICE_LOOSE, &loose, err);

	(void)now;
	/* A slice may end within an entry: its rest comes with the next. */
	len = loose.rows.len;
	if (len == SLICE_LOOSE)
		while (len > 1 && same_reader(&loose.rows.items[len - 1].o,
				      &loose.rows.items[SLICE_LOOSE - 1].o))
			len--;
	for (size_t i = 0; rc == 0 && i < len; i++) {
		const struct occurrence *o = &loose.rows.items[i].o;
		struct entry entry = { 0 };

		/* A webhook that the config no longer has. */
		if (o->role == TO_CHANNEL &&
		    conf_webhook(agent->conf, o->channel) == NULL) {
			rc = store_mark(agent->db, o->id, "cancelled", err);
			continue;
		}
		if (is_overtaken(&loose, i)) {
			rc = store_mark(agent->db, o->id, "missed", err);
			continue;
		}
		rc = entries_get_id(agent->db, o->entry_id, &entry, err);
		if (rc == 1)
			rc = place(agent, o, &entry, err);
		entry_clear(&entry);
	}
	if (rc == 0 && loose.rows.len > 0)
		rc = 1;
	vec_clear(&loose.rows);
	return rc;
}
