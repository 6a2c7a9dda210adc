/* SPDX-License-Identifier: ISC */
/*
 * Importing persons, offices and organisations. Rows may name one another, so
 * each is staged twice: first what it is, then whom it hangs together with.
 */
#include <stdlib.h>
#include <string.h>

#include "core/mime.h"
#include "core/text.h"
#include "desk/columns.h"
#include "desk/import_kind.h"
#include "desk/strmap.h"
#include "io/parties.h"

#define LINKS (1LL << 42) /* rows of links, behind all the others */
#define RANK (1LL << 40)
#define X_PARTY 100 /* the party that a row is */

struct parties_import {
	struct strmap known; /* key to id; of a name in several places, -1 */
	struct strmap names; /* names that the file brings */
	struct strmap rows;  /* key to row */
	VEC(struct wanted) wanted;
};

/* A name that must be somebody's once all rows are read. */
struct wanted {
	size_t row;
	int column;
	char *name;
};

static const enum party_column links[] = { P_OFFICE, P_HOLDER, P_CONTACT,
	P_DEPUTY, P_SUCCESSOR };
#define NLINKS (sizeof links / sizeof links[0])

/* ---- what the register has ---- */

static char *
key_of(enum party_kind kind, const char *name, const char *place)
{
	return xasprintf(
	    "%d\x1f%s\x1f%s", (int)kind, name, place != NULL ? place : "");
}

static char *
placeless_key(enum party_kind kind, const char *name)
{
	return xasprintf("%d\x1f%s", (int)kind, name);
}

static int
keep_party(void *ctx, const struct party *party, struct err *err)
{
	struct parties_import *pi = ctx;
	char *key = key_of(party->kind, party->name, party->organisation);
	char *bare = placeless_key(party->kind, party->name);

	(void)err;
	strmap_set(&pi->known, key, party->id);
	strmap_set(&pi->known, bare,
	    strmap_get(&pi->known, bare) == NULL ? party->id : -1);
	free(key);
	free(bare);
	return 0;
}

static int
parties_open(struct import_run *run, struct err *err)
{
	run->ctx = xcalloc(1, sizeof(struct parties_import));
	return parties_each(
	    run->call->db, -1, run->call->today, keep_party, run->ctx, err);
}

static void
parties_close(struct import_run *run)
{
	struct parties_import *pi = run->ctx;

	strmap_clear(&pi->known);
	strmap_clear(&pi->names);
	strmap_clear(&pi->rows);
	VEC_EACH (struct wanted, w, &pi->wanted)
		free(w->name);
	vec_clear(&pi->wanted);
	free(pi);
}

/* ---- a row ---- */

struct party_row {
	char *cell[P_COLUMNS];
	int day[P_COLUMNS];
	enum party_kind kind;
	bool external, sound;
};

static void
row_clear(struct party_row *row)
{
	for (int i = 0; i < P_COLUMNS; i++)
		free(row->cell[i]);
}

static void
row_read(
    struct import_run *run, const struct csv_row *csv, struct party_row *row)
{
	static const enum party_column days[] = { P_DEPUTY_FROM, P_DEPUTY_UNTIL,
		P_PAUSED_FROM, P_PAUSED_UNTIL, P_LEFT };
	int kind;

	*row = (struct party_row){ .sound = true };
	for (int i = 0; i < P_COLUMNS; i++) {
		row->day[i] = DAY_NONE;
		row->cell[i] = import_cell(run, csv, i);
	}
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		if (import_day(run, csv, days[i], &row->day[days[i]]) == -1)
			row->sound = false;
	if (import_switch(run, csv, P_EXTERNAL, &row->external) == -1)
		row->sound = false;
	kind = row->cell[P_KIND] == NULL ? -1
					 : party_kind_parse(row->cell[P_KIND]);
	if (kind == -1 || kind == PARTY_ADDRESS) {
		import_wrong(run, P_KIND,
		    "\"%.40s\": write person, office or organisation",
		    row->cell[P_KIND] != NULL ? row->cell[P_KIND] : "");
		row->sound = false;
	} else {
		row->kind = (enum party_kind)kind;
	}
	if (row->cell[P_NAME] == NULL) {
		import_wrong(run, P_NAME, "a name is missing");
		row->sound = false;
	}
	if (row->cell[P_EMAIL] != NULL &&
	    !mime_address_ok(row->cell[P_EMAIL])) {
		import_wrong(run, P_EMAIL, "\"%.80s\" is no mail address",
		    row->cell[P_EMAIL]);
		row->sound = false;
	}
}

