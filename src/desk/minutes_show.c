/* SPDX-License-Identifier: ISC */
/* What was found in a paper: for people, and as JSON; see minutes.h. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/minutes.h"
#include "desk/show.h"

char *
minutes_owners_text(const struct minutes_entry *entry)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < entry->owners.len; i++)
		buf_printf(
		    &b, "%s%s", i > 0 ? "; " : "", entry->owners.items[i].name);
	return buf_take(&b);
}

/* ---- for people ---- */

static void
show_meeting_head(struct desk_call *call, const struct minutes_meeting *m)
{
	struct buf *out = &call->answer->out;
	int width = call->request->columns;
	size_t present = 0, apologies = 0;
	char day[DAY_LONG_MAX];

	VEC_EACH (struct minutes_person, p, &m->people) {
		present += p->presence == MINUTES_PRESENT;
		apologies += p->presence == MINUTES_APOLOGIES;
	}
	buf_printf(out, "%s%s%s\n", m->title != NULL ? m->title : "(no title)",
	    m->series != NULL ? ", series " : "",
	    m->series != NULL ? m->series : "");
	if (m->held_on != DAY_NONE)
		show_field(out, width, "Held", "%s",
		    day_long_weekday(m->held_on, day));
	if (m->starts_at >= 0)
		show_field(out, width, "Time", "%02d:%02d", m->starts_at / 60,
		    m->starts_at % 60);
	show_field(out, width, "Venue", "%s", m->venue == NULL ? "" : m->venue);
	show_field(out, width, "Chair", "%s", m->chair == NULL ? "" : m->chair);
	show_field(out, width, "State", "%s", minutes_state_text(m));
	if (m->next_on != DAY_NONE)
		show_field(out, width, "Next", "%s",
		    day_long_weekday(m->next_on, day));
	if (m->people.len > 0)
		show_field(out, width, "People",
		    "%zu present, %zu sent apologies", present, apologies);
	if (m->noted > 0)
		show_field(
		    out, width, "Noted", "%zu clauses, not taken", m->noted);
}

static void
due_cell(struct table *table, const struct minutes_entry *e)
{
	char day[DAY_LONG_MAX];

	if (e->due_on != DAY_NONE)
		table_add(table, day_short(e->due_on, day));
	else if (e->review_on != DAY_NONE)
		table_addf(table, "ask %s", day_short(e->review_on, day));
	else
		table_add(table, "-");
}

static void
show_entries(struct desk_call *call, const struct minutes_meeting *m)
{
	static const struct table_column columns[] = {
		{ .title = "Line", .right = true },
		{ .title = "Kind" },
		{ .title = "Owner", .flexible = true, .least = 12 },
		{ .title = "Due" },
		{ .title = "Sure" },
		{ .title = "Text", .flexible = true, .least = 24 },
	};
	struct table table = { .columns = columns, .ncolumns = 6 };

	VEC_EACH (struct minutes_entry, e, &m->entries) {
		char *owners = minutes_owners_text(e);

		table_addf(&table, "%u", e->line);
		table_add(&table, e->kind);
		table_add(&table, *owners != '\0' ? owners : "(nobody)");
		due_cell(&table, e);
		table_add(&table, strcmp(e->state, "closed") == 0 ? "closed"
				  : e->sure                       ? "yes"
								  : "check");
		table_add(&table, e->text);
		free(owners);
	}
	table_print(&table, call->request->columns, &call->answer->out);
	table_clear(&table);
}

void
minutes_show_flags(struct desk_call *call, const struct minutes *minutes)
{
	struct buf *out = &call->answer->out;

	if (minutes->flags.len == 0)
		return;
	buf_puts(out, "\nTo look at:\n");
	VEC_EACH (struct minutes_flag, f, &minutes->flags) {
		char label[24];

		(void)snprintf(label, sizeof label, "line %u", f->line);
		show_field(out, call->request->columns, label, "%s", f->text);
	}
}

void
minutes_show(
    struct desk_call *call, const char *name, const struct minutes *minutes)
{
	struct buf *out = &call->answer->out;

