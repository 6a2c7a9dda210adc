/* SPDX-License-Identifier: ISC */
/*
 * What a marked text asks: split into its actions, each with its owners, state
 * and date; what was only noted, and questions to nobody, are left out.
 */
#include "core/minutes_lists.h"

#include <stdlib.h>
#include <string.h>

enum { SPLITS_MAX = 64 };

struct span {
	const char *text;
	size_t len;
};

struct splits {
	struct span s[SPLITS_MAX];
	size_t n;
};

static void
split_add(struct splits *out, const char *text, size_t len)
{
	if (out->n < SPLITS_MAX) {
		out->s[out->n].text = text;
		out->s[out->n++].len = len;
	} else {
		out->s[SPLITS_MAX - 1].len =
		    (size_t)(text + len - out->s[SPLITS_MAX - 1].text);
	}
}

size_t
that_next(const char *text, size_t len, size_t *skip)
{
	static const char *const joints[] = { "and that ", "; and ", "; that ",
		NULL };
	const char *end = text + len, *cut = NULL, *noted;

	*skip = 0;
	for (const char *const *j = joints; *j; j++) {
		size_t n = strlen(*j);

		for (const char *p = text + 1; p + n < end; p++)
			if (text_starts(p, *j) && (p[-1] == ' ' || *p == ';')) {
				if (!cut || p < cut) {
					cut = p;
					*skip = n;
				}
				break;
			}
	}
	noted = find_phrase(text, len, "noted and");
	if (noted && noted - text < 80 && (!cut || noted < cut)) {
		cut = noted + 5;
		*skip = 5;
	}
	return cut ? (size_t)(cut - text) : len;
}

/* "That the report is noted and that X; and further details be provided": the
 * noted clause and the ones that ask. */
static void
split_that(const char *text, size_t len, struct splits *out)
{
	for (size_t n, skip; len > 0; text += n + skip, len -= n + skip) {
		n = that_next(text, len, &skip);
		split_add(out, text, n);
	}
}

static bool
begins_that(const char *text, size_t len)
{
	static const char *const leads[] = { "that ", "the information ",
		"resolved", "noted", "it was agreed that", "to note", NULL };

	while (len > 0 && (text_is_space(*text) || *text == ':'))
		text++, len--;
	return starts_any(text, leads) ||
	       find_phrase(text, len, "noted and that") != NULL;
}

bool
charges_somebody(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, enum charge *charge)
{
	struct minutes_entry scratch = { 0 };
	bool owned;

	*charge = clause_read(r, m, text, len, &scratch);
	owned = scratch.owners.len > 0;
	owners_clear(&scratch);
	return owned && *charge != CHARGE_NONE;
}

/* Behind "Ann to book the room": is an "and" at i followed by who does what
 * else, not by whom she asks? */
static bool
joins_another(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t from, size_t i)
{
	static const char *const asks[] = { "ask", "asks", "invite", "request",
		"remind", "encourage", "help", "get", "allow", "enable", "for",
		"between", "with", NULL };
	size_t word = i;
	enum charge charge;

	if (!text_starts(text + i, " and "))
		return false;
	while (word > from && !text_is_space(text[word - 1]))
		word--;
	return i - from > 12 && text_is_lower(text[word]) &&
	       !has_any(text + from, i - from, asks) &&
	       charges_somebody(r, m, text + from, i - from, &charge) &&
	       charge == CHARGE_TO;
}

/* "Ann to book the room; minutes to be published, Bob to tell the press": each
 * who is named anew has an action of his own. */
