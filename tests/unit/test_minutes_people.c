/* SPDX-License-Identifier: ISC */
/* Lists of people: where they end, and who of them is meant. */
#include "minutes_papers.h"

#define DAY \
	"Audit Committee\n\nMinutes of the meeting held on 8 October 2020\n\n"

/* People of the paper, "name (role; organisation)" joined by ", ". */
static char *
people_text(const struct minutes *out)
{
	struct buf b = { 0 };

	VEC_EACH (
	    const struct minutes_person, p, &out->meetings.items[0].people) {
		buf_printf(&b, "%s%s", b.len > 0 ? ", " : "", p->name);
		if (p->role || p->organisation)
			buf_printf(&b, " (%s%s%s)", p->role ? p->role : "",
			    p->organisation ? "; " : "",
			    p->organisation ? p->organisation : "");
	}
	return buf_take(&b);
}

/* ---- where a list of people ends ---- */

#define ASKS                                                             \
	"ACTION: Ann Bell to update the register, to include cyber and " \
	"estates risks, by 30 October 2020.\n\nAction: Carl Dunn to "    \
	"circulate the report, including the annex, by 2 November "      \
	"2020.\n"
#define ASKED                                                              \
	"Ann Bell: Ann Bell to update the register, to include cyber and " \
	"estates risks, by 30 October 2020. | 2020-10-30\nCarl Dunn: "     \
	"Carl Dunn to circulate the report, including the annex, by 2 "    \
	"November 2020. | 2020-11-02\n"

static void
minutes_read__list_of_people__ends_at_first_item(void **state)
{
	static const struct {
		const char *paper, *people, *entries;
	} cases[] = {
		{ DAY "Present\n\nAnn Bell\nCarl Dunn\n\n1. Risk "
		      "register.\n\n" ASKS,
		    "Ann Bell, Carl Dunn", ASKED },
		{ DAY "Present\n\nAnn Bell\nCarl Dunn\n\n1. Risk "
		      "Register\n\n" ASKS,
		    "Ann Bell, Carl Dunn", ASKED },
		{ DAY "Present\n\nAnn Bell\nCarl Dunn\n\n" ASKS,
		    "Ann Bell, Carl Dunn", ASKED },
		{ DAY "Present\n\nAnn Bell\nCarl Dunn\n" ASKS,
		    "Ann Bell, Carl Dunn", ASKED },
		{ DAY
		    "Present\n\nAnn Bell\nCarl Dunn\n\nRisk register\n\n" ASKS,
		    "Ann Bell, Carl Dunn", ASKED },
		{ DAY "Present: Ann Bell, Carl Dunn\n\n1. Risk "
		      "register.\n\n" ASKS,
		    "Ann Bell, Carl Dunn", ASKED },
		{ DAY "Present\n\nAnn Bell, Clerk\nCarl Dunn, Example Trust\n"
		      "1. Risk register.\n" ASKS,
		    "Ann Bell (Clerk), Carl Dunn (; Example Trust)", ASKED },
		{ DAY "Attendees\n\n- Ann Bell\n- Carl Dunn\n\nApologies\n\n"
		      "- Eve Frost\n\n1. Risk register.\n\n" ASKS,
		    "Ann Bell, Carl Dunn, Eve Frost", ASKED },
		{ DAY "Present\n\nAnn Bell\nCarl Dunn\n\nAP1 - Carl Dunn to "
		      "write to the bank, with a copy of the lease, by 2 "
		      "November 2020.\n",
		    "Ann Bell, Carl Dunn",
		    "Carl Dunn: Carl Dunn to write to the bank, with a copy "
		    "of the lease, by 2 November 2020. | 2020-11-02\n" },
		{ DAY "Present\n\nAnn Bell\nCarl Dunn\n\nResolved that Carl "
		      "Dunn write to the bank, with a copy of the lease, by 2 "
		      "November 2020.\n",
		    "Ann Bell, Carl Dunn",
		    "Carl Dunn: Carl Dunn write to the bank, with a copy "
		    "of the lease, by 2 November 2020. | 2020-11-02\n" },
		{ DAY "Present\n\n1. Ann Bell\n2. Carl Dunn\n\n1. Accounts\n\n"
		      "Action: Ann Bell to pay the bill\n",
		    "Ann Bell, Carl Dunn",
		    "Ann Bell: Ann Bell to pay the bill | \n" },
		{ DAY "Present\n\nMembers\n\n1. Ann Bell\n\n2. Carl Dunn\n\n"
		      "Action: Ann Bell to pay the bill\n",
		    "Ann Bell, Carl Dunn",
		    "Ann Bell: Ann Bell to pay the bill | \n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct layout layout = { "a list of people ends",
			cases[i].paper, cases[i].entries };
		struct minutes out;
		char *people;

		expect(&layout);
		read_text(cases[i].paper, &out);
		people = people_text(&out);
		if (strcmp(people, cases[i].people) != 0)
			fail_msg("%s\nwant:\n%s\ngot:\n%s", cases[i].paper,
			    cases[i].people, people);
		free(people);
		minutes_clear(&out);
	}
}

