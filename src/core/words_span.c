/* SPDX-License-Identifier: ISC */
/*
 * Points that are spans, and pieces of them: "the end of next month", "early
 * January 2024", "the second week of December", "Q3 2018/19", "the autumn
 * term", "the New Year". A span is read as a part ("end of") and a base
 * ("next month"); how long each is, and when, is settled in words_place.c.
 */
#include "core/words_grammar.h"

/* Behind "working" or "business"; at itself where neither stands. */
static int
skip_working(const struct parse *p, int at)
{
	return skip_word(p, skip_word(p, at, WORD_WORKING), WORD_BUSINESS);
}

/* "day", "working day", "business day" */
static bool
counts_days(const struct parse *p, int at)
{
	return is_unit(p, skip_working(p, at), UNIT_DAY);
}

/* "half of", "week in", "quarter of" behind "the first", "the last". */
static int
parse_counted_part(const struct parse *p, int at, struct point *out)
{
	int number, end;

	if (is_word(p, at, WORD_LATE)) {
		number = -1;
		end = at + 1;
	} else {
		end = parse_position(p, at, &number);
	}
	if (end == 0 || number > 31 || (number > 5 && !counts_days(p, end)))
		return 0;
	if (is_word(p, end, WORD_HALF) || is_text(p, end, "part")) {
		out->part = PART_HALF;
		out->part_number = number == 1 || number == -2 ? 1 : 2;
	} else if (counts_days(p, end)) {
		out->part = PART_DAY;
		out->part_number = number;
		out->working = skip_working(p, end) > end;
		end = skip_working(p, end);
	} else if (is_unit(p, end, UNIT_WEEK)) {
		out->part = PART_WEEK;
		out->part_number = number;
	} else if (is_unit(p, end, UNIT_QUARTER) && number <= 4) {
		out->part = PART_QUARTER;
		out->part_number = number < 0 ? number + 5 : number;
	} else {
		return 0;
	}
	end++;
	if (is_month(p, end))
		return end; /* "1st week Oct" */
	if (!is_word(p, end, WORD_OF) && !is_word(p, end, WORD_IN))
		return 0;
	return end + 1;
}

/* What part a word in front of a span takes of it; PART_WHOLE: none. */
static enum part
part_of_word(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);

	if (t->kind != TOKEN_WORD)
		return PART_WHOLE;
	switch (t->word) {
	case WORD_END:
		return PART_END;
	case WORD_BEGINNING:
	case WORD_STARTING:
		return PART_START;
	case WORD_MID:
		return PART_MID;
	case WORD_EARLY:
		return PART_EARLY;
	case WORD_LATE:
		return PART_LATE;
	case WORD_LATER:
		return PART_REST;
	default:
		if (is_text(p, at, "rest") || is_text(p, at, "remainder"))
			return PART_REST;
		return PART_WHOLE;
	}
}

/*
 * "the end of", "early", "mid-", "towards the end of", "the second half of".
 * The whole of a span needs no words: then at itself is returned.
 */
static int
parse_part(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE), end;
	bool towards = is_word(p, begin, WORD_TOWARDS);

	out->part = PART_WHOLE;
	if (towards)
		begin = skip_word(p, begin + 1, WORD_THE);
	if (is_text(p, begin, "very"))
		begin++;
	end = parse_counted_part(p, begin, out);
	if (end > 0)
		return end;
	out->part = part_of_word(p, begin);
	if (out->part == PART_WHOLE)
		return at;
	if (towards)
		out->part = PART_LATE;
	end = skip_mark(p, begin + 1, '-');
	if (is_text(p, end, "part"))
		end++;
	if (is_word(p, end, WORD_OF) || is_word(p, end, WORD_IN) ||
	    is_word(p, end, WORD_ON))
		end++;
	return end;
}

/* "2018/19", "2018-2019"; with short set also "18/19". The year it begins. */
static int
parse_split_year(const struct parse *p, int at, bool short_form, int *year)
{
	const struct token *a = token_at(p, at), *b = token_at(p, at + 2);
	int first = a->value;

	if (a->kind != TOKEN_NUMBER || b->kind != TOKEN_NUMBER || a->ordinal ||
	    b->ordinal ||
	    (!is_mark(p, at + 1, '/') && !is_mark(p, at + 1, '-')))
		return 0;
	if (a->digits == 2 && short_form)
		first += 2000;
	else if (a->digits != 4 || first < 1900 || first >= 2200)
		return 0;
	if ((b->digits == 2 && b->value == (first + 1) % 100) ||
	    (b->digits == 4 && b->value == first + 1)) {
		*year = first;
		return at + 3;
	}
	return 0;
}

