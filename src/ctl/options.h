/* SPDX-License-Identifier: ISC */
/* The global options of nudgectl, before or after the command. Prints nothing.
 */
#ifndef NUDGED_CTL_OPTIONS_H
#define NUDGED_CTL_OPTIONS_H

#include <stdbool.h>

#include "core/date.h"
#include "core/err.h"
#include "core/vec.h"

struct options {
	const char *conf_path; /* -c FILE, else the usual one */
	bool conf_given;
	const char *now; /* --now, NULL: not given */
	bool json;
	bool help;
	bool version;
	VEC(const char *) rest; /* the command and what is its own */
};

/* Reads argv (without the program's name); everything is borrowed from it.
 * Words behind "--" are never globals. 0, or -1 with ERR_USAGE. */
int options_parse(
    char *const *argv, int count, struct options *out, struct err *err);
void options_clear(struct options *options);

/* "2018-09-13", its midnight, or "2018-09-13T08:30", local time of the zone,
 * as an instant. */
int options_now(
    const char *text, const struct zone *zone, int64_t *out, struct err *err);

#endif
