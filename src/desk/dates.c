/* SPDX-License-Identifier: ISC */
/* Deadlines of entries from words, clocks and days; knows no command. */
#include "desk/dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "desk/desk.h"
#include "desk/strmap.h"
#include "io/entries.h"
#include "io/imports.h"

#define WORDS_NO_DAY "unresolvable" /* the flag of words that mean no day */
#define SLICE 100 /* entries reckoned anew in one turn: some 20 ms */

int
dating_load(struct dating *dating, const struct conf *conf, struct db *db,
    struct err *err)
{
	struct dating fresh = { .conf = conf };

	if (series_calendar_load(db, &fresh.cal, err) == -1)
		return -1;
	*dating = fresh;
	return 0;
}

void
dating_clear(struct dating *dating)
{
	series_calendar_clear(&dating->cal);
	*dating = (struct dating){ 0 };
}

int
dating_words(const struct dating *dating, const char *words, int base_on,
    int64_t own_series, struct words_answer *out, struct err *err)
{
	struct words_env env = {
		.base_on = base_on,
		.base_until_on = DAY_NONE,
		.calendar = &dating->conf->calendar,
		.policy = &dating->conf->words,
		.series = dating->cal.series.items,
		.nseries = dating->cal.series.len,
		.own_series = own_series,
	};
	int horizon = calendar_horizon(env.calendar);

	if (words_resolve(words, &env, out, err) == -1)
		return -1;
	if (out->flag == NULL && out->due_on != DAY_NONE &&
	    horizon != DAY_NONE && out->due_on > horizon)
		out->flag = xstrdup("lies behind the last bank holiday that "
				    "is loaded");
	return 0;
}

static void
replace(char **field, const char *text)
{
	free(*field);
	*field = xstrdup(text);
}

void
dating_put(struct entry *entry, const struct words_answer *answer)
{
	entry->due_on = answer->due_on;
	entry->earliest_on = answer->earliest_on;
	entry->review_on = answer->review_on;
	entry->due_minute = -1;
	entry->due_series_id = answer->series;
	entry->due_meeting_on = answer->meeting_on;
	entry->at_meeting = answer->at_meeting;
	replace(&entry->rule, answer->rule);
	/* That it has no date shows by itself. */
	if (answer->due_on == DAY_NONE && answer->flag != NULL &&
	    strcmp(answer->flag, WORDS_NO_DAY) == 0)
		replace(&entry->flag, NULL);
	else
		replace(&entry->flag, answer->flag);
}

void
dating_put_day(struct entry *entry, int due_on, const char *rule)
{
	entry->due_on = due_on;
	entry->earliest_on = DAY_NONE;
	entry->review_on = DAY_NONE;
	entry->due_minute = -1;
	entry->due_series_id = 0;
	entry->due_meeting_on = DAY_NONE;
	entry->at_meeting = false;
	replace(&entry->rule, rule);
}

static int
unknown_clock(const struct conf *conf, const char *name, struct err *err)
{
	struct buf names = { 0 };

	VEC_EACH (struct clock, clock, &conf->clocks)
		buf_printf(
		    &names, "%s%s", names.len > 0 ? ", " : "", clock->name);
	err_set(err, ERR_NOTFOUND,
	    "the configuration has no clock \"%s\"; it has: %s", name,
	    names.len > 0 ? buf_text(&names) : "none");
	buf_clear(&names);
	return -1;
}

int
dating_clock(const struct dating *dating, struct entry *entry, const char *name,
    struct err *err)
{
	const struct conf *conf = dating->conf;
	const struct clock *clock = conf_clock(conf, name);
	struct clock_end end;

	if (clock == NULL)
		return unknown_clock(conf, name, err);
	if (clock_count(clock, conf_clock_calendar(conf, clock), &conf->zone,
		entry->base_on, -1, 0, &end, err) == -1)
		return -1;
	dating_put_day(entry, end.due_on, end.rule);
	entry->due_minute = end.due_minute;
	entry->statutory = clock->statutory;
	replace(&entry->clock, clock->name);
	free(end.rule);
	return 0;
}

int64_t
dating_series(struct db *db, const struct entry *entry)
{
	struct report report;
	struct err err;
	int64_t series_id;

	if (entry->series_id != 0 || entry->report_id == 0)
		return entry->series_id;
	if (reports_get_id(db, entry->report_id, &report, &err) != 1)
		return 0;
	series_id = report.series_id;
	report_clear(&report);
	return series_id;
}

/* ---- reckoning anew ---- */

int
redate_later(struct db *db, int64_t series_id, const char *why,
    const struct doer *doer, struct err *err)
{
	char *body = xasprintf("%lld 0 %s", (long long)series_id, why);
	int64_t id;
	int rc = -1;

	if (imports_begin(db, "dates", doer, &id, err) == -1 ||
	    imports_stage(db, id, 1, 0, body, err) == -1 ||
	    imports_flip(db, id, err) == -1)
		goto out;
	rc = 0;
out:
	free(body);
	return rc;
}

/* The date that was worked out is gone with the meeting it hung on: it stays
 * as it was, and a person is told. */
static void
flag_lost(struct entry *after)
{
	char day[DAY_LONG_MAX];

	free(after->flag);
	after->flag = xasprintf("it hung on the meeting of %s, which is no "
				"longer planned, and no other one is known",
	    day_long(after->due_meeting_on, day));
}

