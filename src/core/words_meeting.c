/* SPDX-License-Identifier: ISC */
/*
 * Points that are meetings: "the next meeting of the Board", "the January
 * meeting", "the next LCJP", "the meeting on 5 February", "the next agenda".
 * Which series a name means is settled in words_series.c.
 */
#include "core/words_grammar.h"

#define NAME_MAX_TOKENS 10

static bool
is_meeting(const struct parse *p, int at)
{
	return is_word(p, at, WORD_MEETING);
}

static bool
is_body(const struct parse *p, int at)
{
	return is_word(p, at, WORD_BODY);
}

/* "available", "scheduled", "full": say nothing about which meeting. */
static int
skip_meeting_adjectives(const struct parse *p, int at)
{
	while (is_word(p, at, WORD_AVAILABLE) || is_text(p, at, "scheduled") ||
	       is_text(p, at, "appropriate") || is_text(p, at, "possible") ||
	       is_text(p, at, "ordinary") || is_text(p, at, "regular") ||
	       is_text(p, at, "formal") || is_text(p, at, "planned") ||
	       is_text(p, at, "public"))
		at++;
	return at;
}

/* A word that may stand inside the name of a body. */
static bool
is_name_word(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);

	if (t->kind == TOKEN_MARK)
		return t->mark == '&' ||
		       ((t->mark == ',' || t->mark == '-' || t->mark == '/') &&
			   token_at(p, at + 1)->capital);
	if (t->kind != TOKEN_WORD)
		return false;
	switch (t->word) {
	case WORD_OTHER:
	case WORD_BODY:
	case WORD_AND:
	case WORD_WORKING:
	case WORD_BUSINESS:
	case WORD_FINANCIAL:
	case WORD_PARISH:
	case WORD_SCHOOL:
	case WORD_ACADEMIC:
	case WORD_CONSECUTIVE: /* "full" */
		return true;
	case WORD_CLEAR:
	case WORD_EARLY:
	case WORD_EVENT:
	case WORD_FURTHER:
	case WORD_FUTURE:
	case WORD_GOOD:
	case WORD_NEW:
	case WORD_PAST:
	case WORD_TIME:
		return t->capital;
	default:
		return false;
	}
}

/*
 * The name of a body, up to and with its last word of kind body ("Police and
 * Crime Panel"), or up to the word "meeting" (not part of it), or one word in
 * capitals ("LCJP"). Returns the end of the name, 0 when there is none.
 */
static int
parse_name(const struct parse *p, int at)
{
	int end = series_spelled(p, at), last = 0;

	if (end > 0)
		return end;
	end = at;
	while (end < at + NAME_MAX_TOKENS && is_name_word(p, end)) {
		end++;
		if (is_body(p, end - 1))
			last = end;
	}
	if (is_meeting(p, end) && end > at)
		return end;
	if (last > 0) {
		/* "Board of Governors" */
		if (is_word(p, last, WORD_OF) && is_body(p, last + 1))
			return last + 2;
		return last;
	}
	if (token_at(p, at)->capitals && token_at(p, at)->word == WORD_OTHER) {
		const struct token *next = token_at(p, at + 1);

		if (next->kind != TOKEN_WORD || next->word != WORD_OTHER ||
		    next->capitals)
			return at + 1;
	}
	return 0;
}

/* "of the Audit Committee", "(of Tech Leaders)", "of this group" behind the
 * word meeting. */
static int
parse_name_behind(const struct parse *p, int at, struct point *out)
{
	int begin = skip_mark(p, at, '('), name, end;

	if (!is_word(p, begin, WORD_OF) && !is_text(p, begin, "with"))
		return at;
	name = skip_word(p, begin + 1, WORD_THE);
	name = skip_word(p, name, WORD_THIS);
	end = parse_name(p, name);
	if (end == 0) {
		end = name;
		while (end < name + 4 && token_at(p, end)->capital &&
		       token_at(p, end)->word == WORD_OTHER)
			end++;
		if (end == name)
			return at;
	}
	out->name = name;
	out->name_end = end;
	return begin > at ? skip_mark(p, end, ')') : end;
}

