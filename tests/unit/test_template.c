/* SPDX-License-Identifier: ISC */
/* Templates: what compiles, what is refused where, what comes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/template.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct template_name row_names[] = { { "ref", NULL },
	{ "text", NULL }, { NULL, NULL } };
static const struct template_name part_names[] = { { "title", NULL },
	{ "rows", row_names }, { NULL, NULL } };
static const struct template_name schema[] = { { "name", NULL },
	{ "empty", NULL }, { "parts", part_names }, { "none", row_names },
	{ "text", NULL }, { NULL, NULL } };

static const struct template_value rows[] = { { .text = "WT-1" },
	{ .text = "first" }, { .text = "WT-2" }, { .text = NULL } };
static const struct template_value parts[] = { { .text = "Overdue" },
	{ .items = rows, .count = 2 }, { .text = "Soon" },
	{ .items = rows + 2, .count = 1 } };
static const struct template_value values[] = {
	{ .text = "Ann <Roe> & \"Co\"" }, { .text = "" },
	{ .items = parts, .count = 2 }, { .count = 0 }, { .text = "outer" }
};

static int
render(const char *text, enum template_escape escape, struct buf *out,
    struct err *err)
{
	struct template *tpl;
	int rc;

	if (template_compile(text, strlen(text), schema, &tpl, err) == -1)
		return -1;
	rc = template_render(tpl, values, escape, out, err);
	template_free(tpl);
	return rc;
}

static void
template_render__table__text(void **state)
{
	static const struct {
		const char *source, *text;
	} cases[] = {
		{ "", "" },
		{ "plain { } }} text", "plain { } }} text" },
		{ "{{text}}", "outer" },
		{ "{{ text }}", "outer" },
		{ "a{{! a comment }}b", "ab" },
		{ "{{#name}}yes{{/name}}{{^name}}no{{/name}}", "yes" },
		{ "{{#empty}}yes{{/empty}}{{^empty}}no{{/empty}}", "no" },
		{ "{{#none}}yes{{/none}}{{^none}}no{{/none}}", "no" },
		{ "{{^parts}}none{{/parts}}", "" },
		{ "{{#parts}}[{{title}}]{{/parts}}", "[Overdue][Soon]" },
		/* Names of the list hide those around it. */
		{ "{{#parts}}{{#rows}}{{ref}}={{text}};{{/rows}}{{/parts}}",
		    "WT-1=first;WT-2=;WT-2=;" },
		{ "{{#parts}}{{#rows}}{{title}} {{ref}},{{/rows}}{{/parts}}",
		    "Overdue WT-1,Overdue WT-2,Soon WT-2," },
		{ "{{#parts}}{{#name}}{{title}}{{/name}}{{/parts}}",
		    "OverdueSoon" },
		/* Lines of nothing but sections and comments vanish. */
		{ "a\n{{#name}}\nb\n{{/name}}\nc\n", "a\nb\nc\n" },
		{ "a\n  {{#empty}}\nb\n  {{/empty}}  \nc\n", "a\nc\n" },
		{ "a\r\n{{#name}}\r\nb\r\n{{/name}}\r\nc", "a\r\nb\r\nc" },
		{ "{{! one\ntwo }}\nx", "x" },
		{ "{{#name}}\nx\n{{/name}}", "x\n" },
		{ "{{#parts}}{{#rows}}\n- {{ref}}\n{{/rows}}{{/parts}}\nend",
		    "- WT-1\n- WT-2\n- WT-2\nend" },
		/* ... but not those that hold more. */
		{ "a {{#name}}\nb{{/name}}\nc", "a \nb\nc" },
		{ "{{text}}\n{{#empty}}x{{/empty}}\ny", "outer\n\ny" },
		{ "\n\n{{^empty}}\n\n{{/empty}}\n\n", "\n\n\n\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };
		struct err err = { 0 };

		assert_int_equal(
		    render(cases[i].source, TEMPLATE_PLAIN, &out, &err), 0);
		assert_string_equal(buf_text(&out), cases[i].text);
		buf_clear(&out);
	}
}

