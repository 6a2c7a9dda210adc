/* SPDX-License-Identifier: ISC */
/*
 * The days of an entry: its deadline words are found, handed to core/words
 * with the meetings that are known, and the answer is kept with its reason.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum { PHRASE_MAX = 300, FIND_MAX = 3000 };

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

bool
due_find(const char *text, size_t len, const char **at, size_t *n)
{
	size_t start;

	if (len > FIND_MAX)
		len = FIND_MAX;
	if (words_find(text, len, &start, n) != 1)
		return false;
	*at = text + start;
	return true;
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
	static const char *const words[] = { "na", "n/a", "none", "tbc", "tba",
		"-", "nil", "complete", "completed", "closed", "done", "open",
		"no date", NULL };

	for (const char *const *w = words; *w; w++)
		if (text_same(phrase, *w))
			return true;
	return phrase[0] == '\0' || (dash_at(phrase) &&
	    phrase[dash_at(phrase)] == '\0');
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

static void
flag_answer(struct reading *r, const struct minutes_entry *entry,
    const struct words_answer *answer)
{
	enum minutes_flag_code code = MINUTES_FLAG_DATE;

	if (!answer->flag)
		return;
	if (has_phrase(answer->flag, "weekday") ||
	    text_find(answer->flag, "day of the week"))
		code = MINUTES_FLAG_WEEKDAY;
	else if (has_phrase(answer->flag, "year"))
		code = MINUTES_FLAG_YEAR;
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
	struct err err;

	if (env.base_on == DAY_NONE ||
	    words_resolve(entry->due_phrase, &env, &answer, &err) == -1) {
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
	entry->due_on = answer.due_on;
	entry->earliest_on = answer.earliest_on;
	entry->review_on = answer.review_on;
	entry->series = answer.series;
	entry->meeting_on = answer.meeting_on;
	entry->at_meeting = answer.at_meeting;
	entry->soft = answer.soft;
	entry->recurring = answer.recurring;
	draft_why(entry, "%s", answer.rule);
	flag_answer(r, entry, &answer);
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
		if (!due_find(entry->text, strlen(entry->text), &at, &n)) {
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