/* "this", "next", "the following", "the": how many units on; 0 when none. */
static int
parse_offset(const struct parse *p, int at, int *offset)
{
	int end = skip_word(p, at, WORD_THE);
	bool the = end > at;

	*offset = 0;
	if (is_word(p, end, WORD_THIS) || is_text(p, end, "same"))
		return skip_word(p, end + 1, WORD_COMING);
	if (is_word(p, end, WORD_NEXT) || is_word(p, end, WORD_FOLLOWING) ||
	    is_word(p, end, WORD_COMING) ||
	    (is_word(p, end, WORD_NEW) &&
		(is_word(p, end + 1, WORD_FINANCIAL) ||
		    is_word(p, end + 1, WORD_MUNICIPAL) ||
		    is_word(p, end + 1, WORD_ACADEMIC) ||
		    is_word(p, end + 1, WORD_SCHOOL)))) {
		*offset = 1;
		return end + 1;
	}
	if (is_word(p, end, WORD_LAST) || is_word(p, end, WORD_PREVIOUS)) {
		*offset = -1;
		return end + 1;
	}
	return the ? end : 0;
}

/* "financial", "municipal", "academic", "calendar" in front of "year"; FY. */
static int
parse_year_kind(const struct parse *p, int at, enum span_kind *kind)
{
	if (is_word(p, at, WORD_FY)) {
		*kind = SPAN_FINANCIAL;
		return at + 1;
	}
	if (!is_unit(p, at + 1, UNIT_YEAR))
		return 0;
	if (is_word(p, at, WORD_FINANCIAL) || is_text(p, at, "tax"))
		*kind = SPAN_FINANCIAL;
	else if (is_word(p, at, WORD_MUNICIPAL) || is_text(p, at, "council"))
		*kind = SPAN_MUNICIPAL;
	else if (is_word(p, at, WORD_ACADEMIC) || is_word(p, at, WORD_SCHOOL))
		*kind = SPAN_ACADEMIC;
	else if (is_word(p, at, WORD_CALENDAR))
		*kind = SPAN_YEAR;
	else
		return 0;
	return at + 2;
}

/* "year end", "financial year-end", "month end": the end of what runs. */
static int
skip_end(const struct parse *p, int at, struct point *out)
{
	int end = skip_mark(p, at, '-');

	if (!is_text(p, end, "end"))
		return at;
	out->part = PART_END;
	return end + 1;
}

/* "the financial year 2018/19", "2018/19", "2018-19 financial year", "FY19",
 * "next financial year". */
static int
parse_kind_of_year(const struct parse *p, int at, struct point *out)
{
	int offset, end, begin = parse_offset(p, at, &offset), more;
	bool said = begin > 0;

	if (begin == 0)
		begin = at;
	/* "the 2018/19 financial year" */
	end = parse_split_year(p, begin, false, &out->year);
	if (end > 0) {
		out->span = SPAN_FINANCIAL;
		more = parse_year_kind(p, end, &out->span);
		return skip_end(p, more > 0 ? more : end, out);
	}
	end = parse_year_kind(p, begin, &out->span);
	if (end == 0)
		return 0;
	out->offset = said || out->part != PART_WHOLE ||
			      is_text(p, skip_mark(p, end, '-'), "end")
			  ? (said ? offset : 0)
			  : 0;
	more = parse_split_year(p, end, true, &out->year);
	if (more == 0) {
		more = parse_year(p, end, &out->year);
		/* FY19 is the year that ends in 2019. */
		if (more > 0 && out->span != SPAN_YEAR)
			out->year--;
	}
	if (more > 0) {
		out->offset = OFFSET_NONE;
		end = more;
	}
	return skip_end(p, end, out);
}

/* Behind a quarter, half or season: "2018/19", "of FY 2018/19", "2024", "of
 * the financial year", "next year". */
