/* SPDX-License-Identifier: ISC */
/*
 * The engine of imports: slices of reading and staging, one flip, slices of
 * applying. What the rows mean is in import_*.c.
 */
#include "desk/import.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"
#include "desk/dates.h"
#include "desk/days.h"
#include "desk/import_kind.h"
#include "desk/show.h"

#define NOTES_MAX 50
#define FORGET_ROWS 2000          /* staged rows thrown away in one turn */
#define NOT_APPLIED "not applied" /* in the history of an import */
#define COLUMNS_MAX 64
#define ALIASES_MAX 64

static const struct import_kind *const kinds[] = { &import_entries,
	&import_parties, &import_meetings, &import_reports };
#define NKINDS (sizeof kinds / sizeof kinds[0])

/* ---- slices ---- */

static struct timespec
slice_begin(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now;
}

static bool
slice_over(const struct timespec *began, int ms)
{
	struct timespec now = slice_begin();

	return (now.tv_sec - began->tv_sec) * 1000000000L +
		   (now.tv_nsec - began->tv_nsec) >=
	       ms * 1000000L;
}

/* ---- for the kinds ---- */

void
import_wrong(struct import_run *run, int column, const char *format, ...)
{
	va_list ap;

	run->sound = false;
	if (run->problems++ >= IMPORT_WRONG_MAX)
		return;
	buf_printf(&run->wrong, "%s:row %zu", run->file, run->row);
	if (column >= 0)
		buf_printf(&run->wrong, ", column \"%s\"",
		    run->kind->columns[column].name);
	buf_puts(&run->wrong, ": ");
	va_start(ap, format);
	buf_vprintf(&run->wrong, format, ap);
	va_end(ap);
	buf_putc(&run->wrong, '\n');
}

void
import_note(struct import_run *run, const char *format, ...)
{
	va_list ap;

	if (run->flagged++ >= NOTES_MAX)
		return;
	va_start(ap, format);
	buf_vprintf(&run->notes, format, ap);
	va_end(ap);
	buf_putc(&run->notes, '\n');
}

int
import_stage(struct import_run *run, int64_t number, int64_t entry_id,
    const char *body, struct err *err)
{
	if (run->dry_run || run->problems > 0)
		return 0;
	run->staged++;
	return imports_stage(
	    run->call->db, run->id, number, entry_id, body, err);
}

/* ---- one import ---- */

enum phase { PHASE_READ, PHASE_FINISH, PHASE_DROP, PHASE_REPORT };

struct importing {
	struct import_run run;
	struct csv_reader *reader;
	enum phase phase;
	int index[COLUMNS_MAX];
	size_t headings;
	int64_t last_event;
	struct err conflict;
};

static void
importing_free(void *state)
{
	struct importing *im = state;

	if (im->run.kind->close != NULL && im->run.ctx != NULL)
		im->run.kind->close(&im->run);
	if (im->reader != NULL)
		csv_close(im->reader);
	buf_clear(&im->run.wrong);
	buf_clear(&im->run.notes);
	import_unknown_clear(&im->run);
	buf_clear(&im->run.remarks);
	free(im);
}

