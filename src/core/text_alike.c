/* SPDX-License-Identifier: ISC */
/* How alike two texts are, by their words; see text.h. Order of words, case,
 * accents and punctuation do not count. */
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* A letter without case and accents, 0 for what is neither letter nor digit.
 * What lies beyond Latin Extended-A is taken as it is. */
static uint32_t
fold(uint32_t code)
{
	static const char latin1[] = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
				     "aaaaaaaceeeeiiiidnooooo ouuuuyty";
	static const char latin_a[] =
	    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllll"
	    "llllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz"
	    "s";

	if (code < 0x80)
		return text_is_alnum((char)code)
			   ? (uint32_t)(unsigned char)text_lower((char)code)
			   : 0;
	if (code < 0xC0)
		return 0;
	if (code < 0x100) {
		char c = latin1[code - 0xC0];

		return c == ' ' ? 0 : (uint32_t)c;
	}
	if (code < 0x180)
		return (uint32_t)latin_a[code - 0x100];
	if ((code >= 0x2000 && code < 0x2C00) || code == 0xFEFF ||
	    (code >= 0x3000 && code < 0x3040))
		return 0;
	return code;
}

static bool
is_small(const char *word)
{
	static const char *const small[] = { "a", "an", "and", "are", "as",
		"at", "be", "been", "by", "for", "from", "in", "is", "it", "of",
		"on", "or", "shall", "should", "that", "the", "this", "to",
		"was", "were", "will", "with", "would" };

	for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
		if (strcmp(word, small[i]) == 0)
			return true;
	}
	return false;
}

/* The weight class stands in the two lowest bits of a word's hash. */
enum { CLASS_SMALL, CLASS_WORD, CLASS_NUMBER };

static double
weight_of(uint64_t word)
{
	static const double weights[4] = { 0.25, 1, 2, 1 };

	return weights[word & 3];
}

#define WORD_MAX 64

static void
bag_add(struct text_bag *bag, char *word, size_t len)
{
	uint64_t hash = 14695981039346656037u;
	uint64_t class = CLASS_WORD;

	if (len == 0)
		return;
	word[len] = '\0';
	if (strpbrk(word, "0123456789") != NULL) {
		class = CLASS_NUMBER;
	} else if (is_small(word)) {
		class = CLASS_SMALL;
	} else if (len > 4 && strcmp(word + len - 3, "ies") == 0) {
		word[len - 3] = 'y';
		len -= 2;
	} else if (len > 3 && word[len - 1] == 's' && word[len - 2] != 's') {
		len--;
	}
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)word[i]) * 1099511628211u;
	hash = (hash & ~(uint64_t)3) | class;
	*vec_push(&bag->words) = hash;
	bag->weight += weight_of(hash);
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void
text_bag_init(struct text_bag *bag, const char *text)
{
	size_t left = strlen(text), len = 0;
	char word[WORD_MAX + 1];

	*bag = (struct text_bag){ 0 };
	while (left > 0) {
		uint32_t code = 0;
		int n = text_decode(text, left, &code);
		uint32_t folded;

		if (n == -1) {
			n = 1;
			code = ' ';
		}
		folded = fold(code);
		text += n;
		left -= (size_t)n;
		/* An apostrophe joins: "O'Neil", "force's" stay one word. */
		if (code == '\'' || code == 0x2019)
			continue;
		if (folded != 0 && len + 4 <= WORD_MAX) {
			len += text_encode(folded, word + len);
		} else if (folded == 0) {
			bag_add(bag, word, len);
			len = 0;
		}
	}
	bag_add(bag, word, len);
	if (bag->words.len > 1)
		qsort(bag->words.items, bag->words.len,
		    sizeof *bag->words.items, by_hash);
}

void
text_bag_clear(struct text_bag *bag)
{
	vec_clear(&bag->words);
	bag->weight = 0;
}

double
text_bag_alike(const struct text_bag *a, const struct text_bag *b)
{
	size_t i = 0, j = 0;
	double common = 0;

	if (a->words.len == 0 && b->words.len == 0)
		return 1;
	while (i < a->words.len && j < b->words.len) {
		uint64_t x = a->words.items[i], y = b->words.items[j];

		if (x == y) {
			common += weight_of(x);
			i++;
			j++;
		} else if (x < y) {
			i++;
		} else {
			j++;
		}
	}
	return 2 * common / (a->weight + b->weight);
}

double
text_alike(const char *a, const char *b)
{
	struct text_bag x, y;
	double alike;

	text_bag_init(&x, a);
	text_bag_init(&y, b);
	alike = text_bag_alike(&x, &y);
	text_bag_clear(&x);
	text_bag_clear(&y);
	return alike;
}
