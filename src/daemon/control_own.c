/* SPDX-License-Identifier: ISC */
/*
 * The commands about the daemon itself: status, reload, and one message on
 * trial over a channel. Everything else is the desk's.
 */
#include <string.h>

#include "core/buf.h"
#include "daemon/caller.h"
#include "daemon/status.h"
#include "desk/post.h"
#include "io/clock.h"

static void
run_status(struct caller *caller)
{
	struct nudged *nudged = caller->control->nudged;
	struct err err;

	if (status_answer(nudged, caller->request.json, caller->request.columns,
		&caller->answer.out, &err) == -1) {
		caller_refuse(caller, DESK_FAILED, err.text);
		return;
	}
	caller_answer(caller);
}

static void
run_reload(struct caller *caller)
{
	struct strings problems = { 0 };

	if (nudged_reload(caller->control->nudged, &problems) == -1) {
		caller->answer.status = DESK_FAILED;
		for (size_t i = 0; i < problems.len; i++)
			buf_printf(
			    &caller->answer.err, "%s\n", problems.items[i]);
		buf_puts(&caller->answer.err,
		    "nudged: the old configuration stays in force\n");
	}
	strings_clear(&problems);
	caller_answer(caller);
}

/* ---- trials ---- */

static void
tell_trial(void *ctx, const struct courier_trial *trial)
{
	struct caller *caller = ctx;
	bool sent = trial->outcome == OUTCOME_SENT;
	struct buf *out = sent ? &caller->answer.out : &caller->answer.err;

	caller->trial = NULL;
	caller->answer.status = sent ? DESK_OK : DESK_FAILED;
	buf_puts(out, sent ? "accepted" : "not accepted");
	if (trial->stage != NULL)
		buf_printf(out, " at %s", trial->stage);
	buf_putc(out, ':');
	if (trial->code != 0)
		buf_printf(out, " %d", trial->code);
	if (trial->reply != NULL)
		buf_printf(out, " %s", trial->reply);
	buf_putc(out, '\n');
	caller_answer(caller);
}

/* One message to the address or webhook that the line names. */
static void
run_trial(struct caller *caller, bool mail)
{
	struct nudged *nudged = caller->control->nudged;
	struct agent_job job = { 0 };
	const char *word = caller->request.args.len == 2
			       ? caller->request.args.items[1]
			       : NULL;
	struct err err;

	if (word == NULL) {
		caller_refuse(caller, DESK_USAGE,
		    mail ? "usage: nudgectl test-mail ADDRESS"
			 : "usage: nudgectl test-webhook NAME");
		return;
	}
	if (post_trial(nudged->conf->conf, mail ? "mail" : word, word,
		clock_now(), &job, &err) == 0)
		caller->trial = courier_try(nudged->courier,
		    mail ? "mail" : word, &job, tell_trial, caller, &err);
	agent_job_clear(&job);
	if (caller->trial == NULL) {
		caller_refuse(caller,
		    err.code == ERR_NOTFOUND ? DESK_NOTFOUND : DESK_FAILED,
		    err.text);
		return;
	}
	caller->state = CALLER_TRIES;
}

static void
run_test_mail(struct caller *caller)
{
	run_trial(caller, true);
}

static void
run_test_webhook(struct caller *caller)
{
	run_trial(caller, false);
}

static const struct own_command {
	const char *name;
	void (*run)(struct caller *caller);
} own_commands[] = {
	{ "status", run_status },
	{ "reload", run_reload },
	{ "test-mail", run_test_mail },
	{ "test-webhook", run_test_webhook },
};

void
caller_run_own(struct caller *caller, const struct desk_command *command)
{
	if (!caller->request.may[command->access]) {
		caller_refuse(caller, DESK_FAILED,
		    "you may not do this: see `access` in the configuration");
		return;
	}
	for (size_t i = 0; i < sizeof own_commands / sizeof *own_commands; i++)
		if (strcmp(own_commands[i].name, command->name) == 0) {
			own_commands[i].run(caller);
			return;
		}
	caller_refuse(caller, DESK_FAILED, "nudged does not know this command");
}
