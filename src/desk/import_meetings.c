/* SPDX-License-Identifier: ISC */
/*
 * Importing series and their meetings; a row without a day only makes the
 * series. A meeting that was moved or cancelled since stays so. When all are
 * in, the dates that hang on the series are reckoned anew.
 */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/columns.h"
#include "desk/dates.h"
#include "desk/import_kind.h"
#include "desk/look.h"
#include "desk/strmap.h"
#include "io/meetings.h"
#include "io/parties.h"

#define X_REDATE 100 /* the series whose dates are to be reckoned anew */

static const char *const states[] = { "planned", "held", "cancelled" };
static const char *const minutes[] = { "none", "draft", "approved" };

struct meetings_import {
	struct strmap fresh; /* series that the file makes: code to row */
	struct strmap rows;  /* series and day to row */
	struct strmap moved; /* series whose calendar changes */
	VEC(char *) redate;  /* the same, in order */
	size_t released;
};

static int
meetings_open(struct import_run *run, struct err *err)
{
	(void)err;
	run->ctx = xcalloc(1, sizeof(struct meetings_import));
	return 0;
}

static void
meetings_close(struct import_run *run)
{
	struct meetings_import *mi = run->ctx;

	strmap_clear(&mi->fresh);
	strmap_clear(&mi->rows);
	strmap_clear(&mi->moved);
	VEC_EACH (char *, code, &mi->redate)
		free(*code);
	vec_clear(&mi->redate);
	free(mi);
}

/* ---- a row ---- */

struct meeting_row {
	char *cell[M_COLUMNS];
	int held_on, approved_on, minute, state, minutes;
	bool restricted, confirm;
	bool kept; /* it says what the register had before */
	int64_t chair_id, secretary_id;
};

static void
row_clear(struct meeting_row *row)
{
	for (int i = 0; i < M_COLUMNS; i++)
		free(row->cell[i]);
}

static int
read_word(struct import_run *run, struct meeting_row *row, int column,
    const char *const *words)
{
	const char *text = row->cell[column];

	if (text == NULL)
		return -1;
	for (int i = 0; i < 3; i++)
		if (text_same(text, words[i]))
			return i;
	import_wrong(run, column, "\"%.40s\": write %s, %s or %s", text,
	    words[0], words[1], words[2]);
	return -1;
}

static int
read_party(struct import_run *run, const struct meeting_row *row, int column,
    int64_t *id, struct err *err)
{
	return row->cell[column] == NULL
		   ? 0
		   : import_party(run, column, row->cell[column], id, err);
}

static int
row_read(struct import_run *run, const struct csv_row *csv,
    struct meeting_row *row, struct err *err)
{
	*row = (struct meeting_row){
		.held_on = DAY_NONE,
		.approved_on = DAY_NONE,
	};
	for (int i = 0; i < M_COLUMNS; i++)
		row->cell[i] = import_cell(run, csv, i);
	(void)import_day(run, csv, M_HELD, &row->held_on);
	(void)import_day(run, csv, M_APPROVED, &row->approved_on);
	(void)import_switch(run, csv, M_RESTRICTED, &row->restricted);
	(void)import_switch(run, csv, M_CONFIRM, &row->confirm);
	row->state = read_word(run, row, M_STATE, states);
	row->minutes = read_word(run, row, M_MINUTES, minutes);
	row->minute = import_minute(run, M_TIME, row->cell[M_TIME]);
	if (row->cell[M_SERIES] == NULL) {
		import_wrong(run, M_SERIES, "a code is missing");
	} else if (strlen(row->cell[M_SERIES]) > 32 ||
		   strchr(row->cell[M_SERIES], ' ') != NULL) {
		import_wrong(run, M_SERIES,
		    "\"%.40s\": a code is short and has no blanks",
		    row->cell[M_SERIES]);
	}
	if (read_party(run, row, M_CHAIR, &row->chair_id, err) == -1 ||
	    read_party(run, row, M_SECRETARY, &row->secretary_id, err) == -1)
		return -1;
	return 0;
}

/* ---- what is new about it ---- */

static bool
differs(const char *cell, const char *is)
{
	return cell != NULL && (is == NULL || strcmp(cell, is) != 0);
}

/* What it had before and has no longer is last month's: it is not put back. */
static int
was_before(struct import_run *run, struct meeting_row *row, const char *subject,
    int64_t id, const char *value, bool *was, struct err *err)
{
	int had = imports_had(run->call->db, subject, id, value, err);

	*was = had == 1;
	row->kept = row->kept || *was;
	return had == -1 ? -1 : 0;
}

