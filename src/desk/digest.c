/* SPDX-License-Identifier: ISC */
/*
 * Gathers what a digest says of one series as of a moment: its live entries
 * sorted into sections, what changed since the digest before, and what needs a
 * person. How it reads is the letter's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/letter_words.h"
#include "core/text.h"
#include "desk/agent_parts.h"
#include "io/entries.h"

#define CLOCK_DAYS 28  /* clocks are shown so many days ahead */
#define DUE_DAYS 28    /* "due next" where no meeting is known */
#define LINES_MOST 200 /* of one section; the rest is counted */

struct gather {
	struct agent *agent;
	const struct conf_digest *digest;
	const struct series *series;
	int64_t now;
	int since_on; /* DAY_NONE: no digest before */
	int next_on;  /* next meeting, DAY_NONE: unknown */
	struct letter *letter;
	struct strings *keep;
	struct digest_entries *entries;
	size_t lines[DIGEST_SECTIONS];
	size_t open, overdue, due, undated, proposed;
	size_t newly_overdue, opened, closed, moved;
};

void
digest_entries_clear(struct digest_entries *entries)
{
	VEC_EACH (struct entry *, e, &entries->items) {
		entry_clear(*e);
		free(*e);
	}
	vec_clear(&entries->items);
}

static const char *
kept(struct gather *g, char *text)
{
	*vec_push(g->keep) = text;
	return text;
}

static bool
shows(const struct gather *g, enum digest_section section)
{
	return (g->digest->sections & (1u << section)) != 0;
}

/* A line in a section; NULL when the section is switched off or full. */
static struct letter_line *
section_line(struct gather *g, enum digest_section section)
{
	struct letter_line *line;

	if (!shows(g, section) || ++g->lines[section] > LINES_MOST)
		return NULL;
	line = letter_add(g->letter);
	line->section = section;
	return line;
}

static int
organisation_of(struct gather *g, const struct entry *e,
    struct letter_line *line, struct err *err)
{
	const struct owner *owner = entry_owner(e, ROLE_OWNER);
	struct party party = { 0 };
	int rc;

	if (owner == NULL)
		return 0;
	rc = parties_get(
	    g->agent->db, owner->party_id, g->agent->today, &party, err);
	if (rc == 1)
		line->organisation =
		    kept(g, xstrdup(party.kind == PARTY_ORGANISATION ||
					    party.organisation == NULL
					? party.name
					: party.organisation));
	party_clear(&party);
	return rc == -1 ? -1 : 0;
}

/* Why its owner is not nudged at present. */
static const char *
snooze_note(struct gather *g, const struct entry *e)
{
	char day[DAY_LONG_MAX];

	if (e->snooze_until_on == DAY_NONE || e->statutory ||
	    e->snooze_until_on <= g->agent->today)
		return NULL;
	return kept(g,
	    xasprintf("Snoozed until %s%s%s", day_long(e->snooze_until_on, day),
		e->snooze_reason != NULL ? ": " : "",
		e->snooze_reason != NULL ? e->snooze_reason : ""));
}

static int
add_entry(struct gather *g, enum digest_section section, const struct entry *e,
    struct letter_line **out, struct err *err)
{
	struct letter_line *line = section_line(g, section);
	size_t at = g->letter->lines.len - 1;

	*out = NULL;
	if (line == NULL)
		return 0;
	if (post_line(g->agent, e, line, g->keep, err) == -1 ||
	    organisation_of(g, e, line, err) == -1)
		return -1;
	line->note = snooze_note(g, e);
	*out = &g->letter->lines.items[at];
	return 0;
}

/* ---- live entries into sections ---- */

static bool
is_clock(const struct entry *e)
{
	return e->statutory || e->clock != NULL ||
	       strcmp(e->kind, "recommendation") == 0 ||
	       strcmp(e->kind, "afi") == 0 || strcmp(e->kind, "concern") == 0;
}

/* Up to which day an entry is due next. */
static int
due_until(const struct gather *g)
{
	return g->next_on != DAY_NONE ? g->next_on : g->agent->today + DUE_DAYS;
}

static enum digest_section
section_of(const struct gather *g, const struct entry *e)
{
	int today = g->agent->today;

	if (e->state == ENTRY_PROPOSED)
		return DIGEST_PROPOSED;
	if (e->due_on == DAY_NONE)
		return DIGEST_UNDATED;
	if (is_clock(e) && e->due_on <= today + CLOCK_DAYS)
		return DIGEST_CLOCKS;
	if (entry_overdue_days(e, today) > 0)
		return DIGEST_OVERDUE;
	if (e->due_on <= due_until(g))
		return DIGEST_DUE;
	return DIGEST_SECTIONS; /* far ahead: counted, not listed */
}

