/* SPDX-License-Identifier: ISC */
/*
 * The simplest receiver of webhooks that keeps its connections: every POST
 * with a Content-Length is answered 200. Loopback only; ends by a signal.
 *
 * http_sink PORT
 */
#include <arpa/inet.h>
#include <ev.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/buf.h"

struct client {
	ev_io io;
	struct buf in;
};

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/* The length of the first request that is there whole; 0: none yet. */
static size_t
request_len(struct buf *in)
{
	const char *text = buf_text(in);
	const char *end = strstr(text, "\r\n\r\n");
	const char *length;
	size_t len;

	if (end == NULL)
		return 0;
	length = strcasestr(text, "\r\ncontent-length:");
	len = (size_t)(end + 4 - text);
	if (length != NULL && length < end)
		len += strtoul(
		    length + sizeof "\r\ncontent-length:" - 1, NULL, 10);
	return in->len >= len ? len : 0;
}

static void
drop(struct ev_loop *loop, struct client *client)
{
	ev_io_stop(loop, &client->io);
	(void)close(client->io.fd);
	buf_clear(&client->in);
	free(client);
}

static void
client_cb(struct ev_loop *loop, ev_io *io, int events)
{
	struct client *client = io->data;
	char bytes[65536];
	ssize_t got = recv(io->fd, bytes, sizeof bytes, MSG_DONTWAIT);
	size_t len;

	(void)events;
	if (got <= 0) {
		drop(loop, client);
		return;
	}
	buf_add(&client->in, bytes, (size_t)got);
	while ((len = request_len(&client->in)) > 0) {
		memmove(client->in.data, client->in.data + len,
		    client->in.len - len);
		client->in.len -= len;
		if (send(io->fd, answer, sizeof answer - 1, MSG_NOSIGNAL) ==
		    -1) {
			drop(loop, client);
			return;
		}
	}
}

static void
accept_cb(struct ev_loop *loop, ev_io *io, int events)
{
	struct client *client;
	int on = 1, fd = accept(io->fd, NULL, NULL);

	(void)events;
	if (fd == -1)
		return;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	client = xcalloc(1, sizeof *client);
	client->io.data = client;
	ev_io_init(&client->io, client_cb, fd, EV_READ);
	ev_io_start(loop, &client->io);
}

static void
end_cb(struct ev_loop *loop, ev_signal *signal, int events)
{
	(void)signal;
	(void)events;
	ev_break(loop, EVBREAK_ALL);
}

int
main(int argc, char **argv)
{
	struct ev_loop *loop = EV_DEFAULT;
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ev_signal end;
	ev_io io;

	if (argc < 2)
		return 2;
	at.sin_port = htons((uint16_t)atoi(argv[1]));
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&at, sizeof at) == -1 ||
	    listen(fd, 128) == -1) {
		perror("http_sink");
		return 1;
	}
	ev_io_init(&io, accept_cb, fd, EV_READ);
	ev_io_start(loop, &io);
	ev_signal_init(&end, end_cb, SIGTERM);
	ev_signal_start(loop, &end);
	ev_run(loop, 0);
	(void)close(fd);
	return 0;
}
