/* SPDX-License-Identifier: ISC */
/*
 * What a line of a paper begins with: bullets, numbers, minute references,
 * codes and "Action:". Looks at one line only.
 */
#include "core/minutes_marks.h"

#include <stdio.h>
#include <string.h>

enum { CODE_MAX = 16 };

static size_t
blanks(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text_is_space(text[n]))
		n++;
	return n;
}

static size_t
mark_set(char mark[24], const char *text, size_t len, size_t used)
{
	if (len > 23)
		return 0;
	memcpy(mark, text, len);
	mark[len] = '\0';
	return used;
}

/* "09a/1920", "064/18", "LGB 4/2020", "PUB22/3/85", "FC/20/4". */
static size_t
reference_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, letters, digits, second = 0, first = 0, slashes = 0;
	int a = 0, b = 0;

	while (i < len && text_is_upper(text[i]))
		i++;
	letters = i;
	if (letters > 6 || text_same_n(text, letters, "action"))
		return 0; /* "ACTION 24/11" marks an action */
	if (letters > 0 && i < len &&
	    (text[i] == ' ' ||
		(text[i] == '/' && i + 1 < len && text_is_digit(text[i + 1]))))
		slashes += text[i++] == '/';
	for (digits = 0; i < len && text_is_digit(text[i]); i++, digits++)
		a = a < 10000 ? a * 10 + text[i] - '0' : a;
	first = digits;
	if (first == 0 || first > 4)
		return 0;
	if (i < len && text[i] >= 'a' && text[i] <= 'h')
		i++, letters++;
	while (i < len && text[i] == '/') {
		slashes++;
		i++;
		b = 0;
		for (second = 0; i < len && text_is_digit(text[i]);
		     i++, second++)
			b = b < 10000 ? b * 10 + text[i] - '0' : b;
		if (second == 0 || second > 4)
			return 0;
	}
	if (slashes == 0 || (second < 2 && (slashes < 2 || letters < 2)) ||
	    (slashes > 1 && letters == 0))
		return 0;
	if (i + 2 < len && text[i] == '(' && text_is_letter(text[i + 1]) &&
	    text[i + 2] == ')')
		i += 3;
	/* 24/09 is a day */
	if (letters == 0 && first <= 2 && second == 2 && a <= 31 && b <= 12)
		return 0;
	if (i < len && (text[i] == '.' || text[i] == ':'))
		i++;
	if (i < len && !text_is_space(text[i]))
		return 0;
	return mark_set(mark, text, i, i + blanks(text + i, len - i));
}

static bool
is_roman(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strchr("ivxIVX", text[i]))
			return false;
	return n > 0 && n <= 5;
}

/* Is a mark the number of a minute, not of a list: "09a/1920", "OS.27"? */
bool
mark_is_reference(const char *mark)
{
	return strchr(mark, '/') ||
	       (text_is_upper(mark[0]) && text_is_upper(mark[1]) &&
		   strchr(mark, '.'));
}

/* "OS.27  APOLOGIES", "FC.3.2 ": the letters of a body and a number. */
static size_t
dotted_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, digits = 0;

	while (i < len && text_is_upper(text[i]))
		i++;
	if (i < 2 || i > 5 || i + 2 >= len || text[i] != '.')
		return 0;
	for (i++; i < len &&
		  (text_is_digit(text[i]) || (text[i] == '.' && digits > 0));
	     i++)
		digits += text_is_digit(text[i]);
	if (digits == 0 || digits > 6 || i >= len || !text_is_space(text[i]))
		return 0;
	return mark_set(mark, text, i, i + blanks(text + i, len - i));
}

/* "C7.  MINUTES OF THE PREVIOUS MEETING". */
static size_t
coded_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, digits = 0, n;

	while (i < len && text[i] >= 'A' && text[i] <= 'Z')
		i++;
	n = i;
	while (i < len && text_is_digit(text[i]))
		i++, digits++;
	if (n < 1 || n > 3 || digits < 1 || digits > 3 || i + 2 >= len ||
	    text[i] != '.' || !text_is_space(text[i + 1]))
		return 0;
	return mark_set(
	    mark, text, i, i + 1 + blanks(text + i + 1, len - i - 1));
}

