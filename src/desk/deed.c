/* SPDX-License-Identifier: ISC */
/* One act on one entry; see the header. Decides nothing that the lifecycle
 * does. */
#include "desk/deed.h"

#include <stdlib.h>

#include "desk/draft.h"
#include "desk/duty.h"
#include "desk/look.h"
#include "desk/record.h"

static int
parent_finished(struct desk_call *call, const struct entry *entry, bool *out,
    struct err *err)
{
	struct entry parent;

	*out = false;
	if (entry->parent_id == 0)
		return 0;
	if (entries_get_id(call->db, entry->parent_id, &parent, err) != 1)
		return -1;
	*out = !entry_state_is_live(parent.state) &&
	       parent.state != ENTRY_UNCONFIRMED;
	entry_clear(&parent);
	return 0;
}

static int
fill_ask(struct desk_call *call, const struct entry *entry, const char *note,
    struct act_ask *ask, struct err *err)
{
	*ask = (struct act_ask){
		.may_edit = call->request->may[ACCESS_EDIT],
		.may_approve = call->request->may[ACCESS_APPROVE],
		.note = note,
		.on = call->doer.on,
		.by = call->by_id,
	};
	if (entries_open_children(
		call->db, entry->id, &ask->open_children, err) == -1)
		return -1;
	return parent_finished(call, entry, &ask->parent_finished, err);
}

static int
apply(struct desk_call *call, const struct deed *deed, struct entry *after,
    struct err *err)
{
	struct act_ask ask;

	if (fill_ask(call, after, deed->note, &ask, err) == -1)
		return -1;
	if (deed->before != NULL && deed->before(call, after, err) == -1)
		return -1;
	if (lifecycle_apply(after, deed->act, &ask, err) == -1)
		return -1;
	return deed->after == NULL ? 0 : deed->after(call, after, err);
}

/* Whether a hold stops the clock must be said: a statutory date goes on. */
static char *
hold_tells(struct desk_call *call, const struct entry *before,
    const struct entry *after)
{
	char day[DAY_LONG_MAX];

	if (after->paused_from_on != DAY_NONE)
		return before->paused_from_on != DAY_NONE
			   ? NULL
			   : xasprintf("its clock %s stands from %s; nudgectl "
				       "reopen %s lets it go on",
				 after->clock,
				 day_long(after->paused_from_on, day),
				 after->ref);
	if (after->due_on == DAY_NONE || !after->statutory)
		return NULL;
	(void)call;
	return xasprintf("its clock does not stand: it stays due %s",
	    day_long(after->due_on, day));
}

void
deed_outcome_clear(struct deed_outcome *outcome)
{
	free(outcome->next);
	free(outcome->said);
	*outcome = (struct deed_outcome){ 0 };
}

/* A clock that stands goes on as soon as the entry is no longer on hold. */
static int
restart(
    struct desk_call *call, struct entry *entry, char **said, struct err *err)
{
	struct dating dating;
	int rc;

	if (entry->paused_from_on == DAY_NONE || entry->state == ENTRY_ON_HOLD)
		return 0;
	if (dating_load(&dating, call->conf, call->db, err) == -1)
		return -1;
	rc = dating_restart(&dating, entry, call->doer.on, said, err);
	dating_clear(&dating);
	return rc;
}

/* The reason, and how a clock was counted. Owned. */
static char *
note_of(const struct deed *deed, const char *said)
{
	if (said == NULL)
		return xstrdup(deed->note);
	if (deed->note == NULL)
		return xstrdup(said);
	return xasprintf("%s; %s", deed->note, said);
}

static int
act_and_save(struct desk_call *call, const struct deed *deed,
    const struct entry *before, struct entry *after, struct deed_outcome *out,
    struct err *err)
{
	char *note;
	int rc;

	if (apply(call, deed, after, err) == -1 ||
	    restart(call, after, &out->said, err) == -1)
		return -1;
	note = note_of(deed, out->said);
	rc = entries_save(call->db, before, after, act_done(deed->act), note,
	    &call->doer, err);
	free(note);
	if (rc == 0 && deed->act == ACT_HOLD)
		out->said = hold_tells(call, before, after);
	if (rc == 0 && after->state == ENTRY_CLOSED)
		rc = duty_chain(
		    call->conf, call->db, after, &call->doer, &out->next, err);
	return rc;
}

int
deed_do(struct desk_call *call, const char *ref, const struct deed *deed,
    struct deed_outcome *out, struct err *err)
{
	struct entry before, after;
	int rc;

	*out = (struct deed_outcome){ 0 };
	if (look_entry(call, ref, &before, err) == -1)
		return -1;
	entry_copy(&before, &after);
	out->id = before.id;
	rc = act_and_save(call, deed, &before, &after, out, err);
	entry_clear(&before);
	entry_clear(&after);
	if (rc == -1)
		deed_outcome_clear(out);
	return rc;
}

/* ---- the answer ---- */

struct deed_telling
deed_tell_begin(struct desk_call *call)
{
	return (struct deed_telling){ call, { &call->answer->out, 0 }, false };
}

void
deed_tell(struct deed_telling *telling, const struct deed_outcome *outcome,
    const char *what)
{
	struct desk_call *call = telling->call;
	struct buf *out = &call->answer->out;
	struct entry entry;
	struct err err;
	json_t *o;

	if (call->request->json) {
		if (entries_get_id(call->db, outcome->id, &entry, &err) != 1)
			return;
		o = record_json(&entry, call->today);
		if (outcome->next != NULL)
			json_put_text(o, "next_step", outcome->next);
		json_list_add(&telling->json, o);
		entry_clear(&entry);
		return;
	}
	draft_print(call, outcome->id, what, telling->with_date);
	if (outcome->said != NULL)
		buf_printf(out, "  %s\n", outcome->said);
	if (outcome->next != NULL &&
	    entries_get(call->db, outcome->next, &entry, &err) == 1) {
		buf_puts(out, "next step: ");
		draft_print(call, entry.id, "added", true);
		entry_clear(&entry);
	}
}

void
deed_tell_end(struct deed_telling *telling)
{
	if (telling->call->request->json)
		json_list_end(&telling->json);
}

const char *
deed_what(const struct deed *deed)
{
	return deed->what != NULL ? deed->what : act_done(deed->act);
}

/* The same deed on the first count words of the line. */
int
deed_do_each(struct desk_call *call, size_t count, const struct deed *deed,
    struct err *err)
{
	struct deed_telling telling = deed_tell_begin(call);
	struct deed_outcome outcome;

	telling.with_date = deed->act == ACT_REOPEN;
	for (size_t i = 0; i < count; i++) {
		if (deed_do(call, args_word(&call->args, i), deed, &outcome,
			err) == -1)
			return -1;
		deed_tell(&telling, &outcome, deed_what(deed));
		deed_outcome_clear(&outcome);
	}
	deed_tell_end(&telling);
	return 0;
}
