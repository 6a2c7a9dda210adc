/* SPDX-License-Identifier: ISC */
/* Texts: UTF-8, columns, wrapping, likeness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
text_is_utf8__table__as_rfc3629(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		bool good;
	} cases[] = {
		{ "", 0, true },
		{ "plain", 5, true },
		{ "caf\xC3\xA9", 5, true },
		{ "\xE2\x82\xAC", 3, true },
		{ "\xF0\x9F\x98\x80", 4, true },
		{ "a\0b", 3, true },
		{ "\xC3", 1, false },             /* cut */
		{ "\xE2\x82", 2, false },         /* cut */
		{ "\x80", 1, false },             /* continuation alone */
		{ "\xC0\xAF", 2, false },         /* overlong */
		{ "\xE0\x80\xAF", 3, false },     /* overlong */
		{ "\xF0\x80\x80\xAF", 4, false }, /* overlong */
		{ "\xED\xA0\x80", 3, false },     /* surrogate */
		{ "\xF4\x90\x80\x80", 4, false }, /* beyond U+10FFFF */
		{ "\xFF", 1, false },
		{ "longer than eight bytes \xE9 here", 30, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    text_is_utf8(cases[i].bytes, cases[i].len), cases[i].good);
}

static void
text_encode__every_code_point__decodes_to_itself(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char bytes[4];
		size_t n = text_encode(code, bytes);
		uint32_t again = 0;

		assert_int_equal(text_decode(bytes, n, &again), n);
		if (code >= 0xD800 && code <= 0xDFFF)
			assert_int_equal(again, 0xFFFD);
		else
			assert_int_equal(again, code);
	}
}

/* ' U+2019 U+2018 U+02BC */
#define CURLY "\xE2\x80\x99"
#define OPEN "\xE2\x80\x98"
#define MODIFIER "\xCA\xBC"

static void
text_same__apostrophes__of_any_shape(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "O'Connor", "o" CURLY "connor", true },
		{ "O" OPEN "Connor", "O" CURLY "Connor", true },
		{ "O" MODIFIER "Connor", "O'Connor", true },
		{ "the Smiths" CURLY, "The Smiths'", true },
		{ "'" CURLY OPEN, MODIFIER "''", true },
		{ "O'Connor", "OConnor", false },
		{ "O" CURLY, "O", false },
		{ "O", "O" CURLY, false },
		{ "O\xE2\x80\x9C", "O'", false },
		{ "O\xE2\x80\x9C", "O" CURLY, false },
		{ "O\xE2\x80", "O'", false },
		{ CURLY "a", CURLY "b", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *a = cases[i].a, *b = cases[i].b;
		char *bounded = strdup(a);

		assert_int_equal(text_same(a, b), cases[i].same);
		assert_int_equal(text_same(b, a), cases[i].same);
		assert_int_equal(
		    text_same_n(bounded, strlen(a), b), cases[i].same);
		assert_int_equal(
		    text_same_len(a, strlen(a), b, strlen(b)), cases[i].same);
		free(bounded);
	}
	assert_true(text_same_n("O" CURLY "Neil, Jo", 8, "O'Neil"));
	assert_false(text_same_n("O" CURLY "Neil", 3, "O'Neil"));
}

static void
text_add_utf8__wrong_bytes__are_replaced(void **state)
{
	struct buf out = { 0 };

	(void)state;
	text_add_utf8(&out,
	    "a\xFF"
	    "b\xC3\xA9\xE2\x82",
	    7);
	assert_string_equal(buf_text(&out),
	    "a\xEF\xBF\xBD"
	    "b\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD");
	buf_clear(&out);
}

static void
text_add_cp1252__letters_quotes_and_holes__become_utf8(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(
	    text_add_cp1252(&out, "\x80 \x93x\x94 \xE9\xFF", 8), 0);
	assert_string_equal(buf_text(&out),
	    "\xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D \xC3\xA9\xC3\xBF");
	buf_reset(&out);
	assert_int_equal(text_add_cp1252(&out, "a\x81", 2), -1);
	assert_string_equal(buf_text(&out), "a\xEF\xBF\xBD");
	buf_clear(&out);
}

