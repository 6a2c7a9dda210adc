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
	{ { WORD_BETWEEN, WORD_NOW, WORD_AND }, REL_BY },
	{ { WORD_FROM, WORD_NOW, WORD_UNTIL }, REL_BY },
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

/* The preposition at a place; the place itself when there is none. */
int
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
	begin = skip_connector(p, at,
	    between || is_month_span(&m->a) || m->a.kind == POINT_WEEKDAY);
	if (begin == 0)
		return at;
	if (is_word(p, begin - 1, WORD_OR) || is_mark(p, begin - 1, '/'))
		begin = parse_relation(p, begin, &again);
	end = parse_point(p, begin, &m->b);
	if (end == 0 || !can_end_range(&m->b) ||
	    (again.relation != REL_NONE && again.relation != m->relation) ||
	    (is_word(p, begin - 1, WORD_AND) && m->a.kind == POINT_WEEKDAY &&
		m->b.kind != POINT_WEEKDAY))
		return at;
	/* "Tuesday or Wednesday next week" */
	if (m->a.kind == POINT_WEEKDAY && m->b.kind == POINT_WEEKDAY &&
	    m->a.which == WHICH_COMING && m->a.offset == 0) {
		m->a.which = m->b.which;
		m->a.number = m->b.number;
	}
	m->kind = MENTION_RANGE;
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
		       m->a.meeting == MEETING_ON || m->a.implied;
	case POINT_HOLIDAY:
	case POINT_MONTHDAY:
		return true;
	default:
		return false;
	}
}

/* "for the 2019 budget", "to Christmas Street": not when. */
static bool
is_when(const struct parse *p, const struct mention *m, int begin)
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
	/* "at partnership meetings", "on the Liaison Meeting": which one? */
	if (m->a.kind == POINT_MEETING && m->a.implied &&
	    m->a.meeting != MEETING_ON)
		return !is_word(p, begin, WORD_ON) &&
		       token_at(p, m->a.name)->capital &&
		       !is_text(p, m->a.name_end, "meetings");
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
	end = parse_each_point(p, begin, &m.a);
	m.repeats = end > 0;
	if (end == 0)
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
	if (needs_preposition(p, &m, begin, end) || !is_when(p, &m, at))
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

	if (is_text(p, at, "once") &&
	    (is_text(p, at + 1, "more") || is_text(p, at + 1, "again")))
		return 0; /* "to ask them once more" is a number of times */
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

static bool
is_one_of(const struct parse *p, int at, const char *const *words)
{
	for (; *words != NULL; words++)
		if (is_text(p, at, *words))
			return true;
	return false;
}

/* "revised to", "extended until", "now": what follows replaces what stood. */
static bool
is_revised(const struct parse *p, int at)
{
	static const char *const words[] = { "revised", "extended", "amended",
		"rescheduled", "postponed", "now", "moved", "changed",
		"deferred", "slipped", NULL };
	static const char *const between[] = { "date", "deadline", "due",
		"target", NULL };
	int last = at - 1;

	/* "revised due date: 30 May" */
	while (last > at - 4 &&
	       (is_mark(p, last, ':') || is_one_of(p, last, between)))
		last--;
	return is_one_of(p, last, words) || is_one_of(p, last - 1, words);
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
		/* "moved from 12 March to 19 March" */
		if (m.revised && m.kind == MENTION_RANGE &&
		    m.relation == REL_FROM) {
			m.kind = MENTION_POINT;
			m.relation = REL_BY;
			m.a = m.b;
		}
		if (m.kind == MENTION_CONDITION ||
		    (m.kind == MENTION_IDIOM &&
			m.idiom->kind == IDIOM_CONDITION))
			c.condition = true;
		out[n++] = m;
		at = end;
	}
	return n;
}
