/* SPDX-License-Identifier: ISC */
/*
 * `minutes`: reads papers, shows what was found, writes it as CSV to edit, or
 * takes it in. Finding is core/minutes; here it meets the register.
 */
#include "desk/minutes.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/args.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/minutes_parts.h"
#include "desk/show.h"
#include "io/file.h"
#include "io/parties.h"

/* ---- what the register knows ---- */

static const char *
keep(struct minutes_known *known, const char *text)
{
	if (text == NULL)
		return NULL;
	return *vec_push(&known->texts) = xstrdup(text);
}

static int
take_party(void *ctx, const struct party *p, struct err *err)
{
	struct minutes_known *known = ctx;
	struct minutes_party *out;

	(void)err;
	if (p->kind == PARTY_ADDRESS)
		return 0;
	out = vec_push(&known->parties);
	*out = (struct minutes_party){ .id = p->id,
		.kind = p->kind == PARTY_PERSON   ? MINUTES_PERSON
			: p->kind == PARTY_OFFICE ? MINUTES_OFFICE
						  : MINUTES_ORGANISATION,
		.name = keep(known, p->name),
		.organisation = keep(known, p->organisation),
		.office = keep(known, p->office) };
	return 0;
}

static int
take_alias(void *ctx, int64_t party_id, const char *alias)
{
	struct minutes_known *known = ctx;

	VEC_EACH (struct minutes_party, p, &known->parties) {
		const char **list;

		if (p->id != party_id)
			continue;
		list = xcalloc(p->naliases + 1, sizeof *list);
		for (size_t i = 0; i < p->naliases; i++)
			list[i] = p->aliases[i];
		list[p->naliases] = keep(known, alias);
		free((void *)(uintptr_t)p->aliases);
		p->aliases = list;
		p->naliases++;
	}
	return 0;
}

int
minutes_known_load(
    struct desk_call *call, struct minutes_known *out, struct err *err)
{
	if (dating_load(&out->dating, call->conf, call->db, err) == -1)
		return -1;
	if (parties_each(call->db, -1, call->today, take_party, out, err) ==
		-1 ||
	    parties_each_alias(call->db, take_alias, out, err) == -1) {
		minutes_known_clear(out);
		return -1;
	}
	return 0;
}

void
minutes_known_clear(struct minutes_known *known)
{
	VEC_EACH (struct minutes_party, p, &known->parties)
		free((void *)(uintptr_t)p->aliases);
	vec_clear(&known->parties);
	VEC_EACH (char *, text, &known->texts)
		free(*text);
	vec_clear(&known->texts);
	dating_clear(&known->dating);
}

int
minutes_read_as(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, const char *series, struct minutes *out,
    struct err *err)
{
	struct minutes_env env;

	minutes_env_init(&env);
	env.calendar = &call->conf->calendar;
	env.policy = &call->conf->words;
	env.series = known->dating.cal.series.items;
	env.nseries = known->dating.cal.series.len;
	env.parties = known->parties.items;
	env.nparties = known->parties.len;
	env.own_series = series;
	if (look_day_option(call, "held-on", &env.held_on, err) == -1)
		return -1;
	if (minutes_read(file->bytes, file->len, &env, out, err) == -1)
		return err_wrap(err, "%s", file->name);
	return 0;
}

int
minutes_read_file(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, struct minutes *out, struct err *err)
{
	if (minutes_read_as(call, known, file,
		args_value(&call->args, "series"), out, err) == -1)
		return -1;
	minutes_know_owners(call, out);
	if (minutes_flag_refs(call, known, file, out, err) == -1) {
		minutes_clear(out);
		return -1;
	}
	return 0;
}

/* ---- the command ---- */

static int
need_files(struct desk_call *call, struct err *err)
{
	if (call->request->files.len == 0)
		return err_set(err, ERR_USAGE,
		    "minutes: which paper? Name its file, or - for standard "
		    "input");
	return 0;
}

/* A file of another sort: nothing that a register could keep. The day of the
 * meeting counts where the paper has it, not where --held-on gives it. */
static bool
is_empty(const struct desk_call *call, const struct minutes *minutes)
{
	bool dated = !args_has(&call->args, "held-on");

	VEC_EACH (const struct minutes_meeting, m, &minutes->meetings)
		if (m->entries.len > 0 || m->people.len > 0 ||
		    m->agenda.len > 0 || m->next_on != DAY_NONE ||
		    (dated && m->held_on != DAY_NONE))
			return false;
	return true;
}

