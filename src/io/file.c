/* SPDX-License-Identifier: ISC */
/*
 * Whole files; see file.h. Never opens the register: closing any descriptor of
 * it would drop SQLite's locks.
 */
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"

#define CHUNK ((size_t)64 * 1024)

static int
open_failed(const char *path, struct err *err)
{
	enum err_code code = ERR_SYSTEM;

	if (errno == ENOENT || errno == ENOTDIR)
		code = ERR_NOTFOUND;
	else if (errno == EACCES || errno == EPERM)
		code = ERR_PERM;
	(void)err_errno(err, "cannot open '%s'", path);
	err->code = code;
	return -1;
}

static int
read_all(
    int fd, const char *path, size_t max, struct buf *into, struct err *err)
{
	for (;;) {
		ssize_t n;

		n = read(fd, buf_room(into, CHUNK), CHUNK);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return err_errno(err, "cannot read '%s'", path);
		if (n == 0)
			return 0;
		into->len += (size_t)n;
		if (into->len > max)
			return err_set(err, ERR_INPUT,
			    "'%s' is larger than %zu bytes", path, max);
	}
}

int
file_read(
    const char *path, size_t max, char **out, size_t *len, struct err *err)
{
	struct buf text = { 0 };
	struct stat st;
	size_t got;
	int fd, rc = -1;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd == -1)
		return open_failed(path, err);
	if (fstat(fd, &st) == -1) {
		(void)err_errno(err, "cannot read '%s'", path);
		goto out;
	}
	if (S_ISDIR(st.st_mode)) {
		(void)err_set(err, ERR_INPUT, "'%s' is a folder", path);
		goto out;
	}
	if (read_all(fd, path, max, &text, err) == -1)
		goto out;
	buf_add(&text, "", 0); /* buf_room leaves no terminator */
	got = text.len;
	*out = buf_take(&text);
	if (len != NULL)
		*len = got;
	rc = 0;
out:
	buf_clear(&text);
	(void)close(fd);
	return rc;
}

static int
write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len > 0) {
		ssize_t n = write(fd, p, len);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The rename itself must survive a crash too. */
static int
flush_folder(const char *path, struct err *err)
{
	char *folder = file_folder(path);
	int fd, rc = 0;

	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1 || fsync(fd) == -1)
		rc = err_errno(err, "cannot flush folder '%s'", folder);
	if (fd != -1)
		(void)close(fd);
	free(folder);
	return rc;
}

int
file_write_atomic(const char *path, const void *data, size_t len, mode_t mode,
    struct err *err)
{
	char *beside = xasprintf("%s.XXXXXX", path);
	int fd, rc = -1;

	fd = mkostemp(beside, O_CLOEXEC);
	if (fd == -1) {
		(void)err_errno(err, "cannot write beside '%s'", path);
		free(beside);
		return -1;
	}
	if (write_all(fd, data, len) == -1 || fchmod(fd, mode) == -1 ||
	    fsync(fd) == -1) {
		(void)err_errno(err, "cannot write '%s'", path);
		(void)close(fd);
		goto out;
	}
	if (close(fd) == -1 || rename(beside, path) == -1) {
		(void)err_errno(err, "cannot write '%s'", path);
		goto out;
	}
	rc = flush_folder(path, err);
	free(beside);
	return rc;
out:
	(void)unlink(beside);
	free(beside);
	return rc;
}

void
file_secret_free(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

/* One line of text: takes off its line end. */
static int
check_secret(const char *path, char *text, size_t len, struct err *err)
{
	if (memchr(text, '\0', len) != NULL)
		return err_set(err, ERR_INPUT, "'%s' holds a NUL byte", path);
	if (len > 0 && text[len - 1] == '\n')
		text[--len] = '\0';
	if (len > 0 && text[len - 1] == '\r')
		text[--len] = '\0';
	if (len == 0)
		return err_set(err, ERR_INPUT, "'%s' is empty", path);
	if (strpbrk(text, "\r\n") != NULL)
		return err_set(
		    err, ERR_INPUT, "'%s' has more than one line", path);
	return 0;
}

int
file_read_secret(const char *path, char **out, struct err *err)
{
	char text[FILE_SECRET_MAX + 1];
	struct stat st;
	size_t len = 0;
	int fd, rc = -1;

	/* O_NONBLOCK: a FIFO put there must not hang the daemon. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd == -1)
		return open_failed(path, err);
	if (fstat(fd, &st) == -1) {
		(void)err_errno(err, "cannot read '%s'", path);
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		(void)err_set(
		    err, ERR_INPUT, "'%s' is not a regular file", path);
		goto out;
	}
	if ((st.st_mode & (S_IROTH | S_IWOTH)) != 0) {
		(void)err_set(err, ERR_PERM,
		    "'%s' is open to everybody (mode %04o): chmod 0600 it",
		    path, (unsigned)st.st_mode & 07777);
		goto out;
	}
	while (len < sizeof text) {
		ssize_t n = read(fd, text + len, sizeof text - len);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			(void)err_errno(err, "cannot read '%s'", path);
			goto out;
		}
		if (n == 0)
			break;
		len += (size_t)n;
	}
	if (len == sizeof text) {
		(void)err_set(err, ERR_INPUT, "'%s' is larger than %d bytes",
		    path, FILE_SECRET_MAX);
		goto out;
	}
	text[len] = '\0';
	if (check_secret(path, text, len, err) == -1)
		goto out;
	*out = xstrdup(text);
	rc = 0;
out:
	explicit_bzero(text, sizeof text);
	(void)close(fd);
	return rc;
}

int
file_read_credential(const char *name, char **out, struct err *err)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char *path;
	int rc;

	if (*name == '\0' || strchr(name, '/') != NULL || *name == '.')
		return err_set(err, ERR_INPUT,
		    "'%s' is no name of a systemd credential", name);
	if (folder == NULL || *folder == '\0')
		return err_set(err, ERR_NOTFOUND,
		    "no credential '%s': $CREDENTIALS_DIRECTORY is not set "
		    "(LoadCredential= in the unit, then a restart)",
		    name);
	path = xasprintf("%s/%s", folder, name);
	rc = file_read_secret(path, out, err);
	free(path);
	return rc;
}

char *
file_beside(const char *folder, const char *path)
{
	if (*path == '/' || folder == NULL || strcmp(folder, ".") == 0)
		return xstrdup(path);
	return xasprintf(
	    "%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/", path);
}

char *
file_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return xstrdup(".");
	if (slash == path)
		return xstrdup("/");
	return xstrndup(path, (size_t)(slash - path));
}
