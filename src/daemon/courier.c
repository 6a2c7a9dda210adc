/* SPDX-License-Identifier: ISC */
/*
 * Claims, intends, settles: one transaction a loop turn for all channels. It
 * moves jobs from list to list and asks the channels to carry them; it speaks
 * no protocol and decides nothing about a notice.
 */
#include "daemon/courier.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "daemon/courier_parts.h"
#include "daemon/steady.h"
#include "io/log.h"

#define CLAIM_MAX 16        /* notices rendered between two looks at the time */
#define CLAIM_SLICE_US 8000 /* of a turn that goes into claiming */
#define BUSY_RETRY_S 0.05   /* somebody else has the register for a moment */

/* ---- jobs ---- */

static struct jobs *
list_of(struct job *job)
{
	struct courier *courier = job->channel->courier;

	switch (job->state) {
	case JOB_WAITING:
		return &job->channel->waiting;
	case JOB_POISED:
		return &courier->poised;
	case JOB_ENDED:
		return &courier->ended;
	default:
		return &courier->busy;
	}
}

void
courier_count(struct job *job, int by)
{
	if (job->state == JOB_WAITING)
		job->channel->nwaiting += (size_t)by;
	else if (job->state != JOB_ENDED)
		job->channel->nbusy += (size_t)by;
}

void
courier_move(struct job *job, enum job_state state)
{
	TAILQ_REMOVE(list_of(job), job, link);
	courier_count(job, -1);
	job->state = state;
	courier_count(job, 1);
	TAILQ_INSERT_TAIL(list_of(job), job, link);
}

void
courier_free_job(struct job *job)
{
	TAILQ_REMOVE(list_of(job), job, link);
	courier_count(job, -1);
	agent_job_clear(&job->work);
	free(job->reply);
	free(job);
}

void
courier_give_back(struct channel *channel, bool trials_too)
{
	struct job *job, *next;

	for (job = TAILQ_FIRST(&channel->waiting); job != NULL; job = next) {
		next = TAILQ_NEXT(job, link);
		if (job->is_trial && !trials_too)
			continue;
		job->give_back = true;
		courier_move(job, JOB_ENDED);
	}
}

/* ---- for the channels ---- */

struct job *
courier_take(struct channel *channel)
{
	struct job *job = TAILQ_FIRST(&channel->waiting);
	int64_t now_us = steady_us();

	if (job == NULL || !channel_may_send(channel) ||
	    pace_wait_us(&channel->pace, now_us) > 0)
		return NULL;
	pace_note(&channel->pace, now_us);
	courier_move(job, JOB_HANDED);
	return job;
}

int
courier_connections_allowed(const struct channel *channel)
{
	const struct channel *old;
	int allowed = channel->connections;

	if (!channel_may_send(channel))
		return 0;
	if (retry_channel_on_trial(&channel->rest))
		return 1;
	for (old = TAILQ_FIRST(&channel->courier->retired); old != NULL;
	     old = TAILQ_NEXT(old, link))
		if (strcmp(old->name, channel->name) == 0)
			allowed -= old->ops->connections(old);
	return allowed > 0 ? allowed : 0;
}

void
courier_poise(struct job *job)
{
	courier_move(job, JOB_POISED);
}

void
courier_note(struct channel *channel, enum outcome outcome, const char *stage,
    int code, const char *text)
{
	if (channel_note(channel, outcome, stage, code, text, -1))
		courier_give_back(channel, true);
}

void
courier_ended(struct job *job, enum outcome outcome, const char *stage,
    int code, const char *text, int64_t retry_after_s)
{
	struct channel *channel = job->channel;

	/* Only what left, or what was answered, was tried. */
	if (job->state == JOB_GONE || outcome == OUTCOME_SENT ||
	    outcome == OUTCOME_FAIL || outcome == OUTCOME_DEFER)
		job->give_back = false;
	job->outcome = outcome;
	job->stage = stage;
	job->code = code;
	job->reply = xstrdup(text);
	job->retry_after_s = retry_after_s;
	courier_move(job, JOB_ENDED);
	if (!job->give_back &&
	    channel_note(channel, outcome, stage, code, text, retry_after_s))
		courier_give_back(channel, true);
	/* A trial leaves no notice whose retry would enable it again. */
	if (outcome == OUTCOME_GONE && !job->is_trial && !channel->disabled) {
		channel->disabled = true;
		courier_give_back(channel, true);
		log_warn("webhook %s: the endpoint is gone (410) and was "
			 "disabled; after mending it, retry a notice of it or "
			 "change its configuration",
		    channel->name);
	}
}

void
courier_add_disk_us(struct channel *channel, int64_t us)
{
	channel->courier->disk_us += us;
}

/* ---- one turn ---- */

