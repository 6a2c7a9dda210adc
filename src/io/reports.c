/* SPDX-License-Identifier: ISC */
/*
 * Reports, and the calendar of all series as the grammar of deadlines wants
 * it; see meetings.h.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/meetings.h"

/* ---- reports ---- */

#define REPORT_COLUMNS                                                      \
	"SELECT r.id, r.code, r.body, r.title, r.published_on, r.grading, " \
	"r.series_id, s.code FROM report r "                                \
	"LEFT JOIN series s ON s.id = r.series_id "
#define SQL_GET_REPORT REPORT_COLUMNS "WHERE r.code = :code"
#define SQL_GET_REPORT_ID REPORT_COLUMNS "WHERE r.id = :id"
#define SQL_LIST_REPORTS REPORT_COLUMNS "ORDER BY r.code"
#define SQL_ADD_REPORT                                                       \
	"INSERT INTO report (code, body, title, published_on, grading, "     \
	"series_id) VALUES (:code, :body, :title, :published_on, :grading, " \
	":series)"
#define SQL_SAVE_REPORT                                                  \
	"UPDATE report SET code = :code, body = :body, title = :title, " \
	"published_on = :published_on, grading = :grading, "             \
	"series_id = :series WHERE id = :id"
#define SQL_TOUCH_REPORT                                  \
	"INSERT OR REPLACE INTO due (next_at, entry_id) " \
	"SELECT 0, id FROM entry WHERE report_id = :id AND live = 1"

static struct report
report_from_row(struct stmt *st)
{
	return (struct report){
		.id = db_int(st, 0),
		.code = db_copy_text(st, 1),
		.body = db_copy_text(st, 2),
		.title = db_copy_text(st, 3),
		.published_on = db_day(st, 4),
		.grading = db_copy_text(st, 5),
		.series_id = db_int(st, 6),
		.series = db_copy_text(st, 7),
	};
}

static int
one_report(struct stmt *st, struct report *out, struct err *err)
{
	int rc = db_step(st, err);

	if (rc == 1)
		*out = report_from_row(st);
	db_done(st);
	return rc;
}

int
reports_get(
    struct db *db, const char *code, struct report *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_REPORT);

	db_bind_text(st, ":code", code);
	return one_report(st, out, err);
}

int
reports_get_id(struct db *db, int64_t id, struct report *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_REPORT_ID);

	db_bind_int(st, ":id", id);
	return one_report(st, out, err);
}

int
reports_each(struct db *db, report_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_REPORTS);
	int rc;

	while ((rc = db_step(st, err)) == 1) {
		struct report report = report_from_row(st);

		rc = cb(ctx, &report, err);
		report_clear(&report);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}

static void
bind_report(struct stmt *st, const struct report *r)
{
	db_bind_text(st, ":code", r->code);
	db_bind_text(st, ":body", r->body);
	db_bind_text(st, ":title", r->title);
	db_bind_day(st, ":published_on", r->published_on);
	db_bind_text(st, ":grading", r->grading);
	db_bind_id(st, ":series", r->series_id);
}

static int
check_report(struct db *db, const struct report *report, struct err *err)
{
	struct report same = { 0 };
	int rc;

	if (meetings_check_code(report->code, err) == -1)
		return -1;
	if (report->body == NULL || *report->body == '\0')
		return err_set(err, ERR_INPUT,
		    "the report %s needs the body that wrote it", report->code);
	if (report->title == NULL || *report->title == '\0')
		return err_set(err, ERR_INPUT, "the report %s needs a title",
		    report->code);
	rc = reports_get(db, report->code, &same, err);
	if (rc == 1 && same.id != report->id)
		rc = err_set(err, ERR_CONFLICT,
		    "there is a report %s already: %s", same.code, same.title);
	report_clear(&same);
	return rc == -1 ? -1 : 0;
}

int
reports_add(struct db *db, struct report *report, const struct doer *doer,
    struct err *err)
{
	struct stmt *st;

	if (check_report(db, report, err) == -1)
		return -1;
	st = db_stmt(db, SQL_ADD_REPORT);
	bind_report(st, report);
	if (db_run(st, err) == -1)
		return -1;
	report->id = db_last_id(db);
	return register_event(db, doer, "report", report->id, "added", NULL,
	    report->code, NULL, err);
}

