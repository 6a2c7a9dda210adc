/* SPDX-License-Identifier: ISC */
/*
 * Points in the calendar: which days "early March", "next Friday" or "the
 * January meeting" are, seen from the base. DOMAIN section 2 has the policy;
 * each place says in English how it came about.
 */
#include "core/words_grammar.h"

#include <string.h>

#define CHECKSUM_PAST 190 /* how far back a weekday may point to its year */

void
say_ordinal(struct buf *say, int n)
{
	static const char *const names[] = { "first", "second", "third",
		"fourth", "fifth" };
	static const char *const ends[] = { "th", "st", "nd", "rd" };
	static const char *const fewer[] = { "one", "two", "three", "four" };
	bool teen = n / 10 == 1;

	if (n < 1) {
		buf_puts(say, "last");
		if (n < -1)
			buf_printf(say, " but %s", fewer[-2 - n]);
	} else if (n <= 5)
		buf_puts(say, names[n - 1]);
	else
		buf_printf(say, "%d%s", n,
		    teen || n % 10 > 3 ? ends[0] : ends[n % 10]);
}

int
base_year(const struct parse *p)
{
	return day_civil(p->env->base_on).year;
}

void
set_day(struct place *out, int day)
{
	out->first = out->last = day;
	out->day = true;
}

void
say_day(struct buf *say, int day)
{
	char text[DAY_LONG_MAX];

	buf_puts(say, day_long(day, text));
}

int
month_first(int year, int month)
{
	return day_from_civil(year, month, 1);
}

int
month_last(int year, int month)
{
	return day_from_civil(year, month, month_length(year, month));
}

/* ---- days ---- */

/* The day and month in a year; DAY_NONE where the month has no such day. */
static int
date_in(int year, const struct point *point)
{
	return day_from_civil(year, point->month, point->day);
}

static bool
weekday_fits(const struct point *point, int day)
{
	return point->weekday == NO_WEEKDAY ||
	       (int)day_weekday(day) == point->weekday;
}

/*
 * No year printed: the first such date on or after the base. A weekday that
 * does not agree with it, but does with the one before, says that the date is
 * past.
 */
static int
infer_date(const struct parse *p, const struct point *point)
{
	int base = p->env->base_on, year = base_year(p), coming = DAY_NONE;
	int before = DAY_NONE;

	for (int y = year - 1; y <= year + 8 && coming == DAY_NONE; y++) {
		int day = date_in(y, point);

		if (day == DAY_NONE)
			continue;
		if (day >= base)
			coming = day;
		else
			before = day;
	}
	if (point->weekday != NO_WEEKDAY && coming != DAY_NONE &&
	    !weekday_fits(point, coming) && before != DAY_NONE &&
	    weekday_fits(point, before) && base - before <= CHECKSUM_PAST)
		return before;
	return coming;
}

void
place_date(const struct parse *p, const struct point *point, struct place *out,
    struct buf *say)
{
	int day;

	if (point->year != 0) {
		day = date_in(point->year, point);
	} else if (point->year_offset != OFFSET_NONE) {
		day = date_in(base_year(p) + point->year_offset, point);
	} else {
		day = infer_date(p, point);
		out->year_inferred = true;
	}
	set_day(out, day);
	if (day == DAY_NONE) {
		out->flags |= FLAG_NO_DAY;
		buf_puts(say, "a date that does not exist");
		return;
	}
	if (!weekday_fits(point, day) ||
	    (point->weekday2 != NO_WEEKDAY &&
		(int)day_weekday(day) != point->weekday2))
		out->flags |= FLAG_MISMATCH;
	if (point->us_order)
		out->flags |= FLAG_AMBIGUOUS;
	say_day(say, day);
	if (out->year_inferred) {
		buf_puts(
		    say, day < p->env->base_on
			     ? " (no year printed: by its weekday"
			     : " (no year printed: the first on or after ");
		if (day >= p->env->base_on)
			say_day(say, p->env->base_on);
		buf_putc(say, ')');
	}
}

/* "the 23rd", "Friday 14th", "the 14th of next month" */
static void
place_monthday(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say)
{
	struct civil c = day_civil(p->env->base_on);
	int from = point->offset == OFFSET_NONE ? 0 : point->offset;

	for (int i = from; i < from + 24; i++) {
		int month = c.year * 12 + c.month - 1 + i;
		int day =
		    day_from_civil(month / 12, month % 12 + 1, point->day);

		if (day == DAY_NONE ||
		    (point->offset == OFFSET_NONE && day < p->env->base_on))
			continue;
		/* "Friday 14th": the coming 14th that is a Friday, if one is
		 * near. */
		if (point->offset == OFFSET_NONE && i < from + 3 &&
		    !weekday_fits(point, day))
			continue;
		if (!weekday_fits(point, day))
			out->flags |= FLAG_MISMATCH;
		set_day(out, day);
		say_day(say, day);
		return;
	}
}

