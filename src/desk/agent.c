/* SPDX-License-Identifier: ISC */
/*
 * The agent's beat: what has come due is planned in slices, yesterday's
 * unsent notices are taken apart, and when the whole day is planned the loose
 * occurrences are put into notices. Delivery is in agent_deliver.c.
 */
#include "desk/agent_parts.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mime.h"
#include "io/entries.h"
#include "io/file.h"
#include "io/imports.h"

#define SLICE_ENTRIES 64
#define SLICE_NOTICES 64
#define SLICE_REPLAN 1000
#define TEMPLATE_MAX 65536
#define HOUR_S 3600

static void
schedules_clear(struct agent *agent)
{
	VEC_EACH (struct agent_schedule, s, &agent->schedules) {
		free(s->remind_since);
		free(s->escalate_since);
		free(s->to);
		free(s->escalate_to);
	}
	vec_clear(&agent->schedules);
}

/* A role, or the party that an office name or an address means. One that the
 * register does not know falls to the secretary, and check says so. */
static int
resolve_to(
    struct agent *agent, const char *text, struct plan_to *out, struct err *err)
{
	struct err why = { 0 };

	out->role = (enum plan_role)plan_role_parse(text);
	out->party_id = 0;
	if (out->role != TO_PARTY)
		return 0;
	if (strchr(text, '@') != NULL && !agent->reader)
		return parties_address(agent->db, text, &out->party_id, err);
	if (parties_find(agent->db, text, &out->party_id, &why) == -1) {
		if (why.code == ERR_SYSTEM || why.code == ERR_TEMP) {
			*err = why;
			return -1;
		}
		out->role = TO_SECRETARY;
	}
	return 0;
}

/* A rule that no writer has noted yet is new now. */
static int64_t
since_of(struct agent *agent, const struct conf_schedule *conf, const char *use,
    const char *rule)
{
	char *key = rule_known_key(conf->name, use, rule);
	int64_t since = register_rule_since(agent->db, key);

	free(key);
	return since;
}

static int
schedule_load(struct agent *agent, const struct conf_schedule *conf,
    struct agent_schedule *out, struct err *err)
{
	out->remind_since = xcalloc(conf->remind.len, sizeof(int64_t));
	out->escalate_since = xcalloc(conf->escalate.len, sizeof(int64_t));
	out->to = xcalloc(conf->to.len, sizeof *out->to);
	out->escalate_to = xcalloc(conf->escalate.len, sizeof *out->to);
	out->plan = (struct plan_schedule){ .conf = conf,
		.remind_since = out->remind_since,
		.escalate_since = out->escalate_since,
		.to = out->to,
		.escalate_to = out->escalate_to };
	for (size_t i = 0; i < conf->remind.len; i++)
		out->remind_since[i] = since_of(
		    agent, conf, "reminder", conf->remind.items[i].text);
	for (size_t i = 0; i < conf->to.len; i++)
		if (resolve_to(agent, conf->to.items[i], &out->to[i], err))
			return -1;
	for (size_t i = 0; i < conf->escalate.len; i++) {
		const struct conf_escalation *e = &conf->escalate.items[i];

		out->escalate_since[i] =
		    since_of(agent, conf, "escalation", e->when.text);
		if (resolve_to(agent, e->to, &out->escalate_to[i], err))
			return -1;
	}
	return 0;
}

/* Whoever answers when no series has a secretary: the address that replies go
 * to. */
static int
load_secretary(struct agent *agent, struct err *err)
{
	const struct conf_mail *mail = &agent->conf->mail;
	struct mime_mailbox box;

	if (mime_mailbox_parse(
		mail->reply_to != NULL ? mail->reply_to : mail->from, &box,
		err) == -1)
		return -1;
	if (agent->reader) /* 0 when nobody was written to yet */
		return parties_find(agent->db, box.address,
			   &agent->secretary_id, err) == -1 &&
			       err->code != ERR_NOTFOUND
			   ? -1
			   : 0;
	return parties_address(
	    agent->db, box.address, &agent->secretary_id, err);
}

