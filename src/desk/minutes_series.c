/* SPDX-License-Identifier: ISC */
/* The series that a paper belongs to: what it would be called, the one that
 * is made for --series, and the refusal that says which there are. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "desk/args.h"
#include "desk/minutes_parts.h"

#define LISTED 6 /* of the series in a refusal; the rest is counted */

/* ---- what it is called ---- */

struct word {
	const char *at;
	size_t len;
};

static bool
is_one_of(const struct word *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (text_same_n(word->at, word->len, *list))
			return true;
	return false;
}

/* A part of a date: "December", "Wed", "2nd", "2020", "-". */
static bool
is_of_date(const struct word *word)
{
	const char *at = word->at;
	bool letters = false;

	if (month_parse(at, word->len) != 0 ||
	    weekday_parse(at, word->len) != -1)
		return true;
	for (size_t i = 0; i < word->len; i++)
		letters = letters || text_lower(at[i]) != at[i] ||
			  (at[i] >= 'a' && at[i] <= 'z');
	return !letters || (at[0] >= '0' && at[0] <= '9');
}

static size_t
words_of(const char *title, struct word *words, size_t max)
{
	size_t n = 0;

	while (*title != '\0' && n < max) {
		size_t len = strcspn(title, " ,");

		if (len > 0)
			words[n++] = (struct word){ title, len };
		title += len + strspn(title + len, " ,");
	}
	return n;
}

/* "Parish Council Meeting December 2020" goes by the name of its body; a title
 * that names no body gives NULL. Owned. */
static char *
body_name(const char *title)
{
	static const char *const joins[] = { "of", "on", "for", "the", "held",
		"at", "in", "minutes", "draft", "agenda", NULL };
	static const char *const bodies[] = { "council", "board", "committee",
		"group", "panel", "partnership", "forum", "trust", "authority",
		"governors", "trustees", "directors", NULL };
	static const char *const general[] = { "ordinary", "extraordinary",
		"annual", "general", "monthly", "quarterly", "special",
		"regular", "public", "meeting", "meetings", "notes", "and",
		NULL };
	struct word words[40];
	size_t n, own = 0;

	if (title == NULL)
		return NULL;
	n = words_of(title, words, 40);
	while (n > 0 &&
	       (is_of_date(&words[n - 1]) || is_one_of(&words[n - 1], joins)))
		n--;
	if (n > 1 &&
	    text_same_n(words[n - 1].at, words[n - 1].len, "meeting") &&
	    is_one_of(&words[n - 2], bodies))
		n--;
	for (size_t i = 0; i < n; i++)
		own += !is_one_of(&words[i], general) &&
		       !is_one_of(&words[i], joins) && !is_of_date(&words[i]);
	/* A sentence was taken for a title: names have a capital. */
	if (own == 0 || (title[0] >= 'a' && title[0] <= 'z'))
		return NULL;
	return xasprintf(
	    "%.*s", (int)(words[n - 1].at + words[n - 1].len - title), title);
}

/* The longest name that a meeting of the paper has; NULL: none. Owned. */
char *
minutes_paper_name(const struct minutes *minutes)
{
	char *best = NULL;

	VEC_EACH (const struct minutes_meeting, m, &minutes->meetings) {
		char *name = body_name(m->title);

		if (name != NULL &&
		    (best == NULL || strlen(name) > strlen(best))) {
			free(best);
			best = name;
		} else {
			free(name);
		}
	}
	return best;
}

/* ---- which there are ---- */

struct near_series {
	char *said; /* "PC "Exampleton Parish Council"" */
	int likeness;
	size_t place;
};

struct near_list {
	VEC(struct near_series) list;
	const char *title;
};

static int
take_series(void *ctx, const struct series *series, struct err *err)
{
	struct near_list *near = ctx;
	struct near_series *out = vec_push(&near->list);

	(void)err;
	*out = (struct near_series){
		.said = xasprintf("%s \"%.60s\"", series->code, series->title),
		.likeness = minutes_likeness(near->title, series->title),
		.place = near->list.len,
	};
	return 0;
}

