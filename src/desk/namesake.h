/* SPDX-License-Identifier: ISC */
/* Names that are nearly, or exactly, those of somebody who is there. */
#ifndef NUDGED_DESK_NAMESAKE_H
#define NUDGED_DESK_NAMESAKE_H

#include "desk/desk.h"

/* The person whose name is one letter off, or two in a long one, and who is not
 * called that: *out, owned, is that name; NULL: nobody's is. 0, or -1. */
int namesake_near(
    struct desk_call *call, const char *name, char **out, struct err *err);

/* An alias that is somebody else's name would never be looked at: refuses it
 * with what would make the two one. 0, or -1 with *err set. */
int namesake_check_alias(
    struct desk_call *call, int64_t id, const char *alias, struct err *err);

#endif
