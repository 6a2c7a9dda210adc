/* SPDX-License-Identifier: ISC */
/*
 * The planner. A rule gives firings: the local day it counts to, and the day
 * after rolling. A firing of today is planned; of those whose day went by
 * unsent the latest is planned and the rest are recorded as missed; the first
 * one after today is when to ask again.
 */
#include "core/plan.h"

#include <stdio.h>
#include <string.h>

#define REPEAT_DAYS 28  /* of the last escalation step */
#define PROPOSAL_DAYS 7 /* between two reminders of an approver */

static const char *const kind_names[] = { "nudge", "escalation", "secretary" };
static const char *const role_names[] = { "owner", "co-owners", "sponsor",
	"chair", "secretary", "approver", "party", "channel" };

const char *
plan_kind_name(enum plan_kind kind)
{
	return kind_names[kind];
}

int
plan_kind_parse(const char *text)
{
	for (int i = 0; i <= PLAN_SECRETARY; i++)
		if (strcmp(text, kind_names[i]) == 0)
			return i;
	return -1;
}

const char *
plan_role_name(enum plan_role role)
{
	return role_names[role];
}

int
plan_role_parse(const char *text)
{
	for (int i = 0; i <= TO_CHANNEL; i++)
		if (strcmp(text, role_names[i]) == 0)
			return i;
	return TO_PARTY;
}

const char *
plan_hold_text(enum plan_hold hold)
{
	switch (hold) {
	case HOLD_NONE:
		return "";
	case HOLD_NOT_LIVE:
		return "not open";
	case HOLD_SNOOZED:
		return "snoozed";
	case HOLD_EXTENSION:
		return "an extension waits for its answer";
	case HOLD_MEETING:
		return "waits for the outcome of the meeting";
	case HOLD_NO_SCHEDULE:
		return "no schedule matches";
	}
	return "";
}

/* A firing of one rule, before it is known for whom. */
struct firing {
	char rule[112];
	int version; /* due version, or the assignment's number */
	int local_on;
	int fire_on;
	int64_t fire_at;
	bool own_stream; /* fires whatever else fired since: told once */
	bool settled;    /* this party heard of it, or of a later one */
};

struct planning {
	const struct plan_env *env;
	const struct plan_schedule *schedule;
	const struct entry *entry;
	const struct plan_owner *owners;
	size_t nowners;
	const struct plan_done *done;
	size_t ndone;
	int64_t now;
	int today;
	VEC(struct firing) firings;
	struct plan *out;
};

static int64_t
at_of(const struct planning *p, int day)
{
	return zone_instant(p->env->zone, day, p->schedule->conf->at);
}

static void
ask_again_on(struct planning *p, int day)
{
	int64_t at = zone_instant(p->env->zone, day, 0);

	if (at < p->out->next_at)
		p->out->next_at = at;
}

/* Since when a rule may fire for this entry. What is known only in the future
 * (a clock set back, a plan of the past) counts as known now. */
static int64_t
known_since(const struct planning *p, int64_t rule_since)
{
	int64_t since = p->entry->known_at;

	if (rule_since > since)
		since = rule_since;
	return since < p->now ? since : p->now;
}

/* The first working day whose `at` is not before a moment. */
static int
day_of_moment(const struct planning *p, int64_t moment)
{
	int day = calendar_roll_forward(
	    p->env->calendar, zone_day(p->env->zone, moment, NULL));

	if (at_of(p, day) < moment)
		day = calendar_add_workdays(p->env->calendar, day, 1);
	return day;
}

static int
roll(const struct planning *p, enum rule_kind kind, int day)
{
	const struct calendar *cal = p->env->calendar;
	int rolled;

	if (!p->schedule->conf->roll)
		return day;
	if (kind == RULE_BEFORE || kind == RULE_ON_THE_DAY ||
	    kind == RULE_BEFORE_MEETING) {
		rolled = calendar_roll_back(cal, day);
		/* A window's first day may be a Sunday: not before it. */
		if (p->entry->earliest_on == DAY_NONE ||
		    rolled >= p->entry->earliest_on ||
		    kind == RULE_BEFORE_MEETING)
			return rolled;
	}
	return calendar_roll_forward(cal, day);
}

