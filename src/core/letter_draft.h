/* SPDX-License-Identifier: ISC */
/*
 * A letter put into words: its entries sorted into sections, each value of the
 * template said. Used by letter.c only.
 */
#ifndef NUDGED_CORE_LETTER_DRAFT_H
#define NUDGED_CORE_LETTER_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/letter.h"
#include "core/letter_names.h"
#include "core/template.h"
#include "core/vec.h"

struct letter_section {
	const char *title;
	const char *counted; /* "2 overdue" */
	const char *ask;
};

/* A line in its place. */
struct letter_place {
	const struct letter_line *line;
	size_t index;
	int section;
	bool sorted; /* the digest's order is the caller's */
};

/* Values point into one text, which grows while it is written: they are kept as
 * offsets until it stands still. */
struct letter_slot {
	struct template_value *value;
	size_t at;
};

#define LETTER_SECTIONS_MAX 16

struct letter_draft {
	enum letter_kind kind;
	const struct letter *letter;
	const struct letter_section *sections; /* of this kind of letter */
	int nsections;
	struct letter_place *places;
	size_t nplaces;
	size_t counts[LETTER_SECTIONS_MAX];
	bool same_why;
	struct buf text;
	size_t from;
	VEC(struct letter_slot) slots;
	struct template_value top[NAMES_LETTER];
	struct template_value parts[LETTER_SECTIONS_MAX][NAMES_SECTION];
	struct template_value *entries;
};

/* The values for the template are in draft->top; they hold until the
 * draft is cleared and borrow from the letter. */
void letter_draft_init(struct letter_draft *draft, enum letter_kind kind,
    const struct letter *letter);
void letter_draft_clear(struct letter_draft *draft);

/* A digest, by mail or in Markdown? */
bool letter_is_digest(enum letter_kind kind);

/* The words for a section of this letter. */
const struct letter_section *letter_draft_section(
    const struct letter_draft *draft, int section);

/* Adds what the letter is about ("3 actions need you: 1 overdue, 2 due soon");
 * and the subject line. Both need the entries in their places only. */
void letter_draft_summary(const struct letter_draft *draft, struct buf *out);
void letter_draft_subject(const struct letter_draft *draft, struct buf *out);

#endif
