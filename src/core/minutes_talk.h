/* SPDX-License-Identifier: ISC */
/* Minutes that keep what was said, line by line. */
#ifndef NUDGED_CORE_MINUTES_TALK_H
#define NUDGED_CORE_MINUTES_TALK_H

#include "core/minutes_parts.h"

/* "Open actions", gone through in a chat: what stands below such a heading is
 * talk of earlier actions, and no list. */
void talk_heading(struct reading *r, struct part *part, size_t heading);
/* "ann: tell them so", where Ann has spoken before: is a block what she asks of
 * others, not what she is to do? */
bool talk_is_order(
    const struct reading *r, const struct part *part, const struct block *b);

#endif
