/* SPDX-License-Identifier: ISC */
/*
 * Minutes printed in columns: item numbers and titles at the left, the notes,
 * and a margin at the right that says who acts. Columns move from page to
 * page, so the head only says that there are some.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
	MARGIN_FROM = 45,
	MARGIN_TEXT = 40,
	MARGIN_LONG = 200,
	MARGINS_MAX = 20,
	TITLE_FROM = 30,
	FAR_MAX = 3,
	FAR_SHIFT = 6,
	FAR_LOOK = 80
};

/* "ACTION" alone at the right edge, as a head of the margin. */
static bool
is_margin_word(const char *text, size_t len)
{
	static const char *const words[] = { "action", "actions", "action by",
		"lead", "who", "by whom", "action for", "owner", NULL };

	return same_any(text, len, words);
}

/* The columns behind the notes: of actions, then who and when. */
struct far {
	int start[FAR_MAX];
	enum column kind[FAR_MAX];
	size_t n;
	int notes; /* where the head of the notes begins */
};

static bool
far_read(const struct segments *segs, struct far *far)
{
	size_t i = 1;

	far->n = 0;
	while (i < segs->n &&
	       column_of(segs->s[i].text, segs->s[i].len) != COLUMN_TEXT)
		i++;
	if (i + 1 >= segs->n || segs->n - i > FAR_MAX ||
	    segs->s[i].start < MARGIN_TEXT ||
	    column_of(segs->s[i - 1].text, segs->s[i - 1].len) != COLUMN_NOTES)
		return false;
	far->notes = segs->s[i - 1].start;
	for (; i < segs->n; i++) {
		enum column c = column_of(segs->s[i].text, segs->s[i].len);

		if (far->n > 0 && c != COLUMN_OWNER && c != COLUMN_DUE)
			return false;
		far->kind[far->n] = c;
		far->start[far->n++] = segs->s[i].start;
	}
	return true;
}

bool
columns_wide_head(const struct paper_line *line)
{
	struct segments segs;
	struct far far;

	if (line->len > 250 || line->len < 4 || line->hashes)
		return false;
	segments_read(line, &segs);
	return far_read(&segs, &far);
}

static size_t
far_column(const struct far *far, int start)
{
	size_t best = 0;

	for (size_t k = 1; k < far->n; k++)
		if (start >= far->start[k] - FAR_SHIFT)
			best = k;
	return best;
}

/* Do notes stand below such heads with nothing beside them? Each row of a mere
 * table of actions has who or when. */
static bool
has_bare_notes(const struct paper *paper, size_t i, const struct far *far)
{
	const struct paper_line *lines = paper->lines.items;

	for (size_t j = i + 1; j < paper->lines.len && j < i + FAR_LOOK; j++) {
		struct segments segs;
		bool notes = false, beside = false;

		if (lines[j].len == 0 || lines[j - 1].len > 0)
			continue;
		for (bool first = true;
		     j < paper->lines.len && lines[j].len > 0 && !beside; j++) {
			segments_read(&lines[j], &segs);
			for (size_t k = 0; k < segs.n && k < 2 && first; k++)
				notes |= abs(segs.s[k].start - far->notes) <=
					 FAR_SHIFT;
			beside = segs.n > 0 && segs.s[segs.n - 1].start >=
						   far->start[0] - FAR_SHIFT;
			first = false;
		}
		if (notes && !beside)
			return true;
	}
	return false;
}

bool
columns_head(const struct paper_line *line)
{
	struct segments segs;
	size_t notes = 0, far = 0;

	if (line->len > 250 || line->len < 4 || line->hashes)
		return false;
	if (columns_wide_head(line))
		return true;
	segments_read(line, &segs);
	if (segs.n == 1)
		return line->indent >= MARGIN_FROM &&
		       is_margin_word(segs.s[0].text, segs.s[0].len);
	if (segs.n > 4)
		return false;
	for (size_t i = 0; i < segs.n; i++) {
		enum column c = column_of(segs.s[i].text, segs.s[i].len);

		if (c == COLUMN_DUE || c == COLUMN_STATUS ||
		    c == COLUMN_OTHER || c == COLUMN_SOURCE)
			return false;
		if (c == COLUMN_TEXT && i + 1 < segs.n)
			return false;
		notes +=
		    i + 1 < segs.n && (c == COLUMN_NOTES || c == COLUMN_REF);
		far += i + 1 == segs.n &&
		       (c == COLUMN_TEXT || c == COLUMN_OWNER) &&
		       segs.s[i].start >= MARGIN_FROM;
	}
	return notes > 0 && far > 0;
}

