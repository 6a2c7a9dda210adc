/* SPDX-License-Identifier: ISC */
/* The planner, played day by day: each case says what fires on which day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buf.h"
#include "core/plan.h"

#define OWNER 11
#define OTHER 12
#define SPONSOR 13
#define CHAIR 21
#define SECRETARY 22
#define HOUR 3600

/* A schedule in a line: reminders and escalations, separated by ";". */
struct world {
	struct calendar calendar;
	struct zone zone;
	struct conf_schedule schedule;
	struct plan_schedule plan;
	int64_t since[16];
	struct plan_to to[2];
	struct plan_to escalate_to[8];
	struct entry entry;
	struct plan_owner owners[4];
	size_t nowners;
	int meetings[4];
	struct plan_env env;
	struct plan done; /* everything planned so far */
	struct buf log;
};

static void
add_rule(struct world *w, const char *text)
{
	struct err err = { 0 };

	if (rule_parse(text, RULE_FOR_REMINDER, vec_push(&w->schedule.remind),
		&err) == -1)
		fail_msg("%s", err.text);
}

static void
add_step(struct world *w, const char *text, enum plan_role role)
{
	struct err err = { 0 };

	w->escalate_to[w->schedule.escalate.len].role = role;
	if (rule_parse(text, RULE_FOR_ESCALATION,
		&vec_push(&w->schedule.escalate)->when, &err) == -1)
		fail_msg("%s", err.text);
}

static int
day(const char *iso)
{
	int on = day_parse(iso);

	assert_int_not_equal(on, DAY_NONE);
	return on;
}

/* UTC, Monday to Friday, the default at of 09:00; one owner, known on Monday 3
 * September 2018 at noon. */
static void
world_init(struct world *w)
{
	memset(w, 0, sizeof *w);
	calendar_init(&w->calendar);
	calendar_seal(&w->calendar);
	w->schedule.at = 9 * 60;
	w->schedule.max_late_days = 14;
	w->schedule.most = 8;
	w->schedule.roll = true;
	strings_add(&w->schedule.channels, "mail");
	strings_add(&w->schedule.to, "owner");
	w->plan = (struct plan_schedule){ .conf = &w->schedule,
		.remind_since = w->since,
		.escalate_since = w->since,
		.to = w->to,
		.escalate_to = w->escalate_to };
	w->env = (struct plan_env){ .calendar = &w->calendar,
		.zone = &w->zone,
		.meeting_grace = 10,
		.undated_review_days = 42,
		.meetings = w->meetings,
		.chair_id = CHAIR,
		.secretary_id = SECRETARY };
	entry_init(&w->entry);
	w->entry.id = 1;
	w->entry.state = ENTRY_OPEN;
	w->entry.due_version = w->entry.assign_version = 1;
	w->entry.known_at = w->entry.assigned_at =
	    (int64_t)day("2018-09-03") * 86400 + 12 * HOUR;
	w->owners[0] = (struct plan_owner){ .party_id = OWNER,
		.paused_until_on = DAY_NONE };
	w->nowners = 1;
}

static void
world_clear(struct world *w)
{
	calendar_clear(&w->calendar);
	vec_clear(&w->schedule.remind);
	vec_clear(&w->schedule.escalate);
	strings_clear(&w->schedule.channels);
	strings_clear(&w->schedule.to);
	vec_clear(&w->done.occurrences);
	buf_clear(&w->log);
}

static const char *
name_of(int64_t party)
{
	switch (party) {
	case OWNER:
		return "owner";
	case OTHER:
		return "other";
	case SPONSOR:
		return "sponsor";
	case CHAIR:
		return "chair";
	case SECRETARY:
		return "secretary";
	default:
		return "webhook";
	}
}

/* Plans at one moment and takes what comes out as done. */
static int64_t
plan_at(struct world *w, int64_t now)
{
	struct plan_done done[256];
	struct plan out = { 0 };
	char iso[DAY_TEXT_MAX];

	for (size_t i = 0; i < w->done.occurrences.len; i++) {
		const struct occurrence *o = &w->done.occurrences.items[i];

		done[i] = (struct plan_done){ .rule = o->rule,
			.due_version = o->due_version,
			.local_on = o->local_on,
			.fire_on = o->fire_on,
			.party_id = o->party_id,
			.channel = o->channel,
			.kind = o->kind };
	}
	plan_entry(&w->env, &w->plan, &w->entry, w->owners, w->nowners, done,
	    w->done.occurrences.len, now, &out);
	VEC_EACH (struct occurrence, o, &out.occurrences) {
		*vec_push(&w->done.occurrences) = *o;
		buf_printf(&w->log, "%s %s%s > %s\n",
		    day_iso(zone_day(&w->zone, now, NULL), iso), o->rule,
		    o->missed ? " (missed)" : "", name_of(o->party_id));
	}
	assert_true(w->done.occurrences.len < 250);
	vec_clear(&out.occurrences);
	return out.next_at;
}