static const struct import_kind *
find_kind(const char *name)
{
	for (size_t i = 0; i < NKINDS; i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	return NULL;
}

static int
read_heading(struct importing *im, struct err *err)
{
	const struct import_kind *kind = im->run.kind;
	const char *map = args_value(&im->run.call->args, "map");
	struct csv_alias aliases[ALIASES_MAX];
	char *text = map == NULL ? NULL : xstrdup(map);
	struct buf unknown = { 0 };
	struct csv_row row;
	int count = 0, rc;

	if (text != NULL)
		count = csv_aliases_parse(text, aliases, ALIASES_MAX, err);
	if (count == -1) {
		err->code = ERR_USAGE;
		rc = err_wrap(err, "--map");
		goto out;
	}
	rc = csv_next(im->reader, &row, err);
	if (rc == 0)
		rc = err_set(err, ERR_INPUT, "the file is empty");
	im->headings = rc == 1 ? row.count : 0;
	if (rc == 1)
		rc = csv_map(&row, kind->columns, kind->ncolumns, aliases,
		    (size_t)count, im->index, &unknown, err);
	if (rc == -1)
		err_wrap(err, "%s", im->run.file);
	if (rc == 0 && unknown.len > 0)
		desk_remark(im->run.call, "%s: columns not read: %s",
		    im->run.file, buf_text(&unknown));
out:
	buf_clear(&unknown);
	free(text);
	return rc;
}

static int
begin(struct desk_call *call, struct err *err)
{
	const struct import_kind *kind = find_kind(args_word(&call->args, 0));
	const struct desk_file *file;
	struct importing *im;

	if (kind == NULL)
		return err_set(err, ERR_USAGE,
		    "\"%.40s\": import takes entries, parties, meetings or "
		    "reports",
		    args_word(&call->args, 0));
	if (kind != &import_entries && (args_has(&call->args, "series") ||
					   args_has(&call->args, "anyway")))
		return err_set(
		    err, ERR_USAGE, "--series and --anyway are for entries");
	if (call->request->files.len != 1)
		return err_set(err, ERR_USAGE, "which file?");
	file = &call->request->files.items[0];
	im = xcalloc(1, sizeof *im);
	im->run.call = call;
	im->run.kind = kind;
	im->run.file = file->name;
	im->run.index = im->index;
	im->run.dry_run = args_has(&call->args, "dry-run");
	call->state = im;
	call->state_free = importing_free;
	if (csv_open(file->bytes, file->len, &im->reader, err) == -1)
		return err_wrap(err, "%s", file->name);
	if (read_heading(im, err) == -1 ||
	    imports_last_event(call->db, &im->last_event, err) == -1 ||
	    kind->open(&im->run, err) == -1)
		return -1;
	if (!im->run.dry_run && imports_begin(call->db, kind->name, &call->doer,
				    &im->run.id, err) == -1)
		return -1;
	return DESK_MORE;
}

/* Cells behind the last heading would be lost without a word, and those before
 * them stand in the wrong columns. */
static bool
is_too_wide(struct importing *im, const struct csv_row *row)
{
	char separator = csv_separator(im->reader);
	size_t count = row->count;

	while (
	    count > im->headings &&
	    row->fields[count - 1][strspn(row->fields[count - 1], " ")] == '\0')
		count--;
	if (count <= im->headings)
		return false;
	import_wrong(&im->run, -1,
	    "%zu cells, %zu headings: a %s in a text wants quotes around the "
	    "text",
	    count, im->headings,
	    separator == ','   ? "comma"
	    : separator == ';' ? "semicolon"
			       : "tab");
	return true;
}

static int
read_rows(struct importing *im, struct err *err)
{
	struct timespec began = slice_begin();
	struct csv_row row;
	struct err bad;
	int rc;

	do {
		for (int i = 0; i < 32; i++) {
			rc = csv_next(im->reader, &row, &bad);
			if (rc == -1) {
				im->run.problems++;
				buf_printf(&im->run.wrong, "%s:%s\n",
				    im->run.file, bad.text);
			}
			if (rc != 1) {
				im->phase = PHASE_FINISH;
				return DESK_MORE;
			}
			im->run.row = row.number;
			im->run.sound = true;
			if (!is_too_wide(im, &row) &&
			    im->run.kind->row(&im->run, &row, err) == -1)
				return -1;
		}
	} while (!slice_over(&began, im->run.call->slice_ms));
	return DESK_MORE;
}

static int
look_at_event(
    void *ctx, const char *subject, int64_t subject_id, struct err *err)
{
	struct import_run *run = ctx;

	if (run->kind->touched == NULL)
		return 1;
	return run->kind->touched(run, subject, subject_id, err);
}

/* Somebody may have written between the turns. */
static int
flip(struct importing *im, struct err *err)
{
	struct import_run *run = &im->run;
	int rc = imports_events_since(
	    run->call->db, im->last_event, look_at_event, run, err);

	if (rc == -1)
		return -1;
	if (rc == 1) {
		err_set(&im->conflict, ERR_CONFLICT,
		    "the register was changed while the file was read; "
		    "nothing was imported, try again");
		im->phase = PHASE_DROP;
		return DESK_MORE;
	}
	im->phase = PHASE_REPORT;
	if (run->staged == 0)
		return imports_forget(run->call->db, run->id, 1, err) == -1
			   ? -1
			   : DESK_MORE;
	return imports_flip(run->call->db, run->id, err) == -1 ? -1 : DESK_MORE;
}

static int
finish_rows(struct importing *im, struct err *err)
{
	int rc = 0;

	if (im->run.kind->finish != NULL)
		rc = im->run.kind->finish(&im->run, err);
	if (rc != 0)
		return rc == -1 ? -1 : DESK_MORE;
	if (im->run.problems > 0) {
		im->phase = PHASE_DROP;
		return DESK_MORE;
	}
	if (im->run.dry_run) {
		im->phase = PHASE_REPORT;
		return DESK_MORE;
	}
	return flip(im, err);
}

static void
tell_problems(struct importing *im)
{
	struct import_run *run = &im->run;
	struct buf *out = &run->call->answer->err;
	char count[SHOW_COUNT_MAX];

	run->call->answer->status = DESK_FAILED;
	if (im->conflict.code != ERR_NONE) {
		run->call->answer->status = DESK_REFUSED;
		buf_printf(out, "%s: %s\n", run->file, im->conflict.text);
		return;
	}
	buf_puts(out, buf_text(&run->wrong));
	import_unknown_tell(run, out);
	if (run->problems > IMPORT_WRONG_MAX)
		buf_printf(out, "... and %lld more\n",
		    run->problems - IMPORT_WRONG_MAX);
	buf_printf(out, "%s: nothing was imported: %s\n", run->file,
	    show_count(run->problems, "problem", "problems", count));
}

static int
drop(struct importing *im, struct err *err)
{
	struct import_run *run = &im->run;
	int rc = run->id == 0
		     ? 0
		     : imports_forget(run->call->db, run->id, FORGET_ROWS, err);

	if (rc != 0)
		return rc == -1 ? -1 : DESK_MORE;
	tell_problems(im);
	return 0;
}

static void
add_lines(json_t *array, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		json_array_append_new(array, json_stringn(text, len));
		text += len + (text[len] == '\n');
	}
}

