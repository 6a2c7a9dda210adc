/* SPDX-License-Identifier: ISC */
/*
 * Reminder rules and escalation conditions as the config writes them:
 * "14 days before", "3 working days before", "on the day", "1 day after",
 * "every 7 days after", "at review", "at assignment",
 * "10 working days before meeting", "2 slips". Also the one grammar for
 * durations ("5 days", "1 hour", "10 working days").
 */
#ifndef NUDGED_CORE_RULES_H
#define NUDGED_CORE_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum rule_kind {
	RULE_BEFORE, /* n days before the due day */
	RULE_ON_THE_DAY,
	RULE_AFTER,       /* n days after the due day, once */
	RULE_EVERY_AFTER, /* every n days after it */
	RULE_AT_REVIEW,
	RULE_AT_ASSIGNMENT,
	RULE_BEFORE_MEETING, /* n days before each meeting of the series */
	RULE_WEEKLY,         /* digests only: "every Monday" */
	RULE_RRULE,          /* digests only: "FREQ=MONTHLY;BYDAY=1MO" */
	RULE_SLIPS,          /* escalations only: the date moved n times */
};

struct rule {
	enum rule_kind kind;
	int count;
	bool workdays; /* count is in working days */
	int weekday;   /* RULE_WEEKLY: enum weekday */
	char text[96]; /* canonical: "every 5 working days after"; the identity
			* of the rule in the register */
};

enum rule_use { RULE_FOR_REMINDER, RULE_FOR_ESCALATION, RULE_FOR_DIGEST };

/* Parses one rule for a use. Returns 0, or -1 with *err saying what is wrong
 * and what would be right. Spelling variants ("one week before" = "7 days
 * before", "the day before", "weekly after") give one canonical text. */
int rule_parse(
    const char *text, enum rule_use use, struct rule *out, struct err *err);

struct duration {
	int64_t seconds; /* calendar durations; 0 for working days */
	int workdays;    /* working days; 0 for others */
};

/* "5 days", "90 s", "15 minutes", "1 hour", "2 weeks", "10 working days". */
int duration_parse(const char *text, struct duration *out, struct err *err);

#endif
