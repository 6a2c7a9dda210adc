/* SPDX-License-Identifier: ISC */
/* Asking for another due date and answering; see the header. */
#include "desk/extend.h"

#include <stdlib.h>

#include "desk/dates.h"
#include "desk/days.h"
#include "desk/draft.h"
#include "desk/look.h"
#include "io/entries.h"

static char *
option_text(struct desk_call *call, const char *option)
{
	const char *text = args_value(&call->args, option);

	return text == NULL || *text == '\0' ? NULL : xstrdup(text);
}

/* ---- the pending one ---- */

static int
take_pending(void *ctx, const struct slip *slip, struct err *err)
{
	struct slip *out = ctx;

	(void)err;
	if (slip->state != SLIP_PENDING)
		return 0;
	slip_clear(out);
	*out = *slip;
	out->phrase = xstrdup(slip->phrase);
	out->reason = xstrdup(slip->reason);
	out->asked_by = xstrdup(slip->asked_by);
	out->agreed_by = xstrdup(slip->agreed_by);
	return 0;
}

static int
find_pending(struct desk_call *call, const struct entry *entry,
    struct slip *out, struct err *err)
{
	slip_init(out);
	if (slips_each(call->db, entry->id, take_pending, out, err) == -1)
		return -1;
	if (out->id == 0)
		return err_set(err, ERR_CONFLICT,
		    "no other date was asked for %s; ask with: nudgectl "
		    "extend %s --to \"WORDS\" --reason \"TEXT\"",
		    entry->ref, entry->ref);
	return 0;
}

/* ---- the new date ---- */

/* Dates a copy of the entry by the words of a slip, counted from base_on. */
static int
date_by(struct desk_call *call, struct entry *entry, const char *words,
    int base_on, struct err *err)
{
	struct dating dating;
	int rc;

	if (dating_load(&dating, call->conf, call->db, err) == -1)
		return -1;
	entry->base_on = base_on;
	rc = draft_due(&dating, call->db, entry, words, err);
	dating_clear(&dating);
	return rc;
}

/* A day before the one on which it is asked for is most often last year's, by
 * habit. */
static int
check_to_come(
    struct desk_call *call, const char *to, int due_on, struct err *err)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX], d[DAY_LONG_MAX];
	int coming = day_in_coming_year(due_on, call->doer.on);

	if (due_on >= call->doer.on || args_has(&call->args, "anyway"))
		return 0;
	return err_set(err, ERR_INPUT,
	    "--to: \"%.100s\" is %s, before %s%s%s%s; if that is meant, say "
	    "--anyway",
	    to, day_long(due_on, a), day_long(call->doer.on, b),
	    coming == DAY_NONE ? "" : "; did you mean ",
	    coming == DAY_NONE ? "" : day_long(coming, d),
	    coming == DAY_NONE ? "" : "?");
}

/* A slip for what the line asks; *dated is the entry with the new date. */
static int
new_slip(struct desk_call *call, const struct entry *entry, struct entry *dated,
    struct slip *slip, struct err *err)
{
	const char *to = args_value(&call->args, "to");
	char day[DAY_LONG_MAX];
	int base_on = call->doer.on;

	if (to == NULL)
		return err_set(
		    err, ERR_USAGE, "to which date? give --to \"WORDS\"");
	if (look_day_option(call, "base", &base_on, err) == -1 ||
	    date_by(call, dated, to, base_on, err) == -1)
		return -1;
	if (dated->due_on == DAY_NONE)
		return err_set(err, ERR_INPUT,
		    "--to: \"%.100s\" means no day: a date is moved to "
		    "another date",
		    to);
	if (dated->due_on == entry->due_on)
		return err_set(err, ERR_CONFLICT, "%s is due on %s already",
		    entry->ref, day_long(entry->due_on, day));
	if (check_to_come(call, to, dated->due_on, err) == -1)
		return -1;
	slip->entry_id = entry->id;
	slip->old_on = entry->due_on;
	slip->new_on = dated->due_on;
	slip->new_earliest_on = dated->earliest_on;
	slip->phrase = xstrdup(to);
	slip->reason = option_text(call, "reason");
	slip->asked_by = option_text(call, "asked-by");
	if (slip->asked_by == NULL)
		slip->asked_by = xstrdup(call->doer.by);
	slip->asked_on = call->doer.on;
	return 0;
}

/* ---- the act ---- */

static int
ask_lifecycle(struct desk_call *call, struct entry *entry, enum act act,
    const char *reason, struct err *err)
{
	const struct act_ask ask = {
		.may_edit = call->request->may[ACCESS_EDIT],
		.may_approve = call->request->may[ACCESS_APPROVE],
		.note = reason,
		.on = call->doer.on,
	};

	return lifecycle_apply(entry, act, &ask, err);
}

/* Moves the dates of after to those of dated. */
static void
take_dates(struct entry *after, struct entry *dated)
{
	char *swap;

	after->due_on = dated->due_on;
	after->earliest_on = dated->earliest_on;
	after->review_on = dated->review_on;
	after->due_minute = dated->due_minute;
	after->base_on = dated->base_on;
	after->due_series_id = dated->due_series_id;
	after->due_meeting_on = dated->due_meeting_on;
	after->at_meeting = dated->at_meeting;
	swap = after->due_phrase;
	after->due_phrase = dated->due_phrase;
	dated->due_phrase = swap;
	swap = after->rule;
	after->rule = dated->rule;
	dated->rule = swap;
	swap = after->flag;
	after->flag = dated->flag;
	dated->flag = swap;
	free(after->clock);
	after->clock = NULL;
	after->base_minute = -1;
	after->paused_from_on = DAY_NONE;
	after->paused_days = 0;
}

