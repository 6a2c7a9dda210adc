/* SPDX-License-Identifier: ISC */
/* Columns, margins and tables of papers into entries: one small paper for
 * each. */
#include "minutes_papers.h"

static const struct layout layouts[] = {
	{ "codes of a tracker, wrapped cells",
	    "SCRUTINY COMMITTEE - ACTION TRACKER\nUpdated for the meeting of "
	    "22 June 2023\n\n"
	    "Ref      Date raised   Action                     Owner"
	    "             Due date     Status\n"
	    "A/23/04  20/04/2023    Provide a note on the      Head of Homes"
	    "     31/05/2023   Closed\n"
	    "                       repairs backlog\n"
	    "A/23/05  20/04/2023    Invite the bus operators   Scrutiny"
	    "          14/09/2023   Open\n"
	    "                                                  Officer\n",
	    "Head of Homes: Provide a note on the repairs backlog | 2023-05-31 "
	    "closed\nScrutiny Officer: Invite the bus operators | "
	    "2023-09-14\n" },
	{ "a grid of notes with what is to be done beside",
	    HEAD "+------+-----------------------+-----------------+\n"
		 "| Item | Discussion            | Action          |\n"
		 "+======+=======================+=================+\n"
		 "| 1    | The boiler was mended. |                 |\n"
		 "+------+-----------------------+-----------------+\n"
		 "| 2    | Charges are due.      | CD to compare   |\n"
		 "|      |                       | local charges   |\n"
		 "+------+-----------------------+-----------------+\n",
	    "Carl Dunn: CD to compare local charges | \n" },
	{ "the word alone, what is to be done below it",
	    HEAD "The plan was discussed.\n\nActions:\n\n- Circulate the "
		 "plan\n- Make more use of posters\n\nFinance was "
		 "discussed.\n\nAction:\n\nBetter links with the school. "
		 "\n\nThe fair went well.\n\nActions: for the Clerk\n\n"
		 "    Book the band\n    More tables\n\nAll were thanked.\n",
	    ": Circulate the plan | \n: Make more use of posters | \n"
	    ": Better links with the school. | \n"
	    "Clerk: Book the band | \nClerk: More tables | \n" },
	{ "minutes as a table of tabs, what is to be done going on below",
	    HEAD "Item\tDiscussion\tAction\n1\tWelcome\t\n\tAB welcomed "
		 "all.\t\n2\tFees\t\n\tFees went up. The bank will be "
		 "told by 8 June. The family have asked that the name be "
		 "changed.\tCD to tell members\n\t\tEF - new "
		 "leaflet within two weeks\n\t\tList to be sent to the "
		 "office (AB) asap\n\tThe fair was discussed.\tNoted\n\n"
		 "Next meeting: 8 June 2020\n",
	    "Carl Dunn: CD to tell members | \n"
	    "?: The bank will be told by 8 June. | 2020-06-08\n"
	    "Eve Frost: new leaflet within two weeks | 2020-05-25\n"
	    "Ann Bell: List to be sent to the office | \n" },
	{ "heads of columns in words of their own",
	    "SCRUTINY COMMITTEE\nACTIONS AND RECOMMENDATIONS TRACKER\nUpdated "
	    "for the meeting of 3 September 2024\n\n"
	    "Date of    Item        Recommendations/      Responsible       "
	    "Deadline       Progress check\n"
	    "meeting                Actions               Officer/Member\n"
	    "4 July     Parks       Officers to provide   Ruth Dyson        "
	    "20 August      Complete. Sent\n"
	    "2024       [5/24]      a summary of costs.                     "
	    "2024           on 18 August.\n\n"
	    "4 July     Roads       Map the closures.     Scrutiny Officer  "
	    "November 2024  Under way.\n2024       [6/24]\n",
	    "Ruth Dyson: Officers to provide a summary of costs. | 2024-08-20 "
	    "closed\nScrutiny Officer: Map the closures. | 2024-11-30\n" },
	{ "lines of a cell, each with who does what",
	    HEAD "| No | Item | Action |\n|---|---|---|\n| 1 | **Fees** They "
		 "went up. | AB - tell the bank<br>EF - print a leaflet by 8 "
		 "June |\n| 2 | **Fair** The tent is booked. | CD |\n| 3 | "
		 "AOB | None |\n",
	    "Ann Bell: tell the bank | \nEve Frost: print a leaflet by 8 "
	    "June | 2020-06-08\nCarl Dunn: Fair The tent is booked. | \n" },
	{ "the day of a row beside its target",
	    "BOARD ACTION LOG\nas at 1 June 2023\n\nNo.\tDate\tAction\tOwner\t"
	    "Target\tStatus\n1\t02/03/23\tMap the offer\tBusiness "
	    "Manager\t30/06/23\tOpen\n",
	    "Business Manager: Map the offer | 2023-06-30\n" },
	{ "a page of a wiki",
	    "'''Example Co-operative''' - General Meeting, Sunday 21st May "
	    "2023\n\n* '''Here:''' Ann, Carl, Eve\n\n== 1. Action review "
	    "==\n{| class=\"wikitable\"\n! Ref !! What !! Who !! State\n|-\n| "
	    "A1 || Service the panel || Eve || DONE 3 May\n|-\n| A2 || Write "
	    "the pack || <s>Ann</s> Carl || carry over\n|}\n\n== 2. Rent ==\n"
	    ":'''Action:''' Ann to send the figures by end of July\n"
	    "{{Action|who=Eve|what=compare rents of 4%|when=10 June}}\n",
	    "Eve: Service the panel |  closed\nCarl: Write the pack | \n"
	    "Ann: Ann to send the figures by end of July | 2023-07-31\n"
	    "Eve: compare rents of 4% | 2023-06-10\n" },
	{ "initials in brackets before names and before tasks",
	    "Example Group 2020-05-26\n\n## Attendees\n- [JB] Justin Bell\n- "
	    "[MS] Mona Stone (Chair)\n\n## Actions\n- [JB, MS] Find the "
	    "pictures.\n- [MS]\tD1 (Charter): draft it again.\n",
	    "Justin Bell,Mona Stone: Find the pictures. | \n"
	    "Mona Stone: D1 (Charter): draft it again. | \n" },
	{ "what became of the actions of last time, by their numbers",
	    HEAD
	    "* Action 76.0 - AB has changed the form.\n* Action 75.6 - This "
	    "can be taken as done.\n\n| ITEM | DESCRIPTION | ASSIGNED |\n"
	    "| ---- | ----------- | -------- |\n| 77.1 | Update the map | "
	    "Carl |\n",
	    "Carl Dunn: Update the map | \n" },
	{ "codes in a review of earlier actions",
	    HEAD "## Review of Action List\n\n- 41/1: Film of the yard (no "
		 "progress).\n- 59/2: Ann to mend the gate\n    - It was wet."
		 "\n- 60/1: Closed.\n- [A15] new chairs\n- #16: "
		 "order plants (CD)\n- 2020/17: Eve to order paint\n- "
		 "Mandate of the bank (Carl): ongoing\n- Gate: Ann has been "
		 "there. Done.\n- 61/4: "
		 "Carl has painted the hall.\n\n"
		 "## Matters arising\n\n- 63/1: the hall is warm\n",
	    ": Film of the yard | \nAnn Bell: Ann to mend the gate | "
	    "\n: new chairs | \nCarl Dunn: order plants | \nEve Frost: Eve "
	    "to order paint | \nCarl Dunn: Mandate of the bank | \n" },
	{ "names in brackets that no list of people has",
	    HEAD "## Action Items\n\n1. Slide to be made for the fair (Bodo)\n"
		 "    - as last year\n2. Pictures to be sent in: (All)\n3. "
		 "Talk on the map to be held (Bodo, Ann)\n4. paint the gate\n\n"
		 "-- Bodo, 25 May 2020\n\n- TOPICINFO{author=\"Bodo\" "
		 "version=\"3\"}\n- {% include foot.html %}\n",
	    "Bodo: Slide to be made for the fair | \n"
	    "All: Pictures to be sent in | \n"
	    "Bodo,Ann Bell: Talk on the map to be held | \n"
	    ": paint the gate | \n" },
	{ "a list with the references of its actions",
	    HEAD "New actions\n\n  2024/07   AB to prepare a paper on the "
		 "reserves for\n            all members by 12 July 2020.\n  "
		 "2024/08   Letters to be sent to tenants.  CD\n",
	    "Ann Bell: AB to prepare a paper on the reserves for all members "
	    "by 12 July 2020. | 2020-07-12\n"
	    "Carl Dunn: Letters to be sent to tenants. | \n" },
	{ "numbered marks with a gap, and who only a first name",
	    HEAD "7.   AUDIT\n     Three reports were final.\n\n     ACTION "
		 "24/11   HoIA to circulate the final report.\n\n     The hall "
		 "was warm.\n\n     Liz to "
		 "check the crockery\n     Permission to park was refused.\n",
	    "HoIA: HoIA to circulate the final report. | \n"
	    "?Liz: Liz to check the crockery | \n" },
	{ "who and when labelled below what was agreed",
	    HEAD
	    "PC24/40\tStory\nAgreed:\ni.\ta leaflet to be drafted with "
	    "families\n\tLead: Ann Bell\t\tTimescale: end of October "
	    "2020\nii.\tthe plan be noted\niii.\ta deep dive to come to the "
	    "Council\n\tLead: Carl Dunn\n",
	    "Ann Bell: a leaflet to be drafted with families | 2020-10-31\n"
	    "Carl Dunn: a deep dive to come to the Council | \n" },
	{ "two paragraphs of one cell",
	    HEAD
	    "| Item | Minute | Action / who / when |\n|---|---|---|\n| 3 | "
	    "**Report**<br>It was read. | Figures to be added - **CD** - "
	    "1 June 2020</p><p>Visit the class - **EF** - by 12 June |\n",
	    "Carl Dunn: Figures to be added | 2020-06-01\n"
	    "Eve Frost: Visit the class | 2020-06-12\n" },
	{ "closed, in the column of days",
	    HEAD
	    "No     Item            Action by         Action  date\n\n1. Are "
	    "the wells still needed? AB reported that they are.          "
	    " AB   Closed\n2. Plan the car park.             EF   "
	    "30/9\n",
	    "Ann Bell: Are the wells still needed? AB reported that they are. "
	    "|  closed\nEve Frost: Plan the car park. | 2020-09-30\n" },
	{ "ruled columns, rows with blank lines between",
	    HEAD "2. Review of action log\n\n"
		 "  ----------------------------------------------------\n"
		 "  Ref    Action                  Owner   Due     Status\n"
		 "  ------ ----------------------- ------- ------- ------\n"
		 "  3.1    Chase the landowner for EF, CD  31 Jan  Open -\n"
		 "         his consent                             two\n"
		 "                                                 calls\n\n"
		 "  3.2    Book the hall           AB      asap    Closed\n"
		 "  ----------------------------------------------------\n",
	    "Eve Frost,Carl Dunn: Chase the landowner for his consent | "
	    "2020-01-31\nAnn Bell: Book the hall |  closed\n" },
	{ "ruled columns, a line each",
	    HEAD "Action      Who   State\n----------- ----- --------\n"
		 "Mow lawn    CD    c/fwd\nPaint gate  AB    dropped\n\n"
		 "The meeting closed.\n",
	    "Carl Dunn: Mow lawn | \nAnn Bell: Paint gate |  withdrawn\n" },
	{ "a cell that fills its column up to the next one",
	    HEAD "The fair went well.\n\nSUMMARY OF ACTIONS\n\n"
		 "REF   ACTION                        BY WHOM    BY WHEN\n"
		 "-----------------------------------------------------\n"
		 "20/1  Mend the gate                 Ann Bell   5 June\n"
		 "20/2  Walk round the field and see  Carl Dunn/ next meeting\n"
		 "      what needs doing              Eve Frost\n"
		 "20/3  Order the bulbs for the beds  Eve Frost  asap\n\n"
		 "Next meeting: Monday 8 June 2020\n",
	    "Ann Bell: Mend the gate | 2020-06-05\n"
	    "Carl Dunn,Eve Frost: Walk round the field and see what "
	    "needs doing | 2020-06-08\n"
	    "Eve Frost: Order the bulbs for the beds | \n" },
	{ "what is to be done in the words of a narrow column at the right",
	    HEAD "Item    Discussion                                           "
		 "       Action\n"
		 "\n"
		 "1.      Last minutes. Agreed as they stand. The log was gone "
		 "       Carried forward: CD to\n"
		 "        through; all else on it is done.                     "
		 "       mend the stile\n"
		 "\n"
		 "2.      Library. Opening hours were put up there. AB  "
		 "       EF to share the survey\n"
		 "        will ask the county for a grant by 4 June.           "
		 "       with all the schools by\n"
		 "                                                             "
		 "       22 May\n"
		 "\n"
		 "3.      Budget. The outturn was under. Those who were late   "
		 "       Both parishes to confirm\n"
		 "        last year are known.                                 "
		 "       2020/21 payments – 5 June\n"
		 "\n"
		 "4.      Fair. Thanks to all who came. The band was liked by  "
		 "       –\n"
		 "        everybody.\n",
	    "Carl Dunn: CD to mend the stile | \n"
	    "Eve Frost: EF to share the survey with all the schools by 22 May "
	    "| 2020-05-22\n"
	    "Both parishes: Both parishes to confirm 2020/21 payments – 5 "
	    "June | 2020-06-05\n" },
	{ "a programme with time and who is none of actions",
	    "Example Group 11 May 2020\n\nDiscussion items\n\n"
	    "| Time | Item | Who | Notes |\n| --- | --- | --- | --- |\n"
	    "|  | announcements | Ann | We made it to the new year. |\n"
	    "|  | funds | Carl | There is no news of it yet. |\n",
	    "" },
	{ "running notes, who and when in columns beside some lines",
	    HEAD
	    "No.   Item                                                        "
	    "      Who     When\n"
	    "\n"
	    "1.    Matters arising\n"
	    "      i.   Mend the seat at the pond. CD to ask the joiner,       "
	    "      CD      18/5\n"
	    "           who has the oak.\n"
	    "      ii.  Hedge in the lane. The owner has cut it.               "
	    "      NFA\n"
	    "      b.   Rates. The clerk had none to show.\n"
	    "\n"
	    "2.    Public session\n"
	    "      A resident was cross about the noise and the lamp that was\n"
	    "      on all day. It was thought to be the timer.\n"
	    "      Posters to be had from the county and put up                "
	    "      EF      Next Mtg\n"
	    "      Old ones to be taken down                                   "
	    "      EF      \"\n"
	    "      The county's leaflet was passed round.\n"
	    "      Find the plans and write to the builder                     "
	    "      AB/CD   End of May\n"
	    "      Keep an eye on the drain                                    "
	    "      All     Ongoing\n"
	    "\n"
	    "3.    Next meeting - Monday 8 June 2020\n",
	    "Carl Dunn: Mend the seat at the pond. CD to ask the joiner, who "
	    "has the oak. | 2020-05-18\n"
	    "Eve Frost: Posters to be had from the county and put up | "
	    "2020-06-08\n"
	    "Eve Frost: Old ones to be taken down | 2020-06-08\n"
	    "Ann Bell,Carl Dunn: Find the plans and write to the builder | "
	    "2020-05-31\n"
	    "All: Keep an eye on the drain | \n" },
	{ "a table of actions that repeats the margin in other words",
	    HEAD
	    "                                                                  "
	    "    ACTION\n"
	    "1. Hall\n"
	    "   The lamp over the kitchen door is dead. AB to have it          "
	    "    AB\n"
	    "   seen to by 5 June.\n"
	    "\n"
	    "   The surveyor says that felling the ash needs consent.          "
	    "    CD\n"
	    "   CD to go on line for it.\n"
	    "\n"
	    "   The web pages are old. CD to talk to the printer.              "
	    "    CD\n"
	    "\n"
	    "SUMMARY OF ACTIONS\n"
	    "\n"
	    "REF   ACTION                                 BY WHOM    BY WHEN\n"
	    "20/1  Replace lamp over kitchen door         Ann Bell\n"
	    "20/2  Apply for consent for felling the ash  Carl Dunn  asap\n"
	    "20/3  Chase the late payers                  Eve Frost  "
	    "31/05/2020\n",
	    "?Carl Dunn: CD to talk to the printer. | \n"
	    "Ann Bell: Replace lamp over kitchen door | 2020-06-05\n"
	    "Carl Dunn: Apply for consent for felling the ash | \n"
	    "Eve Frost: Chase the late payers | 2020-05-31\n" },
	{ "who and when in columns that wrap beside the notes",
	    HEAD "Minute                                                       "
		 "       Action  By when\n"
		 "No.\n"
		 "\n"
		 "20/01   Pond\n"
		 "        The survey came. Prices to be had for the work to "
		 "the       CD      Next\n"
		 "        oak and brought here.                                "
		 "               meeting\n"
		 "\n"
		 "        It was agreed to thank the joiner.                   "
		 "       Ann     Done\n"
		 "        EF to see the farmer about mud on the road           "
		 "      EF/     ASAP\n"
		 "        and hedges.                                          "
		 "       AB\n"
		 "\n"
		 "20/02   Next meeting: Monday 8 June 2020\n",
	    "Carl Dunn: The survey came. Prices to be had for the work to the "
	    "oak and brought here. | 2020-06-08\n"
	    "Ann Bell: It was agreed to thank the joiner. |  closed\n"
	    "Eve Frost,Ann Bell: EF to see the farmer about mud on the road "
	    "and hedges. | \n" },
	{ "notes with columns of actions, who and when beside some",
	    HEAD "Item  Discussion                                    Action   "
		 "               Who    When\n"
		 "\n"
		 "1     Welcome. Ann opened the meeting at 5pm.\n"
		 "\n"
		 "2     Budget. CD took members through the           "
		 "Recirculate the list    CD     22 May\n"
		 "      report. Costs are over. Members asked         with a "
		 "breakdown\n"
		 "      for detail on the band.\n"
		 "\n"
		 "3     Audit. The letter was noted.                  Sign the "
		 "letter of      AB     asap\n"
		 "                                                    "
		 "representation\n"
		 "      The list of assets is incomplete.             Complete "
		 "the list       EF/    31/05/20\n"
		 "                                                             "
		 "               CD\n"
		 "\n"
		 "4     Fair. It went well.                           None\n",
	    "Carl Dunn: Recirculate the list with a breakdown | 2020-05-22\n"
	    "Ann Bell: Sign the letter of representation | \n"
	    "Eve Frost,Carl Dunn: Complete the list | 2020-05-31\n" },
	{ "heads of who and when on the line of the first item",
	    HEAD "1. Matters arising                                          "
		 "WHO      BY WHEN\n"
		 "   Mower blades - new ones to be ordered                    "
		 "Clerk    asap\n"
		 "   Path 12: write to the farmer                             "
		 "CD       end May\n"
		 "   The shelter has been mended\n"
		 "2. Finance\n"
		 "   The accounts were agreed.\n"
		 "   A signatory to be added to the mandate                   "
		 "EF       8/6\n",
	    "Clerk: Mower blades - new ones to be ordered | \n"
	    "Carl Dunn: Path 12: write to the farmer | 2020-05-31\n"
	    "Eve Frost: A signatory to be added to the mandate | "
	    "2020-06-08\n" },
	{ "a margin of what to do, of names, and of mere notes",
	    HEAD
	    "                                                              "
	    "Action\n"
	    "1. Ramp\n"
	    "   It had been mended on 5 May. A sign is still needed.       CD\n"
	    "\n"
	    "2. Pages\n"
	    "   The pages are out of date.                                 EF "
	    "to update the list of\n"
	    "                                                              "
	    "firms\n"
	    "                                                              AB "
	    "to check the links\n"
	    "\n"
	    "3. Trees\n"
	    "   EF gave the officer's report.                              "
	    "Note\n",
	    "Carl Dunn: A sign is still needed. | \n"
	    "Eve Frost: EF to update the list of firms | \n"
	    "Ann Bell: AB to check the links | \n" },
	{ "an action log in the middle of minutes",
	    HEAD
	    "ACTION LOG\n"
	    "\n"
	    "Ref   Action                            Owner   Due      Status\n"
	    "1.    Send the audit to all             AB      May      Done\n"
	    "2.    Book a visit to the pond          CD/EF   June     In "
	    "progress\n"
	    "\n"
	    "1. Finance\n"
	    "CD will share the plan by 22 May.\n",
	    "Ann Bell: Send the audit to all | 2020-05-31 closed\n"
	    "Carl Dunn,Eve Frost: Book a visit to the pond | 2020-06-30\n"
	    "?Carl Dunn: CD will share the plan by 22 May. | 2020-05-22\n" },
	{ "a table right below a line with who and when beside it",
	    HEAD
	    "1. Hall                                           WHO      BY "
	    "WHEN\n"
	    "   A signatory to be added                        EF       8/6\n"
	    "Ref  Action                                       Owner    Due\n"
	    "20/1  Mend gate 1                                 AB       5 "
	    "June\n"
	    "20/2  Mend gate 2                                 AB       5 "
	    "June\n"
	    "20/3  Mend gate 3                                 AB       5 "
	    "June\n"
	    "20/4  Mend gate 4                                 AB       5 "
	    "June\n"
	    "20/5  Mend gate 5                                 AB       5 "
	    "June\n"
	    "20/6  Mend gate 6                                 AB       5 "
	    "June\n"
	    "20/7  Mend gate 7                                 AB       5 "
	    "June\n"
	    "20/8  Mend gate 8                                 AB       5 "
	    "June\n"
	    "20/9  Mend gate 9                                 AB       5 "
	    "June\n",
	    "Eve Frost: A signatory to be added | 2020-06-08\n"
	    "Ann Bell: Mend gate 1 | 2020-06-05\n"
	    "Ann Bell: Mend gate 2 | 2020-06-05\n"
	    "Ann Bell: Mend gate 3 | 2020-06-05\n"
	    "Ann Bell: Mend gate 4 | 2020-06-05\n"
	    "Ann Bell: Mend gate 5 | 2020-06-05\n"
	    "Ann Bell: Mend gate 6 | 2020-06-05\n"
	    "Ann Bell: Mend gate 7 | 2020-06-05\n"
	    "Ann Bell: Mend gate 8 | 2020-06-05\n"
	    "Ann Bell: Mend gate 9 | 2020-06-05\n" },
	{ "three columns, the numbers of actions at the right, listed below",
	    HEAD
	    "AGENDA ITEM           DISCUSSION AND DECISIONS                  "
	    "                 ACTION\n\n"
	    "1. Budget             CD will compare the claims with the cost "
	    "of it.             R24/26\n"
	    "2. Premises           The fence is broken. EF to have it mended "
	    "by 5 June.        R24/27\n\n"
	    "3. Dates              Monday 8 June 2020 at 5.30 pm.\n\n"
	    "SUMMARY OF ACTIONS\n\n"
	    "No.      Action                            Who       When\n"
	    "R24/26   Compare claims and cost           CD        next "
	    "meeting\n\nBROUGHT FORWARD\n"
	    "R24/21   Quote for the rear gate           AB        31.05.20\n",
	    "?Eve Frost: EF to have it mended by 5 June. | 2020-06-05\n"
	    "Carl Dunn: Compare claims and cost | 2020-06-08\n"
	    "Ann Bell: Quote for the rear gate | 2020-05-31\n" },
	{ "numbered minutes beside a margin, with pages' heads and feet",
	    HEAD
	    "                                                                "
	    "          ACTION\n\n"
	    "AOS/22/71  BUDGET\n\n           CD to circulate a breakdown to "
	    "all members.                  CD 31/5/20\n\n"
	    "      Chairman's initials ......             Page 1 of 3\n"
	    "      Example Committee                      11 May 2020\n\n"
	    "AOS/22/72  TREES\n\n           It was agreed that the plan be "
	    "requested.                     EF\n\n"
	    "      Chairman's initials ......             Page 2 of 3\n"
	    "      Example Committee                      11 May 2020\n\n"
	    "AOS/22/73  DATE OF NEXT MEETING\n\n           Tuesday 16th June "
	    "2020 at 7.15 pm.\n",
	    "Carl Dunn: CD to circulate a breakdown to all members. | "
	    "2020-05-31\n"
	    "Eve Frost: It was agreed that the plan be requested. | \n" },
	{ "who acts, and Noted, far behind the paragraphs of some items",
	    HEAD
	    "1. Bank\n\ni. Statement of 1 May, balance of \302\243650.20\t\t"
	    "\tNoted\n\n2. Land\n\ni) Two quotes had come. Cllr. Dunn would "
	    "ask the mason about the wall and its cost.\t\t\t\tCarl Dunn\n"
	    "ii) The register of paths was still not complete.          "
	    "   Clerk\niii) The return to be signed by the Chair and sent to "
	    "the auditors. The Clerk was thanked.\t\t   Ann Bell/Clerk\n"
	    "iv) Cllr. Gray was asking about designers of pages.\t\tCllr. F. "
	    "Gray\nProposed\t\t\t\tEve Frost\n\n3. Help\n\nCouncillors were "
	    "asked to think of other ways to help. ALL\n",
	    "Carl Dunn: Cllr. Dunn would ask the mason about the wall and its "
	    "cost. | \n"
	    "Clerk: The register of paths was still not complete. | \n"
	    "Ann Bell,Clerk: The return to be signed by the Chair and sent to "
	    "the auditors. | \n"
	    "Cllr. F. Gray: Cllr. Gray was asking about designers of pages. | "
	    "\nALL: Councillors were asked to think of other ways to help. | "
	    "\n" },
	{ "posts and who fills them are no column of who acts",
	    HEAD
	    "1. Posts\n\nLinks for parents and for all of the staff      Ann "
	    "Bell\nLead for early years and for the library      Carl Dunn\n"
	    "Visits and volunteers and their work experience      Eve Frost\n",
	    "" },
	{ "cells one below the other: number, text, who acts",
	    HEAD
	    "Action\n\n1.0\n\nMatters arising\n\n1.1\n\n(3.2) Newsletter - "
	    "Clerk to draft and print the first one.\n\nEF\n\n1.2\n\n(3.4) "
	    "The invoice has come. Action complete.\n\n1.3\n\nThe Chair to "
	    "take the packs to the new houses.\n\nAB\n\n1.4\n\n(5.4) Costs "
	    "of the lamps on bills - Action continues.\n\nPK\n",
	    "Eve Frost: (3.2) Newsletter - Clerk to draft and print the first "
	    "one. | \nAnn Bell: The Chair to take the packs to the new houses. "
	    "| \nPK: (5.4) Costs of the lamps on bills - Action "
	    "continues. | \n" },
	{ "a list of actions with slashes between its cells",
	    "Example Forum\n\nMonday 11 May 2020\n\nAction Sheet\n\n"
	    "1. / The clubs had asked for training\n"
	    "Nina to write a plan of it / Nina\n"
	    "2. / Circulate the notice of the county / Carol\n"
	    "3. / Carol to list what the post needs.\n"
	    "NB: Members may put their names forward then. / Carol\n"
	    "4. / Jo to send Carol the cases they found. Lorna to look into "
	    "them. / Jo/Lorna\n"
	    "5. / The lease / Vera and Tom / 8 June 2020\n\n"
	    "Date of meeting / Monday 11 May 2020\n",
	    "Nina: Nina to write a plan of it | \n"
	    "Carol: Circulate the notice of the county | \n"
	    "Carol: Carol to list what the post needs. | \n"
	    "Jo: Jo to send Carol the cases they found. | \n"
	    "Lorna: Lorna to look into them. | \n"
	    "Vera,Tom: The lease | 2020-06-08\n" },
	{ "a table of minutes with slashes between its cells",
	    HEAD
	    "1 / Minutes\nThey were agreed as read.\n2 / Terms\nThe draft "
	    "was read out.\nThese are to be put on the page / Vera\n"
	    "3 / Page\nIt is hard to find, by mail / post too. / Vera to "
	    "ring the printer.\n4 / Tea\nThe urn was shown to all who came. "
	    "/ Noted\n",
	    "Vera: These are to be put on the page | \n"
	    "Vera: Vera to ring the printer. | \n" },
	{ "speakers above what they say are nobody who acts",
	    HEAD "1. Talk\n\nAB\n\nThe hall was full on all days of the "
		 "week.\n\nCD\n\nThe roof is dry and the rail is "
		 "sound.\n\nEF\n\nThe fair went well for all who came.\n",
	    "" },
};

static void
minutes_read__columns__entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++)
		expect(&layouts[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_read__columns__entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
