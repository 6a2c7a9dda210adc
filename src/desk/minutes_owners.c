/* SPDX-License-Identifier: ISC */
/* Who owns an entry of a paper, as parties of the register; never guessed.
 * Whom nobody knows is kept with the entry, and said once for the paper. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "desk/look.h"
#include "desk/minutes_parts.h"
#include "desk/namesake.h"
#include "io/parties.h"

/* How the flag of an entry begins that says whom the paper named. */
#define NAMED "the paper names \""

/* ---- names ---- */

/* A word that stands for people and is the name of none. */
static bool
is_no_name(const char *printed)
{
	static const char *const words[] = { "it", "they", "we", "he", "she",
		"i", "you", "this", "that", "these", "those", "all", "both",
		"each", "everyone", "everybody", "anyone", "anybody", "someone",
		"somebody", "none", "nobody", "members", "partners", "others",
		"attendees", "participants", "present", "relevant", "tbc",
		"tba", "tbd", "n/a", "na", "various", "who", "there", NULL };
	const char *at = minutes_plain_name(printed);
	size_t len = strcspn(at, " ");

	/* "all", "all members", "both parties"; not "Allan". */
	for (const char *const *w = words; *w != NULL; w++)
		if (text_same_n(at, len, *w))
			return true;
	return *at == '\0' || strspn(at, "-?. ") == strlen(at);
}

/* ---- whom nobody knows ---- */

/* Takes near over: who may be meant, NULL: nobody. */
static void
note_stranger(
    struct take *t, const struct minutes_owner *o, char *near, unsigned line)
{
	struct stranger *s = NULL;

	VEC_EACH (struct stranger, was, &t->strangers)
		if (text_same(was->name, o->name))
			s = was;
	if (s == NULL) {
		s = vec_push(&t->strangers);
		*s = (struct stranger){ .name = xstrdup(o->name),
			.basis = o->basis };
	}
	if (s->near == NULL)
		s->near = near;
	else
		free(near);
	if (s->lines.len > 0 && s->lines.items[s->lines.len - 1] == line)
		return;
	*vec_push(&s->lines) = line;
}

/* Takes text over. */
static void
add_flag(struct entry *to, char *text)
{
	char *was = to->flag;

	if (was == NULL) {
		to->flag = text;
		return;
	}
	to->flag = xasprintf("%s; %s", was, text);
	free(text);
	free(was);
}

static void
flag_stranger(struct entry *to, const struct minutes_owner *o, const char *near)
{
	add_flag(to, xasprintf(NAMED "%s\"%s%s%s", o->name,
			 o->basis == MINUTES_AMBIGUOUS
			     ? ": that may be more than one person"
			     : ": nobody known is called that",
			 near != NULL ? ", did you mean " : "",
			 near != NULL ? near : ""));
}

/* The flag without what it says of owners. */
static void
drop_flags(struct entry *to)
{
	struct buf b = { 0 };
	const char *at = to->flag;

	while (at != NULL && *at != '\0') {
		const char *end = strstr(at, "; ");
		size_t len = end != NULL ? (size_t)(end - at) : strlen(at);

		if (!text_starts(at, NAMED))
			buf_printf(
			    &b, "%s%.*s", b.len > 0 ? "; " : "", (int)len, at);
		at += len + (end != NULL ? 2 : 0);
	}
	free(to->flag);
	to->flag = b.len > 0 ? buf_take(&b) : NULL;
	buf_clear(&b);
}

static void
say_lines(struct buf *b, const struct stranger *s)
{
	buf_printf(b, "line%s ", s->lines.len == 1 ? "" : "s");
	for (size_t i = 0; i < s->lines.len; i++)
		buf_printf(b, "%s%u",
		    i == 0                  ? ""
		    : i + 1 == s->lines.len ? " and "
					    : ", ",
		    s->lines.items[i]);
}

static void
say_near(struct buf *b, const char *name, const char *near)
{
	const char *plain = minutes_plain_name(name);

	buf_printf(b,
	    "nobody here is called \"%s\"; did you mean %s? Then nudgectl "
	    "person set \"%s\" --alias \"%s\"; somebody else: nudgectl "
	    "person add \"%s\"",
	    name, near, near, plain, plain);
}

