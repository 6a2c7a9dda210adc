/* SPDX-License-Identifier: ISC */
/* A hash table of texts, open addressing, never shrinking. */
#include "desk/strmap.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"

uint64_t
strmap_hash(uint64_t seed, const void *data, size_t len)
{
	const unsigned char *p = data;

	for (size_t i = 0; i < len; i++)
		seed = (seed ^ p[i]) * 1099511628211ULL;
	return seed;
}

static uint64_t
hash_key(const char *key)
{
	uint64_t hash = STRMAP_SEED;

	while (*key != '\0') {
		size_t n = text_apostrophe(key, SIZE_MAX);
		char c = n > 0 ? '\'' : text_lower(*key);

		hash = strmap_hash(hash, &c, 1);
		key += n > 0 ? n : 1;
	}
	return hash;
}

static struct strmap_slot *
find(const struct strmap *map, const char *key, uint64_t hash)
{
	size_t mask = map->cap - 1;

	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct strmap_slot *slot = &map->slots[i];

		if (slot->key == NULL ||
		    (slot->hash == hash && text_same(slot->key, key)))
			return slot;
	}
}

static void
grow(struct strmap *map)
{
	struct strmap bigger = { .len = map->len,
		.cap = map->cap == 0 ? 64 : map->cap * 2 };

	bigger.slots = xcalloc(bigger.cap, sizeof *bigger.slots);
	for (size_t i = 0; i < map->cap; i++)
		if (map->slots[i].key != NULL)
			*find(&bigger, map->slots[i].key, map->slots[i].hash) =
			    map->slots[i];
	free(map->slots);
	*map = bigger;
}

int64_t *
strmap_get(const struct strmap *map, const char *key)
{
	struct strmap_slot *slot;

	if (map->len == 0)
		return NULL;
	slot = find(map, key, hash_key(key));
	return slot->key == NULL ? NULL : &slot->value;
}

void
strmap_set(struct strmap *map, const char *key, int64_t value)
{
	uint64_t hash = hash_key(key);
	struct strmap_slot *slot;

	if ((map->len + 1) * 3 > map->cap * 2)
		grow(map);
	slot = find(map, key, hash);
	if (slot->key == NULL) {
		slot->key = xstrdup(key);
		slot->hash = hash;
		map->len++;
	}
	slot->value = value;
}

void
strmap_clear(struct strmap *map)
{
	for (size_t i = 0; i < map->cap; i++)
		free(map->slots[i].key);
	free(map->slots);
	*map = (struct strmap){ 0 };
}
