/* SPDX-License-Identifier: ISC */
/* The commands about persons, offices and organisations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/namesake.h"
#include "desk/show.h"
#include "io/parties.h"

/* The first word of the command says of which kind it is about. */
static enum party_kind
kind_of(const struct desk_call *call)
{
	const char *name = call->command->name;

	if (strncmp(name, "person", 6) == 0)
		return PARTY_PERSON;
	return strncmp(name, "office", 6) == 0 ? PARTY_OFFICE
					       : PARTY_ORGANISATION;
}

/* The party that the first word names, of the command's kind. */
static int
find(struct desk_call *call, struct party *out, struct err *err)
{
	const char *text = args_word(&call->args, 0);
	struct party party;
	int64_t id;

	if (look_party(call, text, &id, err) == -1 ||
	    parties_get(call->db, id, call->today, &party, err) != 1)
		return -1;
	if (party.kind != kind_of(call)) {
		err_set(err, ERR_CONFLICT, "%s is no %s but %s %s", party.name,
		    party_kind_name(kind_of(call)),
		    party.kind == PARTY_PERSON ? "a" : "an",
		    party_kind_name(party.kind));
		party_clear(&party);
		return -1;
	}
	*out = party;
	return 0;
}

static int
find_kind(struct desk_call *call, const char *text, enum party_kind kind,
    int64_t *id, struct err *err)
{
	struct party party;
	enum party_kind is;

	if (look_party(call, text, id, err) == -1 ||
	    parties_get(call->db, *id, call->today, &party, err) != 1)
		return -1;
	is = party.kind;
	party_clear(&party);
	if (is != kind)
		return err_set(err, ERR_CONFLICT, "%s is no %s but %s %s", text,
		    party_kind_name(kind), is == PARTY_PERSON ? "a" : "an",
		    party_kind_name(is));
	return 0;
}

/* ---- list ---- */

struct people {
	struct desk_call *call;
	struct table table;
	json_t *json;
};

static json_t *
party_json(struct desk_call *call, const struct party *p)
{
	const struct {
		const char *key;
		int64_t id;
	} links[] = {
		{ "holder", p->holder_id },
		{ "contact", p->contact_id },
		{ "deputy", p->deputy_id },
		{ "successor", p->successor_id },
	};
	json_t *o = json_object();

	json_put_text(o, "kind", party_kind_name(p->kind));
	json_put_text(o, "name", p->name);
	json_put_text(o, "email", p->email);
	json_put_text(o, "organisation", p->organisation);
	json_put_text(o, "office", p->office);
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		char *name = look_name(call, links[i].id);

		json_put_text(o, links[i].key, links[i].id ? name : NULL);
		free(name);
	}
	json_put_day(o, "deputy_from_on", p->deputy_from_on);
	json_put_day(o, "deputy_until_on", p->deputy_until_on);
	json_put_day(o, "paused_from_on", p->paused_from_on);
	json_put_day(o, "paused_until_on", p->paused_until_on);
	json_put_bool(o, "allow_external", p->allow_external);
	json_put_day(o, "left_on", p->left_on);
	return o;
}

/* What a reader of the list should know beside name and address. */
static char *
remarks(struct desk_call *call, const struct party *p)
{
	struct buf out = { 0 };
	char day[DAY_LONG_MAX];
	char *name;

	if (p->kind == PARTY_OFFICE) {
		name = look_name(call, p->holder_id);
		buf_printf(
		    &out, "%s", p->holder_id ? "held by " : "nobody holds it");
		buf_puts(&out, name);
		free(name);
	} else if (p->office != NULL) {
		buf_puts(&out, p->office);
	}
	if (p->contact_id != 0) {
		name = look_name(call, p->contact_id);
		buf_printf(&out, "contact %s", name);
		free(name);
	}
	if (p->left_on != DAY_NONE)
		buf_printf(&out, "%s%s %s", out.len > 0 ? "; " : "",
		    p->left_on > call->today ? "leaves" : "left",
		    day_short(p->left_on, day));
	if (p->paused_until_on != DAY_NONE && p->paused_until_on >= call->today)
		buf_printf(&out, "%spaused until %s", out.len > 0 ? "; " : "",
		    day_short(p->paused_until_on, day));
	if (p->deputy_id != 0) {
		name = look_name(call, p->deputy_id);
		buf_printf(&out, "%sdeputy %s", out.len > 0 ? "; " : "", name);
		free(name);
	}
	return buf_take(&out);
}