static void
count(struct gather *g, const struct entry *e)
{
	int today = g->agent->today;

	g->open++;
	if (e->state == ENTRY_PROPOSED)
		g->proposed++;
	else if (e->due_on == DAY_NONE)
		g->undated++;
	else if (entry_overdue_days(e, today) > 0) {
		g->overdue++;
		if (g->since_on != DAY_NONE && e->due_on >= g->since_on)
			g->newly_overdue++;
	} else if (e->due_on <= due_until(g)) {
		g->due++;
	}
	if (g->since_on != DAY_NONE && e->slipped_on != DAY_NONE &&
	    e->slipped_on >= g->since_on)
		g->moved++;
}

static int
tell_pending(void *ctx, const struct slip *slip, struct err *err)
{
	struct buf *out = ctx;
	char day[DAY_LONG_MAX];

	(void)err;
	if (slip->state != SLIP_PENDING)
		return 0;
	buf_reset(out);
	buf_printf(out, "%s asks for ",
	    slip->asked_by != NULL ? slip->asked_by : "The owner");
	if (slip->new_on != DAY_NONE)
		buf_puts(out, day_long(slip->new_on, day));
	else
		buf_puts(
		    out, slip->phrase != NULL ? slip->phrase : "another date");
	if (slip->reason != NULL)
		buf_printf(out, ": %s", slip->reason);
	return 0;
}

/* While another date is asked for nobody is nudged: somebody must decide. */
static int
add_extension(struct gather *g, const struct entry *e, struct err *err)
{
	struct letter_line *line;
	struct buf said = { 0 };
	int rc = slips_each(g->agent->db, e->id, tell_pending, &said, err);

	if (rc == 0)
		rc = add_entry(g, DIGEST_NEEDS, e, &line, err);
	if (rc == 0 && line != NULL) {
		line->note = kept(g, xstrdup(buf_text(&said)));
		line->command = kept(
		    g, xasprintf("nudgectl approve %s  or  nudgectl reject %s "
				 "\"…\"",
			   e->ref, e->ref));
	}
	buf_clear(&said);
	return rc;
}

static int
add_needs_of(struct gather *g, const struct entry *e, struct err *err)
{
	struct letter_line *line;

	if (e->extension_pending)
		return add_extension(g, e, err);
	if (entry_owner(e, ROLE_OWNER) == NULL) {
		if (add_entry(g, DIGEST_NEEDS, e, &line, err) == -1)
			return -1;
		if (line != NULL)
			line->note = "No owner: who takes it?";
	} else if (e->flag != NULL) {
		struct buf ask = { 0 };

		letter_words_flag(&ask, e->flag);
		if (ask.len == 0)
			return 0;
		if (add_entry(g, DIGEST_NEEDS, e, &line, err) == -1) {
			buf_clear(&ask);
			return -1;
		}
		if (line != NULL)
			line->note = kept(g, buf_take(&ask));
		buf_clear(&ask);
	}
	return 0;
}

static int
take_entry(void *ctx, const struct entry *entry, struct err *err)
{
	struct gather *g = ctx;
	struct entry *copy = xcalloc(1, sizeof *copy);

	(void)err;
	entry_copy(entry, copy);
	*vec_push(&g->entries->items) = copy;
	return 0;
}

static int
by_urgency(const void *a, const void *b)
{
	const struct letter_line *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->overdue_days != y->overdue_days)
		return y->overdue_days - x->overdue_days;
	if (x->due_on != y->due_on)
		return x->due_on < y->due_on ? -1 : 1;
	return strverscmp(
	    x->ref != NULL ? x->ref : "", y->ref != NULL ? y->ref : "");
}

/* Organisations in order of their longest overdue, so that each stands
 * together and the worst first. */
