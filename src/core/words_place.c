/* SPDX-License-Identifier: ISC */
/*
 * Points in the calendar: which days "early March", "next Friday" or "the
 * January meeting" are, seen from the base. DOMAIN section 2 has the policy;
 * each place says in English how it came about.
 */
#include "core/words_grammar.h"

#include <string.h>

/* A loose window that closed so shortly before the base is the one just past,
 * not that of next year: a deadline must never be put off by a year. */
#define JUST_PAST 14
#define CHECKSUM_PAST 190 /* how far back a weekday may point to its year */

static const char *const season_names[] = { "spring", "summer", "autumn",
	"winter" };
static const char *const count_names[] = { "", "first", "second", "third",
	"fourth", "fifth" };

static int
base_year(const struct parse *p)
{
	return day_civil(p->env->base_on).year;
}

static void
set_day(struct place *out, int day)
{
	out->first = out->last = day;
	out->day = true;
}

static void
say_day(struct buf *say, int day)
{
	char text[DAY_LONG_MAX];

	buf_puts(say, day_long(day, text));
}

/* ---- days ---- */

/* The day and month in a year, but never beyond what its month has. */
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

static void
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
		out->flags |= FLAG_MISMATCH;
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

static int
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

static int
nth_weekday(int year, int month, int weekday, int n)
{
	int first = day_from_civil(year, month, 1), day, last;

	if (first == DAY_NONE)
		return DAY_NONE;
	last = first + month_length(year, month) - 1;
	if (n == -1)
		return last - ((int)day_weekday(last) - weekday + 7) % 7;
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
		buf_printf(say, "%s %s of the month, ",
		    point->number < 0 ? "last" : count_names[point->number],
		    weekday_name((enum weekday)point->weekday));
		say_day(say, day);
	}
}

/* ---- spans ---- */

static int
month_first(int year, int month)
{
	return day_from_civil(year, month, 1);
}

static int
month_last(int year, int month)
{
	return day_from_civil(year, month, month_length(year, month));
}

/* Whether the window begins and ends with months, and how many it has. */
static int
whole_months(int first, int last)
{
	struct civil a = day_civil(first), b = day_civil(last + 1);

	if (a.day != 1 || b.day != 1)
		return 0;
	return (b.year - a.year) * 12 + b.month - a.month;
}

/* The nth week of a month: Monday to Friday, the first being that which holds
 * its first weekday; cut to the month at its ends. */
static void
cut_week(int n, int *first, int *last)
{
	int begin = *first, end = *last, monday;

	if (n == -1) {
		monday = week_start(end);
		/* A month that ends on a Saturday has its last Monday-Friday
		 * in the same week; one that ends on a Sunday too. */
	} else {
		int weekday = (int)day_weekday(begin);

		monday = week_start(weekday > FRIDAY ? begin + 7 : begin) +
			 (n - 1) * 7;
	}
	*first = monday < begin ? begin : monday;
	*last = monday + FRIDAY > end ? end : monday + FRIDAY;
}

/* Days, or months where the window is made of them: early, mid and late are
 * the outer thirds and the middle one; of a year the outer quarters. */
static void
cut_third(enum part part, int *first, int *last)
{
	int months = whole_months(*first, *last), outer, days;

	if (months == 1) {
		struct civil c = day_civil(*first);

		if (part == PART_EARLY || part == PART_START)
			*last = day_from_civil(c.year, c.month, 10);
		else if (part == PART_LATE)
			*first = day_from_civil(c.year, c.month, 21);
		else {
			*first = day_from_civil(c.year, c.month, 11);
			*last = day_from_civil(c.year, c.month, 20);
		}
		return;
	}
	if (months >= 3) {
		int begin = *first;

		outer = months == 12 ? 3 : months / 3;
		if (part == PART_EARLY || part == PART_START)
			*last = day_add_months(begin, outer) - 1;
		else if (part == PART_LATE)
			*first = day_add_months(begin, months - outer);
		else {
			outer = months / 3;
			*first = day_add_months(begin, outer);
			*last = day_add_months(begin, months - outer) - 1;
		}
		return;
	}
	days = *last - *first + 1;
	outer = (days + 2) / 3;
	if (part == PART_EARLY || part == PART_START)
		*last = *first + outer - 1;
	else if (part == PART_LATE)
		*first = *last - outer + 1;
	else {
		*first += outer;
		*last = days > 2 * outer ? *last - outer : *first;
	}
}

