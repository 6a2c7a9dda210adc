/* SPDX-License-Identifier: ISC */
/* What rows say of states that an import leaves alone; see import_state.h. */
#include "desk/import_state.h"

#include "desk/show.h"

#define REFS_TOLD 5

/* How far an entry has come. */
static int
stage_of(enum entry_state state)
{
	switch (state) {
	case ENTRY_UNCONFIRMED:
		return 0;
	case ENTRY_OPEN:
	case ENTRY_BLOCKED:
	case ENTRY_ON_HOLD:
		return 1;
	case ENTRY_PROPOSED:
		return 2;
	default:
		return 3;
	}
}

static struct said_state *
find_said(struct entries_import *ei, enum entry_state row, enum entry_state has)
{
	struct said_state *said;

	VEC_EACH (struct said_state, s, &ei->said_states)
		if (s->row == row && s->has == has)
			return s;
	said = vec_push(&ei->said_states);
	*said = (struct said_state){ .row = row, .has = has };
	return said;
}

int
row_state_note(struct import_run *run, const struct entry_row *row,
    const struct entry *entry, enum lineage lineage, bool *kept,
    struct err *err)
{
	enum entry_state says = (enum entry_state)row->state;
	struct said_state *said;
	int had;

	if (row->state == -1 || says == entry->state ||
	    says == ENTRY_UNCONFIRMED)
		return 0;
	if (lineage != LINEAGE_CURRENT) {
		had = imports_had(run->call->db, "entry", entry->id,
		    entry_state_name(says), err);
		if (had == -1)
			return -1;
		if (had == 1 || stage_of(says) <= stage_of(entry->state)) {
			*kept = true;
			return 0;
		}
	}
	said = find_said(run->ctx, says, entry->state);
	if (said->count < REFS_TOLD)
		buf_printf(&said->refs, " %s", entry->ref);
	else if (said->count == REFS_TOLD)
		buf_puts(&said->more, entry->ref);
	said->count++;
	return 0;
}

/* ---- which command does it ---- */

struct remedy {
	const char *command; /* before the refs */
	const char *rest;    /* behind them */
};

static struct remedy
remedy_of(enum entry_state says, enum entry_state has)
{
	static const struct remedy from_new[] = {
		[ENTRY_OPEN] = { "confirm", "" },
		[ENTRY_BLOCKED] = { "confirm", ", then update --blocked" },
		[ENTRY_ON_HOLD] = { "confirm", ", then hold" },
		[ENTRY_PROPOSED] = { "confirm", ", then done" },
		[ENTRY_CLOSED] = { "confirm", ", then done and approve" },
	};
	static const struct remedy from_live[] = {
		[ENTRY_OPEN] = { "reopen", "" },
		[ENTRY_BLOCKED] = { "update", " \"NOTE\" --blocked" },
		[ENTRY_ON_HOLD] = { "hold", " --until DAY --reason \"TEXT\"" },
		[ENTRY_PROPOSED] = { "done", " --evidence \"TEXT\"" },
		[ENTRY_CLOSED] = { "done",
		    " --evidence \"TEXT\", then approve" },
		[ENTRY_WITHDRAWN] = { "withdraw", " --reason \"TEXT\"" },
		[ENTRY_SUPERSEDED] = { "supersede", " --with REF" },
		[ENTRY_NOT_ACCEPTED] = { "withdraw",
		    " --reason \"TEXT\" --not-accepted" },
	};

	if (stage_of(has) == 3)
		return (struct remedy){ "reopen", "" };
	if (has == ENTRY_UNCONFIRMED && says <= ENTRY_CLOSED)
		return from_new[says];
	if (has == ENTRY_PROPOSED && says < ENTRY_PROPOSED)
		return (struct remedy){ "reject", " \"WHY\"" };
	if (has == ENTRY_PROPOSED && says == ENTRY_CLOSED)
		return (struct remedy){ "approve", "" };
	return from_live[says];
}

void
row_states_tell(struct import_run *run)
{
	struct entries_import *ei = run->ctx;
	struct buf *out = &run->remarks;
	char count[SHOW_COUNT_MAX];

	VEC_EACH (const struct said_state, said, &ei->said_states) {
		struct remedy remedy = remedy_of(said->row, said->has);

		buf_printf(out,
		    "%s %s, the register has %s %s: nudgectl %s%s%s",
		    show_count(said->count, "row says", "rows say", count),
		    entry_state_name(said->row),
		    said->count == 1 ? "it" : "them",
		    entry_state_name(said->has), remedy.command,
		    buf_text(&said->refs), remedy.rest);
		if (said->count > REFS_TOLD)
			buf_printf(out, " (and %lld more: %s%s)",
			    said->count - REFS_TOLD, buf_text(&said->more),
			    said->count > REFS_TOLD + 1 ? " ..." : "");
		buf_putc(out, '\n');
	}
}

void
row_states_clear(struct entries_import *ei)
{
	VEC_EACH (struct said_state, said, &ei->said_states) {
		buf_clear(&said->refs);
		buf_clear(&said->more);
	}
	vec_clear(&ei->said_states);
}
