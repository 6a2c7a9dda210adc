/* SPDX-License-Identifier: ISC */
/*
 * What of a digest needs a person: entries that wait for a decision, an owner
 * or an answer, and of the series its minutes, agenda, what nobody has
 * confirmed and what could not be delivered.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/letter_words.h"
#include "core/text.h"
#include "desk/digest_parts.h"
#include "desk/request.h"

/* ---- entries ---- */

static void
note_silent(void *ctx, const char *flag)
{
	struct buf *silent = ctx, ask = { 0 };

	letter_words_flag(&ask, flag);
	if (ask.len == 0)
		buf_printf(silent, "%s\n", flag);
	buf_clear(&ask);
}

int
digest_silent_flags(struct gather *g, struct err *err)
{
	struct buf silent = { 0 };

	buf_putc(&silent, '\n');
	if (digest_each_flag(
		g->agent->db, &g->scope, note_silent, &silent, err) == -1) {
		buf_clear(&silent);
		return -1;
	}
	g->scope.silent = digest_keep(g, buf_take(&silent));
	return 0;
}

/* While another date is asked for nobody is nudged: somebody must decide. */
static int
fill_extension(struct gather *g, const struct entry *e,
    struct letter_line *line, struct err *err)
{
	char *said;

	if (request_text(g->agent->db, e->id, &said, err) == -1)
		return -1;
	line->note = digest_keep(g, said != NULL ? said : xstrdup(""));
	line->command = digest_keep(
	    g, xasprintf("nudgectl approve %s  or  nudgectl reject %s \"…\"",
		   e->ref, e->ref));
	return 0;
}

static int
fill_need(struct gather *g, const struct entry *e, struct letter_line *line,
    struct err *err)
{
	struct buf ask = { 0 };

	if (e->extension_pending)
		return fill_extension(g, e, line, err);
	if (entry_owner(e, ROLE_OWNER) == NULL) {
		line->note = "No owner: who takes it?";
		return 0;
	}
	letter_words_flag(&ask, e->flag);
	line->note = digest_keep(g, buf_take(&ask));
	return 0;
}

/* ---- the series ---- */

static void
need(struct gather *g, char *text, const char *command)
{
	struct letter_line *line = digest_line(g, DIGEST_NEEDS);

	if (line == NULL) {
		free(text);
		return;
	}
	line->text = digest_keep(g, text);
	line->command = command;
}

struct agenda_search {
	struct gather *g;
	const struct meeting *next;
	bool any, found;
	const char *title;
};

static int
match_item(void *ctx, const struct agenda_item *item, struct err *err)
{
	struct agenda_search *s = ctx;

	(void)err;
	s->any = true;
	if (text_alike(item->title, s->title) >= 0.6)
		s->found = true;
	return s->found;
}

/* A deferred item must be on the next agenda; where that is not known yet,
 * nothing is said. */
static int
check_deferred(void *ctx, const struct agenda_item *item, struct err *err)
{
	struct agenda_search *s = ctx;
	char day[DAY_LONG_MAX];

	if (!item->deferred)
		return 0;
	s->any = s->found = false;
	s->title = item->title;
	if (meetings_each_item(
		s->g->agent->db, s->next->id, match_item, s, err) == -1)
		return -1;
	if (!s->any || s->found)
		return 0;
	day_long(s->next->held_on, day);
	need(s->g,
	    s->g->series->restricted
		? xasprintf("A deferred item is not on the agenda of %s", day)
		: xasprintf("Deferred item \"%s\" is not on the agenda of %s",
		      item->title, day),
	    NULL);
	return 0;
}

static int
check_meeting(void *ctx, const struct meeting *m, struct err *err)
{
	struct agenda_search *s = ctx;
	struct gather *g = s->g;
	char day[DAY_LONG_MAX];

	if (m->held_on > g->agent->today)
		return 1;
	if (m->minutes == MINUTES_DRAFT)
		need(g,
		    xasprintf("Minutes of %s await approval",
			day_long(m->held_on, day)),
		    NULL);
	if (s->next == NULL)
		return 0;
	return meetings_each_item(g->agent->db, m->id, check_deferred, s, err);
}

/* Its minutes, and what was deferred. */
static int
check_meetings(struct gather *g, struct err *err)
{
	struct meeting next = { 0 };
	struct agenda_search search = { .g = g };
	int rc = meetings_next(
	    g->agent->db, g->series->id, g->agent->today - 1, &next, err);

	if (rc == 1)
		search.next = &next;
	if (rc != -1)
		rc = meetings_each(g->agent->db, g->series->id,
		    g->agent->today - 366, check_meeting, &search, err);
	meeting_clear(&next);
	return rc;
}

static void
need_confirming(struct gather *g)
{
	size_t n = g->counts.unconfirmed;

	if (n > 0)
		need(g,
		    xasprintf(n == 1 ? "%zu entry waits to be confirmed"
				     : "%zu entries wait to be confirmed",
			n),
		    "nudgectl list --state unconfirmed");
}

static int
need_delivering(struct gather *g, struct err *err)
{
	int64_t failed;

	if (store_count_failed(g->agent->db, &failed, err) == -1)
		return -1;
	if (failed > 0)
		need(g,
		    xasprintf(failed == 1
				  ? "%lld message could not be delivered"
				  : "%lld messages could not be delivered",
			(long long)failed),
		    "nudgectl notices --state failed");
	return 0;
}

int
digest_needs(struct gather *g, struct err *err)
{
	if (!digest_shows(g, DIGEST_NEEDS))
		return 0;
	if (digest_list(g, DIGEST_NEEDS, fill_need, err) == -1 ||
	    check_meetings(g, err) == -1)
		return -1;
	need_confirming(g);
	return need_delivering(g, err);
}
