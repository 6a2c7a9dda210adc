/* SPDX-License-Identifier: ISC */
/* So many a minute and no more, and what is left of the pauses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/pace.h"
#include "core/rests.h"

#define S 1000000

static void
pace__no_limit__never_waits(void **state)
{
	struct pace pace;

	(void)state;
	pace_init(&pace, 0);
	for (int i = 0; i < 1000; i++)
		pace_note(&pace, 0);
	assert_int_equal(pace_wait_us(&pace, 0), 0);
	assert_true(pace_room(&pace, 0) == SIZE_MAX);
	pace_clear(&pace);
}

static void
pace__full_minute__waits_for_the_oldest(void **state)
{
	struct pace pace;

	(void)state;
	pace_init(&pace, 3);
	pace_note(&pace, 10 * S);
	pace_note(&pace, 20 * S);
	assert_int_equal(pace_room(&pace, 20 * S), 1);
	pace_note(&pace, 30 * S);
	assert_int_equal(pace_room(&pace, 30 * S), 0);
	assert_int_equal(pace_wait_us(&pace, 30 * S), 40 * S);
	assert_int_equal(pace_wait_us(&pace, 70 * S), 0);
	assert_int_equal(pace_room(&pace, 70 * S), 1);
	assert_int_equal(pace_room(&pace, 81 * S), 2);
	pace_note(&pace, 71 * S);
	assert_int_equal(pace_wait_us(&pace, 72 * S), 8 * S);
	pace_clear(&pace);
}

static void
pace__random_times__never_more_in_any_minute(void **state)
{
	struct pace pace;
	int64_t sent[400], now = 0;
	unsigned seed = 7;
	size_t n = 0;

	(void)state;
	pace_init(&pace, 7);
	while (n < 400) {
		seed = seed * 1103515245 + 12345;
		now += seed % (20 * S);
		if (pace_wait_us(&pace, now) > 0)
			continue;
		pace_note(&pace, now);
		sent[n++] = now;
		if (n > 7)
			assert_true(sent[n - 1] - sent[n - 8] >= 60 * S);
	}
	pace_clear(&pace);
}

static void
pace_inherit__another_limit__keeps_what_was_sent(void **state)
{
	struct pace before, pace;

	(void)state;
	pace_init(&before, 3);
	for (int i = 1; i <= 4; i++)
		pace_note(&before, i * 10 * S);
	pace_init(&pace, 2);
	pace_inherit(&pace, &before);
	assert_int_equal(pace_wait_us(&pace, 41 * S), 49 * S);
	pace_clear(&pace);
	pace_init(&pace, 5);
	pace_inherit(&pace, &before);
	assert_int_equal(pace_room(&pace, 41 * S), 2);
	pace_clear(&pace);
	pace_clear(&before);
}

static void
rests__apart__are_summed_where_they_overlap(void **state)
{
	struct rests rests = { 0 };

	(void)state;
	rests_add(&rests, 1000, 1600);
	rests_add(&rests, 5000, 8600);
	assert_int_equal(rests.spans.len, 2);
	assert_int_equal(rests_between(&rests, 0, 10000), 4200);
	assert_int_equal(rests_between(&rests, 1500, 6000), 1100);
	assert_int_equal(rests_between(&rests, 1600, 5000), 0);
	rests_clear(&rests);
}

static void
rests_add__failed_trial_between__is_one_pause(void **state)
{
	struct rests rests = { 0 };

	(void)state;
	rests_add(&rests, 1000, 1060);
	rests_add(&rests, 1075, 1195);
	rests_add(&rests, 1500, 1740);
	assert_int_equal(rests.spans.len, 2);
	assert_int_equal(rests_between(&rests, 0, 10000), 195 + 240);
	rests_clear(&rests);
}

static void
rests_end__works_again__cuts_the_last(void **state)
{
	struct rests rests = { 0 };

	(void)state;
	rests_end(&rests, 5);
	rests_add(&rests, 1000, 4600);
	rests_end(&rests, 1300);
	assert_int_equal(rests_between(&rests, 0, 10000), 300);
	rests_end(&rests, 1400);
	assert_int_equal(rests_between(&rests, 0, 10000), 300);
	rests_clear(&rests);
}

static void
rests_read__own_text__is_the_same(void **state)
{
	struct rests rests = { 0 }, again = { 0 };
	struct buf text = { 0 };

	(void)state;
	for (int64_t i = 1; i <= 300; i++)
		rests_add(&rests, i * 10000, i * 10000 + i);
	assert_int_equal(rests.spans.len, 200);
	rests_write(&rests, &text);
	rests_read(&again, buf_text(&text));
	assert_false(again.changed);
	assert_int_equal(again.spans.len, 200);
	assert_int_equal(rests_between(&again, 0, INT64_MAX),
	    rests_between(&rests, 0, INT64_MAX));
	rests_clear(&again);
	rests_read(&again, "5-9 nonsense 11-12");
	assert_int_equal(rests_between(&again, 0, 100), 4);
	rests_clear(&again);
	rests_clear(&rests);
	buf_clear(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pace__no_limit__never_waits),
		cmocka_unit_test(pace__full_minute__waits_for_the_oldest),
		cmocka_unit_test(pace__random_times__never_more_in_any_minute),
		cmocka_unit_test(
		    pace_inherit__another_limit__keeps_what_was_sent),
		cmocka_unit_test(rests__apart__are_summed_where_they_overlap),
		cmocka_unit_test(rests_add__failed_trial_between__is_one_pause),
		cmocka_unit_test(rests_end__works_again__cuts_the_last),
		cmocka_unit_test(rests_read__own_text__is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
