/* SPDX-License-Identifier: ISC */
/*
 * Where marked actions stand: lines that begin with "Action", lists under such
 * a heading; marks inside a paragraph are minutes_inside.c's. What they hold is
 * read elsewhere.
 */
#include "core/minutes_lists.h"
#include "core/minutes_marks.h"

#include <stdlib.h>
#include <string.h>

enum { FOLLOW_MAX = 8, FOLLOW_WORDS = 60 };

/* ---- what follows a marked line without a mark of its own ---- */

/* "Actions:" alone, or "Actions: for the Clerk": what is to be done stands
 * below. Owners on the line are those of all of it. */
static bool
heads_below(struct reading *r, struct part *part, size_t i, size_t mark,
    struct minutes_entry *whose)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	const struct block *b = &r->blocks.list.items[i], *next = b + 1;
	const char *text = b->text + mark;
	size_t len = b->length - mark;
	bool inside, for_whom = text_starts(text, "for ");

	if (b->text[0] == '[' || b->text[0] == '(' || i + 1 >= part->end ||
	    next->section != b->section || next->kind == BLOCK_ROW ||
	    next->kind == BLOCK_HEADING)
		return false;
	trim_span(&text, &len);
	if (len == 0)
		return true;
	inside = next->indent > b->indent || (next->bullet && !b->bullet);
	if (for_whom) {
		text += text_starts(text, "for the ") ? 8 : 4;
		len = b->length - (size_t)(text - b->text);
	}
	if (!inside || !(for_whom || text_starts(b->text, "actions")) ||
	    !owners_only(r, m, text, len))
		return false;
	owners_cell(r, m, text, text[len - 1] == ':' ? len - 1 : len, whose);
	return true;
}

/* Is a block one of the list that begins with another, below "Actions:" at
 * some indent? */
static bool
is_listed_with(const struct block *b, const struct block *first, int indent)
{
	if (b == first)
		return !b->mark[0] || b->indent > indent || atoi(b->mark) == 1;
	return b->kind == first->kind && b->bullet == first->bullet &&
	       b->indent == first->indent &&
	       (b->bullet || b->mark[0] || b->indent > indent) &&
	       (b->mark[0] != '\0') == (first->mark[0] != '\0');
}

/* "Dev: nothing this month" in a list of who does what. */
static bool
names_first(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b)
{
	const char *colon =
	    memchr(b->text, ':', b->length < 40 ? b->length : 40);

	return colon && text_is_space(colon[1]) &&
	       owners_only(r, m, b->text, (size_t)(colon - b->text));
}

static size_t
follow_marked(
    struct reading *r, struct part *part, size_t i, size_t mark, bool whole)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const struct block *head = &r->blocks.list.items[i];
	struct minutes_entry whose = { 0 };
	bool heads = heads_below(r, part, i, mark, &whose);
	size_t k, end = heads ? part->end - 1 : i + FOLLOW_MAX;

	if (!heads)
		marked_add(r, part, head, head->text + mark,
		    head->length - mark, MINUTES_FROM_MARK, whole, NULL);
	if (head->text[0] == '[' || head->text[0] == '(')
		return i;
	for (k = i + 1; k < part->end && k <= end; k++) {
		const struct block *b = &r->blocks.list.items[k];
		bool number,
		    listed = heads && is_listed_with(b, head + 1, head->indent);
		enum charge charge;
		size_t words = 0;

		if (b->kind == BLOCK_HEADING || b->kind == BLOCK_ROW ||
		    b->section != head->section)
			break;
		if (action_mark(b->text, b->length, &number) > 0 ||
		    find_phrase(b->text, b->length, "action:") ||
		    leading_state(b->text, b->length))
			break;
		if (!listed && text_is_digit(b->mark[0]))
			break;
		for (size_t c = 0; c < b->length; c++)
			words += b->text[c] == ' ';
		if (words > FOLLOW_WORDS)
			break;
		if (!listed && names_first(r, m, b)) {
			marked_add(r, part, b, b->text, b->length,
			    MINUTES_FROM_MARK, true, NULL);
			r->blocks.list.items[k].taken = true;
			continue;
		}
		if (!listed &&
		    !(text_starts(b->text, "that ") ||
			(charges_somebody(r, m, b->text, b->length, &charge) &&
			    charge == CHARGE_TO)))
			break;
		marked_add(r, part, b, b->text, b->length, MINUTES_FROM_MARK,
		    false, whose.owners.len > 0 ? &whose : NULL);
		r->blocks.list.items[k].taken = true;
	}
	owners_clear(&whose);
	return k - 1;
}

