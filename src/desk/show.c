/* SPDX-License-Identifier: ISC */
/* Tables, records and JSON into a buffer; knows no terminal but its width. */
#include "desk/show.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/text.h"

#define GAP 2
#define LABEL 12 /* columns of a record's labels, the gap included */
#define LEAST 8

/* ---- tables ---- */

void
table_add(struct table *table, const char *text)
{
	struct buf clean = { 0 };

	text_add_squeezed(&clean, text == NULL ? "" : text);
	*vec_push(&table->cells) = buf_take(&clean);
}

void
table_addf(struct table *table, const char *format, ...)
{
	struct buf text = { 0 };
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	table_add(table, buf_text(&text));
	buf_clear(&text);
}

void
table_clear(struct table *table)
{
	VEC_EACH (char *, cell, &table->cells)
		free(*cell);
	vec_clear(&table->cells);
}

static void
print_plain(const struct table *table, struct buf *out)
{
	for (size_t i = 0; i < table->cells.len; i++) {
		buf_puts(out, table->cells.items[i]);
		buf_putc(out, (i + 1) % table->ncolumns == 0 ? '\n' : '\t');
	}
}

/* The last column, mostly the text, counts half: it keeps twice as much. */
static size_t
weight(const struct table *table, const size_t *widths, size_t column)
{
	return column + 1 == table->ncolumns ? widths[column]
					     : widths[column] * 2;
}

/* Takes what is too much from the flexible columns, widest first. */
static void
fit(const struct table *table, size_t *widths, size_t room)
{
	for (;;) {
		size_t total = 0, widest = table->ncolumns;

		for (size_t c = 0; c < table->ncolumns; c++) {
			const struct table_column *column = &table->columns[c];
			size_t least =
			    column->least > 0 ? column->least : LEAST;

			total += widths[c] + (c > 0 ? GAP : 0);
			if (!column->flexible || widths[c] <= least)
				continue;
			if (widest == table->ncolumns ||
			    weight(table, widths, c) >
				weight(table, widths, widest))
				widest = c;
		}
		if (total <= room || widest == table->ncolumns)
			return;
		widths[widest]--;
	}
}

static void
print_cell(const struct table *table, size_t c, const char *text, size_t width,
    struct buf *line)
{
	struct buf cut = { 0 };

	text_add_cut(&cut, text, width);
	if (table->columns[c].right)
		for (size_t n = text_width(buf_text(&cut)); n < width; n++)
			buf_putc(line, ' ');
	if (table->columns[c].right || c + 1 == table->ncolumns)
		buf_puts(line, buf_text(&cut));
	else
		text_add_padded(line, buf_text(&cut), width);
	buf_clear(&cut);
}

static void
end_line(struct buf *line, struct buf *out)
{
	size_t len = line->len;

	while (len > 0 && line->data[len - 1] == ' ')
		len--;
	buf_add(out, buf_text(line), len);
	buf_putc(out, '\n');
	buf_reset(line);
}

void
table_print(const struct table *table, int width, struct buf *out)
{
	size_t n = table->ncolumns, rows = table->cells.len / n;
	struct buf line = { 0 };
	size_t *widths;

	if (width <= 0) {
		print_plain(table, out);
		return;
	}
	if (rows == 0)
		return;
	widths = xcalloc(n, sizeof *widths);
	for (size_t c = 0; c < n; c++)
		widths[c] = text_width(table->columns[c].title);
	for (size_t i = 0; i < rows * n; i++) {
		size_t w = text_width(table->cells.items[i]);

		if (w > widths[i % n])
			widths[i % n] = w;
	}
	fit(table, widths, (size_t)width);
	for (size_t r = 0; r <= rows; r++) {
		for (size_t c = 0; c < n; c++) {
			if (c > 0)
				buf_puts(&line, "  ");
			print_cell(table, c,
			    r == 0 ? table->columns[c].title
				   : table->cells.items[(r - 1) * n + c],
			    widths[c], &line);
		}
		end_line(&line, out);
	}
	free(widths);
	buf_clear(&line);
}

/* ---- records ---- */

void
show_field(
    struct buf *out, int width, const char *label, const char *format, ...)
{
	struct buf text = { 0 }, first = { 0 };
	char rest[LABEL + 1];
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	if (text.len > 0 && width <= 0) {
		struct buf clean = { 0 };

		text_add_squeezed(&clean, buf_text(&text));
		buf_printf(out, "%s\t%s\n", label, buf_text(&clean));
		buf_clear(&clean);
	} else if (text.len > 0) {
		snprintf(rest, sizeof rest, "%*s", LABEL, "");
		text_add_padded(&first, label, LABEL);
		text_add_wrapped(out, buf_text(&text), (size_t)width,
		    buf_text(&first), rest);
		buf_putc(out, '\n');
	}
	buf_clear(&text);
	buf_clear(&first);
}

const char *
show_when(int due_on, int today, char out[SHOW_WHEN_MAX])
{
	int n;

	if (due_on == DAY_NONE) {
		snprintf(out, SHOW_WHEN_MAX, "no date");
		return out;
	}
	n = due_on - today;
	if (n == 0)
		snprintf(out, SHOW_WHEN_MAX, "today");
	else if (n == 1)
		snprintf(out, SHOW_WHEN_MAX, "tomorrow");
	else if (n > 1)
		snprintf(out, SHOW_WHEN_MAX, "in %d days", n);
	else
		snprintf(out, SHOW_WHEN_MAX, "%d day%s late", -n,
		    n == -1 ? "" : "s");
	return out;
}

const char *
show_count(long long count, const char *one, const char *many,
    char out[SHOW_COUNT_MAX])
{
	snprintf(
	    out, SHOW_COUNT_MAX, "%lld %s", count, count == 1 ? one : many);
	return out;
}

/* ---- JSON ---- */

void
json_put_text(json_t *object, const char *key, const char *text)
{
	json_t *value = text == NULL ? json_null() : json_string(text);
	struct buf clean = { 0 };

	/* Never leave a key out because its text has a wrong byte. */
	if (value == NULL) {
		text_add_utf8(&clean, text, strlen(text));
		value = json_string(buf_text(&clean));
		buf_clear(&clean);
	}
	json_object_set_new(object, key, value);
}

void
json_put_day(json_t *object, const char *key, int day)
{
	char iso[DAY_TEXT_MAX];

	json_put_text(object, key, day == DAY_NONE ? NULL : day_iso(day, iso));
}

void
json_put_int(json_t *object, const char *key, json_int_t value)
{
	json_object_set_new(object, key, json_integer(value));
}

void
json_put_bool(json_t *object, const char *key, bool value)
{
	json_object_set_new(object, key, json_boolean(value));
}

static int
dump_cb(const char *data, size_t len, void *ctx)
{
	buf_add(ctx, data, len);
	return 0;
}

void
json_print(json_t *value, struct buf *out)
{
	if (json_dump_callback(
		value, dump_cb, out, JSON_INDENT(1) | JSON_ENCODE_ANY) == -1)
		abort();
	buf_putc(out, '\n');
	json_decref(value);
}

void
json_list_add(struct json_list *list, json_t *item)
{
	buf_puts(list->out, list->count++ == 0 ? "[\n" : ",\n");
	if (json_dump_callback(
		item, dump_cb, list->out, JSON_COMPACT | JSON_ENCODE_ANY) == -1)
		abort();
	json_decref(item);
}

void
json_list_end(struct json_list *list)
{
	buf_puts(list->out, list->count == 0 ? "[]\n" : "\n]\n");
}
