/* SPDX-License-Identifier: ISC */
/*
 * What robots of chat rooms are told and answer: "#action ann write it down",
 * and "Created ACTION-12 - Write it down [on Ann Bell - due 2020-05-18]".
 */
#include "core/minutes_lists.h"

#include <string.h>

enum { FAR_LINES = 12 };

void
robot_add(
    struct reading *r, struct part *part, const struct block *b, size_t mark)
{
	struct minutes_entry who = { 0 };
	const char *text = b->text + mark;
	size_t n = strcspn(text, " :,");

	owners_cell(r, part_meeting(r, part), text, n, &who);
	marked_add(
	    r, part, b, text, b->length - mark, MINUTES_FROM_LIST, true, &who);
	owners_clear(&who);
}

/* The action that was marked right above a block, NULL where none was. */
static struct minutes_entry *
marked_above(struct minutes_meeting *m, const struct block *b)
{
	struct minutes_entry *best = NULL;

	VEC_EACH (struct minutes_entry, e, &m->entries)
		if (e->line < b->first && e->line + FAR_LINES >= b->first &&
		    (!best || e->line >= best->line))
			best = e;
	return best;
}

bool
robot_told(struct reading *r, struct part *part, const struct block *b)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *on, *end, *due;
	struct minutes_entry *e;
	size_t n;

	if (!text_starts(b->text, "created action"))
		return false;
	on = find_phrase(b->text, b->length, "[on");
	if (!on || !(end = strchr(on, ']')))
		return false;
	e = marked_above(m, b);
	if (!e)
		return true;
	on += 4;
	n = (size_t)(end - on);
	due = find_phrase(on, n, "due");
	if (due && e->due_on == DAY_NONE) {
		due_phrase_set(e, due, (size_t)(end - due));
		due_read(r, part, e);
	}
	if (due)
		n = (size_t)(due - on);
	while (n > 0 && (text_is_space(on[n - 1]) || on[n - 1] == '-'))
		n--;
	if (n > 0 && !owners_known(e)) {
		owners_clear(e);
		owners_cell(r, m, on, n, e);
	}
	return true;
}
