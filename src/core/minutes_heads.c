/* SPDX-License-Identifier: ISC */
/*
 * Where each meeting, agenda or report of a paper begins, and what its head
 * says: title, day, time, venue, draft or approved, next meeting.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum { WINDOW = 6, HEAD_BLOCKS = 30, HEAD_TEXT = 260, TITLE_TEXT = 220,
	NEAR = 8, PARTS_MAX = 500 };

static const char *const bodies[] = { "meeting", "meetings", "committee",
	"council", "board", "panel", "group", "forum", "partnership", "agm",
	"assembly", "association", "governors", "trustees", "governing body",
	"working party", "conference", "steering", "taskforce", "task force",
	"authority", "cabinet", "network", "trust", "call", NULL };

static const char *const papers[] = { "minutes", "notes of", "agenda",
	"tracker", "action log", "actions", "action notes", "meeting notes",
	"record of", NULL };

static const char *const not_held[] = { "next", "approved", "previous", "last",
	"since", "future", "published", "version", "printed", "updated",
	"adopted", "posted", "signing", "deadline", "received", "agreed",
	"resigned", NULL };

static bool
is_short(const struct block *b)
{
	return b->kind != BLOCK_ROW && b->length <= HEAD_TEXT && !b->bullet;
}

static bool
is_title(const struct block *b)
{
	if (b->kind == BLOCK_ROW || b->bullet || b->length > TITLE_TEXT ||
	    b->length < 4)
		return false;
	if (b->mark[0] && b->kind != BLOCK_HEADING)
		return false;
	if (b->mark[0] || b->section == SECTION_NEXT ||
	    b->section == SECTION_PRESENT || b->section == SECTION_APOLOGIES ||
	    b->section == SECTION_PREVIOUS)
		return false;
	if (b->text[b->length - 1] == '.' && !b->bold && b->length > 60)
		return false;
	if (find_phrase(b->text, b->length, "next"))
		return false;
	return has_any(b->text, b->length, bodies) ||
	    has_any(b->text, b->length, papers);
}

/* A short block with a date in it that may be the meeting's. */
static bool
dated_block(const struct block *b, struct found_date *date)
{
	if (!is_short(b) || b->section == SECTION_NEXT || b->mark[0] ||
	    !date_find(b->text, b->length, date))
		return false;
	return !has_any(b->text, b->length, not_held) ||
	    find_phrase(b->text, b->length, "held on") ||
	    find_phrase(b->text, b->length, "date held");
}

static bool
is_date_label(const struct block *b)
{
	static const char *const names[] = { "date held", "date of meeting",
		"meeting date", "held on", "date", NULL };

	for (const char *const *n = names; *n; n++) {
		size_t k = strlen(*n);

		if (text_starts(b->text, *n) &&
		    (b->text[k] == ':' || b->text[k] == ';' ||
			text_starts(b->text + k, "  ")))
			return true;
	}
	return false;
}

/* ---- where a part begins ---- */

static bool
has_opening(const struct reading *r, size_t from, size_t far)
{
	static const char *const openings[] = { "draft minutes", "in attendance",
		"in the chair", NULL };

	for (size_t i = from; i < r->blocks.list.len && i < from + far; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->section == SECTION_PRESENT ||
		    b->section == SECTION_APOLOGIES ||
		    (b->section == SECTION_AGENDA &&
			b->kind == BLOCK_HEADING))
			return true;
		if (is_short(b) && has_any(b->text, b->length, openings))
			return true;
	}
	return false;
}

