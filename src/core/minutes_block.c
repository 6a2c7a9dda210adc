/* SPDX-License-Identifier: ISC */
/* A block of a paper: its text, its lines, the item that it belongs to. */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

struct block *
block_new(struct blocks *out, enum block_kind kind)
{
	struct block *b = vec_push(&out->list);

	b->kind = kind;
	b->text = xstrdup("");
	return b;
}

/* "... to the owners.Action 3: AB": does a mark begin at i that has lost the
 * blank before it, as where a tab or the end of a line was dropped? */
static bool
is_glued_mark(const char *text, size_t len, size_t i)
{
	bool number;

	return i > 2 && text_is_upper(text[i]) && i + 4 < len &&
	       strchr(".?!);:", text[i - 1]) && !text_is_space(text[i - 2]) &&
	       action_mark(text + i, len - i, &number) > 0;
}

void
block_add_line(struct block *b, const char *text, size_t len, unsigned no)
{
	struct block_line *line = vec_push(&b->lines);
	size_t have = b->lines.len > 1 ? b->length : 0, from = 0;

	/* twice, since a blank may go before each mark */
	if (b->room < have + 2 * len + 2) {
		b->room = (have + 2 * len + 2) * (have ? 2 : 1);
		b->text = xrealloc(b->text, b->room);
	}
	if (have > 0)
		b->text[have++] = ' ';
	line->at = (unsigned)have;
	line->no = no;
	for (size_t i = 3; i < len; i++)
		if (is_glued_mark(text, len, i)) {
			memcpy(b->text + have, text + from, i - from);
			have += i - from;
			b->text[have++] = ' ';
			from = i;
		}
	memcpy(b->text + have, text + from, len - from);
	b->length = have + len - from;
	b->text[b->length] = '\0';
	if (b->first == 0)
		b->first = no;
	b->last = no;
}

unsigned
block_line_at(const struct block *b, size_t offset)
{
	size_t low = 0, high = b->lines.len;

	if (high == 0)
		return b->first;
	while (low + 1 < high) {
		size_t mid = (low + high) / 2;

		if (b->lines.items[mid].at <= offset)
			low = mid;
		else
			high = mid;
	}
	return b->lines.items[low].no;
}

void
blocks_clear(struct blocks *blocks)
{
	VEC_EACH (struct block, b, &blocks->list) {
		free(b->text);
		VEC_EACH (struct block_margin, m, &b->margins) {
			free(m->text);
			free(m->who);
			free(m->when);
		}
		vec_clear(&b->margins);
		vec_clear(&b->lines);
		for (size_t i = 0; b->cells && i < COLUMN_MAX; i++)
			free(b->cells[i]);
		free(b->cells);
	}
	vec_clear(&blocks->list);
}

/* Which item and paragraph each block belongs to. Where items are headed "Item
 * 4", plain numbers are paragraphs. */
void
blocks_number(struct blocks *out, size_t first, size_t end)
{
	char item[24] = "", para[24] = "";
	bool named = false;

	for (size_t i = first; i < end; i++)
		named |= out->list.items[i].named;

	for (size_t i = first; i < end; i++) {
		struct block *b = &out->list.items[i];
		bool numeric = text_is_digit(b->mark[0]);
		bool ref = mark_is_reference(b->mark);

		if ((b->kind == BLOCK_HEADING && (numeric || ref)) ||
		    (b->kind == BLOCK_ITEM && ref)) {
			memcpy(item, b->mark, sizeof item);
			para[0] = '\0';
		} else if (b->kind == BLOCK_HEADING && b->level <= 2) {
			item[0] = para[0] = '\0';
		} else if (!named && b->kind == BLOCK_ITEM && numeric &&
			   item[0] >= '1' && item[0] <= '9' &&
			   !mark_is_reference(item) && !b->indent &&
			   !b->bullet && atoi(b->mark) == atoi(item) + 1) {
			/* "5. Planning. No objections were raised." */
			memcpy(item, b->mark, sizeof item);
			para[0] = '\0';
		} else if (b->kind == BLOCK_ITEM && numeric && !b->indent) {
			memcpy(para, b->mark, sizeof para);
		}
		memcpy(b->item, item, sizeof item);
		memcpy(b->para, para, sizeof para);
	}
}
