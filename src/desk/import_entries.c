/* SPDX-License-Identifier: ISC */
/*
 * Importing entries: each row becomes a new entry, a correction of the entry
 * it is, or nothing. Never closes, reopens or reverts what the register has.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/import_apply.h"
#include "desk/import_change.h"
#include "desk/import_owners.h"
#include "desk/import_paper.h"
#include "desk/import_row.h"
#include "desk/import_state.h"
#include "desk/show.h"

#define UNLIKE 0.15 /* a text that has nothing of the entry's */

/* ---- which entry a row is ---- */

static bool
is_twice(struct import_run *run, const struct entry_row *row)
{
	struct entries_import *ei = run->ctx;
	const char *ref = row->cells.cell[E_REF];

	return ref != NULL && import_twice(run, &ei->refs, ref, E_REF, ref);
}

/* What sub-points of a draft may name. */
static void
note_source(struct import_run *run, const struct entry_row *row)
{
	struct entries_import *ei = run->ctx;

	if (row->meeting.held_on != DAY_NONE &&
	    row->cells.cell[E_SOURCE] != NULL &&
	    row->cells.cell[E_PARENT] == NULL)
		strmap_set(
		    &ei->sources, row->cells.cell[E_SOURCE], (int64_t)run->row);
}

static int
find_entry(struct import_run *run, const struct entry_row *row,
    struct entry *out, struct err *err)
{
	struct entries_import *ei = run->ctx;
	struct db *db = run->call->db;
	struct match_row match = {
		.series_id = row->series_id,
		.report_id = row->report_id,
		.held_on = row->day[E_HELD],
		.item = row->cells.cell[E_ITEM],
		.para = row->cells.cell[E_PARA],
		.text = row->cells.cell[E_TEXT],
	};
	int64_t id;
	int rc;

	if (row->cells.cell[E_REF] != NULL)
		return entries_get(db, row->cells.cell[E_REF], out, err);
	rc = matcher_find(&ei->matcher, db, &match, &id, err);
	/* It may have come in before its series was said. */
	if (rc == 0 && row->series_given) {
		match.series_id = 0;
		rc = matcher_find(&ei->matcher, db, &match, &id, err);
	}
	if (rc == -1 && err->code == ERR_CONFLICT) {
		import_wrong(run, E_TEXT, "%s", err->text);
		return 2;
	}
	return rc != 1 ? rc : entries_get_id(db, id, out, err);
}

/* ---- what is still to be done ---- */

static bool
is_finished(const struct entry *entry)
{
	return !entry_state_is_live(entry->state) &&
	       entry->state != ENTRY_UNCONFIRMED;
}

/* Of what is left to do at it, no chair hears. */
static void
note_loose(struct import_run *run, const struct entry *entry)
{
	struct entries_import *ei = run->ctx;

	ei->loose += entry->held_on != DAY_NONE && entry->series_id == 0 &&
		     entry->report_id == 0 && !is_finished(entry);
}

static void
tell_loose(struct import_run *run)
{
	struct entries_import *ei = run->ctx;
	char count[SHOW_COUNT_MAX];
	const char *them = ei->loose == 1 ? "it" : "them";

	if (ei->loose > 0)
		buf_printf(&run->remarks,
		    "%s a meeting day but no series: no chair's digest tells "
		    "of %s; --series CODE gives %s one\n",
		    show_count(ei->loose, "row has", "rows have", count), them,
		    them);
}

/* ---- a new entry ---- */

static void
take_text(const struct entry_row *row, int column, char **to)
{
	*to = xstrdup(row->cells.cell[column]);
}

static int
number_of(const struct entry_row *row, int column)
{
	const char *text = row->cells.cell[column];

	return text == NULL ? 0 : (int)strtol(text, NULL, 10);
}

