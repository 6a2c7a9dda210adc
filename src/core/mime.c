/* SPDX-License-Identifier: ISC */
/* Mails as bytes, and mailboxes as text; see mime.h. Header lines are written
 * by mime_head.c. */
#include "core/mime.h"

#include <stdint.h>
#include <string.h>

#include "core/mime_head.h"
#include "core/text.h"

#define ENCODED_LINE_MAX 76
#define PLAIN_LINE_MAX 998 /* RFC 5322 2.1.1 */
#define BOUNDARY_MAX 48

/* ---- addresses ---- */

static bool
is_local_part(const char *s, size_t len)
{
	if (len == 0 || len > 64 || s[0] == '.' || s[len - 1] == '.')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '.' && s[i + 1] == '.')
			return false;
		if (!text_is_alnum(s[i]) &&
		    (s[i] == '\0' ||
			strchr("!#$%&'*+-/=?^_`{|}~.", s[i]) == NULL))
			return false;
	}
	return true;
}

static bool
is_label(const char *s, size_t len, bool *digits)
{
	*digits = true;
	if (len == 0 || len > 63 || s[0] == '-' || s[len - 1] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!text_is_alnum(s[i]) && s[i] != '-')
			return false;
		*digits = *digits && s[i] >= '0' && s[i] <= '9';
	}
	return true;
}

static bool
is_host(const char *s)
{
	bool digits;

	for (;;) {
		size_t len = strcspn(s, ".");

		if (!is_label(s, len, &digits))
			return false;
		if (s[len] == '\0')
			return !digits;
		s += len + 1;
	}
}

bool
mime_address_ok(const char *address)
{
	const char *at = strrchr(address, '@');

	return at != NULL && strlen(address) < MIME_ADDRESS_MAX &&
	       is_local_part(address, (size_t)(at - address)) &&
	       is_host(at + 1);
}

const char *
mime_domain(const char *address)
{
	const char *at = strrchr(address, '@');

	return at == NULL ? "" : at + 1;
}

/* A display name, quoted or not, of len bytes; false when it is none. */
static bool
read_name(const char *s, size_t len, char out[MIME_NAME_MAX])
{
	size_t n = 0;
	bool quoted;

	while (len > 0 && text_is_space(s[len - 1]))
		len--;
	quoted = len >= 2 && s[0] == '"' && s[len - 1] == '"';
	if (quoted) {
		s++;
		len -= 2;
	}
	for (size_t i = 0; i < len; i++) {
		if (quoted && s[i] == '\\' && i + 1 < len)
			i++;
		else if (strchr(quoted ? "\"" : "\"<>", s[i]) != NULL)
			return false;
		if (n + 1 == MIME_NAME_MAX)
			return false;
		out[n++] = s[i];
	}
	out[n] = '\0';
	return true;
}

int
mime_mailbox_parse(const char *text, struct mime_mailbox *out, struct err *err)
{
	struct mime_mailbox box = { 0 };
	size_t len = strlen(text), from = 0;

	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7F)
			return err_set(err, ERR_INPUT,
			    "a mailbox with control characters");
	}
	if (!text_is_utf8(text, len))
		return err_set(err, ERR_INPUT, "a mailbox that is not UTF-8");
	while (*text == ' ') {
		text++;
		len--;
	}
	while (len > 0 && text[len - 1] == ' ')
		len--;
	if (len > 0 && text[len - 1] == '>') {
		for (from = --len; from > 0 && text[from] != '<'; from--)
			;
		if (text[from] != '<' || !read_name(text, from, box.name))
			return err_set(err, ERR_INPUT,
			    "'%.100s' is not a mailbox (Name <user@host>)",
			    text);
		from++;
	}
	if (len - from < MIME_ADDRESS_MAX)
		memcpy(box.address, text + from, len - from);
	if (!mime_address_ok(box.address))
		return err_set(err, ERR_INPUT,
		    "'%.100s' is not a mail address (user@host)", text);
	*out = box;
	return 0;
}

/* ---- bodies ---- */

struct body {
	const char *text; /* UTF-8 */
	size_t len;
	struct buf mended; /* owned, when the bytes had to be mended */
	enum { BODY_7BIT, BODY_QP, BODY_BASE64 } encoding;
};

