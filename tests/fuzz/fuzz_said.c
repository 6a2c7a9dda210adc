/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as a paper: what is found in its prose is UTF-8, in order of the
 * line, and whatever a sentence is, it can be asked what it is about.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/said.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must_be_text(const char *text)
{
	if (text != NULL && !text_is_utf8(text, strlen(text)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct saids saids = { 0 };
	unsigned line = 1;

	said_read((const char *)data, size, &saids);
	VEC_EACH (struct said, s, &saids.list) {
		if (s->kinds == 0 || s->line < line)
			abort();
		line = s->line;
		must_be_text(s->text);
		must_be_text(s->before);
		if (said_closes(s->text, "PC-2") &&
		    !said_names(s->text, "PC-2"))
			abort();
		if (said_prints_day(s->text, 18598) &&
		    !said_prints_a_day(s->text))
			abort();
	}
	saids_clear(&saids);
	return 0;
}
