/* SPDX-License-Identifier: ISC */
/*
 * What stands at the end of an action: its state in brackets, its owner behind
 * a dash or colon, its date; and the words that states are printed in.
 */
#include "core/minutes_lists.h"

#include <stdlib.h>
#include <string.h>

enum { STATE_FAR = 160 };

static const struct {
	const char *words, *state;
} states[] = {
	{ "not started", "open" },
	{ "still to do", "open" },
	{ "to do", "open" },
	{ "not done", "open" },
	{ "not yet done", "open" },
	{ "still outstanding", "open" },
	{ "not yet due", "open" },
	{ "incomplete", "open" },
	{ "not complete", "open" },
	{ "not completed", "open" },
	{ "not yet complete", "open" },
	{ "not yet completed", "open" },
	{ "partially complete", "open" },
	{ "partially completed", "open" },
	{ "partly complete", "open" },
	{ "partly completed", "open" },
	{ "part complete", "open" },
	{ "partially done", "open" },
	{ "partly done", "open" },
	{ "nearly complete", "open" },
	{ "almost complete", "open" },
	{ "no progress", "open" },
	{ "carried over", "open" },
	{ "carry over", "open" },
	{ "carry forward", "open" },
	{ "still open", "open" },
	{ "still outstanding", "open" },
	{ "delayed", "open" },
	{ "in hand", "open" },
	{ "underway", "open" },
	{ "under way", "open" },
	{ "proposed for closure", "proposed" },
	{ "proposed closed", "proposed" },
	{ "propose to close", "proposed" },
	{ "recommend closure", "proposed" },
	{ "for closure", "proposed" },
	{ "pending sign-off", "proposed" },
	{ "superseded", "superseded" },
	{ "withdrawn", "withdrawn" },
	{ "dropped", "withdrawn" },
	{ "abandoned", "withdrawn" },
	{ "not pursued", "withdrawn" },
	{ "not proceeding", "withdrawn" },
	{ "no longer needed", "withdrawn" },
	{ "not needed", "withdrawn" },
	{ "not required", "withdrawn" },
	{ "cancelled", "withdrawn" },
	{ "no longer required", "withdrawn" },
	{ "on hold", "on_hold" },
	{ "paused", "on_hold" },
	{ "blocked", "blocked" },
	{ "carried forward", "open" },
	{ "carried fwd", "open" },
	{ "carried over", "open" },
	{ "c/f", "open" },
	{ "c/fwd", "open" },
	{ "brought forward", "open" },
	{ "b/f", "open" },
	{ "b/fwd", "open" },
	{ "no progress", "open" },
	{ "held over", "open" },
	{ "in progress", "open" },
	{ "ongoing", "open" },
	{ "on-going", "open" },
	{ "on track", "open" },
	{ "outstanding", "open" },
	{ "pending", "open" },
	{ "open", "open" },
	{ "overdue", "open" },
	{ "new", "open" },
	{ "wip", "open" },
	{ "o", "open" },
	{ "closed", "closed" },
	{ "close", "closed" },
	{ "complete", "closed" },
	{ "completed", "closed" },
	{ "done", "closed" },
	{ "discharged", "closed" },
	{ "delivered", "closed" },
	{ "c", "closed" },
	{ "implemented", "closed" },
	{ "actioned", "closed" },
	{ "yes", "closed" },
};

const char *
state_of(const char *text, size_t len)
{
	trim_span(&text, &len);
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		size_t n = strlen(states[i].words);

		if (text_same_n(text, len, states[i].words))
			return states[i].state;
		/* "Closed - sent 4 May", "ongoing for HDFT" */
		if (n > 2 && len > n && text_starts(text, states[i].words) &&
		    !text_is_alnum(text[n]))
			return states[i].state;
	}
	return NULL;
}

const char *
state_heading(const char *text, size_t len)
{
	static const char *const nouns[] = { " actions", " action items",
		" action points", " items", " tasks", " points", NULL };

	trim_span(&text, &len);
	for (const char *const *n = nouns; *n; n++) {
		size_t k = strlen(*n);

		if (len > k && text_same_n(text + len - k, k, *n)) {
			len -= k;
			break;
		}
	}
	for (size_t i = 0; len > 2 && i < sizeof states / sizeof *states; i++)
		if (text_same_n(text, len, states[i].words))
			return states[i].state;
	return NULL;
}

/* "Complete. Ann wrote on 5 May", "Progress: ongoing", "This has now been
 * closed": what became of the action above; or NULL. */
