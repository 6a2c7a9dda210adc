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

void
block_add_line(struct block *b, const char *text, size_t len, unsigned no)
{
	struct block_line *line = vec_push(&b->lines);
	size_t have = b->lines.len > 1 ? b->length : 0;

	if (b->room < have + len + 2) {
		b->room = (have + len + 2) * (have ? 2 : 1);
		b->text = xrealloc(b->text, b->room);
	}
	if (have > 0)
		b->text[have++] = ' ';
	line->at = (unsigned)have;
	line->no = no;
	memcpy(b->text + have, text, len);
	b->length = have + len;
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
