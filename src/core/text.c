/* SPDX-License-Identifier: ISC */
/* UTF-8, columns and wrapping of texts; see text.h. */
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

int
text_decode(const char *text, size_t len, uint32_t *code)
{
	const unsigned char *s = (const unsigned char *)text;
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c;
	int n;

	if (len == 0)
		return 0;
	if (s[0] < 0x80) {
		*code = s[0];
		return 1;
	}
	if (s[0] >= 0xC2 && s[0] <= 0xDF)
		n = 2;
	else if ((s[0] & 0xF0) == 0xE0)
		n = 3;
	else if (s[0] >= 0xF0 && s[0] <= 0xF4)
		n = 4;
	else
		return -1;
	if (len < (size_t)n)
		return -1;
	c = s[0] & (0xFFu >> (n + 1));
	for (int i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return -1;
		c = c << 6 | (s[i] & 0x3Fu);
	}
	if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return -1;
	*code = c;
	return n;
}

size_t
text_encode(uint32_t code, char out[4])
{
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		code = REPLACEMENT;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xC0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xE0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3F));
		out[2] = (char)(0x80 | (code & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3F));
	out[2] = (char)(0x80 | (code >> 6 & 0x3F));
	out[3] = (char)(0x80 | (code & 0x3F));
	return 4;
}

static void
add_code(struct buf *out, uint32_t code)
{
	char bytes[4];

	buf_add(out, bytes, text_encode(code, bytes));
}

size_t
text_ascii_span(const char *text, size_t len)
{
	size_t i = 0;
	uint64_t word;

	for (; i + sizeof word <= len; i += sizeof word) {
		memcpy(&word, text + i, sizeof word);
		if (word & 0x8080808080808080u)
			break;
	}
	while (i < len && (unsigned char)text[i] < 0x80)
		i++;
	return i;
}

bool
text_is_utf8(const char *text, size_t len)
{
	size_t i = 0;
	uint32_t code;
	int n;

	while ((i += text_ascii_span(text + i, len - i)) < len) {
		n = text_decode(text + i, len - i, &code);
		if (n == -1)
			return false;
		i += (size_t)n;
	}
	return true;
}

void
text_add_utf8(struct buf *out, const char *text, size_t len)
{
	size_t i = 0, span;
	uint32_t code;
	int n;

	while (i < len) {
		span = text_ascii_span(text + i, len - i);
		if (span > 0) {
			buf_add(out, text + i, span);
			i += span;
			continue;
		}
		n = text_decode(text + i, len - i, &code);
		if (n == -1) {
			add_code(out, REPLACEMENT);
			i++;
			continue;
		}
		buf_add(out, text + i, (size_t)n);
		i += (size_t)n;
	}
}

int
text_add_cp1252(struct buf *out, const char *data, size_t len)
{
	static const uint16_t high[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E,
		0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
		0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
		0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
		0x0178 };
	int rc = 0;

	for (size_t i = 0; i < len; i++) {
		size_t span = text_ascii_span(data + i, len - i);
		uint32_t code;

		if (span > 0) {
			buf_add(out, data + i, span);
			i += span - 1;
			continue;
		}
		code = (unsigned char)data[i];
		if (code < 0xA0)
			code = high[code - 0x80];
		if (code == 0) {
			code = REPLACEMENT;
			rc = -1;
		}
		add_code(out, code);
	}
	return rc;
}

static uint32_t
utf16_unit(const unsigned char *s, bool big_endian)
{
	return big_endian ? (uint32_t)s[0] << 8 | s[1]
			  : (uint32_t)s[1] << 8 | s[0];
}

