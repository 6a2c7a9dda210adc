/* SPDX-License-Identifier: ISC */
/* The entries of a meeting go with it; see the header. Changes no meeting. */
#include "desk/held.h"

#include "desk/dates.h"
#include "io/entries.h"

struct agreed {
	VEC(int64_t) ids;
};

static int
gather_agreed(void *ctx, const struct entry *entry, struct err *err)
{
	struct agreed *agreed = ctx;

	(void)err;
	*vec_push(&agreed->ids) = entry->id;
	return 0;
}

/* Finished entries keep the date that they had. */
static bool
is_dated_from(const struct entry *entry, int from_on)
{
	return entry->base_on == from_on && entry->due_series_id == 0 &&
	       (entry_state_is_live(entry->state) ||
		   entry->state == ENTRY_UNCONFIRMED);
}

static int
follow(const struct dating *dating, struct db *db, int64_t entry_id,
    int from_on, int to_on, const char *why, const struct doer *doer,
    struct err *err)
{
	struct entry before, after;
	bool redated;
	int rc = entries_get_id(db, entry_id, &before, err);

	if (rc != 1)
		return rc;
	entry_copy(&before, &after);
	after.held_on = to_on;
	if (after.base_on == DAY_NONE && after.due_phrase != NULL)
		after.base_on = from_on;
	rc = is_dated_from(&after, from_on)
		 ? dating_rebase(dating, db, &after, to_on, err)
		 : 0;
	/* A clock that counts back from this meeting follows it by itself. */
	if (after.base_on == from_on &&
	    (after.clock == NULL || after.due_series_id == 0))
		after.base_on = to_on;
	redated = after.due_on != before.due_on;
	if (rc != -1)
		rc = entries_save(db, &before, &after,
		    redated ? REDATED : "meeting", redated ? why : NULL, doer,
		    err);
	entry_clear(&before);
	entry_clear(&after);
	return rc;
}

int
held_follow(const struct conf *conf, struct db *db, int64_t series_id,
    int from_on, int to_on, const char *why, const struct doer *doer,
    struct err *err)
{
	struct agreed agreed = { 0 };
	struct dating dating;
	int rc;

	if (entries_like(
		db, series_id, 0, from_on, gather_agreed, &agreed, err) == -1 ||
	    dating_load(&dating, conf, db, err) == -1) {
		vec_clear(&agreed.ids);
		return -1;
	}
	rc = 0;
	VEC_EACH (const int64_t, id, &agreed.ids)
		if (rc == 0)
			rc = follow(
			    &dating, db, *id, from_on, to_on, why, doer, err);
	dating_clear(&dating);
	vec_clear(&agreed.ids);
	return rc;
}
