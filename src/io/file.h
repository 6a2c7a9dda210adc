/* SPDX-License-Identifier: ISC */
/*
 * Whole files: read under a size cap, written so that a crash leaves the old
 * one or the new one, and secrets, which must not be readable by everybody.
 */
#ifndef NUDGED_IO_FILE_H
#define NUDGED_IO_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "core/err.h"

#define FILE_SECRET_MAX 4096

/* Reads a file of at most max bytes (a FIFO or /dev/stdin too). Returns 0 with
 * *out (owned, NUL-terminated; it may hold NULs itself) and *len, which may be
 * NULL; or -1 with *err: ERR_NOTFOUND when there is none, ERR_INPUT when it is
 * too large or a folder, else ERR_SYSTEM. */
int file_read(
    const char *path, size_t max, char **out, size_t *len, struct err *err);

/* Replaces or makes a file: written beside it, flushed, renamed, the folder
 * flushed. On failure the old file is untouched and nothing is left behind. */
int file_write_atomic(const char *path, const void *data, size_t len,
    mode_t mode, struct err *err);

/* A secret: a regular file that others cannot read or write, of one line,
 * without its line end. ERR_PERM when it is open to others, ERR_INPUT when it
 * is empty, has several lines or NULs. *out is owned; free it with
 * file_secret_free, which wipes it. */
int file_read_secret(const char *path, char **out, struct err *err);

/* The same from systemd's $CREDENTIALS_DIRECTORY. */
int file_read_credential(const char *name, char **out, struct err *err);
void file_secret_free(char *secret);

/* path, or folder/path when path is relative. The result is owned. */
char *file_beside(const char *folder, const char *path);

/* The folder part: "/etc/x/y" gives "/etc/x", "y" gives ".". Owned. */
char *file_folder(const char *path);

#endif
