/* SPDX-License-Identifier: ISC */
/* Encoded words, folding and file names in headers; see mime_head.h. */
#include "core/mime_head.h"

#include <string.h>

#include "core/text.h"

#define LINE_MAX_COLUMNS 78 /* RFC 5322 2.1.1 */
#define WORD_MAX_COLUMNS 75 /* RFC 2047 2 */
#define PLAIN_WORD_MAX 70   /* a longer word could not be folded */

static const char HEX[] = "0123456789ABCDEF";
static const char BASE64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* A header being written: where its current line begins. */
struct line {
	struct buf *out;
	size_t start;
};

static size_t
column(const struct line *line)
{
	return line->out->len - line->start;
}

static struct line
begin(struct buf *out, const char *name)
{
	struct line line = { out, out->len };

	buf_puts(out, name);
	buf_putc(out, ':');
	return line;
}

static void
end(struct line *line)
{
	buf_add(line->out, "\r\n", 2);
}

/* A blank, or a new line when what comes (len columns) does not fit. */
static void
gap(struct line *line, size_t len)
{
	if (column(line) + 1 + len > LINE_MAX_COLUMNS) {
		buf_add(line->out, "\r\n", 2);
		line->start = line->out->len;
	}
	buf_putc(line->out, ' ');
}

static void
clean(struct buf *out, const char *value)
{
	size_t len = strlen(value);
	struct buf right = { 0 };

	if (text_is_utf8(value, len)) {
		text_add_squeezed(out, value);
		return;
	}
	text_add_utf8(&right, value, len);
	text_add_squeezed(out, buf_text(&right));
	buf_clear(&right);
}

static bool
is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)s[i] >= 0x80)
			return false;
	}
	return true;
}

/* Must a word be encoded: not ASCII, taken for an encoded word, or too long
 * to fold. */
static bool
must_encode(const char *word, size_t len)
{
	return !is_ascii(word, len) || len > PLAIN_WORD_MAX ||
	       memmem(word, len, "=?", 2) != NULL;
}

/* Safe in Q wherever it stands, in a display name too (RFC 2047 5 (3)). */
static bool
is_q_safe(char c)
{
	return text_is_alnum(c) || (c != '\0' && strchr("!*+-/", c) != NULL);
}

static size_t
q_len(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == ' ' || is_q_safe(s[i]) ? 1 : 3;
	return n;
}

static void
add_q(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == ' ') {
			buf_putc(out, '_');
		} else if (is_q_safe(s[i])) {
			buf_putc(out, s[i]);
		} else {
			buf_putc(out, '=');
			buf_putc(out, HEX[c >> 4]);
			buf_putc(out, HEX[c & 15]);
		}
	}
}

void
mime_head_base64(struct buf *out, const void *data, size_t len)
{
	const unsigned char *s = data;
	char *to = buf_room(out, len / 3 * 4 + 4);

	for (size_t i = 0; i < len; i += 3, to += 4) {
		unsigned v = (unsigned)s[i] << 16;

		if (i + 1 < len)
			v |= (unsigned)s[i + 1] << 8;
		if (i + 2 < len)
			v |= s[i + 2];
		to[0] = BASE64[v >> 18];
		to[1] = BASE64[v >> 12 & 63];
		to[2] = i + 1 < len ? BASE64[v >> 6 & 63] : '=';
		to[3] = i + 2 < len ? BASE64[v & 63] : '=';
	}
	*to = '\0';
	out->len = (size_t)(to - out->data);
}

/* How many bytes of s, whole characters, encode to at most room columns. In
 * base64 it stops at a multiple of three bytes if it can: some readers join
 * the words before decoding them, and lose what follows a padding. */
static size_t
take_chars(const char *s, size_t len, bool b, size_t room)
{
	size_t n = 0, used = 0, even = 0;

	while (n < len) {
		uint32_t code;
		int step = text_decode(s + n, len - n, &code);
		size_t next;

		if (step < 1)
			step = 1;
		next = b ? (n + (size_t)step + 2) / 3 * 4
			 : used + q_len(s + n, (size_t)step);
		if (next > room && n > 0)
			return b && even > 0 ? even : n;
		used = next;
		n += (size_t)step;
		if (n % 3 == 0)
			even = n;
	}
	return n;
}

/* Encoded words for a text, as many as it takes. */
static void
add_encoded(struct line *line, const char *s, size_t len)
{
	bool b = q_len(s, len) > (len + 2) / 3 * 4;
	const size_t around = strlen("=?UTF-8?Q?"
				     "?=");

	while (len > 0) {
		size_t room = WORD_MAX_COLUMNS - around, n, used = column(line);

		/* Use up the line unless little of it is left. */
		if (used + 1 + around + 16 <= LINE_MAX_COLUMNS &&
		    LINE_MAX_COLUMNS - used - 1 - around < room)
			room = LINE_MAX_COLUMNS - used - 1 - around;
		n = take_chars(s, len, b, room);
		gap(line, around + (b ? (n + 2) / 3 * 4 : q_len(s, n)));
		buf_puts(line->out, b ? "=?UTF-8?B?" : "=?UTF-8?Q?");
		if (b)
			mime_head_base64(line->out, s, n);
		else
			add_q(line->out, s, n);
		buf_puts(line->out, "?=");
		s += n;
		len -= n;
	}
}

/* Adds cleaned text: words as they are, but from the first to the last one
 * that must be encoded all are, since blanks between two encoded words would
 * be lost. */
