/* SPDX-License-Identifier: ISC */
/* Texts to numbers, for what an import looks up again and again. Letters A to
 * Z in any case, apostrophes in any shape. */
#ifndef NUDGED_DESK_STRMAP_H
#define NUDGED_DESK_STRMAP_H

#include <stddef.h>
#include <stdint.h>

struct strmap_slot {
	char *key; /* NULL: free */
	uint64_t hash;
	int64_t value;
};

struct strmap {
	struct strmap_slot *slots;
	size_t len, cap;
};

/* The value's place, until the next strmap_set; NULL when the key is not
 * there. */
int64_t *strmap_get(const struct strmap *map, const char *key);
/* Adds or replaces; the key is copied. */
void strmap_set(struct strmap *map, const char *key, int64_t value);
/* Forgets all keys and frees the memory; a zeroed map is an empty one. */
void strmap_clear(struct strmap *map);

/* FNV-1a over bytes, going on from seed (STRMAP_SEED to begin). */
#define STRMAP_SEED 14695981039346656037ULL
uint64_t strmap_hash(uint64_t seed, const void *data, size_t len);

#endif
