/* SPDX-License-Identifier: ISC */
/*
 * The commands about meetings. Whatever changes a calendar
 * stages that the dates which hang on it are reckoned anew, in the same
 * transaction, and tells what moved when that is done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "desk/dates.h"
#include "desk/days.h"
#include "desk/duty.h"
#include "desk/flags.h"
#include "desk/groups.h"
#include "desk/held.h"
#include "desk/look.h"
#include "desk/moved.h"
#include "desk/show.h"

static json_t *
meeting_json(const struct meeting *meeting)
{
	static const char *const states[] = { "planned", "held", "cancelled" };
	static const char *const minutes[] = { "none", "draft", "approved" };
	json_t *o = json_object();
	char at[16];

	json_put_text(o, "series", meeting->series);
	json_put_day(o, "held_on", meeting->held_on);
	snprintf(at, sizeof at, "%02d:%02d", meeting->starts_minute / 60,
	    meeting->starts_minute % 60);
	json_put_text(o, "starts_at", meeting->starts_minute >= 0 ? at : NULL);
	json_put_text(o, "venue", meeting->venue);
	json_put_text(o, "state", states[meeting->state]);
	json_put_text(o, "minutes", minutes[meeting->minutes]);
	json_put_day(o, "approved_on", meeting->approved_on);
	return o;
}

/* ---- meetings ---- */

/* Ends the first turn of a command that changed the calendar. told and why are
 * taken over; from_on is where a meeting was that moved, else DAY_NONE. */
static int
reckon_anew(struct desk_call *call, const struct meeting *meeting, int from_on,
    char *told, char *why, struct err *err)
{
	const struct redate what = {
		.from_on = from_on,
		.to_on = from_on == DAY_NONE ? DAY_NONE : meeting->held_on,
		.why = why,
	};

	return moved_begin(call, meeting->series_id, &what, told, why,
	    meeting_json(meeting), err);
}

static int
set_time(struct desk_call *call, struct meeting *meeting, struct err *err)
{
	const char *at = args_value(&call->args, "at");

	if (at == NULL)
		return 0;
	meeting->starts_minute = minute_parse(at);
	if (meeting->starts_minute < 0 || meeting->starts_minute >= 1440)
		return err_set(err, ERR_USAGE,
		    "--at: \"%.20s\" is no time of day like 14:30", at);
	return 0;
}

struct like_code {
	const char *code;
	char *found; /* one letter away; owned, NULL: none is */
};

static int
look_for_like(void *ctx, const struct series *series, struct err *err)
{
	struct like_code *like = ctx;

	(void)err;
	if (near_distance(like->code, series->code) > 1)
		return 0;
	like->found = xstrdup(series->code);
	return 1;
}

/* One letter beside a series that is there is more likely a slip than a new
 * one. */
static int
check_new_code(struct desk_call *call, const char *code, struct err *err)
{
	struct like_code like = { .code = code };
	int rc;

	if (args_has(&call->args, "anyway"))
		return 0;
	rc = series_each(call->db, look_for_like, &like, err);
	if (rc != -1 && like.found != NULL)
		rc = err_set(err, ERR_NOTFOUND,
		    "there is no series %s; did you mean %s? If it is a new "
		    "one: nudgectl series add %s \"TITLE\" (or say --anyway)",
		    code, like.found, code);
	free(like.found);
	return rc == -1 ? -1 : 0;
}

/* The series of a code, made when it is not there yet. */
static int
take_series(struct desk_call *call, const char *code, struct series *out,
    bool *is_new, struct err *err)
{
	int rc = series_get(call->db, code, out, err);

	*is_new = rc == 0;
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	if (check_new_code(call, code, err) == -1)
		return -1;
	*out = (struct series){ .code = look_squeezed(code),
		.title = look_squeezed(code) };
	if (series_add(call->db, out, &call->doer, err) == 0)
		return 0;
	series_clear(out);
	return -1;
}

