/* SPDX-License-Identifier: ISC */
/* What the digest's files share: see digest.c. */
#ifndef NUDGED_DESK_DIGEST_PARTS_H
#define NUDGED_DESK_DIGEST_PARTS_H

#include "desk/agent_parts.h"
#include "io/entries_digest.h"

#define DIGEST_LINES_MOST 200 /* of one section; the rest is counted */

/* One digest while it is gathered. */
struct gather {
	struct agent *agent;
	const struct conf_digest *digest;
	const struct series *series;
	struct digest_scope scope;
	int next_on; /* next meeting, DAY_NONE: unknown */
	struct digest_counts counts;
	struct letter *letter;
	struct strings *keep;
	struct digest_entries *entries;
	size_t lines[DIGEST_SECTIONS]; /* all there are, listed or not */
};

/* Takes over text, which lives as long as the letter. */
const char *digest_keep(struct gather *g, char *text);

bool digest_shows(const struct gather *g, enum digest_section section);

/* ---- digest_lines: the lines of the sections ---- */

/* A line in a section that is shown; NULL when the section is full: then it is
 * counted alone. */
struct letter_line *digest_line(struct gather *g, enum digest_section section);

/* The lines of a section of entries: the first of them, all counted. fill
 * (NULL: nothing) adds what the section tells more of each. */
typedef int (*digest_fill)(struct gather *g, const struct entry *entry,
    struct letter_line *line, struct err *err);
int digest_list(struct gather *g, enum digest_section section, digest_fill fill,
    struct err *err);

/* Puts the lines of every section into their order. */
void digest_sort(struct letter *letter);

/* ---- digest_needs: what needs a person ---- */

/* The flags that need nobody, as scope.silent has them. */
int digest_silent_flags(struct gather *g, struct err *err);

int digest_needs(struct gather *g, struct err *err);

/* ---- digest_headline: what stands above the sections ---- */

void digest_headline(struct gather *g);

/* Instead of an empty digest. 1 when the letter says so, 0 when nothing is to
 * be sent, -1. */
int digest_quiet(struct gather *g, struct err *err);

#endif
