/* SPDX-License-Identifier: ISC */
/* What the files that take a paper in share: see minutes_take.c. */
#ifndef NUDGED_DESK_MINUTES_PARTS_H
#define NUDGED_DESK_MINUTES_PARTS_H

#include "desk/minutes.h"
#include "io/entries.h"

/* An owner that the paper names and the register does not know. */
struct stranger {
	char *name;
	enum minutes_basis basis;
	VEC(unsigned) lines;
};

struct take {
	struct desk_call *call;
	const struct minutes_known *known;
	const char *name; /* of the paper */
	const struct minutes *minutes;
	const struct minutes_meeting *meeting;
	struct series series;     /* of the meeting; id 0: none */
	struct meeting held;      /* its row; id 0: none */
	VEC(struct entry *) live; /* the series' entries, for matching */
	VEC(int64_t) claimed;     /* register entries that one row took */
	json_t *done;             /* NULL: text */
	VEC(struct stranger) strangers;
	size_t found; /* entries of the paper */
	size_t added, waiting, updated, same, asked;
};

/* minutes_series: the series of the meeting, which is there; where neither the
 * paper nor --series says which one, the refusal lists those there are. Sets
 * series. */
int minutes_find_series(struct take *t, struct err *err);

/* minutes_meeting: the series, the meeting with its agenda, and the next one.
 * Sets series and held. */
int minutes_take_meeting(struct take *t, struct err *err);

/* Its people, when the parties that the entries need are there. */
int minutes_take_people(struct take *t, struct err *err);

/* minutes_owners: the parties that own it; *all says whether everyone printed
 * was found, and the flag who was not. A person whom only the paper knows
 * becomes a party. */
int minutes_take_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all, struct err *err);

/* Gives an entry that was taken in before the owners that the register knows
 * since; one that a person gave stays. 1 when it has new ones, 0, -1. */
int minutes_late_owners(struct take *t, const struct minutes_entry *from,
    struct entry *entry, bool *all, struct err *err);

/* Says once for each name what to do about it. */
void minutes_tell_strangers(struct take *t);
void minutes_forget_strangers(struct take *t);

/* A party by its name, with or without the title before it; as parties_find. */
int minutes_find_party(
    struct desk_call *call, const char *name, int64_t *id, struct err *err);

#endif
