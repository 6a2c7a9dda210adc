/* SPDX-License-Identifier: ISC */
/* Sentences about entries; see letter_words.h. */
#include "core/letter_words.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

struct noun {
	const char *kind, *label, *one, *many;
};

static const struct noun nouns[] = {
	{ "action", "Action", "action", "actions" },
	{ "recommendation", "Recommendation", "recommendation",
	    "recommendations" },
	{ "afi", "Area for improvement", "area for improvement",
	    "areas for improvement" },
	{ "concern", "Cause of concern", "cause of concern",
	    "causes of concern" },
	{ "paper", "Paper", "paper", "papers" },
	{ "approval", "Draft minutes", "set of draft minutes",
	    "sets of draft minutes" },
	{ "bid", "Bid", "bid", "bids" },
	{ "duty", "Duty", "duty", "duties" },
	{ "commitment", "Commitment", "commitment", "commitments" },
};

static const struct noun *
noun_of(const char *kind)
{
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
		if (strcmp(nouns[i].kind, kind) == 0)
			return &nouns[i];
	}
	return NULL;
}

/* A kind that the admin added: "risk_item" is "risk item". */
static void
add_own_kind(struct buf *out, const char *kind)
{
	size_t from = out->len;

	text_add_squeezed(out, kind);
	for (size_t i = from; i < out->len; i++) {
		if (out->data[i] == '_')
			out->data[i] = ' ';
	}
}

static void
add_plural(struct buf *out)
{
	const char *end = out->data + out->len;

	if (out->len > 1 && end[-1] == 'y' &&
	    strchr("aeiou", end[-2]) == NULL) {
		out->len--;
		buf_puts(out, "ies");
	} else if (end[-1] == 's' || end[-1] == 'x') {
		buf_puts(out, "es");
	} else {
		buf_putc(out, 's');
	}
}

void
letter_words_noun(struct buf *out, const char *kind, size_t count)
{
	const struct noun *noun = noun_of(kind == NULL ? "" : kind);

	if (kind == NULL || *kind == '\0') {
		buf_puts(out, count == 1 ? "entry" : "entries");
	} else if (noun != NULL) {
		buf_puts(out, count == 1 ? noun->one : noun->many);
	} else {
		add_own_kind(out, kind);
		if (count != 1)
			add_plural(out);
	}
}

void
letter_add_count(struct buf *out, const char *kind, size_t count)
{
	buf_printf(out, "%zu ", count);
	letter_words_noun(out, kind, count);
}

void
letter_add_label(struct buf *out, const char *kind, const char *ref,
    const char *text, bool restricted)
{
	const struct noun *noun = noun_of(kind == NULL ? "" : kind);
	struct buf flat = { 0 };
	size_t from = out->len;

	if (noun != NULL) {
		buf_puts(out, noun->label);
	} else if (kind == NULL || *kind == '\0') {
		buf_puts(out, "Entry");
	} else {
		add_own_kind(out, kind);
		if (out->data[from] >= 'a' && out->data[from] <= 'z')
			out->data[from] = (char)(out->data[from] - 32);
	}
	if (ref != NULL)
		buf_printf(out, " %s", ref);
	if (restricted || text == NULL || *text == '\0')
		return;
	text_add_squeezed(&flat, text);
	buf_puts(out, ": ");
	text_add_cut(out, buf_text(&flat), 60);
	buf_clear(&flat);
}

void
letter_add_distance(struct buf *out, int today, int day)
{
	int days = day - today;

	if (days == 0)
		buf_puts(out, "today");
	else if (days == 1)
		buf_puts(out, "tomorrow");
	else if (days == -1)
		buf_puts(out, "yesterday");
	else if (days > 0)
		buf_printf(out, "in %d days", days);
	else
		buf_printf(out, "%d days ago", -days);
}

static void
add_day(struct buf *out, int day)
{
	char text[DAY_LONG_MAX];

	buf_puts(out, day_long_weekday(day, text));
}

static void
add_short_day(struct buf *out, int day)
{
	char text[DAY_LONG_MAX];

	buf_puts(out, day_long(day, text));
}

void
letter_words_day(struct buf *out, int today, int day)
{
	if (day == DAY_NONE)
		return;
	add_day(out, day);
	buf_puts(out, ", ");
	letter_add_distance(out, today, day);
}

