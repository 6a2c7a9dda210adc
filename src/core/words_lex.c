/* SPDX-License-Identifier: ISC */
/*
 * Tokens of deadline words; see words_lex.h. No grammar here: a word is looked
 * up, never understood.
 */
#include "core/words_lex.h"

#include <string.h>

#define WORD_MAX 16 /* longer ones are not in the lexicon */

struct scan {
	const char *text;
	size_t len;
	size_t at;
};

static bool
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of other scripts and of accented letters count as letters. */
static bool
is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static int
byte_at(const struct scan *s, size_t at)
{
	return at < s->len ? (unsigned char)s->text[at] : 0;
}

static int
lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/*
 * Typographic marks as word processors write them, in UTF-8: gives the plain
 * character and how many bytes it takes; 0 when it is none.
 */
static int
typographic(const struct scan *s, size_t at, size_t *size)
{
	int a = byte_at(s, at), b = byte_at(s, at + 1), c = byte_at(s, at + 2);

	*size = 3;
	if (a == 0xe2 && b == 0x80) {
		if (c >= 0x90 && c <= 0x95)
			return '-';
		if (c == 0x98 || c == 0x99)
			return '\'';
		if (c == 0x9c || c == 0x9d)
			return '"';
		if (c == 0xa6 || c == 0xa2)
			return '*'; /* ellipsis, bullet */
		if (c >= 0x80 && c <= 0xaf)
			return ' ';
	}
	if (a == 0xe2 && b == 0x88 && c == 0x92)
		return '-';
	*size = 2;
	if (a == 0xc2 && b == 0xa0)
		return ' ';
	if (a == 0xc2 && b < 0xc0)
		return '*'; /* pound sign, paragraph, middle dot */
	return 0;
}

static bool
is_letter_at(const struct scan *s, size_t at)
{
	size_t size;

	return is_letter(byte_at(s, at)) &&
	       (byte_at(s, at) < 0x80 || typographic(s, at, &size) == 0);
}

static bool
is_alnum_at(const struct scan *s, size_t at)
{
	return is_digit(byte_at(s, at)) || is_letter_at(s, at);
}

/* An apostrophe of either shape; its size, 0 when it is none. */
static size_t
apostrophe_at(const struct scan *s, size_t at)
{
	size_t size;

	if (byte_at(s, at) == '\'')
		return 1;
	return typographic(s, at, &size) == '\'' ? size : 0;
}

