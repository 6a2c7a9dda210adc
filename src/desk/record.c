/* SPDX-License-Identifier: ISC */
/* One entry as text, cells and JSON; reads nothing from the register. */
#include "desk/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "desk/dates.h"
#include "desk/plain.h"

const struct table_column record_columns[RECORD_COLUMNS] = {
	{ .title = "Ref" },
	{ .title = "Due" },
	{ .title = "Late", .right = true },
	{ .title = "Owner", .flexible = true, .least = 12 },
	{ .title = "State" },
	{ .title = "Text", .flexible = true, .least = 20 },
};

char *
record_owners(const struct entry *entry, enum owner_role role)
{
	struct buf out = { 0 };

	VEC_EACH (const struct owner, owner, &entry->owners)
		if (owner->role == role)
			buf_printf(
			    &out, "%s%s", out.len > 0 ? "; " : "", owner->name);
	return out.len > 0 ? buf_take(&out) : NULL;
}

void
record_row(
    struct table *table, const struct entry *entry, int today, bool plain)
{
	int late = entry_overdue_days(entry, today);
	char *owners = entry_owners_text(entry);
	char day[DAY_LONG_MAX], iso[DAY_TEXT_MAX];

	table_add(table, entry->ref);
	if (plain)
		table_add(table, day_iso(entry->due_on, iso));
	else
		table_add(table, entry->due_on == DAY_NONE
				     ? "no date"
				     : day_short(entry->due_on, day));
	if (late > 0)
		table_addf(table, "%d", late);
	else
		table_add(table, "");
	table_add(table, owners == NULL || *owners == '\0'
			     ? (plain ? "" : "(nobody)")
			     : owners);
	table_addf(table, "%s%s", entry_state_name(entry->state),
	    entry->flag != NULL && !plain ? " !" : "");
	table_addf(table, "%s%s",
	    entry->is_restricted && !plain ? "[restricted] " : "", entry->text);
	free(owners);
}

static json_t *
owners_json(const struct entry *entry, enum owner_role role)
{
	json_t *list = json_array();

	VEC_EACH (const struct owner, owner, &entry->owners)
		if (owner->role == role)
			json_array_append_new(list, json_string(owner->name));
	return list;
}

static void
put_minute(json_t *object, const char *key, int minute)
{
	char text[16];

	if (minute < 0) {
		json_put_text(object, key, NULL);
		return;
	}
	snprintf(text, sizeof text, "%02d:%02d", minute / 60, minute % 60);
	json_put_text(object, key, text);
}

static void
put_dates(json_t *o, const struct entry *entry, int today)
{
	json_put_day(o, "due_on", entry->due_on);
	json_put_day(o, "original_due_on", entry->original_due_on);
	json_put_int(o, "overdue_days", entry_overdue_days(entry, today));
	json_put_int(o, "slips", entry->slips);
	json_put_text(o, "series", entry->series);
	json_put_day(o, "held_on", entry->held_on);
	json_put_text(o, "report", entry->report);
	json_put_day(o, "earliest_on", entry->earliest_on);
	json_put_day(o, "review_on", entry->review_on);
	put_minute(o, "due_time", entry->due_minute);
	json_put_text(o, "due_phrase", entry->due_phrase);
	json_put_day(o, "base_on", entry->base_on);
	put_minute(o, "base_time", entry->base_minute);
	json_put_text(o, "clock", entry->clock);
	json_put_day(o, "clock_stopped_on", entry->paused_from_on);
	json_put_int(o, "clock_stood_days", entry->paused_days);
	json_put_bool(o, "statutory", entry->statutory);
	json_put_text(o, "rule", entry->rule);
	json_put_text(o, "flag", entry->flag);
	json_put_bool(o, "extension_pending", entry->extension_pending);
}