static int
list_party(void *ctx, const struct party *party, struct err *err)
{
	struct people *people = ctx;
	char *note;

	(void)err;
	if (party->kind == PARTY_ADDRESS)
		return 0;
	if (people->call->request->json) {
		json_array_append_new(
		    people->json, party_json(people->call, party));
		return 0;
	}
	note = remarks(people->call, party);
	table_add(&people->table, party->name);
	if (people->table.ncolumns == 5)
		table_add(&people->table, party_kind_name(party->kind));
	table_add(&people->table, party->organisation);
	table_add(&people->table, party->email);
	table_add(&people->table, note);
	free(note);
	return 0;
}

/* Parties name one another, so the list is gathered before it is printed. */
struct gathered {
	VEC(int64_t) ids;
};

static int
gather(void *ctx, const struct party *party, struct err *err)
{
	struct gathered *g = ctx;

	(void)err;
	*vec_push(&g->ids) = party->id;
	return 0;
}

static int
list_kind(struct desk_call *call, int kind, struct err *err)
{
	static const struct table_column every[] = {
		{ .title = "Name", .flexible = true, .least = 18 },
		{ .title = "Kind" },
		{ .title = "Organisation", .flexible = true, .least = 10 },
		{ .title = "Mail", .flexible = true, .least = 10 },
		{ .title = "Remarks", .flexible = true, .least = 10 },
	};
	static const struct table_column columns[] = {
		{ .title = "Name", .flexible = true, .least = 18 },
		{ .title = "Organisation", .flexible = true, .least = 10 },
		{ .title = "Mail", .flexible = true, .least = 12 },
		{ .title = "Remarks", .flexible = true, .least = 10 },
	};
	struct people people = {
		.call = call,
		.table = { kind == -1 ? every : columns, kind == -1 ? 5 : 4,
		    { 0 } },
		.json = json_array(),
	};
	struct gathered g = { 0 };
	struct party party;
	int rc;

	rc = parties_each(call->db, kind, call->today, gather, &g, err);
	for (size_t i = 0; i < g.ids.len && rc == 0; i++) {
		rc = parties_get(
		    call->db, g.ids.items[i], call->today, &party, err);
		if (rc == 1) {
			rc = list_party(&people, &party, err);
			party_clear(&party);
		}
	}
	if (rc == 0 && call->request->json)
		json_print(json_incref(people.json), &call->answer->out);
	else if (rc == 0)
		table_print(
		    &people.table, call->request->columns, &call->answer->out);
	table_clear(&people.table);
	json_decref(people.json);
	vec_clear(&g.ids);
	return rc == -1 ? -1 : 0;
}

static int
run_list(struct desk_call *call, struct err *err)
{
	return list_kind(call, (int)kind_of(call), err);
}

static int
run_parties(struct desk_call *call, struct err *err)
{
	return list_kind(call, -1, err);
}

/* ---- add and set ---- */

/* Mail is for people, once a day each: an office's own address is for when
 * none of them has one. */
static void
say_which_address(struct desk_call *call, const struct party *office)
{
	struct reach reach;
	struct err err;

	if (office->kind != PARTY_OFFICE || office->email == NULL ||
	    office->holder_id == 0 ||
	    parties_reach(call->db, office->id, call->today, &reach, &err) ==
		-1)
		return;
	if (reach.address != NULL && strcmp(reach.address, office->email) != 0)
		buf_printf(&call->answer->out,
		    "  its mail goes to %s, %s; %s is used while nobody who "
		    "holds it has an address\n",
		    reach.name, reach.address, office->email);
	reach_clear(&reach);
}

static void
print_party(struct desk_call *call, int64_t id, const char *what)
{
	struct party party;
	struct err err;

	if (parties_get(call->db, id, call->today, &party, &err) != 1)
		return;
	if (call->request->json) {
		json_print(party_json(call, &party), &call->answer->out);
	} else {
		buf_printf(&call->answer->out, "%s %s\n", party.name, what);
		say_which_address(call, &party);
	}
	party_clear(&party);
}