static int
parse_year_behind(const struct parse *p, int at, struct point *out)
{
	struct point year = point_new(POINT_SPAN);
	int begin = at, end, offset;

	if (is_word(p, begin, WORD_OF) || is_word(p, begin, WORD_IN) ||
	    is_mark(p, begin, ',') || is_mark(p, begin, '/') ||
	    is_mark(p, begin, '-'))
		begin++;
	begin = skip_mark(p, begin, '(');
	end = parse_split_year(p, begin, true, &out->year);
	if (end > 0) {
		out->year_style = true;
		return skip_mark(p, end, ')');
	}
	end = parse_kind_of_year(p, begin, &year);
	if (end > 0) {
		out->year = year.year;
		out->year_offset = year.offset;
		out->year_style = year.span == SPAN_FINANCIAL;
		return skip_mark(p, end, ')');
	}
	end = parse_year(p, begin, &out->year);
	if (end > 0 &&
	    (token_at(p, end - 1)->digits == 4 || is_mark(p, end - 2, '\'')))
		return end;
	out->year = 0;
	end = parse_offset(p, begin, &offset);
	if (end > 0 && is_unit(p, end, UNIT_YEAR)) {
		out->year_offset = offset;
		return end + 1;
	}
	return at;
}

/* "Q3 2018/19", "the first quarter of 2024", "H1 2019". */
static int
parse_quarter(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE), end, number;
	bool half;

	if (is_word(p, begin, WORD_Q) || is_word(p, begin, WORD_H) ||
	    is_unit(p, begin, UNIT_QUARTER)) {
		half = is_word(p, begin, WORD_H);
		end = parse_number(p, begin + 1, &number);
		if (half && end > 0 && !token_at(p, begin + 1)->glued)
			return 0;
	} else {
		end = parse_ordinal(p, begin, &number);
		half = is_word(p, end, WORD_HALF);
		if (end > 0 && !half && !is_unit(p, end, UNIT_QUARTER))
			return 0;
		end = end > 0 ? end + 1 : 0;
		if (half && !is_word(p, end, WORD_OF))
			return 0;
	}
	if (end == 0 || number < 1 || number > (half ? 2 : 4))
		return 0;
	out->span = half ? SPAN_HALF_YEAR : SPAN_QUARTER;
	out->number = number;
	return parse_year_behind(p, end, out);
}

/* "autumn 2018", "the autumn term", "spring half-term", "the summer recess". */
static int
parse_season(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE), end;

	if (is_word(p, begin, WORD_NEXT) || is_word(p, begin, WORD_THIS) ||
	    is_word(p, begin, WORD_COMING)) {
		out->offset = is_word(p, begin, WORD_NEXT) ? 1 : 0;
		begin++;
	} else if (is_word(p, begin, WORD_LAST)) {
		out->offset = -1;
		begin++;
	}
	if (!is_word(p, begin, WORD_SEASON))
		return 0;
	out->span = SPAN_SEASON;
	out->number = token_at(p, begin)->value;
	end = begin + 1;
	if (is_word(p, end, WORD_TERM)) {
		out->span = SPAN_TERM;
		end++;
	} else if (is_word(p, end, WORD_HALFTERM)) {
		out->span = SPAN_HALF_TERM;
		end++;
	} else if (is_word(p, end, WORD_HALF) &&
		   is_word(p, end + 1, WORD_TERM)) {
		out->span = SPAN_HALF_TERM;
		end += 2;
	} else if (is_word(p, end, WORD_RECESS) ||
		   is_word(p, end, WORD_HOLIDAY) ||
		   is_word(p, end, WORD_BREAK)) {
		out->span = SPAN_RECESS;
		end++;
	}
	return parse_year_behind(p, end, out);
}

/* "half term", "the end of term", "purdah", "the New Year", "recess". */
static int
parse_named_span(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE), end = begin;

	out->number = -1;
	if (is_month(p, begin) && (is_word(p, begin + 1, WORD_HALFTERM) ||
				      (is_word(p, begin + 1, WORD_HALF) &&
					  is_word(p, begin + 2, WORD_TERM)))) {
		int month = token_at(p, begin)->value;

		out->number = month >= 9   ? SEASON_AUTUMN
			      : month <= 3 ? SEASON_SPRING
					   : SEASON_SUMMER;
		begin++;
	} else if (is_word(p, begin, WORD_NEXT) ||
		   is_word(p, begin, WORD_THIS)) {
		out->offset = is_word(p, begin, WORD_NEXT);
		begin++;
	}
	if (is_word(p, begin, WORD_HALFTERM)) {
		out->span = SPAN_HALF_TERM;
		end = begin + 1;
	} else if (is_word(p, begin, WORD_HALF) &&
		   is_word(p, begin + 1, WORD_TERM)) {
		out->span = SPAN_HALF_TERM;
		end = begin + 2;
	} else if (is_word(p, begin, WORD_TERM) &&
		   (out->part != PART_WHOLE || out->offset != OFFSET_NONE)) {
		out->span = SPAN_TERM;
		return begin + 1;
	} else if (is_word(p, begin, WORD_RECESS)) {
		out->span = SPAN_RECESS;
		out->number = SEASON_SUMMER;
		return begin + 1;
	} else if (is_word(p, begin, WORD_PURDAH)) {
		out->span = SPAN_PURDAH;
		return begin + 1;
	} else if (is_text(p, begin, "pre") && is_mark(p, begin + 1, '-') &&
		   is_text(p, begin + 2, "election")) {
		out->span = SPAN_PURDAH;
		return skip_word(p, begin + 3, WORD_PERIOD);
	} else if (is_word(p, begin, WORD_NEW) &&
		   is_unit(p, begin + 1, UNIT_YEAR) &&
		   !is_text(p, begin + 2, "day") &&
		   !is_word(p, begin + 2, WORD_EVE)) {
		out->span = SPAN_NEW_YEAR;
		return parse_year_behind(p, begin + 2, out);
	} else {
		return 0;
	}
	if (is_word(p, end, WORD_HOLIDAY) || is_word(p, end, WORD_BREAK))
		end++;
	return parse_year_behind(p, end, out);
}

