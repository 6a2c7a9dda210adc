/* SPDX-License-Identifier: ISC */
/*
 * Mentions: a preposition with a point, a range or a length ("by the end of
 * March", "between 3 and 7 June", "two weeks before the Board meets"), a
 * recurrence, a saying, or a condition. Words between them are passed over:
 * a phrase may say more than when.
 */
#include "core/words_grammar.h"

#include <string.h>

struct relation_words {
	enum word words[5]; /* WORD_OTHER ends them */
	enum relation relation;
};

/* Longer ones first: "no earlier than" is not "no". */
static const struct relation_words relations[] = {
	{ { WORD_BY, WORD_NO, WORD_LATER, WORD_THAN }, REL_BY },
	{ { WORD_BY, WORD_THE, WORD_LATEST }, REL_BY },
	{ { WORD_WITH, WORD_EFFECT, WORD_FROM }, REL_FROM },
	{ { WORD_NO, WORD_LATER, WORD_THAN }, REL_BY },
	{ { WORD_NOT, WORD_LATER, WORD_THAN }, REL_BY },
	{ { WORD_NO, WORD_EARLIER, WORD_THAN }, REL_FROM },
	{ { WORD_NOT, WORD_EARLIER, WORD_THAN }, REL_FROM },
	{ { WORD_NOT, WORD_BEFORE }, REL_FROM },
	{ { WORD_NOT, WORD_UNTIL }, REL_FROM },
	{ { WORD_ON, WORD_OR, WORD_BEFORE }, REL_BY },
	{ { WORD_BY, WORD_OR, WORD_BEFORE }, REL_BY },
	{ { WORD_BY, WORD_OR, WORD_ON }, REL_BY },
	{ { WORD_ON, WORD_OR, WORD_AFTER }, REL_FROM },
	{ { WORD_ON, WORD_OR, WORD_AROUND }, REL_ON },
	{ { WORD_IN, WORD_OR, WORD_AROUND }, REL_ON },
	{ { WORD_IN, WORD_ADVANCE, WORD_OF }, REL_BEFORE },
	{ { WORD_AHEAD, WORD_OF }, REL_BEFORE },
	{ { WORD_IN, WORD_TIME, WORD_FOR }, REL_BEFORE },
	{ { WORD_PRIOR, WORD_TO }, REL_BEFORE },
	{ { WORD_FOLLOWING, WORD_TO }, REL_AFTER },
	{ { WORD_UP, WORD_UNTIL }, REL_UNTIL },
	{ { WORD_UP, WORD_TO, WORD_AND }, REL_UNTIL },
	{ { WORD_UP, WORD_TO }, REL_UNTIL },
	{ { WORD_THROUGH, WORD_TO }, REL_UNTIL },
	{ { WORD_STARTING, WORD_FROM }, REL_FROM },
	{ { WORD_STARTING, WORD_ON }, REL_FROM },
	{ { WORD_STARTING, WORD_IN }, REL_FROM },
	{ { WORD_COMMENCING, WORD_ON }, REL_FROM },
	{ { WORD_COMMENCING, WORD_IN }, REL_FROM },
	{ { WORD_COMMENCING, WORD_FROM }, REL_FROM },
	{ { WORD_AFTER }, REL_AFTER },
	{ { WORD_AT }, REL_ON },
	{ { WORD_BEFORE }, REL_BEFORE },
	{ { WORD_BY }, REL_BY },
	{ { WORD_COMMENCING }, REL_FROM },
	{ { WORD_DURING }, REL_ON },
	{ { WORD_FOLLOWING }, REL_AFTER },
	{ { WORD_FOR }, REL_FOR },
	{ { WORD_FROM }, REL_FROM },
	{ { WORD_IN }, REL_ON },
	{ { WORD_LATEST }, REL_BY },
	{ { WORD_ON }, REL_ON },
	{ { WORD_OVER }, REL_ON },
	{ { WORD_STARTING }, REL_FROM },
	{ { WORD_THROUGH }, REL_UNTIL },
	{ { WORD_TO }, REL_UNTIL },
	{ { WORD_UNTIL }, REL_UNTIL },
	{ { WORD_WITH }, REL_BY },
	{ { WORD_WITHIN }, REL_WITHIN },
};

