/* SPDX-License-Identifier: ISC */
/* iCalendar lines; see ics.h. */
#include "core/ics.h"

#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/text.h"

#define FOLD_MAX 75 /* RFC 5545 3.1, without the line end */

/* Adds a content line, folded between characters. */
static void
add_line(struct buf *out, const char *line, size_t len)
{
	size_t room = FOLD_MAX;

	while (len > room) {
		size_t n = room;

		while (n > 1 && ((unsigned char)line[n] & 0xC0) == 0x80)
			n--;
		buf_add(out, line, n);
		buf_puts(out, "\r\n ");
		line += n;
		len -= n;
		room = FOLD_MAX - 1;
	}
	buf_add(out, line, len);
	buf_puts(out, "\r\n");
}

/* A property whose value is TEXT (RFC 5545 3.3.11). */
static void
add_text(struct buf *out, const char *name, const char *value)
{
	struct buf right = { 0 }, line = { 0 };

	text_add_utf8(&right, value, strlen(value));
	buf_puts(&line, name);
	buf_putc(&line, ':');
	for (const char *s = buf_text(&right); *s != '\0'; s++) {
		if (*s == '\n' || (*s == '\r' && s[1] != '\n')) {
			buf_puts(&line, "\\n");
		} else if (*s == '\\' || *s == ';' || *s == ',') {
			buf_putc(&line, '\\');
			buf_putc(&line, *s);
		} else if ((unsigned char)*s >= ' ' && *s != 0x7F) {
			buf_putc(&line, *s);
		} else if (*s == '\t') {
			buf_putc(&line, ' ');
		}
	}
	add_line(out, buf_text(&line), line.len);
	buf_clear(&line);
	buf_clear(&right);
}

static void
add_day(struct buf *out, const char *name, int day)
{
	struct civil c = day_civil(day);

	buf_printf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, c.year, c.month,
	    c.day);
}

static void
add_instant(struct buf *out, const char *name, int64_t at)
{
	int64_t day = at / 86400, second = at % 86400;
	struct civil c;

	if (second < 0) {
		second += 86400;
		day--;
	}
	c = day_civil((int)day);
	buf_printf(out, "%s:%04d%02d%02dT%02d%02d%02dZ\r\n", name, c.year,
	    c.month, c.day, (int)(second / 3600), (int)(second / 60 % 60),
	    (int)(second % 60));
}

void
ics_open(struct buf *out, const char *name)
{
	buf_puts(out, "BEGIN:VCALENDAR\r\n"
		      "VERSION:2.0\r\n"
		      "PRODID:-//nudged//register export//EN\r\n"
		      "CALSCALE:GREGORIAN\r\n"
		      "METHOD:PUBLISH\r\n");
	add_text(out, "X-WR-CALNAME", name);
}

void
ics_event_add(struct buf *out, const struct ics_event *event)
{
	int last =
	    event->last_on == DAY_NONE ? event->first_on : event->last_on;

	buf_puts(out, "BEGIN:VEVENT\r\n");
	add_text(out, "UID", event->uid);
	add_instant(out, "DTSTAMP", event->stamp_at);
	buf_printf(out, "SEQUENCE:%d\r\n", event->sequence);
	add_day(out, "DTSTART", event->first_on);
	add_day(out, "DTEND", last + 1); /* exclusive */
	add_text(out, "SUMMARY", event->summary);
	if (event->description != NULL)
		add_text(out, "DESCRIPTION", event->description);
	if (event->category != NULL)
		add_text(out, "CATEGORIES", event->category);
	if (event->cancelled)
		buf_puts(out, "STATUS:CANCELLED\r\n");
	buf_puts(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void
ics_close(struct buf *out)
{
	buf_puts(out, "END:VCALENDAR\r\n");
}
