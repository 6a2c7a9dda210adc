/* SPDX-License-Identifier: ISC */
/* The duty to answer a report, where a clock of the configuration has one. */
#ifndef NUDGED_DESK_DUTY_H
#define NUDGED_DESK_DUTY_H

#include "core/buf.h"
#include "core/conf.h"
#include "io/meetings.h"

/* Proposes, as unconfirmed entries, what the clocks started by the report's
 * body say is due; nothing where its publication day is not known. Adds a line
 * for each to told. */
int duty_propose(const struct conf *conf, struct db *db,
    const struct report *report, const struct doer *doer, struct buf *told,
    struct err *err);

#endif