const char *
leading_state(const char *text, size_t len)
{
	static const char *const leads[] = { "this action ", "this item ",
		"this ", "action ", "has ", "is ", "was ", "now ", "been ",
		NULL };
	size_t used;

	if (field_at(text, len, &used) == COLUMN_STATUS) {
		text += used;
		len -= used;
	}
	trim_span(&text, &len);
	for (const char *const *l = leads; *l; l++)
		if (strlen(*l) < len && text_starts(text, *l)) {
			text += strlen(*l);
			len -= strlen(*l);
		}
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		size_t n = strlen(states[i].words), end = n;

		if (n < 3 || len < n || !text_starts(text, states[i].words))
			continue;
		while (end < len && text_is_space(text[end]))
			end++;
		if (end >= len || strchr(".,;:!(", text[end]) ||
		    (end > n && dash_at(text + end)))
			return states[i].state;
	}
	return NULL;
}

/* "done, with thanks", "c/fwd. AB has to do it by May". */
static bool
is_state_and(const char *text, size_t len, const char *state)
{
	size_t n = strlen(state);

	return n > 2 && len > n && strchr(",;.", text[n]) &&
	       text_starts(text, state);
}

/* A state and nothing else, or with a remark behind; or NULL. */
static const char *
state_said(const char *word, size_t n, bool remark)
{
	if (n > 1 && *word == '>')
		word++, n--; /* "-> done" */
	trim_span(&word, &n);
	while (n > 0 && strchr(".!", word[n - 1]))
		n--;
	for (size_t k = 0; n > 2 && k < sizeof states / sizeof *states; k++)
		if (strlen(states[k].words) > 2 &&
		    (text_same_n(word, n, states[k].words) ||
			(remark && is_state_and(word, n, states[k].words))))
			return states[k].state;
	return NULL;
}

/* The last dash with blanks around it, cut from a text. */
static void
cut_dash(const char *text, size_t *len)
{
	for (size_t i = *len; i-- > 8;)
		if (dash_at(text + i) && text_is_space(text[i - 1]) &&
		    text_is_space(text[i + dash_at(text + i)])) {
			*len = i;
			return;
		}
}

/* "... - DONE", "...: ongoing", "... - done, with thanks", "... sent in. Done":
 * a state behind the last dash, or as the last sentence. Returns it, with *len
 * cut before what only tells how it went; or NULL. */
const char *
tail_state(const char *text, size_t *len)
{
	size_t last = *len > 0 ? *len - 1 : 0;
	const char *state;

	while (last > 1 && !(text_is_space(text[last - 1]) &&
			       strchr(".!?", text[last - 2])))
		last--;
	if (last > 8 && (state = state_said(text + last, *len - last, false))) {
		*len = last;
		cut_dash(text, len);
		return state;
	}
	for (size_t i = *len; i-- > 8 && *len - i < STATE_FAR;) {
		size_t d = text[i] == ':' ? 1 : dash_at(text + i);
		bool spaced = text_is_space(text[i - 1]);

		if (d == 0 || (text[i] == '-' && !spaced))
			continue;
		state = state_said(text + i + d, *len - i - d, spaced);
		if (state)
			*len = i;
		return state;
	}
	return NULL;
}

static const char *
state_behind(const char *text, size_t len)
{
	static const char *const words[] = { "for", "to", "by", NULL };
	size_t n;
	const char *at = find_any(text, len < 40 ? len : 40, words, &n);

	return at ? at + n : NULL;
}

/* "[new for Ann Bell]", "[closed]", "[SIG PMs]", "(Clerk)". */
static bool
bracket_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, bool square, bool listed,
    struct minutes_entry *entry)
{
	const char *state, *whom;
	struct toks toks;
	bool number;
	size_t mark;

	trim_span(&text, &len);
	mark = action_mark(text, len, &number);
	if (mark == 0 && text_starts(text, "action "))
		mark = 7;
	text += mark;
	len -= mark;
	trim_span(&text, &len);
	if ((state = state_of(text, len))) {
		whom = state_behind(text, len);
		if (whom) {
			const char *to = find_phrase(
			    whom, len - (size_t)(whom - text), "to");

			owners_cell(r, m, whom,
			    to && to > whom ? (size_t)(to - whom)
					    : len - (size_t)(whom - text),
			    entry);
		}
		entry->state = state;
		return true;
	}
	if (*text == '@' && !memchr(text, ' ', len)) {
		owners_cell(r, m, text + 1, len - 1, entry);
		return true;
	}
	if (owners_only(r, m, text, len)) {
		owners_cell(r, m, text, len, entry);
		return true;
	}
	toks_read(&toks, text, len);
	if ((mark > 0 || (square && listed)) && toks.n <= 6 &&
	    !clause_question(text, len)) {
		owners_cell(r, m, text, len, entry);
		return entry->owners.len > 0;
	}
	return false;
}

