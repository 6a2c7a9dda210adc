/* SPDX-License-Identifier: ISC */
/*
 * Recommendations, areas for improvement and causes of concern of inspections,
 * with their sub-points and the day that their periods count from.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_BACK = 30, POINTS_MAX = 100, SUBJECT_MAX = 160, BODY_WORDS = 7 };

static const char *const modals[] = { "should", "must", "to", NULL };
static const char *const charging[] = { "should", "must", "needs to", "need to",
	"is required to", "are required to", "is to", "are to", NULL };

/* What a report asks of the committee that receives it is no obligation. */
static bool
asks_committee(const char *text, size_t len)
{
	static const char *const verbs[] = { "note", "noted", "approve",
		"approved", "agree", "consider", "receive", "received",
		"endorse", "comment on", "adopt", "adopted", "accept",
		"accepted", NULL };
	static const char *const who[] = { "members are asked",
		"members are invited", "committee is asked", "panel is asked",
		"board is asked", "that the report", "that this",
		"that members", "it is recommended that members",
		"the board is invited", "the committee is recommended", NULL };

	if (has_any(text, len, who))
		return true;
	return has_any(text, len, verbs) && !has_any(text, len, charging);
}

/* "published in August 2018", "published on 7 August 2018", "report of May
 * 2022": the day, or the first of a month and its last. */
static bool
publication_in(const char *text, size_t len, int *on, int *until_on)
{
	const char *at = find_phrase(text, len, "published");
	struct found_date date;
	struct toks toks;

	if (!at)
		return false;
	len -= (size_t)(at - text);
	if (len > 80)
		len = 80;
	if (date_find(at, len, &date) && date.has_year) {
		*on = date.on;
		*until_on = DAY_NONE;
		return true;
	}
	toks_read(&toks, at, len);
	for (size_t i = 1; i + 1 < toks.n; i++) {
		int month = toks.t[i].kind == 'w'
				? month_parse(toks.t[i].at, toks.t[i].len)
				: 0;
		int year = toks.t[i + 1].kind == 'n' && toks.t[i + 1].len == 4
			       ? atoi(toks.t[i + 1].at)
			       : 0;

		if (month == 0 || year < 1990 || year > 2199)
			continue;
		*on = day_from_civil(year, month, 1);
		*until_on = *on + month_length(year, month) - 1;
		return true;
	}
	return false;
}

static void
base_set(const struct reading *r, const struct part *part, size_t i,
    struct minutes_entry *e)
{
	for (size_t k = i + 1; k-- > part->first && k + LOOK_BACK > i;) {
		const struct block *b = &r->blocks.list.items[k];
		char day[DAY_LONG_MAX];
		int on, until;

		if (!publication_in(b->text, b->length, &on, &until))
			continue;
		e->base_on = on;
		e->base_until_on = until;
		if (until == DAY_NONE)
			draft_why(e, "the report was published on %s",
			    day_long(on, day));
		else
			draft_why(e,
			    "the report was published in %s %d "
			    "(line %u), no day is given",
			    month_name(day_civil(on).month), day_civil(on).year,
			    b->first);
		return;
	}
}

static bool
is_point(const struct block *b, const struct block *head)
{
	if (b->kind != BLOCK_ITEM || b->section != head->section)
		return false;
	if (b->indent > head->indent)
		return true;
	/* "i.", "(a)" and bullets below a paragraph that has no mark */
	return !text_is_digit(b->mark[0]) && (b->bullet || b->mark[0]) &&
	       !(head->kind == BLOCK_ITEM && head->bullet && !head->mark[0]);
}

static size_t
points_read(const struct reading *r, const struct part *part, size_t i,
    struct minutes_entry *e)
{
	const struct block *head = &r->blocks.list.items[i];
	size_t k, len = strlen(e->text);

