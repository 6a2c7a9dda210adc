/* SPDX-License-Identifier: ISC */
/*
 * The table of commands, and how one call goes: options read, access checked,
 * turn by turn in a transaction, an error as a sentence. What the commands do
 * is in the files of their groups.
 */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "desk/days.h"
#include "desk/groups.h"
#include "desk/import.h"
#include "io/clock.h"
#include "io/parties.h"

#define SPILL_AT (64 * 1024)
#define SLICE_MS 20
#define HELP_COLUMN 36

static const struct group {
	const char *title;
	const struct desk_command *commands;
} groups[] = {
	{ "Entries", entries_commands },
	{ "Adding", add_commands },
	{ "Acts on entries", acts_commands },
	{ "People", people_commands },
	{ "Series", series_commands },
	{ "Meetings", meetings_commands },
	{ "Reports", reports_commands },
	{ "Papers", minutes_commands },
	{ "Tables and words", papers_commands },
	{ "What will be sent", planning_commands },
	{ "What was sent", ledger_commands },
	{ "Upkeep", upkeep_commands },
};
#define NGROUPS (sizeof groups / sizeof groups[0])

static const struct arg_option write_options[] = {
	{ "by", ARG_VALUE },
	{ "on", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

/* ---- requests and answers ---- */

void
desk_request_clear(struct desk_request *request)
{
	VEC_EACH (char *, arg, &request->args)
		free(*arg);
	vec_clear(&request->args);
	VEC_EACH (struct desk_file, file, &request->files) {
		free(file->name);
		free(file->bytes);
	}
	vec_clear(&request->files);
	free(request->actor);
	free(request->conf_path);
	*request = (struct desk_request){ .now = INSTANT_NONE };
}

void
desk_request_take(struct desk_request *request, struct proto_request *line)
{
	VEC_EACH (char *, arg, &line->args)
		*vec_push(&request->args) = *arg;
	vec_clear(&line->args);
	VEC_EACH (struct proto_file, file, &line->files) {
		struct desk_file *to = vec_push(&request->files);

		to->name = file->name;
		to->len = file->bytes.len;
		to->bytes = buf_take(&file->bytes);
	}
	vec_clear(&line->files);
	request->now = line->now;
	request->json = line->json;
	request->columns = line->columns;
	proto_request_init(line);
}

void
desk_answer_clear(struct desk_answer *answer)
{
	buf_clear(&answer->out);
	buf_clear(&answer->err);
	*answer = (struct desk_answer){ 0 };
}

/* ---- finding a command ---- */

/* How many arguments the name takes, 0 when they are not it. */
static size_t
match_name(const char *name, char *const *args, size_t count)
{
	size_t n = 0;

	for (const char *p = name; *p != '\0'; n++) {
		size_t len = strcspn(p, " ");

		if (n >= count || strlen(args[n]) != len ||
		    strncmp(args[n], p, len) != 0)
			return 0;
		p += len;
		p += *p == ' ';
	}
	return n;
}

static bool
line_has(char *const *args, size_t count, const char *option)
{
	for (size_t i = 0; i < count && strcmp(args[i], "--") != 0; i++)
		if (strncmp(args[i], "--", 2) == 0 &&
		    strcmp(args[i] + 2, option) == 0)
			return true;
	return false;
}

static const struct desk_command *
find(char *const *args, size_t count, size_t *taken)
{
	const struct desk_command *best = NULL;

	*taken = 0;
	for (size_t g = 0; g < NGROUPS; g++)
		for (const struct desk_command *c = groups[g].commands;
		     c->name != NULL; c++) {
			size_t n = match_name(c->name, args, count);

			if (n > *taken) {
				*taken = n;
				best = c;
			}
		}
	if (best != NULL && best->other_with != NULL &&
	    line_has(args, count, best->other_with))
		best++;
	return best;
}

const struct desk_command *
desk_find(const struct desk_request *request)
{
	size_t taken;

	return find(request->args.items, request->args.len, &taken);
}

bool
desk_is_command(const char *first, const char *second)
{
	char *words[] = { xstrdup(first), xstrdup(second) };
	size_t taken;

	(void)find(words, 2, &taken);
	free(words[0]);
	free(words[1]);
	return taken == 2;
}

/* ---- help ---- */

/* For commands whose options need no words. */
static void
help_options(struct buf *out, const struct arg_option *options)
{
	struct buf line = { 0 };

	for (; options != NULL && options->name != NULL; options++)
		buf_printf(&line, " --%s%s", options->name,
		    options->kind == ARG_FLAG ? "" : " X");
	if (line.len > 0) {
		buf_puts(out, "\n");
		text_add_wrapped(
		    out, buf_text(&line) + 1, 78, "  options: ", "    ");
		buf_putc(out, '\n');
	}
	buf_clear(&line);
}

static void
help_one(struct buf *out, const struct desk_command *command)
{
	buf_printf(out, "usage: nudgectl %s%s%s\n\n", command->name,
	    command->args[0] != '\0' ? " " : "", command->args);
	buf_printf(out, "  %s.\n", command->summary);
	if (command->help != NULL)
		buf_printf(out, "\n%s", command->help);
	else
		help_options(out, command->options);
	if (command->mode == DESK_WRITES)
		buf_puts(out,
		    "\n  --by PARTY     for whom it is done\n"
		    "  --on DAY       the day it was done, when not today\n");
}

static void
help_line(struct buf *out, const struct desk_command *command)
{
	struct buf usage = { 0 };

	buf_printf(&usage, "  %s%s%s", command->name,
	    command->args[0] != '\0' ? " " : "", command->args);
	if (text_width(buf_text(&usage)) >= HELP_COLUMN ||
	    HELP_COLUMN + text_width(command->summary) >= 80)
		buf_printf(out, "%s\n          %s\n", buf_text(&usage),
		    command->summary);
	else
		buf_printf(out, "%-*s%s\n", HELP_COLUMN, buf_text(&usage),
		    command->summary);
	buf_clear(&usage);
}

/* What people try for a date. */
static bool
is_about_dates(const char *name)
{
	static const char *const names[] = { "date", "due", "deadline",
		"redate", "postpone", "edit", "set" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static int
no_such_name(const char *name, struct err *err)
{
	const char *names[256];
	const char *near;
	size_t count = 0;

	if (is_about_dates(name))
		return err_set(err, ERR_USAGE,
		    "there is no command %.64s; an entry's first date: "
		    "nudgectl confirm REF --due \"WORDS\"; another one: "
		    "nudgectl extend REF --to \"WORDS\" --reason \"TEXT\"",
		    name);
	for (size_t g = 0; g < NGROUPS; g++)
		for (const struct desk_command *c = groups[g].commands;
		     c->name != NULL && count < 256; c++)
			names[count++] = c->name;
	near = near_find(name, names, count);
	return near != NULL ? err_set(err, ERR_USAGE,
				  "there is no command %.64s; did you mean "
				  "%s?",
				  name, near)
			    : err_set(err, ERR_USAGE,
				  "there is no command %.64s; nudgectl help "
				  "lists them",
				  name);
}

/* All commands whose name begins with these words; how many there were. */
static size_t
help_some(struct buf *out, const char *prefix)
{
	size_t len = strlen(prefix), count = 0;

	for (size_t g = 0; g < NGROUPS; g++) {
		bool titled = false;

		for (const struct desk_command *c = groups[g].commands;
		     c->name != NULL; c++) {
			if (c->summary == NULL)
				continue;
			if (len > 0 &&
			    (strncmp(c->name, prefix, len) != 0 ||
				(c->name[len] != '\0' && c->name[len] != ' ')))
				continue;
			if (len == 0 && !titled)
				buf_printf(out, "\n%s\n", groups[g].title);
			titled = true;
			help_line(out, c);
			count++;
		}
	}
	return count;
}

int
desk_help(struct buf *out, const char *command, struct err *err)
{
	if (command != NULL) {
		for (size_t g = 0; g < NGROUPS; g++)
			for (const struct desk_command *c = groups[g].commands;
			     c->name != NULL; c++)
				if (strcmp(c->name, command) == 0) {
					help_one(out, c);
					return 0;
				}
		return help_some(out, command) > 0 ? 0
						   : no_such_name(command, err);
	}
	buf_puts(out, "usage: nudgectl [-c FILE] [--now DAY[THH:MM]] [--json] "
		      "COMMAND ...\n");
	help_some(out, "");
	buf_puts(out, "\nOne command in full: nudgectl help COMMAND. "
		      "The manual: man nudgectl.\n");
	return 0;
}

/* ---- a call ---- */

enum desk_status
desk_status_of(enum err_code code)
{
	switch (code) {
	case ERR_USAGE:
		return DESK_USAGE;
	case ERR_NOTFOUND:
		return DESK_NOTFOUND;
	case ERR_CONFLICT:
		return DESK_REFUSED;
	default:
		return DESK_FAILED;
	}
}

static void
answer_error(struct desk_call *call, const struct err *err)
{
	call->answer->status = desk_status_of(err->code);
	buf_reset(&call->answer->out);
	buf_printf(&call->answer->err, "%s\n", err->text);
	if (err->code == ERR_USAGE && call->command != NULL)
		buf_printf(&call->answer->err, "usage: nudgectl %s%s%s\n",
		    call->command->name,
		    call->command->args[0] != '\0' ? " " : "",
		    call->command->args);
	call->answered = true;
}

static int
no_such_command(const struct desk_request *request, struct err *err)
{
	struct buf some = { 0 };

	if (request->args.len == 0)
		return err_set(
		    err, ERR_USAGE, "which command? nudgectl help lists them");
	if (help_some(&some, request->args.items[0]) > 0) {
		err_set(err, ERR_USAGE, "%.64s needs one more word:\n%.*s",
		    request->args.items[0], (int)some.len - 1, buf_text(&some));
		buf_clear(&some);
		return -1;
	}
	buf_clear(&some);
	return no_such_name(request->args.items[0], err);
}

static int
check_access(const struct desk_call *call, struct err *err)
{
	static const char *const names[] = { "read", "edit", "approve",
		"admin" };
	enum desk_access access = call->command->access;

	if (access == ACCESS_READ || call->request->may[access])
		return 0;
	return err_set(err, ERR_PERM,
	    "%s may not do this: access.%s in the configuration names the "
	    "groups that may",
	    call->request->actor != NULL ? call->request->actor : "you",
	    names[access]);
}

/* The nth word that a command's usage asks for: of 'KIND "TEXT" --owner X' they
 * are KIND and "TEXT". What stands several times is good for all that follow.
 * Owned. */
static char *
nth_argument(const char *usage, size_t n)
{
	const char *last = usage;
	size_t last_len = 0;

	for (const char *at = usage; *at != '\0' && *at != '[' && *at != '-';) {
		size_t len =
		    *at == '"' ? strcspn(at + 1, "\"") + 2 : strcspn(at, " ");

		last = at;
		last_len = len;
		if (n-- == 0)
			break;
		at += len;
		at += strspn(at, " ");
	}
	return xstrndup(last, last_len);
}

static int
check_words(const struct desk_call *call, struct err *err)
{
	const struct desk_command *command = call->command;
	size_t count = call->args.words.len;

	if (count < command->min_words) {
		char *missing = nth_argument(command->args, count);

		err_set(err, ERR_USAGE, "%s: something is missing: %s",
		    command->name, missing);
		free(missing);
		return -1;
	}
	if (count > command->max_words &&
	    (command->max_words > 0 || command->min_words == 0))
		return err_set(err, ERR_USAGE,
		    "%s: \"%.100s\" is one word too many (words with blanks "
		    "stand in quotes)",
		    command->name, call->args.words.items[command->max_words]);
	return 0;
}

/* The party an act is done for, under the name the register has. */
static int
read_by(struct desk_call *call, const char *by, struct err *err)
{
	struct party party;

	if (parties_find(call->db, by, &call->by_id, err) == -1)
		return err_wrap(err, "--by");
	if (parties_get(call->db, call->by_id, call->today, &party, err) != 1)
		return -1;
	call->by = xstrdup(party.name);
	call->doer.by = call->by;
	party_clear(&party);
	return 0;
}

static bool
has_option(const struct arg_option *options, const char *name)
{
	for (; options != NULL && options->name != NULL; options++)
		if (strcmp(options->name, name) == 0)
			return true;
	return false;
}

static int
read_doer(struct desk_call *call, struct err *err)
{
	const char *by = args_value(&call->args, "by");
	const char *on = args_value(&call->args, "on");

	call->doer = (struct doer){
		.actor = call->request->actor != NULL ? call->request->actor
						      : "unknown",
		.on = call->today,
		.at = call->now,
	};
	if (call->command->mode != DESK_WRITES)
		return 0;
	if (by != NULL && call->db != NULL && read_by(call, by, err) == -1)
		return -1;
	if (on == NULL || has_option(call->command->options, "on"))
		return 0;
	if (desk_day(call, "on", on, &call->doer.on, err) == -1)
		return -1;
	if (call->doer.on > call->today)
		return err_set(err, ERR_USAGE,
		    "--on: an act cannot be done on a day to come");
	return 0;
}

static int
prepare(struct desk_call *call, struct err *err)
{
	struct desk_request *request = call->request;
	size_t taken;

	call->command = find(request->args.items, request->args.len, &taken);
	if (call->command == NULL)
		return no_such_command(request, err);
	if (args_parse((const char *const *)request->args.items + taken,
		request->args.len - taken, call->command->options,
		call->command->mode == DESK_WRITES ? write_options : NULL,
		&call->args, err) == -1 ||
	    check_words(call, err) == -1 || check_access(call, err) == -1)
		return -1;
	return read_doer(call, err);
}

struct desk_call *
desk_start(const struct conf *conf, struct db *db, struct desk_request *request,
    struct desk_answer *answer)
{
	struct desk_call *call = xcalloc(1, sizeof *call);
	struct err err;

	call->conf = conf;
	call->db = db;
	call->request = request;
	call->answer = answer;
	call->slice_ms = SLICE_MS;
	call->now = request->now != INSTANT_NONE ? request->now : clock_now();
	call->today = conf != NULL ? zone_day(&conf->zone, call->now, NULL)
				   : (int)(call->now / 86400);
	if (prepare(call, &err) == -1)
		answer_error(call, &err);
	return call;
}

void
desk_finish(struct desk_call *call)
{
	if (call == NULL)
		return;
	if (call->state_free != NULL)
		call->state_free(call->state);
	args_clear(&call->args);
	free(call->by);
	free(call);
}

/* The register cannot take a row: it is left out, the rest goes on. A failure
 * of the machine is not the row's. */
static int
resume_without(struct db *db, const struct import *import, int64_t row,
    int64_t now, struct err *err)
{
	struct err why = *err;

	if (why.code == ERR_SYSTEM || why.code == ERR_TEMP || row == 0)
		return -1;
	if (db_begin(db, err) == -1)
		return -1;
	if (import_skip(db, import, row, why.text, now, err) == -1) {
		db_rollback(db);
		return -1;
	}
	return db_commit(db, err) == -1 ? -1 : 1;
}

static int
resume(const struct conf *conf, struct db *db, int64_t now, int slice_ms,
    struct err *err)
{
	struct import import;
	int64_t bad = 0;
	int rc = imports_applying(db, &import, err);

	if (rc != 1)
		return rc;
	rc = db_begin(db, err);
	if (rc == 0 &&
	    import_slice(conf, db, &import, now, slice_ms, &bad, err) == -1) {
		db_rollback(db);
		rc = resume_without(db, &import, bad, now, err);
	} else if (rc == 0) {
		rc = db_commit(db, err) == -1 ? -1 : 1;
	}
	import_clear(&import);
	return rc;
}

/* No turn could be had. Where somebody else has the register for a moment, that
 * is said and no more; else whoever holds it must stop. */
static int
no_turn(struct desk_call *call, const struct err *err)
{
	if (db_in_transaction(call->db))
		db_rollback(call->db);
	answer_error(call, err);
	return err->code == ERR_TEMP ? 0 : -1;
}

static int
turn_writing(struct desk_call *call)
{
	struct err err;
	int rc = resume(call->conf, call->db, call->now, call->slice_ms, &err);

	/* What was begun goes first: nobody writes on a half applied state. */
	if (rc == -1)
		return no_turn(call, &err);
	if (rc == 1)
		return DESK_MORE;
	if (db_begin(call->db, &err) == -1)
		return no_turn(call, &err);
	rc = call->command->run(call, &err);
	if (rc == -1) {
		db_rollback(call->db);
		answer_error(call, &err);
		return 0;
	}
	if (db_commit(call->db, &err) == -1)
		return no_turn(call, &err);
	call->answered = rc == 0;
	return rc;
}

int
desk_turn(struct desk_call *call)
{
	struct err err;
	int rc;

	if (call->answered)
		return 0;
	if (call->command->mode == DESK_WRITES)
		return turn_writing(call);
	rc = call->command->run(call, &err);
	if (rc == -1) {
		answer_error(call, &err);
		return 0;
	}
	call->answered = rc == 0;
	return rc;
}

/* ---- for the handlers ---- */

void
desk_spill(struct desk_call *call)
{
	if (call->answer->spill != NULL && call->answer->out.len >= SPILL_AT)
		call->answer->spill(call->answer);
}

void
desk_remark(struct desk_call *call, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&call->answer->err, format, ap);
	va_end(ap);
	buf_putc(&call->answer->err, '\n');
}

int
desk_day(struct desk_call *call, const char *option, const char *text, int *out,
    struct err *err)
{
	struct words_env env = {
		.base_on = call->today,
		.base_until_on = DAY_NONE,
	};
	struct words_answer answer;
	int day = day_read(text);

	if (day == DAY_NONE && call->conf != NULL) {
		env.calendar = &call->conf->calendar;
		env.policy = &call->conf->words;
		if (words_resolve(text, &env, &answer, err) == -1)
			return -1;
		if (answer.earliest_on == DAY_NONE)
			day = answer.due_on;
		words_answer_clear(&answer);
	}
	if (day == DAY_NONE)
		return err_set(err, ERR_USAGE,
		    "--%s: \"%.60s\" is no day; write it as 2018-11-07 or "
		    "7/11/2018",
		    option, text);
	*out = day;
	return 0;
}

int
desk_resume(
    const struct conf *conf, struct db *db, int64_t now, struct err *err)
{
	return resume(conf, db, now, SLICE_MS, err);
}