/* "4.", "4)", "4.2", "4.2.1)", "12   Title". */
static size_t
number_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, group = 0, groups = 1, end;

	for (; i < len; i++) {
		if (text_is_digit(text[i])) {
			if (++group > 3)
				return 0;
		} else if (text[i] == '.' && group > 0 && i + 1 < len &&
			   text_is_digit(text[i + 1])) {
			groups++;
			group = 0;
		} else {
			break;
		}
	}
	end = i;
	if (end == 0 || group == 0 || groups > 4 || i >= len)
		return 0;
	if (text[i] == '.' && i + 1 < len && !text_is_space(text[i + 1]) &&
	    !text_is_letter(text[i + 1]))
		return 0;
	if (text[i] == '.' || text[i] == ')' || text[i] == ':') {
		i++;
		if (i < len && !text_is_space(text[i]) &&
		    !text_is_upper(text[i]))
			return 0;
		if (groups == 1 || i >= len || text_is_space(text[i]))
			return mark_set(
			    mark, text, end, i + blanks(text + i, len - i));
		return 0;
	}
	if (groups >= 2 && text_is_space(text[i])) {
		struct found_date date;

		/* "10.05.2023", "5.00 p.m." are no numbers */
		if (text_starts(text + i, " p.m") ||
		    text_starts(text + i, " a.m") ||
		    text_starts(text + i, " pm") ||
		    text_starts(text + i, " am"))
			return 0;
		if (groups == 3 && date_find(text, end, &date))
			return 0;
		return mark_set(mark, text, end, i + blanks(text + i, len - i));
	}
	if (groups == 1 && group <= 2 && i + 2 < len &&
	    ((text[i] == ' ' && text[i + 1] == ' ') || text[i] == '\t')) {
		size_t k = i + blanks(text + i, len - i);

		if (k < len && text_is_upper(text[k]) &&
		    month_parse(text + k, strcspn(text + k, " ,")) == 0)
			return mark_set(mark, text, end, k);
	}
	return 0;
}

/* "a.", "b)", "ii.", "(a)", "(iv)", "(12)". */
static size_t
letter_at(const char *text, size_t len, char mark[24])
{
	static const char *const clauses[] = { "that ", "to ", NULL };
	size_t open = text[0] == '(', i = open, n;

	while (i < len && i < 6 && text_is_alnum(text[i]))
		i++;
	n = i - open;
	if (n == 0 || i >= len)
		return 0;
	if (n > 1 && !is_roman(text + open, n) &&
	    !(open && text_is_digit(text[open]) && n <= 3))
		return 0;
	if (open && text_is_digit(text[1]) && n > 3)
		return 0;
	if (open) {
		if (text[i] != ')')
			return 0;
	} else if (text[i] != ')' && text[i] != '.') {
		return 0;
	} else if (text_is_digit(text[0])) {
		return 0;
	} else if (text[i] == '.' && text_is_upper(text[0]) && n == 1 &&
		   !starts_any(text + i + 1 + blanks(text + i + 1, len - i - 1),
		       clauses)) {
		return 0; /* an initial: "A. Bell", not "A. That it" */
	}
	i++;
	if (i < len && text[i - 1] == ')' && text[i] == '.')
		i++;
	if (i < len && !text_is_space(text[i]) && !text_is_upper(text[i]))
		return 0;
	if (n > 1 && text[i - 1] == '.' && i < len && !text_is_space(text[i]) &&
	    text[0] <= 'Z')
		return 0;
	return mark_set(mark, text + open, n, i + blanks(text + i, len - i));
}

/* "Item 4 - ", "ITEM 7 ", "Agenda item 3:". */
static size_t
item_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, from;

	if (text_starts(text, "agenda "))
		i = 7;
	if (!text_starts(text + i, "item"))
		return 0;
	i += 4;
	if (i >= len || text[i] != ' ')
		return 0;
	i += blanks(text + i, len - i);
	from = i;
	while (i < len &&
	       (text_is_digit(text[i]) || (text[i] == '.' && i + 1 < len &&
					      text_is_digit(text[i + 1]))))
		i++;
	if (i < len && i > from && text[i] >= 'a' && text[i] <= 'h')
		i++;
	if (i == from || i - from > 8 || (i < len && text_is_alnum(text[i])))
		return 0;
	if (mark_set(mark, text + from, i - from, 1) == 0)
		return 0;
	while (i < len && (text_is_space(text[i]) || text[i] == ':' ||
			      text[i] == '.' || dash_at(text + i)))
		i += dash_at(text + i) ? dash_at(text + i) : 1;
	return i <= len ? i : len;
}

