/* SPDX-License-Identifier: ISC */
/* Escalation steps, and what is asked of the secretary and the approver. */
#include "core/plan_parts.h"

#define REPEAT_DAYS 28  /* of the last escalation step */
#define APPROVAL_DAYS 7 /* between two reminders of an approver */

/* The last step that counts from the due day goes on every 28 days. */
size_t
planning_last_step(const struct conf_schedule *s)
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
		planning_ask_again(p, ahead_on);
	if (ahead_on != p->today ||
	    planning_at(p, ahead_on) < planning_known_since(p, since))
		return;
	planning_add(
	    p, rule->text, p->entry->due_version, local_on, ahead_on, true);
	planning_deliver(p, PLAN_AHEAD, p->env->secretary_id, "mail",
	    PLAN_SECRETARY, TO_SECRETARY);
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
	int local_on = planning_count(
	    p, rule, e->due_on, rule->kind == RULE_ON_THE_DAY ? 0 : n);
	int grace_on = rule->kind == RULE_BEFORE ? DAY_NONE : planning_grace(p);
	int come_on = DAY_NONE;

	if (local_on == DAY_NONE) /* beyond the year 9999 */
		return;
	if (grace_on != DAY_NONE && p->today > e->due_on &&
	    p->today <= grace_on)
		p->out->hold = HOLD_MEETING;
	for (;; local_on += REPEAT_DAYS) {
		int fire_on = planning_roll(p, rule->kind, local_on);

		if (grace_on != DAY_NONE && fire_on <= grace_on)
			fire_on = calendar_roll_forward(
			    p->env->calendar, grace_on + 1);
		if (fire_on > p->today) {
			planning_ask_again(p, fire_on);
			if (to->role != TO_SECRETARY &&
			    planning_escalates(p, to))
				plan_ahead(p, rule, since, local_on, fire_on);
			break;
		}
		if (planning_at(p, fire_on) >= planning_known_since(p, since))
			come_on = local_on;
		if (!repeats)
			break;
	}
	if (come_on != DAY_NONE)
		planning_add(
		    p, rule->text, e->due_version, come_on, p->today, true);
}

void
planning_step(struct planning *p, size_t i, bool repeats)
{
	const struct rule *rule = &p->schedule->conf->escalate.items[i].when;
	const struct plan_to *to = &p->schedule->escalate_to[i];
	int64_t since = p->schedule->escalate_since[i];
	const struct entry *e = p->entry;

	if (rule->kind == RULE_SLIPS) {
		if (e->slips >= rule->count && since <= e->known_at)
			planning_moment(
			    p, rule->text, e->due_version, e->known_at);
	} else if (planning_is_dated(e)) {
		plan_step_days(p, rule, since, to, repeats);
	}
	if (p->firings.len == 0)
		return;
	planning_deliver_to(p, to, PLAN_ESCALATION);
	planning_deliver_to_webhooks(p, PLAN_ESCALATION);
	p->firings.len = 0;
}

void
planning_outcome(struct planning *p)
{
	const struct entry *e = p->entry;
	int fire_on;

	if (!e->at_meeting || !planning_is_dated(e) ||
	    (e->updated_on != DAY_NONE && e->updated_on >= e->due_on))
		return;
	fire_on = calendar_add_workdays(p->env->calendar, e->due_on, 1);
	if (fire_on > p->today) {
		planning_ask_again(p, fire_on);
		return;
	}
	if (planning_at(p, fire_on) < planning_known_since(p, INSTANT_NONE))
		return;
	planning_add(
	    p, PLAN_RULE_OUTCOME, e->due_version, e->due_on, fire_on, true);
	planning_deliver(
	    p, "", p->env->secretary_id, "mail", PLAN_SECRETARY, TO_SECRETARY);
	p->firings.len = 0;
}

/* What waits for the approver's answer since a day is asked on the next working
 * day, and again every week. It is told whatever else the approver hears of the
 * entry. */
static void
ask_approver(struct planning *p, const char *rule, int day)
{
	const struct plan_to to = { .role = TO_APPROVER };

	if (day == DAY_NONE)
		return;
	for (;; day += APPROVAL_DAYS) {
		int fire_on = calendar_add_workdays(p->env->calendar, day, 1);

		if (fire_on > p->today) {
			planning_ask_again(p, fire_on);
			break;
		}
		if (fire_on >= planning_horizon(p) &&
		    planning_at(p, fire_on) >=
			planning_known_since(p, INSTANT_NONE))
			planning_add(
			    p, rule, p->entry->due_version, day, fire_on, true);
	}
	planning_deliver_to(p, &to, PLAN_NUDGE);
	p->firings.len = 0;
}

void
planning_approval(struct planning *p)
{
	const struct entry *e = p->entry;

	if (e->state == ENTRY_PROPOSED)
		ask_approver(p, PLAN_RULE_PROPOSAL, e->proposed_on);
	else if (planning_waits_for_date(e))
		ask_approver(p, PLAN_RULE_EXTENSION, e->asked_on);
}
