/* SPDX-License-Identifier: ISC */
/* What the files that take a paper in share: see minutes_take.c. */
#ifndef NUDGED_DESK_MINUTES_PARTS_H
#define NUDGED_DESK_MINUTES_PARTS_H

#include "core/said.h"
#include "core/text.h"
#include "desk/minutes.h"
#include "io/entries.h"

/* An owner that the paper names and the register does not know. */
struct stranger {
	char *name;
	char *near; /* whose name is nearly that, NULL: nobody's */
	enum minutes_basis basis;
	VEC(unsigned) lines;
};

/* What the paper says and a person has to do. */
struct decision {
	unsigned line;
	char *ref;        /* of the entry, NULL: not known */
	const char *what; /* static: "done", "carried forward" */
	char *said;       /* the sentence, short */
	char *command;    /* that would do it */
};

/* An entry of the meeting that the register has already. */
struct known {
	struct entry *entry; /* of live */
	VEC(char *) texts;   /* the first: as it came in; all since */
	const struct minutes_entry *row; /* of the paper; NULL: none yet */
};

struct take {
	struct desk_call *call;
	const char *name; /* of the paper */
	const struct minutes *minutes;
	const struct minutes_meeting *meeting;
	struct series series;      /* of the meeting; id 0: none */
	struct dating dating;      /* with the meetings of the paper */
	struct meeting held;       /* its row; id 0: none */
	VEC(struct entry *) live;  /* the series' entries, for matching */
	VEC(struct text_bag) bags; /* of their texts, made when needed */
	VEC(int64_t) claimed;      /* register entries that one row took */
	VEC(struct known) known;   /* of this very meeting, with their rows */
	bool paired;               /* known is filled */
	json_t *done;              /* NULL: text */
	VEC(struct stranger) strangers;
	struct saids saids; /* of the whole paper */
	VEC(struct decision) decisions;
	size_t found; /* entries of the paper */
	size_t added, waiting, updated, same, asked;
};

/* minutes_match: the entries of the series, and that of them which
 * a row repeats, in *out; NULL: it is new. The paper's own ref decides; then,
 * within the same meeting and for all rows at once, the line and the text that
 * an entry came with, that text, a text that it had since or has, and the line
 * of something like it; then near-identical text of a live entry of an earlier
 * meeting, but only when one fits: *unsure says that several did. */
int minutes_load_live(struct take *t, struct err *err);
void minutes_forget_live(struct take *t);
int minutes_match(struct take *t, const struct minutes_entry *e,
    struct entry **out, bool *unsure, struct err *err);

/* In which state it would begin, were all its owners known. */
enum entry_state minutes_entry_state(const struct series *series,
    const struct minutes_meeting *meeting, const struct minutes_entry *e);

/* minutes_take: what the paper's flags say of a line, for its entry; owned,
 * NULL: nothing. */
char *minutes_flags_of(const struct take *t, const struct minutes_entry *e);

/* minutes_series: the series of the meeting, which is there; where neither the
 * paper nor --series says which one, the refusal lists those there are. Sets
 * series. */
int minutes_find_series(struct take *t, struct err *err);

/* " (there is WT "Working Together", ...)", nearest to the title first; "" for
 * none, NULL with *err set. Owned. */
char *minutes_known_series(struct db *db, const char *title, struct err *err);

/* The longest name of a body that the paper's titles have; NULL: none. Owned.
 */
char *minutes_paper_name(const struct minutes *minutes);

/* minutes_meeting: the series, the meeting with its agenda, and the next one.
 * Sets series and held. */
int minutes_take_meeting(struct take *t, struct err *err);

/* The line at which the next meeting of the paper begins. */
unsigned minutes_end_of(const struct take *t);

/* Its people, when the parties that the entries need are there. */
int minutes_take_people(struct take *t, struct err *err);

/* minutes_take: what a later paper says of an entry that is there. */
int minutes_update_entry(struct take *t, const struct minutes_entry *from,
    const struct entry *was, struct err *err);

/* minutes_said: what the prose of the meeting says of entries and minutes that
 * the register has: done where it is plain, else noted as a decision. */
int minutes_take_said(struct take *t, struct err *err);

/* Does a sentence that the reader took for an entry begin with the ref of one
 * that is there, and say that it is put off or has a new date? */
bool minutes_is_word_of_known(struct take *t, const struct minutes_entry *e);

/* The same, or is it the new date of an entry that it does not name? */
bool minutes_is_said_of_known(struct take *t, const struct minutes_entry *e);

/* An entry that a row carries forward, whose date has come, is to decide. */
int minutes_is_carried(struct take *t, const struct minutes_entry *from,
    const struct entry *e, struct err *err);

/* A sentence that closes an entry: it is closed, or is to decide. */
int minutes_is_closed(struct take *t, const struct minutes_entry *from,
    const struct entry *e, struct err *err);

void minutes_tell_decisions(struct take *t);
json_t *minutes_decisions_json(const struct take *t);
void minutes_forget_decisions(struct take *t);

/* minutes_owners: the parties that own it; *all says whether everyone printed
 * was found, and the flag who was not. A person whom only the paper knows
 * becomes a party. */
int minutes_take_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all, struct err *err);

/* Gives an entry that was taken in before the owners that the register knows
 * since; one that a person gave stays. 1 when it has new ones, 0, -1. */
int minutes_late_owners(struct take *t, const struct minutes_entry *from,
    struct entry *entry, bool *all, struct err *err);

/* The owners as a draft has them, "Ann Roe; Clerk", which an import finds when
 * those whom it does not know are added; nobody is added here. Whom nobody can
 * be is left to to->flag, and *all says so. Owned. */
char *minutes_draft_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all);

/* Says once for each name what to do about it, and what then. */
void minutes_tell_strangers(struct take *t, const char *then);
void minutes_forget_strangers(struct take *t);

/* Gives the owners that the paper alone does not tell of, but the register
 * knows, their party and its name; they are flagged as unknown no more. */
void minutes_know_owners(struct desk_call *call, struct minutes *minutes);

/* Adds a flag to a paper, in the order of the lines, unless it is said there.
 * Takes text over. */
void minutes_add_flag(struct minutes *minutes, enum minutes_flag_code code,
    unsigned line, char *text);

/* minutes_refs: flags the refs of the register's series that a paper speaks of
 * and that the register does not have. 0, or -1. */
int minutes_flag_refs(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, struct minutes *minutes, struct err *err);

/* Marks for a preview what an owner stands in the way of: one whom nobody
 * knows, whose name is nearly somebody's, or who has left. It is not sure then,
 * and flagged with who may be meant or gets the mail. 0, or -1. */
int minutes_flag_owners(
    struct desk_call *call, struct minutes *minutes, struct err *err);

/* A party by its name, with or without the title before it; as parties_find. */
int minutes_find_party(
    struct desk_call *call, const char *name, int64_t *id, struct err *err);

#endif