static int
agree(struct desk_call *call, const struct entry *before, struct entry *after,
    struct entry *dated, struct slip *slip, struct err *err)
{
	const bool statutory = before->statutory;

	if (ask_lifecycle(call, after, ACT_AGREE, slip->reason, err) == -1)
		return -1;
	take_dates(after, dated);
	/* An extension does not make a statutory deadline an ordinary one. */
	after->statutory = statutory;
	slip->state = SLIP_AGREED;
	slip->decided_on = call->doer.on;
	if ((slip->id == 0 ? slips_add(call->db, slip, err)
			   : slips_save(call->db, slip, err)) == -1)
		return -1;
	return entries_save(call->db, before, after, act_done(ACT_AGREE),
	    slip->reason, &call->doer, err);
}

static int
ask_for(struct desk_call *call, const struct entry *before, struct entry *after,
    struct slip *slip, struct err *err)
{
	char day[DAY_LONG_MAX];
	char *note;
	int rc;

	if (ask_lifecycle(call, after, ACT_EXTEND, slip->reason, err) == -1)
		return -1;
	slip->state = SLIP_PENDING;
	if (slips_add(call->db, slip, err) == -1)
		return -1;
	note = xasprintf("to %s: %s", day_long(slip->new_on, day),
	    slip->reason != NULL ? slip->reason : "");
	rc = entries_save(call->db, before, after, act_done(ACT_EXTEND), note,
	    &call->doer, err);
	free(note);
	return rc;
}

/* What waits now, and how it is answered. Owned. */
static char *
say_pending(const struct entry *before, const struct slip *slip)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	const char *ref = before->ref;

	if (before->due_on == DAY_NONE)
		return xasprintf("to %s; until that is answered it has no "
				 "date: nudgectl approve %s, or nudgectl "
				 "reject %s \"WHY\"\n"
				 "  a first date needs no answer: nudgectl "
				 "confirm %s --due \"WORDS\"",
		    day_long(slip->new_on, a), ref, ref, ref);
	return xasprintf("to %s, from %s; until that is answered reminders "
			 "wait: nudgectl approve %s, or nudgectl reject %s "
			 "\"WHY\"",
	    day_long(slip->new_on, a), day_long(before->due_on, b), ref, ref);
}

static int
extend_new(struct desk_call *call, const struct entry *before, enum act *act,
    char **said, struct err *err)
{
	struct entry after, dated;
	struct slip slip;
	int rc = -1;

	slip_init(&slip);
	entry_copy(before, &after);
	entry_copy(before, &dated);
	slip.agreed_by = option_text(call, "agreed-by");
	*act = slip.agreed_by != NULL ? ACT_AGREE : ACT_EXTEND;
	if (new_slip(call, before, &dated, &slip, err) == 0)
		rc = *act == ACT_AGREE
			 ? agree(call, before, &after, &dated, &slip, err)
			 : ask_for(call, before, &after, &slip, err);
	if (rc == 0 && *act == ACT_EXTEND)
		*said = say_pending(before, &slip);
	slip_clear(&slip);
	entry_clear(&after);
	entry_clear(&dated);
	return rc;
}

static int
answer_pending(struct desk_call *call, const struct entry *before, bool yes,
    const char *reason, struct err *err)
{
	struct entry after, dated;
	struct slip slip;
	int rc = -1;

	entry_copy(before, &after);
	entry_copy(before, &dated);
	if (find_pending(call, before, &slip, err) == -1)
		goto out;
	if (slip.agreed_by == NULL) {
		slip.agreed_by = option_text(call, "agreed-by");
		if (slip.agreed_by == NULL)
			slip.agreed_by =
			    xstrdup(call->doer.by != NULL ? call->doer.by
							  : call->doer.actor);
	}
	if (!yes) {
		slip.state = SLIP_REFUSED;
		slip.decided_on = call->doer.on;
		if (ask_lifecycle(call, &after, ACT_REFUSE, reason, err) == 0 &&
		    slips_save(call->db, &slip, err) == 0)
			rc = entries_save(call->db, before, &after,
			    act_done(ACT_REFUSE), reason, &call->doer, err);
		goto out;
	}
	if (date_by(call, &dated, slip.phrase, slip.asked_on, err) == -1)
		goto out;
	/* The day that was asked for is the one agreed to. */
	if (dated.due_on != slip.new_on) {
		dating_put_day(&dated, slip.new_on, "agreed as a day");
		dated.earliest_on = slip.new_earliest_on;
	}
	rc = agree(call, before, &after, &dated, &slip, err);
out:
	slip_clear(&slip);
	entry_clear(&after);
	entry_clear(&dated);
	return rc;
}

int
extend_entry(struct desk_call *call, const char *ref, enum act *act,
    struct deed_outcome *out, struct err *err)
{
	struct entry before;
	int rc;

	*out = (struct deed_outcome){ 0 };
	if (look_entry(call, ref, &before, err) == -1)
		return -1;
	out->id = before.id;
	/* A request that waits is answered by --agreed-by alone. */
	if (before.extension_pending && !args_has(&call->args, "to") &&
	    args_has(&call->args, "agreed-by")) {
		*act = ACT_AGREE;
		rc = answer_pending(call, &before, true, NULL, err);
	} else {
		rc = extend_new(call, &before, act, &out->said, err);
	}
	entry_clear(&before);
	return rc;
}

int
extend_answer(struct desk_call *call, const char *ref, bool yes,
    const char *reason, int64_t *id, struct err *err)
{
	struct entry before;
	int rc;

	if (look_entry(call, ref, &before, err) == -1)
		return -1;
	*id = before.id;
	rc = answer_pending(call, &before, yes, reason, err);
	entry_clear(&before);
	return rc;
}
