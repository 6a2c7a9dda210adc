/* SPDX-License-Identifier: ISC */
/*
 * A connection's life: libcurl connects it, then the bytes of core/smtp_talk
 * go out and its replies come in, through curl where there is TLS and on the
 * socket itself where there is none. Decides nothing about mails.
 */
#include "io/smtp.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/buf.h"
#include "io/smtp_connect.h"
#include "io/transfer.h"

/* One TLS record; also what is read at a time. */
#define CHUNK 16384

struct limits {
	double command_s, data_s, block_s, dot_s, idle_s, probe_s, quit_s;
};

struct smtp {
	struct ev_loop *loop;
	const struct smtp_events *events;
	void *ctx;
	struct limits limits;
	bool tls;

	/* Each connection has a multi of its own: libcurl prunes idle ones of
	 * a shared cache when another is opened, and takes a CONNECT_ONLY
	 * connection with an unread reply for a dead one. */
	struct transfer *transfer;
	struct transfer_job *job;
	CURL *easy;
	struct smtp_greeting greeting;
	struct smtp_reader reader;

	struct smtp_talk *talk; /* NULL until connected */
	int fd;
	ev_io io;
	ev_timer timer;      /* of the stage */
	double deadline;     /* what the timer is to run to, 0: none */
	uint64_t timed_turn; /* the turn that the deadline is for */
	double idle_since;
	ev_prepare flush; /* never started, only fed */
	ev_timer soon;    /* events that are due without input */
	int write_errno;  /* writing failed; what was said is read first */
	bool quitting;
	bool ended; /* closed is all that is left */
	struct smtp_result end;
	char end_text[SMTP_TEXT_MAX];

	char *chunk; /* TLS: bytes given to curl, which wants the same again */
	size_t chunk_len;
};

static double
or_default(double value, double standard)
{
	return value > 0 ? value : standard;
}

/* ---- the end ---- */

static void
end_connection(struct smtp *conn, enum outcome outcome, enum smtp_stage stage,
    int code, const char *text)
{
	if (conn->ended)
		return;
	conn->ended = true;
	snprintf(conn->end_text, sizeof conn->end_text, "%s", text);
	conn->end =
	    (struct smtp_result){ outcome, stage, code, conn->end_text };
	ev_io_stop(conn->loop, &conn->io);
	ev_timer_stop(conn->loop, &conn->timer);
	ev_timer_start(conn->loop, &conn->soon);
}

static void
free_connection(struct smtp *conn)
{
	ev_io_stop(conn->loop, &conn->io);
	ev_timer_stop(conn->loop, &conn->timer);
	ev_timer_stop(conn->loop, &conn->soon);
	ev_clear_pending(conn->loop, &conn->flush);
	transfer_free(conn->transfer);
	curl_easy_cleanup(conn->easy);
	smtp_talk_free(conn->talk);
	free(conn->chunk);
	free(conn);
}

/* ---- time ---- */

static double
stage_limit(const struct smtp *conn, enum smtp_stage stage)
{
	switch (stage) {
	case SMTP_STAGE_IDLE:
		return conn->limits.idle_s;
	case SMTP_STAGE_DATA:
		return conn->limits.data_s;
	case SMTP_STAGE_BODY:
		return conn->limits.block_s;
	case SMTP_STAGE_DOT:
		return conn->limits.dot_s;
	case SMTP_STAGE_QUIT:
		return conn->limits.quit_s;
	default:
		return conn->limits.command_s;
	}
}

/* Moves the deadline when the dialogue has moved. The timer itself is left to
 * run: it looks at the deadline when it fires, so that a busy connection does
 * not restart it four times a mail. */
static void
keep_time(struct smtp *conn)
{
	double now = ev_now(conn->loop), limit;

	if (conn->ended || conn->timed_turn == smtp_talk_turn(conn->talk))
		return;
	conn->timed_turn = smtp_talk_turn(conn->talk);
	if (smtp_talk_stage(conn->talk) == SMTP_STAGE_IDLE)
		conn->idle_since = now;
	limit = stage_limit(conn, smtp_talk_stage(conn->talk));
	conn->deadline = now + limit;
	if (ev_is_active(&conn->timer) &&
	    ev_timer_remaining(conn->loop, &conn->timer) <= limit)
		return;
	ev_timer_stop(conn->loop, &conn->timer);
	ev_timer_set(&conn->timer, limit, 0.);
	ev_timer_start(conn->loop, &conn->timer);
}

/* ---- news for the caller ---- */

