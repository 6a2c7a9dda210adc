/* SPDX-License-Identifier: ISC */
/*
 * What the readers of tables share: cells of a line and the columns that their
 * heads name. Only the files of tables include this.
 */
#ifndef NUDGED_CORE_MINUTES_TABLES_H
#define NUDGED_CORE_MINUTES_TABLES_H

#include "core/minutes_parts.h"

enum { CELLS_MAX = 16 };

struct cell {
	const char *text;
	size_t len;
	int start; /* column */
};

struct cells {
	struct cell c[CELLS_MAX];
	size_t n;
};

struct table {
	struct blocks *out;
	enum section section;
	enum column columns[CELLS_MAX];
	int starts[CELLS_MAX];
	int heads[CELLS_MAX]; /* where the heads begin */
	size_t n;
	unsigned number;
};

/* Splits a line at a character; pipes also stand at both its ends. */
void table_split(const char *text, size_t len, char sep, struct cells *cells);
void table_cell_add(
    struct cells *cells, const char *text, size_t len, int start);
/* Takes the columns from their heads; false when these are of no table that
 * is read. */
bool table_heads(struct table *t, const struct cells *cells);
/* The same for minutes as a table: notes, and last what is to be done. */
bool table_heads_notes(struct table *t, const struct cells *cells);
void table_row_add(struct table *t, const struct cells *cells, unsigned line);

/* Tries to read a table whose cells are parted by tabs at line i; returns the
 * line after it, or i. */
size_t tabs_read(const struct paper *paper, size_t i, struct table *t);

/* Tries to read a table whose columns are ruled with dashes, as pandoc and
 * reStructuredText write them, at line i; returns the line after it, or i. */
size_t ruled_read(const struct paper *paper, size_t i, struct table *t);

#endif
