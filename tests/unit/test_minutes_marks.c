/* SPDX-License-Identifier: ISC */
/* Marks of actions inside the notes and beside them, and whose they are. */
#include "minutes_papers.h"

static const struct layout marks[] = {
	{ "a mark that has lost the blank before it, or has two",
	    HEAD
	    "3. HEDGES\nThe lane was not cut. AB to write to the owners of "
	    "it.Action 3.01: AB\n\nThe draft Action Plan is out until 6 "
	    "July; the council to answer, and CD and EF will write that by "
	    "1 June.  Action 3.02: CD/EF\n",
	    "Ann Bell: AB to write to the owners of it. | \n"
	    "Carl Dunn,Eve Frost: the council to answer, and CD and EF will "
	    "write that by 1 June. | 2020-06-01\n" },
	{ "headings in capitals right above letters and numbers of their own",
	    HEAD "5. ACTIONS FROM LAST MEETING\n2.01 AB - map of the drains. "
		 "Done 2/5.\n2.02 CD - speak to the school. Not yet. CD will "
		 "try again in June.Action 3.03: CD\n\n7. FINANCE\na) The "
		 "balance is 300.\nb) Deferred to the June agenda.\n",
	    "Carl Dunn: CD will try again in June. | 2020-06-30\n"
	    "?: FINANCE: Deferred to the June agenda. | \n" },
	{ "marks in brackets, who acts in braces, new ones and those gone on",
	    HEAD "*Action Items*\n\nNew\n[AI] {Ann and Carl} will write to the "
		 "press.\n[Action] Eve to find a hall.\n\nCarry Over\n[AI] "
		 "{Group} will go on with the map.\n\nCompleted\n[AI] {Eve} to "
		 "buy the paint.\n\n*Discussion*\n\nThe map is nearly done.\n",
	    "Ann Bell,Carl Dunn: {Ann and Carl} will write to the press. | \n"
	    "Eve Frost: Eve to find a hall. | \n"
	    "Group: {Group} will go on with the map. | \n"
	    "Eve Frost: {Eve} to buy the paint. |  closed\n" },
	{ "a chat with its robot's answers, and the summary below it",
	    "Harbour Working Group Teleconference\n14 June 2016\n\nPresent\n  "
	    "Ann_Bell, cdunn, EveF, Guy (first hour)\n\nContents\n\n  * "
	    "[1]Open actions\n  * [2]Summary of Action Items\n  "
	    "_____________________________\n\nApprove last week's "
	    "minutes\n\nRESOLUTION: minutes of 7 June 2016 accepted\n\nOpen "
	    "actions\n\n   Ann: ACTION-88, the map of the harbour?\n\n   "
	    "cdunn: they said yes, keep it open\n\n   Ann: ok. so it goes "
	    "on\n\nPrimer\n\n   cdunn: the example is too long, and nobody "
	    "reads it\n\n   Ann: one table is enough for that\n\n   Ann: some "
	    "say two\n\n   cdunn: mine has ten rows\n\n   Ann: tell them so, "
	    "and keep to what we have\n\n   ACTION: cdunn to cut the example "
	    "of the primer to ten rows\n\n   Created ACTION-95 - Cut the "
	    "example of the primer [on Carl Dunn - due 2016-06-21].\n\nSummary "
	    "of Action Items\n\n   [NEW] ACTION: cdunn to cut the example of "
	    "the primer to ten rows\n\n   [End of minutes]\n   "
	    "_____________________________\n\nMinutes formatted by a script\n",
	    "cdunn: cdunn to cut the example of the primer to ten rows | "
	    "2016-06-21\n" },
	{ "initials at the right of some lines, without a head",
	    "Example School Association\n\nMinutes of the meeting held on "
	    "Monday 11 May 2020\n\nPresent: Ann Bell (AB), Carl Dunn (CD), Eve "
	    "O'Dell (EO'D)\n\n1. School fair\n\n"
	    "Tents booked\n"
	    "Climbing wall - letter about the times and the height            "
	    "EO'D/CD\n   of each class to be sent out\n"
	    "Tea stall - confirm who brings the cups                          "
	    "AB\n"
	    "Face paint - could one of the teachers do it                     "
	    "AB\n",
	    "Eve O'Dell,Carl Dunn: Climbing wall - letter about the times and "
	    "the height of each class to be sent out | \n"
	    "Ann Bell: Tea stall - confirm who brings the cups | \n"
	    "Ann Bell: Face paint - could one of the teachers do it | \n" },
	{ "reports back, then actions for a while, on a page named by its day",
	    "Project:Harbour Camp/Minutes/2011-12-12\nHere are the minutes "
	    "from "
	    "the meeting we just had\nActions from previous meeting:\n- Old "
	    "mill, Rosby - ann\nReports back\n- Ann - Asked the mill, waiting "
	    "for an answer\nActions for next month:\n- Bea: Has friends at the "
	    "mill so will take that on.\n- Carl (cd2): Rosby beach\nNext "
	    "meeting:\n- Date: Monday 19th December\n",
	    "Bea: Has friends at the mill so will take that on. | 2012-01-31\n"
	    "Carl: Rosby beach | 2012-01-31\n" },
	{ "sentences end with the day of a month cut short, or without a blank",
	    HEAD "1. Plans\n\nAll to send their ideas to CD by 21st Sept. CD "
		 "will then collate these.AB to print them.\n",
	    "?All: All to send their ideas to CD by 21st Sept. | 2020-09-21\n"
	    "?Carl Dunn: CD will then collate these. | \n"
	    "?Ann Bell: AB to print them. | \n" },
	{ "clauses that begin with when, and what people are sure of",
	    HEAD "1. Tax\n\nOnce received AB will do the return.\n\nAfter the "
		 "fair EF will write to the press.\n\nWhen the letter comes, "
		 "the key will be kept by the bank.\n\nCD was confident that "
		 "the hall will be paid for by June 2020.\n",
	    "?Ann Bell: Once received AB will do the return. | \n"
	    "?Eve Frost: After the fair EF will write to the press. | \n" },
	{ "councillors of the county and of the district, those put back",
	    "Example Parish Council\n\nMinutes of the meeting held on Monday "
	    "11 May 2020\n\nPresent: Cllrs A Bell (AB), C Dunn (CD); County "
	    "Cllr E Frost (EF, to item 6)\n\n1. ROADS\nIt was agreed to "
	    "reappoint Mr Hale. It will be looked at. Action: EF\n",
	    "County Cllr E Frost: It will be looked at. | \n" },
};

static void
minutes_read__marks__entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(marks); i++)
		expect(&marks[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_read__marks__entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
