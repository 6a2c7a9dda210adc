/* SPDX-License-Identifier: ISC */
/* The mails as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/letter.h"
#include "core/letter_words.h"
#include "core/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define TODAY day_from_civil(2019, 9, 12)

static struct letter_templates templates;

static struct letter
letter_of(const char *name)
{
	struct letter letter;

	letter_init(&letter);
	letter.name = name;
	letter.organisation = "Office of the Commissioner for Exampleshire";
	letter.today = TODAY;
	return letter;
}

static struct letter_line *
entry(struct letter *letter, const char *ref, const char *text, int due_in)
{
	struct letter_line *line = letter_add(letter);

	line->ref = ref;
	line->kind = "action";
	line->text = text;
	line->state = "open";
	line->owners = "Ann Roe";
	if (due_in == DAY_NONE)
		return line;
	line->due_on = TODAY + due_in;
	line->overdue_days = due_in < 0 ? -due_in : 0;
	return line;
}

/* Renders and checks what must and must not be in the text; NULL ends each
 * list. The subject is left in *subject. */
static void
expect(enum letter_kind kind, const struct letter *letter, struct buf *subject,
    const char *const *with, const char *const *without)
{
	struct buf text = { 0 };
	struct err err = { 0 };

	assert_int_equal(
	    letter_render(kind, letter, &templates, subject, &text, &err), 0);
	for (; *with != NULL; with++) {
		if (strstr(buf_text(&text), *with) == NULL)
			print_error("not there: %s\n", *with);
		assert_non_null(strstr(buf_text(&text), *with));
	}
	for (; *without != NULL; without++)
		assert_null(strstr(buf_text(&text), *without));
	if (kind != LETTER_DIGEST_MD) {
		assert_null(strstr(buf_text(&text), "\n\n\n"));
		assert_null(strchr(buf_text(subject), '\n'));
	}
	assert_null(strstr(buf_text(&text), "{{"));
	buf_clear(&text);
}

static void
letter_render__one_nudge__whole_text(void **state)
{
	struct letter letter = letter_of("Ann Roe");
	struct letter_line *line = entry(&letter, "WT-14",
	    "share details of the available training with local authority "
	    "partners",
	    -10);
	struct buf subject = { 0 }, text = { 0 };
	struct err err;

	(void)state;
	letter.reply_to = "committee@example.org";
	line->slips = 2;
	line->original_due_on = day_from_civil(2019, 7, 1);
	line->series = "Working Together Meeting";
	line->held_on = day_from_civil(2019, 6, 25);
	line->item = "7";
	line->due_phrase = "within ten weeks";
	line->rule = "ten weeks from 25 June 2019";
	line->updated_on = day_from_civil(2019, 7, 14);
	line->update = "waiting for the force";
	assert_int_equal(letter_render(LETTER_NUDGE, &letter, &templates,
			     &subject, &text, &err),
	    0);
	assert_string_equal(buf_text(&subject),
	    "Action WT-14: share details of the available training with "
	    "local\xE2\x80\xA6");
	assert_string_equal(buf_text(&text),
	    "Dear Ann Roe,\n"
	    "\n"
	    "On Thursday 12 September 2019, one action needs you.\n"
	    "You get this mail as owner.\n"
	    "\n"
	    "OVERDUE\n"
	    "\n"
	    "- WT-14: share details of the available training with local "
	    "authority\n"
	    "  partners\n"
	    "  Due Monday 2 September 2019: 10 days late\n"
	    "  The date has moved twice; it was 1 July 2019 at first\n"
	    "  Agreed at: Working Together Meeting, 25 June 2019, item 7\n"
	    "  Deadline: \"within ten weeks\": ten weeks from 25 June 2019\n"
	    "  Last update: 14 July 2019: waiting for the force\n"
	    "\n"
	    "HOW TO ANSWER\n"
	    "\n"
	    "Reply to this mail (it goes to committee@example.org) and quote "
	    "the\n"
	    "reference, such as WT-14.\n"
	    "Say for each: done, and what shows it; or the date by which it "
	    "will be done,\n"
	    "and why; or what is in the way. If one is not yours, say whose "
	    "it is.\n"
	    "\n"
	    "Office of the Commissioner for Exampleshire\n"
	    "(an automatic reminder from the register of actions)\n");
	letter_clear(&letter);
	buf_clear(&subject);
	buf_clear(&text);
}

