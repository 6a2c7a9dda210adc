/* SPDX-License-Identifier: ISC */
/*
 * Notes with "ACTION:" at the right of some lines, each time anew, and below it
 * who acts, or with nothing but initials there: what stands there is taken off
 * the lines, into margins of their blocks.
 */
#include "core/minutes_blocks.h"
#include "core/minutes_lines.h"
#include "core/minutes_marks.h"

#include <stdlib.h>
#include <string.h>

enum {
	MARK_FROM = 50,
	GAP = 2,
	SHIFT = 2,
	WIDE = 30,
	MARKS_MIN = 2,
	MARGIN_LONG = 200,
	EXPLAINED = 200
};

/* "ACTION:", "Action: VN", "ACTION BY": the bytes of the mark at the beginning
 * of a text, 0 for none. */
static size_t
mark_at(const char *text, size_t len)
{
	bool on;
	size_t n = action_words(text, len, &on);

	if (n < len)
		return n > 0 && text[n] == ':' ? n + 1 : 0;
	return text_starts(text, "action") ? n : 0;
}

/* The last thing on a line, where it stands far to the right of the others, or
 * alone; false where there is none. */
static bool
last_segment(const struct paper_line *line, struct segment *out, size_t *before)
{
	struct segments segs;

	if (line->len == 0 || line->len > 250 || line->skip || line->front ||
	    memchr(line->text, '|', line->len))
		return false;
	segments_read(line, &segs);
	if (segs.n == 0)
		return false;
	*out = segs.s[segs.n - 1];
	*before = segs.n > 1 ? (size_t)(segs.s[segs.n - 2].text +
					segs.s[segs.n - 2].len - line->text)
			     : 0;
	return out->start >= MARK_FROM && out->len <= WIDE &&
	       (segs.n == 1 || out->start - segs.s[segs.n - 2].end >= GAP);
}

/* The column where such marks stand under each other, or one with something
 * below it; 0: they do not. A head of a column is none of them. */
static int
marks_column(const struct paper *paper)
{
	int column = 0;
	size_t n = 0;
	bool below = false;

	VEC_EACH (const struct paper_line, line, &paper->lines) {
		struct segment s;
		size_t before;

		if (n == 0 && (columns_head(line) || trail_heads(line) > 0))
			return 0;
		if (!last_segment(line, &s, &before)) {
			below = false;
			continue;
		}
		n += below && abs(s.start - column) <= SHIFT;
		below = before > 0 && mark_at(s.text, s.len) > 0;
		if (!below)
			continue;
		if (column > 0 && abs(s.start - column) > SHIFT)
			return 0;
		column = column == 0 || s.start < column ? s.start : column;
		n++;
	}
	return n >= MARKS_MIN ? column : 0;
}

/* Does the paper explain initials where it begins, "Ann O'Dell (AO'D)"? */
static bool
is_explained(const struct paper *paper, const char *text, size_t len)
{
	for (size_t i = 0; i < paper->lines.len && i < EXPLAINED; i++) {
		const struct paper_line *line = &paper->lines.items[i];
		const char *end = line->text + line->len, *at = line->text;

		while ((at = memchr(at, '(', (size_t)(end - at)))) {
			at++;
			if ((size_t)(end - at) > len &&
			    memcmp(at, text, len) == 0 && at[len] == ')')
				return true;
		}
	}
	return false;
}

/* "MJ", "AO'D/CJ", "MJ & All": initials that the paper explains, and nothing
 * else. */
static bool
are_initials(const struct paper *paper, const char *text, size_t len)
{
	bool any = false;
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		n = 1;
		if (strchr(" /,&+", text[i]))
			continue;
		while (i + n < len && !strchr(" /,&+", text[i + n]))
			n++;
		if (text_same_n(text + i, n, "all") ||
		    text_same_n(text + i, n, "and"))
			continue;
		if (n > 7 || !text_is_upper(text[i]) ||
		    !is_explained(paper, text + i, n))
			return false;
		any = true;
	}
	return any;
}

/* The column where such initials stand at the right of lines, with no mark or
 * head; 0: they do not. Where much stands there, it is a column of its own. */
static int
initials_column(const struct paper *paper)
{
	int column = 0;
	size_t n = 0, others = 0;

	VEC_EACH (const struct paper_line, line, &paper->lines) {
		struct segment s;
		size_t before;

		if (columns_head(line) || trail_heads(line) > 0)
			return 0;
		if (!last_segment(line, &s, &before) || before == 0)
			continue;
		if (!are_initials(paper, s.text, s.len)) {
			others++;
			continue;
		}
		if (column > 0 && abs(s.start - column) > SHIFT)
			return 0;
		column = column == 0 || s.start < column ? s.start : column;
		n++;
	}
	return n >= MARKS_MIN && others <= n ? column : 0;
}

static void
initials_read(struct paper *paper, int column)
{
	VEC_EACH (struct paper_line, line, &paper->lines) {
		struct segment s;
		size_t before;

		if (!last_segment(line, &s, &before) || before == 0 ||
		    s.start < column - SHIFT ||
		    !are_initials(paper, s.text, s.len))
			continue;
		line->beside = s.text;
		line->beside_len = (unsigned)s.len;
		line->beside_mark = line->beside_who = true;
		line->len = (unsigned)before;
		paper->text[(size_t)(line->text - paper->text) + before] = '\0';
	}
}

void
beside_read(struct paper *paper)
{
	int column = marks_column(paper), initials;
	bool below = false; /* a mark stands above, nothing between */

	if (column == 0 && (initials = initials_column(paper)) > 0)
		initials_read(paper, initials);
	VEC_EACH (struct paper_line, line, &paper->lines) {
		struct segment s;
		size_t before, mark;
		bool has;

		if (column == 0)
			return;
		has = last_segment(line, &s, &before) &&
		      s.start >= column - SHIFT;
		mark = has ? mark_at(s.text, s.len) : 0;
		below = has && (below || mark > 0);
		if (!below)
			continue;
		s.text += mark;
		s.len -= mark;
		trim_span(&s.text, &s.len);
		line->beside = s.text;
		line->beside_len = (unsigned)s.len;
		line->beside_mark = mark > 0;
		if (before == 0) {
			line->skip = true;
			continue;
		}
		line->len = (unsigned)before;
		paper->text[(size_t)(line->text - paper->text) + before] = '\0';
	}
}

void
beside_add(struct reader *r, const struct paper_line *line)
{
	struct blocks *out = r->out;
	struct block_margin *m;
	struct block *b;

	if (!line->beside)
		return;
	if (line->beside_mark)
		r->beside = out->list.len;
	if (r->beside == 0)
		return;
	b = &out->list.items[r->beside - 1];
	if (line->beside_mark) {
		m = vec_push(&b->margins);
		m->text = xstrndup(line->beside, line->beside_len);
		m->first = line->no;
	} else {
		char *old;

		m = &b->margins.items[b->margins.len - 1];
		old = m->text;
		if (strlen(old) > MARGIN_LONG)
			return;
		m->text = xasprintf("%s%s%.*s", old, *old ? "\n" : "",
		    (int)line->beside_len, line->beside);
		free(old);
	}
	m->last = line->no;
}
