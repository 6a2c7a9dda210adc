/* SPDX-License-Identifier: ISC */
/*
 * What the running text tells of actions that were given before: "PC-2 is
 * complete", "This was carried forward to the next meeting".
 */
#include "core/minutes_parts.h"
#include "core/said.h"

#include <stdlib.h>
#include <string.h>

enum { TOLD_MAX = 160, REST_MAX = 90 };

/* Bytes of a reference at the beginning: "PC-2", "R24/19", "Action 14". */
static size_t
reference_at(const char *text, size_t len)
{
	size_t n = 0, digits = 0, letters = 0;

	if (text_starts(text, "action "))
		n = 7;
	for (; n < len && !text_is_space(text[n]); n++) {
		char c = text[n];

		if (text_is_digit(c))
			digits++;
		else if (text_is_upper(c) && digits == 0)
			letters++;
		else if (!strchr("-/.", c))
			return 0;
	}
	return digits > 0 && digits < 9 && (letters > 0 || n > 7) &&
		       letters < 7 && n < 24
		   ? n
		   : 0;
}

/* The state that a predicate says: "is now complete", "has been closed", "was
 * carried forward to the next meeting". NULL: none. */
static const char *
state_predicate(const char *text, size_t len)
{
	static const char *const skips[] = { "is", "are", "was", "were", "has",
		"have", "had", "been", "be", "now", "also", "therefore", "to",
		"then", "again", "and", "still", NULL };
	struct toks toks;
	size_t i = 0;

	toks_read(&toks, text, len);
	if (toks_match(&toks, 0, "has not been done") ||
	    toks_match(&toks, 0, "had not been done") ||
	    toks_match(&toks, 0, "is not done") ||
	    toks_match(&toks, 0, "was not done"))
		return "open";
	while (i < toks.n &&
	       (tok_in(&toks.t[i], skips) ||
		   (toks.t[i].kind == 'p' &&
		       (dash_at(toks.t[i].at) || *toks.t[i].at == ':'))))
		i++;
	if (i >= toks.n || toks.t[i].len < 3)
		return NULL;
	return state_of(toks.t[i].at, len - (size_t)(toks.t[i].at - text));
}

bool
told_reference(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len)
{
	size_t ref = reference_at(text, len);
	struct minutes_entry *e;
	const char *state;

	if (ref == 0 || len > ref + REST_MAX || text_starts(text, "action "))
		return false;
	state = state_predicate(text + ref, len - ref);
	if (!state)
		return false;
	e = draft_new(r, part, b, MINUTES_FROM_TEXT, "action", text, len,
	    block_line_at(b, (size_t)(text - b->text)),
	    "the text tells what became of it");
	e->ref = xstrndup(text, ref);
	e->state = state;
	e->earlier = true;
	if (strcmp(state, "closed") != 0)
		due_read(r, part, e);
	return true;
}

/* "This will be done by 3 May": when, of what the sentence before asked. */
static bool
sets_day(const char *text, size_t len)
{
	static const char *const sets[] = { "will be", "would be",
		"will now be", "would now be", "is to be", "should be", "to be",
		"must be", "needs to be", NULL };
	static const char *const done[] = { "done", "completed", "complete",
		"finished", "ready", "carried out", "provided", "actioned",
		"achieved", "delivered", NULL };

	return has_any(text, len, sets) && has_any(text, len, done);
}

bool
told_again(struct reading *r, struct part *part, size_t entry, const char *text,
    size_t len)
{
	static const char *const subjects[] = { "this", "it", "these", "they",
		"that", NULL };
	struct minutes_entry *e;
	struct toks toks;
	const char *state, *due;
	size_t n, from;

	toks_read(&toks, text, len);
	if (len > TOLD_MAX || toks.n < 3)
		return false;
	from = toks_match(&toks, 0, "the action");
	if (from == 0 && toks_match(&toks, 0, "the matter") > 0)
		from = 2;
	if (from == 0 && tok_in(&toks.t[0], subjects))
		from = 1;
	if (from == 0 || from >= toks.n)
		return false;
	state = state_predicate(
	    toks.t[from].at, len - (size_t)(toks.t[from].at - text));
	if (!state && !sets_day(text, len))
		return false;
	e = &part_meeting(r, part)->entries.items[entry];
	if (state)
		e->state = state;
	if ((!state || strcmp(state, "open") == 0) && !e->due_phrase &&
	    due_find(text, len, &due, &n)) {
		due_phrase_set(e, due, n);
		due_read(r, part, e);
	}
	return true;
}

/* "... for an update, action closed.", "Action completed.": something is done,
 * but nobody but a person can tell which action that was. */
void
told_done(
    struct reading *r, const struct block *b, const char *text, size_t len)
{
	static const char *const tells[] = { "action completed",
		"action complete", "action closed", "action is complete",
		"action is closed", "action is now complete",
		"action is now closed", "action discharged",
		"action was closed", "actions completed", "actions closed",
		"action can be closed", "action has been completed",
		"action has been closed", NULL };
	char *what, *start;
	size_t at;
	bool alone;

	/* "PC-1: ... Action closed." says which */
	if (len > TOLD_MAX * 2 || !has_any(text, len, tells) ||
	    (said_head_at(b->text, b->length, &at, &alone) > 0 && alone))
		return;
	what = xstrndup(text, len);
	start = flag_excerpt(what);
	flag_add(r, MINUTES_FLAG_TOLD,
	    block_line_at(b, (size_t)(text - b->text)),
	    "tells that an action is done, but not which: \"%s\"", start);
	free(start);
	free(what);
}
