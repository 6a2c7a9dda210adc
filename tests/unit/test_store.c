/* SPDX-License-Identifier: ISC */
/* The ledger's queries whose cost must not grow with the register. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/store.h"

#define ENTRIES 1000

static struct db *db;
static struct err err;

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
number(const char *sql)
{
	int64_t n;

	assert_int_equal(db_one_int(db_stmt_once(db, sql), -1, &n, &err), 0);
	return n;
}

/* The last of many entries is the one that is live. */
static void
store_touch_live__few_among_many_finished__each_call_ends_soon(void **state)
{
	int64_t after = 0, last;
	int calls = 0, rc;

	(void)state;
	assert_int_equal(
	    db_run(db_stmt_once(db,
		       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
		       "i + 1 FROM n WHERE i < 1000) INSERT INTO entry (ref, "
		       "kind, text, state, known_at, assigned_at) SELECT "
		       "'A-' || i, 'action', 'x', iif(i < 1000, 'closed', "
		       "'open'), 0, 0 FROM n"),
		&err),
	    0);
	do {
		last = after;
		rc = store_touch_live(db, &after, 4, &err);
		assert_int_not_equal(rc, -1);
		assert_true(after - last <= 100);
		calls++;
	} while (rc == 1);
	assert_true(calls >= ENTRIES / 100);
	assert_int_equal(number("SELECT count(*) FROM due"), 1);
	assert_int_equal(number("SELECT entry_id FROM due"), ENTRIES);
}

/* More live ones than a call may touch: none is passed over. */
static void
store_touch_live__more_than_a_call_takes__all_are_touched(void **state)
{
	int64_t after = 0;
	int rc;

	(void)state;
	assert_int_equal(
	    db_run(db_stmt_once(db,
		       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT "
		       "i + 1 FROM n WHERE i < 1000) INSERT INTO entry (ref, "
		       "kind, text, state, known_at, assigned_at) SELECT "
		       "'A-' || i, 'action', 'x', iif(i % 3 = 0, 'closed', "
		       "'open'), 0, 0 FROM n"),
		&err),
	    0);
	while ((rc = store_touch_live(db, &after, 7, &err)) == 1)
		;
	assert_int_equal(rc, 0);
	assert_int_equal(number("SELECT count(*) FROM due"),
	    number("SELECT count(*) FROM entry WHERE live = 1"));
}

static int64_t
add_notice(
    const char *key, const char *channel, const char *state, int64_t next_at)
{
	struct notice n = { .key = (char *)key,
		.kind = "nudge",
		.channel = (char *)channel,
		.party_id = 1,
		.address = "a@example.org",
		.day_on = day_from_civil(2020, 1, 1),
		.state = (enum notice_state)notice_state_parse(state),
		.next_at = next_at,
		.since_at = INSTANT_NONE };

	assert_int_equal(store_notice_add(db, &n, &err), 0);
	return n.id;
}

static int
listed(enum notice_state state)
{
	struct notices rows = { 0 };
	int n;

	assert_int_equal(
	    store_notices(db, (int)state, NULL, 9, &rows, &err), 0);
	VEC_EACH (struct notice, notice, &rows.rows)
		assert_int_equal(notice->state, state);
	n = (int)rows.rows.len;
	notices_clear(&rows);
	return n;
}

static void
store_intend__is_told_as_committing__and_in_doubt_after_a_crash(void **state)
{
	int64_t counts[NOTICE_HELD + 1];
	int64_t first = add_notice("1", "mail", "planned", 10);
	int64_t second = add_notice("2", "mail", "planned", 10);
	int doubted;

	(void)state;
	assert_int_equal(store_claimed(db, first, &err), 0);
	assert_int_equal(store_claimed(db, second, &err), 0);
	assert_int_equal(store_intend(db, first, 20, &err), 0);
	assert_int_equal(store_counts(db, 0, counts, &err), 0);
	assert_int_equal(counts[NOTICE_ATTEMPTING], 1);
	assert_int_equal(counts[NOTICE_COMMITTING], 1);
	assert_int_equal(listed(NOTICE_ATTEMPTING), 1);
	assert_int_equal(listed(NOTICE_COMMITTING), 1);
	assert_int_equal(store_recover(db, 30, &doubted, &err), 0);
	assert_int_equal(doubted, 1);
	assert_int_equal(listed(NOTICE_ATTEMPTING), 0);
	assert_int_equal(listed(NOTICE_COMMITTING), 0);
	assert_int_equal(listed(NOTICE_IN_DOUBT), 1);
	assert_int_equal(listed(NOTICE_DEFERRED), 1);
}

static void
store_next_claim__of_any_channel__is_the_earliest(void **state)
{
	int64_t at;

	(void)state;
	assert_int_equal(store_next_claim(db, NULL, &at, &err), 0);
	assert_int_equal(at, INSTANT_NEVER);
	add_notice("1", "mail", "planned", 70);
	add_notice("2", "chat", "deferred", 50);
	add_notice("3", "pager", "sent", 10);
	add_notice("4", "mail", "planned", 60);
	add_notice("5", "tower", "planned", 55);
	assert_int_equal(store_next_claim(db, NULL, &at, &err), 0);
	assert_int_equal(at, 50);
	assert_int_equal(store_next_claim(db, "mail", &at, &err), 0);
	assert_int_equal(at, 60);
	assert_int_equal(store_next_claim(db, "pager", &at, &err), 0);
	assert_int_equal(at, INSTANT_NEVER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    store_touch_live__few_among_many_finished__each_call_ends_soon,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    store_touch_live__more_than_a_call_takes__all_are_touched,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    store_intend__is_told_as_committing__and_in_doubt_after_a_crash,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    store_next_claim__of_any_channel__is_the_earliest, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
