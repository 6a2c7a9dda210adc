/* SPDX-License-Identifier: ISC */
/* CSV in and out; see csv.h. Nothing here knows what the columns mean. */
#include "core/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/vec.h"

/* How much behind the first byte that is not ASCII decides the encoding. */
#define SNIFF_MAX (4 * 1024 * 1024)

enum encoding { ENCODING_UTF8, ENCODING_CP1252, ENCODING_UTF16 };

struct csv_reader {
	const char *bytes; /* the caller's, or what decoded holds */
	size_t len;
	size_t pos;
	size_t given; /* bytes that the caller gave */
	size_t line;
	size_t number;
	enum encoding encoding;
	char separator;
	bool failed;
	struct buf decoded; /* UTF-16 as UTF-8 */
	struct buf row;     /* the cells, each with its NUL */
	struct buf recoded; /* the cells of a Windows-1252 row */
	VEC(size_t) starts;
	VEC(const char *) fields;
};

/* ---- what it is ---- */

static bool
starts_with(const char *bytes, size_t len, const char *magic, size_t n)
{
	return len >= n && memcmp(bytes, magic, n) == 0;
}

/* UTF-16 without a mark: text in Latin script has a NUL in every other byte.
 * Returns 'L', 'B' or 0. */
static char
sniff_utf16(const char *bytes, size_t len)
{
	size_t even = 0, odd = 0, look = len < 512 ? len & ~(size_t)1 : 512;

	for (size_t i = 0; i < look; i += 2) {
		even += bytes[i] == '\0';
		odd += bytes[i + 1] == '\0';
	}
	if (odd * 4 > look && even * 16 < look)
		return 'L';
	if (even * 4 > look && odd * 16 < look)
		return 'B';
	return '\0';
}

/* UTF-8 or Windows-1252, by what follows the first byte above 0x7F. A file
 * that is mostly right UTF-8 counts as UTF-8 and its wrong row is refused,
 * rather than every accent be shown wrong. */
static enum encoding
sniff_8bit(const char *bytes, size_t len)
{
	size_t i = text_ascii_span(bytes, len), right = 0, wrong = 0, end;
	uint32_t code;

	end = len - i > SNIFF_MAX ? i + SNIFF_MAX : len;
	while (i < end) {
		int n = text_decode(bytes + i, len - i, &code);

		right += n > 1;
		wrong += n == -1;
		i += n == -1 ? 1 : (size_t)n;
	}
	return wrong > right ? ENCODING_CP1252 : ENCODING_UTF8;
}

static int
refuse_other_files(const char *bytes, size_t len, struct err *err)
{
	if (starts_with(bytes, len, "PK\x03\x04", 4))
		return err_set(err, ERR_INPUT,
		    "this is a spreadsheet or zip file: save it as CSV");
	if (starts_with(bytes, len, "\xD0\xCF\x11\xE0", 4))
		return err_set(err, ERR_INPUT,
		    "this is an old Office file: save it as CSV");
	if (starts_with(bytes, len, "%PDF", 4))
		return err_set(err, ERR_INPUT, "this is a PDF file, not CSV");
	return 0;
}