static void
deliver(struct smtp *conn)
{
	struct smtp_talk_news news;

	while (smtp_talk_next(conn->talk, &news)) {
		switch (news.event) {
		case SMTP_TALK_AT_DOT:
			conn->events->at_dot(conn->ctx, conn, news.mail.ctx);
			break;
		case SMTP_TALK_DONE:
			conn->events->done(
			    conn->ctx, conn, news.mail.ctx, &news.result);
			break;
		case SMTP_TALK_OVER:
			end_connection(conn, news.result.outcome,
			    news.result.stage, news.result.code,
			    news.result.text);
			break;
		}
	}
	keep_time(conn);
}

/* ---- bytes out ---- */

static void
watch(struct smtp *conn, int events)
{
	if (conn->ended || (conn->io.events & (EV_READ | EV_WRITE)) == events)
		return;
	ev_io_stop(conn->loop, &conn->io);
	ev_io_set(&conn->io, conn->fd, events);
	ev_io_start(conn->loop, &conn->io);
}

/* Returns what the kernel took, 0 when it takes nothing now, -1 on failure
 * (write_errno set). */
static ssize_t
send_plain(struct smtp *conn, const char *data, size_t len)
{
	ssize_t n = send(conn->fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n >= 0)
		return n;
	if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
		return 0;
	conn->write_errno = errno;
	return -1;
}

/* OpenSSL wants the very bytes again that it could not finish, so they are
 * kept aside; and what it did with them in the meantime is not known. */
static ssize_t
send_tls(struct smtp *conn, const char *data, size_t len)
{
	size_t n = 0;
	CURLcode rc;

	if (conn->chunk_len == 0) {
		if (conn->chunk == NULL)
			conn->chunk = xmalloc(CHUNK);
		conn->chunk_len = len < CHUNK ? len : CHUNK;
		memcpy(conn->chunk, data, conn->chunk_len);
	}
	smtp_talk_touched(conn->talk, conn->chunk_len);
	rc = curl_easy_send(conn->easy, conn->chunk, conn->chunk_len, &n);
	if (rc == CURLE_AGAIN)
		return 0;
	if (rc != CURLE_OK) {
		conn->write_errno = EPIPE;
		return -1;
	}
	conn->chunk_len -= n;
	memmove(conn->chunk, conn->chunk + n, conn->chunk_len);
	return (ssize_t)n;
}

static void
write_out(struct smtp *conn)
{
	const char *data;
	size_t len;

	while (!conn->ended && conn->write_errno == 0 &&
	       (data = smtp_talk_pending(conn->talk, &len)) != NULL) {
		ssize_t n = conn->tls ? send_tls(conn, data, len)
				      : send_plain(conn, data, len);

		if (n == -1)
			break;
		if (n > 0)
			smtp_talk_sent(conn->talk, (size_t)n);
		if (n == 0 || (!conn->tls && (size_t)n < len)) {
			watch(conn, EV_READ | EV_WRITE);
			keep_time(conn);
			return;
		}
	}
	watch(conn, EV_READ);
	keep_time(conn);
	/* This may be the last act before the loop sleeps, after the caller's
	 * own ev_prepare: what is to be told waits for the next turn. */
	if (conn->write_errno != 0 || smtp_talk_has_news(conn->talk))
		ev_timer_start(conn->loop, &conn->soon);
}

static void
flush_cb(struct ev_loop *loop, ev_prepare *flush, int revents)
{
	(void)revents;
	/* A commit may have waited long for the disk: the time for an answer
	 * begins now. */
	ev_now_update(loop);
	write_out(flush->data);
}

/* Fed events of lowest priority run after everything else that is pending,
 * also after the ev_prepare watchers, and before the loop sleeps. */
static void
flush_soon(struct smtp *conn)
{
	if (conn->talk != NULL && !conn->ended)
		ev_feed_event(conn->loop, &conn->flush, EV_CUSTOM);
}

/* ---- bytes in ---- */

static void
take_bytes(struct smtp *conn, const char *data, size_t len)
{
	struct err err;
	size_t used;
	int rc;

	while (len > 0 && !conn->ended) {
		rc = smtp_reader_feed(&conn->reader, data, len, &used, &err);
		data += used;
		len -= used;
		if (rc == -1) {
			smtp_talk_lost(conn->talk, err.text);
			deliver(conn);
			return;
		}
		if (rc == 1) {
			smtp_talk_reply(conn->talk, &conn->reader.reply);
			deliver(conn);
		}
	}
}

/* Returns how many bytes came, 0 when there are none now, -1 at the end
 * (*text says which). */