/* A working week has its own: Monday to Wednesday, midweek, Thursday on. */
static void
cut_working_week(enum part part, int *first, int *last)
{
	int monday = week_start(*first);

	switch (part) {
	case PART_EARLY:
		*last = monday + WEDNESDAY;
		break;
	case PART_MID:
		*first = monday + TUESDAY;
		*last = monday + THURSDAY;
		break;
	case PART_LATE:
		*first = monday + THURSDAY;
		break;
	default:
		*last = monday;
		break;
	}
}

static void
cut_half(int number, int *first, int *last)
{
	int months = whole_months(*first, *last);
	int middle = months > 1    ? day_add_months(*first, months / 2)
		     : months == 1 ? *first + 15
				   : *first + (*last - *first + 1) / 2;

	if (number == 1)
		*last = middle - 1;
	else
		*first = middle;
}

/* Reduces a span to the part that the words take of it. */
static void
cut_part(const struct point *point, int *first, int *last)
{
	bool week = point->span == SPAN_WEEK || point->span == SPAN_WEEK_ENDING;

	if (*first == DAY_NONE || *last == DAY_NONE)
		return;
	switch (point->part) {
	case PART_WHOLE:
	case PART_REST:
		break;
	case PART_END:
		*first = *last;
		break;
	case PART_START:
	case PART_EARLY:
	case PART_MID:
	case PART_LATE:
		if (point->span == SPAN_NEW_YEAR && point->part != PART_LATE)
			break;
		if (week)
			cut_working_week(point->part, first, last);
		else
			cut_third(point->part, first, last);
		break;
	case PART_HALF:
		cut_half(point->part_number, first, last);
		break;
	case PART_QUARTER:
		if (whole_months(*first, *last) >= 12) {
			*first = day_add_months(
			    *first, 3 * (point->part_number - 1));
			*last = day_add_months(*first, 3) - 1;
		}
		break;
	case PART_WEEK:
		if (whole_months(*first, *last) == 1)
			cut_week(point->part_number, first, last);
		break;
	}
}

static int
financial_first(const struct parse *p, int year)
{
	const struct words_policy *policy = p->env->policy;
	int last = month_length(year, policy->year_end_month);

	if (policy->year_end_day < last)
		last = policy->year_end_day;
	last = day_from_civil(year, policy->year_end_month, last);
	return last == DAY_NONE ? last : last + 1;
}

/* The annual council meets in May, most often on its third Wednesday: unless
 * the config has the terms, the municipal year begins with it. */
static int
municipal_first(int year)
{
	return nth_weekday(year, 5, WEDNESDAY, 3);
}

/* First and last day of the span in a given year (that in which it begins). */
static void
span_in_year(const struct parse *p, const struct point *point, int year,
    int *first, int *last)
{
	int month;

	switch (point->span) {
	case SPAN_MONTH:
		*first = month_first(year, point->number);
		*last = month_last(year, point->number);
		return;
	case SPAN_QUARTER:
		if (point->year_style) {
			*first = day_add_months(
			    financial_first(p, year), 3 * (point->number - 1));
			*last = day_add_months(*first, 3) - 1;
			return;
		}
		month = 3 * (point->number - 1) + 1;
		*first = month_first(year, month);
		*last = month_last(year, month + 2);
		return;
	case SPAN_HALF_YEAR:
		*first = point->year_style
			     ? day_add_months(financial_first(p, year),
				   6 * (point->number - 1))
			     : month_first(year, 6 * (point->number - 1) + 1);
		*last = day_add_months(*first, 6) - 1;
		return;
	case SPAN_SEASON:
		month = 3 + 3 * point->number;
		*first = month_first(year, month);
		*last = *first == DAY_NONE ? DAY_NONE
					   : day_add_months(*first, 3) - 1;
		return;
	case SPAN_FINANCIAL:
		*first = financial_first(p, year);
		*last = financial_first(p, year + 1);
		break;
	case SPAN_MUNICIPAL:
		*first = municipal_first(year);
		*last = municipal_first(year + 1);
		break;
	case SPAN_ACADEMIC:
		*first = month_first(year, 9);
		*last = month_last(year + 1, 7);
		return;
	case SPAN_NEW_YEAR:
		*first = month_first(year, 1);
		*last = month_last(year, 1);
		return;
	case SPAN_RECESS:
		*first = day_from_civil(year, 7, 24);
		*last = month_last(year, 8);
		if (point->number == SEASON_SPRING) {
			*first = day_easter(year) - 6;
			*last = day_easter(year) + 7;
		} else if (point->number == SEASON_AUTUMN) {
			*first = nth_weekday(year, 10, MONDAY, -1);
			*last = *first + FRIDAY;
		} else if (point->number == SEASON_WINTER) {
			*first = day_from_civil(year, 12, 21);
			*last = day_from_civil(year + 1, 1, 4);
		}
		return;
	case SPAN_PURDAH:
		*last = nth_weekday(year, 5, THURSDAY, 1);
		*first = calendar_add_workdays(p->env->calendar, *last, -25);
		return;
	default:
		*first = month_first(year, 1);
		*last = month_last(year, 12);
		return;
	}
	if (*last != DAY_NONE)
		*last -= 1;
}

