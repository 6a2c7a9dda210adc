/* SPDX-License-Identifier: ISC */
/*
 * Whom a name means: the ways people write names, from the exact to the loose;
 * the first way that fits anybody decides, and several who fit are a conflict
 * for a person to solve, never a guess.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/near.h"
#include "core/text.h"
#include "core/vec.h"
#include "io/parties_row.h"

#define WORDS_MAX 12

struct found {
	int64_t id;
	bool left;
	bool bare;    /* a bare address */
	bool respelt; /* by apostrophes of another shape */
};

struct search {
	struct db *db;
	VEC(struct found) found;
	struct err *err;
};

/* ---- what fits ---- */

static void
add_found(struct search *s, int64_t id, bool left, bool bare, bool respelt)
{
	VEC_EACH (struct found, f, &s->found)
		if (f->id == id) {
			f->respelt = f->respelt && respelt;
			return;
		}
	*vec_push(&s->found) = (struct found){
		.id = id, .left = left, .bare = bare, .respelt = respelt
	};
}

static bool
is_left(const struct found *f)
{
	return f->left;
}

static bool
is_bare(const struct found *f)
{
	return f->bare;
}

static bool
is_respelt(const struct found *f)
{
	return f->respelt;
}

/* Leaves out those of a kind, unless that leaves nobody. */
static void
prefer_others(struct search *s, bool (*is)(const struct found *))
{
	size_t kept = 0;

	VEC_EACH (struct found, f, &s->found)
		kept += !is(f);
	if (kept == 0)
		return;
	kept = 0;
	VEC_EACH (struct found, f, &s->found)
		if (!is(f))
			s->found.items[kept++] = *f;
	s->found.len = kept;
}

/* Takes rows of id, left, bare, respelt. Returns how many are found so far, or
 * -1. */
static int
take_rows(struct search *s, struct stmt *st)
{
	int rc;

	while ((rc = db_step(st, s->err)) == 1)
		add_found(s, db_int(st, 0), db_int(st, 1) != 0,
		    db_int(st, 2) != 0, db_int(st, 3) != 0);
	db_done(st);
	return rc == -1 ? -1 : (int)s->found.len;
}

/* ---- exact ways ---- */

#define FOUND_COLUMNS                                     \
	"p.id, p.left_on IS NOT NULL AND p.leaving = 0, " \
	"p.kind = 'address', "
#define SPELT_TEXT SQL_SPELT(":text")
#define SPELT_NAME SQL_SPELT(":name")
#define SPELT_PLACE SQL_SPELT(":place")
#define SPELT_BARE SQL_SPELT(":bare")
#define SQL_BY_NAME                                             \
	"SELECT " FOUND_COLUMNS "p.name <> :text FROM party p " \
	"WHERE p.name IN " SPELT_TEXT
#define SQL_BY_ALIAS                                                   \
	"SELECT " FOUND_COLUMNS "a.alias <> :text FROM party_alias a " \
	"JOIN party p ON p.id = a.party_id WHERE a.alias IN " SPELT_TEXT
#define SQL_BY_EMAIL \
	"SELECT " FOUND_COLUMNS "0 FROM party p WHERE p.email = :text"
#define SQL_BY_PLACE                                                  \
	"SELECT " FOUND_COLUMNS "p.name <> :name FROM party p "       \
	"WHERE p.name IN " SPELT_NAME " AND p.organisation_id IN ("   \
	"SELECT id FROM party WHERE kind = 'organisation' AND (name " \
	"IN " SPELT_PLACE " OR name IN " SPELT_BARE ") UNION "        \
	"SELECT a.party_id FROM party_alias a "                       \
	"WHERE a.alias IN " SPELT_PLACE " OR a.alias IN " SPELT_BARE ")"

static int
by_text(struct search *s, const char *sql, const char *text)
{
	struct stmt *st = db_stmt(s->db, sql);

	db_bind_text(st, ":text", text);
	return take_rows(s, st);
}

