/* SPDX-License-Identifier: ISC */
/*
 * The commands that do something to entries: each reads the entry, asks the
 * lifecycle, changes what belongs to the act, and saves. All refs of a line,
 * or none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lifecycle.h"
#include "core/text.h"
#include "desk/draft.h"
#include "desk/duty.h"
#include "desk/extend.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/record.h"

/* ---- one act on one entry ---- */

struct deed {
	enum act act;
	const char *note;
	const char *what; /* for the answer; NULL: as the history says */
	/* Changes what else the act brings, before and after the lifecycle
	 * had its say; either may be NULL. */
	int (*before)(struct desk_call *, struct entry *, struct err *);
	int (*after)(struct desk_call *, struct entry *, struct err *);
};

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
	};
	if (call->doer.by != NULL &&
	    parties_find(call->db, call->doer.by, &ask->by, err) == -1)
		return -1;
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

/* What became of one entry. */
struct outcome {
	int64_t id;
	char *next; /* ref of the step that follows in its chain, NULL: none */
	char *said; /* what else there is to tell, NULL: nothing */
};

static void
outcome_clear(struct outcome *outcome)
{
	free(outcome->next);
	free(outcome->said);
	*outcome = (struct outcome){ 0 };
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
    const struct entry *before, struct entry *after, struct outcome *out,
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

static int
act_on(struct desk_call *call, const char *ref, const struct deed *deed,
    struct outcome *out, struct err *err)
{
	struct entry before, after;
	int rc;

	*out = (struct outcome){ 0 };
	if (look_entry(call, ref, &before, err) == -1)
		return -1;
	entry_copy(&before, &after);
	out->id = before.id;
	rc = act_and_save(call, deed, &before, &after, out, err);
	entry_clear(&before);
	entry_clear(&after);
	if (rc == -1)
		outcome_clear(out);
	return rc;
}

/* ---- the answer: one line an entry, or a list of JSON objects ---- */

struct telling {
	struct desk_call *call;
	struct json_list json;
	bool with_date;
};

static struct telling
tell_begin(struct desk_call *call)
{
	return (struct telling){ call, { &call->answer->out, 0 }, false };
}

static void
tell(struct telling *telling, const struct outcome *outcome, const char *what)
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

static void
tell_end(struct telling *telling)
{
	if (telling->call->request->json)
		json_list_end(&telling->json);
}

static const char *
what_of(const struct deed *deed)
{
	return deed->what != NULL ? deed->what : act_done(deed->act);
}

/* The same deed on the first count words of the line. */
static int
act_on_each(struct desk_call *call, size_t count, const struct deed *deed,
    struct err *err)
{
	struct telling telling = tell_begin(call);
	struct outcome outcome;

	telling.with_date = deed->act == ACT_CONFIRM || deed->act == ACT_REOPEN;
	for (size_t i = 0; i < count; i++) {
		if (act_on(call, args_word(&call->args, i), deed, &outcome,
			err) == -1)
			return -1;
		tell(&telling, &outcome, what_of(deed));
		outcome_clear(&outcome);
	}
	tell_end(&telling);
	return 0;
}

/* ---- confirm ---- */

static int
confirm_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	const char *words = args_value(&call->args, "due");
	struct dating dating;
	int rc;

	/* A person has looked: that was what the flag asked for. */
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
	if (dating_load(&dating, call->conf, call->db, err) == -1)
		return -1;
	rc = draft_due(&dating, call->db, entry, words, err);
	dating_clear(&dating);
	return rc;
}

static int
run_confirm(struct desk_call *call, struct err *err)
{
	const struct deed deed = { .act = ACT_CONFIRM, .after = confirm_after };

	return act_on_each(call, call->args.words.len, &deed, err);
}

/* ---- update ---- */

static int
update_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	(void)err;
	if (args_has(&call->args, "at-risk"))
		entry->at_risk = true;
	if (args_has(&call->args, "on-track"))
		entry->at_risk = false;
	return 0;
}

static int
run_update(struct desk_call *call, struct err *err)
{
	size_t refs = call->args.words.len - 1;
	struct deed deed = {
		.act = ACT_UPDATE,
		.note = args_word(&call->args, refs),
		.after = update_after,
	};

	if (args_has(&call->args, "blocked"))
		deed.act = ACT_BLOCK;
	else if (args_has(&call->args, "unblocked"))
		deed.act = ACT_UNBLOCK;
	return act_on_each(call, refs, &deed, err);
}

/* ---- done, approve, reject ---- */

