/* SPDX-License-Identifier: ISC */
/* Entries as cells and as staged rows; see entry_cells.h. */
#include "desk/entry_cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "desk/strmap.h"

void
entry_cells_clear(struct entry_cells *cells)
{
	for (int i = 0; i < E_COLUMNS; i++)
		free(cells->cell[i]);
	*cells = (struct entry_cells){ 0 };
}

void
entry_checksum(const struct entry_cells *cells, char out[CHECKSUM_MAX])
{
	uint64_t hash = STRMAP_SEED;

	for (int i = 0; i < E_VERSION; i++) {
		const char *text = cells->cell[i];

		if (text != NULL)
			hash = strmap_hash(hash, text, strlen(text));
		hash = strmap_hash(hash, "", 1);
	}
	snprintf(out, CHECKSUM_MAX, "x%012llx",
	    (unsigned long long)(hash & 0xffffffffffffULL));
}

/* ---- the fields that a cell and a staged row have alike ---- */

enum field_type {
	FIELD_TEXT,
	FIELD_DAY,
	FIELD_INT,
	FIELD_MINUTE, /* an int: minutes since midnight, -1 none */
	FIELD_STATE,  /* an int: enum entry_state */
	FIELD_BOOL,
	FIELD_ID,
};

static const struct field {
	int number;
	enum field_type type;
	size_t offset;
} fields[] = {
#define F(number, type, name)                              \
	{                                                  \
		number, type, offsetof(struct entry, name) \
	}
	F(E_REF, FIELD_TEXT, ref),
	F(E_KIND, FIELD_TEXT, kind),
	F(E_TEXT, FIELD_TEXT, text),
	F(E_HELD, FIELD_DAY, held_on),
	F(E_ITEM, FIELD_TEXT, item),
	F(E_PARA, FIELD_TEXT, para),
	F(E_PHRASE, FIELD_TEXT, due_phrase),
	F(E_BASE, FIELD_DAY, base_on),
	F(E_EARLIEST, FIELD_DAY, earliest_on),
	F(E_DUE, FIELD_DAY, due_on),
	F(E_REVIEW, FIELD_DAY, review_on),
	F(E_STATE, FIELD_STATE, state),
	F(E_SOURCE, FIELD_TEXT, source),
	F(E_TIME, FIELD_MINUTE, due_minute),
	F(E_ORIGINAL, FIELD_DAY, original_due_on),
	F(E_SLIPS, FIELD_INT, slips),
	F(E_SLIPPED, FIELD_DAY, slipped_on),
	F(E_CLOCK, FIELD_TEXT, clock),
	F(E_BASE_TIME, FIELD_MINUTE, base_minute),
	F(E_STOPPED, FIELD_DAY, paused_from_on),
	F(E_STOOD, FIELD_INT, paused_days),
	F(E_STATUTORY, FIELD_BOOL, statutory),
	F(E_RULE, FIELD_TEXT, rule),
	F(E_FLAG, FIELD_TEXT, flag),
	F(E_PRIORITY, FIELD_TEXT, priority),
	F(E_RESTRICTED, FIELD_BOOL, restricted),
	F(E_AT_RISK, FIELD_BOOL, at_risk),
	F(E_STATE_NOTE, FIELD_TEXT, state_note),
	F(E_UPDATED, FIELD_DAY, updated_on),
	F(E_UPDATE, FIELD_TEXT, update_note),
	F(E_PROPOSED, FIELD_DAY, proposed_on),
	F(E_CLOSED, FIELD_DAY, closed_on),
	F(E_SNOOZE, FIELD_DAY, snooze_until_on),
	F(E_SNOOZE_REASON, FIELD_TEXT, snooze_reason),
	F(E_VERSION, FIELD_ID, version),
	F(X_SERIES, FIELD_ID, series_id),
	F(X_REPORT, FIELD_ID, report_id),
	F(X_PARENT, FIELD_ID, parent_id),
	F(X_DUE_SERIES, FIELD_ID, due_series_id),
	F(X_DUE_MEETING, FIELD_DAY, due_meeting_on),
	F(X_AT_MEETING, FIELD_BOOL, at_meeting),
#undef F
};
#define NFIELDS (sizeof fields / sizeof fields[0])

/* Owned; NULL: empty. */
static char *
field_cell(const struct entry *entry, const struct field *f)
{
	const void *at = (const char *)entry + f->offset;
	const char *text = NULL;
	char iso[DAY_TEXT_MAX];
	int64_t number = 0;

	switch (f->type) {
	case FIELD_TEXT:
		text = *(char *const *)at;
		break;
	case FIELD_DAY:
		text = day_iso(*(const int *)at, iso);
		break;
	case FIELD_INT:
		number = *(const int *)at;
		break;
	case FIELD_MINUTE:
		number = *(const int *)at;
		return number < 0 ? NULL
				  : xasprintf("%02d:%02d", (int)number / 60,
					(int)number % 60);
	case FIELD_STATE:
		text = entry_state_name(*(const enum entry_state *)at);
		break;
	case FIELD_BOOL:
		text = *(const bool *)at ? "yes" : NULL;
		break;
	case FIELD_ID:
		number = *(const int64_t *)at;
		break;
	}
	if (number != 0)
		return xasprintf("%lld", (long long)number);
	return text == NULL || *text == '\0' ? NULL : xstrdup(text);
}

