/* SPDX-License-Identifier: ISC */
/*
 * The heads of columns: which words mean owner, date, status and so on.
 */
#include "core/minutes_parts.h"

#include <string.h>

static const struct {
	const char *label;
	enum column column;
} labels[] = {
	{ "no", COLUMN_REF },
	{ "no.", COLUMN_REF },
	{ "number", COLUMN_REF },
	{ "ref", COLUMN_REF },
	{ "ref.", COLUMN_REF },
	{ "reference", COLUMN_REF },
	{ "item", COLUMN_REF },
	{ "item no", COLUMN_REF },
	{ "item no.", COLUMN_REF },
	{ "agenda item", COLUMN_REF },
	{ "minute", COLUMN_REF },
	{ "minute ref", COLUMN_REF },
	{ "minute no", COLUMN_REF },
	{ "minute no.", COLUMN_REF },
	{ "#", COLUMN_REF },
	{ "action no", COLUMN_REF },
	{ "action no.", COLUMN_REF },
	{ "action ref", COLUMN_REF },
	{ "id", COLUMN_REF },
	{ "action", COLUMN_TEXT },
	{ "actions", COLUMN_TEXT },
	{ "action required", COLUMN_TEXT },
	{ "actions required", COLUMN_TEXT },
	{ "action point", COLUMN_TEXT },
	{ "action points", COLUMN_TEXT },
	{ "agreed action", COLUMN_TEXT },
	{ "task", COLUMN_TEXT },
	{ "action agreed", COLUMN_TEXT },
	{ "what", COLUMN_TEXT },
	{ "action item", COLUMN_TEXT },
	{ "action/decision", COLUMN_TEXT },
	{ "decision/action", COLUMN_TEXT },
	{ "decision / action", COLUMN_TEXT },
	{ "recommendation", COLUMN_TEXT },
	{ "action description", COLUMN_TEXT },
	{ "actions agreed", COLUMN_TEXT },
	{ "action to be taken", COLUMN_TEXT },
	{ "description of action", COLUMN_TEXT },
	{ "to do", COLUMN_TEXT },
	{ "description", COLUMN_NOTES },
	{ "notes", COLUMN_NOTES },
	{ "discussion", COLUMN_NOTES },
	{ "minutes", COLUMN_NOTES },
	{ "issue", COLUMN_NOTES },
	{ "subject", COLUMN_NOTES },
	{ "topic", COLUMN_NOTES },
	{ "title", COLUMN_NOTES },
	{ "item/discussion", COLUMN_NOTES },
	{ "key points", COLUMN_NOTES },
	{ "discussion and decision", COLUMN_NOTES },
	{ "discussion/decision", COLUMN_NOTES },
	{ "details", COLUMN_NOTES },
	{ "decision", COLUMN_NOTES },
	{ "summary", COLUMN_NOTES },
	{ "discussion points", COLUMN_NOTES },
	{ "by whom", COLUMN_OWNER },
	{ "who", COLUMN_OWNER },
	{ "owner", COLUMN_OWNER },
	{ "owners", COLUMN_OWNER },
	{ "lead", COLUMN_OWNER },
	{ "lead officer", COLUMN_OWNER },
	{ "leads", COLUMN_OWNER },
	{ "lead person", COLUMN_OWNER },
	{ "action by", COLUMN_OWNER },
	{ "action owner", COLUMN_OWNER },
	{ "responsible", COLUMN_OWNER },
	{ "responsibility", COLUMN_OWNER },
	{ "person responsible", COLUMN_OWNER },
	{ "assigned to", COLUMN_OWNER },
	{ "responsible person", COLUMN_OWNER },
	{ "assignee", COLUMN_OWNER },
	{ "actioned by", COLUMN_OWNER },
	{ "to be actioned by", COLUMN_OWNER },
	{ "assigned", COLUMN_OWNER },
	{ "allocated to", COLUMN_OWNER },
	{ "responsible officer", COLUMN_OWNER },
	{ "by who", COLUMN_OWNER },
	{ "officer", COLUMN_OWNER },
	{ "whom", COLUMN_OWNER },
	{ "action lead", COLUMN_OWNER },
	{ "initials", COLUMN_INITIALS },
	{ "by", COLUMN_OWNER },
	{ "accountable", COLUMN_OWNER },
	{ "lead officer/em", COLUMN_OWNER },
	{ "named lead", COLUMN_OWNER },
	{ "owner(s)", COLUMN_OWNER },
	{ "lead(s)", COLUMN_OWNER },
	{ "actionee", COLUMN_OWNER },
	{ "action for", COLUMN_OWNER },
	{ "by when", COLUMN_DUE },
	{ "when", COLUMN_DUE },
	{ "due", COLUMN_DUE },
	{ "due date", COLUMN_DUE },
	{ "due by", COLUMN_DUE },
	{ "date due", COLUMN_DUE },
	{ "target", COLUMN_DUE },
	{ "target date", COLUMN_DUE },
	{ "deadline", COLUMN_DUE },
	{ "timescale", COLUMN_DUE },
	{ "timescales", COLUMN_DUE },
	{ "action date", COLUMN_DUE },
	{ "completion date", COLUMN_DUE },
	{ "exec date", COLUMN_DUE },
	{ "target completion", COLUMN_DUE },
	{ "timeframe", COLUMN_DUE },
	{ "target completion date", COLUMN_DUE },
	{ "timeline", COLUMN_DUE },
	{ "complete by", COLUMN_DUE },
	{ "by date", COLUMN_DUE },
	{ "date", COLUMN_DUE },
	{ "to be completed by", COLUMN_DUE },
	{ "expected completion", COLUMN_DUE },
	{ "date for completion", COLUMN_DUE },
	{ "new date", COLUMN_REVISED },
	{ "revised date", COLUMN_REVISED },
	{ "revised target", COLUMN_REVISED },
	{ "revised due date", COLUMN_REVISED },
	{ "revised target completion date", COLUMN_REVISED },
	{ "revised target date", COLUMN_REVISED },
	{ "status", COLUMN_STATUS },
	{ "state", COLUMN_STATUS },
	{ "progress", COLUMN_STATUS },
	{ "update", COLUMN_STATUS },
	{ "outcome", COLUMN_STATUS },
	{ "status/comment", COLUMN_STATUS },
	{ "comment", COLUMN_STATUS },
	{ "comments", COLUMN_STATUS },
	{ "action taken", COLUMN_STATUS },
	{ "status update", COLUMN_STATUS },
	{ "progress update", COLUMN_STATUS },
	{ "current status", COLUMN_STATUS },
	{ "rag", COLUMN_CLOSE },
	{ "rag status", COLUMN_CLOSE },
	{ "rag rating", COLUMN_CLOSE },
	{ "progress/status", COLUMN_STATUS },
	{ "update/status", COLUMN_STATUS },
	{ "status / comments", COLUMN_STATUS },
	{ "response", COLUMN_STATUS },
	{ "open/closed", COLUMN_CLOSE },
	{ "proposed to open/ close", COLUMN_CLOSE },
	{ "proposed to open/close", COLUMN_CLOSE },
	{ "open / closed", COLUMN_CLOSE },
	{ "open/close", COLUMN_CLOSE },
	{ "complete?", COLUMN_CLOSE },
	{ "closed", COLUMN_CLOSE },
	{ "completed", COLUMN_CLOSE },
	{ "source", COLUMN_SOURCE },
	{ "meeting", COLUMN_SOURCE },
	{ "origin", COLUMN_SOURCE },
	{ "meeting date", COLUMN_SOURCE },
	{ "date raised", COLUMN_SOURCE },
	{ "raised", COLUMN_SOURCE },
	{ "date of meeting", COLUMN_SOURCE },
	{ "date agreed", COLUMN_SOURCE },
	{ "name", COLUMN_NAME },
	{ "attendee", COLUMN_NAME },
	{ "member", COLUMN_NAME },
	{ "role", COLUMN_ROLE },
	{ "position", COLUMN_ROLE },
	{ "job title", COLUMN_ROLE },
	{ "organisation", COLUMN_ORGANISATION },
	{ "agency", COLUMN_ORGANISATION },
	{ "representing", COLUMN_ORGANISATION },
	{ "organization", COLUMN_ORGANISATION },
};