static void
want(struct import_run *run, int column, const char *name)
{
	struct parties_import *pi = run->ctx;
	struct wanted *wanted = vec_push(&pi->wanted);

	wanted->row = run->row;
	wanted->column = column;
	wanted->name = xstrdup(name);
}

/* Which party of the register a row is: its id, 0 none; -1 noted. */
static int64_t
find_known(struct import_run *run, const struct party_row *row)
{
	struct parties_import *pi = run->ctx;
	char *key =
	    key_of(row->kind, row->cell[P_NAME], row->cell[P_ORGANISATION]);
	char *bare = placeless_key(row->kind, row->cell[P_NAME]);
	char *nowhere = key_of(row->kind, row->cell[P_NAME], NULL);
	int64_t *found = strmap_get(&pi->known, key);
	int64_t id = 0;

	if (found == NULL && row->cell[P_ORGANISATION] == NULL)
		found = strmap_get(&pi->known, bare);
	else if (found == NULL)
		/* Known without an organisation so far. */
		found = strmap_get(&pi->known, nowhere);
	if (found != NULL)
		id = *found;
	if (id == -1)
		import_wrong(run, P_NAME,
		    "there are several called %s: name the organisation",
		    row->cell[P_NAME]);
	free(key);
	free(bare);
	free(nowhere);
	return id;
}

static bool
is_twice(struct import_run *run, const struct party_row *row)
{
	struct parties_import *pi = run->ctx;
	char *key =
	    key_of(row->kind, row->cell[P_NAME], row->cell[P_ORGANISATION]);
	int64_t *before = strmap_get(&pi->rows, key);

	if (before != NULL)
		import_wrong(run, P_NAME, "%s stands in row %lld already",
		    row->cell[P_NAME], (long long)*before);
	else
		strmap_set(&pi->rows, key, (int64_t)run->row);
	free(key);
	return before != NULL;
}

/* ---- what differs ---- */

static char *
name_of(struct import_run *run, int64_t id)
{
	struct party party;
	struct err err;
	char *name;

	if (id == 0 ||
	    parties_get(run->call->db, id, run->call->today, &party, &err) != 1)
		return NULL;
	name = xstrdup(party.name);
	party_clear(&party);
	return name;
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
		free(row->cell[column]);
		row->cell[column] = NULL;
		return 0;
	}
	had = imports_had(run->call->db, "party", id, row->cell[column], err);
	if (had == 1) {
		*kept = true;
		free(row->cell[column]);
		row->cell[column] = NULL;
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
	    row->external == party->allow_external) {
		free(row->cell[P_EXTERNAL]);
		row->cell[P_EXTERNAL] = NULL;
	}
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
	bool all = true;

	if (text == NULL)
		return 0;
	if (parties_each_alias(run->call->db, keep_alias, &aliases, err) == -1)
		return -1;
	while (*text != '\0') {
		size_t len = strcspn(text, ";");
		char *alias = text_trim(xstrndup(text, len));

		if (*alias != '\0' && strmap_get(&aliases.known, alias) == NULL)
			all = false;
		free(alias);
		text += len + (text[len] == ';');
	}
	strmap_clear(&aliases.known);
	if (all) {
		free(row->cell[P_ALIASES]);
		row->cell[P_ALIASES] = NULL;
	}
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
	full = party->organisation != NULL
		   ? xasprintf(
			 "%s of %s", row->cell[P_OFFICE], party->organisation)
		   : xstrdup(row->cell[P_OFFICE]);
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
		free(row->cell[P_OFFICE]);
		row->cell[P_OFFICE] = NULL;
	} else {
		/* Somebody who held it before is not put back. */
		rc = imports_had(run->call->db, "party", id, party->name, err);
		if (rc == 1) {
			*kept = true;
			free(row->cell[P_OFFICE]);
			row->cell[P_OFFICE] = NULL;
		}
	}
	party_clear(&office);
	return rc == -1 ? -1 : 0;
}

