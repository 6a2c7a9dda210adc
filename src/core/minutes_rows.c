/* SPDX-License-Identifier: ISC */
/*
 * Actions that tables hold, and those whose owner stands at the far end of a
 * line, where a table was flattened.
 */
#include "core/minutes_flat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GAP_OWNER = 3, GAP_COLUMN = 5, COLUMN_PEOPLE = 2, COLUMN_ENDS = 3 };

/* ---- rows ---- */

static bool
update_is_awaited(const char *status)
{
	static const char *const words[] = { "update to be", "update will be",
		"verbal update", "to report at", "to be reported at",
		"to update at", NULL };

	return status && has_any(status, strlen(status), words);
}

/* A tracker names the meeting that an action came from. */
static void
row_source(struct minutes_entry *e, const char *source)
{
	struct found_date date;

	if (source && date_find(source, strlen(source), &date) &&
	    date.has_year && (e->base_on == DAY_NONE || date.on < e->base_on)) {
		char day[DAY_LONG_MAX];

		e->base_on = date.on;
		draft_why(e, "raised on %s", day_long(date.on, day));
	}
}

static void
row_state(struct minutes_entry *e, const struct block *b)
{
	const char *status = b->cells[COLUMN_STATUS];
	const char *close = b->cells[COLUMN_CLOSE];
	const char *state = close ? state_of(close, strlen(close)) : NULL;

	if (!state && status)
		state = state_of(status, strlen(status));
	if (state)
		e->state = state;
}

static void
row_due(struct reading *r, struct part *part, struct minutes_entry *e,
    const struct block *b, const char *above)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	const char *due = b->cells[COLUMN_REVISED];

	if (!due || strlen(due) < 2)
		due = b->cells[COLUMN_DUE];
	if (due && quote_at(due) && strlen(due) <= 4 && above)
		due = above; /* a ditto mark */
	if (e->due_phrase)
		due = NULL;
	if (due && *due) {
		due_phrase_set(e, due, strlen(due));
		due_read(r, part, e);
		return;
	}
	if (m->paper == MINUTES_LOG && m->held_on != DAY_NONE &&
	    update_is_awaited(b->cells[COLUMN_STATUS]) &&
	    strcmp(e->state, "open") == 0) {
		e->due_on = e->meeting_on = m->held_on;
		e->at_meeting = true;
		draft_why(e, "an update is due at the meeting that the list is "
			     "for");
		return;
	}
	due_read(r, part, e);
}

bool
cell_says_none(const char *text, size_t len)
{
	static const char *const words[] = { "none", "n/a", "na", "-", "nil",
		"tbc", "tba", "complete", "completed", "closed", "done", "open",
		NULL };

	return same_any(text, len, words);
}

static bool
row_is_empty(const char *text)
{
	static const char *const words[] = { "none", "n/a", "no actions",
		"there were no actions", NULL };

	size_t len = strlen(text);

	return len < 2 || same_any(text, len, words);
}

const char *
asking_sentence(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t *len)
{
	size_t all = *len, at = 0, n;
	const char *best = text;
	bool asks = false;

	for (; (n = sentence_next(text, all, &at)) > 0; at += n) {
		struct minutes_entry scratch = { 0 };
		enum charge c = clause_read(r, m, text + at, n, &scratch);

		owners_clear(&scratch);
		if (n < 9 || (asks && c == CHARGE_NONE))
			continue;
		asks |= c != CHARGE_NONE;
		best = text + at;
		*len = n;
	}
	return best;
}

/* A paragraph of a cell, up to the semicolon that its end became. */
static size_t
cell_part(const char *text, size_t len)
{
	for (size_t i = 12; i + 12 < len; i++)
		if (text[i] == ';' && text_is_space(text[i + 1])) {
			size_t k = i + 1;

			while (k < len && text_is_space(text[k]))
				k++;
			if (text_is_upper(text[k]) || text[k] == '(')
				return i + 1;
		}
	return len;
}

/* Minutes as a table: notes, and beside them who does what. */
static void
notes_row(struct reading *r, struct part *part, const struct block *b,
    const char *notes)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *action = b->cells[COLUMN_TEXT], *text = action;
	size_t len = strlen(action);
	struct minutes_entry *e;

	if (row_is_empty(action) || clause_noted(action, len) ||
	    clause_no_action(action, len)) {
		m->noted++;
		return;
	}
	part->has_list = true;
	if (!owners_only(r, m, action, len)) {
		for (size_t n; len > 0; action += n, len -= n) {
			n = cell_part(action, len);
			marked_add(r, part, b, action, n, MINUTES_FROM_TABLE,
			    false, NULL);
		}
		return;
	}
	len = strlen(notes);
	text = asking_sentence(r, m, notes, &len);
	e = draft_new(r, part, b, MINUTES_FROM_TABLE, "action", text, len,
	    b->first, "beside the notes, in the column of actions");
	owners_cell(r, m, action, strlen(action), e);
	due_read(r, part, e);
}

