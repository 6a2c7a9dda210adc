/* SPDX-License-Identifier: ISC */
/*
 * Tables whose cells are parted by tabs, as word processors and converters
 * write them: registers of actions, and minutes that are one table of items,
 * notes and what is to be done.
 */
#include "core/minutes_tables.h"

#include <string.h>

enum { TAB_COLUMNS = 8, TITLE_LEN = 90 };

/* Cells that are empty at the beginning of a line were taken for indentation:
 * "\t\tClerk to write" has two. */
static void
cells_shift(struct cells *cells, const struct paper_line *line, size_t columns)
{
	size_t empty = (size_t)line->indent / TAB_COLUMNS;

	if (line->indent % TAB_COLUMNS != 0 || cells->n + empty > columns ||
	    columns > CELLS_MAX)
		return;
	memmove(cells->c + empty, cells->c, cells->n * sizeof cells->c[0]);
	for (size_t i = 0; i < empty; i++)
		cells->c[i] = (struct cell){ "", 0, 0 };
	cells->n += empty;
}

static const struct cell *
cell_of(const struct table *t, const struct cells *cells, enum column column)
{
	for (size_t i = 0; i < cells->n && i < t->n; i++)
		if (t->columns[i] == column && cells->c[i].len > 0)
			return &cells->c[i];
	return NULL;
}

/* Is what stands in the column of notes the title of an item? */
static bool
is_title(const struct cell *notes)
{
	return notes->len < TITLE_LEN &&
	       (notes->len < 12 || !strchr(".;,", notes->text[notes->len - 1]));
}

/* "3  Fees  " and below it "  They went up.  Clerk to tell members": a heading,
 * a paragraph, and a row with what is to be done. */
static void
notes_add(struct table *t, const struct cells *cells, unsigned line)
{
	const struct cell *ref = cell_of(t, cells, COLUMN_REF);
	const struct cell *notes = cell_of(t, cells, COLUMN_NOTES);
	const struct cell *text = cell_of(t, cells, COLUMN_TEXT);
	struct block *b;

	if (notes) {
		bool title = ref && !text && is_title(notes);
		enum section section =
		    section_of(notes->text, notes->len, NULL);

		b = block_new(t->out, title ? BLOCK_HEADING : BLOCK_PARA);
		b->section = title && section == SECTION_NEXT ? SECTION_NEXT
							      : SECTION_NOTES;
		b->level = title ? 9 : 0;
		b->gap = true;
		if (ref && ref->len < sizeof b->mark) {
			memcpy(b->mark, ref->text, ref->len);
			b->mark[ref->len] = '\0';
		}
		block_add_line(b, notes->text, notes->len, line);
		t->section = b->section;
	}
	if (text)
		table_row_add(t, cells, line);
}

size_t
tabs_read(const struct paper *paper, size_t i, struct table *t)
{
	const struct paper_line *head = &paper->lines.items[i];
	struct cells cells;
	size_t end;
	bool notes;

	table_split(head->text, head->len, '\t', &cells);
	notes = table_heads_notes(t, &cells);
	if (!notes && (cells.n < 3 || !table_heads(t, &cells)))
		return i;
	for (end = i + 1; end < paper->lines.len; end++) {
		const struct paper_line *line = &paper->lines.items[end];

		if (line->skip || line->len == 0)
			continue;
		table_split(line->text, line->len, '\t', &cells);
		cells_shift(&cells, line, t->n);
		if (cells.n < 2)
			break;
		if (notes)
			notes_add(t, &cells, line->no);
		else
			table_row_add(t, &cells, line->no);
	}
	return end;
}
