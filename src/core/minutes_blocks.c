/* SPDX-License-Identifier: ISC */
/*
 * Lines into blocks: headings, paragraphs, numbered and bulleted items, rows
 * of tables; each with its section, its item and its source lines.
 */
#include "core/minutes_blocks.h"
#include "core/minutes_marks.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEADING_COLUMNS = 90,
	HEADING_WORDS = 12,
	PLAIN_WORDS = 8,
	LIST_LOOK = 200
};

/* ---- is it a heading? ---- */

/* Columns with every run of blanks as one: a heading may have its owner far to
 * the right. */
static size_t
squeezed_columns(const char *text, size_t len)
{
	size_t n = text_columns(text, len);

	for (size_t i = 1; i < len; i++)
		n -= text_is_space(text[i]) && text_is_space(text[i - 1]);
	return n;
}

size_t
text_words(const char *text, size_t len)
{
	size_t n = 0;
	bool in = false;

	for (size_t i = 0; i < len; i++) {
		bool blank = text_is_space(text[i]);

		n += !blank && !in;
		in = !blank;
	}
	return n;
}

static bool
is_all_caps(const char *text, size_t len)
{
	size_t upper = 0;

	for (size_t i = 0; i < len; i++) {
		if (text_is_lower(text[i]))
			return false;
		upper += text_is_upper(text[i]);
	}
	return upper >= 3;
}

static const struct paper_line *
neighbour(const struct reader *r, size_t i, int way)
{
	if ((way < 0 && i == 0) || (way > 0 && i + 1 >= r->paper->lines.len))
		return NULL;
	return &r->paper->lines.items[way < 0 ? i - 1 : i + 1];
}

static bool
blank_beside(const struct reader *r, size_t i, int way)
{
	const struct paper_line *line = neighbour(r, i, way);

	return !line || line->len == 0 || line->skip || line->front;
}

/* "7. FINANCE" with "a)" or "2.01" below: not of one list. */
static bool
is_other_level(const char *mark, const char *below)
{
	return text_is_digit(mark[0]) && !strchr(mark, '.') &&
	       (!text_is_digit(below[0]) || strchr(below, '.'));
}

/* A neighbour line that is marked in the same way: a list without gaps. */
static bool
in_tight_list(const struct reader *r, size_t i)
{
	const struct paper_line *own = &r->paper->lines.items[i];
	char own_mark[24], mark[24];
	bool bullet, dots;

	(void)marker_at(own->text, own->len, own_mark, &dots);
	for (int way = -1; way <= 1; way += 2) {
		const struct paper_line *line = neighbour(r, i, way);

		if (line && line->len > 0 && !line->skip &&
		    marker_at(line->text, line->len, mark, &bullet) > 0 &&
		    bullet == dots &&
		    (bullet || way < 0 || !is_other_level(own_mark, mark)))
			return true;
	}
	return false;
}

static bool
ends_like_heading(const char *text, size_t len)
{
	char last = len > 0 ? text[len - 1] : '.';

	/* "...; and" goes on in the next clause */
	return !strchr(".,;?!])", last) &&
	       !(len > 5 && (text_same_n(text + len - 5, 5, "; and") ||
				text_same_n(text + len - 5, 5, ", and")));
}

static bool
is_item_word(const char *text)
{
	return text_starts(text, "item ") || text_starts(text, "agenda item");
}

/* Below a list of people: a short line with a sentence under it. */
static bool
heads_sentence(const struct reader *r, size_t i, const char *text, size_t size)
{
	static const char *const nothing[] = { "none", "nil", "no ", "there ",
		"not applicable", NULL };
	const struct paper_line *next;
	size_t k = i + 1, used, len;
	char mark[24];
	bool bullet;

	if (strpbrk(text, ",(\t") || !blank_beside(r, i, -1) ||
	    !text_is_upper(text[0]) || !ends_like_heading(text, size))
		return false;
	for (size_t c = 0; c < size; c++)
		if (text_is_space(text[c]) && dash_at(text + c + 1))
			return false;
	while (k < r->paper->lines.len && r->paper->lines.items[k].len == 0)
		k++;
	if (k >= r->paper->lines.len)
		return false;
	next = &r->paper->lines.items[k];
	if (starts_any(next->text, nothing))
		return true;
	used = marker_at(next->text, next->len, mark, &bullet);
	len = next->len - used;
	return len > 100 ||
	       (next->text[next->len - 1] == '.' &&
		   !memchr(next->text, ',', next->len) &&
		   text_words(next->text + used, len) > 2) ||
	       (len > 25 && next->text[next->len - 1] == '.' &&
		   text_words(next->text, next->len) > 5);
}

