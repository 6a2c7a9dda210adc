/* SPDX-License-Identifier: ISC */
/*
 * Steps between bytes and lines. For minutes_text.c, minutes_clean.c,
 * minutes_wiki.c, minutes_mail.c and minutes_beside.c only.
 */
#ifndef NUDGED_CORE_MINUTES_LINES_H
#define NUDGED_CORE_MINUTES_LINES_H

#include "core/minutes_parts.h"

/* Reads the front matter of a paper, or the head of a mail, into its front_*
 * fields and marks its lines; none there: nothing changes. */
void paper_front(struct paper *paper);

/* The same of the head of a mail; minutes_mail.c. */
void mail_front(struct paper *paper);
/* What a line of either says behind "key:"; NULL: nothing of the kind. */
const char *front_field(const struct paper_line *line, const char *key);

/* Takes "ACTION:" and who acts, which stand at the right of lines, off them and
 * into their beside fields; minutes_beside.c. */
void beside_read(struct paper *paper);

/* Is it written in MediaWiki's markup? Then wiki_read makes Markdown of it in
 * place, line by line. */
bool is_wiki(const char *text, size_t len);
void wiki_read(char *text, size_t len);

/* Removes inline markup (Markdown, HTML) in place; returns the new length.
 * *bold tells that all of it was emphasised. */
size_t clean_inline(char *text, size_t len, bool *bold);

#endif