static bool
begins_part(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];
	struct found_date date;
	size_t j, title_words = 0;
	bool says = has_any(b->text, b->length, papers);

	if (i < part->first + 4)
		return false;
	if (is_date_label(b) && is_short(b) &&
	    date_find(b->text, b->length, &date) && i > part->first + 6)
		return has_opening(r, i + 1, 5);
	if (!is_title(b))
		return false;
	for (size_t k = 0; k < b->length; k++)
		title_words += b->text[k] == ' ';
	for (j = i; j < r->blocks.list.len && j < i + WINDOW; j++) {
		const struct block *c = &r->blocks.list.items[j];

		if (!is_short(c) || (j > i && c->mark[0]))
			return false;
		if (c->section == SECTION_PRESENT)
			return false;
		if (dated_block(c, &date))
			break;
	}
	if (j >= r->blocks.list.len || j >= i + WINDOW)
		return false;
	for (size_t k = i; k <= j && !says; k++)
		says = has_any(r->blocks.list.items[k].text,
		    r->blocks.list.items[k].length, papers);
	if (has_opening(r, j, 10) && (title_words > 0 || says))
		return true;
	/* a notice of another meeting: capitals, day and place */
	return says && title_words > 0 && b->kind == BLOCK_HEADING &&
	    !b->item[0];
}

/* ---- the day ---- */

struct candidate {
	int score;
	struct found_date date;
	size_t block;
};

static int
date_score(const struct reading *r, const struct part *part, size_t i,
    const struct found_date *date)
{
	const struct block *b = &r->blocks.list.items[i];
	int score = 0;

	if (find_phrase(b->text, b->length, "held on") ||
	    find_phrase(b->text, b->length, "date held") ||
	    find_phrase(b->text, b->length, "meeting held") ||
	    find_phrase(b->text, b->length, "for the meeting on") ||
	    is_date_label(b))
		score += 50;
	if (is_title(b))
		score += 30;
	else if (find_phrase(b->text, b->length, "date") &&
	    date->at > 0 && date->at < 200)
		score += 35;
	for (size_t k = i; k > part->first && k + WINDOW > i; k--)
		if (is_title(&r->blocks.list.items[k - 1])) {
			score += 20;
			break;
		}
	if (i > part->first && is_date_label(b - 1) && b[-1].length < 16)
		score += 50;
	score += date->has_year ? 8 : 0;
	score += date->weekday >= 0 ? 6 : 0;
	score += time_find(b->text, b->length) >= 0 ? 4 : 0;
	score += date->at < 12 ? 3 : 0;
	if (text_starts(b->text, "on ") || text_starts(b->text, "held "))
		score += 8;
	return score;
}

/* The head of a part: up to its first numbered item or long paragraph. */
static size_t
head_end(const struct reading *r, const struct part *part)
{
	size_t i;

	for (i = part->first; i < part->end && i < part->first + HEAD_BLOCKS;
	     i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (i > part->first + 1 && b->mark[0] && !b->bullet &&
		    (strchr(b->mark, '/') || b->kind == BLOCK_HEADING || b->length > 60))
			return i;
		if (b->length > 400 && i > part->first)
			return i;
	}
	return i;
}

static bool
is_agenda_line(const struct block *b)
{
	return b->section == SECTION_AGENDA && b->kind != BLOCK_HEADING;
}

static void
day_read(struct reading *r, struct part *part, struct candidate *best)
{
	size_t end = head_end(r, part);

	*best = (struct candidate){ .score = -1 };
	for (size_t i = part->first; i < end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		struct found_date date;
		int score;

		if (is_agenda_line(b) || b->kind == BLOCK_ROW ||
		    !dated_block(b, &date))
			continue;
		score = date_score(r, part, i, &date);
		if (score > best->score)
			*best = (struct candidate){ score, date, i };
	}
}

/* The front matter's day; the day of publication only where nothing better
 * stands there. */
static int
front_day(const struct reading *r, bool *published)
{
	struct found_date date;
	const char *start = r->paper.front_start, *title = r->paper.front_title;

	*published = false;
	if (start && date_find(start, strlen(start), &date) && date.has_year)
		return date.on;
	if (title && date_find(title, strlen(title), &date) && date.has_year)
		return date.on;
	start = r->paper.front_date;
	if (start && date_find(start, strlen(start), &date) && date.has_year) {
		*published = true;
		return date.on;
	}
	return DAY_NONE;
}

