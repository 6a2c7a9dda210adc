/* SPDX-License-Identifier: ISC */
/*
 * Minutes as a table below the heads "Item / Notes / Actions", its cells parted
 * by slashes: the notes of an item run over lines, and behind the slash of the
 * last of them stands what is to be done, to the next item.
 */
#include "core/minutes_flat.h"
#include "core/minutes_tables.h"

#include <string.h>

/* Is it the heads of such a table? */
static bool
is_heads(const struct block *b)
{
	const char *text = b->text, *at;
	struct cells cells = { .n = 0 };
	struct table t = { .n = 0 };

	if (b->kind == BLOCK_ROW || b->length > 60)
		return false;
	for (; (at = strstr(text, " / ")); text = at + 3)
		table_cell_add(&cells, text, (size_t)(at - text), 0);
	table_cell_add(&cells, text, strlen(text), 0);
	return cells.n >= 2 && table_heads_notes(&t, &cells);
}

/* A slash on a line of its own, as the cells of heads leave them. */
static bool
is_slash(const struct block *b)
{
	return b->length == 1 && *b->text == '/';
}

/* What stands below the heads of a column is no list of actions. */
static void
no_list_below(struct reading *r, const struct part *part, size_t i)
{
	for (; i < part->end; i++) {
		struct block *b = &r->blocks.list.items[i];

		if (b->kind == BLOCK_HEADING || b->section != SECTION_ACTIONS)
			return;
		b->section = SECTION_NOTES;
	}
}

/* Does a line of such a cell begin anew with who acts? */
static bool
begins_action(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	enum charge charge;

	for (size_t i = 1; i + 4 < len && i < 40; i++) {
		size_t d = text[i] == ':' ? 1 : dash_at(text + i);

		if (d > 0 && text_is_space(text[i + d]) &&
		    owners_only(r, m, text, i))
			return true;
	}
	return charges_somebody(r, m, text, len, &charge) &&
	       charge == CHARGE_TO;
}

/* Adds what a cell of actions holds of a block, from an offset on: one for each
 * line that says who acts. */
static void
cell_read(struct reading *r, struct part *part, struct block *b, size_t from)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	size_t line = 0, end;

	b->taken = true;
	while (line < b->lines.len && b->lines.items[line].at <= from)
		line++;
	for (; from < b->length; from = end) {
		while (line < b->lines.len &&
		       !begins_action(r, m, b->text + b->lines.items[line].at,
			   b->length - b->lines.items[line].at))
			line++;
		end =
		    line < b->lines.len ? b->lines.items[line++].at : b->length;
		if (begins_action(r, m, b->text + from, end - from))
			marked_add(r, part, b, b->text + from, end - from,
			    MINUTES_FROM_TABLE, true, NULL);
	}
}

/* The offset of the cell of actions in a block of an item, 0: it is not there.
 * The first block has its title before the notes. */
static size_t
cell_at(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, bool first)
{
	size_t slashes = 0, cell = 0;

	for (const char *at = b->text; (at = strstr(at, " / ")); at += 3)
		if (text_is_upper(at[3])) {
			slashes++;
			cell = (size_t)(at + 3 - b->text);
		}
	return slashes > first &&
		       begins_action(r, m, b->text + cell, b->length - cell)
		   ? cell
		   : 0;
}

void
slashed_read(struct reading *r, struct part *part)
{
	bool table = false, cell = false;

	for (size_t i = part->first; i < part->end; i++) {
		struct block *b = &r->blocks.list.items[i];
		size_t at;

		if (is_heads(b)) {
			no_list_below(r, part, i + 1);
			table = true;
			cell = false;
			continue;
		}
		if (is_slash(b) && i + 1 < part->end &&
		    b[1].kind == BLOCK_HEADING &&
		    b[1].section == SECTION_ACTIONS)
			no_list_below(r, part, i + 2);
		if (b->kind == BLOCK_ROW ||
		    (b->kind == BLOCK_HEADING && !text_is_digit(b->mark[0])))
			table = false;
		if (text_is_digit(b->mark[0]))
			cell = false;
		if (!table || b->taken || b->kind == BLOCK_HEADING)
			continue;
		at = cell ? 0
			  : cell_at(r, part_meeting(r, part), b,
				text_is_digit(b->mark[0]) != 0);
		cell |= at > 0;
		if (cell)
			cell_read(r, part, b, at);
	}
}
