/* SPDX-License-Identifier: ISC */
/*
 * Civil days and local time. A day is an int, days since 1970-01-01 in the
 * proleptic Gregorian calendar; an instant is an int64_t, UTC seconds. The
 * clock is never read here: today and now are parameters, and the time zone
 * is data (struct zone, filled by io/clock).
 */
#ifndef NUDGED_CORE_DATE_H
#define NUDGED_CORE_DATE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DAY_NONE INT_MIN       /* no day */
#define INSTANT_NONE INT64_MIN /* no instant */
#define INSTANT_NEVER INT64_MAX

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct civil {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

/* The day number of a civil date; DAY_NONE when there is no such date or the
 * year is outside 1 to 9999. */
int day_from_civil(int year, int month, int day);
struct civil day_civil(int day);
enum weekday day_weekday(int day);
int month_length(int year, int month);

/* Is it a day of the years 1 to 9999? Others cannot be written. */
bool day_exists(int day);

/* The corresponding date n months later (n may be negative); where the month
 * has none, its last day: 31 January + 1 month = 28 or 29 February. */
int day_add_months(int day, int months);

/* Easter Sunday of a year (Gregorian). */
int day_easter(int year);

/* "YYYY-MM-DD", strictly; DAY_NONE when it is not one. day_parse_n reads the
 * first len bytes. */
int day_parse(const char *text);
int day_parse_n(const char *text, size_t len);

#define DAY_TEXT_MAX 16
/* Writes "YYYY-MM-DD" ("" for DAY_NONE) into out and returns it. */
const char *day_iso(int day, char out[DAY_TEXT_MAX]);

#define DAY_LONG_MAX 40
/* "7 November 2018"; day_long_weekday "Wednesday 7 November 2018". */
const char *day_long(int day, char out[DAY_LONG_MAX]);
const char *day_long_weekday(int day, char out[DAY_LONG_MAX]);
/* "7 Nov 2018", for tables. */
const char *day_short(int day, char out[DAY_LONG_MAX]);

const char *weekday_name(enum weekday w); /* "Monday" */
const char *month_name(int month);        /* "January" for 1 */

/* English names, any case, whole or at least three letters ("Sept" too);
 * -1 (weekday) or 0 (month) when it is none. */
int weekday_parse(const char *text, size_t len);
int month_parse(const char *text, size_t len);

/* A time of day "HH:MM", 24 hours, as minutes after midnight; -1 if not one.
 * "24:00" is allowed (1440), for the end of sending hours. */
int minute_parse(const char *text);

/* One change of the offset from UTC: from at on, local time is UTC + offset
 * seconds. */
struct zone_change {
	int64_t at;
	int offset;
};

/* A time zone as data: the offset before the first change, then the changes in
 * order. Owned by whoever filled it (io/clock). */
struct zone {
	char *name; /* "Europe/London" */
	int first_offset;
	struct zone_change *changes;
	size_t count;
};

void zone_clear(struct zone *zone);
int zone_offset(const struct zone *zone, int64_t at);

/* The local day and minute of an instant; minute may be NULL. */
int zone_day(const struct zone *zone, int64_t at, int *minute);

/* The instant of a local day and minute. A time that does not exist moves
 * forward past the gap by its length (offset before the gap, RFC 5545 3.3.5);
 * one that occurs twice means the first. */
int64_t zone_instant(const struct zone *zone, int day, int minute);

#define INSTANT_TEXT_MAX 32
/* RFC 3339 with the zone's offset: "2018-09-13T09:00:00+01:00". */
const char *instant_rfc3339(
    const struct zone *zone, int64_t at, char out[INSTANT_TEXT_MAX]);
/* Local, for people: "2018-09-13 09:00". */
const char *instant_local(
    const struct zone *zone, int64_t at, char out[INSTANT_TEXT_MAX]);
/* RFC 5322: "Thu, 13 Sep 2018 09:00:00 +0100". */
const char *instant_rfc5322(
    const struct zone *zone, int64_t at, char out[INSTANT_TEXT_MAX + 8]);

#endif
