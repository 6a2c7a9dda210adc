/* SPDX-License-Identifier: ISC */
/*
 * The days of an entry: its deadline words are found, handed to core/words
 * with the meetings that are known, and the answer is kept with its reason.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum {
	HALF_YEAR = 183,
	PHRASE_MAX = 300,
	FIND_MAX = 3000,
	BEHIND_MAX = 70,
	TRIES = 4
};

void
due_phrase_set(struct minutes_entry *entry, const char *at, size_t len)
{
	trim_span(&at, &len);
	if (len == 0 || len > PHRASE_MAX)
		return;
	free(entry->due_phrase);
	entry->due_phrase = xstrndup(at, len);
	for (char *c = entry->due_phrase; *c; c++)
		if (*c == '\n' || *c == '\t')
			*c = ' ';
}

/* "to be sent 24/09 to members": a day and month without a year. */
static bool
find_short_date(const char *text, size_t len, const char **at, size_t *n)
{
	for (size_t i = 0; i + 2 < len; i++) {
		size_t k = i, day = 0, month = 0;

		if (!text_is_digit(text[i]) ||
		    (i > 0 && !text_is_space(text[i - 1])))
			continue;
		while (k < len && k < i + 2 && text_is_digit(text[k]))
			day = day * 10 + (size_t)(text[k++] - '0');
		if (k >= len || text[k] != '/')
			continue;
		for (k++; k < len && text_is_digit(text[k]); k++)
			month = month * 10 + (size_t)(text[k] - '0');
		if (day < 1 || day > 31 || month < 1 || month > 12 ||
		    (k < len && (text[k] == '/' || text_is_alnum(text[k]))))
			continue;
		*at = text + i;
		*n = k - i;
		return true;
	}
	return false;
}

/* "suggested 6 months to respond": a length of time to do something in. */
static bool
find_allowance(const char *text, size_t len, const char **at, size_t *n)
{
	static const char *const units[] = { "days", "weeks", "months", "month",
		"week", NULL };
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i + 3 < toks.n; i++) {
		if (toks.t[i].kind != 'n' || !tok_in(&toks.t[i + 1], units) ||
		    !tok_is(&toks.t[i + 2], "to") ||
		    !is_doing_verb(&toks.t[i + 3]))
			continue;
		*at = toks.t[i].at;
		*n = (size_t)(toks.t[i + 1].at + toks.t[i + 1].len - *at);
		return true;
	}
	return false;
}

/* Words that say when without a day, kept so that people see them. */
static bool
find_vague(const char *text, size_t len, const char **at, size_t *n)
{
	static const char *const phrases[] = { "in due course",
		"as appropriate", "as soon as possible", "asap", "as and when",
		"as soon as practicable", "as necessary", NULL };

	*at = find_any(text, len, phrases, n);
	return *at != NULL;
}

/* "ahead of the meeting": the next one, when it is asked for at this one. */
static bool
find_before_meeting(const char *text, size_t len, const char **at, size_t *n)
{
	static const char *const phrases[] = { "ahead of the meeting",
		"in advance of the meeting", "prior to the meeting",
		"before the meeting", "ahead of the next meeting", NULL };

	*at = find_any(text, len, phrases, n);
	return *at != NULL;
}

/* "Clerk to confirm meeting date", "invite them to the meeting": a meeting is
 * spoken of, but not which one. */
static bool
is_any_meeting(const char *phrase, size_t len)
{
	static const char *const which[] = { "next", "future", "following",
		"forthcoming", "later", "subsequent", NULL };
	struct found_date date;
	struct toks toks;

	static const char *const spans[] = { "within", "week", "weeks", "days",
		"month", "months", "before", "ahead", "prior", "advance",
		NULL };

	if ((!find_phrase(phrase, len, "meeting") &&
		!find_phrase(phrase, len, "meetings")) ||
	    has_any(phrase, len, spans))
		return false;
	if (has_any(phrase, len, which) || date_find(phrase, len, &date))
		return false;
	toks_read(&toks, phrase, len);
	for (size_t i = 0; i < toks.n; i++)
		if (toks.t[i].kind == 'n' ||
		    (toks.t[i].kind == 'w' && toks.t[i].cap && i > 0 &&
			!tok_is(&toks.t[i], "meeting")))
			return false;
	return true;
}

/* "the identified premises by 10th November": where the sentence as a whole
 * says nothing, what stands behind such a word still may. */