static size_t
plain_marker(const char *text, size_t len, char mark[24])
{
	size_t n;

	if (len < 2)
		return 0;
	if ((n = item_at(text, len, mark)) ||
	    (n = reference_at(text, len, mark)) ||
	    (n = dotted_at(text, len, mark)) || (n = coded_at(text, len, mark)))
		return n;
	if (text_is_digit(text[0]))
		return number_at(text, len, mark);
	return letter_at(text, len, mark);
}

/* An arrow leads to what is to be done. */
size_t
arrow_at(const char *text)
{
	static const char *const arrows[] = { "\342\206\222", "\342\236\234",
		"\342\236\241", "\342\207\222", "\302\273", "\342\226\272",
		"\342\226\266", "\342\236\244", "-->", "==>", "->", "=>", ">>",
		NULL };

	for (const char *const *a = arrows; *a; a++)
		if (strncmp(text, *a, strlen(*a)) == 0)
			return strlen(*a);
	return 0;
}

size_t
marker_at(const char *text, size_t len, char mark[24], bool *bullet)
{
	size_t n = bullet_at(text), more;

	if (n == 0)
		n = arrow_at(text);
	mark[0] = '\0';
	*bullet = false;
	if (n == 0)
		n = dash_at(text);
	if (n == 0 && len > 3 && text[0] == 'o' &&
	    (text[1] == '\t' || (text[1] == ' ' && text[2] == ' ')))
		n = 1;
	if (n > 0 && n < len && text_is_space(text[n])) {
		*bullet = true;
		n += blanks(text + n, len - n);
		more = plain_marker(text + n, len - n, mark);
		/* "- 1 front desk" is not numbered */
		return n + more;
	}
	return plain_marker(text, len, mark);
}

/* "R1/23 -", "41/1:", "HB/24/051:": bytes up to the colon or the blank before
 * the dash; 0 for none, and for a day of a month. */
static size_t
code_of_parts(const char *text, size_t len)
{
	size_t i = 0, run = 0, parts = 1, digits = 0, n[3] = { 0 };
	bool letters = false;

	for (; i < len && i < CODE_MAX; i++) {
		if (text_is_upper(text[i]) && run < 4) {
			letters = true;
			run++;
		} else if (text_is_digit(text[i]) && digits < 8) {
			if (parts <= 3)
				n[parts - 1] =
				    n[parts - 1] * 10 + (size_t)(text[i] - '0');
			digits++;
		} else if (strchr(letters ? "/.-" : "/", text[i]) && i > 0 &&
			   i + 1 < len && text_is_alnum(text[i - 1]) &&
			   text_is_alnum(text[i + 1])) {
			parts++;
			run = 0;
		} else {
			break;
		}
	}
	if (digits == 0 || i >= len || (parts == 1 && !letters) ||
	    (!letters && (parts > 2 || (n[0] <= 31 && n[1] <= 12))))
		return 0;
	return text[i] == ':' || (text_is_space(text[i]) && i + 1 < len &&
				     dash_at(text + i + 1))
		   ? i
		   : 0;
}

/* "[A15] ", "#16: ": bytes up to the bracket's end or the colon, 0 for none. */
static size_t
code_fenced(const char *text, size_t len)
{
	size_t i = 1, digits = 0;

	if (len < 4 || (*text != '[' && *text != '#'))
		return 0;
	for (; i < len && i < CODE_MAX &&
	       (text_is_upper(text[i]) || text_is_digit(text[i]) ||
		   strchr("/.-#", text[i]));
	     i++)
		digits += text_is_digit(text[i]) != 0;
	if (digits == 0 || i >= len)
		return 0;
	if (*text == '[')
		return text[i] == ']' ? i + 1 : 0;
	return text[i] == ':' || text[i] == ')' ? i : 0;
}

