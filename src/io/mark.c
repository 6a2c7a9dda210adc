/* SPDX-License-Identifier: ISC */
/* The high-water mark; see mark.h. Holds nothing in memory. */
#include "io/mark.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/register.h"

/* Attempts that succeeded are counted, the others have rows. */
#define SQL_LAST                                                         \
	"SELECT (SELECT ifnull(max(id), 0) FROM event),"                 \
	" (SELECT ifnull(max(id), 0) FROM attempt) + ifnull((SELECT"     \
	" CAST(value AS INTEGER) FROM meta WHERE key = '" REGISTER_SENDS \
	"'), 0),"                                                        \
	" (SELECT ifnull(max(id), 0) FROM notice)"

struct mark {
	int64_t event, attempt, notice;
};

static int
read_register(struct db *db, struct mark *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LAST);
	int rc = db_step(st, err);

	if (rc == 1)
		*out = (struct mark){ .event = db_int(st, 0),
			.attempt = db_int(st, 1),
			.notice = db_int(st, 2) };
	db_done(st);
	return rc == 1 ? 0 : -1;
}

static char *
mark_text(const struct mark *mark)
{
	return xasprintf("event %" PRId64 " attempt %" PRId64
			 " notice %" PRId64,
	    mark->event, mark->attempt, mark->notice);
}

/* False when it is none. */
static bool
mark_parse(const char *text, struct mark *out)
{
	return sscanf(text,
		   "event %" SCNd64 " attempt %" SCNd64 " notice %" SCNd64,
		   &out->event, &out->attempt, &out->notice) == 3;
}

static bool
is_older(const struct mark *a, const struct mark *b)
{
	/* Notices that were never tried may be taken out: theirs is told for
	 * people, and does not count. */
	return a->event < b->event || a->attempt < b->attempt;
}

static int
hold(struct db *db, const char *reason, const char *mark, struct err *err)
{
	if (db_begin(db, err) == -1)
		return -1;
	if (register_set_meta(db, "held", reason, err) == -1 ||
	    register_set_meta(db, "held_mark", mark, err) == -1 ||
	    register_set_meta(db, "copy", NULL, err) == -1) {
		db_rollback(db);
		return -1;
	}
	return db_commit(db, err) == -1 ? -1 : 1;
}

/* Why the register is held beside this mark; NULL: it is not. Owned. */
static int
look_older(struct db *db, const char *text, char **reason, struct err *err)
{
	struct mark mark = { 0 }, now;
	char *known = NULL;
	bool legible = mark_parse(text, &mark);

	if (*text == '\0')
		return 0;
	if (read_register(db, &now, err) == -1 ||
	    register_meta(db, "held_mark", &known, err) == -1)
		return -1;
	if ((legible && !is_older(&now, &mark)) ||
	    (known != NULL && strcmp(known, text) == 0)) {
		free(known);
		return 0;
	}
	free(known);
	*reason =
	    legible
		? xasprintf("the register is older than its mark: %" PRId64
			    " events and %" PRId64 " attempts are missing",
		      mark.event > now.event ? mark.event - now.event : 0,
		      mark.attempt > now.attempt ? mark.attempt - now.attempt
						 : 0)
		: xstrdup(
		      "the mark in the register's lock file cannot be read");
	return 0;
}

static int
look(struct db *db, char **text, char **reason, struct err *err)
{
	char *copy = NULL;
	int rc = -1;

	*reason = NULL;
	if (register_meta(db, "copy", &copy, err) == -1 ||
	    db_mark(db, text, err) == -1)
		goto out;
	if (copy != NULL)
		*reason = xstrdup("a copy of the register");
	rc = copy != NULL ? 0 : look_older(db, *text, reason, err);
out:
	free(copy);
	return rc;
}

int
mark_check(struct db *db, struct err *err)
{
	char *text = NULL, *reason;
	int rc = look(db, &text, &reason, err);

	if (rc == 0 && reason != NULL)
		rc = hold(db, reason, text, err);
	free(text);
	free(reason);
	return rc;
}

int
mark_held(struct db *db, char **reason, struct err *err)
{
	char *text = NULL;
	int rc = register_meta(db, "held", reason, err);

	if (rc == 0 && *reason == NULL)
		rc = look(db, &text, reason, err);
	free(text);
	return rc;
}

/* Is delivery held still? Then the mark must not go down. */
static int
is_held(struct db *db, struct err *err)
{
	char *held = NULL;

	if (register_meta(db, "held", &held, err) == -1)
		return -1;
	int rc = held != NULL;

	free(held);
	return rc;
}

int
mark_write(struct db *db, struct err *err)
{
	struct mark now, before;
	char *old = NULL, *text = NULL;
	int rc = -1, held = 0;

	if (read_register(db, &now, err) == -1 || db_mark(db, &old, err) == -1)
		goto out;
	text = mark_text(&now);
	if (strcmp(text, old) == 0) {
		rc = 0;
		goto out;
	}
	if (*old != '\0' &&
	    (!mark_parse(old, &before) || is_older(&now, &before)))
		held = is_held(db, err);
	if (held == -1)
		goto out;
	rc = held ? 0 : db_set_mark(db, text, err);
out:
	free(old);
	free(text);
	return rc;
}
