/* SPDX-License-Identifier: ISC */
/*
 * The next meeting, as the end of a paper or a sentence in it says, and where
 * two places disagree.
 */
#include "core/minutes_parts.h"

#include <string.h>

/* "next meeting", "next board meeting", "date of the next ordinary meeting",
 * "next call": where it stands, NULL for none. */
const char *
next_meeting_at(const char *text, size_t len)
{
	static const char *const meetings[] = { "meeting", "meetings", "call",
		"calls", "telecon", "teleconference", "meetup", NULL };
	const char *at = find_phrase(text, len, "donm");

	if (at)
		return at;
	at = text;
	while ((at = find_phrase(at, len - (size_t)(at - text), "next"))) {
		size_t n = len - (size_t)(at - text);
		struct toks toks;

		toks_read(&toks, at, n < 80 ? n : 80);
		for (size_t i = 1; i < toks.n && i <= 4; i++)
			if (tok_in(&toks.t[i], meetings))
				return at;
		at += 4;
	}
	return NULL;
}

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

/* "its next public meeting": of the same body, whatever the kind. */
static bool
of_own_body(const char *text, const char *next)
{
	static const char *const own[] = { "its ", "our ", NULL };

	return next - text >= 4 && starts_any(next - 4, own);
}

/* "Papers to the clerk by noon on 4 March": a limit for something else. */
static bool
is_limit(const char *text, size_t len)
{
	static const char *const between[] = { "on", "the", "noon", "midday",
		"end", "of", "close", "business", "play", "am", "pm", "than",
		"day", NULL };
	static const char *const limits[] = { "by", "before", "until",
		"deadline", "later", "closes", "closing", NULL };
	static const char *const papers[] = { "deadline for", "closing date",
		"papers for", "papers due", "items for", "items due",
		"reports due", "agenda closes", "nominations", NULL };
	struct toks toks;
	size_t from = len;

	while (from > 0 && len - from < 60 &&
	       !(from > 1 && text_is_space(text[from - 1]) &&
		   strchr(".;", text[from - 2])))
		from--;
	if (has_any(text + from, len - from, papers))
		return true;
	toks_read(&toks, text + from, len - from);
	for (size_t i = toks.n; i-- > 0;) {
		const struct tok *t = &toks.t[i];

		if (tok_in(t, limits))
			return true;
		if (t->kind != 'n' && !tok_in(t, between) && *t->at != ':' &&
		    weekday_parse(t->at, t->len) < 0)
			return false;
	}
	return false;
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
		int on = date.has_year
			     ? date.on
			     : date_after(date.month, date.day, m->held_on + 1);

		bool limit = is_limit(text + at, date.at);

		at += date.at + date.len;
		if (on <= m->held_on || limit)
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

void
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
			if (b->kind == BLOCK_HEADING || !section ||
			    next_meeting_at(b->text, b->length)) {
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
		for (size_t at = 0, n;
		     (n = sentence_next(b->text, b->length, &at)) > 0;
		     at += n) {
			const char *s = b->text + at;
			const char *next = next_meeting_at(s, n);
			struct found_date date;

			if (!next ||
			    !date_find(next, n - (size_t)(next - s), &date))
				continue;
			/* "at the next meeting of the Panel on ..." */
			if (find_phrase(next, date.at, "of the") ||
			    (next > s && next - s > 40))
				continue;
			next_dates(r, part, m, b, next, n - (size_t)(next - s),
			    !of_own_body(s, next) && of_other_body(s, n), false,
			    &said, &said_line);
		}
	}
	for (size_t i = 0; i < part->days.len; i++)
		if (m->next_on == DAY_NONE || part->days.items[i] < m->next_on)
			m->next_on = part->days.items[i];
	if (m->approve_on != DAY_NONE && said != DAY_NONE &&
	    m->approve_on != said) {
		/* The approval may stand in another part of this meeting. */
		unsigned line =
		    part->approve_block > 0
			? r->blocks.list.items[part->approve_block - 1].first
			: m->line;
		char a[DAY_LONG_MAX], c[DAY_LONG_MAX];

		flag_add(r, MINUTES_FLAG_NEXT_CONFLICT, said_line,
		    "the draft is to be approved at the meeting on %s (line "
		    "%u), but the next meeting is on %s",
		    day_long(m->approve_on, a), line, day_long(said, c));
	}
	if (m->approve_on != DAY_NONE &&
	    (m->next_on == DAY_NONE || m->approve_on < m->next_on))
		m->next_on = m->approve_on;
	if (m->next_on != DAY_NONE)
		day_add(part, m->next_on);
	if (m->next_on == DAY_NONE && part->other_next_on != DAY_NONE)
		m->next_on = part->other_next_on;
}
