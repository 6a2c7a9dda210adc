/* SPDX-License-Identifier: ISC */
/* Sentences of a paper about what is known already. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/date.h"
#include "core/said.h"

static unsigned
kinds_of(const char *text)
{
	struct saids saids = { 0 };
	unsigned kinds = 0;

	said_read(text, strlen(text), &saids);
	VEC_EACH (struct said, s, &saids.list)
		kinds |= s->kinds;
	saids_clear(&saids);
	return kinds;
}

static void
said_read__sentence__kinds(void **state)
{
	static const struct {
		const char *text;
		unsigned kinds;
	} cases[] = {
		{ "PC-2 is complete.", SAID_CLOSED },
		{ "Action completed.", SAID_CLOSED },
		{ "PC-6 is complete but for the last of all the seats.",
		    SAID_CLOSED },
		{ "The Clerk rang them, action closed.", SAID_CLOSED },
		{ "This has been done.", SAID_CLOSED },
		{ "Done.", SAID_CLOSED },
		{ "Action not completed.", 0 },
		{ "The action will be completed by May.", 0 },
		{ "This action is to be completed.", 0 },
		{ "The meeting closed at 8.30 pm.", 0 },
		{ "Closed at 8.30 pm", 0 },
		{ "The footpath beside the old mill was closed by snow.", 0 },
		{ "All members signed the completed form of the county.", 0 },
		{ "This was carried forward to the next meeting.",
		    SAID_CARRIED },
		{ "This had not been done and was carried forward.",
		    SAID_CARRIED },
		{ "Outstanding.", SAID_CARRIED },
		{ "The outstanding work of the volunteers was praised by all.",
		    0 },
		{ "This would now be done by 26 February 2021.", SAID_MOVED },
		{ "PC-7 extended to 1 March 2021.", SAID_MOVED },
		{ "Rents are now due and the parish agreed to collect.", 0 },
		{ "RESOLVED: That the minutes of the meeting held on 2 "
		  "December 2020 be approved. (Cllr Lee proposed)",
		    SAID_APPROVED },
		{ "The minutes of the last meeting were agreed as a correct "
		  "record.",
		    SAID_APPROVED },
		{ "Minutes of the last meeting were signed as a true record.",
		    SAID_APPROVED },
		{ "Minutes of previous meeting, 4th May provided by the clerk, "
		  "agreed, signed and initialled throughout by FRE, file to "
		  "copy.",
		    SAID_APPROVED },
		{ "The minutes were initialled by the Chairman.",
		    SAID_APPROVED },
		{ "The Chairman signed the minutes.", SAID_APPROVED },
		{ "Members agreed and the Chair signed the minutes of the last "
		  "meeting.",
		    SAID_APPROVED },
		{ "The minutes were agreed to be a true record.",
		    SAID_APPROVED },
		{ "It was agreed that the minutes were a true and accurate "
		  "record.",
		    SAID_APPROVED },
		{ "Minutes of previous meeting agreed, signed.    DHO   4/5",
		    SAID_APPROVED },
		{ "The minutes were circulated and it was agreed to cut the "
		  "hedge.",
		    0 },
		{ "It was agreed that the clerk circulate the minutes.", 0 },
		{ "The minutes are to be signed by the Chairman.", 0 },
		{ "The minutes were read and the clerk agreed to write.", 0 },
		{ "Once signed, the minutes go to the archive.", 0 },
		{ "The Chairman signed the lease and took notes.", 0 },
		{ "3/21 To Approve the Minutes of the meeting held on 2 "
		  "December 2020",
		    0 },
		{ "The minutes of 2 December were not approved.", 0 },
		{ "DRAFT MINUTES - TO BE APPROVED ON 7 DECEMBER", 0 },
		{ "Draft (until approved at the next meeting) Minutes", 0 },
		{ "The minutes would be approved at the next meeting.", 0 },
		{ "PC-4    Write to residents      Clerk      Done", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (kinds_of(cases[i].text) != cases[i].kinds)
			fail_msg("%s: %u, not %u", cases[i].text,
			    kinds_of(cases[i].text), cases[i].kinds);
}

static void
said_read__lines_of_a_paragraph__are_one(void **state)
{
	static const char text[] =
	    "Minutes\n\nCemetery Tree - Cllr. Lee asked\nwho may cut it. "
	    "Action\ncompleted. Next\n\nDone.\n- Done.\n";
	struct saids saids = { 0 };

	(void)state;
	said_read(text, sizeof text - 1, &saids);
	assert_int_equal(saids.list.len, 3);
	assert_string_equal(saids.list.items[0].text, "Action completed.");
	assert_string_equal(saids.list.items[0].before,
	    "Cemetery Tree - Cllr. Lee asked who may cut it.");
	assert_int_equal(saids.list.items[0].line, 4);
	assert_null(saids.list.items[1].before);
	assert_int_equal(saids.list.items[1].line, 7);
	assert_null(saids.list.items[2].before);
	assert_int_equal(saids.list.items[2].line, 8);
	saids_clear(&saids);
}

static void
said_read__utf16__is_read(void **state)
{
	static const char text[] = "\xff\xfe"
				   "D\0o\0n\0e\0.\0";
	struct saids saids = { 0 };

	(void)state;
	said_read(text, sizeof text - 1, &saids);
	assert_int_equal(saids.list.len, 1);
	saids_clear(&saids);
}

static void
said_names__word_of_its_own(void **state)
{
	(void)state;
	assert_true(said_names("Action pc-2, done", "PC-2"));
	assert_true(said_names("see WT-1.1.", "WT-1.1"));
	assert_false(said_names("PC-22 is done", "PC-2"));
	assert_false(said_names("PC-2.1 is done", "PC-2"));
}

static void
said_closes__nothing_else_is_said(void **state)
{
	(void)state;
	assert_true(said_closes("PC-2 is complete.", "PC-2"));
	assert_true(said_closes("Action PC-2: completed", "PC-2"));
	assert_true(said_closes("PC-2 has now been closed.", "PC-2"));
	assert_false(said_closes("PC-2 and PC-3 are complete.", "PC-2"));
	assert_false(said_closes("PC-2 is complete but for the fence", "PC-2"));
	assert_false(said_closes("PC-2 is late.", "PC-2"));
}

static void
said_is_of_last__whose_minutes(void **state)
{
	(void)state;
	assert_true(said_is_of_last("The minutes of the last meeting were "
				    "agreed"));
	assert_true(said_is_of_last("Minutes of previous meeting agreed"));
	assert_true(said_is_of_last("The minutes were signed as a true "
				    "record"));
	assert_false(said_is_of_last("The minutes of the Planning Committee "
				     "were approved"));
	assert_false(said_is_of_last("The minutes of the last meeting of the "
				     "Planning Committee were approved"));
}

static void
said_prints_day__ways_to_write_one(void **state)
{
	int day = day_from_civil(2020, 12, 2);

	(void)state;
	assert_true(said_prints_day("held on 2 December 2020 be", day));
	assert_true(said_prints_day("of Wednesday 2nd December", day));
	assert_true(said_prints_day("the 2nd of December, 2020", day));
	assert_true(said_prints_day("on December 2, 2020.", day));
	assert_true(said_prints_day("on 02/12/2020", day));
	assert_true(said_prints_day("on 2.12.20", day));
	assert_true(said_prints_day("on 2020-12-02", day));
	assert_false(said_prints_day("of 2 December 2019", day));
	assert_false(said_prints_day("of 12 December 2020", day));
	assert_false(said_prints_day("the last meeting", day));
	assert_true(said_prints_a_day("of 3 May"));
	assert_false(said_prints_a_day("the last meeting may be 3"));
}

/* Whose paragraph it is, and that lines of refs are paragraphs of their own. */
static void
said_read__matters_arising__each_line_of_its_ref(void **state)
{
	static const char paper[] =
	    "PC-1: The clerk said that the map had been sent. Action closed.\n"
	    "PC-2 is complete.\n"
	    "PC-5 \xe2\x80\x93 deferred to the next meeting.\n"
	    "PC-15: carry forward; new date 28 February 2027.\n"
	    "- PC-7: no answer had come. This was carried\n"
	    "forward.\n"
	    "2.1 PC-8: deferred\n\n"
	    "The farm was asked. Action completed.\n"
	    "PC-6 is complete but for a seat. Action completed.\n";
	static const struct {
		unsigned line, kinds;
		const char *head;
	} want[] = {
		{ 1, SAID_CLOSED, "PC-1" },
		{ 2, SAID_CLOSED, NULL },
		{ 3, SAID_CARRIED, "PC-5" },
		{ 4, SAID_CARRIED | SAID_MOVED, "PC-15" },
		{ 5, SAID_CARRIED, "PC-7" },
		{ 7, SAID_CARRIED, "PC-8" },
		{ 9, SAID_CLOSED, NULL },
		{ 10, SAID_CLOSED, NULL },
		{ 10, SAID_CLOSED, NULL },
	};
	struct saids saids = { 0 };

	(void)state;
	said_read(paper, sizeof paper - 1, &saids);
	assert_int_equal(saids.list.len, sizeof want / sizeof *want);
	for (size_t i = 0; i < saids.list.len; i++) {
		const struct said *s = &saids.list.items[i];

		assert_int_equal(s->line, want[i].line);
		assert_int_equal(s->kinds, want[i].kinds);
		if (want[i].head == NULL)
			assert_null(s->head);
		else
			assert_string_equal(s->head, want[i].head);
	}
	saids_clear(&saids);
}

static void
said_ref_at__texts__bytes(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} cases[] = { { "PC-1", 4 }, { "WT-1.1: x", 6 }, { "R24-19 is", 6 },
		{ "PC-", 0 }, { "PC-x", 0 }, { "Pc-1", 0 }, { "-1", 0 },
		{ "2-1", 0 }, { "PC-1b", 0 }, { "PC-1/2", 0 }, { "", 0 },
		{ "PC-1.", 4 }, { "PC-12-2", 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(
		    said_ref_at(cases[i].text, strlen(cases[i].text)),
		    cases[i].len);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    said_read__matters_arising__each_line_of_its_ref),
		cmocka_unit_test(said_ref_at__texts__bytes),
		cmocka_unit_test(said_read__sentence__kinds),
		cmocka_unit_test(said_read__lines_of_a_paragraph__are_one),
		cmocka_unit_test(said_read__utf16__is_read),
		cmocka_unit_test(said_names__word_of_its_own),
		cmocka_unit_test(said_closes__nothing_else_is_said),
		cmocka_unit_test(said_is_of_last__whose_minutes),
		cmocka_unit_test(said_prints_day__ways_to_write_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
