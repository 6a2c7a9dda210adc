/* SPDX-License-Identifier: ISC */
/* On which days a digest is due; see plan.h. */
#include "core/plan.h"

#include <libical/ical.h>
#include <string.h>

#define LATE_DAYS 7    /* a digest older than that is not caught up */
#define AHEAD_DAYS 400 /* how far ahead the next one is looked for */

struct search {
	const struct rule *rule;
	const struct calendar *calendar;
	int after_on, today;
	int found_on, next_on;
};

/* Takes a day of the rule; false when later ones cannot matter any more. */
static bool
take(struct search *s, int day)
{
	int on = s->rule->kind == RULE_BEFORE_MEETING
		     ? calendar_roll_back(s->calendar, day)
		     : calendar_roll_forward(s->calendar, day);

	if (on > s->today) {
		if (s->next_on == DAY_NONE || on < s->next_on)
			s->next_on = on;
		return false;
	}
	if (on >= s->today - LATE_DAYS && on > s->after_on && on > s->found_on)
		s->found_on = on;
	return true;
}

static void
search_weekly(struct search *s)
{
	int first = s->today - 2 * LATE_DAYS;
	int day = first + (s->rule->weekday - (int)day_weekday(first) + 7) % 7;

	while (take(s, day))
		day += 7;
}

static void
search_meetings(struct search *s, const int *meetings, size_t nmeetings)
{
	for (size_t i = 0; i < nmeetings; i++) {
		int n = s->rule->count;
		int day = s->rule->workdays ? calendar_add_workdays(
						  s->calendar, meetings[i], -n)
					    : meetings[i] - n;

		if (meetings[i] >= s->today)
			(void)take(s, day);
	}
}

/* Its null date has an hour of -1, with which an iterator falls back by a day
 * at every step: a daily rule would never get on. */
static struct icaltimetype
ical_day(int day)
{
	struct civil c = day_civil(day);

	return (struct icaltimetype){
		.year = c.year, .month = c.month, .day = c.day, .is_date = 1
	};
}

/* Floating dates from Monday 1 January 2018 on, so that "every second week"
 * means the same weeks for everybody (FACTS G: zoned iteration is wrong). */
static void
search_rrule(struct search *s)
{
	struct icalrecurrencetype recur =
	    icalrecurrencetype_from_string(s->rule->text);
	icalrecur_iterator *it =
	    icalrecur_iterator_new(recur, ical_day(day_from_civil(2018, 1, 1)));
	struct icaltimetype t;

	if (it == NULL)
		return;
	(void)icalrecur_iterator_set_start(
	    it, ical_day(s->today - 2 * LATE_DAYS));
	for (;;) {
		int day;

		t = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(t))
			break;
		day = day_from_civil(t.year, t.month, t.day);
		if (!take(s, day) || day > s->today + AHEAD_DAYS)
			break;
	}
	icalrecur_iterator_free(it);
}

int
plan_digest(const struct rule *rule, const struct calendar *calendar,
    const int *meetings, size_t nmeetings, int after_on, int today,
    int *next_on)
{
	struct search s = { .rule = rule,
		.calendar = calendar,
		.after_on = after_on,
		.today = today,
		.found_on = DAY_NONE,
		.next_on = DAY_NONE };

	if (rule->kind == RULE_WEEKLY)
		search_weekly(&s);
	else if (rule->kind == RULE_BEFORE_MEETING)
		search_meetings(&s, meetings, nmeetings);
	else if (rule->kind == RULE_RRULE)
		search_rrule(&s);
	*next_on = s.next_on;
	return s.found_on;
}
