/* SPDX-License-Identifier: ISC */
/*
 * A POST through libcurl: the addresses it may reach are checked where the
 * socket is made, so that neither a name nor a redirect leads inside. Signs
 * nothing and retries nothing.
 */
#include "io/webhook.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "core/buf.h"
#include "core/net.h"
#include "core/text.h"

/* A longer reply is not read to its end. */
#define REPLY_MAX 65536

struct webhook_post {
	struct transfer_job *job;
	CURL *easy;
	struct curl_slist *headers;
	webhook_cb *cb;
	void *ctx;
	bool allow_private;
	bool is_plain; /* http */
	bool aborted;
	int64_t now;
	char retry_after[64];
	char text[WEBHOOK_TEXT_MAX]; /* as received */
	size_t text_len;
	size_t received;
	char refused[INET6_ADDRSTRLEN]; /* an address that may not be reached */
	char fault[CURL_ERROR_SIZE];
};

/* ---- what curl asks on the way ---- */

static bool
is_private(const struct sockaddr *address, char text[INET6_ADDRSTRLEN])
{
	/* Whatever is neither is nothing that a URL should lead to. */
	bool private = true;

	text[0] = '\0';
	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)address;

		inet_ntop(AF_INET, &in->sin_addr, text, INET6_ADDRSTRLEN);
		private = net_ipv4_is_private(ntohl(in->sin_addr.s_addr));
	} else if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)address;

		inet_ntop(AF_INET6, &in6->sin6_addr, text, INET6_ADDRSTRLEN);
		private = net_ipv6_is_private(in6->sin6_addr.s6_addr);
	}
	return private;
}

static curl_socket_t
open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct webhook_post *post = ctx;
	char text[INET6_ADDRSTRLEN];
	bool private = is_private(&address->addr, text);

	(void)purpose;
	if (private ? !post->allow_private : post->is_plain) {
		memcpy(post->refused, text, sizeof text);
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

static size_t
header_cb(char *line, size_t size, size_t count, void *ctx)
{
	struct webhook_post *post = ctx;
	static const char name[] = "retry-after:";
	size_t len = size * count, skip = sizeof name - 1;

	if (len > 5 && memcmp(line, "HTTP/", 5) == 0)
		post->retry_after[0] = '\0'; /* a 100 came before */
	if (len > skip && text_same_n(line, skip, name) &&
	    len - skip < sizeof post->retry_after) {
		memcpy(post->retry_after, line + skip, len - skip);
		post->retry_after[len - skip] = '\0';
	}
	return len;
}

static size_t
body_cb(char *data, size_t size, size_t count, void *ctx)
{
	struct webhook_post *post = ctx;
	size_t len = size * count;
	size_t keep = sizeof post->text - post->text_len;

	if (keep > len)
		keep = len;
	memcpy(post->text + post->text_len, data, keep);
	post->text_len += keep;
	post->received += len;
	return post->received > REPLY_MAX ? 0 : len;
}

/* ---- what came of it ---- */

static void
describe_fault(const struct webhook_post *post, CURLcode rc, struct buf *out)
{
	if (post->aborted)
		buf_puts(out, "given up");
	else if (post->refused[0] != '\0' && post->is_plain)
		buf_printf(out, "plain http to the public address %s refused",
		    post->refused);
	else if (post->refused[0] != '\0')
		buf_printf(out, "private address refused: %s", post->refused);
	else if (post->fault[0] != '\0')
		text_add_utf8(out, post->fault, strlen(post->fault));
	else
		buf_puts(out, curl_easy_strerror(rc));
}

static void
describe_reply(const struct webhook_post *post, struct buf *out)
{
	struct buf utf8 = { 0 };

	text_add_utf8(&utf8, post->text, post->text_len);
	text_add_squeezed(out, buf_text(&utf8));
	buf_clear(&utf8);
}

static int64_t
retry_after(const struct webhook_post *post)
{
	curl_off_t took_us = 0;

	if (post->retry_after[0] == '\0')
		return -1;
	curl_easy_getinfo(post->easy, CURLINFO_TOTAL_TIME_T, &took_us);
	return retry_after_parse(
	    post->retry_after, post->now + took_us / 1000000);
}

static enum outcome
outcome_of(long status, long request_size)
{
	if (status >= 200 && status < 300)
		return OUTCOME_SENT;
	if (status == 410)
		return OUTCOME_GONE;
	if (status >= 200)
		return OUTCOME_DEFER;
	return request_size > 0 ? OUTCOME_IN_DOUBT : OUTCOME_CHANNEL;
}

static void
free_post(struct webhook_post *post)
{
	curl_easy_cleanup(post->easy);
	curl_slist_free_all(post->headers);
	free(post);
}

static void
posted_cb(void *ctx, CURL *easy, CURLcode rc)
{
	struct webhook_post *post = ctx;
	struct webhook_result result = { .retry_after_s = -1 };
	struct buf text = { 0 };
	long status = 0, request_size = 0;

	/* A status that came decides, whatever became of the reply's body. */
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_size);
	result.outcome = outcome_of(status, request_size);
	if (status >= 200) {
		result.status = (int)status;
		result.retry_after_s = retry_after(post);
		describe_reply(post, &text);
	} else {
		describe_fault(post, rc, &text);
	}
	result.text = buf_text(&text);
	post->cb(post->ctx, &result);
	buf_clear(&text);
	free_post(post);
}

