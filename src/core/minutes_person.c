/* SPDX-License-Identifier: ISC */
/*
 * One person of a list of people: the name as printed, then role, organisation
 * and initials, in whatever order and brackets they stand.
 */
#include "core/minutes_people.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE_MAX = 400 };

/* ---- adding ---- */

char *
person_field(const char *text, size_t len)
{
	trim_span(&text, &len);
	while (len > 0 && (text[len - 1] == '.' && len > 3 &&
			      text_lower(text[len - 2]) >= 'a'))
		len--;
	return len > 0 ? xstrndup(text, len) : NULL;
}

bool
has_org_word(const char *text, size_t len)
{
	static const char *const words[] = { "council", "police", "association",
		"university", "government", "authority", "ltd", "limited",
		"plc", "trust", "ministry", "school", "college", "partnership",
		"service", "services", "office of", "constabulary", "society",
		"church", "nhs", "hospital", "company", "agency", "department",
		"institute", "foundation", "union", "group", "opcc", NULL };

	return has_any(text, len, words);
}

static bool
has_role_word(const char *text)
{
	static const char *const words[] = { "officer", "commissioner",
		"manager", "director", "executive", "constable", "inspector",
		"superintendent", "chair", "secretary", "clerk", "head of",
		"lead", "coordinator", "representative", "councillor",
		"headteacher", "treasurer", "leader", "solicitor", "sergeant",
		"advisor", "adviser", "analyst", "administrator", NULL };

	return has_any(text, strlen(text), words) &&
	       !text_starts(text, "office of");
}

static bool
is_chair_role(const char *role)
{
	return role &&
	       (has_phrase(role, "chair") || has_phrase(role, "chairman") ||
		   has_phrase(role, "chairperson") ||
		   has_phrase(role, "chairwoman")) &&
	       !has_phrase(role, "vice") && !has_phrase(role, "vice-chair") &&
	       !has_phrase(role, "vice-chairman") &&
	       !has_phrase(role, "deputy");
}

/* "DHO" of Dan Hobday, "SP" of Mrs S Pell, "AO'D" of Ann O'Dell: begins as the
 * name does and is all capitals. */
static bool
is_initials(const char *text, size_t len, const char *name)
{
	struct toks toks;
	bool lettered;
	size_t first, marks = 0;

	if (len < 2 || len > 7)
		return false;
	for (size_t i = 0; i < len; i++) {
		size_t quote = i > 0 ? quote_at(text + i) : 0;

		if (quote > 0 && i + quote < len) {
			marks = quote;
			i += quote;
		}
		if (!text_is_upper(text[i]))
			return false;
	}
	if (len - marks > 4)
		return false;
	toks_read(&toks, name, strlen(name));
	first = rank_at(&toks, 0, &lettered);
	return first < toks.n && *toks.t[first].at == text[0];
}

/* "(From 196/20)", "- for item 4": when, not who. */
static bool
is_partial(const char *text)
{
	static const char *const words[] = { "from ", "until ", "for item",
		"via ", "by phone", "by telephone", "part", "left at",
		"arrived", "item ", "items ", "remote", "online", NULL };

	return starts_any(text, words);
}

/* "to write the notes", "including the map": what is done, no post or body. */
static bool
is_errand(const char *text, size_t len)
{
	static const char *const words[] = { "to", "including", "with", "will",
		"would", "should", "that", "which", "who", "so", "as", "before",
		NULL };
	struct toks toks;

	toks_read(&toks, text, len < 200 ? len : 200);
	if (toks.n > 0 && !toks.t[0].cap && tok_in(&toks.t[0], words))
		return true;
	for (size_t i = 1; i + 1 < toks.n; i++)
		if (tok_is(&toks.t[i], "to") && !toks.t[i + 1].cap &&
		    is_doing_verb(&toks.t[i + 1]))
			return true;
	return false;
}

void
person_detail(struct minutes_person *p, const char *text, size_t len)
{
	/* what somebody did there, beside a post */
	static const char *const jobs[] = { "minutes", "notes", "observer",
		"minute taker", "note taker", NULL };
	char *value;

	trim_span(&text, &len);
	if (len == 0 || is_partial(text) || is_errand(text, len))
		return;
	if (!p->initials && is_initials(text, len, p->name)) {
		p->initials = xstrndup(text, len);
		return;
	}
	value = person_field(text, len);
	if (!value)
		return;
	/* "Ann Bell (Chair)   Chief Officer": the post says more */
	if (p->role && same_any(value, strlen(value), jobs)) {
		free(value);
		return;
	}
	if (p->role && text_same(p->role, "chair") && has_role_word(value)) {
		free(p->role);
		p->role = NULL;
	}
	if (has_org_word(value, strlen(value)) && !p->organisation &&
	    (p->role || !has_role_word(value)))
		p->organisation = value;
	else if (!p->role)
		p->role = value;
	else if (!p->organisation)
		p->organisation = value;
	else
		free(value);
}

/* "Ann Bell" of "ANN BELL". */
static void
lower_caps(char *name)
{
	size_t len = strlen(name);
	bool word = false;

	if (len < 5 || has_lower(name, len))
		return;
	for (char *c = name; *c; c++) {
		if (word)
			*c = text_lower(*c);
		word = text_is_alnum(*c) || (unsigned char)*c >= 0x80;
	}
}

struct minutes_person *
person_add(struct minutes_meeting *m, const char *name, size_t len,
    enum minutes_presence presence, unsigned line)
{
	/* what they all are is not the first one's name */
	static const char *const all[] = { "cllrs ", "cllrs. ", "councillors ",
		"messrs ", NULL };
	struct minutes_person *p;

