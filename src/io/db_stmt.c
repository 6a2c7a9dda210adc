/* SPDX-License-Identifier: ISC */
/*
 * Statements by the address of their text, parameters by name, columns of rows.
 */
#include "io/db_handle.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"

struct stmt {
	struct db *db;
	const char *sql; /* the key; NULL: of one use */
	sqlite3_stmt *handle;
	int rc; /* why it could not be prepared */
	int nparams;
	int last;     /* parameters are mostly bound in order */
	char **names; /* copied: SQLite may prepare it anew by itself */
	char (*days)[DAY_TEXT_MAX]; /* one for each parameter */
	bool in_use;
};

static void
stmt_free(struct stmt *st)
{
	(void)sqlite3_finalize(st->handle);
	for (int i = 0; i < st->nparams; i++)
		free(st->names[i]);
	free(st->names);
	free(st->days);
	free(st);
}

void
db_free_stmts(struct db *db)
{
	for (size_t i = 0; i < db->nslots; i++)
		if (db->slots[i] != NULL)
			stmt_free(db->slots[i]);
	free(db->slots);
	db->slots = NULL;
	db->nslots = db->nstmts = 0;
}

static struct stmt *
prepare(struct db *db, const char *sql, unsigned flags)
{
	struct stmt *st = xcalloc(1, sizeof *st);
	int n;

	st->db = db;
	st->rc =
	    sqlite3_prepare_v3(db->handle, sql, -1, flags, &st->handle, NULL);
	if (st->rc == SQLITE_ERROR) {
		(void)fprintf(stderr, "nudged: wrong SQL: %s: %s\n",
		    sqlite3_errmsg(db->handle), sql);
		abort();
	}
	n = st->handle == NULL ? 0 : sqlite3_bind_parameter_count(st->handle);
	st->nparams = n;
	st->names = xcalloc((size_t)n, sizeof *st->names);
	st->days = xcalloc((size_t)n, sizeof *st->days);
	for (int i = 0; i < n; i++) {
		const char *name =
		    sqlite3_bind_parameter_name(st->handle, i + 1);

		if (name == NULL)
			abort();
		st->names[i] = xstrdup(name);
	}
	return st;
}

static size_t
slot_of(const struct db *db, const char *sql)
{
	uint64_t h = (uint64_t)(uintptr_t)sql * 0x9e3779b97f4a7c15u;
	size_t i = (size_t)(h >> 32) & (db->nslots - 1);

	while (db->slots[i] != NULL && db->slots[i]->sql != sql)
		i = (i + 1) & (db->nslots - 1);
	return i;
}

static void
grow_slots(struct db *db)
{
	struct stmt **old = db->slots;
	size_t count = db->nslots;

	db->nslots = count ? count * 2 : 64;
	db->slots = xcalloc(db->nslots, sizeof *db->slots);
	for (size_t i = 0; i < count; i++)
		if (old[i] != NULL)
			db->slots[slot_of(db, old[i]->sql)] = old[i];
	free(old);
}

struct stmt *
db_stmt_once(struct db *db, const char *sql)
{
	struct stmt *st = prepare(db, sql, 0);

	st->in_use = true;
	return st;
}

struct stmt *
db_stmt(struct db *db, const char *sql)
{
	struct stmt *st;
	size_t i;

	if (db->nstmts * 2 >= db->nslots)
		grow_slots(db);
	i = slot_of(db, sql);
	st = db->slots[i];
	if (st != NULL && st->in_use)
		return db_stmt_once(db, sql);
	if (st == NULL) {
		st = prepare(db, sql, SQLITE_PREPARE_PERSISTENT);
		st->in_use = true;
		/* One that the disk kept us from preparing is not kept. */
		if (st->rc != SQLITE_OK)
			return st;
		st->sql = sql;
		db->slots[i] = st;
		db->nstmts++;
	}
	st->in_use = true;
	return st;
}

/* The position of a parameter, from 1; 0 when it could not be prepared. */
static int
find_param(struct stmt *st, const char *name)
{
	if (st->handle == NULL)
		return 0;
	for (int n = 0; n < st->nparams; n++) {
		int i = st->last < st->nparams ? st->last : 0;

		st->last = i + 1;
		if (strcmp(st->names[i], name) == 0)
			return i + 1;
	}
	(void)fprintf(stderr, "nudged: no parameter %s in: %s\n", name,
	    sqlite3_sql(st->handle));
	abort();
}