/* "Discussion and decisions", "Minutes / notes". */
static bool
are_notes(const char *label, size_t len)
{
	static const char *const words[] = { "discussion", "discussions",
		"decision", "decisions", "minutes", "notes", "note", "comments",
		"details", "outcome", "outcomes", "summary", "narrative",
		"resolution", "resolutions", NULL };
	static const char *const beside[] = { "and", "of", "the", "key", "main",
		"points", "made", "meeting", NULL };
	struct toks toks;
	bool notes = false;

	toks_read(&toks, label, len);
	if (toks.n > 6)
		return false;
	for (size_t i = 0; i < toks.n; i++) {
		bool is = tok_in(&toks.t[i], words);

		if (!is && toks.t[i].kind == 'w' && !tok_in(&toks.t[i], beside))
			return false;
		notes |= is;
	}
	return notes;
}

/* "Notes/Action items", "Actions: responsible", "Responsible person": made of
 * the words of such heads alone, and named by the first. */
static enum column
column_of_words(const char *label, size_t len)
{
	static const char *const words[] = { "action", "actions", "item",
		"items", "point", "points", "notes", "note", "discussion",
		"decision", "decisions", "responsible", "responsibility",
		"person", "people", "owner", "owners", "none", "required",
		"agreed", "and", "or", "for", "the", "key", "summary", "lead",
		"status", "date", "who", "whom", "when", "by", "due", NULL };
	struct toks toks;
	size_t n = 0;

	toks_read(&toks, label, len);
	for (size_t i = 0; i < toks.n; i++) {
		if (toks.t[i].kind == 'p')
			continue;
		if (!tok_in(&toks.t[i], words))
			return COLUMN_OTHER;
		n++;
	}
	if (n < 2 || n > 5)
		return COLUMN_OTHER;
	return text_starts(label, "action")       ? COLUMN_TEXT
	       : text_starts(label, "responsib")  ? COLUMN_OWNER
	       : text_starts(label, "owner")      ? COLUMN_OWNER
	       : text_starts(label, "note")       ? COLUMN_NOTES
	       : text_starts(label, "discussion") ? COLUMN_NOTES
	       : text_starts(label, "decision")   ? COLUMN_NOTES
	       : text_starts(label, "key")        ? COLUMN_NOTES
	       : text_starts(label, "summary")    ? COLUMN_NOTES
						  : COLUMN_OTHER;
}