void
minutes_tell_strangers(struct take *t, const char *then)
{
	bool again = false;

	VEC_EACH (struct stranger, s, &t->strangers) {
		struct buf b = { 0 };
		const char *plain = minutes_plain_name(s->name);
		const char *sort = s->basis == MINUTES_BY_OFFICE ? "office"
				   : s->basis == MINUTES_BY_GROUP
				       ? "organisation"
				       : "person";

		buf_printf(&b, "%s: ", t->name);
		say_lines(&b, s);
		if (s->basis == MINUTES_AMBIGUOUS || is_no_name(s->name)) {
			buf_printf(&b,
			    ": \"%s\" %s: say who it is with nudgectl assign "
			    "REF --owner \"NAME\"",
			    s->name,
			    s->basis == MINUTES_AMBIGUOUS
				? "may be more than one person"
				: "names nobody");
		} else if (s->near != NULL) {
			buf_puts(&b, ": ");
			say_near(&b, s->name, s->near);
			again = true;
		} else {
			buf_printf(&b,
			    ": nobody here is called \"%s\": nudgectl %s add "
			    "\"%s\"%s, or nudgectl %s set \"NAME\" --alias "
			    "\"%s\"",
			    s->name, sort, plain,
			    s->basis == MINUTES_BY_OFFICE ? " --holder \"NAME\""
							  : "",
			    s->basis == MINUTES_BY_GROUP ? sort : "person",
			    plain);
			again = true;
		}
		desk_remark(t->call, "%s", buf_text(&b));
		buf_clear(&b);
	}
	if (again)
		desk_remark(t->call, "%s: %s", t->name, then);
}

void
minutes_forget_strangers(struct take *t)
{
	VEC_EACH (struct stranger, s, &t->strangers) {
		free(s->name);
		free(s->near);
		vec_clear(&s->lines);
	}
	vec_clear(&t->strangers);
}

/* ---- whom the register knows ---- */

/* By the name as it is printed, else without its title. */
int
minutes_find_party(
    struct desk_call *call, const char *name, int64_t *id, struct err *err)
{
	const char *plain = minutes_plain_name(name);

	if (parties_find(call->db, name, id, err) == 0)
		return 0;
	if (err->code != ERR_NOTFOUND || plain == name)
		return -1;
	return parties_find(call->db, plain, id, err);
}

