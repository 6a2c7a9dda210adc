/* SPDX-License-Identifier: ISC */
/* The commands that read and write papers: dates from words, CSV in and out. */
#include "core/text.h"
#include "desk/dates.h"
#include "desk/export.h"
#include "desk/filter.h"
#include "desk/groups.h"
#include "desk/import.h"
#include "desk/look.h"
#include "desk/plain.h"
#include "desk/show.h"

/* ---- when ---- */

static int
when_env(struct desk_call *call, int *base_on, int *base_minute,
    int64_t *series_id, struct err *err)
{
	const char *code = args_value(&call->args, "report");
	struct report report;

	*base_on = call->today;
	*series_id = 0;
	if (code != NULL) {
		if (look_report(call, code, &report, err) == -1)
			return -1;
		if (report.published_on != DAY_NONE)
			*base_on = report.published_on;
		*series_id = report.series_id;
		report_clear(&report);
	}
	if (look_moment_option(call, "base", base_on, base_minute, err) == -1)
		return -1;
	return look_series_option(call, "series", series_id, err);
}

static void
print_when(struct desk_call *call, int due_on, int earliest_on, int review_on,
    const char *rule, const char *flag)
{
	struct buf *out = &call->answer->out;
	char a[DAY_TEXT_MAX], b[DAY_TEXT_MAX];
	json_t *o;

	if (call->request->json) {
		o = json_object();
		json_put_day(o, "due_on", due_on);
		json_put_day(o, "earliest_on", earliest_on);
		json_put_day(o, "review_on", review_on);
		json_put_text(o, "rule", rule);
		json_put_text(o, "flag", flag);
		json_print(o, out);
		return;
	}
	if (due_on == DAY_NONE) {
		char *plain = plain_rule(rule);

		buf_printf(out, "no date; ask for one on %s  (%s)\n",
		    day_iso(review_on, a), plain);
		free(plain);
	} else if (earliest_on != DAY_NONE && earliest_on != due_on)
		buf_printf(out, "%s to %s  (%s)\n", day_iso(earliest_on, a),
		    day_iso(due_on, b), rule);
	else
		buf_printf(out, "%s  (%s)\n", day_iso(due_on, a), rule);
	if (flag != NULL) {
		char *plain = plain_flag(flag);

		buf_printf(out, "to look at: %s\n", plain);
		free(plain);
	}
}

static int
when_clock(struct desk_call *call, const struct dating *dating,
    const char *name, int base_on, int base_minute, struct err *err)
{
	struct entry entry;
	char *rule;
	int rc;

	entry_init(&entry);
	entry.base_on = base_on;
	entry.base_minute = base_minute;
	rc = dating_clock(dating, &entry, name, err);
	if (rc == 0) {
		rule = entry.due_minute < 0
			   ? xstrdup(entry.rule)
			   : xasprintf("%02d:%02d, %s", entry.due_minute / 60,
				 entry.due_minute % 60, entry.rule);
		print_when(
		    call, entry.due_on, DAY_NONE, DAY_NONE, rule, entry.flag);
		free(rule);
	}
	entry_clear(&entry);
	return rc;
}

static int
run_when(struct desk_call *call, struct err *err)
{
	const char *words = args_word(&call->args, 0);
	const char *clock = args_value(&call->args, "clock");
	struct words_answer answer;
	struct dating dating;
	int64_t series_id;
	int base_on, base_minute = -1, rc;

	if ((words == NULL) == (clock == NULL))
		return err_set(err, ERR_USAGE,
		    "give the words in quotes, or --clock NAME");
	if (when_env(call, &base_on, &base_minute, &series_id, err) == -1 ||
	    dating_load(&dating, call->conf, call->db, err) == -1)
		return -1;
	if (clock != NULL) {
		rc =
		    when_clock(call, &dating, clock, base_on, base_minute, err);
	} else {
		rc = dating_words(
		    &dating, words, base_on, series_id, &answer, err);
		if (rc == 0) {
			print_when(call, answer.due_on, answer.earliest_on,
			    answer.review_on, answer.rule, answer.flag);
			words_answer_clear(&answer);
		}
	}
	dating_clear(&dating);
	return rc;
}

/* ---- the table ---- */

static const struct arg_option when_options[] = {
	{ "base", ARG_VALUE },
	{ "series", ARG_VALUE },
	{ "report", ARG_VALUE },
	{ "clock", ARG_VALUE },
	{ NULL, ARG_FLAG },
};

static const struct arg_option import_options[] = {
	{ "map", ARG_VALUE },
	{ "series", ARG_VALUE },
	{ "anyway", ARG_FLAG },
	{ "dry-run", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

static const struct arg_option export_options[] = {
	FILTER_OPTIONS,
	{ "format", ARG_VALUE },
	{ "restricted", ARG_FLAG },
	{ NULL, ARG_FLAG },
};

const struct desk_command papers_commands[] = {
	{
	    .name = "when",
	    .args = "\"WORDS\" [--base DAY] [--series CODE]",
	    .summary = "Says which day words mean",
	    .help =
		"  --base DAY      what they count from (today)\n"
		"  --series CODE   whose \"next meeting\" is meant\n"
		"  --report CODE   from its day of publication\n"
		"  --clock NAME    a clock of the configuration, not words\n\n"
		"  nudgectl when \"within three months\" --base 2018-08-07\n",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .bare = true,
	    .run = run_when,
	    .options = when_options,
	    .max_words = 1,
	},
	{
	    .name = "import",
	    .args = "entries|parties|meetings|reports FILE.csv "
		    "[--map \"A=b,...\"] [--series CODE] [--anyway] "
		    "[--dry-run]",
	    .summary = "Takes in a CSV file: all of it, or nothing",
	    .help = "  FILE may be - for standard input.\n"
		    "  --map \"Who=owners,When=due_on\"   headings that are "
		    "not known\n"
		    "  --series CODE   whose the entries are that name neither "
		    "series nor report\n"
		    "  --anyway        entries also to those who have left\n"
		    "  --dry-run   says what would come of it\n",
	    .mode = DESK_WRITES,
	    .access = ACCESS_EDIT,
	    .file_arg = 1,
	    .run = import_run,
	    .options = import_options,
	    .min_words = 2,
	    .max_words = 2,
	},
	{
	    .name = "export",
	    .args = "[entries|parties|meetings|reports] [--format csv] "
		    "[--where ...]",
	    .summary = "Writes the register out",
	    .help = "  --format csv|json|md|ics   (entries; the others: csv)\n"
		    "  --where overdue, --where series=WT ...  as list has "
		    "them\n"
		    "  --restricted               restricted entries too\n",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .run = export_run,
	    .options = export_options,
	    .max_words = 1,
	},
	{ .name = NULL },
};
