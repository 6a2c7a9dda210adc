/* SPDX-License-Identifier: ISC */
/*
 * The lines of a digest's sections: which entries are listed, what each line
 * says that every section says, and in which order they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/letter_words.h"
#include "desk/digest_parts.h"

struct letter_line *
digest_line(struct gather *g, enum digest_section section)
{
	struct letter_line *line;

	if (++g->lines[section] > DIGEST_LINES_MOST)
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
		    digest_keep(g, xstrdup(party.kind == PARTY_ORGANISATION ||
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
	return digest_keep(g,
	    xasprintf("Snoozed until %s%s%s", day_long(e->snooze_until_on, day),
		e->snooze_reason != NULL ? ": " : "",
		e->snooze_reason != NULL ? e->snooze_reason : ""));
}

struct listing {
	struct gather *g;
	enum digest_section section;
	digest_fill fill;
};

static int
list_entry(void *ctx, const struct entry *entry, struct err *err)
{
	struct listing *l = ctx;
	struct gather *g = l->g;
	struct letter_line *line = letter_add(g->letter);
	struct entry *e = xcalloc(1, sizeof *e);

	/* The line borrows from it. */
	entry_copy(entry, e);
	*vec_push(&g->entries->items) = e;
	line->section = l->section;
	if (post_line(g->agent, e, line, g->keep, err) == -1 ||
	    organisation_of(g, e, line, err) == -1)
		return -1;
	line->note = snooze_note(g, e);
	return l->fill == NULL ? 0 : l->fill(g, e, line, err);
}

int
digest_list(struct gather *g, enum digest_section section, digest_fill fill,
    struct err *err)
{
	struct listing l = { .g = g, .section = section, .fill = fill };

	if (!digest_shows(g, section) || g->counts.of_section[section] == 0)
		return 0;
	g->lines[section] = g->counts.of_section[section];
	return digest_each(g->agent->db, &g->scope, section, DIGEST_LINES_MOST,
	    list_entry, &l, err);
}

/* ---- their order ---- */

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
join_organisations(struct letter *letter)
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

void
digest_sort(struct letter *letter)
{
	if (letter->lines.len > 1)
		qsort(letter->lines.items, letter->lines.len,
		    sizeof *letter->lines.items, by_urgency);
	join_organisations(letter);
}
