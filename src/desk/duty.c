/* SPDX-License-Identifier: ISC */
/* Proposes the entries that a report's publication starts clocks for. */
#include "desk/duty.h"

#include <stdlib.h>

#include "core/text.h"
#include "desk/dates.h"
#include "io/entries.h"

/* Refs beside the numbers that the report's own recommendations have: "CDI-R",
 * "CDI-R2". */
static int
free_ref(struct db *db, const char *code, char **out, struct err *err)
{
	struct entry entry;
	char *ref = xasprintf("%s-R", code);

	for (int n = 2;; n++) {
		int rc = entries_get(db, ref, &entry, err);

		if (rc == 0) {
			*out = ref;
			return 0;
		}
		free(ref);
		if (rc == -1)
			return -1;
		entry_clear(&entry);
		ref = xasprintf("%s-R%d", code, n);
	}
}

static int
propose(const struct dating *dating, struct db *db, const struct report *report,
    const struct clock *clock, const struct doer *doer, struct buf *told,
    struct err *err)
{
	struct entry entry;
	char day[DAY_LONG_MAX];
	int rc = -1;

	entry_init(&entry);
	entry.kind = xstrdup("duty");
	entry.text = clock->text != NULL
			 ? xstrdup(clock->text)
			 : xasprintf("answer the report %s of %s",
			       report->title, report->body);
	entry.state = ENTRY_UNCONFIRMED;
	entry.report_id = report->id;
	entry.base_on = report->published_on;
	if (free_ref(db, report->code, &entry.ref, err) == -1 ||
	    dating_clock(dating, &entry, clock->name, err) == -1 ||
	    entries_add(db, &entry, doer, err) == -1)
		goto out;
	buf_printf(told,
	    "%s proposed: %s, due %s; confirm it with: nudgectl confirm %s "
	    "--owner NAME\n",
	    entry.ref, entry.text,
	    entry.due_on == DAY_NONE ? "no date" : day_long(entry.due_on, day),
	    entry.ref);
	rc = 0;
out:
	entry_clear(&entry);
	return rc;
}

int
duty_propose(const struct conf *conf, struct db *db,
    const struct report *report, const struct doer *doer, struct buf *told,
    struct err *err)
{
	struct dating dating;
	int rc = 0;

	if (report->published_on == DAY_NONE)
		return 0;
	if (dating_load(&dating, conf, db, err) == -1)
		return -1;
	VEC_EACH (struct clock, clock, &conf->clocks)
		if (rc == 0 && clock->body != NULL &&
		    text_same(clock->body, report->body))
			rc = propose(
			    &dating, db, report, clock, doer, told, err);
	dating_clear(&dating);
	return rc;
}
