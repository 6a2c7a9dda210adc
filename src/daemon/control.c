/* SPDX-License-Identifier: ISC */
/*
 * The server of the control socket. Every caller has a small state of its own:
 * reading the line, waiting for its turns, writing the answer; each under a
 * limit of size or time.
 */
#include "daemon/control.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/buf.h"
#include "daemon/caller.h"
#include "daemon/listen.h"
#include "io/log.h"

#define CALLERS_MAX 64       /* at once */
#define CALLERS_OF_UID_MAX 8 /* of one user but root */
#define SILENCE_S 30.        /* without a byte, in either direction */
#define ACCEPT_PAUSE_S 1.    /* when descriptors have run out */
#define READ_CHUNK (64 * 1024)
#define READS_A_TURN 4
#define STRANGER_MAX (256 * 1024) /* bytes of who may only read */

static void work_cb(struct ev_loop *loop, ev_timer *timer, int events);

/* ---- one caller ---- */

static void
close_caller(struct caller *caller)
{
	struct control *control = caller->control;

	ev_io_stop(control->loop, &caller->io);
	ev_timer_stop(control->loop, &caller->silence);
	(void)close(caller->io.fd);
	TAILQ_REMOVE(&control->callers, caller, link);
	control->count--;
	control->bytes -= caller->reader.bytes;
	courier_trial_forget(caller->trial);
	desk_finish(caller->call);
	desk_request_clear(&caller->request);
	desk_answer_clear(&caller->answer);
	proto_reader_clear(&caller->reader);
	proto_request_clear(&caller->line);
	conf_hold_drop(caller->conf);
	buf_clear(&caller->out);
	peer_clear(&caller->peer);
	free(caller);
	/* A place is free, or descriptors are. */
	if (control->fd != -1 && !ev_is_active(&control->resume))
		ev_io_start(control->loop, &control->accept);
}

static void
watch_for(struct caller *caller, int events)
{
	struct ev_loop *loop = caller->control->loop;

	ev_io_stop(loop, &caller->io);
	if (events == 0) {
		ev_timer_stop(loop, &caller->silence);
		return;
	}
	ev_io_set(&caller->io, caller->io.fd, events);
	ev_io_start(loop, &caller->io);
	ev_timer_again(loop, &caller->silence);
}

static void
write_some(struct caller *caller)
{
	while (caller->sent < caller->out.len) {
		ssize_t n = send(caller->io.fd, caller->out.data + caller->sent,
		    caller->out.len - caller->sent, MSG_NOSIGNAL);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			watch_for(caller, EV_WRITE);
			return;
		}
		if (n == -1)
			break;
		caller->sent += (size_t)n;
	}
	close_caller(caller);
}

void
caller_answer(struct caller *caller)
{
	struct desk_answer *a = &caller->answer;

	desk_finish(caller->call);
	caller->call = NULL;
	if (a->out.len > 0)
		proto_put_out(&caller->out, a->out.data, a->out.len);
	if (a->err.len > 0)
		proto_put_err(&caller->out, a->err.data, a->err.len);
	proto_put_status(&caller->out, (int)a->status);
	desk_answer_clear(a);
	desk_request_clear(&caller->request);
	caller->state = CALLER_WRITES;
	write_some(caller);
}

void
caller_refuse(
    struct caller *caller, enum desk_status status, const char *sentence)
{
	caller->answer.status = status;
	buf_printf(&caller->answer.err, "nudged: %s\n", sentence);
	caller_answer(caller);
}

/* ---- a line is whole ---- */

static void
start_call(struct caller *caller)
{
	struct control *control = caller->control;

	caller->conf = conf_hold_take(control->nudged->conf);
	caller->call = desk_start(caller->conf->conf, control->nudged->db,
	    &caller->request, &caller->answer);
	caller->state = CALLER_RUNS;
	if (!ev_is_active(&control->work)) {
		ev_timer_set(&control->work, 0., 0.);
		ev_timer_start(control->loop, &control->work);
	}
}

