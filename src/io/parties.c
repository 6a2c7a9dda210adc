/* SPDX-License-Identifier: ISC */
/*
 * The rows of parties: reading, adding, saving, holding an office, leaving.
 * Whom a name means is in parties_find.c, how one is reached in
 * parties_reach.c.
 */
#include "io/parties.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mime.h"
#include "core/text.h"
#include "core/vec.h"
#include "io/parties_row.h"

/* ---- reading ---- */

#define IN_FORCE \
	"h.from_on <= :today AND (h.until_on IS NULL OR h.until_on >= :today)"
#define SQL_PARTY                                                            \
	"SELECT p.id, p.kind, p.name, p.email, p.organisation_id, o.name, "  \
	"p.contact_id, p.deputy_id, p.deputy_from_on, p.deputy_until_on, "   \
	"p.paused_from_on, p.paused_until_on, p.allow_external, p.left_on, " \
	"p.successor_id, "                                                   \
	"(SELECT h.person_id FROM office_holder h WHERE h.office_id = p.id " \
	"AND " IN_FORCE " ORDER BY h.from_on DESC LIMIT 1), "                \
	"(SELECT q.name FROM office_holder h JOIN party q "                  \
	"ON q.id = h.office_id WHERE h.person_id = p.id AND " IN_FORCE       \
	" ORDER BY h.from_on DESC, h.office_id LIMIT 1) "                    \
	"FROM party p LEFT JOIN party o ON o.id = p.organisation_id "
#define SQL_GET_PARTY SQL_PARTY "WHERE p.id = :id"
#define SQL_LIST_PARTIES \
	SQL_PARTY        \
	"WHERE :kind IS NULL OR p.kind = :kind ORDER BY p.name, p.id"

static struct party
party_from_row(struct stmt *st)
{
	return (struct party){
		.id = db_int(st, 0),
		.kind = (enum party_kind)party_kind_parse(db_text(st, 1)),
		.name = db_copy_text(st, 2),
		.email = db_copy_text(st, 3),
		.organisation_id = db_int(st, 4),
		.organisation = db_copy_text(st, 5),
		.contact_id = db_int(st, 6),
		.deputy_id = db_int(st, 7),
		.deputy_from_on = db_day(st, 8),
		.deputy_until_on = db_day(st, 9),
		.paused_from_on = db_day(st, 10),
		.paused_until_on = db_day(st, 11),
		.allow_external = db_int(st, 12) != 0,
		.left_on = db_day(st, 13),
		.successor_id = db_int(st, 14),
		.holder_id = db_int(st, 15),
		.office = db_copy_text(st, 16),
	};
}

/* Without a day, who holds an office without an end is meant. */
static void
bind_today(struct stmt *st, int today)
{
	db_bind_day(st, ":today",
	    today == DAY_NONE ? day_from_civil(9999, 12, 31) : today);
}

int
parties_get(
    struct db *db, int64_t id, int today, struct party *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_PARTY);
	int rc;

	db_bind_int(st, ":id", id);
	bind_today(st, today);
	rc = db_step(st, err);
	if (rc == 1)
		*out = party_from_row(st);
	db_done(st);
	return rc;
}

int
parties_each(
    struct db *db, int kind, int today, party_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_PARTIES);
	int rc;

	db_bind_text(st, ":kind",
	    kind == -1 ? NULL : party_kind_name((enum party_kind)kind));
	bind_today(st, today);
	while ((rc = db_step(st, err)) == 1) {
		struct party party = party_from_row(st);

		rc = cb(ctx, &party, err);
		party_clear(&party);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}

#define SQL_PARTY_NAME "SELECT name FROM party WHERE id = :id"

char *
party_name_of(struct db *db, int64_t id)
{
	struct stmt *st;
	struct err ignored;
	char *name = NULL;

	if (id == 0)
		return NULL;
	st = db_stmt(db, SQL_PARTY_NAME);
	db_bind_int(st, ":id", id);
	if (db_step(st, &ignored) == 1)
		name = db_copy_text(st, 0);
	db_done(st);
	return name;
}

