/* SPDX-License-Identifier: ISC */
/*
 * What a paper says in its prose of things that are known already: that an
 * action is done, carried forward or has another date, that earlier minutes
 * were approved. Finds sentences; what they are about is for who knows the
 * register. Pure.
 */
#ifndef NUDGED_CORE_SAID_H
#define NUDGED_CORE_SAID_H

#include <stdbool.h>
#include <stddef.h>

#include "core/vec.h"

enum said_kind {
	SAID_CLOSED = 1,   /* "Action completed." */
	SAID_CARRIED = 2,  /* "... was carried forward to the next meeting" */
	SAID_MOVED = 4,    /* "This would now be done by 26 February" */
	SAID_APPROVED = 8, /* "RESOLVED: that the minutes of ... be approved" */
};

struct said {
	unsigned kinds; /* bits, never 0 */
	char *text;     /* the sentence, blanks squeezed */
	char *before;   /* the one before it in its paragraph; NULL: none */
	char *head;     /* the ref that its paragraph begins with; or NULL */
	unsigned line;  /* on which it begins, from 1 */
};

struct saids {
	VEC(struct said) list; /* in order */
};

/* Reads a paper as minutes_read does. What is negated, wished for or a heading
 * ("to approve the minutes") is left out, and so are lines in columns. */
void said_read(const char *bytes, size_t len, struct saids *out);
void saids_clear(struct saids *saids);

/* Does a text begin with a ref, "PC-12", "WT-1.1"? Its bytes, 0 for none. */
size_t said_ref_at(const char *text, size_t len);

/* The ref that a line (not empty) begins with, behind a bullet or number: its
 * bytes at *at, 0 for none. *alone: a colon, a dash or nothing follows it, so
 * that the whole paragraph speaks of it. */
size_t said_head_at(const char *line, size_t len, size_t *at, bool *alone);

/* What a sentence says, as the kinds of struct said; 0: nothing. */
unsigned said_kinds(const char *text);

/* Does a sentence name a ref, as a word of its own, in any case? */
bool said_names(const char *text, const char *ref);

/* Does it say of that ref that it is done, and nothing else? "PC-2 is
 * complete." */
bool said_closes(const char *text, const char *ref);

/* Of a sentence that approves minutes and prints no day: are they those of the
 * body's own last meeting? "The minutes of the last meeting", "the minutes were
 * signed"; not "the minutes of the Planning Committee". */
bool said_is_of_last(const char *text);

/* Does it print this day: "2 December 2020", "2nd of December 2020",
 * "December 2, 2020", "02/12/2020", "2020-12-02"? */
bool said_prints_day(const char *text, int day);

/* Does it print a day at all, with its month? */
bool said_prints_a_day(const char *text);

#endif
