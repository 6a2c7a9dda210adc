/* SPDX-License-Identifier: ISC */
/*
 * How fast io/smtp goes by itself: N mails over C connections, no ledger. To
 * be set beside `smtp-source -s C -m N` on the same sink.
 *
 * smtp_blast URL MAILS CONNECTIONS BYTES [--tls CA]
 */
#include <ev.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/smtp.h"
#include "io/transfer.h"

struct blast {
	struct ev_loop *loop;
	struct smtp_options options;
	struct buf body;
	int left; /* mails not yet given */
	int sent;
	int failed;
	int open;
	struct smtp **commits; /* at their dot in this turn */
	int commit_count;
	ev_prepare turn; /* where a courier has its group commit */
};

static void
give(struct blast *b, struct smtp *conn)
{
	struct smtp_mail mail = {
		.from = "source@example.org",
		.rcpt = "sink@example.org",
		.bytes = b->body.data,
		.len = b->body.len,
	};
	struct err err;

	if (!smtp_wants_mail(conn))
		return;
	if (b->left == 0) {
		smtp_quit(conn);
		return;
	}
	b->left--;
	if (smtp_send(conn, &mail, &err) == -1) {
		fprintf(stderr, "smtp_blast: %s\n", err.text);
		exit(1);
	}
}

static void
on_ready(void *ctx, struct smtp *conn)
{
	give(ctx, conn);
}

static void
on_at_dot(void *ctx, struct smtp *conn, void *mail_ctx)
{
	struct blast *b = ctx;

	(void)mail_ctx;
	b->commits[b->commit_count++] = conn;
}

static void
turn_cb(struct ev_loop *loop, ev_prepare *w, int revents)
{
	struct blast *b = w->data;

	(void)loop;
	(void)revents;
	for (int i = 0; i < b->commit_count; i++) {
		smtp_commit(b->commits[i]);
		give(b, b->commits[i]);
	}
	b->commit_count = 0;
}

static void
on_done(void *ctx, struct smtp *conn, void *mail_ctx,
    const struct smtp_result *result)
{
	struct blast *b = ctx;

	(void)mail_ctx;
	if (result->outcome == OUTCOME_SENT) {
		b->sent++;
	} else {
		b->failed++;
		fprintf(stderr, "%s at %s: %d %s\n",
		    outcome_name(result->outcome),
		    smtp_stage_name(result->stage), result->code, result->text);
	}
	give(b, conn);
}

static void
on_closed(void *ctx, struct smtp *conn, const struct smtp_result *result)
{
	struct blast *b = ctx;

	(void)conn;
	if (result->outcome != OUTCOME_NONE)
		fprintf(stderr, "closed: %s at %s: %d %s\n",
		    outcome_name(result->outcome),
		    smtp_stage_name(result->stage), result->code, result->text);
	if (--b->open == 0)
		ev_break(b->loop, EVBREAK_ALL);
}

static const struct smtp_events events = {
	.ready = on_ready,
	.at_dot = on_at_dot,
	.done = on_done,
	.closed = on_closed,
};

static void
make_body(struct buf *body, size_t bytes)
{
	buf_puts(body, "From: <source@example.org>\r\n"
		       "To: <sink@example.org>\r\nSubject: blast\r\n\r\n");
	while (body->len < bytes)
		buf_puts(body, "La de da de da, as dull as a benchmark may be, "
			       "line after line.\r\n");
}

int
main(int argc, char **argv)
{
	struct blast b = { .loop = EV_DEFAULT };
	double start, took;
	int total;

	if (argc < 5) {
		fprintf(stderr, "usage: smtp_blast URL MAILS CONNECTIONS BYTES"
				" [--tls CA]\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	transfer_global_init();
	b.options.url = argv[1];
	if (argc > 6) {
		b.options.tls = SMTP_TLS_REQUIRED;
		b.options.ca_file = argv[6];
	}
	b.left = total = atoi(argv[2]);
	b.open = atoi(argv[3]);
	b.commits = xcalloc((size_t)b.open, sizeof(struct smtp *));
	make_body(&b.body, (size_t)atoi(argv[4]));
	ev_prepare_init(&b.turn, turn_cb);
	b.turn.data = &b;
	ev_prepare_start(b.loop, &b.turn);

	start = ev_time();
	for (int i = b.open; i > 0; i--) {
		struct err err;

		if (smtp_open(b.loop, &b.options, &events, &b, &err) == NULL) {
			fprintf(stderr, "smtp_blast: %s\n", err.text);
			return 1;
		}
	}
	ev_run(b.loop, 0);
	took = ev_time() - start;
	printf("%d sent, %d failed, %.2f s, %.0f a second\n", b.sent, b.failed,
	    took, b.sent / took);
	free(b.commits);
	buf_clear(&b.body);
	return b.sent == total ? 0 : 1;
}
