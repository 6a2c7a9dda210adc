/* SPDX-License-Identifier: ISC */
/*
 * The glue between libcurl's multi interface and libev: curl says which
 * sockets to watch and when to wake it, finished handles go to their
 * callbacks. No policy of any protocol.
 */
#include "io/transfer.h"

#include <stdlib.h>

#include "core/buf.h"

enum job_state {
	JOB_RUNNING,
	JOB_ENDED, /* out of the multi, its callback is due */
	JOB_KEPT,  /* told, and in the multi until transfer_drop */
};

struct transfer_job {
	struct transfer *t;
	struct transfer_job *next, **link;
	CURL *easy;
	transfer_cb *done;
	void *ctx;
	CURLcode result;
	enum job_state state;
	bool keep;
};

struct transfer {
	struct ev_loop *loop;
	CURLM *multi;
	ev_timer timer; /* curl's one timeout */
	ev_timer soon;  /* callbacks that are due without curl's doing */
	struct transfer_job *jobs;
};

struct watch {
	ev_io io;
	struct transfer *t;
};

int
transfer_global_init(void)
{
	return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? 0 : -1;
}

static void
free_job(struct transfer_job *job)
{
	*job->link = job->next;
	if (job->next != NULL)
		job->next->link = job->link;
	free(job);
}

static void
tell(struct transfer_job *job, CURLcode result)
{
	if (job->keep && job->state == JOB_RUNNING) {
		job->state = JOB_KEPT;
		job->done(job->ctx, job->easy, result);
		return;
	}
	if (job->state == JOB_RUNNING)
		curl_multi_remove_handle(job->t->multi, job->easy);
	job->state = JOB_ENDED;
	job->done(job->ctx, job->easy, result);
	free_job(job);
}

/* Finished handles are collected here and nowhere else: taking a handle out
 * inside one of curl's callbacks is an error (CURLM_RECURSIVE_API_CALL). */
static void
collect(struct transfer *t)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(t->multi, &left)) != NULL) {
		struct transfer_job *job = NULL;
		CURLcode result = msg->data.result;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &job);
		tell(job, result);
	}
}

static void
io_cb(struct ev_loop *loop, ev_io *io, int revents)
{
	struct watch *watch = (struct watch *)io;
	struct transfer *t = watch->t;
	int running, action = 0;

	(void)loop;
	if (revents & EV_READ)
		action |= CURL_CSELECT_IN;
	if (revents & EV_WRITE)
		action |= CURL_CSELECT_OUT;
	curl_multi_socket_action(t->multi, io->fd, action, &running);
	collect(t);
}

static void
timer_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct transfer *t = timer->data;
	int running;

	(void)loop;
	(void)revents;
	curl_multi_socket_action(t->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	collect(t);
}

/* Tells one ended job after the other; a callback may end or start others. */
static void
soon_cb(struct ev_loop *loop, ev_timer *timer, int revents)
{
	struct transfer *t = timer->data;
	struct transfer_job *job = t->jobs;

	(void)loop;
	(void)revents;
	while (job != NULL) {
		if (job->state == JOB_ENDED) {
			tell(job, job->result);
			job = t->jobs;
		} else {
			job = job->next;
		}
	}
}

/* curl: watch this socket so, or no more. */
static int
watch_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *known)
{
	struct transfer *t = ctx;
	struct watch *watch = known;
	int events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (watch != NULL) {
			ev_io_stop(t->loop, &watch->io);
			curl_multi_assign(t->multi, fd, NULL);
			free(watch);
		}
		return 0;
	}
	if (what & CURL_POLL_IN)
		events |= EV_READ;
	if (what & CURL_POLL_OUT)
		events |= EV_WRITE;
	if (watch == NULL) {
		watch = xcalloc(1, sizeof *watch);
		watch->t = t;
		ev_init(&watch->io, io_cb);
		curl_multi_assign(t->multi, fd, watch);
	}
	/* Always set anew: the number may belong to another socket by now. */
	ev_io_stop(t->loop, &watch->io);
	ev_io_set(&watch->io, fd, events);
	ev_io_start(t->loop, &watch->io);
	return 0;
}

