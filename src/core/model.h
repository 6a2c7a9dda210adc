/* SPDX-License-Identifier: ISC */
/*
 * What the register holds, as plain structs: parties, series, meetings,
 * reports, entries. Strings are owned by the struct and NULL when absent;
 * each _clear frees them. Days are DAY_NONE and ids 0 when absent.
 */
#ifndef NUDGED_CORE_MODEL_H
#define NUDGED_CORE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/vec.h"

enum party_kind {
	PARTY_PERSON,
	PARTY_OFFICE, /* held by a person from a day */
	PARTY_ORGANISATION,
	PARTY_ADDRESS, /* a bare address that a schedule names */
};

const char *party_kind_name(enum party_kind kind);
int party_kind_parse(const char *text); /* -1: none */

struct party {
	int64_t id;
	enum party_kind kind;
	char *name;
	char *email;
	int64_t organisation_id;
	char *organisation; /* its name, for showing */
	int64_t contact_id; /* organisation: who answers for it */
	int64_t holder_id;  /* office: who holds it on the day asked for */
	char *office;       /* person: title of the office held that day */
	int64_t deputy_id;
	int deputy_from_on, deputy_until_on;
	int paused_from_on, paused_until_on; /* until: the last paused day */
	bool allow_external;
	int left_on; /* may be a day to come */
	int64_t successor_id;
};

/* Nothing set: days DAY_NONE, minutes -1, all else 0. Likewise the others. */
void party_init(struct party *party);
void party_clear(struct party *party);

/* "Chair of the Trust", or the name alone when organisation is NULL; owned. */
char *party_full_name(const char *name, const char *organisation);

struct series {
	int64_t id;
	char *code;                     /* "WT" */
	char *title;                    /* "Working Together Meeting" */
	int64_t chair_id, secretary_id; /* party: person or office; 0: none */
	bool restricted;
	bool confirm_drafts; /* entries of draft minutes wait for a person */
};

void series_clear(struct series *series);

enum meeting_state { MEETING_PLANNED, MEETING_HELD, MEETING_CANCELLED };
enum minutes_state { MINUTES_NONE, MINUTES_DRAFT, MINUTES_APPROVED };

struct meeting {
	int64_t id;
	int64_t series_id;
	char *series; /* its code, for showing */
	int held_on;
	int starts_minute; /* local minute of the day, -1: unknown */
	char *venue;
	enum meeting_state state;
	enum minutes_state minutes;
	int approved_on;
};

void meeting_init(struct meeting *meeting);
void meeting_clear(struct meeting *meeting);

struct report {
	int64_t id;
	char *code; /* "CDI" */
	char *body; /* "HMICFRS" */
	char *title;
	int published_on;
	char *grading;
	int64_t series_id; /* the series that monitors it */
	char *series;      /* its code, for showing */
};

void report_init(struct report *report);
void report_clear(struct report *report);

enum entry_state {
	ENTRY_UNCONFIRMED,
	ENTRY_OPEN,
	ENTRY_BLOCKED,
	ENTRY_ON_HOLD,
	ENTRY_PROPOSED,
	ENTRY_CLOSED,
	ENTRY_WITHDRAWN,
	ENTRY_SUPERSEDED,
	ENTRY_NOT_ACCEPTED,
};

const char *entry_state_name(enum entry_state state);
int entry_state_parse(const char *text); /* "on_hold", "on hold"; -1: none */

/* open, blocked, on_hold or proposed: not finished and looked at by a person */
bool entry_state_is_live(enum entry_state state);

/* Overdue is told of live entries alone, proposed ones included. */

enum owner_role { ROLE_OWNER, ROLE_CO_OWNER, ROLE_SPONSOR };

const char *owner_role_name(enum owner_role role);
int owner_role_parse(const char *text); /* -1: none */

struct owner {
	int64_t party_id;
	char *name; /* the party's, for showing */
	enum owner_role role;
	int answered_on; /* group-owned: the day this member answered */
};

struct entry {
	int64_t id;
	char *ref;  /* "WT-14", sub-point "CDI-2.1" */
	char *kind; /* "action" */
	char *text;
	enum entry_state state;
	char *state_note; /* reason of blocked, on_hold, withdrawn ...; evidence
			   * of proposed and closed; ref of superseded */
	VEC(struct owner) owners;

	int64_t series_id, report_id, parent_id;
	char *series; /* code, for showing */
	char *report; /* code */
	char *body;   /* the report's body, for schedules */
	int held_on;  /* the meeting it comes from, with series_id */
	char *item, *para, *source; /* where in the paper */

	char *due_phrase;   /* the words, verbatim */
	int base_on;        /* what they count from */
	int base_minute;    /* a clock of hours: the minute of that day, -1: its
			     * end */
	char *clock;        /* name of the clock it came from */
	int paused_from_on; /* the clock stands since this day; set only while
			     * the entry is on hold */
	int paused_days;    /* how many days of its own it has stood before */
	bool statutory;
	int earliest_on, due_on, review_on;
	int due_minute; /* local minute of the due day, -1: the whole day */
	int original_due_on;
	char *rule;            /* how the date came about, in English */
	char *flag;            /* what a person should look at */
	int64_t due_series_id; /* the date hangs on this series' calendar */
	int due_meeting_on;    /* and on this meeting of it */
	bool at_meeting;       /* due at it, not before it */

	char *priority;
	bool restricted;    /* its own mark */
	bool is_restricted; /* its own, or its series' */
	bool at_risk;
	int due_version;    /* counts changes of the three dates */
	int assign_version; /* counts changes of the owners */
	int64_t known_at;   /* since when this due version is in force and the
			     * entry confirmed */
	int64_t assigned_at;
	int slips;      /* agreed changes of the due date */
	int slipped_on; /* day of the last one */
	bool extension_pending;
	int asked_on; /* the day on which that other date was asked for */
	int snooze_until_on; /* nudges wait until this day */
	char *snooze_reason;
	int updated_on;    /* day of the owner's last update */
	char *update_note; /* and its words */
	int proposed_on;
	int closed_on;
	int64_t version; /* counts every change of the row */
};

void entry_init(struct entry *entry);
void entry_clear(struct entry *entry);

/* Days overdue on a day: > 0 from the midnight after the due day (the latest
 * of a window), 0 else. Only live entries are ever overdue. */
int entry_overdue_days(const struct entry *entry, int today);

/* The first owner with a role, NULL: none. */
const struct owner *entry_owner(
    const struct entry *entry, enum owner_role role);

/* The same parties in the same roles and order? */
bool entry_same_owners(const struct entry *a, const struct entry *b);

/* "Ann Bell; Example Police": owners and co-owners; owned by caller. */
char *entry_owners_text(const struct entry *entry);

struct slip {
	int64_t id;
	int64_t entry_id;
	int old_on, new_on;
	int new_earliest_on;
	char *phrase;
	char *reason, *asked_by, *agreed_by;
	int asked_on, decided_on;
	enum slip_state { SLIP_PENDING, SLIP_AGREED, SLIP_REFUSED } state;
};

void slip_init(struct slip *slip);
void slip_clear(struct slip *slip);

/* One line of the append-only history. */
struct event {
	int64_t id;
	int64_t at;
	char *actor;   /* who called: login name, or "nudged" */
	char *by;      /* the party it was done for, NULL: none */
	int done_on;   /* the day it was done on */
	char *subject; /* "entry", "party", "series", "meeting", "report" */
	int64_t subject_id;
	char *what; /* "opened", "due date", "closed" ... */
	char *old, *new, *note;
};

void event_clear(struct event *event);

#endif
