/* SPDX-License-Identifier: ISC */
/* Entries: refs, lists, and what saving finds out by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/entries.h"
#include "io/meetings.h"
#include "io/parties.h"

#define TODAY 18000

static struct db *db;
static struct err err;
static const struct doer doer = { .actor = "tester", .on = TODAY, .at = 1000 };
static const struct doer later = { .actor = "tester", .on = TODAY, .at = 2000 };
static int64_t ann, bob, wt, secret, report;

static int64_t
add_party(const char *name)
{
	struct party party;

	party_init(&party);
	party.name = xstrdup(name);
	assert_int_equal(parties_add(db, &party, &doer, &err), 0);
	free(party.name);
	return party.id;
}

static int64_t
add_series(const char *code, bool restricted)
{
	struct series series = { .code = xstrdup(code),
		.title = xstrdup(code),
		.restricted = restricted };

	assert_int_equal(series_add(db, &series, &doer, &err), 0);
	free(series.code);
	free(series.title);
	return series.id;
}

static int
set_up(void **state)
{
	struct report r = { .code = (char *)"CDI",
		.body = (char *)"Inspectorate",
		.title = (char *)"Crime data",
		.published_on = DAY_NONE };

	(void)state;
	db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(db);
	ann = add_party("Ann Other");
	bob = add_party("Bob Example");
	wt = add_series("WT", false);
	secret = add_series("SEC", true);
	r.series_id = wt;
	assert_int_equal(reports_add(db, &r, &doer, &err), 0);
	report = r.id;
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	db_close(db);
	return 0;
}

/* Adds an open entry; of holds what differs, its strings borrowed. */
static int64_t
add(const char *ref, struct entry of, char **given)
{
	struct entry e;
	int rc;

	entry_init(&e);
	e.ref = xstrdup(ref);
	e.kind = (char *)"action";
	e.text = (char *)"to do";
	e.state = of.state;
	e.series_id = of.series_id;
	e.report_id = of.report_id;
	e.parent_id = of.parent_id;
	e.restricted = of.restricted;
	e.owners.items = of.owners.items;
	e.owners.len = of.owners.len;
	e.due_on = of.due_on == 0 ? DAY_NONE : of.due_on;
	e.held_on = of.held_on == 0 ? DAY_NONE : of.held_on;
	err.text[0] = '\0';
	rc = entries_add(db, &e, &doer, &err);
	if (rc == -1)
		print_error("%s\n", err.text);
	assert_int_equal(rc, 0);
	if (given != NULL)
		*given = xstrdup(e.ref);
	free(e.ref);
	return e.id;
}

static int64_t
add_open(const char *ref, int due_on)
{
	return add(
	    ref, (struct entry){ .state = ENTRY_OPEN, .due_on = due_on }, NULL);
}

/* ---- refs ---- */

static void
entries_add__no_ref__gives_the_next_one(void **state)
{
	struct entry in_wt = { .state = ENTRY_OPEN, .series_id = wt };
	struct entry in_report = {
		.state = ENTRY_OPEN, .series_id = wt, .report_id = report
	};
	struct entry in_none = { .state = ENTRY_OPEN };
	struct entry child = { .state = ENTRY_OPEN, .report_id = report };
	struct {
		struct entry *of;
		const char *ref, *want;
	} steps[] = {
		{ &in_wt, NULL, "WT-1" },
		{ &in_wt, "WT-14", "WT-14" },
		{ &in_wt, NULL, "WT-15" },
		{ &in_wt, "WT-3", "WT-3" },
		{ &in_wt, NULL, "WT-16" },
		{ &in_none, "WT-17", "WT-17" }, /* by hand, of no series */
		{ &in_wt, NULL, "WT-18" },
		{ &in_report, NULL, "CDI-1" },
		{ &in_none, NULL, "A-1" },
		{ &in_none, "A-5", "A-5" },
		{ &in_none, NULL, "A-6" },
		{ &child, NULL, "CDI-1.1" },
		{ &child, "CDI-1.9", "CDI-1.9" },
		{ &child, NULL, "CDI-1.10" },
	};
	struct entry e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		char *ref = NULL;

		if (steps[i].of == &child) {
			assert_int_equal(entries_get(db, "CDI-1", &e, &err), 1);
			child.parent_id = e.id;
			entry_clear(&e);
		}
		(void)add(steps[i].ref, *steps[i].of, &ref);
		assert_string_equal(ref, steps[i].want);
		free(ref);
	}
}

