/* SPDX-License-Identifier: ISC */
/*
 * The bytes of the dialogue: commands and bodies as they go on the wire, ahead
 * of the answers where the server lets us (RFC 2920). Judges nothing.
 */
#include <string.h>

#include "core/smtp_state.h"

static void
write_report_options(struct buf *out, const char *envid)
{
	size_t start;

	buf_puts(out, " RET=HDRS");
	start = out->len;
	buf_puts(out, " ENVID=");
	smtp_xtext(out, envid);
	/* A longer one is a syntax error (RFC 3461 4.4), and the relay would
	 * refuse every mail: rather none. */
	if (out->len - start > sizeof " ENVID=" - 1 + 100)
		out->len = start;
}

static void
write_mail_command(struct smtp_talk *talk, const struct smtp_job *job)
{
	const struct smtp_mail *mail = &job->mail;
	const struct smtp_caps *caps = &talk->caps;
	struct buf *out = &talk->out;

	buf_puts(out, "MAIL FROM:<");
	buf_puts(out, mail->from);
	buf_putc(out, '>');
	if (caps->size)
		buf_printf(
		    out, " SIZE=%zu", smtp_body_size(mail->bytes, mail->len));
	if (caps->eight_bit && !smtp_is_ascii(mail->bytes, mail->len))
		buf_puts(out, " BODY=8BITMIME");
	if (caps->smtputf8 &&
	    (!smtp_is_ascii(mail->from, strlen(mail->from)) ||
		!smtp_is_ascii(mail->rcpt, strlen(mail->rcpt))))
		buf_puts(out, " SMTPUTF8");
	if (caps->dsn && mail->envid != NULL)
		write_report_options(out, mail->envid);
	buf_puts(out, "\r\n");
}

/* False while more of it is to come once some of out has been sent. */
static bool
write_step(struct smtp_talk *talk, struct smtp_step *step)
{
	struct buf *out = &talk->out;
	struct smtp_job *job = step->job;

	switch (step->kind) {
	case STEP_RSET:
		buf_puts(out, "RSET\r\n");
		break;
	case STEP_MAIL:
		write_mail_command(talk, job);
		break;
	case STEP_RCPT:
		buf_puts(out, "RCPT TO:<");
		buf_puts(out, job->mail.rcpt);
		buf_puts(out, ">");
		if (talk->caps.dsn && job->mail.envid != NULL)
			buf_puts(out, " NOTIFY=FAILURE,DELAY");
		buf_puts(out, "\r\n");
		break;
	case STEP_DATA:
		buf_puts(out, "DATA\r\n");
		break;
	case STEP_DOT:
		if (!smtp_body_write(&job->body, out, SMTP_WRITE_AHEAD))
			return false;
		job->dot_at = smtp_stream_end(talk) + 1;
		buf_puts(out, ".\r\n");
		break;
	case STEP_LONE_DOT:
		buf_puts(out, ".\r\n");
		break;
	case STEP_QUIT:
		buf_puts(out, "QUIT\r\n");
		break;
	}
	step->written = true;
	step->end_at = smtp_stream_end(talk);
	return true;
}

static void
write_steps(struct smtp_talk *talk)
{
	for (size_t i = 0; i < talk->step_count; i++) {
		struct smtp_step *step = &talk->steps[i];

		/* DATA and QUIT end a group (RFC 2920 3.1). */
		if (i > 0 &&
		    (!talk->caps.pipelining || step[-1].kind == STEP_DATA ||
			step[-1].kind == STEP_QUIT))
			return;
		if (!step->written && !write_step(talk, step))
			return;
	}
}

/* Of a long body all but the last piece goes out before the commit. */
static void
write_head(struct smtp_talk *talk)
{
	struct smtp_job *job;

	if (talk->job_count == 0)
		return;
	job = talk->jobs[talk->job_count - 1];
	if (job->phase == PHASE_HEAD &&
	    job->body.len - job->body.at > SMTP_HOLD_BACK)
		(void)smtp_body_write(&job->body, &talk->out,
		    job->body.len - job->body.at - SMTP_HOLD_BACK >
			    SMTP_WRITE_AHEAD
			? SMTP_WRITE_AHEAD
			: job->body.len - job->body.at - SMTP_HOLD_BACK);
}

const char *
smtp_talk_pending(struct smtp_talk *talk, size_t *len)
{
	if (!talk->over && talk->out.len - talk->out_at < SMTP_WRITE_AHEAD) {
		write_head(talk);
		write_steps(talk);
	}
	*len = talk->out.len - talk->out_at;
	return *len > 0 ? talk->out.data + talk->out_at : NULL;
}

void
smtp_talk_sent(struct smtp_talk *talk, size_t len)
{
	struct smtp_job *job;

	talk->sent += len;
	talk->out_at += len;
	talk->turn++;
	if (talk->out_at == talk->out.len) {
		buf_reset(&talk->out);
		talk->out_at = 0;
	} else if (talk->out_at >= SMTP_WRITE_AHEAD) {
		buf_drop(&talk->out, talk->out_at);
		talk->out_at = 0;
	}
	if (talk->job_count == 0 || talk->out.len > 0)
		return;
	job = talk->jobs[talk->job_count - 1];
	if (job->phase == PHASE_HEAD &&
	    job->body.len - job->body.at <= SMTP_HOLD_BACK)
		smtp_say_at_dot(talk, job);
}

void
smtp_talk_touched(struct smtp_talk *talk, size_t len)
{
	if (talk->sent + len > talk->touched)
		talk->touched = talk->sent + len;
}