/* A row of minutes as a table; what is to be done may go on below, where no
 * notes stand beside it. */
static bool
is_notes_row(const struct block *b, unsigned table)
{
	return b->cells[COLUMN_TEXT] &&
	       (b->cells[COLUMN_NOTES] || b->table == table) &&
	       !b->cells[COLUMN_OWNER] && !b->cells[COLUMN_DUE] &&
	       !b->cells[COLUMN_STATUS];
}

/* The date of the row above, for ditto marks. */
void
rows_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	const char *above_due = NULL, *above_owner = NULL, *notes = NULL;
	unsigned notes_table = 0;

	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const char *text, *owner;
		struct minutes_entry *e;
		bool ditto;

		if (b->kind != BLOCK_ROW || b->cells[COLUMN_NAME])
			continue;
		text = b->cells[COLUMN_TEXT];
		owner = b->cells[COLUMN_OWNER];
		if (!text)
			text = b->cells[COLUMN_NOTES];
		if (is_notes_row(b, notes_table)) {
			if (b->cells[COLUMN_NOTES])
				notes = b->cells[COLUMN_NOTES];
			notes_table = b->table;
			notes_row(r, part, b, notes);
			continue;
		}
		if (!text || row_is_empty(text) ||
		    !(owner || b->cells[COLUMN_DUE] || b->cells[COLUMN_STATUS]))
			continue;
		if (clause_noted(text, strlen(text)) ||
		    clause_no_action(text, strlen(text))) {
			m->noted++;
			continue;
		}
		/* minutes as a table: most rows have no owner, and ask none */
		if (!owner && !b->cells[COLUMN_DUE] && !b->cells[COLUMN_STATUS])
			continue;
		e = draft_new(r, part, b, MINUTES_FROM_TABLE, "action", text,
		    strlen(text), b->first, "a row of a table of actions");
		if (b->cells[COLUMN_REF]) {
			e->ref = xstrdup(b->cells[COLUMN_REF]);
			free(e->item);
			e->item = xstrdup(b->cells[COLUMN_REF]);
		}
		if (owner && !b->cells[COLUMN_DUE] &&
		    trail_due(owner, strlen(owner), &ditto) && !ditto) {
			due_phrase_set(e, owner, strlen(owner));
			owner = NULL;
		}
		if (owner && quote_at(owner) && strlen(owner) <= 4 &&
		    above_owner)
			owner = above_owner;
		if (owner && !owners_cell(r, m, owner, strlen(owner), e)) {
			char *said = flag_excerpt(owner);

			e->sure = false;
			draft_why(e, "in the column of owners: %s", said);
			flag_add(r, MINUTES_FLAG_OWNER_UNKNOWN, e->line,
			    "in the column of owners: %s", said);
			free(said);
		} else if (!owner) {
			(void)clause_read(r, m, text, strlen(text), e);
		}
		row_source(e, b->cells[COLUMN_SOURCE]);
		row_state(e, b);
		row_due(r, part, e, b, above_due);
		above_due =
		    b->cells[COLUMN_DUE] ? b->cells[COLUMN_DUE] : above_due;
		above_owner = owner ? owner : above_owner;
		part->has_list = true;
	}
}

/* ---- owner and date at the end of a line ---- */

struct trail {
	const char *owner;
	size_t owner_len;
	const char *due;
	size_t due_len;
	size_t head; /* bytes of the text before */
	bool ditto;
};

static bool
is_initials_of(const struct minutes_meeting *m, const char *text, size_t len)
{
	VEC_EACH (const struct minutes_person, p, &m->people)
		if (p->initials && strlen(p->initials) == len &&
		    memcmp(text, p->initials, len) == 0)
			return true; /* "at" is not AT */
	return false;
}

/* "... surgery MPO/TMA31/5", "... responsibility? MPO \"": no gap at all, so
 * the initials must be ones that the paper explains. */
static bool
trail_glued(const struct minutes_meeting *m, const char *text, size_t len,
    struct trail *t)
{
	size_t word = len, before, n;
	bool ditto;

