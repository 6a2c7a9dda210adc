/* SPDX-License-Identifier: ISC */
/*
 * Writing entries: adding with the next ref, and saving, which finds out what
 * changed and tells the history. Nothing here decides whether a change is
 * allowed (core/lifecycle).
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/vec.h"
#include "io/entries_row.h"

/* ---- the row ---- */

#define SQL_ADD_ENTRY                                                          \
	"INSERT INTO entry (ref, kind, text, state, state_note, series_id, "   \
	"report_id, parent_id, held_on, item, para, source, due_phrase, "      \
	"base_on, clock, statutory, earliest_on, due_on, due_minute, "         \
	"review_on, original_due_on, rule, flag, due_series_id, "              \
	"due_meeting_on, at_meeting, priority, restricted, at_risk, "          \
	"due_version, assign_version, known_at, assigned_at, slips, "          \
	"slipped_on, extension_pending, snooze_until_on, snooze_reason, "      \
	"updated_on, update_note, proposed_on, closed_on, version, "           \
	"base_minute, paused_from_on, paused_days, asked_on, opened_at, "      \
	"closed_at) VALUES ("                                                  \
	":ref, :kind, :text, :state, :state_note, :series, :report, :parent, " \
	":held_on, :item, :para, :source, :due_phrase, :base_on, :clock, "     \
	":statutory, :earliest_on, :due_on, :due_minute, :review_on, "         \
	":original_due_on, :rule, :flag, :due_series, :due_meeting_on, "       \
	":at_meeting, :priority, :restricted, :at_risk, :due_version, "        \
	":assign_version, :known_at, :assigned_at, :slips, :slipped_on, "      \
	":extension_pending, :snooze_until_on, :snooze_reason, :updated_on, "  \
	":update_note, :proposed_on, :closed_on, :version, :base_minute, "     \
	":paused_from_on, :paused_days, :asked_on, :opened_at, :closed_at)"
#define SQL_SAVE_ENTRY                                                       \
	"UPDATE entry SET ref = :ref, kind = :kind, text = :text, "          \
	"state = :state, state_note = :state_note, series_id = :series, "    \
	"report_id = :report, parent_id = :parent, held_on = :held_on, "     \
	"item = :item, para = :para, source = :source, "                     \
	"due_phrase = :due_phrase, base_on = :base_on, clock = :clock, "     \
	"statutory = :statutory, earliest_on = :earliest_on, "               \
	"due_on = :due_on, due_minute = :due_minute, "                       \
	"review_on = :review_on, original_due_on = :original_due_on, "       \
	"rule = :rule, flag = :flag, due_series_id = :due_series, "          \
	"due_meeting_on = :due_meeting_on, at_meeting = :at_meeting, "       \
	"priority = :priority, restricted = :restricted, "                   \
	"at_risk = :at_risk, due_version = :due_version, "                   \
	"assign_version = :assign_version, known_at = :known_at, "           \
	"assigned_at = :assigned_at, slips = :slips, "                       \
	"slipped_on = :slipped_on, extension_pending = :extension_pending, " \
	"snooze_until_on = :snooze_until_on, "                               \
	"snooze_reason = :snooze_reason, updated_on = :updated_on, "         \
	"update_note = :update_note, proposed_on = :proposed_on, "           \
	"closed_on = :closed_on, version = :version, "                       \
	"base_minute = :base_minute, paused_from_on = :paused_from_on, "     \
	"paused_days = :paused_days, asked_on = :asked_on, "                 \
	"opened_at = ifnull(:opened_at, opened_at), "                        \
	"closed_at = ifnull(:closed_at, closed_at) "                         \
	"WHERE id = :id AND version = :before"

