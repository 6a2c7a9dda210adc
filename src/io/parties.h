/* SPDX-License-Identifier: ISC */
/* The parties of the register: persons, offices, organisations. */
#ifndef NUDGED_IO_PARTIES_H
#define NUDGED_IO_PARTIES_H

#include "io/register.h"

/* By id, with the holder or office of the day. 1 found, 0 not, -1 failed. */
int parties_get(
    struct db *db, int64_t id, int today, struct party *out, struct err *err);

/* Resolves what a person wrote (name, alias, office, "Office of Organisation",
 * organisation, address; any case): the party's id. ERR_NOTFOUND when there is
 * none, ERR_CONFLICT naming the candidates when several fit. A name that
 * is both an office and nothing else gives the office, not its holder. */
int parties_find(struct db *db, const char *text, int64_t *id, struct err *err);

/* The party is borrowed during the call, which returns 0 to go on, 1 to stop,
 * -1 with *err set. parties_each returns 0, also when it was stopped, or -1. */
typedef int (*party_cb)(void *ctx, const struct party *party, struct err *err);
int parties_each(struct db *db, int kind /* -1: all */, int today, party_cb cb,
    void *ctx, struct err *err);

/* Adds (id is set) or saves. Name and kind must be unique within the
 * organisation: ERR_CONFLICT. Changes of who answers or how make every entry
 * of the party be planned anew. */
int parties_add(struct db *db, struct party *party, const struct doer *doer,
    struct err *err);
int parties_save(struct db *db, const struct party *party,
    const struct doer *doer, struct err *err);
/* One that the party has already is no error; ERR_INPUT when it is empty. */
int parties_add_alias(struct db *db, int64_t id, const char *alias,
    const struct doer *doer, struct err *err);
/* All of them; the callback as above. */
typedef int (*alias_cb)(void *ctx, int64_t party_id, const char *alias);
int parties_each_alias(struct db *db, alias_cb cb, void *ctx, struct err *err);

/* A person holds an office from a day on (DAY_NONE: always has); the holder
 * before ends the day before. */
int parties_hold(struct db *db, int64_t office_id, int64_t person_id,
    int from_on, const struct doer *doer, struct err *err);
/* The same by the office's title in the person's organisation; the office is
 * made when it is not there yet. */
int parties_take_office(struct db *db, const struct party *person,
    const char *title, int from_on, const struct doer *doer, struct err *err);

/* Days as the history of a party writes them: "from 3 May 2019 until 7 May
 * 2019"; owned, NULL for no days. */
char *parties_span(int from, int until);

/* Whom a bare address means: a person known under it is that person, so that
 * they get one mail a day and not two; of a shared mailbox nobody in particular
 * is meant, but the address itself. 1 with *id, 0 nobody yet, -1. */
int parties_known_address(
    struct db *db, const char *address, int64_t *id, struct err *err);
/* The same, and the address is made a party when nobody is there yet. */
int parties_address(
    struct db *db, const char *address, int64_t *id, struct err *err);

/* Hands everything of a leaver over: open entries (events, new assignment),
 * offices (vacant where no person takes over), chairs, deputyships; sets
 * left_on and successor. Gives the number of entries handed over. On a day
 * after doer->on only the two are set, and parties_hand_over does the rest when
 * it has come; *moved is how many entries that would be now. */
int parties_leave(struct db *db, int64_t id, int on, int64_t to,
    const struct doer *doer, int *moved, struct err *err);

/* Takes back what waits for its day; ERR_CONFLICT when nothing does. */
int parties_stay(
    struct db *db, int64_t id, const struct doer *doer, struct err *err);

/* Hands over for those whose day has come, one leaver and at most max entries
 * a call, in the name of nudged. 1 when it did something, 0 when there was
 * nothing, -1. */
int parties_hand_over(
    struct db *db, int today, int64_t now, int max, struct err *err);

/* The earliest day on which somebody hands over; DAY_NONE: nobody will. */
int parties_next_leave(struct db *db, int *on, struct err *err);

/* How a party is reached on a day. */
struct reach {
	int64_t party_id; /* who gets it: holder, deputy, contact, or itself */
	char *name;       /* whom to greet; owned */
	char *address;    /* owned; NULL: cannot be reached, see problem */
	char *as;         /* owned: "as Assistant Chief Officer", "for Ann
			   * Other, who is away until 3 May", NULL: itself */
	bool allow_external;
	int paused_until_on; /* DAY_NONE: not paused */
	const char *problem; /* "has no address", "has no holder" ..., NULL */
};
void reach_clear(struct reach *reach);
/* 0 with *out to be cleared, or -1: ERR_NOTFOUND when there is no such party. A
 * party that cannot be reached is no error. */
int parties_reach(
    struct db *db, int64_t id, int today, struct reach *out, struct err *err);

#endif
