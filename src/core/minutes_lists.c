/* SPDX-License-Identifier: ISC */
/*
 * Lists of actions as a whole: a heading that promises one and heads none, a
 * list that no heading announces, a day that the heading sets for all of it.
 */
#include "core/minutes_lists.h"
#include "core/minutes_talk.h"

#include <stdlib.h>
#include <string.h>

/* "5. Action log. The log was reviewed and two actions were closed.": told of,
 * where a heading promised a list. What stands there is as in other notes. */
static void
untell(struct reading *r, struct part *part, size_t heading)
{
	static const char *const told[] = { "was", "were", "had", "has been",
		"have been", "reviewed", "updated", "noted", "considered",
		"went through", "discussed", NULL };
	struct block *b = &r->blocks.list.items[heading] + 1;
	size_t at = 0, n;

	if (heading + 1 >= part->end || b->kind != BLOCK_PARA ||
	    b->section != SECTION_ACTIONS || b->indent > b[-1].indent ||
	    b->length == 0 || b->text[b->length - 1] == ':')
		return;
	n = sentence_next(b->text, b->length, &at);
	if (n < 12 || b->text[at + n - 1] != '.' ||
	    !has_any(b->text + at, n, told) ||
	    clause_subject(r, part_meeting(r, part), b->text + at, n) !=
		CHARGE_NONE)
		return;
	for (size_t i = heading + 1; i < part->end; i++) {
		b = &r->blocks.list.items[i];
		if (b->kind == BLOCK_HEADING || b->section != SECTION_ACTIONS)
			return;
		b->section = SECTION_PREVIOUS;
	}
}

/* "Action: Approved the plan", "Dunn moved and Frost seconded": does it tell
 * what was decided on an item? */
static bool
tells_decision(const struct block *b)
{
	static const char *const moved[] = { "moved", "motion", "proposed",
		"proposer", "proposed by", NULL };
	static const char *const seconded[] = { "seconded", "second",
		"seconder", "seconded by", NULL };
	const char *text = b->text, *at;
	size_t len = b->length, mark;
	bool number;

	if (find_phrase(text, len, "adjourn"))
		return false;
	if (has_any(text, len, moved) && has_any(text, len, seconded))
		return true;
	mark = action_mark(text, len, &number);
	at = mark > 0 ? text : find_phrase(text, len, "action:");
	if (!at)
		return false;
	at += mark > 0 ? mark : 7;
	len -= (size_t)(at - text);
	trim_span(&at, &len);
	return promise_taken(at, len);
}

/* "Action items" that are items for decision, for most say what was decided. */
static void
unlist(struct reading *r, struct part *part, size_t heading)
{
	struct block *list = r->blocks.list.items;
	size_t end, items = 0, others = 0, told = 0;

	if (list[heading].section != SECTION_ACTIONS)
		return;
	for (end = heading + 1; end < part->end; end++) {
		const struct block *b = &list[end];

		if (b->kind == BLOCK_HEADING &&
		    b->section != SECTION_RECOMMENDATIONS)
			break;
		items += b->kind == BLOCK_ITEM;
		told += tells_decision(b);
		others += b->kind == BLOCK_PARA && !tells_decision(b);
	}
	if (told == 0 || told * 2 < items || (items == 0 && others > 0))
		return;
	for (size_t i = heading + 1; i < end; i++)
		if (list[i].section == SECTION_ACTIONS)
			list[i].section = SECTION_NOTES;
}

/* "Action log", and before its table who reports and what the colours mean:
 * where the table is the list, what tells is none of it. */
static void
untell_above_table(struct reading *r, struct part *part, size_t heading)
{
	static const char *const from[] = { "report of ", "report by ",
		"report from ", "report to ", NULL };
	struct block *list = r->blocks.list.items;
	size_t row = heading + 1;

	while (row < part->end && list[row].kind != BLOCK_ROW &&
	       list[row].kind != BLOCK_HEADING)
		row++;
	if (row == part->end || list[row].kind != BLOCK_ROW)
		return;
	for (size_t i = heading + 1; i < row; i++)
		if (list[i].section == SECTION_ACTIONS && !list[i].bullet &&
		    (starts_any(list[i].text, from) ||
			list_item_tells(r, part, &list[i])))
			list[i].section = SECTION_NOTES;
}

void
list_heading(struct reading *r, struct part *part, size_t heading)
{
	talk_heading(r, part, heading);
	untell(r, part, heading);
	unlist(r, part, heading);
	untell_above_table(r, part, heading);
}

