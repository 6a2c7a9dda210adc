/* SPDX-License-Identifier: ISC */
/*
 * Importing persons, offices and organisations. Rows may name one another, so
 * each is staged twice: first what it is, then whom it hangs together with.
 */
#include <stdlib.h>
#include <string.h>

#include "desk/import_party.h"
#include "io/parties.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

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

/* ---- which party a row is ---- */

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
	bool twice =
	    import_twice(run, &pi->rows, key, P_NAME, row->cell[P_NAME]);

	free(key);
	return twice;
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
	rc = import_stage(run,
	    ranks[row->kind] * IMPORT_RANK + (int64_t)run->row, 0,
	    buf_text(&body), err);
	buf_reset(&body);
	pack_text(&body, P_KIND, party_kind_name(row->kind));
	pack_text(&body, P_NAME, row->cell[P_NAME]);
	pack_text(&body, P_ORGANISATION, row->cell[P_ORGANISATION]);
	pack_int(&body, X_PARTY, id);
	for (size_t i = 0; i < COUNT(links); i++) {
		pack_text(&body, links[i], row->cell[links[i]]);
		linked = linked || row->cell[links[i]] != NULL;
	}
	if (rc == 0 && linked)
		rc = import_stage(run, PARTY_LINKS + (int64_t)run->row, 0,
		    buf_text(&body), err);
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
		full = party_full_name(
		    row->cell[P_NAME], row->cell[P_ORGANISATION]);
		strmap_set(&pi->names, full, 1);
		free(full);
		want(run, P_ORGANISATION, row->cell[P_ORGANISATION]);
	}
	if (row->cell[P_EMAIL] != NULL)
		strmap_set(&pi->names, row->cell[P_EMAIL], 1);
	for (size_t i = 1; i < COUNT(links); i++)
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

	party_row_read(run, csv, &row);
	if (!run->sound || is_twice(run, &row) ||
	    (id = find_known(run, &row)) == -1)
		goto out;
	note_names(run, &row);
	if (id != 0) {
		rc = party_row_compare(run, &row, id, &kept, err);
		run->kept += kept;
		if (rc == -1 || !party_row_has_news(&row)) {
			run->same += rc == 0;
			goto out;
		}
		run->changed++;
	} else {
		run->added++;
	}
	rc = stage(run, &row, id, err);
out:
	party_row_clear(&row);
	return rc;
}

/* Every name that a row used is somebody's: in the file or in the register. */
static int
check_names(struct import_run *run, struct err *err)
{
	struct parties_import *pi = run->ctx;
	int64_t id;

	VEC_EACH (const struct wanted, w, &pi->wanted) {
		run->row = w->row;
		if (strmap_get(&pi->names, w->name) != NULL ||
		    import_unknown_again(run, w->name))
			continue;
		if (parties_find(run->call->db, w->name, &id, err) == 0) {
			strmap_set(&pi->names, w->name, 1);
			continue;
		}
		if (err->code != ERR_NOTFOUND && err->code != ERR_CONFLICT)
			return -1;
		if (err->code == ERR_CONFLICT)
			import_wrong(run, w->column, "%s", err->text);
		else
			import_unknown_note(run, w->column, w->name,
			    xasprintf("%s%s give it a row", err->text,
				err->text[strlen(err->text) - 1] == '?'
				    ? " If not:"
				    : ", in the file or in the register;"));
	}
	return 0;
}

const struct import_kind import_parties = {
	.name = "parties",
	.columns = party_columns,
	.ncolumns = P_COLUMNS,
	.open = parties_open,
	.row = take_row,
	.finish = check_names,
	.close = parties_close,
	.apply = party_row_apply,
};
