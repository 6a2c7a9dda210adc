/* SPDX-License-Identifier: ISC */
/*
 * SMTP as bytes: replies read, capabilities noted, addresses and bodies made
 * fit for the wire. Holds no state of the dialogue.
 */
#include "core/smtp_reply.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

/* Where in a reply line the next byte stands. */
enum { IN_CODE_1, IN_CODE_2, IN_CODE_3, IN_MARK, IN_TEXT };

bool
smtp_is_ascii(const char *data, size_t len)
{
	uint64_t word, all = 0;

	/* Eight bytes at a time: every body passes here. */
	for (; len >= sizeof word; len -= sizeof word, data += sizeof word) {
		memcpy(&word, data, sizeof word);
		all |= word;
	}
	for (; len > 0; len--)
		all |= (unsigned char)*data++;
	return (all & 0x8080808080808080u) == 0;
}

/* ---- replies ---- */

/* Length of "5.1.1 " (RFC 3463) at the start of text, 0 if there is none. */
static size_t
enhanced_len(const char *text, size_t len)
{
	size_t i = 1, n;

	if (len < 6 || (text[0] != '2' && text[0] != '4' && text[0] != '5'))
		return 0;
	for (int part = 0; part < 2; part++) {
		if (i >= len || text[i++] != '.')
			return 0;
		for (n = 0; i < len && text_is_digit(text[i]); n++)
			i++;
		if (n == 0 || n > 3)
			return 0;
	}
	return i < len && text[i] == ' ' ? i + 1 : 0;
}