static void
add_firing(struct planning *p, const char *rule, int version, int local_on,
    int fire_on, bool own_stream)
{
	struct firing *f = vec_push(&p->firings);

	(void)snprintf(f->rule, sizeof f->rule, "%s", rule);
	f->version = version;
	f->local_on = local_on;
	f->fire_on = fire_on;
	f->fire_at = at_of(p, fire_on);
	f->own_stream = own_stream;
}

/* Takes a firing of a day: kept when its day has come and everything about it
 * was known in time, else when to ask again. Returns false once it is after
 * today, so that repeating rules stop. */
static bool
consider(struct planning *p, const struct rule *rule, int64_t since,
    int local_on, bool own_stream)
{
	int fire_on = roll(p, rule->kind, local_on);

	if (fire_on > p->today) {
		ask_again_on(p, fire_on);
		return false;
	}
	if (at_of(p, fire_on) >= known_since(p, since))
		add_firing(p, rule->text, p->entry->due_version, local_on,
		    fire_on, own_stream);
	return true;
}

/* For things that happen at a moment and are told at the next `at`. */
static void
consider_moment(
    struct planning *p, const char *rule, int version, int64_t moment)
{
	int local_on = zone_day(p->env->zone, moment, NULL);
	int fire_on;

	if (moment > p->now)
		return;
	fire_on = day_of_moment(p, moment);
	if (fire_on > p->today)
		ask_again_on(p, fire_on);
	else
		add_firing(p, rule, version, local_on, fire_on, true);
}

/* The last day on which what comes after a meeting waits for its outcome;
 * DAY_NONE: it does not. */
static int
grace_of(const struct planning *p)
{
	const struct entry *e = p->entry;

	if (!e->at_meeting || e->due_on == DAY_NONE ||
	    (e->updated_on != DAY_NONE && e->updated_on >= e->due_on))
		return DAY_NONE;
	return calendar_add_workdays(
	    p->env->calendar, e->due_on, p->env->meeting_grace);
}

static bool
waits_for_outcome(struct planning *p)
{
	int grace_on = grace_of(p);

	if (grace_on == DAY_NONE || p->today > grace_on)
		return false;
	if (p->today > p->entry->due_on) {
		p->out->hold = HOLD_MEETING;
		ask_again_on(p, grace_on + 1);
	}
	return true;
}

/* How far back a firing may lie and still be sent. */
static int
horizon(const struct planning *p)
{
	return p->today - p->schedule->conf->max_late_days;
}

static int
step(const struct planning *p, const struct rule *rule, int from, int n)
{
	return rule->workdays ? calendar_add_workdays(p->env->calendar, from, n)
			      : from + n;
}

/* "every N days after": from the first one that could still matter; the cap
 * counts since the due day or the owner's last update. */
static void
consider_repeats(struct planning *p, const struct rule *rule, int64_t since)
{
	const struct entry *e = p->entry;
	int most = p->schedule->conf->most;
	int anchor = e->due_on;
	int counted = 0;

	if (e->updated_on != DAY_NONE && e->updated_on > anchor)
		anchor = e->updated_on;
	for (int k = 1;; k++) {
		int local_on = step(p, rule, e->due_on, k * rule->count);

		/* What the owner has answered since is not chased after. */
		if (local_on <= anchor)
			continue;
		if (most > 0 && ++counted > most)
			return;
		if (local_on < horizon(p) - 14)
			continue;
		if (!consider(p, rule, since, local_on, false))
			return;
	}
}

static void
consider_reviews(struct planning *p, const struct rule *rule, int64_t since)
{
	const struct entry *e = p->entry;
	int every = p->env->undated_review_days;

	if (e->review_on == DAY_NONE ||
	    (e->due_on != DAY_NONE && e->state != ENTRY_ON_HOLD))
		return;
	for (int day = e->review_on;; day += every) {
		if (day < horizon(p) - 14)
			continue;
		if (!consider(p, rule, since, day, true) || every <= 0)
			return;
	}
}

static void
consider_meetings(struct planning *p, const struct rule *rule, int64_t since)
{
	if (p->entry->state == ENTRY_ON_HOLD)
		return;
	for (size_t i = 0; i < p->env->nmeetings; i++) {
		int meeting_on = p->env->meetings[i];

		if (p->entry->held_on != DAY_NONE &&
		    meeting_on <= p->entry->held_on)
			continue;
		if (meeting_on < p->today)
			continue;
		if (!consider(p, rule, since,
			step(p, rule, meeting_on, -rule->count), false))
			return;
	}
}

