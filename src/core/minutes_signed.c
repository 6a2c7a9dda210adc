/* SPDX-License-Identifier: ISC */
/*
 * Sentences signed with who acts, and maybe when: "Quotes to be obtained for
 * the fence. CC", "The cover needs checking (KM by 12 May)".
 */
#include "core/minutes_parts.h"

#include <string.h>

enum { SIGNED_MAX = 48, INITIALS_MAX = 16, TASK_MIN = 12 };

struct signature {
	size_t task;  /* bytes of what stands before it */
	size_t coded; /* bytes of "AP4.3, " before the owners */
	const char *owners, *due;
	size_t owners_len, due_len;
};

/* Are all of them people whom the paper or the register knows? */
static bool
are_people(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	struct minutes_entry scratch = { 0 };
	bool known = len >= 2 && owners_only(r, m, text, len);

	if (known) {
		owners_cell(r, m, text, len, &scratch);
		known = scratch.owners.len > 0;
		VEC_EACH (const struct minutes_owner, o, &scratch.owners)
			known &= o->basis == MINUTES_BY_NAME ||
				 o->basis == MINUTES_BY_INITIALS ||
				 o->basis == MINUTES_BY_OFFICE ||
				 (len == 3 && memcmp(text, "ALL", 3) == 0);
		owners_clear(&scratch);
	}
	return known;
}

/* "KM", "KM by 12 May", "KM/AB - end of July". */
static bool
owners_and_due(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct signature *s)
{
	const char *due;
	size_t n, head = len;

	s->due = NULL;
	if (due_find(text, len, &due, &n) && due > text &&
	    due + n + 2 > text + len) {
		s->due = due;
		s->due_len = n;
		head = (size_t)(due - text);
	}
	while (head > 0 && (text_is_space(text[head - 1]) ||
			       strchr(",;:-", text[head - 1])))
		head--;
	if (head > 3 && text_same_n(text + head - 3, 3, " by"))
		head -= 3;
	s->owners = text;
	s->owners_len = head;
	return are_people(r, m, text, head);
}

/* "AP4.3, ", "Action 5 - ": the code of an action before who acts. */
static size_t
code_in(const char *text, size_t len)
{
	static const char *const words[] = { "AP", "A/P", "AI", "Action point",
		"Action", NULL };
	size_t n = 0, digits = 0;

	for (const char *const *w = words; *w && n == 0; w++)
		if (len > strlen(*w) && strncmp(text, *w, strlen(*w)) == 0)
			n = strlen(*w);
	if (n == 0)
		return 0;
	for (; n < len && strchr(" .-/#0123456789", text[n]); n++)
		digits += text_is_digit(text[n]);
	if (digits == 0)
		return 0;
	while (n < len && strchr(",;: ", text[n]))
		n++;
	return n == len || !text_is_alnum(text[n - 1]) ? n : 0;
}

static bool
in_brackets(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct signature *s)
{
	char close = text[len - 1];
	size_t open = len;

	if (close != ')' && close != ']')
		return false;
	while (open > 0 && len - open < SIGNED_MAX &&
	       text[open - 1] != (close == ')' ? '(' : '['))
		open--;
	if (open == 0 || len - open >= SIGNED_MAX)
		return false;
	s->task = open - 1;
	s->coded = code_in(text + open, len - open - 1);
	open += s->coded;
	if (s->coded > 0 && open + 1 >= len) {
		s->owners = text + open;
		s->owners_len = s->due_len = 0;
		s->due = NULL;
		return true;
	}
	return owners_and_due(r, m, text + open, len - open - 1, s) ||
	       (s->coded > 0 && owners_only(r, m, s->owners, s->owners_len));
}

/* "CC", "AB/CC", "AB & CC". */
static bool
are_initials(const char *text, size_t len)
{
	size_t upper = 0;

	for (size_t i = 0; i < len; i++) {
		if (text_is_upper(text[i]))
			upper++;
		else if (!strchr(" /&,.", text[i]))
			return false;
	}
	return upper >= 2;
}

/* Initials behind a full stop. */
static bool
behind_stop(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct signature *s)
{
	size_t from = len;

	while (from > 0 && len - from <= INITIALS_MAX && text[from - 1] != '.')
		from--;
	if (from == 0 || text[from - 1] != '.' || from >= len ||
	    !text_is_space(text[from]) ||
	    !are_initials(text + from, len - from))
		return false;
	while (text_is_space(text[from]))
		from++;
	s->task = from;
	return owners_and_due(r, m, text + from, len - from, s);
}

