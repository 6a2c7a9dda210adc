/* SPDX-License-Identifier: ISC */
/* iCalendar output, also read back by libical. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libical/ical.h>
#include <string.h>

#include "core/date.h"
#include "core/ics.h"

static void
ics_event_add__one_day__all_day_event(void **state)
{
	struct ics_event event = { .uid = "wt-14@example.org",
		.sequence = 2,
		.stamp_at = 1568275200,
		.first_on = day_from_civil(2019, 12, 31),
		.last_on = DAY_NONE,
		.summary = "WT-14: write; then, wait\\go" };
	struct buf out = { 0 };

	(void)state;
	ics_open(&out, "Register");
	ics_event_add(&out, &event);
	ics_close(&out);
	assert_string_equal(buf_text(&out),
	    "BEGIN:VCALENDAR\r\n"
	    "VERSION:2.0\r\n"
	    "PRODID:-//nudged//register export//EN\r\n"
	    "CALSCALE:GREGORIAN\r\n"
	    "METHOD:PUBLISH\r\n"
	    "X-WR-CALNAME:Register\r\n"
	    "BEGIN:VEVENT\r\n"
	    "UID:wt-14@example.org\r\n"
	    "DTSTAMP:20190912T080000Z\r\n"
	    "SEQUENCE:2\r\n"
	    "DTSTART;VALUE=DATE:20191231\r\n"
	    "DTEND;VALUE=DATE:20200101\r\n"
	    "SUMMARY:WT-14: write\\; then\\, wait\\\\go\r\n"
	    "TRANSP:TRANSPARENT\r\n"
	    "END:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
	buf_clear(&out);
}

static void
check_lines(const char *text)
{
	while (*text != '\0') {
		const char *end = strstr(text, "\r\n");

		assert_non_null(end);
		assert_true(end - text <= 75);
		assert_true(((unsigned char)*text & 0xC0) != 0x80);
		assert_true(
		    text[0] != ' ' || ((unsigned char)text[1] & 0xC0) != 0x80);
		text = end + 2;
	}
}

static void
ics_event_add__long_and_accented__folds_and_reads_back(void **state)
{
	static const char summary[] =
	    "WT-14: r\xC3\xA9sum\xC3\xA9 of the caf\xC3\xA9 \xE2\x82\xAC, with"
	    " much that is needed to make the line longer than one line may be"
	    " \xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80";
	static const char description[] = "first; line\r\nsecond, line\x01";
	struct ics_event event = { .uid = "x@example.org",
		.stamp_at = -1,
		.first_on = day_from_civil(2019, 6, 1),
		.last_on = day_from_civil(2019, 6, 30),
		.summary = summary,
		.description = description,
		.category = "Working Together",
		.cancelled = true };
	struct buf out = { 0 };
	icalcomponent *calendar, *read;

	(void)state;
	ics_open(&out, "Caf\xC3\xA9");
	ics_event_add(&out, &event);
	ics_close(&out);
	check_lines(buf_text(&out));
	calendar = icalparser_parse_string(buf_text(&out));
	assert_non_null(calendar);
	assert_int_equal(icalcomponent_count_errors(calendar), 0);
	read =
	    icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	assert_string_equal(icalcomponent_get_summary(read), summary);
	assert_string_equal(
	    icalcomponent_get_description(read), "first; line\nsecond, line");
	assert_int_equal(icalcomponent_get_status(read), ICAL_STATUS_CANCELLED);
	assert_int_equal(icalcomponent_get_dtend(read).month, 7);
	assert_int_equal(icalcomponent_get_dtend(read).day, 1);
	assert_true(icalcomponent_get_dtstart(read).is_date);
	assert_int_equal(icalcomponent_get_dtstamp(read).year, 1969);
	icalcomponent_free(calendar);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ics_event_add__one_day__all_day_event),
		cmocka_unit_test(
		    ics_event_add__long_and_accented__folds_and_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
