/* SPDX-License-Identifier: ISC */
/* Sentences of a paper about what is known already; see said.h. */
#include "core/said.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/text.h"

#define SENTENCE_MAX 1000 /* bytes; what is longer is no sentence */
#define WORDS_MAX 160
#define SAID_MAX 500 /* sentences; no minutes have as many of them */
#define BOM "\xef\xbb\xbf"

/* ---- words ---- */

struct word {
	const char *at;
	size_t len;
};

struct words {
	struct word w[WORDS_MAX];
	size_t n;
};

static bool
is_word_byte(char c)
{
	return text_is_alnum(c) || (unsigned char)c >= 0x80 || c == '-' ||
	       c == '/' || c == '.' || c == '\'';
}

/* Words without the full stops behind them. */
static void
split_words(const char *text, struct words *out)
{
	out->n = 0;
	while (*text != '\0' && out->n < WORDS_MAX) {
		size_t len = 0;

		while (*text != '\0' && !is_word_byte(*text))
			text++;
		while (is_word_byte(text[len]))
			len++;
		if (len == 0)
			break;
		out->w[out->n] = (struct word){ text, len };
		while (out->w[out->n].len > 0 &&
		       strchr(".-/'", text[out->w[out->n].len - 1]) != NULL)
			out->w[out->n].len--;
		out->n += out->w[out->n].len > 0;
		text += len;
	}
}

static bool
is_in(const struct word *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (text_same_n(word->at, word->len, *list))
			return true;
	return false;
}

static bool
has_word(const struct words *words, const char *const *list)
{
	for (size_t i = 0; i < words->n; i++)
		if (is_in(&words->w[i], list))
			return true;
	return false;
}

static bool
same_word(const struct word *a, const struct word *b)
{
	if (a->len != b->len)
		return false;
	for (size_t i = 0; i < a->len; i++)
		if (text_lower(a->at[i]) != text_lower(b->at[i]))
			return false;
	return true;
}

/* One of some phrases, each word by word. */
static bool
has_phrase(const struct words *words, const char *const *phrases)
{
	for (; *phrases != NULL; phrases++) {
		struct words p;

		split_words(*phrases, &p);
		for (size_t i = 0; i + p.n <= words->n; i++) {
			size_t k = 0;

			while (k < p.n && same_word(&words->w[i + k], &p.w[k]))
				k++;
			if (k == p.n)
				return true;
		}
	}
	return false;
}

/* ---- what a sentence says ---- */

static const char *const done_words[] = { "complete", "completed", "closed",
	"done", "discharged", "actioned", "implemented", "finished", NULL };
static const char *const subjects[] = { "action", "actions", "this", "item",
	"task", "recommendation", NULL };

/* "PC-12", "WT-1.1": letters, a dash, a number. */
static bool
has_ref(const struct words *words)
{
	for (size_t i = 0; i < words->n; i++) {
		const struct word *w = &words->w[i];
		const char *dash = memchr(w->at, '-', w->len);

		if (dash != NULL && dash > w->at && dash + 1 < w->at + w->len &&
		    dash[1] >= '0' && dash[1] <= '9' &&
		    (w->at[0] < '0' || w->at[0] > '9'))
			return true;
	}
	return false;
}

static bool
says_closed(const struct words *words)
{
	static const char *const undone[] = { "not", "no", "never", "yet",
		"will", "would", "should", "shall", "could", "can", "may",
		"might", "must", "until", "once", "when", "if", "before",
		"nearly", "almost", "partly", "partially", "incomplete", "to",
		"being", "meeting", "nobody", "none", NULL };

	static const char *const of_day[] = { "closed at", "finished at",
		NULL };

	if (!has_word(words, done_words) || has_word(words, undone) ||
	    has_phrase(words, of_day))
		return false;
	return words->n <= 4 || has_word(words, subjects) || has_ref(words);
}

