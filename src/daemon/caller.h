/* SPDX-License-Identifier: ISC */
/*
 * One caller on the control socket, as control.c (its line and its answer) and
 * control_own.c (commands about the daemon itself) see it.
 */
#ifndef NUDGED_DAEMON_CALLER_H
#define NUDGED_DAEMON_CALLER_H

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>

#include "core/buf.h"
#include "core/proto.h"
#include "daemon/nudged.h"
#include "daemon/peer.h"
#include "desk/desk.h"

enum caller_state { CALLER_READS, CALLER_RUNS, CALLER_TRIES, CALLER_WRITES };

struct caller {
	TAILQ_ENTRY(caller) link;
	struct control *control;
	enum caller_state state;
	struct peer peer;
	ev_io io;
	ev_timer silence;
	struct proto_reader reader;
	struct proto_request line;
	struct conf_hold *conf; /* while it runs */
	struct desk_request request;
	struct desk_answer answer;
	struct desk_call *call;
	struct job *trial; /* while test-mail or test-webhook waits */
	bool wrote;        /* a command that changes the register */
	struct buf out;
	size_t sent;
};
TAILQ_HEAD(callers, caller);

struct control {
	struct nudged *nudged;
	struct ev_loop *loop;
	char *path;
	int fd;
	ev_io accept;
	ev_timer resume; /* accepting, after a pause */
	ev_timer work;   /* one turn of one call */
	struct peer_access access;
	struct callers callers;
	int count;
	size_t bytes; /* held for requests that are coming in */
};

/* Sends what stands in caller->answer. The caller is gone when these return,
 * or soon after. */
void caller_answer(struct caller *caller);
void caller_refuse(
    struct caller *caller, enum desk_status status, const char *sentence);

/* A command of mode DESK_DAEMON: answered at once, or later. */
void caller_run_own(struct caller *caller, const struct desk_command *command);

#endif
