/* SPDX-License-Identifier: ISC */
/* Lengths of time in the calendar, and said in full: "one year and a day". */
#include "core/words_grammar.h"

static const char *const small_numbers[] = { "no", "one", "two", "three",
	"four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
	"twelve" };

static const char *const unit_names[] = { "hour", "day", "working day",
	"clear day", "week", "fortnight", "month", "quarter", "half-year",
	"year", "meeting" };

void
say_number(struct buf *say, int n)
{
	if (n >= 0 && n <= 12)
		buf_puts(say, small_numbers[n]);
	else
		buf_printf(say, "%d", n);
}

static void
say_units(struct buf *say, enum unit unit, int n)
{
	buf_printf(say, " %s%s", unit_names[unit], n == 1 ? "" : "s");
}

void
say_length(struct buf *say, const struct length *length)
{
	say_number(say, length->low);
	if (length->two_units)
		say_units(say, length->unit, length->low);
	if (length->two_units || length->high != length->low) {
		buf_puts(say, " to ");
		say_number(say, length->high);
	}
	say_units(say, length->two_units ? length->high_unit : length->unit,
	    length->high);
	if (length->more != 0) {
		int more = length->more < 0 ? -length->more : length->more;

		buf_puts(say, length->more < 0 ? " less " : " and ");
		say_number(say, more);
		say_units(say, length->more_unit, more);
	}
}

void
say_period(struct buf *say, const struct length *length)
{
	if (length->low == 1)
		buf_puts(say, unit_names[length->unit]);
	else
		say_length(say, length);
}

int
add_units(const struct parse *p, int day, enum unit unit, int n)
{
	switch (unit) {
	case UNIT_HOUR:
		/* Only the day is known: hours run from its end. */
		return day + (n < 0 ? (n - 23) / 24 : (n + 23) / 24);
	case UNIT_DAY:
	case UNIT_CLEAR_DAY:
		return day + n;
	case UNIT_WORKDAY:
		return calendar_add_workdays(p->env->calendar, day, n);
	case UNIT_WEEK:
		return day + n * 7;
	case UNIT_FORTNIGHT:
		return day + n * 14;
	case UNIT_MONTH:
		return day_add_months(day, n);
	case UNIT_QUARTER:
		return day_add_months(day, n * 3);
	case UNIT_HALF_YEAR:
		return day_add_months(day, n * 6);
	case UNIT_YEAR:
		return day_add_months(day, n * 12);
	case UNIT_MEETING:
		break;
	}
	return DAY_NONE;
}

int
length_end(const struct parse *p, int day, const struct length *l, bool high,
    bool back)
{
	enum unit unit = high && l->two_units ? l->high_unit : l->unit;
	int n = high ? l->high : l->low;

	day = add_units(p, day, unit, back ? -n : n);
	if (day == DAY_NONE || l->more == 0)
		return day;
	return add_units(p, day, l->more_unit, back ? -l->more : l->more);
}
