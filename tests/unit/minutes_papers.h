/* SPDX-License-Identifier: ISC */
/* Small invented papers and the entries that they are to give: what the tests
 * of layouts share. */
#ifndef NUDGED_TESTS_MINUTES_PAPERS_H
#define NUDGED_TESTS_MINUTES_PAPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/minutes.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define HEAD                                                                \
	"Example Town Council\n\nMinutes of the meeting held on Monday 11 " \
	"May 2020\n\nPresent: Ann Bell (AB), Carl Dunn (CD), Eve Frost "    \
	"(EF)\n\n"

struct layout {
	const char *name, *paper, *want;
};

/* Entries, one a line: "owners: text | due state"; "?" marks unsure ones. */
static char *
entries_text(const struct minutes *out)
{
	struct buf b = { 0 };
	char day[DAY_TEXT_MAX];

	VEC_EACH (const struct minutes_meeting, m, &out->meetings)
		VEC_EACH (const struct minutes_entry, e, &m->entries) {
			buf_puts(&b, e->sure ? "" : "?");
			for (size_t i = 0; i < e->owners.len; i++)
				buf_printf(&b, "%s%s", i ? "," : "",
				    e->owners.items[i].name);
			buf_printf(&b, ": %s | %s%s%s\n", e->text,
			    day_iso(e->due_on, day),
			    strcmp(e->state, "open") ? " " : "",
			    strcmp(e->state, "open") ? e->state : "");
		}
	return buf_take(&b);
}

static void
read_text(const char *paper, struct minutes *out)
{
	struct minutes_env env;
	struct err err;

	minutes_env_init(&env);
	if (minutes_read(paper, strlen(paper), &env, out, &err) == -1)
		fail_msg("%s", err.text);
}

static void
expect(const struct layout *layout)
{
	struct minutes out;
	char *got;

	read_text(layout->paper, &out);
	got = entries_text(&out);
	if (strcmp(got, layout->want) != 0)
		fail_msg(
		    "%s\nwant:\n%s\ngot:\n%s", layout->name, layout->want, got);
	free(got);
	minutes_clear(&out);
}

#endif
