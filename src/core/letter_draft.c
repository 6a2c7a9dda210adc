/* SPDX-License-Identifier: ISC */
/* Sections, counts and the values of a letter; see letter_draft.h. What the
 * sentences about one entry say is in letter_words.c. */
#include "core/letter_draft.h"

#include <stdlib.h>
#include <string.h>

#include "core/letter_words.h"
#include "core/text.h"

#define SOON_DAYS 14

/* ---- sections ---- */

enum part {
	PART_OVERDUE,
	PART_APPROVE,
	PART_TODAY,
	PART_SOON,
	PART_EXPECTED,
	PART_LATER,
	PART_UNDATED,
	PART_ON_HOLD,
	PARTS
};

static const struct letter_section parts[PARTS] = {
	[PART_OVERDUE] = { "Overdue", "overdue", NULL },
	[PART_APPROVE] = { "For you to approve", "to approve", NULL },
	[PART_TODAY] = { "Due today", "due today", NULL },
	[PART_SOON] = { "Due soon", "due soon", NULL },
	[PART_EXPECTED] = { "Expected by now", "expected by now", NULL },
	[PART_LATER] = { "Due later", "due later", NULL },
	[PART_UNDATED] = { "No date yet: please give one", "without a date",
	    NULL },
	[PART_ON_HOLD] = { "On hold: does it still wait?", "on hold", NULL },
};

static const struct letter_section needs[LETTER_NEEDS] = {
	[LETTER_UNOWNED] = { "No owner", "without an owner",
	    "Nobody is reminded of these until they have an owner." },
	[LETTER_NO_ADDRESS] = { "No address", "without an address",
	    "Nobody can be reached for these until an address is given." },
	[LETTER_VACANT] = { "Nobody in post", "with nobody in post",
	    "These come to you until somebody is named." },
	[LETTER_PAUSED] = { "Owner away, no deputy", "with the owner away",
	    "Reminders wait until the pause ends or a deputy is named." },
	[LETTER_OUTCOME] = { "Outcome of a meeting to record",
	    "to record after a meeting",
	    "The meeting has been held: record what came of each. Until then "
	    "its owner is not chased." },
	[LETTER_HELD] = { "Held back", "held back",
	    "These messages wait for your decision." },
	[LETTER_UNDELIVERED] = { "Not delivered", "not delivered",
	    "Please see that the people concerned are told." },
	[LETTER_CONFIRM] = { "To confirm", "to confirm",
	    "Nobody is reminded of these until somebody has looked at "
	    "them." },
	[LETTER_OTHER] = { "Also for you", "more", NULL },
	[LETTER_TOMORROW] = { "Escalations that go out next", NULL,
	    "They go out unless you hold them; the command below each does "
	    "that." },
};

static const struct letter_section digest_parts[DIGEST_SECTIONS] = {
	[DIGEST_HEADLINE] = { "In short", NULL, NULL },
	[DIGEST_CLOCKS] = { "Statutory and inspection clocks", NULL, NULL },
	[DIGEST_OVERDUE] = { "Overdue", "overdue", NULL },
	[DIGEST_DUE] = { "Due before the next meeting",
	    "due before the next meeting", NULL },
	[DIGEST_UNDATED] = { "No date set", NULL, NULL },
	[DIGEST_PROPOSED] = { "Proposed for closure", "to approve", NULL },
	[DIGEST_NEEDS] = { "Needs you", "for you to settle", NULL },
	[DIGEST_CLOSED] = { "Closed since last time", NULL, NULL },
};

/* Where no next meeting is known. */
static const struct letter_section due_soon = { "Due within four weeks",
	"due within four weeks", NULL };

const struct letter_section *
letter_draft_section(const struct letter_draft *d, int s)
{
	if (letter_is_digest(d->kind) && s == DIGEST_DUE &&
	    d->letter->meeting_on == DAY_NONE)
		return &due_soon;
	return &d->sections[s];
}

bool
letter_is_digest(enum letter_kind kind)
{
	return kind == LETTER_DIGEST || kind == LETTER_DIGEST_MD;
}

static enum part
part_of(const struct letter *letter, const struct letter_line *line)
{
	int soon = letter->soon_days > 0 ? letter->soon_days : SOON_DAYS;

	if (line->role == LETTER_APPROVER)
		return PART_APPROVE;
	if (line->overdue_days > 0 && !line->soft)
		return PART_OVERDUE;
	if (line->due_on == DAY_NONE)
		return line->state != NULL &&
			       strcmp(line->state, "on_hold") == 0
			   ? PART_ON_HOLD
			   : PART_UNDATED;
	if (line->due_on < letter->today)
		return PART_EXPECTED;
	if (line->due_on == letter->today)
		return PART_TODAY;
	return line->due_on - letter->today <= soon ? PART_SOON : PART_LATER;
}

