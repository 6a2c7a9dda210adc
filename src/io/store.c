/* SPDX-License-Identifier: ISC */
/* The ledger in SQL: due index and occurrences; notices are in
 * store_notices.c. */
#include "io/store.h"

#include <stdio.h>
#include <string.h>

/* ---- what is due to be planned ---- */

#define SQL_LIST_DUE                                     \
	"SELECT entry_id FROM due WHERE next_at <= :now" \
	" ORDER BY next_at, entry_id LIMIT :max"

int
store_due(
    struct db *db, int64_t now, int max, struct store_ids *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_DUE);
	int rc;

	db_bind_int(st, ":now", now);
	db_bind_int(st, ":max", max);
	while ((rc = db_step(st, err)) == 1)
		*vec_push(&out->ids) = db_int(st, 0);
	db_done(st);
	return rc;
}

#define SQL_DELETE_DUE "DELETE FROM due WHERE entry_id = :entry"
#define SQL_INSERT_DUE                                               \
	"INSERT INTO due (next_at, entry_id) VALUES (:next, :entry)" \
	" ON CONFLICT (entry_id) DO UPDATE SET next_at = excluded.next_at"

int
store_set_due(struct db *db, int64_t entry_id, int64_t next_at, struct err *err)
{
	struct stmt *st = db_stmt(
	    db, next_at == INSTANT_NEVER ? SQL_DELETE_DUE : SQL_INSERT_DUE);

	db_bind_int(st, ":entry", entry_id);
	if (next_at != INSTANT_NEVER)
		db_bind_int(st, ":next", next_at);
	return db_run(st, err);
}

int
store_next_due(struct db *db, int64_t *next_at, struct err *err)
{
	return db_one_int(db_stmt(db, "SELECT min(next_at) FROM due"),
	    INSTANT_NEVER, next_at, err);
}

#define SQL_TOUCH_LIVE                                      \
	"INSERT INTO due (next_at, entry_id)"               \
	" SELECT 0, id FROM entry WHERE id > :after"        \
	" AND id <= :until AND live = 1"                    \
	" ORDER BY id LIMIT :max"                           \
	" ON CONFLICT (entry_id) DO UPDATE SET next_at = 0" \
	" RETURNING entry_id"
#define TOUCH_STRETCH 20 /* rows looked at for each that may be touched */

int
store_touch_live(struct db *db, int64_t *after, int max, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_TOUCH_LIVE);
	int64_t until = *after + (int64_t)max * TOUCH_STRETCH;
	int64_t touched = 0, last = *after, most;
	int rc;

	db_bind_int(st, ":after", *after);
	db_bind_int(st, ":until", until);
	db_bind_int(st, ":max", max);
	while ((rc = db_step(st, err)) == 1) {
		touched++;
		if (db_int(st, 0) > last)
			last = db_int(st, 0);
	}
	db_done(st);
	if (rc == -1 || db_one_int(db_stmt(db, "SELECT max(id) FROM entry"), 0,
			    &most, err) == -1)
		return -1;
	/* Finished ones may fill the register: a stretch of them ends a call
	 * too. */
	rc = touched > 0 || until < most;
	*after = touched == max ? last : until;
	return rc;
}

int
store_identity(struct db *db, char **out, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "INSERT OR IGNORE INTO meta (key, value)"
			" VALUES ('register_id', lower(hex(randomblob(8))))");
	int rc;

	if (db_run(st, err) == -1)
		return -1;
	st = db_stmt(db, "SELECT value FROM meta WHERE key = 'register_id'");
	rc = db_step(st, err);
	if (rc == 1)
		*out = db_copy_text(st, 0);
	db_done(st);
	return rc == -1 ? -1 : 0;
}

/* ---- occurrences ---- */

#define OCCURRENCE_COLUMNS                                                    \
	"id, entry_id, due_version, rule, local_on, party_id, channel, kind," \
	" role, fire_on, fire_at, state, ifnull(notice_id, 0)"

static void
occurrence_from_row(struct stmt *st, struct store_occurrence *out)
{
	struct occurrence *o = &out->o;

	o->id = db_int(st, 0);
	o->entry_id = db_int(st, 1);
	o->due_version = (int)db_int(st, 2);
	(void)snprintf(o->rule, sizeof o->rule, "%s", db_text(st, 3));
	o->local_on = db_day(st, 4);
	o->party_id = db_int(st, 5);
	(void)snprintf(
	    out->channel_text, sizeof out->channel_text, "%s", db_text(st, 6));
	o->kind = (enum plan_kind)plan_kind_parse(db_text(st, 7));
	o->role = (enum plan_role)plan_role_parse(db_text(st, 8));
	o->fire_on = db_day(st, 9);
	o->fire_at = db_int(st, 10);
	o->missed = strcmp(db_text(st, 11), "missed") == 0;
	out->notice_id = db_int(st, 12);
}

static int
read_occurrences(
    struct stmt *st, struct store_occurrences *out, struct err *err)
{
	int rc;