/* Heads that vary: one of the nouns, and beside it nothing but words that such
 * heads have. The first that fits counts. */
static const struct {
	enum column column;
	const char *nouns[16], *beside[40];
} kinds[] = {
	{ COLUMN_REVISED, { "revised", "extended", NULL },
	    { "date", "target", "deadline", "due", "completion", "timescale",
		"for", "of", NULL } },
	{ COLUMN_STATUS,
	    { "status", "progress", "update", "updates", "outcome", "outcomes",
		"comment", "comments", "position", "response", NULL },
	    { "check", "report", "latest", "current", "and", "on", "to", "date",
		"note", "notes", "of", "action", "actions", "taken", "summary",
		"further", "since", "last", "meeting", "made", "officer",
		"officers", "recommendation", "recommendations", "tracking",
		"evidence", "rag", "cabinet", "executive", "the", NULL } },
	{ COLUMN_OWNER,
	    { "owner", "owners", "lead", "leads", "responsible",
		"responsibility", "officer", "officers", "whom", "who",
		"assignee", "actionee", "accountable", "sponsor", NULL },
	    { "member", "members", "person", "name", "action", "actions",
		"team", "service", "directorate", "exec", "executive", "the",
		"for", "of", "by", "manager", "director", "department",
		"organisation", "agency", "to", "assigned", "allocated",
		"named", "post", "holder", "and", "or", "senior", "body",
		"group", "partner", "initials", NULL } },
	{ COLUMN_SOURCE, { "meeting", "raised", "opened", "logged", NULL },
	    { "date", "of", "on", "at", "when", "first", "committee", "board",
		"item", "and", "agenda", NULL } },
	{ COLUMN_DUE,
	    { "due", "deadline", "timescale", "timescales", "timeframe",
		"target", "when", "completion", "complete", "completed", NULL },
	    { "date", "dates", "by", "for", "expected", "of", "estimated",
		"original", "agreed", "planned", "implementation", "action",
		"actions", "end", "to", "be", "proposed", "anticipated",
		"response", "report", "back", "the", NULL } },
	{ COLUMN_TEXT,
	    { "action", "actions", "task", "tasks", "recommendation",
		"recommendations", NULL },
	    { "required", "agreed", "point", "points", "item", "items",
		"description", "of", "to", "be", "taken", "and", "decision",
		"decisions", "detail", "details", "arising", "from", "meeting",
		"the", "key", "improvement", "planned", "proposed",
		"management", "requested", "request", "requests", "or",
		"outstanding", "agreement", "agreements", NULL } },
};

static enum column
column_of_kind(const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	if (toks.n < 2 || toks.n > 8)
		return COLUMN_OTHER;
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		bool noun = false, fits = true;

		for (size_t i = 0; i < toks.n && fits; i++) {
			const struct tok *t = &toks.t[i];
			bool is = tok_in(t, kinds[k].nouns);

			noun |= is;
			fits = is ||
			       (t->kind == 'p' && !strchr(".:", *t->at)) ||
			       tok_in(t, kinds[k].beside);
		}
		if (noun && fits)
			return kinds[k].column;
	}
	return COLUMN_OTHER;
}

enum column
column_of(const char *label, size_t len)
{
	char plain[48];
	enum column kind;
	size_t n = 0;

	trim_span(&label, &len);
	for (size_t i = 0; i < len; i++) {
		if (n + 1 >= sizeof plain)
			break;
		if (text_is_space(label[i]) && n > 0 && plain[n - 1] == ' ')
			continue;
		plain[n++] = text_is_space(label[i]) ? ' ' : label[i];
	}
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (text_same(plain, labels[i].label))
			return labels[i].column;
	if (are_notes(label, len))
		return COLUMN_NOTES;
	if (text_starts(label, "source ("))
		return COLUMN_SOURCE;
	if (text_starts(label, "due "))
		return COLUMN_DUE;
	if (text_starts(label, "action") && len < 48 &&
	    find_phrase(label, len, "by"))
		return COLUMN_OWNER;
	kind = column_of_kind(plain, strlen(plain));
	return kind != COLUMN_OTHER ? kind : column_of_words(label, len);
}
