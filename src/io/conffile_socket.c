/* SPDX-License-Identifier: ISC */
/*
 * Finds the control socket in a config file that may be broken, by its lines
 * alone. Everything else about the file is conffile.c's.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/conffile.h"
#include "io/file.h"

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* The text of a line that sets a key to a string, NULL when it does not. The
 * result is owned. */
static char *
value_of(const char *line, const char *key)
{
	const char *p = skip_blanks(line), *end;

	if (strncmp(p, key, strlen(key)) != 0)
		return NULL;
	p = skip_blanks(p + strlen(key));
	if (*p != '=' && *p != ':')
		return NULL;
	p = skip_blanks(p + 1);
	if (*p != '"')
		return NULL;
	end = p + 1 + strcspn(p + 1, "\"\n");
	return *end == '"' ? xstrndup(p + 1, (size_t)(end - p - 1)) : NULL;
}

/* The last one counts, as a file with two is refused anyway. */
static char *
find(const char *text, const char *key)
{
	char *found = NULL, *value;

	for (const char *line = text; line != NULL;
	     line = strchr(line, '\n'), line += line != NULL) {
		value = value_of(line, key);
		if (value == NULL)
			continue;
		free(found);
		found = value;
	}
	return found;
}

char *
conffile_socket(const char *path)
{
	char *text = NULL, *folder, *named, *at = NULL;
	struct err err;

	if (file_read(path, CONFFILE_MAX, &text, NULL, &err) == -1)
		return NULL;
	folder = file_folder(path);
	named = find(text, "socket");
	if (named != NULL) {
		at = file_beside(folder, named);
	} else if ((named = find(text, "register")) != NULL) {
		char *at_register = file_beside(folder, named);

		at = conf_default_socket(at_register);
		free(at_register);
	}
	free(named);
	free(folder);
	free(text);
	return at;
}
