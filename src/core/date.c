/* SPDX-License-Identifier: ISC */
/*
 * Civil days and local time; see date.h. Nothing here reads a clock, a locale
 * or the system's time zones.
 */
#include "core/date.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define DAY_SECONDS 86400

static const char *const month_names[] = { "January", "February", "March",
	"April", "May", "June", "July", "August", "September", "October",
	"November", "December" };
static const char *const weekday_names[] = { "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "Saturday", "Sunday" };

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
month_length(int year, int month)
{
	static const unsigned char length[] = { 31, 28, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31 };

	if (month < 1 || month > 12)
		return 0;
	return length[month - 1] + (month == 2 && is_leap(year));
}

/*
 * Years are counted from 1 March, so that the leap day is the last of its
 * year, in eras of 400 years (146097 days), which all look alike.
 */
int
day_from_civil(int year, int month, int day)
{
	int era, yoe, doy;

	if (year < 1 || year > 9999 || day < 1 ||
	    day > month_length(year, month))
		return DAY_NONE;
	if (month < 3)
		year--;
	era = year / 400;
	yoe = year % 400;
	doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct civil
day_civil(int day)
{
	struct civil c = { 0 };
	int64_t z = (int64_t)day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = (int)(z - era * 146097);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;

	if (day == DAY_NONE)
		return c;
	c.day = doy - (153 * mp + 2) / 5 + 1;
	c.month = mp < 10 ? mp + 3 : mp - 9;
	c.year = (int)(era * 400) + yoe + (c.month < 3);
	return c;
}

enum weekday
day_weekday(int day)
{
	/* 1 January 1970 was a Thursday. */
	int w = (int)(((int64_t)day + THURSDAY) % 7);

	return (enum weekday)(w < 0 ? w + 7 : w);
}

int
day_add_months(int day, int months)
{
	struct civil c = day_civil(day);
	int64_t total = (int64_t)c.year * 12 + c.month - 1 + months;
	int year, month, last;

	if (day == DAY_NONE || total < 12 || total >= (int64_t)10000 * 12)
		return DAY_NONE;
	year = (int)(total / 12);
	month = (int)(total % 12) + 1;
	last = month_length(year, month);
	return day_from_civil(year, month, c.day < last ? c.day : last);
}

/* The computus in the form of Meeus, Jones and Butcher. */
int
day_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, g = (8 * b + 13) / 25;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return day_from_civil(year, n / 31, n % 31 + 1);
}

/* The value of exactly count digits, -1 when they are not. */
static int
digits(const char *text, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + text[i] - '0';
	}
	return value;
}

int
day_parse_n(const char *text, size_t len)
{
	int year, month, day;

	if (len != 10 || text[4] != '-' || text[7] != '-')
		return DAY_NONE;
	year = digits(text, 4);
	month = digits(text + 5, 2);
	day = digits(text + 8, 2);
	if (year < 0 || month < 0 || day < 0)
		return DAY_NONE;
	return day_from_civil(year, month, day);
}

int
day_parse(const char *text)
{
	return day_parse_n(text, strnlen(text, 11));
}