size_t
code_at(const char *text, size_t len)
{
	size_t i = 0, digits = 0, coded = code_of_parts(text, len);

	if (coded == 0)
		coded = code_fenced(text, len);

	if (coded == 0) {
		while (i < len && i < 3 && text_is_upper(text[i]))
			i++;
		if (i == 0)
			return 0;
		for (; i < len && text_is_digit(text[i]); i++)
			digits++;
		if (digits == 0 || digits > 3)
			return 0;
	} else {
		i = coded;
	}
	if (i < len && strchr(".:)", text[i]))
		i++;
	if (i >= len || !text_is_space(text[i]))
		return 0;
	while (i < len && (text_is_space(text[i]) || dash_at(text + i)))
		i += dash_at(text + i) ? dash_at(text + i) : 1;
	return i;
}

/* ---- Action: ---- */

/* "Carl - posters up by May": one to three names, no words in capitals but
 * initials, and a dash. */
static bool
is_dashed_name(const char *text, size_t len)
{
	struct toks toks;
	size_t i, words = 0;

	toks_read(&toks, text, len < 60 ? len : 60);
	for (i = 0; i < toks.n && !dash_at(toks.t[i].at); i++) {
		const struct tok *t = &toks.t[i];

		if (t->kind == 'w' && !tok_is(t, "and") &&
		    (!t->cap || (t->upper && t->len > 3) || ++words > 3))
			return false;
		if (t->kind == 'n')
			return false;
	}
	return words > 0 && i + 1 < toks.n && text_is_space(toks.t[i].at[-1]) &&
	       text_is_space(toks.t[i].at[dash_at(toks.t[i].at)]);
}

/* "(amit): write it": a bracket and a colon behind. */
static bool
is_bracket_label(const char *text, size_t len)
{
	const char *close = memchr(text, ')', len < 40 ? len : 40);

	return close && close > text + 1 && close[1] == ':';
}

/* " FC/20/5a", " 4.1b", " B-17" before a colon or dash: the code of a marked
 * action. */
static size_t
mark_code(const char *text, size_t len)
{
	size_t i = blanks(text, len), from = i, digits = 0;

	if (i == 0)
		return 0;
	while (i < len && i - from < 16 &&
	       (text_is_alnum(text[i]) || strchr("/.-_", text[i]))) {
		digits += text_is_digit(text[i]);
		i++;
	}
	if (digits == 0 || i >= len || digits == i - from)
		return 0;
	if (text[i] == ':')
		return i;
	return text_is_space(text[i]) && dash_at(text + i + 1) ? i : 0;
}

/* "ACTION LOG - Finance Committee": what they are written in, behind "action".
 */
static bool
is_paper_of_actions(const char *text, size_t len)
{
	static const char *const papers[] = { "log", "logs", "list", "tracker",
		"register", "sheet", "table", "schedule", "plan", "plans",
		"summary", "record", "grid", "matrix", "report", NULL };
	size_t i = blanks(text, len), n = 0;

	while (i + n < len && text_is_letter(text[i + n]))
		n++;
	return i > 0 && same_any(text + i, n, papers);
}

size_t
action_words(const char *text, size_t len, bool *on)
{
	static const char *const words[] = { "agreed actions", "agreed action",
		"follow-up action", "follow up action", "follow-up",
		"follow up", "new actions", "new action", "next steps",
		"next step", "tasks", "task", "actions", "action", "a/p", "ap",
		"ai", "ar", "todo", "to do", NULL };
	static const char *const more[] = { " points", " point", " items",
		" item", " required by", " required", " to be taken by", " by",
		" for", " agreed", " owner", " on", " no", NULL };
	static const char *const groups[] = { " and finish", " & finish",
		" group", " force", " team", " fraud", NULL };
	size_t n = 0;

	*on = false;
	for (const char *const *w = words; *w && n == 0; w++)
		if (text_starts(text, *w))
			n = strlen(*w);
	if (n == 0 || n > len || starts_any(text + n, groups))
		return 0; /* "Task and Finish Group: shops" */
	if (n == 2 && !text_is_upper(text[1]))
		return 0; /* AP, never "ap" */
	if (text_starts(text, "follow") && text[n] != ':')
		return 0; /* "Follow up: Carl to ...", not "follow up on" */
	for (const char *const *w = more; *w; w++) {
		size_t k = strlen(*w);

		if (n + k > len || !text_starts(text + n, *w) ||
		    text_is_letter(text[n + k]))
			continue;
		*on = strcmp(*w, " on") == 0 || strcmp(*w, " by") == 0;
		return n + k;
	}
	return n;
}