static void
fill_texts(const struct entry_row *row, struct entry *entry)
{
	take_text(row, E_REF, &entry->ref);
	take_text(row, E_KIND, &entry->kind);
	take_text(row, E_TEXT, &entry->text);
	take_text(row, E_ITEM, &entry->item);
	take_text(row, E_PARA, &entry->para);
	take_text(row, E_SOURCE, &entry->source);
	take_text(row, E_CLOCK, &entry->clock);
	take_text(row, E_PRIORITY, &entry->priority);
	take_text(row, E_STATE_NOTE, &entry->state_note);
	take_text(row, E_UPDATE, &entry->update_note);
	take_text(row, E_SNOOZE_REASON, &entry->snooze_reason);
	if (entry->kind == NULL)
		entry->kind = xstrdup("action");
	entry->series_id = row->series_id;
	entry->report_id = row->report_id;
	entry->held_on = row->day[E_HELD];
	entry->updated_on = row->day[E_UPDATED];
	entry->proposed_on = row->day[E_PROPOSED];
	entry->closed_on = row->day[E_CLOSED];
	entry->snooze_until_on = row->day[E_SNOOZE];
	entry->slipped_on = row->day[E_SLIPPED];
	entry->original_due_on = row->day[E_ORIGINAL];
	entry->slips = number_of(row, E_SLIPS);
	entry->base_minute = row->base_minute;
	entry->paused_from_on = row->day[E_STOPPED];
	entry->paused_days = number_of(row, E_STOOD);
	entry->statutory = row->cells.cell[E_STATUTORY] != NULL;
	entry->restricted = row->cells.cell[E_RESTRICTED] != NULL;
	entry->at_risk = row->cells.cell[E_AT_RISK] != NULL;
}

/* A row of our export that nobody has edited says nothing new, whatever has
 * become of the entry. */
static bool
is_unedited(const struct entry_row *row)
{
	char sum[CHECKSUM_MAX];

	if (row->cells.cell[E_CHECKSUM] == NULL)
		return false;
	entry_checksum(&row->cells, sum);
	return strcmp(row->cells.cell[E_CHECKSUM], sum) == 0;
}

/* A row that was drafted from a paper and is as it was read: the day, how it
 * came about and what to look at are the reader's. */
static void
take_reading(const struct entry_row *row, struct entry *entry, char **why)
{
	const char *rule = row->cells.cell[E_RULE];

	if (row->cells.cell[E_VERSION] != NULL || !is_unedited(row))
		return;
	if (*why != NULL || entry->due_phrase == NULL ||
	    (entry->rule != NULL && strcmp(entry->rule, ROW_GIVEN) == 0)) {
		free(entry->rule);
		entry->rule = xstrdup(rule);
	}
	free(*why);
	*why = NULL;
	free(entry->flag);
	take_text(row, E_FLAG, &entry->flag);
}

/* "New date" beside the old one: the old is the original. */
static void
revise(struct import_run *run, struct entry_row *row)
{
	if (row->day[E_REVISED] == DAY_NONE ||
	    row->day[E_REVISED] == row->day[E_DUE])
		return;
	if (row->day[E_ORIGINAL] == DAY_NONE)
		row->day[E_ORIGINAL] = row->day[E_DUE];
	row->day[E_DUE] = row->day[E_REVISED];
	(void)run;
}

static int
fill_new(struct import_run *run, const struct entry_row *row,
    struct entry *entry, struct err *err)
{
	bool trusted = row->cells.cell[E_VERSION] != NULL;
	char *why;

	entry_init(entry);
	fill_texts(row, entry);
	entry_row_owners(row, entry);
	entry->state =
	    row->state == -1 ? ENTRY_UNCONFIRMED : (enum entry_state)row->state;
	if (trusted)
		entry->version = strtoll(row->cells.cell[E_VERSION], NULL, 10);
	if (entry_row_date(run, row, trusted, entry, &why, err) == -1)
		return -1;
	take_reading(row, entry, &why);
	/* Two dates in one row: a person decides, unless one has. */
	if (why != NULL) {
		if (row->state == -1)
			entry->state = ENTRY_UNCONFIRMED;
		import_note(run, "%s: %s",
		    entry->ref != NULL ? entry->ref : entry->text, why);
	}
	free(why);
	if (!trusted && entry->original_due_on != DAY_NONE &&
	    entry->original_due_on != entry->due_on && entry->slips == 0)
		entry->slips = 1;
	if (!trusted && entry->state == ENTRY_PROPOSED &&
	    entry->proposed_on == DAY_NONE)
		entry->proposed_on = run->call->today;
	return 0;
}

static void
wait_for_parent(
    struct import_run *run, const struct entry_row *row, const char *body)
{
	struct entries_import *ei = run->ctx;
	struct waiting *waiting = vec_push(&ei->waiting);

	waiting->row = run->row;
	waiting->ref = xstrdup(row->cells.cell[E_REF]);
	waiting->parent = xstrdup(row->cells.cell[E_PARENT]);
	waiting->body = xstrdup(body);
}

