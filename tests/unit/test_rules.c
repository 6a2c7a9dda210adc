/* SPDX-License-Identifier: ISC */
/* Rules, durations and sizes: what is read, its one canonical text, and what
 * is refused with which help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/near.h"
#include "core/rules.h"

#define COUNTOF(a) (sizeof(a) / sizeof *(a))

struct good {
	enum rule_use use;
	const char *text;
	const char *canonical;
	enum rule_kind kind;
	int count;
	bool workdays;
};

static const struct good GOOD[] = {
	{ RULE_FOR_REMINDER, "14 days before", "14 days before", RULE_BEFORE,
	    14, false },
	{ RULE_FOR_REMINDER, "14 days before the due day", "14 days before",
	    RULE_BEFORE, 14, false },
	{ RULE_FOR_REMINDER, "  Fourteen   Days BEFORE it is due.",
	    "14 days before", RULE_BEFORE, 14, false },
	{ RULE_FOR_REMINDER, "two weeks before", "14 days before", RULE_BEFORE,
	    14, false },
	{ RULE_FOR_REMINDER, "a fortnight before", "14 days before",
	    RULE_BEFORE, 14, false },
	{ RULE_FOR_REMINDER, "one week before", "7 days before", RULE_BEFORE, 7,
	    false },
	{ RULE_FOR_REMINDER, "1 day before", "1 day before", RULE_BEFORE, 1,
	    false },
	{ RULE_FOR_REMINDER, "the day before", "1 day before", RULE_BEFORE, 1,
	    false },
	{ RULE_FOR_REMINDER, "twenty-eight days prior to the deadline",
	    "28 days before", RULE_BEFORE, 28, false },
	{ RULE_FOR_REMINDER, "3 working days before", "3 working days before",
	    RULE_BEFORE, 3, true },
	{ RULE_FOR_REMINDER, "the working day before", "1 working day before",
	    RULE_BEFORE, 1, true },
	{ RULE_FOR_REMINDER, "3 business days ahead of the due date",
	    "3 working days before", RULE_BEFORE, 3, true },
	{ RULE_FOR_REMINDER, "on the day", "on the day", RULE_ON_THE_DAY, 0,
	    false },
	{ RULE_FOR_REMINDER, "the day", "on the day", RULE_ON_THE_DAY, 0,
	    false },
	{ RULE_FOR_REMINDER, "on the due date", "on the day", RULE_ON_THE_DAY,
	    0, false },
	{ RULE_FOR_REMINDER, "on the day it is due", "on the day",
	    RULE_ON_THE_DAY, 0, false },
	{ RULE_FOR_REMINDER, "1 day after", "1 day after", RULE_AFTER, 1,
	    false },
	{ RULE_FOR_REMINDER, "7 days overdue", "7 days after", RULE_AFTER, 7,
	    false },
	{ RULE_FOR_REMINDER, "every 7 days after", "every 7 days after",
	    RULE_EVERY_AFTER, 7, false },
	{ RULE_FOR_REMINDER, "weekly after", "every 7 days after",
	    RULE_EVERY_AFTER, 7, false },
	{ RULE_FOR_REMINDER, "each week after the due day",
	    "every 7 days after", RULE_EVERY_AFTER, 7, false },
	{ RULE_FOR_REMINDER, "every other week after", "every 14 days after",
	    RULE_EVERY_AFTER, 14, false },
	{ RULE_FOR_REMINDER, "daily after", "every day after", RULE_EVERY_AFTER,
	    1, false },
	{ RULE_FOR_REMINDER, "every working day after",
	    "every working day after", RULE_EVERY_AFTER, 1, true },
	{ RULE_FOR_REMINDER, "every 5 working days after",
	    "every 5 working days after", RULE_EVERY_AFTER, 5, true },
	{ RULE_FOR_REMINDER, "at review", "at review", RULE_AT_REVIEW, 0,
	    false },
	{ RULE_FOR_REMINDER, "on the review date", "at review", RULE_AT_REVIEW,
	    0, false },
	{ RULE_FOR_REMINDER, "at assignment", "at assignment",
	    RULE_AT_ASSIGNMENT, 0, false },
	{ RULE_FOR_REMINDER, "when assigned", "at assignment",
	    RULE_AT_ASSIGNMENT, 0, false },
	{ RULE_FOR_REMINDER, "10 working days before meeting",
	    "10 working days before meeting", RULE_BEFORE_MEETING, 10, true },
	{ RULE_FOR_REMINDER, "10 working days before each meeting",
	    "10 working days before meeting", RULE_BEFORE_MEETING, 10, true },
	{ RULE_FOR_REMINDER, "a week before the next meeting of the series",
	    "7 days before meeting", RULE_BEFORE_MEETING, 7, false },
	{ RULE_FOR_ESCALATION, "2 slips", "2 slips", RULE_SLIPS, 2, false },
	{ RULE_FOR_ESCALATION, "slipped twice", "2 slips", RULE_SLIPS, 2,
	    false },
	{ RULE_FOR_ESCALATION, "after three slips", "3 slips", RULE_SLIPS, 3,
	    false },
	{ RULE_FOR_ESCALATION, "1 slip", "1 slip", RULE_SLIPS, 1, false },
	{ RULE_FOR_ESCALATION, "28 days after", "28 days after", RULE_AFTER, 28,
	    false },
	{ RULE_FOR_ESCALATION, "5 working days before", "5 working days before",
	    RULE_BEFORE, 5, true },
	{ RULE_FOR_DIGEST, "every Monday", "every Monday", RULE_WEEKLY, 0,
	    false },
	{ RULE_FOR_DIGEST, "mondays", "every Monday", RULE_WEEKLY, 0, false },
	{ RULE_FOR_DIGEST, "weekly on mon", "every Monday", RULE_WEEKLY, 0,
	    false },
	{ RULE_FOR_DIGEST, "8 working days before meeting",
	    "8 working days before meeting", RULE_BEFORE_MEETING, 8, true },
	{ RULE_FOR_DIGEST, "FREQ=MONTHLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=1MO",
	    RULE_RRULE, 0, false },
	{ RULE_FOR_DIGEST, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
	    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", RULE_RRULE, 0,
	    false },
	{ RULE_FOR_DIGEST, "rrule:freq=weekly;byday=mo;interval=2",
	    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", RULE_RRULE, 0, false },
};

static void
rule_parse__every_spelling__gives_canonical_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNTOF(GOOD); i++) {
		const struct good *g = &GOOD[i];
		struct rule rule, again;
		struct err err;

		if (rule_parse(g->text, g->use, &rule, &err) == -1)
			fail_msg("\"%s\": %s", g->text, err.text);
		assert_string_equal(rule.text, g->canonical);
		assert_int_equal(rule.kind, g->kind);
		assert_int_equal(rule.count, g->count);
		assert_int_equal(rule.workdays, g->workdays);
		/* The canonical text is read back as the same rule. */
		assert_int_equal(
		    rule_parse(rule.text, g->use, &again, &err), 0);
		assert_string_equal(again.text, rule.text);
	}
}

