/* SPDX-License-Identifier: ISC */
/* Counts and lists of a digest in SQL; see entries_digest.h. */
#include "io/entries_digest.h"

#include "io/entries_row.h"

/* ---- which entries ---- */

/* Of the series, and of the reports that it monitors: two queries, since only
 * then each has its index. */
#define OWN                                     \
	" FROM entry e INDEXED BY entry_digest" \
	" WHERE e.live = 1 AND e.series_id = :series "
#define MONITORED                                                 \
	" FROM report r CROSS JOIN entry e ON e.report_id = r.id" \
	" WHERE r.series_id = :series AND e.live = 1"             \
	" AND e.series_id IS NOT :series "

/* Closed since, and closed still. */
#define CLOSED_OWN                                            \
	" FROM entry e INDEXED BY entry_closed"               \
	" WHERE e.state = 'closed' AND e.series_id = :series" \
	" AND e.closed_at >= :since_at "
#define CLOSED_MONITORED                                          \
	" FROM report r CROSS JOIN entry e ON e.report_id = r.id" \
	" WHERE r.series_id = :series AND e.state = 'closed'"     \
	" AND e.series_id IS NOT :series AND e.closed_at >= :since_at "

/* ---- what is said of one ---- */

#define PROPOSED "e.state = 'proposed'"
#define UNDATED "e.state <> 'proposed' AND e.due_on IS NULL"
/* What the law or an inspectorate asks for. */
#define IS_CLOCK                                           \
	"(e.statutory OR e.clock IS NOT NULL OR e.kind = " \
	"'recommendation' OR e.kind = 'afi' OR e.kind = 'concern')"
#define CLOCK \
	"e.state <> 'proposed' AND e.due_on <= :clocks_until AND " IS_CLOCK
/* While another date is asked for, or without an owner, or with a flag that
 * asks something, a person must decide. */
#define NEEDS                                                        \
	"(e.extension_pending OR (e.flag IS NOT NULL AND "           \
	"instr(:silent, '\n' || e.flag || '\n') = 0) OR NOT EXISTS " \
	"(SELECT 1 FROM entry_owner o WHERE o.entry_id = e.id "      \
	"AND o.role = 'owner'))"

/* Late as entry_overdue_days has it. A clock that is near has its section
 * whether it is late or not. */
#define OVERDUE                                        \
	"e.state <> 'proposed' AND e.due_on < :today " \
	"AND e.paused_from_on IS NULL AND NOT " IS_CLOCK
#define DUE                                                         \
	"e.state <> 'proposed' AND e.due_on <= :due_until "         \
	"AND (e.due_on >= :today OR e.paused_from_on IS NOT NULL) " \
	"AND NOT (e.due_on <= :clocks_until AND " IS_CLOCK ")"

enum {
	ASKS_TODAY = 1,
	ASKS_CLOCKS = 2,
	ASKS_DUE = 4,
	ASKS_SILENT = 8,
	ASKS_SINCE_ON = 16,
	ASKS_SINCE_AT = 32
};

static void
bind_scope(struct stmt *st, const struct digest_scope *scope, unsigned asks)
{
	db_bind_int(st, ":series", scope->series_id);
	if (asks & ASKS_TODAY)
		db_bind_day(st, ":today", scope->today);
	if (asks & ASKS_CLOCKS)
		db_bind_day(st, ":clocks_until", scope->clocks_until_on);
	if (asks & ASKS_DUE)
		db_bind_day(st, ":due_until", scope->due_until_on);
	if (asks & ASKS_SILENT)
		db_bind_text(st, ":silent", scope->silent);
	if (asks & ASKS_SINCE_ON)
		db_bind_day(st, ":since_on", scope->since_on);
	if (!(asks & ASKS_SINCE_AT))
		return;
	if (scope->since_at == INSTANT_NONE)
		db_bind_null(st, ":since_at");
	else
		db_bind_int(st, ":since_at", scope->since_at);
}

