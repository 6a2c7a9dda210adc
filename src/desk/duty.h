/* SPDX-License-Identifier: ISC */
/* The entries that are made by themselves: the duty to answer a report and the
 * next step of a chain, by the configuration's clocks; and the next time of
 * what repeats, by its words. */
#ifndef NUDGED_DESK_DUTY_H
#define NUDGED_DESK_DUTY_H

#include "core/buf.h"
#include "core/conf.h"
#include "io/meetings.h"

/* Proposes, as unconfirmed entries, what the clocks started by the report's
 * body say is due; nothing where its publication day is not known, nor what
 * was proposed before. Adds a line for each to told. */
int duty_propose(const struct conf *conf, struct db *db,
    const struct report *report, const struct doer *doer, struct buf *told,
    struct err *err);

/* After a report was changed: what counts from the day of publication that it
 * had before (DAY_NONE: none) counts from the one that it has now, and what was
 * not proposed yet is. Told as above. */
int duty_follow(const struct conf *conf, struct db *db,
    const struct report *report, int before_on, const struct doer *doer,
    struct buf *told, struct err *err);

/* After an entry was closed: makes the entry of the clock that follows its
 * own, counted from the day that it was done; closed a second time, the entry
 * that was made then is counted anew. Or, where its words repeat ("quarterly"),
 * the one for the first time after that day. *ref is the new one's, NULL: none
 * was made; owned. */
int duty_chain(const struct conf *conf, struct db *db, const struct entry *done,
    const struct doer *doer, char **ref, struct err *err);

#endif
