/* SPDX-License-Identifier: ISC */
/*
 * How lines become blocks: what the reader of lines knows. For
 * minutes_blocks.c, minutes_joins.c and minutes_trails.c only.
 */
#ifndef NUDGED_CORE_MINUTES_BLOCKS_H
#define NUDGED_CORE_MINUTES_BLOCKS_H

#include "core/minutes_parts.h"

struct reader {
	const struct paper *paper;
	struct blocks *out;
	struct block *open;            /* may still grow */
	const struct paper_line *prev; /* its last line */
	enum section section;
	int section_level;
	int section_bullet;  /* opened by a bullet at this column, + 1; 0 */
	bool section_inline; /* its people stand on the line of the label */
	bool section_filled; /* something stands right below its heading */
	int label;           /* column of an "Actions:" above, + 1; 0: none */
	bool label_first;    /* nothing stands below it yet */
	int item;            /* number of the last numbered heading */
	int list;            /* last number of a list in this section */
	bool gap;
	bool items_named; /* headings are "Item 4" */
	int trail;        /* column of who acts, 0: there is none */
	struct {
		const char *text; /* in the paper, blanks before it */
		size_t len;       /* 0: none */
		unsigned no;
	} tail; /* who acts and when, for the end of the open block */
};

/* Columns that a text takes. */
size_t text_columns(const char *text, size_t len);

/* Does a line go on with the open block? */
bool reader_continues(
    const struct reader *r, const struct paper_line *line, bool marked);
/* Is it "By when: 31 July" below the action that it belongs to, a blank line
 * between them or not? The text is the line's, without a bullet. */
bool reader_field_below(const struct reader *r, const struct paper_line *line,
    const char *text, size_t len, bool bullet);

/* ---- minutes_trails.c ---- */

/* The bytes of a line before the blanks that part it from who acts and when in
 * those columns; 0: nothing stands there. */
size_t trail_at(const struct reader *r, const struct paper_line *line);
/* Is such a line a sentence that begins behind the open block's last one? */
bool trail_begins(const struct reader *r, const struct paper_line *line);
/* Does a line go on with the open block, whose tail was taken off? */
bool trail_goes_on(const struct reader *r, const struct paper_line *line);
/* Ends the open block with the tail, where there is one. */
void trail_end(struct reader *r);

#endif