static bool
find_behind_by(const char *text, size_t len, const char **at, size_t *n)
{
	static const char *const leads[] = { "by", "before", "within", "until",
		"prior", "ahead", "due", NULL };
	static const char *const told[] = { "was", "were", "had", "has been",
		"have been", "did", NULL };
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i + 1 < toks.n; i++) {
		const char *from = toks.t[i].at;
		size_t left = len - (size_t)(from - text), start;

		if (!tok_in(&toks.t[i], leads))
			continue;
		if (left > BEHIND_MAX)
			left = BEHIND_MAX;
		if (words_find(from, left, &start, n) != 1 || start > 0 ||
		    is_any_meeting(from, *n))
			continue;
		if (has_any(text, (size_t)(from - text), told))
			return false;
		*at = from;
		return true;
	}
	return false;
}

/* "the figures for the winter": what they are about, not when. */
static bool
is_about(const char *phrase, size_t len)
{
	static const char *const spans[] = { "winter", "spring", "summer",
		"autumn", "season", "year", "quarter", "month", NULL };

	return text_starts(phrase, "for the ") && has_any(phrase, len, spans);
}

/* "the year-end paperwork by the end of July", "every six weeks from May":
 * words that stand for themselves give way to a limit behind them. */
static bool
find_limit(const char *text, size_t len, const char **at, size_t *n)
{
	static const char *const limits[] = { "by ", "within ",
		"no later than ", "not later than ", NULL };

	if (starts_any(*at, limits))
		return false;
	for (size_t i = (size_t)(*at - text) + *n, tries = 0; i + 8 < len;
	     i++) {
		size_t start, k;

		if (!text_is_space(text[i]))
			continue;
		for (const char *const *l = limits; *l; l++)
			if (text_starts(text + i + 1, *l) && tries++ < TRIES &&
			    words_find(text + i + 1,
				len - i - 1 < BEHIND_MAX ? len - i - 1
							 : BEHIND_MAX,
				&start, &k) == 1 &&
			    start == 0 && !is_any_meeting(text + i + 1, k)) {
				*at = text + i + 1;
				*n = k;
				return true;
			}
	}
	return false;
}

/* "a CoP", "the COP": a thing, not the close of play. */
static bool
is_thing(const char *text, const char *phrase, size_t len)
{
	static const char *const articles[] = { "a", "an", "the", "our", "its",
		"this", "each", NULL };
	const char *end = phrase;

	if (len > 3)
		return false;
	if (text_same_n(phrase, len, "na") &&
	    (phrase > text || text_is_alnum(phrase[len + (phrase[len] != 0)])))
		return true; /* "NA to write", "CD/NA": who, not when */
	while (end > text && text_is_space(end[-1]))
		end--;
	for (const char *const *a = articles; *a; a++) {
		size_t n = strlen(*a);

		if ((size_t)(end - text) >= n && text_same_n(end - n, n, *a) &&
		    (end - n == text || !text_is_alnum(end[-(ptrdiff_t)n - 1])))
			return true;
	}
	return false;
}

static bool
find(const char *text, size_t len, bool asked, const char **at, size_t *n)
{
	size_t start;

	if (len > FIND_MAX)
		len = FIND_MAX;
	if ((asked ? words_find_asked(text, len, &start, n)
		   : words_find(text, len, &start, n)) == 1 &&
	    !is_any_meeting(text + start, *n) && !is_about(text + start, *n) &&
	    !is_thing(text, text + start, *n)) {
		bool vague = true;

		*at = text + start;
		for (size_t i = 0; i < *n; i++)
			vague &= !text_is_digit((*at)[i]);
		if (vague) {
			size_t words = *n;

			if (find_short_date(text, len, at, n) ||
			    find_allowance(text, len, at, n))
				return true;
			*at = text + start;
			*n = words;
			(void)find_limit(text, len, at, n);
		}
		return true;
	}
	return find_behind_by(text, len, at, n) ||
	       find_short_date(text, len, at, n) ||
	       find_allowance(text, len, at, n) ||
	       find_before_meeting(text, len, at, n) ||
	       find_vague(text, len, at, n);
}

/* Bytes of "After discussion it was agreed that": told of as past, but not what
 * follows. */
static size_t
skip_agreeing(const char *text, size_t len)
{
	static const char *const leads[] = { "agreed that", "agreed to",
		"resolved that", "resolved to", "decided that", "decided to",
		NULL };
	size_t n;
	const char *at = find_any(text, len < 60 ? len : 60, leads, &n);

	return at ? (size_t)(at - text) + n : 0;
}

