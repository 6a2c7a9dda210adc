/* SPDX-License-Identifier: ISC */
/* The commands about inspections and reviews. */
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
report_json(const struct report *report)
{
	json_t *o = json_object();

	json_put_text(o, "code", report->code);
	json_put_text(o, "body", report->body);
	json_put_text(o, "title", report->title);
	json_put_day(o, "published_on", report->published_on);
	json_put_text(o, "grading", report->grading);
	json_put_text(o, "series", report->series);
	return o;
}

static int
fill_report(struct desk_call *call, struct report *report, struct err *err)
{
	look_text_option(call, "title", &report->title);
	look_text_option(call, "body", &report->body);
	look_text_option(call, "grading", &report->grading);
	if (look_day_option(call, "published-on", &report->published_on, err) ==
		-1 ||
	    look_series_option(call, "series", &report->series_id, err) == -1)
		return -1;
	if (report->body == NULL)
		return err_set(err, ERR_USAGE,
		    "who reported? give --body, as --body HMICFRS");
	return 0;
}

static int
print_report(
    struct desk_call *call, int64_t id, const char *what, struct err *err)
{
	struct report report;

	if (reports_get_id(call->db, id, &report, err) != 1)
		return -1;
	if (call->request->json)
		json_print(report_json(&report), &call->answer->out);
	else
		buf_printf(&call->answer->out, "%s (%s, %s) %s\n", report.code,
		    report.body, report.title, what);
	report_clear(&report);
	return 0;
}

static int
run_report_add(struct desk_call *call, struct err *err)
{
	const char *title = args_word(&call->args, 1);
	struct report report;
	struct buf made = { 0 };
	int rc = -1;

	report_init(&report);
	report.code = look_squeezed(args_word(&call->args, 0));
	report.title = look_squeezed(title != NULL ? title : report.code);
	if (fill_report(call, &report, err) == -1 ||
	    reports_add(call->db, &report, &call->doer, err) == -1 ||
	    duty_propose(
		call->conf, call->db, &report, &call->doer, &made, err) == -1 ||
	    print_report(call, report.id, "added", err) == -1)
		goto out;
	if (!call->request->json)
		buf_add(&call->answer->out, buf_text(&made), made.len);
	rc = 0;
out:
	buf_clear(&made);
	report_clear(&report);
	return rc;
}

static int
run_report_set(struct desk_call *call, struct err *err)
{
	struct report report;
	struct buf told = { 0 };
	int published_on, rc = -1;

	if (look_report(call, args_word(&call->args, 0), &report, err) == -1)
		return -1;
	published_on = report.published_on;
	if (fill_report(call, &report, err) == 0 &&
	    reports_save(call->db, &report, &call->doer, err) == 0 &&
	    duty_follow(call->conf, call->db, &report, published_on,
		&call->doer, &told, err) == 0 &&
	    print_report(call, report.id, "changed", err) == 0) {
		if (!call->request->json)
			buf_add(&call->answer->out, buf_text(&told), told.len);
		rc = 0;
	}
	buf_clear(&told);
	report_clear(&report);
	return rc;
}

struct report_list {
	struct desk_call *call;
	struct table table;
	json_t *json;
};

static int
list_report(void *ctx, const struct report *report, struct err *err)
{
	struct report_list *l = ctx;
	char day[DAY_LONG_MAX], iso[DAY_TEXT_MAX];

	(void)err;
	if (l->call->request->json) {
		json_array_append_new(l->json, report_json(report));
		return 0;
	}
	table_add(&l->table, report->code);
	table_add(&l->table, report->body);
	table_add(&l->table,
	    l->call->request->columns > 0 && report->published_on != DAY_NONE
		? day_short(report->published_on, day)
		: day_iso(report->published_on, iso));
	table_add(&l->table, report->grading);
	table_add(&l->table, report->series);
	table_add(&l->table, report->title);
	return 0;
}

static int
run_report_list(struct desk_call *call, struct err *err)
{
	static const struct table_column columns[] = {
		{ .title = "Code" },
		{ .title = "Body", .flexible = true },
		{ .title = "Published" },
		{ .title = "Grading", .flexible = true },
		{ .title = "Series" },
		{ .title = "Title", .flexible = true, .least = 20 },
	};
	struct report_list l = { call, { columns, 6, { 0 } }, json_array() };
	int rc = reports_each(call->db, list_report, &l, err);

	if (rc == 0 && call->request->json)
		json_print(json_incref(l.json), &call->answer->out);
	else if (rc == 0)
		table_print(
		    &l.table, call->request->columns, &call->answer->out);
	table_clear(&l.table);
	json_decref(l.json);
	return rc;
}

static const struct arg_option report_options[] = {
	{ "title", ARG_VALUE },
	{ "body", ARG_VALUE },
	{ "published-on", ARG_VALUE },
	{ "grading", ARG_VALUE },
	{ "series", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

const struct desk_command reports_commands[] = {
	DESK_WRITE("report add",
	    "CODE TITLE --body B [--published-on DAY] [--series CODE]",
	    "Adds an inspection or review", run_report_add, report_options, 1,
	    2),
	DESK_READ(
	    "report list", "", "Lists the reports", run_report_list, NULL, 0),
	DESK_WRITE("report set",
	    "CODE [--published-on DAY] [--series CODE] ...", "Changes a report",
	    run_report_set, report_options, 1, 1),
	{ .name = NULL },
};
