/* SPDX-License-Identifier: ISC */
/*
 * Webhook bodies and their Standard Webhooks 1.0 signatures. Restricted
 * entries never get into a body. Sends nothing.
 */
#ifndef NUDGED_CORE_HOOK_H
#define NUDGED_CORE_HOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"

/* An entry as a receiver sees it; the names are those of `list --json`. Days
 * are DAY_NONE and texts NULL when not known; all borrowed. */
struct hook_entry {
	const char *ref;
	const char *kind;
	const char *text;
	const char *state;
	const char *const *owners; /* names */
	size_t nowners;
	int due_on;
	int earliest_on;
	int original_due_on;
	int review_on;
	int overdue_days; /* 0: not overdue */
	int slips;
	const char *series; /* code */
	int held_on;
	const char *rule; /* the reminder rule that fired */
	bool statutory;
	bool restricted; /* leaves the entry out */
};

struct hook_event {
	const char *type;      /* "entry.nudge" "entry.escalation" "test" */
	const char *timestamp; /* RFC 3339; the same over retries */
	const char *organisation;
	const char *message; /* a sentence for people, NULL: none */
	const struct hook_entry *entries;
	size_t nentries;
};

/* Adds the body for a format: {"type","timestamp","data":{"organisation",
 * "message","entries":[...]}}, members always in the same order, days as
 * "YYYY-MM-DD" or null. Returns 1, or 0 and adds nothing when the event had
 * entries and all of them are restricted, or -1 with *err set (a format that
 * is not built). */
int hook_body(enum conf_hook_format format, const struct hook_event *event,
    struct buf *out, struct err *err);

/* A signing key. */
#define HOOK_SECRET_MAX 256
struct hook_secret {
	unsigned char key[HOOK_SECRET_MAX];
	size_t len;
};

/* Reads a secret as its file holds it (blank space around it is dropped):
 * "whsec_" and base64; "raw:" and the key's own bytes; with neither, base64 of
 * 24 to 64 bytes as the Standard Webhooks libraries read it, else the bytes
 * themselves. Returns 0, or -1 with *err set; the message never shows it. */
int hook_secret_parse(
    const char *text, struct hook_secret *out, struct err *err);
void hook_secret_clear(struct hook_secret *secret); /* wipes it */

/* Adds "v1,BASE64", one for each secret, a blank between, over "id.at.body".*/
void hook_sign(const char *id, int64_t at, const void *body, size_t len,
    const struct hook_secret *secrets, size_t nsecrets, struct buf *out);

/* The header lines of one attempt, "name: value" without line ends: content
 * type, webhook-id, webhook-timestamp, idempotency-key and, with secrets,
 * webhook-signature. CR and LF in the id become blanks. */
#define HOOK_HEADERS_MAX 5
struct hook_headers {
	char *lines[HOOK_HEADERS_MAX]; /* owned */
	size_t count;
};

void hook_headers_init(struct hook_headers *headers, const char *id, int64_t at,
    const void *body, size_t len, const struct hook_secret *secrets,
    size_t nsecrets);
void hook_headers_clear(struct hook_headers *headers);

#endif
