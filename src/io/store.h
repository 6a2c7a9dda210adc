/* SPDX-License-Identifier: ISC */
/*
 * The ledger: what is due to be planned, occurrences, notices with their bytes
 * and attempts. No policy: which state follows is the agent's. Every write
 * runs inside a transaction that the caller began.
 */
#ifndef NUDGED_IO_STORE_H
#define NUDGED_IO_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/plan.h"
#include "core/vec.h"
#include "io/db.h"

/* ---- what is due to be planned ---- */

struct store_ids {
	VEC(int64_t) ids;
};

/* Adds up to max entries whose instant has come, earliest first. */
int store_due(struct db *db, int64_t now, int max, struct store_ids *out,
    struct err *err);
/* INSTANT_NEVER takes it out. */
int store_set_due(
    struct db *db, int64_t entry_id, int64_t next_at, struct err *err);
/* The earliest; INSTANT_NEVER when nothing is. */
int store_next_due(struct db *db, int64_t *next_at, struct err *err);

/* Makes up to max live entries with an id above *after due at once, and moves
 * *after: 1, or 0 when there are none left. Looks at a bounded number of others
 * on the way. */
int store_touch_live(struct db *db, int64_t *after, int max, struct err *err);

/* The register's own random name, made at the first call; owned. */
int store_identity(struct db *db, char **out, struct err *err);

/* ---- occurrences ---- */

/* As the ledger keeps one. The channel points into channel_text. */
struct store_occurrence {
	struct occurrence o;
	char channel_text[64];
	int64_t notice_id;
};
struct store_occurrences {
	VEC(struct store_occurrence) rows;
};

/* What stands in the ledger of an entry; rows own their strings through
 * store_occurrences. Cancelled ones are left out. */
int store_of_entry(struct db *db, int64_t entry_id,
    struct store_occurrences *out, struct err *err);
int store_of_notice(struct db *db, int64_t notice_id,
    struct store_occurrences *out, struct err *err);

/* Adds one: planned, or missed. A key that is there already is left alone, or
 * revived when it was cancelled. */
int store_add(struct db *db, const struct occurrence *o, struct err *err);

/* Those planned but not in a notice yet, of one recipient after the other;
 * whole recipients where they fit into max. */
int store_loose(
    struct db *db, int max, struct store_occurrences *out, struct err *err);

/* What stands in a notice already for the entry, party and kind of another
 * occurrence: 1 and its id and rule, 0 nothing, -1. */
int store_twin(struct db *db, const struct occurrence *o, int64_t notice_id,
    struct occurrence *out, struct err *err);

/* Puts an occurrence into a notice. */
int store_queue(
    struct db *db, int64_t occurrence_id, int64_t notice_id, struct err *err);
/* Takes it out of its notice: "missed", "cancelled" or "planned", loose again.
 */
int store_mark(
    struct db *db, int64_t occurrence_id, const char *state, struct err *err);

/* ---- notices ---- */

enum notice_state {
	NOTICE_PLANNED,
	NOTICE_READY,
	NOTICE_ATTEMPTING,
	NOTICE_COMMITTING,
	NOTICE_SENT,
	NOTICE_DEFERRED,
	NOTICE_FAILED,
	NOTICE_IN_DOUBT,
	NOTICE_CANCELLED,
	NOTICE_HELD,
};
const char *notice_state_name(enum notice_state state);
int notice_state_parse(const char *text); /* -1: none */

struct notice {
	int64_t id;
	char *key;
	char *kind;    /* "nudge", "escalation", "digest", "secretary" */
	char *channel; /* "mail", or a webhook's name */
	int64_t party_id;
	char *address;
	int day_on;      /* the local day that its text is for */
	int64_t send_at; /* when it was to go */
	enum notice_state state;
	char *reason;    /* why held, cancelled, failed */
	int64_t next_at; /* when it may be claimed */
	int tries;
	bool uncertain; /* a dot or request once went unanswered */
	char *digest;   /* name of the digest */
	int64_t series_id;
	int64_t since_at; /* digest: the moment of the one before */
	char *subject;
	char *message_id;
	int64_t first_try_at; /* INSTANT_NONE: never tried */
	int64_t sent_at;
	int code;
	char *reply;
	bool frozen;     /* its bytes stand in the ledger */
	char *recipient; /* the envelope of what was written; NULL: nothing */
	int64_t told;    /* what was written tells this */
};
void notice_clear(struct notice *notice);
struct notices {
	VEC(struct notice) rows;
};
void notices_clear(struct notices *notices);

/* 1 found, with *out to be cleared; 0 not, -1. */
int store_notice(
    struct db *db, int64_t id, struct notice *out, struct err *err);
int store_notice_by_key(
    struct db *db, const char *key, struct notice *out, struct err *err);

/* Adds one (id is set): key, kind, channel, party, address, day, send_at,
 * next_at, state and the digest's fields are taken. */