void
entry_cells_fill(struct entry_cells *cells, const struct entry *entry)
{
	*cells = (struct entry_cells){ 0 };
	for (size_t i = 0; i < NFIELDS; i++)
		if (fields[i].number < E_COLUMNS)
			cells->cell[fields[i].number] =
			    field_cell(entry, &fields[i]);
}

/* ---- staged rows ---- */

static void
pack_owners(struct buf *out, const struct entry *entry)
{
	struct buf list = { 0 };

	VEC_EACH (const struct owner, owner, &entry->owners)
		buf_printf(&list, "%d %lld ", (int)owner->role,
		    (long long)owner->party_id);
	if (list.len > 0)
		pack_text(out, X_OWNERS, buf_text(&list));
	buf_clear(&list);
}

void
entry_pack(struct buf *out, const struct entry *entry)
{
	for (size_t i = 0; i < NFIELDS; i++) {
		const struct field *f = &fields[i];
		const void *at = (const char *)entry + f->offset;

		switch (f->type) {
		case FIELD_TEXT:
			pack_text(out, f->number, *(char *const *)at);
			break;
		case FIELD_DAY:
			pack_day(out, f->number, *(const int *)at);
			break;
		case FIELD_INT:
		case FIELD_MINUTE:
		case FIELD_STATE:
			if (*(const int *)at != 0)
				pack_int(out, f->number, *(const int *)at);
			break;
		case FIELD_BOOL:
			if (*(const bool *)at)
				pack_int(out, f->number, 1);
			break;
		case FIELD_ID:
			if (*(const int64_t *)at != 0)
				pack_int(out, f->number, *(const int64_t *)at);
			break;
		}
	}
	pack_owners(out, entry);
}

/* text NULL empties it. */
static void
set_field(struct entry *entry, const struct field *f, const char *text)
{
	void *at = (char *)entry + f->offset;

	switch (f->type) {
	case FIELD_TEXT:
		free(*(char **)at);
		*(char **)at = xstrdup(text);
		break;
	case FIELD_DAY:
		*(int *)at = text == NULL ? DAY_NONE : day_parse(text);
		break;
	case FIELD_INT:
	case FIELD_MINUTE:
	case FIELD_STATE:
		*(int *)at = text == NULL ? 0 : (int)strtol(text, NULL, 10);
		break;
	case FIELD_BOOL:
		*(bool *)at = text != NULL;
		break;
	case FIELD_ID:
		*(int64_t *)at = text == NULL ? 0 : strtoll(text, NULL, 10);
		break;
	}
}

/* Those who stay owners keep that they have answered. */
static void
set_owners(struct entry *entry, const char *text)
{
	VEC(struct owner) list = { 0 };
	char *end;

	while (*text != '\0') {
		struct owner *owner = vec_push(&list);

		owner->role = (enum owner_role)strtol(text, &end, 10);
		owner->party_id = strtoll(end, &end, 10);
		owner->answered_on = DAY_NONE;
		VEC_EACH (const struct owner, old, &entry->owners)
			if (old->party_id == owner->party_id &&
			    old->role == owner->role)
				owner->answered_on = old->answered_on;
		text = end + (*end == ' ');
	}
	VEC_EACH (struct owner, old, &entry->owners)
		free(old->name);
	vec_clear(&entry->owners);
	entry->owners.items = list.items;
	entry->owners.len = list.len;
	entry->owners.cap = list.cap;
}

static const struct field *
find_field(int number)
{
	for (size_t i = 0; i < NFIELDS; i++)
		if (fields[i].number == number)
			return &fields[i];
	return NULL;
}

int
entry_unpack(const char *body, struct entry *entry, unpack_cb cb, void *ctx,
    struct err *err)
{
	const char *at = body;
	bool owned = false;
	char *text;
	int number, rc;

	for (size_t i = 0; i < NFIELDS; i++)
		set_field(entry, &fields[i], NULL);
	while ((rc = unpack(&at, &number, &text, err)) == 1) {
		const struct field *f = find_field(number);

		if (f != NULL) {
			set_field(entry, f, text);
		} else if (number == X_OWNERS) {
			set_owners(entry, text);
			owned = true;
		} else if (cb != NULL) {
			cb(ctx, number, text);
		}
		free(text);
	}
	if (rc == 0 && !owned)
		set_owners(entry, "");
	return rc;
}
