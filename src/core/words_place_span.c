/* SPDX-License-Identifier: ISC */
/*
 * Spans in the calendar: weeks, months, quarters, seasons, years of every kind
 * and terms, and the part of them that the words take.
 */
#include "core/words_grammar.h"

#include <string.h>

static const char *const season_names[] = { "spring", "summer", "autumn",
	"winter" };

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

/* Which year a span without one means: the first whose part is not over. */
static void
infer_span(const struct parse *p, const struct point *point, struct place *out)
{
	int base = p->env->base_on, first, last;
	int slack = is_loose_part(point->part) ? JUST_PAST : 0;
	int skip = 0;

	/* "next autumn" in autumn is not the running one; "next March" is
	 * whichever comes. */
	if (point->offset == 1)
		skip = 1;
	for (int y = base_year(p) - 2; y <= base_year(p) + 3; y++) {
		span_in_year(p, point, y, &first, &last);
		cut_part(p, point, &first, &last);
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

void
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
	cut_part(p, point, &out->first, &out->last);
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
	case PART_DAY:
		return point->working ? "working day of " : "day of ";
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

	if (point->part == PART_WEEK || point->part == PART_QUARTER ||
	    point->part == PART_DAY) {
		say_ordinal(say, point->part_number);
		buf_putc(say, ' ');
	}
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

void
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
