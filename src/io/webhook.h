/* SPDX-License-Identifier: ISC */
/*
 * One POST of a JSON body: what may be reached, how long it may take, and what
 * came back. What is in the body and its signature is core/hook's; when to try
 * again is core/retry's.
 */
#ifndef NUDGED_IO_WEBHOOK_H
#define NUDGED_IO_WEBHOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/retry.h"
#include "io/transfer.h"

#define WEBHOOK_TEXT_MAX 512 /* of the reply's body that is kept */

struct webhook_options {
	const char *url;     /* https; http only with allow_private */
	bool allow_private;  /* loopback, private and link-local addresses; the
			      * only ones that plain http may reach */
	const char *ca_file; /* NULL: the system's */
	bool reuse;          /* keep connections: libcurl may then repeat a POST
			      * by itself on a connection that had died */
	double timeout_s;    /* of the whole exchange; 0: 20 */
};

struct webhook_result {
	enum outcome outcome;  /* SENT 2xx, GONE 410, DEFER any other status,
				* CHANNEL nothing of the request left, IN_DOUBT
				* it may have been taken */
	int status;            /* HTTP; 0: no reply */
	int64_t retry_after_s; /* -1: none */
	const char *text;      /* start of the reply's body, or the fault; valid
				* during the callback, printable UTF-8 */
};

struct webhook_post;

/* From the loop, exactly once; the post is gone when it returns. */
typedef void webhook_cb(void *ctx, const struct webhook_result *result);

/* Posts. headers are whole lines ("webhook-id: x"; Content-Type is ours unless
 * given), copied; body is borrowed until the callback. Returns NULL with *err
 * (ERR_INPUT) when the URL or a header cannot be used; every other failure
 * comes by the callback. now: for a Retry-After that is a date, the caller's
 * clock at the start. */
struct webhook_post *webhook_post(struct transfer *t,
    const struct webhook_options *options, const char *const *headers,
    size_t header_count, const char *body, size_t len, int64_t now,
    webhook_cb *cb, void *ctx, struct err *err);

/* Gives it up; the callback follows from the loop (CHANNEL, or IN_DOUBT when
 * the request may have left). */
void webhook_abort(struct webhook_post *post);

#endif
