/* SPDX-License-Identifier: ISC */
/*
 * Points that are days: printed dates in the orders that people in the UK
 * write, weekdays, "the 23rd", "tomorrow", "the last Friday in October".
 * Which year or week is meant is settled in words_place.c.
 */
#include "core/words_grammar.h"

#include <string.h>

static bool
is_number(const struct parse *p, int at, int low, int high)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_NUMBER && t->value >= low && t->value <= high;
}

static int
short_year(int value)
{
	return value < 70 ? 2000 + value : 1900 + value;
}

/* Something behind a two-digit number says that it counts something, and is no
 * year: "by 21 November 18 officers". */
static bool
counts_something(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);

	if (t->kind == TOKEN_MARK)
		return strchr("-/:", t->mark) != NULL && t->glued;
	if (t->kind == TOKEN_WORD && p->env == NULL)
		return t->word == WORD_OTHER || t->word == WORD_UNIT ||
		       t->word == WORD_WORKING || t->word == WORD_BODY;
	return t->kind == TOKEN_WORD &&
	       (t->word == WORD_UNIT || t->word == WORD_WORKING ||
		   t->word == WORD_MONTH);
}

int
parse_year(const struct parse *p, int at, int *year)
{
	const struct token *t = token_at(p, at);

	if (is_mark(p, at, '\'')) {
		t = token_at(p, at + 1);
		if (t->kind != TOKEN_NUMBER || t->digits != 2 || !t->glued)
			return 0;
		*year = short_year(t->value);
		return at + 2;
	}
	if (t->kind != TOKEN_NUMBER || t->ordinal)
		return 0;
	if (t->digits == 4 && t->value >= 1900 && t->value < 2200) {
		*year = t->value;
		return at + 1;
	}
	if (t->digits == 2 && !counts_something(p, at + 1)) {
		*year = short_year(t->value);
		return at + 1;
	}
	return 0;
}

/* "may" is a month only in company: "by May", "4 May", "May 2019". */
static bool
has_month_company(const struct parse *p, int at)
{
	const struct token *before = token_at(p, at - 1);
	const struct token *behind = token_at(p, at + 1);

	if (behind->kind == TOKEN_WORD && before->kind != TOKEN_NUMBER &&
	    (is_text(p, at + 1, "be") || is_text(p, at + 1, "have") ||
		is_text(p, at + 1, "i") || is_text(p, at + 1, "need")))
		return false;
	if (before->kind == TOKEN_NUMBER || behind->kind == TOKEN_NUMBER ||
	    token_at(p, at)->capital)
		return true;
	switch (before->word) {
	case WORD_BY:
	case WORD_IN:
	case WORD_OF:
	case WORD_EARLY:
	case WORD_MID:
	case WORD_LATE:
	case WORD_END:
	case WORD_UNTIL:
	case WORD_DURING:
	case WORD_NEXT:
	case WORD_THIS:
	case WORD_BEFORE:
	case WORD_AFTER:
		return before->kind == TOKEN_WORD;
	default:
		return p->count == 1;
	}
}

bool
is_month(const struct parse *p, int at)
{
	if (!is_word(p, at, WORD_MONTH))
		return false;
	if (is_text(p, at, "may") || is_text(p, at, "march"))
		return has_month_company(p, at);
	return true;
}

/* A glued separator of a date in figures. */
static char
separator(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);

	if (t->kind == TOKEN_MARK && t->glued && token_at(p, at + 1)->glued &&
	    (t->mark == '/' || t->mark == '-' || t->mark == '.'))
		return t->mark;
	return '\0';
}

/* Day and month as printed; where only the other order exists, that one. */
static bool
set_day_month(struct point *out, int day, int month)
{
	if (month > 12 && day <= 12) {
		out->us_order = true;
		out->day = month;
		out->month = day;
	} else {
		out->day = day;
		out->month = month;
	}
	return out->month >= 1 && out->month <= 12 && out->day >= 1 &&
	       out->day <= 31;
}

