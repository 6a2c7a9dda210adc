/* SPDX-License-Identifier: ISC */
/*
 * Who is charged: names, initials, offices, organisations and groups, looked
 * up among the people of the paper first and in the register after. What
 * several could be is not decided; what nobody is stays as printed.
 */
#include "core/minutes_names.h"

#include <stdlib.h>
#include <string.h>

enum { OFFICE_WORDS = 6, INITIALS_MAX = 4, NAME_WORDS = 8 };

/* Nouns that an office ends with. */
static const char *const offices[] = { "clerk", "chair", "chairman",
	"chairperson", "chairwoman", "vice-chair", "vice-chairman", "secretary",
	"treasurer", "officer", "manager", "director", "executive",
	"headteacher", "head", "principal", "coordinator", "co-ordinator",
	"administrator", "commissioner", "constable", "superintendent",
	"inspector", "owner", "representative", "warden", "bursar",
	"consultant", "convenor", "convener", "president", "editor",
	"registrar", "solicitor", "surveyor", "engineer", "lead", "leader",
	"governor", "councillor", "rfo", "facilitator", "scribe", "author",
	"accountant", "auditor", "advisor", "adviser", "pharmacist", "champion",
	"sergeant", "pcso", "webmaster", "caretaker", "contractor", "architect",
	"presenter", "proposer", "sponsor", "analyst", "developer", "trainee",
	NULL };

static const char *const groups[] = { "members", "governors", "councillors",
	"trustees", "directors", "officers", "managers", "leads", "partners",
	"chairs", "editors", "authors", "representatives", "practices",
	"authorities", "trusts", "forces", "councils", "agencies", "schools",
	"secretariat", "committee", "board", "council", "panel", "team",
	"group", "force", "partnership", "association", "authority", "pms",
	"everyone", "everybody", "attendees", "participants", "staff",
	"volunteers", "owners", "reps", "teams", "groups", "cabinet", "police",
	"subcommittee", "sub-committee", "company", "service", "department",
	"office", "network", "consultants", "residents", "parents", "clerks",
	"organisers", "maintainers", "reviewers", "wg", "tsc", "wgs", NULL };

/* Words that may stand, uncapitalised, before such a noun. */
static const char *const modifiers[] = { "deputy", "vice", "assistant",
	"acting", "chief", "senior", "parish", "town", "finance", "project",
	"data", "panel", "challenge", "board", "committee", "council",
	"business", "executive", "general", "responsible", "financial",
	"monitoring", "democratic", "services", "lead", "head", "of", "estates",
	"operations", "safeguarding", "health", "safety", "contracts", "policy",
	"scrutiny", "standards", "standing", "working", "steering", "school",
	"link", "practice", "area", "district", "borough", "county", "ward",
	"membership", "communications", "events", "website", "web", "hall",
	"village", "planning", "highways", "footpaths", "tree", "liaison",
	"outgoing", "new", "local", "regional", "national", "clinical",
	"medical", "nursing", "managing", "programme", "program", "support",
	"association", "company", "core", "build", "release", "all", "panels",
	"community", "police", "crime", "fire", "rescue", "ambulance",
	"probation", "public", "resources", "digital", "customer", "property",
	"information", "corporate", "legal", "media", "training", "transport",
	"environment", "two", "three", NULL };

/* Capitals that are no initials. */
static const char *const not_initials[] = { "the", "and", "for", "all", "agm",
	"aob", "action", "noted", "note", "no", "to", "of", "in", "on", "at",
	"it", "is", "as", "be", "by", "uk", "tv", "id", "ict", "hr", "pa", "na",
	"n/a", "tbc", "tba", "wip", "pdf", "am", "pm", "ok", "or", "if", "we",
	"vat", "gdpr", "nhs", "dbs", "faq", "url", "api", "pr", "ci", "html",
	"rfc", "ietf", "http", "cctv", "sip", "send", "closed", "open", "new",
	"re", "eu", "us", "usa", "covid", "ppe", "risk", "item", "due", "nb",
	"ps", NULL };

