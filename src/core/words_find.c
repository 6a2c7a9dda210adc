/* SPDX-License-Identifier: ISC */
/*
 * Deadline words in running text: of all that a text says about when, the span
 * that is a deadline, and not a past event, a quantity or a time of day. No
 * calendar is known here; tense is read from the words of the sentence.
 */
#include "core/words.h"

#include "core/words_grammar.h"

/* Shorter texts are cells of a table, "31/5", not sentences. */
#define CELL_TOKENS 6
#define CHUNK 6000 /* a text is searched in pieces that the lexer can hold */

/* What the sentence around a mention tells about its tense. */
struct tense {
	bool past; /* "it was noted", "called" */
	bool will; /* "will", "should", "to be", "agreed to" */
	bool may;  /* an infinitive, which may only say what for */
	bool had;  /* "had been": even a "by" lies behind */
	int tokens;
};

static bool
ends_sentence(const struct parse *p, int at)
{
	return is_mark(p, at, '.') && !token_at(p, at + 1)->glued &&
	       token_at(p, at + 1)->kind != TOKEN_END &&
	       token_at(p, at + 1)->capital;
}

static bool
is_infinitive(const struct parse *p, int at)
{
	return is_word(p, at, WORD_TO) &&
	       token_at(p, at + 1)->kind == TOKEN_WORD &&
	       token_at(p, at + 1)->word == WORD_OTHER &&
	       !token_at(p, at + 1)->capital;
}

/* "called", "outlined", but not "to be called". */
static bool
is_participle(const struct parse *p, int at)
{
	const struct token *t = token_at(p, at);
	const char *end = p->text + t->start + t->len;

	return t->kind == TOKEN_WORD && t->word == WORD_OTHER && t->len > 4 &&
	       end[-1] == 'd' && end[-2] == 'e' && !is_text(p, at - 1, "be") &&
	       !is_text(p, at, "need");
}

static struct tense
read_tense(const struct parse *p, const struct mention *m, bool asked)
{
	struct tense t = { 0 };
	int from = m->from, to = m->to;

	while (from > 0 && !ends_sentence(p, from - 1) &&
	       !is_mark(p, from - 1, ';'))
		from--;
	while (to < p->count && !ends_sentence(p, to) && !is_mark(p, to, ';'))
		to++;
	for (int i = from; i < to; i++) {
		if (i >= m->from && i < m->to)
			continue;
		t.tokens++;
		if (is_word(p, i, WORD_PAST) || is_word(p, i, WORD_HELD) ||
		    is_participle(p, i))
			t.past = true;
		if (is_word(p, i, WORD_WILL) || is_word(p, i, WORD_DUE) ||
		    is_text(p, i, "be") || is_text(p, i, "action") ||
		    (is_text(p, i, "agreed") && !is_text(p, i + 1, "at")))
			t.will = true;
		t.may |= is_infinitive(p, i);
		if (is_text(p, i, "had") || is_text(p, i, "has") ||
		    is_text(p, i, "have"))
			t.had |= is_word(p, i + 1, WORD_PAST) ||
				 is_word(p, i + 1, WORD_OTHER);
	}
	t.may |= asked && !t.past;
	return t;
}

/* Words that look back whatever the tense: "dated 3 May", "since March". */
static bool
looks_back(const struct parse *p, int at)
{
	static const char *const words[] = { "since", "dated", "held", "dating",
		"took", "occurred", "happened" };

	for (int back = 1; back <= 3; back++) {
		if (token_at(p, at - back)->kind != TOKEN_WORD)
			return false;
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			if (is_text(p, at - back, words[i]))
				return !is_text(p, at - back - 1, "be");
	}
	return false;
}

/* Says by its own words that it lies ahead: "by", "within", "next". */
static bool
looks_ahead(const struct mention *m)
{
	switch (m->relation) {
	case REL_BY:
	case REL_WITHIN:
	case REL_BEFORE:
	case REL_UNTIL:
		return true;
	default:
		break;
	}
	if (m->kind == MENTION_LENGTH)
		return true;
	if (m->kind != MENTION_POINT)
		return false;
	if (m->a.kind == POINT_MEETING)
		return m->a.meeting == MEETING_NEXT ||
		       m->a.meeting == MEETING_FUTURE;
	return m->a.offset == 1 || m->a.which == WHICH_NEXT;
}

/* Adjectives, not adverbs: "weekly accountability meetings". */
static bool
repeats_something(const struct parse *p, const struct mention *m)
{
	const struct token *next = token_at(p, m->to);

	if (m->kind != MENTION_RECURRING ||
	    !is_word(p, m->to - 1, WORD_EVERY_UNIT))
		return false;
	if (next->kind != TOKEN_WORD)
		return false;
	return (next->word == WORD_OTHER || next->word == WORD_TO) &&
	       !is_text(p, m->to, "update") && !is_text(p, m->to, "updates") &&
	       !is_text(p, m->to, "review") && !is_text(p, m->to, "reviews") &&
	       !is_text(p, m->to, "report") && !is_text(p, m->to, "reports");
}

/* Conditions and sayings that mean nothing in the middle of a sentence. */
static bool
is_chatter(const struct parse *p, const struct mention *m)
{
	if (m->kind == MENTION_CONDITION)
		return !is_text(p, m->from, "once") &&
		       !is_text(p, m->from, "pending") &&
		       !is_text(p, m->from, "subject") &&
		       !is_text(p, m->from, "awaiting") &&
		       !is_text(p, m->from, "following");
	if (m->kind != MENTION_IDIOM)
		return false;
	return (is_text(p, m->from, "ongoing") &&
		   token_at(p, m->to)->kind == TOKEN_WORD) ||
	       is_text(p, m->from, "none") || is_text(p, m->from, "na") ||
	       is_text(p, m->from, "soon") || is_text(p, m->from, "urgent") ||
	       is_text(p, m->from, "immediate") ||
	       is_text(p, m->from, "continuing") ||
	       is_text(p, m->from, "continuous");
}