size_t
action_mark(const char *text, size_t len, bool *number)
{
	size_t i = 0, n;
	bool upper, on;

	*number = false;
	if (len > 0 && (text[0] == '[' || text[0] == '('))
		i = 1 + blanks(text + 1, len - 1);
	if (i > 0 && memchr(text, ']', len < 14 ? len : 14)) {
		/* "[NEW] ACTION: Ann to ..." */
		const char *close = memchr(text, ']', len);
		size_t state = (size_t)(close - text) + 1;

		if (state_of(text + 1, state - 2) && state < len &&
		    text[state] == ' ')
			i = state + 1;
	}
	if (len > 8 && text_starts(text, "#action ")) {
		i = 8 + blanks(text + 8, len - 8);
		return i < len ? i : 0;
	}
	n = action_words(text + i, len - i, &on);
	if (n == 0 || i + n >= len)
		return 0;
	upper = text_is_upper(text[i + 1]);
	i += n; /* "Action item (AB): prepare" */
	if (is_paper_of_actions(text + i, len - i))
		return 0;
	if (i < len && text[i] == '(' && i + 2 < len && text[i + 1] == 's' &&
	    text[i + 2] == ')')
		i += 3; /* action(s) */
	if ((n = mark_code(text + i, len - i)) > 0) {
		*number = true;
		i += n;
	}
	n = i;
	while (n < len && (text[n] == ' ' || text[n] == '#'))
		n++;
	if (n + 1 < len && strchr("-_", text[n]) && text_is_digit(text[n + 1]))
		n++; /* "AI-041" */
	if (n < len && (text_is_digit(text[n]) ||
			   (text[n] == '(' && text_is_digit(text[n + 1])))) {
		size_t from = n;

		while (n < len && (text_is_digit(text[n]) || text[n] == '/' ||
				      text[n] == '(' || text[n] == ')' ||
				      (text[n] == '.' && n + 1 < len &&
					  text_is_digit(text[n + 1]))))
			n++;
		if (n - from <= 10) {
			*number = true;
			i = n;
		}
	}
	if (i >= len)
		return 0;
	/* "[AP3] Ann to go", "[ACTION] Ann to go" */
	if (text[0] == '[' && text[i] == ']' && i + 2 < len)
		return i + 1 + blanks(text + i + 1, len - i - 1);
	n = i + blanks(text + i, len - i);
	if (n < len && text[n] == ':') {
		i = n + 1;
	} else if (n < len && dash_at(text + n) &&
		   (n > i || text_is_space(text[n + dash_at(text + n)]))) {
		i = n + dash_at(text + n);
		if (i < len && text[i] == ':')
			i++;
	} else if (text[i] == '.' && i + 1 < len &&
		   text_is_space(text[i + 1])) {
		i++;
	} else if (n > i && *number && n < len && text_is_upper(text[n])) {
		i = n; /* "Action 3 The chair to" */
	} else if (n < len && text[n] == '(' && !*number &&
		   (name_label_at(text + n, len - n) > 0 ||
		       is_bracket_label(text + n, len - n))) {
		i = n;
	} else if (n > i && n < len && name_label_at(text + n, len - n) > 0) {
		i = n; /* "Action Mark/Ann: go and talk" */
	} else if (n > i && upper && n < len &&
		   is_dashed_name(text + n, len - n)) {
		i = n; /* "ACTION Carl - posters up" */
	} else if (n > i && on && n < len && text_is_upper(text[n]) &&
		   find_phrase(text + n, len - n < 80 ? len - n : 80, "to")) {
		i = n; /* "Action on Ann to write" */
	} else if (n > i && upper && n < len && text_is_upper(text[n]) &&
		   !text_starts(text + n, "to ") &&
		   has_lower(text + n, len - n) &&
		   find_phrase(text + n, len - n, "to")) {
		i = n; /* "ACTION Clerk to write" */
	} else {
		return 0;
	}
	return i + blanks(text + i, len - i);
}

size_t
coded_mark_at(const char *text, size_t len)
{
	bool number;
	size_t mark;

	if (len < 4 || text[0] != 'A' ||
	    !(text_is_upper(text[1]) || text[1] == '/' ||
		text_starts(text, "action")))
		return 0;
	mark = action_mark(text, len, &number);
	return number ? mark : 0;
}