static void
entries_add__bad_or_taken__is_refused(void **state)
{
	static const struct {
		const char *ref, *kind, *text;
		int earliest, due;
		enum err_code code;
	} cases[] = {
		{ "wt-1", "action", "x", DAY_NONE, DAY_NONE, ERR_CONFLICT },
		{ "W T", "action", "x", DAY_NONE, DAY_NONE, ERR_INPUT },
		{ "", "action", "x", DAY_NONE, DAY_NONE, ERR_INPUT },
		{ "WT-2", "", "x", DAY_NONE, DAY_NONE, ERR_INPUT },
		{ "WT-2", "action", NULL, DAY_NONE, DAY_NONE, ERR_INPUT },
		{ "WT-2", "action", "x", 10, 9, ERR_INPUT },
	};

	(void)state;
	(void)add_open("WT-1", 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct entry e;

		entry_init(&e);
		e.ref = (char *)cases[i].ref;
		e.kind = (char *)cases[i].kind;
		e.text = (char *)cases[i].text;
		e.earliest_on = cases[i].earliest;
		e.due_on = cases[i].due;
		assert_int_equal(entries_add(db, &e, &doer, &err), -1);
		assert_int_equal(err.code, cases[i].code);
	}
}

static void
entries_add__then_get__is_what_was_added(void **state)
{
	struct owner owners[] = { { ann, NULL, ROLE_OWNER, DAY_NONE },
		{ bob, NULL, ROLE_CO_OWNER, TODAY } };
	struct entry e = { 0 };

	(void)state;
	(void)add("wt-7",
	    (struct entry){ .state = ENTRY_OPEN,
		.series_id = wt,
		.report_id = report,
		.due_on = TODAY,
		.held_on = TODAY - 30,
		.owners = { owners, 2, 2 } },
	    NULL);
	assert_int_equal(entries_get(db, "WT-7", &e, &err), 1);
	assert_string_equal(e.series, "WT");
	assert_string_equal(e.report, "CDI");
	assert_string_equal(e.body, "Inspectorate");
	assert_int_equal(e.due_on, TODAY);
	assert_int_equal(e.original_due_on, TODAY);
	assert_int_equal(e.review_on, DAY_NONE);
	assert_int_equal(e.due_minute, -1);
	assert_int_equal(e.version, 1);
	assert_int_equal(e.due_version, 1);
	assert_int_equal(e.known_at, 1000);
	assert_int_equal(e.owners.len, 2);
	assert_string_equal(e.owners.items[1].name, "Bob Example");
	assert_int_equal(e.owners.items[1].answered_on, TODAY);
	assert_false(e.is_restricted);
	entry_clear(&e);
	assert_int_equal(entries_get(db, "WT-8", &e, &err), 0);
}

static void
entries_get__restricted_series_or_parent__is_inherited(void **state)
{
	int64_t parent;
	struct entry e = { 0 };

	(void)state;
	(void)add("S-1",
	    (struct entry){ .state = ENTRY_OPEN, .series_id = secret }, NULL);
	parent = add("P-1",
	    (struct entry){ .state = ENTRY_OPEN, .restricted = true }, NULL);
	(void)add("P-1.1",
	    (struct entry){ .state = ENTRY_OPEN, .parent_id = parent }, NULL);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(
		    entries_get(db, i ? "P-1.1" : "S-1", &e, &err), 1);
		assert_true(e.is_restricted);
		assert_false(e.restricted);
		entry_clear(&e);
	}
}

/* ---- lists ---- */

static int
see_ref(void *ctx, const struct entry *e, struct err *ignored)
{
	char *text = ctx;

	(void)ignored;
	(void)strcat(strcat(text, e->ref), " ");
	return 0;
}

static void
expect_list(const struct entry_filter *filter, const char *want)
{
	char text[256] = "";

	assert_int_equal(entries_each(db, filter, see_ref, text, &err), 0);
	assert_string_equal(text, want);
}

