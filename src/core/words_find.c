/* SPDX-License-Identifier: ISC */
/*
 * Deadline words in running text: of all that a text says about when, the span
 * that is a deadline, and not a past event, a quantity or a time of day. No
 * calendar is known here; tense is read from the words around.
 */
#include "core/words.h"

#include "core/words_grammar.h"

int
words_find(const char *text, size_t text_len, size_t *start, size_t *len)
{
	struct token tokens[TOKENS_MAX];
	struct mention mentions[MENTIONS_MAX];
	struct parse p = { .text = text, .tokens = tokens };
	size_t n, best = 0;
	int best_weight = 0;

	p.count = (int)lex(text, text_len, tokens);
	n = collect_mentions(&p, mentions);
	for (size_t i = 0; i < n; i++) {
		int weight = mention_weight(&mentions[i]);

		if (weight > best_weight) {
			best_weight = weight;
			best = i;
		}
	}
	if (best_weight < 5)
		return 0;
	*start = tokens[mentions[best].from].start;
	*len = tokens[mentions[best].to - 1].start +
	       tokens[mentions[best].to - 1].len - *start;
	return 1;
}
