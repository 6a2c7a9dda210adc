/* SPDX-License-Identifier: ISC */
/* Two spellings of one name; see namesake.h. */
#include "desk/namesake.h"

#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "desk/look.h"
#include "io/parties.h"

#define LONG_NAME 10 /* from which two letters may be wrong */

struct near_name {
	const char *name;
	char *found;
	int distance;
};

static int
weigh(void *ctx, const struct party *p, struct err *err)
{
	struct near_name *near = ctx;
	int most = strlen(near->name) >= LONG_NAME ? 2 : 1;
	int distance;

	(void)err;
	/* A first name alone is too short to be a slip of another. */
	if (p->left_on != DAY_NONE || strchr(p->name, ' ') == NULL)
		return 0;
	distance = near_distance(near->name, p->name);
	if (distance > most ||
	    (near->found != NULL && distance >= near->distance))
		return 0;
	free(near->found);
	near->found = xstrdup(p->name);
	near->distance = distance;
	return 0;
}

int
namesake_near(
    struct desk_call *call, const char *name, char **out, struct err *err)
{
	struct near_name near = { .name = name };

	*out = NULL;
	if (strchr(name, ' ') == NULL)
		return 0;
	if (parties_each(
		call->db, PARTY_PERSON, call->today, weigh, &near, err) == -1) {
		free(near.found);
		return -1;
	}
	*out = near.found;
	return 0;
}

int
namesake_check_alias(
    struct desk_call *call, int64_t id, const char *alias, struct err *err)
{
	struct err none = { 0 };
	char *was, *name;
	int64_t other;
	int rc = 0;

	if (parties_find(call->db, alias, &other, &none) == -1 || other == id)
		return 0;
	was = look_name(call, other);
	name = look_name(call, id);
	if (text_same(was, alias))
		rc = err_set(err, ERR_CONFLICT,
		    "somebody else is called \"%s\" here. If both are one: "
		    "nudgectl person leave \"%s\" --on today --to \"%s\", "
		    "nudgectl person set \"%s\" --name \"%s (misspelt)\", and "
		    "then this again",
		    alias, was, name, was, was);
	free(was);
	free(name);
	return rc;
}