static int
load_templates(struct agent *agent, struct err *err)
{
	letter_templates_clear(&agent->templates);
	letter_templates_init(&agent->templates);
	if (agent->conf->templates == NULL)
		return 0;
	return agent_load_templates(
	    agent->conf->templates, &agent->templates, err);
}

int
agent_load_templates(
    const char *folder, struct letter_templates *templates, struct err *err)
{
	for (int kind = 0; kind < LETTER_KINDS; kind++) {
		char *path = file_beside(
		    folder, letter_template_file((enum letter_kind)kind));
		char *text = NULL;
		size_t len;
		int rc = file_read(path, TEMPLATE_MAX, &text, &len, err);

		/* What the folder does not have stays as it is built in. */
		if (rc == -1 && err->code == ERR_NOTFOUND)
			rc = 0;
		if (rc == 0 && text != NULL) {
			rc = letter_template_set(
			    templates, (enum letter_kind)kind, text, len, err);
			if (rc == -1)
				err_wrap(err, "%s", path);
		}
		free(text);
		free(path);
		if (rc == -1)
			return -1;
	}
	return 0;
}

/* Says what planning depends on: when it differs from what the register was
 * planned with, every live entry is planned anew, in slices. */
static void
fingerprint(const struct conf *conf, char out[17])
{
	struct buf b = { 0 };
	uint64_t hash = 14695981039346656037u;

	buf_printf(&b, "%s %d %d %d %d", conf->timezone, conf->sending_from,
	    conf->sending_until, conf->meeting_grace,
	    conf->words.undated_review_days);
	for (int i = 0; i < 7; i++)
		buf_putc(&b, conf->calendar.works[i] ? '1' : '0');
	VEC_EACH (struct holiday, h, &conf->calendar.holidays.days)
		buf_printf(&b, " %d", h->on);
	VEC_EACH (struct conf_schedule, s, &conf->schedules) {
		const struct strings *lists[] = { &s->kinds, &s->series,
			&s->bodies, &s->priorities, &s->to, &s->channels };

		buf_printf(&b, "\n%s %d %d %d %d %d", s->name, s->at, s->most,
		    s->max_late_days, s->roll, s->no_snooze);
		for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
			buf_putc(&b, '|');
			for (size_t j = 0; j < lists[i]->len; j++)
				buf_printf(&b, "%s,", lists[i]->items[j]);
		}
		VEC_EACH (struct rule, r, &s->remind)
			buf_printf(&b, "%s;", r->text);
		VEC_EACH (struct conf_escalation, e, &s->escalate)
			buf_printf(&b, "%s>%s;", e->when.text, e->to);
	}
	for (size_t i = 0; i < b.len; i++)
		hash = (hash ^ (unsigned char)b.data[i]) * 1099511628211u;
	(void)snprintf(out, 17, "%016llx", (unsigned long long)hash);
	buf_clear(&b);
}

static int
note_fingerprint(struct agent *agent, struct err *err)
{
	char mark[17];
	char *was = NULL;
	int rc = 0;

	fingerprint(agent->conf, mark);
	if (register_meta(agent->db, "planned_with", &was, err) == -1)
		return -1;
	if (was == NULL || strcmp(was, mark) != 0) {
		rc = register_set_meta(agent->db, "planned_with", mark, err);
		if (rc == 0)
			rc = register_set_meta(
			    agent->db, "unmatched", NULL, err);
		if (rc == 0)
			rc = register_set_meta_int(
			    agent->db, "replan_after", 0, err);
	}
	free(was);
	return rc;
}

static int
schedules_load(struct agent *agent, struct err *err)
{
	const struct conf *conf = agent->conf;

	schedules_clear(agent);
	for (size_t i = 0; i < conf->schedules.len; i++)
		if (schedule_load(agent, &conf->schedules.items[i],
			vec_push(&agent->schedules), err) == -1)
			return -1;
	return 0;
}

/* After a reload with another address to redirect to, what was written for
 * the old one is taken apart. */
