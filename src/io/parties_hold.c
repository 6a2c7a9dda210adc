/* SPDX-License-Identifier: ISC */
/* Who holds an office since when, and what somebody who leaves hands over. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/vec.h"
#include "io/entries.h"
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
		rc = err_set(err, ERR_INPUT, "'%s' is no %s but a %s",
		    party.name, party_kind_name(kind),
		    party_kind_name(party.kind));
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
	if (db_run(st, err) == -1 || person_id == 0)
		return person_id == 0 ? 0 : -1;
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

/* ---- leaving ---- */

#define SQL_ENTRIES_OF                                          \
	"SELECT DISTINCT e.id FROM entry_owner o JOIN entry e " \
	"ON e.id = o.entry_id WHERE o.party_id = :id "          \
	"AND (e.live = 1 OR e.state = 'unconfirmed')"
#define SQL_OFFICES_OF                                               \
	"SELECT office_id FROM office_holder WHERE person_id = :id " \
	"AND (until_on IS NULL OR until_on >= :day)"
#define SQL_MOVE_CHAIRS "UPDATE series SET chair_id = :to WHERE chair_id = :id"
#define SQL_MOVE_SECRETARIES \
	"UPDATE series SET secretary_id = :to WHERE secretary_id = :id"
#define SQL_MOVE_CONTACTS \
	"UPDATE party SET contact_id = :to WHERE contact_id = :id"
#define SQL_MOVE_DEPUTIES                                            \
	"UPDATE party SET deputy_id = CASE WHEN id = :to THEN NULL " \
	"ELSE :to END WHERE deputy_id = :id"
#define SQL_LEAVE \
	"UPDATE party SET left_on = :day, successor_id = :to WHERE id = :id"

struct ids {
	int64_t *items;
	size_t len, cap;
};

static int
collect_ids(struct stmt *st, struct ids *ids, struct err *err)
{
	int rc;

	while ((rc = db_step(st, err)) == 1)
		*vec_push(ids) = db_int(st, 0);
	db_done(st);
	return rc;
}

/* Puts one party in the place of another; who was there already is not there
 * twice, and is the owner rather than a co-owner. */
static void
replace_owner(struct entry *entry, int64_t from, int64_t to, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < entry->owners.len; i++) {
		struct owner owner = entry->owners.items[i];
		bool twice = false;

		if (owner.party_id == from) {
			free(owner.name);
			owner.party_id = to;
			owner.name = xstrdup(name);
			owner.answered_on = DAY_NONE;
		}
		for (size_t k = 0; k < kept; k++) {
			struct owner *other = &entry->owners.items[k];

			if (other->party_id != owner.party_id ||
			    (other->role == ROLE_SPONSOR) !=
				(owner.role == ROLE_SPONSOR))
				continue;
			twice = true;
			if (owner.role == ROLE_OWNER)
				other->role = ROLE_OWNER;
		}
		if (twice)
			free(owner.name);
		else
			entry->owners.items[kept++] = owner;
	}
	entry->owners.len = kept;
}

static int
hand_over_entry(struct db *db, int64_t entry_id, int64_t from, int64_t to,
    const char *name, const char *note, const struct doer *doer,
    struct err *err)
{
	struct entry before = { 0 }, after = { 0 };
	int rc = entries_get_id(db, entry_id, &before, err);

	if (rc != 1)
		return rc;
	entry_copy(&before, &after);
	replace_owner(&after, from, to, name);
	rc = entries_save(db, &before, &after, "handed over", note, doer, err);
	entry_clear(&before);
	entry_clear(&after);
	return rc;
}

static int
move_rows(struct stmt *st, int64_t id, int64_t to, struct err *err)
{
	db_bind_int(st, ":id", id);
	db_bind_int(st, ":to", to);
	return db_run(st, err);
}

static int
hand_over_places(struct db *db, int64_t id, int on, int64_t to,
    const struct doer *doer, struct err *err)
{
	struct ids offices = { 0 };
	struct stmt *st = db_stmt(db, SQL_OFFICES_OF);
	int rc;

	db_bind_int(st, ":id", id);
	db_bind_day(st, ":day", on);
	rc = collect_ids(st, &offices, err);
	for (size_t i = 0; rc == 0 && i < offices.len; i++)
		rc = parties_hold(db, offices.items[i], to, on, doer, err);
	vec_clear(&offices);
	if (rc == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_CHAIRS), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_SECRETARIES), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_CONTACTS), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_DEPUTIES), id, to, err) == -1)
		return -1;
	return 0;
}

static int
check_leave(struct db *db, int64_t id, int64_t to, char **name, struct err *err)
{
	if (id == to)
		return err_set(
		    err, ERR_INPUT, "nobody can hand over to themselves");
	*name = party_name_of(db, to);
	if (*name == NULL)
		return err_set(
		    err, ERR_INPUT, "somebody must take over: --to is missing");
	return 0;
}

int
parties_leave(struct db *db, int64_t id, int on, int64_t to,
    const struct doer *doer, int *moved, struct err *err)
{
	struct ids entries = { 0 };
	char *leaver = party_name_of(db, id), *name = NULL, *note = NULL;
	char day[DAY_LONG_MAX];
	struct stmt *st;
	int rc = -1;

	if (leaver == NULL) {
		(void)err_set(err, ERR_NOTFOUND, "no such party");
		goto out;
	}
	if (check_leave(db, id, to, &name, err) == -1)
		goto out;
	note = xasprintf("%s leaves on %s", leaver, day_long(on, day));
	st = db_stmt(db, SQL_ENTRIES_OF);
	db_bind_int(st, ":id", id);
	if (collect_ids(st, &entries, err) == -1)
		goto out;
	for (size_t i = 0; i < entries.len; i++)
		if (hand_over_entry(db, entries.items[i], id, to, name, note,
			doer, err) == -1)
			goto out;
	if (hand_over_places(db, id, on, to, doer, err) == -1)
		goto out;
	st = db_stmt(db, SQL_LEAVE);
	db_bind_day(st, ":day", on);
	if (move_rows(st, id, to, err) == -1 ||
	    register_event(
		db, doer, "party", id, "left", leaver, name, note, err) == -1 ||
	    party_touch(db, id, err) == -1)
		goto out;
	*moved = (int)entries.len;
	rc = 0;
out:
	vec_clear(&entries);
	free(leaver);
	free(name);
	free(note);
	return rc;
}