/* 2019-07-23, 2019/07/23 */
static int
parse_iso(const struct parse *p, int at, struct point *out)
{
	char mark = separator(p, at + 1);

	if (token_at(p, at)->digits != 4 || mark == '\0' ||
	    separator(p, at + 3) != mark || !is_number(p, at + 2, 1, 12) ||
	    !is_number(p, at + 4, 1, 31))
		return 0;
	out->year = token_at(p, at)->value;
	out->month = token_at(p, at + 2)->value;
	out->day = token_at(p, at + 4)->value;
	return at + 5;
}

/* 23/7/19, 17.7.12, 23-07-2019; 31/5 without a year has only the stroke. */
static int
parse_figures(const struct parse *p, int at, struct point *out)
{
	char mark = separator(p, at + 1);
	const struct token *year = token_at(p, at + 4);

	if (mark == '\0' || !is_number(p, at, 1, 31) ||
	    token_at(p, at)->ordinal || token_at(p, at)->digits > 2 ||
	    !is_number(p, at + 2, 1, 31) || token_at(p, at + 2)->digits > 2 ||
	    !set_day_month(
		out, token_at(p, at)->value, token_at(p, at + 2)->value))
		return 0;
	if (separator(p, at + 3) == mark && year->kind == TOKEN_NUMBER &&
	    !year->ordinal && separator(p, at + 5) != mark) {
		if (year->digits == 2)
			out->year = short_year(year->value);
		else if (year->digits == 4)
			out->year = year->value;
		else
			return 0;
		return at + 5;
	}
	if (mark != '/' || separator(p, at + 3) == '/' || out->us_order ||
	    is_word(p, at + 3, WORD_UNIT) || is_word(p, at + 3, WORD_WORKING) ||
	    is_word(p, at + 3, WORD_MONTH))
		return 0;
	return at + 3;
}

/* 03/2019, 2019-03, as cells of a spreadsheet say a month; but 2011-12 is a
 * financial year, and the end of 45/03/2019 nothing. */
int
parse_month_figures(const struct parse *p, int at, struct point *out)
{
	const struct token *a = token_at(p, at), *b = token_at(p, at + 2);
	char mark = separator(p, at + 1);

	if (mark == '\0' || separator(p, at - 1) == mark ||
	    separator(p, at + 3) == mark || a->ordinal || b->ordinal)
		return 0;
	if (is_number(p, at, 1, 12) && a->digits <= 2 &&
	    is_number(p, at + 2, 1900, 2199)) {
		out->number = a->value;
		out->year = b->value;
	} else if (mark != '.' && is_number(p, at, 1900, 2199) &&
		   is_number(p, at + 2, 1, 12) && b->digits == 2 &&
		   b->value != (a->value + 1) % 100) {
		out->number = b->value;
		out->year = a->value;
	} else {
		return 0;
	}
	out->span = SPAN_MONTH;
	return at + 3;
}

/* Behind day and month: "2019", ", 2019", "-19", "'19". */
static int
parse_date_year(const struct parse *p, int at, struct point *out)
{
	int end = at, done;

	if (separator(p, at) != '\0' || is_mark(p, at, ',') ||
	    is_mark(p, at, '.'))
		end++;
	done = parse_year(p, end, &out->year);
	if (done > 0 && (end == at || separator(p, at) != '\0' ||
			    token_at(p, end)->digits == 4))
		return done;
	out->year = 0;
	return at;
}

static int
skip_separator(const struct parse *p, int at)
{
	return separator(p, at) != '\0' ? at + 1 : at;
}

/* 23rd of July 2019, 23-Jul-19, twenty-third July */
static int
parse_day_month(const struct parse *p, int at, struct point *out)
{
	int end = parse_ordinal(p, at, &out->day);

	if (end == 0 && is_number(p, at, 1, 31) &&
	    token_at(p, at)->digits <= 2) {
		out->day = token_at(p, at)->value;
		end = at + 1;
	}
	if (end == 0 || out->day > 31 || out->day < 1)
		return 0;
	end = skip_separator(p, skip_word(p, end, WORD_OF));
	if (!is_month(p, end))
		return 0;
	out->month = token_at(p, end)->value;
	return parse_date_year(p, end + 1, out);
}

/* July 23rd, 2019; July the 23rd */
static int
parse_month_day(const struct parse *p, int at, struct point *out)
{
	int end;

	if (!is_month(p, at))
		return 0;
	end = skip_word(p, at + 1, WORD_THE);
	out->month = token_at(p, at)->value;
	if (!is_number(p, end, 1, 31) || token_at(p, end)->digits > 2 ||
	    counts_something(p, end + 1))
		return 0;
	out->day = token_at(p, end)->value;
	return parse_date_year(p, end + 1, out);
}