static void
owner_add(struct minutes_entry *entry, const char *name, const char *printed,
    size_t printed_len, int64_t party, enum minutes_basis basis, bool absent)
{
	struct minutes_owner *o;

	trim_span(&printed, &printed_len);
	VEC_EACH (struct minutes_owner, old, &entry->owners)
		if (name ? text_same(old->name, name)
			 : text_same_n(printed, printed_len, old->printed))
			return;
	if (entry->owners.len >= 40)
		return;
	o = vec_push(&entry->owners);
	o->printed = xstrndup(printed, printed_len);
	o->name = name ? xstrdup(name) : xstrdup(o->printed);
	o->party = party;
	o->basis = basis;
	o->absent = absent;
}

/* ---- one owner ---- */

struct place {
	const struct reading *r;
	const struct minutes_meeting *m;
	const struct toks *toks;
	struct minutes_entry *entry;
	bool loose; /* a cell or margin: what looks unknown counts too */
};

static const char *
tok_end(const struct toks *toks, size_t i)
{
	return toks->t[i].at + toks->t[i].len;
}

static size_t
add_found(struct place *p, const struct found *f, size_t i, size_t n,
    enum minutes_basis basis)
{
	const char *at = p->toks->t[i].at;
	size_t len = (size_t)(tok_end(p->toks, i + n - 1) - at);

	if (f->count == 1)
		owner_add(p->entry, f->name, at, len,
		    f->party ? f->party : party_named(p->r, f->name), basis,
		    f->absent);
	else
		owner_add(p->entry, NULL, at, len, 0,
		    f->count > 1 ? MINUTES_AMBIGUOUS : MINUTES_UNKNOWN, false);
	return n;
}

static bool
is_connector(const struct tok *t)
{
	static const char *const words[] = { "to", "will", "would", "shall",
		"should", "must", "agreed", "offered", "undertook", "is", "are",
		"was", "were", "has", "have", "volunteered", "promised",
		"committed", "ask", "still", "continues", "continuing", NULL };

	return tok_in(t, words);
}

static size_t
separator_at(const struct toks *toks, size_t i)
{
	size_t n = 0;

	while (i + n < toks->n && n < 3) {
		const struct tok *t = &toks->t[i + n];

		if ((t->kind == 'p' && t->len == 1 &&
			strchr(",/&+;|", *t->at)) ||
		    tok_is(t, "and") || (tok_is(t, "or") && !t->upper) ||
		    tok_is(t, "with"))
			n++;
		else
			break;
	}
	return n;
}

/* "Carl and Ann will": a join, a capital and a connector. */
static bool
is_joint(const struct toks *toks, size_t i)
{
	size_t n = separator_at(toks, i);

	return n > 0 && i + n + 1 < toks->n && toks->t[i + n].cap &&
	       (is_connector(&toks->t[i + n + 1]) ||
		   separator_at(toks, i + n + 1) > 0);
}

/* Bytes of the apostrophe in "DO'C", 0 for none. */
static size_t
apostrophe_length(const struct tok *t)
{
	for (size_t k = 1; k < t->len; k++)
		if (quote_at(t->at + k) > 0)
			return quote_at(t->at + k);
	return 0;
}

static size_t
initials_at(struct place *p, size_t i)
{
	const struct tok *t = &p->toks->t[i];
	struct found f;
	const char *name;
	int64_t party;

	if (t->kind != 'w' || t->len < 2 ||
	    t->len > INITIALS_MAX + 1 + apostrophe_length(t) ||
	    (!t->upper && t->len > 4) || !t->cap)
		return 0;
	f = person_find(p->r, p->m, BY_LETTERS, t->at, t->len);
	if (f.count > 0 && t->upper)
		return add_found(p, &f, i, 1, MINUTES_BY_INITIALS);
	if (!t->upper)
		return 0;
	f = office_find(p->r, p->m, t->at, t->len, true);
	if (f.count == 1 && t->len >= 3)
		return add_found(p, &f, i, 1, MINUTES_BY_OFFICE);
	if (organisation_at(p->r, t->at, t->len, &name, &party) == t->len) {
		owner_add(p->entry, name, t->at, t->len, party,
		    MINUTES_BY_GROUP, false);
		return 1;
	}
	if (tok_in(t, not_initials))
		return 0;
	if (t->len == 2 && p->r->mentioned && text_is_upper(t->at[0]) &&
	    text_is_upper(t->at[1])) {
		const struct mention *m =
		    &p->r->mentioned[(t->at[0] - 'A') * 26 + (t->at[1] - 'A')];

		if (m->name && !m->several) {
			char *full = xstrndup(m->name, m->len);

			owner_add(p->entry, full, t->at, t->len,
			    party_named(p->r, full), MINUTES_BY_INITIALS,
			    false);
			free(full);
			return 1;
		}
	}
	if (t->len <= INITIALS_MAX &&
	    (p->loose ||
		(i + 1 < p->toks->n &&
		    (is_connector(&p->toks->t[i + 1]) ||
			(i == 0 && is_joint(p->toks, 1) &&
			    p->toks->t[1 + separator_at(p->toks, 1)].upper)))))
		return add_found(
		    p, &(struct found){ 0 }, i, 1, MINUTES_UNKNOWN);
	return 0;
}

