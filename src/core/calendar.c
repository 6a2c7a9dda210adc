/* SPDX-License-Identifier: ISC */
/*
 * The working week and its holidays; see calendar.h. What clocks count with
 * them is in counting.c; reading holidays from files is io's.
 */
#include "core/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

/* No stretch without a working day is longer: a calendar in which none works
 * must not loop for ever. */
#define SEARCH_DAYS 1000
#define DAY_FIRST (-719162) /* 1 January of the year 1 */
#define DAY_LAST 2932896    /* 31 December 9999 */

void
calendar_init(struct calendar *cal)
{
	*cal = (struct calendar){ 0 };
	for (int w = MONDAY; w <= FRIDAY; w++)
		cal->works[w] = true;
}

void
calendar_clear(struct calendar *cal)
{
	VEC_EACH (struct holiday, h, &cal->holidays.days) {
		free(h->name);
	}
	vec_clear(&cal->holidays.days);
}

void
calendar_add_holiday(struct calendar *cal, int on, const char *name)
{
	struct holiday *h;

	if (on == DAY_NONE)
		return;
	h = vec_push(&cal->holidays.days);
	h->on = on;
	h->name = xstrdup(name);
}

static int
compare_holidays(const void *a, const void *b)
{
	const struct holiday *x = a, *y = b;

	return (x->on > y->on) - (x->on < y->on);
}

void
calendar_seal(struct calendar *cal)
{
	struct holiday *items = cal->holidays.days.items;
	size_t kept = 0;

	if (cal->holidays.days.len == 0)
		return;
	qsort(items, cal->holidays.days.len, sizeof *items, compare_holidays);
	for (size_t i = 1; i < cal->holidays.days.len; i++) {
		if (items[i].on != items[kept].on) {
			items[++kept] = items[i];
			continue;
		}
		/* A name is worth more than none. */
		if (items[kept].name == NULL)
			items[kept].name = items[i].name;
		else
			free(items[i].name);
	}
	cal->holidays.days.len = kept + 1;
}

/* The index of the first holiday on or after a day. */
static size_t
holiday_from(const struct calendar *cal, int on)
{
	size_t low = 0, high = cal->holidays.days.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (cal->holidays.days.items[mid].on < on)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static const struct holiday *
find_holiday(const struct calendar *cal, int on)
{
	size_t i = holiday_from(cal, on);

	if (i < cal->holidays.days.len && cal->holidays.days.items[i].on == on)
		return &cal->holidays.days.items[i];
	return NULL;
}

const char *
calendar_holiday(const struct calendar *cal, int on)
{
	const struct holiday *h = find_holiday(cal, on);

	if (h == NULL)
		return NULL;
	return h->name == NULL ? "holiday" : h->name;
}

bool
calendar_is_workday(const struct calendar *cal, int on)
{
	return cal->works[day_weekday(on)] && find_holiday(cal, on) == NULL;
}

/* The nearest working day from a day on, going by step. */
static int
roll(const struct calendar *cal, int on, int step)
{
	int at = on;

	if (on < DAY_FIRST || on > DAY_LAST)
		return on;
	for (int i = 0; i < SEARCH_DAYS; i++, at += step)
		if (calendar_is_workday(cal, at))
			return at;
	return on;
}

int
calendar_roll_forward(const struct calendar *cal, int on)
{
	return roll(cal, on, 1);
}

int
calendar_roll_back(const struct calendar *cal, int on)
{
	return roll(cal, on, -1);
}

int
calendar_add_workdays(const struct calendar *cal, int on, int n)
{
	int step = n < 0 ? -1 : 1;
	int idle = 0;
	int64_t left = n < 0 ? -(int64_t)n : n;

	while (left > 0) {
		if (on < DAY_FIRST || on > DAY_LAST || idle > SEARCH_DAYS)
			return DAY_NONE;
		on += step;
		if (calendar_is_workday(cal, on)) {
			left--;
			idle = 0;
		} else {
			idle++;
		}
	}
	return day_exists(on) ? on : DAY_NONE;
}

/* Days of the working week after a, up to and including b (b >= a). */
static int
weekdays_between(const struct calendar *cal, int a, int b)
{
	int each = 0, weeks = (b - a) / 7, count;

	for (int w = 0; w < 7; w++)
		each += cal->works[w];
	count = weeks * each;
	for (int d = a + weeks * 7 + 1; d <= b; d++)
		count += cal->works[day_weekday(d)];
	return count;
}

int
calendar_workdays_between(const struct calendar *cal, int a, int b)
{
	int count;

	if (a == DAY_NONE || b == DAY_NONE)
		return 0;
	if (b < a)
		return -calendar_workdays_between(cal, b, a);
	count = weekdays_between(cal, a, b);
	for (size_t i = holiday_from(cal, a + 1);
	     i < cal->holidays.days.len && cal->holidays.days.items[i].on <= b;
	     i++)
		count -=
		    cal->works[day_weekday(cal->holidays.days.items[i].on)];
	return count;
}

int
calendar_horizon(const struct calendar *cal)
{
	size_t n = cal->holidays.days.len;

	return n == 0 ? DAY_NONE : cal->holidays.days.items[n - 1].on;
}