static void
split_owners(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct splits *out)
{
	size_t from = 0;

	for (size_t i = 8; i + 12 < len; i++) {
		struct minutes_entry got = { 0 };
		struct toks toks;
		size_t end, rest = i + 1;
		bool cut = false;

		if (joins_another(r, m, text, from, i))
			rest += 4;
		else if ((text[i] != ',' && text[i] != ';') ||
			 !text_is_space(text[i + 1]))
			continue;
		else if (text_starts(text + rest, " and "))
			rest += 5;
		toks_read(
		    &toks, text + rest, len - rest < 200 ? len - rest : 200);
		end = owners_at(r, m, &toks, 0, &got);
		owners_clear(&got);
		cut = end > 0 && end + 1 < toks.n &&
		      ((tok_is(&toks.t[end], "to") &&
			   is_doing_verb(&toks.t[end + 1])) ||
			  (text[i] == ';' && (dash_at(toks.t[end].at) ||
						 *toks.t[end].at == ':')));
		if (!cut && text[i] == ';')
			for (size_t k = 0; k + 2 < toks.n && k < 12 && !cut;
			     k++)
				cut = tok_is(&toks.t[k], "to") &&
				      tok_is(&toks.t[k + 1], "be") &&
				      is_participle(&toks.t[k + 2]);
		if (!cut)
			continue;
		split_add(out, text + from, i - from);
		from = rest;
		i = rest + 4;
	}
	split_add(out, text + from, len - from);
}

/* The actions of one marked text: each sentence that charges somebody anew
 * begins one; what does not explains the one before. */
static void
split_marked(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct splits *out)
{
	/* "AB has to do this by May": what was said before */
	static const char *const same[] = { "do this", "do it", "do that",
		"do so", NULL };
	size_t at = 0, n;
	bool that = begins_that(text, len);

	out->n = 0;
	for (; (n = sentence_next(text, len, &at)) > 0; at += n) {
		enum charge charge;
		bool owned = charges_somebody(r, m, text + at, n, &charge) &&
			     !has_any(text + at, n, same);

		if (out->n == 0 || owned || begins_that(text + at, n) ||
		    (charge == CHARGE_VERB && that)) {
			if (begins_that(text + at, n))
				split_that(text + at, n, out);
			else
				split_owners(r, m, text + at, n, out);
		} else {
			struct span *last = &out->s[out->n - 1];

			last->len = (size_t)(text + at + n - last->text);
		}
	}
}

static const char *const topics[] = { "discussion of", "discussion on",
	"discussed", "discussion", "question", "questions", "motion", "vote on",
	"update from", "comments from", "noted", "thanks to", "thank you",
	"thanks", "nb", "n.b.", "p.s.", "please note", NULL };

static bool
is_topic(const char *text)
{
	for (const char *const *t = topics; *t; t++)
		if (text_starts(text, *t) && !text_is_alnum(text[strlen(*t)]))
			return true;
	return false;
}

/* "Ann Bell agreed ..." or "AB suggested ...": whoever begins it. */
static void
leading_owner(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	struct toks toks;
	size_t end;

	toks_read(&toks, text, len);
	end = owners_at(r, m, &toks, 0, entry);
	if (end == 0 || end >= toks.n)
		return;
	if (toks.t[end].kind == 'n')
		owners_clear(entry);
}

/* "Stu to send the list": one word with a capital, "to" and a verb; where it
 * is marked as an action that is a name, though nobody listed it. */
static void
stranger(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	struct toks toks;

	toks_read(&toks, text, len < 200 ? len : 200);
	if (toks.n < 4 || toks.t[0].kind != 'w' || !toks.t[0].cap ||
	    toks.t[0].len < 2 || !may_be_name(&toks.t[0]) ||
	    !tok_is(&toks.t[1], "to") || !is_doing_verb(&toks.t[2]) ||
	    toks.t[2].cap)
		return;
	owners_cell(r, m, toks.t[0].at, toks.t[0].len, entry);
}

static void
numbered_owners(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	size_t at = 0, n;

	for (; (n = sentence_next(text, len, &at)) > 0; at += n) {
		struct minutes_entry scratch = { 0 };
		enum charge c = clause_read(r, m, text + at, n, &scratch);

		if (c == CHARGE_TO || c == CHARGE_WILL || c == CHARGE_ASKED ||
		    c == CHARGE_AGREED)
			owners_move(&scratch, entry);
		owners_clear(&scratch);
	}
}