static int
drop_old_text(struct import_run *run, struct meeting_row *row, int column,
    const char *subject, int64_t id, const char *is, struct err *err)
{
	bool was;

	if (!differs(row->cell[column], is))
		return 0;
	if (was_before(run, row, subject, id, row->cell[column], &was, err) ==
	    -1)
		return -1;
	if (was) {
		free(row->cell[column]);
		row->cell[column] = NULL;
	}
	return 0;
}

static int
drop_old_party(struct import_run *run, struct meeting_row *row,
    const struct series *series, int64_t is, int64_t *id, struct err *err)
{
	char *name;
	bool was;
	int rc;

	if (*id == 0 || *id == is)
		return 0;
	name = look_name(run->call, *id);
	rc = was_before(run, row, "series", series->id, name, &was, err);
	free(name);
	if (rc == 0 && was)
		*id = 0;
	return rc;
}

/* Does the row change the series? */
static int
series_news(struct import_run *run, struct meeting_row *row,
    const struct series *series, bool *out, struct err *err)
{
	if (drop_old_text(run, row, M_TITLE, "series", series->id,
		series->title, err) == -1 ||
	    drop_old_party(run, row, series, series->chair_id, &row->chair_id,
		err) == -1 ||
	    drop_old_party(run, row, series, series->secretary_id,
		&row->secretary_id, err) == -1)
		return -1;
	*out = differs(row->cell[M_TITLE], series->title) ||
	       (row->chair_id != 0 && row->chair_id != series->chair_id) ||
	       (row->secretary_id != 0 &&
		   row->secretary_id != series->secretary_id) ||
	       (row->cell[M_RESTRICTED] != NULL && row->restricted &&
		   !series->restricted) ||
	       (row->cell[M_CONFIRM] != NULL && row->confirm &&
		   !series->confirm_drafts);
	return 0;
}

struct search {
	struct import_run *run;
	const char *day;
	VEC(int64_t) ids;
};

static int
gather_ids(void *ctx, const struct meeting *meeting, struct err *err)
{
	struct search *search = ctx;

	(void)err;
	*vec_push(&search->ids) = meeting->id;
	return 0;
}

/* Was there a meeting on that day that has been moved since? */
static int
was_moved(
    struct import_run *run, int64_t series_id, int held_on, struct err *err)
{
	struct search search = { .run = run };
	char day[DAY_LONG_MAX];
	int rc = meetings_each(
	    run->call->db, series_id, DAY_NONE, gather_ids, &search, err);

	day_long(held_on, day);
	for (size_t i = 0; i < search.ids.len && rc == 0; i++)
		rc = imports_had(
		    run->call->db, "meeting", search.ids.items[i], day, err);
	vec_clear(&search.ids);
	return rc;
}

static int
drop_old_time(struct import_run *run, struct meeting_row *row,
    const struct meeting *meeting, struct err *err)
{
	char *text;
	bool was;
	int rc;

	if (row->minute < 0 || row->minute == meeting->starts_minute)
		return 0;
	text = xasprintf("%02d:%02d", row->minute / 60, row->minute % 60);
	rc = was_before(run, row, "meeting", meeting->id, text, &was, err);
	free(text);
	if (rc == 0 && was)
		row->minute = -1;
	return rc;
}

/* Does the row change the meeting? */
static int
meeting_news(struct import_run *run, struct meeting_row *row,
    const struct meeting *meeting, bool *out, struct err *err)
{
	if (drop_old_text(run, row, M_VENUE, "meeting", meeting->id,
		meeting->venue, err) == -1 ||
	    drop_old_time(run, row, meeting, err) == -1)
		return -1;
	/* What is held or cancelled is not planned again by a file. */
	*out =
	    row->state > (int)meeting->state ||
	    row->minutes > (int)meeting->minutes ||
	    differs(row->cell[M_VENUE], meeting->venue) ||
	    (row->minute >= 0 && row->minute != meeting->starts_minute) ||
	    (row->approved_on != DAY_NONE && meeting->approved_on == DAY_NONE);
	return 0;
}

enum news { NEWS_NONE, NEWS_CHANGED, NEWS_NEW };

static int
meeting_is_news(struct import_run *run, struct meeting_row *row,
    int64_t series_id, enum news *out, struct err *err)
{
	struct meeting meeting;
	bool changed = false;
	int rc =
	    meetings_get(run->call->db, series_id, row->held_on, &meeting, err);

	if (rc == -1)
		return -1;
	if (rc == 1) {
		rc = meeting_news(run, row, &meeting, &changed, err);
		*out = changed ? NEWS_CHANGED : NEWS_NONE;
		meeting_clear(&meeting);
		return rc;
	}
	rc = was_moved(run, series_id, row->held_on, err);
	row->kept = row->kept || rc == 1;
	*out = rc == 1 ? NEWS_NONE : NEWS_NEW;
	return rc == -1 ? -1 : 0;
}