static int
by_place(const void *a, const void *b)
{
	const struct letter_place *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (!x->sorted && x->line->overdue_days != y->line->overdue_days)
		return x->line->overdue_days > y->line->overdue_days ? -1 : 1;
	if (!x->sorted && x->line->due_on != y->line->due_on) {
		if (x->line->due_on == DAY_NONE || y->line->due_on == DAY_NONE)
			return x->line->due_on == DAY_NONE ? 1 : -1;
		return x->line->due_on < y->line->due_on ? -1 : 1;
	}
	return (x->index > y->index) - (x->index < y->index);
}

/* ---- a letter in words ---- */

static struct buf *
start(struct letter_draft *d)
{
	d->from = d->text.len;
	return &d->text;
}

/* Keeps what was written since start as a value; nothing leaves it unset. */
static void
keep(struct letter_draft *d, struct template_value *value)
{
	struct letter_slot *slot;

	if (d->text.len == d->from)
		return;
	buf_putc(&d->text, '\0');
	slot = vec_push(&d->slots);
	slot->value = value;
	slot->at = d->from;
}

static void
say(struct letter_draft *d, struct template_value *value, const char *text)
{
	if (text == NULL)
		return;
	text_add_squeezed(start(d), text);
	keep(d, value);
}

static void
settle(struct letter_draft *d)
{
	VEC_EACH (struct letter_slot, slot, &d->slots)
		slot->value->text = d->text.data + slot->at;
}

/* ---- entries ---- */

static void
add_command(
    struct letter_draft *d, const struct letter_line *line, struct buf *out)
{
	char day[DAY_TEXT_MAX];

	if (line->command != NULL) {
		buf_puts(out, line->command);
		return;
	}
	if (d->kind != LETTER_SECRETARY || line->ref == NULL)
		return;
	switch (line->need) {
	case LETTER_UNOWNED:
		buf_printf(
		    out, "nudgectl assign %s --owner \"NAME\"", line->ref);
		break;
	case LETTER_OUTCOME:
		buf_printf(
		    out, "nudgectl update %s \"WHAT CAME OF IT\"", line->ref);
		break;
	case LETTER_CONFIRM:
		buf_printf(out, "nudgectl confirm %s", line->ref);
		break;
	case LETTER_TOMORROW:
		if (line->statutory || d->letter->tomorrow_on == DAY_NONE)
			break;
		buf_printf(out,
		    "nudgectl snooze %s --until %s --reason \"WHY\"", line->ref,
		    day_iso(d->letter->tomorrow_on + 7, day));
		break;
	default:
		break;
	}
}

/* What may be said of a restricted entry: its ref, its lateness, and that it
 * waits for the reader. */
static void
say_restricted(struct letter_draft *d, const struct letter_line *line,
    struct template_value *v)
{
	say(d, &v[NAME_TEXT], "(restricted: see the register)");
	say(d, &v[NAME_OWNERS], "(see the register)");
	say(d, &v[NAME_UPDATE], "(see the register)");
	say(d, &v[NAME_RESTRICTED], "restricted");
	if (line->request != NULL)
		say(d, &v[NAME_REQUEST],
		    "Another date is asked for (see the register)");
}

static void
say_open(struct letter_draft *d, const struct letter_line *line,
    struct template_value *v)
{
	if (line->text == NULL || *line->text == '\0')
		say(d, &v[NAME_TEXT], "(no text)");
	else
		say(d, &v[NAME_TEXT], line->text);
	say(d, &v[NAME_OWNERS], line->owners);
	if (line->owners != NULL && strpbrk(line->owners, ",;") != NULL)
		say(d, &v[NAME_SHARED], line->owners);
	letter_words_moved(start(d), line);
	keep(d, &v[NAME_MOVED]);
	letter_words_agreed(start(d), line);
	keep(d, &v[NAME_AGREED]);
	say(d, &v[NAME_REPORT], line->report);
	letter_words_basis(start(d), line);
	keep(d, &v[NAME_BASIS]);
	letter_words_update(start(d), line);
	if (d->text.len == d->from && letter_is_digest(d->kind) &&
	    line->section == DIGEST_OVERDUE)
		buf_puts(&d->text, "none so far");
	keep(d, &v[NAME_UPDATE]);
	letter_words_state(start(d), line);
	keep(d, &v[NAME_STATE]);
	say(d, &v[NAME_EVIDENCE], line->evidence);
	say(d, &v[NAME_REQUEST], line->request);
	say(d, &v[NAME_NOTE], line->note);
	say(d, &v[NAME_TO], line->to);
}

