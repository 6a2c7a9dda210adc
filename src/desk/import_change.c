/* SPDX-License-Identifier: ISC */
/* Rows of an import against the entries they are; see import_change.h. */
#include "desk/import_change.h"

#include <stdlib.h>
#include <string.h>

#include "desk/import_owners.h"
#include "io/parties.h"

/* ---- dates ---- */

static void
replace(char **field, const char *text)
{
	char *copy = xstrdup(text);

	free(*field);
	*field = copy;
}

/* A review date that the file gives goes before the one reckoned, which the
 * rule then must not name. */
static void
ask_on(int review_on, struct entry *entry)
{
	char *named;

	if (entry->due_phrase == NULL)
		replace(&entry->rule, NULL);
	if (review_on == DAY_NONE || review_on == entry->review_on)
		return;
	entry->review_on = review_on;
	named = entry->rule == NULL ? NULL
				    : strstr(entry->rule, ": ask for a date");
	if (named != NULL)
		*named = '\0';
}

/* The words and the day of a row against each other. */
static void
weigh(const struct entry_row *row, const struct words_answer *answer,
    struct entry *entry, char **why)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	int due = row->day[E_DUE];

	if (due == DAY_NONE || answer->due_on == due) {
		dating_put(entry, answer);
		if (row->day[E_EARLIEST] != DAY_NONE)
			entry->earliest_on = row->day[E_EARLIEST];
		if (entry->due_on == DAY_NONE)
			ask_on(row->day[E_REVIEW], entry);
		return;
	}
	dating_put_day(entry, due, ROW_GIVEN);
	entry->earliest_on = row->day[E_EARLIEST];
	if (answer->due_on == DAY_NONE)
		return;
	*why = xasprintf("the words \"%s\" mean %s (%s), the day given is %s",
	    entry->due_phrase, day_long(answer->due_on, a), answer->rule,
	    day_long(due, b));
	replace(&entry->flag, *why);
}

/* What an export says is taken over; the words only tell what it hangs on. */
static void
trust(const struct entry_row *row, const struct words_answer *answer,
    struct entry *entry)
{
	dating_put_day(entry, row->day[E_DUE], row->cells.cell[E_RULE]);
	entry->earliest_on = row->day[E_EARLIEST];
	entry->review_on = row->day[E_REVIEW];
	replace(&entry->flag, row->cells.cell[E_FLAG]);
	if (answer == NULL || answer->due_on != row->day[E_DUE] ||
	    (entry->rule != NULL && strcmp(entry->rule, ROW_GIVEN) == 0))
		return;
	entry->due_series_id = answer->series;
	entry->due_meeting_on = answer->meeting_on;
	entry->at_meeting = answer->at_meeting;
}

/* Words and no day to count them from: today is a guess, and said so. */
static int
base_of(struct import_run *run, const struct entry_row *row)
{
	int base_on = entry_row_base(row);

	return base_on != DAY_NONE ? base_on : run->call->today;
}

/* A clock, and no date beside it: the date is the clock's. */
static int
count_row(struct import_run *run, const struct entry_row *row,
    struct entry *entry, struct err *err)
{
	struct entries_import *ei = run->ctx;
	const char *name = row->cells.cell[E_CLOCK];

	if (dating_clock(&ei->dating, entry, name, err) == 0)
		return 0;
	if (err->code != ERR_INPUT && err->code != ERR_NOTFOUND)
		return -1;
	import_wrong(run, E_CLOCK, "%s", err->text);
	return 0;
}

int
entry_row_date(struct import_run *run, const struct entry_row *row,
    bool trusted, struct entry *entry, char **why, struct err *err)
{
	struct entries_import *ei = run->ctx;
	const char *words = row->cells.cell[E_PHRASE];
	struct words_answer answer;
	int base_on = base_of(run, row);

	*why = NULL;
	replace(&entry->due_phrase, words);
	entry->base_on = row->day[E_BASE];
	if (words == NULL && !trusted && row->day[E_DUE] == DAY_NONE &&
	    row->cells.cell[E_CLOCK] != NULL) {
		entry->base_on = base_on;
		return count_row(run, row, entry, err);
	}
	if (words == NULL && (trusted || row->day[E_DUE] != DAY_NONE)) {
		if (trusted) {
			trust(row, NULL, entry);
		} else {
			dating_put_day(entry, row->day[E_DUE], ROW_GIVEN);
			entry->earliest_on = row->day[E_EARLIEST];
		}
		entry->due_minute = row->minute;
		return 0;
	}
	if (dating_words(&ei->dating, words != NULL ? words : "", base_on,
		entry_row_series(row), &answer, err) == -1) {
		if (err->code != ERR_INPUT)
			return -1;
		import_wrong(run, E_PHRASE, "%s", err->text);
		return 0;
	}
	if (trusted) {
		trust(row, &answer, entry);
	} else {
		weigh(row, &answer, entry, why);
		if (words != NULL && entry->base_on == DAY_NONE)
			entry->base_on = base_on;
	}
	dating_hang_review(&ei->dating, entry, entry_row_series(row));
	entry->due_minute = row->minute;
	words_answer_clear(&answer);
	return 0;
}