/* "July 2019", "next March", "March next year", "the month of May". */
static int
parse_month_span(const struct parse *p, int at, struct point *out)
{
	int begin = at, end, offset;

	if (is_word(p, begin, WORD_NEXT) || is_word(p, begin, WORD_THIS) ||
	    is_word(p, begin, WORD_COMING) || is_word(p, begin, WORD_LAST)) {
		out->offset = is_word(p, begin, WORD_NEXT)   ? 1
			      : is_word(p, begin, WORD_LAST) ? -1
							     : 0;
		begin = skip_word(p, begin + 1, WORD_COMING);
	} else {
		begin = skip_word(p, begin, WORD_THE);
		if (is_unit(p, begin, UNIT_MONTH) &&
		    is_word(p, begin + 1, WORD_OF))
			begin += 2;
	}
	if (!is_month(p, begin))
		return 0;
	out->span = SPAN_MONTH;
	out->number = token_at(p, begin)->value;
	begin++;
	end = begin;
	if (is_mark(p, end, '.') || is_mark(p, end, ',') ||
	    is_mark(p, end, '-') || is_mark(p, end, '/'))
		end++;
	end = skip_word(p, end, WORD_OF);
	if (parse_split_year(p, end, false, &out->year) > 0)
		return begin;
	out->year = 0;
	end = parse_year(p, end, &out->year);
	/* "April 18" without a mark is the 18th, read elsewhere. */
	if (end > 0 &&
	    (token_at(p, end - 1)->digits == 4 || token_at(p, end - 1)->glued))
		return skip_end(p, end, out);
	out->year = 0;
	end = parse_offset(p, skip_mark(p, begin, ','), &offset);
	if (end > 0 && is_unit(p, end, UNIT_YEAR) && offset >= 0) {
		out->year_offset = offset;
		return end + 1;
	}
	return skip_end(p, begin, out);
}

/* "w/c 5 February", "the week beginning Monday 8 October", "week ending ..." */
static int
parse_week_of(const struct parse *p, int at, struct point *out)
{
	struct point date;
	int begin = skip_word(p, at, WORD_THE), end;
	bool ending = false;

	if (is_text(p, begin, "w") && is_mark(p, begin + 1, '/') &&
	    token_at(p, begin + 2)->kind == TOKEN_WORD) {
		ending = is_text(p, begin + 2, "e");
		if (!ending && !is_text(p, begin + 2, "c") &&
		    !is_text(p, begin + 2, "b"))
			return 0;
		end = begin + 3;
	} else if (is_word(p, begin, WORD_WC) || is_text(p, begin, "wb")) {
		end = begin + 1;
	} else if (is_unit(p, begin, UNIT_WEEK)) {
		end = begin + 1;
		ending = is_word(p, end, WORD_END);
		if (!ending && !is_word(p, end, WORD_COMMENCING) &&
		    !is_word(p, end, WORD_BEGINNING) &&
		    !is_word(p, end, WORD_STARTING) &&
		    !is_word(p, end, WORD_OF))
			return 0;
		end = skip_mark(p, end + 1, '.');
	} else {
		return 0;
	}
	end = skip_word(p, skip_mark(p, end, ':'), WORD_ON);
	end = parse_date(p, end, &date);
	if (end == 0) {
		end = parse_day(p, skip_word(p, begin + 2, WORD_THE), &date);
		if (end == 0 || date.kind != POINT_MONTHDAY)
			return 0;
		/* A month's day alone: the coming one of that number. */
		date.month = 0;
	}
	out->span = ending ? SPAN_WEEK_ENDING : SPAN_WEEK;
	point_take_date(out, &date);
	return end;
}

