/* SPDX-License-Identifier: ISC */
/* A paper that --series sends to the wrong series: its title is another one's,
 * or the register has it there already. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/args.h"
#include "desk/minutes_parts.h"
#include "io/entries.h"

/* ---- its title ---- */

static const char *
title_of(const struct minutes_known *known, const char *code)
{
	for (size_t i = 0; i < known->dating.cal.series.len; i++) {
		const struct words_series *s =
		    &known->dating.cal.series.items[i];

		if (s->code != NULL && text_same(s->code, code))
			return s->title != NULL ? s->title : "";
	}
	return "";
}

static int
check_title(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, const char *code, struct err *err)
{
	struct minutes minutes = { 0 };
	int rc;

	if (minutes_read_as(call, known, file, NULL, &minutes, err) == -1)
		return -1;
	rc = 0;
	VEC_EACH (const struct minutes_meeting, m, &minutes.meetings) {
		if (rc == -1 || m->series == NULL || m->title == NULL ||
		    text_same(m->series, code))
			continue;
		if (minutes_likeness(m->title, title_of(known, m->series)) >
		    minutes_likeness(m->title, title_of(known, code)))
			rc = err_set(err, ERR_CONFLICT,
			    "%s: line %u: \"%.80s\" reads like the series %s, "
			    "not %s: say --series %s; if it is meant, say "
			    "--anyway",
			    file->name, m->line, m->title, m->series, code,
			    m->series);
	}
	minutes_clear(&minutes);
	return rc;
}

/* ---- the same paper ---- */

struct other {
	struct desk_call *call;
	const struct minutes_meeting *meeting;
	const char *code;
	size_t hits; /* entries of the series that are the paper's */
	char *found; /* the series that has most of them; owned */
};

static int
count_entry(void *ctx, const struct entry *entry, struct err *err)
{
	struct other *other = ctx;

	(void)err;
	/* What was taken in by mistake, and withdrawn, is not there. */
	if (entry->held_on != other->meeting->held_on ||
	    entry->state == ENTRY_WITHDRAWN || entry->state == ENTRY_SUPERSEDED)
		return 0;
	VEC_EACH (const struct minutes_entry, e, &other->meeting->entries)
		if (minutes_same_text(entry->text, e->text)) {
			other->hits++;
			break;
		}
	return 0;
}

static int
look_at_series(void *ctx, const struct series *series, struct err *err)
{
	struct other *other = ctx;
	struct desk_call *call = other->call;
	struct entry_filter filter;
	struct meeting held = { 0 };
	int rc;

	if (text_same(series->code, other->code))
		return 0;
	rc = meetings_get(
	    call->db, series->id, other->meeting->held_on, &held, err);
	if (rc != 1)
		return rc;
	meeting_clear(&held);
	entry_filter_init(&filter, call->today);
	filter.series_id = series->id;
	other->hits = 0;
	if (entries_each(call->db, &filter, count_entry, other, err) == -1)
		return -1;
	if (other->hits * 2 <= other->meeting->entries.len)
		return 0;
	other->found = xstrdup(series->code);
	return 1;
}

static int
check_known(struct desk_call *call, const struct desk_file *file,
    const struct minutes *minutes, const char *code, struct err *err)
{
	char day[DAY_LONG_MAX];

	VEC_EACH (const struct minutes_meeting, m, &minutes->meetings) {
		struct other other = {
			.call = call, .meeting = m, .code = code
		};
		int rc;

		if (m->held_on == DAY_NONE || m->entries.len == 0)
			continue;
		rc = series_each(call->db, look_at_series, &other, err);
		if (rc != -1 && other.found != NULL)
			rc = err_set(err, ERR_CONFLICT,
			    "%s: line %u: this paper of %s is taken in already "
			    "as one of %s: say --series %s; if %s is meant "
			    "too, say --anyway",
			    file->name, m->line, day_long(m->held_on, day),
			    other.found, other.found, code);
		free(other.found);
		if (rc == -1)
			return -1;
	}
	return 0;
}

int
minutes_check_series(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, const struct minutes *minutes,
    struct err *err)
{
	const char *code = args_value(&call->args, "series");

	if (code == NULL || args_has(&call->args, "anyway"))
		return 0;
	if (check_title(call, known, file, code, err) == -1)
		return -1;
	return check_known(call, file, minutes, code, err);
}
