/* SPDX-License-Identifier: ISC */
/*
 * Fixed sayings about time that no grammar yields: what means soon, what means
 * never mind, what means that a person must be asked. Matched word by word,
 * longest first.
 */
#include "core/words_grammar.h"

#include <string.h>
#include <strings.h>

#define ASAP "as soon as possible"
#define STATUS "says how things stand, not when"
#define VAGUE "names no day"
#define DEPENDS "depends on something else"

static const struct idiom idioms[] = {
	/* soon, with pressure */
	{ "asap", IDIOM_ASAP, ASAP },
	{ "asp", IDIOM_ASAP, ASAP },
	{ "as soon as * is possible", IDIOM_ASAP, ASAP },
	{ "as soon as possible", IDIOM_ASAP, ASAP },
	{ "as soon as practicable", IDIOM_ASAP, ASAP },
	{ "as soon as practical", IDIOM_ASAP, ASAP },
	{ "as soon as reasonably practicable", IDIOM_ASAP, ASAP },
	{ "as soon as reasonably possible", IDIOM_ASAP, ASAP },
	{ "as soon as is practicable", IDIOM_ASAP, ASAP },
	{ "as soon as is reasonably practicable", IDIOM_ASAP, ASAP },
	{ "as soon as they can", IDIOM_ASAP, ASAP },
	{ "as quickly as possible", IDIOM_ASAP, ASAP },
	{ "as early as possible", IDIOM_ASAP, ASAP },
	{ "at the earliest opportunity", IDIOM_ASAP, ASAP },
	{ "at the earliest possible opportunity", IDIOM_ASAP, ASAP },
	{ "at earliest opportunity", IDIOM_ASAP, ASAP },
	{ "at * earliest convenience", IDIOM_ASAP, ASAP },
	{ "earliest opportunity", IDIOM_ASAP, ASAP },
	{ "at the first opportunity", IDIOM_ASAP, ASAP },
	{ "as a matter of urgency", IDIOM_ASAP, ASAP },
	{ "as a priority", IDIOM_ASAP, ASAP },
	{ "as a matter of priority", IDIOM_ASAP, ASAP },
	{ "without delay", IDIOM_ASAP, ASAP },
	{ "without undue delay", IDIOM_ASAP, ASAP },
	{ "without further delay", IDIOM_ASAP, ASAP },
	{ "at pace", IDIOM_ASAP, ASAP },
	{ "promptly", IDIOM_ASAP, ASAP },
	{ "urgently", IDIOM_ASAP, ASAP },
	{ "urgent", IDIOM_ASAP, ASAP },
	{ "soonest", IDIOM_ASAP, ASAP },
	/* at once */
	{ "immediately", IDIOM_IMMEDIATE, NULL },
	{ "immediate", IDIOM_IMMEDIATE, NULL },
	{ "with immediate effect", IDIOM_IMMEDIATE, NULL },
	{ "forthwith", IDIOM_IMMEDIATE, NULL },
	{ "straight away", IDIOM_IMMEDIATE, NULL },
	{ "straightaway", IDIOM_IMMEDIATE, NULL },
	{ "right away", IDIOM_IMMEDIATE, NULL },
	{ "at once", IDIOM_IMMEDIATE, NULL },
	{ "by return", IDIOM_IMMEDIATE, NULL },
	/* nothing that a calendar knows */
	{ "in due course", IDIOM_UNRESOLVED, VAGUE },
	{ "in good time", IDIOM_UNRESOLVED, VAGUE },
	{ "in a timely manner", IDIOM_UNRESOLVED, VAGUE },
	{ "in the near future", IDIOM_UNRESOLVED, VAGUE },
	{ "in near future", IDIOM_UNRESOLVED, VAGUE },
	{ "in the future", IDIOM_UNRESOLVED, VAGUE },
	{ "in future", IDIOM_UNRESOLVED, VAGUE },
	{ "in the short term", IDIOM_UNRESOLVED, VAGUE },
	{ "in the medium term", IDIOM_UNRESOLVED, VAGUE },
	{ "in the long term", IDIOM_UNRESOLVED, VAGUE },
	{ "in the longer term", IDIOM_UNRESOLVED, VAGUE },
	{ "in the meantime", IDIOM_UNRESOLVED, VAGUE },
	{ "before too long", IDIOM_UNRESOLVED, VAGUE },
	{ "before long", IDIOM_UNRESOLVED, VAGUE },
	{ "shortly", IDIOM_UNRESOLVED, VAGUE },
	{ "soon", IDIOM_UNRESOLVED, VAGUE },
	{ "imminently", IDIOM_UNRESOLVED, VAGUE },
	{ "at a later date", IDIOM_UNRESOLVED, VAGUE },
	{ "at some later date", IDIOM_UNRESOLVED, VAGUE },
	{ "at a future date", IDIOM_UNRESOLVED, VAGUE },
	{ "at an appropriate time", IDIOM_UNRESOLVED, VAGUE },
	{ "at the appropriate time", IDIOM_UNRESOLVED, VAGUE },
	{ "at a suitable time", IDIOM_UNRESOLVED, VAGUE },
	{ "at some point", IDIOM_UNRESOLVED, VAGUE },
	{ "on a date to be *", IDIOM_UNRESOLVED, VAGUE },
	{ "date to be *", IDIOM_UNRESOLVED, VAGUE },
	{ "to be confirmed", IDIOM_UNRESOLVED, VAGUE },
	{ "to be agreed", IDIOM_UNRESOLVED, VAGUE },
	{ "to be advised", IDIOM_UNRESOLVED, VAGUE },
	{ "to be arranged", IDIOM_UNRESOLVED, VAGUE },
	{ "to be determined", IDIOM_UNRESOLVED, VAGUE },
	{ "tbc", IDIOM_UNRESOLVED, VAGUE },
	{ "tba", IDIOM_UNRESOLVED, VAGUE },
	{ "tbd", IDIOM_UNRESOLVED, VAGUE },
	{ "n/a", IDIOM_UNRESOLVED, VAGUE },
	{ "na", IDIOM_UNRESOLVED, VAGUE },
	{ "not applicable", IDIOM_UNRESOLVED, VAGUE },
	{ "none", IDIOM_UNRESOLVED, VAGUE },
	{ "no date set", IDIOM_UNRESOLVED, VAGUE },
	{ "no date", IDIOM_UNRESOLVED, VAGUE },
	{ "date not given", IDIOM_UNRESOLVED, VAGUE },
	{ "until further notice", IDIOM_UNRESOLVED, "has no end" },
	{ "nearer the time", IDIOM_UNRESOLVED, "hangs on another date" },
	{ "nearer the date", IDIOM_UNRESOLVED, "hangs on another date" },
	{ "nearer the event", IDIOM_UNRESOLVED, "hangs on another date" },
	{ "closer to the time", IDIOM_UNRESOLVED, "hangs on another date" },
	{ "not yet due", IDIOM_UNRESOLVED, STATUS },
	{ "ongoing", IDIOM_UNRESOLVED, STATUS },
	{ "in progress", IDIOM_UNRESOLVED, STATUS },
	{ "continuous", IDIOM_UNRESOLVED, STATUS },
	{ "continuing", IDIOM_UNRESOLVED, STATUS },
	{ "kept abreast", IDIOM_UNRESOLVED, STATUS },
	{ "kept informed", IDIOM_UNRESOLVED, STATUS },
	{ "kept up to date", IDIOM_UNRESOLVED, STATUS },
	{ "kept under review", IDIOM_UNRESOLVED, STATUS },
	{ "under review", IDIOM_UNRESOLVED, STATUS },
	{ "periodically", IDIOM_UNRESOLVED, "needs a frequency" },
	{ "regularly", IDIOM_UNRESOLVED, "needs a frequency" },
	{ "on a regular basis", IDIOM_UNRESOLVED, "needs a frequency" },
	{ "from time to time", IDIOM_UNRESOLVED, "needs a frequency" },
	{ "as appropriate", IDIOM_REVIEW, VAGUE },
	{ "where appropriate", IDIOM_REVIEW, VAGUE },
	{ "if appropriate", IDIOM_REVIEW, VAGUE },
	{ "as necessary", IDIOM_REVIEW, VAGUE },
	{ "if necessary", IDIOM_REVIEW, VAGUE },
	{ "where necessary", IDIOM_REVIEW, VAGUE },
	{ "as required", IDIOM_REVIEW, VAGUE },
	{ "if required", IDIOM_REVIEW, VAGUE },
	{ "as needed", IDIOM_REVIEW, VAGUE },
	{ "where possible", IDIOM_REVIEW, VAGUE },
	{ "if possible", IDIOM_REVIEW, VAGUE },
	{ "as and when", IDIOM_CONDITION, DEPENDS },
	{ "when available", IDIOM_CONDITION, DEPENDS },
	{ "once available", IDIOM_CONDITION, DEPENDS },
	{ "when complete", IDIOM_CONDITION, DEPENDS },
	{ "once complete", IDIOM_CONDITION, DEPENDS },
	{ "when completed", IDIOM_CONDITION, DEPENDS },
	{ "once completed", IDIOM_CONDITION, DEPENDS },
	{ "when ready", IDIOM_CONDITION, DEPENDS },
	{ "when time allows", IDIOM_CONDITION, DEPENDS },
	{ "when time permits", IDIOM_CONDITION, DEPENDS },
	{ "when resources allow", IDIOM_CONDITION, DEPENDS },
	{ "as soon as", IDIOM_CONDITION, DEPENDS },
	{ "until such time", IDIOM_CONDITION, DEPENDS },
	/* soft windows and meetings */
	{ "verbal update", IDIOM_AT_MEETING, NULL },
	{ "verbal report", IDIOM_AT_MEETING, NULL },
	{ "verbally update", IDIOM_AT_MEETING, NULL },
	{ "oral update", IDIOM_AT_MEETING, NULL },
	{ "oral report", IDIOM_AT_MEETING, NULL },
	{ "standing item", IDIOM_STANDING, NULL },
	{ "standing agenda item", IDIOM_STANDING, NULL },
	{ "standard item", IDIOM_STANDING, NULL },
	{ "standard agenda item", IDIOM_STANDING, NULL },
	{ "rolling agenda item", IDIOM_STANDING, NULL },
};

