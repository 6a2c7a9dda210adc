/* SPDX-License-Identifier: ISC */
/*
 * The working week with its holidays, and the counting modes of statutory
 * clocks (DOMAIN: section 3). Pure: holidays are handed in as days.
 */
#ifndef NUDGED_CORE_CALENDAR_H
#define NUDGED_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/err.h"
#include "core/vec.h"

struct holiday {
	int on;
	char *name; /* owned */
};

/* A named set of holidays, in order of the day once calendar_seal was called.
 * A set covers the years up to that of its last day. */
struct holidays {
	VEC(struct holiday) days;
};

struct calendar {
	bool works[7]; /* by enum weekday */
	struct holidays holidays;
};

/* Monday to Friday, no holidays. */
void calendar_init(struct calendar *cal);
void calendar_clear(struct calendar *cal);

/* Adds a holiday (name copied; may be NULL); the same day twice is kept once.
 * calendar_seal sorts and must be called before anything below. */
void calendar_add_holiday(struct calendar *cal, int on, const char *name);
void calendar_seal(struct calendar *cal);

/* The holiday's name, or NULL when the day is none. */
const char *calendar_holiday(const struct calendar *cal, int on);
bool calendar_is_workday(const struct calendar *cal, int on);

/* The day itself when it is a working day, else the next or previous one. */
int calendar_roll_forward(const struct calendar *cal, int on);
int calendar_roll_back(const struct calendar *cal, int on);

/* n working days after (before, n < 0) a day, which itself does not count:
 * + 1 from a Friday or Saturday is Monday; 0 gives the day as it is. DAY_NONE
 * beyond the year 9999, or where no day works. */
int calendar_add_workdays(const struct calendar *cal, int on, int n);

/* Working days after a, up to and including b; negative when b is earlier. */
int calendar_workdays_between(const struct calendar *cal, int a, int b);

/* The last day for a notice with count clear days between it and the meeting:
 * neither the day of the notice nor that of the meeting counts. The first form
 * counts working days; s243 is LGA 1972 s.243, where Saturdays count, and
 * Sundays, bank holidays and the Christmas and Easter breaks do not. DAY_NONE
 * in a calendar without such days, and before the year 1. */
int calendar_clear_before(const struct calendar *cal, int meeting, int count);
int calendar_clear_before_s243(
    const struct calendar *cal, int meeting, int count);
bool calendar_counts_s243(const struct calendar *cal, int on);

/* The last loaded holiday, DAY_NONE when there is none: what lies beyond it is
 * reckoned without holidays and must be flagged. */
int calendar_horizon(const struct calendar *cal);

/* ---- clocks: ways of counting that an entry's date may come from ---- */

enum clock_mode {
	CLOCK_AFTER,          /* the trigger day is day 0: base + n days */
	CLOCK_BEGINNING_WITH, /* the trigger day is day 1: base + n - 1 */
	CLOCK_WORKING_DAYS,   /* n working days after the trigger day */
	CLOCK_WORKING_DAYS_BEGINNING, /* the trigger day counts if it works */
	CLOCK_MONTHS,                 /* the corresponding date n months on */
	CLOCK_MONTHS_BEGINNING,  /* the day before the corresponding date */
	CLOCK_HOURS,             /* n elapsed hours, weekends included */
	CLOCK_CLEAR_BEFORE,      /* n clear working days before a meeting */
	CLOCK_CLEAR_BEFORE_S243, /* LGA 1972 s.243: Saturdays count; Sundays,
				  * Christmas and Easter breaks, bank holidays
				  * do not */
	CLOCK_FIXED_ANNUAL,      /* a month and day each year */
};

enum clock_roll { ROLL_NONE, ROLL_FORWARD, ROLL_BACK };

struct clock {
	char *name; /* "s55_response" */
	enum clock_mode mode;
	int count;      /* days, months or hours */
	int month, day; /* fixed_annual */
	enum clock_roll roll;
	char *holidays; /* name of a holiday set, NULL: the config's calendar */
	char *base;     /* what starts it, in words: "publication", "receipt" */
	char *source;   /* the rule's source: "Police Act 1996 s.55(5A)" */
	char *then;  /* chained: the clock that starts when this one is done */
	char *body;  /* a report of this body starts it by itself, NULL: none */
	char *text;  /* of the entry that it makes, then or as the next step */
	char *owner; /* of that entry, NULL: none, or as the step before */
	bool pauses; /* it stands while its entry is on hold */
	bool statutory;
};

/* "beginning_with", "working_days" ... as in the config; -1 when unknown. */
int clock_mode_parse(const char *text);
const char *clock_mode_name(enum clock_mode mode);

/* What a clock gives from a base: the day, and for hours the minute of it. */
struct clock_end {
	int due_on;
	int due_minute; /* -1: the whole day */
	char *rule;     /* owned; "56 days beginning with 7 August 2018": what
			 * it is, the reader of the rule adds. In brackets
			 * behind it the holidays that were skipped, days that
			 * it stood, how it was rolled */
};

/* Counts. base_minute is -1 when only the day is known (hours then count from
 * the end of that day); paused_days (clarification, fees) are added, working
 * days where the clock counts those, else calendar days; zone is needed for
 * hours only. Returns 0, or -1 with *err set when the mode cannot
 * count from what was given. */
int clock_count(const struct clock *clock, const struct calendar *cal,
    const struct zone *zone, int base_on, int base_minute, int paused_days,
    struct clock_end *out, struct err *err);

/* Is it a rule that this clock gives from this base, whatever the calendar
 * was? Else the date is not, or no longer, the clock's. */
bool clock_counted(
    const struct clock *clock, int base_on, int base_minute, const char *rule);

bool clock_is_backward(enum clock_mode mode);
bool clock_counts_workdays(enum clock_mode mode); /* forward */

/* Clocks that count backwards, or mean a day of each year, cannot stand. */
bool clock_may_pause(enum clock_mode mode);

/* The days that a clock stood when it stopped on one day and went on on
 * another, which counts again: working days where it counts those. */
int clock_stood(const struct clock *clock, const struct calendar *cal,
    int from_on, int until_on);

#endif
