/* SPDX-License-Identifier: ISC */
/*
 * Headings that open a section: present, actions, recommendations, next
 * meeting. Looks at one line only.
 */
#include "core/minutes_parts.h"

#include <string.h>

/* Headings that are named in whole. */
static const struct {
	enum section section;
	const char *words;
} headings[] = {
	{ SECTION_PRESENT, "members" },
	{ SECTION_PRESENT, "officers" },
	{ SECTION_PRESENT, "by invitation" },
	{ SECTION_PRESENT, "observers" },
	{ SECTION_PRESENT, "observing" },
	{ SECTION_PRESENT, "guests" },
	{ SECTION_PRESENT, "people who came" },
	{ SECTION_PRESENT, "who came" },
	{ SECTION_PRESENT, "who was there" },
	{ SECTION_PRESENT, "here" },
	{ SECTION_PRESENT, "roll" },
	{ SECTION_PRESENT, "roll call" },
	{ SECTION_PRESENT, "on the call" },
	{ SECTION_PRESENT, "in the room" },
	{ SECTION_PRESENT, "in person" },
	{ SECTION_PRESENT, "online" },
	{ SECTION_PRESENT, "joining remotely" },
	{ SECTION_PRESENT, "voting members" },
	{ SECTION_PRESENT, "there" },
	{ SECTION_APOLOGIES, "sorry" },
	{ SECTION_APOLOGIES, "missing" },
	{ SECTION_APOLOGIES, "absent" },
	{ SECTION_APOLOGIES, "absences" },
	{ SECTION_APOLOGIES, "absent with apologies" },
	{ SECTION_APOLOGIES, "not present" },
	{ SECTION_APOLOGIES, "not attending" },
	{ SECTION_APOLOGIES, "regrets" },
	{ SECTION_APOLOGIES, "sorry to miss" },
	{ SECTION_APOLOGIES, "could not make it" },
	{ SECTION_APOLOGIES, "unable to attend" },
	{ SECTION_PREVIOUS, "actions arising" },
	{ SECTION_PREVIOUS, "reports back" },
	{ SECTION_PREVIOUS, "report back" },
	{ SECTION_PREVIOUS, "reporting back" },
	{ SECTION_PREVIOUS, "progress reports" },
	{ SECTION_PREVIOUS, "matters arising" },
	{ SECTION_PREVIOUS, "from last time" },
	{ SECTION_PREVIOUS, "things from last time" },
	{ SECTION_PREVIOUS, "follow up from last time" },
	{ SECTION_PREVIOUS, "since last time" },
	{ SECTION_PREVIOUS, "since the last meeting" },
	{ SECTION_ACTIONS, "homework" },
	{ SECTION_ACTIONS, "assignments" },
	{ SECTION_ACTIONS, "takeaways" },
	{ SECTION_ACTIONS, "take-aways" },
	{ SECTION_ACTIONS, "who does what" },
	{ SECTION_ACTIONS, "who will do what" },
	{ SECTION_ACTIONS, "what we agreed to do" },
	{ SECTION_ACTIONS, "what we will do" },
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
	{ SECTION_NEXT, "next call" },
	{ SECTION_NEXT, "next teleconference" },
	{ SECTION_NEXT, "next session" },
	{ SECTION_NEXT, "next meetup" },
	{ SECTION_NEXT, "dates" },
	{ SECTION_NEXT, "diary dates" },
	{ SECTION_NEXT, "future dates" },
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
	{ SECTION_NOTES, "notes" },
	{ SECTION_NOTES, "meeting notes" },
	{ SECTION_NOTES, "summary of decisions" },
	{ SECTION_NOTES, "risks" },
	{ SECTION_AGENDA, "agenda" },
	{ SECTION_AGENDA, "order of business" },
	{ SECTION_AGENDA, "contents" },
	{ SECTION_AGENDA, "table of contents" },
	{ SECTION_AGENDA, "matters for the next agenda" },
	{ SECTION_AGENDA, "items for the next agenda" },
	{ SECTION_AGENDA, "items for next agenda" },
};

/* Headings that vary: one of the nouns, and beside it nothing but words that
 * such headings have. The first that fits counts. */
