/* SPDX-License-Identifier: ISC */
/* What the files that take a paper in share: see minutes_take.c. */
#ifndef NUDGED_DESK_MINUTES_PARTS_H
#define NUDGED_DESK_MINUTES_PARTS_H

#include "desk/minutes.h"
#include "io/entries.h"

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
	size_t found;             /* entries of the paper */
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
 * was found. A person whom only the paper knows becomes a party. */
int minutes_take_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all, struct err *err);

#endif