/* In the order of the parameters, which makes finding them quick. */
static void
bind_entry(struct stmt *st, const struct entry *e)
{
	db_bind_text(st, ":ref", e->ref);
	db_bind_text(st, ":kind", e->kind);
	db_bind_text(st, ":text", e->text);
	db_bind_text(st, ":state", entry_state_name(e->state));
	db_bind_text(st, ":state_note", e->state_note);
	db_bind_id(st, ":series", e->series_id);
	db_bind_id(st, ":report", e->report_id);
	db_bind_id(st, ":parent", e->parent_id);
	db_bind_day(st, ":held_on", e->held_on);
	db_bind_text(st, ":item", e->item);
	db_bind_text(st, ":para", e->para);
	db_bind_text(st, ":source", e->source);
	db_bind_text(st, ":due_phrase", e->due_phrase);
	db_bind_day(st, ":base_on", e->base_on);
	db_bind_text(st, ":clock", e->clock);
	db_bind_int(st, ":statutory", e->statutory);
	db_bind_day(st, ":earliest_on", e->earliest_on);
	db_bind_day(st, ":due_on", e->due_on);
	if (e->due_minute == -1)
		db_bind_null(st, ":due_minute");
	else
		db_bind_int(st, ":due_minute", e->due_minute);
	db_bind_day(st, ":review_on", e->review_on);
	db_bind_day(st, ":original_due_on", e->original_due_on);
	db_bind_text(st, ":rule", e->rule);
	db_bind_text(st, ":flag", e->flag);
	db_bind_id(st, ":due_series", e->due_series_id);
	db_bind_day(st, ":due_meeting_on", e->due_meeting_on);
	db_bind_int(st, ":at_meeting", e->at_meeting);
	db_bind_text(st, ":priority", e->priority);
	db_bind_int(st, ":restricted", e->restricted);
	db_bind_int(st, ":at_risk", e->at_risk);
	db_bind_int(st, ":due_version", e->due_version);
	db_bind_int(st, ":assign_version", e->assign_version);
	db_bind_int(st, ":known_at", e->known_at);
	db_bind_int(st, ":assigned_at", e->assigned_at);
	db_bind_int(st, ":slips", e->slips);
	db_bind_day(st, ":slipped_on", e->slipped_on);
	db_bind_int(st, ":extension_pending", e->extension_pending);
	db_bind_day(st, ":snooze_until_on", e->snooze_until_on);
	db_bind_text(st, ":snooze_reason", e->snooze_reason);
	db_bind_day(st, ":updated_on", e->updated_on);
	db_bind_text(st, ":update_note", e->update_note);
	db_bind_day(st, ":proposed_on", e->proposed_on);
	db_bind_day(st, ":closed_on", e->closed_on);
	db_bind_int(st, ":version", e->version);
	if (e->base_minute == -1)
		db_bind_null(st, ":base_minute");
	else
		db_bind_int(st, ":base_minute", e->base_minute);
	db_bind_day(st, ":paused_from_on", e->paused_from_on);
	db_bind_int(st, ":paused_days", e->paused_days);
	db_bind_day(st, ":asked_on", e->asked_on);
}

/* The moments that digests ask for; see the columns in the schema. */
static void
bind_turns(struct stmt *st, bool opened, bool closed, int64_t now)
{
	if (opened)
		db_bind_int(st, ":opened_at", now);
	else
		db_bind_null(st, ":opened_at");
	if (closed)
		db_bind_int(st, ":closed_at", now);
	else
		db_bind_null(st, ":closed_at");
}

#define SQL_ADD_OWNER                                                   \
	"INSERT INTO entry_owner (entry_id, role, position, party_id, " \
	"answered_on) VALUES (:entry, :role, :position, :party, :answered)"
#define SQL_DROP_OWNERS "DELETE FROM entry_owner WHERE entry_id = :entry"

