/* SPDX-License-Identifier: ISC */
/*
 * Messages to the service manager, the protocol of sd_notify(3) by hand. Where
 * there is no $NOTIFY_SOCKET, nothing happens.
 */
#ifndef NUDGED_IO_NOTIFY_H
#define NUDGED_IO_NOTIFY_H

#include <stdint.h>

#include "core/err.h"

/* Each returns 1 when sent, 0 when nobody listens, -1 with *err set. */
int notify_ready(struct err *err);
int notify_reloading(struct err *err); /* followed by notify_ready */
int notify_stopping(struct err *err);
int notify_status(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Asks for more time to start or stop, in seconds. */
int notify_extend(int64_t seconds, struct err *err);

/* Only after the register was read successfully: it says that we work. */
int notify_watchdog(struct err *err);

/* Within how many microseconds the manager wants to hear notify_watchdog (ping
 * at half of that); 0 when there is no watchdog for this process. */
int64_t notify_watchdog_usec(void);

#endif