static int
claim_for(struct courier *courier, struct channel *channel, size_t most,
    int64_t now, struct err *err)
{
	struct agent_jobs jobs = { 0 };
	int rc = agent_claim(courier->agent, channel->name, now,
	    most < CLAIM_MAX ? most : CLAIM_MAX, &jobs, err);

	VEC_EACH (struct agent_job, work, &jobs.jobs) {
		struct job *job = xcalloc(1, sizeof *job);

		job->work = *work;
		job->channel = channel;
		job->claimed_s = steady_s();
		job->retry_after_s = -1;
		TAILQ_INSERT_TAIL(&channel->waiting, job, link);
		courier_count(job, 1);
	}
	vec_clear(&jobs.jobs);
	if (rc == 0)
		channel->more = false;
	return rc == -1 ? -1 : 0;
}

/* Claims for every channel until it has enough, the register has no more, or
 * the slice is over. */
static int
claim(struct courier *courier, int64_t now, struct err *err)
{
	int64_t until = steady_us() + CLAIM_SLICE_US;
	struct channel *channel;
	bool any = true;

	while (any && steady_us() < until) {
		any = false;
		TAILQ_FOREACH (channel, &courier->channels, link) {
			size_t most = channel_room(channel);

			if (most == 0)
				continue;
			any = true;
			if (claim_for(courier, channel, most, now, err) == -1)
				return -1;
		}
	}
	return 0;
}

static int
settle(struct courier *courier, struct job *job, int64_t now, struct err *err)
{
	if (job->is_trial)
		return 0;
	if (job->give_back)
		return agent_return(courier->agent, job->work.notice_id, err);

	struct delivery delivery = {
		.outcome = job->outcome,
		.stage = job->stage,
		.code = job->code,
		.reply = job->reply,
		.retry_after_s = job->retry_after_s,
	};

	if (job->work.first_try_at != INSTANT_NONE)
		delivery.paused_s = rests_between(
		    &job->channel->rests, job->work.first_try_at, now);
	if (job->outcome == OUTCOME_GONE &&
	    channel_mark_gone(job->channel, courier->db, err) == -1)
		return -1;
	return agent_settle(
	    courier->agent, job->work.notice_id, &delivery, now, err);
}

static bool
has_room(const struct courier *courier)
{
	const struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		if (channel_room(channel) > 0)
			return true;
	return false;
}

/* Has a channel pauses to write down, or jobs to choose from? */
static bool
has_choice(const struct courier *courier)
{
	const struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		if (channel->rests.changed ||
		    (channel->ops->choose != NULL && channel->nwaiting > 0))
			return true;
	return false;
}

/* What came of the jobs, and which may leave. */
static int
record(struct courier *courier, int64_t now, struct err *err)
{
	struct channel *channel;
	struct job *job;

	TAILQ_FOREACH (job, &courier->ended, link)
		if (settle(courier, job, now, err) == -1)
			return -1;
	TAILQ_FOREACH (channel, &courier->channels, link) {
		if (channel->ops->choose != NULL)
			channel->ops->choose(channel);
		if (channel->rests.changed &&
		    channel_write_rests(channel, courier->db, err) == -1)
			return -1;
	}
	TAILQ_FOREACH (job, &courier->poised, link)
		if (!job->is_trial && agent_intend(courier->agent,
					  job->work.notice_id, now, err) == -1)
			return -1;
	return 0;
}

static const char *
fault_of(const struct channel *channel)
{
	if (channel->reason != NULL)
		return channel->reason;
	return channel->disabled ? "the endpoint is gone (410)"
				 : "nothing was sent";
}

static void
tell_trial(const struct job *job)
{
	struct courier_trial trial = {
		.outcome = job->outcome,
		.stage = job->stage,
		.code = job->code,
		.reply = job->reply,
	};

	/* Given back: the channel came to rest before it was its turn. */
	if (job->give_back && trial.reply == NULL) {
		trial.outcome = OUTCOME_CHANNEL;
		trial.reply = fault_of(job->channel);
	}
	if (job->told != NULL)
		job->told(job->told_ctx, &trial);
}

struct job *
courier_try(struct courier *courier, const char *name, struct agent_job *work,
    courier_trial_cb *told, void *ctx, struct err *err)
{
	struct channel *channel;
	struct job *job;

	TAILQ_FOREACH (channel, &courier->channels, link)
		if (strcmp(channel->name, name) == 0)
			break;
	if (channel == NULL) {
		err_set(err, ERR_NOTFOUND, "there is no webhook '%s'", name);
		return NULL;
	}
	if (!channel_may_send(channel)) {
		err_set(err, ERR_TEMP, "%s rests: %s ('nudgectl status')", name,
		    fault_of(channel));
		return NULL;
	}
	job = xcalloc(1, sizeof *job);
	job->work = *work;
	*work = (struct agent_job){ 0 };
	job->work.first_try_at = INSTANT_NONE;
	job->channel = channel;
	job->claimed_s = steady_s();
	job->retry_after_s = -1;
	job->is_trial = true;
	job->told = told;
	job->told_ctx = ctx;
	TAILQ_INSERT_HEAD(&channel->waiting, job, link);
	courier_count(job, 1);
	courier_wake(courier);
	return job;
}

