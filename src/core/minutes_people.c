/* SPDX-License-Identifier: ISC */
/*
 * Who was there and who sent apologies, in all the ways that papers list them.
 * Names stay as printed; nobody is merged with anybody.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum { PIECES_MAX = 64, PEOPLE_MAX = 400 };

/* ---- adding ---- */

static char *
field(const char *text, size_t len)
{
	trim_span(&text, &len);
	while (len > 0 && (text[len - 1] == '.' && len > 3 &&
			      text_lower(text[len - 2]) >= 'a'))
		len--;
	return len > 0 ? xstrndup(text, len) : NULL;
}

static bool
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

/* "DHO" of Dave Horkan: begins as the name does and is all capitals. */
static bool
is_initials(const char *text, size_t len, const char *name)
{
	if (len < 2 || len > 4)
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] < 'A' || text[i] > 'Z')
			return false;
	for (; *name; name++)
		if (*name == text[0])
			return true;
	return false;
}

/* "(From 196/20)", "- for item 4": when, not who. */
static bool
is_partial(const char *text)
{
	static const char *const words[] = { "from ", "until ", "for item",
		"via ", "by phone", "by telephone", "part", "left at",
		"arrived", "item ", "items ", "remote", "online", NULL };

	for (const char *const *w = words; *w; w++)
		if (text_starts(text, *w))
			return true;
	return false;
}

