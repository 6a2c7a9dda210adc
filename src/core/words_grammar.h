/* SPDX-License-Identifier: ISC */
/*
 * The grammar of deadline words: what a phrase says, before anyone asks which
 * day that is. Internal to the words module. The way of a phrase:
 *
 *   words_lex.c      text -> tokens
 *   words_parse.c    what all parsers share: looking at tokens
 *   words_date.c     tokens -> points that are days: dates, weekdays, today
 *   words_span.c     tokens -> points that are spans: "end of next month",
 *                    seasons, quarters, years, terms
 *   words_holiday.c  tokens -> points that are holidays
 *   words_length.c   tokens -> lengths: "three to four weeks"
 *   words_meeting.c  tokens -> points that are meetings: "the next LCJP"
 *   words_idiom.c    fixed sayings: "in due course"
 *   words_period.c   lengths with their anchor: "two weeks before ..."
 *   words_recur.c    recurrences: "quarterly from January"
 *   words_mention.c  preposition + point -> mention: "by the end of March",
 *                    "between 3 and 7 June"; a text's mentions in order
 *   words_place.c    a point in the calendar -> first and last day; spans and
 *                    their parts in words_place_span.c and words_part.c,
 *                    holidays and meetings in words_place_event.c
 *   words_series.c   which series a name means
 *   words_units.c    lengths in the calendar, and said in full
 *   words_count.c    a mention -> its due day and window
 *   words.c          mentions -> the answer, its rule and its flags
 *   words_find.c     mentions -> the best span of a longer text
 *
 * A parser takes the index of a token and returns the index behind what it has
 * read, 0 when that is not what stands there; outputs are set on success only.
 */
#ifndef NUDGED_CORE_WORDS_GRAMMAR_H
#define NUDGED_CORE_WORDS_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/words.h"
#include "core/words_lex.h"

struct parse {
	const char *text;
	const struct token *tokens; /* ends with a TOKEN_END */
	int count;
	const struct words_env *env; /* NULL while searching running text */
};

/* A piece of a span: "early March", "the end of next week". */
enum part {
	PART_WHOLE,
	PART_START, /* the beginning of: its first day after "by" */
	PART_EARLY,
	PART_MID,
	PART_LATE,
	PART_END,     /* its last day */
	PART_REST,    /* "later this month" */
	PART_HALF,    /* number 1 or 2 */
	PART_WEEK,    /* number 1 to 5, -1 the last */
	PART_DAY,     /* number, -1 the last; working */
	PART_QUARTER, /* number 1 to 4 */
};

enum point_kind {
	POINT_DATE,        /* day, month, year (0: not said), weekday */
	POINT_MONTHDAY,    /* day of the month at offset; weekday */
	POINT_TODAY,       /* offset in days */
	POINT_AGO,         /* lies behind: no deadline */
	POINT_WEEKDAY,     /* weekday, which; offset: days on top */
	POINT_NTH_WEEKDAY, /* number, weekday of month, year or of offset */
	POINT_SPAN,        /* span, number, year, offset, part, part_number */
	POINT_HOLIDAY,     /* holiday, year */
	POINT_MEETING,     /* which meeting: see below */
};

enum which { WHICH_COMING, WHICH_THIS, WHICH_NEXT, WHICH_OF_WEEK };

enum span_kind {
	SPAN_WEEK,        /* of offset, or that of the date day-month-year */
	SPAN_WEEK_ENDING, /* the week up to the date */
	SPAN_WEEKEND,
	SPAN_MONTH,     /* number: month, 0 for one at offset */
	SPAN_QUARTER,   /* number: quarter, 0 for one at offset */
	SPAN_HALF_YEAR, /* number: 1 or 2 */
	SPAN_SEASON,    /* number: enum season */
	SPAN_YEAR,
	SPAN_FINANCIAL, /* year: that in which it begins */
	SPAN_MUNICIPAL,
	SPAN_ACADEMIC,
	SPAN_NEW_YEAR,  /* "in the New Year": January */
	SPAN_TERM,      /* number: enum season, -1 for the running one */
	SPAN_HALF_TERM, /* the holiday; number: enum season, -1: the next */
	SPAN_RECESS,    /* number: enum season */
	SPAN_PURDAH,    /* the weeks before the May elections */
};

