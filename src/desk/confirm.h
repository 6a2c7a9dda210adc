/* SPDX-License-Identifier: ISC */
/* A person has looked at an entry: what was unconfirmed becomes open, what is
 * open loses its flag, and what has no date or owner yet may be given one. */
#ifndef NUDGED_DESK_CONFIRM_H
#define NUDGED_DESK_CONFIRM_H

#include "desk/args.h"
#include "desk/desk.h"

extern const struct arg_option confirm_options[];

/* The command: confirm REF... [--owner X] [--due "WORDS"]. */
int confirm_run(struct desk_call *call, struct err *err);

/* Has a person confirmed the entry, or agreed to its date, so far? 0, -1. */
int confirm_was_done(
    struct db *db, int64_t entry_id, bool *out, struct err *err);

#endif
