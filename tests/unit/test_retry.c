/* SPDX-License-Identifier: ISC */
/* Retries: delays and ends of notices, the channel's rest, Retry-After. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/date.h"
#include "core/retry.h"

#define NOW 1536829200 /* 13 September 2018, 09:00 UTC */
#define DAY_S 86400
#define HOUR_S 3600

static struct retry_step
step_after(struct retry_policy policy, enum outcome outcome, int attempts,
    int64_t spent_s, int64_t after_s, uint64_t seed)
{
	struct retry_case c = {
		.outcome = outcome,
		.attempts = attempts,
		.spent_s = spent_s,
		.now = NOW,
		.after_s = after_s,
		.seed = seed,
	};

	return retry_next(&policy, &c);
}

static void
retry_next__each_outcome__state_and_count(void **unused)
{
	static const struct {
		enum outcome outcome;
		int64_t spent_s;
		enum retry_state state;
		int attempts;
	} cases[] = {
		{ OUTCOME_SENT, 0, RETRY_SENT, 3 },
		{ OUTCOME_DEFER, 0, RETRY_DEFERRED, 3 },
		{ OUTCOME_DROPPED, 0, RETRY_DEFERRED, 3 },
		{ OUTCOME_FAIL, 0, RETRY_FAILED, 3 },
		{ OUTCOME_GONE, 0, RETRY_FAILED, 3 },
		{ OUTCOME_IN_DOUBT, 0, RETRY_IN_DOUBT, 3 },
		{ OUTCOME_CHANNEL, 0, RETRY_READY, 2 },
		{ OUTCOME_STALE, 0, RETRY_READY, 2 },
		{ OUTCOME_NONE, 0, RETRY_READY, 2 },
		/* tried for five days */
		{ OUTCOME_DEFER, 5 * DAY_S - 1, RETRY_DEFERRED, 3 },
		{ OUTCOME_DEFER, 5 * DAY_S, RETRY_GAVE_UP, 3 },
		{ OUTCOME_DROPPED, 6 * DAY_S, RETRY_GAVE_UP, 3 },
		{ OUTCOME_IN_DOUBT, 5 * DAY_S, RETRY_HELD, 3 },
		{ OUTCOME_CHANNEL, 9 * DAY_S, RETRY_READY, 2 },
		{ OUTCOME_SENT, 9 * DAY_S, RETRY_SENT, 3 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct retry_step step = step_after(retry_policy_mail(),
		    cases[i].outcome, 2, cases[i].spent_s, -1, 1);
		bool again = step.state == RETRY_DEFERRED ||
			     step.state == RETRY_IN_DOUBT ||
			     step.state == RETRY_READY;

		assert_int_equal(step.state, cases[i].state);
		assert_int_equal(step.attempts, cases[i].attempts);
		assert_true(again ? step.next_at >= NOW
				  : step.next_at == INSTANT_NEVER);
	}
}

static void
retry_next__in_doubt_with_hold__waits_for_a_person(void **unused)
{
	struct retry_policy policy = retry_policy_mail();
	struct retry_step step;

	(void)unused;
	policy.hold_in_doubt = true;
	step = step_after(policy, OUTCOME_IN_DOUBT, 0, 0, -1, 1);
	assert_int_equal(step.state, RETRY_HELD);
	assert_true(step.next_at == INSTANT_NEVER);
}

static void
retry_next__mail__doubles_to_an_hour(void **unused)
{
	static const int64_t base[] = { 60, 120, 240, 480, 960, 1920, 3600,
		3600 };

	(void)unused;
	for (int n = 0; n < 8; n++) {
		for (uint64_t seed = 0; seed < 200; seed++) {
			int64_t delay = step_after(retry_policy_mail(),
					    OUTCOME_DEFER, n, 0, -1, seed)
					    .next_at -
					NOW;

			assert_in_range(delay, base[n], base[n] + base[n] / 4);
		}
	}
	assert_in_range(
	    step_after(retry_policy_mail(), OUTCOME_DEFER, 1000, 0, -1, 1)
		    .next_at -
		NOW,
	    3600, 4500);
}

static void
retry_next__webhook__follows_the_standard_schedule(void **unused)
{
	static const int64_t base[] = { 5, 300, 1800, 2 * HOUR_S, 5 * HOUR_S,
		10 * HOUR_S, 14 * HOUR_S, 20 * HOUR_S, 24 * HOUR_S,
		24 * HOUR_S };

	(void)unused;
	for (int n = 0; n < 10; n++) {
		int64_t delay = step_after(retry_policy_webhook(),
				    OUTCOME_DEFER, n, 0, -1, 7)
				    .next_at -
				NOW;

		assert_in_range(delay, base[n], base[n] + base[n] / 4);
	}
}

static void
retry_next__seeds_and_attempts__scatter_yet_repeat(void **unused)
{
	int differ = 0;

	(void)unused;
	for (uint64_t seed = 1; seed <= 50; seed++) {
		struct retry_step a = step_after(
		    retry_policy_mail(), OUTCOME_DEFER, 6, 0, -1, seed);
		struct retry_step again = step_after(
		    retry_policy_mail(), OUTCOME_DEFER, 6, 0, -1, seed);
		struct retry_step b = step_after(
		    retry_policy_mail(), OUTCOME_DEFER, 6, 0, -1, seed + 1);

		assert_true(a.next_at == again.next_at);
		differ += a.next_at != b.next_at;
	}
	assert_true(differ > 40);
}

static void
retry_next__retry_after__is_not_undercut_and_cut_at_a_day(void **unused)
{
	static const struct {
		int64_t after_s, least, most;
	} cases[] = {
		{ -1, 60, 75 },
		{ 0, 60, 75 },
		{ 30, 60, 75 },
		{ 600, 600, 750 },
		{ 99 * DAY_S, DAY_S, DAY_S + DAY_S / 4 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t delay = step_after(retry_policy_mail(), OUTCOME_DEFER,
				    0, 0, cases[i].after_s, 3)
				    .next_at -
				NOW;

		assert_in_range(delay, cases[i].least, cases[i].most);
	}
}

/* ---- the channel ---- */

static void
retry_channel__its_own_fault__pauses_doubling_and_tells_once(void **unused)
{
	static const int64_t base[] = { 60, 120, 240, 480, 960, 1920, 3600,
		3600 };
	struct retry_channel channel = { 0 };
	int64_t now = NOW;

	(void)unused;
	assert_true(retry_channel_is_open(&channel, now));
	assert_false(retry_channel_on_trial(&channel));
	for (int n = 0; n < 8; n++) {
		bool told =
		    retry_channel_note(&channel, OUTCOME_CHANNEL, -1, now, 5);

		assert_int_equal(told, n == 0);
		assert_in_range(
		    channel.paused_until - now, base[n], base[n] + base[n] / 4);
		assert_false(
		    retry_channel_is_open(&channel, channel.paused_until - 1));
		assert_true(
		    retry_channel_is_open(&channel, channel.paused_until));
		assert_true(retry_channel_on_trial(&channel));
		now = channel.paused_until;
	}
	assert_false(retry_channel_note(&channel, OUTCOME_SENT, -1, now, 5));
	assert_false(retry_channel_on_trial(&channel));
	assert_true(retry_channel_note(&channel, OUTCOME_CHANNEL, -1, now, 5));
}

static void
retry_channel__late_faults_while_paused__do_not_lengthen_it(void **unused)
{
	struct retry_channel channel = { 0 };
	int64_t until;

	(void)unused;
	retry_channel_note(&channel, OUTCOME_CHANNEL, -1, NOW, 5);
	until = channel.paused_until;
	for (int i = 0; i < 30; i++) {
		assert_false(retry_channel_note(
		    &channel, OUTCOME_CHANNEL, -1, NOW + 1, 5));
		assert_false(retry_channel_note(
		    &channel, OUTCOME_DEFER, -1, NOW + 1, 5));
	}
	assert_true(channel.paused_until == until);
	assert_int_equal(channel.rests, 1);
}

static void
retry_channel__ten_mails_in_a_row__pause(void **unused)
{
	static const enum outcome kinds[] = { OUTCOME_DEFER, OUTCOME_FAIL,
		OUTCOME_DROPPED, OUTCOME_IN_DOUBT };
	struct retry_channel channel = { 0 };

	(void)unused;
	for (int i = 0; i < 9; i++)
		assert_false(
		    retry_channel_note(&channel, kinds[i % 4], -1, NOW, 5));
	/* neither a stale connection nor an endpoint that is gone counts */
	assert_false(retry_channel_note(&channel, OUTCOME_STALE, -1, NOW, 5));
	assert_false(retry_channel_note(&channel, OUTCOME_NONE, -1, NOW, 5));
	assert_false(retry_channel_note(&channel, OUTCOME_GONE, -1, NOW, 5));
	assert_true(retry_channel_is_open(&channel, NOW));
	assert_true(retry_channel_note(&channel, OUTCOME_FAIL, -1, NOW, 5));
	assert_false(retry_channel_is_open(&channel, NOW));
}

static void
retry_channel__a_success_between__starts_the_count_anew(void **unused)
{
	struct retry_channel channel = { 0 };

	(void)unused;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 9; i++)
			assert_false(retry_channel_note(
			    &channel, OUTCOME_FAIL, -1, NOW, 5));
		retry_channel_note(&channel, OUTCOME_SENT, -1, NOW, 5);
	}
	assert_true(retry_channel_is_open(&channel, NOW));
}

