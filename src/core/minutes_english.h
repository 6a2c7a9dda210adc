/* SPDX-License-Identifier: ISC */
/*
 * The language of minutes: tokens, phrases and sentences of a text, and which
 * words are verbs.
 *
 * A text and its len are borrowed and need no NUL at text + len, but one must
 * stand somewhere behind: they are spans of a line's or block's text. What a
 * function returns as const char * points into the text it was given, or is a
 * static word, unless it says otherwise. Words and phrases to look for are
 * given in small letters and match any case; lists of them end with NULL.
 */
#ifndef NUDGED_CORE_MINUTES_ENGLISH_H
#define NUDGED_CORE_MINUTES_ENGLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- tokens, phrases, sentences: minutes_english.c ---- */

struct tok {
	const char *at;
	unsigned len;
	char kind;  /* 'w' word, 'n' number, 'p' other */
	bool cap;   /* begins with a capital */
	bool upper; /* two or more letters, all capitals */
};

#define TOKS_MAX 200

struct toks {
	struct tok t[TOKS_MAX];
	size_t n;
};

/* The tokens of a text, up to TOKS_MAX; they point into it. */
void toks_read(struct toks *toks, const char *text, size_t len);
/* Is a token this word, or one of a list? */
bool tok_is(const struct tok *t, const char *word);
bool tok_in(const struct tok *t, const char *const *list);

/* Do the tokens from i on read as the phrase (words separated by spaces)?
 * Returns their number, 0 when not. */
size_t toks_match(const struct toks *toks, size_t i, const char *phrase);

/* The first place of a phrase in a text, at word boundaries; NULL: none. */
const char *find_phrase(const char *text, size_t len, const char *phrase);
bool has_phrase(const char *text, const char *phrase);

/* Does any of the phrases stand in a text? */
bool has_any(const char *text, size_t len, const char *const *phrases);
/* The first of the list (not of the text) that does, its bytes in *n; NULL:
 * none, *n is untouched. */
const char *find_any(
    const char *text, size_t len, const char *const *phrases, size_t *n);
/* The bytes before the one that stands foremost; len: none. */
size_t before_any(const char *text, size_t len, const char *const *phrases);

/* Does a text begin with any of a list, word boundary or not; is it one? */
bool starts_any(const char *text, const char *const *list);
bool same_any(const char *text, size_t len, const char *const *list);

bool has_lower(const char *text, size_t len); /* a letter a to z */

/* The next sentence from *at on; returns its length, 0 at the end, and moves
 * *at to its first byte. */
size_t sentence_next(const char *text, size_t len, size_t *at);

/* Bytes of a dash (hyphen, en, em, minus), a quotation mark or a bullet at the
 * beginning of a text; 0: none. */
size_t dash_at(const char *text);
size_t quote_at(const char *text);
size_t bullet_at(const char *text);

/* Moves *text and *len to the text without blanks and stray punctuation at its
 * ends. */
void trim_span(const char **text, size_t *len);
char *trimmed(const char *text, size_t len); /* a copy of that, owned */

/* A hash of a text, letters in any case, blanks left out. */
uint64_t hash_fold(const char *text, size_t len, uint64_t seed);

/* ---- verbs: minutes_verbs.c ---- */

/* Is it a verb in its plain form that a person can be charged with? */
bool is_doing_verb(const struct tok *t);
bool is_participle(const struct tok *t); /* "reviewed", "sent" */
/* Is it a word like "the", "of", "will", that no name or title is? */
bool is_small_word(const char *text, size_t len);

#endif
