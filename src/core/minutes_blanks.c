/* SPDX-License-Identifier: ISC */
/*
 * Tables whose columns are held by blanks, as pdftotext -layout prints them.
 * Heads are centred or of two lines, cells wrap, and rows may be parted by
 * blank lines: what stands below the heads tells where the columns begin.
 */
#include "core/minutes_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_AHEAD = 12, SNAP = 15, LABEL_MAX = 48 };

static void
heads_of_segments(const struct segments *segs, struct cells *cells)
{
	cells->n = 0;
	for (size_t i = 0; i < segs->n && cells->n < CELLS_MAX; i++) {
		const struct segment *s = &segs->s[i];
		size_t len = s->len;

		/* "Action  date": one head, two blanks */
		if (i + 1 < segs->n && segs->s[i + 1].start - s->end <= 2) {
			size_t both = (size_t)(segs->s[i + 1].text +
					       segs->s[i + 1].len - s->text);

			if (column_of(s->text, both) != COLUMN_OTHER) {
				len = both;
				i++;
			}
		}
		table_cell_add(cells, s->text, len, s->start);
	}
}

static bool
is_far_column(enum column c)
{
	return c == COLUMN_OWNER || c == COLUMN_DUE || c == COLUMN_STATUS ||
	       c == COLUMN_REVISED || c == COLUMN_CLOSE;
}

/* A cell that begins where another head does is that one's. */
static bool
is_below_other(const struct table *t, size_t column, int start)
{
	for (size_t k = 0; k < t->n; k++)
		if (k != column && start == t->heads[k])
			return true;
	return false;
}

/* The heads of columns are often centred: what stands below tells where they
 * begin. Returns how many lines had a cell below a far column. */
static size_t
snap_columns(const struct paper *paper, size_t i, struct table *t)
{
	size_t hits = 0;

	for (size_t k = 1; k < t->n; k++) {
		int votes[2 * SNAP + 1] = { 0 }, best = SNAP;
		size_t seen = 0, far_hits = 0;

		for (size_t j = i + 1; j < paper->lines.len && seen < 40; j++) {
			const struct paper_line *line = &paper->lines.items[j];
			struct segments segs;

			if (line->len == 0 || line->skip || line->len > 400)
				continue;
			seen++;
			segments_read(line, &segs);
			for (size_t m = 0; m < segs.n; m++) {
				int off = segs.s[m].start - t->starts[k];

				if (off < -SNAP || off > SNAP ||
				    is_below_other(t, k, segs.s[m].start))
					continue;
				votes[off + SNAP]++;
				far_hits += seen <= LOOK_AHEAD && m > 0;
			}
		}
		for (int o = 0; o <= 2 * SNAP; o++)
			if (votes[o] > votes[best] ||
			    (votes[o] == votes[best] &&
				abs(o - SNAP) < abs(best - SNAP)))
				best = o;
		if (votes[best] > 0)
			t->starts[k] += best - SNAP;
		if (is_far_column(t->columns[k]))
			hits += far_hits;
	}
	return hits;
}

static size_t
column_index(const struct table *t, int start)
{
	size_t best = 0;

	for (size_t k = 1; k < t->n; k++)
		if (start >= t->starts[k] - 5)
			best = k;
	return best;
}

/* Does what is to be done begin with a capital, or else the line? */
static bool
begins_capital(const struct table *t, const struct paper_line *line,
    const struct segments *segs)
{
	const char *text = line->text;

	for (size_t k = 0; k < segs->n; k++)
		if (t->columns[column_index(t, segs->s[k].start)] ==
		    COLUMN_TEXT) {
			text = segs->s[k].text;
			break;
		}
	return text_is_upper(*text);
}

static bool
begins_row(const struct table *t, const struct block *row, bool has_ref,
    const bool *in, bool cap, bool gap, bool gapped)
{
	if (!row || has_ref)
		return true;
	if (gapped)
		return gap;
	if (gap && cap && in[COLUMN_TEXT] && in[COLUMN_OWNER])
		return true;
	if (table_has(t, COLUMN_REF) && row->cells[COLUMN_REF])
		return false;
	if (!in[COLUMN_TEXT] && !in[COLUMN_REF])
		return false;
	if (table_has(t, COLUMN_DUE) && row->cells[COLUMN_DUE])
		return cap && (in[COLUMN_DUE] || in[COLUMN_OWNER]);
	return cap && in[COLUMN_OWNER];
}

