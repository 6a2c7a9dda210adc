/* SPDX-License-Identifier: ISC */
/* Meta values, history and known rules of the register; see register.h. */
#include "io/register.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/vec.h"

/* ---- meta ---- */

#define SQL_GET_META "SELECT value FROM meta WHERE key = :key"
#define SQL_SET_META                                           \
	"INSERT INTO meta (key, value) VALUES (:key, :value) " \
	"ON CONFLICT (key) DO UPDATE SET value = excluded.value"
#define SQL_DELETE_META "DELETE FROM meta WHERE key = :key"

int
register_meta(struct db *db, const char *key, char **out, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_GET_META);
	int rc;

	db_bind_text(st, ":key", key);
	rc = db_step(st, err);
	if (rc != -1)
		*out = rc == 1 ? db_copy_text(st, 0) : NULL;
	db_done(st);
	return rc == -1 ? -1 : 0;
}

int
register_set_meta(
    struct db *db, const char *key, const char *value, struct err *err)
{
	struct stmt *st;

	if (value == NULL) {
		st = db_stmt(db, SQL_DELETE_META);
		db_bind_text(st, ":key", key);
		return db_run(st, err);
	}
	st = db_stmt(db, SQL_SET_META);
	db_bind_text(st, ":key", key);
	db_bind_text(st, ":value", value);
	return db_run(st, err);
}

int64_t
register_meta_int(struct db *db, const char *key, int64_t otherwise)
{
	struct err ignored;
	char *text = NULL, *end;
	int64_t value = otherwise;

	if (register_meta(db, key, &text, &ignored) == -1 || text == NULL)
		return otherwise;
	value = strtoll(text, &end, 10);
	if (end == text || *end != '\0')
		value = otherwise;
	free(text);
	return value;
}

int
register_set_meta_int(
    struct db *db, const char *key, int64_t value, struct err *err)
{
	char *text = xasprintf("%lld", (long long)value);
	int rc = register_set_meta(db, key, text, err);

	free(text);
	return rc;
}

/* ---- history ---- */

#define SQL_ADD_EVENT                                                          \
	"INSERT INTO event (at, actor, by, done_on, subject, subject_id, "     \
	"what, old, new, note) VALUES (:at, :actor, :by, :on, :subject, :id, " \
	":what, :old, :new, :note)"

int
register_event(struct db *db, const struct doer *doer, const char *subject,
    int64_t subject_id, const char *what, const char *old, const char *new,
    const char *note, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_ADD_EVENT);

	db_bind_int(st, ":at", doer->at);
	db_bind_text(st, ":actor", doer->actor);
	db_bind_text(st, ":by", doer->by);
	db_bind_day(st, ":on", doer->on);
	db_bind_text(st, ":subject", subject);
	db_bind_int(st, ":id", subject_id);
	db_bind_text(st, ":what", what);
	db_bind_text(st, ":old", old);
	db_bind_text(st, ":new", new);
	db_bind_text(st, ":note", note);
	return db_run(st, err);
}

#define EVENT_COLUMNS                                                       \
	"id, at, actor, by, done_on, subject, subject_id, what, old, new, " \
	"note"
#define SQL_EVENTS_OF                                                 \
	"SELECT " EVENT_COLUMNS " FROM event WHERE subject_id = :id " \
	"AND subject = :subject AND at >= :since ORDER BY id"
#define SQL_EVENTS_SINCE                                          \
	"SELECT " EVENT_COLUMNS " FROM event WHERE at >= :since " \
	"AND (:subject IS NULL OR subject = :subject) ORDER BY at, id"

static struct event
event_from_row(struct stmt *st)
{
	return (struct event){
		.id = db_int(st, 0),
		.at = db_int(st, 1),
		.actor = db_copy_text(st, 2),
		.by = db_copy_text(st, 3),
		.done_on = db_day(st, 4),
		.subject = db_copy_text(st, 5),
		.subject_id = db_int(st, 6),
		.what = db_copy_text(st, 7),
		.old = db_copy_text(st, 8),
		.new = db_copy_text(st, 9),
		.note = db_copy_text(st, 10),
	};
}