/* "LGB 4/2020    To note who came    The meeting began". */
static bool
is_item_row(const struct paper_line *line, struct segments *segs)
{
	char mark[24];
	bool bullet;
	size_t used;

	if (line->len < 20 || line->len > 250 || line->indent > 10)
		return false;
	used = marker_at(line->text, line->len, mark, &bullet);
	if (used == 0 || bullet || !strchr(mark, '/'))
		return false;
	segments_read(line, segs);
	return segs->n >= 3 && segs->s[segs->n - 1].start >= 24;
}

bool
columns_row(const struct paper *paper, size_t i)
{
	struct segments segs;
	size_t rows = 0;

	if (!is_item_row(&paper->lines.items[i], &segs))
		return false;
	for (size_t j = i + 1; j < paper->lines.len && j < i + 80; j++)
		rows += is_item_row(&paper->lines.items[j], &segs);
	return rows >= 2;
}

struct columns {
	struct blocks *out;
	int notes;          /* where the notes begin, moves with the page */
	int margin;         /* where the margin begins, at least */
	size_t open, title; /* block + 1, 0: none */
	size_t beside;  /* the block that the margin last stood beside, + 1 */
	struct far far; /* of a wide head */
	bool has_items; /* the head names a column of items */
	bool gap;
};

static struct block *
open_block(struct columns *c)
{
	return c->open ? &c->out->list.items[c->open - 1] : NULL;
}

static void
close_block(struct columns *c)
{
	c->open = 0;
}

/* "FU/", "RT,": another name follows. */
static bool
goes_on(const char *text)
{
	size_t n = strlen(text);

	return n > 0 && strchr("/,&(-", text[n - 1]);
}

/* "PT to share", "All agencies to confirm". */
static bool
charges_to(const char *text, size_t len)
{
	const char *to = find_phrase(text, len, "to");

	return to && to > text;
}

/* "AB to", "Ann Bell to": a line that charges somebody anew. */
static bool
begins_charge(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n && i < 4; i++) {
		if (i > 0 && tok_is(&toks.t[i], "to"))
			return i + 1 == toks.n || is_doing_verb(&toks.t[i + 1]);
		if (toks.t[i].kind == 'w' && !toks.t[i].cap &&
		    !tok_is(&toks.t[i], "and"))
			return false;
	}
	return false;
}

/* Does it end with a word that no sentence ends with? */
static bool
ends_small(const char *text)
{
	const char *word = strrchr(text, ' ');

	return word && is_small_word(word + 1, strlen(word + 1));
}

/* The sentence of a margin goes on below, whatever begins beside it: "PT to
 * share the" and "tool with all partners". */
static bool
sentence_goes_on(
    const struct columns *c, const char *text, size_t len, unsigned no)
{
	const struct block *b =
	    c->beside ? &c->out->list.items[c->beside - 1] : NULL;
	const struct block_margin *m =
	    b && b->margins.len > 0 ? &b->margins.items[b->margins.len - 1]
				    : NULL;

	if (!m || no != m->last + 1 || !strchr(m->text, ' '))
		return false;
	return text_is_lower(*text) || ends_small(m->text) ||
	       (charges_to(m->text, strlen(m->text)) && !charges_to(text, len));
}