void
entry_row_owners(const struct entry_row *row, struct entry *entry)
{
	VEC(struct owner) list = { 0 };

	for (int role = ROLE_OWNER; role <= ROLE_SPONSOR; role++) {
		if (row->has_owners[role])
			VEC_EACH (const struct owner, o, &row->owners)
				if ((int)o->role == role)
					*vec_push(&list) = *o;
		VEC_EACH (struct owner, o, &entry->owners) {
			if ((int)o->role != role)
				continue;
			if (row->has_owners[role]) {
				/* An answer given stays given. */
				VEC_EACH (struct owner, n, &list)
					if (n->party_id == o->party_id &&
					    n->role == o->role)
						n->answered_on = o->answered_on;
				free(o->name);
			} else {
				*vec_push(&list) = *o;
			}
		}
	}
	free(entry->owners.items);
	entry->owners.items = list.items;
	entry->owners.len = list.len;
	entry->owners.cap = list.cap;
}

/* ---- is a difference a correction? ---- */

enum verdict { VERDICT_KEEP, VERDICT_TAKE };

/* What the entry had before is last month's: it is not put back. */
static int
judge(struct import_run *run, struct row_change *change, int column,
    const char *was, const char *is, enum verdict *out, struct err *err)
{
	int had = 0;

	*out = VERDICT_KEEP;
	if (change->lineage == LINEAGE_STALE) {
		import_wrong(run, column,
		    "%s was changed in the register since this was exported: "
		    "it has \"%.60s\", the row \"%.60s\"; export it again",
		    change->before->ref, was != NULL ? was : "",
		    is != NULL ? is : "");
		return 0;
	}
	if (change->lineage == LINEAGE_NONE) {
		if (is == NULL)
			return 0;
		had = imports_had(
		    run->call->db, "entry", change->before->id, is, err);
		if (had == -1)
			return -1;
	}
	if (had == 1)
		change->kept = true;
	else
		*out = VERDICT_TAKE;
	return 0;
}

static bool
same_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static int
change_texts(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err)
{
	static const struct {
		int column;
		size_t offset;
		bool needed;
	} texts[] = {
		{ E_KIND, offsetof(struct entry, kind), true },
		{ E_TEXT, offsetof(struct entry, text), true },
		{ E_ITEM, offsetof(struct entry, item), false },
		{ E_PARA, offsetof(struct entry, para), false },
		{ E_SOURCE, offsetof(struct entry, source), false },
		{ E_PRIORITY, offsetof(struct entry, priority), false },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		char **field =
		    (char **)((char *)change->after + texts[i].offset);
		const char *cell = row->cells.cell[texts[i].column];
		enum verdict verdict;

		if (run->index[texts[i].column] < 0 ||
		    same_text(*field, cell) ||
		    (cell == NULL && texts[i].needed))
			continue;
		if (judge(run, change, texts[i].column, *field, cell, &verdict,
			err) == -1)
			return -1;
		if (verdict == VERDICT_TAKE)
			replace(field, cell);
	}
	return 0;
}

/* ---- owners ---- */

/* As the history writes them. Owned; NULL: none. */
static char *
owners_text(struct import_run *run, const struct entry *entry)
{
	struct buf text = { 0 };
	struct party party;
	struct err err;

	VEC_EACH (const struct owner, o, &entry->owners) {
		if (parties_get(run->call->db, o->party_id, run->call->today,
			&party, &err) != 1)
			continue;
		buf_printf(&text, "%s%s", text.len > 0 ? "; " : "", party.name);
		if (o->role != ROLE_OWNER)
			buf_printf(&text, " (%s)", owner_role_name(o->role));
		party_clear(&party);
	}
	return text.len > 0 ? buf_take(&text) : NULL;
}

static int
change_owners(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err)
{
	struct entry probe;
	char *was, *is;
	enum verdict verdict = VERDICT_KEEP;
	int rc = 0;

	entry_copy(change->after, &probe);
	entry_row_owners(row, &probe);
	if (!entry_same_owners(&probe, change->after)) {
		was = owners_text(run, change->after);
		is = owners_text(run, &probe);
		rc = judge(run, change, E_OWNERS, was, is, &verdict, err);
		free(was);
		free(is);
	}
	if (verdict == VERDICT_TAKE) {
		entry_row_owners(row, change->after);
		rc = import_owners_check(
		    run, change->before, change->after, err);
	}
	entry_clear(&probe);
	return rc;
}

/* ---- where it comes from ---- */

