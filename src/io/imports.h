/* SPDX-License-Identifier: ISC */
/*
 * Work that is staged row by row where nobody sees it, flipped by one small
 * commit, and then applied in slices: imports, and dates that are to be
 * reckoned anew. What was flipped is finished, whoever dies meanwhile; what
 * was only staged never happened. What the rows mean is the desk's.
 */
#ifndef NUDGED_IO_IMPORTS_H
#define NUDGED_IO_IMPORTS_H

#include "io/register.h"

struct import {
	int64_t id;
	char *kind;  /* "entries", "parties", "meetings", "reports", "dates" */
	char *actor; /* who began it, for whom (NULL: nobody) and as of when */
	char *by;
	int done_on;
	int64_t at;
};
void import_clear(struct import *import);

struct import_row {
	int64_t row;
	int64_t entry_id; /* 0: a new one */
	char *body;
};
void import_row_clear(struct import_row *row);

/* Everything that writes runs in a transaction of the caller. */
int imports_begin(struct db *db, const char *kind, const struct doer *doer,
    int64_t *id, struct err *err);
int imports_stage(struct db *db, int64_t id, int64_t row, int64_t entry_id,
    const char *body, struct err *err);

/* From here on it will be applied. */
int imports_flip(struct db *db, int64_t id, struct err *err);

/* The oldest that is being applied: 1, 0 none, -1. */
int imports_applying(struct db *db, struct import *out, struct err *err);

/* Its next row, in order: 1, 0 no more, -1. */
int imports_next(
    struct db *db, int64_t id, struct import_row *out, struct err *err);
int imports_drop_row(struct db *db, int64_t id, int64_t row, struct err *err);
int imports_set_row(
    struct db *db, int64_t id, int64_t row, const char *body, struct err *err);

/* Forgets it, with at most max of its rows: 1 when more are left, 0, -1. */
int imports_forget(struct db *db, int64_t id, int max, struct err *err);

/* One that was staged and abandoned: its id, 0 none. Only for whoever has just
 * taken the register: nobody else can be staging then. */
int imports_abandoned(struct db *db, int64_t *id, struct err *err);

/* The number of the last event, and whether something was written about any
 * of a kind of subject ("party") behind one: 1, 0, -1. */
int imports_last_event(struct db *db, int64_t *id, struct err *err);
typedef int (*import_event_cb)(
    void *ctx, const char *subject, int64_t subject_id, struct err *err);
int imports_events_since(struct db *db, int64_t event_id, import_event_cb cb,
    void *ctx, struct err *err);

/* Has the history of a subject ("entry", "party") this very value as an old
 * one, of any of its fields? 1, 0, -1. */
int imports_had(struct db *db, const char *subject, int64_t id,
    const char *value, struct err *err);

/* Unfinished entries with words or a clock, in order of their ids behind
 * after_id: of those whose date hangs on a series' calendar, or of all
 * (series_id 0). Gives at most max ids and looks at no more than some thousand
 * entries; *last is where to go on, 0 at the end. Returns how many, or -1. */
int imports_worded(struct db *db, int64_t series_id, int64_t after_id,
    int64_t *ids, int max, int64_t *last, struct err *err);

#endif
