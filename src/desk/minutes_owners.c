/* SPDX-License-Identifier: ISC */
/* Who owns an entry of a paper, as parties of the register; never guessed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/look.h"
#include "desk/minutes_parts.h"
#include "io/parties.h"

/* A person whom only the paper knows becomes a party, without an address:
 * until it is given, what is theirs goes to the secretary. */
static int
add_person(struct take *t, const char *name, int64_t *id, struct err *err)
{
	struct desk_call *call = t->call;
	const struct minutes_person *person = NULL;
	struct party party;
	struct err none = { 0 };
	int rc;

	VEC_EACH (struct minutes_person, p, &t->meeting->people)
		if (strcmp(p->name, name) == 0)
			person = p;
	if (person == NULL)
		return 0;
	party_init(&party);
	party.kind = PARTY_PERSON;
	party.name = xstrdup(name);
	if (person->organisation != NULL &&
	    parties_find(call->db, person->organisation, &party.organisation_id,
		&none) == -1)
		party.organisation_id = 0;
	rc = parties_add(call->db, &party, &call->doer, err);
	if (rc == 0) {
		*id = party.id;
		if (t->done == NULL)
			buf_printf(&call->answer->out,
			    "%s is new here and has no address: 'nudgectl "
			    "person set \"%s\" --email …'\n",
			    name, name);
	}
	party_clear(&party);
	return rc;
}

/* The parties that own it; *all says whether everyone printed was found. */
int
minutes_take_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all, struct err *err)
{
	*all = true;
	VEC_EACH (struct minutes_owner, o, &from->owners) {
		struct err why = { 0 };
		int64_t id = o->party;
		bool twice = false;
		struct owner *owner;

		if (o->basis == MINUTES_AMBIGUOUS)
			id = -1;
		else if (id == 0 &&
			 parties_find(t->call->db, o->name, &id, &why) == -1) {
			id = 0;
			if (why.code == ERR_SYSTEM || why.code == ERR_TEMP) {
				*err = why;
				return -1;
			}
			if (why.code == ERR_NOTFOUND &&
			    add_person(t, o->name, &id, err) == -1)
				return -1;
		}
		if (id <= 0) {
			*all = false;
			desk_remark(t->call,
			    "%s: line %u: %s \"%s\": add them, or give who "
			    "it is the alias \"%s\"",
			    t->name, from->line,
			    id == 0 ? "nobody here is called"
				    : "several here could be",
			    o->printed, o->printed);
			continue;
		}
		VEC_EACH (struct owner, was, &to->owners)
			twice = twice || was->party_id == id;
		if (twice)
			continue;
		owner = vec_push(&to->owners);
		owner->party_id = id;
		owner->name = look_name(t->call, id);
		owner->role = ROLE_OWNER;
		owner->answered_on = DAY_NONE;
	}
	return 0;
}
