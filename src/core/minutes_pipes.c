/* SPDX-License-Identifier: ISC */
/*
 * Tables whose cells are parted by pipes: Markdown, grids of reStructuredText
 * and pandoc, and those that HTML and MediaWiki's markup became.
 */
#include "core/minutes_tables.h"

#include <string.h>

bool
has_pipes(const struct paper_line *line)
{
	size_t n = 0;

	for (size_t i = 0; i < line->len; i++)
		n += line->text[i] == '|';
	return n >= 2 || (n == 1 && line->text[0] != '|' && line->len < 200 &&
			     strstr(line->text, " | "));
}

size_t
pipes_read(const struct paper *paper, size_t i, struct table *t)
{
	struct cells cells;
	bool grid = paper->lines.items[i].text[0] == '+', known = false;
	bool head = true, fresh = true;
	size_t n = paper->lines.len;

	for (; i < n; i++) {
		const struct paper_line *line = &paper->lines.items[i];

		if (line->skip)
			continue;
		if (line->len > 0 &&
		    (table_rule(line) || line->text[0] == '+')) {
			fresh = true;
			continue;
		}
		if (line->len == 0 || !has_pipes(line)) {
			/* rows of HTML may have blank lines between them */
			if (line->len == 0 && i + 1 < n && !grid &&
			    paper->lines.items[i + 1].len > 0 &&
			    paper->lines.items[i + 1].text[0] == '|')
				continue;
			break;
		}
		table_split(line->text, line->len, '|', &cells);
		if (head) {
			head = false;
			known = table_heads_notes(t, &cells) ||
				table_heads(t, &cells);
			if (known)
				continue;
		}
		if (!known) {
			struct table other = *t;

			/* a later row may hold the heads */
			if (table_heads(&other, &cells)) {
				*t = other;
				known = true;
				continue;
			}
			struct block *b = block_new(t->out, BLOCK_PARA);

			b->section = t->section;
			for (size_t k = 0; k < cells.n; k++)
				if (cells.c[k].len > 0)
					block_add_line(b, cells.c[k].text,
					    cells.c[k].len, line->no);
			if (b->first == 0)
				b->first = b->last = line->no;
		} else if (grid && !fresh) {
			struct block *row =
			    &t->out->list.items[t->out->list.len - 1];

			for (size_t k = 0; k < cells.n && k < t->n; k++)
				table_cell_join(row, t->columns[k],
				    cells.c[k].text, cells.c[k].len);
		} else {
			table_row_add(t, &cells, line->no);
		}
		fresh = false;
	}
	return i;
}
