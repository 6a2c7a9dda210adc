/* SPDX-License-Identifier: ISC */
/*
 * The margin beside the notes: who acts there, and when; and which sentence of
 * the notes it belongs to.
 */
#include "core/minutes_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFS_MAX = 4000 };

bool
trail_due(const char *text, size_t len, bool *ditto)
{
	static const char *const words[] = { "next meeting", "asap", "na",
		"n/a", "tbc", "ongoing", "wip", "immediate", "immediately",
		"done", NULL };
	struct found_date date;
	size_t digits = 0;

	*ditto = false;
	trim_span(&text, &len);
	if (len == 0 || len > 30)
		return false;
	if (quote_at(text) && quote_at(text) + 1 >= len) {
		*ditto = true;
		return true;
	}
	for (const char *const *w = words; *w; w++)
		if (text_same_n(text, len, *w))
			return true;
	if (date_find(text, len, &date))
		return date.at < 12 && date.len + date.at + 2 >= len;
	/* "31/5" */
	for (size_t i = 0; i < len; i++) {
		if (text[i] >= '0' && text[i] <= '9')
			digits++;
		else if (text[i] != '/' && text[i] != '.')
			return false;
	}
	return digits >= 2 && digits <= 4 && memchr(text, '/', len);
}

struct ref {
	int number;
	char letter; /* 0: none */
};

static bool
ref_read(const char *text, struct ref *ref)
{
	char *end;
	const char *digits = text + strcspn(text, "0123456789");

	if (!*digits)
		return false;
	ref->number = (int)strtol(digits, &end, 10);
	ref->letter = (*end >= 'a' && *end <= 'z') ? *end : '\0';
	return true;
}

static bool
is_in_table(const struct minutes_meeting *m, const struct block *b, char letter)
{
	struct ref own, row;
	size_t looked = 0;

	if (!ref_read(b->item, &own))
		return false;
	if (own.letter)
		letter = own.letter;
	VEC_EACH (const struct minutes_entry, e, &m->entries) {
		if (++looked > REFS_MAX)
			break;
		if (!e->ref || !ref_read(e->ref, &row) ||
		    row.number != own.number)
			continue;
		if (!letter || !row.letter || row.letter == letter)
			return true;
	}
	return false;
}

static bool
names_owner(const char *margin, const char *text, size_t len)
{
	char word[32];
	size_t n = strcspn(margin, " /,\n");

	if (n < 2 || n >= sizeof word)
		return false;
	for (size_t i = 0; i < n; i++)
		word[i] = text_lower(margin[i]);
	word[n] = '\0';
	return find_phrase(text, len, word) != NULL;
}

/* The sentence that a margin's owner belongs to: the one that charges, else
 * the one beside it. */
static const char *
margin_sentence(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, size_t *len)
{
	static const char *const asks[] = { "asked", "requested", "suggested",
		"agreed", NULL };
	const char *best = NULL;
	size_t at = 0, n;
	int score = -1;

	for (; (n = sentence_next(b->text, b->length, &at)) > 0; at += n) {
		struct minutes_entry scratch = { 0 };
		enum charge c = clause_read(r, m, b->text + at, n, &scratch);
		unsigned first = block_line_at(b, at);
		unsigned last = block_line_at(b, at + n - 1);
		int s = c == CHARGE_NONE      ? has_any(b->text + at, n, asks)
			: c == CHARGE_PASSIVE ? 2
					      : 3;

		if (c != CHARGE_NONE && names_owner(b->margin, b->text + at, n))
			s += 3;
		owners_clear(&scratch);
		if (b->margin_line >= first && b->margin_line <= last)
			s += 2;
		if (s > score) {
			score = s;
			best = b->text + at;
			*len = n;
		}
	}
	return best;
}

/* Who and, on a line of its own, when. */
static void
margin_owners(const struct reading *r, const struct minutes_meeting *m,
    const char *margin, struct minutes_entry *e)
{
	const char *end = margin + strlen(margin);
	bool ditto;

	while (margin < end && memchr(margin, '\n', (size_t)(end - margin))) {
		const char *last = end;

		while (last > margin && last[-1] != '\n')
			last--;
		if (!trail_due(last, (size_t)(end - last), &ditto) || ditto)
			break;
		due_phrase_set(e, last, (size_t)(end - last));
		end = last - 1;
	}
	owners_cell(r, m, margin, (size_t)(end - margin), e);
}

void
margins_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	char letter = '\0', item[24] = "";

	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		struct minutes_entry *e;
		const char *text, *to;
		size_t len = 0;
		bool listed;

		if (strcmp(item, b->item) != 0) {
			memcpy(item, b->item, sizeof item);
			letter = '\0';
		}
		if (b->kind == BLOCK_ITEM && b->mark[0] >= 'a' &&
		    b->mark[0] <= 'h' && !b->mark[1])
			letter = b->mark[0];
		if (!b->margin ||
		    clause_no_action(b->margin, strlen(b->margin)))
			continue;
		listed = part->has_list;
		if (listed && is_in_table(m, b, letter))
			continue;
		to = find_phrase(b->margin, strlen(b->margin), "to");
		text = margin_sentence(r, m, b, &len);
		if (to && to > b->margin) {
			char *flat = xstrdup(b->margin);

			for (char *c = flat; *c; c++)
				if (*c == '\n')
					*c = ' ';
			e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action",
			    flat, strlen(flat), b->margin_line,
			    "the margin says who does what");
			free(flat);
		} else if (text) {
			e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action",
			    text, len,
			    block_line_at(b, (size_t)(text - b->text)),
			    "the margin names who acts");
		} else {
			continue;
		}
		margin_owners(r, m, b->margin, e);
		if (listed) {
			e->sure = false;
			draft_why(e, "it is not in the paper's list of "
				     "actions");
		}
		due_read(r, part, e);
	}
}