/* Do blank lines part the rows? */
static bool
rows_are_gapped(const struct paper *paper, size_t i, const struct table *t)
{
	size_t after = 0, wrapped = 0;

	for (size_t j = i + 2; j < paper->lines.len && j < i + 40; j++) {
		const struct paper_line *line = &paper->lines.items[j];
		struct segments segs;
		bool far = false;

		if (line->len == 0 || line->len > 400)
			continue;
		segments_read(line, &segs);
		for (size_t m = 0; m < segs.n; m++)
			far |= is_far_column(
			    t->columns[column_index(t, segs.s[m].start)]);
		if (paper->lines.items[j - 1].len == 0)
			after += far;
		else
			wrapped += far;
	}
	return after > 1 && after > wrapped;
}

static bool
crosses(const struct table *t, const struct segment *s)
{
	for (size_t k = 1; k < t->n; k++)
		if (is_far_column(t->columns[k]) &&
		    s->start < t->starts[k] - 5 && s->end > t->starts[k] + 8)
			return true;
	return false;
}

/* "Ann Example/ next meeting": a cell that fills its column to the last blank
 * ends where the next column begins. A line without gaps is running text. */
static void
split_full_cells(const struct table *t, struct segments *segs)
{
	for (size_t m = 0; segs->n > 1 && m < segs->n; m++) {
		struct segment *s = &segs->s[m];
		size_t k = column_index(t, s->start) + 1, at = 0;
		int col = s->start;

		if (k >= t->n || !is_far_column(t->columns[k]) ||
		    segs->n == SEGMENTS_MAX || s->start > t->starts[k - 1] + 1)
			continue;
		while (at < s->len && col < t->starts[k]) {
			at++;
			while (at < s->len &&
			       ((unsigned char)s->text[at] & 0xc0) == 0x80)
				at++;
			col++;
		}
		if (at == 0 || at >= s->len || !text_is_space(s->text[at - 1]))
			continue;
		memmove(s + 2, s + 1, (segs->n - m - 1) * sizeof *s);
		segs->n++;
		s[1] =
		    (struct segment){ s->text + at, s->len - at, col, s->end };
		s->len = at - 1;
		s->end = col - 1;
	}
}

/* "ITEM  BY WHOM  BY WHEN": what is to be done stands in the unnamed column
 * between the item's number and the next. */
static void
split_reference(struct table *t)
{
	if (table_has(t, COLUMN_TEXT) || t->n == 0 ||
	    t->columns[0] != COLUMN_REF || t->n + 1 > CELLS_MAX)
		return;
	t->columns[0] = COLUMN_TEXT;
}

/* "A/23/04", "HOSC 12": a short code with a digit below the head for it. */
static bool
is_reference_cell(const struct table *t, const struct segments *segs)
{
	const struct segment *s = &segs->s[0];

	if (segs->n < 3 || t->columns[0] != COLUMN_REF || s->len > 14 ||
	    column_index(t, s->start) != 0)
		return false;
	for (size_t i = 0; i < s->len; i++)
		if (text_is_digit(s->text[i]))
			return true;
	return false;
}

/* "Minute  Responsible" with "ref  officer" below: heads of two lines. */
static bool
heads_below(const struct paper_line *line, struct cells *cells,
    char labels[CELLS_MAX][LABEL_MAX])
{
	struct segments segs;
	size_t at[SEGMENTS_MAX];

	if (line->len == 0 || line->len > 250 || line->skip)
		return false;
	segments_read(line, &segs);
	if (segs.n == 0 || segs.n > cells->n)
		return false;
	for (size_t i = 0; i < segs.n; i++) {
		for (at[i] = 0; at[i] < cells->n; at[i]++)
			if (abs(cells->c[at[i]].start - segs.s[i].start) <= 2)
				break;
		if (at[i] == cells->n ||
		    cells->c[at[i]].len + segs.s[i].len + 2 > LABEL_MAX)
			return false;
		snprintf(labels[at[i]], LABEL_MAX, "%.*s %.*s",
		    (int)cells->c[at[i]].len, cells->c[at[i]].text,
		    (int)segs.s[i].len, segs.s[i].text);
		if (column_of(labels[at[i]], strlen(labels[at[i]])) ==
		    COLUMN_OTHER)
			return false;
	}
	for (size_t i = 0; i < segs.n; i++) {
		cells->c[at[i]].text = labels[at[i]];
		cells->c[at[i]].len = strlen(labels[at[i]]);
	}
	return true;
}

