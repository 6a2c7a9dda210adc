/* SPDX-License-Identifier: ISC */
/* Papers of public boards as a text of their pages has them: one small paper
 * for each. */
#include "minutes_papers.h"

static const struct layout layouts[] = {
	{ "a numbered sentence that wraps is no title",
	    HEAD "4. The swimming pool\n\n4.1  The Clerk said that the plant "
		 "was worn out and needed work\n     in the summer. AB would "
		 "write to the insurers about that.\n\nRESOLVED\n\n(1)  "
		 "That the report on the pool and on all of the plant be\n"
		 "     noted;\n\n(2)  That an estimate be sent to members "
		 "by 8 June 2020; and\n\n(3)  That CD be requested to ask "
		 "the county for a grant\n     towards it.\n",
	    "?Ann Bell: AB would write to the insurers about that. | \n"
	    "?: That an estimate be sent to members by 8 June 2020 | "
	    "2020-06-08\nCarl Dunn: That CD be requested to ask the county "
	    "for a grant towards it. | \n" },
	{ "a short line with a mark in it is no heading",
	    HEAD "The gate is loose. ACTION: CD\n\n4. Roof gone. ACTION: Clerk "
		 "to ask for a price\n\nEF will mend the rail. ACTION\n\n"
		 "5. Matters of the day - Action points\n\nIt rained.\n",
	    "Carl Dunn: The gate is loose. | \n"
	    "Clerk: Clerk to ask for a price | \n"
	    "Eve Frost: EF will mend the rail. | \n" },
	{ "a mark in capitals without a full stop, where somebody is charged",
	    HEAD "It rained all day. The Clerk would write to the bank - "
		 "ACTION\n\nThe police of the town then took further ACTION\n",
	    "Clerk: The Clerk would write to the bank | \n" },
	{ "recommendations announced in a sentence, lettered on below each day",
	    "Example Inspectorate\n\n11 May 2020\n\n1.  This letter will be "
	    "published on 18 May 2020.\n\nWhat needs to improve\n\n5.  We make "
	    "the following recommendations.\n\n    Immediately:\n\n    (a) The "
	    "police should keep a list of calls.\n\n    Within three months of "
	    "publication the council should:\n\n    (b) agree one tool, "
	    "subject "
	    "to a plan; and\n\n    (c) tell those who refer children what came "
	    "of it.\n\n    By September 2020:\n\n    (d) The trust should "
	    "audit "
	    "its rooms.\n\nFindings\n\n6. The council should be proud.\n",
	    "police: The police should keep a list of calls. | 2020-05-19\n"
	    "council: agree one tool, subject to a plan | 2020-08-18\n"
	    "council: tell those who refer children what came of it. | "
	    "2020-08-18\n"
	    "trust: The trust should audit its rooms. | 2020-09-30\n" },
	{ "the heads of a table with slashes, the last cell over some lines",
	    "TITLE OF MEETING: Example Forum\nAttendees /\nAnn Bell (AB)\n"
	    "Carl Dunn (CD)\nEve Frost (EF)\nGuy Hale (GH)\nNina Ober (NO)\n"
	    "Date / 11 May 2020 / Hall\nMatters arising\n/\nNotes\n/\nAction\n"
	    "Minutes of last time were agreed.\nItem / Notes / Actions\n"
	    "5) Homes / AB spoke on the report.\nThe board has met / talked of "
	    "it. / CD \342\200\223 To include on the agenda\nEF \342\200\223 "
	    "members to be told of the days\n6) Words / A list was agreed.\n"
	    "It is long.\n",
	    "Carl Dunn: To include on the agenda | \n"
	    "Eve Frost: members to be told of the days | \n" },
	{ "people in the cells of a table, and whose initials are printed",
	    "Example Forum\n\nMinutes of the meeting held on 11 May 2020\n\n"
	    "Attendees /\nAnn Bell (AB) / Carl Dunn (CD)\nPaul Wade (PW) Chair "
	    "/ Susan Hill (SH) Clerk of the forum\nApologies / Sue Hart, Guy "
	    "Hale\n\nThe hall was full.\n\nAction: SH to ring the bank.\n\n"
	    "Action: GH to ask the county.\n\nAction: CD to tell all.\n",
	    "Susan Hill: SH to ring the bank. | \n"
	    "Guy Hale: GH to ask the county. | \n"
	    "Carl Dunn: CD to tell all. | \n" },
	{ "papers by a weekday, and the next meeting before it",
	    HEAD "Action: AB to bring the map to the next meeting.\n\nDate of "
		 "next meeting: Thursday 18 June 2020. Papers to reach the "
		 "Clerk by noon on Monday 8 June.\n",
	    "Ann Bell: AB to bring the map to the next meeting. | "
	    "2020-06-18\n" },
	{ "rows without heads, tabs between item, action and how far it is",
	    HEAD
	    "1.\tMatters arising\n\n\t1.1\tPara 4, gate\tAB to ask for a "
	    "price by 30 November.\tOn today's agenda\n\n\t1.2\tPara 5, "
	    "map\tCD to share the map with the county.\tComplete "
	    "19/4/20\n\n\t1.3\tPara 6, fair\tThe county wrote to the "
	    "band.\tFor information\n\n\t1.4\tPara 7, rota\tNothing "
	    "arising.\t\342\200\223\n\n4.\tRents: to receive a report\t(EF, "
	    "20 minutes)\tPaper A\n",
	    "Ann Bell: AB to ask for a price by 30 November. | 2019-11-30\n"
	    "Carl Dunn: CD to share the map with the county. |  closed\n" },
	{ "a list of actions ends where the paper does",
	    HEAD "Actions\n\nDistribution: AB to ring the printer.\n\nCD to "
		 "stay in.\nClosed\n\nSigned: ____________  Date: __________"
		 "\n\nChair\n\nMinutes taken by Eve Frost\n\nDistribution: "
		 "all members\n",
	    "Ann Bell: Distribution: AB to ring the printer. | \n"
	    "Carl Dunn: CD to stay in. |  closed\n" },
	{ "a list of actions ends with the letter, one before a table is none",
	    HEAD
	    "ACTION LOG\n\nReport of the Clerk to the Council\n\n1. The log "
	    "below shows what was asked for.\n\n| Action | Owner | Due |\n"
	    "|---|---|---|\n| Mend the gate | AB | 8 June 2020 |\n\n"
	    "Next steps\n\n2. CD to send a plan.\n\nYours sincerely\n\n"
	    "Ann Bell\n\nLead Officer of the County\n",
	    "Ann Bell: Mend the gate | 2020-06-08\n"
	    "Carl Dunn: CD to send a plan. | \n" },
	{ "a page of one item, with the report and what was decided on it",
	    "Example Council\n\nMeeting: 11/05/2020 - Fire Panel (Item 7)\n\n"
	    "REPORT OF THE SCRUTINY OFFICER\n\nTo consider the log.\n\n"
	    "Decision:\n\nRESOLVED:\n\n(1) That the log be noted;\n\n(2) That "
	    "the Scrutiny Officer be requested to ask the members for days "
	    "that suit them.\n\nREASON FOR DECISION: To enable the Panel to "
	    "review the log.\n\nAlternative Options to leave it as it is.\n",
	    "Scrutiny Officer: That the Scrutiny Officer be requested to ask "
	    "the members for days that suit them. | \n" },
	{ "marked behind a full stop or in brackets, without a name",
	    HEAD "The roof was seen.  The Clerk undertook to ask for a "
		 "price. ACTION\n\nAB would tell the tenants (Action). The "
		 "band took action. Legal Action was lost.\n\nMembers were "
		 "asked to read the plan. [ACTION POINT]\n\n5. Grants "
		 "(for action)\n\nThe map was noted. Action.\n",
	    "Clerk: The Clerk undertook to ask for a price. | \n"
	    "Ann Bell: AB would tell the tenants | \n"
	    "Members: Members were asked to read the plan. | \n" },
	{ "a mark in brackets behind its sentence, who and when in it",
	    HEAD "20/051 Waiting times. The Chair gave the figures. It was "
		 "agreed that a review of\n       the clinics be brought to "
		 "members. [Action 20/11: CD / EF, July 2020]\n\n20/052 "
		 "Staff. Numbers were steady. The Clerk was asked to draw up "
		 "a rota for the\n       summer. (Action 20/12 - AB - June "
		 "2020)\n\n20/053 Risks. Two were new. AB suggested that the "
		 "scores should be looked\n       at again.\n       [Action "
		 "20/13: CD/AB, date to be\n       agreed]\n",
	    "Carl Dunn,Eve Frost: It was agreed that a review of the clinics "
	    "be brought to members. | 2020-07-31\nAnn Bell: The Clerk was "
	    "asked to draw up a rota for the summer. | 2020-06-30\nCarl "
	    "Dunn,Ann Bell: AB suggested that the scores should be looked "
	    "at again. | \n" },
	{ "the mark and who acts at the right of each paragraph",
	    HEAD
	    "1.1  CD said that the list was being drawn up and would be long.\n"
	    "     Members asked to see it in June 2020 when it was to be  "
	    "      ACTION:\n"
	    "     ready, and not later.                                   "
	    "      CD\n\n"
	    "1.2  Three were late. It was agreed that the owners of the   "
	    "      ACTION:\n"
	    "     late ones should come and explain that to members, the  "
	    "      EF to\n"
	    "     older ones first.                                       "
	    "      arrange,\n"
	    "                                                             "
	    "      June 2020\n\n"
	    "1.3  Costs were as planned and there was nothing else to say "
	    "of it.\n\n"
	    "1.4  AB thanked all who had come. The others were reminded   "
	    "      Action:\n"
	    "     to send their forms.                                    "
	    "      All\n"
	    "                                                             "
	    "      members\n",
	    "Carl Dunn: Members asked to see it in June 2020 when it was to be "
	    "ready, and not later. | 2020-06-30\nEve Frost: It was agreed "
	    "that the owners of the late ones should come and explain that "
	    "to members, the older ones first. | 2020-06-30\nAll members: "
	    "The others were reminded to send their forms. | \n" },
	{ "a mail of who does what, an older one below",
	    "From: Frost, Eve <eve@example.org>\nSent: 13 May 2020 "
	    "09:10\nTo: Forum members; Bell, Ann\nSubject: RE: Forum - "
	    "actions\n\nHi all,\n\nThanks for a good meeting on "
	    "Monday. The actions are below.\n\n*Ann*\n- to send round "
	    "the list by Friday 22 May\n- minutes: correct and print "
	    "them within two\nweeks\n\n*Both treasurers*\n- Joint note "
	    "on the costs\n\nMe:\n- circulate the form ... attached, so "
	    "that's done!\n- book a room\n\nMembers\n- Carl and Dee have "
	    "volunteered to help. Nothing\nfor them to do yet\n- Everyone: "
	    "please return the form\n\nNo actions came out of the rest of "
	    "it.\n\nRegards\nEve\n\n> -----Original Message-----\n> "
	    "From: Bell, Ann\n> Subject: Forum 9 March 2020 - actions\n>\n"
	    "> Carl\n> - to buy the stamps\n>\n> Dee\n> - to ring the "
	    "school\n",
	    "Ann: to send round the list by Friday 22 May | 2020-05-22\n"
	    "Ann: minutes: correct and print them within two weeks | "
	    "2020-05-25\n"
	    "Both treasurers: Joint note on the costs | \n"
	    "Eve Frost: book a room | \n"
	    "Members: Carl and Dee have volunteered to help. Nothing | \n"
	    "Everyone: please return the form | \n" },
	{ "reports below names are nobody's actions",
	    HEAD "3. Reports\n\nAnn Bell\n\n- Review of the lease\n- Visited "
		 "the school\n\nCarl Dunn\n\n- Report from the county\n- "
		 "Bank balance was 400\n",
	    "" },
	{ "the meeting that approves is not the one they are of",
	    "EXAMPLE SCRUTINY BOARD\n\nMonday 11th May 2020, 1400hrs\n\n"
	    "NOTES OF THE MEETING - FOR APPROVAL AT THE BOARD ON 8TH JUNE "
	    "2020\n\nPresent:\n\nAnn Bell (Chair)\n\nDet Supt Eve "
	    "Frost\n\n1. Figures\n\nAction - that Det Supt Frost would "
	    "send them within two weeks.\n",
	    ": NOTES OF THE MEETING - FOR APPROVAL AT THE BOARD ON 8TH JUNE "
	    "2020 | 2020-06-08\nDet Supt Eve Frost: Det Supt Frost would "
	    "send them within two weeks. | 2020-05-25\n" },
	{ "a letter with recommendations by number, whoever should do them",
	    "Inspectorate of Bridges\n\n11 May 2020\n\nDear Chief "
	    "Engineer\n\n1. We inspected two bridges.\n\n   "
	    "Recommendation 1\n   Immediately, the county should close "
	    "the old one.\n\n   Recommendation 2\n   By 30 June 2020 "
	    "the county and its three partners should agree and print\n   "
	    "a plan.\n\n   Recommendation 3\n   The Keepers of the Locks "
	    "should, within six months, paint the gates.\n\n   "
	    "Recommendation 4\n   By the end of March 2021, the county, "
	    "with the port, should dredge it.\n\n   Recommendation 5\n   "
	    "Walkers should be told of the works.\n",
	    "county: Immediately, the county should close the old one. | "
	    "2020-05-12\ncounty: By 30 June 2020 the county and its three "
	    "partners should agree and print a plan. | 2020-06-30\nKeepers "
	    "of the Locks: The Keepers of the Locks should, within six "
	    "months, paint the gates. | 2020-11-11\ncounty: By the end of "
	    "March 2021, the county, with the port, should dredge it. | "
	    "2021-03-31\n: Walkers should be told of the works. | \n" },
	{ "a table of items, each cell a paragraph, more than one action in "
	  "some",
	    "Example Governors\n\nMinutes of the meeting held on Monday 11 "
	    "May 2020\n\nPresent: Ann Bell (AB), Ned Ash (NA), Carl Dunn "
	    "(CD)\n\nItem\n\nDiscussion and challenge\n\nAction / who "
	    "/ when\n\n1\n\nWelcome. All came.\n\n\n2\n\nForms. Two "
	    "are out.\n\nAB and CD to fill in the form - by 22/05/20\n\n"
	    "3\n\nMinutes of March. Approved.\n\nNone\n\n4\n\nReport. "
	    "Numbers are steady.\nAB will break this down.\n\nAB - case "
	    "studies to all by 8 June\nNA/CD - poster in the hall\n\n5\n"
	    "\nLetters.\n\nCompleted\n",
	    "Ann Bell,Carl Dunn: AB and CD to fill in the form | 2020-05-22\n"
	    "?Ann Bell: AB will break this down. | \nAnn Bell: case studies "
	    "to all by 8 June | 2020-06-08\nNed Ash,Carl Dunn: poster in "
	    "the hall | \n" },
	{ "clauses in capital letters, of the past, and decided and sent on",
	    HEAD "7. Task and Finish Group: Buses\n\nRESOLVED that\n\n(i)  "
		 "the report be noted;\n\n(ii)  CD list for members the "
		 "stops where buses had been missed; and\n\n(iii)  the "
		 "timetable be approved.\n\nRESOLVED\n\nA.  That the plan "
		 "be endorsed.\n\nB.  That the survey be endorsed and "
		 "submitted to the county by 8 June 2020.\n\nC.  That EF "
		 "write to the drivers.\n\nA. Bell had left by then.\n",
	    "Carl Dunn: CD list for members the stops where buses had been "
	    "missed | \n?: That the survey be endorsed and submitted to the "
	    "county by 8 June 2020. | 2020-06-08\nEve Frost: That EF write "
	    "to the drivers. | \n" },
	{ "each of two that somebody agreed on in one sentence",
	    HEAD "It was AGREED that AB would write to the bus company before "
		 "the end of June, and that CD would invite its manager to "
		 "speak. It was agreed that the bus was late and that the "
		 "stop was wet.\n",
	    "?Ann Bell: It was AGREED that AB would write to the bus company "
	    "before the end of June | 2020-06-30\n?Carl Dunn: CD would "
	    "invite its manager to speak. | \n" },
};

static void
minutes_read__board__entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++)
		expect(&layouts[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_read__board__entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