struct change {
	const char *what, *old, *new;
};

static int
note_changes(struct db *db, const struct report *old, const struct report *new,
    const struct doer *doer, int *count, struct err *err)
{
	char was[DAY_LONG_MAX], is[DAY_LONG_MAX];
	struct series series = { 0 };
	struct change changes[] = {
		{ "code", old->code, new->code },
		{ "body", old->body, new->body },
		{ "title", old->title, new->title },
		{ "published", day_long(old->published_on, was),
		    day_long(new->published_on, is) },
		{ "grading", old->grading, new->grading },
		{ "monitored by", old->series, NULL },
	};
	int rc = 0;

	if (new->series_id != 0)
		rc = series_get_id(db, new->series_id, &series, err);
	changes[5].new = series.code;
	for (size_t i = 0; rc != -1 && i < sizeof changes / sizeof *changes;
	     i++) {
		const struct change *c = &changes[i];

		if (strcmp(c->old != NULL ? c->old : "",
			c->new != NULL ? c->new : "") == 0)
			continue;
		(*count)++;
		rc = register_event(db, doer, "report", new->id, c->what,
		    c->old, c->new, NULL, err);
	}
	series_clear(&series);
	return rc == -1 ? -1 : 0;
}

int
reports_save(struct db *db, const struct report *report,
    const struct doer *doer, struct err *err)
{
	struct report old = { 0 };
	struct stmt *st;
	int count = 0;
	int rc = reports_get_id(db, report->id, &old, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no such report");
	if (rc == -1)
		return -1;
	rc = -1;
	if (check_report(db, report, err) == -1 ||
	    note_changes(db, &old, report, doer, &count, err) == -1)
		goto out;
	rc = 0;
	if (count == 0)
		goto out;
	st = db_stmt(db, SQL_SAVE_REPORT);
	bind_report(st, report);
	db_bind_int(st, ":id", report->id);
	if ((rc = db_run(st, err)) == -1)
		goto out;
	st = db_stmt(db, SQL_TOUCH_REPORT);
	db_bind_int(st, ":id", report->id);
	rc = db_run(st, err);
out:
	report_clear(&old);
	return rc;
}

/* ---- the calendar of all series ---- */

#define SQL_CALENDAR                                             \
	"SELECT s.id, s.code, s.title, m.held_on FROM series s " \
	"LEFT JOIN meeting m ON m.series_id = s.id "             \
	"AND m.state <> 'cancelled' ORDER BY s.id, m.held_on"

struct days {
	int *items;
	size_t len, cap;
};

/* The meeting days collected so far belong to the last series. */
static void
end_series(struct series_calendar *cal, struct days *days)
{
	struct words_series *last;

	if (cal->series.len == 0)
		return;
	last = &cal->series.items[cal->series.len - 1];
	last->days = days->items;
	last->ndays = days->len;
	*days = (struct days){ 0 };
}

int
series_calendar_load(
    struct db *db, struct series_calendar *out, struct err *err)
{
	struct series_calendar cal = { 0 };
	struct days days = { 0 };
	struct stmt *st = db_stmt(db, SQL_CALENDAR);
	int64_t last = 0;
	int rc;

	while ((rc = db_step(st, err)) == 1) {
		if (db_int(st, 0) != last) {
			end_series(&cal, &days);
			last = db_int(st, 0);
			*vec_push(&cal.series) = (struct words_series){
				.id = last,
				.code = db_copy_text(st, 1),
				.title = db_copy_text(st, 2),
			};
		}
		if (!db_is_null(st, 3))
			*vec_push(&days) = db_day(st, 3);
	}
	db_done(st);
	end_series(&cal, &days);
	if (rc == -1) {
		series_calendar_clear(&cal);
		return -1;
	}
	*out = cal;
	return 0;
}

void
series_calendar_clear(struct series_calendar *cal)
{
	VEC_EACH (struct words_series, s, &cal->series) {
		free((char *)s->code);
		free((char *)s->title);
		free((int *)s->days);
	}
	vec_clear(&cal->series);
}
