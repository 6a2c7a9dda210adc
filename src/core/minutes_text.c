/* SPDX-License-Identifier: ISC */
/*
 * The bytes of a paper into numbered lines of clean UTF-8: encodings, HTML's
 * rows, page furniture. Knows nothing of meetings.
 */
#include "core/minutes_lines.h"

#include <stdlib.h>
#include <string.h>

enum { SAMPLE = 4096, FURNITURE_SLOTS_MIN = 64 };

#define SAME_LINE '\002' /* a line break that does not count */

static int
refuse_binary(const char *bytes, size_t len, struct err *err)
{
	static const struct {
		const char *magic;
		size_t len;
		const char *advice;
	} known[] = {
		{ "%PDF-", 5, "a PDF: run pdftotext -layout on it first" },
		{ "PK\003\004", 4,
		    "a Word or zip file: run docx2txt or pandoc on it first" },
		{ "\320\317\021\340", 4,
		    "an old Word file: save it as text first" },
		{ "{\\rtf", 5, "RTF: run pandoc on it first" },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (len >= known[i].len &&
		    memcmp(bytes, known[i].magic, known[i].len) == 0)
			return err_set(
			    err, ERR_INPUT, "this is %s", known[i].advice);
	return 0;
}

/* UTF-16 without a mark: every other byte of Latin text is NUL. Returns 0 for
 * none, 1 little endian, 2 big endian. */
static int
utf16_kind(const char *bytes, size_t len)
{
	size_t nul[2] = { 0, 0 }, n = len < SAMPLE ? len & ~(size_t)1 : SAMPLE;

	if (len >= 2 && memcmp(bytes, "\377\376", 2) == 0)
		return 1;
	if (len >= 2 && memcmp(bytes, "\376\377", 2) == 0)
		return 2;
	for (size_t i = 0; i < n; i++)
		nul[i & 1] += bytes[i] == '\0';
	if (n >= 8 && nul[1] > n / 4 && nul[0] < n / 64)
		return 1;
	if (n >= 8 && nul[0] > n / 4 && nul[1] < n / 64)
		return 2;
	return 0;
}

/* Latin-1 and UTF-8 mixed in one paper is common after a paste: what is not
 * UTF-8 is read as CP1252, byte by byte. */
static void
add_mixed(struct buf *out, const char *bytes, size_t len)
{
	uint32_t code;
	size_t i = 0, run = 0;

	while (i < len) {
		int n = text_decode(bytes + i, len - i, &code);

		if (n > 0) {
			i += (size_t)n;
			continue;
		}
		buf_add(out, bytes + run, i - run);
		(void)text_add_cp1252(out, bytes + i, 1);
		run = ++i;
	}
	buf_add(out, bytes + run, i - run);
}

static int
decode(const char *bytes, size_t len, struct buf *out, struct err *err)
{
	int wide;

	if (refuse_binary(bytes, len, err) == -1)
		return -1;
	wide = utf16_kind(bytes, len);
	if (wide) {
		size_t mark = (unsigned char)bytes[0] >= 0xfe ? 2 : 0;

		(void)text_add_utf16(out, bytes + mark, len - mark, wide == 2);
		if (out->len > 0 && memchr(out->data, '\0', out->len)) {
			return err_set(err, ERR_INPUT,
			    "this is not text: it has NUL bytes");
		}
		return 0;
	}
	if (memchr(bytes, '\0', len))
		return err_set(
		    err, ERR_INPUT, "this is not text: it has NUL bytes");
	add_mixed(out, bytes, len);
	return 0;
}

/* What a code point becomes: 0 drops it. */
static uint32_t
fold_code(uint32_t c)
{
	if (c == '\v' || c == 0x2028 || c == 0x2029 || c == 0x85)
		return '\n';
	if (c == 0xad || c == 0xfeff || c == 0x2060 || c == 0xfffd ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e))
		return 0;
	if (c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
	    c == 0x205f || c == 0x3000)
		return ' ';
	if (c == 0xb7 || c == 0x25aa || c == 0x25a0 || c == 0xf0b7 ||
	    c == 0x2023 || c == 0x25e6 || c == 0x27a2 || c == 0xf0a7 ||
	    c == 0x25cb || c == 0x2219)
		return 0x2022;
	if (c < 0x20 && c != '\n' && c != '\t' && c != '\f' && c != '\r')
		return 0;
	if (c == 0x7f || (c > 0x7f && c < 0xa0))
		return 0;
	return c;
}

