/* SPDX-License-Identifier: ISC */
/* What libconfig does not say about a text; see conf_text.h. */
#include "core/conf_text.h"

#include <stddef.h>
#include <string.h>

#include "core/text.h"

int
conf_text_open_quote(const char *p)
{
	int line = 1, from = 0;

	for (; *p != '\0'; p++) {
		line += *p == '\n';
		if (from != 0) {
			if (*p == '\\' && p[1] == '"')
				p++;
			else if (*p == '\\' && p[1] == '\\')
				p++;
			else if (*p == '"')
				from = 0;
		} else if (*p == '"') {
			from = line;
		} else if (*p == '#' || (*p == '/' && p[1] == '/')) {
			while (p[1] != '\0' && p[1] != '\n')
				p++;
		} else if (*p == '/' && p[1] == '*') {
			for (p += 2; *p != '\0' && (*p != '*' || p[1] != '/');
			     p++)
				line += *p == '\n';
			p += *p == '*';
			if (*p == '\0')
				break;
		}
	}
	return from;
}

bool
conf_text_overflows(const char *text, int line)
{
	bool quoted = false;
	size_t digits = 0;

	for (; line > 1 && *text != '\0'; text++)
		line -= *text == '\n';
	for (; *text != '\0' && *text != '\n'; text++) {
		if (quoted && *text == '\\' && text[1] != '\0') {
			text++;
			continue;
		}
		if (*text == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (*text == '#' || strncmp(text, "//", 2) == 0)
			return false;
		if (strncmp(text, "/*", 2) == 0) {
			text =
			    memmem(text + 2, strcspn(text + 2, "\n"), "*/", 2);
			if (text == NULL)
				return false;
			text++;
			continue;
		}
		digits = (*text >= '0' && *text <= '9') ? digits + 1 : 0;
		if (digits >= 10)
			return true;
	}
	return false;
}

/* The start of a line, counted from 1. */
static const char *
line_start(const char *text, int line)
{
	for (; line > 1 && *text != '\0'; text++)
		line -= *text == '\n';
	return text;
}

static bool
is_word(const char *p, size_t len)
{
	static const char *const words[] = { "yes", "no", "on", "off" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_same_n(p, len, words[i]))
			return true;
	return false;
}

const char *
conf_text_hint(const char *text, int line)
{
	const char *p = line_start(text, line), *back = p;
	bool quoted = false;

	/* What is wrong at the start of a line often ends the one before. */
	while (back > text && text_is_space(back[-1]))
		back--;
	if (back > text && (*p == ']' || *p == ')') && back[-1] == ',')
		return ": no comma may stand behind the last item";
	for (; *p != '\0' && *p != '\n'; p++) {
		size_t n = strcspn(p, " \t;,\n})");

		if (*p == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (*p == ',') {
			const char *next = p + 1 + strspn(p + 1, " \t\n");

			if (*next == ']' || *next == ')')
				return ": no comma may stand behind the last "
				       "item";
		}
		if (p > text && (text_is_space(p[-1]) || p[-1] == '=') &&
		    is_word(p, n))
			return ": write true or false";
	}
	return "";
}
