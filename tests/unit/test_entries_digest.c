/* SPDX-License-Identifier: ISC */
/* What a digest counts and lists of a series' entries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/entries_digest.h"
#include "io/meetings.h"
#include "io/parties.h"
#include "io/schema.h"

#define TODAY 18000
#define SINCE 5000

static struct db *db;
static struct err err;
static int64_t ann, wt, other, report;

static const struct doer before = {
	.actor = "tester", .on = TODAY - 10, .at = SINCE - 1
};
static const struct doer now = { .actor = "tester", .on = TODAY, .at = SINCE };

static int64_t
add_series(const char *code)
{
	struct series s = { .code = (char *)code, .title = (char *)code };

	assert_int_equal(series_add(db, &s, &before, &err), 0);
	return s.id;
}

static int
set_up(void **state)
{
	struct report r = { .code = (char *)"INS",
		.body = (char *)"Inspectorate",
		.title = (char *)"Keys",
		.published_on = DAY_NONE };
	struct party party;

	(void)state;
	db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(db);
	party_init(&party);
	party.name = (char *)"Ann Other";
	assert_int_equal(parties_add(db, &party, &before, &err), 0);
	ann = party.id;
	wt = add_series("WT");
	other = add_series("OTH");
	r.series_id = wt;
	assert_int_equal(reports_add(db, &r, &before, &err), 0);
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

/* Owned by Ann unless it says that it has no owner. */
struct given {
	const char *ref;
	int64_t series_id, report_id;
	enum entry_state state;
	int due_in; /* NO_DAY: undated */
	const char *kind, *flag;
	bool statutory, paused, asks, unowned;
	int slipped_on;
	const struct doer *by;
};
#define NO_DAY 9999

static void
add(struct given g)
{
	struct owner owner = { .party_id = ann,
		.role = g.unowned ? ROLE_SPONSOR : ROLE_OWNER,
		.answered_on = DAY_NONE };
	struct entry e;

	entry_init(&e);
	e.ref = (char *)g.ref;
	e.kind = (char *)(g.kind != NULL ? g.kind : "action");
	e.text = (char *)"to do";
	e.state = g.state;
	e.series_id = g.series_id;
	e.report_id = g.report_id;
	e.due_on = g.due_in == NO_DAY ? DAY_NONE : TODAY + g.due_in;
	e.statutory = g.statutory;
	e.paused_from_on = g.paused ? TODAY - 50 : DAY_NONE;
	e.extension_pending = g.asks;
	e.flag = (char *)g.flag;
	e.slipped_on = g.slipped_on == 0 ? DAY_NONE : g.slipped_on;
	e.owners.items = &owner;
	e.owners.len = 1;
	assert_int_equal(
	    entries_add(db, &e, g.by != NULL ? g.by : &before, &err), 0);
}

static void
turn(const char *ref, enum entry_state to, const char *what,
    const struct doer *doer)
{
	struct entry old, new;

	assert_int_equal(entries_get(db, ref, &old, &err), 1);
	entry_copy(&old, &new);
	new.state = to;
	assert_int_equal(
	    entries_save(db, &old, &new, what, NULL, doer, &err), 0);
	entry_clear(&old);
	entry_clear(&new);
}

static struct digest_scope
scope_of(int64_t series_id)
{
	return (struct digest_scope){ .series_id = series_id,
		.today = TODAY,
		.clocks_until_on = TODAY + 28,
		.due_until_on = TODAY + 14,
		.since_on = TODAY - 5,
		.since_at = SINCE,
		.silent = "\nvague\n" };
}

static int
add_ref(void *ctx, const struct entry *entry, struct err *ignored)
{
	(void)ignored;
	buf_printf(ctx, "%s ", entry->ref);
	return 0;
}

/* A section's refs, and that all of them are counted. */
static void
expect(const struct digest_scope *scope, enum digest_section section,
    const char *refs)
{
	struct digest_counts counts;
	struct buf got = { 0 };
	size_t n = 0;

	assert_int_equal(
	    digest_each(db, scope, section, 100, add_ref, &got, &err), 0);
	assert_string_equal(buf_text(&got), refs);
	for (const char *p = refs; *p != '\0'; p++)
		n += *p == ' ';
	assert_int_equal(digest_count(db, scope, &counts, &err), 0);
	assert_int_equal(counts.of_section[section], n);
	buf_clear(&got);
}

