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

/* Counts a clock of the configuration from the entry's base and puts the end
 * into it; unknown clocks are ERR_NOTFOUND and named. */
int dating_clock(const struct dating *dating, struct entry *entry,
    const char *name, struct err *err);

/* The series that "next meeting" means for an entry: its own, or the one that
 * monitors its report; 0: none. */
int64_t dating_series(struct db *db, const struct entry *entry);

/* ---- reckoning anew ---- */

/* Stages that all dates which hang on a series (0: on the calendar of working
 * days) are reckoned anew, because of why; desk_resume and the turns that
 * follow do it. In the caller's transaction. */
int redate_later(struct db *db, int64_t series_id, const char *why,
    const struct doer *doer, struct err *err);

/* One slice of a staged "dates" row: *body becomes what is left of it, NULL
 * when nothing is. */
int redate_slice(const struct conf *conf, struct db *db,
    const struct doer *doer, char **body, struct err *err);

#endif
