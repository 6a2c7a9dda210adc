/* SPDX-License-Identifier: ISC */
/*
 * The register's file as a file, before and behind SQLite; see db_file.h.
 */
#include "io/db_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/file.h"

int
db_file_find(const char *path, int rights, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == -1) {
		if (errno == ENOENT || errno == ENOTDIR)
			return err_set(err, ERR_NOTFOUND,
			    "no register at '%s': make one with 'nudgectl "
			    "init'",
			    path);
		(void)err_errno(err, "register '%s'", path);
		if (errno == EACCES)
			err->code = ERR_PERM;
		return -1;
	}
	if (!S_ISREG(st.st_mode))
		return err_set(
		    err, ERR_INPUT, "'%s' is not a register of nudged", path);
	if (eaccess(path, rights) == -1)
		return err_set(err, ERR_PERM,
		    "you may not %s the register '%s'",
		    rights & W_OK ? "write" : "read", path);
	return 0;
}

int
db_file_make(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);

	if (fd == -1) {
		(void)err_errno(err, "cannot make '%s'", path);
		if (errno == EACCES || errno == EROFS)
			err->code = ERR_PERM;
		else if (errno == EEXIST)
			err->code = ERR_CONFLICT;
		return -1;
	}
	(void)fchmod(fd, 0640);
	(void)close(fd);
	return 0;
}

int
db_file_publish(const char *from, const char *to, struct err *err)
{
	char *folder = file_folder(to);
	int fd = -1, rc = -1;

	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == -1) {
		/* Some file systems cannot do it in one step. */
		if (errno != EINVAL || access(to, F_OK) == 0 ||
		    rename(from, to) == -1) {
			(void)err_errno(err, "cannot make '%s'", to);
			if (errno == EEXIST)
				err->code = ERR_CONFLICT;
			goto out;
		}
	}
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || fsync(fd) == -1) {
		(void)err_errno(err, "sync '%s'", folder);
		goto out;
	}
	rc = 0;
out:
	if (fd != -1)
		(void)close(fd);
	free(folder);
	return rc;
}

void
db_file_remove(const char *path)
{
	char *journal = xasprintf("%s-journal", path);

	(void)unlink(journal);
	(void)unlink(path);
	free(journal);
}