static void
template_compile__table__refused_with_the_line(void **state)
{
	static const struct {
		const char *source, *says;
	} cases[] = {
		{ "a\n{{nmae}}", "line 2: unknown name 'nmae', did you mean "
				 "'name'?" },
		{ "{{zzzzzz}}", "line 1: unknown name 'zzzzzz'" },
		{ "{{ref}}", "line 1: unknown name 'ref'" },
		{ "\n{{#name}}\nx", "line 2: {{#name}} is never closed" },
		{ "{{#name}}\n{{/text}}",
		    "line 2: {{/text}} where 'name' of line 1 is open" },
		{ "{{/name}}", "line 1: {{/name}} closes nothing" },
		{ "{{name", "line 1: {{ without }}" },
		{ "{{{name}}}", "line 1: {{{ is not known here" },
		{ "{{&name}}", "line 1: {{& is not known here" },
		{ "{{>name}}", "line 1: {{> is not known here" },
		{ "{{=<% %>=}}", "line 1: {{= is not known here" },
		{ "{{}}", "line 1: '' is not a name" },
		{ "{{a b}}", "line 1: 'a b' is not a name" },
		{ "{{parts}}", "line 1: 'parts' is a list" },
		{ "{{#parts}}{{#parts}}{{/parts}}{{/parts}}",
		    "line 1: 'parts' inside itself" },
		{ "{{! a\nb }}\n{{x}}", "line 3: unknown name 'x'" },
		{ "\xFF", "not a UTF-8 text" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out = { 0 };
		struct err err = { 0 };

		assert_int_equal(
		    render(cases[i].source, TEMPLATE_PLAIN, &out, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.text, cases[i].says));
		buf_clear(&out);
	}
}

static void
template_compile__too_deep_or_long__refused(void **state)
{
	struct buf deep = { 0 }, tags = { 0 }, big = { 0 }, out = { 0 };
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < TEMPLATE_DEPTH_MAX; i++)
		buf_puts(&deep, "{{#name}}");
	for (int i = 0; i < TEMPLATE_DEPTH_MAX; i++)
		buf_puts(&deep, "{{/name}}");
	assert_int_equal(
	    render(buf_text(&deep), TEMPLATE_PLAIN, &out, &err), 0);
	buf_reset(&deep);
	for (int i = 0; i < TEMPLATE_DEPTH_MAX + 1; i++)
		buf_puts(&deep, "{{#name}}");
	assert_int_equal(
	    render(buf_text(&deep), TEMPLATE_PLAIN, &out, &err), -1);
	assert_non_null(strstr(err.text, "sections deep"));
	for (int i = 0; i < 21000; i++)
		buf_puts(&tags, "{{name}}");
	assert_int_equal(
	    render(buf_text(&tags), TEMPLATE_PLAIN, &out, &err), -1);
	assert_non_null(strstr(err.text, "too many tags"));
	for (int i = 0; i <= TEMPLATE_SOURCE_MAX; i += 8)
		buf_puts(&big, "12345678");
	assert_int_equal(
	    render(buf_text(&big), TEMPLATE_PLAIN, &out, &err), -1);
	assert_non_null(strstr(err.text, "longer than 256 KiB"));
	buf_clear(&deep);
	buf_clear(&tags);
	buf_clear(&big);
	buf_clear(&out);
}

static void
template_render__escapes__by_mode(void **state)
{
	static const struct {
		enum template_escape escape;
		const char *value, *text;
	} cases[] = {
		{ TEMPLATE_PLAIN, "a <b>\r\n\tc\x01", "a <b>\n\tc" },
		{ TEMPLATE_HEADER, "a\r\nBcc: x\tb", "a  Bcc: x b" },
		{ TEMPLATE_HTML, "<a href=\"x\" t='y'>&amp;",
		    "&lt;a href=&quot;x&quot; t=&#39;y&#39;&gt;&amp;amp;" },
		{ TEMPLATE_MARKDOWN, "a_b*c|d\n#e <f>",
		    "a\\_b\\*c\\|d \\#e \\<f\\>" },
		{ TEMPLATE_HTML, "caf\xC3\xA9", "caf\xC3\xA9" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		static const struct template_name one[] = { { "x", NULL },
			{ NULL, NULL } };
		struct template_value value[] = { { .text = cases[i].value } };
		struct template *tpl;
		struct buf out = { 0 };
		struct err err;

		assert_int_equal(
		    template_compile("<{{x}}>", 7, one, &tpl, &err), 0);
		assert_int_equal(
		    template_render(tpl, value, cases[i].escape, &out, &err),
		    0);
		assert_int_equal(buf_text(&out)[0], '<');
		out.data[out.len - 1] = '\0';
		assert_string_equal(buf_text(&out) + 1, cases[i].text);
		template_free(tpl);
		buf_clear(&out);
	}
}

static void
template_render__too_long__leaves_out_as_it_was(void **state)
{
	static struct template_value many[20000];
	static const struct template_name names[] = { { "x", NULL },
		{ NULL, NULL } };
	static const struct template_name top[] = { { "list", names },
		{ NULL, NULL } };
	struct template_value value = { .items = many, .count = 20000 };
	struct buf big = { 0 }, out = { 0 };
	struct template *tpl;
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 300; i++)
		buf_putc(&big, 'x');
	for (size_t i = 0; i < COUNT(many); i++)
		many[i].text = buf_text(&big);
	buf_puts(&out, "before");
	assert_int_equal(
	    template_compile("{{#list}}{{x}}{{/list}}", 23, top, &tpl, &err),
	    0);
	assert_int_equal(
	    template_render(tpl, &value, TEMPLATE_PLAIN, &out, &err), -1);
	assert_string_equal(buf_text(&out), "before");
	template_free(tpl);
	buf_clear(&big);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(template_render__table__text),
		cmocka_unit_test(
		    template_compile__table__refused_with_the_line),
		cmocka_unit_test(template_compile__too_deep_or_long__refused),
		cmocka_unit_test(template_render__escapes__by_mode),
		cmocka_unit_test(
		    template_render__too_long__leaves_out_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
