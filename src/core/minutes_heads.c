/* SPDX-License-Identifier: ISC */
/*
 * Where each meeting, agenda or report of a paper begins, and what its head
 * says: day, time, draft or approved. Title, venue and next meeting have files
 * of their own.
 */
#include "core/minutes_held.h"

#include <stdlib.h>
#include <string.h>

enum {
	WINDOW = 6,
	HEAD_BLOCKS = 30,
	HEAD_TEXT = 260,
	TITLE_TEXT = 220,
	NEAR = 8,
	SURE = 50,
	PARTS_MAX = 500
};

const char *const head_bodies[] = { "meeting", "meetings", "committee",
	"council", "board", "panel", "group", "forum", "partnership", "agm",
	"assembly", "association", "governors", "trustees", "governing body",
	"working party", "conference", "steering", "taskforce", "task force",
	"authority", "cabinet", "network", "trust", "call", NULL };

const char *const head_approval[] = { "for approval", "to be approved",
	"to be agreed", "to be confirmed", "for confirmation", "to be ratified",
	NULL };

static const char *const papers[] = { "minutes", "notes of", "agenda",
	"tracker", "action log", "actions", "action notes", "meeting notes",
	"record of", NULL };

static const char *const not_held[] = { "next", "approved", "previous", "last",
	"since", "future", "published", "version", "printed", "updated",
	"adopted", "posted", "signing", "deadline", "received", "agreed",
	"resigned", NULL };

bool
head_short(const struct block *b)
{
	return b->kind != BLOCK_ROW && b->length <= HEAD_TEXT && !b->bullet;
}

bool
head_title(const struct block *b)
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
	return has_any(b->text, b->length, head_bodies) ||
	       has_any(b->text, b->length, papers);
}

/* A short block with a date in it that may be the meeting's. */
static bool
dated_block(const struct block *b, struct found_date *date)
{
	if (!head_short(b) || b->section == SECTION_NEXT || b->mark[0] ||
	    (b->section == SECTION_ACTIONS && b->kind != BLOCK_HEADING &&
		!find_phrase(b->text, b->length, "meeting")) ||
	    !date_find(b->text, b->length, date))
		return false;
	if (text_starts(b->text, "by ") || text_starts(b->text, "within ") ||
	    held_other(b->text, b->length) ||
	    before_any(b->text, date->at, head_approval) < date->at)
		return false;
	return !has_any(b->text, b->length, not_held) ||
	       find_phrase(b->text, b->length, "held on") ||
	       find_phrase(b->text, b->length, "for the meeting") ||
	       find_phrase(b->text, b->length, "date held");
}

static bool
is_date_label(const struct block *b)
{
	static const char *const names[] = { "date held", "date of meeting",
		"date of the meeting", "date and time of meeting",
		"date and time", "date & time", "date/time", "meeting date",
		"meeting held", "held on", "held", "date", "meeting", "when",
		NULL };

	for (const char *const *n = names; *n; n++) {
		size_t k = strlen(*n);

		if (text_starts(b->text, *n) &&
		    (b->text[k] == ':' || b->text[k] == ';' ||
			text_starts(b->text + k, "  ") ||
			text_starts(b->text + k, " / ")))
			return true;
	}
	return false;
}

/* ---- where a part begins ---- */

