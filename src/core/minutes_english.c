/* SPDX-License-Identifier: ISC */
/*
 * A little English for the minutes reader: tokens, phrases, lists, sentences.
 * Words only; what they mean in a paper is decided elsewhere.
 */
#include "core/minutes_english.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/text.h"

size_t
dash_at(const char *text)
{
	if (*text == '-')
		return 1;
	if (strncmp(text, "\342\200", 2) == 0 &&
	    (unsigned char)text[2] >= 0x90 && (unsigned char)text[2] <= 0x95)
		return 3;
	return strncmp(text, "\342\210\222", 3) == 0 ? 3 : 0;
}

size_t
quote_at(const char *text)
{
	if (*text == '"' || *text == '\'')
		return 1;
	if (strncmp(text, "\342\200", 2) == 0 &&
	    (unsigned char)text[2] >= 0x98 && (unsigned char)text[2] <= 0x9f)
		return 3;
	return 0;
}

size_t
bullet_at(const char *text)
{
	if (strncmp(text, "\342\200\242", 3) == 0 ||
	    strncmp(text, "\342\227\217", 3) == 0)
		return 3;
	return *text == '*' || *text == '+' ? 1 : 0;
}

static bool
is_apostrophe(const char *text)
{
	return *text == '\'' || strncmp(text, "\342\200\231", 3) == 0 ||
	       strncmp(text, "\342\200\230", 3) == 0;
}

/* Bytes of a letter at text, 0 when it is none; punctuation beyond ASCII is
 * in the blocks U+2000 to U+2BFF and below U+00C0. */
static size_t
letter_at(const char *text)
{
	unsigned char c = (unsigned char)*text;

	if (text_is_letter(*text))
		return 1;
	if (c < 0xc3 || c == 0xe2)
		return 0;
	if (c < 0xe0)
		return 2;
	return c < 0xf0 ? 3 : 4;
}

static bool
is_capital(const char *text)
{
	unsigned char c = (unsigned char)text[0], d = (unsigned char)text[1];

	if (text_is_upper(*text))
		return true;
	return (c == 0xc3 && d >= 0x80 && d <= 0x9e && d != 0x97) ||
	       (c == 0xd0 && d >= 0x81 && d <= 0xaf);
}

/* A word may hold apostrophes, hyphens, an ampersand between capitals. */
static size_t
word_length(const char *text, size_t len)
{
	size_t i = 0, n;

	while (i < len) {
		if (text_is_digit(text[i]) || (n = letter_at(text + i)) > 0) {
			i += text_is_digit(text[i]) ? 1 : letter_at(text + i);
		} else if (i > 0 && is_apostrophe(text + i)) {
			n = text[i] == '\'' ? 1 : 3;
			if (i + n >= len || !letter_at(text + i + n))
				break;
			i += n;
		} else if (i > 0 && (text[i] == '-' || text[i] == '&') &&
			   i + 1 < len && letter_at(text + i + 1)) {
			i++;
		} else {
			break;
		}
	}
	return i < len ? i : len;
}

/* Callers bound what they look at by bytes: not in the middle of a character,
 * which would then stand cut in a name. */
static size_t
whole_characters(const char *text, size_t len)
{
	size_t i = len, need = 1;
	unsigned char lead;

	while (
	    i > 0 && len - i < 3 && ((unsigned char)text[i - 1] & 0xC0) == 0x80)
		i--;
	if (i == 0)
		return len;
	lead = (unsigned char)text[i - 1];
	if (lead >= 0xF0)
		need = 4;
	else if (lead >= 0xE0)
		need = 3;
	else if (lead >= 0xC0)
		need = 2;
	return len - (i - 1) < need ? i - 1 : len;
}

void
toks_read(struct toks *toks, const char *text, size_t len)
{
	size_t i = 0;

	len = whole_characters(text, len);
	toks->n = 0;
	while (i < len && toks->n < TOKS_MAX) {
		struct tok *t = &toks->t[toks->n];
		size_t n;

		if (text_is_space(text[i])) {
			i++;
			continue;
		}
		*t = (struct tok){ .at = text + i, .kind = 'p' };
		if (text_is_digit(text[i])) {
			t->kind = 'n';
			n = word_length(text + i, len - i);
		} else if (letter_at(text + i)) {
			t->kind = 'w';
			n = word_length(text + i, len - i);
			t->cap = is_capital(text + i);
			t->upper = t->cap && n > 1;
			for (size_t k = 0; k < n && t->upper; k++)
				if (is_apostrophe(text + i + k))
					k += text[i + k] == '\'' ? 0 : 2;
				else
					t->upper =
					    !text_is_lower(text[i + k]) &&
					    (unsigned char)text[i + k] < 0x80;
		} else {
			n = (unsigned char)text[i] < 0x80   ? 1
			    : (unsigned char)text[i] < 0xe0 ? 2
			    : (unsigned char)text[i] < 0xf0 ? 3
							    : 4;
		}
		if (n > len - i)
			n = len - i;
		t->len = (unsigned)n;
		toks->n++;
		i += n;
	}
}

