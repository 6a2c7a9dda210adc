/* SPDX-License-Identifier: ISC */
/* Compiles and renders templates; see template.h. Names are resolved to places
 * in the value arrays once, so that rendering is copying. */
#include "core/template.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/near.h"
#include "core/text.h"
#include "core/vec.h"

#define OPS_MAX 20000
#define NAMES_MAX 256

enum op_kind { OP_TEXT, OP_VALUE, OP_IF, OP_UNLESS, OP_EACH, OP_UNLESS_ANY };

struct op {
	enum op_kind kind;
	unsigned scope; /* how many lists are open around the name */
	unsigned index; /* its place in that scope */
	unsigned width; /* OP_EACH: values of one entry */
	size_t at;      /* OP_TEXT: bytes of the source */
	size_t len;
	size_t end; /* sections: the op behind the last one inside */
};

struct template
{
	char *source;
	VEC(struct op) ops;
};

/* ---- compiling ---- */

struct section {
	const char *name;
	size_t len;
	size_t op;
	size_t line;
	bool list; /* opened a scope */
};

struct compiler {
	struct template *tpl;
	const char *s;
	size_t len;
	size_t pos;
	size_t line;
	const struct template_name *scopes[TEMPLATE_DEPTH_MAX + 1];
	unsigned nscopes;
	struct section open[TEMPLATE_DEPTH_MAX];
	size_t nopen;
	struct err *err;
};

#define fail(c, ...) err_set((c)->err, ERR_INPUT, __VA_ARGS__)

static struct op *
add_op(struct compiler *c, enum op_kind kind)
{
	struct op *op = vec_push(&c->tpl->ops);

	op->kind = kind;
	return op;
}

static void
add_text(struct compiler *c, size_t from, size_t to)
{
	struct op *op;

	if (to == from)
		return;
	op = add_op(c, OP_TEXT);
	op->at = from;
	op->len = to - from;
}

static void
count_lines(struct compiler *c, size_t from, size_t to)
{
	for (; from < to; from++)
		c->line += c->s[from] == '\n';
}

static int
unknown_name(struct compiler *c, const char *name, size_t len)
{
	const char *known[NAMES_MAX], *near;
	size_t n = 0;
	char *word = xstrndup(name, len < 64 ? len : 64);

	for (unsigned s = c->nscopes; s-- > 0;) {
		for (size_t i = 0; c->scopes[s][i].name != NULL; i++) {
			if (n < NAMES_MAX)
				known[n++] = c->scopes[s][i].name;
		}
	}
	near = near_find(word, known, n);
	if (near != NULL)
		fail(c, "line %zu: unknown name '%s', did you mean '%s'?",
		    c->line, word, near);
	else
		fail(c, "line %zu: unknown name '%s' here", c->line, word);
	free(word);
	return -1;
}

/* Finds a name from the innermost scope outwards. */
static int
resolve(struct compiler *c, const char *name, size_t len, struct op *op,
    const struct template_name **out)
{
	for (unsigned s = c->nscopes; s-- > 0;) {
		const struct template_name *names = c->scopes[s];

		for (unsigned i = 0; names[i].name != NULL; i++) {
			if (strncmp(names[i].name, name, len) != 0 ||
			    names[i].name[len] != '\0')
				continue;
			op->scope = s;
			op->index = i;
			*out = &names[i];
			return 0;
		}
	}
	return unknown_name(c, name, len);
}

static unsigned
names_count(const struct template_name *names)
{
	unsigned n = 0;

	while (names[n].name != NULL)
		n++;
	return n;
}

static int
open_section(struct compiler *c, char sign, const char *name, size_t len)
{
	const struct template_name *found;
	struct section *section;
	struct op op = { 0 };

	if (resolve(c, name, len, &op, &found) == -1)
		return -1;
	if (c->nopen == TEMPLATE_DEPTH_MAX)
		return fail(c, "line %zu: more than %d sections deep", c->line,
		    TEMPLATE_DEPTH_MAX);
	if (found->items == NULL) {
		op.kind = sign == '#' ? OP_IF : OP_UNLESS;
	} else {
		op.kind = sign == '#' ? OP_EACH : OP_UNLESS_ANY;
		op.width = names_count(found->items);
	}
	section = &c->open[c->nopen++];
	*section = (struct section){ .name = name,
		.len = len,
		.op = c->tpl->ops.len,
		.line = c->line,
		.list = op.kind == OP_EACH };
	if (section->list) {
		for (unsigned s = 0; s < c->nscopes; s++) {
			if (c->scopes[s] == found->items)
				return fail(c, "line %zu: '%s' inside itself",
				    c->line, found->name);
		}
		c->scopes[c->nscopes++] = found->items;
	}
	*add_op(c, op.kind) = op;
	return 0;
}

