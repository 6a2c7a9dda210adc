/* SPDX-License-Identifier: ISC */
/* Layouts of papers into entries: lists, marks and headings. One small paper
 * for each; columns and tables are in test_minutes_columns.c. */
#include "minutes_papers.h"

static const struct layout layouts[] = {
	{ "boxes of people are not boxes to tick",
	    "# Core Team 2022-08-18\n\n## Attendance\n\n* [x] Ann Bell - One\n"
	    "* [ ] Carl Dunn - Two\n\n## Action Items\n\n- [ ] Review the "
	    "installer (@abell)\n- [x] Draft the notes (@cdunn) - due "
	    "2022-08-25\n",
	    "abell: Review the installer | \n"
	    "cdunn: Draft the notes | 2022-08-25 closed\n" },
	{ "actions of last time with their states",
	    HEAD "1. Previous actions\n1.1 AB to provide the map - COMPLETE\n"
		 "1.2 CD to ask the schools - ONGOING\n",
	    "Ann Bell: AB to provide the map |  closed\n"
	    "Carl Dunn: CD to ask the schools | \n" },
	{ "numbered actions, their text beside or below",
	    HEAD "Action 1: AB to send the terms of\nreference to all.\n\n"
		 "Action 2:\nCD to book the hall.\n\nThe hall was full.\n",
	    "Ann Bell: AB to send the terms of reference to all. | \n"
	    "Carl Dunn: CD to book the hall. | \n" },
	{ "attendees of a body, by first name later",
	    "Town Forum\n\n11 May 2020\n\nForum attendees:\n\nAnn Bell "
	    "(Chair), Carl Dunn (Town Council)\n\n1. Fair\n\nAction: Carl "
	    "and Ann Bell to book the band\n",
	    "Carl Dunn,Ann Bell: Carl and Ann Bell to book the band | "
	    "\n" },
	{ "who carries out which clause of a resolution",
	    HEAD "RESOLVED:\n\n(1) That the report be noted;\n\n(2) That the "
		 "tenants be told of the works;\n\n(3) That the police be "
		 "invited to speak in July 2020; and\n\n(4) That the lease "
		 "be sent to members.\n\nAction by: CD (2); Clerk (3) and "
		 "(4)\n\nRESOLVED:\n\n(1) That the talk be deferred to the "
		 "meeting on 8 June 2020;\n\n(2) That the Clerk ask for "
		 "quotes; and\n\n(3) That the map be published.\n\nAction "
		 "by: Clerk / EF\n",
	    "Carl Dunn: That the tenants be told of the works | \n"
	    "Clerk: That the police be invited to speak in July 2020 | "
	    "2020-07-31\nClerk: That the lease be sent to members. | \n"
	    "?: That the talk be deferred to the meeting on 8 June 2020 | "
	    "2020-06-08\nClerk: That the Clerk ask for quotes | \n"
	    "Clerk,Eve Frost: That the map be published. | \n" },
	{ "days of what is to be found out, or behind what was agreed",
	    HEAD "Action: AB to confirm by the end of June whether the hall "
		 "can open on Saturdays from January.\n\nAction: After "
		 "discussion it was agreed that CD would review the risk by 8 "
		 "June.\n\nAction: CD to set up a CoP\n",
	    "Ann Bell: AB to confirm by the end of June whether the hall can "
	    "open on Saturdays from January. | 2020-06-30\n"
	    "Carl Dunn: After discussion it was agreed that CD would review "
	    "the risk by 8 June. | 2020-06-08\n"
	    "Carl Dunn: CD to set up a CoP | \n" },
	{ "what became of earlier actions in a bullet below each",
	    HEAD "2. Minutes and actions\n\nAction 1: AB to ask the bank.\n\n"
		 "* Complete. The bank answered in May.\n\nAction 2: CD to "
		 "mend the door.\n\n* Not complete. No time was found. CD to "
		 "ask again.\n\nAction 3: EF to write.\n\n* Open days are "
		 "popular.\n",
	    "Ann Bell: AB to ask the bank. |  closed\n"
	    "Carl Dunn: CD to mend the door. | \n"
	    "?Carl Dunn: CD to ask again. | \n"
	    "Eve Frost: EF to write. | \n" },
	{ "clauses below \"RESOLVED: That\"",
	    HEAD "RESOLVED: That\n(a) the report be noted;\n(b) the Clerk "
		 "send the figures to all members within 14 days; and\n(c) "
		 "the lease be approved.\n",
	    "Clerk: the Clerk send the figures to all members within 14 days "
	    "| 2020-05-25\n" },
	{ "a log that is only told of, and codes of marked actions",
	    HEAD "FC/20/4 Action log\nThe log was reviewed. Action 3 would be "
		 "reported to the July meeting.\n\nFC/20/5 Hall\nThe roof was "
		 "inspected.\nACTION FC/20/5a: AB to ask for quotes by 8 "
		 "June.\nAction 4.1b - CD to write.\n",
	    "Ann Bell: AB to ask for quotes by 8 June. | 2020-06-08\n"
	    "Carl Dunn: CD to write. | \n" },
	{ "revised days count, months with their year, states at the end",
	    HEAD "Agreed action: Update the policy.\nResponsible officer: "
		 "Clerk\nOriginal target date: 31 May 2020\nRevised target "
		 "date: 30 June 2020\n\nAction: CD to publish it.\nDue: Nov "
		 "20\nUpdate: Published on 4 May. Closed.\n",
	    "Clerk: Update the policy. | 2020-06-30\n"
	    "Carl Dunn: CD to publish it. | 2020-11-30 closed\n" },
	{ "clauses below \"AGREED:\" and \"Resolved -\"",
	    HEAD
	    "1. Fund\nAGREED:\ni. That the plan be approved.\nii. That CD "
	    "be asked to circulate the figures.\niii. That a report be "
	    "brought to the meeting on 8 June 2020.\n\n2. Tax\nResolved "
	    "\342\200\223\n1. That the tax be supported.\n2. That the Clerk "
	    "write to the bank by 1 June 2020.\n",
	    "Carl Dunn: That CD be asked to circulate the figures. | \n"
	    "?: That a report be brought to the meeting on 8 June 2020. | "
	    "2020-06-08\n"
	    "Clerk: That the Clerk write to the bank by 1 June 2020. | "
	    "2020-06-01\n" },
	{ "who acts behind the word or before it, without a colon",
	    HEAD
	    "1. Forms\n\nAnn will send a copy to the network"
	    "                 Action Ann\n\nThe rota was thin. Members were "
	    "encouraged to offer an hour a week. Action ALL\n\nThe fence "
	    "has gone and the council would like a price. CD Action. 2. "
	    "Hall. The hall was full. The lease will be found. EF to "
	    "action. The class action was lost. Legal Action. It rained. "
	    "AB reported to Action Fraud. The rail was loose (CD to "
	    "action). The gate is shut (AB saw the class action). The "
	    "band was good.\n\nThe boiler was seen to. "
	    "Quotes to be sought.   Action by Eve Frost by 8 June\n",
	    "Ann Bell: Ann will send a copy to the network | \n"
	    "ALL: Members were encouraged to offer an hour a week. | \n"
	    "Carl Dunn: The fence has gone and the council would like a "
	    "price. | \n"
	    "Eve Frost: The lease will be found. | \n"
	    "Carl Dunn: The rail was loose | \n"
	    "Eve Frost: Quotes to be sought. | 2020-06-08\n" },
	{ "who, when and how far, labelled below",
	    HEAD "Action: send the terms to all members.\n\nDue: 12 June "
		 "2020\n\nThe hall was full.\n\nAction: book the hall\n"
		 "Owner: CD\nBy when: end of June 2020\nStatus: closed\n",
	    ": send the terms to all members. | 2020-06-12\n"
	    "Carl Dunn: book the hall | 2020-06-30 closed\n" },
	{ "what a robot of a chat room was told",
	    "Core SIG meeting 2019-08-13\n\nPresent: bo, chidi, dana\n\n"
	    "* #info an audit took place\n* #action bo to write a guide\n",
	    "bo: bo to write a guide | \n" },
	{ "resolved in a list, one clause of it noted",
	    HEAD "1. Precept\nRESOLVED:\n(1) That the precept be noted;\n"
		 "(2) That the Clerk send the form to the county by 8 June; "
		 "and\n(3) That the talk be noted.\n",
	    "Clerk: That the Clerk send the form to the county by 8 June | "
	    "2020-06-08\n" },
	{ "who was asked, or promised, further inside a sentence",
	    HEAD "1. Apologies\n\nThe group noted that the school had sent no "
		 "one this year and Ann was asked to write to the head about "
		 "it.\n\n2. Water\n\nThe council noted that the lease was "
		 "lost; the Clerk and CD were asked to find the copy. The "
		 "trust will pay for half of it Jo committed to look "
		 "into this. At the last meeting the fence was down, and EF "
		 "was asked to mend it. We asked if it was late and AB was "
		 "asked to stay.\n",
	    "?Ann Bell: Ann was asked to write to the head about it. | \n"
	    "?Clerk,Carl Dunn: the Clerk and CD were asked to find the copy. | "
	    "\n?Jo: Jo committed to look into this. | \n" },
	{ "people and what is told of them, line below line",
	    "Example Area Board\nMinutes of the meeting held on Monday 11 May "
	    "2020\nPresent: Ann Bell (AB), Carl Dunn (CD)\n"
	    "1. Apologies\nApologies were received from: Eve Frost and "
	    "Guy Hale\nThe group noted that the school had sent no one to any "
	    "of the four meetings of the year, and Ann was asked to write to "
	    "it.\n"
	    "2. Water\n",
	    "?Ann Bell: Ann was asked to write to it. | \n" },
	{ "what somebody did about numbered actions of last time",
	    HEAD "2. Minutes and matters arising\n\nAction Point 1 - AB read "
		 "from an email of the bank:\n\nThe name cannot be changed.\n\n"
		 "Action Point 2 - CD wrote a letter.\n\nAction Point 3 - EF "
		 "read the meter again and AB to tell the supplier.\n\n3. "
		 "Hall\n\nAction Point 4 - AB read the lease by 8 June\n",
	    "Eve Frost: EF read the meter again and AB to tell the supplier. "
	    "| \nAnn Bell: AB read the lease by 8 June | 2020-06-08\n" },
	{ "who is going to, is tasked with it, and agreed without \"that\"",
	    HEAD
	    "1. Hall\n\nAB is going to email the draft to all. The fair "
	    "is going to be large. CD was going to ask the bank.\n\nEF was "
	    "tasked with finding a plumber. It was agreed CD would buy "
	    "the paint. It was agreed.\n",
	    "?Ann Bell: AB is going to email the draft to all. | \n"
	    "?Eve Frost: EF was tasked with finding a plumber. | \n"
	    "?Carl Dunn: It was agreed CD would buy the paint. | \n" },
	{ "who does what behind a joint, and who before it",
	    HEAD
	    "1. Hall\n\nThe draft is lost but AB will email a copy of "
	    "it. The hall is cold, so AB and CD are to look at the boiler. "
	    "Wood is dear and the price will rise.\n\nEF will buy the "
	    "paint and CD will ask the county for a price of it. If it is "
	    "dry and AB will bring it we can start.\n",
	    "?Ann Bell: AB will email a copy of it. | \n"
	    "?Ann Bell,Carl Dunn: AB and CD are to look at the boiler. | \n"
	    "?Eve Frost: EF will buy the paint | \n"
	    "?Carl Dunn: CD will ask the county for a price of it. | \n" },
	{ "a numbered line of five words that asks something",
	    HEAD "1. Finance\n\n1.1 AB to chase the bank.\n",
	    "?Ann Bell: AB to chase the bank. | \n" },
	{ "names of two letters, whom no list has",
	    HEAD "1. Heating\n\nThe heating costs too much. Jo to ask the "
		 "supplier about whether we can run it with the doors shut? "
		 "Prices are up to date. Up to now no one asked.\n\nWe heard "
		 "from Bo. The lease is old. Bo will copy it for all.\n",
	    "?Jo: Jo to ask the supplier about whether we can run it with the "
	    "doors shut? | \n?Bo: Bo will copy it for all. | \n" },
	{ "whom somebody asked",
	    HEAD "1. Finance\n\n1.1 The Chair asked EF for a note on the "
		 "reserves by 12 June 2020.\n\n1.2 AB requested that CD "
		 "circulate the terms.\n\n1.3 The Clerk asked the bank to "
		 "change the name.\n",
	    "?Eve Frost: The Chair asked EF for a note on the reserves by 12 "
	    "June 2020. | 2020-06-12\n"
	    "?Carl Dunn: AB requested that CD circulate the terms. | \n" },
	{ "two days in one sentence",
	    HEAD "1. Audit\n\n1.1 A visit would take place on 20 September "
		 "and the report was expected by 24 September.\n",
	    "?: A visit would take place on 20 September | 2020-09-20\n"
	    "?: the report was expected by 24 September. | 2020-09-24\n" },
	{ "what is asked by the day that the sentence set before",
	    HEAD "1. Funds\n\n1.1 The first bid was to be submitted by 23 "
		 "June 2020 and AB asked that partners consider a joint "
		 "bid.\n",
	    "?: The first bid was to be submitted by 23 June 2020 | "
	    "2020-06-23\n"
	    "?partners: AB asked that partners consider a joint bid. | "
	    "2020-06-23\n" },
	{ "notes of an agenda",
	    "Example Forum\n\n11 May 2020\n\n10am - noon\n\nAgenda\n\n"
	    "1. Apologies\n2. Police update - Ann Bell - will need to dial "
	    "in\n3. Funds. The office will provide an update on grants.\n"
	    "4. Any other business\n",
	    "?: Ann Bell - will need to dial in | 2020-05-11\n"
	    "?office: The office will provide an update on grants. | "
	    "2020-05-11\n" },
	{ "sentences signed with who acts",
	    HEAD "1. Finance\n\n1.1 The cover needs checking with the broker "
		 "(EF by 15/7/20).\n\n1.2 The hall to be painted. (CD)\n\n"
		 "1.3 Quotes to be obtained for the fence. AB\n\n1.4 The "
		 "budget was explained by the treasurer (EF).\n",
	    "Eve Frost: The cover needs checking with the broker | "
	    "2020-07-15\nCarl Dunn: The hall to be painted. | \n"
	    "Ann Bell: Quotes to be obtained for the fence. | \n" },
	{ "taken, asked of a group, wanted by the body",
	    HEAD "1. Finance\n\n1.1 CD took an action to find the lease of "
		 "the hall.\n\n1.2 Members were asked to send comments by "
		 "Friday 12 June.\n\n1.3 Members were invited to ask "
		 "questions.\n\n1.4 The Council requested a report on it by "
		 "the end of June.\n",
	    "?Carl Dunn: CD took an action to find the lease of the hall. | "
	    "\n?Members: Members were asked to send comments by Friday 12 "
	    "June. | 2020-06-12\n"
	    "?: The Council requested a report on it by the end of June. | "
	    "2020-06-30\n" },
	{ "headings made of the words that such headings have",
	    "# Rep Meeting Notes\n\n28 February 2024\n\n### Roll call "
	    "(please add your name)\n* Ann\n* Carl\n* Eve\n\n### Agenda\n* "
	    "Events\n\n### Notes\n- Events were discussed.\n\n### Agreed "
	    "actions and owners (this meeting)\n- [X] Ann to add a range\n"
	    "- [ ] Carl will write a list\n",
	    "Ann: Ann to add a range |  closed\n"
	    "Carl: Carl will write a list | \n" },
	{ "a chat room's summary, by item and by person",
	    "#example-meeting (2015-02-09)\n\nMeeting summary\n"
	    "---------------\n* builds  (dgil, 16:31:30)\n  * ACTION: pbro to "
	    "send a patch (dgil, 16:43:08)\n\nAction Items\n------------\n* "
	    "pbro to send a patch\n\nAction Items, by person\n"
	    "-----------------------\n* pbro\n  * pbro to send a patch\n\n"
	    "People Present (lines said)\n---------------------------\n* dgil "
	    "(116)\n* boche (33)\n* pbro (16)\n",
	    "pbro: pbro to send a patch | \n" },
	{ "orders without a word of the future",
	    HEAD "Actions\n- AB: install the boards in the hall this month\n- "
		 "CD: bring a page to the June meeting\n- EF: read the note "
		 "published in March\n",
	    "Ann Bell: install the boards in the hall this month | 2020-05-31\n"
	    "Carl Dunn: bring a page to the June meeting | 2020-06-30\n"
	    "Eve Frost: read the note published in March | \n" },
	{ "names before what was resolved",
	    "## Plenum 2014-06-12\n\n- Present: Ann, Bo Carr, Eve\n\n### "
	    "Hall\n\n**Resolved**\n\n- Ann/Eve: Put up the boards by June "
	    "26\n- Rolf: Make two more boxes\n",
	    "Ann,Eve: Put up the boards by June 26 | 2014-06-26\n"
	    "Rolf: Make two more boxes | \n" },
	{ "headings of actions that say where they come from",
	    HEAD "### Action Items Resulting\n\n- Clerk: next time call for "
		 "items\n- Bodo D still on the case of the map\n- Gate at "
		 "the yard needs to be mended.\n\n### Notes"
		 "\n\nThe hall was warm.\n\n### Actions/further information "
		 "to be provided:\n\n1. R1/23 - Ann to send the plan\n\n"
		 "### Actions identified\n\n- paint the hall\n",
	    "Clerk: next time call for items | \n"
	    "Bodo D: Bodo D still on the case of the map | \n"
	    ": Gate at the yard needs to be mended. | \n"
	    "Ann Bell: Ann to send the plan | \n: paint the hall | \n" },
	{ "motions that set something to do",
	    HEAD "Action: Motion to direct the Clerk to bring a map carried "
		 "4-1.\n\nAction: Approved minutes to be published - CD\n\n"
		 "Action: Approved the budget. Ann to send it round.\n\n"
		 "Action: Adopted as presented, with the Clerk to print it.\n",
	    "Clerk: to direct the Clerk to bring a map carried 4-1. | \n"
	    "Carl Dunn: Approved minutes to be published | \n"
	    "Ann Bell: Ann to send it round. | \n"
	    "Clerk: Adopted as presented, with the Clerk to print it. | \n" },
	{ "more headings of actions",
	    HEAD "## Outstanding actions\n\n- paint the gate\n\n## Who does "
		 "what\n\n- new chairs\n\n## Things to do\n\n- a map of the "
		 "yard\n\n## Actions going forward\n\n- sweep the hall\n\n"
		 "## Outstanding actions of the last meeting\n\n- a song\n",
	    ": paint the gate | \n: new chairs | \n: a map of the yard | \n"
	    ": sweep the hall | \n" },
	{ "who and when behind a listed action, however parted",
	    HEAD "## Actions\n\n- Next letter: Eve, 1 June\n- New map of the "
		 "yard - CD/EF by end of May\n- New paint. Eve by 5 June.\n- "
		 "New lock for the hall [CD, 5 June]\n- New song; Ann Bell "
		 "\xe2\x80\x94 5 June 2020\n- Write to the bank, Ann, Carl, 2 "
		 "June\n",
	    "Eve Frost: Next letter | 2020-06-01\n"
	    "Carl Dunn,Eve Frost: New map of the yard | 2020-05-31\n"
	    "Eve Frost: New paint | 2020-06-05\n"
	    "Carl Dunn: New lock for the hall | 2020-06-05\n"
	    "Ann Bell: New song | 2020-06-05\n"
	    "Ann Bell,Carl Dunn: Write to the bank | 2020-06-02\n" },
	{ "two who act joined by and, and whom one asks",
	    HEAD "Actions: CD to mend the roof and EF to write to the bank.\n\n"
		 "Action: Ann to ask the club and Carl to sing.\n\nAction: "
		 "Ann and Carl to paint the hall and to sweep it.\n\nAction: "
		 "Deferred.\n",
	    "Carl Dunn: CD to mend the roof | \n"
	    "Eve Frost: EF to write to the bank. | \n"
	    "Ann Bell: Ann to ask the club and Carl to sing. | \n"
	    "Ann Bell,Carl Dunn: Ann and Carl to paint the hall and to sweep "
	    "it. | \n" },
	{ "headings that stand out end a list of what is set further in",
	    "Example Task Group\n\n11 May 2020\n\nAttendees\n\n   Present\n"
	    "          Ann Bell, Carl Dunn\n\nOpen actions\n\n"
	    "   Ann Bell to ask for the files - due 25 May 2020\n\n"
	    "New schema\n\n   Carl: it is under my desk.\n\n"
	    "   Ann: we should not decide today.\n",
	    "Ann Bell: Ann Bell to ask for the files | 2020-05-25\n" },
	{ "boxes of people under a heading that names the body",
	    "# Example group meeting 2020-05-11\n\n## Invited ETG "
	    "Participants\n\n* [X] Ann Bell - (Harbour Ltd) chair\n* [ ] "
	    "Carl Dunn - (Mill Ltd) member\n\n## Actions\n\n* [ ] Ann Bell "
	    "to send the list\n",
	    "Ann Bell: Ann Bell to send the list | \n" },
	{ "a motion behind a list of actions",
	    HEAD "## Action items\n\n- paint the gate\n- new chairs\n- a "
		 "map\n\nProposed by Ann, seconded by Carl: to go home.\n",
	    ": paint the gate | \n: new chairs | \n: a map | \n" },
	{ "titles of actions, what they ask below",
	    HEAD "## Actions\n\n1. Website\n\nNew pictures of the hall are "
		 "wanted.\n\n2. Ann to write\n\nThe hall was warm.\n",
	    ": Website | \n: New pictures of the hall are wanted. | \n"
	    "Ann Bell: Ann to write | \n" },
	{ "a list without a heading, one of it only told",
	    HEAD "5. Fair\n\n(a) Ann to hire the hall.\n(b) CD and EF to "
		 "order the food.\n(c) Sales open on 1 June.\n",
	    "Ann Bell: Ann to hire the hall. | \n"
	    "Carl Dunn,Eve Frost: CD and EF to order the food. | \n" },
	{ "a limit for papers behind the day of the next meeting",
	    HEAD "Action: Ann to report to the next meeting.\n\n7. Date of "
		 "next meeting\n\nTuesday 16 June 2020, by Teams. Papers to "
		 "CD by noon on 9 June please. Deadline for reports 1 "
		 "June.\n",
	    "Ann Bell: Ann to report to the next meeting. | 2020-06-16\n" },
	{ "the next meeting as a sentence tells it",
	    HEAD "Action: Ann to send it before the next meeting.\n\nThe "
		 "Council noted that its next public meeting would be held on "
		 "Tuesday 16 June 2020.\n",
	    "Ann Bell: Ann to send it before the next meeting. | "
	    "2020-06-15\n" },
	{ "who: what, line by line",
	    HEAD
	    "Actions:\nAnn: update the page\nCarl and Eve: find a new host "
	    "by end of July\nEveryone: read the policy\n",
	    "Ann Bell: update the page | \n"
	    "Carl Dunn,Eve Frost: find a new host by end of July | "
	    "2020-07-31\nEveryone: read the policy | \n" },
	{ "tasks below the names of who does them",
	    HEAD "Tasks before next meeting\n\nAnn\n- update the page\n- write "
		 "to members\n\nCarl\n- find a new host\n",
	    "Ann Bell: update the page | \nAnn Bell: write to members | \n"
	    "Carl Dunn: find a new host | \n" },
	{ "actions on people, inside links, with numbers in brackets",
	    HEAD "The site is slow. ACTION on Ann to find a host.\n\nAction on "
		 "CD and EF to write it up.\n\n[**Action**: Ann to draw the "
		 "map of paths](https://example.org/3)\n\n[AP3] Carl "
		 "to publish it\n\nNext steps: Eve to collect answers.\n",
	    "Ann Bell: Ann to find a host. | \n"
	    "Carl Dunn,Eve Frost: CD and EF to write it up. | \n"
	    "Ann Bell: Ann to draw the map of paths | \n"
	    "Carl Dunn: Carl to publish it | \n"
	    "Eve Frost: Eve to collect answers. | \n" },
	{ "signed behind a dash",
	    HEAD "1. Park\n\nThe hedge to be cut back - CD\n\nThe lock needs "
		 "replacing - AB/EF\n",
	    "Carl Dunn: The hedge to be cut back | \n"
	    "Ann Bell,Eve Frost: The lock needs replacing | \n" },
	{ "a page that is one line of HTML",
	    "<html><table><tr><td>Example Board</td></tr><tr><td>Minutes of 25 "
	    "June 2024</td></tr><tr><td>1. Site</td></tr><tr><td>Action: Ann "
	    "Bell to find a host.</td></tr><tr><td>ACTION: Carl Dunn to pay "
	    "by 12 July.</td></tr></table></html>\n",
	    "Ann Bell: Ann Bell to find a host. | \n"
	    "Carl Dunn: Carl Dunn to pay by 12 July. | 2024-07-12\n" },
	{ "marks that only emphasis shows",
	    "# Example Board\n\n## 2 October 2018\n\nPresent: Ann Bell, Carl "
	    "Dunn\n\n### Finance\n\nThe budget was agreed **Action Ann to "
	    "make a sheet of it**\n\n**Action Item** Carl will write to the "
	    "bank.\n\nThe **Action plan** was noted.\n",
	    "Ann Bell: Ann to make a sheet of it | \n"
	    "Carl Dunn: Carl will write to the bank. | \n" },
	{ "a page of one table, its heads of several words",
	    "# Minutes 22 July 2024\n\n## Attendees\n\n* Ann Bell\n* Carl "
	    "Dunn\n\n<table><thead><tr><th width=\"20\">Discussion "
	    "points</th><th>Notes/Action items</th><th>Actions: "
	    "responsible/none</th></tr></thead><tbody><tr><td>Quorum</td>"
	    "<td>Reached</td><td><br></td></tr><tr><td>Talks</td><td><p>"
	    "Slides were shown.</p></td><td><p>Ann will send a map.</p><p>"
	    "Carl to book a room</p></td></tr></tbody></table>\n",
	    "Ann Bell: Ann will send a map. | \n"
	    "Carl Dunn: Carl to book a room | \n" },
	{ "tasks below names at the end",
	    HEAD "Further actions to be taken, at the end of the meeting:\n\n"
		 "All: speak to friends\n\nRolf:\ndelay the workshop\nSpeak "
		 "to Tom about a date\n",
	    "All: speak to friends | \nRolf: delay the workshop | \n"
	    "Rolf: Speak to Tom about a date | \n" },
	{ "a number in brackets inside a sentence",
	    HEAD "1. Site\n\nThe page was slow. [AP3] Carl to publish it.\n",
	    "Carl Dunn: Carl to publish it. | \n" },
	{ "what a group was asked for",
	    HEAD "1. Roads\n\nThe Council asked the force for information on "
		 "the following:\n\n- speeds\n- crashes\n",
	    "?force: The Council asked the force for information on the "
	    "following | \n" },
	{ "marked with a sign that the paper explains, and signed",
	    HEAD
	    "1. Paths\n\nThe stile is broken.\n\302\273 Ask the landowner (AB, "
	    "by 31 July)\nNo budget. \302\273 CD to look again\n",
	    "Ann Bell: Ask the landowner | 2020-07-31\n"
	    "Carl Dunn: CD to look again | \n" },
	{ "when, in the headings of a list",
	    HEAD "## Action Items\n\n### Short-term (within two weeks)\n- [ ] "
		 "**Ann**: Send the form\n\n### By end of month\n- [ ] "
		 "**Carl**: Plan a party\n",
	    "Ann Bell: Send the form | 2020-05-25\n"
	    "Carl Dunn: Plan a party | 2020-05-31\n" },
	{ "initials behind a title and an office",
	    "Example Parish Council\n\nMinutes of the meeting held on 11 June "
	    "2024\n\nPresent: Cllrs A Bell (Chairman, AB), C Dunn (CD)\nIn "
	    "attendance: Mrs E Frost (Clerk, EF)\n\n1. Roof\n\nOrder the "
	    "slates (EF)\nWrite to the builder (AB)\n",
	    "Mrs E Frost: Order the slates | \n"
	    "A Bell: Write to the builder | \n" },
	{ "whom a resolution instructs",
	    HEAD "1. Hall\nRESOLVED to instruct the Clerk to obtain "
		 "estimates.\n",
	    "Clerk: to instruct the Clerk to obtain estimates. | \n" },
	{ "a list of actions before the notes",
	    HEAD
	    "## Summary of actions\n\n* AB to get a quote\n\n### Roof\n\n"
	    "* Repairs: the work is done, tea was served.\n\nPeople meet on "
	    "Mondays now, as the hall is let out on Fridays.\n\n#### "
	    "Action\n\nCD to write to the school.\n",
	    "Ann Bell: AB to get a quote | \n"
	    "Carl Dunn: CD to write to the school. | \n" },
	{ "labels of subjects, and each action again below its item",
	    HEAD "## Summary of actions\n\n* Library: helpers for the library "
		 "to be found - CD\n* Flood Group: AB to send the message\n"
		 "* Music: EF to ring and check with the schools\n\n## "
		 "Library\n\nThe "
		 "School Library has no helpers, and the Flood Group none.\n\n"
		 "### Action\n\nHelpers for the library to be found by 5 June "
		 "(CD).\n\n## Music\n\nThe teacher has left.\n\n### Action\n\n"
		 "EF to ring and check.\n",
	    "Carl Dunn: Library: helpers for the library to be found | "
	    "2020-06-05\n"
	    "Ann Bell: Flood Group: AB to send the message | \n"
	    "Eve Frost: Music: EF to ring and check with the schools | \n" },
	{ "numbered marks inside a paragraph, and behind the sentence",
	    HEAD "1. Sites\n\nThe forms are unsigned. **AP2.3** AB and CD to "
		 "sign them by 18 May. **AP2.4** EF to file them.\n\nMembers "
		 "to send comments to EF (**AP2.5**, members).\n\nAction for "
		 "the Parish Council: to publish the terms.\n",
	    "Ann Bell,Carl Dunn: AB and CD to sign them by 18 May. | "
	    "2020-05-18\nEve Frost: EF to file them. | \n"
	    "members: Members to send comments to EF | \n"
	    "Parish Council: to publish the terms. | \n" },
	{ "minutes in a mail, what became of the last actions told in passing",
	    "From: Secretary <s@example.org>\nTo: all\nSubject: Minutes\n"
	    "Date: Thu, 14 May 2020 21:47:03 +0100\n\nHi all, shout.\n\n"
	    "Example Allotment Association\nCommittee meeting Sunday 10th "
	    "May at the hut, 10.30am\n\nThere: Ann Bell (chair), Carl Dunn\n"
	    "Sorry: Jim, Priya\n\n1) Things from last time\n"
	    " - Ann to print the letter - done, it went out in April\n"
	    " - Carl to ask the council - they say it is listed. c/fwd\n"
	    " - Ann to count the keys - not done, c/fwd. Ann has to do this "
	    "by 3rd June\n\n2) Money\nOne asked for a water butt. Agreed up "
	    "to 60 pounds, Priya to buy\n",
	    "Ann Bell: Ann to print the letter |  closed\n"
	    "Carl Dunn: Carl to ask the council | \n"
	    "Ann Bell: Ann to count the keys | 2020-06-03\n"
	    "?Priya: Agreed up to 60 pounds, Priya to buy | \n" },
	{ "a season at the end of a sentence, behind a word like initials",
	    "Example Town Council\n\nMinutes of the meeting held on Monday 11 "
	    "May 2020\n\nPresent: Ann Tree (AT), Carl Dunn (CD)\n\n1. Fairs\n\n"
	    "The band played, as it had at Easter.\n\n"
	    "A letter of thanks to the band CD Easter\n",
	    "Carl Dunn: A letter of thanks to the band | 2021-04-05\n" },
	{ "an amount that is set by the resolution itself",
	    HEAD "1. Finance\n\nRESOLVED to set the precept at £14,250.\n\n"
		 "RESOLVED to set up a group for the fair.\n",
	    "?: to set up a group for the fair. | \n" },
	{ "work that a resolution has somebody do",
	    HEAD "1. Trees\n\nRESOLVED: That the tree be removed by CD at a "
		 "cost of 120 pounds.\n\nRESOLVED: That four signs be "
		 "ordered.\n",
	    "Carl Dunn: the tree be removed by CD at a cost of 120 pounds. | "
	    "\n" },
	{ "what became of earlier actions, told in the text",
	    HEAD "3. Matters arising\n\nA reply had come. TC-2 is complete. AB "
		 "agreed to write to the owner. This had not been done and was "
		 "carried forward to the next meeting.\n\nCD agreed to ask for "
		 "a list. This would now be done by 26 June 2020.\n\n4. Date "
		 "of next meeting\n\n8 June 2020\n",
	    ": TC-2 is complete. |  closed\n"
	    "?Ann Bell: AB agreed to write to the owner. | 2020-06-08\n"
	    "?Carl Dunn: CD agreed to ask for a list. | 2020-06-26\n" },
	{ "people whom only their titles part, and apologies without a colon",
	    "Example Parish Council\n\nMinutes of the meeting held on Monday "
	    "11 May 2020\n\nPresent: Cllr Ann Bell (Chair) Cllr Carl Dunn Cllr "
	    "Eve Frost Gus Hill (Clerk)\n\nApologies Ian Jones, Kay Lamb\n\n"
	    "1. Roads\n\nThe Clerk agreed to write. CLLR FROST agreed to ring. "
	    "Kay Lamb will send the map.\n",
	    "?Gus Hill: The Clerk agreed to write. | \n"
	    "?Cllr Eve Frost: CLLR FROST agreed to ring. | \n"
	    "?Kay Lamb: Kay Lamb will send the map. | \n" },
	{ "agreed of somebody, and agreed with a decision of others inside",
	    HEAD "1. Posts\n\nIt was agreed that a member would write to the "
		 "papers. It was AGREED to write to the government asking that "
		 "they adopt the plan. It was agreed that the plan would help "
		 "all.\n",
	    "?: It was agreed that a member would write to the papers. | \n"
	    "?: It was AGREED to write to the government asking that they "
	    "adopt the plan. | \n" },
	{ "answers quoted below actions, who acts in brackets inside",
	    HEAD
	    "### Kit\n\nAll agreed.\n\n#### Action\n\nAB to confirm the "
	    "policy. Website and handbook (CD) to be updated.\n\n> **EF:** "
	    "88 children\n\n### Hall\n\n#### Action\n\nEF to ring.\n",
	    "Ann Bell: AB to confirm the policy. | \n"
	    "Carl Dunn: Website and handbook (CD) to be updated. | \n"
	    "Eve Frost: EF to ring. | \n" },
	{ "capitals, a name and a dash",
	    HEAD "1. Money\n\nRents are paid.\n\nACTION Carl - letters out by "
		 "22nd May\n\n2. ACTION PLAN - it was read.\n",
	    "Carl Dunn: letters out by 22nd May | 2020-05-22\n" },
	{ "what was put off, by its heading",
	    HEAD "4. Dog bins\n\nThis item was deferred to the next meeting.\n",
	    "?: Dog bins: This item was deferred to the next meeting. | \n" },
	{ "a day that an adjective hid",
	    HEAD "Action: AB to write to the identified owners by 10th June\n",
	    "Ann Bell: AB to write to the identified owners by 10th June | "
	    "2020-06-10\n" },
	{ "a mark ends the paragraph",
	    HEAD "1. Post\nA letter about parking was read. It was agreed to "
		 "write to the school. Action: Clerk\nThe form for the "
		 "contest was received.\n",
	    "Clerk: It was agreed to write to the school. | \n" },
	{ "codes of listed actions, not run together",
	    HEAD "Actions\nA1 Carl Dunn - confirm the date with the supplier "
		 "- 14.5.20 - Open\nA2 Eve Frost - finish the list - done\n",
	    "Carl Dunn: confirm the date with the supplier | 2020-05-14\n"
	    "Eve Frost: finish the list |  closed\n" },
	{ "who does what behind arrows, and what was only decided",
	    HEAD
	    "1. Pond\n\nThe rail is loose.\n\342\206\222 AO: find out whose "
	    "it is \342\200\223 by 18/5\n\342\206\222 DTC \342\200\223 notice "
	    "to quit, plot 9\n\342\206\222 AO instruct contractor\n"
	    "\342\206\222 Cllr Dunn: helpers' rota by 31 May\n\342\206\222 Ann "
	    "Bell: thanked the group\n\342\206\222 Chair: Ann Bell\n"
	    "\342\206\222 Petition received\n\342\206\222 AB \342\200\223 "
	    "done\n",
	    "AO: find out whose it is | 2020-05-18\n"
	    "DTC: notice to quit, plot 9 | \nAO: AO instruct contractor | \n"
	    "Carl Dunn: helpers' rota by 31 May | 2020-05-31\n" },
	{ "initials of two whom no list explains",
	    "Example Group\n\nMinutes of the meeting held on 11 May "
	    "2020\n\n1. Help\n\nAP13 RK / BV to send the letter "
	    "again.\n",
	    "RK,BV: RK / BV to send the letter again. | \n" },
	{ "what those who agreed are to do",
	    HEAD "1. Survey\n\nThe old questions were read - agreed by the "
		 "group to produce a draft by 5 June.\n\nIt was agreed by the "
		 "Council to approve the accounts.\n",
	    "?group: the group to produce a draft by 5 June. | 2020-06-05\n" },
};