enum holiday_kind {
	HOLIDAY_CHRISTMAS,
	HOLIDAY_CHRISTMAS_EVE,
	HOLIDAY_CHRISTMAS_DAY,
	HOLIDAY_BOXING_DAY,
	HOLIDAY_NEW_YEARS_EVE,
	HOLIDAY_NEW_YEARS_DAY,
	HOLIDAY_EASTER,
	HOLIDAY_GOOD_FRIDAY,
	HOLIDAY_EASTER_SUNDAY,
	HOLIDAY_EASTER_MONDAY,
	HOLIDAY_BANK, /* number: month or season + 20; 0: the next */
	HOLIDAY_ELECTION,
	HOLIDAY_REMEMBRANCE,
	HOLIDAY_FEAST, /* number: days from Easter Sunday */
};

enum meeting_which {
	MEETING_NEXT, /* number: 1 next, 2 next but one ... */
	MEETING_THIS,
	MEETING_LAST,   /* lies behind */
	MEETING_FUTURE, /* "a future meeting" */
	MEETING_MONTH,  /* that of month, year */
	MEETING_ON,     /* that of a printed date: point b of the mention */
	MEETING_EVERY,
};

#define OFFSET_NONE 100 /* no "this", "next" or "last" was said */
#define NO_WEEKDAY (-1)

struct point {
	enum point_kind kind;
	int day, month, year;
	int weekday;  /* NO_WEEKDAY: none said */
	int weekday2; /* a second one in brackets, that must agree */
	int number;
	int offset;
	int year_offset; /* "March next year": 1 */
	enum which which;
	enum span_kind span;
	enum part part;
	int part_number;
	enum holiday_kind holiday;
	enum meeting_which meeting;
	bool implied;       /* a meeting with no word that says which */
	bool working;       /* PART_DAY counts working days */
	bool papers;        /* due with the papers of that meeting */
	bool year_style;    /* "2018/19", "FY": financial */
	bool us_order;      /* only readable as month/day */
	int name, name_end; /* tokens of a body's name; equal: none */
};

struct length {
	int low, high;
	enum unit unit;
	bool two_units; /* "two weeks to a month": the high one has its own */
	enum unit high_unit;
	int more; /* of a smaller unit, "and six months"; < 0: "less a day" */
	enum unit more_unit;
	bool vague;  /* "a few" */
	bool approx; /* "or so" */
};

enum relation {
	REL_NONE,
	REL_BY,
	REL_ON, /* on, at, in, during */
	REL_BEFORE,
	REL_AFTER,
	REL_FROM, /* not before */
	REL_UNTIL,
	REL_WITHIN,
	REL_FOR, /* "for six months": how long, not when */
};

enum mention_kind {
	MENTION_POINT,
	MENTION_RANGE,  /* a to b */
	MENTION_LENGTH, /* counted from the base, or from point a */
	MENTION_RECURRING,
	MENTION_IDIOM,
	MENTION_CONDITION, /* "once ...", "subject to ..." */
};

/* What a length is counted from, and which way. */
enum anchor {
	ANCHOR_BASE,
	ANCHOR_EVENT,          /* "of receipt": the base is its day */
	ANCHOR_AFTER,          /* after point a */
	ANCHOR_BEFORE,         /* before point a */
	ANCHOR_BEFORE_UNKNOWN, /* before something whose day nobody knows */
	ANCHOR_PAST,           /* "two weeks ago", "the last six months" */
};

enum idiom_kind {
	IDIOM_ASAP,
	IDIOM_IMMEDIATE,
	IDIOM_UNRESOLVED,
	IDIOM_CONDITION,
	IDIOM_AT_MEETING, /* "verbal update" */
	IDIOM_STANDING,   /* "standing item" */
	IDIOM_REVIEW,     /* "as appropriate": one of the unresolved that may
			   * stand behind a date without weight */
};

struct idiom {
	const char *text; /* lower case, single spaces; "*" stands for one
			   * word, whichever */
	enum idiom_kind kind;
	const char *why; /* for the rule; NULL: nothing to add */
};

struct mention {
	enum mention_kind kind;
	enum relation relation;
	struct point a, b;
	struct length length;
	enum anchor anchor;
	bool beginning;  /* "beginning with": the first day counts */
	bool at_least;   /* earliest only, or the latest before something */
	bool window;     /* "in the week before": all of it */
	int weekday;     /* "the Friday before": enum weekday + 1 */
	bool approx;     /* "around" */
	bool clear;      /* clear days */
	bool parish;     /* ... as LGA 1972 s.243 counts them */
	bool meetings;   /* recurring by meetings; length.low of them */
	unsigned months; /* recurring in these: bits 1 to 12 */
	bool repeats;    /* point a is that of each period */
	bool weak;       /* a body named in passing: "to the Audit Committee" */
	const struct idiom *idiom;
	int from, to; /* its tokens */
	/* set while collecting */
	bool in_brackets;
	bool gloss; /* "i.e. ..." */
	bool after_slash;
	bool revised;     /* "revised to ..." */
	bool conditional; /* inside "once ...": says nothing about when */
};