/* "to be held on", "which is due to take place on", "scheduled for". */
static int
skip_held_on(const struct parse *p, int at)
{
	static const char *const fillers[] = { "to", "be", "held", "is", "due",
		"scheduled", "take", "place", "taking", "on", "for", "of",
		"which", "will", "planned", "arranged", "in", "dated" };
	int end = at;

	for (int i = 0; i < 8; i++) {
		bool found = is_mark(p, end, ',') || is_mark(p, end, '(');

		for (size_t f = 0;
		     !found && f < sizeof fillers / sizeof *fillers; f++)
			found = is_text(p, end, fillers[f]);
		if (!found)
			break;
		end++;
	}
	return end;
}

/* "on 5 February", "in January": the date or month of that meeting. */
static int
parse_meeting_date(const struct parse *p, int at, struct point *out)
{
	struct point date;
	int begin = skip_held_on(p, at), end;

	if (begin == at && token_at(p, at)->kind != TOKEN_NUMBER &&
	    !is_word(p, at, WORD_WEEKDAY))
		return at;
	end = parse_date(p, begin, &date);
	if (end > 0 && out->meeting == MEETING_LAST)
		return end;
	if (end > 0) {
		out->meeting = MEETING_ON;
		point_take_date(out, &date);
		return is_mark(p, begin - 1, '(') ? skip_mark(p, end, ')')
						  : end;
	}
	if (begin > at && is_month(p, begin) && out->meeting != MEETING_LAST) {
		end = parse_year(p, begin + 1, &out->year);
		if (end == 0)
			out->year = 0;
		out->meeting = MEETING_MONTH;
		out->month = token_at(p, begin)->value;
		return end > 0 ? end : begin + 1;
	}
	return at;
}

/* "the", "its", "our" */
static int
skip_whose(const struct parse *p, int at)
{
	if (is_text(p, at, "its") || is_text(p, at, "their") ||
	    is_text(p, at, "our"))
		return at + 1;
	return skip_word(p, at, WORD_THE);
}

/* "next", "next but one", "this", "last", "a future", "the March 2020". */
static int
parse_which(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, skip_whose(p, at), WORD_A), end, n;

	out->meeting = MEETING_NEXT;
	out->number = 1;
	if (is_word(p, begin, WORD_NEXT)) {
		end = begin + 1;
		if (is_word(p, end, WORD_BUT) &&
		    parse_number(p, end + 1, &n) > 0) {
			out->number = n + 1;
			end = parse_number(p, end + 1, &n);
		}
		return skip_meeting_adjectives(p, end);
	}
	if (is_word(p, begin, WORD_FOLLOWING) ||
	    is_word(p, begin, WORD_COMING)) {
		out->implied = is_word(p, begin, WORD_FOLLOWING);
		return begin + 1;
	}
	if (is_word(p, begin, WORD_FUTURE) || is_word(p, begin, WORD_LATER)) {
		out->meeting = MEETING_FUTURE;
		return begin + 1;
	}
	if (is_word(p, begin, WORD_LAST) || is_word(p, begin, WORD_PREVIOUS)) {
		out->meeting = MEETING_LAST;
		return begin + 1;
	}
	if (is_word(p, begin, WORD_THIS) || is_text(p, begin, "today's")) {
		out->meeting = MEETING_THIS;
		return begin + 1;
	}
	if (is_month(p, begin)) {
		out->meeting = MEETING_MONTH;
		out->month = token_at(p, begin)->value;
		end = parse_year(p, begin + 1, &out->year);
		if (end == 0)
			out->year = 0;
		return end > 0 ? end : begin + 1;
	}
	return 0;
}

/* "the meeting after next" */
static int
parse_after_next(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE);

	if (!is_meeting(p, begin) || !is_word(p, begin + 1, WORD_AFTER) ||
	    !is_word(p, skip_word(p, begin + 2, WORD_THE), WORD_NEXT))
		return 0;
	out->meeting = MEETING_NEXT;
	out->number = 2;
	begin = skip_word(p, begin + 2, WORD_THE) + 1;
	return begin;
}