/* "next meeting", "next board meeting", "date of the next ordinary meeting":
 * where it stands, NULL for none. */
static const char *
next_meeting_at(const char *text, size_t len)
{
	const char *at = text;

	while ((at = find_phrase(at, len - (size_t)(at - text), "next"))) {
		size_t n = len - (size_t)(at - text);
		struct toks toks;

		toks_read(&toks, at, n < 80 ? n : 80);
		for (size_t i = 1; i < toks.n && i <= 4; i++)
			if (tok_is(&toks.t[i], "meeting") ||
			    tok_is(&toks.t[i], "meetings"))
				return at;
		at += 4;
	}
	return NULL;
}

/* A day that the paper prints with its year, to infer another's from: that of
 * the next meeting first. */
static int
year_anchor(const struct reading *r, const struct part *part, bool *after)
{
	struct found_date date;
	bool published;
	int front = front_day(r, &published), latest = DAY_NONE;

	*after = true;
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->section != SECTION_NEXT &&
		    !next_meeting_at(b->text, b->length))
			continue;
		if (date_find(b->text, b->length, &date) && date.has_year)
			return date.on;
	}
	if (front != DAY_NONE)
		return front;
	*after = false;
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->length < 20000 &&
		    date_find(b->text, b->length, &date) && date.has_year &&
		    (latest == DAY_NONE || date.on > latest))
			latest = date.on;
	}
	return latest;
}

static void
day_settle(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	struct candidate best;
	bool published, after;
	int front = front_day(r, &published), anchor;

	day_read(r, part, &best);
	part->head = best.score >= 0 ? best.block + 1 : 0;
	part->fallback_on = DAY_NONE;
	m->line = r->blocks.list.len > part->first
	    ? r->blocks.list.items[part->first].first : 1;
	if (r->env->held_on != DAY_NONE && r->parts.len == 1) {
		m->held_on = r->env->held_on;
	} else if (part->first == 0 && front != DAY_NONE && !published) {
		m->held_on = front;
	} else if (best.score >= 0 && best.date.has_year) {
		m->held_on = best.date.on;
	} else if (best.score >= 0) {
		anchor = year_anchor(r, part, &after);
		if (anchor == DAY_NONE)
			return;
		m->held_on = date_nearest(
		    best.date.month, best.date.day, anchor);
		if (after && m->held_on > anchor)
			m->held_on = day_add_months(m->held_on, -12);
		flag_add(r, MINUTES_FLAG_YEAR,
		    r->blocks.list.items[best.block].first,
		    "the meeting's date has no year; taken as %d",
		    day_civil(m->held_on).year);
	}
	if (m->held_on != DAY_NONE && best.score >= 0) {
		const struct block *b = &r->blocks.list.items[best.block];

		if (best.date.weekday >= 0 && best.date.on == m->held_on &&
		    best.date.weekday != (int)day_weekday(m->held_on)) {
			char day[DAY_LONG_MAX];

			flag_add(r, MINUTES_FLAG_WEEKDAY,
			    block_line_at(b, best.date.at),
			    "%s was a %s, not a %s", day_long(m->held_on, day),
			    weekday_name(day_weekday(m->held_on)),
			    weekday_name((enum weekday)best.date.weekday));
		}
		m->starts_at = time_find(b->text, b->length);
		if (m->starts_at < 0 && best.block + 1 < part->end)
			m->starts_at = time_find(b[1].text,
			    b[1].length < 60 ? b[1].length : 0);
	}
	if (m->held_on == DAY_NONE && front != DAY_NONE)
		part->fallback_on = front;
}

/* ---- the title ---- */