static bool
is_dated(const struct entry *e)
{
	return e->due_on != DAY_NONE && e->state != ENTRY_ON_HOLD;
}

static void
consider_reminder(struct planning *p, const struct rule *rule, int64_t since)
{
	const struct entry *e = p->entry;
	int local_on;

	switch (rule->kind) {
	case RULE_AT_ASSIGNMENT:
		if (since <= e->assigned_at)
			consider_moment(p, PLAN_RULE_ASSIGNMENT,
			    e->assign_version, e->assigned_at);
		if (e->due_version > 1 && since <= e->known_at &&
		    e->known_at > e->assigned_at)
			consider_moment(p, PLAN_RULE_DATE_CHANGED,
			    e->due_version, e->known_at);
		return;
	case RULE_AT_REVIEW:
		consider_reviews(p, rule, since);
		return;
	case RULE_BEFORE_MEETING:
		consider_meetings(p, rule, since);
		return;
	case RULE_BEFORE:
	case RULE_ON_THE_DAY:
		if (!is_dated(e))
			return;
		local_on = step(p, rule, e->due_on, -rule->count);
		if (e->earliest_on == DAY_NONE || local_on >= e->earliest_on)
			(void)consider(p, rule, since, local_on, false);
		return;
	case RULE_AFTER:
		if (is_dated(e) && !waits_for_outcome(p))
			(void)consider(p, rule, since,
			    step(p, rule, e->due_on, rule->count), false);
		return;
	case RULE_EVERY_AFTER:
		if (is_dated(e) && !waits_for_outcome(p))
			consider_repeats(p, rule, since);
		return;
	case RULE_WEEKLY:
	case RULE_RRULE:
	case RULE_SLIPS:
		return;
	}
}

/* ---- for whom ---- */

static bool
is_told(const struct planning *p, const struct firing *f, int64_t party_id,
    const char *channel, enum plan_kind kind)
{
	for (size_t i = 0; i < p->ndone; i++) {
		const struct plan_done *d = &p->done[i];

		if (d->party_id != party_id || d->kind != kind ||
		    d->due_version != f->version ||
		    strcmp(d->rule, f->rule) != 0 ||
		    strcmp(d->channel, channel) != 0)
			continue;
		/* What is told once is told whatever its day was reckoned as;
		 * reviews and escalations repeat by their day. */
		if (d->local_on == f->local_on ||
		    strcmp(f->rule, PLAN_RULE_ASSIGNMENT) == 0 ||
		    strcmp(f->rule, PLAN_RULE_DATE_CHANGED) == 0)
			return true;
	}
	return false;
}

/* The latest day on which this party heard of this due version already. */
static int
told_until(const struct planning *p, int64_t party_id, const char *channel,
    enum plan_kind kind)
{
	int until = DAY_NONE;

	for (size_t i = 0; i < p->ndone; i++) {
		const struct plan_done *d = &p->done[i];

		if (d->party_id == party_id && d->kind == kind &&
		    d->due_version == p->entry->due_version &&
		    d->fire_on > until && strcmp(d->channel, channel) == 0 &&
		    strcmp(d->rule, PLAN_RULE_ASSIGNMENT) != 0)
			until = d->fire_on;
	}
	return until;
}

static void
emit(struct planning *p, const struct firing *f, const char *prefix,
    int64_t party_id, const char *channel, enum plan_kind kind,
    enum plan_role role, bool missed)
{
	struct occurrence *o = vec_push(&p->out->occurrences);

	o->entry_id = p->entry->id;
	o->due_version = f->version;
	(void)snprintf(o->rule, sizeof o->rule, "%s%.95s", prefix, f->rule);
	o->local_on = f->local_on;
	o->party_id = party_id;
	o->channel = channel;
	o->kind = kind;
	o->role = role;
	o->fire_on = f->fire_on;
	o->fire_at = f->fire_at;
	o->missed = missed;
}

/* One stream of firings to one party over one channel: today's latest goes
 * out, or the latest of the missed; the rest is recorded. */