/* curl: wake me then. Zero too goes by way of the timer, since curl must not
 * be called from here. */
static int
set_timer(CURLM *multi, long timeout_ms, void *ctx)
{
	struct transfer *t = ctx;

	(void)multi;
	ev_timer_stop(t->loop, &t->timer);
	if (timeout_ms < 0)
		return 0;
	ev_now_update(t->loop); /* timers count from the cached time */
	ev_timer_set(&t->timer, (double)timeout_ms / 1000.0, 0.);
	ev_timer_start(t->loop, &t->timer);
	return 0;
}

struct transfer *
transfer_new(struct ev_loop *loop)
{
	struct transfer *t = xcalloc(1, sizeof *t);

	t->loop = loop;
	t->multi = curl_multi_init();
	if (t->multi == NULL)
		abort(); /* out of memory, as in xmalloc */
	ev_timer_init(&t->timer, timer_cb, 0., 0.);
	ev_timer_init(&t->soon, soon_cb, 0., 0.);
	t->timer.data = t;
	t->soon.data = t;
	curl_multi_setopt(t->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(t->multi, CURLMOPT_SOCKETDATA, t);
	curl_multi_setopt(t->multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(t->multi, CURLMOPT_TIMERDATA, t);
	/* Less than the connections in use would close them all the time. */
	curl_multi_setopt(t->multi, CURLMOPT_MAXCONNECTS, 256L);
	curl_multi_setopt(
	    t->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
	return t;
}

void
transfer_free(struct transfer *t)
{
	if (t == NULL)
		return;
	while (t->jobs != NULL) {
		struct transfer_job *job = t->jobs;

		if (job->state == JOB_KEPT) {
			transfer_drop(job);
			continue;
		}
		job->keep = false;
		tell(job, CURLE_ABORTED_BY_CALLBACK);
	}
	curl_multi_cleanup(t->multi); /* unwatches what was left open */
	ev_timer_stop(t->loop, &t->timer);
	ev_timer_stop(t->loop, &t->soon);
	free(t);
}

struct transfer_job *
transfer_start(
    struct transfer *t, CURL *easy, bool keep, transfer_cb *done, void *ctx)
{
	struct transfer_job *job = xcalloc(1, sizeof *job);

	job->t = t;
	job->easy = easy;
	job->keep = keep;
	job->done = done;
	job->ctx = ctx;
	job->next = t->jobs;
	job->link = &t->jobs;
	if (job->next != NULL)
		job->next->link = &job->next;
	t->jobs = job;

	curl_easy_setopt(easy, CURLOPT_PRIVATE, job);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	/* Or a lookup that timed out is waited for: seconds of standstill. */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	if (curl_multi_add_handle(t->multi, easy) != CURLM_OK) {
		job->state = JOB_ENDED;
		job->result = CURLE_FAILED_INIT;
		ev_timer_start(t->loop, &t->soon);
	}
	return job;
}

void
transfer_trust(CURL *easy, const char *ca_file)
{
	const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);

	curl_easy_setopt(
	    easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file != NULL) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	} else if (info->age >= CURLVERSION_SEVENTH && info->capath != NULL) {
		/* The system's bundle takes 30 ms to read, for each
		 * connection; its folder is read as needed. */
		curl_easy_setopt(easy, CURLOPT_CAINFO, NULL);
		curl_easy_setopt(easy, CURLOPT_CAPATH, info->capath);
	}
}

void
transfer_abort(struct transfer_job *job)
{
	if (job->state != JOB_RUNNING)
		return;
	curl_multi_remove_handle(job->t->multi, job->easy);
	job->state = JOB_ENDED;
	job->result = CURLE_ABORTED_BY_CALLBACK;
	ev_timer_start(job->t->loop, &job->t->soon);
}

void
transfer_drop(struct transfer_job *job)
{
	curl_multi_remove_handle(job->t->multi, job->easy);
	free_job(job);
}
