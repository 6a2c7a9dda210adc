/* SPDX-License-Identifier: ISC */
/* What a letter is about in one line: its summary and subject; see
 * letter_draft.h. */
#include "core/letter_draft.h"

#include <string.h>

#include "core/letter_words.h"
#include "core/text.h"

/* "3 actions", "2 actions and 1 recommendation", "5 entries". */
static void
add_kinds(struct buf *out, const struct letter *letter)
{
	const char *first = NULL, *second = NULL;
	size_t nfirst = 0, nsecond = 0;

	VEC_EACH (const struct letter_line, line, &letter->lines) {
		const char *kind = line->kind == NULL ? "" : line->kind;

		if (first == NULL || strcmp(first, kind) == 0) {
			first = kind;
			nfirst++;
		} else if (second == NULL || strcmp(second, kind) == 0) {
			second = kind;
			nsecond++;
		}
	}
	if (nfirst + nsecond < letter->lines.len) {
		letter_add_count(out, NULL, letter->lines.len);
		return;
	}
	letter_add_count(out, first, nfirst);
	if (second != NULL) {
		buf_puts(out, " and ");
		letter_add_count(out, second, nsecond);
	}
}

/* Entries with a clock have a section of their own in a digest; as overdue or
 * due they count like the others. */
static size_t
count_of(const struct letter_draft *d, int s)
{
	size_t n = d->counts[s];

	if (!letter_is_digest(d->kind) ||
	    (s != DIGEST_OVERDUE && s != DIGEST_DUE))
		return n;
	VEC_EACH (const struct letter_line, line, &d->letter->lines) {
		bool late = line->overdue_days > 0;

		if (line->section != DIGEST_CLOCKS)
			continue;
		if (s == DIGEST_OVERDUE)
			n += late;
		else
			n +=
			    !late && (d->letter->meeting_on == DAY_NONE ||
					 line->due_on <= d->letter->meeting_on);
	}
	return n;
}

/* ": 1 overdue, 2 due soon", of the sections that are counted in words. */
static size_t
add_counts(const struct letter_draft *d, struct buf *out, const char *before)
{
	size_t n = 0;

	for (int s = 0; s < d->nsections; s++) {
		const char *counted = letter_draft_section(d, s)->counted;
		size_t count = count_of(d, s);

		if (count == 0 || counted == NULL)
			continue;
		buf_puts(out, n++ == 0 ? before : ", ");
		buf_printf(out, "%zu %s", count, counted);
	}
	return n;
}

static void
add_tomorrow(const struct letter_draft *d, struct buf *out)
{
	size_t count = d->counts[LETTER_TOMORROW];
	char day[DAY_LONG_MAX];

	buf_printf(out, "%zu %s", count,
	    count == 1 ? "escalation goes out" : "escalations go out");
	if (d->letter->tomorrow_on != DAY_NONE)
		buf_printf(out, " on %s",
		    day_long_weekday(d->letter->tomorrow_on, day));
}

/* brief: for the subject, where the counts of each need would be too long. */
static void
add_secretary_summary(const struct letter_draft *d, struct buf *out, bool brief)
{
	size_t things = d->nplaces - d->counts[LETTER_TOMORROW];

	if (things > 0) {
		buf_printf(out, "%zu %s", things,
		    things == 1 ? "thing needs you" : "things need you");
		if (!brief)
			(void)add_counts(d, out, ": ");
	}
	if (d->counts[LETTER_TOMORROW] == 0)
		return;
	if (things > 0)
		buf_puts(out, "; ");
	add_tomorrow(d, out);
}

static void
add_digest_summary(const struct letter_draft *d, struct buf *out)
{
	char day[DAY_LONG_MAX];

	text_add_squeezed(out, d->letter->series != NULL
				   ? d->letter->series
				   : d->letter->organisation);
	buf_printf(out, ", %s: ", day_long(d->letter->today, day));
	if (count_of(d, DIGEST_OVERDUE) == 0)
		buf_puts(out, "nothing overdue");
	(void)add_counts(d, out, count_of(d, DIGEST_OVERDUE) == 0 ? ", " : "");
}

void
letter_draft_summary(const struct letter_draft *d, struct buf *out)
{
	size_t n = d->nplaces;

	if (letter_is_digest(d->kind)) {
		add_digest_summary(d, out);
	} else if (d->kind == LETTER_SECRETARY) {
		add_secretary_summary(d, out, false);
	} else if (n == 1) {
		buf_puts(out, "one ");
		letter_words_noun(out, d->places[0].line->kind, 1);
		buf_puts(out, d->kind == LETTER_NUDGE ? " needs you"
						      : " is escalated to you");
	} else {
		add_kinds(out, d->letter);
		buf_puts(out, d->kind == LETTER_NUDGE
				  ? " need you"
				  : " are escalated to you");
		(void)add_counts(d, out, ": ");
	}
}

void
letter_draft_subject(const struct letter_draft *d, struct buf *out)
{
	const struct letter_line *line;

	if (d->kind == LETTER_SECRETARY) {
		add_secretary_summary(d, out, true);
		return;
	}
	if (d->nplaces != 1 ||
	    (d->kind != LETTER_NUDGE && d->kind != LETTER_ESCALATION)) {
		letter_draft_summary(d, out);
		return;
	}
	line = d->places[0].line;
	letter_add_label(
	    out, line->kind, line->ref, line->text, line->restricted);
}