enum { SEEN_HIGH = 1, SEEN_CONTROL = 2, SEEN_CR = 4 };

/* Which bytes that need care are in a line; nearly all mails have none. */
static unsigned
look(const char *s, size_t len)
{
	static const unsigned char marks[256] = {
		[0 ... 8] = SEEN_CONTROL,
		[10 ... 12] = SEEN_CONTROL,
		['\r'] = SEEN_CR,
		[14 ... 31] = SEEN_CONTROL,
		[127] = SEEN_CONTROL,
		[128 ... 255] = SEEN_HIGH,
	};
	unsigned seen = 0;

	for (size_t i = 0; i < len; i++)
		seen |= marks[(unsigned char)s[i]];
	return seen;
}

/* Can the text go as it is: ASCII, lines that fit, CR only before LF? */
static bool
is_plain(const char *s, size_t len, bool inside)
{
	/* Nothing inside a multipart may look like its boundary. */
	if (inside && memmem(s, len, "=_", 2) != NULL)
		return false;
	while (len > 0) {
		const char *nl = memchr(s, '\n', len);
		size_t n = nl == NULL ? len : (size_t)(nl - s);
		size_t keep =
		    nl != NULL && n > 0 && s[n - 1] == '\r' ? n - 1 : n;

		if (n > PLAIN_LINE_MAX || look(s, keep) != 0)
			return false;
		if (nl == NULL)
			break;
		s += n + 1;
		len -= n + 1;
	}
	return true;
}

/* Chooses the encoding of a text: as it is when it can be; base64 when more
 * than a third would be escaped. */
static void
body_init(struct body *body, const char *text, bool inside)
{
	size_t high = 0;

	*body = (struct body){ .text = text, .len = strlen(text) };
	if (is_plain(text, body->len, inside)) {
		body->encoding = BODY_7BIT;
		return;
	}
	if (!text_is_utf8(text, body->len)) {
		text_add_utf8(&body->mended, text, body->len);
		body->text = buf_text(&body->mended);
		body->len = body->mended.len;
	}
	for (size_t i = 0; i < body->len; i++)
		high += (unsigned char)body->text[i] >= 0x80;
	body->encoding = high * 3 > body->len ? BODY_BASE64 : BODY_QP;
}

static void
add_7bit(struct buf *out, const char *s, size_t len)
{
	while (len > 0) {
		const char *nl = memchr(s, '\n', len);
		size_t n = nl == NULL ? len : (size_t)(nl - s);
		size_t keep = n > 0 && s[n - 1] == '\r' ? n - 1 : n;

		buf_add(out, s, keep);
		buf_add(out, "\r\n", 2);
		if (nl == NULL)
			return;
		s += n + 1;
		len -= n + 1;
	}
}

static bool
is_qp_safe(unsigned char c)
{
	return c == ' ' || c == '\t' || (c >= '!' && c <= '~' && c != '=');
}

/* One line without its end, in soft-broken pieces. */
static char *
qp_line(char *to, const char *s, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		bool blank = c == ' ' || c == '\t';
		bool safe = is_qp_safe(c) && !(blank && i + 1 == len);

		/* Some relays lose a leading dot or change "From ". */
		if (used == 0 && (c == '.' || c == 'F'))
			safe = false;
		if (used + (safe ? 1 : 3) > ENCODED_LINE_MAX - 1) {
			memcpy(to, "=\r\n", 3);
			to += 3;
			used = 0;
		}
		if (safe) {
			*to++ = (char)c;
			used++;
			continue;
		}
		*to++ = '=';
		*to++ = hex[c >> 4];
		*to++ = hex[c & 15];
		used += 3;
	}
	return to;
}

static void
add_qp(struct buf *out, const char *s, size_t len)
{
	while (len > 0) {
		const char *nl = memchr(s, '\n', len);
		size_t n = nl == NULL ? len : (size_t)(nl - s);
		size_t keep = n > 0 && s[n - 1] == '\r' ? n - 1 : n;
		char *to = buf_room(out, keep * 4 + 8);

		to = qp_line(to, s, keep);
		out->len = (size_t)(to - out->data);
		buf_add(out, "\r\n", 2);
		if (nl == NULL)
			return;
		s += n + 1;
		len -= n + 1;
	}
}

