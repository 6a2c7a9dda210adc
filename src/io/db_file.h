/* SPDX-License-Identifier: ISC */
/*
 * Private to io/db*.c: the register's file as a file; SQLite is not needed
 * here.
 */
#ifndef NUDGED_IO_DB_FILE_H
#define NUDGED_IO_DB_FILE_H

#include "core/err.h"

/* Is there a file that we may use with these rights (R_OK, W_OK)? 0, or -1:
 * ERR_NOTFOUND, ERR_INPUT when it is no file, ERR_PERM. */
int db_file_find(const char *path, int rights, struct err *err);

/* An empty file of mode 0640, whatever the umask: SQLite gives the mode and
 * owner of it to its -wal and -shm. 0, or -1: ERR_CONFLICT when it is there,
 * ERR_PERM. */
int db_file_make(const char *path, struct err *err);

/* Gives a finished file its name, and syncs the folder; never over another
 * file (ERR_CONFLICT). 0, or -1 with *err set. */
int db_file_publish(const char *from, const char *to, struct err *err);

/* Removes a file and its rollback journal, where they are there. */
void db_file_remove(const char *path);

#endif