/* A line right below goes on; behind a gap somebody else acts. */
static void
margin_add(struct columns *c, const char *text, size_t len, unsigned no)
{
	struct block *b = open_block(c);
	struct block_margin *m;

	if (sentence_goes_on(c, text, len, no))
		b = &c->out->list.items[c->beside - 1];
	else if (!b && c->title)
		b = &c->out->list.items[c->title - 1];
	if (!b || b->margins.len > MARGINS_MAX)
		return;
	c->beside = (size_t)(b - c->out->list.items) + 1;
	m = b->margins.len > 0 ? &b->margins.items[b->margins.len - 1] : NULL;
	if (!m || (no > m->last + 1 && !goes_on(m->text)) ||
	    (charges_to(m->text, strlen(m->text)) && begins_charge(text, len) &&
		!ends_small(m->text))) {
		m = vec_push(&b->margins);
		m->text = xstrndup(text, len);
		m->first = no;
	} else if (strlen(m->text) < MARGIN_LONG) {
		char *old = m->text;

		m->text = xasprintf("%s\n%.*s", old, (int)len, text);
		free(old);
	}
	m->last = no;
}

static void
cell_join(char **cell, const struct segment *s)
{
	char *old = *cell;

	if (old && strlen(old) > MARGIN_LONG)
		return;
	*cell = old ? xasprintf("%s %.*s", old, (int)s->len, s->text)
		    : xstrndup(s->text, s->len);
	free(old);
}

/* What columns of actions, who and when say on one line: of a new action, or
 * more of the one above. */
static void
far_add(struct columns *c, const struct segment *s, size_t n, unsigned no)
{
	const struct segment *cells[FAR_MAX] = { NULL };
	struct block *b = c->beside ? &c->out->list.items[c->beside - 1] : NULL;
	struct block_margin *m =
	    b ? &b->margins.items[b->margins.len - 1] : NULL;
	bool more = false;

	for (size_t i = 0; i < n; i++)
		cells[far_column(&c->far, s[i].start)] = &s[i];
	for (size_t k = 1; k < c->far.n; k++)
		more |= cells[k] != NULL;
	if (cells[0] && (!m || no > m->last + 1 ||
			    (more && text_is_upper(cells[0]->text[0])))) {
		b = open_block(c);
		if (!b && c->title)
			b = &c->out->list.items[c->title - 1];
		if (!b || b->margins.len > MARGINS_MAX)
			return;
		c->beside = (size_t)(b - c->out->list.items) + 1;
		m = vec_push(&b->margins);
		m->first = no;
		m->action = true;
	}
	if (!m || (!cells[0] && no > m->last + 1))
		return;
	m->last = no;
	for (size_t k = 0; k < c->far.n; k++)
		if (cells[k])
			cell_join(c->far.kind[k] == COLUMN_OWNER ? &m->who
				  : c->far.kind[k] == COLUMN_DUE ? &m->when
								 : &m->text,
			    cells[k]);
}

static void
notes_add(struct columns *c, const char *text, size_t len, int col, unsigned no)
{
	char mark[24];
	bool bullet, number;
	size_t used = marker_at(text, len, mark, &bullet);
	struct block *b = open_block(c);

	if (used >= len)
		used = 0;
	if (!b || c->gap || (used > 0 && (mark[0] || bullet)) ||
	    action_mark(text, len, &number) > 0) {
		b = block_new(c->out, used > 0 ? BLOCK_ITEM : BLOCK_PARA);
		b->section =
		    c->title && c->out->list.items[c->title - 1].section ==
				    SECTION_NEXT
			? SECTION_NEXT
			: SECTION_NOTES;
		b->indent = col;
		b->bullet = bullet;
		b->gap = c->gap;
		if (used > 0)
			memcpy(b->mark, mark, sizeof b->mark);
		text += used;
		len -= used;
		c->open = c->out->list.len;
		c->gap = false;
	}
	block_add_line(b, text, len, no);
}

static void
title_add(struct columns *c, const char *text, size_t len, unsigned no)
{
	if (c->title) {
		struct block *b = &c->out->list.items[c->title - 1];

		block_add_line(b, text, len, no);
		b->section = section_of(b->text, b->length, NULL);
	}
}

static void
heading_add(struct columns *c, const char *mark, const char *text, size_t len,
    unsigned no)
{
	struct block *b = block_new(c->out, BLOCK_HEADING);

	b->level = 9;
	memcpy(b->mark, mark, sizeof b->mark);
	block_add_line(b, text, len, no);
	b->section = section_of(b->text, b->length, NULL);
	c->title = c->out->list.len;
	close_block(c);
	c->gap = false;
}

