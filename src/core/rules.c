/* SPDX-License-Identifier: ISC */
/*
 * Reminder rules, durations and sizes; see rules.h. A text becomes a few
 * lower-case words first, then a small grammar reads them: no list of whole
 * sentences, no clock.
 */
#include "core/rules.h"

#include <ctype.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/near.h"

#define WORDS_MAX 16
#define WORD_MAX 24
#define COUNT_MAX 3650 /* days: ten years is no reminder any more */

#define COUNTOF(a) (sizeof(a) / sizeof *(a))

/* The text as words; at is the one to be read next. */
struct lex {
	const char *text; /* as it was given, for messages */
	char words[WORDS_MAX][WORD_MAX];
	size_t len, at;
};

static const char *const EXAMPLES[] = {
	[RULE_FOR_REMINDER] =
	    "\"14 days before\", \"3 working days before\", \"on the day\", "
	    "\"every 7 days after\", \"at review\", \"at assignment\", "
	    "\"10 working days before meeting\"",
	[RULE_FOR_ESCALATION] =
	    "\"5 working days before\", \"14 days after\", \"2 slips\"",
	[RULE_FOR_DIGEST] = ("\"every Monday\", \"FREQ=MONTHLY;BYDAY=1MO\", "
			     "\"8 working days before meeting\""),
};

/* What the grammar knows, to find what a misspelt word may mean. */
static const char *const KNOWN[] = { "before", "after", "working", "days",
	"day", "week", "weeks", "every", "meeting", "review", "assignment",
	"fortnight", "slips", "slip", "monday", "tuesday", "wednesday",
	"thursday", "friday", "saturday", "sunday", "weekly", "daily",
	"fortnightly", "overdue", "hour", "hours", "minute", "minutes",
	"second", "seconds" };

static const char *const SMALL[] = { "zero", "one", "two", "three", "four",
	"five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
	"nineteen" };
static const char *const TENS[] = { "twenty", "thirty", "forty", "fifty",
	"sixty", "seventy", "eighty", "ninety" };

/* Splits at blanks and hyphens and between digits and letters ("10s"). */
static int
lex_init(struct lex *lx, const char *text, struct err *err)
{
	const char *p = text;

	*lx = (struct lex){ .text = text };
	for (;;) {
		size_t n = 0;
		bool digits;

		while (isspace((unsigned char)*p))
			p++;
		/* Only a hyphen inside a word joins: "-5 days" is no rule. */
		if (*p == '-' && p > text && isalnum((unsigned char)p[-1]) &&
		    isalpha((unsigned char)p[1]))
			p++;
		if (*p == '\0' || (*p == '.' && p[1] == '\0'))
			break;
		if (lx->len == WORDS_MAX)
			return err_set(
			    err, ERR_INPUT, "\"%.60s…\" is too long", text);
		digits = isdigit((unsigned char)*p) != 0;
		for (; *p != '\0' && !isspace((unsigned char)*p); p++) {
			if (*p == '.' && p[1] == '\0')
				break;
			if (*p == '-' && n > 0)
				break;
			if ((isdigit((unsigned char)*p) != 0) != digits)
				break;
			if (n == WORD_MAX - 1)
				return err_set(err, ERR_INPUT,
				    "do not understand \"%.60s\"", text);
			lx->words[lx->len][n++] =
			    (char)tolower((unsigned char)*p);
		}
		lx->words[lx->len++][n] = '\0';
	}
	if (lx->len == 0)
		return err_set(err, ERR_INPUT, "is empty");
	return 0;
}

static const char *
peek(const struct lex *lx)
{
	return lx->at < lx->len ? lx->words[lx->at] : "";
}

static bool
take(struct lex *lx, const char *word)
{
	if (strcmp(peek(lx), word) != 0)
		return false;
	lx->at++;
	return true;
}

static bool
take_any(struct lex *lx, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take(lx, words[i]))
			return true;
	return false;
}

#define TAKE_ANY(lx, ...)                                  \
	take_any(lx, (const char *const[]){ __VA_ARGS__ }, \
	    COUNTOF(((const char *const[]){ __VA_ARGS__ })))

static bool
at_end(const struct lex *lx)
{
	return lx->at == lx->len;
}

/* A number in digits or words; 1 and *out, 0 when there is none, or -1 when it
 * is absurdly large. */
