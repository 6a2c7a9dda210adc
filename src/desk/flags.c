/* SPDX-License-Identifier: ISC */
/* Looks for what a person should look at; see the header. Changes nothing. */
#include "desk/flags.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/confirm.h"
#include "desk/dates.h"
#include "io/entries.h"

#define NAMED 5       /* refs that a remark gives as examples */
#define LOOK_BACK 366 /* days: older meetings are history */
#define TOO_NEAR 6    /* days between two meetings that may be one */
#define ALIKE 0.6     /* of two titles of one item */

void
flags_clear(struct flags *flags)
{
	VEC_EACH (struct flag, f, &flags->list) {
		free(f->ref);
		free(f->text);
	}
	vec_clear(&flags->list);
	*flags = (struct flags){ 0 };
}

static void __attribute__((format(printf, 4, 5))) add(struct flags *flags,
    enum minutes_flag_code code, const char *ref, const char *format, ...)
{
	struct buf text = { 0 };
	struct flag *flag;
	va_list ap;

	if (++flags->count[code] > FLAGS_KEPT)
		return;
	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	flag = vec_push(&flags->list);
	flag->code = code;
	flag->ref = xstrdup(ref);
	flag->text = buf_take(&text);
}

/* ---- entries ---- */

struct look {
	struct db *db;
	struct flags *out;
	struct dating dating;
	int today;
};

static bool
has(unsigned bits, enum minutes_flag_code code)
{
	return (bits & 1u << code) != 0;
}

/* What was kept with the entry when it came in, until a person confirms it or
 * another date is agreed. */
static void
flag_kept(struct look *l, const struct entry *e, unsigned kept)
{
	for (int code = 0; code < MINUTES_FLAG_CODES; code++)
		if (has(kept, (enum minutes_flag_code)code))
			add(l->out, (enum minutes_flag_code)code, e->ref, "%s",
			    e->flag);
}

/* The words once more: what they leave open is not kept with the entry. */
static int
flag_words(
    struct look *l, const struct entry *e, unsigned kept, struct err *err)
{
	int base_on = e->base_on != DAY_NONE ? e->base_on : e->held_on;
	struct words_answer answer;
	bool looked = false;
	int rc = 0;

	if (e->due_phrase == NULL || base_on == DAY_NONE || e->clock != NULL)
		return 0;
	if (dating_words(&l->dating, e->due_phrase, base_on,
		dating_series(l->db, e), &answer, err) == -1)
		return -1;
	if (answer.year_inferred && answer.due_on == e->due_on &&
	    e->due_on != DAY_NONE)
		rc = confirm_was_done(l->db, e->id, &looked, err);
	else
		looked = true;
	if (rc == 0 && !looked)
		add(l->out, MINUTES_FLAG_YEAR, e->ref,
		    "\"%s\" has no year; taken as %d", e->due_phrase,
		    day_civil(e->due_on).year);
	if (e->due_on == DAY_NONE && !has(kept, MINUTES_FLAG_NO_CALENDAR) &&
	    has(minutes_flags_in(answer.flag), MINUTES_FLAG_NO_CALENDAR))
		add(l->out, MINUTES_FLAG_NO_CALENDAR, e->ref, "\"%s\": %s",
		    e->due_phrase, answer.flag);
	words_answer_clear(&answer);
	return rc;
}

static int
flag_past(struct look *l, const struct entry *e, unsigned kept, struct err *err)
{
	int agreed_on = e->held_on != DAY_NONE ? e->held_on : e->base_on;
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	bool looked;

	if (has(kept, MINUTES_FLAG_PAST) || e->clock != NULL ||
	    e->due_on == DAY_NONE || agreed_on == DAY_NONE ||
	    e->due_on >= agreed_on)
		return 0;
	if (confirm_was_done(l->db, e->id, &looked, err) == -1)
		return -1;
	if (!looked)
		add(l->out, MINUTES_FLAG_PAST, e->ref,
		    "due %s, before the day that it counts from (%s)",
		    day_long(e->due_on, a), day_long(agreed_on, b));
	return 0;
}

