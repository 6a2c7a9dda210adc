/* SPDX-License-Identifier: ISC */
/* Private to io/parties*.c. */
#ifndef NUDGED_IO_PARTIES_ROW_H
#define NUDGED_IO_PARTIES_ROW_H

#include "io/parties.h"

/* The name of a party, NULL when there is none; owned. */
char *party_name_of(struct db *db, int64_t id);

/* Makes the live entries that may reach the party be planned anew. */
int party_touch(struct db *db, int64_t id, struct err *err);

#endif
