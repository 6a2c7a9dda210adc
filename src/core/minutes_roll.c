/* SPDX-License-Identifier: ISC */
/*
 * Where a list of people in a paper is over: at the first item, at what is
 * marked as an action or a decision, and where somebody does something.
 */
#include "core/minutes_blocks.h"

#include <string.h>

/* A list of people is over where somebody does something. */
static bool
is_told(const char *text, size_t len)
{
	static const char *const verbs[] = { "was", "were", "is", "are", "has",
		"have", "had", "agreed", "said", "reported", "noted", "will",
		"would", "asked", "discussed", "gave", "advised", "should",
		"be", "explained", "thanked", "welcomed", NULL };
	static const char *const people[] = { "apologies", "received from",
		"present", "in attendance", "public", "attended", "joined",
		"absent", "quorum", "quorate", NULL };

	if (text_starts(text, "resolved") || text_starts(text, "it was "))
		return true;
	if (len < 20 || has_any(text, len, people) ||
	    (text[len - 1] != '.' && len < 160))
		return false;
	return (text_words(text, len) >= 5 && has_any(text, len, verbs)) ||
	       (text_words(text, len) >= 7 && !memchr(text, ',', len));
}

/* The same without a blank line above: only a sentence that is too long for a
 * list. */
static bool
is_long_told(const char *text, size_t len)
{
	return len > 0 && text_is_upper(text[0]) && text[len - 1] == '.' &&
	       text_words(text, len) >= 20 && is_told(text, len);
}

/* Behind a blank line "Apologies: Ann Example" is over, unless more names
 * follow. */
static bool
is_no_list_of_people(const char *text, size_t len)
{
	struct toks toks;
	bool number;

	if (action_mark(text, len, &number) > 0 || text[0] == '#')
		return true;
	toks_read(&toks, text, len < 200 ? len : 200);
	if (len == 0 || name_at(&toks, 0) > 0 || memchr(text, '(', len))
		return false;
	return text[len - 1] == '.' || memchr(text, ':', len) ||
	       find_phrase(text, len, "to");
}

/* "No   Item   Action by   Action date", though no table stands below. */
static bool
are_column_heads(const struct paper_line *line)
{
	struct segments segs;
	size_t known = 0;

	if (line->len > 250)
		return false;
	segments_read(line, &segs);
	for (size_t i = 0; i < segs.n; i++)
		known +=
		    column_of(segs.s[i].text, segs.s[i].len) != COLUMN_OTHER;
	return known >= 3;
}

static bool
is_in_roll(const struct reader *r)
{
	return r->section == SECTION_PRESENT || r->section == SECTION_APOLOGIES;
}

bool
roll_is_told(const struct reader *r, const struct paper_line *line,
    const char *text, size_t len)
{
	if (!is_in_roll(r))
		return false;
	return r->gap
		   ? is_told(text, len) || are_column_heads(line) ||
			 (r->section_inline && is_no_list_of_people(text, len))
		   : is_long_told(text, len);
}

static bool
begins_with_name(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len < 200 ? len : 200);
	return name_at(&toks, 0) > 0;
}

/* "ACTION: ...", "AP1 - ...", "Resolved that ...": no person is called so. */
static bool
is_marked(const char *text, size_t len)
{
	static const char *const decided[] = { "resolved that ",
		"resolved:", "resolved to ", "resolved - ",
		"agreed:", "agreed that ",
		"decision:", "decided:", "recommendation:", NULL };
	bool number;

	return (action_mark(text, len, &number) > 0 &&
		   !begins_with_name(text, len)) ||
	       starts_any(text, decided);
}

/* Does a person with a number stand on the next line that is not empty? */
static bool
is_numbered_below(const struct reader *r, size_t i)
{
	for (size_t k = i + 1; k < r->paper->lines.len; k++) {
		const struct paper_line *line = &r->paper->lines.items[k];
		char mark[24];
		bool bullet;
		size_t used;

		if (line->len == 0 || line->skip)
			continue;
		used = marker_at(line->text, line->len, mark, &bullet);
		return used > 0 && !bullet && text_is_digit(mark[0]) &&
		       begins_with_name(line->text + used, line->len - used);
	}
	return false;
}

/* "1. Risk register" below people without numbers, or below the last of those
 * that have some. */
static bool
is_first_item(const struct reader *r, size_t i, const char *text, size_t len,
    const char *mark)
{
	const struct block *last;
	bool named = begins_with_name(text, len);

	if (!text_is_digit(mark[0]) || r->out->list.len == 0 ||
	    section_of(text, len, NULL) != SECTION_NONE)
		return false;
	last = &r->out->list.items[r->out->list.len - 1];
	if (last->kind == BLOCK_HEADING || last->section != r->section)
		return false;
	if (text_is_digit(last->mark[0]))
		return !named && r->gap && strcmp(mark, "1") == 0;
	return named ? r->gap && !is_numbered_below(r, i)
		     : r->gap || !is_numbered_below(r, i);
}

bool
roll_ends(const struct reader *r, size_t i, const char *text, size_t len,
    const char *mark)
{
	return is_in_roll(r) && len > 0 &&
	       (is_marked(text, len) || is_first_item(r, i, text, len, mark));
}