/* What has no due date: a day to ask for one, or not even that. */
static void
add_undated(struct buf *out, const struct letter_line *line, int today)
{
	bool held = line->state != NULL && strcmp(line->state, "on_hold") == 0;

	buf_puts(out, held ? "On hold, without a date" : "No date yet");
	if (line->review_on == DAY_NONE)
		return;
	if (line->review_on == today) {
		buf_puts(out, "; to be looked at today");
		return;
	}
	buf_puts(out, line->review_on > today ? "; next looked at on "
					      : "; was to be looked at on ");
	add_day(out, line->review_on);
}

/* How far off, unless the day was said to be today or tomorrow already. */
static void
add_due_distance(struct buf *out, const struct letter_line *line, int today)
{
	int days = line->due_on - today;

	if (line->overdue_days > 0 && !line->soft) {
		buf_printf(out, ": %d %s late", line->overdue_days,
		    line->overdue_days == 1 ? "day" : "days");
	} else if (days > 1 || days < 0) {
		buf_puts(out, ", ");
		letter_add_distance(out, today, line->due_on);
	}
}

void
letter_words_due(struct buf *out, const struct letter_line *line, int today)
{
	bool late = line->overdue_days > 0 && !line->soft;
	int days;

	if (line->due_on == DAY_NONE) {
		add_undated(out, line, today);
		return;
	}
	days = line->due_on - today;
	buf_puts(out, days < 0 && !late ? "Was due" : "Due");
	if (days == 0 || days == 1) {
		buf_puts(out, days == 0 ? " today" : " tomorrow");
		buf_putc(out, ',');
	}
	if (line->at_meeting)
		buf_puts(out, " at the meeting of");
	else if (line->soft && line->earliest_on == DAY_NONE)
		buf_puts(out, " by about");
	buf_putc(out, ' ');
	if (line->earliest_on != DAY_NONE && line->earliest_on < line->due_on) {
		buf_puts(out, "between ");
		add_short_day(out, line->earliest_on);
		buf_puts(out, " and ");
	}
	add_day(out, line->due_on);
	if (line->due_time != NULL)
		buf_printf(out, " at %s", line->due_time);
	add_due_distance(out, line, today);
}

static void
add_times(struct buf *out, int n)
{
	if (n == 1)
		buf_puts(out, "once");
	else if (n == 2)
		buf_puts(out, "twice");
	else
		buf_printf(out, "%d times", n);
}

void
letter_words_moved(struct buf *out, const struct letter_line *line)
{
	if (line->slips <= 0)
		return;
	buf_puts(out, "The date has moved ");
	add_times(out, line->slips);
	if (line->original_due_on == DAY_NONE)
		return;
	buf_puts(out, "; it was ");
	add_short_day(out, line->original_due_on);
	buf_puts(out, " at first");
}

void
letter_words_agreed(struct buf *out, const struct letter_line *line)
{
	if (line->series != NULL)
		text_add_squeezed(out, line->series);
	if (line->held_on != DAY_NONE) {
		if (line->series != NULL)
			buf_puts(out, ", ");
		add_short_day(out, line->held_on);
	}
	if (line->item != NULL && *line->item != '\0' &&
	    (line->series != NULL || line->held_on != DAY_NONE)) {
		/* "7", but "agenda item 12" and "para 3" as they are. */
		buf_puts(out, line->item[0] >= '0' && line->item[0] <= '9'
				  ? ", item "
				  : ", ");
		text_add_squeezed(out, line->item);
	}
}

/* A rule that begins with the words in quotes says them itself. */
static bool
quotes(const char *rule, const char *words)
{
	size_t len = strlen(words);

	return rule[0] == '"' && strncmp(rule + 1, words, len) == 0 &&
	       rule[len + 1] == '"';
}

void
letter_words_basis(struct buf *out, const struct letter_line *line)
{
	bool words = line->due_phrase != NULL && *line->due_phrase != '\0';
	bool rule = line->rule != NULL && *line->rule != '\0';

	if (words && rule)
		words = !quotes(line->rule, line->due_phrase);
	/* The day itself stands above it. */
	rule = rule && strcmp(line->rule, "given as a day") != 0;
	if (words) {
		buf_putc(out, '"');
		text_add_squeezed(out, line->due_phrase);
		buf_putc(out, '"');
	}
	if (words && rule)
		buf_puts(out, ": ");
	if (rule)
		text_add_squeezed(out, line->rule);
}