static void
role_or_organisation(struct minutes_person *p, const char *text, size_t len)
{
	char *value;

	trim_span(&text, &len);
	if (len == 0 || is_partial(text))
		return;
	if (is_initials(text, len, p->name) && !p->initials &&
	    memchr(p->name, text[0], 1) != NULL) {
		p->initials = xstrndup(text, len);
		return;
	}
	value = field(text, len);
	if (!value)
		return;
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

/* "Heather Poustie" of "HEATHER POUSTIE". */
static void
lower_caps(char *name)
{
	bool any = false, word = false;

	for (char *c = name; *c; c++)
		any |= *c >= 'a' && *c <= 'z';
	if (any || strlen(name) < 5)
		return;
	for (char *c = name; *c; c++) {
		if (word)
			*c = text_lower(*c);
		word = text_is_alnum(*c) || (unsigned char)*c >= 0x80;
	}
}

static struct minutes_person *
person_add(struct minutes_meeting *m, const char *name, size_t len,
    enum minutes_presence presence, unsigned line)
{
	struct minutes_person *p;

	trim_span(&name, &len);
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

static void
chair_set(struct minutes_meeting *m, const struct minutes_person *p)
{
	if (!m->chair && is_chair_role(p->role))
		m->chair = xstrdup(p->name);
}

/* ---- one person: name, then role and organisation ---- */

/* Reads a person at the beginning of the text; returns how much was used. */
static size_t
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
	/* "Magnus Falk Government Digital Services": two words, then a body */
	name_len = (size_t)(toks.t[n - 1].at + toks.t[n - 1].len - text);
	p = person_add(m, text, name_len, presence, line);
	if (organisation && !p->organisation)
		p->organisation = xstrdup(organisation);
	at = text + name_len;
	len -= name_len;
	while (len > 0 && (text_is_space(*at) || strchr(",.:;", *at)))
		at++, len--;
	while (len > 0) {
		toks_read(&toks, at, len < 120 ? len : 120);
		if (toks.n > 1 && is_address_form(&toks.t[0]) &&
		    name_at(&toks, 0) > 0) {
			chair_set(m, p);
			return (size_t)(at - text);
		}
		if (*at == '(') {
			const char *close = memchr(at, ')', len);
			const char *part = at + 1;
			size_t inside =
			    close ? (size_t)(close - part) : len - 1;
			const char *comma = memchr(part, ',', inside);

			if (comma) {
				role_or_organisation(
				    p, part, (size_t)(comma - part));
				role_or_organisation(p, comma + 1,
				    inside - (size_t)(comma + 1 - part));
			} else {
				if (find_phrase(part, inside, "chair") &&
				    p->role && !is_chair_role(p->role)) {
					if (p->organisation)
						free(p->role);
					else
						p->organisation = p->role;
					p->role = NULL;
				}
				role_or_organisation(p, part, inside);
			}
			if (find_phrase(part, inside, "chair") && !m->chair &&
			    !find_phrase(part, inside, "vice"))
				m->chair = xstrdup(p->name);
			at += inside + (close ? 2 : 1);
			len -= inside + (close ? 2 : 1);
			/* another person behind the bracket */
			while (len > 0 && (text_is_space(*at) || *at == ','))
				at++, len--;
			toks_read(&toks, at, len < 200 ? len : 200);
			if (len > 0 && name_at(&toks, 0) > 0 && *at != '(') {
				chair_set(m, p);
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
				role_or_organisation(p, at, i);
		}
		at += i;
		len -= i;
		if (len > 0 && *at == ';') {
			chair_set(m, p);
			return (size_t)(at - text) + 1;
		}
		while (len > 0 && (text_is_space(*at) || *at == ',' ||
				      *at == ':' || dash_at(at))) {
			size_t d = dash_at(at) ? dash_at(at) : 1;

			at += d < len ? d : len;
			len -= d < len ? d : len;
		}
	}
	chair_set(m, p);
	return (size_t)(at - text);
}

/* ---- several on a line ---- */

struct pieces {
	struct {
		const char *text;
		size_t len;
	} p[PIECES_MAX];
	size_t n, names;
};

/* At commas, semicolons and "and" outside brackets. */
static void
pieces_read(const char *text, size_t len, struct pieces *out)
{
	size_t from = 0, i;
	int depth = 0;
	struct toks toks;

	out->n = out->names = 0;
	for (i = 0; i <= len && out->n < PIECES_MAX; i++) {
		size_t skip = 1;
		bool stop = i == len;

		if (!stop) {
			depth += text[i] == '(';
			depth -= text[i] == ')';
			stop =
			    depth <= 0 && (text[i] == ',' || text[i] == ';' ||
					      text[i] == '\n');
			if (!stop && depth <= 0 && text[i] == ' ' &&
			    text_starts(text + i, " and ")) {
				stop = true;
				skip = 5;
			} else if (!stop && depth <= 0 && text[i] == ' ' &&
				   text_starts(text + i, " & ")) {
				stop = true;
				skip = 3;
			} else if (!stop && depth == 0 && text[i] == ')' &&
				   i + 2 < len && text[i + 1] == ' ' &&
				   text[i + 2] >= 'A' && text[i + 2] <= 'Z') {
				/* a comma forgotten behind a bracket */
				stop = true;
				i++;
				skip = 0;
			}
		}
		if (!stop)
			continue;
		if (i > from) {
			const char *piece = text + from;
			size_t n = i - from;

			trim_span(&piece, &n);
			if (n > 0) {
				out->p[out->n].text = piece;
				out->p[out->n++].len = n;
				toks_read(&toks, piece, n < 200 ? n : 200);
				out->names += name_at(&toks, 0) > 0;
			}
		}
		from = i + skip;
		i += skip > 0 ? skip - 1 : 0;
	}
}

/* "Cllr Ann Bell Cllr Carl Dunn Eve Frost (Clerk)": where no comma parts them,
 * a title does, and no name has four words behind it. Reads all of a text, or
 * as far as titles go. */
static void
piece_read(struct minutes_meeting *m, const char *text, size_t len,
    enum minutes_presence presence, unsigned line, const char *organisation,
    bool all)
{
	bool commas = memchr(text, ',', strcspn(text, "(")) != NULL;

	while (len > 0) {
		struct toks toks;
		size_t used = len, n;

		toks_read(&toks, text, len < 200 ? len : 200);
		n = name_at(&toks, 0);
		if (n == 5 && !commas && is_address_form(&toks.t[0]))
			used = (size_t)(toks.t[3].at - text);
		used = person_read(m, text, used, presence, line, organisation);
		if (used == 0 || used >= len)
			return;
		text += used;
		len -= used;
		toks_read(&toks, text, len < 200 ? len : 200);
		if (!all && (name_at(&toks, 0) == 0 ||
				(n != 5 && !is_address_form(&toks.t[0]))))
			return;
	}
}

static bool
is_whole_name(const char *text, size_t len)
{
	struct toks toks;
	size_t n;

	toks_read(&toks, text, len < 200 ? len : 200);
	n = name_at(&toks, 0);
	return n > 0 && (n == toks.n || *toks.t[n].at == '(' ||
			    (n + 1 == toks.n && toks.t[n].kind == 'p'));
}

/* "Chloe, Raj, Dee (notes)": first names, or what people are called in a chat
 * room. */
static bool
are_bare_names(const struct pieces *pieces)
{
	struct toks toks;

	size_t odd = 0;

	if (pieces->n < 2)
		return false;
	for (size_t i = 0; i < pieces->n; i++) {
		const struct tok *t = &toks.t[0];

		const char *text = pieces->p[i].text;
		size_t handle = *text == '@' && pieces->p[i].len > 1;

		if (is_whole_name(text, pieces->p[i].len))
			continue;
		toks_read(&toks, text + handle, pieces->p[i].len - handle);
		if (toks.n == 0 || t->kind != 'w' || t->len < 2 ||
		    t->len > 20 || is_small_word(t->at, t->len) ||
		    (toks.n > 1 && *toks.t[1].at != '(' &&
			!(i + 1 == pieces->n && *toks.t[1].at == '.' &&
			    toks.n == 2)))
			odd++;
	}
	/* "Jim, Priya": two are names where nothing else can be meant */
	for (size_t i = 0; pieces->n == 2 && i < 2; i++) {
		toks_read(&toks, pieces->p[i].text, pieces->p[i].len);
		if (toks.n != 1 || !toks.t[0].cap || toks.t[0].len < 3)
			return false;
	}
	return odd == 0 || (odd == 1 && pieces->n > 3);
}

static void
people_line(struct minutes_meeting *m, const char *text, size_t len,
    enum minutes_presence presence, unsigned line, const char *organisation,
    bool alone)
{
	struct pieces pieces;
	size_t whole = 0;

	pieces_read(text, len, &pieces);
	for (size_t i = 0; i < pieces.n; i++)
		whole += is_whole_name(pieces.p[i].text, pieces.p[i].len);
	if (pieces.n >= 2 && whole * 2 >= pieces.n && whole >= 2 &&
	    !(alone && pieces.n == 2 && memchr(text, ',', len) &&
		!memchr(pieces.p[1].text, '(', pieces.p[1].len))) {
		for (size_t i = 0; i < pieces.n; i++)
			piece_read(m, pieces.p[i].text, pieces.p[i].len,
			    presence, line, organisation, false);
		return;
	}
	if (are_bare_names(&pieces)) {
		for (size_t i = 0; i < pieces.n; i++) {
			size_t n = strcspn(pieces.p[i].text, " ,;:.()");

			if (*pieces.p[i].text == '@' && n > 1) {
				person_add(m, pieces.p[i].text + 1, n - 1,
				    presence, line);
				continue;
			}
			if (is_whole_name(pieces.p[i].text, pieces.p[i].len)) {
				person_read(m, pieces.p[i].text,
				    pieces.p[i].len, presence, line,
				    organisation);
				continue;
			}
			if (n >= pieces.p[i].len || pieces.p[i].text[n] != ':')
				person_add(m, pieces.p[i].text,
				    n < pieces.p[i].len ? n : pieces.p[i].len,
				    presence, line);
		}
		return;
	}
	piece_read(m, text, len, presence, line, organisation, true);
}

/* ---- attendance matrices ---- */

static int
day_index(const struct reading *r, const struct part *part, size_t first,
    size_t last, int held_on)
{
	int index = 0;

	(void)part;
	for (size_t i = first; i < last; i++) {
		const struct block *b = &r->blocks.list.items[i];
		struct found_date date;

		for (size_t at = 0;
		     b->length < 400 &&
		     date_find(b->text + at, b->length - at, &date);
		     at += date.at + date.len) {
			if (date.on == held_on)
				return index;
			index++;
		}
	}
	return -1;
}

/* "HEATHER POUSTIE   Headteacher   Ex-officio   P   S". */
static bool
matrix_row(struct minutes_meeting *m, const struct block *b, int column)
{
	struct paper_line line = { .text = b->text,
		.len = (unsigned)b->length };
	struct segments segs;
	struct minutes_person *p;
	char marks[SEGMENTS_MAX];
	int n = 0;
	char mark;

	segments_read(&line, &segs);
	if (segs.n < 3 || !is_whole_name(segs.s[0].text, segs.s[0].len))
		return false;
	for (size_t i = 1; i < segs.n; i++)
		if (segs.s[i].len == 1 && strchr("PASLXDpx", *segs.s[i].text))
			marks[n++] = *segs.s[i].text;
	if (n == 0) {
		/* "COLIN BROWN   Co-opted   02/10/19": has left */
		const struct segment *last = &segs.s[segs.n - 1];
		struct found_date date;

		return date_find(last->text, last->len, &date) &&
		       date.len + 2 > last->len && m->held_on != DAY_NONE &&
		       date.on != DAY_NONE && date.on < m->held_on;
	}
	mark = column >= 0 && column < n ? marks[column] : marks[n - 1];
	if (column >= n)
		return true;
	p = person_add(m, segs.s[0].text, segs.s[0].len,
	    strchr("PLXpx", mark) ? MINUTES_PRESENT : MINUTES_APOLOGIES,
	    b->first);
	if (!p->role)
		p->role = field(segs.s[1].text, segs.s[1].len);
	return true;
}

/* ---- the sections ---- */

static bool
is_organisation_line(const char *text, size_t len)
{
	struct toks toks;
	size_t name;

	if (len < 3 || len > 90 || memchr(text, ',', len))
		return false;
	toks_read(&toks, text, len);
	name = name_at(&toks, 0);
	if (name > 0 && (name == toks.n || toks.t[name].kind == 'p' ||
			    text_is_space(toks.t[name].at[-2])))
		return false;
	return has_org_word(text, len) || strstr(text, " / ") ||
	       text[len - 1] == ':' ||
	       (text[len - 1] == ')' && len > 4 && text[len - 2] >= 'A' &&
		   text[len - 2] <= 'Z');
}

static void
organisation_known(struct reading *r, const char *text, size_t len)
{
	const char *open = memchr(text, '(', len);
	const char *slash = strstr(text, " / ");

	if (slash && slash < text + len) {
		organisation_known(
		    r, slash + 3, len - (size_t)(slash + 3 - text));
		len = (size_t)(slash - text);
	}
	if (open && open < text + len) {
		const char *close =
		    memchr(open, ')', len - (size_t)(open - text));

		if (close)
			*vec_push(&r->organisations) =
			    trimmed(open + 1, (size_t)(close - open - 1));
		len = (size_t)(open - text);
	}
	if (len > 1 && len < 90 && r->organisations.len < 200)
		*vec_push(&r->organisations) = trimmed(text, len);
}

static void
labelled_people(struct minutes_meeting *m, const struct block *b)
{
	static const struct {
		const char *label, *role;
	} labels[] = {
		{ "chaired by", "Chair" },
		{ "chair:", "Chair" },
		{ "chairman:", "Chairman" },
		{ "chairperson:", "Chair" },
		{ "clerked by", "Clerk" },
		{ "clerk:", "Clerk" },
		{ "minutes by", "Minutes" },
		{ "minute taker:", "Minutes" },
		{ "secretary:", "Secretary" },
		{ "minutes taken by", "Minutes" },
		{ "in the chair:", "Chair" },
		{ "note taker:", "Minutes" },
		{ "scribe:", "Scribe" },
		{ "facilitator:", "Facilitator" },
	};

	if (b->length > 300)
		return;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		const char *at =
		    find_phrase(b->text, b->length, labels[i].label);
		struct toks toks;
		struct minutes_person *p;
		size_t n;

		if (!at || (at > b->text && !text_is_space(at[-1])))
			continue;
		at += strlen(labels[i].label);
		while (text_is_space(*at) || *at == ':')
			at++;
		toks_read(&toks, at, strlen(at) < 80 ? strlen(at) : 80);
		n = name_at(&toks, 0);
		if (n == 0)
			continue;
		p = person_add(m, at,
		    (size_t)(toks.t[n - 1].at + toks.t[n - 1].len - at),
		    MINUTES_PRESENT, b->first);
		if (!p->role || strlen(p->role) < 3 ||
		    !has_phrase(p->role, labels[i].role)) {
			free(p->role);
			p->role = xstrdup(labels[i].role);
		}
		chair_set(m, p);
	}
}

static void
people_row(struct minutes_meeting *m, const struct block *b,
    enum minutes_presence presence)
{
	const char *name = b->cells[COLUMN_NAME];
	struct minutes_person *p;

	if (!name || !is_whole_name(name, strlen(name)))
		return;
	p = person_add(m, name, strlen(name), presence, b->first);
	if (b->cells[COLUMN_ROLE] && !p->role)
		p->role = xstrdup(b->cells[COLUMN_ROLE]);
	if (b->cells[COLUMN_ORGANISATION] && !p->organisation)
		p->organisation = xstrdup(b->cells[COLUMN_ORGANISATION]);
	if (b->cells[COLUMN_INITIALS] && !p->initials)
		p->initials = xstrdup(b->cells[COLUMN_INITIALS]);
	chair_set(m, p);
}

static bool
is_narrative(const struct block *b)
{
	static const char *const phrases[] = { "was noted", "welcomed",
		"there were no", "meeting commenced", "was quorate", "declared",
		"reported that", "agreed that", "meeting opened", "was opened",
		"no apologies", NULL };

	if (b->kind == BLOCK_ITEM && b->mark[0] >= '0' && b->mark[0] <= '9' &&
	    b->length > 160)
		return true;
	return b->length > 1200 || has_any(b->text, b->length, phrases);
}

/* "Portal" alone on a line, with "Name, role" lines below. */
static bool
heads_people(const struct reading *r, const struct block *b)
{
	const struct block *next = b + 1;
	struct toks toks;
	size_t n;

	if (b == &r->blocks.list.items[r->blocks.list.len - 1] ||
	    next->section != b->section || next->kind == BLOCK_HEADING ||
	    b->length > 60 || strpbrk(b->text, ",(.") || b->bullet)
		return false;
	toks_read(&toks, b->text, b->length);
	if (toks.n == 0 || toks.n > 5 || !toks.t[0].cap ||
	    name_at(&toks, 0) > 0)
		return false;
	toks_read(&toks, next->text, next->length < 200 ? next->length : 200);
	n = name_at(&toks, 0);
	return n > 0 && n < toks.n && *toks.t[n].at == ',';
}

/* "Carers:" before names; "Ann Example: Clerk" begins with one. */
static bool
is_label(const char *label, size_t len, const char *rest)
{
	struct toks toks;

	toks_read(&toks, label, len);
	if (toks.n == 0 || toks.n > 4 || name_at(&toks, 0) > 0)
		return false;
	toks_read(&toks, rest, strlen(rest) < 80 ? strlen(rest) : 80);
	return name_at(&toks, 0) > 0;
}

/* "[JB] Justin Baker". */
static bool
initials_first(struct minutes_meeting *m, const struct block *b,
    enum minutes_presence presence)
{
	const char *text = b->text, *close = strchr(text, ']');
	struct minutes_person *p;
	struct toks toks;
	size_t n;

	if (text[0] != '[' || !close || close - text < 3 || close - text > 5 ||
	    !text_is_space(close[1]))
		return false;
	toks_read(&toks, close + 1, b->length - (size_t)(close + 1 - text));
	n = name_at(&toks, 0);
	if (n == 0)
		return false;
	p = person_add(m, toks.t[0].at,
	    (size_t)(toks.t[n - 1].at + toks.t[n - 1].len - toks.t[0].at),
	    presence, b->first);
	if (!p->initials)
		p->initials = xstrndup(text + 1, (size_t)(close - text - 1));
	if (n < toks.n)
		role_or_organisation(
		    p, toks.t[n].at, b->length - (size_t)(toks.t[n].at - text));
	chair_set(m, p);
	return true;
}

/* "dgilmore (116)": what somebody is called in a chat room. */
static bool
handle_alone(struct minutes_meeting *m, const struct block *b,
    enum minutes_presence presence)
{
	struct toks toks;

	toks_read(&toks, b->text, b->length);
	if (toks.n == 0 || toks.n > 4 || toks.t[0].kind != 'w' ||
	    toks.t[0].len < 3 || toks.t[0].len > 20 ||
	    is_small_word(toks.t[0].at, toks.t[0].len) ||
	    (toks.n > 1 && *toks.t[1].at != '('))
		return false;
	person_add(m, toks.t[0].at, toks.t[0].len, presence, b->first);
	return true;
}

static void
people_block(struct reading *r, struct minutes_meeting *m,
    const struct block *b, enum minutes_presence presence, int column,
    char **organisation, bool alone)
{
	const char *text = b->text, *from;
	size_t len = b->length;

	/* "[x] Ann Example" was there, "[ ] Bob Example" was not */
	if (len > 6 && text[0] == '[' && text[2] == ']') {
		if (text[1] == ' ')
			presence = MINUTES_APOLOGIES;
		text += 4;
		len -= 4;
		people_line(
		    m, text, len, presence, b->first, *organisation, true);
		return;
	}
	if (matrix_row(m, b, column) || is_narrative(b) ||
	    initials_first(m, b, presence) ||
	    (alone && b->bullet && handle_alone(m, b, presence)))
		return;
	if ((from = memchr(text, ':', len < 36 ? len : 36)) &&
	    (b->bullet || is_label(text, (size_t)(from - text), from + 1))) {
		/* "Host: Ann Example", "Carers: Ann Example, Bob" */
		text = from + 1;
		while (text_is_space(*text))
			text++;
		len = b->length - (size_t)(text - b->text);
	}
	from = find_phrase(text, len, "received from");
	if (from) {
		len -= (size_t)(from + 13 - text);
		text = from + 13;
		presence = MINUTES_APOLOGIES;
	}
	if (!from && !b->bullet &&
	    (is_organisation_line(text, len) || heads_people(r, b))) {
		free(*organisation);
		if (len > 0 && text[len - 1] == ':')
			len--;
		*organisation = trimmed(text, len);
		organisation_known(r, text, len);
		return;
	}
	people_line(m, text, len, presence, b->first, *organisation, alone);
}

void
people_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	char *organisation = NULL;
	size_t start = part->first, blocks = 0;
	int column = -1;

	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		enum minutes_presence presence = b->section == SECTION_APOLOGIES
						     ? MINUTES_APOLOGIES
						     : MINUTES_PRESENT;

		if (b->kind == BLOCK_ROW && b->cells[COLUMN_NAME]) {
			people_row(m, b, presence);
			continue;
		}
		if (b->section != SECTION_PRESENT &&
		    b->section != SECTION_APOLOGIES) {
			labelled_people(m, b);
			free(organisation);
			organisation = NULL;
			continue;
		}
		if (b->kind == BLOCK_HEADING) {
			start = i;
			blocks = 0;
			for (size_t k = i + 1;
			     k < part->end && k < i + 80 &&
			     r->blocks.list.items[k].section == b->section &&
			     r->blocks.list.items[k].kind != BLOCK_HEADING;
			     k++)
				blocks++;
			column = day_index(r, part, i,
			    i + blocks + 1 < part->end ? i + blocks + 1
						       : part->end,
			    m->held_on);
			free(organisation);
			organisation = NULL;
			continue;
		}
		if (b->kind != BLOCK_ROW)
			people_block(r, m, b, presence, column, &organisation,
			    blocks > 2);
	}
	(void)start;
	free(organisation);
	VEC_EACH (struct minutes_person, p, &m->people)
		if (p->organisation && r->organisations.len < 200)
			*vec_push(&r->organisations) = xstrdup(p->organisation);
}
