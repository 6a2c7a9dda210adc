/* SPDX-License-Identifier: ISC */
/*
 * Marks that say only who acts, "Action: Clerk by 12 May": what is to be done
 * is the sentence before.
 */
#include "core/minutes_lists.h"

#include <string.h>

enum { MARK_MAX = 40 };

/* The length of a text without the "Action by" at its end. */
static size_t
without_mark(const char *text, size_t len)
{
	static const char *const words[] = { " by", " for", " action", NULL };

	for (const char *const *w = words; *w; w++) {
		size_t n = strlen(*w);

		while (len > 0 && text_is_space(text[len - 1]))
			len--;
		if (len > n && text_same_n(text + len - n, n, *w))
			len -= n;
	}
	return len;
}

/* Where the mark begins that ends at text ("[Action 24/11: "): the bytes before
 * it. */
static size_t
before_mark(const char *start, const char *text)
{
	size_t all = (size_t)(text - start), before = all;
	bool number;

	for (size_t n = 3; n <= all && n < MARK_MAX; n++)
		if (action_mark(text - n, strlen(text - n), &number) == n)
			before = all - n;
	return before;
}

/* "The plan is out until May; AB and CD will draft an answer": where the part
 * of a sentence begins that charges somebody, behind its last semicolon; 0: it
 * has none such. *left is how much of the sentence that leaves. */
static size_t
charged_from(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, size_t *left)
{
	size_t i = len, from;
	enum charge charge;

	*left = len;
	while (i > 0 && text[i - 1] != ';')
		i--;
	for (from = i; from < len && text_is_space(text[from]); from++)
		;
	if (i == 0 || from + 12 >= len ||
	    !charges_somebody(r, m, text + from, len - from, &charge) ||
	    charges_somebody(r, m, text, i - 1, &charge))
		return 0;
	*left = len - from;
	return from;
}

bool
owner_line_read(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *due, *task = NULL;
	size_t due_len = 0, task_len = 0, head = len;
	unsigned line = 0;
	struct minutes_entry *e;

	trim_span(&text, &len);
	while (len > 0 && (text[len - 1] == ']' || text[len - 1] == ')' ||
			      text[len - 1] == '.'))
		len--;
	if (len == 0 || len > 140)
		return false;
	head = len;
	if (due_find(text, len, &due, &due_len) && due > text)
		head = (size_t)(due - text);
	else if ((head = who_before_day(text, len, &due, &due_len)) == 0)
		head = len;
	while (head > 0 && (text_is_space(text[head - 1]) ||
			       strchr("(,;:-", text[head - 1])))
		head--;
	if (head > 3 && text_same_n(text + head - 3, 3, " by"))
		head -= 3;
	if (!owners_only(r, m, text, head))
		return false;
	/* the task stands before, in this block or the last */
	if (text > b->text + 12) {
		size_t before =
		    without_mark(b->text, before_mark(b->text, text));
		size_t at = 0, n;

		task = b->text;
		for (; (n = sentence_next(b->text, before, &at)) > 0; at += n)
			if (n > 12) {
				task = b->text + at;
				task_len = n;
			}
		line = block_line_at(b, (size_t)(task - b->text));
		for (size_t i = task_len; i-- > 0;)
			if (task[i] == '[' || task[i] == '(') {
				task_len = i;
				break;
			} else if (task_len - i > 24) {
				break;
			}
	}
	if (task_len == 0)
		task = sentence_before(r, part,
		    (size_t)(b - r->blocks.list.items), &task_len, &line);
	if (!task || task_len == 0)
		return false;
	task += charged_from(r, m, task, task_len, &task_len);
	if (clause_noted(task, task_len) &&
	    !find_phrase(task, task_len, "that"))
		return true;
	e = draft_new(r, part, b, MINUTES_FROM_MARK, "action", task, task_len,
	    line, "the line below names who acts");
	owners_cell(r, m, text, head, e);
	if (due_len > 0)
		due_phrase_set(e, due, due_len);
	due_read(r, part, e);
	return true;
}

const char *
sentence_before(const struct reading *r, const struct part *part, size_t block,
    size_t *len, unsigned *line)
{
	static const char *const leads[] = { "it was noted that ",
		"it was agreed that ", "it was resolved that ", NULL };

	for (size_t i = block; i-- > part->first && i + 4 > block;) {
		const struct block *b = &r->blocks.list.items[i];
		size_t at = 0, n, best = 0, best_len = 0;
		const char *text;

		if (b->kind == BLOCK_HEADING || b->kind == BLOCK_ROW)
			break;
		for (; (n = sentence_next(b->text, b->length, &at)) > 0;
		     at += n)
			if (n > 8) {
				best = at;
				best_len = n;
			}
		if (best_len == 0)
			continue;
		text = b->text + best;
		*line = block_line_at(b, best);
		for (const char *const *l = leads; *l; l++) {
			const char *hit = find_phrase(text, best_len, *l);

			if (hit && hit - text < 60) {
				best_len -= (size_t)(hit - text) + strlen(*l);
				text = hit + strlen(*l);
			}
		}
		*len = best_len;
		return text;
	}
	*len = 0;
	return NULL;
}
