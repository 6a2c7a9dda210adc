/* SPDX-License-Identifier: ISC */
/*
 * Rows of a table without heads, their cells parted by tabs: what it is about,
 * who is to do what, how far that is: "1.2	Grants	AB to ask the bank
 * Ongoing".
 */
#include "core/minutes_flat.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = 8, ROWS_MIN = 2 };

struct span {
	const char *text;
	size_t len;
};

struct row {
	struct span cells[CELLS];
	size_t n;
	size_t task; /* the cell that charges somebody; n: none does */
};

/* Is it how far an action is; *state, "open" where that is not said? */
static bool
is_state_cell(const struct span *cell, const char **state)
{
	*state = leading_state(cell->text, cell->len);
	if (!*state)
		*state = state_of(cell->text, cell->len);
	if (*state)
		return true;
	*state = "open";
	return cell->len == 0 || cell_says_none(cell->text, cell->len);
}

/* The cells of a row, and which of them is the action. The first one is that
 * only where a state stands behind it; it may be all that a list has. */
static bool
row_read(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, struct row *row)
{
	const char *text = b->text, *end = b->text + b->length;

	*row = (struct row){ 0 };
	if (b->kind == BLOCK_ROW || b->taken || b->margins.len > 0 ||
	    !memchr(text, '\t', b->length) ||
	    (b->section != SECTION_NONE && b->section != SECTION_NOTES &&
		b->section != SECTION_PREVIOUS &&
		b->section != SECTION_ACTIONS))
		return false;
	while (text < end && row->n < CELLS) {
		const char *tab = memchr(text, '\t', (size_t)(end - text));
		struct span *cell = &row->cells[row->n++];

		if (!tab || row->n == CELLS)
			tab = end;
		*cell = (struct span){ text, (size_t)(tab - text) };
		trim_span(&cell->text, &cell->len);
		text = tab + (tab < end);
	}
	for (row->task = 0; row->task < row->n; row->task++) {
		const struct span *cell = &row->cells[row->task];
		const char *state;
		enum charge charge;

		if (cell->len > 8 &&
		    charges_somebody(r, m, cell->text, cell->len, &charge) &&
		    charge == CHARGE_TO &&
		    (row->task > 0 ||
			(row->n > 1 && row->cells[1].len > 1 &&
			    is_state_cell(&row->cells[1], &state))))
			return true;
	}
	return false;
}

static void
row_add(struct reading *r, struct part *part, struct block *b,
    const struct row *row)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const struct span *task = &row->cells[row->task];
	size_t before = m->entries.len;

	b->taken = true;
	marked_add(
	    r, part, b, task->text, task->len, MINUTES_FROM_LIST, true, NULL);
	for (size_t i = row->task + 1; i < row->n; i++) {
		const struct span *cell = &row->cells[i];
		struct minutes_entry *e;
		const char *state;
		bool ditto;

		if (m->entries.len != before + 1)
			return;
		e = &m->entries.items[before];
		if (is_state_cell(cell, &state)) {
			e->state = state;
		} else if (!e->due_phrase &&
			   trail_due(cell->text, cell->len, &ditto) && !ditto) {
			due_phrase_set(e, cell->text, cell->len);
			due_read(r, part, e);
		}
	}
}

void
tabbed_read(struct reading *r, struct part *part)
{
	struct block *list = r->blocks.list.items;
	struct row row;
	size_t rows = 0;

	for (size_t i = part->head; i < part->end && rows < ROWS_MIN; i++)
		rows += row_read(r, part_meeting(r, part), &list[i], &row);
	for (size_t i = part->head; i < part->end && rows >= ROWS_MIN; i++)
		if (row_read(r, part_meeting(r, part), &list[i], &row))
			row_add(r, part, &list[i], &row);
}
