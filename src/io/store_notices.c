/* SPDX-License-Identifier: ISC */
/* The ledger in SQL: notices, their bytes and attempts; see store.h. */
#include "io/store.h"

#include <stdlib.h>
#include <string.h>

static const char *const state_names[] = { "planned", "ready", "attempting",
	"committing", "sent", "deferred", "failed", "in_doubt", "cancelled",
	"held" };

const char *
notice_state_name(enum notice_state state)
{
	return state_names[state];
}

int
notice_state_parse(const char *text)
{
	for (int i = 0; i <= NOTICE_HELD; i++)
		if (strcmp(text, state_names[i]) == 0)
			return i;
	return -1;
}

void
notice_clear(struct notice *n)
{
	free(n->key);
	free(n->kind);
	free(n->channel);
	free(n->address);
	free(n->reason);
	free(n->digest);
	free(n->subject);
	free(n->message_id);
	free(n->reply);
	free(n->recipient);
	*n = (struct notice){ 0 };
}

void
notices_clear(struct notices *notices)
{
	VEC_EACH (struct notice, n, &notices->rows)
		notice_clear(n);
	vec_clear(&notices->rows);
}

/* As the ledger keeps a state, and whether its dot may be out: what is
 * committing is attempting, and leaving. */
static const char *
kept_state(int state, bool *leaving)
{
	*leaving = state == NOTICE_COMMITTING;
	return state == -1 ? NULL
			   : state_names[*leaving ? NOTICE_ATTEMPTING : state];
}

#define NOTICE_COLUMNS                                                       \
	"id, key, kind, channel, party_id, address, day_on, send_at,"        \
	" iif(leaving, 'committing', state),"                                \
	" reason, next_at, tries, uncertain, digest, ifnull(series_id, 0),"  \
	" since_at, first_try_at, sent_at, code, reply, recipient, subject," \
	" message_id, told, EXISTS (SELECT 1 FROM message_bytes"             \
	" WHERE message_bytes.notice_id = id)"
/* In this order: by the index that the ledger's own row was asked for. */
#define SELECT_NOTICES(how)                                     \
	"SELECT " NOTICE_COLUMNS " FROM notice " how            \
	" CROSS JOIN notice_head ON notice_head.notice_id = id" \
	" LEFT JOIN message ON message.notice_id = id"

static int64_t
instant_column(struct stmt *st, int column)
{
	return db_is_null(st, column) ? INSTANT_NONE : db_int(st, column);
}

static void
notice_from_row(struct stmt *st, struct notice *n)
{
	*n = (struct notice){
		.id = db_int(st, 0),
		.key = db_copy_text(st, 1),
		.kind = db_copy_text(st, 2),
		.channel = db_copy_text(st, 3),
		.party_id = db_int(st, 4),
		.address = db_copy_text(st, 5),
		.day_on = db_day(st, 6),
		.send_at = db_int(st, 7),
		.state = (enum notice_state)notice_state_parse(db_text(st, 8)),
		.reason = db_copy_text(st, 9),
		.next_at = db_int(st, 10),
		.tries = (int)db_int(st, 11),
		.uncertain = db_int(st, 12) != 0,
		.digest = db_copy_text(st, 13),
		.series_id = db_int(st, 14),
		.since_at = instant_column(st, 15),
		.first_try_at = instant_column(st, 16),
		.sent_at = instant_column(st, 17),
		.code = (int)db_int(st, 18),
		.reply = db_copy_text(st, 19),
		.recipient = db_copy_text(st, 20),
		.subject = db_copy_text(st, 21),
		.message_id = db_copy_text(st, 22),
		.told = db_int(st, 23),
		.frozen = db_int(st, 24) != 0,
	};
}

static int
read_notices(struct stmt *st, struct notices *out, struct err *err)
{
	int rc;

	while ((rc = db_step(st, err)) == 1)
		notice_from_row(st, vec_push(&out->rows));
	db_done(st);
	return rc;
}