static void
text_add_utf16__both_orders_and_pairs__become_utf8(void **state)
{
	struct buf out = { 0 };

	(void)state;
	assert_int_equal(
	    text_add_utf16(&out, "\x41\x00\x3D\xD8\x00\xDE", 6, false), 0);
	assert_int_equal(text_add_utf16(&out, "\x20\xAC", 2, true), 0);
	assert_string_equal(buf_text(&out), "A\xF0\x9F\x98\x80\xE2\x82\xAC");
	buf_reset(&out);
	assert_int_equal(text_add_utf16(&out, "\x00\xD8\x41", 3, false), -1);
	assert_string_equal(buf_text(&out), "\xEF\xBF\xBD\xEF\xBF\xBD");
	buf_clear(&out);
}

static void
text_compare__case__does_not_count(void **state)
{
	(void)state;
	assert_true(text_same("Ref", "rEF"));
	assert_false(text_same("Ref", "Refs"));
	assert_true(text_compare("abc", "abD") < 0);
	assert_true(text_same_n("OWNER by", 5, "owner"));
	assert_false(text_same_n("own", 3, "owner"));
	assert_true(text_starts("Re: hello", "re:"));
	assert_false(text_starts("R", "re:"));
	assert_string_equal(
	    text_find("The Action Log", "action"), "Action Log");
	assert_null(text_find("none", "some"));
}

static int
compare_refs(const char *a, const char *b)
{
	return text_compare_refs(a, strlen(a), b, strlen(b));
}

static void
text_compare_refs__numbers__by_value(void **state)
{
	static const char *const order[] = { "", "CDI-2", "cdi-2.1", "CDI-2.9",
		"CDI-2.10", "CDI-10", "SDP-0", "SDP-1", "WT-2", "WT-14",
		"WT-014x", "WT-99999999999999999999",
		"WT-100000000000000000000" };

	(void)state;
	for (size_t i = 0; i + 1 < COUNT(order); i++) {
		assert_true(compare_refs(order[i], order[i + 1]) < 0);
		assert_true(compare_refs(order[i + 1], order[i]) > 0);
		assert_int_equal(compare_refs(order[i], order[i]), 0);
	}
	assert_int_equal(compare_refs("wt-007", "WT-7"), 0);
	/* No byte behind the count is looked at. */
	assert_int_equal(text_compare_refs("WT-12", 4, "WT-1", 4), 0);
}

static void
text_trim__and_squeeze__drop_blanks(void **state)
{
	char text[] = " \t a  b \r\n";
	struct buf out = { 0 };

	(void)state;
	assert_string_equal(text_trim(text), "a  b");
	text_add_squeezed(&out, "  a \r\n\x01 b\x7F");
	assert_string_equal(buf_text(&out), "a b");
	buf_clear(&out);
}

static void
text_part__list__gives_what_is_not_empty(void **state)
{
	static const char *const want[] = { "Ann Example", "b", "c" };
	const char *list = "; Ann Example ;;b; \t;c ", *none = "";
	char *part;

	(void)state;
	for (size_t i = 0; i < COUNT(want); i++) {
		part = text_part(&list, ';');
		assert_string_equal(part, want[i]);
		free(part);
	}
	assert_null(text_part(&list, ';'));
	assert_null(text_part(&list, ';'));
	assert_null(text_part(&none, ';'));
}

static void
text_width__table__columns(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} cases[] = { { "", 0 }, { "abc", 3 }, { "caf\xC3\xA9", 4 },
		{ "cafe\xCC\x81", 4 }, { "\xE2\x80\x8B", 0 },
		{ "\xE6\x97\xA5\xE6\x9C\xAC", 4 }, { "\xF0\x9F\x98\x80", 2 },
		{ "\xE2\x80\xA6", 1 }, { "\xEF\xBB\xBFx", 1 } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_width(cases[i].text), cases[i].width);
}