static int
take_number(struct lex *lx, int64_t *out)
{
	const char *word = peek(lx);

	if (isdigit((unsigned char)word[0])) {
		int64_t n = 0;

		for (const char *p = word; *p; p++) {
			if (n > INT64_MAX / 100)
				return -1;
			n = n * 10 + (*p - '0');
		}
		lx->at++;
		*out = n;
		return 1;
	}
	for (size_t i = 0; i < COUNTOF(SMALL); i++)
		if (take(lx, SMALL[i])) {
			*out = (int64_t)i;
			return 1;
		}
	for (size_t i = 0; i < COUNTOF(TENS); i++) {
		if (!take(lx, TENS[i]))
			continue;
		*out = (int64_t)(i + 2) * 10;
		for (size_t k = 1; k < 10; k++)
			if (take(lx, SMALL[k]))
				*out += (int64_t)k;
		return 1;
	}
	if (TAKE_ANY(lx, "a", "an")) {
		*out = 1;
		return 1;
	}
	return 0;
}

/* Says which word was not understood, and what it may have meant. */
static int
not_understood(const struct lex *lx, enum rule_use use, struct err *err)
{
	const char *word = peek(lx), *near;

	if (*word == '\0')
		return err_set(err, ERR_INPUT,
		    "\"%s\" stops short; write for example %s", lx->text,
		    EXAMPLES[use]);
	near = near_find(word, KNOWN, COUNTOF(KNOWN));
	if (near != NULL && strcmp(near, word) != 0)
		return err_set(err, ERR_INPUT,
		    "do not understand \"%s\" in \"%s\", did you mean \"%s\"?",
		    word, lx->text, near);
	return err_set(err, ERR_INPUT,
	    "do not understand \"%s\" in \"%s\"; write for example %s", word,
	    lx->text, EXAMPLES[use]);
}

static bool
take_day_unit(struct lex *lx, int *days, bool *workdays)
{
	size_t was = lx->at;

	*workdays = false;
	if (TAKE_ANY(lx, "working", "business", "work")) {
		*workdays = true;
		*days = 1;
		if (TAKE_ANY(lx, "day", "days"))
			return true;
		lx->at = was;
		return false;
	}
	if (TAKE_ANY(lx, "workday", "workdays", "wd")) {
		*workdays = true;
		*days = 1;
		return true;
	}
	(void)take(lx, "calendar");
	if (TAKE_ANY(lx, "day", "days", "d"))
		*days = 1;
	else if (TAKE_ANY(lx, "week", "weeks", "wk", "wks", "w"))
		*days = 7;
	else if (TAKE_ANY(lx, "fortnight", "fortnights"))
		*days = 14;
	else {
		lx->at = was;
		return false;
	}
	return true;
}

/* "14 days", "two weeks", "the day", "a fortnight", "working day". */
static int
take_days(struct lex *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	int64_t n = 1;
	int unit = 1, got;

	(void)take(lx, "the");
	got = take_number(lx, &n);
	if (got == -1 || n > COUNT_MAX)
		return err_set(err, ERR_INPUT,
		    "\"%s\": at most %d days can be counted", lx->text,
		    COUNT_MAX);
	if (!take_day_unit(lx, &unit, &rule->workdays)) {
		if (TAKE_ANY(lx, "month", "months", "quarter", "quarters",
			"year", "years"))
			return err_set(err, ERR_INPUT,
			    "\"%s\": months and years differ in length; count "
			    "in days or weeks",
			    lx->text);
		if (TAKE_ANY(lx, "hour", "hours", "minute", "minutes"))
			return err_set(err, ERR_INPUT,
			    "\"%s\": rules count in days; the time of day is "
			    "the key at",
			    lx->text);
		return not_understood(lx, use, err);
	}
	if (n == 0)
		return err_set(err, ERR_INPUT,
		    "\"%s\": nothing to count; write \"on the day\"", lx->text);
	if (n * unit > COUNT_MAX)
		return err_set(err, ERR_INPUT,
		    "\"%s\": at most %d days can be counted", lx->text,
		    COUNT_MAX);
	rule->count = (int)(n * unit);
	return 0;
}

/* "the due day", "it is due", "the deadline": says nothing new. */
static void
skip_due(struct lex *lx)
{
	size_t was = lx->at;

	if (take(lx, "it")) {
		(void)(take(lx, "is") || take(lx, "was"));
		(void)take(lx, "due");
		return;
	}
	(void)(take(lx, "the") || take(lx, "its"));
	if (TAKE_ANY(lx, "due", "deadline")) {
		(void)TAKE_ANY(lx, "day", "date");
		return;
	}
	lx->at = was;
}