/* "(Tuesday)", "(when it is a Wednesday)": must agree with the date. */
static int
parse_checked_weekday(const struct parse *p, int at, struct point *out)
{
	int end = at + 1;

	if (!is_mark(p, at, '('))
		return at;
	while (end < at + 5 && token_at(p, end)->kind == TOKEN_WORD &&
	       !is_word(p, end, WORD_WEEKDAY))
		end++;
	if (!is_word(p, end, WORD_WEEKDAY) || !is_mark(p, end + 1, ')'))
		return at;
	out->weekday2 = token_at(p, end)->value;
	return end + 2;
}

int
skip_clock(const struct parse *p, int at)
{
	int end = skip_mark(p, at, ',');
	const struct token *t;

	if (is_word(p, end, WORD_AT) || is_word(p, end, WORD_BY))
		end++;
	t = token_at(p, end);
	if (t->kind == TOKEN_NUMBER && t->value <= 12 &&
	    is_word(p, end + 1, WORD_OCLOCK))
		return end + 2;
	if (t->kind == TOKEN_NUMBER && t->value == 12 &&
	    is_word(p, end + 1, WORD_NOON))
		return end + 2;
	if (t->kind == TOKEN_CLOCK || is_word(p, end, WORD_NOON))
		return end + 1;
	return at;
}

int
parse_date(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_DATE);
	int begin = at, end;

	if (is_word(p, begin, WORD_WEEKDAY)) {
		point.weekday = token_at(p, begin)->value;
		begin = skip_mark(p, skip_mark(p, begin + 1, '.'), ',');
	}
	begin = skip_word(p, begin, WORD_THE);
	end = parse_iso(p, begin, &point);
	if (end == 0)
		end = parse_figures(p, begin, &point);
	if (end == 0)
		end = parse_day_month(p, begin, &point);
	if (end == 0)
		end = parse_month_day(p, begin, &point);
	if (end == 0)
		return 0;
	end = parse_checked_weekday(p, end, &point);
	*out = point;
	return skip_clock(p, end);
}

/* "this afternoon", "tomorrow evening", "the day after tomorrow", "close of
 * business", "by return". */
static int
parse_today(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_TODAY);
	int begin = skip_word(p, at, WORD_THE);

	if (is_word(p, begin, WORD_UNIT) &&
	    token_at(p, begin)->value == UNIT_DAY &&
	    is_word(p, begin + 1, WORD_AFTER) &&
	    is_text(p, begin + 2, "tomorrow")) {
		point.offset = 2;
		*out = point;
		return begin + 3;
	}
	if (is_word(p, at, WORD_THIS) &&
	    (is_word(p, at + 1, WORD_AFTERNOON) ||
		is_word(p, at + 1, WORD_EVENING) ||
		is_word(p, at + 1, WORD_MORNING))) {
		point.offset = 0;
		*out = point;
		return at + 2;
	}
	if (!is_word(p, at, WORD_TODAY))
		return 0;
	point.offset = token_at(p, at)->value;
	if (point.offset < 0)
		point.kind = POINT_AGO;
	*out = point;
	at++;
	if (is_word(p, at, WORD_MORNING) || is_word(p, at, WORD_AFTERNOON) ||
	    is_word(p, at, WORD_EVENING))
		at++;
	return skip_clock(p, at);
}

/* "COB", "close of play", "end of day", "end of business": the hour of a day
 * that follows ("COB Friday") or of today. */
static int
skip_closing(const struct parse *p, int at)
{
	int end = skip_word(p, at, WORD_THE);

	if (is_word(p, end, WORD_COB))
		return skip_word(p, end + 1, WORD_ON);
	if (!is_word(p, end, WORD_CLOSE) && !is_word(p, end, WORD_END))
		return 0;
	end = skip_word(p, end + 1, WORD_OF);
	end = skip_word(p, end, WORD_THE);
	if (is_word(p, end, WORD_WORKING))
		end++;
	if (is_word(p, end, WORD_BUSINESS))
		return skip_word(p, end + 1, WORD_ON);
	if (is_word(p, end, WORD_PLAY))
		return skip_word(p, end + 1, WORD_ON);
	if (is_text(p, end, "day"))
		return skip_word(p, end + 1, WORD_ON);
	return 0;
}

