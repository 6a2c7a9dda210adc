/* SPDX-License-Identifier: ISC */
/*
 * Numbers and lengths of time in words: "twenty-one days", "a couple of
 * weeks", "three to four months", "five clear days". What they are counted
 * from is the mention's business.
 */
#include "core/words_grammar.h"

#define NUMBER_MAX 9999
#define FEW_LOW 2 /* "a few weeks": two to four */
#define FEW_HIGH 4
#define SEVERAL_LOW 3 /* "several": three to six */
#define SEVERAL_HIGH 6

/* "twenty-one", "twenty first" share their tens. */
static int
skip_tens(const struct parse *p, int at, int *tens)
{
	if (!is_word(p, at, WORD_TENS))
		return 0;
	*tens = token_at(p, at)->value;
	return skip_mark(p, at + 1, '-');
}

static int
parse_word_number(const struct parse *p, int at, int *value)
{
	int tens, end;

	if (is_word(p, at, WORD_CARDINAL)) {
		*value = token_at(p, at)->value;
		return at + 1;
	}
	end = skip_tens(p, at, &tens);
	if (end == 0)
		return 0;
	if (is_word(p, end, WORD_CARDINAL) && token_at(p, end)->value < 10) {
		*value = tens + token_at(p, end)->value;
		return end + 1;
	}
	*value = tens;
	return at + 1;
}

/* "one hundred and twenty", "a hundred". */
static int
parse_hundreds(const struct parse *p, int at, int *value)
{
	int hundreds = 1, rest = 0, end = at, more;

	if (is_word(p, at, WORD_A))
		end = at + 1;
	else if (is_word(p, at + 1, WORD_CARDINAL) &&
		 token_at(p, at + 1)->value == 100)
		end = parse_word_number(p, at, &hundreds);
	if (end == 0 || !is_word(p, end, WORD_CARDINAL) ||
	    token_at(p, end)->value != 100 || hundreds > 99)
		return 0;
	end++;
	more = parse_word_number(p, skip_word(p, end, WORD_AND), &rest);
	*value = hundreds * 100 + rest;
	return more > 0 && rest < 100 ? more : end;
}

/* "28 (twenty-eight)", "six (6)": the repeat in brackets is skipped. */
static int
skip_repeat(const struct parse *p, int at)
{
	int again, end;

	if (!is_mark(p, at, '('))
		return at;
	if (token_at(p, at + 1)->kind == TOKEN_NUMBER)
		end = at + 2;
	else
		end = parse_word_number(p, at + 1, &again);
	return end > 0 && is_mark(p, end, ')') ? end + 1 : at;
}

int
parse_number(const struct parse *p, int at, int *value)
{
	const struct token *t = token_at(p, at);
	int end, n;

	if (t->kind == TOKEN_NUMBER && !t->ordinal && t->value >= 0 &&
	    t->value <= NUMBER_MAX) {
		n = t->value;
		end = at + 1;
	} else {
		end = parse_hundreds(p, at, &n);
		if (end == 0)
			end = parse_word_number(p, at, &n);
	}
	if (end == 0)
		return 0;
	*value = n;
	return skip_repeat(p, end);
}

int
parse_ordinal(const struct parse *p, int at, int *value)
{
	const struct token *t = token_at(p, at);
	int tens, end;

	if ((t->kind == TOKEN_NUMBER && t->ordinal && t->value >= 1 &&
		t->value <= NUMBER_MAX) ||
	    is_word(p, at, WORD_ORDINAL)) {
		*value = t->value;
		return at + 1;
	}
	end = skip_tens(p, at, &tens);
	if (end > 0 && is_word(p, end, WORD_ORDINAL) &&
	    token_at(p, end)->value < 10) {
		*value = tens + token_at(p, end)->value;
		return end + 1;
	}
	return 0;
}

/* Behind a number: "last", "-last", "to last", "from last". */
static int
skip_to_last(const struct parse *p, int at)
{
	int end = skip_mark(p, at, '-');

	if (is_word(p, end, WORD_TO) || is_word(p, end, WORD_FROM))
		end = skip_mark(p, end + 1, '-');
	return is_word(p, end, WORD_LAST) ? end + 1 : 0;
}

int
parse_position(const struct parse *p, int at, int *value)
{
	int end = at + 1, more, but;

	if (is_text(p, at, "penultimate")) {
		*value = -2;
		return end;
	}
	if (is_word(p, at, WORD_LAST)) {
		*value = -1;
		if (!is_word(p, end, WORD_BUT))
			return end;
		more = parse_number(p, end + 1, &but);
		if (more == 0 || but > 4)
			return end;
		*value -= but;
		return more;
	}
	if (is_word(p, at, WORD_NEXT)) {
		*value = -2;
		return skip_to_last(p, end);
	}
	end = parse_ordinal(p, at, value);
	more = end > 0 ? skip_to_last(p, end) : 0;
	if (more == 0 || *value > 5)
		return end;
	*value = -*value;
	return more;
}

