/* SPDX-License-Identifier: ISC */
/*
 * Somebody leaves: what is handed over, at once or when the day has come. Until
 * then the party is marked as leaving and nothing changes hands.
 */
#include <stdlib.h>

#include "core/buf.h"
#include "core/vec.h"
#include "io/entries.h"
#include "io/parties_row.h"

#define SQL_ENTRIES_OF                                          \
	"SELECT DISTINCT e.id FROM entry_owner o JOIN entry e " \
	"ON e.id = o.entry_id WHERE o.party_id = :id "          \
	"AND (e.live = 1 OR e.state = 'unconfirmed') LIMIT :max"
/* From that day on, or from when they are taken later. */
#define SQL_OFFICES_OF                                                      \
	"SELECT office_id, max(from_on, :day) FROM office_holder "          \
	"WHERE person_id = :id AND (until_on IS NULL OR until_on >= :day) " \
	"ORDER BY office_id, from_on"
#define SQL_PERSON "SELECT id FROM party WHERE id = :id AND kind = 'person'"
#define SQL_MOVE_CHAIRS "UPDATE series SET chair_id = :to WHERE chair_id = :id"
#define SQL_MOVE_SECRETARIES \
	"UPDATE series SET secretary_id = :to WHERE secretary_id = :id"
#define SQL_MOVE_CONTACTS                                             \
	"UPDATE party SET contact_id = CASE WHEN id = :to THEN NULL " \
	"ELSE :to END WHERE contact_id = :id"
#define SQL_MOVE_DEPUTIES                                            \
	"UPDATE party SET deputy_id = CASE WHEN id = :to THEN NULL " \
	"ELSE :to END WHERE deputy_id = :id"
/* Who was to hand over to the one who leaves does so to the next. */
#define SQL_MOVE_SUCCESSORS                                      \
	"UPDATE party SET successor_id = :to WHERE leaving = 1 " \
	"AND successor_id = :id AND id <> :to AND id <> :id"
#define SQL_LEAVE                                               \
	"UPDATE party SET left_on = :day, successor_id = :to, " \
	"leaving = :leaving WHERE id = :id"
#define SQL_STAY                                                             \
	"UPDATE party SET left_on = NULL, successor_id = NULL, leaving = 0 " \
	"WHERE id = :id AND leaving = 1"
#define SQL_COME                                                         \
	"SELECT id, left_on, successor_id FROM party WHERE leaving = 1 " \
	"AND left_on <= :today ORDER BY left_on, id LIMIT 1"

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

struct office {
	int64_t id;
	int from_on;
};

/* Only a person holds an office: else it falls vacant. */
static int
hand_over_offices(struct db *db, int64_t id, int on, int64_t to,
    const struct doer *doer, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_PERSON);
	VEC(struct office) offices = { 0 };
	int64_t person;
	int rc;

	db_bind_int(st, ":id", to);
	if (db_one_int(st, 0, &person, err) == -1)
		return -1;
	st = db_stmt(db, SQL_OFFICES_OF);
	db_bind_int(st, ":id", id);
	db_bind_day(st, ":day", on);
	while ((rc = db_step(st, err)) == 1)
		*vec_push(&offices) = (struct office){ .id = db_int(st, 0),
			.from_on = db_day(st, 1) };
	db_done(st);
	for (size_t i = 0; rc == 0 && i < offices.len; i++)
		rc = parties_hold(db, offices.items[i].id, person,
		    offices.items[i].from_on, doer, err);
	vec_clear(&offices);
	return rc;
}

static int
hand_over_places(struct db *db, int64_t id, int on, int64_t to,
    const struct doer *doer, struct err *err)
{
	if (hand_over_offices(db, id, on, to, doer, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_CHAIRS), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_SECRETARIES), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_CONTACTS), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_DEPUTIES), id, to, err) == -1 ||
	    move_rows(db_stmt(db, SQL_MOVE_SUCCESSORS), id, to, err) == -1)
		return -1;
	return 0;
}

/* What is on its way from one to another. Names and note are owned. */
struct leave {
	struct db *db;
	int64_t id, to;
	int on;
	const struct doer *doer;
	char *leaver, *heir, *note;
};

static void
leave_clear(struct leave *leave)
{
	free(leave->leaver);
	free(leave->heir);
	free(leave->note);
}

static int
leave_name(struct leave *leave, struct err *err)
{
	char day[DAY_LONG_MAX];

	leave->leaver = party_name_of(leave->db, leave->id);
	leave->heir = party_name_of(leave->db, leave->to);
	if (leave->leaver == NULL)
		return err_set(err, ERR_NOTFOUND, "no such party");
	leave->note = xasprintf(
	    "%s leaves on %s", leave->leaver, day_long(leave->on, day));
	return 0;
}

static int
entries_of(struct db *db, int64_t id, int max, struct ids *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_ENTRIES_OF);

	db_bind_int(st, ":id", id);
	db_bind_int(st, ":max", max);
	return collect_ids(st, out, err);
}

