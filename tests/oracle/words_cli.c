/* SPDX-License-Identifier: ISC */
/*
 * A pipe into core's dates for the oracles in Python: tab-separated commands on
 * standard input, one answer line each on standard output. Test code only.
 *
 *   holiday DAY NAME                     (no answer)
 *   series CODE TITLE DAY,DAY,...        (no answer)
 *   term NAME FIRST LAST HALF HALF       (no answer; days may be empty)
 *   zone FIRST_OFFSET AT:OFFSET,...      (no answer)
 *   words BASE UNTIL OWN PHRASE    ->  due earliest review rule flag
 *   find TEXT                      ->  the span
 *   clock MODE COUNT MONTH DAY ROLL BASE MINUTE PAUSED  ->  due minute rule
 *   workdays DAY N                 ->  day
 *   between A B                    ->  count
 *   instant DAY MINUTE             ->  UTC seconds
 *   local SECONDS                  ->  day minute
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/calendar.h"
#include "core/words.h"

#define FIELDS 12

struct state {
	struct calendar calendar;
	bool sealed;
	struct words_policy policy;
	struct zone zone;
	VEC(struct words_series) series;
};

static int
split(char *line, char *field[FIELDS])
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *at = line; at != NULL && n < FIELDS; n++) {
		field[n] = at;
		at = strchr(at, '\t');
		if (at != NULL)
			*at++ = '\0';
	}
	for (int i = n; i < FIELDS; i++)
		field[i] = line + strlen(line);
	return n;
}

static const char *
iso(int day)
{
	static char text[4][DAY_TEXT_MAX];
	static int next;

	next = (next + 1) % 4;
	return day_iso(day, text[next]);
}

static void
add_series(struct state *s, char *field[])
{
	struct words_series *series = vec_push(&s->series);
	int *days = xcalloc(strlen(field[3]) + 1, sizeof *days);

	series->id = (int64_t)s->series.len;
	series->code = xstrdup(field[1]);
	series->title = field[2][0] == '\0' ? NULL : xstrdup(field[2]);
	for (char *day = strtok(field[3], ","); day != NULL;
	     day = strtok(NULL, ","))
		days[series->ndays++] = day_parse(day);
	series->days = days;
}

static void
add_zone(struct state *s, char *field[])
{
	struct zone_change *changes =
	    xcalloc(strlen(field[2]) + 1, sizeof *changes);

	zone_clear(&s->zone);
	s->zone.first_offset = atoi(field[1]);
	for (char *c = strtok(field[2], ","); c != NULL;
	     c = strtok(NULL, ",")) {
		struct zone_change *change = &changes[s->zone.count++];
		char *colon;

		change->at = strtoll(c, &colon, 10);
		change->offset = atoi(colon + 1);
	}
	s->zone.changes = changes;
}

static void
say_words(struct state *s, char *field[])
{
	struct words_env env = { .base_on = day_parse(field[1]),
		.base_until_on = day_parse(field[2]),
		.calendar = &s->calendar,
		.policy = &s->policy,
		.series = s->series.items,
		.nseries = s->series.len };
	struct words_answer a = { 0 };
	struct err err = { 0 };

	VEC_EACH (struct words_series, series, &s->series) {
		if (strcmp(series->code, field[3]) == 0)
			env.own_series = series->id;
	}
	if (words_resolve(field[4], &env, &a, &err) == -1) {
		printf("error\t%s\n", err.text);
		return;
	}
	printf("%s\t%s\t%s\t%s\t%s\n", iso(a.due_on), iso(a.earliest_on),
	    iso(a.review_on), a.rule, a.flag == NULL ? "" : a.flag);
	words_answer_clear(&a);
}

static void
say_find(char *field[])
{
	size_t start = 0, len = 0;

	if (words_find(field[1], strlen(field[1]), &start, &len) == 1)
		printf("%.*s\n", (int)len, field[1] + start);
	else
		puts("");
}

static void
say_clock(struct state *s, char *field[])
{
	int mode = clock_mode_parse(field[1]);
	struct clock clock = { .mode = mode < 0 ? 0 : (enum clock_mode)mode,
		.count = atoi(field[2]),
		.month = atoi(field[3]),
		.day = atoi(field[4]),
		.roll = strcmp(field[5], "forward") == 0 ? ROLL_FORWARD
			: strcmp(field[5], "back") == 0  ? ROLL_BACK
							 : ROLL_NONE };
	struct clock_end end = { 0 };
	struct err err = { 0 };

	if (mode < 0 ||
	    clock_count(&clock, &s->calendar, &s->zone, day_parse(field[6]),
		atoi(field[7]), atoi(field[8]), &end, &err) == -1) {
		printf("error\t%s\n", mode < 0 ? "mode" : err.text);
		return;
	}
	printf("%s\t%d\t%s\n", iso(end.due_on), end.due_minute, end.rule);
	free(end.rule);
}

static void
say_local(struct state *s, char *field[])
{
	int minute, day = zone_day(&s->zone, atoll(field[1]), &minute);

	printf("%s\t%d\n", iso(day), minute);
}

static void
obey(struct state *s, char *field[])
{
	const char *verb = field[0];

	if (strcmp(verb, "holiday") == 0) {
		calendar_add_holiday(
		    &s->calendar, day_parse(field[1]), field[2]);
		s->sealed = false;
		return;
	}
	if (!s->sealed) {
		calendar_seal(&s->calendar);
		s->sealed = true;
	}
	if (strcmp(verb, "series") == 0) {
		add_series(s, field);
	} else if (strcmp(verb, "term") == 0) {
		*vec_push(&s->policy.terms) =
		    (struct words_term){ .name = xstrdup(field[1]),
			    .first_on = day_parse(field[2]),
			    .last_on = day_parse(field[3]),
			    .half_first_on = day_parse(field[4]),
			    .half_last_on = day_parse(field[5]) };
	} else if (strcmp(verb, "zone") == 0) {
		add_zone(s, field);
	} else if (strcmp(verb, "words") == 0) {
		say_words(s, field);
	} else if (strcmp(verb, "find") == 0) {
		say_find(field);
	} else if (strcmp(verb, "clock") == 0) {
		say_clock(s, field);
	} else if (strcmp(verb, "workdays") == 0) {
		printf("%s\n", iso(calendar_add_workdays(&s->calendar,
				   day_parse(field[1]), atoi(field[2]))));
	} else if (strcmp(verb, "between") == 0) {
		printf("%d\n", calendar_workdays_between(&s->calendar,
				   day_parse(field[1]), day_parse(field[2])));
	} else if (strcmp(verb, "instant") == 0) {
		printf("%lld\n", (long long)zone_instant(&s->zone,
				     day_parse(field[1]), atoi(field[2])));
	} else if (strcmp(verb, "local") == 0) {
		say_local(s, field);
	}
}

int
main(void)
{
	struct state s = { 0 };
	char *field[FIELDS];
	char *line = NULL;
	size_t cap = 0;

	calendar_init(&s.calendar);
	words_policy_init(&s.policy);
	while (getline(&line, &cap, stdin) > 0) {
		(void)split(line, field);
		obey(&s, field);
	}
	free(line);
	VEC_EACH (struct words_series, series, &s.series) {
		free((void *)(uintptr_t)series->code);
		free((void *)(uintptr_t)series->title);
		free((void *)(uintptr_t)series->days);
	}
	vec_clear(&s.series);
	words_policy_clear(&s.policy);
	calendar_clear(&s.calendar);
	zone_clear(&s.zone);
	return 0;
}