static void
add_base64(struct buf *out, const void *data, size_t len)
{
	const char *s = data;
	size_t step = ENCODED_LINE_MAX / 4 * 3;

	for (size_t i = 0; i < len; i += step) {
		mime_head_base64(out, s + i, len - i < step ? len - i : step);
		buf_add(out, "\r\n", 2);
	}
}

/* Base64 of a text, whose line ends are CRLF in canonical form. */
static void
add_base64_text(struct buf *out, const char *s, size_t len)
{
	struct buf lines = { 0 };

	add_7bit(&lines, s, len);
	add_base64(out, buf_text(&lines), lines.len);
	buf_clear(&lines);
}

/* The headers of a text part and its body. */
static void
add_text_part(struct buf *out, const char *type, const char *text, bool inside)
{
	static const char *const names[] = { "7bit", "quoted-printable",
		"base64" };
	struct body body;

	body_init(&body, text, inside);
	buf_puts(out, "Content-Type: ");
	buf_puts(out, type);
	buf_puts(out, "; charset=utf-8\r\nContent-Transfer-Encoding: ");
	buf_puts(out, names[body.encoding]);
	buf_puts(out, "\r\n\r\n");
	if (body.encoding == BODY_7BIT)
		add_7bit(out, body.text, body.len);
	else if (body.encoding == BODY_QP)
		add_qp(out, body.text, body.len);
	else
		add_base64_text(out, body.text, body.len);
	buf_clear(&body.mended);
}

/* "=_" is in no quoted-printable or base64 line, and add_text_part avoids it in
 * plain ones: the boundary needs no search through the parts. */
