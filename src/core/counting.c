/* SPDX-License-Identifier: ISC */
/*
 * The counting modes of statutory and agreed clocks: from a base to the day
 * that the law (or the custom) means, with the rule in English. Which clock
 * counts how is config; nothing here knows a clock by name.
 */
#include "core/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

/* More than anyone's clock, and small enough that no sum overflows. */
#define COUNT_MAX 100000

/* Holidays that a rule names; of more it gives the number. */
#define NAMED_MAX 4

static const char *const mode_names[] = {
	[CLOCK_AFTER] = "after",
	[CLOCK_BEGINNING_WITH] = "beginning_with",
	[CLOCK_WORKING_DAYS] = "working_days",
	[CLOCK_WORKING_DAYS_BEGINNING] = "working_days_beginning",
	[CLOCK_MONTHS] = "months",
	[CLOCK_MONTHS_BEGINNING] = "months_beginning",
	[CLOCK_HOURS] = "hours",
	[CLOCK_CLEAR_BEFORE] = "clear_days_before",
	[CLOCK_CLEAR_BEFORE_S243] = "clear_days_s243",
	[CLOCK_FIXED_ANNUAL] = "fixed_annual",
};

/* What DOMAIN's tables and people's configs also call them. */
static const struct {
	const char *text;
	enum clock_mode mode;
} mode_aliases[] = {
	{ "calendar_months", CLOCK_MONTHS },
	{ "clear_before", CLOCK_CLEAR_BEFORE },
	{ "clear_before_s243", CLOCK_CLEAR_BEFORE_S243 },
	{ "clear_days_before_s243", CLOCK_CLEAR_BEFORE_S243 },
	{ "s243", CLOCK_CLEAR_BEFORE_S243 },
	{ "fixed", CLOCK_FIXED_ANNUAL },
};

int
clock_mode_parse(const char *text)
{
	for (size_t i = 0; i < sizeof mode_names / sizeof *mode_names; i++)
		if (strcmp(text, mode_names[i]) == 0)
			return (int)i;
	for (size_t i = 0; i < sizeof mode_aliases / sizeof *mode_aliases; i++)
		if (strcmp(text, mode_aliases[i].text) == 0)
			return (int)mode_aliases[i].mode;
	return -1;
}

const char *
clock_mode_name(enum clock_mode mode)
{
	return mode_names[mode];
}

static bool
is_bank_holiday(const struct calendar *cal, int on)
{
	return calendar_holiday(cal, on) != NULL;
}

/* In statutes a week day is any day but Sunday. */
static bool
is_week_day(int on)
{
	return day_weekday(on) != SUNDAY;
}

/*
 * The Christmas break of s.243: from the last week day before Christmas Day to
 * the first week day after it that is not a bank holiday.
 */
static bool
in_christmas_break(const struct calendar *cal, int on)
{
	struct civil c = day_civil(on);
	int christmas = day_from_civil(c.year, 12, 25);
	int first = christmas - 1, last = christmas + 1;

	if (c.month != 12)
		return false;
	while (!is_week_day(first))
		first--;
	while (!is_week_day(last) || is_bank_holiday(cal, last))
		last++;
	return on >= first && on <= last;
}

/* The Easter break of s.243: the Thursday before to the Tuesday after. */
static bool
in_easter_break(int on)
{
	int easter = day_easter(day_civil(on).year);

	return on >= easter - 3 && on <= easter + 2;
}

bool
calendar_counts_s243(const struct calendar *cal, int on)
{
	return is_week_day(on) && !is_bank_holiday(cal, on) &&
	       !in_christmas_break(cal, on) && !in_easter_break(on);
}

/*
 * The last day on which notice can be given so that count clear days lie
 * between it and the meeting. It is itself a day that counts: nobody posts a
 * summons on a Sunday.
 */
static int
clear_before(const struct calendar *cal,
    bool (*counts)(const struct calendar *, int), int meeting, int count)
{
	int on = meeting;

	for (int left = count + 1, idle = 0; left > 0; idle++) {
		if (!day_exists(--on))
			return DAY_NONE;
		if (counts(cal, on)) {
			left--;
			idle = 0;
		} else if (idle > 1000) {
			return DAY_NONE;
		}
	}
	return on;
}

