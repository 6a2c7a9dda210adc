/* SPDX-License-Identifier: ISC */
/*
 * SQLite behind a small interface; see db.h. Nothing else may call sqlite3_*,
 * and nothing here knows what the tables mean.
 */
#include "io/db.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/date.h"
#include "io/file.h"
#include "io/lock.h"
#include "io/schema.h"

#define APPLICATION_ID 0x6e756467 /* "nudg" */
#define BUSY_MS 200               /* it sleeps inside the loop: FACTS C */
#define WAL_BYTES (16 << 20)

struct stmt {
	struct db *db;
	const char *sql; /* the key; NULL: of one use */
	sqlite3_stmt *handle;
	int rc; /* why it could not be prepared */
	int nparams;
	int last; /* parameters are mostly bound in order */
	const char **names;
	char (*days)[DAY_TEXT_MAX]; /* one for each parameter */
	bool in_use;
};

struct db {
	sqlite3 *handle;
	char *path; /* NULL: in memory or temporary */
	enum db_mode mode;
	int lock_fd;
	bool begun;  /* we began a transaction and have not ended it */
	bool broken; /* a commit failed: what it did is not known */
	int page_size;
	int64_t wal_pages, wal_limit;
	int64_t disk_us;     /* spent in commits and checkpoints */
	struct stmt **slots; /* by address of the text, open addressing */
	size_t nslots, nstmts;
};

/* ---- errors ---- */

static int
fail(struct db *db, int rc, struct err *err)
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

static int
run_text(struct db *db, const char *sql, struct err *err)
{
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : fail(db, rc, err);
}

/* The first column of the first row. */
static int
ask_int(struct db *db, const char *sql, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return rc == SQLITE_ROW ? 0 : fail(db, rc, err);
}

/* ---- the natural order of refs: digits by value, letters in any case ---- */

static unsigned char
lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 'a' - 'A') : c;
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static int
compare_natural(void *ctx, int alen, const void *a, int blen, const void *b)
{
	const unsigned char *p = a, *pend = p + alen;
	const unsigned char *q = b, *qend = q + blen;

	(void)ctx;
	while (p < pend && q < qend) {
		const unsigned char *pd, *qd;

		if (!is_digit(*p) || !is_digit(*q)) {
			if (lower(*p) != lower(*q))
				return lower(*p) < lower(*q) ? -1 : 1;
			p++, q++;
			continue;
		}
		while (p < pend && *p == '0')
			p++;
		while (q < qend && *q == '0')
			q++;
		for (pd = p; pd < pend && is_digit(*pd);)
			pd++;
		for (qd = q; qd < qend && is_digit(*qd);)
			qd++;
		if (pd - p != qd - q)
			return pd - p < qd - q ? -1 : 1;
		for (; p < pd; p++, q++)
			if (*p != *q)
				return *p < *q ? -1 : 1;
	}
	return (p < pend) - (q < qend);
}

/* ---- opening ---- */

static int
on_wal(void *ctx, sqlite3 *handle, const char *name, int pages)
{
	struct db *db = ctx;

	(void)handle;
	(void)name;
	db->wal_pages = pages;
	return SQLITE_OK;
}

static struct db *
db_new(const char *path, enum db_mode mode)
{
	struct db *db = xcalloc(1, sizeof *db);

	db->path = xstrdup(path);
	db->mode = mode;
	db->lock_fd = -1;
	return db;
}