/* "[of] next week" behind a weekday; 0 when it is not there. */
static int
parse_week_behind(const struct parse *p, int at, int *offset)
{
	int end = skip_word(p, skip_mark(p, at, ','), WORD_OF);

	if ((is_word(p, end, WORD_NEXT) || is_word(p, end, WORD_THIS) ||
		is_word(p, end, WORD_LAST)) &&
	    is_text(p, end + 1, "week")) {
		*offset = is_word(p, end, WORD_NEXT)   ? 1
			  : is_word(p, end, WORD_THIS) ? 0
						       : -1;
		return end + 2;
	}
	return 0;
}

/* "Friday", "next Friday", "Friday week", "Friday next", "Tuesday next week",
 * "next week, on Tuesday", "Friday 14th". */
static int
parse_weekday_point(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_WEEKDAY);
	int begin = skip_word(p, at, WORD_THE), end;

	point.offset = 0;
	if (is_word(p, begin, WORD_THIS)) {
		point.which = WHICH_THIS;
		begin = skip_word(p, begin + 1, WORD_COMING);
	} else if (is_word(p, begin, WORD_COMING) ||
		   is_word(p, begin, WORD_FOLLOWING)) {
		begin++;
	} else if (is_word(p, begin, WORD_NEXT)) {
		point.which = WHICH_NEXT;
		begin++;
		if (is_text(p, begin, "week")) {
			point.which = WHICH_OF_WEEK;
			point.number = 1;
			begin = skip_mark(p, begin + 1, ',');
			begin = skip_word(p, begin, WORD_ON);
		}
	} else if (is_word(p, begin, WORD_LAST) ||
		   is_word(p, begin, WORD_PREVIOUS)) {
		point.kind = POINT_AGO;
		begin++;
	}
	if (!is_word(p, begin, WORD_WEEKDAY))
		return 0;
	point.weekday = token_at(p, begin)->value;
	begin++;
	end = parse_week_behind(p, begin, &point.number);
	if (end > 0) {
		point.which = WHICH_OF_WEEK;
		begin = end;
	} else if (is_text(p, begin, "week") ||
		   is_text(p, begin, "fortnight")) {
		point.offset = is_text(p, begin, "week") ? 7 : 14;
		begin++;
	} else if (is_word(p, begin, WORD_NEXT) &&
		   token_at(p, begin + 1)->kind != TOKEN_WORD) {
		begin++;
	} else if (is_word(p, begin, WORD_AFTER) &&
		   is_word(p, begin + 1, WORD_NEXT) &&
		   token_at(p, begin + 2)->kind != TOKEN_WORD) {
		point.offset = 7;
		begin += 2;
	}
	*out = point;
	return skip_clock(p, begin);
}

/* "the 23rd", "Friday 14th", "the 14th of next month", "20th inst." */
static int
parse_monthday(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_MONTHDAY);
	int begin = at, end;
	bool the;

	if (is_word(p, begin, WORD_WEEKDAY)) {
		point.weekday = token_at(p, begin)->value;
		begin = skip_mark(p, begin + 1, ',');
	}
	the = is_word(p, begin, WORD_THE);
	begin = skip_word(p, begin, WORD_THE);
	end = parse_ordinal(p, begin, &point.day);
	/* "Friday 28" */
	if (end == 0 && point.weekday != NO_WEEKDAY &&
	    is_number(p, begin, 1, 31) && !counts_something(p, begin + 1)) {
		point.day = token_at(p, begin)->value;
		end = begin + 1;
	}
	if (end == 0 || point.day < 1 || point.day > 31)
		return 0;
	if (token_at(p, begin)->kind != TOKEN_NUMBER &&
	    point.weekday == NO_WEEKDAY && !is_word(p, end, WORD_OF))
		return 0;
	if (is_word(p, end, WORD_OF)) {
		int month = skip_word(p, end + 1, WORD_THE);
		bool next = is_word(p, month, WORD_NEXT) ||
			    is_word(p, month, WORD_FOLLOWING);

		if (next || is_word(p, month, WORD_THIS))
			month++;
		if (!is_text(p, month, "month"))
			return 0;
		if (month > skip_word(p, end + 1, WORD_THE) || the)
			point.offset = next ? 1
				       : is_word(p, month - 1, WORD_THIS)
					   ? 0
					   : OFFSET_NONE;
		*out = point;
		return month + 1;
	}
	/* "the 3rd meeting" counts something else. */
	if (token_at(p, end)->kind == TOKEN_WORD &&
	    (is_word(p, end, WORD_BODY) || is_word(p, end, WORD_MEETING) ||
		is_word(p, end, WORD_UNIT) || is_word(p, end, WORD_WORKING) ||
		is_word(p, end, WORD_HALF) || is_word(p, end, WORD_WEEKDAY) ||
		is_word(p, end, WORD_ITEM)))
		return 0;
	if (token_at(p, end)->kind == TOKEN_WORD && p->env == NULL &&
	    is_word(p, end, WORD_OTHER) && point.weekday == NO_WEEKDAY)
		return 0;
	*out = point;
	return skip_clock(p, end);
}

