/* SPDX-License-Identifier: ISC */
/* Deadline words: phrases with the days they mean, the flags and rules that go
 * with them, and the spans found in running text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/words.h"
#include "core/words_lex.h"

#define BASE "2018-09-12" /* a Wednesday */

static struct calendar calendar;
static struct words_policy policy;
static int own_days[3], panel_days[2], audit_days[1];
static const char *const panel_aliases[] = { "the Joint Panel" };
static const struct words_series series[] = {
	{ .id = 1,
	    .code = "SDR",
	    .title = "Standards, Delivery & Resources Meeting",
	    .days = own_days,
	    .ndays = 3 },
	{ .id = 2,
	    .code = "FRP",
	    .title = "Exampleshire Fire & Rescue Panel",
	    .aliases = panel_aliases,
	    .naliases = 1,
	    .days = panel_days,
	    .ndays = 2 },
	{ .id = 3, .code = "AUDIT", .days = audit_days, .ndays = 1 },
	{ .id = 4, .code = "LGB", .title = "Local Governing Body" },
};

static int
set_up(void **state)
{
	static const char *const holidays[] = { "2018-12-25", "2018-12-26",
		"2019-01-01", "2019-04-19", "2019-04-22", "2019-05-06",
		"2019-05-27", "2019-08-26", "2019-12-25", "2019-12-26" };

	(void)state;
	calendar_init(&calendar);
	for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++)
		calendar_add_holiday(&calendar, day_parse(holidays[i]), NULL);
	calendar_seal(&calendar);
	words_policy_init(&policy);
	own_days[0] = day_parse("2018-11-30");
	own_days[1] = day_parse("2019-02-01");
	own_days[2] = day_parse("2019-04-10");
	panel_days[0] = day_parse("2018-11-13");
	panel_days[1] = day_parse("2019-02-05");
	audit_days[0] = day_parse("2018-12-13");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	calendar_clear(&calendar);
	words_policy_clear(&policy);
	return 0;
}

static struct words_env
env_at(const char *base)
{
	return (struct words_env){ .base_on = day_parse(base),
		.base_until_on = DAY_NONE,
		.calendar = &calendar,
		.policy = &policy,
		.series = series,
		.nseries = sizeof series / sizeof *series,
		.own_series = 1 };
}

static struct words_answer
resolve(const char *phrase, const char *base)
{
	struct words_env env = env_at(base);
	struct words_answer answer = { 0 };
	struct err err = { 0 };

	assert_int_equal(words_resolve(phrase, &env, &answer, &err), 0);
	assert_non_null(answer.rule);
	assert_true(
	    (answer.due_on == DAY_NONE) != (answer.review_on == DAY_NONE));
	return answer;
}

struct phrase {
	const char *text, *earliest, *due;
};