/* From noon of the day it was known, as the daemon would: asks again whenever
 * the planner said to. */
static void
play_from(struct world *w, int64_t now, const char *until)
{
	int64_t end = (int64_t)(day(until) + 1) * 86400;

	while (now < end) {
		int64_t next = plan_at(w, now);

		if (next == INSTANT_NEVER)
			break;
		assert_true(next > now);
		now = next;
	}
}

static void
play(struct world *w, const char *until)
{
	play_from(w, (int64_t)day("2018-09-03") * 86400 + 12 * HOUR, until);
}

static void
expect(struct world *w, const char *wanted)
{
	assert_string_equal(buf_text(&w->log), wanted);
	buf_reset(&w->log);
}

static void
reminders__around_the_due_day__fire_once_each_and_roll(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "14 days before");
	add_rule(&w, "3 working days before");
	add_rule(&w, "on the day");
	add_rule(&w, "1 day after");
	add_rule(&w, "every 7 days after");
	/* A Sunday: on the day rolls back to Friday, a day after forward. */
	w.entry.due_on = day("2018-09-30");
	play(&w, "2018-10-20");
	expect(&w, "2018-09-14 14 days before > owner\n"
		   "2018-09-26 3 working days before > owner\n"
		   "2018-09-28 on the day > owner\n"
		   "2018-10-01 1 day after > owner\n"
		   "2018-10-08 every 7 days after > owner\n"
		   "2018-10-15 every 7 days after > owner\n");
	world_clear(&w);
}

/* A register's "never": no working day can be counted from it. */
static void
due_on_the_last_day_there_is__fires_nothing_and_ends(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "every 5 working days after");
	add_rule(&w, "1 working day after");
	add_step(&w, "10 working days after", TO_CHAIR);
	w.entry.due_on = day("9999-12-31");
	play(&w, "2018-10-01");
	expect(&w, "");
	w.entry.at_meeting = true;
	play(&w, "2018-10-01");
	expect(&w, "");
	world_clear(&w);
}

static void
reminders__roll_none__keep_their_days(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.schedule.roll = false;
	add_rule(&w, "on the day");
	add_rule(&w, "1 day after");
	w.entry.due_on = day("2018-09-29");
	play(&w, "2018-10-20");
	expect(&w, "2018-09-29 on the day > owner\n"
		   "2018-09-30 1 day after > owner\n");
	world_clear(&w);
}

static void
reminders__on_one_day__only_the_latest_shows(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "2 days before");
	add_rule(&w, "1 day before");
	add_rule(&w, "on the day");
	w.entry.due_on = day("2018-09-10"); /* Monday: two land on Friday... */
	play(&w, "2018-09-20");
	expect(&w, "2018-09-07 1 day before > owner\n"
		   "2018-09-10 on the day > owner\n");
	world_clear(&w);
}

static void
reminders__of_a_backlog__do_not_fire_backwards(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "at assignment");
	add_rule(&w, "14 days before");
	add_rule(&w, "1 day after");
	add_rule(&w, "every 7 days after");
	/* Overdue for months when it was imported; the repeats are used up
	 * but for none, since most counts from the due day. */
	w.entry.due_on = day("2018-08-01");
	play(&w, "2018-10-10");
	expect(&w, "2018-09-04 at assignment > owner\n"
		   "2018-09-05 every 7 days after > owner\n"
		   "2018-09-12 every 7 days after > owner\n"
		   "2018-09-19 every 7 days after > owner\n"
		   "2018-09-26 every 7 days after > owner\n");
	world_clear(&w);
}

static void
most__an_update__starts_the_count_anew(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.schedule.most = 1;
	add_rule(&w, "every 7 days after");
	w.entry.due_on = day("2018-09-03");
	play(&w, "2018-10-20");
	expect(&w, "2018-09-10 every 7 days after > owner\n");
	w.entry.updated_on = day("2018-09-20");
	play_from(&w, (int64_t)day("2018-09-20") * 86400, "2018-10-20");
	expect(&w, "2018-09-24 every 7 days after > owner\n");
	world_clear(&w);
}