/* Who is "Mr Smith", "DCC Desai": by the surname, where the n tokens of the
 * name at i have no other name. */
static struct found
surname_find(const struct place *p, size_t i, size_t n)
{
	const struct tok *last = &p->toks->t[i + n - 1];
	bool lettered;
	size_t rank = rank_at(p->toks, i, &lettered);

	return rank > 0 && rank + 1 == n
		   ? person_find(p->r, p->m, BY_WORD, last->at, last->len)
		   : (struct found){ 0 };
}

/* "CC Dunn", "T/Supt Hale" are one person, not "CC" and another; where the
 * paper lists nobody of that name, CC may be somebody. */
static bool
is_ranked_person(const struct place *p, size_t i)
{
	const struct tok *t = &p->toks->t[i];
	size_t n = name_at(p->toks, i), rank, end = i + n;
	bool lettered;

	rank = rank_at(p->toks, i, &lettered);
	if (rank == 0 || n <= rank)
		return false;
	if (surname_find(p, i, n).count > 0)
		return true;
	if (lettered &&
	    person_find(p->r, p->m, BY_LETTERS, t->at, t->len).count > 0)
		return false;
	return p->loose && (end == p->toks->n || p->toks->t[end].kind == 'p' ||
			       separator_at(p->toks, end) > 0);
}

static size_t
name_owner_at(struct place *p, size_t i)
{
	size_t n = name_at(p->toks, i);
	const struct tok *t = &p->toks->t[i];
	struct found f;

	if (n > 0) {
		size_t len = (size_t)(tok_end(p->toks, i + n - 1) - t->at);
		size_t k;

		f = person_find(p->r, p->m, BY_FULL_NAME, t->at, len);
		if (f.count > 0)
			return add_found(p, &f, i, n, MINUTES_BY_NAME);
		f = person_find(p->r, p->m, BY_SHORT_NAME, t->at, len);
		if (f.count > 0)
			return add_found(p, &f, i, n, MINUTES_BY_NAME);
		f = surname_find(p, i, n);
		if (f.count > 0)
			return add_found(p, &f, i, n, MINUTES_BY_NAME);
		/* "Carl Dunn will": the first two may be all of it */
		for (k = n; k-- > 1;) {
			len = (size_t)(tok_end(p->toks, i + k - 1) - t->at);
			f = person_find(p->r, p->m, BY_FULL_NAME, t->at, len);
			if (f.count > 0)
				return add_found(p, &f, i, k, MINUTES_BY_NAME);
		}
		if (!p->loose && names_things(p->toks, i, n))
			return 0;
		if (p->loose ||
		    (i + n < p->toks->n && is_connector(&p->toks->t[i + n])) ||
		    i + n == p->toks->n || p->toks->t[i + n].kind == 'p' ||
		    (is_address_form(t) && separator_at(p->toks, i + n) > 0)) {
			/* "Phil R", "Paul Smith" of a known surname */
			return add_found(
			    p, &(struct found){ 0 }, i, n, MINUTES_UNKNOWN);
		}
		return 0;
	}
	if (t->kind != 'w' || !is_name_sized(t))
		return 0;
	if (!t->cap) { /* what somebody is called in a chat room */
		f = person_find(p->r, p->m, BY_FULL_NAME, t->at, t->len);
		return f.count > 0 && !is_small_word(t->at, t->len) &&
			       (p->loose || i + 1 == p->toks->n ||
				   is_connector(&p->toks->t[i + 1]) ||
				   *p->toks->t[i + 1].at == ':' ||
				   separator_at(p->toks, i + 1) > 0)
			   ? add_found(p, &f, i, 1, MINUTES_BY_NAME)
			   : 0;
	}
	f = person_find(p->r, p->m, BY_WORD, t->at, t->len);
	if (f.count > 0 && !tok_in(t, offices) && !tok_in(t, groups) &&
	    !tok_in(t, modifiers))
		return add_found(p, &f, i, 1, MINUTES_BY_NAME);
	return 0;
}