void
courier_trial_forget(struct job *job)
{
	if (job != NULL)
		job->told = NULL;
}

static void
feed(struct courier *courier)
{
	struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		if (channel->ops->feed != NULL && channel->nwaiting > 0)
			channel->ops->feed(channel);
}

/* What arrived is told to who asks for more; what did not is worth a line. The
 * channel's own trouble is told where it began. */
static void
log_end(const struct job *job)
{
	const char *reply = job->reply != NULL ? job->reply : "";

	if (job->is_trial || job->give_back ||
	    job->outcome == OUTCOME_CHANNEL || job->outcome == OUTCOME_STALE)
		return;
	if (job->outcome == OUTCOME_SENT)
		log_debug("notice %lld to %s: sent: %s",
		    (long long)job->work.notice_id, job->work.address, reply);
	else
		log_info("notice %lld to %s: %s at %s: %d %s",
		    (long long)job->work.notice_id, job->work.address,
		    outcome_name(job->outcome), job->stage, job->code, reply);
}

/* What the commit allowed. */
static void
act(struct courier *courier)
{
	struct channel *channel, *next;
	struct job *job;

	while ((job = TAILQ_FIRST(&courier->ended)) != NULL) {
		/* What came back may be claimed again. */
		if (job->outcome != OUTCOME_SENT)
			courier_wake(courier);
		log_end(job);
		tell_trial(job);
		courier_free_job(job);
	}
	while ((job = TAILQ_FIRST(&courier->poised)) != NULL) {
		courier_move(job, JOB_GONE);
		job->channel->ops->let_go(job->channel, job);
	}
	feed(courier);
	for (channel = TAILQ_FIRST(&courier->retired); channel != NULL;
	     channel = next) {
		next = TAILQ_NEXT(channel, link);
		if (channel->nbusy > 0 || !channel->ops->is_idle(channel))
			continue;
		TAILQ_REMOVE(&courier->retired, channel, link);
		channel->ops->free(channel);
	}
}

static void
wake_in(struct courier *courier, double seconds)
{
	ev_timer_stop(courier->loop, &courier->again);
	ev_timer_set(&courier->again, seconds, 0.);
	ev_timer_start(courier->loop, &courier->again);
}

static bool
has_settling(const struct courier *courier)
{
	return !TAILQ_EMPTY(&courier->ended) || !TAILQ_EMPTY(&courier->poised);
}

static void
schedule(struct courier *courier)
{
	struct channel *channel;
	double after = -1;

	if (has_settling(courier) || has_room(courier))
		after = 0;
	TAILQ_FOREACH (channel, &courier->channels, link) {
		if (!channel_may_send(channel) ||
		    (!channel->more && channel->nwaiting == 0))
			continue;
		double wait =
		    (double)pace_wait_us(&channel->pace, steady_us()) / 1e6;
		if (wait > 0 && (after < 0 || wait < after))
			after = wait;
	}
	if (after >= 0)
		wake_in(courier, after);
}

/* 1 committed, 0 the register is another's for a moment, -1. */
static int
transact(struct courier *courier, int (*begin)(struct db *db, struct err *err),
    int (*write)(struct courier *courier, int64_t now, struct err *err),
    int64_t now, struct err *err)
{
	struct err busy;

	if (begin(courier->db, &busy) == -1) {
		if (busy.code == ERR_TEMP)
			return 0;
		*err = busy;
		return -1;
	}
	if (write(courier, now, err) == -1) {
		db_rollback(courier->db);
		return -1;
	}
	return db_commit(courier->db, err) == -1 ? -1 : 1;
}

/* What is claimed may be lost with the power, for it has not left. */
static int
claim_turn(struct courier *courier, int64_t now, struct err *err)
{
	int rc = transact(courier, db_begin_lightly, claim, now, err);

	if (rc == 1) {
		feed(courier);
		courier->settle_next = true;
		wake_in(courier, 0.);
	}
	return rc;
}

static int
settle_turn(struct courier *courier, int64_t now, struct err *err)
{
	int rc = has_settling(courier) || has_choice(courier)
		     ? transact(courier, db_begin, record, now, err)
		     : 1;

	if (rc == 1) {
		act(courier);
		courier->settle_next = false;
		schedule(courier);
	}
	return rc;
}

/* While there is room a turn claims and the next one settles: meanwhile answers
 * gather, so that one wait for the disk is for many. */
int
courier_turn(struct courier *courier, int64_t now, struct err *err)
{
	int rc = has_room(courier) && !courier->settle_next
		     ? claim_turn(courier, now, err)
		     : settle_turn(courier, now, err);

	if (rc == 0)
		wake_in(courier, BUSY_RETRY_S);
	return rc == -1 ? -1 : 0;
}
