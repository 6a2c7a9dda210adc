/* SPDX-License-Identifier: ISC */
/*
 * Digests: on which days each of them is due for each series, and the notices
 * that it makes. What is in it is gathered when it goes out (digest.c).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/agent_parts.h"

#define TAKEN_BACK "its reader changed before it left"

const struct conf_digest *
agent_digest_named(const struct agent *agent, const char *name)
{
	VEC_EACH (struct conf_digest, d, &agent->conf->digests)
		if (strcmp(d->name, name) == 0)
			return d;
	return NULL;
}

/* The memory of a digest of a series: the last day it was made for and the
 * moment of it; digests that had nothing to say count too. */
struct memory {
	char *key;
	int last_on;
	int64_t last_at;
};

static int
memory_read(struct agent *agent, const struct conf_digest *digest,
    const struct series *series, struct memory *out, struct err *err)
{
	char *value = NULL;

	out->key = xasprintf("digest/%s/%s", digest->name, series->code);
	out->last_on = DAY_NONE;
	out->last_at = INSTANT_NONE;
	if (register_meta(agent->db, out->key, &value, err) == -1)
		return -1;
	if (value != NULL && strlen(value) > 11) {
		out->last_on = day_parse_n(value, 10);
		out->last_at = strtoll(value + 11, NULL, 10);
	}
	free(value);
	return 0;
}

static int
memory_write(struct agent *agent, const struct memory *m, int day, int64_t at,
    struct err *err)
{
	char text[64], iso[DAY_TEXT_MAX];

	(void)snprintf(
	    text, sizeof text, "%s %lld", day_iso(day, iso), (long long)at);
	return register_set_meta(agent->db, m->key, text, err);
}

/* The party that a `to` of a digest means; 0: none that is known. */
static int
receiver(struct agent *agent, const struct series *series, const char *to,
    int64_t *out, struct err *err)
{
	struct err why = { 0 };

	switch (plan_role_parse(to)) {
	case TO_CHAIR:
		*out = series->chair_id != 0
			   ? series->chair_id
			   : agent_secretary(agent, series->id);
		return 0;
	case TO_SECRETARY:
		*out = agent_secretary(agent, series->id);
		return 0;
	default:
		break;
	}
	if (strchr(to, '@') != NULL)
		return parties_address(agent->db, to, out, err);
	if (parties_find(agent->db, to, out, &why) == 0)
		return 0;
	if (why.code == ERR_SYSTEM || why.code == ERR_TEMP) {
		*err = why;
		return -1;
	}
	*out = agent_secretary(agent, series->id);
	return 0;
}

static char *
key_of(const struct conf_digest *digest, const struct series *series,
    const char *address, int day)
{
	char iso[DAY_TEXT_MAX];

	return xasprintf("digest/%s/%s/%s/%s", digest->name, series->code,
	    address, day_iso(day, iso));
}

/* One that has not gone by the time of the next would say the same on the same
 * day: the next one takes its place, and counts change from where it did. */
static int
overtake(
    struct agent *agent, const char *key, int64_t *since_at, struct err *err)
{
	struct notice was = { 0 };
	int rc = store_notice_by_key(agent->db, key, &was, err);

	if (rc == 1 && !was.uncertain &&
	    (was.state == NOTICE_PLANNED || was.state == NOTICE_DEFERRED)) {
		*since_at = was.since_at;
		was.state = NOTICE_CANCELLED;
		free(was.reason);
		was.reason = xstrdup("the next one came before it could go");
		rc = store_forget_bytes(agent->db, was.id, err);
		if (rc == 0)
			rc = store_notice_save(agent->db, &was, err);
	}
	notice_clear(&was);
	return rc == -1 ? -1 : 0;
}

/* One that was taken back goes after all: it is its reader's again. */
static int
give_back(struct agent *agent, struct notice *n, struct err *err)
{
	if (n->state != NOTICE_CANCELLED || n->reason == NULL ||
	    strcmp(n->reason, TAKEN_BACK) != 0)
		return 0;
	n->state = NOTICE_PLANNED;
	n->day_on = agent->today;
	free(n->reason);
	n->reason = NULL;
	return store_notice_save(agent->db, n, err);
}

static int
make_notice(struct agent *agent, const struct conf_digest *digest,
    const struct series *series, const char *to, int day, int64_t at,
    const struct memory *memory, struct err *err)
{
	const struct conf *conf = agent->conf;
	struct reach reach = { 0 };
	struct notice was = { 0 };
	const char *unreached;
	char kind[] = "digest", channel[] = "mail";
	int64_t party_id = 0, since_at = memory->last_at;
	char *key = NULL, *last = NULL;
	int rc;

	if (receiver(agent, series, to, &party_id, err) == -1 ||
	    agent_reach(agent, party_id, agent_secretary(agent, series->id),
		&reach, &unreached, err) == -1)
		return -1;
	key = key_of(digest, series, reach.address, day);
	/* Chair and secretary may be one person: one digest is enough. */
	rc = store_notice_by_key(agent->db, key, &was, err);
	if (rc == 1) {
		rc = give_back(agent, &was, err);
		goto out;
	}
	if (rc == 0 && memory->last_on != DAY_NONE) {
		last = key_of(digest, series, reach.address, memory->last_on);
		rc = overtake(agent, last, &since_at, err);
		free(last);
	}
	if (rc == 0) {
		struct notice n = { .key = key,
			.kind = kind,
			.channel = channel,
			.party_id = reach.party_id,
			.address = reach.address,
			.state = NOTICE_PLANNED,
			.digest = digest->name,
			.series_id = series->id,
			.since_at = since_at };

		n.send_at = plan_send_at(&conf->calendar, &conf->zone,
		    conf->sending_from, conf->sending_until, at);
		n.next_at = n.send_at;
		n.day_on = zone_day(&conf->zone, n.send_at, NULL);
		rc = store_notice_add(agent->db, &n, err);
	}
out:
	notice_clear(&was);
	reach_clear(&reach);
	free(key);
	return rc;
}