static int
close_section(struct compiler *c, const char *name, size_t len)
{
	struct section *section;

	if (c->nopen == 0)
		return fail(c, "line %zu: {{/%.*s}} closes nothing", c->line,
		    (int)len, name);
	section = &c->open[--c->nopen];
	if (section->len != len || memcmp(section->name, name, len) != 0)
		return fail(c,
		    "line %zu: {{/%.*s}} where '%.*s' of line %zu is open",
		    c->line, (int)len, name, (int)section->len, section->name,
		    section->line);
	c->tpl->ops.items[section->op].end = c->tpl->ops.len;
	if (section->list)
		c->nscopes--;
	return 0;
}

static int
add_value(struct compiler *c, const char *name, size_t len)
{
	const struct template_name *found;
	struct op op = { .kind = OP_VALUE };

	if (resolve(c, name, len, &op, &found) == -1)
		return -1;
	if (found->items != NULL)
		return fail(c, "line %zu: '%s' is a list: use {{#%s}}", c->line,
		    found->name, found->name);
	*add_op(c, OP_VALUE) = op;
	return 0;
}

static size_t
name_len(const char *name, size_t len)
{
	size_t n = 0;

	while (n < len &&
	       (text_is_alnum(name[n]) || name[n] == '_' || name[n] == '.'))
		n++;
	return n;
}

/* The end of the tag that begins at pos (behind its "}}"), 0 when there is
 * none. */
static size_t
tag_end(const struct compiler *c, size_t pos)
{
	const char *end = memmem(c->s + pos, c->len - pos, "}}", 2);

	return end == NULL ? 0 : (size_t)(end - c->s) + 2;
}

/* Takes the tag at pos. */
static int
take_tag(struct compiler *c)
{
	size_t end = tag_end(c, c->pos + 2);
	const char *name = c->s + c->pos + 2;
	size_t len, n;
	char sign = '\0';
	int rc;

	if (end == 0)
		return fail(c, "line %zu: {{ without }}", c->line);
	len = end - 2 - (c->pos + 2);
	if (len > 0 && strchr("#^/!", *name) != NULL && *name != '\0') {
		sign = *name++;
		len--;
	} else if (len > 0 && *name != '\0' && strchr("{&>=", *name) != NULL) {
		return fail(c,
		    "line %zu: {{%c is not known here; values are always "
		    "escaped, and there are no partials",
		    c->line, *name);
	}
	while (len > 0 && text_is_space(*name)) {
		name++;
		len--;
	}
	while (len > 0 && text_is_space(name[len - 1]))
		len--;
	n = name_len(name, len);
	if (sign != '!' && (n == 0 || n != len || n > 64))
		return fail(c, "line %zu: '%.*s' is not a name", c->line,
		    (int)(len < 64 ? len : 64), name);
	if (sign == '!')
		rc = 0;
	else if (sign == '/')
		rc = close_section(c, name, len);
	else if (sign != '\0')
		rc = open_section(c, sign, name, len);
	else
		rc = add_value(c, name, len);
	count_lines(c, c->pos, end);
	c->pos = end;
	if (rc == 0 && c->tpl->ops.len > OPS_MAX)
		return fail(c, "line %zu: too many tags", c->line);
	return rc;
}

static bool
is_tag(const struct compiler *c, size_t pos)
{
	return pos + 1 < c->len && c->s[pos] == '{' && c->s[pos + 1] == '{';
}

/* Where the line at pos ends (behind its newline) when it holds nothing but
 * section tags and comments; else 0. */
static size_t
standalone_end(const struct compiler *c, size_t pos)
{
	bool any = false;

	for (;;) {
		while (pos < c->len && (c->s[pos] == ' ' || c->s[pos] == '\t'))
			pos++;
		if (pos + 1 < c->len && c->s[pos] == '\r' &&
		    c->s[pos + 1] == '\n')
			pos++;
		if (pos == c->len || c->s[pos] == '\n')
			return !any ? 0 : pos + (pos < c->len);
		if (!is_tag(c, pos) || pos + 2 == c->len ||
		    c->s[pos + 2] == '\0' ||
		    strchr("#^/!", c->s[pos + 2]) == NULL)
			return 0;
		pos = tag_end(c, pos + 2);
		if (pos == 0)
			return 0;
		any = true;
	}
}

