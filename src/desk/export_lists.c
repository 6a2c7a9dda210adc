/* SPDX-License-Identifier: ISC */
/* Parties, meetings and reports as the CSV that an import takes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/export.h"
#include "io/meetings.h"
#include "io/parties.h"

static void
add_day(struct csv_writer *writer, int day)
{
	char iso[DAY_TEXT_MAX];

	csv_field(writer, day_iso(day, iso));
}

/* ---- parties ---- */

struct listed {
	int64_t id;
	enum party_kind kind;
	char *name, *place;
	struct buf aliases;
};

struct listing {
	VEC(struct listed) list;
	struct strmap places; /* id to place in list */
};

static int
list_party(void *ctx, const struct party *party, struct err *err)
{
	struct listing *listing = ctx;
	struct listed *listed;

	(void)err;
	if (party->kind == PARTY_ADDRESS)
		return 0;
	listed = vec_push(&listing->list);
	listed->id = party->id;
	listed->kind = party->kind;
	listed->name = xstrdup(party->name);
	listed->place = xstrdup(party->organisation);
	return 0;
}

static int
add_alias(void *ctx, int64_t party_id, const char *alias)
{
	struct listing *listing = ctx;
	char id[32];
	int64_t *at;

	snprintf(id, sizeof id, "%lld", (long long)party_id);
	at = strmap_get(&listing->places, id);
	if (at != NULL) {
		struct buf *aliases = &listing->list.items[*at].aliases;

		buf_printf(
		    aliases, "%s%s", aliases->len > 0 ? "; " : "", alias);
	}
	return 0;
}

/* Organisations, offices, persons; by name, then by organisation: an order
 * that does not depend on when they came. */
static int
by_name(const void *a, const void *b)
{
	static const int ranks[] = {
		[PARTY_ORGANISATION] = 0, [PARTY_OFFICE] = 1, [PARTY_PERSON] = 2
	};
	const struct listed *x = a, *y = b;
	int rc;

	if (ranks[x->kind] != ranks[y->kind])
		return ranks[x->kind] - ranks[y->kind];
	rc = strcmp(x->name, y->name);
	if (rc != 0)
		return rc;
	return strcmp(
	    x->place != NULL ? x->place : "", y->place != NULL ? y->place : "");
}

/* The office that a person holds in their own organisation. */
static const char *
own_office(struct desk_call *call, const struct party *party)
{
	struct party office;
	struct err err;
	char *full;
	int64_t id;
	bool own;

	if (party->office == NULL)
		return NULL;
	full = party_full_name(party->office, party->organisation);
	own = parties_find(call->db, full, &id, &err) == 0 &&
	      parties_get(call->db, id, call->today, &office, &err) == 1;
	free(full);
	if (!own)
		return NULL;
	own = office.holder_id == party->id &&
	      office.organisation_id == party->organisation_id;
	party_clear(&office);
	return own ? party->office : NULL;
}

static void
add_party(
    struct export_names *names, const struct party *p, const char *aliases)
{
	struct desk_call *call = names->call;
	struct csv_writer writer = { .out = &call->answer->out };

	csv_field(&writer, party_kind_name(p->kind));
	csv_field(&writer, p->name);
	csv_field(&writer, p->organisation);
	csv_field(&writer, own_office(call, p));
	csv_field(&writer, p->email);
	csv_field(&writer, aliases);
	csv_field(&writer, export_name(names, p->holder_id));
	csv_field(&writer, export_name(names, p->contact_id));
	csv_field(&writer, export_name(names, p->deputy_id));
	add_day(&writer, p->deputy_from_on);
	add_day(&writer, p->deputy_until_on);
	add_day(&writer, p->paused_from_on);
	add_day(&writer, p->paused_until_on);
	csv_field(&writer, p->allow_external ? "yes" : NULL);
	add_day(&writer, p->left_on);
	csv_field(&writer, export_name(names, p->successor_id));
	csv_end(&writer);
}

static int
list_parties(struct desk_call *call, struct listing *listing, struct err *err)
{
	char id[32];

	if (parties_each(call->db, -1, call->today, list_party, listing, err) ==
	    -1)
		return -1;
	if (listing->list.len > 0)
		qsort(listing->list.items, listing->list.len,
		    sizeof *listing->list.items, by_name);
	for (size_t i = 0; i < listing->list.len; i++) {
		snprintf(id, sizeof id, "%lld",
		    (long long)listing->list.items[i].id);
		strmap_set(&listing->places, id, (int64_t)i);
	}
	return parties_each_alias(call->db, add_alias, listing, err);
}