static bool
is_doing_after(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len < 40 ? len : 40);
	return toks.n > 1 && is_doing_verb(&toks.t[0]) && !toks.t[0].cap;
}

/* "School calendar: letter to parents about the calendar - AB": a label that is
 * spoken of again, or before what somebody else is charged with, names what it
 * is about. */
static bool
is_topic_of(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *label, const char *text, size_t len)
{
	struct minutes_entry tail = { 0 };
	enum charge charge;
	bool owned;

	for (size_t i = 0; i < label->n; i++) {
		char word[32];
		size_t n = label->t[i].len;

		if (label->t[i].kind != 'w' || n < 4 || n >= sizeof word)
			continue;
		for (size_t k = 0; k < n; k++)
			word[k] = text_lower(label->t[i].at[k]);
		word[n] = '\0';
		if (find_phrase(text, len, word))
			return true;
	}
	if (charges_somebody(r, m, text, len, &charge))
		return true;
	(void)tail_read(r, m, text, len, true, &tail);
	owned = tail.owners.len > 0;
	owners_clear(&tail);
	free(tail.due_phrase);
	return owned;
}

static bool
is_group(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	struct minutes_entry who = { 0 };
	bool group;

	owners_cell(r, m, text, len, &who);
	group = who.owners.len == 1 &&
		who.owners.items[0].basis == MINUTES_BY_GROUP;
	owners_clear(&who);
	return group;
}

/* "{Ann and Bob} will write", "<Ann> to write", "(Ann) write": whoever stands
 * in brackets first. Returns where what is to be done begins, 0 where it needs
 * the name, or nobody stands so. */
static size_t
bracketed_prefix(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	static const char opens[] = "{[(<", closes[] = "}])>";
	static const char *const ahead[] = { "to", "will", "shall", "should",
		"must", "is", "are", "has", "have", NULL };
	const char *open = len > 4 ? strchr(opens, *text) : NULL, *close;
	struct toks toks;
	size_t n;

	close = open && *text
		    ? memchr(text, closes[open - opens], len < 60 ? len : 60)
		    : NULL;
	if (!close || close < text + 2 || !text_is_space(close[1]))
		return 0;
	n = (size_t)(close - text) - 1;
	toks_read(&toks, text + 1, n);
	for (size_t i = 0; i < toks.n; i++)
		if (toks.t[i].kind == 'n' ||
		    (toks.t[i].kind == 'w' && !toks.t[i].cap &&
			!tok_is(&toks.t[i], "and")))
			return 0;
	owners_cell(r, m, text + 1, n, entry);
	toks_read(&toks, close + 1, len - n - 2 < 40 ? len - n - 2 : 40);
	return entry->owners.len > 0 && toks.n > 0 && !tok_in(&toks.t[0], ahead)
		   ? n + 2
		   : 0;
}

/* The length of "Carl (cdunn2)" without what somebody is called elsewhere. */
static size_t
without_bracket(const char *text, size_t len)
{
	size_t n = len;

	if (len < 4 || text[len - 1] != ')')
		return len;
	while (n > 0 && text[n - 1] != '(')
		n--;
	while (n > 0 && (text[n - 1] == '(' || text_is_space(text[n - 1])))
		n--;
	return n > 1 ? n : len;
}