static int
read_notice(struct stmt *st, struct notice *out, struct err *err)
{
	int rc = db_step(st, err);

	if (rc == 1)
		notice_from_row(st, out);
	db_done(st);
	return rc;
}

int
store_notice(struct db *db, int64_t id, struct notice *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SELECT_NOTICES("") " WHERE id = :id");

	db_bind_int(st, ":id", id);
	return read_notice(st, out, err);
}

int
store_notice_by_key(
    struct db *db, const char *key, struct notice *out, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, SELECT_NOTICES("") " WHERE id ="
					   " (SELECT notice_id FROM notice_head"
					   " WHERE key = :key)");

	db_bind_text(st, ":key", key);
	return read_notice(st, out, err);
}

static void
bind_instant(struct stmt *st, const char *name, int64_t at)
{
	if (at == INSTANT_NONE)
		db_bind_null(st, name);
	else
		db_bind_int(st, name, at);
}

static int
add_head(struct db *db, const struct notice *n, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT INTO notice_head (notice_id, key, kind, party_id, address,"
	    " digest, series_id, since_at) VALUES (:id, :key, :kind, :party,"
	    " :address, :digest, :series, :since)");

	db_bind_int(st, ":id", n->id);
	db_bind_text(st, ":key", n->key);
	db_bind_text(st, ":kind", n->kind);
	db_bind_int(st, ":party", n->party_id);
	db_bind_text(st, ":address", n->address);
	db_bind_text(st, ":digest", n->digest);
	db_bind_id(st, ":series", n->series_id);
	bind_instant(st, ":since", n->since_at);
	return db_run(st, err);
}

int
store_notice_add(struct db *db, struct notice *n, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT INTO notice (channel, day_on, send_at, state, next_at,"
	    " reason) VALUES (:channel, :day, :send, :state, :next, :reason)");

	db_bind_text(st, ":channel", n->channel);
	db_bind_day(st, ":day", n->day_on);
	db_bind_int(st, ":send", n->send_at);
	db_bind_text(st, ":state", state_names[n->state]);
	db_bind_int(st, ":next", n->next_at);
	db_bind_text(st, ":reason", n->reason);
	if (db_run(st, err) == -1)
		return -1;
	n->id = db_last_id(db);
	return add_head(db, n, err);
}

#define SQL_UPDATE_NOTICE                                                   \
	"UPDATE notice SET state = :state, leaving = 0, reason = :reason,"  \
	" next_at = :next, day_on = :day, send_at = :send, tries = :tries," \
	" uncertain = :uncertain, first_try_at = :first, sent_at = :sent,"  \
	" code = :code, reply = :reply WHERE id = :id"

int
store_notice_save(struct db *db, const struct notice *n, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_UPDATE_NOTICE);

	db_bind_int(st, ":id", n->id);
	db_bind_text(st, ":state", state_names[n->state]);
	db_bind_text(st, ":reason", n->reason);
	db_bind_int(st, ":next", n->next_at);
	db_bind_day(st, ":day", n->day_on);
	db_bind_int(st, ":send", n->send_at);
	db_bind_int(st, ":tries", n->tries);
	db_bind_int(st, ":uncertain", n->uncertain);
	bind_instant(st, ":first", n->first_try_at);
	bind_instant(st, ":sent", n->sent_at);
	db_bind_id(st, ":code", n->code);
	db_bind_text(st, ":reply", n->reply);
	return db_run(st, err);
}

int
store_claimed(struct db *db, int64_t notice_id, struct err *err)
{
	/* Few columns: an index is written anew for every one that is set,
	 * changed or not. */
	struct stmt *st = db_stmt(
	    db, "UPDATE notice SET state = 'attempting' WHERE id = :id");

	db_bind_int(st, ":id", notice_id);
	return db_run(st, err);
}

