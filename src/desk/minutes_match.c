/* SPDX-License-Identifier: ISC */
/* Which entry of the register a row of a paper repeats, and the state that a
 * new one begins in. */
#include <stdlib.h>
#include <string.h>

#include "desk/minutes_parts.h"
#include "io/entries.h"
#include "io/register.h"

#define REWORDED 0.25 /* a text has that much of what it was made of */

static int
take_live(void *ctx, const struct entry *entry, struct err *err)
{
	struct take *t = ctx;
	struct entry *copy = xcalloc(1, sizeof *copy);

	(void)err;
	entry_copy(entry, copy);
	*vec_push(&t->live) = copy;
	return 0;
}

int
minutes_load_live(struct take *t, struct err *err)
{
	struct entry_filter filter;

	entry_filter_init(&filter, t->call->today);
	filter.series_id = t->series.id;
	return entries_each(t->call->db, &filter, take_live, t, err);
}

void
minutes_forget_live(struct take *t)
{
	VEC_EACH (struct entry *, e, &t->live) {
		entry_clear(*e);
		free(*e);
	}
	vec_clear(&t->live);
	VEC_EACH (struct text_bag, bag, &t->bags)
		text_bag_clear(bag);
	vec_clear(&t->bags);
	vec_clear(&t->claimed);
}

static bool
is_claimed(const struct take *t, int64_t id)
{
	VEC_EACH (int64_t, c, &t->claimed)
		if (*c == id)
			return true;
	return false;
}

static bool
same_or_none(const char *a, const char *b)
{
	return a == NULL || b == NULL || strcmp(a, b) == 0;
}

/* The part of a source that stays when the file lies elsewhere. */
static const char *
file_and_line(const char *source)
{
	const char *slash = strrchr(source, '/');

	return slash != NULL ? slash + 1 : source;
}

static bool
is_elsewhere(const struct take *t, const struct entry *was)
{
	VEC_EACH (const struct minutes_entry, e, &t->meeting->entries)
		if (minutes_same_text(was->text, e->text))
			return true;
	return false;
}

/* What came from this very line and was reworded since, in a draft or in the
 * register; not what the paper has in another place now. */
static struct entry *
match_line(struct take *t, const struct minutes_entry *e)
{
	char *source = xasprintf("%s:%u", file_and_line(t->name), e->line);
	struct entry *found = NULL;

	VEC_EACH (struct entry *, at, &t->live) {
		struct entry *was = *at;

		if (found == NULL && !is_claimed(t, was->id) &&
		    was->held_on == t->meeting->held_on &&
		    was->source != NULL &&
		    strcmp(file_and_line(was->source), source) == 0 &&
		    strcmp(was->kind, e->kind) == 0 &&
		    text_alike(was->text, e->text) >= REWORDED &&
		    !is_elsewhere(t, was))
			found = was;
	}
	free(source);
	return found;
}

struct past {
	const char *text;
	bool found;
};

static int
look_at_event(void *ctx, const struct event *event, struct err *err)
{
	struct past *past = ctx;

	(void)err;
	past->found =
	    event->old != NULL && minutes_same_text(event->old, past->text);
	return past->found;
}

/* What was reworded since so far that its text tells nothing any more: the
 * history has what it was. 1, 0, -1. */
static int
match_past(struct take *t, const struct minutes_entry *e, struct entry **out,
    struct err *err)
{
	struct past past = { .text = e->text };

	VEC_EACH (struct entry *, at, &t->live) {
		const struct entry *was = *at;

		/* Of version 1 is what nobody changed. */
		if (was->version == 1 || is_claimed(t, was->id) ||
		    was->held_on != t->meeting->held_on ||
		    !same_or_none(was->item, e->item) || is_elsewhere(t, was))
			continue;
		if (register_history(t->call->db, "entry", was->id, 0,
			look_at_event, &past, err) == -1)
			return -1;
		if (past.found) {
			*out = *at;
			return 1;
		}
	}
	return 0;
}

int
minutes_match(struct take *t, const struct minutes_entry *e, struct entry **out,
    bool *unsure, struct err *err)
{
	const char *text = e->text;
	struct entry *found = NULL;
	int hits = 0, rc;

	*unsure = false;
	*out = NULL;
	VEC_EACH (struct entry *, at, &t->live) {
		struct entry *was = *at;

		if (is_claimed(t, was->id))
			continue;
		if (e->ref != NULL && strcasecmp(was->ref, e->ref) == 0) {
			*out = was;
			return 0;
		}
		if (was->held_on == t->meeting->held_on &&
		    strcmp(was->kind, e->kind) == 0 &&
		    same_or_none(was->item, e->item) &&
		    minutes_same_text(was->text, text)) {
			*out = was;
			return 0;
		}
	}
	rc = match_past(t, e, out, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	*out = match_line(t, e);
	if (*out != NULL)
		return 0;
	VEC_EACH (struct entry *, at, &t->live) {
		struct entry *was = *at;

		if (is_claimed(t, was->id) ||
		    (!entry_state_is_live(was->state) &&
			was->state != ENTRY_UNCONFIRMED) ||
		    was->held_on >= t->meeting->held_on ||
		    !minutes_same_text(was->text, text))
			continue;
		found = was;
		hits++;
	}
	*unsure = hits > 1;
	*out = hits == 1 ? found : NULL;
	return 0;
}

enum entry_state
minutes_entry_state(const struct series *series,
    const struct minutes_meeting *meeting, const struct minutes_entry *e)
{
	int state = entry_state_parse(e->state);

	if (!e->sure)
		return ENTRY_UNCONFIRMED;
	if (state == ENTRY_CLOSED)
		return ENTRY_CLOSED;
	if (series->confirm_drafts && meeting->approval != MINUTES_APPROVED)
		return ENTRY_UNCONFIRMED;
	return state == ENTRY_BLOCKED || state == ENTRY_ON_HOLD
		   ? (enum entry_state)state
		   : ENTRY_OPEN;
}