/* At most max entries; *moved is how many. */
static int
hand_over_entries(
    const struct leave *leave, int max, int *moved, struct err *err)
{
	struct ids entries = { 0 };
	int rc = entries_of(leave->db, leave->id, max, &entries, err);

	for (size_t i = 0; rc == 0 && i < entries.len; i++)
		rc = hand_over_entry(leave->db, entries.items[i], leave->id,
		    leave->to, leave->heir, leave->note, leave->doer, err);
	*moved = (int)entries.len;
	vec_clear(&entries);
	return rc;
}

static int
mark(const struct leave *leave, bool leaving, struct err *err)
{
	struct stmt *st = db_stmt(leave->db, SQL_LEAVE);

	db_bind_day(st, ":day", leave->on);
	db_bind_int(st, ":leaving", leaving);
	db_bind_id(st, ":to", leave->to);
	db_bind_int(st, ":id", leave->id);
	if (db_run(st, err) == -1 ||
	    register_event(leave->db, leave->doer, "party", leave->id,
		leaving ? "leaves" : "left", leave->leaver, leave->heir,
		leave->note, err) == -1)
		return -1;
	return party_touch(leave->db, leave->id, err);
}

static int
note_leave(const struct leave *leave, int *entries, struct err *err)
{
	struct ids ids = { 0 };
	int rc = entries_of(leave->db, leave->id, INT32_MAX, &ids, err);

	*entries = (int)ids.len;
	vec_clear(&ids);
	return rc == -1 ? -1 : mark(leave, true, err);
}

/* After the last entry: the places that it had, and that it has left. */
static int
end_leave(const struct leave *leave, struct err *err)
{
	if (leave->to != 0 && hand_over_places(leave->db, leave->id, leave->on,
				  leave->to, leave->doer, err) == -1)
		return -1;
	return mark(leave, false, err);
}

int
parties_leave(struct db *db, int64_t id, int on, int64_t to,
    const struct doer *doer, int *moved, struct err *err)
{
	struct leave leave = {
		.db = db, .id = id, .to = to, .on = on, .doer = doer
	};
	int rc = -1;

	if (leave_name(&leave, err) == -1)
		goto out;
	if (id == to) {
		(void)err_set(
		    err, ERR_INPUT, "nobody can hand over to themselves");
	} else if (leave.heir == NULL) {
		(void)err_set(
		    err, ERR_INPUT, "somebody must take over: --to is missing");
	} else if (on > doer->on) {
		rc = note_leave(&leave, moved, err);
	} else if (hand_over_entries(&leave, INT32_MAX, moved, err) == 0) {
		rc = end_leave(&leave, err);
	}
out:
	leave_clear(&leave);
	return rc;
}

int
parties_stay(
    struct db *db, int64_t id, const struct doer *doer, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_STAY);
	char *name = party_name_of(db, id);
	int rc;

	db_bind_int(st, ":id", id);
	rc = db_run(st, err);
	if (rc == 0 && db_changes(db) == 0)
		rc = err_set(err, ERR_CONFLICT,
		    "%s is not going to leave, or has left already", name);
	if (rc == 0)
		rc = register_event(
		    db, doer, "party", id, "stays", NULL, name, NULL, err);
	free(name);
	return rc == -1 ? -1 : party_touch(db, id, err);
}

/* 1 and whose day has come, 0 nobody's, -1. */
static int
next_come(struct db *db, int today, struct leave *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_COME);
	int rc;

	db_bind_day(st, ":today", today);
	rc = db_step(st, err);
	if (rc == 1) {
		out->id = db_int(st, 0);
		out->on = db_day(st, 1);
		out->to = db_int(st, 2);
	}
	db_done(st);
	return rc;
}

int
parties_hand_over(
    struct db *db, int today, int64_t now, int max, struct err *err)
{
	struct leave leave = { .db = db };
	struct doer doer = { .actor = "nudged", .at = now };
	int moved = 0;
	int rc = next_come(db, today, &leave, err);

	if (rc != 1)
		return rc;
	doer.on = leave.on;
	leave.doer = &doer;
	rc = leave_name(&leave, err);
	/* Without a successor there is nobody to hand over to. */
	if (rc == 0 && leave.to != 0)
		rc = hand_over_entries(&leave, max, &moved, err);
	if (rc == 0 && moved < max)
		rc = end_leave(&leave, err);
	leave_clear(&leave);
	return rc == -1 ? -1 : 1;
}

int
parties_next_leave(struct db *db, int *on, struct err *err)
{
	struct stmt *st =
	    db_stmt(db, "SELECT min(left_on) FROM party WHERE leaving = 1");
	int rc = db_step(st, err);

	if (rc == 1)
		*on = db_day(st, 0);
	db_done(st);
	return rc == -1 ? -1 : 0;
}
