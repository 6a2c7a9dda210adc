/* SPDX-License-Identifier: ISC */
/* A listening socket in the file system; see listen.h. */
#include "daemon/listen.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 128

/* Removes what a dead daemon left; never a socket that somebody answers on,
 * and nothing that is no socket. */
static int
remove_stale(const struct sockaddr_un *at, struct err *err)
{
	struct stat st;
	int fd, rc, why;

	if (lstat(at->sun_path, &st) == -1)
		return errno == ENOENT ? 0
				       : err_errno(err, "control socket '%s'",
					     at->sun_path);
	if (!S_ISSOCK(st.st_mode))
		return err_set(err, ERR_CONFLICT,
		    "control socket '%s': there is something else at this path",
		    at->sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1)
		return err_errno(err, "control socket");
	rc = connect(fd, (const struct sockaddr *)at, sizeof *at);
	why = errno;
	(void)close(fd);
	if (rc == 0 || why != ECONNREFUSED)
		return err_set(err, ERR_TEMP,
		    "control socket '%s': somebody answers there already",
		    at->sun_path);
	if (unlink(at->sun_path) == -1)
		return err_errno(err, "control socket '%s'", at->sun_path);
	return 0;
}

int
listen_at(const char *path, struct err *err)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	mode_t mask;
	int fd, rc;

	if (strlen(path) >= sizeof at.sun_path)
		return err_set(err, ERR_INPUT,
		    "control socket '%s': the path is too long", path);
	memcpy(at.sun_path, path, strlen(path));
	if (remove_stale(&at, err) == -1)
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd == -1)
		return err_errno(err, "control socket");
	mask = umask(0117); /* 0660 from the first moment */
	rc = bind(fd, (const struct sockaddr *)&at, sizeof at);
	(void)umask(mask);
	if (rc == -1 || listen(fd, BACKLOG) == -1) {
		err_errno(err, "control socket '%s'", path);
		(void)close(fd);
		return -1;
	}
	return fd;
}
