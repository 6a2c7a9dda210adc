/* SPDX-License-Identifier: ISC */
/* Reading entries: one, a filtered list, those that look alike. */
#include "io/entries.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/entries_row.h"

/* ---- rows ---- */

#define SQL_OWNERS                                                             \
	"SELECT o.party_id, p.name, o.role, o.answered_on FROM entry_owner o " \
	"JOIN party p ON p.id = o.party_id WHERE o.entry_id = :id "            \
	"ORDER BY o.position"

static int
read_owners(struct db *db, struct entry *entry, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_OWNERS);
	int rc;

	db_bind_int(st, ":id", entry->id);
	while ((rc = db_step(st, err)) == 1)
		*vec_push(&entry->owners) = (struct owner){
			.party_id = db_int(st, 0),
			.name = db_copy_text(st, 1),
			.role =
			    (enum owner_role)owner_role_parse(db_text(st, 2)),
			.answered_on = db_day(st, 3),
		};
	db_done(st);
	return rc;
}

static int
minute_of(struct stmt *st, int column)
{
	return db_is_null(st, column) ? -1 : (int)db_int(st, column);
}

int
entry_from_row(
    struct db *db, struct stmt *st, struct entry *out, struct err *err)
{
	struct entry e = {
		.id = db_int(st, 0),
		.ref = db_copy_text(st, 1),
		.kind = db_copy_text(st, 2),
		.text = db_copy_text(st, 3),
		.state = (enum entry_state)entry_state_parse(db_text(st, 4)),
		.state_note = db_copy_text(st, 5),
		.series_id = db_int(st, 6),
		.report_id = db_int(st, 7),
		.parent_id = db_int(st, 8),
		.series = db_copy_text(st, 9),
		.report = db_copy_text(st, 10),
		.body = db_copy_text(st, 11),
		.held_on = db_day(st, 12),
		.item = db_copy_text(st, 13),
		.para = db_copy_text(st, 14),
		.source = db_copy_text(st, 15),
		.due_phrase = db_copy_text(st, 16),
		.base_on = db_day(st, 17),
		.clock = db_copy_text(st, 18),
		.statutory = db_int(st, 19) != 0,
		.earliest_on = db_day(st, 20),
		.due_on = db_day(st, 21),
		.review_on = db_day(st, 22),
		.due_minute = minute_of(st, 23),
		.original_due_on = db_day(st, 24),
		.rule = db_copy_text(st, 25),
		.flag = db_copy_text(st, 26),
		.due_series_id = db_int(st, 27),
		.due_meeting_on = db_day(st, 28),
		.at_meeting = db_int(st, 29) != 0,
		.priority = db_copy_text(st, 30),
		.restricted = db_int(st, 31) != 0,
		.is_restricted = db_int(st, 32) != 0,
		.at_risk = db_int(st, 33) != 0,
		.due_version = (int)db_int(st, 34),
		.assign_version = (int)db_int(st, 35),
		.known_at = db_int(st, 36),
		.assigned_at = db_int(st, 37),
		.slips = (int)db_int(st, 38),
		.slipped_on = db_day(st, 39),
		.extension_pending = db_int(st, 40) != 0,
		.snooze_until_on = db_day(st, 41),
		.snooze_reason = db_copy_text(st, 42),
		.updated_on = db_day(st, 43),
		.update_note = db_copy_text(st, 44),
		.proposed_on = db_day(st, 45),
		.closed_on = db_day(st, 46),
		.version = db_int(st, 47),
		.base_minute = minute_of(st, 48),
		.paused_from_on = db_day(st, 49),
		.paused_days = (int)db_int(st, 50),
		.asked_on = db_day(st, 51),
	};

	if (read_owners(db, &e, err) == -1) {
		entry_clear(&e);
		return -1;
	}
	*out = e;
	return 0;
}

/* ---- one ---- */

#define SQL_GET_ENTRY "SELECT " ENTRY_COLUMNS ENTRY_TABLES "WHERE e.ref = :ref"
#define SQL_GET_ENTRY_ID "SELECT " ENTRY_COLUMNS ENTRY_TABLES "WHERE e.id = :id"

static int
get_one(struct db *db, struct stmt *st, struct entry *out, struct err *err)
{
	int rc = db_step(st, err);

	if (rc == 1 && entry_from_row(db, st, out, err) == -1)
		rc = -1;
	db_done(st);
	return rc;
}

int
entries_get(struct db *db, const char *ref, struct entry *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_ENTRY);

	db_bind_text(st, ":ref", ref);
	return get_one(db, st, out, err);
}

int
entries_get_id(struct db *db, int64_t id, struct entry *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_ENTRY_ID);

	db_bind_int(st, ":id", id);
	return get_one(db, st, out, err);
}