static const struct {
	enum section section;
	const char *nouns[20], *beside[104];
	bool also; /* "action" or "arising" must be there too */
} kinds[] = {
	{ SECTION_PREVIOUS,
	    { "previous", "last", "review", "update", "updates", "closed",
		"completed", "brought", "carried", "past", "earlier", "old",
		"progress", "matters", NULL },
	    { "actions", "action", "of", "on", "from", "the", "meeting",
		"meetings", "minutes", "forward", "points", "items", "point",
		"item", "log", "and", "arising", "list", "against", "not",
		"agenda", "elsewhere", "tracker", "outstanding", "open",
		"ongoing", NULL },
	    true },
	{ SECTION_ACTIONS,
	    { "action", "actions", "steps", "to-do", "to-dos", "todo", "todos",
		"do", "tasks", "follow-ups", "followups", NULL },
	    { "point", "points", "item", "items", "list", "lists", "log",
		"tracker", "summary", "of", "agreed", "and", "owners", "owner",
		"required", "to", "be", "taken", "take", "from", "this", "the",
		"further", "at", "end", "meeting", "today", "arising", "new",
		"open", "key", "decisions", "next", "steps", "by", "person",
		"agreements", "before", "tasks", "assigned", "follow-up",
		"follow", "up", "for", "our", "all", "summary", "register",
		"outcomes", "recap", "sheet", "table", "resulting", "result",
		"identified", "captured", "raised", "allocated", "given",
		"information", "provided", "requested", "noted", "things",
		"stuff", "jobs", "homework", "going", "forward", "time",
		"deadlines", "deadline", "dates", "due", "during", "immediate",
		"outstanding", "ongoing", "post-meeting", "short", "medium",
		"long", "short-term", "medium-term", "long-term", "term",
		"resolutions", "week", "weeks", "month", "months", "fortnight",
		"coming", "until", "till", "session", "call", "now", NULL },
	    false },
	{ SECTION_PRESENT,
	    { "present", "attendance", "attendees", "attending", "attended",
		"participants", "participating", NULL },
	    { "those", "members", "councillors", "governors", "trustees",
		"directors", "also", "people", "list", "of", "in", "officers",
		"board", "committee", "other", "additional", "by", "governor",
		"non-members", "non-voting", "voting", "meeting", "staff",
		"remote", "remotely", "online", "the", "were", "and", "who",
		"register", "record", "partners", "guests", "panel", "forum",
		"group", "council", "partnership", "steering", "association",
		"trust", "team", "invited", "regular", "core", "expected",
		NULL },
	    false },
	{ SECTION_APOLOGIES, { "apologies", NULL },
	    { "for", "absence", "received", "from", "and", "introductions",
		"welcome", "to", "receive", "sent", "of", "accepted", "were",
		"introduction", "opening", "remarks", "absences", "chair",
		"chair's", NULL },
	    false },
};

static bool
word_in(const struct tok *t, const char *const *words)
{
	for (; *words; words++)
		if (tok_is(t, *words))
			return true;
	return false;
}

/* What is said of the words of such a heading, in brackets, does not count:
 * "People present (lines said)". */
static enum section
section_of_words(const char *text, size_t len)
{
	const char *open = memchr(text, '(', len);
	struct toks toks;

	if (open && open > text + 3 && text[len - 1] == ')')
		len = (size_t)(open - text);
	toks_read(&toks, text, len);
	if (toks.n == 0 || toks.n > 14)
		return SECTION_NONE;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		bool noun = false, fits = true, also = false;

		for (size_t i = 0; i < toks.n && fits; i++) {
			const struct tok *t = &toks.t[i];
			bool is = word_in(t, kinds[k].nouns);

			noun |= is;
			also |= !is &&
				(tok_is(t, "action") || tok_is(t, "actions") ||
				    tok_is(t, "arising"));
			/* "TSC participants": the body by its letters */
			fits = is || t->kind == 'p' ||
			       (t->kind == 'w' &&
				   (word_in(t, kinds[k].beside) ||
				       (kinds[k].section == SECTION_PRESENT &&
					   t->upper)));
		}
		if (noun && fits && (also || !kinds[k].also))
			return kinds[k].section;
	}
	return SECTION_NONE;
}

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
		"brought forward", "carried forward", "carried over", "past",
		"earlier", "closed", "completed", NULL };
	static const char *const next[] = { "date of next", "date of the next",
		"dates of next", "dates of the next", "next meeting",
		"date of meeting", "dates of meetings", "dates of future",
		"date and venue of next", "date and time of next",
		"next committee meeting", "time and date of next",
		"venue of next", "dates for", NULL };
	/* "This item was deferred to the next meeting" heads nothing */
	static const char *const begins[] = { "date", "next", "time", "venue",
		"future", "upcoming", "to confirm", "confirm", "to agree",
		"proposed date", "details of", "forthcoming", "calendar",
		NULL };
	bool actions = find_phrase(text, len, "actions") ||
		       find_phrase(text, len, "action points") ||
		       find_phrase(text, len, "action log") ||
		       find_phrase(text, len, "action items") ||
		       find_phrase(text, len, "action list") ||
		       find_phrase(text, len, "action tracker");

	if (find_phrase(text, len, "matters arising") ||
	    (actions && has_any(text, len, before)))
		return SECTION_PREVIOUS;
	if (starts_any(text, begins) && has_any(text, len, next))
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

