/* SPDX-License-Identifier: ISC */
/*
 * Resolutions in clauses: what leads to them, and the line below that says who
 * carries them out: "Action by: Head of Housing (2); Clerk (3) and (4)".
 */
#include "core/minutes_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFS_MAX = 20, REF_LEN = 6, GROUPS_MAX = 12, CLAUSES_MAX = 40 };

/* ---- where clauses begin ---- */

/* Does a text end in a colon or dash, or in a word that leads on? */
static bool
leads_on(const char *text, size_t len)
{
	static const char *const words[] = { " that", " to", " the following",
		NULL };

	if (text[len - 1] == ':')
		return true;
	for (size_t i = len > 3 ? len - 3 : 0; i < len; i++)
		if (dash_at(text + i) && i + dash_at(text + i) == len)
			return true;
	for (const char *const *w = words; *w; w++) {
		size_t n = strlen(*w);

		if (len > n && text_same_n(text + len - n, n, *w))
			return true;
	}
	return false;
}

/* "RESOLVED:", "It was resolved that", "The Panel agreed:" alone: what was
 * resolved stands below; a heading says little else. */
bool
resolution_opens(const struct block *b)
{
	static const char *const words[] = { "agreed", "decided", NULL };
	const char *text = b->text;
	size_t len = b->length, most = b->kind == BLOCK_HEADING ? 60 : 120;
	size_t blanks = 0;
	bool resolved;

	if (len == 0 || len >= most || text_starts(text, "action"))
		return false;
	resolved = promise_resolved(text, len);
	for (size_t i = 0; i < len; i++)
		blanks += text[i] == ' ';
	if (!resolved && (blanks > 3 || !has_any(text, len, words)))
		return false;
	return leads_on(text, len) || (b->kind == BLOCK_HEADING && len < 12 &&
					  (resolved || !strchr(text, ' ')));
}

/* ---- who carries them out ---- */

/* Who, and which clauses; none named: all of them. */
struct group {
	struct minutes_entry who;
	char refs[REFS_MAX][REF_LEN];
	size_t n;
};

/* "(2)", "2", "(iv)", "(a)": the bytes of a clause's number, 0 for none. */
static size_t
ref_at(const char *text, size_t len, char ref[REF_LEN])
{
	size_t open = len > 0 && text[0] == '(', i = open, n;

	while (i < len && text_is_alnum(text[i]))
		i++;
	n = i - open;
	if (n == 0 || n >= REF_LEN)
		return 0;
	if (open ? i >= len || text[i] != ')'
		 : n > 2 || !text_is_digit(text[0]))
		return 0;
	if (open && n > 1 && !text_is_digit(text[1]) &&
	    strspn(text + 1, "ivx") < n)
		return 0;
	memcpy(ref, text + open, n);
	ref[n] = '\0';
	return i + open;
}

static void
ref_add(struct group *g, const char *ref)
{
	if (g->n < REFS_MAX)
		memcpy(g->refs[g->n++], ref, REF_LEN);
}

/* "(2)-(4)" is three. */
static void
refs_between(struct group *g, const char *to)
{
	char next[24];
	int last = atoi(to);

	if (g->n == 0)
		return;
	for (int k = atoi(g->refs[g->n - 1]) + 1; k > 1 && k < last; k++) {
		(void)snprintf(next, sizeof next, "%d", k);
		next[REF_LEN - 1] = '\0';
		ref_add(g, next);
	}
}

/* Numbers with "and", commas or a dash between; the bytes read. */
static size_t
refs_read(const char *text, size_t len, struct group *g)
{
	static const char *const joints[] = { "and", "&", ",", NULL };
	size_t i = 0, good = 0, n;
	bool range = false;
	char ref[REF_LEN];

	g->n = 0;
	while (i < len) {
		if (text_is_space(text[i])) {
			i++;
			continue;
		}
		if ((n = ref_at(text + i, len - i, ref)) > 0) {
			if (range)
				refs_between(g, ref);
			ref_add(g, ref);
			range = false;
			good = i += n;
			continue;
		}
		if (good == 0)
			break;
		n = dash_at(text + i);
		if (n == 0 && text_starts(text + i, "to "))
			n = 2;
		range = n > 0;
		for (const char *const *j = joints; *j && n == 0; j++)
			if (text_starts(text + i, *j))
				n = strlen(*j);
		if (n == 0)
			break;
		i += n;
	}
	return good;
}

/* "Head of Housing (2)", "(3) and (4): Clerk". */
static bool
group_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct group *g)
{
	size_t n;

	trim_span(&text, &len);
	n = refs_read(text, len, g);
	if (n > 0) {
		text += n;
		len -= n;
		while (len > 0 && (text_is_space(*text) || *text == ':' ||
				      dash_at(text))) {
			size_t d = dash_at(text) ? dash_at(text) : 1;

			text += d;
			len -= d;
		}
	}
	for (size_t i = 2; n == 0 && i < len; i++)
		if (!text_is_alnum(text[i - 1]) &&
		    refs_read(text + i, len - i, g) == len - i) {
			len = i;
			break;
		}
	while (len > 0 &&
	       (text_is_space(text[len - 1]) || strchr("-:,", text[len - 1])))
		len--;
	if (len == 0 || !owners_only(r, m, text, len))
		return false;
	owners_cell(r, m, text, len, &g->who);
	return g->who.owners.len > 0;
}

