/* SPDX-License-Identifier: ISC */
/*
 * Writes entries as an iCalendar file (RFC 5545) of all-day events that block
 * no time. For `export --format ics`; invites nobody (METHOD:PUBLISH).
 */
#ifndef NUDGED_CORE_ICS_H
#define NUDGED_CORE_ICS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"

struct ics_event {
	const char *uid;  /* stable: "wt-14@example.org" */
	int sequence;     /* rises with every change */
	int64_t stamp_at; /* last change, UTC seconds (DTSTAMP) */
	int first_on;     /* the days it covers, both included; */
	int last_on;      /* DAY_NONE: first_on alone */
	const char *summary;
	const char *description; /* NULL: none */
	const char *category;    /* NULL: none */
	bool cancelled;
};

/* The calendar's head, with the name that programs show; then events; then the
 * end. Texts are UTF-8 (wrong bytes become U+FFFD), lines fold at 75 bytes. */
void ics_open(struct buf *out, const char *name);
void ics_event_add(struct buf *out, const struct ics_event *event);
void ics_close(struct buf *out);

#endif