	while (word > 0 && !text_is_space(text[word - 1]))
		word--;
	n = 0;
	while (word + n < len &&
	       (text_is_upper(text[word + n]) ||
		   (text[word + n] == '/' && text[word + n + 1] >= 'A')))
		n++;
	if (n >= 2 && word + n < len &&
	    is_initials_of(
		m, text + word, strcspn(text + word, "/0123456789")) &&
	    trail_due(text + word + n, len - word - n, &ditto)) {
		*t = (struct trail){ text + word, n, text + word + n,
			len - word - n, word, ditto };
		return true;
	}
	if (word == 0 || !trail_due(text + word, len - word, &ditto))
		return false;
	before = word;
	while (before > 0 && text_is_space(text[before - 1]))
		before--;
	for (n = 0; before > 0 && !text_is_space(text[before - 1]); n++)
		before--;
	if (n == 0 || !is_initials_of(m, text + before,
			  n < strcspn(text + before, "/ ")
			      ? n
			      : strcspn(text + before, "/ ")))
		return false;
	*t = (struct trail){ text + before, n, text + word, len - word, before,
		ditto };
	return true;
}

bool
owners_all_known(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	struct minutes_entry scratch = { 0 };
	bool known;

	if (!owners_only(r, m, text, len))
		return false;
	owners_cell(r, m, text, len, &scratch);
	known = scratch.owners.len > 0;
	VEC_EACH (const struct minutes_owner, o, &scratch.owners)
		known &= o->basis != MINUTES_UNKNOWN;
	owners_clear(&scratch);
	return known;
}

static bool
trail_find(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, bool heads, struct trail *t)
{
	struct paper_line line = { .text = b->text,
		.len = (unsigned)b->length };
	struct segments segs;
	const struct segment *last, *owner;
	bool ditto = false;

	segments_read(&line, &segs);
	if (segs.n >= 2) {
		int gap;

		last = &segs.s[segs.n - 1];
		owner = last;
		if (trail_due(last->text, last->len, &ditto) && segs.n >= 3)
			owner = last - 1;
		gap = owner->start - (owner - 1)->end;
		if (owner != last && gap >= GAP_OWNER && owner->len <= 40 &&
		    owners_only(r, m, owner->text, owner->len)) {
			*t = (struct trail){ owner->text, owner->len,
				last->text, last->len,
				(size_t)(owner->text - b->text), ditto };
			return true;
		}
		/* "AB  Next Meeting" may have one blank between */
		if (owner == last && gap >= GAP_OWNER && last->len <= 40) {
			size_t n = 0;

			while (n < last->len && !text_is_space(last->text[n]))
				n++;
			if (n < last->len &&
			    trail_due(last->text + n, last->len - n, &ditto) &&
			    owners_only(r, m, last->text, n)) {
				*t = (struct trail){ last->text, n,
					last->text + n, last->len - n,
					(size_t)(last->text - b->text), ditto };
				return true;
			}
			if (heads && b->kind != BLOCK_HEADING && gap >= 5 &&
			    owners_all_known(r, m, last->text, last->len)) {
				*t = (struct trail){ last->text, last->len,
					NULL, 0, (size_t)(last->text - b->text),
					false };
				return true;
			}
		}
	}
	return trail_glued(m, b->text, b->length, t);
}

/* What stands at the end of a paragraph of notes, far behind it; NULL: nothing
 * does. */
static const struct segment *
far_end(const struct block *b, struct segments *segs)
{
	struct paper_line line = { .text = b->text,
		.len = (unsigned)b->length };
	const struct segment *last;
	size_t words = 0;

	if (b->kind == BLOCK_ROW || b->kind == BLOCK_HEADING ||
	    b->section == SECTION_PRESENT || b->section == SECTION_APOLOGIES ||
	    b->section == SECTION_AGENDA || b->section == SECTION_NEXT)
		return NULL;
	segments_read(&line, segs);
	if (segs->n < 2)
		return NULL;
	last = &segs->s[segs->n - 1];
	/* "Proposed   Ann Bell" is no paragraph */
	for (const char *c = b->text; c < last->text; c++)
		words += text_is_space(*c) && text_is_alnum(c[1]);
	return words > 5 && last->len <= 40 &&
		       last->start - last[-1].end >= GAP_COLUMN
		   ? last
		   : NULL;
}

