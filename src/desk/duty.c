/* SPDX-License-Identifier: ISC */
/*
 * The entries that are made by themselves: what a report's publication starts,
 * the next step of a chain of clocks when one is done, and the next time of
 * what repeats. Each is made once.
 */
#include "desk/duty.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/dates.h"
#include "io/entries.h"
#include "io/parties.h"

#define NEXT_STEP "next step"

/* ---- the owner that a clock names ---- */

/* A name that the register does not have leaves the owners as they are; check
 * tells of it. */
static int
set_owner(struct db *db, const struct clock *clock, struct entry *entry,
    struct err *err)
{
	struct err none;
	struct owner *owner;
	int64_t id;

	if (clock->owner == NULL)
		return 0;
	if (parties_find(db, clock->owner, &id, &none) == -1) {
		if (none.code == ERR_NOTFOUND || none.code == ERR_CONFLICT ||
		    none.code == ERR_INPUT)
			return 0;
		*err = none;
		return -1;
	}
	VEC_EACH (struct owner, old, &entry->owners)
		free(old->name);
	entry->owners.len = 0;
	owner = vec_push(&entry->owners);
	*owner = (struct owner){ .party_id = id,
		.name = xstrdup(clock->owner),
		.role = ROLE_OWNER,
		.answered_on = DAY_NONE };
	return 0;
}

/* ---- reports ---- */

/* Refs beside the numbers that the report's own recommendations have: "CDI-R",
 * "CDI-R2". */
static int
free_ref(struct db *db, const char *code, char **out, struct err *err)
{
	struct entry entry;
	char *ref = xasprintf("%s-R", code);

	for (int n = 2;; n++) {
		int rc = entries_get(db, ref, &entry, err);

		if (rc == 0) {
			*out = ref;
			return 0;
		}
		free(ref);
		if (rc == -1)
			return -1;
		entry_clear(&entry);
		ref = xasprintf("%s-R%d", code, n);
	}
}

struct search {
	const struct clock *clock;
	bool found;
};

static int
look_for_clock(void *ctx, const struct entry *entry, struct err *err)
{
	struct search *search = ctx;

	(void)err;
	search->found = entry->clock != NULL &&
			text_same(entry->clock, search->clock->name) &&
			strcmp(entry->kind, "duty") == 0;
	return search->found;
}

/* Was it proposed before, whatever became of it? */
static int
is_proposed(struct db *db, const struct report *report,
    const struct clock *clock, bool *out, struct err *err)
{
	struct search search = { .clock = clock };
	struct entry_filter filter;

	entry_filter_init(&filter, DAY_NONE);
	filter.report_id = report->id;
	if (entries_each(db, &filter, look_for_clock, &search, err) == -1)
		return -1;
	*out = search.found;
	return 0;
}

static int
propose(const struct dating *dating, struct db *db, const struct report *report,
    const struct clock *clock, const struct doer *doer, struct buf *told,
    struct err *err)
{
	struct entry entry;
	char day[DAY_LONG_MAX];
	int rc = -1;

	entry_init(&entry);
	entry.kind = xstrdup("duty");
	entry.text = clock->text != NULL
			 ? xstrdup(clock->text)
			 : xasprintf("answer the report %s of %s",
			       report->title, report->body);
	entry.state = ENTRY_UNCONFIRMED;
	entry.report_id = report->id;
	entry.base_on = report->published_on;
	if (free_ref(db, report->code, &entry.ref, err) == -1 ||
	    dating_clock(dating, &entry, clock->name, err) == -1 ||
	    set_owner(db, clock, &entry, err) == -1 ||
	    entries_add(db, &entry, doer, err) == -1)
		goto out;
	buf_printf(told,
	    "%s proposed: %s, due %s; confirm it with: nudgectl confirm %s%s\n",
	    entry.ref, entry.text,
	    entry.due_on == DAY_NONE ? "no date" : day_long(entry.due_on, day),
	    entry.ref, entry.owners.len == 0 ? " --owner NAME" : "");
	rc = 0;
out:
	entry_clear(&entry);
	return rc;
}

