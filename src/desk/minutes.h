/* SPDX-License-Identifier: ISC */
/* What the files of `minutes` share: reading a paper against the register,
 * showing it, writing it as CSV, taking it in. */
#ifndef NUDGED_DESK_MINUTES_H
#define NUDGED_DESK_MINUTES_H

#include <jansson.h>

#include "core/minutes.h"
#include "core/vec.h"
#include "desk/dates.h"
#include "desk/desk.h"

/* What the register knows, as the reader wants it; strings owned here. */
struct minutes_known {
	struct dating dating;
	VEC(struct minutes_party) parties;
	VEC(char *) texts;
};

/* *out must be zeroed. 0, or -1 with *err set and *out empty. */
int minutes_known_load(
    struct desk_call *call, struct minutes_known *out, struct err *err);
void minutes_known_clear(struct minutes_known *known);

/* Reads one file of the call, with --series and --held-on; whom the register
 * knows by another name than the paper's is called as there. */
int minutes_read_file(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, struct minutes *out, struct err *err);

/* The same for that series; NULL: the one that its title reads like. */
int minutes_read_as(struct desk_call *call, const struct minutes_known *known,
    const struct desk_file *file, const char *series, struct minutes *out,
    struct err *err);

/* minutes_other: refuses a paper that --series sends to the wrong series, by
 * its title or because another one has it, unless --anyway is said. 0, or -1.
 */
int minutes_check_series(struct desk_call *call,
    const struct minutes_known *known, const struct desk_file *file,
    const struct minutes *minutes, struct err *err);

/* minutes_series: makes the series that --series names, where there is none
 * yet, under the name that the paper has for its body. 1 made (what was read
 * of the paper does not know it: read it again), 0 nothing to make, -1. */
int minutes_make_series(struct desk_call *call, const char *name,
    const struct minutes *minutes, struct err *err);

/* minutes_show: for people, and as JSON. */
void minutes_show(
    struct desk_call *call, const char *name, const struct minutes *minutes);
void minutes_show_flags(struct desk_call *call, const struct minutes *minutes);
json_t *minutes_json(const struct minutes *minutes);

/* minutes_draft: adds what a paper would bring to a table for `import
 * entries`, and tells what has to be there before that. */
int minutes_draft(struct desk_call *call, const char *name,
    const struct minutes *minutes, struct buf *csv, struct err *err);

/* minutes_take: what is sure goes into the register; the rest waits there to
 * be confirmed. Prints what became of each. */
int minutes_take(struct desk_call *call, const struct desk_file *file,
    const struct minutes *minutes, struct err *err);

/* "Ann Roe; Cleve Council": the owners; owned. */
char *minutes_owners_text(const struct minutes_entry *entry);

#endif
