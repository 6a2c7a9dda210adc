/* SPDX-License-Identifier: ISC */
/* Staged rows of entries into the register; see import_apply.h. */
#include "desk/import_apply.h"

#include <stdlib.h>
#include <string.h>

#include "desk/entry_cells.h"
#include "desk/import_paper.h"
#include "io/entries.h"

struct extras {
	char *parent, *reason, *agreed_by, *meeting;
};

static void
take_extra(void *ctx, int field, const char *text)
{
	struct extras *extras = ctx;
	char **to = field == E_PARENT        ? &extras->parent
		    : field == X_SLIP_REASON ? &extras->reason
		    : field == X_SLIP_AGREED ? &extras->agreed_by
		    : field == X_MEETING     ? &extras->meeting
					     : NULL;

	if (to != NULL) {
		free(*to);
		*to = xstrdup(text);
	}
}

struct source_search {
	const struct entry *child;
	const char *source;
	struct entry *found;
	bool hit;
};

static int
look_at_source(void *ctx, const struct entry *entry, struct err *err)
{
	struct source_search *s = ctx;

	(void)err;
	if (entry->source == NULL || entry->parent_id != 0 ||
	    entry->held_on != s->child->held_on ||
	    strcmp(entry->source, s->source) != 0)
		return 0;
	entry_copy(entry, s->found);
	s->hit = true;
	return 1;
}

/* By its ref; a draft's rows have none yet, and name the line of the paper. */
static int
find_parent(struct import_apply *apply, const struct entry *child,
    const char *text, struct entry *out, struct err *err)
{
	struct source_search s = { child, text, out, false };
	struct entry_filter filter;
	int rc = entries_get(apply->db, text, out, err);

	if (rc != 0)
		return rc;
	entry_filter_init(&filter, apply->today);
	filter.series_id = child->series_id;
	rc = entries_each(apply->db, &filter, look_at_source, &s, err);
	return rc == -1 ? -1 : s.hit;
}

static int
apply_new(struct import_apply *apply, const struct import_row *row,
    struct entry *entry, struct extras *extras, struct err *err)
{
	struct entry parent;
	int rc;

	entry_init(entry);
	if (entry_unpack(row->body, entry, take_extra, extras, err) == -1)
		return -1;
	if (extras->meeting != NULL &&
	    paper_apply(apply, entry->series_id, extras->meeting, err) == -1)
		return -1;
	if (extras->parent != NULL) {
		rc = find_parent(apply, entry, extras->parent, &parent, err);
		if (rc == 0)
			return err_set(
			    err, ERR_NOTFOUND, "no entry %s", extras->parent);
		if (rc == -1)
			return -1;
		entry->parent_id = parent.id;
		entry_clear(&parent);
	}
	return entries_add(apply->db, entry, &apply->doer, err);
}

static int
apply_slip(struct import_apply *apply, const struct entry *before,
    const struct entry *after, const struct extras *extras, struct err *err)
{
	struct slip slip;
	int rc;

	if (extras->reason == NULL)
		return 0;
	slip_init(&slip);
	slip.entry_id = before->id;
	slip.old_on = before->due_on;
	slip.new_on = after->due_on;
	slip.new_earliest_on = after->earliest_on;
	slip.phrase = xstrdup(after->due_phrase);
	slip.reason = xstrdup(extras->reason);
	slip.agreed_by = xstrdup(extras->agreed_by);
	slip.asked_on = slip.decided_on = apply->today;
	slip.state = SLIP_AGREED;
	rc = slips_add(apply->db, &slip, err);
	slip_clear(&slip);
	return rc;
}

static int
apply_change(struct import_apply *apply, const struct import_row *row,
    struct entry *after, struct extras *extras, struct err *err)
{
	struct entry before;
	const char *note;
	int rc = entries_get_id(apply->db, row->entry_id, &before, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "the entry is gone");
	if (rc == -1)
		return -1;
	entry_copy(&before, after);
	rc = entry_unpack(row->body, after, take_extra, extras, err);
	if (rc == 0 && extras->meeting != NULL)
		rc = paper_apply(apply, after->series_id, extras->meeting, err);
	if (rc == 0)
		rc = apply_slip(apply, &before, after, extras, err);
	/* Another one that was asked for need not be answered any more. */
	if (after->due_on != before.due_on)
		after->extension_pending = false;
	/* The owner's word stands in the history, as with `update`. */
	note = extras->reason;
	if (note == NULL && after->update_note != NULL &&
	    (before.update_note == NULL ||
		strcmp(before.update_note, after->update_note) != 0))
		note = after->update_note;
	if (rc == 0)
		rc = entries_save(
		    apply->db, &before, after, NULL, note, &apply->doer, err);
	entry_clear(&before);
	return rc;
}

int
entry_apply_staged(
    struct import_apply *apply, const struct import_row *row, struct err *err)
{
	struct extras extras = { 0 };
	struct entry entry;
	int rc;

	entry_init(&entry);
	rc = row->entry_id == 0
		 ? apply_new(apply, row, &entry, &extras, err)
		 : apply_change(apply, row, &entry, &extras, err);
	entry_clear(&entry);
	free(extras.parent);
	free(extras.reason);
	free(extras.agreed_by);
	free(extras.meeting);
	return rc;
}
