/* SPDX-License-Identifier: ISC */
/*
 * Takes a paper into the register. What it repeats (the same entry by ref, by
 * its place, or by near-identical text within the series) is updated: closed,
 * carried forward, a new date; the rest is added, open where it is sure and
 * unconfirmed where a person must look. The same paper twice changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/lifecycle.h"
#include "desk/duty.h"
#include "desk/look.h"
#include "desk/minutes_parts.h"
#include "desk/show.h"
#include "io/entries.h"
#include "io/parties.h"

struct report_search {
	int from_on, until_on;
	int hits;
	int64_t id;
	int published_on;
};

/* ---- recommendations of a report that the register knows ---- */

static int
take_report(void *ctx, const struct report *r, struct err *err)
{
	struct report_search *s = ctx;

	(void)err;
	if (r->published_on < s->from_on || r->published_on > s->until_on)
		return 0;
	s->hits++;
	s->id = r->id;
	s->published_on = r->published_on;
	return 0;
}

/* A paper often knows the month of a report only ("August 2018"); where the
 * register has just one of that time, its printed periods count from the day
 * of publication, and the recommendations are the report's. */
static int
set_report(struct take *t, const struct minutes_entry *from, struct entry *to,
    struct err *err)
{
	struct report_search s = { .from_on = from->base_on,
		.until_on = from->base_until_on != DAY_NONE
				? from->base_until_on
				: from->base_on };
	struct words_answer answer;

	if (from->source != MINUTES_FROM_REPORT || from->base_on == DAY_NONE)
		return 0;
	if (reports_each(t->call->db, take_report, &s, err) == -1)
		return -1;
	if (s.hits != 1)
		return 0;
	to->report_id = s.id;
	to->base_on = s.published_on;
	if (from->due_phrase == NULL)
		return 0;
	if (dating_words(&t->dating, from->due_phrase, s.published_on,
		t->series.id, &answer, err) == -1)
		return -1;
	dating_put(to, &answer);
	words_answer_clear(&answer);
	return 0;
}

static int64_t
series_of_answer(const struct minutes_entry *e)
{
	return e->series > 0 ? e->series : 0;
}

/* How the date came about: the rule of the words where they give that very
 * date, else all that the reader has to say. Owned. */
static char *
rule_of(const struct take *t, const struct minutes_entry *from)
{
	struct words_answer answer;
	struct err none;
	char *rule = NULL;

	if (from->due_phrase != NULL &&
	    dating_words(&t->dating, from->due_phrase, from->base_on,
		t->series.id, &answer, &none) == 0) {
		if (answer.due_on == from->due_on)
			rule = xstrdup(answer.rule);
		words_answer_clear(&answer);
	}
	return rule != NULL ? rule : xstrdup(from->why);
}

static void
put_dates(
    const struct take *t, struct entry *to, const struct minutes_entry *from)
{
	to->base_on = from->base_on;
	to->earliest_on = from->earliest_on;
	to->due_on = from->due_on;
	to->review_on = from->review_on;
	to->due_series_id = series_of_answer(from);
	to->due_meeting_on = from->meeting_on;
	to->at_meeting = from->at_meeting && from->due_on != DAY_NONE;
	free(to->due_phrase);
	to->due_phrase = xstrdup(from->due_phrase);
	free(to->rule);
	to->rule = rule_of(t, from);
	dating_hang_review(&t->dating, to, t->series.id);
}

char *
minutes_flags_of(const struct take *t, const struct minutes_entry *e)
{
	struct buf b = { 0 };

	VEC_EACH (struct minutes_flag, f, &t->minutes->flags) {
		if (f->line != e->line || f->code == MINUTES_FLAG_NO_DATE ||
		    f->code == MINUTES_FLAG_NO_OWNER ||
		    f->code == MINUTES_FLAG_YEAR ||
		    f->code == MINUTES_FLAG_OWNER_ABSENT ||
		    f->code == MINUTES_FLAG_OWNER_UNKNOWN ||
		    f->code == MINUTES_FLAG_OWNER_AMBIGUOUS ||
		    f->code == MINUTES_FLAG_OWNER_LEFT)
			continue; /* of owners minutes_owners says more */
		buf_printf(&b, "%s%s", b.len > 0 ? "; " : "", f->text);
	}
	if (b.len > 0)
		return buf_take(&b);
	buf_clear(&b);
	return NULL;
}

