/* SPDX-License-Identifier: ISC */
/* CSV as spreadsheets write it, in and out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Reads all rows; each as "line: a|b|c\n". Returns the last result. */
static int
read_all(const char *bytes, size_t len, struct buf *out, struct err *err)
{
	struct csv_reader *reader;
	struct csv_row row;
	int rc;

	if (csv_open(bytes, len, &reader, err) == -1)
		return -1;
	while ((rc = csv_next(reader, &row, err)) == 1) {
		buf_printf(out, "%zu/%zu: ", row.number, row.line);
		for (size_t i = 0; i < row.count; i++)
			buf_printf(out, "%s%s", i ? "|" : "", row.fields[i]);
		buf_putc(out, '\n');
	}
	csv_close(reader);
	return rc;
}

static void
csv_next__table__rows(void **state)
{
	static const struct {
		const char *bytes;
		size_t len; /* 0: strlen */
		const char *rows;
	} cases[] = {
		{ "", 0, "" },
		{ "a,b\r\n1,2\r\n", 0, "1/1: a|b\n2/2: 1|2\n" },
		{ "a,b\n1,2", 0, "1/1: a|b\n2/2: 1|2\n" },
		{ "a,b\r1,2\r", 0, "1/1: a|b\n2/2: 1|2\n" },
		{ "\xEF\xBB\xBFref;text\n1;x,y\n", 0,
		    "1/1: ref|text\n2/2: 1|x,y\n" },
		{ "a\tb\n1\t\"x\ty\"\n", 0, "1/1: a|b\n2/2: 1|x\ty\n" },
		{ "sep=;\r\na;b\r\n1,5;2\r\n", 0, "1/2: a|b\n2/3: 1,5|2\n" },
		{ "a,b\n\"x\r\ny\",\"say \"\"hi\"\"\"\n3,4\n", 0,
		    "1/1: a|b\n2/2: x\ny|say \"hi\"\n3/4: 3|4\n" },
		{ "\n\na,b\n,,,\n1,2\n\n", 0, "3/3: a|b\n5/5: 1|2\n" },
		{ "a,b\n\"\",\n1\n", 0, "1/1: a|b\n3/3: 1\n" },
		{ "a, \"b\" ,c\n", 0, "1/1: a|b|c\n" },
		{ "a,5\" pipe,c\n", 0, "1/1: a|5\" pipe|c\n" },
		{ "a,'=x,''-y,'plain,'\n", 0, "1/1: a|=x|'-y|'plain|'\n" },
		{ "n\ncaf\xE9 \x96 \x80\n", 0,
		    "1/1: n\n2/2: caf\xC3\xA9 \xE2\x80\x93 \xE2\x82\xAC\n" },
		{ "n\ncaf\xC3\xA9\n", 0, "1/1: n\n2/2: caf\xC3\xA9\n" },
		{ "\xFF\xFE"
		  "a\0\t\0b\0\n\0\xE9\0\t\0"
		  "2\0",
		    16, "1/1: a|b\n2/2: \xC3\xA9|2\n" },
		{ "\xFE\xFF\0a\0,\0b", 8, "1/1: a|b\n" },
		{ "a\0,\0b\0\r\0\n\0"
		  "1\0,\0"
		  "2\0",
		    16, "1/1: a|b\n2/2: 1|2\n" },
		{ "\"one;two;three\",b\n", 0, "1/1: one;two;three|b\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t len =
		    cases[i].len ? cases[i].len : strlen(cases[i].bytes);
		struct buf out = { 0 };
		struct err err = { 0 };

		assert_int_equal(read_all(cases[i].bytes, len, &out, &err), 0);
		assert_string_equal(buf_text(&out), cases[i].rows);
		buf_clear(&out);
	}
}

static void
csv_next__wrong_files__refused_with_the_line(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *says;
	} cases[] = {
		{ "a,b\n1,\"open\n\n", 0, "line 2: a quote is never closed" },
		{ "a,b\n1,\"x\"y\n", 0, "line 2: text behind a closing quote" },
		{ "a,b\n1,\0\n", 8, "line 2: a NUL byte" },
		{ "n\n\xC3\xA9\xC3\xA9\n\xE9\n", 0,
		    "line 3: bytes that are not UTF-8" },
		{ "n\n\xE9\n\x81\n", 0, "line 3: bytes that are neither" },
		{ "\xFF\xFE"
		  "a\0\0\xD8"
		  "b\0",
		    8, "damaged" },
		{ "PK\x03\x04zip", 0, "save it as CSV" },
		{ "%PDF-1.7", 0, "PDF" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t len =
		    cases[i].len ? cases[i].len : strlen(cases[i].bytes);
		struct buf out = { 0 };
		struct err err = { 0 };

		assert_int_equal(read_all(cases[i].bytes, len, &out, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, cases[i].says));
		buf_clear(&out);
	}
}

static void
csv_next__after_an_error__gives_nothing_more(void **state)
{
	static const char bytes[] = "a\n\"x\"y\nz\n";
	struct csv_reader *reader;
	struct csv_row row;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(csv_open(bytes, strlen(bytes), &reader, &err), 0);
	assert_int_equal(csv_next(reader, &row, &err), 1);
	assert_int_equal(csv_next(reader, &row, &err), -1);
	assert_int_equal(csv_next(reader, &row, &err), 0);
	csv_close(reader);
}

static void
csv_next__beyond_the_limits__refused(void **state)
{
	struct buf wide = { 0 }, open = { 0 }, out = { 0 };
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < CSV_COLUMNS_MAX + 1; i++)
		buf_puts(&wide, "x,");
	assert_int_equal(read_all(wide.data, wide.len, &out, &err), -1);
	assert_non_null(strstr(err.text, "line 1: more than 256 columns"));
	buf_puts(&open, "a,b\n1,\"");
	for (int i = 0; i < CSV_ROW_MAX; i += 8)
		buf_puts(&open, "1234567\n");
	buf_puts(&open, "and more of it\n");
	assert_int_equal(read_all(open.data, open.len, &out, &err), -1);
	assert_non_null(strstr(err.text, "line 2: the row is longer"));
	buf_clear(&wide);
	buf_clear(&open);
	buf_clear(&out);
}