static int
note_redirect(struct agent *agent, struct err *err)
{
	const char *to = agent->conf->mail.redirect_all_to;
	struct notices frozen = { 0 };
	char *was = NULL;
	int rc = register_meta(agent->db, "redirected_to", &was, err);

	if (rc == -1 ||
	    strcmp(was == NULL ? "" : was, to == NULL ? "" : to) == 0) {
		free(was);
		return rc;
	}
	free(was);
	rc = store_frozen(agent->db, INT_MAX, &frozen, err);
	VEC_EACH (struct notice, n, &frozen.rows)
		if (rc == 0)
			rc = agent_loosen(
			    agent, n, "mail.redirect_all_to changed", err);
	notices_clear(&frozen);
	return rc == -1
		   ? -1
		   : register_set_meta(agent->db, "redirected_to", to, err);
}

int
agent_set_conf(
    struct agent *agent, const struct conf *conf, int64_t now, struct err *err)
{
	struct db *db = agent->db;

	agent->conf = conf;
	agent->settled = false;
	free(agent->register_id);
	agent->register_id = NULL;
	if (db_begin(db, err) == -1)
		return -1;
	if (register_note_rules(db, conf, now, err) == -1 ||
	    store_identity(db, &agent->register_id, err) == -1 ||
	    load_secretary(agent, err) == -1 ||
	    load_templates(agent, err) == -1 ||
	    schedules_load(agent, err) == -1 ||
	    note_redirect(agent, err) == -1 ||
	    note_fingerprint(agent, err) == -1) {
		db_rollback(db);
		return -1;
	}
	return db_commit(db, err);
}

static struct agent *
agent_alloc(struct db *db, const struct conf *conf)
{
	struct agent *agent = xcalloc(1, sizeof *agent);

	agent->db = db;
	agent->conf = conf;
	agent->today = DAY_NONE;
	letter_templates_init(&agent->templates);
	return agent;
}

struct agent *
agent_new(struct db *db, const struct conf *conf, int64_t now, struct err *err)
{
	struct agent *agent = agent_alloc(db, conf);

	if (agent_set_conf(agent, conf, now, err) == -1) {
		agent_free(agent);
		return NULL;
	}
	return agent;
}

struct agent *
agent_new_reader(
    struct db *db, const struct conf *conf, int64_t now, struct err *err)
{
	struct agent *agent = agent_alloc(db, conf);

	agent->reader = true;
	if (register_meta(db, "register_id", &agent->register_id, err) == -1 ||
	    load_secretary(agent, err) == -1 ||
	    load_templates(agent, err) == -1 ||
	    schedules_load(agent, err) == -1 ||
	    agent_open_day(agent, now, err) == -1) {
		agent_free(agent);
		return NULL;
	}
	return agent;
}

static void
series_forget(struct agent *agent)
{
	VEC_EACH (struct series, s, &agent->series)
		series_clear(s);
	vec_clear(&agent->series);
	series_calendar_clear(&agent->calendar);
}

void
agent_free(struct agent *agent)
{
	if (agent == NULL)
		return;
	series_forget(agent);
	schedules_clear(agent);
	letter_templates_clear(&agent->templates);
	free(agent->register_id);
	free(agent);
}

int
agent_recover(struct agent *agent, int64_t now, struct err *err)
{
	int doubted;

	if (db_begin(agent->db, err) == -1)
		return -1;
	if (store_recover(agent->db, now, &doubted, err) == -1) {
		db_rollback(agent->db);
		return -1;
	}
	return db_commit(agent->db, err);
}

/* ---- series, chairs and secretaries ---- */

static int
keep_series(void *ctx, const struct series *series, struct err *err)
{
	struct agent *agent = ctx;
	struct series *copy = vec_push(&agent->series);

	(void)err;
	*copy = *series;
	copy->code = xstrdup(series->code);
	copy->title = xstrdup(series->title);
	return 0;
}

static int
series_load(struct agent *agent, struct err *err)
{
	series_forget(agent);
	if (series_each(agent->db, keep_series, agent, err) == -1)
		return -1;
	return series_calendar_load(agent->db, &agent->calendar, err);
}

