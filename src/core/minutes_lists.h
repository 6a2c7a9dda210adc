/* SPDX-License-Identifier: ISC */
/*
 * Lists of actions as a whole. Only minutes_walk.c and minutes_actions.c, which
 * read them item by item, include this beside minutes_lists.c, minutes_named.c,
 * minutes_robot.c, minutes_tails.c and minutes_whose.c.
 */
#ifndef NUDGED_CORE_MINUTES_LISTS_H
#define NUDGED_CORE_MINUTES_LISTS_H

#include "core/minutes_parts.h"

/* Looks at what stands below a heading of actions: where that is told of, or
 * items for decision, it becomes ordinary notes. */
void list_heading(struct reading *r, struct part *part, size_t heading);
/* Is block i the first of a list without a heading that is nearly all "X to
 * do"? Then *end is the block behind it; if not, the first that is no item. */
bool list_unheaded(
    const struct reading *r, const struct part *part, size_t i, size_t *end);
/* Does an item of such a list only tell something? */
bool list_item_tells(
    const struct reading *r, const struct part *part, const struct block *b);
/* Takes the names in brackets off the end of a listed action, where most of its
 * list have some: "... to be held (Ann)". Returns the new length. */
size_t list_owner_read(const struct reading *r, const struct part *part,
    const struct block *b, const char *text, size_t len,
    struct minutes_entry *entry);
/* "New", "Carry over:", "Completed actions": the state of what stands below
 * such a line of a list; NULL for others. In minutes_tails.c. */
const char *state_heading(const char *text, size_t len);
/* Adds the entry of a marked text that is "Clerk", "Clerk by 12 May", "JB/KD -
 * next meeting": who acts, what is to be done standing before; false for
 * others. The text lies in the block's; minutes_whose.c. */
bool owner_line_read(struct reading *r, struct part *part,
    const struct block *b, const char *text, size_t len);
/* Adds the entries of lists below names, where no heading says that they are of
 * actions, and takes their blocks; minutes_named.c. */
void named_lists_read(struct reading *r, struct part *part);
/* Adds what a robot of a chat room was told, "#action ann write it down", who
 * and what standing behind the mark; minutes_robot.c. */
void robot_add(
    struct reading *r, struct part *part, const struct block *b, size_t mark);
/* Gives the action above a robot's answer ("Created ACTION-12 - Write it [on
 * Ann - due 2020-05-18]") who acts and when, where it says neither; false where
 * the block is none. */
bool robot_told(struct reading *r, struct part *part, const struct block *b);
/* Gives the entries from (an index) to end (left out) that have no day of their
 * own the one that the heading above their list sets. */
void list_due(struct reading *r, struct part *part, size_t from, size_t end);

#endif
