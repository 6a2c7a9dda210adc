/* SPDX-License-Identifier: ISC */
/*
 * Minutes into drafts: the bytes of one paper, which may hold several
 * meetings, agendas and reports, become meetings with people and entries, and
 * flags for a person to look at. Pure: what is known of the register (series,
 * parties, calendar) is handed in and borrowed. Nothing is guessed silently:
 * every entry says why it was taken and how sure that is.
 */
#ifndef NUDGED_CORE_MINUTES_H
#define NUDGED_CORE_MINUTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/err.h"
#include "core/model.h"
#include "core/vec.h"
#include "core/words.h"

/* A larger paper is refused. */
#define MINUTES_MAX (16u << 20)

/* A person, office or organisation of the register; all borrowed. */
struct minutes_party {
	int64_t id;
	enum minutes_party_kind {
		MINUTES_PERSON,
		MINUTES_OFFICE,
		MINUTES_ORGANISATION
	} kind;
	const char *name;
	const char *organisation; /* NULL: none known */
	const char *office;       /* a person's post, NULL: none known */
	const char *const *aliases;
	size_t naliases;
};

/* What the reader may know. Zeroed means nothing but the paper itself. */
struct minutes_env {
	const struct calendar *calendar;   /* NULL: Monday to Friday */
	const struct words_policy *policy; /* NULL: the defaults */
	const struct words_series *series;
	size_t nseries;
	const struct minutes_party *parties;
	size_t nparties;
	const char *own_series; /* code the caller gave, NULL: guess it */
	int held_on;            /* day the caller gave, DAY_NONE: read it */
};

void minutes_env_init(struct minutes_env *env); /* zeroed, held_on DAY_NONE */

enum minutes_presence {
	MINUTES_PRESENT,
	MINUTES_APOLOGIES, /* sent apologies, or marked absent */
	MINUTES_MENTIONED, /* a name with initials that only the text gives */
};

struct minutes_person {
	char *name;                           /* as printed */
	char *organisation, *role, *initials; /* NULL: not printed */
	enum minutes_presence presence;
	unsigned line;
};

/* How an owner came about. */
enum minutes_basis {
	MINUTES_BY_NAME,     /* a person of the paper or the register */
	MINUTES_BY_INITIALS, /* initials of one person of the paper */
	MINUTES_BY_OFFICE,   /* an office; name is its holder where known */
	MINUTES_BY_GROUP,    /* an organisation or a group: "All", "partners" */
	MINUTES_UNKNOWN,     /* printed, but nobody known has that name */
	MINUTES_AMBIGUOUS,   /* several have it; not decided */
};

struct minutes_owner {
	char *name;    /* the full name where known, else as printed */
	char *printed; /* as printed: "PM", "the Chair" */
	int64_t party; /* of the register, 0: none */
	enum minutes_basis basis;
	bool absent; /* listed in the paper, but not as present */
};

struct minutes_point {
	char *text;
	unsigned line;
};

/* Where in the paper an entry was found. */
enum minutes_source {
	MINUTES_FROM_MARK, /* "Action: ..." */
	MINUTES_FROM_LIST, /* under a heading "Actions" */
	MINUTES_FROM_TABLE,
	MINUTES_FROM_MARGIN,  /* owner in a margin, or at the end of the line */
	MINUTES_FROM_BRACKET, /* "[Action: ...]" in a paragraph */
	MINUTES_FROM_RESOLUTION,
	MINUTES_FROM_REPORT, /* a recommendation of an inspection */
	MINUTES_FROM_TEXT,   /* in passing */
	MINUTES_FROM_HEAD,   /* of the paper: draft minutes to approve */
};

struct minutes_entry {
	const char *kind; /* a static word: "action", "paper" ... */
	char *text;
	VEC(struct minutes_owner) owners;
	char *item;        /* agenda item or minute number, NULL: none */
	char *para;        /* paragraph number, NULL: none */
	char *ref;         /* the paper's own reference for it, NULL: none */
	unsigned line;     /* of the paper, from 1 */
	char *due_phrase;  /* verbatim, NULL: none */
	int base_on;       /* what the phrase counts from */
	int base_until_on; /* base known to the month: its last day */
	int earliest_on, due_on, review_on; /* DAY_NONE: none */
	int64_t series; /* the day hangs on this series' calendar, else 0;
			 * negative: a series that only this paper knows */
	int meeting_on; /* the very meeting, DAY_NONE: none */
	bool at_meeting;
	bool soft;
	bool recurring;
	const char *state; /* a static word: "open", "closed", "proposed" ... */
	bool deferred;     /* put off to another meeting */
	bool earlier;      /* listed as an action of an earlier meeting */
	char *subject;     /* heading of the item it stands under, NULL: none */
	enum minutes_source source;
	bool sure;
	char *why;                        /* English, never NULL */
	VEC(struct minutes_point) points; /* sub-points, in order */
};

