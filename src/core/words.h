/* SPDX-License-Identifier: ISC */
/*
 * Deadline words into days: a tokenizer and a grammar (DOMAIN: section 2).
 * Pure; what the words may hang on (meetings, holidays, terms) is handed in.
 * Nothing is guessed silently: every answer has its rule in English, and a
 * flag where a person should look.
 */
#ifndef NUDGED_CORE_WORDS_H
#define NUDGED_CORE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/err.h"
#include "core/vec.h"

/* A series as the words may name it; meeting days in order, cancelled ones
 * left out. All borrowed. */
struct words_series {
	int64_t id;
	const char *code;  /* "SDP" */
	const char *title; /* "Scrutiny, Delivery & Performance" */
	const char *const *aliases;
	size_t naliases;
	const int *days;
	size_t ndays;
};

/* A school or other term, from the config. */
struct words_term {
	char *name; /* "autumn 2018" */
	int first_on;
	int last_on;
	int half_first_on, half_last_on; /* half-term holiday, DAY_NONE: none */
};

/* The policy table of DOMAIN section 2 as numbers; config keys. */
struct words_policy {
	int undated_review_days; /* 42 */
	int asap_days;           /* 14 */
	int agenda_clear_days;   /* 5: papers are due that many clear working
				  * days before the meeting */
	int year_end_month, year_end_day; /* financial year: 3, 31 */
	VEC(struct words_term) terms;
};

void words_policy_init(struct words_policy *policy);
void words_policy_clear(struct words_policy *policy);

struct words_env {
	int base_on;       /* what the words count from */
	int base_until_on; /* base known only to the month: its last day; else
			    * DAY_NONE */
	const struct calendar *calendar;
	const struct words_policy *policy;
	const struct words_series *series; /* all that are known */
	size_t nseries;
	int64_t own_series; /* whose "next meeting" is meant; 0: none */
	/* Words resolved before: the meeting that they meant then, on the day
	 * that it has now. It is followed where the one that they name by its
	 * day or month is not planned any more. hung_series 0: none. */
	int64_t hung_series;
	int hung_on;
};

struct words_answer {
	int due_on;      /* DAY_NONE: no deadline can be worked out */
	int earliest_on; /* first day of a window, else DAY_NONE */
	int review_on;   /* set when due_on is not: the day to ask for one */
	int64_t
	    series; /* the deadline hangs on this series' calendar; else 0 */
	int meeting_on;     /* the very meeting it hangs on, DAY_NONE: none */
	bool at_meeting;    /* due at that meeting, not before it */
	bool soft;          /* a vague window: never shown red */
	bool recurring;     /* the words repeat: "quarterly" */
	bool year_inferred; /* no year was printed */
	char *rule; /* owned, never NULL: "three months from 7 August 2018" */
	char *flag; /* owned: "weekday mismatch", NULL: nothing to flag */
};

void words_answer_clear(struct words_answer *answer);

/* Resolves a phrase. Always answers (words that mean no day give a review
 * date); -1 with *err set only for a base that is none or outside the years
 * 1000 to 9000, or text that is too long (4 KiB) or not UTF-8. */
int words_resolve(const char *phrase, const struct words_env *env,
    struct words_answer *out, struct err *err);

/* Where in a longer text deadline words stand: the span that says most about
 * when (a date beats a duration beats a vague word). Returns 1 and the bytes
 * [*start, *start + *len), or 0 when there are none. */
int words_find(const char *text, size_t text_len, size_t *start, size_t *len);

/* The same in a text that is known to ask for something ("Install the boards
 * this month"), so that what it says lies ahead unless its verbs are past. */
int words_find_asked(
    const char *text, size_t text_len, size_t *start, size_t *len);

#endif
