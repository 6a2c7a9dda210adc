/* SPDX-License-Identifier: ISC */
/*
 * Bank holidays from iCalendar files in the GOV.UK format: whole-day events,
 * the end exclusive. A file that is cut short or that holds something else is
 * refused, since a missing holiday shows nowhere.
 */
#ifndef NUDGED_IO_HOLIDAYS_H
#define NUDGED_IO_HOLIDAYS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/calendar.h"
#include "core/err.h"

#define HOLIDAYS_FILE_MAX ((size_t)1024 * 1024)

/* Adds the holidays of a file's text to cal (which the caller seals). name is
 * what errors begin with: "NAME:LINE: problem". Returns 0, or -1 with *err set
 * and cal untouched. */
int holidays_parse(const char *name, const char *text, size_t len,
    struct calendar *cal, struct err *err);

/* The same for a file. file may also be a set that the project ships, by its
 * short name ("england-and-wales", "scotland", "northern-ireland"): the
 * installed file where there is one, since it may have been updated, else the
 * copy built in. */
int holidays_load(const char *file, struct calendar *cal, struct err *err);

/* Is it a short name, not a path: no slash, no dot? */
bool holidays_is_short(const char *file);

#endif