/* A short line between rows, with a row right below it: it only parts them. */
static bool
parts_rows(const struct paper *paper, size_t j, const struct table *t,
    const struct segments *segs)
{
	const struct paper_line *next = &paper->lines.items[j + 1];
	struct segments below;
	bool far = false;

	if (segs->n != 1 || segs->s[0].len > LABEL_MAX ||
	    j + 1 >= paper->lines.len)
		return false;
	if (next->len == 0 && j + 2 < paper->lines.len)
		next++;
	segments_read(next, &below);
	for (size_t k = 0; k < below.n; k++)
		far |= is_far_column(
		    t->columns[column_index(t, below.s[k].start)]);
	return far && below.n >= 3 && below.n + 1 >= t->n &&
	       below.s[0].start <= t->starts[0] + 1;
}

size_t
blanks_read(const struct paper *paper, size_t i, struct table *t)
{
	struct segments segs;
	struct cells cells;
	struct block *row = NULL;
	bool gap = false, gapped;
	size_t j, from = i;
	char labels[CELLS_MAX][LABEL_MAX];
	size_t last = i;

	segments_read(&paper->lines.items[i], &segs);
	if (segs.n < 2 || segs.n > 10)
		return i;
	heads_of_segments(&segs, &cells);
	if (i + 1 < paper->lines.len &&
	    heads_below(&paper->lines.items[i + 1], &cells, labels))
		i++;
	if (cells.n < 2 || !table_heads(t, &cells))
		return from;
	split_reference(t);
	/* "1. Matters arising   WHO   BY WHEN" heads notes, with no word for
	 * what is to be done */
	if (!table_has(t, COLUMN_TEXT) && !table_has(t, COLUMN_NOTES) &&
	    !table_has(t, COLUMN_NAME))
		return from;
	if (snap_columns(paper, i, t) == 0)
		return from;
	gapped = rows_are_gapped(paper, i, t);
	for (j = i + 1; j < paper->lines.len; j++) {
		const struct paper_line *line = &paper->lines.items[j];
		bool in[COLUMN_MAX] = { false }, far = false, cross = false;
		char mark[24] = "";
		bool bullet, has_ref = false, cap;
		size_t m = 0;

		if (line->len == 0) {
			gap = true;
			continue;
		}
		if (line->skip || table_rule(line))
			continue;
		if (columns_head(line) && !columns_wide_head(line))
			break;
		segments_read(line, &segs);
		split_full_cells(t, &segs);
		if (marker_at(segs.s[0].text, segs.s[0].len, mark, &bullet) ||
		    (segs.n > 1 &&
			marker_at(line->text, line->len, mark, &bullet) > 0))
			has_ref =
			    mark[0] != '\0' && !bullet &&
			    segs.s[0].start < (t->n > 1 ? t->starts[1] : 99);
		if (!has_ref && is_reference_cell(t, &segs))
			has_ref = true;
		for (size_t k = 0; k < segs.n; k++) {
			enum column c =
			    t->columns[column_index(t, segs.s[k].start)];

			in[c] = true;
			far |= is_far_column(c);
			cross |= crosses(t, &segs.s[k]);
		}
		if (cross || line->hashes ||
		    (segs.s[0].start <= t->starts[0] + 1 &&
			section_of(line->text, line->len, NULL) !=
			    SECTION_NONE))
			break;
		if (gap && !far && row && parts_rows(paper, j, t, &segs))
			continue; /* "BROUGHT FORWARD" */
		if (gap && !far && !(has_ref && row))
			break;
		if (gap && !far && has_ref && segs.n > 2)
			break;
		/* numbers that begin again are of the notes */
		if (gap && !far && has_ref && row->cells[COLUMN_REF] &&
		    atoi(mark) > 0 &&
		    atoi(mark) <= atoi(row->cells[COLUMN_REF]))
			break;
		cap = begins_capital(t, line, &segs);
		if (begins_row(t, row, has_ref, in, cap, gap, gapped)) {
			row = table_row_new(t, line->no);
			if (has_ref && mark[0]) {
				size_t used = marker_at(
				    line->text, line->len, mark, &bullet);

				free(row->cells[COLUMN_REF]);
				row->cells[COLUMN_REF] = xstrdup(mark);
				if (used >= segs.s[0].len) {
					m = 1;
				} else {
					segs.s[0].text += used;
					segs.s[0].len -= used;
				}
			}
		}
		for (; m < segs.n; m++)
			table_cell_join(row,
			    t->columns[column_index(t, segs.s[m].start)],
			    segs.s[m].text, segs.s[m].len);
		row->last = line->no;
		gap = false;
		last = j + 1;
	}
	return row ? last : from;
}
