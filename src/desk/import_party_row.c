/* SPDX-License-Identifier: ISC */
/* Reads rows of a parties file, and says what is new about them. */
#include "desk/import_party.h"

#include <stdlib.h>
#include <string.h>

#include "core/mime.h"
#include "core/text.h"
#include "desk/look.h"
#include "io/parties.h"

void
party_row_clear(struct party_row *row)
{
	for (int i = 0; i < P_COLUMNS; i++)
		free(row->cell[i]);
}

void
party_row_read(
    struct import_run *run, const struct csv_row *csv, struct party_row *row)
{
	static const enum party_column days[] = { P_DEPUTY_FROM, P_DEPUTY_UNTIL,
		P_PAUSED_FROM, P_PAUSED_UNTIL, P_LEFT };
	int kind;

	*row = (struct party_row){ 0 };
	for (int i = 0; i < P_COLUMNS; i++) {
		row->day[i] = DAY_NONE;
		row->cell[i] = import_cell(run, csv, i);
	}
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		(void)import_day(run, csv, days[i], &row->day[days[i]]);
	(void)import_switch(run, csv, P_EXTERNAL, &row->external);
	kind = row->cell[P_KIND] == NULL ? -1
					 : party_kind_parse(row->cell[P_KIND]);
	if (kind == -1 || kind == PARTY_ADDRESS) {
		import_wrong(run, P_KIND,
		    "\"%.40s\": write person, office or organisation",
		    row->cell[P_KIND] != NULL ? row->cell[P_KIND] : "");
	} else {
		row->kind = (enum party_kind)kind;
	}
	if (row->cell[P_NAME] == NULL)
		import_wrong(run, P_NAME, "a name is missing");
	if (row->cell[P_EMAIL] != NULL && !mime_address_ok(row->cell[P_EMAIL]))
		import_wrong(run, P_EMAIL, "\"%.80s\" is no mail address",
		    row->cell[P_EMAIL]);
}

/* ---- what differs ---- */

static void
drop(struct party_row *row, int column)
{
	free(row->cell[column]);
	row->cell[column] = NULL;
}

/* Drops from the row what the register has already, and what it had before
 * and has no longer: that is last month's. */
static int
drop_old(struct import_run *run, struct party_row *row, int column,
    const char *is, int64_t id, bool *kept, struct err *err)
{
	int had;

	if (row->cell[column] == NULL)
		return 0;
	if (is != NULL && text_same(is, row->cell[column])) {
		drop(row, column);
		return 0;
	}
	had = imports_had(run->call->db, "party", id, row->cell[column], err);
	if (had == 1) {
		*kept = true;
		drop(row, column);
	}
	return had == -1 ? -1 : 0;
}

static void
drop_days(struct party_row *row, const struct party *party)
{
	const struct {
		int column, is;
	} days[] = {
		{ P_DEPUTY_FROM, party->deputy_from_on },
		{ P_DEPUTY_UNTIL, party->deputy_until_on },
		{ P_PAUSED_FROM, party->paused_from_on },
		{ P_PAUSED_UNTIL, party->paused_until_on },
		{ P_LEFT, party->left_on },
	};

	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		if (row->day[days[i].column] == days[i].is)
			row->day[days[i].column] = DAY_NONE;
	if (row->cell[P_EXTERNAL] != NULL &&
	    row->external == party->allow_external)
		drop(row, P_EXTERNAL);
}

/* ---- what it had before ---- */

/* The days of a row as the history would have them; owned, NULL: none given. */
struct said_days {
	char *pause, *deputy, *leaves;
	const char *external;
	bool had_pause, had_deputy, had_leave, had_external;
};

static bool
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static int
look_back(void *ctx, const struct event *event, struct err *err)
{
	struct said_days *said = ctx;
	const char *what = event->what;

	(void)err;
	if (strcmp(what, "paused") == 0)
		said->had_pause |= is_same(event->old, said->pause);
	else if (strcmp(what, "deputy's days") == 0)
		said->had_deputy |= is_same(event->old, said->deputy);
	else if (strcmp(what, "mail outside the allowed domains") == 0)
		said->had_external |= is_same(event->old, said->external);
	else if (strcmp(what, "leaves") == 0)
		said->had_leave |= is_same(event->note, said->leaves);
	return 0;
}

/* A span that the row gives, with what it leaves to the party; owned. */
static char *
span_of(
    const struct party_row *row, int from, int until, int from_on, int until_on)
{
	if (row->day[from] == DAY_NONE && row->day[until] == DAY_NONE)
		return NULL;
	return parties_span(
	    row->day[from] != DAY_NONE ? row->day[from] : from_on,
	    row->day[until] != DAY_NONE ? row->day[until] : until_on);
}