int
store_notice_delete(struct db *db, int64_t id, struct err *err)
{
	struct stmt *st;

	if (store_forget_bytes(db, id, err) == -1)
		return -1;
	st = db_stmt(db, "DELETE FROM message WHERE notice_id = :id");
	db_bind_int(st, ":id", id);
	if (db_run(st, err) == -1)
		return -1;
	st = db_stmt(db, "DELETE FROM notice_head WHERE notice_id = :id");
	db_bind_int(st, ":id", id);
	if (db_run(st, err) == -1)
		return -1;
	st = db_stmt(db, "DELETE FROM notice WHERE id = :id");
	db_bind_int(st, ":id", id);
	return db_run(st, err);
}

#define SQL_LIST_CLAIMABLE                              \
	SELECT_NOTICES("INDEXED BY notice_claim")       \
	" WHERE channel = :channel AND next_at <= :now" \
	" AND pending = 1 ORDER BY next_at, id LIMIT :max"

int
store_claimable(struct db *db, const char *channel, int64_t now, int max,
    struct notices *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_CLAIMABLE);

	db_bind_text(st, ":channel", channel);
	db_bind_int(st, ":now", now);
	db_bind_int(st, ":max", max);
	return read_notices(st, out, err);
}

#define SQL_NEXT_CLAIM                                            \
	"SELECT min(next_at) FROM notice INDEXED BY notice_claim" \
	" WHERE pending = 1 AND channel = "
/* From channel to channel: the index has the earliest of each in front, and
 * what else waits need not be read. */
#define CHANNELS                                                         \
	"SELECT min(channel) FROM notice INDEXED BY notice_claim WHERE " \
	"pending = 1"
#define SQL_NEXT_CLAIM_OF_ANY                                                 \
	"WITH RECURSIVE waiting (channel) AS (" CHANNELS " UNION ALL SELECT " \
	"(" CHANNELS " AND channel > waiting.channel) FROM waiting "          \
	"WHERE waiting.channel IS NOT NULL) "                                 \
	"SELECT min((" SQL_NEXT_CLAIM "waiting.channel)) FROM waiting"

int
store_next_claim(
    struct db *db, const char *channel, int64_t *next_at, struct err *err)
{
	struct stmt *st;

	if (channel == NULL)
		return db_one_int(db_stmt(db, SQL_NEXT_CLAIM_OF_ANY),
		    INSTANT_NEVER, next_at, err);
	st = db_stmt(db, SQL_NEXT_CLAIM ":channel");
	db_bind_text(st, ":channel", channel);
	return db_one_int(st, INSTANT_NEVER, next_at, err);
}

#define SQL_LIST_STALE                            \
	SELECT_NOTICES("INDEXED BY notice_stale") \
	" WHERE pending = 1 AND day_on < :today"  \
	" AND state <> 'in_doubt' AND NOT uncertain LIMIT :max"

int
store_stale(
    struct db *db, int today, int max, struct notices *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_STALE);

	db_bind_day(st, ":today", today);
	db_bind_int(st, ":max", max);
	return read_notices(st, out, err);
}

/* A state at a time: the index has each of them in the order of ids. */
#define SQL_LIST_UNSENT                                                \
	SELECT_NOTICES("")                                             \
	" WHERE id IN ("                                               \
	"SELECT * FROM (SELECT id FROM notice INDEXED BY notice_waits" \
	" WHERE pending > 0 AND state = 'planned' AND id > :after"     \
	" ORDER BY id LIMIT :max) UNION ALL "                          \
	"SELECT * FROM (SELECT id FROM notice INDEXED BY notice_waits" \
	" WHERE pending > 0 AND state = 'deferred' AND id > :after"    \
	" ORDER BY id LIMIT :max)) AND NOT uncertain ORDER BY id LIMIT :max"

int
store_unsent(
    struct db *db, int64_t after, int max, struct notices *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_UNSENT);

	db_bind_int(st, ":after", after);
	db_bind_int(st, ":max", max);
	return read_notices(st, out, err);
}

#define OUTDATE(which)                                              \
	"UPDATE notice SET day_on = '0001-01-01' WHERE pending > 0" \
	" AND (" which ") AND NOT leaving AND NOT uncertain"

int
store_outdate(struct db *db, struct err *err)
{
	return db_run(
	    db_stmt(db, OUTDATE("state = 'deferred' OR state = 'attempting'")),
	    err);
}

