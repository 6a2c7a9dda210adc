/* SPDX-License-Identifier: ISC */
/*
 * Reminder rules into firings: the local day each counts to, the day after
 * rolling, and whether everything about it was known in time.
 */
#include "core/plan_parts.h"

#include <stdio.h>
#include <string.h>

int64_t
planning_at(const struct planning *p, int day)
{
	return zone_instant(p->env->zone, day, p->schedule->conf->at);
}

void
planning_ask_again(struct planning *p, int day)
{
	int64_t at = zone_instant(p->env->zone, day, 0);

	if (at < p->out->next_at)
		p->out->next_at = at;
}

int64_t
planning_known_since(const struct planning *p, int64_t rule_since)
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

	if (planning_at(p, day) < moment)
		day = calendar_add_workdays(p->env->calendar, day, 1);
	return day;
}

int
planning_roll(const struct planning *p, enum rule_kind kind, int day)
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

void
planning_add(struct planning *p, const char *rule, int version, int local_on,
    int fire_on, bool own_stream)
{
	struct firing *f = vec_push(&p->firings);

	(void)snprintf(f->rule, sizeof f->rule, "%s", rule);
	f->version = version;
	f->local_on = local_on;
	f->fire_on = fire_on;
	f->fire_at = planning_at(p, fire_on);
	f->own_stream = own_stream;
}

/* Takes a firing of a day: kept when its day has come and everything about it
 * was known in time, else when to ask again. Returns false once it is after
 * today, so that repeating rules stop. */
static bool
consider(struct planning *p, const struct rule *rule, int64_t since,
    int local_on, bool own_stream)
{
	int fire_on = planning_roll(p, rule->kind, local_on);

	if (fire_on > p->today) {
		planning_ask_again(p, fire_on);
		return false;
	}
	if (planning_at(p, fire_on) >= planning_known_since(p, since))
		planning_add(p, rule->text, p->entry->due_version, local_on,
		    fire_on, own_stream);
	return true;
}

void
planning_moment(
    struct planning *p, const char *rule, int version, int64_t moment)
{
	int local_on = zone_day(p->env->zone, moment, NULL);
	int fire_on;

	if (moment > p->now)
		return;
	fire_on = day_of_moment(p, moment);
	if (fire_on > p->today)
		planning_ask_again(p, fire_on);
	else
		planning_add(p, rule, version, local_on, fire_on, true);
}

/* The news that an entry is somebody's is told at the next `at`, or with what
 * they hear of it before that. */
static void
consider_assignment(struct planning *p)
{
	const struct entry *e = p->entry;

	planning_moment(
	    p, PLAN_RULE_ASSIGNMENT, e->assign_version, e->assigned_at);
	if (e->assigned_at > p->now ||
	    day_of_moment(p, e->assigned_at) <= p->today)
		return;
	p->assignment = (struct firing){ .version = e->assign_version,
		.local_on = zone_day(p->env->zone, e->assigned_at, NULL),
		.fire_on = p->today,
		.fire_at = planning_at(p, p->today) };
	(void)strcpy(p->assignment.rule, PLAN_RULE_ASSIGNMENT);
}

int
planning_grace(const struct planning *p)
{
	const struct entry *e = p->entry;

	if (!e->at_meeting || e->due_on == DAY_NONE ||
	    (e->updated_on != DAY_NONE && e->updated_on >= e->due_on))
		return DAY_NONE;
	return calendar_add_workdays(
	    p->env->calendar, e->due_on, p->env->meeting_grace);
}

bool
planning_waits_for_outcome(struct planning *p)
{
	int grace_on = planning_grace(p);

	if (grace_on == DAY_NONE || p->today > grace_on)
		return false;
	if (p->today > p->entry->due_on) {
		p->out->hold = HOLD_MEETING;
		planning_ask_again(p, grace_on + 1);
	}
	return true;
}

int
planning_horizon(const struct planning *p)
{
	return p->today - p->schedule->conf->max_late_days;
}

int
planning_count(
    const struct planning *p, const struct rule *rule, int from, int n)
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
	/* From one to the next: from the due day each time would be a walk over
	 * years for every step. */
	for (int local_on = e->due_on;;) {
		local_on = planning_count(p, rule, local_on, rule->count);
		if (local_on == DAY_NONE) /* beyond the year 9999 */
			return;
		/* What the owner has answered since is not chased after. */
		if (local_on <= anchor)
			continue;
		if (most > 0 && ++counted > most)
			return;
		if (local_on < planning_horizon(p) - 14)
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
		if (day < planning_horizon(p) - 14)
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
			planning_count(p, rule, meeting_on, -rule->count),
			false))
			return;
	}
}

bool
planning_is_dated(const struct entry *e)
{
	if (e->due_on == DAY_NONE)
		return false;
	/* A statutory clock runs on while the entry is on hold, unless it is
	 * one that may stand still and does. */
	return e->state != ENTRY_ON_HOLD ||
	       (e->statutory && e->paused_from_on == DAY_NONE);
}

void
planning_consider(struct planning *p, const struct rule *rule, int64_t since)
{
	const struct entry *e = p->entry;
	int local_on;

	switch (rule->kind) {
	case RULE_AT_ASSIGNMENT:
		if (since <= e->assigned_at)
			consider_assignment(p);
		/* Another day to ask for a date, or to look again at what is
		 * on hold, is nobody's news. */
		if (e->due_version > 1 && planning_is_dated(e) &&
		    since <= e->known_at && e->known_at > e->assigned_at)
			planning_moment(p, PLAN_RULE_DATE_CHANGED,
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
		if (!planning_is_dated(e))
			return;
		local_on = planning_count(p, rule, e->due_on, -rule->count);
		if (e->earliest_on == DAY_NONE || local_on >= e->earliest_on)
			(void)consider(p, rule, since, local_on, false);
		return;
	case RULE_AFTER:
		if (planning_is_dated(e) && !planning_waits_for_outcome(p))
			(void)consider(p, rule, since,
			    planning_count(p, rule, e->due_on, rule->count),
			    false);
		return;
	case RULE_EVERY_AFTER:
		if (planning_is_dated(e) && !planning_waits_for_outcome(p))
			consider_repeats(p, rule, since);
		return;
	case RULE_WEEKLY:
	case RULE_RRULE:
	case RULE_SLIPS:
		return;
	}
}
