/* SPDX-License-Identifier: ISC */
/*
 * Which series a name in running words means: by code, by title or alias in
 * whole or in part, by the initials of the words, or, for "the Board" and
 * "this group", the series whose deadline it is.
 */
#include "core/words_grammar.h"

#include <string.h>
#include <strings.h>

#define NAME_TOKENS 32

const struct words_series *
series_own(const struct words_env *env)
{
	for (size_t i = 0; i < env->nseries; i++)
		if (env->series[i].id == env->own_series)
			return &env->series[i];
	return NULL;
}

/* Words that say nothing about which body is meant. */
static bool
is_filler(const struct token *t)
{
	return t->kind != TOKEN_WORD || t->word == WORD_AND ||
	       t->word == WORD_OF || t->word == WORD_FOR ||
	       t->word == WORD_THE || t->word == WORD_MEETING ||
	       t->word == WORD_THIS || t->word == WORD_CONSECUTIVE;
}

static bool
same_word(const char *a, size_t a_len, const char *b, size_t b_len)
{
	return a_len == b_len && strncasecmp(a, b, a_len) == 0;
}

/* Whether the title has the word among its own. */
static bool
title_has(const char *title, const char *word, size_t len)
{
	for (const char *at = title; *at != '\0';) {
		size_t n = strcspn(at, " ,&/-()");

		if (n > 0 && same_word(at, n, word, len))
			return true;
		at += n;
		at += strspn(at, " ,&/-()");
	}
	return false;
}

static bool
title_is_filler(const char *word, size_t n)
{
	static const char *const fillers[] = { "and", "of", "for", "the",
		"meeting", "meetings" };

	for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
		if (same_word(word, n, fillers[i], strlen(fillers[i])))
			return true;
	return n == 0;
}

/* How many words of a title say something. */
static int
title_words(const char *title)
{
	int count = 0;

	for (const char *at = title; *at != '\0';) {
		size_t n = strcspn(at, " ,&/-()");

		count += !title_is_filler(at, n);
		at += n;
		at += strspn(at, " ,&/-()");
	}
	return count;
}

/* Bodies that are seldom one's own: "report to Cabinet", "at the AGM". */
static bool
is_particular(const char *word, size_t len)
{
	static const char *const bodies[] = { "agm", "egm", "cabinet",
		"council", "executive", "assembly" };

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
		if (same_word(word, len, bodies[i], strlen(bodies[i])))
			return true;
	return false;
}

/* A name's words, without the fillers. */
struct name {
	const char *word[NAME_TOKENS];
	size_t len[NAME_TOKENS];
	bool body[NAME_TOKENS]; /* board, committee */
	int count;
	int specific; /* those that are no body words */
};

static void
name_read(const struct parse *p, int from, int to, struct name *out)
{
	*out = (struct name){ 0 };
	for (int i = from; i < to && out->count < NAME_TOKENS; i++) {
		const struct token *t = token_at(p, i);

		if (is_filler(t))
			continue;
		out->word[out->count] = p->text + t->start;
		out->len[out->count] = t->len;
		out->body[out->count] = t->word == WORD_BODY;
		out->specific += t->word != WORD_BODY ||
				 is_particular(p->text + t->start, t->len);
		out->count++;
	}
}

/* "Police and Crime Panel" for PCP. */
static bool
initials_are(const struct name *name, const char *code)
{
	size_t n = strlen(code);

	if (n < 2 || n != (size_t)name->count)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strncasecmp(name->word[i], code + i, 1) != 0)
			return false;
	return true;
}

/* "AUDIT" for "the Audit Committee". */
static bool
code_in_name(const struct name *name, const char *code)
{
	for (int i = 0; i < name->count; i++)
		if (same_word(name->word[i], name->len[i], code, strlen(code)))
			return name->specific == 1 || name->count == 1;
	return false;
}

/*
 * How well a title fits: 0 not at all, else more the fewer of its words are
 * left over. Every word of the name must be in it; "the" body words may be
 * missing from it ("the Working Together Group").
 */
static int
title_score(const struct name *name, const char *title)
{
	int found = 0, words = title_words(title);

	if (name->count == 0)
		return 0;
	for (int i = 0; i < name->count; i++) {
		if (title_has(title, name->word[i], name->len[i]))
			found++;
		else if (!name->body[i] ||
			 is_particular(name->word[i], name->len[i]))
			return 0;
	}
	if (found == 0)
		return 0;
	return 1 + found * 100 / (words > 0 ? words : 1);
}

static int
series_score(const struct name *name, const struct words_series *series)
{
	int best = 0, score;

	if (series->code != NULL && (initials_are(name, series->code) ||
					code_in_name(name, series->code)))
		return 1000;
	if (series->title != NULL)
		best = title_score(name, series->title);
	for (size_t i = 0; i < series->naliases; i++) {
		score = title_score(name, series->aliases[i]);
		if (score > best)
			best = score;
	}
	return best;
}

const struct words_series *
series_named(const struct parse *p, int name, int name_end)
{
	const struct words_env *env = p->env;
	const struct words_series *own = series_own(env), *best = NULL;
	struct name words;
	int best_score = 0;

	name_read(p, name, name_end, &words);
	if (words.count == 0)
		return own;
	/* "the Board" in the Board's own minutes is no other board. */
	if (words.specific == 0 && own != NULL &&
	    (series_score(&words, own) > 0 || env->nseries == 1))
		return own;
	for (size_t i = 0; i < env->nseries; i++) {
		int score = series_score(&words, &env->series[i]);

		if (score > best_score ||
		    (score == best_score && &env->series[i] == own)) {
			best_score = score;
			best = score > 0 ? &env->series[i] : best;
		}
	}
	if (best == NULL && words.specific == 0)
		return own;
	return best;
}

/* Matches a spelled name against the text at a token, word by word. */
static int
spelled_at(const struct parse *p, int at, const char *title)
{
	int end = at;
	const char *c = title;

	while (*c != '\0') {
		size_t n = strcspn(c, " ,&/-()");

		if (n > 0) {
			const struct token *t;

			while (token_at(p, end)->kind == TOKEN_MARK)
				end++;
			t = token_at(p, end);
			if (!same_word(p->text + t->start, t->len, c, n))
				return 0;
			end++;
		}
		c += n;
		c += strspn(c, " ,&/-()");
	}
	return end > at ? end : 0;
}

int
series_spelled(const struct parse *p, int at)
{
	int best = 0;

	if (p->env == NULL || token_at(p, at)->kind != TOKEN_WORD)
		return 0;
	for (size_t i = 0; i < p->env->nseries; i++) {
		const struct words_series *s = &p->env->series[i];
		int end = 0;

		/* A code in lower case might be any word: "at" for AT. */
		if (s->code != NULL && token_at(p, at)->capital)
			end = spelled_at(p, at, s->code);
		if (end > best)
			best = end;
		if (s->title != NULL &&
		    (end = spelled_at(p, at, s->title)) > best)
			best = end;
		for (size_t a = 0; a < s->naliases; a++)
			if ((end = spelled_at(p, at, s->aliases[a])) > best)
				best = end;
	}
	return best;
}