static void
say_entry(struct letter_draft *d, const struct letter_line *line,
    struct template_value *v)
{
	const char *fired = line->fired == NULL ? "" : line->fired;

	say(d, &v[NAME_REF], line->ref);
	letter_add_label(start(d), line->kind, line->ref, NULL, true);
	keep(d, &v[NAME_LABEL]);
	letter_words_noun(start(d), line->kind, 1);
	keep(d, &v[NAME_KIND]);
	if (line->restricted)
		say_restricted(d, line, v);
	else
		say_open(d, line, v);
	if (line->ref != NULL) {
		letter_words_due(start(d), line, d->letter->today);
		keep(d, &v[NAME_DUE]);
	}
	if (strcmp(fired, "at assignment") == 0)
		say(d, &v[NAME_NEW], "new");
	else if (strcmp(fired, "date changed") == 0)
		say(d, &v[NAME_NEW], "new date");
	if (line->meeting_on != DAY_NONE &&
	    !(line->at_meeting && line->meeting_on == line->due_on) &&
	    line->meeting_on >= d->letter->today) {
		letter_words_day(start(d), d->letter->today, line->meeting_on);
		keep(d, &v[NAME_AT]);
	}
	if (line->statutory)
		say(d, &v[NAME_STATUTORY], "statutory");
	if (!d->same_why) {
		letter_words_why(start(d), line);
		keep(d, &v[NAME_ENTRY_WHY]);
	}
	if (d->kind != LETTER_SECRETARY || line->need == LETTER_TOMORROW) {
		letter_words_fired(start(d), line);
		keep(d, &v[NAME_FIRED]);
	}
	add_command(d, line, start(d));
	keep(d, &v[NAME_COMMAND]);
}

/* The organisation as a heading where it changes; a digest's overdue entries
 * are grouped by it. */
static void
say_group(struct letter_draft *d, size_t i, struct template_value *v)
{
	const struct letter_place *place = &d->places[i], *last = place - 1;
	const char *now = place->line->organisation;

	if (!letter_is_digest(d->kind) || place->section != DIGEST_OVERDUE ||
	    now == NULL || place->line->restricted)
		return;
	if (i > 0 && last->section == place->section &&
	    last->line->organisation != NULL && !last->line->restricted &&
	    strcmp(last->line->organisation, now) == 0)
		return;
	say(d, &v[NAME_GROUP], now);
}

/* ---- sections and the letter ---- */

static void
say_heading(
    struct letter_draft *d, const char *title, struct template_value *value)
{
	size_t from = d->text.len;

	text_add_squeezed(start(d), title);
	for (size_t i = from; i < d->text.len; i++) {
		if (d->text.data[i] >= 'a' && d->text.data[i] <= 'z')
			d->text.data[i] = (char)(d->text.data[i] - 32);
	}
	keep(d, value);
}

static void
say_section(
    struct letter_draft *d, int s, size_t first, struct template_value *v)
{
	const struct letter_section *section = letter_draft_section(d, s);

	say(d, &v[NAME_TITLE], section->title);
	say_heading(d, section->title, &v[NAME_HEADING]);
	buf_printf(start(d), "%zu", d->counts[s]);
	keep(d, &v[NAME_COUNT]);
	say(d, &v[NAME_ASK], section->ask);
	if (letter_is_digest(d->kind) && s == DIGEST_CLOSED) {
		start(d);
		for (size_t i = first; i < first + d->counts[s]; i++) {
			const char *ref = d->places[i].line->ref;

			if (ref != NULL && d->text.len > d->from)
				buf_puts(&d->text, ", ");
			if (ref != NULL)
				text_add_squeezed(&d->text, ref);
		}
		keep(d, &v[NAME_REFS]);
	}
	v[NAME_ENTRIES].items = d->entries + first * NAMES_ENTRY;
	v[NAME_ENTRIES].count = d->counts[s];
}

static void
say_sections(struct letter_draft *d)
{
	size_t first = 0, n = 0;

	for (int s = 0; s < d->nsections; s++) {
		if (d->counts[s] == 0)
			continue;
		say_section(d, s, first, d->parts[n++]);
		first += d->counts[s];
	}
	d->top[NAME_SECTIONS].items = &d->parts[0][0];
	d->top[NAME_SECTIONS].count = n;
}