int
duty_propose(const struct conf *conf, struct db *db,
    const struct report *report, const struct doer *doer, struct buf *told,
    struct err *err)
{
	struct dating dating;
	int rc = 0;

	if (report->published_on == DAY_NONE)
		return 0;
	if (dating_load(&dating, conf, db, err) == -1)
		return -1;
	VEC_EACH (struct clock, clock, &conf->clocks) {
		bool before = false;

		if (rc == -1 || clock->body == NULL ||
		    !text_same(clock->body, report->body))
			continue;
		rc = is_proposed(db, report, clock, &before, err);
		if (rc == 0 && !before)
			rc = propose(
			    &dating, db, report, clock, doer, told, err);
	}
	dating_clear(&dating);
	return rc;
}

/* ---- another day of publication ---- */

struct counted {
	int base_on;
	VEC(int64_t) ids;
};

static int
gather_counted(void *ctx, const struct entry *entry, struct err *err)
{
	struct counted *counted = ctx;

	(void)err;
	if (entry->base_on == counted->base_on &&
	    (entry_state_is_live(entry->state) ||
		entry->state == ENTRY_UNCONFIRMED))
		*vec_push(&counted->ids) = entry->id;
	return 0;
}

static int
follow_entry(const struct dating *dating, struct db *db, int64_t entry_id,
    int published_on, const struct doer *doer, struct buf *told,
    struct err *err)
{
	struct entry before, after;
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	int rc = entries_get_id(db, entry_id, &before, err);

	if (rc != 1)
		return rc;
	entry_copy(&before, &after);
	rc = dating_rebase(dating, db, &after, published_on, err);
	if (rc == 1)
		rc = entries_save(db, &before, &after, REDATED,
		    "the report's day of publication has changed", doer, err);
	if (rc == 0 && after.due_on != before.due_on)
		buf_printf(told, "%s: due %s, was %s\n", before.ref,
		    after.due_on == DAY_NONE ? "no date"
					     : day_long(after.due_on, a),
		    before.due_on == DAY_NONE ? "no date"
					      : day_long(before.due_on, b));
	entry_clear(&before);
	entry_clear(&after);
	return rc;
}

int
duty_follow(const struct conf *conf, struct db *db, const struct report *report,
    int before_on, const struct doer *doer, struct buf *told, struct err *err)
{
	struct counted counted = { .base_on = before_on };
	struct entry_filter filter;
	struct dating dating;
	int rc;

	if (report->published_on == DAY_NONE)
		return 0;
	if (before_on == DAY_NONE || before_on == report->published_on)
		return duty_propose(conf, db, report, doer, told, err);
	entry_filter_init(&filter, DAY_NONE);
	filter.report_id = report->id;
	if (entries_each(db, &filter, gather_counted, &counted, err) == -1 ||
	    dating_load(&dating, conf, db, err) == -1) {
		vec_clear(&counted.ids);
		return -1;
	}
	rc = 0;
	VEC_EACH (const int64_t, id, &counted.ids)
		if (rc == 0)
			rc = follow_entry(&dating, db, *id,
			    report->published_on, doer, told, err);
	dating_clear(&dating);
	vec_clear(&counted.ids);
	return rc == 0 ? duty_propose(conf, db, report, doer, told, err) : -1;
}

/* ---- chains ---- */

struct step {
	char *ref;   /* of the entry that was made last, NULL: none */
	char *words; /* the deadline's before another day was given, NULL */
};

static void
step_clear(struct step *step)
{
	free(step->ref);
	free(step->words);
}

static int
find_step(void *ctx, const struct event *event, struct err *err)
{
	struct step *step = ctx;

	(void)err;
	if (strcmp(event->what, NEXT_STEP) == 0 && event->new != NULL) {
		free(step->ref);
		step->ref = xstrdup(event->new);
	}
	if (strcmp(event->what, ENTRIES_WORDS) == 0 && event->old != NULL) {
		free(step->words);
		step->words = xstrdup(event->old);
	}
	return 0;
}