static void
entries_each__filters__in_order_of_day_then_ref(void **state)
{
	struct owner owns[] = { { ann, NULL, ROLE_OWNER, DAY_NONE },
		{ bob, NULL, ROLE_SPONSOR, DAY_NONE } };
	struct entry_filter f;

	(void)state;
	(void)add_open("B-10", TODAY - 1);
	(void)add_open("B-2", TODAY - 1);
	(void)add_open("B-1", TODAY + 5);
	(void)add_open("B-3", 0);
	(void)add("B-4",
	    (struct entry){ .state = ENTRY_CLOSED, .due_on = TODAY - 9 }, NULL);
	(void)add("B-5",
	    (struct entry){ .state = ENTRY_UNCONFIRMED, .due_on = TODAY - 9 },
	    NULL);
	(void)add("B-6",
	    (struct entry){ .state = ENTRY_PROPOSED,
		.due_on = TODAY - 3,
		.series_id = secret,
		.owners = { owns, 2, 2 } },
	    NULL);
	(void)add("B-7",
	    (struct entry){
		.state = ENTRY_OPEN, .due_on = TODAY, .report_id = report },
	    NULL);
	entry_filter_init(&f, TODAY);
	expect_list(&f, "B-4 B-5 B-6 B-2 B-10 B-7 B-1 B-3 ");
	f.live_only = true;
	expect_list(&f, "B-6 B-2 B-10 B-7 B-1 B-3 ");
	f.overdue = true;
	expect_list(&f, "B-6 B-2 B-10 ");
	f.public_only = true;
	expect_list(&f, "B-2 B-10 ");
	entry_filter_init(&f, TODAY);
	f.due_before = TODAY + 5;
	expect_list(&f, "B-7 B-1 ");
	f.due_from = TODAY + 1;
	expect_list(&f, "B-1 ");
	entry_filter_init(&f, TODAY);
	f.undated = true;
	expect_list(&f, "B-3 ");
	entry_filter_init(&f, TODAY);
	f.has_state = true;
	f.state = ENTRY_UNCONFIRMED;
	expect_list(&f, "B-5 ");
	f.state = ENTRY_OPEN;
	expect_list(&f, "B-2 B-10 B-7 B-1 B-3 ");
	entry_filter_init(&f, TODAY);
	f.owner_id = ann;
	expect_list(&f, "B-6 ");
	f.owner_id = bob; /* a sponsor owns nothing */
	expect_list(&f, "");
	entry_filter_init(&f, TODAY);
	f.unowned = f.live_only = true;
	expect_list(&f, "B-2 B-10 B-7 B-1 B-3 ");
	entry_filter_init(&f, TODAY);
	f.series_id = wt; /* it monitors the report */
	expect_list(&f, "B-7 ");
	f.series_id = secret;
	expect_list(&f, "B-6 ");
	entry_filter_init(&f, TODAY);
	f.kind = "ACTION";
	f.report_id = report;
	expect_list(&f, "B-7 ");
	f.kind = "bid";
	expect_list(&f, "");
}

