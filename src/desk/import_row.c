/* SPDX-License-Identifier: ISC */
/* Reads rows of an entries file; decides nothing about entries. */
#include "desk/import_row.h"

#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "core/words.h"
#include "desk/days.h"
#include "desk/import_owners.h"
#include "desk/import_paper.h"
#include "desk/import_state.h"
#include "desk/look.h"

/* ---- what is kept between rows ---- */

static int
keep_series(void *ctx, const struct series *series, struct err *err)
{
	struct entries_import *ei = ctx;

	(void)err;
	if (strmap_get(&ei->series, series->title) == NULL)
		strmap_set(&ei->series, series->title, series->id);
	return 0;
}

/* Codes go before titles. */
static int
keep_code(void *ctx, const struct series *series, struct err *err)
{
	struct entries_import *ei = ctx;

	(void)err;
	strmap_set(&ei->series, series->code, series->id);
	return 0;
}

static int
keep_report(void *ctx, const struct report *report, struct err *err)
{
	struct entries_import *ei = ctx;

	(void)err;
	strmap_set(&ei->reports, report->code, (int64_t)ei->report_list.len);
	*vec_push(&ei->report_list) = (struct known_report){
		.id = report->id,
		.series_id = report->series_id,
		.published_on = report->published_on,
	};
	return 0;
}

int
entries_import_open(struct import_run *run, struct err *err)
{
	struct entries_import *ei = xcalloc(1, sizeof *ei);
	struct db *db = run->call->db;

	run->ctx = ei;
	if (look_series_option(run->call, "series", &ei->given_series, err) ==
		-1 ||
	    dating_load(&ei->dating, run->call->conf, db, err) == -1 ||
	    series_each(db, keep_series, ei, err) == -1 ||
	    series_each(db, keep_code, ei, err) == -1 ||
	    reports_each(db, keep_report, ei, err) == -1)
		return -1;
	return 0;
}

void
entries_import_close(struct import_run *run)
{
	struct entries_import *ei = run->ctx;

	dating_clear(&ei->dating);
	strmap_clear(&ei->series);
	strmap_clear(&ei->reports);
	vec_clear(&ei->report_list);
	strmap_clear(&ei->parties);
	strmap_clear(&ei->present);
	strmap_clear(&ei->refs);
	strmap_clear(&ei->sources);
	strmap_clear(&ei->matched);
	matcher_clear(&ei->matcher);
	row_states_clear(ei);
	VEC_EACH (struct waiting, w, &ei->waiting) {
		free(w->ref);
		free(w->parent);
		free(w->body);
	}
	vec_clear(&ei->waiting);
	free(ei);
}

/* ---- the words that registers use ---- */

struct word {
	const char *text;
	int value;
};

static int
find_word(const struct word *words, const char *text)
{
	for (; words->text != NULL; words++)
		if (text_same(words->text, text))
			return words->value;
	return -1;
}

static int
parse_state(const char *text)
{
	static const struct word words[] = {
		{ "o", ENTRY_OPEN },
		{ "in progress", ENTRY_OPEN },
		{ "in_progress", ENTRY_OPEN },
		{ "ongoing", ENTRY_OPEN },
		{ "not started", ENTRY_OPEN },
		{ "not yet due", ENTRY_OPEN },
		{ "not yet started", ENTRY_OPEN },
		{ "outstanding", ENTRY_OPEN },
		{ "awaiting allocation", ENTRY_OPEN },
		{ "carried forward", ENTRY_OPEN },
		{ "held over", ENTRY_OPEN },
		{ "unchanged", ENTRY_OPEN },
		{ "paused", ENTRY_ON_HOLD },
		{ "deferred", ENTRY_ON_HOLD },
		{ "pending sign-off", ENTRY_PROPOSED },
		{ "pending sign off", ENTRY_PROPOSED },
		{ "proposed for closure", ENTRY_PROPOSED },
		{ "proposed to close", ENTRY_PROPOSED },
		{ "proposed_closed", ENTRY_PROPOSED },
		{ "c", ENTRY_CLOSED },
		{ "complete", ENTRY_CLOSED },
		{ "completed", ENTRY_CLOSED },
		{ "done", ENTRY_CLOSED },
		{ "delivered", ENTRY_CLOSED },
		{ "cancelled", ENTRY_WITHDRAWN },
		{ "rejected", ENTRY_NOT_ACCEPTED },
		{ "imported", ENTRY_UNCONFIRMED },
		{ NULL, 0 },
	};
	int state = entry_state_parse(text);

	return state != -1 ? state : find_word(words, text);
}

