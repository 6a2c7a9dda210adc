/* SPDX-License-Identifier: ISC */
/* The agent run ahead of time; see forecast.h. */
#include "desk/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/plan.h"
#include "io/mark.h"
#include "io/register.h"

#define CLAIM_MAX 256

struct run {
	struct db *db;
	const struct conf *conf;
	struct agent *agent;
	int64_t from_at;
	char *first_hold;  /* what holds the real register at the beginning */
	char *hold;        /* what would hold what is claimed now */
	int64_t held_seen; /* held notices up to this id were told */
	forecast_cb cb;
	void *ctx;
};

/* In the copy nothing is held back as a whole; that it would be is told with
 * each message. */
static int
release(struct run *run, int64_t now, struct err *err)
{
	int64_t last;

	if (db_begin(run->db, err) == -1)
		return -1;
	if (store_last_notice(run->db, &last, err) == -1 ||
	    register_set_meta_int(run->db, "released_at", now, err) == -1 ||
	    register_set_meta_int(run->db, "brake_passed", last, err) == -1 ||
	    register_set_meta(run->db, "held", NULL, err) == -1) {
		db_rollback(run->db);
		return -1;
	}
	return db_commit(run->db, err);
}

static int
tell(struct run *run, const struct notice *n, const struct agent_job *job,
    const char *held, int64_t now, struct err *err)
{
	struct store_occurrences rows = { 0 };
	int rc = 0;

	if (now >= run->from_at) {
		rc = store_of_notice(run->db, n->id, &rows, err);
		if (rc == 0) {
			struct forecast_notice told = { .at = now,
				.notice = n,
				.job = job,
				.occurrences = &rows,
				.held = held };

			rc = run->cb(run->ctx, &told, err);
		}
		vec_clear(&rows.rows);
	}
	return rc;
}

static int
deliver_job(
    struct run *run, const struct agent_job *job, int64_t now, struct err *err)
{
	const struct delivery sent = { .outcome = OUTCOME_SENT,
		.retry_after_s = -1 };
	struct notice n = { 0 };
	int rc = store_notice(run->db, job->notice_id, &n, err);

	if (rc == 1)
		rc = tell(run, &n, job, run->hold, now, err);
	notice_clear(&n);
	if (rc == -1)
		return -1;
	return agent_settle(run->agent, job->notice_id, &sent, now, err);
}

/* 1 when something was claimed. */
static int
deliver_channel(
    struct run *run, const char *channel, int64_t now, struct err *err)
{
	struct agent_jobs jobs = { 0 };
	int rc;

	if (db_begin(run->db, err) == -1)
		return -1;
	rc = agent_claim(run->agent, channel, now, CLAIM_MAX, &jobs, err);
	if (rc == 1 || jobs.jobs.len > 0)
		rc = rc == -1 ? -1 : 1;
	VEC_EACH (struct agent_job, job, &jobs.jobs) {
		if (rc != -1 && deliver_job(run, job, now, err) == -1)
			rc = -1;
		agent_job_clear(job);
	}
	vec_clear(&jobs.jobs);
	if (rc == -1) {
		db_rollback(run->db);
		return -1;
	}
	return db_commit(run->db, err) == -1 ? -1 : rc;
}

/* Those that one by one wait for a person. */
static int
tell_held(struct run *run, int64_t now, struct err *err)
{
	struct notices held = { 0 };
	int64_t seen = run->held_seen;
	int rc =
	    store_notices(run->db, NOTICE_HELD, NULL, INT32_MAX, &held, err);

	for (size_t i = held.rows.len; rc == 0 && i > 0; i--) {
		const struct notice *n = &held.rows.items[i - 1];

		if (n->id <= run->held_seen)
			continue;
		rc = tell(run, n, NULL, n->reason, now, err);
		if (n->id > seen)
			seen = n->id;
	}
	run->held_seen = seen;
	notices_clear(&held);
	return rc;
}

/* All that a channel has to deliver now: like the daemon, without a beat after
 * each claim. 1 when there was any. */
static int
empty_channel(
    struct run *run, const char *channel, int64_t now, struct err *err)
{
	int rc, any = 0;

	while ((rc = deliver_channel(run, channel, now, err)) == 1)
		any = 1;
	return rc == -1 ? -1 : any;
}

static int
empty_channels(struct run *run, int64_t now, struct err *err)
{
	int any = empty_channel(run, "mail", now, err);

	VEC_EACH (struct conf_webhook, h, &run->conf->webhooks) {
		int rc = any == -1 ? 0 : empty_channel(run, h->name, now, err);

		if (rc != 0)
			any = rc;
	}
	return any;
}

/* Everything that happens at one moment. */
static int
play(struct run *run, int64_t now, struct err *err)
{
	const char *gate;
	int rc;

	do {
		do
			rc = agent_beat(run->agent, now, err);
		while (rc == 1);
		if (rc == -1)
			return -1;
		gate = agent_gate(run->agent);
		if (gate != NULL) {
			free(run->hold);
			run->hold = xstrdup(gate);
			if (release(run, now, err) == -1)
				return -1;
			rc = 1;
			continue;
		}
		rc = empty_channels(run, now, err);
	} while (rc == 1);
	/* What holds at the beginning goes on holding; a brake in between
	 * is for its own hour. */
	free(run->hold);
	run->hold = xstrdup(run->first_hold);
	return rc == -1 ? -1 : tell_held(run, now, err);
}

/* The next moment at which something can happen. */
static int64_t
next_moment(struct run *run, int64_t now, struct err *err)
{
	const struct conf *conf = run->conf;
	int64_t at = agent_next_at(run->agent, now, err);

	if (at == INSTANT_NONE || at > now)
		return at;
	/* Ready, but out of hours: when they open. */
	at = plan_send_at(&conf->calendar, &conf->zone, conf->sending_from,
	    conf->sending_until, now + 1);
	return at > now + 60 ? at : now + 60;
}

int
forecast(struct db *db, const struct conf *conf, int64_t now, int64_t from_at,
    int64_t until_at, forecast_cb cb, void *ctx, struct err *err)
{
	struct run run = {
		.conf = conf, .from_at = from_at, .cb = cb, .ctx = ctx
	};
	int64_t at = from_at < now ? from_at : now;
	struct notices held = { 0 };
	int rc = -1;

	run.db = db_snapshot(db, err);
	if (run.db == NULL)
		return -1;
	run.agent = agent_new(run.db, conf, at, err);
	if (run.agent == NULL || store_notices(run.db, NOTICE_HELD, NULL,
				     INT32_MAX, &held, err) == -1)
		goto out;
	if (held.rows.len > 0)
		run.held_seen = held.rows.items[0].id;
	if (register_meta_int(run.db, "released_at", INSTANT_NONE) ==
	    INSTANT_NONE)
		run.first_hold = xstrdup("first release");
	else if (mark_held(db, &run.first_hold, err) == -1)
		goto out;
	run.hold = xstrdup(run.first_hold);
	if (release(&run, at, err) == -1)
		goto out;
	rc = 0;
	while (rc == 0 && at <= until_at) {
		rc = play(&run, at, err);
		if (rc == 0)
			at = next_moment(&run, at, err);
		if (at == INSTANT_NONE)
			rc = -1;
	}
out:
	notices_clear(&held);
	free(run.first_hold);
	free(run.hold);
	agent_free(run.agent);
	db_close(run.db);
	return rc;
}