int
store_outdate_claimed(struct db *db, struct err *err)
{
	return db_run(db_stmt(db, OUTDATE("state = 'attempting'")), err);
}

#define SQL_LIST_ALL                                                       \
	SELECT_NOTICES("")                                                 \
	" WHERE (:state IS NULL OR state = :state AND leaving = :leaving)" \
	" AND (:to IS NULL OR address LIKE :to)"                           \
	" ORDER BY id DESC LIMIT :max"
#define SQL_LIST_WAITING                                               \
	SELECT_NOTICES("INDEXED BY notice_waits")                      \
	" WHERE pending > 0 AND state = :state AND leaving = :leaving" \
	" AND (:to IS NULL OR address LIKE :to)"                       \
	" ORDER BY id DESC LIMIT :max"

int
store_notices(struct db *db, int state, const char *to, int max,
    struct notices *out, struct err *err)
{
	/* Those that wait are few among all that ever went. */
	bool waits =
	    state != -1 && state != NOTICE_SENT && state != NOTICE_CANCELLED;
	struct stmt *st = db_stmt(db, waits ? SQL_LIST_WAITING : SQL_LIST_ALL);
	bool leaving;

	db_bind_text(st, ":state", kept_state(state, &leaving));
	db_bind_int(st, ":leaving", leaving);
	db_bind_text(st, ":to", to);
	db_bind_int(st, ":max", max);
	return read_notices(st, out, err);
}

static int
keep_bytes(struct db *db, const struct message_text *m, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT OR REPLACE INTO message_bytes (notice_id, bytes)"
	    " VALUES (:notice, :bytes)");

	db_bind_int(st, ":notice", m->notice_id);
	db_bind_blob(st, ":bytes", m->bytes, m->len);
	return db_run(st, err);
}

int
store_freeze(struct db *db, const struct message_text *m, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT OR REPLACE INTO message"
	    " (notice_id, recipient, subject, message_id, told)"
	    " VALUES (:notice, :recipient, :subject, :message, :told)");

	db_bind_int(st, ":notice", m->notice_id);
	db_bind_text(st, ":recipient", m->recipient);
	db_bind_text(st, ":subject", m->subject);
	db_bind_text(st, ":message", m->message_id);
	db_bind_int(st, ":told", m->told);
	return db_run(st, err) == -1 ? -1 : keep_bytes(db, m, err);
}

int
store_bytes(struct db *db, int64_t notice_id, struct buf *out, struct err *err)
{
	struct stmt *st = db_stmt(
	    db, "SELECT bytes FROM message_bytes WHERE notice_id = :notice");
	const void *bytes;
	size_t len;
	int rc;

	db_bind_int(st, ":notice", notice_id);
	rc = db_step(st, err);
	if (rc == 1) {
		bytes = db_blob(st, 0, &len);
		buf_add(out, bytes, len);
	}
	db_done(st);
	return rc;
}

int
store_forget_bytes(struct db *db, int64_t notice_id, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "DELETE FROM message_bytes WHERE notice_id = :notice");

	db_bind_int(st, ":notice", notice_id);
	return db_run(st, err);
}

#define IS_SENT "(SELECT state FROM notice WHERE id = notice_id) = 'sent'"

int
store_forget_sent(struct db *db, int64_t notice_id, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "DELETE FROM message_bytes WHERE notice_id = :notice AND " IS_SENT);

	db_bind_int(st, ":notice", notice_id);
	return db_run(st, err);
}

int
store_forget_all_sent(struct db *db, struct err *err)
{
	return db_run(
	    db_stmt(db, "DELETE FROM message_bytes WHERE " IS_SENT), err);
}

int
store_intend(struct db *db, int64_t notice_id, int64_t now, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "UPDATE notice SET leaving = 1,"
	    " first_try_at = ifnull(first_try_at, :now) WHERE id = :id");

	db_bind_int(st, ":id", notice_id);
	db_bind_int(st, ":now", now);
	return db_run(st, err);
}

