/* SPDX-License-Identifier: ISC */
/*
 * What all tables of a paper have in common: cells of a line, the heads that
 * say what the columns mean, rows. Each way of printing a table has a file of
 * its own.
 */
#include "core/minutes_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_TEXT = 4096 };

/* ---- splitting ---- */

void
table_cell_add(struct cells *cells, const char *text, size_t len, int start)
{
	struct cell *c;

	if (cells->n == CELLS_MAX) {
		/* more cells than columns: the rest stays in the last one */
		c = &cells->c[CELLS_MAX - 1];
		c->len = (size_t)(text + len - c->text);
		return;
	}
	c = &cells->c[cells->n++];
	*c = (struct cell){ text, len, start };
	trim_span(&c->text, &c->len);
}

void
table_split(const char *text, size_t len, char sep, struct cells *cells)
{
	size_t from = 0, i;

	cells->n = 0;
	for (i = 0; i <= len; i++) {
		if (i < len && text[i] != sep)
			continue;
		/* pipes stand before the first and behind the last cell */
		if (!(sep == '|' && i - from == 0 && (from == 0 || i == len)))
			table_cell_add(cells, text + from, i - from, (int)from);
		from = i + 1;
	}
	if (sep == '|' && cells->n > 0 && cells->c[cells->n - 1].len == 0 &&
	    len > 0 && text[len - 1] == '|')
		cells->n--;
}

/* Segments with two or more blanks (or a tab) between them. */
void
segments_read(const struct paper_line *line, struct segments *out)
{
	int col = line->indent;
	size_t i = 0;

	out->n = 0;
	while (i < line->len) {
		struct segment *s;
		size_t from = i, end = i;
		int start = col;

		while (i < line->len) {
			size_t gap = 0;

			while (i + gap < line->len &&
			       text_is_space(line->text[i + gap]))
				gap++;
			if (gap >= 2 || (gap == 1 && line->text[i] == '\t'))
				break;
			if (gap == 0)
				end = i + 1;
			col += ((unsigned char)line->text[i] & 0xc0) != 0x80;
			i++;
		}
		if (out->n == SEGMENTS_MAX) {
			s = &out->s[SEGMENTS_MAX - 1];
			s->len = (size_t)(line->text + end - s->text);
		} else {
			s = &out->s[out->n++];
			*s = (struct segment){ line->text + from, end - from,
				start, col };
		}
		while (i < line->len && text_is_space(line->text[i])) {
			col =
			    line->text[i] == '\t' ? col + 8 - col % 8 : col + 1;
			i++;
		}
	}
}

/* ---- rows ---- */

bool
table_has(const struct table *t, enum column column)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i] == column)
			return true;
	return false;
}

/* What the heads mean together: one "Action" column among notes is the action;
 * without any, notes or the item are. */
static bool
heads_settle(struct table *t)
{
	size_t known = 0, status = 0;

	/* "Progress" and "Status": the last of them says open or closed */
	for (size_t i = 0; i < t->n; i++)
		if (t->columns[i] == COLUMN_STATUS && ++status > 1 &&
		    !table_has(t, COLUMN_CLOSE))
			t->columns[i] = COLUMN_CLOSE;
	for (size_t i = 0; i < t->n; i++)
		known += t->columns[i] != COLUMN_OTHER;
	if (known * 2 < t->n || known < 2)
		return false;
	if (table_has(t, COLUMN_NAME))
		return true;
	if (table_has(t, COLUMN_INITIALS) && !table_has(t, COLUMN_OWNER))
		for (size_t i = 0; i < t->n; i++)
			if (t->columns[i] == COLUMN_INITIALS)
				t->columns[i] = COLUMN_OWNER;
	if (!table_has(t, COLUMN_OWNER) && !table_has(t, COLUMN_DUE) &&
	    !table_has(t, COLUMN_STATUS))
		return false;
	if (!table_has(t, COLUMN_TEXT))
		for (size_t i = 0; i < t->n; i++)
			if (t->columns[i] == COLUMN_NOTES) {
				t->columns[i] = COLUMN_TEXT;
				break;
			}
	return table_has(t, COLUMN_OWNER) || table_has(t, COLUMN_TEXT);
}

