/* SPDX-License-Identifier: ISC */
/* The part of `why` that looks ahead: which reminders come next, to whom, and
 * what holds them or leaves somebody out. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/agent_parts.h"
#include "desk/look.h"
#include "desk/plain.h"
#include "desk/planning.h"
#include "desk/record.h"
#include "desk/show.h"

#define WHY_AHEAD 6    /* firings that `why` lists */
#define WHY_ROUNDS 200 /* and how often it asks the planner for them */

/* Who gets what a firing sends. */
struct reader {
	char *to;
	char *as; /* "for Ann Other, who has left", NULL: for themselves */
	const char *kind; /* of the notice */
};

static void
reader_clear(struct reader *reader)
{
	free(reader->to);
	free(reader->as);
}

/* A webhook, whoever answers for the party on that day, or the address that
 * answers go to where nobody was named. */
static int
read_by(struct desk_call *call, struct agent *agent, const struct entry *entry,
    const struct occurrence *o, int on, struct reader *out, struct err *err)
{
	const struct conf_mail *mail = &agent->conf->mail;
	const char *planned = plan_kind_name(o->kind);
	int today = agent->today, rc;
	struct reach reach;

	*out = (struct reader){ .kind = planned };
	if (o->role == TO_CHANNEL || o->party_id == 0) {
		out->to = xstrdup(o->role == TO_CHANNEL    ? o->channel
				  : mail->reply_to != NULL ? mail->reply_to
							   : mail->from);
		return 0;
	}
	agent->today = on;
	rc = agent_route(agent, o, entry, &reach, &out->kind, err);
	agent->today = today;
	if (rc == -1)
		return -1;
	out->to = xstrdup(reach.name != NULL ? reach.name : reach.address);
	out->as = xstrdup(reach.as);
	if (strcmp(out->kind, planned) != 0) {
		char *meant = look_name(call, o->party_id);

		free(out->as);
		out->as = xasprintf("for %s, whom no mail reaches", meant);
		free(meant);
	}
	reach_clear(&reach);
	return 0;
}

/* The day it goes: a late one waits for the next working day. */
static int
day_of(const struct agent *agent, const struct occurrence *o)
{
	return calendar_roll_forward(&agent->conf->calendar,
	    o->fire_on < agent->today ? agent->today : o->fire_on);
}

static void
why_line(const struct occurrence *o, int on, const struct reader *reader,
    struct table *table, json_t *list)
{
	char day[DAY_LONG_MAX];
	char *rule, *to;

	if (list != NULL) {
		json_t *item = json_object();

		json_put_day(item, "on", on);
		json_put_text(item, "rule", o->rule);
		json_put_text(item, "kind", reader->kind);
		json_put_text(item, "role", plan_role_name(o->role));
		json_put_text(item, "to", reader->to);
		json_put_text(item, "as", reader->as);
		json_put_text(item, "channel", o->channel);
		json_array_append_new(list, item);
		return;
	}
	table_addf(table, "%.3s %s", weekday_name(day_weekday(on)),
	    day_short(on, day));
	table_add(table, reader->kind);
	rule = plain_firing(o->rule);
	table_add(table, rule);
	to = reader->as == NULL ? xstrdup(reader->to)
				: xasprintf("%s, %s", reader->to, reader->as);
	table_add(table, to);
	free(to);
	free(rule);
}

static int
list_firings(struct desk_call *call, struct agent *agent,
    const struct entry *entry, int64_t now, struct table *table, json_t *list,
    enum plan_hold *hold, struct err *err)
{
	struct plan plan = { 0 };
	size_t told = 0;
	int rc = 0;

	for (int round = 0; rc == 0 && round < WHY_ROUNDS; round++) {
		struct plan next = { 0 };

		rc = agent_plan_entry(agent, entry, now, &plan, &next, err);
		if (round == 0)
			*hold = next.hold;
		VEC_EACH (struct occurrence, o, &next.occurrences) {
			struct reader reader;
			int on = day_of(agent, o);

			*vec_push(&plan.occurrences) = *o;
			if (rc == -1 || o->missed || told >= WHY_AHEAD)
				continue;
			rc = read_by(call, agent, entry, o, on, &reader, err);
			if (rc == -1)
				continue;
			why_line(o, on, &reader, table, list);
			reader_clear(&reader);
			told++;
		}
		vec_clear(&next.occurrences);
		if (next.next_at == INSTANT_NEVER || told >= WHY_AHEAD)
			break;
		now = next.next_at;
		agent->today = zone_day(&call->conf->zone, now, NULL);
	}
	vec_clear(&plan.occurrences);
	return rc;
}

/* Co-owners whom the schedule does not remind: nobody expects that they hear
 * nothing. Owned, NULL: none. */
static char *
left_out(const struct entry *entry, const struct plan_schedule *schedule)
{
	char *names = record_owners(entry, ROLE_CO_OWNER), *text;

	if (names == NULL || schedule == NULL ||
	    strings_has(&schedule->conf->to, "co-owners")) {
		free(names);
		return NULL;
	}
	text = xasprintf("%s: the schedule's \"to\" does not name "
			 "co-owners",
	    names);
	free(names);
	return text;
}

int
planning_why(struct desk_call *call, const struct entry *entry, int on,
    json_t *root, struct err *err)
{
	static const struct table_column columns[] = {
		{ .title = "Next" },
		{ .title = "Kind" },
		{ .title = "Rule", .flexible = true, .least = 12 },
		{ .title = "To", .flexible = true, .least = 12 },
	};
	struct table table = { .columns = columns, .ncolumns = 4 };
	struct buf *out = &call->answer->out;
	int64_t now = on == DAY_NONE || on == call->today
			  ? call->now
			  : zone_instant(&call->conf->zone, on, 0);
	struct agent *agent = agent_new_reader(call->db, call->conf, now, err);
	const struct plan_schedule *schedule;
	enum plan_hold hold = HOLD_NONE;
	char *out_of;
	json_t *list = root == NULL ? NULL : json_array();
	int rc;

	if (agent == NULL) {
		json_decref(list);
		return -1;
	}
	schedule = agent_schedule_for(agent, entry);
	out_of = left_out(entry, schedule);
	rc = list_firings(call, agent, entry, now, &table, list, &hold, err);
	if (rc == 0 && root != NULL) {
		json_put_text(root, "schedule",
		    schedule == NULL ? NULL : schedule->conf->name);
		json_put_text(root, "held",
		    hold == HOLD_NONE ? NULL : plan_hold_text(hold));
		json_put_text(root, "not_reminded", out_of);
		json_object_set(root, "next", list);
	} else if (rc == 0) {
		show_field(out, call->request->columns, "Schedule", "%s",
		    schedule == NULL ? "none matches: nobody is reminded"
				     : schedule->conf->name);
		if (hold != HOLD_NONE)
			show_field(out, call->request->columns, "Held", "%s",
			    plan_hold_text(hold));
		if (out_of != NULL)
			show_field(out, call->request->columns, "Not reminded",
			    "%s", out_of);
		buf_puts(out, "\n");
		table_print(&table, call->request->columns, out);
	}
	free(out_of);
	json_decref(list);
	table_clear(&table);
	agent_free(agent);
	return rc;
}
