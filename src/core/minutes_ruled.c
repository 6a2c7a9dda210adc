/* SPDX-License-Identifier: ISC */
/*
 * Tables whose columns are ruled: a line of dashes below the heads shows where
 * each column begins. Rows have a line each, or blank lines between.
 */
#include "core/minutes_tables.h"

#include <stdlib.h>
#include <string.h>

enum { HEAD_LINES = 4, ROWS_LOOK = 600 };

struct ruling {
	int starts[CELLS_MAX];
	size_t n;
};

/* Runs of dashes (or of equals signs) with blanks between; 0 for no rule. */
static size_t
rule_runs(const struct paper_line *line, struct ruling *out)
{
	char with = line->len > 0 ? line->text[0] : '\0';

	out->n = 0;
	if (line->len < 6 || (with != '-' && with != '='))
		return 0;
	for (size_t i = 0; i < line->len; i++) {
		if (text_is_space(line->text[i]))
			continue;
		if (line->text[i] != with)
			return 0;
		if (i > 0 && !text_is_space(line->text[i - 1]))
			continue;
		if (out->n == CELLS_MAX)
			return 0;
		out->starts[out->n++] = line->indent + (int)i;
	}
	return out->n;
}

/* The byte of a line that stands in a column, where a word begins there; a
 * word that reaches into the column stays whole on the left. */
static size_t
byte_at(const struct paper_line *line, int column)
{
	int col = line->indent;
	size_t i = 0;

	while (i < line->len && col < column) {
		i++;
		while (i < line->len &&
		       ((unsigned char)line->text[i] & 0xc0) == 0x80)
			i++;
		col++;
	}
	while (i > 0 && i < line->len && !text_is_space(line->text[i - 1]))
		i++;
	return i;
}

static void
slice(const struct ruling *rule, const struct paper_line *line,
    struct cells *cells)
{
	cells->n = 0;
	for (size_t k = 0; k < rule->n; k++) {
		size_t from = k == 0 ? 0 : byte_at(line, rule->starts[k]);
		size_t end = k + 1 < rule->n
				 ? byte_at(line, rule->starts[k + 1])
				 : line->len;

		table_cell_add(
		    cells, line->text + from, end - from, rule->starts[k]);
	}
}

/* The cells of lines from first to end, each joined downwards. The texts are
 * owned by the caller. */
static void
join_lines(const struct paper *paper, const struct ruling *rule, size_t first,
    size_t end, struct buf texts[CELLS_MAX], struct cells *out)
{
	for (size_t i = first; i < end; i++) {
		struct cells cells;

		slice(rule, &paper->lines.items[i], &cells);
		for (size_t k = 0; k < cells.n; k++)
			if (cells.c[k].len > 0)
				buf_printf(&texts[k], "%s%.*s",
				    texts[k].len > 0 ? " " : "",
				    (int)cells.c[k].len, cells.c[k].text);
	}
	out->n = 0;
	for (size_t k = 0; k < rule->n; k++)
		table_cell_add(out, texts[k].data ? texts[k].data : "",
		    texts[k].len, rule->starts[k]);
}

static void
texts_clear(struct buf texts[CELLS_MAX])
{
	for (size_t k = 0; k < CELLS_MAX; k++)
		buf_clear(&texts[k]);
}

static void
row_read(const struct paper *paper, const struct ruling *rule, size_t first,
    size_t end, struct table *t)
{
	struct buf texts[CELLS_MAX] = { { 0 } };
	struct cells cells;

	if (first >= end)
		return;
	join_lines(paper, rule, first, end, texts, &cells);
	table_row_add(t, &cells, paper->lines.items[first].no);
	texts_clear(texts);
}

/* Where the rows end: at a rule, or at a blank line where none closes them. */
static size_t
rows_end(const struct paper *paper, size_t first, bool closed, bool *gapped)
{
	size_t n = paper->lines.len, i;
	struct ruling rule;

	*gapped = false;
	for (i = first; i < n && i < first + ROWS_LOOK; i++) {
		const struct paper_line *line = &paper->lines.items[i];

		if (line->len == 0) {
			if (!closed)
				return i;
			*gapped = true;
		} else if (rule_runs(line, &rule) > 0) {
			return i;
		} else if (line->hashes) {
			break;
		}
	}
	return closed ? first : i;
}

/* Does a line go on from the one above? Its first cell is empty then. */
static bool
goes_on(const struct ruling *rule, const struct paper_line *line)
{
	return rule->n > 1 && line->indent >= rule->starts[1];
}

size_t
ruled_read(const struct paper *paper, size_t i, struct table *t)
{
	size_t n = paper->lines.len, head = i, at, first, end;
	struct buf texts[CELLS_MAX] = { { 0 } };
	struct ruling rule, top;
	struct cells cells;
	bool closed = rule_runs(&paper->lines.items[i], &top) > 0, gapped;
	bool known;

	head += closed;
	for (at = head; at < n && at < head + HEAD_LINES; at++)
		if (paper->lines.items[at].len == 0 ||
		    rule_runs(&paper->lines.items[at], &rule) > 0)
			break;
	if (at >= n || at == head || at == head + HEAD_LINES ||
	    (!closed && at > head + 1) ||
	    rule_runs(&paper->lines.items[at], &rule) < 2)
		return i;
	first = at + 1;
	end = rows_end(paper, first, closed, &gapped);
	if (end == first)
		return i;
	join_lines(paper, &rule, head, at, texts, &cells);
	known = table_heads(t, &cells);
	texts_clear(texts);
	if (!known)
		return i;
	for (size_t from = first; from < end; from = at) {
		for (at = from + 1; at < end; at++)
			if (paper->lines.items[at].len == 0 ||
			    (!gapped &&
				!goes_on(&rule, &paper->lines.items[at])))
				break;
		row_read(paper, &rule, from, at, t);
		while (at < end && paper->lines.items[at].len == 0)
			at++;
	}
	return end < n && paper->lines.items[end].len > 0 ? end + 1 : end;
}