/* Only replies with bytes outside printable ASCII pay for this. */
static void
clean(char text[SMTP_TEXT_MAX])
{
	struct buf utf8 = { 0 }, out = { 0 };
	size_t len;

	text_add_utf8(&utf8, text, strlen(text));
	text_add_squeezed(&out, buf_text(&utf8));
	len = out.len < SMTP_TEXT_MAX ? out.len : SMTP_TEXT_MAX - 1;
	if (len < out.len) {
		while (len > 0 && ((unsigned char)out.data[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(text, buf_text(&out), len);
	text[len] = '\0';
	buf_clear(&utf8);
	buf_clear(&out);
}

static void
begin_line(struct smtp_reader *r)
{
	if (r->len > 0 && r->len < SMTP_TEXT_MAX - 1)
		r->reply.text[r->len++] = ' ';
	r->line_at = r->len;
	r->state = IN_CODE_1;
	r->code = 0;
}

static void
begin_reply(struct smtp_reader *r)
{
	*r = (struct smtp_reader){ .state = IN_CODE_1 };
}

/* Later lines usually repeat the enhanced code of the first. */
static void
drop_repeated_code(struct smtp_reader *r)
{
	char *line = r->reply.text + r->line_at;
	size_t len = r->len - r->line_at;
	size_t n = enhanced_len(line, len);

	if (n == 0 || n >= sizeof r->enhanced)
		return;
	if (r->enhanced[0] == '\0') {
		memcpy(r->enhanced, line, n);
		r->enhanced[n] = '\0';
	} else if (strncmp(line, r->enhanced, n) == 0) {
		memmove(line, line + n, len - n);
		r->len -= n;
	}
}

/* 1: the reply is complete. */
static int
end_line(struct smtp_reader *r, struct err *err)
{
	char *text = r->reply.text;

	if (r->state < IN_MARK)
		return err_set(err, ERR_TEMP, "the reply is not SMTP");
	if (r->state == IN_MARK)
		r->last = true; /* a bare "250" */
	if (r->first_code == 0)
		r->first_code = r->code;
	if (r->code != r->first_code)
		return err_set(err, ERR_TEMP,
		    "a reply's lines disagree: %d, %d", r->first_code, r->code);
	while (r->len > r->line_at &&
	       (text[r->len - 1] == ' ' || text[r->len - 1] == '\r'))
		r->len--;
	drop_repeated_code(r);
	if (!r->last) {
		begin_line(r);
		return 0;
	}
	while (r->len > 0 && text[r->len - 1] == ' ')
		r->len--;
	text[r->len] = '\0';
	if (r->odd)
		clean(text);
	r->reply.code = r->code;
	r->done = true;
	return 1;
}

static int
take_byte(struct smtp_reader *r, char c, struct err *err)
{
	switch (r->state) {
	case IN_CODE_1:
		if (c < '2' || c > '5')
			return err_set(err, ERR_TEMP, "the reply is not SMTP");
		r->code = c - '0';
		r->state = IN_CODE_2;
		return 0;
	case IN_CODE_2:
	case IN_CODE_3:
		if (!text_is_digit(c))
			return err_set(err, ERR_TEMP, "the reply is not SMTP");
		r->code = r->code * 10 + (c - '0');
		r->state++;
		return 0;
	case IN_MARK:
		if (c != ' ' && c != '-' && c != '\r')
			return err_set(err, ERR_TEMP, "the reply is not SMTP");
		r->last = c != '-';
		r->state = IN_TEXT;
		return 0;
	default:
		/* A CR counts as odd only when something follows it. */
		if (r->len > r->line_at && r->reply.text[r->len - 1] == '\r')
			r->odd = true;
		if (c != '\r' && (c < ' ' || c > '~'))
			r->odd = true;
		if (r->len < SMTP_TEXT_MAX - 1)
			r->reply.text[r->len++] = c == '\0' ? ' ' : c;
		return 0;
	}
}

int
smtp_reader_feed(struct smtp_reader *r, const char *data, size_t len,
    size_t *used, struct err *err)
{
	int rc = 0;
	size_t i;

	for (i = 0; i < len && rc == 0; i++) {
		if (r->done)
			begin_reply(r);
		if (++r->bytes > SMTP_REPLY_MAX)
			rc = err_set(err, ERR_TEMP,
			    "the reply is longer than %d bytes",
			    SMTP_REPLY_MAX);
		else if (data[i] == '\n')
			rc = end_line(r, err);
		else
			rc = take_byte(r, data[i], err);
	}
	*used = i;
	return rc;
}

/* ---- EHLO ---- */

static const char *
keyword(const char *line, size_t len, const char *word, size_t *rest)
{
	size_t n = strlen(word);

	if (len < n || !text_same_n(line, n, word))
		return NULL;
	if (len > n && line[n] != ' ')
		return NULL;
	*rest = len > n ? len - n - 1 : 0;
	return line + (len > n ? n + 1 : n);
}

static uint64_t
number(const char *text, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len && text_is_digit(text[i]); i++) {
		if (value > UINT64_MAX / 10 - 1)
			return 0;
		value = value * 10 + (uint64_t)(text[i] - '0');
	}
	return value;
}

void
smtp_caps_line(
    struct smtp_caps *caps, bool *in_block, const char *line, size_t len)
{
	const char *value;
	size_t rest;
	bool first = !*in_block;

	while (len > 0 && strchr("\r\n ", line[len - 1]) != NULL)
		len--;
	if (len < 3 || strncmp(line, "250", 3) != 0) {
		*in_block = false;
		return;
	}
	*in_block = len > 3 && line[3] == '-';
	if (first) {
		*caps = (struct smtp_caps){ 0 };
		return; /* the server's name and greeting */
	}
	if (len < 5)
		return;
	line += 4;
	len -= 4;
	caps->pipelining |= keyword(line, len, "PIPELINING", &rest) != NULL;
	caps->eight_bit |= keyword(line, len, "8BITMIME", &rest) != NULL;
	caps->smtputf8 |= keyword(line, len, "SMTPUTF8", &rest) != NULL;
	caps->dsn |= keyword(line, len, "DSN", &rest) != NULL;
	caps->starttls |= keyword(line, len, "STARTTLS", &rest) != NULL;
	if (keyword(line, len, "AUTH", &rest) != NULL && rest > 0)
		caps->auth = true;
	value = keyword(line, len, "SIZE", &rest);
	if (value != NULL) {
		caps->size = true;
		caps->size_max = number(value, rest);
	}
}

/* ---- addresses ---- */

static bool
local_ok(const char *text, size_t len)
{
	static const char atext[] = "!#$%&'*+-/=?^_`{|}~.";

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] < 0x80 && !text_is_alnum(text[i]) &&
		    memchr(atext, text[i], sizeof atext - 1) == NULL)
			return false;
	}
	return len > 0;
}