static bool
is_reference(const char *mark)
{
	return mark[0] != '\0' &&
	       (mark_is_reference(mark) || text_is_digit(mark[0]));
}

/* What of the notes beside an item's number is its title: "Budget." before
 * what is told of it, or a line alone; its bytes, 0 for none. */
static size_t
title_length(const struct segment *s, const struct paper_line *next)
{
	size_t at = 0, n = sentence_next(s->text, s->len, &at), blanks = 0;

	for (size_t i = 0; i < n; i++)
		blanks += text_is_space(s->text[at + i]);
	if (at + n < s->len && blanks < 8)
		return at + n;
	if (section_of(s->text, s->len, NULL) != SECTION_NONE)
		return s->len; /* "Next meeting: Monday 8 June, 9.30, in" */
	if (blanks >= 8 || strchr(".,;:?", s->text[s->len - 1]))
		return 0;
	return !next || next->len == 0 || text_is_upper(next->text[0]) ||
		       text_is_digit(next->text[0])
		   ? s->len
		   : 0;
}

static void
add_item_line(struct columns *c, const struct paper_line *line,
    const struct paper_line *next, const char *mark, size_t used,
    struct segments *segs, size_t last)
{
	size_t i = 0, title;

	if (used >= segs->s[0].len + (size_t)(segs->s[0].text - line->text)) {
		i = 1;
	} else {
		segs->s[0].text = line->text + used;
		segs->s[0].len -= used;
		if (segs->s[0].text + segs->s[0].len > line->text + line->len)
			segs->s[0].len =
			    (size_t)(line->text + line->len - segs->s[0].text);
	}
	if (i >= last) {
		heading_add(c, mark, "", 0, line->no);
		return;
	}
	title = segs->s[i].start < c->notes - 3
		    ? segs->s[i].len
		    : title_length(&segs->s[i], next);
	heading_add(c, mark, segs->s[i].text, title, line->no);
	segs->s[i].text += title;
	segs->s[i].len -= title;
	trim_span(&segs->s[i].text, &segs->s[i].len);
	for (i += segs->s[i].len == 0; i < last; i++) {
		if (!open_block(c))
			c->notes = segs->s[i].start;
		notes_add(c, segs->s[i].text, segs->s[i].len, segs->s[i].start,
		    line->no);
	}
}

/* A line that says that the columns are over. */
static bool
ends_columns(const struct paper_line *line)
{
	static const char *const ends[] = { "the meeting closed",
		"meeting closed", "the meeting ended", "signed:", "signed by",
		"signed .", "signed _", "signed as", "there being no further",
		"the meeting finished", "meeting ended", NULL };

	if (line->indent > 12)
		return false;
	return starts_any(line->text, ends) || line->hashes > 0;
}

/* "SUMMARY OF ACTIONS", or the heads of a table of them. */
static bool
begins_list(const struct paper_line *line)
{
	struct segments segs;
	size_t known = 0;
	bool who = false;

	if (line->len > 250)
		return false;
	segments_read(line, &segs);
	if (segs.n == 1)
		return section_of(line->text, line->len, NULL) ==
			   SECTION_ACTIONS &&
		       strchr(line->text, ' ');
	for (size_t i = 0; i < segs.n; i++) {
		enum column c = column_of(segs.s[i].text, segs.s[i].len);

		known += c != COLUMN_OTHER;
		who |= c == COLUMN_OWNER;
	}
	return who && known >= 3 && !columns_head(line);
}

/* "2.  Management accounts", with a sentence of its own below. */
static bool
heads_line(const struct paper_line *line, const char *text, size_t len,
    const struct paper_line *next)
{
	size_t blanks = 0;

	for (size_t i = 0; i < len; i++)
		blanks += text_is_space(text[i]);
	return next && next->len > 0 && next->indent > line->indent &&
	       text_is_upper(next->text[0]) && len > 2 && blanks < 8 &&
	       !strchr(".,;:?", text[len - 1]);
}

