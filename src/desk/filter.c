/* SPDX-License-Identifier: ISC */
/* Options of list and export into a filter of entries. */
#include "desk/filter.h"

#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "desk/look.h"

static int
set_state(struct filter *filter, const char *text, struct err *err)
{
	int state = entry_state_parse(text);

	if (state == -1)
		return err_set(err, ERR_USAGE,
		    "\"%.40s\" is no state; there are unconfirmed, open, "
		    "blocked, on_hold, proposed, closed, withdrawn, "
		    "superseded, not_accepted",
		    text);
	filter->entries.has_state = true;
	filter->entries.state = (enum entry_state)state;
	return 0;
}

static int
set_series(struct desk_call *call, struct filter *filter, const char *text,
    struct err *err)
{
	struct series series;

	if (look_series(call, text, &series, err) == -1)
		return -1;
	filter->entries.series_id = series.id;
	series_clear(&series);
	return 0;
}

static int
set_report(struct desk_call *call, struct filter *filter, const char *text,
    struct err *err)
{
	struct report report;

	if (look_report(call, text, &report, err) == -1)
		return -1;
	filter->entries.report_id = report.id;
	report_clear(&report);
	return 0;
}

static int
set_parent(struct desk_call *call, struct filter *filter, const char *text,
    struct err *err)
{
	struct entry entry;

	if (look_entry(call, text, &entry, err) == -1)
		return -1;
	filter->entries.parent_id = entry.id;
	entry_clear(&entry);
	return 0;
}

static int
set_value(struct desk_call *call, struct filter *filter, const char *name,
    const char *text, struct err *err)
{
	if (strcmp(name, "due-before") == 0)
		return desk_day(
		    call, name, text, &filter->entries.due_before, err);
	if (strcmp(name, "due-from") == 0)
		return desk_day(
		    call, name, text, &filter->entries.due_from, err);
	if (strcmp(name, "owner") == 0)
		return look_party(call, text, &filter->entries.owner_id, err);
	if (strcmp(name, "series") == 0)
		return set_series(call, filter, text, err);
	if (strcmp(name, "report") == 0)
		return set_report(call, filter, text, err);
	if (strcmp(name, "under") == 0)
		return set_parent(call, filter, text, err);
	if (strcmp(name, "state") == 0)
		return set_state(filter, text, err);
	filter->entries.kind = text;
	return 0;
}

static void
set_flag(struct filter *filter, const char *name)
{
	if (strcmp(name, "overdue") == 0)
		filter->entries.overdue = true;
	else if (strcmp(name, "undated") == 0)
		filter->entries.undated = true;
	else if (strcmp(name, "unowned") == 0)
		filter->entries.unowned = true;
	else
		filter->all = true;
}

static int
set_where(struct desk_call *call, struct filter *filter, const char *text,
    struct err *err)
{
	static const char *const flags[] = { "overdue", "undated", "unowned",
		"all" };
	static const char *const values[] = { "due-before", "due-from", "owner",
		"series", "report", "under", "state", "kind" };
	size_t len = strcspn(text, "=");

	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
		if (strcmp(text, flags[i]) == 0) {
			set_flag(filter, flags[i]);
			return 0;
		}
	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
		if (text[len] == '=' && strlen(values[i]) == len &&
		    strncmp(text, values[i], len) == 0)
			return set_value(
			    call, filter, values[i], text + len + 1, err);
	return err_set(err, ERR_USAGE,
	    "--where \"%.60s\": write overdue, undated, unowned, all, or one "
	    "of due-before, due-from, owner, series, report, under, state, "
	    "kind with =VALUE",
	    text);
}

/* Options of export that choose no entries. */
static bool
is_other(const char *name)
{
	return strcmp(name, "format") == 0 || strcmp(name, "restricted") == 0;
}

int
filter_read(struct desk_call *call, struct filter *out, struct err *err)
{
	entry_filter_init(&out->entries, call->today);
	out->all = false;
	VEC_EACH (const struct arg_value, arg, &call->args.values) {
		int rc = 0;

		if (strcmp(arg->name, "where") == 0)
			rc = set_where(call, out, arg->value, err);
		else if (arg->value == NULL && !is_other(arg->name))
			set_flag(out, arg->name);
		else if (!is_other(arg->name))
			rc = set_value(call, out, arg->name, arg->value, err);
		if (rc == -1)
			return -1;
	}
	return 0;
}

bool
filter_has(const struct filter *filter, const struct entry *entry)
{
	if (filter->all || filter->entries.has_state)
		return true;
	return entry_state_is_live(entry->state) ||
	       entry->state == ENTRY_UNCONFIRMED;
}
