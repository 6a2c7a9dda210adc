/* SPDX-License-Identifier: ISC */
/* Private to io/entries*.c: the columns of an entry and reading a row. */
#ifndef NUDGED_IO_ENTRIES_ROW_H
#define NUDGED_IO_ENTRIES_ROW_H

#include "io/entries.h"

#define ENTRY_COLUMNS                                                       \
	"e.id, e.ref, e.kind, e.text, e.state, e.state_note, e.series_id, " \
	"e.report_id, e.parent_id, s.code, r.code, r.body, e.held_on, "     \
	"e.item, e.para, e.source, e.due_phrase, e.base_on, e.clock, "      \
	"e.statutory, e.earliest_on, e.due_on, e.review_on, e.due_minute, " \
	"e.original_due_on, e.rule, e.flag, e.due_series_id, "              \
	"e.due_meeting_on, e.at_meeting, e.priority, e.restricted, "        \
	"e.restricted OR ifnull(p.restricted, 0) OR "                       \
	"ifnull(s.restricted, ifnull(m.restricted, 0)), "                   \
	"e.at_risk, e.due_version, e.assign_version, e.known_at, "          \
	"e.assigned_at, e.slips, e.slipped_on, e.extension_pending, "       \
	"e.snooze_until_on, e.snooze_reason, e.updated_on, e.update_note, " \
	"e.proposed_on, e.closed_on, e.version, e.base_minute, "            \
	"e.paused_from_on, e.paused_days, e.asked_on"

/* Restricted is inherited from the series, of an entry of a report alone from
 * the series that monitors it, and from the entry above. */
#define ENTRY_TABLES                                              \
	" FROM entry e LEFT JOIN series s ON s.id = e.series_id " \
	"LEFT JOIN report r ON r.id = e.report_id "               \
	"LEFT JOIN series m ON m.id = r.series_id "               \
	"LEFT JOIN entry p ON p.id = e.parent_id "

/* The current row of a statement that begins with ENTRY_COLUMNS, its owners
 * read with another statement. Returns 0 and fills *out. */
int entry_from_row(
    struct db *db, struct stmt *st, struct entry *out, struct err *err);

/* Each row of such a statement, which is done with afterwards. Returns what the
 * last callback did: 0, 1 stopped, -1. */
int entry_walk(
    struct db *db, struct stmt *st, entry_cb cb, void *ctx, struct err *err);

/* Writes the owners of an entry, which has none in the register. */
int entry_write_owners(
    struct db *db, const struct entry *entry, struct err *err);

/* The next ref of the entry's parent, report or series; owned. */
int entry_next_ref(
    struct db *db, const struct entry *entry, char **out, struct err *err);

/* May the ref be given: ERR_INPUT, or ERR_CONFLICT when it is taken. */
int entry_check_ref(struct db *db, const char *ref, struct err *err);

/* After WT-14, given or found, comes WT-15. */
int entry_note_ref(struct db *db, const char *ref, struct err *err);

#endif
