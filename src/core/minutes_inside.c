/* SPDX-License-Identifier: ISC */
/*
 * Marks inside a paragraph: "... is blocked. Action: Clerk to write", brackets,
 * arrows, and "ACTION" behind what is to be done.
 */
#include "core/minutes_flat.h"
#include "core/minutes_marks.h"

#include <string.h>

/* Bytes of an arrow that leads to who does what, 0 for none. */
static size_t
arrow_mark(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	size_t n = arrow_at(text);
	enum charge charge;

	return n > 0 && n + 8 < len && len < 300 && text_is_space(text[n]) &&
		       charges_somebody(r, m, text + n, len - n, &charge) &&
		       (charge == CHARGE_TO || charge == CHARGE_WILL)
		   ? n
		   : 0;
}

/* Do blanks stand before i, and before these one of the characters? */
static bool
is_behind(const char *text, size_t i, const char *chars)
{
	size_t k = i;

	while (k > 0 && text_is_space(text[k - 1]))
		k--;
	return k > 0 && k < i && strchr(chars, text[k - 1]);
}

static bool
begins_sentence(const char *text, size_t i)
{
	return is_behind(text, i, ".?!)");
}

/* The sentence before "(ACTION)" or "ACTION" at an offset, of those from `from`
 * on, becomes an entry; a bracket may also stand behind a title, where it says
 * nothing. */
static void
alone_read(struct reading *r, struct part *part, const struct block *b,
    size_t from, size_t at)
{
	size_t len = at - from;
	const char *text = b->text + from;
	enum charge charge;

	while (len > 0 && text_is_space(text[len - 1]))
		len--;
	if (len == 0)
		return;
	if (!strchr(".?!)", text[len - 1]) &&
	    !charges_somebody(r, part_meeting(r, part), text, len, &charge))
		return;
	text = asking_sentence(r, part_meeting(r, part), text, &len);
	marked_add(r, part, b, text, len, MINUTES_FROM_MARK, false, NULL);
}

void
inner_marks(struct reading *r, struct part *part, const struct block *b)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	size_t i = 0, from = 0; /* from: the last mark's end */

	while (i + 5 < b->length) {
		const char *text = b->text + i;
		bool number, bracket = *text == '[' || *text == '(';
		size_t mark = 0, end, n;
		const char *who;

		if (bracket ||
		    (*text == 'A' && i > 0 && text_is_space(text[-1]) &&
			text_starts(text, "action") && text[1] == 'C'))
			mark = action_mark(text, b->length - i, &number);
		if (bracket && mark > 0 && mark_alone(b, i) > 0)
			mark = 0; /* "(Action)" is of what stands before */
		/* "... is blocked. Action: Clerk to write" */
		if (!bracket && mark == 0 && *text == 'A' && i > 1 &&
		    text_starts(text, "action") && text_is_space(text[-1]) &&
		    (is_behind(b->text, i, ".?!)-,;:") ||
			text_starts(text, "action:") ||
			text_starts(text, "action item:") ||
			text_starts(text, "action point:")))
			mark = action_mark(text, b->length - i, &number);
		if (!bracket && mark == 0 && i > 0 && text_is_space(text[-1]) &&
		    strncmp(text, "TODO", 4) == 0)
			mark = action_mark(text, b->length - i, &number);
		/* "... are unsigned. AP4.3 KR to sign them" */
		if (!bracket && mark == 0 && begins_sentence(b->text, i))
			mark = coded_mark_at(text, b->length - i);
		/* "... still awaited >> KR to chase" */
		if (!bracket && mark == 0 && i > 8 && text_is_space(text[-1]))
			mark = arrow_mark(r, m, text, b->length - i);
		/* "... to the council. ACTION CLERK" */
		if (mark == 0 &&
		    (end = mark_behind(r, m, b, i, &who, &n)) > 0) {
			marked_add(r, part, b, who, n, MINUTES_FROM_BRACKET,
			    false, NULL);
			from = i += end;
			continue;
		}
		if (mark == 0 && (end = mark_alone(b, i)) > 0) {
			alone_read(r, part, b, from, i);
			from = i += end;
			continue;
		}
		if (bracket && mark == 0 && text_starts(text + 1, "action ") &&
		    memchr(text, *text == '[' ? ']' : ')',
			b->length - i < 60 ? b->length - i : 60))
			mark = 8;
		if (mark > 0 && i > 7 &&
		    text_starts(b->text + i - 8, "created "))
			mark = 0; /* a robot's answer */
		if (mark == 0) {
			i++;
			continue;
		}
		end = b->length;
		if (bracket) {
			char close = *text == '[' ? ']' : ')';
			const char *stop = memchr(text, close, b->length - i);

			/* "[AP3] Ann to go" has it behind the number */
			if (stop && stop >= text + mark)
				end = (size_t)(stop - b->text);
		} else {
			for (size_t k = i + mark; k + 7 < b->length; k++)
				if ((text_starts(b->text + k, " action") &&
					b->text[k + 2] == 'C') ||
				    strncmp(b->text + k, " TODO", 5) == 0 ||
				    (begins_sentence(b->text, k + 1) &&
					coded_mark_at(b->text + k + 1,
					    b->length - k - 1) > 0)) {
					end = k;
					break;
				}
		}
		marked_add(r, part, b, text + mark, end - i - mark,
		    MINUTES_FROM_BRACKET, false, NULL);
		from = i = end + (end < b->length);
	}
}
