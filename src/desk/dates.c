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
#define FLAG_BEYOND "lies behind the last bank holiday that is loaded"
#define FLAG_NO_HOUR "the hour is not known: counted from the end of the day"
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

/* No bank holiday can be known there. */
static bool
is_beyond(const struct calendar *cal, int due_on)
{
	int horizon = calendar_horizon(cal);

	return due_on != DAY_NONE && horizon != DAY_NONE && due_on > horizon;
}

/* hung_on is where the meeting is now that the words meant before, DAY_NONE:
 * none. */
static int
resolve_words(const struct dating *dating, const char *words, int base_on,
    int64_t own_series, int64_t hung_series, int hung_on,
    struct words_answer *out, struct err *err)
{
	struct words_env env = {
		.base_on = base_on,
		.base_until_on = DAY_NONE,
		.calendar = &dating->conf->calendar,
		.policy = &dating->conf->words,
		.series = dating->cal.series.items,
		.nseries = dating->cal.series.len,
		.own_series = own_series,
		.hung_series = hung_on == DAY_NONE ? 0 : hung_series,
		.hung_on = hung_on,
	};

	if (words_resolve(words, &env, out, err) == -1)
		return -1;
	if (out->flag == NULL && is_beyond(env.calendar, out->due_on))
		out->flag = xstrdup(FLAG_BEYOND);
	return 0;
}

