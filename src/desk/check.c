/* SPDX-License-Identifier: ISC */
/*
 * The register against the configuration: names that nobody has, offices that
 * nobody holds, entries that no schedule reminds of, dates to settle. Reads
 * only.
 */
#include "desk/check.h"

#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/letter.h"
#include "desk/dates.h"
#include "io/db.h"
#include "io/entries.h"
#include "io/file.h"
#include "io/meetings.h"
#include "io/parties.h"

#define NAMED 5 /* refs and names that a remark gives as examples */

/* ---- templates ---- */

void
check_templates(const struct conf *conf, struct strings *problems)
{
	struct letter_templates templates;
	struct err err;

	if (conf->templates == NULL)
		return;
	letter_templates_init(&templates);
	for (int kind = 0; kind < LETTER_KINDS; kind++) {
		const char *name = letter_template_file((enum letter_kind)kind);
		char *path = file_beside(conf->templates, name);
		char *text;
		size_t len;

		if (file_read(path, TEMPLATE_SOURCE_MAX, &text, &len, &err) ==
		    0) {
			if (letter_template_set(&templates,
				(enum letter_kind)kind, text, len, &err) == -1)
				strings_addf(
				    problems, "%s: %s", path, err.text);
			free(text);
		} else if (err.code != ERR_NOTFOUND) {
			strings_addf(problems, "%s", err.text);
		}
		free(path);
	}
	letter_templates_clear(&templates);
}

/* ---- what is found, counted with a few examples ---- */

struct finding {
	long long count;
	struct buf examples;
};

static void
found(struct finding *finding, const char *name)
{
	finding->count++;
	if (finding->count <= NAMED)
		buf_printf(&finding->examples, "%s%s",
		    finding->count > 1 ? ", " : "", name);
	else if (finding->count == NAMED + 1)
		buf_puts(&finding->examples, " ...");
}

/* "3 entries have no owner: WT-3, WT-4, WT-9" */
static void
tell(struct finding *finding, const char *one, const char *many,
    struct strings *to)
{
	if (finding->count > 0)
		strings_addf(to, "%lld %s: %s", finding->count,
		    finding->count == 1 ? one : many,
		    buf_text(&finding->examples));
	buf_clear(&finding->examples);
}

/* ---- parties and series ---- */

static int
look_at_office(void *ctx, const struct party *party, struct err *err)
{
	(void)err;
	if (party->holder_id == 0)
		found(ctx, party->name);
	return 0;
}

struct series_findings {
	struct finding chair, secretary;
};

static int
look_at_series(void *ctx, const struct series *series, struct err *err)
{
	struct series_findings *f = ctx;

	(void)err;
	if (series->chair_id == 0)
		found(&f->chair, series->code);
	if (series->secretary_id == 0)
		found(&f->secretary, series->code);
	return 0;
}

static int
check_people(struct db *db, int today, struct strings *remarks, struct err *err)
{
	struct finding vacant = { 0 };
	struct series_findings series = { 0 };

	if (parties_each(
		db, PARTY_OFFICE, today, look_at_office, &vacant, err) == -1 ||
	    series_each(db, look_at_series, &series, err) == -1)
		return -1;
	tell(
	    &vacant, "office has no holder", "offices have no holder", remarks);
	tell(&series.chair, "series has no chair", "series have no chair",
	    remarks);
	tell(&series.secretary, "series has no secretary",
	    "series have no secretary", remarks);
	return 0;
}

/* A name in `to` that is neither role nor address must be in the register. */
static void
check_to(struct db *db, const char *where, const char *name, const char *to,
    struct strings *problems)
{
	struct err err;
	int64_t id;

	if (conf_is_role(to) || strchr(to, '@') != NULL)
		return;
	if (parties_find(db, to, &id, &err) == -1)
		strings_addf(problems,
		    "%s \"%s\": to names \"%s\", whom the register does not "
		    "have: %s",
		    where, name, to, err.text);
}

static void
check_recipients(
    const struct conf *conf, struct db *db, struct strings *problems)
{
	VEC_EACH (const struct conf_schedule, s, &conf->schedules) {
		for (size_t i = 0; i < s->to.len; i++)
			check_to(
			    db, "schedule", s->name, s->to.items[i], problems);
		VEC_EACH (const struct conf_escalation, e, &s->escalate)
			check_to(db, "schedule", s->name, e->to, problems);
	}
	VEC_EACH (const struct conf_digest, d, &conf->digests)
		for (size_t i = 0; i < d->to.len; i++)
			check_to(
			    db, "digest", d->name, d->to.items[i], problems);
}

/* The entries that such a clock makes keep the owners of the step before. */
static void
check_clock_owners(
    const struct conf *conf, struct db *db, struct strings *remarks)
{
	struct err err;
	int64_t id;

	VEC_EACH (const struct clock, clock, &conf->clocks)
		if (clock->owner != NULL &&
		    parties_find(db, clock->owner, &id, &err) == -1)
			strings_addf(remarks,
			    "clock \"%s\": owner names \"%s\", whom the "
			    "register does not have: %s",
			    clock->name, clock->owner, err.text);
}

