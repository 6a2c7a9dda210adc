/* SPDX-License-Identifier: ISC */
/* Other due dates: asked for, agreed, refused. Each is a slip; the original
 * date is never overwritten. */
#ifndef NUDGED_DESK_EXTEND_H
#define NUDGED_DESK_EXTEND_H

#include "core/lifecycle.h"
#include "desk/deed.h"

/* What `extend` says about one entry: asked for, or with --agreed-by agreed.
 * Gives the act that it was and what became of the entry. */
int extend_entry(struct desk_call *call, const char *ref, enum act *act,
    struct deed_outcome *out, struct err *err);

/* Answers the pending request of an entry. */
int extend_answer(struct desk_call *call, const char *ref, bool agree,
    const char *reason, int64_t *id, struct err *err);

#endif
