/* SPDX-License-Identifier: ISC */
/*
 * Which series each meeting of a paper belongs to, and all meeting days that
 * are known: the register's, and those that the paper prints.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

static bool
is_title_noise(const char *text, size_t len)
{
	static const char *const words[] = { "meeting", "meetings", "the", "of",
		"and", "minutes", "for", "a", "committee", NULL };

	return same_any(text, len, words);
}

static size_t
title_words(const char *title, uint64_t *words, size_t max)
{
	struct toks toks;
	size_t n = 0;

	toks_read(&toks, title, strlen(title));
	for (size_t i = 0; i < toks.n && n < max; i++)
		if (toks.t[i].kind == 'w' &&
		    !is_title_noise(toks.t[i].at, toks.t[i].len))
			words[n++] = hash_fold(toks.t[i].at, toks.t[i].len, 9);
	return n;
}

/* Do two titles name one body? All words of the shorter are in the longer. */
static bool
same_body(const char *a, const char *b)
{
	uint64_t x[24], y[24];
	size_t n = title_words(a, x, 24), m = title_words(b, y, 24), shared = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			if (x[i] == y[k]) {
				shared++;
				break;
			}
	if (n == 0 || m == 0)
		return false;
	return shared >= (n < m ? n : m) && shared * 2 >= (n > m ? n : m);
}

static bool
is_of_series(const struct words_series *s, const char *title)
{
	char code[32];
	size_t n = s->code ? strlen(s->code) : 0;

	if (s->title && same_body(title, s->title))
		return true;
	for (size_t i = 0; i < s->naliases; i++)
		if (same_body(title, s->aliases[i]))
			return true;
	if (n < 2 || n >= sizeof code)
		return false;
	for (size_t i = 0; i <= n; i++)
		code[i] = text_lower(s->code[i]);
	return has_phrase(title, code);
}

static char *
keep(struct reading *r, char *text)
{
	*vec_push(&r->strings) = text;
	return text;
}

/* "SDP" of "Scrutiny, Delivery & Performance Meeting". */
static char *
acronym(const char *title)
{
	struct toks toks;
	struct buf b = { 0 };

	toks_read(&toks, title, strlen(title));
	for (size_t i = 0; i < toks.n; i++)
		if (toks.t[i].kind == 'w' && toks.t[i].cap &&
		    !text_same_n(toks.t[i].at, toks.t[i].len, "meeting"))
			buf_putc(&b, *toks.t[i].at);
	return buf_take(&b);
}

static char *
with_and(const char *title)
{
	struct buf b = { 0 };

	for (; *title; title++) {
		if (*title == '&')
			buf_puts(&b, "and");
		else
			buf_putc(&b, *title);
	}
	return buf_take(&b);
}

/* Other ways to say the title: without "Meeting", "and" for "&", without the
 * place before it. */
static void
aliases_add(struct reading *r, struct words_series *s)
{
	const char **list = xcalloc(3, sizeof *list);
	char *plain = with_and(s->title);
	size_t len = strlen(plain);
	const char *space;

	if (len > 9 && text_same(plain + len - 8, " meeting"))
		plain[len - 8] = '\0';
	list[s->naliases++] = keep(r, plain);
	space = strchr(plain, ' ');
	if (space && strchr(space + 1, ' '))
		list[s->naliases++] = keep(r, xstrdup(space + 1));
	*vec_push(&r->strings) = (char *)list;
	s->aliases = list;
}

static int
compare_days(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return x < y ? -1 : x > y;
}

static void
days_add(struct reading *r, struct words_series *s, const int *days, size_t n)
{
	int *all = xcalloc(s->ndays + n + 1, sizeof *all);
	size_t total = 0, put = 0;

	for (size_t i = 0; i < s->ndays; i++)
		all[total++] = s->days[i];
	for (size_t i = 0; i < n; i++)
		if (days[i] != DAY_NONE)
			all[total++] = days[i];
	qsort(all, total, sizeof *all, compare_days);
	for (size_t i = 0; i < total; i++)
		if (put == 0 || all[put - 1] != all[i])
			all[put++] = all[i];
	*vec_push(&r->day_lists) = all;
	s->days = all;
	s->ndays = put;
}

static struct words_series *
series_for(struct reading *r, const struct minutes_meeting *m)
{
	const char *code = r->env->own_series;
	struct words_series *s;

	VEC_EACH (struct words_series, known, &r->series)
		if (code && r->parts.len == 1 && known->code &&
		    text_same(known->code, code))
			return known;
	if (!m->title)
		return NULL;
	VEC_EACH (struct words_series, known, &r->series)
		if (is_of_series(known, m->title))
			return known;
	if (r->series.len > r->env->nseries + 200)
		return NULL;
	s = vec_push(&r->series);
	s->id = -(int64_t)r->series.len;
	s->title = keep(r, xstrdup(m->title));
	s->code = keep(r, acronym(m->title));
	aliases_add(r, s);
	return s;
}

/* What an undated paper may count from: the latest day that it prints. */
static int
latest_day(const struct reading *r, const struct part *part)
{
	int latest = DAY_NONE;

	for (size_t i = part->first; i < part->end && i < part->first + 400;
	     i++) {
		const struct block *b = &r->blocks.list.items[i];
		struct found_date date;

		if (b->length < 2000 && date_find(b->text, b->length, &date) &&
		    date.has_year && (latest == DAY_NONE || date.on > latest))
			latest = date.on;
	}
	return latest;
}

void
heads_series(struct reading *r)
{
	for (size_t i = 0; i < r->env->nseries; i++)
		*vec_push(&r->series) = r->env->series[i];
	VEC_EACH (struct part, part, &r->parts) {
		struct minutes_meeting *m = part_meeting(r, part);
		struct words_series *s = series_for(r, m);
		int held = m->held_on;

		part->anchor_on =
		    held == DAY_NONE ? latest_day(r, part) : DAY_NONE;
		part->series = 0;
		if (!s) {
			/* even a meeting without a name has a next one */
			if (part->days.len == 0)
				continue;
			s = vec_push(&r->series);
			s->id = -(int64_t)r->series.len;
			s->title = s->code = "";
		}
		part->series = s->id;
		if (s->id > 0 && !m->series)
			m->series = xstrdup(s->code);
		days_add(r, s, part->days.items, part->days.len);
		days_add(r, s, &held, 1);
	}
}
