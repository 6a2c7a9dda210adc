/* SPDX-License-Identifier: ISC */
/*
 * SQLite, which only db*.c knows: opening under the writer's lock (db), a
 * connection and its settings (db_handle), the file (db_file), migrations
 * (db_migrate), cached statements by name (db_stmt), transactions and the WAL
 * (db_commit), copies and checks (db_copy). FACTS C says why there is one
 * writer.
 */
#ifndef NUDGED_IO_DB_H
#define NUDGED_IO_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct db;
struct stmt;

enum db_mode {
	DB_CREATE, /* make it; refused when it is there */
	DB_WRITE,  /* takes the writer's lock; ERR_TEMP when somebody has it */
	DB_READ,   /* read only, no lock */
};

/* Opens a register. DB_CREATE and DB_WRITE hold the OFD lock on "PATH.lock"
 * until db_close; DB_WRITE migrates what is older and refuses what is newer.
 * ":memory:" is for tests. Returns NULL with *err set. */
struct db *db_open(const char *path, enum db_mode mode, struct err *err);
void db_close(struct db *db);

/* The same with another list of migrations (NULL at its end): for tests. */
struct db *db_open_with(const char *path, enum db_mode mode,
    const char *const *migrations, struct err *err);

/* As root: becomes the owner and group of the folder that holds the register,
 * so that nothing in it ever belongs to root. To be called before opening for
 * writing, after the caller's own files are read. Not root: does nothing. */
int db_become_owner(const char *path, struct err *err);

/* SQLite's version, for the log, and whether it can lose commits when two
 * connections write and checkpoint (all before 3.51.3). */
const char *db_version(void);
bool db_needs_one_writer(void);

/* A line beside the register, in its lock file, that a restored register does
 * not bring back. "" when there is none; owned. Setting it needs the lock. */
int db_mark(struct db *db, char **out, struct err *err);
int db_set_mark(struct db *db, const char *text, struct err *err);

/* A read-write copy of what db holds now, in a temporary file that is gone
 * with it and never synced: for plan. */
struct db *db_snapshot(struct db *db, struct err *err);

/* Copies the register to a new file, page by page (SQLite's backup); refused
 * with ERR_CONFLICT when the file is there. The copy stands alone (no -wal) and
 * says so of itself: its meta value "copy" is "1". */
int db_backup(struct db *db, const char *path, struct err *err);

/* integrity_check and foreign_key_check; 0 when clean. */
int db_verify(struct db *db, struct err *err);

/* The statement for a text, prepared once and kept. The text must be a string
 * literal (its address is the key). A wrong text is our bug: aborts. While it
 * is in use (until db_done) a second one is made for the same text. */
struct stmt *db_stmt(struct db *db, const char *sql);

/* A statement for a text that was put together; gone with db_done. */
struct stmt *db_stmt_once(struct db *db, const char *sql);

/* Binding by name (":ref"); an unknown name is our bug: aborts. Text and blobs
 * are borrowed until db_done. day_: DAY_NONE binds NULL, else "YYYY-MM-DD".
 * id: 0 binds NULL. */
void db_bind_int(struct stmt *st, const char *name, int64_t value);
void db_bind_id(struct stmt *st, const char *name, int64_t id);
void db_bind_day(struct stmt *st, const char *name, int day);
void db_bind_text(struct stmt *st, const char *name, const char *text);
void db_bind_blob(struct stmt *st, const char *name, const void *, size_t);
void db_bind_null(struct stmt *st, const char *name);

/* Steps: 1 a row, 0 no more, -1 failed with *err set. db_done resets, clears
 * and must be called before every return to the loop. */
int db_step(struct stmt *st, struct err *err);
void db_done(struct stmt *st);

/* Binds nothing more, steps once for a statement without rows, and is done. */
int db_run(struct stmt *st, struct err *err);

/* The one number that a statement gives, and done; no row or NULL gives
 * otherwise. */
int db_one_int(
    struct stmt *st, int64_t otherwise, int64_t *out, struct err *err);

/* Columns of the current row, by position. Text and blobs are borrowed until
 * the next step; copy_text is the caller's (NULL for NULL). */
int64_t db_int(struct stmt *st, int column);
int db_day(struct stmt *st, int column);
const char *db_text(struct stmt *st, int column);
char *db_copy_text(struct stmt *st, int column);
const void *db_blob(struct stmt *st, int column, size_t *len);
bool db_is_null(struct stmt *st, int column);

int64_t db_last_id(struct db *db); /* of the row last inserted */
int db_changes(struct db *db);     /* rows touched by the last statement */

/* BEGIN IMMEDIATE; COMMIT; ROLLBACK. A failed commit is never retried: the
 * caller stops sending and exits (FACTS C). db_in_transaction tells. */
int db_begin(struct db *db, struct err *err);
/* As db_begin, for what may be lost with the power, though not with the
 * process: its commit does not wait for the disk. The next that does, and
 * writes, makes it durable too. Not for what the mark counts (events, attempts,
 * sends): the mark would be ahead of the register then. */
int db_begin_lightly(struct db *db, struct err *err);
/* All that is read until db_rollback is of one moment. */
int db_begin_reading(struct db *db, struct err *err);
int db_commit(struct db *db, struct err *err);
void db_rollback(struct db *db);
bool db_in_transaction(struct db *db);

/* Microseconds spent in commits and checkpoints since it was opened: the disk's
 * time, which the daemon tells apart from its own. */
int64_t db_disk_us(const struct db *db);

/* Moves the WAL into the file (TRUNCATE); for the daemon when idle. ERR_TEMP
 * when readers are in the way. Commits do it themselves, without waiting for
 * anybody, when the WAL has passed 16 MB. */
int db_checkpoint(struct db *db, struct err *err);

#endif