static int
match_words(const struct parse *p, int at, const enum word *words)
{
	int n = 0;

	while (n < 5 && words[n] != WORD_OTHER) {
		if (!is_word(p, at + n, words[n]))
			return 0;
		n++;
	}
	return at + n;
}

/* The preposition at a place; the place itself when there is none. */
static int
parse_relation(const struct parse *p, int at, struct mention *m)
{
	int end = at;

	m->relation = REL_NONE;
	/* "due by", "deadline:", "target date is": what follows is a limit. */
	if (is_word(p, end, WORD_DUE) || is_word(p, end, WORD_DEADLINE)) {
		m->relation = REL_BY;
		end = skip_word(p, end + 1, WORD_DATE);
		if (is_text(p, end, "is") || is_word(p, end, WORD_OF))
			end++;
		end = skip_mark(p, end, ':');
	} else if (is_text(p, end, "ending") || is_text(p, end, "ends") ||
		   is_text(p, end, "closes") || is_text(p, end, "closing")) {
		m->relation = REL_UNTIL;
		end++;
	}
	for (size_t i = 0; i < sizeof relations / sizeof *relations; i++) {
		int done = match_words(p, end, relations[i].words);

		if (done == 0)
			continue;
		if (m->relation == REL_NONE || relations[i].relation != REL_ON)
			m->relation = relations[i].relation;
		end = done;
		break;
	}
	/* "before/after half term": the earlier of the two is meant. */
	if (m->relation == REL_BEFORE && is_mark(p, end, '/') &&
	    is_word(p, end + 1, WORD_AFTER))
		end += 2;
	if (is_word(p, end, WORD_AROUND)) {
		m->approx = true;
		end++;
	}
	return end;
}

int
parse_point(const struct parse *p, int at, struct point *out)
{
	static int (*const kinds[])(
	    const struct parse *, int, struct point *) = { parse_meeting,
		parse_date, parse_day, parse_holiday, parse_span };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		int end = kinds[i](p, at, out);

		if (end > 0)
			return end;
	}
	return 0;
}

/* ---- ranges ---- */

/* "3rd", "Monday 3" in front of "to Friday 7 June". */
static int
parse_bare_day(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE), end;

	*out = point_new(POINT_DATE);
	if (is_word(p, begin, WORD_WEEKDAY)) {
		out->weekday = token_at(p, begin)->value;
		begin = skip_word(p, skip_mark(p, begin + 1, ','), WORD_THE);
	}
	end = parse_ordinal(p, begin, &out->day);
	if (end == 0 && token_at(p, begin)->digits <= 2)
		end = parse_number(p, begin, &out->day);
	return end > 0 && out->day >= 1 && out->day <= 31 ? end : 0;
}

/* What may stand between the ends of a range; and gives "and" as well. */
static int
skip_connector(const struct parse *p, int at, bool and)
{
	static const enum word through[] = { WORD_THROUGH, WORD_TO,
		WORD_OTHER };

	if (is_mark(p, at, '-') || is_mark(p, at, '/') ||
	    is_word(p, at, WORD_TO) || is_word(p, at, WORD_OR) ||
	    is_word(p, at, WORD_UNTIL))
		return at + 1;
	if (and&&(is_word(p, at, WORD_AND) || is_mark(p, at, '&')))
		return at + 1;
	return match_words(p, at, through);
}

