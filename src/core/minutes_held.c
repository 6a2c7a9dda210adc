/* SPDX-License-Identifier: ISC */
/*
 * Sentences about the day of a meeting: of the one whose minutes these are, or
 * of another whose minutes were approved there.
 */
#include "core/minutes_held.h"

#include <string.h>

enum { NEAR_DAY = 60, TEXT_BLOCKS = 4, TEXT_FAR = 600 };

/* Is the last word of a text one of a list? */
static bool
ends_any(const char *text, size_t len, const char *const *words)
{
	size_t from;

	while (len > 0 && !text_is_letter(text[len - 1]))
		len--;
	for (from = len; from > 0 && text_is_letter(text[from - 1]); from--)
		;
	return same_any(text + from, len - from, words);
}

bool
held_other(const char *text, size_t len)
{
	static const char *const verbs[] = { "approved", "agreed", "accepted",
		"confirmed", "signed", "adopted", "received", "ratified",
		"reviewed", "circulated", "read", "correct", "accurate", NULL };
	static const char *const told[] = { "was", "were", "been", "as a",
		"as an", "that the minutes", NULL };
	static const char *const leads[] = { "to approve", "to agree",
		"to confirm", "to receive", "to sign", "to consider",
		"approval of", NULL };
	static const char *const asked[] = { "approve", "accept", "confirm",
		"adopt", "ratify", "agree", NULL };
	const char *at = find_phrase(text, len, "minutes of");

	if (!at)
		at = find_phrase(text, len, "notes of");
	if (!at)
		return false;
	/* "PROPOSED: accept minutes of 3 May", "minutes of 3 May approved" */
	if (has_any(text, (size_t)(at - text), asked) ||
	    ends_any(text, len, verbs))
		return true;
	/* "Minutes of 3 May (these were approved on 4 June)" are its own */
	return starts_any(text, leads) ||
	       (!find_phrase(text, len, "these") && has_any(text, len, told) &&
		   has_any(text, len, verbs));
}

int
held_told(const struct reading *r, const struct part *part)
{
	static const char *const leads[] = { "meeting held on", "meeting on",
		"meeting held", "held on", "minutes of", NULL };
	static const char *const others[] = { "last", "previous", "next",
		"future", "approved", "agreed", "accepted", "confirmed",
		"signed", "adopted", "correct", "accurate", "read", NULL };

	for (size_t i = part->first;
	     i < part->end && i < part->first + TEXT_BLOCKS; i++) {
		const struct block *b = &r->blocks.list.items[i];
		size_t far = b->length < TEXT_FAR ? b->length : TEXT_FAR;
		struct found_date date;
		size_t n, before, behind;
		const char *at;

		if (b->kind != BLOCK_PARA || head_short(b))
			continue;
		at = find_any(b->text, far, leads, &n);
		if (!at)
			continue;
		n = (size_t)(at - b->text) + n;
		if (!date_find(b->text + n, far - n, &date) ||
		    date.at > NEAR_DAY || !date.has_year)
			continue;
		before = at - b->text < 20 ? (size_t)(at - b->text) : 20;
		behind = n + date.at + date.len;
		behind = far - behind < NEAR_DAY ? far : behind + NEAR_DAY;
		if (!has_any(at - before, before, others) &&
		    !has_any(at, behind - (size_t)(at - b->text), others))
			return date.on;
	}
	return DAY_NONE;
}
