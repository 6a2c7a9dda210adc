/* SPDX-License-Identifier: ISC */
/* Staged rows in the register; applies nothing itself. */
#include "io/imports.h"

#include <stdlib.h>

#include "core/buf.h"

void
import_clear(struct import *import)
{
	free(import->kind);
	free(import->actor);
	free(import->by);
	*import = (struct import){ 0 };
}

void
import_row_clear(struct import_row *row)
{
	free(row->body);
	*row = (struct import_row){ 0 };
}

int
imports_begin(struct db *db, const char *kind, const struct doer *doer,
    int64_t *id, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT INTO import (kind, state, actor, by, done_on, at)"
	    " VALUES (:kind, 'staging', :actor, :by, :on, :at)");

	db_bind_text(st, ":kind", kind);
	db_bind_text(st, ":actor", doer->actor);
	db_bind_text(st, ":by", doer->by);
	db_bind_day(st, ":on", doer->on);
	db_bind_int(st, ":at", doer->at);
	if (db_run(st, err) == -1)
		return -1;
	*id = db_last_id(db);
	return 0;
}

int
imports_stage(struct db *db, int64_t id, int64_t row, int64_t entry_id,
    const char *body, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "INSERT INTO import_row (import_id, row, entry_id, body)"
	    " VALUES (:id, :row, :entry, :body)");

	db_bind_int(st, ":id", id);
	db_bind_int(st, ":row", row);
	db_bind_id(st, ":entry", entry_id);
	db_bind_text(st, ":body", body);
	return db_run(st, err);
}

int
imports_flip(struct db *db, int64_t id, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "UPDATE import SET state = 'applying' WHERE id = :id");

	db_bind_int(st, ":id", id);
	return db_run(st, err);
}

int
imports_applying(struct db *db, struct import *out, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "SELECT id, kind, actor, by, done_on, at FROM import"
			" WHERE state = 'applying' ORDER BY id LIMIT 1");
	int rc = db_step(st, err);

	if (rc == 1)
		*out = (struct import){
			.id = db_int(st, 0),
			.kind = db_copy_text(st, 1),
			.actor = db_copy_text(st, 2),
			.by = db_copy_text(st, 3),
			.done_on = db_day(st, 4),
			.at = db_int(st, 5),
		};
	db_done(st);
	return rc;
}

int
imports_next(struct db *db, int64_t id, struct import_row *out, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "SELECT row, entry_id, body FROM import_row"
			" WHERE import_id = :id ORDER BY row LIMIT 1");
	int rc;

	db_bind_int(st, ":id", id);
	rc = db_step(st, err);
	if (rc == 1)
		*out = (struct import_row){
			.row = db_int(st, 0),
			.entry_id = db_is_null(st, 1) ? 0 : db_int(st, 1),
			.body = db_copy_text(st, 2),
		};
	db_done(st);
	return rc;
}

int
imports_drop_row(struct db *db, int64_t id, int64_t row, struct err *err)
{
	struct stmt *st = db_stmt(
	    db, "DELETE FROM import_row WHERE import_id = :id AND row = :row");

	db_bind_int(st, ":id", id);
	db_bind_int(st, ":row", row);
	return db_run(st, err);
}

int
imports_set_row(
    struct db *db, int64_t id, int64_t row, const char *body, struct err *err)
{
	struct stmt *st = db_stmt(db, "UPDATE import_row SET body = :body"
				      " WHERE import_id = :id AND row = :row");

	db_bind_int(st, ":id", id);
	db_bind_int(st, ":row", row);
	db_bind_text(st, ":body", body);
	return db_run(st, err);
}

int
imports_forget(struct db *db, int64_t id, int max, struct err *err)
{
	struct stmt *st = db_stmt(db,
	    "DELETE FROM import_row WHERE import_id = :id AND row IN"
	    " (SELECT row FROM import_row WHERE import_id = :id"
	    "  ORDER BY row LIMIT :max)");

	db_bind_int(st, ":id", id);
	db_bind_int(st, ":max", max);
	if (db_run(st, err) == -1)
		return -1;
	if (db_changes(db) == max)
		return 1;
	st = db_stmt(db, "DELETE FROM import WHERE id = :id");
	db_bind_int(st, ":id", id);
	return db_run(st, err);
}

int
imports_abandoned(struct db *db, int64_t *id, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "SELECT id FROM import WHERE state = 'staging'"
			" ORDER BY id LIMIT 1");
	int rc = db_step(st, err);

	if (rc != -1)
		*id = rc == 1 ? db_int(st, 0) : 0;
	db_done(st);
	return rc == -1 ? -1 : 0;
}

int
imports_last_event(struct db *db, int64_t *id, struct err *err)
{
	struct stmt *st = db_stmt(db, "SELECT ifnull(max(id), 0) FROM event");
	int rc = db_step(st, err);

	if (rc == 1)
		*id = db_int(st, 0);
	db_done(st);
	return rc == -1 ? -1 : 0;
}

int
imports_events_since(struct db *db, int64_t event_id, import_event_cb cb,
    void *ctx, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "SELECT subject, subject_id FROM event WHERE id > :id");
	int rc;

	db_bind_int(st, ":id", event_id);
	while ((rc = db_step(st, err)) == 1) {
		rc = cb(ctx, db_text(st, 0), db_int(st, 1), err);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc;
}

int
imports_had(struct db *db, const char *subject, int64_t id, const char *value,
    struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "SELECT 1 FROM event WHERE subject_id = :id"
			" AND subject = :subject AND old = :value LIMIT 1");
	int rc;

	db_bind_int(st, ":id", id);
	db_bind_text(st, ":subject", subject);
	db_bind_text(st, ":value", value);
	rc = db_step(st, err);
	db_done(st);
	return rc;
}

/* How many entries one look for words goes over. */
#define LOOK_AT 2000

static struct stmt *
worded_stmt(struct db *db, int64_t series_id)
{
	struct stmt *st;

	if (series_id == 0)
		return db_stmt(db,
		    "SELECT id, (due_phrase IS NOT NULL OR clock IS NOT NULL)"
		    " AND state NOT IN ('closed', 'withdrawn', 'superseded',"
		    " 'not_accepted')"
		    " FROM entry WHERE id > :after ORDER BY id LIMIT :look");
	st = db_stmt(db,
	    "SELECT id, state NOT IN ('closed', 'withdrawn', 'superseded',"
	    " 'not_accepted')"
	    " FROM entry WHERE due_series_id = :series AND id > :after"
	    " ORDER BY id LIMIT :look");
	db_bind_int(st, ":series", series_id);
	return st;
}

int
imports_worded(struct db *db, int64_t series_id, int64_t after_id, int64_t *ids,
    int max, int64_t *last, struct err *err)
{
	struct stmt *st = worded_stmt(db, series_id);
	int64_t seen = 0;
	int count = 0, looked = 0, rc;

	db_bind_int(st, ":after", after_id);
	db_bind_int(st, ":look", LOOK_AT);
	while (count < max && (rc = db_step(st, err)) == 1) {
		seen = db_int(st, 0);
		looked++;
		if (db_int(st, 1))
			ids[count++] = seen;
	}
	db_done(st);
	if (count < max && rc == -1)
		return -1;
	*last = count == max || looked == LOOK_AT ? seen : 0;
	return count;
}