/* What the entry says is copied; what happened to it is not. */
static void
fill_step(const struct entry *done, char *text, int base_on, struct entry *out)
{
	entry_init(out);
	out->kind = xstrdup(done->kind);
	out->text = text;
	out->state = ENTRY_OPEN;
	out->series_id = done->series_id;
	out->report_id = done->report_id;
	out->parent_id = done->parent_id;
	out->held_on = done->held_on;
	out->item = xstrdup(done->item);
	out->para = xstrdup(done->para);
	out->source = xstrdup(done->source);
	out->priority = xstrdup(done->priority);
	out->restricted = done->restricted;
	out->base_on = base_on;
	VEC_EACH (const struct owner, owner, &done->owners) {
		struct owner *copy = vec_push(&out->owners);

		*copy = *owner;
		copy->name = xstrdup(owner->name);
		copy->answered_on = DAY_NONE;
	}
}

/* Adds it; each of the two says in its history which the other is. */
static int
add_step(struct db *db, const struct entry *done, struct entry *step,
    const char *note, const struct doer *doer, char **ref, struct err *err)
{
	if (entries_add(db, step, doer, err) == -1 ||
	    register_event(db, doer, "entry", step->id, "follows", NULL,
		done->ref, note, err) == -1 ||
	    register_event(db, doer, "entry", done->id, NEXT_STEP, NULL,
		step->ref, note, err) == -1)
		return -1;
	*ref = xstrdup(step->ref);
	return 0;
}

static int
make_step(const struct dating *dating, struct db *db, const struct entry *done,
    const struct clock *next, int base_on, const struct doer *doer, char **ref,
    struct err *err)
{
	struct entry entry;
	char *note = NULL;
	int rc = -1;

	fill_step(done,
	    next->text != NULL ? xstrdup(next->text)
			       : xasprintf("%s (%s)", done->text, next->name),
	    base_on, &entry);
	if (dating_clock(dating, &entry, next->name, err) == 0 &&
	    set_owner(db, next, &entry, err) == 0) {
		note = xasprintf("clock %s: %s", next->name, entry.rule);
		rc = add_step(db, done, &entry, note, doer, ref, err);
	}
	free(note);
	entry_clear(&entry);
	return rc;
}

/* ---- what repeats ---- */

#define REPEATS_MOST 1000 /* of a duty that nobody looked at for so long */

/* Do the words repeat? That hangs on no meeting: most of what is closed does
 * not, and needs no calendar read. 1, 0, or -1. */
static int
do_repeat(
    const struct conf *conf, const char *words, int base_on, struct err *err)
{
	const struct dating bare = { .conf = conf };
	struct words_answer answer;
	int rc;

	if (dating_words(&bare, words, base_on, 0, &answer, err) == -1)
		return -1;
	rc = answer.recurring;
	words_answer_clear(&answer);
	return rc;
}

/* The first time after the day that it was done, counted on from the date that
 * its words gave, so that being late once moves nothing. 1, 0 when there is
 * none, -1. */
static int
next_time(const struct dating *dating, const struct entry *done, int done_on,
    const char *words, int64_t own_series, int *base_on,
    struct words_answer *out, struct err *err)
{
	int last_on =
	    done->original_due_on != DAY_NONE ? done->original_due_on : done_on;

	*base_on = last_on;
	for (int n = 0; n < REPEATS_MOST; n++) {
		if (dating_words(
			dating, words, *base_on, own_series, out, err) == -1)
			return -1;
		if (out->due_on == DAY_NONE ||
		    (out->due_on > last_on && out->due_on > done_on))
			return 1;
		/* A day of each month is found again from itself. */
		if (out->due_on > last_on)
			*base_on = last_on = out->due_on;
		else
			++*base_on;
		words_answer_clear(out);
	}
	return 0;
}

static int
make_repeat(const struct conf *conf, struct db *db, const struct entry *done,
    int done_on, const char *words, const struct doer *doer, char **ref,
    struct err *err)
{
	struct words_answer answer = { 0 };
	struct dating dating;
	struct entry entry;
	char *note = NULL;
	int base_on, rc;