static int
find_news(struct import_run *run, struct meeting_row *row, enum news *out,
    struct err *err)
{
	struct meetings_import *mi = run->ctx;
	struct series series;
	bool changed = false;
	int rc = series_get(run->call->db, row->cell[M_SERIES], &series, err);

	*out = NEWS_NEW;
	if (rc == -1)
		return -1;
	if (rc == 0) {
		if (strmap_get(&mi->fresh, row->cell[M_SERIES]) == NULL)
			strmap_set(
			    &mi->fresh, row->cell[M_SERIES], (int64_t)run->row);
		else if (row->held_on == DAY_NONE)
			*out = NEWS_NONE;
		return 0;
	}
	*out = NEWS_NONE;
	rc = series_news(run, row, &series, &changed, err);
	if (rc == 0 && row->held_on != DAY_NONE)
		rc = meeting_is_news(run, row, series.id, out, err);
	if (changed && *out == NEWS_NONE)
		*out = NEWS_CHANGED;
	series_clear(&series);
	return rc;
}

static bool
is_twice(struct import_run *run, const struct meeting_row *row)
{
	struct meetings_import *mi = run->ctx;
	char iso[DAY_TEXT_MAX];
	char *key =
	    xasprintf("%s %s", row->cell[M_SERIES], day_iso(row->held_on, iso));
	bool twice = import_twice(run, &mi->rows, key, M_HELD, "that meeting");

	free(key);
	return twice;
}

static int
stage(struct import_run *run, const struct meeting_row *row, struct err *err)
{
	struct meetings_import *mi = run->ctx;
	struct buf body = { 0 };
	int rc;

	pack_text(&body, M_SERIES, row->cell[M_SERIES]);
	pack_text(&body, M_TITLE, row->cell[M_TITLE]);
	pack_day(&body, M_HELD, row->held_on);
	if (row->minute >= 0)
		pack_int(&body, M_TIME, row->minute);
	pack_text(&body, M_VENUE, row->cell[M_VENUE]);
	if (row->state >= 0)
		pack_int(&body, M_STATE, row->state);
	if (row->minutes >= 0)
		pack_int(&body, M_MINUTES, row->minutes);
	pack_day(&body, M_APPROVED, row->approved_on);
	if (row->chair_id != 0)
		pack_int(&body, M_CHAIR, row->chair_id);
	if (row->secretary_id != 0)
		pack_int(&body, M_SECRETARY, row->secretary_id);
	if (row->restricted)
		pack_int(&body, M_RESTRICTED, 1);
	if (row->confirm)
		pack_int(&body, M_CONFIRM, 1);
	rc = import_stage(run, (int64_t)run->row, 0, buf_text(&body), err);
	buf_clear(&body);
	if (row->held_on != DAY_NONE &&
	    strmap_get(&mi->moved, row->cell[M_SERIES]) == NULL) {
		strmap_set(&mi->moved, row->cell[M_SERIES], 1);
		*vec_push(&mi->redate) = xstrdup(row->cell[M_SERIES]);
	}
	return rc;
}

static int
take_row(struct import_run *run, const struct csv_row *csv, struct err *err)
{
	struct meeting_row row;
	enum news news = NEWS_NONE;
	int rc = row_read(run, csv, &row, err);

	if (rc == -1 || !run->sound || is_twice(run, &row))
		goto out;
	rc = find_news(run, &row, &news, err);
	if (rc == -1)
		goto out;
	run->kept += row.kept;
	run->added += news == NEWS_NEW;
	run->changed += news == NEWS_CHANGED;
	run->same += news == NEWS_NONE;
	if (news != NEWS_NONE)
		rc = stage(run, &row, err);
out:
	row_clear(&row);
	return rc;
}

static int
stage_redates(struct import_run *run, struct err *err)
{
	struct meetings_import *mi = run->ctx;

	for (int i = 0; i < 500 && mi->released < mi->redate.len; i++) {
		struct buf body = { 0 };
		int rc;

		pack_text(&body, X_REDATE, mi->redate.items[mi->released]);
		rc = import_stage(run, IMPORT_RANK + (int64_t)mi->released, 0,
		    buf_text(&body), err);
		buf_clear(&body);
		if (rc == -1)
			return -1;
		mi->released++;
	}
	return mi->released < mi->redate.len ? 1 : 0;
}

/* ---- applying ---- */

struct staged {
	char *cell[M_COLUMNS];
	char *redate;
};

static void
staged_clear(struct staged *staged)
{
	for (int i = 0; i < M_COLUMNS; i++)
		free(staged->cell[i]);
	free(staged->redate);
}

static int64_t
id_of(const char *text)
{
	return strtoll(text, NULL, 10);
}