	if (len == 0 ||
	    (e->text[len - 1] != ':' && head->text[head->length - 1] != ':'))
		return i;
	for (k = i + 1; k < part->end; k++) {
		const struct block *b = &r->blocks.list.items[k];
		struct minutes_point *p;

		if (!is_point(b, head) || e->points.len >= POINTS_MAX)
			break;
		p = vec_push(&e->points);
		p->text = xstrdup(b->text);
		p->line = b->first;
	}
	return k - 1;
}

/* "Within three months, the force should", "By 31 May 2022 the ...". */
static bool
begins_with_clock(const char *text, size_t len)
{
	return (text_starts(text, "within ") || text_starts(text, "by ") ||
		   text_starts(text, "immediately") ||
		   text_starts(text, "with immediate effect") ||
		   text_starts(text, "no later than")) &&
	       has_any(text, len < 300 ? len : 300, charging);
}

static bool
speaks_of_recommendation(const char *text, size_t len)
{
	static const char *const words[] = { "recommendation",
		"recommendations", "recommends that", "recommended that",
		"area for improvement", "areas for improvement",
		"cause of concern", "causes of concern", NULL };

	return has_any(text, len, words);
}

/* "Recommendation 3" alone, above what it is. */
static bool
is_label(const struct block *b)
{
	static const char *const words[] = { "recommendation ",
		"area for improvement ", "cause of concern ",
		"cause for concern ", NULL };
	size_t n = strcspn(b->text, "0123456789");

	return b->length < 32 && n < b->length && starts_any(b->text, words) &&
	       strspn(b->text + n, "0123456789.:") == b->length - n &&
	       text_is_space(b->text[n - 1]);
}

/* Does it stand below one, and say what somebody should do? */
static bool
is_labelled(const struct reading *r, const struct part *part, size_t i)
{
	const struct block *b = &r->blocks.list.items[i];
	size_t at = 0, n = sentence_next(b->text, b->length, &at);

	return i > part->first && is_label(b - 1) &&
	       has_any(
		   b->text + at, n < SUBJECT_MAX ? n : SUBJECT_MAX, charging) &&
	       !asks_committee(b->text, b->length);
}

static const char *
kind_of(enum section section, const char *text)
{
	if (section == SECTION_AFI || text_starts(text, "area for improvement"))
		return "afi";
	if (section == SECTION_CONCERN || text_starts(text, "cause of concern"))
		return "concern";
	return "recommendation";
}

/* Bytes of "Within three months, " before who should do it. */
static size_t
clock_length(const char *text, size_t len)
{
	const char *due;
	size_t n, i;

	if (!begins_with_clock(text, strlen(text)) ||
	    !due_find(text, len, &due, &n) || due != text)
		return 0;
	for (i = n; i < len && (text_is_space(text[i]) || text[i] == ',');)
		i++;
	return i < len ? i : 0;
}

/* "should be offered" before the next comma or stop. */
static bool
is_passive_behind(const char *text)
{
	struct toks toks;

	toks_read(&toks, text, strlen(text) < 80 ? strlen(text) : 80);
	for (size_t i = 0; i + 2 < toks.n; i++)
		if (tok_in(&toks.t[i], modals))
			return tok_is(&toks.t[i + 1], "be") ||
			       tok_is(&toks.t[i + 1], "have");
	return false;
}

/* Whom the words before "should" name: "the force and its two partners", "the
 * force, with the trust,", though nobody knows them. */
static void
body_add(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *e)
{
	static const char *const joins[] = { " and its ", " and their ",
		", with ", ", together with ", ", working with ",
		", in partnership with ", ", alongside ", NULL };
	struct toks toks;
	size_t own = 0, words = 1;

	while (own < len && !starts_any(text + own, joins))
		own++;
	toks_read(&toks, text, own);
	for (size_t k = 0; k < toks.n; k++) {
		struct minutes_entry got = { 0 };
		size_t end = owners_at(r, m, &toks, k, &got);

		if (end > k && (end == toks.n || (end + 1 == toks.n &&
						     *toks.t[end].at == ','))) {
			owners_move(&got, e);
			return;
		}
		owners_clear(&got);
	}
	trim_span(&text, &own);
	if (own > 4 && text_starts(text, "the ")) {
		text += 4;
		own -= 4;
	}
	for (size_t i = 0; i < own; i++)
		words += text_is_space(text[i]);
	/* "Detainees should be offered showers" is not for them to do */
	if (is_passive_behind(text + own))
		return;
	if (own > 1 && words <= BODY_WORDS && text_is_alnum(*text))
		owners_cell(r, m, text, own, e);
}

