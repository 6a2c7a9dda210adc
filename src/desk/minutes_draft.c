/* SPDX-License-Identifier: ISC */
/*
 * A paper as a table to edit and import. The rows carry their meeting and the
 * next one (desk/import_paper.c), and the ref of the entry that they repeat, so
 * that importing the table gives what --accept would have given.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/csv.h"
#include "desk/args.h"
#include "desk/columns.h"
#include "desk/entry_cells.h"
#include "desk/look.h"
#include "desk/minutes_parts.h"

static const enum entry_column columns[] = { E_REF, E_KIND, E_TEXT, E_OWNERS,
	E_SERIES, E_HELD, E_ITEM, E_PARA, E_PHRASE, E_BASE, E_EARLIEST, E_DUE,
	E_REVIEW, E_STATE, E_PARENT, E_SOURCE, E_FLAG, E_RULE, E_UPDATED,
	E_UPDATE, E_REASON, E_AGREED_BY, E_CHECKSUM, E_MEETING, E_MEETING_STATE,
	E_MEETING_MINUTES, E_MEETING_TIME, E_MEETING_VENUE, E_NEXT };
#define NCOLUMNS (sizeof columns / sizeof *columns)

struct drafting {
	struct take take;
	struct csv_writer csv;
	struct entry_cells row;
	bool rows;
	size_t closed; /* rows that only --accept can act on */
};

static void
put(struct drafting *d, enum entry_column column, const char *text)
{
	char *clean = text == NULL ? NULL : look_squeezed(text);

	free(d->row.cell[column]);
	d->row.cell[column] = clean;
	if (clean != NULL && *clean == '\0') {
		free(clean);
		d->row.cell[column] = NULL;
	}
}

static void
put_day(struct drafting *d, enum entry_column column, int day)
{
	char iso[DAY_TEXT_MAX];

	put(d, column, day == DAY_NONE ? NULL : day_iso(day, iso));
}

static void
write_row(struct drafting *d)
{
	for (size_t i = 0; i < NCOLUMNS; i++)
		csv_field(&d->csv, d->row.cell[columns[i]]);
	csv_end(&d->csv);
	d->rows = true;
}

/* ---- the meeting ---- */

static void
put_meeting(struct drafting *d)
{
	const struct minutes_meeting *m = d->take.meeting;
	bool held = m->paper == MINUTES_OF_MEETING;
	char time[8];

	if (d->take.series.code == NULL || m->held_on == DAY_NONE)
		return;
	put_day(d, E_MEETING, m->held_on);
	put(d, E_MEETING_STATE, held ? "held" : "planned");
	put(d, E_MEETING_MINUTES,
	    m->approval == MINUTES_APPROVED ? "approved"
	    : m->approval == MINUTES_DRAFT  ? "draft"
					    : "none");
	if (m->starts_at >= 0 && m->starts_at < 1440) {
		snprintf(time, sizeof time, "%02d:%02d", m->starts_at / 60 % 24,
		    m->starts_at % 60);
		put(d, E_MEETING_TIME, time);
	}
	put(d, E_MEETING_VENUE, m->venue);
	put_day(d, E_NEXT, m->next_on);
}

/* ---- rows ---- */

static void
put_dates(struct drafting *d, const struct minutes_entry *e)
{
	put(d, E_PHRASE, e->due_phrase);
	put_day(d, E_BASE, e->base_on);
	put_day(d, E_EARLIEST, e->earliest_on);
	put_day(d, E_DUE, e->due_on);
	put_day(d, E_REVIEW, e->due_on == DAY_NONE ? e->review_on : DAY_NONE);
}

static void
put_source(struct drafting *d, enum entry_column column, unsigned line)
{
	char *source = xasprintf("%s:%u", d->take.name, line);

	put(d, column, source);
	free(source);
}

/* As it was read: a row that is imported like that is not weighed again. */
static void
write_new(struct drafting *d)
{
	char sum[CHECKSUM_MAX];

	put(d, E_CHECKSUM, NULL);
	entry_checksum(&d->row, sum);
	put(d, E_CHECKSUM, sum);
	write_row(d);
}

/* was: the entry that this paper brought before, by whose text an import knows
 * it; NULL: none. */
static void
draft_new(
    struct drafting *d, const struct minutes_entry *e, const struct entry *was)
{
	struct take *t = &d->take;
	struct entry told = { .flag = minutes_flags_of(t, e) };
	bool all;
	char *owners = minutes_draft_owners(t, e, &told, &all);
	enum entry_state state =
	    all ? minutes_entry_state(&t->series, t->meeting, e)
		: ENTRY_UNCONFIRMED;

	put_meeting(d);
	put(d, E_KIND, e->kind);
	put(d, E_TEXT, was != NULL ? was->text : e->text);
	put(d, E_OWNERS, owners);
	put(d, E_SERIES, t->series.code);
	put_day(d, E_HELD, t->meeting->held_on);
	put(d, E_ITEM, e->item);
	put(d, E_PARA, e->para);
	put_dates(d, e);
	put(d, E_STATE, entry_state_name(state));
	put_source(d, E_SOURCE, e->line);
	put(d, E_FLAG, told.flag);
	put(d, E_RULE, e->why);
	write_new(d);
	VEC_EACH (const struct minutes_point, p, &e->points) {
		put(d, E_TEXT, p->text);
		put_source(d, E_PARENT, e->line);
		put_source(d, E_SOURCE, p->line);
		write_new(d);
	}
	entry_cells_clear(&d->row);
	free(owners);
	free(told.flag);
}

