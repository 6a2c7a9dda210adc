/* SPDX-License-Identifier: ISC */
/*
 * The groups of commands that the desk is made of, one file each. Every array
 * ends with an entry whose name is NULL; desk.c lists them under a title.
 */
#ifndef NUDGED_DESK_GROUPS_H
#define NUDGED_DESK_GROUPS_H

#include "desk/desk.h"

extern const struct desk_command entries_commands[];  /* entries.c */
extern const struct desk_command acts_commands[];     /* acts.c */
extern const struct desk_command people_commands[];   /* people.c */
extern const struct desk_command meetings_commands[]; /* meetings.c */
extern const struct desk_command papers_commands[];   /* papers.c */
extern const struct desk_command upkeep_commands[];   /* upkeep.c */
extern const struct desk_command minutes_commands[];  /* minutes.c */
extern const struct desk_command planning_commands[]; /* planning.c */
extern const struct desk_command ledger_commands[];   /* ledger.c */

#endif
