/* SPDX-License-Identifier: ISC */
/*
 * Reminder rules; see rules.h. A text becomes a few lower-case words (phrase),
 * then a small grammar reads them: no list of whole sentences, no clock.
 */
#include "core/rules.h"

#include <ctype.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/phrase.h"

#define COUNT_MAX 3650 /* days: ten years is no reminder any more */

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

/* "14 days", "two weeks", "the day", "a fortnight", "working day". */
static int
take_days(
    struct phrase *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	int64_t n = 1;
	int unit = 1, got;

	(void)phrase_take(lx, "the");
	got = phrase_number(lx, &n);
	if (got == -1 || n > COUNT_MAX)
		return err_set(err, ERR_INPUT,
		    "\"%s\": at most %d days can be counted", lx->text,
		    COUNT_MAX);
	if (!phrase_day_unit(lx, &unit, &rule->workdays)) {
		if (PHRASE_TAKE_ANY(lx, "month", "months", "quarter",
			"quarters", "year", "years"))
			return err_set(err, ERR_INPUT,
			    "\"%s\": months and years differ in length; count "
			    "in days or weeks",
			    lx->text);
		if (PHRASE_TAKE_ANY(lx, "hour", "hours", "minute", "minutes"))
			return err_set(err, ERR_INPUT,
			    "\"%s\": rules count in days; the time of day is "
			    "the key at",
			    lx->text);
		return phrase_unclear(lx, EXAMPLES[use], err);
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
skip_due(struct phrase *lx)
{
	size_t was = lx->at;

	if (phrase_take(lx, "it")) {
		(void)(phrase_take(lx, "is") || phrase_take(lx, "was"));
		(void)phrase_take(lx, "due");
		return;
	}
	(void)(phrase_take(lx, "the") || phrase_take(lx, "its"));
	if (PHRASE_TAKE_ANY(lx, "due", "deadline")) {
		(void)PHRASE_TAKE_ANY(lx, "day", "date");
		return;
	}
	lx->at = was;
}

/* "meeting", "each meeting", "the next meeting of the series". */
static bool
take_meeting(struct phrase *lx)
{
	size_t was = lx->at;

	(void)PHRASE_TAKE_ANY(lx, "the", "each", "every", "a", "any");
	(void)phrase_take(lx, "next");
	if (!PHRASE_TAKE_ANY(lx, "meeting", "meetings")) {
		lx->at = was;
		return false;
	}
	if (phrase_take(lx, "of")) {
		(void)PHRASE_TAKE_ANY(lx, "the", "its");
		(void)phrase_take(lx, "series");
	}
	return true;
}

static bool
take_after(struct phrase *lx)
{
	if (PHRASE_TAKE_ANY(lx, "after", "overdue", "late"))
		return true;
	if (phrase_take(lx, "past"))
		return true;
	return false;
}

/* count days before or after something. */
static int
parse_counted(
    struct phrase *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	if (take_days(lx, use, rule, err) == -1)
		return -1;
	if (phrase_take(lx, "before") ||
	    (phrase_take(lx, "prior") && phrase_take(lx, "to")) ||
	    (phrase_take(lx, "ahead") && phrase_take(lx, "of"))) {
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
	return phrase_unclear(lx, EXAMPLES[use], err);
}

/* "every 7 days after", "weekly after", "every other day after". */
static int
parse_repeated(
    struct phrase *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	rule->kind = RULE_EVERY_AFTER;
	rule->count = 1;
	if (phrase_take(lx, "weekly"))
		rule->count = 7;
	else if (phrase_take(lx, "fortnightly"))
		rule->count = 14;
	else if (!phrase_take(lx, "daily")) {
		bool other;

		lx->at++; /* every, each */
		other = phrase_take(lx, "other");
		if (take_days(lx, use, rule, err) == -1)
			return -1;
		if (other)
			rule->count *= 2;
	}
	if (phrase_take(lx, "before"))
		return err_set(err, ERR_INPUT,
		    "\"%s\": repeats run after the due day; before it, list "
		    "the days one by one",
		    lx->text);
	if (!take_after(lx)) {
		if (phrase_at_end(lx))
			return err_set(err, ERR_INPUT,
			    "\"%s\" does not say from when, did you mean "
			    "\"%s after\"?",
			    lx->text, lx->text);
		return phrase_unclear(lx, EXAMPLES[use], err);
	}
	skip_due(lx);
	return 0;
}

/* "every Monday", "each Mon", "Mondays", "weekly on Monday": 1 when it is. */
static int
parse_weekly(struct phrase *lx, struct rule *rule)
{
	size_t was = lx->at, len;
	int day;

	(void)PHRASE_TAKE_ANY(lx, "every", "each", "weekly");
	(void)phrase_take(lx, "on");
	len = strlen(phrase_peek(lx));
	if (len > 4 && phrase_peek(lx)[len - 1] == 's')
		len--;
	day = weekday_parse(phrase_peek(lx), len);
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
parse_slips(struct phrase *lx, struct rule *rule)
{
	size_t was = lx->at;
	int64_t n = 1;

	if (phrase_take(lx, "slipped")) {
		if (phrase_take(lx, "twice"))
			n = 2;
		else if (!phrase_take(lx, "once")) {
			if (phrase_number(lx, &n) == 1)
				(void)PHRASE_TAKE_ANY(lx, "times", "time");
		}
	} else {
		(void)phrase_take(lx, "after");
		(void)phrase_number(lx, &n);
		if (!PHRASE_TAKE_ANY(lx, "slip", "slips")) {
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
take_on_the_day(struct phrase *lx)
{
	size_t was = lx->at;

	if (phrase_take(lx, "when")) {
		if (phrase_take(lx, "due"))
			return true;
		lx->at = was;
		return false;
	}
	if (!PHRASE_TAKE_ANY(lx, "on", "at")) {
		if (strcmp(phrase_peek(lx), "the") != 0)
			return false;
		/* "the day" alone; "the day before" counts. */
		lx->at++;
		if ((phrase_take(lx, "due") || true) &&
		    PHRASE_TAKE_ANY(lx, "day", "date") && phrase_at_end(lx))
			return true;
		lx->at = was;
		return false;
	}
	(void)phrase_take(lx, "the");
	(void)phrase_take(lx, "due");
	if (PHRASE_TAKE_ANY(lx, "day", "date")) {
		skip_due(lx);
		return true;
	}
	lx->at = was;
	return false;
}

static bool
take_event(struct phrase *lx, struct rule *rule)
{
	size_t was = lx->at;

	if (phrase_take(lx, "when") && phrase_take(lx, "assigned")) {
		rule->kind = RULE_AT_ASSIGNMENT;
		return true;
	}
	lx->at = was;
	if (!PHRASE_TAKE_ANY(lx, "at", "on"))
		return false;
	(void)PHRASE_TAKE_ANY(lx, "the", "each", "every");
	if (phrase_take(lx, "review")) {
		(void)PHRASE_TAKE_ANY(lx, "date", "day");
		rule->kind = RULE_AT_REVIEW;
		return true;
	}
	if (phrase_take(lx, "assignment")) {
		rule->kind = RULE_AT_ASSIGNMENT;
		return true;
	}
	lx->at = was;
	return false;
}

static int
parse_words(
    struct phrase *lx, enum rule_use use, struct rule *rule, struct err *err)
{
	const char *word = phrase_peek(lx);

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
	if (use == RULE_FOR_DIGEST &&
	    PHRASE_TAKE_ANY(lx, "every", "each", "on"))
		return phrase_unclear(lx, EXAMPLES[use], err);
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

static bool
is_numbered(const struct icalrecurrencetype *recur)
{
	for (size_t i = 0; recur->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (icalrecurrencetype_day_position(recur->by_day[i]) != 0)
			return true;
	return false;
}

static bool
is_small(const short *positions)
{
	for (; *positions != ICAL_RECURRENCE_ARRAY_MAX; positions++)
		if (*positions < -4 || *positions > 4)
			return false;
	return true;
}

/* Parts that libical's iterator never returns from where they cannot come
 * about together (FREQ=DAILY;BYDAY=-2MO), and that no digest needs. */
static const char *
unfit_part(const struct icalrecurrencetype *recur)
{
	bool numbered = is_numbered(recur);

	if (any_set(recur->by_year_day))
		return "BYYEARDAY";
	if (any_set(recur->by_week_no))
		return "BYWEEKNO";
	if (recur->rscale != NULL)
		return "RSCALE";
	if (numbered && any_set(recur->by_month_day))
		return "a numbered BYDAY with BYMONTHDAY";
	/* Positions that its set always has: 4 of each weekday a month. */
	if (any_set(recur->by_set_pos) &&
	    (recur->freq != ICAL_MONTHLY_RECURRENCE || numbered ||
		!any_set(recur->by_day) || any_set(recur->by_month_day) ||
		!is_small(recur->by_set_pos)))
		return "BYSETPOS but with FREQ=MONTHLY, plain BYDAY and -4 to "
		       "4";
	if (recur->interval > 1 && any_set(recur->by_month))
		return "INTERVAL with BYMONTH";
	if (recur->freq == ICAL_MONTHLY_RECURRENCE ||
	    recur->freq == ICAL_YEARLY_RECURRENCE)
		return NULL;
	if (any_set(recur->by_month_day))
		return "BYMONTHDAY with FREQ=DAILY or WEEKLY";
	if (numbered)
		return "a numbered BYDAY with FREQ=DAILY or WEEKLY";
	return NULL;
}

/* What RFC 5545 allows and a digest does not: it names days, and the time of
 * day is the key at. */
static int
check_rrule(const char *text, struct icalrecurrencetype *recur, struct err *err)
{
	icalrecur_iterator *it;
	const char *part;
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
	part = unfit_part(recur);
	if (part != NULL)
		return err_set(err, ERR_INPUT,
		    "\"%s\": %s cannot be used for digests", text, part);
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
	struct phrase lx;

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
	if (phrase_init(&lx, text, err) == -1 ||
	    parse_words(&lx, use, &rule, err) == -1)
		return -1;
	if (!phrase_at_end(&lx))
		return phrase_unclear(&lx, EXAMPLES[use], err);
	canonical(&rule);
	if (!fits(rule.kind, use))
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no rule for %s; write for example %s", text,
		    uses[use], EXAMPLES[use]);
	*out = rule;
	return 0;
}
