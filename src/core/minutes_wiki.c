/* SPDX-License-Identifier: ISC */
/*
 * MediaWiki's markup into the Markdown that the reader knows: headings, lists,
 * tables, templates, links. In place, each line padded with blanks, so that
 * lines keep their numbers.
 */
#include "core/minutes_lines.h"

#include <string.h>

enum { SAMPLE = 65536, HEADING_MAX = 6, VALUE_MAX = 400, FAR = 500 };

static bool
starts(const char *text, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - text) >= n && memcmp(text, with, n) == 0;
}

/* Is a line "== Title =="? The number of its signs, 0 when not. */
static size_t
heading_signs(const char *text, const char *end)
{
	size_t n = 0, behind = 0;

	while (text + n < end && text[n] == '=')
		n++;
	while (end > text && text_is_space(end[-1]))
		end--;
	while (end - behind > text + n && end[-1 - (ptrdiff_t)behind] == '=')
		behind++;
	return n >= 2 && n <= HEADING_MAX && n == behind ? n : 0;
}

bool
is_wiki(const char *text, size_t len)
{
	const char *end = text + (len < SAMPLE ? len : SAMPLE), *line = text;
	size_t headings = 0, bold = 0;

	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));

		if (!stop)
			stop = end;
		headings += heading_signs(line, stop) > 0;
		for (const char *at = line; at + 3 < stop; at++)
			if (starts(at, stop, "'''"))
				bold++, at += 2;
		line = stop + 1;
	}
	return headings >= 2 || bold >= 4;
}

/* The value of "name=" in a template, up to the next bar. */
static size_t
template_value(
    const char *text, size_t len, const char *const *names, const char **value)
{
	for (; *names; names++)
		for (size_t i = 0, n = strlen(*names); i + n + 2 < len; i++) {
			size_t from = i + n + 2, to = from;

			if (text[i] != '|' ||
			    !text_same_n(text + i + 1, n, *names) ||
			    text[i + n + 1] != '=')
				continue;
			while (to < len && text[to] != '|')
				to++;
			*value = text + from;
			return to - from < VALUE_MAX ? to - from : 0;
		}
	return 0;
}

static size_t
put(char *out, const char *text, size_t len)
{
	memmove(out, text, len);
	return len;
}

/* "{{Action|who=Ann|what=Write|when=June}}" as "Action: Ann: Write (June)",
 * which is never longer. 0 when it is no action. */
static size_t
template_action(char *out, const char *text, size_t len)
{
	static const char *const whos[] = { "who", "owner", "assignee", "lead",
		NULL };
	static const char *const whats[] = { "what", "text", "action", "task",
		NULL };
	static const char *const whens[] = { "when", "due", "by", "date",
		"deadline", NULL };
	char copy[3 * VALUE_MAX + 32];
	const char *who, *what, *when;
	size_t nwho = template_value(text, len, whos, &who), n = 0;
	size_t nwhat = template_value(text, len, whats, &what);
	size_t nwhen = template_value(text, len, whens, &when);

	if (!text_starts(text, "action") || nwhat == 0)
		return 0;
	n += put(copy + n, "Action: ", 8);
	if (nwho > 0) {
		n += put(copy + n, who, nwho);
		n += put(copy + n, ": ", 2);
	}
	n += put(copy + n, what, nwhat);
	if (nwhen > 0) {
		n += put(copy + n, " (", 2);
		n += put(copy + n, when, nwhen);
		n += put(copy + n, ")", 1);
	}
	return n <= len + 4 ? put(out, copy, n) : 0;
}

/* Not far off: links and templates are short. */
static char *
find(char *from, const char *end, const char *what)
{
	if (end - from > FAR)
		end = from + FAR;
	for (; from < end; from++)
		if (starts(from, end, what))
			return from;
	return NULL;
}

/* Quotes, links, templates and bars of one line. Returns its new end. */
static char *
inline_read(char *from, char *end)
{
	bool cells = from < end && (*from == '|' || *from == '!');
	char *out = from, *stop;

	while (from < end) {
		if (starts(from, end, "'''")) {
			from += 3;
		} else if (starts(from, end, "''")) {
			from += 2;
		} else if (starts(from, end, "[[") &&
			   (stop = find(from, end, "]]"))) {
			char *bar = memchr(from, '|', (size_t)(stop - from));
			char *name = bar ? bar + 1 : from + 2;

			out += put(out, name, (size_t)(stop - name));
			from = stop + 2;
		} else if (starts(from, end, "{{") &&
			   (stop = find(from, end, "}}"))) {
			out += template_action(
			    out, from + 2, (size_t)(stop - from - 2));
			from = stop + 2;
		} else if (starts(from, end, "<s>") &&
			   (stop = find(from, end, "</s>"))) {
			from = stop + 4; /* struck out */
		} else if (cells && (starts(from, end, "||") ||
					starts(from, end, "!!"))) {
			*out++ = '|';
			from += 2;
		} else {
			*out++ = *from++;
		}
	}
	return out;
}

static bool
is_dropped(const char *text, const char *end)
{
	return starts(text, end, "{|") || starts(text, end, "|}") ||
	       starts(text, end, "__") || starts(text, end, "[[Category:");
}

/* A line's beginning; what it begins with is written in its place. */
static void
line_read(char *text, char *end)
{
	size_t signs = heading_signs(text, end), depth = 0;
	char *stop;

	if (is_dropped(text, end)) {
		memset(text, ' ', (size_t)(end - text));
		return;
	}
	if (signs > 0) {
		for (stop = end; stop[-1] != '='; stop--)
			;
		memset(text, '#', signs);
		memset(stop - signs, ' ', signs);
		return;
	}
	while (text + depth < end && strchr("*#:", text[depth]))
		depth++;
	if (depth > 0) {
		bool listed = text[depth - 1] != ':';

		memset(text, ' ', depth);
		if (listed)
			text[depth - 1] = '*';
		if (listed && text + depth < end && text[depth] != ' ' &&
		    depth > 1) {
			text[depth - 2] = '*';
			text[depth - 1] = ' ';
		}
	}
	stop = inline_read(text, end);
	memset(stop, ' ', (size_t)(end - stop));
	if (*text == '!' && text < end)
		*text = '|';
}

void
wiki_read(char *text, size_t len)
{
	char *end = text + len;

	while (text < end) {
		char *stop = memchr(text, '\n', (size_t)(end - text));

		if (!stop)
			stop = end;
		if (stop > text)
			line_read(text, stop);
		text = stop + 1;
	}
}