static void
window__before_its_first_day__is_quiet(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "14 days before");
	add_rule(&w, "3 working days before");
	add_rule(&w, "1 day after");
	w.entry.earliest_on = day("2018-09-24");
	w.entry.due_on = day("2018-09-28");
	play(&w, "2018-10-05");
	expect(&w, "2018-09-25 3 working days before > owner\n"
		   "2018-10-01 1 day after > owner\n");
	world_clear(&w);
}

static void
stop__of_days__gives_one_catch_up_and_records_the_rest(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	add_rule(&w, "2 days before");
	add_rule(&w, "1 day before");
	w.entry.due_on = day("2018-09-21");
	plan_at(&w, w.entry.known_at);
	expect(&w, "");
	/* Stopped from then until after the due day. */
	plan_at(&w, (int64_t)day("2018-09-24") * 86400 + HOUR);
	expect(&w, "2018-09-24 3 days before (missed) > owner\n"
		   "2018-09-24 2 days before (missed) > owner\n"
		   "2018-09-24 1 day before > owner\n");
	plan_at(&w, (int64_t)day("2018-09-24") * 86400 + 9 * HOUR);
	expect(&w, "");
	world_clear(&w);
}

static void
stop__longer_than_max_late__sends_nothing_old(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "1 day before");
	w.entry.due_on = day("2018-09-21");
	plan_at(&w, (int64_t)day("2018-10-24") * 86400 + HOUR);
	expect(&w, "2018-10-24 1 day before (missed) > owner\n");
	world_clear(&w);
}

static void
rule__added_later__sends_nothing_for_yesterday(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "7 days before");
	add_rule(&w, "3 days before");
	w.since[0] = (int64_t)day("2018-09-15") * 86400;
	w.entry.due_on = day("2018-09-21"); /* 7 days before: the 14th */
	plan_at(&w, (int64_t)day("2018-09-15") * 86400 + HOUR);
	expect(&w, "");
	play_from(&w, (int64_t)day("2018-09-15") * 86400, "2018-09-30");
	expect(&w, "2018-09-18 3 days before > owner\n");
	world_clear(&w);
}

static void
date__changed__is_told_and_counts_anew(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "at assignment");
	add_rule(&w, "1 day before");
	w.entry.due_on = day("2018-09-12");
	play(&w, "2018-09-11");
	expect(&w, "2018-09-04 at assignment > owner\n"
		   "2018-09-11 1 day before > owner\n");
	w.entry.due_on = day("2018-10-12");
	w.entry.due_version = 2;
	w.entry.known_at = (int64_t)day("2018-09-11") * 86400 + 15 * HOUR;
	for (int64_t now = w.entry.known_at;
	     now < (int64_t)day("2018-10-20") * 86400;)
		now = plan_at(&w, now);
	expect(&w, "2018-09-12 date changed > owner\n"
		   "2018-10-11 1 day before > owner\n");
	world_clear(&w);
}

static void
owner__given_away_and_back__is_chased_again(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "at assignment");
	w.entry.due_on = day("2018-12-12");
	plan_at(&w, (int64_t)day("2018-09-04") * 86400);
	w.owners[0].party_id = OTHER;
	w.entry.assign_version = 2;
	plan_at(&w, (int64_t)day("2018-09-05") * 86400);
	w.owners[0].party_id = OWNER;
	w.entry.assign_version = 3;
	plan_at(&w, (int64_t)day("2018-09-06") * 86400);
	expect(&w, "2018-09-04 at assignment > owner\n"
		   "2018-09-05 at assignment > other\n"
		   "2018-09-06 at assignment > owner\n");
	world_clear(&w);
}

