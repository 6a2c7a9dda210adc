/* SPDX-License-Identifier: ISC */
/*
 * Mail over SMTP: as many connections as the queue needs and the configuration
 * allows, each fed with the next mail as its last one is committed, so that
 * one write carries the dot and the envelope behind it. What a reply means is
 * not decided here.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mime.h"
#include "core/net.h"
#include "daemon/channel.h"
#include "daemon/courier.h"
#include "daemon/steady.h"
#include "io/file.h"
#include "io/log.h"
#include "io/smtp.h"

#define AHEAD 3     /* mails claimed for each connection */
#define FEWER_S 600 /* for so long no more than the relay takes */

struct relay {
	struct channel base;
	struct smtp_options options; /* its strings are owned here */
	char *ca_file, *username, *password;
	char *from; /* envelope sender */
	TAILQ_HEAD(, line) lines;
	int nlines;
	int nconnecting;
	int most;           /* what the relay takes at once, 0: not known */
	int64_t most_until; /* steady seconds */
};

/* One connection. */
struct line {
	TAILQ_ENTRY(line) link;
	struct relay *relay;
	struct smtp *smtp;
	bool ready;
};

static struct relay *
relay_of(struct channel *channel)
{
	return (struct relay *)channel;
}

/* ---- what the connection says ---- */

static void
on_ready(void *ctx, struct smtp *smtp)
{
	struct line *line = ctx;

	line->ready = true;
	line->relay->nconnecting--;
	if (line->relay->base.retiring)
		smtp_quit(smtp);
}

static void
on_at_dot(void *ctx, struct smtp *smtp, void *mail_ctx)
{
	struct job *job = mail_ctx;

	(void)ctx;
	/* At the end nothing more is committed: the mail is given up without a
	 * doubt, and goes back as it came. */
	if (job->give_back)
		smtp_abort(smtp);
	else
		courier_poise(job);
}

static void
on_done(void *ctx, struct smtp *smtp, void *mail_ctx,
    const struct smtp_result *result)
{
	struct job *job = mail_ctx;
	struct smtp_mail *mail = job->transport;

	(void)ctx;
	(void)smtp;
	job->transport = NULL;
	free(mail);
	courier_ended(job, result->outcome, smtp_stage_name(result->stage),
	    result->code, result->text, -1);
}

/* It would not take one more while others are there: fewer connections will
 * do, and the channel is not at fault. */
static bool
is_one_too_many(const struct relay *relay, const struct line *line,
    const struct smtp_result *result)
{
	return !line->ready && relay->nlines > 0 &&
	       result->outcome == OUTCOME_CHANNEL;
}

static void
on_closed(void *ctx, struct smtp *smtp, const struct smtp_result *result)
{
	struct line *line = ctx;
	struct relay *relay = line->relay;

	(void)smtp;
	if (!line->ready)
		relay->nconnecting--;
	relay->nlines--;
	TAILQ_REMOVE(&relay->lines, line, link);
	log_debug("mail: connection closed at %s: %s",
	    smtp_stage_name(result->stage), result->text);
	if (is_one_too_many(relay, line, result)) {
		relay->most = relay->nlines;
		relay->most_until = steady_s() + FEWER_S;
	} else {
		if (result->outcome == OUTCOME_CHANNEL)
			relay->most = 0;
		courier_note(&relay->base, result->outcome,
		    smtp_stage_name(result->stage), result->code, result->text);
	}
	free(line);
}

static const struct smtp_events relay_events = {
	.ready = on_ready,
	.at_dot = on_at_dot,
	.done = on_done,
	.closed = on_closed,
};

/* ---- what the courier asks ---- */

static void
open_line(struct relay *relay)
{
	struct line *line = xcalloc(1, sizeof *line);
	struct err err;

	line->relay = relay;
	line->smtp = smtp_open(
	    relay->base.loop, &relay->options, &relay_events, line, &err);
	if (line->smtp == NULL) {
		free(line);
		courier_note(&relay->base, OUTCOME_CHANNEL,
		    smtp_stage_name(SMTP_STAGE_CONNECT), 0, err.text);
		return;
	}
	TAILQ_INSERT_TAIL(&relay->lines, line, link);
	relay->nlines++;
	relay->nconnecting++;
}

/* Gives the connection a mail. False when there is none for it. */
static bool
give(struct relay *relay, struct line *line)
{
	struct job *job;

	while ((job = courier_take(&relay->base)) != NULL) {
		struct smtp_mail *mail = xcalloc(1, sizeof *mail);
		struct err err;

		*mail = (struct smtp_mail){
			.from = relay->from,
			.rcpt = job->work.address,
			.bytes = job->work.bytes,
			.len = job->work.len,
			.envid = job->work.message_id,
			.ctx = job,
		};
		if (smtp_send(line->smtp, mail, &err) == 0) {
			job->transport = mail;
			return true;
		}
		free(mail);
		courier_ended(job,
		    err.code == ERR_INPUT ? OUTCOME_FAIL : OUTCOME_STALE,
		    "check", 0, err.text, -1);
	}
	return false;
}

