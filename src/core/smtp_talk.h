/* SPDX-License-Identifier: ISC */
/*
 * The SMTP dialogue after EHLO and AUTH, as a pure machine: mails, replies and
 * losses in; bytes to send and verdicts out. It holds no socket and no clock.
 * io/smtp carries the bytes and keeps the time.
 */
#ifndef NUDGED_CORE_SMTP_TALK_H
#define NUDGED_CORE_SMTP_TALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/retry.h"
#include "core/smtp_reply.h"

/* Where something happened, or what is awaited. */
enum smtp_stage {
	SMTP_STAGE_CONNECT, /* DNS and TCP */
	SMTP_STAGE_GREETING,
	SMTP_STAGE_EHLO,
	SMTP_STAGE_TLS,
	SMTP_STAGE_AUTH,
	SMTP_STAGE_IDLE,
	SMTP_STAGE_RSET, /* after a refusal, or to probe an idle connection */
	SMTP_STAGE_MAIL,
	SMTP_STAGE_RCPT,
	SMTP_STAGE_DATA,
	SMTP_STAGE_BODY, /* 354 was said, the dot has not left */
	SMTP_STAGE_DOT,  /* the dot has left */
	SMTP_STAGE_QUIT,
};

const char *smtp_stage_name(enum smtp_stage stage); /* "RCPT" */

/* How a mail or a connection ended. text is valid during the callback. */
struct smtp_result {
	enum outcome outcome;
	enum smtp_stage stage;
	int code;         /* the reply's; 0: there was none */
	const char *text; /* the reply's text, or what went wrong; never NULL */
};

/* One mail to one recipient. The strings and bytes are borrowed until its
 * done event. */
struct smtp_mail {
	const char *from; /* "" is the null path */
	const char *rcpt;
	const char *bytes; /* as smtp_body_check wants them */
	size_t len;
	const char *envid; /* asks for delay and failure reports where DSN is
			    * offered (RFC 3461); NULL: does not */
	void *ctx;         /* the caller's, handed back in events */
};

enum smtp_talk_event {
	SMTP_TALK_AT_DOT, /* of mail: smtp_talk_commit may be called */
	SMTP_TALK_DONE,   /* of mail: result holds */
	SMTP_TALK_OVER,   /* the connection is of no use; result holds */
};

struct smtp_talk_news {
	enum smtp_talk_event event;
	struct smtp_mail mail;
	struct smtp_result result;
};

struct smtp_talk; /* opaque: io/smtp and the tests use the functions */

/* The caps are copied. */
struct smtp_talk *smtp_talk_new(const struct smtp_caps *caps);
void smtp_talk_free(struct smtp_talk *talk);

/* May a mail be given now? (Not before the one before it was committed, one
 * at most behind an unanswered dot, none after QUIT.) */
bool smtp_talk_wants_mail(const struct smtp_talk *talk);

/* Takes a mail; its envelope joins the bytes to send. probe puts a RSET in
 * front (the connection was idle for long). Returns 0, or -1 with *err set and
 * nothing taken: ERR_INPUT when this mail can never go (address, bytes, size,
 * SMTPUTF8 not offered). */
int smtp_talk_mail(struct smtp_talk *talk, const struct smtp_mail *mail,
    bool probe, struct err *err);

/* Lets the rest of the body and the dot join the bytes to send. Only after
 * SMTP_TALK_AT_DOT of the mail, once. */
void smtp_talk_commit(struct smtp_talk *talk);

/* QUIT, once everything before is answered. A mail that waits for its commit
 * keeps its right to it. */
void smtp_talk_quit(struct smtp_talk *talk);

/* What to send now, NULL: nothing. smtp_talk_sent says how much of it the
 * kernel has taken. */
const char *smtp_talk_pending(struct smtp_talk *talk, size_t *len);
void smtp_talk_sent(struct smtp_talk *talk, size_t len);

/* The first len pending bytes were handed to TLS, which may send them at any
 * time: a dot among them counts as left. */
void smtp_talk_touched(struct smtp_talk *talk, size_t len);

/* A reply came. Then, and after smtp_talk_sent and smtp_talk_lost, take the
 * news while smtp_talk_next returns true; result.text holds until then. */
void smtp_talk_reply(struct smtp_talk *talk, const struct smtp_reply *reply);
bool smtp_talk_next(struct smtp_talk *talk, struct smtp_talk_news *news);
bool smtp_talk_has_news(const struct smtp_talk *talk);

/* The connection ended, fell silent or broke the protocol; text says how.
 * Every mail gets its DONE, then OVER follows. */
void smtp_talk_lost(struct smtp_talk *talk, const char *text);

/* What is awaited: the stage whose timer should run. */
enum smtp_stage smtp_talk_stage(const struct smtp_talk *talk);
/* The ctx of the mail that smtp_talk_commit would let go, NULL: there is none.
 */
void *smtp_talk_at_dot(const struct smtp_talk *talk);
/* Changes whenever the awaited thing does: the timer is to be set anew. */
uint64_t smtp_talk_turn(const struct smtp_talk *talk);

#endif
