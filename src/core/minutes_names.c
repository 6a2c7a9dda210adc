/* SPDX-License-Identifier: ISC */
/*
 * Names of people: what reads as one, labels of them, and those that stand in
 * the running text.
 */
#include "core/minutes_names.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_WORDS = 5 };

static const char *const particles[] = { "de", "du", "van", "von", "der", "la",
	"le", "di", "da", "al", "bin", "ter", "ten", "den", "del", "o", NULL };

/* Words that no name of a person has. */
static const char *const not_names[] = { "council", "police", "office",
	"association", "university", "government", "service", "services",
	"authority", "ltd", "limited", "plc", "trust", "board", "committee",
	"group", "department", "ministry", "centre", "center", "school",
	"college", "team", "manager", "director", "officer", "chair",
	"chairman", "chairperson", "chairwoman", "secretary", "treasurer",
	"clerk", "member", "members", "public", "head", "chief", "deputy",
	"assistant", "executive", "governor", "governors", "headteacher",
	"representative", "partnership", "society", "church", "nhs", "hospital",
	"foundation", "networks", "digital", "solutions", "systems",
	"consulting", "meeting", "apologies", "present", "parliament",
	"minutes", "item", "agenda", "none", "vacant", "visitors", "quorum",
	"report", "finance", "planning", "lead", "leader", "advisor", "adviser",
	"coordinator", "co-ordinator", "administrator", "parish", "borough",
	"district", "county", "company", "institute", "union", "agency",
	"constabulary", "fire", "rescue", "commissioner", "consultant", "gp",
	"pharmacist", "nurse", "practice", "surgery", "care", "health",
	"estates", "division", "portal", "all", "residents", "also", "invited",
	"via", "phone", "from", "with", "and", "vice", "minister", "staff",
	"community", "national", "local", "international", "regional", "type",
	"date", "term", "agreed", "noted", "absent", "the", "no", "welcome",
	"introductions", "others", "support", "operations", "matters",
	"arising", "retiring", "correspondence", "questions", "reports", "open",
	"training", "election", "business", "declaration", "declarations",
	"update", "updates", "review", "action", "actions", "applications",
	"safety", "hub", "room", "guidance", "knock", "strategy", "policy",
	"plan", "annual", "general", "next", "future", "road", "village",
	"account", "christmas", "easter", "information", "data", "project",
	"programme", "scheme", "policing", "domestic", "funding", "resources",
	"violence", "attendees", "attendee", "guests", "observers",
	"participants", "website", "web", "minute", "secretariat", "council's",
	NULL };

/* Behind "CC" or "DI", which may be somebody's initials: "Dunn", not "Write to"
 * or "AB". */
static bool
is_surname(const struct toks *toks, size_t i)
{
	static const char *const joins[] = { "to", "and", "will", "would",
		"has", "agreed", "said", "is", "was", NULL };
	const struct tok *t = &toks->t[i];

	if (t->upper || t->len < 3 || is_small_word(t->at, t->len))
		return false;
	return !is_doing_verb(t) || i + 1 >= toks->n ||
	       toks->t[i + 1].kind != 'w' || toks->t[i + 1].cap ||
	       tok_in(&toks->t[i + 1], joins);
}

/* How many tokens from i on are a person's name; 0 when it is none. */
size_t
name_at(const struct toks *toks, size_t i)
{
	size_t from = i, words = 0, initials = 0;
	bool lettered, titled, capitals = false;

	i += rank_at(toks, i, &lettered);
	titled = i > from;

	while (i < toks->n && words < NAME_WORDS) {
		const struct tok *t = &toks->t[i];

		if (t->kind != 'w')
			break;
		/* a wide gap parts columns */
		if (i > from && t->at > t[-1].at + t[-1].len + 1)
			break;
		if (words > 0 && is_address_form(t))
			break; /* the next person */
		if (words > 0 && tok_in(t, particles) && i + 1 < toks->n &&
		    toks->t[i + 1].cap) {
			words++;
			i++;
			continue;
		}
		if (!t->cap || tok_in(t, not_names))
			break;
		if (t->len > 2 && t->upper && words > 0 && !capitals)
			break; /* an acronym behind the name */
		if (words == 0)
			capitals = t->len > 2 && t->upper;
		if (t->len == 1 || (t->upper && t->len == 2 && words == 0)) {
			initials++;
			if (i + 1 < toks->n && *toks->t[i + 1].at == '.')
				i++;
		}
		words++;
		i++;
	}
	/* "DC AB CD" are three people */
	if (lettered && words > 0 && toks->t[i - 1].upper &&
	    toks->t[i - 1].len <= 3)
		return 0;
	if (words >= 2 && words > initials)
		return i - from;
	if (titled && words == 1 && (!lettered || is_surname(toks, i - 1)))
		return i - from;
	return 0;
}