/* ---- what became of an item ---- */

size_t
outcome_owner(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b)
{
	const char *text = b->text;
	size_t len = b->length, i, n = 0;
	struct toks toks;

	for (i = 1; i + 4 < len && i < 48 && n == 0; i++) {
		if (text[i] == ':' && text_is_space(text[i + 1]))
			n = 1;
		else if (text_is_space(text[i - 1]) &&
			 text_is_space(text[i + dash_at(text + i)]))
			n = dash_at(text + i);
	}
	if (n > 0 && owners_only(r, m, text, --i)) {
		const char *task = text + i + n;
		size_t task_len = len - i - n;

		trim_span(&task, &task_len);
		toks_read(&toks, task, task_len);
		if (toks.n == 0 ||
		    (is_participle(&toks.t[0]) && !is_doing_verb(&toks.t[0])))
			return 0;
		return task_len < 5 || clause_past(task, task_len) ||
			       clause_noted(task, task_len) ||
			       clause_question(task, task_len) ||
			       state_of(task, task_len) ||
			       owners_only(r, m, task, task_len)
			   ? 0
			   : i;
	}
	toks_read(&toks, text, len < 80 ? len : 80);
	for (i = 1; i + 1 < toks.n && i < 6; i++)
		if (is_doing_verb(&toks.t[i]) && !toks.t[i].cap &&
		    owners_only(r, m, text, (size_t)(toks.t[i].at - text)))
			return (size_t)(toks.t[i].at - text);
	return 0;
}

/* An item behind an arrow that says who does what; false for others. */
static bool
outcome_read(struct reading *r, struct part *part, const struct block *b)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry whose = { 0 };
	size_t n = b->arrow && b->length > 8 ? outcome_owner(r, m, b) : 0;

	if (n == 0)
		return false;
	owners_cell(r, m, b->text, n, &whose);
	marked_add(
	    r, part, b, b->text, b->length, MINUTES_FROM_MARK, true, &whose);
	owners_clear(&whose);
	return true;
}

/* ---- lists under a heading ---- */

/* "Carl:" alone, of somebody whom no list names. */
static bool
is_name_label(const struct block *b)
{
	struct toks toks;

	if (b->length < 3 || b->length > 30 || b->text[b->length - 1] != ':')
		return false;
	toks_read(&toks, b->text, b->length - 1);
	for (size_t i = 0; i < toks.n; i++)
		if (!tok_is(&toks.t[i], "and") && toks.t[i].kind == 'w' &&
		    (!toks.t[i].cap || !may_be_name(&toks.t[i])))
			return false;
	return toks.n > 0 && toks.n < 6;
}

static void
list_item(struct reading *r, struct part *part, const struct block *b,
    struct minutes_entry *context, int *context_indent)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *text = b->text;
	size_t len = b->length;
	bool number;
	size_t mark = action_mark(text, len, &number);

	text += mark;
	len -= mark;
	if (mark == 0) {
		mark = code_at(text, len);
		text += mark;
		len -= mark;
	}
	if (len == 0)
		return;
	/* "Alice:" with her actions below */
	if ((owners_only(r, m, text, len) || is_name_label(b)) &&
	    b->margins.len == 0) {
		owners_clear(context);
		owners_cell(
		    r, m, text, text[len - 1] == ':' ? len - 1 : len, context);
		*context_indent = b->indent;
		return;
	}
	if (context->owners.len > 0 && b->indent <= *context_indent &&
	    (b->bullet || b->mark[0]) && *context_indent > 0)
		owners_clear(context);
	marked_add(r, part, b, text, len, MINUTES_FROM_LIST,
	    b->bullet || b->mark[0], context->owners.len ? context : NULL);
}