static void
gather_organisations(struct letter *letter)
{
	size_t n = letter->lines.len;
	struct letter_line *lines = letter->lines.items;

	for (size_t i = 0; i < n; i++) {
		size_t to = i + 1;

		if (lines[i].section != DIGEST_OVERDUE ||
		    lines[i].organisation == NULL)
			continue;
		for (size_t j = i + 1; j < n; j++) {
			struct letter_line moved = lines[j];

			if (moved.section != DIGEST_OVERDUE ||
			    moved.organisation == NULL ||
			    strcmp(moved.organisation, lines[i].organisation) !=
				0)
				continue;
			memmove(&lines[to + 1], &lines[to],
			    (j - to) * sizeof *lines);
			lines[to++] = moved;
		}
		i = to - 1;
	}
}

static int
gather_live(struct gather *g, struct err *err)
{
	struct entry_filter filter;

	entry_filter_init(&filter, g->agent->today);
	filter.live_only = true;
	filter.series_id = g->series->id;
	if (entries_each(g->agent->db, &filter, take_entry, g, err) == -1)
		return -1;
	for (size_t i = 0; i < g->entries->items.len; i++) {
		const struct entry *e = g->entries->items.items[i];
		enum digest_section section = section_of(g, e);
		struct letter_line *line;

		count(g, e);
		if (section != DIGEST_SECTIONS &&
		    add_entry(g, section, e, &line, err) == -1)
			return -1;
		if (add_needs_of(g, e, err) == -1)
			return -1;
	}
	return 0;
}

/* ---- what else needs a person ---- */

static int
count_one(void *ctx, const struct entry *entry, struct err *err)
{
	(void)entry;
	(void)err;
	++*(size_t *)ctx;
	return 0;
}

static void
need(struct gather *g, char *text, const char *command)
{
	struct letter_line *line = section_line(g, DIGEST_NEEDS);

	if (line == NULL) {
		free(text);
		return;
	}
	line->text = kept(g, text);
	line->command = command;
}

static int
need_confirming(struct gather *g, struct err *err)
{
	struct entry_filter filter;
	size_t n = 0;

	entry_filter_init(&filter, g->agent->today);
	filter.has_state = true;
	filter.state = ENTRY_UNCONFIRMED;
	filter.series_id = g->series->id;
	if (entries_each(g->agent->db, &filter, count_one, &n, err) == -1)
		return -1;
	if (n > 0)
		need(g,
		    xasprintf(n == 1 ? "%zu entry waits to be confirmed"
				     : "%zu entries wait to be confirmed",
			n),
		    "nudgectl list --state unconfirmed");
	return 0;
}

struct agenda_search {
	struct gather *g;
	const struct meeting *next;
	bool any, found;
	const char *title;
};

static int
match_item(void *ctx, const struct agenda_item *item, struct err *err)
{
	struct agenda_search *s = ctx;

	(void)err;
	s->any = true;
	if (text_alike(item->title, s->title) >= 0.6)
		s->found = true;
	return s->found;
}

/* A deferred item must be on the next agenda; where that is not known yet,
 * nothing is said. */
static int
check_deferred(void *ctx, const struct agenda_item *item, struct err *err)
{
	struct agenda_search *s = ctx;
	char day[DAY_LONG_MAX];

	if (!item->deferred)
		return 0;
	s->any = s->found = false;
	s->title = item->title;
	if (meetings_each_item(
		s->g->agent->db, s->next->id, match_item, s, err) == -1)
		return -1;
	if (!s->any || s->found)
		return 0;
	day_long(s->next->held_on, day);
	need(s->g,
	    s->g->series->restricted
		? xasprintf("A deferred item is not on the agenda of %s", day)
		: xasprintf("Deferred item \"%s\" is not on the agenda of %s",
		      item->title, day),
	    NULL);
	return 0;
}

static int
check_meeting(void *ctx, const struct meeting *m, struct err *err)
{
	struct agenda_search *s = ctx;
	struct gather *g = s->g;
	char day[DAY_LONG_MAX];

	if (m->held_on > g->agent->today)
		return 1;
	if (m->minutes == MINUTES_DRAFT)
		need(g,
		    xasprintf("Minutes of %s await approval",
			day_long(m->held_on, day)),
		    NULL);
	if (s->next == NULL)
		return 0;
	return meetings_each_item(g->agent->db, m->id, check_deferred, s, err);
}

