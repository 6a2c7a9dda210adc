/* SPDX-License-Identifier: ISC */
/* Staged rows of parties into the register. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/import_party.h"
#include "io/parties.h"

struct staged {
	char *cell[P_COLUMNS];
	int64_t id; /* 0: it was new */
};

static void
staged_clear(struct staged *staged)
{
	for (int i = 0; i < P_COLUMNS; i++)
		free(staged->cell[i]);
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
	char *alias;
	int rc = 0;

	while (text != NULL && rc == 0 &&
	       (alias = text_part(&text, ';')) != NULL) {
		rc = parties_add_alias(apply->db, id, alias, &apply->doer, err);
		free(alias);
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
	full =
	    party_full_name(staged->cell[P_NAME], staged->cell[P_ORGANISATION]);
	rc = parties_find(apply->db, full, id, err);
	if (rc == -1)
		rc = parties_find(apply->db, staged->cell[P_NAME], id, err);
	free(full);
	return rc;
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
	    parties_take_office(apply->db, &party, staged->cell[P_OFFICE],
		DAY_NONE, &apply->doer, err) == -1)
		goto out;
	rc = holder == 0 ? 0
			 : parties_hold(apply->db, id, holder, DAY_NONE,
			       &apply->doer, err);
out:
	party_clear(&party);
	return rc;
}

int
party_row_apply(
    struct import_apply *apply, const struct import_row *row, struct err *err)
{
	struct staged staged = { .id = 0 };
	char *id = NULL;
	int rc =
	    unpack_cells(row->body, staged.cell, P_COLUMNS, X_PARTY, &id, err);

	if (id != NULL)
		staged.id = strtoll(id, NULL, 10);
	if (rc == 0)
		rc = row->row >= PARTY_LINKS ? apply_links(apply, &staged, err)
					     : apply_party(apply, &staged, err);
	free(id);
	staged_clear(&staged);
	return rc;
}
