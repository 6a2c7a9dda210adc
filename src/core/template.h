/* SPDX-License-Identifier: ISC */
/*
 * An escaped mustache subset: {{x}}, {{#s}}...{{/s}}, {{^s}}...{{/s}} and
 * {{! a comment }}. Names are fixed by a schema and resolved when compiling, so
 * that rendering looks nothing up; there is no unescaped form, no partial, no
 * lambda. A line that holds only a section tag or a comment leaves no line.
 */
#ifndef NUDGED_CORE_TEMPLATE_H
#define NUDGED_CORE_TEMPLATE_H

#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

#define TEMPLATE_SOURCE_MAX (256 * 1024)
#define TEMPLATE_OUTPUT_MAX (4 * 1024 * 1024)
#define TEMPLATE_DEPTH_MAX 16

/* The names known in one scope, ended by one without a name. A name with items
 * is a list, whose entries know these names and those of the scopes around. */
struct template_name {
	const char *name;
	const struct template_name *items; /* NULL: a text */
};

/* The values of one scope: an array in the schema's order. A text that is NULL
 * or "" is false for a section. A list is count scopes, one after another. */
struct template_value {
	const char *text;
	const struct template_value *items;
	size_t count;
};

enum template_escape {
	TEMPLATE_PLAIN,    /* control characters but newline and tab dropped */
	TEMPLATE_HEADER,   /* and line breaks become blanks */
	TEMPLATE_HTML,     /* & < > " ' as entities */
	TEMPLATE_MARKDOWN, /* what Markdown would read as markup, escaped */
};

struct template;

/* Compiles text against a schema, which must outlive the template. Returns 0
 * and *out, or -1 with *err set ("line 3: unknown name 'x', did you mean
 * 'y'?"): unknown names, tags of full mustache, a section that is not closed, a
 * list where a text is needed, a list inside itself, sizes. */
int template_compile(const char *text, size_t len,
    const struct template_name *schema, struct template **out, struct err *err);
void template_free(struct template *tpl);

/* Adds the rendered text to out. Returns 0, or -1 with *err set and out as it
 * was when it would grow beyond TEMPLATE_OUTPUT_MAX. */
int template_render(const struct template *tpl,
    const struct template_value *values, enum template_escape escape,
    struct buf *out, struct err *err);

/* Adds a text as a value is rendered: with the marks of the part escaped. */
void template_add_escaped(
    struct buf *out, enum template_escape escape, const char *text);

#endif