int
agent_open_day(struct agent *agent, int64_t now, struct err *err)
{
	agent->today = zone_day(&agent->conf->zone, now, NULL);
	return series_load(agent, err);
}

const struct series *
agent_series(const struct agent *agent, int64_t id)
{
	VEC_EACH (struct series, s, &agent->series)
		if (s->id == id)
			return s;
	return NULL;
}

const struct words_series *
agent_meetings(const struct agent *agent, int64_t id)
{
	VEC_EACH (struct words_series, s, &agent->calendar.series)
		if (s->id == id)
			return s;
	return NULL;
}

int64_t
agent_chair(const struct agent *agent, int64_t series_id)
{
	const struct series *s = agent_series(agent, series_id);

	return s == NULL ? 0 : s->chair_id;
}

int64_t
agent_secretary(const struct agent *agent, int64_t series_id)
{
	const struct series *s = agent_series(agent, series_id);

	return s == NULL || s->secretary_id == 0 ? agent->secretary_id
						 : s->secretary_id;
}

int
agent_series_of(struct agent *agent, const struct entry *entry,
    int64_t *series_id, struct err *err)
{
	struct report report = { 0 };
	int rc;

	*series_id = entry->series_id;
	if (entry->series_id != 0 || entry->report_id == 0)
		return 0;
	rc = reports_get_id(agent->db, entry->report_id, &report, err);
	if (rc == 1)
		*series_id = report.series_id;
	report_clear(&report);
	return rc == -1 ? -1 : 0;
}

const struct plan_schedule *
agent_schedule_for(const struct agent *agent, const struct entry *entry)
{
	const struct conf *conf = agent->conf;
	const struct conf_schedule *s = conf_schedule_for(
	    conf, entry->kind, entry->series, entry->body, entry->priority);

	return s == NULL
		   ? NULL
		   : &agent->schedules.items[s - conf->schedules.items].plan;
}

/* ---- planning ---- */

static int
owners_of(struct agent *agent, const struct entry *entry, int today,
    struct plan_owner *out, struct err *err)
{
	for (size_t i = 0; i < entry->owners.len; i++) {
		const struct owner *o = &entry->owners.items[i];
		struct reach reach = { 0 };

		if (parties_reach(agent->db, o->party_id, today, &reach, err) ==
		    -1)
			return -1;
		out[i] = (struct plan_owner){ .party_id = o->party_id,
			.role = o->role,
			.paused_until_on = reach.paused_until_on };
		reach_clear(&reach);
	}
	return 0;
}

int
agent_plan_entry(struct agent *agent, const struct entry *entry, int64_t now,
    const struct plan *also, struct plan *out, struct err *err)
{
	const struct conf *conf = agent->conf;
	struct plan_env env = { .calendar = &conf->calendar,
		.zone = &conf->zone,
		.meeting_grace = conf->meeting_grace,
		.undated_review_days = conf->words.undated_review_days };
	struct store_occurrences known = { 0 };
	struct plan_owner *owners = xcalloc(entry->owners.len, sizeof *owners);
	struct plan_done *done = NULL;
	const struct words_series *meetings;
	size_t nplanned;
	int64_t series_id;
	int rc = -1;

	if (agent_series_of(agent, entry, &series_id, err) == -1 ||
	    owners_of(agent, entry, zone_day(&conf->zone, now, NULL), owners,
		err) == -1 ||
	    store_of_entry(agent->db, entry->id, &known, err) == -1)
		goto out;
	nplanned = also == NULL ? 0 : also->occurrences.len;
	done = xcalloc(known.rows.len + nplanned, sizeof *done);
	for (size_t i = 0; i < known.rows.len + nplanned; i++) {
		const struct occurrence *o =
		    i < known.rows.len
			? &known.rows.items[i].o
			: &also->occurrences.items[i - known.rows.len];

		done[i] = (struct plan_done){ .rule = o->rule,
			.due_version = o->due_version,
			.local_on = o->local_on,
			.fire_on = o->fire_on,
			.party_id = o->party_id,
			.channel = o->channel,
			.kind = o->kind };
	}
	meetings = agent_meetings(agent, series_id);
	if (meetings != NULL) {
		env.meetings = meetings->days;
		env.nmeetings = meetings->ndays;
	}
	env.chair_id = agent_chair(agent, series_id);
	env.secretary_id = agent_secretary(agent, series_id);
	plan_entry(&env, agent_schedule_for(agent, entry), entry, owners,
	    entry->owners.len, done, known.rows.len + nplanned, now, out);
	rc = 0;
out:
	free(done);
	free(owners);
	vec_clear(&known.rows);
	return rc;
}

