/* SPDX-License-Identifier: ISC */
/*
 * What repeats: "quarterly from January", "every other week", "the first
 * Thursday of each month", "by the 5th of each month", "every April", "every
 * second meeting", "twice a year".
 */
#include "core/words_grammar.h"

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

/* "every", "each", "alternate", "once a", "twice per": behind it, a unit or a
 * number. */
static int
parse_each(const struct parse *p, int at, int *times, int *every)
{
	int end = skip_word(p, at, WORD_AT);

	*times = 1;
	if (is_word(p, end, WORD_EVERY) || is_word(p, end, WORD_EACH))
		return end + 1;
	if (is_word(p, end, WORD_ALTERNATE)) {
		*every = 2;
		return end + 1;
	}
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
	int end = parse_nth_weekday(p, at, &m->a);

	if (end == 0 ||
	    (!is_word(p, end, WORD_OF) && !is_word(p, end, WORD_IN)))
		return 0;
	m->length.low = 0;
	end++;
	if (is_word(p, end, WORD_EVERY) || is_word(p, end, WORD_EACH) ||
	    is_word(p, end, WORD_THE))
		end++;
	else
		return 0;
	return is_unit(p, end, UNIT_MONTH) ? end + 1 : 0;
}

static int
parse_every(const struct parse *p, int at, struct mention *m)
{
	int times, n = 1, more;
	int end = parse_each(p, at, &times, &n);

	if (end == 0)
		return 0;
	more = parse_nth_weekday_each(p, end, m);
	if (more > 0)
		return more;
	/* "every first Monday" is one of a month; "every second Monday" may be
	 * every other. */
	more = parse_nth_weekday(p, end, &m->a);
	if (more > 0 && (m->a.number == 1 || m->a.number == -1)) {
		m->length.low = 0;
		return more;
	}
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

static bool
is_each(const struct parse *p, int at)
{
	return is_word(p, at, WORD_EACH) || is_word(p, at, WORD_EVERY);
}

/* "April", "January and July", "April, July, October": the months as bits. */
static int
parse_months(const struct parse *p, int at, struct mention *m)
{
	int end = 0, year;

	m->months = 0;
	while (is_month(p, at)) {
		m->months |= 1u << token_at(p, at)->value;
		end = at + 1;
		at = skip_mark(p, end, ',');
		at = skip_mark(p, at, '/');
		at = skip_word(p, at, WORD_AND);
	}
	return end > 0 && parse_year(p, end, &year) == 0 ? end : 0;
}

/* "every January and July" */
static int
parse_each_month(const struct parse *p, int at, struct mention *m)
{
	int begin = skip_word(p, at, WORD_IN);

	m->length.low = 0;
	return is_each(p, begin) ? parse_months(p, begin + 1, m) : 0;
}

enum { EACH_REACH = 8 }; /* tokens before "each", and from there on */

/* As parse_each_point, with "each" at its place. */
static int
parse_with_each(const struct parse *p, int at, int each, struct point *out)
{
	struct token tokens[2 * EACH_REACH + 1] = { 0 };
	struct parse one = { .text = p->text, .tokens = tokens, .env = p->env };
	struct point point;
	int end;

	for (int i = at; i < each + EACH_REACH && i < p->count; i++)
		tokens[one.count++] = *token_at(p, i);
	tokens[each - at].word = WORD_THE;
	end = parse_point(&one, 0, &point);
	/* "each month" by itself is how often, not when. */
	if (end <= each - at + (each == at ? 2 : 1) ||
	    (point.kind != POINT_SPAN && point.kind != POINT_MONTHDAY &&
		point.kind != POINT_NTH_WEEKDAY && point.kind != POINT_HOLIDAY))
		return 0;
	*out = point;
	return at + end;
}

/* Asked at every place of a running text: nothing is copied without "each". */
int
parse_each_point(const struct parse *p, int at, struct point *out)
{
	for (int each = at; each <= at + EACH_REACH; each++)
		if (is_each(p, each))
			return parse_with_each(p, at, each, out);
	return 0;
}

int
parse_recurring(const struct parse *p, int at, struct mention *out)
{
	struct mention m = { .kind = MENTION_RECURRING };
	struct mention start = { 0 };
	int begin = skip_word(p, skip_word(p, at, WORD_BY), WORD_ON);
	int end, more;

	end = parse_nth_weekday_each(p, begin, &m);
	if (end == 0)
		end = parse_each_month(p, begin, &m);
	if (end == 0)
		end = parse_each_point(p, begin, &m.a);
	if (end == 0)
		end = parse_every(p, begin, &m);
	if (end == 0) {
		end = parse_every_unit(p, skip_word(p, at, WORD_A), &m);
		/* "monthly, on the first Monday" */
		if (end > 0 && m.length.unit == UNIT_MONTH &&
		    m.length.low == 1) {
			more = skip_word(p, skip_mark(p, end, ','), WORD_ON);
			more = parse_nth_weekday(p, more, &m.a);
			if (more > 0) {
				m.length.low = 0;
				end = more;
			}
		}
	}
	if (end == 0)
		return 0;
	/* "twice a year in March and September" */
	if (m.length.low > 0 && m.months == 0 && !m.meetings) {
		more = skip_mark(p, skip_mark(p, end, ','), '(');
		more = parse_months(p, skip_word(p, more, WORD_IN), &m);
		end = more > 0 ? skip_mark(p, more, ')') : end;
	}
	/* "quarterly from January" */
	more = parse_relation(p, skip_mark(p, end, ','), &start);
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
