/* SPDX-License-Identifier: ISC */
/* Series and their meetings, attendance and agendas; see meetings.h. */
#include "io/meetings.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* Codes begin refs: letters and digits, '&', '_', '/' and '-' inside. */
int
meetings_check_code(const char *code, struct err *err)
{
	static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t len = code == NULL ? 0 : strlen(code);

	if (len == 0 || len > 32)
		return err_set(
		    err, ERR_INPUT, "a code has between 1 and 32 characters");
	for (size_t i = 0; i < len; i++)
		if (strchr(good, code[i]) == NULL &&
		    (i == 0 || strchr("&_/-", code[i]) == NULL))
			return err_set(err, ERR_INPUT,
			    "the code '%s' may only have letters and digits "
			    "(and & _ / - inside)",
			    code);
	return 0;
}

/* ---- series ---- */

#define SERIES_COLUMNS                                                 \
	"SELECT id, code, title, chair_id, secretary_id, restricted, " \
	"confirm_drafts FROM series "
#define SQL_GET_SERIES SERIES_COLUMNS "WHERE code = :code"
#define SQL_GET_SERIES_ID SERIES_COLUMNS "WHERE id = :id"
#define SQL_LIST_SERIES SERIES_COLUMNS "ORDER BY code"
#define SQL_ADD_SERIES                                                \
	"INSERT INTO series (code, title, chair_id, secretary_id, "   \
	"restricted, confirm_drafts) VALUES (:code, :title, :chair, " \
	":secretary, :restricted, :confirm)"
#define SQL_SAVE_SERIES                                                       \
	"UPDATE series SET code = :code, title = :title, chair_id = :chair, " \
	"secretary_id = :secretary, restricted = :restricted, "               \
	"confirm_drafts = :confirm WHERE id = :id"

static struct series
series_from_row(struct stmt *st)
{
	return (struct series){
		.id = db_int(st, 0),
		.code = db_copy_text(st, 1),
		.title = db_copy_text(st, 2),
		.chair_id = db_int(st, 3),
		.secretary_id = db_int(st, 4),
		.restricted = db_int(st, 5) != 0,
		.confirm_drafts = db_int(st, 6) != 0,
	};
}

static int
one_series(struct stmt *st, struct series *out, struct err *err)
{
	int rc = db_step(st, err);

	if (rc == 1)
		*out = series_from_row(st);
	db_done(st);
	return rc;
}

int
series_get(struct db *db, const char *code, struct series *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_SERIES);

	db_bind_text(st, ":code", code);
	return one_series(st, out, err);
}

int
series_get_id(struct db *db, int64_t id, struct series *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_SERIES_ID);

	db_bind_int(st, ":id", id);
	return one_series(st, out, err);
}

int
series_each(struct db *db, series_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_SERIES);
	int rc;

	while ((rc = db_step(st, err)) == 1) {
		struct series series = series_from_row(st);

		rc = cb(ctx, &series, err);
		series_clear(&series);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}

static void
bind_series(struct stmt *st, const struct series *series)
{
	db_bind_text(st, ":code", series->code);
	db_bind_text(st, ":title", series->title);
	db_bind_id(st, ":chair", series->chair_id);
	db_bind_id(st, ":secretary", series->secretary_id);
	db_bind_int(st, ":restricted", series->restricted);
	db_bind_int(st, ":confirm", series->confirm_drafts);
}

static int
check_series(struct db *db, const struct series *series, struct err *err)
{
	struct series same = { 0 };
	int rc;

	if (meetings_check_code(series->code, err) == -1)
		return -1;
	if (series->title == NULL || *series->title == '\0')
		return err_set(err, ERR_INPUT, "the series %s needs a title",
		    series->code);
	rc = series_get(db, series->code, &same, err);
	if (rc == 1 && same.id != series->id)
		rc = err_set(err, ERR_CONFLICT,
		    "there is a series %s already: %s", same.code, same.title);
	series_clear(&same);
	return rc == -1 ? -1 : 0;
}

int
series_add(struct db *db, struct series *series, const struct doer *doer,
    struct err *err)
{
	struct stmt *st;