static bool
is_sub_point(const struct block *b, const struct block *parent)
{
	return parent && parent->kind == BLOCK_ITEM && b->kind == BLOCK_ITEM &&
	       b->indent > parent->indent + 1;
}

/* A paragraph below a list that asks nobody anything is none of its actions,
 * unless it says what a short title above it means. */
static bool
ends_list(const struct reading *r, const struct part *part, size_t i,
    const struct block *last)
{
	const struct block *b = &r->blocks.list.items[i];

	return b->kind == BLOCK_PARA && b->gap && last &&
	       (last->bullet ||
		   (last->mark[0] && !list_item_tells(r, part, last))) &&
	       !owners_only(r, part_meeting(r, part), b->text, b->length) &&
	       list_item_tells(r, part, b);
}

static void
point_add(struct minutes_meeting *m, const struct block *b)
{
	struct minutes_entry *e;
	struct minutes_point *p;

	if (m->entries.len == 0)
		return;
	e = &m->entries.items[m->entries.len - 1];
	if (e->points.len >= 200)
		return;
	p = vec_push(&e->points);
	p->text = xstrdup(b->text);
	p->line = b->first;
}

/* "Action: ..." of last time, and below it "Follow up: ...". */
static bool
is_followed_up(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i], *next = b + 1;
	bool number;

	return i + 1 < part->end && next->indent > b->indent &&
	       text_starts(next->text, "follow") &&
	       action_mark(next->text, next->length, &number) > 0;
}

/* "COO, July 2024]", "CC]": who acts and when, of what stands before. */
static bool
is_who_and_when(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	const char *due;
	size_t n, who;

	while (len > 0 &&
	       (text_is_space(text[len - 1]) || strchr("]).", text[len - 1])))
		len--;
	who = who_before_day(text, len, &due, &n);
	return len > 0 && owners_only(r, m, text, who > 0 ? who : len);
}

/* "Action 12.0 - Carl has sent the forms": what became of it. Where a
 * list of actions stands as well, so is all that asks nothing. */
static bool
is_report(const struct reading *r, const struct part *part, const char *text,
    size_t len)
{
	static const char *const told[] = { "has", "have", "had", "was", "were",
		NULL };
	static const char *const ahead[] = { "to", "will", "should", "must",
		"shall", "be", NULL };
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i + 1 < toks.n; i++) {
		if (tok_in(&toks.t[i], ahead))
			break;
		if (tok_in(&toks.t[i], told) &&
		    (is_participle(&toks.t[i + 1]) ||
			tok_is(&toks.t[i + 1], "been")))
			return true;
	}
	return clause_past(text, len) ||
	       (part->has_list &&
		   clause_subject(r, part_meeting(r, part), text, len) ==
		       CHARGE_NONE &&
		   !is_who_and_when(r, part_meeting(r, part), text, len));
}

/* "Action Point 2 - JO read out the letter": somebody did something, and is
 * asked nothing more. Where earlier actions are gone through, a verb that is
 * the same in the past tells of it, too. */
static bool
tells_who_did(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, bool earlier)
{
	static const char *const past[] = { "wrote", "spoke", "sent", "gave",
		"went", "took", "rang", "got", "found", "brought", "met", "did",
		"made", "told", "said", "chose", "bought", NULL };
	static const char *const ahead[] = { "to", "will", "would", "should",
		"must", "shall", "that", "be", NULL };
	struct minutes_entry who = { 0 };
	struct toks toks;
	size_t end;
	bool did;

	toks_read(&toks, text, len);
	end = owners_at(r, m, &toks, 0, &who);
	owners_clear(&who);
	if (end == 0 || end >= toks.n || has_any(text, len, ahead))
		return false;
	did = is_participle(&toks.t[end]) && !toks.t[end].cap;
	return tok_in(&toks.t[end], past) ||
	       (did && (earlier || !is_doing_verb(&toks.t[end])));
}

