/* SPDX-License-Identifier: ISC */
/* The writer's lock; see lock.h. */
#include "io/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"

int
lock_take(const char *path, struct err *err)
{
	/* OFD locks survive a close of the same file elsewhere in the process,
	 * which drops the classic ones. */
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char *name = xasprintf("%s.lock", path);
	struct stat st;
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	int rc = -1;

	if (fd == -1) {
		(void)err_errno(err, "lock '%s'", name);
		if (errno == EACCES || errno == EROFS)
			err->code = ERR_PERM;
		goto out;
	}
	if (fcntl(fd, F_OFD_SETLK, &whole) == -1) {
		if (errno == EAGAIN || errno == EACCES)
			(void)err_set(err, ERR_TEMP,
			    "the register '%s' is held by another process",
			    path);
		else
			(void)err_errno(err, "lock '%s'", name);
		goto out;
	}
	/* Readers of the group need the text, whatever the umask was. */
	if (fstat(fd, &st) == 0 && st.st_uid == geteuid())
		(void)fchmod(fd, 0640);
	rc = fd;
out:
	if (rc == -1 && fd != -1)
		(void)close(fd);
	free(name);
	return rc;
}

int
lock_read(const char *path, char **out, struct err *err)
{
	char *name = xasprintf("%s.lock", path);
	char text[LOCK_TEXT_MAX];
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;
	int rc = -1;

	if (fd == -1 && errno != ENOENT) {
		(void)err_errno(err, "open '%s'", name);
		goto done;
	}
	if (fd != -1 && (n = pread(fd, text, sizeof text - 1, 0)) == -1) {
		(void)err_errno(err, "read '%s'", name);
		goto done;
	}
	text[n] = '\0';
	n = (ssize_t)strcspn(text, "\n");
	while (n > 0 && text[n - 1] == ' ')
		n--;
	*out = xstrndup(text, (size_t)n);
	rc = 0;
done:
	if (fd != -1)
		(void)close(fd);
	free(name);
	return rc;
}

int
lock_write(int fd, const char *text, struct err *err)
{
	char line[LOCK_TEXT_MAX];
	size_t len = strlen(text);

	if (len >= sizeof line - 1 || strchr(text, '\n') != NULL)
		return err_set(err, ERR_INPUT, "no text for the lock file");
	/* Always the same length in one write, so that a reader sees the old
	 * line or the new one and never a piece of both. */
	memset(line, ' ', sizeof line);
	memcpy(line, text, len);
	line[len] = '\n';
	line[sizeof line - 1] = '\n';
	if (pwrite(fd, line, sizeof line, 0) != (ssize_t)sizeof line)
		return err_errno(err, "write the lock file");
	return 0;
}