/* In place: the result is never longer. Too many control characters mean that
 * it was no text. */
static int
fold(struct buf *text, struct err *err)
{
	size_t at = 0, put = 0, odd = 0;

	while (at < text->len) {
		uint32_t code = 0, folded;
		char out[4];
		int n = text_decode(text->data + at, text->len - at, &code);

		if (n <= 0) {
			at++;
			continue;
		}
		at += (size_t)n;
		if (code == '\r') {
			if (at < text->len && text->data[at] == '\n')
				continue;
			code = '\n';
		}
		folded = fold_code(code);
		odd += folded == 0 && code < 0x20;
		if (folded == 0)
			continue;
		if (folded == code) {
			memmove(
			    text->data + put, text->data + at - n, (size_t)n);
			put += (size_t)n;
		} else {
			size_t m = text_encode(folded, out);

			memcpy(text->data + put, out, m);
			put += m;
		}
	}
	if (odd > 16 && odd > text->len / 20)
		return err_set(err, ERR_INPUT,
		    "this is not text: it is full of control characters");
	text->len = put;
	if (text->data)
		text->data[put] = '\0';
	return 0;
}

static int
line_columns(const char *text, size_t len)
{
	int col = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == ' ')
			col++;
		else if (text[i] == '\t')
			col += 8 - col % 8;
		else
			break;
	}
	return col;
}

static void
add_line(struct paper *paper, char *text, size_t len, unsigned no, bool page)
{
	struct paper_line *line = vec_push(&paper->lines);
	char hashes = 0;

	while (len > 0 && text_is_space(text[len - 1]))
		len--;
	line->no = no;
	line->page = page;
	line->indent = line_columns(text, len);
	while (len > 0 && text_is_space(*text))
		text++, len--;
	while (len > 2 && text[0] == '>' && text[1] == ' ') {
		line->quoted = true;
		text += 2;
		len -= 2;
		while (len > 0 && text_is_space(*text))
			text++, len--;
	}
	while ((size_t)hashes < len && hashes < 7 && text[(int)hashes] == '#')
		hashes++;
	if (hashes > 0 && hashes < 7 && (size_t)hashes < len &&
	    text_is_space(text[(int)hashes])) {
		line->hashes = hashes;
		text += hashes;
		len -= (size_t)hashes;
		while (len > 0 && text_is_space(*text))
			text++, len--;
		while (len > 0 && text[len - 1] == '#')
			len--;
	}
	line->text = text;
	line->len = (unsigned)clean_inline(text, len, &line->bold);
	text[line->len] = '\0';
	while (line->len > 0 && text_is_space(*line->text))
		line->text++, line->len--; /* behind a tag */
}

/* HTML tables are pasted with a tag a line: a row becomes one line. */
static void
join_html_rows(char *text, size_t len)
{
	char *open = NULL;

	for (char *at = text; at < text + len; at++) {
		if (*at != '<')
			continue;
		if (text_starts(at, "<tr")) {
			open = at;
		} else if (open && text_starts(at, "</tr")) {
			if (at - open < 8192)
				for (; open < at; open++)
					if (*open == '\n')
						*open = '\001'; /* counted */
			open = NULL;
		}
	}
}

/* "</tr><tr>" on one line: what follows stands on a line of its own, though of
 * the same number. */
static void
split_html(char *text, size_t len)
{
	static const char *const ends[] = { "</tr>", "</li>", "</h1>", "</h2>",
		"</h3>", "</h4>", "</div>", "</thead>", NULL };

	for (char *at = text; at + 8 < text + len; at++) {
		if (at[0] != '<' || at[1] != '/')
			continue;
		for (const char *const *e = ends; *e; e++) {
			size_t n = strlen(*e);

			if (!text_starts(at, *e) || at[n] != '<')
				continue;
			memset(at, ' ', n - 1);
			if (e == ends)
				at[0] = '|'; /* the last cell's end */
			at[n - 1] = SAME_LINE;
			break;
		}
	}
}

static void
split_lines(struct paper *paper, size_t len)
{
	char *at = paper->text, *end = paper->text + len;
	unsigned no = 1;
	bool page = true;

	while (at < end) {
		char *stop = at;
		unsigned inside = 0;

		while (stop < end && *stop != '\n' && *stop != '\f' &&
		       *stop != SAME_LINE) {
			if (*stop == '\001') {
				*stop = ' ';
				inside++;
			}
			stop++;
		}
		bool feed = stop < end && *stop == '\f';
		bool same = stop < end && *stop == SAME_LINE;

		add_line(paper, at, (size_t)(stop - at), no, page);
		page = feed;
		/* a form feed stands at the beginning of a line, which keeps
		 * its number */
		no += inside + (stop < end && !feed && !same);
		at = stop + 1;
	}
}

