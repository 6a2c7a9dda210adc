/* SPDX-License-Identifier: ISC */
/* The files that a digest carries; see digest_attach.h. */
#include "desk/digest_attach.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/csv.h"
#include "core/template.h"

static const char *const section_names[DIGEST_SECTIONS] = {
	[DIGEST_HEADLINE] = "In short",
	[DIGEST_CLOCKS] = "Statutory and inspection clocks",
	[DIGEST_OVERDUE] = "Overdue",
	[DIGEST_DUE] = "Due before the next meeting",
	[DIGEST_UNDATED] = "No date set",
	[DIGEST_PROPOSED] = "Proposed for closure",
	[DIGEST_NEEDS] = "Needs you",
	[DIGEST_CLOSED] = "Closed since last time",
};

/* ---- CSV ---- */

static const char *const csv_columns[] = { "section", "ref", "text", "owners",
	"due_on", "days_late", "slips", "last_update_on", "last_update",
	"held_on", "item", "note" };

static void
csv_day(struct csv_writer *csv, int day)
{
	char iso[DAY_TEXT_MAX];

	csv_field(csv, day_iso(day, iso));
}

static void
write_csv(const struct letter *letter, struct buf *out)
{
	struct csv_writer csv = { .out = out };

	for (size_t i = 0; i < sizeof csv_columns / sizeof *csv_columns; i++)
		csv_field(&csv, csv_columns[i]);
	csv_end(&csv);
	VEC_EACH (struct letter_line, l, &letter->lines) {
		bool hidden = l->restricted;

		csv_field(&csv, section_names[l->section]);
		csv_field(&csv, l->ref);
		csv_field(&csv, hidden ? NULL : l->text);
		csv_field(&csv, hidden ? NULL : l->owners);
		csv_day(&csv, l->due_on);
		csv_number(&csv, l->overdue_days);
		csv_number(&csv, l->slips);
		csv_day(&csv, hidden ? DAY_NONE : l->updated_on);
		csv_field(&csv, hidden ? NULL : l->update);
		csv_day(&csv, l->held_on);
		csv_field(&csv, hidden ? NULL : l->item);
		csv_field(&csv, hidden ? NULL : l->note);
		csv_end(&csv);
	}
}

/* ---- HTML ---- */

static void
html_text(struct buf *out, const char *text)
{
	size_t len;

	for (; text != NULL && *text != '\0'; text += len) {
		char *line;

		len = strcspn(text, "\n");
		line = xstrndup(text, len);
		template_add_escaped(out, TEMPLATE_HTML, line);
		free(line);
		if (text[len] == '\n') {
			buf_puts(out, "<br>");
			len++;
		}
	}
}

static void
html_cell(struct buf *out, const char *text)
{
	buf_puts(out, "<td>");
	html_text(out, text);
	buf_puts(out, "</td>");
}

static void
html_row(struct buf *out, const struct letter_line *l)
{
	bool hidden = l->restricted;
	char day[DAY_LONG_MAX];
	struct buf late = { 0 };

	if (l->overdue_days > 0)
		buf_printf(&late, "%d", l->overdue_days);
	buf_puts(out, "<tr>");
	html_cell(out, l->ref);
	html_cell(out, hidden ? "(restricted)" : l->text);
	html_cell(out, hidden ? NULL : l->owners);
	html_cell(
	    out, l->due_on == DAY_NONE ? NULL : day_short(l->due_on, day));
	html_cell(out, buf_text(&late));
	html_cell(out, hidden ? NULL : l->note != NULL ? l->note : l->update);
	buf_puts(out, "</tr>\n");
	buf_clear(&late);
}

#define HTML_HEAD                                          \
	"<!doctype html>\n<html lang=\"en-GB\">\n<head>\n" \
	"<meta charset=\"utf-8\">\n<title>"
#define HTML_STYLE                                                         \
	"</title>\n<style>\n"                                              \
	"body{font-family:sans-serif;max-width:60em;margin:2em auto;"      \
	"padding:0 1em;color:#111}\n"                                      \
	"table{border-collapse:collapse;width:100%;margin-bottom:1.5em}\n" \
	"th,td{border:1px solid #999;padding:.3em .5em;text-align:left;"   \
	"vertical-align:top}\nth{background:#eee}\nh2{font-size:1.1em}\n"  \
	"td:first-child,td:nth-child(4){white-space:nowrap}\n"             \
	"</style>\n</head>\n<body>\n<h1>"
#define HTML_TABLE                                                         \
	"<table>\n<tr><th>Ref</th><th>What</th><th>Owner</th><th>Due</th>" \
	"<th>Days late</th><th>Last update</th></tr>\n"

static void
write_html(const struct letter *letter, struct buf *out)
{
	char day[DAY_LONG_MAX];
	int section = -1;

	buf_puts(out, HTML_HEAD);
	html_text(out, letter->series);
	buf_puts(out, HTML_STYLE);
	html_text(out, letter->series);
	buf_printf(
	    out, "</h1>\n<p>As of %s.</p>\n", day_long(letter->today, day));
	if (letter->headline != NULL) {
		buf_puts(out, "<p>");
		html_text(out, letter->headline);
		buf_puts(out, "</p>\n");
	}
	VEC_EACH (struct letter_line, l, &letter->lines) {
		if ((int)l->section != section) {
			if (section != -1)
				buf_puts(out, "</table>\n");
			section = (int)l->section;
			buf_puts(out, "<h2>");
			html_text(out, section_names[section]);
			buf_puts(out, "</h2>\n" HTML_TABLE);
		}
		html_row(out, l);
	}
	if (section != -1)
		buf_puts(out, "</table>\n");
	buf_puts(out, "</body>\n</html>\n");
}

/* ---- the files ---- */

static const struct {
	const char *format;
	const char *type;
} formats[] = {
	{ "csv", "text/csv; charset=utf-8" },
	{ "md", "text/markdown; charset=utf-8" },
	{ "html", "text/html; charset=utf-8" },
};

static int
write_md(struct agent *agent, const struct letter *letter, struct buf *out,
    struct err *err)
{
	struct buf subject = { 0 };
	int rc = letter_render(
	    LETTER_DIGEST_MD, letter, &agent->templates, &subject, out, err);

	buf_clear(&subject);
	return rc;
}

int
digest_attach(struct agent *agent, const struct conf_digest *digest,
    const struct letter *letter, struct digest_files *out, struct err *err)
{
	char iso[DAY_TEXT_MAX];

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		struct buf data = { 0 };
		size_t n = out->count;

		if (!strings_has(&digest->attach, formats[i].format))
			continue;
		if (i == 0)
			write_csv(letter, &data);
		else if (i == 2)
			write_html(letter, &data);
		else if (write_md(agent, letter, &data, err) == -1) {
			buf_clear(&data);
			return -1;
		}
		out->names[n] = xasprintf("%s-%s.%s", digest->name,
		    day_iso(letter->today, iso), formats[i].format);
		out->items[n] = (struct mime_attachment){ .name = out->names[n],
			.type = formats[i].type,
			.len = data.len };
		out->data[n] = buf_take(&data);
		out->items[n].data = out->data[n];
		out->count++;
	}
	return 0;
}

void
digest_files_clear(struct digest_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->data[i]);
		free(files->names[i]);
	}
	*files = (struct digest_files){ 0 };
}
