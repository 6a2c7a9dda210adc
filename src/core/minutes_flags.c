/* SPDX-License-Identifier: ISC */
/*
 * What a person should look at: conflicts, gaps and guesses, each with its
 * line. Nothing is changed here.
 */
#include "core/minutes_parts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FLAGS_MAX = 20000, EXCERPT = 60 };

static const char *const names[] = {
	[MINUTES_FLAG_NEXT_CONFLICT] = "next_conflict",
	[MINUTES_FLAG_WEEKDAY] = "weekday",
	[MINUTES_FLAG_PAST] = "past",
	[MINUTES_FLAG_YEAR] = "year",
	[MINUTES_FLAG_OWNER_ABSENT] = "owner_absent",
	[MINUTES_FLAG_OWNER_UNKNOWN] = "owner_unknown",
	[MINUTES_FLAG_OWNER_AMBIGUOUS] = "owner_ambiguous",
	[MINUTES_FLAG_OWNER_LEFT] = "owner_left",
	[MINUTES_FLAG_NO_OWNER] = "no_owner",
	[MINUTES_FLAG_NO_DATE] = "no_date",
	[MINUTES_FLAG_DEFERRED] = "deferred",
	[MINUTES_FLAG_NO_CALENDAR] = "no_calendar",
	[MINUTES_FLAG_DISAGREE] = "disagree",
	[MINUTES_FLAG_NOT_APPROVED] = "not_approved",
	[MINUTES_FLAG_NO_HELD_ON] = "no_held_on",
	[MINUTES_FLAG_RESOLVED] = "resolved",
	[MINUTES_FLAG_TOLD] = "told",
	[MINUTES_FLAG_DATE] = "date",
};

const char *
minutes_flag_name(enum minutes_flag_code code)
{
	return names[code];
}

/* What the flags of an entry say, as far as it is always the same; the words'
 * own remarks (core/words) are among them. */
#define SAYS_UNKNOWN "nobody known is called"
#define SAYS_AMBIGUOUS "may be more than one person"
#define SAYS_BEFORE "before the meeting was held"

unsigned
minutes_flags_in(const char *said)
{
	static const struct {
		enum minutes_flag_code code;
		const char *text;
	} marks[] = {
		{ MINUTES_FLAG_WEEKDAY, "weekday mismatch" },
		{ MINUTES_FLAG_PAST, "past at import" },
		{ MINUTES_FLAG_PAST, SAYS_BEFORE },
		{ MINUTES_FLAG_OWNER_UNKNOWN, SAYS_UNKNOWN },
		{ MINUTES_FLAG_OWNER_AMBIGUOUS, SAYS_AMBIGUOUS },
		{ MINUTES_FLAG_OWNER_LEFT, ": the mail goes to " },
		{ MINUTES_FLAG_OWNER_LEFT, " and nobody took over" },
		{ MINUTES_FLAG_NO_CALENDAR, "series calendar missing" },
		{ MINUTES_FLAG_NO_CALENDAR, "calendar needed" },
		{ MINUTES_FLAG_DISAGREE, ", its paragraph (line " },
	};
	unsigned bits = 0;

	if (said == NULL)
		return 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strstr(said, marks[i].text) != NULL)
			bits |= 1u << marks[i].code;
	return bits != 0 ? bits : 1u << MINUTES_FLAG_DATE;
}

void
flag_add(struct reading *r, enum minutes_flag_code code, unsigned line,
    const char *format, ...)
{
	struct buf text = { 0 };
	struct minutes_flag *flag;
	va_list ap;

	if (r->out->flags.len >= FLAGS_MAX)
		return;
	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	for (size_t i = r->out->flags.len;
	     i-- > 0 && i + 12 > r->out->flags.len;) {
		const struct minutes_flag *old = &r->out->flags.items[i];

		if (old->code == code && old->line == line &&
		    strcmp(old->text, buf_text(&text)) == 0) {
			buf_clear(&text);
			return;
		}
	}
	flag = vec_push(&r->out->flags);
	flag->code = code;
	flag->line = line;
	flag->text = buf_take(&text);
}

/* The beginning of a text, for a flag. */
char *
flag_excerpt(const char *text)
{
	struct buf b = { 0 };

	text_add_cut(&b, text, EXCERPT);
	return buf_take(&b);
}

/* ---- owners and days ---- */

static void
flag_owners(struct reading *r, const struct minutes_entry *e)
{
	VEC_EACH (const struct minutes_owner, o, &e->owners) {
		if (o->absent)
			flag_add(r, MINUTES_FLAG_OWNER_ABSENT, e->line,
			    "%s was not at the meeting", o->name);
		if (o->basis == MINUTES_UNKNOWN)
			flag_add(r, MINUTES_FLAG_OWNER_UNKNOWN, e->line,
			    SAYS_UNKNOWN " \"%s\"", o->printed);
		if (o->basis == MINUTES_AMBIGUOUS)
			flag_add(r, MINUTES_FLAG_OWNER_AMBIGUOUS, e->line,
			    "\"%s\" " SAYS_AMBIGUOUS, o->printed);
	}
}

