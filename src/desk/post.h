/* SPDX-License-Identifier: ISC */
/* A message that is no notice: for trying out a channel. */
#ifndef NUDGED_DESK_POST_H
#define NUDGED_DESK_POST_H

#include "core/conf.h"
#include "desk/agent.h"

/* Fills job with a test mail to an address (channel "mail"), or with a test
 * event for a webhook. -1 with *err set: no such webhook, a bad address. */
int post_trial(const struct conf *conf, const char *channel, const char *to,
    int64_t now, struct agent_job *job, struct err *err);

#endif