static const struct lexeme lexicon_table[] = {
	/* sorted by text: words are looked up by halving */
	{ "a", WORD_A, 0 },
	{ "about", WORD_AROUND, 0 },
	{ "academic", WORD_ACADEMIC, 0 },
	{ "additional", WORD_FURTHER, 0 },
	{ "adoption", WORD_EVENT, 0 },
	{ "advance", WORD_ADVANCE, 0 },
	{ "advised", WORD_PAST, 0 },
	{ "after", WORD_AFTER, 0 },
	{ "afternoon", WORD_AFTERNOON, 0 },
	{ "agenda", WORD_AGENDA, 0 },
	{ "agendas", WORD_AGENDA, 0 },
	{ "agm", WORD_BODY, 0 },
	{ "ago", WORD_AGO, 0 },
	{ "agreed", WORD_PAST, 0 },
	{ "agreement", WORD_EVENT, 0 },
	{ "agrees", WORD_WILL, 0 },
	{ "ahead", WORD_AHEAD, 0 },
	{ "aim", WORD_WILL, 0 },
	{ "aims", WORD_WILL, 0 },
	{ "alternate", WORD_ALTERNATE, 0 },
	{ "an", WORD_A, 0 },
	{ "and", WORD_AND, 0 },
	{ "annually", WORD_EVERY_UNIT, UNIT_YEAR },
	{ "another", WORD_FURTHER, 0 },
	{ "anticipated", WORD_WILL, 0 },
	{ "appointment", WORD_EVENT, 0 },
	{ "approval", WORD_EVENT, 0 },
	{ "approved", WORD_PAST, 0 },
	{ "approx", WORD_AROUND, 0 },
	{ "approximately", WORD_AROUND, 0 },
	{ "apr", WORD_MONTH, 4 },
	{ "april", WORD_MONTH, 4 },
	{ "around", WORD_AROUND, 0 },
	{ "ask", WORD_WILL, 0 },
	{ "asked", WORD_WILL, 0 },
	{ "assembly", WORD_BODY, 0 },
	{ "at", WORD_AT, 0 },
	{ "attended", WORD_PAST, 0 },
	{ "aug", WORD_MONTH, 8 },
	{ "august", WORD_MONTH, 8 },
	{ "autumn", WORD_SEASON, SEASON_AUTUMN },
	{ "available", WORD_AVAILABLE, 0 },
	{ "bank", WORD_BANK, 0 },
	{ "basis", WORD_INTERVALS, 0 },
	{ "been", WORD_PAST, 0 },
	{ "before", WORD_BEFORE, 0 },
	{ "beginning", WORD_BEGINNING, 0 },
	{ "between", WORD_BETWEEN, 0 },
	{ "bi", WORD_BI, 0 },
	{ "biannual", WORD_EVERY_UNIT, UNIT_HALF_YEAR },
	{ "biannually", WORD_EVERY_UNIT, UNIT_HALF_YEAR },
	{ "board", WORD_BODY, 0 },
	{ "boxing", WORD_BOXING, 0 },
	{ "break", WORD_BREAK, 0 },
	{ "business", WORD_BUSINESS, 0 },
	{ "but", WORD_BUT, 0 },
	{ "by", WORD_BY, 0 },
	{ "cabinet", WORD_BODY, 0 },
	{ "calendar", WORD_CALENDAR, 0 },
	{ "christmas", WORD_CHRISTMAS, 0 },
	{ "circa", WORD_AROUND, 0 },
	{ "civic", WORD_MUNICIPAL, 0 },
	{ "clear", WORD_CLEAR, 0 },
	{ "close", WORD_CLOSE, 0 },
	{ "cob", WORD_COB, 0 },
	{ "coming", WORD_COMING, 0 },
	{ "comm", WORD_COMMENCING, 0 },
	{ "commencing", WORD_COMMENCING, 0 },
	{ "committee", WORD_BODY, 0 },
	{ "complete", WORD_CONSECUTIVE, 0 },
	{ "completion", WORD_EVENT, 0 },
	{ "confirmation", WORD_EVENT, 0 },
	{ "confirmed", WORD_PAST, 0 },
	{ "consecutive", WORD_CONSECUTIVE, 0 },
	{ "convenes", WORD_MEETS, 0 },
	{ "convenient", WORD_AVAILABLE, 0 },
	{ "cop", WORD_COB, 0 },
	{ "council", WORD_BODY, 0 },
	{ "couple", WORD_COUPLE, 0 },
	{ "current", WORD_THIS, 0 },
	{ "daily", WORD_EVERY_UNIT, UNIT_DAY },
	{ "date", WORD_DATE, 0 },
	{ "day", WORD_UNIT, UNIT_DAY },
	{ "days", WORD_UNIT, UNIT_DAY },
	{ "deadline", WORD_DEADLINE, 0 },
	{ "dec", WORD_MONTH, 12 },
	{ "december", WORD_MONTH, 12 },
	{ "discussed", WORD_PAST, 0 },
	{ "dozen", WORD_DOZEN, 0 },
	{ "dsar", WORD_SAR, 0 },
	{ "due", WORD_DUE, 0 },
	{ "during", WORD_DURING, 0 },
	{ "each", WORD_EACH, 0 },
	{ "earlier", WORD_EARLIER, 0 },
	{ "earliest", WORD_EARLIER, 0 },
	{ "early", WORD_EARLY, 0 },
	{ "easter", WORD_EASTER, 0 },
	{ "effect", WORD_EFFECT, 0 },
	{ "egm", WORD_BODY, 0 },
	{ "eight", WORD_CARDINAL, 8 },
	{ "eighteen", WORD_CARDINAL, 18 },
	{ "eighteenth", WORD_ORDINAL, 18 },
	{ "eighth", WORD_ORDINAL, 8 },
	{ "eighty", WORD_TENS, 80 },
	{ "eleven", WORD_CARDINAL, 11 },
	{ "eleventh", WORD_ORDINAL, 11 },
	{ "end", WORD_END, 0 },
	{ "ending", WORD_END, 0 },
	{ "ends", WORD_END, 0 },
	{ "eod", WORD_COB, 0 },
	{ "eom", WORD_EOM, 0 },
	{ "eve", WORD_EVE, 0 },
	{ "evening", WORD_EVENING, 0 },
	{ "every", WORD_EVERY, 0 },
	{ "exceeding", WORD_EXCEEDING, 0 },
	{ "executive", WORD_BODY, 0 },
	{ "expect", WORD_WILL, 0 },
	{ "expected", WORD_WILL, 0 },
	{ "expects", WORD_WILL, 0 },
	{ "explained", WORD_PAST, 0 },
	{ "feb", WORD_MONTH, 2 },
	{ "february", WORD_MONTH, 2 },
	{ "febuary", WORD_MONTH, 2 },
	{ "few", WORD_FEW, 0 },
	{ "fewer", WORD_LESS, 0 },
	{ "fifteen", WORD_CARDINAL, 15 },
	{ "fifteenth", WORD_ORDINAL, 15 },
	{ "fifth", WORD_ORDINAL, 5 },
	{ "fifty", WORD_TENS, 50 },
	{ "final", WORD_LAST, 0 },
	{ "financial", WORD_FINANCIAL, 0 },
	{ "first", WORD_ORDINAL, 1 },
	{ "fiscal", WORD_FINANCIAL, 0 },
	{ "five", WORD_CARDINAL, 5 },
	{ "following", WORD_FOLLOWING, 0 },
	{ "for", WORD_FOR, 0 },
	{ "forthcoming", WORD_COMING, 0 },
	{ "fortieth", WORD_ORDINAL, 40 },
	{ "fortnight", WORD_UNIT, UNIT_FORTNIGHT },
	{ "fortnightly", WORD_EVERY_UNIT, UNIT_FORTNIGHT },
	{ "fortnights", WORD_UNIT, UNIT_FORTNIGHT },
	{ "forty", WORD_TENS, 40 },
	{ "forum", WORD_BODY, 0 },
	{ "four", WORD_CARDINAL, 4 },
	{ "fourteen", WORD_CARDINAL, 14 },
	{ "fourteenth", WORD_ORDINAL, 14 },
	{ "fourth", WORD_ORDINAL, 4 },
	{ "fourty", WORD_TENS, 40 },
	{ "fri", WORD_WEEKDAY, 4 },
	{ "friday", WORD_WEEKDAY, 4 },
	{ "fridays", WORD_WEEKDAY, 4 },
	{ "from", WORD_FROM, 0 },
	{ "full", WORD_CONSECUTIVE, 0 },
	{ "further", WORD_FURTHER, 0 },
	{ "future", WORD_FUTURE, 0 },
	{ "fy", WORD_FY, 0 },
	{ "gave", WORD_PAST, 0 },
	{ "good", WORD_GOOD, 0 },
	{ "governors", WORD_BODY, 0 },
	{ "group", WORD_BODY, 0 },
	{ "h", WORD_H, 0 },
	{ "had", WORD_PAST, 0 },
	{ "half", WORD_HALF, 0 },
	{ "halfterm", WORD_HALFTERM, 0 },
	{ "halfyear", WORD_HALFYEAR, 0 },
	{ "halfyearly", WORD_EVERY_UNIT, UNIT_HALF_YEAR },
	{ "heard", WORD_PAST, 0 },
	{ "held", WORD_HELD, 0 },
	{ "hence", WORD_HENCE, 0 },
	{ "highlighted", WORD_PAST, 0 },
	{ "holiday", WORD_HOLIDAY, 0 },
	{ "holidays", WORD_HOLIDAY, 0 },
	{ "hour", WORD_UNIT, UNIT_HOUR },
	{ "hours", WORD_UNIT, UNIT_HOUR },
	{ "hr", WORD_UNIT, UNIT_HOUR },
	{ "hrs", WORD_UNIT, UNIT_HOUR },
	{ "hundred", WORD_CARDINAL, 100 },
	{ "ie", WORD_IE, 0 },
	{ "in", WORD_IN, 0 },
	{ "inside", WORD_WITHIN, 0 },
	{ "intend", WORD_WILL, 0 },
	{ "intends", WORD_WILL, 0 },
	{ "interval", WORD_INTERVALS, 0 },
	{ "intervals", WORD_INTERVALS, 0 },
	{ "issue", WORD_EVENT, 0 },
	{ "it", WORD_IT, 0 },
	{ "item", WORD_ITEM, 0 },
	{ "items", WORD_ITEM, 0 },
	{ "jan", WORD_MONTH, 1 },
	{ "january", WORD_MONTH, 1 },
	{ "jul", WORD_MONTH, 7 },
	{ "july", WORD_MONTH, 7 },
	{ "jun", WORD_MONTH, 6 },
	{ "june", WORD_MONTH, 6 },
	{ "last", WORD_LAST, 0 },
	{ "late", WORD_LATE, 0 },
	{ "later", WORD_LATER, 0 },
	{ "latest", WORD_LATEST, 0 },
	{ "latter", WORD_LATE, 0 },
	{ "least", WORD_LEAST, 0 },
	{ "less", WORD_LESS, 0 },
	{ "likely", WORD_WILL, 0 },
	{ "mar", WORD_MONTH, 3 },
	{ "march", WORD_MONTH, 3 },
	{ "maximum", WORD_MOST, 0 },
	{ "may", WORD_MONTH, 5 },
	{ "meeting", WORD_MEETING, 0 },
	{ "meetings", WORD_MEETING, 0 },
	{ "meets", WORD_MEETS, 0 },
	{ "met", WORD_PAST, 0 },
	{ "mid", WORD_MID, 0 },
	{ "midday", WORD_NOON, 0 },
	{ "middle", WORD_MID, 0 },
	{ "midnight", WORD_NOON, 0 },
	{ "minimum", WORD_MINIMUM, 0 },
	{ "mnth", WORD_UNIT, UNIT_MONTH },
	{ "mnths", WORD_UNIT, UNIT_MONTH },
	{ "mon", WORD_WEEKDAY, 0 },
	{ "monday", WORD_WEEKDAY, 0 },
	{ "mondays", WORD_WEEKDAY, 0 },
	{ "month", WORD_UNIT, UNIT_MONTH },
	{ "monthly", WORD_EVERY_UNIT, UNIT_MONTH },
	{ "months", WORD_UNIT, UNIT_MONTH },
	{ "more", WORD_MORE, 0 },
	{ "morning", WORD_MORNING, 0 },
	{ "most", WORD_MOST, 0 },
	{ "mtg", WORD_MEETING, 0 },
	{ "mth", WORD_UNIT, UNIT_MONTH },
	{ "mths", WORD_UNIT, UNIT_MONTH },
	{ "municipal", WORD_MUNICIPAL, 0 },
	{ "must", WORD_WILL, 0 },
	{ "namely", WORD_IE, 0 },
	{ "need", WORD_WILL, 0 },
	{ "needs", WORD_WILL, 0 },
	{ "new", WORD_NEW, 0 },
	{ "next", WORD_NEXT, 0 },
	{ "night", WORD_EVENING, 0 },
	{ "nine", WORD_CARDINAL, 9 },
	{ "nineteen", WORD_CARDINAL, 19 },
	{ "nineteenth", WORD_ORDINAL, 19 },
	{ "ninety", WORD_TENS, 90 },
	{ "ninth", WORD_ORDINAL, 9 },
	{ "no", WORD_NO, 0 },
	{ "noon", WORD_NOON, 0 },
	{ "not", WORD_NOT, 0 },
	{ "noted", WORD_PAST, 0 },
	{ "notification", WORD_EVENT, 0 },
	{ "nov", WORD_MONTH, 11 },
	{ "november", WORD_MONTH, 11 },
	{ "now", WORD_NOW, 0 },
	{ "number", WORD_NUMBER, 0 },
	{ "o'clock", WORD_OCLOCK, 0 },
	{ "oct", WORD_MONTH, 10 },
	{ "october", WORD_MONTH, 10 },
	{ "of", WORD_OF, 0 },
	{ "off", WORD_OFF, 0 },
	{ "on", WORD_ON, 0 },
	{ "one", WORD_CARDINAL, 1 },
	{ "or", WORD_OR, 0 },
	{ "other", WORD_OTHER_ONE, 0 },
	{ "over", WORD_OVER, 0 },
	{ "pack", WORD_PAPERS, 0 },
	{ "packs", WORD_PAPERS, 0 },
	{ "panel", WORD_BODY, 0 },
	{ "papers", WORD_PAPERS, 0 },
	{ "parish", WORD_PARISH, 0 },
	{ "partnership", WORD_BODY, 0 },
	{ "past", WORD_PREVIOUS, 0 },
	{ "per", WORD_PER, 0 },
	{ "period", WORD_PERIOD, 0 },
	{ "planned", WORD_WILL, 0 },
	{ "play", WORD_PLAY, 0 },
	{ "preceding", WORD_PREVIOUS, 0 },
	{ "presented", WORD_PAST, 0 },
	{ "previous", WORD_PREVIOUS, 0 },
	{ "prior", WORD_PRIOR, 0 },
	{ "propose", WORD_WILL, 0 },
	{ "proposes", WORD_WILL, 0 },
	{ "publication", WORD_EVENT, 0 },
	{ "purdah", WORD_PURDAH, 0 },
	{ "q", WORD_Q, 0 },
	{ "qtr", WORD_UNIT, UNIT_QUARTER },
	{ "qtrs", WORD_UNIT, UNIT_QUARTER },
	{ "quarter", WORD_UNIT, UNIT_QUARTER },
	{ "quarterly", WORD_EVERY_UNIT, UNIT_QUARTER },
	{ "quarters", WORD_UNIT, UNIT_QUARTER },
	{ "ratification", WORD_EVENT, 0 },
	{ "receipt", WORD_EVENT, 0 },
	{ "received", WORD_PAST, 0 },
	{ "recess", WORD_RECESS, 0 },
	{ "referral", WORD_EVENT, 0 },
	{ "reported", WORD_PAST, 0 },
	{ "requested", WORD_WILL, 0 },
	{ "required", WORD_WILL, 0 },
	{ "roughly", WORD_AROUND, 0 },
	{ "said", WORD_PAST, 0 },
	{ "sar", WORD_SAR, 0 },
	{ "sat", WORD_WEEKDAY, 5 },
	{ "saturday", WORD_WEEKDAY, 5 },
	{ "saturdays", WORD_WEEKDAY, 5 },
	{ "school", WORD_SCHOOL, 0 },
	{ "second", WORD_ORDINAL, 2 },
	{ "sep", WORD_MONTH, 9 },
	{ "sept", WORD_MONTH, 9 },
	{ "september", WORD_MONTH, 9 },
	{ "session", WORD_BODY, 0 },
	{ "seven", WORD_CARDINAL, 7 },
	{ "seventeen", WORD_CARDINAL, 17 },
	{ "seventeenth", WORD_ORDINAL, 17 },
	{ "seventh", WORD_ORDINAL, 7 },
	{ "seventy", WORD_TENS, 70 },
	{ "several", WORD_SEVERAL, 0 },
	{ "shall", WORD_WILL, 0 },
	{ "should", WORD_WILL, 0 },
	{ "sig", WORD_BODY, 0 },
	{ "signature", WORD_EVENT, 0 },
	{ "since", WORD_SINCE, 0 },
	{ "six", WORD_CARDINAL, 6 },
	{ "sixteen", WORD_CARDINAL, 16 },
	{ "sixteenth", WORD_ORDINAL, 16 },
	{ "sixth", WORD_ORDINAL, 6 },
	{ "sixty", WORD_TENS, 60 },
	{ "so", WORD_SO, 0 },
	{ "some", WORD_SOME, 0 },
	{ "sooner", WORD_SOONER, 0 },
	{ "soonest", WORD_SOONER, 0 },
	{ "spring", WORD_SEASON, SEASON_SPRING },
	{ "start", WORD_BEGINNING, 0 },
	{ "starting", WORD_STARTING, 0 },
	{ "stated", WORD_PAST, 0 },
	{ "subcommittee", WORD_BODY, 0 },
	{ "subgroup", WORD_BODY, 0 },
	{ "submission", WORD_EVENT, 0 },
	{ "subsequent", WORD_FOLLOWING, 0 },
	{ "successive", WORD_CONSECUTIVE, 0 },
	{ "suitable", WORD_AVAILABLE, 0 },
	{ "summer", WORD_SEASON, SEASON_SUMMER },
	{ "summons", WORD_PARISH, 0 },
	{ "sun", WORD_WEEKDAY, 6 },
	{ "sunday", WORD_WEEKDAY, 6 },
	{ "sundays", WORD_WEEKDAY, 6 },
	{ "target", WORD_DEADLINE, 0 },
	{ "ten", WORD_CARDINAL, 10 },
	{ "tenth", WORD_ORDINAL, 10 },
	{ "term", WORD_TERM, 0 },
	{ "than", WORD_THAN, 0 },
	{ "thanked", WORD_PAST, 0 },
	{ "that", WORD_THAT, 0 },
	{ "the", WORD_THE, 0 },
	{ "then", WORD_THEN, 0 },
	{ "thereafter", WORD_THEREAFTER, 0 },
	{ "third", WORD_ORDINAL, 3 },
	{ "thirteen", WORD_CARDINAL, 13 },
	{ "thirteenth", WORD_ORDINAL, 13 },
	{ "thirtieth", WORD_ORDINAL, 30 },
	{ "thirty", WORD_TENS, 30 },
	{ "this", WORD_THIS, 0 },
	{ "three", WORD_CARDINAL, 3 },
	{ "through", WORD_THROUGH, 0 },
	{ "throughout", WORD_DURING, 0 },
	{ "thu", WORD_WEEKDAY, 3 },
	{ "thur", WORD_WEEKDAY, 3 },
	{ "thurs", WORD_WEEKDAY, 3 },
	{ "thursday", WORD_WEEKDAY, 3 },
	{ "thursdays", WORD_WEEKDAY, 3 },
	{ "til", WORD_UNTIL, 0 },
	{ "till", WORD_UNTIL, 0 },
	{ "time", WORD_TIME, 0 },
	{ "times", WORD_TIMES, 0 },
	{ "to", WORD_TO, 0 },
	{ "today", WORD_TODAY, 0 },
	{ "tomorrow", WORD_TODAY, 1 },
	{ "tonight", WORD_TODAY, 0 },
	{ "took", WORD_PAST, 0 },
	{ "toward", WORD_TOWARDS, 0 },
	{ "towards", WORD_TOWARDS, 0 },
	{ "trustees", WORD_BODY, 0 },
	{ "tue", WORD_WEEKDAY, 1 },
	{ "tues", WORD_WEEKDAY, 1 },
	{ "tuesday", WORD_WEEKDAY, 1 },
	{ "tuesdays", WORD_WEEKDAY, 1 },
	{ "twelfth", WORD_ORDINAL, 12 },
	{ "twelve", WORD_CARDINAL, 12 },
	{ "twentieth", WORD_ORDINAL, 20 },
	{ "twenty", WORD_TENS, 20 },
	{ "twice", WORD_TIMES, 0 },
	{ "two", WORD_CARDINAL, 2 },
	{ "under", WORD_UNDER, 0 },
	{ "until", WORD_UNTIL, 0 },
	{ "up", WORD_UP, 0 },
	{ "upcoming", WORD_COMING, 0 },
	{ "upon", WORD_ON, 0 },
	{ "viz", WORD_IE, 0 },
	{ "was", WORD_PAST, 0 },
	{ "wc", WORD_WC, 0 },
	{ "we", WORD_WE, 0 },
	{ "wed", WORD_WEEKDAY, 2 },
	{ "wednesday", WORD_WEEKDAY, 2 },
	{ "wednesdays", WORD_WEEKDAY, 2 },
	{ "weds", WORD_WEEKDAY, 2 },
	{ "week", WORD_UNIT, UNIT_WEEK },
	{ "weekday", WORD_UNIT, UNIT_WORKDAY },
	{ "weekdays", WORD_UNIT, UNIT_WORKDAY },
	{ "weekend", WORD_WEEKEND, 0 },
	{ "weekly", WORD_EVERY_UNIT, UNIT_WEEK },
	{ "weeks", WORD_UNIT, UNIT_WEEK },
	{ "were", WORD_PAST, 0 },
	{ "when", WORD_WHEN, 0 },
	{ "whichever", WORD_WHICHEVER, 0 },
	{ "whole", WORD_CONSECUTIVE, 0 },
	{ "will", WORD_WILL, 0 },
	{ "winter", WORD_SEASON, SEASON_WINTER },
	{ "with", WORD_WITH, 0 },
	{ "within", WORD_WITHIN, 0 },
	{ "wk", WORD_UNIT, UNIT_WEEK },
	{ "wks", WORD_UNIT, UNIT_WEEK },
	{ "workday", WORD_UNIT, UNIT_WORKDAY },
	{ "workdays", WORD_UNIT, UNIT_WORKDAY },
	{ "working", WORD_WORKING, 0 },
	{ "would", WORD_WILL, 0 },
	{ "xmas", WORD_CHRISTMAS, 0 },
	{ "year", WORD_UNIT, UNIT_YEAR },
	{ "yearend", WORD_YEAREND, 0 },
	{ "yearly", WORD_EVERY_UNIT, UNIT_YEAR },
	{ "years", WORD_UNIT, UNIT_YEAR },
	{ "yesterday", WORD_TODAY, -1 },
	{ "yr", WORD_UNIT, UNIT_YEAR },
	{ "yrs", WORD_UNIT, UNIT_YEAR },
};