static size_t
of_behind(const struct toks *toks, size_t i)
{
	size_t k = i, words = 0;
	bool named = false;

	if (k >= toks->n ||
	    (!tok_is(&toks->t[k], "of") && !tok_is(&toks->t[k], "for")))
		return i;
	k++;
	if (k < toks->n && tok_is(&toks->t[k], "the"))
		k++;
	while (
	    k < toks->n && words < 5 &&
	    (toks->t[k].cap || tok_in(&toks->t[k], groups) ||
		(words > 0 &&
		    (tok_is(&toks->t[k], "and") || tok_is(&toks->t[k], "&")) &&
		    k + 1 < toks->n && toks->t[k + 1].cap &&
		    !name_at(toks, k + 1)) ||
		tok_in(&toks->t[k], modifiers)) &&
	    !tok_is(&toks->t[k], "to")) {
		named |= toks->t[k].cap || tok_in(&toks->t[k], groups);
		words++;
		k++;
	}
	/* "asked the force for information" says what, not who */
	return named ? k : i;
}

static size_t
office_at(struct place *p, size_t i)
{
	const struct toks *toks = p->toks;
	size_t k, end = 0;
	bool group = false;

	for (k = i; k < toks->n && k < i + OFFICE_WORDS; k++) {
		const struct tok *t = &toks->t[k];
		bool noun = tok_in(t, offices), many = tok_in(t, groups);

		if (t->kind != 'w' &&
		    !(t->kind == 'p' && *t->at == '&' && k > i))
			break;
		if (noun || many) {
			end = k + 1;
			group = many;
			/* "Chief Officer", "Board members": longest wins */
			if (k + 1 < toks->n && toks->t[k + 1].kind == 'w' &&
			    (tok_in(&toks->t[k + 1], offices) ||
				tok_in(&toks->t[k + 1], groups)))
				continue;
			if (!(k + 1 < toks->n && toks->t[k + 1].cap))
				break;
			continue;
		}
		if ((!t->cap && !tok_in(t, modifiers)) ||
		    is_small_word(t->at, t->len))
			break;
		if (end > 0 && !t->cap)
			break;
		if (k == i && name_at(toks, i) > 0 && !tok_in(t, modifiers) &&
		    k + 2 >= toks->n)
			break;
	}
	if (end == 0)
		return 0;
	if (tok_is(&toks->t[i], "of") || tok_is(&toks->t[i], "new"))
		return 0;
	size_t more = of_behind(toks, end);
	struct found f = { 0 };
	const char *at = toks->t[i].at;
	size_t len = (size_t)(tok_end(toks, end - 1) - at);

	if (more > end)
		f = office_find(p->r, p->m, at,
		    (size_t)(tok_end(toks, more - 1) - at), false);
	if (f.count == 0 && !group)
		f = office_find(p->r, p->m, at, len, false);
	len = (size_t)(tok_end(toks, more - 1) - at);
	if (f.count == 1)
		owner_add(p->entry, f.name, at, len,
		    f.party ? f.party : party_named(p->r, f.name),
		    MINUTES_BY_OFFICE, f.absent);
	else
		owner_add(p->entry, NULL, at, len, 0,
		    group ? MINUTES_BY_GROUP : MINUTES_BY_OFFICE, false);
	return more - i;
}

static size_t
group_at(struct place *p, size_t i)
{
	const struct toks *toks = p->toks;
	const struct tok *t = &toks->t[i];
	const char *name;
	int64_t party;
	size_t n, k = i;

	if (tok_is(t, "all") || tok_is(t, "each") || tok_is(t, "every") ||
	    tok_is(t, "everyone") || tok_is(t, "everybody")) {
		k++;
		while (k < toks->n && k < i + 4 &&
		       (tok_in(&toks->t[k], groups) ||
			   tok_in(&toks->t[k], modifiers) ||
			   tok_is(&toks->t[k], "the")))
			k++;
		if (k == i + 1 && !tok_is(t, "all") && t->len < 7)
			return 0;
		if (k == i + 1 && !t->cap && !p->loose)
			return 0;
		owner_add(p->entry, NULL, t->at,
		    (size_t)(tok_end(toks, k - 1) - t->at), 0, MINUTES_BY_GROUP,
		    false);
		return k - i;
	}
	n = organisation_at(p->r, t->at,
	    (size_t)(tok_end(toks, toks->n - 1) - t->at), &name, &party);
	if (n == 0)
		return 0;
	while (k < toks->n && tok_end(toks, k) <= t->at + n)
		k++;
	if (k == i || tok_end(toks, k - 1) != t->at + n)
		return 0;
	owner_add(p->entry, name, t->at, n, party, MINUTES_BY_GROUP, false);
	return k - i;
}

