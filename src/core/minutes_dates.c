/* SPDX-License-Identifier: ISC */
/*
 * Calendar dates and times of day as the heads of papers print them. What
 * deadlines mean is core/words' business; this finds days only.
 */
#include "core/minutes_parts.h"

#include <string.h>

/* Digits at i: their value, and how many (up to 4). */
static size_t
number_read(const char *text, size_t len, size_t i, int *value)
{
	size_t n = 0;

	*value = 0;
	while (i + n < len && n < 5 && text_is_digit(text[i + n]))
		*value = *value * 10 + text[i + n++] - '0';
	return n;
}

/* A month's name, slips like "Novemberr" included. */
static int
month_at(const char *text, size_t len, size_t *used)
{
	size_t n = 0;
	int month;

	while (n < len && text_is_letter(text[n]))
		n++;
	*used = n;
	if (n < 3 || n > 11)
		return 0;
	if ((month = month_parse(text, n)) > 0)
		return month;
	for (month = 1; month <= 12; month++) {
		size_t m = strlen(month_name(month));

		if (n > m && n <= m + 2 && m > 4 &&
		    text_same_n(text, m, month_name(month)))
			return month;
	}
	return 0;
}

static size_t
skip_blanks(const char *text, size_t len, size_t i)
{
	while (i < len &&
	       (text_is_space(text[i]) || text[i] == ',' || text[i] == '.'))
		i++;
	return i;
}

static size_t
ordinal_at(const char *text, size_t len, size_t i)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", NULL };

	for (const char *const *e = ends; i + 1 < len && *e; e++)
		if (text_starts(text + i, *e) &&
		    !(i + 2 < len && text_is_letter(text[i + 2]) &&
			month_parse(text + i + 2, 3) == 0))
			return 2;
	return 0;
}

static int
full_year(int year, size_t digits)
{
	if (digits == 4 && year >= 1900 && year <= 2199)
		return year;
	if (digits == 2)
		return year < 70 ? 2000 + year : 1900 + year;
	return 0;
}

static int
finish(
    struct found_date *out, int year, int month, int day, size_t at, size_t end)
{
	if (month < 1 || month > 12 || day < 1 ||
	    day > (month == 2 ? 29 : month_length(2000, month)))
		return 0;
	*out = (struct found_date){ .on = DAY_NONE,
		.month = month,
		.day = day,
		.has_year = year > 0,
		.weekday = -1,
		.at = at,
		.len = end - at };
	if (year > 0) {
		out->on = day_from_civil(year, month, day);
		if (out->on == DAY_NONE)
			return 0;
	}
	return 1;
}

/* "17th May 22, 6.30 pm": two figures and nothing that they could count. */
static bool
ends_short_year(const char *text, size_t len, size_t i)
{
	static const char *const next[] = { " at ", " in ", " - ", NULL };

	if (i >= len || text[i] == ')' || text[i] == ';' || text[i] == '\n')
		return true;
	if (text[i] == ',' || text[i] == '.')
		return i + 1 >= len || text_is_space(text[i + 1]);
	for (const char *const *n = next; *n; n++)
		if (len - i > strlen(*n) && text_starts(text + i, *n))
			return true;
	return false;
}

/* A year behind a day and month: "2018", ", 2018", "'18", "18,". */
static size_t
year_behind(const char *text, size_t len, size_t i, int *year)
{
	size_t k = skip_blanks(text, len, i), n;
	int value;

	*year = 0;
	if (k < len && quote_at(text + k))
		k += quote_at(text + k);
	n = number_read(text, len, k, &value);
	if (n == 4 || (n == 2 && k > i && quote_at(text + k - 1)) ||
	    (n == 2 && k == i + 1 && text_is_space(text[i]) &&
		ends_short_year(text, len, k + n)))
		*year = full_year(value, n);
	if (*year && !(k + n < len && text[k + n] == ':'))
		return k + n;
	*year = 0;
	return i;
}

