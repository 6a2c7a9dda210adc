/* SPDX-License-Identifier: ISC */
/* Zone files: every offset from 1970 to 2100 against the C library's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "io/clock.h"
#include "io/file.h"

static void
load(const char *name, struct zone *zone)
{
	struct err err;

	if (clock_zone_load(name, zone, &err) == -1)
		fail_msg("%s", err.text);
}

/* A day in steps of 23 h 13 min, so that every hour is met, and the seconds
 * around each change. */
static void
compare_with_libc(const char *name)
{
	struct zone zone;
	time_t end = (time_t)day_from_civil(2100, 12, 31) * 86400;

	load(name, &zone);
	setenv("TZ", name, 1);
	tzset();
	for (time_t t = 0; t < end; t += 83580) {
		struct tm tm;

		(void)localtime_r(&t, &tm);
		if (zone_offset(&zone, t) != tm.tm_gmtoff)
			fail_msg("%s at %lld: %d, the C library says %ld", name,
			    (long long)t, zone_offset(&zone, t), tm.tm_gmtoff);
	}
	for (size_t i = 0; i < zone.count; i++)
		for (int k = -1; k <= 0; k++) {
			time_t t = zone.changes[i].at + k;
			struct tm tm;

			(void)localtime_r(&t, &tm);
			if (t < end && zone_offset(&zone, t) != tm.tm_gmtoff)
				fail_msg(
				    "%s at change %lld", name, (long long)t);
		}
	unsetenv("TZ");
	tzset();
	zone_clear(&zone);
}

static void
clock_zone_load__many_zones__agree_with_libc(void **state)
{
	static const char *const names[] = { "Europe/London", "Europe/Dublin",
		"Europe/Paris", "America/New_York", "America/Sao_Paulo",
		"Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
		"Australia/Sydney", "Pacific/Chatham", "Pacific/Apia",
		"Africa/Casablanca", "America/Nuuk", "Asia/Gaza",
		"Asia/Jerusalem", "UTC", "Etc/GMT+5", "America/St_Johns",
		"Antarctica/Troll" };

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		compare_with_libc(names[i]);
}

static void
clock_zone_load__london__changes_on_last_sundays(void **state)
{
	struct zone zone;

	(void)state;
	load("Europe/London", &zone);
	assert_string_equal(zone.name, "Europe/London");
	/* In 1970 British Standard Time was an hour ahead all year. */
	assert_int_equal(zone.first_offset, 3600);
	assert_int_equal(
	    zone_offset(
		&zone, (int64_t)day_from_civil(2019, 3, 31) * 86400 + 3599),
	    0);
	assert_int_equal(
	    zone_offset(
		&zone, (int64_t)day_from_civil(2019, 3, 31) * 86400 + 3600),
	    3600);
	assert_int_equal(
	    zone_offset(&zone, (int64_t)day_from_civil(2098, 7, 1) * 86400),
	    3600);
	assert_int_equal(
	    zone_offset(&zone, (int64_t)day_from_civil(2098, 12, 1) * 86400),
	    0);
	zone_clear(&zone);
}

static void
clock_zone_load__london__leaves_no_state(void **state)
{
	struct zone zone;

	(void)state;
	setenv("TZ", "Asia/Tokyo", 1);
	load("Europe/London", &zone);
	assert_string_equal(getenv("TZ"), "Asia/Tokyo");
	unsetenv("TZ");
	zone_clear(&zone);
}

static void
clock_zone_load__wrong_name__is_refused(void **state)
{
	static const struct {
		const char *name;
		enum err_code code;
	} cases[] = {
		{ "Europe/Londn", ERR_NOTFOUND },
		{ "Europe", ERR_NOTFOUND },
		{ "", ERR_INPUT },
		{ "../../../etc/passwd", ERR_INPUT },
		{ "Europe/../Europe/London", ERR_INPUT },
		{ "/usr/share/zoneinfo/UTC", ERR_INPUT },
		{ "Europe//London", ERR_INPUT },
		{ "tzdata.zi", ERR_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct zone zone = { .first_offset = 77 };
		struct err err;

		assert_int_equal(
		    clock_zone_load(cases[i].name, &zone, &err), -1);
		assert_int_equal(err.code, cases[i].code);
		assert_int_equal(zone.first_offset, 77);
	}
}

/* Each cut of a good file is refused, and none reads beyond its end. */
static void
clock_zone_parse__cut_anywhere__is_refused(void **state)
{
	char *data = NULL;
	struct zone zone;
	struct err err;
	size_t len;

	(void)state;
	assert_int_equal(
	    file_read(CLOCK_ZONES "/Europe/London", 1 << 20, &data, &len, &err),
	    0);
	for (size_t n = 0; n < len; n++) {
		char *cut = malloc(n + 1);

		assert_non_null(cut);
		memcpy(cut, data, n);
		assert_int_equal(
		    clock_zone_parse("cut", cut, n, &zone, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		free(cut);
	}
	free(data);
}

static void
clock_now__called__is_this_century(void **state)
{
	(void)state;
	assert_true(clock_now() > INT64_C(1700000000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clock_zone_load__many_zones__agree_with_libc),
		cmocka_unit_test(
		    clock_zone_load__london__changes_on_last_sundays),
		cmocka_unit_test(clock_zone_load__london__leaves_no_state),
		cmocka_unit_test(clock_zone_load__wrong_name__is_refused),
		cmocka_unit_test(clock_zone_parse__cut_anywhere__is_refused),
		cmocka_unit_test(clock_now__called__is_this_century),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
