/* SPDX-License-Identifier: ISC */
/*
 * Tables of a paper into rows: pipes (Markdown, grid, HTML), columns
 * held by blanks with wrapped cells, and cells printed one below the other.
 * Only the heads of the columns say what they mean.
 */
#include "core/minutes_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_AHEAD = 12, SNAP = 15, CELL_TEXT = 4096, LABEL_MAX = 48 };

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

static bool
has_column(const struct table *t, enum column column)
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
		    !has_column(t, COLUMN_CLOSE))
			t->columns[i] = COLUMN_CLOSE;
	for (size_t i = 0; i < t->n; i++)
		known += t->columns[i] != COLUMN_OTHER;
	if (known * 2 < t->n || known < 2)
		return false;
	if (has_column(t, COLUMN_NAME))
		return true;
	if (has_column(t, COLUMN_INITIALS) && !has_column(t, COLUMN_OWNER))
		for (size_t i = 0; i < t->n; i++)
			if (t->columns[i] == COLUMN_INITIALS)
				t->columns[i] = COLUMN_OWNER;
	if (!has_column(t, COLUMN_OWNER) && !has_column(t, COLUMN_DUE) &&
	    !has_column(t, COLUMN_STATUS))
		return false;
	if (!has_column(t, COLUMN_TEXT))
		for (size_t i = 0; i < t->n; i++)
			if (t->columns[i] == COLUMN_NOTES) {
				t->columns[i] = COLUMN_TEXT;
				break;
			}
	return has_column(t, COLUMN_OWNER) || has_column(t, COLUMN_TEXT);
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
		    !has_column(t, COLUMN_NOTES))
			t->columns[i] = COLUMN_NOTES;
	return t->n >= 2 && t->columns[t->n - 1] == COLUMN_TEXT &&
	       text_starts(cells->c[t->n - 1].text, "action") &&
	       has_column(t, COLUMN_NOTES) && !has_column(t, COLUMN_OWNER) &&
	       !has_column(t, COLUMN_DUE) && !has_column(t, COLUMN_STATUS);
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
	return heads_settle(t);
}

static void
cell_join(struct block *row, enum column column, const char *text, size_t len)
{
	char *old = row->cells[column];

	/* a table without end is none */
	if (len == 0 || (old && strlen(old) > CELL_TEXT))
		return;
	row->cells[column] = old ? xasprintf("%s %.*s", old, (int)len, text)
				 : xstrndup(text, len);
	free(old);
}

static struct block *
row_new(struct table *t, unsigned line)
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
	struct block *row = row_new(t, line);

	for (size_t i = 0; i < cells->n && i < t->n; i++)
		cell_join(
		    row, t->columns[i], cells->c[i].text, cells->c[i].len);
}

/* ---- pipes ---- */

static bool
is_rule(const struct paper_line *line)
{
	if (line->len < 3 && memcmp(line->text, "|-", line->len) != 0)
		return false;
	for (size_t i = 0; i < line->len; i++)
		if (!strchr("|+-:= \t", line->text[i]))
			return false;
	return true;
}

static bool
has_pipes(const struct paper_line *line)
{
	size_t n = 0;

	for (size_t i = 0; i < line->len; i++)
		n += line->text[i] == '|';
	return n >= 2 || (n == 1 && line->text[0] != '|' && line->len < 200 &&
			     strstr(line->text, " | "));
}

static size_t
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
		if (line->len > 0 && (is_rule(line) || line->text[0] == '+')) {
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
				cell_join(row, t->columns[k], cells.c[k].text,
				    cells.c[k].len);
		} else {
			table_row_add(t, &cells, line->no);
		}
		fresh = false;
	}
	return i;
}

/* ---- blanks ---- */

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
	return *text >= 'A' && *text <= 'Z';
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
	if (has_column(t, COLUMN_REF) && row->cells[COLUMN_REF])
		return false;
	if (!in[COLUMN_TEXT] && !in[COLUMN_REF])
		return false;
	if (has_column(t, COLUMN_DUE) && row->cells[COLUMN_DUE])
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

/* "ITEM  BY WHOM  BY WHEN": what is to be done stands in the unnamed column
 * between the item's number and the next. */
static void
split_reference(struct table *t)
{
	if (has_column(t, COLUMN_TEXT) || t->n == 0 ||
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
		if (s->text[i] >= '0' && s->text[i] <= '9')
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

static size_t
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
		if (line->skip || is_rule(line))
			continue;
		if (columns_head(line))
			break;
		segments_read(line, &segs);
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
		cap = begins_capital(t, line, &segs);
		if (begins_row(t, row, has_ref, in, cap, gap, gapped)) {
			row = row_new(t, line->no);
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
			cell_join(row,
			    t->columns[column_index(t, segs.s[m].start)],
			    segs.s[m].text, segs.s[m].len);
		row->last = line->no;
		gap = false;
		last = j + 1;
	}
	return row ? last : from;
}

/* ---- one cell below the other, as docx2txt writes them ---- */

static size_t
next_line(const struct paper *paper, size_t i)
{
	while (i < paper->lines.len &&
	       (paper->lines.items[i].len == 0 || paper->lines.items[i].skip))
		i++;
	return i;
}

static size_t
stack_read(const struct paper *paper, size_t i, struct table *t)
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
	    !has_column(t, COLUMN_OWNER) || !has_column(t, COLUMN_TEXT))
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
	    (line->text[0] == '+' && is_rule(line) && line->len > 8))
		return pipes_read(paper, i, &t);
	end = ruled_read(paper, i, &t);
	if (end > i)
		return end;
	if (memchr(line->text, '\t', line->len))
		end = tabs_read(paper, i, &t);
	if (end == i && line->len < 250)
		end = blanks_read(paper, i, &t);
	if (end == i && line->len <= 40)
		end = stack_read(paper, i, &t);
	return end;
}
