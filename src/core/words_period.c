/* SPDX-License-Identifier: ISC */
/*
 * Lengths with what they are counted from: "within two weeks of receipt", "56
 * days beginning with publication", "at least five working days before the
 * next meeting", "the week before Easter", "two weeks ago".
 */
#include "core/words_grammar.h"

static bool
is_plural(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);
	char last = t->len > 0 ? p->text[t->start + t->len - 1] : '\0';

	return last == 's' || last == 'S';
}

struct limit_words {
	enum word words[5];
	enum relation relation;
	bool at_least;
};

/* What may stand before a length. */
static const struct limit_words limits[] = {
	{ { WORD_AT, WORD_LEAST }, REL_NONE, true },
	{ { WORD_A, WORD_MINIMUM, WORD_OF }, REL_NONE, true },
	{ { WORD_MINIMUM, WORD_OF }, REL_NONE, true },
	{ { WORD_NO, WORD_LESS, WORD_THAN }, REL_NONE, true },
	{ { WORD_NOT, WORD_LESS, WORD_THAN }, REL_NONE, true },
	{ { WORD_NO, WORD_LATER, WORD_THAN }, REL_WITHIN, false },
	{ { WORD_NOT, WORD_LATER, WORD_THAN }, REL_WITHIN, false },
	{ { WORD_NO, WORD_MORE, WORD_THAN }, REL_WITHIN, false },
	{ { WORD_NOT, WORD_MORE, WORD_THAN }, REL_WITHIN, false },
	{ { WORD_NOT, WORD_EXCEEDING }, REL_WITHIN, false },
	{ { WORD_MORE, WORD_THAN }, REL_NONE, true },
	{ { WORD_LESS, WORD_THAN }, REL_WITHIN, false },
	{ { WORD_A, WORD_MOST, WORD_OF }, REL_WITHIN, false },
	{ { WORD_AT, WORD_MOST }, REL_WITHIN, false },
	{ { WORD_MOST, WORD_OF }, REL_WITHIN, false },
	{ { WORD_UP, WORD_TO }, REL_WITHIN, false },
	{ { WORD_WITHIN, WORD_BETWEEN }, REL_WITHIN, false },
	{ { WORD_AFTER }, REL_WITHIN, false },
	{ { WORD_BETWEEN }, REL_WITHIN, false },
	{ { WORD_BY }, REL_WITHIN, false },
	{ { WORD_DUE, WORD_IN }, REL_WITHIN, false },
	{ { WORD_DURING }, REL_WITHIN, false },
	{ { WORD_FOR }, REL_FOR, false },
	{ { WORD_IN }, REL_WITHIN, false },
	{ { WORD_ON }, REL_WITHIN, false },
	{ { WORD_OVER }, REL_WITHIN, false },
	{ { WORD_UNDER }, REL_WITHIN, false },
	{ { WORD_WITHIN }, REL_WITHIN, false },
};

/* Takes as many as there are: "in no more than", "within at most". */
static int
parse_limits(const struct parse *p, int at, struct mention *m)
{
	size_t i = 0;

	while (i < sizeof limits / sizeof *limits) {
		int end = match_words(p, at, limits[i].words);

		if (end == 0) {
			i++;
			continue;
		}
		if (limits[i].relation != REL_NONE)
			m->relation = limits[i].relation;
		m->at_least |= limits[i].at_least;
		at = end;
		i = 0;
	}
	if (is_mark(p, at, '<')) {
		m->relation = REL_WITHIN;
		at++;
	}
	if (is_word(p, at, WORD_AROUND)) {
		m->approx = true;
		at++;
	}
	return at;
}

/* "the next month", "the coming weeks", "another week": a length whose number
 * is not said. */
static int
parse_bare_length(const struct parse *p, int at, struct mention *m)
{
	bool plural = is_plural(p, at);

	if (!is_word(p, at, WORD_UNIT))
		return 0;
	m->length.unit = (enum unit)token_at(p, at)->value;
	/* "the next quarter" is one of the calendar. */
	if (!plural && m->length.unit == UNIT_QUARTER)
		return 0;
	m->length.low = plural ? 2 : 1;
	m->length.high = plural ? 4 : 1;
	m->length.vague = plural;
	return at + 1;
}

