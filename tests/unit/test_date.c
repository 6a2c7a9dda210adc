/* SPDX-License-Identifier: ISC */
/* Civil days, names, and local time around the changes of Europe/London. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/date.h"

/* Europe/London, 2018 and 2019. */
static struct zone_change london_changes[] = {
	{ 1521939600, 3600 }, /* 25 March 2018 01:00 UTC */
	{ 1540688400, 0 },    /* 28 October 2018 */
	{ 1553994000, 3600 }, /* 31 March 2019 */
	{ 1572138000, 0 },    /* 27 October 2019 */
};
static const struct zone london = { .changes = london_changes, .count = 4 };

static void
day_from_civil__known_dates__day_numbers(void **state)
{
	static const struct {
		int year, month, day, number;
	} cases[] = {
		{ 1970, 1, 1, 0 },
		{ 1969, 12, 31, -1 },
		{ 2000, 2, 29, 11016 },
		{ 2018, 9, 12, 17786 },
		{ 1, 1, 1, -719162 },
		{ 9999, 12, 31, 2932896 },
		{ 1900, 2, 29, DAY_NONE },
		{ 2018, 2, 29, DAY_NONE },
		{ 2018, 13, 1, DAY_NONE },
		{ 2018, 0, 1, DAY_NONE },
		{ 2018, 4, 31, DAY_NONE },
		{ 0, 1, 1, DAY_NONE },
		{ 10000, 1, 1, DAY_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
		    day_from_civil(cases[i].year, cases[i].month, cases[i].day),
		    cases[i].number);
}

static void
day_civil__every_day_of_800_years__round_trip(void **state)
{
	(void)state;
	for (int day = -150000; day < 150000; day++) {
		struct civil c = day_civil(day);

		assert_int_equal(day_from_civil(c.year, c.month, c.day), day);
	}
}

static void
day_weekday__known_days__names(void **state)
{
	(void)state;
	assert_int_equal(day_weekday(0), THURSDAY);
	assert_int_equal(day_weekday(-1), WEDNESDAY);
	assert_int_equal(day_weekday(day_parse("2018-09-12")), WEDNESDAY);
	assert_int_equal(day_weekday(day_parse("1918-11-11")), MONDAY);
}

static void
day_add_months__end_of_month__last_day_of_shorter(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} cases[] = {
		{ "2018-08-31", 1, "2018-09-30" },
		{ "2018-01-31", 1, "2018-02-28" },
		{ "2020-01-31", 1, "2020-02-29" },
		{ "2018-03-31", -1, "2018-02-28" },
		{ "2018-01-15", -1, "2017-12-15" },
		{ "2018-08-07", 3, "2018-11-07" },
		{ "2020-02-29", 12, "2021-02-28" },
		{ "2018-12-31", 14, "2020-02-29" },
	};
	char text[DAY_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(
		    day_iso(day_add_months(
				day_parse(cases[i].from), cases[i].months),
			text),
		    cases[i].to);
	assert_int_equal(day_add_months(day_parse("9999-12-01"), 1), DAY_NONE);
	assert_int_equal(day_add_months(DAY_NONE, 1), DAY_NONE);
}

static void
day_easter__known_years__sundays(void **state)
{
	static const char *const sundays[] = { "2018-04-01", "2019-04-21",
		"2020-04-12", "2021-04-04", "2024-03-31", "2038-04-25",
		"1943-04-25", "2285-03-22" };
	char text[DAY_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof sundays / sizeof *sundays; i++) {
		int year = day_civil(day_parse(sundays[i])).year;

		assert_string_equal(
		    day_iso(day_easter(year), text), sundays[i]);
	}
}

static void
day_parse__not_iso__none(void **state)
{
	static const char *const bad[] = { "", "2018-9-12", "2018-09-1",
		"2018/09/12", "2018-02-30", "20180912", "2018-09-12 ",
		"2018-09-1x", "+018-09-12", "2018-09-123" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(day_parse(bad[i]), DAY_NONE);
	assert_int_equal(day_parse("2018-09-12"), 17786);
	assert_int_equal(day_parse_n("2018-09-12T10:00", 10), 17786);
}

static void
day_texts__a_day__as_people_write(void **state)
{
	char text[DAY_LONG_MAX];
	char iso[DAY_TEXT_MAX];

	(void)state;
	assert_string_equal(day_long(17786, text), "12 September 2018");
	assert_string_equal(
	    day_long_weekday(17786, text), "Wednesday 12 September 2018");
	assert_string_equal(day_short(17786, text), "12 Sep 2018");
	assert_string_equal(day_iso(DAY_NONE, iso), "");
	assert_string_equal(day_long(DAY_NONE, text), "");
	assert_string_equal(day_long_weekday(DAY_NONE, text), "");
}

static void
names__spellings__parsed(void **state)
{
	(void)state;
	assert_int_equal(weekday_parse("Weds", 4), WEDNESDAY);
	assert_int_equal(weekday_parse("tues", 4), TUESDAY);
	assert_int_equal(weekday_parse("SUNDAY", 6), SUNDAY);
	assert_int_equal(weekday_parse("su", 2), -1);
	assert_int_equal(weekday_parse("sunny", 5), -1);
	assert_int_equal(month_parse("Sept", 4), 9);
	assert_int_equal(month_parse("jun", 3), 6);
	assert_int_equal(month_parse("ju", 2), 0);
	assert_int_equal(month_parse("mayor", 5), 0);
	assert_string_equal(month_name(13), "");
}

static void
minute_parse__times__minutes(void **state)
{
	(void)state;
	assert_int_equal(minute_parse("00:00"), 0);
	assert_int_equal(minute_parse("08:30"), 510);
	assert_int_equal(minute_parse("24:00"), 1440);
	assert_int_equal(minute_parse("24:01"), -1);
	assert_int_equal(minute_parse("12:60"), -1);
	assert_int_equal(minute_parse("8:30"), -1);
	assert_int_equal(minute_parse("08:300"), -1);
}

static void
zone_instant__gap_and_fold__rfc5545(void **state)
{
	static const struct {
		const char *day;
		int minute;
		int64_t at;
	} cases[] = {
		{ "2018-03-25", 59, 1521939540 },
		{ "2018-03-25", 60, 1521939600 }, /* gap: 02:00 BST */
		{ "2018-03-25", 90, 1521941400 }, /* gap: 02:30 BST */
		{ "2018-03-25", 120, 1521939600 },
		{ "2018-10-28", 59, 1540684740 },
		{ "2018-10-28", 60, 1540684800 }, /* fold: the first 01:00 */
		{ "2018-10-28", 90, 1540686600 },
		{ "2018-10-28", 119, 1540688340 },
		{ "2018-10-28", 120, 1540692000 },
		{ "2018-07-01", 540, 1530432000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_true(zone_instant(&london, day_parse(cases[i].day),
				cases[i].minute) == cases[i].at);
	assert_true(zone_instant(&london, DAY_NONE, 0) == INSTANT_NONE);
}

static void
zone_day__every_hour_of_two_years__back_to_its_instant(void **state)
{
	(void)state;
	for (int64_t at = 1514764800; at < 1577836800; at += 3600) {
		int minute, day = zone_day(&london, at, &minute);
		int64_t back = zone_instant(&london, day, minute);

		/* In the fold the first of the two is meant. */
		assert_true(back == at || back == at - 3600);
		assert_true(back == at || zone_offset(&london, at) == 0);
	}
}

static void
instants__as_texts__with_offset(void **state)
{
	char text[INSTANT_TEXT_MAX + 8];
	struct zone_change west[] = { { 0, -12600 } };
	struct zone newfoundland = { .changes = west, .count = 1 };

	(void)state;
	assert_string_equal(instant_rfc3339(&london, 1536825600, text),
	    "2018-09-13T09:00:00+01:00");
	assert_string_equal(
	    instant_local(&london, 1536825600, text), "2018-09-13 09:00");
	assert_string_equal(instant_rfc5322(&london, 1536825600, text),
	    "Thu, 13 Sep 2018 09:00:00 +0100");
	assert_string_equal(instant_rfc3339(&newfoundland, 1536825600, text),
	    "2018-09-13T04:30:00-03:30");
	assert_string_equal(instant_local(&london, INSTANT_NEVER, text), "");
	assert_string_equal(instant_local(&london, INSTANT_NONE, text), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(day_from_civil__known_dates__day_numbers),
		cmocka_unit_test(day_civil__every_day_of_800_years__round_trip),
		cmocka_unit_test(day_weekday__known_days__names),
		cmocka_unit_test(
		    day_add_months__end_of_month__last_day_of_shorter),
		cmocka_unit_test(day_easter__known_years__sundays),
		cmocka_unit_test(day_parse__not_iso__none),
		cmocka_unit_test(day_texts__a_day__as_people_write),
		cmocka_unit_test(names__spellings__parsed),
		cmocka_unit_test(minute_parse__times__minutes),
		cmocka_unit_test(zone_instant__gap_and_fold__rfc5545),
		cmocka_unit_test(
		    zone_day__every_hour_of_two_years__back_to_its_instant),
		cmocka_unit_test(instants__as_texts__with_offset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
