/* SPDX-License-Identifier: ISC */
/*
 * One webhook: its POSTs, each signed anew with the time of the attempt and
 * the same webhook-id. The body was frozen by the agent.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/hook.h"
#include "daemon/channel.h"
#include "daemon/courier.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/webhook.h"

struct hook {
	struct channel base;
	struct webhook_options options; /* its strings are owned here */
	char *ca_file;
	VEC(struct hook_secret) secrets;
	VEC(struct job *) posts; /* under way */
};

static struct hook *
hook_of(struct channel *channel)
{
	return (struct hook *)channel;
}

static void
on_result(void *ctx, const struct webhook_result *result)
{
	struct job *job = ctx;
	struct hook *hook = hook_of(job->channel);

	for (size_t i = 0; i < hook->posts.len; i++)
		if (hook->posts.items[i] == job) {
			hook->posts.items[i] =
			    hook->posts.items[--hook->posts.len];
			break;
		}
	job->transport = NULL;
	courier_ended(job, result->outcome, "POST", result->status,
	    result->text, result->retry_after_s);
}

static void
choose(struct channel *channel)
{
	struct job *job;
	size_t most = (size_t)courier_connections_allowed(channel);

	while (channel->nbusy < most && (job = courier_take(channel)) != NULL)
		courier_poise(job);
}

static void
let_go(struct channel *channel, struct job *job)
{
	struct hook *hook = hook_of(channel);
	struct hook_headers headers;
	int64_t now = clock_now();
	struct err err;

	hook_headers_init(&headers, job->work.message_id, now, job->work.bytes,
	    job->work.len, hook->secrets.items, hook->secrets.len);
	job->transport = webhook_post(channel->transfer, &hook->options,
	    (const char *const *)headers.lines, headers.count, job->work.bytes,
	    job->work.len, now, on_result, job, &err);
	hook_headers_clear(&headers);
	if (job->transport == NULL)
		courier_ended(job, OUTCOME_CHANNEL, "POST", 0, err.text, -1);
	else
		*vec_push(&hook->posts) = job;
}

static void
finish(struct channel *channel, bool now)
{
	struct hook *hook = hook_of(channel);

	if (!now)
		return;
	VEC_EACH (struct job *, job, &hook->posts)
		webhook_abort((*job)->transport);
}

static bool
is_idle(const struct channel *channel)
{
	return channel->nbusy == 0;
}

static int
connections(const struct channel *channel)
{
	return (int)channel->nbusy;
}

static void
hook_free(struct channel *channel)
{
	struct hook *hook = hook_of(channel);

	VEC_EACH (struct hook_secret, secret, &hook->secrets)
		hook_secret_clear(secret);
	vec_clear(&hook->secrets);
	vec_clear(&hook->posts);
	free(hook->ca_file);
	channel_clear(channel);
	free(hook);
}

static const struct channel_ops hook_ops = {
	.kind = "webhook",
	.choose = choose,
	.let_go = let_go,
	.finish = finish,
	.is_idle = is_idle,
	.connections = connections,
	.free = hook_free,
};

static int
read_secrets(struct hook *hook, const struct strings *files, struct err *err)
{
	for (size_t i = 0; i < files->len; i++) {
		char *text = NULL;
		int rc;

		if (file_read_secret(files->items[i], &text, err) == -1)
			return -1;
		rc = hook_secret_parse(text, vec_push(&hook->secrets), err);
		file_secret_free(text);
		if (rc == -1)
			return err_wrap(err, "%s", files->items[i]);
	}
	return 0;
}

struct channel *
channel_hook_new(struct ev_loop *loop, struct transfer *transfer,
    const struct conf_webhook *conf, struct err *err)
{
	struct hook *hook = channel_alloc(
	    sizeof *hook, &hook_ops, loop, transfer, conf->name, conf->url);

	hook->base.connections = conf->connections;
	hook->base.prefetch = (size_t)conf->connections;
	pace_init(&hook->base.pace, conf->per_minute);
	hook->ca_file = xstrdup(conf->ca_file);
	hook->options = (struct webhook_options){
		.url = hook->base.url,
		.allow_private = conf->allow_private,
		.ca_file = hook->ca_file,
		.reuse = conf->reuse,
		.timeout_s = (double)conf->timeout_s,
	};
	if (read_secrets(hook, &conf->secret_files, err) == -1) {
		err_wrap(err, "webhook %s", conf->name);
		hook_free(&hook->base);
		return NULL;
	}
	return &hook->base;
}