static bool
says_carried(const struct words *words)
{
	static const char *const phrases[] = { "carried forward",
		"carried over", "carry forward", "held over", "rolled over",
		"deferred to the next meeting", "deferred until the next",
		"remains outstanding", "still outstanding", "remains open",
		"not yet been done", "had not been done", "has not been done",
		"not been completed", "not yet been completed",
		"not yet complete", NULL };
	static const char *const only[] = { "c/f", "outstanding", "ongoing",
		"deferred", NULL };

	return has_phrase(words, phrases) ||
	       (words->n <= 4 && has_word(words, only));
}

/* "Rents are now due" is no new date: there must be one. */
static bool
says_moved(const struct words *words, const char *text)
{
	static const char *const dates[] = { "next meeting", "end of", NULL };
	static const char *const phrases[] = { "now be done by",
		"now be completed by", "now be complete by", "now due",
		"extended to", "extended until", "new date", "revised date",
		"new deadline", "revised deadline", "deadline moved",
		"put back to", "put back until", "now expected by",
		"now be ready by", NULL };

	return has_phrase(words, phrases) &&
	       (said_prints_a_day(text) || has_phrase(words, dates));
}

static const char *const minutes_words[] = { "minutes", "notes", NULL };
static const char *const approved_words[] = { "approved", "agreed", "confirmed",
	"adopted", "accepted", "ratified", "signed", "initialled", "initialed",
	NULL };

static bool
is_word_at(const struct words *words, size_t i, const char *const *list)
{
	return i < words->n && is_in(&words->w[i], list);
}

/* "It was agreed that the hedge be cut" approves no minutes: what follows the
 * verb is another thing. "Agreed to be a true record" does. */
static bool
is_of_another_thing(const struct words *words, size_t verb)
{
	static const char *const impersonal[] = { "it", NULL };
	static const char *const was[] = { "was", "is", "had", NULL };
	static const char *const onward[] = { "that", "to", NULL };
	static const char *const be[] = { "be", NULL };

	if (verb > 1 && is_word_at(words, verb - 1, was) &&
	    is_word_at(words, verb - 2, impersonal))
		return true;
	return is_word_at(words, verb + 1, onward) &&
	       !is_word_at(words, verb + 2, be);
}

/* "The chair signed the minutes": nothing but small words between. */
static bool
is_object(const struct words *words, size_t verb, size_t minutes)
{
	static const char *const small[] = { "the", "these", "those", "last",
		"previous", "and", "off", "board", "council", "meeting",
		"meeting's", "a", "copy", "of", NULL };

	for (size_t i = verb + 1; i < minutes; i++)
		if (!is_in(&words->w[i], small) &&
		    !is_in(&words->w[i], approved_words))
			return false;
	return true;
}

/* Subject and verb: minutes, and then that they were approved, agreed, signed
 * ... or are a true record; or someone who signed them. */
static bool
says_approved(const struct words *words)
{
	static const char *const wished[] = { "not", "will", "would", "until",
		"if", "unless", "should", "shall", "deferred", "draft",
		"cannot", "unable", "action", "once", NULL };
	static const char *const to_be[] = { "to approve", "to confirm",
		"to agree", "to accept", "to sign", "to adopt", "to initial",
		"subject to approval", "to be approved", "to be confirmed",
		"to be agreed", "to be accepted", "to be signed",
		"to be adopted", "to be ratified", "to be initialled", NULL };
	static const char *const record[] = { "true record", "correct record",
		"accurate record", "true and accurate record",
		"true and correct record", "correct and accurate record",
		NULL };
	size_t subject = words->n;

	if (!has_word(words, minutes_words) || has_word(words, wished) ||
	    has_phrase(words, to_be))
		return false;
	for (size_t i = 0; i < words->n; i++) {
		if (is_in(&words->w[i], minutes_words) && subject == words->n)
			subject = i;
		if (!is_in(&words->w[i], approved_words))
			continue;
		if (subject < i && !is_of_another_thing(words, i))
			return true;
		for (size_t k = i + 1; subject == words->n && k < words->n; k++)
			if (is_in(&words->w[k], minutes_words) &&
			    is_object(words, i, k))
				return true;
	}
	return has_word(words, approved_words) && has_phrase(words, record);
}