/* A row that was sound and that the register did not take all the same. */
static int
tell_left_out(void *ctx, const struct event *event, struct err *err)
{
	struct importing *im = ctx;
	struct desk_call *call = im->run.call;

	(void)err;
	if (event->id <= im->last_event ||
	    strcmp(event->what, NOT_APPLIED) != 0)
		return 0;
	desk_remark(call, "%s:%s was left out, the rest is in: %s",
	    im->run.file, event->new, event->note);
	call->answer->status = DESK_FAILED;
	return 0;
}

static int
report(struct importing *im, struct err *err)
{
	struct import_run *run = &im->run;
	struct buf *out = &run->call->answer->out;
	json_t *o, *notes;

	if (run->id != 0 && register_history(run->call->db, "import", run->id,
				INSTANT_NONE, tell_left_out, im, err) == -1)
		return -1;
	if (run->call->request->json) {
		o = json_object();
		json_put_int(o, "new", run->added);
		json_put_int(o, "changed", run->changed);
		json_put_int(o, "same", run->same);
		json_put_int(o, "kept", run->kept);
		json_put_int(o, "flagged", run->flagged);
		json_put_bool(o, "dry_run", run->dry_run);
		notes = json_array();
		add_lines(notes, buf_text(&run->remarks));
		add_lines(notes, buf_text(&run->notes));
		json_object_set_new(o, "notes", notes);
		json_print(o, out);
		return 0;
	}
	buf_printf(out, "%s%lld new, %lld changed, %lld the same\n",
	    run->dry_run ? "would be: " : "", run->added, run->changed,
	    run->same);
	if (run->kept > 0)
		buf_printf(out,
		    "%lld of these say something else than the register, "
		    "which has moved on; the register's word stands\n",
		    run->kept);
	buf_puts(out, buf_text(&run->remarks));
	buf_puts(out, buf_text(&run->notes));
	if (run->flagged > NOTES_MAX)
		buf_printf(
		    out, "... and %lld more\n", run->flagged - NOTES_MAX);
	return 0;
}

