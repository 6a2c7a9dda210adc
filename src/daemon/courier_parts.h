/* SPDX-License-Identifier: ISC */
/*
 * What the two halves of the courier share: its turns (courier.c) and its life
 * (courier_life.c).
 */
#ifndef NUDGED_DAEMON_COURIER_PARTS_H
#define NUDGED_DAEMON_COURIER_PARTS_H

#include "daemon/channel.h"
#include "daemon/courier.h"

TAILQ_HEAD(channels, channel);

struct courier_set {
	struct channels list;
};

struct courier {
	struct ev_loop *loop;
	struct transfer *transfer;
	struct db *db;
	struct agent *agent;
	struct channels channels; /* in use */
	struct channels retired;  /* until idle */
	struct jobs busy, poised, ended;
	bool settle_next; /* the last turn claimed */
	int64_t disk_us;
	ev_timer again; /* another turn: more to claim, or the pace allows it */
};

/* Moves a job to the list of another state. */
void courier_move(struct job *job, enum job_state state);
/* A job joined the list of its state (1) or left it (-1). */
void courier_count(struct job *job, int by);
void courier_free_job(struct job *job);

/* What waits goes back to the register; a trial waits on, unless the channel
 * cannot send it. */
void courier_give_back(struct channel *channel, bool trials_too);

#endif