void
entry_copy(const struct entry *from, struct entry *to)
{
	struct entry e = *from;

	e.owners.items = NULL;
	e.owners.len = e.owners.cap = 0;
	for (size_t i = 0; i < from->owners.len; i++) {
		struct owner *owner = vec_push(&e.owners);

		*owner = from->owners.items[i];
		owner->name = xstrdup(owner->name);
	}
	e.ref = xstrdup(from->ref);
	e.kind = xstrdup(from->kind);
	e.text = xstrdup(from->text);
	e.state_note = xstrdup(from->state_note);
	e.series = xstrdup(from->series);
	e.report = xstrdup(from->report);
	e.body = xstrdup(from->body);
	e.item = xstrdup(from->item);
	e.para = xstrdup(from->para);
	e.source = xstrdup(from->source);
	e.due_phrase = xstrdup(from->due_phrase);
	e.clock = xstrdup(from->clock);
	e.rule = xstrdup(from->rule);
	e.flag = xstrdup(from->flag);
	e.priority = xstrdup(from->priority);
	e.snooze_reason = xstrdup(from->snooze_reason);
	e.update_note = xstrdup(from->update_note);
	*to = e;
}

/* ---- lists ---- */

void
entry_filter_init(struct entry_filter *filter, int today)
{
	*filter = (struct entry_filter){
		.today = today,
		.due_from = DAY_NONE,
		.due_before = DAY_NONE,
	};
}

/* The states in which entries wait for a person have an index of their own,
 * used when its words stand in the query. */
static void
add_state(struct buf *sql, enum entry_state state)
{
	buf_printf(sql, " AND e.state = '%s'", entry_state_name(state));
	if (state != ENTRY_OPEN && state != ENTRY_CLOSED)
		buf_puts(sql, " AND e.state <> 'open' AND e.state <> 'closed'");
}

/* What somebody owns, also as who holds an office on that day: of several, the
 * one who took it last does. */
#define SQL_HELD_NOW \
	"from_on <= :held_on AND ifnull(until_on, :held_on) >= :held_on"
#define SQL_OWNED                                                             \
	" AND e.id IN (SELECT entry_id FROM entry_owner "                     \
	"WHERE role IN ('owner', 'co-owner') AND party_id IN (SELECT :owner " \
	"UNION SELECT h.office_id FROM office_holder h "                      \
	"WHERE h.person_id = :owner AND :owner = (SELECT person_id "          \
	"FROM office_holder WHERE office_id = h.office_id AND " SQL_HELD_NOW  \
	" ORDER BY from_on DESC LIMIT 1)))"

/* The conditions of a filter; those of the due day are only for rows that
 * have one. */
static void
add_conditions(struct buf *sql, const struct entry_filter *f)
{
	if (f->live_only || f->overdue || f->due_before != DAY_NONE)
		buf_puts(sql, " AND e.live = 1");
	if (f->has_state)
		add_state(sql, f->state);
	if (f->owner_id != 0)
		buf_puts(sql, SQL_OWNED);
	if (f->series_id != 0)
		buf_puts(sql,
		    " AND (e.series_id = :series OR e.report_id IN "
		    "(SELECT id FROM report WHERE series_id = :series))");
	if (f->report_id != 0)
		buf_puts(sql, " AND e.report_id = :report");
	if (f->parent_id != 0)
		buf_puts(sql, " AND e.parent_id = :parent");
	if (f->kind != NULL)
		buf_puts(sql, " AND e.kind = :kind COLLATE NOCASE");
	if (f->unowned)
		buf_puts(sql,
		    " AND NOT EXISTS (SELECT 1 FROM entry_owner o WHERE "
		    "o.entry_id = e.id AND o.role IN ('owner', 'co-owner'))");
	if (f->hangs_on != 0)
		buf_puts(sql, " AND e.due_series_id = :hangs");
	if (f->public_only)
		buf_puts(sql,
		    " AND NOT (e.restricted OR ifnull(p.restricted, 0) OR "
		    "ifnull(s.restricted, ifnull(m.restricted, 0)))");
}

static void
bind_filter(struct stmt *st, const struct entry_filter *f, bool dated)
{
	if (dated && f->overdue)
		db_bind_day(st, ":today", f->today);
	if (dated && f->due_from != DAY_NONE)
		db_bind_day(st, ":from", f->due_from);
	if (dated && f->due_before != DAY_NONE) {
		db_bind_day(st, ":before", f->due_before);
		db_bind_day(st, ":not_overdue", f->today);
	}
	if (f->owner_id != 0) {
		db_bind_int(st, ":owner", f->owner_id);
		db_bind_day(st, ":held_on", f->today);
	}
	if (f->series_id != 0)
		db_bind_int(st, ":series", f->series_id);
	if (f->report_id != 0)
		db_bind_int(st, ":report", f->report_id);
	if (f->parent_id != 0)
		db_bind_int(st, ":parent", f->parent_id);
	if (f->kind != NULL)
		db_bind_text(st, ":kind", f->kind);
	if (f->hangs_on != 0)
		db_bind_int(st, ":hangs", f->hangs_on);
}