int
dating_words(const struct dating *dating, const char *words, int base_on,
    int64_t own_series, struct words_answer *out, struct err *err)
{
	return resolve_words(
	    dating, words, base_on, own_series, 0, DAY_NONE, out, err);
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

/* ---- what hangs on meetings without saying so ---- */

static const struct words_series *
series_of(const struct dating *dating, int64_t series_id)
{
	VEC_EACH (const struct words_series, s, &dating->cal.series)
		if (s->id == series_id)
			return s;
	return NULL;
}

static bool
meets_on(const struct dating *dating, int64_t series_id, int on)
{
	const struct words_series *s = series_of(dating, series_id);

	for (size_t i = 0; s != NULL && i < s->ndays; i++)
		if (s->days[i] == on)
			return true;
	return false;
}

/* A clock that counts back from a meeting of its series moves with it. */
static void
hang_on_meeting(const struct dating *dating, struct entry *entry)
{
	if (entry->series_id == 0 ||
	    !meets_on(dating, entry->series_id, entry->base_on))
		return;
	entry->due_series_id = entry->series_id;
	entry->due_meeting_on = entry->base_on;
}

void
dating_hang_review(
    const struct dating *dating, struct entry *entry, int64_t own_series)
{
	int base_on =
	    entry->base_on != DAY_NONE ? entry->base_on : entry->held_on;

	if (entry->due_on != DAY_NONE || entry->review_on == DAY_NONE ||
	    entry->due_series_id != 0 || own_series == 0)
		return;
	if (meets_on(dating, own_series, entry->review_on)) {
		entry->due_series_id = own_series;
		entry->due_meeting_on = entry->review_on;
	} else if (base_on != DAY_NONE &&
		   entry->review_on ==
		       base_on + dating->conf->words.undated_review_days) {
		/* A meeting that is planned before it comes first. */
		entry->due_series_id = own_series;
	}
}

/* ---- clocks ---- */

/* The end of a clock, counted from the entry's base, as the entry's date. */
static int
put_clock(const struct dating *dating, const struct clock *clock,
    struct entry *entry, struct err *err)
{
	const struct conf *conf = dating->conf;
	const struct calendar *cal = conf_clock_calendar(conf, clock);
	struct clock_end end;

	if (clock_count(clock, cal, &conf->zone, entry->base_on,
		entry->base_minute, entry->paused_days, &end, err) == -1)
		return -1;
	entry->due_on = end.due_on;
	entry->due_minute = end.due_minute;
	/* A first day that somebody gave may lie behind the last one now. */
	if (entry->earliest_on != DAY_NONE &&
	    entry->earliest_on > entry->due_on)
		entry->earliest_on = DAY_NONE;
	replace(&entry->rule, end.rule);
	free(end.rule);
	if (is_beyond(cal, entry->due_on))
		replace(&entry->flag, FLAG_BEYOND);
	else if (clock->mode == CLOCK_HOURS && entry->base_minute < 0)
		replace(&entry->flag, FLAG_NO_HOUR);
	else
		replace(&entry->flag, NULL);
	return 0;
}

int
dating_clock(const struct dating *dating, struct entry *entry, const char *name,
    struct err *err)
{
	const struct clock *clock = conf_clock(dating->conf, name);

	if (clock == NULL)
		return unknown_clock(dating->conf, name, err);
	if (entry->base_minute >= 0 && clock->mode != CLOCK_HOURS)
		return err_set(err, ERR_INPUT,
		    "the clock %s counts days, not hours: give its base "
		    "without a time",
		    clock->name);
	if (put_clock(dating, clock, entry, err) == -1)
		return -1;
	entry->earliest_on = DAY_NONE;
	entry->review_on = DAY_NONE;
	entry->due_series_id = 0;
	entry->due_meeting_on = DAY_NONE;
	entry->at_meeting = false;
	entry->statutory = clock->statutory;
	replace(&entry->clock, clock->name);
	if (clock_is_backward(clock->mode))
		hang_on_meeting(dating, entry);
	return 0;
}

const struct clock *
dating_clock_of(const struct conf *conf, const struct entry *entry)
{
	const struct clock *clock =
	    entry->clock == NULL ? NULL : conf_clock(conf, entry->clock);

	return clock != NULL && clock_counted(clock, entry->base_on,
				    entry->base_minute, entry->rule)
		   ? clock
		   : NULL;
}

int
dating_restart(const struct dating *dating, struct entry *entry, int on,
    char **said, struct err *err)
{
	const struct conf *conf = dating->conf;
	const struct clock *clock = dating_clock_of(conf, entry);
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	int stood, from_on = entry->paused_from_on;

	entry->paused_from_on = DAY_NONE;
	if (clock == NULL) {
		*said = xstrdup("its clock is no longer in the configuration: "
				"the date stays");
		return 0;
	}
	stood =
	    clock_stood(clock, conf_clock_calendar(conf, clock), from_on, on);
	entry->paused_days += stood;
	if (put_clock(dating, clock, entry, err) == -1)
		return -1;
	*said = xasprintf("the clock stood from %s for %d %sday%s: due %s",
	    day_long(from_on, a), stood,
	    clock_counts_workdays(clock->mode) ? "working " : "",
	    stood == 1 ? "" : "s", day_long(entry->due_on, b));
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

/* The date that was worked out is gone with the meeting it hung on: it stays
 * as it was, and a person is told. */
static void
flag_lost(struct entry *after)
{
	char day[DAY_LONG_MAX];

	free(after->flag);
	after->flag = xasprintf(
	    "it hung on the meeting of %s, which is " DATING_LOST "%s",
	    day_long(after->due_meeting_on, day),
	    after->clock != NULL ? "" : ", and no other one is known");
}

/* Is the day to ask on one that was worked out? A person may have set it. */
static bool
is_reckoned_review(const struct dating *dating, const struct entry *entry)
{
	int base_on =
	    entry->base_on != DAY_NONE ? entry->base_on : entry->held_on;

	if (entry->review_on == DAY_NONE || entry->state == ENTRY_ON_HOLD)
		return false;
	if (entry->due_meeting_on != DAY_NONE)
		return entry->review_on == entry->due_meeting_on;
	return base_on != DAY_NONE &&
	       entry->review_on ==
		   base_on + dating->conf->words.undated_review_days;
}

/* Asking follows the meeting at which it was to be asked; what has passed, or
 * would have, stays. */
static void
put_review_anew(const struct dating *dating, struct entry *after,
    const struct words_answer *answer, int64_t own_series, int today)
{
	char *rule = after->rule == NULL ? NULL : xstrdup(answer->rule);
	char *flag;

	if (!is_reckoned_review(dating, after) || after->review_on < today ||
	    answer->review_on < today) {
		free(rule);
		return;
	}
	flag = after->flag;
	after->flag = NULL;
	dating_put(after, answer);
	/* Where there are no words, what is to look at is no matter of them. */
	if (after->due_phrase == NULL && after->flag == NULL)
		after->flag = flag;
	else
		free(flag);
	/* Of what has no words there is no rule either. */
	free(after->rule);
	after->rule = rule;
	dating_hang_review(dating, after, own_series);
}

/* The meeting has come so near that the words lead to before they were said:
 * the date stays as it was, and a person says what holds. */
static void
flag_before_base(
    struct entry *after, const struct words_answer *answer, int base_on)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];

	free(after->flag);
	after->flag = xasprintf("its words now give %s, before the day that "
				"they count from (%s)",
	    day_long(answer->due_on, a), day_long(base_on, b));
	after->due_series_id = answer->series;
	after->due_meeting_on = answer->meeting_on;
}