/* ---- names in the running text ---- */

/* Where two names have the same initials, these say nothing. */
void
people_mentioned(struct reading *r)
{
	struct toks toks;

	r->mentioned = xcalloc(26 * 26, sizeof *r->mentioned);
	VEC_EACH (const struct block, b, &r->blocks.list) {
		for (size_t at = 0, n;
		     b->kind != BLOCK_HEADING &&
		     (n = sentence_next(b->text, b->length, &at)) > 0;
		     at += n) {
			toks_read(&toks, b->text + at, n);
			for (size_t i = 0; i + 1 < toks.n; i++) {
				const struct tok *a = &toks.t[i], *c = a + 1;
				struct mention *m;
				size_t len;

				if (a->kind != 'w' || c->kind != 'w' ||
				    !a->cap || !c->cap || a->upper ||
				    c->upper || a->len < 3 || c->len < 3 ||
				    !text_is_upper(*a->at) ||
				    !text_is_upper(*c->at) ||
				    tok_in(a, not_names) ||
				    tok_in(c, not_names) ||
				    is_address_form(a) ||
				    is_small_word(a->at, a->len) ||
				    weekday_parse(a->at, a->len) >= 0 ||
				    month_parse(c->at, c->len) > 0)
					continue;
				m = &r->mentioned[(*a->at - 'A') * 26 +
						  (*c->at - 'A')];
				len = (size_t)(c->at + c->len - a->at);
				if (m->name && (m->len != len ||
						   memcmp(m->name, a->at, len)))
					m->several = true;
				m->name = a->at;
				m->len = len;
			}
		}
	}
}

bool
is_name_sized(const struct tok *t)
{
	static const char *const words[] = { "do", "go", "if", "me", "my", "no",
		"oh", "ok", "or", "so", "up", "us", "am", "re", "vs", "st",
		"co", NULL };

	if (t->len > 2)
		return true;
	return t->kind == 'w' && t->len == 2 && t->cap &&
	       text_is_lower(t->at[1]) && !tok_in(t, words) &&
	       !is_small_word(t->at, t->len) && !is_address_form(t);
}

/* ---- proper nouns ---- */

/* Words with a capital inside a sentence: "Portal", not "Guidance". */
void
proper_read(struct reading *r)
{
	struct toks toks;
	size_t mask = 255, used = 0, first;
	uint64_t *table = xcalloc(mask + 1, sizeof *table);

	VEC_EACH (const struct block, b, &r->blocks.list) {
		if (b->kind == BLOCK_HEADING || b->section == SECTION_AGENDA)
			continue;
		for (size_t at = 0, n;
		     (n = sentence_next(b->text, b->length, &at)) > 0;
		     at += n) {
			toks_read(&toks, b->text + at, n);
			/* who speaks: "Carl: ...", "Carl (cd2): ..." */
			first = toks.n > 4 && *toks.t[1].at == '(' &&
					*toks.t[3].at == ')'
				    ? 4
				    : 1;
			first = toks.n > 1 && *toks.t[first].at == ':' ? 0 : 1;
			for (size_t i = first; i < toks.n; i++) {
				uint64_t h;
				size_t k;

				if (!toks.t[i].cap ||
				    !is_name_sized(&toks.t[i]))
					continue;
				if (i > 0 && toks.t[i - 1].kind == 'p' &&
				    strchr(".?!:\"'", *toks.t[i - 1].at))
					continue;
				h = hash_fold(toks.t[i].at, toks.t[i].len, 3) |
				    1;
				for (k = h & mask; table[k] && table[k] != h;
				     k = (k + 1) & mask)
					;
				if (table[k] == h)
					continue;
				table[k] = h;
				if (++used * 2 <= mask)
					continue;
				uint64_t *bigger =
				    xcalloc((mask + 1) * 2, sizeof *bigger);
				size_t wide = mask * 2 + 1;

				for (size_t m = 0; m <= mask; m++) {
					size_t p = table[m] & wide;

					if (!table[m])
						continue;
					while (bigger[p])
						p = (p + 1) & wide;
					bigger[p] = table[m];
				}
				free(table);
				table = bigger;
				mask = wide;
			}
		}
	}
	r->proper = table;
	r->proper_mask = mask;
}

