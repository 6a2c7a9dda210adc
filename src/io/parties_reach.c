/* SPDX-License-Identifier: ISC */
/*
 * Who answers for a party on a day, and at which address: from an office to
 * its holder, from a leaver to the successor, from somebody away to the
 * deputy, from an organisation to its contact.
 */
#include <stdlib.h>

#include "core/buf.h"
#include "io/parties.h"

/* Deputies of deputies of contacts: longer chains are loops. */
#define HOPS_MAX 8

/* What the way from the party meant to the one who answers went through. */
struct way {
	char *office;       /* held by who was reached last */
	char *organisation; /* whose contact that is */
	char *instead_of;   /* who does not answer themselves */
	char *why;          /* "who is away until 3 May 2019" */
	char *mailbox;      /* the office's own, when the holder has none */
	int paused_until_on;
};

void
reach_clear(struct reach *reach)
{
	free(reach->name);
	free(reach->address);
	free(reach->as);
	*reach = (struct reach){ 0 };
}

static void
way_clear(struct way *way)
{
	free(way->office);
	free(way->organisation);
	free(way->instead_of);
	free(way->why);
	free(way->mailbox);
}

static bool
within(int today, int from, int until)
{
	return (from == DAY_NONE || from <= today) &&
	       (until == DAY_NONE || today <= until);
}

static bool
has_left(const struct party *p, int today)
{
	return p->left_on != DAY_NONE && p->left_on <= today;
}

static void
set_text(char **to, char *text)
{
	free(*to);
	*to = text;
}

/* Where the office's deputy or the person's deputy answers. */
static void
stand_in(struct way *way, const struct party *party, char *why)
{
	/* The first who is missing is the one the mail was meant for. */
	if (way->instead_of == NULL) {
		way->instead_of = xstrdup(party->name);
		set_text(&way->why, why);
	} else {
		free(why);
	}
	way->paused_until_on = DAY_NONE;
}

/* The next one to ask, 0: the party answers itself (or cannot). */
static int64_t
next_party(
    const struct party *p, int today, struct way *way, const char **problem)
{
	char day[DAY_LONG_MAX];

	if (has_left(p, today)) {
		if (p->successor_id == 0) {
			*problem = "has left";
			return 0;
		}
		stand_in(way, p, xstrdup("who has left"));
		return p->successor_id;
	}
	if (p->deputy_id != 0 &&
	    within(today, p->deputy_from_on, p->deputy_until_on)) {
		stand_in(way, p,
		    p->deputy_until_on == DAY_NONE
			? xstrdup("who is away")
			: xasprintf("who is away until %s",
			      day_long(p->deputy_until_on, day)));
		return p->deputy_id;
	}
	/* A pause has an end; the later of several counts. */
	if (p->paused_until_on != DAY_NONE &&
	    within(today, p->paused_from_on, p->paused_until_on) &&
	    (way->paused_until_on == DAY_NONE ||
		p->paused_until_on > way->paused_until_on))
		way->paused_until_on = p->paused_until_on;
	if (p->kind == PARTY_OFFICE) {
		set_text(&way->office, xstrdup(p->name));
		if (p->email != NULL)
			set_text(&way->mailbox, xstrdup(p->email));
		if (p->holder_id == 0 && p->email == NULL)
			*problem = "has no holder";
		return p->holder_id;
	}
	if (p->kind == PARTY_ORGANISATION && p->email == NULL &&
	    p->contact_id != 0) {
		set_text(&way->organisation, xstrdup(p->name));
		return p->contact_id;
	}
	return 0;
}

/* "for Ann Other, Assistant Chief Officer, who is away until 3 May 2019" */
static char *
way_text(const struct way *way, const struct party *last)
{
	struct buf as = { 0 };

	if (way->instead_of != NULL) {
		buf_printf(&as, "for %s", way->instead_of);
		if (way->office != NULL && last->kind != PARTY_OFFICE)
			buf_printf(&as, ", %s", way->office);
		buf_printf(&as, ", %s", way->why);
	} else if (way->office != NULL && last->kind != PARTY_OFFICE) {
		buf_printf(&as, "as %s", way->office);
	}
	if (way->organisation != NULL)
		buf_printf(
		    &as, "%sfor %s", as.len > 0 ? ", " : "", way->organisation);
	return as.len == 0 ? NULL : buf_take(&as);
}

static void
arrive(const struct party *last, int today, struct way *way,
    const char *problem, struct reach *out)
{
	const char *address = last->email;

	if (address == NULL && !has_left(last, today))
		address = way->mailbox;
	if (problem == NULL && address == NULL)
		problem = "has no address";
	*out = (struct reach){
		.party_id = last->id,
		.name = xstrdup(last->name),
		.address = problem == NULL ? xstrdup(address) : NULL,
		.as = way_text(way, last),
		.allow_external = last->allow_external,
		.paused_until_on = way->paused_until_on,
		.problem = problem,
	};
}

int
parties_reach(
    struct db *db, int64_t id, int today, struct reach *out, struct err *err)
{
	struct way way = { .paused_until_on = DAY_NONE };
	const char *problem = NULL;
	int64_t next = id;
	int rc = -1;

	for (int hops = 0; hops < HOPS_MAX; hops++) {
		struct party party = { 0 };

		rc = parties_get(db, next, today, &party, err);
		if (rc == 0)
			rc = err_set(err, ERR_NOTFOUND, "no such party");
		if (rc == -1)
			goto out;
		next = next_party(&party, today, &way, &problem);
		if (next != 0 && hops == HOPS_MAX - 1) {
			problem = "is stood in for in a circle";
			next = 0;
		}
		if (next == 0) {
			arrive(&party, today, &way, problem, out);
			party_clear(&party);
			break;
		}
		party_clear(&party);
	}
	rc = 0;
out:
	way_clear(&way);
	return rc;
}