/* "Carl/Eve: ask the printer", "EF - circulate": who, then what. */
static size_t
named_prefix(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	struct toks toks;
	size_t i, d = 0, skip, label;

	for (i = 1; i < len && i < 60; i++) {
		if (text[i] == ':')
			d = 1;
		else if (text_is_space(text[i - 1]) && dash_at(text + i) &&
			 text_is_space(text[i + dash_at(text + i)]))
			d = dash_at(text + i);
		if (d > 0 || text[i] == '.')
			break;
	}
	/* "[AI: Wen] update" and "[DC, MS] D1: draft", the bracket's first
	 * half being read */
	if (d == 0 || (memchr(text, ']', i) && !memchr(text, '[', i))) {
		const char *close = memchr(text, ']', len < 40 ? len : 40);

		if (close && close > text && !memchr(text, '[', len) &&
		    (size_t)(close - text) + 4 < len) {
			owners_cell(r, m, text, (size_t)(close - text), entry);
			for (i = (size_t)(close - text) + 1;
			     i < len && text_is_space(text[i]); i++)
				;
			return entry->owners.len > 0 ? i : 0;
		}
	}
	if (text[0] == '(' && d == 1 && text[i - 1] == ')') {
		owners_cell(r, m, text + 1, i - 2, entry);
		for (i += d; i < len && text_is_space(text[i]); i++)
			;
		return entry->owners.len > 0 ? i : 0;
	}
	if (d == 0 || i + d + 4 >= len || !text_is_space(text[i + d]))
		return 0;
	label = without_bracket(text, i);
	toks_read(&toks, text, label);
	if (!owners_only(r, m, text, label)) {
		/* "Eve - confirm the date" */
		bool does = is_doing_after(text + i + d, len - i - d);

		if (toks.n == 1 && does && toks.t[0].cap &&
		    !is_doing_verb(&toks.t[0]) && text[i] != ':') {
			owners_cell(r, m, text, i, entry);
			for (i += d; i < len && text_is_space(text[i]); i++)
				;
			return entry->owners.len > 0 ? i : 0;
		}
		/* a colon behind one to three capitalised words names people */
		if (text[i] != ':' || toks.n == 0 || toks.n > 5)
			return 0;
		for (size_t k = 0; k < toks.n; k++)
			if (toks.t[k].kind != 'p' &&
			    (!toks.t[k].cap || toks.t[k].kind == 'n') &&
			    !tok_is(&toks.t[k], "and"))
				return 0;
		if (!is_proper(r, toks.t[0].at, toks.t[0].len) ||
		    is_topic_of(r, m, &toks, text + i + 1, len - i - 1))
			return 0;
	} else if (text[i] == ':' && is_group(r, m, text, i) &&
		   charges_somebody(
		       r, m, text + i + 1, len - i - 1, &(enum charge){ 0 })) {
		return 0; /* "Flood group: AB to tell them" */
	}
	skip = text_starts(text, "for ") ? 4 : 0;
	owners_cell(r, m, text + skip, label - skip, entry);
	if (entry->owners.len == 0)
		return 0;
	i += d;
	while (i < len && text_is_space(text[i]))
		i++;
	return i;
}

static bool
has_letter(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text_is_letter(text[i]))
			return true;
	return false;
}