/* The lists that people wait for must not read the whole register. */
static void
entries_each__overdue_and_waiting__use_their_indexes(void **state)
{
	static const struct {
		const char *sql, *index;
	} cases[] = {
		{ "EXPLAIN QUERY PLAN SELECT id FROM entry e WHERE "
		  "e.due_on IS NOT NULL AND e.due_on < '2019-01-01' "
		  "AND e.live = 1 ORDER BY e.due_on",
		    "entry_live" },
		{ "EXPLAIN QUERY PLAN SELECT id FROM entry e WHERE "
		  "e.due_on IS NULL AND e.live = 1",
		    "entry_live" },
		{ "EXPLAIN QUERY PLAN SELECT id FROM entry e WHERE "
		  "e.state = 'proposed' AND e.state <> 'open' "
		  "AND e.state <> 'closed'",
		    "entry_waiting" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct stmt *st = db_stmt(db, cases[i].sql);

		assert_int_equal(db_step(st, &err), 1);
		assert_non_null(strstr(db_text(st, 3), cases[i].index));
		db_done(st);
	}
}

static void
entries_like__of_a_meeting__are_its_entries(void **state)
{
	char text[64] = "";

	(void)state;
	(void)add("W-1",
	    (struct entry){
		.state = ENTRY_OPEN, .series_id = wt, .held_on = TODAY },
	    NULL);
	(void)add("W-2",
	    (struct entry){
		.state = ENTRY_OPEN, .series_id = wt, .held_on = TODAY + 1 },
	    NULL);
	(void)add("R-1",
	    (struct entry){ .state = ENTRY_OPEN, .report_id = report }, NULL);
	(void)add_open("N-1", 0);
	assert_int_equal(
	    entries_like(db, wt, 0, TODAY, see_ref, text, &err), 0);
	assert_int_equal(
	    entries_like(db, 0, report, DAY_NONE, see_ref, text, &err), 0);
	assert_int_equal(
	    entries_like(db, 0, 0, DAY_NONE, see_ref, text, &err), 0);
	assert_string_equal(text, "W-1 R-1 N-1 ");
}

/* ---- saving ---- */

struct seen {
	int count;
	char text[1024];
};

static int
see_event(void *ctx, const struct event *e, struct err *ignored)
{
	struct seen *seen = ctx;
	size_t n = strlen(seen->text);

	(void)ignored;
	seen->count++;
	(void)snprintf(seen->text + n, sizeof seen->text - n, "%s:%s>%s%s%s;",
	    e->what, e->old ? e->old : "", e->new ? e->new : "",
	    e->note ? "," : "", e->note ? e->note : "");
	return 0;
}

static void
expect_history(int64_t id, const char *want)
{
	struct seen seen = { 0 };

	assert_int_equal(register_history(db, "entry", id, INSTANT_NONE,
			     see_event, &seen, &err),
	    0);
	assert_string_equal(seen.text, want);
}

static int64_t
planned_anew(void)
{
	struct stmt *st =
	    db_stmt(db, "SELECT count(*) FROM due WHERE next_at = 0");
	int64_t count;

	assert_int_equal(db_step(st, &err), 1);
	count = db_int(st, 0);
	db_done(st);
	assert_int_equal(
	    db_run(db_stmt(db, "UPDATE due SET next_at = 9"), &err), 0);
	return count;
}

static void
entries_save__what_changed__is_found_out(void **state)
{
	int64_t id = add_open("WT-1", day_from_civil(2019, 5, 3));
	struct entry before = { 0 }, after = { 0 };

	(void)state;
	assert_int_equal(planned_anew(), 1);
	assert_int_equal(entries_get_id(db, id, &before, &err), 1);
	entry_copy(&before, &after);
	assert_int_equal(
	    entries_save(db, &before, &after, "nothing", "x", &later, &err), 0);
	assert_int_equal(planned_anew(), 0);
	after.due_on = day_from_civil(2019, 6, 7);
	after.at_risk = true;
	*vec_push(&after.owners) =
	    (struct owner){ ann, NULL, ROLE_OWNER, DAY_NONE };
	assert_int_equal(entries_save(db, &before, &after, "extended",
			     "staff are away", &later, &err),
	    0);
	assert_int_equal(planned_anew(), 1);
	expect_history(id,
	    "added:>open;extended:3 May 2019>7 June 2019,staff are away;"
	    "owners:>Ann Other;at risk:no>yes;");
	entry_clear(&before);
	assert_int_equal(entries_get_id(db, id, &before, &err), 1);
	assert_int_equal(before.due_version, 2);
	assert_int_equal(before.assign_version, 2);
	assert_int_equal(before.version, 2);
	assert_int_equal(before.known_at, 2000);
	assert_int_equal(before.assigned_at, 2000);
	assert_int_equal(before.original_due_on, day_from_civil(2019, 5, 3));
	assert_int_equal(after.version, 2);
	/* The one who read it before is too late. */
	entry_clear(&after);
	entry_copy(&before, &after);
	before.version = 1;
	after.at_risk = false;
	assert_int_equal(
	    entries_save(db, &before, &after, NULL, NULL, &later, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	entry_clear(&before);
	entry_clear(&after);
}

static void
entries_save__state_and_quiet_fields__one_event(void **state)
{
	int64_t id = add_open("WT-1", TODAY);
	struct entry before = { 0 }, after = { 0 };

	(void)state;
	assert_int_equal(entries_get_id(db, id, &before, &err), 1);
	entry_copy(&before, &after);
	after.updated_on = TODAY;
	after.update_note = xstrdup("half done");
	assert_int_equal(entries_save(db, &before, &after, "updated",
			     "half done", &later, &err),
	    0);
	entry_clear(&before);
	entry_copy(&after, &before);
	after.state = ENTRY_CLOSED;
	after.closed_on = TODAY;
	after.state_note = xstrdup("minute 7");
	assert_int_equal(entries_save(db, &before, &after, "closed", "minute 7",
			     &later, &err),
	    0);
	expect_history(
	    id, "added:>open;updated:>,half done;closed:open>closed,minute 7;");
	entry_clear(&before);
	assert_int_equal(entries_get_id(db, id, &before, &err), 1);
	assert_int_equal(before.due_version, 1);
	assert_int_equal(before.known_at, 1000);
	assert_int_equal(before.version, 3);
	entry_clear(&before);
	entry_clear(&after);
}

static void
entries_save__confirmed__is_known_and_original_from_then(void **state)
{
	int64_t id = add("WT-1",
	    (struct entry){ .state = ENTRY_UNCONFIRMED, .due_on = TODAY },
	    NULL);
	struct entry before = { 0 }, after = { 0 };

	(void)state;
	assert_int_equal(planned_anew(), 0); /* nothing to plan yet */
	assert_int_equal(entries_get_id(db, id, &before, &err), 1);
	entry_copy(&before, &after);
	after.state = ENTRY_OPEN;
	after.due_on = TODAY + 7;
	assert_int_equal(
	    entries_save(db, &before, &after, "confirmed", NULL, &later, &err),
	    0);
	assert_int_equal(planned_anew(), 1);
	assert_int_equal(after.known_at, 2000);
	assert_int_equal(after.assigned_at, 2000);
	assert_int_equal(after.assign_version, 1);
	assert_int_equal(after.original_due_on, TODAY + 7);
	entry_clear(&before);
	entry_clear(&after);
}

static void
entries_save__a_member_answers__is_no_new_assignment(void **state)
{
	struct owner owns[] = { { ann, NULL, ROLE_OWNER, DAY_NONE },
		{ bob, NULL, ROLE_CO_OWNER, DAY_NONE } };
	int64_t id = add("WT-1",
	    (struct entry){ .state = ENTRY_OPEN, .owners = { owns, 2, 2 } },
	    NULL);
	struct entry before = { 0 }, after = { 0 };

	(void)state;
	assert_int_equal(entries_get_id(db, id, &before, &err), 1);
	entry_copy(&before, &after);
	after.owners.items[1].answered_on = TODAY;
	assert_int_equal(
	    entries_save(db, &before, &after, "answered", "done", &later, &err),
	    0);
	entry_clear(&before);
	entry_clear(&after);
	assert_int_equal(entries_get_id(db, id, &after, &err), 1);
	assert_int_equal(after.owners.items[1].answered_on, TODAY);
	assert_int_equal(after.assign_version, 1);
	expect_history(id, "added:>open;answered:>Bob Example,done;");
	entry_clear(&after);
}

static void
entries_open_children__of_each_state__counts_unfinished(void **state)
{
	int64_t id = add_open("CDI-1", 0);
	int count = -1;

	(void)state;
	for (int s = ENTRY_UNCONFIRMED; s <= ENTRY_NOT_ACCEPTED; s++)
		(void)add(NULL,
		    (struct entry){
			.state = (enum entry_state)s, .parent_id = id },
		    NULL);
	assert_int_equal(entries_open_children(db, id, &count, &err), 0);
	assert_int_equal(count, 5);
}

static int
see_slip(void *ctx, const struct slip *slip, struct err *ignored)
{
	struct slip *last = ctx;

	(void)ignored;
	last->new_on = slip->new_on;
	last->state = slip->state;
	return 0;
}

static void
slips_save__pending_then_agreed__comes_back(void **state)
{
	struct slip slip, last;

	(void)state;
	slip_init(&slip);
	slip_init(&last);
	slip.entry_id = add_open("WT-1", TODAY);
	slip.old_on = TODAY;
	slip.new_on = TODAY + 7;
	slip.asked_on = TODAY;
	assert_int_equal(slips_add(db, &slip, &err), 0);
	assert_int_equal(
	    slips_each(db, slip.entry_id, see_slip, &last, &err), 0);
	assert_int_equal(last.new_on, TODAY + 7);
	assert_int_equal(last.state, SLIP_PENDING);
	slip.state = SLIP_AGREED;
	assert_int_equal(slips_save(db, &slip, &err), 0);
	assert_int_equal(
	    slips_each(db, slip.entry_id, see_slip, &last, &err), 0);
	assert_int_equal(last.state, SLIP_AGREED);
	slip.id = 99;
	assert_int_equal(slips_save(db, &slip, &err), -1);
	assert_int_equal(err.code, ERR_NOTFOUND);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		T(entries_add__no_ref__gives_the_next_one),
		T(entries_add__bad_or_taken__is_refused),
		T(entries_add__then_get__is_what_was_added),
		T(entries_get__restricted_series_or_parent__is_inherited),
		T(entries_each__filters__in_order_of_day_then_ref),
		T(entries_each__overdue_and_waiting__use_their_indexes),
		T(entries_like__of_a_meeting__are_its_entries),
		T(entries_save__what_changed__is_found_out),
		T(entries_save__state_and_quiet_fields__one_event),
		T(entries_save__confirmed__is_known_and_original_from_then),
		T(entries_save__a_member_answers__is_no_new_assignment),
		T(entries_open_children__of_each_state__counts_unfinished),
		T(slips_save__pending_then_agreed__comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
