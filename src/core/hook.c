/* SPDX-License-Identifier: ISC */
/* Webhook bodies and signatures; see hook.h. */
#include "core/hook.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/mime_head.h"
#include "core/text.h"

/* Standard Webhooks asks for bodies below 20 KB: one long text is cut. */
#define TEXT_COLUMNS_MAX 4000

/* ---- bodies ---- */

static json_t *
json_day(int day)
{
	char text[DAY_TEXT_MAX];

	return day == DAY_NONE ? json_null() : json_string(day_iso(day, text));
}

/* A string whatever its bytes: jansson refuses what is not UTF-8. */
static json_t *
json_text(const char *text)
{
	struct buf right = { 0 };
	json_t *value;

	if (text == NULL)
		return json_null();
	value = json_string(text);
	if (value != NULL)
		return value;
	text_add_utf8(&right, text, strlen(text));
	value = json_string(buf_text(&right));
	buf_clear(&right);
	return value;
}

static json_t *
json_cut(const char *text)
{
	struct buf cut = { 0 };
	json_t *value;

	if (text == NULL)
		return json_null();
	text_add_cut(&cut, text, TEXT_COLUMNS_MAX);
	value = json_text(buf_text(&cut));
	buf_clear(&cut);
	return value;
}

static json_t *
json_owners(const struct hook_entry *entry)
{
	json_t *owners = json_array();

	for (size_t i = 0; i < entry->nowners; i++)
		json_array_append_new(owners, json_text(entry->owners[i]));
	return owners;
}

static json_t *
json_entry(const struct hook_entry *entry)
{
	json_t *o = json_object();

	json_object_set_new(o, "ref", json_text(entry->ref));
	json_object_set_new(o, "kind", json_text(entry->kind));
	json_object_set_new(o, "text", json_cut(entry->text));
	json_object_set_new(o, "owners", json_owners(entry));
	json_object_set_new(o, "state", json_text(entry->state));
	json_object_set_new(o, "due_on", json_day(entry->due_on));
	json_object_set_new(o, "earliest_on", json_day(entry->earliest_on));
	json_object_set_new(
	    o, "original_due_on", json_day(entry->original_due_on));
	json_object_set_new(o, "review_on", json_day(entry->review_on));
	json_object_set_new(
	    o, "overdue_days", json_integer(entry->overdue_days));
	json_object_set_new(o, "slips", json_integer(entry->slips));
	json_object_set_new(o, "series", json_text(entry->series));
	json_object_set_new(o, "held_on", json_day(entry->held_on));
	json_object_set_new(o, "statutory", json_boolean(entry->statutory));
	json_object_set_new(o, "rule", json_text(entry->rule));
	return o;
}

/* jansson keeps members in the order they were set. */
static json_t *
json_event(const struct hook_event *event, json_t *entries)
{
	json_t *data = json_object(), *o = json_object();

	json_object_set_new(
	    data, "organisation", json_text(event->organisation));
	json_object_set_new(data, "message", json_text(event->message));
	json_object_set_new(data, "entries", entries);
	json_object_set_new(o, "type", json_text(event->type));
	json_object_set_new(o, "timestamp", json_text(event->timestamp));
	json_object_set_new(o, "data", data);
	return o;
}

int
hook_body(enum conf_hook_format format, const struct hook_event *event,
    struct buf *out, struct err *err)
{
	json_t *entries, *o;
	char *text;

	if (format != HOOK_JSON)
		return err_set(err, ERR_INPUT,
		    "this webhook format is not there yet: use \"json\"");
	entries = json_array();
	for (size_t i = 0; i < event->nentries; i++) {
		if (!event->entries[i].restricted)
			json_array_append_new(
			    entries, json_entry(&event->entries[i]));
	}
	if (event->nentries > 0 && json_array_size(entries) == 0) {
		json_decref(entries);
		return 0;
	}
	o = json_event(event, entries);
	text = json_dumps(o, JSON_COMPACT);
	if (text == NULL)
		abort();
	buf_puts(out, text);
	free(text);
	json_decref(o);
	return 1;
}

/* ---- secrets and signatures ---- */

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

/* Decodes base64 (padded or not, both alphabets). Returns the bytes, -1 when it
 * is none or longer than a secret may be. */