/* "(dgilmore, 16:43:08)": who told the robot of a chat room, and when. */
static bool
is_log_time(const char *text, size_t len)
{
	const char *at = text + len - 8;

	if (len < 8 || len > 40 || at[2] != ':' || at[5] != ':')
		return false;
	for (size_t i = 0; i < 8; i++)
		if (i != 2 && i != 5 && (!text_is_digit(at[i])))
			return false;
	return true;
}

static size_t
bracket_before(const char *text, size_t len)
{
	char close = text[len - 1], open = close == ']' ? '[' : '(';
	int depth = 0;

	for (size_t i = len; i-- > 0;) {
		depth += text[i] == close;
		depth -= text[i] == open;
		if (depth == 0)
			return i;
		if (len - i > 160)
			break;
	}
	return len;
}

/* A due phrase and nothing else: "by 12 May", "31/5", "asap". */
static bool
is_due_only(const char *text, size_t len)
{
	const char *at;
	size_t n;

	trim_span(&text, &len);
	return len > 0 && len < 60 && due_find(text, len, &at, &n) &&
	       n + 4 >= len;
}

size_t
who_before_day(const char *text, size_t len, const char **due, size_t *n)
{
	*n = 0;
	for (size_t i = len; i-- > 1;) {
		size_t d = strchr(",;:", text[i]) ? 1 : dash_at(text + i);
		size_t from = i + d;
		bool ditto;

		if (d == 0 || from >= len || !text_is_space(text[from]) ||
		    (dash_at(text + i) && !text_is_space(text[i - 1])))
			continue;
		while (from < len && text_is_space(text[from]))
			from++;
		if (!trail_due(text + from, len - from, &ditto) || ditto ||
		    state_of(text + from, len - from))
			return 0;
		*due = text + from;
		*n = len - from;
		return i;
	}
	return 0;
}

/* "Eve, 1 June", "CD/EF by end of May", "Carl; 5 June": who and when, and
 * nothing else. */
static bool
who_and_when(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	static const char *const links[] = { " by", " due", " for", " before",
		NULL };
	const char *due;
	size_t n, who;

	trim_span(&text, &len);
	if (len < 5 || len > 80)
		return false;
	who = who_before_day(text, len, &due, &n);
	if (who > 0 && owners_only(r, m, text, who)) {
		owners_cell(r, m, text, who, entry);
		due_phrase_set(entry, due, n);
		return entry->owners.len > 0;
	}
	if (!due_find(text, len, &due, &n))
		return false;
	if (dash_at(text) > 0 || text + len - due > (ptrdiff_t)n + 1)
		return false;
	/* the phrase may hold what stands before the day: "CD, 5 June" */
	who = (size_t)(due - text);
	if (who == 0) {
		const char *gap = memchr(text, ',', n);

		if (!gap ||
		    !is_due_only(gap + 1, len - (size_t)(gap + 1 - text)))
			return false;
		who = (size_t)(gap - text);
		due = gap + 1;
		n = len - who - 1;
	}
	while (who > 3)
		if (text_is_space(text[who - 1]) ||
		    strchr(",;(-", text[who - 1]))
			who--;
		else if (dash_at(text + who - 3) == 3)
			who -= 3;
		else
			break;
	for (const char *const *l = links; *l; l++)
		if (who > strlen(*l) + 1 &&
		    text_same_n(text + who - strlen(*l), strlen(*l), *l))
			who -= strlen(*l);
	if (who < 2 || !owners_only(r, m, text, who))
		return false;
	owners_cell(r, m, text, who, entry);
	due_phrase_set(entry, due, n);
	return entry->owners.len > 0;
}

/* The same at the end of a listed action, behind a colon, stop, dash or comma:
 * the new length. */
static size_t
tail_who_and_when(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	size_t cut = len;

	if (entry->owners.len > 0 || entry->due_phrase)
		return len;
	for (size_t i = len; i-- > 6 && len - i < 80;) {
		size_t d = strchr(":;,", text[i]) ? 1 : dash_at(text + i);
		struct minutes_entry got = { 0 };

		if (text[i] == '.' && len - i > 4)
			d = 1;
		if (d == 0 || i + d >= len || !text_is_space(text[i + d]) ||
		    (dash_at(text + i) && !text_is_space(text[i - 1])))
			continue;
		/* all of "Ann, Carl, 5 June" */
		if (who_and_when(r, m, text + i + d, len - i - d, &got)) {
			owners_clear(entry);
			owners_move(&got, entry);
			free(entry->due_phrase);
			entry->due_phrase = got.due_phrase;
			got.due_phrase = NULL;
			cut = i;
		}
		owners_clear(&got);
		free(got.due_phrase);
		if (cut < len && (cut != i || text[i] != ','))
			break;
	}
	return cut;
}