/* "meeting", "each meeting", "the next meeting of the series". */
static bool
take_meeting(struct lex *lx)
{
	size_t was = lx->at;

	(void)TAKE_ANY(lx, "the", "each", "every", "a", "any");
	(void)take(lx, "next");
	if (!TAKE_ANY(lx, "meeting", "meetings")) {
		lx->at = was;
		return false;
	}
	if (take(lx, "of")) {
		(void)TAKE_ANY(lx, "the", "its");
		(void)take(lx, "series");
	}
	return true;
}

static bool
take_after(struct lex *lx)
{
	if (TAKE_ANY(lx, "after", "overdue", "late"))
		return true;
	if (take(lx, "past"))
		return true;
	return false;
}

/* count days before or after something. */
static int
parse_counted(
    struct lex *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	if (take_days(lx, use, rule, err) == -1)
		return -1;
	if (take(lx, "before") || (take(lx, "prior") && take(lx, "to")) ||
	    (take(lx, "ahead") && take(lx, "of"))) {
		rule->kind = RULE_BEFORE;
		if (take_meeting(lx))
			rule->kind = RULE_BEFORE_MEETING;
		else
			skip_due(lx);
		return 0;
	}
	if (take_after(lx)) {
		rule->kind = RULE_AFTER;
		if (take_meeting(lx))
			return err_set(err, ERR_INPUT,
			    "\"%s\": rules count back from a meeting, not on "
			    "from it",
			    lx->text);
		skip_due(lx);
		return 0;
	}
	return not_understood(lx, use, err);
}

/* "every 7 days after", "weekly after", "every other day after". */
static int
parse_repeated(
    struct lex *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	rule->kind = RULE_EVERY_AFTER;
	rule->count = 1;
	if (take(lx, "weekly"))
		rule->count = 7;
	else if (take(lx, "fortnightly"))
		rule->count = 14;
	else if (!take(lx, "daily")) {
		bool other;

		lx->at++; /* every, each */
		other = take(lx, "other");
		if (take_days(lx, use, rule, err) == -1)
			return -1;
		if (other)
			rule->count *= 2;
	}
	if (take(lx, "before"))
		return err_set(err, ERR_INPUT,
		    "\"%s\": repeats run after the due day; before it, list "
		    "the days one by one",
		    lx->text);
	if (!take_after(lx)) {
		if (at_end(lx))
			return err_set(err, ERR_INPUT,
			    "\"%s\" does not say from when, did you mean "
			    "\"%s after\"?",
			    lx->text, lx->text);
		return not_understood(lx, use, err);
	}
	skip_due(lx);
	return 0;
}

/* "every Monday", "each Mon", "Mondays", "weekly on Monday": 1 when it is. */
static int
parse_weekly(struct lex *lx, struct rule *rule)
{
	size_t was = lx->at, len;
	int day;

	(void)TAKE_ANY(lx, "every", "each", "weekly");
	(void)take(lx, "on");
	len = strlen(peek(lx));
	if (len > 4 && peek(lx)[len - 1] == 's')
		len--;
	day = weekday_parse(peek(lx), len);
	if (day == -1) {
		lx->at = was;
		return 0;
	}
	lx->at++;
	rule->kind = RULE_WEEKLY;
	rule->weekday = day;
	return 1;
}

/* "2 slips", "slipped twice", "after 2 slips": 1 when it is, 0 when not. */
static int
parse_slips(struct lex *lx, struct rule *rule)
{
	size_t was = lx->at;
	int64_t n = 1;

	if (take(lx, "slipped")) {
		if (take(lx, "twice"))
			n = 2;
		else if (!take(lx, "once")) {
			if (take_number(lx, &n) == 1)
				(void)TAKE_ANY(lx, "times", "time");
		}
	} else {
		(void)take(lx, "after");
		(void)take_number(lx, &n);
		if (!TAKE_ANY(lx, "slip", "slips")) {
			lx->at = was;
			return 0;
		}
	}
	if (n < 1 || n > 100)
		n = 0; /* refused by the caller */
	rule->kind = RULE_SLIPS;
	rule->count = (int)n;
	return 1;
}