static void
put_answer_anew(const struct dating *dating, struct entry *after,
    const struct words_answer *answer, int base_on, int64_t own_series,
    int today)
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
		put_review_anew(dating, after, answer, own_series, today);
	else if (answer->due_on < base_on && after->due_on >= base_on)
		flag_before_base(after, answer, base_on);
	else
		dating_put(after, answer);
}

static int
reckon_words(const struct dating *dating, struct db *db, struct entry *after,
    const struct redate *what, int today, struct err *err)
{
	int hung_on = after->due_meeting_on;
	const char *words = after->due_phrase != NULL ? after->due_phrase : "";
	int64_t own_series = dating_series(db, after);
	struct words_answer answer;
	int base_on =
	    after->base_on != DAY_NONE ? after->base_on : after->held_on;

	if (base_on == DAY_NONE)
		return 0;
	if (hung_on != DAY_NONE && hung_on == what->from_on)
		hung_on = what->to_on;
	if (resolve_words(dating, words, base_on, own_series,
		after->due_series_id, hung_on, &answer, err) == -1)
		return -1;
	put_answer_anew(dating, after, &answer, base_on, own_series, today);
	words_answer_clear(&answer);
	return 0;
}

/* A clock that was taken out of the configuration leaves its dates alone, and
 * one that counts back from a meeting follows it. */
static int
reckon_clock(const struct dating *dating, struct entry *after,
    const struct redate *what, struct err *err)
{
	const struct clock *clock = dating_clock_of(dating->conf, after);
	int64_t series_id = after->due_series_id;

	if (clock == NULL)
		return 0;
	if (series_id != 0 &&
	    !meets_on(dating, series_id, after->due_meeting_on)) {
		if (what->from_on != after->due_meeting_on ||
		    !meets_on(dating, series_id, what->to_on)) {
			flag_lost(after);
			return 0;
		}
		after->base_on = after->due_meeting_on = what->to_on;
	}
	return put_clock(dating, clock, after, err);
}

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
same_dating(const struct entry *a, const struct entry *b)
{
	return a->due_on == b->due_on && a->earliest_on == b->earliest_on &&
	       a->review_on == b->review_on && a->base_on == b->base_on &&
	       a->due_minute == b->due_minute &&
	       a->due_series_id == b->due_series_id &&
	       a->due_meeting_on == b->due_meeting_on &&
	       same_text(a->flag, b->flag) && same_text(a->rule, b->rule);
}

static const char *
what_moved(const struct entry *before, const struct entry *after)
{
	if (after->due_on != before->due_on ||
	    after->earliest_on != before->earliest_on)
		return REDATED;
	if (after->review_on != before->review_on)
		return REDATED_REVIEW;
	return same_text(after->flag, before->flag) ? REDATED_RULE
						    : REDATED_FLAG;
}

