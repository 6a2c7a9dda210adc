/* SPDX-License-Identifier: ISC */
/*
 * The config file, through libconfig, into struct conf: read, defaults filled
 * in, validated, the zone and the holidays loaded. A file with any problem
 * gives no config at all, and says all its problems at once.
 */
#ifndef NUDGED_IO_CONFFILE_H
#define NUDGED_IO_CONFFILE_H

#include <stddef.h>

#include "core/conf.h"

#define CONFFILE_MAX ((size_t)1024 * 1024)

/* Returns 0 with *out (free with conf_free), or -1 with *out untouched and at
 * least one "FILE:LINE: KEY: PROBLEM" added to problems, in order of the line.
 * Paths in the file are relative to its folder; in *out they are absolute.
 * Secrets are not read: see conffile_secrets. */
int conffile_load(
    const char *path, struct conf **out, struct strings *problems);

/* The defaults, for what needs no configuration of its own: as above, with the
 * bank holidays of England and Wales, the time of London and no register. */
int conffile_bare(struct conf **out, struct strings *problems);

/* The control socket that a file names, were it sound or not: for asking a
 * running daemon about a file that it refuses. NULL when it cannot be told;
 * owned by the caller. */
char *conffile_socket(const char *path);

/* Tries every secret that the config names (password, webhook secrets) and
 * every ca_file, and adds a sentence for each that cannot be used. Apart,
 * because only the daemon's user may be able to read them. */
void conffile_secrets(const struct conf *conf, struct strings *problems);

#endif
