/* SPDX-License-Identifier: ISC */
/* What `why` says of the reminders to come; see planning_why.c. */
#ifndef NUDGED_DESK_PLANNING_H
#define NUDGED_DESK_PLANNING_H

#include <jansson.h>

#include "core/model.h"
#include "desk/desk.h"

/* Adds to the answer (or to root, when that is not NULL): the schedule that an
 * entry matches, what holds it, and the reminders that come next counted from
 * a day (DAY_NONE: now). */
int planning_why(struct desk_call *call, const struct entry *entry, int on,
    json_t *root, struct err *err);

#endif