static void
deliver(struct planning *p, const char *prefix, int64_t party_id,
    const char *channel, enum plan_kind kind, enum plan_role role)
{
	int until = told_until(p, party_id, channel, kind);
	const struct firing *best = NULL;

	VEC_EACH (struct firing, f, &p->firings) {
		struct firing named = *f;

		(void)snprintf(
		    named.rule, sizeof named.rule, "%s%.95s", prefix, f->rule);
		f->settled = is_told(p, &named, party_id, channel, kind) ||
			     (!f->own_stream && f->fire_on <= until);
		if (f->settled || f->fire_on < horizon(p))
			continue;
		if (best == NULL || f->fire_on > best->fire_on ||
		    (f->fire_on == best->fire_on &&
			f->local_on >= best->local_on))
			best = f;
	}
	VEC_EACH (struct firing, f, &p->firings) {
		/* Of one day only the latest shows, and is the record. */
		if (f->settled ||
		    (f != best && !f->own_stream && best != NULL &&
			f->fire_on == best->fire_on))
			continue;
		emit(p, f, prefix, party_id, channel, kind, role, f != best);
	}
}

static bool
role_matches(enum owner_role role, enum plan_role to)
{
	switch (role) {
	case ROLE_OWNER:
		return to == TO_OWNER;
	case ROLE_CO_OWNER:
		return to == TO_CO_OWNERS;
	case ROLE_SPONSOR:
		return to == TO_SPONSOR;
	}
	return false;
}

/* Hands the firings to everybody that a `to` means; what nobody fills goes to
 * the secretary. A paused party is passed over until the pause ends, and the
 * secretary is told instead. */
static void
deliver_to(struct planning *p, const struct plan_to *to, enum plan_kind kind)
{
	int64_t secretary = p->env->secretary_id;
	bool found = false;

	switch (to->role) {
	case TO_OWNER:
	case TO_CO_OWNERS:
	case TO_SPONSOR:
		for (size_t i = 0; i < p->nowners; i++) {
			const struct plan_owner *o = &p->owners[i];

			if (!role_matches(o->role, to->role))
				continue;
			found = true;
			if (o->paused_until_on != DAY_NONE &&
			    o->paused_until_on >= p->today) {
				deliver(p, PLAN_PAUSED, secretary, "mail",
				    PLAN_SECRETARY, TO_SECRETARY);
				ask_again_on(p, o->paused_until_on + 1);
			} else {
				deliver(
				    p, "", o->party_id, "mail", kind, to->role);
			}
		}
		/* A group may have no co-owners; an entry needs the others. */
		if (!found && to->role != TO_CO_OWNERS)
			deliver(p, "", secretary, "mail",
			    kind == PLAN_NUDGE ? PLAN_SECRETARY : kind,
			    TO_SECRETARY);
		return;
	case TO_CHAIR:
	case TO_APPROVER:
		if (p->env->chair_id != 0)
			deliver(
			    p, "", p->env->chair_id, "mail", kind, to->role);
		else
			deliver(p, "", secretary, "mail", kind, TO_SECRETARY);
		return;
	case TO_SECRETARY:
		deliver(p, "", secretary, "mail", kind, TO_SECRETARY);
		return;
	case TO_PARTY:
		deliver(p, "", to->party_id, "mail", kind, TO_PARTY);
		return;
	case TO_CHANNEL:
		return;
	}
}

/* Webhooks get each firing once, whoever owns the entry. */
static void
deliver_to_webhooks(struct planning *p, enum plan_kind kind)
{
	const struct strings *channels = &p->schedule->conf->channels;

	if (p->entry->is_restricted)
		return;
	for (size_t i = 0; i < channels->len; i++)
		if (strcmp(channels->items[i], "mail") != 0)
			deliver(p, "", 0, channels->items[i], kind, TO_CHANNEL);
}

/* ---- the parts of an entry's plan ---- */

static void
plan_reminders(struct planning *p)
{
	const struct conf_schedule *s = p->schedule->conf;

	for (size_t i = 0; i < s->remind.len; i++)
		consider_reminder(
		    p, &s->remind.items[i], p->schedule->remind_since[i]);
	if (strings_has(&s->channels, "mail"))
		for (size_t i = 0; i < s->to.len; i++)
			deliver_to(p, &p->schedule->to[i], PLAN_NUDGE);
	deliver_to_webhooks(p, PLAN_NUDGE);
	p->firings.len = 0;
}

/* The last step that counts from the due day goes on every 28 days. */
static size_t
last_step(const struct conf_schedule *s)
{
	size_t last = s->escalate.len;

	for (size_t i = 0; i < s->escalate.len; i++) {
		const struct rule *r = &s->escalate.items[i].when;

		if (r->kind == RULE_AFTER &&
		    (last == s->escalate.len ||
			r->count >= s->escalate.items[last].when.count))
			last = i;
	}
	return last;
}