/* The length itself, with what may stand before its number. */
static int
parse_length_core(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_THE), end;
	bool the = begin > at, coming;

	if (is_word(p, begin, WORD_LAST) || is_word(p, begin, WORD_PREVIOUS)) {
		end = parse_length(p, begin + 1, &m->length, &m->clear);
		if (end == 0 && the && m->relation != REL_NONE)
			end = parse_bare_length(p, begin + 1, m);
		m->anchor = ANCHOR_PAST;
		return end;
	}
	coming = is_word(p, begin, WORD_NEXT) ||
		 is_word(p, begin, WORD_COMING) ||
		 is_word(p, begin, WORD_FOLLOWING) ||
		 (is_word(p, begin, WORD_ORDINAL) &&
		     token_at(p, begin)->value == 1 && the);
	if (is_word(p, begin, WORD_A) && is_word(p, begin + 1, WORD_FURTHER))
		begin += 2;
	else if (coming || is_word(p, begin, WORD_FURTHER))
		begin++;
	end = parse_length(p, begin, &m->length, &m->clear);
	if (end > 0)
		return end;
	/* "in the next month", but "in next month's report" is a span */
	if ((coming || is_word(p, begin - 1, WORD_FURTHER)) &&
	    !is_word(p, begin + 1, WORD_OF) &&
	    !is_word(p, begin + 1, WORD_IN) &&
	    (m->relation == REL_WITHIN || is_plural(p, begin)) &&
	    (the || is_plural(p, begin) || is_word(p, begin - 1, WORD_FURTHER)))
		return parse_bare_length(p, begin, m);
	return 0;
}

/* "the twentieth working day": counted like twenty of them. */
static int
parse_nth_day(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_THE), n, end;

	end = parse_ordinal(p, begin, &n);
	if (end == 0)
		return 0;
	m->length = (struct length){ .low = n, .high = n, .unit = UNIT_DAY };
	if (is_word(p, end, WORD_WORKING) || is_word(p, end, WORD_BUSINESS)) {
		m->length.unit = UNIT_WORKDAY;
		end++;
	}
	if (!is_unit(p, end, UNIT_DAY))
		return 0;
	end++;
	if (!is_word(p, end, WORD_AFTER) && !is_word(p, end, WORD_FOLLOWING) &&
	    !is_word(p, end, WORD_FROM) && !is_word(p, end, WORD_BEFORE))
		return 0;
	return end;
}

/* Which way an anchor lies; at behind the words, 0 when there are none. */
static int
parse_direction(const struct parse *p, int at, struct mention *m, bool *before)
{
	static const struct {
		enum word words[5];
		bool before, beginning;
	} ways[] = {
		{ { WORD_IN, WORD_ADVANCE, WORD_OF }, true, false },
		{ { WORD_AHEAD, WORD_OF }, true, false },
		{ { WORD_PRIOR, WORD_TO }, true, false },
		{ { WORD_BEFORE }, true, false },
		{ { WORD_BEGINNING, WORD_WITH }, false, true },
		{ { WORD_BEGINNING, WORD_ON }, false, true },
		{ { WORD_STARTING, WORD_WITH }, false, true },
		{ { WORD_STARTING, WORD_ON }, false, true },
		{ { WORD_FROM, WORD_AND }, false, true },
		{ { WORD_STARTING, WORD_FROM }, false, false },
		{ { WORD_COMMENCING, WORD_ON }, false, true },
		{ { WORD_COMMENCING, WORD_WITH }, false, true },
		{ { WORD_COMMENCING, WORD_FROM }, false, false },
		{ { WORD_AFTER }, false, false },
		{ { WORD_FOLLOWING }, false, false },
		{ { WORD_FROM }, false, false },
		{ { WORD_OF }, false, false },
	};

	if (is_text(p, at, "preceding")) {
		*before = true;
		return at + 1;
	}
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		int end = match_words(p, at, ways[i].words);

		if (end == 0)
			continue;
		*before = ways[i].before;
		m->beginning |= ways[i].beginning;
		return end;
	}
	return 0;
}

/* Behind "of", "following": an event with no day of its own, then perhaps its
 * date: "receipt", "the report dated 5 May", "receipt, 3 September". */