/* Is what stands before it a sentence, not a cell of a table? */
static bool
behind_sentence(const struct segment *end)
{
	return end[-1].len > 0 && strchr(".?!", end[-1].text[end[-1].len - 1]);
}

/* Do who acts and "Noted" stand at the end of several paragraphs, in a column
 * that has no head? */
static bool
has_trail_column(const struct reading *r, const struct part *part)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	size_t people = 0, noted = 0;

	for (size_t i = part->head; i < part->end; i++) {
		struct segments segs;
		const struct segment *end =
		    far_end(&r->blocks.list.items[i], &segs);

		if (!end)
			continue;
		if (behind_sentence(end) &&
		    owners_all_known(r, m, end->text, end->len))
			people++;
		else if (clause_noted(end->text, end->len))
			noted++;
	}
	return people >= COLUMN_PEOPLE && people + noted >= COLUMN_ENDS;
}

/* Is it an owner in such a column: known, or called by a title? */
static bool
column_owner(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, struct trail *t)
{
	struct segments segs;
	const struct segment *end = far_end(b, &segs);
	struct toks toks;

	if (!end || (segs.n > 2 && !behind_sentence(end)))
		return false;
	toks_read(&toks, end->text, end->len);
	if (!owners_all_known(r, m, end->text, end->len) &&
	    !(toks.n > 1 && is_address_form(&toks.t[0]) &&
		owners_only(r, m, end->text, end->len)))
		return false;
	*t = (struct trail){ end->text, end->len, NULL, 0,
		(size_t)(end->text - b->text), false };
	return true;
}

/* Does the paper have columns for who and when, though flattened? */
static bool
has_trail_heads(const struct reading *r, const struct part *part)
{
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];
		const struct paper_line line = { .text = b->text,
			.len = (unsigned)b->length,
			.indent = b->indent };

		if (b->length < 400 && b->kind != BLOCK_ROW &&
		    (((find_phrase(b->text, b->length, "action by") ||
			  find_phrase(b->text, b->length, "by whom")) &&
			 strstr(b->text, "  ")) ||
			trail_heads(&line) > 0))
			return true;
	}
	return false;
}

/* "Proposed X, seconded Y" says how, not what: the sentence before does. */
static bool
is_formality(const char *text, size_t len)
{
	return len < 60 &&
	       (text_starts(text, "proposed") ||
		   text_starts(text, "seconded") ||
		   text_starts(text, "agreed")) &&
	       (find_phrase(text, len, "seconded") || len < 12);
}

void
trailing_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	bool heads = has_trail_heads(r, part);
	bool column = !heads && has_trail_column(r, part);
	char *above = NULL;

	if (m->paper == MINUTES_AGENDA)
		return;
	flat_read(r, part);
	for (size_t i = part->first; i < part->end; i++) {
		struct block *b = &r->blocks.list.items[i];
		struct trail t;
		struct minutes_entry *e;
		const char *text = b->text, *state;
		size_t len;
		unsigned line = b->first;

		if (b->kind == BLOCK_ROW || b->kind == BLOCK_HEADING ||
		    b->taken || i < part->head || b->length < 8 ||
		    b->length > 3000 || b->section == SECTION_PRESENT ||
		    b->section == SECTION_AGENDA ||
		    b->section == SECTION_NEXT ||
		    b->section == SECTION_APOLOGIES)
			continue;
		if (!trail_find(r, m, b, heads, &t) &&
		    !(column && column_owner(r, m, b, &t)))
			continue;
		len = t.head;
		trim_span(&text, &len);
		if (column && len > 0) {
			text = asking_sentence(r, m, text, &len);
			line = block_line_at(b, (size_t)(text - b->text));
		}
		if (len == 0 || is_formality(text, len)) {
			text = sentence_before(r, part, i, &len, &line);
			if (!text)
				continue;
		}
		if (clause_noted(text, len) || clause_no_action(text, len))
			continue;
		e = draft_new(r, part, b, MINUTES_FROM_MARGIN, "action", text,
		    len, line, "the line ends with who acts and when");
		owners_cell(r, m, t.owner, t.owner_len, e);
		if (t.ditto && above)
			due_phrase_set(e, above, strlen(above));
		else if (t.due && (state = state_of(t.due, t.due_len)))
			e->state = state; /* "MPO  Closed" */
		else if (t.due)
			due_phrase_set(e, t.due, t.due_len);
		due_read(r, part, e);
		if (!t.ditto && e->due_phrase) {
			free(above);
			above = xstrdup(e->due_phrase);
		}
		b->taken = true;
	}
	free(above);
}
