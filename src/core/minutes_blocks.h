/* SPDX-License-Identifier: ISC */
/*
 * How lines become blocks: what the reader of lines knows. For
 * minutes_blocks.c, minutes_joins.c and minutes_trails.c only.
 */
#ifndef NUDGED_CORE_MINUTES_BLOCKS_H
#define NUDGED_CORE_MINUTES_BLOCKS_H

#include "core/minutes_parts.h"

/* Who acts and when, in columns beside a line. */
struct trail_cells {
	struct segment c[2], below[2]; /* below: len 0 where nothing wraps */
	size_t n;
	unsigned no;
};

struct reader {
	const struct paper *paper;
	struct blocks *out;
	struct block *open;            /* may still grow */
	const struct paper_line *prev; /* its last line */
	enum section section;
	int section_level;
	int section_bullet;  /* opened by a bullet at this column, + 1; 0 */
	int section_indent;  /* of its heading */
	int section_text;    /* least of its texts so far; -1: none yet */
	bool section_inline; /* its people stand on the line of the label */
	bool section_filled; /* something stands right below its heading */
	int label;           /* column of an "Actions:" above, + 1; 0: none */
	bool label_first;    /* nothing stands below it yet */
	int item;            /* number of the last numbered heading */
	int list;            /* last number of a list in this section */
	bool gap;
	bool items_named;        /* headings are "Item 4" */
	int trail;               /* column of who acts, 0: there is none */
	size_t beside;           /* block of the last margin, + 1; 0: none */
	struct trail_cells tail; /* for the end of the open block */
};

/* Columns that a text takes. */
size_t text_columns(const char *text, size_t len);
/* Its words, parted by blanks; minutes_blocks.c. */
size_t text_words(const char *text, size_t len);

/* Lines of running text break where the next word did not fit: was it so
 * between these two? */
bool reader_was_full(const struct reader *r, const struct paper_line *prev,
    const struct paper_line *line);
/* Does a line go on with the open block? */
bool reader_continues(
    const struct reader *r, const struct paper_line *line, bool marked);
/* Is it "By when: 31 July" below the action that it belongs to, a blank line
 * between them or not? The text is the line's, without a bullet. */
bool reader_field_below(const struct reader *r, const struct paper_line *line,
    const char *text, size_t len, bool bullet);

/* What stood beside a line into the margins of its block, which is the last
 * one; minutes_beside.c. */
void beside_add(struct reader *r, const struct paper_line *line);

/* ---- minutes_roll.c ---- */

/* Does line i (its text behind the mark, "" for none or a bullet) end the list
 * of people that is being read, whatever stands before it? False outside of
 * such a list. */
bool roll_ends(const struct reader *r, size_t i, const char *text, size_t len,
    const char *mark);
/* Does a text tell something, so that the list is over? */
bool roll_is_told(const struct reader *r, const struct paper_line *line,
    const char *text, size_t len);

/* ---- minutes_trails.c ---- */

/* The bytes of a line before the blanks that part it from who acts and when in
 * those columns, which go to *cells; 0: nothing stands there. */
size_t trail_at(const struct reader *r, const struct paper_line *line,
    struct trail_cells *cells);
/* Is such a line a sentence that begins behind the open block's last one? */
bool trail_begins(const struct reader *r, const struct paper_line *line);
/* Does a line go on with the open block, whose tail was taken off? */
bool trail_goes_on(const struct reader *r, const struct paper_line *line);
/* "Next" and below it "meeting": takes the cell of such a line into the tail
 * where it goes on there. */
bool trail_wraps(struct reader *r, const struct trail_cells *cells);
/* Ends the open block with the tail, where there is one. */
void trail_end(struct reader *r);

/* Is it a line that papers end with: "Signed: ____", "Kind regards", "The
 * meeting closed at 9pm"? No list above goes on with it; minutes_ends.c. */
bool ends_paper(const char *text, size_t len);
/* Is a line nothing but a stroke across the page, "______"? */
bool is_drawn_line(const char *text, size_t len);

#endif