static void
strip_title(const char **text, size_t *len)
{
	static const char *const lead[] = { "draft ", "approved ", "confirmed ",
		"unconfirmed ", "minutes of the meeting of the ",
		"minutes of the meeting of ", "minutes of a meeting of the ",
		"minutes of a meeting of ", "notes of the meeting of the ",
		"minutes of the ", "minutes of ", "minutes for ", "minutes ",
		"notes of the ", "notes of ", "meeting of the ", "meeting of ",
		"notes from ", "agenda for the ", "the ", "re-created ", NULL };
	static const char *const inside[] = { "draft", "minutes of", "held on",
		"(until", NULL };
	struct found_date date;
	bool again = true;

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
			"minutes", "- minutes", "thursday", "monday", "tuesday",
			"wednesday", "friday", "saturday", "sunday", "for the",
			NULL };

		trim_span(text, len);
		while (*len > 1 && (*text)[*len - 1] == '.')
			--*len;
		for (const char *const *t = tail; *t; t++) {
			size_t n = strlen(*t);

			if (*len > n + 4 && (*text)[*len - n - 1] == ' ' &&
			    text_same_n(*text + *len - n, n, *t))
				*len -= n;
		}
	}
	trim_span(text, len);
}

/* "Report of the Commissioner to the Chair and Members of the Panel". */
static void
strip_report(const char **text, size_t *len)
{
	const char *to, *of;

	if (!text_starts(*text, "report of") && !text_starts(*text, "report to"))
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

static int
title_score(const struct block *b, const char *text, size_t len)
{
	int score = 0, words = 0;

	if (len < 4 || len > 120)
		return -1;
	if (has_any(text, len, bodies))
		score += 10;
	if (find_phrase(text, len, "meeting"))
		score += 4;
	if (text_same_n(text, len, "meeting") ||
	    text_same_n(text, len, "the meeting") ||
	    text_same_n(text, len, "minutes of meeting") ||
	    text_same_n(text, len, "agenda and minutes") ||
	    text_same_n(text, len, "public meeting"))
		score -= 9;
	if (b->level <= 2 && b->kind == BLOCK_HEADING)
		score += 2;
	if (text_starts(text, "report of") || text_starts(text, "date") ||
	    text_starts(text, "email") || text_starts(text, "re-created"))
		score -= 8;
	for (size_t i = 0; i < len; i++)
		score -= text[i] == ' ' && ++words > 7;
	if (find_phrase(text, len, "text:") || memchr(text, '@', len))
		score -= 12;
	return score;
}

static void
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
		if (!is_short(b) || b->section == SECTION_APOLOGIES ||
		    b->section == SECTION_NEXT)
			continue;
		if (!is_title(b) && !(b->kind == BLOCK_HEADING &&
					 b->level < 3 && !b->mark[0]))
			continue;
		strip_title(&text, &len);
		strip_report(&text, &len);
		score = title_score(b, text, len) + 1;
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

/* ---- venue, approval ---- */

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

static void
venue_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	static const char *const labels[] = { "venue", "location", "place",
		"held at", NULL };
	static const char *const places[] = { "room", "hall", "centre", "hub",
		"teams", "zoom", "school", "office", "library", "hotel",
		"headquarters", "building", "house", "suite", "chamber",
		"village hall", "online", "virtual", "conference", NULL };
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
		if (!is_short(b) || b->mark[0] || b->section != SECTION_NONE)
			continue;
		if (date_find(text, len, &date)) {
			/* "... 2004 at 7.00 p.m. in the Village Hall." */
			const char *in = find_phrase(text + date.at,
			    len - date.at, "in the");

			if (!in)
				in = find_phrase(text + date.at, len - date.at,
				    "at the");
			if (!in)
				continue;
			len -= (size_t)(in - text);
			text = in;
		} else if (is_title(b)) {
			continue;
		}
		if (text_starts(text, "in the ") || text_starts(text, "at the ")) {
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
		if (len > 0 && text[len - 1] == '.')
			len--;
		if (len > 3 && len < 120)
			m->venue = trimmed(text, len);
	}
	if (!m->venue && part->first == 0 && r->paper.front_place)
		m->venue = xstrdup(r->paper.front_place);
}