static bool
has_opening(const struct reading *r, size_t from, size_t far)
{
	static const char *const openings[] = { "draft minutes",
		"in attendance", "in the chair", NULL };

	for (size_t i = from; i < r->blocks.list.len && i < from + far; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->section == SECTION_PRESENT ||
		    b->section == SECTION_APOLOGIES ||
		    (b->section == SECTION_AGENDA && b->kind == BLOCK_HEADING))
			return true;
		if (head_short(b) && has_any(b->text, b->length, openings))
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
	if (is_date_label(b) && head_short(b) &&
	    date_find(b->text, b->length, &date) && i > part->first + 6) {
		/* those present may stand before the part's own day */
		for (j = part->first; j < i; j++)
			if (dated_block(&r->blocks.list.items[j], &date))
				return has_opening(r, i + 1, 5);
		return false;
	}
	if (!head_title(b))
		return false;
	for (size_t k = 0; k < b->length; k++)
		title_words += b->text[k] == ' ';
	for (j = i; j < r->blocks.list.len && j < i + WINDOW; j++) {
		const struct block *c = &r->blocks.list.items[j];

		if (!head_short(c) || (j > i && c->mark[0]))
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
	    find_phrase(b->text, b->length, "for the meeting") ||
	    is_date_label(b))
		score += 50;
	if (head_title(b))
		score += 30;
	else if (find_phrase(b->text, b->length, "date") && date->at > 0 &&
		 date->at < 200)
		score += 35;
	for (size_t k = i; k > part->first && k + WINDOW > i; k--)
		if (head_title(&r->blocks.list.items[k - 1])) {
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
size_t
head_end(const struct reading *r, const struct part *part)
{
	size_t i;

	for (i = part->first; i < part->end && i < part->first + HEAD_BLOCKS;
	     i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (i > part->first + 1 && b->mark[0] && !b->bullet &&
		    (mark_is_reference(b->mark) || b->kind == BLOCK_HEADING ||
			b->length > 60))
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

/* The title of the front matter has one day, its date and the head of the
 * paper another. */
static bool
head_outvotes(const struct reading *r, const struct candidate *best, int front)
{
	const char *stamp = r->paper.front_date;
	struct found_date date;

	return best->score >= 0 && best->date.has_year &&
	       best->date.on != front && !r->paper.front_start && stamp &&
	       date_find(stamp, strlen(stamp), &date) && date.has_year &&
	       date.on == best->date.on;
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

		if (b->length < 20000 && date_find(b->text, b->length, &date) &&
		    date.has_year && (latest == DAY_NONE || date.on > latest))
			latest = date.on;
	}
	return latest;
}

/* "Monday 4 December", and elsewhere "in April 2024": the year beside those of
 * the text in which that day is a Monday. */
static int
weekday_anchor(const struct reading *r, const struct part *part,
    const struct found_date *date)
{
	int latest = 0;

	if (date->weekday < 0)
		return DAY_NONE;
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		for (const char *c = b->text; *c; c++) {
			int year = 0, digits = 0;

			if (c > b->text && text_is_alnum(c[-1]))
				continue;
			while (text_is_digit(c[digits]) && digits < 5)
				year = year * 10 + c[digits++] - '0';
			if (digits == 4 && !text_is_alnum(c[4]) &&
			    year >= 1950 && year < 2100 && year > latest)
				latest = year;
		}
	}
	for (int year = latest + 1; latest > 0 && year >= latest - 2; year--) {
		int on = day_from_civil(year, date->month, date->day);

		if (on != DAY_NONE && (int)day_weekday(on) == date->weekday)
			return on;
	}
	return DAY_NONE;
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
		      ? r->blocks.list.items[part->first].first
		      : 1;
	if (r->env->held_on != DAY_NONE && r->parts.len == 1) {
		m->held_on = r->env->held_on;
	} else if (part->first == 0 && front != DAY_NONE && !published &&
		   !head_outvotes(r, &best, front)) {
		m->held_on = front;
	} else if (part->first == 0 && r->paper.mail_on != DAY_NONE &&
		   best.score < SURE) {
		m->held_on = r->paper.mail_on;
	} else if (best.score >= 0 && best.date.has_year) {
		char day[DAY_LONG_MAX];

		m->held_on = best.date.on;
		if (part->first == 0 && head_outvotes(r, &best, front))
			flag_add(r, MINUTES_FLAG_DATE, m->line,
			    "the title of the paper says %s, its head another "
			    "day",
			    day_long(front, day));
	} else if (best.score >= 0) {
		anchor = year_anchor(r, part, &after);
		if (anchor == DAY_NONE)
			anchor = weekday_anchor(r, part, &best.date);
		if (anchor == DAY_NONE)
			return;
		m->held_on =
		    date_nearest(best.date.month, best.date.day, anchor);
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
			m->starts_at = time_find(
			    b[1].text, b[1].length < 60 ? b[1].length : 0);
	}
	if (m->held_on == DAY_NONE && best.score < 0)
		m->held_on = held_told(r, part);
	if (m->held_on == DAY_NONE && front != DAY_NONE && part->first == 0) {
		m->held_on = front;
		flag_add(r, MINUTES_FLAG_DATE, m->line,
		    "the paper names no day of the meeting; taken from its "
		    "front matter");
	}
}

/* ---- approval, kind, agenda ---- */

static void
approval_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	static const char *const approved[] = { "approved minutes",
		"confirmed minutes", "ratified minutes", "minutes approved",
		"approved as a correct record on", NULL };
	size_t end = head_end(r, part);

	for (size_t i = part->first; i < end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const char *to =
		    find_phrase(b->text, b->length, "to be approved");
		struct found_date date;

		if (!head_short(b) || b->mark[0] ||
		    b->section == SECTION_AGENDA)
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
		m->approve_on = date.has_year ? date.on
					      : date_after(date.month, date.day,
						    m->held_on);
		if (!date.has_year)
			flag_add(r, MINUTES_FLAG_YEAR, b->first,
			    "the day of approval has no year; taken as %d",
			    day_civil(m->approve_on).year);
		return;
	}
}

/* A page of an item, "Report of the Clerk", "Decision:", "Minutes:": what was
 * decided on the report stands there, too. */
static bool
has_decided(const struct reading *r, const struct part *part)
{
	static const char *const heads[] = { "minutes", "minute", "decision",
		"decisions", "outcome", "resolution", NULL };

	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		size_t len = b->length;

		while (len > 0 && b->text[len - 1] == ':')
			len--;
		if (b->kind == BLOCK_HEADING && !b->mark[0] &&
		    (resolution_opens(b) ||
			(same_any(b->text, len, heads) && i + 1 < part->end &&
			    (text_starts(b->text, "minute") ||
				text_starts(b[1].text, "that ")))))
			return true;
	}
	return false;
}