int
entry_write_owners(struct db *db, const struct entry *entry, struct err *err)
{
	for (size_t i = 0; i < entry->owners.len; i++) {
		const struct owner *owner = &entry->owners.items[i];
		struct stmt *st = db_stmt(db, SQL_ADD_OWNER);

		db_bind_int(st, ":entry", entry->id);
		db_bind_text(st, ":role", owner_role_name(owner->role));
		db_bind_int(st, ":position", (int64_t)i);
		db_bind_int(st, ":party", owner->party_id);
		db_bind_day(st, ":answered", owner->answered_on);
		if (db_run(st, err) == -1)
			return -1;
	}
	return 0;
}

#define SQL_TOUCH \
	"INSERT OR REPLACE INTO due (next_at, entry_id) VALUES (0, :id)"

/* Of a new entry there is no row to replace: REPLACE costs a journal of each
 * statement. */
#define SQL_TOUCH_NEW "INSERT INTO due (next_at, entry_id) VALUES (0, :id)"

static int
touch_new(struct db *db, int64_t entry_id, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_TOUCH_NEW);

	db_bind_int(st, ":id", entry_id);
	return db_run(st, err);
}

int
entries_touch(struct db *db, int64_t entry_id, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_TOUCH);

	db_bind_int(st, ":id", entry_id);
	return db_run(st, err);
}

/* ---- adding ---- */

static int
check_entry(const struct entry *e, struct err *err)
{
	if (e->kind == NULL || *e->kind == '\0')
		return err_set(err, ERR_INPUT, "an entry needs a kind");
	if (e->text == NULL || *e->text == '\0')
		return err_set(err, ERR_INPUT, "an entry needs a text");
	if (e->earliest_on != DAY_NONE && e->due_on != DAY_NONE &&
	    e->earliest_on > e->due_on)
		return err_set(
		    err, ERR_INPUT, "the earliest day is after the due day");
	return 0;
}

static void
fill_new(struct entry *e, int64_t now)
{
	e->known_at = e->assigned_at = now;
	if (e->original_due_on == DAY_NONE)
		e->original_due_on = e->due_on;
	if (e->due_version == 0)
		e->due_version = 1;
	if (e->assign_version == 0)
		e->assign_version = 1;
	if (e->version == 0)
		e->version = 1;
}

int
entries_add(struct db *db, struct entry *entry, const struct doer *doer,
    struct err *err)
{
	char *ref = NULL;
	struct stmt *st;
	int rc;

	if (check_entry(entry, err) == -1)
		return -1;
	if (entry->ref == NULL) {
		if (entry_next_ref(db, entry, &ref, err) == -1)
			return -1;
		entry->ref = ref;
	} else if (entry_check_ref(db, entry->ref, err) == -1) {
		return -1;
	}
	fill_new(entry, doer->at);
	rc = entry_note_ref(db, entry->ref, err);
	if (rc == 0) {
		st = db_stmt(db, SQL_ADD_ENTRY);
		bind_entry(st, entry);
		bind_turns(st, entry->state != ENTRY_UNCONFIRMED,
		    entry->state == ENTRY_CLOSED, doer->at);
		rc = db_run(st, err);
	}
	if (rc == 0) {
		entry->id = db_last_id(db);
		rc = entry_write_owners(db, entry, err);
	}
	if (rc == 0 && entry_state_is_live(entry->state))
		rc = touch_new(db, entry->id, err);
	if (rc == 0)
		rc = register_event(db, doer, "entry", entry->id, "added", NULL,
		    entry_state_name(entry->state), NULL, err);
	if (rc == -1) {
		entry->id = 0;
		if (ref != NULL) {
			free(ref);
			entry->ref = NULL;
		}
	}
	return rc;
}

/* ---- what changed ---- */

struct change {
	const char *what;
	char *old, *new;
};

struct diff {
	struct db *db;
	VEC(struct change) changes;
	bool quiet; /* something changed that needs no event of its own */
	bool dates; /* one of the three */
	bool owners;
	bool answers;
};

static void
diff_clear(struct diff *diff)
{
	VEC_EACH (struct change, c, &diff->changes) {
		free(c->old);
		free(c->new);
	}
	vec_clear(&diff->changes);
}