static void
csv_offset__at_the_end__all_bytes(void **state)
{
	static const char bytes[] = "a,b\n1,2\n";
	struct csv_reader *reader;
	struct csv_row row;
	struct err err;

	(void)state;
	assert_int_equal(csv_open(bytes, strlen(bytes), &reader, &err), 0);
	assert_int_equal(csv_offset(reader), 0);
	assert_int_equal(csv_next(reader, &row, &err), 1);
	assert_int_equal(csv_offset(reader), 4);
	assert_int_equal(csv_next(reader, &row, &err), 1);
	assert_int_equal(csv_offset(reader), strlen(bytes));
	assert_string_equal(csv_encoding(reader), "UTF-8");
	assert_int_equal(csv_separator(reader), ',');
	assert_string_equal(csv_value(&row, 1), "2");
	assert_string_equal(csv_value(&row, 2), "");
	assert_string_equal(csv_value(&row, -1), "");
	csv_close(reader);
}

static const struct csv_column columns[] = {
	{ "ref", "no|minute ref", false },
	{ "text", "action|recommendation", true },
	{ "owners", "lead|by whom|responsibility", false },
	{ "due_on", "by when|target date|due date", false },
};

static int
map_line(const char *line, const struct csv_alias *aliases, size_t naliases,
    int index[4], struct buf *unknown, struct err *err)
{
	struct csv_reader *reader;
	struct csv_row row;
	int rc;

	assert_int_equal(csv_open(line, strlen(line), &reader, err), 0);
	assert_int_equal(csv_next(reader, &row, err), 1);
	rc = csv_map(&row, columns, 4, aliases, naliases, index, unknown, err);
	csv_close(reader);
	return rc;
}