/* The person of that name whom the paper lists, NULL: none. */
static const struct minutes_person *
find_listed(const struct minutes_meeting *meeting, const char *name)
{
	if (is_no_name(name))
		return NULL;
	VEC_EACH (const struct minutes_person, p, &meeting->people)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

/* A person whom only the paper knows becomes a party, without an address:
 * until it is given, what is theirs goes to the secretary. */
static int
add_person(struct take *t, const char *name, int64_t *id, struct err *err)
{
	struct desk_call *call = t->call;
	const struct minutes_person *person = find_listed(t->meeting, name);
	const char *plain = minutes_plain_name(name);
	struct party party;
	struct err none = { 0 };
	int rc;

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
	/* Who types it later leaves the title out. */
	if (rc == 0 && plain != name)
		rc = parties_add_alias(
		    call->db, party.id, plain, &call->doer, err);
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

/* As namesake_near; whom the paper lists beside that name is somebody else. */
static int
near_somebody(struct desk_call *call, const struct minutes_meeting *meeting,
    const char *name, char **out, struct err *err)
{
	if (namesake_near(call, minutes_plain_name(name), out, err) == -1)
		return -1;
	VEC_EACH (const struct minutes_person, p, &meeting->people)
		if (*out != NULL &&
		    text_same(minutes_plain_name(p->name), *out)) {
			free(*out);
			*out = NULL;
		}
	return 0;
}

/* Sets *id, 0 where nobody is it, and then *near, owned: whose name is nearly
 * that; -1 only when the register fails. */
static int
find_owner(struct take *t, const struct minutes_owner *o, int64_t *id,
    char **near, struct err *err)
{
	struct err why = { 0 };

	*near = NULL;
	*id = o->basis == MINUTES_AMBIGUOUS ? 0 : o->party;
	if (*id != 0 || o->basis == MINUTES_AMBIGUOUS)
		return 0;
	if (minutes_find_party(t->call, o->name, id, &why) == 0)
		return 0;
	*id = 0;
	if (why.code == ERR_SYSTEM || why.code == ERR_TEMP) {
		*err = why;
		return -1;
	}
	if (why.code != ERR_NOTFOUND)
		return 0;
	/* One letter off is more likely a slip than a second person. */
	if (near_somebody(t->call, t->meeting, o->name, near, err) == -1)
		return -1;
	return *near == NULL ? add_person(t, o->name, id, err) : 0;
}

/* Whoever has left before the paper came in may not be meant any more: *all is
 * not so then, and the flag says who gets the mail. */
static int
check_left(struct take *t, const struct minutes_entry *from, int64_t id,
    struct entry *to, bool *all, struct err *err)
{
	char *left = NULL;

	if (strcmp(from->state, "closed") != 0 &&
	    look_left(t->call, id, &left, err) == -1)
		return -1;
	if (left != NULL) {
		*all = false;
		add_flag(to, left);
	}
	return 0;
}

char *
minutes_draft_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all)
{
	struct buf b = { 0 };

	*all = true;
	VEC_EACH (struct minutes_owner, o, &from->owners) {
		bool known = o->basis != MINUTES_AMBIGUOUS;
		struct err none;
		int64_t id = known ? o->party : 0;
		char *name, *near = NULL;
		bool nobody;

		if (known && id == 0 &&
		    minutes_find_party(t->call, o->name, &id, &none) == -1)
			id = 0;
		if (known && id == 0)
			(void)near_somebody(
			    t->call, t->meeting, o->name, &near, &none);
		nobody =
		    id == 0 && (!known || is_no_name(o->name) || near != NULL);
		if (nobody)
			flag_stranger(to, o, near);
		if (id == 0)
			note_stranger(t, o, near, from->line);
		if (nobody) {
			*all = false;
			continue;
		}
		if (id != 0)
			(void)check_left(t, from, id, to, all, &none);
		name = id != 0 ? look_name(t->call, id)
			       : xstrdup(minutes_plain_name(o->name));
		buf_printf(&b, "%s%s", b.len > 0 ? "; " : "", name);
		free(name);
	}
	return buf_take(&b);
}

int
minutes_take_owners(struct take *t, const struct minutes_entry *from,
    struct entry *to, bool *all, struct err *err)
{
	*all = true;
	VEC_EACH (struct minutes_owner, o, &from->owners) {
		bool twice = false;
		struct owner *owner;
		int64_t id;
		char *near;

		if (find_owner(t, o, &id, &near, err) == -1)
			return -1;
		if (id == 0) {
			*all = false;
			flag_stranger(to, o, near);
			note_stranger(t, o, near, from->line);
			continue;
		}
		VEC_EACH (struct owner, was, &to->owners)
			twice = twice || was->party_id == id;
		if (twice)
			continue;
		if (check_left(t, from, id, to, all, err) == -1)
			return -1;
		owner = vec_push(&to->owners);
		owner->party_id = id;
		owner->name = look_name(t->call, id);
		owner->role = ROLE_OWNER;
		owner->answered_on = DAY_NONE;
	}
	return 0;
}

/* ---- whom it knows since ---- */

static bool
owns(const struct entry *entry, int64_t party_id)
{
	VEC_EACH (const struct owner, o, &entry->owners)
		if (o->party_id == party_id)
			return true;
	return false;
}

/* May the paper still say who owns it? Nobody does, or nobody has looked at it
 * and whoever does is of the paper. */
static bool
is_left_open(const struct entry *was, const struct entry *named)
{
	VEC_EACH (const struct owner, o, &was->owners)
		if (was->state != ENTRY_UNCONFIRMED ||
		    !owns(named, o->party_id))
			return false;
	return was->state == ENTRY_UNCONFIRMED ||
	       entry_state_is_live(was->state);
}

int
minutes_late_owners(struct take *t, const struct minutes_entry *from,
    struct entry *entry, bool *all, struct err *err)
{
	struct entry named = { 0 };
	int rc = 0;

	entry_init(&named);
	if (minutes_take_owners(t, from, &named, all, err) == -1)
		rc = -1;
	else if (is_left_open(entry, &named))
		VEC_EACH (struct owner, o, &named.owners) {
			struct owner *copy;

			if (owns(entry, o->party_id))
				continue;
			copy = vec_push(&entry->owners);
			*copy = *o;
			copy->name = xstrdup(o->name);
			rc = 1;
		}
	if (rc == 1) {
		drop_flags(entry);
		VEC_EACH (struct minutes_owner, o, &from->owners) {
			int64_t id;
			char *near;

			if (find_owner(t, o, &id, &near, err) == -1) {
				rc = -1;
				continue;
			}
			if (id == 0)
				flag_stranger(entry, o, near);
			free(near);
		}
	}
	entry_clear(&named);
	return rc;
}

/* ---- before it is taken in ---- */

/* Nobody is said to be unknown whom the register knows after all. */
static void
drop_unknown(struct minutes *minutes, unsigned line, const char *printed)
{
	char *quoted = xasprintf("\"%s\"", printed);
	size_t put = 0;

	VEC_EACH (struct minutes_flag, f, &minutes->flags) {
		if (f->code == MINUTES_FLAG_OWNER_UNKNOWN && f->line == line &&
		    strstr(f->text, quoted) != NULL)
			free(f->text);
		else
			minutes->flags.items[put++] = *f;
	}
	minutes->flags.len = put;
	free(quoted);
}

void
minutes_know_owners(struct desk_call *call, struct minutes *minutes)
{
	VEC_EACH (struct minutes_meeting, m, &minutes->meetings)
		VEC_EACH (const struct minutes_entry, e, &m->entries)
			VEC_EACH (struct minutes_owner, o, &e->owners) {
				struct err none;
				int64_t id;

				if (o->basis != MINUTES_UNKNOWN ||
				    o->party != 0 || is_no_name(o->name) ||
				    minutes_find_party(
					call, o->name, &id, &none) == -1)
					continue;
				o->party = id;
				o->basis = MINUTES_BY_NAME;
				free(o->name);
				o->name = look_name(call, id);
				drop_unknown(minutes, e->line, o->printed);
			}
}

static bool
is_flagged(const struct minutes *minutes, const char *text)
{
	VEC_EACH (const struct minutes_flag, f, &minutes->flags)
		if (strcmp(f->text, text) == 0)
			return true;
	return false;
}

void
minutes_add_flag(struct minutes *minutes, enum minutes_flag_code code,
    unsigned line, char *text)
{
	size_t at;

	if (is_flagged(minutes, text)) {
		free(text);
		return;
	}
	(void)vec_push(&minutes->flags);
	for (at = minutes->flags.len - 1;
	     at > 0 && minutes->flags.items[at - 1].line > line; at--)
		minutes->flags.items[at] = minutes->flags.items[at - 1];
	minutes->flags.items[at] =
	    (struct minutes_flag){ .code = code, .line = line, .text = text };
}

/* 1 where it stands in the way of the entry, with *flag, owned, NULL: the
 * reader has said it; 0, -1. */
static int
is_in_the_way(struct desk_call *call, const struct minutes_meeting *meeting,
    const struct minutes_owner *o, enum minutes_flag_code *code, char **flag,
    struct err *err)
{
	struct buf b = { 0 };
	struct err none;
	int64_t id = o->party;
	char *near;

	*flag = NULL;
	if (o->basis == MINUTES_AMBIGUOUS)
		return 1;
	if (id != 0 || minutes_find_party(call, o->name, &id, &none) == 0) {
		*code = MINUTES_FLAG_OWNER_LEFT;
		if (look_left(call, id, flag, err) == -1)
			return -1;
		return *flag != NULL;
	}
	if (near_somebody(call, meeting, o->name, &near, err) == -1)
		return -1;
	if (near == NULL)
		return find_listed(meeting, o->name) == NULL;
	*code = MINUTES_FLAG_OWNER_UNKNOWN;
	say_near(&b, o->name, near);
	*flag = buf_take(&b);
	free(near);
	return 1;
}

int
minutes_flag_owners(
    struct desk_call *call, struct minutes *minutes, struct err *err)
{
	VEC_EACH (struct minutes_meeting, m, &minutes->meetings)
		VEC_EACH (struct minutes_entry, e, &m->entries)
			VEC_EACH (const struct minutes_owner, o, &e->owners) {
				enum minutes_flag_code code;
				char *flag;
				int rc;

				if (strcmp(e->state, "closed") == 0)
					continue;
				rc = is_in_the_way(
				    call, m, o, &code, &flag, err);
				if (rc == -1)
					return -1;
				if (rc == 1)
					e->sure = false;
				if (flag != NULL)
					minutes_add_flag(
					    minutes, code, e->line, flag);
			}
	return 0;
}