/* "NAME of PLACE" with the name of a person or an office. */
static int
by_place(struct search *s, const char *name, size_t len, const char *place)
{
	struct stmt *st;
	char *who = xstrndup(name, len);
	char *where = xstrdup(place);
	int rc;

	if (place[-1] == '(')
		where[strcspn(where, ")")] = '\0';
	st = db_stmt(s->db, SQL_BY_PLACE);
	db_bind_text(st, ":name", text_trim(who));
	db_bind_text(st, ":place", text_trim(where));
	db_bind_text(
	    st, ":bare", text_starts(where, "the ") ? where + 4 : where);
	rc = take_rows(s, st);
	free(who);
	free(where);
	return rc;
}

/* Every place where the text may fall into a name and an organisation; offices
 * have "of" in their names too. */
static int
by_splits(struct search *s, const char *text)
{
	static const char *const between[] = { " of ", " at ", " for ", ", ",
		" (", " - " };

	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		const char *at = text;

		while ((at = text_find(at, between[i])) != NULL) {
			const char *place = at + strlen(between[i]);
			int rc = by_place(s, text, (size_t)(at - text), place);

			if (rc != 0)
				return rc;
			at = place;
		}
	}
	return 0;
}

/* "Other, Ann" */
static int
by_reversed(struct search *s, const char *text)
{
	const char *comma = strchr(text, ',');
	char *name;
	int rc;

	if (comma == NULL || strchr(comma + 1, ',') != NULL)
		return 0;
	name = xasprintf("%s %.*s", comma + 1 + strspn(comma + 1, " "),
	    (int)(comma - text), text);
	rc = by_text(s, SQL_BY_NAME, name);
	free(name);
	return rc;
}

/* "Ann Other <ann@example.org>" or the address alone. */
static int
by_email(struct search *s, const char *text)
{
	const char *open = strchr(text, '<');
	char *address;
	int rc;

	if (strchr(text, '@') == NULL)
		return 0;
	address = xstrdup(open != NULL ? open + 1 : text);
	address[strcspn(address, "> ")] = '\0';
	rc = by_text(s, SQL_BY_EMAIL, address);
	if (rc == 0)
		rc = by_text(s, SQL_BY_NAME, address);
	free(address);
	return rc;
}

/* ---- loose ways: last names and initials of persons ---- */

struct word {
	const char *text;
	size_t len;
};

static size_t
split(const char *text, struct word *out)
{
	size_t count = 0;

	while (count < WORDS_MAX) {
		text += strspn(text, " ");
		if (*text == '\0')
			break;
		out[count].text = text;
		out[count].len = strcspn(text, " ");
		text += out[count++].len;
	}
	return *text == '\0' ? count : 0;
}

static bool
same_word(struct word a, struct word b)
{
	return text_same_len(a.text, a.len, b.text, b.len);
}

/* Titles before a name, of people and of ranks. */
static bool
is_title(struct word w)
{
	static const char *const titles[] = { "mr", "mrs", "ms", "miss", "mx",
		"dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev",
		"revd", "reverend", "cllr", "councillor", "alderman", "ald",
		"pc", "dc", "ps", "sgt", "sergeant", "ds", "insp", "inspector",
		"di", "ci", "dci", "supt", "superintendent", "dsupt", "csupt",
		"acc", "dcc", "cc", "constable" };

	if (w.len > 1 && w.text[w.len - 1] == '.')
		w.len--;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (text_same_n(w.text, w.len, titles[i]))
			return true;
	return false;
}

/* "S", "S.", "S.J.": capitals that begin the name's first words. */
static bool
begins_name(struct word w, const struct word *name, size_t *used, size_t count)
{
	size_t i = *used;

	for (size_t k = 0; k < w.len; k++) {
		if (w.text[k] == '.' && k > 0)
			continue;
		if (!text_is_upper(w.text[k]) || i >= count ||
		    text_lower(name[i].text[0]) != text_lower(w.text[k]))
			return false;
		i++;
	}
	*used = i;
	return true;
}

#define SQL_HELD_OFFICE                                                     \
	"SELECT 1 FROM office_holder h JOIN party o ON o.id = h.office_id " \
	"WHERE h.person_id = :id AND o.name IN " SQL_SPELT(":title")

