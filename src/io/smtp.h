/* SPDX-License-Identifier: ISC */
/*
 * One SMTP connection on the loop: libcurl connects (DNS, TCP, TLS, EHLO,
 * AUTH), core/smtp_talk speaks, this carries the bytes and keeps the time. No
 * pool, no queue, no retries: that is the courier's.
 *
 * Events come from the loop only, never from within the functions below, so
 * that a caller may use them inside its own event handlers and inside its
 * ev_prepare. What they queue is written at the end of the same loop turn (an
 * ev_prepare watcher of lowest priority): mails committed and mails given in
 * one turn share one write.
 *
 * Life of a connection:  smtp_open -> ready -> (smtp_send -> at_dot ->
 * smtp_commit -> done)* -> smtp_quit -> closed.  closed comes exactly once,
 * last, and the connection is freed when it returns. Every mail that
 * smtp_send took gets exactly one done, in the order they were given.
 */
#ifndef NUDGED_IO_SMTP_H
#define NUDGED_IO_SMTP_H

#include <ev.h>
#include <stdbool.h>

#include "core/err.h"
#include "core/smtp_talk.h"

struct smtp;

enum smtp_tls {
	SMTP_TLS_NONE,     /* never, not even where offered */
	SMTP_TLS_REQUIRED, /* STARTTLS or no mail */
};

/* Read during smtp_open only. Seconds of 0 mean the default in brackets. */
struct smtp_options {
	const char *url;      /* smtp://host[:port] or smtps://host[:port] */
	enum smtp_tls tls;    /* smtps:// has TLS in any case */
	const char *ca_file;  /* NULL: the system's */
	const char *username; /* NULL: no AUTH; else refused if not offered */
	const char *password;
	const char *helo; /* NULL: the machine's name */
	double connect_s; /* up to the end of AUTH, all together [120] */
	double command_s; /* for each reply to MAIL, RCPT, RSET [300] */
	double data_s;    /* for the reply to DATA [120] */
	double block_s;   /* without progress while the body goes out [180] */
	double dot_s;     /* for the reply to the dot [600] */
	double idle_s;    /* then QUIT [30] */
	double probe_s;   /* idle for longer: RSET before the next MAIL [5];
			   * negative: never */
	double quit_s;    /* for the reply to QUIT [5] */
};

/* Inside an event handler every function below may be called. */
struct smtp_events {
	/* Connected: the first smtp_send may come. */
	void (*ready)(void *ctx, struct smtp *conn);

	/* The server said 354; nothing of the final dot has left. The mail may
	 * still be given up by smtp_abort without a doubt. */
	void (*at_dot)(void *ctx, struct smtp *conn, void *mail_ctx);

	/* A mail is settled. Ask smtp_wants_mail whether the next may come. */
	void (*done)(void *ctx, struct smtp *conn, void *mail_ctx,
	    const struct smtp_result *result);

	/* The connection is over: OUTCOME_CHANNEL when it could not be made
	 * or the relay refused it, OUTCOME_STALE when it went while idle,
	 * OUTCOME_NONE when it ended in order or a done has told the cause. */
	void (*closed)(
	    void *ctx, struct smtp *conn, const struct smtp_result *result);
};

/* Starts to connect; every failure but ERR_INPUT (the URL) comes as closed. The
 * events struct must outlive the connection. NULL with *err set on failure. */
struct smtp *smtp_open(struct ev_loop *loop, const struct smtp_options *options,
    const struct smtp_events *events, void *ctx, struct err *err);

/* True between ready and the end whenever smtp_send would take a mail: idle,
 * or the mail before is committed and is the only one unanswered. */
bool smtp_wants_mail(const struct smtp *conn);

/* Gives a mail; borrowed until its done. Returns 0, or -1 with *err set and
 * nothing taken: ERR_INPUT when this mail can never go to this relay (a bad
 * address, bare CR or LF, larger than SIZE, non-ASCII address without
 * SMTPUTF8), ERR_CONFLICT when smtp_wants_mail is false. */
int smtp_send(struct smtp *conn, const struct smtp_mail *mail, struct err *err);

/* After at_dot, once `committing` is durable: the rest of the body and the dot
 * go out at the end of this loop turn, together with the envelope of the mail
 * given next. Does nothing when the mail ended meanwhile (its done is on the
 * way). */
void smtp_commit(struct smtp *conn);

/* No more mails: what was taken is finished (at_dot still wants its commit),
 * then QUIT, then closed. */
void smtp_quit(struct smtp *conn);

/* Ends it now. The events of what was under way (IN_DOUBT where the dot has
 * left, else DROPPED), then closed, follow from the loop. */
void smtp_abort(struct smtp *conn);

/* The mail that smtp_commit would let go, NULL: none is at its dot. */
void *smtp_at_dot(const struct smtp *conn);

/* What the relay offered, and whether the connection is encrypted: valid from
 * ready on; borrowed until closed. */
const struct smtp_caps *smtp_caps(const struct smtp *conn);
bool smtp_is_tls(const struct smtp *conn);

#endif
