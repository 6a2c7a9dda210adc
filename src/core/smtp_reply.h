/* SPDX-License-Identifier: ISC */
/*
 * The pure parts of speaking SMTP: reading replies out of a stream, what an
 * EHLO reply offers, whether an address may go on the wire, and a message's
 * bytes as DATA wants them. Bounded: a peer's reply never grows memory.
 */
#ifndef NUDGED_CORE_SMTP_REPLY_H
#define NUDGED_CORE_SMTP_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

#define SMTP_TEXT_MAX 512    /* of a reply's text that is kept */
#define SMTP_REPLY_MAX 65536 /* bytes; a longer reply is an error */
#define SMTP_ADDRESS_MAX 254 /* RFC 5321 4.5.3.1.3, without the brackets */

/* One reply, its lines joined by a space, repeated enhanced codes left out,
 * controls and broken UTF-8 replaced: fit for a log, a table and JSON. */
struct smtp_reply {
	int code; /* 200 to 599 */
	char text[SMTP_TEXT_MAX];
};

/* Reads replies byte by byte; all zero at first. */
struct smtp_reader {
	struct smtp_reply reply; /* complete after smtp_reader_feed gave 1 */
	int state;               /* where in the line */
	int code;                /* of the line being read */
	int first_code;          /* of the reply's first line, 0: none yet */
	bool last;               /* the line began "ddd " */
	size_t bytes;            /* of this reply so far */
	size_t len;              /* of reply.text */
	size_t line_at;          /* where in it the line began */
	char enhanced[16];       /* "5.1.1 " of the first line */
	bool odd;                /* not all of it is printable ASCII */
	bool done;               /* the next byte begins a new reply */
};

/* Takes bytes up to the end of one reply. Returns 1 when one is complete, 0
 * when all len bytes were taken and more are needed, -1 with *err set when
 * this is not SMTP (the reader is of no use then). *used: bytes taken. */
int smtp_reader_feed(struct smtp_reader *reader, const char *data, size_t len,
    size_t *used, struct err *err);

/* What the last EHLO reply offered. */
struct smtp_caps {
	bool pipelining;
	bool eight_bit;
	bool smtputf8;
	bool dsn;
	bool starttls;
	bool auth;         /* any mechanism */
	bool size;         /* offered at all */
	uint64_t size_max; /* 0: no limit stated */
};

/* Takes one header line as libcurl hands it ("250-SIZE 1000\r\n"). The first
 * line of each new 250 block empties caps: only the last EHLO counts (what was
 * said before STARTTLS is void, RFC 3207 4.2). *in_block is the caller's to
 * keep, false at first. */
void smtp_caps_line(
    struct smtp_caps *caps, bool *in_block, const char *line, size_t len);

/* May the address stand between < and > of MAIL and RCPT? One @ at least, no
 * controls, spaces, angle brackets, quotes or backslashes, valid UTF-8, within
 * the limits. "" is allowed for a sender (the null path) only. Returns 0, or
 * -1 with *err saying what is wrong. */
int smtp_address_check(const char *address, bool sender, struct err *err);
bool smtp_is_ascii(const char *data, size_t len);

/* A message's bytes may use CRLF throughout or LF throughout (which then goes
 * out as CRLF); a bare CR, a mix of both and NUL are refused: they are how a
 * second mail is smuggled into the first. Returns 0, or -1 with *err. */
int smtp_body_check(const char *bytes, size_t len, struct err *err);

/* Writes a message into DATA form piece by piece. */
struct smtp_body {
	const char *bytes; /* borrowed, checked by smtp_body_check */
	size_t len;
	size_t at;
};

/* The bytes that DATA will carry, without the final dot: for SIZE=. */
size_t smtp_body_size(const char *bytes, size_t len);

/* Adds to out at least one line, about most bytes of what remains,
 * dot-stuffed, lines ended by CRLF (the last one too). Returns true when
 * nothing remains. The final ".\r\n" is the caller's. */
bool smtp_body_write(struct smtp_body *body, struct buf *out, size_t most);

/* xtext of RFC 3461, for ENVID. */
void smtp_xtext(struct buf *out, const char *text);

#endif