static int
run_meeting_add(struct desk_call *call, struct err *err)
{
	struct series series;
	struct meeting meeting;
	char day[DAY_LONG_MAX];
	bool is_new;
	int rc = -1;

	if (call->state != NULL)
		return moved_tell(call, err);
	meeting_init(&meeting);
	if (desk_day(call, "day", args_word(&call->args, 1), &meeting.held_on,
		err) == -1 ||
	    set_time(call, &meeting, err) == -1 ||
	    take_series(
		call, args_word(&call->args, 0), &series, &is_new, err) == -1)
		return -1;
	meeting.series_id = series.id;
	meeting.series = xstrdup(series.code);
	look_text_option(call, "venue", &meeting.venue);
	meeting.state =
	    meeting.held_on < call->today ? MEETING_HELD : MEETING_PLANNED;
	if (meetings_add(call->db, &meeting, &call->doer, err) == 0)
		rc = reckon_anew(call, &meeting, DAY_NONE,
		    xasprintf("%s meets on %s%s%s%s", series.code,
			day_long_weekday(meeting.held_on, day),
			is_new ? "\n  the series is new; its title: nudgectl "
				 "series set "
			       : "",
			is_new ? series.code : "",
			is_new ? " --title \"TITLE\"" : ""),
		    xasprintf("%s meets on %s", series.code,
			day_long(meeting.held_on, day)),
		    err);
	series_clear(&series);
	meeting_clear(&meeting);
	return rc;
}

static int
find_meeting(struct desk_call *call, struct meeting *out, struct err *err)
{
	const char *code = args_word(&call->args, 0);
	struct series series;
	char day[DAY_LONG_MAX];
	int held_on, rc;

	if (look_series(call, code, &series, err) == -1)
		return -1;
	rc = desk_day(call, "day", args_word(&call->args, 1), &held_on, err);
	if (rc == 0)
		rc = meetings_get(call->db, series.id, held_on, out, err);
	else
		rc = -1;
	if (rc == 0)
		err_set(err, ERR_NOTFOUND,
		    "%s has no meeting on %s; nudgectl meeting list %s shows "
		    "them",
		    series.code, day_long(held_on, day), series.code);
	series_clear(&series);
	return rc == 1 ? 0 : -1;
}

static int
check_free_day(struct desk_call *call, const struct meeting *meeting, int to,
    struct err *err)
{
	struct meeting other;
	char day[DAY_LONG_MAX];
	int rc = meetings_get(call->db, meeting->series_id, to, &other, err);

	if (rc == 1) {
		meeting_clear(&other);
		return err_set(err, ERR_CONFLICT,
		    "%s has a meeting on %s already", meeting->series,
		    day_long(to, day));
	}
	return rc;
}

/* What is to come does not move to what has passed. */
static int
check_to_come(struct desk_call *call, const struct meeting *meeting, int to,
    struct err *err)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	int coming = day_in_coming_year(to, call->today);

	if (to >= call->today || meeting->held_on < call->today ||
	    args_has(&call->args, "anyway"))
		return 0;
	return err_set(err, ERR_INPUT,
	    "%s has passed%s%s%s; if that is meant, say --anyway",
	    day_long(to, a), coming == DAY_NONE ? "" : "; did you mean ",
	    coming == DAY_NONE ? "" : day_long(coming, b),
	    coming == DAY_NONE ? "" : "?");
}

static int
run_meeting_move(struct desk_call *call, struct err *err)
{
	struct meeting meeting;
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	int from, to, rc = -1;

	if (call->state != NULL)
		return moved_tell(call, err);
	if (find_meeting(call, &meeting, err) == -1)
		return -1;
	from = meeting.held_on;
	if (desk_day(call, "day", args_word(&call->args, 2), &to, err) == -1 ||
	    set_time(call, &meeting, err) == -1)
		goto out;
	if (meeting.state == MEETING_CANCELLED) {
		err_set(err, ERR_CONFLICT,
		    "that meeting was cancelled; add the new one with: "
		    "nudgectl meeting add %s DAY",
		    meeting.series);
		goto out;
	}
	if (to != from && (check_to_come(call, &meeting, to, err) == -1 ||
			      check_free_day(call, &meeting, to, err) == -1))
		goto out;
	look_text_option(call, "venue", &meeting.venue);
	meeting.held_on = to;
	meeting.state = to < call->today ? MEETING_HELD : MEETING_PLANNED;
	/* Of two days that were said, this one is right: check asks no more. */
	if (to == from &&
	    register_event(call->db, &call->doer, "meeting", meeting.id,
		FLAG_DAY_CONFIRMED, NULL, day_long(to, a), NULL, err) == -1)
		goto out;
	if (meetings_save(call->db, &meeting, &call->doer, err) == 0)
		rc = reckon_anew(call, &meeting, to == from ? DAY_NONE : from,
		    to == from ? xasprintf("%s meets on %s, as planned",
				     meeting.series, day_long_weekday(to, b))
			       : xasprintf("%s: the meeting of %s is on %s now",
				     meeting.series, day_long(from, a),
				     day_long_weekday(to, b)),
		    xasprintf("%s meets on %s, not on %s", meeting.series,
			day_long(to, b), day_long(from, a)),
		    err);
	if (rc != -1 && to != from &&
	    held_follow(call->conf, call->db, meeting.series_id, from, to,
		moved_why(call), &call->doer, err) == -1)
		rc = -1;
out:
	meeting_clear(&meeting);
	return rc;
}