/* Where the first group ends: at a semicolon, or at a comma behind a number
 * with a name behind it. */
static size_t
group_end(const char *text, size_t len)
{
	bool digit = false;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == ';')
			return i;
		if (text[i] == ')' || text_is_digit(text[i]))
			digit = true;
		if (text[i] == ',' && digit && i + 2 < len &&
		    text_is_upper(text[i + 2]))
			return i;
	}
	return len;
}

static size_t
groups_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct group *groups)
{
	size_t n = 0;

	while (len > 0) {
		size_t end = group_end(text, len);

		if (n == GROUPS_MAX || !group_read(r, m, text, end, &groups[n]))
			return 0;
		n++;
		end += end < len;
		text += end;
		len -= end;
	}
	return n;
}

/* The first of the numbered clauses right above a block. */
static size_t
clauses_above(const struct reading *r, const struct part *part, size_t block)
{
	size_t i = block;

	while (i > part->first && block - i < CLAUSES_MAX) {
		const struct block *b = &r->blocks.list.items[i - 1];

		if (b->kind != BLOCK_ITEM || !b->mark[0] || b->taken ||
		    mark_is_reference(b->mark))
			break;
		i--;
	}
	return i;
}

static bool
is_resolution(const struct block *b)
{
	return text_starts(b->text, "that ") || text_starts(b->text, "to ") ||
	       promise_resolved(b->text, b->length);
}

static bool
has_owner(const struct minutes_entry *e, const char *name)
{
	VEC_EACH (const struct minutes_owner, o, &e->owners)
		if (strcmp(o->name, name) == 0)
			return true;
	return false;
}

/* Of several who act the one that the clause names, else all. */
static void
owners_of(const struct minutes_entry *named, const struct minutes_entry *who,
    struct minutes_entry *e)
{
	struct minutes_entry all = { 0 };

	owners_copy(who, &all);
	VEC_EACH (const struct minutes_owner, o, &named->owners)
		if (who->owners.len > 1 && has_owner(who, o->name)) {
			owners_clear(&all);
			owners_copy(named, &all);
			break;
		}
	owners_move(&all, e);
}

static void
clause_add(struct reading *r, struct part *part, struct block *b,
    const struct minutes_entry *who, struct minutes_entry *named)
{
	struct minutes_entry *e = draft_new(r, part, b, MINUTES_FROM_MARK,
	    "action", b->text, without_joint(b->text, b->length), b->first,
	    "the line below names who acts");

	owners_of(named, who, e);
	due_read(r, part, e);
	b->taken = true;
}

static bool
is_of_group(const struct group *g, const struct block *b)
{
	for (size_t i = 0; i < g->n; i++)
		if (text_same(b->mark, g->refs[i]))
			return true;
	return false;
}

static void
group_add(struct reading *r, struct part *part, const struct group *g,
    size_t first, size_t end)
{
	const struct minutes_meeting *m = part_meeting(r, part);

	for (size_t i = first; i < end; i++) {
		struct block *b = &r->blocks.list.items[i];
		struct minutes_entry named = { 0 };
		enum charge charge =
		    clause_read(r, m, b->text, b->length, &named);
		bool asks = charge != CHARGE_NONE &&
			    !promise_mere_decision(b->text, b->length) &&
			    !promise_deferred(b->text, b->length);

		if (!b->taken && !clause_noted(b->text, b->length) &&
		    (g->n > 0 ? is_of_group(g, b) : asks))
			clause_add(r, part, b, &g->who, &named);
		owners_clear(&named);
	}
}

bool
resolved_read(struct reading *r, struct part *part, size_t block, size_t mark)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	const struct block *b = &r->blocks.list.items[block];
	struct group groups[GROUPS_MAX] = { 0 };
	size_t first = clauses_above(r, part, block), before = m->entries.len;
	const char *text = b->text + mark;
	size_t len = b->length - mark, n = 0;

	while (len > 0 &&
	       (text_is_space(text[len - 1]) || strchr(".])", text[len - 1]))) {
		if (text[len - 1] == ')' && memchr(text, '(', len))
			break;
		len--;
	}
	if (first < block &&
	    (is_resolution(&r->blocks.list.items[first]) ||
		(first > part->first &&
		    resolution_opens(&r->blocks.list.items[first - 1]))))
		n = groups_read(r, m, text, len, groups);
	for (size_t i = 0; i < n; i++)
		group_add(r, part, &groups[i], first, block);
	for (size_t i = 0; i < GROUPS_MAX; i++)
		owners_clear(&groups[i].who);
	return m->entries.len > before;
}
