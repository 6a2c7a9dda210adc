/* SPDX-License-Identifier: ISC */
/* Papers into meetings, people, entries and flags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/minutes.h"
#include "core/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define HEAD                                                                  \
	"Example Parish Council\n\nMinutes of the meeting held on Monday 11 " \
	"May 2020 at 7.30pm\n\nPresent: Ann Bell (Chair), Carl Dunn, Eve "    \
	"Frost\n\nApologies: Gus Hall\n\nIn attendance: Iris Jones "          \
	"(Clerk)\n\n"

static void
read_with(const struct minutes_env *env, const char *text, struct minutes *out)
{
	struct err err;

	if (minutes_read(text, strlen(text), env, out, &err) == -1)
		fail_msg("%s", err.text);
}

static void
read_text(const char *text, struct minutes *out)
{
	struct minutes_env env;

	minutes_env_init(&env);
	read_with(&env, text, out);
}

/* Entries, one a line: "owners: text | due (phrase) state"; "?" marks unsure
 * ones. Sure ones only, where all is false. */
static char *
entries_text(const struct minutes *out, bool all)
{
	struct buf b = { 0 };
	char day[DAY_TEXT_MAX];

	VEC_EACH (const struct minutes_meeting, m, &out->meetings)
		VEC_EACH (const struct minutes_entry, e, &m->entries) {
			if (!e->sure && !all)
				continue;
			buf_puts(&b, e->sure ? "" : "?");
			for (size_t i = 0; i < e->owners.len; i++)
				buf_printf(&b, "%s%s", i ? "," : "",
				    e->owners.items[i].name);
			buf_printf(
			    &b, ": %s | %s", e->text, day_iso(e->due_on, day));
			if (strcmp(e->state, "open") != 0)
				buf_printf(&b, " %s", e->state);
			buf_putc(&b, '\n');
		}
	return buf_take(&b);
}

static void
expect(const char *paper, bool all, const char *want)
{
	struct minutes out;
	char *got;

	read_text(paper, &out);
	got = entries_text(&out, all);
	if (strcmp(got, want) != 0)
		fail_msg("paper:\n%s\nwant:\n%s\ngot:\n%s", paper, want, got);
	free(got);
	minutes_clear(&out);
}

static size_t
count_flags(const struct minutes *out, enum minutes_flag_code code)
{
	size_t n = 0;

	VEC_EACH (const struct minutes_flag, f, &out->flags)
		n += f->code == code;
	return n;
}

/* ---- bytes ---- */

static void
minutes_read__not_text__refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *says;
	} cases[] = {
		{ "", 0, "empty" },
		{ " \n\t\r\n", 5, "empty" },
		{ "a\0b\0\0c", 6, "NUL" },
		{ "%PDF-1.4\n%", 10, "pdftotext" },
		{ "PK\003\004....", 8, "docx2txt" },
		{ "{\\rtf1 x}", 9, "RTF" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct minutes_env env;
		struct minutes out;
		struct err err = { 0 };

		minutes_env_init(&env);
		assert_int_equal(minutes_read(cases[i].bytes, cases[i].len,
				     &env, &out, &err),
		    -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, cases[i].says));
	}
}

