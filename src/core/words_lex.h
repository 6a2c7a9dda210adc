/* SPDX-License-Identifier: ISC */
/*
 * Tokens of deadline words: the text cut into words, numbers, clock times and
 * marks, each word looked up in the lexicon. Knows spelling, no grammar.
 */
#ifndef NUDGED_CORE_WORDS_LEX_H
#define NUDGED_CORE_WORDS_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a word is to the grammar. Words of a class carry a value (WORD_MONTH 1
 * to 12, WORD_WEEKDAY an enum weekday, WORD_UNIT an enum unit ...); spellings
 * of one thing share a word ("xmas" is WORD_CHRISTMAS). */
enum word {
	WORD_OTHER, /* not in the lexicon */
	/* classes, with a value */
	WORD_BODY,       /* board, committee: what meets */
	WORD_CARDINAL,   /* one, twelve */
	WORD_TENS,       /* twenty, thirty */
	WORD_EVENT,      /* receipt, publication: what starts a period */
	WORD_EVERY_UNIT, /* weekly, quarterly: value an enum unit */
	WORD_MONTH,
	WORD_ORDINAL,  /* first, twentieth */
	WORD_PARTICLE, /* it, since: never part of a name */
	WORD_PAST,     /* was, noted: tells of what has happened */
	WORD_SEASON,
	WORD_TODAY, /* today 0, tomorrow 1, yesterday -1 */
	WORD_UNIT,
	WORD_WEEKDAY,
	WORD_WILL, /* will, should, due: tells of what is to be done */
	/* single words */
	WORD_A,
	WORD_ACADEMIC,
	WORD_ADVANCE,
	WORD_AFTER,
	WORD_AFTERNOON,
	WORD_AGENDA,
	WORD_AGO,
	WORD_AHEAD,
	WORD_ALTERNATE,
	WORD_AND,
	WORD_AROUND,
	WORD_AT,
	WORD_AVAILABLE,
	WORD_BANK,
	WORD_BEFORE,
	WORD_BEGINNING,
	WORD_BETWEEN,
	WORD_BI,
	WORD_BOXING,
	WORD_BREAK,
	WORD_BUSINESS,
	WORD_BUT,
	WORD_BY,
	WORD_CALENDAR,
	WORD_CHRISTMAS,
	WORD_CLEAR,
	WORD_CLOSE,
	WORD_COB,
	WORD_COMING,
	WORD_COMMENCING,
	WORD_CONSECUTIVE,
	WORD_COUPLE,
	WORD_DATE,
	WORD_DEADLINE,
	WORD_DOZEN,
	WORD_DUE,
	WORD_DURING,
	WORD_EACH,
	WORD_EARLIER,
	WORD_EARLY,
	WORD_EASTER,
	WORD_EFFECT,
	WORD_END,
	WORD_EOM,
	WORD_EVE,
	WORD_EVENING,
	WORD_EVERY,
	WORD_EXCEEDING,
	WORD_FEW,
	WORD_FINANCIAL,
	WORD_FOLLOWING,
	WORD_FOR,
	WORD_FROM,
	WORD_FURTHER,
	WORD_FUTURE,
	WORD_FY,
	WORD_GOOD,
	WORD_H,
	WORD_HALF,
	WORD_HALFTERM,
	WORD_HELD,
	WORD_HENCE,
	WORD_HOLIDAY,
	WORD_IE,
	WORD_IN,
	WORD_INTERVALS,
	WORD_ITEM,
	WORD_LAST,
	WORD_LATE,
	WORD_LATER,
	WORD_LATEST,
	WORD_LEAST,
	WORD_LESS,
	WORD_MEETING,
	WORD_MEETS,
	WORD_MID,
	WORD_MINIMUM,
	WORD_MORE,
	WORD_MORNING,
	WORD_MOST,
	WORD_MUNICIPAL,
	WORD_NEW,
	WORD_NEXT,
	WORD_NO,
	WORD_NOON,
	WORD_NOT,
	WORD_NOW,
	WORD_NUMBER,
	WORD_OCLOCK,
	WORD_OF,
	WORD_ON,
	WORD_OR,
	WORD_OTHER_ONE,
	WORD_OVER,
	WORD_PAPERS,
	WORD_PARISH,
	WORD_PER,
	WORD_PERIOD,
	WORD_PLAY,
	WORD_PREVIOUS,
	WORD_PRIOR,
	WORD_PURDAH,
	WORD_Q,
	WORD_RECESS,
	WORD_SAR,
	WORD_SCHOOL,
	WORD_SEVERAL,
	WORD_SO,
	WORD_STARTING,
	WORD_TERM,
	WORD_THAN,
	WORD_THAT,
	WORD_THE,
	WORD_THIS,
	WORD_THROUGH,
	WORD_TIME,
	WORD_TO,
	WORD_TOWARDS,
	WORD_UNDER,
	WORD_UNTIL,
	WORD_UP,
	WORD_WEEKEND,
	WORD_WHEN,
	WORD_WHICHEVER,
	WORD_WITH,
	WORD_WITHIN,
	WORD_WORKING,
	WORD_WC,
	WORD_WE,
	WORD_YEAREND,
};

enum unit {
	UNIT_HOUR,
	UNIT_DAY,
	UNIT_WORKDAY,
	UNIT_CLEAR_DAY, /* whole days between, working ones */
	UNIT_WEEK,
	UNIT_FORTNIGHT,
	UNIT_MONTH,
	UNIT_QUARTER,
	UNIT_HALF_YEAR,
	UNIT_YEAR,
	UNIT_MEETING,
};

enum season { SEASON_SPRING, SEASON_SUMMER, SEASON_AUTUMN, SEASON_WINTER };

enum token_kind {
	TOKEN_END, /* behind the last one */
	TOKEN_WORD,
	TOKEN_NUMBER, /* 23, 23rd */
	TOKEN_CLOCK,  /* 10.30am, 17:00 */
	TOKEN_MARK,   /* one character: - / . , ( ) ; : ' " and * for others */
};

struct token {
	uint8_t kind;
	uint8_t digits; /* of a number */
	bool glued;     /* nothing stands between it and the one before */
	bool ordinal;   /* 23rd */
	bool capital;   /* begins with a capital letter */
	bool capitals;  /* two or more letters, all of them capitals */
	char mark;
	enum word word;
	int value;
	uint32_t start, len;
};

#define TOKENS_MAX 1024

/* Cuts text into at most TOKENS_MAX - 1 tokens and a TOKEN_END (whose start is
 * where it stopped); returns how many, without the end. */
size_t lex(const char *text, size_t len, struct token *out);

/* The lexicon, in order, for its test. */
struct lexeme {
	const char *text;
	enum word word;
	int value;
};
const struct lexeme *lexicon(size_t *count);

#endif