/* "14/10/2019", "10.05.2023", "4/5/12", "2018-09-20". */
static int
numeric_at(const char *text, size_t len, size_t i, struct found_date *out)
{
	int a, b, c;
	size_t na = number_read(text, len, i, &a), nb, nc, k = i + na;
	char sep;

	if (k + 1 >= len || !strchr("/.-", text[k]))
		return 0;
	sep = text[k];
	nb = number_read(text, len, k + 1, &b);
	k += 1 + nb;
	if (nb == 0 || nb > 2 || k + 1 >= len || text[k] != sep)
		return 0;
	nc = number_read(text, len, k + 1, &c);
	k += 1 + nc;
	if (k < len &&
	    (text_is_digit(text[k]) ||
		(text[k] == sep && k + 1 < len && text_is_digit(text[k + 1]))))
		return 0;
	if (na == 4 && nc >= 1 && nc <= 2 && full_year(a, 4))
		return finish(out, a, b, c, i, k);
	if (na > 2 || (nc != 2 && nc != 4) || !full_year(c, nc))
		return 0;
	return finish(out, full_year(c, nc), b, a, i, k);
}

/* "11th May 2004", "11th of May", "26 September 2018". */
static int
day_month_at(const char *text, size_t len, size_t i, struct found_date *out)
{
	int day, month, year;
	size_t n = number_read(text, len, i, &day), k = i + n, used;

	if (n == 0 || n > 2)
		return 0;
	k += ordinal_at(text, len, k);
	k = skip_blanks(text, len, k);
	if (k + 3 < len && text_starts(text + k, "day of "))
		k += 7;
	else if (k + 3 < len && text_starts(text + k, "of "))
		k += 3;
	if (k >= len)
		return 0;
	month = month_at(text + k, len - k, &used);
	if (month == 0)
		return 0;
	k = year_behind(text, len, k + used, &year);
	return finish(out, year, month, day, i, k);
}

/* "September 20, 2018", "June 3rd". */
static int
month_day_at(const char *text, size_t len, size_t i, struct found_date *out)
{
	int day, year;
	size_t used, k, n;
	int month = month_at(text + i, len - i, &used);

	if (month == 0 || i + used >= len || !text_is_space(text[i + used]))
		return 0;
	k = skip_blanks(text, len, i + used);
	n = number_read(text, len, k, &day);
	if (n == 0 || n > 2)
		return 0;
	k += n;
	if (k < len && text[k] == ':')
		return 0;
	k += ordinal_at(text, len, k);
	if (k < len && text_is_letter(text[k]))
		return 0;
	k = year_behind(text, len, k, &year);
	return finish(out, year, month, day, i, k);
}

/* "Minutes/2024-06-25" names a page of a wiki by its day; but in an address
 * that may be the day of anything. */
static bool
is_page_day(const char *text, size_t len, size_t i)
{
	return i > 1 && text[i - 1] == '/' && text_is_letter(text[i - 2]) &&
	       i + 10 <= len && text[i + 4] == '-' && text[i + 7] == '-' &&
	       !find_phrase(text, i, "://") && !find_phrase(text, i, "www");
}

