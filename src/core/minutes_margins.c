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

/* "Next Mtg", "End of Jan", "before Easter": words for a day, and no others. */
static bool
are_due_words(const char *text, size_t len)
{
	static const char *const points[] = { "meeting", "mtg", "mtng", "agm",
		"week", "month", "quarter", "year", "term", "spring", "summer",
		"autumn", "winter", "easter", "christmas", "possible",
		"soonest", NULL };
	static const char *const beside[] = { "next", "this", "the", "at", "by",
		"in", "on", "for", "end", "of", "start", "beginning", "early",
		"mid", "middle", "late", "before", "after", "as", "soon",
		"when", "where", NULL };
	struct toks toks;
	size_t n = 0;

	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n; i++) {
		bool point =
		    tok_in(&toks.t[i], points) ||
		    month_parse(toks.t[i].at, toks.t[i].len) > 0 ||
		    (n > 0 && toks.t[i].kind == 'n' && toks.t[i].len == 4);

		if (!point && toks.t[i].kind != 'p' &&
		    !tok_in(&toks.t[i], beside))
			return false;
		n += point;
	}
	return n > 0 && toks.n <= 6;
}

bool
trail_due(const char *text, size_t len, bool *ditto)
{
	static const char *const words[] = { "next meeting", "asap", "na",
		"n/a", "tbc", "ongoing", "wip", "immediate", "immediately",
		"done", "closed", "complete", "completed", "discharged",
		"carried forward", "c/f", NULL };
	struct found_date date;
	size_t digits = 0;

	*ditto = false;
	trim_span(&text, &len);
	if (len > 3 && text_starts(text, "by "))
		text += 3, len -= 3;
	if (len == 0 || len > 30)
		return false;
	if (quote_at(text) && quote_at(text) + 1 >= len) {
		*ditto = true;
		return true;
	}
	if (same_any(text, len, words) || are_due_words(text, len))
		return true;
	if (date_find(text, len, &date))
		return date.at < 12 && date.len + date.at + 2 >= len;
	/* "31/5" */
	for (size_t i = 0; i < len; i++) {
		if (text_is_digit(text[i]))
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
	ref->letter = text_is_lower(*end) ? *end : '\0';
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

/* "Lost property." before what is told of it. */
static bool
is_title(const char *text, size_t len)
{
	size_t blanks = 0;

	for (size_t i = 0; i < len; i++)
		blanks += text_is_space(text[i]);
	return blanks < 3 && len < 40;
}

/* "Pictures to hang up": a noun that something is to happen to. */
static bool
has_infinitive(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 1; i + 1 < toks.n; i++)
		if (tok_is(&toks.t[i], "to") && is_doing_verb(&toks.t[i + 1]))
			return true;
	return false;
}

static int
margin_score(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, const struct block_margin *margin, const char *text,
    size_t len)
{
	static const char *const asks[] = { "asked", "requested", "suggested",
		"agreed", "undertook", "offered", "would", "needed", "required",
		"must", "reminded", "invited", "instructed", "urged",
		"encouraged", NULL };
	struct minutes_entry scratch = { 0 };
	enum charge c = clause_read(r, m, text, len, &scratch);
	size_t at = (size_t)(text - b->text);
	int score = c == CHARGE_NONE      ? has_any(text, len, asks) * 2
		    : c == CHARGE_PASSIVE ? 2
					  : 3;

	owners_clear(&scratch);
	if (c == CHARGE_NONE && score == 0)
		score = has_infinitive(text, len);
	if (c != CHARGE_NONE && names_owner(margin->text, text, len))
		score += 3;
	/* beside the first line it may belong to all of the paragraph */
	if (margin->first > b->first && margin->first >= block_line_at(b, at) &&
	    margin->first <= block_line_at(b, at + len - 1))
		score += 3 + (margin->last <= block_line_at(b, at + len - 1));
	return is_title(text, len) ? score - 3 : score;
}

/* The clause that a margin's owner belongs to: the one that charges, else the
 * one beside it. */
static const char *
margin_clause(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, const struct block_margin *margin, size_t *len)
{
	const char *best = NULL;
	size_t at = 0, n;
	int most = -9;

	for (; (n = sentence_next(b->text, b->length, &at)) > 0; at += n)
		for (size_t left = n, k; left > 0; left -= k) {
			const char *text = b->text + at + n - left;
			const char *semi = memchr(text, ';', left);
			int score;

			k = semi ? (size_t)(semi - text) + 1 : left;
			score = margin_score(r, m, b, margin, text, k);
			if (score > most) {
				most = score;
				best = text;
				*len = semi ? k - 1 : k;
			}
		}
	return best;
}

/* "VN to arrange, June": a verb alone says no more than who acts. Where its
 * "to" stands, NULL: it says more, or nothing. */
static const char *
bare_verb(const char *text, size_t len)
{
	const char *to = find_phrase(text, len, "to"), *rest;
	struct toks toks;
	size_t left;
	bool ditto;

	if (!to || to == text)
		return NULL;
	toks_read(&toks, to, len - (size_t)(to - text));
	if (toks.n < 2 || !is_doing_verb(&toks.t[1]))
		return NULL;
	rest = toks.t[1].at + toks.t[1].len;
	left = len - (size_t)(rest - text);
	trim_span(&rest, &left);
	return left == 0 || trail_due(rest, left, &ditto) ? to : NULL;
}

/* Who and, on a line of its own, when. */
static void
margin_owners(const struct reading *r, const struct minutes_meeting *m,
    const char *margin, struct minutes_entry *e)
{
	const char *end = margin + strlen(margin), *verb;
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
	/* "RFO 31/3/23", "Clerk by 5 May" on one line */
	for (const char *at = margin; at < end && !e->due_phrase; at++)
		if (text_is_space(*at) &&
		    trail_due(at, (size_t)(end - at), &ditto) && !ditto) {
			due_phrase_set(e, at, (size_t)(end - at));
			end = at;
		}
	verb = bare_verb(margin, (size_t)(end - margin));
	if (verb)
		end = verb;
	while (end > margin && text_is_space(end[-1]))
		end--;
	if (end > margin + 3 && text_same_n(end - 2, 2, "by") &&
	    text_is_space(end[-3]))
		end -= 3; /* "SB by", the day below being read */
	owners_cell(r, m, margin, (size_t)(end - margin), e);
}

/* "R24/25", "A12", "3.4": the number of an action, no name. */
static bool
is_code(const char *text)
{
	size_t digits = 0, letters = 0, n = 0;

	for (; text[n]; n++) {
		digits += text_is_digit(text[n]);
		letters += text_is_upper(text[n]);
		if (!text_is_alnum(text[n]) && !strchr("./-", text[n]))
			return false;
	}
	return n > 1 && n < 14 && digits > 0 && letters > 0 && letters < 5 &&
	       digits + letters + 3 > n;
}

static bool
has_ref(const struct minutes_meeting *m, const char *ref)
{
	size_t looked = 0;

	VEC_EACH (const struct minutes_entry, e, &m->entries) {
		if (++looked > REFS_MAX)
			break;
		if (e->ref && text_same(e->ref, ref))
			return true;
	}
	return false;
}

static bool
is_blank_mark(const char *text) /* "-" */
{
	while (*text && !text_is_alnum(*text))
		text++;
	return !*text;
}

static void
margin_doubt(const struct part *part, struct minutes_entry *e)
{
	if (part->has_list) {
		e->sure = false;
		draft_why(e, "it is not in the paper's list of actions");
	}
}

/* The state that a label says: "Carried forward: AB to ..."; its bytes, 0 for
 * none. */
static size_t
state_label(const char *text, size_t len, const char **state)
{
	const char *colon = memchr(text, ':', len);
	size_t n = colon ? (size_t)(colon - text) : 0;

	*state = n > 0 ? state_of(text, n) : NULL;
	return *state ? n + 1 : 0;
}

/* Who does what, in the margin's own words: an entry for each sentence. False
 * where the margin only names who. */
static bool
margin_says(struct reading *r, struct part *part, const struct block *b,
    const struct block_margin *margin)
{
	size_t all = strlen(margin->text), at = 0, n, until = 0;
	const char *to = find_phrase(margin->text, all, "to");
	unsigned line = margin->first;
	char *flat;

	if (!to || to == margin->text || bare_verb(margin->text, all))
		return false;
	flat = xstrdup(margin->text);
	for (size_t i = 0; i < all; i++)
		if (flat[i] == '\n')
			flat[i] = ' ';
	for (; (n = sentence_next(flat, all, &at)) > 0; at += n) {
		const char *state;
		size_t label = state_label(flat + at, n, &state);
		const char *text = flat + at + label;
		struct minutes_entry *e;

		for (; until < at; until++)
			line += margin->text[until] == '\n';
		if (clause_noted(text, n - label) ||
		    clause_no_action(text, n - label))
			continue;
		e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action", text,
		    n - label, line, "the margin says who does what");
		if (state)
			e->state = state;
		if (clause_read(r, part_meeting(r, part), e->text,
			strlen(e->text), e) == CHARGE_NONE)
			margin_owners(
			    r, part_meeting(r, part), margin->text, e);
		margin_doubt(part, e);
		due_read(r, part, e);
	}
	free(flat);
	return true;
}