json_t *
record_json(const struct entry *entry, int today)
{
	json_t *o = json_object();

	json_put_text(o, "ref", entry->ref);
	json_put_text(o, "kind", entry->kind);
	json_put_text(o, "text", entry->text);
	json_object_set_new(o, "owners", owners_json(entry, ROLE_OWNER));
	json_put_text(o, "state", entry_state_name(entry->state));
	put_dates(o, entry, today);
	json_object_set_new(o, "co_owners", owners_json(entry, ROLE_CO_OWNER));
	json_object_set_new(o, "sponsors", owners_json(entry, ROLE_SPONSOR));
	json_put_text(o, "item", entry->item);
	json_put_text(o, "para", entry->para);
	json_put_text(o, "source", entry->source);
	json_put_text(o, "state_note", entry->state_note);
	json_put_text(o, "priority", entry->priority);
	json_put_bool(o, "restricted", entry->is_restricted);
	json_put_bool(o, "at_risk", entry->at_risk);
	json_put_day(o, "snooze_until_on", entry->snooze_until_on);
	json_put_day(o, "updated_on", entry->updated_on);
	json_put_text(o, "update_note", entry->update_note);
	json_put_day(o, "proposed_on", entry->proposed_on);
	json_put_day(o, "closed_on", entry->closed_on);
	json_put_int(o, "version", entry->version);
	return o;
}

char *
record_due(const struct entry *entry, int today)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX], when[SHOW_WHEN_MAX];
	struct buf out = { 0 };

	if (entry->due_on == DAY_NONE) {
		if (entry->review_on == DAY_NONE)
			return xstrdup("no date");
		return xasprintf("no date; to be asked for on %s",
		    day_long(entry->review_on, a));
	}
	if (entry->earliest_on != DAY_NONE &&
	    entry->earliest_on != entry->due_on)
		buf_printf(&out, "%s to ", day_long(entry->earliest_on, b));
	buf_puts(&out, day_long_weekday(entry->due_on, a));
	if (entry->due_minute >= 0)
		buf_printf(&out, ", %02d:%02d", entry->due_minute / 60,
		    entry->due_minute % 60);
	if (entry_overdue_days(entry, today) > 0 ||
	    (entry_state_is_live(entry->state) && entry->due_on >= today))
		buf_printf(
		    &out, " (%s)", show_when(entry->due_on, today, when));
	return buf_take(&out);
}

static bool
is_counted(const struct entry *entry, const struct conf *conf)
{
	return dating_clock_of(conf, entry) != NULL;
}

/* Which clock, where its rule stands, and the count. */
static void
clock_why(const struct entry *entry, const struct conf *conf, struct buf *out)
{
	const struct clock *clock = conf_clock(conf, entry->clock);
	char day[DAY_LONG_MAX];

	buf_printf(out, "The clock: %s%s", entry->clock,
	    entry->statutory ? " (statutory)" : "");
	if (clock != NULL && clock->source != NULL)
		buf_printf(out, ", by %s", clock->source);
	buf_puts(out, ".\n");
	if (clock == NULL)
		buf_puts(out, "It is no longer in the configuration.\n");
	else if (!is_counted(entry, conf) && entry->due_on != DAY_NONE)
		buf_puts(out, "Its date is not the clock's own.\n");
	else if (entry->due_on != DAY_NONE) {
		buf_printf(out, "The count: %s is %s", entry->rule,
		    day_long(entry->due_on, day));
		if (entry->due_minute >= 0)
			buf_printf(out, ", %02d:%02d", entry->due_minute / 60,
			    entry->due_minute % 60);
		buf_puts(out, ".\n");
	}
	if (entry->paused_from_on != DAY_NONE)
		buf_printf(out,
		    "The clock stands since %s: the date moves by the days "
		    "that it stands.\n",
		    day_long(entry->paused_from_on, day));
}

/* What it moves with; a meeting that is gone is told by the flag. */
static void
meeting_why(const struct entry *entry, struct buf *out)
{
	char day[DAY_LONG_MAX];

	if (entry->flag != NULL && strstr(entry->flag, DATING_LOST) != NULL)
		buf_puts(out, "Its meeting is gone: the date stays as it was "
			      "until another is planned or agreed.\n");
	else if (entry->due_meeting_on != DAY_NONE)
		buf_printf(out,
		    "It hangs on the meeting of %s, and moves with it.\n",
		    day_long(entry->due_meeting_on, day));
	else if (entry->due_series_id != 0 && entry->due_on == DAY_NONE &&
		 entry->review_on != DAY_NONE)
		buf_puts(out, "A meeting before that day would come first.\n");
	else if (entry->due_series_id != 0)
		buf_puts(out, "It waits for a meeting to be planned.\n");
}

