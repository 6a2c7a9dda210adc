/* SPDX-License-Identifier: ISC */
/* When what waits may go out: working days and sending hours, for people. */
#ifndef NUDGED_DESK_OPENING_H
#define NUDGED_DESK_OPENING_H

#include "core/conf.h"

/* The first instant from wanted on at which mail goes out. *why says what it
 * waits for: "Sunday 22 November 2026 is no working day"; owned, NULL: it need
 * not wait. */
int64_t opening_at(const struct conf *conf, int64_t wanted, char **why);

/* "Monday 23 November 2026, 08:00" */
char *opening_text(const struct conf *conf, int64_t at);

#endif