static bool
holds_office(struct search *s, int64_t id, const char *title, size_t len)
{
	struct stmt *st = db_stmt(s->db, SQL_HELD_OFFICE);
	char *name = xstrndup(title, len);
	struct err ignored;
	bool holds;

	db_bind_int(st, ":id", id);
	db_bind_text(st, ":title", text_trim(name));
	holds = db_step(st, &ignored) == 1;
	db_done(st);
	free(name);
	return holds;
}

/* Do the words before a last name fit this person: nothing, titles, initials
 * of the first names, the title of an office held? */
static bool
fits_before(struct search *s, int64_t id, const struct word *words,
    size_t before, const struct word *name, size_t first_names)
{
	size_t i = 0, used = 0;

	if (before == 0)
		return true;
	if (holds_office(s, id, words[0].text,
		(size_t)(words[before - 1].text - words[0].text) +
		    words[before - 1].len))
		return true;
	while (i < before && is_title(words[i]))
		i++;
	while (i < before && begins_name(words[i], name, &used, first_names))
		i++;
	return i == before;
}

/* The text ends as the name ends, and what stands before fits. */
static bool
fits_last_name(struct search *s, int64_t id, const struct word *words,
    size_t count, const struct word *name, size_t ncount)
{
	for (size_t k = 1; k <= count && k <= ncount; k++) {
		if (!same_word(words[count - k], name[ncount - k]))
			return false;
		if (fits_before(s, id, words, count - k, name, ncount - k))
			return true;
	}
	return false;
}

/* "AB" or "A.B." for Ann Bell; of three names the middle ones may miss. */
static bool
fits_initials(struct word w, const struct word *name, size_t ncount)
{
	char letters[8];
	size_t n = 0, used = 0;
	struct word first = { letters, 0 };

	/* A title in the register is no first name. */
	if (ncount > 2 && is_title(name[0])) {
		name++;
		ncount--;
	}

	for (size_t i = 0; i < w.len; i++) {
		if (w.text[i] == '.')
			continue;
		if (!text_is_upper(w.text[i]) || n == 4)
			return false;
		letters[n++] = w.text[i];
	}
	if (n < 2 || ncount < 2)
		return false;
	first.len = n;
	if (n == ncount && begins_name(first, name, &used, ncount))
		return true;
	return n == 2 && ncount > 2 &&
	       text_lower(name[0].text[0]) == text_lower(letters[0]) &&
	       text_lower(name[ncount - 1].text[0]) == text_lower(letters[1]);
}

#define SQL_PERSONS                                         \
	"SELECT id, name FROM party WHERE kind = 'person' " \
	"AND (left_on IS NULL OR leaving = 1)"

static int
by_person(struct search *s, const char *text, bool initials)
{
	struct word words[WORDS_MAX], name[WORDS_MAX];
	size_t count = split(text, words), ncount;
	struct stmt *st;
	int rc;

	if (count == 0 || (initials && count > 1))
		return 0;
	st = db_stmt(s->db, SQL_PERSONS);
	while ((rc = db_step(st, s->err)) == 1) {
		int64_t id = db_int(st, 0);

		ncount = split(db_text(st, 1), name);
		if (initials
			? fits_initials(words[0], name, ncount)
			: fits_last_name(s, id, words, count, name, ncount))
			add_found(s, id, false, false, false);
	}
	db_done(st);
	return rc == -1 ? -1 : (int)s->found.len;
}

/* ---- the answer ---- */

#define SQL_DESCRIBE                                           \
	"SELECT p.name, p.kind, o.name, p.email FROM party p " \
	"LEFT JOIN party o ON o.id = p.organisation_id WHERE p.id = :id"

static int
say_conflict(struct search *s, const char *text)
{
	struct buf names = { 0 };

	VEC_EACH (struct found, f, &s->found) {
		struct stmt *st = db_stmt(s->db, SQL_DESCRIBE);
		struct err ignored;

		db_bind_int(st, ":id", f->id);
		if (db_step(st, &ignored) == 1) {
			buf_printf(&names, "%s%s (%s", names.len ? "; " : "",
			    db_text(st, 0), db_text(st, 1));
			if (!db_is_null(st, 2))
				buf_printf(&names, ", %s", db_text(st, 2));
			if (!db_is_null(st, 3))
				buf_printf(&names, ", %s", db_text(st, 3));
			buf_putc(&names, ')');
		}
		db_done(st);
	}
	(void)err_set(s->err, ERR_CONFLICT, "'%s' may be any of: %s", text,
	    buf_text(&names));
	buf_clear(&names);
	return -1;
}