bool
tok_is(const struct tok *t, const char *word)
{
	/* most differ in the first letter; punctuation compares as it is */
	if (((unsigned char)t->at[0] | 0x20) != ((unsigned char)word[0] | 0x20))
		return false;
	return text_same_n(t->at, t->len, word);
}

bool
tok_in(const struct tok *t, const char *const *list)
{
	for (; *list; list++)
		if (tok_is(t, *list))
			return true;
	return false;
}

size_t
toks_match(const struct toks *toks, size_t i, const char *phrase)
{
	size_t start = i;

	while (*phrase) {
		size_t n = strcspn(phrase, " ");

		if (i >= toks->n || toks->t[i].len != n)
			return 0;
		for (size_t k = 0; k < n; k++)
			if (text_lower(toks->t[i].at[k]) != phrase[k])
				return 0;
		i++;
		phrase += n;
		while (*phrase == ' ')
			phrase++;
	}
	return i - start;
}

static bool
is_word_byte(char c)
{
	return text_is_alnum(c) || (unsigned char)c >= 0xc3;
}

const char *
find_phrase(const char *text, size_t len, const char *phrase)
{
	size_t n = strlen(phrase);
	char first = phrase[0], upper = first;

	if (text_is_lower(first))
		upper = (char)(first - 'a' + 'A');
	for (size_t i = 0; i + n <= len; i++) {
		size_t k;

		if (text[i] != first && text[i] != upper)
			continue;
		if (i > 0 && is_word_byte(text[i - 1]) &&
		    (unsigned char)text[i - 1] < 0x80)
			continue;
		for (k = 1; k < n && text_lower(text[i + k]) == phrase[k]; k++)
			;
		if (k == n && (i + n == len || !is_word_byte(text[i + n]) ||
				  !text_is_alnum(phrase[n - 1])))
			return text + i;
	}
	return NULL;
}

bool
has_phrase(const char *text, const char *phrase)
{
	return find_phrase(text, strlen(text), phrase) != NULL;
}

const char *
find_any(const char *text, size_t len, const char *const *phrases, size_t *n)
{
	for (; *phrases; phrases++) {
		const char *at = find_phrase(text, len, *phrases);

		if (at) {
			*n = strlen(*phrases);
			return at;
		}
	}
	return NULL;
}

bool
has_any(const char *text, size_t len, const char *const *phrases)
{
	size_t n;

	return find_any(text, len, phrases, &n) != NULL;
}

size_t
before_any(const char *text, size_t len, const char *const *phrases)
{
	size_t best = len;

	for (; *phrases; phrases++) {
		const char *at = find_phrase(text, len, *phrases);

		if (at && (size_t)(at - text) < best)
			best = (size_t)(at - text);
	}
	return best;
}

bool
starts_any(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (text_starts(text, *list))
			return true;
	return false;
}

bool
same_any(const char *text, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (text_same_n(text, len, *list))
			return true;
	return false;
}

bool
has_lower(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text_is_lower(text[i]))
			return true;
	return false;
}

/* ---- sentences ---- */

static bool
is_abbreviation(const char *text, size_t stop, size_t from)
{
	static const char *const known[] = { "mr", "mrs", "ms", "dr", "cllr",
		"cllrs", "e.g", "i.e", "eg", "ie", "etc", "no", "nos", "st",
		"approx", "est", "p.m", "a.m", "prof", "rev", "sgt", "insp",
		"supt", "cc", "dept", "ref", "para", "viz", "vs", "jan", "feb",
		"mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
		"dec", "app", "messrs", "hon", NULL };
	size_t i = stop, n;

	while (i > from && (text_is_alnum(text[i - 1]) || text[i - 1] == '.'))
		i--;
	n = stop - i;
	if (n == 1 && !text_is_digit(text[i]))
		return true; /* an initial */
	return same_any(text + i, n, known);
}

