/* SPDX-License-Identifier: ISC */
/*
 * Minutes that were a table once and were flattened: the cell of who acts is a
 * line of its own below the notes, or stands behind a slash.
 */
#include "core/minutes_flat.h"

#include <stdlib.h>
#include <string.h>

/* ---- owners on a line of their own ---- */

/* Does block i only say who acts (sure: by initials that nobody explains, too),
 * below a paragraph, as the cells of a table stand one below the other? Then
 * *charge is how that paragraph charges somebody, and its sentence *text. */
static bool
is_owner_below(const struct reading *r, const struct part *part, size_t i,
    bool sure, const char **text, size_t *len, enum charge *charge)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	const struct block *b = &r->blocks.list.items[i], *above = b - 1;
	struct minutes_entry scratch = { 0 };
	size_t words = 0;

	if (i <= part->head || b->length < 2 || b->length > 40 || b->mark[0] ||
	    b->bullet || b->kind == BLOCK_ROW || above->kind == BLOCK_ROW ||
	    above->kind == BLOCK_HEADING || above->taken ||
	    (above->section != SECTION_NONE &&
		above->section != SECTION_NOTES &&
		above->section != SECTION_PREVIOUS))
		return false;
	for (size_t k = 0; k < above->length; k++)
		words += above->text[k] == ' ';
	if (words < 4 || b->text[b->length - 1] == ':' ||
	    !(owners_all_known(r, m, b->text, b->length) ||
		(sure && b->length <= 4 && !has_lower(b->text, b->length) &&
		    owners_only(r, m, b->text, b->length))))
		return false;
	*len = above->length;
	*text = asking_sentence(r, m, above->text, len);
	*charge = clause_read(r, m, *text, *len, &scratch);
	owners_clear(&scratch);
	return !clause_noted(*text, *len) && !clause_no_action(*text, *len);
}

/* Where most such paragraphs charge somebody; else the lines are headings. */
static void
owners_below_read(struct reading *r, struct part *part)
{
	size_t below = 0, asking = 0, len;
	enum charge charge;
	const char *text;

	for (size_t i = part->head; i < part->end; i++)
		if (is_owner_below(r, part, i, false, &text, &len, &charge)) {
			below++;
			asking += charge != CHARGE_NONE;
		}
	if (below < 2 || asking * 3 < below * 2)
		return;
	for (size_t i = part->head; i < part->end; i++) {
		struct block *b = &r->blocks.list.items[i];
		struct minutes_entry *e;

		if (!is_owner_below(r, part, i, true, &text, &len, &charge))
			continue;
		e = draft_new(r, part, b - 1, MINUTES_FROM_MARGIN, "action",
		    text, len,
		    block_line_at(b - 1, (size_t)(text - b[-1].text)),
		    "the line below names who acts");
		owners_cell(r, part_meeting(r, part), b->text, b->length, e);
		due_read(r, part, e);
		b->taken = b[-1].taken = true;
	}
}

/* ---- cells parted by slashes ---- */

/* Where the last cell of "These are to be sent out / Ann" begins, at the slash;
 * NULL: there is none. */
static const char *
slash_cell(const struct block *b)
{
	const char *last = NULL;

	for (const char *at = b->text; (at = strstr(at, " / ")); at += 3)
		if (text_is_upper(at[3]))
			last = at;
	return last;
}

/* "2 / Terms of reference". */
static bool
is_slash_title(const struct block *b)
{
	size_t n = strspn(b->text, "0123456789");

	return n > 0 && n < 4 && text_starts(b->text + n, " / ") &&
	       text_is_upper(b->text[n + 3]);
}

/* A name or two, though nobody listed them. */
static bool
are_names(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n; i++)
		if (toks.t[i].kind == 'w' && !tok_is(&toks.t[i], "and") &&
		    (!toks.t[i].cap || !may_be_name(&toks.t[i])))
			return false;
	return toks.n > 0 && toks.n <= 5;
}

/* Minutes as a table, flattened to a line a row, "2 / Title" and below it
 * "notes / who". */
static void
slashes_read(struct reading *r, struct part *part)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	size_t titles = 0;

	for (size_t i = part->head; i < part->end; i++)
		titles += is_slash_title(&r->blocks.list.items[i]);
	for (size_t i = part->head; i < part->end && titles >= 3; i++) {
		struct block *b = &r->blocks.list.items[i];
		const char *at = slash_cell(b), *cell, *text = b->text;
		size_t len, n;
		enum charge charge;
		struct minutes_entry *e;

		if (!at || b->kind == BLOCK_ROW || b->kind == BLOCK_HEADING ||
		    is_slash_title(b) || at - text < 12)
			continue;
		cell = at + 3;
		n = b->length - (size_t)(cell - text);
		len = (size_t)(at - text);
		if (clause_noted(cell, n) || clause_no_action(cell, n) ||
		    cell_says_none(cell, n))
			continue;
		if (n <= 40 &&
		    (owners_only(r, m, cell, n) || are_names(cell, n))) {
			text = asking_sentence(r, m, text, &len);
			e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action",
			    text, len,
			    block_line_at(b, (size_t)(text - b->text)),
			    "the cell behind names who acts");
			owners_cell(r, m, cell, n, e);
			due_read(r, part, e);
			b->taken = true;
		} else if (charges_somebody(r, m, cell, n, &charge) &&
			   charge == CHARGE_TO) {
			marked_add(r, part, b, cell, n, MINUTES_FROM_TABLE,
			    false, NULL);
			b->taken = true;
		}
	}
}

/* The bytes before what is to be done in a listed action, "3. / Quotes to be
 * got / Ann" or "3 / Quotes ...", 0 where it is no such row. */