static void
take_line(struct caller *caller)
{
	const struct desk_command *command;
	struct desk_request *request = &caller->request;

	watch_for(caller, 0);
	desk_request_take(request, &caller->line);
	request->actor = xstrdup(caller->peer.name);
	memcpy(request->may, caller->peer.may, sizeof request->may);
	command = desk_find(request);
	caller->wrote = command != NULL && command->mode == DESK_WRITES;
	if (command != NULL && command->mode == DESK_DAEMON) {
		caller_run_own(caller, command);
		return;
	}
	if (command != NULL && command->mode != DESK_WRITES) {
		caller_refuse(caller, DESK_USAGE,
		    "what only reads is done by nudgectl itself");
		return;
	}
	/* It decides what day it is: not for whoever may only edit. */
	if (request->now != INSTANT_NONE && !request->may[ACCESS_ADMIN]) {
		caller_refuse(caller, DESK_FAILED,
		    "with nudged running, --now is for administrators");
		return;
	}
	start_call(caller);
}

static bool
is_too_much(const struct caller *caller)
{
	const struct peer *peer = &caller->peer;

	if (caller->control->bytes > (size_t)PROTO_BYTES_MAX)
		return true;
	return !peer->may[ACCESS_EDIT] && !peer->may[ACCESS_APPROVE] &&
	       !peer->may[ACCESS_ADMIN] &&
	       caller->reader.bytes + caller->reader.text > STRANGER_MAX;
}

/* Returns 1 when more may come, 0 when the caller was dealt with. */
static int
take_bytes(struct caller *caller, const char *data, size_t len)
{
	struct err err;
	size_t before = caller->reader.bytes;
	int rc =
	    proto_read_request(&caller->reader, data, len, &caller->line, &err);

	caller->control->bytes += caller->reader.bytes - before;
	if (rc == -1)
		caller_refuse(caller, DESK_USAGE, err.text);
	else if (is_too_much(caller))
		caller_refuse(caller, DESK_FAILED, "this is too much at once");
	else if (rc == 1)
		take_line(caller);
	else
		return 1;
	return 0;
}

static void
read_some(struct caller *caller)
{
	static char chunk[READ_CHUNK];

	for (int i = 0; i < READS_A_TURN; i++) {
		ssize_t n = recv(caller->io.fd, chunk, sizeof chunk, 0);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n <= 0) {
			close_caller(caller);
			return;
		}
		ev_timer_again(caller->control->loop, &caller->silence);
		if (take_bytes(caller, chunk, (size_t)n) == 0)
			return;
	}
}

static void
io_cb(struct ev_loop *loop, ev_io *io, int events)
{
	struct caller *caller = io->data;

	(void)loop;
	(void)events;
	if (caller->state == CALLER_READS)
		read_some(caller);
	else
		write_some(caller);
}

static void
silence_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	close_caller(timer->data);
}

/* ---- turns ---- */

static struct caller *
next_running(struct control *control)
{
	struct caller *caller;

	TAILQ_FOREACH (caller, &control->callers, link)
		if (caller->state == CALLER_RUNS)
			return caller;
	return NULL;
}

static void
done(struct caller *caller)
{
	struct nudged *nudged = caller->control->nudged;
	bool wrote = caller->wrote;

	if (wrote)
		log_debug("%s: %s%s", caller->request.actor,
		    caller->call->command->name,
		    caller->answer.status == DESK_OK ? "" : ": refused");
	caller_answer(caller);
	if (wrote)
		nudged_acted(nudged);
}

static void
work_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct control *control = timer->data;
	struct caller *caller = next_running(control);
	struct err err;
	int rc;

	(void)events;
	if (caller == NULL)
		return;
	rc = caller->call->answered ? 0 : desk_turn(caller->call);
	if (rc == -1) {
		const char *why = buf_text(&caller->answer.err);

		err_set(&err, ERR_SYSTEM, "a command: %.*s",
		    (int)strcspn(why, "\n"), why);
		nudged_fatal(&err);
	}
	if (rc == DESK_MORE) {
		/* To the end of the line: everybody has a turn. */
		TAILQ_REMOVE(&control->callers, caller, link);
		TAILQ_INSERT_TAIL(&control->callers, caller, link);
	} else {
		done(caller);
	}
	if (next_running(control) != NULL) {
		ev_timer_set(timer, 0., 0.);
		ev_timer_start(loop, timer);
	}
}

/* ---- accepting ---- */

static int
count_of(const struct control *control, uid_t uid)
{
	const struct caller *caller;
	int count = 0;

	TAILQ_FOREACH (caller, &control->callers, link)
		count += caller->peer.uid == uid;
	return count;
}