static int
nothing_found(const struct desk_file *file, struct err *err)
{
	return err_set(err, ERR_INPUT,
	    "%s: nothing found: no meeting with its day or people, no action, "
	    "recommendation or promise",
	    file->name);
}

/* Everything at once for JSON: meetings of all files, flags of all files. */
static void
merge_json(json_t *into, json_t *from)
{
	json_array_extend(json_object_get(into, "meetings"),
	    json_object_get(from, "meetings"));
	json_array_extend(
	    json_object_get(into, "flags"), json_object_get(from, "flags"));
	json_decref(from);
}

/* "--draft -" is for a pipe: the table is all that is printed then. */
static bool
drafts_to_pipe(const struct desk_call *call)
{
	const char *path = args_value(&call->args, "draft");

	return path != NULL && strcmp(path, "-") == 0;
}

static int
show_file(struct desk_call *call, const struct minutes_known *known, size_t i,
    json_t *root, struct buf *csv, struct err *err)
{
	const struct desk_file *file = &call->request->files.items[i];
	struct minutes minutes = { 0 };

	if (minutes_read_file(call, known, file, &minutes, err) == -1)
		return -1;
	if (minutes_flag_owners(call, &minutes, err) == -1) {
		minutes_clear(&minutes);
		return -1;
	}
	if (is_empty(call, &minutes)) {
		struct err said;

		(void)nothing_found(file, &said);
		desk_remark(call, "%s", said.text);
		call->answer->status = DESK_FAILED;
	}
	if (args_has(&call->args, "draft") && !is_empty(call, &minutes) &&
	    minutes_draft(call, file->name, &minutes, csv, err) == -1) {
		minutes_clear(&minutes);
		return -1;
	}
	if (root != NULL)
		merge_json(root, minutes_json(&minutes));
	else if (!drafts_to_pipe(call) && !is_empty(call, &minutes))
		minutes_show(call, file->name, &minutes);
	minutes_clear(&minutes);
	return 0;
}

static int
write_draft(struct desk_call *call, const struct buf *csv, struct err *err)
{
	const char *path = args_value(&call->args, "draft");

	if (path == NULL)
		return 0;
	if (drafts_to_pipe(call)) {
		buf_add(&call->answer->out, csv->data, csv->len);
		return 0;
	}
	if (file_write_atomic(path, buf_text(csv), csv->len, 0644, err) == -1)
		return -1;
	if (!call->request->json)
		buf_printf(&call->answer->out,
		    "\nWritten to %s: look through it, then\n"
		    "  nudgectl import entries %s\n"
		    "which brings its meetings too, as --accept would\n",
		    path, path);
	return 0;
}

static int
run_show(struct desk_call *call, struct err *err)
{
	struct minutes_known known = { 0 };
	struct buf csv = { 0 };
	json_t *root = NULL;
	int rc = 0;

	if (need_files(call, err) == -1 ||
	    minutes_known_load(call, &known, err) == -1)
		return -1;
	if (call->request->json && !drafts_to_pipe(call))
		root = json_pack("{s:[],s:[]}", "meetings", "flags");
	for (size_t i = 0; rc == 0 && i < call->request->files.len; i++)
		rc = show_file(call, &known, i, root, &csv, err);
	if (rc == 0)
		rc = write_draft(call, &csv, err);
	if (rc == 0 && root != NULL) {
		json_print(root, &call->answer->out);
		root = NULL;
	}
	json_decref(root);
	buf_clear(&csv);
	minutes_known_clear(&known);
	return rc;
}

static int
read_paper(struct desk_call *call, const struct desk_file *file,
    struct minutes_known *known, struct minutes *minutes, struct err *err)
{
	if (minutes_known_load(call, known, err) == -1)
		return -1;
	return minutes_read_file(call, known, file, minutes, err);
}

static int
accept_paper(
    struct desk_call *call, const struct desk_file *file, struct err *err)
{
	struct minutes_known known = { 0 };
	struct minutes minutes = { 0 };
	int rc;

