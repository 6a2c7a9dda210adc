/* SPDX-License-Identifier: ISC */
/*
 * Marks behind what is to be done, with who does it and no colon: "... to all
 * members.   Action Ann", "... to proceed. AB Action."; or alone: "... that the
 * Clerk would check it. ACTION"
 */
#include "core/minutes_marks.h"

#include <string.h>

enum { ACTOR_MAX = 40 };

/* "Ann", "AB/CD by 12 May". */
static bool
is_actor(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	const char *due;
	size_t n;

	if (len > 0 && due_find(text, len, &due, &n) && due > text &&
	    due + n + 2 > text + len)
		len = (size_t)(due - text);
	return len > 1 && owners_only(r, m, text, len);
}

/* "Action Ann", "ACTION by Clerk" at the end of a block. */
static size_t
named_after(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, size_t at, const char **who, size_t *n)
{
	const char *text = b->text + at;
	size_t left = b->length - at, skip = 7;
	bool parted = strchr(".?!)", b->text[at - 2]) ||
		      text_is_space(b->text[at - 2]) || text[1] == 'C';

	if (text[0] != 'A' || !text_starts(text, "action ") || !parted)
		return 0;
	if (text_starts(text + skip, "by "))
		skip += 3;
	else if (text_starts(text + skip, "for "))
		skip += 4;
	if (left <= skip || left > skip + ACTOR_MAX ||
	    !is_actor(r, m, text + skip, left - skip))
		return 0;
	*who = text + skip;
	*n = left - skip;
	return left;
}

/* "AB Action.", "Clerk to action" behind a sentence, "(AB to action)". */
static size_t
named_before(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, size_t at, const char **who, size_t *n)
{
	bool bracket = b->text[at] == '(' || b->text[at] == '[';
	const char *text = b->text + at + bracket, *word;
	size_t left = b->length - at - bracket, used, name;

	if (!text_is_upper(text[0]) ||
	    (!bracket && !strchr(".?!)", b->text[at - 2])))
		return 0;
	word = find_phrase(text, left < ACTOR_MAX ? left : ACTOR_MAX, "action");
	if (!word || word == text)
		return 0;
	used = (size_t)(word - text) + 6;
	name = (size_t)(word - text) - 1;
	if (name > 3 && text_same_n(text + name - 3, 3, " to"))
		name -= 3;
	if (bracket ? used >= left || !strchr(")]", text[used])
		    : used < left && text[used] != '.')
		return 0;
	if (!is_actor(r, m, text, name))
		return 0;
	*who = text;
	*n = name;
	return bracket + (used < left ? used + 1 : used);
}

size_t
mark_behind(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, size_t at, const char **who, size_t *n)
{
	size_t used;

	if (at < 12 || at >= b->length || !text_is_space(b->text[at - 1]))
		return 0;
	used = named_after(r, m, b, at, who, n);
	return used > 0 ? used : named_before(r, m, b, at, who, n);
}

size_t
mark_alone(const struct block *b, size_t at)
{
	static const char *const labels[] = { "action", "agreed action",
		"for action", NULL };
	const char *text = b->text + at, *end = b->text + b->length;
	bool bracket = *text == '[' || *text == '(', on;
	size_t n = 0;

	if (at < 12 || !text_is_space(text[-1]) ||
	    !(bracket || text_is_upper(*text)))
		return 0;
	text += bracket;
	if (!starts_any(text, labels))
		return 0;
	if (text_starts(text, "for "))
		n = 4;
	n += action_words(text + n, (size_t)(end - text) - n, &on);
	if (n < 6 || text + n > end)
		return 0;
	if (bracket)
		return strchr(")]", text[n]) && text[n] ? n + 2 : 0;
	/* in capitals it need not stand behind a full stop */
	if (text + n == end && strncmp(text, "ACTION", 6) == 0)
		return n;
	while (at > 0 && text_is_space(b->text[at - 1]))
		at--;
	if (!strchr(".?!)", b->text[at - 1]))
		return 0;
	return text + n == end || text[n] == '.' ? n : 0;
}

bool
holds_mark(const char *text, size_t len)
{
	for (size_t i = 4; i + 5 < len; i++) {
		bool number, on;
		size_t n;

		if ((text[i] != 'A' && text[i] != '[' && text[i] != '(') ||
		    !text_is_space(text[i - 1]) ||
		    !strchr(".?!)-,;:", text[i - 2]))
			continue;
		if (text_starts(text + i + (text[i] != 'A'), "action") &&
		    action_mark(text + i, len - i, &number) > 0)
			return true;
		n = action_words(text + i, len - i, &on);
		if (n >= 6 && i + n == len && strchr(".?!", text[i - 2]))
			return true;
	}
	return false;
}
