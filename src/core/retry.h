/* SPDX-License-Identifier: ISC */
/*
 * What follows from how an attempt ended: when the notice is tried again, when
 * it is given up, and whether its channel rests. Pure: now, the attempts so
 * far and the seed of the jitter are parameters; sending hours and pauses are
 * reckoned by the caller (see spent_s).
 */
#ifndef NUDGED_CORE_RETRY_H
#define NUDGED_CORE_RETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How an attempt (or a connection) ended; every channel speaks in these. */
enum outcome {
	OUTCOME_NONE =
	    0,           /* nothing to tell: a connection that ended in order */
	OUTCOME_SENT,    /* accepted */
	OUTCOME_DEFER,   /* refused for now: SMTP 4xx to RCPT, DATA or the dot;
			  * HTTP that is neither 2xx nor 410 */
	OUTCOME_FAIL,    /* refused for good: SMTP 5xx to RCPT, DATA, the dot */
	OUTCOME_GONE,    /* HTTP 410: the endpoint is to be disabled */
	OUTCOME_CHANNEL, /* the channel is at fault (DNS, connect, greeting,
			  * EHLO, TLS, AUTH, MAIL): costs no attempt */
	OUTCOME_STALE,   /* an idle connection had gone, nothing of the mail was
			  * answered: at once again on another; costs nothing */
	OUTCOME_DROPPED, /* the connection died before the dot: safe to repeat
			  */
	OUTCOME_IN_DOUBT, /* it died or fell silent after the dot or the request
			   * had left: may have been accepted */
};

const char *outcome_name(enum outcome outcome); /* "in_doubt" */

struct retry_policy {
	int64_t base_s;     /* the first delay; doubles per attempt */
	int64_t most_s;     /* no longer than this */
	const int *steps_s; /* a fixed schedule instead, NULL: doubling; the
			     * last step repeats */
	size_t step_count;
	int64_t give_up_s;  /* failed when spent_s has reached this */
	bool hold_in_doubt; /* a person decides; else the same bytes again */
};

/* 60 s doubling to 1 h, five days. */
struct retry_policy retry_policy_mail(void);
/* 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h (Standard Webhooks), five days. */
struct retry_policy retry_policy_webhook(void);

enum retry_state {
	RETRY_SENT,
	RETRY_READY,    /* again at next_at, as if this attempt had not been */
	RETRY_DEFERRED, /* again at next_at */
	RETRY_IN_DOUBT, /* flagged; the same bytes again at next_at */
	RETRY_HELD,     /* in doubt, and waits for a person (by policy, or since
			 * it was tried for too long: it is not said to have
			 * failed, since it may have arrived) */
	RETRY_FAILED,   /* refused for good */
	RETRY_GAVE_UP,  /* failed: tried for too long */
};

/* What is known of a notice when an attempt of it ends. */
struct retry_case {
	enum outcome outcome;
	int attempts;    /* counted ones before this attempt */
	int64_t spent_s; /* seconds since it became ready, without closed hours
			  * and pauses of the channel */
	int64_t now;
	int64_t after_s; /* Retry-After in seconds, -1: none */
	uint64_t seed;   /* anything that differs per notice, its id */
};

struct retry_step {
	enum retry_state state;
	int64_t next_at; /* INSTANT_NEVER unless it is tried again */
	int attempts;    /* counted ones, this one included if it counts */
};

/* OUTCOME_NONE is treated as OUTCOME_STALE. Delays carry up to a quarter of
 * jitter on top; a Retry-After is never undercut, and is cut at a day. */
struct retry_step retry_next(
    const struct retry_policy *policy, const struct retry_case *c);

/* ---- the channel's own rest ---- */

#define RETRY_CHANNEL_BASE_S 60
#define RETRY_CHANNEL_MOST_S 3600
#define RETRY_CHANNEL_FAILURES 10 /* notices in a row */

/* All zero at first. Lives in memory: a start tries afresh. */
struct retry_channel {
	int rests;            /* in a row, without a success between */
	int failures;         /* notices in a row that did not go out */
	int64_t paused_until; /* 0: open */
};

/* Takes note of an outcome, of a notice or of a connection. Returns true when
 * this one began an outage: the admin is told once; later pauses of the same
 * outage return false, and a success ends it. Outcomes that come in while it
 * is paused (from connections opened before) do not lengthen the pause. A
 * Retry-After (after_s, -1: none) makes a pause that long at least. */
bool retry_channel_note(struct retry_channel *channel, enum outcome outcome,
    int64_t after_s, int64_t now, uint64_t seed);

/* May it be used now? Until a first success after a pause it is on trial: the
 * caller then opens a single connection. */
bool retry_channel_is_open(const struct retry_channel *channel, int64_t now);
bool retry_channel_on_trial(const struct retry_channel *channel);

/* ---- Retry-After ---- */

/* The value of a Retry-After header: seconds, or one of the three HTTP dates
 * (RFC 9110 5.6.7) against now. -1 when it is neither; a past date is 0. */
int64_t retry_after_parse(const char *text, int64_t now);

#endif
