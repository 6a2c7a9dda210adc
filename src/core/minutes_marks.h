/* SPDX-License-Identifier: ISC */
/*
 * The words that mark an action, wherever they stand: before what is to be
 * done, behind it, beside it. Only the files that read marks include this.
 */
#ifndef NUDGED_CORE_MINUTES_MARKS_H
#define NUDGED_CORE_MINUTES_MARKS_H

#include "core/minutes_parts.h"

/* "Action", "ACTION POINT", "AP", "Follow-up", "Action by": the bytes of the
 * label at the beginning of a text, without a number or colon; 0 for none.
 * *on: it ends with a word before who acts. */
size_t action_words(const char *text, size_t len, bool *on);

/* The bytes of a mark at an offset of a block that only says that what stands
 * before it is an action ("... to check this. ACTION", "(Action)"), 0 for
 * none; minutes_behind.c. */
size_t mark_alone(const struct block *b, size_t at);

/* Does a line, short as a heading, hold a mark behind what it says: "Roof
 * leaking. ACTION: AB"? minutes_behind.c. */
bool holds_mark(const char *text, size_t len);

/* Adds the actions that are marked inside a paragraph; minutes_inside.c. */
void inner_marks(struct reading *r, struct part *part, const struct block *b);

#endif