/* ---- planning anew ---- */

/* Everybody through whom an entry may reach the party: offices it holds,
 * organisations it answers for, those it stands in for. */
#define SQL_TOUCH_PARTY                                                     \
	"INSERT OR REPLACE INTO due (next_at, entry_id) "                   \
	"WITH RECURSIVE who (id) AS (SELECT :id "                           \
	"UNION SELECT p.id FROM party p JOIN who ON p.contact_id = who.id " \
	"OR p.deputy_id = who.id OR p.successor_id = who.id "               \
	"UNION SELECT h.office_id FROM office_holder h JOIN who "           \
	"ON h.person_id = who.id) "                                         \
	"SELECT DISTINCT 0, e.id FROM who "                                 \
	"JOIN entry_owner o ON o.party_id = who.id "                        \
	"JOIN entry e ON e.id = o.entry_id WHERE e.live = 1"

int
party_touch(struct db *db, int64_t id, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_TOUCH_PARTY);

	db_bind_int(st, ":id", id);
	return db_run(st, err) == -1
		   ? -1
		   : register_set_meta(db, REGISTER_RECHECK, "0", err);
}

/* ---- adding and saving ---- */

#define SPELT_NAME SQL_SPELT(":name")
#define SQL_SAME_PARTY                                      \
	"SELECT name FROM party WHERE name IN " SPELT_NAME  \
	" AND (:renamed OR name = :name) AND kind = :kind " \
	"AND ifnull(organisation_id, 0) = :organisation AND id <> :id"
#define SQL_ADD_PARTY                                                         \
	"INSERT INTO party (kind, name, email, organisation_id, contact_id, " \
	"deputy_id, deputy_from_on, deputy_until_on, paused_from_on, "        \
	"paused_until_on, allow_external, left_on, successor_id, leaving) "   \
	"VALUES "                                                             \
	"(:kind, :name, :email, :organisation, :contact, :deputy, "           \
	":deputy_from, :deputy_until, :paused_from, :paused_until, "          \
	":allow_external, :left_on, :successor, ifnull(:left_on > :today, 0))"
#define SQL_SAVE_PARTY                                                        \
	"UPDATE party SET kind = :kind, name = :name, email = :email, "       \
	"organisation_id = :organisation, contact_id = :contact, "            \
	"deputy_id = :deputy, deputy_from_on = :deputy_from, "                \
	"deputy_until_on = :deputy_until, paused_from_on = :paused_from, "    \
	"paused_until_on = :paused_until, allow_external = :allow_external, " \
	"left_on = :left_on, successor_id = :successor, "                     \
	"leaving = CASE WHEN :left_on IS NULL THEN 0 "                        \
	"WHEN :left_on > :today THEN 1 ELSE leaving END WHERE id = :id"

static void
bind_party(struct stmt *st, const struct party *party, int today)
{
	db_bind_text(st, ":kind", party_kind_name(party->kind));
	db_bind_text(st, ":name", party->name);
	db_bind_text(st, ":email", party->email);
	db_bind_id(st, ":organisation", party->organisation_id);
	db_bind_id(st, ":contact", party->contact_id);
	db_bind_id(st, ":deputy", party->deputy_id);
	db_bind_day(st, ":deputy_from", party->deputy_from_on);
	db_bind_day(st, ":deputy_until", party->deputy_until_on);
	db_bind_day(st, ":paused_from", party->paused_from_on);
	db_bind_day(st, ":paused_until", party->paused_until_on);
	db_bind_int(st, ":allow_external", party->allow_external);
	db_bind_day(st, ":left_on", party->left_on);
	db_bind_id(st, ":successor", party->successor_id);
	db_bind_day(st, ":today", today);
}

/* Two who are there under two spellings of one name can still be changed. */
static int
check_party(struct db *db, const struct party *party, const char *old_name,
    struct err *err)
{
	struct stmt *st;
	char *there;
	int rc;