static void
text_add_cut__table__fits(void **state)
{
	static const struct {
		const char *text;
		size_t width;
		const char *cut;
	} cases[] = { { "short", 5, "short" },
		{ "share details of training", 15,
		    "share details\xE2\x80\xA6" },
		{ "incomprehensibilities", 8, "incompr\xE2\x80\xA6" },
		{ "a incomprehensibilities", 10, "a incompr\xE2\x80\xA6" },
		{ "\xC3\xA9\xC3\xA9\xC3\xA9", 2, "\xC3\xA9\xE2\x80\xA6" },
		{ "abc", 1, "\xE2\x80\xA6" }, { "abc", 0, "" },
		{ "\xE6\x97\xA5\xE6\x9C\xAC", 3, "\xE6\x97\xA5\xE2\x80\xA6" } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };

		text_add_cut(&out, cases[i].text, cases[i].width);
		assert_string_equal(buf_text(&out), cases[i].cut);
		assert_true(text_width(buf_text(&out)) <= cases[i].width);
		buf_clear(&out);
	}
}

static void
text_add_padded__umlauts__by_columns(void **state)
{
	struct buf out = { 0 };

	(void)state;
	text_add_padded(&out, "\xC3\xA9", 3);
	text_add_padded(&out, "long", 3);
	assert_string_equal(buf_text(&out), "\xC3\xA9  long");
	buf_clear(&out);
}

static void
text_add_wrapped__table__indents_and_keeps_long_words(void **state)
{
	static const struct {
		const char *text, *wrapped;
	} cases[] = {
		{ "", "- " },
		{ "one two three four", "- one two\n  three\n  four" },
		{ "https://example.org/long x",
		    "- https://example.org/long\n  x" },
		{ "a\nb", "- a\n  b" },
		{ "a\n\nb", "- a\n\n  b" },
		{ "ends  ", "- ends" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };

		text_add_wrapped(&out, cases[i].text, 10, "- ", "  ");
		assert_string_equal(buf_text(&out), cases[i].wrapped);
		buf_clear(&out);
	}
}

static void
text_alike__reworded__near_one(void **state)
{
	static const struct {
		const char *a, *b;
		double least, most;
	} cases[] = {
		{ "", "", 1, 1 },
		{ "share the figures", "", 0, 0 },
		{ "Share the figures.", "share the FIGURES", 1, 1 },
		{ "The force\xE2\x80\x99s caf\xC3\xA9s", "the forces' cafe", 1,
		    1 },
		{ "Chief Constable to circulate the report to members",
		    "the Chief Constable to circulate the reports to all "
		    "members",
		    0.85, 0.99 },
		{ "close recommendation 1", "close recommendation 2", 0.3,
		    0.7 },
		{ "write to the Home Office about funding",
		    "arrange a visit to the custody suite", 0, 0.2 },
		{ "policies of parties", "policy of party", 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		double one = text_alike(cases[i].a, cases[i].b);
		double other = text_alike(cases[i].b, cases[i].a);

		assert_true(one >= cases[i].least && one <= cases[i].most);
		assert_true(one == other);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_utf8__table__as_rfc3629),
		cmocka_unit_test(
		    text_encode__every_code_point__decodes_to_itself),
		cmocka_unit_test(text_add_utf8__wrong_bytes__are_replaced),
		cmocka_unit_test(
		    text_add_cp1252__letters_quotes_and_holes__become_utf8),
		cmocka_unit_test(
		    text_add_utf16__both_orders_and_pairs__become_utf8),
		cmocka_unit_test(text_compare__case__does_not_count),
		cmocka_unit_test(text_compare_refs__numbers__by_value),
		cmocka_unit_test(text_trim__and_squeeze__drop_blanks),
		cmocka_unit_test(text_part__list__gives_what_is_not_empty),
		cmocka_unit_test(text_same__apostrophes__of_any_shape),
		cmocka_unit_test(text_width__table__columns),
		cmocka_unit_test(text_add_cut__table__fits),
		cmocka_unit_test(text_add_padded__umlauts__by_columns),
		cmocka_unit_test(
		    text_add_wrapped__table__indents_and_keeps_long_words),
		cmocka_unit_test(text_alike__reworded__near_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