/* Who was not in the room may not know; an update shows that they do. */
static void
flag_absent(struct look *l, const struct entry *e)
{
	if (e->series_id == 0 || e->held_on == DAY_NONE ||
	    e->updated_on != DAY_NONE)
		return;
	VEC_EACH (const struct owner, owner, &e->owners)
		if (owner->role != ROLE_SPONSOR &&
		    meetings_attended(
			l->db, e->series_id, e->held_on, owner->party_id) == 0)
			add(l->out, MINUTES_FLAG_OWNER_ABSENT, e->ref,
			    "%s was not at the meeting", owner->name);
}

static int
look_at_entry(void *ctx, const struct entry *e, struct err *err)
{
	struct look *l = ctx;
	bool waits = e->state == ENTRY_UNCONFIRMED;
	unsigned kept = minutes_flags_in(e->flag);

	if (!waits && !entry_state_is_live(e->state))
		return 0;
	flag_kept(l, e, kept);
	flag_absent(l, e);
	if (flag_past(l, e, kept, err) == -1 ||
	    flag_words(l, e, kept, err) == -1)
		return -1;
	if (waits)
		return 0;
	if (entry_owner(e, ROLE_OWNER) == NULL &&
	    entry_owner(e, ROLE_CO_OWNER) == NULL)
		add(l->out, MINUTES_FLAG_NO_OWNER, e->ref, "no owner");
	if (e->due_on == DAY_NONE)
		add(l->out, MINUTES_FLAG_NO_DATE, e->ref, "no date%s%s%s",
		    e->due_phrase != NULL ? " in \"" : "",
		    e->due_phrase != NULL ? e->due_phrase : "",
		    e->due_phrase != NULL ? "\"" : "");
	return 0;
}

/* ---- meetings ---- */

struct met {
	int64_t id;
	int held_on;
	enum minutes_state minutes;
};

struct series_look {
	struct look *l;
	const struct series *series;
	VEC(struct met) meetings; /* not cancelled, in order of the day */
};

static int
gather_meeting(void *ctx, const struct meeting *m, struct err *err)
{
	struct series_look *s = ctx;

	(void)err;
	if (m->state != MEETING_CANCELLED)
		*vec_push(&s->meetings) = (struct met){ .id = m->id,
			.held_on = m->held_on,
			.minutes = m->minutes };
	return 0;
}

#define MEETING_REF_MAX 128

static const char *
meeting_ref(const struct series_look *s, int held_on, char out[MEETING_REF_MAX])
{
	char day[DAY_TEXT_MAX];

	(void)snprintf(out, MEETING_REF_MAX, "%.100s %s", s->series->code,
	    day_iso(held_on, day));
	return out;
}

struct deferral {
	struct series_look *s;
	size_t from; /* index of the meeting that put the item off */
	const char *title;
	bool any, found;
};

static int
match_item(void *ctx, const struct agenda_item *item, struct err *err)
{
	struct deferral *d = ctx;

	(void)err;
	if (item->deferred)
		return 0;
	d->any = true;
	d->found = text_alike(item->title, d->title) >= ALIKE ||
		   minutes_item_tells_of(item->title, d->title);
	return d->found;
}

/* Is it on an agenda since? The first one that lacks it is named; where none
 * is known yet, nothing is said. */
static int
look_at_item(void *ctx, const struct agenda_item *item, struct err *err)
{
	struct deferral *d = ctx;
	struct series_look *s = d->s;
	char ref[MEETING_REF_MAX], day[DAY_LONG_MAX];
	int lacks_on = DAY_NONE;

	if (!item->deferred)
		return 0;
	d->title = item->title;
	d->found = false;
	for (size_t i = d->from + 1; i < s->meetings.len && !d->found; i++) {
		d->any = false;
		if (meetings_each_item(s->l->db, s->meetings.items[i].id,
			match_item, d, err) == -1)
			return -1;
		if (d->any && !d->found && lacks_on == DAY_NONE)
			lacks_on = s->meetings.items[i].held_on;
	}
	if (!d->found && lacks_on != DAY_NONE)
		add(s->l->out, MINUTES_FLAG_DEFERRED,
		    meeting_ref(s, s->meetings.items[d->from].held_on, ref),
		    "deferred, but not on the agenda for %s: %s",
		    day_long(lacks_on, day), d->title);
	return 0;
}

