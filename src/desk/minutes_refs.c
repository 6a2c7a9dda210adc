/* SPDX-License-Identifier: ISC */
/* Refs that a paper speaks of and the register does not have. */
#include <stdlib.h>
#include <string.h>

#include "core/said.h"
#include "core/text.h"
#include "desk/minutes_parts.h"
#include "io/entries.h"

/* Has the ref the code of a series? Papers have numbers of their own too. */
static bool
is_of_series(const struct minutes_known *known, const char *ref)
{
	size_t len = strcspn(ref, "-");

	for (size_t i = 0; i < known->dating.cal.series.len; i++) {
		const char *code = known->dating.cal.series.items[i].code;

		if (code != NULL && text_same_n(ref, len, code))
			return true;
	}
	return false;
}

static int
look_at_ref(struct desk_call *call, const struct minutes_known *known,
    const char *ref, unsigned line, struct minutes *minutes, struct err *err)
{
	struct entry entry;
	int rc;

	if (!is_of_series(known, ref))
		return 0;
	rc = entries_get(call->db, ref, &entry, err);
	if (rc == 1)
		entry_clear(&entry);
	else if (rc == 0)
		minutes_add_flag(minutes, MINUTES_FLAG_TOLD, line,
		    xasprintf("no %s in the register", ref));
	return rc == -1 ? -1 : 0;
}

static int
look_at_text(struct desk_call *call, const struct minutes_known *known,
    const char *text, unsigned line, struct minutes *minutes, struct err *err)
{
	for (const char *at = text; at != NULL && *at != '\0';) {
		size_t n = said_ref_at(at, strlen(at));
		char *ref;
		int rc;

		if (n > 0) {
			ref = xstrndup(at, n);
			rc = look_at_ref(call, known, ref, line, minutes, err);
			free(ref);
			if (rc == -1)
				return -1;
		}
		at = strpbrk(at, " (,/");
		at += at != NULL ? strspn(at, " (,/") : 0;
	}
	return 0;
}

int
minutes_flag_refs(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, struct minutes *minutes, struct err *err)
{
	struct saids saids = { 0 };
	int rc = 0;

	said_read(file->bytes, file->len, &saids);
	VEC_EACH (const struct said, s, &saids.list) {
		if (rc == -1 || (s->kinds & SAID_APPROVED))
			continue;
		rc = look_at_text(call, known, s->text, s->line, minutes, err);
		if (rc == 0 && s->head != NULL)
			rc = look_at_text(
			    call, known, s->head, s->line, minutes, err);
	}
	saids_clear(&saids);
	return rc;
}
