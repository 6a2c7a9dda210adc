/* SPDX-License-Identifier: ISC */
/* Finds entries by what they say; see import_match.h. */
#include "desk/import_match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"

#define ALIKE 0.85       /* near enough to be the same */
#define APART 0.04       /* nearer than that to the best: nobody can tell */
#define COMPARE_MAX 2000 /* texts that one row is compared with */

struct candidate {
	int64_t id;
	char *ref, *item, *para;
	struct text_bag bag;
	size_t next; /* with the same words and place, 0: none; else + 1 */
	bool taken;
};

struct match_group {
	VEC(struct candidate) list;
	struct strmap exact; /* place and text to the first candidate */
};

void
matcher_clear(struct matcher *matcher)
{
	VEC_EACH (struct match_group *, group, &matcher->list) {
		VEC_EACH (struct candidate, c, &(*group)->list) {
			free(c->ref);
			free(c->item);
			free(c->para);
			text_bag_clear(&c->bag);
		}
		vec_clear(&(*group)->list);
		strmap_clear(&(*group)->exact);
		free(*group);
	}
	vec_clear(&matcher->list);
	strmap_clear(&matcher->groups);
}

static char *
exact_key(const char *item, const char *para, const char *text)
{
	return xasprintf("%s\x1f%s\x1f%s", item != NULL ? item : "",
	    para != NULL ? para : "", text != NULL ? text : "");
}

static int
add_candidate(void *ctx, const struct entry *entry, struct err *err)
{
	struct match_group *group = ctx;
	struct candidate *c = vec_push(&group->list);
	char *key = exact_key(entry->item, entry->para, entry->text);
	int64_t *first;

	(void)err;
	c->id = entry->id;
	c->ref = xstrdup(entry->ref);
	c->item = xstrdup(entry->item);
	c->para = xstrdup(entry->para);
	text_bag_init(&c->bag, entry->text);
	first = strmap_get(&group->exact, key);
	if (first == NULL) {
		strmap_set(&group->exact, key, (int64_t)group->list.len - 1);
	} else {
		struct candidate *last = &group->list.items[*first];

		while (last->next != 0)
			last = &group->list.items[last->next - 1];
		last->next = group->list.len;
	}
	free(key);
	return 0;
}

static int
load_group(struct matcher *matcher, struct db *db, const struct match_row *row,
    struct match_group **out, struct err *err)
{
	char key[80];
	int64_t *at;

	snprintf(key, sizeof key, "%lld %lld %d", (long long)row->series_id,
	    (long long)row->report_id, row->held_on);
	at = strmap_get(&matcher->groups, key);
	if (at != NULL) {
		*out = matcher->list.items[*at];
		return 0;
	}
	*out = xcalloc(1, sizeof **out);
	strmap_set(&matcher->groups, key, (int64_t)matcher->list.len);
	*vec_push(&matcher->list) = *out;
	return entries_like(db, row->series_id, row->report_id, row->held_on,
	    add_candidate, *out, err);
}

static struct candidate *
find_exact(struct match_group *group, const struct match_row *row)
{
	char *key = exact_key(row->item, row->para, row->text);
	int64_t *at = strmap_get(&group->exact, key);
	struct candidate *c = NULL;

	free(key);
	if (at == NULL)
		return NULL;
	c = &group->list.items[*at];
	while (c->taken && c->next != 0)
		c = &group->list.items[c->next - 1];
	return c->taken ? NULL : c;
}

/* A place that one side does not give does not tell them apart. */
static bool
same_place(const char *a, const char *b)
{
	return a == NULL || b == NULL || text_same(a, b);
}

static int
find_near(struct match_group *group, const struct match_row *row,
    struct candidate **out, struct err *err)
{
	struct candidate *best = NULL, *second = NULL;
	double best_score = 0, second_score = 0;
	struct text_bag bag;
	int compared = 0;

	text_bag_init(&bag, row->text);
	VEC_EACH (struct candidate, c, &group->list) {
		double score;

		if (c->taken || !same_place(c->item, row->item) ||
		    !same_place(c->para, row->para))
			continue;
		if (++compared > COMPARE_MAX)
			break;
		score = text_bag_alike(&bag, &c->bag);
		if (score > best_score) {
			second = best;
			second_score = best_score;
			best = c;
			best_score = score;
		} else if (score > second_score) {
			second = c;
			second_score = score;
		}
	}
	text_bag_clear(&bag);
	if (best == NULL || best_score < ALIKE) {
		*out = NULL;
		return 0;
	}
	if (second != NULL && second_score > best_score - APART)
		return err_set(err, ERR_CONFLICT,
		    "this may be %s or %s: give its ref", best->ref,
		    second->ref);
	*out = best;
	return 0;
}

int
matcher_find(struct matcher *matcher, struct db *db,
    const struct match_row *row, int64_t *id, struct err *err)
{
	struct match_group *group;
	struct candidate *found;

	if (load_group(matcher, db, row, &group, err) == -1)
		return -1;
	found = find_exact(group, row);
	if (found == NULL && find_near(group, row, &found, err) == -1)
		return -1;
	if (found == NULL)
		return 0;
	found->taken = true;
	*id = found->id;
	return 1;
}