/* ---- how many ---- */

/* A row for each due day, in the order of the index: comparing days here
 * instead of there costs less than reading the entries. */
#define COUNT_LIVE                                                        \
	"SELECT e.due_on, count(*), total(e.state = 'proposed'), "        \
	"total(e.state <> 'proposed' AND " IS_CLOCK "), "                 \
	"total(e.paused_from_on IS NOT NULL AND e.state <> 'proposed'), " \
	"total(e.paused_from_on IS NOT NULL AND e.state <> 'proposed' "   \
	"AND " IS_CLOCK "), total(e.slipped_on >= :since_on), "           \
	"total(e.opened_at >= :since_at), total(" NEEDS ")"
#define BY_DAY "GROUP BY e.due_on"
#define SQL_COUNT_LIVE \
	COUNT_LIVE OWN BY_DAY " UNION ALL " COUNT_LIVE MONITORED BY_DAY

/* The live ones of a due day. */
struct of_day {
	int due_on;
	size_t rest; /* not proposed; clocks and paused are of these */
	size_t clocks, paused, paused_clocks;
};

static void
count_day(const struct digest_scope *scope, const struct of_day *d,
    struct digest_counts *out)
{
	bool gone = d->due_on < scope->today;
	/* What waits for somebody else's answer is not late. */
	size_t late = gone ? d->rest - d->paused : 0;
	size_t late_clocks = gone ? d->clocks - d->paused_clocks : 0;

	if (d->due_on == DAY_NONE) {
		out->undated += d->rest;
		return;
	}
	out->overdue += late;
	if (scope->since_on != DAY_NONE && d->due_on >= scope->since_on)
		out->newly_overdue += late;
	out->of_section[DIGEST_OVERDUE] += late - late_clocks;
	if (d->due_on <= scope->clocks_until_on)
		out->of_section[DIGEST_CLOCKS] += d->clocks;
	if (d->due_on > scope->due_until_on)
		return;
	out->due += d->rest - late;
	out->of_section[DIGEST_DUE] += d->rest - late;
	if (d->due_on <= scope->clocks_until_on)
		out->of_section[DIGEST_DUE] -= d->clocks - late_clocks;
}

static int
count_live(struct db *db, const struct digest_scope *scope,
    struct digest_counts *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_COUNT_LIVE);
	int rc;

	bind_scope(st, scope, ASKS_SILENT | ASKS_SINCE_ON | ASKS_SINCE_AT);
	while ((rc = db_step(st, err)) == 1) {
		size_t count = (size_t)db_int(st, 1);
		size_t proposed = (size_t)db_int(st, 2);
		struct of_day d = { .due_on = db_day(st, 0),
			.rest = count - proposed,
			.clocks = (size_t)db_int(st, 3),
			.paused = (size_t)db_int(st, 4),
			.paused_clocks = (size_t)db_int(st, 5) };

		out->open += count;
		out->proposed += proposed;
		out->moved += (size_t)db_int(st, 6);
		out->opened += (size_t)db_int(st, 7);
		out->of_section[DIGEST_NEEDS] += (size_t)db_int(st, 8);
		count_day(scope, &d, out);
	}
	db_done(st);
	out->of_section[DIGEST_PROPOSED] = out->proposed;
	out->of_section[DIGEST_UNDATED] = out->undated;
	return rc;
}

#define COUNT_CLOSED "SELECT count(*), total(e.opened_at >= :since_at)"
#define SQL_COUNT_CLOSED \
	COUNT_CLOSED CLOSED_OWN " UNION ALL " COUNT_CLOSED CLOSED_MONITORED

static int
count_closed(struct db *db, const struct digest_scope *scope,
    struct digest_counts *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_COUNT_CLOSED);
	int rc;

	bind_scope(st, scope, ASKS_SINCE_AT);
	while ((rc = db_step(st, err)) == 1) {
		out->closed += (size_t)db_int(st, 0);
		out->opened += (size_t)db_int(st, 1);
	}
	db_done(st);
	out->of_section[DIGEST_CLOSED] = out->closed;
	return rc;
}

