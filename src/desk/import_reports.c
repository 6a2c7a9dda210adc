/* SPDX-License-Identifier: ISC */
/* Importing inspections and reviews, by their codes. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/columns.h"
#include "desk/duty.h"
#include "desk/import_kind.h"
#include "desk/strmap.h"
#include "io/meetings.h"

static int
reports_open(struct import_run *run, struct err *err)
{
	(void)err;
	run->ctx = xcalloc(1, sizeof(struct strmap));
	return 0;
}

static void
reports_close(struct import_run *run)
{
	strmap_clear(run->ctx);
	free(run->ctx);
}

struct report_row {
	char *cell[R_COLUMNS];
	int published_on;
	int64_t series_id;
};

static int
row_read(struct import_run *run, const struct csv_row *csv,
    struct report_row *row, struct err *err)
{
	static const enum report_column needed[] = { R_CODE, R_BODY, R_TITLE };
	struct series series;
	int rc;

	*row = (struct report_row){ .published_on = DAY_NONE };
	for (int i = 0; i < R_COLUMNS; i++)
		row->cell[i] = import_cell(run, csv, i);
	(void)import_day(run, csv, R_PUBLISHED, &row->published_on);
	for (size_t i = 0; i < 3; i++)
		if (row->cell[needed[i]] == NULL)
			import_wrong(run, (int)needed[i], "it is missing");
	if (row->cell[R_CODE] != NULL)
		(void)import_twice(run, run->ctx, row->cell[R_CODE], R_CODE,
		    row->cell[R_CODE]);
	if (row->cell[R_SERIES] == NULL)
		return 0;
	rc = series_get(run->call->db, row->cell[R_SERIES], &series, err);
	if (rc == 1) {
		row->series_id = series.id;
		series_clear(&series);
	} else if (rc == 0) {
		import_wrong(run, R_SERIES,
		    "there is no series \"%.40s\"; import meetings first",
		    row->cell[R_SERIES]);
	}
	return rc == -1 ? -1 : 0;
}

/* Drops what the report has, or had before and has no longer. */
static int
drop_old(struct import_run *run, struct report_row *row, int column,
    const char *is, int64_t id, struct err *err)
{
	int had;

	if (row->cell[column] == NULL)
		return 0;
	had = is != NULL && strcmp(row->cell[column], is) == 0;
	if (!had) {
		had = imports_had(
		    run->call->db, "report", id, row->cell[column], err);
		run->kept += had == 1;
	}
	if (had == 1) {
		free(row->cell[column]);
		row->cell[column] = NULL;
	}
	return had == -1 ? -1 : 0;
}

static int
drop_old_day(struct import_run *run, struct report_row *row,
    const struct report *report, struct err *err)
{
	char day[DAY_LONG_MAX];
	int had;

	if (row->published_on == DAY_NONE)
		return 0;
	had = row->published_on == report->published_on;
	if (!had) {
		had = imports_had(run->call->db, "report", report->id,
		    day_long(row->published_on, day), err);
		run->kept += had == 1;
	}
	if (had == 1)
		row->published_on = DAY_NONE;
	return had == -1 ? -1 : 0;
}

/* 1: something is new about it, 0 nothing, -1. */
static int
compare(struct import_run *run, struct report_row *row,
    const struct report *report, struct err *err)
{
	if (drop_old(run, row, R_BODY, report->body, report->id, err) == -1 ||
	    drop_old(run, row, R_TITLE, report->title, report->id, err) == -1 ||
	    drop_old(run, row, R_GRADING, report->grading, report->id, err) ==
		-1 ||
	    drop_old_day(run, row, report, err) == -1)
		return -1;
	if (row->series_id == report->series_id)
		row->series_id = 0;
	return row->cell[R_BODY] != NULL || row->cell[R_TITLE] != NULL ||
	       row->cell[R_GRADING] != NULL || row->published_on != DAY_NONE ||
	       row->series_id != 0;
}