static ssize_t
receive(struct smtp *conn, char *data, const char **text)
{
	if (conn->tls) {
		size_t n = 0;
		CURLcode rc = curl_easy_recv(conn->easy, data, CHUNK, &n);

		if (rc == CURLE_AGAIN)
			return 0;
		if (rc == CURLE_OK && n > 0)
			return (ssize_t)n;
		*text = rc == CURLE_OK ? "the relay closed the connection"
				       : curl_easy_strerror(rc);
		return -1;
	}
	for (;;) {
		ssize_t n = recv(conn->fd, data, CHUNK, MSG_DONTWAIT);

		if (n > 0)
			return n;
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return 0;
		*text = n == 0 ? "the relay closed the connection"
			       : strerror(errno);
		return -1;
	}
}

static void
read_in(struct smtp *conn)
{
	char data[CHUNK];
	const char *text = NULL;
	ssize_t n;

	/* A peer that never stops talking must not hold the loop: a few
	 * chunks a turn; the socket stays readable for the rest. What TLS has
	 * buffered would not show there, so TLS is read to the end. */
	for (int i = 0; (conn->tls || i < 4) && !conn->ended; i++) {
		n = receive(conn, data, &text);
		if (n > 0)
			take_bytes(conn, data, (size_t)n);
		if (n == -1 && !conn->ended) {
			smtp_talk_lost(conn->talk, text);
			deliver(conn);
		}
		if (n <= 0 || (!conn->tls && n < CHUNK))
			break;
	}
	if (!conn->ended)
		flush_soon(conn);
}

static void
io_cb(struct ev_loop *loop, ev_io *io, int revents)
{
	struct smtp *conn = io->data;

	(void)loop;
	if (revents & EV_READ)
		read_in(conn);
	else if (revents & EV_WRITE)
		flush_soon(conn);
}

static void
timer_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct smtp *conn = timer->data;
	enum smtp_stage stage = smtp_talk_stage(conn->talk);
	uint64_t turn = smtp_talk_turn(conn->talk);
	double left = conn->deadline - ev_now(loop);
	char text[80];

	(void)revents;
	if (left > 0) {
		ev_timer_set(timer, left, 0.);
		ev_timer_start(loop, timer);
		return;
	}
	/* Timers run before what can be read: after a standstill of the
	 * machine the answer may be there. */
	read_in(conn);
	if (conn->ended || smtp_talk_turn(conn->talk) != turn)
		return;
	if (stage == SMTP_STAGE_IDLE) {
		smtp_quit(conn);
		return;
	}
	if (stage == SMTP_STAGE_BODY)
		snprintf(text, sizeof text, "no progress for %g s",
		    conn->limits.block_s);
	else
		snprintf(text, sizeof text, "no answer to %s within %g s",
		    stage == SMTP_STAGE_DOT ? "the final dot"
					    : smtp_stage_name(stage),
		    stage_limit(conn, stage));
	smtp_talk_lost(conn->talk, text);
	deliver(conn);
}

static void
soon_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct smtp *conn = timer->data;

	(void)loop;
	(void)revents;
	if (conn->talk != NULL) {
		if (conn->write_errno != 0 && !conn->ended) {
			read_in(conn);
			smtp_talk_lost(conn->talk, strerror(conn->write_errno));
		}
		deliver(conn);
	}
	if (!conn->ended)
		return;
	conn->events->closed(conn->ctx, conn, &conn->end);
	free_connection(conn);
}

/* ---- connecting ---- */

static void
on_fault(struct smtp *conn, CURLcode rc)
{
	struct smtp_result fault;

	if (conn->quitting) {
		end_connection(
		    conn, OUTCOME_NONE, SMTP_STAGE_CONNECT, 0, "given up");
		return;
	}
	fault = smtp_connect_fault(&conn->greeting, conn->easy, rc);
	end_connection(
	    conn, fault.outcome, fault.stage, fault.code, fault.text);
}

static void
on_connected(struct smtp *conn)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	curl_easy_getinfo(conn->easy, CURLINFO_ACTIVESOCKET, &fd);
	if (fd == CURL_SOCKET_BAD) {
		end_connection(conn, OUTCOME_CHANNEL, SMTP_STAGE_CONNECT, 0,
		    "the connection went at once");
		return;
	}
	/* libcurl would go on without AUTH. */
	if (conn->greeting.wants_auth && !conn->greeting.caps.auth) {
		end_connection(conn, OUTCOME_CHANNEL, SMTP_STAGE_AUTH, 0,
		    "the relay does not offer AUTH");
		return;
	}
	conn->fd = fd;
	conn->talk = smtp_talk_new(&conn->greeting.caps);
	conn->timed_turn = UINT64_MAX;
	ev_io_set(&conn->io, fd, EV_READ);
	ev_io_start(conn->loop, &conn->io);
	keep_time(conn);
	conn->events->ready(conn->ctx, conn);
	deliver(conn);
}