static void
put_answer_anew(struct entry *after, const struct words_answer *answer)
{
	bool hangs = after->due_series_id != 0;

	if (answer->due_on == DAY_NONE && after->due_on != DAY_NONE) {
		if (hangs && after->due_meeting_on != DAY_NONE)
			flag_lost(after);
		return;
	}
	/* A date that a person gave, or agreed to, is not the words'. */
	if (!hangs && after->due_on != DAY_NONE &&
	    (after->rule == NULL || strcmp(after->rule, answer->rule) != 0))
		return;
	if (after->due_on == DAY_NONE && answer->due_on == DAY_NONE)
		return;
	dating_put(after, answer);
}

static int
reckon_words(const struct dating *dating, struct db *db, struct entry *after,
    struct err *err)
{
	struct words_answer answer;
	int base_on =
	    after->base_on != DAY_NONE ? after->base_on : after->held_on;

	if (base_on == DAY_NONE)
		return 0;
	if (dating_words(dating, after->due_phrase, base_on,
		dating_series(db, after), &answer, err) == -1)
		return -1;
	put_answer_anew(after, &answer);
	words_answer_clear(&answer);
	return 0;
}

/* A clock that was taken out of the configuration leaves its dates alone. */
static int
reckon_clock(const struct dating *dating, struct entry *after, struct err *err)
{
	const struct clock *clock = conf_clock(dating->conf, after->clock);
	struct clock_end end;

	if (clock == NULL || after->base_on == DAY_NONE)
		return 0;
	if (clock_count(clock, conf_clock_calendar(dating->conf, clock),
		&dating->conf->zone, after->base_on, -1, 0, &end, err) == -1)
		return -1;
	if (after->rule != NULL && strcmp(after->rule, end.rule) == 0) {
		after->due_on = end.due_on;
		after->due_minute = end.due_minute;
	}
	free(end.rule);
	return 0;
}

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static int
redate_entry(const struct dating *dating, struct db *db, int64_t entry_id,
    const char *why, const struct doer *doer, struct err *err)
{
	struct entry before, after;
	const char *what;
	int rc = entries_get_id(db, entry_id, &before, err);

	if (rc != 1)
		return rc;
	entry_copy(&before, &after);
	if (before.clock != NULL)
		rc = reckon_clock(dating, &after, err);
	else
		rc = reckon_words(dating, db, &after, err);
	what = after.due_on != before.due_on ||
		       after.earliest_on != before.earliest_on
		   ? "date reckoned anew"
		   : "flagged";
	if (rc != -1 && (after.due_on != before.due_on ||
			    after.earliest_on != before.earliest_on ||
			    after.review_on != before.review_on ||
			    after.due_minute != before.due_minute ||
			    after.due_series_id != before.due_series_id ||
			    after.due_meeting_on != before.due_meeting_on ||
			    !same_text(after.flag, before.flag)))
		rc = entries_save(db, &before, &after, what, why, doer, err);
	entry_clear(&before);
	entry_clear(&after);
	return rc == -1 ? -1 : 0;
}

int
redate_slice(const struct conf *conf, struct db *db, const struct doer *doer,
    char **body, struct err *err)
{
	int64_t ids[SLICE], last = 0;
	struct dating dating;
	long long series_id, after_id;
	int count, at = 0, rc = -1;

	if (sscanf(*body, "%lld %lld %n", &series_id, &after_id, &at) != 2)
		return err_set(
		    err, ERR_SYSTEM, "the register's staged dates are damaged");
	if (dating_load(&dating, conf, db, err) == -1)
		return -1;
	count = imports_worded(db, series_id, after_id, ids, SLICE, &last, err);
	if (count == -1)
		goto out;
	for (int i = 0; i < count; i++)
		if (redate_entry(&dating, db, ids[i], *body + at, doer, err) ==
		    -1)
			goto out;
	if (last == 0) {
		free(*body);
		*body = NULL;
	} else {
		char *left = xasprintf(
		    "%lld %lld %s", series_id, (long long)last, *body + at);

		free(*body);
		*body = left;
	}
	rc = 0;
out:
	dating_clear(&dating);
	return rc;
}

/* ---- the calendar itself ---- */

#define META_CALENDAR "calendar"

static uint64_t
mix_calendar(uint64_t hash, const struct calendar *cal)
{
	hash = strmap_hash(hash, cal->works, sizeof cal->works);
	VEC_EACH (const struct holiday, h, &cal->holidays.days)
		hash = strmap_hash(hash, &h->on, sizeof h->on);
	return hash;
}

int
desk_note_calendar(
    const struct conf *conf, struct db *db, int64_t now, struct err *err)
{
	uint64_t hash = mix_calendar(STRMAP_SEED, &conf->calendar);
	struct doer doer = { .actor = "nudged",
		.on = zone_day(&conf->zone, now, NULL),
		.at = now };
	char text[32];
	char *before;
	int rc = 0;

	VEC_EACH (const struct conf_holiday_set, set, &conf->holiday_sets)
		hash = mix_calendar(hash, &set->calendar);
	snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
	if (register_meta(db, META_CALENDAR, &before, err) == -1)
		return -1;
	if (before == NULL || strcmp(before, text) != 0) {
		rc = register_set_meta(db, META_CALENDAR, text, err);
		if (rc == 0 && before != NULL)
			rc = redate_later(db, 0,
			    "working days or bank holidays have changed", &doer,
			    err);
	}
	free(before);
	return rc;
}
