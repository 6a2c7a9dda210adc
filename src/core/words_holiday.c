/* SPDX-License-Identifier: ISC */
/*
 * Points that are holidays: "Christmas", "Easter Monday 2019", "New Year's
 * Eve", "the August bank holiday", and the May elections.
 */
#include "core/words_grammar.h"

static int
parse_christmas(const struct parse *p, int at, struct point *out)
{
	at++;
	out->holiday = HOLIDAY_CHRISTMAS;
	if (is_word(p, at, WORD_EVE))
		out->holiday = HOLIDAY_CHRISTMAS_EVE;
	else if (is_text(p, at, "day"))
		out->holiday = HOLIDAY_CHRISTMAS_DAY;
	else if (!is_word(p, at, WORD_BREAK) && !is_word(p, at, WORD_HOLIDAY) &&
		 !is_word(p, at, WORD_PERIOD))
		return at;
	return at + 1;
}

static int
parse_easter(const struct parse *p, int at, struct point *out)
{
	at++;
	out->holiday = HOLIDAY_EASTER;
	if (is_word(p, at, WORD_WEEKDAY)) {
		int day = token_at(p, at)->value;

		out->holiday = day == SUNDAY   ? HOLIDAY_EASTER_SUNDAY
			       : day == MONDAY ? HOLIDAY_EASTER_MONDAY
			       : day == FRIDAY ? HOLIDAY_GOOD_FRIDAY
					       : HOLIDAY_EASTER;
		return at + 1;
	}
	if (is_word(p, at, WORD_BREAK) || is_word(p, at, WORD_HOLIDAY) ||
	    is_word(p, at, WORD_PERIOD))
		at++;
	return at;
}

static const struct {
	const char *first; /* its weekday stands behind */
	int weekday, after_easter;
	const char *name;
} feasts[] = {
	{ "shrove", TUESDAY, -47, "Shrove Tuesday" },
	{ "ash", WEDNESDAY, -46, "Ash Wednesday" },
	{ "mothering", SUNDAY, -21, "Mothering Sunday" },
	{ "palm", SUNDAY, -7, "Palm Sunday" },
	{ "maundy", THURSDAY, -3, "Maundy Thursday" },
	{ "whit", SUNDAY, 49, "Whit Sunday" },
	{ "whit", MONDAY, 50, "Whit Monday" },
};

const char *
feast_name(int after_easter)
{
	for (size_t i = 0; i < sizeof feasts / sizeof *feasts; i++)
		if (feasts[i].after_easter == after_easter)
			return feasts[i].name;
	return "";
}

/* "Palm Sunday", "Whit Monday", "Remembrance Sunday": not the coming one. */
static int
parse_feast(const struct parse *p, int at, struct point *out)
{
	if (is_text(p, at, "whitsun")) {
		out->holiday = HOLIDAY_FEAST;
		out->number = 49;
		return at + 1;
	}
	if (!is_word(p, at + 1, WORD_WEEKDAY))
		return 0;
	if (is_text(p, at, "remembrance")) {
		out->holiday = HOLIDAY_REMEMBRANCE;
		return at + 2;
	}
	for (size_t i = 0; i < sizeof feasts / sizeof *feasts; i++) {
		if (!is_text(p, at, feasts[i].first) ||
		    token_at(p, at + 1)->value != feasts[i].weekday)
			continue;
		out->holiday = HOLIDAY_FEAST;
		out->number = feasts[i].after_easter;
		return at + 2;
	}
	return 0;
}

/* "the August bank holiday", "the spring bank holiday", "May Day", "the May
 * elections". */
static int
parse_bank_holiday(const struct parse *p, int at, struct point *out)
{
	out->number = 0;
	if (is_word(p, at, WORD_LATE) && is_month(p, at + 1) &&
	    token_at(p, at + 1)->value == 5) {
		out->number = 20 + SEASON_SPRING;
		at += 2;
	} else if (is_month(p, at)) {
		out->number = token_at(p, at)->value;
		at++;
	} else if (is_word(p, at, WORD_SEASON)) {
		out->number = 20 + token_at(p, at)->value;
		at++;
	} else if (is_word(p, at, WORD_NEXT)) {
		at++;
	}
	if (is_text(p, at, "day") && out->number == 5) {
		out->holiday = HOLIDAY_BANK;
		return at + 1;
	}
	if (is_text(p, at, "local") || is_text(p, at, "council"))
		at++;
	if ((is_text(p, at, "elections") || is_text(p, at, "election")) &&
	    (out->number == 5 || is_text(p, at - 1, "local") ||
		is_text(p, at - 1, "council"))) {
		out->holiday = HOLIDAY_ELECTION;
		return at + 1;
	}
	if (!is_word(p, at, WORD_BANK) || !is_word(p, at + 1, WORD_HOLIDAY))
		return 0;
	out->holiday = HOLIDAY_BANK;
	return skip_word(p, at + 2, WORD_WEEKEND);
}

int
parse_holiday(const struct parse *p, int at, struct point *out)
{
	struct point point = point_new(POINT_HOLIDAY);
	int begin = skip_word(p, at, WORD_THE), end = 0, more;

	if (is_word(p, begin, WORD_EARLY))
		begin++;
	if (is_word(p, begin, WORD_CHRISTMAS)) {
		end = parse_christmas(p, begin, &point);
	} else if (is_word(p, begin, WORD_EASTER)) {
		end = parse_easter(p, begin, &point);
	} else if (is_word(p, begin, WORD_BOXING) &&
		   is_text(p, begin + 1, "day")) {
		point.holiday = HOLIDAY_BOXING_DAY;
		end = begin + 2;
	} else if (is_word(p, begin, WORD_GOOD) &&
		   is_text(p, begin + 1, "friday")) {
		point.holiday = HOLIDAY_GOOD_FRIDAY;
		end = begin + 2;
	} else if (is_word(p, begin, WORD_NEW) &&
		   is_unit(p, begin + 1, UNIT_YEAR) &&
		   (is_text(p, begin + 2, "day") ||
		       is_word(p, begin + 2, WORD_EVE))) {
		point.holiday = is_word(p, begin + 2, WORD_EVE)
				    ? HOLIDAY_NEW_YEARS_EVE
				    : HOLIDAY_NEW_YEARS_DAY;
		end = begin + 3;
	} else {
		end = parse_feast(p, begin, &point);
		if (end == 0)
			end = parse_bank_holiday(p, begin, &point);
	}
	if (end == 0)
		return 0;
	more = parse_year(p, end, &point.year);
	if (more > 0 && token_at(p, more - 1)->digits != 4)
		point.year = 0;
	*out = point;
	return more > 0 && point.year != 0 ? more : end;
}
