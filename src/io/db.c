/* SPDX-License-Identifier: ISC */
/*
 * Opening and closing the register: who may, under which lock, with which
 * settings; see db.h.
 */
#include "io/db_handle.h"

#include <errno.h>
#include <grp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/db_file.h"
#include "io/file.h"
#include "io/lock.h"
#include "io/schema.h"

static int
on_wal(void *ctx, sqlite3 *handle, const char *name, int pages)
{
	struct db *db = ctx;

	(void)handle;
	(void)name;
	db->wal_pages = pages;
	return SQLITE_OK;
}

/* Every connection leaves the WAL where it is at the end, so that a stopped
 * register stays readable for those who may not write its folder. */
static void
keep_wal(struct db *db)
{
	int on = 1;

	(void)sqlite3_file_control(
	    db->handle, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}

/* Makes a register under another name and renames it when it is whole: a
 * crash never leaves half of one. The caller holds the lock. */
static int
create_file(const char *path, const char *const *migrations, struct err *err)
{
	char *part = xasprintf("%s.part", path);
	struct db *db = db_new(part, DB_CREATE);
	int rc = -1;

	db_file_remove(part);
	if (db_file_make(part, err) == -1 ||
	    db_open_handle(db, part, SQLITE_OPEN_READWRITE, err) == -1 ||
	    db_set_up(db, err) == -1 ||
	    db_migrate(db, migrations, 0, err) == -1)
		goto out;
	db_close(db);
	db = NULL;
	rc = db_file_publish(part, path, err);
out:
	db_close(db);
	if (rc == -1)
		db_file_remove(part);
	free(part);
	return rc;
}

static int
open_memory(struct db *db, const char *const *migrations, struct err *err)
{
	if (db_open_handle(db, ":memory:",
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) == -1 ||
	    db_migrate(db, migrations, 0, err) == -1)
		return -1;
	return db_set_up(db, err);
}

static int
open_writer(struct db *db, const char *const *migrations, struct err *err)
{
	const char *path = db->path;
	char text[64];
	int64_t version = 0;

	if (db->mode == DB_CREATE && access(path, F_OK) == 0)
		return err_set(err, ERR_CONFLICT,
		    "there is a register at '%s' already", path);
	if (db->mode == DB_WRITE && db_file_find(path, R_OK | W_OK, err) == -1)
		return -1;
	if ((db->lock_fd = lock_take(path, err)) == -1)
		return -1;
	/* Again, now that nobody else can make it. */
	if (db->mode == DB_CREATE && create_file(path, migrations, err) == -1)
		return -1;
	if (db_open_handle(db, path, SQLITE_OPEN_READWRITE, err) == -1 ||
	    db_check_kind(db, db_count_migrations(migrations), &version, err) ==
		-1)
		return -1;
	keep_wal(db);
	/* A size limit makes the last close cut the WAL that stays. */
	(void)snprintf(text, sizeof text,
	    "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = %d",
	    DB_WAL_BYTES);
	if (db_exec(db, text, err) == -1)
		return -1;
	if (version < db_count_migrations(migrations) &&
	    db_migrate(db, migrations, version, err) == -1)
		return -1;
	if (db_set_up(db, err) == -1)
		return -1;
	/* Replaces SQLite's own checkpoints, which are PASSIVE. */
	(void)sqlite3_wal_hook(db->handle, on_wal, db);
	db->wal_limit = DB_WAL_BYTES / db->page_size;
	return 0;
}

static int
open_reader(struct db *db, const char *const *migrations, struct err *err)
{
	int known = db_count_migrations(migrations);
	int64_t version = 0;

	if (db_file_find(db->path, R_OK, err) == -1 ||
	    db_open_handle(db, db->path, SQLITE_OPEN_READONLY, err) == -1)
		return -1;
	/* A reader never checkpoints: FACTS C, the WAL-reset bug. */
	(void)sqlite3_wal_autocheckpoint(db->handle, 0);
	(void)sqlite3_db_config(
	    db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	keep_wal(db);
	if (db_check_kind(db, known, &version, err) == -1) {
		if (err->code == ERR_SYSTEM &&
		    strstr(err->text, "unable to open") != NULL)
			return err_set(err, ERR_PERM,
			    "the register '%s' cannot be read here: its -wal "
			    "file is missing and you may not write its folder",
			    db->path);
		return -1;
	}
	if (version < known)
		return err_set(err, ERR_CONFLICT,
		    "the register '%s' is of an older nudged: start nudged "
		    "once to bring it up to date",
		    db->path);
	if (db_set_up(db, err) == -1)
		return -1;
	return db_exec(db, "PRAGMA query_only = ON", err);
}

struct db *
db_open_with(const char *path, enum db_mode mode, const char *const *migrations,
    struct err *err)
{
	bool memory = strcmp(path, ":memory:") == 0;
	struct db *db = db_new(memory ? NULL : path, mode);
	int rc;

	if (memory)
		rc = open_memory(db, migrations, err);
	else if (mode == DB_READ)
		rc = open_reader(db, migrations, err);
	else
		rc = open_writer(db, migrations, err);
	if (rc == -1) {
		db_close(db);
		return NULL;
	}
	return db;
}

struct db *
db_open(const char *path, enum db_mode mode, struct err *err)
{
	return db_open_with(path, mode, schema_migrations, err);
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	db_free_stmts(db);
	/* After a failed commit the next start's recovery decides. */
	if (db->broken)
		(void)sqlite3_db_config(
		    db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	(void)sqlite3_close_v2(db->handle);
	/* Last, so that nobody opens for writing while we still close. */
	if (db->lock_fd != -1)
		(void)close(db->lock_fd);
	free(db->path);
	free(db);
}

int
db_become_owner(const char *path, struct err *err)
{
	char *folder;
	struct stat st;
	int rc = -1;

	if (geteuid() != 0)
		return 0;
	folder = file_folder(path);
	if (stat(folder, &st) == -1) {
		(void)err_errno(err, "folder '%s'", folder);
		if (errno == ENOENT)
			err->code = ERR_NOTFOUND;
		goto out;
	}
	if (st.st_uid != 0 &&
	    (setgroups(1, &st.st_gid) == -1 || setegid(st.st_gid) == -1 ||
		seteuid(st.st_uid) == -1)) {
		(void)err_errno(err, "become the owner of '%s'", folder);
		goto out;
	}
	rc = 0;
out:
	free(folder);
	return rc;
}

const char *
db_version(void)
{
	return sqlite3_libversion();
}

bool
db_needs_one_writer(void)
{
	return sqlite3_libversion_number() < 3051003;
}

int
db_mark(struct db *db, char **out, struct err *err)
{
	if (db->path == NULL) {
		*out = xstrdup("");
		return 0;
	}
	return lock_read(db->path, out, err);
}

int
db_set_mark(struct db *db, const char *text, struct err *err)
{
	return db->lock_fd == -1 ? 0 : lock_write(db->lock_fd, text, err);
}