static void
add_words(struct line *line, const char *text, size_t len)
{
	size_t first = len, last = 0;

	for (size_t i = 0, n; i < len; i += n + 1) {
		n = strcspn(text + i, " ");
		if (!must_encode(text + i, n))
			continue;
		if (first == len)
			first = i;
		last = i + n;
	}
	for (size_t i = 0, n; i < len; i += n + 1) {
		if (i == first) {
			n = last - first;
			add_encoded(line, text + i, n);
			continue;
		}
		n = strcspn(text + i, " ");
		gap(line, n);
		buf_add(line->out, text + i, n);
	}
}

void
mime_head_text(struct buf *out, const char *name, const char *value)
{
	struct line line = begin(out, name);
	struct buf text = { 0 };

	clean(&text, value);
	if (text.len == 0)
		buf_putc(out, ' ');
	add_words(&line, buf_text(&text), text.len);
	buf_clear(&text);
	end(&line);
}

static bool
is_atext(char c)
{
	return text_is_alnum(c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static void
add_display(struct line *line, const char *name, size_t len)
{
	bool atoms = true;

	for (size_t i = 0; i < len; i++)
		atoms = atoms && (name[i] == ' ' || is_atext(name[i]));
	if (memmem(name, len, "=?", 2) != NULL || !is_ascii(name, len) ||
	    (!atoms && len > PLAIN_WORD_MAX - 10)) {
		add_encoded(line, name, len);
		return;
	}
	if (atoms) {
		add_words(line, name, len);
		return;
	}
	gap(line, len + 2);
	buf_putc(line->out, '"');
	for (size_t i = 0; i < len; i++) {
		if (name[i] == '"' || name[i] == '\\')
			buf_putc(line->out, '\\');
		buf_putc(line->out, name[i]);
	}
	buf_putc(line->out, '"');
}

void
mime_head_mailbox(
    struct buf *out, const char *name, const char *display, const char *address)
{
	struct line line = begin(out, name);
	struct buf text = { 0 };

	if (display != NULL)
		clean(&text, display);
	if (text.len > 0)
		add_display(&line, buf_text(&text), text.len);
	gap(&line, strlen(address) + 2);
	if (text.len > 0 || strchr(address, '@') == NULL) {
		buf_putc(out, '<');
		buf_puts(out, address);
		buf_putc(out, '>');
	} else
		buf_puts(out, address);
	buf_clear(&text);
	end(&line);
}

static bool
is_id(const char *id, size_t len)
{
	if (len < 5 || len > 250 || id[0] != '<' || id[len - 1] != '>' ||
	    memchr(id, '@', len) == NULL)
		return false;
	for (size_t i = 1; i < len - 1; i++) {
		if (id[i] <= ' ' || id[i] >= 0x7F || id[i] == '<' ||
		    id[i] == '>')
			return false;
	}
	return true;
}

bool
mime_head_is_id(const char *id)
{
	return is_id(id, strlen(id));
}

void
mime_head_ids(struct buf *out, const char *name, const char *ids)
{
	struct line line = { 0 };

	while (*ids != '\0') {
		size_t blanks = strspn(ids, " \t\r\n"), n;

		ids += blanks;
		n = strcspn(ids, " \t\r\n");
		if (is_id(ids, n)) {
			if (line.out == NULL)
				line = begin(out, name);
			gap(&line, n);
			buf_add(out, ids, n);
		}
		ids += n;
	}
	if (line.out != NULL)
		end(&line);
}

/* As a quoted string on one line? */
static bool
is_plain_filename(const char *name, size_t len)
{
	if (len > 40 || !is_ascii(name, len))
		return false;
	return strpbrk(name, "\"\\=?") == NULL;
}

/* attr-char of RFC 2231 7. */
static bool
is_attr_char(char c)
{
	return text_is_alnum(c) ||
	       (c != '\0' && strchr("!#$&+-.^_`{|}~", c) != NULL);
}

static void
add_extended(struct buf *out, const char *name, size_t len)
{
	size_t parts = 0;
	bool several;

	for (size_t i = 0; i < len; i++)
		parts += is_attr_char(name[i]) ? 1 : 3;
	several = parts > 50;
	parts = 0;
	for (size_t i = 0; i < len || parts == 0;) {
		size_t from = out->len;

		buf_puts(out, parts > 0 ? ";\r\n filename*" : "filename*");
		if (several)
			buf_printf(out, "%zu*", parts);
		buf_puts(out, parts > 0 ? "=" : "=UTF-8''");
		while (i < len && (!several || out->len - from < 70)) {
			unsigned char c = (unsigned char)name[i++];

			if (is_attr_char((char)c)) {
				buf_putc(out, (char)c);
			} else {
				buf_putc(out, '%');
				buf_putc(out, HEX[c >> 4]);
				buf_putc(out, HEX[c & 15]);
			}
		}
		parts++;
	}
}

void
mime_head_attachment(struct buf *out, const char *filename)
{
	struct buf name = { 0 };

	clean(&name, filename);
	for (size_t i = 0; i < name.len; i++) {
		if (name.data[i] == '/' || name.data[i] == '\\')
			name.data[i] = '_';
	}
	if (name.len == 0)
		buf_puts(&name, "attachment");
	buf_puts(out, "Content-Disposition: attachment;\r\n ");
	if (is_plain_filename(buf_text(&name), name.len))
		buf_printf(out, "filename=\"%s\"", buf_text(&name));
	else
		add_extended(out, buf_text(&name), name.len);
	buf_puts(out, "\r\n");
	buf_clear(&name);
}
