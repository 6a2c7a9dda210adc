/* SPDX-License-Identifier: ISC */
/* The commands that show entries; adding is in add.c, acts on them in acts.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/lifecycle.h"
#include "core/near.h"
#include "core/text.h"
#include "desk/dates.h"
#include "desk/days.h"
#include "desk/draft.h"
#include "desk/filter.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/plain.h"
#include "desk/planning.h"
#include "desk/record.h"

/* ---- list ---- */

struct listing {
	struct desk_call *call;
	const struct filter *filter;
	struct table table;
	struct json_list json;
	long long count, overdue, flagged;
};

/* When what has no date is asked for one. */
static void
ask_cell(struct table *table, const struct entry *entry, bool plain)
{
	char day[DAY_LONG_MAX], iso[DAY_TEXT_MAX];

	if (entry->review_on == DAY_NONE)
		table_add(table, plain ? "" : "-");
	else
		table_add(table, plain ? day_iso(entry->review_on, iso)
				       : day_short(entry->review_on, day));
}

static int
list_entry(void *ctx, const struct entry *entry, struct err *err)
{
	struct listing *l = ctx;
	struct desk_call *call = l->call;

	(void)err;
	if (!filter_has(l->filter, entry))
		return 0;
	l->count++;
	l->overdue += entry_overdue_days(entry, call->today) > 0;
	l->flagged += entry->flag != NULL;
	if (call->request->json) {
		json_list_add(&l->json, record_json(entry, call->today));
		desk_spill(call);
		return 0;
	}
	record_row(&l->table, entry, call->today, call->request->columns == 0);
	if (l->filter->entries.undated)
		ask_cell(&l->table, entry, call->request->columns == 0);
	/* A pipe needs no widths: nothing is kept. */
	if (call->request->columns == 0) {
		table_print(&l->table, 0, &call->answer->out);
		table_clear(&l->table);
		desk_spill(call);
	}
	return 0;
}

static void
list_footer(const struct listing *l)
{
	struct buf *out = &l->call->answer->out;
	char count[SHOW_COUNT_MAX];

	buf_printf(out, "%s%s", l->count > 0 ? "\n" : "",
	    show_count(l->count, "entry", "entries", count));
	if (l->overdue > 0)
		buf_printf(out, ", %lld overdue", l->overdue);
	if (l->flagged > 0)
		buf_printf(out, "; ! marks %lld to look at (nudgectl why REF)",
		    l->flagged);
	buf_putc(out, '\n');
}

static int
run_list(struct desk_call *call, struct err *err)
{
	struct table_column columns[RECORD_COLUMNS + 1] = {
		[RECORD_COLUMNS] = { .title = "Ask" }
	};
	struct filter filter;
	struct listing l = {
		.call = call,
		.filter = &filter,
		.table = { columns, RECORD_COLUMNS, { 0 } },
		.json = { &call->answer->out, 0 },
	};
	int rc;

	if (filter_read(call, &filter, err) == -1)
		return -1;
	for (size_t i = 0; i < RECORD_COLUMNS; i++)
		columns[i] = record_columns[i];
	l.table.ncolumns += filter.entries.undated;
	rc = entries_each(call->db, &filter.entries, list_entry, &l, err);
	if (rc == 0 && call->request->json)
		json_list_end(&l.json);
	else if (rc == 0 && call->request->columns > 0) {
		table_print(
		    &l.table, call->request->columns, &call->answer->out);
		list_footer(&l);
	}
	table_clear(&l.table);
	return rc;
}

/* ---- show ---- */

struct children {
	struct buf refs;
	json_t *json;
};

static int
add_child(void *ctx, const struct entry *entry, struct err *err)
{
	struct children *c = ctx;

	(void)err;
	buf_printf(&c->refs, "%s%s (%s)", c->refs.len > 0 ? ", " : "",
	    entry->ref, entry_state_name(entry->state));
	json_array_append_new(c->json, json_string(entry->ref));
	return 0;
}

static const char *const slip_states[] = {
	[SLIP_PENDING] = "pending",
	[SLIP_AGREED] = "agreed",
	[SLIP_REFUSED] = "refused",
};

struct slips {
	struct buf text;
	struct buf first; /* asking for a date where there was none: no slip */
	json_t *json;
};