int
text_add_utf16(struct buf *out, const char *data, size_t len, bool big_endian)
{
	const unsigned char *s = (const unsigned char *)data;
	int rc = len % 2 ? -1 : 0;

	for (size_t i = 0; i + 1 < len; i += 2) {
		uint32_t code = utf16_unit(s + i, big_endian), low = 0;

		if (code >= 0xD800 && code <= 0xDBFF && i + 3 < len)
			low = utf16_unit(s + i + 2, big_endian);
		if (low >= 0xDC00 && low <= 0xDFFF) {
			code =
			    0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
			i += 2;
		} else if (code >= 0xD800 && code <= 0xDFFF) {
			code = REPLACEMENT;
			rc = -1;
		}
		add_code(out, code);
	}
	if (len % 2)
		add_code(out, REPLACEMENT);
	return rc;
}

char
text_lower(char c)
{
	return text_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

bool
text_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
text_is_alnum(char c)
{
	return text_is_digit(c) || text_is_letter(c);
}

int
text_compare(const char *a, const char *b)
{
	while (*a != '\0' && text_lower(*a) == text_lower(*b)) {
		a++;
		b++;
	}
	return (unsigned char)text_lower(*a) - (unsigned char)text_lower(*b);
}

size_t
text_apostrophe(const char *text, size_t len)
{
	static const char *const shapes[] = { "\xE2\x80\x99", "\xE2\x80\x98",
		"\xCA\xBC" };

	if (*text == '\'')
		return len > 0;
	if (*text != '\xE2' && *text != '\xCA')
		return 0;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		size_t n = strlen(shapes[i]);

		if (n <= len && strncmp(text, shapes[i], n) == 0)
			return n;
	}
	return 0;
}

/* Where two texts first differ, at the bytes x and y: passes an apostrophe of
 * two shapes. Two that are long begin alike. */
static bool
pass_apostrophes(const char **x, size_t xdone, size_t xlen, const char **y,
    size_t ydone, size_t ylen)
{
	size_t back = 0, n, m;

	while (back < 2 && back < xdone && back < ydone &&
	       ((unsigned char)(*x)[-(ptrdiff_t)back] & 0xC0) == 0x80)
		back++;
	n = text_apostrophe(*x - back, xlen - xdone + back);
	m = text_apostrophe(*y - back, ylen - ydone + back);
	if (n <= back || m <= back)
		return false;
	*x += n - back;
	*y += m - back;
	return true;
}

bool
text_same_len(const char *a, size_t alen, const char *b, size_t blen)
{
	const char *x = a, *y = b;

	for (;;) {
		size_t xdone = (size_t)(x - a), ydone = (size_t)(y - b);
		bool xend = xdone == alen || *x == '\0';
		bool yend = ydone == blen || *y == '\0';

		if (xend || yend)
			return xend && yend;
		if (text_lower(*x) == text_lower(*y))
			x++, y++;
		else if (!pass_apostrophes(&x, xdone, alen, &y, ydone, blen))
			return false;
	}
}

bool
text_same(const char *a, const char *b)
{
	return text_same_len(a, SIZE_MAX, b, SIZE_MAX);
}

bool
text_same_n(const char *a, size_t alen, const char *b)
{
	return text_same_len(a, alen, b, SIZE_MAX);
}

bool
text_starts(const char *text, const char *prefix)
{
	while (*prefix != '\0') {
		if (text_lower(*text++) != text_lower(*prefix++))
			return false;
	}
	return true;
}

const char *
text_find(const char *text, const char *part)
{
	for (;; text++) {
		if (text_starts(text, part))
			return text;
		if (*text == '\0')
			return NULL;
	}
}

/* Moves *text past leading zeros; the length of the digits that follow. */
static size_t
digits_of(const char **text, const char *end)
{
	const char *last;

	while (*text < end && **text == '0')
		(*text)++;
	for (last = *text; last < end && text_is_digit(*last);)
		last++;
	return (size_t)(last - *text);
}

