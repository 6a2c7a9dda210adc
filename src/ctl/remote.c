/* SPDX-License-Identifier: ISC */
/* The client's end of the control protocol, on a blocking socket. */
#include "ctl/remote.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/proto.h"

#define SEND_AT (256 * 1024)

int
remote_connect(const char *path, struct err *err)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof at.sun_path)
		return err_set(
		    err, ERR_INPUT, "the socket's path is too long: %s", path);
	strcpy(at.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		return err_errno(err, "socket");
	if (connect(fd, (const struct sockaddr *)&at, sizeof at) == 0)
		return fd;
	if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR)
		err_set(err, ERR_NOTFOUND, "nudged is not running");
	else if (errno == EACCES)
		err_set(err, ERR_PERM,
		    "nudged runs, but you may not talk to it: %s is not "
		    "open to your groups",
		    path);
	else
		err_errno(err, "%s", path);
	close(fd);
	return -1;
}

/* Sends what is in out. 0; 1 when the other end takes no more (its answer may
 * say why); -1. */
static int
send_all(int fd, struct buf *out, struct err *err)
{
	size_t at = 0;

	while (at < out->len) {
		ssize_t n =
		    send(fd, out->data + at, out->len - at, MSG_NOSIGNAL);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EPIPE || errno == ECONNRESET))
			return 1;
		if (n == -1)
			return err_errno(err, "sending to nudged");
		at += (size_t)n;
	}
	buf_reset(out);
	return 0;
}

static int
send_file(
    int fd, const struct desk_file *file, struct buf *out, struct err *err)
{
	int rc = 0;

	proto_put_file(out, file->name);
	for (size_t at = 0; at < file->len && rc == 0; at += SEND_AT) {
		size_t n = file->len - at < SEND_AT ? file->len - at : SEND_AT;

		proto_put_bytes(out, file->bytes + at, n);
		rc = send_all(fd, out, err);
	}
	return rc;
}

static int
send_request(int fd, const struct desk_request *request, struct err *err)
{
	struct proto_request line = {
		.args = { request->args.items, request->args.len, 0 },
		.now = request->now,
		.json = request->json,
		.columns = request->columns,
	};
	struct buf out = { 0 };
	int rc = proto_put_request(&out, &line, err);

	if (rc == 0)
		rc = send_all(fd, &out, err);
	for (size_t i = 0; i < request->files.len && rc == 0; i++)
		rc = send_file(fd, &request->files.items[i], &out, err);
	if (rc == 0) {
		proto_put_end(&out);
		rc = send_all(fd, &out, err);
	}
	buf_clear(&out);
	return rc;
}

static void
print(struct buf *text, FILE *to)
{
	if (text->len > 0)
		(void)fwrite(text->data, 1, text->len, to);
	buf_reset(text);
}

int
remote_run(
    int fd, const struct desk_request *request, int *status, struct err *err)
{
	struct proto_reader reader = { 0 };
	struct buf out = { 0 }, errors = { 0 };
	char piece[65536];
	ssize_t n;
	int rc = send_request(fd, request, err);

	while (rc != -1) {
		n = recv(fd, piece, sizeof piece, 0);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			rc = err_set(err, ERR_SYSTEM,
			    "nudged is there, but does not answer");
			break;
		}
		if (n <= 0) {
			rc = err_set(err, ERR_SYSTEM,
			    "nudged hung up; whether this was done is shown "
			    "by history");
			break;
		}
		rc = proto_read_answer(
		    &reader, piece, (size_t)n, &out, &errors, status, err);
		print(&out, stdout);
		print(&errors, stderr);
		if (rc == 1)
			break;
	}
	close(fd);
	proto_reader_clear(&reader);
	buf_clear(&out);
	buf_clear(&errors);
	return rc == -1 ? -1 : 0;
}

void
remote_wait(int fd, int seconds)
{
	struct timeval limit = { .tv_sec = seconds };

	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}