#define SQL_COUNT_UNCONFIRMED                                                 \
	"SELECT (SELECT count(*) FROM entry INDEXED BY entry_unconfirmed "    \
	"WHERE state = 'unconfirmed' AND series_id = :series) + "             \
	"(SELECT count(*) FROM report r CROSS JOIN entry e ON e.report_id = " \
	"r.id WHERE r.series_id = :series AND e.state = 'unconfirmed' "       \
	"AND e.series_id IS NOT :series)"

int
digest_count(struct db *db, const struct digest_scope *scope,
    struct digest_counts *out, struct err *err)
{
	struct digest_counts counts = { 0 };
	struct stmt *st;
	int64_t unconfirmed;

	if (count_live(db, scope, &counts, err) == -1 ||
	    (scope->since_at != INSTANT_NONE &&
		count_closed(db, scope, &counts, err) == -1))
		return -1;
	st = db_stmt(db, SQL_COUNT_UNCONFIRMED);
	bind_scope(st, scope, 0);
	if (db_one_int(st, 0, &unconfirmed, err) == -1)
		return -1;
	counts.unconfirmed = (size_t)unconfirmed;
	*out = counts;
	return 0;
}

/* ---- the first of a section ---- */

#define IN_ORDER "e.due_on NULLS LAST, e.ref COLLATE natural_order"
#define FIRST(from, order) \
	"SELECT * FROM (SELECT e.id" from " ORDER BY " order " LIMIT :most)"
#define ROWS(one, other, order)                                             \
	"SELECT " ENTRY_COLUMNS ENTRY_TABLES "WHERE e.id IN (" FIRST(       \
	    one, order) " UNION ALL " FIRST(other, order) ") "              \
							  "ORDER BY " order \
							  " LIMIT :most"
#define LISTED(which) ROWS(OWN "AND " which, MONITORED "AND " which, IN_ORDER)

static const struct {
	const char *sql;
	unsigned asks;
} sections[DIGEST_SECTIONS] = {
	[DIGEST_CLOCKS] = { LISTED(CLOCK), ASKS_CLOCKS },
	[DIGEST_OVERDUE] = { LISTED(OVERDUE), ASKS_TODAY },
	[DIGEST_DUE] = { LISTED(DUE), ASKS_TODAY | ASKS_CLOCKS | ASKS_DUE },
	[DIGEST_UNDATED] = { LISTED(UNDATED), 0 },
	[DIGEST_PROPOSED] = { LISTED(PROPOSED), 0 },
	[DIGEST_NEEDS] = { LISTED(NEEDS), ASKS_SILENT },
	[DIGEST_CLOSED] = { ROWS(CLOSED_OWN, CLOSED_MONITORED, "e.id"),
	    ASKS_SINCE_AT },
};

int
digest_each(struct db *db, const struct digest_scope *scope,
    enum digest_section section, int most, entry_cb cb, void *ctx,
    struct err *err)
{
	struct stmt *st = db_stmt(db, sections[section].sql);

	bind_scope(st, scope, sections[section].asks);
	db_bind_int(st, ":most", most);
	return entry_walk(db, st, cb, ctx, err) == -1 ? -1 : 0;
}

/* ---- flags ---- */

#define SQL_LIST_FLAGS                                      \
	"SELECT e.flag" OWN "AND e.flag IS NOT NULL UNION " \
	"SELECT e.flag" MONITORED "AND e.flag IS NOT NULL"

int
digest_each_flag(struct db *db, const struct digest_scope *scope, flag_cb cb,
    void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_FLAGS);
	int rc;

	bind_scope(st, scope, 0);
	while ((rc = db_step(st, err)) == 1)
		cb(ctx, db_text(st, 0));
	db_done(st);
	return rc;
}
