/* SPDX-License-Identifier: ISC */
/*
 * `status`: what the register says of itself (desk/ledger), and what only the
 * running daemon knows. Changes nothing.
 */
#ifndef NUDGED_DAEMON_STATUS_H
#define NUDGED_DAEMON_STATUS_H

#include <stdbool.h>

#include "core/buf.h"
#include "core/err.h"

struct nudged;

/* Adds the answer, as JSON or as text. */
int status_answer(struct nudged *nudged, bool json, int columns,
    struct buf *out, struct err *err);

#endif