/* Loose parts, that may have closed just before the base. */
static bool
is_loose(const struct point *point)
{
	switch (point->part) {
	case PART_EARLY:
	case PART_MID:
	case PART_LATE:
	case PART_START:
	case PART_HALF:
	case PART_WEEK:
		return true;
	default:
		return false;
	}
}

/* Which year a span without one means: the first whose part is not over. */
static void
infer_span(const struct parse *p, const struct point *point, struct place *out)
{
	int base = p->env->base_on, first, last;
	int slack = is_loose(point) ? JUST_PAST : 0;
	int skip = 0;

	/* "next autumn" in autumn is not the running one; "next March" is
	 * whichever comes. */
	if (point->offset == 1)
		skip = 1;
	for (int y = base_year(p) - 2; y <= base_year(p) + 3; y++) {
		span_in_year(p, point, y, &first, &last);
		cut_part(point, &first, &last);
		if (first == DAY_NONE || last == DAY_NONE ||
		    last < base - slack)
			continue;
		if (skip > 0 && first <= base)
			continue;
		out->first = first;
		out->last = last;
		out->year_inferred = true;
		return;
	}
}

/* A year counted from the base's own: "this", "next financial year". */
static int
running_year(const struct parse *p, const struct point *point)
{
	int year = base_year(p), first, last;

	span_in_year(p, point, year, &first, &last);
	if (first > p->env->base_on)
		year--;
	/* August lies behind the academic year that is over. */
	if (point->span == SPAN_ACADEMIC && p->env->base_on > last &&
	    first <= p->env->base_on)
		year++;
	return year;
}

/* ---- terms ---- */

static bool
name_has(const char *name, const char *word)
{
	return name != NULL && strcasestr(name, word) != NULL;
}

/* The school's own term dates, where the config has them. */
static bool
configured_term(const struct parse *p, const struct point *point, int base,
    struct place *out)
{
	int year = point->year;

	VEC_EACH (struct words_term, t, &p->env->policy->terms) {
		bool half = point->span == SPAN_HALF_TERM;
		int first = half ? t->half_first_on : t->first_on;
		int last = half ? t->half_last_on : t->last_on;

		if (first == DAY_NONE || last == DAY_NONE ||
		    (point->number >= 0 &&
			!name_has(t->name, season_names[point->number])) ||
		    (year != 0 ? day_civil(first).year != year : last < base))
			continue;
		if (point->offset == 1 && first <= base)
			continue;
		if (out->last == DAY_NONE || first < out->first) {
			out->first = first;
			out->last = last;
		}
	}
	return out->last != DAY_NONE;
}

/* Customary dates, near enough to be asked about. */
static void
customary_term(int season, int year, bool half, int *first, int *last)
{
	if (half) {
		int month = season == SEASON_AUTUMN   ? 10
			    : season == SEASON_SPRING ? 2
						      : 5;
		int n = season == SEASON_SPRING ? 3 : -1;

		*first = nth_weekday(year, month, MONDAY, n);
		*last = *first + FRIDAY;
	} else if (season == SEASON_AUTUMN) {
		*first = month_first(year, 9);
		*last = nth_weekday(year, 12, FRIDAY, 3);
	} else if (season == SEASON_SPRING) {
		*first = nth_weekday(year, 1, MONDAY, 1);
		*last = nth_weekday(year, 4, FRIDAY, 1);
	} else {
		*first = nth_weekday(year, 4, MONDAY, 4);
		*last = day_from_civil(year, 7, 23);
	}
}