static void
tell(struct take *t, const char *what, const struct entry *entry,
    const struct minutes_entry *from)
{
	struct buf *out = &t->call->answer->out;
	char *owners;

	if (t->done != NULL) {
		json_t *item = json_object();

		json_put_text(item, "ref", entry->ref);
		json_put_text(item, "what", what);
		json_put_text(item, "kind", entry->kind);
		json_put_text(item, "text", entry->text);
		json_put_day(item, "due_on", entry->due_on);
		json_put_text(item, "state", entry_state_name(entry->state));
		json_put_int(item, "line", from->line);
		json_array_append_new(t->done, item);
		return;
	}
	owners = entry_owners_text(entry);
	show_field(out, t->call->request->columns,
	    entry->ref != NULL ? entry->ref : "-", "%s: %s%s%s%s", what,
	    entry->text, *owners != '\0' ? " (" : "", owners,
	    *owners != '\0' ? ")" : "");
	free(owners);
}

static enum entry_state
state_of(const struct take *t, const struct minutes_entry *e, bool owners)
{
	return owners ? minutes_entry_state(&t->series, t->meeting, e)
		      : ENTRY_UNCONFIRMED;
}

static int
add_points(struct take *t, const struct minutes_entry *from,
    const struct entry *parent, struct err *err)
{
	VEC_EACH (struct minutes_point, p, &from->points) {
		struct entry child = { 0 };
		int rc;

		entry_copy(parent, &child);
		child.id = 0;
		child.parent_id = parent->id;
		free(child.ref);
		child.ref = NULL;
		free(child.text);
		child.text = look_squeezed(p->text);
		free(child.source);
		child.source = xasprintf("%s:%u", t->name, p->line);
		rc = entries_add(t->call->db, &child, &t->call->doer, err);
		entry_clear(&child);
		if (rc == -1)
			return -1;
	}
	return 0;
}

static int
add_entry(struct take *t, const struct minutes_entry *from, struct err *err)
{
	struct entry e;
	bool all;
	int rc;

	entry_init(&e);
	e.series_id = t->series.id;
	e.held_on = t->meeting->held_on;
	e.kind = xstrdup(from->kind);
	e.text = look_squeezed(from->text);
	e.series = xstrdup(t->series.code);
	e.item = xstrdup(from->item);
	e.para = xstrdup(from->para);
	e.source = xasprintf("%s:%u", t->name, from->line);
	put_dates(t, &e, from);
	e.flag = minutes_flags_of(t, from);
	rc = set_report(t, from, &e, err);
	if (rc == 0)
		rc = minutes_take_owners(t, from, &e, &all, err);
	if (rc == 0) {
		e.state = state_of(t, from, all);
		if (e.state == ENTRY_CLOSED)
			e.closed_on = t->meeting->held_on;
		rc = entries_add(t->call->db, &e, &t->call->doer, err);
	}
	if (rc == 0) {
		if (e.state == ENTRY_UNCONFIRMED)
			t->waiting++;
		else
			t->added++;
		tell(t,
		    e.state == ENTRY_UNCONFIRMED ? "waits to be confirmed"
						 : "added",
		    &e, from);
		rc = add_points(t, from, &e, err);
	}
	entry_clear(&e);
	return rc;
}

/* Another date than the register has is a slip that the meeting agreed. */
static int
slip(struct take *t, struct entry *after, const struct minutes_entry *from,
    struct err *err)
{
	char *agreed = xasprintf("meeting %s", t->series.code);
	struct slip s = { .entry_id = after->id,
		.old_on = after->due_on,
		.new_on = from->due_on,
		.new_earliest_on = from->earliest_on,
		.phrase = from->due_phrase,
		.reason = (char *)(uintptr_t) "new date in the minutes",
		.agreed_by = agreed,
		.asked_on = t->meeting->held_on,
		.decided_on = t->meeting->held_on,
		.state = SLIP_AGREED };
	int rc = 0;

	if (after->due_on != DAY_NONE) {
		rc = slips_add(t->call->db, &s, err);
		after->slips++;
		after->slipped_on = t->meeting->held_on;
	}
	free(agreed);
	/* Another one that was asked for need not be answered any more. */
	after->extension_pending = false;
	put_dates(t, after, from);
	return rc;
}