static int
by_likeness(const void *a, const void *b)
{
	const struct near_series *x = a, *y = b;

	if (x->likeness != y->likeness)
		return x->likeness > y->likeness ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* " (there are WT "Working Together", ...)", nearest first; "" where there
 * are none. Owned. */
char *
minutes_known_series(struct db *db, const char *title, struct err *err)
{
	struct near_list near = { .title = title };
	struct buf b = { 0 };
	int rc = series_each(db, take_series, &near, err);

	if (near.list.len > 0)
		qsort(near.list.items, near.list.len, sizeof *near.list.items,
		    by_likeness);
	for (size_t i = 0; i < near.list.len; i++) {
		if (i < LISTED)
			buf_printf(&b, "%s%s", i == 0 ? " (there is " : ", ",
			    near.list.items[i].said);
		free(near.list.items[i].said);
	}
	if (near.list.len > LISTED)
		buf_printf(&b, " and %zu more", near.list.len - LISTED);
	if (near.list.len > 0)
		buf_puts(&b, ")");
	vec_clear(&near.list);
	if (rc == -1) {
		buf_clear(&b);
		return NULL;
	}
	return buf_take(&b);
}

static int
refuse(struct take *t, struct err *err)
{
	const char *title = t->meeting->title;
	char *name = body_name(title);
	char *known =
	    minutes_known_series(t->call->db, title != NULL ? title : "", err);

	if (known != NULL)
		err_set(err, ERR_INPUT,
		    "%s: line %u: which series is \"%.80s\"? Say --series "
		    "CODE%s, or make it known with nudgectl series add CODE "
		    "\"%.80s\"",
		    t->name, t->meeting->line,
		    title != NULL ? title : "this paper", known,
		    name != NULL ? name : "NAME");
	free(known);
	free(name);
	return -1;
}

/* ---- finding and making ---- */

int
minutes_find_series(struct take *t, struct err *err)
{
	const char *code = args_value(&t->call->args, "series");
	int rc;

	if (code == NULL)
		code = t->meeting->series;
	if (code == NULL)
		return refuse(t, err);
	rc = series_get(t->call->db, code, &t->series, err);
	if (rc == 0)
		return err_set(
		    err, ERR_NOTFOUND, "there is no series \"%.40s\"", code);
	return rc == -1 ? -1 : 0;
}

/* A code that was mistyped: the paper itself reads like one that is there. */
static const char *
reads_like(const struct minutes *minutes)
{
	VEC_EACH (const struct minutes_meeting, m, &minutes->meetings)
		if (m->series != NULL)
			return m->series;
	return NULL;
}

int
minutes_make_series(struct desk_call *call, const char *name,
    const struct minutes *minutes, struct err *err)
{
	const char *code = args_value(&call->args, "series");
	const char *like = reads_like(minutes);
	struct series series = { 0 };
	char *title;
	int rc;

	if (code == NULL)
		return 0;
	rc = series_get(call->db, code, &series, err);
	if (rc != 0) {
		series_clear(&series);
		return rc == 1 ? 0 : -1;
	}
	title = minutes_paper_name(minutes);
	if (like != NULL) {
		err_set(err, ERR_INPUT,
		    "%s: there is no series %.40s, and the paper reads like "
		    "%s: say --series %s, or make the other one first: "
		    "nudgectl series add %.40s \"%.80s\"",
		    name, code, like, like, code,
		    title != NULL ? title : "NAME");
		free(title);
		return -1;
	}
	series.code = xstrdup(code);
	series.title = title != NULL ? title : xstrdup(code);
	rc = series_add(call->db, &series, &call->doer, err);
	if (rc == 0 && !call->request->json)
		buf_printf(&call->answer->out,
		    "%s is a new series, called \"%s\" (another name: nudgectl "
		    "series set %s --title \"…\")\n",
		    series.code, series.title, series.code);
	series_clear(&series);
	return rc == -1 ? -1 : 1;
}
