/* SPDX-License-Identifier: ISC */
/*
 * libcurl's multi interface on a libev loop. Carries easy handles to their
 * end and knows nothing of what they do.
 */
#ifndef NUDGED_IO_TRANSFER_H
#define NUDGED_IO_TRANSFER_H

#include <curl/curl.h>
#include <ev.h>
#include <stdbool.h>

/* curl_global_init, once per process, before any thread. Ignoring SIGPIPE is
 * the daemon's. Returns 0 or -1. */
int transfer_global_init(void);

struct transfer;
struct transfer_job;

/* The loop is borrowed and must outlive it. Never NULL. */
struct transfer *transfer_new(struct ev_loop *loop);

/* Ends what still runs (each callback is called, CURLE_ABORTED_BY_CALLBACK),
 * then frees. Not from within a transfer callback. NULL is a no-op. */
void transfer_free(struct transfer *t);

/* Called from the loop, never within the call that started the job, exactly
 * once. The handle is out of the multi unless the job was started with keep;
 * the job is gone when it returns, unless kept. */
typedef void transfer_cb(void *ctx, CURL *easy, CURLcode result);

/* Starts a handle, which stays the caller's. Sets NOSIGNAL and QUICK_EXIT on
 * it, and CURLOPT_PRIVATE (ours). With keep the handle stays in the multi
 * after the callback (a CONNECT_ONLY connection needs that) until
 * transfer_drop. A handle that curl refuses is reported by the callback. */
struct transfer_job *transfer_start(
    struct transfer *t, CURL *easy, bool keep, transfer_cb *done, void *ctx);

/* TLS 1.2 at least, and whom to trust: the authorities in ca_file and no
 * others, or the system's when it is NULL. */
void transfer_trust(CURL *easy, const char *ca_file);

/* Ends a running job: its callback follows from the loop, with
 * CURLE_ABORTED_BY_CALLBACK, and the handle is idle until then. */
void transfer_abort(struct transfer_job *job);

/* Takes a kept job's handle out, after its callback. */
void transfer_drop(struct transfer_job *job);

#endif