static bool
take_on_the_day(struct lex *lx)
{
	size_t was = lx->at;

	if (take(lx, "when")) {
		if (take(lx, "due"))
			return true;
		lx->at = was;
		return false;
	}
	if (!TAKE_ANY(lx, "on", "at")) {
		if (strcmp(peek(lx), "the") != 0)
			return false;
		/* "the day" alone; "the day before" counts. */
		lx->at++;
		if ((take(lx, "due") || true) && TAKE_ANY(lx, "day", "date") &&
		    at_end(lx))
			return true;
		lx->at = was;
		return false;
	}
	(void)take(lx, "the");
	(void)take(lx, "due");
	if (TAKE_ANY(lx, "day", "date")) {
		skip_due(lx);
		return true;
	}
	lx->at = was;
	return false;
}

static bool
take_event(struct lex *lx, struct rule *rule)
{
	size_t was = lx->at;

	if (take(lx, "when") && take(lx, "assigned")) {
		rule->kind = RULE_AT_ASSIGNMENT;
		return true;
	}
	lx->at = was;
	if (!TAKE_ANY(lx, "at", "on"))
		return false;
	(void)TAKE_ANY(lx, "the", "each", "every");
	if (take(lx, "review")) {
		(void)TAKE_ANY(lx, "date", "day");
		rule->kind = RULE_AT_REVIEW;
		return true;
	}
	if (take(lx, "assignment")) {
		rule->kind = RULE_AT_ASSIGNMENT;
		return true;
	}
	lx->at = was;
	return false;
}

static int
parse_words(
    struct lex *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	const char *word = peek(lx);

	if (use == RULE_FOR_DIGEST && parse_weekly(lx, rule))
		return 0;
	if (take_event(lx, rule))
		return 0;
	if (take_on_the_day(lx)) {
		rule->kind = RULE_ON_THE_DAY;
		return 0;
	}
	if (parse_slips(lx, rule)) {
		if (rule->count == 0)
			return err_set(err, ERR_INPUT,
			    "\"%s\": say 1 to 100 slips", lx->text);
		return 0;
	}
	if (strcmp(word, "every") == 0 || strcmp(word, "each") == 0 ||
	    strcmp(word, "weekly") == 0 || strcmp(word, "daily") == 0 ||
	    strcmp(word, "fortnightly") == 0)
		return parse_repeated(lx, use, rule, err);
	return parse_counted(lx, use, rule, err);
}

static bool
fits(enum rule_kind kind, enum rule_use use)
{
	switch (kind) {
	case RULE_BEFORE:
	case RULE_ON_THE_DAY:
	case RULE_AFTER:
		return use != RULE_FOR_DIGEST;
	case RULE_EVERY_AFTER:
	case RULE_AT_REVIEW:
	case RULE_AT_ASSIGNMENT:
		return use == RULE_FOR_REMINDER;
	case RULE_BEFORE_MEETING:
		return use != RULE_FOR_ESCALATION;
	case RULE_WEEKLY:
	case RULE_RRULE:
		return use == RULE_FOR_DIGEST;
	case RULE_SLIPS:
		return use == RULE_FOR_ESCALATION;
	}
	return false;
}

static void
canonical(struct rule *rule)
{
	const char *work = rule->workdays ? "working " : "";
	const char *s = rule->count == 1 ? "" : "s";
	int n = rule->count;

	switch (rule->kind) {
	case RULE_BEFORE:
		(void)snprintf(rule->text, sizeof rule->text,
		    "%d %sday%s before", n, work, s);
		break;
	case RULE_ON_THE_DAY:
		(void)snprintf(rule->text, sizeof rule->text, "on the day");
		break;
	case RULE_AFTER:
		(void)snprintf(rule->text, sizeof rule->text,
		    "%d %sday%s after", n, work, s);
		break;
	case RULE_EVERY_AFTER:
		if (n == 1)
			(void)snprintf(rule->text, sizeof rule->text,
			    "every %sday after", work);
		else
			(void)snprintf(rule->text, sizeof rule->text,
			    "every %d %sdays after", n, work);
		break;
	case RULE_AT_REVIEW:
		(void)snprintf(rule->text, sizeof rule->text, "at review");
		break;
	case RULE_AT_ASSIGNMENT:
		(void)snprintf(rule->text, sizeof rule->text, "at assignment");
		break;
	case RULE_BEFORE_MEETING:
		(void)snprintf(rule->text, sizeof rule->text,
		    "%d %sday%s before meeting", n, work, s);
		break;
	case RULE_WEEKLY:
		(void)snprintf(rule->text, sizeof rule->text, "every %s",
		    weekday_name((enum weekday)rule->weekday));
		break;
	case RULE_SLIPS:
		(void)snprintf(
		    rule->text, sizeof rule->text, "%d slip%s", n, s);
		break;
	case RULE_RRULE:
		break; /* set where it is parsed */
	}
}