/* Which days a rule of the calendar gives is the same for every series: it is
 * reckoned once a beat, since an RRULE takes its time. */
struct rule_days {
	bool known;
	int on, next_on;
};

/* The day that a digest is due for, if it was not made for it yet; DAY_NONE. */
static int
due_day(struct agent *agent, const struct conf_digest *digest,
    const struct series *series, int last_on, struct rule_days *days,
    int *next_on)
{
	const struct calendar *calendar = &agent->conf->calendar;
	const struct words_series *meetings;

	if (digest->when.kind == RULE_BEFORE_MEETING) {
		meetings = agent_meetings(agent, series->id);
		return plan_digest(&digest->when, calendar,
		    meetings == NULL ? NULL : meetings->days,
		    meetings == NULL ? 0 : meetings->ndays, last_on,
		    agent->today, next_on);
	}
	if (!days->known)
		days->on = plan_digest(&digest->when, calendar, NULL, 0,
		    DAY_NONE, agent->today, &days->next_on);
	days->known = true;
	*next_on = days->next_on;
	return days->on > last_on ? days->on : DAY_NONE;
}

static int
digest_of_series(struct agent *agent, const struct conf_digest *digest,
    const struct series *series, struct rule_days *days, int64_t now,
    struct err *err)
{
	const struct conf *conf = agent->conf;
	struct memory memory = { 0 };
	int day, next_on, rc = -1;
	char *rule = NULL;
	int64_t at, since, next_at;

	if (memory_read(agent, digest, series, &memory, err) == -1)
		goto out;
	day = due_day(agent, digest, series, memory.last_on, days, &next_on);
	if (next_on != DAY_NONE) {
		next_at = zone_instant(&conf->zone, next_on, 0);
		if (next_at < agent->next_digest_at)
			agent->next_digest_at = next_at;
	}
	rc = 0;
	if (day == DAY_NONE)
		goto out;
	at = zone_instant(&conf->zone, day, digest->at);
	/* Made when it goes: for the chair of that moment. */
	if (at > now) {
		if (at < agent->next_digest_at)
			agent->next_digest_at = at;
		goto out;
	}
	rule = rule_known_key(digest->name, "digest", digest->when.text);
	since = register_rule_since(agent->db, rule);
	if (since > now)
		since = now;
	/* A digest configured today is none of last Monday's. */
	for (size_t i = 0; rc == 0 && at >= since && i < digest->to.len; i++)
		rc = make_notice(agent, digest, series, digest->to.items[i],
		    day, at, &memory, err);
	/* What was due before it was in force is none to count change from. */
	if (rc == 0)
		rc = memory_write(agent, &memory, day,
		    at >= since ? at : memory.last_at, err);
out:
	free(rule);
	free(memory.key);
	return rc;
}

int
agent_digests(struct agent *agent, int64_t now, struct err *err)
{
	agent->next_digest_at = INSTANT_NEVER;
	VEC_EACH (struct conf_digest, d, &agent->conf->digests) {
		struct rule_days days = { 0 };

		VEC_EACH (struct series, s, &agent->series) {
			if (d->series.len > 0 &&
			    !strings_has(&d->series, s->code))
				continue;
			if (digest_of_series(agent, d, s, &days, now, err) ==
			    -1)
				return -1;
		}
	}
	return 0;
}

/* ---- one that was made and has not left ---- */

static int
is_reader(struct agent *agent, const struct conf_digest *digest,
    const struct series *series, const struct notice *n, bool *reads,
    struct err *err)
{
	*reads = false;
	for (size_t i = 0; i < digest->to.len && !*reads; i++) {
		struct reach reach = { 0 };
		const char *unreached;
		int64_t party_id = 0;

		if (receiver(agent, series, digest->to.items[i], &party_id,
			err) == -1 ||
		    agent_reach(agent, party_id,
			agent_secretary(agent, series->id), &reach, &unreached,
			err) == -1)
			return -1;
		*reads = strcmp(reach.address, n->address) == 0;
		reach_clear(&reach);
	}
	return 0;
}

static int
take_back(struct agent *agent, struct notice *n, struct err *err)
{
	if (n->tries == 0 && n->first_try_at == INSTANT_NONE)
		return store_notice_delete(agent->db, n->id, err);
	n->state = NOTICE_CANCELLED;
	free(n->reason);
	n->reason = xstrdup(TAKEN_BACK);
	return store_forget_bytes(agent->db, n->id, err) == -1
		   ? -1
		   : store_notice_save(agent->db, n, err);
}

int
agent_recheck_digest(struct agent *agent, struct notice *n, struct err *err)
{
	const struct conf_digest *digest = agent_digest_named(agent, n->digest);
	const struct series *series = agent_series(agent, n->series_id);
	size_t len = strlen(n->key);
	int day = len > 10 ? day_parse_n(n->key + len - 10, 10) : DAY_NONE;
	struct memory memory = { .last_on = DAY_NONE, .last_at = n->since_at };
	bool reads;

	if (digest == NULL || series == NULL || day == DAY_NONE)
		return 0;
	if (is_reader(agent, digest, series, n, &reads, err) == -1)
		return -1;
	if (reads)
		return 0;
	if (take_back(agent, n, err) == -1)
		return -1;
	for (size_t i = 0; i < digest->to.len; i++)
		if (make_notice(agent, digest, series, digest->to.items[i], day,
			n->send_at, &memory, err) == -1)
			return -1;
	return 0;
}