	if (party->name == NULL || *party->name == '\0')
		return err_set(err, ERR_INPUT, "a %s needs a name",
		    party_kind_name(party->kind));
	if (party->email != NULL && !mime_address_ok(party->email))
		return err_set(
		    err, ERR_INPUT, "'%s' is not a mail address", party->email);
	if (party->id != 0 && (party->deputy_id == party->id ||
				  party->successor_id == party->id ||
				  party->contact_id == party->id))
		return err_set(err, ERR_INPUT,
		    "'%s' cannot stand in for themselves", party->name);
	st = db_stmt(db, SQL_SAME_PARTY);
	db_bind_text(st, ":name", party->name);
	db_bind_int(st, ":renamed",
	    old_name == NULL || !text_same(old_name, party->name));
	db_bind_text(st, ":kind", party_kind_name(party->kind));
	db_bind_int(st, ":organisation", party->organisation_id);
	db_bind_int(st, ":id", party->id);
	rc = db_step(st, err);
	there = rc == 1 ? db_copy_text(st, 0) : NULL;
	db_done(st);
	if (rc != 1)
		return rc;
	(void)err_set(err, ERR_CONFLICT, "there is already the %s '%s' %s",
	    party_kind_name(party->kind), there,
	    party->organisation_id == 0 ? "without an organisation"
					: "in that organisation");
	free(there);
	return -1;
}

int
parties_add(struct db *db, struct party *party, const struct doer *doer,
    struct err *err)
{
	struct stmt *st;

	if (check_party(db, party, NULL, err) == -1)
		return -1;
	st = db_stmt(db, SQL_ADD_PARTY);
	bind_party(st, party, doer->on);
	if (db_run(st, err) == -1)
		return -1;
	party->id = db_last_id(db);
	return register_event(db, doer, "party", party->id, "added", NULL,
	    party->name, NULL, err);
}

struct change {
	struct db *db;
	const struct doer *doer;
	int64_t id;
	int count;
	struct err *err;
};

static int
note_text(struct change *c, const char *what, const char *old, const char *new)
{
	if (strcmp(old != NULL ? old : "", new != NULL ? new : "") == 0)
		return 0;
	c->count++;
	return register_event(
	    c->db, c->doer, "party", c->id, what, old, new, NULL, c->err);
}

static int
note_party(struct change *c, const char *what, int64_t old, int64_t new)
{
	char *was, *is;
	int rc;

	if (old == new)
		return 0;
	was = party_name_of(c->db, old);
	is = party_name_of(c->db, new);
	c->count++;
	rc = register_event(
	    c->db, c->doer, "party", c->id, what, was, is, NULL, c->err);
	free(was);
	free(is);
	return rc;
}

char *
parties_span(int from, int until)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];

	if (from == DAY_NONE && until == DAY_NONE)
		return NULL;
	if (from == DAY_NONE)
		return xasprintf("until %s", day_long(until, b));
	if (until == DAY_NONE)
		return xasprintf("from %s", day_long(from, a));
	return xasprintf(
	    "from %s until %s", day_long(from, a), day_long(until, b));
}

static int
note_span(struct change *c, const char *what, int old_from, int old_until,
    int from, int until)
{
	char *old = parties_span(old_from, old_until);
	char *new = parties_span(from, until);
	int rc = note_text(c, what, old, new);

	free(old);
	free(new);
	return rc;
}

static int
note_changes(struct change *c, const struct party *old, const struct party *new)
{
	if (note_text(c, "name", old->name, new->name) == -1 ||
	    note_text(c, "email", old->email, new->email) == -1 ||
	    note_party(c, "organisation", old->organisation_id,
		new->organisation_id) == -1 ||
	    note_party(c, "contact", old->contact_id, new->contact_id) == -1 ||
	    note_party(c, "deputy", old->deputy_id, new->deputy_id) == -1 ||
	    note_span(c, "deputy's days", old->deputy_from_on,
		old->deputy_until_on, new->deputy_from_on,
		new->deputy_until_on) == -1 ||
	    note_span(c, "paused", old->paused_from_on, old->paused_until_on,
		new->paused_from_on, new->paused_until_on) == -1 ||
	    note_text(c, "mail outside the allowed domains",
		old->allow_external ? "allowed" : "held",
		new->allow_external ? "allowed" : "held") == -1 ||
	    note_span(c, "left", old->left_on, DAY_NONE, new->left_on,
		DAY_NONE) == -1)
		return -1;
	return note_party(c, "successor", old->successor_id, new->successor_id);
}