static size_t
slash_row_at(const struct block *b)
{
	size_t n = strspn(b->text, "0123456789");

	if (b->section != SECTION_ACTIONS || b->kind == BLOCK_ROW)
		return 0;
	if (text_is_digit(b->mark[0]) && text_starts(b->text, "/ "))
		return 2;
	return n > 0 && n < 4 && text_starts(b->text + n, " / ") &&
		       b->length > n + 12
		   ? n + 3
		   : 0;
}

/* Takes who acts and when off the end of a row, cell by cell: the new length.
 */
static size_t
slash_cells_cut(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *said)
{
	size_t end = len;

	for (size_t i = len; i-- > 4;) {
		const char *cell = text + i + 3;
		size_t n = end - i - 3;
		bool ditto;

		if (i + 4 > end || !text_starts(text + i, " / "))
			continue;
		if (!said->due_phrase && said->owners.len == 0 &&
		    trail_due(cell, n, &ditto) && !ditto)
			due_phrase_set(said, cell, n);
		else if (n <= 40 && said->owners.len == 0 &&
			 (owners_only(r, m, cell, n) || are_names(cell, n)))
			owners_cell(r, m, cell, n, said);
		else if (!cell_says_none(cell, n))
			break;
		end = i;
	}
	return end;
}

/* One row of such a list: blocks first to end (left out). */
static void
slash_row_read(struct reading *r, struct part *part, size_t first, size_t end)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry said = { 0 };
	struct block *list = r->blocks.list.items;
	struct block *last = &list[end - 1];
	size_t cut = slash_cells_cut(r, m, last->text, last->length, &said);
	size_t from = m->entries.len;

	/* what asks nobody explains what does, but in a row of one block */
	for (size_t i = first; i < end; i++) {
		size_t at = i == first ? slash_row_at(&list[i]) : 0;
		size_t len = i + 1 == end ? cut : list[i].length;
		enum charge charge;

		list[i].taken = true;
		if (at + 4 < len &&
		    (end == first + 1 ||
			charges_somebody(
			    r, m, list[i].text + at, len - at, &charge)))
			marked_add(r, part, &list[i], list[i].text + at,
			    len - at, MINUTES_FROM_LIST, false, &said);
	}
	for (size_t i = from; i < m->entries.len && said.due_phrase; i++) {
		struct minutes_entry *e = &m->entries.items[i];

		if (e->due_phrase)
			continue;
		due_phrase_set(e, said.due_phrase, strlen(said.due_phrase));
		due_read(r, part, e);
	}
	owners_clear(&said);
	free(said.due_phrase);
}

/* A list of actions that was a table, "3. / Quotes to be got / Ann"; a cell may
 * go on in the lines below. */
static void
slash_list_read(struct reading *r, struct part *part)
{
	const struct block *list = r->blocks.list.items;
	size_t rows = 0, end;

	for (size_t i = part->first; i < part->end; i++)
		rows += slash_row_at(&list[i]) > 0;
	for (size_t i = part->first; i < part->end && rows >= 2; i = end) {
		end = i + 1;
		if (slash_row_at(&list[i]) == 0)
			continue;
		while (end < part->end && !list[end].gap &&
		       list[end].kind == BLOCK_PARA &&
		       list[end].section == SECTION_ACTIONS &&
		       slash_row_at(&list[end]) == 0)
			end++;
		slash_row_read(r, part, i, end);
	}
}

/* ---- each cell a paragraph ---- */

/* The number of an item, alone in its cell; 0 for other blocks. */
static int
number_cell(const struct block *b)
{
	if (b->length == 0 || b->length > 3 || b->mark[0] || b->bullet ||
	    strspn(b->text, "0123456789.") != b->length)
		return 0;
	return atoi(b->text);
}

/* Behind the heads "Item", "Discussion", "Action / who / when": the first
 * number, part->end where there are no such cells. */
static size_t
first_cell(const struct reading *r, const struct part *part)
{
	const struct block *list = r->blocks.list.items;

	for (size_t i = part->first + 2; i < part->end; i++) {
		int next = 2;

		if (number_cell(&list[i]) != 1 || list[i - 1].length > 40 ||
		    !(text_starts(list[i - 1].text, "action") ||
			text_starts(list[i - 1].text, "who")))
			continue;
		for (size_t k = i + 1; k < part->end && next < 4; k++)
			next += number_cell(&list[k]) == next;
		if (next == 4)
			return i;
	}
	return part->end;
}

/* What stands in the cells behind the first one of an item and says who is to
 * do what, a line each. */
static void
cells_read(struct reading *r, struct part *part)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	int number = 0;
	size_t cell = 0;

	for (size_t i = first_cell(r, part); i < part->end; i++) {
		struct block *b = &r->blocks.list.items[i];
		struct minutes_entry who = { 0 };
		enum charge charge;
		size_t n;

		if (number_cell(b) == number + 1) {
			number++;
			cell = 0;
			continue;
		}
		cell += b->gap;
		if (b->taken || cell < 2 || b->kind == BLOCK_ROW ||
		    b->length < 8 || b->section == SECTION_NEXT)
			continue;
		n = outcome_owner(r, m, b);
		if (n > 0)
			owners_cell(r, m, b->text, n, &who);
		if (n > 0 ||
		    (charges_somebody(r, m, b->text, b->length, &charge) &&
			charge == CHARGE_TO)) {
			marked_add(r, part, b, b->text, b->length,
			    MINUTES_FROM_TABLE, true, n > 0 ? &who : NULL);
			b->taken = true;
		}
		owners_clear(&who);
	}
}

void
flat_read(struct reading *r, struct part *part)
{
	slashed_read(r, part);
	slash_list_read(r, part);
	owners_below_read(r, part);
	slashes_read(r, part);
	cells_read(r, part);
	tabbed_read(r, part);
}
