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
	struct plan *out;
};

/* plan_firings: which days the rules of a schedule give. */

/* Local `at` of a day. */
int64_t planning_at(const struct planning *p, int day);
/* The entry is to be planned again when that day begins. */
void planning_ask_again(struct planning *p, int day);
int64_t planning_known_since(const struct planning *p, int64_t rule_since);
/* A day counted n days or working days from another, as the rule says. */
int planning_count(
    const struct planning *p, const struct rule *rule, int from, int n);
int planning_roll(const struct planning *p, enum rule_kind kind, int day);
/* How far back a firing may lie and still be sent. */
int planning_horizon(const struct planning *p);
void planning_add(struct planning *p, const char *rule, int version,
    int local_on, int fire_on, bool own_stream);
void planning_moment(
    struct planning *p, const char *rule, int version, int64_t moment);
bool planning_is_dated(const struct entry *entry);
/* The last day on which an entry due at a meeting waits for its outcome. */
int planning_grace(const struct planning *p);
bool planning_waits_for_outcome(struct planning *p);
void planning_consider(
    struct planning *p, const struct rule *rule, int64_t since);

/* plan_deliver: to whom the firings go. */

bool planning_role_matches(enum owner_role role, enum plan_role to);
void planning_deliver(struct planning *p, const char *prefix, int64_t party_id,
    const char *channel, enum plan_kind kind, enum plan_role role);
void planning_deliver_to(
    struct planning *p, const struct plan_to *to, enum plan_kind kind);
/* Would an escalation to that reach anybody who does not own the entry? */
bool planning_escalates(const struct planning *p, const struct plan_to *to);
void planning_deliver_to_webhooks(struct planning *p, enum plan_kind kind);

/* plan_steps: escalations, the outcome of a meeting, approval. */

size_t planning_last_step(const struct conf_schedule *schedule);
void planning_step(struct planning *p, size_t i, bool repeats);
void planning_outcome(struct planning *p);
void planning_approval(struct planning *p);

#endif
