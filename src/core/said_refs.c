/* SPDX-License-Identifier: ISC */
/* Refs of the register in a paper: "PC-12", and whose paragraph it is. */
#include <string.h>

#include "core/said.h"
#include "core/text.h"

size_t
said_ref_at(const char *text, size_t len)
{
	size_t letters = 0, n;

	while (
	    letters < len && (text_is_upper(text[letters]) ||
				 (letters > 0 && text_is_digit(text[letters]))))
		letters++;
	if (letters == 0 || letters > 12 || letters + 1 >= len ||
	    text[letters] != '-' || !text_is_digit(text[letters + 1]))
		return 0;
	n = letters + 1;
	while (n < len &&
	       (text_is_digit(text[n]) || (text[n] == '.' && n + 1 < len &&
					      text_is_digit(text[n + 1]))))
		n++;
	return n < len && (text_is_letter(text[n]) || strchr("-/_", text[n]))
		   ? 0
		   : n;
}

/* Bytes of "- ", "2.1 ", "(a) " and blanks. */
static size_t
mark_at(const char *text, size_t len)
{
	size_t n = 0;

	if (len > 1 && strchr("-*", text[0]) != NULL)
		n = 1;
	else if (len > 3 && memcmp(text, "\xe2\x80\xa2", 3) == 0)
		n = 3;
	else
		while (n < len && n < 6 &&
		       (text_is_digit(text[n]) || strchr("().", text[n]) ||
			   (n == 1 && text[0] == '(')))
			n++;
	if (n == 0 || n >= len || !text_is_space(text[n]))
		return 0;
	while (n < len && text_is_space(text[n]))
		n++;
	return n;
}

size_t
said_head_at(const char *line, size_t len, size_t *at, bool *alone)
{
	size_t n, end;

	*at = mark_at(line, len);
	if (*at == 0 && text_starts(line, "action "))
		*at = 7;
	n = said_ref_at(line + *at, len - *at);
	end = *at + n;
	while (end < len && text_is_space(line[end]))
		end++;
	*alone = end >= len || line[end] == ':' ||
		 (end > *at + n && (line[end] == '-' ||
				       memcmp(line + end, "\xe2\x80", 2) == 0));
	return n;
}