/* "by 21st Feb" before a full stop at i. */
static bool
ends_with_day(const char *text, size_t i, size_t from)
{
	size_t k = i;

	while (k > from && text_is_letter(text[k - 1]))
		k--;
	if (month_parse(text + k, i - k) == 0 || k == from ||
	    !text_is_space(text[k - 1]))
		return false;
	while (k > from && text_is_space(text[k - 1]))
		k--;
	if (k > from + 2 && text_is_letter(text[k - 1]))
		k -= 2; /* "st", "th" */
	return k > from && text_is_digit(text[k - 1]);
}

/* "AB to", "EF will" at i. */
static bool
are_initials_charged(const char *text, size_t len, size_t i)
{
	size_t k = i;

	while (k < len && k - i < 4 && text_is_upper(text[k]))
		k++;
	return k - i >= 2 && (text_starts(text + k, " to ") ||
				 text_starts(text + k, " will "));
}

static bool
ends_sentence(const char *text, size_t len, size_t i, size_t from)
{
	size_t k = i + 1;

	if (text[i] == '!' || text[i] == '?')
		return k >= len || text_is_space(text[k]) ||
		       quote_at(text + k) || text[k] == ')';
	if (text[i] != '.')
		return false;
	while (
	    k < len && (quote_at(text + k) || text[k] == ')' || text[k] == ']'))
		k += quote_at(text + k) ? quote_at(text + k) : 1;
	if (k >= len)
		return true;
	if (is_abbreviation(text, i, from)) {
		/* "at 8 p.m. The clerk": an abbreviation may end one */
		return (text_starts(text + i - 1, "m.") ||
			   (i >= 3 && text_starts(text + i - 3, "etc.")) ||
			   ends_with_day(text, i, from)) &&
		       text_is_space(text[k]) && k + 1 < len &&
		       is_capital(text + k + 1);
	}
	if (text_is_space(text[k])) {
		while (k < len && text_is_space(text[k]))
			k++;
		return k >= len || is_capital(text + k) ||
		       text_is_digit(text[k]) || quote_at(text + k) ||
		       text[k] == '(' || text[k] == '[' || dash_at(text + k);
	}
	/* a blank forgotten: "samples.Mr Hobday", "samples.AB to" */
	return i >= from + 3 && text_is_lower(text[i - 1]) &&
	       text_is_lower(text[i - 2]) && k == i + 1 && k + 1 < len &&
	       text_is_upper(text[k]) &&
	       (text_is_lower(text[k + 1]) ||
		   are_initials_charged(text, len, k));
}

size_t
sentence_next(const char *text, size_t len, size_t *at)
{
	size_t i = *at, from;

	while (i < len && text_is_space(text[i]))
		i++;
	*at = from = i;
	for (; i < len; i++) {
		if (!ends_sentence(text, len, i, from))
			continue;
		i++;
		while (i < len && (text[i] == ')' || text[i] == ']' ||
				      (quote_at(text + i) && i + 1 < len)))
			i += quote_at(text + i) ? quote_at(text + i) : 1;
		return (i < len ? i : len) - from;
	}
	return len - from;
}

void
trim_span(const char **text, size_t *len)
{
	const char *t = *text;
	size_t n = *len, m;

	while (n > 0) {
		if (text_is_space(*t) || strchr(",;:|", *t))
			m = 1;
		else if (dash_at(t) && (n == 1 || text_is_space(t[dash_at(t)])))
			m = dash_at(t);
		else
			break;
		t += m;
		n -= m < n ? m : n;
	}
	while (n > 0) {
		if (text_is_space(t[n - 1]) || strchr(",;:|", t[n - 1]))
			n--;
		else if (n >= 2 && t[n - 1] == '-' && t[n - 2] == ' ')
			n--;
		else if (n >= 4 && dash_at(t + n - 3) == 3 && t[n - 4] == ' ')
			n -= 3;
		else
			break;
	}
	*text = t;
	*len = n;
}

char *
trimmed(const char *text, size_t len)
{
	trim_span(&text, &len);
	return xstrndup(text, len);
}

uint64_t
hash_fold(const char *text, size_t len, uint64_t seed)
{
	uint64_t h = 0xcbf29ce484222325u ^ (seed * 0x9e3779b97f4a7c15u);

	for (size_t i = 0; i < len; i++) {
		if (text_is_space(text[i]))
			continue;
		h ^= (unsigned char)text_lower(text[i]);
		h *= 0x100000001b3u;
	}
	return h ^ (h >> 29);
}