/* Takes the tags of a line that shall leave no line. */
static int
take_standalone(struct compiler *c, size_t end)
{
	while (c->pos < end) {
		if (is_tag(c, c->pos)) {
			if (take_tag(c) == -1)
				return -1;
			continue;
		}
		count_lines(c, c->pos, c->pos + 1);
		c->pos++;
	}
	return 0;
}

/* Takes one line, its newline included. */
static int
take_line(struct compiler *c)
{
	size_t end = standalone_end(c, c->pos), from = c->pos;

	if (end != 0)
		return take_standalone(c, end);
	while (c->pos < c->len) {
		if (is_tag(c, c->pos)) {
			add_text(c, from, c->pos);
			if (take_tag(c) == -1)
				return -1;
			from = c->pos;
		} else if (c->s[c->pos++] == '\n') {
			c->line++;
			break;
		}
	}
	add_text(c, from, c->pos);
	return 0;
}

/* A run of text in one piece costs less than its lines one by one. */
static void
join_texts(struct template *tpl)
{
	struct op *ops = tpl->ops.items;
	size_t *moved = xcalloc(tpl->ops.len + 1, sizeof *moved);
	bool *target = xcalloc(tpl->ops.len + 1, sizeof *target);
	size_t n = 0;

	for (size_t i = 0; i < tpl->ops.len; i++) {
		if (ops[i].kind != OP_TEXT && ops[i].kind != OP_VALUE)
			target[ops[i].end] = true;
	}
	for (size_t i = 0; i < tpl->ops.len; i++) {
		struct op *last = n > 0 ? &ops[n - 1] : NULL;

		moved[i] = n;
		if (last != NULL && !target[i] && last->kind == OP_TEXT &&
		    ops[i].kind == OP_TEXT && last->at + last->len == ops[i].at)
			last->len += ops[i].len;
		else
			ops[n++] = ops[i];
	}
	moved[tpl->ops.len] = n;
	for (size_t i = 0; i < n; i++) {
		if (ops[i].kind != OP_TEXT && ops[i].kind != OP_VALUE)
			ops[i].end = moved[ops[i].end];
	}
	tpl->ops.len = n;
	free(moved);
	free(target);
}

int
template_compile(const char *text, size_t len,
    const struct template_name *schema, struct template **out, struct err *err)
{
	struct compiler c = { .line = 1,
		.len = len,
		.err = err,
		.scopes = { schema },
		.nscopes = 1 };
	int rc = 0;

	if (len > TEMPLATE_SOURCE_MAX)
		return fail(
		    &c, "longer than %d KiB", TEMPLATE_SOURCE_MAX / 1024);
	if (!text_is_utf8(text, len) || memchr(text, '\0', len) != NULL)
		return fail(&c, "not a UTF-8 text");
	c.tpl = xcalloc(1, sizeof *c.tpl);
	c.s = c.tpl->source = xstrndup(text, len);
	while (rc == 0 && c.pos < c.len)
		rc = take_line(&c);
	if (rc == 0 && c.nopen > 0)
		rc = fail(&c, "line %zu: {{#%.*s}} is never closed",
		    c.open[c.nopen - 1].line, (int)c.open[c.nopen - 1].len,
		    c.open[c.nopen - 1].name);
	if (rc == -1) {
		template_free(c.tpl);
		return -1;
	}
	join_texts(c.tpl);
	*out = c.tpl;
	return 0;
}

void
template_free(struct template *tpl)
{
	if (tpl == NULL)
		return;
	vec_clear(&tpl->ops);
	free(tpl->source);
	free(tpl);
}

/* ---- rendering ---- */