	/* Anew for each: the paper before may have added meetings. */
	rc = read_paper(call, file, &known, &minutes, err);
	if (rc == 0 && is_empty(call, &minutes))
		rc = nothing_found(file, err);
	if (rc == 0)
		rc = minutes_make_series(call, file->name, &minutes, err);
	if (rc == 1) {
		/* Its dates hang on the series only when that is known. */
		minutes_clear(&minutes);
		minutes_known_clear(&known);
		minutes = (struct minutes){ 0 };
		known = (struct minutes_known){ 0 };
		rc = read_paper(call, file, &known, &minutes, err);
	}
	if (rc == 0)
		rc = minutes_check_series(call, &known, file, &minutes, err);
	if (rc == 0)
		rc = minutes_take(call, file, &minutes, err);
	minutes_clear(&minutes);
	minutes_known_clear(&known);
	return rc;
}

/* A paper in a turn: reading one takes its time. */
static int
run_accept(struct desk_call *call, struct err *err)
{
	size_t *next = call->state, count = call->request->files.len;
	bool list = call->request->json && count > 1;

	if (need_files(call, err) == -1)
		return -1;
	if (args_has(&call->args, "draft"))
		return err_set(err, ERR_USAGE,
		    "--draft writes a table to edit and import, --accept "
		    "takes the paper in at once: give one of them (what was "
		    "taken in is a table with: nudgectl export)");
	if (next == NULL) {
		next = call->state = xcalloc(1, sizeof *next);
		call->state_free = free;
	}
	if (list)
		buf_puts(&call->answer->out, *next == 0 ? "[\n" : ",\n");
	if (accept_paper(call, &call->request->files.items[*next], err) == -1) {
		if (*next > 0)
			desk_remark(call, "taken in before it: %zu of %zu",
			    *next, count);
		return -1;
	}
	if (++*next < count)
		return DESK_MORE;
	if (list)
		buf_puts(&call->answer->out, "]\n");
	return 0;
}

/* Both rows of the command: a usage error of either shows it. */
#define MINUTES_ARGS                               \
	"FILE… [--series CODE] [--held-on DAY] " \
	"[--draft OUT.csv | --accept [--anyway]]"

static const struct arg_option minutes_options[] = {
	{ "series", ARG_VALUE },
	{ "held-on", ARG_VALUE },
	{ "draft", ARG_VALUE },
	{ "accept", ARG_FLAG },
	{ "anyway", ARG_FLAG },
	{ 0 },
};

const struct desk_command minutes_commands[] = {
	{ .name = "minutes",
	    .args = MINUTES_ARGS,
	    .summary = "Reads minutes, reports and action logs",
	    .help =
		"Reads papers as text (pasted, or from pdftotext -layout, "
		"docx2txt, pandoc;\n- is standard input) and shows the "
		"meetings, people, actions, recommendations\nand promises "
		"that it finds, and what a person should look at. Nothing is\n"
		"taken into the register unless told to:\n"
		"  --accept         take in what is sure; the rest waits as "
		"unconfirmed\n"
		"  --draft OUT.csv  write it all as CSV, to edit and import; "
		"- prints it\n"
		"  --series CODE    the series it belongs to\n"
		"  --held-on DAY    the day of the meeting, where the paper "
		"has none\n"
		"  --anyway         take it in though it looks like one of "
		"another series\n"
		"\nA paper taken in twice changes nothing, but that what had "
		"no owner gets the\none whom the register knows since; next "
		"month's updates what it repeats,\nand lists what its prose "
		"leaves to decide.\n"
		"\nWhat was misread is put right with reword, assign, confirm "
		"and extend; what\nshould not be there goes with supersede or "
		"withdraw (nudgectl help COMMAND).\n"
		"\nExample: pdftotext -layout board.pdf - | nudgectl minutes "
		"- --series WT\n",
	    .mode = DESK_READS,
	    .file_arg = 0,
	    .all_files = true,
	    .bare = true,
	    .min_words = 1,
	    .options = minutes_options,
	    .other_with = "accept",
	    .run = run_show },
	{ .name = "minutes",
	    .args = MINUTES_ARGS,
	    .mode = DESK_WRITES,
	    .access = ACCESS_EDIT,
	    .file_arg = 0,
	    .all_files = true,
	    .min_words = 1,
	    .options = minutes_options,
	    .run = run_accept },
	{ 0 },
};
