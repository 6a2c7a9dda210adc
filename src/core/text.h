/* SPDX-License-Identifier: ISC */
/*
 * Text as people write it: UTF-8, display columns, wrapping, cutting, and how
 * alike two texts are. Knows no locale; letters are folded for ASCII and the
 * Latin-1 and Latin Extended-A ranges only.
 */
#ifndef NUDGED_CORE_TEXT_H
#define NUDGED_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/vec.h"

/* ---- UTF-8 ---- */

/* Reads one code point of the first len bytes. Returns how many bytes it takes
 * (1 to 4), 0 when len is 0, or -1 when they are not UTF-8 (overlong forms,
 * surrogates and what lies beyond U+10FFFF are not); *code is then untouched.
 */
int text_decode(const char *text, size_t len, uint32_t *code);

/* Writes a code point and returns its bytes; what is none becomes U+FFFD. */
size_t text_encode(uint32_t code, char out[4]);

bool text_is_utf8(const char *text, size_t len);

/* How many of the first len bytes are ASCII, up to the first that is not. */
size_t text_ascii_span(const char *text, size_t len);

/* Adds bytes as UTF-8, each wrong byte as U+FFFD. */
void text_add_utf8(struct buf *out, const char *text, size_t len);

/* Adds Windows-1252 bytes as UTF-8. Returns 0, or -1 when some byte has no
 * meaning there (81 8D 8F 90 9D; it becomes U+FFFD). */
int text_add_cp1252(struct buf *out, const char *data, size_t len);

/* Adds UTF-16 (no byte order mark) as UTF-8. Returns 0, or -1 when there were
 * lone surrogates or an odd byte (they become U+FFFD). */
int text_add_utf16(
    struct buf *out, const char *data, size_t len, bool big_endian);

/* ---- ASCII, whatever the locale ---- */

char text_lower(char c);
bool text_is_space(char c); /* blank, tab, newline, CR, VT, FF */
bool text_is_alnum(char c);

static inline bool
text_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
text_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool
text_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool
text_is_letter(char c)
{
	return text_is_upper(c) || text_is_lower(c);
}

/* Bytes of the apostrophe at text, in one of the shapes that people write:
 * ' U+2019 U+2018 U+02BC. At most len bytes are looked at; 0: there is none. */
size_t text_apostrophe(const char *text, size_t len);

/* Like strcmp, strncmp and strstr, letters A to Z in any case; what is the same
 * is so with apostrophes of any shape. */
int text_compare(const char *a, const char *b);
bool text_same(const char *a, const char *b);
bool text_same_n(const char *a, size_t alen, const char *b);
bool text_same_len(const char *a, size_t alen, const char *b, size_t blen);
bool text_starts(const char *text, const char *prefix);
const char *text_find(const char *text, const char *part);

/* The order of refs, over counted bytes: less than 0, 0 or more. Runs of digits
 * compare by value (WT-2 before WT-14), letters A to Z in any case. */
int text_compare_refs(const char *a, size_t alen, const char *b, size_t blen);

/* Takes away blank space at both ends, in place; returns text. */
char *text_trim(char *text);

/* The next part of a list like "a; b", trimmed and never empty; *text is moved
 * behind it. Owned; NULL when there is none any more. */
char *text_part(const char **text, char between);

/* Adds text with every run of blank space and control characters as one
 * space, none at the ends. */
void text_add_squeezed(struct buf *out, const char *text);

/* ---- columns ---- */

/* Columns that a code point takes on a terminal: 0 for combining marks,
 * zero-width and control characters, 2 for East Asian wide and emoji, else 1.*/
int text_code_width(uint32_t code);
size_t text_width(const char *text);
size_t text_width_n(const char *text, size_t len);

/* Adds text cut to at most width columns, the last of them an ellipsis when
 * something was cut; between words where that loses less than a third. */
void text_add_cut(struct buf *out, const char *text, size_t width);

/* Adds text and then blanks up to width columns (longer text as it is). */
void text_add_padded(struct buf *out, const char *text, size_t width);

/* Adds text wrapped to width columns: first before the first line, rest before
 * each other one (both count to the width). Newlines in text stay. A word that
 * does not fit stays whole, so that links survive. Ends without a newline. */
void text_add_wrapped(struct buf *out, const char *text, size_t width,
    const char *first, const char *rest);

/* ---- likeness ---- */

/* A text as a sorted bag of its words, normalised: letters folded, quotes and
 * punctuation gone, possessives and plurals without their s. */
struct text_bag {
	VEC(uint64_t) words; /* hash and weight; sorted */
	double weight;
};

void text_bag_init(struct text_bag *bag, const char *text);
void text_bag_clear(struct text_bag *bag);

/* 0 (nothing in common) to 1 (the same words, in any order). Words with digits
 * weigh double, small words ("the", "of") a quarter. Two empty texts are 1. */
double text_bag_alike(const struct text_bag *a, const struct text_bag *b);

/* The same for two texts, once. */
double text_alike(const char *a, const char *b);

#endif