struct bad {
	enum rule_use use;
	const char *text;
	const char *says;
};

static const struct bad BAD[] = {
	{ RULE_FOR_REMINDER, "", "empty" },
	{ RULE_FOR_REMINDER, "   ", "empty" },
	{ RULE_FOR_REMINDER, "14 days bfore", "did you mean \"before\"" },
	{ RULE_FOR_REMINDER, "3 workng days before",
	    "did you mean \"working\"" },
	{ RULE_FOR_REMINDER, "14 days", "stops short" },
	{ RULE_FOR_REMINDER, "14 before", "do not understand \"before\"" },
	{ RULE_FOR_REMINDER, "0 days before", "on the day" },
	{ RULE_FOR_REMINDER, "-5 days before", "do not understand" },
	{ RULE_FOR_REMINDER, "1.5 days before", "do not understand" },
	{ RULE_FOR_REMINDER, "5000 days before", "at most 3650" },
	{ RULE_FOR_REMINDER, "99999999999999999999 days before", "at most" },
	{ RULE_FOR_REMINDER, "600 weeks before", "at most 3650" },
	{ RULE_FOR_REMINDER, "1 month before", "differ in length" },
	{ RULE_FOR_REMINDER, "2 hours before", "rules count in days" },
	{ RULE_FOR_REMINDER, "every 7 days", "every 7 days after" },
	{ RULE_FOR_REMINDER, "every 7 days before", "repeats run after" },
	{ RULE_FOR_REMINDER, "2 days after meeting", "back from a meeting" },
	{ RULE_FOR_REMINDER, "2 slips", "no rule for a reminder" },
	{ RULE_FOR_REMINDER, "FREQ=DAILY", "for digests" },
	{ RULE_FOR_REMINDER, "14 days before before", "do not understand" },
	{ RULE_FOR_REMINDER, "14 days before; 3 days before",
	    "do not understand" },
	{ RULE_FOR_ESCALATION, "every 7 days after", "escalation" },
	{ RULE_FOR_ESCALATION, "at review", "escalation" },
	{ RULE_FOR_ESCALATION, "0 slips", "1 to 100" },
	{ RULE_FOR_ESCALATION, "5 days before meeting", "escalation" },
	{ RULE_FOR_DIGEST, "14 days before", "no rule for a digest" },
	{ RULE_FOR_DIGEST, "every Mnday", "did you mean \"monday\"" },
	{ RULE_FOR_DIGEST, "every day", "do not understand \"day\"" },
	{ RULE_FOR_DIGEST, "FREQ=NEVER", "RFC 5545" },
	{ RULE_FOR_DIGEST, "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "COUNT" },
	{ RULE_FOR_DIGEST, "FREQ=HOURLY", "once a day" },
	{ RULE_FOR_DIGEST, "FREQ=DAILY;BYHOUR=9", "once a day" },
	{ RULE_FOR_DIGEST, "FREQ=DAILY;UNTIL=20301231T000000Z", "plain day" },
	{ RULE_FOR_DIGEST, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
	    "never comes about" },
	{ RULE_FOR_DIGEST, "FREQ=DAILY;BYDAY=-2MO", "numbered BYDAY" },
	{ RULE_FOR_DIGEST, "FREQ=MONTHLY;BYMONTHDAY=20;BYDAY=-5TU",
	    "numbered BYDAY with BYMONTHDAY" },
	{ RULE_FOR_DIGEST, "FREQ=MONTHLY;BYDAY=1SU;BYSETPOS=-4", "BYSETPOS" },
	{ RULE_FOR_DIGEST, "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
	    "INTERVAL with BYMONTH" },
	{ RULE_FOR_DIGEST, "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
	    "BYMONTHDAY with" },
	{ RULE_FOR_DIGEST, "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6", "BYWEEKNO" },
	{ RULE_FOR_DIGEST, "FREQ=DAILY;UNTIL=20101231", "never comes about" },
};

static void
rule_parse__wrong_text__says_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNTOF(BAD); i++) {
		struct rule rule = { .count = 77 };
		struct err err;

		if (rule_parse(BAD[i].text, BAD[i].use, &rule, &err) == 0)
			fail_msg("\"%s\" was taken as \"%s\"", BAD[i].text,
			    rule.text);
		if (strstr(err.text, BAD[i].says) == NULL)
			fail_msg("\"%s\" says: %s", BAD[i].text, err.text);
		assert_int_equal(rule.count, 77);
	}
}

