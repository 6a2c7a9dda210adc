/* SPDX-License-Identifier: ISC */
/*
 * How answers look: tables that fit a terminal and are plain when piped, a few
 * words to JSON, and the words people read for days and states. Prints
 * nothing itself: everything goes into a buffer.
 */
#ifndef NUDGED_DESK_SHOW_H
#define NUDGED_DESK_SHOW_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/model.h"
#include "core/vec.h"

/* A table. On a terminal: a heading, columns two blanks apart, at most width
 * wide, the flexible column taking what is left and its text cut. Piped (width
 * 0): no heading, cells whole and separated by a tab. */
struct table_column {
	const char *title;
	bool right;    /* numbers */
	bool flexible; /* may be cut; at least one column should be */
	size_t least;  /* a flexible one is never cut below this */
};

struct table {
	const struct table_column *columns;
	size_t ncolumns;
	VEC(char *) cells; /* row by row, owned */
};

/* Adds one cell of a row (copied; NULL is empty). Line breaks and control
 * characters become blanks. */
void table_add(struct table *table, const char *text);
void table_addf(struct table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void table_print(const struct table *table, int width, struct buf *out);
void table_clear(struct table *table);

/* One "Label:  text" line of a record, the text wrapped beside the label on a
 * terminal. Nothing is added when text is NULL or empty. */
void show_field(struct buf *out, int width, const char *label,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Sets a key: null for NULL, DAY_NONE and 0 (as an id). */
void json_put_text(json_t *object, const char *key, const char *text);
void json_put_day(json_t *object, const char *key, int day);
void json_put_int(json_t *object, const char *key, json_int_t value);
void json_put_bool(json_t *object, const char *key, bool value);

/* Prints and releases a value, with a line end. */
void json_print(json_t *value, struct buf *out);

/* An array whose items are printed as they come. */
struct json_list {
	struct buf *out;
	size_t count;
};
void json_list_add(struct json_list *list, json_t *item); /* releases item */
void json_list_end(struct json_list *list);

/* "today", "tomorrow", "in 12 days", "5 days late", "no date". Writes into out
 * and returns it. */
#define SHOW_WHEN_MAX 32
const char *show_when(int due_on, int today, char out[SHOW_WHEN_MAX]);

/* "3 entries", "1 entry". Writes into out and returns it. */
#define SHOW_COUNT_MAX 64
const char *show_count(long long count, const char *one, const char *many,
    char out[SHOW_COUNT_MAX]);

#endif
