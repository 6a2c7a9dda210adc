/* SPDX-License-Identifier: ISC */
/*
 * Transactions, and the WAL that their commits write.
 */
#include "io/db_handle.h"

#include <sqlite3.h>
#include <time.h>

static int
begin(struct db *db, bool light, struct err *err)
{
	if (db->broken)
		return err_set(err, ERR_SYSTEM,
		    "a commit failed: the register must be opened anew");
	if (db->light != light) {
		if (db_exec(db,
			light ? "PRAGMA synchronous = NORMAL"
			      : "PRAGMA synchronous = FULL",
			err) == -1)
			return -1;
		db->light = light;
	}
	if (db_run(db_stmt(db, "BEGIN IMMEDIATE"), err) == -1)
		return -1;
	db->begun = true;
	return 0;
}

int
db_begin(struct db *db, struct err *err)
{
	return begin(db, false, err);
}

int
db_begin_lightly(struct db *db, struct err *err)
{
	return begin(db, true, err);
}

int
db_begin_reading(struct db *db, struct err *err)
{
	return db_run(db_stmt(db, "BEGIN"), err);
}

/* Nobody is waited for: with readers in the way it goes as far as it can and
 * is tried again after some more commits. */
static void
trim_wal(struct db *db)
{
	int64_t limit = DB_WAL_BYTES / db->page_size;
	int rc;

	(void)sqlite3_busy_timeout(db->handle, 0);
	rc = sqlite3_wal_checkpoint_v2(
	    db->handle, "main", SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	(void)sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
	db->wal_limit = rc == SQLITE_OK ? limit : db->wal_pages + limit / 4;
	db->wal_pages = 0;
}

static int64_t
steady_us(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int
commit(struct db *db, struct err *err)
{
	if (db_run(db_stmt(db, "COMMIT"), err) == -1) {
		/* It may be there after the next start, or not: FACTS C. */
		err->code = ERR_SYSTEM;
		db->broken = true;
		return err_wrap(err, "commit");
	}
	db->begun = false;
	if (db->wal_limit > 0 && db->wal_pages > db->wal_limit)
		trim_wal(db);
	return 0;
}

int
db_commit(struct db *db, struct err *err)
{
	int64_t from = steady_us();
	int rc = commit(db, err);

	db->disk_us += steady_us() - from;
	return rc;
}

int64_t
db_disk_us(const struct db *db)
{
	return db->disk_us;
}

void
db_rollback(struct db *db)
{
	struct err ignored;

	db->begun = false;
	if (!sqlite3_get_autocommit(db->handle))
		(void)db_run(db_stmt(db, "ROLLBACK"), &ignored);
}

bool
db_in_transaction(struct db *db)
{
	return !sqlite3_get_autocommit(db->handle);
}

int
db_checkpoint(struct db *db, struct err *err)
{
	int rc = sqlite3_wal_checkpoint_v2(
	    db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

	if (rc != SQLITE_OK)
		return db_fail(db, rc, err);
	db->wal_pages = 0;
	if (db->wal_limit > 0)
		db->wal_limit = DB_WAL_BYTES / db->page_size;
	return 0;
}