int
week_start(int day)
{
	return day - (int)day_weekday(day);
}

/* The first such weekday after a day. */
static int
coming_weekday(int day, int weekday)
{
	int ahead = (weekday - (int)day_weekday(day) + 7) % 7;

	return day + (ahead == 0 ? 7 : ahead);
}

static void
place_weekday(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say)
{
	int base = p->env->base_on, day = coming_weekday(base, point->weekday);
	bool this_week = week_start(day) == week_start(base);

	if (point->which == WHICH_OF_WEEK) {
		set_day(
		    out, week_start(base) + 7 * point->number + point->weekday);
		out->ago = point->number < 0;
	} else if (point->which == WHICH_NEXT && this_week) {
		/* "next Friday" on a Wednesday: this week's or next week's */
		out->first = day;
		out->last = day + 7;
		out->flags |= FLAG_AMBIGUOUS;
		out->day = true;
	} else {
		set_day(out, day + point->offset);
	}
	buf_puts(say, weekday_name((enum weekday)point->weekday));
	buf_putc(say, ' ');
	say_day(say, out->last);
}

int
nth_weekday(int year, int month, int weekday, int n)
{
	int first = day_from_civil(year, month, 1), day, last;

	if (first == DAY_NONE)
		return DAY_NONE;
	last = first + month_length(year, month) - 1;
	if (n < 0) {
		day = last - ((int)day_weekday(last) - weekday + 7) % 7 +
		      (n + 1) * 7;
		return day < first ? DAY_NONE : day;
	}
	day = first + (weekday - (int)day_weekday(first) + 7) % 7 + (n - 1) * 7;
	return day > last ? DAY_NONE : day;
}

static void
place_nth_weekday(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say)
{
	struct civil c = day_civil(p->env->base_on);
	int base = p->env->base_on, day = DAY_NONE;

	if (point->month == 0) {
		/* of a month at an offset; without one, the coming of any */
		int from = point->offset == OFFSET_NONE ? 0 : point->offset;

		for (int i = from; i < from + 12 && day == DAY_NONE; i++) {
			int m = c.year * 12 + c.month - 1 + i;

			day = nth_weekday(
			    m / 12, m % 12 + 1, point->weekday, point->number);
			if (point->offset != OFFSET_NONE)
				break;
			if (day != DAY_NONE && day <= base)
				day = DAY_NONE;
		}
	} else if (point->year != 0) {
		day = nth_weekday(
		    point->year, point->month, point->weekday, point->number);
	} else {
		for (int y = c.year; y <= c.year + 1 && day == DAY_NONE; y++) {
			day = nth_weekday(
			    y, point->month, point->weekday, point->number);
			if (day != DAY_NONE && day < base)
				day = DAY_NONE;
		}
		out->year_inferred = true;
	}
	set_day(out, day);
	if (day != DAY_NONE) {
		say_ordinal(say, point->number);
		buf_printf(say, " %s of the month, ",
		    weekday_name((enum weekday)point->weekday));
		say_day(say, day);
	}
}

void
place_point(const struct parse *p, const struct point *point, struct place *out,
    struct buf *say)
{
	*out = (struct place){ .first = DAY_NONE,
		.last = DAY_NONE,
		.meeting_on = DAY_NONE,
		.anchor = DAY_NONE };
	switch (point->kind) {
	case POINT_DATE:
		place_date(p, point, out, say);
		break;
	case POINT_MONTHDAY:
		place_monthday(p, point, out, say);
		break;
	case POINT_TODAY:
		set_day(out, p->env->base_on + point->offset);
		say_day(say, out->last);
		break;
	case POINT_AGO:
		out->ago = true;
		break;
	case POINT_WEEKDAY:
		place_weekday(p, point, out, say);
		break;
	case POINT_NTH_WEEKDAY:
		place_nth_weekday(p, point, out, say);
		break;
	case POINT_SPAN:
		place_span(p, point, out, say);
		break;
	case POINT_HOLIDAY:
		place_holiday(p, point, out, say);
		break;
	case POINT_MEETING:
		place_meeting(p, point, out, say);
		break;
	}
}
