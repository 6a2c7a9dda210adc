/* SPDX-License-Identifier: ISC */
/*
 * Minutes with columns for who and when at the right, and below their heads
 * running notes: a line that has something there is an action of its own.
 */
#include "core/minutes_blocks.h"

#include <stdlib.h>
#include <string.h>

enum { OWNER_FROM = 40, SHIFT = 8, GAP = 3, TRAIL_LEN = 40, NARROW = 16 };

int
trail_heads(const struct paper_line *line)
{
	struct segments segs;
	size_t owner = 0, known = 0;

	if (line->len == 0 || line->len > 250 || line->hashes)
		return 0;
	segments_read(line, &segs);
	for (size_t i = 1; i < segs.n; i++) {
		enum column c = column_of(segs.s[i].text, segs.s[i].len);

		known += c != COLUMN_OTHER;
		/* "Action" beside "By when", too narrow for more than a name */
		if (c == COLUMN_TEXT && i + 2 == segs.n &&
		    segs.s[i + 1].start - segs.s[i].start <= NARROW &&
		    column_of(segs.s[i + 1].text, segs.s[i + 1].len) ==
			COLUMN_DUE)
			c = COLUMN_OWNER;
		if (c == COLUMN_OWNER)
			owner = i;
		else if (owner && c != COLUMN_DUE && c != COLUMN_STATUS &&
			 c != COLUMN_CLOSE)
			return 0;
	}
	/* before it the item and its notes, behind it the day */
	if (owner == 0 || owner > 2 || owner + 3 < segs.n ||
	    known + 2 < segs.n || segs.s[owner].start < OWNER_FROM)
		return 0;
	return segs.s[owner].start;
}

size_t
trail_at(const struct reader *r, const struct paper_line *line,
    struct trail_cells *cells)
{
	struct segments segs;

	*cells = (struct trail_cells){ 0 };
	if (r->trail == 0 || line->len == 0 || line->len > 400)
		return 0;
	segments_read(line, &segs);
	for (size_t i = 1; i < segs.n; i++) {
		const struct segment *s = &segs.s[i];

		if (s->start < r->trail - SHIFT)
			continue;
		if (s->start - s[-1].end < GAP || s->len > TRAIL_LEN ||
		    segs.n - i > 2)
			return 0;
		for (cells->n = 0; i + cells->n < segs.n; cells->n++)
			cells->c[cells->n] = s[cells->n];
		cells->no = line->no;
		return (size_t)(s[-1].text + s[-1].len - line->text);
	}
	return 0;
}

bool
trail_goes_on(const struct reader *r, const struct paper_line *line)
{
	const struct block *b = r->open;
	char mark[24];
	bool bullet;

	return r->tail.n > 0 && b && b->kind != BLOCK_HEADING && !r->gap &&
	       text_is_lower(line->text[0]) &&
	       marker_at(line->text, line->len, mark, &bullet) == 0;
}

bool
trail_wraps(struct reader *r, const struct trail_cells *cells)
{
	for (size_t i = 0; i < r->tail.n && cells->n == 1; i++)
		if (abs(cells->c[0].start - r->tail.c[i].start) <= 1 &&
		    r->tail.below[i].len == 0) {
			r->tail.below[i] = cells->c[0];
			return true;
		}
	return false;
}

bool
trail_begins(const struct reader *r, const struct paper_line *line)
{
	const struct block *b = r->open;

	return b && b->length > 0 && strchr(".:;?!", b->text[b->length - 1]) &&
	       !text_is_lower(line->text[0]);
}

void
trail_end(struct reader *r)
{
	char *text;

	if (r->tail.n == 0)
		return;
	if (r->open) {
		text = xstrdup("  ");
		for (size_t i = 0; i < r->tail.n; i++) {
			const struct segment *c = &r->tail.c[i];
			const struct segment *below = &r->tail.below[i];
			char *old = text;

			text = xasprintf("%s   %.*s%s%.*s", old, (int)c->len,
			    c->text, below->len ? " " : "", (int)below->len,
			    below->len ? below->text : "");
			free(old);
		}
		block_add_line(r->open, text, strlen(text), r->tail.no);
		free(text);
	}
	r->tail = (struct trail_cells){ 0 };
	r->open = NULL;
	r->prev = NULL;
}