/* "23rd-25th July", "3 and 7 June 2019", "Monday 3 or Tuesday 4 June" */
static int
parse_day_list(const struct parse *p, int at, struct mention *m)
{
	int end = parse_bare_day(p, at, &m->a);

	if (end == 0)
		return 0;
	end = skip_connector(p, end, true);
	if (end == 0)
		return 0;
	end = parse_date(p, end, &m->b);
	if (end == 0 || m->b.month == 0)
		return 0;
	/* "12/5/19" is one date. */
	if (token_at(p, at)->kind == TOKEN_NUMBER && is_mark(p, at + 1, '/') &&
	    token_at(p, at + 2)->kind == TOKEN_NUMBER &&
	    is_mark(p, at + 3, '/'))
		return 0;
	m->a.month = m->b.month;
	m->kind = MENTION_RANGE;
	return end;
}

static bool
can_end_range(const struct point *point)
{
	return point->kind != POINT_MEETING && point->kind != POINT_AGO;
}

static bool
is_month_span(const struct point *point)
{
	return point->kind == POINT_SPAN && point->span == SPAN_MONTH;
}

/* The other end behind a first point: "... to 30 June", "/early September". */
static int
parse_range_end(const struct parse *p, int at, bool between, struct mention *m)
{
	struct mention again = { 0 };
	int begin, end;

	if (!can_end_range(&m->a))
		return at;
	begin = skip_connector(p, at, between || is_month_span(&m->a));
	if (begin == 0)
		return at;
	if (is_word(p, begin - 1, WORD_OR) || is_mark(p, begin - 1, '/'))
		begin = parse_relation(p, begin, &again);
	end = parse_point(p, begin, &m->b);
	if (end == 0 || !can_end_range(&m->b) ||
	    (again.relation != REL_NONE && again.relation != m->relation))
		return at;
	m->kind = MENTION_RANGE;
	return end;
}

/* ---- lengths ---- */

static bool
is_plural(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);
	char last = t->len > 0 ? p->text[t->start + t->len - 1] : '\0';

	return last == 's' || last == 'S';
}