/* Tomorrow's escalation, told to the secretary one working day ahead. */
static void
plan_ahead(struct planning *p, const struct rule *rule, int64_t since,
    int local_on, int fire_on)
{
	int ahead_on = calendar_add_workdays(p->env->calendar, fire_on, -1);

	if (ahead_on > p->today)
		ask_again_on(p, ahead_on);
	if (ahead_on != p->today || at_of(p, ahead_on) < known_since(p, since))
		return;
	add_firing(
	    p, rule->text, p->entry->due_version, local_on, ahead_on, true);
	deliver(p, PLAN_AHEAD, p->env->secretary_id, "mail", PLAN_SECRETARY,
	    TO_SECRETARY);
	p->firings.len = 0;
}

/* The step's day: the latest one that has come goes out, however late, since a
 * step waits for its condition and not for its day; the next one is told to
 * the secretary ahead. */
static void
plan_step_days(struct planning *p, const struct rule *rule, int64_t since,
    const struct plan_to *to, bool repeats)
{
	const struct entry *e = p->entry;
	int n = rule->kind == RULE_BEFORE ? -rule->count : rule->count;
	int local_on =
	    step(p, rule, e->due_on, rule->kind == RULE_ON_THE_DAY ? 0 : n);
	int grace_on = rule->kind == RULE_BEFORE ? DAY_NONE : grace_of(p);
	int come_on = DAY_NONE;

	if (grace_on != DAY_NONE && p->today > e->due_on &&
	    p->today <= grace_on)
		p->out->hold = HOLD_MEETING;
	for (;; local_on += REPEAT_DAYS) {
		int fire_on = roll(p, rule->kind, local_on);

		if (grace_on != DAY_NONE && fire_on <= grace_on)
			fire_on = calendar_roll_forward(
			    p->env->calendar, grace_on + 1);
		if (fire_on > p->today) {
			ask_again_on(p, fire_on);
			if (to->role != TO_SECRETARY)
				plan_ahead(p, rule, since, local_on, fire_on);
			break;
		}
		if (at_of(p, fire_on) >= known_since(p, since))
			come_on = local_on;
		if (!repeats)
			break;
	}
	if (come_on != DAY_NONE)
		add_firing(
		    p, rule->text, e->due_version, come_on, p->today, true);
}

static void
plan_step(struct planning *p, size_t i, bool repeats)
{
	const struct rule *rule = &p->schedule->conf->escalate.items[i].when;
	const struct plan_to *to = &p->schedule->escalate_to[i];
	int64_t since = p->schedule->escalate_since[i];
	const struct entry *e = p->entry;

	if (rule->kind == RULE_SLIPS) {
		if (e->slips >= rule->count && since <= e->known_at)
			consider_moment(
			    p, rule->text, e->due_version, e->known_at);
	} else if (is_dated(e)) {
		plan_step_days(p, rule, since, to, repeats);
	}
	if (p->firings.len == 0)
		return;
	deliver_to(p, to, PLAN_ESCALATION);
	deliver_to_webhooks(p, PLAN_ESCALATION);
	p->firings.len = 0;
}

/* Due at a meeting that was held: the secretary is asked first. */
static void
plan_outcome(struct planning *p)
{
	const struct entry *e = p->entry;
	int fire_on;

	if (!e->at_meeting || !is_dated(e) ||
	    (e->updated_on != DAY_NONE && e->updated_on >= e->due_on))
		return;
	fire_on = calendar_add_workdays(p->env->calendar, e->due_on, 1);
	if (fire_on > p->today) {
		ask_again_on(p, fire_on);
		return;
	}
	if (at_of(p, fire_on) < known_since(p, INSTANT_NONE))
		return;
	add_firing(
	    p, PLAN_RULE_OUTCOME, e->due_version, e->due_on, fire_on, true);
	deliver(
	    p, "", p->env->secretary_id, "mail", PLAN_SECRETARY, TO_SECRETARY);
	p->firings.len = 0;
}

/* Proposed for closure: the owner is left alone, the approver is asked, and
 * again every week. */
