/* SPDX-License-Identifier: ISC */
/* Any bytes as a template: compiled and rendered in every mode, or refused. */
#include <stdint.h>
#include <stdlib.h>

#include "core/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct template_name rows[] = { { "a", NULL },
		{ "b", NULL }, { NULL, NULL } };
	static const struct template_name parts[] = { { "t", NULL },
		{ "r", rows }, { NULL, NULL } };
	static const struct template_name schema[] = { { "x", NULL },
		{ "y", NULL }, { "p", parts }, { "n", rows }, { NULL, NULL } };
	static const struct template_value row_values[] = { { .text = "1" },
		{ .text = "" }, { .text = "<&>" }, { .text = "a\r\nb" } };
	static const struct template_value part_values[] = { { .text = "one" },
		{ .items = row_values, .count = 2 }, { .text = NULL },
		{ .items = NULL, .count = 0 } };
	static const struct template_value values[] = { { .text = "x_*" },
		{ .text = NULL }, { .items = part_values, .count = 2 },
		{ .items = row_values, .count = 1 } };
	struct template *tpl;
	struct err err;

	if (template_compile((const char *)data, size, schema, &tpl, &err) ==
	    -1)
		return 0;
	for (int escape = TEMPLATE_PLAIN; escape <= TEMPLATE_MARKDOWN;
	     escape++) {
		struct buf out = { 0 };

		if (template_render(tpl, values, (enum template_escape)escape,
			&out, &err) == 0 &&
		    out.len > TEMPLATE_OUTPUT_MAX)
			abort();
		buf_clear(&out);
	}
	template_free(tpl);
	return 0;
}
