/* SPDX-License-Identifier: ISC */
/*
 * The loop: heartbeat, group commit, signals, reload, the end. What is to be
 * done at each is the agent's, the courier's and the control server's.
 */
#ifndef NUDGED_DAEMON_LOOP_H
#define NUDGED_DAEMON_LOOP_H

#include "core/conf.h"
#include "core/err.h"

struct nudged;

/* Takes the register and brings it up to date: what a crash left behind is
 * settled, half-applied imports are finished, an old copy is held. Opens the
 * control socket. conf is taken in any case. NULL with *err set. */
struct nudged *loop_new(struct conf *conf, struct err *err);

/* Runs until a signal ends it; ready (may be NULL) is called when everything
 * is in order, just before READY=1. Returns the process's exit status. */
int loop_run(struct nudged *nudged, void (*ready)(void *ctx), void *ctx);

/* Closes all, the register last, and with it gives up the lock. NULL is a
 * no-op. */
void loop_free(struct nudged *nudged);

#endif
