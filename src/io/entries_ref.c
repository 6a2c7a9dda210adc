/* SPDX-License-Identifier: ISC */
/* The refs of entries: which comes next, and which may be given by hand. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/entries_row.h"

#define REF_MAX 64

#define SQL_REF_TAKEN "SELECT 1 FROM entry WHERE ref = :ref"
#define SQL_LAST_OF_SERIES "SELECT code, last_number FROM series WHERE id = :id"
#define SQL_LAST_OF_REPORT "SELECT code, last_number FROM report WHERE id = :id"
#define SQL_RAISE_SERIES                                         \
	"UPDATE series SET last_number = :n WHERE code = :code " \
	"AND last_number < :n"
#define SQL_RAISE_REPORT                                         \
	"UPDATE report SET last_number = :n WHERE code = :code " \
	"AND last_number < :n"
#define SQL_CHILD_REFS                                        \
	"SELECT p.ref, c.ref FROM entry p LEFT JOIN entry c " \
	"ON c.parent_id = p.id WHERE p.id = :id"

static int
ref_taken(struct db *db, const char *ref, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_REF_TAKEN);
	int rc;

	db_bind_text(st, ":ref", ref);
	rc = db_step(st, err);
	db_done(st);
	return rc;
}

/* A whole number below a billion at the end of a ref; -1 when it is none. */
static int64_t
ref_number(const char *digits)
{
	size_t n = strspn(digits, "0123456789");

	if (n == 0 || n > 9 || digits[n] != '\0')
		return -1;
	return strtol(digits, NULL, 10);
}

/* One more than the highest sub-point there is. */
static int
next_child_ref(struct db *db, int64_t parent, char **out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_CHILD_REFS);
	char *above = NULL;
	int64_t last = 0;
	int rc;

	db_bind_int(st, ":id", parent);
	while ((rc = db_step(st, err)) == 1) {
		const char *ref = db_text(st, 1);
		size_t len;
		int64_t n;

		if (above == NULL)
			above = db_copy_text(st, 0);
		len = strlen(above);
		if (ref == NULL || strncmp(ref, above, len) != 0 ||
		    ref[len] != '.')
			continue;
		n = ref_number(ref + len + 1);
		if (n > last)
			last = n;
	}
	db_done(st);
	if (rc == 0 && above == NULL)
		rc = err_set(err, ERR_NOTFOUND, "no such entry above");
	if (rc == 0)
		*out = xasprintf("%s.%lld", above, (long long)last + 1);
	free(above);
	return rc;
}

/* The code that the refs begin with and the last number used. */
static int
last_number(struct db *db, const struct entry *entry, char **code, int64_t *n,
    struct err *err)
{
	bool of_report = entry->report_id != 0;
	struct stmt *st;
	int rc;

	if (!of_report && entry->series_id == 0) {
		*code = xstrdup("A");
		*n = register_meta_int(db, "last_number", 0);
		return 0;
	}
	st = of_report ? db_stmt(db, SQL_LAST_OF_REPORT)
		       : db_stmt(db, SQL_LAST_OF_SERIES);
	db_bind_int(st, ":id", of_report ? entry->report_id : entry->series_id);
	rc = db_step(st, err);
	if (rc == 1) {
		*code = db_copy_text(st, 0);
		*n = db_int(st, 1);
	}
	db_done(st);
	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no such %s",
		    of_report ? "report" : "series");
	return rc == 1 ? 0 : -1;
}

int
entry_next_ref(
    struct db *db, const struct entry *entry, char **out, struct err *err)
{
	char *code = NULL, *ref = NULL;
	int64_t n = 0;
	int taken;

	if (entry->parent_id != 0)
		return next_child_ref(db, entry->parent_id, out, err);
	if (last_number(db, entry, &code, &n, err) == -1)
		return -1;
	/* Somebody may have used the number by hand, for another series. */
	do {
		free(ref);
		ref = xasprintf("%s-%lld", code, (long long)++n);
		taken = ref_taken(db, ref, err);
	} while (taken == 1);
	free(code);
	if (taken == -1) {
		free(ref);
		return -1;
	}
	*out = ref;
	return 0;
}

int
entry_check_ref(struct db *db, const char *ref, struct err *err)
{
	int taken;

	if (*ref == '\0' || strlen(ref) > REF_MAX)
		return err_set(err, ERR_INPUT,
		    "a ref has between 1 and %d characters", REF_MAX);
	for (const char *p = ref; *p != '\0'; p++)
		if ((unsigned char)*p <= ' ' || *p == 0x7f)
			return err_set(err, ERR_INPUT,
			    "the ref '%s' has a blank in it", ref);
	taken = ref_taken(db, ref, err);
	if (taken == 1)
		return err_set(
		    err, ERR_CONFLICT, "there is an entry %s already", ref);
	return taken;
}

static int
raise_number(struct stmt *st, const char *code, int64_t n, struct err *err)
{
	db_bind_int(st, ":n", n);
	db_bind_text(st, ":code", code);
	return db_run(st, err);
}

int
entry_note_ref(struct db *db, const char *ref, struct err *err)
{
	const char *dash = strrchr(ref, '-');
	int64_t n = dash == NULL ? -1 : ref_number(dash + 1);
	char *code;
	int rc = 0;

	if (n <= 0)
		return 0;
	code = xstrndup(ref, (size_t)(dash - ref));
	if (raise_number(db_stmt(db, SQL_RAISE_SERIES), code, n, err) == -1 ||
	    raise_number(db_stmt(db, SQL_RAISE_REPORT), code, n, err) == -1)
		rc = -1;
	if (rc == 0 && strcmp(code, "A") == 0 &&
	    register_meta_int(db, "last_number", 0) < n)
		rc = register_set_meta_int(db, "last_number", n, err);
	free(code);
	return rc;
}
