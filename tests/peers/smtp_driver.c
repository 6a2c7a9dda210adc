/* SPDX-License-Identifier: ISC */
/*
 * Sends mails through io/smtp as a simple courier would, and prints each event
 * as a line: for the tests against scripted servers.
 *
 * smtp_driver key=value ...
 *   url tls=0|1 ca user password helo from rcpt body (a file) envid
 *   mails=N       how many [1]
 *   opens=N       how many connections may be opened, one at a time [3]
 *   repeat=1      DEFER, DROPPED and IN_DOUBT are sent again
 *   eager=1       the next mail is given with the commit [1]
 *   pause=S       between a mail and the next one [0]
 *   connect command data block dot idle probe quit: the limits in seconds
 *   abort=ready|at_dot|commit|send|open|later
 *                 smtp_abort there; later: after later=0.2 seconds
 *   linger=1      does not quit by itself
 *
 * The last line: "stall MS", the longest time that callbacks held the loop.
 */
#include <ev.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/smtp.h"
#include "io/transfer.h"

#include "driver.h"

struct driver {
	struct ev_loop *loop;
	struct smtp_options options;
	struct smtp_mail mail;
	struct buf body;
	int mails, next, opens;
	bool again[64]; /* by mail: to be sent once more */
	bool eager, repeat, linger;
	double pause_s, later_s;
	const char *abort_at;
	struct smtp *conn;
	bool commit; /* at its dot in this turn */
	ev_prepare prepare;
	ev_timer pause, later;
	struct stall stall;
};

static bool
is_abort(const struct driver *d, const char *where)
{
	return d->abort_at != NULL && strcmp(d->abort_at, where) == 0;
}

static int
take_next(struct driver *d)
{
	for (int i = 0; i < d->next; i++) {
		if (d->again[i]) {
			d->again[i] = false;
			return i;
		}
	}
	return d->next < d->mails ? d->next++ : -1;
}

static bool
has_next(const struct driver *d)
{
	for (int i = 0; i < d->next; i++) {
		if (d->again[i])
			return true;
	}
	return d->next < d->mails;
}

static void
give(struct driver *d)
{
	struct err err;
	int i;

	if (d->conn == NULL || !smtp_wants_mail(d->conn))
		return;
	i = take_next(d);
	if (i == -1) {
		if (!d->linger)
			smtp_quit(d->conn);
		return;
	}
	d->mail.ctx = (void *)(intptr_t)(i + 1);
	if (smtp_send(d->conn, &d->mail, &err) == -1) {
		printf("refused %d %d %s\n", i + 1, (int)err.code, err.text);
		give(d);
		return;
	}
	if (is_abort(d, "send"))
		smtp_abort(d->conn);
}

static void open_connection(struct driver *d);

static void
on_ready(void *ctx, struct smtp *conn)
{
	struct driver *d = ctx;
	const struct smtp_caps *caps = smtp_caps(conn);

	printf("ready%s%s%s%s%s%s size=%llu\n", smtp_is_tls(conn) ? " tls" : "",
	    caps->pipelining ? " pipelining" : "",
	    caps->eight_bit ? " 8bitmime" : "",
	    caps->smtputf8 ? " smtputf8" : "", caps->dsn ? " dsn" : "",
	    caps->auth ? " auth" : "", (unsigned long long)caps->size_max);
	if (is_abort(d, "ready"))
		smtp_abort(conn);
	else
		give(d);
}

static void
on_at_dot(void *ctx, struct smtp *conn, void *mail_ctx)
{
	struct driver *d = ctx;

	printf("at_dot %d\n", (int)(intptr_t)mail_ctx);
	if (smtp_at_dot(conn) != mail_ctx)
		printf("smtp_at_dot disagrees\n");
	if (is_abort(d, "at_dot"))
		smtp_abort(conn);
	else
		d->commit = true;
}

static void
on_done(
    void *ctx, struct smtp *conn, void *mail_ctx, const struct smtp_result *r)
{
	struct driver *d = ctx;
	int i = (int)(intptr_t)mail_ctx;

	(void)conn;
	printf("done %d %s %s %d %s\n", i, outcome_name(r->outcome),
	    smtp_stage_name(r->stage), r->code, r->text);
	if (r->outcome == OUTCOME_STALE ||
	    (d->repeat && r->outcome != OUTCOME_SENT &&
		r->outcome != OUTCOME_FAIL))
		d->again[i - 1] = true;
	if (d->pause_s > 0) {
		ev_timer_stop(d->loop, &d->pause);
		ev_timer_set(&d->pause, d->pause_s, 0.);
		ev_timer_start(d->loop, &d->pause);
	} else {
		give(d);
	}
}

static void
on_closed(void *ctx, struct smtp *conn, const struct smtp_result *r)
{
	struct driver *d = ctx;

	(void)conn;
	printf("closed %s %s %d %s\n", outcome_name(r->outcome),
	    smtp_stage_name(r->stage), r->code, r->text);
	d->conn = NULL;
	d->commit = false;
	if (has_next(d) && d->opens > 0 && d->pause_s == 0)
		open_connection(d);
	else if (!ev_is_active(&d->pause))
		ev_break(d->loop, EVBREAK_ALL);
}

