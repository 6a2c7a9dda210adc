/* SPDX-License-Identifier: ISC */
/*
 * Delivery into a Maildir: tmp, fsync, rename into new. The caller names the
 * file, so that a delivery repeated after a crash replaces and never doubles.
 */
#ifndef NUDGED_IO_MAILDIR_H
#define NUDGED_IO_MAILDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

/* The folder of a maildir:///path URL (percent-decoded), owned by the caller;
 * NULL with *err set when it is not one or not absolute. */
char *maildir_url_path(const char *url, struct err *err);

/* Makes path with tmp, new and cur (0750) where they are missing; parents must
 * exist but for the last. Returns 0, or -1 with *err. */
int maildir_create(const char *path, struct err *err);

/* Delivers bytes as new/NAME, durably (file and folder synced); makes the
 * Maildir where it is missing. CRLF becomes LF, as in every Maildir. Where
 * cur/NAME exists, with whatever of the flags DFPRST, a reader has it already
 * and nothing is written. name: letters, digits, '.', '-', '_', '@', '+', '=',
 * not beginning with '.'. Returns 0, or -1 with *err: ERR_INPUT
 * for the name, else ERR_SYSTEM. */
int maildir_deliver(const char *path, const char *name, const char *bytes,
    size_t len, struct err *err);

#endif