/* How many: "3", "three to four", "a few", "half a dozen", "another". */
struct amount {
	int low, high;
	bool vague;
	bool half;     /* "half a": of the unit */
	bool and_half; /* "two and a half" */
};

static int
parse_loose_amount(const struct parse *p, int at, struct amount *out)
{
	int end = skip_word(p, at, WORD_A);

	if (is_word(p, end, WORD_COUPLE) || is_word(p, end, WORD_FEW) ||
	    is_word(p, end, WORD_NUMBER) || is_word(p, end, WORD_SEVERAL)) {
		enum word word = token_at(p, end)->word;

		*out = (struct amount){
			.low = FEW_LOW, .high = FEW_HIGH, .vague = true
		};
		if (word == WORD_COUPLE)
			*out = (struct amount){ .low = 2, .high = 2 };
		if (word == WORD_SEVERAL) {
			out->low = SEVERAL_LOW;
			out->high = SEVERAL_HIGH;
		}
		return skip_word(p, end + 1, WORD_OF);
	}
	if (is_word(p, end, WORD_DOZEN)) {
		*out = (struct amount){ .low = 12, .high = 12 };
		return end + 1;
	}
	return 0;
}

static int
parse_half_amount(const struct parse *p, int at, struct amount *out)
{
	int end = skip_word(p, skip_word(p, at, WORD_A), WORD_HALF);

	if (!is_word(p, end - 1, WORD_HALF))
		return 0;
	end = skip_word(p, skip_mark(p, end, '-'), WORD_A);
	if (is_word(p, end, WORD_DOZEN)) {
		*out = (struct amount){ .low = 6, .high = 6 };
		return end + 1;
	}
	*out = (struct amount){ .low = 1, .high = 1, .half = true };
	return is_word(p, end, WORD_UNIT) ? end : 0;
}

/* "and a half" */
static int
skip_and_half(const struct parse *p, int at)
{
	if (is_word(p, at, WORD_AND) && is_word(p, at + 1, WORD_A) &&
	    is_word(p, at + 2, WORD_HALF))
		return at + 3;
	return 0;
}

/* "3-6", "3 to 6", "3 or 6", "3/6", and after "between" "3 and 6". */
static int
parse_upper(const struct parse *p, int at, bool between, int *high)
{
	if (is_word(p, at, WORD_TO) || is_word(p, at, WORD_OR) ||
	    is_mark(p, at, '-') || is_mark(p, at, '/') ||
	    (between && is_word(p, at, WORD_AND)))
		return parse_number(p, at + 1, high);
	return 0;
}

static int
parse_plain_amount(
    const struct parse *p, int at, bool between, struct amount *out)
{
	int low, high, end, more;

	end = parse_number(p, at, &low);
	if (end == 0)
		return 0;
	*out = (struct amount){ .low = low, .high = low };
	more = parse_upper(p, end, between, &high);
	if (more > 0 && high >= low) {
		out->high = high;
		return more;
	}
	more = skip_and_half(p, end);
	out->and_half = more > 0;
	return more > 0 ? more : end;
}

static int
parse_amount(const struct parse *p, int at, bool between, struct amount *out)
{
	int end = parse_half_amount(p, at, out);

	if (end == 0)
		end = parse_loose_amount(p, at, out);
	if (end == 0)
		end = parse_plain_amount(p, at, between, out);
	if (end == 0 && is_word(p, at, WORD_A)) {
		*out = (struct amount){ .low = 1, .high = 1 };
		end = at + 1;
	}
	return end;
}

/* The words between number and unit that change how days are counted. */
struct adjectives {
	bool working;
	bool clear;
	bool other; /* "school days": neither */
};

static int
skip_adjectives(const struct parse *p, int at, struct adjectives *out)
{
	*out = (struct adjectives){ 0 };
	at = skip_mark(p, at, '-');
	for (;;) {
		if (is_word(p, at, WORD_WORKING) ||
		    is_word(p, at, WORD_BUSINESS))
			out->working = true;
		else if (is_word(p, at, WORD_CLEAR))
			out->clear = true;
		else if (!is_word(p, at, WORD_CALENDAR) &&
			 !is_word(p, at, WORD_CONSECUTIVE) &&
			 !is_word(p, at, WORD_FURTHER) &&
			 !is_word(p, at, WORD_SCHOOL))
			return at;
		at = skip_mark(p, at + 1, '-');
	}
}

static enum unit
adjusted_unit(enum unit unit, const struct adjectives *adj)
{
	if (unit != UNIT_DAY)
		return unit;
	if (adj->working)
		return UNIT_WORKDAY;
	return adj->clear ? UNIT_CLEAR_DAY : UNIT_DAY;
}