static bool
any_set(const short *by)
{
	return by[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* What RFC 5545 allows and a digest does not: it names days, and the time of
 * day is the key at. */
static int
check_rrule(const char *text, struct icalrecurrencetype *recur, struct err *err)
{
	icalrecur_iterator *it;
	bool empty;

	if (recur->freq == ICAL_NO_RECURRENCE)
		return err_set(err, ERR_INPUT,
		    "\"%s\" is not a recurrence rule of RFC 5545; write for "
		    "example \"FREQ=MONTHLY;BYDAY=1MO\"",
		    text);
	if (recur->count != 0)
		return err_set(err, ERR_INPUT,
		    "\"%s\": COUNT has no meaning here: digests have no first "
		    "one to count from",
		    text);
	if (!icaltime_is_null_time(recur->until) &&
	    icaltime_is_utc(recur->until))
		return err_set(err, ERR_INPUT,
		    "\"%s\": UNTIL must be a plain day like 20271231", text);
	if (recur->freq == ICAL_HOURLY_RECURRENCE ||
	    recur->freq == ICAL_MINUTELY_RECURRENCE ||
	    recur->freq == ICAL_SECONDLY_RECURRENCE ||
	    any_set(recur->by_hour) || any_set(recur->by_minute) ||
	    any_set(recur->by_second))
		return err_set(err, ERR_INPUT,
		    "\"%s\": a digest goes at most once a day; its time is the "
		    "key at",
		    text);
	if (recur->interval < 1)
		return err_set(
		    err, ERR_INPUT, "\"%s\": INTERVAL must be 1 or more", text);
	it = icalrecur_iterator_new(*recur, icaltime_from_string("20180101"));
	empty =
	    it == NULL || icaltime_is_null_time(icalrecur_iterator_next(it));
	icalrecur_iterator_free(it);
	if (empty)
		return err_set(
		    err, ERR_INPUT, "\"%s\" never comes about", text);
	return 0;
}

static bool
has_prefix(const char *text, const char *prefix)
{
	for (; *prefix; text++, prefix++)
		if (toupper((unsigned char)*text) != *prefix)
			return false;
	return true;
}

static int
parse_rrule(const char *text, struct rule *rule, struct err *err)
{
	struct icalrecurrencetype recur;
	char *copy = xstrdup(text), *canon = NULL;
	size_t len = strlen(copy);
	int rc = -1;

	while (len > 0 && isspace((unsigned char)copy[len - 1]))
		copy[--len] = '\0';
	for (char *p = copy; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	recur = icalrecurrencetype_from_string(copy);
	if (check_rrule(text, &recur, err) == -1)
		goto out;
	canon = icalrecurrencetype_as_string_r(&recur);
	if (canon == NULL || strlen(canon) >= sizeof rule->text) {
		(void)err_set(err, ERR_INPUT, "\"%.60s…\" is too long", text);
		goto out;
	}
	rule->kind = RULE_RRULE;
	(void)snprintf(rule->text, sizeof rule->text, "%s", canon);
	rc = 0;
out:
	icalmemory_free_buffer(canon);
	/* libical allocates a copy of RSCALE for us to free. */
	icalmemory_free_buffer(recur.rscale);
	free(copy);
	return rc;
}

int
rule_parse(
    const char *text, enum rule_use use, struct rule *out, struct err *err)
{
	static const char *const uses[] = { "a reminder", "an escalation step",
		"a digest" };
	struct rule rule = { 0 };
	struct lex lx;

	while (isspace((unsigned char)*text))
		text++;
	if (has_prefix(text, "RRULE:"))
		text += 6;
	if (has_prefix(text, "FREQ=")) {
		if (use != RULE_FOR_DIGEST)
			return err_set(err, ERR_INPUT,
			    "\"%s\": recurrence rules are for digests; write "
			    "for example %s",
			    text, EXAMPLES[use]);
		if (parse_rrule(text, &rule, err) == -1)
			return -1;
		*out = rule;
		return 0;
	}
	if (lex_init(&lx, text, err) == -1 ||
	    parse_words(&lx, use, &rule, err) == -1)
		return -1;
	if (!at_end(&lx))
		return not_understood(&lx, use, err);
	canonical(&rule);
	if (!fits(rule.kind, use))
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no rule for %s; write for example %s", text,
		    uses[use], EXAMPLES[use]);
	*out = rule;
	return 0;
}

struct unit {
	const char *name;
	int64_t each; /* seconds or bytes */
};

static const struct unit TIME_UNITS[] = {
	{ "s", 1 },
	{ "sec", 1 },
	{ "secs", 1 },
	{ "second", 1 },
	{ "seconds", 1 },
	{ "min", 60 },
	{ "mins", 60 },
	{ "minute", 60 },
	{ "minutes", 60 },
	{ "h", 3600 },
	{ "hr", 3600 },
	{ "hrs", 3600 },
	{ "hour", 3600 },
	{ "hours", 3600 },
};

#define DAY_S 86400
#define DURATION_DAYS_MAX 36500

int
duration_parse(const char *text, struct duration *out, struct err *err)
{
	struct lex lx;
	int64_t n, each = 0;
	int got, days;
	bool workdays = false;

	if (lex_init(&lx, text, err) == -1)
		return -1;
	got = take_number(&lx, &n);
	if (got == 0)
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no duration; write for example \"5 days\", "
		    "\"15 minutes\" or \"10 working days\"",
		    text);
	if (at_end(&lx))
		return err_set(err, ERR_INPUT,
		    "\"%s\" has no unit; write for example \"%s days\"", text,
		    text);
	for (size_t i = 0; i < COUNTOF(TIME_UNITS) && each == 0; i++)
		if (take(&lx, TIME_UNITS[i].name))
			each = TIME_UNITS[i].each;
	if (each == 0) {
		if (TAKE_ANY(&lx, "month", "months", "year", "years", "m"))
			return err_set(err, ERR_INPUT,
			    "\"%s\": use seconds, minutes, hours, days, weeks "
			    "or working days",
			    text);
		if (!take_day_unit(&lx, &days, &workdays))
			return not_understood(&lx, RULE_FOR_REMINDER, err);
		each = (int64_t)days * DAY_S;
	}
	if (!at_end(&lx))
		return not_understood(&lx, RULE_FOR_REMINDER, err);
	if (got == -1 || n > DURATION_DAYS_MAX * (int64_t)DAY_S / each)
		return err_set(
		    err, ERR_INPUT, "\"%s\" is too long a time", text);
	*out = (struct duration){ .seconds = workdays ? 0 : n * each,
		.workdays = workdays ? (int)n : 0 };
	return 0;
}

static const struct unit SIZE_UNITS[] = {
	{ "b", 1 },
	{ "byte", 1 },
	{ "bytes", 1 },
	{ "k", 1024 },
	{ "kb", 1024 },
	{ "kib", 1024 },
	{ "m", 1024 * 1024 },
	{ "mb", 1024 * 1024 },
	{ "mib", 1024 * 1024 },
	{ "g", 1024 * 1024 * 1024 },
	{ "gb", 1024 * 1024 * 1024 },
	{ "gib", 1024 * 1024 * 1024 },
};

int
size_parse(const char *text, int64_t *out, struct err *err)
{
	struct lex lx;
	int64_t n, each = 0;
	int got;

	if (lex_init(&lx, text, err) == -1)
		return -1;
	got = isdigit((unsigned char)peek(&lx)[0]) ? take_number(&lx, &n) : 0;
	if (got == 0)
		goto bad;
	if (at_end(&lx))
		each = 1;
	for (size_t i = 0; i < COUNTOF(SIZE_UNITS) && each == 0; i++)
		if (take(&lx, SIZE_UNITS[i].name))
			each = SIZE_UNITS[i].each;
	if (each == 0 || !at_end(&lx))
		goto bad;
	if (got == -1 || n > INT64_MAX / 2 / each)
		return err_set(err, ERR_INPUT, "\"%s\" is too large", text);
	*out = n * each;
	return 0;
bad:
	return err_set(err, ERR_INPUT,
	    "\"%s\" is no size; write for example \"512\", \"64 KB\" or "
	    "\"10 MB\"",
	    text);
}
