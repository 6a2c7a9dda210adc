/* SPDX-License-Identifier: ISC */
/*
 * The mails as people read them: subject and text of nudges, escalations, the
 * secretary's list and the chair's digest, from plain values. The wording
 * stands in templates (etc/templates); dates, counts and reasons are put into
 * English here. Restricted entries show their ref only, whatever was filled
 * in. Knows neither the register nor how a mail is sent.
 */
#ifndef NUDGED_CORE_LETTER_H
#define NUDGED_CORE_LETTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/digest.h"
#include "core/err.h"
#include "core/template.h"
#include "core/vec.h"

enum letter_kind {
	LETTER_NUDGE,
	LETTER_ESCALATION,
	LETTER_SECRETARY,
	LETTER_DIGEST,
	LETTER_DIGEST_MD, /* the digest as Markdown */
	LETTER_KINDS
};

/* In which part the reader gets an entry. */
enum letter_role {
	LETTER_OWNER,
	LETTER_CO_OWNER,
	LETTER_SPONSOR,
	LETTER_CHAIR,
	LETTER_SECRETARY_ROLE,
	LETTER_APPROVER, /* the owner says done, or asks for another date; the
			  * reader approves */
	LETTER_NAMED,    /* named by the schedule itself */
};

/* What the secretary is asked to do about a line. */
enum letter_need {
	LETTER_UNOWNED,    /* no owner */
	LETTER_NO_ADDRESS, /* an owner who cannot be reached */
	LETTER_VACANT,  /* an office without a holder, no chair, no sponsor */
	LETTER_PAUSED,  /* an owner paused without a deputy */
	LETTER_OUTCOME, /* a meeting was held: what came of this? */
	LETTER_HELD,    /* a message held: an address outside, the brake */
	LETTER_UNDELIVERED, /* a message failed or in doubt */
	LETTER_CONFIRM,     /* unconfirmed, or two dates in conflict */
	LETTER_OTHER,
	LETTER_TOMORROW, /* an escalation that goes out next, if not held */
	LETTER_NEEDS
};

/* One entry in a mail. All borrowed; NULL where not known. Start from
 * letter_add, which sets the days to DAY_NONE. */
struct letter_line {
	const char *ref; /* NULL: not about an entry (secretary only) */
	const char *text;
	const char *kind;         /* "action" */
	const char *state;        /* "open"; blocked and on_hold are told */
	const char *reason;       /* why it is blocked or on hold */
	const char *owners;       /* "Ann Roe, Cleve Council" */
	const char *organisation; /* the first owner's; groups a digest */
	int due_on;
	const char *due_time; /* "17:00"; NULL: the end of the day */
	int earliest_on;      /* a window: from this day to due_on */
	int original_due_on;
	int review_on;
	int overdue_days; /* 0: not overdue */
	int slips;
	int updated_on; /* the owner's last update and its words */
	const char *update;
	const char *evidence; /* proposed for closure */
	const char *request;  /* "Ann Roe asks for 3 June 2019: why" */
	const char *series;   /* title of the series where it was agreed */
	int held_on;
	const char *item;       /* "7" or "7, para 11-14" */
	const char *report;     /* "HMICFRS, Crime Data Integrity 2018" */
	const char *due_phrase; /* deadline words, verbatim */
	const char *rule;       /* how they gave the day, in English */
	bool at_meeting;        /* due at a meeting of meeting_on */
	int meeting_on; /* the meeting that it waits for or comes before */
	bool soft;      /* a vague window: never called overdue */
	bool statutory;
	bool restricted;
	bool at_risk;

	/* why the reader gets it */
	enum letter_role role;
	const char *office;     /* as holder of this office */
	const char *deputy_for; /* as deputy for this person */
	const char *fired;      /* the reminder rule: "3 working days before" */

	enum letter_need need;       /* secretary: which list */
	enum digest_section section; /* digest: which section */
	const char *note;            /* secretary, digest: what is the matter */
	const char *to;      /* secretary: to whom tomorrow's escalation goes */
	const char *command; /* what settles it, "nudgectl assign WT-14 ..." */
};

struct letter {
	const char *name;         /* the recipient's */
	const char *organisation; /* ours, that sends */
	const char *reply_to;     /* address that answers go to, NULL: sender */
	const char *meant_for;    /* redirected: "Ann Roe <ann@example.org>" */
	int today;                /* local day on which it is sent */
	int soon_days;            /* "due soon" up to so many days; 0: 14 */

	/* escalations and digests */
	const char *series;   /* title, NULL: of several */
	int meeting_on;       /* its next meeting */
	const char *headline; /* digest: counts and change, may have lines */
	int since_on;         /* digest: day of the last one */
	int tomorrow_on;      /* secretary: day the escalations go out */

	VEC(struct letter_line) lines;
};

/* An empty letter, days unset, and a further line in it. */
void letter_init(struct letter *letter);
struct letter_line *letter_add(struct letter *letter);
void letter_clear(struct letter *letter);

struct letter_templates {
	struct template *compiled[LETTER_KINDS];
};

/* The built-in wording. Aborts only on what is our own bug. */
void letter_templates_init(struct letter_templates *templates);
void letter_templates_clear(struct letter_templates *templates);

/* The file an admin may put in its place: "nudge.txt". */
const char *letter_template_file(enum letter_kind kind);

/* Takes an admin's wording instead, after rendering a sample with it. Returns
 * 0, or -1 with *err set ("line 3: unknown name ...") and the old in force. */
int letter_template_set(struct letter_templates *templates,
    enum letter_kind kind, const char *text, size_t len, struct err *err);

/* Adds the subject (no line break; "" for LETTER_DIGEST_MD) and the text, its
 * lines wrapped to 76 columns (Markdown is not wrapped). The subject of a
 * nudge or escalation about one entry depends on its kind, ref and text only,
 * so that mails thread. Returns 0, or -1 with *err set. */
int letter_render(enum letter_kind kind, const struct letter *letter,
    const struct letter_templates *templates, struct buf *subject,
    struct buf *text, struct err *err);

/* ---- pieces that tables and digests say alike ---- */

/* "Action WT-14: short text", or "Action WT-14" when restricted. */
void letter_add_label(struct buf *out, const char *kind, const char *ref,
    const char *text, bool restricted);

/* "action" 1 -> "1 action", "afi" 2 -> "2 areas for improvement". */
void letter_add_count(struct buf *out, const char *kind, size_t count);

/* "today", "tomorrow", "in 3 days", "yesterday", "10 days ago". */
void letter_add_distance(struct buf *out, int today, int day);

#endif