/* Leaves in the row what is new about a party that the register has. */
static int
compare(struct import_run *run, struct party_row *row, int64_t id, bool *kept,
    struct err *err)
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
		char *is = name_of(run, ids[i]);
		int64_t named = 0;
		struct err ignored;

		/* However the row writes the name. */
		if (row->cell[linked[i]] != NULL &&
		    parties_find(run->call->db, row->cell[linked[i]], &named,
			&ignored) == 0 &&
		    named == ids[i]) {
			free(row->cell[linked[i]]);
			row->cell[linked[i]] = NULL;
		}
		rc = drop_old(run, row, linked[i], is, id, kept, err);
		free(is);
		if (rc == -1)
			goto out;
	}
	drop_days(row, &party);
	rc = 0;
out:
	party_clear(&party);
	return rc;
}

static bool
has_news(const struct party_row *row)
{
	for (int i = P_ORGANISATION; i < P_COLUMNS; i++)
		if (row->day[i] != DAY_NONE ||
		    (row->cell[i] != NULL && i != P_DEPUTY_FROM &&
			i != P_DEPUTY_UNTIL && i != P_PAUSED_FROM &&
			i != P_PAUSED_UNTIL && i != P_LEFT))
			return true;
	return false;
}

/* ---- staging ---- */

static int
stage(struct import_run *run, const struct party_row *row, int64_t id,
    struct err *err)
{
	/* Organisations first, since the others belong to them. */
	static const int ranks[] = {
		[PARTY_PERSON] = 2, [PARTY_OFFICE] = 1, [PARTY_ORGANISATION] = 0
	};
	struct buf body = { 0 };
	bool linked = false;
	int rc;

	pack_text(&body, P_KIND, party_kind_name(row->kind));
	pack_text(&body, P_NAME, row->cell[P_NAME]);
	pack_text(&body, P_ORGANISATION, row->cell[P_ORGANISATION]);
	pack_text(&body, P_EMAIL, row->cell[P_EMAIL]);
	pack_text(&body, P_ALIASES, row->cell[P_ALIASES]);
	if (row->cell[P_EXTERNAL] != NULL)
		pack_text(&body, P_EXTERNAL, row->external ? "yes" : "no");
	for (int i = 0; i < P_COLUMNS; i++)
		pack_day(&body, i, row->day[i]);
	pack_int(&body, X_PARTY, id);
	rc = import_stage(run, ranks[row->kind] * RANK + (int64_t)run->row, 0,
	    buf_text(&body), err);
	buf_reset(&body);
	pack_text(&body, P_KIND, party_kind_name(row->kind));
	pack_text(&body, P_NAME, row->cell[P_NAME]);
	pack_text(&body, P_ORGANISATION, row->cell[P_ORGANISATION]);
	pack_int(&body, X_PARTY, id);
	for (size_t i = 0; i < NLINKS; i++) {
		pack_text(&body, links[i], row->cell[links[i]]);
		linked = linked || row->cell[links[i]] != NULL;
	}
	if (rc == 0 && linked)
		rc = import_stage(
		    run, LINKS + (int64_t)run->row, 0, buf_text(&body), err);
	buf_clear(&body);
	return rc;
}

static void
note_names(struct import_run *run, const struct party_row *row)
{
	struct parties_import *pi = run->ctx;
	char *full;

	strmap_set(&pi->names, row->cell[P_NAME], 1);
	if (row->cell[P_ORGANISATION] != NULL) {
		full = xasprintf(
		    "%s of %s", row->cell[P_NAME], row->cell[P_ORGANISATION]);
		strmap_set(&pi->names, full, 1);
		free(full);
		want(run, P_ORGANISATION, row->cell[P_ORGANISATION]);
	}
	if (row->cell[P_EMAIL] != NULL)
		strmap_set(&pi->names, row->cell[P_EMAIL], 1);
	for (size_t i = 1; i < NLINKS; i++)
		if (row->cell[links[i]] != NULL)
			want(run, (int)links[i], row->cell[links[i]]);
}