static void
minutes_read__too_large__refused(void **state)
{
	size_t len = MINUTES_MAX + 1;
	char *big = xmalloc(len);
	struct minutes_env env;
	struct minutes out;
	struct err err;

	(void)state;
	memset(big, 'a', len);
	minutes_env_init(&env);
	assert_int_equal(minutes_read(big, len, &env, &out, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	free(big);
}

/* What is looked at is bounded in bytes; a name is never cut in a character. */
static void
minutes_read__long_name_of_wide_letters__stays_text(void **state)
{
	char text[128] = "Chaired by A M";
	struct minutes_env env;
	struct minutes out;
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < 40; i++)
		strcat(text, "\303\277");
	minutes_env_init(&env);
	assert_int_equal(minutes_read(text, strlen(text), &env, &out, &err), 0);
	VEC_EACH (struct minutes_meeting, m, &out.meetings) {
		assert_true(m->chair == NULL ||
			    text_is_utf8(m->chair, strlen(m->chair)));
		VEC_EACH (struct minutes_person, p, &m->people)
			assert_true(text_is_utf8(p->name, strlen(p->name)));
	}
	minutes_clear(&out);
}

/* The approval stands in one part of the meeting, the next date in another: it
 * named a line of no block. */
static void
minutes_read__approval_in_another_part__names_a_line(void **state)
{
	static const char text[] = "p\n"
				   "12Sep2019\n"
				   "\n"
				   "T\n"
				   "n\n"
				   "TO BE APPROVED 3SEP\n"
				   "Present\n"
				   "h\n"
				   "Date:12Sep2019\n"
				   ".next meeting 1 Jul";
	struct minutes_env env;
	struct minutes out;
	struct err err = { 0 };

	(void)state;
	minutes_env_init(&env);
	assert_int_equal(
	    minutes_read(text, sizeof text - 1, &env, &out, &err), 0);
	VEC_EACH (struct minutes_flag, f, &out.flags)
		if (f->code == MINUTES_FLAG_NEXT_CONFLICT)
			assert_non_null(strstr(f->text, "(line 1)"));
	minutes_clear(&out);
}

/* The same paper in every encoding gives the same entry. */
static void
minutes_read__encodings__same(void **state)
{
	static const char utf8[] = "Board meeting 12 May 2020\n\nAction: "
				   "Zo\303\253 Bell to write by 1 June\n";
	char wide[sizeof utf8 * 2 + 2], latin[sizeof utf8];
	struct {
		const char *bytes;
		size_t len;
	} cases[5];
	size_t n = 0, w = 2;

	(void)state;
	wide[0] = '\377';
	wide[1] = '\376';
	for (const char *c = utf8; *c; c++) {
		if (*c == '\303') {
			latin[n++] = '\353';
			wide[w++] = '\353';
			c++;
		} else {
			latin[n++] = *c;
			wide[w++] = *c;
		}
		wide[w++] = '\0';
	}
	cases[0].bytes = utf8;
	cases[0].len = sizeof utf8 - 1;
	cases[1].bytes = latin;
	cases[1].len = n;
	cases[2].bytes = wide;
	cases[2].len = w;
	cases[3].bytes = "\357\273\277Board meeting 12 May 2020\r\n\r\nAction: "
			 "Zo\303\253 Bell to write by 1 June\r\n";
	cases[3].len = strlen(cases[3].bytes);
	cases[4].bytes = "Board meeting 12 May 2020\n\fAc\342\200\213tion: "
			 "Zo\303\253 Bell\302\240to wri\302\255te by 1 June\n";
	cases[4].len = strlen(cases[4].bytes);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct minutes_env env;
		struct minutes out;
		struct err err;
		char *got;

		minutes_env_init(&env);
		assert_int_equal(minutes_read(cases[i].bytes, cases[i].len,
				     &env, &out, &err),
		    0);
		got = entries_text(&out, false);
		assert_string_equal(got, "Zo\303\253 Bell: Zo\303\253 Bell to "
					 "write by 1 June | 2020-06-01\n");
		free(got);
		minutes_clear(&out);
	}
}

/* ---- layouts ---- */