int
register_history(struct db *db, const char *subject, int64_t subject_id,
    int64_t since_at, event_cb cb, void *ctx, struct err *err)
{
	struct stmt *st;
	int rc;

	st = subject_id != 0 ? db_stmt(db, SQL_EVENTS_OF)
			     : db_stmt(db, SQL_EVENTS_SINCE);
	if (subject_id != 0)
		db_bind_int(st, ":id", subject_id);
	db_bind_text(st, ":subject", subject);
	db_bind_int(st, ":since", since_at);
	while ((rc = db_step(st, err)) == 1) {
		struct event event = event_from_row(st);

		rc = cb(ctx, &event, err);
		event_clear(&event);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}

/* ---- rules in force ---- */

#define SQL_ADD_RULE                                                    \
	"INSERT INTO rule_known (rule, since_at) VALUES (:rule, :now) " \
	"ON CONFLICT (rule) DO NOTHING"
#define SQL_RULE_SINCE "SELECT since_at FROM rule_known WHERE rule = :rule"
#define SQL_LIST_RULES "SELECT rule FROM rule_known"
#define SQL_FORGET_RULE "DELETE FROM rule_known WHERE rule = :rule"

char *
rule_known_key(const char *schedule, const char *use, const char *rule)
{
	return xasprintf("%s/%s/%s", schedule, use, rule);
}

static void
add_key(struct strings *keys, const char *schedule, const char *use,
    const struct rule *rule)
{
	struct strings *list = keys;

	*vec_push(list) = rule_known_key(schedule, use, rule->text);
}

static void
collect_rules(const struct conf *conf, struct strings *keys)
{
	VEC_EACH (struct conf_schedule, s, &conf->schedules) {
		VEC_EACH (struct rule, rule, &s->remind)
			add_key(keys, s->name, "reminder", rule);
		VEC_EACH (struct conf_escalation, e, &s->escalate)
			add_key(keys, s->name, "escalation", &e->when);
	}
	VEC_EACH (struct conf_digest, d, &conf->digests)
		add_key(keys, d->name, "digest", &d->when);
}

static bool
has_key(const struct strings *keys, const char *key)
{
	for (size_t i = 0; i < keys->len; i++)
		if (strcmp(keys->items[i], key) == 0)
			return true;
	return false;
}

static void
free_keys(struct strings *keys)
{
	for (size_t i = 0; i < keys->len; i++)
		free(keys->items[i]);
	vec_clear(keys);
}

int
register_note_rules(
    struct db *db, const struct conf *conf, int64_t now, struct err *err)
{
	struct strings wanted = { 0 }, gone = { 0 };
	struct strings *list = &gone;
	struct stmt *st;
	int got, rc = -1;

	collect_rules(conf, &wanted);
	st = db_stmt(db, SQL_LIST_RULES);
	while ((got = db_step(st, err)) == 1)
		if (!has_key(&wanted, db_text(st, 0)))
			*vec_push(list) = db_copy_text(st, 0);
	db_done(st);
	if (got == -1)
		goto out;
	for (size_t i = 0; i < gone.len; i++) {
		st = db_stmt(db, SQL_FORGET_RULE);
		db_bind_text(st, ":rule", gone.items[i]);
		if (db_run(st, err) == -1)
			goto out;
	}
	for (size_t i = 0; i < wanted.len; i++) {
		st = db_stmt(db, SQL_ADD_RULE);
		db_bind_text(st, ":rule", wanted.items[i]);
		db_bind_int(st, ":now", now);
		if (db_run(st, err) == -1)
			goto out;
	}
	rc = 0;
out:
	free_keys(&wanted);
	free_keys(&gone);
	return rc;
}

int64_t
register_rule_since(struct db *db, const char *key)
{
	struct stmt *st = db_stmt(db, SQL_RULE_SINCE);
	struct err ignored;
	int64_t since = INSTANT_NEVER;

	db_bind_text(st, ":rule", key);
	if (db_step(st, &ignored) == 1)
		since = db_int(st, 0);
	db_done(st);
	return since;
}