int
entry_walk(
    struct db *db, struct stmt *st, entry_cb cb, void *ctx, struct err *err)
{
	int rc;

	while ((rc = db_step(st, err)) == 1) {
		struct entry entry;

		if (entry_from_row(db, st, &entry, err) == -1) {
			rc = -1;
			break;
		}
		rc = cb(ctx, &entry, err);
		entry_clear(&entry);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc;
}

/* Those with a due day in its order, or those without: two queries, since
 * only then the index on the due day gives the order too. */
static int
walk_half(struct db *db, const struct entry_filter *f, bool dated, entry_cb cb,
    void *ctx, struct err *err)
{
	struct buf sql = { 0 };
	struct stmt *st;

	buf_puts(&sql, "SELECT " ENTRY_COLUMNS ENTRY_TABLES "WHERE ");
	buf_puts(&sql, dated ? "e.due_on IS NOT NULL" : "e.due_on IS NULL");
	if (dated && f->overdue)
		buf_puts(&sql,
		    " AND e.due_on < :today AND e.paused_from_on IS NULL");
	if (dated && f->due_from != DAY_NONE)
		buf_puts(&sql, " AND e.due_on >= :from");
	if (dated && f->due_before != DAY_NONE)
		buf_puts(&sql,
		    " AND e.due_on <= :before AND e.due_on >= :not_overdue");
	add_conditions(&sql, f);
	buf_puts(&sql, " ORDER BY ");
	buf_puts(&sql, dated ? "e.due_on, " : "");
	buf_puts(&sql, "e.ref COLLATE natural_order");
	st = db_stmt_once(db, sql.data);
	bind_filter(st, f, dated);
	buf_clear(&sql);
	return entry_walk(db, st, cb, ctx, err);
}

int
entries_each(struct db *db, const struct entry_filter *filter, entry_cb cb,
    void *ctx, struct err *err)
{
	bool needs_day = filter->overdue || filter->due_from != DAY_NONE ||
			 filter->due_before != DAY_NONE;
	int rc = 0;

	if (!filter->undated)
		rc = walk_half(db, filter, true, cb, ctx, err);
	if (rc == 0 && !needs_day)
		rc = walk_half(db, filter, false, cb, ctx, err);
	return rc == -1 ? -1 : 0;
}

/* IS also finds those without a report, series or day; it uses the indexes
 * only for what is there, hence the two. */
#define SQL_LIKE_SERIES                                       \
	"SELECT " ENTRY_COLUMNS ENTRY_TABLES                  \
	"WHERE e.series_id = :series AND e.held_on IS :held " \
	"AND (:report IS NULL OR e.report_id = :report) ORDER BY e.id"
#define SQL_LIKE_REPORT                      \
	"SELECT " ENTRY_COLUMNS ENTRY_TABLES \
	"WHERE e.report_id = :report AND e.held_on IS :held ORDER BY e.id"
#define SQL_LIKE_NEITHER                                     \
	"SELECT " ENTRY_COLUMNS ENTRY_TABLES                 \
	"WHERE e.series_id IS NULL AND e.report_id IS NULL " \
	"AND e.held_on IS :held ORDER BY e.id"

int
entries_like(struct db *db, int64_t series_id, int64_t report_id, int held_on,
    entry_cb cb, void *ctx, struct err *err)
{
	struct stmt *st;

	if (series_id != 0) {
		st = db_stmt(db, SQL_LIKE_SERIES);
		db_bind_int(st, ":series", series_id);
		db_bind_id(st, ":report", report_id);
	} else if (report_id != 0) {
		st = db_stmt(db, SQL_LIKE_REPORT);
		db_bind_int(st, ":report", report_id);
	} else {
		st = db_stmt(db, SQL_LIKE_NEITHER);
	}
	db_bind_day(st, ":held", held_on);
	return entry_walk(db, st, cb, ctx, err) == -1 ? -1 : 0;
}

#define SQL_OPEN_CHILDREN                                   \
	"SELECT count(*) FROM entry WHERE parent_id = :id " \
	"AND (live = 1 OR state = 'unconfirmed')"

int
entries_open_children(struct db *db, int64_t id, int *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_OPEN_CHILDREN);
	int rc;

	db_bind_int(st, ":id", id);
	rc = db_step(st, err);
	if (rc == 1)
		*out = (int)db_int(st, 0);
	db_done(st);
	return rc == -1 ? -1 : 0;
}
