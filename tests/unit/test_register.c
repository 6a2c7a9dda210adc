/* SPDX-License-Identifier: ISC */
/* Meta, history, rules in force; series, meetings, reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/meetings.h"
#include "io/parties.h"

#define TODAY 18000

static struct db *db;
static struct err err;
static const struct doer doer = {
	.actor = "tester", .by = "Ann Other", .on = TODAY, .at = 1000
};

static int
set_up(void **state)
{
	(void)state;
	db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(db);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	db_close(db);
	return 0;
}

static int64_t
add_series(const char *code)
{
	struct series series = { .code = xstrdup(code),
		.title = xasprintf("Meeting of %s", code) };
	int64_t id;

	assert_int_equal(series_add(db, &series, &doer, &err), 0);
	id = series.id;
	series_clear(&series);
	return id;
}

static int64_t
add_meeting(int64_t series_id, int held_on, enum meeting_state state)
{
	struct meeting meeting;

	meeting_init(&meeting);
	meeting.series_id = series_id;
	meeting.held_on = held_on;
	meeting.state = state;
	assert_int_equal(meetings_add(db, &meeting, &doer, &err), 0);
	return meeting.id;
}

static void
register_meta__set_and_removed__comes_and_goes(void **state)
{
	char *value = NULL;

	(void)state;
	assert_int_equal(register_meta(db, "k", &value, &err), 0);
	assert_null(value);
	assert_int_equal(register_meta_int(db, "k", -7), -7);
	assert_int_equal(register_set_meta(db, "k", "v", &err), 0);
	assert_int_equal(register_meta(db, "k", &value, &err), 0);
	assert_string_equal(value, "v");
	free(value);
	assert_int_equal(register_meta_int(db, "k", -7), -7); /* no number */
	assert_int_equal(register_set_meta_int(db, "k", 5000000000, &err), 0);
	assert_true(register_meta_int(db, "k", 0) == 5000000000);
	assert_int_equal(register_set_meta(db, "k", NULL, &err), 0);
	assert_int_equal(register_meta_int(db, "k", 3), 3);
}

struct seen {
	int count, stop_after;
	char text[512];
};

static int
see_event(void *ctx, const struct event *e, struct err *ignored)
{
	struct seen *seen = ctx;
	size_t n = strlen(seen->text);

	(void)ignored;
	(void)snprintf(seen->text + n, sizeof seen->text - n,
	    "%s %lld %s %s>%s (%s) %s/%s;", e->subject,
	    (long long)e->subject_id, e->what, e->old ? e->old : "",
	    e->new ? e->new : "", e->note ? e->note : "", e->actor,
	    e->by ? e->by : "");
	assert_int_equal(e->done_on, TODAY);
	return ++seen->count == seen->stop_after;
}

static void
register_history__of_a_subject_or_since__in_order(void **state)
{
	struct doer later = { .actor = "nudged", .on = TODAY, .at = 2000 };
	struct seen seen = { 0 };

	(void)state;
	assert_int_equal(register_event(db, &doer, "entry", 1, "closed", "open",
			     "closed", "done", &err),
	    0);
	assert_int_equal(register_event(db, &later, "party", 1, "email", "a",
			     "b", NULL, &err),
	    0);
	assert_int_equal(register_event(db, &later, "entry", 2, "added", NULL,
			     "open", NULL, &err),
	    0);
	assert_int_equal(register_history(db, "entry", 1, INSTANT_NONE,
			     see_event, &seen, &err),
	    0);
	assert_string_equal(
	    seen.text, "entry 1 closed open>closed (done) tester/Ann Other;");
	seen = (struct seen){ 0 };
	assert_int_equal(
	    register_history(db, NULL, 0, 2000, see_event, &seen, &err), 0);
	assert_string_equal(seen.text,
	    "party 1 email a>b () nudged/;entry 2 added >open () nudged/;");
	seen = (struct seen){ .stop_after = 1 };
	assert_int_equal(
	    register_history(db, "entry", 0, 0, see_event, &seen, &err), 0);
	assert_int_equal(seen.count, 1);
}