static void
report_add(struct reading *r, struct part *part, size_t i, const char *text,
    size_t len, const char *why, size_t *last)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct block *b = &r->blocks.list.items[i];
	struct minutes_entry *e = draft_new(r, part, b, MINUTES_FROM_REPORT,
	    kind_of(b->section, text), text, len,
	    block_line_at(b, (size_t)(text - b->text)), why);
	const char *should = NULL;

	base_set(r, part, i, e);
	/* "Within three months, the force should": who stands before the verb
	 */
	for (const char *const *c = charging; *c && !should; c++)
		should = find_phrase(e->text, strlen(e->text), *c);
	if (should) {
		size_t before = (size_t)(should - e->text);
		size_t n = clock_length(e->text, before);

		body_add(r, m, e->text + n, before - n, e);
	}
	*last = points_read(r, part, i, e);
	due_read(r, part, e);
	for (size_t k = i > part->first ? i - 1 : i; k <= *last; k++)
		r->blocks.list.items[k].taken = true;
}

/* ---- announced in a sentence ---- */

/* "We make the following recommendations." */
static bool
announces(const struct block *b)
{
	static const char *const words[] = { "following recommendations",
		"following recommendation", "recommend the following",
		"recommends the following", "recommended the following",
		"recommend that", "recommends that", "recommendations are",
		"recommendations below", "these recommendations", NULL };

	return b->kind != BLOCK_ROW && b->length > 8 && b->length < 200 &&
	       (b->section == SECTION_NONE || b->section == SECTION_NOTES) &&
	       strchr(".:", b->text[b->length - 1]) &&
	       has_any(b->text, b->length, words);
}

/* "Immediately:", "Within three months the partnership should:" above some of
 * them. *should: where the verb begins, NULL: it says only by when. */
static bool
leads_some(const struct block *b, const char **should)
{
	static const char *const clocks[] = { "immediate", "within ", "by ",
		"in the ", "before ", "no later than ", "as soon as ",
		"with immediate effect", "from ", NULL };
	size_t n;

	*should = NULL;
	if (b->kind == BLOCK_ROW || b->mark[0] || b->length < 6 ||
	    b->length > 200 || b->text[b->length - 1] != ':')
		return false;
	for (const char *const *c = charging; *c; c++) {
		n = strlen(*c);
		if (b->length > n + 2 &&
		    text_same_n(b->text + b->length - 1 - n, n, *c) &&
		    text_is_space(b->text[b->length - 2 - n]))
			*should = b->text + b->length - 1 - n;
	}
	return *should || starts_any(b->text, clocks);
}

static bool
is_first_mark(const char *mark)
{
	return strcmp(mark, "1") == 0 || text_same(mark, "a") ||
	       text_same(mark, "i");
}

/* Where what is announced at block i ends; *each: every item is one of its own,
 * for they are lettered on from one lead to the next, or the leads say only by
 * when. */
static size_t
announced_end(
    const struct reading *r, const struct part *part, size_t i, bool *each)
{
	const struct block *list = r->blocks.list.items;
	size_t items = 0, k;
	bool split = false, whole = false;

	for (k = i + 1; k < part->end; k++) {
		const char *should;
		bool lead = leads_some(&list[k], &should);

		if (!lead && list[k].kind != BLOCK_ITEM)
			break;
		items += !lead;
		if (!lead || k + 1 >= part->end)
			continue;
		split |=
		    list[k + 1].mark[0] && !is_first_mark(list[k + 1].mark);
		whole |= should != NULL;
	}
	*each = items >= 2 && (split || !whole);
	return k;
}

