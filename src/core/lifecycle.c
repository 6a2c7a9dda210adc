/* SPDX-License-Identifier: ISC */
/* The states of an entry and what may happen in each; see lifecycle.h. */
#include "core/lifecycle.h"

#include <stdlib.h>

#include "core/buf.h"

#define IN(state) (1u << (state))
#define WORKING (IN(ENTRY_OPEN) | IN(ENTRY_BLOCKED) | IN(ENTRY_ON_HOLD))
#define LIVE (WORKING | IN(ENTRY_PROPOSED))
#define UNFINISHED (LIVE | IN(ENTRY_UNCONFIRMED))
#define FINISHED                                                         \
	(IN(ENTRY_CLOSED) | IN(ENTRY_WITHDRAWN) | IN(ENTRY_SUPERSEDED) | \
	    IN(ENTRY_NOT_ACCEPTED))
#define ANY (UNFINISHED | FINISHED)
#define STAYS (-1)
#define REASON "the reason with --reason \"TEXT\""

static const struct {
	unsigned from;
	int to; /* enum entry_state, or STAYS */
	enum act_right right;
	const char *done;
	const char *only; /* who else can be what: for the refusal */
	const char *note; /* what the note must say, NULL: nothing */
} acts[] = {
	[ACT_CONFIRM] = { IN(ENTRY_UNCONFIRMED), ENTRY_OPEN, RIGHT_EDIT,
	    "confirmed", "what nobody has looked at yet can be confirmed",
	    NULL },
	[ACT_SETTLE] = { WORKING, STAYS, RIGHT_EDIT, "confirmed", NULL, NULL },
	[ACT_UPDATE] = { LIVE, STAYS, RIGHT_EDIT, "updated", NULL,
	    "what is new" },
	[ACT_BLOCK] = { WORKING, ENTRY_BLOCKED, RIGHT_EDIT, "blocked", NULL,
	    "what blocks it" },
	[ACT_UNBLOCK] = { IN(ENTRY_BLOCKED), ENTRY_OPEN, RIGHT_EDIT,
	    "unblocked", "what is blocked can be unblocked", NULL },
	[ACT_HOLD] = { WORKING, ENTRY_ON_HOLD, RIGHT_EDIT, "put on hold", NULL,
	    REASON },
	[ACT_PROPOSE] = { LIVE, ENTRY_PROPOSED, RIGHT_EDIT,
	    "proposed for closure", NULL,
	    "the evidence with --evidence \"TEXT\"" },
	[ACT_APPROVE] = { IN(ENTRY_PROPOSED), ENTRY_CLOSED, RIGHT_APPROVE,
	    "closed", "what is proposed for closure can be approved", NULL },
	[ACT_REJECT] = { IN(ENTRY_PROPOSED), ENTRY_OPEN, RIGHT_APPROVE,
	    "rejected", "what is proposed for closure can be rejected",
	    "the reason" },
	[ACT_EXTEND] = { WORKING, STAYS, RIGHT_EDIT, "extension asked for",
	    NULL, REASON },
	[ACT_AGREE] = { WORKING, STAYS, RIGHT_APPROVE, "extended", NULL, NULL },
	[ACT_REFUSE] = { LIVE, STAYS, RIGHT_APPROVE, "extension refused", NULL,
	    NULL },
	[ACT_SNOOZE] = { LIVE, STAYS, RIGHT_EDIT, "snoozed", NULL, REASON },
	[ACT_ASSIGN] = { UNFINISHED, STAYS, RIGHT_EDIT, "assigned", NULL,
	    NULL },
	[ACT_WITHDRAW] = { UNFINISHED, ENTRY_WITHDRAWN, RIGHT_EDIT, "withdrawn",
	    NULL, REASON },
	[ACT_SUPERSEDE] = { UNFINISHED, ENTRY_SUPERSEDED, RIGHT_EDIT,
	    "superseded", NULL, "what supersedes it with --with REF" },
	[ACT_NOT_ACCEPT] = { UNFINISHED, ENTRY_NOT_ACCEPTED, RIGHT_EDIT,
	    "not accepted", NULL, REASON },
	[ACT_REOPEN] = { FINISHED | IN(ENTRY_ON_HOLD) | IN(ENTRY_BLOCKED),
	    ENTRY_OPEN, RIGHT_EDIT, "reopened",
	    "what is finished, on hold or blocked can be reopened", NULL },
	[ACT_REWORD] = { ANY, STAYS, RIGHT_EDIT, "reworded", NULL, NULL },
	[ACT_RESTRICT] = { ANY, STAYS, RIGHT_EDIT, "restricted", NULL, NULL },
	[ACT_UNRESTRICT] = { ANY, STAYS, RIGHT_EDIT, "no longer restricted",
	    NULL, NULL },
};

