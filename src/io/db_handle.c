/* SPDX-License-Identifier: ISC */
/*
 * One connection of SQLite: errors, settings, the order of refs.
 */
#include "io/db_handle.h"

#include <sqlite3.h>

#include "core/buf.h"
#include "core/text.h"

int
db_fail(struct db *db, int rc, struct err *err)
{
	const char *what = sqlite3_errmsg(db->handle);
	const char *path = db->path != NULL ? db->path : "in memory";
	enum err_code code;

	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		code = ERR_TEMP;
		break;
	case SQLITE_CONSTRAINT:
		code = ERR_CONFLICT;
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		code = ERR_PERM;
		break;
	default:
		code = ERR_SYSTEM;
	}
	return err_set(err, code, "register '%s': %s (%d)", path, what, rc);
}

int
db_exec(struct db *db, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_fail(db, rc, err);
}

int
db_ask(struct db *db, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return rc == SQLITE_ROW ? 0 : db_fail(db, rc, err);
}

static int
compare_refs(void *ctx, int alen, const void *a, int blen, const void *b)
{
	(void)ctx;
	return text_compare_refs(a, (size_t)alen, b, (size_t)blen);
}

struct db *
db_new(const char *path, enum db_mode mode)
{
	struct db *db = xcalloc(1, sizeof *db);

	db->path = xstrdup(path);
	db->mode = mode;
	db->lock_fd = -1;
	return db;
}

int
db_open_handle(struct db *db, const char *name, int flags, struct err *err)
{
	int rc;

	/* Statistics of memory cost a lock at every allocation. Too late for
	 * the second connection, which has it from the first. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(name, &db->handle,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);

	if (rc != SQLITE_OK)
		return db_fail(db, rc, err);
	(void)sqlite3_extended_result_codes(db->handle, 1);
	(void)sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
	rc = sqlite3_create_collation(
	    db->handle, "natural_order", SQLITE_UTF8, NULL, compare_refs);
	return rc == SQLITE_OK ? 0 : db_fail(db, rc, err);
}

int
db_set_up(struct db *db, struct err *err)
{
	int64_t page_size;

	if (db_exec(db,
		"PRAGMA trusted_schema = OFF;"
		"PRAGMA cell_size_check = ON;"
		"PRAGMA foreign_keys = ON;"
		"PRAGMA synchronous = FULL;"
		"PRAGMA secure_delete = FAST;" /* not at the cost of writes */
		"PRAGMA cache_size = -32000",
		err) == -1 ||
	    db_ask(db, "PRAGMA page_size", &page_size, err) == -1)
		return -1;
	db->page_size = (int)page_size;
	return 0;
}
