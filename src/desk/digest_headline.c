/* SPDX-License-Identifier: ISC */
/* What stands above a digest's sections: the counts and the change since the
 * one before, or that there is nothing to say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/digest_parts.h"

static void
add_count(struct buf *b, size_t n, const char *what, const char *lead)
{
	if (n > 0)
		buf_printf(b, "%s%zu %s", lead, n, what);
}

void
digest_headline(struct gather *g)
{
	const struct digest_counts *c = &g->counts;
	struct buf b = { 0 };
	char day[DAY_LONG_MAX];

	buf_printf(&b, "%zu open", c->open);
	add_count(&b, c->overdue, "overdue", ": ");
	if (c->overdue == 0 && c->open > 0)
		buf_puts(&b, ": none overdue");
	add_count(&b, c->due,
	    g->next_on != DAY_NONE ? "due before the next meeting"
				   : "due within four weeks",
	    ", ");
	add_count(&b, c->undated, "without a date", ", ");
	add_count(&b, c->proposed, "waiting for approval", ", ");
	buf_putc(&b, '.');
	if (g->scope.since_on != DAY_NONE) {
		buf_printf(&b, "\nSince %s: %zu added, %zu closed",
		    day_long(g->scope.since_on, day), c->opened, c->closed);
		add_count(&b, c->newly_overdue, "newly overdue", ", ");
		add_count(&b, c->moved,
		    c->moved == 1 ? "date moved" : "dates moved", ", ");
		buf_putc(&b, '.');
	}
	for (int i = 0; i < DIGEST_SECTIONS; i++)
		if (g->lines[i] > DIGEST_LINES_MOST)
			buf_printf(&b,
			    "\nOnly the first %d of %zu are listed below.",
			    DIGEST_LINES_MOST, g->lines[i]);
	g->letter->headline = digest_keep(g, buf_take(&b));
}

/* An empty digest is not sent; yet silence must not be read as failure, so
 * once a month a line says that nothing is overdue. Not for a series that is
 * known by its calendar alone, whose chair and secretary are nobody's. */
int
digest_quiet(struct gather *g, struct err *err)
{
	struct civil today = day_civil(g->agent->today);
	char month[32], text[64];
	char *key, *said = NULL;
	int rc;

	if (g->agent->reader ||
	    (g->series->chair_id == 0 && g->series->secretary_id == 0))
		return 0;
	(void)snprintf(
	    month, sizeof month, "%04d-%02d", today.year, today.month);
	/* The same digest says it to all its readers, and again when it has to
	 * be written anew. */
	(void)snprintf(
	    text, sizeof text, "%s %lld", month, (long long)g->scope.since_at);
	key = xasprintf("digest-quiet/%s/%s", g->digest->name, g->series->code);
	rc = register_meta(g->agent->db, key, &said, err);
	if (rc == 0 && (said == NULL || strncmp(said, month, 7) != 0 ||
			   strcmp(said, text) == 0)) {
		rc = register_set_meta(g->agent->db, key, text, err);
		if (rc == 0)
			rc = 1;
		g->letter->headline = "Nothing is overdue, and nothing needs "
				      "you. Reminders are running; this line "
				      "comes once a month.";
	}
	free(said);
	free(key);
	return rc;
}