/* "Page 3 of 4", also at the right of a running foot. */
static bool
is_page_number(const struct paper_line *line)
{
	const char *text = line->text;
	size_t len = line->len, from = len;
	struct toks toks;

	while (
	    from > 2 && len - from < 20 &&
	    !(text_is_space(text[from - 1]) && text_is_space(text[from - 2])))
		from--;
	if (from > 2 && len - from < 20)
		text += from, len -= from;
	if (len == 0 || len > 24)
		return false;
	toks_read(&toks, text, len);
	if (toks.n >= 2 && tok_is(&toks.t[0], "page") && toks.t[1].kind == 'n')
		return toks.n == 2 ||
		       (toks.n == 4 &&
			   (tok_is(&toks.t[2], "of") || toks.t[2].kind == 'p'));
	if (toks.n == 3 && toks.t[0].kind == 'n' && toks.t[2].kind == 'n')
		return tok_is(&toks.t[1], "of") ||
		       (*toks.t[1].at == '/' &&
			   find_phrase(line->text, line->len, "initials"));
	return false;
}

/* Running heads and feet: a pair of neighbouring lines that stood before, or
 * a line that recurs beside page numbers. Only later copies are skipped. */
struct seen {
	uint64_t *slots;
	size_t mask;
};

static bool
seen_before(struct seen *seen, uint64_t hash)
{
	size_t i = (size_t)hash & seen->mask;

	hash |= 1;
	while (seen->slots[i] != 0 && seen->slots[i] != hash)
		i = (i + 1) & seen->mask;
	if (seen->slots[i] == hash)
		return true;
	seen->slots[i] = hash;
	return false;
}

static bool
may_be_furniture(const struct paper_line *line)
{
	bool number;
	char mark[24];
	bool bullet;

	return line->len >= 5 && line->len < 120 && line->text[0] != '[' &&
	       line->text[0] != '|' && !line->hashes &&
	       action_mark(line->text, line->len, &number) == 0 &&
	       section_of(line->text, line->len, NULL) == SECTION_NONE &&
	       marker_at(line->text, line->len, mark, &bullet) == 0 &&
	       !memchr(line->text, '\t', line->len);
}

static void
skip_running_heads(struct paper *paper, struct seen *seen)
{
	struct paper_line *prev = NULL;

	VEC_EACH (struct paper_line, line, &paper->lines) {
		uint64_t pair;

		if (line->len == 0) {
			if (prev && line->no > prev->no + 1)
				prev = NULL;
			continue;
		}
		if (prev && may_be_furniture(line) && may_be_furniture(prev)) {
			pair = hash_fold(prev->text, prev->len, 7);
			pair = hash_fold(line->text, line->len, pair);
			if (seen_before(seen, pair) &&
			    prev->len + line->len > 40)
				prev->skip = line->skip = true;
		}
		prev = line;
	}
}

/* A line that may run along the pages: short, or with a wide gap inside. */
static bool
is_running(const struct paper_line *line)
{
	return may_be_furniture(line) &&
	       (line->len < 60 || strstr(line->text, "    "));
}

static void
skip_around_numbers(struct paper *paper, struct seen *seen)
{
	size_t n = paper->lines.len;
	struct paper_line *first = NULL;

	for (size_t i = 0; i < n; i++) {
		struct paper_line *line = &paper->lines.items[i];

		if (!is_page_number(line))
			continue;
		line->skip = true;
		for (int way = -1; way <= 1; way += 2) {
			size_t k = i;

			for (int far = 0; far < 4; far++) {
				struct paper_line *near;

				if ((way < 0 && k == 0) ||
				    (way > 0 && k + 1 >= n))
					break;
				k = way < 0 ? k - 1 : k + 1;
				near = &paper->lines.items[k];
				if (near->len == 0)
					continue;
				if (!is_running(near))
					break;
				if (seen_before(seen,
					hash_fold(near->text, near->len, 11)))
					near->skip = true;
				else if (way > 0)
					first = near;
				/* behind a page's number it is no title */
				if (near->skip && first &&
				    text_same(near->text, first->text))
					first->skip = true;
				break;
			}
		}
	}
}

/* "TOPICINFO{author="Ann"}", "{% include foot.html %}", "{{< toc >}}": for a
 * program that makes the page, not for who reads it. */