/* A cell of a column of actions, with who and when in columns of their own. */
static void
margin_row(struct reading *r, struct part *part, const struct block *b,
    const struct block_margin *margin)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *who = margin->who, *when = margin->when, *state = NULL;
	size_t len = strlen(margin->text);
	struct minutes_entry *e;
	enum charge charge;

	if (clause_noted(margin->text, len)) {
		m->noted++;
		return;
	}
	if (who && (cell_says_none(who, strlen(who)) || is_blank_mark(who)))
		who = NULL;
	if (when && is_blank_mark(when))
		when = NULL;
	if (!who && !when &&
	    !charges_somebody(r, m, margin->text, len, &charge) &&
	    charge == CHARGE_NONE)
		return;
	e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action", margin->text,
	    len, margin->first, "beside the notes, in the column of actions");
	if (who)
		owners_cell(r, m, who, strlen(who), e);
	else
		(void)clause_read(r, m, e->text, strlen(e->text), e);
	if (when)
		state = state_of(when, strlen(when));
	if (state)
		e->state = state;
	else if (when)
		due_phrase_set(e, when, strlen(when));
	margin_doubt(part, e);
	due_read(r, part, e);
}

static void
margin_read(struct reading *r, struct part *part, const struct block *b,
    const struct block_margin *margin, char letter)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *text;
	size_t len = 0;
	struct minutes_entry *e;
	static const char *const notes[] = { "note", "to note", "noted",
		"for noting", "information", "for information", "for info",
		"info", NULL };
	bool code = is_code(margin->text);

	if (same_any(margin->text, strlen(margin->text), notes)) {
		m->noted++;
		return;
	}
	if (clause_no_action(margin->text, strlen(margin->text)) ||
	    is_blank_mark(margin->text) || (code && has_ref(m, margin->text)) ||
	    (!code && part->has_list && is_in_table(m, b, letter)))
		return;
	if (margin->action) {
		margin_row(r, part, b, margin);
		return;
	}
	if (!code && margin_says(r, part, b, margin))
		return;
	text = margin_clause(r, m, b, margin, &len);
	if (!text)
		return;
	e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action", text, len,
	    block_line_at(b, (size_t)(text - b->text)),
	    "the margin names who acts");
	if (code) {
		e->ref = xstrdup(margin->text);
		(void)clause_read(r, m, e->text, strlen(e->text), e);
	} else {
		margin_owners(r, m, margin->text, e);
	}
	margin_doubt(part, e);
	due_read(r, part, e);
}

void
margins_read(struct reading *r, struct part *part)
{
	char letter = '\0', item[24] = "";

	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (strcmp(item, b->item) != 0) {
			memcpy(item, b->item, sizeof item);
			letter = '\0';
		}
		if (b->kind == BLOCK_ITEM && b->mark[0] >= 'a' &&
		    b->mark[0] <= 'h' && !b->mark[1])
			letter = b->mark[0];
		VEC_EACH (const struct block_margin, margin, &b->margins)
			margin_read(r, part, b, margin, letter);
	}
}
