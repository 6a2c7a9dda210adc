/* SPDX-License-Identifier: ISC */
/*
 * Parts of a span, cut from its days: "end of", "early", "the second half of",
 * "the first week of", "the last working day of".
 */
#include "core/words_grammar.h"

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

	if (n < 0) {
		monday = week_start(end) + (n + 1) * 7;
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

/* "the last working day of", "the first day of" */
static void
cut_day(const struct parse *p, const struct point *point, int *first, int *last)
{
	int n = point->part_number, day;

	if (point->working)
		day = calendar_add_workdays(
		    p->env->calendar, n < 0 ? *last + 1 : *first - 1, n);
	else
		day = n < 0 ? *last + n + 1 : *first + n - 1;
	/* A month without a 31st day has its last one. */
	*first = *last = day < *first ? *first : day > *last ? *last : day;
}

/* Reduces a span to the part that the words take of it. */
void
cut_part(
    const struct parse *p, const struct point *point, int *first, int *last)
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
	case PART_DAY:
		cut_day(p, point, first, last);
		break;
	case PART_WEEK:
		if (whole_months(*first, *last) == 1)
			cut_week(point->part_number, first, last);
		break;
	}
}

/* Loose parts, that may have closed just before the base. */
bool
is_loose_part(enum part part)
{
	switch (part) {
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