/* ---- small helpers of the parsers (words_lex.c has the tokens) ---- */

/* The token at an index; one of no kind where there is none. Inline, as every
 * parser asks for every token of a text. */
static inline const struct token *
token_at(const struct parse *p, int at)
{
	static const struct token none = { 0 };

	return at >= 0 && at < p->count ? &p->tokens[at] : &none;
}

static inline bool
is_word(const struct parse *p, int at, enum word word)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_WORD && t->word == word;
}

static inline bool
is_mark(const struct parse *p, int at, char mark)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_MARK && t->mark == mark;
}

/* The index behind the word or mark when it stands there, else at itself. */
static inline int
skip_word(const struct parse *p, int at, enum word word)
{
	return is_word(p, at, word) ? at + 1 : at;
}

static inline int
skip_mark(const struct parse *p, int at, char mark)
{
	return is_mark(p, at, mark) ? at + 1 : at;
}

static inline bool
is_unit(const struct parse *p, int at, enum unit unit)
{
	return is_word(p, at, WORD_UNIT) && token_at(p, at)->value == (int)unit;
}

/* The spelled text of the token, compared without case. */
static inline bool
is_text(const struct parse *p, int at, const char *text)
{
	const struct token *t = token_at(p, at);

	return t->kind == TOKEN_WORD && strlen(text) == t->len &&
	       strncasecmp(p->text + t->start, text, t->len) == 0;
}

/* Does the word stand anywhere in the text? */
bool says_word(const struct parse *p, enum word word);
/* The index behind up to five words in a row, ended by WORD_OTHER; else 0. */
int match_words(const struct parse *p, int at, const enum word *words);
struct point point_new(enum point_kind kind);
/* The day, month, year and weekday that were said of a date. */
void point_take_date(struct point *point, const struct point *date);

/* ---- parsers ---- */

int parse_year(const struct parse *p, int at, int *year);
bool is_month(const struct parse *p, int at);
int parse_date(const struct parse *p, int at, struct point *out);
/* "03/2019": a month, in figures. */
int parse_month_figures(const struct parse *p, int at, struct point *out);
/* Days that need a preposition or company to be one: "the 23rd", "Friday". */
int parse_day(const struct parse *p, int at, struct point *out);
/* "the first Monday", "last Friday": number and weekday, of no month yet. */
int parse_nth_weekday(const struct parse *p, int at, struct point *out);
/* A clock time in front of or behind a day: "5pm on", ", 2pm". */
int skip_clock(const struct parse *p, int at);

int parse_span(const struct parse *p, int at, struct point *out);
int parse_holiday(const struct parse *p, int at, struct point *out);
const char *feast_name(int after_easter); /* of a HOLIDAY_FEAST */

int parse_number(const struct parse *p, int at, int *value);
int parse_ordinal(const struct parse *p, int at, int *value);
/* The same, and from the end: -1 is "last", -2 "last but one", "penultimate",
 * "second last". */
int parse_position(const struct parse *p, int at, int *value);
int parse_length(
    const struct parse *p, int at, struct length *out, bool *clear);

int parse_meeting(const struct parse *p, int at, struct point *out);
/* "the Board meets", "PCP": a body with nothing that says which meeting. */
int parse_body(const struct parse *p, int at, struct point *out);

int parse_idiom(const struct parse *p, int at, const struct idiom **out);

/* The preposition at a place, into m->relation; at itself when there is none.
 */
int parse_relation(const struct parse *p, int at, struct mention *m);
int parse_length_mention(const struct parse *p, int at, struct mention *out);
int parse_recurring(const struct parse *p, int at, struct mention *out);
/* "the end of each month", "5th of every month", "last working day of each
 * quarter": a point in which "each" stands where the one period would have
 * "the". Read as that one; the coming is meant. */
int parse_each_point(const struct parse *p, int at, struct point *out);
int parse_point(const struct parse *p, int at, struct point *out);
int parse_mention(const struct parse *p, int at, struct mention *out);

