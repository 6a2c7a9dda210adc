/* SPDX-License-Identifier: ISC */
/* Holiday files: what counts as a holiday, and what is refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buf.h"
#include "io/holidays.h"

#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\n"
#define TAIL "END:VCALENDAR\r\n"
#define EVENT(days, more) \
	"BEGIN:VEVENT\r\n" days "SUMMARY:Day’s off\r\n" more "END:VEVENT\r\n"
#define ONE_DAY "DTEND;VALUE=DATE:20180503\r\nDTSTART;VALUE=DATE:20180502\r\n"

static int
parse(const char *text, struct calendar *cal, struct err *err)
{
	calendar_init(cal);
	return holidays_parse("h.ics", text, strlen(text), cal, err);
}

static void
holidays_parse__gov_uk_format__end_is_exclusive(void **state)
{
	struct calendar cal;
	struct err err;
	int day = day_from_civil(2018, 5, 2);

	(void)state;
	assert_int_equal(
	    parse(HEAD EVENT(ONE_DAY, "SEQUENCE:0\r\n") TAIL, &cal, &err), 0);
	calendar_seal(&cal);
	assert_string_equal(calendar_holiday(&cal, day), "Day’s off");
	assert_null(calendar_holiday(&cal, day + 1));
	assert_null(calendar_holiday(&cal, day - 1));
	calendar_clear(&cal);
}

static void
holidays_parse__other_shapes__are_understood(void **state)
{
	static const struct {
		const char *text;
		int days; /* from 2 May 2018 on */
	} cases[] = {
		/* No end: one day. */
		{ HEAD EVENT("DTSTART;VALUE=DATE:20180502\r\n", "") TAIL, 1 },
		/* The end as the day itself, as some programs write it. */
		{ HEAD EVENT("DTSTART;VALUE=DATE:20180502\r\n"
			     "DTEND;VALUE=DATE:20180502\r\n",
		      "") TAIL,
		    1 },
		/* A closure of four days. */
		{ HEAD EVENT("DTSTART;VALUE=DATE:20180502\r\n"
			     "DTEND;VALUE=DATE:20180506\r\n",
		      "") TAIL,
		    4 },
		/* A byte order mark, plain line ends, a folded line. */
		{ "\xef\xbb\xbf"
		  "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"
		  "DTSTART;VALUE=DATE:2018\n 0502\nSUMMARY:x\nEND:VEVENT\n"
		  "END:VCALENDAR\n",
		    1 },
		/* A cancelled one is none. */
		{ HEAD EVENT(ONE_DAY, "STATUS:CANCELLED\r\n") TAIL, 0 },
		/* An alarm inside. */
		{ HEAD EVENT(ONE_DAY, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n"
				      "DESCRIPTION:x\r\nTRIGGER:-PT15M\r\n"
				      "END:VALARM\r\n") TAIL,
		    1 },
	};
	int day = day_from_civil(2018, 5, 2);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct calendar cal;
		struct err err;

		if (parse(cases[i].text, &cal, &err) == -1)
			fail_msg("case %zu: %s", i, err.text);
		calendar_seal(&cal);
		for (int n = 0; n < 6; n++)
			assert_int_equal(
			    calendar_holiday(&cal, day + n) != NULL,
			    n < cases[i].days);
		calendar_clear(&cal);
	}
}

