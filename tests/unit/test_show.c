/* SPDX-License-Identifier: ISC */
/* Tables that fit and are plain when piped, records, JSON; the staged rows and
 * the map of texts that imports use. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/date.h"
#include "core/text.h"
#include "desk/entry_cells.h"
#include "desk/show.h"
#include "desk/strmap.h"

static const struct table_column columns[] = {
	{ .title = "Ref" },
	{ .title = "Late", .right = true },
	{ .title = "Owner", .flexible = true, .least = 6 },
	{ .title = "Text", .flexible = true, .least = 10 },
};

static void
print_sample(int width, struct buf *out)
{
	struct table table = { columns, 4, { 0 } };

	table_add(&table, "WT-1");
	table_add(&table, "5");
	table_add(&table, "Ann Other of the Trial Board");
	table_add(&table, "a text that is much longer than any line\nand has "
			  "a second one");
	table_add(&table, "WT-12");
	table_add(&table, NULL);
	table_add(&table, "Zo\xc3\xab");
	table_add(&table, "short");
	table_print(&table, width, out);
	table_clear(&table);
}

static void
table_print__to_a_pipe__is_plain_and_whole(void **state)
{
	struct buf out = { 0 };

	(void)state;
	print_sample(0, &out);
	assert_string_equal(buf_text(&out),
	    "WT-1\t5\tAnn Other of the Trial Board\ta text that is much "
	    "longer than any line and has a second one\n"
	    "WT-12\t\tZo\xc3\xab\tshort\n");
	buf_clear(&out);
}

static void
table_print__any_width__no_line_is_longer(void **state)
{
	(void)state;
	for (int width = 40; width < 140; width += 7) {
		struct buf out = { 0 };
		char *save, *line;
		int lines = 0;

		print_sample(width, &out);
		for (line = strtok_r(out.data, "\n", &save); line != NULL;
		     line = strtok_r(NULL, "\n", &save), lines++) {
			assert_true(text_width(line) <= (size_t)width);
			assert_true(line[strlen(line) - 1] != ' ');
		}
		assert_int_equal(lines, 3);
		buf_clear(&out);
	}
}

static void
table_print__wide_terminal__aligns_columns(void **state)
{
	struct buf out = { 0 };

	(void)state;
	print_sample(200, &out);
	assert_non_null(strstr(buf_text(&out),
	    "Ref    Late  Owner                         Text\n"
	    "WT-1      5  Ann Other of the Trial Board  a text"));
	assert_non_null(strstr(buf_text(&out),
	    "WT-12        Zo\xc3\xab                           short\n"));
	buf_clear(&out);
}

static void
show_field__long_text__wraps_beside_its_label(void **state)
{
	struct buf out = { 0 };

	(void)state;
	show_field(&out, 30, "Rule", "%s", "three months from 7 August 2018");
	assert_string_equal(buf_text(&out), "Rule        three months from\n"
					    "            7 August 2018\n");
	buf_reset(&out);
	show_field(&out, 0, "Rule", "%s", "two\nlines");
	assert_string_equal(buf_text(&out), "Rule\ttwo lines\n");
	buf_reset(&out);
	show_field(&out, 30, "Rule", "%s", "");
	assert_string_equal(buf_text(&out), "");
	buf_clear(&out);
}

static void
show_when__days__in_words(void **state)
{
	static const struct {
		int days;
		const char *text;
	} cases[] = { { 0, "today" }, { 1, "tomorrow" }, { 9, "in 9 days" },
		{ -1, "1 day late" }, { -30, "30 days late" } };
	char out[SHOW_WHEN_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(
		    show_when(18000 + cases[i].days, 18000, out),
		    cases[i].text);
	assert_string_equal(show_when(DAY_NONE, 18000, out), "no date");
}

static void
json_list__items__one_array(void **state)
{
	struct buf out = { 0 };
	struct json_list list = { &out, 0 };
	json_t *o;

	(void)state;
	for (int i = 0; i < 2; i++) {
		o = json_object();
		json_put_int(o, "n", i);
		json_put_text(o, "bad", "\xff");
		json_put_day(o, "day", DAY_NONE);
		json_list_add(&list, o);
	}
	json_list_end(&list);
	o = json_loads(buf_text(&out), 0, NULL);
	assert_int_equal(json_array_size(o), 2);
	assert_string_equal(
	    json_string_value(json_object_get(json_array_get(o, 0), "bad")),
	    "\xef\xbf\xbd");
	assert_true(json_is_null(json_object_get(json_array_get(o, 1), "day")));
	json_decref(o);
	buf_reset(&out);
	list.count = 0;
	json_list_end(&list);
	assert_string_equal(buf_text(&out), "[]\n");
	buf_clear(&out);
}

static void
entry_pack__any_entry__comes_back(void **state)
{
	struct entry entry, back;
	struct buf body = { 0 }, again = { 0 };
	struct owner *owner;
	struct err err;

	(void)state;
	entry_init(&entry);
	entry.ref = xstrdup("WT-1");
	entry.kind = xstrdup("action");
	entry.text = xstrdup("colons: 12:3:abc\nand more");
	entry.due_on = 18000;
	entry.due_minute = 870;
	entry.state = ENTRY_BLOCKED;
	entry.restricted = true;
	entry.series_id = 7;
	entry.version = 3;
	owner = vec_push(&entry.owners);
	owner->party_id = 12;
	owner->role = ROLE_SPONSOR;
	owner->answered_on = DAY_NONE;
	entry_pack(&body, &entry);
	entry_init(&back);
	back.flag = xstrdup("to be emptied");
	assert_int_equal(
	    entry_unpack(buf_text(&body), &back, NULL, NULL, &err), 0);
	entry_pack(&again, &back);
	assert_string_equal(buf_text(&body), buf_text(&again));
	assert_string_equal(back.text, entry.text);
	assert_null(back.flag);
	assert_int_equal(back.due_minute, 870);
	assert_int_equal(back.owners.items[0].party_id, 12);
	assert_int_equal(
	    entry_unpack("2:99:short", &back, NULL, NULL, &err), -1);
	entry_clear(&entry);
	entry_clear(&back);
	buf_clear(&body);
	buf_clear(&again);
}

static void
entry_checksum__other_cells__differ(void **state)
{
	struct entry_cells cells = { { NULL } };
	char one[CHECKSUM_MAX], two[CHECKSUM_MAX];

	(void)state;
	cells.cell[E_ITEM] = xstrdup("7");
	entry_checksum(&cells, one);
	assert_int_equal(strlen(one), 13);
	cells.cell[E_PARA] = cells.cell[E_ITEM];
	cells.cell[E_ITEM] = NULL;
	entry_checksum(&cells, two);
	assert_string_not_equal(one, two);
	cells.cell[E_VERSION] = xstrdup("9");
	entry_checksum(&cells, one);
	assert_string_equal(one, two);
	entry_cells_clear(&cells);
}

static void
strmap__many_keys__are_found_in_any_case(void **state)
{
	struct strmap map = { 0 };
	char key[32];

	(void)state;
	assert_null(strmap_get(&map, "x"));
	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "Key %d", i);
		strmap_set(&map, key, i);
	}
	strmap_set(&map, "KEY 17", -17);
	assert_int_equal(map.len, 5000);
	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "kEY %d", i);
		assert_int_equal(*strmap_get(&map, key), i == 17 ? -17 : i);
	}
	assert_null(strmap_get(&map, "key 5000"));
	strmap_clear(&map);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(table_print__to_a_pipe__is_plain_and_whole),
		cmocka_unit_test(table_print__any_width__no_line_is_longer),
		cmocka_unit_test(table_print__wide_terminal__aligns_columns),
		cmocka_unit_test(show_field__long_text__wraps_beside_its_label),
		cmocka_unit_test(show_when__days__in_words),
		cmocka_unit_test(json_list__items__one_array),
		cmocka_unit_test(entry_pack__any_entry__comes_back),
		cmocka_unit_test(entry_checksum__other_cells__differ),
		cmocka_unit_test(strmap__many_keys__are_found_in_any_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