	if (dating_load(&dating, conf, db, err) == -1)
		return -1;
	rc = next_time(&dating, done, done_on, words, dating_series(db, done),
	    &base_on, &answer, err);
	dating_clear(&dating);
	if (rc != 1)
		return rc;
	fill_step(done, xstrdup(done->text), base_on, &entry);
	entry.due_phrase = xstrdup(words);
	dating_put(&entry, &answer);
	note = xasprintf("\"%s\": %s", words, entry.rule);
	rc = add_step(db, done, &entry, note, doer, ref, err);
	free(note);
	entry_clear(&entry);
	words_answer_clear(&answer);
	return rc;
}

/* An entry whose words repeat ("quarterly") is due again once it is done, also
 * where another day was agreed for this time. */
static int
repeat(const struct conf *conf, struct db *db, const struct entry *done,
    int done_on, const struct doer *doer, char **ref, struct err *err)
{
	struct step step = { NULL, NULL };
	const char *words;
	int rc;

	if (done->clock != NULL)
		return 0;
	rc = register_history(
	    db, "entry", done->id, INSTANT_NONE, find_step, &step, err);
	words = done->due_phrase != NULL ? done->due_phrase : step.words;
	if (rc == 0 && step.ref == NULL && words != NULL)
		rc = do_repeat(conf, words, done_on, err);
	if (rc == 1)
		rc =
		    make_repeat(conf, db, done, done_on, words, doer, ref, err);
	step_clear(&step);
	return rc;
}

/* The step before was opened again and done on another day: what follows is
 * counted from there, unless it is finished or has another date. */
static int
move_step(const struct dating *dating, struct db *db, const struct entry *old,
    int base_on, const struct doer *doer, struct err *err)
{
	struct entry after;
	int rc;

	if (!entry_state_is_live(old->state))
		return 0;
	entry_copy(old, &after);
	rc = dating_rebase(dating, db, &after, base_on, err);
	if (rc == 1)
		rc = entries_save(db, old, &after, REDATED,
		    "the step before was done on another day", doer, err);
	entry_clear(&after);
	return rc;
}

/* The next one of a day each year is that of the next year, however early this
 * year's was done. */
static int
step_base(const struct entry *done, const struct clock *next, int done_on)
{
	bool same = done->clock != NULL && text_same(done->clock, next->name);

	if (next->mode == CLOCK_FIXED_ANNUAL && same &&
	    done->due_on != DAY_NONE && done->due_on >= done_on)
		return done->due_on + 1;
	return done_on;
}

int
duty_chain(const struct conf *conf, struct db *db, const struct entry *done,
    const struct doer *doer, char **ref, struct err *err)
{
	const struct clock *clock =
	    done->clock == NULL ? NULL : conf_clock(conf, done->clock);
	const struct clock *next = clock == NULL || clock->then == NULL
				       ? NULL
				       : conf_clock(conf, clock->then);
	/* What counts is when it was done, not when that was agreed to. */
	int done_on =
	    done->proposed_on != DAY_NONE ? done->proposed_on : done->closed_on;
	struct step step = { NULL, NULL };
	struct dating dating;
	struct entry old;
	int base_on, rc;

	*ref = NULL;
	if (done->state != ENTRY_CLOSED || done_on == DAY_NONE)
		return 0;
	if (next == NULL)
		return repeat(conf, db, done, done_on, doer, ref, err);
	base_on = step_base(done, next, done_on);
	if (register_history(db, "entry", done->id, INSTANT_NONE, find_step,
		&step, err) == -1 ||
	    dating_load(&dating, conf, db, err) == -1) {
		step_clear(&step);
		return -1;
	}
	rc = step.ref == NULL ? 0 : entries_get(db, step.ref, &old, err);
	if (rc == 1) {
		rc = move_step(&dating, db, &old, base_on, doer, err);
		entry_clear(&old);
	} else if (rc == 0) {
		rc =
		    make_step(&dating, db, done, next, base_on, doer, ref, err);
	}
	dating_clear(&dating);
	step_clear(&step);
	return rc;
}
