/* SPDX-License-Identifier: ISC */
/*
 * Markup out of a line of a paper (Markdown, HTML, entities), and the front
 * matter that site generators put before it. In place, never longer.
 */
#include "core/minutes_lines.h"

#include <string.h>

static const struct {
	const char *name, *text;
} entities[] = {
	{ "&amp;", "&" },
	{ "&nbsp;", " " },
	{ "&lt;", "<" },
	{ "&gt;", ">" },
	{ "&quot;", "\"" },
	{ "&#39;", "'" },
	{ "&apos;", "'" },
	{ "&ndash;", "-" },
	{ "&mdash;", "-" },
	{ "&rsquo;", "'" },
	{ "&lsquo;", "'" },
	{ "&pound;", "GBP" },
	{ "&bull;", "*" },
	{ "&hellip;", "..." },
	{ "&#160;", " " },
	{ "&#8211;", "-" },
	{ "&#8217;", "'" },
};

/* An HTML tag at text: its length, 0 for none; cells become pipes. */
static size_t
tag_at(const char *text, size_t len, const char **becomes)
{
	size_t n = 1, name = 1;

	*becomes = "";
	if (len < 3 || text[0] != '<')
		return 0;
	if (text[1] == '/')
		name = 2;
	if (!text_is_alnum(text[name]) || text_is_digit(text[name]))
		return text_starts(text, "<!--") ? 4 : 0;
	while (n < len && n < 300 && text[n] != '>' && text[n] != '<')
		n++;
	if (n >= len || text[n] != '>')
		return 0;
	/* an address in angle brackets is text */
	for (size_t i = name; i < n && text[i] != ' '; i++)
		if (text[i] == ':' || text[i] == '@')
			return 0;
	if (name == 1 && !text_is_alnum(text[3]) &&
	    (text_starts(text + 1, "td") || text_starts(text + 1, "th")))
		*becomes = "|";
	else if (name == 2 && text_starts(text + 2, "tr"))
		*becomes = "|";
	else if (name == 2 && text_starts(text + 2, "p>"))
		*becomes = ";";
	else if (text_starts(text + name, "br") ||
		 text_starts(text + name, "p>") ||
		 text_starts(text + name, "li"))
		*becomes = " ";
	return n + 1;
}

/* [text](address) and ![text](address): the length of all of it, and where
 * its text stands; 0 for none. */
static size_t
link_at(const char *text, size_t len, size_t *start, size_t *n)
{
	size_t i = text[0] == '!' ? 1 : 0, close, depth = 0;

	if (i >= len || text[i] != '[')
		return 0;
	*start = ++i;
	while (i < len && i < 600 && text[i] != ']')
		i++;
	close = i;
	if (i + 1 >= len || text[i] != ']' || text[i + 1] != '(')
		return 0;
	for (i++; i < len && i < 1600; i++) {
		depth += text[i] == '(';
		if (text[i] == ')' && --depth == 0) {
			*n = close - *start;
			return i + 1;
		}
	}
	return 0;
}

static bool
is_word_byte(char c)
{
	return text_is_alnum(c) || (unsigned char)c >= 0x80;
}

static bool
is_emphasis(const char *text, size_t len, size_t i, size_t run)
{
	char c = text[i];
	char before = i > 0 ? text[i - 1] : ' ';
	char after = i + run < len ? text[i + run] : ' ';

	if (c == '*' && run >= 2)
		return true;
	if (i == 0 && text_is_space(after))
		return false; /* a bullet */
	if (c == '_' && is_word_byte(before) && is_word_byte(after))
		return false;
	if (c == '_' && run > 3)
		return false; /* a line to sign on */
	return !(text_is_space(before) && text_is_space(after));
}

/* Words up to the sign that ends the emphasis. */
static size_t
emphasised_words(const char *text, size_t len, char sign)
{
	size_t n = 0;

	for (size_t i = 1; i < len && text[i] != sign; i++)
		n += text_is_space(text[i - 1]) && !text_is_space(text[i]);
	return n;
}

/* "**Action** Ann to write", "**Action Ann to write**": emphasis says that it
 * is a mark, as a colon would. The bytes of the mark, 0 for none. */
static size_t
bare_mark(const char *text, size_t len, char sign)
{
	static const char *const words[] = { "Action Item", "Action item",
		"Action Point", "Action point", "Action", "ACTION ITEM",
		"ACTION", "Actions", NULL };

	for (const char *const *w = words; *w; w++) {
		size_t n = strlen(*w), k = n;

		if (len < n + 8 || memcmp(text, *w, n) != 0)
			continue;
		while (k < len && text[k] == sign)
			k++;
		if (k < len && text_is_space(text[k]) &&
		    text_is_alnum(text[k + 1]) &&
		    !text_starts(text + k + 1, "plan") &&
		    !text_starts(text + k + 1, "item") &&
		    !text_starts(text + k + 1, "point") &&
		    !text_starts(text + k + 1, "log") &&
		    !text_is_digit(text[k + 1]) &&
		    memchr(text + k, ' ', len - k) &&
		    (k > n || emphasised_words(text + k, len - k, sign) > 2))
			return n;
		return 0;
	}
	return 0;
}