static int
add_slip(void *ctx, const struct slip *slip, struct err *err)
{
	struct slips *s = ctx;
	json_t *o = json_object();
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];

	(void)err;
	if (slip->old_on == DAY_NONE)
		buf_puts(&s->first, s->first.len > 0 ? "\n" : "");
	else
		buf_printf(&s->text, "%s%s to ", s->text.len > 0 ? "\n" : "",
		    day_short(slip->old_on, a));
	buf_printf(slip->old_on == DAY_NONE ? &s->first : &s->text,
	    "%s, %s%s%s: %s",
	    slip->new_on == DAY_NONE ? "no date" : day_short(slip->new_on, b),
	    slip_states[slip->state], slip->agreed_by != NULL ? " by " : "",
	    slip->agreed_by != NULL ? slip->agreed_by : "",
	    slip->reason != NULL ? slip->reason : "no reason given");
	json_put_day(o, "old_on", slip->old_on);
	json_put_day(o, "new_on", slip->new_on);
	json_put_text(o, "phrase", slip->phrase);
	json_put_text(o, "reason", slip->reason);
	json_put_text(o, "asked_by", slip->asked_by);
	json_put_text(o, "agreed_by", slip->agreed_by);
	json_put_day(o, "asked_on", slip->asked_on);
	json_put_day(o, "decided_on", slip->decided_on);
	json_put_text(o, "state", slip_states[slip->state]);
	json_array_append_new(s->json, o);
	return 0;
}

static void
show_origin(struct buf *out, int width, const struct entry *entry)
{
	char day[DAY_LONG_MAX];
	struct buf from = { 0 };

	if (entry->series != NULL)
		buf_puts(&from, entry->series);
	if (entry->held_on != DAY_NONE)
		buf_printf(&from, "%s%s", from.len > 0 ? " of " : "",
		    day_long(entry->held_on, day));
	if (entry->report != NULL)
		buf_printf(&from, "%sreport %s%s%s", from.len > 0 ? ", " : "",
		    entry->report, entry->body != NULL ? " of " : "",
		    entry->body != NULL ? entry->body : "");
	if (entry->item != NULL)
		buf_printf(&from, ", item %s", entry->item);
	if (entry->para != NULL)
		buf_printf(&from, ", paragraph %s", entry->para);
	if (entry->source != NULL)
		buf_printf(&from, "; %s", entry->source);
	if (from.len > 0)
		show_field(out, width, "From", "%s",
		    buf_text(&from) +
			(strncmp(buf_text(&from), ", ", 2) == 0 ? 2 : 0));
	buf_clear(&from);
}

static void
show_role(struct buf *out, int width, const char *label,
    const struct entry *entry, enum owner_role role)
{
	char *names = record_owners(entry, role);

	if (names != NULL)
		show_field(out, width, label, "%s", names);
	free(names);
}

/* text is taken over; what is empty is left out. */
static void
show_plain(struct buf *out, int width, const char *label, char *text)
{
	if (*text != '\0')
		show_field(out, width, label, "%s", text);
	free(text);
}

/* "executive_response, statutory: Local Government Act 2000 s.9FE" */
static void
show_clock(struct desk_call *call, const struct entry *entry)
{
	const struct clock *clock;
	const char *source;

	if (entry->clock == NULL)
		return;
	clock = conf_clock(call->conf, entry->clock);
	source = clock != NULL ? clock->source : NULL;
	show_field(&call->answer->out, call->request->columns, "Clock",
	    "%s%s%s%s", entry->clock, entry->statutory ? ", statutory" : "",
	    source != NULL ? ": " : "", source != NULL ? source : "");
}

/* Of several who own it, those who have not answered while another has. */
static void
show_awaited(struct buf *out, int width, const struct entry *entry)
{
	char *names = lifecycle_unanswered(entry);
	bool answered = false;

	VEC_EACH (const struct owner, o, &entry->owners)
		answered = answered || lifecycle_has_answered(entry, o);
	if (answered)
		show_field(out, width, "Waits for", "%s", names);
	free(names);
}