/* "Chief Inspector Hale", "Clerk Ann Example": a post, then who has it, where
 * the paper lists the name. */
static size_t
ranked_at(struct place *p, size_t i)
{
	const struct toks *toks = p->toks;
	size_t k = i, n;
	struct found f;

	while (
	    k < toks->n && k < i + 4 && toks->t[k].cap &&
	    (tok_in(&toks->t[k], offices) || tok_in(&toks->t[k], modifiers) ||
		is_address_form(&toks->t[k])))
		k++;
	if (k == i || k >= toks->n || !toks->t[k].cap || toks->t[k].len < 3)
		return 0;
	n = name_at(toks, k);
	if (n > 0)
		f = person_find(p->r, p->m, BY_FULL_NAME, toks->t[k].at,
		    (size_t)(tok_end(toks, k + n - 1) - toks->t[k].at));
	if (n == 0 || f.count != 1) {
		n = 1;
		f = person_find(
		    p->r, p->m, BY_WORD, toks->t[k].at, toks->t[k].len);
	}
	if (f.count != 1)
		return 0;
	return add_found(p, &f, i, k + n - i, MINUTES_BY_NAME);
}

static size_t
owner_one(struct place *p, size_t i)
{
	const struct toks *toks = p->toks;
	size_t the = 0, n;

	while (i + the < toks->n && (tok_is(&toks->t[i + the], "the") ||
					tok_is(&toks->t[i + the], "our")))
		the++;
	if (i + the >= toks->n)
		return 0;
	i += the;
	if (is_ranked_person(p, i) && (n = name_owner_at(p, i)))
		return n + the;
	if ((n = group_at(p, i)) || (n = initials_at(p, i)))
		return n + the;
	/* a person of the paper before an office before a stranger */
	if (name_at(toks, i) > 0) {
		size_t len = (size_t)(tok_end(toks, i + name_at(toks, i) - 1) -
				      toks->t[i].at);

		if (person_find(p->r, p->m, BY_FULL_NAME, toks->t[i].at, len)
			    .count > 0 &&
		    (n = name_owner_at(p, i)))
			return n + the;
	}
	if ((n = ranked_at(p, i)) || (n = office_at(p, i)) ||
	    (n = name_owner_at(p, i)))
		return n + the;
	/* "Library to update": a name, though nobody listed it */
	if (toks->t[i].kind == 'w' && toks->t[i].cap &&
	    is_name_sized(&toks->t[i]) && !is_doing_verb(&toks->t[i]) &&
	    !is_small_word(toks->t[i].at, toks->t[i].len) && i + 1 < toks->n &&
	    (is_proper(p->r, toks->t[i].at, toks->t[i].len) ||
		(i == 0 && i + 3 < toks->n && tok_is(&toks->t[i + 1], "to") &&
		    is_doing_verb(&toks->t[i + 2]) && !toks->t[i].upper &&
		    may_be_name(&toks->t[i]))) &&
	    (is_connector(&toks->t[i + 1]) || is_joint(toks, i + 1) ||
		(is_doing_verb(&toks->t[i + 1]) && !toks->t[i + 1].cap)))
		return the + add_found(p, &(struct found){ 0 }, i, 1,
				 MINUTES_UNKNOWN);
	return 0;
}

static size_t
bracket_behind(const struct toks *toks, size_t i)
{
	if (i + 2 < toks->n && *toks->t[i].at == '(' &&
	    toks->t[i + 1].kind == 'w' && *toks->t[i + 2].at == ')')
		return i + 3;
	return i;
}

size_t
owners_at(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *toks, size_t i, struct minutes_entry *entry)
{
	struct place p = { r, m, toks, entry, false };
	size_t end = i, n;

	for (;;) {
		size_t sep = end == i ? 0 : separator_at(toks, end);

		if ((end > i && sep == 0) || end + sep >= toks->n)
			break;
		n = owner_one(&p, end + sep);
		if (n == 0)
			break;
		end = bracket_behind(toks, end + sep + n);
	}
	return end;
}

