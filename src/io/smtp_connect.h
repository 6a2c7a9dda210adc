/* SPDX-License-Identifier: ISC */
/*
 * How libcurl is told to connect to a relay, and what is learnt on the way:
 * capabilities, and where and why it failed. For io/smtp only.
 */
#ifndef NUDGED_IO_SMTP_CONNECT_H
#define NUDGED_IO_SMTP_CONNECT_H

#include <curl/curl.h>
#include <stdbool.h>

#include "core/smtp_reply.h"
#include "io/smtp.h"

/* All zero at first; filled while connecting. */
struct smtp_greeting {
	struct smtp_caps caps; /* of the last EHLO reply */
	bool in_block;
	bool wants_auth;
	struct smtp_reader reader;
	struct smtp_reply said; /* the last reply */
	int greetings;          /* 220 replies: the greeting, then STARTTLS */
	char fault[CURL_ERROR_SIZE];
};

/* "smtp://host:port/helo" of the options' URL, the caller's to free; NULL with
 * *err set when it is not one. *implicit: smtps. */
char *smtp_connect_url(
    const struct smtp_options *options, bool *implicit, struct err *err);

/* Sets every option of a handle that connects and stops there (CONNECT_ONLY).
 * The greeting must outlive the handle. */
void smtp_connect_prepare(CURL *easy, struct smtp_greeting *greeting,
    const struct smtp_options *options, const char *url);

/* What to say of a connection that could not be made; the text lies in the
 * greeting or is constant. */
struct smtp_result smtp_connect_fault(
    const struct smtp_greeting *greeting, CURL *easy, CURLcode rc);

#endif