	while ((rc = db_step(st, err)) == 1)
		occurrence_from_row(st, vec_push(&out->rows));
	db_done(st);
	/* Only now: the rows move while the array grows. */
	VEC_EACH (struct store_occurrence, row, &out->rows)
		row->o.channel = row->channel_text;
	return rc;
}

#define SQL_LIST_OF_ENTRY                               \
	"SELECT " OCCURRENCE_COLUMNS " FROM occurrence" \
	" WHERE entry_id = :entry AND state <> 'cancelled'"
#define SQL_LIST_OF_NOTICE                              \
	"SELECT " OCCURRENCE_COLUMNS " FROM occurrence" \
	" WHERE notice_id = :notice AND state = 'queued' ORDER BY id"
#define SQL_LIST_LOOSE                                  \
	"SELECT " OCCURRENCE_COLUMNS " FROM occurrence" \
	" WHERE state = 'planned'"                      \
	" ORDER BY channel, party_id, entry_id, fire_on, local_on LIMIT :max"

int
store_of_entry(struct db *db, int64_t entry_id, struct store_occurrences *out,
    struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_OF_ENTRY);

	db_bind_int(st, ":entry", entry_id);
	return read_occurrences(st, out, err);
}

int
store_of_notice(struct db *db, int64_t notice_id, struct store_occurrences *out,
    struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_OF_NOTICE);

	db_bind_int(st, ":notice", notice_id);
	return read_occurrences(st, out, err);
}

int
store_loose(
    struct db *db, int max, struct store_occurrences *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_LOOSE);

	db_bind_int(st, ":max", max);
	return read_occurrences(st, out, err);
}

#define SQL_ADD_OCCURRENCE                                                   \
	"INSERT INTO occurrence (entry_id, due_version, rule, local_on,"     \
	" party_id, channel, kind, role, fire_on, fire_at, state)"           \
	" VALUES (:entry, :version, :rule, :local, :party, :channel, :kind," \
	" :role, :fire_on, :fire_at, :state)"                                \
	" ON CONFLICT DO UPDATE SET kind = excluded.kind,"                   \
	" role = excluded.role, fire_on = excluded.fire_on,"                 \
	" fire_at = excluded.fire_at, state = excluded.state,"               \
	" notice_id = NULL WHERE state = 'cancelled'"

int
store_add(struct db *db, const struct occurrence *o, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_ADD_OCCURRENCE);

	db_bind_int(st, ":entry", o->entry_id);
	db_bind_int(st, ":version", o->due_version);
	db_bind_text(st, ":rule", o->rule);
	db_bind_day(st, ":local", o->local_on);
	db_bind_int(st, ":party", o->party_id);
	db_bind_text(st, ":channel", o->channel);
	db_bind_text(st, ":kind", plan_kind_name(o->kind));
	db_bind_text(st, ":role", plan_role_name(o->role));
	db_bind_day(st, ":fire_on", o->fire_on);
	db_bind_int(st, ":fire_at", o->fire_at);
	db_bind_text(st, ":state", o->missed ? "missed" : "planned");
	return db_run(st, err);
}

/* By the entry, which has few; a notice may have many. */
#define SQL_TWIN                                                  \
	"SELECT id, rule FROM occurrence WHERE entry_id = :entry" \
	" AND party_id = :party AND kind = :kind"                 \
	" AND +notice_id = :notice AND state = 'queued'"          \
	" AND id <> :id ORDER BY fire_on DESC, local_on DESC LIMIT 1"

int
store_twin(struct db *db, const struct occurrence *o, int64_t notice_id,
    struct occurrence *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_TWIN);
	int rc;

	db_bind_int(st, ":entry", o->entry_id);
	db_bind_int(st, ":party", o->party_id);
	db_bind_text(st, ":kind", plan_kind_name(o->kind));
	db_bind_int(st, ":notice", notice_id);
	db_bind_int(st, ":id", o->id);
	rc = db_step(st, err);
	if (rc == 1) {
		out->id = db_int(st, 0);
		(void)snprintf(
		    out->rule, sizeof out->rule, "%s", db_text(st, 1));
	}
	db_done(st);
	return rc;
}

int
store_queue(
    struct db *db, int64_t occurrence_id, int64_t notice_id, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "UPDATE occurrence SET state = 'queued', notice_id = :notice"
	    " WHERE id = :id");

	db_bind_int(st, ":id", occurrence_id);
	db_bind_int(st, ":notice", notice_id);
	return db_run(st, err);
}

int
store_mark(
    struct db *db, int64_t occurrence_id, const char *state, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "UPDATE occurrence SET state = :state,"
	    " notice_id = iif(:loose, NULL, notice_id) WHERE id = :id");

	db_bind_int(st, ":id", occurrence_id);
	db_bind_text(st, ":state", state);
	db_bind_int(st, ":loose",
	    strcmp(state, "planned") == 0 || strcmp(state, "missed") == 0 ||
		strcmp(state, "cancelled") == 0);
	return db_run(st, err);
}