static void
place_term(const struct parse *p, const struct point *point, struct place *out)
{
	static const int seasons[] = { SEASON_SPRING, SEASON_SUMMER,
		SEASON_AUTUMN };
	bool half = point->span == SPAN_HALF_TERM;
	int base = p->env->base_on;

	if (configured_term(p, point, base, out))
		return;
	out->flags |= FLAG_CALENDAR;
	for (int y = point->year != 0 ? point->year : base_year(p);
	     y <= (point->year != 0 ? point->year : base_year(p) + 2); y++) {
		for (size_t i = 0; i < 3; i++) {
			int first, last;

			if (point->number >= 0 && point->number != seasons[i])
				continue;
			customary_term(seasons[i], y, half, &first, &last);
			if (point->year == 0 &&
			    (last < base ||
				(point->offset == 1 && first <= base)))
				continue;
			out->first = first;
			out->last = last;
			return;
		}
	}
}

/* ---- putting spans together ---- */

static void
place_week(const struct parse *p, const struct point *point, struct place *out)
{
	int monday = week_start(p->env->base_on);

	if (point->day != 0) {
		struct point date =
		    point_new(point->month == 0 ? POINT_MONTHDAY : POINT_DATE);
		struct place day = { .last = DAY_NONE };
		struct buf unused = { 0 };

		date.day = point->day;
		date.month = point->month;
		date.year = point->year;
		date.weekday = point->weekday;
		place_point(p, &date, &day, &unused);
		buf_clear(&unused);
		out->flags |= day.flags;
		out->year_inferred = day.year_inferred;
		if (day.last == DAY_NONE)
			return;
		out->first = week_start(day.last);
		out->last = point->span == SPAN_WEEK_ENDING
				? day.last
				: out->first + FRIDAY;
		return;
	}
	/* At the weekend "this week" is the one about to begin. */
	if (point->offset == 0 && monday + FRIDAY < p->env->base_on)
		monday += 7;
	out->first = monday + 7 * point->offset;
	out->last = out->first + FRIDAY;
	if (point->span == SPAN_WEEKEND) {
		out->first = out->last + 1;
		out->last = out->first + 1;
	}
}

static void
place_running_months(
    const struct parse *p, const struct point *point, struct place *out)
{
	struct civil c = day_civil(p->env->base_on);
	int length = point->span == SPAN_QUARTER ? 3 : 1;
	int month = c.year * 12 + (c.month - 1) / length * length;

	month += point->offset * length;
	out->first = day_from_civil(month / 12, month % 12 + 1, 1);
	out->last = out->first == DAY_NONE
			? DAY_NONE
			: day_add_months(out->first, length) - 1;
}

static bool
counts_years(enum span_kind span)
{
	return span == SPAN_YEAR || span == SPAN_FINANCIAL ||
	       span == SPAN_MUNICIPAL || span == SPAN_ACADEMIC;
}

static void
place_span_days(
    const struct parse *p, const struct point *point, struct place *out)
{
	struct point year_point = *point;
	int year;

	if (point->span == SPAN_WEEK || point->span == SPAN_WEEK_ENDING ||
	    point->span == SPAN_WEEKEND) {
		place_week(p, point, out);
	} else if (point->span == SPAN_TERM || point->span == SPAN_HALF_TERM) {
		place_term(p, point, out);
	} else if ((point->span == SPAN_MONTH || point->span == SPAN_QUARTER) &&
		   point->number == 0) {
		place_running_months(p, point, out);
	} else if (point->year != 0) {
		span_in_year(p, point, point->year, &out->first, &out->last);
	} else if (counts_years(point->span)) {
		int offset = point->offset == OFFSET_NONE ? 0 : point->offset;

		year = running_year(p, point) + offset;
		span_in_year(p, point, year, &out->first, &out->last);
	} else if (point->year_offset != OFFSET_NONE) {
		year_point.span =
		    point->year_style ? SPAN_FINANCIAL : SPAN_YEAR;
		year = running_year(p, &year_point) + point->year_offset;
		span_in_year(p, point, year, &out->first, &out->last);
	} else {
		infer_span(p, point, out);
		return;
	}
	cut_part(point, &out->first, &out->last);
}