int
date_find(const char *text, size_t len, struct found_date *out)
{
	int weekday = -1;
	size_t weekday_at = 0;

	for (size_t i = 0; i < len; i++) {
		char before = i > 0 ? text[i - 1] : ' ';
		int hit = 0;

		if (text_is_digit(text[i]) && !text_is_digit(before) &&
		    !(before == '.' && i > 1 && text_is_digit(text[i - 2])) &&
		    (before != '/' || is_page_day(text, len, i)) &&
		    before != '-') {
			hit = numeric_at(text, len, i, out) ||
			      day_month_at(text, len, i, out);
		} else if (text_is_digit(text[i]) && before == '-' &&
			   !(i > 1 && text_is_digit(text[i - 2]))) {
			hit = numeric_at(text, len, i, out);
		} else if (text_is_letter(text[i]) && !text_is_letter(before)) {
			size_t n = 0;
			int w;

			while (i + n < len && text_is_letter(text[i + n]))
				n++;
			w = n >= 3 ? weekday_parse(text + i, n) : -1;
			if (w >= 0) {
				weekday = w;
				weekday_at = i + n;
			} else if (n >= 3) {
				hit = month_day_at(text, len, i, out);
			}
			if (!hit)
				i += n > 0 ? n - 1 : 0;
		}
		if (hit) {
			if (weekday >= 0 && out->at <= weekday_at + 6)
				out->weekday = weekday;
			return 1;
		}
	}
	return 0;
}

int
date_after(int month, int day, int from_on)
{
	struct civil from = day_civil(from_on);

	for (int y = from.year; y < from.year + 9; y++) {
		int on = day_from_civil(y, month, day);

		if (on != DAY_NONE && on >= from_on)
			return on;
	}
	return DAY_NONE;
}

int
date_nearest(int month, int day, int to_on)
{
	struct civil to = day_civil(to_on);
	int best = DAY_NONE, far = 0;

	for (int y = to.year - 4; y <= to.year + 4; y++) {
		int on = day_from_civil(y, month, day);
		int off = on == DAY_NONE ? 0
			  : on > to_on   ? on - to_on
					 : to_on - on;

		if (on != DAY_NONE && (best == DAY_NONE || off < far)) {
			best = on;
			far = off;
		}
	}
	return best;
}

/* ---- times ---- */

static int
half_day(const char *text, size_t len, size_t i)
{
	while (i < len && text[i] == ' ')
		i++;
	if (i + 1 >= len)
		return 0;
	if (text_lower(text[i]) == 'p' &&
	    (text_lower(text[i + 1]) == 'm' || text_starts(text + i, "p.m")))
		return 12;
	if (text_lower(text[i]) == 'a' &&
	    (text_lower(text[i + 1]) == 'm' || text_starts(text + i, "a.m")))
		return -12;
	return 0;
}

int
time_find(const char *text, size_t len)
{
	struct found_date date = { .len = 0 };
	bool dated = date_find(text, len, &date);

	for (size_t i = 0; i < len; i++) {
		int hour, minute = 0, half;
		size_t n, k;

		if (dated && i >= date.at && i < date.at + date.len) {
			i = date.at + date.len - 1;
			continue;
		}
		if (!text_is_digit(text[i]) ||
		    (i > 0 &&
			(text_is_digit(text[i - 1]) || text[i - 1] == '/')))
			continue;
		n = number_read(text, len, i, &hour);
		k = i + n;
		if (n == 4 && hour / 100 < 24 && hour % 100 < 60 &&
		    hour % 5 == 0 && (hour < 1900 || hour > 2100) &&
		    hour >= 700 && !(k < len && text_is_digit(text[k])))
			return hour / 100 * 60 + hour % 100;
		if (n == 0 || n > 2 || hour > 23) {
			i += n ? n - 1 : 0;
			continue;
		}
		if (k + 2 < len && (text[k] == ':' || text[k] == '.') &&
		    text_is_digit(text[k + 1]) && text_is_digit(text[k + 2]) &&
		    !(k + 3 < len && text_is_digit(text[k + 3]))) {
			minute = (text[k + 1] - '0') * 10 + text[k + 2] - '0';
			half = half_day(text, len, k + 3);
			if (minute < 60 && (half || text[k] == ':'))
				goto found;
		} else if ((half = half_day(text, len, k)) != 0) {
			goto found;
		}
		i = k - 1;
		continue;
	found:
		if (half == 12 && hour < 12)
			hour += 12;
		if (half == -12 && hour == 12)
			hour = 0;
		return hour * 60 + minute;
	}
	return -1;
}