static int
change_origin(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err)
{
	struct entry *after = change->after;
	char was[DAY_LONG_MAX], is[DAY_LONG_MAX];
	enum verdict verdict;

	if (row->series_given) {
		if (after->series_id == 0 && after->report_id == 0)
			after->series_id = row->series_id;
	} else if (row->series_id != 0 && row->series_id != after->series_id) {
		if (judge(run, change, E_SERIES, after->series,
			row->cells.cell[E_SERIES], &verdict, err) == -1)
			return -1;
		if (verdict == VERDICT_TAKE)
			after->series_id = row->series_id;
	}
	if (row->report_id != 0 && row->report_id != after->report_id) {
		if (judge(run, change, E_REPORT, after->report,
			row->cells.cell[E_REPORT], &verdict, err) == -1)
			return -1;
		if (verdict == VERDICT_TAKE)
			after->report_id = row->report_id;
	}
	if (row->day[E_HELD] != DAY_NONE &&
	    row->day[E_HELD] != after->held_on) {
		if (judge(run, change, E_HELD, day_long(after->held_on, was),
			day_long(row->day[E_HELD], is), &verdict, err) == -1)
			return -1;
		if (verdict == VERDICT_TAKE)
			after->held_on = row->day[E_HELD];
	}
	return 0;
}

/* ---- dates of what is there ---- */

static bool
same_dates(const struct entry_row *row, const struct entry *entry)
{
	if (row->day[E_DUE] != entry->due_on)
		return false;
	if (entry->due_on == DAY_NONE)
		return row->day[E_REVIEW] == DAY_NONE ||
		       row->day[E_REVIEW] == entry->review_on;
	return row->day[E_EARLIEST] == DAY_NONE ||
	       row->day[E_EARLIEST] == entry->earliest_on;
}

/* The day that a row gives instead of the entry's. */
static int
take_dates(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err)
{
	struct entry *after = change->after;
	const struct entry *before = change->before;
	char *why;

	if (row->cells.cell[E_PHRASE] == NULL && run->index[E_PHRASE] < 0 &&
	    row->day[E_DUE] != DAY_NONE) {
		replace(&after->due_phrase, NULL);
	}
	replace(&after->flag, NULL);
	if (entry_row_date(run, row, false, after, &why, err) == -1)
		return -1;
	if (why != NULL)
		import_note(run, "%s: %s", before->ref, why);
	free(why);
	if (run->index[E_TIME] < 0)
		after->due_minute = before->due_minute;
	if (after->base_on == DAY_NONE)
		after->base_on = before->base_on;
	change->slip = before->due_on != DAY_NONE &&
		       after->due_on != before->due_on &&
		       before->state != ENTRY_UNCONFIRMED;
	return 0;
}

static int
change_dates(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err)
{
	const struct entry *before = change->before;
	char was[DAY_LONG_MAX], is[DAY_LONG_MAX];
	bool dated = row->day[E_DUE] != DAY_NONE;
	int column, old, new;
	enum verdict verdict;

	if (run->index[E_DUE] < 0 || same_dates(row, before))
		return 0;
	if (!dated && before->due_on != DAY_NONE) {
		/* An empty cell takes no date away, unless somebody emptied it
		 * in our own export, and that needs a reason. */
		if (change->lineage == LINEAGE_NONE)
			return 0;
		import_wrong(run, E_DUE,
		    "%s has the date %s: an import takes no date away; use "
		    "nudgectl extend or withdraw",
		    before->ref, day_long(before->due_on, was));
		return 0;
	}
	column = !dated                              ? E_REVIEW
		 : row->day[E_DUE] != before->due_on ? E_DUE
						     : E_EARLIEST;
	old = !dated            ? before->review_on
	      : column == E_DUE ? before->due_on
				: before->earliest_on;
	new = row->day[column];
	if (judge(run, change, column, day_long(old, was), day_long(new, is),
		&verdict, err) == -1)
		return -1;
	if (verdict != VERDICT_TAKE)
		return 0;
	if (column != E_DUE) {
		if (column == E_REVIEW)
			change->after->review_on = new;
		else
			change->after->earliest_on = new;
		return 0;
	}
	return take_dates(run, row, change, err);
}

/* ---- the rest ---- */

static void
change_marks(struct import_run *run, const struct entry_row *row,
    struct row_change *change)
{
	struct entry *after = change->after;
	bool restricted = row->cells.cell[E_RESTRICTED] != NULL;
	const char *note = row->cells.cell[E_UPDATE];
	int on = row->day[E_UPDATED];

	/* Nothing becomes public because a file does not say otherwise. */
	if (run->index[E_RESTRICTED] >= 0 &&
	    (restricted || change->lineage == LINEAGE_CURRENT))
		after->restricted = restricted;
	if (run->index[E_AT_RISK] >= 0 && change->lineage == LINEAGE_CURRENT)
		after->at_risk = row->cells.cell[E_AT_RISK] != NULL;
	if (note == NULL || same_text(note, after->update_note))
		return;
	if (change->lineage == LINEAGE_CURRENT ||
	    (on != DAY_NONE &&
		(after->updated_on == DAY_NONE || on > after->updated_on))) {
		replace(&after->update_note, note);
		after->updated_on = on != DAY_NONE ? on : run->call->today;
	} else {
		change->kept = true;
	}
}

int
row_change_apply(struct import_run *run, const struct entry_row *row,
    struct row_change *change, struct err *err)
{
	if (change_texts(run, row, change, err) == -1 ||
	    change_owners(run, row, change, err) == -1 ||
	    change_origin(run, row, change, err) == -1 ||
	    change_dates(run, row, change, err) == -1)
		return -1;
	if (change->lineage != LINEAGE_STALE)
		change_marks(run, row, change);
	return 0;
}
