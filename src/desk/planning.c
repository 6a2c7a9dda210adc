/* SPDX-License-Identifier: ISC */
/*
 * Looking ahead: every message that will go (plan), one of them as it would
 * read today (preview), and a digest (digest). All of it reads only.
 */
#include "desk/planning.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/agent_parts.h"
#include "desk/args.h"
#include "desk/digest_attach.h"
#include "desk/forecast.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/show.h"
#include "io/conffile.h"
#include "io/maildir.h"

#define PLAN_DAYS 14 /* how far `plan` looks when not told */

/* ---- plan ---- */

struct plan_run {
	struct desk_call *call;
	const struct conf *conf;
	const char *maildir;
	json_t *notices; /* NULL: a table */
	struct table table;
	size_t count, held;
	char *reason; /* the first reason of what is held */
	bool mixed;   /* not everything is held, or not for one reason */
};

static json_t *
entries_json(struct plan_run *run, const struct store_occurrences *rows,
    struct buf *refs, struct err *err)
{
	json_t *list = json_array();

	VEC_EACH (struct store_occurrence, row, &rows->rows) {
		struct entry entry = { 0 };
		json_t *item = json_object();
		int rc =
		    entries_get_id(run->call->db, row->o.entry_id, &entry, err);

		if (rc == -1) {
			json_decref(item);
			json_decref(list);
			return NULL;
		}
		json_put_text(item, "ref", entry.ref);
		json_put_text(item, "rule", row->o.rule);
		json_put_day(item, "due_on", entry.due_on);
		json_array_append_new(list, item);
		if (entry.ref != NULL)
			buf_printf(
			    refs, "%s%s", refs->len > 0 ? " " : "", entry.ref);
		entry_clear(&entry);
	}
	return list;
}

static int
write_to_maildir(
    struct plan_run *run, const struct forecast_notice *f, struct err *err)
{
	char *name;
	int rc;

	if (run->maildir == NULL || f->job == NULL ||
	    strcmp(f->notice->channel, "mail") != 0)
		return 0;
	name =
	    xasprintf("%lld.%lld", (long long)f->at, (long long)f->notice->id);
	rc = maildir_deliver(
	    run->maildir, name, f->job->bytes, f->job->len, err);
	free(name);
	return rc;
}

static const char *
series_of_digest(const struct notice *n)
{
	return n->digest == NULL ? NULL : n->digest;
}

/* What is held for one and the same reason is said once, below the table. */
static void
note_held(struct plan_run *run, const char *held)
{
	run->count++;
	if (held == NULL)
		return;
	run->held++;
	if (run->reason == NULL)
		run->reason = xstrdup(held);
	else if (strcmp(run->reason, held) != 0)
		run->mixed = true;
}

static int
plan_notice(void *ctx, const struct forecast_notice *f, struct err *err)
{
	struct plan_run *run = ctx;
	const struct notice *n = f->notice;
	char at[INSTANT_TEXT_MAX];
	struct buf refs = { 0 };
	json_t *entries = entries_json(run, f->occurrences, &refs, err);
	json_t *item;

	if (entries == NULL || write_to_maildir(run, f, err) == -1) {
		json_decref(entries);
		buf_clear(&refs);
		return -1;
	}
	note_held(run, f->held);
	if (run->notices != NULL) {
		item = json_object();
		json_put_text(
		    item, "at", instant_rfc3339(&run->conf->zone, f->at, at));
		json_put_text(item, "channel", n->channel);
		json_put_text(item, "to", n->address);
		json_put_text(item, "kind", n->kind);
		json_put_text(item, "subject", n->subject);
		json_put_text(item, "held", f->held);
		json_object_set_new(item, "entries", entries);
		json_put_text(item, "digest", n->digest);
		json_array_append_new(run->notices, item);
	} else {
		table_add(
		    &run->table, instant_local(&run->conf->zone, f->at, at));
		table_add(&run->table, n->kind);
		table_add(&run->table, n->address);
		table_add(&run->table,
		    refs.len > 0 ? buf_text(&refs) : series_of_digest(n));
		if (f->held != NULL && f->job == NULL)
			table_addf(&run->table, "(held: %s)", f->held);
		else
			table_add(&run->table, n->subject);
		json_decref(entries);
	}
	buf_clear(&refs);
	return 0;
}