static const struct smtp_events events = {
	.ready = on_ready,
	.at_dot = on_at_dot,
	.done = on_done,
	.closed = on_closed,
};

static void
open_connection(struct driver *d)
{
	struct err err;

	d->opens--;
	d->conn = smtp_open(d->loop, &d->options, &events, d, &err);
	if (d->conn != NULL && is_abort(d, "open"))
		smtp_abort(d->conn);
	if (d->conn == NULL) {
		printf("not opened: %s\n", err.text);
		ev_break(d->loop, EVBREAK_ALL);
	}
}

static void
pause_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct driver *d = timer->data;

	(void)revents;
	if (d->conn != NULL)
		give(d);
	else if (has_next(d) && d->opens > 0)
		open_connection(d);
	else
		ev_break(loop, EVBREAK_ALL);
}

/* Where a courier has its group commit. */
static void
prepare_cb(struct ev_loop *loop, ev_prepare *w, int revents)
{
	struct driver *d = w->data;

	(void)loop;
	(void)revents;
	if (d->commit && d->conn != NULL) {
		d->commit = false;
		smtp_commit(d->conn);
		if (d->eager && d->pause_s == 0 && has_next(d))
			give(d);
		if (is_abort(d, "commit"))
			smtp_abort(d->conn);
	}
}

static void
later_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct driver *d = timer->data;

	(void)loop;
	(void)revents;
	if (d->conn != NULL)
		smtp_abort(d->conn);
}

static int
read_body(struct buf *body, const char *path)
{
	FILE *file = fopen(path, "r");
	size_t n;

	if (file == NULL)
		return -1;
	while ((n = fread(buf_room(body, 65536), 1, 65536, file)) > 0)
		body->len += n;
	fclose(file);
	return 0;
}

static bool
take_option(struct driver *d, const char *key, const char *value)
{
	const struct {
		const char *name;
		const char **text;
	} texts[] = {
		{ "url", &d->options.url },
		{ "ca", &d->options.ca_file },
		{ "user", &d->options.username },
		{ "password", &d->options.password },
		{ "helo", &d->options.helo },
		{ "from", &d->mail.from },
		{ "rcpt", &d->mail.rcpt },
		{ "envid", &d->mail.envid },
		{ "abort", &d->abort_at },
	};
	const struct {
		const char *name;
		double *number;
	} numbers[] = {
		{ "connect", &d->options.connect_s },
		{ "command", &d->options.command_s },
		{ "data", &d->options.data_s },
		{ "block", &d->options.block_s },
		{ "dot", &d->options.dot_s },
		{ "idle", &d->options.idle_s },
		{ "probe", &d->options.probe_s },
		{ "quit", &d->options.quit_s },
		{ "pause", &d->pause_s },
		{ "later", &d->later_s },
	};
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "eager", &d->eager },
		{ "repeat", &d->repeat },
		{ "linger", &d->linger },
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (strcmp(key, texts[i].name) == 0)
			return *texts[i].text = value, true;
	}
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		if (strcmp(key, numbers[i].name) == 0)
			return *numbers[i].number = atof(value), true;
	}
	for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
		if (strcmp(key, flags[i].name) == 0)
			return *flags[i].flag = atoi(value) != 0, true;
	}
	if (strcmp(key, "tls") == 0)
		d->options.tls =
		    atoi(value) ? SMTP_TLS_REQUIRED : SMTP_TLS_NONE;
	else if (strcmp(key, "mails") == 0)
		d->mails = atoi(value);
	else if (strcmp(key, "opens") == 0)
		d->opens = atoi(value);
	else if (strcmp(key, "body") == 0)
		return read_body(&d->body, value) == 0;
	else
		return false;
	return true;
}

int
main(int argc, char **argv)
{
	static struct driver d = {
		.later_s = 0.2,
		.mails = 1,
		.opens = 3,
		.eager = true,
		.mail = { .from = "from@example.org",
		    .rcpt = "to@example.org" },
	};

	d.loop = ev_default_loop(0);
	if (!take_options(&d, argc, argv, take_option))
		return 2;
	if (d.body.len == 0)
		buf_puts(&d.body, "Subject: test\r\n\r\n.dot\r\nend\r\n");
	d.mail.bytes = d.body.data;
	d.mail.len = d.body.len;
	signal(SIGPIPE, SIG_IGN);
	setvbuf(stdout, NULL, _IOLBF, 0);
	transfer_global_init();

	ev_prepare_init(&d.prepare, prepare_cb);
	ev_timer_init(&d.pause, pause_cb, 0., 0.);
	ev_timer_init(&d.later, later_cb, d.later_s, 0.);
	d.prepare.data = d.pause.data = d.later.data = &d;
	ev_prepare_start(d.loop, &d.prepare);
	stall_start(d.loop, &d.stall);
	if (is_abort(&d, "later"))
		ev_timer_start(d.loop, &d.later);
	open_connection(&d);
	if (d.conn != NULL)
		ev_run(d.loop, 0);
	printf("stall %.0f\n", d.stall.longest * 1000);
	buf_clear(&d.body);
	curl_global_cleanup();
	return 0;
}