bool
names_things(const struct toks *toks, size_t i, size_t n)
{
	static const char *const things[] = { "reason", "reasons", "purpose",
		"background", "issue", "issues", NULL };
	static const char *const ends[] = { "ions", "ments", "ances", "ences",
		"ities", "osals", NULL };

	for (size_t end = i + n; i < end; i++) {
		const struct tok *t = &toks->t[i];

		if (tok_in(t, things))
			return true;
		for (const char *const *e = ends; *e; e++) {
			size_t k = strlen(*e);

			if (t->len > k + 1 &&
			    text_same_n(t->at + t->len - k, k, *e))
				return true;
		}
	}
	return false;
}

bool
may_be_name(const struct tok *t)
{
	static const char *const others[] = { "need", "needs", "have", "has",
		"due", "able", "unable", "plan", "plans", "aim", "aims", "time",
		"agreed", "hope", "happy", "looking", "going", "want", "wants",
		"subject", "ready", "keen", "decision", "ongoing", "action",
		"actions", "also", "still", "how", "what", "when", "where",
		"who", "whether", "continue", "further", "in", "on", "update",
		"updates", "report", "letter", "paper", "remember", "try",
		"start", "begin", "note", "meeting", "meetings", "details",
		"information", "work", "it", "this", "that", "they", "which",
		"and", "or", "prior", "next", "date", "dates", "agenda", "item",
		"items", "offer", "bid", "quote", "quotes", "budget", "access",
		"request", "reason", "right", "rights", "power", "powers",
		"money", "steps", "ways", "idea", "ideas", "support", "funds",
		"consent", "help", "draft", "best", "left", "close", "welcome",
		"thanks", "used", "open", "free", "likely", NULL };
	/* abstract nouns; "Trent" and "Harry" are none of them */
	static const char *const ends[] = { "ion", "ions", "ment", "ments",
		"ity", "ness", "ing", "ings", "ure", "ures", "osal", "osals",
		"ance", "ence", NULL };

	if (tok_in(t, others) || is_doing_verb(t) || is_participle(t) ||
	    is_small_word(t->at, t->len))
		return false;
	for (const char *const *e = ends; *e; e++) {
		size_t n = strlen(*e);

		if (t->len > n + 2 && text_same_n(t->at + t->len - n, n, *e))
			return false;
	}
	return true;
}

size_t
name_label_at(const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len < 48 ? len : 48);
	struct toks toks;
	size_t words = 0;

	if (!colon)
		return 0;
	toks_read(&toks, text, (size_t)(colon - text));
	for (size_t i = 0; i < toks.n; i++) {
		const struct tok *t = &toks.t[i];

		if (t->kind == 'p' || tok_is(t, "and") ||
		    (i == 0 && tok_is(t, "the")))
			continue;
		if (!t->cap || ++words > 4)
			return 0;
	}
	return words > 0 ? (size_t)(colon - text) : 0;
}

bool
is_proper(const struct reading *r, const char *word, size_t len)
{
	uint64_t h = hash_fold(word, len, 3) | 1;

	for (size_t k = h & r->proper_mask; r->proper[k];
	     k = (k + 1) & r->proper_mask)
		if (r->proper[k] == h)
			return true;
	return false;
}