	if (call->request->files.len > 1)
		buf_printf(out, "== %s\n", name);
	VEC_EACH (struct minutes_meeting, m, &minutes->meetings) {
		if (m != minutes->meetings.items)
			buf_putc(out, '\n');
		show_meeting_head(call, m);
		if (m->entries.len == 0)
			continue;
		buf_putc(out, '\n');
		show_entries(call, m);
	}
	if (minutes->meetings.len == 0)
		buf_puts(out, "No meeting, action or recommendation found.\n");
	minutes_show_flags(call, minutes);
}

/* ---- JSON ---- */

static json_t *
person_json(const struct minutes_person *p)
{
	json_t *item = json_object();

	json_put_text(item, "name", p->name);
	json_put_text(item, "organisation", p->organisation);
	json_put_text(item, "role", p->role);
	json_put_bool(item, "present", p->presence == MINUTES_PRESENT);
	json_put_text(item, "presence", minutes_presence_name(p->presence));
	json_put_text(item, "initials", p->initials);
	json_put_int(item, "line", p->line);
	return item;
}

static json_t *
entry_json(const struct minutes_entry *e)
{
	json_t *item = json_object(), *owners = json_array();
	json_t *points = json_array();

	VEC_EACH (struct minutes_owner, o, &e->owners) {
		char *label = minutes_owner_label(o);

		json_array_append_new(owners, json_string(label));
		free(label);
	}
	VEC_EACH (struct minutes_point, p, &e->points)
		json_array_append_new(points, json_string(p->text));
	json_put_text(item, "kind", e->kind);
	json_put_text(item, "text", e->text);
	json_object_set_new(item, "owners", owners);
	json_put_text(item, "ref", e->ref);
	json_put_text(item, "item", e->item);
	json_put_text(item, "para", e->para);
	json_put_int(item, "line", e->line);
	json_put_text(item, "due_phrase", e->due_phrase);
	json_put_day(item, "base_on", e->base_on);
	json_put_day(item, "earliest_on", e->earliest_on);
	json_put_day(item, "due_on", e->due_on);
	json_put_day(item, "review_on", e->review_on);
	json_put_text(item, "state", e->state);
	json_put_bool(item, "sure", e->sure);
	json_put_text(item, "why", e->why);
	json_object_set_new(item, "points", points);
	return item;
}

static json_t *
meeting_json(const struct minutes_meeting *m)
{
	json_t *item = json_object(), *people = json_array();
	json_t *entries = json_array();
	char time[8] = "";

	if (m->starts_at >= 0)
		(void)snprintf(time, sizeof time, "%02d:%02d",
		    m->starts_at / 60 % 100, m->starts_at % 60);
	VEC_EACH (struct minutes_person, p, &m->people)
		json_array_append_new(people, person_json(p));
	VEC_EACH (struct minutes_entry, e, &m->entries)
		json_array_append_new(entries, entry_json(e));
	json_put_text(item, "title", m->title);
	json_put_text(item, "series", m->series);
	json_put_day(item, "held_on", m->held_on);
	json_put_text(item, "starts_at", *time != '\0' ? time : NULL);
	json_put_text(item, "venue", m->venue);
	json_put_text(item, "chair", m->chair);
	json_put_text(item, "state", minutes_state_text(m));
	json_put_day(item, "approve_on", m->approve_on);
	json_put_day(item, "next_on", m->next_on);
	json_object_set_new(item, "people", people);
	json_object_set_new(item, "entries", entries);
	json_put_int(item, "noted", (json_int_t)m->noted);
	return item;
}

json_t *
minutes_json(const struct minutes *minutes)
{
	json_t *meetings = json_array(), *flags = json_array();

	VEC_EACH (struct minutes_meeting, m, &minutes->meetings)
		json_array_append_new(meetings, meeting_json(m));
	VEC_EACH (struct minutes_flag, f, &minutes->flags) {
		json_t *item = json_object();

		json_put_text(item, "code", minutes_flag_name(f->code));
		json_put_int(item, "line", f->line);
		json_put_text(item, "text", f->text);
		json_array_append_new(flags, item);
	}
	return json_pack("{s:o,s:o}", "meetings", meetings, "flags", flags);
}
