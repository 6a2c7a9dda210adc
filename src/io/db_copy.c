/* SPDX-License-Identifier: ISC */
/*
 * Copies of the register, and whether it is whole.
 */
#include "io/db_handle.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/db_file.h"

static int
copy_pages(struct db *from, struct db *to, struct err *err)
{
	sqlite3_backup *backup =
	    sqlite3_backup_init(to->handle, "main", from->handle, "main");
	int rc;

	if (backup == NULL)
		return db_fail(to, sqlite3_errcode(to->handle), err);
	/* All in one step: one state of the register, and a writer that goes
	 * on meanwhile does not make it start again. */
	rc = sqlite3_backup_step(backup, -1);
	(void)sqlite3_backup_finish(backup);
	return rc == SQLITE_DONE ? 0 : db_fail(to, rc, err);
}

struct db *
db_snapshot(struct db *db, struct err *err)
{
	struct db *copy = db_new(NULL, DB_WRITE);

	/* "" is a file of its own that is unlinked as soon as it is open. */
	if (db_open_handle(copy, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		err) == -1 ||
	    copy_pages(db, copy, err) == -1 || db_set_up(copy, err) == -1 ||
	    db_exec(copy,
		"PRAGMA journal_mode = MEMORY;"
		"PRAGMA synchronous = OFF",
		err) == -1) {
		(void)err_wrap(err, "snapshot");
		db_close(copy);
		return NULL;
	}
	return copy;
}

int
db_backup(struct db *db, const char *path, struct err *err)
{
	char *part = xasprintf("%s.part", path);
	struct db *copy = db_new(part, DB_WRITE);
	bool ours = false;
	int rc = -1;

	if (access(path, F_OK) == 0) {
		(void)err_set(err, ERR_CONFLICT, "'%s' is there already", path);
		goto out;
	}
	if (db_file_make(part, err) == -1)
		goto out;
	ours = true;
	if (db_open_handle(copy, part, SQLITE_OPEN_READWRITE, err) == -1 ||
	    copy_pages(db, copy, err) == -1 ||
	    db_exec(copy,
		"PRAGMA journal_mode = DELETE;"
		"PRAGMA synchronous = FULL;"
		"INSERT OR REPLACE INTO meta VALUES ('copy', '1')",
		err) == -1)
		goto out;
	db_close(copy);
	copy = NULL;
	rc = db_file_publish(part, path, err);
out:
	db_close(copy);
	if (rc == -1) {
		(void)err_wrap(err, "backup");
		if (ours)
			db_file_remove(part);
	}
	free(part);
	return rc;
}

int
db_verify(struct db *db, struct err *err)
{
	struct buf found = { 0 };
	struct stmt *st;
	int got, rc = -1;

	st = db_stmt(db, "PRAGMA integrity_check(10)");
	while ((got = db_step(st, err)) == 1)
		if (strcmp(db_text(st, 0), "ok") != 0)
			buf_printf(&found, "; %s", db_text(st, 0));
	db_done(st);
	if (got == -1)
		goto out;
	st = db_stmt(db,
	    "SELECT \"table\", count(*) FROM pragma_foreign_key_check "
	    "GROUP BY 1");
	while ((got = db_step(st, err)) == 1)
		buf_printf(&found, "; %d rows of %s point nowhere",
		    (int)db_int(st, 1), db_text(st, 0));
	db_done(st);
	if (got == -1)
		goto out;
	if (found.len > 0)
		(void)err_set(err, ERR_SYSTEM, "the register is damaged: %s",
		    found.data + 2);
	else
		rc = 0;
out:
	buf_clear(&found);
	return rc;
}
