/* SPDX-License-Identifier: ISC */
/* A register that is older than its mark, or a copy, is held; once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buf.h"
#include "io/mark.h"
#include "io/register.h"

struct site {
	char folder[64];
	char *path;
	struct db *db;
};

static void
must(int rc, const struct err *err)
{
	if (rc == -1)
		fail_msg("%s", err->text);
}

static void
open_db(struct site *site, enum db_mode mode)
{
	struct err err;

	site->db = db_open(site->path, mode, &err);
	if (site->db == NULL)
		fail_msg("%s", err.text);
}

static int
setup(void **state)
{
	struct site *site = xcalloc(1, sizeof *site);

	strcpy(site->folder, "/tmp/mark-XXXXXX");
	assert_non_null(mkdtemp(site->folder));
	site->path = xasprintf("%s/register.db", site->folder);
	open_db(site, DB_CREATE);
	*state = site;
	return 0;
}

static int
teardown(void **state)
{
	struct site *site = *state;
	char *command = xasprintf("rm -r %s", site->folder);

	db_close(site->db);
	assert_int_equal(system(command), 0);
	free(command);
	free(site->path);
	free(site);
	return 0;
}

static void
happen(struct site *site, int events)
{
	struct doer doer = { .actor = "test", .on = 10 };
	struct err err;

	must(db_begin(site->db, &err), &err);
	for (int i = 0; i < events; i++)
		must(register_event(site->db, &doer, "entry", 1, "changed",
			 NULL, NULL, NULL, &err),
		    &err);
	must(db_commit(site->db, &err), &err);
}

static char *
meta(struct site *site, const char *key)
{
	char *value = NULL;
	struct err err;

	must(register_meta(site->db, key, &value, &err), &err);
	return value;
}

static void
set_meta(struct site *site, const char *key, const char *value)
{
	struct err err;

	must(db_begin(site->db, &err), &err);
	must(register_set_meta(site->db, key, value, &err), &err);
	must(db_commit(site->db, &err), &err);
}

static bool
is_held(struct site *site)
{
	char *held = meta(site, "held");
	bool is = held != NULL;

	free(held);
	return is;
}

static int
check(struct site *site)
{
	struct err err;
	int rc = mark_check(site->db, &err);

	must(rc, &err);
	return rc;
}

static void
save(struct site *site)
{
	struct err err;

	must(mark_write(site->db, &err), &err);
}

static char *
mark(struct site *site)
{
	char *text = NULL;
	struct err err;

	must(db_mark(site->db, &text, &err), &err);
	return text;
}

static void
set_mark(struct site *site, const char *text)
{
	struct err err;

	must(db_set_mark(site->db, text, &err), &err);
}

static void
mark_check__no_mark_or_same_or_newer__is_free(void **state)
{
	struct site *site = *state;

	happen(site, 3);
	assert_int_equal(check(site), 0);
	save(site);
	assert_int_equal(check(site), 0);
	happen(site, 2);
	assert_int_equal(check(site), 0);
	assert_false(is_held(site));
}

static void
mark_check__older__is_held_once_and_free_after_release(void **state)
{
	struct site *site = *state;
	char *text;

	happen(site, 3);
	set_mark(site, "event 9 attempt 2 notice 1");
	assert_int_equal(check(site), 1);
	text = meta(site, "held");
	assert_non_null(strstr(text, "6 events and 2 attempts"));
	free(text);
	/* While it is held the mark stays. */
	save(site);
	text = mark(site);
	assert_string_equal(text, "event 9 attempt 2 notice 1");
	free(text);
	assert_int_equal(check(site), 0);
	assert_true(is_held(site));
	/* Released: not held again for the same gap, and the mark goes down. */
	set_meta(site, "held", NULL);
	assert_int_equal(check(site), 0);
	assert_false(is_held(site));
	save(site);
	text = mark(site);
	assert_string_equal(text, "event 3 attempt 0 notice 0");
	free(text);
}

/* What was sent is counted, not kept row by row. */
static void
mark_check__fewer_sends__is_held(void **state)
{
	struct site *site = *state;
	char *text;

	set_meta(site, REGISTER_SENDS, "7");
	save(site);
	text = mark(site);
	assert_string_equal(text, "event 0 attempt 7 notice 0");
	free(text);
	set_meta(site, REGISTER_SENDS, "5");
	assert_int_equal(check(site), 1);
	text = meta(site, "held");
	assert_non_null(strstr(text, "2 attempts"));
	free(text);
}

static void
mark_check__second_old_copy__is_held_as_well(void **state)
{
	struct site *site = *state;

	happen(site, 3);
	set_mark(site, "event 9 attempt 0 notice 0");
	assert_int_equal(check(site), 1);
	save(site);
	/* Another one takes its place, newer than the first. */
	set_meta(site, "held", NULL);
	set_meta(site, "held_mark", NULL);
	happen(site, 3);
	assert_int_equal(check(site), 1);
}

static void
mark_check__illegible__is_held(void **state)
{
	struct site *site = *state;

	set_mark(site, "what is this");
	assert_int_equal(check(site), 1);
	assert_true(is_held(site));
}

static void
mark_check__copy__is_held_and_no_copy_any_more(void **state)
{
	struct site *site = *state;

	set_meta(site, "copy", "1");
	assert_int_equal(check(site), 1);
	assert_null(meta(site, "copy"));
	set_meta(site, "held", NULL);
	assert_int_equal(check(site), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    mark_check__no_mark_or_same_or_newer__is_free, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    mark_check__older__is_held_once_and_free_after_release,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    mark_check__fewer_sends__is_held, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    mark_check__second_old_copy__is_held_as_well, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(
		    mark_check__illegible__is_held, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    mark_check__copy__is_held_and_no_copy_any_more, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
