/* SPDX-License-Identifier: ISC */
/*
 * What a paper says in its prose of entries and minutes that the register has.
 * What is plain is done ("PC-2 is complete", the minutes of a day approved);
 * of the rest a person is told, with the command that would do it.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "desk/minutes_parts.h"
#include "desk/show.h"
#include "io/entries.h"

#define NEAR 0.40   /* likeness from which a sentence is about an entry */
#define MARGIN 0.10 /* by which it must be ahead of the next one */
#define QUOTED 90   /* of a sentence, in columns */

/* ---- what is left to decide ---- */

/* The sentence, short, and so that it can stand in quotes. Owned. */
static char *
quoted(const char *text)
{
	struct buf b = { 0 };
	char *out;

	text_add_cut(&b, text, QUOTED);
	out = buf_take(&b);
	for (char *p = out; *p != '\0'; p++)
		if (strchr("\"`$\\", *p) != NULL)
			*p = '\'';
	return out;
}

/* Takes command; ref NULL: of no known entry. Once for each. */
static void
decide(struct take *t, const struct said *said, const char *ref,
    const char *what, char *command)
{
	struct decision *d;

	VEC_EACH (struct decision, was, &t->decisions)
		if (ref != NULL && was->ref != NULL &&
		    strcmp(was->ref, ref) == 0 &&
		    strcmp(was->what, what) == 0) {
			free(command);
			return;
		}
	d = vec_push(&t->decisions);
	*d = (struct decision){ .line = said->line,
		.ref = xstrdup(ref),
		.what = what,
		.said = quoted(said->text),
		.command = command };
	t->asked++;
}

void
minutes_tell_decisions(struct take *t)
{
	struct buf *out = &t->call->answer->out;

	if (t->decisions.len > 0)
		buf_puts(out, "\nTo decide:\n");
	VEC_EACH (const struct decision, d, &t->decisions) {
		char label[24];

		(void)snprintf(label, sizeof label, "line %u", d->line);
		show_field(out, t->call->request->columns, label,
		    "%s%s%s: \"%s\": %s", d->ref != NULL ? d->ref : "",
		    d->ref != NULL ? " " : "", d->what, d->said, d->command);
	}
}

json_t *
minutes_decisions_json(const struct take *t)
{
	json_t *list = json_array();

	VEC_EACH (const struct decision, d, &t->decisions) {
		json_t *item = json_object();

		json_put_int(item, "line", d->line);
		json_put_text(item, "ref", d->ref);
		json_put_text(item, "what", d->what);
		json_put_text(item, "said", d->said);
		json_put_text(item, "command", d->command);
		json_array_append_new(list, item);
	}
	return list;
}

void
minutes_forget_decisions(struct take *t)
{
	VEC_EACH (struct decision, d, &t->decisions) {
		free(d->ref);
		free(d->said);
		free(d->command);
	}
	vec_clear(&t->decisions);
}

/* ---- which entry it is about ---- */

static bool
is_earlier(const struct take *t, const struct entry *e)
{
	return (entry_state_is_live(e->state) ||
		   e->state == ENTRY_UNCONFIRMED) &&
	       (e->held_on == DAY_NONE || e->held_on < t->meeting->held_on);
}

/* The texts of the entries as bags; many sentences are held against them. */
static void
fill_bags(struct take *t)
{
	for (size_t i = t->bags.len; i < t->live.len; i++)
		text_bag_init(vec_push(&t->bags), t->live.items[i]->text);
}

/* The entry that one of two bags is nearest to; NULL: none, or several. */
static struct entry *
nearest_of(struct take *t, const struct text_bag bags[2], bool finished)
{
	struct entry *best = NULL;
	double first = 0, second = 0;

	for (size_t i = 0; i < t->live.len; i++) {
		struct entry *e = t->live.items[i];
		bool fits = finished ? e->held_on < t->meeting->held_on
				     : is_earlier(t, e);
		double near, other;

		if (!fits)
			continue;
		near = text_bag_alike(&bags[0], &t->bags.items[i]);
		other = text_bag_alike(&bags[1], &t->bags.items[i]);
		if (other > near)
			near = other;
		if (near > first) {
			second = first;
			first = near;
			best = e;
		} else if (near > second) {
			second = near;
		}
	}
	return first >= NEAR && first >= second + MARGIN ? best : NULL;
}