static int
decode_base64(const char *s, size_t len, unsigned char *out)
{
	unsigned bits = 0, nbits = 0;
	int n = 0;

	while (len > 0 && s[len - 1] == '=')
		len--;
	if (len % 4 == 1)
		return -1;
	for (size_t i = 0; i < len; i++) {
		int v = base64_value(s[i]);

		if (v == -1)
			return -1;
		bits = (bits << 6 | (unsigned)v) & 0xFFFF;
		nbits += 6;
		if (nbits < 8)
			continue;
		if (n == HOOK_SECRET_MAX)
			return -1;
		nbits -= 8;
		out[n++] = (unsigned char)(bits >> nbits);
	}
	return n;
}

static int
take_raw(const char *s, size_t len, struct hook_secret *out, struct err *err)
{
	if (len == 0)
		return err_set(err, ERR_INPUT, "the secret is empty");
	if (len > HOOK_SECRET_MAX)
		return err_set(err, ERR_INPUT,
		    "the secret is longer than %d bytes", HOOK_SECRET_MAX);
	memcpy(out->key, s, len);
	out->len = len;
	return 0;
}

int
hook_secret_parse(const char *text, struct hook_secret *out, struct err *err)
{
	struct hook_secret secret = { 0 };
	size_t len;
	int n, rc = 0;

	while (text_is_space(*text))
		text++;
	for (len = strlen(text); len > 0 && text_is_space(text[len - 1]);)
		len--;
	if (strncmp(text, "raw:", 4) == 0) {
		rc = take_raw(text + 4, len - 4, &secret, err);
	} else if (strncmp(text, "whsec_", 6) == 0) {
		n = decode_base64(text + 6, len - 6, secret.key);
		secret.len = n > 0 ? (size_t)n : 0;
		if (n < 16)
			rc = err_set(err, ERR_INPUT,
			    "the secret after whsec_ is not base64 of at "
			    "least 16 bytes");
	} else {
		n = decode_base64(text, len, secret.key);
		secret.len = n > 0 ? (size_t)n : 0;
		if (n < 24 || n > 64)
			rc = take_raw(text, len, &secret, err);
	}
	if (rc == 0)
		*out = secret;
	hook_secret_clear(&secret);
	return rc;
}

void
hook_secret_clear(struct hook_secret *secret)
{
	OPENSSL_cleanse(secret, sizeof *secret);
}

void
hook_sign(const char *id, int64_t at, const void *body, size_t len,
    const struct hook_secret *secrets, size_t nsecrets, struct buf *out)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s.%lld.", id, (long long)at);
	buf_add(&text, body, len);
	for (size_t i = 0; i < nsecrets; i++) {
		unsigned char mac[EVP_MAX_MD_SIZE];
		unsigned n = 0;

		if (HMAC(EVP_sha256(), secrets[i].key, (int)secrets[i].len,
			(const unsigned char *)text.data, text.len, mac,
			&n) == NULL)
			abort();
		buf_puts(out, i > 0 ? " v1," : "v1,");
		mime_head_base64(out, mac, n);
	}
	buf_clear(&text);
}

/* What may stand in a header: line ends and the like become blanks. */
static char *
header_safe(const char *text)
{
	char *safe = xstrdup(text);

	for (char *s = safe; *s != '\0'; s++) {
		if ((unsigned char)*s < ' ' || *s == 0x7F)
			*s = ' ';
	}
	return safe;
}

void
hook_headers_init(struct hook_headers *headers, const char *id, int64_t at,
    const void *body, size_t len, const struct hook_secret *secrets,
    size_t nsecrets)
{
	char *safe = header_safe(id);
	struct buf line = { 0 };

	*headers = (struct hook_headers){ 0 };
	headers->lines[headers->count++] =
	    xstrdup("content-type: application/json");
	headers->lines[headers->count++] = xasprintf("webhook-id: %s", safe);
	headers->lines[headers->count++] =
	    xasprintf("webhook-timestamp: %lld", (long long)at);
	/* Receivers that know no Standard Webhooks often know this one. */
	headers->lines[headers->count++] =
	    xasprintf("idempotency-key: %s", safe);
	if (nsecrets > 0) {
		buf_puts(&line, "webhook-signature: ");
		hook_sign(safe, at, body, len, secrets, nsecrets, &line);
		headers->lines[headers->count++] = buf_take(&line);
	}
	free(safe);
}

void
hook_headers_clear(struct hook_headers *headers)
{
	for (size_t i = 0; i < headers->count; i++)
		free(headers->lines[i]);
	*headers = (struct hook_headers){ 0 };
}
