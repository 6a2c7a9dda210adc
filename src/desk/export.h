/* SPDX-License-Identifier: ISC */
/* The handler of `export`: what import takes, and papers for people. */
#ifndef NUDGED_DESK_EXPORT_H
#define NUDGED_DESK_EXPORT_H

#include "desk/desk.h"
#include "desk/entry_cells.h"
#include "desk/strmap.h"

int export_run(struct desk_call *call, struct err *err);

/* Names that mean exactly one party when they are read again. */
struct export_names {
	struct desk_call *call;
	struct strmap known; /* id as text to place in list */
	VEC(char *) list;
};

/* Borrowed until the names are cleared; "" for 0. */
const char *export_name(struct export_names *names, int64_t party_id);
void export_names_clear(struct export_names *names);

/* parties, meetings and reports as CSV. */
int export_parties(struct desk_call *call, struct err *err);
int export_meetings(struct desk_call *call, struct err *err);
int export_reports(struct desk_call *call, struct err *err);

/* The heading row of a table of columns. */
void export_heading(
    struct buf *out, const struct csv_column *columns, size_t count);

#endif