/* ---- entries ---- */

/* Why mail to a party cannot reach it. */
struct unreached {
	int64_t party_id;
	const char *problem; /* NULL: it can */
};

struct entry_findings {
	const struct conf *conf;
	struct db *db;
	int today;
	VEC(struct unreached) parties; /* those that were looked up */
	struct finding schedule, beyond, unconfirmed, unreached;
};

static int
reach_problem(struct entry_findings *f, int64_t party_id, const char **out,
    struct err *err)
{
	struct unreached *known;
	struct reach reach;

	VEC_EACH (struct unreached, u, &f->parties)
		if (u->party_id == party_id) {
			*out = u->problem;
			return 0;
		}
	if (parties_reach(f->db, party_id, f->today, &reach, err) == -1)
		return -1;
	known = vec_push(&f->parties);
	*known = (struct unreached){ .party_id = party_id,
		.problem = reach.problem };
	*out = known->problem;
	reach_clear(&reach);
	return 0;
}

static int
look_at_owners(
    struct entry_findings *f, const struct entry *entry, struct err *err)
{
	VEC_EACH (const struct owner, owner, &entry->owners) {
		const char *problem;
		char *what;

		if (owner->role == ROLE_SPONSOR)
			continue;
		if (reach_problem(f, owner->party_id, &problem, err) == -1)
			return -1;
		if (problem == NULL)
			continue;
		what =
		    xasprintf("%s (%s %s)", entry->ref, owner->name, problem);
		found(&f->unreached, what);
		free(what);
		return 0;
	}
	return 0;
}

/* By the calendar that its date was counted with. */
static bool
is_beyond(const struct conf *conf, const struct entry *entry)
{
	const struct clock *clock = dating_clock_of(conf, entry);
	int horizon = calendar_horizon(
	    clock != NULL ? conf_clock_calendar(conf, clock) : &conf->calendar);

	return entry->due_on != DAY_NONE && horizon != DAY_NONE &&
	       entry->due_on > horizon;
}

static int
look_at_entry(void *ctx, const struct entry *entry, struct err *err)
{
	struct entry_findings *f = ctx;

	if (entry->state == ENTRY_UNCONFIRMED)
		found(&f->unconfirmed, entry->ref);
	if (!entry_state_is_live(entry->state))
		return 0;
	if (conf_schedule_for(f->conf, entry->kind, entry->series, entry->body,
		entry->priority) == NULL)
		found(&f->schedule, entry->ref);
	if (is_beyond(f->conf, entry))
		found(&f->beyond, entry->ref);
	return look_at_owners(f, entry, err);
}

static int
check_entries(const struct conf *conf, struct db *db, int today,
    struct strings *problems, struct strings *remarks, struct err *err)
{
	struct entry_findings f = {
		.conf = conf,
		.db = db,
		.today = today,
	};
	struct entry_filter filter;
	int rc;

	entry_filter_init(&filter, today);
	rc = entries_each(db, &filter, look_at_entry, &f, err);
	vec_clear(&f.parties);
	if (rc == -1)
		return -1;
	tell(&f.schedule, "entry matches no schedule, nobody is reminded",
	    "entries match no schedule, nobody is reminded", problems);
	tell(&f.unreached,
	    "entry has an owner whom no mail reaches, the secretary gets it",
	    "entries have owners whom no mail reaches, the secretary gets it",
	    remarks);
	tell(&f.unconfirmed, "entry waits to be confirmed",
	    "entries wait to be confirmed", remarks);
	tell(&f.beyond, "entry is due behind the last bank holiday loaded",
	    "entries are due behind the last bank holiday loaded", remarks);
	return 0;
}

/* ---- access ---- */

static void
check_groups(
    const char *key, const struct strings *names, struct strings *remarks)
{
	for (size_t i = 0; i < names->len; i++)
		if (getgrnam(names->items[i]) == NULL)
			strings_addf(remarks,
			    "access.%s: there is no group '%s' on this machine",
			    key, names->items[i]);
}

void
check_access(const struct conf *conf, struct strings *remarks)
{
	check_groups("edit", &conf->access.edit, remarks);
	check_groups("approve", &conf->access.approve, remarks);
	check_groups("admin", &conf->access.admin, remarks);
}

int
check_register(const struct conf *conf, int today, struct strings *problems,
    struct strings *remarks, struct flags *flags, struct err *err)
{
	struct db *db;
	int rc = -1;

	if (access(conf->register_path, F_OK) == -1 && errno == ENOENT) {
		strings_addf(remarks,
		    "there is no register at %s yet; make it with: nudgectl "
		    "init",
		    conf->register_path);
		return 0;
	}
	db = db_open(conf->register_path, DB_READ, err);
	if (db == NULL)
		return -1;
	check_recipients(conf, db, problems);
	check_clock_owners(conf, db, remarks);
	if (check_people(db, today, remarks, err) == 0 &&
	    check_entries(conf, db, today, problems, remarks, err) == 0)
		rc = flags_find(conf, db, today, flags, err);
	if (rc == 0)
		flags_remarks(flags, remarks);
	db_close(db);
	return rc;
}
