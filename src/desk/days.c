/* SPDX-License-Identifier: ISC */
/* Reads days in the forms that spreadsheets write; guesses no missing part. */
#include "desk/days.h"

#include <stddef.h>
#include <string.h>

#include "core/date.h"
#include "core/text.h"

/* At most max digits; how many there were. */
static int
read_digits(const char **text, int max, int *out)
{
	int n = 0, value = 0;

	while (n < max && text_is_digit((*text)[n]))
		value = value * 10 + ((*text)[n++] - '0');
	if (text_is_digit((*text)[n]))
		return 0;
	*text += n;
	*out = value;
	return n;
}

/* The part between day and month, or month and year; 0: none. */
static char
read_mark(const char **text)
{
	char mark = **text;

	if (mark != '/' && mark != '.' && mark != '-' && mark != ' ')
		return 0;
	(*text)++;
	while (**text == ' ')
		(*text)++;
	return mark;
}

/* Nothing more, or a time of day. */
static bool
is_end(const char *text)
{
	if (*text == '\0')
		return true;
	if (*text != ' ' && *text != 'T')
		return false;
	for (text++; *text != '\0'; text++)
		if (!text_is_digit(*text) && *text != ':' && *text != '.' &&
		    *text != 'Z')
			return false;
	return true;
}

static int
read_month(const char **text)
{
	size_t len = 0;
	int month, digits;

	if (text_is_digit(**text)) {
		digits = read_digits(text, 2, &month);
		return digits > 0 ? month : 0;
	}
	while (((*text)[len] >= 'a' && (*text)[len] <= 'z') ||
	       ((*text)[len] >= 'A' && (*text)[len] <= 'Z'))
		len++;
	month = month_parse(*text, len);
	*text += len;
	if (**text == ',' || (**text == '.' && (*text)[1] == ' '))
		(*text)++;
	return month;
}

static int
read_uk(const char *text)
{
	int day, month, year, digits;
	char mark;

	if (read_digits(&text, 2, &day) == 0)
		return DAY_NONE;
	if (text_starts(text, "st") || text_starts(text, "nd") ||
	    text_starts(text, "rd") || text_starts(text, "th"))
		text += 2;
	mark = read_mark(&text);
	if (mark == 0 || (month = read_month(&text)) == 0)
		return DAY_NONE;
	if (read_mark(&text) == 0)
		return DAY_NONE;
	digits = read_digits(&text, 4, &year);
	if (digits == 2)
		year += year >= 70 ? 1900 : 2000;
	else if (digits != 4)
		return DAY_NONE;
	return is_end(text) ? day_from_civil(year, month, day) : DAY_NONE;
}

int
day_read(const char *text)
{
	while (text_is_space(*text))
		text++;
	if (strnlen(text, 10) == 10 && is_end(text + 10) &&
	    day_parse_n(text, 10) != DAY_NONE)
		return day_parse_n(text, 10);
	return read_uk(text);
}

/* Past a number of at most max digits; NULL: there is none. */
static const char *
skip_number(const char *text, int max)
{
	int value, digits = read_digits(&text, max, &value);

	return digits > 0 ? text : NULL;
}

/* Three numbers in a row, however they are meant. */
static bool
is_three_numbers(const char *text)
{
	for (int part = 0; part < 3; part++) {
		text = skip_number(text, 4);
		if (text == NULL || (part < 2 && read_mark(&text) == 0))
			return false;
	}
	return is_end(text);
}

/* "31st November", "31 Feb 2021"; a year that is missing may be a leap year. */
static bool
is_beyond_month(const char *text)
{
	int day, month, year = 2000;

	if (read_digits(&text, 2, &day) == 0)
		return false;
	if (text_starts(text, "st") || text_starts(text, "nd") ||
	    text_starts(text, "rd") || text_starts(text, "th"))
		text += 2;
	if (read_mark(&text) == 0 || text_is_digit(*text) ||
	    (month = read_month(&text)) == 0)
		return false;
	if (read_mark(&text) != 0 && read_digits(&text, 4, &year) == 0)
		return false;
	return is_end(text) && day_from_civil(year, month, day) == DAY_NONE;
}

/* "31/6"; a year that is missing may be a leap year. */
static bool
is_day_of_no_month(const char *text)
{
	int day, month;

	return read_digits(&text, 2, &day) > 0 && read_mark(&text) == '/' &&
	       read_digits(&text, 2, &month) > 0 && is_end(text) &&
	       day_from_civil(2000, month, day) == DAY_NONE;
}

bool
day_is_impossible(const char *text)
{
	while (text_is_space(*text))
		text++;
	return day_read(text) == DAY_NONE &&
	       (is_three_numbers(text) || is_beyond_month(text) ||
		   is_day_of_no_month(text));
}

int
day_in_coming_year(int day, int from_on)
{
	struct civil c = day_civil(day);

	/* 29 February comes again within eight years. */
	for (int year = day_civil(from_on).year, i = 0; i <= 8; i++) {
		int coming = day_from_civil(year + i, c.month, c.day);

		if (coming != DAY_NONE && coming >= from_on)
			return coming;
	}
	return DAY_NONE;
}
