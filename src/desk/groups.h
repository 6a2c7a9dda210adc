/* SPDX-License-Identifier: ISC */
/*
 * The groups of commands that the desk is made of, one file each. Every array
 * ends with an entry whose name is NULL; desk.c lists them under a title.
 */
#ifndef NUDGED_DESK_GROUPS_H
#define NUDGED_DESK_GROUPS_H

#include "desk/desk.h"

extern const struct desk_command entries_commands[];  /* entries.c */
extern const struct desk_command add_commands[];      /* add.c */
extern const struct desk_command acts_commands[];     /* acts.c */
extern const struct desk_command people_commands[];   /* people.c */
extern const struct desk_command series_commands[];   /* series.c */
extern const struct desk_command meetings_commands[]; /* meetings.c */
extern const struct desk_command reports_commands[];  /* reports.c */
extern const struct desk_command papers_commands[];   /* papers.c */
extern const struct desk_command upkeep_commands[];   /* upkeep.c */
extern const struct desk_command minutes_commands[];  /* minutes.c */
extern const struct desk_command planning_commands[]; /* planning.c */
extern const struct desk_command ledger_commands[];   /* ledger.c */

/* The plain rows of such an array: what reads, and what whoever may edit
 * writes. most 0: no words but the least. */
#define DESK_READ(command, takes, what, handler, table, most)       \
	{                                                           \
		.name = command, .args = takes, .summary = what,    \
		.mode = DESK_READS, .file_arg = -1, .run = handler, \
		.options = table, .max_words = most                 \
	}

#define DESK_WRITE(command, takes, what, handler, table, least, most)       \
	{                                                                   \
		.name = command, .args = takes, .summary = what,            \
		.mode = DESK_WRITES, .access = ACCESS_EDIT, .file_arg = -1, \
		.run = handler, .options = table, .min_words = least,       \
		.max_words = most                                           \
	}

#endif