static void
minutes_read__layouts__entries(void **state)
{
	static const struct {
		const char *paper, *want;
	} cases[] = {
		/* a line after the paragraph */
		{ HEAD "5. Footpaths\n\nThe path is blocked.\n\nAction: Clerk "
		       "to write to the county by 1 June.\n",
		    "Iris Jones: Clerk to write to the county by 1 June. | "
		    "2020-06-01\n" },
		{ HEAD "Action – that the report was noted and that the Clerk "
		       "would write to the county.\n",
		    "Iris Jones: the Clerk would write to the county. | \n" },
		/* several on a line, and one below without a mark */
		{ HEAD "Action: AB to ring the surveyor. CD to book the hall."
		       "\n\nClerk to tell the press.\n",
		    "Ann Bell: AB to ring the surveyor. | \n"
		    "Carl Dunn: CD to book the hall. | \n"
		    "Iris Jones: Clerk to tell the press. | \n" },
		/* a block without bullets */
		{ HEAD
		    "4. Signs\n\nThe signs are old.\n\nActions\n\nTo ask "
		    "for three prices.\n\nTo tell the owner of the field.\n\n"
		    "5. Trees\n\nNothing to say.\n",
		    ": To ask for three prices. | \n"
		    ": To tell the owner of the field. | \n" },
		/* brackets in a paragraph */
		{ HEAD "The gate is broken. [ACTION: CD to mend the gate in 3 "
		       "months.] The wall is sound. [Close]\n",
		    "Carl Dunn: CD to mend the gate in 3 months. | "
		    "2020-08-11\n" },
		{ HEAD "[Action: CD to type it up; notes to be sent round.]\n",
		    "Carl Dunn: CD to type it up | \n"
		    "Carl Dunn: notes to be sent round. | \n" },
		/* owner last, and the owner alone */
		{ HEAD "Action: review the job descriptions: Ann Bell and Eve "
		       "Frost\n",
		    "Ann Bell,Eve Frost: review the job descriptions | \n" },
		{ HEAD "It was noted that the path would be surveyed again in "
		       "June 2020.\nAction : Clerk\n",
		    "Iris Jones: the path would be surveyed again in June "
		    "2020. | 2020-06-30\n" },
		{ HEAD "Action Carl/Eve: go and see the contractor.\n",
		    "Carl Dunn,Eve Frost: go and see the contractor. | \n" },
		/* one action under a numbered heading */
		{ HEAD "### Action 3:\nThe chair to take it up. Clerk to draft "
		       "a letter.\n\n## Trees\n\nThey grow.\n",
		    "Ann Bell,Iris Jones: The chair to take it up. Clerk to "
		    "draft a letter. | \n" },
		/* lists with states */
		{ HEAD "### Actions\n\n1. Put up the notice \\[closed]\n\n2. "
		       "Write the paper \\[new for Eve Frost]\n\n3. Send the "
		       "figures \\[ongoing for AB, CD]\n",
		    ": Put up the notice |  closed\n"
		    "Eve Frost: Write the paper | \n"
		    "Ann Bell,Carl Dunn: Send the figures | \n" },
		/* tables */
		{ HEAD "| Ref | Action | Owner | Due |\n|---|---|---|---|\n| 1 "
		       "| Ring the surveyor | CD | 1 June 2020 |\n| 2 | Book "
		       "the hall | Clerk | |\n",
		    "Carl Dunn: Ring the surveyor | 2020-06-01\n"
		    "Iris Jones: Book the hall | \n" },
		{ HEAD "Ref\tAction\tLead\tDue Date\tStatus\n1\tRing the "
		       "surveyor\tCD\t01.06.2020\tProposed for Closure\n",
		    "Carl Dunn: Ring the surveyor | 2020-06-01 proposed\n" },
		{ HEAD "Action                        By whom      By when\n"
		       "Ring the surveyor and ask     CD           1/6/2020\n"
		       "for a price\n"
		       "Book the hall                 Clerk        asap\n",
		    "Carl Dunn: Ring the surveyor and ask for a price | "
		    "2020-06-01\nIris Jones: Book the hall | \n" },
		{ HEAD "<table>\n<tr>\n<th>Action</th>\n<th>Who</th>\n<th>When"
		       "</th>\n</tr>\n<tr>\n<td>Ring the surveyor</td>\n<td>CD"
		       "</td>\n<td>1 June 2020</td>\n</tr>\n</table>\n",
		    "Carl Dunn: Ring the surveyor | 2020-06-01\n" },
		{ HEAD "Action\n\nBy whom\n\nBy when\n\nRing the surveyor\n\nCD"
		       "\n\n1 June 2020\n\nBook the hall\n\nClerk\n\nasap\n",
		    "Carl Dunn: Ring the surveyor | 2020-06-01\n"
		    "Iris Jones: Book the hall | \n" },
		/* who and when at the end of the line, with a ditto mark */
		{ "Example Council\n\nDate held: 11 May 2020\n\nPresent:\n\n"
		  "Ann Bell (ABE)       Councillor\n\nCarl Dunn (CDU)      "
		  "Clerk\n\nNo   Item         Action by      Action  date\n\n"
		  "1. Signs\n\nNew signs to be found.          ABE      31/5\n"
		  "\nAre two enough?   CDU \"\n",
		    "Ann Bell: New signs to be found. | 2020-05-31\n"
		    "Carl Dunn: Are two enough? | 2020-05-31\n" },
		/* follow-ups replace what they follow */
		{ HEAD "1. Last time\n   1. Action: Carl to find a builder\n"
		       "       1. Follow up: Carl to ask two more builders\n",
		    "Carl Dunn: Carl to ask two more builders | \n" },
		/* behind a sentence, at its end, in brackets there */
		{ HEAD "The roof leaks. Action: Clerk to find a builder.\n",
		    "Iris Jones: Clerk to find a builder. | \n" },
		{ HEAD "The council is to be told of the pot holes. ACTION "
		       "CLERK\n",
		    "Iris Jones: The council is to be told of the pot holes. "
		    "| \n" },
		{ HEAD "The chairman will see the owner (Action AB).\n",
		    "Ann Bell: The chairman will see the owner | \n" },
		/* boxes, initials in brackets, AI: */
		{ HEAD "- [ ] Carl to update the list\n- [x] Eve to mend the "
		       "gate\n- AI: Ann to ring the owner by 1 June\n- "
		       "**Action item (CD):** prepare the budget\n",
		    "Carl Dunn: Carl to update the list | \n"
		    "Eve Frost: Eve to mend the gate |  closed\n"
		    "Ann Bell: Ann to ring the owner by 1 June | 2020-06-01\n"
		    "Carl Dunn: prepare the budget | \n" },
		/* labels below */
		{ HEAD "Action: CD to send the budget\nBy when: 30 June 2020\n"
		       "Action: EF to find prices\nBy when: asap\n",
		    "Carl Dunn: CD to send the budget | 2020-06-30\n"
		    "Eve Frost: EF to find prices | \n" },
		/* a margin beside running text */
		{ HEAD
		    "                                                          "
		    "         ACTION\n\n3.  ROADS\n    Carl gave a report. "
		    "Carl "
		    "to send the figures to all by     CD\n    the end of "
		    "May.\n\n4.  TREES\n    They grow.\n",
		    "Carl Dunn: Carl to send the figures to all by the end of "
		    "May. | 2020-05-31\n" },
		/* an inspection */
		{ "Published on 15 December 2019\n\nCause of concern\n\nThe "
		  "service does not have good processes.\n\nRecommendations"
		  "\n\nBy 31 May 2020, the service should:\n\n- make a plan; "
		  "and\n- train its staff.\n\nWithin six months, the service "
		  "should review its policies.\n",
		    ": The service does not have good processes. | \n"
		    "service: By 31 May 2020, the service should | 2020-05-31\n"
		    "service: Within six months, the service should review its "
		    "policies. | 2020-06-15\n" },
		/* resolutions */
		{ HEAD "RESOLVED that the Clerk write to the owner.\n\n"
		       "RESOLVED that the report be noted.\n\nRESOLVED: That a "
		       "bin be purchased for £20.\n",
		    "Iris Jones: the Clerk write to the owner. | "
		    "\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(cases[i].paper, false, cases[i].want);
}

static void
minutes_read__nothing_asked__no_entries(void **state)
{
	static const char *const papers[] = {
		HEAD "Action – Noted\n",
		HEAD "Action – that the information was noted.\n",
		HEAD "Actions: None\n",
		HEAD "[No further action required.]\n\n[Close.]\n",
		HEAD "3. Actions arising\n\nAll actions completed\n",
		HEAD "ACTION: Who is rotating off?\n\nACTION: Discussion of "
		     "skills for new members\n",
		HEAD "We now use Example Actions to test every change.\n",
		HEAD "The fence was mended in April. The wall has been "
		     "painted.\n",
		HEAD "It was agreed that slower drivers were quieter.\n",
		HEAD "Carl Dunn said that if the owner rang he would go and "
		     "look.\n",
		HEAD "RESOLVED that the minutes be approved.\n",
		HEAD "Recommendations\n\n1. That this report is noted.\n",
		HEAD "T3 Walnut Tree - Dismantle to ground level.\n",
		HEAD "The Council agreed to adopt the policy.\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(papers); i++)
		expect(papers[i], true, "");
}

static void
minutes_read__in_passing__unsure(void **state)
{
	static const struct {
		const char *paper, *want;
	} cases[] = {
		{ HEAD "Carl Dunn agreed to ask the owner.\n",
		    "?Carl Dunn: Carl Dunn agreed to ask the owner. | \n" },
		{ HEAD "Carl Dunn said that he would write to the contractor "
		       "by 1 June.\n",
		    "?Carl Dunn: Carl Dunn said that he would write to the "
		    "contractor by 1 June. | 2020-06-01\n" },
		{ HEAD "It was agreed to invite the warden to the next "
		       "meeting.\n\nDate of next meeting: 8 June 2020\n",
		    "?: It was agreed to invite the warden to the next "
		    "meeting. | 2020-06-08\n" },
		{ HEAD "The budget was deferred to the next meeting.\n\nDate "
		       "of next meeting: 8 June 2020\n",
		    "?: The budget was deferred to the next meeting. | "
		    "2020-06-08\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(cases[i].paper, true, cases[i].want);
}

/* ---- heads ---- */

static void
minutes_read__heads__read(void **state)
{
	static const struct {
		const char *paper, *title;
		int year, month, day, starts_at;
	} cases[] = {
		{ HEAD, "Example Parish Council", 2020, 5, 11, 1170 },
		{ "# Example Steering Group Meeting 2021-06-23\n\n## Present\n"
		  "\n* Ann Bell\n",
		    "Example Steering Group Meeting", 2021, 6, 23, -1 },
		{ "EXAMPLE PARISH COUNCIL\n\nMINUTES OF MEETING 8pm THURSDAY "
		  "09 OCTOBER 2008\n\nPresent: Ann Bell\n",
		    "EXAMPLE PARISH COUNCIL", 2008, 10, 9, 1200 },
		{ "Example Forum\nDate:  19/01/2023\nTime:  19:00 – 20:30\n"
		  "\nAPOLOGIES\nAnn Bell\n",
		    "Example Forum", 2023, 1, 19, 1140 },
		{ "---\ntitle: Spring Example Group Meeting\nstart: "
		  "2021-05-19T13:00:45.938Z\nminutes: >-\n  ### Attendance\n\n"
		  "  Ann Bell, Carl Dunn\n---\n",
		    "Spring Example Group Meeting", 2021, 5, 19, -1 },
		{ "Action Tracker\n\nExample Board Action Tracker for the "
		  "meeting on 10.05.2023\n",
		    NULL, 2023, 5, 10, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct minutes_meeting *m;
		struct minutes out;

		read_text(cases[i].paper, &out);
		assert_int_equal(out.meetings.len, 1);
		m = &out.meetings.items[0];
		if (cases[i].title)
			assert_string_equal(m->title, cases[i].title);
		assert_int_equal(m->held_on, day_from_civil(cases[i].year,
						 cases[i].month, cases[i].day));
		assert_int_equal(m->starts_at, cases[i].starts_at);
		minutes_clear(&out);
	}
}

static void
minutes_read__people__all_layouts(void **state)
{
	static const struct {
		const char *paper;
		const char *name, *role, *organisation, *initials;
		enum minutes_presence presence;
	} cases[] = {
		{ HEAD, "Gus Hall", NULL, NULL, NULL, MINUTES_APOLOGIES },
		{ HEAD, "Iris Jones", "Clerk", NULL, NULL, MINUTES_PRESENT },
		{ "Board meeting 1 May 2020\n\nPresent\n\nAnn Bell - Chief "
		  "Officer, Example Council\n",
		    "Ann Bell", "Chief Officer", "Example Council", NULL,
		    MINUTES_PRESENT },
		{ "Board meeting 1 May 2020\n\nAttendees:\nAnn Bell (ABe)\t-\t"
		  "Example Council\nCarl Dunn (CD)\t-\tExample Trust\n",
		    "Carl Dunn", NULL, "Example Trust", "CD", MINUTES_PRESENT },
		{ "Board meeting 1 May 2020\n\n## Attendees\n\n* Ann Bell "
		  "Government Example Services (chair)\n",
		    "Ann Bell", "chair", "Government Example Services", NULL,
		    MINUTES_PRESENT },
		{ "Board meeting 1 May 2020\n\nThose present\nExample Group "
		  "(EG)\nAnn Bell, Officer\nPortal\nCarl Dunn, Manager\n",
		    "Carl Dunn", "Manager", "Portal", NULL, MINUTES_PRESENT },
		{ "Board meeting 1 May 2020\n\nPresent: Cllr Ann Bell (Chair) "
		  "Cllr Carl Dunn (Vice-Chair) Cllr Eve Frost Iris Jones "
		  "(Clerk)\n",
		    "Cllr Carl Dunn", "Vice-Chair", NULL, NULL,
		    MINUTES_PRESENT },
		{ "Board meeting 1 May 2020\n\n| Name | Role | Organisation |"
		  "\n|---|---|---|\n| Ann Bell | Chair | Example Trust |\n",
		    "Ann Bell", "Chair", "Example Trust", NULL,
		    MINUTES_PRESENT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct minutes_person *found = NULL;
		struct minutes out;

		read_text(cases[i].paper, &out);
		VEC_EACH (const struct minutes_person, p,
		    &out.meetings.items[0].people)
			if (strcmp(p->name, cases[i].name) == 0)
				found = p;
		if (!found)
			fail_msg(
			    "no %s in:\n%s", cases[i].name, cases[i].paper);
		assert_int_equal(found->presence, cases[i].presence);
		if (cases[i].role)
			assert_string_equal(found->role, cases[i].role);
		if (cases[i].organisation)
			assert_string_equal(
			    found->organisation, cases[i].organisation);
		if (cases[i].initials)
			assert_string_equal(found->initials, cases[i].initials);
		minutes_clear(&out);
	}
}

/* ---- flags ---- */

static void
minutes_read__conflicts__flagged(void **state)
{
	static const struct {
		const char *paper;
		enum minutes_flag_code code;
		unsigned line; /* 0: any */
	} cases[] = {
		{ "Example Group Meeting\n\nFriday 11 May 2020\n\nPresent: Ann "
		  "Bell\n",
		    MINUTES_FLAG_WEEKDAY, 3 },
		{ HEAD "Action: Carl to write by 1 March 2020\n",
		    MINUTES_FLAG_PAST, 11 },
		{ "Example Group\n\nMinutes of the meeting held on 10 "
		  "December\n\nNext meeting on 11 March 2025\n",
		    MINUTES_FLAG_YEAR, 3 },
		{ HEAD "Action: Gus to write\n", MINUTES_FLAG_OWNER_ABSENT,
		    11 },
		{ HEAD "Action: Kim Lowe to write\n",
		    MINUTES_FLAG_OWNER_UNKNOWN, 11 },
		{ "Group meeting 1 May 2020\n\nPresent: Ann Bell, Al Berry\n\n"
		  "Action: AB to write\n",
		    MINUTES_FLAG_OWNER_AMBIGUOUS, 5 },
		{ HEAD "Action: write to the owner\n", MINUTES_FLAG_NO_OWNER,
		    11 },
		{ HEAD "Action: Carl to write\n", MINUTES_FLAG_NO_DATE, 11 },
		{ HEAD "Action: Carl to raise it at the next Highways Panel\n",
		    MINUTES_FLAG_NO_CALENDAR, 11 },
		{ "Example Group\n\n26 September 2018\n\nDRAFT MINUTES - TO BE "
		  "APPROVED AT THE GROUP ON 13 DECEMBER\n\nPresent: Ann Bell\n"
		  "\n9. Date of next meeting\n\nThe next meeting is on 7 "
		  "December 2018.\n",
		    MINUTES_FLAG_NEXT_CONFLICT, 11 },
		{ "Example Group\n\n26 September 2018\n\nDRAFT MINUTES\n\n"
		  "Present: Ann Bell\n",
		    MINUTES_FLAG_NOT_APPROVED, 0 },
		{ HEAD "5. Wardens\n\nIt was agreed to invite the footpath "
		       "warden to the next meeting.\n\nActions\n\nTo invite "
		       "the footpath warden to future meetings.\n\nDate of "
		       "next meeting: 8 June 2020\n",
		    MINUTES_FLAG_DISAGREE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct minutes out;
		bool found = false;

		read_text(cases[i].paper, &out);
		VEC_EACH (const struct minutes_flag, f, &out.flags)
			found |=
			    f->code == cases[i].code &&
			    (cases[i].line == 0 || f->line == cases[i].line);
		if (!found)
			fail_msg("no flag %s at %u in:\n%s",
			    minutes_flag_name(cases[i].code), cases[i].line,
			    cases[i].paper);
		minutes_clear(&out);
	}
}

static void
minutes_read__earlier_of_two_next_days__kept(void **state)
{
	struct minutes out;

	(void)state;
	read_text("Example Group\n\n26 September 2018\n\nDRAFT MINUTES - TO BE "
		  "APPROVED AT THE GROUP ON 13 DECEMBER\n\nPresent: Ann Bell\n"
		  "\n9. Date of next meeting\n\nThe next meeting is on 7 "
		  "December 2018.\n",
	    &out);
	assert_int_equal(
	    out.meetings.items[0].next_on, day_from_civil(2018, 12, 7));
	assert_int_equal(
	    out.meetings.items[0].approve_on, day_from_civil(2018, 12, 13));
	minutes_clear(&out);
}

/* ---- the register ---- */

static void
minutes_read__register__resolves_series_and_parties(void **state)
{
	const int days[] = { day_from_civil(2020, 6, 2) };
	const struct words_series series = { .id = 7,
		.code = "HP",
		.title = "Highways Panel",
		.days = days,
		.ndays = 1 };
	static const char *const aliases[] = { "the Force" };
	const struct minutes_party parties[] = {
		{ .id = 3, .kind = MINUTES_PERSON, .name = "Kim Lowe" },
		{ .id = 4,
		    .kind = MINUTES_ORGANISATION,
		    .name = "Example Police",
		    .aliases = aliases,
		    .naliases = 1 },
	};
	const struct minutes_entry *e;
	struct minutes_env env;
	struct minutes out;

	(void)state;
	minutes_env_init(&env);
	env.series = &series;
	env.nseries = 1;
	env.parties = parties;
	env.nparties = 2;
	read_with(&env,
	    HEAD "Action: Kim Lowe to raise it at the next "
		 "Highways Panel\n",
	    &out);
	e = &out.meetings.items[0].entries.items[0];
	assert_int_equal(e->owners.len, 1);
	assert_int_equal(e->owners.items[0].party, 3);
	assert_int_equal(e->series, 7);
	assert_int_equal(e->due_on, day_from_civil(2020, 6, 2));
	assert_int_equal(count_flags(&out, MINUTES_FLAG_OWNER_UNKNOWN), 0);
	minutes_clear(&out);
	read_with(&env,
	    "Highways Panel\n\n5 May 2020\n\nPresent: Ann Bell\n"
	    "\nAction: Ann Bell to report to the next meeting\n",
	    &out);
	assert_string_equal(out.meetings.items[0].series, "HP");
	assert_int_equal(out.meetings.items[0].entries.items[0].due_on,
	    day_from_civil(2020, 6, 2));
	minutes_clear(&out);
}

static void
minutes_owner_label__office__names_both(void **state)
{
	static const struct {
		const char *name, *printed, *want;
	} cases[] = {
		{ "Eve Frost", "the Assistant Chief Officer",
		    "Eve Frost (Assistant Chief Officer)" },
		{ "Eve Frost", "Eve", "Eve Frost" },
		{ "Mr Carl Dunn", "Mr Dunn", "Mr Carl Dunn" },
		{ "Clerk", "Clerk", "Clerk" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct minutes_owner o = { .name = (char *)cases[i].name,
			.printed = (char *)cases[i].printed };
		char *label = minutes_owner_label(&o);

		assert_string_equal(label, cases[i].want);
		free(label);
	}
}

static void
minutes_same_text__table__as_expected(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "Clerk to write to the county council.",
		    "The Clerk to write to the County Council", true },
		{ "Draft the travel plan for the school",
		    "Draft the school's travel plan", true },
		{ "Clerk to write to the county about the hedge",
		    "Clerk to write to the county about the crossing and "
		    "the lights",
		    false },
		{ "Clerk to report", "Chair to report", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    minutes_same_text(cases[i].a, cases[i].b), cases[i].same);
}

/* ---- whole papers ---- */

static void
read_fixture(const char *name, struct minutes *out)
{
	const char *folder = getenv("NUDGED_FIXTURES");
	char *path = xasprintf(
	    "%s/minutes/%s", folder ? folder : "tests/fixtures", name);
	FILE *f = fopen(path, "rb");
	struct buf text = { 0 };
	char piece[4096];
	size_t n;

	if (!f)
		fail_msg("cannot read %s", path);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&text, piece, n);
	(void)fclose(f);
	free(path);
	read_text(buf_text(&text), out);
	buf_clear(&text);
}

static void
minutes_read__governors__table_and_margin(void **state)
{
	struct minutes out;
	char *got;

	(void)state;
	read_fixture("governors.txt", &out);
	got = entries_text(&out, true);
	assert_string_equal(got,
	    "Peter Ashdown: Put the minutes on the website | \n"
	    "Ruth Marlow: Write to the county about the crossing and report "
	    "back to the next meeting | 2020-03-02\n"
	    "Dana Whitlock,Peter Ashdown: Draft the travel plan | 2020-03-16\n"
	    "All: Tell the clerk of any training needed | \n"
	    "?: The boiler report was deferred to the next meeting. | "
	    "2020-03-23\n"
	    "?Peter Ashdown: The clerk is to ask the hall users for their "
	    "insurance papers. | \n");
	assert_string_equal(out.meetings.items[0].chair, "Ruth Marlow");
	assert_int_equal(
	    out.meetings.items[0].held_on, day_from_civil(2020, 2, 3));
	free(got);
	minutes_clear(&out);
}

static void
minutes_read__pack__agenda_minutes_and_report(void **state)
{
	const struct minutes_entry *rec = NULL;
	const struct minutes_meeting *m;
	struct minutes out;
	size_t marked = 0;

	(void)state;
	read_fixture("pack.txt", &out);
	assert_int_equal(out.meetings.len, 2);
	assert_int_equal(out.meetings.items[0].paper, MINUTES_AGENDA);
	assert_int_equal(out.meetings.items[0].agenda.len, 4);
	m = &out.meetings.items[1];
	assert_int_equal(m->held_on, day_from_civil(2019, 6, 25));
	assert_int_equal(m->approval, MINUTES_DRAFT);
	assert_int_equal(m->people.len, 4);
	VEC_EACH (const struct minutes_entry, e, &m->entries) {
		marked += e->source == MINUTES_FROM_MARK;
		if (strcmp(e->kind, "recommendation") == 0)
			rec = e;
	}
	assert_int_equal(marked, 3);
	assert_non_null(rec);
	assert_int_equal(rec->points.len, 2);
	assert_int_equal(rec->base_on, day_from_civil(2018, 8, 1));
	assert_int_equal(rec->due_on, day_from_civil(2018, 11, 30));
	assert_int_equal(count_flags(&out, MINUTES_FLAG_DEFERRED), 1);
	assert_int_equal(count_flags(&out, MINUTES_FLAG_NEXT_CONFLICT), 1);
	assert_true(count_flags(&out, MINUTES_FLAG_PAST) >= 1);
	assert_int_equal(count_flags(&out, MINUTES_FLAG_OWNER_ABSENT), 1);
	minutes_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(minutes_read__not_text__refused),
		cmocka_unit_test(minutes_read__too_large__refused),
		cmocka_unit_test(
		    minutes_read__long_name_of_wide_letters__stays_text),
		cmocka_unit_test(
		    minutes_read__approval_in_another_part__names_a_line),
		cmocka_unit_test(minutes_read__encodings__same),
		cmocka_unit_test(minutes_read__layouts__entries),
		cmocka_unit_test(minutes_read__nothing_asked__no_entries),
		cmocka_unit_test(minutes_read__in_passing__unsure),
		cmocka_unit_test(minutes_read__heads__read),
		cmocka_unit_test(minutes_read__people__all_layouts),
		cmocka_unit_test(minutes_read__conflicts__flagged),
		cmocka_unit_test(minutes_read__earlier_of_two_next_days__kept),
		cmocka_unit_test(
		    minutes_read__register__resolves_series_and_parties),
		cmocka_unit_test(minutes_owner_label__office__names_both),
		cmocka_unit_test(minutes_same_text__table__as_expected),
		cmocka_unit_test(minutes_read__governors__table_and_margin),
		cmocka_unit_test(minutes_read__pack__agenda_minutes_and_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