/* "the 5 February meeting" */
static int
parse_dated_meeting(const struct parse *p, int at, struct point *out)
{
	struct point date;
	int end = parse_date(p, at, &date);

	if (end == 0 || (!is_meeting(p, end) && !is_body(p, end)))
		return 0;
	out->meeting = MEETING_ON;
	point_take_date(out, &date);
	return end;
}

static int
parse_meeting_itself(const struct parse *p, int at, struct point *out)
{
	int end = parse_after_next(p, at, out), begin;
	bool said;

	if (end > 0)
		return parse_name_behind(p, end, out);
	begin = parse_dated_meeting(p, skip_word(p, at, WORD_THE), out);
	if (begin > 0 && is_meeting(p, begin))
		return parse_name_behind(p, begin + 1, out);
	if (begin == 0)
		begin = parse_which(p, at, out);
	said = begin > 0;
	if (!said) {
		out->meeting = MEETING_THIS;
		out->number = 0;
		begin = skip_word(p, at, WORD_THE);
	}
	end = parse_name(p, begin);
	if (end > 0) {
		out->name = begin;
		out->name_end = end;
	} else {
		end = begin;
	}
	if (is_meeting(p, end)) {
		end++;
		/* A body that meets: which time? The next. */
		if (!said && out->name_end > out->name) {
			out->meeting = MEETING_NEXT;
			out->number = 1;
			out->implied = true;
		}
		if (out->name_end == out->name)
			end = parse_name_behind(p, end, out);
	} else if (out->name_end == out->name || !said ||
		   out->meeting == MEETING_THIS ||
		   out->meeting == MEETING_FUTURE) {
		return 0;
	}
	if (out->meeting == MEETING_ON)
		return end;
	return parse_meeting_date(p, end, out);
}

static bool
is_papers(const struct parse *p, int at)
{
	return is_word(p, at, WORD_AGENDA) || is_word(p, at, WORD_PAPERS);
}

/*
 * "the next agenda", "the next meeting's papers", "the agenda for the next
 * meeting", "with the papers": due when they go out.
 */
static int
parse_papers(const struct parse *p, int at, struct point *out)
{
	struct point meeting = point_new(POINT_MEETING);
	int begin = skip_word(p, at, WORD_THE), end;

	if (is_papers(p, begin) && !is_word(p, begin + 1, WORD_ITEM)) {
		end = begin + 1;
		if (is_word(p, end, WORD_FOR) || is_word(p, end, WORD_OF))
			end = parse_meeting_itself(p, end + 1, &meeting);
		else if (begin == at || !is_word(p, at - 1, WORD_WITH))
			return 0;
		if (end == 0)
			return 0;
	} else if ((is_word(p, begin, WORD_NEXT) ||
		       is_word(p, begin, WORD_COMING)) &&
		   is_papers(p, begin + 1)) {
		end = begin + 2;
	} else {
		end = parse_meeting_itself(p, at, &meeting);
		if (end == 0 || !is_papers(p, end))
			return 0;
		end++;
	}
	if (end == begin + 1 || end == begin + 2) {
		meeting.meeting = MEETING_NEXT;
		meeting.number = 1;
	}
	meeting.papers = true;
	*out = meeting;
	return end;
}

int
parse_meeting(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_MEETING);
	int end = parse_papers(p, at, out);

	if (end > 0)
		return end;
	end = parse_meeting_itself(p, at, &point);
	if (end > 0)
		*out = point;
	return end;
}

int
parse_body(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_MEETING);
	int name = skip_word(p, at, WORD_THE), end, meets;

	point.meeting = MEETING_NEXT;
	point.number = 1;
	point.name = name;
	end = parse_name(p, name);
	point.name_end = end;
	meets = skip_word(p, end, WORD_NEXT);
	if (end > 0 && is_word(p, meets, WORD_MEETS)) {
		*out = point;
		return parse_meeting_date(p, meets + 1, out);
	}
	if (p->env == NULL)
		return 0;
	if (series_spelled(p, name) > end)
		end = point.name_end = series_spelled(p, name);
	if (end == 0)
		return 0;
	*out = point;
	return parse_meeting_date(p, end, out);
}
