/* SPDX-License-Identifier: ISC */
/* The schema of letter templates, in the order of letter_names.h. */
#include "core/letter_names.h"

static const struct template_name entry_names[] = {
	[NAME_REF] = { "ref", NULL },
	[NAME_LABEL] = { "label", NULL },
	[NAME_KIND] = { "kind", NULL },
	[NAME_TEXT] = { "text", NULL },
	[NAME_GROUP] = { "group", NULL },
	[NAME_OWNERS] = { "owners", NULL },
	[NAME_SHARED] = { "shared", NULL },
	[NAME_DUE] = { "due", NULL },
	[NAME_MOVED] = { "moved", NULL },
	[NAME_AGREED] = { "agreed", NULL },
	[NAME_REPORT] = { "report", NULL },
	[NAME_BASIS] = { "basis", NULL },
	[NAME_UPDATE] = { "update", NULL },
	[NAME_STATE] = { "state", NULL },
	[NAME_NEW] = { "new", NULL },
	[NAME_AT] = { "at_meeting", NULL },
	[NAME_STATUTORY] = { "statutory", NULL },
	[NAME_EVIDENCE] = { "evidence", NULL },
	[NAME_ENTRY_WHY] = { "entry_why", NULL },
	[NAME_FIRED] = { "fired", NULL },
	[NAME_NOTE] = { "note", NULL },
	[NAME_TO] = { "to", NULL },
	[NAME_COMMAND] = { "command", NULL },
	[NAME_RESTRICTED] = { "restricted", NULL },
	[NAMES_ENTRY] = { NULL, NULL },
};

static const struct template_name section_names[] = {
	[NAME_TITLE] = { "title", NULL },
	[NAME_HEADING] = { "heading", NULL },
	[NAME_COUNT] = { "count", NULL },
	[NAME_ASK] = { "ask", NULL },
	[NAME_REFS] = { "refs", NULL },
	[NAME_ENTRIES] = { "entries", entry_names },
	[NAMES_SECTION] = { NULL, NULL },
};

const struct template_name letter_names[] = {
	[NAME_NAME] = { "name", NULL },
	[NAME_ORGANISATION] = { "organisation", NULL },
	[NAME_DATE] = { "date", NULL },
	[NAME_SUMMARY] = { "summary", NULL },
	[NAME_WHY] = { "why", NULL },
	[NAME_REPLY_TO] = { "reply_to", NULL },
	[NAME_MEANT_FOR] = { "meant_for", NULL },
	[NAME_EXAMPLE] = { "example", NULL },
	[NAME_SERIES] = { "series", NULL },
	[NAME_MEETING] = { "meeting", NULL },
	[NAME_HEADLINE] = { "headline", NULL },
	[NAME_SINCE] = { "since", NULL },
	[NAME_FOR_CHAIR] = { "for_chair", NULL },
	[NAME_FOR_SPONSOR] = { "for_sponsor", NULL },
	[NAME_FOR_OTHER] = { "for_other", NULL },
	[NAME_TO_APPROVE] = { "to_approve", NULL },
	[NAME_TO_DO] = { "to_do", NULL },
	[NAME_SECTIONS] = { "sections", section_names },
	[NAMES_LETTER] = { NULL, NULL },
};