int
store_sent(struct db *db, int64_t notice_id, int64_t now, int code,
    const char *reply, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "UPDATE notice SET state = 'sent', leaving = 0, "
			"sent_at = :now, code = :code,"
			" reply = :reply, reason = NULL, tries = tries + 1"
			" WHERE id = :id");

	db_bind_int(st, ":id", notice_id);
	db_bind_int(st, ":now", now);
	db_bind_id(st, ":code", code);
	db_bind_text(st, ":reply", reply);
	return db_run(st, err);
}

int
store_attempt(struct db *db, int64_t notice_id, int64_t at, const char *outcome,
    const char *stage, int code, const char *reply, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT INTO attempt (notice_id, at, outcome, stage, code, reply)"
	    " VALUES (:notice, :at, :outcome, :stage, :code, :reply)");

	db_bind_int(st, ":notice", notice_id);
	db_bind_int(st, ":at", at);
	db_bind_text(st, ":outcome", outcome);
	db_bind_text(st, ":stage", stage);
	db_bind_id(st, ":code", code);
	db_bind_text(st, ":reply", reply);
	return db_run(st, err);
}

#define SQL_LIST_ATTEMPTS                                                     \
	"SELECT * FROM (SELECT at, outcome, stage, code, reply FROM attempt"  \
	" WHERE notice_id = :notice ORDER BY id) UNION ALL SELECT sent_at,"   \
	" 'sent', CASE WHEN channel <> 'mail' THEN 'POST' WHEN code IS NULL " \
	"THEN 'maildir' ELSE 'dot' END, code, reply"                          \
	" FROM notice WHERE id = :notice AND state = 'sent'"

int
store_attempts(
    struct db *db, int64_t notice_id, attempt_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_ATTEMPTS);
	int rc, go = 0;

	db_bind_int(st, ":notice", notice_id);
	while (go == 0 && (rc = db_step(st, err)) == 1) {
		struct attempt a = { .at = db_int(st, 0),
			.outcome = db_text(st, 1),
			.stage = db_text(st, 2),
			.code = (int)db_int(st, 3),
			.reply = db_text(st, 4) };

		go = cb(ctx, &a, err);
	}
	db_done(st);
	return go == -1 || (go == 0 && rc == -1) ? -1 : 0;
}

/* The second part is what was planned late: after a stop, an import. */
#define SQL_COUNT_READY                                  \
	"SELECT count(*) FROM (SELECT 1 FROM notice"     \
	" INDEXED BY notice_ready WHERE send_at > :from" \
	" AND send_at <= :until AND id > :after"         \
	" AND state <> 'cancelled' AND state <> 'held' LIMIT :most)"
#define SQL_COUNT_LATE                               \
	"SELECT count(*) FROM (SELECT 1 FROM notice" \
	" INDEXED BY notice_claim WHERE pending = 1" \
	" AND next_at <= :until AND id > :after"     \
	" AND state = 'planned' AND send_at <= :from LIMIT :most)"

static int
count_some(struct stmt *st, int64_t from_at, int64_t until_at, int64_t after_id,
    int64_t most, int64_t *count, struct err *err)
{
	db_bind_int(st, ":from", from_at);
	db_bind_int(st, ":until", until_at);
	db_bind_int(st, ":after", after_id);
	db_bind_int(st, ":most", most);
	return db_one_int(st, 0, count, err);
}

int
store_count_ready(struct db *db, int64_t from_at, int64_t until_at,
    int64_t after_id, int64_t most, int64_t *count, struct err *err)
{
	int64_t late;

	if (count_some(db_stmt(db, SQL_COUNT_READY), from_at, until_at,
		after_id, most, count, err) == -1 ||
	    count_some(db_stmt(db, SQL_COUNT_LATE), from_at, until_at, after_id,
		most, &late, err) == -1)
		return -1;
	*count += late;
	return 0;
}

#define TO_ADDRESS                                  \
	" CROSS JOIN notice_head ON notice_id = id" \
	" WHERE address = :address AND channel = :channel"