/* By its text or that of the sentence before. What is finished is not looked
 * for where something unfinished fits. */
static struct entry *
nearest(struct take *t, const struct said *said)
{
	struct text_bag bags[2];
	struct entry *e;

	fill_bags(t);
	text_bag_init(&bags[0], said->text);
	text_bag_init(
	    &bags[1], said->before != NULL ? said->before : said->text);
	e = nearest_of(t, bags, false);
	if (e == NULL)
		e = nearest_of(t, bags, true);
	text_bag_clear(&bags[0]);
	text_bag_clear(&bags[1]);
	return e;
}

static bool
names_any(const struct take *t, const char *text)
{
	VEC_EACH (struct entry *, e, &t->live)
		if ((*e)->ref != NULL && said_names(text, (*e)->ref))
			return true;
	return false;
}

/* What the sentence names itself, else the ref that its paragraph has before
 * it; NULL: none that the series has. */
static const char *
naming(const struct take *t, const struct said *said)
{
	return names_any(t, said->text)                         ? said->text
	       : said->head != NULL && names_any(t, said->head) ? said->head
								: NULL;
}

bool
minutes_is_word_of_known(struct take *t, const struct minutes_entry *e)
{
	return e->source == MINUTES_FROM_TEXT &&
	       (said_kinds(e->text) & (SAID_CARRIED | SAID_MOVED)) &&
	       said_ref_at(e->text, strlen(e->text)) > 0 &&
	       names_any(t, e->text);
}

bool
minutes_is_said_of_known(struct take *t, const struct minutes_entry *e)
{
	if (minutes_is_word_of_known(t, e))
		return true;
	VEC_EACH (const struct said, s, &t->saids.list)
		if ((s->kinds & SAID_MOVED) && s->line >= e->line &&
		    minutes_same_text(s->text, e->text) &&
		    (naming(t, s) != NULL || nearest(t, s) != NULL))
			return true;
	return false;
}

/* ---- what it says of it ---- */

static char *
done_command(const struct take *t, const struct entry *e, const char *said)
{
	char day[DAY_LONG_MAX];
	char *text = quoted(said);
	char *command;

	(void)day_long(t->meeting->held_on, day);
	if (e->state == ENTRY_PROPOSED)
		command = xasprintf("nudgectl approve %s", e->ref);
	else
		command = xasprintf("%s%s%snudgectl done %s --evidence "
				    "\"minutes of %s: %s\"",
		    e->state == ENTRY_UNCONFIRMED ? "nudgectl confirm " : "",
		    e->state == ENTRY_UNCONFIRMED ? e->ref : "",
		    e->state == ENTRY_UNCONFIRMED ? " && " : "", e->ref, day,
		    text);
	free(text);
	return command;
}

/* "PC-1: ... Action closed." says it as plainly as "PC-1 is closed." */
static bool
closes_plainly(const struct said *said, const char *ref)
{
	char *text;
	bool closes;

	if (said->head == NULL || !text_same(said->head, ref) ||
	    said_names(said->text, ref))
		return said_closes(said->text, ref);
	text = xasprintf("%s %s", ref, said->text);
	closes = said_closes(text, ref);
	free(text);
	return closes;
}

static int
said_closed(struct take *t, const struct said *said, const struct entry *e,
    struct err *err)
{
	struct minutes_entry from = { .kind = e->kind,
		.text = said->text,
		.line = said->line,
		.base_on = DAY_NONE,
		.base_until_on = DAY_NONE,
		.earliest_on = DAY_NONE,
		.due_on = DAY_NONE,
		.review_on = DAY_NONE,
		.meeting_on = DAY_NONE,
		.state = "closed",
		.sure = true };

	if (closes_plainly(said, e->ref) &&
	    (e->updated_on == DAY_NONE || e->updated_on < t->meeting->held_on))
		return minutes_update_entry(t, &from, e, err);
	decide(t, said, e->ref, "done", done_command(t, e, said->text));
	return 0;
}

int
minutes_is_closed(struct take *t, const struct minutes_entry *from,
    const struct entry *e, struct err *err)
{
	const struct said said = { .text = from->text, .line = from->line };

	return is_earlier(t, e) ? said_closed(t, &said, e, err) : 0;
}