/* In one mail: that it is theirs, and that it is late. */
static void
owner__new_of_what_is_overdue__hears_both_at_once(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "at assignment");
	add_rule(&w, "1 day after");
	add_rule(&w, "every 7 days after");
	w.entry.due_on = day("2018-09-10");
	play(&w, "2018-09-11");
	expect(&w, "2018-09-04 at assignment > owner\n"
		   "2018-09-11 1 day after > owner\n");
	w.owners[0].party_id = OTHER;
	w.entry.assign_version = 2;
	w.entry.assigned_at = (int64_t)day("2018-09-11") * 86400 + 14 * HOUR;
	play_from(&w, w.entry.assigned_at, "2018-09-17");
	expect(&w, "2018-09-11 1 day after > other\n"
		   "2018-09-11 at assignment > other\n"
		   "2018-09-17 every 7 days after > other\n");
	/* A co-owner comes: who has heard of today's already has until tomorrow
	 * for the news. */
	w.entry.assign_version = 3;
	w.entry.assigned_at = (int64_t)day("2018-09-17") * 86400 + 14 * HOUR;
	play_from(&w, w.entry.assigned_at, "2018-09-20");
	expect(&w, "2018-09-18 at assignment > other\n");
	/* Where both fire at nine the news shows. */
	w.owners[0].party_id = OWNER;
	w.entry.assign_version = 4;
	w.entry.assigned_at = (int64_t)day("2018-09-23") * 86400 + 17 * HOUR;
	play_from(&w, (int64_t)day("2018-09-24") * 86400, "2018-09-24");
	expect(&w, "2018-09-24 at assignment > owner\n"
		   "2018-09-24 every 7 days after (missed) > owner\n"
		   "2018-09-24 every 7 days after (missed) > owner\n");
	play_from(&w, (int64_t)day("2018-09-24") * 86400, "2018-09-30");
	expect(&w, "");
	/* So does another date that is near already. */
	w.entry.due_on = day("2018-10-01");
	w.entry.due_version = 2;
	w.entry.known_at = (int64_t)day("2018-10-01") * 86400 + 17 * HOUR;
	play_from(&w, w.entry.known_at, "2018-10-02");
	expect(&w, "2018-10-02 date changed > owner\n"
		   "2018-10-02 1 day after (missed) > owner\n");
	world_clear(&w);
}

static void
escalation__steps__fire_once_and_the_last_repeats(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.owners[1] = (struct plan_owner){ .party_id = SPONSOR,
		.role = ROLE_SPONSOR,
		.paused_until_on = DAY_NONE };
	w.nowners = 2;
	add_step(&w, "14 days after", TO_SPONSOR);
	add_step(&w, "28 days after", TO_CHAIR);
	w.entry.due_on = day("2018-09-03");
	play(&w, "2018-12-01");
	expect(&w, "2018-09-14 ahead of 14 days after > secretary\n"
		   "2018-09-17 14 days after > sponsor\n"
		   "2018-09-28 ahead of 28 days after > secretary\n"
		   "2018-10-01 28 days after > chair\n"
		   "2018-10-26 ahead of 28 days after > secretary\n"
		   "2018-10-29 28 days after > chair\n"
		   "2018-11-23 ahead of 28 days after > secretary\n"
		   "2018-11-26 28 days after > chair\n");
	world_clear(&w);
}

static void
escalation__without_sponsor_or_chair__falls_to_the_secretary(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.env.chair_id = 0;
	add_step(&w, "1 day after", TO_SPONSOR);
	add_step(&w, "2 slips", TO_CHAIR);
	w.entry.due_on = day("2018-09-05");
	w.entry.slips = 2;
	play(&w, "2018-09-06");
	expect(&w, "2018-09-04 2 slips > secretary\n"
		   "2018-09-05 ahead of 1 day after > secretary\n"
		   "2018-09-06 1 day after > secretary\n");
	world_clear(&w);
}

/* Nobody is told as chair or secretary that their own entry is late. */
static void
escalation__to_its_owner__falls_to_the_secretary_or_to_nobody(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_step(&w, "1 day after", TO_SPONSOR);
	add_step(&w, "2 days after", TO_CHAIR);
	w.entry.due_on = day("2018-09-05");
	w.owners[0].party_id = CHAIR;
	play(&w, "2018-09-07");
	expect(&w, "2018-09-05 ahead of 1 day after > secretary\n"
		   "2018-09-06 1 day after > secretary\n"
		   "2018-09-06 ahead of 2 days after > secretary\n"
		   "2018-09-07 2 days after > secretary\n");
	world_clear(&w);

	/* An office that the chair holds, with the secretary beside it. */
	world_init(&w);
	add_step(&w, "1 day after", TO_SPONSOR);
	add_step(&w, "2 days after", TO_CHAIR);
	w.entry.due_on = day("2018-09-05");
	w.owners[0].reader_id = OTHER;
	w.env.chair_reader_id = OTHER;
	w.owners[1] = (struct plan_owner){ .party_id = SECRETARY,
		.role = ROLE_CO_OWNER,
		.paused_until_on = DAY_NONE };
	w.nowners = 2;
	play(&w, "2018-09-07");
	expect(&w, "");
	w.nowners = 1;
	w.env.secretary_reader_id = OTHER;
	play_from(&w, (int64_t)day("2018-09-08") * 86400, "2018-09-10");
	expect(&w, "");
	w.env.chair_reader_id = 0;
	play_from(&w, (int64_t)day("2018-09-11") * 86400, "2018-09-11");
	expect(&w, "2018-09-11 2 days after > chair\n");
	world_clear(&w);
}

