/* SPDX-License-Identifier: ISC */
/*
 * Posts through io/webhook, one after the other, and prints what came of each:
 * for the tests against scripted receivers.
 *
 * webhook_driver key=value ...
 *   url ca body allow=0|1 reuse=0|1 timeout=S posts=N header=LINE now=T
 *   abort=start|later    webhook_abort at once, or after later=0.2 seconds
 *   free=1               transfer_free while the post is under way
 *
 * The last line: "stall MS", the longest time that callbacks held the loop.
 */
#include <ev.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/transfer.h"
#include "io/webhook.h"

#include "driver.h"

struct driver {
	struct ev_loop *loop;
	struct transfer *transfer;
	struct webhook_options options;
	const char *headers[8];
	size_t header_count;
	const char *body;
	const char *abort_at;
	long long now;
	int posts;
	bool free_it;
	bool inside; /* webhook_post has not returned */
	struct webhook_post *post;
	ev_timer later;
	double later_s;
	struct stall stall;
};

static void post_next(struct driver *d);

static void
on_result(void *ctx, const struct webhook_result *r)
{
	struct driver *d = ctx;

	printf("%sresult %s %d %lld %s\n", d->inside ? "re-entrant " : "",
	    outcome_name(r->outcome), r->status, (long long)r->retry_after_s,
	    r->text);
	d->post = NULL;
	if (d->posts > 0 && !d->free_it)
		post_next(d);
	else
		ev_break(d->loop, EVBREAK_ALL);
}

static void
post_next(struct driver *d)
{
	struct err err;

	d->posts--;
	d->inside = true;
	d->post =
	    webhook_post(d->transfer, &d->options, d->headers, d->header_count,
		d->body, strlen(d->body), d->now, on_result, d, &err);
	if (d->post == NULL) {
		printf("refused %d %s\n", (int)err.code, err.text);
		ev_break(d->loop, EVBREAK_ALL);
	} else if (d->abort_at != NULL && strcmp(d->abort_at, "start") == 0) {
		webhook_abort(d->post);
	}
	d->inside = false;
}

static void
later_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct driver *d = timer->data;

	(void)revents;
	if (d->free_it)
		ev_break(loop, EVBREAK_ALL);
	else if (d->post != NULL)
		webhook_abort(d->post);
}

static bool
take_option(struct driver *d, const char *key, const char *value)
{
	if (strcmp(key, "url") == 0)
		d->options.url = value;
	else if (strcmp(key, "ca") == 0)
		d->options.ca_file = value;
	else if (strcmp(key, "allow") == 0)
		d->options.allow_private = atoi(value) != 0;
	else if (strcmp(key, "reuse") == 0)
		d->options.reuse = atoi(value) != 0;
	else if (strcmp(key, "timeout") == 0)
		d->options.timeout_s = atof(value);
	else if (strcmp(key, "posts") == 0)
		d->posts = atoi(value);
	else if (strcmp(key, "body") == 0)
		d->body = value;
	else if (strcmp(key, "header") == 0 && d->header_count < 8)
		d->headers[d->header_count++] = value;
	else if (strcmp(key, "now") == 0)
		d->now = atoll(value);
	else if (strcmp(key, "abort") == 0)
		d->abort_at = value;
	else if (strcmp(key, "later") == 0)
		d->later_s = atof(value);
	else if (strcmp(key, "free") == 0)
		d->free_it = atoi(value) != 0;
	else
		return false;
	return true;
}

int
main(int argc, char **argv)
{
	static struct driver d = {
		.posts = 1, .body = "{\"test\": 1}", .later_s = 0.2
	};

	d.loop = ev_default_loop(0);
	if (!take_options(&d, argc, argv, take_option))
		return 2;
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	transfer_global_init();
	d.transfer = transfer_new(d.loop);

	ev_timer_init(&d.later, later_cb, d.later_s, 0.);
	d.later.data = &d;
	stall_start(d.loop, &d.stall);
	if (d.free_it || (d.abort_at && strcmp(d.abort_at, "later") == 0))
		ev_timer_start(d.loop, &d.later);
	post_next(&d);
	if (d.post != NULL)
		ev_run(d.loop, 0);
	transfer_free(d.transfer);
	printf("stall %.0f\n", d.stall.longest * 1000);
	curl_global_cleanup();
	return 0;
}