/* "confirm by June whether it could open on Saturdays": what is to be found
 * out has days of its own. Where that begins. */
static size_t
before_question(const char *text, size_t len)
{
	static const char *const words[] = { "whether", "how", "why", NULL };

	return before_any(text, len, words);
}

static bool
find_asked(const char *text, size_t len, bool asked, const char **at, size_t *n)
{
	size_t from = skip_agreeing(text, len);
	size_t end = before_question(text + from, len - from);

	return (end < len - from && find(text + from, end, asked, at, n)) ||
	       (from > 0 && find(text + from, len - from, asked, at, n)) ||
	       find(text, len, asked, at, n);
}

bool
due_find(const char *text, size_t len, const char **at, size_t *n)
{
	return find_asked(text, len, false, at, n);
}

/* Marked and listed things are asked for, whatever their verbs look like. */
static bool
is_asked(const struct minutes_entry *e)
{
	return e->source == MINUTES_FROM_MARK ||
	       e->source == MINUTES_FROM_LIST ||
	       e->source == MINUTES_FROM_TABLE ||
	       e->source == MINUTES_FROM_BRACKET ||
	       e->source == MINUTES_FROM_MARGIN ||
	       e->source == MINUTES_FROM_RESOLUTION;
}

int
due_base(const struct reading *r, const struct part *part)
{
	const struct minutes_meeting *m = part_meeting(r, part);

	return m->held_on != DAY_NONE ? m->held_on : part->fallback_on;
}

/* Words in a column of dates that name none. */
static bool
is_no_day(const char *phrase)
{
	return phrase[0] == '\0' || cell_says_none(phrase, strlen(phrase)) ||
	       text_same(phrase, "no date") ||
	       (dash_at(phrase) && phrase[dash_at(phrase)] == '\0');
}

static void
undated(struct reading *r, struct part *part, struct minutes_entry *entry)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	int base = entry->base_on;

	if (base == DAY_NONE || strcmp(entry->state, "closed") == 0)
		return;
	entry->review_on = base + r->policy->undated_review_days;
	if (m->next_on != DAY_NONE && m->next_on > base &&
	    m->next_on < entry->review_on)
		entry->review_on = m->next_on;
}

/* "provided in due course": words that name no day are kept as the phrase and
 * leave the text, where they stand at its end. */
static void
cut_vague(struct minutes_entry *entry)
{
	size_t len = strlen(entry->text), n = strlen(entry->due_phrase);

	while (len > 0 && (entry->text[len - 1] == '.' ||
			      text_is_space(entry->text[len - 1])))
		len--;
	if (len < n + 16 || text_find(entry->due_phrase, "meeting") ||
	    memcmp(entry->text + len - n, entry->due_phrase, n) != 0)
		return;
	len -= n;
	while (len > 0 && (text_is_space(entry->text[len - 1]) ||
			      entry->text[len - 1] == ','))
		len--;
	entry->text[len] = '\0';
}

static void
flag_answer(struct reading *r, const struct minutes_entry *entry,
    const struct words_answer *answer)
{
	enum minutes_flag_code code = MINUTES_FLAG_DATE;

	if (answer->year_inferred && answer->due_on != DAY_NONE)
		flag_add(r, MINUTES_FLAG_YEAR, entry->line,
		    "\"%s\" has no year; taken as %d", entry->due_phrase,
		    day_civil(answer->due_on).year);
	/* what has no day, or is past, is flagged on its own */
	if (!answer->flag || has_phrase(answer->flag, "unresolvable") ||
	    has_phrase(answer->flag, "vague") ||
	    has_phrase(answer->flag, "past at import"))
		return;
	if (has_phrase(answer->flag, "weekday") ||
	    text_find(answer->flag, "day of the week"))
		code = MINUTES_FLAG_WEEKDAY;
	else if (has_phrase(answer->flag, "calendar") ||
		 text_find(answer->flag, "no meeting"))
		code = MINUTES_FLAG_NO_CALENDAR;
	flag_add(r, code, entry->line, "\"%s\": %s", entry->due_phrase,
	    answer->flag);
}

/* Days that a text tells of as past are no deadlines: "the minutes of 10
 * July". Those that it sets ("by the end of August") stay, and are flagged. */