/* Gives the last entry who should do it and by when, as the lead says. */
static void
take_lead(struct reading *r, struct part *part, const struct block *lead,
    const char *should)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry *e = &m->entries.items[m->entries.len - 1];
	const char *due;
	size_t n;

	if (should && e->owners.len == 0) {
		size_t before = (size_t)(should - lead->text);

		n = clock_length(lead->text, before);
		body_add(r, m, lead->text + n, before - n, e);
	}
	if (e->due_on == DAY_NONE &&
	    due_find(lead->text, lead->length, &due, &n)) {
		due_phrase_set(e, due, n);
		due_read(r, part, e);
	}
}

static void
announced_read(struct reading *r, struct part *part)
{
	struct block *list = r->blocks.list.items;
	size_t end;

	for (size_t i = part->first; i < part->end; i = end) {
		const struct block *lead = NULL;
		const char *should = NULL, *next;
		bool each;

		end = i + 1;
		if (!announces(&list[i]))
			continue;
		end = announced_end(r, part, i, &each);
		for (size_t k = i + 1; k < end && each; k++) {
			struct block *b = &list[k];
			size_t last;

			if (leads_some(b, &next)) {
				lead = b;
				should = next;
				b->taken = true;
			} else if (!b->taken &&
				   (should ||
				       (has_any(b->text, b->length, charging) &&
					   !asks_committee(
					       b->text, b->length)))) {
				report_add(r, part, k, b->text,
				    without_joint(b->text, b->length),
				    "a recommendation of a report", &last);
				if (lead)
					take_lead(r, part, lead, should);
			}
		}
	}
}

void
recommendations_read(struct reading *r, struct part *part)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	bool spoken = false;

	if (m->paper == MINUTES_AGENDA)
		return;
	announced_read(r, part);
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		bool number, listed = b->section == SECTION_RECOMMENDATIONS ||
				      b->section == SECTION_AFI ||
				      b->section == SECTION_CONCERN;
		size_t last = i, at = 0, n;
		bool said;

		if (b->taken || b->kind == BLOCK_HEADING ||
		    b->kind == BLOCK_ROW ||
		    action_mark(b->text, b->length, &number) > 0) {
			spoken = spoken && b->kind != BLOCK_HEADING;
			continue;
		}
		said = speaks_of_recommendation(b->text, b->length);
		if (listed) {
			if (!asks_committee(b->text, b->length) &&
			    (has_any(b->text, b->length, charging) ||
				(b->section == SECTION_CONCERN &&
				    b->length > 30 && i > part->first &&
				    b[-1].kind == BLOCK_HEADING)))
				report_add(r, part, i, b->text, b->length,
				    "a recommendation of a report", &last);
			i = last;
			continue;
		}
		if (is_labelled(r, part, i)) {
			report_add(r, part, i, b->text, b->length,
			    "a recommendation of a report", &last);
			i = last;
			continue;
		}
		for (; (n = sentence_next(b->text, b->length, &at)) > 0;
		     at += n) {
			const char *s = b->text + at;
			bool itself = speaks_of_recommendation(s, n) &&
				      n > 30 && s[n - 1] == ':' &&
				      has_any(s, n, charging);

			if ((spoken || said) && begins_with_clock(s, n)) {
				report_add(r, part, i, s, n,
				    "a recommendation with its own period",
				    &last);
				break;
			}
			if (itself) {
				report_add(r, part, i, s, n,
				    "a recommendation quoted in the text",
				    &last);
				break;
			}
		}
		if (last > i)
			i = last;
		spoken = said || (spoken && last > i);
		if (r->blocks.list.items[i].taken)
			spoken = true;
	}
}
