/* SPDX-License-Identifier: ISC */
/*
 * The agent does what a heartbeat asks: plans what is due by now, groups it
 * into notices, and hands out and takes back the messages to deliver. It knows
 * no loop, no socket and no clock; the daemon drives it with the real time and
 * `plan` with a simulated one, so that both do the same.
 */
#ifndef NUDGED_DESK_AGENT_H
#define NUDGED_DESK_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/letter.h"
#include "core/retry.h"
#include "core/vec.h"
#include "io/db.h"

struct agent;

/* db is a writer's connection (or plan's snapshot); conf is borrowed and may
 * be replaced later: the agent then notes the new rules. Both must be called
 * outside a transaction. agent_recover settles what a crash left behind: what
 * was claimed goes back, what was committing is in doubt. */
struct agent *agent_new(
    struct db *db, const struct conf *conf, int64_t now, struct err *err);
int agent_set_conf(
    struct agent *agent, const struct conf *conf, int64_t now, struct err *);
int agent_recover(struct agent *agent, int64_t now, struct err *err);
/* Forgets the text of what was sent and counts it for the mark, in a
 * transaction of its own: for each heartbeat and for a clean end. */
int agent_tidy(struct agent *agent, struct err *err);
void agent_free(struct agent *agent);

/* One bounded slice (some 20 ms) of planning, in a transaction of its own.
 * Returns 1 when there is more to do at this very now, 0 when the day is
 * planned and grouped, -1 with *err set. */
int agent_beat(struct agent *agent, int64_t now, struct err *err);

/* The register was written to: nothing is claimed before the next beat has
 * looked at it. */
void agent_stir(struct agent *agent);

/* When something is next to be planned or claimed: for plan's simulation and
 * for status; INSTANT_NEVER when nothing is, INSTANT_NONE with
 * *err set. */
int64_t agent_next_at(struct agent *agent, int64_t now, struct err *err);

/* Why nothing is claimed at all: "first release", "brake: 312 notices within
 * an hour", "a copy of the register" ...; NULL when the way is free. */
const char *agent_gate(const struct agent *agent);

/* How a delivery ended, for agent_settle. */
struct delivery {
	enum outcome outcome;  /* core/retry */
	const char *stage;     /* "RCPT", "dot", "POST"; borrowed */
	int code;              /* SMTP or HTTP; 0: no reply */
	const char *reply;     /* text of the reply or fault; borrowed */
	int64_t retry_after_s; /* -1: none */
	int64_t paused_s;      /* seconds that the channel was paused since the
				* notice's first try: not counted for giving up */
};

/* A message to deliver: the frozen bytes and where to. */
struct agent_job {
	int64_t notice_id;
	char *address; /* envelope recipient, or the webhook's name */
	char *bytes;   /* the mail, or the webhook's body */
	size_t len;
	char *message_id;     /* the mail's, without <>; the webhook-id */
	int tries;            /* attempts that were begun before this one */
	int64_t first_try_at; /* of the notice's first attempt; INSTANT_NONE
			       * when this is it */
};
void agent_job_clear(struct agent_job *job);
struct agent_jobs {
	VEC(struct agent_job) jobs;
};

/* The four steps of delivery. Each runs inside a transaction that the caller
 * began; what it says holds once that is committed (FACTS J). A claim may be
 * committed lightly: it writes no event and no attempt.
 *
 * agent_claim takes up to max notices of a channel ("mail" or a webhook's
 * name) that are ready by now, checks that they are still wanted, renders and
 * freezes them, and adds them to jobs; state: attempting. Returns 1 when more
 * may be ready, 0 when not, -1.
 * agent_intend says that the final dot (or the POST) is about to leave:
 * state committing; commit before it does.
 * agent_settle takes the outcome; reply may be NULL.
 * agent_return gives a claimed job back untried (shutdown, channel paused). */
int agent_claim(struct agent *agent, const char *channel, int64_t now,
    size_t max, struct agent_jobs *jobs, struct err *err);
int agent_intend(
    struct agent *agent, int64_t notice_id, int64_t now, struct err *err);
int agent_settle(struct agent *agent, int64_t notice_id,
    const struct delivery *delivery, int64_t now, struct err *err);
int agent_return(struct agent *agent, int64_t notice_id, struct err *err);

#endif