/* Writes value with at least width digits; returns the end. */
static char *
put_number(char *out, unsigned value, int width)
{
	char reversed[12];
	int n = 0;

	do {
		reversed[n++] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	while (n < width)
		reversed[n++] = '0';
	while (n > 0)
		*out++ = reversed[--n];
	return out;
}

static char *
put_text(char *out, const char *text)
{
	size_t len = strlen(text);

	memcpy(out, text, len);
	return out + len;
}

static char *
put_iso(char *out, struct civil c)
{
	out = put_number(out, (unsigned)c.year, 4);
	*out++ = '-';
	out = put_number(out, (unsigned)c.month, 2);
	*out++ = '-';
	return put_number(out, (unsigned)c.day, 2);
}

bool
day_exists(int day)
{
	return day >= -719162 && day <= 2932896;
}

const char *
day_iso(int day, char out[DAY_TEXT_MAX])
{
	char *end = out;

	if (day_exists(day))
		end = put_iso(out, day_civil(day));
	*end = '\0';
	return out;
}

/* "7 November 2018", the month cut to month_max letters. */
static char *
put_long(char *out, int day, size_t month_max)
{
	struct civil c = day_civil(day);
	const char *month = month_name(c.month);
	size_t month_len = strnlen(month, month_max);

	out = put_number(out, (unsigned)c.day, 1);
	*out++ = ' ';
	memcpy(out, month, month_len);
	out += month_len;
	*out++ = ' ';
	return put_number(out, (unsigned)c.year, 1);
}

const char *
day_long(int day, char out[DAY_LONG_MAX])
{
	char *end = out;

	if (day_exists(day))
		end = put_long(out, day, SIZE_MAX);
	*end = '\0';
	return out;
}

const char *
day_long_weekday(int day, char out[DAY_LONG_MAX])
{
	char *end;

	if (!day_exists(day)) {
		out[0] = '\0';
		return out;
	}
	end = put_text(out, weekday_name(day_weekday(day)));
	*end++ = ' ';
	end = put_long(end, day, SIZE_MAX);
	*end = '\0';
	return out;
}

const char *
day_short(int day, char out[DAY_LONG_MAX])
{
	char *end = out;

	if (day_exists(day))
		end = put_long(out, day, 3);
	*end = '\0';
	return out;
}

const char *
weekday_name(enum weekday w)
{
	return weekday_names[w];
}

const char *
month_name(int month)
{
	return month >= 1 && month <= 12 ? month_names[month - 1] : "";
}

int
weekday_parse(const char *text, size_t len)
{
	if (len == 4 && strncasecmp(text, "weds", len) == 0)
		return WEDNESDAY;
	for (int i = 0; i < 7; i++)
		if (len >= 3 && len <= strlen(weekday_names[i]) &&
		    strncasecmp(text, weekday_names[i], len) == 0)
			return i;
	return -1;
}

int
month_parse(const char *text, size_t len)
{
	for (int i = 0; i < 12; i++)
		if (len >= 3 && len <= strlen(month_names[i]) &&
		    strncasecmp(text, month_names[i], len) == 0)
			return i + 1;
	return 0;
}

int
minute_parse(const char *text)
{
	int hour, minute;

	if (strnlen(text, 6) != 5 || text[2] != ':')
		return -1;
	hour = digits(text, 2);
	minute = digits(text + 3, 2);
	if (hour < 0 || minute < 0 || minute > 59 || hour > 24 ||
	    (hour == 24 && minute > 0))
		return -1;
	return hour * 60 + minute;
}

void
zone_clear(struct zone *zone)
{
	free(zone->name);
	free(zone->changes);
	*zone = (struct zone){ 0 };
}

/* The offset after the first n changes. */
static int
offset_after(const struct zone *zone, size_t n)
{
	return n == 0 ? zone->first_offset : zone->changes[n - 1].offset;
}

int
zone_offset(const struct zone *zone, int64_t at)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (zone->changes[mid].at <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return offset_after(zone, low);
}

/* Splits local seconds into a day, rounding down, and the second of it. */
static int
split_local(int64_t local, int *second)
{
	int64_t day = local / DAY_SECONDS;
	int64_t rest = local % DAY_SECONDS;

	if (rest < 0) {
		rest += DAY_SECONDS;
		day--;
	}
	*second = (int)rest;
	if (day <= INT_MIN || day > INT_MAX)
		return DAY_NONE;
	return (int)day;
}

/* Local seconds of an instant; false when there is no such instant. */
static bool
local_seconds(const struct zone *zone, int64_t at, int64_t *local)
{
	if (at == INSTANT_NONE || at > INSTANT_NEVER - DAY_SECONDS ||
	    at < INSTANT_NONE + DAY_SECONDS)
		return false;
	*local = at + zone_offset(zone, at);
	return true;
}

int
zone_day(const struct zone *zone, int64_t at, int *minute)
{
	int64_t local;
	int second = 0, day = DAY_NONE;

	if (local_seconds(zone, at, &local))
		day = split_local(local, &second);
	if (minute != NULL)
		*minute = second / 60;
	return day;
}

int64_t
zone_instant(const struct zone *zone, int day, int minute)
{
	int64_t local = (int64_t)day * DAY_SECONDS + (int64_t)minute * 60;
	size_t low = 0, high = zone->count;
	int64_t at;

	if (day == DAY_NONE)
		return INSTANT_NONE;
	/*
	 * The first stretch of constant offset whose local end lies behind the
	 * wanted time: of a time that occurs twice that is its first.
	 */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (zone->changes[mid].at + offset_after(zone, mid) <= local)
			low = mid + 1;
		else
			high = mid;
	}
	at = local - offset_after(zone, low);
	/* Earlier than its own stretch: the time fell into the gap before it,
	 * and RFC 5545 3.3.5 reads it with the offset before the gap. */
	if (low > 0 && at < zone->changes[low - 1].at)
		at = local - offset_after(zone, low - 1);
	return at;
}

