/* SPDX-License-Identifier: ISC */
/* What may happen to an entry in which state, and what it does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buf.h"
#include "core/lifecycle.h"

#define TODAY 18000

static const struct act_ask ask_all = {
	.may_edit = true,
	.may_approve = true,
	.note = "because",
	.on = TODAY,
	.by = 1,
};

static struct entry
make_entry(enum entry_state in)
{
	struct entry e;

	entry_init(&e);
	e.ref = xstrdup("WT-1");
	e.kind = xstrdup("action");
	e.text = xstrdup("to do");
	e.state = in;
	e.review_on = TODAY + 10;
	return e;
}

static void
add_owner(struct entry *e, int64_t id, const char *name, enum owner_role role)
{
	*vec_push(&e->owners) =
	    (struct owner){ id, xstrdup(name), role, DAY_NONE };
}

/* The whole table: '-' refused, '=' stays, else the state that follows. */
static void
lifecycle_change__every_act_in_every_state__as_the_table_says(void **state)
{
	static const char letters[] = "uobhpcwsn"; /* in the enum's order */
	static const struct {
		enum act act;
		const char *want; /* by state */
	} table[] = {
		/*                  u o b h p c w s n */
		{ ACT_CONFIRM, "o--------" },
		{ ACT_SETTLE, "-===-----" },
		{ ACT_UPDATE, "-====----" },
		{ ACT_BLOCK, "-bbb-----" },
		{ ACT_UNBLOCK, "--o------" },
		{ ACT_HOLD, "-hhh-----" },
		{ ACT_PROPOSE, "-pppp----" },
		{ ACT_APPROVE, "----c----" },
		{ ACT_REJECT, "----o----" },
		{ ACT_EXTEND, "-===-----" },
		{ ACT_AGREE, "-===-----" },
		{ ACT_SNOOZE, "-====----" },
		{ ACT_ASSIGN, "=====----" },
		{ ACT_WITHDRAW, "wwwww----" },
		{ ACT_SUPERSEDE, "sssss----" },
		{ ACT_NOT_ACCEPT, "nnnnn----" },
		{ ACT_REOPEN, "--oo-oooo" },
		{ ACT_REWORD, "=========" },
		{ ACT_RESTRICT, "=========" },
		{ ACT_UNRESTRICT, "=========" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		for (int s = ENTRY_UNCONFIRMED; s <= ENTRY_NOT_ACCEPTED; s++) {
			struct entry e = make_entry((enum entry_state)s);
			enum entry_state to = e.state;
			struct err err = { 0 };
			int rc = lifecycle_change(
			    &e, table[i].act, &ask_all, &to, &err);
			char want = table[i].want[s];

			if (want == '-') {
				assert_int_equal(rc, -1);
				assert_int_equal(err.code, ERR_CONFLICT);
				assert_non_null(strstr(err.text, "WT-1 is "));
			} else {
				assert_int_equal(rc, 0);
				assert_int_equal(letters[to],
				    want == '=' ? letters[s] : want);
			}
			entry_clear(&e);
		}
}

static void
lifecycle_change__refused__says_why_and_what_to_do(void **state)
{
	static const struct {
		enum entry_state in;
		enum act act;
		const char *want;
	} cases[] = {
		{ ENTRY_OPEN, ACT_APPROVE,
		    "WT-1 is open: only what is proposed for closure can be "
		    "approved" },
		{ ENTRY_CLOSED, ACT_UPDATE, "WT-1 is closed: reopen it first" },
		{ ENTRY_UNCONFIRMED, ACT_PROPOSE,
		    "WT-1 is not confirmed yet: confirm it first" },
		{ ENTRY_PROPOSED, ACT_BLOCK,
		    "WT-1 is proposed for closure: reject that first" },
		{ ENTRY_OPEN, ACT_REFUSE,
		    "no extension of WT-1 was asked for" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct entry e = make_entry(cases[i].in);
		enum entry_state to;
		struct err err = { 0 };

		assert_int_equal(
		    lifecycle_change(&e, cases[i].act, &ask_all, &to, &err),
		    -1);
		assert_string_equal(err.text, cases[i].want);
		entry_clear(&e);
	}
}

static void
lifecycle_change__without_the_right__is_not_permitted(void **state)
{
	struct act_ask ask = ask_all;
	struct entry e = make_entry(ENTRY_PROPOSED);
	enum entry_state to;
	struct err err = { 0 };

	(void)state;
	ask.may_approve = false;
	assert_int_equal(act_right(ACT_APPROVE), RIGHT_APPROVE);
	assert_int_equal(
	    lifecycle_change(&e, ACT_APPROVE, &ask, &to, &err), -1);
	assert_int_equal(err.code, ERR_PERM);
	assert_int_equal(lifecycle_change(&e, ACT_UPDATE, &ask, &to, &err), 0);
	ask.may_edit = false;
	assert_int_equal(lifecycle_change(&e, ACT_UPDATE, &ask, &to, &err), -1);
	assert_int_equal(err.code, ERR_PERM);
	entry_clear(&e);
}

static void
lifecycle_change__words_missing__is_wrong_input(void **state)
{
	static const enum act acts[] = { ACT_UPDATE, ACT_BLOCK, ACT_HOLD,
		ACT_PROPOSE, ACT_EXTEND, ACT_SNOOZE, ACT_WITHDRAW,
		ACT_SUPERSEDE, ACT_NOT_ACCEPT };
	struct act_ask ask = ask_all;
	struct entry e = make_entry(ENTRY_OPEN);
	enum entry_state to;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		ask.note = i % 2 ? NULL : "";
		assert_int_equal(
		    lifecycle_change(&e, acts[i], &ask, &to, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
	}
	e.review_on = DAY_NONE;
	assert_int_equal(
	    lifecycle_change(&e, ACT_HOLD, &ask_all, &to, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	entry_clear(&e);
}

static void
lifecycle_change__open_sub_points__keep_the_parent_open(void **state)
{
	struct act_ask ask = ask_all;
	struct entry e = make_entry(ENTRY_PROPOSED);
	enum entry_state to;
	struct err err = { 0 };

	(void)state;
	ask.open_children = 2;
	assert_int_equal(
	    lifecycle_change(&e, ACT_APPROVE, &ask, &to, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_string_equal(
	    err.text, "WT-1 has 2 sub-points that are not finished");
	assert_int_equal(lifecycle_change(&e, ACT_UPDATE, &ask, &to, &err), 0);
	ask.open_children = 0;
	assert_int_equal(lifecycle_change(&e, ACT_APPROVE, &ask, &to, &err), 0);
	entry_clear(&e);
}

static void
lifecycle_change__parent_finished__sub_point_stays_finished(void **state)
{
	struct act_ask ask = ask_all;
	struct entry e = make_entry(ENTRY_CLOSED);
	enum entry_state to;
	struct err err = { 0 };

	(void)state;
	ask.parent_finished = true;
	assert_int_equal(lifecycle_change(&e, ACT_REOPEN, &ask, &to, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	entry_clear(&e);
}

static void
lifecycle_apply__group__is_proposed_when_the_last_has_answered(void **state)
{
	struct act_ask ask = ask_all;
	struct entry e = make_entry(ENTRY_OPEN);
	struct err err = { 0 };
	char *names;

	(void)state;
	add_owner(&e, 1, "Ann Other", ROLE_OWNER);
	add_owner(&e, 2, "Bob Example", ROLE_CO_OWNER);
	add_owner(&e, 3, "Cy Sponsor", ROLE_SPONSOR);
	add_owner(&e, 4, "Dee Sample", ROLE_CO_OWNER);
	assert_true(lifecycle_is_group(&e));
	ask.by = 0;
	assert_int_equal(lifecycle_apply(&e, ACT_PROPOSE, &ask, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_non_null(
	    strstr(err.text, "Ann Other, Bob Example and Dee Sample"));
	ask.by = 3; /* a sponsor is no member */
	assert_int_equal(lifecycle_apply(&e, ACT_PROPOSE, &ask, &err), -1);
	ask.by = 2;
	assert_int_equal(lifecycle_apply(&e, ACT_PROPOSE, &ask, &err), 0);
	assert_int_equal(e.state, ENTRY_OPEN);
	assert_int_equal(e.owners.items[1].answered_on, TODAY);
	names = lifecycle_unanswered(&e);
	assert_string_equal(names, "Ann Other and Dee Sample");
	free(names);
	ask.by = 1;
	assert_int_equal(lifecycle_apply(&e, ACT_PROPOSE, &ask, &err), 0);
	assert_int_equal(e.state, ENTRY_OPEN);
	ask.by = 4;
	assert_int_equal(lifecycle_apply(&e, ACT_PROPOSE, &ask, &err), 0);
	assert_int_equal(e.state, ENTRY_PROPOSED);
	assert_int_equal(e.proposed_on, TODAY);
	assert_int_equal(lifecycle_apply(&e, ACT_REJECT, &ask, &err), 0);
	assert_int_equal(e.owners.items[0].answered_on, DAY_NONE);
	assert_int_equal(e.proposed_on, DAY_NONE);
	entry_clear(&e);
}

static void
lifecycle_apply__one_owner__proposes_at_once(void **state)
{
	struct act_ask ask = ask_all;
	struct entry e = make_entry(ENTRY_BLOCKED);
	struct err err = { 0 };

	(void)state;
	add_owner(&e, 1, "Ann Other", ROLE_OWNER);
	add_owner(&e, 3, "Cy Sponsor", ROLE_SPONSOR);
	ask.by = 0;
	ask.note = "minute 7";
	assert_int_equal(lifecycle_apply(&e, ACT_PROPOSE, &ask, &err), 0);
	assert_int_equal(e.state, ENTRY_PROPOSED);
	assert_string_equal(e.state_note, "minute 7");
	ask.note = NULL;
	assert_int_equal(lifecycle_apply(&e, ACT_APPROVE, &ask, &err), 0);
	assert_int_equal(e.state, ENTRY_CLOSED);
	assert_int_equal(e.closed_on, TODAY);
	assert_string_equal(e.state_note, "minute 7");
	assert_int_equal(lifecycle_apply(&e, ACT_REOPEN, &ask, &err), 0);
	assert_int_equal(e.closed_on, DAY_NONE);
	assert_null(e.state_note);
	entry_clear(&e);
}

static void
lifecycle_apply__finished__is_no_longer_snoozed_or_at_risk(void **state)
{
	struct entry e = make_entry(ENTRY_OPEN);
	struct err err = { 0 };

	(void)state;
	e.snooze_until_on = TODAY + 5;
	e.snooze_reason = xstrdup("holiday");
	e.at_risk = e.extension_pending = true;
	assert_int_equal(lifecycle_apply(&e, ACT_WITHDRAW, &ask_all, &err), 0);
	assert_int_equal(e.snooze_until_on, DAY_NONE);
	assert_null(e.snooze_reason);
	assert_false(e.at_risk);
	assert_false(e.extension_pending);
	assert_string_equal(e.state_note, "because");
	entry_clear(&e);
}

static void
lifecycle_apply__extension__pends_then_slips_or_not(void **state)
{
	struct entry e = make_entry(ENTRY_OPEN);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(lifecycle_apply(&e, ACT_AGREE, &ask_all, &err), 0);
	assert_int_equal(e.slips, 0); /* it had no day that could slip */
	e.due_on = TODAY + 3;
	assert_int_equal(lifecycle_apply(&e, ACT_EXTEND, &ask_all, &err), 0);
	assert_true(e.extension_pending);
	assert_int_equal(lifecycle_apply(&e, ACT_EXTEND, &ask_all, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(lifecycle_apply(&e, ACT_REFUSE, &ask_all, &err), 0);
	assert_false(e.extension_pending);
	assert_int_equal(e.slips, 0);
	assert_int_equal(lifecycle_apply(&e, ACT_AGREE, &ask_all, &err), 0);
	assert_int_equal(e.slips, 1);
	assert_int_equal(e.slipped_on, TODAY);
	entry_clear(&e);
}

static void
lifecycle_apply__refused__leaves_the_entry_alone(void **state)
{
	struct entry e = make_entry(ENTRY_CLOSED);
	struct err err = { 0 };

	(void)state;
	e.closed_on = TODAY - 1;
	assert_int_equal(lifecycle_apply(&e, ACT_UPDATE, &ask_all, &err), -1);
	assert_int_equal(e.state, ENTRY_CLOSED);
	assert_int_equal(e.closed_on, TODAY - 1);
	assert_null(e.update_note);
	entry_clear(&e);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    lifecycle_change__every_act_in_every_state__as_the_table_says),
		cmocka_unit_test(
		    lifecycle_change__refused__says_why_and_what_to_do),
		cmocka_unit_test(
		    lifecycle_change__without_the_right__is_not_permitted),
		cmocka_unit_test(
		    lifecycle_change__words_missing__is_wrong_input),
		cmocka_unit_test(
		    lifecycle_change__open_sub_points__keep_the_parent_open),
		cmocka_unit_test(
		    lifecycle_change__parent_finished__sub_point_stays_finished),
		cmocka_unit_test(
		    lifecycle_apply__group__is_proposed_when_the_last_has_answered),
		cmocka_unit_test(lifecycle_apply__one_owner__proposes_at_once),
		cmocka_unit_test(
		    lifecycle_apply__finished__is_no_longer_snoozed_or_at_risk),
		cmocka_unit_test(
		    lifecycle_apply__extension__pends_then_slips_or_not),
		cmocka_unit_test(
		    lifecycle_apply__refused__leaves_the_entry_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