static void
flag_entry(struct reading *r, const struct minutes_meeting *m,
    const struct minutes_entry *e)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	char *text;

	if (strcmp(e->state, "open") != 0)
		return;
	flag_owners(r, e);
	if (e->due_on != DAY_NONE && m->held_on != DAY_NONE &&
	    e->due_on < m->held_on)
		flag_add(r, MINUTES_FLAG_PAST, e->line,
		    "due %s, " SAYS_BEFORE " (%s)", day_long(e->due_on, a),
		    day_long(m->held_on, b));
	else if (e->earliest_on != DAY_NONE && m->held_on != DAY_NONE &&
		 e->earliest_on < m->held_on &&
		 e->source == MINUTES_FROM_TEXT && e->base_on >= m->held_on)
		flag_add(r, MINUTES_FLAG_PAST, e->line,
		    "\"%s\" began " SAYS_BEFORE " (%s)", e->due_phrase,
		    day_long(m->held_on, b));
	if (!e->sure || strcmp(e->kind, "approval") == 0)
		return;
	text = flag_excerpt(e->text);
	if (e->owners.len == 0)
		flag_add(
		    r, MINUTES_FLAG_NO_OWNER, e->line, "no owner: %s", text);
	if (e->due_on == DAY_NONE)
		flag_add(r, MINUTES_FLAG_NO_DATE, e->line, "no date%s%s%s: %s",
		    e->due_phrase ? " in \"" : "",
		    e->due_phrase ? e->due_phrase : "",
		    e->due_phrase ? "\"" : "", text);
	free(text);
}

/* ---- deferred items ---- */

static bool
is_generic(const char *text, size_t len)
{
	static const char *const words[] = { "update", "updates", "report",
		"reports", "meeting", "item", "items", "agenda", "next",
		"deferred", "notes", "previous", "actions", "apologies",
		"discussion", "presentation", "review", "plan", "policy",
		NULL };

	return same_any(text, len, words);
}

bool
minutes_item_tells_of(const char *point, const char *text)
{
	struct toks toks;
	size_t words = 0, shared = 0;

	toks_read(&toks, point, strlen(point));
	for (size_t i = 0; i < toks.n; i++) {
		const struct tok *t = &toks.t[i];
		char word[40];

		if (t->kind != 'w' || t->len < 3 || t->len >= sizeof word ||
		    is_small_word(t->at, t->len) || is_generic(t->at, t->len))
			continue;
		words++;
		for (unsigned k = 0; k < t->len; k++)
			word[k] = text_lower(t->at[k]);
		word[t->len] = '\0';
		shared += has_phrase(text, word);
	}
	return words > 0 && shared * 2 >= words;
}

static const struct minutes_meeting *
next_agenda(const struct minutes *out, const struct minutes_meeting *m)
{
	const struct minutes_meeting *best = NULL;

	VEC_EACH (const struct minutes_meeting, other, &out->meetings) {
		if (other == m || other->agenda.len == 0 ||
		    other->held_on == DAY_NONE || m->held_on == DAY_NONE ||
		    other->held_on <= m->held_on)
			continue;
		if (m->title && other->title && other->held_on != m->next_on &&
		    minutes_likeness(m->title, other->title) < 50)
			continue;
		if (!best || other->held_on < best->held_on)
			best = other;
	}
	return best;
}

static void
flag_deferred(struct reading *r, const struct minutes_meeting *m)
{
	const struct minutes_meeting *next = next_agenda(r->out, m);
	char day[DAY_LONG_MAX];

	if (!next)
		return;
	VEC_EACH (const struct minutes_entry, e, &m->entries) {
		bool found = false;
		char *about, *text;

		if (!e->deferred)
			continue;
		about =
		    xasprintf("%s %s", e->text, e->subject ? e->subject : "");
		VEC_EACH (const struct minutes_point, p, &next->agenda)
			found |= minutes_item_tells_of(p->text, about);
		text = flag_excerpt(e->subject ? e->subject : e->text);
		if (!found)
			flag_add(r, MINUTES_FLAG_DEFERRED, e->line,
			    "deferred, but not on the agenda for %s (line %u): "
			    "%s",
			    day_long(next->held_on, day), next->line, text);
		free(text);
		free(about);
	}
}

static int
compare_flags(const void *a, const void *b)
{
	const struct minutes_flag *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return strcmp(x->text, y->text);
}

#define NO_DATE_IN "no date in "

/* Sorted flags: what the words' own remark explains ("in May": calendar
 * needed) is not said again as an entry without a date. */
static void
say_once(struct minutes *out)
{
	size_t put = 0;

	for (size_t i = 0; i < out->flags.len; i++) {
		struct minutes_flag *f = &out->flags.items[i];
		const char *words = f->text + strlen(NO_DATE_IN);
		const char *end = NULL;
		bool said = false;

		if (f->code == MINUTES_FLAG_NO_DATE &&
		    text_starts(f->text, NO_DATE_IN))
			end = strstr(words, "\": ");
		for (size_t k = i + 1; end && k < out->flags.len && !said &&
				       out->flags.items[k].line == f->line;
		     k++)
			said =
			    out->flags.items[k].code != MINUTES_FLAG_NO_DATE &&
			    strncmp(out->flags.items[k].text, words,
				(size_t)(end - words) + 3) == 0;
		if (said)
			free(f->text);
		else
			out->flags.items[put++] = *f;
	}
	out->flags.len = put;
}

void
flags_read(struct reading *r)
{
	VEC_EACH (const struct minutes_meeting, m, &r->out->meetings) {
		if (m->held_on == DAY_NONE &&
		    (m->entries.len > 0 || r->out->meetings.len == 1))
			flag_add(r, MINUTES_FLAG_NO_HELD_ON, m->line,
			    "the day of the meeting was not found");
		if (m->approval == MINUTES_DRAFT)
			flag_add(r, MINUTES_FLAG_NOT_APPROVED, m->line,
			    "these minutes are a draft, not yet approved");
		VEC_EACH (const struct minutes_entry, e, &m->entries)
			flag_entry(r, m, e);
		flag_deferred(r, m);
	}
	if (r->out->flags.len > 1)
		qsort(r->out->flags.items, r->out->flags.len,
		    sizeof *r->out->flags.items, compare_flags);
	say_once(r->out);
}
