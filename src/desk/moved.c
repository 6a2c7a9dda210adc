/* SPDX-License-Identifier: ISC */
/* Telling what a change of the calendar moved; see the header. */
#include "desk/moved.h"

#include <stdlib.h>
#include <string.h>

#include "desk/plain.h"
#include "desk/show.h"
#include "io/entries.h"
#include "io/imports.h"

struct change {
	int64_t after_event;
	char *why;
	char *told;     /* the line that says what was done */
	json_t *answer; /* what was done, as JSON */
	json_t *moved;
	struct buf text;
	struct desk_call *call;
};

static void
change_free(void *ctx)
{
	struct change *change = ctx;

	free(change->why);
	free(change->told);
	json_decref(change->answer);
	json_decref(change->moved);
	buf_clear(&change->text);
	free(change);
}

struct moved {
	int64_t entry_id;
	char *line;
};

struct moves {
	const struct change *change;
	size_t flagged; /* of the list: their dates stay */
	VEC(struct moved) list;
};

static char *
flagged_line(const char *flag)
{
	char *plain = plain_flag(flag != NULL ? flag : "");
	char *line = xasprintf("to look at: %s", plain);

	free(plain);
	return line;
}

/* Less to look at than before, or the same. */
static bool
is_no_news(const struct event *event)
{
	return event->new == NULL || *event->new == '\0' ||
	       (event->old != NULL && strstr(event->old, event->new) != NULL);
}

static int
gather_move(void *ctx, const struct event *event, struct err *err)
{
	struct moves *moves = ctx;
	struct moved *moved;

	(void)err;
	if (event->id <= moves->change->after_event || event->note == NULL ||
	    strcmp(event->note, moves->change->why) != 0 ||
	    strcmp(event->what, REDATED_RULE) == 0 ||
	    (strcmp(event->what, REDATED_FLAG) == 0 && is_no_news(event)))
		return 0;
	moved = vec_push(&moves->list);
	moves->flagged += strcmp(event->what, REDATED_FLAG) == 0;
	moved->entry_id = event->subject_id;
	if (strcmp(event->what, REDATED_FLAG) == 0)
		moved->line = flagged_line(event->new);
	else if (strcmp(event->what, REDATED_REVIEW) == 0)
		moved->line = xasprintf("to be asked for on %s, was %s",
		    event->new != NULL ? event->new : "no day",
		    event->old != NULL ? event->old : "no day");
	else
		moved->line = xasprintf("due %s, was %s",
		    event->new != NULL ? event->new : "no date",
		    event->old != NULL ? event->old : "no date");
	return 0;
}

static void
tell_move(
    struct desk_call *call, struct change *change, const struct moved *moved)
{
	struct entry entry;
	struct err err;
	json_t *o;

	if (entries_get_id(call->db, moved->entry_id, &entry, &err) != 1)
		return;
	buf_printf(&change->text, "  %s: %s\n", entry.ref, moved->line);
	o = json_object();
	json_put_text(o, "ref", entry.ref);
	json_put_day(o, "due_on", entry.due_on);
	json_put_text(o, "change", moved->line);
	json_array_append_new(change->moved, o);
	entry_clear(&entry);
}

int
moved_tell(struct desk_call *call, struct err *err)
{
	struct change *change = call->state;
	struct moves moves = { .change = change };
	char count[SHOW_COUNT_MAX];
	int rc = register_history(
	    call->db, "entry", 0, call->now, gather_move, &moves, err);

	VEC_EACH (struct moved, moved, &moves.list) {
		if (rc == 0)
			tell_move(call, change, moved);
		free(moved->line);
	}
	if (rc == 0 && call->request->json) {
		json_object_set(change->answer, "moved", change->moved);
		json_print(json_incref(change->answer), &call->answer->out);
	} else if (rc == 0) {
		buf_printf(&call->answer->out, "%s\n", change->told);
		if (moves.list.len > moves.flagged)
			buf_printf(&call->answer->out, "%s with it%s:\n%s",
			    show_count(
				(long long)(moves.list.len - moves.flagged),
				"date changes", "dates change", count),
			    moves.flagged > 0 ? ", and there is more to look at"
					      : "",
			    buf_text(&change->text));
		else if (moves.list.len > 0)
			buf_printf(&call->answer->out,
			    "no date changes with it, but %s to look at:\n%s",
			    show_count((long long)moves.list.len, "entry is",
				"entries are", count),
			    buf_text(&change->text));
	}
	vec_clear(&moves.list);
	return rc;
}

int
moved_begin(struct desk_call *call, int64_t series_id,
    const struct redate *what, char *told, char *why, json_t *answer,
    struct err *err)
{
	struct change *change = xcalloc(1, sizeof *change);
	int64_t id, last;

	change->told = told;
	change->why = why;
	change->answer = answer;
	change->moved = json_array();
	call->state = change;
	call->state_free = change_free;
	if (imports_last_event(call->db, &change->after_event, err) == -1)
		return -1;
	switch (imports_worded(call->db, series_id, 0, &id, 1, &last, err)) {
	case -1:
		return -1;
	case 0:
		return DESK_MORE;
	default:
		return redate_later(
			   call->db, series_id, what, &call->doer, err) == -1
			   ? -1
			   : DESK_MORE;
	}
}

const char *
moved_why(const struct desk_call *call)
{
	const struct change *change = call->state;

	return change->why;
}