static void
duration_parse__units__gives_seconds_or_workdays(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
		int workdays;
	} cases[] = {
		{ "5 days", 432000, 0 },
		{ "90 s", 90, 0 },
		{ "10s", 10, 0 },
		{ "15 minutes", 900, 0 },
		{ "1 hour", 3600, 0 },
		{ "an hour", 3600, 0 },
		{ "2 weeks", 1209600, 0 },
		{ "10 working days", 0, 10 },
		{ "one working day", 0, 1 },
		{ "0 s", 0, 0 },
		{ "36500 days", INT64_C(3153600000), 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct duration d;
		struct err err;

		assert_int_equal(duration_parse(cases[i].text, &d, &err), 0);
		assert_int_equal(d.seconds, cases[i].seconds);
		assert_int_equal(d.workdays, cases[i].workdays);
	}
}

static void
duration_parse__wrong_text__is_refused(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} cases[] = {
		{ "", "empty" },
		{ "5", "no unit" },
		{ "days", "no duration" },
		{ "5 months", "use seconds" },
		{ "5 dyas", "did you mean \"days\"" },
		{ "5 days 3", "do not understand" },
		{ "-1 s", "no duration" },
		{ "1.5 hours", "do not understand" },
		{ "36501 days", "too long" },
		{ "99999999999999999999999 s", "too long" },
	};

	(void)state;
	for (size_t i = 0; i < COUNTOF(cases); i++) {
		struct duration d = { 1, 2 };
		struct err err;

		if (duration_parse(cases[i].text, &d, &err) == 0)
			fail_msg("\"%s\" was taken", cases[i].text);
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("\"%s\" says: %s", cases[i].text, err.text);
		assert_int_equal(d.seconds, 1);
	}
}

static void
near_find__slip__finds_only_close_words(void **state)
{
	static const char *const names[] = { "register", "timezone", "mail" };

	(void)state;
	assert_int_equal(near_distance("abc", "acb"), 1);
	assert_int_equal(near_distance("reply_to", "Reply-To"), 0);
	assert_string_equal(near_find("registre", names, 3), "register");
	assert_string_equal(near_find("mial", names, 3), "mail");
	assert_string_equal(near_find("time_zone", names, 3), "timezone");
	/* An apostrophe is one letter, whatever its shape. */
	assert_int_equal(near_distance("O'Conor", "O\xE2\x80\x99"
						  "Connor"),
	    1);
	assert_null(near_find("brake", names, 3));
	assert_null(near_find("x", names, 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    rule_parse__every_spelling__gives_canonical_text),
		cmocka_unit_test(rule_parse__wrong_text__says_why),
		cmocka_unit_test(
		    duration_parse__units__gives_seconds_or_workdays),
		cmocka_unit_test(duration_parse__wrong_text__is_refused),
		cmocka_unit_test(near_find__slip__finds_only_close_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