	if (check_series(db, series, err) == -1)
		return -1;
	st = db_stmt(db, SQL_ADD_SERIES);
	bind_series(st, series);
	if (db_run(st, err) == -1)
		return -1;
	series->id = db_last_id(db);
	return register_event(db, doer, "series", series->id, "added", NULL,
	    series->code, NULL, err);
}

/* Everything whose reminders a series decides about: its own entries, those of
 * reports that it monitors, and those whose date hangs on it. */
#define SQL_TOUCH_SERIES                                                      \
	"INSERT OR REPLACE INTO due (next_at, entry_id) "                     \
	"SELECT 0, id FROM (SELECT id FROM entry WHERE series_id = :id "      \
	"AND live = 1 "                                                       \
	"UNION SELECT e.id FROM report r JOIN entry e ON e.report_id = r.id " \
	"WHERE r.series_id = :id AND e.live = 1 "                             \
	"UNION SELECT id FROM entry WHERE due_series_id = :id AND live = 1)"

static int
touch_series(struct db *db, int64_t id, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_TOUCH_SERIES);

	db_bind_int(st, ":id", id);
	return db_run(st, err) == -1
		   ? -1
		   : register_set_meta(db, REGISTER_RECHECK, "0", err);
}

#define SQL_PARTY_NAME "SELECT name FROM party WHERE id = :id"

/* One event when old and new differ. Returns 1, or 0 when they do not. */
struct history {
	struct db *db;
	const struct doer *doer;
	const char *subject;
	int64_t id;
	int count;
	struct err *err;
};

static int
note_text(struct history *h, const char *what, const char *old, const char *new)
{
	if (same_text(old, new))
		return 0;
	h->count++;
	return register_event(
	    h->db, h->doer, h->subject, h->id, what, old, new, NULL, h->err);
}

static int
note_flag(struct history *h, const char *what, bool old, bool new)
{
	return note_text(h, what, old ? "yes" : "no", new ? "yes" : "no");
}

static int
note_party(struct history *h, const char *what, int64_t old, int64_t new)
{
	char *names[2] = { NULL, NULL };
	int64_t ids[2] = { old, new };
	struct err ignored;
	int rc;

	if (old == new)
		return 0;
	for (int i = 0; i < 2; i++) {
		struct stmt *st = db_stmt(h->db, SQL_PARTY_NAME);

		db_bind_int(st, ":id", ids[i]);
		if (db_step(st, &ignored) == 1)
			names[i] = db_copy_text(st, 0);
		db_done(st);
	}
	h->count++;
	rc = register_event(h->db, h->doer, h->subject, h->id, what, names[0],
	    names[1], NULL, h->err);
	free(names[0]);
	free(names[1]);
	return rc;
}

static int
note_day(struct history *h, const char *what, int old, int new)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];

	return note_text(h, what, old == DAY_NONE ? NULL : day_long(old, a),
	    new == DAY_NONE ? NULL : day_long(new, b));
}

