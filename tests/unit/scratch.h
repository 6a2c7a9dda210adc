/* SPDX-License-Identifier: ISC */
/* A folder of the test's own; cmocka.h goes before. */
#ifndef NUDGED_TESTS_SCRATCH_H
#define NUDGED_TESTS_SCRATCH_H

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"

static char scratch[32];

/* For a test or a group of them: makes it, and removes it with all in it. */
static int
scratch_make(void **state)
{
	(void)state;
	(void)strcpy(scratch, "/tmp/nudged-unit-XXXXXX");
	return mkdtemp(scratch) == NULL ? -1 : 0;
}

static int
scratch_remove(void **state)
{
	char *command = xasprintf("rm -rf '%s'", scratch);
	int rc = system(command);

	(void)state;
	free(command);
	return rc;
}

#endif