#define SQL_ALL_NAMES                                                        \
	"SELECT name FROM party WHERE left_on IS NULL OR leaving = 1 UNION " \
	"SELECT alias FROM party_alias LIMIT 20000"

struct names {
	char **items;
	size_t len, cap;
};

#define ALIKE_MOST 3

/* Is the word one of the name's: "Helen" of "Helen Roebuck"? */
static bool
has_word(const char *name, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = name; *at != '\0';) {
		size_t n = strcspn(at, " ");

		if (n == len && strncasecmp(at, word, len) == 0)
			return true;
		at += n;
		at += strspn(at, " ");
	}
	return false;
}

/* "'Helen Poe' or 'Helen Roebuck'": whose name has what was said in it. */
static void
list_with_word(const struct names *names, const char *word, struct buf *out)
{
	int count = 0;

	for (size_t i = 0; i < names->len && count < ALIKE_MOST; i++)
		if (has_word(names->items[i], word))
			buf_printf(out, "%s'%s'", count++ > 0 ? " or " : "",
			    names->items[i]);
}

static int
say_nobody(struct search *s, const char *text)
{
	struct names names = { 0 };
	struct stmt *st = db_stmt(s->db, SQL_ALL_NAMES);
	struct buf alike = { 0 };
	struct err ignored;
	const char *near;

	while (db_step(st, &ignored) == 1)
		*vec_push(&names) = db_copy_text(st, 0);
	db_done(st);
	near = near_find(text, (const char *const *)names.items, names.len);
	list_with_word(&names, text, &alike);
	if (alike.len == 0 && near != NULL)
		buf_printf(&alike, "'%s'", near);
	if (alike.len > 0)
		(void)err_set(s->err, ERR_NOTFOUND,
		    "nobody is called '%s': did you mean %s?", text,
		    buf_text(&alike));
	else
		(void)err_set(
		    s->err, ERR_NOTFOUND, "nobody is called '%s'", text);
	for (size_t i = 0; i < names.len; i++)
		free(names.items[i]);
	vec_clear(&names);
	buf_clear(&alike);
	return -1;
}

/* Exact ways before loose ones; 0: nobody, -1: failed. */
static int
search(struct search *s, const char *text)
{
	int rc;

	if ((rc = by_text(s, SQL_BY_NAME, text)) != 0 ||
	    (rc = by_text(s, SQL_BY_ALIAS, text)) != 0 ||
	    (rc = by_email(s, text)) != 0 || (rc = by_splits(s, text)) != 0 ||
	    (rc = by_reversed(s, text)) != 0)
		return rc;
	if (text_starts(text, "the "))
		return search(s, text + 4);
	if ((rc = by_person(s, text, false)) != 0)
		return rc;
	return by_person(s, text, true);
}

int
parties_find(struct db *db, const char *text, int64_t *id, struct err *err)
{
	struct search s = { .db = db, .err = err };
	struct buf plain = { 0 };
	int rc;

	text_add_squeezed(&plain, text);
	while (plain.len > 0 && strchr(".,;:", plain.data[plain.len - 1]))
		plain.data[--plain.len] = '\0';
	if (plain.len == 0) {
		buf_clear(&plain);
		return err_set(err, ERR_INPUT, "a name is missing");
	}
	rc = search(&s, plain.data);
	if (rc > 0) {
		prefer_others(&s, is_left);
		prefer_others(&s, is_bare);
		prefer_others(&s, is_respelt);
		rc = s.found.len == 1 ? 0 : say_conflict(&s, plain.data);
		if (rc == 0)
			*id = s.found.items[0].id;
	} else if (rc == 0) {
		rc = say_nobody(&s, plain.data);
	}
	vec_clear(&s.found);
	buf_clear(&plain);
	return rc;
}