/* ---- asking ---- */

static int
check_url(
    const struct webhook_options *options, bool *is_plain, struct err *err)
{
	struct net_url url;

	if (net_url_parse(options->url, &url) == -1)
		return err_set(
		    err, ERR_INPUT, "not a webhook URL: %s", options->url);
	*is_plain = strcmp(url.scheme, "http") == 0;
	if (!*is_plain && strcmp(url.scheme, "https") != 0)
		return err_set(err, ERR_INPUT,
		    "a webhook URL begins with https://, not %s://",
		    url.scheme);
	if (*is_plain && !options->allow_private)
		return err_set(err, ERR_INPUT,
		    "plain http is for private addresses only, and they are "
		    "not allowed here");
	return 0;
}

static int
add_header(struct curl_slist **list, const char *line, struct err *err)
{
	struct curl_slist *longer;
	const char *colon = strchr(line, ':');

	if (colon == NULL || colon == line)
		return err_set(err, ERR_INPUT, "not a header: %s", line);
	for (const char *p = line; *p != '\0'; p++) {
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return err_set(
			    err, ERR_INPUT, "a control character in a header");
		if (p < colon && *p == ' ')
			return err_set(
			    err, ERR_INPUT, "not a header: %s", line);
	}
	longer = curl_slist_append(*list, line);
	if (longer == NULL)
		abort();
	*list = longer;
	return 0;
}

static int
add_headers(struct curl_slist **list, const char *const *headers, size_t count,
    struct err *err)
{
	bool has_type = false;

	for (size_t i = 0; i < count; i++) {
		if (add_header(list, headers[i], err) == -1)
			return -1;
		has_type |= text_starts(headers[i], "content-type:");
	}
	if (!has_type &&
	    add_header(list, "Content-Type: application/json", err) == -1)
		return -1;
	/* Or curl waits a second for a 100 that few servers send. */
	return add_header(list, "Expect:", err);
}

static void
set_options(struct webhook_post *post, const struct webhook_options *options,
    const char *body, size_t len)
{
	CURL *easy = post->easy;
	double timeout_s = options->timeout_s > 0 ? options->timeout_s : 20;
	double connect_s = timeout_s < 10 ? timeout_s : 10;

	curl_easy_setopt(easy, CURLOPT_URL, options->url);
	curl_easy_setopt(
	    easy, CURLOPT_PROTOCOLS_STR, post->is_plain ? "http" : "https");
	curl_easy_setopt(
	    easy, CURLOPT_PROXY, ""); /* whatever the environment */
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(
	    easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	/* A POST on a connection that had died is sent again by libcurl
	 * itself; on a fresh one it fails instead, and we know. */
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, options->reuse ? 0L : 1L);
	curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, options->reuse ? 0L : 1L);
	/* The default buffers of 64 KiB cost more than the rest of a POST. */
	curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16384L);
	curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 16384L);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "nudged");
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, post->headers);
	curl_easy_setopt(easy, CURLOPT_POST, 1L);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)len);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(timeout_s * 1000));
	curl_easy_setopt(
	    easy, CURLOPT_CONNECTTIMEOUT_MS, (long)(connect_s * 1000));
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, post);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header_cb);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, post);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, body_cb);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, post);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, post->fault);
	transfer_trust(easy, options->ca_file);
}

struct webhook_post *
webhook_post(struct transfer *t, const struct webhook_options *options,
    const char *const *headers, size_t header_count, const char *body,
    size_t len, int64_t now, webhook_cb *cb, void *ctx, struct err *err)
{
	struct webhook_post *post;
	struct curl_slist *list = NULL;
	bool is_plain = false;

	if (check_url(options, &is_plain, err) == -1)
		return NULL;
	if (add_headers(&list, headers, header_count, err) == -1) {
		curl_slist_free_all(list);
		return NULL;
	}
	post = xcalloc(1, sizeof *post);
	post->easy = curl_easy_init();
	if (post->easy == NULL)
		abort();
	post->headers = list;
	post->cb = cb;
	post->ctx = ctx;
	post->allow_private = options->allow_private;
	post->is_plain = is_plain;
	post->now = now;
	set_options(post, options, body, len);
	post->job = transfer_start(t, post->easy, false, posted_cb, post);
	return post;
}

void
webhook_abort(struct webhook_post *post)
{
	post->aborted = true;
	transfer_abort(post->job);
}
