/* SPDX-License-Identifier: ISC */
/* The nearest known word, for messages; see near.h. */
#include "core/near.h"

#include <string.h>

#define WORD_MAX 64
#define FAR 1000

static int
fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if (c == '-' || c == ' ')
		return '_';
	return (unsigned char)c;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
near_distance(const char *a, const char *b)
{
	size_t na = strlen(a), nb = strlen(b);
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
			int same = fold(a[i - 1]) == fold(b[j - 1]);

			row[j] = least(last[j], row[j - 1]) + 1;
			row[j] = least(row[j], last[j - 1] + !same);
			if (i > 1 && j > 1 &&
			    fold(a[i - 1]) == fold(b[j - 2]) &&
			    fold(a[i - 2]) == fold(b[j - 1]))
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
