/* SPDX-License-Identifier: ISC */
/*
 * The entries of the register: reading, adding, and one way of saving that
 * finds out itself what changed.
 */
#ifndef NUDGED_IO_ENTRIES_H
#define NUDGED_IO_ENTRIES_H

#include "io/register.h"

/* 1 found, with *out to be cleared; 0 not, -1 failed. */
int entries_get(
    struct db *db, const char *ref, struct entry *out, struct err *err);
int entries_get_id(
    struct db *db, int64_t id, struct entry *out, struct err *err);

/* What to list; zero means no limit. */
struct entry_filter {
	int today;
	bool live_only; /* open, blocked, on hold, proposed */
	bool overdue;
	int due_from, due_before; /* DAY_NONE: no limit. due_before: due on
				   * or before that day and not overdue; live */
	bool has_state;
	enum entry_state state;
	int64_t owner_id;  /* owner or co-owner, also by an office held today
			    * (which must be set); an organisation is not
			    * meant for its people */
	int64_t series_id; /* of that series, or of a report it monitors */
	int64_t report_id;
	int64_t parent_id;
	const char *kind;
	bool undated, unowned;
	int64_t hangs_on; /* dates that hang on this series' calendar */
	bool public_only; /* leave restricted entries out */
};
/* No limits: today set, days DAY_NONE. */
void entry_filter_init(struct entry_filter *filter, int today);

/* The entry is borrowed during the call, which may not write. Returns 0 to go
 * on, 1 to stop, -1 with *err set. */
typedef int (*entry_cb)(void *ctx, const struct entry *entry, struct err *err);
/* In order of due day (undated last), then ref (WT-2 before WT-10). 0, also
 * when it was stopped, or -1. */
int entries_each(struct db *db, const struct entry_filter *filter, entry_cb cb,
    void *ctx, struct err *err);

/* Adds: gives id and, when ref is NULL, the next ref of the parent, report or
 * series ("CDI-2.1", "WT-15", "A-7" for those of none). Sets known_at and
 * assigned_at, and what is not given of original_due_on and the versions;
 * writes owners, event ("added", new: the state) and due. Start from
 * entry_init. */
int entries_add(struct db *db, struct entry *entry, const struct doer *doer,
    struct err *err);

/* What the history calls a change of the deadline's words. */
#define ENTRIES_WORDS "deadline words"

/* Saves after as the new state of before (the same entry, as read). Finds out
 * what changed: one event each with old and new; a change of the three dates
 * raises due_version and sets known_at; confirming sets known_at; a change of
 * owners raises assign_version and sets assigned_at (confirming does too);
 * every change raises version and makes the entry be planned at the next
 * heartbeat. what names the act ("closed", "extended") and note the reason, on
 * the event of the main change: state, else date, else owners, else the first
 * other. Further events are named by what changed ("due date", "owners",
 * "text"); the one of a change of state always has both states' names as old
 * and new. Refused with ERR_CONFLICT when the row's version is not before's any
 * more. No change: nothing, returns 0. */
int entries_save(struct db *db, const struct entry *before, struct entry *after,
    const char *what, const char *note, const struct doer *doer,
    struct err *err);

/* Makes it be planned at the next heartbeat. */
int entries_touch(struct db *db, int64_t entry_id, struct err *err);

/* A deep copy, to change and save. */
void entry_copy(const struct entry *from, struct entry *to);

/* Near-identical entries of a series, day and item: for matching imports. */
int entries_like(struct db *db, int64_t series_id, int64_t report_id,
    int held_on, entry_cb cb, void *ctx, struct err *err);

/* Number of sub-points that are not finished. */
int entries_open_children(struct db *db, int64_t id, int *out, struct err *err);

/* Changes of an entry's date, asked for or agreed: adds one (id is set), saves
 * one (ERR_NOTFOUND when it is not there), lists those of an entry, oldest
 * first, by a callback as above. They write no events: whoever saves the entry
 * does. */
int slips_add(struct db *db, struct slip *slip, struct err *err);
int slips_save(struct db *db, const struct slip *slip, struct err *err);
/* Those of an entry that wait are refused as of a day: nobody waits for the
 * answer any more. entries_save sees to it. */
int slips_drop_pending(
    struct db *db, int64_t entry_id, int on, struct err *err);
typedef int (*slip_cb)(void *ctx, const struct slip *slip, struct err *err);
int slips_each(
    struct db *db, int64_t entry_id, slip_cb cb, void *ctx, struct err *err);

#endif