static void
show_record(struct desk_call *call, const struct entry *entry,
    const struct children *children, const struct slips *slips)
{
	struct buf *out = &call->answer->out;
	int width = call->request->columns;
	char *due = record_due(entry, call->today);
	char *state = record_state(entry, call->today);
	char day[DAY_LONG_MAX];

	show_field(out, width, entry->ref, "%s", entry->text);
	show_field(out, width, "Kind", "%s%s%s%s", entry->kind,
	    entry->priority != NULL ? ", priority " : "",
	    entry->priority != NULL ? entry->priority : "",
	    entry->is_restricted ? ", restricted" : "");
	show_field(out, width, "State", "%s", state);
	if (entry_owner(entry, ROLE_OWNER) == NULL)
		show_field(out, width, "Owner", "(nobody)");
	show_role(out, width, "Owner", entry, ROLE_OWNER);
	show_role(out, width, "Co-owners", entry, ROLE_CO_OWNER);
	show_role(out, width, "Sponsor", entry, ROLE_SPONSOR);
	show_awaited(out, width, entry);
	show_field(out, width, "Due", "%s", due);
	if (entry->due_phrase != NULL)
		show_field(out, width, "Words", "\"%s\"", entry->due_phrase);
	if (entry->rule != NULL)
		show_plain(out, width, "Rule", plain_rule(entry->rule));
	show_clock(call, entry);
	if (entry->original_due_on != DAY_NONE &&
	    entry->original_due_on != entry->due_on)
		show_field(out, width, "Originally", "%s",
		    day_long(entry->original_due_on, day));
	if (slips->first.len > 0)
		show_field(
		    out, width, "First date", "%s", buf_text(&slips->first));
	if (slips->text.len > 0)
		show_field(out, width, "Slips", "%s", buf_text(&slips->text));
	if (entry->extension_pending)
		show_field(
		    out, width, "Pending", "another date has been asked for");
	show_origin(out, width, entry);
	if (children->refs.len > 0)
		show_field(
		    out, width, "Sub-points", "%s", buf_text(&children->refs));
	if (entry->update_note != NULL)
		show_field(out, width, "Last word", "%s: %s",
		    entry->updated_on == DAY_NONE
			? "undated"
			: day_long(entry->updated_on, day),
		    entry->update_note);
	if (entry->flag != NULL)
		show_plain(out, width, "Look at", plain_flag(entry->flag));
	free(due);
	free(state);
}

static int
run_show(struct desk_call *call, struct err *err)
{
	struct children children = { { 0 }, json_array() };
	struct slips slips = { { 0 }, { 0 }, json_array() };
	struct entry_filter filter;
	struct entry entry;
	json_t *o;
	int rc = -1;

	if (look_entry(call, args_word(&call->args, 0), &entry, err) == -1)
		goto none;
	entry_filter_init(&filter, call->today);
	filter.parent_id = entry.id;
	if (entries_each(call->db, &filter, add_child, &children, err) == -1 ||
	    slips_each(call->db, entry.id, add_slip, &slips, err) == -1)
		goto out;
	if (call->request->json) {
		o = record_json(&entry, call->today);
		json_object_set(o, "slip_list", slips.json);
		json_object_set(o, "sub_points", children.json);
		json_print(o, &call->answer->out);
	} else {
		show_record(call, &entry, &children, &slips);
	}
	rc = 0;
out:
	entry_clear(&entry);
none:
	buf_clear(&children.refs);
	buf_clear(&slips.text);
	buf_clear(&slips.first);
	json_decref(children.json);
	json_decref(slips.json);
	return rc;
}

/* ---- history ---- */

struct story {
	struct desk_call *call;
	struct json_list json;
};

static bool
is_switch(const char *value)
{
	return value != NULL &&
	       (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0);
}

/* "due date: 7 November 2018, now 7 January 2019 (the server came late)" */
static void
add_change(struct buf *out, const struct event *event)
{
	buf_puts(out, event->what);
	if (is_switch(event->old) && is_switch(event->new)) {
		/* "at risk", "at risk: no longer" */
		if (strcmp(event->new, "no") == 0)
			buf_puts(out, ": no longer");
	} else if (event->old != NULL && event->new != NULL)
		buf_printf(out, ": %s, now %s", event->old, event->new);
	else if (event->new != NULL)
		buf_printf(out, ": %s", event->new);
	else if (event->old != NULL)
		buf_printf(out, ": no longer %s", event->old);
	if (event->note != NULL)
		buf_printf(out, " (%s)", event->note);
}

static json_t *
event_json(struct desk_call *call, const struct event *event)
{
	json_t *o = json_object();
	char at[INSTANT_TEXT_MAX];

	json_put_text(
	    o, "at", instant_rfc3339(&call->conf->zone, event->at, at));
	json_put_text(o, "actor", event->actor);
	json_put_text(o, "by", event->by);
	json_put_day(o, "done_on", event->done_on);
	json_put_text(o, "what", event->what);
	json_put_text(o, "old", event->old);
	json_put_text(o, "new", event->new);
	json_put_text(o, "note", event->note);
	return o;
}