static void
add_columns_line(struct columns *c, const struct paper_line *line,
    const struct paper_line *next)
{
	struct segments segs;
	char mark[24];
	bool bullet;
	size_t used, last, i = 0;

	segments_read(line, &segs);
	last = segs.n;
	if (last > 0 && segs.s[last - 1].start >= c->margin &&
	    segs.s[last - 1].len <= MARGIN_TEXT &&
	    (last > 1 || segs.s[0].start >= c->margin))
		last--;
	while (c->far.n > 0 && last > 0 && last < segs.n &&
	       segs.s[last - 1].start >= c->margin && segs.n - last < c->far.n)
		last--;
	used = marker_at(line->text, line->len, mark, &bullet);
	if (c->has_items && used > 0 && !bullet && is_reference(mark) &&
	    line->indent <= 10 && line->indent < c->notes - 4) {
		add_item_line(c, line, next, mark, used, &segs, last);
	} else if (!c->has_items && used > 0 && !bullet && last > 0 &&
		   is_reference(mark) && line->indent <= 10) {
		const char *text = line->text + used;
		const char *end = segs.s[last - 1].text + segs.s[last - 1].len;
		size_t len = end > text ? (size_t)(end - text) : 0;

		if (mark_is_reference(mark) ||
		    section_of(text, len, NULL) != SECTION_NONE ||
		    !has_lower(text, len) ||
		    (last == segs.n && heads_line(line, text, len, next)))
			heading_add(c, mark, text, len, line->no);
		else
			notes_add(c, line->text, (size_t)(end - line->text),
			    line->indent, line->no);
	} else {
		for (; i < last; i++) {
			if (c->has_items && segs.s[i].start < c->notes - 3 &&
			    segs.s[i].start < TITLE_FROM && c->title)
				title_add(
				    c, segs.s[i].text, segs.s[i].len, line->no);
			else
				notes_add(c, segs.s[i].text, segs.s[i].len,
				    segs.s[i].start, line->no);
		}
	}
	if (last < segs.n && c->far.n > 0)
		far_add(c, &segs.s[last], segs.n - last, line->no);
	else if (last < segs.n)
		margin_add(c, segs.s[last].text, segs.s[last].len, line->no);
}

size_t
columns_read(const struct paper *paper, size_t i, struct blocks *out)
{
	const struct paper_line *head = &paper->lines.items[i];
	struct columns c = { .out = out };
	struct segments segs;
	size_t j;

	if (columns_row(paper, i)) {
		segments_read(head, &segs);
		c.has_items = true;
		c.notes = segs.s[2].start;
		c.margin = c.notes + 32 > 66 ? c.notes + 32 : 66;
		i--;
		goto rows;
	}
	if (!columns_head(head))
		return i;
	segments_read(head, &segs);
	c.has_items = segs.n > 2;
	c.notes = segs.n > 2 ? segs.s[segs.n - 2].start : 0;
	c.margin = segs.s[segs.n - 1].start - 14;
	if (far_read(&segs, &c.far)) {
		if (!has_bare_notes(paper, i, &c.far))
			return i;
		c.has_items = segs.n > c.far.n + 1;
		c.notes = c.has_items ? c.far.notes : 0;
		c.margin = c.far.start[0] - FAR_SHIFT;
	} else if (c.margin < 40)
		c.margin = 40;
rows:
	for (j = i + 1; j < paper->lines.len; j++) {
		const struct paper_line *line = &paper->lines.items[j];

		if (line->skip)
			continue;
		if (line->len == 0) {
			/* a page may break inside a paragraph */
			if (j > i + 1 && !paper->lines.items[j - 1].skip &&
			    j + 1 < paper->lines.len &&
			    !paper->lines.items[j + 1].skip)
				c.gap = true;
			continue;
		}
		if (ends_columns(line) || begins_list(line))
			break;
		if (columns_head(line))
			continue;
		if (line->len > 400)
			break;
		add_columns_line(
		    &c, line, j + 1 < paper->lines.len ? line + 1 : NULL);
	}
	return j;
}
