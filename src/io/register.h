/* SPDX-License-Identifier: ISC */
/*
 * The register as a whole: meta values, who acts, history, refs. The things it
 * holds are in parties.h, meetings.h and entries.h; the ledger in store.h.
 * Every write runs inside a transaction that the caller began (db_begin) and
 * leaves an event.
 */
#ifndef NUDGED_IO_REGISTER_H
#define NUDGED_IO_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/model.h"
#include "io/db.h"

/* Who does something, for whom, when. Borrowed strings. */
struct doer {
	const char *actor; /* login name of the caller, or "nudged" */
	const char *by;    /* the party it is done for, NULL: none */
	int on;            /* the day it counts from (--on, else today) */
	int64_t at;        /* now */
};

/* meta: value copied to the caller (NULL when there is none); set with NULL
 * removes. The keys in use are named where they are used. As a number:
 * otherwise when there is none, or it cannot be read. */
int register_meta(struct db *db, const char *key, char **out, struct err *err);
int register_set_meta(
    struct db *db, const char *key, const char *value, struct err *err);
int64_t register_meta_int(struct db *db, const char *key, int64_t otherwise);
int register_set_meta_int(
    struct db *db, const char *key, int64_t value, struct err *err);

/* Appends to the history; old, new and note may be NULL. */
int register_event(struct db *db, const struct doer *doer, const char *subject,
    int64_t subject_id, const char *what, const char *old, const char *new,
    const char *note, struct err *err);

/* Set (to 0) by whoever writes what decides to whom mails go; the agent then
 * looks again at those that have not left, by id. */
#define REGISTER_RECHECK "recheck_after"

/* How many notices were ever sent, as of the last second or heartbeat. */
#define REGISTER_SENDS "sends"

/* The event is borrowed during the call. */
typedef int (*event_cb)(void *ctx, const struct event *event, struct err *err);
/* The history of one subject, oldest first; subject_id 0: all of since_at on.
 * The callback returns 0 to go on, 1 to stop, -1 with *err set. */
int register_history(struct db *db, const char *subject, int64_t subject_id,
    int64_t since_at, event_cb cb, void *ctx, struct err *err);

/* Notes which rules of the configuration are in force since when: new ones
 * from now on, those that are gone forgotten. Called by whoever writes, at
 * opening and reload. rule_known_key gives the identity of one. */
int register_note_rules(
    struct db *db, const struct conf *conf, int64_t now, struct err *err);
/* "SCHEDULE/reminder/14 days before"; owned by the caller. */
char *rule_known_key(const char *schedule, const char *use, const char *rule);
/* When it was first in force; INSTANT_NEVER when it is not known. */
int64_t register_rule_since(struct db *db, const char *key);

#endif