static void
minutes_read__layout__entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(layouts); i++)
		expect(&layouts[i]);
}

static void
minutes_read__no_layout_of_actions__no_entries(void **state)
{
	static const char *const papers[] = {
		HEAD
		"6. Action Plan\nThe action plan had been updated.\n\n"
		"7. Action for Example\nA short talk on the work of Action "
		"for Example was given.\n",
		"Panel notes 8 September 2015\n\nPresent: Ann Bell, Bob "
		"Carr\n\nActions from last time: all done.\nActions arising: "
		"none.\n",
		HEAD "Next steps\n\n- There are currently no plans for CD to "
		     "be replaced.\n",
		HEAD
		"Some text.\n\nACTION LOG - HALL GROUP (as reviewed 11 May "
		"2020)\n\nACTION PLAN: it was noted that it is late.\n",
		/* action is what was decided */
		HEAD "## ACTION ITEMS\n\n1. Contract for buses\n\n   Moved by "
		     "Bell, seconded by Dunn, to approve the contract. Motion "
		     "carried 5-0.\n\n2. Policy 12\n\n   Motion: Bell. Second: "
		     "Frost. Vote: 5-0.\n",
		HEAD "Action: M/S/C (Bell/Dunn) to approve the agenda.\n\n"
		     "Action: It was moved by Bell and seconded by Dunn that "
		     "the fee be waived. Motion carried 5-0.\n\nAction: None "
		     "taken.\n\nAction: Resolution 2020-12 adopted.\n\n"
		     "Action: Report received and filed.\n\nAction: Board "
		     "approved the contract.\n\nAction: The motion passed "
		     "unanimously.\n",
		HEAD
		"### CONSENT ITEMS\n\nAction: Moved by Bell, seconded by "
		"Dunn, and carried to adopt the calendar.\n\n### ACTION "
		"ITEMS\n\n1. Contract for the yard (Clerk Eve Frost)  \n"
		"   **Recommendation:** Approve the contract.  \n   "
		"**Action:** Approved the contract to hire the yard.\n\n2. "
		"Election to the league (Ann Bell)  \n   "
		"**Recommendation:** Elect one.  \n   **Action:** Motion "
		"by Dunn carried unanimously to elect Ann.\n",
		HEAD "4.\n\n-\n\n5)\n", /* marks with nothing behind */
		HEAD "3. Finance\nSupply costs were above budget because of "
		     "two long absences.\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(papers); i++) {
		const struct layout none = { "nothing asked", papers[i], "" };

		expect(&none);
	}
}

