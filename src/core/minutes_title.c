/* SPDX-License-Identifier: ISC */
/*
 * What a meeting is called and where it was held, as its head prints them.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

/* Dashes, full stops and open brackets that are left at the end. */
static void
cut_marks(const char **text, size_t *len)
{
	size_t was;

	do {
		was = *len;
		trim_span(text, len);
		while (*len > 1 && strchr(".(-:,", (*text)[*len - 1]))
			--*len;
		for (size_t n = 2; n <= 3 && *len > n + 1; n++)
			if (dash_at(*text + *len - n) == n)
				*len -= n;
	} while (*len != was);
}

/* "Example Council Meeting December": the month is no part of what it is
 * called. */
static void
cut_month(const char *text, size_t *len)
{
	size_t n = *len;

	while (n > 0 && !text_is_space(text[n - 1]))
		n--;
	if (n > 8 && month_parse(text + n, *len - n) > 0 &&
	    text_same_n(text + n - 8, 7, "meeting"))
		*len = n - 1;
}

/* "December meeting of the Liaison Committee", "the clerk reports on the last
 * meeting of Example Council": the body that met. */
static void
whose_meeting(const char **text, size_t *len)
{
	static const char *const joints[] = { "meeting of the ", "meeting of ",
		NULL };

	for (const char *const *j = joints; *j; j++) {
		const char *at = find_phrase(*text, *len, *j);
		size_t left;

		if (!at)
			continue;
		at += strlen(*j);
		left = *len - (size_t)(at - *text);
		if (left > 6 && text_is_upper(*at) &&
		    has_any(at, left, head_bodies)) {
			*text = at;
			*len = left;
		}
		return;
	}
}

static void
strip_title(const char **text, size_t *len)
{
	static const char *const lead[] = { "draft ", "approved ", "confirmed ",
		"unconfirmed ", "minutes of the meeting of the ",
		"minutes of the meeting of ", "minutes of a meeting of the ",
		"minutes of a meeting of ", "notes of the meeting of the ",
		"minutes of the ", "minutes of ", "minutes for ", "minutes ",
		"notes of the ", "notes of ", "meeting of the ", "meeting of ",
		"notes from the ", "notes from ", "from the ", "from ",
		"agenda for the ", "agenda for ", "the ", "re-created ",
		"draft: ", "title of meeting:", "name of meeting:",
		"meeting title:", "meeting name:", "title:", NULL };
	static const char *const inside[] = { "draft", "minutes of", "held on",
		"(until", "minutes from", "meeting notes", NULL };
	struct found_date date;
	size_t n_own = before_any(*text, *len, head_approval);
	bool again = true;

	if (n_own > 8)
		*len = n_own;
	while (again) {
		again = false;
		for (const char *const *l = lead; *l; l++) {
			size_t n = strlen(*l);

			if (*len > n + 3 && text_starts(*text, *l)) {
				*text += n;
				*len -= n;
				again = true;
			}
		}
		trim_span(text, len);
	}
	/* "COUNCIL Draft (until approved) Minutes of the Ordinary Meeting" */
	for (const char *const *i = inside; *i; i++) {
		const char *at = find_phrase(*text, *len, *i);

		if (at && at - *text > 8)
			*len = (size_t)(at - *text);
	}
	if (date_find(*text, *len, &date)) {
		if (date.at == 0 && date.len + 4 < *len) {
			*text += date.len;
			*len -= date.len;
		} else if (date.at > 3) {
			*len = date.at;
		}
	}
	for (int k = 0; k < 3; k++) {
		static const char *const tail[] = { "held on", "on", "held",
			"minutes", "thursday", "monday", "tuesday", "wednesday",
			"friday", "saturday", "sunday", "for the", "from",
			"notes", NULL };

		cut_marks(text, len);
		for (const char *const *t = tail; *t; t++) {
			size_t n = strlen(*t);

			if (*len > n + 4 && (*text)[*len - n - 1] == ' ' &&
			    text_same_n(*text + *len - n, n, *t))
				*len -= n;
		}
	}
	cut_marks(text, len);
	cut_month(*text, len);
	whose_meeting(text, len);
}

/* "Report of the Commissioner to the Chair and Members of the Panel". */
static void
strip_report(const char **text, size_t *len)
{
	const char *to, *of;

	if (!text_starts(*text, "report of") &&
	    !text_starts(*text, "report to"))
		return;
	to = find_phrase(*text, *len, "to the");
	if (!to)
		return;
	of = find_phrase(to, *len - (size_t)(to - *text), "members of the");
	to = of ? of + 14 : to + 6;
	*len -= (size_t)(to - *text);
	*text = to;
	trim_span(text, len);
}

