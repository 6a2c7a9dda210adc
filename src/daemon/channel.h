/* SPDX-License-Identifier: ISC */
/*
 * What the courier and its channels share: a job on its way, and the few
 * things that a kind of channel does in its own manner. Private to courier*.c.
 */
#ifndef NUDGED_DAEMON_CHANNEL_H
#define NUDGED_DAEMON_CHANNEL_H

#include <ev.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/retry.h"
#include "core/pace.h"
#include "core/rests.h"
#include "daemon/courier.h"
#include "desk/agent.h"
#include "io/db.h"
#include "io/transfer.h"

/* waiting: claimed. handed: with the transport, nothing of the dot has left.
 * poised: may leave once `committing` is durable. gone: it was let go.
 * ended: to be settled. */
enum job_state { JOB_WAITING, JOB_HANDED, JOB_POISED, JOB_GONE, JOB_ENDED };

struct job {
	TAILQ_ENTRY(job) link; /* in the list of its state */
	enum job_state state;
	struct channel *channel;
	struct agent_job work;
	int64_t claimed_s; /* steady */
	bool give_back;    /* if it ends before it left, it was never tried */
	void *transport;   /* the channel's */
	/* how it ended: */
	enum outcome outcome;
	const char *stage; /* a literal */
	int code;
	char *reply;
	int64_t retry_after_s;
	/* a trial: it is not in the ledger, and its end is told instead */
	bool is_trial;
	courier_trial_cb *told; /* NULL: nobody waits for it any more */
	void *told_ctx;
};
TAILQ_HEAD(jobs, job);

struct channel;

struct channel_ops {
	const char *kind; /* "smtp", for status */

	/* Inside the transaction, before intents: may poise waiting jobs. */
	void (*choose)(struct channel *channel);
	/* After the commit: may take waiting jobs and open connections. */
	void (*feed)(struct channel *channel);
	/* The intent of this job is durable: out with it. */
	void (*let_go)(struct channel *channel, struct job *job);
	/* Nothing new is coming: finish in order; with now, end it at once. */
	void (*finish)(struct channel *channel, bool now);
	bool (*is_idle)(const struct channel *channel);
	int (*connections)(const struct channel *channel); /* open ones */
	void (*free)(struct channel *channel);
};

struct channel {
	TAILQ_ENTRY(channel) link;
	const struct channel_ops *ops;
	struct courier *courier; /* set when it comes into use */
	struct ev_loop *loop;
	struct transfer *transfer;
	char *name;      /* "mail" or the webhook's */
	char *url;       /* a webhook's is a secret: never shown */
	int connections; /* at most */
	size_t prefetch; /* jobs claimed ahead */
	struct pace pace;
	struct retry_channel rest; /* in steady seconds */
	char *reason;              /* of the last fault, NULL: none */
	struct rests rests;        /* past pauses, in wall seconds */
	bool more;                 /* the register may have ready ones */
	bool disabled;             /* 410: until somebody enables it */
	bool retiring;             /* replaced by a reload, or the end */
	struct jobs waiting;
	size_t nwaiting;
	size_t nbusy; /* handed, poised, gone */
};

/* Zeroed memory of the size of a kind's own struct, which begins with a struct
 * channel; the base is filled in. */
void *channel_alloc(size_t size, const struct channel_ops *ops,
    struct ev_loop *loop, struct transfer *transfer, const char *name,
    const char *url);
void channel_clear(struct channel *channel); /* the base's own */

/* What the register remembers of it: past pauses, and whether its endpoint is
 * disabled (a mark of another URL does not count: the configuration was
 * changed). Writing is inside the caller's transaction. */
int channel_read_rests(struct channel *channel, struct db *db, struct err *err);
int channel_write_rests(
    struct channel *channel, struct db *db, struct err *err);
int channel_read_disabled(
    struct channel *channel, struct db *db, struct err *err);
int channel_mark_gone(struct channel *channel, struct db *db, struct err *err);

/* Neither paused, disabled nor replaced. */
bool channel_may_send(const struct channel *channel);
/* How many jobs may be claimed for it now. */
size_t channel_room(const struct channel *channel);

/* Takes note of an outcome and logs the beginning and the end of an outage.
 * True when it rests from now on. */
bool channel_note(struct channel *channel, enum outcome outcome,
    const char *stage, int code, const char *text, int64_t retry_after_s);

/* Its object in the list of `status`; now in wall seconds. Owned. */
json_t *channel_status(const struct channel *channel, int64_t now);

/* One of each kind, by the configuration, which is copied from; the loop and
 * the transfer are borrowed and must outlive it. Nothing is opened, but secrets
 * are read: NULL with *err set when that fails or an address is no good. To be
 * freed by its ops. */
struct channel *channel_mail_new(struct ev_loop *loop,
    struct transfer *transfer, const struct conf_mail *mail, struct err *err);
struct channel *channel_maildir_new(struct ev_loop *loop,
    struct transfer *transfer, const struct conf_mail *mail, struct err *err);
struct channel *channel_hook_new(struct ev_loop *loop,
    struct transfer *transfer, const struct conf_webhook *hook,
    struct err *err);

/* ---- for the channels, of the courier ---- */

/* The next waiting job, taken from the list and handed; NULL when there is
 * none or the channel may not send now (paused, disabled, pace). */
struct job *courier_take(struct channel *channel);

/* How many connections it may have now: one on trial after a pause, none while
 * paused; a replaced channel's count while they last. */
int courier_connections_allowed(const struct channel *channel);

/* The job may leave once that is durable. */
void courier_poise(struct job *job);

/* The job ended; text is copied. Takes note for the channel too. */
void courier_ended(struct job *job, enum outcome outcome, const char *stage,
    int code, const char *text, int64_t retry_after_s);

/* Something happened to the channel apart from any job. */
void courier_note(struct channel *channel, enum outcome outcome,
    const char *stage, int code, const char *text);

/* Time that went into waiting for the disk, but for commits. */
void courier_add_disk_us(struct channel *channel, int64_t us);

#endif