int
parties_save(struct db *db, const struct party *party, const struct doer *doer,
    struct err *err)
{
	struct change change = { db, doer, party->id, 0, err };
	struct party old = { 0 };
	struct stmt *st;
	int rc = parties_get(db, party->id, doer->on, &old, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no such party");
	if (rc == -1 || check_party(db, party, old.name, err) == -1 ||
	    note_changes(&change, &old, party) == -1) {
		rc = -1;
		goto out;
	}
	rc = 0;
	if (change.count == 0 && old.kind == party->kind)
		goto out;
	st = db_stmt(db, SQL_SAVE_PARTY);
	bind_party(st, party, doer->on);
	db_bind_int(st, ":id", party->id);
	rc = db_run(st, err);
	if (rc == 0)
		rc = party_touch(db, party->id, err);
out:
	party_clear(&old);
	return rc;
}

/* ---- aliases ---- */

#define SQL_ADD_ALIAS                                                     \
	"INSERT INTO party_alias (alias, party_id) VALUES (:alias, :id) " \
	"ON CONFLICT DO NOTHING"
#define SQL_LIST_ALIASES \
	"SELECT party_id, alias FROM party_alias ORDER BY alias, party_id"

int
parties_add_alias(struct db *db, int64_t id, const char *alias,
    const struct doer *doer, struct err *err)
{
	struct stmt *st;

	if (*alias == '\0')
		return err_set(err, ERR_INPUT, "an alias needs a text");
	st = db_stmt(db, SQL_ADD_ALIAS);
	db_bind_text(st, ":alias", alias);
	db_bind_int(st, ":id", id);
	if (db_run(st, err) == -1)
		return -1;
	if (db_changes(db) == 0)
		return 0;
	return register_event(
	    db, doer, "party", id, "alias", NULL, alias, NULL, err);
}

int
parties_each_alias(struct db *db, alias_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_ALIASES);
	int rc;

	while ((rc = db_step(st, err)) == 1)
		if ((rc = cb(ctx, db_int(st, 0), db_text(st, 1))) != 0)
			break;
	db_done(st);
	return rc == -1 ? -1 : 0;
}

/* ---- bare addresses ---- */

#define SQL_BY_ADDRESS                                                   \
	"SELECT id, kind = 'address' FROM party WHERE email = :address " \
	"AND (left_on IS NULL OR leaving = 1) ORDER BY 2 DESC LIMIT 2"

int
parties_known_address(
    struct db *db, const char *address, int64_t *id, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_BY_ADDRESS);
	int64_t found = 0;
	int count = 0, rc;
	bool bare = false;

	db_bind_text(st, ":address", address);
	while ((rc = db_step(st, err)) == 1)
		if (count++ == 0) {
			found = db_int(st, 0);
			bare = db_int(st, 1) != 0;
		}
	db_done(st);
	if (rc == -1 || (!bare && count != 1))
		return rc;
	*id = found;
	return 1;
}

int
parties_address(
    struct db *db, const char *address, int64_t *id, struct err *err)
{
	struct party party;
	struct stmt *st;
	int rc;

	if (!mime_address_ok(address))
		return err_set(
		    err, ERR_INPUT, "'%s' is not a mail address", address);
	rc = parties_known_address(db, address, id, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	party_init(&party);
	party.kind = PARTY_ADDRESS;
	party.name = party.email = xstrdup(address);
	st = db_stmt(db, SQL_ADD_PARTY);
	bind_party(st, &party, DAY_NONE);
	rc = db_run(st, err);
	if (rc == 0)
		*id = db_last_id(db);
	free(party.name);
	return rc;
}
