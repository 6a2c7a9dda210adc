/* SPDX-License-Identifier: ISC */
/*
 * What the engine (import.c) and the kinds of import (import_*.c) know of each
 * other: a kind resolves one row at a time and stages it, and later applies
 * what was staged.
 */
#ifndef NUDGED_DESK_IMPORT_KIND_H
#define NUDGED_DESK_IMPORT_KIND_H

#include "core/csv.h"
#include "desk/desk.h"
#include "desk/pack.h"
#include "desk/strmap.h"
#include "io/imports.h"

struct import_kind;

#define IMPORT_WRONG_MAX 200 /* problems that are spelt out */

/* What goes behind other rows is staged as so many times this and its row. */
#define IMPORT_RANK (1LL << 40)

/* A name that nobody has, or several; an owner who has left, by id. */
struct import_unknown {
	int column;         /* where it stood first */
	char *sentence;     /* owned; NULL: not spelt out */
	struct buf rows;    /* the first few, ", " between */
	size_t count, last; /* rows; the last of them */
};

/* One import under way. */
struct import_run {
	struct desk_call *call;
	const struct import_kind *kind;
	void *ctx;        /* the kind's own */
	const char *file; /* its name, for messages */
	int *index;       /* by column: the field of a row, -1: not there */
	bool dry_run;
	int64_t id; /* of the staged import */
	size_t row; /* the row at hand, as a spreadsheet numbers it */
	bool sound; /* nothing was wrong with it so far */
	long long added, changed, same, kept, flagged, problems, staged;
	struct buf wrong; /* a line for each problem */
	VEC(struct import_unknown) unknown;
	struct strmap unknown_at; /* name to place in unknown */
	struct buf notes;         /* a line for each row to look at */
	struct buf remarks;       /* lines about the file as a whole */
};

/* What rows are applied with. */
struct import_apply {
	const struct conf *conf;
	struct db *db;
	struct doer doer;
	int today;
};

struct import_kind {
	const char *name;
	const struct csv_column *columns;
	size_t ncolumns;
	int (*open)(struct import_run *run, struct err *err);
	/* Resolves one row: notes problems, counts, stages. -1 only when the
	 * register fails. */
	int (*row)(
	    struct import_run *run, const struct csv_row *row, struct err *err);
	/* After the last row; NULL: nothing to do. Called until it gives 0. */
	int (*finish)(struct import_run *run, struct err *err);
	void (*close)(struct import_run *run);
	/* Would what was staged still be right, now that this was written
	 * about? 1: no. NULL: whatever was written, no. */
	int (*touched)(struct import_run *run, const char *subject,
	    int64_t subject_id, struct err *err);
	/* Applies one staged row. */
	int (*apply)(struct import_apply *apply, const struct import_row *row,
	    struct err *err);
};

extern const struct import_kind import_entries;
extern const struct import_kind import_parties;
extern const struct import_kind import_meetings;
extern const struct import_kind import_reports;

/* Notes a problem of the row at hand, which is sound no more: "FILE:row 7,
 * column "owners": ..."; column -1: of the row as a whole. */
void import_wrong(struct import_run *run, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Notes something that a person should look at; the import goes on. */
void import_note(struct import_run *run, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Stages a body, unless nothing is to be written; order among the rows is by
 * number. 0, or -1 when the register fails. */
int import_stage(struct import_run *run, int64_t number, int64_t entry_id,
    const char *body, struct err *err);

/* The cell of a column, squeezed; owned, NULL when it is empty. */
char *import_cell(
    const struct import_run *run, const struct csv_row *row, int column);

/* The cell as a day. 1, 0 empty, -1 when it is no day (which is noted). */
int import_day(
    struct import_run *run, const struct csv_row *row, int column, int *out);

/* The cell as yes or no. 1, 0, -1 as above. */
int import_switch(
    struct import_run *run, const struct csv_row *row, int column, bool *out);

/* A cell's text as minutes since midnight; -1 when it is NULL or none (which is
 * noted). */
int import_minute(struct import_run *run, int column, const char *text);

/* The party that a cell names: 1 with its *id, 0 nobody or several (which is
 * noted, each name as one problem), -1 when the register fails. */
int import_party(struct import_run *run, int column, const char *name,
    int64_t *id, struct err *err);

/* Notes a name that nobody has; the sentence is taken over. Of one that was
 * noted before, import_unknown_again adds the row, and is true. */
bool import_unknown_again(struct import_run *run, const char *name);
void import_unknown_note(
    struct import_run *run, int column, const char *name, char *sentence);

/* Adds a line for each name that was noted so, with its rows; and forgets
 * them. */
void import_unknown_tell(const struct import_run *run, struct buf *out);
void import_unknown_clear(struct import_run *run);

/* Has an earlier row of the file this key? Then that is noted, as of what;
 * else the row at hand has it from now on. */
bool import_twice(struct import_run *run, struct strmap *rows, const char *key,
    int column, const char *what);

#endif
