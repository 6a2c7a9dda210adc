/* SPDX-License-Identifier: ISC */
/*
 * The courier: claims what is ready, hands it to its channel, settles what
 * came of it. All that the register has to know of one loop turn goes into one
 * transaction (courier_turn); what depends on it leaves after the commit. A
 * turn claims, or it settles and intends. How bytes travel is the channels'
 * (channel.h), what is ready and what an outcome means for a notice is the
 * agent's.
 */
#ifndef NUDGED_DAEMON_COURIER_H
#define NUDGED_DAEMON_COURIER_H

#include <ev.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/err.h"
#include "desk/agent.h"
#include "io/db.h"
#include "io/transfer.h"

struct courier;

/* All are borrowed and must outlive it. It makes no channels yet: see
 * courier_use. */
struct courier *courier_new(struct ev_loop *loop, struct transfer *transfer,
    struct db *db, struct agent *agent);
/* Only when idle, or when the process ends: what is under way is forgotten
 * without being settled. */
void courier_free(struct courier *courier);

/* The channels of a configuration, with their secrets read from the files.
 * Nothing is opened. NULL with *err set; the courier is untouched. */
struct courier_set;
struct courier_set *courier_set_new(
    struct courier *courier, const struct conf *conf, struct err *err);
void courier_set_free(struct courier_set *set);

/* Goes over to a set (taken). The channels before it finish what they have
 * begun under the old options; what only waited goes back to the register.
 * Pauses end: the new options may be the cure. */
void courier_use(struct courier *courier, struct courier_set *set);

/* Something may be ready: look at the next turn. */
void courier_wake(struct courier *courier);

/* The register or the day changed: what is claimed and has not begun to leave
 * goes back, to be checked and rendered anew. */
void courier_recall(struct courier *courier);

/* What a heartbeat has to look after: old claims, endpoints that were enabled
 * again, pauses that are over. */
int courier_beat(struct courier *courier, int64_t now, struct err *err);

/* One turn, in ev_prepare: one transaction, then what it allowed. Returns 0,
 * or -1 with *err set: nothing that depended on it has gone out, and the
 * process must end (FACTS C: a failed commit is never retried). */
int courier_turn(struct courier *courier, int64_t now, struct err *err);

/* A trial: one message over a channel, past the ledger, the gate and the
 * sending hours. Takes what work holds. The callback comes once, from a turn,
 * with what the channel had to say. NULL with *err set: no such channel, or it
 * rests. forget: nobody waits for the answer any more. */
struct job;
struct courier_trial {
	enum outcome outcome;
	const char *stage;
	int code;
	const char *reply; /* NULL: nothing was said */
};
typedef void courier_trial_cb(void *ctx, const struct courier_trial *trial);
struct job *courier_try(struct courier *courier, const char *channel,
    struct agent_job *work, courier_trial_cb *told, void *ctx, struct err *err);
void courier_trial_forget(struct job *job);

/* The end: nothing new is claimed, what has not begun to leave goes back, what
 * has is waited for. courier_cut ends that too: it is in doubt where its dot
 * has left. Both need courier_turn until courier_is_idle. */
void courier_drain(struct courier *courier);
void courier_cut(struct courier *courier);
bool courier_is_idle(const struct courier *courier);

/* Microseconds spent on deliveries into a Maildir, which wait for the disk:
 * told apart from the loop's own time, as db_disk_us is. */
int64_t courier_disk_us(const struct courier *courier);

/* The fault of a channel that rests, NULL: none does. */
const char *courier_fault(const struct courier *courier);

/* The channels: an array of name, kind, state, reason, until ... */
json_t *courier_status(const struct courier *courier, int64_t now);

#endif