/* The kinds that the canonical columns name otherwise. */
static const char *
kind_of(const char *text)
{
	static const struct {
		const char *text, *kind;
	} words[] = {
		{ "cause_of_concern", "concern" },
		{ "cause of concern", "concern" },
		{ "area for improvement", "afi" },
		{ "minutes_approval", "approval" },
		{ "minutes approval", "approval" },
		{ "grant", "bid" },
		{ "standing", "duty" },
		{ "statutory", "duty" },
		{ "question", "action" },
		{ "rec", "recommendation" },
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (text_same(words[i].text, text))
			return words[i].kind;
	return text;
}

/* ---- cells ---- */

static const bool is_day[E_COLUMNS] = {
	[E_HELD] = true,
	[E_BASE] = true,
	[E_EARLIEST] = true,
	[E_REVIEW] = true,
	[E_ORIGINAL] = true,
	[E_SLIPPED] = true,
	[E_STOPPED] = true,
	[E_UPDATED] = true,
	[E_PROPOSED] = true,
	[E_CLOSED] = true,
	[E_SNOOZE] = true,
	[E_REVISED] = true,
	[E_MEETING] = true,
	[E_NEXT] = true,
};

static const bool is_switch[E_COLUMNS] = {
	[E_STATUTORY] = true,
	[E_RESTRICTED] = true,
	[E_AT_RISK] = true,
};

/* Numbers, and the most that one may be: other counts are nobody's. */
static const int most[E_COLUMNS] = {
	[E_SLIPS] = 9999,
	[E_STOOD] = 9999,
	[E_VERSION] = 999999999,
};

static bool
is_number(const char *text, int at_most)
{
	size_t len = strspn(text, "0123456789");

	return text[len] == '\0' && len <= 9 &&
	       strtol(text, NULL, 10) <= at_most;
}

static void
set_cell(struct entry_row *row, int column, const char *text)
{
	free(row->cells.cell[column]);
	row->cells.cell[column] = xstrdup(text);
}

static void
read_cell(struct import_run *run, const struct csv_row *csv,
    struct entry_row *row, int column)
{
	char iso[DAY_TEXT_MAX];
	bool on = false;

	row->day[column] = DAY_NONE;
	if (run->index[column] < 0)
		return;
	if (is_day[column]) {
		if (import_day(run, csv, column, &row->day[column]) == 1)
			set_cell(row, column, day_iso(row->day[column], iso));
	} else if (is_switch[column]) {
		if (import_switch(run, csv, column, &on) == 1 && on)
			set_cell(row, column, "yes");
	} else {
		row->cells.cell[column] = import_cell(run, csv, column);
		if (most[column] > 0 && row->cells.cell[column] != NULL &&
		    !is_number(row->cells.cell[column], most[column]))
			import_wrong(run, column,
			    "\"%.20s\" is no number from 0 to %d",
			    row->cells.cell[column], most[column]);
	}
}

/* Words about a deadline, how things stand, or a dash: not a slip of the
 * fingers. */
static bool
says_when(const char *text)
{
	size_t start, len;
	const char *c = text;

	if (day_is_impossible(text))
		return false;
	while (*c != '\0' && !text_is_alnum(*c))
		c++;
	return *c == '\0' || parse_state(text) != -1 ||
	       words_find(text, strlen(text), &start, &len) == 1;
}

/* "By when" is a day, or words: "asap", "next meeting". */
static void
read_due(struct import_run *run, struct entry_row *row)
{
	char **due = &row->cells.cell[E_DUE];
	char **phrase = &row->cells.cell[E_PHRASE];
	char iso[DAY_TEXT_MAX];

	if (*due == NULL)
		return;
	row->day[E_DUE] = day_read(*due);
	if (row->day[E_DUE] != DAY_NONE) {
		set_cell(row, E_DUE, day_iso(row->day[E_DUE], iso));
		return;
	}
	if (*phrase != NULL || !says_when(*due)) {
		import_wrong(run, E_DUE,
		    "\"%.40s\" is no day; write it as 2018-11-07 or "
		    "07/11/2018 (words stand in due_phrase)",
		    *due);
		return;
	}
	*phrase = *due;
	*due = NULL;
}

static void
read_state(struct import_run *run, struct entry_row *row)
{
	const char *text = row->cells.cell[E_STATE];

	row->state = -1;
	if (text == NULL)
		return;
	row->state = parse_state(text);
	if (row->state != -1)
		return;
	import_wrong(run, E_STATE,
	    "\"%.40s\" is no state; write unconfirmed, open, blocked, "
	    "on_hold, proposed, closed, withdrawn, superseded or not_accepted",
	    text);
}

static void
read_kind(struct import_run *run, struct entry_row *row)
{
	const char *text = row->cells.cell[E_KIND];
	const char *kind, *near;
	size_t count = 0;

	if (text == NULL)
		return;
	kind = kind_of(text);
	if (conf_is_kind(run->call->conf, kind)) {
		char *lower = xstrdup(kind);

		/* The built-in kinds are written in small letters. */
		if (near_distance(kind, text) == 0)
			for (char *p = lower; *p != '\0'; p++)
				*p = text_lower(*p);
		set_cell(row, E_KIND, lower);
		free(lower);
		return;
	}
	while (conf_kinds()[count] != NULL)
		count++;
	near = near_find(text, conf_kinds(), count);
	import_wrong(run, E_KIND,
	    "\"%.40s\" is no kind of entry%s%s; kinds of your own stand in "
	    "the configuration",
	    text, near != NULL ? ", did you mean " : "",
	    near != NULL ? near : "");
}

static void
read_origin(struct import_run *run, struct entry_row *row)
{
	struct entries_import *ei = run->ctx;
	const char *series = row->cells.cell[E_SERIES];
	const char *report = row->cells.cell[E_REPORT];
	int64_t *found;

	if (series != NULL) {
		found = strmap_get(&ei->series, series);
		row->series_id = found == NULL ? 0 : *found;
		if (found == NULL)
			import_wrong(run, E_SERIES,
			    "there is no series \"%.60s\"; import its "
			    "meetings first, or: nudgectl series add CODE "
			    "TITLE",
			    series);
	}
	if (report == NULL) {
		row->series_given = series == NULL && ei->given_series != 0;
		if (row->series_given)
			row->series_id = ei->given_series;
		return;
	}
	found = strmap_get(&ei->reports, report);
	if (found == NULL) {
		import_wrong(run, E_REPORT,
		    "there is no report \"%.60s\"; import reports first, or: "
		    "nudgectl report add CODE TITLE --body B",
		    report);
		return;
	}
	row->report = &ei->report_list.items[*found];
	row->report_id = row->report->id;
}

/* ---- a row ---- */

static void
check_row(struct import_run *run, struct entry_row *row)
{
	const char *ref = row->cells.cell[E_REF];

	if (row->cells.cell[E_TEXT] == NULL)
		import_wrong(run, E_TEXT, "an entry needs a text");
	if (ref != NULL && (strlen(ref) > 64 || strchr(ref, ' ') != NULL))
		import_wrong(run, E_REF,
		    "\"%.70s\": a ref has no blanks and at most 64 characters",
		    ref);
	if (row->day[E_EARLIEST] != DAY_NONE && row->day[E_DUE] != DAY_NONE &&
	    row->day[E_EARLIEST] > row->day[E_DUE])
		import_wrong(run, E_EARLIEST, "it is later than due_on");
}

int
entry_row_read(struct import_run *run, const struct csv_row *csv,
    struct entry_row *out, struct err *err)
{
	*out = (struct entry_row){ 0 };
	for (int column = 0; column < E_COLUMNS; column++)
		read_cell(run, csv, out, column);
	read_due(run, out);
	out->minute = import_minute(run, E_TIME, out->cells.cell[E_TIME]);
	out->base_minute =
	    import_minute(run, E_BASE_TIME, out->cells.cell[E_BASE_TIME]);
	read_state(run, out);
	read_kind(run, out);
	read_origin(run, out);
	check_row(run, out);
	if (paper_read(run, out, err) == -1)
		return -1;
	return import_owners_read(run, out, err);
}

void
entry_row_clear(struct entry_row *row)
{
	entry_cells_clear(&row->cells);
	vec_clear(&row->owners);
}

int
entry_row_base(const struct entry_row *row)
{
	if (row->day[E_BASE] != DAY_NONE)
		return row->day[E_BASE];
	if (row->report != NULL && row->report->published_on != DAY_NONE)
		return row->report->published_on;
	return row->day[E_HELD];
}

int64_t
entry_row_series(const struct entry_row *row)
{
	if (row->series_id != 0 || row->report == NULL)
		return row->series_id;
	return row->report->series_id;
}
