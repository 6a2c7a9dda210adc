/* SPDX-License-Identifier: ISC */
/* Writes and reads staged rows; knows no field's meaning. */
#include "desk/pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"

void
pack_text(struct buf *out, int field, const char *text)
{
	if (text != NULL)
		buf_printf(out, "%d:%zu:%s", field, strlen(text), text);
}

void
pack_int(struct buf *out, int field, int64_t value)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)value);
	pack_text(out, field, text);
}

void
pack_day(struct buf *out, int field, int day)
{
	char iso[DAY_TEXT_MAX];

	if (day != DAY_NONE)
		pack_text(out, field, day_iso(day, iso));
}

static int
read_number(const char **at, size_t *out)
{
	size_t value = 0;
	int digits = 0;

	for (; **at >= '0' && **at <= '9' && digits < 9; digits++, (*at)++)
		value = value * 10 + (size_t)(**at - '0');
	if (digits == 0 || **at != ':')
		return -1;
	(*at)++;
	*out = value;
	return 0;
}

int
unpack(const char **at, int *field, char **text, struct err *err)
{
	size_t number, len;

	if (**at == '\0')
		return 0;
	if (read_number(at, &number) == -1 || read_number(at, &len) == -1 ||
	    strnlen(*at, len) != len)
		return err_set(
		    err, ERR_SYSTEM, "a staged row of the register is damaged");
	*field = (int)number;
	*text = xstrndup(*at, len);
	*at += len;
	return 1;
}

int
unpack_cells(const char *body, char **cells, int ncells, int other, char **more,
    struct err *err)
{
	char *text;
	int field, rc;

	while ((rc = unpack(&body, &field, &text, err)) == 1) {
		char **to = field == other                 ? more
			    : field >= 0 && field < ncells ? &cells[field]
							   : NULL;

		if (to == NULL) {
			free(text);
			continue;
		}
		free(*to);
		*to = text;
	}
	return rc;
}