/* What stands behind a name is neither a post nor a body when it tells what
 * somebody is to do. */
static void
minutes_read__errand_behind_a_name__is_no_body(void **state)
{
	static const struct layout layout = { "an errand among the people",
		DAY "Present\n\nAnn Bell, to write the notes, to be sent with "
		    "the map\nCarl Dunn\n\n1. Map\n\nAction: Carl Dunn to "
		    "draw a map, to be sent with the map, by 2 November "
		    "2020\n",
		"Carl Dunn: Carl Dunn to draw a map, to be sent with the map, "
		"by 2 November 2020 | 2020-11-02\n" };
	struct minutes out;
	char *people;

	(void)state;
	expect(&layout);
	read_text(layout.paper, &out);
	people = people_text(&out);
	assert_string_equal(people, "Ann Bell, Carl Dunn");
	free(people);
	minutes_clear(&out);
}

/* Words of what is done are nobody: whoever looks at it is told of them. */
static void
minutes_read__cell_of_owners_tells_something__nobody_and_unsure(void **state)
{
	static const struct layout layout = { "prose among the owners",
		DAY "Present: Ann Bell, Carl Dunn\n\nActions\n\n| No. | Action "
		    "| Owner | By when |\n|---|---|---|---|\n| 1 | Custody "
		    "plan | update the risk register and circulate it | 18 "
		    "Dec 2020 |\n| 2 | Fleet plan | Carl Dunn will update it "
		    "| 19 Dec 2020 |\n| 3 | Dog plan | once the review is "
		    "complete | 20 Dec 2020 |\n| 4 | Tree plan | Ann Bell | "
		    "21 Dec 2020 |\n| 5 | Pond plan | Zed Green and friends "
		    "| 22 Dec 2020 |\n",
		"?: Custody plan | 2020-12-18\n"
		"?Carl Dunn: Fleet plan | 2020-12-19\n"
		"?: Dog plan | 2020-12-20\nAnn Bell: Tree plan | 2020-12-21\n"
		"Zed Green,friends: Pond plan | 2020-12-22\n" };
	struct minutes out;
	size_t told = 0;

	(void)state;
	expect(&layout);
	read_text(layout.paper, &out);
	VEC_EACH (const struct minutes_flag, f, &out.flags)
		told += strstr(f->text, "in the column of owners: ") != NULL;
	assert_int_equal(told, 3);
	minutes_clear(&out);
}

/* ---- ranks and titles ---- */

#define BOARD                                                                  \
	DAY "Present\n\nChief Constable Simon Ray QPM\nDCC Anita Desai\nACC "  \
	    "Mark O'Dare\nT/Supt Joan Fairley\nCllr Ben Bright\nPhilip Marr, " \
	    "Resources\nRev Tom Stone\nTim Stone\n\n1. Plans\n\n"