static void
connected_cb(void *ctx, CURL *easy, CURLcode rc)
{
	struct smtp *conn = ctx;

	(void)easy;
	if (rc == CURLE_OK && !conn->quitting)
		on_connected(conn);
	else
		on_fault(conn, rc);
}

struct smtp *
smtp_open(struct ev_loop *loop, const struct smtp_options *options,
    const struct smtp_events *events, void *ctx, struct err *err)
{
	struct smtp *conn;
	bool implicit;
	char *url = smtp_connect_url(options, &implicit, err);

	if (url == NULL)
		return NULL;
	conn = xcalloc(1, sizeof *conn);
	conn->loop = loop;
	conn->events = events;
	conn->ctx = ctx;
	conn->fd = -1;
	conn->tls = implicit || options->tls == SMTP_TLS_REQUIRED;
	conn->limits = (struct limits){
		.command_s = or_default(options->command_s, 300),
		.data_s = or_default(options->data_s, 120),
		.block_s = or_default(options->block_s, 180),
		.dot_s = or_default(options->dot_s, 600),
		.idle_s = or_default(options->idle_s, 30),
		.probe_s = options->probe_s < 0
			       ? 1e9
			       : or_default(options->probe_s, 5),
		.quit_s = or_default(options->quit_s, 5),
	};
	ev_init(&conn->io, io_cb);
	ev_init(&conn->timer, timer_cb);
	ev_timer_init(&conn->soon, soon_cb, 0., 0.);
	ev_init(&conn->flush, flush_cb);
	ev_set_priority(&conn->flush, EV_MINPRI);
	conn->io.data = conn->timer.data = conn->soon.data = conn->flush.data =
	    conn;
	conn->easy = curl_easy_init();
	if (conn->easy == NULL)
		abort();
	smtp_connect_prepare(conn->easy, &conn->greeting, options, url);
	free(url);
	conn->transfer = transfer_new(loop);
	conn->job = transfer_start(
	    conn->transfer, conn->easy, true, connected_cb, conn);
	return conn;
}

/* ---- what the caller may do ---- */

bool
smtp_wants_mail(const struct smtp *conn)
{
	return conn->talk != NULL && !conn->ended && !conn->quitting &&
	       conn->write_errno == 0 && smtp_talk_wants_mail(conn->talk);
}

int
smtp_send(struct smtp *conn, const struct smtp_mail *mail, struct err *err)
{
	bool probe;

	if (!smtp_wants_mail(conn))
		return err_set(
		    err, ERR_CONFLICT, "the connection takes no mail now");
	probe = smtp_talk_stage(conn->talk) == SMTP_STAGE_IDLE &&
		ev_now(conn->loop) - conn->idle_since > conn->limits.probe_s;
	if (smtp_talk_mail(conn->talk, mail, probe, err) == -1)
		return -1;
	flush_soon(conn);
	return 0;
}

void
smtp_commit(struct smtp *conn)
{
	if (conn->talk == NULL || conn->ended)
		return;
	smtp_talk_commit(conn->talk);
	flush_soon(conn);
}

void
smtp_quit(struct smtp *conn)
{
	if (conn->quitting || conn->ended)
		return;
	conn->quitting = true;
	if (conn->talk == NULL) {
		transfer_abort(conn->job);
		return;
	}
	smtp_talk_quit(conn->talk);
	flush_soon(conn);
}

void
smtp_abort(struct smtp *conn)
{
	if (conn->ended)
		return;
	conn->quitting = true;
	if (conn->talk == NULL) {
		transfer_abort(conn->job);
		return;
	}
	smtp_talk_lost(conn->talk, "given up");
	ev_timer_start(conn->loop, &conn->soon);
}

void *
smtp_at_dot(const struct smtp *conn)
{
	return conn->talk == NULL ? NULL : smtp_talk_at_dot(conn->talk);
}

const struct smtp_caps *
smtp_caps(const struct smtp *conn)
{
	return &conn->greeting.caps;
}

bool
smtp_is_tls(const struct smtp *conn)
{
	return conn->tls;
}
