/* SPDX-License-Identifier: ISC */
/*
 * The control socket's place in the file system: makes it, and takes away only
 * what a dead daemon left.
 */
#ifndef NUDGED_DAEMON_LISTEN_H
#define NUDGED_DAEMON_LISTEN_H

#include "core/err.h"

/* Listens at a path, mode 0660, not blocking. A socket that nobody answers on
 * is replaced; one that somebody does, or anything else, is left alone. The
 * descriptor, or -1 with *err set. */
int listen_at(const char *path, struct err *err);

#endif
