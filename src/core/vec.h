/* SPDX-License-Identifier: ISC */
/*
 * Growable arrays. Declare with VEC(type) name; the fields items and len are
 * for reading, cap is ours.
 */
#ifndef NUDGED_CORE_VEC_H
#define NUDGED_CORE_VEC_H

#include <stddef.h>

#define VEC(type)            \
	struct {             \
		type *items; \
		size_t len;  \
		size_t cap;  \
	}

/* Adds one zeroed item at the end and gives its address. */
#define vec_push(v)                                                            \
	((v)->items =                                                          \
		vec_more((v)->items, (v)->len, &(v)->cap, sizeof *(v)->items), \
	    &(v)->items[(v)->len++])

/* Frees the array; what its items own is the caller's to free before. */
#define vec_clear(v) \
	(vec_free((v)->items), (v)->items = NULL, (v)->len = 0, (v)->cap = 0)

/* Walks the items: VEC_EACH(struct thing, t, &things) { ... }. An empty vector
 * has no items, and even NULL + 0 is undefined. */
#define VEC_EACH(type, it, v)                                                 \
	for (type *it = (v)->items; it != NULL && it < (v)->items + (v)->len; \
	     it++)

/* Behind the macros: room for one more, the new item zeroed. */
void *vec_more(void *items, size_t len, size_t *cap, size_t size);
void vec_free(void *items);

#endif