/* The config to plan with: the one in force, or --config OTHER. */
static int
other_config(struct desk_call *call, struct conf **out, struct err *err)
{
	const char *path = args_value(&call->args, "config");
	struct strings problems = { 0 };
	int rc = 0;

	*out = NULL;
	if (path == NULL)
		return 0;
	if (conffile_load(path, out, &problems) == -1) {
		for (size_t i = 0; i < problems.len; i++)
			desk_remark(call, "%s", problems.items[i]);
		rc = err_set(err, ERR_INPUT, "%s cannot be used", path);
	}
	strings_clear(&problems);
	return rc;
}

static int
run_plan(struct desk_call *call, struct err *err)
{
	static const struct table_column columns[] = {
		{ .title = "At" },
		{ .title = "Kind" },
		{ .title = "To", .flexible = true, .least = 12 },
		{ .title = "Entries", .flexible = true, .least = 8 },
		{ .title = "Subject", .flexible = true, .least = 16 },
	};
	struct plan_run run = { .call = call,
		.maildir = args_value(&call->args, "maildir"),
		.table = { .columns = columns, .ncolumns = 5 } };
	int from_on = call->today, to_on = DAY_NONE;
	struct conf *other = NULL;
	int64_t from_at, until_at;
	int rc = -1;

	if (look_day_option(call, "from", &from_on, err) == -1 ||
	    look_day_option(call, "to", &to_on, err) == -1 ||
	    other_config(call, &other, err) == -1)
		return -1;
	if (to_on == DAY_NONE)
		to_on = from_on + PLAN_DAYS;
	if (to_on < from_on) {
		rc = err_set(err, ERR_USAGE, "--to lies before --from");
		goto out;
	}
	run.conf = other != NULL ? other : call->conf;
	if (run.maildir != NULL && maildir_create(run.maildir, err) == -1)
		goto out;
	from_at = from_on == call->today
		      ? call->now
		      : zone_instant(&run.conf->zone, from_on, 0);
	until_at = zone_instant(&run.conf->zone, to_on + 1, 0) - 1;
	if (call->request->json)
		run.notices = json_array();
	rc = forecast(call->db, run.conf, call->now, from_at, until_at,
	    plan_notice, &run, err);
	if (rc == 0 && run.notices != NULL) {
		json_print(json_pack("{s:o}", "notices", run.notices),
		    &call->answer->out);
		run.notices = NULL;
	} else if (rc == 0 && run.count == 0) {
		desk_remark(call, "nothing will be sent in that time");
	} else if (rc == 0) {
		table_print(
		    &run.table, call->request->columns, &call->answer->out);
		if (run.held > 0)
			desk_remark(call, "%zu of %zu would be held: %s%s",
			    run.held, run.count, run.reason,
			    run.mixed ? ", and others" : "");
	}
out:
	json_decref(run.notices);
	table_clear(&run.table);
	free(run.reason);
	conf_free(other);
	return rc;
}

/* ---- preview ---- */

/* list: of all letters, as JSON; series NULL: of none. */
static void
print_letter(struct desk_call *call, struct json_list *list, const char *to,
    const char *series, const struct buf *subject, const struct buf *text)
{
	struct buf *out = &call->answer->out;

	if (call->request->json) {
		json_t *item = json_object();

		json_put_text(item, "to", to);
		json_put_text(item, "series", series);
		json_put_text(item, "subject", buf_text(subject));
		json_put_text(item, "text", buf_text(text));
		json_list_add(list, item);
		return;
	}
	if (to != NULL)
		buf_printf(out, "To: %s\n", to);
	buf_printf(out, "Subject: %s\n\n%s", buf_text(subject), buf_text(text));
}