static void
register_note_rules__changed_config__keeps_first_days(void **state)
{
	struct conf conf = { 0 };
	struct conf_schedule *schedule = vec_push(&conf.schedules);
	struct conf_escalation *step = vec_push(&schedule->escalate);
	char *before =
	    rule_known_key("inspection", "reminder", "14 days before");
	char *after = rule_known_key("inspection", "reminder", "1 day after");
	char *up = rule_known_key("inspection", "escalation", "28 days after");

	(void)state;
	assert_string_equal(before, "inspection/reminder/14 days before");
	schedule->name = xstrdup("inspection");
	(void)strcpy(vec_push(&schedule->remind)->text, "14 days before");
	(void)strcpy(step->when.text, "28 days after");
	assert_true(register_rule_since(db, before) == INSTANT_NEVER);
	assert_int_equal(register_note_rules(db, &conf, 100, &err), 0);
	(void)strcpy(vec_push(&schedule->remind)->text, "1 day after");
	assert_int_equal(register_note_rules(db, &conf, 200, &err), 0);
	assert_int_equal(register_rule_since(db, before), 100);
	assert_int_equal(register_rule_since(db, after), 200);
	assert_int_equal(register_rule_since(db, up), 100);
	/* Gone and back again: it counts from then. */
	schedule->remind.len = 1;
	assert_int_equal(register_note_rules(db, &conf, 300, &err), 0);
	assert_true(register_rule_since(db, after) == INSTANT_NEVER);
	schedule->remind.len = 2;
	assert_int_equal(register_note_rules(db, &conf, 400, &err), 0);
	assert_int_equal(register_rule_since(db, after), 400);
	free(before);
	free(after);
	free(up);
	free(schedule->name);
	vec_clear(&schedule->remind);
	vec_clear(&schedule->escalate);
	vec_clear(&conf.schedules);
}