/* "next week", "the month", "this quarter", "the week after next". */
static int
parse_running(const struct parse *p, int at, struct point *out)
{
	static const struct {
		enum unit unit;
		enum span_kind span;
	} spans[] = {
		{ UNIT_WEEK, SPAN_WEEK },
		{ UNIT_MONTH, SPAN_MONTH },
		{ UNIT_QUARTER, SPAN_QUARTER },
		{ UNIT_YEAR, SPAN_YEAR },
	};
	int end = parse_offset(p, at, &out->offset);
	bool bare = end == 0;

	if (bare) {
		/* "end of month", "month end" */
		end = at;
		out->offset = 0;
	}
	if (is_word(p, end, WORD_CALENDAR))
		end++;
	if (is_word(p, end, WORD_WEEKEND)) {
		out->span = SPAN_WEEKEND;
		return bare && out->part == PART_WHOLE ? 0 : end + 1;
	}
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		int done = end + 1;

		if (!is_unit(p, end, spans[i].unit))
			continue;
		out->span = spans[i].span;
		if (is_word(p, done, WORD_AFTER) &&
		    is_word(p, done + 1, WORD_NEXT)) {
			out->offset = 2;
			return done + 2;
		}
		done = skip_end(p, done, out);
		/* "the week" alone says nothing. */
		if (out->part == PART_WHOLE &&
		    (bare ||
			(out->offset == 0 && is_word(p, end - 1, WORD_THE))))
			return 0;
		/* "year end" of a public body is that of its accounts. */
		if (out->span == SPAN_YEAR && out->offset == 0 &&
		    !is_word(p, end - 1, WORD_THIS) && out->part == PART_END &&
		    done > end + 1) {
			out->span = SPAN_FINANCIAL;
			out->which = WHICH_NEXT; /* a guess: to be flagged */
		}
		return done;
	}
	if (is_word(p, end, WORD_YEAREND)) {
		out->span = SPAN_FINANCIAL;
		out->part = PART_END;
		out->which = WHICH_NEXT;
		return end + 1;
	}
	if (is_word(p, end, WORD_EOM)) {
		out->span = token_at(p, end)->value == UNIT_WEEK ? SPAN_WEEK
								 : SPAN_MONTH;
		out->part = PART_END;
		return end + 1;
	}
	return 0;
}

/* "13/2019", "WT/2019": the number of a thing; but "2019-2021" are years. */
static bool
ends_figures(const struct parse *p, int at)
{
	return token_at(p, at)->glued && token_at(p, at - 1)->glued &&
	       token_at(p, at - 2)->digits != 4 &&
	       (is_mark(p, at - 1, '/') || is_mark(p, at - 1, '-') ||
		   is_mark(p, at - 1, '.'));
}

/* "2019", "the year 2019" */
static int
parse_plain_year(const struct parse *p, int at, struct point *out)
{
	int begin = skip_word(p, at, WORD_THE), end;

	if (is_unit(p, begin, UNIT_YEAR))
		begin++;
	end = parse_year(p, begin, &out->year);
	if (end == 0 || token_at(p, end - 1)->digits != 4 ||
	    ends_figures(p, begin) ||
	    (token_at(p, end)->kind == TOKEN_MARK && token_at(p, end)->glued &&
		is_mark(p, end, '/')))
		return 0;
	out->span = SPAN_YEAR;
	return end;
}

int
parse_span(const struct parse *p, int at, struct point *out)
{
	static int (*const bases[])(
	    const struct parse *, int, struct point *) = {
		parse_week_of,
		parse_month_figures,
		parse_month_span,
		parse_kind_of_year,
		parse_quarter,
		parse_season,
		parse_named_span,
		parse_running,
		parse_plain_year,
	};
	struct point part = point_new(POINT_SPAN);
	int begin = parse_part(p, at, &part);

	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
		struct point point = part;
		int end = bases[i](p, begin, &point);

		if (end > 0) {
			*out = point;
			return end;
		}
	}
	/* "the first quarter of 2024" is itself a quarter, no part. */
	if (begin > at && part.part == PART_QUARTER) {
		struct point point = point_new(POINT_SPAN);
		int end = parse_quarter(p, at, &point);

		if (end > 0)
			*out = point;
		return end;
	}
	return 0;
}
