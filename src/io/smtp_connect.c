/* SPDX-License-Identifier: ISC */
/*
 * The options of a CONNECT_ONLY handle and the reading of its failures. Knows
 * no loop and speaks nothing itself.
 */
#include "io/smtp_connect.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/net.h"
#include "io/transfer.h"

/* Every line that the server says until the connection is ours. */
static size_t
header_cb(char *line, size_t size, size_t count, void *ctx)
{
	struct smtp_greeting *g = ctx;
	size_t len = size * count, at = 0, used;
	struct err err;

	smtp_caps_line(&g->caps, &g->in_block, line, len);
	while (at < len) {
		int rc = smtp_reader_feed(
		    &g->reader, line + at, len - at, &used, &err);

		at += used;
		if (rc == -1) {
			g->reader = (struct smtp_reader){ 0 };
			break; /* curl finds out by itself */
		}
		if (rc == 0)
			continue;
		g->said = g->reader.reply;
		if (g->said.code == 220)
			g->greetings++;
	}
	return len;
}

char *
smtp_connect_url(
    const struct smtp_options *options, bool *implicit, struct err *err)
{
	struct net_url url;
	const char *open = "", *close = "";
	char port[16] = "";
	bool tls;

	if (net_url_parse(options->url, &url) == -1 ||
	    (strcmp(url.scheme, "smtp") != 0 &&
		strcmp(url.scheme, "smtps") != 0)) {
		err_set(err, ERR_INPUT, "not an SMTP URL: %s", options->url);
		return NULL;
	}
	if (url.has_user ||
	    (url.path[0] != '\0' && strcmp(url.path, "/") != 0)) {
		err_set(err, ERR_INPUT,
		    "an SMTP URL has a host and a port, nothing else");
		return NULL;
	}
	if (strchr(url.host, ':') != NULL) {
		open = "[";
		close = "]";
	}
	tls = strcmp(url.scheme, "smtps") == 0;
	if (url.port != 0)
		snprintf(port, sizeof port, ":%d", url.port);
	*implicit = tls;
	return xasprintf("%s://%s%s%s%s/%s", url.scheme, open, url.host, close,
	    port, options->helo != NULL ? options->helo : "");
}

void
smtp_connect_prepare(CURL *easy, struct smtp_greeting *greeting,
    const struct smtp_options *options, const char *url)
{
	double connect_s = options->connect_s > 0 ? options->connect_s : 120;
	long use_ssl = options->tls == SMTP_TLS_REQUIRED
			   ? (long)CURLUSESSL_ALL
			   : (long)CURLUSESSL_NONE;

	greeting->wants_auth = options->username != NULL;
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(
	    easy, CURLOPT_PROXY, ""); /* whatever the environment */
	curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(easy, CURLOPT_USE_SSL, use_ssl);
	curl_easy_setopt(easy, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, greeting->fault);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, header_cb);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, greeting);
	curl_easy_setopt(
	    easy, CURLOPT_CONNECTTIMEOUT_MS, (long)(connect_s * 1000));
	curl_easy_setopt(
	    easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)connect_s + 1);
	transfer_trust(easy, options->ca_file);
	if (options->username != NULL) {
		curl_easy_setopt(easy, CURLOPT_USERNAME, options->username);
		curl_easy_setopt(easy, CURLOPT_PASSWORD,
		    options->password != NULL ? options->password : "");
		curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
	}
}

/* Where it stopped, by what the server had said so far. */
static enum smtp_stage
stage_reached(const struct smtp_greeting *g, CURL *easy)
{
	curl_off_t connected = 0;

	curl_easy_getinfo(easy, CURLINFO_CONNECT_TIME_T, &connected);
	if (g->said.code == 0)
		return connected > 0 ? SMTP_STAGE_GREETING : SMTP_STAGE_CONNECT;
	if (g->greetings == 0)
		return SMTP_STAGE_GREETING;
	if (g->said.code == 220)
		return g->greetings > 1 ? SMTP_STAGE_TLS : SMTP_STAGE_EHLO;
	if (g->said.code == 250)
		return g->wants_auth ? SMTP_STAGE_AUTH : SMTP_STAGE_TLS;
	return g->said.code < 400 ? SMTP_STAGE_AUTH : SMTP_STAGE_EHLO;
}

static enum smtp_stage
stage_of_fault(const struct smtp_greeting *g, CURL *easy, CURLcode rc)
{
	switch (rc) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
		return SMTP_STAGE_CONNECT;
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return SMTP_STAGE_TLS;
	case CURLE_LOGIN_DENIED:
		return SMTP_STAGE_AUTH;
	default:
		return stage_reached(g, easy);
	}
}

struct smtp_result
smtp_connect_fault(const struct smtp_greeting *g, CURL *easy, CURLcode rc)
{
	struct smtp_result result = {
		.outcome = OUTCOME_CHANNEL,
		.stage = stage_of_fault(g, easy, rc),
		.text = g->fault[0] != '\0' ? g->fault : curl_easy_strerror(rc),
	};

	if (g->said.code >= 400) {
		result.code = g->said.code;
		result.text = g->said.text;
	}
	return result;
}