/* The nudge that each owner of an entry would read if it went now. */
static int
preview_owner(struct desk_call *call, struct agent *agent,
    const struct entry *entry, const struct owner *owner,
    struct json_list *list, struct err *err)
{
	char kind[] = "nudge", channel[] = "mail", key[] = "preview";
	struct notice notice = { .kind = kind, .channel = channel, .key = key };
	struct message m = { .notice = &notice };
	struct store_occurrence *row = vec_push(&m.occurrences.rows);
	struct buf subject = { 0 }, text = { 0 };
	struct reach reach = { 0 };
	const char *unreached = NULL;
	char secretary[] = "secretary";
	int rc;

	row->o = (struct occurrence){ .entry_id = entry->id,
		.rule = "",
		.party_id = owner != NULL
				? owner->party_id
				: agent_secretary(agent, entry->series_id),
		.kind = PLAN_NUDGE,
		.role = owner == NULL               ? TO_SECRETARY
			: owner->role == ROLE_OWNER ? TO_OWNER
						    : TO_CO_OWNERS };
	entry_copy(entry, vec_push(&m.entries));
	if (row->o.party_id != 0) {
		rc = agent_reach(agent, row->o.party_id,
		    agent_secretary(agent, entry->series_id), &reach,
		    &unreached, err);
		if (rc == -1)
			goto out;
	}
	notice.party_id = reach.party_id;
	notice.address = reach.address;
	if (owner == NULL || unreached != NULL)
		notice.kind = secretary;
	rc = post_text(agent, &m, call->now, &subject, &text, err);
	if (rc == 1)
		print_letter(
		    call, list, reach.address, entry->series, &subject, &text);
out:
	reach_clear(&reach);
	buf_clear(&subject);
	buf_clear(&text);
	message_clear(&m);
	return rc == -1 ? -1 : 0;
}

static int
run_preview(struct desk_call *call, struct err *err)
{
	struct json_list list = { &call->answer->out, 0 };
	struct entry entry = { 0 };
	struct agent *agent = NULL;
	bool any = false;
	int rc = look_entry(call, args_word(&call->args, 0), &entry, err);

	if (rc == 0) {
		agent = agent_new_reader(call->db, call->conf, call->now, err);
		rc = agent == NULL ? -1 : 0;
	}
	VEC_EACH (struct owner, o, &entry.owners) {
		if (rc != 0 || o->role == ROLE_SPONSOR)
			continue;
		if (any && !call->request->json)
			buf_puts(&call->answer->out, "\n");
		rc = preview_owner(call, agent, &entry, o, &list, err);
		any = true;
	}
	if (rc == 0 && !any)
		rc = preview_owner(call, agent, &entry, NULL, &list, err);
	if (rc == 0 && call->request->json)
		json_list_end(&list);
	agent_free(agent);
	entry_clear(&entry);
	return rc;
}

/* ---- digest ---- */

/* Writes one series' digest as text, or as the attachment of a format. */
static int
print_digest(struct desk_call *call, struct agent *agent,
    const struct conf_digest *digest, const struct series *series,
    const char *format, struct json_list *list, bool *said, struct err *err)
{
	struct letter letter;
	struct strings keep = { 0 };
	struct digest_entries entries = { 0 };
	struct buf subject = { 0 }, text = { 0 };
	struct digest_files files = { 0 };
	struct conf_digest as_asked = *digest;
	char *formats[1];
	int rc;

	letter_init(&letter);
	letter.organisation = call->conf->organisation;
	letter.today = call->today;
	rc = digest_gather(agent, digest, series->id, INSTANT_NONE, &letter,
	    &keep, &entries, err);
	if (rc == 1 && strcmp(format, "text") != 0) {
		formats[0] = xstrdup(format);
		as_asked.attach =
		    (struct strings){ .items = formats, .len = 1, .cap = 1 };
		rc = digest_attach(agent, &as_asked, &letter, &files, err) == -1
			 ? -1
			 : 1;
		if (rc == 1 && files.count == 1)
			buf_add(&call->answer->out, files.items[0].data,
			    files.items[0].len);
		free(formats[0]);
	} else if (rc == 1) {
		rc = letter_render(LETTER_DIGEST, &letter, &agent->templates,
			 &subject, &text, err) == -1
			 ? -1
			 : 1;
		if (rc == 1)
			print_letter(
			    call, list, NULL, series->code, &subject, &text);
	}
	if (rc == 1)
		*said = true;
	digest_files_clear(&files);
	buf_clear(&subject);
	buf_clear(&text);
	letter_clear(&letter);
	digest_entries_clear(&entries);
	strings_clear(&keep);
	return rc == -1 ? -1 : 0;
}