int store_notice_add(struct db *db, struct notice *notice, struct err *err);

/* Saves state, reason, next_at, day_on, send_at, tries, uncertain,
 * first_try_at, sent_at, code and reply. */
int store_notice_save(
    struct db *db, const struct notice *notice, struct err *err);

/* Claimed: attempting. */
int store_claimed(struct db *db, int64_t notice_id, struct err *err);

/* Takes out one that was never tried. Its occurrences must be elsewhere. */
int store_notice_delete(struct db *db, int64_t id, struct err *err);

/* Those that may be claimed by now, earliest first. */
int store_claimable(struct db *db, const char *channel, int64_t now, int max,
    struct notices *out, struct err *err);
/* When the next may be; INSTANT_NEVER: none. channel NULL: any. */
int store_next_claim(
    struct db *db, const char *channel, int64_t *next_at, struct err *err);

/* Planned or deferred, with a text for a day before today, and not left in
 * doubt. */
int store_stale(
    struct db *db, int today, int max, struct notices *out, struct err *err);
/* Planned or deferred, not in doubt, with an id above after, in order. */
int store_unsent(struct db *db, int64_t after, int max, struct notices *out,
    struct err *err);
/* Makes every text stale that was written and has not arrived, those under way
 * too should they come back; what is in doubt stays as it is. */
int store_outdate(struct db *db, struct err *err);
/* Those under way alone. */
int store_outdate_claimed(struct db *db, struct err *err);
/* In a state, newest first; state -1: all; to NULL: anybody. */
int store_notices(struct db *db, int state, const char *to, int max,
    struct notices *out, struct err *err);

/* What was written of a notice. Everything is borrowed. */
struct message_text {
	int64_t notice_id;
	const char *recipient; /* the envelope */
	const char *subject;
	const char *message_id; /* without <> */
	int64_t told;           /* a number for what it tells */
	const void *bytes;
	size_t len;
};
/* Keeps it, in place of any before. */
int store_freeze(
    struct db *db, const struct message_text *message, struct err *err);
/* 1 and the bytes added to out, 0 when there are none, -1. */
int store_bytes(
    struct db *db, int64_t notice_id, struct buf *out, struct err *err);
int store_forget_bytes(struct db *db, int64_t notice_id, struct err *err);
/* The bytes of a notice, or of every one, that was sent. */
int store_forget_sent(struct db *db, int64_t notice_id, struct err *err);
int store_forget_all_sent(struct db *db, struct err *err);

/* The dot or the request is about to leave: committing. */
int store_intend(
    struct db *db, int64_t notice_id, int64_t now, struct err *err);
/* Accepted: it is sent. Its bytes are to be forgotten by and by. */
int store_sent(struct db *db, int64_t notice_id, int64_t now, int code,
    const char *reply, struct err *err);

/* Notes one attempt that did not succeed; stage and reply may be NULL, code 0:
 * none. */
int store_attempt(struct db *db, int64_t notice_id, int64_t at,
    const char *outcome, const char *stage, int code, const char *reply,
    struct err *err);
struct attempt {
	int64_t at;
	const char *outcome, *stage, *reply; /* borrowed during the call */
	int code;
};
/* Those of a notice, oldest first, the one that succeeded too. Callback returns
 * 0 to go on, 1 to stop, -1.
 */
typedef int (*attempt_cb)(void *ctx, const struct attempt *, struct err *err);
int store_attempts(struct db *db, int64_t notice_id, attempt_cb cb, void *ctx,
    struct err *err);

/* Notices that became or become ready in (from_at, until_at], or should have
 * before and never went, with an id above after_id, not cancelled or held: for
 * the brake. Of each kind at most `most` are counted. */
int store_count_ready(struct db *db, int64_t from_at, int64_t until_at,
    int64_t after_id, int64_t most, int64_t *count, struct err *err);
/* Sent to an address since, what is under way to it counted in: for the limit
 * per recipient. */
int store_count_sent(struct db *db, const char *channel, const char *address,
    int64_t since_at, int64_t *count, struct err *err);
/* The highest id, 0: there is none. */
int store_last_notice(struct db *db, int64_t *id, struct err *err);
/* Those that failed; cheap, however many wait. */
int store_count_failed(struct db *db, int64_t *count, struct err *err);
/* Counts by state, in the order of enum notice_state: of those sent only what
 * went since since_at, cancelled ones not at all. Reads of the index all that
 * waits. */
int store_counts(struct db *db, int64_t since_at,
    int64_t counts[NOTICE_HELD + 1], struct err *err);
/* After a crash: what was claimed may be claimed again, what was committing is
 * in doubt (its attempt recorded). Returns the number in doubt in *doubted. */
int store_recover(struct db *db, int64_t now, int *doubted, struct err *err);

#endif
