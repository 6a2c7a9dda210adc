/* SPDX-License-Identifier: ISC */
/* Messages to the service manager; see notify.h. */
#include "io/notify.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/text.h"

#define STATUS_WIDTH 400 /* the log has the rest */

static int
notify_send(const char *state, struct err *err)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const char *path = getenv("NOTIFY_SOCKET");
	socklen_t size;
	ssize_t sent;
	int fd;

	if (path == NULL || *path == '\0')
		return 0;
	if ((*path != '/' && *path != '@') ||
	    strlen(path) >= sizeof to.sun_path)
		return err_set(err, ERR_SYSTEM,
		    "$NOTIFY_SOCKET '%s' is no socket address", path);
	(void)snprintf(to.sun_path, sizeof to.sun_path, "%s", path);
	size =
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
	if (*path == '@')
		to.sun_path[0] = '\0';
	else
		size++;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return err_errno(err, "notify socket");
	do
		sent = sendto(fd, state, strlen(state), MSG_NOSIGNAL,
		    (struct sockaddr *)&to, size);
	while (sent == -1 && errno == EINTR);
	if (sent == -1)
		(void)err_errno(err, "cannot notify '%s'", path);
	(void)close(fd);
	return sent == -1 ? -1 : 1;
}

int
notify_ready(struct err *err)
{
	return notify_send("READY=1", err);
}

int
notify_reloading(struct err *err)
{
	struct timespec ts;
	char state[80];

	/* systemd 253 and later want the moment, to tell reloads apart. */
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	(void)snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)ts.tv_sec * 1000000 + ts.tv_nsec / 1000);
	return notify_send(state, err);
}

int
notify_stopping(struct err *err)
{
	return notify_send("STOPPING=1", err);
}

int
notify_watchdog(struct err *err)
{
	return notify_send("WATCHDOG=1", err);
}

int
notify_extend(int64_t seconds, struct err *err)
{
	char state[64];

	(void)snprintf(state, sizeof state, "EXTEND_TIMEOUT_USEC=%lld",
	    (long long)seconds * 1000000);
	return notify_send(state, err);
}

int
notify_status(struct err *err, const char *format, ...)
{
	struct buf text = { 0 }, state = { 0 };
	va_list ap;
	int rc;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	buf_puts(&state, "STATUS=");
	text_add_cut(&state, buf_text(&text), STATUS_WIDTH);
	/* A line end would begin another assignment. */
	for (size_t i = 0; i < state.len; i++)
		if ((unsigned char)state.data[i] < ' ')
			state.data[i] = ' ';
	rc = notify_send(buf_text(&state), err);
	buf_clear(&text);
	buf_clear(&state);
	return rc;
}

int64_t
notify_watchdog_usec(void)
{
	const char *text = getenv("WATCHDOG_USEC");
	const char *pid = getenv("WATCHDOG_PID");
	char *end;
	long long usec;

	if (text == NULL || *text == '\0')
		return 0;
	if (pid != NULL && strtoll(pid, NULL, 10) != (long long)getpid())
		return 0;
	errno = 0;
	usec = strtoll(text, &end, 10);
	if (errno != 0 || *end != '\0' || usec <= 0)
		return 0;
	return usec;
}