static void
retry_channel__retry_after__lengthens_the_pause(void **unused)
{
	struct retry_channel channel = { 0 };

	(void)unused;
	retry_channel_note(&channel, OUTCOME_CHANNEL, 1000, NOW, 5);
	assert_in_range(channel.paused_until - NOW, 1000, 1250);
}

/* ---- Retry-After ---- */

static void
retry_after_parse__values__seconds_or_none(void **unused)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{ "0", 0 },
		{ "120", 120 },
		{ " 120 \r\n", 120 },
		{ "Thu, 13 Sep 2018 09:02:00 GMT", 120 },
		{ "Thursday, 13-Sep-18 09:02:00 GMT", 120 },
		{ "Thu Sep 13 09:02:00 2018", 120 },
		{ "Sun Sep 16 09:00:00 2018", 3 * DAY_S },
		{ "Mon Oct  1 09:00:00 2018", 18 * DAY_S },
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 0 },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", 0 },
		{ "Sun Nov  6 08:49:37 1994", 0 },
		{ "Thu, 13 Sep 2018 09:00:60 GMT", 60 },
		{ "", -1 },
		{ "soon", -1 },
		{ "-5", -1 },
		{ "1.5", -1 },
		{ "120s", -1 },
		{ "Thu, 31 Feb 2019 09:00:00 GMT", -1 },
		{ "Thu, 13 Sep 2018 24:00:00 GMT", -1 },
		{ "Thu, 13 Sep 2018 09:00:00", -1 },
		{ "Thu, 13 Sep 2018 09:00:00 +0100", -1 },
		{ "Thu, 13 Foo 2018 09:00:00 GMT", -1 },
		{ "Thu, 13 Sep 2018 09:00:00 GMT trailing", -1 },
		{ "Thursday, 13-Sep-18", -1 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t got = retry_after_parse(cases[i].text, NOW);

		if (got != cases[i].seconds)
			print_error(
			    "%s: %lld\n", cases[i].text, (long long)got);
		assert_true(got == cases[i].seconds);
	}
	assert_true(retry_after_parse("99999999999999999999", NOW) > INT32_MAX);
}

