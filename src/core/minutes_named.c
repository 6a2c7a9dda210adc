/* SPDX-License-Identifier: ISC */
/*
 * Lists without a heading of actions, parted by who acts: a name on a line of
 * its own ("Ann", "Both treasurers:", "Me") and below it what is asked of her.
 */
#include "core/minutes_lists.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_MAX = 48, NAMES_MIN = 2 };

static const char *const everybody[] = { "everyone", "everybody", "all",
	"all members", "members", "all of us", "all of you", NULL };
static const char *const myself[] = { "me", "myself", NULL };

/* A name's line without its colon, or what its bracket says of the office. */
static size_t
name_length(const struct block *b)
{
	const char *open = memchr(b->text, '(', b->length);
	size_t len = open > b->text ? (size_t)(open - b->text) : b->length;

	while (len > 0 &&
	       (text_is_space(b->text[len - 1]) || b->text[len - 1] == ':'))
		len--;
	return len;
}

/* "Carl", "Both clerks": words with capitals, though
 * nobody listed them. */
static bool
may_be_names(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n; i++) {
		const struct tok *t = &toks.t[i];

		if (tok_is(t, "and") || (t->kind == 'p' && i > 0) ||
		    (i == 1 && tok_is(&toks.t[0], "both")))
			continue;
		if (t->kind != 'w' || !t->cap || !may_be_name(t))
			return false;
	}
	return toks.n > 0 && toks.n < 6;
}

static bool
is_bullet(const struct block *b)
{
	return b->kind == BLOCK_ITEM && b->bullet && !b->mark[0] &&
	       b->length > 0;
}

/* Does a block name who acts, with bullets right below? */
static bool
is_name_line(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];
	size_t len = name_length(b);

	if ((b->kind != BLOCK_HEADING && b->kind != BLOCK_PARA) || b->bullet ||
	    b->mark[0] || len < 2 || len > LABEL_MAX || i + 1 >= part->end ||
	    !is_bullet(b + 1) || b->section == SECTION_AGENDA ||
	    b->section == SECTION_ACTIONS)
		return false;
	return same_any(b->text, len, everybody) ||
	       same_any(b->text, len, myself) ||
	       owners_only(r, part_meeting(r, part), b->text, len) ||
	       (r->paper.mail && may_be_names(b->text, len));
}

/* "to send it", "diary: move the meeting", "please return it"; but not "Report
 * of the clerk". */
static bool
asks(const struct block *b)
{
	static const char *const nouns[] = { "of", "from", "was", "were", "is",
		"are", "has", "had", "have", "by", NULL };
	struct toks toks;
	size_t i = 0;

	toks_read(&toks, b->text, b->length < 80 ? b->length : 80);
	if (toks.n > 3 && *toks.t[1].at == ':')
		i = 2;
	while (i + 2 < toks.n &&
	       (tok_is(&toks.t[i], "to") || tok_is(&toks.t[i], "please")))
		i++;
	return i + 1 < toks.n && is_doing_verb(&toks.t[i]) &&
	       !tok_in(&toks.t[i + 1], nouns);
}

/* Behind the list below block i: bullets and what they wrap into. */
static size_t
list_end(const struct reading *r, const struct part *part, size_t i)
{
	size_t k = i + 1;

	while (k < part->end &&
	       (is_bullet(&r->blocks.list.items[k]) ||
		   (k > i + 1 && r->blocks.list.items[k].kind == BLOCK_PARA &&
		       !r->blocks.list.items[k].gap)))
		k++;
	return k;
}

/* Are most of what stands below the names of a part things to do, and are there
 * more names than one? */
static bool
are_lists(const struct reading *r, const struct part *part)
{
	size_t names = 0, items = 0, asked = 0;

	for (size_t i = part->first; i < part->end; i++) {
		size_t end;

		if (!is_name_line(r, part, i))
			continue;
		names++;
		end = list_end(r, part, i);
		for (i++; i < end; i++) {
			const struct block *b = &r->blocks.list.items[i];

			items += is_bullet(b);
			asked += is_bullet(b) && asks(b);
		}
		i--;
	}
	return names >= NAMES_MIN && asked * 2 >= items;
}

/* Who wrote the mail: "Frost, Eve <ef@...>" is Eve Frost. */
static void
sender_add(struct reading *r, struct part *part, struct minutes_entry *who)
{
	const char *from = r->paper.mail_from ? r->paper.mail_from : "Me";
	size_t len = strcspn(from, "<(["), comma;
	char *name;

	trim_span(&from, &len);
	comma = strcspn(from, ",");
	if (comma < len) {
		const char *first = from + comma + 1;
		size_t n = len - comma - 1;

		trim_span(&first, &n);
		name = xasprintf("%.*s %.*s", (int)n, first, (int)comma, from);
	} else {
		name = xstrndup(from, len);
	}
	owners_cell(r, part_meeting(r, part), name, strlen(name), who);
	free(name);
}

static bool
is_done(const struct block *b)
{
	static const char *const words[] = { "that's done", "is done",
		"now done", "already done", "all done", "done already",
		"been done", NULL };

	return has_any(b->text, b->length, words);
}

void
named_lists_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);

	if (!are_lists(r, part))
		return;
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		struct minutes_entry who = { 0 };
		size_t end;

		if (!is_name_line(r, part, i))
			continue;
		end = list_end(r, part, i);
		if (same_any(b->text, name_length(b), myself))
			sender_add(r, part, &who);
		else
			owners_cell(r, m, b->text, name_length(b), &who);
		r->blocks.list.items[i].taken = true;
		for (i++; i < end; i++) {
			b = &r->blocks.list.items[i];
			r->blocks.list.items[i].taken = true;
			if (is_bullet(b) && !is_done(b) &&
			    !clause_past(b->text, b->length))
				marked_add(r, part, b, b->text, b->length,
				    MINUTES_FROM_LIST, true, &who);
		}
		i--;
		owners_clear(&who);
	}
}