	trim_span(&name, &len);
	for (const char *const *a = all; *a; a++)
		if (len > strlen(*a) && text_starts(name, *a)) {
			name += strlen(*a);
			len -= strlen(*a);
		}
	for (size_t i = 0; i < m->people.len; i++)
		if (text_same_n(name, len, m->people.items[i].name))
			return &m->people.items[i];
	if (m->people.len >= PEOPLE_MAX)
		return &m->people.items[PEOPLE_MAX - 1]; /* no real meeting */
	p = vec_push(&m->people);
	p->name = xstrndup(name, len);
	lower_caps(p->name);
	p->presence = presence;
	p->line = line;
	return p;
}

void
person_chair(struct minutes_meeting *m, const struct minutes_person *p)
{
	if (!m->chair && is_chair_role(p->role))
		m->chair = xstrdup(p->name);
}

/* ---- one person: name, then role and organisation ---- */

/* "(Clerk)", "(Clerk, Town Council)" behind a name; returns its bytes. The
 * bracket may be cut off. */
static size_t
bracket_read(struct minutes_meeting *m, struct minutes_person *p,
    const char *text, size_t len)
{
	const char *close = memchr(text, ')', len);
	const char *part = text + 1, *comma;
	size_t inside = close ? (size_t)(close - part) : len - 1;

	comma = memchr(part, ',', inside);
	if (comma) {
		person_detail(p, part, (size_t)(comma - part));
		person_detail(
		    p, comma + 1, inside - (size_t)(comma + 1 - part));
	} else {
		bool chair = find_phrase(part, inside, "chair") != NULL;

		/* what was taken for the role is the body: "Parish Council
		 * (Chair)" */
		if (chair && p->role && !is_chair_role(p->role) &&
		    !has_role_word(p->role)) {
			if (p->organisation)
				free(p->role);
			else
				p->organisation = p->role;
			p->role = NULL;
		}
		/* "Commissioner (Chair)": a post, who has the chair that day */
		if (!chair || !p->role)
			person_detail(p, part, inside);
	}
	if (find_phrase(part, inside, "chair") && !m->chair &&
	    !find_phrase(part, inside, "vice"))
		m->chair = xstrdup(p->name);
	return inside + (close ? 2 : 1);
}

void
person_rank(struct minutes_person *p)
{
	struct toks toks;
	bool lettered;
	size_t rank;

	toks_read(&toks, p->name, strlen(p->name));
	rank = rank_at(&toks, 0, &lettered);
	if (!p->role && rank > 0 && tok_is(&toks.t[rank - 1], "constable"))
		p->role =
		    xstrndup(p->name, (size_t)(toks.t[rank - 1].at +
					       toks.t[rank - 1].len - p->name));
}

size_t
person_read(struct minutes_meeting *m, const char *text, size_t len,
    enum minutes_presence presence, unsigned line, const char *organisation)
{
	struct toks toks;
	struct minutes_person *p;
	const char *at;
	size_t n, name_len, i;

	toks_read(&toks, text, len < 600 ? len : 600);
	n = name_at(&toks, 0);
	if (n == 0)
		return 0;
	name_len = (size_t)(toks.t[n - 1].at + toks.t[n - 1].len - text);
	p = person_add(m, text, name_len, presence, line);
	if (organisation && !p->organisation)
		p->organisation = xstrdup(organisation);
	i = honours_at(&toks, n);
	if (i > 0)
		name_len = (size_t)(toks.t[n + i - 1].at +
				    toks.t[n + i - 1].len - text);
	at = text + name_len;
	len -= name_len;
	while (len > 0 && (text_is_space(*at) || strchr(",.:;", *at)))
		at++, len--;
	while (len > 0) {
		toks_read(&toks, at, len < 120 ? len : 120);
		if (toks.n > 1 && is_address_form(&toks.t[0]) &&
		    name_at(&toks, 0) > 0) {
			person_chair(m, p);
			return (size_t)(at - text);
		}
		if (*at == '(') {
			size_t used = bracket_read(m, p, at, len);

			at += used;
			len -= used;
			/* another person behind the bracket */
			while (len > 0 && (text_is_space(*at) || *at == ','))
				at++, len--;
			toks_read(&toks, at, len < 200 ? len : 200);
			if (len > 0 && name_at(&toks, 0) > 0 && *at != '(') {
				person_chair(m, p);
				return (size_t)(at - text);
			}
			continue;
		}
		i = 0;
		if (*at == '@') {
			while (i < len && *at != '(' && !text_is_space(at[i]))
				i++;
		} else {
			while (i < len && at[i] != ',' && at[i] != '(' &&
			       at[i] != ';' &&
			       !(text_is_space(at[i]) && i + 1 < len &&
				   text_is_space(at[i + 1])) &&
			       !(i > 0 && text_is_space(at[i - 1]) &&
				   dash_at(at + i) && i + 1 < len &&
				   text_is_space(at[i + dash_at(at + i)])))
				i++;
			if (i > 0)
				person_detail(p, at, i);
		}
		at += i;
		len -= i;
		if (len > 0 && *at == ';') {
			person_chair(m, p);
			return (size_t)(at - text) + 1;
		}
		while (len > 0 && (text_is_space(*at) || *at == ',' ||
				      *at == ':' || dash_at(at))) {
			size_t d = dash_at(at) ? dash_at(at) : 1;

			at += d < len ? d : len;
			len -= d < len ? d : len;
		}
	}
	person_chair(m, p);
	return (size_t)(at - text);
}