int
export_parties(struct desk_call *call, struct err *err)
{
	struct export_names names = { .call = call };
	struct listing listing = { 0 };
	struct party party;
	int rc = list_parties(call, &listing, err);

	export_heading(&call->answer->out, party_columns, P_COLUMNS);
	VEC_EACH (struct listed, listed, &listing.list) {
		if (rc == 0 && (rc = parties_get(call->db, listed->id,
				    call->today, &party, err)) == 1) {
			add_party(&names, &party, buf_text(&listed->aliases));
			party_clear(&party);
			desk_spill(call);
			rc = 0;
		}
		free(listed->name);
		free(listed->place);
		buf_clear(&listed->aliases);
	}
	vec_clear(&listing.list);
	strmap_clear(&listing.places);
	export_names_clear(&names);
	return rc;
}

/* ---- meetings ---- */

struct series_list {
	VEC(struct series) list;
};

static int
list_series(void *ctx, const struct series *series, struct err *err)
{
	struct series_list *all = ctx;
	struct series *copy = vec_push(&all->list);

	(void)err;
	*copy = *series;
	copy->code = xstrdup(series->code);
	copy->title = xstrdup(series->title);
	return 0;
}

static int
by_code(const void *a, const void *b)
{
	const struct series *x = a, *y = b;

	return text_compare(x->code, y->code);
}

struct meeting_rows {
	struct export_names *names;
	const struct series *series;
	long long count;
};

static void
add_meeting(struct meeting_rows *rows, const struct meeting *m)
{
	static const char *const states[] = { "planned", "held", "cancelled" };
	static const char *const minutes[] = { NULL, "draft", "approved" };
	const struct series *series = rows->series;
	struct csv_writer writer = { .out = &rows->names->call->answer->out };
	char time[16] = "";

	if (m != NULL && m->starts_minute >= 0)
		snprintf(time, sizeof time, "%02d:%02d", m->starts_minute / 60,
		    m->starts_minute % 60);
	csv_field(&writer, series->code);
	csv_field(&writer, series->title);
	add_day(&writer, m == NULL ? DAY_NONE : m->held_on);
	csv_field(&writer, time);
	csv_field(&writer, m == NULL ? NULL : m->venue);
	csv_field(&writer, m == NULL ? NULL : states[m->state]);
	csv_field(&writer, m == NULL ? NULL : minutes[m->minutes]);
	add_day(&writer, m == NULL ? DAY_NONE : m->approved_on);
	csv_field(&writer, export_name(rows->names, series->chair_id));
	csv_field(&writer, export_name(rows->names, series->secretary_id));
	csv_field(&writer, series->restricted ? "yes" : NULL);
	csv_field(&writer, series->confirm_drafts ? "yes" : NULL);
	csv_end(&writer);
}

static int
count_meeting(void *ctx, const struct meeting *meeting, struct err *err)
{
	struct meeting_rows *rows = ctx;

	(void)err;
	rows->count++;
	add_meeting(rows, meeting);
	desk_spill(rows->names->call);
	return 0;
}

int
export_meetings(struct desk_call *call, struct err *err)
{
	struct export_names names = { .call = call };
	struct series_list all = { 0 };
	int rc = series_each(call->db, list_series, &all, err);

	if (all.list.len > 0)
		qsort(all.list.items, all.list.len, sizeof *all.list.items,
		    by_code);
	export_heading(&call->answer->out, meeting_columns, M_COLUMNS);
	VEC_EACH (struct series, series, &all.list) {
		struct meeting_rows rows = { &names, series, 0 };

		if (rc == 0)
			rc = meetings_each(call->db, series->id, DAY_NONE,
			    count_meeting, &rows, err);
		if (rc == 0 && rows.count == 0)
			add_meeting(&rows, NULL);
		free(series->code);
		free(series->title);
	}
	vec_clear(&all.list);
	export_names_clear(&names);
	return rc;
}

/* ---- reports ---- */

struct report_list {
	VEC(struct report) list;
};

static int
list_report(void *ctx, const struct report *report, struct err *err)
{
	struct report_list *all = ctx;
	struct report *copy = vec_push(&all->list);

	(void)err;
	*copy = *report;
	copy->code = xstrdup(report->code);
	copy->body = xstrdup(report->body);
	copy->title = xstrdup(report->title);
	copy->grading = xstrdup(report->grading);
	copy->series = xstrdup(report->series);
	return 0;
}

static int
by_report(const void *a, const void *b)
{
	const struct report *x = a, *y = b;

	return text_compare(x->code, y->code);
}

int
export_reports(struct desk_call *call, struct err *err)
{
	struct csv_writer writer = { .out = &call->answer->out };
	struct report_list all = { 0 };
	int rc = reports_each(call->db, list_report, &all, err);

	if (all.list.len > 0)
		qsort(all.list.items, all.list.len, sizeof *all.list.items,
		    by_report);
	export_heading(&call->answer->out, report_columns, R_COLUMNS);
	VEC_EACH (struct report, r, &all.list) {
		csv_field(&writer, r->code);
		csv_field(&writer, r->body);
		csv_field(&writer, r->title);
		add_day(&writer, r->published_on);
		csv_field(&writer, r->grading);
		csv_field(&writer, r->series);
		csv_end(&writer);
		report_clear(r);
	}
	vec_clear(&all.list);
	return rc;
}