static void
approval_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	static const char *const approved[] = { "approved minutes",
		"confirmed minutes", "ratified minutes", "minutes approved",
		"approved as a correct record on", NULL };
	size_t end = head_end(r, part);

	for (size_t i = part->first; i < end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const char *to = find_phrase(b->text, b->length,
		    "to be approved");
		struct found_date date;

		if (!is_short(b) || b->mark[0] || b->section == SECTION_AGENDA)
			continue;
		if ((find_phrase(b->text, b->length, "draft") ||
			find_phrase(b->text, b->length, "unconfirmed")) &&
		    (b->length < 30 || text_starts(b->text, "draft") ||
			find_phrase(b->text, b->length, "minutes") ||
			find_phrase(b->text, b->length, "notes"))) {
			m->approval = MINUTES_DRAFT;
		} else if (has_any(b->text, b->length, approved)) {
			m->approval = MINUTES_APPROVED;
			continue;
		}
		if (!to)
			to = find_phrase(b->text, b->length, "for approval");
		if (!to || m->held_on == DAY_NONE)
			continue;
		m->approval = MINUTES_DRAFT;
		part->approve_block = i + 1;
		if (!date_find(to, strlen(to), &date))
			continue;
		m->approve_on = date.has_year
		    ? date.on
		    : date_after(date.month, date.day, m->held_on);
		if (!date.has_year)
			flag_add(r, MINUTES_FLAG_YEAR, b->first,
			    "the day of approval has no year; taken as %d",
			    day_civil(m->approve_on).year);
		return;
	}
}

static void
kind_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	size_t end = head_end(r, part);
	bool agenda = false, minutes = false;

	for (size_t i = part->first; i < end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (!is_short(b))
			continue;
		if (text_starts(b->text, "report of") ||
		    text_starts(b->text, "report to"))
			m->paper = MINUTES_REPORT;
		if (find_phrase(b->text, b->length, "tracker") ||
		    find_phrase(b->text, b->length, "action log"))
			m->paper = MINUTES_LOG;
		if ((b->kind == BLOCK_HEADING && b->length < 40 &&
			find_phrase(b->text, b->length, "agenda")) ||
		    find_phrase(b->text, b->length, "summoned"))
			agenda = true;
		if (find_phrase(b->text, b->length, "minutes") &&
		    !b->mark[0] && b->section != SECTION_AGENDA)
			minutes = true;
		if (b->section == SECTION_PRESENT)
			minutes = true;
	}
	if (agenda && !minutes)
		m->paper = MINUTES_AGENDA;
}

static bool
is_agenda_point(const struct block *b)
{
	return b->length > 2 && b->length < 800 &&
	    (b->kind == BLOCK_ITEM || b->kind == BLOCK_HEADING) &&
	    (b->mark[0] || b->bullet);
}

static void
agenda_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (m->paper != MINUTES_AGENDA && b->section != SECTION_AGENDA)
			continue;
		if (is_agenda_point(b)) {
			struct minutes_point *p = vec_push(&m->agenda);

			p->text = xstrdup(b->text);
			p->line = b->first;
		}
	}
}

/* ---- the next meeting ---- */

static void
day_add(struct part *part, int on)
{
	for (size_t i = 0; i < part->days.len; i++)
		if (part->days.items[i] == on)
			return;
	*vec_push(&part->days) = on;
}

static bool
of_other_body(const char *text, size_t len)
{
	static const char *const others[] = { "annual", "agm", "open meeting",
		"public meeting", "extraordinary", "annual general",
		"committee meetings", "sub-committee", "working party", NULL };

	return has_any(text, len, others);
}