/* A group's member may have answered while others have not. */
static int
run_done(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = ACT_PROPOSE,
		.note = args_value(&call->args, "evidence"),
	};
	struct telling telling = tell_begin(call);
	struct entry entry;
	struct outcome outcome;
	char *missing, *what;

	for (size_t i = 0; i < call->args.words.len; i++) {
		if (act_on(call, args_word(&call->args, i), &deed, &outcome,
			err) == -1)
			return -1;
		if (entries_get_id(call->db, outcome.id, &entry, err) != 1) {
			outcome_clear(&outcome);
			return -1;
		}
		missing = entry.state == ENTRY_PROPOSED
			      ? NULL
			      : lifecycle_unanswered(&entry);
		what = missing == NULL
			   ? xstrdup(what_of(&deed))
			   : xasprintf("answered for %s; not yet by %s",
				 call->doer.by != NULL ? call->doer.by
						       : "one owner",
				 missing);
		tell(&telling, &outcome, what);
		free(missing);
		free(what);
		outcome_clear(&outcome);
		entry_clear(&entry);
	}
	tell_end(&telling);
	return 0;
}

/* Is it another date that waits for an answer, and not the closure? */
static int
asks_for_date(
    struct desk_call *call, const char *ref, bool *out, struct err *err)
{
	struct entry entry;

	if (look_entry(call, ref, &entry, err) == -1)
		return -1;
	*out = entry.extension_pending && entry.state != ENTRY_PROPOSED;
	entry_clear(&entry);
	return 0;
}

static int
decide(struct desk_call *call, size_t refs, const struct deed *closure,
    const char *reason, struct err *err)
{
	struct telling telling = tell_begin(call);

	for (size_t i = 0; i < refs; i++) {
		const char *ref = args_word(&call->args, i);
		bool date, agree = closure->act == ACT_APPROVE;
		struct outcome outcome = { 0 };

		if (asks_for_date(call, ref, &date, err) == -1)
			return -1;
		if (date ? extend_answer(
			       call, ref, agree, reason, &outcome.id, err) == -1
			 : act_on(call, ref, closure, &outcome, err) == -1)
			return -1;
		telling.with_date = date;
		tell(&telling, &outcome,
		    !date ? what_of(closure)
			  : act_done(agree ? ACT_AGREE : ACT_REFUSE));
		outcome_clear(&outcome);
	}
	tell_end(&telling);
	return 0;
}

static int
run_approve(struct desk_call *call, struct err *err)
{
	const struct deed deed = { .act = ACT_APPROVE };

	return decide(call, call->args.words.len, &deed, NULL, err);
}

static int
run_reject(struct desk_call *call, struct err *err)
{
	size_t refs = call->args.words.len - 1;
	const struct deed deed = { .act = ACT_REJECT,
		.note = args_word(&call->args, refs) };

	return decide(call, refs, &deed, deed.note, err);
}

static int
run_extend(struct desk_call *call, struct err *err)
{
	struct telling telling = tell_begin(call);
	struct outcome outcome = { 0 };
	enum act act;

	telling.with_date = true;
	for (size_t i = 0; i < call->args.words.len; i++) {
		if (extend_entry(call, args_word(&call->args, i), &act,
			&outcome.id, err) == -1)
			return -1;
		tell(&telling, &outcome, act_done(act));
	}
	tell_end(&telling);
	return 0;
}

/* ---- assign ---- */

static int
assign_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	static const struct {
		const char *option;
		enum owner_role role;
	} roles[] = {
		{ "owner", ROLE_OWNER },
		{ "co-owner", ROLE_CO_OWNER },
		{ "sponsor", ROLE_SPONSOR },
	};

	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
		if (!args_has(&call->args, roles[i].option))
			continue;
		draft_drop_owners(entry, roles[i].role);
		if (draft_owners(
			call, entry, roles[i].option, roles[i].role, err) == -1)
			return -1;
	}
	return 0;
}

static int
run_assign(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = ACT_ASSIGN,
		.note = args_value(&call->args, "reason"),
		.after = assign_after,
	};

	if (!args_has(&call->args, "owner") &&
	    !args_has(&call->args, "co-owner") &&
	    !args_has(&call->args, "sponsor"))
		return err_set(err, ERR_USAGE,
		    "to whom? give --owner, --co-owner or --sponsor");
	return act_on_each(call, call->args.words.len, &deed, err);
}

/* ---- snooze and hold ---- */

static int
future_day(struct desk_call *call, const char *option, const char *text,
    int *out, struct err *err)
{
	if (desk_day(call, option, text, out, err) == -1)
		return -1;
	if (*out <= call->today)
		return err_set(
		    err, ERR_INPUT, "--%s must be a day to come", option);
	return 0;
}

static int
snooze_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	free(entry->snooze_reason);
	entry->snooze_reason = xstrdup(args_value(&call->args, "reason"));
	return future_day(call, "until", args_value(&call->args, "until"),
	    &entry->snooze_until_on, err);
}