#define IDIOMS (sizeof idioms / sizeof *idioms)

/* The index behind the idiom, 0 when it does not stand there. */
static int
match(const struct parse *p, int at, const char *text)
{
	while (*text != '\0') {
		const struct token *t = token_at(p, at);
		size_t n = strcspn(text, " /");

		if (t->kind != TOKEN_WORD ||
		    (*text != '*' &&
			(t->len != n ||
			    strncasecmp(p->text + t->start, text, n) != 0)))
			return 0;
		at++;
		text += n;
		if (*text == '/') {
			if (!is_mark(p, at, '/'))
				return 0;
			at++;
		}
		text += *text != '\0';
	}
	return at;
}

/* "a.s.a.p.", "on-going", "N/A" are the same to the eye. */
static bool
joined_is(const struct parse *p, int at, const char *text)
{
	const struct token *t = token_at(p, at);
	size_t n = 0;

	for (uint32_t i = 0; i < t->len; i++) {
		char c = p->text[t->start + i];

		if (c == '.' || c == '-')
			continue;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if (text[n] == '\0' || c != text[n])
			return false;
		n++;
	}
	return n > 0 && text[n] == '\0';
}

int
parse_idiom(const struct parse *p, int at, const struct idiom **out)
{
	const struct token *t = token_at(p, at);
	int best = 0;
	char first;

	if (t->kind != TOKEN_WORD)
		return 0;
	first = p->text[t->start];
	if (first >= 'A' && first <= 'Z')
		first = (char)(first + 32);
	for (size_t i = 0; i < IDIOMS; i++) {
		int end;

		if (idioms[i].text[0] != first)
			continue;
		end = match(p, at, idioms[i].text);
		if (end == 0 && joined_is(p, at, idioms[i].text))
			end = at + 1;
		if (end == 0 && is_mark(p, at + 1, '-') &&
		    is_text(p, at, "on") && is_text(p, at + 2, "going") &&
		    strcmp(idioms[i].text, "ongoing") == 0)
			end = at + 3;
		if (end > best) {
			best = end;
			*out = &idioms[i];
		}
	}
	return best;
}
