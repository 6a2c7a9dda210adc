/* SPDX-License-Identifier: ISC */
/* The sections of the chair's digest; see below. */
#ifndef NUDGED_CORE_DIGEST_H
#define NUDGED_CORE_DIGEST_H

enum digest_section {
	DIGEST_HEADLINE,
	DIGEST_CLOCKS, /* statutory and inspection clocks */
	DIGEST_OVERDUE,
	DIGEST_DUE, /* due before the next meeting */
	DIGEST_UNDATED,
	DIGEST_PROPOSED, /* proposed for closure */
	DIGEST_NEEDS,    /* needs you */
	DIGEST_CLOSED,   /* closed since last time */
	DIGEST_SECTIONS
};

#endif