/* Where no earliest is given, a window is neither asked for nor refused. */
static const struct phrase phrases[] = {
	{ "By the end of the first week in October", "", "2018-10-05" },
	{ "end of Sept", "", "2018-09-30" },
	{ "By Friday, 28th September, 2018", "", "2018-09-28" },
	{ "Fri 28/09/18", "", "2018-09-28" },
	{ "28/9/2018 at 10am", "", "2018-09-28" },
	{ "before 12noon on Wednesday 10th October", "", "2018-10-10" },
	{ "by 17:00 on 1 October 2018", "", "2018-10-01" },
	{ "by 5.30pm, Monday 1 October", "", "2018-10-01" },
	{ "no later than midday on 5 November", "", "2018-11-05" },
	{ "Before 30 November meeting", "", "2018-11-29" },
	{ "in time for the next meeting", "", "2018-11-29" },
	{ "in readiness for the next meeting", "", "2018-11-30" },
	{ "prior to next meeting", "", "2018-11-29" },
	{ "before next meeting", "", "2018-11-29" },
	{ "before the next SDR", "", "2018-11-29" },
	{ "at next SDR", "", "2018-11-30" },
	{ "SDR 30 November", "", "2018-11-30" },
	{ "for next SDR meeting on 30/11", "", "2018-11-30" },
	{ "bring back to a future meeting in the spring", "", "2019-05-31" },
	{ "meeting in April 2019", "", "2019-04-10" },
	{ "the April 2019 meeting", "", "2019-04-10" },
	{ "come back in six months with an update", "", "2019-03-12" },
	{ "to return in 3 months' time with a progress report", "",
	    "2018-12-12" },
	{ "progress update in three months", "", "2018-12-12" },
	{ "3 month review", "", "2018-12-12" },
	{ "six month update", "", "2019-03-12" },
	{ "12-month review", "", "2019-09-12" },
	{ "annual review - September 2019", "2019-09-01", "2019-09-30" },
	{ "review date: Sept 2019", "2019-09-01", "2019-09-30" },
	{ "expires 31 March 2020", "", "2020-03-31" },
	{ "contract ends 31/03/2020", "", "2020-03-31" },
	{ "consultation closes on 12 October", "", "2018-10-12" },
	{ "consultation runs from 1 October to 12 November", "2018-10-01",
	    "2018-11-12" },
	{ "between now and Christmas", "", "2018-12-24" },
	{ "between now and the next meeting", "", "2018-11-30" },
	{ "from now until the end of October", "", "2018-10-31" },
	{ "over the autumn", "", "2018-11-30" },
	{ "through the winter", "", "2019-02-28" },
	{ "w/c Monday 24th September", "2018-09-24", "2018-09-28" },
	{ "week commencing 1st October 2018", "2018-10-01", "2018-10-05" },
	{ "week ending Friday 5 October", "", "2018-10-05" },
	{ "end of w/c 24 September", "", "2018-09-28" },
	{ "by end of next week", "", "2018-09-21" },
	{ "by close of play on Friday", "", "2018-09-14" },
	{ "by COP on 28 September", "", "2018-09-28" },
	{ "close of business 28 September", "", "2018-09-28" },
	{ "by end of business Friday 14 September", "", "2018-09-14" },
	{ "by the end of the working day on Friday", "", "2018-09-14" },
	{ "first thing Monday", "", "2018-09-17" },
	{ "first thing tomorrow", "", "2018-09-13" },
	{ "this evening", "", "2018-09-12" },
	{ "overnight", "", "" },
	{ "at the weekend", "2018-09-15", "2018-09-16" },
	{ "by the weekend", "", "2018-09-16" },
	{ "within seven days", "", "2018-09-19" },
	{ "within 7 calendar days", "", "2018-09-19" },
	{ "7 days from receipt of this letter", "", "2018-09-19" },
	{ "within 14 days of the date of this letter", "", "2018-09-26" },
	{ "28 days from the date of the notice, i.e. by 10 October 2018", "",
	    "2018-10-10" },
	{ "not less than 14 days before the meeting", "", "2018-11-16" },
	{ "at least 3 weeks ahead of the meeting", "", "2018-11-09" },
	{ "10 days prior to the next meeting", "", "2018-11-20" },
	{ "one month after the meeting", "", "2018-10-12" },
	{ "a month after the end of the financial year", "", "2019-04-30" },
	{ "within six months of the year end", "", "2019-09-30" },
	{ "within 9 months of the end of the financial year", "",
	    "2019-12-31" },
	{ "60 days after the end of the quarter", "", "2018-11-29" },
	{ "within two months of publication", "", "2018-11-12" },
	{ "two months after publication of the report (7 August 2018)", "",
	    "2018-10-07" },
	{ "3 months from the date of publication (7 August 2018)", "",
	    "2018-11-07" },
	{ "by the summer", "", "2019-08-31" },
	{ "by summer 2019", "", "2019-08-31" },
	{ "by the end of the summer", "", "2019-08-31" },
	{ "in early summer", "2019-06-01", "2019-06-30" },
	{ "by late autumn", "2018-11-01", "2018-11-30" },
	{ "mid-autumn", "2018-10-01", "2018-10-31" },
	{ "before the summer break", "", "2019-07-23" },
	{ "after the summer recess", "", "" },
	{ "early 2019/20", "2019-04-01", "2019-06-30" },
	{ "late in 2018", "2018-10-01", "2018-12-31" },
	{ "in the latter part of 2018", "", "2018-12-31" },
	{ "towards the end of the year", "2018-10-01", "2018-12-31" },
	{ "towards the end of October", "2018-10-21", "2018-10-31" },
	{ "at the end of the financial year", "", "2019-03-31" },
	{ "in quarter 2 of 2019/20", "2019-07-01", "2019-09-30" },
	{ "during the third quarter of 2018/19", "2018-10-01", "2018-12-31" },
	{ "the end of H1 2019", "", "2019-06-30" },
	{ "May/June 2019", "2019-05-01", "2019-06-30" },
	{ "Oct-Dec 2018", "2018-10-01", "2018-12-31" },
	{ "November / December", "2018-11-01", "2018-12-31" },
	{ "late October or early November", "2018-10-21", "2018-11-10" },
	{ "end October/beginning November", "2018-10-31", "2018-11-10" },
	{ "Monday 1 or Tuesday 2 October", "2018-10-01", "2018-10-02" },
	{ "1st & 2nd October 2018", "2018-10-01", "2018-10-02" },
	{ "1, 8 or 15 October", "", "2018-10-15" },
	{ "20 – 24 November 2018", "2018-11-20", "2018-11-24" },
	{ "4th-8th February 2019", "2019-02-04", "2019-02-08" },
	{ "31 Oct 2018 (was 30 Sept 2018)", "", "2018-10-31" },
	{ "30/9/18 now 31/10/18", "", "2018-10-31" },
	{ "deadline extended to 31 October", "", "2018-10-31" },
	{ "date TBA (before Christmas)", "", "2018-12-24" },
	{ "TBC - likely November", "2018-11-01", "2018-11-30" },
	{ "early Nov tbc", "2018-11-01", "2018-11-10" },
	{ "Ongoing, next review 5 November", "", "2018-11-05" },
	{ "Complete", "", "" },
	{ "Done", "", "" },
	{ "Closed 12/9", "", "2018-09-12" },
	{ "Immediate", "", "2018-09-13" },
	{ "Immediately and no later than 20 September", "", "2018-09-20" },
	{ "With immediate effect", "", "2018-09-13" },
	{ "Priority 1 - within 1 month", "", "2018-10-12" },
	{ "High (within 3 months)", "", "2018-12-12" },
	{ "less than six months", "", "2019-03-12" },
	{ "under 3 months", "", "2018-12-12" },
	{ "no longer than 4 weeks", "", "2018-10-10" },
	{ "four to six weeks from today", "2018-10-10", "2018-10-24" },
	{ "next 3 months", "", "2018-12-12" },
	{ "in the coming weeks", "2018-09-26", "2018-10-10" },
	{ "over the coming months", "2018-11-12", "2019-01-12" },
	{ "in the next few days", "2018-09-14", "2018-09-16" },
	{ "several weeks", "2018-10-03", "2018-10-24" },
	{ "every third meeting", "", "2019-04-10" },
	{ "alternate meetings", "", "2019-02-01" },
	{ "every other meeting", "", "2019-02-01" },
	{ "each quarter", "", "2018-12-12" },
	{ "quarterly basis", "", "2018-12-12" },
	{ "twice yearly", "", "2019-03-12" },
	{ "half-yearly", "", "2019-03-12" },
	{ "every 28 days", "", "2018-10-10" },
	{ "monthly, starting in October", "2018-10-01", "2018-10-31" },
	{ "last working day of the month", "", "2018-09-28" },
	{ "by the last business day of September", "", "2018-09-28" },
	{ "penultimate working day of September", "", "2018-09-27" },
	{ "next to last working day of the month", "", "2018-09-27" },
	{ "last but one Friday of October", "", "2018-10-19" },
	{ "the second-last Friday in October", "", "2018-10-19" },
	{ "third from last Friday of October", "", "2018-10-12" },
	{ "last but one week of October", "2018-10-22", "2018-10-26" },
	{ "one month less a day", "", "2018-10-11" },
	{ "a year and a day", "", "2019-09-13" },
	{ "within one year and six months", "", "2020-03-12" },
	{ "1 year 6 months", "", "2020-03-12" },
	{ "two weeks and two working days", "", "2018-09-28" },
	{ "a month and a week before 1 June 2019", "", "2019-04-24" },
	{ "the first Monday after 20 September", "", "2018-09-24" },
	{ "Monday following the meeting on 20 September", "", "2018-09-24" },
	{ "the second Friday before 1 November 2018", "", "2018-10-19" },
	{ "two Fridays from now", "", "2018-09-21" },
	{ "the Tuesday after next", "", "2018-09-25" },
	{ "month after next", "2018-11-01", "2018-11-30" },
	{ "Tuesday or Wednesday next week", "2018-09-18", "2018-09-19" },
	{ "by EOW", "", "2018-09-14" },
	{ "due 1 October 2018, revised to 5 November 2018", "", "2018-11-05" },
	{ "revised due date: 30 May 2019 (was 1 May 2019)", "", "2019-05-30" },
	{ "moved from 20 September to 4 October", "", "2018-10-04" },
	{ "by the last Friday of each month", "", "2018-09-28" },
	{ "before the late May bank holiday", "", "2019-05-24" },
	{ "between Christmas and New Year", "2018-12-25", "2019-01-01" },
	{ "21 days beginning with the day after 1 October 2018", "",
	    "2018-10-22" },
	{ "by Remembrance Sunday", "", "2018-11-11" },
	{ "before Whit Sunday", "", "2019-06-07" },
	{ "between two weeks and a month", "2018-09-26", "2018-10-12" },
	{ "a week to ten days", "2018-09-19", "2018-09-22" },
	{ "two weeks to a month before 1 June 2019", "2019-05-01",
	    "2019-05-18" },
	{ "03/2019", "2019-03-01", "2019-03-31" },
	{ "by end of 03.2019", "", "2019-03-31" },
	{ "2019-03", "2019-03-01", "2019-03-31" },
	{ "03/2019-05/2019", "2019-03-01", "2019-05-31" },
	{ "2011-12", "2011-04-01", "2012-03-31" },
	{ "2019-2021", "2019-01-01", "2021-12-31" },
	{ "13/2019", "", "" },
	{ "45/03/2019", "", "" },
	{ "Q3/2019", "2019-07-01", "2019-09-30" },
	{ "summer/2019", "2019-06-01", "2019-08-31" },
	{ "last day of the month", "", "2018-09-30" },
	{ "the first working day of October", "", "2018-10-01" },
	{ "last Friday of the month", "", "2018-09-28" },
	{ "first Tuesday in every month", "", "2018-10-02" },
	{ "second Wednesday of each month", "", "2018-10-10" },
	{ "by the end of the second week of November", "", "2018-11-09" },
	{ "within twenty-one days", "", "2018-10-03" },
	{ "in a couple of months", "", "2018-11-12" },
	{ "within half a dozen weeks", "", "2018-10-24" },
	{ "by the 23rd of July", "", "2019-07-23" },
	{ "30 Sept", "", "2018-09-30" },
	{ "Weds 19 September", "", "2018-09-19" },
	{ "in 6 wks", "", "2018-10-24" },
	{ "3 mths", "", "2018-12-12" },
	{ "w/c 24/09/18", "2018-09-24", "2018-09-28" },
	{ "w/e 28 September", "", "2018-09-28" },
	{ "EOM", "", "2018-09-30" },
	{ "COP Friday", "", "2018-09-14" },
	{ "by c.o.b. Monday", "", "2018-09-17" },
	{ "23-07-19", "", "2019-07-23" },
	{ "2019-07-23", "", "2019-07-23" },
	{ "23rd-25th July 2019", "2019-07-23", "2019-07-25" },
	{ "between 3 and 7 June 2019", "2019-06-03", "2019-06-07" },
	{ "from 1 May to 30 June 2019", "2019-05-01", "2019-06-30" },
	{ "Friday week", "", "2018-09-21" },
	{ "a week on Tuesday", "", "2018-09-25" },
	{ "tomorrow", "", "2018-09-13" },
	{ "today", "", "2018-09-12" },
	{ "by the end of next month", "", "2018-10-31" },
	{ "mid-March", "2019-03-11", "2019-03-20" },
	{ "first Monday in May 2019", "", "2019-05-06" },
	{ "last Friday in October", "", "2018-10-26" },
	{ "this week", "", "2018-09-14" },
	{ "next week", "2018-09-17", "2018-09-21" },
	{ "this quarter", "", "2018-09-30" },
	{ "next year", "2019-01-01", "2019-12-31" },
	{ "FY 2018/19", "", "2019-03-31" },
	{ "by the end of 2018-19", "", "2019-03-31" },
	{ "Q3 2018/19", "2018-10-01", "2018-12-31" },
	{ "no later than 5 October", "", "2018-10-05" },
	{ "not before 1 November", "", "" },
	{ "at least two weeks before the next meeting", "", "2018-11-16" },
	{ "within 10 working days of the meeting", "", "2018-09-26" },
	{ "5 working days before the next meeting", "", "2018-11-23" },
	{ "three days after Christmas", "", "2018-12-28" },
	{ "to the Audit Committee", "", "2018-12-13" },
	{ "at the next Audit Committee meeting", "", "2018-12-13" },
	{ "at the January meeting", "2019-01-01", "2019-01-31" },
	{ "February meeting", "", "2019-02-01" },
	{ "the meeting after next", "", "2019-02-01" },
	{ "end of September or early October", "2018-09-30", "2018-10-10" },
	{ "once the audit has completed", "", "" },
	{ "subject to funding", "", "" },
	{ "when resources allow", "", "" },
	{ "every quarter", "", "2018-12-12" },
	{ "each month", "", "2018-10-12" },
	{ "bi-annually", "", "2019-03-12" },
	{ "on the first Thursday of each month", "", "2018-10-04" },
	{ "ASAP", "", "" },
	{ "as soon as practicable", "", "" },
	{ "TBC", "", "" },
	{ "shortly", "", "" },
	{ "before the end of the financial year", "", "2019-03-31" },
	{ "by financial year end", "", "2019-03-31" },
	{ "by year end", "", "2019-03-31" },
	{ "by the end of the calendar year", "", "2018-12-31" },
	{ "over the summer", "2019-06-01", "2019-08-31" },
	{ "after Easter", "", "" },
	{ "by Easter 2019", "", "2019-04-18" },
	{ "early next week", "2018-09-17", "2018-09-19" },
	{ "later this month", "", "2018-09-30" },
	{ "by the second week of January", "", "2019-01-11" },
	{ "week ending 5 October 2018", "", "2018-10-05" },
	{ "by noon on Friday 21 September", "", "2018-09-21" },
	{ "5pm on 28/9", "", "2018-09-28" },
	{ "Sept 2019", "", "2019-09-30" },
	{ "Spring 2019", "2019-03-01", "2019-05-31" },
	{ "by spring", "", "2019-05-31" },
	{ "in two years", "", "2020-09-12" },
	{ "18 months", "", "2020-03-12" },
	{ "72 hours", "", "2018-09-15" },
	{ "within 48 hours", "", "2018-09-14" },
	{ "in the next fortnight", "", "2018-09-26" },
	{ "two to three months", "2018-11-12", "2018-12-12" },
	{ "within 2-3 weeks", "2018-09-26", "2018-10-03" },
	{ "before 1 October", "", "2018-09-28" },
	{ "in advance of 30 November", "", "2018-11-29" },
	{ "on or before 14 December 2018", "", "2018-12-14" },
	{ "by 12 noon on 3rd October", "", "2018-10-03" },
	{ "Monday 1st October", "", "2018-10-01" },
	{ "the 1st of the month", "", "2018-10-01" },
	{ "by the 20th", "", "2018-09-20" },
	{ "by the 5th", "", "2018-10-05" },
	{ "the 14th of next month", "", "2018-10-14" },
	{ "next Wednesday", "", "2018-09-19" },
	{ "this Friday", "", "2018-09-14" },
	{ "Friday 14th", "", "2018-09-14" },
	{ "21 Nov 18", "", "2018-11-21" },
	{ "21/11", "", "2018-11-21" },
	{ "21.11.2018", "", "2018-11-21" },
	{ "November 30th", "", "2018-11-30" },
	{ "Nov 30, 2018", "", "2018-11-30" },
	{ "by 30th Nov '18", "", "2018-11-30" },
	{ "deferred until the next meeting", "", "2018-11-30" },
	{ "carry forward to next meeting", "", "2018-11-30" },
	{ "report back in February 2019", "2019-02-01", "2019-02-28" },
	{ "prior to the Fire and Rescue Panel", "", "2018-11-12" },
	{ "at the Fire & Rescue Panel on 5 February 2019", "", "2019-02-05" },
	{ "for the Standards, Delivery & Resources meeting", "", "2018-11-30" },
	{ "one month before the next meeting", "", "2018-10-30" },
	{ "a fortnight before FRP", "", "2018-10-30" },
	{ "less than 3 months", "", "2018-12-12" },
	{ "within the next six to nine months", "2019-03-12", "2019-06-12" },
	{ "up to 12 weeks", "", "2018-12-05" },
	{ "not later than 28 days after receipt", "", "2018-10-10" },
	{ "28 days from publication", "", "2018-10-10" },
	{ "Good Friday", "", "2019-04-19" },
	{ "the August bank holiday", "", "2019-08-26" },
	{ "Boxing Day", "", "2018-12-26" },
	{ "in the first half of 2019", "2019-01-01", "2019-06-30" },
	{ "H1 2019", "2019-01-01", "2019-06-30" },
	{ "early 2019", "2019-01-01", "2019-03-31" },
	{ "late 2018", "2018-10-01", "2018-12-31" },
	{ "by the end of the week", "", "2018-09-14" },
	{ "month end", "", "2018-09-30" },
	{ "this time next year", "", "2019-09-12" },
	{ "in a year's time", "", "2019-09-12" },
	{ "annually", "", "2019-09-12" },
	{ "every two weeks", "", "2018-09-26" },
	{ "every Tuesday", "", "2018-09-18" },
	{ "no date set", "", "" },
	{ "will be circulated by email before the end of November", "",
	    "2018-11-30" },
	{ "Chair to respond by 19th October at the latest", "", "2018-10-19" },
	{ "target date: 31/12/2018", "", "2018-12-31" },
	{ "due 15 Oct", "", "2018-10-15" },
	{ "Completion by end Q4 2018/19", "", "2019-03-31" },
	{ "in the week beginning 8 October", "2018-10-08", "2018-10-12" },
	{ "not later than the twentieth working day following receipt", "",
	    "2018-10-10" },
	{ "in four weeks' time", "", "2018-10-10" },
	{ "six weeks from today", "", "2018-10-24" },
	{ "3 months from 1 October 2018", "", "2019-01-01" },
	{ "two weeks before 30 November 2018", "", "2018-11-16" },
	{ "by close of play tomorrow", "", "2018-09-13" },
	{ "this afternoon", "", "2018-09-12" },
	{ "over the next twelve months", "", "2019-09-12" },
	{ "by 1/10/18 or 8/10/18", "2018-10-01", "2018-10-08" },
	{ "May 2019 – July 2019", "2019-05-01", "2019-07-31" },
	{ "October/November", "2018-10-01", "2018-11-30" },
	{ "Jan-Mar 2019", "2019-01-01", "2019-03-31" },
	{ "until 31 March 2019", "", "2019-03-31" },
	{ "open until Friday 5 October", "", "2018-10-05" },
	{ "end-October", "", "2018-10-31" },
	{ "end Oct", "", "2018-10-31" },
	{ "beginning of November", "2018-11-01", "2018-11-10" },
	{ "by the start of November", "", "2018-11-01" },
	{ "by the middle of October", "", "2018-10-20" },
	{ "the latter half of October", "2018-10-16", "2018-10-31" },
	{ "in the last week of October", "2018-10-29", "2018-10-31" },
	{ "not applicable", "", "" },
	{ "as required", "", "" },
	{ "on receipt of the report", "", "" },
	{ "if necessary", "", "" },
	{ "awaiting response from the Force", "", "" },
	{ "at the AGM", "", "" },
	{ "at a later date", "", "" },
	{ "Thursday", "", "2018-09-13" },
	{ "by Monday next", "", "2018-09-17" },
	{ "Tuesday next week", "", "2018-09-18" },
	{ "Thurs 4th Oct, 2pm", "", "2018-10-04" },
	{ "within 1 calendar month", "", "2018-10-12" },
	{ "10 clear days before the meeting", "", "2018-11-15" },
	{ "five clear working days before 30 November", "", "2018-11-22" },
	{ "with the papers for the next meeting", "", "2018-11-22" },
	{ "on the agenda for the next meeting", "", "2018-11-22" },
	{ "the second Tuesday in October", "", "2018-10-09" },
	{ "by the third Wednesday of January 2019", "", "2019-01-16" },
	{ "in 2020", "2020-01-01", "2020-12-31" },
	{ "by 2020", "", "2020-12-31" },
	{ "by the end of play on Friday", "", "2018-09-14" },
	{ "within the next 10 days", "", "2018-09-22" },
	{ "no later than 31st March 2019", "", "2019-03-31" },
	{ "by mid October", "2018-10-11", "2018-10-20" },
	{ "in mid-November 2018", "2018-11-11", "2018-11-20" },
	{ "by late spring", "2019-05-01", "2019-05-31" },
	{ "early autumn 2019", "2019-09-01", "2019-09-30" },
	{ "before the summer holidays", "", "2019-07-23" },
	{ "by 4pm on Thursday 20th September", "", "2018-09-20" },
	{ "Oct 2018", "2018-10-01", "2018-10-31" },
	{ "by the October meeting", "2018-10-01", "2018-10-31" },
	{ "to be presented to the Fire and Rescue Panel in February 2019", "",
	    "2019-02-05" },
	{ "for the February Fire and Rescue Panel", "", "2019-02-05" },
	{ "ahead of the February meeting", "", "2019-01-31" },
	{ "after the next meeting", "", "" },
	{ "update at each meeting", "", "2018-11-30" },
	{ "to the next two meetings", "2018-11-30", "2019-02-01" },
	{ "Sept/Oct 2018", "2018-09-12", "2018-10-31" },
	{ "during October", "2018-10-01", "2018-10-31" },
	{ "throughout 2019", "2019-01-01", "2019-12-31" },
	{ "from the new financial year", "", "" },
	{ "in the new financial year", "2019-04-01", "2020-03-31" },
	{ "before the start of the new financial year", "", "2019-03-29" },
	{ "by the end of March", "", "2019-03-31" },
	{ "end March 2019", "", "2019-03-31" },
	{ "31st March", "", "2019-03-31" },
	{ "within a month", "", "2018-10-12" },
	{ "one month", "", "2018-10-12" },
	{ "in around six weeks", "", "2018-10-24" },
	{ "in a month or so", "", "2018-10-12" },
	{ "a week or two", "2018-09-19", "2018-09-26" },
	{ "in 2 to 3 weeks' time", "2018-09-26", "2018-10-03" },
	{ "3-6 months", "2018-12-12", "2019-03-12" },
	{ "within 6 - 8 weeks", "2018-10-24", "2018-11-07" },
	{ "10 working days", "", "2018-09-26" },
	{ "within ten (10) working days", "", "2018-09-26" },
	{ "20 working days from receipt of request", "", "2018-10-10" },
	{ "within 14 days of the meeting", "", "2018-09-26" },
	{ "14 days after publication of the report", "", "2018-09-26" },
	{ "no more than 6 weeks", "", "2018-10-24" },
	{ "not more than 28 days", "", "2018-10-10" },
	{ "at least 5 working days before the meeting", "", "2018-11-23" },
	{ "minimum of two weeks prior to the meeting", "", "2018-11-16" },
	{ "one week in advance of the next meeting", "", "2018-11-23" },
	{ "a week before the next meeting", "", "2018-11-23" },
	{ "7 days before the Panel meets on 5 February 2019", "",
	    "2019-01-29" },
	{ "the Friday before the meeting", "", "2018-11-23" },
	{ "the day before the next meeting", "", "2018-11-29" },
	{ "Dec 18", "", "2018-12-18" },
	{ "by December 18th", "", "2018-12-18" },
	{ "18 December", "", "2018-12-18" },
	{ "18th Dec.", "", "2018-12-18" },
	{ "18-Dec-18", "", "2018-12-18" },
	{ "18/12", "", "2018-12-18" },
	{ "18.12.18", "", "2018-12-18" },
	{ "2018/12/18", "", "2018-12-18" },
	{ "Tue 18 Dec", "", "2018-12-18" },
	{ "Tues. 18th December 2018", "", "2018-12-18" },
	{ "Thu 18 Dec", "", "2018-12-18" },
	{ "the 18th December, 2018", "", "2018-12-18" },
	{ "the week of 8 October", "2018-10-08", "2018-10-12" },
	{ "wk commencing 8/10/18", "2018-10-08", "2018-10-12" },
	{ "week beginning Monday 8th October 2018", "2018-10-08",
	    "2018-10-12" },
	{ "W/E 12/10/2018", "", "2018-10-12" },
	{ "first week in October", "2018-10-01", "2018-10-05" },
	{ "last week of November", "2018-11-26", "2018-11-30" },
	{ "the third week of January 2019", "2019-01-14", "2019-01-18" },
	{ "second half of November", "2018-11-16", "2018-11-30" },
	{ "first half of December", "2018-12-01", "2018-12-15" },
	{ "by the end of Q3 2018-19", "", "2018-12-31" },
	{ "Q4 18/19", "2019-01-01", "2019-03-31" },
	{ "quarter 4 2018/19", "2019-01-01", "2019-03-31" },
	{ "the first quarter of 2019/20", "2019-04-01", "2019-06-30" },
	{ "third quarter of the financial year", "2018-10-01", "2018-12-31" },
	{ "end of the third quarter of 2018/19", "", "2018-12-31" },
	{ "2019/20", "2019-04-01", "2020-03-31" },
	{ "in 2019/20", "2019-04-01", "2020-03-31" },
	{ "for the 2019/20 financial year", "2019-04-01", "2020-03-31" },
	{ "the next academic year", "2019-09-01", "2020-07-31" },
	{ "end of the school year", "", "2019-07-31" },
	{ "next municipal year", "2019-05-15", "2020-05-19" },
	{ "by the end of the municipal year", "", "2019-05-14" },
	{ "the autumn term", "", "2018-12-21" },
	{ "by the end of term", "", "2018-12-21" },
	{ "by the end of the spring term", "", "2019-04-05" },
	{ "by Halloween", "", "" },
	{ "over Christmas", "2018-12-25", "2018-12-26" },
	{ "in the new year", "2019-01-01", "2019-01-31" },
	{ "by New Year", "", "2018-12-31" },
	{ "before the New Year", "", "2018-12-31" },
	{ "by Christmas", "", "2018-12-24" },
	{ "by the end of this week", "", "2018-09-14" },
	{ "this Thursday", "", "2018-09-13" },
	{ "next Tuesday", "", "2018-09-18" },
	{ "Monday", "", "2018-09-17" },
	{ "on Monday morning", "", "2018-09-17" },
	{ "Monday fortnight", "", "2018-10-01" },
	{ "a week tomorrow", "", "2018-09-20" },
	{ "a fortnight today", "", "2018-09-26" },
	{ "two weeks on Monday", "", "2018-10-01" },
	{ "in a fortnight's time", "", "2018-09-26" },
	{ "in three weeks", "", "2018-10-03" },
	{ "three weeks hence", "", "2018-10-03" },
	{ "before the end of the week", "", "2018-09-14" },
	{ "before the end of the day", "", "2018-09-12" },
	{ "by end of day Friday", "", "2018-09-14" },
	{ "by midday tomorrow", "", "2018-09-13" },
	{ "later this week", "", "2018-09-14" },
	{ "later this year", "", "2018-12-31" },
	{ "early next month", "2018-10-01", "2018-10-10" },
	{ "mid next month", "2018-10-11", "2018-10-20" },
	{ "early in 2019", "2019-01-01", "2019-03-31" },
	{ "early next year", "2019-01-01", "2019-03-31" },
	{ "late next year", "2019-10-01", "2019-12-31" },
	{ "before the year end", "", "2019-03-31" },
	{ "by year-end", "", "2019-03-31" },
	{ "before the financial year end", "", "2019-03-31" },
	{ "when the report is published", "", "" },
	{ "after the report has been published", "", "" },
	{ "following the Cabinet decision", "", "" },
	{ "subject to approval by 30 September", "", "" },
	{ "by 30 September, subject to approval", "", "2018-09-30" },
	{ "if approved, by 30 September", "", "2018-09-30" },
	{ "as and when required", "", "" },
	{ "as soon as possible and by 30 September at the latest", "",
	    "2018-09-30" },
	{ "ASAP but no later than 30 September", "", "2018-09-30" },
	{ "in due course, but before Christmas", "", "2018-12-24" },
	{ "ongoing - review in March 2019", "2019-03-01", "2019-03-31" },
	{ "Ongoing (review December)", "2018-12-01", "2018-12-31" },
	{ "complete by 30/09/18, update to next meeting", "", "2018-09-30" },
	{ "within 3 months or by the next meeting, whichever is sooner", "",
	    "2018-11-30" },
	{ "within 3 months or by the next meeting, whichever is later", "",
	    "2018-12-12" },
	{ "by the next meeting or 31 October, whichever is the earlier", "",
	    "2018-10-31" },
	{ "by 31 October or sooner", "", "2018-10-31" },
	{ "immediately after the meeting", "", "" },
	{ "immediately", "", "2018-09-13" },
	{ "every six months", "", "2019-03-12" },
	{ "six-monthly", "", "2019-03-12" },
	{ "twice a year", "", "2019-03-12" },
	{ "bi-monthly", "", "2018-11-12" },
	{ "every other month", "", "2018-11-12" },
	{ "once a quarter", "", "2018-12-12" },
	{ "monthly from October", "2018-10-01", "2018-10-31" },
	{ "every first Monday", "", "2018-10-01" },
	{ "every last Friday", "", "2018-09-28" },
	{ "monthly, on the first Monday", "", "2018-10-01" },
	{ "by the end of each month", "", "2018-09-30" },
	{ "each month end", "", "2018-09-30" },
	{ "by the 5th of each month", "", "2018-10-05" },
	{ "on the last working day of every month", "", "2018-09-28" },
	{ "5th working day of each month", "", "2018-10-05" },
	{ "by the 10th working day of each month", "", "2018-09-14" },
	{ "before the 1st of each month", "", "2018-09-28" },
	{ "before the end of each month", "", "2018-09-30" },
	{ "within 5 working days of each month end", "", "2018-10-05" },
	{ "two weeks before the end of each quarter", "", "2018-09-16" },
	{ "the 28th day of every month", "", "2018-09-28" },
	{ "the 31st day of February", "", "2019-02-28" },
	{ "in the first week of each month", "2018-10-01", "2018-10-05" },
	{ "at the end of each quarter", "", "2018-09-30" },
	{ "by the end of each financial year", "", "2019-03-31" },
	{ "every April", "2019-04-01", "2019-04-30" },
	{ "every January and July", "2019-01-01", "2019-01-31" },
	{ "twice a year in March and September", "2018-09-01", "2018-09-30" },
	{ "quarterly (April, July, October, January)", "2018-10-01",
	    "2018-10-31" },
	{ "annually in April 2020", "2020-04-01", "2020-04-30" },
	{ "to report back each month on the end of the scheme", "",
	    "2018-10-12" },
	{ "3rd working day of June", "", "2019-06-05" },
	{ "1st half of June", "2019-06-01", "2019-06-15" },
	{ "every first Monday of the month", "", "2018-10-01" },
	{ "first Monday of every month", "", "2018-10-01" },
	{ "every meeting", "", "2018-11-30" },
	{ "on a quarterly basis", "", "2018-12-12" },
	{ "on a monthly basis", "", "2018-10-12" },
	{ "to be confirmed", "", "" },
	{ "date tbc", "", "" },
	{ "not known", "", "" },
	{ "closed", "", "" },
	{ "completed 3 May 2018", "", "2018-05-03" },
	{ "the meeting of the Audit Committee on 13 December", "",
	    "2018-12-13" },
	{ "next Audit", "", "2018-12-13" },
	{ "Full Council", "", "" },
	{ "by 30 Sept. 2018", "", "2018-09-30" },
	{ "before 3pm on 28th September", "", "2018-09-28" },
	{ "1st week Oct", "2018-10-01", "2018-10-05" },
	{ "Autumn", "", "2018-11-30" },
	{ "Winter 2018/19", "2018-12-01", "2019-02-28" },
	{ "the end of winter", "", "2019-02-28" },
	{ "summer 2019", "2019-06-01", "2019-08-31" },
	{ "Original: 30 June 2018 Revised: 30 November 2018", "",
	    "2018-11-30" },
	{ "Friday 28", "", "2018-09-28" },
	{ "30 days", "", "2018-10-12" },
	{ "60 days from today's date", "", "2018-11-11" },
	{ "a year from now", "", "2019-09-12" },
	{ "18 months' time", "", "2020-03-12" },
	{ "1 yr", "", "2019-09-12" },
	{ "2 yrs", "", "2020-09-12" },
	{ "half a year", "", "2019-03-12" },
	{ "a year and a half", "", "2020-03-12" },
	{ "one and a half years", "", "2020-03-12" },
	{ "by the new financial year", "", "2019-03-29" },
	{ "by half term", "", "2018-10-26" },
	{ "before/after half term", "", "2018-10-26" },
	{ "31/10/18 (revised 30/11/18)", "", "2018-11-30" },
	{ "Thursday 13 September", "", "2018-09-13" },
	{ "second week in June (i.e. from 10 June 2019)", "2019-06-10",
	    "2019-06-14" },
	{ "end of August/early September", "2018-08-31", "2018-09-10" },
	{ "then (after disposal by October)", "", "" },
	{ "following the last meeting", "", "" },
	{ "to be kept abreast of the work as it developed", "", "" },
	{ "within one month of receipt, 31 August 2018 (SAR)", "",
	    "2018-10-01" },
	{ "period of two months beginning with the date of receipt", "",
	    "2018-11-11" },
	{ "56 days beginning with publication on 7 August 2018", "",
	    "2018-10-01" },
	{ "three clear days before 27 December 2018 (parish)", "",
	    "2018-12-19" },
	{ "within 4 weeks so before the end of the year", "", "2018-10-10" },
	{ "2 years ago", "", "" },
	{ "over the last six months", "", "" },
	{ "yesterday", "", "" },
	{ "the Friday after Easter", "", "2019-04-26" },
	{ "in the week before the meeting", "2018-11-23", "2018-11-29" },
	{ "31 February 2019", "", "" },
	{ "0/0/0", "", "" },
	{ "six weeks after 31/12/9999", "", "" },
	{ "the week before 01/01/0001", "", "" },
	{ "three clear days before 02/01/0001 (parish)", "", "" },
	{ "12/25/2018", "", "2018-12-25" },
	{ "", "", "" },
};