static void
letter_render__due_sentences__table(void **state)
{
	static const struct {
		int due_in;
		int overdue, earliest_in, review_in;
		bool soft, at_meeting;
		const char *due_time, *says;
	} cases[] = {
		{ -1, 1, DAY_NONE, DAY_NONE, false, false, NULL,
		    "Due Wednesday 11 September 2019: 1 day late\n" },
		{ 0, 0, DAY_NONE, DAY_NONE, false, false, NULL,
		    "Due today, Thursday 12 September 2019\n" },
		{ 1, 0, DAY_NONE, DAY_NONE, false, false, "17:00",
		    "Due tomorrow, Friday 13 September 2019 at 17:00\n" },
		{ 11, 0, DAY_NONE, DAY_NONE, false, false, NULL,
		    "Due Monday 23 September 2019, in 11 days\n" },
		{ 4, 0, DAY_NONE, DAY_NONE, false, true, NULL,
		    "Due at the meeting of Monday 16 September 2019, in 4 "
		    "days\n" },
		{ -4, 0, DAY_NONE, DAY_NONE, false, true, NULL,
		    "Was due at the meeting of Sunday 8 September 2019, 4 "
		    "days ago\n" },
		{ 18, 0, -11, DAY_NONE, false, false, NULL,
		    "Due between 1 September 2019 and Monday 30 September "
		    "2019, in 18 days\n" },
		{ 18, 0, DAY_NONE, DAY_NONE, true, false, NULL,
		    "Due by about Monday 30 September 2019, in 18 days\n" },
		/* A vague window is over, but nobody is late. */
		{ -4, 4, DAY_NONE, DAY_NONE, true, false, NULL,
		    "Was due by about Sunday 8 September 2019, 4 days ago\n" },
		{ DAY_NONE, 0, DAY_NONE, 18, false, false, NULL,
		    "No date yet; next looked at on Monday 30 September "
		    "2019\n" },
		{ DAY_NONE, 0, DAY_NONE, DAY_NONE, false, false, NULL,
		    "No date yet\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct letter letter = letter_of("Ann Roe");
		struct letter_line *line =
		    entry(&letter, "WT-1", "x", cases[i].due_in);
		struct buf subject = { 0 };

		line->overdue_days = cases[i].overdue;
		if (cases[i].earliest_in != DAY_NONE)
			line->earliest_on = TODAY + cases[i].earliest_in;
		if (cases[i].review_in != DAY_NONE)
			line->review_on = TODAY + cases[i].review_in;
		line->soft = cases[i].soft;
		line->at_meeting = cases[i].at_meeting;
		line->due_time = cases[i].due_time;
		expect(LETTER_NUDGE, &letter, &subject,
		    (const char *const[]){ cases[i].says, NULL },
		    (const char *const[]){ NULL });
		letter_clear(&letter);
		buf_clear(&subject);
	}
}

static void
letter_render__several__grouped_and_ordered(void **state)
{
	struct letter letter = letter_of("Ann Roe");
	struct letter_line *line;
	struct buf subject = { 0 }, text = { 0 };
	struct err err;
	static const char *const order[] = { "OVERDUE\n",
		"- WT-3: ", "- WT-1: ", "DUE TODAY\n", "- WT-4: ", "DUE SOON\n",
		"- WT-6: ", "- WT-5: ", "DUE LATER\n",
		"- WT-7: ", "NO DATE YET", "- WT-2: ", "ON HOLD", "- WT-8: " };
	const char *at;

	(void)state;
	(void)entry(&letter, "WT-1", "a", -1);
	(void)entry(&letter, "WT-2", "b", DAY_NONE);
	(void)entry(&letter, "WT-3", "c", -30);
	(void)entry(&letter, "WT-4", "d", 0);
	(void)entry(&letter, "WT-5", "e", 14);
	line = entry(&letter, "WT-6", "f", 3);
	line->fired = "date changed";
	line = entry(&letter, "WT-7", "g", 15);
	line->fired = "at assignment";
	line = entry(&letter, "WT-8", "h", DAY_NONE);
	line->state = "on_hold";
	line->reason = "no money";
	assert_int_equal(letter_render(LETTER_NUDGE, &letter, &templates,
			     &subject, &text, &err),
	    0);
	assert_string_equal(buf_text(&subject),
	    "8 actions need you: 2 overdue, 1 due today, 2 due soon, "
	    "1 due later, 1 without a date, 1 on hold");
	at = buf_text(&text);
	for (size_t i = 0; i < COUNT(order); i++) {
		at = strstr(at, order[i]);
		assert_non_null(at);
	}
	assert_non_null(strstr(buf_text(&text), "- WT-7: g (new)\n"));
	assert_non_null(strstr(buf_text(&text), "- WT-6: f (new date)\n"));
	assert_non_null(strstr(buf_text(&text), "  On hold: no money\n"));
	letter_clear(&letter);
	buf_clear(&subject);
	buf_clear(&text);
}

static void
letter_render__kinds__in_the_subject(void **state)
{
	static const struct {
		const char *kinds[3], *subject;
	} cases[] = {
		{ { "afi", "afi", NULL }, "2 areas for improvement need you: "
					  "2 due soon" },
		{ { "action", "duty", NULL },
		    "1 action and 1 duty need you: 2 due soon" },
		{ { "action", "paper", "bid" },
		    "3 entries need you: 3 due soon" },
		{ { "own_kind", "own_kind", NULL },
		    "2 own kinds need you: 2 due soon" },
		{ { "concern", NULL, NULL }, "Cause of concern X-1: text" },
		{ { "own_kind", NULL, NULL }, "Own kind X-1: text" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct letter letter = letter_of("Ann Roe");
		struct buf subject = { 0 };

		for (size_t k = 0; k < 3 && cases[i].kinds[k] != NULL; k++)
			entry(&letter, "X-1", "text", 3)->kind =
			    cases[i].kinds[k];
		expect(LETTER_NUDGE, &letter, &subject,
		    (const char *const[]){ NULL },
		    (const char *const[]){ NULL });
		assert_string_equal(buf_text(&subject), cases[i].subject);
		letter_clear(&letter);
		buf_clear(&subject);
	}
}

/* Threads hold only while the subject of an entry stays the same. */
static void
letter_render__one_entry__subject_never_changes(void **state)
{
	struct letter letter = letter_of("Ann Roe");
	struct letter_line *line = entry(&letter, "WT-14", "write", 20);
	struct buf first = { 0 }, later = { 0 };

	(void)state;
	expect(LETTER_NUDGE, &letter, &first, (const char *const[]){ NULL },
	    (const char *const[]){ NULL });
	letter.name = "Bo Doe";
	letter.today += 50;
	line->overdue_days = 30;
	line->slips = 1;
	line->state = "blocked";
	line->role = LETTER_CHAIR;
	expect(LETTER_ESCALATION, &letter, &later,
	    (const char *const[]){ NULL }, (const char *const[]){ NULL });
	assert_string_equal(buf_text(&first), "Action WT-14: write");
	assert_string_equal(buf_text(&later), buf_text(&first));
	letter_clear(&letter);
	buf_clear(&first);
	buf_clear(&later);
}

static void
letter_render__restricted__ref_only_in_every_letter(void **state)
{
	(void)state;
	for (int kind = 0; kind < LETTER_KINDS; kind++) {
		struct letter letter = letter_of("Ann Roe");
		struct letter_line *line =
		    entry(&letter, "RC-3", "SECRET text", -2);
		struct buf subject = { 0 };

		line->restricted = true;
		line->reason = "SECRET";
		line->state = "blocked";
		line->owners = "SECRET, SECRET";
		line->organisation = "SECRET";
		line->update = "SECRET";
		line->updated_on = TODAY - 3;
		line->evidence = "SECRET";
		line->series = "SECRET";
		line->item = "SECRET";
		line->held_on = TODAY - 9;
		line->report = "SECRET";
		line->due_phrase = "SECRET";
		line->rule = "SECRET";
		line->note = "SECRET";
		line->to = "SECRET";
		line->section = DIGEST_OVERDUE;
		expect((enum letter_kind)kind, &letter, &subject,
		    (const char *const[]){
			kind == LETTER_DIGEST_MD ? "| RC-3 |" : "RC-3",
			"2 days late", NULL },
		    (const char *const[]){ "SECRET", NULL });
		assert_null(strstr(buf_text(&subject), "SECRET"));
		if (kind == LETTER_NUDGE)
			assert_string_equal(buf_text(&subject), "Action RC-3");
		letter_clear(&letter);
		buf_clear(&subject);
	}
}

static void
letter_render__why__told_once_or_for_each(void **state)
{
	struct letter letter = letter_of("Ann Roe");
	struct letter_line *line;
	struct buf subject = { 0 };

	(void)state;
	line = entry(&letter, "WT-1", "a", 3);
	line->office = "Clerk";
	line->deputy_for = "Bo Doe";
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){ "You get this mail as deputy for Bo Doe, "
				   "holder of the office of Clerk\n"
				   "(owner).\n",
		NULL },
	    (const char *const[]){ "  You get this", NULL });
	line = entry(&letter, "WT-2", "b", 3);
	line->role = LETTER_CO_OWNER;
	line->owners = "Ann Roe; Cy Poe";
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){ "  You get this as deputy for Bo Doe, ",
		"  Owners: Ann Roe; Cy Poe\n",
		"  You get this as one of the owners\n", NULL },
	    (const char *const[]){ "You get this mail", NULL });
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_render__before_a_meeting__asks_for_an_update(void **state)
{
	struct letter letter = letter_of("Ann Roe");
	struct letter_line *line = entry(&letter, "WT-1", "a", 30);
	struct buf subject = { 0 };

	(void)state;
	line->meeting_on = TODAY + 11;
	line->fired = "13 working days before meeting";
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){
		"  Please send an update before the meeting of Monday 23 "
		"September 2019, in\n    11 days\n",
		NULL },
	    (const char *const[]){ NULL });
	line->meeting_on = TODAY - 1;
	expect(LETTER_NUDGE, &letter, &subject, (const char *const[]){ NULL },
	    (const char *const[]){ "send an update before", NULL });
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_render__proposed__asks_to_approve(void **state)
{
	struct letter letter = letter_of("Chair");
	struct letter_line *line = entry(&letter, "WT-1", "a", -3);
	struct buf subject = { 0 };

	(void)state;
	line->role = LETTER_APPROVER;
	line->evidence = "letter of 3 September";
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){ "FOR YOU TO APPROVE",
		"  Reported as done: letter of 3 September\n",
		"say that you approve", NULL },
	    (const char *const[]){ "Say for each: done", "OVERDUE", NULL });
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_render__another_date_asked_for__says_which_and_asks_to_agree(
    void **state)
{
	struct letter letter = letter_of("Councillor Doe");
	struct letter_line *line = entry(&letter, "WT-1", "a", 4);
	struct buf subject = { 0 };

	(void)state;
	line->role = LETTER_APPROVER;
	line->request = "Ann Roe asks for 3 June 2019: the supplier is late";
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){ "FOR YOU TO APPROVE",
		"\n  Ann Roe asks for "
		"3 June 2019: the "
		"supplier is late\n",
		"say that you agree, or why not", NULL },
	    (const char *const[]){
		"Say for each: done", "say that you approve", NULL });
	buf_clear(&subject);
	line->restricted = true;
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){
		"Another date is asked for (see the register)", NULL },
	    (const char *const[]){ "supplier", "June", NULL });
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_render__escalation__whose_how_late_what_is_asked(void **state)
{
	struct letter letter = letter_of("Councillor Doe");
	struct letter_line *line = entry(&letter, "WT-1", "a", -29);
	struct buf subject = { 0 };

	(void)state;
	letter.meeting_on = TODAY + 11;
	line->role = LETTER_CHAIR;
	line->fired = "28 days after";
	line = entry(&letter, "WT-2", "b", 5);
	line->role = LETTER_SPONSOR;
	line->fired = "2 slips";
	line->owners = NULL;
	line->statutory = true;
	line->slips = 2;
	expect(LETTER_ESCALATION, &letter, &subject,
	    (const char *const[]){ "  Owner: Ann Roe\n", ": 29 days late\n",
		"  Owner: nobody yet\n", "  Last update: none so far\n",
		"  Why now: 28 days after the due date\n",
		"  Why now: the date has moved twice\n",
		"  The date is set by law\n", "As chair, please decide",
		"(Monday 23 September 2019, in 11 days)",
		"As sponsor, please speak to the owner", NULL },
	    (const char *const[]){ "Please see that", NULL });
	assert_string_equal(buf_text(&subject),
	    "2 actions are escalated to you: 1 overdue, 1 due soon");
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_render__secretary__needs_and_commands(void **state)
{
	struct letter letter = letter_of("Secretary");
	struct letter_line *line = entry(&letter, "WT-1", "a", -1);
	struct buf subject = { 0 };

	(void)state;
	letter.tomorrow_on = TODAY + 1;
	line->need = LETTER_TOMORROW;
	line->to = "Councillor Doe";
	line->fired = "28 days after";
	line = entry(&letter, "WT-2", "b", -1);
	line->need = LETTER_TOMORROW;
	line->statutory = true;
	line = entry(&letter, "WT-3", "c", 1);
	line->need = LETTER_UNOWNED;
	line->owners = NULL;
	line->fired = "on the day";
	line = letter_add(&letter);
	line->text = "Bo Doe";
	line->need = LETTER_NO_ADDRESS;
	line->command = "nudgectl person set \"Bo Doe\" a command that is long "
			"and must stay on one line";
	expect(LETTER_SECRETARY, &letter, &subject,
	    (const char *const[]){ "NO OWNER (1)\n",
		"  nudgectl assign WT-3 --owner \"NAME\"\n", "- Bo Doe\n",
		"  nudgectl person set \"Bo Doe\" a command that is long and "
		"must stay on one line\n",
		"ESCALATIONS THAT GO OUT NEXT (2)\n",
		"  Goes to: Councillor Doe\n",
		"  Why now: 28 days after the due date\n",
		"  nudgectl snooze WT-1 --until 2019-09-20 --reason \"WHY\"\n",
		"  The date is set by law: this cannot be held back\n",
		"2 things need you: 1 without an owner,", NULL },
	    (const char *const[]){
		"snooze WT-2", "Why now: on the day", NULL });
	assert_string_equal(buf_text(&subject),
	    "2 things need you; 2 escalations go out on Friday 13 September "
	    "2019");
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
fill_digest(struct letter *letter)
{
	struct letter_line *line = entry(letter, "WT-9", "a | b", -3);

	letter->series = "Working Together Meeting";
	letter->headline = "12 open (+1).\n3 overdue (+2).";
	letter->meeting_on = TODAY + 11;
	line->section = DIGEST_OVERDUE;
	line->organisation = "Police";
	line = entry(letter, "WT-1", "b", -30);
	line->section = DIGEST_OVERDUE;
	line->organisation = "Police";
	line = entry(letter, "WT-2", "c", -30);
	line->section = DIGEST_OVERDUE;
	line->organisation = "Council";
	line = entry(letter, "WT-3", "secret of the closed", -1);
	line->section = DIGEST_CLOSED;
	line = entry(letter, "WT-4", "x", -1);
	line->section = DIGEST_CLOSED;
}

static void
letter_render__digest__sections_groups_and_refs(void **state)
{
	struct letter letter = letter_of("Chair");
	struct buf subject = { 0 };

	(void)state;
	fill_digest(&letter);
	expect(LETTER_DIGEST, &letter, &subject,
	    (const char *const[]){
		"Working Together Meeting: where things stand on Thursday 12",
		"12 open (+1).\n3 overdue (+2).\n",
		"OVERDUE (3)\n\nPolice\n\n- WT-9: a | b\n", "- WT-1: b\n",
		"\nCouncil\n\n- WT-2: c\n",
		"CLOSED SINCE LAST TIME (2)\n\nWT-3, WT-4\n", NULL },
	    (const char *const[]){ "secret of the closed", NULL });
	assert_string_equal(buf_text(&subject),
	    "Working Together Meeting, 12 September 2019: 3 overdue");
	expect(LETTER_DIGEST_MD, &letter, &subject,
	    (const char *const[]){ "## Overdue (3)\n\n| Ref | What |",
		"| WT-9 | a \\| b |",
		"## Closed since last time (2)\n\nWT-3, WT-4\n", NULL },
	    (const char *const[]){ "secret of the closed", NULL });
	letter_clear(&letter);
	buf_clear(&subject);
}

/* The subject counts what the headline counts, wherever it is listed; and
 * nothing is due before a meeting that nobody knows of. */
static void
letter_render__digest__clocks_count_and_no_meeting_is_invented(void **state)
{
	struct letter letter = letter_of("Chair");
	struct buf subject = { 0 };
	struct letter_line *line;

	(void)state;
	letter.series = "Board";
	line = entry(&letter, "B-1", "a", -3);
	line->section = DIGEST_CLOCKS;
	line = entry(&letter, "B-2", "b", 5);
	line->section = DIGEST_CLOCKS;
	line = entry(&letter, "B-3", "c", -1);
	line->section = DIGEST_OVERDUE;
	line = entry(&letter, "B-4", "d", 20);
	line->section = DIGEST_DUE;
	expect(LETTER_DIGEST, &letter, &subject,
	    (const char *const[]){ "DUE WITHIN FOUR WEEKS (1)", NULL },
	    (const char *const[]){ "NEXT MEETING", NULL });
	assert_string_equal(buf_text(&subject),
	    "Board, 12 September 2019: 2 overdue, 2 due within four weeks");
	letter.meeting_on = TODAY + 3;
	buf_reset(&subject);
	expect(LETTER_DIGEST, &letter, &subject,
	    (const char *const[]){ "DUE BEFORE THE NEXT MEETING (1)", NULL },
	    (const char *const[]){ "FOUR WEEKS", NULL });
	assert_string_equal(buf_text(&subject),
	    "Board, 12 September 2019: 2 overdue, 1 due before the next "
	    "meeting");
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_words_flag__says_only_what_a_person_can_settle(void **state)
{
	static const struct {
		const char *flag, *ask;
	} cases[] = {
		{ "policy; vague", "" },
		{ "past at import", "" },
		{ "policy; weekday mismatch",
		    "The weekday and the date in its words disagree: which is "
		    "meant?" },
		{ "given as 3 May", "To check: given as 3 May." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };

		letter_words_flag(&out, cases[i].flag);
		assert_string_equal(buf_text(&out), cases[i].ask);
		buf_clear(&out);
	}
}

static void
letter_words_basis__says_nothing_twice(void **state)
{
	static const struct {
		const char *words, *rule, *says;
	} cases[] = {
		{ "within a month", "one month from 3 May 2019",
		    "\"within a month\": one month from 3 May 2019" },
		{ "in due course", "\"in due course\" names no day",
		    "\"in due course\" names no day" },
		{ "with the rest", "given as a day", "\"with the rest\"" },
		{ NULL, "given as a day", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct letter_line line = { .due_phrase = cases[i].words,
			.rule = cases[i].rule };
		struct buf out = { 0 };

		letter_words_basis(&out, &line);
		assert_string_equal(buf_text(&out), cases[i].says);
		buf_clear(&out);
	}
}

static void
letter_words_agreed__names_an_item_by_what_it_is(void **state)
{
	static const struct {
		const char *item, *says;
	} cases[] = {
		{ "7", "Board, item 7" },
		{ "agenda item 12", "Board, agenda item 12" },
		{ "para 57", "Board, para 57" },
		{ NULL, "Board" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct letter_line line = { .series = "Board",
			.held_on = DAY_NONE,
			.item = cases[i].item };
		struct buf out = { 0 };

		letter_words_agreed(&out, &line);
		assert_string_equal(buf_text(&out), cases[i].says);
		buf_clear(&out);
	}
}

static void
letter_render__nothing_to_say__refused_but_for_digests(void **state)
{
	struct letter letter = letter_of("Ann Roe");
	struct buf subject = { 0 }, text = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(letter_render(LETTER_NUDGE, &letter, &templates,
			     &subject, &text, &err),
	    -1);
	letter.headline = "Nothing is overdue.";
	assert_int_equal(letter_render(LETTER_DIGEST, &letter, &templates,
			     &subject, &text, &err),
	    0);
	assert_non_null(strstr(buf_text(&text), "Nothing is overdue."));
	assert_non_null(strstr(buf_text(&subject), ": nothing overdue"));
	letter_clear(&letter);
	buf_clear(&subject);
	buf_clear(&text);
}

static void
letter_render__redirected__names_the_real_recipient(void **state)
{
	(void)state;
	for (int kind = LETTER_NUDGE; kind <= LETTER_DIGEST; kind++) {
		struct letter letter = letter_of("Ann Roe");
		struct buf subject = { 0 };

		(void)entry(&letter, "WT-1", "a", 3);
		letter.meant_for = "Ann Roe <ann@example.org>";
		expect((enum letter_kind)kind, &letter, &subject,
		    (const char *const[]){
			"[Redirected: this mail was meant for Ann Roe "
			"<ann@example.org>.]\n\nDear Ann Roe,\n",
			NULL },
		    (const char *const[]){ NULL });
		letter_clear(&letter);
		buf_clear(&subject);
	}
}

static void
letter_render__line_breaks_in_values__make_no_lines(void **state)
{
	struct letter letter = letter_of("Ann\r\nRoe");
	struct letter_line *line =
	    entry(&letter, "WT-1", "one\r\n\r\nOVERDUE\n- WT-2: two", 3);
	struct buf subject = { 0 };

	(void)state;
	line->update = "x\n\nHOW TO ANSWER";
	line->updated_on = TODAY - 1;
	expect(LETTER_NUDGE, &letter, &subject,
	    (const char *const[]){ "Dear Ann Roe,\n",
		"- WT-1: one OVERDUE - WT-2: two\n",
		"11 September 2019: x HOW TO ANSWER\n", NULL },
	    (const char *const[]){ "\nOVERDUE", NULL });
	assert_string_equal(
	    buf_text(&subject), "Action WT-1: one OVERDUE - WT-2: two");
	letter_clear(&letter);
	buf_clear(&subject);
}

static void
letter_template_set__good_and_bad__taken_or_refused(void **state)
{
	static const char good[] = "{{name}}: {{summary}}\n";
	static const char *const bad[] = { "Dear {{nmae}}\n", "",
		"{{#nothing}}", "{{^name}}x{{/name}}\n" };
	struct letter_templates own;
	struct letter letter = letter_of("Ann Roe");
	struct buf subject = { 0 }, text = { 0 };
	struct err err = { 0 };

	(void)state;
	(void)entry(&letter, "WT-1", "a", 3);
	letter_templates_init(&own);
	assert_int_equal(
	    letter_template_set(&own, LETTER_NUDGE, good, strlen(good), &err),
	    0);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(letter_template_set(&own, LETTER_NUDGE, bad[i],
				     strlen(bad[i]), &err),
		    -1);
	assert_int_equal(
	    letter_render(LETTER_NUDGE, &letter, &own, &subject, &text, &err),
	    0);
	assert_string_equal(buf_text(&text), "Ann Roe: one action needs you\n");
	letter_templates_clear(&own);
	letter_clear(&letter);
	buf_clear(&subject);
	buf_clear(&text);
}

static void
letter_template_file__every_kind__has_one(void **state)
{
	(void)state;
	assert_string_equal(letter_template_file(LETTER_NUDGE), "nudge.txt");
	assert_string_equal(
	    letter_template_file(LETTER_ESCALATION), "escalation.txt");
	assert_string_equal(
	    letter_template_file(LETTER_SECRETARY), "secretary.txt");
	assert_string_equal(letter_template_file(LETTER_DIGEST), "digest.txt");
	assert_string_equal(
	    letter_template_file(LETTER_DIGEST_MD), "digest.md");
}

static int
start(void **state)
{
	(void)state;
	letter_templates_init(&templates);
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	letter_templates_clear(&templates);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letter_render__one_nudge__whole_text),
		cmocka_unit_test(letter_render__due_sentences__table),
		cmocka_unit_test(letter_render__several__grouped_and_ordered),
		cmocka_unit_test(letter_render__kinds__in_the_subject),
		cmocka_unit_test(
		    letter_render__one_entry__subject_never_changes),
		cmocka_unit_test(
		    letter_render__restricted__ref_only_in_every_letter),
		cmocka_unit_test(letter_render__why__told_once_or_for_each),
		cmocka_unit_test(
		    letter_render__before_a_meeting__asks_for_an_update),
		cmocka_unit_test(letter_render__proposed__asks_to_approve),
		cmocka_unit_test(
		    letter_render__another_date_asked_for__says_which_and_asks_to_agree),
		cmocka_unit_test(
		    letter_render__escalation__whose_how_late_what_is_asked),
		cmocka_unit_test(letter_render__secretary__needs_and_commands),
		cmocka_unit_test(
		    letter_render__digest__sections_groups_and_refs),
		cmocka_unit_test(
		    letter_render__digest__clocks_count_and_no_meeting_is_invented),
		cmocka_unit_test(
		    letter_words_flag__says_only_what_a_person_can_settle),
		cmocka_unit_test(letter_words_basis__says_nothing_twice),
		cmocka_unit_test(
		    letter_words_agreed__names_an_item_by_what_it_is),
		cmocka_unit_test(
		    letter_render__nothing_to_say__refused_but_for_digests),
		cmocka_unit_test(
		    letter_render__redirected__names_the_real_recipient),
		cmocka_unit_test(
		    letter_render__line_breaks_in_values__make_no_lines),
		cmocka_unit_test(
		    letter_template_set__good_and_bad__taken_or_refused),
		cmocka_unit_test(letter_template_file__every_kind__has_one),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