enum minutes_paper {
	MINUTES_OF_MEETING,
	MINUTES_AGENDA,
	MINUTES_REPORT,
	MINUTES_LOG, /* a list of actions for a meeting */
};

struct minutes_meeting {
	enum minutes_paper paper;
	char *title;         /* NULL: none found */
	char *series;        /* code of a known series, NULL: none matched */
	int held_on;         /* DAY_NONE: not found */
	int starts_at;       /* minute of the day, -1: not printed */
	char *venue, *chair; /* NULL: not printed */
	enum minutes_state approval; /* MINUTES_NONE: not stated */
	int approve_on;              /* where the draft is to be approved */
	int next_on; /* next meeting; the earlier where two disagree */
	unsigned line;
	VEC(struct minutes_person) people;
	VEC(struct minutes_entry) entries;
	VEC(struct minutes_point) agenda; /* its items, where one is printed */
	size_t noted;                     /* clauses that were only noted */
};

enum minutes_flag_code {
	MINUTES_FLAG_NEXT_CONFLICT, /* two dates for the next meeting */
	MINUTES_FLAG_WEEKDAY,       /* weekday and date disagree */
	MINUTES_FLAG_PAST,          /* due before the meeting was held */
	MINUTES_FLAG_YEAR,          /* the year was inferred */
	MINUTES_FLAG_OWNER_ABSENT,
	MINUTES_FLAG_OWNER_UNKNOWN,
	MINUTES_FLAG_OWNER_AMBIGUOUS,
	MINUTES_FLAG_OWNER_LEFT, /* only the desk knows */
	MINUTES_FLAG_NO_OWNER,
	MINUTES_FLAG_NO_DATE,
	MINUTES_FLAG_DEFERRED,    /* deferred, but not on the next agenda */
	MINUTES_FLAG_NO_CALENDAR, /* next meeting of a body without one */
	MINUTES_FLAG_DISAGREE,    /* action and paragraph differ on the date */
	MINUTES_FLAG_NOT_APPROVED,
	MINUTES_FLAG_NO_HELD_ON, /* no meeting date found */
	MINUTES_FLAG_RESOLVED,   /* resolved, but nobody is named to do it */
	MINUTES_FLAG_TOLD,       /* an action is told as done, but not which */
	MINUTES_FLAG_DATE,       /* other remark on how a date came about */
	MINUTES_FLAG_CODES
};

/* "next_conflict", "weekday" ... */
const char *minutes_flag_name(enum minutes_flag_code code);

/* Which flags the text says that was kept with an entry, as bits 1 << code;
 * what is none of the others is MINUTES_FLAG_DATE. 0 for NULL. */
unsigned minutes_flags_in(const char *said);

/* Does an item of an agenda take up what was deferred? */
bool minutes_item_tells_of(const char *item, const char *deferred);

struct minutes_flag {
	enum minutes_flag_code code;
	unsigned line;
	char *text;
};

struct minutes {
	VEC(struct minutes_meeting) meetings;
	VEC(struct minutes_flag) flags; /* in order of the line */
};

/*
 * Reads a paper: text as pasted, or as pdftotext -layout, docx2txt and pandoc
 * write it; UTF-8, UTF-16 or CP1252. Returns 0 and fills *out, which then owns
 * all it holds; or -1 with *err set (ERR_INPUT: not text, empty, too large) and
 * *out untouched. Time and memory are linear in len.
 */
int minutes_read(const char *bytes, size_t len, const struct minutes_env *env,
    struct minutes *out, struct err *err);
void minutes_clear(struct minutes *minutes);

/* "draft", "approved", "agenda", "report", "log", "unstated". */
const char *minutes_state_text(const struct minutes_meeting *meeting);

/* "present", "apologies", "mentioned". */
const char *minutes_presence_name(enum minutes_presence presence);

/* A name without what stands before it: "the", "Cllr", "T/Supt", "Chief
 * Constable"; all of it where nothing is left. Borrowed from name. */
const char *minutes_plain_name(const char *name);

/* An owner for people: "Carl Dunn (Assistant Chief Officer)", where the
 * printed words are not part of the name. The caller frees it. */
char *minutes_owner_label(const struct minutes_owner *owner);

/* How near two texts are, 0 to 100: the shared words over those of the longer
 * one, in order-free form, small words left out. */
int minutes_likeness(const char *a, const char *b);

/* Is it the same action worded (nearly) the same? For matching a paper to
 * what the register has of the series. */
bool minutes_same_text(const char *a, const char *b);

#endif
