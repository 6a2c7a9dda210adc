/* SPDX-License-Identifier: ISC */
/* The date that an owner asks for, for whoever is to agree; see the header. */
#include "desk/request.h"

#include <stdlib.h>

#include "core/buf.h"
#include "io/entries.h"

/* The last one that waits counts. */
static int
tell_pending(void *ctx, const struct slip *slip, struct err *err)
{
	struct buf *out = ctx;
	char day[DAY_LONG_MAX];

	(void)err;
	if (slip->state != SLIP_PENDING)
		return 0;
	buf_reset(out);
	buf_printf(out, "%s asks for ",
	    slip->asked_by != NULL ? slip->asked_by : "The owner");
	if (slip->new_on != DAY_NONE)
		buf_puts(out, day_long(slip->new_on, day));
	else
		buf_puts(
		    out, slip->phrase != NULL ? slip->phrase : "another date");
	if (slip->reason != NULL)
		buf_printf(out, ": %s", slip->reason);
	return 0;
}

int
request_text(struct db *db, int64_t entry_id, char **out, struct err *err)
{
	struct buf said = { 0 };

	if (slips_each(db, entry_id, tell_pending, &said, err) == -1) {
		buf_clear(&said);
		return -1;
	}
	*out = said.len > 0 ? buf_take(&said) : NULL;
	buf_clear(&said);
	return 0;
}
