/* SPDX-License-Identifier: ISC */
/*
 * After a person, an office, a series or the configuration changed: what was
 * planned before and has not left yet goes to whom it is meant for now, or to
 * nobody. Who may have it already (a dot went unanswered) is left alone.
 */
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "desk/agent_parts.h"
#include "io/register.h"

#define SLICE_RECHECK 256

enum place { PLACE_HERE, PLACE_ELSEWHERE, PLACE_NOWHERE };

/* The chair or secretary that it was for is not the series' any more. */
static bool
is_former(const struct agent *agent, const struct occurrence *o, int64_t series)
{
	switch (o->role) {
	case TO_CHAIR:
	case TO_APPROVER:
		return o->party_id != agent_chair(agent, series);
	case TO_SECRETARY:
		return o->party_id != agent_secretary(agent, series);
	default:
		return false;
	}
}

/* An owner on leave is passed over and told afterwards, as if it had not been
 * planned yet. */
static int
is_paused(struct agent *agent, const struct occurrence *o, bool *paused,
    struct err *err)
{
	struct reach reach = { 0 };

	*paused = false;
	if (o->role != TO_OWNER && o->role != TO_CO_OWNERS &&
	    o->role != TO_SPONSOR)
		return 0;
	if (parties_reach(agent->db, o->party_id, agent->today, &reach, err) ==
	    -1)
		return -1;
	*paused = reach.paused_until_on != DAY_NONE;
	reach_clear(&reach);
	return 0;
}

static int
place_of(struct agent *agent, const struct occurrence *o,
    const struct entry *entry, const struct notice *n, enum place *out,
    struct err *err)
{
	struct reach reach = { 0 };
	const char *kind;
	int64_t series_id;
	bool paused;

	*out = PLACE_HERE;
	if (o->role == TO_CHANNEL) {
		if (conf_webhook(agent->conf, o->channel) == NULL)
			*out = PLACE_NOWHERE;
		return 0;
	}
	if (agent_series_of(agent, entry, &series_id, err) == -1 ||
	    is_paused(agent, o, &paused, err) == -1)
		return -1;
	if (paused || is_former(agent, o, series_id)) {
		*out = PLACE_NOWHERE;
		return 0;
	}
	if (agent_route(agent, o, entry, &reach, &kind, err) == -1)
		return -1;
	if (strcmp(reach.address, n->address) != 0 ||
	    strcmp(kind, n->kind) != 0)
		*out = PLACE_ELSEWHERE;
	reach_clear(&reach);
	return 0;
}

static int
recheck_nudge(struct agent *agent, struct notice *n, struct err *err)
{
	struct store_occurrences rows = { 0 };
	bool changed = false;
	int rc = store_of_notice(agent->db, n->id, &rows, err);

	for (size_t i = 0; rc == 0 && i < rows.rows.len; i++) {
		const struct occurrence *o = &rows.rows.items[i].o;
		enum place place = PLACE_HERE;
		struct entry entry = { 0 };

		rc = entries_get_id(agent->db, o->entry_id, &entry, err);
		if (rc == 1)
			rc = place_of(agent, o, &entry, n, &place, err);
		entry_clear(&entry);
		changed = changed || place != PLACE_HERE;
		if (rc == 0 && place == PLACE_NOWHERE)
			rc = store_mark(agent->db, o->id, "cancelled", err);
	}
	vec_clear(&rows.rows);
	if (rc == -1 || !changed)
		return rc;
	return agent_loosen(
	    agent, n, "those whom it was for changed before it left", err);
}

static int
recheck_slice(struct agent *agent, int64_t after, struct err *err)
{
	struct notices list = { 0 };
	int rc = store_unsent(agent->db, after, SLICE_RECHECK, &list, err);

	VEC_EACH (struct notice, n, &list.rows) {
		if (rc != 0)
			break;
		rc = n->digest != NULL ? agent_recheck_digest(agent, n, err)
				       : recheck_nudge(agent, n, err);
		after = n->id;
	}
	/* What is on its way is looked at should it come back. */
	if (rc == 0 && list.rows.len == 0)
		rc = store_outdate_claimed(agent->db, err);
	if (rc == 0)
		rc = list.rows.len == 0 ? register_set_meta(agent->db,
					      REGISTER_RECHECK, NULL, err)
					: register_set_meta_int(agent->db,
					      REGISTER_RECHECK, after, err);
	if (rc == 0 && list.rows.len > 0)
		rc = 1;
	notices_clear(&list);
	return rc;
}

int
agent_recheck(struct agent *agent, struct err *err)
{
	int64_t after = register_meta_int(agent->db, REGISTER_RECHECK, -1);

	return after == -1 ? 0 : recheck_slice(agent, after, err);
}
