/* SPDX-License-Identifier: ISC */
/* What was agreed at a meeting, when the day of that meeting is corrected. */
#ifndef NUDGED_DESK_HELD_H
#define NUDGED_DESK_HELD_H

#include "core/conf.h"
#include "io/meetings.h"

/* After the meeting of a series on a day was found to be on another: what was
 * agreed at it was agreed there, and what counts from it counts from there. A
 * date that changes is an event with why as its note; those that hang on
 * meetings are left to redate_later. */
int held_follow(const struct conf *conf, struct db *db, int64_t series_id,
    int from_on, int to_on, const char *why, const struct doer *doer,
    struct err *err);

#endif