/* Takes over old and new. */
static void
add_change(struct diff *diff, const char *what, char *old, char *new)
{
	*vec_push(&diff->changes) =
	    (struct change){ .what = what, .old = old, .new = new };
}

enum field_type { FIELD_TEXT, FIELD_DAY, FIELD_BOOL, FIELD_INT, FIELD_ID };

/* A NULL label: saved, but told by the event of the act alone. */
struct field {
	const char *label;
	enum field_type type;
	size_t offset;
};

#define F(label, type, name)                              \
	{                                                 \
		label, type, offsetof(struct entry, name) \
	}

static const struct field date_fields[] = {
	F("due date", FIELD_DAY, due_on),
	F("earliest day", FIELD_DAY, earliest_on),
	F("review date", FIELD_DAY, review_on),
};

static const struct field other_fields[] = {
	F("ref", FIELD_TEXT, ref),
	F("text", FIELD_TEXT, text),
	F("kind", FIELD_TEXT, kind),
	F("snoozed until", FIELD_DAY, snooze_until_on),
	F("extension pending", FIELD_BOOL, extension_pending),
	F("at risk", FIELD_BOOL, at_risk),
	F("priority", FIELD_TEXT, priority),
	F("restricted", FIELD_BOOL, restricted),
	F("statutory", FIELD_BOOL, statutory),
	F("clock", FIELD_TEXT, clock),
	F("clock stopped", FIELD_DAY, paused_from_on),
	F(ENTRIES_WORDS, FIELD_TEXT, due_phrase),
	F("counted from", FIELD_DAY, base_on),
	F("meeting", FIELD_DAY, held_on),
	F("item", FIELD_TEXT, item),
	F("paragraph", FIELD_TEXT, para),
	F("source", FIELD_TEXT, source),
	F("flag", FIELD_TEXT, flag),
	F(NULL, FIELD_TEXT, state_note),
	F(NULL, FIELD_INT, due_minute),
	F(NULL, FIELD_INT, base_minute),
	F(NULL, FIELD_INT, paused_days),
	F(NULL, FIELD_DAY, original_due_on),
	F(NULL, FIELD_TEXT, rule),
	F(NULL, FIELD_ID, due_series_id),
	F(NULL, FIELD_DAY, due_meeting_on),
	F(NULL, FIELD_BOOL, at_meeting),
	F(NULL, FIELD_INT, slips),
	F(NULL, FIELD_DAY, slipped_on),
	F(NULL, FIELD_DAY, asked_on),
	F(NULL, FIELD_TEXT, snooze_reason),
	F(NULL, FIELD_DAY, updated_on),
	F(NULL, FIELD_TEXT, update_note),
	F(NULL, FIELD_DAY, proposed_on),
	F(NULL, FIELD_DAY, closed_on),
};

static const void *
field_of(const struct entry *entry, const struct field *field)
{
	return (const char *)entry + field->offset;
}

static const char *
text_of(const struct entry *entry, const struct field *field)
{
	const char *const *text = field_of(entry, field);

	return *text;
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static bool
same_field(const struct entry *a, const struct entry *b, const struct field *f)
{
	size_t size = 0;

	switch (f->type) {
	case FIELD_TEXT:
		return same_text(text_of(a, f), text_of(b, f));
	case FIELD_DAY:
	case FIELD_INT:
		size = sizeof(int);
		break;
	case FIELD_BOOL:
		size = sizeof(bool);
		break;
	case FIELD_ID:
		size = sizeof(int64_t);
		break;
	}
	return memcmp(field_of(a, f), field_of(b, f), size) == 0;
}

/* For a person; NULL when there is nothing. */
static char *
day_text(int day)
{
	char text[DAY_LONG_MAX];

	return day == DAY_NONE ? NULL : xstrdup(day_long(day, text));
}

static char *
show_field(const struct entry *entry, const struct field *f)
{
	if (f->type == FIELD_DAY)
		return day_text(*(const int *)field_of(entry, f));
	if (f->type == FIELD_BOOL)
		return xstrdup(
		    *(const bool *)field_of(entry, f) ? "yes" : "no");
	return xstrdup(text_of(entry, f));
}

static bool
diff_fields(struct diff *diff, const struct entry *a, const struct entry *b,
    const struct field *fields, size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		const struct field *f = &fields[i];

		if (same_field(a, b, f))
			continue;
		any = true;
		if (f->label == NULL)
			diff->quiet = true;
		else
			add_change(
			    diff, f->label, show_field(a, f), show_field(b, f));
	}
	return any;
}