/* "The hedge to be cut back - BB", "New lock - Ann Bell". */
static bool
behind_dash(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct signature *s)
{
	for (size_t i = len; i-- > TASK_MIN && len - i < SIGNED_MAX;) {
		size_t d = dash_at(text + i), from = i + d;

		if (d == 0 || !text_is_space(text[i - 1]) ||
		    !text_is_space(text[from]))
			continue;
		while (text_is_space(text[from]))
			from++;
		s->task = i;
		return owners_and_due(r, m, text + from, len - from, s);
	}
	return false;
}

/* "Ann Bell (AB)" only says who somebody is, "as reported (AB)" who spoke. */
static bool
asks_something(const struct reading *r, const struct minutes_meeting *m,
    const char *text, const struct signature *s)
{
	struct minutes_entry scratch = { 0 };
	enum charge charge = clause_read(r, m, text, s->task, &scratch);

	owners_clear(&scratch);
	return s->due || charge == CHARGE_PASSIVE || charge == CHARGE_VERB ||
	       charge == CHARGE_TO || charge == CHARGE_ASKED ||
	       find_phrase(text, s->task, "needs") ||
	       find_phrase(text, s->task, "need");
}

bool
signature_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	struct signature s = { 0 };

	if (entry->owners.len > 0 || !owners_and_due(r, m, text, len, &s) ||
	    !s.due)
		return false;
	owners_cell(r, m, s.owners, s.owners_len, entry);
	if (!entry->due_phrase)
		due_phrase_set(entry, s.due, s.due_len);
	return true;
}

size_t
signature_cut(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	struct signature s = { 0 };

	while (len > 0 && text_is_space(text[len - 1]))
		len--;
	if (len < TASK_MIN || (!behind_stop(r, m, text, len, &s) &&
				  !behind_dash(r, m, text, len, &s)))
		return len;
	owners_cell(r, m, s.owners, s.owners_len, entry);
	if (s.due && !entry->due_phrase)
		due_phrase_set(entry, s.due, s.due_len);
	return s.task;
}

size_t
signature_at(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	size_t skip = 0, n;
	const char *close;
	struct signature s = { 0 };

	while (skip < len && text_is_space(text[skip]))
		skip++;
	if (skip >= len)
		return 0;
	if (text[skip] != '(' && text[skip] != '[')
		return skip > 0 && len - skip <= INITIALS_MAX &&
			       are_initials(text + skip, len - skip) &&
			       owners_and_due(r, m, text + skip, len - skip, &s)
			   ? len
			   : 0;
	close = memchr(text + skip, text[skip] == '(' ? ')' : ']', len - skip);
	if (!close || close - text - skip > SIGNED_MAX)
		return 0;
	n = (size_t)(close - text) + 1;
	if (n < len && !text_is_space(text[n]) && text[n] != '.')
		return 0;
	return owners_and_due(r, m, text + skip + 1, n - skip - 2, &s) ? n : 0;
}

bool
signed_read(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct minutes_entry *e;
	struct signature s = { 0 };

	while (
	    len > 0 && (text_is_space(text[len - 1]) ||
			   (text[len - 1] == '.' && len > 1 &&
			       (text[len - 2] == ')' || text[len - 2] == ']'))))
		len--;
	if (len < TASK_MIN || (!in_brackets(r, m, text, len, &s) &&
				  !behind_stop(r, m, text, len, &s) &&
				  !behind_dash(r, m, text, len, &s)))
		return false;
	while (s.task > 0 && text_is_space(text[s.task - 1]))
		s.task--;
	if (s.task < TASK_MIN || section_of(text, len, NULL) != SECTION_NONE ||
	    clause_noted(text, s.task) || clause_past(text, s.task) ||
	    clause_question(text, s.task) ||
	    (s.coded == 0 && !asks_something(r, m, text, &s)))
		return false;
	e = draft_new(r, part, b, MINUTES_FROM_BRACKET, "action", text, s.task,
	    block_line_at(b, (size_t)(text - b->text)),
	    "the sentence ends with who acts");
	if (s.owners_len > 0)
		owners_cell(r, m, s.owners, s.owners_len, e);
	else
		(void)clause_read(r, m, text, s.task, e);
	if (s.due)
		due_phrase_set(e, s.due, s.due_len);
	due_read(r, part, e);
	return true;
}
