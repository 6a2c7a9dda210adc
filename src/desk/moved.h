/* SPDX-License-Identifier: ISC */
/*
 * A command that changes the calendar: first it stages that the dates which
 * hang on it are reckoned anew, and when that is done it tells what moved.
 */
#ifndef NUDGED_DESK_MOVED_H
#define NUDGED_DESK_MOVED_H

#include <jansson.h>

#include "desk/dates.h"
#include "desk/desk.h"

/* Ends the first turn. told (the line that says what was done), why (the note
 * of what is reckoned anew; what->why) and answer are taken over, on failure
 * too. DESK_MORE, or -1 with *err set. */
int moved_begin(struct desk_call *call, int64_t series_id,
    const struct redate *what, char *told, char *why, json_t *answer,
    struct err *err);

/* The note that the changes have; between the two turns. */
const char *moved_why(const struct desk_call *call);

/* The second turn: the line, and each entry whose date changed. */
int moved_tell(struct desk_call *call, struct err *err);

#endif
