/* SPDX-License-Identifier: ISC */
/* The command that adds one entry by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "desk/dates.h"
#include "desk/days.h"
#include "desk/draft.h"
#include "desk/filter.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/planning.h"
#include "desk/record.h"

static int
add_origin(struct desk_call *call, struct entry *entry, struct err *err)
{
	struct report report;
	const char *code = args_value(&call->args, "report");
	const char *under = args_value(&call->args, "under");
	struct entry parent;

	if (look_series_option(call, "series", &entry->series_id, err) == -1 ||
	    look_day_option(call, "held-on", &entry->held_on, err) == -1 ||
	    look_moment_option(
		call, "base", &entry->base_on, &entry->base_minute, err) == -1)
		return -1;
	if (under != NULL) {
		if (look_entry(call, under, &parent, err) == -1)
			return -1;
		if (!entry_state_is_live(parent.state) &&
		    parent.state != ENTRY_UNCONFIRMED) {
			err_set(err, ERR_CONFLICT,
			    "%s is finished, and nothing of it is left to do: "
			    "reopen it first",
			    parent.ref);
			entry_clear(&parent);
			return -1;
		}
		entry->parent_id = parent.id;
		if (entry->series_id == 0 && code == NULL) {
			entry->series_id = parent.series_id;
			entry->report_id = parent.report_id;
		}
		if (entry->base_on == DAY_NONE)
			entry->base_on = parent.base_on;
		entry_clear(&parent);
	}
	if (code != NULL) {
		if (look_report(call, code, &report, err) == -1)
			return -1;
		entry->report_id = report.id;
		/* Printed periods count from the day of publication. */
		if (entry->base_on == DAY_NONE)
			entry->base_on = report.published_on;
		report_clear(&report);
	}
	return 0;
}

/* What nothing else says counts from the meeting, or from now. */
static int
add_base(struct desk_call *call, struct entry *entry, struct err *err)
{
	const char *name = args_value(&call->args, "clock");
	const struct clock *clock =
	    name == NULL ? NULL : conf_clock(call->conf, name);
	struct meeting next;
	int rc;

	if (entry->base_on != DAY_NONE)
		return 0;
	if (clock != NULL && clock_is_backward(clock->mode)) {
		rc = entry->series_id == 0
			 ? 0
			 : meetings_next(call->db, entry->series_id,
			       call->doer.on, &next, err);
		if (rc == 0)
			return err_set(err, ERR_USAGE,
			    "the clock %s counts back from a meeting: give its "
			    "day with --base, or a --series that has a next "
			    "one",
			    clock->name);
		if (rc == -1)
			return -1;
		entry->base_on = next.held_on;
		meeting_clear(&next);
		return 0;
	}
	entry->base_on =
	    entry->held_on != DAY_NONE ? entry->held_on : call->doer.on;
	if (clock != NULL && clock->mode == CLOCK_HOURS &&
	    entry->held_on == DAY_NONE && entry->base_on == call->today)
		(void)zone_day(
		    &call->conf->zone, call->now, &entry->base_minute);
	return 0;
}

static int
add_due(struct desk_call *call, struct entry *entry, struct err *err)
{
	const char *words = args_value(&call->args, "due");
	const char *clock = args_value(&call->args, "clock");
	struct dating dating;
	int rc;

	if (words != NULL && clock != NULL)
		return err_set(err, ERR_USAGE,
		    "--due and --clock both set the date; give one");
	if (clock == NULL && entry->base_minute >= 0)
		return err_set(err, ERR_USAGE,
		    "--base: a time of day counts with a clock of hours only");
	if (dating_load(&dating, call->conf, call->db, err) == -1)
		return -1;
	if (clock != NULL)
		rc = dating_clock(&dating, entry, clock, err);
	else
		rc = draft_due(
		    &dating, call->db, entry, words != NULL ? words : "", err);
	dating_clear(&dating);
	return rc;
}

static int
check_kind(struct desk_call *call, const char *kind, struct err *err)
{
	const char *near = near_find(kind, conf_kinds(), 9);

	if (conf_is_kind(call->conf, kind))
		return 0;
	return err_set(err, ERR_USAGE,
	    "\"%.40s\" is no kind of entry%s%s; there are action, "
	    "recommendation, afi, concern, paper, approval, bid, duty, "
	    "commitment, and those of the configuration",
	    kind, near != NULL ? ", did you mean " : "",
	    near != NULL ? near : "");
}

