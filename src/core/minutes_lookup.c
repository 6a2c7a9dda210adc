/* SPDX-License-Identifier: ISC */
/*
 * Names, initials, offices and organisations looked up: among the people of
 * the paper first, in the register after. What several could be is counted,
 * never decided.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum { OTHERS_MAX = 20 };

/* Fewer than is_address_form has: those may be surnames too, "Lord", "Major",
 * and a word is left out here wherever in the name it stands. */
bool
is_title_word(const char *text, size_t len)
{
	static const char *const titles[] = { "mr", "mrs", "ms", "miss", "dr",
		"cllr", "councillor", "prof", "sir", "rev", "insp", "inspector",
		"sgt", "supt", "pc", "det", "detective", "sergeant",
		"superintendent", NULL };

	return same_any(text, len, titles);
}

/* The next word of a name, titles left out; 0 at the end. */
static size_t
name_word(const char **at)
{
	size_t n;

	for (;;) {
		while (**at && (text_is_space(**at) || strchr(".,()_", **at)))
			(*at)++;
		n = strcspn(*at, " .,()_\t");
		if (n == 0 || !is_title_word(*at, n))
			return n;
		*at += n;
	}
}

static bool
has_name_word(const char *name, const char *word, size_t len)
{
	size_t n;

	for (const char *at = name; (n = name_word(&at)) > 0; at += n)
		if (text_same_len(at, n, word, len))
			return true;
	return false;
}

static bool
has_initials(const char *name, const char *initials, size_t len)
{
	size_t k = 0, n;

	for (const char *at = name; (n = name_word(&at)) > 0; at += n) {
		if (k >= len || text_lower(*at) != text_lower(initials[k]))
			return false;
		k++;
	}
	return k == len;
}

static bool
same_name(const char *a, const char *b, size_t blen)
{
	char copy[96];
	const char *x = minutes_plain_name(a), *y;
	size_t n, m;

	if (blen >= sizeof copy)
		return false;
	memcpy(copy, b, blen);
	copy[blen] = '\0';
	y = minutes_plain_name(copy);
	for (;;) {
		n = name_word(&x);
		m = name_word(&y);
		if (n == 0 && m == 0)
			return true;
		if (!text_same_len(x, n, y, m))
			return false;
		x += n;
		y += m;
	}
}

/* "P Marr", "DCC A. Desai" of Philip Marr and Anita Desai: initials, then the
 * surname. */
static bool
is_short_name(const char *name, const char *text, size_t len)
{
	char copy[96];
	const char *x = minutes_plain_name(name), *y;
	size_t n, m, initials = 0;

	if (len >= sizeof copy)
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	y = minutes_plain_name(copy);
	while ((m = name_word(&y)) == 1) {
		n = name_word(&x);
		if (n == 0 || text_lower(*x) != text_lower(*y))
			return false;
		x += n;
		y += m;
		initials++;
	}
	if (initials == 0 || m == 0 || y[m] != '\0')
		return false;
	for (n = name_word(&x); n > 0 && x[n] != '\0'; n = name_word(&x))
		x += n;
	return text_same_len(x, n, y, m);
}

static void
found_add(struct found *f, const char *name, int64_t party, bool absent)
{
	if (f->name && text_same(f->name, name))
		return;
	f->count++;
	f->name = name;
	f->party = party;
	f->absent = absent;
}

static bool
name_fits(enum lookup how, const char *name, const char *text, size_t len)
{
	switch (how) {
	case BY_FULL_NAME:
		return same_name(name, text, len);
	case BY_SHORT_NAME:
		return is_short_name(name, text, len);
	case BY_WORD:
		return has_name_word(minutes_plain_name(name), text, len);
	case BY_LETTERS:
		return has_initials(minutes_plain_name(name), text, len);
	}
	return false;
}

struct found
person_find(const struct reading *r, const struct minutes_meeting *m,
    enum lookup how, const char *text, size_t len)
{
	struct found f = { 0 };

	/* initials that the paper prints are nobody else's */
	VEC_EACH (const struct minutes_person, p, &m->people)
		if (how == BY_LETTERS && p->initials &&
		    text_same_n(text, len, p->initials))
			found_add(
			    &f, p->name, 0, p->presence == MINUTES_APOLOGIES);
	if (f.count > 0)
		return f;
	VEC_EACH (const struct minutes_person, p, &m->people) {
		bool hit = name_fits(how, p->name, text, len);

		if (how == BY_LETTERS && p->initials && len != 2)
			hit = false;
		if (hit)
			found_add(
			    &f, p->name, 0, p->presence == MINUTES_APOLOGIES);
	}
	if (f.count > 0)
		return f;
	/* an agenda names people whom the minutes beside it list */
	VEC_EACH (const struct minutes_meeting, other, &r->out->meetings) {
		if (other == m || how == BY_LETTERS ||
		    r->out->meetings.len > OTHERS_MAX)
			continue;
		VEC_EACH (const struct minutes_person, p, &other->people)
			if (name_fits(how, p->name, text, len))
				found_add(&f, p->name, 0, false);
	}
	if (f.count > 0)
		return f;
	for (size_t i = 0; i < r->env->nparties; i++) {
		const struct minutes_party *p = &r->env->parties[i];
		bool hit;

		if (p->kind != MINUTES_PERSON)
			continue;
		hit = name_fits(how, p->name, text, len);
		for (size_t k = 0; k < p->naliases && !hit; k++)
			hit = text_same_n(text, len, p->aliases[k]) ||
			      name_fits(how, p->aliases[k], text, len);
		if (hit)
			found_add(&f, p->name, p->id, false);
	}
	return f;
}