static int
set_link(struct desk_call *call, const char *option, enum party_kind kind,
    int64_t *to, struct err *err)
{
	const char *text = args_value(&call->args, option);

	if (text == NULL)
		return 0;
	if (*text == '\0') {
		*to = 0;
		return 0;
	}
	if (find_kind(call, text, kind, to, err) == -1)
		return err_wrap(err, "--%s", option);
	return 0;
}

static int
set_common(struct desk_call *call, struct party *party, struct err *err)
{
	const char *external = args_value(&call->args, "allow-external");

	look_text_option(call, "email", &party->email);
	if (set_link(call, "organisation", PARTY_ORGANISATION,
		&party->organisation_id, err) == -1 ||
	    set_link(call, "contact", PARTY_PERSON, &party->contact_id, err) ==
		-1)
		return -1;
	if (external != NULL && look_switch("allow-external", external,
				    &party->allow_external, err) == -1)
		return -1;
	return 0;
}

static int
add_aliases(struct desk_call *call, int64_t id, struct err *err)
{
	const char *alias;

	for (size_t n = 0; (alias = args_nth(&call->args, "alias", n)) != NULL;
	     n++) {
		char *clean = look_squeezed(alias);
		int rc = namesake_check_alias(call, id, clean, err);

		if (rc == 0)
			rc = parties_add_alias(
			    call->db, id, clean, &call->doer, err);

		free(clean);
		if (rc == -1)
			return -1;
	}
	return 0;
}

static int
take_office(struct desk_call *call, const struct party *person,
    const char *title, struct err *err)
{
	char *clean = look_squeezed(title);
	int from_on = DAY_NONE;
	int rc = look_day_option(call, "from", &from_on, err);

	if (rc == 0)
		rc = parties_take_office(
		    call->db, person, clean, from_on, &call->doer, err);
	free(clean);
	return rc;
}

static int
run_add(struct desk_call *call, struct err *err)
{
	const char *office = args_value(&call->args, "office");
	const char *holder = args_value(&call->args, "holder");
	struct party party;
	int64_t person;
	int from_on = DAY_NONE, rc = -1;

	party_init(&party);
	party.kind = kind_of(call);
	party.name = look_squeezed(args_word(&call->args, 0));
	if (set_common(call, &party, err) == -1 ||
	    parties_add(call->db, &party, &call->doer, err) == -1 ||
	    add_aliases(call, party.id, err) == -1)
		goto out;
	if (office != NULL) {
		party.organisation = look_name(call, party.organisation_id);
		if (*party.organisation == '\0') {
			free(party.organisation);
			party.organisation = NULL;
		}
		if (take_office(call, &party, office, err) == -1)
			goto out;
	}
	if (holder != NULL &&
	    (find_kind(call, holder, PARTY_PERSON, &person, err) == -1 ||
		look_day_option(call, "from", &from_on, err) == -1 ||
		parties_hold(call->db, party.id, person, from_on, &call->doer,
		    err) == -1))
		goto out;
	print_party(call, party.id, "added");
	rc = 0;
out:
	party_clear(&party);
	return rc;
}

static int
run_set(struct desk_call *call, struct err *err)
{
	const char *name = args_value(&call->args, "name");
	const char *office = args_value(&call->args, "office");
	struct party party;
	int rc = -1;

	if (find(call, &party, err) == -1)
		return -1;
	if (name != NULL) {
		free(party.name);
		party.name = look_squeezed(name);
	}
	if (set_common(call, &party, err) == -1 ||
	    parties_save(call->db, &party, &call->doer, err) == -1 ||
	    add_aliases(call, party.id, err) == -1 ||
	    (office != NULL && take_office(call, &party, office, err) == -1))
		goto out;
	print_party(call, party.id, "changed");
	rc = 0;
out:
	party_clear(&party);
	return rc;
}

/* ---- holding, standing in, being away, leaving ---- */