static const char *const state_words[] = {
	[ENTRY_UNCONFIRMED] = "not confirmed yet",
	[ENTRY_OPEN] = "open",
	[ENTRY_BLOCKED] = "blocked",
	[ENTRY_ON_HOLD] = "on hold",
	[ENTRY_PROPOSED] = "proposed for closure",
	[ENTRY_CLOSED] = "closed",
	[ENTRY_WITHDRAWN] = "withdrawn",
	[ENTRY_SUPERSEDED] = "superseded",
	[ENTRY_NOT_ACCEPTED] = "not accepted",
};

enum act_right
act_right(enum act act)
{
	return acts[act].right;
}

const char *
act_done(enum act act)
{
	return acts[act].done;
}

/* ---- groups ---- */

static bool
is_member(const struct owner *owner)
{
	return owner->role != ROLE_SPONSOR;
}

bool
lifecycle_is_group(const struct entry *entry)
{
	int members = 0;

	VEC_EACH (const struct owner, owner, &entry->owners)
		members += is_member(owner);
	return members > 1;
}

/* How many have not answered, leaving out one of them; their names are added
 * to names, which may be NULL. */
static int
unanswered(const struct entry *entry, int64_t but, struct buf *names)
{
	int count = 0, left;

	VEC_EACH (const struct owner, owner, &entry->owners)
		count += is_member(owner) && owner->party_id != but &&
			 owner->answered_on == DAY_NONE;
	left = count;
	VEC_EACH (const struct owner, owner, &entry->owners) {
		if (names == NULL || !is_member(owner) ||
		    owner->party_id == but || owner->answered_on != DAY_NONE)
			continue;
		if (left < count)
			buf_puts(names, left == 1 ? " and " : ", ");
		buf_puts(names, owner->name != NULL ? owner->name : "?");
		left--;
	}
	return count;
}

bool
lifecycle_has_answered(const struct entry *entry, const struct owner *member)
{
	return is_member(member) && member->answered_on != DAY_NONE &&
	       unanswered(entry, 0, NULL) > 0;
}

char *
lifecycle_unanswered(const struct entry *entry)
{
	struct buf names = { 0 };

	return unanswered(entry, 0, &names) == 0 ? NULL : buf_take(&names);
}

static bool
has_member(const struct entry *entry, int64_t party_id)
{
	VEC_EACH (const struct owner, owner, &entry->owners)
		if (is_member(owner) && owner->party_id == party_id)
			return true;
	return false;
}

/* Who answers for a group must be one of it, unless all have. */
static int
check_group(
    const struct entry *entry, const struct act_ask *ask, struct err *err)
{
	char *names;

	if (!lifecycle_is_group(entry) || has_member(entry, ask->by))
		return 0;
	names = lifecycle_unanswered(entry);
	if (names == NULL)
		return 0;
	(void)err_set(err, ERR_CONFLICT,
	    "%s is owned by several, and each must answer: say for whom with "
	    "--by (not answered yet: %s)",
	    entry->ref, names);
	free(names);
	return -1;
}

/* ---- may it be done ---- */

static int
refuse_state(const struct entry *entry, enum act act, struct err *err)
{
	const char *is = state_words[entry->state];
	unsigned in = IN(entry->state);

	if (acts[act].only != NULL)
		return err_set(err, ERR_CONFLICT, "%s is %s: only %s",
		    entry->ref, is, acts[act].only);
	if (in & FINISHED)
		return err_set(err, ERR_CONFLICT, "%s is %s: reopen it first",
		    entry->ref, is);
	if (entry->state == ENTRY_UNCONFIRMED)
		return err_set(err, ERR_CONFLICT, "%s is %s: confirm it first",
		    entry->ref, is);
	return err_set(
	    err, ERR_CONFLICT, "%s is %s: reject that first", entry->ref, is);
}

static int
check_right(const struct entry *entry, enum act act, const struct act_ask *ask,
    struct err *err)
{
	bool may =
	    acts[act].right == RIGHT_APPROVE ? ask->may_approve : ask->may_edit;

	if (may)
		return 0;
	return err_set(err, ERR_PERM,
	    "you may not %s %s: that takes the "
	    "right to %s",
	    acts[act].right == RIGHT_APPROVE ? "decide about" : "change",
	    entry->ref, acts[act].right == RIGHT_APPROVE ? "approve" : "edit");
}

/* Nothing is finished while a part of it is not. */
static int
check_family(const struct entry *entry, enum act act, const struct act_ask *ask,
    struct err *err)
{
	int to = acts[act].to;
	bool ends =
	    to != STAYS && (IN(to) & (FINISHED | IN(ENTRY_PROPOSED))) != 0;

	if (ends && ask->open_children > 0)
		return err_set(err, ERR_CONFLICT,
		    ask->open_children == 1
			? "%s has %d sub-point that is not finished"
			: "%s has %d sub-points that are not finished",
		    entry->ref, ask->open_children);
	if (act == ACT_REOPEN && ask->parent_finished)
		return err_set(err, ERR_CONFLICT,
		    "the entry that %s is part of is finished: reopen that "
		    "first",
		    entry->ref);
	return 0;
}

