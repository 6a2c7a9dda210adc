/* SPDX-License-Identifier: ISC */
/*
 * Who was there and who sent apologies, in all the ways that papers list them.
 * Names stay as printed; nobody is merged with anybody.
 */
#include "core/minutes_people.h"

#include <stdlib.h>
#include <string.h>

static bool
is_organisation_line(const char *text, size_t len)
{
	struct toks toks;
	size_t name;

	if (len < 3 || len > 90 || memchr(text, ',', len))
		return false;
	toks_read(&toks, text, len);
	name = name_at(&toks, 0);
	if (name > 0)
		name += honours_at(&toks, name);
	if (name > 0 && (name == toks.n || toks.t[name].kind == 'p' ||
			    text_is_space(toks.t[name].at[-2])))
		return false;
	return has_org_word(text, len) || strstr(text, " / ") ||
	       text[len - 1] == ':' ||
	       (text[len - 1] == ')' && len > 4 &&
		   text_is_upper(text[len - 2]));
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
		person_chair(m, p);
	}
}

static void
people_row(struct minutes_meeting *m, const struct block *b,
    enum minutes_presence presence)
{
	const char *name = b->cells[COLUMN_NAME];
	struct minutes_person *p;
	struct toks toks;
	size_t n;

	if (!name || !is_whole_name(name, strlen(name)))
		return;
	toks_read(&toks, name, strlen(name));
	n = name_at(&toks, 0) - 1;
	p = person_add(m, name, (size_t)(toks.t[n].at + toks.t[n].len - name),
	    presence, b->first);
	/* "Ann Bell (Chair)" in the column of names */
	(void)person_read(m, name, strlen(name), presence, b->first, NULL);
	if (b->cells[COLUMN_ROLE] && !p->role)
		p->role = xstrdup(b->cells[COLUMN_ROLE]);
	if (b->cells[COLUMN_ORGANISATION] && !p->organisation)
		p->organisation = xstrdup(b->cells[COLUMN_ORGANISATION]);
	if (b->cells[COLUMN_INITIALS] && !p->initials)
		p->initials = xstrdup(b->cells[COLUMN_INITIALS]);
	person_chair(m, p);
}

static bool
is_narrative(const struct block *b)
{
	static const char *const phrases[] = { "was noted", "welcomed",
		"there were no", "meeting commenced", "was quorate", "declared",
		"reported that", "agreed that", "meeting opened", "was opened",
		"no apologies", NULL };

	if (b->kind == BLOCK_ITEM && text_is_digit(b->mark[0]) &&
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

/* "[AB] Ann Bell". */
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
		person_detail(
		    p, toks.t[n].at, b->length - (size_t)(toks.t[n].at - text));
	person_chair(m, p);
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
	size_t blocks = 0;
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
			blocks = 0;
			for (size_t k = i + 1;
			     k < part->end && k < i + 80 &&
			     r->blocks.list.items[k].section == b->section &&
			     r->blocks.list.items[k].kind != BLOCK_HEADING;
			     k++)
				blocks++;
			column = matrix_column(r, i,
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
	free(organisation);
	VEC_EACH (struct minutes_person, p, &m->people) {
		person_rank(p);
		if (p->organisation && r->organisations.len < 200)
			*vec_push(&r->organisations) = xstrdup(p->organisation);
	}
}
