/* SPDX-License-Identifier: ISC */
/* What `check` looks at beside the config file itself. */
#ifndef NUDGED_DESK_CHECK_H
#define NUDGED_DESK_CHECK_H

#include "core/conf.h"
#include "core/err.h"
#include "desk/flags.h"

/* Compiles and renders an admin's templates: adds "FILE: line N: problem". */
void check_templates(const struct conf *conf, struct strings *problems);

/* Groups that access names and that this machine does not have: remarks. */
void check_access(const struct conf *conf, struct strings *remarks);

/* Looks through the register, where there is one: what would go wrong is a
 * problem, what a person should settle a remark; those of entries and meetings
 * are flags too, one each. 0, or -1 with *err set when it could not be read. */
int check_register(const struct conf *conf, int today, struct strings *problems,
    struct strings *remarks, struct flags *flags, struct err *err);

#endif
