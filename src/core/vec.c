/* SPDX-License-Identifier: ISC */
/* Growable arrays; see vec.h. */
#include "core/vec.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

void *
vec_more(void *items, size_t len, size_t *cap, size_t size)
{
	if (len == *cap) {
		*cap = *cap ? *cap * 2 : 8;
		items = xrealloc(items, *cap * size);
	}
	memset((char *)items + len * size, 0, size);
	return items;
}

void
vec_free(void *items)
{
	free(items);
}