bool
table_heads_notes(struct table *t, const struct cells *cells)
{
	t->n = 0;
	for (size_t i = 0; i < cells->n && i < CELLS_MAX; i++) {
		t->heads[t->n] = t->starts[t->n] = cells->c[i].start;
		t->columns[t->n++] =
		    column_of(cells->c[i].text, cells->c[i].len);
	}
	/* "No", "Item", "Action": the item is what is said of it */
	for (size_t i = 1; i + 1 < t->n; i++)
		if (t->columns[i] == COLUMN_REF &&
		    t->columns[i - 1] == COLUMN_REF &&
		    !table_has(t, COLUMN_NOTES))
			t->columns[i] = COLUMN_NOTES;
	return t->n >= 2 && t->columns[t->n - 1] == COLUMN_TEXT &&
	       text_starts(cells->c[t->n - 1].text, "action") &&
	       table_has(t, COLUMN_NOTES) && !table_has(t, COLUMN_OWNER) &&
	       !table_has(t, COLUMN_DUE) && !table_has(t, COLUMN_STATUS);
}

/* "Time", "Item", "Who", "Notes": who speaks when, and what was said. */
static bool
heads_programme(const struct table *t, const struct cells *cells)
{
	static const char *const times[] = { "time", "timing", "duration",
		"mins", "min", "minutes", "length", "slot", NULL };

	if (table_has(t, COLUMN_TEXT) || table_has(t, COLUMN_DUE) ||
	    table_has(t, COLUMN_STATUS))
		return false;
	for (size_t i = 0; i < t->n; i++)
		for (const char *const *w = times; *w; w++)
			if (text_same_n(cells->c[i].text, cells->c[i].len, *w))
				return true;
	return false;
}

bool
table_heads(struct table *t, const struct cells *cells)
{
	t->n = 0;
	for (size_t i = 0; i < cells->n && i < CELLS_MAX; i++) {
		t->columns[t->n] = column_of(cells->c[i].text, cells->c[i].len);
		t->heads[t->n] = cells->c[i].start;
		t->starts[t->n++] = cells->c[i].start;
	}
	/* "Date" beside "Target": the day that it was raised */
	for (size_t i = 0; i + 1 < t->n; i++)
		if (text_same_n(cells->c[i].text, cells->c[i].len, "date"))
			for (size_t k = i + 1; k < t->n; k++)
				if (t->columns[k] == COLUMN_DUE)
					t->columns[i] = COLUMN_SOURCE;
	return !heads_programme(t, cells) && heads_settle(t);
}

void
table_cell_join(
    struct block *row, enum column column, const char *text, size_t len)
{
	char *old = row->cells[column];

	/* a table without end is none */
	if (len == 0 || (old && strlen(old) > CELL_TEXT))
		return;
	row->cells[column] = old ? xasprintf("%s %.*s", old, (int)len, text)
				 : xstrndup(text, len);
	free(old);
}

struct block *
table_row_new(struct table *t, unsigned line)
{
	struct block *row = block_new(t->out, BLOCK_ROW);

	row->cells = xcalloc(COLUMN_MAX, sizeof *row->cells);
	if (t->number == 0)
		t->number = ++t->out->tables;
	row->table = t->number;
	row->section = t->section;
	row->first = row->last = line;
	return row;
}

void
table_row_add(struct table *t, const struct cells *cells, unsigned line)
{
	struct block *row = table_row_new(t, line);

	for (size_t i = 0; i < cells->n && i < t->n; i++)
		table_cell_join(
		    row, t->columns[i], cells->c[i].text, cells->c[i].len);
}

bool
table_rule(const struct paper_line *line)
{
	if (line->len < 3 && memcmp(line->text, "|-", line->len) != 0)
		return false;
	for (size_t i = 0; i < line->len; i++)
		if (!strchr("|+-:= \t", line->text[i]))
			return false;
	return true;
}

size_t
table_read(const struct paper *paper, size_t i, struct blocks *out,
    enum section section)
{
	const struct paper_line *line = &paper->lines.items[i];
	struct table t = { .out = out, .section = section };
	size_t end = i;

	if (line->hashes || line->len > 400)
		return i;
	if (has_pipes(line) ||
	    (line->text[0] == '+' && table_rule(line) && line->len > 8))
		return pipes_read(paper, i, &t);
	end = ruled_read(paper, i, &t);
	if (end > i)
		return end;
	if (memchr(line->text, '\t', line->len))
		end = tabs_read(paper, i, &t);
	if (end == i && line->len < 250)
		end = blanks_read(paper, i, &t);
	if (end == i && line->len <= 40)
		end = stacked_read(paper, i, &t);
	return end;
}
