/* SPDX-License-Identifier: ISC */
/*
 * The register's file, with real files and real second processes: this program
 * starts itself again (fork and exec, since a forked SQLite hides lock bugs).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/date.h"
#include "io/db.h"
#include "io/schema.h"
#include "scratch.h"

#define NOBODY 65534

static char path[96];

static const char *const old_schema[] = {
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT;",
	NULL,
};
/* The second step writes some megabytes. */
static const char *const new_schema[] = {
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT;",
	"CREATE TABLE more (id INTEGER PRIMARY KEY, body BLOB);"
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	"WHERE i < 4000) INSERT INTO more SELECT i, zeroblob(2000) FROM n;",
	NULL,
};
static const char *const bad_schema[] = {
	"CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) STRICT;",
	"CREATE TABLE more (id INTEGER PRIMARY KEY); CREATE TABEL x;",
	NULL,
};

static int
set_up(void **state)
{
	if (scratch_make(state) == -1)
		return -1;
	(void)snprintf(path, sizeof path, "%s/register.db", scratch);
	return 0;
}

static struct db *
open_ok(enum db_mode mode)
{
	struct err err = { 0 };
	struct db *db = db_open(path, mode, &err);

	if (db == NULL)
		print_error("%s\n", err.text);
	assert_non_null(db);
	return db;
}

static void
set_meta(struct db *db, const char *key, const char *value)
{
	struct stmt *st =
	    db_stmt(db, "INSERT OR REPLACE INTO meta (key, value) "
			"VALUES (:key, :value)");
	struct err err = { 0 };

	db_bind_text(st, ":key", key);
	db_bind_text(st, ":value", value);
	assert_int_equal(db_run(st, &err), 0);
}

static int64_t
ask(struct db *db, const char *sql)
{
	struct stmt *st = db_stmt_once(db, sql);
	struct err err = { 0 };
	int64_t value;

	assert_int_equal(db_step(st, &err), 1);
	value = db_int(st, 0);
	db_done(st);
	return value;
}

/* ---- the other process ---- */

/* 0: all went well. */
static int
hold(const char *file)
{
	struct err err = { 0 };
	struct db *db = db_open(file, DB_WRITE, &err);
	char c;
	int rc;

	if (db == NULL)
		return 1;
	/* Until the other end closes. */
	rc = write(1, "h", 1) != 1 || read(0, &c, 1) != 0;
	db_close(db);
	return rc;
}

/* The signal of too long a file kills it half way. */
static int
migrate_and_die(const char *file)
{
	struct rlimit none = { 0, 0 }, small = { 200000, 200000 };
	struct err err = { 0 };

	if (setrlimit(RLIMIT_CORE, &none) == -1 ||
	    setrlimit(RLIMIT_FSIZE, &small) == -1)
		return 1;
	db_close(db_open_with(file, DB_WRITE, new_schema, &err));
	return 1;
}

static int
read_as_group(const char *file)
{
	struct err err = { 0 };
	gid_t group = NOBODY;
	struct db *db;
	int rc;

	if (setgroups(1, &group) == -1 || setgid(NOBODY) == -1 ||
	    setuid(NOBODY - 1) == -1)
		return 1;
	db = db_open(file, DB_READ, &err);
	if (db == NULL)
		return 1;
	rc = ask(db, "SELECT count(*) FROM meta") != 1;
	db_close(db);
	return rc;
}

static int
create_as_owner(const char *file)
{
	struct err err = { 0 };
	struct db *db;

	if (db_become_owner(file, &err) == -1)
		return 1;
	/* For the leak check, which reads its own process as a debugger does.
	 */
	db = db_open(file, DB_CREATE, &err);
	if (db == NULL)
		return 1;
	set_meta(db, "a", "b");
	db_close(db);
	return 0;
}

static int
child_main(const char *what, const char *file)
{
	if (strcmp(what, "hold") == 0)
		return hold(file);
	if (strcmp(what, "migrate") == 0)
		return migrate_and_die(file);
	if (strcmp(what, "group") == 0)
		return read_as_group(file);
	/* The sanitizer's leak check cannot attach to a process whose effective
	 * user is not its real one: no exit handlers. */
	_exit(create_as_owner(file));
}

