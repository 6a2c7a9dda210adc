/* SPDX-License-Identifier: ISC */
/*
 * The wall clock, and a time zone's offsets as data for core/date. Reads the
 * zone's file itself: nothing of TZ, tzset() or the C library's state, so that
 * a reload cannot disturb a running thread.
 */
#ifndef NUDGED_IO_CLOCK_H
#define NUDGED_IO_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "core/date.h"
#include "core/err.h"

#define CLOCK_ZONES "/usr/share/zoneinfo"

/* UTC seconds. */
int64_t clock_now(void);

/* Loads a zone ("Europe/London") of the system: its changes from 1970 to the
 * end of 2100. Returns 0 and fills *out (free with zone_clear), or -1 with
 * ERR_NOTFOUND when there is no such zone, ERR_INPUT when the name or the file
 * is bad. */
int clock_zone_load(const char *name, struct zone *out, struct err *err);

/* The same from the bytes of a zone file (RFC 8536). */
int clock_zone_parse(const char *name, const void *data, size_t len,
    struct zone *out, struct err *err);

#endif