static int
parse_event(const struct parse *p, int at, struct mention *m)
{
	int end = at, date;

	for (int i = 0; i < 8; i++) {
		const struct token *t = token_at(p, end);
		bool mark = is_mark(p, end, ',') || is_mark(p, end, '(');

		if (i > 0 && (mark || is_word(p, end, WORD_ON) ||
				 is_text(p, end, "dated"))) {
			date = parse_date(p, end + 1, &m->a);
			if (date > 0) {
				m->anchor = ANCHOR_AFTER;
				return is_mark(p, end, '(')
					   ? skip_mark(p, date, ')')
					   : date;
			}
		}
		if (t->kind != TOKEN_WORD || is_word(p, end, WORD_BY) ||
		    is_word(p, end, WORD_WITHIN) ||
		    is_word(p, end, WORD_BEFORE) || is_word(p, end, WORD_AND) ||
		    is_word(p, end, WORD_SO) || is_word(p, end, WORD_WILL))
			break;
		end++;
		/* The event's own name ends what belongs to the period. */
		if (t->word == WORD_EVENT || t->word == WORD_MEETING ||
		    t->word == WORD_BODY) {
			date = is_word(p, end, WORD_OF) ? end : 0;
			if (date == 0 && !is_mark(p, end, ',') &&
			    !is_mark(p, end, '(') &&
			    !is_word(p, end, WORD_ON) &&
			    !is_text(p, end, "dated"))
				break;
		}
	}
	return end;
}

/* "the meeting" behind "within two weeks of" is that of the base. */
static bool
is_this_meeting(const struct point *point)
{
	return point->kind == POINT_MEETING &&
	       (point->meeting == MEETING_THIS ||
		   point->meeting == MEETING_LAST);
}

/* "beginning with the day after publication" counts like "after". */
static int
skip_day_after(const struct parse *p, int at, struct mention *m)
{
	int end = skip_word(p, at, WORD_THE);

	if (!is_unit(p, end, UNIT_DAY) ||
	    (!is_word(p, end + 1, WORD_AFTER) &&
		!is_word(p, end + 1, WORD_FOLLOWING)))
		return at;
	m->beginning = false;
	return end + 2;
}

static int
parse_anchor(const struct parse *p, int at, struct mention *m)
{
	bool before = false;
	int begin = parse_direction(p, at, m, &before), end;

	if (begin == 0)
		return at;
	if (m->beginning)
		begin = skip_day_after(p, begin, m);
	if (is_word(p, begin, WORD_NOW)) {
		m->anchor = ANCHOR_BASE;
		return begin + 1;
	}
	end = parse_each_point(p, begin, &m->a);
	m->repeats = end > 0;
	if (end == 0)
		end = parse_point(p, begin, &m->a);
	if (end == 0 && before)
		end = parse_body(p, begin, &m->a);
	if (end > 0 && before) {
		m->anchor = ANCHOR_BEFORE;
		return end;
	}
	if (end > 0 && !is_this_meeting(&m->a)) {
		m->anchor = ANCHOR_AFTER;
		return end;
	}
	if (end > 0) {
		m->anchor = ANCHOR_EVENT;
		return end;
	}
	if (before) {
		m->anchor = ANCHOR_BEFORE_UNKNOWN;
		return begin;
	}
	m->anchor = ANCHOR_EVENT;
	end = parse_event(p, begin, m);
	return end > begin ? end : at;
}

/* "time", "hence", "from now", "ago" behind a length. */
static int
parse_postfix(const struct parse *p, int at, struct mention *m)
{
	if (is_word(p, at, WORD_AGO) || is_text(p, at, "old") ||
	    is_word(p, at, WORD_EARLIER)) {
		m->anchor = ANCHOR_PAST;
		return at + 1;
	}
	if (is_word(p, at, WORD_TIME) || is_word(p, at, WORD_HENCE) ||
	    is_word(p, at, WORD_LATER)) {
		if (m->relation == REL_NONE)
			m->relation = REL_WITHIN;
		return at + 1;
	}
	return parse_anchor(p, at, m);
}

/* "the Friday before the meeting", "the first Monday after 12 March", "two
 * Fridays from now" */
static int
parse_weekday_beside(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_THE), n = 1, end;
	bool counted;

	end = parse_ordinal(p, begin, &n);
	if (end == 0)
		end = parse_number(p, begin, &n);
	counted = end > 0;
	begin = counted ? end : begin;
	if (!is_word(p, begin, WORD_WEEKDAY) || n < 1 || n > 5)
		return 0;
	end = begin + 1;
	if (!is_word(p, end, WORD_BEFORE) && !is_word(p, end, WORD_PRIOR) &&
	    !is_word(p, end, WORD_AFTER) && !is_word(p, end, WORD_FOLLOWING) &&
	    !(counted && is_word(p, end, WORD_FROM)) &&
	    !(counted && is_word(p, end, WORD_HENCE)))
		return 0;
	m->weekday = token_at(p, begin)->value + 1;
	m->length = (struct length){ .low = n, .high = n, .unit = UNIT_WEEK };
	if (is_word(p, end, WORD_HENCE))
		return end + 1;
	end = parse_anchor(p, end, m);
	if (m->anchor == ANCHOR_AFTER || m->anchor == ANCHOR_BEFORE ||
	    (counted && m->anchor == ANCHOR_BASE))
		return end;
	m->weekday = 0;
	return 0;
}

