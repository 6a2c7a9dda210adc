/* SPDX-License-Identifier: ISC */
/*
 * What an agenda says is to be done at the meeting: "4. Policing update - Ann
 * to dial in", behind a dash of the item or in a sentence below.
 */
#include "core/minutes_parts.h"

#include <string.h>

enum { CLAUSE_MIN = 9, CLAUSE_MAX = 700 };

/* "will need to dial her in", "it would be useful to have the figures": asked
 * of somebody who is not named, or whom nobody listed. */
static bool
asks_in_agenda(const char *text, size_t len)
{
	static const char *const asks[] = { "need to", "needs to", "needed to",
		"to bring", "useful to have", "helpful to have", "will provide",
		"will present", "will give", "will bring", "will update",
		"will report", NULL };

	return !clause_question(text, len) && has_any(text, len, asks);
}

static void
clause_take(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry got = { 0 }, *e;
	const char *column = memchr(text, '\t', len);
	enum charge c;

	if (column && column > text) /* who presents the item */
		len = (size_t)(column - text);
	trim_span(&text, &len);
	if (len < CLAUSE_MIN || len > CLAUSE_MAX || promise_item_title(text))
		return;
	c = clause_read(r, m, text, len, &got);
	if (((c == CHARGE_TO || c == CHARGE_WILL) && got.owners.len > 0) ||
	    asks_in_agenda(text, len)) {
		e = draft_new(r, part, b, MINUTES_FROM_TEXT, "commitment", text,
		    len, block_line_at(b, (size_t)(text - b->text)),
		    "the agenda says what is to be done at the meeting");
		e->sure = false;
		owners_move(&got, e);
		e->due_on = e->meeting_on = m->held_on;
		e->at_meeting = true;
	}
	owners_clear(&got);
}

void
agenda_promises(struct reading *r, struct part *part)
{
	if (part_meeting(r, part)->held_on == DAY_NONE)
		return;
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		size_t at = 0, n;

		if (b->kind == BLOCK_ROW || i < part->head)
			continue;
		for (; (n = sentence_next(b->text, b->length, &at)) > 0;
		     at += n) {
			const char *text = b->text + at;
			size_t from = 0;

			for (size_t k = 1; k + 3 < n; k++) {
				size_t d = dash_at(text + k);

				if (d == 0 || !text_is_space(text[k - 1]) ||
				    !text_is_space(text[k + d]) ||
				    text_starts(text + k + d, " will ") ||
				    text_starts(text + k + d, " need"))
					continue; /* or it is one's predicate */
				clause_take(r, part, b, text + from, k - from);
				from = k + d;
			}
			clause_take(r, part, b, text + from, n - from);
		}
	}
}