/* Why a reminder of the day comes before it. */
static void
day_off_why(const struct entry *entry, const struct conf *conf, struct buf *out)
{
	const char *holiday;
	char day[DAY_LONG_MAX];

	if (entry->due_on == DAY_NONE || calendar_roll_forward(&conf->calendar,
					     entry->due_on) == entry->due_on)
		return;
	holiday = calendar_holiday(&conf->calendar, entry->due_on);
	buf_printf(out, "%s is no working day%s%s%s.\n",
	    day_long_weekday(entry->due_on, day), holiday != NULL ? " (" : "",
	    holiday != NULL ? holiday : "", holiday != NULL ? ")" : "");
}

void
record_why(const struct entry *entry, const struct conf *conf, int today,
    struct buf *out)
{
	char a[DAY_LONG_MAX], b[DAY_LONG_MAX];
	char *due = record_due(entry, today);

	buf_printf(out, "%s: %s%s.\n", entry->ref,
	    entry->due_on == DAY_NONE ? "" : "due ", due);
	free(due);
	if (entry->due_phrase != NULL) {
		buf_printf(out, "The words: \"%s\"", entry->due_phrase);
		if (entry->base_on != DAY_NONE)
			buf_printf(out, ", counted from %s",
			    day_long(entry->base_on, a));
		buf_puts(out, ".\n");
	}
	if (entry->clock != NULL)
		clock_why(entry, conf, out);
	if (entry->rule != NULL && !is_counted(entry, conf)) {
		char *rule = plain_rule(entry->rule);

		if (*rule != '\0')
			buf_printf(out, "The rule: %s.\n", rule);
		free(rule);
	}
	day_off_why(entry, conf, out);
	meeting_why(entry, out);
	if (entry->original_due_on != DAY_NONE &&
	    entry->original_due_on != entry->due_on)
		buf_printf(out, "Originally it was due %s.\n",
		    day_long(entry->original_due_on, a));
	if (entry->slips > 0)
		buf_printf(out, "It slipped %d time%s, last on %s.\n",
		    entry->slips, entry->slips == 1 ? "" : "s",
		    entry->slipped_on == DAY_NONE
			? "a day not recorded"
			: day_long(entry->slipped_on, b));
	if (entry->extension_pending)
		buf_puts(out, "Another date has been asked for and waits for "
			      "an answer.\n");
	if (entry->flag != NULL) {
		char *flag = plain_flag(entry->flag);

		buf_printf(out, "To look at: %s.\n", flag);
		free(flag);
	}
	if (entry->state == ENTRY_UNCONFIRMED)
		buf_puts(out, "Nobody has confirmed it yet, so nobody is "
			      "chased for it.\n");
}

char *
record_state(const struct entry *entry, int today)
{
	struct buf out = { 0 };
	char day[DAY_LONG_MAX];

	buf_puts(&out, entry_state_name(entry->state));
	if (entry->state == ENTRY_PROPOSED && entry->proposed_on != DAY_NONE)
		buf_printf(&out, " on %s", day_long(entry->proposed_on, day));
	if (entry->state == ENTRY_CLOSED && entry->closed_on != DAY_NONE)
		buf_printf(&out, " on %s", day_long(entry->closed_on, day));
	if (entry->state == ENTRY_ON_HOLD && entry->review_on != DAY_NONE)
		buf_printf(&out, ", to be looked at on %s",
		    day_long(entry->review_on, day));
	if (entry->state_note != NULL)
		buf_printf(&out, ": %s", entry->state_note);
	if (entry->at_risk)
		buf_puts(&out, "; at risk");
	if (entry->snooze_until_on != DAY_NONE &&
	    entry->snooze_until_on > today)
		buf_printf(&out, "; nudges wait until %s%s%s",
		    day_long(entry->snooze_until_on, day),
		    entry->snooze_reason != NULL ? ": " : "",
		    entry->snooze_reason != NULL ? entry->snooze_reason : "");
	return buf_take(&out);
}