/* "the week before the meeting", "the day after Easter", "the working day
 * before" */
static int
parse_unit_beside(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_THE), end;

	if (begin == at)
		return 0;
	m->length = (struct length){ .low = 1, .high = 1 };
	if (is_word(p, begin, WORD_WORKING)) {
		begin++;
		m->length.unit = UNIT_WORKDAY;
	} else if (is_word(p, begin, WORD_UNIT)) {
		m->length.unit = (enum unit)token_at(p, begin)->value;
	}
	if (!is_word(p, begin, WORD_UNIT) || is_plural(p, begin) ||
	    is_word(p, begin + 1, WORD_OF) || is_word(p, begin + 1, WORD_FROM))
		return 0;
	begin++;
	if (!is_word(p, begin, WORD_BEFORE) && !is_word(p, begin, WORD_AFTER) &&
	    !is_word(p, begin, WORD_PRIOR) &&
	    !is_word(p, begin, WORD_FOLLOWING) &&
	    !is_word(p, begin, WORD_PREVIOUS))
		return 0;
	m->window = m->length.unit >= UNIT_WEEK;
	end = parse_anchor(p, begin, m);
	return m->anchor == ANCHOR_AFTER || m->anchor == ANCHOR_BEFORE ? end
								       : 0;
}

/* "this time next year" */
static int
parse_this_time(const struct parse *p, int at, struct mention *m)
{
	if (!is_word(p, at, WORD_THIS) || !is_word(p, at + 1, WORD_TIME) ||
	    !is_word(p, at + 2, WORD_NEXT) || !is_word(p, at + 3, WORD_UNIT))
		return 0;
	m->relation = REL_WITHIN;
	m->length = (struct length){ .low = 1,
		.high = 1,
		.unit = (enum unit)token_at(p, at + 3)->value };
	return at + 4;
}

/* "within the month": until the end of the running one. */
static int
parse_within_running(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_WITHIN);

	if (begin == at || !is_word(p, begin, WORD_THE))
		return 0;
	if (parse_span(p, begin, &m->a) == 0 &&
	    is_word(p, begin + 1, WORD_UNIT) && !is_plural(p, begin + 1)) {
		m->a = point_new(POINT_SPAN);
		m->a.offset = 0;
		m->a.part = PART_END;
		switch (token_at(p, begin + 1)->value) {
		case UNIT_WEEK:
			m->a.span = SPAN_WEEK;
			break;
		case UNIT_MONTH:
			m->a.span = SPAN_MONTH;
			break;
		case UNIT_QUARTER:
			m->a.span = SPAN_QUARTER;
			break;
		case UNIT_YEAR:
			m->a.span = SPAN_YEAR;
			break;
		default:
			return 0;
		}
		m->kind = MENTION_POINT;
		m->relation = REL_BY;
		return begin + 2;
	}
	return 0;
}

/* In running text a bare "6 months" is as often a quantity. */
static bool
stands_alone(const struct parse *p, const struct mention *m)
{
	if (p->env != NULL)
		return true;
	if (m->anchor == ANCHOR_BASE && m->relation == REL_NONE)
		return false;
	if (m->anchor == ANCHOR_EVENT && m->relation == REL_NONE &&
	    !m->beginning)
		return false;
	return m->relation != REL_FOR;
}

int
parse_length_mention(const struct parse *p, int at, struct mention *out)
{
	struct mention m = { .kind = MENTION_LENGTH };
	int begin = parse_limits(p, at, &m), end;

	end = parse_this_time(p, at, &m);
	if (end == 0)
		end = parse_length_core(p, begin, &m);
	if (end > 0) {
		if (m.anchor != ANCHOR_PAST)
			end = parse_postfix(p, end, &m);
	} else {
		end = parse_nth_day(p, begin, &m);
		if (end > 0)
			end = parse_anchor(p, end, &m);
	}
	if (end == 0)
		end = parse_weekday_beside(p, begin, &m);
	if (end == 0)
		end = parse_unit_beside(p, begin, &m);
	if (end == 0) {
		m = (struct mention){ 0 };
		end = parse_within_running(p, at, &m);
	}
	if (end == 0 || !stands_alone(p, &m))
		return 0;
	if (is_text(p, end, "notice") && p->env == NULL)
		return 0;
	*out = m;
	return end;
}