static void
snooze__holds_and_then_catches_up__but_not_a_statutory_clock(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	w.entry.due_on = day("2018-09-21");
	w.entry.snooze_until_on = day("2018-09-20");
	play(&w, "2018-09-30");
	expect(&w, "2018-09-20 3 days before > owner\n");
	w.done.occurrences.len = 0;
	w.entry.statutory = true;
	play(&w, "2018-09-30");
	expect(&w, "2018-09-18 3 days before > owner\n");
	world_clear(&w);
}

static void
on_hold__is_quiet__but_not_a_statutory_clock_that_runs_on(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	w.entry.due_on = day("2018-09-21");
	w.entry.state = ENTRY_ON_HOLD;
	play(&w, "2018-09-30");
	expect(&w, "");
	w.entry.statutory = true;
	play(&w, "2018-09-30");
	expect(&w, "2018-09-18 3 days before > owner\n");
	w.done.occurrences.len = 0;
	w.entry.paused_from_on = day("2018-09-04");
	play(&w, "2018-09-30");
	expect(&w, "");
	world_clear(&w);
}

static void
extension__pending__holds_everything(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	add_step(&w, "1 day after", TO_CHAIR);
	w.entry.due_on = day("2018-09-21");
	w.entry.extension_pending = true;
	play(&w, "2018-09-30");
	expect(&w, "");
	world_clear(&w);
}

static void
unconfirmed_and_closed__fire_nothing(void **state)
{
	static const enum entry_state quiet[] = { ENTRY_UNCONFIRMED,
		ENTRY_CLOSED, ENTRY_WITHDRAWN, ENTRY_SUPERSEDED,
		ENTRY_NOT_ACCEPTED };
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) {
		world_init(&w);
		add_rule(&w, "at assignment");
		add_rule(&w, "3 days before");
		w.entry.due_on = day("2018-09-21");
		w.entry.state = quiet[i];
		play(&w, "2018-09-30");
		expect(&w, "");
		world_clear(&w);
	}
}

static void
proposed__chases_the_approver_and_leaves_the_owner(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	w.entry.due_on = day("2018-09-21");
	w.entry.state = ENTRY_PROPOSED;
	w.entry.proposed_on = day("2018-09-10");
	play(&w, "2018-09-25");
	expect(&w, "2018-09-11 proposed for closure > chair\n"
		   "2018-09-18 proposed for closure > chair\n"
		   "2018-09-25 proposed for closure > chair\n");
	world_clear(&w);
}

static void
other_date_asked_for__chases_the_approver_and_leaves_the_owner(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	w.entry.due_on = day("2018-09-21");
	w.entry.extension_pending = true;
	w.entry.asked_on = day("2018-09-07"); /* a Friday */
	play(&w, "2018-09-20");
	expect(&w, "2018-09-10 another date asked for > chair\n"
		   "2018-09-17 another date asked for > chair\n");
	/* A snooze holds the owner's reminders, not this. */
	w.entry.snooze_until_on = day("2018-10-30");
	play_from(&w, (int64_t)day("2018-09-21") * 86400, "2018-09-24");
	expect(&w, "2018-09-24 another date asked for > chair\n");
	w.entry.snooze_until_on = DAY_NONE;
	/* Refused, and asked for once more. */
	w.entry.asked_on = day("2018-09-25");
	play_from(&w, (int64_t)day("2018-09-25") * 86400, "2018-09-27");
	expect(&w, "2018-09-26 another date asked for > chair\n");
	/* Done in the meantime: that is what is asked about now. */
	w.entry.state = ENTRY_PROPOSED;
	w.entry.proposed_on = day("2018-09-25");
	play_from(&w, (int64_t)day("2018-09-27") * 86400, "2018-09-28");
	expect(&w, "2018-09-27 proposed for closure > chair\n");
	world_clear(&w);
}

static void
other_date_asked_for__where_a_clock_is_statutory__reminds_as_well(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.env.chair_id = 0;
	add_rule(&w, "3 days before");
	w.entry.due_on = day("2018-09-21");
	w.entry.statutory = true;
	w.entry.extension_pending = true;
	w.entry.asked_on = day("2018-09-17");
	play(&w, "2018-09-20");
	expect(&w, "2018-09-18 another date asked for > secretary\n"
		   "2018-09-18 3 days before > owner\n");
	world_clear(&w);
}