static unsigned
span_flags(const struct point *point)
{
	/* "year end" alone, "the end of the year": which year? */
	if (point->span == SPAN_YEAR && point->year == 0 &&
	    point->offset == 0 && point->part == PART_END)
		return FLAG_AMBIGUOUS;
	if (point->span == SPAN_FINANCIAL && point->which == WHICH_NEXT)
		return FLAG_AMBIGUOUS;
	if (point->span == SPAN_YEAR && point->part == PART_QUARTER)
		return FLAG_AMBIGUOUS;
	if (point->span == SPAN_QUARTER && point->number != 0 &&
	    !point->year_style)
		return FLAG_AMBIGUOUS;
	if (point->span == SPAN_MUNICIPAL || point->span == SPAN_ACADEMIC ||
	    point->span == SPAN_RECESS || point->span == SPAN_PURDAH)
		return FLAG_CALENDAR;
	return 0;
}

static const char *
part_name(const struct point *point)
{
	switch (point->part) {
	case PART_WHOLE:
		return "";
	case PART_START:
		return "beginning of ";
	case PART_EARLY:
		return "early ";
	case PART_MID:
		return "middle of ";
	case PART_LATE:
		return "late ";
	case PART_END:
		return "end of ";
	case PART_REST:
		return "rest of ";
	case PART_HALF:
		return point->part_number == 1 ? "first half of "
					       : "second half of ";
	case PART_WEEK:
		return "week of ";
	case PART_QUARTER:
		return "quarter of ";
	}
	return "";
}

static void
say_span(const struct point *point, const struct place *place, struct buf *say)
{

	if (point->part == PART_WEEK || point->part == PART_QUARTER)
		buf_printf(say, "%s ",
		    point->part_number < 0 ? "last"
					   : count_names[point->part_number]);
	buf_puts(say, part_name(point));
	switch (point->span) {
	case SPAN_WEEK:
		buf_puts(say, "the week of ");
		say_day(say, week_start(place->first));
		return;
	case SPAN_WEEK_ENDING:
		buf_puts(say, "the week ending ");
		say_day(say, place->last);
		return;
	case SPAN_WEEKEND:
		buf_puts(say, "the weekend of ");
		say_day(say, place->first);
		return;
	case SPAN_MONTH:
		buf_printf(say, "%s %d",
		    month_name(day_civil(place->last).month),
		    day_civil(place->last).year);
		return;
	case SPAN_QUARTER:
		buf_printf(say, "the %s quarter ",
		    point->year_style ? "financial" : "calendar");
		break;
	case SPAN_HALF_YEAR:
		buf_puts(say, "the half-year ");
		break;
	case SPAN_SEASON:
		buf_printf(say, "%s ", season_names[point->number]);
		break;
	case SPAN_YEAR:
		buf_puts(say, "the calendar year ");
		break;
	case SPAN_FINANCIAL:
		buf_puts(say, "the financial year ");
		break;
	case SPAN_MUNICIPAL:
		buf_puts(say, "the municipal year ");
		break;
	case SPAN_ACADEMIC:
		buf_puts(say, "the academic year ");
		break;
	case SPAN_NEW_YEAR:
		buf_puts(say, "the New Year ");
		break;
	case SPAN_TERM:
		buf_puts(say, "the school term ");
		break;
	case SPAN_HALF_TERM:
		buf_puts(say, "half-term ");
		break;
	case SPAN_RECESS:
		buf_puts(say, "the recess ");
		break;
	case SPAN_PURDAH:
		buf_puts(say, "the pre-election period ");
		break;
	}
	if (place->first == place->last) {
		say_day(say, place->last);
		return;
	}
	say_day(say, place->first);
	buf_puts(say, " to ");
	say_day(say, place->last);
}

static void
place_span(const struct parse *p, const struct point *point, struct place *out,
    struct buf *say)
{
	int base = p->env->base_on;

	place_span_days(p, point, out);
	out->flags |= span_flags(point);
	out->day = out->first == out->last;
	if (out->first == DAY_NONE || out->last == DAY_NONE) {
		out->first = out->last = DAY_NONE;
		return;
	}
	out->ago = point->offset == -1;
	say_span(point, out, say);
	if (point->part == PART_REST) {
		out->soft = true;
		out->flags |= FLAG_VAGUE;
	}
	/* A window that has begun is open from the base on. */
	if (out->first < base && out->last >= base && !out->day)
		out->first = base;
}