static bool
unit_is(const struct parse *p, int at, enum unit unit)
{
	return is_word(p, at, WORD_UNIT) && token_at(p, at)->value == (int)unit;
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
	if (!unit_is(p, end, UNIT_DAY))
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

static int
parse_anchor(const struct parse *p, int at, struct mention *m)
{
	bool before = false;
	int begin = parse_direction(p, at, m, &before), end;

	if (begin == 0)
		return at;
	if (is_word(p, begin, WORD_NOW)) {
		m->anchor = ANCHOR_BASE;
		return begin + 1;
	}
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

/* "the week before the meeting", "the day after Easter", "the working day
 * before" */
static int
parse_unit_beside(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_THE), end;

	if (begin == at)
		return 0;
	m->length = (struct length){ .low = 1, .high = 1 };
	/* "the Friday before the meeting" */
	if (is_word(p, begin, WORD_WEEKDAY) &&
	    (is_word(p, begin + 1, WORD_BEFORE) ||
		is_word(p, begin + 1, WORD_AFTER))) {
		m->weekday = token_at(p, begin)->value + 1;
		m->length.unit = UNIT_WEEK;
		end = parse_anchor(p, begin + 1, m);
		return m->anchor == ANCHOR_AFTER || m->anchor == ANCHOR_BEFORE
			   ? end
			   : 0;
	}
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

static int
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

/* ---- recurrences ---- */

static enum unit
bi_unit(enum unit unit)
{
	/* "bi-annually" is twice a year, "bi-monthly" every two months. */
	return unit == UNIT_YEAR ? UNIT_HALF_YEAR : unit;
}

/* "weekly", "six-monthly", "bi-monthly", "half-yearly" */
static int
parse_every_unit(const struct parse *p, int at, struct mention *m)
{
	int n = 1, end = at;
	bool bi = is_word(p, at, WORD_BI) || is_text(p, at, "twice");
	bool half = is_word(p, at, WORD_HALF);

	if (bi || half) {
		end = skip_mark(p, at + 1, '-');
	} else {
		end = parse_number(p, at, &n);
		end = end > 0 ? skip_mark(p, end, '-') : at;
	}
	if (!is_word(p, end, WORD_EVERY_UNIT)) {
		/* "bimonthly" */
		if (is_text(p, at, "bimonthly") || is_text(p, at, "biweekly")) {
			m->length = (struct length){ .low = 2,
				.high = 2,
				.unit = is_text(p, at, "bimonthly")
					    ? UNIT_MONTH
					    : UNIT_WEEK };
			return at + 1;
		}
		return 0;
	}
	m->length.unit = (enum unit)token_at(p, end)->value;
	m->length.low = m->length.high = n;
	if (half && m->length.unit == UNIT_YEAR) {
		m->length.unit = UNIT_HALF_YEAR;
	} else if (bi) {
		enum unit unit = bi_unit(m->length.unit);

		m->length.low = m->length.high = unit == m->length.unit ? 2 : 1;
		m->length.unit = unit;
	}
	end++;
	return skip_word(p, end, WORD_INTERVALS);
}

/* "every", "each", "once a", "twice per": behind it, a unit or a number. */
static int
parse_each(const struct parse *p, int at, int *times)
{
	int end = skip_word(p, at, WORD_AT);

	*times = 1;
	if (is_word(p, end, WORD_EVERY) || is_word(p, end, WORD_EACH))
		return end + 1;
	if (!is_text(p, at, "once") && !is_text(p, at, "twice"))
		return 0;
	*times = is_text(p, at, "twice") ? 2 : 1;
	if (is_word(p, at + 1, WORD_A) || is_word(p, at + 1, WORD_PER) ||
	    is_word(p, at + 1, WORD_EACH) || is_word(p, at + 1, WORD_EVERY))
		return at + 2;
	return 0;
}

/* "every two meetings", "each Breast SIG meeting" */
static int
parse_every_meeting(const struct parse *p, int at, int n, struct mention *m)
{
	struct point point = point_new(POINT_MEETING);
	int end = at;

	point.meeting = MEETING_NEXT;
	point.number = n;
	point.name = at;
	while (end < at + 6 &&
	       (token_at(p, end)->word == WORD_OTHER ||
		   is_word(p, end, WORD_BODY)) &&
	       token_at(p, end)->kind == TOKEN_WORD)
		end++;
	if (!is_word(p, end, WORD_MEETING) &&
	    (end == at || !is_word(p, end - 1, WORD_BODY)))
		return 0;
	point.name_end = end;
	if (is_word(p, end, WORD_MEETING))
		end++;
	m->a = point;
	m->meetings = true;
	m->length.low = m->length.high = n;
	return end;
}

/* "3rd Tuesday of every month", "the first Thursday of each month" */
static int
parse_nth_weekday_each(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_THE), n = -1, end;

	end = is_word(p, begin, WORD_LAST) ? begin + 1
					   : parse_ordinal(p, begin, &n);
	if (end == 0 || !is_word(p, end, WORD_WEEKDAY) || n > 5)
		return 0;
	m->a = point_new(POINT_NTH_WEEKDAY);
	m->a.number = n;
	m->a.weekday = token_at(p, end)->value;
	m->length.low = 0;
	end++;
	if (!is_word(p, end, WORD_OF) && !is_word(p, end, WORD_IN))
		return 0;
	end++;
	if (is_word(p, end, WORD_EVERY) || is_word(p, end, WORD_EACH) ||
	    is_word(p, end, WORD_THE))
		end++;
	else
		return 0;
	return unit_is(p, end, UNIT_MONTH) ? end + 1 : 0;
}

static int
parse_every(const struct parse *p, int at, struct mention *m)
{
	int times, n = 1, end = parse_each(p, at, &times), more;

	if (end == 0)
		return 0;
	more = parse_nth_weekday_each(p, end, m);
	if (more > 0)
		return more;
	if (is_word(p, end, WORD_OTHER_ONE) ||
	    is_word(p, end, WORD_ALTERNATE)) {
		n = 2;
		end++;
	} else {
		more = parse_number(p, end, &n);
		if (more == 0)
			more = parse_ordinal(p, end, &n);
		if (more > 0)
			end = more;
	}
	if (is_word(p, end, WORD_WEEKDAY)) {
		m->a = point_new(POINT_WEEKDAY);
		m->a.weekday = token_at(p, end)->value;
		m->a.offset = (n - 1) * 7;
		m->length.low = 0;
		return end + 1;
	}
	if (is_word(p, end, WORD_WORKING))
		end++;
	if (is_word(p, end, WORD_UNIT)) {
		m->length = (struct length){ .low = n,
			.high = n,
			.unit = (enum unit)token_at(p, end)->value };
		if (times == 2 && m->length.unit == UNIT_YEAR)
			m->length.unit = UNIT_HALF_YEAR;
		return end + 1;
	}
	return parse_every_meeting(p, end, n, m);
}

static int
parse_recurring(const struct parse *p, int at, struct mention *out)
{
	struct mention m = { .kind = MENTION_RECURRING };
	struct mention start = { 0 };
	int begin = skip_word(p, at, WORD_ON), end, more;

	end = parse_nth_weekday_each(p, begin, &m);
	if (end == 0)
		end = parse_every(p, begin, &m);
	if (end == 0)
		end = parse_every_unit(p, skip_word(p, at, WORD_A), &m);
	if (end == 0)
		return 0;
	/* "quarterly from January" */
	more = parse_relation(p, end, &start);
	if (start.relation == REL_FROM) {
		more = skip_word(p, more, WORD_IN);
		more = parse_point(p, more, &m.b);
		if (more > 0) {
			m.window = true; /* b is set */
			end = more;
		}
	}
	*out = m;
	return end;
}

/* ---- points with their preposition ---- */

/* "the next two meetings", "two consecutive meetings", "over two meetings" */
static int
parse_meetings(const struct parse *p, int at, struct mention *m)
{
	int end = skip_word(p, at, WORD_THE), n;

	end = skip_word(p, end, WORD_NEXT);
	end = parse_number(p, end, &n);
	if (end == 0 || n < 2 || n > 99)
		return 0;
	end = skip_word(p, end, WORD_CONSECUTIVE);
	if (!is_word(p, end, WORD_MEETING))
		return 0;
	m->kind = MENTION_RANGE;
	m->a = point_new(POINT_MEETING);
	m->a.meeting = MEETING_NEXT;
	m->a.number = 1;
	m->b = m->a;
	m->b.number = n;
	return end + 1;
}

/* "at the latest", "at least" behind a date */
static int
parse_point_tail(const struct parse *p, int at, struct mention *m)
{
	static const enum word latest[] = { WORD_AT, WORD_THE, WORD_LATEST,
		WORD_OTHER };
	int end = match_words(p, at, latest);

	if (end > 0)
		m->relation = REL_BY;
	return end > 0 ? end : at;
}

/* Needs a preposition in running text: "31/5", "2019", "Friday", "May". */
static bool
needs_preposition(
    const struct parse *p, const struct mention *m, int begin, int end)
{
	if (p->env != NULL || m->relation != REL_NONE ||
	    (begin == 0 && end == p->count))
		return false;
	switch (m->a.kind) {
	case POINT_DATE:
		return m->a.year == 0 &&
		       token_at(p, begin)->kind == TOKEN_NUMBER &&
		       is_mark(p, begin + 1, '/');
	case POINT_SPAN:
		return m->a.part == PART_WHOLE && m->a.offset == OFFSET_NONE &&
		       m->a.span != SPAN_WEEK && m->a.span != SPAN_WEEK_ENDING;
	case POINT_WEEKDAY:
		return m->a.which == WHICH_COMING && m->a.offset == 0;
	case POINT_MEETING:
		return m->a.meeting == MEETING_THIS ||
		       m->a.meeting == MEETING_ON;
	case POINT_HOLIDAY:
	case POINT_MONTHDAY:
		return true;
	default:
		return false;
	}
}

/* "for the 2019 budget", "to Christmas Street": not when. */
static bool
is_when(const struct parse *p, const struct mention *m)
{
	if (p->env != NULL)
		return true;
	/* "for 2018/19", "to 2020": what it is for, how far it goes */
	if ((m->relation == REL_FOR || m->relation == REL_UNTIL) &&
	    m->a.kind == POINT_SPAN && m->a.part == PART_WHOLE &&
	    (m->a.span == SPAN_YEAR || m->a.span == SPAN_FINANCIAL))
		return false;
	if (m->relation == REL_FOR && m->a.kind == POINT_HOLIDAY)
		return false;
	return true;
}

static int
parse_point_mention(const struct parse *p, int at, struct mention *out)
{
	struct mention m = { .kind = MENTION_POINT };
	int begin = parse_relation(p, at, &m), end, clock;
	bool between = is_word(p, begin, WORD_BETWEEN);

	if (is_word(p, begin, WORD_WHEN))
		begin++;
	if (between)
		begin++;
	clock = skip_clock(p, begin);
	if (clock > begin) {
		begin = skip_word(p, skip_mark(p, clock, ','), WORD_ON);
		/* "before 3pm on Friday" is still on Friday. */
		if (m.relation == REL_BEFORE)
			m.relation = REL_BY;
	}
	end = parse_day_list(p, begin, &m);
	if (end == 0)
		end = parse_meetings(p, begin, &m);
	if (end > 0) {
		*out = m;
		return end;
	}
	end = parse_point(p, begin, &m.a);
	if (end == 0 &&
	    (m.relation != REL_NONE || is_word(p, begin - 1, WORD_WHEN))) {
		end = parse_body(p, begin, &m.a);
		m.weak = !is_word(p, end - 1, WORD_MEETS);
	}
	if (end == 0)
		return 0;
	if (m.relation == REL_UNTIL && m.a.kind == POINT_MEETING &&
	    !is_word(p, begin - 1, WORD_UNTIL))
		m.relation = REL_ON; /* "deferred to the next meeting" */
	end = parse_range_end(p, end, between, &m);
	end = parse_point_tail(p, end, &m);
	if (needs_preposition(p, &m, begin, end) || !is_when(p, &m))
		return 0;
	*out = m;
	return end;
}

/* ---- conditions ---- */

/* Words after which the clause says on what it hangs, not when. Behind some
 * of them a point may stand instead; those were tried before. */
static int
parse_condition(const struct parse *p, int at, struct mention *m)
{
	static const char *const words[] = { "once", "when", "whenever", "if",
		"unless", "pending", "awaiting", "awaits", "assuming", "whilst",
		"while" };
	static const char *const with_to_or_on[] = { "subject", "dependent",
		"depending", "contingent", "conditional" };
	int end = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_text(p, at, words[i]))
			end = at + 1;
	for (size_t i = 0; i < sizeof with_to_or_on / sizeof *with_to_or_on;
	     i++)
		if (is_text(p, at, with_to_or_on[i]) &&
		    (is_word(p, at + 1, WORD_TO) ||
			is_word(p, at + 1, WORD_ON)))
			end = at + 2;
	if (end == 0 &&
	    (is_word(p, at, WORD_AFTER) || is_word(p, at, WORD_FOLLOWING) ||
		is_word(p, at, WORD_BEFORE) || is_word(p, at, WORD_UNTIL)))
		end = at + 1;
	if (end == 0 &&
	    (is_word(p, at, WORD_AHEAD) || is_word(p, at, WORD_PRIOR)) &&
	    (is_word(p, at + 1, WORD_OF) || is_word(p, at + 1, WORD_TO)))
		end = at + 2;
	if (end == 0 && is_word(p, at, WORD_IN) &&
	    is_word(p, at + 1, WORD_ADVANCE) && is_word(p, at + 2, WORD_OF))
		end = at + 3;
	if (end == 0 && is_text(p, at, "provided") &&
	    is_word(p, at + 1, WORD_THAT))
		end = at + 2;
	/* "on receipt of", "upon the agreement from" */
	if (end == 0 && is_word(p, at, WORD_ON)) {
		int event = skip_word(p, at + 1, WORD_THE);

		if (is_word(p, event, WORD_EVENT))
			end = event + 1;
	}
	if (end == 0)
		return 0;
	*m = (struct mention){ .kind = MENTION_CONDITION };
	return end;
}