int
series_save(struct db *db, const struct series *series, const struct doer *doer,
    struct err *err)
{
	struct history h = { db, doer, "series", series->id, 0, err };
	struct series old = { 0 };
	struct stmt *st;
	int rc = series_get_id(db, series->id, &old, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no such series");
	if (rc == -1)
		return -1;
	rc = -1;
	if (check_series(db, series, err) == -1 ||
	    note_text(&h, "code", old.code, series->code) == -1 ||
	    note_text(&h, "title", old.title, series->title) == -1 ||
	    note_party(&h, "chair", old.chair_id, series->chair_id) == -1 ||
	    note_party(&h, "secretary", old.secretary_id,
		series->secretary_id) == -1 ||
	    note_flag(&h, "restricted", old.restricted, series->restricted) ==
		-1 ||
	    note_flag(&h, "drafts wait for a person", old.confirm_drafts,
		series->confirm_drafts) == -1)
		goto out;
	rc = 0;
	if (h.count == 0)
		goto out;
	st = db_stmt(db, SQL_SAVE_SERIES);
	bind_series(st, series);
	db_bind_int(st, ":id", series->id);
	rc = db_run(st, err);
	if (rc == 0)
		rc = touch_series(db, series->id, err);
out:
	series_clear(&old);
	return rc;
}

/* ---- meetings ---- */

static const char *const meeting_states[] = {
	[MEETING_PLANNED] = "planned",
	[MEETING_HELD] = "held",
	[MEETING_CANCELLED] = "cancelled",
};

static const char *const minutes_states[] = {
	[MINUTES_NONE] = "none",
	[MINUTES_DRAFT] = "draft",
	[MINUTES_APPROVED] = "approved",
};

#define MEETING_COLUMNS                                                  \
	"SELECT m.id, m.series_id, s.code, m.held_on, m.starts_minute, " \
	"m.venue, m.state, m.minutes, m.approved_on FROM meeting m "     \
	"JOIN series s ON s.id = m.series_id "
#define SQL_GET_MEETING \
	MEETING_COLUMNS "WHERE m.series_id = :series AND m.held_on = :day"
#define SQL_GET_MEETING_ID MEETING_COLUMNS "WHERE m.id = :id"
#define SQL_LIST_MEETINGS                              \
	MEETING_COLUMNS                                \
	"WHERE (:from IS NULL OR m.held_on >= :from) " \
	"ORDER BY m.held_on, s.code"
#define SQL_LIST_MEETINGS_OF           \
	MEETING_COLUMNS                \
	"WHERE m.series_id = :series " \
	"AND (:from IS NULL OR m.held_on >= :from) ORDER BY m.held_on"
#define SQL_NEXT_MEETING                                      \
	MEETING_COLUMNS                                       \
	"WHERE m.series_id = :series AND m.held_on > :after " \
	"AND m.state <> 'cancelled' ORDER BY m.held_on LIMIT 1"
#define SQL_ADD_MEETING                                                     \
	"INSERT INTO meeting (series_id, held_on, starts_minute, venue, "   \
	"state, minutes, approved_on) VALUES (:series, :held_on, :starts, " \
	":venue, :state, :minutes, :approved_on)"
#define SQL_SAVE_MEETING                                               \
	"UPDATE meeting SET series_id = :series, held_on = :held_on, " \
	"starts_minute = :starts, venue = :venue, state = :state, "    \
	"minutes = :minutes, approved_on = :approved_on WHERE id = :id"

static int
find_name(const char *const *names, const char *text)
{
	int i = 0;

	while (i < 2 && strcmp(names[i], text) != 0)
		i++;
	return i;
}

static struct meeting
meeting_from_row(struct stmt *st)
{
	return (struct meeting){
		.id = db_int(st, 0),
		.series_id = db_int(st, 1),
		.series = db_copy_text(st, 2),
		.held_on = db_day(st, 3),
		.starts_minute = db_is_null(st, 4) ? -1 : (int)db_int(st, 4),
		.venue = db_copy_text(st, 5),
		.state = (enum meeting_state)find_name(
		    meeting_states, db_text(st, 6)),
		.minutes = (enum minutes_state)find_name(
		    minutes_states, db_text(st, 7)),
		.approved_on = db_day(st, 8),
	};
}

static int
one_meeting(struct stmt *st, struct meeting *out, struct err *err)
{
	int rc = db_step(st, err);

	if (rc == 1)
		*out = meeting_from_row(st);
	db_done(st);
	return rc;
}

int
meetings_get(struct db *db, int64_t series_id, int held_on, struct meeting *out,
    struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_MEETING);

	db_bind_int(st, ":series", series_id);
	db_bind_day(st, ":day", held_on);
	return one_meeting(st, out, err);
}

int
meetings_next(struct db *db, int64_t series_id, int after_on,
    struct meeting *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_NEXT_MEETING);

	db_bind_int(st, ":series", series_id);
	db_bind_day(st, ":after", after_on);
	return one_meeting(st, out, err);
}

