/* SPDX-License-Identifier: ISC */
/* A paper's meeting into the register: series, day, people, agenda, the next
 * one. Entries are taken by minutes_take.c. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/args.h"
#include "desk/flags.h"
#include "desk/look.h"
#include "desk/minutes_parts.h"
#include "io/parties.h"

static int
save_meeting(struct take *t, struct err *err)
{
	const struct minutes_meeting *m = t->meeting;
	struct desk_call *call = t->call;
	struct meeting as_read = { .series_id = t->series.id,
		.held_on = m->held_on,
		.starts_minute = m->starts_at,
		.approved_on = DAY_NONE };
	struct meeting *row = &t->held;
	int rc;

	rc = meetings_get(call->db, t->series.id, m->held_on, row, err);
	if (rc == -1)
		return -1;
	if (rc == 0) {
		*row = as_read;
		row->series = xstrdup(t->series.code);
	}
	if (row->starts_minute == -1)
		row->starts_minute = m->starts_at;
	if (row->venue == NULL)
		row->venue = xstrdup(m->venue);
	/* An agenda does not say that it was held. */
	if (m->paper == MINUTES_OF_MEETING && row->state == MEETING_PLANNED &&
	    m->held_on <= call->today)
		row->state = MEETING_HELD;
	if (m->approval > row->minutes)
		row->minutes = m->approval;
	return rc == 0 ? meetings_add(call->db, row, &call->doer, err)
		       : meetings_save(call->db, row, &call->doer, err);
}

struct noted {
	const char *text;
	bool found;
};

static int
find_note(void *ctx, const struct event *event, struct err *err)
{
	struct noted *noted = ctx;

	(void)err;
	noted->found = strcmp(event->what, FLAG_TWO_DATES) == 0 &&
		       event->note != NULL &&
		       strcmp(event->note, noted->text) == 0;
	return noted->found;
}

/* A conflict about the next meeting stays in the history of this one, for
 * check; the same paper again says nothing new. */
static int
note_two_dates(struct take *t, const char *text, struct err *err)
{
	struct noted noted = { .text = text };
	struct desk_call *call = t->call;

	if (register_history(call->db, "meeting", t->held.id, INSTANT_NONE,
		find_note, &noted, err) == -1)
		return -1;
	return noted.found
		   ? 0
		   : register_event(call->db, &call->doer, "meeting",
			 t->held.id, FLAG_TWO_DATES, NULL, NULL, text, err);
}

static int
note_other_day(struct take *t, int known_on, struct err *err)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	char *text = xasprintf("the paper has the next meeting on %s, the "
			       "register on %s",
	    day_long(t->meeting->next_on, a), day_long(known_on, b));
	int rc = note_two_dates(t, text, err);

	desk_remark(t->call, "%s: %s of %s: %s", t->name, t->series.code,
	    day_long(t->meeting->held_on, a), text);
	free(text);
	return rc;
}

unsigned
minutes_end_of(const struct take *t)
{
	unsigned end = UINT_MAX;

	VEC_EACH (const struct minutes_meeting, m, &t->minutes->meetings)
		if (m->line > t->meeting->line && m->line < end)
			end = m->line;
	return end;
}

static int
save_conflicts(struct take *t, struct err *err)
{
	unsigned end = minutes_end_of(t);
	int rc = 0;

	VEC_EACH (const struct minutes_flag, f, &t->minutes->flags)
		if (rc == 0 && f->code == MINUTES_FLAG_NEXT_CONFLICT &&
		    f->line >= t->meeting->line && f->line < end)
			rc = note_two_dates(t, f->text, err);
	return rc;
}

/* The next meeting is added where the register does not know one already:
 * what it knows was put there by a person. */
static int
save_next(struct take *t, struct err *err)
{
	const struct minutes_meeting *m = t->meeting;
	struct desk_call *call = t->call;
	struct meeting next = { 0 };
	int rc;

	if (m->next_on == DAY_NONE || m->next_on <= m->held_on)
		return 0;
	rc = meetings_next(call->db, t->series.id, m->held_on, &next, err);
	if (rc == 1 && next.held_on != m->next_on)
		rc = note_other_day(t, next.held_on, err) == -1 ? -1 : 1;
	meeting_clear(&next);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	next = (struct meeting){ .series_id = t->series.id,
		.held_on = m->next_on,
		.starts_minute = -1,
		.approved_on = DAY_NONE };
	return meetings_add(call->db, &next, &call->doer, err);
}

int
minutes_take_people(struct take *t, struct err *err)
{
	const struct minutes_meeting *m = t->meeting;
	struct attendance *list;
	size_t n = 0;
	int rc;

	if (m->people.len == 0)
		return 0;
	list = xcalloc(m->people.len, sizeof *list);
	VEC_EACH (struct minutes_person, p, &m->people) {
		struct err none = { 0 };
		bool twice = false;

		for (size_t i = 0; i < n; i++)
			twice = twice || strcmp(list[i].name, p->name) == 0;
		if (twice || p->presence == MINUTES_MENTIONED)
			continue;
		list[n] = (struct attendance){ .name = p->name,
			.organisation = p->organisation,
			.role = p->role,
			.present = p->presence == MINUTES_PRESENT };
		if (minutes_find_party(
			t->call, p->name, &list[n].party_id, &none) == -1)
			list[n].party_id = 0;
		n++;
	}
	rc = meetings_set_attendance(t->call->db, t->held.id, list, n, err);
	free(list);
	return rc;
}

/* The items that this meeting put off, for the check of the next agenda, and
 * the agenda where the paper is one. */
static int
save_agenda(struct take *t, struct err *err)
{
	const struct minutes_meeting *m = t->meeting;
	struct agenda_item *items =
	    xcalloc(m->agenda.len + m->entries.len, sizeof *items);
	char(*numbers)[24] =
	    xcalloc(m->agenda.len + m->entries.len, sizeof *numbers);
	size_t n = 0;
	int rc = 0;

	VEC_EACH (struct minutes_point, p, &m->agenda) {
		(void)snprintf(numbers[n], sizeof *numbers, "%zu", n + 1);
		items[n].number = numbers[n];
		items[n++].title = p->text;
	}
	VEC_EACH (struct minutes_entry, e, &m->entries) {
		if (!e->deferred)
			continue;
		(void)snprintf(numbers[n], sizeof *numbers, "d%zu", n + 1);
		items[n].number = numbers[n];
		items[n].title = e->subject != NULL ? e->subject : e->text;
		items[n++].deferred = true;
	}
	if (n > 0)
		rc =
		    meetings_set_agenda(t->call->db, t->held.id, items, n, err);
	free(numbers);
	free(items);
	return rc;
}

int
minutes_take_meeting(struct take *t, struct err *err)
{
	if (minutes_find_series(t, err) == -1 || save_meeting(t, err) == -1 ||
	    save_next(t, err) == -1 || save_conflicts(t, err) == -1)
		return -1;
	return save_agenda(t, err);
}
