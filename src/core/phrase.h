/* SPDX-License-Identifier: ISC */
/*
 * A short text of the config ("3 working days before") as lower-case words,
 * with what its grammars share: numbers in digits and words, units of days,
 * and the message for a word that was not understood.
 */
#ifndef NUDGED_CORE_PHRASE_H
#define NUDGED_CORE_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define PHRASE_WORDS 16
#define PHRASE_WORD_MAX 24

/* The text as words; at is the one to be read next. */
struct phrase {
	const char *text; /* as it was given, borrowed, for messages */
	char words[PHRASE_WORDS][PHRASE_WORD_MAX];
	size_t len, at;
};

/* Splits at blanks, at hyphens inside words, and between digits and letters
 * ("10s"). -1 with *err when there are no words or too many. */
int phrase_init(struct phrase *p, const char *text, struct err *err);

/* The next word, "" at the end. */
const char *phrase_peek(const struct phrase *p);
bool phrase_at_end(const struct phrase *p);

/* Goes past the next word when it is this one, or one of these. */
bool phrase_take(struct phrase *p, const char *word);
bool phrase_take_any(struct phrase *p, const char *const *words, size_t count);

#define PHRASE_TAKE_ANY(p, ...)                                  \
	phrase_take_any(p, (const char *const[]){ __VA_ARGS__ }, \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

/* A number: "14", "fourteen", "twenty-one", "a". 1 and *out, 0 when there is
 * none, -1 when it is absurdly large. */
int phrase_number(struct phrase *p, int64_t *out);

/* "days", "weeks", "fortnight", "working days": how many days one is. */
bool phrase_day_unit(struct phrase *p, int *days, bool *workdays);

/* Says which word was not understood, what it may have meant, else gives the
 * examples. Always returns -1. */
int phrase_unclear(
    const struct phrase *p, const char *examples, struct err *err);

#endif