int
meetings_each(struct db *db, int64_t series_id, int from_on, meeting_cb cb,
    void *ctx, struct err *err)
{
	struct stmt *st;
	int rc;

	st = series_id == 0 ? db_stmt(db, SQL_LIST_MEETINGS)
			    : db_stmt(db, SQL_LIST_MEETINGS_OF);
	if (series_id != 0)
		db_bind_int(st, ":series", series_id);
	db_bind_day(st, ":from", from_on);
	while ((rc = db_step(st, err)) == 1) {
		struct meeting meeting = meeting_from_row(st);

		rc = cb(ctx, &meeting, err);
		meeting_clear(&meeting);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}

static void
bind_meeting(struct stmt *st, const struct meeting *m)
{
	db_bind_int(st, ":series", m->series_id);
	db_bind_day(st, ":held_on", m->held_on);
	if (m->starts_minute == -1)
		db_bind_null(st, ":starts");
	else
		db_bind_int(st, ":starts", m->starts_minute);
	db_bind_text(st, ":venue", m->venue);
	db_bind_text(st, ":state", meeting_states[m->state]);
	db_bind_text(st, ":minutes", minutes_states[m->minutes]);
	db_bind_day(st, ":approved_on", m->approved_on);
}

static int
check_meeting(struct db *db, const struct meeting *m, struct err *err)
{
	struct series series = { 0 };
	struct meeting same = { 0 };
	char day[DAY_LONG_MAX];
	int rc = series_get_id(db, m->series_id, &series, err);

	if (rc == 0)
		rc = err_set(err, ERR_NOTFOUND, "no such series");
	else if (rc == 1 && m->held_on == DAY_NONE)
		rc = err_set(
		    err, ERR_INPUT, "a meeting of %s needs a day", series.code);
	else if (rc == 1)
		rc = meetings_get(db, m->series_id, m->held_on, &same, err);
	if (rc == 1 && same.id != m->id)
		rc =
		    err_set(err, ERR_CONFLICT, "%s has a meeting on %s already",
			series.code, day_long(m->held_on, day));
	series_clear(&series);
	meeting_clear(&same);
	return rc == -1 ? -1 : 0;
}

int
meetings_add(struct db *db, struct meeting *meeting, const struct doer *doer,
    struct err *err)
{
	char day[DAY_LONG_MAX];
	struct stmt *st;

	if (check_meeting(db, meeting, err) == -1)
		return -1;
	st = db_stmt(db, SQL_ADD_MEETING);
	bind_meeting(st, meeting);
	if (db_run(st, err) == -1)
		return -1;
	meeting->id = db_last_id(db);
	if (register_event(db, doer, "meeting", meeting->id, "added", NULL,
		day_long(meeting->held_on, day), NULL, err) == -1)
		return -1;
	return touch_series(db, meeting->series_id, err);
}

static int
meetings_get_id(struct db *db, int64_t id, struct meeting *out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_MEETING_ID);

	db_bind_int(st, ":id", id);
	return one_meeting(st, out, err);
}

static char *
clock_text(int minute)
{
	return minute == -1 ? NULL
			    : xasprintf("%02d:%02d", minute / 60, minute % 60);
}

static int
note_time(struct history *h, int old, int new)
{
	char *a = clock_text(old), *b = clock_text(new);
	int rc = note_text(h, "time", a, b);

	free(a);
	free(b);
	return rc;
}