static bool
is_for_program(const struct paper_line *line)
{
	const char *text = line->text;
	size_t len = line->len, n;
	const char *equals;
	char mark[24];
	bool bullet;

	n = marker_at(text, len, mark, &bullet);
	text += n;
	len -= n;
	if (len > 0 && text[len - 1] == '%')
		len--;
	if (len < 5 || text[len - 1] != '}')
		return false;
	if (text_starts(text, "{%") || text_starts(text, "{{<"))
		return true;
	for (n = 0;
	     n < len && (text_is_upper(text[n]) || strchr("%:_", text[n])); n++)
		;
	equals = memchr(text, '=', len);
	return n > 2 && text[n] == '{' && equals && equals[1] == '"';
}

static void
skip_furniture(struct paper *paper)
{
	struct seen seen = { .mask = FURNITURE_SLOTS_MIN };

	while (seen.mask < paper->lines.len * 4)
		seen.mask *= 2;
	seen.slots = xcalloc(seen.mask, sizeof *seen.slots);
	seen.mask--;
	skip_running_heads(paper, &seen);
	skip_around_numbers(paper, &seen);
	VEC_EACH (struct paper_line, line, &paper->lines)
		line->skip |= is_for_program(line);
	free(seen.slots);
}

/* A line of one character only: "=====". */
static char
ruled_with(const struct paper_line *line)
{
	if (line->len < 4 || !strchr("=-~^", line->text[0]))
		return 0;
	for (size_t i = 1; i < line->len; i++)
		if (line->text[i] != line->text[0])
			return 0;
	return line->text[0];
}

/* Titles with a rule of their length below. */
static void
underlined_heads(struct paper *paper)
{
	for (size_t i = 1; i < paper->lines.len; i++) {
		struct paper_line *rule = &paper->lines.items[i];
		struct paper_line *head = rule - 1;
		char with = ruled_with(rule);

		if (!with || head->len == 0 || head->len > 90 || head->front ||
		    rule->front || head->len > rule->len + 3 ||
		    rule->len > head->len + 3 || ruled_with(head) ||
		    memchr(head->text, '|', head->len) ||
		    strstr(head->text, "   "))
			continue;
		if (i > 1 && head[-1].len > 0 && ruled_with(&head[-1]) != with)
			continue;
		head->hashes = with == '=' ? 1 : with == '-' ? 2 : 3;
		rule->skip = true;
		if (i > 1 && ruled_with(&head[-1]))
			head[-1].skip = true;
	}
}

/* Where the lines of running text were broken: the length that few exceed. */
static int
wrap_column(const struct paper *paper)
{
	size_t count[161] = { 0 }, total = 0, above = 0;

	VEC_EACH (const struct paper_line, line, &paper->lines) {
		size_t width;

		if (line->len == 0 || line->skip || line->front)
			continue;
		width = (size_t)line->indent + line->len;
		count[width > 160 ? 160 : width]++;
		total++;
	}
	if (total < 3 || count[160] * 12 > total)
		return 0;
	for (int w = 160; w > 40; w--) {
		above += count[w];
		if (above * 12 >= total && above >= 2)
			return w;
	}
	return 0;
}

int
paper_load(const char *bytes, size_t len, struct paper *paper, struct err *err)
{
	struct buf text = { 0 };

	if (len > MINUTES_MAX)
		return err_set(err, ERR_INPUT,
		    "the paper has %zu MB, more than the %u MB that are read",
		    len >> 20, MINUTES_MAX >> 20);
	if (decode(bytes, len, &text, err) == -1 || fold(&text, err) == -1) {
		buf_clear(&text);
		return -1;
	}
	len = text.len;
	*paper = (struct paper){ .text = buf_take(&text), .mail_on = DAY_NONE };
	join_html_rows(paper->text, len);
	split_html(paper->text, len);
	if (is_wiki(paper->text, len))
		wiki_read(paper->text, len);
	split_lines(paper, len);
	paper_front(paper);
	for (size_t i = 0; i < paper->lines.len; i++)
		if (paper->lines.items[i].len > 0)
			goto filled;
	paper_clear(paper);
	return err_set(err, ERR_INPUT, "the paper is empty");
filled:
	underlined_heads(paper);
	skip_furniture(paper);
	beside_read(paper);
	paper->wrap = wrap_column(paper);
	return 0;
}

void
paper_clear(struct paper *paper)
{
	free(paper->text);
	vec_clear(&paper->lines);
	*paper = (struct paper){ 0 };
}