static bool
domain_ok(const char *text, size_t len)
{
	bool literal = len > 2 && text[0] == '[' && text[len - 1] == ']';
	char before = '.';

	if (literal) {
		text++;
		len -= 2;
	}
	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '.' && before == '.')
			return false;
		if ((unsigned char)c < 0x80 && !text_is_alnum(c) && c != '-' &&
		    c != '.' && !(literal && c == ':'))
			return false;
		before = c;
	}
	return len > 0 && before != '.';
}

int
smtp_address_check(const char *address, bool sender, struct err *err)
{
	size_t len = strlen(address);
	const char *at = strrchr(address, '@');

	if (sender && len == 0)
		return 0;
	if (len > SMTP_ADDRESS_MAX)
		return err_set(err, ERR_INPUT, "the address is too long");
	if (!text_is_utf8(address, len))
		return err_set(err, ERR_INPUT, "the address is not UTF-8");
	if (at == NULL || !local_ok(address, (size_t)(at - address)) ||
	    !domain_ok(at + 1, len - (size_t)(at - address) - 1))
		return err_set(err, ERR_INPUT, "not a mail address");
	if (at - address > 64)
		return err_set(
		    err, ERR_INPUT, "what stands before the @ is too long");
	return 0;
}

void
smtp_xtext(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text > ' ' && *text <= '~' && *text != '+' && *text != '=')
			buf_putc(out, *text);
		else
			buf_printf(
			    out, "+%02X", (unsigned)(unsigned char)*text);
	}
}

/* ---- bodies ---- */

static size_t
count(const char *bytes, size_t len, char c)
{
	const char *end = bytes + len, *p = bytes;
	size_t n = 0;

	while (p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

/* How many LF stand without a CR in front. */
static size_t
count_bare_lf(const char *bytes, size_t len)
{
	const char *end = bytes + len, *p = bytes;
	size_t n = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		if (p == bytes || p[-1] != '\r')
			n++;
		p++;
	}
	return n;
}

int
smtp_body_check(const char *bytes, size_t len, struct err *err)
{
	size_t crs, lfs, bare;

	if (len > 0 && memchr(bytes, '\0', len) != NULL)
		return err_set(err, ERR_INPUT, "a NUL in the message");
	crs = count(bytes, len, '\r');
	lfs = count(bytes, len, '\n');
	bare = count_bare_lf(bytes, len);
	if (crs != lfs - bare)
		return err_set(err, ERR_INPUT, "a bare CR in the message");
	if (bare > 0 && bare < lfs)
		return err_set(err, ERR_INPUT, "a bare LF in the message");
	return 0;
}

size_t
smtp_body_size(const char *bytes, size_t len)
{
	size_t size = len + count_bare_lf(bytes, len);

	return len > 0 && bytes[len - 1] != '\n' ? size + 2 : size;
}

bool
smtp_body_write(struct smtp_body *body, struct buf *out, size_t most)
{
	size_t start = out->len;

	while (body->at < body->len && out->len - start < most) {
		const char *line = body->bytes + body->at;
		size_t left = body->len - body->at, len;
		const char *lf = memchr(line, '\n', left);
		char *to;

		body->at += lf != NULL ? (size_t)(lf - line) + 1 : left;
		len = lf != NULL ? (size_t)(lf - line) : left;
		if (len > 0 && line[len - 1] == '\r')
			len--;
		to = buf_room(out, len + 3);
		if (len > 0 && line[0] == '.') {
			*to++ = '.'; /* RFC 5321 4.5.2 */
			out->len++;
		}
		memcpy(to, line, len);
		memcpy(to + len, "\r\n", 2);
		out->len += len + 2;
	}
	return body->at == body->len;
}