bool
list_unheaded(
    const struct reading *r, const struct part *part, size_t i, size_t *end)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	const struct block *first = &r->blocks.list.items[i];
	size_t n = 0, charged = 0, k;

	for (k = i; k < part->end; k++) {
		const struct block *b = &r->blocks.list.items[k];
		enum charge charge;

		if (b->kind != BLOCK_ITEM || b->section != first->section ||
		    b->indent != first->indent)
			break;
		n++;
		charged += charges_somebody(r, m, b->text,
			       b->length < 300 ? b->length : 300, &charge) &&
			   charge == CHARGE_TO;
	}
	*end = k;
	return n >= 3 && charged * 5 >= n * 3;
}

bool
list_item_tells(
    const struct reading *r, const struct part *part, const struct block *b)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry tail = { 0 };
	enum charge charge;
	bool owned;

	if (charges_somebody(r, m, b->text, b->length, &charge) ||
	    charge != CHARGE_NONE || b->margins.len > 0)
		return false;
	(void)tail_read(r, m, b->text, b->length, true, &tail);
	owned = tail.owners.len > 0;
	owners_clear(&tail);
	free(tail.due_phrase);
	return !owned && name_label_at(b->text, b->length) == 0;
}

void
list_due(struct reading *r, struct part *part, size_t from, size_t end)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *due = NULL; /* "Short-term (next 1-2 weeks)" above */
	size_t k = from, n = 0;

	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->section != SECTION_ACTIONS)
			due = NULL;
		else if (b->kind == BLOCK_HEADING &&
			 !due_find(b->text, b->length, &due, &n))
			due = NULL;
		for (; k < end && m->entries.items[k].line <= b->last; k++) {
			struct minutes_entry *e = &m->entries.items[k];

			if (!due || e->source != MINUTES_FROM_LIST ||
			    e->due_phrase || e->due_on != DAY_NONE ||
			    e->line < b->first)
				continue;
			due_phrase_set(e, due, n);
			due_read(r, part, e);
		}
	}
}

/* "... to be held (Ann)": where the bracket of names opens, len: there is
 * none. They need not be known. */
static size_t
named_bracket(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	static const char *const joins[] = { "and", NULL };
	size_t end = len, open;
	struct toks toks;

	while (end > 0 &&
	       (text_is_space(text[end - 1]) || strchr(".,;", text[end - 1])))
		end--;
	if (end < 8 || text[end - 1] != ')')
		return len;
	for (open = end - 1; open > 4 && text[open] != '('; open--)
		;
	if (text[open] != '(' || end - open > 48 || open <= 4)
		return len;
	if (owners_only(r, m, text + open + 1, end - open - 2))
		return open;
	toks_read(&toks, text + open + 1, end - open - 2);
	for (size_t i = 0; i < toks.n; i++) {
		const struct tok *t = &toks.t[i];

		if (tok_in(t, joins) || (i > 0 && strchr(",/&+", *t->at)))
			continue;
		if (t->kind != 'w' || !t->cap || (t->upper && t->len > 3) ||
		    !may_be_name(t) || weekday_parse(t->at, t->len) >= 0 ||
		    month_parse(t->at, t->len) > 0)
			return len;
	}
	return toks.n > 0 && toks.n < 6 ? open : len;
}

size_t
list_owner_read(const struct reading *r, const struct part *part,
    const struct block *b, const char *text, size_t len,
    struct minutes_entry *entry)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	const struct block *first = r->blocks.list.items + part->first,
			   *end = r->blocks.list.items + part->end;
	size_t open = named_bracket(r, m, text, len), n = 0, named = 0;
	const char *close;

	if (open == len || b->kind != BLOCK_ITEM)
		return len;
	while (b > first && b[-1].kind != BLOCK_HEADING &&
	       b[-1].section == b->section)
		b--;
	for (int indent = -1; b < end && b->kind != BLOCK_HEADING; b++) {
		if (b->kind != BLOCK_ITEM)
			continue;
		if (indent == -1)
			indent = b->indent;
		if (b->indent > indent + 1)
			continue;
		n++;
		named += named_bracket(r, m, b->text, b->length) < b->length;
	}
	close = memchr(text + open, ')', len - open);
	if (named < 2 || named * 2 < n || !close)
		return len;
	owners_cell(
	    r, m, text + open + 1, (size_t)(close - text) - open - 1, entry);
	return open;
}