static int
redate_entry(const struct dating *dating, struct db *db, int64_t entry_id,
    const struct redate *what, const struct doer *doer, struct err *err)
{
	struct entry before, after;
	int today = zone_day(&dating->conf->zone, doer->at, NULL);
	int rc = entries_get_id(db, entry_id, &before, err);

	if (rc != 1)
		return rc;
	entry_copy(&before, &after);
	if (before.clock != NULL)
		rc = reckon_clock(dating, &after, what, err);
	else
		rc = reckon_words(dating, db, &after, what, today, err);
	if (rc != -1 && !same_dating(&before, &after))
		rc = entries_save(db, &before, &after,
		    what_moved(&before, &after), what->why, doer, err);
	entry_clear(&before);
	entry_clear(&after);
	return rc == -1 ? -1 : 0;
}

/* A staged row: "SERIES AFTER FROM TO WHY". */
static char *
pack_redate(long long series_id, long long after_id, const struct redate *what)
{
	return xasprintf("%lld %lld %d %d %s", series_id, after_id,
	    what->from_on, what->to_on, what->why);
}

int
redate_later(struct db *db, int64_t series_id, const struct redate *what,
    const struct doer *doer, struct err *err)
{
	char *body = pack_redate(series_id, 0, what);
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

int
redate_slice(const struct conf *conf, struct db *db, const struct doer *doer,
    char **body, struct err *err)
{
	struct redate what = { .from_on = DAY_NONE, .to_on = DAY_NONE };
	int64_t ids[SLICE], last = 0;
	struct dating dating;
	long long series_id, after_id;
	int count, at = 0, rc = -1;
	char *left = NULL;

	if (sscanf(*body, "%lld %lld %d %d %n", &series_id, &after_id,
		&what.from_on, &what.to_on, &at) != 4)
		return err_set(
		    err, ERR_SYSTEM, "the register's staged dates are damaged");
	what.why = *body + at;
	if (dating_load(&dating, conf, db, err) == -1)
		return -1;
	count = imports_worded(db, series_id, after_id, ids, SLICE, &last, err);
	if (count == -1)
		goto out;
	for (int i = 0; i < count; i++)
		if (redate_entry(&dating, db, ids[i], &what, doer, err) == -1)
			goto out;
	if (last != 0)
		left = pack_redate(series_id, (long long)last, &what);
	free(*body);
	*body = left;
	rc = 0;
out:
	dating_clear(&dating);
	return rc;
}

int
dating_rebase(const struct dating *dating, struct db *db, struct entry *entry,
    int base_on, struct err *err)
{
	const struct clock *clock = dating_clock_of(dating->conf, entry);
	int64_t own_series = dating_series(db, entry);
	struct words_answer answer;
	bool same;

	if (clock != NULL) {
		entry->base_on = base_on;
		return put_clock(dating, clock, entry, err) == -1 ? -1 : 1;
	}
	if (entry->clock != NULL || entry->due_phrase == NULL ||
	    entry->due_on == DAY_NONE)
		return 0;
	/* Only what the words said of the day before is the words'. */
	if (dating_words(dating, entry->due_phrase, entry->base_on, own_series,
		&answer, err) == -1)
		return -1;
	same = answer.due_on == entry->due_on;
	words_answer_clear(&answer);
	if (!same)
		return 0;
	if (dating_words(dating, entry->due_phrase, base_on, own_series,
		&answer, err) == -1)
		return -1;
	entry->base_on = base_on;
	dating_put(entry, &answer);
	words_answer_clear(&answer);
	return 1;
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
	const struct redate changed = { DAY_NONE, DAY_NONE,
		"working days or bank holidays have changed" };
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
			rc = redate_later(db, 0, &changed, &doer, err);
	}
	free(before);
	return rc;
}