static void
minutes_read__words_without_calendar__flagged_once(void **state)
{
	struct minutes out;
	size_t date = 0, calendar = 0;

	(void)state;
	read_text(HEAD "Action: AB to reply before the next meeting\n", &out);
	VEC_EACH (const struct minutes_flag, f, &out.flags) {
		date += f->code == MINUTES_FLAG_NO_DATE;
		calendar += f->code == MINUTES_FLAG_NO_CALENDAR;
	}
	assert_int_equal(calendar, 1);
	assert_int_equal(date, 0);
	minutes_clear(&out);
}

/* Heads: "title | held | approved on | next | state", then the flags' names. */
static void
minutes_read__head__meeting(void **state)
{
	static const struct layout heads[] = {
		{ "a draft's approval is no title",
		    "DRAFT - to be approved at the meeting on 9 September "
		    "2024\n\nHarbour Board\nTuesday 25 June 2024 at 7pm in the "
		    "Hall\n\nPresent: Ann Bell, Bob Carr\n\n1. Finance\n",
		    "Harbour Board | 2024-06-25 | 2024-09-09 | draft\n"
		    "not_approved\n" },
		{ "an agenda named in one line with its meeting",
		    "HARBOUR BOARD\n\nAGENDA for the meeting to be held on "
		    "Tuesday 25 June 2024 at 7pm\n\n1. Apologies\n2. Finance\n",
		    "HARBOUR BOARD | 2024-06-25 |  | agenda\n" },
		{ "no year but those of other things, and a weekday",
		    "Harbour Council\n\nGENERAL MEETING MONDAY 4 DECEMBER\n\n"
		    "Present: Ann Bell, Carl Dunn\n\n1. Rates\n\nThey change "
		    "in "
		    "April 2024.\n\n2. NEXT MEETING MONDAY 5 FEBRUARY at 7 "
		    "p.m.\n",
		    "Harbour Council | 2023-12-04 |  | "
		    "unstated\nyear\nyear\n" },
		{ "a title with another day than head and stamp",
		    "---\ntitle: Meeting 7th of July 2026\ndate: 2026-07-06\n"
		    "---\nHarbour Council\nMinutes for Meeting 6th of July "
		    "2026\n\nPresent: Ann Bell\n",
		    "Harbour Council | 2026-07-06 |  | unstated\ndate\n" },
		{ "the body before what kind of meeting it was",
		    "HARBOUR COUNCIL\n\nORDINARY MEETING on 6 July 2026\n\n"
		    "This is what the council is going to discuss\n\n"
		    "Present: Ann Bell\n",
		    "HARBOUR COUNCIL | 2026-07-06 |  | unstated\n" },
		{ "a month behind the body, and the body behind its meeting",
		    "---\ntitle: Harbour Council Meeting December\n"
		    "date: 2026-07-16\n---\nThe clerk reports on the July "
		    "meeting of Harbour Council, 6 July 2026\n\nPresent: Ann "
		    "Bell\n",
		    "Harbour Council | 2026-07-06 |  | unstated\n" },
		{ "a resolution that names nobody to do it",
		    "Harbour Board\n\nMinutes of the meeting held on 25 June "
		    "2024\n\nPresent: Ann Bell\n\n1. Signs\n\nRESOLVED: That "
		    "four signs be ordered.\n\nRESOLVED: That the accounts be "
		    "approved.\n",
		    "Harbour Board | 2024-06-25 |  | unstated\nresolved\n" },
		{ "the day behind a label, minutes of another day approved",
		    "Issue - meetings\n\nMatters Arising\n\nMeeting: "
		    "07/02/2017 - Harbour Forum (Item 40)\n\nThe minutes of "
		    "the meeting held on 11 October 2016 were approved as a "
		    "correct record.\n\nPresent: Ann Bell\n",
		    "Issue - meetings | 2017-02-07 |  | unstated\n" },
		{ "its own minutes, which were or are to be approved",
		    "Harbour Forum\n\nMinutes of the meeting held on 7 May "
		    "2020 (these were approved on 4 June 2020)\n\nPresent: Ann "
		    "Bell\n",
		    "Harbour Forum | 2020-05-07 |  | unstated\n" },
		{ "a paper that is one long line",
		    "Harbour Council\n\nHarbour Council Minutes approved "
		    "4/8/2020 Minutes of meeting held on Tuesday 21st January "
		    "2020 at 7.30pm in the Hall, Rosby Present: Ann Bell, "
		    "Chair (AB), Carl Dunn (CD), Eve Frost (EF) Apologies: Guy "
		    "Hale Item 1. Police report. The report lists two things "
		    "for the last month. The fence was mended. The hall was "
		    "full.\n",
		    "Harbour Council | 2020-01-21 |  | unstated\n" },
		{ "a long line that tells of other minutes",
		    "Harbour Council\n\nThe Chair thanked all who came, and "
		    "the minutes of the meeting held on Tuesday 21st January "
		    "2020 in the Hall were approved and signed by the Chair "
		    "as they had been sent round to all members of it before "
		    "the day, with the reports of the clerk and of all of the "
		    "groups beside them in the same letter, as is usual.\n",
		    "Harbour Council |  |  | unstated\nno_held_on\n" },
		{ "two dates for the next meeting in its own section",
		    "Harbour Board\n\nMinutes of the meeting held on 25 June "
		    "2024\n\nPresent: Ann Bell\n\nNext meeting: 9 September "
		    "2024\n\nThe next meeting will be held on Monday 16 "
		    "September 2024.\n",
		    "Harbour Board | 2024-06-25 |  | unstated\n"
		    "next_conflict\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct minutes out;
		struct buf b = { 0 };
		char held[DAY_TEXT_MAX], approve[DAY_TEXT_MAX];

		read_text(heads[i].paper, &out);
		VEC_EACH (const struct minutes_meeting, m, &out.meetings)
			buf_printf(&b, "%s | %s | %s | %s\n",
			    m->title ? m->title : "", day_iso(m->held_on, held),
			    day_iso(m->approve_on, approve),
			    minutes_state_text(m));
		VEC_EACH (const struct minutes_flag, f, &out.flags)
			buf_printf(&b, "%s\n", minutes_flag_name(f->code));
		char *got = buf_take(&b);
		if (strcmp(got, heads[i].want) != 0)
			fail_msg("%s\nwant:\n%s\ngot:\n%s", heads[i].name,
			    heads[i].want, got);
		free(got);
		minutes_clear(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_read__layout__entries),
		cmocka_unit_test(minutes_read__head__meeting),
		cmocka_unit_test(
		    minutes_read__no_layout_of_actions__no_entries),
		cmocka_unit_test(
		    minutes_read__words_without_calendar__flagged_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