/* ---- holidays ---- */

/* A bank holiday of the calendar in that month that is not Easter's. */
static int
listed_holiday(const struct parse *p, int year, int month, bool latest)
{
	const struct calendar *cal = p->env->calendar;
	int found = DAY_NONE, easter = day_easter(year);

	for (int d = month_first(year, month); d <= month_last(year, month);
	     d++) {
		if (calendar_holiday(cal, d) == NULL ||
		    (d >= easter - 2 && d <= easter + 1))
			continue;
		if (found == DAY_NONE || latest)
			found = d;
	}
	return found;
}

static int
bank_holiday(const struct parse *p, const struct point *point, int year)
{
	int month = point->number, day;

	if (month >= 20)
		month = month - 20 == SEASON_SUMMER ? 8 : 5;
	if (month == 3 || month == 4)
		return day_easter(year) + 1;
	day = listed_holiday(p, year, month, point->number >= 20);
	if (day != DAY_NONE)
		return day;
	if (month == 5)
		return nth_weekday(
		    year, 5, MONDAY, point->number >= 20 ? -1 : 1);
	return month == 8 ? nth_weekday(year, 8, MONDAY, -1)
			  : month_first(year, month);
}

/* The day, or the first of the days, of a holiday in a year. */
static void
holiday_in(const struct parse *p, const struct point *point, int year,
    struct place *out)
{
	int easter = day_easter(year);

	out->anchor = DAY_NONE;
	switch (point->holiday) {
	case HOLIDAY_CHRISTMAS:
		out->first = day_from_civil(year, 12, 25);
		out->last = day_from_civil(year, 12, 26);
		out->anchor = out->first;
		return;
	case HOLIDAY_CHRISTMAS_EVE:
		set_day(out, day_from_civil(year, 12, 24));
		return;
	case HOLIDAY_CHRISTMAS_DAY:
		set_day(out, day_from_civil(year, 12, 25));
		return;
	case HOLIDAY_BOXING_DAY:
		set_day(out, day_from_civil(year, 12, 26));
		return;
	case HOLIDAY_NEW_YEARS_EVE:
		set_day(out, day_from_civil(year, 12, 31));
		return;
	case HOLIDAY_NEW_YEARS_DAY:
		set_day(out, day_from_civil(year, 1, 1));
		return;
	case HOLIDAY_EASTER:
		out->first = easter - 2;
		out->last = easter + 1;
		out->anchor = easter;
		return;
	case HOLIDAY_GOOD_FRIDAY:
		set_day(out, easter - 2);
		return;
	case HOLIDAY_EASTER_SUNDAY:
		set_day(out, easter);
		return;
	case HOLIDAY_EASTER_MONDAY:
		set_day(out, easter + 1);
		return;
	case HOLIDAY_BANK:
		set_day(out, bank_holiday(p, point, year));
		return;
	case HOLIDAY_ELECTION:
		set_day(out, nth_weekday(year, 5, THURSDAY, 1));
		return;
	}
}

static const char *
holiday_name(const struct point *point)
{
	static const char *const names[] = { "Christmas", "Christmas Eve",
		"Christmas Day", "Boxing Day", "New Year's Eve",
		"New Year's Day", "Easter", "Good Friday", "Easter Sunday",
		"Easter Monday", "the bank holiday", "the local elections" };

	return names[point->holiday];
}

static void
place_holiday(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say)
{
	int base = p->env->base_on, year = base_year(p);

	if (point->holiday == HOLIDAY_BANK && point->number == 0 &&
	    point->year == 0) {
		/* "the bank holiday": the next that the calendar has */
		for (int d = base; d < base + 370; d++)
			if (calendar_holiday(p->env->calendar, d) != NULL) {
				set_day(out, d);
				break;
			}
	} else if (point->year != 0) {
		holiday_in(p, point, point->year, out);
	} else {
		holiday_in(p, point, year, out);
		if (out->last < base)
			holiday_in(p, point, year + 1, out);
	}
	if (out->last == DAY_NONE)
		return;
	buf_printf(say, "%s, ", holiday_name(point));
	say_day(say, out->first);
}