int
calendar_clear_before(const struct calendar *cal, int meeting, int count)
{
	return clear_before(cal, calendar_is_workday, meeting, count);
}

int
calendar_clear_before_s243(const struct calendar *cal, int meeting, int count)
{
	return clear_before(cal, calendar_counts_s243, meeting, count);
}

/* The first such date of a year on or after the base; 29 February is the last
 * of the month in other years. */
static int
next_annual(int month, int day, int base_on)
{
	int year = day_civil(base_on).year;

	for (int y = year; y <= year + 1; y++) {
		int last = month_length(y, month);
		int on = day_from_civil(y, month, day < last ? day : last);

		if (on != DAY_NONE && on >= base_on)
			return on;
	}
	return DAY_NONE;
}

/* Elapsed hours; with only the day known they run from its end. */
static void
count_hours(const struct zone *zone, int64_t hours, int base_on,
    int base_minute, struct clock_end *end)
{
	int64_t from = base_minute < 0
			   ? zone_instant(zone, base_on + 1, 0)
			   : zone_instant(zone, base_on, base_minute);

	end->due_on = zone_day(zone, from + hours * 3600, &end->due_minute);
	/* Midnight is the end of the day before it. */
	if (end->due_minute == 0) {
		end->due_on--;
		end->due_minute = -1;
	}
}

bool
clock_is_backward(enum clock_mode mode)
{
	return mode == CLOCK_CLEAR_BEFORE || mode == CLOCK_CLEAR_BEFORE_S243;
}

static int
check_count(const struct clock *clock, const struct zone *zone, int base_on,
    int paused_days, struct err *err)
{
	const char *name = clock->name == NULL ? "clock" : clock->name;

	if (base_on == DAY_NONE)
		return err_set(
		    err, ERR_INPUT, "%s: no day to count from", name);
	if (clock->count < 0 || clock->count > COUNT_MAX || paused_days < 0 ||
	    paused_days > COUNT_MAX)
		return err_set(
		    err, ERR_INPUT, "%s: cannot count %d", name, clock->count);
	if (clock->mode == CLOCK_HOURS && zone == NULL)
		return err_set(
		    err, ERR_INPUT, "%s: hours need a time zone", name);
	if (clock->mode == CLOCK_FIXED_ANNUAL &&
	    (clock->day < 1 || clock->day > month_length(2000, clock->month)))
		return err_set(
		    err, ERR_INPUT, "%s: no such day of the year", name);
	if (paused_days > 0 && !clock_may_pause(clock->mode))
		return err_set(
		    err, ERR_INPUT, "%s: this clock cannot be paused", name);
	return 0;
}

/* The day that the mode gives, before rolling. */
static int
count_day(const struct clock *clock, const struct calendar *cal, int base_on,
    int paused)
{
	int n = clock->count;
	int on;

	switch (clock->mode) {
	case CLOCK_AFTER:
		return base_on + n + paused;
	case CLOCK_BEGINNING_WITH:
		return base_on + n - 1 + paused;
	case CLOCK_WORKING_DAYS:
		return calendar_add_workdays(cal, base_on, n + paused);
	case CLOCK_WORKING_DAYS_BEGINNING:
		return calendar_add_workdays(cal, base_on - 1, n + paused);
	case CLOCK_MONTHS:
		on = day_add_months(base_on, n);
		return on == DAY_NONE ? on : on + paused;
	case CLOCK_MONTHS_BEGINNING:
		/* A period that begins with the 31st and has no 31st to end
		 * before ends with its month. */
		on = day_add_months(base_on, n);
		if (on == DAY_NONE)
			return on;
		if (day_civil(on).day == day_civil(base_on).day)
			on--;
		return on + paused;
	case CLOCK_CLEAR_BEFORE:
		return calendar_clear_before(cal, base_on, n);
	case CLOCK_CLEAR_BEFORE_S243:
		return calendar_clear_before_s243(cal, base_on, n);
	case CLOCK_FIXED_ANNUAL:
		return next_annual(clock->month, clock->day, base_on);
	case CLOCK_HOURS:
		break;
	}
	return DAY_NONE;
}

