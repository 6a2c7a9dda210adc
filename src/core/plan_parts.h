/* SPDX-License-Identifier: ISC */
/* What the planner's files share; see plan.h for what it does. */
#ifndef NUDGED_CORE_PLAN_PARTS_H
#define NUDGED_CORE_PLAN_PARTS_H

#include "core/plan.h"

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
	struct firing assignment; /* news of today, to be told at the next `at`;
				   * fire_on 0: none */
	struct plan *out;
};

/* plan_firings: which days the rules of a schedule give. */

/* Local `at` of a day. */
int64_t planning_at(const struct planning *p, int day);
/* The entry is to be planned again when that day begins. */
void planning_ask_again(struct planning *p, int day);
/* Since when a rule, known since rule_since, may fire for this entry. What is
 * known only in the future (a clock set back, a plan of the past) counts as
 * known now. */
int64_t planning_known_since(const struct planning *p, int64_t rule_since);
/* A day counted n days or working days from another, as the rule says. */
int planning_count(
    const struct planning *p, const struct rule *rule, int from, int n);
/* The working day that a rule's day is moved to, forward or back; itself where
 * the schedule does not roll. */
int planning_roll(const struct planning *p, enum rule_kind kind, int day);
/* The first day of a firing that may still be sent. */
int planning_horizon(const struct planning *p);
/* Adds a firing of a day. */
void planning_add(struct planning *p, const char *rule, int version,
    int local_on, int fire_on, bool own_stream);
/* For what happens at a moment and is told at the next `at`. */
void planning_moment(
    struct planning *p, const char *rule, int version, int64_t moment);
/* Has it a due day that runs? On hold only a statutory clock does. */
bool planning_is_dated(const struct entry *entry);
/* The last day on which an entry due at a meeting waits for its outcome;
 * DAY_NONE: it does not. */
int planning_grace(const struct planning *p);
/* Does it still? Then, after the meeting, the plan says that it is held. */
bool planning_waits_for_outcome(struct planning *p);
/* Adds what a rule, known since then, fires by now; else when to ask again. */
void planning_consider(
    struct planning *p, const struct rule *rule, int64_t since);

/* plan_deliver: to whom the firings go. */

/* Does a `to` mean owners of this role? */
bool planning_role_matches(enum owner_role role, enum plan_role to);
/* One stream of firings to one party over one channel: today's latest goes out,
 * or the latest of the missed; the rest is recorded. */
void planning_deliver(struct planning *p, const char *prefix, int64_t party_id,
    const char *channel, enum plan_kind kind, enum plan_role role);
/* Hands the firings to everybody that a `to` means; what nobody fills goes to
 * the secretary. A paused party is passed over until the pause ends, and the
 * secretary is told instead. */
void planning_deliver_to(
    struct planning *p, const struct plan_to *to, enum plan_kind kind);
/* Would an escalation to that reach anybody who does not own the entry? */
bool planning_escalates(const struct planning *p, const struct plan_to *to);
/* Webhooks get each firing once, whoever owns the entry. */
void planning_deliver_to_webhooks(struct planning *p, enum plan_kind kind);

/* Another date was asked for and nobody has answered: not of what is done. */
bool planning_waits_for_date(const struct entry *entry);

/* Is it the news of an assignment, told to its owner or, while they pause, to
 * the secretary? Its version is the assignment's number. */
bool planning_is_assignment(const char *rule);

/* plan_steps: escalations, the outcome of a meeting, approval. */

/* The step that is repeated: the last that counts from the due day; the number
 * of steps when none does. */
size_t planning_last_step(const struct conf_schedule *schedule);
/* What step i (from 0) fires, and to whom. */
void planning_step(struct planning *p, size_t i, bool repeats);
/* Due at a meeting that was held: the secretary is asked first. */
void planning_outcome(struct planning *p);
/* Proposed for closure, or another date is asked for: the owner is left alone,
 * the approver is asked, and again every week. */
void planning_approval(struct planning *p);

#endif