int
parse_mention(const struct parse *p, int at, struct mention *out)
{
	const struct idiom *idiom = NULL;
	int said = parse_idiom(p, at, &idiom), end;

	end = parse_recurring(p, at, out);
	if (end == 0) {
		/* "a week" begins "a week on Tuesday": the longer is meant. */
		struct mention point;
		int longer = parse_point_mention(p, at, &point);

		end = parse_length_mention(p, at, out);
		if (longer > end) {
			*out = point;
			end = longer;
		}
	}
	/* "immediately after the meeting" is not at once. */
	if (said > 0 && idiom->kind == IDIOM_IMMEDIATE &&
	    (is_word(p, said, WORD_AFTER) || is_word(p, said, WORD_FOLLOWING) ||
		is_word(p, said, WORD_ON) || is_text(p, said, "once")))
		said = 0;
	if (said >= end && said > 0) {
		*out =
		    (struct mention){ .kind = MENTION_IDIOM, .idiom = idiom };
		end = said;
	}
	if (end == 0)
		end = parse_condition(p, at, out);
	out->from = at;
	out->to = end;
	return end;
}

/* ---- a whole text ---- */

struct collecting {
	int brackets;
	bool gloss;
	bool slash;
	bool condition;
};

static void
pass_token(const struct parse *p, int at, struct collecting *c)
{
	const struct token *t = token_at(p, at);

	if (is_word(p, at, WORD_IE))
		c->gloss = true;
	if (t->kind != TOKEN_MARK)
		return;
	switch (t->mark) {
	case '(':
	case '[':
		c->brackets++;
		break;
	case ')':
	case ']':
		c->brackets -= c->brackets > 0;
		c->gloss = false;
		c->condition = false;
		break;
	case '/':
		c->slash = true;
		c->condition = false;
		break;
	case ',':
	case ';':
	case ':':
	case '.':
		c->condition = false;
		break;
	default:
		break;
	}
}