#define SQL_COUNT_TO                                                      \
	"SELECT (SELECT count(*) FROM notice INDEXED BY "                 \
	"notice_sent" TO_ADDRESS                                          \
	" AND sent_at > :since AND state = 'sent') + "                    \
	"(SELECT count(*) FROM notice INDEXED BY notice_waits" TO_ADDRESS \
	" AND pending > 0 AND state = 'attempting')"

int
store_count_sent(struct db *db, const char *channel, const char *address,
    int64_t since_at, int64_t *count, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_COUNT_TO);

	db_bind_text(st, ":channel", channel);
	db_bind_text(st, ":address", address);
	db_bind_int(st, ":since", since_at);
	return db_one_int(st, 0, count, err);
}

int
store_last_notice(struct db *db, int64_t *id, struct err *err)
{
	return db_one_int(
	    db_stmt(db, "SELECT max(id) FROM notice"), 0, id, err);
}

#define SQL_COUNT_FAILED                                      \
	"SELECT count(*) FROM notice INDEXED BY notice_waits" \
	" WHERE pending > 0 AND state = 'failed'"

int
store_count_failed(struct db *db, int64_t *count, struct err *err)
{
	return db_one_int(db_stmt(db, SQL_COUNT_FAILED), 0, count, err);
}

#define SQL_COUNT_STATES                                             \
	"SELECT state, count(*) FROM notice INDEXED BY notice_waits" \
	" WHERE pending > 0 GROUP BY state"
#define SQL_COUNT_LEAVING                                     \
	"SELECT count(*) FROM notice INDEXED BY notice_waits" \
	" WHERE pending > 0 AND state = 'attempting' AND leaving"
#define SQL_COUNT_SENT                                       \
	"SELECT count(*) FROM notice INDEXED BY notice_sent" \
	" WHERE sent_at > :since"

int
store_counts(struct db *db, int64_t since_at, int64_t counts[NOTICE_HELD + 1],
    struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_COUNT_STATES);
	int64_t leaving;
	int rc;

	memset(counts, 0, sizeof counts[0] * (NOTICE_HELD + 1));
	while ((rc = db_step(st, err)) == 1)
		counts[notice_state_parse(db_text(st, 0))] = db_int(st, 1);
	db_done(st);
	if (rc == -1 ||
	    db_one_int(db_stmt(db, SQL_COUNT_LEAVING), 0, &leaving, err) == -1)
		return -1;
	counts[NOTICE_ATTEMPTING] -= leaving;
	counts[NOTICE_COMMITTING] = leaving;
	st = db_stmt(db, SQL_COUNT_SENT);
	db_bind_int(st, ":since", since_at);
	return db_one_int(st, 0, &counts[NOTICE_SENT], err);
}

#define SQL_RECOVER_ATTEMPTS                                  \
	"INSERT INTO attempt (notice_id, at, outcome, stage)" \
	" SELECT id, :now, 'in_doubt', 'stopped' FROM notice" \
	" WHERE pending > 0 AND state = 'attempting' AND leaving"
#define SQL_RECOVER_DOUBT                                    \
	"UPDATE notice SET state = 'in_doubt', leaving = 0," \
	" uncertain = 1, next_at = :now,"                    \
	" reason = 'nudged stopped before the answer came'"  \
	" WHERE pending > 0 AND state = 'attempting' AND leaving"
#define SQL_RECOVER_CLAIMED                                                 \
	"UPDATE notice SET state = iif(uncertain, 'in_doubt', 'deferred')," \
	" next_at = :now WHERE pending > 0 AND state = 'attempting'"

int
store_recover(struct db *db, int64_t now, int *doubted, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_RECOVER_ATTEMPTS);

	db_bind_int(st, ":now", now);
	if (db_run(st, err) == -1)
		return -1;
	st = db_stmt(db, SQL_RECOVER_DOUBT);
	db_bind_int(st, ":now", now);
	if (db_run(st, err) == -1)
		return -1;
	*doubted = db_changes(db);
	st = db_stmt(db, SQL_RECOVER_CLAIMED);
	db_bind_int(st, ":now", now);
	return db_run(st, err);
}
