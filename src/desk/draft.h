/* SPDX-License-Identifier: ISC */
/* What adding an entry and acting on one share: owners, dates, the answer. */
#ifndef NUDGED_DESK_DRAFT_H
#define NUDGED_DESK_DRAFT_H

#include "desk/dates.h"
#include "desk/desk.h"
#include "io/entries.h"

/* Adds the parties that an option names (each value may hold several, ";"
 * between) as owners of a role; nobody twice. */
int draft_owners(struct desk_call *call, struct entry *entry,
    const char *option, enum owner_role role, struct err *err);

/* Takes all owners of a role away. */
void draft_drop_owners(struct entry *entry, enum owner_role role);

/* Dates an entry by a day or by words, counted from its base_on; empty words
 * give it a review date. Keeps the words. */
int draft_due(const struct dating *dating, struct db *db, struct entry *entry,
    const char *words, struct err *err);

/* Prints what became of an entry, as it stands in the register now: "WT-15
 * closed", and where its date is news "WT-15 added: due ... (in 3 days)", with
 * the rule. JSON: the entry. */
void draft_print(
    struct desk_call *call, int64_t entry_id, const char *what, bool with_date);

#endif