static int
stage_new(struct import_run *run, const struct entry_row *row, struct err *err)
{
	const char *parent = row->cells.cell[E_PARENT];
	struct entry entry, above;
	struct buf body = { 0 };
	int rc = -1;

	if (fill_new(run, row, &entry, err) == -1 ||
	    (row->cells.cell[E_VERSION] == NULL && !is_finished(&entry) &&
		import_owners_check(run, NULL, &entry, err) == -1))
		goto out;
	run->added++;
	note_loose(run, &entry);
	rc = parent == NULL ? 1
			    : entries_get(run->call->db, parent, &above, err);
	if (rc == -1)
		goto out;
	if (rc == 1 && parent != NULL) {
		entry.parent_id = above.id;
		entry_clear(&above);
	}
	entry_pack(&body, &entry);
	paper_pack(row, &body);
	if (rc == 0) {
		wait_for_parent(run, row, buf_text(&body));
	} else {
		rc = import_stage(
		    run, (int64_t)run->row, 0, buf_text(&body), err);
	}
out:
	entry_clear(&entry);
	buf_clear(&body);
	return rc == -1 ? -1 : 0;
}

/* ---- an entry that is there ---- */

static enum lineage
lineage_of(const struct entry_row *row, const struct entry *entry)
{
	const char *version = row->cells.cell[E_VERSION];

	if (version == NULL)
		return LINEAGE_NONE;
	return strtoll(version, NULL, 10) == entry->version ? LINEAGE_CURRENT
							    : LINEAGE_STALE;
}

static void
note_slip(struct import_run *run, const struct entry_row *row,
    struct entry *after, struct buf *body)
{
	const char *reason = row->cells.cell[E_REASON];
	char *text = reason != NULL ? xstrdup(reason)
				    : xasprintf("import of %s, row %zu",
					  run->file, run->row);

	after->slips++;
	after->slipped_on = run->call->today;
	pack_text(body, X_SLIP_REASON, text);
	pack_text(body, X_SLIP_AGREED,
	    row->cells.cell[E_AGREED_BY] != NULL ? row->cells.cell[E_AGREED_BY]
						 : run->call->doer.actor);
	free(text);
}

static int
stage_change(struct import_run *run, const struct entry_row *row,
    const struct entry *before, bool kept, struct err *err)
{
	struct entry after;
	struct row_change change = {
		.lineage = lineage_of(row, before),
		.before = before,
		.after = &after,
		.kept = kept,
	};
	struct buf old = { 0 }, new = { 0 }, body = { 0 };
	int rc = -1;

	entry_copy(before, &after);
	if (row_change_apply(run, row, &change, err) == -1)
		goto out;
	entry_pack(&old, before);
	entry_pack(&new, &after);
	run->kept += change.kept;
	note_loose(run, &after);
	rc = 0;
	if (strcmp(buf_text(&old), buf_text(&new)) == 0) {
		run->same++;
		goto out;
	}
	run->changed++;
	if (change.slip)
		note_slip(run, row, &after, &body);
	entry_pack(&body, &after);
	paper_pack(row, &body);
	rc = import_stage(
	    run, (int64_t)run->row, before->id, buf_text(&body), err);
out:
	entry_clear(&after);
	buf_clear(&old);
	buf_clear(&new);
	buf_clear(&body);
	return rc;
}

/* A ref that stands for something else over there. */
static bool
is_other(struct import_run *run, const struct entry_row *row,
    const struct entry *entry)
{
	if (row->cells.cell[E_REF] == NULL ||
	    row->cells.cell[E_VERSION] != NULL ||
	    text_alike(row->cells.cell[E_TEXT], entry->text) > UNLIKE)
		return false;
	import_wrong(run, E_REF,
	    "%s is another entry in the register (\"%.60s\"); leave the ref "
	    "out, or give another with --map",
	    entry->ref, entry->text);
	return true;
}

/* A series that the line gives is news of a row that nobody has edited, too. */
static bool
gives_series(const struct entry_row *row, const struct entry *entry,
    enum lineage lineage)
{
	return row->series_given && lineage == LINEAGE_CURRENT &&
	       entry->series_id == 0 && entry->report_id == 0;
}

