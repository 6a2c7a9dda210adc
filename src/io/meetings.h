/* SPDX-License-Identifier: ISC */
/* Series, their meetings and agendas, and reports. */
#ifndef NUDGED_IO_MEETINGS_H
#define NUDGED_IO_MEETINGS_H

#include "core/words.h"
#include "io/register.h"

/* May a series or report have this code? It begins the refs of its entries. */
int meetings_check_code(const char *code, struct err *err);

/* 1 found, with *out to be cleared; 0 not, -1 failed. By code, in any case; by
 * id. */
int series_get(
    struct db *db, const char *code, struct series *out, struct err *err);
int series_get_id(
    struct db *db, int64_t id, struct series *out, struct err *err);
/* In this header a callback borrows what it is given; it returns 0 to go on, 1
 * to stop, -1 with *err set. Listing returns 0, also when it was stopped, or
 * -1. Adding sets the id; adding and saving write events and return 0, or -1
 * (ERR_CONFLICT: the code or day is taken; ERR_NOTFOUND: no such row). */
typedef int (*series_cb)(
    void *ctx, const struct series *series, struct err *err);
int series_each(struct db *db, series_cb cb, void *ctx, struct err *err);
int series_add(struct db *db, struct series *series, const struct doer *doer,
    struct err *err);
int series_save(struct db *db, const struct series *series,
    const struct doer *doer, struct err *err);

/* A meeting by series and day: 1 found, with *out to be cleared; 0 not, -1. */
int meetings_get(struct db *db, int64_t series_id, int held_on,
    struct meeting *out, struct err *err);
typedef int (*meeting_cb)(
    void *ctx, const struct meeting *meeting, struct err *err);
/* In order of the day; series_id 0: all; from_on DAY_NONE: from the first. */
int meetings_each(struct db *db, int64_t series_id, int from_on, meeting_cb cb,
    void *ctx, struct err *err);
/* Adding, moving (held_on changes) and cancelling make the open entries of
 * the series be planned anew; the words that hang on it are re-resolved by the
 * desk (desk/meetings). */
int meetings_add(struct db *db, struct meeting *meeting,
    const struct doer *doer, struct err *err);
int meetings_save(struct db *db, const struct meeting *meeting,
    const struct doer *doer, struct err *err);
/* The next meeting not cancelled strictly after a day; 1, 0, -1. */
int meetings_next(struct db *db, int64_t series_id, int after_on,
    struct meeting *out, struct err *err);

/* Who was at a meeting, in place of what was noted before; text is borrowed. */
struct attendance {
	char *name, *organisation, *role;
	int64_t party_id;
	bool present;
};
int meetings_set_attendance(struct db *db, int64_t meeting_id,
    const struct attendance *people, size_t count, struct err *err);
/* Was the party at the meeting? 1 present, 0 absent, -1 not recorded. */
int meetings_attended(
    struct db *db, int64_t series_id, int held_on, int64_t party_id);

/* The agenda of a meeting, in place of the one before; listed by number. */
struct agenda_item {
	char *number, *title;
	bool deferred;
};
int meetings_set_agenda(struct db *db, int64_t meeting_id,
    const struct agenda_item *items, size_t count, struct err *err);
typedef int (*agenda_cb)(
    void *ctx, const struct agenda_item *item, struct err *err);
int meetings_each_item(struct db *db, int64_t meeting_id, agenda_cb cb,
    void *ctx, struct err *err);

/* Reports, as series above. */
int reports_get(
    struct db *db, const char *code, struct report *out, struct err *err);
int reports_get_id(
    struct db *db, int64_t id, struct report *out, struct err *err);
typedef int (*report_cb)(
    void *ctx, const struct report *report, struct err *err);
int reports_each(struct db *db, report_cb cb, void *ctx, struct err *err);
int reports_add(struct db *db, struct report *report, const struct doer *doer,
    struct err *err);
int reports_save(struct db *db, const struct report *report,
    const struct doer *doer, struct err *err);

/* Everything the grammar of deadlines may hang on, read once: all series with
 * their meeting days. Owned by the caller; point a struct words_env at it. */
struct series_calendar {
	VEC(struct words_series) series;
};
int series_calendar_load(
    struct db *db, struct series_calendar *out, struct err *err);
void series_calendar_clear(struct series_calendar *cal);

#endif
