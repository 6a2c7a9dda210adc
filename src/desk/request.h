/* SPDX-License-Identifier: ISC */
/* What is asked for while another date waits for its answer, in words. */
#ifndef NUDGED_DESK_REQUEST_H
#define NUDGED_DESK_REQUEST_H

#include <stdint.h>

#include "core/err.h"
#include "io/db.h"

/* *out: "Ann Other asks for 3 June 2019: the supplier is late", owned by the
 * caller; NULL where nothing waits. */
int request_text(struct db *db, int64_t entry_id, char **out, struct err *err);

#endif