static int
run_meeting_cancel(struct desk_call *call, struct err *err)
{
	struct meeting meeting;
	char day[DAY_LONG_MAX];
	int rc = -1;

	if (call->state != NULL)
		return moved_tell(call, err);
	if (find_meeting(call, &meeting, err) == -1)
		return -1;
	if (meeting.state == MEETING_CANCELLED) {
		err_set(err, ERR_CONFLICT, "that meeting is cancelled already");
		goto out;
	}
	meeting.state = MEETING_CANCELLED;
	if (meetings_save(call->db, &meeting, &call->doer, err) == 0)
		rc = reckon_anew(call, &meeting, DAY_NONE,
		    xasprintf("%s: the meeting of %s is cancelled",
			meeting.series, day_long(meeting.held_on, day)),
		    xasprintf("%s does not meet on %s", meeting.series,
			day_long(meeting.held_on, day)),
		    err);
out:
	meeting_clear(&meeting);
	return rc;
}

static int
save_meeting(struct desk_call *call, const struct meeting *meeting,
    const char *what, struct err *err)
{
	char day[DAY_LONG_MAX];

	if (meetings_save(call->db, meeting, &call->doer, err) == -1)
		return -1;
	if (call->request->json)
		json_print(meeting_json(meeting), &call->answer->out);
	else
		buf_printf(&call->answer->out, "%s: the meeting of %s %s\n",
		    meeting->series, day_long(meeting->held_on, day), what);
	return 0;
}

/* The meeting of the line, as held, to be cleared: one that is still to come
 * has no outcome and no minutes. */
static int
find_held(struct desk_call *call, struct meeting *meeting, struct err *err)
{
	if (find_meeting(call, meeting, err) == -1)
		return -1;
	if (meeting->state == MEETING_CANCELLED) {
		(void)err_set(err, ERR_CONFLICT, "that meeting was cancelled");
	} else if (meeting->held_on > call->today) {
		(void)err_set(
		    err, ERR_CONFLICT, "that meeting is still to come");
	} else {
		meeting->state = MEETING_HELD;
		return 0;
	}
	meeting_clear(meeting);
	return -1;
}

static int
run_meeting_approve(struct desk_call *call, struct err *err)
{
	struct meeting meeting;
	int rc;

	if (find_held(call, &meeting, err) == -1)
		return -1;
	meeting.minutes = MINUTES_APPROVED;
	meeting.approved_on = call->doer.on;
	rc = save_meeting(call, &meeting, "has approved minutes", err);
	meeting_clear(&meeting);
	return rc;
}

struct at_meeting {
	int held_on;
	VEC(int64_t) ids;
};

static int
gather_at_meeting(void *ctx, const struct entry *entry, struct err *err)
{
	struct at_meeting *at = ctx;

	(void)err;
	if (entry->due_meeting_on == at->held_on && entry->due_on != DAY_NONE &&
	    (entry->updated_on == DAY_NONE || entry->updated_on < at->held_on))
		*vec_push(&at->ids) = entry->id;
	return 0;
}

/* What was due at the meeting and is not finished was looked at there: that is
 * what its reminders wait for. */
static int
mark_looked_at(
    struct desk_call *call, int64_t entry_id, int held_on, struct err *err)
{
	struct entry before, after;
	char day[DAY_LONG_MAX];
	int rc;

	if (entries_get_id(call->db, entry_id, &before, err) != 1)
		return -1;
	entry_copy(&before, &after);
	after.updated_on = call->doer.on;
	free(after.update_note);
	after.update_note = xasprintf(
	    "not finished at the meeting of %s", day_long(held_on, day));
	rc = entries_save(call->db, &before, &after, "updated",
	    after.update_note, &call->doer, err);
	entry_clear(&before);
	entry_clear(&after);
	return rc;
}

static int
record_outcome(
    struct desk_call *call, const struct meeting *meeting, struct err *err)
{
	struct at_meeting at = { .held_on = meeting->held_on };
	struct entry_filter filter;
	int rc;