#define MENTIONS_MAX 64
/* All mentions of a text, in order. */
size_t collect_mentions(const struct parse *p, struct mention *out);

/* ---- the calendar's side ---- */

#define FLAG_MISMATCH 0x001 /* weekday and date disagree */
#define FLAG_PAST 0x002
#define FLAG_AMBIGUOUS 0x004
#define FLAG_CONDITION 0x008
#define FLAG_VAGUE 0x010
#define FLAG_UNRESOLVED 0x020
#define FLAG_NO_SERIES 0x040 /* the series has no meeting to name */
#define FLAG_IMPRECISE 0x080 /* the base is known to the month only */
#define FLAG_CALENDAR 0x100  /* term dates and the like are not configured */
#define FLAG_HORIZON 0x200   /* beyond the loaded holidays */
#define FLAG_POLICY 0x400
#define FLAG_SPECIAL 0x800    /* counted by a calendar of its own */
#define FLAG_UNCERTAIN 0x1000 /* "tentatively", "around" */
#define FLAG_NO_DAY 0x4000    /* 31 April */
#define FLAG_TWO_LIMITS 0x2000

/* A loose window that closed so shortly before the base is the one just past,
 * not that of next year: a deadline must never be put off by a year. */
#define JUST_PAST 14
bool is_loose_part(enum part part);

/* Where a point lies: its first and last day. */
struct place {
	int first, last; /* DAY_NONE: no such day */
	bool day;        /* one day, not a window */
	bool ago;        /* lies behind by its very words */
	bool soft;
	bool year_inferred;
	unsigned flags;
	int64_t series;  /* hangs on this series */
	bool no_meeting; /* a meeting that the calendar does not have */
	int meeting_on;
	bool future; /* "a future meeting" */
	int anchor;  /* what "two weeks after" counts from */
};

/* Where the point lies, seen from the base; says it in English in *say. */
void place_point(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say);

/* words_units.c: n units from a day (n < 0: before it); DAY_NONE beyond the
 * calendar. */
int add_units(const struct parse *p, int day, enum unit unit, int n);
/* The day a length from another, or back from it; its low or its high one. */
int length_end(const struct parse *p, int day, const struct length *l,
    bool high, bool back);
void say_number(struct buf *say, int n); /* "three", "13" */
void say_length(struct buf *say, const struct length *length);
void say_period(struct buf *say, const struct length *length); /* "quarter" */

/* The kinds of point, each by itself: words_place.c, _span.c, _event.c. */
void place_date(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say);
void place_span(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say);
void place_holiday(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say);
void place_meeting(const struct parse *p, const struct point *point,
    struct place *out, struct buf *say);
/* First and last day of a span, without saying anything. */
void place_span_days(
    const struct parse *p, const struct point *point, struct place *out);

/* Small reckonings that they share. */
int base_year(const struct parse *p);
void set_day(struct place *out, int day);
void say_day(struct buf *say, int day);
int week_start(int day); /* its Monday */
int month_first(int year, int month);
int month_last(int year, int month);
/* Reduces first and last to the part of the span that the point takes. */
void cut_part(
    const struct parse *p, const struct point *point, int *first, int *last);
/* The nth such weekday of a month, -1 the last; DAY_NONE when there is none. */
int nth_weekday(int year, int month, int weekday, int n);
/* "first", "10th"; "last" for -1. */
void say_ordinal(struct buf *say, int n);

/* What a mention comes to. */
struct outcome {
	int due_on, earliest_on;
	unsigned flags;
	int64_t series;
	int meeting_on;
	bool at_meeting, soft, recurring, year_inferred;
	bool ago; /* speaks of the past */
	bool asap;
	bool backward;      /* counted back from the base: no deadline missed */
	bool used_calendar; /* counted working days or holidays */
	struct buf rule;
};

/* How much a mention says about when; more is better. */
int mention_weight(const struct mention *m);

/* Resolves one mention; clear the outcome afterwards. */
void resolve_mention(
    const struct parse *p, const struct mention *m, struct outcome *out);
void outcome_clear(struct outcome *out);

/* The series that the tokens [name, name_end) mean; the own one for "the
 * Board", "this group". NULL when none is known by that name. */
const struct words_series *series_named(
    const struct parse *p, int name, int name_end);
const struct words_series *series_own(const struct words_env *env);
/* The index behind a series' code, title or alias standing at at, else 0. */
int series_spelled(const struct parse *p, int at);

#endif