/* "56 days beginning with", "3 clear days (s.243) before". */
static void
say_mode(struct buf *b, const struct clock *clock)
{
	const char *unit = "day", *how = "after";

	switch (clock->mode) {
	case CLOCK_AFTER:
		break;
	case CLOCK_BEGINNING_WITH:
		how = "beginning with";
		break;
	case CLOCK_WORKING_DAYS:
		unit = "working day";
		break;
	case CLOCK_WORKING_DAYS_BEGINNING:
		unit = "working day";
		how = "beginning with";
		break;
	case CLOCK_MONTHS:
		unit = "month";
		break;
	case CLOCK_MONTHS_BEGINNING:
		unit = "month";
		how = "beginning with";
		break;
	case CLOCK_HOURS:
		unit = "hour";
		break;
	case CLOCK_CLEAR_BEFORE:
		unit = "clear working day";
		how = "before";
		break;
	case CLOCK_CLEAR_BEFORE_S243:
		unit = "clear day";
		how = "(LGA 1972 s.243) before";
		break;
	case CLOCK_FIXED_ANNUAL:
		buf_printf(b, "%d %s each year, next on or after", clock->day,
		    month_name(clock->month));
		return;
	}
	buf_printf(b, "%d %s%s %s", clock->count, unit,
	    clock->count == 1 ? "" : "s", how);
}

/* Which clock, from where: what stays the same while the calendar changes. */
static void
say_head(struct buf *b, const struct clock *clock, int base_on, int base_minute)
{
	char day[DAY_LONG_MAX];

	say_mode(b, clock);
	if (clock->mode == CLOCK_HOURS && base_minute < 0)
		buf_puts(b, " the end of");
	buf_printf(b, " %s", day_long(base_on, day));
	if (clock->mode == CLOCK_HOURS && base_minute >= 0)
		buf_printf(
		    b, ", %02d:%02d", base_minute / 60, base_minute % 60);
}

/* The remarks stand in brackets behind the head, "; " between. */
static void
next_remark(struct buf *b, bool *first)
{
	buf_puts(b, *first ? " (" : "; ");
	*first = false;
}

/* Would the day count, were it no holiday? */
static bool
is_skipped(const struct clock *clock, const struct calendar *cal, int on)
{
	switch (clock->mode) {
	case CLOCK_WORKING_DAYS:
	case CLOCK_WORKING_DAYS_BEGINNING:
	case CLOCK_CLEAR_BEFORE:
		return cal->works[day_weekday(on)];
	case CLOCK_CLEAR_BEFORE_S243:
		return is_week_day(on);
	default:
		return false;
	}
}

static void
say_holidays(struct buf *b, const struct clock *clock,
    const struct calendar *cal, int from, int until, bool *first)
{
	char day[DAY_LONG_MAX];
	int count = 0;

	VEC_EACH (const struct holiday, h, &cal->holidays.days)
		count += h->on >= from && h->on <= until &&
			 is_skipped(clock, cal, h->on);
	if (count == 0)
		return;
	next_remark(b, first);
	buf_puts(b, "not counting ");
	if (count > NAMED_MAX) {
		buf_printf(b, "%d bank holidays", count);
		return;
	}
	count = 0;
	VEC_EACH (const struct holiday, h, &cal->holidays.days) {
		if (h->on < from || h->on > until ||
		    !is_skipped(clock, cal, h->on))
			continue;
		buf_printf(b, "%s%s", count++ > 0 ? " and " : "",
		    day_long(h->on, day));
		if (h->name != NULL)
			buf_printf(b, ", %s", h->name);
	}
}

/* Elapsed hours look wrong where the clocks change between. */
static void
say_change(
    struct buf *b, const struct zone *zone, int from, int until, bool *first)
{
	char day[DAY_LONG_MAX];