/* What is closed may be a step of a chain: the next one begins. */
static int
follow_chain(struct take *t, const struct entry *closed,
    const struct minutes_entry *from, struct err *err)
{
	struct entry next;
	char *ref;
	int rc = duty_chain(
	    t->call->conf, t->call->db, closed, &t->call->doer, &ref, err);

	if (rc == -1 || ref == NULL)
		return rc;
	rc = entries_get(t->call->db, ref, &next, err);
	if (rc == 1) {
		t->added++;
		tell(t, "next step", &next, from);
		entry_clear(&next);
	}
	free(ref);
	return rc == -1 ? -1 : 0;
}

/* The same paper again, or an older one, says nothing new; but the register
 * may know by now whom it names. */
static int
take_again(struct take *t, const struct minutes_entry *from,
    const struct entry *was, struct err *err)
{
	struct entry after = { 0 };
	bool all;
	int rc;

	entry_copy(was, &after);
	rc = minutes_late_owners(t, from, &after, &all, err);
	if (rc == 1) {
		if (was->state == ENTRY_UNCONFIRMED &&
		    was->held_on == t->meeting->held_on)
			after.state = state_of(t, from, all);
		/* What is closed was no entry when it came. */
		if (after.state == ENTRY_CLOSED)
			after.state = was->state;
		rc = entries_save(t->call->db, was, &after, "owner known",
		    "named in the minutes", &t->call->doer, err);
		t->updated++;
		if (rc == 0)
			tell(t, "owner known now", &after, from);
	} else if (rc == 0) {
		t->same++;
	}
	entry_clear(&after);
	return rc;
}

/* Nothing is finished while a part of it is not: 1, and a person is told. */
static int
has_open_points(struct take *t, const struct minutes_entry *from,
    const struct entry *was, struct err *err)
{
	char count[SHOW_COUNT_MAX];
	int open;

	if (entries_open_children(t->call->db, was->id, &open, err) == -1)
		return -1;
	if (open == 0)
		return 0;
	t->asked++;
	desk_remark(t->call,
	    "%s: line %u: closes %s, of which %s not finished; nothing was "
	    "done: %.60s",
	    t->name, from->line, was->ref,
	    show_count(open, "sub-point is", "sub-points are", count),
	    from->text);
	return 1;
}

int
minutes_update_entry(struct take *t, const struct minutes_entry *from,
    const struct entry *was, struct err *err)
{
	bool later =
	    was->held_on == DAY_NONE || t->meeting->held_on > was->held_on;
	bool closes = strcmp(from->state, "closed") == 0 &&
		      (entry_state_is_live(was->state) ||
			  was->state == ENTRY_UNCONFIRMED);
	struct entry after = { 0 };
	const char *what = NULL, *note = NULL;
	int rc = 0;

	if (!later || (was->updated_on != DAY_NONE &&
			  was->updated_on >= t->meeting->held_on))
		return take_again(t, from, was, err);
	if (closes) {
		rc = has_open_points(t, from, was, err);
		if (rc != 0)
			return rc == -1 ? -1 : 0;
	}
	entry_copy(was, &after);
	if (closes) {
		after.state = ENTRY_CLOSED;
		lifecycle_finish(&after, t->meeting->held_on);
		after.paused_from_on = DAY_NONE;
		what = "closed";
		note = "closed in the minutes";
	} else if (entry_state_is_live(was->state) &&
		   from->due_on != DAY_NONE && from->due_on != was->due_on &&
		   from->sure) {
		rc = slip(t, &after, from, err);
		what = "new date";
		note = "new date in the minutes";
	} else if (entry_state_is_live(was->state)) {
		what = "carried forward";
		note = "carried forward in the minutes";
	}
	if (rc == 0 && what == NULL) {
		t->same++;
	} else if (rc == 0) {
		after.updated_on = t->meeting->held_on;
		free(after.update_note);
		after.update_note = xstrdup(from->text);
		rc = entries_save(
		    t->call->db, was, &after, what, note, &t->call->doer, err);
		t->updated++;
		if (rc == 0)
			tell(t, what, &after, from);
		if (rc == 0 && !closes)
			rc = minutes_is_carried(t, from, &after, err);
		if (rc == 0 && closes)
			rc = follow_chain(t, &after, from, err);
	}
	entry_clear(&after);
	return rc;
}