struct conflict {
	int64_t event_id;
	char *note;
};

static int
find_conflict(void *ctx, const struct event *event, struct err *err)
{
	struct conflict *c = ctx;

	(void)err;
	if (strcmp(event->what, FLAG_TWO_DATES) == 0) {
		c->event_id = event->id;
		free(c->note);
		c->note = xstrdup(event->note);
	}
	return 0;
}

static int
find_later(void *ctx, const struct event *event, struct err *err)
{
	struct conflict *c = ctx;

	(void)err;
	if (event->id <= c->event_id)
		return 0;
	c->event_id = 0;
	return 1;
}

/* A paper gave two days for the meeting after this one; as long as that is to
 * come, and nobody has touched it since, one of them may be wrong. */
static int
look_at_conflict(struct series_look *s, size_t at, struct err *err)
{
	const struct met *m = &s->meetings.items[at];
	const struct met *next =
	    at + 1 < s->meetings.len ? &s->meetings.items[at + 1] : NULL;
	struct conflict c = { 0 };
	char ref[MEETING_REF_MAX];
	int rc;

	if (next == NULL || next->held_on < s->l->today)
		return 0;
	rc = register_history(
	    s->l->db, "meeting", m->id, INSTANT_NONE, find_conflict, &c, err);
	if (rc == 0 && c.event_id != 0)
		rc = register_history(s->l->db, "meeting", next->id,
		    INSTANT_NONE, find_later, &c, err);
	if (rc != -1 && c.event_id != 0)
		add(s->l->out, MINUTES_FLAG_NEXT_CONFLICT,
		    meeting_ref(s, m->held_on, ref), "%s",
		    c.note != NULL ? c.note : "two dates for the next meeting");
	free(c.note);
	return rc == -1 ? -1 : 0;
}

static int
find_confirmed(void *ctx, const struct event *event, struct err *err)
{
	bool *confirmed = ctx;

	(void)err;
	*confirmed = strcmp(event->what, FLAG_DAY_CONFIRMED) == 0;
	return *confirmed;
}

/* Two days for one meeting are more likely than two meetings. */
static int
look_at_distance(struct series_look *s, size_t at, struct err *err)
{
	const struct met *m = &s->meetings.items[at];
	const struct met *next = m + 1;
	char ref[MEETING_REF_MAX], a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	bool confirmed = false;

	if (at + 1 >= s->meetings.len || m->held_on < s->l->today ||
	    next->held_on - m->held_on > TOO_NEAR)
		return 0;
	if (register_history(s->l->db, "meeting", next->id, INSTANT_NONE,
		find_confirmed, &confirmed, err) == -1)
		return -1;
	if (confirmed)
		return 0;
	add(s->l->out, MINUTES_FLAG_NEXT_CONFLICT,
	    meeting_ref(s, m->held_on, ref),
	    "meetings are planned on %s and on %s: is it one?",
	    day_long(m->held_on, a), day_long(next->held_on, b));
	return 0;
}

static int
look_at_meeting(struct series_look *s, size_t at, struct err *err)
{
	const struct met *m = &s->meetings.items[at];
	struct deferral d = { .s = s, .from = at };
	char ref[MEETING_REF_MAX];

	if (m->minutes == MINUTES_DRAFT && m->held_on < s->l->today)
		add(s->l->out, MINUTES_FLAG_NOT_APPROVED,
		    meeting_ref(s, m->held_on, ref),
		    "these minutes are a draft, not yet approved");
	if (look_at_distance(s, at, err) == -1 ||
	    look_at_conflict(s, at, err) == -1)
		return -1;
	return meetings_each_item(s->l->db, m->id, look_at_item, &d, err);
}

