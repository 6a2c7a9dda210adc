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

#define SQL_NOTICE                                                    \
	"INSERT INTO notice (key, kind, channel, party_id, address, " \
	"day_on, send_at, state, next_at) VALUES (:key, 'nudge', "    \
	":channel, 1, 'a@example.org', '2020-01-01', 0, :state, :next)"

static void
add_notice(
    const char *key, const char *channel, const char *state, int64_t next_at)
{
	struct stmt *st = db_stmt(db, SQL_NOTICE);

	db_bind_text(st, ":key", key);
	db_bind_text(st, ":channel", channel);
	db_bind_text(st, ":state", state);
	db_bind_int(st, ":next", next_at);
	assert_int_equal(db_run(st, &err), 0);
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
		    store_next_claim__of_any_channel__is_the_earliest, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