int
text_compare_refs(const char *a, size_t alen, const char *b, size_t blen)
{
	const char *aend = a + alen, *bend = b + blen;

	while (a < aend && b < bend) {
		unsigned char x = (unsigned char)text_lower(*a);
		unsigned char y = (unsigned char)text_lower(*b);
		size_t nx, ny;
		int way;

		if (!text_is_digit(*a) || !text_is_digit(*b)) {
			if (x != y)
				return x < y ? -1 : 1;
			a++, b++;
			continue;
		}
		nx = digits_of(&a, aend);
		ny = digits_of(&b, bend);
		way = nx == ny ? memcmp(a, b, nx) : nx < ny ? -1 : 1;
		if (way != 0)
			return way;
		a += nx, b += ny;
	}
	return (a < aend) - (b < bend);
}

char *
text_trim(char *text)
{
	size_t len = strlen(text), from = 0;

	while (len > 0 && text_is_space(text[len - 1]))
		len--;
	while (from < len && text_is_space(text[from]))
		from++;
	memmove(text, text + from, len - from);
	text[len - from] = '\0';
	return text;
}

char *
text_part(const char **text, char between)
{
	while (**text != '\0') {
		const char *end = strchrnul(*text, between);
		char *part = text_trim(xstrndup(*text, (size_t)(end - *text)));

		*text = end + (*end != '\0');
		if (*part != '\0')
			return part;
		free(part);
	}
	return NULL;
}

void
text_add_squeezed(struct buf *out, const char *text)
{
	bool any = false;

	for (;;) {
		size_t n = 0;

		while (*text != '\0' &&
		       ((unsigned char)*text <= ' ' || *text == 0x7F))
			text++;
		while ((unsigned char)text[n] > ' ' && text[n] != 0x7F)
			n++;
		if (n == 0)
			return;
		if (any)
			buf_putc(out, ' ');
		buf_add(out, text, n);
		text += n;
		any = true;
	}
}

struct range {
	uint32_t first, last;
};

static bool
in_ranges(const struct range *ranges, size_t count, uint32_t code)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (code > ranges[mid].last)
			low = mid + 1;
		else if (code < ranges[mid].first)
			high = mid;
		else
			return true;
	}
	return false;
}

int
text_code_width(uint32_t code)
{
	static const struct range none[] = { { 0x0300, 0x036F },
		{ 0x0483, 0x0489 }, { 0x0591, 0x05BD }, { 0x05BF, 0x05BF },
		{ 0x05C1, 0x05C2 }, { 0x05C4, 0x05C5 }, { 0x0610, 0x061A },
		{ 0x064B, 0x065F }, { 0x0670, 0x0670 }, { 0x06D6, 0x06DC },
		{ 0x06DF, 0x06E4 }, { 0x06E7, 0x06E8 }, { 0x06EA, 0x06ED },
		{ 0x093C, 0x093C }, { 0x0941, 0x0948 }, { 0x094D, 0x094D },
		{ 0x0E31, 0x0E31 }, { 0x0E34, 0x0E3A }, { 0x0E47, 0x0E4E },
		{ 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x200B, 0x200F },
		{ 0x202A, 0x202E }, { 0x2060, 0x2064 }, { 0x20D0, 0x20F0 },
		{ 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }, { 0xFEFF, 0xFEFF },
		{ 0xE0001, 0xE01EF } };
	static const struct range wide[] = { { 0x1100, 0x115F },
		{ 0x231A, 0x231B }, { 0x2329, 0x232A }, { 0x23E9, 0x23EC },
		{ 0x25FD, 0x25FE }, { 0x26A1, 0x26A1 }, { 0x26D4, 0x26D4 },
		{ 0x2705, 0x2705 }, { 0x2728, 0x2728 }, { 0x274C, 0x274C },
		{ 0x274E, 0x274E }, { 0x2753, 0x2755 }, { 0x2757, 0x2757 },
		{ 0x2795, 0x2797 }, { 0x2B1B, 0x2B1C }, { 0x2B50, 0x2B50 },
		{ 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF },
		{ 0x4E00, 0xA4CF }, { 0xA960, 0xA97F }, { 0xAC00, 0xD7A3 },
		{ 0xF900, 0xFAFF }, { 0xFE10, 0xFE19 }, { 0xFE30, 0xFE6F },
		{ 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1F64F },
		{ 0x1F680, 0x1F6FF }, { 0x1F7E0, 0x1F7EB },
		{ 0x1F900, 0x1F9FF }, { 0x1FA70, 0x1FAFF },
		{ 0x20000, 0x3FFFD } };

	if (code < 0x20 || (code >= 0x7F && code < 0xA0))
		return 0;
	if (code < 0x300)
		return 1;
	if (in_ranges(none, sizeof none / sizeof *none, code))
		return 0;
	return in_ranges(wide, sizeof wide / sizeof *wide, code) ? 2 : 1;
}

