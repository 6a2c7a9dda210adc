/* SPDX-License-Identifier: ISC */
/* What all parsers of deadline words share: looking at tokens. */
#include "core/words_grammar.h"

bool
says_word(const struct parse *p, enum word word)
{
	for (int i = 0; i < p->count; i++)
		if (is_word(p, i, word))
			return true;
	return false;
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