static int
take_entry(struct take *t, const struct minutes_entry *e, struct err *err)
{
	bool unsure;
	struct entry *was;

	if (minutes_match(t, e, &was, &unsure, err) == -1)
		return -1;
	if (unsure) {
		t->asked++;
		desk_remark(t->call,
		    "%s: line %u: several entries read like this one, nothing "
		    "was done: %.60s",
		    t->name, e->line, e->text);
		return 0;
	}
	if (was == NULL && minutes_is_said_of_known(t, e))
		return 0; /* minutes_said decides */
	if (was == NULL)
		/* What was closed before it was ever open is no entry. */
		return strcmp(e->state, "closed") == 0 ? 0
						       : add_entry(t, e, err);
	/* Prose that says more than that it is done is for a person. */
	if (e->source == MINUTES_FROM_TEXT && strcmp(e->state, "closed") == 0)
		return minutes_is_closed(t, e, was, err);
	*vec_push(&t->claimed) = was->id;
	return minutes_update_entry(t, e, was, err);
}

static int
take_meeting(struct take *t, struct err *err)
{
	const struct minutes_meeting *m = t->meeting;
	int rc;

	if (m->entries.len == 0 && m->paper != MINUTES_OF_MEETING &&
	    t->meeting->series == NULL)
		return 0; /* an agenda or report of another body */
	if (m->held_on == DAY_NONE) {
		if (m->entries.len == 0)
			return 0;
		return err_set(err, ERR_INPUT,
		    "%s: line %u: no day of the meeting found: give it with "
		    "--held-on DAY",
		    t->name, m->line);
	}
	rc = minutes_take_meeting(t, err);
	/* Anew: dates hang on the meetings that have just come in. */
	if (rc == 0)
		rc = dating_load(&t->dating, t->call->conf, t->call->db, err);
	if (rc == 0)
		rc = minutes_load_live(t, err);
	t->found += m->entries.len;
	VEC_EACH (struct minutes_entry, e, &m->entries)
		if (rc == 0)
			rc = take_entry(t, e, err);
	if (rc == 0)
		rc = minutes_take_said(t, err);
	if (rc == 0)
		rc = minutes_take_people(t, err);
	minutes_forget_live(t);
	dating_clear(&t->dating);
	meeting_clear(&t->held);
	series_clear(&t->series);
	return rc;
}

static void
sum_up(struct take *t)
{
	struct buf *out = &t->call->answer->out;

	if (t->done != NULL) {
		json_t *root = json_pack("{s:o,s:I,s:I,s:I,s:I,s:I}", "entries",
		    t->done, "added", (json_int_t)t->added, "unconfirmed",
		    (json_int_t)t->waiting, "updated", (json_int_t)t->updated,
		    "same", (json_int_t)t->same, "asked", (json_int_t)t->asked);

		json_object_set_new(
		    root, "to_decide", minutes_decisions_json(t));
		json_print(root, out);
		return;
	}
	if (t->found == 0)
		buf_printf(out,
		    "%s: no action, recommendation or promise was found\n",
		    t->name);
	buf_printf(out,
	    "\n%zu added, %zu wait to be confirmed, %zu updated, %zu the "
	    "same\n",
	    t->added, t->waiting, t->updated, t->same);
	if (t->waiting > 0)
		buf_puts(out,
		    "Look through them: nudgectl list --state unconfirmed; "
		    "then nudgectl confirm REF…\n");
	minutes_tell_decisions(t);
	minutes_show_flags(t->call, t->minutes);
}

int
minutes_take(struct desk_call *call, const struct desk_file *file,
    const struct minutes *minutes, struct err *err)
{
	struct take t = { .call = call,
		.name = file->name,
		.minutes = minutes,
		.done = call->request->json ? json_array() : NULL };
	int rc = 0;

	said_read(file->bytes, file->len, &t.saids);
	VEC_EACH (struct minutes_meeting, m, &minutes->meetings) {
		t.meeting = m;
		if (rc == 0)
			rc = take_meeting(&t, err);
	}
	if (rc == 0) {
		sum_up(&t);
		minutes_tell_strangers(&t,
		    "then take the paper in again: what has no owner yet "
		    "gets the one it names");
	} else {
		json_decref(t.done);
	}
	minutes_forget_strangers(&t);
	minutes_forget_decisions(&t);
	saids_clear(&t.saids);
	return rc;
}
