/* SPDX-License-Identifier: ISC */
/* Confirming entries; see the header. A date that stands is not changed here:
 * that is an extension, which somebody agrees to. */
#include "desk/confirm.h"

#include <stdlib.h>
#include <string.h>

#include "core/lifecycle.h"
#include "desk/dates.h"
#include "desk/deed.h"
#include "desk/draft.h"
#include "desk/look.h"
#include "io/entries.h"

const struct arg_option confirm_options[] = {
	{ "owner", ARG_MANY },
	{ "due", ARG_VALUE },
	{ "anyway", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static int
find_confirmed(void *ctx, const struct event *event, struct err *err)
{
	bool *found = ctx;

	(void)err;
	*found = strcmp(event->what, act_done(ACT_CONFIRM)) == 0 ||
		 strcmp(event->what, act_done(ACT_AGREE)) == 0;
	return *found;
}

int
confirm_was_done(struct db *db, int64_t entry_id, bool *out, struct err *err)
{
	bool found = false;

	if (register_history(db, "entry", entry_id, INSTANT_NONE,
		find_confirmed, &found, err) == -1)
		return -1;
	*out = found;
	return 0;
}

/* ---- what a person gives with it ---- */

/* That words are vague, or lie back, is known to who gave them. */
static bool
is_known(const char *flag)
{
	static const char *const known[] = { "uncertain", "vague", "policy",
		"past at import" };

	while (*flag != '\0') {
		size_t n = strcspn(flag, ";");
		bool found = false;

		for (size_t i = 0; i < sizeof known / sizeof *known; i++)
			found |= strlen(known[i]) == n &&
				 memcmp(known[i], flag, n) == 0;
		if (!found)
			return false;
		flag += n;
		flag += strspn(flag, "; ");
	}
	return true;
}

static int
give_date(struct desk_call *call, struct entry *entry, const char *words,
    struct err *err)
{
	struct dating dating;
	int rc;

	if (dating_load(&dating, call->conf, call->db, err) == -1)
		return -1;
	rc = draft_due(&dating, call->db, entry, words, err);
	dating_clear(&dating);
	if (rc == 0 && entry->flag != NULL && is_known(entry->flag)) {
		free(entry->flag);
		entry->flag = NULL;
	}
	return rc;
}

/* A person has looked: that was what the flag asked for. */
static int
confirm_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	const char *words = args_value(&call->args, "due");

	free(entry->flag);
	entry->flag = NULL;
	if (args_has(&call->args, "owner"))
		draft_drop_owners(entry, ROLE_OWNER);
	if (draft_owners(call, entry, "owner", ROLE_OWNER, err) == -1)
		return -1;
	if (words == NULL)
		return 0;
	if (entry->base_on == DAY_NONE)
		entry->base_on = call->doer.on;
	return give_date(call, entry, words, err);
}

/* ---- what is open already ---- */

static int
check_settle(struct desk_call *call, const struct entry *entry, struct err *err)
{
	const char *ref = entry->ref;
	char day[DAY_LONG_MAX];

	if (args_has(&call->args, "owner") &&
	    entry_owner(entry, ROLE_OWNER) != NULL)
		return err_set(err, ERR_CONFLICT,
		    "%s has an owner; give it to somebody else with: nudgectl "
		    "assign %s --owner NAME",
		    ref, ref);
	if (!args_has(&call->args, "due"))
		return 0;
	if (entry->due_on != DAY_NONE)
		return err_set(err, ERR_CONFLICT,
		    "%s is due on %s; another date is asked for with: nudgectl "
		    "extend %s --to \"WORDS\" --reason \"TEXT\" (and is agreed "
		    "at once with --agreed-by NAME)",
		    ref, day_long(entry->due_on, day), ref);
	if (entry->extension_pending)
		return err_set(err, ERR_CONFLICT,
		    "a date was asked for %s and waits for its answer: "
		    "nudgectl approve %s, or nudgectl reject %s \"WHY\"",
		    ref, ref, ref);
	return 0;
}

/* The first date is no slip; it counts from the day on which it is given. */
static int
settle_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	const char *words = args_value(&call->args, "due");
	const bool statutory = entry->statutory;
	int review_on = entry->review_on;

	free(entry->flag);
	entry->flag = NULL;
	if (draft_owners(call, entry, "owner", ROLE_OWNER, err) == -1)
		return -1;
	if (words == NULL)
		return 0;
	entry->base_on = call->doer.on;
	if (give_date(call, entry, words, err) == -1)
		return -1;
	entry->statutory = statutory;
	/* The day on which to look again at what is on hold is its own. */
	if (entry->state == ENTRY_ON_HOLD)
		entry->review_on = review_on;
	return 0;
}