	for (size_t i = 0; i < zone->count; i++) {
		int on = zone_day(zone, zone->changes[i].at, NULL);

		if (on < from || on > until)
			continue;
		next_remark(b, first);
		buf_printf(b, "the clocks change on %s", day_long(on, day));
	}
}

bool
clock_counts_workdays(enum clock_mode mode)
{
	return mode == CLOCK_WORKING_DAYS ||
	       mode == CLOCK_WORKING_DAYS_BEGINNING;
}

struct counted {
	int base_on, base_minute, paused_days;
	int unrolled; /* the day before it was rolled */
	int due_on;
};

static char *
say_rule(const struct clock *clock, const struct calendar *cal,
    const struct zone *zone, const struct counted *c)
{
	bool first = true;
	char day[DAY_LONG_MAX];
	struct buf b = { 0 };

	say_head(&b, clock, c->base_on, c->base_minute);
	if (clock_is_backward(clock->mode))
		say_holidays(
		    &b, clock, cal, c->unrolled, c->base_on - 1, &first);
	else
		say_holidays(&b, clock, cal, c->base_on, c->unrolled, &first);
	if (clock->mode == CLOCK_HOURS)
		say_change(&b, zone, c->base_on, c->due_on, &first);
	if (c->paused_days > 0) {
		next_remark(&b, &first);
		buf_printf(&b, "it stood for %d %sday%s", c->paused_days,
		    clock_counts_workdays(clock->mode) ? "working " : "",
		    c->paused_days == 1 ? "" : "s");
	}
	if (c->due_on != c->unrolled) {
		next_remark(&b, &first);
		buf_printf(&b, "%s is not a working day: the %s",
		    day_long(c->unrolled, day),
		    c->due_on > c->unrolled ? "next one" : "one before");
	}
	if (!first)
		buf_putc(&b, ')');
	return buf_take(&b);
}

bool
clock_counted(
    const struct clock *clock, int base_on, int base_minute, const char *rule)
{
	struct buf head = { 0 };
	bool yes;

	if (rule == NULL || base_on == DAY_NONE)
		return false;
	say_head(&head, clock, base_on, base_minute);
	yes =
	    strncmp(rule, buf_text(&head), head.len) == 0 &&
	    (rule[head.len] == '\0' || strncmp(rule + head.len, " (", 2) == 0);
	buf_clear(&head);
	return yes;
}

bool
clock_may_pause(enum clock_mode mode)
{
	return !clock_is_backward(mode) && mode != CLOCK_FIXED_ANNUAL;
}

int
clock_stood(const struct clock *clock, const struct calendar *cal, int from_on,
    int until_on)
{
	int days;

	if (until_on <= from_on)
		return 0;
	if (!clock_counts_workdays(clock->mode))
		return until_on - from_on;
	/* From the day that it stopped to the one before it went on. */
	days = calendar_workdays_between(cal, from_on - 1, until_on - 1);
	return days > 0 ? days : 0;
}

int
clock_count(const struct clock *clock, const struct calendar *cal,
    const struct zone *zone, int base_on, int base_minute, int paused_days,
    struct clock_end *out, struct err *err)
{
	struct clock_end end = { .due_on = DAY_NONE, .due_minute = -1 };
	int unrolled;

	if (check_count(clock, zone, base_on, paused_days, err) == -1)
		return -1;
	if (clock->mode == CLOCK_HOURS)
		count_hours(zone, clock->count + (int64_t)paused_days * 24,
		    base_on, base_minute, &end);
	else
		end.due_on = count_day(clock, cal, base_on, paused_days);
	if (!day_exists(end.due_on))
		return err_set(err, ERR_INPUT,
		    "%s: the calendar has no such day",
		    clock->name == NULL ? "clock" : clock->name);
	unrolled = end.due_on;
	if (clock->roll == ROLL_FORWARD)
		end.due_on = calendar_roll_forward(cal, end.due_on);
	else if (clock->roll == ROLL_BACK)
		end.due_on = calendar_roll_back(cal, end.due_on);
	end.rule = say_rule(clock, cal, zone,
	    &(struct counted){
		base_on, base_minute, paused_days, unrolled, end.due_on });
	*out = end;
	return 0;
}
