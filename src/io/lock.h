/* SPDX-License-Identifier: ISC */
/*
 * The writer's lock of a register: an OFD lock on the file "PATH.lock", which
 * is never removed (whoever removes a lock file lets two in). The file may
 * carry a line of text that must outlive a restored register.
 */
#ifndef NUDGED_IO_LOCK_H
#define NUDGED_IO_LOCK_H

#include "core/err.h"

#define LOCK_TEXT_MAX 512

/* Takes the lock of a register; the descriptor holds it until it is closed.
 * Returns it, or -1 with ERR_TEMP when another process has it. */
int lock_take(const char *path, struct err *err);

/* The text in the lock file of a register, "" when there is none; owned. Needs
 * no lock. */
int lock_read(const char *path, char **out, struct err *err);

/* Writes it (at most LOCK_TEXT_MAX - 1 bytes), by the holder. Not synced: it
 * may be older than the register after a power cut, never newer. */
int lock_write(int fd, const char *text, struct err *err);

#endif