static const struct deed settle = { .act = ACT_SETTLE, .after = settle_after };

/* Nothing changes but that a person has looked: once. */
static int
note_looked(struct desk_call *call, const struct entry *entry, struct err *err)
{
	bool before;

	if (confirm_was_done(call->db, entry->id, &before, err) == -1)
		return -1;
	if (before)
		return err_set(err, ERR_CONFLICT,
		    "%s is confirmed already; another date: nudgectl extend "
		    "%s --to \"WORDS\" --reason \"TEXT\"; another owner: "
		    "nudgectl assign %s --owner NAME",
		    entry->ref, entry->ref, entry->ref);
	return register_event(call->db, &call->doer, "entry", entry->id,
	    act_done(ACT_SETTLE), NULL, NULL, NULL, err);
}

static int
settle_entry(struct desk_call *call, const struct entry *entry,
    struct deed_outcome *out, struct err *err)
{
	const bool bare =
	    !args_has(&call->args, "owner") && !args_has(&call->args, "due");
	const struct act_ask ask = {
		.may_edit = call->request->may[ACCESS_EDIT],
		.may_approve = call->request->may[ACCESS_APPROVE],
		.on = call->doer.on,
	};
	enum entry_state to;

	if (lifecycle_change(entry, ACT_SETTLE, &ask, &to, err) == -1 ||
	    check_settle(call, entry, err) == -1)
		return -1;
	if (!bare || entry->flag != NULL)
		return deed_do(call, entry->ref, &settle, out, err);
	out->id = entry->id;
	return note_looked(call, entry, err);
}

/* ---- the command ---- */

static int
say_unowned(struct desk_call *call, struct deed_outcome *out, struct err *err)
{
	struct entry entry;

	if (entries_get_id(call->db, out->id, &entry, err) != 1)
		return -1;
	if (entry_owner(&entry, ROLE_OWNER) == NULL &&
	    entry_owner(&entry, ROLE_CO_OWNER) == NULL) {
		free(out->said);
		out->said = xasprintf("nobody owns it yet: nudgectl assign %s "
				      "--owner NAME",
		    entry.ref);
	}
	entry_clear(&entry);
	return 0;
}

static int
confirm_entry(struct desk_call *call, const char *ref, struct deed_outcome *out,
    struct err *err)
{
	static const struct deed confirm = { .act = ACT_CONFIRM,
		.after = confirm_after };
	struct entry entry;
	int rc;

	*out = (struct deed_outcome){ 0 };
	if (look_entry(call, ref, &entry, err) == -1)
		return -1;
	rc = entry.state == ENTRY_UNCONFIRMED
		 ? deed_do(call, ref, &confirm, out, err)
		 : settle_entry(call, &entry, out, err);
	entry_clear(&entry);
	return rc == 0 ? say_unowned(call, out, err) : -1;
}

int
confirm_run(struct desk_call *call, struct err *err)
{
	struct deed_telling telling = deed_tell_begin(call);
	struct deed_outcome outcome;

	telling.with_date = true;
	for (size_t i = 0; i < call->args.words.len; i++) {
		if (confirm_entry(
			call, args_word(&call->args, i), &outcome, err) == -1)
			return -1;
		deed_tell(&telling, &outcome, act_done(ACT_CONFIRM));
		deed_outcome_clear(&outcome);
	}
	deed_tell_end(&telling);
	return 0;
}