static bool
is_next_meeting(const struct mention *m)
{
	return m->kind == MENTION_POINT && m->a.kind == POINT_MEETING &&
	       (m->a.meeting == MEETING_NEXT || m->a.meeting == MEETING_FUTURE);
}

/* "Date of next meeting: 5 December", "the next meeting is on 7 June" */
static bool
is_next_meeting_sentence(const struct parse *p, const struct mention *m)
{
	for (int i = m->from; i > 0 && i > m->from - 14; i--)
		if (is_word(p, i, WORD_MEETING) && is_word(p, i - 1, WORD_NEXT))
			return true;
	return false;
}

/* Says nothing about when even alone: "None", "the following:", "in addition
 * to the meetings". */
static bool
says_nothing(const struct parse *p, const struct mention *m)
{
	if (m->kind == MENTION_CONDITION && is_text(p, m->from, "following"))
		return is_word(p, m->from - 1, WORD_THE) ||
		       (!is_word(p, m->to, WORD_THE) &&
			   !is_word(p, m->to, WORD_A));
	if (m->kind == MENTION_IDIOM)
		return is_text(p, m->from, "none");
	if (m->kind != MENTION_POINT || m->a.kind != POINT_MEETING)
		return false;
	return (m->a.implied && m->relation == REL_NONE) ||
	       (m->a.meeting == MEETING_THIS &&
		   is_text(p, m->to - 1, "meetings"));
}

/* How good a deadline the mention is, here; 0: none. */
static int
weigh(const struct parse *p, const struct mention *m, bool asked)
{
	int weight = mention_weight(m);
	struct tense t = read_tense(p, m, asked);
	bool cell = t.tokens <= CELL_TOKENS && !t.past;

	if (weight <= 1 || m->conditional || says_nothing(p, m) ||
	    (!cell && (is_chatter(p, m) || repeats_something(p, m))) ||
	    looks_back(p, m->from))
		return 0;
	if (m->kind == MENTION_IDIOM || m->kind == MENTION_CONDITION) {
		if (t.past && !t.will && !t.may)
			return 0;
		return m->kind == MENTION_IDIOM ? weight : 5;
	}
	if (is_next_meeting(m))
		return weight + 4;
	if ((t.had || t.past) && !t.will && !t.may)
		return 0;
	if (looks_ahead(m))
		return weight + 4;
	/* "at the meeting" is where something was said. */
	if (m->kind == MENTION_POINT && m->a.kind == POINT_MEETING &&
	    m->a.meeting == MEETING_THIS && t.tokens > 0 &&
	    (t.past || !(t.will || t.may)))
		return 0;
	/* "on 3 May", "in March": ahead only if the sentence says so. */
	if (!cell && (t.past ? !t.will : !t.will && !t.may) &&
	    !is_next_meeting_sentence(p, m))
		return 0;
	return t.past ? weight - 5 : weight;
}

/* A condition's span runs to the end of its clause. */
static int
clause_end(const struct parse *p, const struct mention *m)
{
	int end = m->to;

	if (m->kind != MENTION_CONDITION)
		return end;
	while (end < p->count && end < m->to + 12 &&
	       token_at(p, end)->kind != TOKEN_MARK)
		end++;
	return end;
}

struct found {
	size_t start, len;
	int weight;
};

static void
search(
    const char *text, size_t len, bool asked, size_t offset, struct found *best)
{
	struct token tokens[TOKENS_MAX];
	struct mention mentions[MENTIONS_MAX];
	struct parse p = { .text = text, .tokens = tokens };
	size_t n;

	p.count = (int)lex(text, len, tokens);
	n = collect_mentions(&p, mentions);
	for (size_t i = 0; i < n; i++) {
		int weight = weigh(&p, &mentions[i], asked);
		const struct token *first = &tokens[mentions[i].from];
		const struct token *last;

		if (weight <= best->weight)
			continue;
		last = &tokens[clause_end(&p, &mentions[i]) - 1];
		best->weight = weight;
		best->start = offset + first->start;
		best->len = last->start + last->len - first->start;
	}
}

/* Where a piece may end: behind a full stop or at white space. */
static size_t
piece_length(const char *text, size_t len)
{
	if (len <= CHUNK)
		return len;
	for (size_t i = CHUNK; i > CHUNK / 2; i--)
		if (text[i - 1] == '\n' ||
		    (text[i - 1] == '.' && text[i] == ' '))
			return i;
	for (size_t i = CHUNK; i > CHUNK / 2; i--)
		if (text[i - 1] == ' ')
			return i;
	return CHUNK;
}

static int
find(const char *text, size_t text_len, bool asked, size_t *start, size_t *len)
{
	struct found best = { .weight = 4 };

	for (size_t at = 0; at < text_len;) {
		size_t piece = piece_length(text + at, text_len - at);

		search(text + at, piece, asked, at, &best);
		at += piece;
	}
	if (best.len == 0)
		return 0;
	*start = best.start;
	*len = best.len;
	return 1;
}

int
words_find(const char *text, size_t text_len, size_t *start, size_t *len)
{
	return find(text, text_len, false, start, len);
}

int
words_find_asked(const char *text, size_t text_len, size_t *start, size_t *len)
{
	return find(text, text_len, true, start, len);
}
