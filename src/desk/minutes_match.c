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
	VEC_EACH (struct known, k, &t->known) {
		VEC_EACH (char *, text, &k->texts)
			free(*text);
		vec_clear(&k->texts);
	}
	vec_clear(&t->known);
	t->paired = false;
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

/* ---- what this very meeting gave ---- */

static int
take_text(void *ctx, const struct event *event, struct err *err)
{
	struct known *k = ctx;

	(void)err;
	if (event->old != NULL && strcmp(event->what, "reworded") == 0)
		*vec_push(&k->texts) = xstrdup(event->old);
	return 0;
}

static int
load_known(struct take *t, struct err *err)
{
	VEC_EACH (struct entry *, at, &t->live) {
		struct known *k;

		if ((*at)->held_on != t->meeting->held_on)
			continue;
		k = vec_push(&t->known);
		k->entry = *at;
		/* Of version 1 is what nobody changed. */
		if ((*at)->version > 1 &&
		    register_history(t->call->db, "entry", (*at)->id, 0,
			take_text, k, err) == -1)
			return -1;
		*vec_push(&k->texts) = xstrdup((*at)->text);
	}
	return 0;
}

static bool
is_same_place(
    const struct take *t, const struct known *k, const struct minutes_entry *e)
{
	const char *own = file_and_line(t->name), *source, *colon;

	if (k->entry->source == NULL)
		return false;
	source = file_and_line(k->entry->source);
	colon = strrchr(source, ':');
	return colon != NULL &&
	       text_same_n(source, (size_t)(colon - source), own) &&
	       strtoul(colon + 1, NULL, 10) == e->line;
}

static bool
is_same_item(const struct known *k, const struct minutes_entry *e)
{
	return strcmp(k->entry->kind, e->kind) == 0 &&
	       same_or_none(k->entry->item, e->item);
}

static bool
came_from_there(
    const struct take *t, const struct known *k, const struct minutes_entry *e)
{
	return is_same_place(t, k, e) &&
	       minutes_same_text(k->texts.items[0], e->text);
}

static bool
came_word_for_word(
    const struct take *t, const struct known *k, const struct minutes_entry *e)
{
	(void)t;
	return is_same_item(k, e) && text_same(k->texts.items[0], e->text);
}

static bool
came_as(
    const struct take *t, const struct known *k, const struct minutes_entry *e)
{
	(void)t;
	return is_same_item(k, e) &&
	       minutes_same_text(k->texts.items[0], e->text);
}

static bool
was_once(
    const struct take *t, const struct known *k, const struct minutes_entry *e)
{
	(void)t;
	if (same_or_none(k->entry->item, e->item))
		for (size_t i = 1; i < k->texts.len; i++)
			if (minutes_same_text(k->texts.items[i], e->text))
				return true;
	return false;
}

/* What came from this very line and was changed since, in a draft or in the
 * paper; not what the paper has in another place now. */
static bool
is_changed_there(
    const struct take *t, const struct known *k, const struct minutes_entry *e)
{
	const char *first = k->texts.items[0], *last = k->entry->text;

	if (!is_same_place(t, k, e) || strcmp(k->entry->kind, e->kind) != 0 ||
	    (text_alike(first, e->text) < REWORDED &&
		text_alike(last, e->text) < REWORDED))
		return false;
	VEC_EACH (const struct minutes_entry, other, &t->meeting->entries)
		if (other != e && minutes_same_text(first, other->text))
			return false;
	return true;
}

static struct known *
known_of(struct take *t, const struct minutes_entry *e)
{
	VEC_EACH (struct known, k, &t->known)
		if (k->row == e)
			return k;
	return NULL;
}

static bool
has_known_ref(const struct take *t, const struct minutes_entry *e)
{
	VEC_EACH (struct entry *, at, &t->live)
		if (e->ref != NULL && text_same((*at)->ref, e->ref))
			return true;
	return false;
}

/* The surest signs of all rows first: no row may take what another one's
 * entry has come to read like. */
static int
pair_rows(struct take *t, struct err *err)
{
	static bool (*const signs[])(const struct take *, const struct known *,
	    const struct minutes_entry *) = { came_from_there,
		came_word_for_word, came_as, was_once, is_changed_there };

	t->paired = true;
	if (load_known(t, err) == -1)
		return -1;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		VEC_EACH (const struct minutes_entry, e, &t->meeting->entries) {
			if (known_of(t, e) != NULL || has_known_ref(t, e))
				continue;
			VEC_EACH (struct known, k, &t->known)
				if (k->row == NULL && signs[i](t, k, e)) {
					k->row = e;
					break;
				}
		}
	return 0;
}

int
minutes_match(struct take *t, const struct minutes_entry *e, struct entry **out,
    bool *unsure, struct err *err)
{
	struct entry *found = NULL;
	const struct known *known;
	int hits = 0;

	*unsure = false;
	*out = NULL;
	VEC_EACH (struct entry *, at, &t->live)
		if (e->ref != NULL && !is_claimed(t, (*at)->id) &&
		    strcasecmp((*at)->ref, e->ref) == 0) {
			*out = *at;
			return 0;
		}
	if (!t->paired && pair_rows(t, err) == -1)
		return -1;
	known = known_of(t, e);
	if (known != NULL && !is_claimed(t, known->entry->id)) {
		*out = known->entry;
		return 0;
	}
	VEC_EACH (struct entry *, at, &t->live) {
		struct entry *was = *at;

		if (is_claimed(t, was->id) ||
		    (!entry_state_is_live(was->state) &&
			was->state != ENTRY_UNCONFIRMED) ||
		    was->held_on >= t->meeting->held_on ||
		    !minutes_same_text(was->text, e->text))
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
