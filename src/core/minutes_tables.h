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
/* Adds a cell, trimmed; where there are CELLS_MAX, the last one grows. */
void table_cell_add(
    struct cells *cells, const char *text, size_t len, int start);

/* Takes the columns from their heads; false when these are of no table that
 * is read. */
bool table_heads(struct table *t, const struct cells *cells);
/* The same for minutes as a table: notes, and last what is to be done. */
bool table_heads_notes(struct table *t, const struct cells *cells);
bool table_has(const struct table *t, enum column column);

/* A new row of the table, without cells, of a source line. Borrowed from the
 * blocks, until the next one is added. */
struct block *table_row_new(struct table *t, unsigned line);
/* Adds text to a cell of a row, behind a blank where it holds some. */
void table_cell_join(
    struct block *row, enum column column, const char *text, size_t len);
/* A new row of these cells, the first below the first head and so on. */
void table_row_add(struct table *t, const struct cells *cells, unsigned line);

/* Does a line only draw a rule: dashes, equals signs, pipes, plus signs? */
bool table_rule(const struct paper_line *line);

/* ---- ways of printing a table ----
 *
 * Each tries to read a table whose heads stand on line i; the rows go to
 * t->out. Returns the line after it, or i where there is none. */

/* With pipes; has_pipes tells whether a line may be of one. That is decided
 * before: what has pipes and no known heads becomes paragraphs. */
size_t pipes_read(const struct paper *paper, size_t i, struct table *t);
bool has_pipes(const struct paper_line *line);

/* Ruled with dashes, as pandoc and reStructuredText write them. */
size_t ruled_read(const struct paper *paper, size_t i, struct table *t);

/* With tabs between the cells. */
size_t tabs_read(const struct paper *paper, size_t i, struct table *t);

/* In columns that blanks hold. */
size_t blanks_read(const struct paper *paper, size_t i, struct table *t);

/* With one cell a line. */
size_t stacked_read(const struct paper *paper, size_t i, struct table *t);

#endif