/* Statutory clocks, and schedules that say so, are not silenced; that it was
 * tried stands in the history. */
static int
may_be_silenced(
    struct desk_call *call, const char *ref, bool *out, struct err *err)
{
	const struct conf_schedule *schedule;
	const char *until = args_value(&call->args, "until");
	struct entry entry;
	int rc = 0;

	if (look_entry(call, ref, &entry, err) == -1)
		return -1;
	schedule = conf_schedule_for(
	    call->conf, entry.kind, entry.series, entry.body, entry.priority);
	*out = !entry.statutory && (schedule == NULL || !schedule->no_snooze);
	if (!*out) {
		rc = register_event(call->db, &call->doer, "entry", entry.id,
		    "snooze ignored", NULL, until,
		    args_value(&call->args, "reason"), err);
		desk_remark(call,
		    "%s is not snoozed: %s. The attempt is in its history",
		    entry.ref,
		    entry.statutory ? "its clock is statutory"
				    : "its schedule says no_snooze");
	}
	entry_clear(&entry);
	return rc;
}

static int
run_snooze(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = ACT_SNOOZE,
		.note = args_value(&call->args, "reason"),
		.after = snooze_after,
	};
	struct telling telling = tell_begin(call);
	char what[64], day[DAY_LONG_MAX];
	struct outcome outcome;
	int until;
	bool may;

	if (!args_has(&call->args, "until"))
		return err_set(err, ERR_USAGE, "until when? give --until DAY");
	if (future_day(call, "until", args_value(&call->args, "until"), &until,
		err) == -1)
		return -1;
	snprintf(what, sizeof what, "snoozed until %s", day_long(until, day));
	for (size_t i = 0; i < call->args.words.len; i++) {
		const char *ref = args_word(&call->args, i);

		if (may_be_silenced(call, ref, &may, err) == -1)
			return -1;
		if (!may) {
			call->answer->status = DESK_REFUSED;
			continue;
		}
		if (act_on(call, ref, &deed, &outcome, err) == -1)
			return -1;
		tell(&telling, &outcome, what);
		outcome_clear(&outcome);
	}
	tell_end(&telling);
	return 0;
}

static const char *
review_day(struct desk_call *call)
{
	const char *until = args_value(&call->args, "until");

	return until != NULL ? until : args_value(&call->args, "review");
}

static int
hold_before(struct desk_call *call, struct entry *entry, struct err *err)
{
	const char *day = review_day(call);

	return day == NULL
		   ? 0
		   : future_day(call, "until", day, &entry->review_on, err);
}

/* For a clock that pauses, to be on hold is to wait for somebody's answer:
 * clarification, proof of identity, a fee. */
static int
hold_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	const struct clock *clock = dating_clock_of(call->conf, entry);

	(void)err;
	if (clock != NULL && clock->pauses && entry->paused_from_on == DAY_NONE)
		entry->paused_from_on = call->doer.on;
	return 0;
}

static int
run_hold(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = ACT_HOLD,
		.note = args_value(&call->args, "reason"),
		.before = hold_before,
		.after = hold_after,
	};

	return act_on_each(call, call->args.words.len, &deed, err);
}

/* ---- withdraw, supersede, reopen, reword ---- */

static int
run_withdraw(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = args_has(&call->args, "not-accepted") ? ACT_NOT_ACCEPT
							     : ACT_WITHDRAW,
		.note = args_value(&call->args, "reason"),
	};

	return act_on_each(call, call->args.words.len, &deed, err);
}

static int
run_supersede(struct desk_call *call, struct err *err)
{
	const char *with = args_value(&call->args, "with");
	struct deed deed = { .act = ACT_SUPERSEDE };
	struct entry other;
	int rc;

	if (with == NULL)
		return err_set(
		    err, ERR_USAGE, "by which entry? give --with REF");
	if (look_entry(call, with, &other, err) == -1)
		return -1;
	for (size_t i = 0; i < call->args.words.len; i++)
		if (text_same(args_word(&call->args, i), other.ref)) {
			entry_clear(&other);
			return err_set(err, ERR_INPUT,
			    "an entry cannot take its own place");
		}
	deed.note = other.ref;
	rc = act_on_each(call, call->args.words.len, &deed, err);
	entry_clear(&other);
	return rc;
}

/* What is dated again needs no day to ask for one. */
static int
reopen_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	(void)call;
	(void)err;
	if (entry->due_on != DAY_NONE)
		entry->review_on = DAY_NONE;
	return 0;
}

static int
run_reopen(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = ACT_REOPEN,
		.note = args_value(&call->args, "reason"),
		.after = reopen_after,
	};

	return act_on_each(call, call->args.words.len, &deed, err);
}