unsigned
said_kinds(const char *text)
{
	struct words words;
	unsigned kinds = 0;

	split_words(text, &words);
	if (says_approved(&words))
		return SAID_APPROVED;
	if (says_carried(&words))
		kinds |= SAID_CARRIED;
	else if (says_closed(&words))
		kinds |= SAID_CLOSED;
	if (says_moved(&words, text))
		kinds |= SAID_MOVED;
	return kinds;
}

/* ---- sentences ---- */

struct reading {
	struct saids *out;
	struct buf sentence;
	char *before;
	char *head;    /* of the paragraph; NULL: it has none */
	unsigned line; /* on which the sentence begins */
};

static void
end_sentence(struct reading *r)
{
	struct buf clean = { 0 };
	unsigned kinds;
	char *text;

	if (r->sentence.len == 0 || r->sentence.len > SENTENCE_MAX) {
		buf_reset(&r->sentence);
		return;
	}
	text_add_squeezed(&clean, buf_text(&r->sentence));
	buf_reset(&r->sentence);
	if (clean.len == 0) {
		buf_clear(&clean);
		return;
	}
	text = buf_take(&clean);
	kinds = said_kinds(text);
	if (kinds != 0 && r->out->list.len < SAID_MAX)
		*vec_push(&r->out->list) = (struct said){
			.kinds = kinds,
			.text = xstrdup(text),
			.before = xstrdup(r->before),
			.head = xstrdup(r->head),
			.line = r->line,
		};
	free(r->before);
	r->before = text;
}

static void
end_paragraph(struct reading *r)
{
	end_sentence(r);
	free(r->before);
	free(r->head);
	r->before = r->head = NULL;
}

/* A stop that ends a sentence: not that of "Cllr. Lee", "K. Lee", "7.00 pm". */
static bool
ends_here(const char *line, size_t len, size_t i)
{
	static const char *const short_for[] = { "mr", "mrs", "ms", "dr",
		"cllr", "cllrs", "no", "nos", "st", "rev", "prof", "hon", "e.g",
		"i.e", "approx", "dept", "ltd", "para", "ref", "min", NULL };
	struct word word = { line + i, 0 };
	size_t next = i + 1;

	if (strchr(".!?;", line[i]) == NULL)
		return false;
	if (next == len || line[i] == ';')
		return next == len || text_is_space(line[next]);
	if (!text_is_space(line[next]))
		return false;
	while (next < len && text_is_space(line[next]))
		next++;
	while (word.at > line && !text_is_space(word.at[-1])) {
		word.at--;
		word.len++;
	}
	return word.len != 1 && !is_in(&word, short_for) &&
	       (line[next] < 'a' || line[next] > 'z');
}

/* Where the first column of a line ends; 0: it is in none. */
static size_t
first_column(const char *line, size_t len)
{
	size_t run = 0;
	bool inside = false;

	for (size_t i = 0; i < len; i++) {
		run = line[i] == ' ' ? run + 1 : 0;
		inside = inside || (line[i] != ' ' && line[i] != '\t');
		if (inside && run == 3 && i + 1 < len)
			return i - 2;
		if (inside && line[i] == '\t')
			return i;
	}
	return 0;
}

/* That minutes were approved stands in a table as well as in prose: beside it
 * is who has to file them. Other cells are rows that the reader takes. */
static void
read_cell(struct reading *r, const char *cell, size_t len, unsigned number)
{
	size_t before = r->out->list.len;

	if (len > SENTENCE_MAX)
		return;
	r->line = number;
	buf_add(&r->sentence, cell, len);
	end_paragraph(r);
	while (r->out->list.len > before) {
		struct said *s = &r->out->list.items[r->out->list.len - 1];

		if (s->kinds & SAID_APPROVED)
			break;
		free(s->text);
		free(s->before);
		free(s->head);
		r->out->list.len--;
	}
}