static void
words_resolve__phrases__their_days(void **state)
{
	int wrong = 0;

	(void)state;
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		const struct phrase *p = &phrases[i];
		struct words_answer a = resolve(p->text, BASE);
		char due[DAY_TEXT_MAX], earliest[DAY_TEXT_MAX];

		day_iso(a.due_on, due);
		day_iso(a.earliest_on, earliest);
		/* A day, or one to ask for it: never neither. */
		assert_int_not_equal(
		    day_exists(a.due_on), day_exists(a.review_on));
		if (strcmp(due, p->due) != 0 ||
		    (p->earliest[0] != '\0' &&
			strcmp(earliest, p->earliest) != 0)) {
			print_error("%s: %s %s, not %s %s (%s)\n", p->text,
			    earliest, due, p->earliest, p->due, a.rule);
			wrong++;
		}
		words_answer_clear(&a);
	}
	assert_int_equal(wrong, 0);
}

struct flagged {
	const char *text, *base, *due, *flag;
};

static void
words_resolve__doubtful__flag(void **state)
{
	static const struct flagged cases[] = {
		{ "Thursday 14 September 2018", BASE, "2018-09-14",
		    "weekday mismatch" },
		{ "Thursday 13 September (Wednesday)", BASE, "2018-09-13",
		    "weekday mismatch" },
		{ "31/04/2019", BASE, "", "no such day" },
		{ "Tuesday 4 September", BASE, "2018-09-04", "past at import" },
		{ "by 3 May 2017", BASE, "2017-05-03", "past at import" },
		{ "next Friday", BASE, "2018-09-21", "ambiguous" },
		{ "next Monday", BASE, "2018-09-17", NULL },
		{ "Q1 2024", "2023-11-21", "2024-03-31", "ambiguous" },
		{ "Q1 2024/25", "2023-11-21", "2024-06-30", NULL },
		{ "year end", BASE, "2019-03-31", "ambiguous" },
		{ "in the next few weeks", BASE, "2018-10-10", "vague" },
		{ "12/25/2018", BASE, "2018-12-25", "ambiguous" },
		{ "at the next LGB", BASE, "", "series calendar missing" },
		{ "at the next meeting of the Harbour Board", BASE, "",
		    "series calendar missing" },
		{ "6 months, pending approval", BASE, "2019-03-12",
		    "condition" },
		{ "once approved", BASE, "", "condition" },
		{ "in due course", BASE, "", "unresolvable" },
		{ "", BASE, "", "unresolvable" },
		{ "1 month or urgently", BASE, "2018-10-12", "policy" },
		{ "within 20 working days", "2019-12-20", "2020-01-21",
		    "beyond the loaded holidays" },
		{ "end of the academic year", BASE, "2019-07-31",
		    "calendar needed" },
		{ "tentatively 5 October", BASE, "2018-10-05", "uncertain" },
		{ "3 clear days (parish)", "2018-12-27", "2018-12-19",
		    "special calendar" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct words_answer a = resolve(cases[i].text, cases[i].base);
		char due[DAY_TEXT_MAX];

		assert_string_equal(day_iso(a.due_on, due), cases[i].due);
		if (cases[i].flag == NULL)
			assert_null(a.flag);
		else
			assert_string_equal(
			    a.flag == NULL ? "" : a.flag, cases[i].flag);
		words_answer_clear(&a);
	}
}

static void
words_resolve__meeting__tells_its_series(void **state)
{
	struct words_answer a;

	(void)state;
	a = resolve("at the next Fire and Rescue Panel meeting", BASE);
	assert_int_equal(a.series, 2);
	assert_int_equal(a.meeting_on, day_parse("2018-11-13"));
	assert_true(a.at_meeting);
	words_answer_clear(&a);
	a = resolve("ahead of the Joint Panel", BASE);
	assert_int_equal(a.series, 2);
	assert_int_equal(a.due_on, day_parse("2018-11-12"));
	assert_false(a.at_meeting);
	words_answer_clear(&a);
	/* on the day of a meeting "the meeting" is that one */
	a = resolve("at the meeting", "2018-11-30");
	assert_int_equal(a.due_on, day_parse("2018-11-30"));
	words_answer_clear(&a);
	a = resolve("at the next meeting", "2018-11-30");
	assert_int_equal(a.due_on, day_parse("2019-02-01"));
	words_answer_clear(&a);
}

/* What is asked for at a meeting is not due before that meeting: "the meeting"
 * is the next one then. */
static void
words_resolve__before_the_meeting__on_its_day_is_the_next(void **state)
{
	static const struct {
		const char *text, *due;
		bool at_meeting;
	} cases[] = {
		{ "ahead of the meeting", "2019-01-31", false },
		{ "before the meeting", "2019-01-31", false },
		{ "two weeks before the meeting", "2019-01-18", false },
		{ "not less than 5 clear days before the meeting", "2019-01-24",
		    false },
		{ "at the meeting", "2018-11-30", true },
		{ "within 14 days of the meeting", "2018-12-14", false },
		/* these name the one that they mean */
		{ "before this meeting", "2018-11-29", false },
	};
	struct words_answer a;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		a = resolve(cases[i].text, "2018-11-30");
		assert_int_equal(a.due_on, day_parse(cases[i].due));
		assert_int_equal(a.at_meeting, cases[i].at_meeting);
		words_answer_clear(&a);
	}
	a = resolve("ahead of the meeting", "2018-11-30");
	assert_string_equal(a.rule,
	    "the working day before next meeting of SDR, 1 February 2019");
	assert_int_equal(a.meeting_on, day_parse("2019-02-01"));
	words_answer_clear(&a);
}