static int
look_at_series(void *ctx, const struct series *series, struct err *err)
{
	struct look *l = ctx;
	struct series_look s = { .l = l, .series = series };
	int rc = meetings_each(
	    l->db, series->id, l->today - LOOK_BACK, gather_meeting, &s, err);

	for (size_t i = 0; rc == 0 && i < s.meetings.len; i++)
		rc = look_at_meeting(&s, i, err);
	vec_clear(&s.meetings);
	return rc;
}

int
flags_find(const struct conf *conf, struct db *db, int today, struct flags *out,
    struct err *err)
{
	struct flags found = { 0 };
	struct look l = { .db = db, .out = &found, .today = today };
	struct entry_filter filter;
	int rc;

	if (dating_load(&l.dating, conf, db, err) == -1)
		return -1;
	entry_filter_init(&filter, today);
	rc = series_each(db, look_at_series, &l, err);
	if (rc == 0)
		rc = entries_each(db, &filter, look_at_entry, &l, err);
	dating_clear(&l.dating);
	if (rc == -1) {
		flags_clear(&found);
		return -1;
	}
	*out = found;
	return 0;
}

/* ---- as remarks ---- */

/* Those that stand together in one line; the others have a line each. */
static const struct {
	const char *one, *many;
} titles[MINUTES_FLAG_CODES] = {
	[MINUTES_FLAG_WEEKDAY] = { "entry's weekday and date disagree",
	    "entries' weekdays and dates disagree" },
	[MINUTES_FLAG_PAST] = { "entry was past when it came in",
	    "entries were past when they came in" },
	[MINUTES_FLAG_YEAR] = { "entry's date has no year, it was inferred",
	    "entries' dates have no year, it was inferred" },
	[MINUTES_FLAG_OWNER_ABSENT] = { "entry's owner was not at its meeting",
	    "entries' owners were not at their meetings" },
	[MINUTES_FLAG_OWNER_UNKNOWN] = { "entry's owner is not known",
	    "entries' owners are not known" },
	[MINUTES_FLAG_OWNER_AMBIGUOUS] = { "entry's owner may be several "
					   "people",
	    "entries' owners may be several people" },
	[MINUTES_FLAG_OWNER_LEFT] = { "entry's owner has left",
	    "entries' owners have left" },
	[MINUTES_FLAG_NO_OWNER] = { "entry has no owner",
	    "entries have no owner" },
	[MINUTES_FLAG_NO_DATE] = { "entry has no date",
	    "entries have no date" },
	[MINUTES_FLAG_NO_CALENDAR] = { "entry waits for a body whose meetings "
				       "are not known",
	    "entries wait for bodies whose meetings are not known" },
	[MINUTES_FLAG_DISAGREE] = { "entry's action and paragraph disagree on "
				    "the date",
	    "entries' actions and paragraphs disagree on the date" },
	[MINUTES_FLAG_NOT_APPROVED] = { "meeting's minutes are not yet "
					"approved",
	    "meetings' minutes are not yet approved" },
	[MINUTES_FLAG_DATE] = { "entry has a date or text to look at "
				"(nudgectl why)",
	    "entries have a date or text to look at (nudgectl why)" },
};

static void
remark_code(
    const struct flags *flags, enum minutes_flag_code code, struct strings *out)
{
	long long count = flags->count[code];
	struct buf text = { 0 };
	int named = 0;

	if (count == 0 || titles[code].one == NULL)
		return;
	buf_printf(&text, "%lld %s: ", count,
	    count == 1 ? titles[code].one : titles[code].many);
	VEC_EACH (const struct flag, f, &flags->list) {
		if (f->code != code || named == NAMED)
			continue;
		buf_printf(&text, "%s%s", named > 0 ? ", " : "", f->ref);
		named++;
	}
	if (count > named)
		buf_puts(&text, " ...");
	strings_add(out, buf_text(&text));
	buf_clear(&text);
}

void
flags_remarks(const struct flags *flags, struct strings *out)
{
	VEC_EACH (const struct flag, f, &flags->list) {
		if (titles[f->code].one == NULL)
			strings_addf(out, "%s: %s", f->ref, f->text);
	}
	for (int code = 0; code < MINUTES_FLAG_CODES; code++)
		remark_code(flags, (enum minutes_flag_code)code, out);
}
