/* SPDX-License-Identifier: ISC */
/*
 * Firings into occurrences: to whom, and of several to one party the latest;
 * the rest is recorded as missed.
 */
#include "core/plan_parts.h"

#include <stdio.h>
#include <string.h>

bool
planning_is_assignment(const char *rule)
{
	size_t len = strlen(PLAN_PAUSED);

	if (strncmp(rule, PLAN_PAUSED, len) == 0)
		rule += len;
	return strcmp(rule, PLAN_RULE_ASSIGNMENT) == 0;
}

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
		    planning_is_assignment(f->rule) ||
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
		    !planning_is_assignment(d->rule))
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

bool
plan_is_news(const char *rule, enum plan_role role)
{
	return role != TO_CHANNEL &&
	       (strcmp(rule, PLAN_RULE_ASSIGNMENT) == 0 ||
		   strcmp(rule, PLAN_RULE_DATE_CHANGED) == 0);
}

/* Does one show rather than another? */
static bool
is_shown_before(
    const struct firing *f, const struct firing *other, enum plan_role role)
{
	bool news = plan_is_news(f->rule, role);

	if (news != plan_is_news(other->rule, role))
		return news;
	if (f->fire_on != other->fire_on)
		return f->fire_on > other->fire_on;
	return f->local_on >= other->local_on;
}

static bool
is_owners(enum plan_role role)
{
	return role == TO_OWNER || role == TO_CO_OWNERS || role == TO_SPONSOR;
}

/* To whom something goes out now of an entry that they were given just before:
 * that it is theirs goes with it, and not alone the next morning. */
static void
add_assignment(struct planning *p, int64_t party_id, const char *channel,
    enum plan_kind kind, enum plan_role role)
{
	const struct firing *f = &p->assignment;

	if (f->fire_on != 0 && kind == PLAN_NUDGE && is_owners(role) &&
	    !is_told(p, f, party_id, channel, kind))
		emit(p, f, "", party_id, channel, kind, role, false);
}

void
planning_deliver(struct planning *p, const char *prefix, int64_t party_id,
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
		if (f->settled || f->fire_on < planning_horizon(p))
			continue;
		if (best == NULL || is_shown_before(f, best, role))
			best = f;
	}
	VEC_EACH (struct firing, f, &p->firings) {
		/* Of one day only the latest shows, and is the record of the
		 * stream; what is a stream of its own is none of the others. */
		if (f->settled ||
		    (f != best && !f->own_stream && best != NULL &&
			!best->own_stream && f->fire_on == best->fire_on))
			continue;
		emit(p, f, prefix, party_id, channel, kind, role, f != best);
	}
	if (best != NULL)
		add_assignment(p, party_id, channel, kind, role);
}

bool
planning_role_matches(enum owner_role role, enum plan_role to)
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

/* ---- whose entry it is ---- */

static bool
is_own(const struct planning *p, int64_t party_id, int64_t reader_id)
{
	if (reader_id == 0)
		reader_id = party_id;
	for (size_t i = 0; i < p->nowners; i++) {
		const struct plan_owner *o = &p->owners[i];

		if (o->role != ROLE_SPONSOR &&
		    (o->party_id == party_id ||
			(o->reader_id != 0 ? o->reader_id : o->party_id) ==
			    reader_id))
			return true;
	}
	return false;
}

static bool
is_secretarys_own(const struct planning *p)
{
	return is_own(p, p->env->secretary_id, p->env->secretary_reader_id);
}

/* Nobody is told as somebody above that their own entry is late; that a step is
 * for the owner is the schedule's own word. */
static void
deliver_unless_own(struct planning *p, int64_t party_id, int64_t reader_id,
    enum plan_kind kind, enum plan_role role)
{
	if (kind != PLAN_ESCALATION || role == TO_OWNER ||
	    role == TO_CO_OWNERS || !is_own(p, party_id, reader_id))
		planning_deliver(p, "", party_id, "mail", kind, role);
	else if (!is_secretarys_own(p))
		planning_deliver(
		    p, "", p->env->secretary_id, "mail", kind, TO_SECRETARY);
}

/* Only those whose entry it is are left out, each falling to the secretary. */
bool
planning_escalates(const struct planning *p, const struct plan_to *to)
{
	if (!is_secretarys_own(p))
		return true;
	switch (to->role) {
	case TO_OWNER:
	case TO_CO_OWNERS:
		return true;
	case TO_SPONSOR:
		for (size_t i = 0; i < p->nowners; i++)
			if (p->owners[i].role == ROLE_SPONSOR &&
			    !is_own(p, p->owners[i].party_id,
				p->owners[i].reader_id))
				return true;
		return false;
	case TO_CHAIR:
	case TO_APPROVER:
		return p->env->chair_id != 0 &&
		       !is_own(p, p->env->chair_id, p->env->chair_reader_id);
	case TO_PARTY:
		return !is_own(p, to->party_id, 0);
	case TO_SECRETARY:
	case TO_CHANNEL:
		break;
	}
	return false;
}

void
planning_deliver_to(
    struct planning *p, const struct plan_to *to, enum plan_kind kind)
{
	int64_t secretary = p->env->secretary_id;
	bool found = false;

	switch (to->role) {
	case TO_OWNER:
	case TO_CO_OWNERS:
	case TO_SPONSOR:
		for (size_t i = 0; i < p->nowners; i++) {
			const struct plan_owner *o = &p->owners[i];

			if (!planning_role_matches(o->role, to->role))
				continue;
			found = true;
			if (o->answered)
				continue;
			if (o->paused_until_on != DAY_NONE &&
			    o->paused_until_on >= p->today) {
				planning_deliver(p, PLAN_PAUSED, secretary,
				    "mail", PLAN_SECRETARY, TO_SECRETARY);
				planning_ask_again(p, o->paused_until_on + 1);
			} else {
				deliver_unless_own(p, o->party_id, o->reader_id,
				    kind, to->role);
			}
		}
		/* A group may have no co-owners; an entry needs the others. */
		if (!found && to->role != TO_CO_OWNERS)
			deliver_unless_own(p, secretary,
			    p->env->secretary_reader_id,
			    kind == PLAN_NUDGE ? PLAN_SECRETARY : kind,
			    TO_SECRETARY);
		return;
	case TO_CHAIR:
	case TO_APPROVER:
		if (p->env->chair_id != 0)
			deliver_unless_own(p, p->env->chair_id,
			    p->env->chair_reader_id, kind, to->role);
		else
			deliver_unless_own(p, secretary,
			    p->env->secretary_reader_id, kind, TO_SECRETARY);
		return;
	case TO_SECRETARY:
		deliver_unless_own(p, secretary, p->env->secretary_reader_id,
		    kind, TO_SECRETARY);
		return;
	case TO_PARTY:
		deliver_unless_own(p, to->party_id, 0, kind, TO_PARTY);
		return;
	case TO_CHANNEL:
		return;
	}
}

void
planning_deliver_to_webhooks(struct planning *p, enum plan_kind kind)
{
	const struct strings *channels = &p->schedule->conf->channels;

	if (p->entry->is_restricted)
		return;
	for (size_t i = 0; i < channels->len; i++)
		if (strcmp(channels->items[i], "mail") != 0)
			planning_deliver(
			    p, "", 0, channels->items[i], kind, TO_CHANNEL);
}
