/* SPDX-License-Identifier: ISC */
/* Any bytes as CSV: rows or an error, and what was read is written and read
 * again the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_again(const struct csv_row *row)
{
	struct buf out = { 0 };
	struct csv_writer writer = { &out, false };
	struct csv_reader *reader;
	struct csv_row again;
	struct err err;

	/* A first cell that is never empty keeps the row from being skipped;
	 * its commas keep the separator from being anything else. */
	csv_field(&writer, "x");
	for (size_t i = 0; i < row->count; i++) {
		if (!text_is_utf8(row->fields[i], strlen(row->fields[i])))
			abort();
		csv_field(&writer, row->fields[i]);
	}
	for (size_t i = 0; i <= row->count * 4 && row->count < 50; i++)
		csv_field(&writer, "");
	csv_end(&writer);
	if (row->count < 50 && out.len < CSV_ROW_MAX / 2 &&
	    csv_open(out.data, out.len, &reader, &err) == 0) {
		if (csv_separator(reader) == ',') {
			if (csv_next(reader, &again, &err) != 1 ||
			    again.count < row->count + 1)
				abort();
			for (size_t i = 0; i < row->count; i++) {
				if (strcmp(row->fields[i],
					again.fields[i + 1]) != 0)
					abort();
			}
		}
		csv_close(reader);
	}
	buf_clear(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct csv_column columns[] = { { "ref", "no", false },
		{ "text", "action|recommendation", true },
		{ "owners", "lead|by whom", false } };
	struct csv_reader *reader;
	struct csv_row row;
	struct err err;
	int index[3];
	bool first = true;

	if (csv_open(data, size, &reader, &err) == -1)
		return 0;
	while (csv_next(reader, &row, &err) == 1) {
		if (first)
			(void)csv_map(
			    &row, columns, 3, NULL, 0, index, NULL, &err);
		first = false;
		check_again(&row);
	}
	if (csv_offset(reader) > size)
		abort();
	csv_close(reader);
	return 0;
}
