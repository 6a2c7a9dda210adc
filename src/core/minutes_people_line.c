/* SPDX-License-Identifier: ISC */
/*
 * A line of people: names parted by commas, by titles or by nothing, first
 * names alone, and what people are called in a chat room.
 */
#include "core/minutes_people.h"

#include <string.h>

enum { PIECES_MAX = 64 };

struct pieces {
	struct {
		const char *text;
		size_t len;
	} p[PIECES_MAX];
	size_t n;
};

/* At commas, semicolons and "and" outside brackets. */
static void
pieces_read(const char *text, size_t len, struct pieces *out)
{
	size_t from = 0, i;
	int depth = 0;

	out->n = 0;
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
				   text_is_upper(text[i + 2])) {
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

bool
is_whole_name(const char *text, size_t len)
{
	struct toks toks;
	size_t n;

	toks_read(&toks, text, len < 200 ? len : 200);
	n = name_at(&toks, 0);
	return n > 0 && (n == toks.n || *toks.t[n].at == '(' ||
			    (n + 1 == toks.n && toks.t[n].kind == 'p'));
}

/* "Ann_Bell", "carl-d2 (minutes)": what somebody is called in a chat room, who
 * may not put a blank into it. */
static bool
is_handle(const char *text, size_t len)
{
	size_t n = 0, odd = 0;

	while (n < len &&
	       (text_is_alnum(text[n]) || (n > 0 && strchr("_|-", text[n])))) {
		odd += !text_is_letter(text[n]);
		n++;
	}
	return n > 2 && n < 24 && odd > 0 && odd < n / 2 &&
	       text_is_letter(text[0]) &&
	       (n == len ||
		   (n + 1 < len && text[n] == ' ' && text[n + 1] == '('));
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

		if (is_whole_name(text, pieces->p[i].len) ||
		    is_handle(text, pieces->p[i].len))
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

/* "Ann Bell (AB) / Carl Dunn (CD) Clerk", two cells of a table: the bytes
 * before the first slash with a name and a bracket behind it, len: there is
 * none. */
static size_t
before_slash(const char *text, size_t len)
{
	for (size_t i = 4; i + 4 < len; i++) {
		struct toks toks;
		size_t n;

		if (!text_starts(text + i, " / "))
			continue;
		toks_read(&toks, text + i + 3, len - i - 3);
		n = name_at(&toks, 0);
		if (n > 0 && n < toks.n && *toks.t[n].at == '(')
			return i;
	}
	return len;
}

void
people_line(struct minutes_meeting *m, const char *text, size_t len,
    enum minutes_presence presence, unsigned line, const char *organisation,
    bool alone)
{
	struct pieces pieces;
	size_t whole = 0, slash = before_slash(text, len);

	for (; slash < len; slash = before_slash(text, len)) {
		people_line(
		    m, text, slash, presence, line, organisation, alone);
		text += slash + 3;
		len -= slash + 3;
	}
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