static char *
date_command(const struct take *t, const struct entry *e, const char *to,
    const char *base, const char *reason)
{
	if (e->state == ENTRY_UNCONFIRMED)
		return xasprintf(
		    "nudgectl confirm %s --due \"%s\"", e->ref, to);
	return xasprintf("nudgectl extend %s --to \"%s\"%s%s --reason \"%s\" "
			 "--agreed-by \"%s\"",
	    e->ref, to, base != NULL ? " --base " : "",
	    base != NULL ? base : "", reason, t->series.code);
}

static int
said_moved(struct take *t, const struct said *said, const struct entry *e,
    struct err *err)
{
	struct words_answer answer;
	char day[DAY_LONG_MAX];

	if (dating_words(&t->dating, said->text, t->meeting->held_on,
		t->series.id, &answer, err) == -1)
		return -1;
	if (answer.due_on != DAY_NONE && answer.due_on != e->due_on)
		decide(t, said, e->ref, "has a new date",
		    date_command(t, e, day_long(answer.due_on, day), NULL,
			"new date in the minutes"));
	words_answer_clear(&answer);
	return 0;
}

/* Carried forward, and its date has come: the next meeting is the new one. */
static int
said_carried(struct take *t, const struct said *said, const struct entry *e,
    struct err *err)
{
	struct meeting next = { 0 };
	char day[DAY_LONG_MAX], base[DAY_TEXT_MAX];
	int held_on = t->meeting->held_on;
	int rc;

	if (e->due_on != DAY_NONE && e->due_on > held_on)
		return 0;
	rc = meetings_next(t->call->db, t->series.id, held_on, &next, err);
	if (rc == -1)
		return -1;
	if (rc == 0)
		decide(t, said, e->ref, "carried forward",
		    date_command(t, e, "DAY", NULL, "carried forward"));
	else if (e->state == ENTRY_UNCONFIRMED)
		decide(t, said, e->ref, "carried forward",
		    date_command(t, e, day_long(next.held_on, day), NULL, ""));
	else
		decide(t, said, e->ref, "carried forward",
		    date_command(t, e, "the next meeting",
			day_iso(held_on, base), "carried forward"));
	meeting_clear(&next);
	return 0;
}

int
minutes_is_carried(struct take *t, const struct minutes_entry *from,
    const struct entry *e, struct err *err)
{
	const struct said said = { .text = from->text, .line = from->line };

	/* What has no date is asked for one anyway. */
	return e->due_on == DAY_NONE ? 0 : said_carried(t, &said, e, err);
}

static int
said_of(struct take *t, const struct said *said, const struct entry *e,
    struct err *err)
{
	if (!is_earlier(t, e))
		return 0;
	if ((said->kinds & SAID_CLOSED) && said_closed(t, said, e, err) == -1)
		return -1;
	if (said->kinds & SAID_MOVED)
		return said_moved(t, said, e, err);
	return (said->kinds & SAID_CARRIED) ? said_carried(t, said, e, err) : 0;
}

/* A sentence that the reader took for an entry itself, or a cell that fell out
 * of a table. */
static bool
is_of_no_entry(const struct take *t, const struct said *said)
{
	VEC_EACH (const struct minutes_entry, e, &t->meeting->entries)
		if (minutes_same_text(e->text, said->text))
			return true;
	return said->before == NULL && strchr(said->text, ' ') == NULL;
}

static void
which_entry(struct take *t, const struct said *said)
{
	bool any = false;

	if (is_of_no_entry(t, said))
		return;
	VEC_EACH (struct entry *, e, &t->live)
		any = any || is_earlier(t, *e);
	if (any)
		decide(t, said, NULL,
		    said->kinds & SAID_CLOSED ? "something is done"
		    : said->kinds & SAID_CARRIED
			? "something is carried forward"
			: "something has a new date",
		    xasprintf("which entry? nudgectl list --series %s",
			t->series.code));
}

static int
said_of_entries(struct take *t, const struct said *said, struct err *err)
{
	const char *names = naming(t, said);
	const struct entry *e;
	int rc = 0;

	if (names != NULL) {
		VEC_EACH (struct entry *, at, &t->live)
			if (rc == 0 && (*at)->ref != NULL &&
			    said_names(names, (*at)->ref))
				rc = said_of(t, said, *at, err);
		return rc;
	}
	/* minutes_refs says that there is none of it. */
	if (said->head != NULL ||
	    said_ref_at(said->text, strlen(said->text)) > 0)
		return 0;
	e = nearest(t, said);
	if (e != NULL)
		return said_of(t, said, e, err);
	which_entry(t, said);
	return 0;
}