/* Which bytes an escape must look at. */
static bool
is_special(enum template_escape escape, unsigned char c)
{
	static const bool marks[4][256] = {
		[TEMPLATE_PLAIN] = { [0] = true,
		    [1 ... 8] = true,
		    [11 ... 31] = true,
		    [127] = true },
		[TEMPLATE_HEADER] = { [0 ... 31] = true, [127] = true },
		[TEMPLATE_HTML] = { [0 ... 8] = true,
		    [11 ... 31] = true,
		    [127] = true,
		    ['&'] = true,
		    ['<'] = true,
		    ['>'] = true,
		    ['"'] = true,
		    ['\''] = true },
		[TEMPLATE_MARKDOWN] = { [0 ... 31] = true,
		    [127] = true,
		    ['\\'] = true,
		    ['`'] = true,
		    ['*'] = true,
		    ['_'] = true,
		    ['['] = true,
		    [']'] = true,
		    ['<'] = true,
		    ['>'] = true,
		    ['#'] = true,
		    ['|'] = true,
		    ['~'] = true,
		    ['&'] = true },
	};

	return marks[escape][c];
}

static void
add_special(struct buf *out, enum template_escape escape, char c)
{
	bool control = (unsigned char)c < ' ' || c == 0x7F;

	if (control) {
		if (escape == TEMPLATE_HEADER || escape == TEMPLATE_MARKDOWN)
			buf_putc(out, ' ');
		return;
	}
	if (escape == TEMPLATE_MARKDOWN) {
		buf_putc(out, '\\');
		buf_putc(out, c);
		return;
	}
	switch (c) {
	case '&':
		buf_puts(out, "&amp;");
		break;
	case '<':
		buf_puts(out, "&lt;");
		break;
	case '>':
		buf_puts(out, "&gt;");
		break;
	case '"':
		buf_puts(out, "&quot;");
		break;
	default:
		buf_puts(out, "&#39;");
	}
}

void
template_add_escaped(
    struct buf *out, enum template_escape escape, const char *text)
{
	size_t n;

	for (;;) {
		for (n = 0; !is_special(escape, (unsigned char)text[n]); n++)
			;
		if (n > 0)
			buf_add(out, text, n);
		text += n;
		if (*text == '\0')
			return;
		add_special(out, escape, *text++);
	}
}

struct renderer {
	const struct template *tpl;
	enum template_escape escape;
	struct buf *out;
	size_t limit;
	const struct template_value *scopes[TEMPLATE_DEPTH_MAX + 1];
};

static int render_ops(
    struct renderer *r, size_t from, size_t to, unsigned depth);

static int
render_each(struct renderer *r, size_t from, unsigned depth,
    const struct template_value *list)
{
	const struct op *op = &r->tpl->ops.items[from];

	for (size_t i = 0; i < list->count; i++) {
		r->scopes[depth] = list->items + i * op->width;
		if (render_ops(r, from + 1, op->end, depth + 1) == -1)
			return -1;
	}
	return 0;
}

static int
render_ops(struct renderer *r, size_t from, size_t to, unsigned depth)
{
	for (size_t i = from; i < to; i++) {
		const struct op *op = &r->tpl->ops.items[i];
		const struct template_value *value;

		if (r->out->len > r->limit)
			return -1;
		if (op->kind == OP_TEXT) {
			buf_add(r->out, r->tpl->source + op->at, op->len);
			continue;
		}
		value = &r->scopes[op->scope][op->index];
		if (op->kind == OP_VALUE) {
			if (value->text != NULL)
				template_add_escaped(
				    r->out, r->escape, value->text);
		} else if (op->kind == OP_EACH) {
			if (render_each(r, i, depth, value) == -1)
				return -1;
			i = op->end - 1;
		} else {
			bool any =
			    op->kind == OP_UNLESS_ANY
				? value->count > 0
				: value->text != NULL && *value->text != '\0';

			if (any != (op->kind == OP_IF))
				i = op->end - 1;
		}
	}
	return 0;
}

int
template_render(const struct template *tpl, const struct template_value *values,
    enum template_escape escape, struct buf *out, struct err *err)
{
	size_t before = out->len;
	struct renderer r = { .tpl = tpl,
		.escape = escape,
		.out = out,
		.limit = before + TEMPLATE_OUTPUT_MAX,
		.scopes = { values } };

	if (render_ops(&r, 0, tpl->ops.len, 1) == 0 && out->len <= r.limit)
		return 0;
	out->len = before;
	if (out->data != NULL)
		out->data[before] = '\0';
	return err_set(err, ERR_INPUT, "the text grows beyond %d MiB",
	    TEMPLATE_OUTPUT_MAX / (1024 * 1024));
}