static int
reword_after(struct desk_call *call, struct entry *entry, struct err *err)
{
	struct buf clean = { 0 };

	text_add_squeezed(&clean, args_word(&call->args, 1));
	if (clean.len == 0) {
		buf_clear(&clean);
		return err_set(err, ERR_INPUT, "the new text is empty");
	}
	free(entry->text);
	entry->text = buf_take(&clean);
	return 0;
}

static int
run_reword(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = ACT_REWORD,
		.note = args_value(&call->args, "reason"),
		.after = reword_after,
	};

	return act_on_each(call, 1, &deed, err);
}

/* ---- the table ---- */

static const struct arg_option confirm_options[] = {
	{ "owner", ARG_MANY },
	{ "due", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option update_options[] = {
	{ "blocked", ARG_FLAG },
	{ "unblocked", ARG_FLAG },
	{ "at-risk", ARG_FLAG },
	{ "on-track", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option done_options[] = {
	{ "evidence", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option extend_options[] = {
	{ "to", ARG_VALUE },
	{ "base", ARG_VALUE },
	{ "reason", ARG_VALUE },
	{ "asked-by", ARG_VALUE },
	{ "agreed-by", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option assign_options[] = {
	{ "owner", ARG_MANY },
	{ "co-owner", ARG_MANY },
	{ "sponsor", ARG_MANY },
	{ "reason", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option until_options[] = {
	{ "until", ARG_VALUE },
	{ "review", ARG_VALUE },
	{ "reason", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option end_options[] = {
	{ "reason", ARG_VALUE },
	{ "with", ARG_VALUE },
	{ "not-accepted", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option reason_options[] = {
	{ "reason", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

#define ACT(command, takes, what, right, handler, table, least, most) \
	{                                                             \
		.name = command, .args = takes, .summary = what,      \
		.mode = DESK_WRITES, .access = right, .file_arg = -1, \
		.run = handler, .options = table, .min_words = least, \
		.max_words = most                                     \
	}

const struct desk_command acts_commands[] = {
	ACT("confirm", "REF... [--owner X] [--due \"WORDS\"]",
	    "Says that an entry is meant: it becomes open", ACCESS_EDIT,
	    run_confirm, confirm_options, 1, 0),
	ACT("update", "REF... \"NOTE\" [--blocked|--at-risk]",
	    "Records the owner's word", ACCESS_EDIT, run_update, update_options,
	    2, 0),
	ACT("done", "REF... --evidence \"TEXT\"",
	    "Proposes closure, with evidence", ACCESS_EDIT, run_done,
	    done_options, 1, 0),
	ACT("approve", "REF...",
	    "Closes what is proposed, or agrees to the date asked for",
	    ACCESS_APPROVE, run_approve, NULL, 1, 0),
	ACT("reject", "REF... \"WHY\"",
	    "Sends it back, or refuses the date asked for", ACCESS_APPROVE,
	    run_reject, NULL, 2, 0),
	ACT("extend",
	    "REF... --to \"WORDS\" --reason \"TEXT\" "
	    "[--asked-by X] [--agreed-by Y]",
	    "Asks for another date, or records one that is agreed", ACCESS_EDIT,
	    run_extend, extend_options, 1, 0),
	ACT("assign", "REF... --owner X [--co-owner X] [--sponsor X]",
	    "Gives an entry to somebody", ACCESS_EDIT, run_assign,
	    assign_options, 1, 0),
	ACT("snooze", "REF... --until DAY --reason \"TEXT\"",
	    "Holds nudges; the date stays", ACCESS_EDIT, run_snooze,
	    until_options, 1, 0),
	ACT("hold", "REF... --until DAY --reason \"TEXT\"",
	    "Puts an entry on hold; a clock that pauses stands", ACCESS_EDIT,
	    run_hold, until_options, 1, 0),
	ACT("withdraw", "REF... --reason \"TEXT\" [--not-accepted]",
	    "Ends an entry that is not to be done", ACCESS_EDIT, run_withdraw,
	    end_options, 1, 0),
	ACT("supersede", "REF... --with REF",
	    "Ends an entry whose place another takes", ACCESS_EDIT,
	    run_supersede, end_options, 1, 0),
	ACT("reopen", "REF... [--reason \"TEXT\"]",
	    "Opens what was finished or on hold; a clock that stood goes on",
	    ACCESS_EDIT, run_reopen, reason_options, 1, 0),
	ACT("reword", "REF \"TEXT\" [--reason \"TEXT\"]",
	    "Corrects an entry's text", ACCESS_EDIT, run_reword, reason_options,
	    2, 2),
	{ .name = NULL },
};