static int
stage_known(struct import_run *run, const struct entry_row *row,
    const struct entry *entry, struct err *err)
{
	struct entries_import *ei = run->ctx;
	enum lineage lineage = lineage_of(row, entry);
	bool kept = false;
	char id[32];

	snprintf(id, sizeof id, "%lld", (long long)entry->id);
	strmap_set(&ei->matched, id, (int64_t)run->row);
	if (is_unedited(row) && !gives_series(row, entry, lineage)) {
		run->same++;
		run->kept += lineage == LINEAGE_STALE;
		note_loose(run, entry);
		return 0;
	}
	if (is_other(run, row, entry))
		return 0;
	if (row_state_note(run, row, entry, lineage, &kept, err) == -1)
		return -1;
	if (is_finished(entry)) {
		run->same++;
		run->kept += kept;
		return 0;
	}
	return stage_change(run, row, entry, kept, err);
}

static int
take_row(struct import_run *run, const struct csv_row *csv, struct err *err)
{
	struct entry_row row;
	struct entry entry;
	int rc = entry_row_read(run, csv, &row, err);

	if (rc == -1 || is_twice(run, &row) || !run->sound)
		goto out;
	note_source(run, &row);
	revise(run, &row);
	rc = find_entry(run, &row, &entry, err);
	if (rc == 0) {
		rc = stage_new(run, &row, err);
	} else if (rc == 1) {
		rc = stage_known(run, &row, &entry, err);
		entry_clear(&entry);
	}
out:
	entry_row_clear(&row);
	return rc == -1 ? -1 : 0;
}

/* ---- sub-points whose entry stands in the same file ---- */

static struct waiting *
find_waiting(struct entries_import *ei, const char *ref)
{
	VEC_EACH (struct waiting, w, &ei->waiting)
		if (w->ref != NULL && text_same(w->ref, ref))
			return w;
	return NULL;
}

/* How many of them stand above one another; -1: in a circle, or the entry
 * above is nowhere (which is noted). */
static int
depth_of(struct import_run *run, const struct waiting *waiting)
{
	struct entries_import *ei = run->ctx;
	int depth = 1;

	run->row = waiting->row;
	for (const struct waiting *w = waiting;; depth++) {
		const char *parent = w->parent;

		if (strmap_get(&ei->refs, parent) == NULL &&
		    strmap_get(&ei->sources, parent) == NULL) {
			import_wrong(run, E_PARENT,
			    "there is no entry %s, in the register or in the "
			    "file",
			    parent);
			return -1;
		}
		w = find_waiting(ei, parent);
		if (w == NULL)
			return depth;
		if ((size_t)depth > ei->waiting.len) {
			import_wrong(run, E_PARENT,
			    "%s is a sub-point of itself", parent);
			return -1;
		}
	}
}

static int
by_depth(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;

	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static int
release_waiting(struct import_run *run, struct err *err)
{
	struct entries_import *ei = run->ctx;

	if (!ei->sorted) {
		VEC_EACH (struct waiting, w, &ei->waiting)
			w->depth = depth_of(run, w);
		if (ei->waiting.len > 0)
			qsort(ei->waiting.items, ei->waiting.len,
			    sizeof *ei->waiting.items, by_depth);
		ei->sorted = true;
	}
	for (int i = 0; i < 500 && ei->released < ei->waiting.len; i++) {
		const struct waiting *w = &ei->waiting.items[ei->released];
		struct buf body = { 0 };
		int rc;

		pack_text(&body, E_PARENT, w->parent);
		buf_puts(&body, w->body);
		rc = import_stage(run, w->depth * IMPORT_RANK + (int64_t)w->row,
		    0, buf_text(&body), err);
		buf_clear(&body);
		if (rc == -1)
			return -1;
		ei->released++;
	}
	if (ei->released < ei->waiting.len)
		return 1;
	row_states_tell(run);
	tell_loose(run);
	return 0;
}

/* ---- did somebody write meanwhile? ---- */

static int
touched(struct import_run *run, const char *subject, int64_t subject_id,
    struct err *err)
{
	struct entries_import *ei = run->ctx;
	struct entry entry;
	char id[32];
	int rc;

	if (strcmp(subject, "entry") != 0)
		return 1;
	snprintf(id, sizeof id, "%lld", (long long)subject_id);
	if (strmap_get(&ei->matched, id) != NULL)
		return 1;
	rc = entries_get_id(run->call->db, subject_id, &entry, err);
	if (rc != 1)
		return rc;
	rc = strmap_get(&ei->refs, entry.ref) != NULL;
	entry_clear(&entry);
	return rc;
}

const struct import_kind import_entries = {
	.name = "entries",
	.columns = entry_columns,
	.ncolumns = E_COLUMNS,
	.open = entries_import_open,
	.row = take_row,
	.finish = release_waiting,
	.close = entries_import_close,
	.touched = touched,
	.apply = entry_apply_staged,
};