static int
take_row(struct import_run *run, const struct csv_row *csv, struct err *err)
{
	struct party_row row;
	bool kept = false;
	int64_t id;
	int rc = 0;

	row_read(run, csv, &row);
	if (!row.sound || is_twice(run, &row) ||
	    (id = find_known(run, &row)) == -1)
		goto out;
	note_names(run, &row);
	if (id != 0) {
		rc = compare(run, &row, id, &kept, err);
		run->kept += kept;
		if (rc == -1 || !has_news(&row)) {
			run->same += rc == 0;
			goto out;
		}
		run->changed++;
	} else {
		run->added++;
	}
	rc = stage(run, &row, id, err);
out:
	row_clear(&row);
	return rc;
}

/* Every name that a row used is somebody's: in the file or in the register. */
static int
check_names(struct import_run *run, struct err *err)
{
	struct parties_import *pi = run->ctx;
	int64_t id;

	VEC_EACH (const struct wanted, w, &pi->wanted) {
		if (strmap_get(&pi->names, w->name) != NULL)
			continue;
		if (parties_find(run->call->db, w->name, &id, err) == 0) {
			strmap_set(&pi->names, w->name, 1);
			continue;
		}
		if (err->code != ERR_NOTFOUND && err->code != ERR_CONFLICT)
			return -1;
		run->row = w->row;
		if (err->code == ERR_CONFLICT)
			import_wrong(run, w->column, "%s", err->text);
		else
			import_wrong(run, w->column,
			    "nobody is called \"%.80s\", in the file or in "
			    "the register; give it a row",
			    w->name);
	}
	return 0;
}

/* ---- applying ---- */

struct staged {
	char *cell[P_COLUMNS];
	int64_t id;
};

static void
staged_clear(struct staged *staged)
{
	for (int i = 0; i < P_COLUMNS; i++)
		free(staged->cell[i]);
}

static int
staged_read(const char *body, struct staged *out, struct err *err)
{
	char *text;
	int field, rc;

	*out = (struct staged){ .id = 0 };
	while ((rc = unpack(&body, &field, &text, err)) == 1) {
		if (field >= 0 && field < P_COLUMNS) {
			free(out->cell[field]);
			out->cell[field] = text;
			continue;
		}
		if (field == X_PARTY)
			out->id = strtoll(text, NULL, 10);
		free(text);
	}
	return rc;
}

static void
set_day(int *day, const char *text)
{
	if (text != NULL)
		*day = day_parse(text);
}

static int
fill_party(struct import_apply *apply, const struct staged *staged,
    struct party *party, struct err *err)
{
	if (staged->cell[P_EMAIL] != NULL) {
		free(party->email);
		party->email = xstrdup(staged->cell[P_EMAIL]);
	}
	if (staged->cell[P_ORGANISATION] != NULL &&
	    parties_find(apply->db, staged->cell[P_ORGANISATION],
		&party->organisation_id, err) == -1)
		return -1;
	if (staged->cell[P_EXTERNAL] != NULL)
		party->allow_external =
		    strcmp(staged->cell[P_EXTERNAL], "yes") == 0;
	set_day(&party->deputy_from_on, staged->cell[P_DEPUTY_FROM]);
	set_day(&party->deputy_until_on, staged->cell[P_DEPUTY_UNTIL]);
	set_day(&party->paused_from_on, staged->cell[P_PAUSED_FROM]);
	set_day(&party->paused_until_on, staged->cell[P_PAUSED_UNTIL]);
	set_day(&party->left_on, staged->cell[P_LEFT]);
	return 0;
}

static int
apply_aliases(struct import_apply *apply, const struct staged *staged,
    int64_t id, struct err *err)
{
	const char *text = staged->cell[P_ALIASES];
	int rc = 0;

	while (text != NULL && *text != '\0' && rc == 0) {
		size_t len = strcspn(text, ";");
		char *alias = text_trim(xstrndup(text, len));

		if (*alias != '\0')
			rc = parties_add_alias(
			    apply->db, id, alias, &apply->doer, err);
		free(alias);
		text += len + (text[len] == ';');
	}
	return rc;
}

static int
apply_party(
    struct import_apply *apply, const struct staged *staged, struct err *err)
{
	struct party party;
	int rc = -1;