/* "...: Carl and Eve", "... - Ann Bell/Carl Dunn". */
static bool
tail_dash(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t *len, struct minutes_entry *entry)
{
	for (size_t i = *len; i-- > 3;) {
		size_t d = text[i] == ':' ? 1 : dash_at(text + i);
		const char *tail;
		size_t n;

		if (*len - i > 110)
			return false;
		if (d == 0 || (text[i] == '-' && text[i - 1] != ' ' &&
				  text[i - 1] != '.'))
			continue;
		if (text[i] == ':' && i + 1 < *len &&
		    !text_is_space(text[i + 1]))
			continue;
		tail = text + i + d;
		n = *len - i - d;
		if (is_due_only(tail, n) && !entry->due_phrase) {
			due_phrase_set(entry, tail, n);
			*len = i;
			continue;
		}
		if (!owners_only(r, m, tail, n))
			return false;
		while (n > 0 && tail[n - 1] == '.')
			n--;
		owners_cell(r, m, tail, n, entry);
		*len = i;
		return entry->owners.len > 0;
	}
	return false;
}

/* "... (@ann) - due 4 May", "... to the office (AP) asap": the day comes last,
 * behind a dash or who acts. */
static void
tail_last_due(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t *len, struct minutes_entry *entry)
{
	for (size_t i = *len; i-- > 3 && *len - i < 40;) {
		bool bracket = text[i] == ')' || text[i] == ']';
		size_t d = bracket ? 1 : dash_at(text + i);

		if (d == 0 || i + d >= *len || !text_is_space(text[i + d]) ||
		    (!bracket && !text_is_space(text[i - 1])))
			continue;
		if (bracket) {
			size_t open = bracket_before(text, i + 1);

			if (open >= i ||
			    !owners_only(r, m, text + open + 1, i - open - 1))
				return;
		}
		if (!entry->due_phrase &&
		    is_due_only(text + i + d, *len - i - d)) {
			due_phrase_set(entry, text + i + d, *len - i - d);
			*len = bracket ? i + 1 : i;
		}
		return;
	}
}

size_t
tail_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, bool listed, struct minutes_entry *entry)
{
	const char *state, *due;
	size_t all, n_due;

	all = len = fields_read(r, m, text, len, entry);
	if ((state = tail_state(text, &len)))
		entry->state = state;
	/* "... - not done, to be ready by 3 May" */
	if (state && strcmp(state, "open") == 0 && len < all &&
	    due_find(text + len, all - len, &due, &n_due) && !entry->due_phrase)
		due_phrase_set(entry, due, n_due);
	if (listed)
		len = tail_who_and_when(r, m, text, len, entry);
	tail_last_due(r, m, text, &len, entry);
	for (int again = 0; again < 3 && len > 4; again++) {
		size_t n = len, open;

		while (
		    n > 0 && (text_is_space(text[n - 1]) || text[n - 1] == '.'))
			n--;
		if (n == 0 || (text[n - 1] != ']' && text[n - 1] != ')'))
			break;
		open = bracket_before(text, n);
		if (open >= n || open == 0)
			break;
		if (!entry->due_phrase && entry->owners.len == 0 &&
		    who_and_when(r, m, text + open + 1, n - open - 2, entry)) {
			len = open;
			continue;
		}
		if (is_due_only(text + open + 1, n - open - 2) &&
		    !entry->due_phrase) {
			due_phrase_set(entry, text + open + 1, n - open - 2);
			len = open;
			continue;
		}
		if (is_log_time(text + open + 1, n - open - 2) ||
		    signature_read(
			r, m, text + open + 1, n - open - 2, entry)) {
			len = open;
			continue;
		}
		if (!bracket_read(r, m, text + open + 1, n - open - 2,
			text[n - 1] == ']', listed, entry))
			break;
		len = open;
	}
	if (entry->owners.len == 0 && !tail_dash(r, m, text, &len, entry))
		len = signature_cut(r, m, text, len, entry);
	while (len > 0 && text_is_space(text[len - 1]))
		len--;
	return len;
}
