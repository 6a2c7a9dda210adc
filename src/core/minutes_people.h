/* SPDX-License-Identifier: ISC */
/*
 * What the readers of lists of people share. Only the files of people include
 * this: minutes_people.c, minutes_person.c, minutes_people_line.c and
 * minutes_matrix.c.
 */
#ifndef NUDGED_CORE_MINUTES_PEOPLE_H
#define NUDGED_CORE_MINUTES_PEOPLE_H

#include "core/minutes_parts.h"

/* ---- one person: minutes_person.c ---- */

/* The person of that name among the meeting's people, added where nobody has
 * it (any case). Borrowed from the meeting, until the next one is added. */
struct minutes_person *person_add(struct minutes_meeting *m, const char *name,
    size_t len, enum minutes_presence presence, unsigned line);

/* A role or organisation as it is kept: no blanks or full stop at its ends.
 * Owned; NULL where nothing is left. */
char *person_field(const char *text, size_t len);

/* Takes a text as the person's role, organisation or initials, whichever it
 * looks like and is not known yet; nothing of "(from 7pm)". */
void person_detail(struct minutes_person *p, const char *text, size_t len);

/* Is the person's role the chair? Then the meeting is given its chair. */
void person_chair(struct minutes_meeting *m, const struct minutes_person *p);

/* Reads a person, with what is said of them, at the beginning of a text;
 * organisation is that of the heading above, NULL for none. Returns the bytes
 * used, 0 where no name stands there. */
size_t person_read(struct minutes_meeting *m, const char *text, size_t len,
    enum minutes_presence presence, unsigned line, const char *organisation);

/* "Chief Constable Simon Ray": the rank is the post, where no other is said. */
void person_rank(struct minutes_person *p);

/* Does it name a body: "council", "police"? */
bool has_org_word(const char *text, size_t len);

/* ---- several on a line: minutes_people_line.c ---- */

/* Is all of the text one name, but for a bracket or a point behind it? */
bool is_whole_name(const char *text, size_t len);

/* Reads all people of a line; alone: each stands on a line of their own, so
 * that a comma has a role behind it. */
void people_line(struct minutes_meeting *m, const char *text, size_t len,
    enum minutes_presence presence, unsigned line, const char *organisation,
    bool alone);

/* ---- attendance matrices: minutes_matrix.c ---- */

/* Which column of a matrix is the meeting held on a day: its place among the
 * dates of the blocks first to last (left out), -1 where it has none. */
int matrix_column(
    const struct reading *r, size_t first, size_t last, int held_on);

/* Reads a person's row of a matrix; column as above, -1 for the last mark.
 * False where the block is none. */
bool matrix_row(struct minutes_meeting *m, const struct block *b, int column);

#endif