	party_init(&party);
	if (staged->id != 0) {
		if (parties_get(
			apply->db, staged->id, apply->today, &party, err) != 1)
			return -1;
		if (fill_party(apply, staged, &party, err) == 0)
			rc = parties_save(apply->db, &party, &apply->doer, err);
	} else {
		party.kind =
		    (enum party_kind)party_kind_parse(staged->cell[P_KIND]);
		party.name = xstrdup(staged->cell[P_NAME]);
		if (fill_party(apply, staged, &party, err) == 0)
			rc = parties_add(apply->db, &party, &apply->doer, err);
	}
	if (rc == 0)
		rc = apply_aliases(apply, staged, party.id, err);
	party_clear(&party);
	return rc;
}

/* The party of a row that was new when it was staged. */
static int
find_staged(struct import_apply *apply, const struct staged *staged,
    int64_t *id, struct err *err)
{
	char *full;
	int rc;

	if (staged->id != 0) {
		*id = staged->id;
		return 0;
	}
	full = staged->cell[P_ORGANISATION] != NULL
		   ? xasprintf("%s of %s", staged->cell[P_NAME],
			 staged->cell[P_ORGANISATION])
		   : xstrdup(staged->cell[P_NAME]);
	rc = parties_find(apply->db, full, id, err);
	if (rc == -1)
		rc = parties_find(apply->db, staged->cell[P_NAME], id, err);
	free(full);
	return rc;
}

static int
apply_office(struct import_apply *apply, const struct party *person,
    const char *title, struct err *err)
{
	struct party office;
	char *full = person->organisation != NULL
			 ? xasprintf("%s of %s", title, person->organisation)
			 : xstrdup(title);
	int64_t id;
	int rc = parties_find(apply->db, full, &id, err);

	free(full);
	if (rc == -1) {
		if (err->code != ERR_NOTFOUND)
			return -1;
		party_init(&office);
		office.kind = PARTY_OFFICE;
		office.name = xstrdup(title);
		office.organisation_id = person->organisation_id;
		rc = parties_add(apply->db, &office, &apply->doer, err);
		id = office.id;
		party_clear(&office);
		if (rc == -1)
			return -1;
	}
	return parties_hold(
	    apply->db, id, person->id, DAY_NONE, &apply->doer, err);
}

static int
find_link(struct import_apply *apply, const struct staged *staged, int column,
    int64_t *id, struct err *err)
{
	if (staged->cell[column] == NULL)
		return 0;
	return parties_find(apply->db, staged->cell[column], id, err);
}

static int
apply_links(
    struct import_apply *apply, const struct staged *staged, struct err *err)
{
	struct party party;
	int64_t id, holder = 0;
	int rc = -1;

	if (find_staged(apply, staged, &id, err) == -1 ||
	    parties_get(apply->db, id, apply->today, &party, err) != 1)
		return -1;
	if (find_link(apply, staged, P_CONTACT, &party.contact_id, err) == -1 ||
	    find_link(apply, staged, P_DEPUTY, &party.deputy_id, err) == -1 ||
	    find_link(apply, staged, P_SUCCESSOR, &party.successor_id, err) ==
		-1 ||
	    find_link(apply, staged, P_HOLDER, &holder, err) == -1 ||
	    parties_save(apply->db, &party, &apply->doer, err) == -1)
		goto out;
	if (staged->cell[P_OFFICE] != NULL && party.kind == PARTY_PERSON &&
	    apply_office(apply, &party, staged->cell[P_OFFICE], err) == -1)
		goto out;
	rc = holder == 0 ? 0
			 : parties_hold(apply->db, id, holder, DAY_NONE,
			       &apply->doer, err);
out:
	party_clear(&party);
	return rc;
}

static int
apply_row(
    struct import_apply *apply, const struct import_row *row, struct err *err)
{
	struct staged staged;
	int rc = staged_read(row->body, &staged, err);

	if (rc == 0)
		rc = row->row >= LINKS ? apply_links(apply, &staged, err)
				       : apply_party(apply, &staged, err);
	staged_clear(&staged);
	return rc;
}

const struct import_kind import_parties = {
	.name = "parties",
	.columns = party_columns,
	.ncolumns = P_COLUMNS,
	.open = parties_open,
	.row = take_row,
	.finish = check_names,
	.close = parties_close,
	.apply = apply_row,
};