/* ---- minutes approved ---- */

struct earlier {
	struct take *t;
	const struct said *said;
	VEC(int) printed; /* days of meetings that the sentence names */
	int last_on;      /* the last one before; DAY_NONE: none */
	bool open;        /* and its minutes are not approved */
};

static int
look_at_meeting(void *ctx, const struct meeting *m, struct err *err)
{
	struct earlier *earlier = ctx;

	(void)err;
	if (m->held_on >= earlier->t->meeting->held_on)
		return 1;
	if (m->state == MEETING_CANCELLED)
		return 0;
	earlier->last_on = m->held_on;
	earlier->open = m->minutes != MINUTES_APPROVED;
	if (earlier->open && said_prints_day(earlier->said->text, m->held_on))
		*vec_push(&earlier->printed) = m->held_on;
	return 0;
}

/* The entry that asked for it is done with. */
static int
close_approval(
    struct take *t, const struct said *said, int held_on, struct err *err)
{
	struct minutes_entry from = { .text = said->text,
		.line = said->line,
		.due_on = DAY_NONE,
		.state = "closed",
		.sure = true };

	VEC_EACH (struct entry *, e, &t->live) {
		if (strcmp((*e)->kind, "approval") != 0 ||
		    (*e)->held_on != held_on || !is_earlier(t, *e))
			continue;
		from.kind = (*e)->kind;
		return minutes_update_entry(t, &from, *e, err);
	}
	return 0;
}

static int
approve(struct take *t, const struct said *said, int held_on, struct err *err)
{
	struct meeting m = { 0 };
	char day[DAY_LONG_MAX];
	int rc = meetings_get(t->call->db, t->series.id, held_on, &m, err);

	if (rc != 1)
		return rc;
	m.state = MEETING_HELD;
	m.minutes = MINUTES_APPROVED;
	m.approved_on = t->meeting->held_on;
	rc = meetings_save(t->call->db, &m, &t->call->doer, err);
	if (rc == 0 && t->done == NULL)
		show_field(&t->call->answer->out, t->call->request->columns,
		    t->series.code, "the minutes of %s are approved",
		    day_long(held_on, day));
	meeting_clear(&m);
	return rc == 0 ? close_approval(t, said, held_on, err) : -1;
}

static int
said_approved(struct take *t, const struct said *said, struct err *err)
{
	struct earlier earlier = { .t = t, .said = said, .last_on = DAY_NONE };
	char a[DAY_TEXT_MAX], b[DAY_TEXT_MAX];
	int rc = meetings_each(t->call->db, t->series.id, DAY_NONE,
	    look_at_meeting, &earlier, err);

	VEC_EACH (int, on, &earlier.printed)
		if (rc == 0)
			rc = approve(t, said, *on, err);
	if (rc != -1 && earlier.last_on != DAY_NONE && earlier.open &&
	    !said_prints_a_day(said->text)) {
		if (said_is_of_last(said->text))
			rc = approve(t, said, earlier.last_on, err);
		else
			decide(t, said, NULL, "earlier minutes are approved",
			    xasprintf("nudgectl meeting approve-minutes %s %s "
				      "--on %s",
				t->series.code, day_iso(earlier.last_on, a),
				day_iso(t->meeting->held_on, b)));
	}
	vec_clear(&earlier.printed);
	return rc == -1 ? -1 : 0;
}

/* ---- all that it says ---- */

static int
by_line(const void *a, const void *b)
{
	const struct decision *x = a, *y = b;

	return x->line < y->line ? -1 : x->line > y->line;
}

int
minutes_take_said(struct take *t, struct err *err)
{
	unsigned end = minutes_end_of(t);
	int rc = 0;

	if (t->meeting->paper != MINUTES_OF_MEETING)
		return 0;
	/* As they stand after the rows. */
	minutes_forget_live(t);
	if (minutes_load_live(t, err) == -1)
		return -1;
	VEC_EACH (const struct said, s, &t->saids.list) {
		if (rc == -1 || s->line < t->meeting->line || s->line >= end)
			continue;
		rc = s->kinds & SAID_APPROVED ? said_approved(t, s, err)
					      : said_of_entries(t, s, err);
	}
	if (t->decisions.len > 1)
		qsort(t->decisions.items, t->decisions.len,
		    sizeof *t->decisions.items, by_line);
	return rc;
}
