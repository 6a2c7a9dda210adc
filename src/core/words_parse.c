/* SPDX-License-Identifier: ISC */
/* What all parsers of deadline words share: looking at tokens. */
#include "core/words_grammar.h"

#include <string.h>
#include <strings.h>

static const struct token no_token = { 0 };

const struct token *
token_at(const struct parse *p, int at)
{
	return at >= 0 && at < p->count ? &p->tokens[at] : &no_token;
}

bool
is_word(const struct parse *p, int at, enum word word)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_WORD && t->word == word;
}

bool
is_mark(const struct parse *p, int at, char mark)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_MARK && t->mark == mark;
}

bool
is_unit(const struct parse *p, int at, enum unit unit)
{
	return is_word(p, at, WORD_UNIT) && token_at(p, at)->value == (int)unit;
}

int
skip_word(const struct parse *p, int at, enum word word)
{
	return is_word(p, at, word) ? at + 1 : at;
}

int
skip_mark(const struct parse *p, int at, char mark)
{
	return is_mark(p, at, mark) ? at + 1 : at;
}

bool
is_text(const struct parse *p, int at, const char *text)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_WORD && strlen(text) == t->len &&
	       strncasecmp(p->text + t->start, text, t->len) == 0;
}

struct point
point_new(enum point_kind kind)
{
	return (struct point){ .kind = kind,
		.weekday = NO_WEEKDAY,
		.weekday2 = NO_WEEKDAY,
		.offset = OFFSET_NONE,
		.year_offset = OFFSET_NONE };
}

void
point_take_date(struct point *point, const struct point *date)
{
	point->day = date->day;
	point->month = date->month;
	point->year = date->year;
	point->weekday = date->weekday;
}

int
match_words(const struct parse *p, int at, const enum word *words)
{
	int n = 0;

	while (n < 5 && words[n] != WORD_OTHER) {
		if (!is_word(p, at + n, words[n]))
			return 0;
		n++;
	}
	return at + n;
}