static void
make_boundary(char out[BOUNDARY_MAX], const char *message_id, char level)
{
	uint64_t hash = 14695981039346656037u;

	for (const char *s = message_id; *s != '\0'; s++)
		hash = (hash ^ (unsigned char)*s) * 1099511628211u;
	out[0] = '=';
	out[1] = '_';
	out[2] = level;
	for (int i = 0; i < 16; i++)
		out[3 + i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
	out[19] = '\0';
}

/* Its head; the line break that ends the head, like the last one of a part,
 * belongs to the delimiter that follows (RFC 2046 5.1.1). */
static void
open_multipart(struct buf *out, const char *subtype, const char *boundary)
{
	buf_printf(out, "Content-Type: multipart/%s;\r\n boundary=\"%s\"\r\n",
	    subtype, boundary);
}

static void
next_part(struct buf *out, const char *boundary)
{
	buf_printf(out, "\r\n--%s\r\n", boundary);
}

static void
close_multipart(struct buf *out, const char *boundary)
{
	buf_printf(out, "\r\n--%s--\r\n", boundary);
}

static void
add_readable(struct buf *out, const struct mime_mail *mail, bool inside)
{
	char boundary[BOUNDARY_MAX];

	if (mail->html == NULL) {
		add_text_part(out, "text/plain", mail->text, inside);
		return;
	}
	make_boundary(boundary, mail->message_id, 'a');
	open_multipart(out, "alternative", boundary);
	next_part(out, boundary);
	add_text_part(out, "text/plain", mail->text, true);
	next_part(out, boundary);
	add_text_part(out, "text/html", mail->html, true);
	close_multipart(out, boundary);
}

static void
add_attachment(struct buf *out, const struct mime_attachment *file)
{
	buf_printf(out, "Content-Type: %s\r\n", file->type);
	mime_head_attachment(out, file->name);
	buf_puts(out, "Content-Transfer-Encoding: base64\r\n\r\n");
	add_base64(out, file->data, file->len);
}

static void
add_content(struct buf *out, const struct mime_mail *mail)
{
	char boundary[BOUNDARY_MAX];

	if (mail->nattachments == 0) {
		add_readable(out, mail, false);
		return;
	}
	make_boundary(boundary, mail->message_id, 'm');
	open_multipart(out, "mixed", boundary);
	next_part(out, boundary);
	add_readable(out, mail, true);
	for (size_t i = 0; i < mail->nattachments; i++) {
		next_part(out, boundary);
		add_attachment(out, &mail->attachments[i]);
	}
	close_multipart(out, boundary);
}

/* ---- the whole ---- */

static bool
is_header_name(const char *name)
{
	if (*name == '\0' || strlen(name) > 60)
		return false;
	for (; *name != '\0'; name++) {
		if (*name <= ' ' || *name >= 0x7F || *name == ':')
			return false;
	}
	return true;
}

/* "type/subtype" with parameters, short enough for its line. */
static bool
is_media_type(const char *type)
{
	const char *slash = strchr(type, '/');

	if (slash == NULL || slash == type || slash[1] == '\0' ||
	    strlen(type) > 200)
		return false;
	for (; *type != '\0'; type++) {
		if (*type < ' ' || *type >= 0x7F)
			return false;
	}
	return true;
}

static int
check(const struct mime_mail *mail, struct err *err)
{
	if (mail->from == NULL || mail->to == NULL || mail->date == NULL ||
	    mail->message_id == NULL || mail->text == NULL)
		return err_set(err, ERR_INPUT,
		    "a mail needs From, To, Date, Message-ID and text");
	if (!mime_address_ok(mail->to))
		return err_set(err, ERR_INPUT,
		    "'%.100s' is not a mail address (user@host)", mail->to);
	if (!mime_head_is_id(mail->message_id))
		return err_set(err, ERR_INPUT, "'%.100s' is not a Message-ID",
		    mail->message_id);
	for (size_t i = 0; i < mail->nheaders; i++) {
		if (!is_header_name(mail->headers[i].name))
			return err_set(err, ERR_INPUT,
			    "'%.60s' is not a header name",
			    mail->headers[i].name);
	}
	for (size_t i = 0; i < mail->nattachments; i++) {
		if (!is_media_type(mail->attachments[i].type))
			return err_set(err, ERR_INPUT,
			    "'%.60s' is not a media type",
			    mail->attachments[i].type);
	}
	return 0;
}

static void
add_list_id(struct buf *out, const struct mime_mail *mail, const char *address)
{
	char id[MIME_ADDRESS_MAX];
	char *at;

	if (mail->list_id != NULL && is_host(mail->list_id)) {
		mime_head_mailbox(
		    out, "List-Id", mail->list_name, mail->list_id);
		return;
	}
	memcpy(id, address, strlen(address) + 1);
	at = strrchr(id, '@');
	*at = '.';
	mime_head_mailbox(out, "List-Id", mail->list_name, id);
}

static void
add_headers(struct buf *out, const struct mime_mail *mail,
    const struct mime_mailbox *from, const struct mime_mailbox *reply)
{
	mime_head_mailbox(out, "From", from->name, from->address);
	mime_head_mailbox(out, "To", mail->to_name, mail->to);
	if (mail->reply_to != NULL)
		mime_head_mailbox(out, "Reply-To", reply->name, reply->address);
	mime_head_text(out, "Subject", mail->subject ? mail->subject : "");
	mime_head_text(out, "Date", mail->date);
	mime_head_ids(out, "Message-ID", mail->message_id);
	if (mail->in_reply_to != NULL)
		mime_head_ids(out, "In-Reply-To", mail->in_reply_to);
	if (mail->references != NULL)
		mime_head_ids(out, "References", mail->references);
	buf_puts(out, "Auto-Submitted: auto-generated\r\n"
		      "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN, DR"
		      "\r\n");
	if (mail->bulk)
		buf_puts(out, "Precedence: bulk\r\n");
	add_list_id(out, mail, from->address);
	for (size_t i = 0; i < mail->nheaders; i++)
		mime_head_text(
		    out, mail->headers[i].name, mail->headers[i].value);
	buf_puts(out, "MIME-Version: 1.0\r\n");
}

int
mime_write(const struct mime_mail *mail, struct buf *out, struct err *err)
{
	struct mime_mailbox from, reply = { 0 };

	if (check(mail, err) == -1)
		return -1;
	if (mime_mailbox_parse(mail->from, &from, err) == -1)
		return err_wrap(err, "From");
	if (mail->reply_to != NULL &&
	    mime_mailbox_parse(mail->reply_to, &reply, err) == -1)
		return err_wrap(err, "Reply-To");
	add_headers(out, mail, &from, &reply);
	add_content(out, mail);
	return 0;
}
