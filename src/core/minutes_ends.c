/* SPDX-License-Identifier: ISC */
/*
 * Lines that a paper ends with, below its last list: who signs, who took the
 * notes, whom they go to, when the meeting closed. Looks at one line only.
 */
#include "core/minutes_blocks.h"

#include <string.h>

/* Of letters and mails; they fill the line. */
static const char *const farewells[] = { "yours", "yours sincerely",
	"yours faithfully", "yours truly", "yours ever", "regards",
	"kind regards", "kindest regards", "best regards", "warm regards",
	"warmest regards", "many regards", "with kind regards",
	"with best regards", "best", "best wishes", "all the best",
	"with best wishes", "with thanks", "many thanks", "thanks", "thank you",
	"thanks and regards", "many thanks and kind regards", "cheers", "end",
	"ends", "end of minutes", "end of notes", "end of meeting",
	"close of meeting", "signed", "signature", NULL };

/* What a line of the end begins with, and then says what it likes. */
static const char *const told[] = { "the meeting closed", "meeting closed",
	"the meeting ended", "meeting ended", "the meeting finished",
	"meeting finished", "the meeting concluded", "meeting concluded",
	"the meeting was closed", "the meeting was adjourned",
	"the meeting adjourned", "meeting adjourned",
	"the chair closed the meeting", "the chairman closed the meeting",
	"there being no further business", "there was no further business",
	"with no further business", "as there was no further business",
	"minutes taken by", "minutes prepared by", "minutes recorded by",
	"minutes written by", "minutes submitted by", "minutes compiled by",
	"minutes by", "notes taken by", "notes prepared by", "notes by",
	"notes written by", "recorded by", "respectfully submitted",
	"signed as a", "signed by the chair", "signed on behalf",
	"signature of", "chair's signature", "approved as a", NULL };

/* The same before a colon or a line to write on; but "Distribution: CD to ring
 * the printer" is an action. */
static const char *const labels[] = { "signed", "signature", "distribution",
	"distribution list", "circulation", "circulation list",
	"distributed to", "circulated to", "copies to", "copy to", "copied to",
	"cc", "c.c.", "encl", "enc", "enclosures", "minute taker", "note taker",
	"time of closure", NULL };
static const char *const charging[] = { "to", "will", "should", "must", NULL };

/* "____", "......", "\342\200\246": a line to write on. */
static bool
is_drawn(const char *text)
{
	while (text_is_space(*text))
		text++;
	return strncmp(text, "__", 2) == 0 || strncmp(text, "..", 2) == 0 ||
	       strncmp(text, "\342\200\246", 3) == 0;
}

bool
ends_paper(const char *text, size_t len)
{
	size_t whole = len;

	while (whole > 0 && strchr(".,:;!-_ ", text[whole - 1]))
		whole--;
	if (same_any(text, whole, farewells) || starts_any(text, told))
		return true;
	for (const char *const *l = labels; *l; l++) {
		size_t n = strlen(*l);

		if (len > n && text_starts(text, *l) &&
		    (text[n] == ':' || is_drawn(text + n)))
			return !has_any(text + n, len - n, charging);
	}
	return false;
}