/* Leaves days and switches out that were so once and are no longer. */
static int
drop_old_days(struct import_run *run, struct party_row *row,
    const struct party *party, bool *kept, struct err *err)
{
	struct said_days said = { 0 };
	char day[DAY_LONG_MAX];
	int rc;

	said.pause = span_of(row, P_PAUSED_FROM, P_PAUSED_UNTIL,
	    party->paused_from_on, party->paused_until_on);
	said.deputy = span_of(row, P_DEPUTY_FROM, P_DEPUTY_UNTIL,
	    party->deputy_from_on, party->deputy_until_on);
	if (row->day[P_LEFT] != DAY_NONE)
		said.leaves = xasprintf("%s leaves on %s", party->name,
		    day_long(row->day[P_LEFT], day));
	if (row->cell[P_EXTERNAL] != NULL)
		said.external = row->external ? "allowed" : "held";
	/* Most rows say nothing new of these: no history is read for them. */
	if (said.pause == NULL && said.deputy == NULL && said.leaves == NULL &&
	    said.external == NULL)
		return 0;
	rc = register_history(run->call->db, "party", party->id, INSTANT_NONE,
	    look_back, &said, err);
	if (said.had_pause)
		row->day[P_PAUSED_FROM] = row->day[P_PAUSED_UNTIL] = DAY_NONE;
	if (said.had_deputy)
		row->day[P_DEPUTY_FROM] = row->day[P_DEPUTY_UNTIL] = DAY_NONE;
	if (said.had_leave) {
		row->day[P_LEFT] = DAY_NONE;
		drop(row, P_SUCCESSOR);
	}
	if (said.had_external)
		drop(row, P_EXTERNAL);
	*kept = *kept || said.had_pause || said.had_deputy || said.had_leave ||
		said.had_external;
	free(said.pause);
	free(said.deputy);
	free(said.leaves);
	return rc;
}

struct aliases {
	int64_t id;
	struct strmap known;
};

static int
keep_alias(void *ctx, int64_t party_id, const char *alias)
{
	struct aliases *aliases = ctx;

	if (party_id == aliases->id)
		strmap_set(&aliases->known, alias, 1);
	return 0;
}

static int
drop_aliases(
    struct import_run *run, struct party_row *row, int64_t id, struct err *err)
{
	struct aliases aliases = { .id = id };
	const char *text = row->cell[P_ALIASES];
	char *alias;
	bool all = true;

	if (text == NULL)
		return 0;
	if (parties_each_alias(run->call->db, keep_alias, &aliases, err) == -1)
		return -1;
	while ((alias = text_part(&text, ';')) != NULL) {
		if (strmap_get(&aliases.known, alias) == NULL)
			all = false;
		free(alias);
	}
	strmap_clear(&aliases.known);
	if (all)
		drop(row, P_ALIASES);
	return 0;
}

/* "Chair" of the row's organisation, held by the row's person? */
static int
drop_office(struct import_run *run, struct party_row *row,
    const struct party *party, bool *kept, struct err *err)
{
	struct party office;
	char *full;
	int64_t id;
	int rc;

	if (row->cell[P_OFFICE] == NULL)
		return 0;
	full = party_full_name(row->cell[P_OFFICE], party->organisation);
	rc = parties_find(run->call->db, full, &id, err);
	free(full);
	if (rc == -1)
		return err->code == ERR_NOTFOUND || err->code == ERR_CONFLICT
			   ? 0
			   : -1;
	if (parties_get(run->call->db, id, run->call->today, &office, err) != 1)
		return -1;
	rc = 0;
	if (office.holder_id == party->id) {
		drop(row, P_OFFICE);
	} else {
		/* Somebody who held it before is not put back. */
		rc = imports_had(run->call->db, "party", id, party->name, err);
		if (rc == 1) {
			*kept = true;
			drop(row, P_OFFICE);
		}
	}
	party_clear(&office);
	return rc == -1 ? -1 : 0;
}

int
party_row_compare(struct import_run *run, struct party_row *row, int64_t id,
    bool *kept, struct err *err)
{
	static const enum party_column linked[] = { P_HOLDER, P_CONTACT,
		P_DEPUTY, P_SUCCESSOR };
	struct party party;
	int64_t ids[4];
	int rc = -1;

	if (parties_get(run->call->db, id, run->call->today, &party, err) != 1)
		return -1;
	ids[0] = party.holder_id;
	ids[1] = party.contact_id;
	ids[2] = party.deputy_id;
	ids[3] = party.successor_id;
	if (drop_old(run, row, P_EMAIL, party.email, id, kept, err) == -1 ||
	    drop_old(run, row, P_ORGANISATION, party.organisation, id, kept,
		err) == -1 ||
	    drop_office(run, row, &party, kept, err) == -1 ||
	    drop_aliases(run, row, id, err) == -1)
		goto out;
	for (size_t i = 0; i < 4; i++) {
		char *is = look_name(run->call, ids[i]);
		int64_t named = 0;
		struct err ignored;

		/* However the row writes the name. */
		if (row->cell[linked[i]] != NULL &&
		    parties_find(run->call->db, row->cell[linked[i]], &named,
			&ignored) == 0 &&
		    named == ids[i])
			drop(row, linked[i]);
		rc = drop_old(run, row, linked[i], is, id, kept, err);
		free(is);
		if (rc == -1)
			goto out;
	}
	drop_days(row, &party);
	rc = drop_old_days(run, row, &party, kept, err);
out:
	party_clear(&party);
	return rc;
}

bool
party_row_has_news(const struct party_row *row)
{
	for (int i = P_ORGANISATION; i < P_COLUMNS; i++)
		if (row->day[i] != DAY_NONE ||
		    (row->cell[i] != NULL && i != P_DEPUTY_FROM &&
			i != P_DEPUTY_UNTIL && i != P_PAUSED_FROM &&
			i != P_PAUSED_UNTIL && i != P_LEFT))
			return true;
	return false;
}
