/* SPDX-License-Identifier: ISC */
/*
 * Holiday files through libical; see holidays.h. libical knows no line numbers
 * and forgives cut-off files, so the frame (BEGIN and END) is read here first.
 */
#include "io/holidays.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/near.h"
#include "core/text.h"
#include "core/vec.h"
#include "io/embed.h"
#include "io/file.h"

#ifndef NUDGED_DATADIR
#define NUDGED_DATADIR "/usr/share/nudged"
#endif

#define DEPTH_MAX 4
#define EVENTS_MAX 10000
#define SPAN_MAX 62 /* days of one event: a long closure */
#define TITLE_MAX 200

static const struct {
	const char *name;
	const char *text;
} BUILT_IN[] = {
	{ "england-and-wales", holidays_england_and_wales },
	{ "northern-ireland", holidays_northern_ireland },
	{ "scotland", holidays_scotland },
};

#define BUILT_IN_COUNT (sizeof BUILT_IN / sizeof *BUILT_IN)

/* The line of each BEGIN:VEVENT, in order. */
struct frame {
	VEC(int) events;
};

static int
frame_failed(const char *name, int line, const char *what, struct err *err)
{
	return err_set(err, ERR_INPUT, "%s:%d: %s", name, line, what);
}

/* Reads one line of the frame; depth is how many BEGINs are open. */
static int
frame_line(struct frame *frame, const char *name, const char *line, size_t len,
    int number, int *depth, struct err *err)
{
	while (len > 0 && text_is_space(line[len - 1]))
		len--;
	if (len > 6 && text_same_n(line, 6, "BEGIN:")) {
		if (*depth == 0 && !text_same_n(line, len, "BEGIN:VCALENDAR"))
			return frame_failed(name, number,
			    "does not begin with BEGIN:VCALENDAR: is this an "
			    "iCalendar file?",
			    err);
		if (++*depth > DEPTH_MAX)
			return frame_failed(
			    name, number, "too deeply nested", err);
		if (text_same_n(line, len, "BEGIN:VEVENT")) {
			if (frame->events.len == EVENTS_MAX)
				return frame_failed(
				    name, number, "too many events", err);
			*vec_push(&frame->events) = number;
		}
	} else if (len > 4 && text_same_n(line, 4, "END:")) {
		if (--*depth < 0)
			return frame_failed(
			    name, number, "END without its BEGIN", err);
	} else if (len > 0 && *depth == 0) {
		return frame_failed(name, number,
		    "does not begin with BEGIN:VCALENDAR: is this an iCalendar "
		    "file?",
		    err);
	}
	return 0;
}

static int
frame_read(
    struct frame *frame, const char *name, const char *text, struct err *err)
{
	int depth = 0, number = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		if (frame_line(frame, name, text, len, ++number, &depth, err) ==
		    -1)
			return -1;
		text += len + (text[len] == '\n');
	}
	if (number == 0)
		return frame_failed(name, 1, "is empty", err);
	if (depth > 0)
		return frame_failed(
		    name, number, "is cut short: an END is missing", err);
	if (frame->events.len == 0)
		return frame_failed(name, number, "holds no events", err);
	return 0;
}

static int
event_day(icalproperty *prop, struct icaltimetype t)
{
	if (prop == NULL || icaltime_is_null_time(t) || !t.is_date)
		return DAY_NONE;
	return day_from_civil(t.year, t.month, t.day);
}

/* The days of an event into days; a cancelled one has none. */
static int
event_read(icalcomponent *event, struct calendar *days, const char **what)
{
	icalproperty *from, *until;
	const char *title;
	char *name;
	int on, end;

	if (icalcomponent_get_status(event) == ICAL_STATUS_CANCELLED)
		return 0;
	from = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
	*what = "the event has no whole day (DTSTART;VALUE=DATE:YYYYMMDD)";
	if (from == NULL)
		return -1;
	on = event_day(from, icalproperty_get_dtstart(from));
	if (on == DAY_NONE)
		return -1;
	*what = "the event repeats: list each day on its own";
	if (icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) ||
	    icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY))
		return -1;
	end = on + 1;
	until = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
	if (until != NULL) {
		*what = "DTEND is no day (DTEND;VALUE=DATE:YYYYMMDD)";
		end = event_day(until, icalproperty_get_dtend(until));
		if (end == DAY_NONE)
			return -1;
	}
	/* Some programs write the day itself; RFC 5545 means the next one. */
	if (end == on)
		end = on + 1;
	*what = "the event ends before it begins";
	if (end < on)
		return -1;
	*what = "the event is longer than two months";
	if (end - on > SPAN_MAX)
		return -1;
	title = icalcomponent_get_summary(event);
	title = title ? title : "holiday";
	*what = "the SUMMARY is longer than 200 bytes";
	if (strlen(title) > TITLE_MAX)
		return -1;
	name = xstrdup(title);
	for (char *p = name; *p; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
	for (; on < end; on++)
		calendar_add_holiday(days, on, name);
	free(name);
	return 0;
}