static int
gather_needs(struct gather *g, struct err *err)
{
	struct meeting next = { 0 };
	struct agenda_search search = { .g = g };
	int64_t counts[NOTICE_HELD + 1];
	int rc;

	if (!shows(g, DIGEST_NEEDS))
		return 0;
	rc = meetings_next(
	    g->agent->db, g->series->id, g->agent->today - 1, &next, err);
	if (rc == 1)
		search.next = &next;
	if (rc != -1)
		rc = meetings_each(g->agent->db, g->series->id,
		    g->agent->today - 366, check_meeting, &search, err);
	meeting_clear(&next);
	if (rc == -1 || need_confirming(g, err) == -1 ||
	    store_counts(g->agent->db, g->now, counts, err) == -1)
		return -1;
	if (counts[NOTICE_FAILED] > 0)
		need(g,
		    xasprintf(counts[NOTICE_FAILED] == 1
				  ? "%lld message could not be delivered"
				  : "%lld messages could not be delivered",
			(long long)counts[NOTICE_FAILED]),
		    "nudgectl notices --state failed");
	return 0;
}

/* ---- change since the digest before ---- */

/* What the history since then says of entries: which came to be open, and
 * which were closed. Each counts once. */
struct change {
	VEC(int64_t) opened;
	VEC(int64_t) closed;
};

static int
note_event(void *ctx, const struct event *event, struct err *err)
{
	static const char *const opened[] = { "confirmed", "reopened" };
	struct change *change = ctx;
	bool is_open =
	    strcmp(event->what, "added") == 0 &&
	    event->new != NULL &&strcmp(event->new, "unconfirmed") != 0;

	(void)err;
	for (size_t i = 0; i < sizeof opened / sizeof *opened; i++)
		is_open = is_open || strcmp(event->what, opened[i]) == 0;
	if (is_open)
		*vec_push(&change->opened) = event->subject_id;
	if (event->new != NULL && strcmp(event->new, "closed") == 0)
		*vec_push(&change->closed) = event->subject_id;
	return 0;
}

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* In order and each once; returns how many. */
static size_t
distinct(int64_t *ids, size_t n)
{
	size_t kept_ids = 0;

	if (n > 1)
		qsort(ids, n, sizeof *ids, by_number);
	for (size_t i = 0; i < n; i++)
		if (kept_ids == 0 || ids[kept_ids - 1] != ids[i])
			ids[kept_ids++] = ids[i];
	return kept_ids;
}

/* The entry is closed still, and one of this series. */
static int
take_closed(struct gather *g, int64_t id, struct err *err)
{
	struct entry entry = { 0 };
	struct letter_line *line;
	int64_t series_id = 0;
	int rc = entries_get_id(g->agent->db, id, &entry, err);

	if (rc == 1)
		rc = agent_series_of(g->agent, &entry, &series_id, err);
	if (rc == 0 && entry.state == ENTRY_CLOSED &&
	    series_id == g->series->id) {
		g->closed++;
		rc = take_entry(g, &entry, err);
		if (rc == 0)
			rc = add_entry(g, DIGEST_CLOSED,
			    g->entries->items.items[g->entries->items.len - 1],
			    &line, err);
	}
	entry_clear(&entry);
	return rc;
}

static int
by_id(const void *a, const void *b)
{
	int64_t x = (*(struct entry *const *)a)->id;
	int64_t y = (*(struct entry *const *)b)->id;

	return (x > y) - (x < y);
}

static void
count_opened(struct gather *g, const int64_t *ids, size_t n)
{
	size_t len = g->entries->items.len;

	if (len == 0)
		return;
	qsort(g->entries->items.items, len, sizeof *g->entries->items.items,
	    by_id);
	for (size_t i = 0; i < n; i++) {
		struct entry wanted = { .id = ids[i] }, *key = &wanted;

		g->opened += bsearch(&key, g->entries->items.items, len,
				 sizeof key, by_id) != NULL;
	}
}

static int
gather_change(struct gather *g, int64_t since_at, struct err *err)
{
	struct change change = { 0 };
	size_t n;
	int rc;

	if (g->since_on == DAY_NONE)
		return 0;
	rc = register_history(
	    g->agent->db, "entry", 0, since_at, note_event, &change, err);
	n = distinct(change.closed.items, change.closed.len);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_closed(g, change.closed.items[i], err);
	n = distinct(change.opened.items, change.opened.len);
	if (rc == 0)
		count_opened(g, change.opened.items, n);
	vec_clear(&change.opened);
	vec_clear(&change.closed);
	return rc;
}

/* ---- the headline ---- */

static void
add_count(struct buf *b, size_t n, const char *what, const char *lead)
{
	if (n > 0)
		buf_printf(b, "%s%zu %s", lead, n, what);
}