static void
feed(struct channel *channel)
{
	struct relay *relay = relay_of(channel);
	struct line *line;
	size_t wanted;
	int allowed;

	TAILQ_FOREACH (line, &relay->lines, link)
		while (line->ready && smtp_wants_mail(line->smtp))
			if (!give(relay, line))
				return;
	allowed = courier_connections_allowed(channel);
	if (relay->most > 0 && steady_s() < relay->most_until &&
	    allowed > relay->most)
		allowed = relay->most;
	wanted = channel->nwaiting;
	while (wanted > (size_t)relay->nconnecting && relay->nlines < allowed) {
		int before = relay->nlines;

		open_line(relay);
		if (relay->nlines == before)
			return;
	}
}

static void
let_go(struct channel *channel, struct job *job)
{
	struct relay *relay = relay_of(channel);
	struct line *line;

	/* Where the connection died meanwhile, the job's end is on its way. */
	TAILQ_FOREACH (line, &relay->lines, link)
		if (smtp_at_dot(line->smtp) == job)
			smtp_commit(line->smtp);
}

/* In order: a mail whose dot has left is waited for; the rest is given up,
 * without a doubt. */
static void
finish(struct channel *channel, bool now)
{
	struct relay *relay = relay_of(channel);
	struct line *line;

	TAILQ_FOREACH (line, &relay->lines, link) {
		struct job *at_dot = smtp_at_dot(line->smtp);

		if (now || !line->ready ||
		    (at_dot != NULL && at_dot->give_back))
			smtp_abort(line->smtp);
		else
			smtp_quit(line->smtp);
	}
}

static bool
is_idle(const struct channel *channel)
{
	return ((const struct relay *)channel)->nlines == 0;
}

static int
connections(const struct channel *channel)
{
	return ((const struct relay *)channel)->nlines;
}

static void
relay_free(struct channel *channel)
{
	struct relay *relay = relay_of(channel);

	free(relay->ca_file);
	free(relay->username);
	file_secret_free(relay->password);
	free(relay->from);
	channel_clear(channel);
	free(relay);
}

static const struct channel_ops relay_ops = {
	.kind = "smtp",
	.feed = feed,
	.let_go = let_go,
	.finish = finish,
	.is_idle = is_idle,
	.connections = connections,
	.free = relay_free,
};

static enum smtp_tls
tls_of(const struct conf_mail *mail)
{
	struct net_url url;

	if (mail->tls == TLS_REQUIRED)
		return SMTP_TLS_REQUIRED;
	if (mail->tls == TLS_NEVER)
		return SMTP_TLS_NONE;
	return net_url_parse(mail->url, &url) == 0 &&
		       net_host_is_loopback(url.host)
		   ? SMTP_TLS_NONE
		   : SMTP_TLS_REQUIRED;
}

static int
read_password(
    struct relay *relay, const struct conf_mail *mail, struct err *err)
{
	if (mail->username == NULL)
		return 0;
	if (mail->password_file != NULL)
		return file_read_secret(
		    mail->password_file, &relay->password, err);
	if (mail->credential != NULL)
		return file_read_credential(
		    mail->credential, &relay->password, err);
	return err_set(err, ERR_INPUT, "no password for this username");
}

struct channel *
channel_mail_new(struct ev_loop *loop, struct transfer *transfer,
    const struct conf_mail *mail, struct err *err)
{
	struct relay *relay = channel_alloc(
	    sizeof *relay, &relay_ops, loop, transfer, "mail", mail->url);
	struct mime_mailbox from;

	TAILQ_INIT(&relay->lines);
	relay->base.connections = mail->connections;
	relay->base.prefetch = (size_t)mail->connections * AHEAD;
	pace_init(&relay->base.pace, mail->per_minute);
	if (mime_mailbox_parse(mail->from, &from, err) == -1 ||
	    read_password(relay, mail, err) == -1) {
		err_wrap(err, "mail");
		relay_free(&relay->base);
		return NULL;
	}
	relay->from = xstrdup(from.address);
	relay->ca_file = xstrdup(mail->ca_file);
	relay->username = xstrdup(mail->username);
	relay->options = (struct smtp_options){
		.url = relay->base.url,
		.tls = tls_of(mail),
		.ca_file = relay->ca_file,
		.username = relay->username,
		.password = relay->password,
		.command_s = (double)mail->timeout_s,
		.data_s = (double)mail->timeout_s,
		.block_s = (double)mail->timeout_s,
		.dot_s = (double)mail->dot_timeout_s,
	};
	return &relay->base;
}