#define LEXEMES (sizeof lexicon_table / sizeof *lexicon_table)

const struct lexeme *
lexicon(size_t *count)
{
	*count = LEXEMES;
	return lexicon_table;
}

static const struct lexeme *
look_up(const char *text)
{
	size_t low = 0, high = LEXEMES;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(text, lexicon_table[mid].text);

		if (order == 0)
			return &lexicon_table[mid];
		if (order > 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* Sets what the word is; key is its bare lower-case form. */
static bool
set_word(struct token *t, const char *key)
{
	const struct lexeme *l = look_up(key);

	if (l == NULL)
		return false;
	t->word = l->word;
	t->value = l->value;
	return true;
}

/*
 * "c.o.b.", "a.s.a.p", "i.e.": single letters with stops between them. Gives
 * the end, or 0 when the text is not one.
 */
static size_t
dotted_end(const struct scan *s, char key[WORD_MAX])
{
	size_t at = s->at, n = 0;

	while (is_letter_at(s, at) && !is_alnum_at(s, at + 1) &&
	       byte_at(s, at + 1) == '.' && n < WORD_MAX - 1) {
		key[n++] = (char)lower(byte_at(s, at));
		at += 2;
	}
	if (n > 0 && n < WORD_MAX - 1 && is_letter_at(s, at) &&
	    !is_alnum_at(s, at + 1)) {
		key[n++] = (char)lower(byte_at(s, at));
		at++;
	}
	key[n] = '\0';
	return n < 2 ? 0 : at;
}

/*
 * The end of a run of letters, with inner apostrophes and one behind a final s
 * ("months' time"); key gets the bare form ("year's" gives "year").
 */
static size_t
letters_end(const struct scan *s, size_t at, char key[WORD_MAX], size_t *n)
{
	for (;;) {
		size_t quote = apostrophe_at(s, at);

		if (is_letter_at(s, at)) {
			if (*n < WORD_MAX - 1)
				key[*n] = (char)lower(byte_at(s, at));
			*n += 1;
			at++;
		} else if (quote > 0 && lower(byte_at(s, at + quote)) == 's' &&
			   !is_alnum_at(s, at + quote + 1)) {
			at += quote + 1;
		} else if (quote > 0 && is_letter_at(s, at + quote)) {
			if (*n < WORD_MAX - 1)
				key[*n] = '\'';
			*n += 1;
			at += quote;
		} else if (quote > 0 && *n > 0 && *n < WORD_MAX &&
			   key[*n - 1] == 's') {
			return at + quote;
		} else {
			return at;
		}
	}
}

/* "half-term", "on-going", "bi-annually": one word where the lexicon knows it
 * without its hyphens. Gives the end, or 0. */
static size_t
hyphened_end(const struct scan *s, size_t first_end, const char *first,
    size_t n, struct token *t)
{
	char key[WORD_MAX];
	size_t at = first_end, size = 1;

	if (byte_at(s, at) != '-' && typographic(s, at, &size) != '-')
		return 0;
	if (n == 0 || n >= WORD_MAX - 1 || !is_letter_at(s, at + size))
		return 0;
	memcpy(key, first, n);
	at = letters_end(s, at + size, key, &n);
	if (n >= WORD_MAX || is_digit(byte_at(s, at)))
		return 0;
	key[n] = '\0';
	return set_word(t, key) ? at : 0;
}

static bool
all_capitals(const struct scan *s, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++) {
		int c = byte_at(s, i);

		if (c >= 'a' && c <= 'z')
			return false;
		n += c >= 'A' && c <= 'Z';
	}
	return n >= 2;
}

/* "Q3", "H1", "FY18": letters that a number may be glued to. */
static bool
takes_number(enum word word)
{
	return word == WORD_Q || word == WORD_H || word == WORD_FY ||
	       word == WORD_MONTH || word == WORD_WC || word == WORD_WE;
}

static void
lex_word(struct scan *s, struct token *t)
{
	char key[WORD_MAX];
	size_t n = 0, end = dotted_end(s, key), joined;

	t->kind = TOKEN_WORD;
	t->capital = byte_at(s, s->at) >= 'A' && byte_at(s, s->at) <= 'Z';
	if (end > 0) {
		(void)set_word(t, key);
		s->at = end;
		return;
	}
	end = letters_end(s, s->at, key, &n);
	t->capitals = all_capitals(s, s->at, end);
	joined = hyphened_end(s, end, key, n, t);
	if (joined > 0) {
		s->at = joined;
		return;
	}
	if (n < WORD_MAX) {
		key[n] = '\0';
		(void)set_word(t, key);
	}
	/* "V2", "A55": a name, not a word and a number. */
	if (is_digit(byte_at(s, end)) && !takes_number(t->word)) {
		t->word = WORD_OTHER;
		while (is_alnum_at(s, end))
			end++;
	}
	s->at = end;
}

/* "am", "pm", "a.m.", "noon" behind a number; its end, 0 when it is none. */
static size_t
meridiem_end(const struct scan *s, size_t at)
{
	int half = lower(byte_at(s, at));

	if (half != 'a' && half != 'p')
		return 0;
	if (lower(byte_at(s, at + 1)) == 'm' && !is_alnum_at(s, at + 2))
		return at + 2;
	if (byte_at(s, at + 1) == '.' && lower(byte_at(s, at + 2)) == 'm' &&
	    !is_alnum_at(s, at + 3))
		return at + 3 + (byte_at(s, at + 3) == '.');
	return 0;
}

/* ":30", ".30" behind the hour; its end, 0 when it is none. */
static size_t
minutes_end(const struct scan *s, size_t at)
{
	int mark = byte_at(s, at);

	if ((mark == ':' || mark == '.') && is_digit(byte_at(s, at + 1)) &&
	    is_digit(byte_at(s, at + 2)) && !is_alnum_at(s, at + 3))
		return at + 3;
	if ((mark == ':' || mark == '.') && is_digit(byte_at(s, at + 1)) &&
	    is_digit(byte_at(s, at + 2)) && meridiem_end(s, at + 3) > 0)
		return at + 3;
	return 0;
}

/*
 * The end of a clock time that begins with the number ending at number_end:
 * 10:30, 10.30am, 5pm, 5 pm, 1400hrs. 0 when it is a plain number.
 */
static size_t
clock_end(const struct scan *s, size_t number_end, const struct token *t)
{
	size_t at, end;

	if (t->digits == 4 && lower(byte_at(s, number_end)) == 'h' &&
	    lower(byte_at(s, number_end + 1)) == 'r')
		return number_end + 2 +
		       (lower(byte_at(s, number_end + 2)) == 's');
	if (t->digits > 2 || t->value > 24)
		return 0;
	at = minutes_end(s, number_end);
	end = at > 0 ? at : number_end;
	if (byte_at(s, end) == ' ')
		end++;
	end = meridiem_end(s, end);
	if (end > 0)
		return end;
	return at > 0 && byte_at(s, number_end) == ':' ? at : 0;
}

/* "st", "nd", "rd", "th" glued to a number; 0 when it is none. */
static size_t
ordinal_end(const struct scan *s, size_t at)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };

	for (size_t i = 0; i < 4; i++)
		if (lower(byte_at(s, at)) == ends[i][0] &&
		    lower(byte_at(s, at + 1)) == ends[i][1] &&
		    !is_alnum_at(s, at + 2))
			return at + 2;
	return 0;
}

