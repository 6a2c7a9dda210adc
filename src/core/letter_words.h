/* SPDX-License-Identifier: ISC */
/*
 * The sentences of a letter about one entry: dates, lateness, where it comes
 * from and why the reader gets it, in English. Used by letter.c only. Each
 * adds nothing when there is nothing to say.
 */
#ifndef NUDGED_CORE_LETTER_WORDS_H
#define NUDGED_CORE_LETTER_WORDS_H

#include "core/buf.h"
#include "core/letter.h"

/* "Due Monday 2 September 2019: 10 days late", "No date yet". */
void letter_words_due(
    struct buf *out, const struct letter_line *line, int today);

/* "The date has moved twice; it was 3 June 2019 at first". */
void letter_words_moved(struct buf *out, const struct letter_line *line);

/* "Working Together Meeting, 25 June 2019, item 7". */
void letter_words_agreed(struct buf *out, const struct letter_line *line);

/* "\"within three months\": three months from 25 June 2019". */
void letter_words_basis(struct buf *out, const struct letter_line *line);

/* What the flags of an entry's deadline words ask of a person, as sentences;
 * nothing when they ask nothing. */
void letter_words_flag(struct buf *out, const char *flag);

/* "1 July 2019: waiting for the force". */
void letter_words_update(struct buf *out, const struct letter_line *line);

/* "Blocked: reason", "On hold: reason", "Marked at risk". */
void letter_words_state(struct buf *out, const struct letter_line *line);

/* "as owner"; "as deputy for Ann Roe, holder of the office of Clerk (owner)".
 */
void letter_words_why(struct buf *out, const struct letter_line *line);

/* "28 days after the due date", "the date has moved 2 times". */
void letter_words_fired(struct buf *out, const struct letter_line *line);

/* "Monday 23 September 2019, in 11 days"; nothing for DAY_NONE. */
void letter_words_day(struct buf *out, int today, int day);

/* "actions" for several, "action" for one; kinds of the admin as they are. */
void letter_words_noun(struct buf *out, const char *kind, size_t count);

#endif
