/* SPDX-License-Identifier: ISC */
/*
 * Minutes that were a table once and were flattened: the cell of who acts is a
 * line of its own below the notes, or stands behind a slash.
 */
#include "core/minutes_flat.h"

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

void
flat_read(struct reading *r, struct part *part)
{
	owners_below_read(r, part);
	slashes_read(r, part);
}
