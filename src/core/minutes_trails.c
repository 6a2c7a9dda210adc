/* SPDX-License-Identifier: ISC */
/*
 * Minutes with columns for who and when at the right, and below their heads
 * running notes: a line that has something there is an action of its own.
 */
#include "core/minutes_blocks.h"

#include <string.h>

enum { OWNER_FROM = 40, SHIFT = 8, GAP = 3, TRAIL_LEN = 40 };

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
trail_at(const struct reader *r, const struct paper_line *line)
{
	struct segments segs;

	if (r->trail == 0 || line->len == 0 || line->len > 400)
		return 0;
	segments_read(line, &segs);
	for (size_t i = 1; i < segs.n; i++) {
		const struct segment *s = &segs.s[i];

		if (s->start < r->trail - SHIFT)
			continue;
		return s->start - s[-1].end >= GAP && s->len <= TRAIL_LEN &&
			       i + 2 >= segs.n
			   ? (size_t)(s[-1].text + s[-1].len - line->text)
			   : 0;
	}
	return 0;
}

bool
trail_goes_on(const struct reader *r, const struct paper_line *line)
{
	const struct block *b = r->open;
	char mark[24];
	bool bullet;

	return b && b->kind != BLOCK_HEADING && !r->gap &&
	       marker_at(line->text, line->len, mark, &bullet) == 0 &&
	       text_is_lower(line->text[0]) && trail_at(r, line) == 0;
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
	if (r->tail.len == 0)
		return;
	if (r->open)
		block_add_line(r->open, r->tail.text, r->tail.len, r->tail.no);
	r->tail.len = 0;
	r->open = NULL;
	r->prev = NULL;
}
