/* SPDX-License-Identifier: ISC */
/*
 * Is it a register, of which schema, and the steps to ours.
 */
#include "io/db_handle.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define APPLICATION_ID 0x6e756467 /* "nudg" */

int
db_count_migrations(const char *const *migrations)
{
	int count = 0;

	while (migrations[count] != NULL)
		count++;
	return count;
}

int
db_check_kind(struct db *db, int known, int64_t *version, struct err *err)
{
	int64_t application = 0;

	if (db_ask(db, "PRAGMA application_id", &application, err) == -1) {
		if (strstr(err->text, "not a database") != NULL)
			goto foreign;
		return -1;
	}
	if (application != APPLICATION_ID)
		goto foreign;
	if (db_ask(db, "PRAGMA user_version", version, err) == -1)
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

int
db_migrate(
    struct db *db, const char *const *migrations, int64_t from, struct err *err)
{
	char text[96];
	int to = db_count_migrations(migrations);

	if (db_exec(db, "BEGIN IMMEDIATE", err) == -1)
		return -1;
	for (int64_t v = from; v < to; v++)
		if (db_exec(db, migrations[v], err) == -1) {
			(void)err_wrap(err, "migration %d", (int)v + 1);
			goto undo;
		}
	(void)snprintf(text, sizeof text,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d",
	    APPLICATION_ID, to);
	if (db_exec(db, text, err) == -1 || db_exec(db, "COMMIT", err) == -1)
		goto undo;
	return 0;
undo:
	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}
