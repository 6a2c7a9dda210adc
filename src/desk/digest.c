/* SPDX-License-Identifier: ISC */
/*
 * Gathers what a digest says of one series as of a moment: its live entries
 * sorted into sections, what changed since the digest before, and what needs a
 * person. All is counted in the register's indexes and only what is listed is
 * read, so that a series may be of any size. How it reads is the letter's.
 */
#include "desk/digest_parts.h"

#include <stdlib.h>

#define CLOCK_DAYS 28 /* clocks are shown so many days ahead */
#define DUE_DAYS 28   /* "due next" where no meeting is known */

void
digest_entries_clear(struct digest_entries *entries)
{
	VEC_EACH (struct entry *, e, &entries->items) {
		entry_clear(*e);
		free(*e);
	}
	vec_clear(&entries->items);
}

const char *
digest_keep(struct gather *g, char *text)
{
	*vec_push(g->keep) = text;
	return text;
}

bool
digest_shows(const struct gather *g, enum digest_section section)
{
	return (g->digest->sections & (1u << section)) != 0;
}

/* What is counted: as of today, and since the digest before. */
static int
set_scope(struct gather *g, int64_t since_at, struct err *err)
{
	struct agent *agent = g->agent;
	struct meeting next = { 0 };
	int rc = meetings_next(
	    agent->db, g->series->id, agent->today - 1, &next, err);

	if (rc == -1)
		return -1;
	g->next_on = rc == 1 ? next.held_on : DAY_NONE;
	meeting_clear(&next);
	g->scope = (struct digest_scope){ .series_id = g->series->id,
		.today = agent->today,
		.clocks_until_on = agent->today + CLOCK_DAYS,
		.due_until_on = g->next_on != DAY_NONE
				    ? g->next_on
				    : agent->today + DUE_DAYS,
		.since_on = DAY_NONE,
		.since_at = since_at };
	if (since_at != INSTANT_NONE)
		g->scope.since_on =
		    zone_day(&agent->conf->zone, since_at, NULL);
	return digest_silent_flags(g, err);
}

static int
add_sections(struct gather *g, struct err *err)
{
	static const enum digest_section plain[] = { DIGEST_CLOCKS,
		DIGEST_OVERDUE, DIGEST_DUE, DIGEST_UNDATED, DIGEST_PROPOSED,
		DIGEST_CLOSED };

	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (digest_list(g, plain[i], NULL, err) == -1)
			return -1;
	return digest_needs(g, err);
}

int
digest_gather(struct agent *agent, const struct conf_digest *digest,
    int64_t series_id, int64_t since_at, struct letter *letter,
    struct strings *keep, struct digest_entries *entries, struct err *err)
{
	struct gather g = { .agent = agent,
		.digest = digest,
		.series = agent_series(agent, series_id),
		.letter = letter,
		.keep = keep,
		.entries = entries };
	size_t said = 0;

	if (g.series == NULL)
		return 0;
	if (set_scope(&g, since_at, err) == -1 ||
	    digest_count(agent->db, &g.scope, &g.counts, err) == -1 ||
	    add_sections(&g, err) == -1)
		return -1;
	letter->series = g.series->title;
	letter->meeting_on = g.next_on;
	letter->since_on = g.scope.since_on;
	letter->today = agent->today;
	for (int i = 0; i < DIGEST_SECTIONS; i++)
		said += g.lines[i];
	if (said == 0)
		return digest_quiet(&g, err);
	digest_sort(letter);
	if (digest_shows(&g, DIGEST_HEADLINE))
		digest_headline(&g);
	return 1;
}