/* Counts separators of the first record outside quotes. */
static char
sniff_separator(const char *bytes, size_t len)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false, any = false;

	for (size_t i = 0; i < len && i < CSV_ROW_MAX; i++) {
		char c = bytes[i];

		if (c == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if ((c == '\n' || c == '\r') && any)
			break;
		any = any || !text_is_space(c);
		commas += c == ',';
		semicolons += c == ';';
		tabs += c == '\t';
	}
	if (tabs > commas && tabs > semicolons)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

/* Excel's own first line "sep=;", which it does not show. */
static void
take_separator_line(struct csv_reader *reader)
{
	const char *s = reader->bytes + reader->pos;
	size_t left = reader->len - reader->pos, used = 5;

	if (left < 5 || !text_same_n(s, 4, "sep=") || s[4] == '\n' ||
	    s[4] == '\r')
		return;
	if (used < left && s[used] == '\r')
		used++;
	if (used < left && s[used] == '\n')
		used++;
	if (used == 5 && left > 5)
		return;
	reader->separator = s[4];
	reader->pos += used;
	reader->line++;
}

static int
decode_utf16(struct csv_reader *reader, size_t skip, bool big_endian)
{
	int rc = text_add_utf16(&reader->decoded, reader->bytes + skip,
	    reader->len - skip, big_endian);
	reader->bytes = buf_text(&reader->decoded);
	reader->len = reader->decoded.len;
	reader->encoding = ENCODING_UTF16;
	return rc;
}

int
csv_open(
    const void *bytes, size_t len, struct csv_reader **out, struct err *err)
{
	struct csv_reader *reader;
	char order = '\0';
	int rc = 0;

	if (refuse_other_files(bytes, len, err) == -1)
		return -1;
	reader = xcalloc(1, sizeof *reader);
	reader->bytes = bytes;
	reader->len = reader->given = len;
	reader->line = 1;
	if (starts_with(bytes, len, "\xFF\xFE", 2))
		rc = decode_utf16(reader, 2, false);
	else if (starts_with(bytes, len, "\xFE\xFF", 2))
		rc = decode_utf16(reader, 2, true);
	else if (starts_with(bytes, len, "\xEF\xBB\xBF", 3))
		reader->pos = 3;
	else if ((order = sniff_utf16(bytes, len)) != '\0')
		rc = decode_utf16(reader, 0, order == 'B');
	else
		reader->encoding = sniff_8bit(bytes, len);
	if (rc == -1) {
		csv_close(reader);
		return err_set(err, ERR_INPUT,
		    "the file looks like UTF-16, but is damaged");
	}
	reader->separator = sniff_separator(
	    reader->bytes + reader->pos, reader->len - reader->pos);
	take_separator_line(reader);
	*out = reader;
	return 0;
}

void
csv_close(struct csv_reader *reader)
{
	if (reader == NULL)
		return;
	buf_clear(&reader->decoded);
	buf_clear(&reader->row);
	buf_clear(&reader->recoded);
	vec_clear(&reader->starts);
	vec_clear(&reader->fields);
	free(reader);
}

size_t
csv_offset(const struct csv_reader *reader)
{
	/* Of UTF-16 the share is told, since pos counts the decoded bytes. */
	if (reader->encoding == ENCODING_UTF16 && reader->len > 0)
		return (size_t)((double)reader->pos / (double)reader->len *
				(double)reader->given);
	return reader->pos;
}

const char *
csv_encoding(const struct csv_reader *reader)
{
	static const char *const names[] = { "UTF-8", "Windows-1252",
		"UTF-16" };

	return names[reader->encoding];
}

char
csv_separator(const struct csv_reader *reader)
{
	return reader->separator;
}

/* ---- rows ---- */

static bool
at_end(const struct csv_reader *reader)
{
	return reader->pos >= reader->len;
}

/* Steps over one line end (CRLF, LF or CR); false when there is none here. */
static bool
take_newline(struct csv_reader *reader)
{
	const char *s = reader->bytes + reader->pos;
	size_t left = reader->len - reader->pos;

	if (left == 0 || (*s != '\n' && *s != '\r'))
		return false;
	reader->pos += *s == '\r' && left > 1 && s[1] == '\n' ? 2 : 1;
	reader->line++;
	return true;
}

static int
row_too_long(size_t line, struct err *err)
{
	return err_set(err, ERR_INPUT,
	    "line %zu: the row is longer than %d bytes; is a quote missing?",
	    line, CSV_ROW_MAX);
}

/* The inside of a quoted cell; pos stands behind the opening quote. */
static int
take_quoted(struct csv_reader *reader, struct err *err)
{
	size_t opened = reader->line, from = reader->pos;

	while (!at_end(reader)) {
		char c = reader->bytes[reader->pos];

		if (reader->pos - from > CSV_ROW_MAX)
			return row_too_long(opened, err);
		if (c == '"') {
			reader->pos++;
			if (at_end(reader) || reader->bytes[reader->pos] != '"')
				return 0;
			buf_putc(&reader->row, '"');
			reader->pos++;
		} else if (take_newline(reader)) {
			buf_putc(&reader->row, '\n');
		} else {
			buf_putc(&reader->row, c);
			reader->pos++;
		}
	}
	return err_set(
	    err, ERR_INPUT, "line %zu: a quote is never closed", opened);
}

static void
take_blanks(struct csv_reader *reader)
{
	while (!at_end(reader) && reader->bytes[reader->pos] == ' ')
		reader->pos++;
}

static bool
is_cell_end(const struct csv_reader *reader)
{
	char c;

	if (at_end(reader))
		return true;
	c = reader->bytes[reader->pos];
	return c == reader->separator || c == '\n' || c == '\r';
}

static int
take_cell(struct csv_reader *reader, struct err *err)
{
	size_t from = reader->pos;

	*vec_push(&reader->starts) = reader->row.len;
	take_blanks(reader);
	if (!at_end(reader) && reader->bytes[reader->pos] == '"' &&
	    reader->separator != '"') {
		reader->pos++;
		if (take_quoted(reader, err) == -1)
			return -1;
		take_blanks(reader);
		if (!is_cell_end(reader))
			return err_set(err, ERR_INPUT,
			    "line %zu: text behind a closing quote (quotes "
			    "inside a cell are written twice)",
			    reader->line);
	} else {
		while (!is_cell_end(reader))
			reader->pos++;
		buf_add(&reader->row, reader->bytes + from, reader->pos - from);
	}
	buf_putc(&reader->row, '\0');
	return 0;
}

static int
take_row(struct csv_reader *reader, struct err *err)
{
	size_t line = reader->line, from = reader->pos;

	buf_reset(&reader->row);
	reader->starts.len = 0;
	for (;;) {
		if (take_cell(reader, err) == -1)
			return -1;
		if (reader->pos - from > CSV_ROW_MAX)
			return row_too_long(line, err);
		if (reader->starts.len > CSV_COLUMNS_MAX)
			return err_set(err, ERR_INPUT,
			    "line %zu: more than %d columns", line,
			    CSV_COLUMNS_MAX);
		if (at_end(reader) || take_newline(reader))
			return 0;
		reader->pos++;
	}
}

/* Checks and, for Windows-1252, recodes the cells of the row. */
static int
decode_row(struct csv_reader *reader, size_t line, struct err *err)
{
	struct buf *row = &reader->row;
	size_t nuls = 0;

	for (size_t i = 0; i < row->len; i++)
		nuls += row->data[i] == '\0';
	if (nuls != reader->starts.len)
		return err_set(err, ERR_INPUT,
		    "line %zu: a NUL byte: this is not a text file", line);
	if (text_is_utf8(row->data, row->len))
		return 0;
	if (reader->encoding != ENCODING_CP1252)
		return err_set(err, ERR_INPUT,
		    "line %zu: bytes that are not %s", line,
		    csv_encoding(reader));
	buf_reset(&reader->recoded);
	for (size_t i = 0; i < reader->starts.len; i++) {
		const char *cell = row->data + reader->starts.items[i];

		reader->starts.items[i] = reader->recoded.len;
		if (text_add_cp1252(&reader->recoded, cell, strlen(cell)) == -1)
			return err_set(err, ERR_INPUT,
			    "line %zu: bytes that are neither UTF-8 nor "
			    "Windows-1252",
			    line);
		buf_putc(&reader->recoded, '\0');
	}
	buf_reset(row);
	buf_add(row, reader->recoded.data, reader->recoded.len);
	return 0;
}

/* Is it what a spreadsheet would take for a formula, apostrophes before it
 * aside? */
static bool
is_guarded(const char *text)
{
	text += strspn(text, "'");
	return *text != '\0' && strchr("=+-@\t\n\r", *text) != NULL;
}

/* Points the fields at the cells; false when all of them are empty. */
static bool
point_fields(struct csv_reader *reader)
{
	bool any = false;

	reader->fields.len = 0;
	for (size_t i = 0; i < reader->starts.len; i++) {
		const char *cell = reader->row.data + reader->starts.items[i];

		any = any || cell[strspn(cell, " \t\n")] != '\0';
		if (*cell == '\'' && is_guarded(cell))
			cell++;
		*vec_push(&reader->fields) = cell;
	}
	return any;
}

int
csv_next(struct csv_reader *reader, struct csv_row *row, struct err *err)
{
	while (!reader->failed && !at_end(reader)) {
		size_t line = reader->line;

		reader->number++;
		if (take_row(reader, err) == -1 ||
		    decode_row(reader, line, err) == -1) {
			reader->failed = true;
			return -1;
		}
		if (!point_fields(reader))
			continue;
		row->fields = reader->fields.items;
		row->count = reader->fields.len;
		row->number = reader->number;
		row->line = line;
		return 1;
	}
	return 0;
}

const char *
csv_value(const struct csv_row *row, int index)
{
	if (index < 0 || (size_t)index >= row->count)
		return "";
	return row->fields[index];
}

/* ---- writing ---- */

static bool
needs_quotes(const char *text)
{
	return *text == ' ' || text[strcspn(text, "\",;\t\n\r")] != '\0' ||
	       (*text != '\0' && text[strlen(text) - 1] == ' ');
}

void
csv_field(struct csv_writer *writer, const char *text)
{
	struct buf *out = writer->out;

	if (writer->midrow)
		buf_putc(out, ',');
	writer->midrow = true;
	if (text == NULL)
		return;
	if (!needs_quotes(text)) {
		if (is_guarded(text))
			buf_putc(out, '\'');
		buf_puts(out, text);
		return;
	}
	buf_putc(out, '"');
	if (is_guarded(text))
		buf_putc(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\r') {
			if (text[1] != '\n')
				buf_putc(out, '\n');
			continue;
		}
		if (*text == '"')
			buf_putc(out, '"');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

void
csv_number(struct csv_writer *writer, long long number)
{
	if (writer->midrow)
		buf_putc(writer->out, ',');
	writer->midrow = true;
	buf_printf(writer->out, "%lld", number);
}

void
csv_end(struct csv_writer *writer)
{
	buf_puts(writer->out, "\r\n");
	writer->midrow = false;
}