int
import_run(struct desk_call *call, struct err *err)
{
	struct importing *im = call->state;

	if (im == NULL)
		return begin(call, err);
	switch (im->phase) {
	case PHASE_READ:
		return read_rows(im, err);
	case PHASE_FINISH:
		return finish_rows(im, err);
	case PHASE_DROP:
		return drop(im, err);
	default:
		return report(im, err);
	}
}

/* ---- applying ---- */

static struct doer
doer_of(const struct import *import, int64_t now)
{
	return (struct doer){ .actor = import->actor,
		.by = import->by,
		.on = import->done_on,
		.at = now };
}

/* Dates to be reckoned anew are one row, which says how far that got. */
static int
apply_dates(struct import_apply *apply, const struct import *import,
    struct import_row *row, struct err *err)
{
	if (redate_slice(
		apply->conf, apply->db, &apply->doer, &row->body, err) == -1)
		return -1;
	if (row->body == NULL)
		return imports_drop_row(apply->db, import->id, row->row, err);
	return imports_set_row(apply->db, import->id, row->row, row->body, err);
}

static int
apply_row(struct import_apply *apply, const struct import_kind *kind,
    const struct import *import, struct import_row *row, struct err *err)
{
	if (strcmp(import->kind, "dates") == 0)
		return apply_dates(apply, import, row, err);
	if (kind == NULL)
		return err_set(err, ERR_INPUT,
		    "the register holds a staged import of \"%s\"",
		    import->kind);
	if (kind->apply(apply, row, err) == -1)
		return -1;
	return imports_drop_row(apply->db, import->id, row->row, err);
}

int
import_slice(const struct conf *conf, struct db *db,
    const struct import *import, int64_t now, int slice_ms, int64_t *bad,
    struct err *err)
{
	const struct import_kind *kind = find_kind(import->kind);
	struct timespec began = slice_begin();
	struct import_apply apply = {
		.conf = conf,
		.db = db,
		.doer = doer_of(import, now),
		.today = zone_day(&conf->zone, now, NULL),
	};

	do {
		for (int i = 0; i < 16; i++) {
			struct import_row row;
			int rc = imports_next(db, import->id, &row, err);

			if (rc == 0)
				return imports_forget(db, import->id, 1, err) ==
					       -1
					   ? -1
					   : 0;
			if (rc == -1)
				return -1;
			*bad = row.row;
			rc = apply_row(&apply, kind, import, &row, err);
			import_row_clear(&row);
			if (rc == -1)
				return -1;
			if (kind == NULL)
				return 0;
		}
	} while (!slice_over(&began, slice_ms));
	return 0;
}

int
import_skip(struct db *db, const struct import *import, int64_t row,
    const char *why, int64_t now, struct err *err)
{
	struct doer doer = doer_of(import, now);
	char *number = xasprintf("row %lld", (long long)(row % IMPORT_RANK));
	int rc = -1;

	if (imports_drop_row(db, import->id, row, err) == 0)
		rc = register_event(db, &doer, "import", import->id,
		    NOT_APPLIED, NULL, number, why, err);
	free(number);
	return rc;
}