/* Notes in which parts entries reach the reader. */
static void
say_parts_of_reader(struct letter_draft *d)
{
	struct template_value *v = d->top;

	for (size_t i = 0; i < d->nplaces; i++) {
		const struct letter_line *line = d->places[i].line;
		enum letter_role role = line->role;

		if (role == LETTER_CHAIR)
			v[NAME_FOR_CHAIR].text = "yes";
		else if (role == LETTER_SPONSOR)
			v[NAME_FOR_SPONSOR].text = "yes";
		else
			v[NAME_FOR_OTHER].text = "yes";
		if (role != LETTER_APPROVER)
			v[NAME_TO_DO].text = "yes";
		else if (line->request != NULL)
			v[NAME_TO_AGREE].text = "yes";
		else
			v[NAME_TO_APPROVE].text = "yes";
		if (v[NAME_EXAMPLE].text == NULL)
			v[NAME_EXAMPLE].text = line->ref;
	}
}

/* The headline may have lines of its own; the template's escape cleans it. */
static void
say_letter(struct letter_draft *d)
{
	const struct letter *letter = d->letter;
	struct template_value *v = d->top;
	char day[DAY_LONG_MAX];

	say(d, &v[NAME_NAME], letter->name);
	say(d, &v[NAME_ORGANISATION], letter->organisation);
	say(d, &v[NAME_DATE], day_long_weekday(letter->today, day));
	letter_draft_summary(d, start(d));
	keep(d, &v[NAME_SUMMARY]);
	if (d->same_why && d->nplaces > 0) {
		letter_words_why(start(d), d->places[0].line);
		keep(d, &v[NAME_WHY]);
	}
	say(d, &v[NAME_REPLY_TO], letter->reply_to);
	say(d, &v[NAME_MEANT_FOR], letter->meant_for);
	say(d, &v[NAME_SERIES], letter->series);
	letter_words_day(start(d), letter->today, letter->meeting_on);
	keep(d, &v[NAME_MEETING]);
	v[NAME_HEADLINE].text = letter->headline;
	if (letter->since_on != DAY_NONE)
		say(d, &v[NAME_SINCE], day_long(letter->since_on, day));
	say_parts_of_reader(d);
	say_sections(d);
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Does the reader get every entry in the same part? */
static bool
has_same_why(const struct letter *letter)
{
	const struct letter_line *first = letter->lines.items;

	VEC_EACH (const struct letter_line, line, &letter->lines) {
		if (line->role != first->role ||
		    !same_text(line->office, first->office) ||
		    !same_text(line->deputy_for, first->deputy_for))
			return false;
	}
	return true;
}

static void
choose_sections(struct letter_draft *d)
{
	if (letter_is_digest(d->kind)) {
		d->sections = digest_parts;
		d->nsections = DIGEST_SECTIONS;
	} else if (d->kind == LETTER_SECRETARY) {
		d->sections = needs;
		d->nsections = LETTER_NEEDS;
	} else {
		d->sections = parts;
		d->nsections = PARTS;
	}
}

static int
section_of(const struct letter_draft *d, const struct letter_line *line)
{
	if (letter_is_digest(d->kind))
		return (int)line->section;
	if (d->kind == LETTER_SECRETARY)
		return (int)line->need;
	return (int)part_of(d->letter, line);
}

static void
place_lines(struct letter_draft *d)
{
	size_t n = d->letter->lines.len;

	d->places = xcalloc(n, sizeof *d->places);
	d->nplaces = n;
	for (size_t i = 0; i < n; i++) {
		struct letter_place *place = &d->places[i];

		place->line = &d->letter->lines.items[i];
		place->index = i;
		place->section = section_of(d, place->line);
		place->sorted = letter_is_digest(d->kind);
		d->counts[place->section]++;
	}
	if (n > 1)
		qsort(d->places, n, sizeof *d->places, by_place);
}

void
letter_draft_init(
    struct letter_draft *d, enum letter_kind kind, const struct letter *letter)
{
	*d = (struct letter_draft){ .kind = kind, .letter = letter };
	choose_sections(d);
	place_lines(d);
	d->same_why = kind == LETTER_SECRETARY || letter_is_digest(kind) ||
		      has_same_why(letter);
	d->entries = xcalloc(d->nplaces, NAMES_ENTRY * sizeof *d->entries);
	say_letter(d);
	for (size_t i = 0; i < d->nplaces; i++) {
		struct template_value *v = d->entries + i * NAMES_ENTRY;

		say_entry(d, d->places[i].line, v);
		say_group(d, i, v);
	}
	settle(d);
}

void
letter_draft_clear(struct letter_draft *d)
{
	free(d->places);
	free(d->entries);
	vec_clear(&d->slots);
	buf_clear(&d->text);
}