static void
lex_number(struct scan *s, struct token *t)
{
	size_t at = s->at, end;

	t->kind = TOKEN_NUMBER;
	while (is_digit(byte_at(s, at))) {
		if (t->digits < 9)
			t->value = t->value * 10 + byte_at(s, at) - '0';
		if (t->digits < 255)
			t->digits++;
		at++;
	}
	if (t->digits > 9)
		t->value = -1;
	end = clock_end(s, at, t);
	if (end > 0) {
		t->kind = TOKEN_CLOCK;
		s->at = end;
		return;
	}
	end = ordinal_end(s, at);
	t->ordinal = end > 0;
	s->at = end > 0 ? end : at;
}

/* Skips white space; true when there was some. */
static bool
skip_space(struct scan *s)
{
	size_t from = s->at, size;

	for (;;) {
		int c = byte_at(s, s->at);

		if (s->at < s->len && (c <= ' ' || c == 0x7f))
			s->at++;
		else if (c >= 0x80 && typographic(s, s->at, &size) == ' ')
			s->at += size;
		else
			return s->at > from || from == 0;
	}
}

static void
lex_mark(struct scan *s, struct token *t)
{
	size_t size = 1;
	int c = byte_at(s, s->at);

	t->kind = TOKEN_MARK;
	if (c >= 0x80)
		c = typographic(s, s->at, &size);
	t->mark = strchr("-/.,();:'\"&[]<", c) != NULL ? (char)c : '*';
	s->at += size;
	if (s->at > s->len)
		s->at = s->len;
}

size_t
lex(const char *text, size_t len, struct token *out)
{
	struct scan s = { .text = text, .len = len };
	size_t n = 0;

	for (;;) {
		struct token *t = &out[n];
		bool space = skip_space(&s);

		*t = (struct token){ .glued = !space, .start = (uint32_t)s.at };
		if (s.at >= len || n == TOKENS_MAX - 1)
			return n;
		if (is_digit(byte_at(&s, s.at)))
			lex_number(&s, t);
		else if (is_letter_at(&s, s.at))
			lex_word(&s, t);
		else
			lex_mark(&s, t);
		t->len = (uint32_t)s.at - t->start;
		n++;
	}
}
