/* SPDX-License-Identifier: ISC */
/* Days as cells of spreadsheets and command lines have them. Pure. */
#ifndef NUDGED_DESK_DAYS_H
#define NUDGED_DESK_DAYS_H

#include <stdbool.h>

/* "2018-11-07", "7/11/2018", "7.11.18", "07-11-2018", "7-Nov-18",
 * "7 November 2018", each with or without a time of day behind it ("00:00:00",
 * which is left aside). Day before month, as in the UK; two-digit years are
 * 1970 to 2069. DAY_NONE when it is none of these. */
int day_read(const char *text);

/* The same day and month in the first year in which it is not before from_on:
 * what was meant where last year's number was typed. DAY_NONE: none. */
int day_in_coming_year(int day, int from_on);

/* Is it written as a day, but of none that there is: "31/02/2020",
 * "2020-13-01", "31st November"? */
bool day_is_impossible(const char *text);

#endif
