/* SPDX-License-Identifier: ISC */
/* The nearest known word, for messages; see near.h. */
#include "core/near.h"

#include <stdint.h>
#include <string.h>

#include "core/text.h"

#define WORD_MAX 64
#define FAR 1000

/* Writes a word as it is compared; its length, WORD_MAX: too long. */
static size_t
fold(const char *word, char out[WORD_MAX])
{
	size_t len = 0;

	while (*word != '\0' && len < WORD_MAX) {
		size_t n = text_apostrophe(word, SIZE_MAX);

		if (n > 0)
			out[len++] = '\'';
		else if (*word == '-' || *word == ' ')
			out[len++] = '_';
		else
			out[len++] = text_lower(*word);
		word += n > 0 ? n : 1;
	}
	return len;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
near_distance(const char *a, const char *b)
{
	char fa[WORD_MAX], fb[WORD_MAX];
	size_t na = fold(a, fa), nb = fold(b, fb);
	/* Three rows of the usual table: this, the last, the one before. */
	int rows[3][WORD_MAX + 1];
	int *before = rows[0], *last = rows[1], *row = rows[2];

	if (na >= WORD_MAX || nb >= WORD_MAX)
		return FAR;
	for (size_t j = 0; j <= nb; j++)
		row[j] = (int)j;
	for (size_t i = 1; i <= na; i++) {
		int *spare = before;

		before = last;
		last = row;
		row = spare;
		row[0] = (int)i;
		for (size_t j = 1; j <= nb; j++) {
			int same = fa[i - 1] == fb[j - 1];

			row[j] = least(last[j], row[j - 1]) + 1;
			row[j] = least(row[j], last[j - 1] + !same);
			if (i > 1 && j > 1 && fa[i - 1] == fb[j - 2] &&
			    fa[i - 2] == fb[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return row[nb];
}

const char *
near_find(const char *word, const char *const *names, size_t count)
{
	const char *found = NULL;
	int best = (int)(strlen(word) + 2) / 3;

	/* One wrong letter in a word of two or three says nothing. */
	if (strlen(word) < 3)
		best = 0;
	for (size_t i = 0; i < count; i++) {
		int d = near_distance(word, names[i]);

		if (d < best || (d == best && found == NULL)) {
			best = d;
			found = names[i];
		}
	}
	return found;
}