/* "Apologies Ann Bell, Carl Dunn": bytes before the first name. */
static size_t
label_before_name(const char *text, size_t len)
{
	static const char *const labels[] = { "apologies from ", "apologies ",
		"present ", "in attendance ", "absent ", "attendees ", NULL };
	struct toks toks;

	for (const char *const *l = labels; *l; l++) {
		size_t n = strlen(*l), k;

		if (len < n + 8 || !text_starts(text, *l) ||
		    !text_is_upper(text[0]))
			continue;
		toks_read(&toks, text + n, len - n < 200 ? len - n : 200);
		k = name_at(&toks, 0);
		return k > 1 && !is_small_word(toks.t[0].at, toks.t[0].len) &&
			       (k == toks.n || toks.t[k].kind == 'p' ||
				   tok_is(&toks.t[k], "and"))
			   ? n
			   : 0;
	}
	return 0;
}

/* "Apologies / Ann Bell", a row of a table: bytes before the slash, 0: it is
 * none. */
static size_t
people_before_slash(const char *text, size_t len)
{
	for (size_t i = 4; i + 4 < len && i < 48; i++)
		if (text_starts(text + i, " / ")) {
			enum section section = section_listed(text, i);

			if (section == SECTION_NONE)
				section = section_of_words(text, i);
			return section == SECTION_PRESENT ||
				       section == SECTION_APOLOGIES
				   ? i
				   : 0;
		}
	return 0;
}

enum section
section_of(const char *text, size_t len, const char **rest)
{
	const char *colon = memchr(text, ':', len);
	size_t head = len, words = 0;
	enum section section;

	if (rest)
		*rest = NULL;
	if (rest && (words = label_before_name(text, len)) > 0) {
		*rest = text + words;
		return text_starts(text, "apologies") ||
			       text_starts(text, "absent")
			   ? SECTION_APOLOGIES
			   : SECTION_PRESENT;
	}
	if (colon && (size_t)(colon - text) < 48)
		head = (size_t)(colon - text);
	else
		colon = NULL;
	if (!colon && rest && (words = people_before_slash(text, len)) > 0) {
		section = section_listed(text, words);
		*rest = text + words + 3;
		return section != SECTION_NONE ? section
					       : section_of_words(text, words);
	}
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
			       text[head - 1] == ';' || text[head - 1] == ':'))
		head--;
	if (head == 0 || head > 80)
		return SECTION_NONE;
	for (size_t i = 0; i < head; i++)
		words += text[i] == ' ';
	if (words > 11)
		return SECTION_NONE;
	section = section_listed(text, head);
	if (section == SECTION_NONE)
		section = section_of_words(text, head);
	if (section == SECTION_NONE && colon && rest && head == 3 &&
	    text_starts(text, "who:") && memchr(text, ',', len))
		section = SECTION_PRESENT; /* "Who: Ann, Bob, Carl" */
	if (section == SECTION_NONE && is_one_action(text, head))
		section = SECTION_ONE_ACTION;
	if (section == SECTION_NONE &&
	    !(text[head] == '.' && head + 1 < len && words > 5))
		section = section_guessed(text, head);
	if (section == SECTION_NONE)
		return SECTION_NONE;
	while (head < len &&
	       (text_is_space(text[head]) || strchr(":.-;", text[head])))
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
