/* SPDX-License-Identifier: ISC */
/*
 * Entries as CSV that an import takes back, as JSON, as a Markdown table, as a
 * calendar. Restricted entries stay inside unless they are asked for.
 */
#include "desk/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ics.h"
#include "core/text.h"
#include "desk/filter.h"
#include "desk/record.h"
#include "desk/show.h"
#include "io/parties.h"

/* ---- names ---- */

static bool
means(struct desk_call *call, const char *name, int64_t id)
{
	struct err ignored;
	int64_t found;

	return parties_find(call->db, name, &found, &ignored) == 0 &&
	       found == id;
}

/* The shortest way to write a party that is read as this one. */
static char *
unique_name(struct desk_call *call, int64_t id)
{
	struct party party;
	struct err err;
	char *name, *full;

	if (parties_get(call->db, id, call->today, &party, &err) != 1)
		return xstrdup("");
	name = xstrdup(party.name);
	if (!means(call, name, id) && party.organisation != NULL) {
		full = party_full_name(party.name, party.organisation);
		if (means(call, full, id)) {
			free(name);
			name = full;
		} else {
			free(full);
		}
	}
	if (!means(call, name, id) && party.email != NULL &&
	    means(call, party.email, id)) {
		free(name);
		name = xstrdup(party.email);
	}
	party_clear(&party);
	return name;
}

const char *
export_name(struct export_names *names, int64_t party_id)
{
	char id[32];
	int64_t *at;

	if (party_id == 0)
		return "";
	snprintf(id, sizeof id, "%lld", (long long)party_id);
	at = strmap_get(&names->known, id);
	if (at == NULL) {
		*vec_push(&names->list) = unique_name(names->call, party_id);
		strmap_set(&names->known, id, (int64_t)names->list.len - 1);
		return names->list.items[names->list.len - 1];
	}
	return names->list.items[*at];
}

void
export_names_clear(struct export_names *names)
{
	strmap_clear(&names->known);
	VEC_EACH (char *, name, &names->list)
		free(*name);
	vec_clear(&names->list);
}

void
export_heading(struct buf *out, const struct csv_column *columns, size_t count)
{
	struct csv_writer writer = { .out = out };

	for (size_t i = 0; i < count; i++)
		csv_field(&writer, columns[i].name);
	csv_end(&writer);
}

/* ---- one entry as cells ---- */

static void
put(struct entry_cells *cells, int column, const char *text)
{
	if (text != NULL && *text != '\0')
		cells->cell[column] = xstrdup(text);
}

static void
put_owners(struct export_names *names, struct entry_cells *cells, int column,
    const struct entry *entry, enum owner_role role)
{
	struct buf text = { 0 };

	VEC_EACH (const struct owner, o, &entry->owners)
		if (o->role == role)
			buf_printf(&text, "%s%s", text.len > 0 ? "; " : "",
			    export_name(names, o->party_id));
	if (text.len > 0)
		cells->cell[column] = buf_take(&text);
}

static void
put_parent(struct desk_call *call, struct entry_cells *cells,
    const struct entry *entry)
{
	struct entry parent;
	struct err err;

	if (entry->parent_id == 0 ||
	    entries_get_id(call->db, entry->parent_id, &parent, &err) != 1)
		return;
	put(cells, E_PARENT, parent.ref);
	entry_clear(&parent);
}

static void
fill_cells(struct export_names *names, const struct entry *e,
    struct entry_cells *cells)
{
	char sum[CHECKSUM_MAX];

	entry_cells_fill(cells, e);
	put_owners(names, cells, E_OWNERS, e, ROLE_OWNER);
	put(cells, E_SERIES, e->series);
	put(cells, E_REPORT, e->report);
	put_owners(names, cells, E_CO_OWNERS, e, ROLE_CO_OWNER);
	put_owners(names, cells, E_SPONSORS, e, ROLE_SPONSOR);
	put_parent(names->call, cells, e);
	entry_checksum(cells, sum);
	put(cells, E_CHECKSUM, sum);
}

/* ---- the formats ---- */

struct exporting {
	struct desk_call *call;
	struct filter filter;
	struct export_names names;
	struct json_list json;
	bool restricted; /* asked for */
	long long left_out;
	void (*add)(struct exporting *, const struct entry *);
};

static void
add_csv(struct exporting *ex, const struct entry *entry)
{
	struct csv_writer writer = { .out = &ex->call->answer->out };
	struct entry_cells cells;

	fill_cells(&ex->names, entry, &cells);
	for (int i = 0; i < E_EXPORTED; i++)
		csv_field(&writer, cells.cell[i]);
	csv_end(&writer);
	entry_cells_clear(&cells);
}

static void
add_json(struct exporting *ex, const struct entry *entry)
{
	json_list_add(&ex->json, record_json(entry, ex->call->today));
}

/* A cell of a Markdown table: what Markdown would read as markup, escaped. */
static void
md_cell(struct buf *out, const char *text)
{
	buf_puts(out, "| ");
	for (; *text != '\0'; text++) {
		if (strchr("\\|*_`[]<>#", *text) != NULL)
			buf_putc(out, '\\');
		buf_putc(out, *text == '\n' ? ' ' : *text);
	}
	buf_putc(out, ' ');
}

