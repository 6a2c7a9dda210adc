/* SPDX-License-Identifier: ISC */
/* The commands about series of meetings: their chair, their secretary. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/dates.h"
#include "desk/duty.h"
#include "desk/groups.h"
#include "desk/look.h"
#include "desk/show.h"
#include "io/imports.h"

static json_t *
series_json(struct desk_call *call, const struct series *series)
{
	json_t *o = json_object();
	char *chair = look_name(call, series->chair_id);
	char *secretary = look_name(call, series->secretary_id);

	json_put_text(o, "code", series->code);
	json_put_text(o, "title", series->title);
	json_put_text(o, "chair", series->chair_id ? chair : NULL);
	json_put_text(o, "secretary", series->secretary_id ? secretary : NULL);
	json_put_bool(o, "restricted", series->restricted);
	json_put_bool(o, "confirm_drafts", series->confirm_drafts);
	free(chair);
	free(secretary);
	return o;
}

static void
print_series(
    struct desk_call *call, const struct series *series, const char *what)
{
	if (call->request->json)
		json_print(series_json(call, series), &call->answer->out);
	else
		buf_printf(&call->answer->out, "%s (%s) %s\n", series->code,
		    series->title, what);
}

static int
fill_series(struct desk_call *call, struct series *series, struct err *err)
{
	if (look_link_option(call, "chair", &series->chair_id, err) == -1 ||
	    look_link_option(call, "secretary", &series->secretary_id, err) ==
		-1 ||
	    look_switch_option(call, "restricted", &series->restricted, err) ==
		-1 ||
	    look_switch_option(
		call, "confirm-drafts", &series->confirm_drafts, err) == -1)
		return -1;
	look_text_option(call, "title", &series->title);
	if (series->title == NULL)
		series->title = xstrdup(series->code);
	return 0;
}

static int
run_series_add(struct desk_call *call, struct err *err)
{
	const char *title = args_word(&call->args, 1);
	struct series series = { 0 };
	int rc = -1;

	series.code = look_squeezed(args_word(&call->args, 0));
	series.title = title == NULL ? NULL : look_squeezed(title);
	if (fill_series(call, &series, err) == 0 &&
	    series_add(call->db, &series, &call->doer, err) == 0) {
		print_series(call, &series, "added");
		rc = 0;
	}
	series_clear(&series);
	return rc;
}

static int
run_series_set(struct desk_call *call, struct err *err)
{
	struct series series;
	int rc = -1;

	if (look_series(call, args_word(&call->args, 0), &series, err) == -1)
		return -1;
	if (fill_series(call, &series, err) == 0 &&
	    series_save(call->db, &series, &call->doer, err) == 0) {
		print_series(call, &series, "changed");
		rc = 0;
	}
	series_clear(&series);
	return rc;
}

struct gathered {
	VEC(struct series) series;
};

static int
gather_series(void *ctx, const struct series *series, struct err *err)
{
	struct gathered *g = ctx;
	struct series *copy = vec_push(&g->series);

	(void)err;
	*copy = *series;
	copy->code = xstrdup(series->code);
	copy->title = xstrdup(series->title);
	return 0;
}

static void
series_row(struct desk_call *call, const struct series *series,
    struct table *table, struct err *err)
{
	struct meeting next;
	char day[DAY_LONG_MAX], iso[DAY_TEXT_MAX];
	char *chair = look_name(call, series->chair_id);
	char *secretary = look_name(call, series->secretary_id);

	table_add(table, series->code);
	table_add(table, series->title);
	table_add(table, chair);
	table_add(table, secretary);
	if (meetings_next(call->db, series->id, call->today - 1, &next, err) ==
	    1) {
		table_add(table, call->request->columns > 0
				     ? day_short(next.held_on, day)
				     : day_iso(next.held_on, iso));
		meeting_clear(&next);
	} else {
		table_add(table, "");
	}
	free(chair);
	free(secretary);
}

static int
run_series_list(struct desk_call *call, struct err *err)
{
	static const struct table_column columns[] = {
		{ .title = "Code" },
		{ .title = "Title", .flexible = true, .least = 16 },
		{ .title = "Chair", .flexible = true, .least = 10 },
		{ .title = "Secretary", .flexible = true, .least = 10 },
		{ .title = "Next" },
	};
	struct table table = { columns, 5, { 0 } };
	struct gathered g = { 0 };
	json_t *list = json_array();
	int rc = series_each(call->db, gather_series, &g, err);

	VEC_EACH (struct series, series, &g.series) {
		if (call->request->json)
			json_array_append_new(list, series_json(call, series));
		else
			series_row(call, series, &table, err);
		series_clear(series);
	}
	vec_clear(&g.series);
	if (rc == 0 && call->request->json)
		json_print(json_incref(list), &call->answer->out);
	else if (rc == 0)
		table_print(&table, call->request->columns, &call->answer->out);
	json_decref(list);
	table_clear(&table);
	return rc;
}

static const struct arg_option series_options[] = {
	{ "title", ARG_VALUE },
	{ "chair", ARG_VALUE },
	{ "secretary", ARG_VALUE },
	{ "restricted", ARG_VALUE },
	{ "confirm-drafts", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

const struct desk_command series_commands[] = {
	DESK_WRITE("series add", "CODE [TITLE] [--chair X] [--secretary X] ...",
	    "Adds a series of meetings", run_series_add, series_options, 1, 2),
	DESK_READ(
	    "series list", "", "Lists the series", run_series_list, NULL, 0),
	DESK_WRITE("series set",
	    "CODE [--title T] [--chair X] [--secretary X] "
	    "[--restricted yes] ...",
	    "Changes a series", run_series_set, series_options, 1, 1),
	{ .name = NULL },
};