#define SQL_NAME_PARTY "SELECT name FROM party WHERE id = :id"
#define SQL_NAME_SERIES "SELECT code FROM series WHERE id = :id"
#define SQL_NAME_REPORT "SELECT code FROM report WHERE id = :id"
#define SQL_NAME_ENTRY "SELECT ref FROM entry WHERE id = :id"

static char *
name_by_id(struct stmt *st, int64_t id)
{
	struct err ignored;
	char *name = NULL;

	db_bind_int(st, ":id", id);
	if (db_step(st, &ignored) == 1)
		name = db_copy_text(st, 0);
	db_done(st);
	return name;
}

static void
diff_link(struct diff *diff, const char *what, const char *sql, int64_t old,
    int64_t new)
{
	if (old != new)
		add_change(diff, what, name_by_id(db_stmt(diff->db, sql), old),
		    name_by_id(db_stmt(diff->db, sql), new));
}

/* "Ann Other; Police (co-owner)"; the caller need not have set the names. */
static char *
owners_text(struct diff *diff, const struct entry *entry)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < entry->owners.len; i++) {
		const struct owner *owner = &entry->owners.items[i];
		char *name = name_by_id(
		    db_stmt(diff->db, SQL_NAME_PARTY), owner->party_id);

		buf_printf(&text, "%s%s", i > 0 ? "; " : "",
		    name != NULL ? name : "?");
		if (owner->role != ROLE_OWNER)
			buf_printf(
			    &text, " (%s)", owner_role_name(owner->role));
		free(name);
	}
	return text.len > 0 ? buf_take(&text) : NULL;
}

/* With the same owners: who has answered since. */
static void
diff_answers(struct diff *diff, const struct entry *a, const struct entry *b)
{
	for (size_t i = 0; i < b->owners.len; i++) {
		const struct owner *old = &a->owners.items[i];
		const struct owner *new = &b->owners.items[i];

		if (old->answered_on == new->answered_on)
			continue;
		diff->answers = true;
		if (new->answered_on == DAY_NONE)
			diff->quiet = true;
		else
			add_change(diff, "answered", NULL,
			    name_by_id(db_stmt(diff->db, SQL_NAME_PARTY),
				new->party_id));
	}
}

static void
diff_entries(struct diff *diff, const struct entry *a, const struct entry *b)
{
	if (a->state != b->state)
		add_change(diff, "state", xstrdup(entry_state_name(a->state)),
		    xstrdup(entry_state_name(b->state)));
	diff->dates = diff_fields(
	    diff, a, b, date_fields, sizeof date_fields / sizeof *date_fields);
	diff->owners = !entry_same_owners(a, b);
	if (diff->owners)
		add_change(
		    diff, "owners", owners_text(diff, a), owners_text(diff, b));
	else
		diff_answers(diff, a, b);
	(void)diff_fields(diff, a, b, other_fields,
	    sizeof other_fields / sizeof *other_fields);
	diff_link(diff, "series", SQL_NAME_SERIES, a->series_id, b->series_id);
	diff_link(diff, "report", SQL_NAME_REPORT, a->report_id, b->report_id);
	diff_link(diff, "part of", SQL_NAME_ENTRY, a->parent_id, b->parent_id);
}