int
meetings_save(struct db *db, const struct meeting *m, const struct doer *doer,
    struct err *err)
{
	struct history h = { db, doer, "meeting", m->id, 0, err };
	struct meeting old = { 0 };
	struct stmt *st;
	int rc = meetings_get_id(db, m->id, &old, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no such meeting");
	if (rc == -1)
		return -1;
	rc = -1;
	if (check_meeting(db, m, err) == -1 ||
	    note_day(&h, "moved", old.held_on, m->held_on) == -1 ||
	    note_text(&h, "state", meeting_states[old.state],
		meeting_states[m->state]) == -1 ||
	    note_time(&h, old.starts_minute, m->starts_minute) == -1 ||
	    note_text(&h, "venue", old.venue, m->venue) == -1 ||
	    note_text(&h, "minutes", minutes_states[old.minutes],
		minutes_states[m->minutes]) == -1 ||
	    note_day(&h, "approved on", old.approved_on, m->approved_on) == -1)
		goto out;
	rc = 0;
	if (h.count == 0 && old.series_id == m->series_id)
		goto out;
	st = db_stmt(db, SQL_SAVE_MEETING);
	bind_meeting(st, m);
	db_bind_int(st, ":id", m->id);
	rc = db_run(st, err);
	if (rc == 0)
		rc = touch_series(db, m->series_id, err);
out:
	meeting_clear(&old);
	return rc;
}

/* ---- who was there, and what was on the agenda ---- */

#define SQL_DROP_ATTENDANCE "DELETE FROM attendance WHERE meeting_id = :id"
#define SQL_ADD_ATTENDANCE                                                \
	"INSERT OR REPLACE INTO attendance (meeting_id, name, party_id, " \
	"organisation, role, present) VALUES (:id, :name, :party, "       \
	":organisation, :role, :present)"
#define SQL_ATTENDED                                              \
	"SELECT max(a.present) FROM meeting m JOIN attendance a " \
	"ON a.meeting_id = m.id WHERE m.series_id = :series "     \
	"AND m.held_on = :day AND a.party_id = :party"

int
meetings_set_attendance(struct db *db, int64_t meeting_id,
    const struct attendance *people, size_t count, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_DROP_ATTENDANCE);

	db_bind_int(st, ":id", meeting_id);
	if (db_run(st, err) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		st = db_stmt(db, SQL_ADD_ATTENDANCE);
		db_bind_int(st, ":id", meeting_id);
		db_bind_text(st, ":name", people[i].name);
		db_bind_id(st, ":party", people[i].party_id);
		db_bind_text(st, ":organisation", people[i].organisation);
		db_bind_text(st, ":role", people[i].role);
		db_bind_int(st, ":present", people[i].present);
		if (db_run(st, err) == -1)
			return -1;
	}
	return 0;
}

int
meetings_attended(
    struct db *db, int64_t series_id, int held_on, int64_t party_id)
{
	struct stmt *st = db_stmt(db, SQL_ATTENDED);
	struct err ignored;
	int present = -1;

	db_bind_int(st, ":series", series_id);
	db_bind_day(st, ":day", held_on);
	db_bind_int(st, ":party", party_id);
	if (db_step(st, &ignored) == 1 && !db_is_null(st, 0))
		present = db_int(st, 0) != 0;
	db_done(st);
	return present;
}

#define SQL_DROP_AGENDA "DELETE FROM agenda_item WHERE meeting_id = :id"
#define SQL_ADD_ITEM                                                      \
	"INSERT OR REPLACE INTO agenda_item (meeting_id, number, title, " \
	"state) VALUES (:id, :number, :title, :state)"
#define SQL_LIST_AGENDA                                              \
	"SELECT number, title, state = 'deferred' FROM agenda_item " \
	"WHERE meeting_id = :id ORDER BY number COLLATE natural_order"

int
meetings_set_agenda(struct db *db, int64_t meeting_id,
    const struct agenda_item *items, size_t count, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_DROP_AGENDA);

	db_bind_int(st, ":id", meeting_id);
	if (db_run(st, err) == -1)
		return -1;
	for (size_t i = 0; i < count; i++) {
		st = db_stmt(db, SQL_ADD_ITEM);
		db_bind_int(st, ":id", meeting_id);
		db_bind_text(st, ":number", items[i].number);
		db_bind_text(st, ":title", items[i].title);
		db_bind_text(
		    st, ":state", items[i].deferred ? "deferred" : "listed");
		if (db_run(st, err) == -1)
			return -1;
	}
	return 0;
}

int
meetings_each_item(
    struct db *db, int64_t meeting_id, agenda_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_AGENDA);
	int rc;

	db_bind_int(st, ":id", meeting_id);
	while ((rc = db_step(st, err)) == 1) {
		struct agenda_item item = {
			.number = db_copy_text(st, 0),
			.title = db_copy_text(st, 1),
			.deferred = db_int(st, 2) != 0,
		};

		rc = cb(ctx, &item, err);
		free(item.number);
		free(item.title);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}
