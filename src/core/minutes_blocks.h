/* SPDX-License-Identifier: ISC */
/*
 * How lines become blocks: what the reader of lines knows. For minutes_blocks.c
 * and minutes_joins.c only.
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

#endif