size_t
clean_inline(char *text, size_t len, bool *bold)
{
	size_t at = 0, put = 0;
	bool open = false, outside = false, row = len > 0 && text[0] == '|';

	*bold = false;
	while (at < len) {
		char c = text[at];
		const char *becomes;
		size_t n, start, run = 1;

		if (c == '\\' && at + 1 < len &&
		    strchr("\\`*_{}[]()#+-.!|>~&<$^\"'", text[at + 1])) {
			outside |= !open;
			text[put++] = text[at + 1];
			at += 2;
			continue;
		}
		if (c == '<' && (n = tag_at(text + at, len - at, &becomes))) {
			if (text_starts(text + at, "<b>") ||
			    text_starts(text + at, "<strong") ||
			    text_starts(text + at, "<u>"))
				*bold = open = true;
			else if (text_starts(text + at, "</b>") ||
				 text_starts(text + at, "</strong") ||
				 text_starts(text + at, "</u>"))
				open = false;
			/* a line of a cell is a clause of its own */
			if (row && *becomes == ' ' && put > 0 &&
			    (text_is_alnum(text[put - 1]) ||
				text[put - 1] == ')'))
				text[put++] = ';';
			if (*becomes &&
			    !(*becomes == ';' && (at + n >= len || put == 0)))
				text[put++] = *becomes;
			at += n;
			continue;
		}
		if ((c == '[' || c == '!') &&
		    (n = link_at(text + at, len - at, &start, &run))) {
			bool all;

			run = clean_inline(text + at + start, run, &all);
			memmove(text + put, text + at + start, run);
			put += run;
			at += n;
			outside |= !open && !all;
			continue;
		}
		if (c == '&') {
			bool hit = false;

			for (size_t k = 0;
			     k < sizeof entities / sizeof *entities; k++) {
				n = strlen(entities[k].name);
				if (len - at < n ||
				    !text_starts(text + at, entities[k].name))
					continue;
				memcpy(text + put, entities[k].text,
				    strlen(entities[k].text));
				put += strlen(entities[k].text);
				at += n;
				hit = true;
				break;
			}
			if (hit)
				continue;
		}
		if (c == '*' || c == '_') {
			while (at + run < len && text[at + run] == c)
				run++;
			if (is_emphasis(text, len, at, run)) {
				if (run >= 2) {
					open = !open;
					*bold = true;
				}
				at += run;
				if (open && run >= 2 &&
				    (n = bare_mark(text + at, len - at, c))) {
					/* two signs have gone, one comes */
					memmove(text + put, text + at, n);
					put += n;
					text[put++] = ':';
					at += n;
				}
				continue;
			}
		} else if (c == '`') {
			at++;
			continue;
		}
		if (!open && !text_is_space(c) && c != '.' && c != ':' &&
		    c != '-' && c != '*' && !text_is_digit(c))
			outside = true;
		memmove(text + put, text + at, run);
		put += run;
		at += run;
	}
	if (outside)
		*bold = false;
	while (put > 0 && text_is_space(text[put - 1]))
		put--;
	return put;
}

/* ---- front matter ---- */

const char *
front_field(const struct paper_line *line, const char *key)
{
	size_t n = strlen(key);
	const char *at;

	if (line->indent > 0 || line->len <= n ||
	    !text_starts(line->text, key) || line->text[n] != ':')
		return NULL;
	at = line->text + n + 1;
	while (text_is_space(*at) || *at == '"' || *at == '\'')
		at++;
	return at;
}

/* "minutes: >-": the text of the paper stands below, indented. */
static bool
is_block_scalar(const struct paper_line *line)
{
	const char *colon = memchr(line->text, ':', line->len);

	if (!colon || line->indent > 0)
		return false;
	colon++;
	while (*colon == ' ')
		colon++;
	return (*colon == '|' || *colon == '>') && strlen(colon) <= 3;
}

static void
front_value(struct paper *paper, const struct paper_line *line)
{
	const char *value;

	if ((value = front_field(line, "title")))
		paper->front_title = value;
	else if ((value = front_field(line, "date")))
		paper->front_date = value;
	else if ((value = front_field(line, "start")))
		paper->front_start = value;
	else if ((value = front_field(line, "location")) ||
		 (value = front_field(line, "venue")))
		paper->front_place = value;
	if (find_phrase(line->text, line->len, "actions") &&
	    line->indent == 0 && !is_block_scalar(line) && line->len < 200)
		paper->front_actions = true;
}

void
paper_front(struct paper *paper)
{
	size_t i, end = 0;
	bool body = false;

	if (paper->lines.len < 3)
		return;
	if (strcmp(paper->lines.items[0].text, "---") != 0) {
		mail_front(paper);
		return;
	}
	for (i = 1; i < paper->lines.len && end == 0; i++)
		if (strcmp(paper->lines.items[i].text, "---") == 0 &&
		    paper->lines.items[i].indent == 0)
			end = i;
	if (end == 0)
		return;
	for (i = 0; i <= end; i++) {
		struct paper_line *line = &paper->lines.items[i];

		if (line->indent == 0 && line->len > 0) {
			body = is_block_scalar(line);
			line->front = true;
			front_value(paper, line);
			if (body && text_starts(line->text, "agenda")) {
				/* kept, as the heading of what follows */
				((char *)line->text)[6] = '\0';
				line->len = 6;
				line->hashes = 2;
				line->front = false;
			} else if (body) {
				((char *)line->text)[0] = '\0';
				line->len = 0;
				line->page = true;
			}
		} else if (!body) {
			line->front = true;
		} else if (line->indent >= 2) {
			line->indent -= 2;
		}
	}
	for (i = 0; i <= end; i++) {
		struct paper_line *line = &paper->lines.items[i];

		/* values end at their quotation mark */
		if (line->front && line->len > 0 &&
		    (line->text[line->len - 1] == '"' ||
			line->text[line->len - 1] == '\''))
			((char *)line->text)[--line->len] = '\0';
	}
}
