/* SPDX-License-Identifier: ISC */
/*
 * Tables with one cell below the other, as docx2txt writes them: first the
 * heads of the columns, then each row's cells in that order.
 */
#include "core/minutes_tables.h"

static size_t
next_line(const struct paper *paper, size_t i)
{
	while (i < paper->lines.len &&
	       (paper->lines.items[i].len == 0 || paper->lines.items[i].skip))
		i++;
	return i;
}

size_t
stacked_read(const struct paper *paper, size_t i, struct table *t)
{
	struct cells cells = { .n = 0 };
	size_t at = i, first;

	while (at < paper->lines.len && cells.n < CELLS_MAX) {
		const struct paper_line *line = &paper->lines.items[at];

		if (line->len > 40 || line->hashes ||
		    column_of(line->text, line->len) == COLUMN_OTHER)
			break;
		table_cell_add(&cells, line->text, line->len, 0);
		at = next_line(paper, at + 1);
	}
	/* "Item", "Discussion", "Action" with cells that may be missing: only
	 * the heads are one */
	if (cells.n >= 2 && table_heads_notes(t, &cells))
		return at;
	if (cells.n < 3 || !table_heads(t, &cells) ||
	    !table_has(t, COLUMN_OWNER) || !table_has(t, COLUMN_TEXT))
		return i;
	for (;;) {
		size_t row_at = at;

		cells.n = 0;
		first = at;
		while (cells.n < t->n && at < paper->lines.len) {
			const struct paper_line *line = &paper->lines.items[at];

			if (line->hashes || section_of(line->text, line->len,
						NULL) != SECTION_NONE)
				break;
			if (t->columns[cells.n] == COLUMN_OWNER &&
			    line->len > 60)
				break;
			table_cell_add(&cells, line->text, line->len, 0);
			at = next_line(paper, at + 1);
		}
		if (cells.n < t->n)
			return row_at;
		table_row_add(t, &cells, paper->lines.items[first].no);
	}
}
