/* SPDX-License-Identifier: ISC */
/*
 * libFuzzer target for deadline words: the first bytes choose the base and the
 * calendar, the rest is the phrase. Any text must give an answer with a rule,
 * and a due day or a review day.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/words.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const int meetings[] = { 17500, 17786, 17865, 17928, 18100, 18200 };
static const int other_meetings[] = { 17848, 17932 };
static const char *const aliases[] = { "Tech Leaders", "the Panel" };

static void
resolve(const char *phrase, int base, unsigned char choice)
{
	struct calendar calendar;
	struct words_policy policy;
	struct words_series series[] = {
		{ .id = 1,
		    .code = "SDP",
		    .title = "Scrutiny & Delivery Board",
		    .days = meetings,
		    .ndays = 6 },
		{ .id = 2,
		    .code = "PCP",
		    .aliases = aliases,
		    .naliases = 2,
		    .days = other_meetings,
		    .ndays = 2 },
	};
	struct words_env env = { .base_on = base,
		.base_until_on = DAY_NONE,
		.calendar = &calendar,
		.policy = &policy,
		.series = series,
		.nseries = choice & 1 ? 2 : 0,
		.own_series = choice & 2 ? 1 : 0 };
	struct words_answer answer = { 0 };
	struct err err;

	calendar_init(&calendar);
	calendar_add_holiday(&calendar, 17890, "Christmas Day");
	calendar_add_holiday(&calendar, 17891, "Boxing Day");
	calendar_seal(&calendar);
	if (choice & 16)
		for (int w = 0; w < 7; w++)
			calendar.works[w] = false;
	words_policy_init(&policy);
	if (choice & 4)
		env.base_until_on = base + 30;
	if (choice & 8)
		*vec_push(&policy.terms) =
		    (struct words_term){ .name = xstrdup("autumn 2018"),
			    .first_on = 17776,
			    .last_on = 17886,
			    .half_first_on = 17826,
			    .half_last_on = 17830 };
	if (words_resolve(phrase, &env, &answer, &err) == 0) {
		if (answer.rule == NULL || (answer.due_on == DAY_NONE) ==
					       (answer.review_on == DAY_NONE))
			abort();
		if (answer.due_on != DAY_NONE &&
		    answer.earliest_on != DAY_NONE &&
		    answer.earliest_on > answer.due_on)
			abort();
		words_answer_clear(&answer);
	}
	words_policy_clear(&policy);
	calendar_clear(&calendar);
}

int
LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const int bases[] = { 17786, 0, 18321, 2000000, -300000,
		2567000 };
	size_t start = 0, len = 0;
	char *phrase;

	if (size < 2)
		return 0;
	phrase = xstrndup((const char *)data + 2, size - 2);
	resolve(phrase, bases[data[0] % 6] + data[0] / 6, data[1]);
	if (words_find(phrase, size - 2, &start, &len) == 1 &&
	    (len == 0 || start + len > size - 2))
		abort();
	free(phrase);
	return 0;
}
