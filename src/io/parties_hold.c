/* SPDX-License-Identifier: ISC */
/* Who holds an office since when. */
#include <stdlib.h>

#include "core/buf.h"
#include "io/parties_row.h"

/* ---- holding an office ---- */

#define SQL_HOLDER_ON                                    \
	"SELECT person_id, from_on FROM office_holder "  \
	"WHERE office_id = :office AND from_on <= :day " \
	"AND (until_on IS NULL OR until_on >= :day) "    \
	"ORDER BY from_on DESC LIMIT 1"
#define SQL_END_HOLDERS                                      \
	"UPDATE office_holder SET until_on = :before WHERE " \
	"office_id = :office AND from_on < :day "            \
	"AND (until_on IS NULL OR until_on >= :day)"
#define SQL_DROP_HOLDER                                        \
	"DELETE FROM office_holder WHERE office_id = :office " \
	"AND from_on = :day"
#define SQL_ADD_HOLDER                                                         \
	"INSERT INTO office_holder (office_id, from_on, person_id, until_on) " \
	"SELECT :office, :day, :person, (SELECT date(min(from_on), '-1 day') " \
	"FROM office_holder WHERE office_id = :office AND from_on > :day)"

static int
check_kind(
    struct db *db, int64_t id, enum party_kind kind, int today, struct err *err)
{
	struct party party = { 0 };
	int rc = parties_get(db, id, today, &party, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no such party");
	if (rc == 1 && party.kind != kind)
		rc = err_set(err, ERR_INPUT, "%s '%s' is no %s",
		    party_kind_name(party.kind), party.name,
		    party_kind_name(kind));
	party_clear(&party);
	return rc == -1 ? -1 : 0;
}

/* Who holds the office on the day; 0: nobody. */
static int
holder_on(
    struct db *db, int64_t office_id, int day, int64_t *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_HOLDER_ON);
	int rc;

	db_bind_int(st, ":office", office_id);
	db_bind_day(st, ":day", day);
	rc = db_step(st, err);
	if (rc != -1)
		*out = rc == 1 ? db_int(st, 0) : 0;
	db_done(st);
	return rc == -1 ? -1 : 0;
}

static int
change_holder(struct db *db, int64_t office_id, int64_t person_id, int day,
    struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_END_HOLDERS);

	db_bind_day(st, ":before", day - 1);
	db_bind_int(st, ":office", office_id);
	db_bind_day(st, ":day", day);
	if (db_run(st, err) == -1)
		return -1;
	st = db_stmt(db, SQL_DROP_HOLDER);
	db_bind_int(st, ":office", office_id);
	db_bind_day(st, ":day", day);
	if (db_run(st, err) == -1)
		return -1;
	if (person_id == 0)
		return 0;
	st = db_stmt(db, SQL_ADD_HOLDER);
	db_bind_int(st, ":office", office_id);
	db_bind_day(st, ":day", day);
	db_bind_int(st, ":person", person_id);
	return db_run(st, err);
}

int
parties_hold(struct db *db, int64_t office_id, int64_t person_id, int from_on,
    const struct doer *doer, struct err *err)
{
	int day = from_on == DAY_NONE ? day_from_civil(1, 1, 1) : from_on;
	char *old = NULL, *new = NULL, *note = NULL;
	char text[DAY_LONG_MAX];
	int64_t before = 0;
	int rc = -1;

	if (check_kind(db, office_id, PARTY_OFFICE, doer->on, err) == -1 ||
	    (person_id != 0 &&
		check_kind(db, person_id, PARTY_PERSON, doer->on, err) == -1) ||
	    holder_on(db, office_id, day, &before, err) == -1)
		return -1;
	if (before == person_id)
		return 0;
	/* Both ends: the entries of the one before are planned anew too. */
	if (party_touch(db, office_id, err) == -1 ||
	    change_holder(db, office_id, person_id, day, err) == -1)
		return -1;
	old = party_name_of(db, before);
	new = party_name_of(db, person_id);
	if (from_on != DAY_NONE)
		note = xasprintf("from %s", day_long(from_on, text));
	if (register_event(db, doer, "party", office_id, "holder", old, new,
		note, err) == 0 &&
	    party_touch(db, office_id, err) == 0)
		rc = 0;
	free(old);
	free(new);
	free(note);
	return rc;
}

int
parties_take_office(struct db *db, const struct party *person,
    const char *title, int from_on, const struct doer *doer, struct err *err)
{
	char *full = party_full_name(title, person->organisation);
	struct party office;
	int64_t id;
	int rc = parties_find(db, full, &id, err);

	free(full);
	if (rc == -1) {
		if (err->code != ERR_NOTFOUND)
			return -1;
		party_init(&office);
		office.kind = PARTY_OFFICE;
		office.name = xstrdup(title);
		office.organisation_id = person->organisation_id;
		rc = parties_add(db, &office, doer, err);
		id = office.id;
		party_clear(&office);
		if (rc == -1)
			return -1;
	}
	return parties_hold(db, id, person->id, from_on, doer, err);
}