/* "MS to provide the map - COMPLETE", an action of the last meeting. */
static bool
has_state(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b)
{
	size_t len = b->length;
	enum charge charge;

	return len < 400 && tail_state(b->text, &len) &&
	       (b->text[0] == '@' ||
		   (charges_somebody(r, m, b->text, len, &charge) &&
		       charge == CHARGE_TO));
}

/* Does the heading above a block promise the actions of the last meeting, not
 * all that arose from it? */
static bool
below_actions(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];

	while (i > part->first && b->kind != BLOCK_HEADING)
		b = &r->blocks.list.items[--i];
	return b->kind == BLOCK_HEADING &&
	       (find_phrase(b->text, b->length, "action") ||
		   find_phrase(b->text, b->length, "actions"));
}

/* "Mandate of the bank (Carl): ongoing" there. */
static bool
is_stated(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];
	size_t len = b->length;

	return len < 400 && len > 12 && below_actions(r, part, i) &&
	       tail_state(b->text, &len) && len > 8 &&
	       !is_report(r, part, b->text, len);
}

/* "41/1: New map (no progress)": an action of the last meeting by its code,
 * unless only what became of it is told. */
static bool
is_coded(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];
	size_t code = code_at(b->text, b->length);

	return (code > 0 || (b->bullet && mark_is_reference(b->mark))) &&
	       code < b->length && below_actions(r, part, i) &&
	       !leading_state(b->text + code, b->length - code) &&
	       !clause_no_action(b->text + code, b->length - code) &&
	       !is_report(r, part, b->text + code, b->length - code);
}

/* "bjorn" with what he does indented below. */
static bool
heads_actions(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i], *next = b + 1;
	size_t blanks = 0;

	for (size_t k = 0; k < b->length; k++)
		blanks += b->text[k] == ' ';
	return b->kind == BLOCK_ITEM && b->length < 30 && blanks < 3 &&
	       i + 1 < part->end && next->kind == BLOCK_ITEM &&
	       next->indent > b->indent;
}

/* "> AB: Yes, that can be done" below an action: what somebody answered. */
static bool
is_reply(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];

	while (i > part->first && r->blocks.list.items[i].quoted)
		i--;
	return b->quoted && b->section == SECTION_ACTIONS &&
	       r->blocks.list.items[i].section == SECTION_ACTIONS &&
	       r->blocks.list.items[i].kind != BLOCK_HEADING;
}

/* The state that a line of a list gives to what stands below it, "Completed:";
 * NULL for other lines. */
static const char *
states_below(const struct part *part, size_t i, const struct block *b)
{
	const struct block *next = b + 1;

	return i + 1 < part->end && next->section == b->section &&
		       next->kind != BLOCK_HEADING && !b->mark[0] &&
		       (!b->bullet || next->indent > b->indent)
		   ? state_heading(b->text, b->length)
		   : NULL;
}

/* Gives open entries from an index on that state, if there is one; returns the
 * index behind the last. */
static size_t
give_state(struct minutes_meeting *m, size_t from, const char *state)
{
	for (; from < m->entries.len; from++)
		if (state && strcmp(m->entries.items[from].state, "open") == 0)
			m->entries.items[from].state = state;
	return from;
}