static int
open_handle(struct db *db, const char *name, int flags, struct err *err)
{
	int rc;

	/* Statistics of memory cost a lock at every allocation. Too late for
	 * the second connection, which has it from the first. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(name, &db->handle,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);

	if (rc != SQLITE_OK)
		return fail(db, rc, err);
	(void)sqlite3_extended_result_codes(db->handle, 1);
	(void)sqlite3_busy_timeout(db->handle, BUSY_MS);
	rc = sqlite3_create_collation(
	    db->handle, "natural_order", SQLITE_UTF8, NULL, compare_natural);
	return rc == SQLITE_OK ? 0 : fail(db, rc, err);
}

static int
set_up(struct db *db, struct err *err)
{
	int64_t page_size;

	if (run_text(db,
		"PRAGMA trusted_schema = OFF;"
		"PRAGMA cell_size_check = ON;"
		"PRAGMA foreign_keys = ON;"
		"PRAGMA synchronous = FULL;"
		"PRAGMA secure_delete = FAST;" /* not at the cost of writes */
		"PRAGMA cache_size = -32000",
		err) == -1 ||
	    ask_int(db, "PRAGMA page_size", &page_size, err) == -1)
		return -1;
	db->page_size = (int)page_size;
	return 0;
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

static int
count_migrations(const char *const *migrations)
{
	int count = 0;

	while (migrations[count] != NULL)
		count++;
	return count;
}

/* Is it a register, and one that we understand? *version is its schema's. */
static int
check_kind(struct db *db, int known, int64_t *version, struct err *err)
{
	int64_t application = 0;

	if (ask_int(db, "PRAGMA application_id", &application, err) == -1) {
		if (strstr(err->text, "not a database") != NULL)
			goto foreign;
		return -1;
	}
	if (application != APPLICATION_ID)
		goto foreign;
	if (ask_int(db, "PRAGMA user_version", version, err) == -1)
		return -1;
	if (*version > known)
		return err_set(err, ERR_CONFLICT,
		    "the register '%s' was written by a newer nudged (schema "
		    "%d, this one knows %d)",
		    db->path, (int)*version, known);
	return 0;
foreign:
	return err_set(
	    err, ERR_INPUT, "'%s' is not a register of nudged", db->path);
}

/* All steps or none: a crash in between leaves the old schema. */
static int
migrate(
    struct db *db, const char *const *migrations, int64_t from, struct err *err)
{
	char text[96];
	int to = count_migrations(migrations);

	if (run_text(db, "BEGIN IMMEDIATE", err) == -1)
		return -1;
	for (int64_t v = from; v < to; v++)
		if (run_text(db, migrations[v], err) == -1) {
			(void)err_wrap(err, "migration %d", (int)v + 1);
			goto undo;
		}
	(void)snprintf(text, sizeof text,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d",
	    APPLICATION_ID, to);
	if (run_text(db, text, err) == -1 || run_text(db, "COMMIT", err) == -1)
		goto undo;
	return 0;
undo:
	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

/* An empty file of our mode, whatever the umask: SQLite gives the mode and
 * owner of it to its -wal and -shm. */
static int
make_empty(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);

	if (fd == -1) {
		(void)err_errno(err, "cannot make '%s'", path);
		if (errno == EACCES || errno == EROFS)
			err->code = ERR_PERM;
		else if (errno == EEXIST)
			err->code = ERR_CONFLICT;
		return -1;
	}
	(void)fchmod(fd, 0640);
	(void)close(fd);
	return 0;
}

/* Gives a finished file its name; never over another one. */
static int
publish(const char *from, const char *to, struct err *err)
{
	char *folder = file_folder(to);
	int fd = -1, rc = -1;

	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == -1) {
		/* Some file systems cannot do it in one step. */
		if (errno != EINVAL || access(to, F_OK) == 0 ||
		    rename(from, to) == -1) {
			(void)err_errno(err, "cannot make '%s'", to);
			if (errno == EEXIST)
				err->code = ERR_CONFLICT;
			goto out;
		}
	}
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || fsync(fd) == -1) {
		(void)err_errno(err, "sync '%s'", folder);
		goto out;
	}
	rc = 0;
out:
	if (fd != -1)
		(void)close(fd);
	free(folder);
	return rc;
}

static void
remove_with_journal(const char *path)
{
	char *journal = xasprintf("%s-journal", path);

	(void)unlink(journal);
	(void)unlink(path);
	free(journal);
}

/* Makes a register under another name and renames it when it is whole: a
 * crash never leaves half of one. The caller holds the lock. */