static bool
is_told(const struct minutes_entry *entry, int due_on)
{
	static const char *const sets[] = { "by", "before", "within", "until",
		"due", "end of", "no later", "deadline", "prior", NULL };

	return due_on < entry->base_on &&
	       !has_any(entry->due_phrase, strlen(entry->due_phrase), sets);
}

/* What an earlier meeting set is more likely past than most of a year away. */
static bool
year_before(struct words_answer *answer, int base_on)
{
	if (!answer->year_inferred || answer->due_on == DAY_NONE ||
	    answer->due_on - base_on < HALF_YEAR)
		return false;
	answer->due_on = day_add_months(answer->due_on, -12);
	if (answer->earliest_on != DAY_NONE)
		answer->earliest_on = day_add_months(answer->earliest_on, -12);
	return true;
}

/* "Nov 23" in a column of days, where 23 is the year or one soon after: the
 * month as words that say so; NULL where it is none. */
static char *
month_of_year(const char *phrase, int base_on)
{
	size_t n = strcspn(phrase, " ");
	const char *year = phrase + n + (phrase[n] == ' ');
	int base = day_civil(base_on).year, value;

	if (month_parse(phrase, n) == 0 || strlen(year) != 2 ||
	    !text_is_digit(year[0]) || !text_is_digit(year[1]))
		return NULL;
	value = base - base % 100 + (year[0] - '0') * 10 + year[1] - '0';
	return value >= base && value <= base + 2
		   ? xasprintf("%.*s %d", (int)n, phrase, value)
		   : NULL;
}

static int
words_of(const struct minutes_entry *entry, bool from_text,
    const struct words_env *env, struct words_answer *answer)
{
	char *month = NULL;
	struct err err;
	int rc;

	if (env->base_on == DAY_NONE)
		return -1;
	if (!from_text)
		month = month_of_year(entry->due_phrase, env->base_on);
	rc =
	    words_resolve(month ? month : entry->due_phrase, env, answer, &err);
	free(month);
	return rc;
}

static void
resolve(struct reading *r, struct part *part, struct minutes_entry *entry,
    bool from_text)
{
	struct words_env env = {
		.base_on = entry->base_on,
		.base_until_on = entry->base_until_on,
		.calendar = r->calendar,
		.policy = r->policy,
		.series = r->series.items,
		.nseries = r->series.len,
		.own_series = part->series,
	};
	struct words_answer answer;
	bool before;

	if (words_of(entry, from_text, &env, &answer) == -1) {
		undated(r, part, entry);
		return;
	}
	if (from_text && answer.due_on != DAY_NONE &&
	    is_told(entry, answer.due_on)) {
		free(entry->due_phrase);
		entry->due_phrase = NULL;
		undated(r, part, entry);
		words_answer_clear(&answer);
		return;
	}
	before = entry->earlier && year_before(&answer, entry->base_on);
	entry->due_on = answer.due_on;
	entry->earliest_on = answer.earliest_on;
	entry->review_on = answer.review_on;
	entry->series = answer.series;
	entry->meeting_on = answer.meeting_on;
	entry->at_meeting = answer.at_meeting;
	entry->soft = answer.soft;
	entry->recurring = answer.recurring;
	draft_why(entry, "%s",
	    before ? "in the year before, as an earlier "
		     "meeting set it"
		   : answer.rule);
	flag_answer(r, entry, &answer);
	if (from_text && answer.flag && has_phrase(answer.flag, "unresolvable"))
		cut_vague(entry);
	words_answer_clear(&answer);
	if (entry->due_on == DAY_NONE && entry->review_on == DAY_NONE)
		undated(r, part, entry);
}

void
due_read(struct reading *r, struct part *part, struct minutes_entry *entry)
{
	bool from_text = entry->due_phrase == NULL;
	const char *at;
	size_t n;

	if (from_text) {
		if (!find_asked(entry->text, strlen(entry->text),
			is_asked(entry), &at, &n)) {
			undated(r, part, entry);
			return;
		}
		due_phrase_set(entry, at, n);
	}
	if (!entry->due_phrase || is_no_day(entry->due_phrase)) {
		undated(r, part, entry);
		return;
	}
	/* without a day to count from only words with a year mean anything */
	if (entry->base_on == DAY_NONE) {
		entry->base_on = part->anchor_on;
		resolve(r, part, entry, from_text);
		if (entry->base_on != DAY_NONE)
			draft_why(entry, "the meeting's own date is not known");
		return;
	}
	resolve(r, part, entry, from_text);
}