static void
digest_each__every_kind_of_entry__has_its_section(void **state)
{
	static const struct {
		const char *ref;
		bool of_report;
		struct given how;
	} entries[] = {
		{ "W-10", false, { .due_in = -3 } },
		{ "W-2", false, { .due_in = -3 } },
		{ "W-3", false, { .due_in = -9, .paused = true } },
		{ "W-4", false, { .due_in = -9, .statutory = true } },
		{ "W-5", false, { .due_in = 28, .kind = "concern" } },
		{ "W-6", false, { .due_in = 29, .kind = "concern" } },
		{ "W-7", false, { .due_in = 0 } },
		{ "W-8", false, { .due_in = 14, .flag = "vague" } },
		{ "W-9", false, { .due_in = 15, .flag = "ambiguous" } },
		{ "W-11", false, { .due_in = NO_DAY, .unowned = true } },
		{ "W-12", false,
		    { .due_in = NO_DAY, .state = ENTRY_PROPOSED } },
		{ "W-13", false, { .due_in = -1, .state = ENTRY_PROPOSED } },
		{ "W-14", false, { .due_in = 2, .asks = true } },
		{ "W-15", false, { .due_in = 2, .state = ENTRY_CLOSED } },
		{ "W-16", false, { .due_in = 2, .state = ENTRY_WITHDRAWN } },
		{ "I-1", true, { .due_in = -4 } },
		{ "I-2", true, { .due_in = 3, .kind = "afi" } },
		{ "I-3", true, { .due_in = 3, .unowned = true } },
	};
	struct digest_scope scope = scope_of(wt);
	struct digest_counts c;

	(void)state;
	for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
		struct given g = entries[i].how;

		g.ref = entries[i].ref;
		if (g.state == ENTRY_UNCONFIRMED)
			g.state = ENTRY_OPEN;
		g.series_id = entries[i].of_report ? 0 : wt;
		g.report_id = entries[i].of_report ? report : 0;
		add(g);
	}
	add((struct given){ "O-1", .series_id = other, .state = ENTRY_OPEN });
	expect(&scope, DIGEST_CLOCKS, "W-4 I-2 W-5 ");
	expect(&scope, DIGEST_OVERDUE, "I-1 W-2 W-10 ");
	expect(&scope, DIGEST_DUE, "W-3 W-7 W-14 I-3 W-8 ");
	expect(&scope, DIGEST_UNDATED, "W-11 ");
	expect(&scope, DIGEST_PROPOSED, "W-13 W-12 ");
	expect(&scope, DIGEST_NEEDS, "W-14 I-3 W-9 W-11 ");
	expect(&scope, DIGEST_CLOSED, "");
	assert_int_equal(digest_count(db, &scope, &c, &err), 0);
	assert_int_equal(c.open, 16);
	assert_int_equal(c.overdue, 4);
	assert_int_equal(c.newly_overdue, 3);
	assert_int_equal(c.due, 6);
	assert_int_equal(c.undated, 1);
	assert_int_equal(c.proposed, 2);
}

static void
digest_each__more_than_fit__the_first_in_order(void **state)
{
	struct digest_scope scope = scope_of(wt);
	struct buf got = { 0 };

	(void)state;
	for (int i = 12; i > 0; i--) {
		char ref[16];

		(void)snprintf(ref, sizeof ref, "W-%d", i);
		add((struct given){ .ref = ref,
		    .series_id = i % 2 == 0 ? wt : 0,
		    .report_id = i % 2 == 0 ? 0 : report,
		    .state = ENTRY_OPEN,
		    .due_in = i < 11 ? -2 : -3 });
	}
	assert_int_equal(
	    digest_each(db, &scope, DIGEST_OVERDUE, 4, add_ref, &got, &err), 0);
	assert_string_equal(buf_text(&got), "W-11 W-12 W-1 W-2 ");
	buf_clear(&got);
}

