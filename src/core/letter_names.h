/* SPDX-License-Identifier: ISC */
/*
 * The names that letter templates may use, and the places of their values.
 * Used by the letter modules only; the order here is theirs.
 */
#ifndef NUDGED_CORE_LETTER_NAMES_H
#define NUDGED_CORE_LETTER_NAMES_H

#include "core/template.h"

enum letter_name {
	NAME_NAME,         /* the recipient */
	NAME_ORGANISATION, /* ours */
	NAME_DATE,         /* "Thursday 12 September 2019" */
	NAME_SUMMARY,      /* "3 actions need you: 1 overdue, 2 due soon" */
	NAME_WHY,          /* "as owner", where it is so for every entry */
	NAME_REPLY_TO,     /* address; empty: that of the sender */
	NAME_MEANT_FOR,    /* a redirected mail's real recipient */
	NAME_EXAMPLE,      /* a ref of this mail */
	NAME_SERIES,       /* title */
	NAME_MEETING,      /* "Monday 23 September 2019, in 11 days" */
	NAME_HEADLINE,
	NAME_SINCE,       /* day of the last digest */
	NAME_FOR_CHAIR,   /* an entry reached the reader as chair, */
	NAME_FOR_SPONSOR, /* as sponsor, */
	NAME_FOR_OTHER,   /* or in another part */
	NAME_TO_APPROVE,  /* an entry waits for the reader's approval */
	NAME_TO_AGREE,    /* another date waits for it */
	NAME_TO_DO,       /* an entry is the reader's to do */
	NAME_SECTIONS,    /* list */
	NAMES_LETTER
};

enum letter_section_name {
	NAME_TITLE,   /* "Overdue" */
	NAME_HEADING, /* "OVERDUE" */
	NAME_COUNT,
	NAME_ASK,     /* what to do with the entries of this section */
	NAME_REFS,    /* all refs in a row, where only they are told */
	NAME_ENTRIES, /* list */
	NAMES_SECTION
};

enum letter_entry_name {
	NAME_REF,
	NAME_LABEL, /* "Action WT-14" */
	NAME_KIND,  /* "action" */
	NAME_TEXT,
	NAME_GROUP, /* the organisation, at the first entry of each */
	NAME_OWNERS,
	NAME_SHARED, /* the owners where they are several */
	NAME_DUE,
	NAME_MOVED,
	NAME_AGREED,
	NAME_REPORT,
	NAME_BASIS,
	NAME_UPDATE,
	NAME_STATE,
	NAME_NEW, /* "new", "new date": told for the first time */
	NAME_AT,  /* the meeting that will look at it */
	NAME_STATUTORY,
	NAME_EVIDENCE,
	NAME_REQUEST,
	NAME_ENTRY_WHY, /* "why" where it is not the same for every entry */
	NAME_FIRED,
	NAME_NOTE,
	NAME_TO,
	NAME_COMMAND,
	NAME_RESTRICTED,
	NAMES_ENTRY
};

extern const struct template_name letter_names[];

#endif