/* ---- saving ---- */

static int
write_events(struct diff *diff, int64_t id, const char *what, const char *note,
    const struct doer *doer, struct err *err)
{
	if (diff->changes.len == 0)
		return register_event(diff->db, doer, "entry", id,
		    what != NULL   ? what
		    : note != NULL ? "updated"
				   : "changed",
		    NULL, NULL, note, err);
	for (size_t i = 0; i < diff->changes.len; i++) {
		const struct change *c = &diff->changes.items[i];
		bool first = i == 0;

		if (register_event(diff->db, doer, "entry", id,
			first && what != NULL ? what : c->what, c->old, c->new,
			first ? note : NULL, err) == -1)
			return -1;
	}
	return 0;
}

/* What follows from the change, in the entry itself. */
static void
follow(const struct diff *diff, const struct entry *before, struct entry *after,
    int64_t now)
{
	bool confirmed = before->state == ENTRY_UNCONFIRMED &&
			 after->state != ENTRY_UNCONFIRMED;

	after->due_version = before->due_version + diff->dates;
	after->assign_version = before->assign_version + diff->owners;
	after->known_at = diff->dates || confirmed ? now : before->known_at;
	after->assigned_at =
	    diff->owners || confirmed ? now : before->assigned_at;
	after->version = before->version + 1;
}

/* Until a person has confirmed an entry its day is a proposal; the original
 * day is the first that was agreed. */
static void
keep_original(const struct entry *before, struct entry *after)
{
	if (before->state == ENTRY_UNCONFIRMED ||
	    before->original_due_on == DAY_NONE)
		after->original_due_on = after->due_on;
}

static int
write_row(struct db *db, const struct diff *diff, const struct entry *before,
    const struct entry *after, const char *what, int64_t now, struct err *err)
{
	bool opened = what != NULL && (strcmp(what, "confirmed") == 0 ||
					  strcmp(what, "reopened") == 0);
	bool closed =
	    after->state == ENTRY_CLOSED && before->state != after->state;
	struct stmt *st;

	if (strcmp(before->ref, after->ref) != 0 &&
	    entry_check_ref(db, after->ref, err) == -1)
		return -1;
	st = db_stmt(db, SQL_SAVE_ENTRY);
	bind_entry(st, after);
	bind_turns(st, opened, closed, now);
	db_bind_int(st, ":id", before->id);
	db_bind_int(st, ":before", before->version);
	if (db_run(st, err) == -1)
		return -1;
	if (db_changes(db) == 0)
		return err_set(err, ERR_CONFLICT,
		    "%s was changed meanwhile: look again", before->ref);
	if (!diff->owners && !diff->answers)
		return 0;
	st = db_stmt(db, SQL_DROP_OWNERS);
	db_bind_int(st, ":entry", before->id);
	if (db_run(st, err) == -1)
		return -1;
	return entry_write_owners(db, after, err);
}

int
entries_save(struct db *db, const struct entry *before, struct entry *after,
    const char *what, const char *note, const struct doer *doer,
    struct err *err)
{
	struct diff diff = { .db = db };
	int rc = -1;

	if (check_entry(after, err) == -1)
		return -1;
	keep_original(before, after);
	diff_entries(&diff, before, after);
	if (diff.changes.len == 0 && !diff.quiet) {
		rc = 0;
		goto out;
	}
	follow(&diff, before, after, doer->at);
	if (write_row(db, &diff, before, after, what, doer->at, err) == -1 ||
	    write_events(&diff, before->id, what, note, doer, err) == -1 ||
	    (!after->extension_pending && before->extension_pending &&
		slips_drop_pending(db, before->id, doer->on, err) == -1))
		goto out;
	rc = 0;
	if (entry_state_is_live(before->state) ||
	    entry_state_is_live(after->state))
		rc = entries_touch(db, before->id, err);
out:
	diff_clear(&diff);
	return rc;
}