static void
co_owner__is_reminded_where_the_schedule_names_them_until_answered(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	add_rule(&w, "on the day");
	w.entry.due_on = day("2018-09-21");
	w.owners[1] = (struct plan_owner){ .party_id = OTHER,
		.role = ROLE_CO_OWNER,
		.paused_until_on = DAY_NONE };
	w.nowners = 2;
	w.to[1].role = TO_CO_OWNERS;
	strings_add(&w.schedule.to, "co-owners");
	play(&w, "2018-09-20");
	expect(&w, "2018-09-18 3 days before > owner\n"
		   "2018-09-18 3 days before > other\n");
	w.owners[0].answered = true;
	play_from(&w, (int64_t)day("2018-09-21") * 86400, "2018-09-21");
	expect(&w, "2018-09-21 on the day > other\n");
	world_clear(&w);
}

static void
unowned__goes_to_the_secretary(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	w.nowners = 0;
	add_rule(&w, "3 days before");
	w.entry.due_on = day("2018-09-21");
	play(&w, "2018-09-30");
	expect(&w, "2018-09-18 3 days before > secretary\n");
	world_clear(&w);
}

static void
paused_owner__hears_the_latest_afterwards(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "3 days before");
	add_rule(&w, "on the day");
	w.entry.due_on = day("2018-09-21");
	w.owners[0].paused_until_on = day("2018-09-23");
	play(&w, "2018-09-30");
	expect(&w, "2018-09-18 while paused: 3 days before > secretary\n"
		   "2018-09-21 while paused: on the day > secretary\n"
		   "2018-09-24 3 days before (missed) > owner\n"
		   "2018-09-24 on the day > owner\n");
	world_clear(&w);
}

static void
paused_owner__of_a_reassigned_entry__the_secretary_still_hears_it(void **state)
{
	struct world w;
	const struct occurrence *o;

	(void)state;
	world_init(&w);
	add_rule(&w, "at assignment");
	w.entry.assign_version = 2;
	w.owners[0].paused_until_on = day("2018-09-23");
	play(&w, "2018-09-05");
	expect(&w, "2018-09-04 while paused: at assignment > secretary\n");
	o = &w.done.occurrences.items[0];
	assert_true(plan_is_wanted(o, &w.entry, &w.plan, day("2018-09-04")));
	w.entry.assign_version = 3;
	assert_false(plan_is_wanted(o, &w.entry, &w.plan, day("2018-09-04")));
	world_clear(&w);
}

static void
review__undated__repeats_until_there_is_a_date(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "at review");
	w.entry.review_on = day("2018-09-15"); /* a Saturday */
	play(&w, "2018-11-01");
	expect(&w, "2018-09-17 at review > owner\n"
		   "2018-10-29 at review > owner\n");
	world_clear(&w);
}

static void
meeting__coming__asks_for_an_update(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "10 working days before meeting");
	w.meetings[0] = day("2018-06-20");
	w.meetings[1] = day("2018-09-20");
	w.meetings[2] = day("2018-11-30");
	w.env.nmeetings = 3;
	w.entry.held_on = day("2018-06-20");
	play(&w, "2018-12-01");
	expect(&w, "2018-09-06 10 working days before meeting > owner\n"
		   "2018-11-16 10 working days before meeting > owner\n");
	world_clear(&w);
}

static void
due_at_a_meeting__asks_the_secretary_first_and_waits(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "1 day after");
	add_step(&w, "1 day after", TO_CHAIR);
	w.entry.due_on = day("2018-09-12");
	w.entry.at_meeting = true;
	play(&w, "2018-10-01");
	expect(&w, "2018-09-13 outcome of the meeting > secretary\n"
		   "2018-09-26 ahead of 1 day after > secretary\n"
		   "2018-09-27 1 day after > owner\n"
		   "2018-09-27 1 day after > chair\n");
	world_clear(&w);
}

static void
webhook__gets_each_firing_once__and_nothing_restricted(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add_rule(&w, "on the day");
	strings_add(&w.schedule.channels, "duty-room");
	w.owners[1] = (struct plan_owner){ .party_id = OTHER,
		.paused_until_on = DAY_NONE };
	w.nowners = 2;
	w.entry.due_on = day("2018-09-21");
	play(&w, "2018-09-22");
	expect(&w, "2018-09-21 on the day > owner\n"
		   "2018-09-21 on the day > other\n"
		   "2018-09-21 on the day > webhook\n");
	w.done.occurrences.len = 0;
	w.entry.is_restricted = true;
	w.nowners = 1;
	play(&w, "2018-09-22");
	expect(&w, "2018-09-21 on the day > owner\n");
	world_clear(&w);
}

