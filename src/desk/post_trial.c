/* SPDX-License-Identifier: ISC */
/* Test messages; see post.h. */
#include "desk/post.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/hook.h"
#include "core/mime.h"

static const char text[] =
    "This is a test of the register of actions. If you can read it, reminders "
    "can\nreach this address. There is nothing to do.\n";

static int
trial_mail(const struct conf *conf, const char *to, int64_t now,
    struct agent_job *job, struct err *err)
{
	char date[INSTANT_TEXT_MAX + 8];
	struct mime_mailbox from;
	struct buf bytes = { 0 };
	char *id;
	struct mime_mail mail = { .from = conf->mail.from,
		.to = to,
		.reply_to = conf->mail.reply_to,
		.subject = "Test of the register of actions",
		.date = instant_rfc5322(&conf->zone, now, date),
		.list_name = conf->organisation,
		.text = text };
	int rc = -1;

	if (!mime_address_ok(to))
		return err_set(
		    err, ERR_INPUT, "'%s' is not a mail address", to);
	if (mime_mailbox_parse(conf->mail.from, &from, err) == -1)
		return -1;
	job->message_id = xasprintf(
	    "test.%lld.nudged@%s", (long long)now, mime_domain(from.address));
	id = xasprintf("<%s>", job->message_id);
	mail.message_id = id;
	if (mime_write(&mail, &bytes, err) == 0) {
		job->address = xstrdup(to);
		job->len = bytes.len;
		job->bytes = buf_take(&bytes);
		rc = 0;
	}
	buf_clear(&bytes);
	free(id);
	return rc;
}

static int
trial_hook(const struct conf *conf, const struct conf_webhook *hook,
    int64_t now, struct agent_job *job, struct err *err)
{
	char at[INSTANT_TEXT_MAX];
	struct hook_event event = { .type = "test",
		.timestamp = instant_rfc3339(&conf->zone, now, at),
		.organisation = conf->organisation,
		.message = "A test of the register of actions: there is "
			   "nothing to do." };
	struct buf body = { 0 };

	if (hook_body(hook->format, &event, &body, err) == -1)
		return -1;
	job->address = xstrdup(hook->name);
	job->message_id = xasprintf("test.%lld", (long long)now);
	job->len = body.len;
	job->bytes = buf_take(&body);
	return 0;
}

int
post_trial(const struct conf *conf, const char *channel, const char *to,
    int64_t now, struct agent_job *job, struct err *err)
{
	const struct conf_webhook *hook;

	if (strcmp(channel, "mail") == 0)
		return trial_mail(conf, to, now, job, err);
	hook = conf_webhook(conf, channel);
	if (hook == NULL)
		return err_set(
		    err, ERR_NOTFOUND, "there is no webhook '%s'", channel);
	return trial_hook(conf, hook, now, job, err);
}