static void
series_get__any_case__finds_it_and_twice_is_refused(void **state)
{
	struct series series = { 0 };
	int64_t id = add_series("WT");

	(void)state;
	assert_int_equal(series_get(db, "wt", &series, &err), 1);
	assert_int_equal(series.id, id);
	series.id = 0;
	assert_int_equal(series_add(db, &series, &doer, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	series_clear(&series);
	assert_int_equal(series_get(db, "none", &series, &err), 0);
}

static void
meetings_check_code__table__as_refs_allow(void **state)
{
	static const struct {
		const char *code;
		int want;
	} cases[] = {
		{ "WT", 0 },
		{ "SD&P", 0 },
		{ "a_1/2-x", 0 },
		{ "", -1 },
		{ NULL, -1 },
		{ "-WT", -1 },
		{ "W T", -1 },
		{ "W.T", -1 },
		{ "caf\xc3\xa9", -1 },
		{ "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
		    meetings_check_code(cases[i].code, &err), cases[i].want);
}

static void
meetings_next__cancelled_and_same_day__are_passed_over(void **state)
{
	int64_t series = add_series("WT");
	struct meeting meeting = { 0 };

	(void)state;
	(void)add_meeting(series, TODAY, MEETING_HELD);
	(void)add_meeting(series, TODAY + 7, MEETING_CANCELLED);
	(void)add_meeting(series, TODAY + 14, MEETING_PLANNED);
	assert_int_equal(meetings_next(db, series, TODAY, &meeting, &err), 1);
	assert_int_equal(meeting.held_on, TODAY + 14);
	assert_string_equal(meeting.series, "WT");
	assert_int_equal(meeting.starts_minute, -1);
	meeting_clear(&meeting);
	assert_int_equal(
	    meetings_next(db, series, TODAY + 14, &meeting, &err), 0);
}

static void
meetings_save__moved__is_an_event_and_days_stay_unique(void **state)
{
	int64_t series = add_series("WT"), id;
	struct meeting meeting = { 0 };
	struct seen seen = { 0 };
	char want[256], a[DAY_LONG_MAX], b[DAY_LONG_MAX];

	(void)state;
	id = add_meeting(series, TODAY, MEETING_PLANNED);
	(void)add_meeting(series, TODAY + 7, MEETING_PLANNED);
	assert_int_equal(meetings_get(db, series, TODAY, &meeting, &err), 1);
	meeting.held_on = TODAY + 7;
	assert_int_equal(meetings_save(db, &meeting, &doer, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	meeting.held_on = TODAY + 8;
	meeting.starts_minute = 9 * 60 + 30;
	assert_int_equal(meetings_save(db, &meeting, &doer, &err), 0);
	assert_int_equal(meetings_save(db, &meeting, &doer, &err), 0);
	meeting_clear(&meeting);
	assert_int_equal(register_history(db, "meeting", id, INSTANT_NONE,
			     see_event, &seen, &err),
	    0);
	assert_int_equal(seen.count, 3);
	(void)snprintf(want, sizeof want, "moved %s>%s ()", day_long(TODAY, a),
	    day_long(TODAY + 8, b));
	assert_non_null(strstr(seen.text, want));
	assert_non_null(strstr(seen.text, "time >09:30 ()"));
}

static void
meetings_attended__recorded_or_not__tells(void **state)
{
	int64_t series = add_series("WT"), id;
	struct party ann, bob;
	struct attendance people[3] = {
		{ .name = (char *)"Ann Other", .present = true },
		{ .name = (char *)"Bob Example", .present = false },
		{ .name = (char *)"A guest", .present = true },
	};

	(void)state;
	party_init(&ann);
	ann.name = xstrdup("Ann Other");
	party_init(&bob);
	bob.name = xstrdup("Bob Example");
	assert_int_equal(parties_add(db, &ann, &doer, &err), 0);
	assert_int_equal(parties_add(db, &bob, &doer, &err), 0);
	people[0].party_id = ann.id;
	people[1].party_id = bob.id;
	id = add_meeting(series, TODAY, MEETING_HELD);
	assert_int_equal(meetings_attended(db, series, TODAY, ann.id), -1);
	for (int i = 0; i < 2; i++) /* taking it in twice changes nothing */
		assert_int_equal(
		    meetings_set_attendance(db, id, people, 3, &err), 0);
	assert_int_equal(meetings_attended(db, series, TODAY, ann.id), 1);
	assert_int_equal(meetings_attended(db, series, TODAY, bob.id), 0);
	party_clear(&ann);
	party_clear(&bob);
}

static int
see_item(void *ctx, const struct agenda_item *item, struct err *ignored)
{
	char *text = ctx;

	(void)ignored;
	(void)strcat(text, item->number);
	(void)strcat(text, item->deferred ? "! " : " ");
	return 0;
}

static void
meetings_each_item__numbers__in_natural_order(void **state)
{
	struct agenda_item items[3] = {
		{ (char *)"10", (char *)"Any other business", false },
		{ (char *)"2", (char *)"Minutes", true },
		{ (char *)"9a", (char *)"Estates", false },
	};
	char text[64] = "";
	int64_t id = add_meeting(add_series("WT"), TODAY, MEETING_PLANNED);

	(void)state;
	assert_int_equal(meetings_set_agenda(db, id, items, 3, &err), 0);
	assert_int_equal(meetings_each_item(db, id, see_item, text, &err), 0);
	assert_string_equal(text, "2! 9a 10 ");
}

static void
series_calendar_load__all_series__without_cancelled_days(void **state)
{
	struct series_calendar cal = { 0 };
	int64_t wt = add_series("WT"), none = add_series("NONE"), sdp;

	(void)state;
	sdp = add_series("SDP");
	(void)add_meeting(wt, TODAY + 9, MEETING_PLANNED);
	(void)add_meeting(wt, TODAY, MEETING_HELD);
	(void)add_meeting(wt, TODAY + 5, MEETING_CANCELLED);
	(void)add_meeting(sdp, TODAY + 1, MEETING_PLANNED);
	assert_int_equal(series_calendar_load(db, &cal, &err), 0);
	assert_int_equal(cal.series.len, 3);
	assert_int_equal(cal.series.items[0].id, wt);
	assert_int_equal(cal.series.items[0].ndays, 2);
	assert_int_equal(cal.series.items[0].days[0], TODAY);
	assert_int_equal(cal.series.items[0].days[1], TODAY + 9);
	assert_int_equal(cal.series.items[1].id, none);
	assert_int_equal(cal.series.items[1].ndays, 0);
	assert_string_equal(cal.series.items[2].code, "SDP");
	assert_int_equal(cal.series.items[2].days[0], TODAY + 1);
	series_calendar_clear(&cal);
}

static void
reports_save__series_and_day__are_events(void **state)
{
	struct report report;
	struct seen seen = { 0 };
	int64_t series = add_series("WT");

	(void)state;
	report_init(&report);
	report.code = xstrdup("CDI");
	report.title = xstrdup("Crime data integrity");
	assert_int_equal(reports_add(db, &report, &doer, &err), -1);
	assert_int_equal(err.code, ERR_INPUT); /* whose report? */
	report.body = xstrdup("Inspectorate");
	assert_int_equal(reports_add(db, &report, &doer, &err), 0);
	report.published_on = day_from_civil(2018, 8, 7);
	report.series_id = series;
	assert_int_equal(reports_save(db, &report, &doer, &err), 0);
	report_clear(&report);
	assert_int_equal(reports_get(db, "cdi", &report, &err), 1);
	assert_string_equal(report.series, "WT");
	assert_int_equal(register_history(db, "report", report.id, INSTANT_NONE,
			     see_event, &seen, &err),
	    0);
	assert_int_equal(seen.count, 3);
	assert_non_null(strstr(seen.text, "published >7 August 2018"));
	assert_non_null(strstr(seen.text, "monitored by >WT"));
	report_clear(&report);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		T(register_meta__set_and_removed__comes_and_goes),
		T(register_history__of_a_subject_or_since__in_order),
		T(register_note_rules__changed_config__keeps_first_days),
		T(series_get__any_case__finds_it_and_twice_is_refused),
		T(meetings_check_code__table__as_refs_allow),
		T(meetings_next__cancelled_and_same_day__are_passed_over),
		T(meetings_save__moved__is_an_event_and_days_stay_unique),
		T(meetings_attended__recorded_or_not__tells),
		T(meetings_each_item__numbers__in_natural_order),
		T(series_calendar_load__all_series__without_cancelled_days),
		T(reports_save__series_and_day__are_events),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