static int
check_words(const struct entry *entry, enum act act, const struct act_ask *ask,
    struct err *err)
{
	if (acts[act].note != NULL && (ask->note == NULL || *ask->note == '\0'))
		return err_set(
		    err, ERR_INPUT, "%s: say %s", entry->ref, acts[act].note);
	if (act == ACT_HOLD && entry->review_on == DAY_NONE)
		return err_set(err, ERR_INPUT,
		    "%s: what is put on hold needs a day to look at it again",
		    entry->ref);
	return 0;
}

static int
check_extension(const struct entry *entry, enum act act, struct err *err)
{
	if (act == ACT_EXTEND && entry->extension_pending)
		return err_set(err, ERR_CONFLICT,
		    "%s waits for the answer to an extension already",
		    entry->ref);
	if (act == ACT_REFUSE && !entry->extension_pending)
		return err_set(err, ERR_CONFLICT,
		    "no extension of %s was asked for", entry->ref);
	return 0;
}

int
lifecycle_change(const struct entry *entry, enum act act,
    const struct act_ask *ask, enum entry_state *to, struct err *err)
{
	if (check_right(entry, act, ask, err) == -1)
		return -1;
	if (!(acts[act].from & IN(entry->state)))
		return refuse_state(entry, act, err);
	if (check_extension(entry, act, err) == -1 ||
	    check_family(entry, act, ask, err) == -1 ||
	    check_words(entry, act, ask, err) == -1)
		return -1;
	if (act == ACT_PROPOSE && check_group(entry, ask, err) == -1)
		return -1;
	*to = acts[act].to == STAYS ? entry->state
				    : (enum entry_state)acts[act].to;
	return 0;
}

/* ---- doing it ---- */

static void
set_text(char **to, const char *text)
{
	char *copy = xstrdup(text);

	free(*to);
	*to = copy;
}

static void
forget_answers(struct entry *entry)
{
	VEC_EACH (struct owner, owner, &entry->owners)
		owner->answered_on = DAY_NONE;
	entry->proposed_on = DAY_NONE;
}

/* Whether the group has now answered as a whole. */
static bool
note_answer(struct entry *entry, const struct act_ask *ask)
{
	if (!lifecycle_is_group(entry))
		return true;
	VEC_EACH (struct owner, owner, &entry->owners)
		if (is_member(owner) && owner->party_id == ask->by)
			owner->answered_on = ask->on;
	return unanswered(entry, 0, NULL) == 0;
}

void
lifecycle_finish(struct entry *entry, int on)
{
	entry->closed_on = on;
	entry->at_risk = false;
	entry->extension_pending = false;
	entry->snooze_until_on = DAY_NONE;
	set_text(&entry->snooze_reason, NULL);
}

static void
note_update(struct entry *entry, const struct act_ask *ask)
{
	entry->updated_on = ask->on;
	if (ask->note != NULL)
		set_text(&entry->update_note, ask->note);
}

int
lifecycle_apply(struct entry *entry, enum act act, const struct act_ask *ask,
    struct err *err)
{
	enum entry_state to;

	if (lifecycle_change(entry, act, ask, &to, err) == -1)
		return -1;
	if (act == ACT_PROPOSE && !note_answer(entry, ask)) {
		note_update(entry, ask);
		return 0;
	}
	if (act == ACT_UPDATE || act == ACT_BLOCK || act == ACT_UNBLOCK)
		note_update(entry, ask);
	if (act == ACT_EXTEND) {
		entry->extension_pending = true;
		entry->asked_on = ask->on;
	}
	if (act == ACT_RESTRICT || act == ACT_UNRESTRICT)
		entry->restricted = act == ACT_RESTRICT;
	if (act == ACT_AGREE || act == ACT_REFUSE)
		entry->extension_pending = false;
	if (act == ACT_AGREE && entry->due_on != DAY_NONE) {
		entry->slips++;
		entry->slipped_on = ask->on;
	}
	if (acts[act].to == STAYS)
		return 0;
	if (act == ACT_REJECT || (IN(entry->state) & FINISHED))
		forget_answers(entry);
	if (to == ENTRY_OPEN)
		entry->closed_on = DAY_NONE;
	if (to == ENTRY_PROPOSED)
		entry->proposed_on = ask->on;
	if (IN(to) & FINISHED)
		lifecycle_finish(entry, ask->on);
	/* What closes keeps the evidence that it was proposed with. */
	if (to == ENTRY_OPEN)
		set_text(&entry->state_note, NULL);
	else if (to != ENTRY_CLOSED)
		set_text(&entry->state_note, ask->note);
	entry->state = to;
	return 0;
}
