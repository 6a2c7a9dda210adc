/* SPDX-License-Identifier: ISC */
/* The files that a digest carries: the same content as CSV, Markdown and
 * HTML, for agenda packs. */
#ifndef NUDGED_DESK_DIGEST_ATTACH_H
#define NUDGED_DESK_DIGEST_ATTACH_H

#include "core/mime.h"
#include "desk/agent_parts.h"

#define DIGEST_FILES_MAX 3

struct digest_files {
	struct mime_attachment items[DIGEST_FILES_MAX];
	char *data[DIGEST_FILES_MAX]; /* owned; items point into them */
	char *names[DIGEST_FILES_MAX];
	size_t count;
};

/* Makes what digest->attach names of a filled letter. */
int digest_attach(struct agent *agent, const struct conf_digest *digest,
    const struct letter *letter, struct digest_files *out, struct err *err);
void digest_files_clear(struct digest_files *files);

#endif