static void
outcome_name__every_outcome__is_its_own(void **unused)
{
	(void)unused;
	for (int a = OUTCOME_NONE; a <= OUTCOME_IN_DOUBT; a++) {
		for (int b = OUTCOME_NONE; b < a; b++)
			assert_string_not_equal(outcome_name((enum outcome)a),
			    outcome_name((enum outcome)b));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(retry_next__each_outcome__state_and_count),
		cmocka_unit_test(
		    retry_next__in_doubt_with_hold__waits_for_a_person),
		cmocka_unit_test(retry_next__mail__doubles_to_an_hour),
		cmocka_unit_test(
		    retry_next__webhook__follows_the_standard_schedule),
		cmocka_unit_test(
		    retry_next__seeds_and_attempts__scatter_yet_repeat),
		cmocka_unit_test(
		    retry_next__retry_after__is_not_undercut_and_cut_at_a_day),
		cmocka_unit_test(
		    retry_channel__its_own_fault__pauses_doubling_and_tells_once),
		cmocka_unit_test(
		    retry_channel__late_faults_while_paused__do_not_lengthen_it),
		cmocka_unit_test(retry_channel__ten_mails_in_a_row__pause),
		cmocka_unit_test(
		    retry_channel__a_success_between__starts_the_count_anew),
		cmocka_unit_test(
		    retry_channel__retry_after__lengthens_the_pause),
		cmocka_unit_test(retry_after_parse__values__seconds_or_none),
		cmocka_unit_test(outcome_name__every_outcome__is_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