static int
plan_one(struct agent *agent, int64_t id, int64_t now, struct err *err)
{
	struct entry entry = { 0 };
	struct plan plan = { .next_at = INSTANT_NEVER };
	int rc = entries_get_id(agent->db, id, &entry, err);

	if (rc == 1)
		rc = agent_plan_entry(agent, &entry, now, NULL, &plan, err);
	/* Nobody is reminded of it: status names one, check names all. */
	if (rc == 0 && plan.hold == HOLD_NO_SCHEDULE)
		rc = register_set_meta(agent->db, "unmatched", entry.ref, err);
	for (size_t i = 0; rc == 0 && i < plan.occurrences.len; i++)
		rc = store_add(agent->db, &plan.occurrences.items[i], err);
	if (rc == 0)
		rc = store_set_due(agent->db, id, plan.next_at, err);
	vec_clear(&plan.occurrences);
	entry_clear(&entry);
	return rc;
}

static int
plan_slice(struct agent *agent, int64_t now, struct err *err)
{
	struct store_ids due = { 0 };
	int rc = store_due(agent->db, now, SLICE_ENTRIES, &due, err);

	for (size_t i = 0; rc == 0 && i < due.ids.len; i++)
		rc = plan_one(agent, due.ids.items[i], now, err);
	if (rc == 0 && due.ids.len > 0)
		rc = 1;
	vec_clear(&due.ids);
	return rc;
}

/* After other rules came into force: every live entry is due again. */
static int
replan_slice(struct agent *agent, struct err *err)
{
	int64_t after = register_meta_int(agent->db, "replan_after", -1);
	int rc;

	if (after == -1)
		return 0;
	rc = store_touch_live(agent->db, &after, SLICE_REPLAN, err);
	if (rc == -1)
		return -1;
	if (rc == 0)
		return register_set_meta(agent->db, "replan_after", NULL, err);
	return register_set_meta_int(agent->db, "replan_after", after, err) ==
		       -1
		   ? -1
		   : 1;
}

/* ---- yesterday's notices ---- */

/* Its occurrences are loose again, and grouped anew with today's. */
int
agent_loosen(struct agent *agent, struct notice *notice, const char *why,
    struct err *err)
{
	struct store_occurrences rows = { 0 };
	int rc = store_of_notice(agent->db, notice->id, &rows, err);

	for (size_t i = 0; rc == 0 && i < rows.rows.len; i++)
		rc = store_mark(
		    agent->db, rows.rows.items[i].o.id, "planned", err);
	vec_clear(&rows.rows);
	if (rc == -1)
		return -1;
	/* What was never tried has no history to keep. */
	if (notice->tries == 0 && notice->first_try_at == INSTANT_NONE)
		return store_notice_delete(agent->db, notice->id, err);
	notice->state = NOTICE_CANCELLED;
	free(notice->reason);
	notice->reason = xstrdup(why);
	return store_forget_bytes(agent->db, notice->id, err) == -1
		   ? -1
		   : store_notice_save(agent->db, notice, err);
}

/* A digest is gathered when it goes: late, it tells of the later day. */
static int
redate(struct agent *agent, struct notice *notice, struct err *err)
{
	notice->day_on = agent->today;
	notice->state = NOTICE_PLANNED;
	if (store_forget_bytes(agent->db, notice->id, err) == -1)
		return -1;
	return store_notice_save(agent->db, notice, err);
}