static int
create_file(const char *path, const char *const *migrations, struct err *err)
{
	char *part = xasprintf("%s.part", path);
	struct db *db = db_new(part, DB_CREATE);
	int rc = -1;

	remove_with_journal(part);
	if (make_empty(part, err) == -1 ||
	    open_handle(db, part, SQLITE_OPEN_READWRITE, err) == -1 ||
	    set_up(db, err) == -1 || migrate(db, migrations, 0, err) == -1)
		goto out;
	db_close(db);
	db = NULL;
	rc = publish(part, path, err);
out:
	db_close(db);
	if (rc == -1)
		remove_with_journal(part);
	free(part);
	return rc;
}

static int
find_file(const char *path, int rights, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == -1) {
		if (errno == ENOENT || errno == ENOTDIR)
			return err_set(err, ERR_NOTFOUND,
			    "no register at '%s': make one with 'nudgectl "
			    "init'",
			    path);
		(void)err_errno(err, "register '%s'", path);
		if (errno == EACCES)
			err->code = ERR_PERM;
		return -1;
	}
	if (!S_ISREG(st.st_mode))
		return err_set(
		    err, ERR_INPUT, "'%s' is not a register of nudged", path);
	if (eaccess(path, rights) == -1)
		return err_set(err, ERR_PERM,
		    "you may not %s the register '%s'",
		    rights & W_OK ? "write" : "read", path);
	return 0;
}

static int
open_memory(struct db *db, const char *const *migrations, struct err *err)
{
	if (open_handle(db, ":memory:",
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err) == -1 ||
	    migrate(db, migrations, 0, err) == -1)
		return -1;
	return set_up(db, err);
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
	if (db->mode == DB_WRITE && find_file(path, R_OK | W_OK, err) == -1)
		return -1;
	if ((db->lock_fd = lock_take(path, err)) == -1)
		return -1;
	/* Again, now that nobody else can make it. */
	if (db->mode == DB_CREATE && create_file(path, migrations, err) == -1)
		return -1;
	if (open_handle(db, path, SQLITE_OPEN_READWRITE, err) == -1 ||
	    check_kind(db, count_migrations(migrations), &version, err) == -1)
		return -1;
	keep_wal(db);
	/* A size limit makes the last close cut the WAL that stays. */
	(void)snprintf(text, sizeof text,
	    "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = %d",
	    WAL_BYTES);
	if (run_text(db, text, err) == -1)
		return -1;
	if (version < count_migrations(migrations) &&
	    migrate(db, migrations, version, err) == -1)
		return -1;
	if (set_up(db, err) == -1)
		return -1;
	/* Replaces SQLite's own checkpoints, which are PASSIVE. */
	(void)sqlite3_wal_hook(db->handle, on_wal, db);
	db->wal_limit = WAL_BYTES / db->page_size;
	return 0;
}