static int
tell_event(void *ctx, const struct event *event, struct err *err)
{
	struct story *s = ctx;
	struct desk_call *call = s->call;
	struct buf line = { 0 }, who = { 0 };
	char at[INSTANT_TEXT_MAX], day[DAY_LONG_MAX];
	int width = call->request->columns;

	(void)err;
	if (call->request->json) {
		json_list_add(&s->json, event_json(call, event));
		return 0;
	}
	add_change(&line, event);
	buf_puts(&who, event->actor);
	if (event->by != NULL)
		buf_printf(&who, " for %s", event->by);
	if (event->done_on != DAY_NONE &&
	    event->done_on != zone_day(&call->conf->zone, event->at, NULL))
		buf_printf(&who, ", done on %s", day_long(event->done_on, day));
	instant_local(&call->conf->zone, event->at, at);
	if (width <= 0) {
		struct buf clean = { 0 };

		text_add_squeezed(&clean, buf_text(&line));
		buf_printf(&call->answer->out, "%s\t%s\t%s\n", at,
		    buf_text(&who), buf_text(&clean));
		buf_clear(&clean);
	} else {
		struct buf first = { 0 };

		buf_printf(&line, " - %s", buf_text(&who));
		buf_printf(&first, "%s  ", at);
		text_add_wrapped(&call->answer->out, buf_text(&line),
		    (size_t)width, buf_text(&first), "                  ");
		buf_putc(&call->answer->out, '\n');
		buf_clear(&first);
	}
	buf_clear(&line);
	buf_clear(&who);
	return 0;
}

static int
run_history(struct desk_call *call, struct err *err)
{
	struct story s = { call, { &call->answer->out, 0 } };
	struct entry entry;
	int rc;

	if (look_entry(call, args_word(&call->args, 0), &entry, err) == -1)
		return -1;
	rc = register_history(
	    call->db, "entry", entry.id, INSTANT_NONE, tell_event, &s, err);
	if (rc == 0 && call->request->json)
		json_list_end(&s.json);
	entry_clear(&entry);
	return rc;
}

/* ---- why ---- */

static int
run_why(struct desk_call *call, struct err *err)
{
	struct entry entry;
	struct buf why = { 0 };
	int day = call->today;
	json_t *o;
	int rc;

	if (look_day_option(call, "on", &day, err) == -1 ||
	    look_entry(call, args_word(&call->args, 0), &entry, err) == -1)
		return -1;
	record_why(&entry, call->conf, day, &why);
	if (call->request->json) {
		o = record_json(&entry, day);
		json_put_text(o, "why", buf_text(&why));
		rc = planning_why(call, &entry, day, o, err);
		if (rc == 0)
			json_print(o, &call->answer->out);
		else
			json_decref(o);
	} else {
		if (call->request->columns > 0)
			text_add_wrapped(&call->answer->out, buf_text(&why),
			    (size_t)call->request->columns, "", "");
		else
			buf_puts(&call->answer->out, buf_text(&why));
		buf_putc(&call->answer->out, '\n');
		rc = planning_why(call, &entry, day, NULL, err);
	}
	buf_clear(&why);
	entry_clear(&entry);
	return rc;
}

/* ---- the table ---- */

static const struct arg_option list_options[] = { FILTER_OPTIONS,
	{ NULL, ARG_FLAG } };

static const struct arg_option why_options[] = { { "on", ARG_VALUE },
	{ NULL, ARG_FLAG } };

const struct desk_command entries_commands[] = {
	{
	    .name = "list",
	    .args = "[--overdue] [--due-before DAY] ...",
	    .summary = "Lists entries, by due day",
	    .help =
		"  --overdue          only those past their due day\n"
		"  --due-before DAY   due from today to that day\n"
		"  --owner X --series CODE --report CODE --state S --kind K\n"
		"                     (X also as who holds an office "
		"today)\n"
		"  --undated          with the day to ask on; --unowned\n"
		"  --all              finished ones too\n",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .run = run_list,
	    .options = list_options,
	},
	{
	    .name = "show",
	    .args = "REF",
	    .summary = "Shows everything about one entry",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .run = run_show,
	    .min_words = 1,
	    .max_words = 1,
	},
	{
	    .name = "history",
	    .args = "REF",
	    .summary = "Tells what happened to an entry, and who did it",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .run = run_history,
	    .min_words = 1,
	    .max_words = 1,
	},
	{
	    .name = "why",
	    .args = "REF [--on DAY]",
	    .summary = "Says how an entry's date came about",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .run = run_why,
	    .options = why_options,
	    .min_words = 1,
	    .max_words = 1,
	},
	{ .name = NULL },
};