/* "General Meeting", "Meeting no. 22", "Committee meeting": of which kind, but
 * not of whom. */
static bool
is_kind_only(const char *text, size_t len)
{
	static const char *const words[] = { "general", "ordinary", "monthly",
		"quarterly", "weekly", "regular", "special", "full",
		"committee", "board", "council", "public", "parish", "meeting",
		"meetings", "no", "number", "first", "second", "third",
		"fourth", "management", "steering", "governors", "trustees",
		"open", "closed", "confidential", "notes", "minutes", "group",
		"of", "the", "term", "to", "be", "th", "st", "nd", "rd",
		"virtual", "online", NULL };
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n; i++)
		if (toks.t[i].kind == 'w' && !tok_in(&toks.t[i], words) &&
		    !text_is_digit(toks.t[i].at[0]))
			return false;
	return toks.n > 0;
}

/* "This is what we are going to discuss": a sentence, no name. */
static bool
is_sentence(const char *text, size_t len)
{
	static const char *const verbs[] = { "is", "are", "was", "were", "met",
		"will", "has", "have", "had", "looks", "look", "reports",
		"discussed", "agreed", "attended", "would", "please", "we",
		NULL };

	return has_any(text, len, verbs);
}

/* Is it what a series of the register is called? */
static bool
is_known(const struct reading *r, const char *text, size_t len)
{
	for (size_t i = 0; i < r->env->nseries; i++) {
		const struct words_series *s = &r->env->series[i];

		if (s->title && text_same_n(text, len, s->title))
			return true;
		for (size_t k = 0; k < s->naliases; k++)
			if (text_same_n(text, len, s->aliases[k]))
				return true;
	}
	return false;
}

static int
title_score(const struct reading *r, const struct block *b, const char *text,
    size_t len)
{
	int score = 0, words = 0;

	if (len < 4 || len > 120)
		return -1;
	if (has_any(text, len, head_bodies))
		score += 10;
	if (find_phrase(text, len, "meeting"))
		score += 4;
	if (text_same_n(text, len, "meeting") ||
	    text_same_n(text, len, "the meeting") ||
	    text_same_n(text, len, "a meeting") ||
	    text_same_n(text, len, "minutes of meeting") ||
	    text_same_n(text, len, "agenda and minutes") ||
	    text_same_n(text, len, "public meeting"))
		score -= 9;
	if (is_known(r, text, len))
		score += 30;
	if (is_kind_only(text, len))
		score -= 8;
	if (is_sentence(text, len))
		score -= 12;
	if (b->level <= 2 && b->kind == BLOCK_HEADING)
		score += 2;
	if (text_starts(text, "report of") || text_starts(text, "date") ||
	    text_starts(text, "venue") || text_starts(text, "time") ||
	    text_starts(text, "email") || text_starts(text, "re-created"))
		score -= 8;
	for (size_t i = 0; i < len; i++)
		score -= text[i] == ' ' && ++words > 7;
	if (find_phrase(text, len, "to be approved") == text ||
	    find_phrase(text, len, "for approval") == text)
		score -= 20;
	if (find_phrase(text, len, "text:") || memchr(text, '@', len))
		score -= 12;
	return score;
}

void
title_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	size_t end = head_end(r, part);
	int best = 0;

	for (size_t i = part->first; i < end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const char *text = b->text;
		size_t len = b->length;
		int score;

		if (b->section == SECTION_PRESENT)
			break;
		if (!head_short(b) || b->section == SECTION_APOLOGIES ||
		    b->section == SECTION_NEXT)
			continue;
		if (!head_title(b) &&
		    !(b->kind == BLOCK_HEADING && b->level < 3 && !b->mark[0]))
			continue;
		strip_title(&text, &len);
		strip_report(&text, &len);
		score = title_score(r, b, text, len) + 1;
		if (score > best) {
			free(m->title);
			m->title = xstrndup(text, len);
			best = score;
		}
	}
	if (best < 8 && part->first == 0 && r->paper.front_title) {
		const char *text = r->paper.front_title;
		size_t len = strlen(text);

		strip_title(&text, &len);
		if (len > 3) {
			free(m->title);
			m->title = xstrndup(text, len);
		}
	}
}