/* A meeting that was named by its day or month, and has moved since. */
static void
words_resolve__named_meeting_that_moved__is_followed(void **state)
{
	static const struct {
		const char *text, *due;
	} cases[] = {
		{ "at the meeting on 5 December 2018", "2018-11-30" },
		{ "before the meeting of 5 December", "2018-11-29" },
		{ "by the December meeting", "2018-11-30" },
		/* one that is on the day or in the month comes first */
		{ "at the meeting on 1 February 2019", "2019-02-01" },
		{ "by the April meeting", "2019-04-10" },
	};
	struct words_env env = env_at(BASE);
	struct words_answer a;
	struct err err;

	(void)state;
	env.hung_series = 1;
	env.hung_on = day_parse("2018-11-30");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(
		    words_resolve(cases[i].text, &env, &a, &err), 0);
		assert_int_equal(a.due_on, day_parse(cases[i].due));
		assert_int_equal(a.series, 1);
		assert_null(a.flag);
		words_answer_clear(&a);
	}
	/* without that it is the day that was said */
	a = resolve("at the meeting on 5 December 2018", BASE);
	assert_int_equal(a.due_on, day_parse("2018-12-05"));
	words_answer_clear(&a);
}

static void
words_resolve__undated__review_day(void **state)
{
	static const struct {
		const char *text, *base, *review;
	} cases[] = {
		{ "in due course", BASE, "2018-10-24" },
		{ "in due course", "2018-11-01", "2018-11-30" },
		{ "asap", BASE, "2018-09-26" },
		{ "asap", "2018-11-25", "2018-12-09" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct words_answer a = resolve(cases[i].text, cases[i].base);

		assert_int_equal(a.review_on, day_parse(cases[i].review));
		assert_true(a.soft);
		words_answer_clear(&a);
	}
}

static void
words_resolve__base_known_to_the_month__window(void **state)
{
	struct words_env env = env_at("2018-08-01");
	struct words_answer a = { 0 };
	struct err err = { 0 };

	(void)state;
	env.base_until_on = day_parse("2018-08-31");
	assert_int_equal(words_resolve("within 3 months", &env, &a, &err), 0);
	assert_int_equal(a.earliest_on, day_parse("2018-11-01"));
	assert_int_equal(a.due_on, day_parse("2018-11-30"));
	assert_string_equal(a.flag, "base imprecise");
	words_answer_clear(&a);
}

static void
words_resolve__terms_configured__used(void **state)
{
	struct words_answer a;

	(void)state;
	*vec_push(&policy.terms) =
	    (struct words_term){ .name = xstrdup("autumn 2018"),
		    .first_on = day_parse("2018-09-04"),
		    .last_on = day_parse("2018-12-19"),
		    .half_first_on = day_parse("2018-10-22"),
		    .half_last_on = day_parse("2018-10-26") };
	a = resolve("before half term", BASE);
	assert_int_equal(a.due_on, day_parse("2018-10-19"));
	assert_null(a.flag);
	words_answer_clear(&a);
	a = resolve("by the end of the autumn term", BASE);
	assert_int_equal(a.due_on, day_parse("2018-12-19"));
	words_answer_clear(&a);
	words_policy_clear(&policy);
}

static void
words_resolve__rule__says_how(void **state)
{
	static const struct {
		const char *text, *rule;
	} cases[] = {
		{ "within three months",
		    "three months from 12 September 2018" },
		{ "by 24 September",
		    "24 September 2018 (no year printed: the first on or after "
		    "12 September 2018)" },
		{ "at the next meeting",
		    "next meeting of SDR, 30 November 2018" },
		{ "before Christmas",
		    "the working day before Christmas, 25 December 2018" },
		{ "five working days before the next meeting",
		    "five working days before next meeting of SDR, 30 November "
		    "2018" },
		{ "by the end of March", "end of March 2019" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct words_answer a = resolve(cases[i].text, BASE);

		assert_string_equal(a.rule, cases[i].rule);
		words_answer_clear(&a);
	}
}

static void
words_resolve__unusable__error(void **state)
{
	struct words_env env = env_at(BASE);
	struct words_answer a = { .due_on = 42 };
	struct err err = { 0 };
	char *longer = xmalloc(5000);

	(void)state;
	memset(longer, 'a', 4999);
	longer[4999] = '\0';
	assert_int_equal(words_resolve(longer, &env, &a, &err), -1);
	assert_int_equal(words_resolve("by \xff", &env, &a, &err), -1);
	assert_int_equal(words_resolve("by \xed\xa0\x80", &env, &a, &err), -1);
	env.base_on = DAY_NONE;
	assert_int_equal(words_resolve("today", &env, &a, &err), -1);
	assert_int_equal(a.due_on, 42);
	free(longer);
}

static void
words_find__running_text__the_deadline(void **state)
{
	static const struct {
		const char *text, *span;
	} cases[] = {
		{ "The first bid was required to be submitted by the 23rd July "
		  "2019 to the fund.",
		    "by the 23rd July 2019" },
		{ "It was hoped that this would be done within the next three "
		  "to four weeks, staff permitting.",
		    "within the next three to four weeks" },
		{ "That the update was noted and that the Clerk would raise "
		  "parking at the next LGB.",
		    "at the next LGB" },
		{ "The list would be amended by end of August/early September.",
		    "by end of August/early September" },
		{ "At the meeting on 3 May it was noted that three officers "
		  "had "
		  "left.",
		    "" },
		{ "The Board approved 2 years' funding for three officers.",
		    "" },
		{ "The meeting started at 10.00am and closed at 11:30.", "" },
		{ "A site visit would take place on 20 September, with the "
		  "finished plan expected by 24 September.",
		    "by 24 September" },
		{ "The plan was published in August 2018 and graded poor.",
		    "" },
		{ "Complaints had fallen over the last 6 months.", "" },
		{ "Calls had risen every year until July 2018.", "" },
		{ "Treasurer to reply in 3 months.", "in 3 months" },
		{ "Secretary to share the link when available.",
		    "when available" },
		{ "Finance to report back within 10 working days of the audit.",
		    "within 10 working days of the audit" },
		{ "31/5", "31/5" },
		{ "Next Meeting", "Next Meeting" },
		{ "This item was deferred to the next meeting.",
		    "to the next meeting" },
		{ "The Chair welcomed everyone to the meeting.", "" },
		{ "Minutes of the meeting held on 11 November 2020", "" },
		{ "Item 5 to be reviewed before Christmas",
		    "before Christmas" },
		{ "Members may wish to march on.", "" },
		{ "Further details to be provided in due course.",
		    "in due course" },
		{ "Owner to respond by no later than 5pm on Friday 14 June "
		  "2019.",
		    "by no later than 5pm on Friday 14 June 2019" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t start = 0, len = 0;
		int found = words_find(
		    cases[i].text, strlen(cases[i].text), &start, &len);
		char *span = xstrndup(cases[i].text + start, len);

		assert_int_equal(found, cases[i].span[0] != '\0');
		assert_string_equal(span, cases[i].span);
		free(span);
	}
}

static void
words_find__long_text__searched_to_its_end(void **state)
{
	struct buf text = { 0 };
	size_t start, len;

	(void)state;
	for (int i = 0; i < 2000; i++)
		buf_puts(&text, "Nothing was said here. ");
	buf_puts(&text, "The Clerk will reply by 5 June 2019.");
	assert_int_equal(words_find(text.data, text.len, &start, &len), 1);
	assert_int_equal(len, strlen("by 5 June 2019"));
	assert_memory_equal(text.data + start, "by 5 June 2019", len);
	buf_clear(&text);
}

static void
lexicon__every_word__in_order(void **state)
{
	size_t n;
	const struct lexeme *words = lexicon(&n);

	(void)state;
	assert_true(n > 100);
	for (size_t i = 1; i < n; i++)
		assert_true(strcmp(words[i - 1].text, words[i].text) < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_resolve__phrases__their_days),
		cmocka_unit_test(words_resolve__doubtful__flag),
		cmocka_unit_test(words_resolve__meeting__tells_its_series),
		cmocka_unit_test(
		    words_resolve__before_the_meeting__on_its_day_is_the_next),
		cmocka_unit_test(
		    words_resolve__named_meeting_that_moved__is_followed),
		cmocka_unit_test(words_resolve__undated__review_day),
		cmocka_unit_test(
		    words_resolve__base_known_to_the_month__window),
		cmocka_unit_test(words_resolve__terms_configured__used),
		cmocka_unit_test(words_resolve__rule__says_how),
		cmocka_unit_test(words_resolve__unusable__error),
		cmocka_unit_test(words_find__running_text__the_deadline),
		cmocka_unit_test(words_find__long_text__searched_to_its_end),
		cmocka_unit_test(lexicon__every_word__in_order),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