/* ---- meetings ---- */

/* The first meeting day of the series after a day; DAY_NONE when none is. */
static int
meeting_after(const struct words_series *series, int day, int n)
{
	for (size_t i = 0; i < series->ndays; i++)
		if (series->days[i] > day && --n <= 0)
			return series->days[i];
	return DAY_NONE;
}

static int
meeting_in_month(
    const struct words_series *series, const struct point *point, int base)
{
	for (size_t i = 0; i < series->ndays; i++) {
		struct civil c = day_civil(series->days[i]);

		if (c.month == point->month &&
		    (point->year != 0 ? c.year == point->year
				      : series->days[i] > base &&
					    series->days[i] <= base + 366))
			return series->days[i];
	}
	return DAY_NONE;
}

static bool
meets_on(const struct words_series *series, int day)
{
	for (size_t i = 0; i < series->ndays; i++)
		if (series->days[i] == day)
			return true;
	return false;
}

/* "next meeting of SDP": what the rule calls it. */
static void
say_meeting(const struct parse *p, const struct point *point,
    const struct words_series *series, struct buf *say)
{
	if (point->meeting == MEETING_NEXT && point->number == 2)
		buf_puts(say, "next meeting but one");
	else if (point->meeting == MEETING_NEXT && point->number > 2)
		buf_printf(say, "meeting %d from now", point->number);
	else if (point->meeting == MEETING_NEXT)
		buf_puts(say, "next meeting");
	else if (point->meeting == MEETING_MONTH)
		buf_printf(say, "%s meeting", month_name(point->month));
	else
		buf_puts(say, "meeting");
	if (series != NULL && series->code != NULL) {
		buf_printf(say, " of %s", series->code);
	} else if (point->name_end > point->name) {
		const struct token *a = token_at(p, point->name);
		const struct token *b = token_at(p, point->name_end - 1);

		buf_puts(say, " of ");
		buf_add(say, p->text + a->start, b->start + b->len - a->start);
	}
}

/* The month itself, where no meeting in it is known. */
static void
place_meeting_month(
    const struct parse *p, const struct point *point, struct place *out)
{
	struct point month = point_new(POINT_SPAN);

	month.span = SPAN_MONTH;
	month.number = point->month;
	month.year = point->year;
	place_span_days(p, &month, out);
	out->day = false;
	out->flags |= FLAG_NO_SERIES;
}

static int
meeting_day(const struct parse *p, const struct point *point,
    const struct words_series *series)
{
	int base = p->env->base_on;

	switch (point->meeting) {
	case MEETING_THIS:
		return meets_on(series, base) ? base
					      : meeting_after(series, base, 1);
	case MEETING_MONTH:
		return meeting_in_month(series, point, base);
	default:
		return meeting_after(series, base, point->number);
	}
}

static void
place_meeting(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say)
{
	const struct words_series *series =
	    series_named(p, point->name, point->name_end);
	int day = DAY_NONE;

	if (point->meeting == MEETING_LAST) {
		out->ago = true;
		return;
	}
	if (point->meeting == MEETING_FUTURE) {
		out->future = true;
		return;
	}
	out->series = series == NULL ? 0 : series->id;
	if (point->meeting == MEETING_ON) {
		struct point date = *point;

		date.kind = POINT_DATE;
		place_date(p, &date, out, say);
		if (series == NULL || !meets_on(series, out->last))
			out->series = 0;
		else
			out->meeting_on = out->last;
		day = out->last;
	} else {
		if (series != NULL)
			day = meeting_day(p, point, series);
		say_meeting(p, point, series, say);
		if (day == DAY_NONE && point->meeting == MEETING_MONTH) {
			place_meeting_month(p, point, out);
			return;
		}
		if (day == DAY_NONE) {
			out->no_meeting = true;
			out->flags |= FLAG_NO_SERIES;
			return;
		}
		out->meeting_on = day;
		buf_puts(say, ", ");
		say_day(say, day);
	}
	set_day(out, day);
	if (point->papers && day != DAY_NONE) {
		int clear = p->env->policy->agenda_clear_days;

		set_day(
		    out, calendar_clear_before(p->env->calendar, day, clear));
		buf_printf(say,
		    ": %d clear working days before, when its "
		    "papers go out",
		    clear);
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
