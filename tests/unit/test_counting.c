/* SPDX-License-Identifier: ISC */
/* The counting modes, on the worked cases of statutes, rules and guidance. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/calendar.h"

/* England and Wales, and St Andrew's Day for the calendar of all of the UK. */
static const char *const england[] = { "2018-08-27", "2018-12-25", "2018-12-26",
	"2019-01-01", "2019-04-19", "2019-04-22", "2019-05-06" };

static struct calendar ew, uk;

static struct zone_change london_changes[] = {
	{ 1521939600, 3600 },
	{ 1540688400, 0 },
};
static const struct zone london = { .changes = london_changes, .count = 2 };

static int
set_up(void **state)
{
	(void)state;
	calendar_init(&ew);
	calendar_init(&uk);
	for (size_t i = 0; i < sizeof england / sizeof *england; i++) {
		calendar_add_holiday(&ew, day_parse(england[i]), NULL);
		calendar_add_holiday(&uk, day_parse(england[i]), NULL);
	}
	calendar_add_holiday(&uk, day_parse("2018-11-30"), "St Andrew's Day");
	calendar_seal(&ew);
	calendar_seal(&uk);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	calendar_clear(&ew);
	calendar_clear(&uk);
	return 0;
}

struct counting {
	enum clock_mode mode;
	int count;
	enum clock_roll roll;
	const struct calendar *cal;
	const char *base;
	int paused;
	const char *due;
};

