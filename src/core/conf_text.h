/* SPDX-License-Identifier: ISC */
/*
 * What libconfig 1.5 does not say about a config's text: texts that never end,
 * numbers that wrap around, and what a bare "syntax error" may be about.
 */
#ifndef NUDGED_CORE_CONF_TEXT_H
#define NUDGED_CORE_CONF_TEXT_H

#include <stdbool.h>

/* The line where a quoted text begins that has no end; 0 when there is none.
 * (libconfig calls it a syntax error of the last line, and leaks.) */
int conf_text_open_quote(const char *text);

/* Does a line hold a number of ten or more digits, outside quotes and
 * comments? libconfig reads 5000000000 as 705032704. */
bool conf_text_overflows(const char *text, int line);

/* What a syntax error noticed on a line may be about, as the end of a
 * sentence ("": no idea). */
const char *conf_text_hint(const char *text, int line);

#endif