static pid_t
start_child(const char *what, int *to, int *from)
{
	char self[4096];
	int in[2], out[2];
	ssize_t n;
	pid_t pid;

	/* By its own name: under valgrind, the link leads to valgrind. */
	n = readlink("/proc/self/exe", self, sizeof self - 1);
	assert_true(n > 0);
	self[n] = '\0';
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)execl(self, "test_db", what, path, (char *)NULL);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	*to = in[1];
	*from = out[0];
	return pid;
}

static int
run_child(const char *what)
{
	int to, from, status;
	pid_t pid = start_child(what, &to, &from);

	(void)close(to);
	(void)close(from);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

/* ---- opening ---- */

static void
db_open__no_file__says_how_to_make_one(void **state)
{
	static const enum db_mode modes[] = { DB_WRITE, DB_READ };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct err err = { 0 };

		assert_null(db_open(path, modes[i], &err));
		assert_int_equal(err.code, ERR_NOTFOUND);
		assert_non_null(
		    strstr(err.text, "make one with 'nudgectl init'"));
	}
	assert_int_equal(access(path, F_OK), -1);
}

static void
db_open__create_twice__is_refused(void **state)
{
	struct err err = { 0 };

	(void)state;
	db_close(open_ok(DB_CREATE));
	assert_null(db_open(path, DB_CREATE, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	db_close(open_ok(DB_WRITE));
}

static void
db_open__any_umask__files_are_0640(void **state)
{
	static const char *const names[] = { "", "-wal", "-shm", ".lock" };
	mode_t before = umask(077);
	struct db *db;

	(void)state;
	db = open_ok(DB_CREATE);
	(void)umask(before);
	set_meta(db, "a", "b");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *name = xasprintf("%s%s", path, names[i]);
		struct stat st;

		assert_int_equal(stat(name, &st), 0);
		assert_int_equal(st.st_mode & 07777, 0640);
		free(name);
	}
	db_close(db);
}

static void
write_file(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
db_open__other_files__are_refused(void **state)
{
	static const char *const texts[] = { "", "hello", NULL };
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; texts[i] != NULL; i++) {
		write_file(texts[i]);
		assert_null(db_open(path, DB_WRITE, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_null(db_open(path, DB_READ, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, "not a register of nudged"));
	}
}

static void
db_open__newer_or_older_schema__says_so(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	db_close(db_open_with(path, DB_CREATE, old_schema, &err));
	assert_null(db_open_with(path, DB_READ, new_schema, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_non_null(strstr(err.text, "older"));
	db = db_open_with(path, DB_WRITE, new_schema, &err);
	assert_non_null(db);
	assert_int_equal(ask(db, "PRAGMA user_version"), 2);
	assert_int_equal(ask(db, "SELECT count(*) FROM more"), 4000);
	db_close(db);
	assert_null(db_open_with(path, DB_WRITE, old_schema, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_non_null(strstr(err.text, "newer"));
	assert_null(db_open_with(path, DB_READ, old_schema, &err));
}

static void
db_open__migration_fails__leaves_the_old_schema(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	db_close(db_open_with(path, DB_CREATE, old_schema, &err));
	assert_null(db_open_with(path, DB_WRITE, bad_schema, &err));
	assert_non_null(strstr(err.text, "migration 2"));
	db = db_open_with(path, DB_WRITE, old_schema, &err);
	assert_non_null(db);
	assert_int_equal(
	    ask(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'more'"),
	    0);
	db_close(db);
}

static void
db_open__killed_while_migrating__goes_on_from_the_old_schema(void **state)
{
	struct err err = { 0 };
	struct db *db;
	int status;

	(void)state;
	db = db_open_with(path, DB_CREATE, old_schema, &err);
	set_meta(db, "a", "b");
	db_close(db);
	status = run_child("migrate");
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGXFSZ);
	db = db_open_with(path, DB_WRITE, old_schema, &err);
	assert_non_null(db);
	assert_int_equal(db_verify(db, &err), 0);
	assert_int_equal(ask(db, "PRAGMA user_version"), 1);
	assert_int_equal(ask(db, "SELECT count(*) FROM meta"), 1);
	db_close(db);
	db = db_open_with(path, DB_WRITE, new_schema, &err);
	assert_non_null(db);
	assert_int_equal(ask(db, "SELECT count(*) FROM more"), 4000);
	db_close(db);
}

/* 2: a commit waits for the disk; 1: it does not. */
static void
db_begin__after_a_light_one__waits_for_the_disk_again(void **state)
{
	struct db *db = open_ok(DB_CREATE);
	struct err err;

	(void)state;
	for (int commits = 0; commits < 2; commits++) {
		assert_int_equal(db_begin_lightly(db, &err), 0);
		assert_int_equal(ask(db, "PRAGMA synchronous"), 1);
		if (commits)
			assert_int_equal(db_commit(db, &err), 0);
		else
			db_rollback(db);
		assert_int_equal(db_begin(db, &err), 0);
		assert_int_equal(ask(db, "PRAGMA synchronous"), 2);
		assert_int_equal(db_commit(db, &err), 0);
	}
	db_close(db);
}

static void
db_open__every_connection__has_the_safe_settings(void **state)
{
	static const struct {
		const char *sql;
		int64_t want;
	} cases[] = {
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA cell_size_check", 1 },
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA application_id", 0x6e756467 },
		{ "SELECT timeout <= 200 FROM pragma_busy_timeout", 1 },
		{ "SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1 },
		{ "SELECT count(*) > 15 AND min(strict) = 1 "
		  "FROM pragma_table_list WHERE schema = 'main' "
		  "AND name NOT LIKE 'sqlite%'",
		    1 },
	};
	struct db *dbs[2];

	(void)state;
	dbs[0] = open_ok(DB_CREATE);
	dbs[1] = open_ok(DB_READ);
	for (size_t d = 0; d < 2; d++)
		for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
			assert_int_equal(
			    ask(dbs[d], cases[i].sql), cases[i].want);
	db_close(dbs[1]);
	db_close(dbs[0]);
}

/* ---- locks and readers ---- */

static void
db_open__another_process_writes__is_refused_until_it_ends(void **state)
{
	struct err err = { 0 };
	int to, from, status;
	pid_t pid;
	char c;

	(void)state;
	db_close(open_ok(DB_CREATE));
	pid = start_child("hold", &to, &from);
	assert_int_equal(read(from, &c, 1), 1);
	assert_null(db_open(path, DB_WRITE, &err));
	assert_int_equal(err.code, ERR_TEMP);
	db_close(open_ok(DB_READ));
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	db_close(open_ok(DB_WRITE));
	(void)close(to);
	(void)close(from);
}

static void
db_open__lock_file_opened_and_closed_elsewhere__still_holds(void **state)
{
	char *name;
	struct db *db;
	int fd;

	(void)state;
	db = open_ok(DB_CREATE);
	name = xasprintf("%s.lock", path);
	fd = open(name, O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	(void)close(fd);
	assert_int_equal(WEXITSTATUS(run_child("hold")), 1);
	db_close(db);
	assert_int_equal(access(name, F_OK), 0); /* never removed */
	assert_int_equal(WEXITSTATUS(run_child("hold")), 0);
	free(name);
}

static void
db_open__reader_beside_writer__sees_what_is_committed(void **state)
{
	struct err err = { 0 };
	struct db *writer, *reader;

	(void)state;
	writer = open_ok(DB_CREATE);
	reader = open_ok(DB_READ);
	assert_int_equal(db_begin(writer, &err), 0);
	set_meta(writer, "a", "b");
	assert_int_equal(ask(reader, "SELECT count(*) FROM meta"), 0);
	assert_int_equal(db_commit(writer, &err), 0);
	assert_int_equal(ask(reader, "SELECT count(*) FROM meta"), 1);
	db_close(reader);
	db_close(writer);
}

static void
db_open__reader__cannot_write(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	db_close(open_ok(DB_CREATE));
	db = open_ok(DB_READ);
	assert_int_equal(
	    db_run(db_stmt(db, "INSERT INTO meta VALUES ('a', 'b')"), &err),
	    -1);
	assert_int_equal(err.code, ERR_PERM);
	db_close(db);
}

static void
db_open__stopped_register__is_readable_for_its_group(void **state)
{
	struct db *db;
	static const char *const names[] = { "", "-wal", "-shm" };

	(void)state;
	if (geteuid() != 0)
		skip();
	db = open_ok(DB_CREATE);
	set_meta(db, "a", "b");
	assert_int_equal(chmod(scratch, 0750), 0);
	assert_int_equal(chown(scratch, 0, NOBODY), 0);
	for (size_t i = 0; i < 3; i++) {
		char *name = xasprintf("%s%s", path, names[i]);

		assert_int_equal(chown(name, 0, NOBODY), 0);
		free(name);
	}
	assert_int_equal(run_child("group"), 0); /* while it runs */
	db_close(db);
	assert_int_equal(run_child("group"), 0); /* and stopped */
}

static void
db_become_owner__root__leaves_nothing_of_root_behind(void **state)
{
	static const char *const names[] = { "", "-wal", "-shm", ".lock" };

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(scratch, NOBODY, NOBODY), 0);
	assert_int_equal(run_child("owner"), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char *name = xasprintf("%s%s", path, names[i]);
		struct stat st;

		assert_int_equal(stat(name, &st), 0);
		assert_int_equal(st.st_uid, NOBODY);
		assert_int_equal(st.st_gid, NOBODY);
		free(name);
	}
}

/* ---- transactions ---- */

static void
db_commit__disk_full__is_a_system_error_and_never_retried(void **state)
{
	struct rlimit before, small;
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
	struct err err = { 0 };
	struct db *db;
	char *big = xmalloc(300001);

	(void)state;
	memset(big, 'x', 300000);
	big[300000] = '\0';
	db = open_ok(DB_CREATE);
	assert_int_equal(db_begin(db, &err), 0);
	set_meta(db, "kept", "b");
	assert_int_equal(db_commit(db, &err), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 100000;
	assert_int_equal(db_begin(db, &err), 0);
	set_meta(db, "lost", big);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(db_commit(db, &err), -1);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_int_equal(db_begin(db, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	db_close(db);
	db = open_ok(DB_WRITE);
	assert_int_equal(db_verify(db, &err), 0);
	assert_int_equal(ask(db, "SELECT count(*) FROM meta"), 1);
	db_close(db);
	(void)signal(SIGXFSZ, handler);
	free(big);
}

static void
db_rollback__after_writes__takes_them_back(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(db);
	assert_int_equal(db_begin(db, &err), 0);
	assert_true(db_in_transaction(db));
	set_meta(db, "a", "b");
	db_rollback(db);
	assert_false(db_in_transaction(db));
	assert_int_equal(ask(db, "SELECT count(*) FROM meta"), 0);
	db_rollback(db); /* without one it does nothing */
	db_close(db);
}

static void
db_step__transaction_gone__writes_nothing_alone(void **state)
{
	struct err err = { 0 };
	struct db *db;

	(void)state;
	db = db_open(":memory:", DB_CREATE, &err);
	assert_int_equal(db_begin(db, &err), 0);
	/* As SQLite itself does when the disk is full. */
	assert_int_equal(db_run(db_stmt(db, "ROLLBACK"), &err), 0);
	assert_int_equal(
	    db_run(db_stmt(db, "INSERT INTO meta VALUES ('a', 'b')"), &err),
	    -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	db_rollback(db);
	assert_int_equal(ask(db, "SELECT count(*) FROM meta"), 0);
	db_close(db);
}

static void
db_commit__much_written__keeps_the_wal_small(void **state)
{
	struct err err = { 0 };
	struct stat st;
	struct db *db;
	char *wal;

	(void)state;
	db = open_ok(DB_CREATE);
	wal = xasprintf("%s-wal", path);
	for (int i = 0; i < 60; i++) {
		struct stmt *st2 =
		    db_stmt(db, "INSERT OR REPLACE INTO meta (key, value) "
				"VALUES (:key, hex(zeroblob(500000)))");
		char key[16];

		assert_int_equal(db_begin(db, &err), 0);
		(void)snprintf(key, sizeof key, "%d", i);
		db_bind_text(st2, ":key", key);
		assert_int_equal(db_run(st2, &err), 0);
		assert_int_equal(db_commit(db, &err), 0);
	}
	assert_int_equal(stat(wal, &st), 0);
	assert_true(st.st_size > 0 && st.st_size < 24 << 20);
	assert_int_equal(db_checkpoint(db, &err), 0);
	assert_int_equal(stat(wal, &st), 0);
	assert_int_equal(st.st_size, 0);
	assert_int_equal(ask(db, "SELECT count(*) FROM meta"), 60);
	db_close(db);
	free(wal);
}

/* ---- statements ---- */

static void
db_stmt__used_within_itself__gives_a_second_one(void **state)
{
	static const char sql[] = "SELECT key FROM meta ORDER BY key";
	struct err err = { 0 };
	struct stmt *a, *b;
	struct db *db = db_open(":memory:", DB_CREATE, &err);

	(void)state;
	set_meta(db, "a", "1");
	set_meta(db, "b", "2");
	a = db_stmt(db, sql);
	assert_int_equal(db_step(a, &err), 1);
	b = db_stmt(db, sql);
	assert_ptr_not_equal(a, b);
	assert_int_equal(db_step(b, &err), 1);
	assert_string_equal(db_text(b, 0), "a");
	db_done(b);
	assert_int_equal(db_step(a, &err), 1);
	assert_string_equal(db_text(a, 0), "b");
	db_done(a);
	assert_ptr_equal(db_stmt(db, sql), a);
	db_done(a);
	db_close(db);
}

/* As after an administrator's VACUUM: all is prepared anew. */
static void
db_stmt__schema_changed_since__still_knows_its_parameters(void **state)
{
	static const char *const texts[] = {
		"INSERT INTO event (at, actor, done_on, subject, subject_id, "
		"what) VALUES (:at, :actor, :on, :subject, :id, :what)",
		"UPDATE event SET at = :at, actor = :actor, done_on = :on, "
		"subject = :subject, subject_id = :id, what = :what",
	};
	struct db *db = open_ok(DB_CREATE);
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct stmt *st = db_stmt(db, texts[i % 2]);

		db_bind_int(st, ":at", i);
		db_bind_text(st, ":actor", "me");
		db_bind_text(st, ":on", "2018-01-01");
		db_bind_text(st, ":subject", "entry");
		db_bind_int(st, ":id", 1);
		db_bind_text(st, ":what", "added");
		assert_int_equal(db_run(st, &err), 0);
		if (i == 3)
			assert_int_equal(
			    db_run(db_stmt_once(db, "VACUUM"), &err), 0);
	}
	assert_int_equal(ask(db, "SELECT count(*) FROM event"), 4);
	assert_int_equal(ask(db, "SELECT max(at) FROM event"), 7);
	db_close(db);
}

static void
db_bind__every_type__comes_back(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(":memory:", DB_CREATE, &err);
	struct stmt *st;
	const void *blob;
	char *copy;
	size_t len;

	(void)state;
	for (int turn = 0; turn < 2; turn++) { /* nothing is left bound */
		st = db_stmt(db, "SELECT :int, :id, :day, :none, :text, "
				 ":blob, :null, :zero, :empty");
		if (turn == 0) {
			/* Not in the order of the text. */
			db_bind_blob(st, ":empty", NULL, 0);
			db_bind_text(st, ":text", "caf\xc3\xa9");
			db_bind_int(st, ":int", INT64_MIN);
			db_bind_id(st, ":id", 7);
			db_bind_day(st, ":day", day_from_civil(2019, 6, 25));
			db_bind_day(st, ":none", DAY_NONE);
			db_bind_blob(st, ":blob", "a\0b", 3);
			db_bind_null(st, ":null");
			db_bind_id(st, ":zero", 0);
		}
		assert_int_equal(db_step(st, &err), 1);
		for (int i = 0; turn == 1 && i < 9; i++)
			assert_true(db_is_null(st, i));
		if (turn == 0) {
			assert_true(db_int(st, 0) == INT64_MIN);
			assert_int_equal(db_int(st, 1), 7);
			assert_string_equal(db_text(st, 2), "2019-06-25");
			assert_int_equal(
			    db_day(st, 2), day_from_civil(2019, 6, 25));
			assert_int_equal(db_day(st, 3), DAY_NONE);
			copy = db_copy_text(st, 4);
			assert_string_equal(copy, "caf\xc3\xa9");
			free(copy);
			blob = db_blob(st, 5, &len);
			assert_int_equal(len, 3);
			assert_memory_equal(blob, "a\0b", 3);
			assert_null(db_copy_text(st, 6));
			assert_true(db_is_null(st, 7));
			assert_false(db_is_null(st, 8));
		}
		db_done(st);
	}
	db_close(db);
}

static void
db_run__constraint__is_a_conflict(void **state)
{
	struct err err = { 0 };
	struct db *db = db_open(":memory:", DB_CREATE, &err);

	(void)state;
	assert_int_equal(
	    db_run(db_stmt(db, "INSERT INTO meeting (series_id, held_on) "
			       "VALUES (9, '2019-06-25')"),
		&err),
	    -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(
	    db_run(db_stmt(db, "INSERT INTO meta VALUES ('a', x'00')"), &err),
	    -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	db_close(db);
}

static void
natural_order__refs__by_number(void **state)
{
	static const struct {
		const char *a, *b;
		int want; /* of the sign */
	} cases[] = {
		{ "WT-2", "WT-10", -1 },
		{ "wt-10", "WT-2", 1 },
		{ "CDI-2", "CDI-2.1", -1 },
		{ "CDI-2.10", "CDI-2.9", 1 },
		{ "A-1", "B-1", -1 },
		{ "WT-007", "WT-7", 0 },
		{ "WT-99999999999999999999", "WT-100000000000000000000", -1 },
		{ "", "A", -1 },
	};
	struct err err = { 0 };
	struct db *db = db_open(":memory:", DB_CREATE, &err);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stmt *st =
		    db_stmt(db, "SELECT (:a > :b COLLATE natural_order) - "
				"(:a < :b COLLATE natural_order)");

		db_bind_text(st, ":a", cases[i].a);
		db_bind_text(st, ":b", cases[i].b);
		assert_int_equal(db_step(st, &err), 1);
		assert_int_equal(db_int(st, 0), cases[i].want);
		db_done(st);
	}
	db_close(db);
}

/* ---- copies and checks ---- */

static void
db_snapshot__of_a_reader__is_a_register_of_its_own(void **state)
{
	struct err err = { 0 };
	struct db *writer, *reader, *copy;

	(void)state;
	writer = open_ok(DB_CREATE);
	set_meta(writer, "a", "b");
	reader = open_ok(DB_READ);
	copy = db_snapshot(reader, &err);
	assert_non_null(copy);
	db_close(reader);
	set_meta(writer, "c", "d");
	assert_int_equal(ask(copy, "SELECT count(*) FROM meta"), 1);
	assert_int_equal(db_begin(copy, &err), 0);
	set_meta(copy, "x", "y");
	set_meta(copy, "z", "y");
	assert_int_equal(db_commit(copy, &err), 0);
	assert_int_equal(ask(copy, "SELECT count(*) FROM meta"), 3);
	assert_int_equal(ask(copy, "PRAGMA foreign_keys"), 1);
	assert_int_equal(ask(writer, "SELECT count(*) FROM meta"), 2);
	db_close(copy);
	db_close(writer);
}

static void
db_backup__of_a_running_register__stands_alone(void **state)
{
	struct err err = { 0 };
	struct db *writer, *reader;
	char *to, *wal;
	struct stat st;

	(void)state;
	to = xasprintf("%s/copy.db", scratch);
	wal = xasprintf("%s-wal", to);
	writer = open_ok(DB_CREATE);
	set_meta(writer, "a", "b");
	reader = open_ok(DB_READ);
	assert_int_equal(db_backup(reader, to, &err), 0);
	assert_int_equal(db_backup(reader, to, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	db_close(reader);
	db_close(writer);
	assert_int_equal(stat(to, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	reader = db_open(to, DB_READ, &err);
	assert_non_null(reader);
	assert_int_equal(
	    ask(reader, "SELECT value = '1' FROM meta WHERE key = 'copy'"), 1);
	assert_int_equal(
	    ask(reader, "SELECT count(*) FROM meta WHERE key = 'a'"), 1);
	assert_int_equal(db_verify(reader, &err), 0);
	db_close(reader);
	assert_int_equal(access(wal, F_OK), -1);
	free(to);
	free(wal);
}

static void
db_verify__damaged_file__says_so(void **state)
{
	struct err err = { 0 };
	struct db *db;
	char junk[512];
	int fd;

	(void)state;
	db = open_ok(DB_CREATE);
	set_meta(db, "a", "b");
	assert_int_equal(db_verify(db, &err), 0);
	db_close(db);
	memset(junk, 0xa5, sizeof junk);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(fd, junk, sizeof junk, 3 * 4096), 512);
	(void)close(fd);
	db = open_ok(DB_READ);
	assert_int_equal(db_verify(db, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	db_close(db);
}

static void
db_set_mark__restored_register__is_still_there(void **state)
{
	struct err err = { 0 };
	struct db *db;
	char *mark = NULL;

	(void)state;
	db = open_ok(DB_CREATE);
	assert_int_equal(db_mark(db, &mark, &err), 0);
	assert_string_equal(mark, "");
	free(mark);
	assert_int_equal(db_set_mark(db, "a rather long mark", &err), 0);
	assert_int_equal(db_set_mark(db, "42", &err), 0);
	db_close(db);
	assert_int_equal(unlink(path), 0);
	db_close(open_ok(DB_CREATE));
	db = open_ok(DB_READ);
	assert_int_equal(db_mark(db, &mark, &err), 0);
	assert_string_equal(mark, "42");
	free(mark);
	db_close(db);
}

/* ---- the schema ---- */

int
main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, scratch_remove)
		T(db_open__no_file__says_how_to_make_one),
		T(db_open__create_twice__is_refused),
		T(db_open__any_umask__files_are_0640),
		T(db_open__other_files__are_refused),
		T(db_open__newer_or_older_schema__says_so),
		T(db_open__migration_fails__leaves_the_old_schema),
		T(db_open__killed_while_migrating__goes_on_from_the_old_schema),
		T(db_begin__after_a_light_one__waits_for_the_disk_again),
		T(db_open__every_connection__has_the_safe_settings),
		T(db_open__another_process_writes__is_refused_until_it_ends),
		T(db_open__lock_file_opened_and_closed_elsewhere__still_holds),
		T(db_open__reader_beside_writer__sees_what_is_committed),
		T(db_open__reader__cannot_write),
		T(db_open__stopped_register__is_readable_for_its_group),
		T(db_become_owner__root__leaves_nothing_of_root_behind),
		T(db_commit__disk_full__is_a_system_error_and_never_retried),
		T(db_rollback__after_writes__takes_them_back),
		T(db_step__transaction_gone__writes_nothing_alone),
		T(db_commit__much_written__keeps_the_wal_small),
		T(db_stmt__used_within_itself__gives_a_second_one),
		T(db_stmt__schema_changed_since__still_knows_its_parameters),
		T(db_bind__every_type__comes_back),
		T(db_run__constraint__is_a_conflict),
		T(natural_order__refs__by_number),
		T(db_snapshot__of_a_reader__is_a_register_of_its_own),
		T(db_backup__of_a_running_register__stands_alone),
		T(db_verify__damaged_file__says_so),
		T(db_set_mark__restored_register__is_still_there),
	};

	if (argc == 3)
		return child_main(argv[1], argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