static bool
is_nobody(const char *text, size_t len)
{
	static const char *const words[] = { "noted", "no action", "agreed",
		"note", "ongoing", "action", "info", "information", "approved",
		"see above", NULL };

	trim_span(&text, &len);
	return len == 0 || cell_says_none(text, len) ||
	       same_any(text, len, words);
}

/* Tokens from to end that nobody known is: may they be a name, or do they tell
 * what is done: "update the register", "once the review is complete"? */
static bool
is_printed_name(const struct toks *toks, size_t from, size_t end)
{
	static const char *const more[] = { "must", "can", "be", "been", "once",
		"until", "when", "after", "including", NULL };

	if (end - from > NAME_WORDS)
		return false;
	if (end - from > 1 && !toks->t[from].cap &&
	    is_doing_verb(&toks->t[from]))
		return false;
	for (size_t i = from; i < end; i++)
		if (!toks->t[i].cap &&
		    (is_connector(&toks->t[i]) || tok_in(&toks->t[i], more)))
			return false;
	return true;
}

bool
owners_cell(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	struct toks toks;
	struct place p = { r, m, &toks, entry, true };
	char *flat;
	size_t i = 0;
	bool all = true;

	if (is_nobody(text, len) &&
	    person_find(r, m, BY_LETTERS, text, len).count != 1)
		return true; /* "NA" may be Nora Ash */
	flat = xstrndup(text, len < 400 ? len : 400);
	for (char *c = flat; *c; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
	toks_read(&toks, flat, strlen(flat));
	while (i < toks.n) {
		size_t n = separator_at(&toks, i), from;

		i += n;
		if (i >= toks.n)
			break;
		n = owner_one(&p, i);
		if (n > 0) {
			i = bracket_behind(&toks, i + n);
			if (i < toks.n && tok_is(&toks.t[i], "to"))
				break; /* "Clerk to place on website" */
			continue;
		}
		/* as printed, up to the next separator */
		for (from = i; i < toks.n && separator_at(&toks, i) == 0; i++)
			if (tok_is(&toks.t[i], "to") && i > from)
				break;
		if (i > from && !is_printed_name(&toks, from, i))
			all = false;
		else if (i > from &&
			 (size_t)(tok_end(&toks, i - 1) - toks.t[from].at) <=
			     80 &&
			 !is_nobody(toks.t[from].at,
			     (size_t)(tok_end(&toks, i - 1) - toks.t[from].at)))
			owner_add(entry, NULL, toks.t[from].at,
			    (size_t)(tok_end(&toks, i - 1) - toks.t[from].at),
			    0, MINUTES_UNKNOWN, false);
		if (i < toks.n && tok_is(&toks.t[i], "to"))
			break;
	}
	free(flat);
	return all;
}

/* "Carl and Eve": two or more capitalised words and nothing else. */
static bool
are_bare_names(const struct toks *toks)
{
	size_t names = 0;

	for (size_t i = 0; i < toks->n; i++) {
		const struct tok *t = &toks->t[i];

		if (separator_at(toks, i) > 0)
			continue;
		if (t->kind != 'w' || !t->cap || t->len < 3 || t->upper ||
		    is_doing_verb(t) || is_small_word(t->at, t->len) ||
		    weekday_parse(t->at, t->len) >= 0 ||
		    month_parse(t->at, t->len) > 0)
			return false;
		if (i > 0 && separator_at(toks, i - 1) == 0)
			return false;
		names++;
	}
	return names >= 2;
}

bool
owners_only(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	struct minutes_entry entry = { 0 };
	struct toks toks;
	struct place p = { r, m, &toks, &entry, true };
	size_t i = 0;
	bool ok = false;

	trim_span(&text, &len);
	while (len > 0 && text[len - 1] == '.')
		len--;
	if (len == 0 || len > 120)
		return false;
	toks_read(&toks, text, len);
	if (are_bare_names(&toks))
		return true;
	while (i < toks.n) {
		size_t n;

		i += separator_at(&toks, i);
		if (i >= toks.n)
			break;
		n = owner_one(&p, i);
		ok = n > 0;
		if (!ok)
			break;
		i = bracket_behind(&toks, i + n);
	}
	owners_clear(&entry);
	return ok;
}