	entry_filter_init(&filter, call->today);
	filter.live_only = true;
	filter.hangs_on = meeting->series_id;
	rc = entries_each(call->db, &filter, gather_at_meeting, &at, err);
	for (size_t i = 0; i < at.ids.len && rc == 0; i++)
		rc = mark_looked_at(
		    call, at.ids.items[i], meeting->held_on, err);
	vec_clear(&at.ids);
	if (rc == 0)
		rc = register_event(call->db, &call->doer, "meeting",
		    meeting->id, "outcome recorded", NULL, NULL, NULL, err);
	return rc;
}

static int
run_meeting_outcome(struct desk_call *call, struct err *err)
{
	struct meeting meeting;
	int rc;

	if (find_held(call, &meeting, err) == -1)
		return -1;
	if (args_has(&call->args, "draft-minutes") &&
	    meeting.minutes == MINUTES_NONE)
		meeting.minutes = MINUTES_DRAFT;
	rc = record_outcome(call, &meeting, err);
	if (rc == 0)
		rc = save_meeting(
		    call, &meeting, "has its outcome recorded", err);
	meeting_clear(&meeting);
	return rc;
}

struct meeting_list {
	struct desk_call *call;
	struct table table;
	json_t *json;
};

static int
list_meeting(void *ctx, const struct meeting *meeting, struct err *err)
{
	static const char *const states[] = { "planned", "held", "cancelled" };
	static const char *const minutes[] = { "", "draft", "approved" };
	struct meeting_list *l = ctx;
	struct table *table = &l->table;
	char day[DAY_LONG_MAX], iso[DAY_TEXT_MAX];

	(void)err;
	if (l->call->request->json) {
		json_array_append_new(l->json, meeting_json(meeting));
		return 0;
	}
	table_add(table, meeting->series);
	table_add(table, l->call->request->columns > 0
			     ? day_long_weekday(meeting->held_on, day)
			     : day_iso(meeting->held_on, iso));
	if (meeting->starts_minute >= 0)
		table_addf(table, "%02d:%02d", meeting->starts_minute / 60,
		    meeting->starts_minute % 60);
	else
		table_add(table, "");
	table_add(table, states[meeting->state]);
	table_add(table, minutes[meeting->minutes]);
	table_add(table, meeting->venue);
	return 0;
}

static int
run_meeting_list(struct desk_call *call, struct err *err)
{
	static const struct table_column columns[] = {
		{ .title = "Series" },
		{ .title = "Day" },
		{ .title = "At" },
		{ .title = "State" },
		{ .title = "Minutes" },
		{ .title = "Venue", .flexible = true },
	};
	struct meeting_list l = { call, { columns, 6, { 0 } }, json_array() };
	const char *code = args_word(&call->args, 0);
	struct series series = { 0 };
	int from_on = DAY_NONE, rc = -1;

	if ((code != NULL && look_series(call, code, &series, err) == -1) ||
	    look_day_option(call, "from", &from_on, err) == -1)
		goto out;
	rc = meetings_each(call->db, series.id, from_on, list_meeting, &l, err);
	if (rc == 0 && call->request->json)
		json_print(json_incref(l.json), &call->answer->out);
	else if (rc == 0)
		table_print(
		    &l.table, call->request->columns, &call->answer->out);
out:
	series_clear(&series);
	table_clear(&l.table);
	json_decref(l.json);
	return rc;
}

static const struct arg_option meeting_options[] = {
	{ "at", ARG_VALUE },
	{ "venue", ARG_VALUE },
	{ "anyway", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option outcome_options[] = {
	{ "draft-minutes", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option from_options[] = {
	{ "from", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

const struct desk_command meetings_commands[] = {
	DESK_WRITE("meeting add",
	    "CODE DAY [--at HH:MM] [--venue V] [--anyway]",
	    "Plans a meeting (and makes its series)", run_meeting_add,
	    meeting_options, 2, 2),
	DESK_READ("meeting list", "[CODE] [--from DAY]", "Lists the meetings",
	    run_meeting_list, from_options, 1),
	DESK_WRITE("meeting move", "CODE DAY NEW-DAY [--at HH:MM] [--anyway]",
	    "Moves a meeting, and the dates that hang on it", run_meeting_move,
	    meeting_options, 3, 3),
	DESK_WRITE("meeting cancel", "CODE DAY", "Cancels a meeting",
	    run_meeting_cancel, NULL, 2, 2),
	DESK_WRITE("meeting approve-minutes", "CODE DAY",
	    "Records that a meeting's minutes are approved",
	    run_meeting_approve, NULL, 2, 2),
	DESK_WRITE("meeting outcome", "CODE DAY [--draft-minutes]",
	    "Records that what came of a meeting is in the register",
	    run_meeting_outcome, outcome_options, 2, 2),
	{ .name = NULL },
};