static int
stage(struct import_run *run, const struct report_row *row, struct err *err)
{
	struct buf body = { 0 };
	int rc;

	pack_text(&body, R_CODE, row->cell[R_CODE]);
	pack_text(&body, R_BODY, row->cell[R_BODY]);
	pack_text(&body, R_TITLE, row->cell[R_TITLE]);
	pack_text(&body, R_GRADING, row->cell[R_GRADING]);
	pack_day(&body, R_PUBLISHED, row->published_on);
	if (row->series_id != 0)
		pack_int(&body, R_SERIES, row->series_id);
	rc = import_stage(run, (int64_t)run->row, 0, buf_text(&body), err);
	buf_clear(&body);
	return rc;
}

static int
take_row(struct import_run *run, const struct csv_row *csv, struct err *err)
{
	struct report_row row;
	struct report report;
	int rc = row_read(run, csv, &row, err);

	if (rc == -1 || !run->sound)
		goto out;
	rc = reports_get(run->call->db, row.cell[R_CODE], &report, err);
	if (rc == 1) {
		rc = compare(run, &row, &report, err);
		run->changed += rc == 1;
		run->same += rc == 0;
		report_clear(&report);
	} else if (rc == 0) {
		run->added++;
		rc = 1;
	}
	if (rc == 1)
		rc = stage(run, &row, err);
out:
	for (int i = 0; i < R_COLUMNS; i++)
		free(row.cell[i]);
	return rc == -1 ? -1 : 0;
}

/* ---- applying ---- */

static void
set_text(char **to, char *text)
{
	free(*to);
	*to = text;
}

static int
unpack_report(const char *body, struct report *report, struct err *err)
{
	char *text;
	int field, rc;

	while ((rc = unpack(&body, &field, &text, err)) == 1) {
		switch (field) {
		case R_BODY:
			set_text(&report->body, text);
			continue;
		case R_TITLE:
			set_text(&report->title, text);
			continue;
		case R_GRADING:
			set_text(&report->grading, text);
			continue;
		case R_PUBLISHED:
			report->published_on = day_parse(text);
			break;
		case R_SERIES:
			report->series_id = strtoll(text, NULL, 10);
			break;
		default:
			break;
		}
		free(text);
	}
	return rc;
}

/* The code is the first field of a staged row. */
static int
read_code(const char *body, char **out, struct err *err)
{
	int field, rc = unpack(&body, &field, out, err);

	if (rc == 1 && field == R_CODE)
		return 0;
	if (rc == 1)
		free(*out);
	return err_set(err, ERR_INPUT, "a staged report has no code");
}

static int
apply_row(
    struct import_apply *apply, const struct import_row *row, struct err *err)
{
	struct report report;
	struct buf told = { 0 };
	char *code;
	int published_on, rc;

	if (read_code(row->body, &code, err) == -1)
		return -1;
	rc = reports_get(apply->db, code, &report, err);
	if (rc == -1)
		goto out;
	if (rc == 0)
		report_init(&report);
	published_on = report.published_on;
	if (unpack_report(row->body, &report, err) == -1) {
		rc = -1;
	} else if (rc == 1) {
		rc = reports_save(apply->db, &report, &apply->doer, err);
		if (rc == 0)
			rc = duty_follow(apply->conf, apply->db, &report,
			    published_on, &apply->doer, &told, err);
	} else {
		report.code = xstrdup(code);
		rc = reports_add(apply->db, &report, &apply->doer, err);
		if (rc == 0)
			rc = duty_propose(apply->conf, apply->db, &report,
			    &apply->doer, &told, err);
	}
	report_clear(&report);
out:
	buf_clear(&told);
	free(code);
	return rc;
}

const struct import_kind import_reports = {
	.name = "reports",
	.columns = report_columns,
	.ncolumns = R_COLUMNS,
	.open = reports_open,
	.row = take_row,
	.close = reports_close,
	.apply = apply_row,
};