static void
digest_count__change__is_that_of_the_series_alone(void **state)
{
	struct digest_scope scope = scope_of(wt), first = scope;
	struct digest_counts c;

	(void)state;
	add((struct given){ "W-1", wt, .state = ENTRY_OPEN });
	add((struct given){ "W-2", wt, .state = ENTRY_OPEN, .by = &now });
	add((struct given){ "W-3", wt, .state = ENTRY_UNCONFIRMED });
	add((struct given){
	    "W-4", wt, .state = ENTRY_UNCONFIRMED, .by = &now });
	add((struct given){ "W-5", wt, .state = ENTRY_PROPOSED });
	add((struct given){ "W-6", wt, .state = ENTRY_PROPOSED });
	add((struct given){ "W-7", wt, .state = ENTRY_CLOSED });
	add((struct given){ "W-8", wt, .state = ENTRY_CLOSED, .by = &now });
	add((struct given){ "W-9", wt, .state = ENTRY_PROPOSED });
	add((struct given){
	    "I-1", .report_id = report, .state = ENTRY_PROPOSED });
	add((struct given){ "O-1", other, .state = ENTRY_CLOSED, .by = &now });
	add((struct given){
	    "W-10", wt, .state = ENTRY_OPEN, .slipped_on = TODAY - 5 });
	/* Of another series, and of a report that this one monitors. */
	add((struct given){ "B-1", other, report, .state = ENTRY_PROPOSED });
	turn("B-1", ENTRY_CLOSED, "closed", &now);
	turn("W-3", ENTRY_OPEN, "confirmed", &now);
	turn("W-5", ENTRY_CLOSED, "closed", &now);
	turn("W-6", ENTRY_CLOSED, "closed", &before);
	turn("W-7", ENTRY_OPEN, "reopened", &now);
	turn("W-9", ENTRY_CLOSED, "closed", &now);
	turn("W-9", ENTRY_OPEN, "reopened", &now);
	turn("I-1", ENTRY_CLOSED, "closed", &now);
	assert_int_equal(digest_count(db, &scope, &c, &err), 0);
	assert_int_equal(c.opened, 5); /* W-2, W-3, W-7, W-8, W-9 */
	assert_int_equal(c.closed, 4);
	assert_int_equal(c.moved, 1);
	assert_int_equal(c.unconfirmed, 1);
	expect(&scope, DIGEST_CLOSED, "W-5 W-8 I-1 B-1 ");
	first.since_on = DAY_NONE;
	first.since_at = INSTANT_NONE;
	assert_int_equal(digest_count(db, &first, &c, &err), 0);
	assert_int_equal(c.opened + c.closed + c.moved + c.newly_overdue, 0);
}

static void
note_flag(void *ctx, const char *flag)
{
	buf_printf(ctx, "%s ", flag);
}

static void
digest_each_flag__of_live_ones__once_each(void **state)
{
	struct digest_scope scope = scope_of(wt);
	struct buf got = { 0 };

	(void)state;
	add((struct given){ "W-1", wt, .state = ENTRY_OPEN, .flag = "vague" });
	add((struct given){ "W-2", wt, .state = ENTRY_OPEN, .flag = "vague" });
	add((struct given){
	    "W-3", wt, .state = ENTRY_CLOSED, .flag = "policy" });
	add((struct given){ "I-1", .report_id = report, .state = ENTRY_OPEN,
	    .flag = "ambiguous" });
	add((struct given){
	    "O-1", other, .state = ENTRY_OPEN, .flag = "uncertain" });
	assert_int_equal(
	    digest_each_flag(db, &scope, note_flag, &got, &err), 0);
	assert_string_equal(buf_text(&got), "ambiguous vague ");
	buf_clear(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    digest_each__every_kind_of_entry__has_its_section, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    digest_each__more_than_fit__the_first_in_order, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    digest_count__change__is_that_of_the_series_alone, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    digest_each_flag__of_live_ones__once_each, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
