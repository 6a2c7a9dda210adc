/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as a paper: minutes_read must answer or refuse, and what it
 * answers must be UTF-8 and hold together. Without a register, and with one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/minutes.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_text(const char *text)
{
	if (text && !text_is_utf8(text, strlen(text)))
		abort();
}

static void
check(const struct minutes *out)
{
	VEC_EACH (const struct minutes_meeting, m, &out->meetings) {
		must_be_text(m->title);
		must_be_text(m->venue);
		must_be_text(m->chair);
		VEC_EACH (const struct minutes_person, p, &m->people)
			must_be_text(p->name);
		VEC_EACH (const struct minutes_entry, e, &m->entries) {
			must_be_text(e->text);
			must_be_text(e->due_phrase);
			if (!e->kind || !e->state || !e->why || e->line == 0)
				abort();
			VEC_EACH (const struct minutes_owner, o, &e->owners) {
				char *label = minutes_owner_label(o);

				must_be_text(label);
				free(label);
			}
		}
	}
	VEC_EACH (const struct minutes_flag, f, &out->flags)
		must_be_text(f->text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int days[] = { 17896, 17988 };
	static const char *const aliases[] = { "the Panel" };
	const struct words_series series = { .id = 1,
		.code = "PCP",
		.title = "Police and Crime Panel",
		.aliases = aliases,
		.naliases = 1,
		.days = days,
		.ndays = 2 };
	const struct minutes_party parties[] = {
		{ .id = 1,
		    .kind = MINUTES_PERSON,
		    .name = "Ann Bell",
		    .office = "Parish Clerk" },
		{ .id = 2,
		    .kind = MINUTES_ORGANISATION,
		    .name = "Example Force",
		    .aliases = aliases,
		    .naliases = 1 },
	};
	struct minutes_env env;
	struct minutes out;
	struct err err;

	minutes_env_init(&env);
	if (size > 0 && (data[0] & 1)) {
		env.series = &series;
		env.nseries = 1;
		env.parties = parties;
		env.nparties = 2;
	}
	if (minutes_read((const char *)data, size, &env, &out, &err) == 0) {
		check(&out);
		minutes_clear(&out);
	}
	return 0;
}
