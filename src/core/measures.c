/* SPDX-License-Identifier: ISC */
/* Durations as the config writes them; see rules.h. */
#include "core/phrase.h"
#include "core/rules.h"

#define COUNTOF(a) (sizeof(a) / sizeof *(a))

static const char DURATIONS[] =
    "\"5 days\", \"15 minutes\", \"10 working days\"";

struct unit {
	const char *name;
	int64_t each; /* seconds */
};

static const struct unit TIME_UNITS[] = {
	{ "s", 1 },
	{ "sec", 1 },
	{ "secs", 1 },
	{ "second", 1 },
	{ "seconds", 1 },
	{ "min", 60 },
	{ "mins", 60 },
	{ "minute", 60 },
	{ "minutes", 60 },
	{ "h", 3600 },
	{ "hr", 3600 },
	{ "hrs", 3600 },
	{ "hour", 3600 },
	{ "hours", 3600 },
};

#define DAY_S 86400
#define DURATION_DAYS_MAX 36500

int
duration_parse(const char *text, struct duration *out, struct err *err)
{
	struct phrase lx;
	int64_t n, each = 0;
	int got, days;
	bool workdays = false;

	if (phrase_init(&lx, text, err) == -1)
		return -1;
	got = phrase_number(&lx, &n);
	if (got == -1)
		return err_set(
		    err, ERR_INPUT, "\"%s\" is too long a time", text);
	if (got == 0)
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no duration; write for example %s", text,
		    DURATIONS);
	if (phrase_at_end(&lx))
		return err_set(err, ERR_INPUT,
		    "\"%s\" has no unit; write for example \"%s days\"", text,
		    text);
	for (size_t i = 0; i < COUNTOF(TIME_UNITS) && each == 0; i++)
		if (phrase_take(&lx, TIME_UNITS[i].name))
			each = TIME_UNITS[i].each;
	if (each == 0) {
		if (PHRASE_TAKE_ANY(
			&lx, "month", "months", "year", "years", "m"))
			return err_set(err, ERR_INPUT,
			    "\"%s\": use seconds, minutes, hours, days, weeks "
			    "or working days",
			    text);
		if (!phrase_day_unit(&lx, &days, &workdays))
			return phrase_unclear(&lx, DURATIONS, err);
		each = (int64_t)days * DAY_S;
	}
	if (!phrase_at_end(&lx))
		return phrase_unclear(&lx, DURATIONS, err);
	if (n > DURATION_DAYS_MAX * (int64_t)DAY_S / each)
		return err_set(
		    err, ERR_INPUT, "\"%s\" is too long a time", text);
	*out = (struct duration){ .seconds = workdays ? 0 : n * each,
		.workdays = workdays ? (int)n : 0 };
	return 0;
}