/* "3. Matters arising" with "3.1" on the line below. */
static bool
heads_numbers(const struct reader *r, size_t i, const char *mark)
{
	const struct paper_line *next = neighbour(r, i, 1);
	size_t n = strlen(mark);
	char below[24];
	bool bullet;

	return next && !strchr(mark, '.') && next->len > 0 &&
	       marker_at(next->text, next->len, below, &bullet) > 0 &&
	       strncmp(below, mark, n) == 0 && below[n] == '.' && !bullet;
}

/* "CC to chase the contractor", "Quotes to be sought. CC": somebody does
 * something, so it is no heading; but "Matters to consider" is one. */
static bool
is_errand_line(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	if (toks.n > 4 && toks.t[toks.n - 1].upper &&
	    toks.t[toks.n - 1].len <= 3 &&
	    (*toks.t[toks.n - 2].at == '.' || *toks.t[toks.n - 2].at == '/' ||
		dash_at(toks.t[toks.n - 2].at)))
		return true;
	for (size_t i = 1; i + 1 < toks.n; i++)
		if (tok_is(&toks.t[i], "to"))
			return is_doing_verb(&toks.t[i + 1]) &&
			       ((toks.t[i - 1].upper &&
				    toks.t[i - 1].len <= 3) ||
				   text[len - 1] == '.');
	return false;
}

/* "2. Detainees were treated with courtesy and" with the rest of the sentence
 * below, where the next word did not fit. */
static bool
wraps_below(const struct reader *r, size_t i)
{
	const struct paper_line *line = &r->paper->lines.items[i];
	const struct paper_line *next = neighbour(r, i, 1);
	char mark[24];
	bool bullet;

	return next && next->len > 0 && !next->skip &&
	       next->indent > line->indent &&
	       (text_is_lower(next->text[0]) || text_is_digit(next->text[0])) &&
	       marker_at(next->text, next->len, mark, &bullet) == 0 &&
	       reader_was_full(r, line, next);
}

/* A marked line ("3. Matters arising", "Item 4 - ..."). */
static bool
is_marked_heading(const struct reader *r, size_t i, const char *text,
    size_t len, const char *mark, bool bullet)
{
	const struct paper_line *line = &r->paper->lines.items[i];
	int number = atoi(mark);
	bool people = (r->section == SECTION_PRESENT ||
			  r->section == SECTION_APOLOGIES) &&
		      !(r->section_inline && r->gap);
	bool listed = people || r->section == SECTION_ACTIONS ||
		      r->section == SECTION_RECOMMENDATIONS ||
		      r->section == SECTION_AFI;
	bool numeric = text_is_digit(mark[0]);

	if (is_item_word(line->text))
		return text_columns(text, len) <= 220;
	if (r->items_named && numeric &&
	    section_of(text, len, NULL) == SECTION_NONE)
		return false; /* numbers are paragraphs there */
	if (len == 0)
		return !bullet && /* its title is below */
		       (mark_is_reference(mark) ||
			   (numeric && r->gap &&
			       r->section != SECTION_ACTIONS &&
			       !blank_beside(r, i, 1)));
	if (mark[0] == '\0' || squeezed_columns(text, len) > HEADING_COLUMNS ||
	    text_words(text, len) > HEADING_WORDS || holds_mark(text, len))
		return false;
	if (!line->bold && !is_all_caps(text, len) && wraps_below(r, i) &&
	    section_of(text, len, NULL) == SECTION_NONE)
		return false;
	if (mark_is_reference(mark) && !bullet)
		/* a minute's reference, or that of a listed action */
		return r->section != SECTION_ACTIONS ||
		       is_all_caps(text, len) || !is_errand_line(text, len);
	if (numeric && !bullet && heads_numbers(r, i, mark) &&
	    ends_like_heading(text, len))
		return true;
	if (line->bold)
		return numeric || !in_tight_list(r, i);
	if (section_of(text, len, NULL) != SECTION_NONE && !in_tight_list(r, i))
		return true;
	if (numeric && r->gap && is_all_caps(text, len) && !bullet &&
	    !in_tight_list(r, i))
		return true;
	if (numeric && !in_tight_list(r, i) && !bullet &&
	    (r->section == SECTION_PRESENT ||
		r->section == SECTION_APOLOGIES) &&
	    heads_sentence(r, i, text, len))
		return true;
	if (listed &&
	    !(numeric && number == r->item + 1 && r->list != number - 1))
		return false;
	if (bullet || in_tight_list(r, i))
		return false;
	if (is_all_caps(text, len))
		return true;
	if (is_errand_line(text, len) || text_starts(text, "that "))
		return false;
	if (!text_is_upper(text[0]) && !quote_at(text))
		return false;
	return ends_like_heading(text, len) ||
	       (numeric && text[len - 1] == '.' && text_words(text, len) <= 5);
}

