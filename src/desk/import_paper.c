/* SPDX-License-Identifier: ISC */
/* Meetings of papers that rows were drafted from; see import_paper.h. */
#include "desk/import_paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static int
read_word(struct import_run *run, struct entry_row *row, int column,
    const char *const words[3])
{
	const char *text = row->cells.cell[column];

	if (text == NULL)
		return 0;
	for (int i = 0; i < 3; i++)
		if (text_same(text, words[i]))
			return i;
	import_wrong(run, column, "\"%.20s\": write %s, %s or %s", text,
	    words[0], words[1], words[2]);
	return 0;
}

static void
read_minute(struct import_run *run, struct entry_row *row)
{
	const char *text = row->cells.cell[E_MEETING_TIME];

	row->meeting.minute = text == NULL ? -1 : minute_parse(text);
	if (text == NULL ||
	    (row->meeting.minute >= 0 && row->meeting.minute < 1440))
		return;
	import_wrong(run, E_MEETING_TIME,
	    "\"%.20s\" is no time of day like 14:30", text);
}

/* ---- the days that words count with ---- */

static void
add_day(struct words_series *series, int on)
{
	int *days;
	size_t at = 0;

	while (at < series->ndays && series->days[at] < on)
		at++;
	if (at < series->ndays && series->days[at] == on)
		return;
	days = xcalloc(series->ndays + 1, sizeof *days);
	for (size_t i = 0; i < series->ndays; i++)
		days[i + (i >= at)] = series->days[i];
	days[at] = on;
	free((int *)series->days);
	series->days = days;
	series->ndays++;
}

/* The first meeting behind a day; DAY_NONE: none is known. */
static int
day_after(const struct words_series *series, int on)
{
	for (size_t i = 0; i < series->ndays; i++)
		if (series->days[i] > on)
			return series->days[i];
	return DAY_NONE;
}

static void
add_days(struct import_run *run, struct words_series *series,
    struct paper_meeting *m)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	int known;

	add_day(series, m->held_on);
	if (m->next_on == DAY_NONE || m->next_on <= m->held_on)
		return;
	known = day_after(series, m->held_on);
	if (known == DAY_NONE) {
		add_day(series, m->next_on);
		return;
	}
	if (known != m->next_on)
		import_note(run,
		    "row %zu: the draft has the next meeting on %s, the "
		    "register on %s",
		    run->row, day_long(m->next_on, a), day_long(known, b));
}

int
paper_read(struct import_run *run, struct entry_row *row, struct err *err)
{
	static const char *const states[] = { "planned", "held", "cancelled" };
	static const char *const minutes[] = { "none", "draft", "approved" };
	struct entries_import *ei = run->ctx;
	struct paper_meeting *m = &row->meeting;

	(void)err;
	m->held_on = row->day[E_MEETING];
	m->next_on = row->day[E_NEXT];
	m->state =
	    (enum meeting_state)read_word(run, row, E_MEETING_STATE, states);
	m->minutes =
	    (enum minutes_state)read_word(run, row, E_MEETING_MINUTES, minutes);
	m->venue = row->cells.cell[E_MEETING_VENUE];
	read_minute(run, row);
	if (m->held_on == DAY_NONE || row->series_id == 0)
		return 0;
	VEC_EACH (struct words_series, series, &ei->dating.cal.series)
		if (series->id == row->series_id)
			add_days(run, series, m);
	return 0;
}

/* ---- staged and applied ---- */

void
paper_pack(const struct entry_row *row, struct buf *body)
{
	const struct paper_meeting *m = &row->meeting;
	char *text;

	if (m->held_on == DAY_NONE || row->series_id == 0)
		return;
	text = xasprintf("%d %d %d %d %d %s", m->held_on, m->next_on, m->minute,
	    (int)m->state, (int)m->minutes, m->venue != NULL ? m->venue : "");
	pack_text(body, X_MEETING, text);
	free(text);
}

static int
save_held(struct import_apply *apply, int64_t series_id,
    const struct paper_meeting *m, struct err *err)
{
	struct meeting row = { 0 };
	int rc = meetings_get(apply->db, series_id, m->held_on, &row, err);

	if (rc == -1)
		return -1;
	if (rc == 0)
		row = (struct meeting){ .series_id = series_id,
			.held_on = m->held_on,
			.starts_minute = -1,
			.approved_on = DAY_NONE };
	if (row.starts_minute == -1)
		row.starts_minute = m->minute;
	if (row.venue == NULL && *m->venue != '\0')
		row.venue = xstrdup(m->venue);
	if (m->state == MEETING_HELD && row.state == MEETING_PLANNED &&
	    m->held_on <= apply->today)
		row.state = MEETING_HELD;
	if (m->minutes > row.minutes)
		row.minutes = m->minutes;
	rc = rc == 0 ? meetings_add(apply->db, &row, &apply->doer, err)
		     : meetings_save(apply->db, &row, &apply->doer, err);
	meeting_clear(&row);
	return rc;
}

static int
save_next(struct import_apply *apply, int64_t series_id,
    const struct paper_meeting *m, struct err *err)
{
	struct meeting next = { 0 };
	int rc;

	if (m->next_on == DAY_NONE || m->next_on <= m->held_on)
		return 0;
	rc = meetings_next(apply->db, series_id, m->held_on, &next, err);
	meeting_clear(&next);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	next = (struct meeting){ .series_id = series_id,
		.held_on = m->next_on,
		.starts_minute = -1,
		.approved_on = DAY_NONE };
	return meetings_add(apply->db, &next, &apply->doer, err);
}

int
paper_apply(struct import_apply *apply, int64_t series_id, const char *packed,
    struct err *err)
{
	struct paper_meeting m = { 0 };
	int state, minutes, at = 0;

	if (sscanf(packed, "%d %d %d %d %d %n", &m.held_on, &m.next_on,
		&m.minute, &state, &minutes, &at) != 5)
		return err_set(err, ERR_SYSTEM,
		    "the meeting of the staged row is damaged");
	m.state = (enum meeting_state)state;
	m.minutes = (enum minutes_state)minutes;
	m.venue = packed + at;
	if (save_held(apply, series_id, &m, err) == -1)
		return -1;
	return save_next(apply, series_id, &m, err);
}
