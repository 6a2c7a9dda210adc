/* SPDX-License-Identifier: ISC */
/* Which entries a line means: the options that list and export share. */
#ifndef NUDGED_DESK_FILTER_H
#define NUDGED_DESK_FILTER_H

#include "desk/desk.h"
#include "io/entries.h"

/* For the option table of a command. */
#define FILTER_OPTIONS                                         \
	{ "overdue", ARG_FLAG }, { "due-before", ARG_VALUE },  \
	    { "due-from", ARG_VALUE }, { "owner", ARG_VALUE }, \
	    { "series", ARG_VALUE }, { "report", ARG_VALUE },  \
	    { "state", ARG_VALUE }, { "kind", ARG_VALUE },     \
	    { "under", ARG_VALUE }, { "undated", ARG_FLAG },   \
	    { "unowned", ARG_FLAG }, { "all", ARG_FLAG },      \
	{                                                      \
		"where", ARG_MANY                              \
	}

struct filter {
	struct entry_filter entries;
	bool all; /* finished ones too */
};

/* From the options of a call; --where "overdue" and --where "series=WT" say
 * the same as --overdue and --series WT. */
int filter_read(struct desk_call *call, struct filter *out, struct err *err);

/* What the register's own filter does not ask. */
bool filter_has(const struct filter *filter, const struct entry *entry);

#endif