static bool
is_plain_heading(const struct reader *r, size_t i)
{
	const struct paper_line *line = &r->paper->lines.items[i];
	const char *text = line->text;
	size_t len = line->len, words = text_words(text, len);
	bool people =
	    r->section == SECTION_PRESENT || r->section == SECTION_APOLOGIES;

	if (squeezed_columns(text, len) > HEADING_COLUMNS ||
	    words > HEADING_WORDS)
		return false;
	if (section_of(text, len, NULL) != SECTION_NONE)
		return true;
	if (holds_mark(text, len))
		return false;
	/* with a column to the right it is a line of something */
	if (memchr(text, '\t', len) || (strstr(text, "   ") && !line->bold))
		return false;
	if (text[0] == '[' || text[0] == '(' || words == 0)
		return false;
	if (line->bold)
		return ends_like_heading(text, len) && !people;
	if (is_all_caps(text, len) && ends_like_heading(text, len))
		return !people || (text_words(text, len) > 3 &&
				      (r->gap || r->prev == NULL));
	if (people)
		return heads_sentence(r, i, text, len);
	if (is_errand_line(text, len))
		return false;
	/* In a list a line may be short, but not stand out of what the heading
	 * has below it. */
	if ((r->section == SECTION_ACTIONS ||
		r->section == SECTION_RECOMMENDATIONS) &&
	    (r->section_text <= r->section_indent ||
		line->indent > r->section_indent))
		return false;
	if (!text_is_upper(text[0]))
		return false;
	return words <= PLAIN_WORDS && ends_like_heading(text, len) &&
	       !find_phrase(text, len, "to") && blank_beside(r, i, -1) &&
	       (blank_beside(r, i, 1) || words <= 5) &&
	       !date_find(text, len, &(struct found_date){ 0 });
}

static void
open_section(struct reader *r, enum section section, int level)
{
	r->section = section;
	r->section_level = level;
	r->section_inline = false;
	r->section_filled = false;
	r->section_bullet = 0;
	r->section_indent = 0;
	r->section_text = -1;
	r->list = 0;
}

/* A smaller heading below "Actions" parts the list, by people or subjects; but
 * where the list stood right below "Actions" it is over, once what follows is
 * told in paragraphs or has actions of its own. */
static bool
ends_list(const struct reader *r, const struct paper_line *head)
{
	const struct paper_line *end =
	    r->paper->lines.items + r->paper->lines.len;

	if (end > head + LIST_LOOK)
		end = head + LIST_LOOK;
	if (r->section != SECTION_ACTIONS || !r->section_filled)
		return false;
	for (const struct paper_line *line = head + 1; line < end; line++) {
		char mark[24];
		bool bullet;

		if (line->hashes && line->hashes <= r->section_level)
			return false;
		if (line->hashes) {
			if (section_of(line->text, line->len, NULL) ==
			    SECTION_ACTIONS)
				return true;
		} else if (line[-1].len == 0 && line->indent == 0 &&
			   text_words(line->text, line->len) > 8 &&
			   marker_at(line->text, line->len, mark, &bullet) ==
			       0) {
			return true;
		}
	}
	return false;
}

static void
add_heading(struct reader *r, const struct paper_line *line, const char *text,
    size_t len, const char *mark)
{
	const char *rest = NULL;
	enum section section = section_of(text, len, &rest);
	struct block *b = block_new(r->out, BLOCK_HEADING);

	if (section == SECTION_NONE)
		section = section_of(text, len, NULL);
	b->level = line->hashes ? line->hashes : 9;
	b->bold = line->bold;
	b->gap = r->gap;
	b->page = line->page;
	b->indent = line->indent;
	memcpy(b->mark, mark, sizeof b->mark);
	block_add_line(b, text, rest ? (size_t)(rest - text) : len, line->no);
	if (section == SECTION_NONE && line->hashes &&
	    r->section_level < line->hashes && r->section_level > 0 &&
	    r->section != SECTION_ONE_ACTION && !ends_list(r, line))
		section = r->section;
	else
		open_section(r, section, line->hashes);
	if (r->section_text == -1)
		r->section_indent = line->indent;
	b->section = section;
	if (text_is_digit(mark[0])) {
		r->item = atoi(mark);
		r->items_named = b->named = is_item_word(line->text);
	}
	r->open = b;
	if (rest) {
		struct block *more = block_new(r->out, BLOCK_PARA);

		block_add_line(
		    more, rest, len - (size_t)(rest - text), line->no);
		more->section = section;
		more->indent = line->indent;
		r->open = more;
		r->section_inline = true;
	}
	r->prev = line;
}

