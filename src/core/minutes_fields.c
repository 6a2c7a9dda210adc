/* SPDX-License-Identifier: ISC */
/*
 * What labels say below or behind an action: "Owner: Clerk", "By when: 31
 * July", "Status: open". They are the heads that columns have too.
 */
#include "core/minutes_parts.h"

#include <string.h>

enum { LABEL_WORDS = 4, LABEL_LEN = 40 };

static enum column
field_of(const char *text, size_t len)
{
	/* too common before a colon to mean a field */
	static const char *const plain[] = { "date", "by", "comment",
		"comments", "officer", NULL };
	enum column c = column_of(text, len);

	if (same_any(text, len, plain))
		return COLUMN_OTHER;
	switch (c) {
	case COLUMN_OWNER:
	case COLUMN_DUE:
	case COLUMN_REVISED:
	case COLUMN_STATUS:
		return c;
	case COLUMN_CLOSE:
		return COLUMN_STATUS;
	default:
		return COLUMN_OTHER;
	}
}

enum column
field_at(const char *text, size_t len, size_t *used)
{
	const char *colon =
	    memchr(text, ':', len < LABEL_LEN ? len : LABEL_LEN);
	enum column c;

	if (!colon || colon == text)
		return COLUMN_OTHER;
	c = field_of(text, (size_t)(colon - text));
	*used = (size_t)(colon - text) + 1;
	return c;
}

/* The label that ends in the colon at i, where it begins a line or looks so. */
static enum column
label_before(const char *text, size_t i, size_t *from)
{
	enum column found = COLUMN_OTHER;
	size_t at = i;

	for (int words = 0; words < LABEL_WORDS && at > 0; words++) {
		enum column c;
		size_t stop = at;

		while (at > 0 && text_is_space(text[at - 1]))
			at--;
		if (words > 0 && at == stop)
			break;
		while (at > 0 && !text_is_space(text[at - 1]) &&
		       !strchr(".,;:([", text[at - 1]))
			at--;
		if (i - at > LABEL_LEN)
			break;
		c = field_of(text + at, i - at);
		if (c != COLUMN_OTHER && (text_is_upper(text[at]) || at < 2 ||
					     !text_is_alnum(text[at - 2]))) {
			found = c;
			*from = at;
		}
		if (at > 0 && !text_is_space(text[at - 1]))
			break;
	}
	return found;
}

/* The first label in a text behind its beginning: its column, where it stands
 * and where its value begins. */
static enum column
field_next(const char *text, size_t len, size_t *from, size_t *value)
{
	for (size_t i = 2; i < len; i++) {
		enum column c;

		if (text[i] != ':' ||
		    (i + 1 < len && !text_is_space(text[i + 1])))
			continue;
		c = label_before(text, i, from);
		if (c == COLUMN_OTHER || *from == 0)
			continue;
		*value = i + 1;
		return c;
	}
	return COLUMN_OTHER;
}

/* "Complete", "Published on 4 May. Closed." */
static void
status_take(const char *text, size_t len, struct minutes_entry *entry)
{
	size_t at = 0, n;
	const char *state = state_of(text, len);

	for (; !state && (n = sentence_next(text, len, &at)) > 0; at += n) {
		size_t end = n;

		while (end > 0 && strchr(".! ", text[at + end - 1]))
			end--;
		state = state_of(text + at, end);
	}
	if (state)
		entry->state = state;
}

static void
field_take(const struct reading *r, const struct minutes_meeting *m,
    enum column field, const char *text, size_t len,
    struct minutes_entry *entry)
{
	size_t n = 0;

	trim_span(&text, &len);
	while (len > 0 &&
	       (strchr(".,;", text[len - 1]) ||
		   (strchr(")]", text[len - 1]) &&
		       !memchr(text, text[len - 1] == ')' ? '(' : '[', len))))
		len--;
	if (field == COLUMN_REVISED ||
	    (field == COLUMN_DUE && !entry->due_phrase))
		due_phrase_set(entry, text, len);
	if (field == COLUMN_STATUS)
		status_take(text, len, entry);
	if (field != COLUMN_OWNER || entry->owners.len > 0)
		return;
	while (n < len && text[n] != '.' && text[n] != ';')
		n++;
	owners_cell(r, m, text, n, entry);
}

size_t
fields_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	size_t from, value, next, next_value;
	enum column field = field_next(text, len, &from, &value);
	size_t own = from;

	if (field == COLUMN_OTHER)
		return len;
	while (field != COLUMN_OTHER) {
		enum column after =
		    field_next(text + value, len - value, &next, &next_value);
		size_t end = after == COLUMN_OTHER ? len : value + next;

		field_take(r, m, field, text + value, end - value, entry);
		field = after;
		if (after != COLUMN_OTHER)
			value += next_value;
	}
	while (own > 0 &&
	       (text_is_space(text[own - 1]) || strchr("-,;([", text[own - 1])))
		own--;
	return own;
}
