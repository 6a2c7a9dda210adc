/* SPDX-License-Identifier: ISC */
/*
 * Ranks and forms of address before names: "Cllr", "T/Supt", "DCC", "Chief
 * Constable". With a name behind they are part of one person's name.
 */
#include "core/minutes_parts.h"

#include <string.h>

static const char *const titles[] = { "mr", "mrs", "ms", "miss", "dr", "cllr",
	"cllrs", "councillor", "prof", "professor", "sir", "dame", "lord",
	"lady", "rev", "revd", "reverend", "canon", "fr", "father", "insp",
	"inspector", "sgt", "sergeant", "pc", "pcso", "supt", "superintendent",
	"ch", "ald", "alderman", "capt", "captain", "major", "col", NULL };

/* In capitals only: "Di" and "Ds" are other words. */
static const char *const letters[] = { "ACC", "ACO", "CC", "CI", "CSUPT", "DC",
	"DCC", "DCI", "DI", "DS", "DSU", "DSUPT", "PC", "PCSO", "PI", "PS",
	"SGT", "SUPT", "TACC", "TDCC", NULL };

/* Of other words they are ranks only with one of those behind: "Chief
 * Inspector", "Rt Hon Dame", "County Cllr". */
static const char *const before[] = { "chief", "detective", "assistant",
	"temporary", "temp", "acting", "deputy", "det", "dep", "asst", "ch",
	"rt", "hon", "right", "honourable", "police", "county", "district",
	"borough", "parish", "town", "city", "ward", NULL };

/* Behind names: orders, degrees, bodies of a profession. */
static const char *const honours[] = { "ACA", "ACCA", "BA", "BSc", "CBE",
	"CIPFA", "CPFA", "DBE", "DL", "FCA", "FCCA", "FCIPD", "GBE", "JP",
	"KBE", "KC", "KPM", "LLB", "MA", "MBA", "MBE", "MCIPD", "MSc", "OBE",
	"PhD", "QC", "QFSM", "QGM", "QPM", NULL };

size_t
honours_at(const struct toks *toks, size_t i)
{
	size_t k = i, end = i;

	while (k < toks->n) {
		const struct tok *t = &toks->t[k];
		bool is = false;

		for (const char *const *h = honours; *h && !is; h++)
			is = t->len == strlen(*h) &&
			     memcmp(t->at, *h, t->len) == 0;
		if (is)
			end = k + 1;
		else if (*t->at != ',' || k > end)
			break;
		k++;
	}
	return end - i;
}

bool
is_address_form(const struct tok *t)
{
	return tok_in(t, titles);
}

static bool
is_lettered(const struct tok *t)
{
	for (const char *const *l = letters; *l; l++)
		if (t->len == strlen(*l) && memcmp(t->at, *l, t->len) == 0)
			return true;
	return false;
}

/* "T/Supt", "A/CC", "D/Insp": the tokens of what stands before the rank. */
static size_t
slash_at(const struct toks *toks, size_t i)
{
	return i + 2 < toks->n && toks->t[i].kind == 'w' && toks->t[i].cap &&
		       toks->t[i].len <= 3 && *toks->t[i + 1].at == '/' &&
		       (is_address_form(&toks->t[i + 2]) ||
			   is_lettered(&toks->t[i + 2]))
		   ? 2
		   : 0;
}

/* Words like "Chief", up to a rank or "Constable" with a capital. */
static size_t
words_at(const struct toks *toks, size_t i)
{
	size_t k = i;

	while (k < toks->n && k < i + 3 && toks->t[k].cap &&
	       tok_in(&toks->t[k], before))
		k++;
	if (k == i || k >= toks->n)
		return 0;
	if (tok_is(&toks->t[k], "constable") && toks->t[k].cap)
		return k + 1 - i;
	return is_address_form(&toks->t[k]) || is_lettered(&toks->t[k]) ? k - i
									: 0;
}

size_t
rank_at(const struct toks *toks, size_t i, bool *lettered)
{
	size_t k = i;

	*lettered = false;
	k += words_at(toks, k);
	for (;;) {
		size_t slash = slash_at(toks, k);

		if (k + slash >= toks->n)
			break;
		if (is_address_form(&toks->t[k + slash]))
			*lettered = false;
		else if (is_lettered(&toks->t[k + slash]))
			*lettered = true;
		else
			break;
		k += slash + 1;
		if (k < toks->n && *toks->t[k].at == '.')
			k++;
	}
	return k - i;
}

/* Most names begin with no rank; they are asked for often. */
static bool
may_begin_with_rank(const char *name)
{
	struct tok first = {
		.at = name, .len = (unsigned)strcspn(name, " ./"), .kind = 'w'
	};

	return name[first.len] == '/' || is_address_form(&first) ||
	       is_lettered(&first) || tok_in(&first, before) ||
	       tok_is(&first, "the");
}

const char *
minutes_plain_name(const char *name)
{
	struct toks toks;
	size_t from = 0, rank;
	bool lettered;

	if (!may_begin_with_rank(name))
		return name;
	toks_read(&toks, name, strlen(name));
	while (from < toks.n && tok_is(&toks.t[from], "the"))
		from++;
	rank = rank_at(&toks, from, &lettered);
	return from + rank < toks.n ? toks.t[from + rank].at : name;
}