/* ---- venue ---- */

static const char *
label_value(const struct block *b, const char *label, size_t *len)
{
	const char *at = find_phrase(b->text, b->length, label);
	const char *stop;

	if (!at)
		return NULL;
	at += strlen(label);
	if (*at != ':' && *at != ';' && !text_starts(at, "  "))
		return NULL;
	while (*at == ':' || *at == ';' || text_is_space(*at))
		at++;
	stop = strstr(at, "   ");
	*len = stop ? (size_t)(stop - at) : strlen(at);
	trim_span(&at, len);
	return *len > 0 ? at : NULL;
}

static const char *const places[] = { "room", "hall", "centre", "hub", "teams",
	"zoom", "school", "office", "library", "hotel", "headquarters",
	"building", "house", "suite", "chamber", "village hall", "online",
	"virtual", "conference", NULL };

/* "... 2020 at 10.00am, Conference Room 2, Town Hall": what stands behind the
 * day and the time, on that line or on the next, where it is a place. */
static const char *
place_behind(const char *text, size_t *len, const struct found_date *date)
{
	static const char *const words[] = { "at", "from", "to", "until", "am",
		"pm", "noon", "a.m", "p.m", "hrs", "hours", "commencing",
		"starting", "in", "the", "held", NULL };
	struct toks toks;
	size_t i = 0;

	text += date->at + date->len;
	*len -= date->at + date->len;
	toks_read(&toks, text, *len);
	while (i < toks.n &&
	       (tok_in(&toks.t[i], words) || text_is_digit(*toks.t[i].at) ||
		   toks.t[i].kind == 'p' || toks.t[i].len == 1))
		i++;
	if (i == toks.n || !toks.t[i].cap)
		return NULL;
	*len -= (size_t)(toks.t[i].at - text);
	text = toks.t[i].at;
	return has_any(text, *len, places) && !is_sentence(text, *len) ? text
								       : NULL;
}

/* Does block i stand right below the day, and is it no title? */
static bool
is_below_day(const struct reading *r, const struct part *part, size_t i)
{
	static const char *const titles[] = { "minutes", "meeting", "agenda",
		"committee", "board", "panel", "group", "report", "notes",
		NULL };
	const struct block *b = &r->blocks.list.items[i];

	return i > part->first && i == part->head &&
	       !has_any(b->text, b->length, titles);
}

void
venue_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	static const char *const labels[] = { "venue", "location", "place",
		"held at", NULL };
	size_t end = head_end(r, part);
	struct found_date date;

	for (size_t i = part->first; i < end && !m->venue; i++) {
		const struct block *b = &r->blocks.list.items[i];
		size_t len;

		for (const char *const *l = labels; *l && !m->venue; l++) {
			const char *v = label_value(b, *l, &len);

			if (v && len < 120)
				m->venue = xstrndup(v, len);
		}
	}
	for (size_t i = part->first; i < end && !m->venue; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const char *text = b->text;
		size_t len = b->length;

		if (b->section == SECTION_PRESENT)
			break;
		if (!head_short(b) || b->mark[0] || b->section != SECTION_NONE)
			continue;
		if (date_find(text, len, &date)) {
			/* "... 2004 at 7.00 p.m. in the Village Hall." */
			const char *in = find_phrase(
			    text + date.at, len - date.at, "in the");

			if (!in)
				in = find_phrase(
				    text + date.at, len - date.at, "at the");
			if (in)
				len -= (size_t)(in - text);
			else
				in = place_behind(text, &len, &date);
			if (!in)
				continue;
			text = in;
		} else if (text_starts(text, "office of ") ||
			   (head_title(b) && !is_below_day(r, part, i))) {
			continue; /* a letterhead is no place */
		}
		if (text_starts(text, "in the ") ||
		    text_starts(text, "at the ")) {
			text += 7;
			len -= 7;
		} else if (text_starts(text, "at ")) {
			text += 3;
			len -= 3;
		} else if (!has_any(text, len, places) ||
			   find_phrase(text, len, "agreement") ||
			   i > part->first + 14) {
			continue;
		}
		while (len > 0 && strchr("./ ", text[len - 1]))
			len--;
		if (len > 3 && len < 120)
			m->venue = trimmed(text, len);
	}
	if (!m->venue && part->first == 0 && r->paper.front_place)
		m->venue = xstrdup(r->paper.front_place);
}