static void
write_headline(struct gather *g)
{
	struct buf b = { 0 };
	char day[DAY_LONG_MAX];

	buf_printf(&b, "%zu open", g->open);
	add_count(&b, g->overdue, "overdue", ": ");
	if (g->overdue == 0 && g->open > 0)
		buf_puts(&b, ": none overdue");
	add_count(&b, g->due,
	    g->next_on != DAY_NONE ? "due before the next meeting"
				   : "due within four weeks",
	    ", ");
	add_count(&b, g->undated, "without a date", ", ");
	add_count(&b, g->proposed, "waiting for approval", ", ");
	buf_putc(&b, '.');
	if (g->since_on != DAY_NONE) {
		buf_printf(&b, "\nSince %s: %zu added, %zu closed",
		    day_long(g->since_on, day), g->opened, g->closed);
		add_count(&b, g->newly_overdue, "newly overdue", ", ");
		add_count(&b, g->moved,
		    g->moved == 1 ? "date moved" : "dates moved", ", ");
		buf_putc(&b, '.');
	}
	for (int i = 0; i < DIGEST_SECTIONS; i++)
		if (g->lines[i] > LINES_MOST)
			buf_printf(&b,
			    "\nOnly the first %d of %zu are listed below.",
			    LINES_MOST, g->lines[i]);
	g->letter->headline = kept(g, buf_take(&b));
}

/* An empty digest is not sent; yet silence must not be read as failure, so
 * once a month a line says that nothing is overdue. Not for a series that is
 * known by its calendar alone, whose chair and secretary are nobody's. */
static int
say_nothing(struct gather *g, int64_t since_at, struct err *err)
{
	struct civil today = day_civil(g->agent->today);
	char month[32], text[64];
	char *key, *said = NULL;
	int rc;

	if (g->agent->reader ||
	    (g->series->chair_id == 0 && g->series->secretary_id == 0))
		return 0;
	(void)snprintf(
	    month, sizeof month, "%04d-%02d", today.year, today.month);
	/* The same digest says it to all its readers, and again when it has to
	 * be written anew. */
	(void)snprintf(
	    text, sizeof text, "%s %lld", month, (long long)since_at);
	key = xasprintf("digest-quiet/%s/%s", g->digest->name, g->series->code);
	rc = register_meta(g->agent->db, key, &said, err);
	if (rc == 0 && (said == NULL || strncmp(said, month, 7) != 0 ||
			   strcmp(said, text) == 0)) {
		rc = register_set_meta(g->agent->db, key, text, err);
		if (rc == 0)
			rc = 1;
		g->letter->headline = "Nothing is overdue, and nothing needs "
				      "you. Reminders are running; this line "
				      "comes once a month.";
	}
	free(said);
	free(key);
	return rc;
}

int
digest_gather(struct agent *agent, const struct conf_digest *digest,
    int64_t series_id, int64_t since_at, int64_t now, struct letter *letter,
    struct strings *keep, struct digest_entries *entries, struct err *err)
{
	struct gather g = { .agent = agent,
		.digest = digest,
		.series = agent_series(agent, series_id),
		.now = now,
		.since_on = DAY_NONE,
		.letter = letter,
		.keep = keep,
		.entries = entries };
	struct meeting next = { 0 };
	size_t said = 0;
	int rc;

	if (g.series == NULL)
		return 0;
	if (since_at != INSTANT_NONE)
		g.since_on = zone_day(&agent->conf->zone, since_at, NULL);
	rc = meetings_next(agent->db, series_id, agent->today - 1, &next, err);
	g.next_on = rc == 1 ? next.held_on : DAY_NONE;
	meeting_clear(&next);
	if (rc == -1 || gather_live(&g, err) == -1 ||
	    gather_needs(&g, err) == -1 ||
	    gather_change(&g, since_at, err) == -1)
		return -1;
	letter->series = g.series->title;
	letter->meeting_on = g.next_on;
	letter->since_on = g.since_on;
	letter->today = agent->today;
	for (int i = 0; i < DIGEST_SECTIONS; i++)
		said += g.lines[i];
	if (said == 0)
		return say_nothing(&g, since_at, err);
	if (letter->lines.len > 1)
		qsort(letter->lines.items, letter->lines.len,
		    sizeof *letter->lines.items, by_urgency);
	gather_organisations(letter);
	if (shows(&g, DIGEST_HEADLINE))
		write_headline(&g);
	return 1;
}