static void
csv_map__headings__found_by_name_and_synonym(void **state)
{
	static const struct {
		const char *line;
		int index[4];
		const char *unknown;
	} cases[] = {
		{ "ref,text,owners,due_on", { 0, 1, 2, 3 }, "" },
		{ "By When:, LEAD ,Action", { -1, 2, 1, 0 }, "" },
		{ "Due-On,TEXT,Notes,\"RAG\nrating\"", { -1, 1, -1, 0 },
		    "Notes, RAG rating" },
		/* A real name wins over a synonym, in either order. */
		{ "action,text,,No", { 3, 1, -1, -1 }, "" },
		{ "text,action", { -1, 0, -1, -1 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf unknown = { 0 };
		struct err err = { 0 };
		int index[4] = { 9, 9, 9, 9 };

		assert_int_equal(
		    map_line(cases[i].line, NULL, 0, index, &unknown, &err), 0);
		assert_memory_equal(index, cases[i].index, sizeof index);
		assert_string_equal(buf_text(&unknown), cases[i].unknown);
		buf_clear(&unknown);
	}
}

static void
csv_map__wrong_headings__refused(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{ "ref,owners", "no column 'text'" },
		{ "ref,texte", "is it 'texte'?" },
		{ "text,lead,by whom",
		    "headings 'lead' and 'by whom' both mean 'owners'" },
		{ "text,due_on,Due On", "both mean 'due_on'" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err err = { 0 };
		int index[4] = { 9, 9, 9, 9 };

		assert_int_equal(
		    map_line(cases[i].line, NULL, 0, index, NULL, &err), -1);
		assert_non_null(strstr(err.text, cases[i].says));
		assert_int_equal(index[0], 9);
	}
}

static void
csv_map__aliases__go_before_names(void **state)
{
	char map[] = "Who = owners,What=text";
	struct csv_alias aliases[4];
	struct err err = { 0 };
	int index[4];
	int n = csv_aliases_parse(map, aliases, 4, &err);
	struct buf unknown = { 0 };
	char bad[] = "Who", wrong[] = "Who=colour";

	(void)state;
	assert_int_equal(n, 2);
	/* The file's own "owners" and "lead" are then left over. */
	assert_int_equal(
	    map_line("who,owners,lead,what", aliases, 2, index, &unknown, &err),
	    0);
	assert_int_equal(index[2], 0);
	assert_string_equal(buf_text(&unknown), "owners, lead");
	buf_clear(&unknown);
	assert_int_equal(
	    map_line("who,what,x", aliases, 2, index, NULL, &err), 0);
	assert_int_equal(index[2], 0);
	assert_int_equal(index[1], 1);
	assert_int_equal(map_line("text,x", aliases, 2, index, NULL, &err), -1);
	assert_non_null(strstr(err.text, "no heading 'Who'"));
	assert_int_equal(csv_aliases_parse(bad, aliases, 4, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(csv_aliases_parse(wrong, aliases, 4, &err), 1);
	assert_int_equal(
	    map_line("who,text", aliases, 1, index, NULL, &err), -1);
	assert_non_null(strstr(err.text, "no column 'colour'"));
}

static void
csv_field__table__quoted_and_guarded(void **state)
{
	static const struct {
		const char *text, *cell;
	} cases[] = {
		{ "plain", "plain" },
		{ "", "" },
		{ NULL, "" },
		{ "a,b", "\"a,b\"" },
		{ "a;b", "\"a;b\"" },
		{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
		{ "two\r\nlines", "\"two\nlines\"" },
		{ " lead", "\" lead\"" },
		{ "trail ", "\"trail \"" },
		{ "=1+1", "'=1+1" },
		{ "+44 1642", "'+44 1642" },
		{ "-", "'-" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "=a,b", "\"'=a,b\"" },
		{ "\t=x", "\"'\t=x\"" },
		{ "'=x", "''=x" },
		{ "'quoted'", "'quoted'" },
		{ "a=b", "a=b" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };
		struct csv_writer writer = { &out, false };

		csv_field(&writer, cases[i].text);
		assert_string_equal(buf_text(&out), cases[i].cell);
		buf_clear(&out);
	}
}

/* What is written is read back, and written again byte for byte, whatever the
 * cells hold. */
static void
csv_field__random_cells__come_back(void **state)
{
	static const char *const pieces[] = { "=", "+", "-", "@", "'", "\"",
		",", ";", "\t", "\n", "\r", " ", "a", "7", "\xC3\xA9",
		"\xE2\x82\xAC", "sep=" };
	unsigned seed = 20190912;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct buf first = { 0 }, second = { 0 };
		struct csv_writer one = { &first, false },
				  two = { &second, false };
		struct csv_reader *reader;
		struct csv_row row;
		struct err err = { 0 };
		int rc;

		csv_field(&one, "heading");
		csv_field(&one, "b");
		csv_field(&one, "c");
		csv_end(&one);
		for (int cell = 0; cell < 9; cell++) {
			struct buf text = { 0 };

			for (unsigned n = (seed >> 16) % 6; n > 0; n--) {
				seed = seed * 1103515245 + 12345;
				buf_puts(&text,
				    pieces[(seed >> 16) % COUNT(pieces)]);
			}
			seed = seed * 1103515245 + 12345;
			/* No row may be blank: the reader skips those. */
			csv_field(&one, cell % 3 == 0 ? "x" : buf_text(&text));
			if (cell % 3 == 2)
				csv_end(&one);
			buf_clear(&text);
		}
		assert_int_equal(
		    csv_open(first.data, first.len, &reader, &err), 0);
		while ((rc = csv_next(reader, &row, &err)) == 1) {
			assert_int_equal(row.count, 3);
			for (size_t i = 0; i < row.count; i++)
				csv_field(&two, row.fields[i]);
			csv_end(&two);
		}
		assert_int_equal(rc, 0);
		csv_close(reader);
		assert_string_equal(buf_text(&first), buf_text(&second));
		buf_clear(&first);
		buf_clear(&second);
	}
}

static void
csv_number__negative__is_not_guarded(void **state)
{
	struct buf out = { 0 };
	struct csv_writer writer = { &out, false };

	(void)state;
	csv_number(&writer, -3);
	csv_number(&writer, 12);
	csv_end(&writer);
	assert_string_equal(buf_text(&out), "-3,12\r\n");
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_next__table__rows),
		cmocka_unit_test(csv_next__wrong_files__refused_with_the_line),
		cmocka_unit_test(csv_next__after_an_error__gives_nothing_more),
		cmocka_unit_test(csv_next__beyond_the_limits__refused),
		cmocka_unit_test(csv_offset__at_the_end__all_bytes),
		cmocka_unit_test(csv_map__headings__found_by_name_and_synonym),
		cmocka_unit_test(csv_map__wrong_headings__refused),
		cmocka_unit_test(csv_map__aliases__go_before_names),
		cmocka_unit_test(csv_field__table__quoted_and_guarded),
		cmocka_unit_test(csv_field__random_cells__come_back),
		cmocka_unit_test(csv_number__negative__is_not_guarded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