/* "revised to", "extended until", "now": what follows replaces what stood. */
static bool
is_revised(const struct parse *p, int at)
{
	static const char *const words[] = { "revised", "extended", "amended",
		"rescheduled", "postponed", "now", "moved" };

	for (int back = 1; back <= 2; back++)
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			if (is_text(p, at - back, words[i]))
				return true;
	return false;
}

size_t
collect_mentions(const struct parse *p, struct mention *out)
{
	struct collecting c = { 0 };
	size_t n = 0;
	int at = 0;

	while (at < p->count && n < MENTIONS_MAX) {
		struct mention m = { 0 };
		int end = 0;

		if (token_at(p, at)->kind != TOKEN_MARK || is_mark(p, at, '<'))
			end = parse_mention(p, at, &m);
		if (end == 0) {
			pass_token(p, at++, &c);
			continue;
		}
		m.in_brackets = c.brackets > 0;
		m.gloss = c.gloss;
		m.after_slash = c.slash;
		m.conditional = c.condition;
		m.revised = is_revised(p, at);
		if (m.kind == MENTION_CONDITION ||
		    (m.kind == MENTION_IDIOM &&
			m.idiom->kind == IDIOM_CONDITION))
			c.condition = true;
		out[n++] = m;
		at = end;
	}
	return n;
}
