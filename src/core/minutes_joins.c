/* SPDX-License-Identifier: ISC */
/*
 * Which lines of a paper belong together: what was broken at the margin, goes
 * on in brackets, or is labelled as part of the action above.
 */
#include "core/minutes_blocks.h"

#include <string.h>

size_t
text_columns(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

bool
reader_was_full(const struct reader *r, const struct paper_line *prev,
    const struct paper_line *line)
{
	size_t word = 0, width;

	if (r->paper->wrap == 0)
		return false;
	while (word < line->len && !text_is_space(line->text[word]))
		word++;
	width = (size_t)prev->indent + text_columns(prev->text, prev->len) + 1 +
		text_columns(line->text, word);
	return width + 6 > (size_t)r->paper->wrap;
}

/* A line that breaks inside brackets, or behind a word that never ends a
 * sentence. */
static bool
is_unfinished(const struct block *b)
{
	static const char *const words[] = { "and", "the", "of", "to", "for",
		"a", "an", "with", "or", "that", "by", "from", NULL };
	const char *text = b->text;
	size_t n = b->length, from = n > 400 ? n - 400 : 0, word;
	int open = 0;

	for (size_t i = from; i < n; i++) {
		open += text[i] == '[';
		open -= text[i] == ']' && open > 0;
	}
	if (open > 0)
		return true;
	for (word = n; word > 0 && text_is_alnum(text[word - 1]); word--)
		;
	return word > 0 && same_any(text + word, n - word, words);
}

bool
reader_field_below(const struct reader *r, const struct paper_line *line,
    const char *text, size_t len, bool bullet)
{
	const struct block *open = r->open;
	size_t used;
	enum column field = field_at(text, len, &used);
	bool number, action;

	if (field == COLUMN_OTHER || used >= len || !open ||
	    open->kind == BLOCK_HEADING || open->kind == BLOCK_ROW ||
	    (bullet && line->indent <= open->indent))
		return false;
	action = open->section == SECTION_ACTIONS ||
		 open->section == SECTION_ONE_ACTION ||
		 action_mark(open->text, open->length, &number) > 0;
	return action || (!r->gap && !bullet && field != COLUMN_STATUS);
}

/* "RESOLVED:" and its like begin a paragraph behind a full stop. */
static bool
begins_decision(const struct block *open, const struct paper_line *line)
{
	static const char *const words[] = { "resolved", "it was resolved",
		"agreed:", "agreed -", "agreed that",
		"decision:", "recommended:", NULL };
	char last = open->length > 0 ? open->text[open->length - 1] : '.';

	if (!strchr(".;:?!", last) || !text_is_upper(line->text[0]))
		return false;
	return starts_any(line->text, words);
}

/* "Where: the hall", "Bob and Carol: the tickets": lines like it do not run
 * on. */
static bool
begins_label(const char *text, size_t len)
{
	size_t n = name_label_at(text, len);

	return n > 1 && text_is_space(text[n + 1]);
}

/* "... to the school. Action: Clerk" is the end of it. */
static bool
ends_in_mark(const struct block *open, const struct paper_line *line)
{
	size_t from = open->length > 40 ? open->length - 40 : 0, blanks = 0;
	const char *at =
	    find_phrase(open->text + from, open->length - from, "action:");

	if (!at || !text_is_upper(line->text[0]))
		return false;
	at += 7;
	while (text_is_space(*at))
		at++;
	for (; *at; at++) {
		if (text_is_space(*at) && !text_is_upper(at[1]) &&
		    at[1] != '/' && at[1] != '&' && !text_starts(at, " and "))
			return false;
		blanks += text_is_space(*at);
	}
	return blanks < 4;
}

bool
reader_continues(
    const struct reader *r, const struct paper_line *line, bool marked)
{
	char first = line->text[0];
	bool number;

	if (!r->open || !r->prev || r->gap || marked || line->hashes ||
	    r->open->kind == BLOCK_ROW)
		return false;
	if (r->section == SECTION_ACTIONS && r->prev->len < 30 &&
	    r->prev->text[r->prev->len - 1] == ':')
		return false; /* "Ann:" and what she does below */
	if (action_mark(line->text, line->len, &number) > 0 ||
	    begins_decision(r->open, line) || ends_in_mark(r->open, line) ||
	    (code_at(line->text, line->len) > 0 &&
		code_at(r->open->text, r->open->length) > 0) ||
	    (begins_label(line->text, line->len) &&
		begins_label(r->open->text, r->open->length)))
		return false;
	if (r->open->kind != BLOCK_HEADING && is_unfinished(r->open))
		return true;
	if (r->open->kind == BLOCK_HEADING)
		return r->open->bold && line->bold && text_is_lower(first);
	if (section_of(line->text, line->len, NULL) != SECTION_NONE &&
	    !text_is_lower(first))
		return false;
	if (r->open->kind == BLOCK_ITEM && line->indent > r->open->indent)
		return true;
	if (r->section == SECTION_PRESENT || r->section == SECTION_APOLOGIES)
		return r->prev->text[r->prev->len - 1] == ',' &&
		       reader_was_full(r, r->prev, line);
	if (text_is_lower(first))
		return true;
	return reader_was_full(r, r->prev, line);
}