static int
events_read(icalcomponent *root, const struct frame *frame, const char *name,
    struct calendar *days, struct err *err)
{
	icalcomponent *event;
	size_t i = 0;

	for (event =
		 icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
	     event != NULL; event = icalcomponent_get_next_component(
				root, ICAL_VEVENT_COMPONENT)) {
		const char *what;
		int line = i < frame->events.len ? frame->events.items[i] : 1;

		i++;
		if (event_read(event, days, &what) == -1)
			return frame_failed(name, line, what, err);
	}
	if (i != frame->events.len)
		return frame_failed(name, 1,
		    "its events are not side by side in one VCALENDAR", err);
	return 0;
}

int
holidays_parse(const char *name, const char *text, size_t len,
    struct calendar *cal, struct err *err)
{
	struct frame frame = { 0 };
	struct calendar days;
	icalcomponent *root = NULL;
	int rc = -1;

	calendar_init(&days);
	if (memchr(text, '\0', len) != NULL || !text_is_utf8(text, len)) {
		(void)err_set(err, ERR_INPUT, "%s: is not UTF-8 text", name);
		goto out;
	}
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	if (frame_read(&frame, name, text, err) == -1)
		goto out;
	root = icalparser_parse_string(text);
	if (root == NULL ||
	    icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT) {
		(void)frame_failed(name, 1, "is not one iCalendar object", err);
		goto out;
	}
	if (events_read(root, &frame, name, &days, err) == -1)
		goto out;
	VEC_EACH (struct holiday, day, &days.holidays.days)
		calendar_add_holiday(cal, day->on, day->name);
	rc = 0;
out:
	if (root != NULL)
		icalcomponent_free(root);
	calendar_clear(&days);
	vec_clear(&frame.events);
	return rc;
}

bool
holidays_is_short(const char *file)
{
	return strpbrk(file, "/.") == NULL;
}

static int
load_built_in(const char *name, struct calendar *cal, struct err *err)
{
	const char *names[BUILT_IN_COUNT], *near;

	for (size_t i = 0; i < BUILT_IN_COUNT; i++) {
		names[i] = BUILT_IN[i].name;
		if (strcmp(name, names[i]) == 0)
			return holidays_parse(name, BUILT_IN[i].text,
			    strlen(BUILT_IN[i].text), cal, err);
	}
	near = near_find(name, names, BUILT_IN_COUNT);
	if (near != NULL)
		return err_set(err, ERR_NOTFOUND,
		    "no holiday set \"%s\", did you mean \"%s\"?", name, near);
	return err_set(err, ERR_NOTFOUND,
	    "no holiday set \"%s\": give a file, or one of "
	    "\"england-and-wales\", \"scotland\", \"northern-ireland\"",
	    name);
}

/* The short name of a shipped file under our data folder, or NULL: where the
 * program was not installed, the copy built in stands for it. Owned. */
static char *
shipped_name(const char *path)
{
	static const char folder[] = NUDGED_DATADIR "/holidays/";
	size_t len = strlen(path), n = sizeof folder - 1;

	if (len <= n + 4 || strncmp(path, folder, n) != 0 ||
	    strcmp(path + len - 4, ".ics") != 0)
		return NULL;
	return xstrndup(path + n, len - n - 4);
}

int
holidays_load(const char *file, struct calendar *cal, struct err *err)
{
	char *path, *name, *text = NULL;
	size_t len;
	int rc;

	path = holidays_is_short(file)
		   ? xasprintf("%s/holidays/%s.ics", NUDGED_DATADIR, file)
		   : xstrdup(file);
	name = shipped_name(path);
	if (name != NULL && access(path, F_OK) == -1) {
		rc = load_built_in(name, cal, err);
		goto out;
	}
	rc = file_read(path, HOLIDAYS_FILE_MAX, &text, &len, err);
	if (rc == 0)
		rc = holidays_parse(path, text, len, cal, err);
out:
	free(text);
	free(name);
	free(path);
	return rc;
}