static int
unknown_digest(const struct conf *conf, const char *name, struct err *err)
{
	struct buf known = { 0 };

	VEC_EACH (struct conf_digest, d, &conf->digests)
		buf_printf(&known, "%s%s", known.len > 0 ? ", " : "", d->name);
	err_set(err, ERR_NOTFOUND, "no digest '%s' (there are: %s)", name,
	    buf_text(&known));
	buf_clear(&known);
	return -1;
}

static int
run_digest(struct desk_call *call, struct err *err)
{
	const char *name = args_word(&call->args, 0);
	const char *format = args_value(&call->args, "format");
	const struct conf_digest *digest;
	struct json_list list = { &call->answer->out, 0 };
	int64_t only = 0;
	bool said = false;
	struct agent *agent;
	int rc = 0;

	if (format == NULL)
		format = "text";
	if (strcmp(format, "text") != 0 && strcmp(format, "md") != 0 &&
	    strcmp(format, "csv") != 0 && strcmp(format, "html") != 0)
		return err_set(err, ERR_USAGE,
		    "--format is one of text, md, csv, html, not '%s'", format);
	if (look_series_option(call, "series", &only, err) == -1)
		return -1;
	agent = agent_new_reader(call->db, call->conf, call->now, err);
	if (agent == NULL)
		return -1;
	digest = agent_digest_named(agent, name);
	if (digest == NULL)
		rc = unknown_digest(call->conf, name, err);
	VEC_EACH (struct series, s, &agent->series) {
		if (rc == 0 && (only == 0 || s->id == only) &&
		    (digest->series.len == 0 ||
			strings_has(&digest->series, s->code)))
			rc = print_digest(
			    call, agent, digest, s, format, &list, &said, err);
	}
	if (rc == 0 && call->request->json && strcmp(format, "text") == 0)
		json_list_end(&list);
	if (rc == 0 && !said)
		desk_remark(call, "the digest has nothing to say today");
	agent_free(agent);
	return rc;
}

static const struct arg_option plan_options[] = {
	{ "from", ARG_VALUE },
	{ "to", ARG_VALUE },
	{ "maildir", ARG_VALUE },
	{ "config", ARG_VALUE },
	{ 0 },
};

static const struct arg_option digest_options[] = {
	{ "series", ARG_VALUE },
	{ "format", ARG_VALUE },
	{ 0 },
};

const struct desk_command planning_commands[] = {
	{ .name = "plan",
	    .args = "[--from DAY] [--to DAY] [--maildir DIR] [--config OTHER]",
	    .summary = "Lists every message that will go, to whom, and why",
	    .help =
		"Runs the register ahead in a copy, as the daemon would, "
		"and sends nothing.\n"
		"  --from DAY      first day (today)\n"
		"  --to DAY        last day (14 days after the first)\n"
		"  --maildir DIR   write the mails into a Maildir, to read\n"
		"  --config OTHER  as if that file were in force\n"
		"\nExample: nudgectl plan --to 31/12/2026\n",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .options = plan_options,
	    .run = run_plan },
	{ .name = "preview",
	    .args = "REF",
	    .summary = "Shows the mail that an entry's owners would get now",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .min_words = 1,
	    .max_words = 1,
	    .run = run_preview },
	{ .name = "digest",
	    .args = "NAME [--series CODE] [--format text|md|csv|html]",
	    .summary = "Shows a digest as it would read now",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .min_words = 1,
	    .max_words = 1,
	    .options = digest_options,
	    .run = run_digest },
	{ 0 },
};
