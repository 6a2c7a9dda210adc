/* SPDX-License-Identifier: ISC */
/*
 * The planner: one entry and what the ledger has of it, the schedule that it
 * matches, the calendar and now; out come the occurrences that fire by the end
 * of this local day, and the instant to ask again. Pure, so that the daemon,
 * `plan` and `why` cannot disagree (DESIGN section 6).
 */
#ifndef NUDGED_CORE_PLAN_H
#define NUDGED_CORE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/calendar.h"
#include "core/conf.h"
#include "core/date.h"
#include "core/model.h"
#include "core/vec.h"

enum plan_kind { PLAN_NUDGE, PLAN_ESCALATION, PLAN_SECRETARY };
const char *plan_kind_name(enum plan_kind kind); /* "nudge" */
int plan_kind_parse(const char *text);           /* -1: none */

/* Whom a rule is for. A role that nobody fills falls to the secretary; so does
 * an escalation to who owns the entry, and where that is the secretary, it is
 * none. */
enum plan_role {
	TO_OWNER,
	TO_CO_OWNERS,
	TO_SPONSOR,
	TO_CHAIR,
	TO_SECRETARY,
	TO_APPROVER, /* the chair, asked to agree that an entry is done, or
		      * to another date */
	TO_PARTY,    /* an office or address that the schedule names */
	TO_CHANNEL,  /* a webhook: no party */
};
const char *plan_role_name(enum plan_role role); /* "co-owners" */
int plan_role_parse(const char *text);           /* a role, else TO_PARTY */

/* The events that plan by themselves, beside the rules of the schedule; they
 * stand in the ledger like rules. */
#define PLAN_RULE_ASSIGNMENT "at assignment"
#define PLAN_RULE_DATE_CHANGED "date changed"
#define PLAN_RULE_OUTCOME "outcome of the meeting"
#define PLAN_RULE_PROPOSAL "proposed for closure"
#define PLAN_RULE_EXTENSION "another date asked for"
#define PLAN_AHEAD "ahead of "       /* + the escalation's rule */
#define PLAN_PAUSED "while paused: " /* + the rule */

struct plan_to {
	enum plan_role role;
	int64_t party_id; /* TO_PARTY */
};

/* A schedule with what the register knows of it. Borrowed. */
struct plan_schedule {
	const struct conf_schedule *conf;
	const int64_t *remind_since;       /* by reminder: first in force */
	const int64_t *escalate_since;     /* by escalation */
	const struct plan_to *to;          /* by conf->to */
	const struct plan_to *escalate_to; /* by escalation */
};

/* An owner as the planner sees one. */
struct plan_owner {
	int64_t party_id;
	enum owner_role role;
	int paused_until_on; /* last paused day, DAY_NONE: not paused */
	bool answered;       /* and is left alone */
	int64_t reader_id;   /* who answers for it: the holder of the office,
			      * the deputy; 0: itself */
};

/* What the ledger has of this entry already, cancelled rows left out unless
 * they were attempted. */
struct plan_done {
	const char *rule;
	int due_version;
	int local_on;
	int fire_on;
	int64_t party_id;
	const char *channel;
	enum plan_kind kind;
};

struct plan_env {
	const struct calendar *calendar;
	const struct zone *zone;
	int meeting_grace; /* working days */
	int undated_review_days;
	const int *meetings; /* days of the entry's series, in order */
	size_t nmeetings;
	int64_t chair_id;     /* 0: none, falls to the secretary */
	int64_t secretary_id; /* never 0 */
	int64_t chair_reader_id, secretary_reader_id; /* as of an owner */
};

/* One firing of one rule for one entry on one local day. */
struct occurrence {
	int64_t id; /* in the ledger; 0 while planned only */
	int64_t entry_id;
	int due_version;     /* at assignment: the assignment's number */
	char rule[112];      /* canonical text */
	int local_on;        /* the day before rolling */
	int64_t party_id;    /* the party meant; 0 for a webhook */
	const char *channel; /* borrowed from the schedule or the ledger */
	enum plan_kind kind;
	enum plan_role role;
	int fire_on;     /* the day after rolling */
	int64_t fire_at; /* local `at` of that day */
	bool missed;     /* recorded, not sent */
};

enum plan_hold {
	HOLD_NONE,
	HOLD_NOT_LIVE, /* unconfirmed or finished */
	HOLD_SNOOZED,
	HOLD_EXTENSION, /* an extension waits for its answer */
	HOLD_MEETING,   /* after the meeting: outcome not recorded yet */
	HOLD_NO_SCHEDULE,
};
/* "snoozed until 3 May 2019" needs the entry's day; this is the bare reason. */
const char *plan_hold_text(enum plan_hold hold);

struct plan {
	VEC(struct occurrence) occurrences;
	int64_t next_at; /* INSTANT_NEVER: nothing to come */
	enum plan_hold hold;
};

/* Plans an entry at now. schedule is NULL when none matches. out starts empty
 * (occurrences are added, never removed); the caller clears it. */
void plan_entry(const struct plan_env *env,
    const struct plan_schedule *schedule, const struct entry *entry,
    const struct plan_owner *owners, size_t nowners,
    const struct plan_done *done, size_t ndone, int64_t now, struct plan *out);

/* May a queued occurrence still go out: the entry is live, its date and owner
 * are those it was planned for, nothing holds it. */
bool plan_is_wanted(const struct occurrence *occurrence,
    const struct entry *entry, const struct plan_schedule *schedule, int today);

/* Of several firings to one party that go together the news shows, that the
 * entry is theirs or has another date: it is said in no other way, and how near
 * or late it is a mail says anyway. Of two that are both news, or both not, the
 * later one shows. */
bool plan_is_news(const char *rule, enum plan_role role);

/* The first instant at or after wanted that lies on a working day within the
 * sending hours (local minutes; until may be 1440). */
int64_t plan_send_at(const struct calendar *calendar, const struct zone *zone,
    int sending_from, int sending_until, int64_t wanted);

/* The digests of one rule: the latest local day up to today's on which it
 * fires, rolled (weekly forward, before a meeting back), that is later than
 * after_on and at most a week past; DAY_NONE when there is none. next_on is
 * the next day after today, DAY_NONE when unknown. */
int plan_digest(const struct rule *rule, const struct calendar *calendar,
    const int *meetings, size_t nmeetings, int after_on, int today,
    int *next_on);

#endif
