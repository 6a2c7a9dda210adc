/* SPDX-License-Identifier: ISC */
/*
 * The commands that do something to entries, with what belongs to each act;
 * how one is done is in deed.c. All refs of a line, or none.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lifecycle.h"
#include "core/text.h"
#include "desk/confirm.h"
#include "desk/deed.h"
#include "desk/draft.h"
#include "desk/extend.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/record.h"

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
	bool blocked = args_has(&call->args, "blocked");

	if (blocked && args_has(&call->args, "unblocked"))
		return err_set(err, ERR_USAGE,
		    "--blocked or --unblocked: give one of them");
	if (args_has(&call->args, "at-risk") &&
	    args_has(&call->args, "on-track"))
		return err_set(err, ERR_USAGE,
		    "--at-risk or --on-track: give one of them");
	if (blocked)
		deed.act = ACT_BLOCK;
	else if (args_has(&call->args, "unblocked"))
		deed.act = ACT_UNBLOCK;
	return deed_do_each(call, refs, &deed, err);
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
	struct deed_telling telling = deed_tell_begin(call);
	struct entry entry;
	struct deed_outcome outcome;
	char *missing, *what;

	for (size_t i = 0; i < call->args.words.len; i++) {
		if (deed_do(call, args_word(&call->args, i), &deed, &outcome,
			err) == -1)
			return -1;
		if (entries_get_id(call->db, outcome.id, &entry, err) != 1) {
			deed_outcome_clear(&outcome);
			return -1;
		}
		missing = entry.state == ENTRY_PROPOSED
			      ? NULL
			      : lifecycle_unanswered(&entry);
		what = missing == NULL
			   ? xstrdup(deed_what(&deed))
			   : xasprintf("answered for %s; not yet by %s",
				 call->doer.by != NULL ? call->doer.by
						       : "one owner",
				 missing);
		deed_tell(&telling, &outcome, what);
		free(missing);
		free(what);
		deed_outcome_clear(&outcome);
		entry_clear(&entry);
	}
	deed_tell_end(&telling);
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
	struct deed_telling telling = deed_tell_begin(call);

	for (size_t i = 0; i < refs; i++) {
		const char *ref = args_word(&call->args, i);
		bool date, agree = closure->act == ACT_APPROVE;
		struct deed_outcome outcome = { 0 };

		if (asks_for_date(call, ref, &date, err) == -1)
			return -1;
		if (date ? extend_answer(
			       call, ref, agree, reason, &outcome.id, err) == -1
			 : deed_do(call, ref, closure, &outcome, err) == -1)
			return -1;
		telling.with_date = date;
		deed_tell(&telling, &outcome,
		    !date ? deed_what(closure)
			  : act_done(agree ? ACT_AGREE : ACT_REFUSE));
		deed_outcome_clear(&outcome);
	}
	deed_tell_end(&telling);
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
	struct deed_telling telling = deed_tell_begin(call);
	struct deed_outcome outcome;
	enum act act;

	for (size_t i = 0; i < call->args.words.len; i++) {
		if (extend_entry(call, args_word(&call->args, i), &act,
			&outcome, err) == -1)
			return -1;
		telling.with_date = act == ACT_AGREE;
		deed_tell(&telling, &outcome, act_done(act));
		deed_outcome_clear(&outcome);
	}
	deed_tell_end(&telling);
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
	return deed_do_each(call, call->args.words.len, &deed, err);
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
	struct deed_telling telling = deed_tell_begin(call);
	char what[64], day[DAY_LONG_MAX];
	struct deed_outcome outcome;
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
		if (deed_do(call, ref, &deed, &outcome, err) == -1)
			return -1;
		deed_tell(&telling, &outcome, what);
		deed_outcome_clear(&outcome);
	}
	deed_tell_end(&telling);
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

	return deed_do_each(call, call->args.words.len, &deed, err);
}

/* ---- withdraw, supersede, reopen, reword, restrict ---- */

static int
run_withdraw(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = args_has(&call->args, "not-accepted") ? ACT_NOT_ACCEPT
							     : ACT_WITHDRAW,
		.note = args_value(&call->args, "reason"),
	};

	return deed_do_each(call, call->args.words.len, &deed, err);
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
	if (other.state == ENTRY_WITHDRAWN || other.state == ENTRY_SUPERSEDED ||
	    other.state == ENTRY_NOT_ACCEPTED) {
		err_set(err, ERR_CONFLICT,
		    "%s is not to be done itself: it takes the place of none",
		    other.ref);
		entry_clear(&other);
		return -1;
	}
	for (size_t i = 0; i < call->args.words.len; i++)
		if (text_same(args_word(&call->args, i), other.ref)) {
			entry_clear(&other);
			return err_set(err, ERR_INPUT,
			    "an entry cannot take its own place");
		}
	deed.note = other.ref;
	rc = deed_do_each(call, call->args.words.len, &deed, err);
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

	return deed_do_each(call, call->args.words.len, &deed, err);
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

	return deed_do_each(call, 1, &deed, err);
}

/* Of one whose series, or whose entry above, is restricted the own mark alone
 * goes: say so. */
static int
still_restricted(struct desk_call *call, struct deed_outcome *outcome,
    enum act act, struct err *err)
{
	struct entry entry;

	if (act != ACT_UNRESTRICT)
		return 0;
	if (entries_get_id(call->db, outcome->id, &entry, err) != 1)
		return -1;
	if (entry.is_restricted)
		outcome->said = xstrdup("it still is: its series, or the entry "
					"that it is part of, is restricted");
	entry_clear(&entry);
	return 0;
}

static int
run_restrict(struct desk_call *call, struct err *err)
{
	const struct deed deed = {
		.act = args_has(&call->args, "none") ? ACT_UNRESTRICT
						     : ACT_RESTRICT,
		.note = args_value(&call->args, "reason"),
	};
	struct deed_telling telling = deed_tell_begin(call);
	struct deed_outcome outcome;

	for (size_t i = 0; i < call->args.words.len; i++) {
		if (deed_do(call, args_word(&call->args, i), &deed, &outcome,
			err) == -1)
			return -1;
		if (still_restricted(call, &outcome, deed.act, err) == -1) {
			deed_outcome_clear(&outcome);
			return -1;
		}
		deed_tell(&telling, &outcome, deed_what(&deed));
		deed_outcome_clear(&outcome);
	}
	deed_tell_end(&telling);
	return 0;
}

/* ---- the table ---- */

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
	{ "anyway", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option assign_options[] = {
	{ "owner", ARG_MANY },
	{ "co-owner", ARG_MANY },
	{ "sponsor", ARG_MANY },
	{ "reason", ARG_VALUE },
	{ "anyway", ARG_FLAG },
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

static const struct arg_option restrict_options[] = {
	{ "reason", ARG_VALUE },
	{ "none", ARG_FLAG },
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
	ACT("confirm", "REF... [--owner X] [--due \"WORDS\"] [--anyway]",
	    "Says that an entry is right: it becomes open; gives a first date",
	    ACCESS_EDIT, confirm_run, confirm_options, 1, 0),
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
	    "[--asked-by X] [--agreed-by Y] [--anyway]",
	    "Asks for another date, or records one that is agreed", ACCESS_EDIT,
	    run_extend, extend_options, 1, 0),
	ACT("assign",
	    "REF... --owner X [--co-owner X] [--sponsor X] [--anyway]",
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
	ACT("restrict", "REF... [--reason \"TEXT\"] [--none]",
	    "Keeps an entry's text inside; --none lets it out again",
	    ACCESS_EDIT, run_restrict, restrict_options, 1, 0),
	{ .name = NULL },
};
