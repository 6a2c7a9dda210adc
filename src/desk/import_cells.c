/* SPDX-License-Identifier: ISC */
/* Cells of rows that are imported, whatever the rows are; see import_kind.h. */
#include <stdlib.h>

#include "core/text.h"
#include "desk/days.h"
#include "desk/import_kind.h"

char *
import_cell(const struct import_run *run, const struct csv_row *row, int column)
{
	const char *text = csv_value(row, run->index[column]);
	struct buf clean = { 0 };

	if (*text == '\0')
		return NULL;
	text_add_squeezed(&clean, text);
	if (clean.len == 0) {
		buf_clear(&clean);
		return NULL;
	}
	return buf_take(&clean);
}

int
import_day(
    struct import_run *run, const struct csv_row *row, int column, int *out)
{
	const char *text = csv_value(row, run->index[column]);
	int day;

	while (text_is_space(*text))
		text++;
	if (*text == '\0')
		return 0;
	day = day_read(text);
	if (day == DAY_NONE) {
		import_wrong(run, column,
		    "\"%.40s\" is no day; write it as 2018-11-07 or "
		    "07/11/2018",
		    text);
		return -1;
	}
	*out = day;
	return 1;
}

int
import_switch(
    struct import_run *run, const struct csv_row *row, int column, bool *out)
{
	static const char *const yes[] = { "yes", "y", "true", "1", "x" };
	static const char *const no[] = { "no", "false", "0", "p", "public" };
	char *text = import_cell(run, row, column);
	int rc = -1;

	if (text == NULL)
		return 0;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		if (text_same(text, yes[i])) {
			*out = true;
			rc = 1;
		}
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		if (text_same(text, no[i])) {
			*out = false;
			rc = 1;
		}
	if (rc == -1)
		import_wrong(run, column, "\"%.20s\": write yes or no", text);
	free(text);
	return rc;
}

int
import_minute(struct import_run *run, int column, const char *text)
{
	int minute = text == NULL ? -1 : minute_parse(text);

	if (minute >= 0 && minute < 1440)
		return minute;
	if (text != NULL)
		import_wrong(run, column,
		    "\"%.20s\" is no time of day like 14:30", text);
	return -1;
}

bool
import_twice(struct import_run *run, struct strmap *rows, const char *key,
    int column, const char *what)
{
	const int64_t *before = strmap_get(rows, key);

	if (before == NULL) {
		strmap_set(rows, key, (int64_t)run->row);
		return false;
	}
	import_wrong(run, column, "%s stands in row %lld already", what,
	    (long long)*before);
	return true;
}