static void
add_text(struct reader *r, const struct paper_line *line, const char *text,
    size_t len, const char *mark, bool bullet, bool marked)
{
	struct block *b = block_new(r->out, marked ? BLOCK_ITEM : BLOCK_PARA);

	if (roll_is_told(r, line, text, len))
		open_section(r, SECTION_NONE, 0);
	b->section = r->section;
	b->indent = line->indent;
	b->bullet = bullet;
	b->arrow = bullet && arrow_at(line->text) > 0;
	b->bold = line->bold;
	b->gap = r->gap;
	b->quoted = line->quoted;
	b->page = line->page;
	memcpy(b->mark, mark, sizeof b->mark);
	if (text_is_digit(mark[0]))
		r->list = atoi(mark);
	block_add_line(b, text, len, line->no);
	r->section_filled |=
	    r->out->list.len > 1 && b[-1].section == r->section &&
	    (b[-1].kind != BLOCK_HEADING || b[-1].level <= r->section_level);
	if (r->section_text == -1 || r->section_text > line->indent)
		r->section_text = line->indent;
	r->open = b;
	r->prev = line;
	if (r->section == SECTION_ONE_ACTION)
		open_section(r, SECTION_NONE, 0);
}

/* "[ ] to do" and "[x] done". */
static bool
is_checkbox(const char *text, size_t len)
{
	return len > 6 && text[0] == '[' && strchr(" xX", text[1]) &&
	       text[2] == ']' && text[3] == ' ';
}

/* "* New actions" with bullets further in below. */
static bool
heads_list(const struct reader *r, size_t i, const char *text, size_t len)
{
	const struct paper_line *next = neighbour(r, i, 1);
	enum section section = section_of(text, len, NULL);
	char mark[24];
	bool bullet;

	if (next && next->len == 0)
		next = neighbour(r, i + 1, 1);
	return (section == SECTION_ACTIONS || section == SECTION_PREVIOUS) &&
	       next && next->indent > r->paper->lines.items[i].indent &&
	       marker_at(next->text, next->len, mark, &bullet) > 0;
}

/* "Actions:" alone, or "Actions: for the Clerk". */
static bool
is_action_label(const char *text, size_t len)
{
	bool number;
	size_t n = action_mark(text, len, &number);

	return n > 0 && !number && text[0] != '[' && text[0] != '(' &&
	       (n >= len || (len < 48 && text_starts(text + n, "for ")));
}

/* Keeps count of what stands below "Actions:": short lines there are no
 * headings. */
static bool
is_below_label(struct reader *r, const struct paper_line *line)
{
	bool below = r->label > 0 && !line->hashes && !line->bold &&
		     (r->label_first || line->indent >= r->label);

	if (!below)
		r->label = 0;
	r->label_first = false;
	return below;
}

static void
add_line(struct reader *r, size_t i, const struct paper_line *line, bool trail)
{
	char mark[24];
	bool bullet, heading, number;
	size_t used = marker_at(line->text, line->len, mark, &bullet);
	const char *text = line->text + used, *rest = NULL;
	size_t len = line->len - used;
	bool action = action_mark(text, len, &number) > 0;
	bool box = bullet && is_checkbox(text, len), people = false;

	if ((used == 0 || bullet) &&
	    reader_field_below(r, line, text, len, bullet)) {
		block_add_line(r->open, text, len, line->no);
		r->prev = line;
		r->gap = false;
		return;
	}
	if (used == 0 && !line->hashes &&
	    (r->section == SECTION_ACTIONS ||
		r->section == SECTION_RECOMMENDATIONS) &&
	    ends_paper(text, len)) {
		open_section(r, SECTION_NONE, 0);
		r->open = NULL;
	}
	if (r->gap && r->open && r->open->kind != BLOCK_HEADING)
		r->open = NULL;
	if (reader_continues(r, line, used > 0)) {
		block_add_line(r->open, line->text, line->len, line->no);
		r->prev = line;
		return;
	}
	if (roll_ends(r, i, text, len, bullet ? "" : mark))
		open_section(r, SECTION_NONE, 0);
	if (line->hashes)
		heading = true;
	else if (box || trail)
		heading = false;
	else if (action)
		heading = section_of(text, len, &rest) == SECTION_ONE_ACTION;
	else if (bullet && heads_list(r, i, text, len))
		heading = true;
	else if (used > 0)
		heading = is_marked_heading(r, i, text, len, mark, bullet);
	else
		heading = !is_below_label(r, line) && is_plain_heading(r, i);
	if (!heading && !action && !trail) {
		enum section section = section_of(text, len, &rest);

		people =
		    section == SECTION_PRESENT || section == SECTION_APOLOGIES;
		heading =
		    section != SECTION_NONE && rest && (!bullet || people);
	}
	if (r->section_bullet > 0 && line->indent < r->section_bullet)
		open_section(r, SECTION_NONE, 0);
	if (heading)
		add_heading(r, line, text, len, mark);
	if (heading && bullet && !line->hashes)
		r->section_bullet = line->indent + 1;
	if (heading && bullet && people)
		open_section(r, SECTION_NONE, 0); /* only that line */
	if (!heading)
		add_text(r, line, text, len, mark, bullet, used > 0);
	if (!heading && is_action_label(text, len)) {
		r->label = line->indent + 1;
		r->label_first = true;
	}
	r->gap = false;
}