static void
add_caller(struct control *control, int fd)
{
	struct caller *caller;
	struct peer peer;
	struct err err;

	if (peer_of(fd, &control->access, &peer, &err) == -1) {
		log_warn("control socket: %s", err.text);
		(void)close(fd);
		return;
	}
	caller = xcalloc(1, sizeof *caller);
	caller->control = control;
	caller->peer = peer;
	proto_request_init(&caller->line);
	caller->request.now = INSTANT_NONE;
	ev_io_init(&caller->io, io_cb, fd, EV_READ);
	caller->io.data = caller;
	ev_timer_init(&caller->silence, silence_cb, 0., SILENCE_S);
	caller->silence.data = caller;
	int others = count_of(control, peer.uid);
	TAILQ_INSERT_TAIL(&control->callers, caller, link);
	control->count++;
	if (peer.uid != 0 && others >= CALLERS_OF_UID_MAX)
		caller_refuse(caller, DESK_FAILED,
		    "you have too many commands under way; try again");
	else
		watch_for(caller, EV_READ);
}

static void
pause_accept(struct control *control)
{
	ev_io_stop(control->loop, &control->accept);
	ev_timer_set(&control->resume, ACCEPT_PAUSE_S, 0.);
	ev_timer_start(control->loop, &control->resume);
}

static void
accept_cb(struct ev_loop *loop, ev_io *io, int events)
{
	struct control *control = io->data;
	int fd;

	(void)events;
	if (control->count >= CALLERS_MAX) {
		ev_io_stop(loop, io);
		return;
	}
	fd = accept4(control->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd != -1) {
		add_caller(control, fd);
		return;
	}
	if (errno == EMFILE || errno == ENFILE || errno == ENOMEM ||
	    errno == ENOBUFS) {
		log_warn("control socket: %m; pausing");
		pause_accept(control);
	}
}

static void
resume_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct control *control = timer->data;

	(void)events;
	if (control->fd != -1)
		ev_io_start(loop, &control->accept);
}

/* ---- life ---- */

struct control *
control_new(struct nudged *nudged, struct err *err)
{
	const struct conf *conf = nudged->conf->conf;
	struct control *control;
	int fd = listen_at(conf->socket, err);

	if (fd == -1)
		return NULL;
	control = xcalloc(1, sizeof *control);
	control->nudged = nudged;
	control->loop = nudged->loop;
	control->path = xstrdup(conf->socket);
	control->fd = fd;
	TAILQ_INIT(&control->callers);
	peer_access_load(&control->access, conf);
	ev_io_init(&control->accept, accept_cb, fd, EV_READ);
	control->accept.data = control;
	ev_io_start(control->loop, &control->accept);
	ev_timer_init(&control->resume, resume_cb, 0., 0.);
	control->resume.data = control;
	ev_timer_init(&control->work, work_cb, 0., 0.);
	control->work.data = control;
	return control;
}

void
control_set_conf(struct control *control, const struct conf *conf)
{
	peer_access_clear(&control->access);
	peer_access_load(&control->access, conf);
}

void
control_stop(struct control *control)
{
	struct caller *caller, *next;

	if (control->fd == -1)
		return;
	ev_io_stop(control->loop, &control->accept);
	ev_timer_stop(control->loop, &control->resume);
	ev_timer_stop(control->loop, &control->work);
	/* Its name first: who comes now finds nobody, and not a closed door. */
	(void)unlink(control->path);
	(void)close(control->fd);
	control->fd = -1;
	for (caller = TAILQ_FIRST(&control->callers); caller != NULL;
	     caller = next) {
		next = TAILQ_NEXT(caller, link);
		if (caller->state == CALLER_READS)
			close_caller(caller);
		else if (caller->state == CALLER_RUNS)
			caller_refuse(caller, DESK_FAILED,
			    "nudged is stopping before the command was done");
	}
}

void
control_free(struct control *control)
{
	struct caller *caller;

	if (control == NULL)
		return;
	control_stop(control);
	while ((caller = TAILQ_FIRST(&control->callers)) != NULL)
		close_caller(caller);
	peer_access_clear(&control->access);
	free(control->path);
	free(control);
}