static int
stale_slice(struct agent *agent, struct err *err)
{
	struct notices stale = { 0 };
	int rc =
	    store_stale(agent->db, agent->today, SLICE_NOTICES, &stale, err);

	VEC_EACH (struct notice, n, &stale.rows) {
		if (rc != 0)
			break;
		rc = n->digest != NULL
			 ? redate(agent, n, err)
			 : agent_loosen(agent, n,
			       "its day went by before it could be sent", err);
	}
	if (rc == 0 && stale.rows.len > 0)
		rc = 1;
	notices_clear(&stale);
	return rc;
}

/* ---- what stops everything ---- */

static int
set_gate(struct agent *agent, int64_t now, struct err *err)
{
	struct db *db = agent->db;
	int brake = agent->conf->brake;
	char *held = NULL;
	int64_t ready = 0;

	agent->gate[0] = '\0';
	if (register_meta_int(db, "released_at", INSTANT_NONE) ==
	    INSTANT_NONE) {
		(void)snprintf(
		    agent->gate, sizeof agent->gate, "first release");
		return 0;
	}
	if (register_meta(db, "held", &held, err) == -1)
		return -1;
	if (held == NULL && brake > 0) {
		if (store_count_ready(db, now - HOUR_S, now,
			register_meta_int(db, "brake_passed", 0), &ready,
			err) == -1)
			return -1;
		if (ready > brake) {
			held = xasprintf("brake: %lld notices within an hour, "
					 "more than %d",
			    (long long)ready, brake);
			if (register_set_meta(db, "held", held, err) == -1) {
				free(held);
				return -1;
			}
		}
	}
	if (held != NULL)
		(void)snprintf(agent->gate, sizeof agent->gate, "%s", held);
	free(held);
	return 0;
}

const char *
agent_gate(const struct agent *agent)
{
	return agent->gate[0] == '\0' ? NULL : agent->gate;
}

/* ---- the beat ---- */

/* While an import is applied its entries are half there: wait. */
static int
is_importing(struct agent *agent, struct err *err)
{
	struct import import = { 0 };
	int rc = imports_applying(agent->db, &import, err);

	import_clear(&import);
	return rc;
}

static int
slice(struct agent *agent, int64_t now, struct err *err)
{
	int rc;

	if (!agent->beating) {
		if (agent_open_day(agent, now, err) == -1)
			return -1;
		agent->beating = true;
		agent->digested = false;
	}
	rc = is_importing(agent, err);
	if (rc == -1)
		return -1;
	if (rc == 0) {
		rc = stale_slice(agent, err);
		if (rc == 0)
			rc = replan_slice(agent, err);
		if (rc == 0)
			rc = plan_slice(agent, now, err);
		if (rc == 0 && !agent->digested) {
			rc = agent_digests(agent, now, err);
			agent->digested = true;
		}
		if (rc == 0)
			rc = agent_group(agent, now, err);
	} else {
		rc = 0; /* what is half there is not planned yet */
	}
	if (rc == 0)
		rc = set_gate(agent, now, err);
	return rc;
}

int
agent_beat(struct agent *agent, int64_t now, struct err *err)
{
	int rc;

	if (db_begin(agent->db, err) == -1)
		return -1;
	rc = slice(agent, now, err);
	if (rc == -1) {
		db_rollback(agent->db);
		agent->beating = false;
		return -1;
	}
	if (db_commit(agent->db, err) == -1)
		return -1;
	agent->settled = rc == 0;
	if (rc == 0)
		agent->beating = false;
	return rc;
}

int64_t
agent_next_at(struct agent *agent, int64_t now, struct err *err)
{
	int64_t due, claim;

	(void)now;
	if (store_next_due(agent->db, &due, err) == -1 ||
	    store_next_claim(agent->db, NULL, &claim, err) == -1)
		return INSTANT_NONE;
	if (claim < due)
		due = claim;
	if (agent->next_digest_at < due)
		due = agent->next_digest_at;
	return due;
}