/* Steps over one code point; a wrong byte counts as one column. */
static size_t
step(const char *text, size_t len, size_t *width)
{
	uint32_t code = 0;
	int n;

	if (text[0] >= ' ' && text[0] <= '~') { /* nearly all are */
		*width += 1;
		return 1;
	}
	n = text_decode(text, len, &code);
	if (n < 1) {
		*width += 1;
		return 1;
	}
	*width += (size_t)text_code_width(code);
	return (size_t)n;
}

size_t
text_width_n(const char *text, size_t len)
{
	size_t width = 0;

	for (size_t i = 0; i < len;)
		i += step(text + i, len - i, &width);
	return width;
}

size_t
text_width(const char *text)
{
	return text_width_n(text, strlen(text));
}

/* How many bytes of text fit into width columns. */
static size_t
fit(const char *text, size_t len, size_t width)
{
	size_t i = 0, used = 0;

	while (i < len) {
		size_t next = used;
		size_t n = step(text + i, len - i, &next);

		if (next > width)
			break;
		used = next;
		i += n;
	}
	return i;
}

void
text_add_cut(struct buf *out, const char *text, size_t width)
{
	size_t len = strlen(text), end, word;

	if (fit(text, len, width) == len) {
		buf_add(out, text, len);
		return;
	}
	if (width == 0)
		return;
	end = fit(text, len, width - 1);
	for (word = end; word > 0 && !text_is_space(text[word]); word--)
		;
	if (word * 3 >= end * 2 && word > 0)
		end = word;
	while (end > 0 && text_is_space(text[end - 1]))
		end--;
	buf_add(out, text, end);
	buf_puts(out, "\xE2\x80\xA6");
}

void
text_add_padded(struct buf *out, const char *text, size_t width)
{
	buf_puts(out, text);
	for (size_t used = text_width(text); used < width; used++)
		buf_putc(out, ' ');
}

void
text_add_wrapped(struct buf *out, const char *text, size_t width,
    const char *first, const char *rest)
{
	size_t used = text_width(first), indent = text_width(rest);
	const char *line = text, *end = text; /* of the line so far */
	bool fresh = true;

	buf_puts(out, first);
	while (*text != '\0') {
		size_t blanks = strspn(text, " "), len, wide;

		if (text[blanks] == '\n') {
			buf_add(out, line, (size_t)(end - line));
			buf_putc(out, '\n');
			text += blanks + 1;
			if (*text != '\0' && *text != '\n')
				buf_puts(out, rest);
			line = end = text;
			used = indent;
			fresh = true;
			continue;
		}
		len = strcspn(text + blanks, " \n");
		if (len == 0)
			break;
		wide = text_width_n(text + blanks, len);
		if (!fresh && used + blanks + wide > width) {
			buf_add(out, line, (size_t)(end - line));
			buf_putc(out, '\n');
			buf_puts(out, rest);
			used = indent;
			fresh = true;
		}
		if (fresh)
			line = text + blanks;
		else
			used += blanks;
		text += blanks + len;
		end = text;
		used += wide;
		fresh = false;
	}
	buf_add(out, line, (size_t)(end - line));
}
