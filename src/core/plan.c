/* SPDX-License-Identifier: ISC */
/*
 * The planner. A rule gives firings: the local day it counts to, and the day
 * after rolling. A firing of today is planned; of those whose day went by
 * unsent the latest is planned and the rest are recorded as missed; the first
 * one after today is when to ask again.
 */
#include "core/plan_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/lifecycle.h"

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

static void
plan_reminders(struct planning *p)
{
	const struct conf_schedule *s = p->schedule->conf;

	for (size_t i = 0; i < s->remind.len; i++)
		planning_consider(
		    p, &s->remind.items[i], p->schedule->remind_since[i]);
	if (strings_has(&s->channels, "mail"))
		for (size_t i = 0; i < s->to.len; i++)
			planning_deliver_to(p, &p->schedule->to[i], PLAN_NUDGE);
	planning_deliver_to_webhooks(p, PLAN_NUDGE);
	p->firings.len = 0;
}

bool
planning_waits_for_date(const struct entry *entry)
{
	return entry->extension_pending && entry->state != ENTRY_PROPOSED;
}

/* Does something keep the reminders of the whole entry quiet today? */
static bool
is_held(struct planning *p)
{
	const struct entry *e = p->entry;

	/* A statutory clock hears of no snooze. */
	if (e->statutory)
		return false;
	if (planning_waits_for_date(e)) {
		p->out->hold = HOLD_EXTENSION;
		return true;
	}
	if (e->snooze_until_on != DAY_NONE && p->today < e->snooze_until_on &&
	    !p->schedule->conf->no_snooze) {
		p->out->hold = HOLD_SNOOZED;
		planning_ask_again(p, e->snooze_until_on);
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
	if (!entry_state_is_live(entry->state)) {
		out->hold = HOLD_NOT_LIVE;
		return;
	}
	/* A snooze keeps the owner's nudges back, and not that question. */
	if (planning_waits_for_date(entry))
		planning_approval(&p);
	if (is_held(&p)) {
		vec_clear(&p.firings);
		return;
	}
	if (entry->state == ENTRY_PROPOSED) {
		planning_approval(&p);
	} else {
		plan_reminders(&p);
		last = planning_last_step(schedule->conf);
		for (size_t i = 0; i < schedule->conf->escalate.len; i++)
			planning_step(&p, i, i == last);
		planning_outcome(&p);
	}
	vec_clear(&p.firings);
}

/* ---- what was planned earlier ---- */

static bool
is_owner(const struct entry *entry, int64_t party_id, enum plan_role role)
{
	VEC_EACH (struct owner, o, &entry->owners) {
		if (o->party_id == party_id &&
		    planning_role_matches(o->role, role))
			return !lifecycle_has_answered(entry, o);
	}
	return false;
}

/* It has become the entry of who was to hear of it as somebody above. */
static bool
is_own_escalation(const struct occurrence *o, const struct entry *entry)
{
	return o->kind == PLAN_ESCALATION && o->party_id != 0 &&
	       o->role != TO_OWNER && o->role != TO_CO_OWNERS &&
	       (is_owner(entry, o->party_id, TO_OWNER) ||
		   is_owner(entry, o->party_id, TO_CO_OWNERS));
}

bool
plan_is_wanted(const struct occurrence *o, const struct entry *entry,
    const struct plan_schedule *schedule, int today)
{
	bool about_assignment = planning_is_assignment(o->rule);

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
	if (is_own_escalation(o, entry))
		return false;
	if (strcmp(o->rule, PLAN_RULE_EXTENSION) == 0)
		return planning_waits_for_date(entry);
	if (entry->statutory)
		return true;
	if (planning_waits_for_date(entry))
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