static void
add_md(struct exporting *ex, const struct entry *entry)
{
	struct buf *out = &ex->call->answer->out;
	char *owners = entry_owners_text(entry);
	char day[DAY_LONG_MAX], number[16];
	int late = entry_overdue_days(entry, ex->call->today);

	md_cell(out, entry->ref);
	md_cell(out, entry->text);
	md_cell(out, owners != NULL ? owners : "");
	md_cell(out, entry->due_on == DAY_NONE ? "no date"
					       : day_long(entry->due_on, day));
	snprintf(number, sizeof number, "%d", late);
	md_cell(out, late > 0 ? number : "");
	md_cell(out, entry_state_name(entry->state));
	buf_puts(out, "|\n");
	free(owners);
}

static void
add_ics(struct exporting *ex, const struct entry *entry)
{
	struct ics_event event = { 0 };
	char *uid, *summary, *owners;

	if (entry->due_on == DAY_NONE)
		return;
	owners = entry_owners_text(entry);
	uid = xasprintf("%s@nudged", entry->ref);
	for (char *p = uid; *p != '\0'; p++)
		*p = text_lower(*p);
	summary = xasprintf("%s: %s", entry->ref, entry->text);
	event.uid = uid;
	event.sequence = (int)(entry->version - 1);
	event.stamp_at = ex->call->now;
	event.first_on = entry->due_on;
	event.last_on = DAY_NONE;
	event.summary = summary;
	event.description = owners;
	event.category = entry->kind;
	event.cancelled = !entry_state_is_live(entry->state);
	ics_event_add(&ex->call->answer->out, &event);
	free(uid);
	free(summary);
	free(owners);
}

static int
export_entry(void *ctx, const struct entry *entry, struct err *err)
{
	struct exporting *ex = ctx;

	(void)err;
	if (entry->is_restricted && !ex->restricted) {
		ex->left_out++;
		return 0;
	}
	ex->add(ex, entry);
	desk_spill(ex->call);
	return 0;
}

static void
begin(struct exporting *ex, const char *format)
{
	struct buf *out = &ex->call->answer->out;

	if (strcmp(format, "csv") == 0) {
		ex->add = add_csv;
		export_heading(out, entry_columns, E_EXPORTED);
	} else if (strcmp(format, "json") == 0) {
		ex->add = add_json;
	} else if (strcmp(format, "md") == 0) {
		ex->add = add_md;
		buf_puts(out,
		    "| Ref | Entry | Owner | Due | Days late | State |\n"
		    "|---|---|---|---|---:|---|\n");
	} else {
		ex->add = add_ics;
		ics_open(out, ex->call->conf->organisation);
	}
}

static int
export_entries(struct desk_call *call, const char *format, struct err *err)
{
	struct exporting ex = {
		.call = call,
		.names = { .call = call },
		.json = { &call->answer->out, 0 },
		.restricted = args_has(&call->args, "restricted"),
	};
	char count[SHOW_COUNT_MAX];
	int rc;

	if (filter_read(call, &ex.filter, err) == -1)
		return -1;
	begin(&ex, format);
	rc = entries_each(call->db, &ex.filter.entries, export_entry, &ex, err);
	if (rc == 0 && ex.add == add_json)
		json_list_end(&ex.json);
	if (rc == 0 && ex.add == add_ics)
		ics_close(&call->answer->out);
	if (rc == 0 && ex.left_out > 0)
		desk_remark(call, "%s left out; --restricted includes them",
		    show_count(ex.left_out, "restricted entry",
			"restricted entries", count));
	export_names_clear(&ex.names);
	return rc;
}

int
export_run(struct desk_call *call, struct err *err)
{
	static const char *const formats[] = { "csv", "json", "md", "ics" };
	const char *what = args_word(&call->args, 0);
	const char *format = args_value(&call->args, "format");

	if (format == NULL)
		format = call->request->json ? "json" : "csv";
	if (what == NULL || strcmp(what, "entries") == 0) {
		for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
			if (strcmp(format, formats[i]) == 0)
				return export_entries(call, format, err);
		return err_set(err, ERR_USAGE,
		    "--format: write csv, json, md or ics, not \"%.20s\"",
		    format);
	}
	if (strcmp(format, "csv") != 0)
		return err_set(err, ERR_USAGE,
		    "%.20s are exported as csv; nudgectl %s --json lists them",
		    what,
		    strcmp(what, "meetings") == 0  ? "meeting list"
		    : strcmp(what, "reports") == 0 ? "report list"
						   : "parties");
	if (strcmp(what, "parties") == 0)
		return export_parties(call, err);
	if (strcmp(what, "meetings") == 0)
		return export_meetings(call, err);
	if (strcmp(what, "reports") == 0)
		return export_reports(call, err);
	return err_set(err, ERR_USAGE,
	    "\"%.40s\": export takes entries, parties, meetings or reports",
	    what);
}
