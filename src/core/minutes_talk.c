/* SPDX-License-Identifier: ISC */
/*
 * Chats and transcripts, of which every line is kept: "ann: not yet". What is
 * said there looks like "who: what", but asks nothing of who says it.
 */
#include "core/minutes_talk.h"

#include <string.h>

enum { NAME_LONG = 24, FAR = 300 };

static bool
begins_with_verb(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len < 40 ? len : 40);
	return toks.n > 0 && is_doing_verb(&toks.t[0]);
}

/* Bytes of the one word before the colon of a paragraph, 0 where none is. */
static size_t
speaker(const struct block *b)
{
	size_t n = strcspn(b->text, ": ");
	bool number;

	return b->kind != BLOCK_ROW && !b->bullet && !b->mark[0] && n > 1 &&
		       n < NAME_LONG && n + 2 < b->length &&
		       b->text[n] == ':' && text_is_space(b->text[n + 1]) &&
		       text_is_letter(b->text[0]) &&
		       action_mark(b->text, b->length, &number) == 0
		   ? n
		   : 0;
}

/* Says somebody, elsewhere than in lists of actions, things that are no orders?
 */
static bool
speaks(const struct reading *r, const struct part *part, const struct block *b)
{
	size_t n = speaker(b), times = 0;
	size_t own = (size_t)(b - r->blocks.list.items);
	size_t i = own > part->first + FAR ? own - FAR : part->first;

	for (; i < part->end && i < own + FAR && n > 0 && times < 2; i++) {
		const struct block *other = &r->blocks.list.items[i];

		times += other != b && other->section != SECTION_ACTIONS &&
			 speaker(other) == n &&
			 text_same_len(b->text, n, other->text, n) &&
			 !begins_with_verb(
			     other->text + n + 2, other->length - n - 2);
	}
	return times >= 2;
}

bool
talk_is_order(
    const struct reading *r, const struct part *part, const struct block *b)
{
	size_t n = speaker(b);

	return n > 0 && begins_with_verb(b->text + n + 2, b->length - n - 2) &&
	       speaks(r, part, b);
}

void
talk_heading(struct reading *r, struct part *part, size_t heading)
{
	struct block *list = r->blocks.list.items;
	size_t end, talk = 0;

	if (list[heading].section != SECTION_ACTIONS)
		return;
	for (end = heading + 1;
	     end < part->end && list[end].section == SECTION_ACTIONS &&
	     list[end].kind != BLOCK_HEADING;
	     end++)
		talk += speaks(r, part, &list[end]);
	if (talk < 2 || talk * 3 < end - heading - 1)
		return;
	for (size_t i = heading + 1; i < end; i++)
		list[i].section = SECTION_PREVIOUS;
}
