/* SPDX-License-Identifier: ISC */
/*
 * Header lines of a mail: encoded words and folding. Used by mime.c only.
 * Values are cleaned here: runs of blanks and control characters (CR, LF and
 * NUL among them) become one blank, wrong UTF-8 becomes U+FFFD.
 */
#ifndef NUDGED_CORE_MIME_HEAD_H
#define NUDGED_CORE_MIME_HEAD_H

#include <stdbool.h>

#include "core/buf.h"

/* "Name: free text", folded at 78 columns. */
void mime_head_text(struct buf *out, const char *name, const char *value);

/* "Name: Display Name <address>"; display may be NULL. */
void mime_head_mailbox(struct buf *out, const char *name, const char *display,
    const char *address);

/* "Name: <id> <id>", of what in ids looks like one; nothing when none does. */
void mime_head_ids(struct buf *out, const char *name, const char *ids);

/* Printable ASCII without blanks, "<...@...>". */
bool mime_head_is_id(const char *id);

/* Base64 without line ends. */
void mime_head_base64(struct buf *out, const void *data, size_t len);

/* "Content-Disposition: attachment" with the file name (RFC 2231). */
void mime_head_attachment(struct buf *out, const char *filename);

#endif