static int
open_reader(struct db *db, const char *const *migrations, struct err *err)
{
	int known = count_migrations(migrations);
	int64_t version = 0;

	if (find_file(db->path, R_OK, err) == -1 ||
	    open_handle(db, db->path, SQLITE_OPEN_READONLY, err) == -1)
		return -1;
	/* A reader never checkpoints: FACTS C, the WAL-reset bug. */
	(void)sqlite3_wal_autocheckpoint(db->handle, 0);
	(void)sqlite3_db_config(
	    db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	keep_wal(db);
	if (check_kind(db, known, &version, err) == -1) {
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
	if (set_up(db, err) == -1)
		return -1;
	return run_text(db, "PRAGMA query_only = ON", err);
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

static void
stmt_free(struct stmt *st)
{
	(void)sqlite3_finalize(st->handle);
	free(st->names);
	free(st->days);
	free(st);
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < db->nslots; i++)
		if (db->slots[i] != NULL)
			stmt_free(db->slots[i]);
	free(db->slots);
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

/* ---- copies ---- */

static int
copy_pages(struct db *from, struct db *to, struct err *err)
{
	sqlite3_backup *backup =
	    sqlite3_backup_init(to->handle, "main", from->handle, "main");
	int rc;

	if (backup == NULL)
		return fail(to, sqlite3_errcode(to->handle), err);
	/* All in one step: one state of the register, and a writer that goes
	 * on meanwhile does not make it start again. */
	rc = sqlite3_backup_step(backup, -1);
	(void)sqlite3_backup_finish(backup);
	return rc == SQLITE_DONE ? 0 : fail(to, rc, err);
}

struct db *
db_snapshot(struct db *db, struct err *err)
{
	struct db *copy = db_new(NULL, DB_WRITE);

	/* "" is a file of its own that is unlinked as soon as it is open. */
	if (open_handle(copy, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		err) == -1 ||
	    copy_pages(db, copy, err) == -1 || set_up(copy, err) == -1 ||
	    run_text(copy,
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
	if (make_empty(part, err) == -1)
		goto out;
	ours = true;
	if (open_handle(copy, part, SQLITE_OPEN_READWRITE, err) == -1 ||
	    copy_pages(db, copy, err) == -1 ||
	    run_text(copy,
		"PRAGMA journal_mode = DELETE;"
		"PRAGMA synchronous = FULL;"
		"INSERT OR REPLACE INTO meta VALUES ('copy', '1')",
		err) == -1)
		goto out;
	db_close(copy);
	copy = NULL;
	rc = publish(part, path, err);
out:
	db_close(copy);
	if (rc == -1) {
		(void)err_wrap(err, "backup");
		if (ours)
			remove_with_journal(part);
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

/* ---- statements ---- */

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
		st->names[i] = sqlite3_bind_parameter_name(st->handle, i + 1);
		if (st->names[i] == NULL)
			abort();
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
		return fail(db, rc, err);
	/* After a failed write SQLite may have ended the transaction itself;
	 * what follows would then be committed one by one. */
	if (db->begun && sqlite3_get_autocommit(db->handle))
		return err_set(
		    err, ERR_SYSTEM, "the register took the transaction back");
	rc = sqlite3_step(st->handle);
	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : fail(db, rc, err);
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

/* ---- transactions ---- */

int
db_begin(struct db *db, struct err *err)
{
	if (db->broken)
		return err_set(err, ERR_SYSTEM,
		    "a commit failed: the register must be opened anew");
	if (db_run(db_stmt(db, "BEGIN IMMEDIATE"), err) == -1)
		return -1;
	db->begun = true;
	return 0;
}

int
db_begin_read(struct db *db, struct err *err)
{
	struct stmt *st;
	int rc;

	if (db_run(db_stmt(db, "BEGIN"), err) == -1)
		return -1;
	/* BEGIN alone sees nothing yet: the first read fixes the state. */
	st = db_stmt(db, "SELECT count(*) FROM sqlite_schema");
	rc = db_step(st, err);
	db_done(st);
	if (rc == -1) {
		db_rollback(db);
		return -1;
	}
	db->begun = true;
	return 0;
}

/* Nobody is waited for: with readers in the way it goes as far as it can and
 * is tried again after some more commits. */
static void
trim_wal(struct db *db)
{
	int64_t limit = WAL_BYTES / db->page_size;
	int rc;

	(void)sqlite3_busy_timeout(db->handle, 0);
	rc = sqlite3_wal_checkpoint_v2(
	    db->handle, "main", SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	(void)sqlite3_busy_timeout(db->handle, BUSY_MS);
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

int64_t
db_data_version(struct db *db)
{
	struct stmt *st = db_stmt(db, "PRAGMA data_version");
	struct err ignored;
	int64_t version = 0;

	if (db_step(st, &ignored) == 1)
		version = db_int(st, 0);
	db_done(st);
	return version;
}

int
db_checkpoint(struct db *db, struct err *err)
{
	int rc = sqlite3_wal_checkpoint_v2(
	    db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

	if (rc != SQLITE_OK)
		return fail(db, rc, err);
	db->wal_pages = 0;
	if (db->wal_limit > 0)
		db->wal_limit = WAL_BYTES / db->page_size;
	return 0;
}
