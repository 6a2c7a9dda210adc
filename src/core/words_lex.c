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

static const struct lexeme *
look_up(const char *text)
{
	size_t low = 0, high;
	const struct lexeme *table = lexicon(&high);

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(text, table[mid].text);

		if (order == 0)
			return &table[mid];
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
