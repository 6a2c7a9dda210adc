/* SPDX-License-Identifier: ISC */
/*
 * One row of an entries file, read and resolved: cells, days, states, and the
 * series, report and parties that its names mean. Shared by what makes new
 * entries of rows and what compares rows with entries.
 */
#ifndef NUDGED_DESK_IMPORT_ROW_H
#define NUDGED_DESK_IMPORT_ROW_H

#include "desk/dates.h"
#include "desk/entry_cells.h"
#include "desk/import_kind.h"
#include "desk/import_match.h"
#include "desk/strmap.h"

struct known_report {
	int64_t id, series_id;
	int published_on;
};

/* The meeting of the paper that a row was drafted from; see import_paper.h. */
struct paper_meeting {
	int held_on, next_on; /* DAY_NONE: none */
	int minute;           /* -1: not given */
	enum meeting_state state;
	enum minutes_state minutes;
	const char *venue; /* of the row's cells, NULL: not given */
};

/* A row that is part of one which stands in the same file. */
struct waiting {
	size_t row;
	char *ref, *parent;
	char *body;
	int depth;
};

/* Rows that say another state than the register has; see import_state.h. */
struct said_state {
	enum entry_state row, has;
	long long count;
	struct buf refs; /* of the first few, a blank before each */
	struct buf more; /* the first that is not among them */
};

/* What an import of entries keeps between rows. */
struct entries_import {
	struct dating dating;
	struct strmap series;  /* code or title to id */
	int64_t given_series;  /* of rows that name none; 0: not given */
	struct strmap reports; /* code to place in list */
	VEC(struct known_report) report_list;
	struct strmap parties; /* as written to id, or that there is none */
	struct strmap present; /* who has not left, by id as text */
	struct strmap refs;    /* in the file: to row */
	struct strmap sources; /* likewise: what a draft's rows are from */
	struct strmap matched; /* entries that rows are, by id as text */
	struct matcher matcher;
	VEC(struct said_state) said_states;
	long long loose; /* rows with a meeting day but no series */
	VEC(struct waiting) waiting;
	size_t released; /* of waiting, already staged */
	bool sorted;
};

struct entry_row {
	struct entry_cells cells; /* squeezed; days as ISO */
	int day[E_COLUMNS];       /* DAY_NONE: empty, or no day column */
	int state;                /* -1: not given */
	int minute;               /* -1: not given */
	int base_minute;          /* likewise */
	int64_t series_id, report_id;
	bool series_given; /* by the line, not the row */
	const struct known_report *report;
	struct paper_meeting meeting; /* that its paper is of */
	VEC(struct owner) owners;     /* of all roles, without names */
	bool has_owners[3];           /* by role: has the file the column? */
};

void entry_row_clear(struct entry_row *row);

/* Reads and resolves; problems are noted in the run. -1 only when the register
 * fails. */
int entry_row_read(struct import_run *run, const struct csv_row *csv,
    struct entry_row *out, struct err *err);

/* The days that words in the row count from: its base, else the publication of
 * its report, the meeting it comes from; DAY_NONE when there is none. */
int entry_row_base(const struct entry_row *row);

/* The series that "next meeting" means. */
int64_t entry_row_series(const struct entry_row *row);

/* What is kept between rows, as the run's ctx: read from the register (-1 when
 * that fails), and freed. */
int entries_import_open(struct import_run *run, struct err *err);
void entries_import_close(struct import_run *run);

#endif
