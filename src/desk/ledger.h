/* SPDX-License-Identifier: ISC */
/* What the register can say of the ledger's state; see ledger.c for the
 * commands. */
#ifndef NUDGED_DESK_LEDGER_H
#define NUDGED_DESK_LEDGER_H

#include <jansson.h>

#include "core/buf.h"
#include "core/conf.h"
#include "io/db.h"

/* Adds to root: "register", "held" (why nothing goes out, null), "notices"
 * (counts by state), "next_mail_at" and "next_mail" (in words, with what it
 * waits for), "attention" (failed, held and in doubt, at most 20),
 * "unmatched", "holidays_until". */
int ledger_status(struct db *db, const struct conf *conf, int64_t now,
    json_t *root, struct err *err);

/* The same for people. */
void ledger_status_print(const json_t *root, struct buf *out);

#endif
