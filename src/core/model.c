/* SPDX-License-Identifier: ISC */
/* Names, freeing and small questions of the register's things; see model.h. */
#include "core/model.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

static const char *const party_kinds[] = {
	[PARTY_PERSON] = "person",
	[PARTY_OFFICE] = "office",
	[PARTY_ORGANISATION] = "organisation",
	[PARTY_ADDRESS] = "address",
};

static const char *const entry_states[] = {
	[ENTRY_UNCONFIRMED] = "unconfirmed",
	[ENTRY_OPEN] = "open",
	[ENTRY_BLOCKED] = "blocked",
	[ENTRY_ON_HOLD] = "on_hold",
	[ENTRY_PROPOSED] = "proposed",
	[ENTRY_CLOSED] = "closed",
	[ENTRY_WITHDRAWN] = "withdrawn",
	[ENTRY_SUPERSEDED] = "superseded",
	[ENTRY_NOT_ACCEPTED] = "not_accepted",
};

static const char *const owner_roles[] = {
	[ROLE_OWNER] = "owner",
	[ROLE_CO_OWNER] = "co-owner",
	[ROLE_SPONSOR] = "sponsor",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char
plain(char c)
{
	if (c == ' ' || c == '-')
		return '_';
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Any case; blank, '-' and '_' are the same. */
static int
find_name(const char *const *names, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		const char *a = names[i], *b = text;

		while (*a != '\0' && plain(*a) == plain(*b))
			a++, b++;
		if (*a == '\0' && *b == '\0')
			return (int)i;
	}
	return -1;
}

const char *
party_kind_name(enum party_kind kind)
{
	return party_kinds[kind];
}

int
party_kind_parse(const char *text)
{
	return find_name(party_kinds, COUNT(party_kinds), text);
}

const char *
entry_state_name(enum entry_state state)
{
	return entry_states[state];
}

int
entry_state_parse(const char *text)
{
	return find_name(entry_states, COUNT(entry_states), text);
}

bool
entry_state_is_live(enum entry_state state)
{
	return state == ENTRY_OPEN || state == ENTRY_BLOCKED ||
	       state == ENTRY_ON_HOLD || state == ENTRY_PROPOSED;
}

const char *
owner_role_name(enum owner_role role)
{
	return owner_roles[role];
}

int
owner_role_parse(const char *text)
{
	return find_name(owner_roles, COUNT(owner_roles), text);
}

void
party_init(struct party *party)
{
	*party = (struct party){
		.deputy_from_on = DAY_NONE,
		.deputy_until_on = DAY_NONE,
		.paused_from_on = DAY_NONE,
		.paused_until_on = DAY_NONE,
		.left_on = DAY_NONE,
	};
}

void
meeting_init(struct meeting *meeting)
{
	*meeting = (struct meeting){
		.held_on = DAY_NONE,
		.starts_minute = -1,
		.approved_on = DAY_NONE,
	};
}

void
report_init(struct report *report)
{
	*report = (struct report){ .published_on = DAY_NONE };
}

void
slip_init(struct slip *slip)
{
	*slip = (struct slip){
		.old_on = DAY_NONE,
		.new_on = DAY_NONE,
		.new_earliest_on = DAY_NONE,
		.asked_on = DAY_NONE,
		.decided_on = DAY_NONE,
	};
}

void
entry_init(struct entry *entry)
{
	*entry = (struct entry){
		.held_on = DAY_NONE,
		.base_on = DAY_NONE,
		.base_minute = -1,
		.paused_from_on = DAY_NONE,
		.earliest_on = DAY_NONE,
		.due_on = DAY_NONE,
		.review_on = DAY_NONE,
		.due_minute = -1,
		.original_due_on = DAY_NONE,
		.due_meeting_on = DAY_NONE,
		.slipped_on = DAY_NONE,
		.asked_on = DAY_NONE,
		.snooze_until_on = DAY_NONE,
		.updated_on = DAY_NONE,
		.proposed_on = DAY_NONE,
		.closed_on = DAY_NONE,
	};
}

void
party_clear(struct party *party)
{
	free(party->name);
	free(party->email);
	free(party->organisation);
	free(party->office);
	*party = (struct party){ 0 };
}

char *
party_full_name(const char *name, const char *organisation)
{
	return organisation == NULL ? xstrdup(name)
				    : xasprintf("%s of %s", name, organisation);
}

void
series_clear(struct series *series)
{
	free(series->code);
	free(series->title);
	*series = (struct series){ 0 };
}

void
meeting_clear(struct meeting *meeting)
{
	free(meeting->series);
	free(meeting->venue);
	*meeting = (struct meeting){ 0 };
}

void
report_clear(struct report *report)
{
	free(report->code);
	free(report->body);
	free(report->title);
	free(report->grading);
	free(report->series);
	*report = (struct report){ 0 };
}

void
slip_clear(struct slip *slip)
{
	free(slip->phrase);
	free(slip->reason);
	free(slip->asked_by);
	free(slip->agreed_by);
	*slip = (struct slip){ 0 };
}

void
event_clear(struct event *event)
{
	free(event->actor);
	free(event->by);
	free(event->subject);
	free(event->what);
	free(event->old);
	free(event->new);
	free(event->note);
	*event = (struct event){ 0 };
}

void
entry_clear(struct entry *entry)
{
	VEC_EACH (struct owner, owner, &entry->owners)
		free(owner->name);
	vec_clear(&entry->owners);
	free(entry->ref);
	free(entry->kind);
	free(entry->text);
	free(entry->state_note);
	free(entry->series);
	free(entry->report);
	free(entry->body);
	free(entry->item);
	free(entry->para);
	free(entry->source);
	free(entry->due_phrase);
	free(entry->clock);
	free(entry->rule);
	free(entry->flag);
	free(entry->priority);
	free(entry->snooze_reason);
	free(entry->update_note);
	*entry = (struct entry){ 0 };
}

int
entry_overdue_days(const struct entry *entry, int today)
{
	/* What waits for somebody else's answer is not late meanwhile. */
	if (!entry_state_is_live(entry->state) || entry->due_on == DAY_NONE ||
	    entry->paused_from_on != DAY_NONE || today == DAY_NONE ||
	    today <= entry->due_on)
		return 0;
	return today - entry->due_on;
}

const struct owner *
entry_owner(const struct entry *entry, enum owner_role role)
{
	for (size_t i = 0; i < entry->owners.len; i++)
		if (entry->owners.items[i].role == role)
			return &entry->owners.items[i];
	return NULL;
}

bool
entry_same_owners(const struct entry *a, const struct entry *b)
{
	if (a->owners.len != b->owners.len)
		return false;
	for (size_t i = 0; i < a->owners.len; i++)
		if (a->owners.items[i].party_id !=
			b->owners.items[i].party_id ||
		    a->owners.items[i].role != b->owners.items[i].role)
			return false;
	return true;
}

char *
entry_owners_text(const struct entry *entry)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < entry->owners.len; i++) {
		const struct owner *owner = &entry->owners.items[i];

		if (owner->role == ROLE_SPONSOR || owner->name == NULL)
			continue;
		if (text.len > 0)
			buf_puts(&text, "; ");
		buf_puts(&text, owner->name);
	}
	return buf_take(&text);
}
