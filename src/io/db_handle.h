/* SPDX-License-Identifier: ISC */
/*
 * Private to io/db*.c: a connection of SQLite, and what its parts share.
 */
#ifndef NUDGED_IO_DB_HANDLE_H
#define NUDGED_IO_DB_HANDLE_H

#include "io/db.h"

#define DB_BUSY_MS 200          /* it sleeps inside the loop: FACTS C */
#define DB_WAL_BYTES (16 << 20) /* a commit behind it moves it to the file */

struct sqlite3;

struct db {
	struct sqlite3 *handle;
	char *path; /* NULL: in memory or temporary */
	enum db_mode mode;
	int lock_fd; /* -1: none */
	bool begun;  /* we began a transaction and have not ended it */
	bool light;  /* commits do not wait for the disk */
	bool broken; /* a commit failed: what it did is not known */
	int page_size;
	int64_t wal_pages, wal_limit; /* limit 0: not the writer */
	int64_t disk_us;              /* spent in commits and checkpoints */
	struct stmt **slots; /* by address of the text, open addressing */
	size_t nslots, nstmts;
};

/* -1, with *err set from SQLite's result rc and its words. */
int db_fail(struct db *db, int rc, struct err *err);

/* One or more commands without rows, not kept; 0, or -1 with *err set. */
int db_exec(struct db *db, const char *sql, struct err *err);

/* The number in the first column of the first row, of a statement that is not
 * kept; no row is an error. 0, or -1 with *err set. */
int db_ask(struct db *db, const char *sql, int64_t *out, struct err *err);

/* Without a connection yet; NULL is no path. To be closed with db_close. */
struct db *db_new(const char *path, enum db_mode mode);

/* Opens name (a path, ":memory:", or "" for a temporary file) with SQLite's
 * flags; then the settings that each connection has, which need a schema that
 * can be read. 0, or -1 with *err set. */
int db_open_handle(struct db *db, const char *name, int flags, struct err *err);
int db_set_up(struct db *db, struct err *err);

/* Frees all statements that were kept. */
void db_free_stmts(struct db *db);

/* ---- the schema; migrations end with NULL ---- */

int db_count_migrations(const char *const *migrations);

/* Is it a register (else ERR_INPUT), and one that we understand: not newer than
 * known (else ERR_CONFLICT)? 0 with its schema's *version, or -1. */
int db_check_kind(struct db *db, int known, int64_t *version, struct err *err);

/* Takes the schema from one version to the last, all steps or none: a crash in
 * between leaves the old one. 0, or -1 with *err set. */
int db_migrate(struct db *db, const char *const *migrations, int64_t from,
    struct err *err);

#endif