/* What a flag of the deadline words asks of a person; the others only explain
 * the day, or are told elsewhere. */
static const struct {
	const char *flag, *ask;
} asks[] = {
	{ "weekday mismatch",
	    "The weekday and the date in its words disagree: which is meant?" },
	{ "no such day",
	    "Its words name a day that does not exist: which is meant?" },
	{ "ambiguous",
	    "Its deadline words can mean several days: which is meant?" },
	{ "series calendar missing",
	    "It waits for a meeting whose date nobody has entered." },
	{ "past at import", NULL },
	{ "condition", NULL },
	{ "base imprecise", NULL },
	{ "calendar needed", NULL },
	{ "beyond the loaded holidays", NULL },
	{ "special calendar", NULL },
	{ "policy", NULL },
	{ "vague", NULL },
	{ "uncertain", NULL },
	{ "unresolvable", NULL },
};

static void
add_ask(struct buf *out, const char *flag, size_t len)
{
	const char *ask = NULL;
	bool known = false;

	for (size_t i = 0; i < sizeof asks / sizeof *asks && !known; i++) {
		known = strlen(asks[i].flag) == len &&
			strncmp(asks[i].flag, flag, len) == 0;
		if (known)
			ask = asks[i].ask;
	}
	if (known && ask == NULL)
		return;
	if (out->len > 0)
		buf_putc(out, ' ');
	if (known)
		buf_puts(out, ask);
	else
		buf_printf(out, "To check: %.*s.", (int)len, flag);
}

void
letter_words_flag(struct buf *out, const char *flag)
{
	while (*flag != '\0') {
		size_t len = strcspn(flag, ";");

		add_ask(out, flag, len);
		flag += len;
		flag += strspn(flag, "; ");
	}
}

void
letter_words_update(struct buf *out, const struct letter_line *line)
{
	if (line->updated_on != DAY_NONE)
		add_short_day(out, line->updated_on);
	if (line->update == NULL || *line->update == '\0')
		return;
	if (line->updated_on != DAY_NONE)
		buf_puts(out, ": ");
	text_add_squeezed(out, line->update);
}

void
letter_words_state(struct buf *out, const struct letter_line *line)
{
	const char *state = line->state == NULL ? "" : line->state;

	if (strcmp(state, "blocked") == 0)
		buf_puts(out, "Blocked");
	else if (strcmp(state, "on_hold") == 0)
		buf_puts(out, "On hold");
	else if (line->at_risk)
		buf_puts(out, "Marked at risk");
	else
		return;
	if (line->reason != NULL && *line->reason != '\0') {
		buf_puts(out, ": ");
		text_add_squeezed(out, line->reason);
	}
}

void
letter_words_why(struct buf *out, const struct letter_line *line)
{
	static const char *const roles[] = { [LETTER_OWNER] = "as owner",
		[LETTER_CO_OWNER] = "as one of the owners",
		[LETTER_SPONSOR] = "as sponsor",
		[LETTER_CHAIR] = "as chair",
		[LETTER_SECRETARY_ROLE] = "as secretary",
		[LETTER_APPROVER] = "to approve",
		[LETTER_NAMED] = "because the schedule names you" };
	const char *role = roles[line->role];

	if (line->deputy_for == NULL && line->office == NULL) {
		buf_puts(out, role);
		return;
	}
	if (line->deputy_for != NULL) {
		buf_puts(out, "as deputy for ");
		text_add_squeezed(out, line->deputy_for);
	}
	if (line->office != NULL) {
		buf_puts(
		    out, line->deputy_for != NULL ? ", holder" : "as holder");
		buf_puts(out, " of the office of ");
		text_add_squeezed(out, line->office);
	}
	if (line->role != LETTER_NAMED)
		buf_printf(out, " (%s)",
		    strncmp(role, "as ", 3) == 0 ? role + 3 : role);
}

static bool
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len >= n && strcmp(text + len - n, end) == 0;
}

void
letter_words_fired(struct buf *out, const struct letter_line *line)
{
	const char *rule = line->fired;

	if (rule == NULL)
		return;
	if (ends_with(rule, " slips") || ends_with(rule, " slip")) {
		buf_puts(out, "the date has moved ");
		add_times(out, atoi(rule));
		return;
	}
	text_add_squeezed(out, rule);
	if (ends_with(rule, " before") || ends_with(rule, " after"))
		buf_puts(out, " the due date");
}