static void
plan_approval(struct planning *p)
{
	const struct plan_to to = { .role = TO_APPROVER };
	int day = p->entry->proposed_on;

	if (day == DAY_NONE)
		return;
	for (;; day += PROPOSAL_DAYS) {
		int fire_on = calendar_add_workdays(p->env->calendar, day, 1);

		if (fire_on > p->today) {
			ask_again_on(p, fire_on);
			break;
		}
		if (fire_on >= horizon(p) &&
		    at_of(p, fire_on) >= known_since(p, INSTANT_NONE))
			add_firing(p, PLAN_RULE_PROPOSAL, p->entry->due_version,
			    day, fire_on, false);
	}
	deliver_to(p, &to, PLAN_NUDGE);
	p->firings.len = 0;
}

/* Does something keep the whole entry quiet today? */
static bool
is_held(struct planning *p)
{
	const struct entry *e = p->entry;

	if (!entry_state_is_live(e->state)) {
		p->out->hold = HOLD_NOT_LIVE;
		return true;
	}
	/* A statutory clock hears of no snooze. */
	if (e->statutory)
		return false;
	if (e->extension_pending) {
		p->out->hold = HOLD_EXTENSION;
		return true;
	}
	if (e->snooze_until_on != DAY_NONE && p->today < e->snooze_until_on &&
	    !p->schedule->conf->no_snooze) {
		p->out->hold = HOLD_SNOOZED;
		ask_again_on(p, e->snooze_until_on);
		return true;
	}
	return false;
}

void
plan_entry(const struct plan_env *env, const struct plan_schedule *schedule,
    const struct entry *entry, const struct plan_owner *owners, size_t nowners,
    const struct plan_done *done, size_t ndone, int64_t now, struct plan *out)
{
	struct planning p = { .env = env,
		.schedule = schedule,
		.entry = entry,
		.owners = owners,
		.nowners = nowners,
		.done = done,
		.ndone = ndone,
		.now = now,
		.today = zone_day(env->zone, now, NULL),
		.out = out };
	size_t last;

	out->next_at = INSTANT_NEVER;
	out->hold = HOLD_NONE;
	if (schedule == NULL) {
		out->hold = HOLD_NO_SCHEDULE;
		return;
	}
	if (is_held(&p))
		return;
	if (entry->state == ENTRY_PROPOSED) {
		plan_approval(&p);
	} else {
		plan_reminders(&p);
		last = last_step(schedule->conf);
		for (size_t i = 0; i < schedule->conf->escalate.len; i++)
			plan_step(&p, i, i == last);
		plan_outcome(&p);
	}
	vec_clear(&p.firings);
}

/* ---- what was planned earlier ---- */

static bool
is_owner(const struct entry *entry, int64_t party_id, enum plan_role role)
{
	VEC_EACH (struct owner, o, &entry->owners) {
		if (o->party_id == party_id && role_matches(o->role, role))
			return true;
	}
	return false;
}

bool
plan_is_wanted(const struct occurrence *o, const struct entry *entry,
    const struct plan_schedule *schedule, int today)
{
	bool about_assignment = strcmp(o->rule, PLAN_RULE_ASSIGNMENT) == 0;

	if (!entry_state_is_live(entry->state) || schedule == NULL)
		return false;
	if (o->due_version !=
	    (about_assignment ? entry->assign_version : entry->due_version))
		return false;
	if ((entry->state == ENTRY_PROPOSED) !=
	    (strcmp(o->rule, PLAN_RULE_PROPOSAL) == 0))
		return false;
	if ((o->role == TO_OWNER || o->role == TO_CO_OWNERS ||
		o->role == TO_SPONSOR) &&
	    !is_owner(entry, o->party_id, o->role))
		return false;
	if (o->role == TO_CHANNEL && entry->is_restricted)
		return false;
	if (entry->statutory)
		return true;
	if (entry->extension_pending)
		return false;
	return entry->snooze_until_on == DAY_NONE ||
	       today >= entry->snooze_until_on || schedule->conf->no_snooze;
}

int64_t
plan_send_at(const struct calendar *calendar, const struct zone *zone,
    int sending_from, int sending_until, int64_t wanted)
{
	int minute;
	int day = zone_day(zone, wanted, &minute);
	int open = calendar_roll_forward(calendar, day);

	if (open == day && minute >= sending_from && minute < sending_until)
		return wanted;
	if (open == day && minute >= sending_until)
		open = calendar_add_workdays(calendar, day, 1);
	return zone_instant(zone, open, sending_from);
}