void
actions_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry context = { 0 };
	const struct block *parent = NULL;
	const char *list_state = NULL, *below;
	int context_indent = 0;
	size_t first = m->entries.len, stated = first;
	size_t list_end = 0, not_list = 0, above = m->entries.len, seen = above;

	if (m->paper == MINUTES_AGENDA)
		return;
	named_lists_read(r, part);
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const char *state;
		bool number;
		size_t mark;

		if (b->kind == BLOCK_ROW || b->section == SECTION_AGENDA ||
		    b->taken)
			continue;
		if (b->kind == BLOCK_HEADING) {
			owners_clear(&context);
			context_indent = 0;
			parent = NULL;
			stated = give_state(m, stated, list_state);
			list_state = b->section == SECTION_ACTIONS ||
					     b->section == SECTION_PREVIOUS
					 ? state_heading(b->text, b->length)
					 : NULL;
			list_heading(r, part, i);
			continue;
		}
		above = seen;
		seen = m->entries.len;
		if (above < seen && !b->mark[0] &&
		    !(b->section == SECTION_ACTIONS &&
			states_below(part, i, b) &&
			(list_state || (b->gap && !b[1].gap))) &&
		    (state = leading_state(b->text, b->length))) {
			for (size_t k = above; k < seen; k++)
				m->entries.items[k].state = state;
			continue;
		}
		mark = action_mark(b->text, b->length, &number);
		if (robot_told(r, part, b)) {
			r->blocks.list.items[i].taken = true;
			continue;
		}
		if (b->bullet && b->text[0] == '[' &&
		    (b->section == SECTION_PRESENT ||
			b->section == SECTION_APOLOGIES))
			continue; /* "[x] Ann Example" was there */
		if (b->bullet && b->text[0] == '[' && b->length > 6 &&
		    b->text[2] == ']' && !text_is_digit(b->text[1])) {
			size_t at = m->entries.len;

			if (b->text[4] == '@')
				robot_add(r, part, b, 5);
			else
				marked_add(r, part, b, b->text + 4,
				    b->length - 4, MINUTES_FROM_LIST, true,
				    NULL);
			if (m->entries.len > at && b->text[1] != ' ')
				m->entries.items[at].state = "closed";
			parent = b;
			continue;
		}
		if (b->section == SECTION_ONE_ACTION) {
			marked_add(r, part, b, b->text + mark, b->length - mark,
			    MINUTES_FROM_MARK, true, NULL);
			continue;
		}
		if (i < part->head && mark == 0)
			continue; /* "Action tracker for the meeting on ..." */
		if (mark > 0 && b->text[0] == '#') {
			robot_add(r, part, b, mark);
			continue;
		}
		if (b->section == SECTION_ACTIONS && mark == 0 &&
		    heads_actions(r, part, i)) {
			owners_clear(&context);
			owners_cell(r, m, b->text, b->length, &context);
			context_indent = b->indent;
			parent = NULL;
			continue;
		}
		if (is_reply(r, part, i))
			continue;
		if (b->section == SECTION_ACTIONS || i < list_end) {
			if ((below = states_below(part, i, b))) {
				stated = give_state(m, stated, list_state);
				list_state = below;
				owners_clear(&context);
				parent = NULL;
				continue;
			}
			if (is_sub_point(b, parent) && mark == 0 &&
			    context.owners.len == 0) {
				point_add(m, b);
				continue;
			}
			if (ends_list(r, part, i, parent) ||
			    (i < list_end && b->section != SECTION_ACTIONS &&
				list_item_tells(r, part, b)))
				continue;
			list_item(r, part, b, &context, &context_indent);
			r->blocks.list.items[i].taken = true;
			parent = b;
			continue;
		}
		if (mark > 0 && is_followed_up(r, part, i))
			continue; /* what it became stands below */
		if (mark > 0 && number &&
		    (is_report(r, part, b->text + mark, b->length - mark) ||
			tells_who_did(r, m, b->text + mark, b->length - mark,
			    b->section == SECTION_PREVIOUS)))
			continue;
		if (mark > 0 && resolved_read(r, part, i, mark))
			continue;
		if (mark > 0) {
			i = follow_marked(r, part, i, mark, number);
			continue;
		}
		if (outcome_read(r, part, b)) {
			r->blocks.list.items[i].taken = true;
			continue;
		}
		if (b->section == SECTION_PREVIOUS && b->kind == BLOCK_ITEM &&
		    (has_state(r, m, b) || is_stated(r, part, i) ||
			is_coded(r, part, i))) {
			size_t code = code_at(b->text, b->length);

			marked_add(r, part, b, b->text + code, b->length - code,
			    MINUTES_FROM_LIST, true, NULL);
			r->blocks.list.items[i].taken = true;
			continue;
		}
		if (b->kind == BLOCK_ITEM && i >= not_list &&
		    b->section == SECTION_NONE) {
			size_t end;

			if (list_unheaded(r, part, i, &end)) {
				list_end = end;
				i--;
				continue;
			}
			not_list = end;
		}
		inner_marks(r, part, b);
	}
	(void)give_state(m, stated, list_state);
	list_due(r, part, first, m->entries.len);
	owners_clear(&context);
}
