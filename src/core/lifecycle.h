/* SPDX-License-Identifier: ISC */
/*
 * Which change of an entry is allowed, from which state, to whom, and what it
 * does to the entry. Pure: the desk reads the entry, asks here, applies, saves.
 */
#ifndef NUDGED_CORE_LIFECYCLE_H
#define NUDGED_CORE_LIFECYCLE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/model.h"

enum act {
	ACT_CONFIRM, /* unconfirmed becomes open */
	ACT_SETTLE,  /* a person has looked at what is open: its flag goes, a
		      * first date or owner may come */
	ACT_UPDATE,  /* a word from the owner; the state stays */
	ACT_BLOCK,   /* an update that says it cannot go on */
	ACT_UNBLOCK, /* an update that says it can */
	ACT_HOLD,    /* waits, with a reason and a review date */
	ACT_PROPOSE, /* the owner says done, with evidence */
	ACT_APPROVE, /* proposed becomes closed */
	ACT_REJECT,  /* proposed becomes open again */
	ACT_EXTEND,  /* another date is asked for and waits for an answer */
	ACT_AGREE,   /* another date is agreed, asked for before or not */
	ACT_REFUSE,  /* the date asked for is refused */
	ACT_SNOOZE,  /* nudges wait */
	ACT_ASSIGN,  /* other owners */
	ACT_WITHDRAW,
	ACT_SUPERSEDE, /* another entry takes its place */
	ACT_NOT_ACCEPT,
	ACT_REOPEN, /* finished, on hold or blocked becomes open */
	ACT_REWORD,
	ACT_RESTRICT,   /* its text stays inside */
	ACT_UNRESTRICT, /* it may be told again */
};

enum act_right { RIGHT_EDIT, RIGHT_APPROVE };

/* What the act takes: approving, rejecting, agreeing and refusing are the
 * approver's. */
enum act_right act_right(enum act act);

/* For the history: "closed", "rejected", "date agreed" ... */
const char *act_done(enum act act);

struct act_ask {
	bool may_edit, may_approve; /* the caller's rights */
	const char *note;  /* reason, evidence, words of an update, ref of the
			    * entry that supersedes; NULL: none */
	int on;            /* the day it was done */
	int64_t by;        /* the party it was done for; 0: nobody in
			    * particular. Of a group: which member answers */
	int open_children; /* sub-points that are not finished */
	bool parent_finished; /* a sub-point: the entry above is finished */
};

/* May it be done? Returns 0 and the state that follows, or -1 with a sentence:
 * ERR_PERM (not this caller), ERR_CONFLICT (not in this state), ERR_INPUT (a
 * reason, evidence or review date is missing). *to is not told for a group's
 * ACT_PROPOSE, which depends on who has answered: use lifecycle_apply. */
int lifecycle_change(const struct entry *entry, enum act act,
    const struct act_ask *ask, enum entry_state *to, struct err *err);

/* Does it: state, note, days, answers, and what a finished or reopened entry no
 * longer has. What else the act brings (owners, dates, text, review date,
 * snooze) the caller sets: the review date of ACT_HOLD before, the new due day
 * of ACT_AGREE after, since a first day is no slip. A group's ACT_PROPOSE
 * notes the member's answer and changes the state with the last one. Returns 0,
 * or -1 as above with the entry as it was. */
int lifecycle_apply(struct entry *entry, enum act act,
    const struct act_ask *ask, struct err *err);

/* What an entry that ends on a day no longer has; its state is the caller's. */
void lifecycle_finish(struct entry *entry, int on);

/* Owned by several: more than one owner or co-owner. */
bool lifecycle_is_group(const struct entry *entry);

/* A member who is left alone: has answered, while another has not. */
bool lifecycle_has_answered(
    const struct entry *entry, const struct owner *member);

/* "Ann Other and Police": members who have not answered; owned, NULL: none. */
char *lifecycle_unanswered(const struct entry *entry);

#endif