static void
next_dates(struct reading *r, struct part *part, struct minutes_meeting *m,
    const struct block *b, const char *text, size_t len, bool other,
    bool listed, int *said, unsigned *said_line)
{
	struct found_date date;
	size_t at = 0;
	int first = DAY_NONE;

	while (at < len && date_find(text + at, len - at, &date)) {
		unsigned line = block_line_at(b, (size_t)(text - b->text) + at);
		int on = date.has_year ? date.on
				       : date_after(date.month, date.day,
					     m->held_on + 1);

		at += date.at + date.len;
		if (on <= m->held_on)
			continue;
		if (!date.has_year)
			flag_add(r, MINUTES_FLAG_YEAR, line,
			    "the next meeting's date has no year; taken as %d",
			    day_civil(on).year);
		if (date.weekday >= 0 && date.has_year &&
		    date.weekday != (int)day_weekday(on)) {
			char day[DAY_LONG_MAX];

			flag_add(r, MINUTES_FLAG_WEEKDAY, line,
			    "%s will be a %s, not a %s", day_long(on, day),
			    weekday_name(day_weekday(on)),
			    weekday_name((enum weekday)date.weekday));
		}
		if (!other)
			day_add(part, on);
		else if (m->next_on == DAY_NONE && part->days.len == 0)
			part->other_next_on = on;
		if (first == DAY_NONE)
			first = on;
	}
	if (first == DAY_NONE || other)
		return;
	if (*said != DAY_NONE && *said != first && !listed) {
		char a[DAY_LONG_MAX], c[DAY_LONG_MAX];

		flag_add(r, MINUTES_FLAG_NEXT_CONFLICT,
		    block_line_at(b, (size_t)(text - b->text)),
		    "two dates for the next meeting: %s (line %u) and %s",
		    day_long(*said, a), *said_line, day_long(first, c));
	}
	if (*said == DAY_NONE) {
		*said = first;
		*said_line = block_line_at(b, (size_t)(text - b->text));
	}
}

static void
next_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	int said = DAY_NONE;
	unsigned said_line = 0;
	bool section = false, other = false, listed = false;

	part->other_next_on = DAY_NONE;
	if (m->held_on == DAY_NONE)
		return;
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->kind == BLOCK_ROW)
			continue;
		if (b->section == SECTION_NEXT) {
			if (b->kind == BLOCK_HEADING || !section) {
				other = of_other_body(b->text, b->length);
				listed = false;
			}
			section = true;
			/* each line below may list one more */
			next_dates(r, part, m, b, b->text, b->length, other,
			    listed, &said, &said_line);
			listed |= part->days.len > 0;
			continue;
		}
		section = false;
		if (m->paper != MINUTES_OF_MEETING && m->paper != MINUTES_LOG)
			continue;
		for (size_t at = 0, n; (n = sentence_next(b->text, b->length,
					    &at)) > 0; at += n) {
			const char *s = b->text + at;
			const char *next = next_meeting_at(s, n);
			struct found_date date;

			if (!next || !date_find(next, n - (size_t)(next - s),
					 &date))
				continue;
			/* "at the next meeting of the Panel on ..." */
			if (find_phrase(next, date.at, "of the") ||
			    (next > s && next - s > 40))
				continue;
			next_dates(r, part, m, b, next,
			    n - (size_t)(next - s), of_other_body(s, n), false,
			    &said, &said_line);
		}
	}
	for (size_t i = 0; i < part->days.len; i++)
		if (m->next_on == DAY_NONE || part->days.items[i] < m->next_on)
			m->next_on = part->days.items[i];
	if (m->approve_on != DAY_NONE && said != DAY_NONE &&
	    m->approve_on != said) {
		char a[DAY_LONG_MAX], c[DAY_LONG_MAX];

		flag_add(r, MINUTES_FLAG_NEXT_CONFLICT, said_line,
		    "the draft is to be approved at the meeting on %s (line "
		    "%u), but the next meeting is on %s",
		    day_long(m->approve_on, a),
		    r->blocks.list.items[part->approve_block - 1].first,
		    day_long(said, c));
	}
	if (m->approve_on != DAY_NONE &&
	    (m->next_on == DAY_NONE || m->approve_on < m->next_on))
		m->next_on = m->approve_on;
	if (m->next_on != DAY_NONE)
		day_add(part, m->next_on);
	if (m->next_on == DAY_NONE && part->other_next_on != DAY_NONE)
		m->next_on = part->other_next_on;
}