/* The party of the register with the name that was found in the paper. */
int64_t
party_named(const struct reading *r, const char *name)
{
	for (size_t i = 0; i < r->env->nparties; i++)
		if (same_name(r->env->parties[i].name, name, strlen(name)))
			return r->env->parties[i].id;
	return 0;
}

/* Do the capitals of an office make this acronym: "PCC" of "Police and Crime
 * Commissioner"? */
static bool
acronym_of(const char *office, const char *text, size_t len)
{
	size_t k = 0;
	bool fresh = true;

	for (; *office; office++) {
		bool letter = text_is_alnum(*office);

		if (letter && fresh && text_is_upper(*office)) {
			if (k < len &&
			    text_lower(*office) == text_lower(text[k]))
				k++;
			else if (k > 0 || k >= len)
				return k == len && len >= 3;
		}
		fresh = !letter;
	}
	return k == len;
}

static bool
office_fits(const char *role, const char *text, size_t len, bool acronym)
{
	char copy[96];

	if (!role || len >= sizeof copy)
		return false;
	if (acronym)
		return acronym_of(role, text, len);
	for (size_t i = 0; i < len; i++)
		copy[i] = text_lower(text[i]);
	copy[len] = '\0';
	return find_phrase(role, strlen(role), copy) != NULL;
}

static bool
office_is_other(const char *role, const char *text, size_t len)
{
	/* "Chair" is not the vice chair, "Chief Officer" not the assistant */
	static const char *const lesser[] = { "vice", "deputy", "assistant",
		NULL };

	for (const char *const *l = lesser; *l; l++)
		if (find_phrase(role, strlen(role), *l) &&
		    !find_phrase(text, len, *l))
			return true;
	return false;
}

struct found
office_find(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, bool acronym)
{
	struct found f = { 0 };

	VEC_EACH (const struct minutes_person, p, &m->people)
		if (office_fits(p->role, text, len, acronym) &&
		    !office_is_other(p->role, text, len))
			found_add(
			    &f, p->name, 0, p->presence == MINUTES_APOLOGIES);
	if (f.count == 0 && m->chair && len >= 5 &&
	    (text_same_n(text, len, "chair") ||
		text_same_n(text, len, "chairman") ||
		text_same_n(text, len, "chairperson")))
		found_add(&f, m->chair, 0, false);
	if (f.count > 0)
		return f;
	for (size_t i = 0; i < r->env->nparties; i++) {
		const struct minutes_party *p = &r->env->parties[i];
		bool hit = p->kind == MINUTES_OFFICE &&
			   text_same_n(text, len, p->name);

		for (size_t k = 0;
		     k < p->naliases && !hit && p->kind == MINUTES_OFFICE; k++)
			hit = text_same_n(text, len, p->aliases[k]);
		if (p->kind == MINUTES_PERSON && p->office)
			hit = acronym ? acronym_of(p->office, text, len)
				      : text_same_n(text, len, p->office);
		if (hit)
			found_add(&f, p->name, p->id, false);
	}
	/* other meetings of the same paper know their officers too */
	if (f.count == 0)
		VEC_EACH (
		    const struct minutes_meeting, other, &r->out->meetings)
			VEC_EACH (
			    const struct minutes_person, p, &other->people)
				if (other != m &&
				    r->out->meetings.len <= OTHERS_MAX &&
				    office_fits(p->role, text, len, acronym) &&
				    acronym)
					found_add(&f, p->name, 0, false);
	return f;
}

/* A known organisation at the beginning of text: its length, 0 for none. */
size_t
organisation_at(const struct reading *r, const char *text, size_t len,
    const char **name, int64_t *party)
{
	size_t best = 0;

	*party = 0;
	for (size_t i = 0; i < r->env->nparties; i++) {
		const struct minutes_party *p = &r->env->parties[i];

		if (p->kind != MINUTES_ORGANISATION)
			continue;
		for (size_t k = 0; k <= p->naliases; k++) {
			const char *n = k ? p->aliases[k - 1] : p->name;
			size_t m = strlen(n);

			if (m > best && m <= len && text_starts(text, n) &&
			    !text_is_alnum(text[m])) {
				best = m;
				*name = p->name;
				*party = p->id;
			}
		}
	}
	VEC_EACH (char *const, o, &r->organisations) {
		size_t m = strlen(*o);

		if (m > best && m <= len && text_starts(text, *o) &&
		    !text_is_alnum(text[m])) {
			best = m;
			*name = *o;
			*party = party_named(r, *o);
		}
	}
	return best;
}

char *
minutes_owner_label(const struct minutes_owner *owner)
{
	const char *printed = owner->printed;
	bool same = true;
	size_t n;

	if (!printed || text_find(owner->name, printed))
		return xstrdup(owner->name);
	if (text_starts(printed, "the "))
		printed += 4;
	/* the same words but for case and title */
	for (const char *at = printed; same && (n = name_word(&at)) > 0;
	     at += n)
		same = has_name_word(owner->name, at, n);
	if (same)
		return xstrdup(owner->name);
	return xasprintf("%s (%s)", owner->name, printed);
}