static void
copy_option(struct desk_call *call, const char *option, char **to)
{
	const char *text = args_value(&call->args, option);
	struct buf clean = { 0 };

	if (text == NULL || *text == '\0')
		return;
	text_add_squeezed(&clean, text);
	*to = buf_take(&clean);
}

static int
fill_draft(struct desk_call *call, struct entry *entry, struct err *err)
{
	struct buf text = { 0 };

	if (check_kind(call, args_word(&call->args, 0), err) == -1)
		return -1;
	entry->kind = xstrdup(args_word(&call->args, 0));
	text_add_squeezed(&text, args_word(&call->args, 1));
	entry->text = buf_take(&text);
	entry->state = args_has(&call->args, "unconfirmed") ? ENTRY_UNCONFIRMED
							    : ENTRY_OPEN;
	copy_option(call, "ref", &entry->ref);
	copy_option(call, "item", &entry->item);
	copy_option(call, "para", &entry->para);
	copy_option(call, "source", &entry->source);
	copy_option(call, "priority", &entry->priority);
	entry->restricted = args_has(&call->args, "restricted");
	if (draft_owners(call, entry, "owner", ROLE_OWNER, err) == -1 ||
	    draft_owners(call, entry, "co-owner", ROLE_CO_OWNER, err) == -1 ||
	    draft_owners(call, entry, "sponsor", ROLE_SPONSOR, err) == -1 ||
	    add_origin(call, entry, err) == -1 ||
	    add_base(call, entry, err) == -1 || add_due(call, entry, err) == -1)
		return -1;
	return 0;
}

static int
run_add(struct desk_call *call, struct err *err)
{
	struct entry entry;
	int rc = -1;

	entry_init(&entry);
	if (fill_draft(call, &entry, err) == -1 ||
	    entries_add(call->db, &entry, &call->doer, err) == -1)
		goto out;
	draft_print(call, entry.id, "added", true);
	if (entry_owner(&entry, ROLE_OWNER) == NULL)
		desk_remark(call,
		    "%s has no owner: its secretary is asked. Give one with: "
		    "nudgectl assign %s --owner NAME",
		    entry.ref, entry.ref);
	rc = 0;
out:
	entry_clear(&entry);
	return rc;
}

static const struct arg_option add_options[] = {
	{ "owner", ARG_MANY },
	{ "co-owner", ARG_MANY },
	{ "sponsor", ARG_MANY },
	{ "due", ARG_VALUE },
	{ "series", ARG_VALUE },
	{ "held-on", ARG_VALUE },
	{ "report", ARG_VALUE },
	{ "under", ARG_VALUE },
	{ "base", ARG_VALUE },
	{ "clock", ARG_VALUE },
	{ "ref", ARG_VALUE },
	{ "item", ARG_VALUE },
	{ "para", ARG_VALUE },
	{ "source", ARG_VALUE },
	{ "priority", ARG_VALUE },
	{ "restricted", ARG_FLAG },
	{ "unconfirmed", ARG_FLAG },
	{ "anyway", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

const struct desk_command add_commands[] = {
	{
	    .name = "add",
	    .args = "KIND \"TEXT\" [--owner X] [--due \"WORDS\"] ...",
	    .summary = "Adds an entry",
	    .help =
		"  --owner X          may come again; also --co-owner, "
		"--sponsor\n"
		"  --due \"WORDS\"      a day, or words counted from --base\n"
		"  --clock NAME       or a clock of the configuration\n"
		"  --base DAY         else the meeting, the publication, "
		"today;\n"
		"                     DAYTHH:MM for a clock of hours\n"
		"  --series CODE --held-on DAY   the meeting it comes from\n"
		"  --report CODE --under REF     or the report, or the entry\n"
		"  --ref REF --item N --para N --source TEXT --priority P\n"
		"  --restricted       its text stays inside\n"
		"  --unconfirmed      to be looked at before anybody is "
		"chased\n"
		"  --anyway           also to somebody who has left\n\n"
		"  nudgectl add action \"Send the plan\" --owner \"Ann "
		"Other\" \\\n"
		"      --due \"within two weeks\" --series WT\n",
	    .mode = DESK_WRITES,
	    .access = ACCESS_EDIT,
	    .file_arg = -1,
	    .run = run_add,
	    .options = add_options,
	    .min_words = 2,
	    .max_words = 2,
	},
	{ .name = NULL },
};
