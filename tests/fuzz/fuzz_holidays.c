/* SPDX-License-Identifier: ISC */
/* Fuzzes the reading of iCalendar files. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/buf.h"
#include "io/holidays.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct calendar cal;
	struct err err;
	int rc;

	calendar_init(&cal);
	rc = holidays_parse("fuzz", text, size, &cal, &err);
	calendar_seal(&cal);
	/* A file that is refused adds nothing. */
	if (rc == -1 && calendar_horizon(&cal) != DAY_NONE)
		abort();
	calendar_clear(&cal);
	free(text);
	return 0;
}
