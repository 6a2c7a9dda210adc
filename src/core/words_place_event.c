/* SPDX-License-Identifier: ISC */
/*
 * Holidays and meetings in the calendar: Christmas, Easter and the bank
 * holidays; the next meeting, that of a month, and when its papers go out.
 */
#include "core/words_grammar.h"

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
	case HOLIDAY_REMEMBRANCE:
		set_day(out, nth_weekday(year, 11, SUNDAY, 2));
		return;
	case HOLIDAY_FEAST:
		set_day(out, easter + point->number);
		return;
	}
}

static const char *
holiday_name(const struct point *point)
{
	static const char *const names[] = { "Christmas", "Christmas Eve",
		"Christmas Day", "Boxing Day", "New Year's Eve",
		"New Year's Day", "Easter", "Good Friday", "Easter Sunday",
		"Easter Monday", "the bank holiday", "the local elections",
		"Remembrance Sunday" };

	return point->holiday == HOLIDAY_FEAST ? feast_name(point->number)
					       : names[point->holiday];
}

void
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

/* The meeting that the words meant when they were resolved before. */
static int
meeting_followed(const struct parse *p, const struct words_series *series)
{
	return series != NULL && p->env->hung_series != 0 &&
		       series->id == p->env->hung_series &&
		       meets_on(series, p->env->hung_on)
		   ? p->env->hung_on
		   : DAY_NONE;
}

static int
meeting_day(const struct parse *p, const struct point *point,
    const struct words_series *series)
{
	int base = p->env->base_on, day;

	switch (point->meeting) {
	case MEETING_THIS:
		return meets_on(series, base) ? base
					      : meeting_after(series, base, 1);
	case MEETING_MONTH:
		day = meeting_in_month(series, point, base);
		return day != DAY_NONE ? day : meeting_followed(p, series);
	default:
		return meeting_after(series, base, point->number);
	}
}

void
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
		day = out->last;
		if (series == NULL || !meets_on(series, day))
			day = meeting_followed(p, series);
		if (day == DAY_NONE) {
			out->series = 0;
			day = out->last;
		} else {
			out->meeting_on = day;
		}
		if (day != out->last) {
			/* Of the day that was said nothing holds any more. */
			out->flags = 0;
			out->year_inferred = false;
			buf_puts(say, ", which is on ");
			say_day(say, day);
		}
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