/* ---- all of them ---- */

static void
head_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	title_read(r, part, m);
	kind_read(r, part, m);
	day_settle(r, part, m);
	venue_read(r, part, m);
	approval_read(r, part, m);
	agenda_read(r, part, m);
}

/* An agenda and the minutes of one meeting are one meeting. */
static bool
is_same_meeting(const struct minutes_meeting *a, const struct minutes_meeting *b)
{
	if (a->held_on == DAY_NONE || a->held_on != b->held_on)
		return false;
	return !a->title || !b->title || a->paper == MINUTES_AGENDA ||
	    b->paper == MINUTES_AGENDA ||
	    minutes_likeness(a->title, b->title) >= 50;
}

static void
merge_heads(struct minutes_meeting *into, struct minutes_meeting *from)
{
	bool better = into->paper == MINUTES_AGENDA &&
	    from->paper != MINUTES_AGENDA;

	if (better) {
		into->paper = from->paper;
		into->line = from->line;
	}
	if (!into->title || (better && from->title)) {
		char *title = into->title;

		into->title = from->title;
		from->title = title;
	}
	if (!into->venue) {
		into->venue = from->venue;
		from->venue = NULL;
	}
	if (into->starts_at < 0)
		into->starts_at = from->starts_at;
	if (into->approval == MINUTES_NONE)
		into->approval = from->approval;
	if (into->approve_on == DAY_NONE)
		into->approve_on = from->approve_on;
	VEC_EACH (struct minutes_point, p, &from->agenda)
		*vec_push(&into->agenda) = *p;
	vec_clear(&from->agenda);
}

static void
parts_find(struct reading *r)
{
	struct part *part = vec_push(&r->parts);

	for (size_t i = 1; i < r->blocks.list.len; i++) {
		if (r->parts.len >= PARTS_MAX || !begins_part(r, part, i))
			continue;
		part->end = i;
		part = vec_push(&r->parts);
		part->first = i;
	}
	part->end = r->blocks.list.len;
	VEC_EACH (struct part, p, &r->parts) {
		/* what the part before was about does not reach into it */
		for (size_t i = p->first; i < p->end && p->first > 0 &&
		     (i == p->first ||
			 r->blocks.list.items[i].kind != BLOCK_HEADING); i++)
			if (r->blocks.list.items[i].kind != BLOCK_HEADING)
				r->blocks.list.items[i].section = SECTION_NONE;
		blocks_number(&r->blocks, p->first, p->end);
	}
}

void
heads_read(struct reading *r)
{
	parts_find(r);
	VEC_EACH (struct part, part, &r->parts) {
		struct minutes_meeting *m = vec_push(&r->out->meetings);
		size_t last = r->out->meetings.len - 1;

		m->held_on = m->approve_on = m->next_on = DAY_NONE;
		m->starts_at = -1;
		part->meeting = last;
		head_read(r, part, m);
		for (size_t k = last > NEAR ? last - NEAR : 0; k < last; k++) {
			struct minutes_meeting *old =
			    &r->out->meetings.items[k];

			if (!is_same_meeting(old, m))
				continue;
			merge_heads(old, m);
			part->meeting = k;
			free(m->title);
			free(m->venue);
			r->out->meetings.len--;
			break;
		}
		next_read(r, part, part_meeting(r, part));
	}
}
