/* SPDX-License-Identifier: ISC */
/*
 * Mail into a Maildir: the same order of claim, intent, delivery and
 * settlement as over SMTP. A delivery waits for the disk, so that only a few
 * are done in one turn.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "daemon/channel.h"
#include "daemon/steady.h"
#include "daemon/courier.h"
#include "io/maildir.h"

#define TURN_MAX 8          /* jobs poised in one turn */
#define TURN_SLICE_US 40000 /* what is left is delivered in the next */

struct maildir {
	struct channel base;
	char *path;
	ev_timer more; /* jobs that were let go and are not delivered yet */
	struct job *gone[TURN_MAX];
	size_t ngone;
};

static struct maildir *
maildir_of(struct channel *channel)
{
	return (struct maildir *)channel;
}

/* A name made of the Message-ID: a repeat replaces the file. */
static char *
file_name(const char *message_id)
{
	char *name = xstrdup(message_id);

	for (char *p = name; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) &&
		    (strchr("-_@+=.", *p) == NULL || (*p == '.' && p == name)))
			*p = '_';
	return name;
}

static void
deliver(struct maildir *maildir, struct job *job)
{
	char *name = file_name(job->work.message_id);
	int64_t from = steady_us();
	struct err err;
	int rc = maildir_deliver(
	    maildir->path, name, job->work.bytes, job->work.len, &err);

	courier_add_disk_us(&maildir->base, steady_us() - from);
	free(name);
	if (rc == 0) {
		courier_ended(job, OUTCOME_SENT, "maildir", 0, "delivered", -1);
		return;
	}
	courier_ended(job,
	    err.code == ERR_INPUT ? OUTCOME_FAIL : OUTCOME_CHANNEL, "maildir",
	    0, err.text, -1);
}

static void
more_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct maildir *maildir = timer->data;
	int64_t until = steady_us() + TURN_SLICE_US;
	size_t done = 0;

	(void)events;
	while (done < maildir->ngone && (done == 0 || steady_us() < until))
		deliver(maildir, maildir->gone[done++]);
	maildir->ngone -= done;
	memmove(maildir->gone, maildir->gone + done,
	    maildir->ngone * sizeof *maildir->gone);
	if (maildir->ngone > 0) {
		ev_timer_set(timer, 0., 0.);
		ev_timer_start(loop, timer);
	}
}

static void
choose(struct channel *channel)
{
	struct job *job;

	while (
	    channel->nbusy < TURN_MAX && (job = courier_take(channel)) != NULL)
		courier_poise(job);
}

static void
let_go(struct channel *channel, struct job *job)
{
	struct maildir *maildir = maildir_of(channel);

	maildir->gone[maildir->ngone++] = job;
	if (!ev_is_active(&maildir->more)) {
		ev_timer_set(&maildir->more, 0., 0.);
		ev_timer_start(channel->loop, &maildir->more);
	}
}

static void
finish(struct channel *channel, bool now)
{
	/* Deliveries are short and end by themselves. */
	(void)channel;
	(void)now;
}

static bool
is_idle(const struct channel *channel)
{
	return ((const struct maildir *)channel)->ngone == 0;
}

static int
connections(const struct channel *channel)
{
	(void)channel;
	return 0;
}

static void
maildir_free(struct channel *channel)
{
	struct maildir *maildir = maildir_of(channel);

	ev_timer_stop(channel->loop, &maildir->more);
	free(maildir->path);
	channel_clear(channel);
	free(maildir);
}

static const struct channel_ops maildir_ops = {
	.kind = "maildir",
	.choose = choose,
	.let_go = let_go,
	.finish = finish,
	.is_idle = is_idle,
	.connections = connections,
	.free = maildir_free,
};

struct channel *
channel_maildir_new(struct ev_loop *loop, struct transfer *transfer,
    const struct conf_mail *mail, struct err *err)
{
	struct maildir *maildir = channel_alloc(
	    sizeof *maildir, &maildir_ops, loop, transfer, "mail", mail->url);

	maildir->base.connections = 1;
	maildir->base.prefetch = TURN_MAX * 2;
	ev_timer_init(&maildir->more, more_cb, 0., 0.);
	maildir->more.data = maildir;
	pace_init(&maildir->base.pace, mail->per_minute);
	maildir->path = maildir_url_path(mail->url, err);
	if (maildir->path == NULL) {
		maildir_free(&maildir->base);
		return NULL;
	}
	return &maildir->base;
}
