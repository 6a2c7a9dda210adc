/* SPDX-License-Identifier: ISC */
/* Options of command lines, and days as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "core/date.h"
#include "desk/args.h"
#include "desk/days.h"

static const struct arg_option own[] = {
	{ "owner", ARG_MANY },
	{ "due", ARG_VALUE },
	{ "overdue", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option common[] = {
	{ "by", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static int
parse(const char *const *line, struct args *args, struct err *err)
{
	size_t count = 0;

	while (line[count] != NULL)
		count++;
	return args_parse(line, count, own, common, args, err);
}

static void
args_parse__words_and_options__are_told_apart(void **state)
{
	static const char *const line[] = { "WT-1", "--owner", "Ann",
		"--due=in two weeks", "-", "--overdue", "--owner", "-x", "--by",
		"Bob", "--", "--due", NULL };
	struct args args;
	struct err err;

	(void)state;
	assert_int_equal(parse(line, &args, &err), 0);
	assert_int_equal(args.words.len, 3);
	assert_string_equal(args_word(&args, 0), "WT-1");
	assert_string_equal(args_word(&args, 1), "-");
	assert_string_equal(args_word(&args, 2), "--due");
	assert_null(args_word(&args, 3));
	assert_string_equal(args_value(&args, "due"), "in two weeks");
	assert_string_equal(args_nth(&args, "owner", 0), "Ann");
	assert_string_equal(args_nth(&args, "owner", 1), "-x");
	assert_null(args_nth(&args, "owner", 2));
	assert_string_equal(args_value(&args, "by"), "Bob");
	assert_true(args_has(&args, "overdue"));
	assert_null(args_value(&args, "on"));
	args_clear(&args);
}

static void
args_parse__wrong_lines__say_what_is_wrong(void **state)
{
	static const struct {
		const char *line[4];
		const char *says;
	} cases[] = {
		{ { "--ownr", "x" }, "did you mean --owner?" },
		{ { "--colour" }, "there is no option --colour" },
		{ { "--due" }, "--due needs a value" },
		{ { "--due", "--overdue" }, "--due needs a value" },
		{ { "--overdue=yes" }, "--overdue takes no value" },
		{ { "--due", "a", "--due=b" }, "--due was given twice" },
		{ { "-o" }, "put -- before words" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct args args;
		struct err err;

		assert_int_equal(parse(cases[i].line, &args, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("case %zu says: %s", i, err.text);
	}
}

static void
day_read__forms_of_spreadsheets__are_read(void **state)
{
	static const struct {
		const char *text, *iso;
	} cases[] = {
		{ "2018-11-07", "2018-11-07" },
		{ " 2018-11-07 ", "2018-11-07" },
		{ "2018-11-07 00:00:00", "2018-11-07" },
		{ "2018-11-07T09:30", "2018-11-07" },
		{ "07/11/2018", "2018-11-07" },
		{ "7/11/18", "2018-11-07" },
		{ "7.11.2018", "2018-11-07" },
		{ "07-Nov-18", "2018-11-07" },
		{ "7 November 2018", "2018-11-07" },
		{ "7th November 2018", "2018-11-07" },
		{ "1st Sept 2018", "2018-09-01" },
		{ "29/02/2020", "2020-02-29" },
		{ "1/1/70", "1970-01-01" },
		{ "1/1/69", "2069-01-01" },
		{ "12/31/2018", "" },
		{ "29/02/2019", "" },
		{ "7/11", "" },
		{ "2018", "" },
		{ "next week", "" },
		{ "2018-11-07x", "" },
		{ "7/11/2018 or later", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char iso[DAY_TEXT_MAX];

		day_iso(day_read(cases[i].text), iso);
		if (strcmp(iso, cases[i].iso) != 0)
			fail_msg("\"%s\" gives \"%s\"", cases[i].text, iso);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(args_parse__words_and_options__are_told_apart),
		cmocka_unit_test(args_parse__wrong_lines__say_what_is_wrong),
		cmocka_unit_test(day_read__forms_of_spreadsheets__are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