/* Binding fails only when memory is short or a text exceeds SQLite's limit;
 * the step then says so. */
static void
bound(struct stmt *st, int rc)
{
	if (rc == SQLITE_NOMEM)
		abort();
	if (rc != SQLITE_OK && st->rc == SQLITE_OK)
		st->rc = rc;
}

void
db_bind_int(struct stmt *st, const char *name, int64_t value)
{
	int i = find_param(st, name);

	if (i > 0)
		bound(st, sqlite3_bind_int64(st->handle, i, value));
}

void
db_bind_null(struct stmt *st, const char *name)
{
	int i = find_param(st, name);

	if (i > 0)
		bound(st, sqlite3_bind_null(st->handle, i));
}

void
db_bind_id(struct stmt *st, const char *name, int64_t id)
{
	if (id == 0)
		db_bind_null(st, name);
	else
		db_bind_int(st, name, id);
}

void
db_bind_day(struct stmt *st, const char *name, int day)
{
	int i = find_param(st, name);

	if (i == 0)
		return;
	if (day == DAY_NONE) {
		bound(st, sqlite3_bind_null(st->handle, i));
		return;
	}
	(void)day_iso(day, st->days[i - 1]);
	bound(st, sqlite3_bind_text(
		      st->handle, i, st->days[i - 1], -1, SQLITE_STATIC));
}

void
db_bind_text(struct stmt *st, const char *name, const char *text)
{
	int i = find_param(st, name);

	/* A NULL text binds NULL. */
	if (i > 0)
		bound(st,
		    sqlite3_bind_text(st->handle, i, text, -1, SQLITE_STATIC));
}

void
db_bind_blob(struct stmt *st, const char *name, const void *data, size_t len)
{
	int i = find_param(st, name);

	/* A blob of no bytes is not NULL. */
	if (i > 0)
		bound(st, sqlite3_bind_blob64(st->handle, i,
			      len > 0 ? data : "", len, SQLITE_STATIC));
}

int
db_step(struct stmt *st, struct err *err)
{
	struct db *db = st->db;
	int rc = st->rc;

	if (rc != SQLITE_OK)
		return db_fail(db, rc, err);
	/* After a failed write SQLite may have ended the transaction itself;
	 * what follows would then be committed one by one. */
	if (db->begun && sqlite3_get_autocommit(db->handle))
		return err_set(
		    err, ERR_SYSTEM, "the register took the transaction back");
	rc = sqlite3_step(st->handle);
	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : db_fail(db, rc, err);
}

void
db_done(struct stmt *st)
{
	if (st->sql == NULL) {
		stmt_free(st);
		return;
	}
	(void)sqlite3_reset(st->handle);
	(void)sqlite3_clear_bindings(st->handle);
	st->rc = SQLITE_OK;
	st->last = 0;
	st->in_use = false;
}

int
db_run(struct stmt *st, struct err *err)
{
	int rc = db_step(st, err);

	db_done(st);
	return rc == -1 ? -1 : 0;
}

int
db_one_int(struct stmt *st, int64_t otherwise, int64_t *out, struct err *err)
{
	int rc = db_step(st, err);

	if (rc != -1)
		*out =
		    rc == 1 && !db_is_null(st, 0) ? db_int(st, 0) : otherwise;
	db_done(st);
	return rc == -1 ? -1 : 0;
}

int64_t
db_int(struct stmt *st, int column)
{
	return sqlite3_column_int64(st->handle, column);
}

const char *
db_text(struct stmt *st, int column)
{
	return (const char *)sqlite3_column_text(st->handle, column);
}

int
db_day(struct stmt *st, int column)
{
	const char *text = db_text(st, column);

	return text == NULL ? DAY_NONE : day_parse(text);
}

char *
db_copy_text(struct stmt *st, int column)
{
	const char *text = db_text(st, column);

	if (text == NULL)
		return NULL;
	return xstrndup(text, (size_t)sqlite3_column_bytes(st->handle, column));
}

const void *
db_blob(struct stmt *st, int column, size_t *len)
{
	const void *data = sqlite3_column_blob(st->handle, column);

	*len = (size_t)sqlite3_column_bytes(st->handle, column);
	return data;
}

bool
db_is_null(struct stmt *st, int column)
{
	return sqlite3_column_type(st->handle, column) == SQLITE_NULL;
}

int64_t
db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int
db_changes(struct db *db)
{
	return sqlite3_changes(db->handle);
}
