/* SPDX-License-Identifier: ISC */
/*
 * The agent's beat: what has come due is planned in slices, yesterday's
 * unsent notices are taken apart, and when the whole day is planned the loose
 * occurrences are put into notices. Delivery is in agent_deliver.c.
 */
#include "desk/agent_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/lifecycle.h"
#include "io/entries.h"
#include "io/imports.h"
#include "io/parties.h"

#define SLICE_ENTRIES 256
#define SLICE_NOTICES 256
#define SLICE_REPLAN 1000
#define SLICE_LEAVER 64
#define HOUR_S 3600

/* Where the channel says so, what a crash left in doubt waits for a person. */
static int
hold_doubted(struct agent *agent, struct err *err)
{
	struct notices doubted = { 0 };
	int rc = store_notices(
	    agent->db, NOTICE_IN_DOUBT, NULL, INT32_MAX, &doubted, err);

	VEC_EACH (struct notice, n, &doubted.rows)
		if (rc == 0 && n->first_try_at != INSTANT_NONE &&
		    agent_holds_doubt(agent, n->channel))
			rc = agent_hold(agent, n, AGENT_DOUBT_HELD, err);
	notices_clear(&doubted);
	return rc;
}

int
agent_recover(struct agent *agent, int64_t now, struct err *err)
{
	int doubted;

	if (db_begin(agent->db, err) == -1)
		return -1;
	if (store_forget_all_sent(agent->db, err) == -1 ||
	    store_recover(agent->db, now, &doubted, err) == -1 ||
	    (doubted > 0 && hold_doubted(agent, err) == -1)) {
		db_rollback(agent->db);
		return -1;
	}
	return db_commit(agent->db, err);
}

int
agent_tidy(struct agent *agent, struct err *err)
{
	if (agent->sent.len == 0 && agent->new_sends == 0)
		return 0;
	if (db_begin(agent->db, err) == -1)
		return -1;
	if (agent_forget_sent(agent, err) == -1 ||
	    agent_count_sends(agent, err) == -1) {
		db_rollback(agent->db);
		return -1;
	}
	return db_commit(agent->db, err);
}

/* ---- series, chairs and secretaries ---- */

void
agent_forget_day(struct agent *agent)
{
	VEC_EACH (struct series, s, &agent->series)
		series_clear(s);
	vec_clear(&agent->series);
	vec_clear(&agent->readers);
	series_calendar_clear(&agent->calendar);
}

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
	agent_forget_day(agent);
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
			.paused_until_on = reach.paused_until_on,
			.reader_id = reach.party_id,
			.answered = lifecycle_has_answered(entry, o) };
		reach_clear(&reach);
	}
	return 0;
}

/* Few are chair or secretary, of many entries: asked once in a beat. */
static int
reader_of(struct agent *agent, int64_t party_id, int today, int64_t *out,
    struct err *err)
{
	struct reach reach = { 0 };

	*out = 0;
	if (party_id == 0)
		return 0;
	VEC_EACH (struct agent_reader, r, &agent->readers)
		if (r->party_id == party_id && r->on == today) {
			*out = r->reader_id;
			return 0;
		}
	if (parties_reach(agent->db, party_id, today, &reach, err) == -1)
		return -1;
	*out = reach.party_id;
	*vec_push(&agent->readers) = (struct agent_reader){
		.party_id = party_id, .reader_id = *out, .on = today
	};
	reach_clear(&reach);
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
	int today = zone_day(&conf->zone, now, NULL), rc = -1;

	if (agent_series_of(agent, entry, &series_id, err) == -1)
		goto out;
	env.chair_id = agent_chair(agent, series_id);
	env.secretary_id = agent_secretary(agent, series_id);
	if (reader_of(agent, env.chair_id, today, &env.chair_reader_id, err) ==
		-1 ||
	    reader_of(agent, env.secretary_id, today, &env.secretary_reader_id,
		err) == -1 ||
	    owners_of(agent, entry, today, owners, err) == -1 ||
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

/* A digest is gathered when it goes: late, it tells of the later day, and goes
 * to whoever reads it then. */
static int
redate(struct agent *agent, struct notice *notice, struct err *err)
{
	notice->day_on = agent->today;
	notice->state = NOTICE_PLANNED;
	if (store_forget_bytes(agent->db, notice->id, err) == -1 ||
	    store_notice_save(agent->db, notice, err) == -1)
		return -1;
	return agent_recheck_digest(agent, notice, err);
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
	agent->gated_at = now;
	if (register_meta_int(db, "released_at", INSTANT_NONE) ==
	    INSTANT_NONE) {
		(void)snprintf(
		    agent->gate, sizeof agent->gate, "first release");
		return 0;
	}
	if (register_meta(db, "held", &held, err) == -1)
		return -1;
	if (held == NULL && brake > 0) {
		int64_t passed = register_meta_int(db, "brake_passed", 0);

		/* Each beat asks only whether it is too many; how many is
		 * counted once, for the person who will read it. */
		if (store_count_ready(db, now - HOUR_S, now, passed, brake + 1,
			&ready, err) == -1)
			return -1;
		if (ready > brake) {
			if (store_count_ready(db, now - HOUR_S, now, passed,
				INT64_MAX, &ready, err) == -1)
				return -1;
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

/* Whose day to leave has come hands over before anything of it is planned;
 * who is chair is read anew then. */
static int
hand_over(struct agent *agent, int64_t now, struct err *err)
{
	int rc =
	    parties_hand_over(agent->db, agent->today, now, SLICE_LEAVER, err);

	return rc == 1 && series_load(agent, err) == -1 ? -1 : rc;
}

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
		rc = hand_over(agent, now, err);
		if (rc == 0)
			rc = stale_slice(agent, err);
		if (rc == 0)
			rc = replan_slice(agent, err);
		if (rc == 0)
			rc = agent_recheck(agent, err);
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

	if ((!agent->beating && agent_tidy(agent, err) == -1) ||
	    db_begin(agent->db, err) == -1)
		return -1;
	rc = slice(agent, now, err);
	if (rc == -1) {
		db_rollback(agent->db);
		agent->beating = agent->settled = false;
		return -1;
	}
	if (db_commit(agent->db, err) == -1)
		return -1;
	agent->settled = rc == 0;
	if (rc == 0)
		agent->beating = false;
	return rc;
}

void
agent_stir(struct agent *agent)
{
	agent->settled = false;
}

int64_t
agent_next_at(struct agent *agent, int64_t now, struct err *err)
{
	const struct conf *conf = agent->conf;
	struct store_occurrences loose = { 0 };
	int64_t due, claim;
	int leave_on;

	if (store_next_due(agent->db, &due, err) == -1 ||
	    parties_next_leave(agent->db, &leave_on, err) == -1 ||
	    store_next_claim(agent->db, NULL, &claim, err) == -1 ||
	    store_loose(agent->db, 1, &loose, err) == -1)
		return INSTANT_NONE;
	/* A notice was taken apart: its parts wait for the next beat. */
	if (loose.rows.len > 0 && now < due)
		due = now;
	vec_clear(&loose.rows);
	/* What is ready, but not at this hour, goes when they open. */
	if (claim <= now)
		claim = plan_send_at(&conf->calendar, &conf->zone,
		    conf->sending_from, conf->sending_until, now);
	if (claim < due)
		due = claim;
	if (agent->next_digest_at < due)
		due = agent->next_digest_at;
	if (leave_on != DAY_NONE &&
	    zone_instant(&conf->zone, leave_on, 0) < due)
		due = zone_instant(&conf->zone, leave_on, 0);
	return due;
}
