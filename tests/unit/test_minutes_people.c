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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    minutes_read__list_of_people__ends_at_first_item),
		cmocka_unit_test(
		    minutes_read__errand_behind_a_name__is_no_body),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
