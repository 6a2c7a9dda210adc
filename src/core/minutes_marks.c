/* SPDX-License-Identifier: ISC */
/*
 * What a line of a paper begins with: bullets, numbers, minute references,
 * "Action:" and the headings that open a section. Looks at one line only.
 */
#include "core/minutes_parts.h"

#include <stdio.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	c = text_lower(c);
	return c >= 'a' && c <= 'z';
}

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

/* "09a/1920", "064/18", "FGB 20/2021", "PUB22/3/85". */
static size_t
reference_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, letters, digits, second = 0, first = 0, slashes = 0;
	int a = 0, b = 0;

	while (i < len && text[i] >= 'A' && text[i] <= 'Z')
		i++;
	letters = i;
	if (letters > 6)
		return 0;
	if (letters > 0 && i < len && text[i] == ' ')
		i++;
	for (digits = 0; i < len && is_digit(text[i]); i++, digits++)
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
		for (second = 0; i < len && is_digit(text[i]); i++, second++)
			b = b < 10000 ? b * 10 + text[i] - '0' : b;
		if (second == 0 || second > 4)
			return 0;
	}
	if (slashes == 0 || second < 2 || (slashes > 1 && letters == 0))
		return 0;
	if (i + 2 < len && text[i] == '(' && is_letter(text[i + 1]) &&
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

/* "4.", "4)", "4.2", "4.2.1)", "12   Title". */
static size_t
number_at(const char *text, size_t len, char mark[24])
{
	size_t i = 0, group = 0, groups = 1, end;

	for (; i < len; i++) {
		if (is_digit(text[i])) {
			if (++group > 3)
				return 0;
		} else if (text[i] == '.' && group > 0 && i + 1 < len &&
		    is_digit(text[i + 1])) {
			groups++;
			group = 0;
		} else {
			break;
		}
	}
	end = i;
	if (end == 0 || group == 0 || groups > 4 || i >= len)
		return 0;
	if (i < len && text[i] == '.' && i + 1 < len &&
	    !text_is_space(text[i + 1]) && !is_letter(text[i + 1]))
		return 0;
	if (text[i] == '.' || text[i] == ')' || text[i] == ':') {
		i++;
		if (i < len && !text_is_space(text[i]) &&
		    !(is_letter(text[i]) && text[i] <= 'Z'))
			return 0;
		if (groups == 1 || i >= len || text_is_space(text[i]))
			return mark_set(mark, text, end,
			    i + blanks(text + i, len - i));
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

		if (k < len && text[k] >= 'A' && text[k] <= 'Z' &&
		    month_parse(text + k, strcspn(text + k, " ,")) == 0)
			return mark_set(mark, text, end, k);
	}
	return 0;
}

/* "a.", "b)", "ii.", "(a)", "(iv)", "(12)". */
static size_t
letter_at(const char *text, size_t len, char mark[24])
{
	size_t open = text[0] == '(', i = open, n;

	while (i < len && i < 6 && text_is_alnum(text[i]))
		i++;
	n = i - open;
	if (n == 0 || i >= len)
		return 0;
	if (n > 1 && !is_roman(text + open, n) &&
	    !(open && is_digit(text[open]) && n <= 3))
		return 0;
	if (open && is_digit(text[1]) && n > 3)
		return 0;
	if (open) {
		if (text[i] != ')')
			return 0;
	} else if (text[i] != ')' && text[i] != '.') {
		return 0;
	} else if (is_digit(text[0])) {
		return 0;
	} else if (text[i] == '.' && text[0] >= 'A' && text[0] <= 'Z' &&
	    !(n > 1)) {
		return 0; /* an initial: "R. Lankfer" */
	}
	i++;
	if (i < len && text[i - 1] == ')' && text[i] == '.')
		i++;
	if (i < len && !text_is_space(text[i]) &&
	    !(text[i] >= 'A' && text[i] <= 'Z'))
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
	while (i < len && (is_digit(text[i]) ||
			      (text[i] == '.' && i + 1 < len &&
				  is_digit(text[i + 1]))))
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
	if ((n = item_at(text, len, mark)) || (n = reference_at(text, len, mark)))
		return n;
	if (is_digit(text[0]))
		return number_at(text, len, mark);
	return letter_at(text, len, mark);
}

size_t
marker_at(const char *text, size_t len, char mark[24], bool *bullet)
{
	size_t n = bullet_at(text), more;

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

/* ---- Action: ---- */

static bool
has_lower(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			return true;
	return false;
}

/* "Mark/Philippe:": one to four capitalised words and a colon. */
static bool
is_named(const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len < 48 ? len : 48);
	struct toks toks;
	size_t words = 0;

	if (!colon || colon == text)
		return false;
	toks_read(&toks, text, (size_t)(colon - text));
	for (size_t i = 0; i < toks.n; i++) {
		if (toks.t[i].kind == 'w' && !toks.t[i].cap &&
		    !tok_is(&toks.t[i], "and"))
			return false;
		if (toks.t[i].kind == 'n')
			return false;
		words += toks.t[i].kind == 'w';
	}
	return words >= 1 && words <= 4;
}

size_t
action_mark(const char *text, size_t len, bool *number)
{
	static const char *const words[] = { "agreed actions", "agreed action",
		"follow-up action", "follow up action", "follow-up", "follow up",
		"new actions", "new action", "actions", "action", "a/p", "ap",
		"todo", "to do", NULL };
	static const char *const more[] = { " points", " point", " items",
		" item", " required", " by", " for", " agreed", " owner",
		" on", " no", NULL };
	size_t i = 0, n = 0;
	bool upper;

	*number = false;
	if (len > 0 && (text[0] == '[' || text[0] == '('))
		i = 1 + blanks(text + 1, len - 1);
	for (const char *const *w = words; *w && n == 0; w++)
		if (text_starts(text + i, *w))
			n = strlen(*w);
	if (n == 0 || i + n >= len)
		return 0;
	upper = text[i + 1] >= 'A' && text[i + 1] <= 'Z';
	if (n == 2 && !upper)
		return 0; /* AP, never "ap" */
	if (text_starts(text + i, "follow") && text[i + n] != ':')
		return 0; /* "Follow up: Eric to ...", not "follow up on" */
	i += n;
	for (const char *const *w = more; *w; w++) {
		n = strlen(*w);
		if (text_starts(text + i, *w) && !is_letter(text[i + n])) {
			i += n;
			break;
		}
	}
	if (i < len && text[i] == '(' && i + 2 < len && text[i + 1] == 's')
		i += 3; /* action(s) */
	n = i;
	while (n < len && (text[n] == ' ' || text[n] == '#'))
		n++;
	if (n < len && (is_digit(text[n]) ||
			   (text[n] == '(' && is_digit(text[n + 1])))) {
		size_t from = n;

		while (n < len && (is_digit(text[n]) || text[n] == '/' ||
				      text[n] == '(' || text[n] == ')' ||
				      (text[n] == '.' && n + 1 < len &&
					  is_digit(text[n + 1]))))
			n++;
		if (n - from <= 10) {
			*number = true;
			i = n;
		}
	}
	if (i >= len)
		return 0;
	n = i + blanks(text + i, len - i);
	if (n < len && text[n] == ':') {
		i = n + 1;
	} else if (n < len && dash_at(text + n) &&
	    (n > i || text_is_space(text[n + dash_at(text + n)]))) {
		i = n + dash_at(text + n);
		if (i < len && text[i] == ':')
			i++;
	} else if (text[i] == '.' && i + 1 < len && text_is_space(text[i + 1])) {
		i++;
	} else if (n > i && *number && n < len && text[n] >= 'A') {
		i = n; /* "Action 3 The chair to" */
	} else if (n > i && n < len && is_named(text + n, len - n)) {
		i = n; /* "Action Mark/Ann: go and talk" */
	} else if (n > i && upper && n < len && text[n] >= 'A' &&
	    text[n] <= 'Z' && !text_starts(text + n, "to ") &&
	    has_lower(text + n, len - n) &&
	    find_phrase(text + n, len - n, "to")) {
		i = n; /* "ACTION Clerk to write" */
	} else {
		return 0;
	}
	return i + blanks(text + i, len - i);
}

/* ---- sections ---- */

static const struct {
	enum section section;
	const char *words;
} headings[] = {
	{ SECTION_PRESENT, "present" },
	{ SECTION_PRESENT, "those present" },
	{ SECTION_PRESENT, "members present" },
	{ SECTION_PRESENT, "councillors present" },
	{ SECTION_PRESENT, "governors present" },
	{ SECTION_PRESENT, "trustees present" },
	{ SECTION_PRESENT, "directors present" },
	{ SECTION_PRESENT, "also present" },
	{ SECTION_PRESENT, "people present" },
	{ SECTION_PRESENT, "attendees" },
	{ SECTION_PRESENT, "attendance" },
	{ SECTION_PRESENT, "attending" },
	{ SECTION_PRESENT, "attended" },
	{ SECTION_PRESENT, "attended by" },
	{ SECTION_PRESENT, "in attendance" },
	{ SECTION_PRESENT, "also in attendance" },
	{ SECTION_PRESENT, "officers in attendance" },
	{ SECTION_PRESENT, "officers present" },
	{ SECTION_PRESENT, "members in attendance" },
	{ SECTION_PRESENT, "participants" },
	{ SECTION_PRESENT, "participating" },
	{ SECTION_PRESENT, "non-members attending" },
	{ SECTION_PRESENT, "by invitation" },
	{ SECTION_PRESENT, "observers" },
	{ SECTION_PRESENT, "observing" },
	{ SECTION_PRESENT, "guests" },
	{ SECTION_PRESENT, "members" },
	{ SECTION_PRESENT, "list of attendees" },
	{ SECTION_PRESENT, "governor attendance" },
	{ SECTION_APOLOGIES, "apologies" },
	{ SECTION_APOLOGIES, "apologies for absence" },
	{ SECTION_APOLOGIES, "apologies received" },
	{ SECTION_APOLOGIES, "apologies for absence received" },
	{ SECTION_APOLOGIES, "apologies received from" },
	{ SECTION_APOLOGIES, "apologies and introductions" },
	{ SECTION_APOLOGIES, "apologies & introductions" },
	{ SECTION_APOLOGIES, "apologies and welcome" },
	{ SECTION_APOLOGIES, "welcome and apologies" },
	{ SECTION_APOLOGIES, "welcome & apologies" },
	{ SECTION_APOLOGIES, "welcome, introductions and apologies" },
	{ SECTION_APOLOGIES, "welcome, apologies and introductions" },
	{ SECTION_APOLOGIES, "to receive apologies for absence" },
	{ SECTION_APOLOGIES, "to receive apologies" },
	{ SECTION_APOLOGIES, "absent" },
	{ SECTION_APOLOGIES, "absences" },
	{ SECTION_APOLOGIES, "absent with apologies" },
	{ SECTION_APOLOGIES, "not present" },
	{ SECTION_APOLOGIES, "not attending" },
	{ SECTION_APOLOGIES, "regrets" },
	{ SECTION_ACTIONS, "action" },
	{ SECTION_ACTIONS, "actions" },
	{ SECTION_ACTIONS, "action points" },
	{ SECTION_ACTIONS, "action items" },
	{ SECTION_ACTIONS, "action list" },
	{ SECTION_ACTIONS, "action log" },
	{ SECTION_ACTIONS, "action tracker" },
	{ SECTION_ACTIONS, "action summary" },
	{ SECTION_ACTIONS, "actions summary" },
	{ SECTION_ACTIONS, "agreed actions" },
	{ SECTION_ACTIONS, "actions agreed" },
	{ SECTION_ACTIONS, "actions and owners" },
	{ SECTION_ACTIONS, "actions required" },
	{ SECTION_ACTIONS, "actions to be taken" },
	{ SECTION_ACTIONS, "actions to take" },
	{ SECTION_ACTIONS, "actions from this meeting" },
	{ SECTION_ACTIONS, "actions from the meeting" },
	{ SECTION_ACTIONS, "actions from meeting" },
	{ SECTION_ACTIONS, "actions arising from this meeting" },
	{ SECTION_ACTIONS, "actions arising from the meeting" },
	{ SECTION_ACTIONS, "new actions" },
	{ SECTION_ACTIONS, "new action items" },
	{ SECTION_ACTIONS, "open actions" },
	{ SECTION_ACTIONS, "summary of actions" },
	{ SECTION_ACTIONS, "summary of action points" },
	{ SECTION_ACTIONS, "list of actions" },
	{ SECTION_ACTIONS, "decisions and actions" },
	{ SECTION_ACTIONS, "actions and decisions" },
	{ SECTION_ACTIONS, "next steps" },
	{ SECTION_ACTIONS, "next actions" },
	{ SECTION_ACTIONS, "to do" },
	{ SECTION_ACTIONS, "to-do" },
	{ SECTION_ACTIONS, "todo" },
	{ SECTION_ACTIONS, "todos" },
	{ SECTION_PREVIOUS, "actions arising" },
	{ SECTION_PREVIOUS, "matters arising" },
	{ SECTION_PREVIOUS, "action review" },
	{ SECTION_PREVIOUS, "actions review" },
	{ SECTION_PREVIOUS, "review of actions" },
	{ SECTION_PREVIOUS, "review of action points" },
	{ SECTION_PREVIOUS, "action updates" },
	{ SECTION_PREVIOUS, "update on actions" },
	{ SECTION_PREVIOUS, "closed actions" },
	{ SECTION_PREVIOUS, "completed actions" },
	{ SECTION_RECOMMENDATIONS, "recommendation" },
	{ SECTION_RECOMMENDATIONS, "recommendations" },
	{ SECTION_RECOMMENDATIONS, "recommended" },
	{ SECTION_RECOMMENDATIONS, "key recommendations" },
	{ SECTION_AFI, "area for improvement" },
	{ SECTION_AFI, "areas for improvement" },
	{ SECTION_CONCERN, "cause of concern" },
	{ SECTION_CONCERN, "causes of concern" },
	{ SECTION_NEXT, "next meeting" },
	{ SECTION_NEXT, "next meetings" },
	{ SECTION_NEXT, "dates of meetings" },
	{ SECTION_NEXT, "meeting dates" },
	{ SECTION_NEXT, "future meetings" },
	{ SECTION_NEXT, "future meeting dates" },
	{ SECTION_NEXT, "dates of future meetings" },
	{ SECTION_NEXT, "upcoming meetings" },
	{ SECTION_NOTES, "decisions" },
	{ SECTION_NOTES, "decisions made" },
	{ SECTION_NOTES, "decisions taken" },
	{ SECTION_NOTES, "key decisions" },
	{ SECTION_NOTES, "decision log" },
	{ SECTION_NOTES, "any other business" },
	{ SECTION_NOTES, "aob" },
	{ SECTION_NOTES, "key discussion points" },
	{ SECTION_NOTES, "discussion points" },
	{ SECTION_NOTES, "key points" },
	{ SECTION_NOTES, "discussion" },
	{ SECTION_NOTES, "conclusion" },
	{ SECTION_NOTES, "meeting notes" },
	{ SECTION_NOTES, "summary of decisions" },
	{ SECTION_NOTES, "risks" },
	{ SECTION_AGENDA, "agenda" },
	{ SECTION_AGENDA, "order of business" },
	{ SECTION_AGENDA, "matters for the next agenda" },
	{ SECTION_AGENDA, "items for the next agenda" },
	{ SECTION_AGENDA, "items for next agenda" },
};

static enum section
section_listed(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (text_same_n(text, len, headings[i].words))
			return headings[i].section;
	return SECTION_NONE;
}

/* Headings that vary: by what they say of actions and of the next meeting. */
static enum section
section_guessed(const char *text, size_t len)
{
	static const char *const before[] = { "previous", "last", "outstanding",
		"brought forward", "carried forward", "past", "earlier",
		"closed", "completed", NULL };
	static const char *const next[] = { "date of next", "date of the next",
		"dates of next", "dates of the next", "next meeting",
		"date of meeting", "dates of meetings", "dates of future",
		"date and venue of next", "date and time of next",
		"next committee meeting", "time and date of next",
		"venue of next", "dates for", NULL };
	/* "This item was deferred to the next meeting" heads nothing */
	static const char *const begins[] = { "date", "next", "time", "venue",
		"future", "upcoming", "to confirm", "confirm", "to agree",
		"proposed date", "details of", "forthcoming", "calendar", NULL };
	bool actions = find_phrase(text, len, "actions") ||
	    find_phrase(text, len, "action points") ||
	    find_phrase(text, len, "action log") ||
	    find_phrase(text, len, "action items") ||
	    find_phrase(text, len, "action list") ||
	    find_phrase(text, len, "action tracker");

	if (find_phrase(text, len, "matters arising") ||
	    (actions && has_any(text, len, before)))
		return SECTION_PREVIOUS;
	for (const char *const *b = begins; *b; b++)
		if (text_starts(text, *b) && has_any(text, len, next))
			return SECTION_NEXT;
	if (actions && find_phrase(text, len, "summary"))
		return SECTION_ACTIONS;
	return SECTION_NONE;
}

static bool
is_one_action(const char *text, size_t len)
{
	struct toks toks;
	size_t i = 1;

	toks_read(&toks, text, len);
	if (toks.n < 2 || toks.n > 4 || !tok_is(&toks.t[0], "action"))
		return false;
	if (tok_is(&toks.t[i], "point") || tok_is(&toks.t[i], "item"))
		i++;
	return i < toks.n && toks.t[i].kind == 'n' && i + 1 >= toks.n;
}

enum section
section_of(const char *text, size_t len, const char **rest)
{
	const char *colon = memchr(text, ':', len);
	size_t head = len, words = 0;
	enum section section;

	if (rest)
		*rest = NULL;
	if (colon && (size_t)(colon - text) < 48)
		head = (size_t)(colon - text);
	else
		colon = NULL;
	if (!colon) {
		/* "Date of next meeting      10th August": a wide gap */
		for (size_t i = 4; i + 2 < len && i < 48; i++)
			if ((text[i] == ' ' && text[i + 1] == ' ') ||
			    text[i] == '\t') {
				head = i;
				break;
			}
	}
	while (head > 0 && (text_is_space(text[head - 1]) ||
			       text[head - 1] == '.' || text[head - 1] == '-' ||
			       text[head - 1] == ';'))
		head--;
	if (head == 0 || head > 80)
		return SECTION_NONE;
	for (size_t i = 0; i < head; i++)
		words += text[i] == ' ';
	if (words > 9)
		return SECTION_NONE;
	section = section_listed(text, head);
	if (section == SECTION_NONE && is_one_action(text, head))
		section = SECTION_ONE_ACTION;
	if (section == SECTION_NONE &&
	    !(text[head] == '.' && head + 1 < len && words > 5))
		section = section_guessed(text, head);
	if (section == SECTION_NONE)
		return SECTION_NONE;
	while (head < len && (text_is_space(text[head]) ||
				 strchr(":.-;", text[head])))
		head++;
	if (head < len) {
		/* "Action: Clerk to ..." is read as such, not as a heading */
		if (section == SECTION_ACTIONS ||
		    section == SECTION_ONE_ACTION || !rest)
			return rest ? SECTION_NONE : section;
		*rest = text + head;
	}
	return section;
}