/* "+01:00", or "+0100" without the colon. */
static char *
put_offset(char *out, int offset, bool colon)
{
	int minutes = (offset < 0 ? -offset : offset) / 60;

	*out++ = offset < 0 ? '-' : '+';
	out = put_number(out, (unsigned)minutes / 60, 2);
	if (colon)
		*out++ = ':';
	return put_number(out, (unsigned)minutes % 60, 2);
}

static char *
put_clock(char *out, int second, bool seconds)
{
	out = put_number(out, (unsigned)second / 3600, 2);
	*out++ = ':';
	out = put_number(out, (unsigned)second / 60 % 60, 2);
	if (seconds) {
		*out++ = ':';
		out = put_number(out, (unsigned)second % 60, 2);
	}
	return out;
}

/* The local day and second of an instant; DAY_NONE when it cannot be shown. */
static int
local_parts(const struct zone *zone, int64_t at, int *second)
{
	int64_t local;
	int day;

	if (!local_seconds(zone, at, &local))
		return DAY_NONE;
	day = split_local(local, second);
	return day_exists(day) ? day : DAY_NONE;
}

const char *
instant_rfc3339(const struct zone *zone, int64_t at, char out[INSTANT_TEXT_MAX])
{
	char *end = out;
	int second, day = local_parts(zone, at, &second);

	if (day != DAY_NONE) {
		end = put_iso(end, day_civil(day));
		*end++ = 'T';
		end = put_clock(end, second, true);
		end = put_offset(end, zone_offset(zone, at), true);
	}
	*end = '\0';
	return out;
}

const char *
instant_local(const struct zone *zone, int64_t at, char out[INSTANT_TEXT_MAX])
{
	char *end = out;
	int second, day = local_parts(zone, at, &second);

	if (day != DAY_NONE) {
		end = put_iso(end, day_civil(day));
		*end++ = ' ';
		end = put_clock(end, second, false);
	}
	*end = '\0';
	return out;
}

const char *
instant_rfc5322(
    const struct zone *zone, int64_t at, char out[INSTANT_TEXT_MAX + 8])
{
	char *end = out;
	int second, day = local_parts(zone, at, &second);

	if (day != DAY_NONE) {
		struct civil c = day_civil(day);

		memcpy(end, weekday_name(day_weekday(day)), 3);
		end = put_text(end + 3, ", ");
		end = put_number(end, (unsigned)c.day, 1);
		*end++ = ' ';
		memcpy(end, month_name(c.month), 3);
		end += 3;
		*end++ = ' ';
		end = put_number(end, (unsigned)c.year, 4);
		*end++ = ' ';
		end = put_clock(end, second, true);
		*end++ = ' ';
		end = put_offset(end, zone_offset(zone, at), false);
	}
	*end = '\0';
	return out;
}
