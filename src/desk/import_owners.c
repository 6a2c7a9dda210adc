/* SPDX-License-Identifier: ISC */
/* The owners of rows; see import_owners.h. */
#include "desk/import_owners.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/look.h"
#include "io/parties.h"

#define PIECES_MAX 8

/* What ei->parties has of those who are not found. */
enum { PARTY_NONE = 0, PARTY_SEVERAL = -1 };

/* 1 with *id, 0 and *id one of the above, -1 when the register fails. */
static int
find_party(
    struct import_run *run, const char *name, int64_t *id, struct err *err)
{
	struct entries_import *ei = run->ctx;
	int64_t *known = strmap_get(&ei->parties, name);
	struct err why;

	if (known != NULL) {
		*id = *known;
	} else {
		if (parties_find(run->call->db, name, id, &why) == -1) {
			if (why.code != ERR_NOTFOUND &&
			    why.code != ERR_CONFLICT && why.code != ERR_INPUT) {
				*err = why;
				return -1;
			}
			*id = why.code == ERR_CONFLICT ? PARTY_SEVERAL
						       : PARTY_NONE;
		}
		strmap_set(&ei->parties, name, *id);
	}
	return *id > 0;
}

static void
put_owner(struct entry_row *row, int64_t id, enum owner_role role)
{
	VEC_EACH (const struct owner, o, &row->owners)
		if (o->party_id == id && o->role == role)
			return;
	*vec_push(&row->owners) = (struct owner){
		.party_id = id, .role = role, .answered_on = DAY_NONE
	};
}

/* ---- several names in one ---- */

struct pieces {
	const char *from[PIECES_MAX], *to[PIECES_MAX];
	size_t count;
	int64_t ids[PIECES_MAX];
	size_t found; /* of ids */
};

/* Bytes of what stands between two names, 0: nothing does. */
static size_t
between(const char *text)
{
	if (strchr(",/&", *text) != NULL)
		return 1;
	return text_starts(text, " and ") ? 4 : 0;
}

static void
add_piece(struct pieces *p, const char *from, const char *to)
{
	while (from < to && *from == ' ')
		from++;
	while (to > from && to[-1] == ' ')
		to--;
	if (from == to)
		return;
	if (p->count < PIECES_MAX) {
		p->from[p->count] = from;
		p->to[p->count] = to;
	}
	p->count++;
}

/* More than there is room for are no list of names. */
static bool
cut(const char *text, struct pieces *out)
{
	const char *from = text, *at = text;

	*out = (struct pieces){ 0 };
	while (*at != '\0') {
		size_t n = between(at);

		if (n > 0) {
			add_piece(out, from, at);
			from = at + n;
		}
		at += n > 0 ? n : 1;
	}
	add_piece(out, from, at);
	return out->count > 1 && out->count <= PIECES_MAX;
}

/* The name of pieces first to last, with what stands between; owned. */
static char *
joined(const struct pieces *p, size_t first, size_t last)
{
	return xstrndup(p->from[first], (size_t)(p->to[last] - p->from[first]));
}

/* Are the pieces from one on names that are known, the longer ones first, since
 * "Roads and Transport" may be one? 1, 0, -1. */