int
parse_nth_weekday(const struct parse *p, int at, struct point *out)
{
	int n, end = parse_position(p, skip_word(p, at, WORD_THE), &n);

	if (end == 0 || n > 5 || !is_word(p, end, WORD_WEEKDAY))
		return 0;
	*out = point_new(POINT_NTH_WEEKDAY);
	out->number = n;
	out->weekday = token_at(p, end)->value;
	return end + 1;
}

/* "the first Monday in May 2019", "last Friday of next month". */
static int
parse_weekday_of_month(const struct parse *p, int at, struct point *out)
{
	struct point point, span;
	int end = parse_nth_weekday(p, at, &point);

	if (end == 0 ||
	    (!is_word(p, end, WORD_OF) && !is_word(p, end, WORD_IN)))
		return 0;
	end = parse_span(p, end + 1, &span);
	if (end == 0 || span.span != SPAN_MONTH || span.part != PART_WHOLE)
		return 0;
	point.month = span.number;
	point.year = span.year;
	point.offset = span.offset;
	*out = point;
	return skip_clock(p, end);
}

/* "a week on Tuesday", "two weeks today", "a fortnight from Monday". */
static int
parse_weeks_on(const struct parse *p, int at, struct point *out)
{
	struct length length;
	struct point point;
	bool clear;
	int end = parse_length(p, at, &length, &clear);
	int days;

	if (end == 0 || length.low != length.high ||
	    (length.unit != UNIT_WEEK && length.unit != UNIT_FORTNIGHT))
		return 0;
	days = length.low * (length.unit == UNIT_WEEK ? 7 : 14);
	end = skip_word(p, end, WORD_ON);
	if (is_word(p, end, WORD_TODAY) && token_at(p, end)->value >= 0) {
		point = point_new(POINT_TODAY);
		point.offset = token_at(p, end)->value + days;
	} else if (is_word(p, end, WORD_WEEKDAY) &&
		   is_word(p, end - 1, WORD_ON)) {
		point = point_new(POINT_WEEKDAY);
		point.weekday = token_at(p, end)->value;
		point.offset = days;
	} else {
		return 0;
	}
	*out = point;
	return end + 1;
}

int
parse_day(const struct parse *p, int at, struct point *out)
{
	int closing = skip_closing(p, at), end;

	if (closing > 0) {
		end = parse_date(p, closing, out);
		if (end == 0)
			end = parse_day(p, closing, out);
		if (end == 0) {
			*out = point_new(POINT_TODAY);
			out->offset = 0;
		}
		out->part = PART_END;
		if (end > 0)
			return end;
		/* "the end of the day" alone is too often a manner of
		 * speaking to be found in running text. */
		return p->env == NULL && is_word(p, at, WORD_THE) ? 0 : closing;
	}
	end = parse_today(p, at, out);
	if (end == 0)
		end = parse_weeks_on(p, at, out);
	if (end == 0)
		end = parse_weekday_of_month(p, at, out);
	if (end == 0)
		end = parse_monthday(p, at, out);
	if (end == 0)
		end = parse_weekday_point(p, at, out);
	return end;
}
