/* SPDX-License-Identifier: ISC */
/*
 * The reader of papers: its steps in order. Text to lines, lines to blocks,
 * blocks to meetings with people, then entries in them, then flags.
 */
#include "core/minutes.h"

#include <stdlib.h>
#include <string.h>

#include "core/minutes_parts.h"

void
minutes_env_init(struct minutes_env *env)
{
	*env = (struct minutes_env){ .held_on = DAY_NONE };
}

const char *
minutes_state_text(const struct minutes_meeting *meeting)
{
	switch (meeting->paper) {
	case MINUTES_AGENDA:
		return "agenda";
	case MINUTES_REPORT:
		return "report";
	case MINUTES_LOG:
		return "log";
	case MINUTES_OF_MEETING:
		break;
	}
	return meeting->approval == MINUTES_DRAFT      ? "draft"
	       : meeting->approval == MINUTES_APPROVED ? "approved"
						       : "unstated";
}

const char *
minutes_presence_name(enum minutes_presence presence)
{
	return presence == MINUTES_PRESENT     ? "present"
	       : presence == MINUTES_APOLOGIES ? "apologies"
					       : "mentioned";
}

static void
points_clear(struct minutes_point *points, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(points[i].text);
}

static void
meeting_clear_read(struct minutes_meeting *m)
{
	VEC_EACH (struct minutes_entry, e, &m->entries)
		draft_clear(e);
	VEC_EACH (struct minutes_person, p, &m->people) {
		free(p->name);
		free(p->organisation);
		free(p->role);
		free(p->initials);
	}
	points_clear(m->agenda.items, m->agenda.len);
	vec_clear(&m->entries);
	vec_clear(&m->people);
	vec_clear(&m->agenda);
	free(m->title);
	free(m->series);
	free(m->venue);
	free(m->chair);
}

void
minutes_clear(struct minutes *minutes)
{
	VEC_EACH (struct minutes_meeting, m, &minutes->meetings)
		meeting_clear_read(m);
	VEC_EACH (struct minutes_flag, f, &minutes->flags)
		free(f->text);
	vec_clear(&minutes->meetings);
	vec_clear(&minutes->flags);
}

static void
reading_clear(struct reading *r)
{
	paper_clear(&r->paper);
	blocks_clear(&r->blocks);
	VEC_EACH (struct part, part, &r->parts)
		vec_clear(&part->days);
	vec_clear(&r->parts);
	VEC_EACH (char *, s, &r->strings)
		free(*s);
	VEC_EACH (char *, s, &r->organisations)
		free(*s);
	VEC_EACH (int *, d, &r->day_lists)
		free(*d);
	vec_clear(&r->day_lists);
	vec_clear(&r->strings);
	vec_clear(&r->organisations);
	vec_clear(&r->series);
	free(r->proper);
	free(r->mentioned);
	calendar_clear(&r->own_calendar);
	words_policy_clear(&r->own_policy);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct minutes_entry *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

static void
part_read(struct reading *r, struct part *part)
{
	rows_read(r, part);
	trailing_read(r, part);
	actions_read(r, part);
	margins_read(r, part);
	recommendations_read(r, part);
	passing_read(r, part);
	same_merge(r, part);
}

/* A letterhead before the first meeting is none. */
static void
drop_empty(struct minutes *made)
{
	size_t put = 0;

	for (size_t i = 0; i < made->meetings.len; i++) {
		struct minutes_meeting *m = &made->meetings.items[i];

		if (made->meetings.len > 1 && m->held_on == DAY_NONE &&
		    !m->title && m->entries.len == 0 && m->people.len == 0 &&
		    m->agenda.len == 0)
			meeting_clear_read(m);
		else
			made->meetings.items[put++] = *m;
	}
	made->meetings.len = put;
}

int
minutes_read(const char *bytes, size_t len, const struct minutes_env *env,
    struct minutes *out, struct err *err)
{
	struct minutes made = { 0 };
	struct reading r = { .env = env, .out = &made };

	if (paper_load(bytes, len, &r.paper, err) == -1)
		return -1;
	calendar_init(&r.own_calendar);
	words_policy_init(&r.own_policy);
	r.calendar = env->calendar ? env->calendar : &r.own_calendar;
	r.policy = env->policy ? env->policy : &r.own_policy;
	blocks_read(&r.paper, &r.blocks);
	proper_read(&r);
	people_mentioned(&r);
	heads_read(&r);
	VEC_EACH (struct part, part, &r.parts)
		people_read(&r, part);
	heads_series(&r);
	VEC_EACH (struct part, part, &r.parts)
		part_read(&r, part);
	VEC_EACH (struct minutes_meeting, m, &made.meetings)
		if (m->entries.len > 1)
			qsort(m->entries.items, m->entries.len,
			    sizeof *m->entries.items, compare_entries);
	drop_empty(&made);
	flags_read(&r);
	reading_clear(&r);
	*out = made;
	return 0;
}
