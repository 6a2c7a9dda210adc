/* SPDX-License-Identifier: ISC */
/*
 * Writes mails (RFC 5322, 2045, 2047, 2231) and reads mailboxes. The same mail
 * gives the same bytes: no clock, no randomness. Lines end in CRLF; putting a
 * second dot before a leading one is the SMTP dialogue's work, not ours.
 */
#ifndef NUDGED_CORE_MIME_H
#define NUDGED_CORE_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

#define MIME_ADDRESS_MAX 255
#define MIME_NAME_MAX 256

struct mime_mailbox {
	char name[MIME_NAME_MAX]; /* UTF-8, "" when there is none */
	char address[MIME_ADDRESS_MAX];
};

/* Is it an address that may go into an SMTP command: ASCII dot-atom, "@", a
 * host name; no quotes, comments, literals, blanks or control characters. */
bool mime_address_ok(const char *address);

/* Reads "Name <a@b>", "\"Name, with comma\" <a@b>", "<a@b>" or "a@b". Returns
 * 0, or -1 with *err set and *out untouched. */
int mime_mailbox_parse(
    const char *text, struct mime_mailbox *out, struct err *err);

/* What stands behind the "@", "" when there is none. */
const char *mime_domain(const char *address);

struct mime_header {
	const char *name;
	const char *value;
};

struct mime_attachment {
	const char *name; /* file name, UTF-8 */
	const char *type; /* "text/csv; charset=utf-8" */
	const void *data;
	size_t len;
};

/* All borrowed, UTF-8; what is NULL is left out. CR, LF and NUL in a value
 * become a blank, wrong UTF-8 becomes U+FFFD. */
struct mime_mail {
	const char *from; /* mailbox, display name allowed */
	const char *to;   /* address */
	const char *to_name;
	const char *reply_to; /* mailbox */
	const char *subject;
	const char *date;        /* as instant_rfc5322 writes it */
	const char *message_id;  /* "<x@y>"; boundaries derive from it */
	const char *in_reply_to; /* "<x@y>" */
	const char *references;  /* "<x@y> <z@y>" */
	const char *list_id;     /* "actions.example.org"; NULL: made from the
				  * sender's address */
	const char *list_name;   /* its description, usually the organisation */
	bool bulk;               /* Precedence: bulk; for digests only */
	const struct mime_header *headers; /* further ones, in order */
	size_t nheaders;
	const char *text;
	const char *html; /* NULL: text only */
	const struct mime_attachment *attachments;
	size_t nattachments;
};

/* Adds the mail to out. Always says Auto-Submitted: auto-generated and
 * X-Auto-Response-Suppress without NDR, so that bounces still come. Returns 0,
 * or -1 with *err set and out as it was: an address that is none, a header
 * name that is none, no From, To, Date or Message-ID. */
int mime_write(const struct mime_mail *mail, struct buf *out, struct err *err);

#endif