/* Two lines below each other with who acts at the right of each are of one
 * thing only where the first goes on in the second. */
static bool
begins_beside(const struct reader *r, const struct paper_line *line)
{
	const struct paper_line *prev = r->prev;
	size_t from;

	if (!prev || !line->beside_who || !prev->beside_who || prev->len == 0 ||
	    !text_is_upper(line->text[0]) ||
	    !text_is_alnum(prev->text[prev->len - 1]))
		return false;
	for (from = prev->len; from > 0 && text_is_alnum(prev->text[from - 1]);
	     from--)
		;
	return !is_small_word(prev->text + from, prev->len - from);
}

/* A line of running notes, or one with who acts and when at its end. */
static void
add_notes_line(struct reader *r, size_t i)
{
	const struct paper_line *line = &r->paper->lines.items[i];
	struct paper_line cut = *line;
	struct trail_cells cells;
	int column = trail_heads(line);
	size_t head = column > 0 ? 0 : trail_at(r, line, &cells);

	if (column > 0)
		r->trail = column;
	if (trail_goes_on(r, line) && (head == 0 || trail_wraps(r, &cells))) {
		cut.len = head > 0 ? (unsigned)head : line->len;
		block_add_line(r->open, cut.text, cut.len, cut.no);
		r->prev = line;
		return;
	}
	trail_end(r);
	if (begins_beside(r, line))
		r->open = NULL;
	if (head == 0) {
		add_line(r, i, line, false);
		if (column > 0)
			r->open = NULL; /* nothing goes on with heads */
		return;
	}
	if (trail_begins(r, line))
		r->open = NULL;
	cut.len = (unsigned)head;
	add_line(r, i, &cut, true);
	r->prev = line;
	r->tail = cells;
}

void
blocks_read(const struct paper *paper, struct blocks *out)
{
	struct reader r = { .paper = paper, .out = out };
	size_t i = 0;

	if (paper->front_actions)
		open_section(&r, SECTION_ACTIONS, 0);
	while (i < paper->lines.len) {
		const struct paper_line *line = &paper->lines.items[i];
		size_t next = i, open;

		if (line->len == 0 || line->skip || line->front) {
			r.gap |= line->len == 0 || line->beside;
			beside_add(&r, line);
			i++;
			continue;
		}
		open = r.open ? (size_t)(r.open - out->list.items) : 0;
		next = columns_read(paper, i, out);
		if (next == i)
			next = table_read(paper, i, out, r.section);
		if (next > i) {
			/* new blocks may have moved the open one */
			if (r.open)
				r.open = &out->list.items[open];
			trail_end(&r);
			r.open = NULL;
			r.prev = NULL;
			r.gap = true;
			if (out->list.len > 0 &&
			    out->list.items[out->list.len - 1].kind ==
				BLOCK_ROW)
				open_section(&r, SECTION_NONE, 0);
			else if (line->len < 40)
				open_section(&r, SECTION_NONE, 0);
			if (columns_head(line) || columns_row(paper, i))
				open_section(&r, SECTION_NONE, 0);
			i = next;
			continue;
		}
		if (is_drawn_line(line->text, line->len))
			r.gap = true;
		else
			add_notes_line(&r, i);
		beside_add(&r, line);
		i++;
	}
	trail_end(&r);
	blocks_number(out, 0, out->list.len);
}
