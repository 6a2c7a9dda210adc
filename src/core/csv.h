/* SPDX-License-Identifier: ISC */
/*
 * CSV as spreadsheets write it. The reader takes UTF-8 with or without BOM,
 * Windows-1252 and UTF-16, separated by comma, semicolon or tab (sniffed, or
 * named by a first line "sep=;"), quotes with line breaks inside, any line
 * ends. It reads row by row, so that a caller may stop after each.
 *
 * Cells that a spreadsheet would take for a formula (= + - @, tab or a line
 * break first) are written with an apostrophe before them, which spreadsheets
 * understand as "this is text"; the reader takes one such apostrophe away.
 * Apostrophes that stand before such a character already get one more, so
 * that every text comes back as it was. Line breaks inside cells are LF in
 * both directions.
 */
#ifndef NUDGED_CORE_CSV_H
#define NUDGED_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

#define CSV_ROW_MAX (1024 * 1024) /* bytes of one row */
#define CSV_COLUMNS_MAX 256

struct csv_reader;

/* One row. Borrowed from the reader until its next row or its end. */
struct csv_row {
	const char *const *fields; /* UTF-8, NUL-terminated */
	size_t count;
	size_t number; /* as a spreadsheet numbers it: the heading is 1 */
	size_t line;   /* line of the file on which it begins, from 1 */
};

/* Starts reading bytes, which must stay as they are until csv_close. Returns 0
 * and *out, or -1 with *err set: not text (NUL bytes, a zip or PDF file).
 * Takes time only with the part that must be looked at to know the encoding. */
int csv_open(
    const void *bytes, size_t len, struct csv_reader **out, struct err *err);
void csv_close(struct csv_reader *reader);

/* The next row that has anything in it; the first one is the heading. Returns
 * 1, 0 at the end, or -1 with *err set ("line 7: ..."): a quote never closed,
 * text behind a closing quote, bytes in no encoding, a row or its columns
 * beyond the limits. After -1 the reader gives nothing more. */
int csv_next(struct csv_reader *reader, struct csv_row *row, struct err *err);

/* Bytes read so far, of the total; for progress. */
size_t csv_offset(const struct csv_reader *reader);

/* "UTF-8", "Windows-1252", "UTF-16"; ',' ';' or '\t'. */
const char *csv_encoding(const struct csv_reader *reader);
char csv_separator(const struct csv_reader *reader);

/* The field of a row, "" where the row is shorter or index is -1. */
const char *csv_value(const struct csv_row *row, int index);

/* ---- headings ---- */

struct csv_column {
	const char *name;     /* "due_on" */
	const char *synonyms; /* "by when|target date|deadline", NULL: none */
	bool required;
};

/* Heading in the file = name of a column: `--map "Who=owners"`. */
struct csv_alias {
	const char *heading;
	const char *column;
};

/* The column that a heading means, -1 when none. Case, blanks, underscores
 * and punctuation do not count: "By whom:" is "by_whom". */
int csv_column_find(
    const struct csv_column *columns, size_t count, const char *heading);

/* Finds the columns in a heading row: index[i] becomes the field number of
 * columns[i], or -1. Aliases go before names. Two headings for one column (a
 * real name wins over a synonym), a required column that is missing and an
 * alias that names nothing are errors. Headings that mean no column, or one
 * that an alias gave away, are added to *unknown, comma-separated (may be
 * NULL). Returns 0, or -1 with *err set
 * and index untouched. */
int csv_map(const struct csv_row *heading, const struct csv_column *columns,
    size_t count, const struct csv_alias *aliases, size_t naliases, int *index,
    struct buf *unknown, struct err *err);

/* Reads "Who=owners,When=due_on" into aliases that point into text, which is
 * changed. Returns how many, or -1 with *err set (bad form, more than max). */
int csv_aliases_parse(
    char *text, struct csv_alias *aliases, size_t max, struct err *err);

/* ---- writing ---- */

/* Adds one cell: quoted when it must be, guarded as said above. A separator is
 * put before it unless the row is still empty; csv_end ends the row (CRLF, as
 * RFC 4180 has it). NULL is an empty cell. */
struct csv_writer {
	struct buf *out;
	bool midrow;
};

void csv_field(struct csv_writer *writer, const char *text);
void csv_number(struct csv_writer *writer, long long number);
void csv_end(struct csv_writer *writer);

#endif