/* A line that begins a paragraph of its own: "- ...", "3. ...". */
static bool
begins_item(const char *line, size_t len)
{
	size_t digits = 0;

	if (len > 2 && strchr("-*", line[0]) != NULL && line[1] == ' ')
		return true;
	if (len > 3 && memcmp(line, "\xe2\x80\xa2", 3) == 0)
		return true;
	while (digits < len && line[digits] >= '0' && line[digits] <= '9')
		digits++;
	return digits > 0 && digits < 3 && digits + 1 < len &&
	       strchr(".)", line[digits]) != NULL && line[digits + 1] == ' ';
}

static void
read_line(struct reading *r, const char *line, size_t len, unsigned number)
{
	size_t column, ref, at;
	bool alone;

	while (len > 0 && text_is_space(line[len - 1]))
		len--;
	while (len > 0 && text_is_space(*line)) {
		line++;
		len--;
	}
	column = first_column(line, len);
	if (len == 0 || column > 0) {
		end_paragraph(r);
		read_cell(r, line, column, number);
		return;
	}
	ref = said_head_at(line, len, &at, &alone);
	if (begins_item(line, len) ||
	    (ref > 0 && (alone || r->sentence.len == 0)))
		end_paragraph(r);
	if (ref > 0 && alone)
		r->head = xstrndup(line + at, ref);
	if (r->sentence.len > 0)
		buf_putc(&r->sentence, ' ');
	for (size_t i = 0; i < len; i++) {
		if (r->sentence.len == 0) {
			if (text_is_space(line[i]))
				continue;
			r->line = number;
		}
		if (r->sentence.len <= SENTENCE_MAX)
			buf_putc(&r->sentence, line[i]);
		/* "PC-1: carried forward; new date 3 May" is said at once */
		if (ends_here(line, len, i) &&
		    (line[i] != ';' || r->head == NULL))
			end_sentence(r);
	}
}

static void
decode(const char *bytes, size_t len, struct buf *out)
{
	bool little = len >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0;
	bool big = len >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0;

	if (little || big)
		(void)text_add_utf16(out, bytes + 2, len - 2, big);
	else if (text_is_utf8(bytes, len))
		buf_add(out, bytes, len);
	else
		(void)text_add_cp1252(out, bytes, len);
}

void
said_read(const char *bytes, size_t len, struct saids *out)
{
	struct reading r = { .out = out };
	struct buf text = { 0 };
	const char *at, *end;
	unsigned number = 1;

	decode(bytes, len, &text);
	at = buf_text(&text);
	end = at + text.len;
	if (text.len >= 3 && memcmp(at, BOM, 3) == 0)
		at += 3;
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((stop != NULL ? stop : end) - at);

		read_line(&r, at, n, number++);
		at += n + 1;
	}
	end_paragraph(&r);
	buf_clear(&r.sentence);
	buf_clear(&text);
}

void
saids_clear(struct saids *saids)
{
	VEC_EACH (struct said, s, &saids->list) {
		free(s->text);
		free(s->before);
		free(s->head);
	}
	vec_clear(&saids->list);
}

/* ---- what a sentence is about ---- */

bool
said_names(const char *text, const char *ref)
{
	struct words words;

	if (text_find(text, ref) == NULL)
		return false; /* most are not: soon said */
	split_words(text, &words);
	for (size_t i = 0; i < words.n; i++)
		if (text_same_n(words.w[i].at, words.w[i].len, ref))
			return true;
	return false;
}

bool
said_closes(const char *text, const char *ref)
{
	static const char *const around[] = { "action", "item", "ref", "is",
		"was", "has", "had", "been", "now", "the", "this", "as", "and",
		"also", "noted", "marked", "fully", NULL };
	struct words words;
	bool named = false, closed = false;

	split_words(text, &words);
	for (size_t i = 0; i < words.n; i++) {
		const struct word *w = &words.w[i];

		if (text_same_n(w->at, w->len, ref))
			named = true;
		else if (is_in(w, done_words))
			closed = true;
		else if (!is_in(w, around))
			return false;
	}
	return named && closed;
}