static void
no_schedule__is_said(void **state)
{
	struct plan out = { 0 };
	struct world w;

	(void)state;
	world_init(&w);
	plan_entry(&w.env, NULL, &w.entry, w.owners, 1, NULL, 0,
	    w.entry.known_at, &out);
	assert_int_equal(out.hold, HOLD_NO_SCHEDULE);
	assert_true(out.next_at == INSTANT_NEVER);
	world_clear(&w);
}

static void
wanted__only_what_it_was_planned_for(void **state)
{
	struct occurrence o = { .entry_id = 1,
		.due_version = 1,
		.rule = "on the day",
		.party_id = OWNER,
		.channel = "mail",
		.role = TO_OWNER };
	struct world w;
	struct owner *owner;
	int today = day("2018-09-21");

	(void)state;
	world_init(&w);
	owner = vec_push(&w.entry.owners);
	owner->party_id = OWNER;
	w.entry.due_on = today;
	assert_true(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.due_version = 2;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.due_version = 1;
	owner->party_id = OTHER;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	owner->party_id = OWNER;
	w.entry.state = ENTRY_CLOSED;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.state = ENTRY_PROPOSED;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.state = ENTRY_OPEN;
	w.entry.snooze_until_on = today + 1;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	assert_true(plan_is_wanted(&o, &w.entry, &w.plan, today + 1));
	w.entry.snooze_until_on = DAY_NONE;
	w.entry.extension_pending = true;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	o.role = TO_APPROVER;
	strcpy(o.rule, PLAN_RULE_EXTENSION);
	assert_true(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.extension_pending = false;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.extension_pending = true;
	w.entry.state = ENTRY_PROPOSED;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	strcpy(o.rule, PLAN_RULE_PROPOSAL);
	assert_true(plan_is_wanted(&o, &w.entry, &w.plan, today));
	w.entry.state = ENTRY_OPEN;
	strcpy(o.rule, "on the day");
	/* Queued for the chair, who was given the entry since. */
	w.entry.extension_pending = false;
	o.kind = PLAN_ESCALATION;
	o.role = TO_CHAIR;
	o.party_id = CHAIR;
	assert_true(plan_is_wanted(&o, &w.entry, &w.plan, today));
	owner->party_id = CHAIR;
	assert_false(plan_is_wanted(&o, &w.entry, &w.plan, today));
	o.role = TO_OWNER;
	assert_true(plan_is_wanted(&o, &w.entry, &w.plan, today));
	vec_clear(&w.entry.owners);
	world_clear(&w);
}

static void
send_at__out_of_hours__waits_for_the_next_opening(void **state)
{
	static const struct {
		const char *wanted_on;
		int wanted_minute;
		const char *on;
		int minute;
	} cases[] = {
		{ "2018-09-20", 540, "2018-09-20", 540 },
		{ "2018-09-20", 300, "2018-09-20", 480 },
		{ "2018-09-20", 1079, "2018-09-20", 1079 },
		{ "2018-09-20", 1080, "2018-09-21", 480 },
		{ "2018-09-21", 1200, "2018-09-24", 480 },
		{ "2018-09-22", 600, "2018-09-24", 480 },
		{ "2018-09-23", 0, "2018-09-24", 480 },
	};
	struct world w;

	(void)state;
	world_init(&w);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t at = plan_send_at(&w.calendar, &w.zone, 480, 1080,
		    zone_instant(&w.zone, day(cases[i].wanted_on),
			cases[i].wanted_minute));

		assert_int_equal(at,
		    zone_instant(&w.zone, day(cases[i].on), cases[i].minute));
	}
	world_clear(&w);
}

static void
digest__of_each_kind_of_rule__on_its_days(void **state)
{
	static const struct {
		const char *rule, *after, *today, *found, *next;
	} cases[] = {
		{ "every Monday", "", "2018-09-17", "2018-09-17",
		    "2018-09-24" },
		{ "every Monday", "2018-09-17", "2018-09-17", "",
		    "2018-09-24" },
		{ "every Monday", "2018-09-17", "2018-09-26", "2018-09-24",
		    "2018-10-01" },
		{ "every Monday", "2018-08-17", "2018-08-27", "2018-08-20",
		    "2018-08-28" }, /* bank holiday: Tuesday */
		{ "FREQ=DAILY", "", "2018-09-18", "2018-09-18", "2018-09-19" },
		{ "FREQ=DAILY;INTERVAL=2", "", "2018-09-19", "2018-09-18",
		    "2018-09-20" },
		{ "FREQ=WEEKLY;BYDAY=MO", "2018-09-10", "2018-09-18",
		    "2018-09-17", "2018-09-24" },
		{ "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "", "2018-09-18", "",
		    "2018-09-24" },
		{ "FREQ=MONTHLY;BYDAY=1MO", "", "2018-09-05", "2018-09-03",
		    "2018-10-01" },
		{ "8 working days before meeting", "", "2018-11-20",
		    "2018-11-20", "" },
		{ "8 working days before meeting", "", "2018-11-19", "",
		    "2018-11-20" },
	};
	int meetings[1];
	struct world w;

	(void)state;
	world_init(&w);
	meetings[0] = day("2018-11-30");
	calendar_add_holiday(&w.calendar, day("2018-08-27"), "Summer");
	calendar_seal(&w.calendar);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct err err = { 0 };
		struct rule rule;
		char iso[DAY_TEXT_MAX];
		int next, found;

		assert_int_equal(
		    rule_parse(cases[i].rule, RULE_FOR_DIGEST, &rule, &err), 0);
		found = plan_digest(&rule, &w.calendar, meetings, 1,
		    day_parse(cases[i].after), day(cases[i].today), &next);
		assert_string_equal(day_iso(found, iso), cases[i].found);
		assert_string_equal(day_iso(next, iso), cases[i].next);
	}
	world_clear(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    reminders__around_the_due_day__fire_once_each_and_roll),
		cmocka_unit_test(reminders__roll_none__keep_their_days),
		cmocka_unit_test(reminders__on_one_day__only_the_latest_shows),
		cmocka_unit_test(
		    reminders__of_a_backlog__do_not_fire_backwards),
		cmocka_unit_test(most__an_update__starts_the_count_anew),
		cmocka_unit_test(window__before_its_first_day__is_quiet),
		cmocka_unit_test(
		    stop__of_days__gives_one_catch_up_and_records_the_rest),
		cmocka_unit_test(stop__longer_than_max_late__sends_nothing_old),
		cmocka_unit_test(
		    rule__added_later__sends_nothing_for_yesterday),
		cmocka_unit_test(date__changed__is_told_and_counts_anew),
		cmocka_unit_test(owner__given_away_and_back__is_chased_again),
		cmocka_unit_test(
		    owner__new_of_what_is_overdue__hears_both_at_once),
		cmocka_unit_test(
		    escalation__steps__fire_once_and_the_last_repeats),
		cmocka_unit_test(
		    escalation__without_sponsor_or_chair__falls_to_the_secretary),
		cmocka_unit_test(
		    escalation__to_its_owner__falls_to_the_secretary_or_to_nobody),
		cmocka_unit_test(
		    snooze__holds_and_then_catches_up__but_not_a_statutory_clock),
		cmocka_unit_test(
		    on_hold__is_quiet__but_not_a_statutory_clock_that_runs_on),
		cmocka_unit_test(extension__pending__holds_everything),
		cmocka_unit_test(unconfirmed_and_closed__fire_nothing),
		cmocka_unit_test(
		    proposed__chases_the_approver_and_leaves_the_owner),
		cmocka_unit_test(
		    other_date_asked_for__chases_the_approver_and_leaves_the_owner),
		cmocka_unit_test(
		    other_date_asked_for__where_a_clock_is_statutory__reminds_as_well),
		cmocka_unit_test(
		    co_owner__is_reminded_where_the_schedule_names_them_until_answered),
		cmocka_unit_test(unowned__goes_to_the_secretary),
		cmocka_unit_test(paused_owner__hears_the_latest_afterwards),
		cmocka_unit_test(
		    paused_owner__of_a_reassigned_entry__the_secretary_still_hears_it),
		cmocka_unit_test(
		    due_on_the_last_day_there_is__fires_nothing_and_ends),
		cmocka_unit_test(
		    review__undated__repeats_until_there_is_a_date),
		cmocka_unit_test(meeting__coming__asks_for_an_update),
		cmocka_unit_test(
		    due_at_a_meeting__asks_the_secretary_first_and_waits),
		cmocka_unit_test(
		    webhook__gets_each_firing_once__and_nothing_restricted),
		cmocka_unit_test(no_schedule__is_said),
		cmocka_unit_test(wanted__only_what_it_was_planned_for),
		cmocka_unit_test(
		    send_at__out_of_hours__waits_for_the_next_opening),
		cmocka_unit_test(digest__of_each_kind_of_rule__on_its_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