static void
kind_read(struct reading *r, struct part *part, struct minutes_meeting *m)
{
	size_t end = head_end(r, part);
	bool agenda = false, minutes = false, people = false;

	for (size_t i = part->first; i < end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (!head_short(b))
			continue;
		if (text_starts(b->text, "report of") ||
		    text_starts(b->text, "report to"))
			m->paper = MINUTES_REPORT;
		people |= b->section == SECTION_PRESENT;
		/* behind those present it is a list of these minutes */
		if (!people &&
		    (find_phrase(b->text, b->length, "tracker") ||
			find_phrase(b->text, b->length, "action log")))
			m->paper = MINUTES_LOG;
		if ((b->kind == BLOCK_HEADING && b->length < 40 &&
			find_phrase(b->text, b->length, "agenda")) ||
		    text_starts(b->text, "agenda for ") ||
		    text_starts(b->text, "agenda of ") ||
		    find_phrase(b->text, b->length, "summoned"))
			agenda = true;
		if (find_phrase(b->text, b->length, "minutes") && !b->mark[0] &&
		    b->section != SECTION_AGENDA)
			minutes = true;
		if (b->section == SECTION_PRESENT ||
		    find_phrase(b->text, b->length, "meeting notes"))
			minutes = true;
	}
	for (size_t i = part->first; i < part->end && agenda && !minutes; i++) {
		const struct block *b = &r->blocks.list.items[i];
		bool number;

		/* what was agreed there is marked: it was held */
		minutes = b->section == SECTION_ACTIONS ||
			  (b->kind != BLOCK_HEADING &&
			      action_mark(b->text, b->length, &number) > 0);
	}
	if (agenda && !minutes)
		m->paper = MINUTES_AGENDA;
	else if (m->paper == MINUTES_REPORT && has_decided(r, part))
		m->paper = MINUTES_OF_MEETING;
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
is_same_meeting(
    const struct minutes_meeting *a, const struct minutes_meeting *b)
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
	bool better =
	    into->paper == MINUTES_AGENDA && from->paper != MINUTES_AGENDA;

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
		for (size_t i = p->first;
		     i < p->end && p->first > 0 &&
		     (i == p->first ||
			 r->blocks.list.items[i].kind != BLOCK_HEADING);
		     i++)
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
