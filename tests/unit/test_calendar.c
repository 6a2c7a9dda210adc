/* SPDX-License-Identifier: ISC */
/* The working week and its holidays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/calendar.h"

static const char *const holidays[] = { "2018-12-26", "2018-12-25",
	"2019-01-01", "2018-08-27", "2018-12-25", "2019-04-19", "2019-04-22" };

static int
set_up(void **state)
{
	static struct calendar cal;

	calendar_init(&cal);
	for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++)
		calendar_add_holiday(
		    &cal, day_parse(holidays[i]), i == 1 ? NULL : "a holiday");
	calendar_seal(&cal);
	*state = &cal;
	return 0;
}

static int
tear_down(void **state)
{
	calendar_clear(*state);
	return 0;
}

static void
calendar_seal__same_day_twice__kept_once_with_its_name(void **state)
{
	struct calendar *cal = *state;

	assert_int_equal(cal->holidays.days.len, 6);
	assert_string_equal(
	    calendar_holiday(cal, day_parse("2018-12-25")), "a holiday");
	assert_null(calendar_holiday(cal, day_parse("2018-12-24")));
	assert_int_equal(calendar_horizon(cal), day_parse("2019-04-22"));
}

static void
calendar_roll__weekends_and_holidays__skipped(void **state)
{
	static const struct {
		const char *from, *forward, *back;
	} cases[] = {
		{ "2018-09-12", "2018-09-12", "2018-09-12" },
		{ "2018-09-15", "2018-09-17", "2018-09-14" },
		{ "2018-12-25", "2018-12-27", "2018-12-24" },
		{ "2019-04-20", "2019-04-23", "2019-04-18" },
		{ "2018-08-25", "2018-08-28", "2018-08-24" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int from = day_parse(cases[i].from);

		assert_int_equal(calendar_roll_forward(*state, from),
		    day_parse(cases[i].forward));
		assert_int_equal(
		    calendar_roll_back(*state, from), day_parse(cases[i].back));
	}
}

static void
calendar_add_workdays__over_holidays__skips_them(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} cases[] = {
		{ "2018-09-14", 1, "2018-09-17" },
		{ "2018-09-15", 1, "2018-09-17" },
		{ "2018-09-12", 0, "2018-09-12" },
		{ "2018-09-15", 0, "2018-09-15" },
		{ "2018-12-24", 1, "2018-12-27" },
		{ "2018-12-27", -1, "2018-12-24" },
		{ "2018-12-20", 10, "2019-01-08" },
		{ "2019-01-08", -10, "2018-12-20" },
		{ "2018-09-12", 20, "2018-10-10" },
		{ "2018-09-12", 35, "2018-10-31" },
		{ "2018-09-12", 50, "2018-11-21" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(calendar_add_workdays(*state,
				     day_parse(cases[i].from), cases[i].n),
		    day_parse(cases[i].to));
}

static void
calendar_workdays_between__any_span__agrees_with_adding(void **state)
{
	int from = day_parse("2018-12-19");

	for (int n = -40; n <= 40; n++) {
		int to = calendar_add_workdays(*state, from, n);

		assert_int_equal(
		    calendar_workdays_between(*state, from, to), n);
	}
	assert_int_equal(calendar_workdays_between(*state,
			     day_parse("2018-12-22"), day_parse("2018-12-26")),
	    1);
}

static void
calendar__week_without_working_days__ends(void **state)
{
	struct calendar idle;

	(void)state;
	calendar_init(&idle);
	memset(idle.works, 0, sizeof idle.works);
	calendar_seal(&idle);
	assert_int_equal(calendar_roll_forward(&idle, 100), 100);
	assert_int_equal(calendar_add_workdays(&idle, 100, 1), DAY_NONE);
	assert_int_equal(calendar_horizon(&idle), DAY_NONE);
	assert_int_equal(calendar_clear_before(&idle, 100, 3), DAY_NONE);
	calendar_clear(&idle);
}

static void
calendar_add_workdays__beyond_the_calendar__none(void **state)
{
	struct calendar saturdays = { .works = { [SATURDAY] = true } };

	assert_int_equal(calendar_add_workdays(*state, 2932896, 1), DAY_NONE);
	assert_int_equal(
	    calendar_add_workdays(&saturdays, 2932896, 1), DAY_NONE);
	assert_int_equal(
	    calendar_clear_before_s243(*state, -719162, 1), DAY_NONE);
	assert_int_equal(calendar_add_workdays(*state, DAY_NONE, 1), DAY_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    calendar_seal__same_day_twice__kept_once_with_its_name),
		cmocka_unit_test(calendar_roll__weekends_and_holidays__skipped),
		cmocka_unit_test(
		    calendar_add_workdays__over_holidays__skips_them),
		cmocka_unit_test(
		    calendar_workdays_between__any_span__agrees_with_adding),
		cmocka_unit_test(calendar__week_without_working_days__ends),
		cmocka_unit_test(
		    calendar_add_workdays__beyond_the_calendar__none),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