/* One clause of a marked text becomes an entry, or nothing. */
static void
clause_add(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len, enum minutes_source source, bool whole,
    struct minutes_entry *context)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry got = { .state = "open" }, *e;
	enum charge charge;
	unsigned line;
	size_t n, name;

	trim_span(&text, &len);
	while (len > 0 && (*text == ']' || *text == '['))
		text++, len--;
	if (!has_letter(text, len) || clause_no_action(text, len))
		return; /* "1.0" is the number of an item */
	if (clause_noted(text, len)) {
		m->noted++;
		return;
	}
	if (*text == '@') {
		size_t n_handle = strcspn(text, " :,");

		if (n_handle > 1 && n_handle + 4 < len) {
			owners_cell(r, m, text + 1, n_handle - 1, &got);
			text += n_handle;
			len -= n_handle;
			trim_span(&text, &len);
		}
	}
	name = promise_motion(text, len);
	if (name < len && !promise_taken(text, len)) {
		text += name;
		len -= name;
	}
	name = bracketed_prefix(r, m, text, len, &got);
	if (got.owners.len == 0)
		name = named_prefix(r, m, text, len, &got);
	if (name > 0) {
		text += name;
		len -= name;
		trim_span(&text, &len);
	}
	n = tail_read(r, m, text, len,
	    source == MINUTES_FROM_LIST || source == MINUTES_FROM_MARK, &got);
	if (n == 0)
		n = len;
	if (got.owners.len == 0 && source == MINUTES_FROM_LIST)
		n = list_owner_read(r, part, b, text, n, &got);
	if (whole) {
		numbered_owners(r, m, text, n, &got);
		charge = CHARGE_NONE;
	} else {
		struct minutes_entry said = { 0 };

		charge = clause_read(r, m, text, n, &said);
		if (got.owners.len == 0)
			owners_move(&said, &got);
		owners_clear(&said);
	}
	if (got.owners.len == 0 && charge != CHARGE_VERB &&
	    charge != CHARGE_PASSIVE)
		leading_owner(r, m, text, n, &got);
	if (got.owners.len == 0)
		stranger(r, m, text, n, &got);
	if (got.owners.len == 0 && context)
		owners_copy(context, &got);
	/* a question or a topic that nobody has to do anything about */
	if (got.owners.len == 0 && (clause_question(text, n) || is_topic(text)))
		goto out;
	if (got.owners.len == 0 && charge == CHARGE_NONE &&
	    source == MINUTES_FROM_LIST && clause_past(text, n))
		goto out;
	if (!got.due_phrase && promise_taken(text, n) &&
	    (got.owners.len == 0 || charge == CHARGE_NONE))
		goto out;
	line = b->kind == BLOCK_ROW
		   ? b->first
		   : block_line_at(b, (size_t)(text - b->text));
	if (n > 8 && text_starts(text, "that ")) {
		text += 5;
		n -= 5;
	}
	e = draft_new(r, part, b, source, "action", text, n, line,
	    source == MINUTES_FROM_LIST ? "listed under a heading of actions"
	    : source == MINUTES_FROM_BRACKET ? "an action in brackets"
	    : source == MINUTES_FROM_TABLE
		? "beside the notes, in the column of actions"
		: "marked as an action");
	owners_move(&got, e);
	e->state = got.state;
	e->due_phrase = got.due_phrase;
	got.due_phrase = NULL;
	due_read(r, part, e);
out:
	owners_clear(&got);
	free(got.due_phrase);
}

static bool
follows_semicolon(const char *start, const char *text)
{
	while (text > start && text_is_space(text[-1]))
		text--;
	return text > start && text[-1] == ';';
}

void
marked_add(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len, enum minutes_source source, bool whole,
    struct minutes_entry *context)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct splits splits;
	size_t first = m->entries.len;

	const char *record = find_phrase(text, len, "[recorded in");

	if (record)
		len = (size_t)(record - text); /* where a robot keeps it */
	trim_span(&text, &len);
	while (len > 0 && (text[len - 1] == ']' && !memchr(text, '[', len)))
		len--;
	if (clause_no_action(text, len))
		return;
	if (b->kind != BLOCK_ROW && source != MINUTES_FROM_LIST &&
	    owner_line_read(r, part, b, text, len))
		return;
	if (whole) {
		clause_add(r, part, b, text, len, source, true, context);
		return;
	}
	split_marked(r, m, text, len, &splits);
	for (size_t i = 0; i < splits.n; i++) {
		size_t before = m->entries.len;
		clause_add(r, part, b, splits.s[i].text, splits.s[i].len,
		    source, false, context);
		/* "Ann to type it up; minutes to be published": hers as well */
		if (i > 0 && m->entries.len == before + 1 && before > first &&
		    m->entries.items[before].owners.len == 0 &&
		    follows_semicolon(text, splits.s[i].text))
			owners_copy(&m->entries.items[before - 1],
			    &m->entries.items[before]);
	}
}
