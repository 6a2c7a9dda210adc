/* SPDX-License-Identifier: ISC */
/*
 * Deadlines of entries: from words, from a clock, from an explicit day, and
 * anew when what they hang on has changed. The grammar is core/words; here it
 * meets the register's meetings and the configuration's calendar.
 */
#ifndef NUDGED_DESK_DATES_H
#define NUDGED_DESK_DATES_H

#include "core/conf.h"
#include "core/words.h"
#include "io/meetings.h"

/* What dates are reckoned with; read once, valid while no meeting changes. */
struct dating {
	const struct conf *conf;
	struct series_calendar cal;
};

/* Reads the calendars of all series; conf is borrowed. 0, or -1 with *err
 * set. */
int dating_load(struct dating *dating, const struct conf *conf, struct db *db,
    struct err *err);
void dating_clear(struct dating *dating);

/* What words mean, counted from base_on; own_series is whose "next meeting" is
 * meant, 0: none. A date behind the last loaded bank holiday is flagged. */
int dating_words(const struct dating *dating, const char *words, int base_on,
    int64_t own_series, struct words_answer *out, struct err *err);

/* Puts an answer into an entry: dates, rule, flag and what it hangs on. */
void dating_put(struct entry *entry, const struct words_answer *answer);

/* Puts an explicit day into an entry; it hangs on nothing then. */
void dating_put_day(struct entry *entry, int due_on, const char *rule);

/* Counts a clock of the configuration from the entry's base (day, and minute
 * where it counts hours) and puts the end into it; unknown clocks are
 * ERR_NOTFOUND and named. One that counts back from a meeting of the entry's
 * series hangs on it. */
int dating_clock(const struct dating *dating, struct entry *entry,
    const char *name, struct err *err);

/* The clock that an entry's date comes from: NULL when it has none, when the
 * configuration has lost it, or when another date was agreed since. */
const struct clock *dating_clock_of(
    const struct conf *conf, const struct entry *entry);

/* Lets a stopped clock go on from a day: the date moves by the days that it
 * stood. *said tells the count; owned. */
int dating_restart(const struct dating *dating, struct entry *entry, int on,
    char **said, struct err *err);

/* Notes that a review date that was worked out (not one that a person set)
 * hangs on the meetings of the entry's own series. */
void dating_hang_review(
    const struct dating *dating, struct entry *entry, int64_t own_series);

/* The series that "next meeting" means for an entry: its own, or the one that
 * monitors its report; 0: none. */
int64_t dating_series(struct db *db, const struct entry *entry);

/* Counts an entry's date from another base: 1, or 0 where the date is not, or
 * no longer, that of its clock or words; -1. */
int dating_rebase(const struct dating *dating, struct db *db,
    struct entry *entry, int base_on, struct err *err);

/* ---- reckoning anew ---- */

/* In the flag of a date whose meeting is gone. */
#define DATING_LOST "no longer planned"

/* Why, and which meeting went where (DAY_NONE: none did). */
struct redate {
	int from_on, to_on;
	const char *why;
};

/* What the history calls the changes; they have why as their note. */
#define REDATED "date reckoned anew"
#define REDATED_REVIEW "review date reckoned anew"
#define REDATED_FLAG "flagged"
#define REDATED_RULE "counted anew" /* to the same day */

/* Stages that all dates which hang on a series (0: on the calendar of working
 * days) are reckoned anew; desk_resume and the turns that follow do it. In the
 * caller's transaction. */
int redate_later(struct db *db, int64_t series_id, const struct redate *what,
    const struct doer *doer, struct err *err);

/* One slice of a staged "dates" row: *body becomes what is left of it, NULL
 * when nothing is. */
int redate_slice(const struct conf *conf, struct db *db,
    const struct doer *doer, char **body, struct err *err);

#endif