static void
fill_series(const struct staged *staged, struct series *series)
{
	if (staged->cell[M_TITLE] != NULL) {
		free(series->title);
		series->title = xstrdup(staged->cell[M_TITLE]);
	}
	if (staged->cell[M_CHAIR] != NULL)
		series->chair_id = id_of(staged->cell[M_CHAIR]);
	if (staged->cell[M_SECRETARY] != NULL)
		series->secretary_id = id_of(staged->cell[M_SECRETARY]);
	if (staged->cell[M_RESTRICTED] != NULL)
		series->restricted = true;
	if (staged->cell[M_CONFIRM] != NULL)
		series->confirm_drafts = true;
}

static int
apply_series(struct import_apply *apply, const struct staged *staged,
    int64_t *id, struct err *err)
{
	struct series series = { 0 };
	int rc = series_get(apply->db, staged->cell[M_SERIES], &series, err);

	if (rc == -1)
		return -1;
	if (rc == 0) {
		series.code = xstrdup(staged->cell[M_SERIES]);
		series.title = xstrdup(series.code);
	}
	fill_series(staged, &series);
	rc = rc == 0 ? series_add(apply->db, &series, &apply->doer, err)
		     : series_save(apply->db, &series, &apply->doer, err);
	*id = series.id;
	series_clear(&series);
	return rc;
}

static void
fill_meeting(const struct staged *staged, struct meeting *meeting)
{
	if (staged->cell[M_TIME] != NULL)
		meeting->starts_minute = (int)id_of(staged->cell[M_TIME]);
	if (staged->cell[M_VENUE] != NULL) {
		free(meeting->venue);
		meeting->venue = xstrdup(staged->cell[M_VENUE]);
	}
	if (staged->cell[M_STATE] != NULL &&
	    id_of(staged->cell[M_STATE]) > (int64_t)meeting->state)
		meeting->state =
		    (enum meeting_state)id_of(staged->cell[M_STATE]);
	if (staged->cell[M_MINUTES] != NULL &&
	    id_of(staged->cell[M_MINUTES]) > (int64_t)meeting->minutes)
		meeting->minutes =
		    (enum minutes_state)id_of(staged->cell[M_MINUTES]);
	if (staged->cell[M_APPROVED] != NULL &&
	    meeting->approved_on == DAY_NONE)
		meeting->approved_on = day_parse(staged->cell[M_APPROVED]);
}

static int
apply_meeting(struct import_apply *apply, const struct staged *staged,
    int64_t series_id, struct err *err)
{
	int held_on = day_parse(staged->cell[M_HELD]);
	struct meeting meeting;
	int rc = meetings_get(apply->db, series_id, held_on, &meeting, err);

	if (rc == -1)
		return -1;
	if (rc == 0) {
		meeting_init(&meeting);
		meeting.series_id = series_id;
		meeting.held_on = held_on;
		/* A day that has passed was held, unless the file says
		 * otherwise. */
		if (staged->cell[M_STATE] == NULL && held_on < apply->today)
			meeting.state = MEETING_HELD;
	}
	fill_meeting(staged, &meeting);
	rc = rc == 0 ? meetings_add(apply->db, &meeting, &apply->doer, err)
		     : meetings_save(apply->db, &meeting, &apply->doer, err);
	meeting_clear(&meeting);
	return rc;
}

static int
apply_redate(struct import_apply *apply, const char *code, struct err *err)
{
	struct redate what = { .from_on = DAY_NONE, .to_on = DAY_NONE };
	struct series series;
	int64_t id, last;
	char *why;
	int rc = series_get(apply->db, code, &series, err);

	if (rc != 1)
		return rc;
	rc = imports_worded(apply->db, series.id, 0, &id, 1, &last, err);
	if (rc > 0) {
		why = xasprintf("the meetings of %s were imported", code);
		what.why = why;
		rc = redate_later(
		    apply->db, series.id, &what, &apply->doer, err);
		free(why);
	}
	series_clear(&series);
	return rc == -1 ? -1 : 0;
}

static int
apply_row(
    struct import_apply *apply, const struct import_row *row, struct err *err)
{
	struct staged staged = { 0 };
	int64_t series_id = 0;
	int rc = unpack_cells(
	    row->body, staged.cell, M_COLUMNS, X_REDATE, &staged.redate, err);

	if (rc == 0 && staged.redate != NULL)
		rc = apply_redate(apply, staged.redate, err);
	else if (rc == 0)
		rc = apply_series(apply, &staged, &series_id, err);
	if (rc == 0 && staged.cell[M_HELD] != NULL)
		rc = apply_meeting(apply, &staged, series_id, err);
	staged_clear(&staged);
	return rc;
}

const struct import_kind import_meetings = {
	.name = "meetings",
	.columns = meeting_columns,
	.ncolumns = M_COLUMNS,
	.open = meetings_open,
	.row = take_row,
	.finish = stage_redates,
	.close = meetings_close,
	.apply = apply_row,
};