/* What an earlier meeting gave and this one speaks of again. */
static void
draft_known(
    struct drafting *d, const struct minutes_entry *e, const struct entry *was)
{
	struct take *t = &d->take;
	char *agreed;

	if (strcmp(e->state, "closed") == 0) {
		d->closed += entry_state_is_live(was->state) ||
			     was->state == ENTRY_UNCONFIRMED;
		return;
	}
	if (!entry_state_is_live(was->state))
		return;
	put_meeting(d);
	put(d, E_REF, was->ref);
	put(d, E_TEXT, was->text);
	put(d, E_SERIES, t->series.code);
	put_day(d, E_UPDATED, t->meeting->held_on);
	put(d, E_UPDATE, e->text);
	if (e->sure && e->due_on != DAY_NONE && e->due_on != was->due_on) {
		agreed = xasprintf("meeting %s", t->series.code);
		put_dates(d, e);
		put(d, E_REASON, "new date in the minutes");
		put(d, E_AGREED_BY, agreed);
		free(agreed);
	}
	write_row(d);
	entry_cells_clear(&d->row);
}

static int
draft_entry(struct drafting *d, const struct minutes_entry *e, struct err *err)
{
	struct take *t = &d->take;
	bool unsure = false;
	struct entry *was = NULL;

	if (t->series.id != 0 && minutes_match(t, e, &was, &unsure, err) == -1)
		return -1;
	if (unsure) {
		desk_remark(t->call,
		    "%s: line %u: several entries read like this one, it is "
		    "not in the draft: %.60s",
		    t->name, e->line, e->text);
		return 0;
	}
	if (was == NULL && minutes_is_word_of_known(t, e)) {
		desk_remark(t->call,
		    "%s: line %u: says what becomes of an entry that is there, "
		    "it is not in the draft: %.60s",
		    t->name, e->line, e->text);
		return 0;
	}
	if (was != NULL)
		*vec_push(&t->claimed) = was->id;
	if (was != NULL && was->held_on != t->meeting->held_on) {
		draft_known(d, e, was);
	} else if (strcmp(e->state, "closed") != 0) {
		/* What was closed before it was ever open is no entry. */
		draft_new(d, e, was);
	}
	return 0;
}

/* ---- the series ---- */

static int
tell_no_series(
    struct drafting *d, const struct minutes *minutes, struct err *err)
{
	struct take *t = &d->take;
	const char *title = t->meeting->title;
	char *name = minutes_paper_name(minutes);
	char *known =
	    minutes_known_series(t->call->db, title != NULL ? title : "", err);

	if (known != NULL && t->series.code != NULL)
		desk_remark(t->call,
		    "%s: there is no series %s yet%s: before the import, "
		    "nudgectl series add %s \"%s\"",
		    t->name, t->series.code, known, t->series.code,
		    name != NULL ? name : "NAME");
	else if (known != NULL)
		desk_remark(t->call,
		    "%s: line %u: which series is \"%.80s\"? The draft names "
		    "none: its entries would belong to no meeting and get "
		    "refs like A-1. Say --series CODE%s, or make one first: "
		    "nudgectl series add CODE \"%s\"",
		    t->name, t->meeting->line,
		    title != NULL ? title : "this paper", known,
		    name != NULL ? name : "NAME");
	free(name);
	free(known);
	return known == NULL ? -1 : 0;
}

/* The series of the meeting; one that is not there yet has its code only. */
static int
find_series(struct drafting *d, struct err *err)
{
	struct take *t = &d->take;
	const char *code = args_value(&t->call->args, "series");
	int rc;

	if (code == NULL)
		code = t->meeting->series;
	if (code == NULL)
		return 0;
	rc = series_get(t->call->db, code, &t->series, err);
	if (rc == 0)
		t->series.code = xstrdup(code);
	return rc;
}

static int
draft_meeting(
    struct drafting *d, const struct minutes *minutes, struct err *err)
{
	struct take *t = &d->take;
	int rc;

	if (t->meeting->entries.len == 0)
		return 0;
	rc = find_series(d, err);
	if (rc == 0)
		rc = tell_no_series(d, minutes, err);
	if (rc == 1)
		rc = minutes_load_live(t, err);
	VEC_EACH (const struct minutes_entry, e, &t->meeting->entries)
		if (rc == 0)
			rc = draft_entry(d, e, err);
	minutes_forget_live(t);
	series_clear(&t->series);
	return rc;
}

int
minutes_draft(struct desk_call *call, const char *name,
    const struct minutes *minutes, struct buf *csv, struct err *err)
{
	struct drafting d = {
		.take = { .call = call, .name = name, .minutes = minutes },
		.csv = { .out = csv },
	};
	int rc = 0;

	if (csv->len == 0) {
		for (size_t i = 0; i < NCOLUMNS; i++)
			csv_field(&d.csv, entry_columns[columns[i]].name);
		csv_end(&d.csv);
	}
	VEC_EACH (const struct minutes_meeting, m, &minutes->meetings) {
		d.take.meeting = m;
		if (rc == 0)
			rc = draft_meeting(&d, minutes, err);
	}
	if (rc == 0 && !d.rows)
		desk_remark(call,
		    "%s: the draft has no row: nothing in it is new or "
		    "changed; --accept keeps the meeting itself",
		    name);
	if (rc == 0 && d.closed > 0)
		desk_remark(call,
		    "%s: %zu rows close entries of the register, which an "
		    "import never does: they are not in the draft (--accept "
		    "closes them, or nudgectl done REF)",
		    name, d.closed);
	if (rc == 0)
		minutes_tell_strangers(
		    &d.take, "the import refuses a name that nobody has");
	minutes_forget_strangers(&d.take);
	entry_cells_clear(&d.row);
	return rc;
}