static void
holidays_parse__wrong_files__are_refused_with_line(void **state)
{
	static const struct {
		const char *text;
		const char *says;
	} cases[] = {
		{ "", "h.ics:1: is empty" },
		{ "<html>not found</html>\n", "h.ics:1: does not begin" },
		{ "\n\nhello\n", "h.ics:3: does not begin" },
		{ HEAD TAIL, "h.ics:4: holds no events" },
		{ HEAD EVENT(ONE_DAY, ""), "h.ics:8: is cut short" },
		{ HEAD "BEGIN:VEVENT\r\n" ONE_DAY, "h.ics:6: is cut short" },
		{ HEAD TAIL TAIL, "h.ics:5: END without" },
		{ HEAD EVENT(ONE_DAY, "") EVENT("", "") TAIL,
		    "h.ics:9: the event has no whole day" },
		{ HEAD EVENT("DTSTART:20180502T090000Z\r\n", "") TAIL,
		    "h.ics:4: the event has no whole day" },
		{ HEAD EVENT("DTSTART;VALUE=DATE:20180231\r\n", "") TAIL,
		    "h.ics:4: the event has no whole day" },
		{ HEAD EVENT("DTSTART;VALUE=DATE:rubbish\r\n", "") TAIL,
		    "h.ics:4: the event has no whole day" },
		{ HEAD EVENT(ONE_DAY, "RRULE:FREQ=YEARLY\r\n") TAIL,
		    "h.ics:4: the event repeats" },
		{ HEAD EVENT("DTSTART;VALUE=DATE:20180502\r\n"
			     "DTEND;VALUE=DATE:20180401\r\n",
		      "") TAIL,
		    "h.ics:4: the event ends before" },
		{ HEAD EVENT("DTSTART;VALUE=DATE:20180502\r\n"
			     "DTEND;VALUE=DATE:20190502\r\n",
		      "") TAIL,
		    "h.ics:4: the event is longer" },
		{ HEAD "BEGIN:VEVENT\r\n" ONE_DAY "SUMMARY:caf\xe9\r\n"
		       "END:VEVENT\r\n" TAIL,
		    "h.ics: is not UTF-8" },
		{ "BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:B\nBEGIN:C\nBEGIN:D\n",
		    "h.ics:5: too deeply" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct calendar cal;
		struct err err;

		if (parse(cases[i].text, &cal, &err) == 0)
			fail_msg("case %zu was taken: %s", i, cases[i].says);
		if (strncmp(err.text, cases[i].says, strlen(cases[i].says)) !=
		    0)
			fail_msg("expected \"%s\", got \"%s\"", cases[i].says,
			    err.text);
		calendar_seal(&cal);
		assert_int_equal(calendar_horizon(&cal), DAY_NONE);
		calendar_clear(&cal);
	}
}

static void
holidays_load__shipped_sets__differ_by_nation(void **state)
{
	static const struct {
		const char *set;
		int year, month, day;
		bool off;
	} cases[] = {
		{ "england-and-wales", 2018, 12, 25, true },
		{ "england-and-wales", 2018, 11, 30, false },
		{ "england-and-wales", 2019, 4, 22, true },
		{ "england-and-wales", 2022, 9, 19, true },
		{ "england-and-wales", 2020, 5, 8, true },
		{ "england-and-wales", 2020, 5, 4, false },
		{ "scotland", 2018, 11, 30, true },
		{ "scotland", 2018, 1, 2, true },
		{ "scotland", 2019, 4, 22, false },
		{ "northern-ireland", 2018, 7, 12, true },
		{ "northern-ireland", 2018, 3, 19, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct calendar cal;
		struct err err;
		int day =
		    day_from_civil(cases[i].year, cases[i].month, cases[i].day);

		calendar_init(&cal);
		if (holidays_load(cases[i].set, &cal, &err) == -1)
			fail_msg("%s", err.text);
		calendar_seal(&cal);
		if ((calendar_holiday(&cal, day) != NULL) != cases[i].off)
			fail_msg("%s: case %zu", cases[i].set, i);
		calendar_clear(&cal);
	}
}

static void
holidays_load__several_sets__are_united(void **state)
{
	struct calendar cal;
	struct err err;

	(void)state;
	calendar_init(&cal);
	assert_int_equal(holidays_load("england-and-wales", &cal, &err), 0);
	assert_int_equal(holidays_load("scotland", &cal, &err), 0);
	calendar_seal(&cal);
	assert_false(calendar_is_workday(&cal, day_from_civil(2018, 11, 30)));
	assert_false(calendar_is_workday(&cal, day_from_civil(2019, 4, 22)));
	calendar_clear(&cal);
}

static void
holidays_load__unknown__says_which_are_known(void **state)
{
	struct calendar cal;
	struct err err;

	(void)state;
	calendar_init(&cal);
	assert_int_equal(holidays_load("scotlnd", &cal, &err), -1);
	assert_non_null(strstr(err.text, "did you mean \"scotland\""));
	assert_int_equal(holidays_load("france", &cal, &err), -1);
	assert_non_null(strstr(err.text, "england-and-wales"));
	assert_int_equal(holidays_load("/nonexistent/x.ics", &cal, &err), -1);
	assert_int_equal(err.code, ERR_NOTFOUND);
	calendar_clear(&cal);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    holidays_parse__gov_uk_format__end_is_exclusive),
		cmocka_unit_test(holidays_parse__other_shapes__are_understood),
		cmocka_unit_test(
		    holidays_parse__wrong_files__are_refused_with_line),
		cmocka_unit_test(holidays_load__shipped_sets__differ_by_nation),
		cmocka_unit_test(holidays_load__several_sets__are_united),
		cmocka_unit_test(holidays_load__unknown__says_which_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
