/* SPDX-License-Identifier: ISC */
/*
 * One entry as people and programs see it: the line of a list, the record of
 * `show`, the JSON object. Shared by everything that prints entries.
 */
#ifndef NUDGED_DESK_RECORD_H
#define NUDGED_DESK_RECORD_H

#include <jansson.h>

#include "core/conf.h"
#include "core/model.h"
#include "desk/show.h"

/* The contract's keys and some more; days late are counted to today. */
json_t *record_json(const struct entry *entry, int today);

/* The columns of a list and one entry's cells. */
extern const struct table_column record_columns[];
#define RECORD_COLUMNS 6
/* plain: days as ISO dates, for a pipe. */
void record_row(
    struct table *table, const struct entry *entry, int today, bool plain);

/* "7 November 2018, 14:00 (5 days late)". Owned. */
char *record_due(const struct entry *entry, int today);

/* How the date came about, as sentences, and what changed it since. */
void record_why(const struct entry *entry, const struct conf *conf, int today,
    struct buf *out);

/* "open", "on hold until ...": the state with what belongs to it. Owned. */
char *record_state(const struct entry *entry, int today);

/* Names of the owners of one role, "; " between. Owned, NULL: none. */
char *record_owners(const struct entry *entry, enum owner_role role);

#endif