bool
said_is_of_last(const char *text)
{
	static const char *const last[] = { "last", "previous", "preceding",
		"prior", NULL };
	static const char *const of[] = { "of", "from", "for", NULL };
	static const char *const other[] = { "meeting of", "meetings of",
		NULL };
	struct words words;

	split_words(text, &words);
	if (has_phrase(&words, other))
		return false;
	for (size_t i = 0; i < words.n; i++)
		if (is_in(&words.w[i], minutes_words))
			return has_word(&words, last) ||
			       !is_word_at(&words, i + 1, of);
	return false;
}

/* The number that a word begins with: "2", "2nd", "02"; -1: none. */
static int
number_of(const struct word *word)
{
	static const char *const endings[] = { "st", "nd", "rd", "th", "",
		NULL };
	size_t digits = 0;
	int value = 0;

	while (digits < word->len && digits < 5 && word->at[digits] >= '0' &&
	       word->at[digits] <= '9')
		value = value * 10 + (word->at[digits++] - '0');
	if (digits == 0 || digits == 5)
		return -1;
	for (const char *const *e = endings; *e != NULL; e++)
		if (text_same_n(word->at + digits, word->len - digits, *e))
			return value;
	return -1;
}

/* A month at i with its day beside it; *year is -1 where none is printed. */
static bool
day_at(const struct words *words, size_t i, int *day, int *month, int *year)
{
	const struct word *w = words->w;
	size_t before = i;

	*month = month_parse(w[i].at, w[i].len);
	*year = -1;
	if (*month == 0 || w[i].len < 3)
		return false;
	if (before > 0 &&
	    text_same_n(w[before - 1].at, w[before - 1].len, "of"))
		before--;
	*day = before > 0 ? number_of(&w[before - 1]) : -1;
	if (*day >= 1 && *day <= 31) {
		if (i + 1 < words->n && number_of(&w[i + 1]) > 1000)
			*year = number_of(&w[i + 1]);
		return true;
	}
	*day = i + 1 < words->n ? number_of(&w[i + 1]) : -1;
	if (*day < 1 || *day > 31)
		return false;
	if (i + 2 < words->n && number_of(&w[i + 2]) > 1000)
		*year = number_of(&w[i + 2]);
	return true;
}

/* "02/12/2020", day before month; DAY_NONE when it is none. */
static int
slashed_day(const struct word *word)
{
	int part[3] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < word->len; i++) {
		if (word->at[i] >= '0' && word->at[i] <= '9' && part[n] < 10000)
			part[n] = part[n] * 10 + (word->at[i] - '0');
		else if (strchr("/.", word->at[i]) == NULL || ++n > 2)
			return DAY_NONE;
	}
	return n == 2 ? day_from_civil(part[2] < 100 ? part[2] + 2000 : part[2],
			    part[1], part[0])
		      : DAY_NONE;
}

static int
numbers_day(const struct word *word)
{
	int day = day_parse_n(word->at, word->len);

	return day != DAY_NONE ? day : slashed_day(word);
}

bool
said_prints_a_day(const char *text)
{
	struct words words;
	int day, month, year;

	split_words(text, &words);
	for (size_t i = 0; i < words.n; i++)
		if (day_at(&words, i, &day, &month, &year) ||
		    numbers_day(&words.w[i]) != DAY_NONE)
			return true;
	return false;
}

bool
said_prints_day(const char *text, int on)
{
	struct civil c = day_civil(on);
	struct words words;
	int day, month, year;

	split_words(text, &words);
	for (size_t i = 0; i < words.n; i++) {
		if (numbers_day(&words.w[i]) == on)
			return true;
		if (day_at(&words, i, &day, &month, &year) && day == c.day &&
		    month == c.month && (year == -1 || year == c.year))
			return true;
	}
	return false;
}
