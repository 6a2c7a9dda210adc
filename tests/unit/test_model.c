/* SPDX-License-Identifier: ISC */
/* Names and small questions of the register's things. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/buf.h"
#include "core/model.h"

static void
entry_state_parse__every_name__round_trips(void **state)
{
	(void)state;
	for (int s = ENTRY_UNCONFIRMED; s <= ENTRY_NOT_ACCEPTED; s++)
		assert_int_equal(
		    entry_state_parse(entry_state_name((enum entry_state)s)),
		    s);
	for (int k = PARTY_PERSON; k <= PARTY_ADDRESS; k++)
		assert_int_equal(
		    party_kind_parse(party_kind_name((enum party_kind)k)), k);
	for (int r = ROLE_OWNER; r <= ROLE_SPONSOR; r++)
		assert_int_equal(
		    owner_role_parse(owner_role_name((enum owner_role)r)), r);
}

static void
entry_state_parse__spellings__are_one(void **state)
{
	static const struct {
		const char *text;
		int want;
	} cases[] = {
		{ "on_hold", ENTRY_ON_HOLD },
		{ "on hold", ENTRY_ON_HOLD },
		{ "On-Hold", ENTRY_ON_HOLD },
		{ "OPEN", ENTRY_OPEN },
		{ "not accepted", ENTRY_NOT_ACCEPTED },
		{ "open ", -1 },
		{ "ope", -1 },
		{ "opened", -1 },
		{ "", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
		    entry_state_parse(cases[i].text), cases[i].want);
	assert_int_equal(owner_role_parse("Co Owner"), ROLE_CO_OWNER);
	assert_int_equal(party_kind_parse("firm"), -1);
}

static void
entry_overdue_days__by_state_and_day__counts_from_the_midnight_after(
    void **state)
{
	static const struct {
		enum entry_state state;
		int due_on, today, want;
	} cases[] = {
		{ ENTRY_OPEN, 100, 99, 0 },
		{ ENTRY_OPEN, 100, 100, 0 },
		{ ENTRY_OPEN, 100, 101, 1 },
		{ ENTRY_OPEN, 100, 130, 30 },
		{ ENTRY_BLOCKED, 100, 101, 1 },
		{ ENTRY_ON_HOLD, 100, 101, 1 },
		{ ENTRY_PROPOSED, 100, 101, 1 },
		{ ENTRY_UNCONFIRMED, 100, 101, 0 },
		{ ENTRY_CLOSED, 100, 101, 0 },
		{ ENTRY_WITHDRAWN, 100, 101, 0 },
		{ ENTRY_SUPERSEDED, 100, 101, 0 },
		{ ENTRY_NOT_ACCEPTED, 100, 101, 0 },
		{ ENTRY_OPEN, DAY_NONE, 101, 0 },
		{ ENTRY_OPEN, 100, DAY_NONE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct entry e;

		entry_init(&e);
		e.state = cases[i].state;
		e.due_on = cases[i].due_on;
		assert_int_equal(
		    entry_overdue_days(&e, cases[i].today), cases[i].want);
	}
}

static void
entry_owners_text__sponsor_too__leaves_the_sponsor_out(void **state)
{
	struct entry e;
	char *text;

	(void)state;
	entry_init(&e);
	text = entry_owners_text(&e);
	assert_string_equal(text, "");
	free(text);
	*vec_push(&e.owners) =
	    (struct owner){ 1, xstrdup("Ann Other"), ROLE_OWNER, DAY_NONE };
	*vec_push(&e.owners) =
	    (struct owner){ 2, xstrdup("Cy Sponsor"), ROLE_SPONSOR, DAY_NONE };
	*vec_push(&e.owners) = (struct owner){ 3, xstrdup("Exampleshire Fire"),
		ROLE_CO_OWNER, DAY_NONE };
	text = entry_owners_text(&e);
	assert_string_equal(text, "Ann Other; Exampleshire Fire");
	free(text);
	assert_int_equal(entry_owner(&e, ROLE_SPONSOR)->party_id, 2);
	assert_int_equal(entry_owner(&e, ROLE_OWNER)->party_id, 1);
	entry_clear(&e);
	assert_null(entry_owner(&e, ROLE_OWNER));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(entry_state_parse__every_name__round_trips),
		cmocka_unit_test(entry_state_parse__spellings__are_one),
		cmocka_unit_test(
		    entry_overdue_days__by_state_and_day__counts_from_the_midnight_after),
		cmocka_unit_test(
		    entry_owners_text__sponsor_too__leaves_the_sponsor_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
