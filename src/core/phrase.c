/* SPDX-License-Identifier: ISC */
/* Short texts as words, numbers and units of days; see phrase.h. */
#include "core/phrase.h"

#include <ctype.h>
#include <string.h>

#include "core/near.h"

#define COUNTOF(a) (sizeof(a) / sizeof *(a))

/* What the grammar knows, to find what a misspelt word may mean. */
static const char *const KNOWN[] = { "before", "after", "working", "days",
	"day", "week", "weeks", "every", "meeting", "review", "assignment",
	"fortnight", "slips", "slip", "monday", "tuesday", "wednesday",
	"thursday", "friday", "saturday", "sunday", "weekly", "daily",
	"fortnightly", "overdue", "hour", "hours", "minute", "minutes",
	"second", "seconds" };

static const char *const SMALL[] = { "zero", "one", "two", "three", "four",
	"five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
	"nineteen" };
static const char *const TENS[] = { "twenty", "thirty", "forty", "fifty",
	"sixty", "seventy", "eighty", "ninety" };

/* Splits at blanks and hyphens and between digits and letters ("10s"). */
int
phrase_init(struct phrase *lx, const char *text, struct err *err)
{
	const char *p = text;

	*lx = (struct phrase){ .text = text };
	for (;;) {
		size_t n = 0;
		bool digits;

		while (isspace((unsigned char)*p))
			p++;
		/* Only a hyphen inside a word joins: "-5 days" is no rule. */
		if (*p == '-' && p > text && isalnum((unsigned char)p[-1]) &&
		    isalpha((unsigned char)p[1]))
			p++;
		if (*p == '\0' || (*p == '.' && p[1] == '\0'))
			break;
		if (lx->len == PHRASE_WORDS)
			return err_set(
			    err, ERR_INPUT, "\"%.60s…\" is too long", text);
		digits = isdigit((unsigned char)*p) != 0;
		for (; *p != '\0' && !isspace((unsigned char)*p); p++) {
			if (*p == '.' && p[1] == '\0')
				break;
			if (*p == '-' && n > 0)
				break;
			if ((isdigit((unsigned char)*p) != 0) != digits)
				break;
			/* A number that long is too large anyway. */
			if (n == PHRASE_WORD_MAX - 1 && digits)
				continue;
			if (n == PHRASE_WORD_MAX - 1)
				return err_set(err, ERR_INPUT,
				    "do not understand \"%.60s\"", text);
			lx->words[lx->len][n++] =
			    (char)tolower((unsigned char)*p);
		}
		lx->words[lx->len++][n] = '\0';
	}
	if (lx->len == 0)
		return err_set(err, ERR_INPUT, "is empty");
	return 0;
}

const char *
phrase_peek(const struct phrase *lx)
{
	return lx->at < lx->len ? lx->words[lx->at] : "";
}

bool
phrase_take(struct phrase *lx, const char *word)
{
	if (strcmp(phrase_peek(lx), word) != 0)
		return false;
	lx->at++;
	return true;
}

bool
phrase_take_any(struct phrase *lx, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (phrase_take(lx, words[i]))
			return true;
	return false;
}

bool
phrase_at_end(const struct phrase *lx)
{
	return lx->at == lx->len;
}

/* A number in digits or words; 1 and *out, 0 when there is none, or -1 when it
 * is absurdly large. */
int
phrase_number(struct phrase *lx, int64_t *out)
{
	const char *word = phrase_peek(lx);

	if (isdigit((unsigned char)word[0])) {
		int64_t n = 0;

		for (const char *p = word; *p; p++) {
			if (n > INT64_MAX / 100)
				return -1;
			n = n * 10 + (*p - '0');
		}
		lx->at++;
		*out = n;
		return 1;
	}
	for (size_t i = 0; i < COUNTOF(SMALL); i++)
		if (phrase_take(lx, SMALL[i])) {
			*out = (int64_t)i;
			return 1;
		}
	for (size_t i = 0; i < COUNTOF(TENS); i++) {
		if (!phrase_take(lx, TENS[i]))
			continue;
		*out = (int64_t)(i + 2) * 10;
		for (size_t k = 1; k < 10; k++)
			if (phrase_take(lx, SMALL[k]))
				*out += (int64_t)k;
		return 1;
	}
	if (PHRASE_TAKE_ANY(lx, "a", "an")) {
		*out = 1;
		return 1;
	}
	return 0;
}

/* Says which word was not understood, and what it may have meant. */
int
phrase_unclear(const struct phrase *lx, const char *examples, struct err *err)
{
	const char *word = phrase_peek(lx), *near;

	if (*word == '\0')
		return err_set(err, ERR_INPUT,
		    "\"%s\" stops short; write for example %s", lx->text,
		    examples);
	near = near_find(word, KNOWN, COUNTOF(KNOWN));
	if (near != NULL && strcmp(near, word) != 0)
		return err_set(err, ERR_INPUT,
		    "do not understand \"%s\" in \"%s\", did you mean \"%s\"?",
		    word, lx->text, near);
	return err_set(err, ERR_INPUT,
	    "do not understand \"%s\" in \"%s\"; write for example %s", word,
	    lx->text, examples);
}

bool
phrase_day_unit(struct phrase *lx, int *days, bool *workdays)
{
	size_t was = lx->at;

	*workdays = false;
	if (PHRASE_TAKE_ANY(lx, "working", "business", "work")) {
		*workdays = true;
		*days = 1;
		if (PHRASE_TAKE_ANY(lx, "day", "days"))
			return true;
		lx->at = was;
		return false;
	}
	if (PHRASE_TAKE_ANY(lx, "workday", "workdays", "wd")) {
		*workdays = true;
		*days = 1;
		return true;
	}
	(void)phrase_take(lx, "calendar");
	if (PHRASE_TAKE_ANY(lx, "day", "days", "d"))
		*days = 1;
	else if (PHRASE_TAKE_ANY(lx, "week", "weeks", "wk", "wks", "w"))
		*days = 7;
	else if (PHRASE_TAKE_ANY(lx, "fortnight", "fortnights"))
		*days = 14;
	else {
		lx->at = was;
		return false;
	}
	return true;
}