static int
run_hold(struct desk_call *call, struct err *err)
{
	const char *who = args_word(&call->args, 1);
	bool none = args_has(&call->args, "none");
	struct party office;
	int64_t person = 0;
	int from_on = call->doer.on, rc = -1;

	if ((who == NULL) != none)
		return err_set(
		    err, ERR_USAGE, "name the person, or say --none");
	if (find(call, &office, err) == -1)
		return -1;
	if ((none || find_kind(call, who, PARTY_PERSON, &person, err) == 0) &&
	    look_day_option(call, "from", &from_on, err) == 0 &&
	    parties_hold(
		call->db, office.id, person, from_on, &call->doer, err) == 0) {
		print_party(call, office.id,
		    none ? "is held by nobody now" : "has a new holder");
		rc = 0;
	}
	party_clear(&office);
	return rc;
}

static int
run_deputy(struct desk_call *call, struct err *err)
{
	const char *who = args_word(&call->args, 1);
	bool none = args_has(&call->args, "none");
	struct party party;
	int rc = -1;

	if ((who == NULL) != none)
		return err_set(
		    err, ERR_USAGE, "name the deputy, or say --none");
	if (find(call, &party, err) == -1)
		return -1;
	party.deputy_id = 0;
	party.deputy_from_on = party.deputy_until_on = DAY_NONE;
	if ((none || look_party(call, who, &party.deputy_id, err) == 0) &&
	    look_day_option(call, "from", &party.deputy_from_on, err) == 0 &&
	    look_day_option(call, "until", &party.deputy_until_on, err) == 0 &&
	    parties_save(call->db, &party, &call->doer, err) == 0) {
		print_party(call, party.id,
		    none ? "has no deputy now" : "has a deputy");
		rc = 0;
	}
	party_clear(&party);
	return rc;
}

static int
run_pause(struct desk_call *call, struct err *err)
{
	bool none = args_has(&call->args, "none");
	struct party party;
	char what[96], day[DAY_LONG_MAX];
	int rc = -1;

	if (!args_has(&call->args, "until") && !none)
		return err_set(err, ERR_USAGE,
		    "say until when: --until DAY, or --none to end it");
	if (find(call, &party, err) == -1)
		return -1;
	party.paused_from_on = none ? DAY_NONE : call->doer.on;
	party.paused_until_on = DAY_NONE;
	if (look_day_option(call, "from", &party.paused_from_on, err) == -1 ||
	    look_day_option(call, "until", &party.paused_until_on, err) == -1)
		goto out;
	if (!none && party.paused_until_on < party.paused_from_on) {
		char from[DAY_LONG_MAX];

		err_set(err, ERR_INPUT,
		    "--until: %s is before %s, when it begins",
		    day_long(party.paused_until_on, day),
		    day_long(party.paused_from_on, from));
		goto out;
	}
	if (parties_save(call->db, &party, &call->doer, err) == -1)
		goto out;
	if (none)
		strcpy(what, "is back");
	else
		snprintf(what, sizeof what, "is away until %s",
		    day_long(party.paused_until_on, day));
	print_party(call, party.id, what);
	if (!none && party.deputy_id == 0)
		desk_remark(call,
		    "%s has no deputy: nudges wait until then; name one with: "
		    "nudgectl person deputy \"%s\" NAME",
		    party.name, party.name);
	rc = 0;
out:
	party_clear(&party);
	return rc;
}

/* What was to be handed over on a day to come is kept. */
static int
stay(struct desk_call *call, struct err *err)
{
	struct party party;
	int rc;

	if (find(call, &party, err) == -1)
		return -1;
	rc = parties_stay(call->db, party.id, &call->doer, err);
	if (rc == 0)
		print_party(call, party.id, "stays");
	party_clear(&party);
	return rc;
}

/* "leaves; 3 entries handed over"; owned. */
static char *
leave_text(struct desk_call *call, int on, int64_t heir, int moved)
{
	char count[SHOW_COUNT_MAX], day[DAY_LONG_MAX];
	char *name, *text;

	show_count(moved, "entry", "entries", count);
	if (on <= call->today)
		return xasprintf("leaves; %s handed over", count);
	name = look_name(call, heir);
	text = xasprintf("leaves on %s; %s then takes over, as things stand %s",
	    day_long(on, day), name, count);
	free(name);
	return text;
}