#define CELLS                                                              \
	BOARD                                                              \
	"SUMMARY OF ACTIONS\n\n No.  Action                 Owner        " \
	"           By when\n 1    Plan of the hall       %-22s  6 Nov "   \
	"2020\n 2    Lease of the hall      %-22s  7 Nov 2020\n"
#define SENTENCES                                                           \
	BOARD "Action: %s to plan the hall by 6 November 2020.\n\nAction: " \
	      "%s to see to the lease by 7 November 2020.\n"

/* Who is charged by a cell of a table and by a sentence. */
static void
minutes_read__rank_and_surname__one_person(void **state)
{
	static const struct {
		const char *printed, *name;
	} cases[] = {
		{ "DCC Desai", "DCC Anita Desai" },
		{ "CC Ray", "Chief Constable Simon Ray" },
		{ "Chief Constable Ray", "Chief Constable Simon Ray" },
		{ "ACC O'Dare", "ACC Mark O'Dare" },
		{ "Supt Fairley", "T/Supt Joan Fairley" },
		{ "T/Supt Fairley", "T/Supt Joan Fairley" },
		{ "Ch Supt Fairley", "T/Supt Joan Fairley" },
		{ "Cllr Bright", "Cllr Ben Bright" },
		{ "Lord Bright", "Cllr Ben Bright" },
		{ "P Marr", "Philip Marr" },
		{ "Dr P. Marr", "Philip Marr" },
		{ "The Chief Constable", "Chief Constable Simon Ray" },
		{ "DI Hale", "DI Hale" }, /* nobody known is that: one still */
		{ "Prof Wood", "Prof Wood" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t k = 0; k < 2; k++) {
			struct buf b = { 0 };
			struct minutes out;
			const struct minutes_entry *e;

			if (k == 0)
				buf_printf(&b, CELLS, cases[i].printed,
				    cases[i].printed);
			else
				buf_printf(&b, SENTENCES, cases[i].printed,
				    cases[i].printed);
			read_text(buf_text(&b), &out);
			assert_int_equal(out.meetings.items[0].entries.len, 2);
			e = &out.meetings.items[0].entries.items[1];
			if (e->owners.len != 1 ||
			    strcmp(e->owners.items[0].name, cases[i].name))
				fail_msg("%s: %zu owners, %s", cases[i].printed,
				    e->owners.len,
				    e->owners.len ? e->owners.items[0].name
						  : "none");
			minutes_clear(&out);
			buf_clear(&b);
		}
}

/* Several have the surname, or letters that are initials: nobody is guessed. */
static void
minutes_read__rank_or_initials__not_guessed(void **state)
{
	static const struct layout layouts[] = {
		{ "two of the surname",
		    BOARD "Action: Dr Stone to plan the hall\n",
		    "Dr Stone: Dr Stone to plan the hall | \n" },
		{ "letters that are somebody's initials",
		    DAY "Present: Ann Bell (AB), Carl Cole (CC)\n\n1. "
			"Plans\n\nAction: CC to plan the hall\nAction: CC "
			"and AB to ask for quotes\n",
		    "Carl Cole: CC to plan the hall | \nCarl Cole,Ann "
		    "Bell: CC and AB to ask for quotes | \n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++)
		expect(&layouts[i]);
}

static void
minutes_plain_name__ranks__left_out(void **state)
{
	static const char *const cases[][2] = {
		{ "Cllr. Ann Bell", "Ann Bell" },
		{ "the Clerk", "Clerk" },
		{ "T/Supt Joan Fairley", "Joan Fairley" },
		{ "Rt Hon Dame Ann Bell", "Ann Bell" },
		{ "Chief Constable Simon Ray", "Simon Ray" },
		{ "Assistant Chief Constable Bell", "Bell" },
		{ "Detective Sergeant Bell", "Bell" },
		{ "DCC Desai", "Desai" },
		{ "Di Bell", "Di Bell" },
		{ "Chief Constable", "Chief Constable" },
		{ "Chief Executive", "Chief Executive" },
		{ "CC", "CC" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
		    minutes_plain_name(cases[i][0]), cases[i][1]);
}

/* ---- attendance as offices print it ---- */

static void
minutes_read__attendance_in_columns__people_chair_and_venue(void **state)
{
	static const struct {
		const char *paper, *people, *chair, *venue;
	} cases[] = {
		{ "OFFICE OF THE COMMISSIONER FOR EXAMPLESHIRE\n\nPERFORMANCE "
		  "BOARD\n\nMinutes of the meeting held on Tuesday 13th "
		  "October 2020 at 10.00am\nConference Room 2, Police "
		  "Headquarters, and via MS Teams\n\nPRESENT:\nRt Hon Dame "
		  "Pat Holl DBE        Police and Crime Commissioner (Chair)\n"
		  "Ruth Pritt CPFA             Chief Finance Officer, OPCC\n"
		  "Chief Constable Simon Ray QPM\nDCC Anita Desai\nACC Mark "
		  "O'Dare              Local Policing\nT/Supt Joan Fairley     "
		  "    Standards\n\nAPOLOGIES:\nACO Philip Marr (Resources); "
		  "Insp. Kate Lund\n",
		    "Rt Hon Dame Pat Holl (Police and Crime Commissioner), "
		    "Ruth Pritt (Chief Finance Officer; OPCC), Chief "
		    "Constable Simon Ray (Chief Constable), DCC Anita Desai, "
		    "ACC Mark O'Dare "
		    "(Local Policing), T/Supt Joan Fairley (Standards), ACO "
		    "Philip Marr (Resources), Insp. Kate Lund",
		    "Rt Hon Dame Pat Holl",
		    "Conference Room 2, Police Headquarters, and via MS "
		    "Teams" },
		{ "Parish Council\n\nMinutes of the meeting held on 13 October "
		  "2020 at 7.30pm, Village Hall, Mill Lane\n\nPresent\n\nAnn "
		  "Bell (Chair)        Chief Officer\nCarl Dunn OBE, JP      "
		  "Member\n",
		    "Ann Bell (Chief Officer), Carl Dunn (Member)", "Ann Bell",
		    "Village Hall, Mill Lane" },
		{ "Office of the Commissioner\n\nPerformance Board\n\n13 "
		  "October 2020\n\n| Name | Role |\n|---|---|\n| Ann Bell "
		  "(Independent Chair) | |\n| Carl Dunn | Clerk |\n",
		    "Ann Bell (Independent Chair), Carl Dunn (Clerk)",
		    "Ann Bell", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct minutes_meeting *m;
		struct minutes out;
		char *people;

		read_text(cases[i].paper, &out);
		m = &out.meetings.items[0];
		people = people_text(&out);
		assert_string_equal(people, cases[i].people);
		assert_non_null(m->chair);
		assert_string_equal(m->chair, cases[i].chair);
		if (cases[i].venue == NULL)
			assert_null(m->venue);
		else
			assert_string_equal(m->venue, cases[i].venue);
		free(people);
		minutes_clear(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    minutes_read__list_of_people__ends_at_first_item),
		cmocka_unit_test(
		    minutes_read__errand_behind_a_name__is_no_body),
		cmocka_unit_test(
		    minutes_read__cell_of_owners_tells_something__nobody_and_unsure),
		cmocka_unit_test(minutes_read__rank_and_surname__one_person),
		cmocka_unit_test(minutes_read__rank_or_initials__not_guessed),
		cmocka_unit_test(minutes_plain_name__ranks__left_out),
		cmocka_unit_test(
		    minutes_read__attendance_in_columns__people_chair_and_venue),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