/* Halves of a unit, in a smaller one: "half a year" is six months. */
static bool
set_half(struct length *out, const struct amount *amount)
{
	int halves = amount->half ? 1 : amount->low * 2 + 1;

	switch (out->unit) {
	case UNIT_YEAR:
		out->unit = UNIT_MONTH;
		out->low = out->high = halves * 6;
		return true;
	case UNIT_DAY:
		out->unit = UNIT_HOUR;
		out->low = out->high = halves * 12;
		return true;
	case UNIT_WEEK:
	case UNIT_MONTH:
		out->low = out->high =
		    halves * (out->unit == UNIT_WEEK ? 7 : 30) / 2;
		out->unit = UNIT_DAY;
		return true;
	default:
		return false;
	}
}

/* "a year and a day", "1 year 6 months", "one month less a day". */
static int
parse_more(const struct parse *p, int at, struct length *out)
{
	struct adjectives adj;
	int begin = at, end, n = 1, sign = 1;
	enum unit unit;

	if (out->low != out->high || out->two_units)
		return at;
	if (is_word(p, at, WORD_AND) || is_text(p, at, "plus"))
		begin++;
	else if (is_text(p, at, "less") || is_text(p, at, "minus"))
		sign = -1, begin++;
	else if (token_at(p, at)->kind != TOKEN_NUMBER)
		return at;
	end = parse_number(p, begin, &n);
	if (end == 0 && begin > at && is_word(p, begin, WORD_A))
		end = begin + 1;
	if (end == 0)
		return at;
	end = skip_adjectives(p, end, &adj);
	if (!is_word(p, end, WORD_UNIT))
		return at;
	unit = adjusted_unit((enum unit)token_at(p, end)->value, &adj);
	if (unit >= out->unit || unit == UNIT_CLEAR_DAY)
		return at;
	out->more = sign * n;
	out->more_unit = unit;
	return end + 1;
}

/* "a week or two", "a month or so". */
static int
parse_tail(const struct parse *p, int at, struct length *out)
{
	int high, end;

	if (!is_word(p, at, WORD_OR))
		return at;
	if (is_word(p, at + 1, WORD_SO)) {
		out->approx = true;
		return at + 2;
	}
	end = parse_number(p, at + 1, &high);
	if (end > 0 && high > out->high && !is_word(p, end, WORD_UNIT)) {
		out->high = high;
		return end;
	}
	return at;
}

/* "4 weeks to 6 weeks", "a week to ten days"; false: it is no longer. */
static bool
take_upper(struct length *l, int high, enum unit unit)
{
	static const int about_days[] = { [UNIT_DAY] = 1,
		[UNIT_WORKDAY] = 1,
		[UNIT_WEEK] = 7,
		[UNIT_FORTNIGHT] = 14,
		[UNIT_MONTH] = 30,
		[UNIT_QUARTER] = 91,
		[UNIT_HALF_YEAR] = 182,
		[UNIT_YEAR] = 365,
		[UNIT_MEETING] = 0 };

	if (unit != l->unit &&
	    (about_days[unit] == 0 || about_days[l->unit] == 0))
		return false;
	if (unit == l->unit ? high < l->low
			    : (int64_t)high * about_days[unit] <=
				  (int64_t)l->low * about_days[l->unit])
		return false;
	l->two_units = unit != l->unit;
	l->high_unit = unit;
	l->high = high;
	return true;
}

/* The bare "fortnight", "month" of "within the next month" is the mention's:
 * here a number, however vague, is always there. */
int
parse_length(const struct parse *p, int at, struct length *out, bool *clear)
{
	struct amount amount;
	struct adjectives adj;
	struct length l = { 0 };
	bool between = at > 0 && is_word(p, at - 1, WORD_BETWEEN);
	int end = parse_amount(p, at, between, &amount), half;

	if (end == 0)
		return 0;
	end = skip_adjectives(p, end, &adj);
	if (!is_word(p, end, WORD_UNIT))
		return 0;
	l.low = amount.low;
	l.high = amount.high;
	l.vague = amount.vague;
	l.unit = adjusted_unit((enum unit)token_at(p, end)->value, &adj);
	end++;
	half = skip_and_half(p, end);
	if (amount.half || amount.and_half || half > 0) {
		if (half > 0)
			end = half;
		if (!set_half(&l, &amount))
			return 0;
	} else {
		/* "4 weeks to 6 weeks" repeats the unit. */
		struct amount upper;
		int more = 0;

		if (is_word(p, end, WORD_TO) || is_mark(p, end, '-') ||
		    (between && is_word(p, end, WORD_AND)))
			more = parse_amount(p, end + 1, false, &upper);
		if (more > 0 && is_word(p, more, WORD_UNIT) &&
		    take_upper(
			&l, upper.high, (enum unit)token_at(p, more)->value))
			end = more + 1;
	}
	if (!between)
		end = parse_more(p, end, &l);
	end = parse_tail(p, end, &l);
	*clear = adj.clear;
	*out = l;
	return end;
}