static int
run_leave(struct desk_call *call, struct err *err)
{
	const char *to = args_value(&call->args, "to");
	struct party party;
	char *what;
	int64_t heir;
	int on = call->today, moved, rc = -1;

	if (args_has(&call->args, "none"))
		return stay(call, err);
	if (to == NULL)
		return err_set(err, ERR_USAGE,
		    "who takes over? give --to NAME (a person or an office)");
	if (find(call, &party, err) == -1)
		return -1;
	if (look_party(call, to, &heir, err) == -1 ||
	    look_day_option(call, "on", &on, err) == -1)
		goto out;
	if (heir == party.id) {
		err_set(err, ERR_INPUT, "--to names the leaver");
		goto out;
	}
	if (parties_leave(
		call->db, party.id, on, heir, &call->doer, &moved, err) == -1)
		goto out;
	what = leave_text(call, on, heir, moved);
	print_party(call, party.id, what);
	free(what);
	rc = 0;
out:
	party_clear(&party);
	return rc;
}

/* ---- the table ---- */

static const struct arg_option party_options[] = {
	{ "email", ARG_VALUE },
	{ "organisation", ARG_VALUE },
	{ "office", ARG_VALUE },
	{ "holder", ARG_VALUE },
	{ "from", ARG_VALUE },
	{ "contact", ARG_VALUE },
	{ "alias", ARG_MANY },
	{ "allow-external", ARG_VALUE },
	{ "name", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option span_options[] = {
	{ "from", ARG_VALUE },
	{ "until", ARG_VALUE },
	{ "none", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option leave_options[] = {
	{ "on", ARG_VALUE },
	{ "to", ARG_VALUE },
	{ "none", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

#define LISTS(kind, what)                                           \
	{                                                           \
		.name = kind " list", .args = "", .summary = what,  \
		.mode = DESK_READS, .file_arg = -1, .run = run_list \
	}

const struct desk_command people_commands[] = {
	DESK_WRITE("person add",
	    "NAME [--email A] [--organisation O] [--office TITLE]",
	    "Adds a person", run_add, party_options, 1, 1),
	LISTS("person", "Lists the persons"),
	DESK_WRITE("person set",
	    "NAME [--email A] [--name NEW] [--alias X] ...", "Changes a person",
	    run_set, party_options, 1, 1),
	DESK_WRITE("person deputy", "NAME DEPUTY [--from DAY] [--until DAY]",
	    "Names who gets somebody's mail", run_deputy, span_options, 1, 2),
	DESK_WRITE("person pause", "NAME --until DAY [--from DAY]",
	    "Holds nudges while somebody is away", run_pause, span_options, 1,
	    1),
	DESK_WRITE("person leave", "NAME --on DAY --to OTHER",
	    "Hands everything over on that day; --none takes it back",
	    run_leave, leave_options, 1, 1),
	DESK_WRITE("office add",
	    "TITLE [--organisation O] [--email A] [--holder NAME]",
	    "Adds an office", run_add, party_options, 1, 1),
	LISTS("office", "Lists the offices and who holds them"),
	DESK_WRITE("office set", "TITLE [--email A] [--name NEW] ...",
	    "Changes an office", run_set, party_options, 1, 1),
	DESK_WRITE("office hold", "TITLE NAME [--from DAY]",
	    "Says who holds an office from a day on", run_hold, span_options, 1,
	    2),
	DESK_WRITE("office deputy", "TITLE DEPUTY [--from DAY] [--until DAY]",
	    "Names who gets an office's mail", run_deputy, span_options, 1, 2),
	DESK_WRITE("organisation add", "NAME [--email A] [--contact NAME]",
	    "Adds an organisation", run_add, party_options, 1, 1),
	LISTS("organisation", "Lists the organisations"),
	DESK_WRITE("organisation set",
	    "NAME [--email A] [--contact NAME] [--name NEW] ...",
	    "Changes an organisation", run_set, party_options, 1, 1),
	{
	    .name = "parties",
	    .args = "",
	    .summary = "Lists persons, offices and organisations",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .run = run_parties,
	},
	{ .name = NULL },
};