static int
are_names(
    struct import_run *run, struct pieces *p, size_t first, struct err *err)
{
	if (first == p->count)
		return 1;
	for (size_t last = p->count; last-- > first;) {
		char *name = joined(p, first, last);
		int64_t id;
		int rc = find_party(run, name, &id, err);

		free(name);
		if (rc == 1) {
			p->ids[p->found++] = id;
			rc = are_names(run, p, last + 1, err);
			if (rc == 0)
				p->found--;
		}
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* Whom nobody knows beside somebody who is known is told alone. */
static int
note_pieces(struct import_run *run, struct pieces *p, int column,
    const char *text, struct err *err)
{
	bool known[PIECES_MAX], any = false;
	int64_t id;
	int rc = 0;

	for (size_t i = 0; i < p->count && rc != -1; i++) {
		char *name = joined(p, i, i);

		rc = find_party(run, name, &id, err);
		known[i] = rc == 1;
		any = any || known[i];
		free(name);
	}
	if (rc != -1 && !any)
		return import_party(run, column, text, &id, err);
	for (size_t i = 0; i < p->count && rc != -1; i++) {
		char *name;

		if (known[i])
			continue;
		name = joined(p, i, i);
		rc = import_party(run, column, name, &id, err);
		free(name);
	}
	return rc;
}

static int
add_several(struct import_run *run, struct entry_row *row, int column,
    struct pieces *p, const char *text, enum owner_role role, struct err *err)
{
	int rc = are_names(run, p, 0, err);

	if (rc == 0)
		return note_pieces(run, p, column, text, err);
	for (size_t i = 0; rc == 1 && i < p->found; i++)
		put_owner(row, p->ids[i], role);
	return rc;
}

/* ---- a row ---- */

static int
add_owner(struct import_run *run, struct entry_row *row, int column,
    const char *name, enum owner_role role, struct err *err)
{
	struct pieces pieces;
	int64_t id;
	int rc = find_party(run, name, &id, err);

	if (rc == 1)
		put_owner(row, id, role);
	if (rc != 0)
		return rc;
	if (id == PARTY_NONE && cut(name, &pieces))
		return add_several(run, row, column, &pieces, name, role, err);
	return import_party(run, column, name, &id, err);
}

static int
add_owners(struct import_run *run, struct entry_row *row, int column,
    enum owner_role role, struct err *err)
{
	const char *text = row->cells.cell[column];
	char *name;
	int rc = 0;

	row->has_owners[role] = run->index[column] >= 0;
	while (text != NULL && rc != -1 &&
	       (name = text_part(&text, ';')) != NULL) {
		rc = add_owner(run, row, column, name, role, err);
		free(name);
	}
	return rc == -1 ? -1 : 0;
}

/* Registers that have office and organisation in columns of their own. */
static int
add_owner_by_office(
    struct import_run *run, struct entry_row *row, struct err *err)
{
	const char *office = row->cells.cell[E_OFFICE];
	const char *place = row->cells.cell[E_ORGANISATION];
	char *name;
	int rc;

	if (row->cells.cell[E_OWNERS] != NULL ||
	    (office == NULL && place == NULL))
		return 0;
	name = office != NULL ? party_full_name(office, place) : xstrdup(place);
	rc = add_owner(run, row, office != NULL ? E_OFFICE : E_ORGANISATION,
	    name, ROLE_OWNER, err);
	row->has_owners[ROLE_OWNER] = true;
	free(name);
	return rc == -1 ? -1 : 0;
}

int
import_owners_read(
    struct import_run *run, struct entry_row *row, struct err *err)
{
	if (add_owners(run, row, E_OWNERS, ROLE_OWNER, err) == -1 ||
	    add_owner_by_office(run, row, err) == -1 ||
	    add_owners(run, row, E_CO_OWNERS, ROLE_CO_OWNER, err) == -1)
		return -1;
	return add_owners(run, row, E_SPONSORS, ROLE_SPONSOR, err);
}

/* ---- those who have left ---- */

static bool
owns(const struct entry *entry, int64_t party_id)
{
	if (entry != NULL)
		VEC_EACH (const struct owner, o, &entry->owners)
			if (o->party_id == party_id)
				return true;
	return false;
}

static int
check_left(struct import_run *run, const struct owner *owner, struct err *err)
{
	static const int columns[] = {
		[ROLE_OWNER] = E_OWNERS,
		[ROLE_CO_OWNER] = E_CO_OWNERS,
		[ROLE_SPONSOR] = E_SPONSORS,
	};
	struct entries_import *ei = run->ctx;
	char id[32], *left;

	snprintf(id, sizeof id, "party %lld", (long long)owner->party_id);
	if (strmap_get(&ei->present, id) != NULL ||
	    import_unknown_again(run, id))
		return 0;
	if (look_left(run->call, owner->party_id, &left, err) == -1)
		return -1;
	if (left == NULL)
		strmap_set(&ei->present, id, 1);
	else
		import_unknown_note(run, columns[owner->role], id,
		    xasprintf("%s" LOOK_ANYWAY, left));
	free(left);
	return 0;
}

int
import_owners_check(struct import_run *run, const struct entry *before,
    const struct entry *after, struct err *err)
{
	if (args_has(&run->call->args, "anyway"))
		return 0;
	VEC_EACH (const struct owner, owner, &after->owners)
		if (!owns(before, owner->party_id) &&
		    check_left(run, owner, err) == -1)
			return -1;
	return 0;
}