static void
clock_count__worked_cases__days(void **state)
{
	static const struct counting cases[] = {
		/* Police Act s.55: publication is day 1 of 56 */
		{ CLOCK_BEGINNING_WITH, 56, ROLL_NONE, &ew, "2018-08-07", 0,
		    "2018-10-01" },
		{ CLOCK_AFTER, 28, ROLL_NONE, &ew, "2018-09-12", 0,
		    "2018-10-10" },
		/* FOI: a bank holiday in any part of the UK is none */
		{ CLOCK_WORKING_DAYS, 20, ROLL_NONE, &uk, "2018-11-05", 0,
		    "2018-12-04" },
		{ CLOCK_WORKING_DAYS, 20, ROLL_NONE, &ew, "2018-11-05", 0,
		    "2018-12-03" },
		{ CLOCK_WORKING_DAYS, 20, ROLL_NONE, &ew, "2018-11-03", 0,
		    "2018-11-30" },
		/* a fees notice of three working days stops the clock */
		{ CLOCK_WORKING_DAYS, 20, ROLL_NONE, &ew, "2018-11-05", 3,
		    "2018-12-06" },
		{ CLOCK_WORKING_DAYS_BEGINNING, 5, ROLL_NONE, &ew, "2018-09-12",
		    0, "2018-09-18" },
		{ CLOCK_WORKING_DAYS_BEGINNING, 5, ROLL_NONE, &ew, "2018-09-15",
		    0, "2018-09-21" },
		/* SAR: no 31 September, and the 30th is a Sunday */
		{ CLOCK_MONTHS, 1, ROLL_FORWARD, &ew, "2018-08-31", 0,
		    "2018-10-01" },
		{ CLOCK_MONTHS, 1, ROLL_FORWARD, &ew, "2018-09-03", 0,
		    "2018-10-03" },
		{ CLOCK_MONTHS, 1, ROLL_BACK, &ew, "2018-08-31", 0,
		    "2018-09-28" },
		{ CLOCK_MONTHS, 3, ROLL_NONE, &ew, "2018-08-07", 0,
		    "2018-11-07" },
		{ CLOCK_MONTHS, 6, ROLL_NONE, &ew, "2018-08-07", 10,
		    "2019-02-17" },
		{ CLOCK_MONTHS_BEGINNING, 2, ROLL_NONE, &ew, "2018-09-12", 0,
		    "2018-11-11" },
		{ CLOCK_MONTHS_BEGINNING, 1, ROLL_NONE, &ew, "2018-08-31", 0,
		    "2018-09-30" },
		{ CLOCK_MONTHS_BEGINNING, 1, ROLL_NONE, &ew, "2018-09-01", 0,
		    "2018-09-30" },
		/* agenda: five clear days before a Friday */
		{ CLOCK_CLEAR_BEFORE, 5, ROLL_NONE, &ew, "2018-11-30", 0,
		    "2018-11-22" },
		{ CLOCK_CLEAR_BEFORE, 5, ROLL_NONE, &ew, "2019-01-03", 0,
		    "2018-12-21" },
		/* CPR 2.8: three clear days before a Friday and a Monday */
		{ CLOCK_CLEAR_BEFORE, 3, ROLL_NONE, &ew, "2017-10-20", 0,
		    "2017-10-16" },
		{ CLOCK_CLEAR_BEFORE, 3, ROLL_NONE, &ew, "2008-10-20", 0,
		    "2008-10-14" },
		/* CPR 2.8: within 14 days of 2 October */
		{ CLOCK_AFTER, 14, ROLL_NONE, &ew, "2018-10-02", 0,
		    "2018-10-16" },
		/* LGA 1972 s.243: Christmas break from the Monday */
		{ CLOCK_CLEAR_BEFORE_S243, 3, ROLL_NONE, &ew, "2018-12-27", 0,
		    "2018-12-19" },
		/* ... Saturdays count, Sundays do not */
		{ CLOCK_CLEAR_BEFORE_S243, 3, ROLL_NONE, &ew, "2018-09-14", 0,
		    "2018-09-10" },
		{ CLOCK_CLEAR_BEFORE_S243, 3, ROLL_NONE, &ew, "2018-09-18", 0,
		    "2018-09-13" },
		/* ... Easter break, Thursday to Tuesday */
		{ CLOCK_CLEAR_BEFORE_S243, 3, ROLL_NONE, &ew, "2019-04-25", 0,
		    "2019-04-15" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct counting *c = &cases[i];
		struct clock clock = {
			.mode = c->mode, .count = c->count, .roll = c->roll
		};
		struct clock_end end = { 0 };
		struct err err = { 0 };
		char due[DAY_TEXT_MAX];

		assert_int_equal(
		    clock_count(&clock, c->cal, NULL, day_parse(c->base), -1,
			c->paused, &end, &err),
		    0);
		assert_string_equal(day_iso(end.due_on, due), c->due);
		assert_int_equal(end.due_minute, -1);
		free(end.rule);
	}
}

static void
clock_count__hours_over_the_end_of_summer_time__elapsed(void **state)
{
	static const struct {
		int hours, minute, paused;
		const char *base, *due;
		int due_minute;
	} cases[] = {
		{ 24, 990, 0, "2018-09-14", "2018-09-15", 990 },
		{ 72, 600, 0, "2018-10-26", "2018-10-29", 540 },
		{ 72, 600, 0, "2018-03-23", "2018-03-26", 660 },
		{ 72, -1, 0, "2018-09-12", "2018-09-15", -1 },
		{ 24, 990, 2, "2018-09-14", "2018-09-17", 990 },
		/* midnight is the end of the day before */
		{ 24, 0, 0, "2018-09-14", "2018-09-14", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock clock = { .mode = CLOCK_HOURS,
			.count = cases[i].hours };
		struct clock_end end = { 0 };
		struct err err = { 0 };
		char due[DAY_TEXT_MAX];

		assert_int_equal(
		    clock_count(&clock, &ew, &london, day_parse(cases[i].base),
			cases[i].minute, cases[i].paused, &end, &err),
		    0);
		assert_string_equal(day_iso(end.due_on, due), cases[i].due);
		assert_int_equal(end.due_minute, cases[i].due_minute);
		free(end.rule);
	}
}

static void
clock_count__fixed_annual__next_on_or_after(void **state)
{
	static const struct {
		int month, day;
		const char *base, *due;
	} cases[] = {
		{ 2, 1, "2018-09-12", "2019-02-01" },
		{ 2, 1, "2019-02-01", "2019-02-01" },
		{ 2, 1, "2019-02-02", "2020-02-01" },
		{ 2, 29, "2018-09-12", "2019-02-28" },
		{ 2, 29, "2019-09-12", "2020-02-29" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock clock = { .mode = CLOCK_FIXED_ANNUAL,
			.month = cases[i].month,
			.day = cases[i].day };
		struct clock_end end = { 0 };
		struct err err = { 0 };
		char due[DAY_TEXT_MAX];

		assert_int_equal(
		    clock_count(&clock, &ew, NULL, day_parse(cases[i].base), -1,
			0, &end, &err),
		    0);
		assert_string_equal(day_iso(end.due_on, due), cases[i].due);
		free(end.rule);
	}
}

static void
clock_count__rule__says_how_it_was_counted(void **state)
{
	struct clock s55 = { .mode = CLOCK_BEGINNING_WITH, .count = 56 };
	struct clock sar = {
		.mode = CLOCK_MONTHS, .count = 1, .roll = ROLL_FORWARD
	};
	struct clock_end end = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(clock_count(&s55, &ew, NULL, day_parse("2018-08-07"),
			     -1, 0, &end, &err),
	    0);
	assert_string_equal(end.rule, "56 days beginning with 7 August 2018");
	free(end.rule);
	assert_int_equal(clock_count(&sar, &ew, NULL, day_parse("2018-08-31"),
			     -1, 0, &end, &err),
	    0);
	assert_string_equal(end.rule,
	    "1 month after 31 August 2018 (30 September 2018 is not a working "
	    "day: the next one)");
	free(end.rule);
}

static void
clock_count__days_skipped_or_stood__stand_in_the_rule(void **state)
{
	static const struct {
		struct clock clock;
		const struct calendar *cal;
		const char *base;
		int minute, paused;
		const char *rule;
	} cases[] = {
		{ { .mode = CLOCK_WORKING_DAYS, .count = 20 }, &uk,
		    "2018-11-05", -1, 0,
		    "20 working days after 5 November 2018 (not counting 30 "
		    "November 2018, St Andrew's Day)" },
		{ { .mode = CLOCK_WORKING_DAYS, .count = 20 }, &ew,
		    "2018-11-05", -1, 0,
		    "20 working days after 5 November 2018" },
		{ { .mode = CLOCK_WORKING_DAYS, .count = 2 }, &ew, "2018-11-05",
		    -1, 3,
		    "2 working days after 5 November 2018 (it stood for 3 "
		    "working days)" },
		{ { .mode = CLOCK_WORKING_DAYS, .count = 10 }, &ew,
		    "2018-12-21", -1, 0,
		    "10 working days after 21 December 2018 (not counting 25 "
		    "December 2018 and 26 December 2018 and 1 January 2019)" },
		{ { .mode = CLOCK_WORKING_DAYS, .count = 100 }, &ew,
		    "2018-12-21", -1, 0,
		    "100 working days after 21 December 2018 (not counting 6 "
		    "bank holidays)" },
		{ { .mode = CLOCK_CLEAR_BEFORE, .count = 1 }, &ew, "2018-12-27",
		    -1, 0,
		    "1 clear working day before 27 December 2018 (not counting "
		    "25 December 2018 and 26 December 2018)" },
		/* The Monday counts as a month's day like any other. */
		{ { .mode = CLOCK_MONTHS, .count = 1 }, &ew, "2018-12-10", -1,
		    1, "1 month after 10 December 2018 (it stood for 1 day)" },
		{ { .mode = CLOCK_HOURS, .count = 72 }, &ew, "2018-10-27", 990,
		    0,
		    "72 hours after 27 October 2018, 16:30 (the clocks change "
		    "on 28 October 2018)" },
		{ { .mode = CLOCK_HOURS, .count = 24 }, &ew, "2018-09-12", -1,
		    0, "24 hours after the end of 12 September 2018" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock_end end = { 0 };
		struct err err = { 0 };

		assert_int_equal(
		    clock_count(&cases[i].clock, cases[i].cal, &london,
			day_parse(cases[i].base), cases[i].minute,
			cases[i].paused, &end, &err),
		    0);
		assert_string_equal(end.rule, cases[i].rule);
		assert_true(clock_counted(&cases[i].clock,
		    day_parse(cases[i].base), cases[i].minute, end.rule));
		free(end.rule);
	}
}

static void
clock_counted__other_rules__are_not_the_clocks(void **state)
{
	struct clock foi = { .mode = CLOCK_WORKING_DAYS, .count = 20 };
	int base = day_parse("2018-11-05");

	(void)state;
	assert_true(clock_counted(
	    &foi, base, -1, "20 working days after 5 November 2018"));
	assert_false(clock_counted(
	    &foi, base + 1, -1, "20 working days after 5 November 2018"));
	assert_false(clock_counted(
	    &foi, base, -1, "2 working days after 5 November 2018"));
	assert_false(clock_counted(
	    &foi, base, -1, "20 working days after 5 November 20180"));
	assert_false(clock_counted(&foi, base, -1, "given as a day"));
	assert_false(clock_counted(&foi, base, -1, NULL));
	assert_false(clock_counted(&foi, DAY_NONE, -1, ""));
}

static void
clock_stood__stopped_and_went_on__the_days_between(void **state)
{
	static const struct {
		enum clock_mode mode;
		const char *from, *until;
		int days;
	} cases[] = {
		{ CLOCK_WORKING_DAYS, "2018-11-12", "2018-11-20", 6 },
		{ CLOCK_WORKING_DAYS, "2018-11-12", "2018-11-12", 0 },
		{ CLOCK_WORKING_DAYS, "2018-11-12", "2018-11-13", 1 },
		{ CLOCK_WORKING_DAYS, "2018-11-10", "2018-11-12", 0 },
		{ CLOCK_WORKING_DAYS, "2018-12-24", "2018-12-28", 2 },
		{ CLOCK_WORKING_DAYS, "2018-11-20", "2018-11-12", 0 },
		{ CLOCK_MONTHS, "2018-11-12", "2018-11-20", 8 },
		{ CLOCK_HOURS, "2018-11-10", "2018-11-12", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock clock = { .mode = cases[i].mode };

		assert_int_equal(
		    clock_stood(&clock, &ew, day_parse(cases[i].from),
			day_parse(cases[i].until)),
		    cases[i].days);
	}
}

static void
clock_count__cannot_count__error_and_untouched(void **state)
{
	static const struct {
		struct clock clock;
		int base, paused;
	} cases[] = {
		{ { .mode = CLOCK_AFTER, .count = 5 }, DAY_NONE, 0 },
		{ { .mode = CLOCK_AFTER, .count = -5 }, 17786, 0 },
		/* the day after 31 December 9999 */
		{ { .mode = CLOCK_AFTER, .count = 1 }, 2932896, 0 },
		{ { .mode = CLOCK_HOURS, .count = 5 }, 17786, 0 },
		{ { .mode = CLOCK_CLEAR_BEFORE, .count = 5 }, 17786, 3 },
		{ { .mode = CLOCK_FIXED_ANNUAL, .month = 2, .day = 30 }, 17786,
		    0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct clock_end end = { .due_on = 42 };
		struct err err = { 0 };

		assert_int_equal(
		    clock_count(&cases[i].clock, &ew, NULL, cases[i].base, -1,
			cases[i].paused, &end, &err),
		    -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(end.due_on, 42);
	}
}

static void
clock_mode_parse__every_name__back(void **state)
{
	(void)state;
	for (int m = CLOCK_AFTER; m <= CLOCK_FIXED_ANNUAL; m++)
		assert_int_equal(
		    clock_mode_parse(clock_mode_name((enum clock_mode)m)), m);
	assert_int_equal(clock_mode_parse("calendar_months"), CLOCK_MONTHS);
	assert_int_equal(clock_mode_parse("clear_before"), CLOCK_CLEAR_BEFORE);
	assert_int_equal(clock_mode_parse("fortnights"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clock_count__worked_cases__days),
		cmocka_unit_test(
		    clock_count__hours_over_the_end_of_summer_time__elapsed),
		cmocka_unit_test(clock_count__fixed_annual__next_on_or_after),
		cmocka_unit_test(clock_count__rule__says_how_it_was_counted),
		cmocka_unit_test(
		    clock_count__days_skipped_or_stood__stand_in_the_rule),
		cmocka_unit_test(
		    clock_counted__other_rules__are_not_the_clocks),
		cmocka_unit_test(
		    clock_stood__stopped_and_went_on__the_days_between),
		cmocka_unit_test(
		    clock_count__cannot_count__error_and_untouched),
		cmocka_unit_test(clock_mode_parse__every_name__back),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
