/* SPDX-License-Identifier: ISC */
/*
 * The dialogue as a queue of steps, each of which is written, then answered.
 * With PIPELINING steps are written ahead of the answers (RFC 2920), without
 * it one by one. Two mails at most are under way: one whose dot awaits its
 * answer, and the next one's envelope behind it.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/smtp_state.h"

const char *
smtp_stage_name(enum smtp_stage stage)
{
	static const char *const names[] = {
		[SMTP_STAGE_CONNECT] = "connect",
		[SMTP_STAGE_GREETING] = "greeting",
		[SMTP_STAGE_EHLO] = "EHLO",
		[SMTP_STAGE_TLS] = "TLS",
		[SMTP_STAGE_AUTH] = "AUTH",
		[SMTP_STAGE_IDLE] = "idle",
		[SMTP_STAGE_RSET] = "RSET",
		[SMTP_STAGE_MAIL] = "MAIL",
		[SMTP_STAGE_RCPT] = "RCPT",
		[SMTP_STAGE_DATA] = "DATA",
		[SMTP_STAGE_BODY] = "body",
		[SMTP_STAGE_DOT] = "dot",
		[SMTP_STAGE_QUIT] = "QUIT",
	};

	return names[stage];
}

struct smtp_talk *
smtp_talk_new(const struct smtp_caps *caps)
{
	struct smtp_talk *talk = xcalloc(1, sizeof *talk);

	talk->caps = *caps;
	return talk;
}

void
smtp_talk_free(struct smtp_talk *talk)
{
	if (talk == NULL)
		return;
	buf_clear(&talk->out);
	free(talk);
}

/* ---- news ---- */

static struct smtp_note *
add_note(struct smtp_talk *talk, enum smtp_talk_event event)
{
	struct smtp_note *note;

	assert(talk->note_count < SMTP_NOTES);
	note =
	    &talk->notes[(talk->note_first + talk->note_count++) % SMTP_NOTES];
	note->event = event;
	note->mail = (struct smtp_mail){ 0 };
	note->outcome = OUTCOME_NONE;
	note->stage = SMTP_STAGE_IDLE;
	note->code = 0;
	note->text[0] = '\0';
	return note;
}

bool
smtp_talk_next(struct smtp_talk *talk, struct smtp_talk_news *news)
{
	struct smtp_note *note = &talk->notes[talk->note_first];

	if (talk->note_count == 0)
		return false;
	talk->note_first = (talk->note_first + 1) % SMTP_NOTES;
	talk->note_count--;
	news->event = note->event;
	news->mail = note->mail;
	news->result = (struct smtp_result){
		.outcome = note->outcome,
		.stage = note->stage,
		.code = note->code,
		.text = note->text,
	};
	return true;
}

bool
smtp_talk_has_news(const struct smtp_talk *talk)
{
	return talk->note_count > 0;
}

/* ---- the queue ---- */

static void
add_step(struct smtp_talk *talk, enum smtp_step_kind kind, struct smtp_job *job)
{
	assert(talk->step_count < SMTP_STEPS);
	talk->steps[talk->step_count++] =
	    (struct smtp_step){ kind, job, false, 0 };
}

static void
drop_step(struct smtp_talk *talk, size_t i)
{
	talk->step_count--;
	memmove(&talk->steps[i], &talk->steps[i + 1],
	    (talk->step_count - i) * sizeof talk->steps[0]);
}

static bool
has_steps(const struct smtp_talk *talk, const struct smtp_job *job)
{
	for (size_t i = 0; i < talk->step_count; i++) {
		if (talk->steps[i].job == job)
			return true;
	}
	return false;
}

static void
judge(struct smtp_job *job, enum outcome outcome, enum smtp_stage stage,
    int code, const char *text)
{
	if (job->judged)
		return; /* the first refusal is the cause */
	job->judged = true;
	job->outcome = outcome;
	job->stage = stage;
	job->code = code;
	snprintf(job->text, sizeof job->text, "%s", text);
}

/* Tells of the job and takes it out of those under way. */
static void
finish(struct smtp_talk *talk, size_t i)
{
	struct smtp_job *job = talk->jobs[i];
	struct smtp_note *note = add_note(talk, SMTP_TALK_DONE);

	note->mail = job->mail;
	note->outcome = job->outcome;
	note->stage = job->stage;
	note->code = job->code;
	memcpy(note->text, job->text, strlen(job->text) + 1);
	talk->job_count--;
	if (i == 0)
		talk->jobs[0] = talk->jobs[1];
}

static void
say_over(struct smtp_talk *talk, enum outcome outcome, enum smtp_stage stage,
    int code, const char *text)
{
	struct smtp_note *note;

	if (talk->over)
		return;
	talk->over = true;
	talk->closing = true;
	talk->step_count = 0;
	buf_reset(&talk->out);
	talk->out_at = 0;
	note = add_note(talk, SMTP_TALK_OVER);
	note->outcome = outcome;
	note->stage = stage;
	note->code = code;
	snprintf(note->text, sizeof note->text, "%s", text);
}

static void
quit_when_settled(struct smtp_talk *talk)
{
	if (!talk->closing || talk->quitting || talk->over ||
	    talk->job_count > 0)
		return;
	talk->quitting = true;
	add_step(talk, STEP_QUIT, NULL);
}

/* ---- mails in ---- */

bool
smtp_talk_wants_mail(const struct smtp_talk *talk)
{
	if (talk->closing || talk->over)
		return false;
	if (talk->job_count == 1)
		return talk->jobs[0]->phase == PHASE_COMMITTED;
	return talk->job_count == 0;
}

static int
check_mail(
    const struct smtp_talk *talk, const struct smtp_mail *mail, struct err *err)
{
	size_t size;

	if (smtp_address_check(mail->from, true, err) == -1)
		return err_wrap(err, "sender");
	if (smtp_address_check(mail->rcpt, false, err) == -1)
		return err_wrap(err, "recipient");
	if (smtp_body_check(mail->bytes, mail->len, err) == -1)
		return -1;
	if (!talk->caps.smtputf8 &&
	    (!smtp_is_ascii(mail->from, strlen(mail->from)) ||
		!smtp_is_ascii(mail->rcpt, strlen(mail->rcpt))))
		return err_set(err, ERR_INPUT,
		    "the relay does not take addresses beyond ASCII");
	size = smtp_body_size(mail->bytes, mail->len);
	if (talk->caps.size && talk->caps.size_max > 0 &&
	    size > talk->caps.size_max)
		return err_set(err, ERR_INPUT,
		    "the mail has %zu bytes, the relay takes %llu", size,
		    (unsigned long long)talk->caps.size_max);
	return 0;
}

int
smtp_talk_mail(struct smtp_talk *talk, const struct smtp_mail *mail, bool probe,
    struct err *err)
{
	struct smtp_job *job;

	if (!smtp_talk_wants_mail(talk))
		return err_set(
		    err, ERR_CONFLICT, "the connection takes no mail now");
	if (check_mail(talk, mail, err) == -1)
		return -1;
	job = &talk->store[0];
	if (talk->job_count == 1 && talk->jobs[0] == job)
		job = &talk->store[1];
	job->mail = *mail;
	job->body = (struct smtp_body){ mail->bytes, mail->len, 0 };
	job->phase = PHASE_ENVELOPE;
	job->probed = probe;
	job->answered = false;
	job->dot_at = 0;
	job->judged = false;
	talk->jobs[talk->job_count++] = job;
	if (probe || talk->dirty)
		add_step(talk, STEP_RSET, NULL);
	talk->dirty = false;
	add_step(talk, STEP_MAIL, job);
	add_step(talk, STEP_RCPT, job);
	add_step(talk, STEP_DATA, job);
	talk->turn++;
	return 0;
}

void
smtp_talk_commit(struct smtp_talk *talk)
{
	struct smtp_job *job;

	if (talk->over || talk->job_count == 0)
		return;
	job = talk->jobs[talk->job_count - 1];
	if (job->phase != PHASE_AT_DOT)
		return;
	job->phase = PHASE_COMMITTED;
	add_step(talk, STEP_DOT, job);
	talk->turn++;
}

void *
smtp_talk_at_dot(const struct smtp_talk *talk)
{
	const struct smtp_job *job;

	if (talk->over || talk->job_count == 0)
		return NULL;
	job = talk->jobs[talk->job_count - 1];
	return job->phase == PHASE_AT_DOT ? job->mail.ctx : NULL;
}

void
smtp_talk_quit(struct smtp_talk *talk)
{
	talk->closing = true;
	quit_when_settled(talk);
	talk->turn++;
}

static bool
dot_has_left(const struct smtp_talk *talk, const struct smtp_job *job)
{
	uint64_t most = talk->sent > talk->touched ? talk->sent : talk->touched;

	return job->dot_at > 0 && most >= job->dot_at;
}

/* ---- replies in ---- */

void
smtp_say_at_dot(struct smtp_talk *talk, struct smtp_job *job)
{
	job->phase = PHASE_AT_DOT;
	add_note(talk, SMTP_TALK_AT_DOT)->mail = job->mail;
}

static enum smtp_stage
step_stage(const struct smtp_talk *talk, const struct smtp_step *step)
{
	switch (step->kind) {
	case STEP_RSET:
		return SMTP_STAGE_RSET;
	case STEP_MAIL:
		return SMTP_STAGE_MAIL;
	case STEP_RCPT:
		return SMTP_STAGE_RCPT;
	case STEP_DATA:
	case STEP_LONE_DOT:
		return SMTP_STAGE_DATA;
	case STEP_DOT:
		return step->written && talk->sent >= step->end_at
			   ? SMTP_STAGE_DOT
			   : SMTP_STAGE_BODY;
	case STEP_QUIT:
		return SMTP_STAGE_QUIT;
	}
	return SMTP_STAGE_IDLE;
}

enum smtp_stage
smtp_talk_stage(const struct smtp_talk *talk)
{
	if (talk->step_count > 0)
		return step_stage(talk, &talk->steps[0]);
	return talk->job_count > 0 ? SMTP_STAGE_BODY : SMTP_STAGE_IDLE;
}

uint64_t
smtp_talk_turn(const struct smtp_talk *talk)
{
	return talk->turn;
}

/* What a job comes to when the connection ends under it. */
static enum outcome
outcome_of_loss(const struct smtp_talk *talk, const struct smtp_job *job)
{
	if (dot_has_left(talk, job))
		return OUTCOME_IN_DOUBT;
	if (job->answered)
		return OUTCOME_DROPPED;
	/* Nothing of it was answered: a connection that has worked was merely
	 * closed; a new one that dies at its first MAIL is the relay's fault.
	 */
	return talk->accepted > 0 || job->probed ? OUTCOME_STALE
						 : OUTCOME_CHANNEL;
}

static void
lose(struct smtp_talk *talk, enum smtp_stage stage, int code, const char *text)
{
	enum outcome outcome = OUTCOME_NONE;

	if (talk->over)
		return;
	if (stage == SMTP_STAGE_IDLE)
		outcome = OUTCOME_STALE;
	for (bool first = true; talk->job_count > 0; first = false) {
		struct smtp_job *job = talk->jobs[0];
		enum smtp_stage at = first ? stage : SMTP_STAGE_MAIL;

		if (dot_has_left(talk, job))
			at = stage = SMTP_STAGE_DOT;
		judge(job, outcome_of_loss(talk, job), at, code, text);
		finish(talk, 0);
	}
	say_over(talk, outcome, stage, code, text);
}

void
smtp_talk_lost(struct smtp_talk *talk, const char *text)
{
	lose(talk, smtp_talk_stage(talk), 0, text);
}

static enum outcome
refusal(int code)
{
	return code >= 500 ? OUTCOME_FAIL : OUTCOME_DEFER;
}

/* The steps of a refused job that were not written need not be; DATA that was
 * written must be answered. */
static void
skip_rest(struct smtp_talk *talk, const struct smtp_job *job)
{
	for (size_t i = talk->step_count; i-- > 0;) {
		if (talk->steps[i].job == job && !talk->steps[i].written &&
		    talk->steps[i].kind != STEP_LONE_DOT)
			drop_step(talk, i);
	}
}

static void
on_mail(
    struct smtp_talk *talk, struct smtp_job *job, const struct smtp_reply *r)
{
	enum outcome outcome = OUTCOME_CHANNEL;

	if (r->code < 300) {
		talk->accepted++;
		return;
	}
	/* RFC 1870 6.1: 552 speaks of this mail's size. A relay that limits
	 * the mails of a connection says so here, for now: a new connection
	 * will tell. */
	if (r->code == 552)
		outcome = OUTCOME_FAIL;
	else if (r->code < 500 && talk->accepted > 0)
		outcome = OUTCOME_STALE;
	if (outcome != OUTCOME_FAIL)
		talk->closing = true;
	judge(job, outcome, SMTP_STAGE_MAIL, r->code, r->text);
}

static void
on_data(
    struct smtp_talk *talk, struct smtp_job *job, const struct smtp_reply *r)
{
	if (r->code >= 400) {
		judge(job, refusal(r->code), SMTP_STAGE_DATA, r->code, r->text);
	} else if (job->judged) {
		/* It takes a body for no recipient (RFC 2920 3.1): an empty
		 * one, and its answer means nothing. */
		add_step(talk, STEP_LONE_DOT, job);
	} else {
		job->phase = PHASE_HEAD;
		if (job->body.len <= SMTP_HOLD_BACK)
			smtp_say_at_dot(talk, job);
	}
}

static void
on_step(struct smtp_talk *talk, const struct smtp_step *step,
    const struct smtp_reply *r)
{
	struct smtp_job *job = step->job;

	switch (step->kind) {
	case STEP_RSET:
		if (r->code >= 300)
			lose(talk, SMTP_STAGE_RSET, r->code, r->text);
		break;
	case STEP_MAIL:
		on_mail(talk, job, r);
		break;
	case STEP_RCPT:
		if (r->code >= 400)
			judge(job, refusal(r->code), SMTP_STAGE_RCPT, r->code,
			    r->text);
		break;
	case STEP_DATA:
		on_data(talk, job, r);
		break;
	case STEP_DOT:
		judge(job, r->code < 300 ? OUTCOME_SENT : refusal(r->code),
		    SMTP_STAGE_DOT, r->code, r->text);
		break;
	case STEP_LONE_DOT:
		break;
	case STEP_QUIT:
		say_over(talk, OUTCOME_NONE, SMTP_STAGE_QUIT, r->code, r->text);
		break;
	}
}

/* Replies that no rule of the protocol allows here. */
static bool
is_out_of_place(const struct smtp_step *step, int code)
{
	if (code >= 400)
		return false;
	return (step->kind == STEP_DATA) != (code >= 300);
}

static void
settle_job(
    struct smtp_talk *talk, struct smtp_job *job, enum smtp_step_kind kind)
{
	size_t i = talk->jobs[0] == job ? 0 : 1;

	if (!job->judged)
		return;
	skip_rest(talk, job);
	if (has_steps(talk, job))
		return;
	/* The dot ends a transaction whatever its answer. */
	if (kind != STEP_DOT)
		talk->dirty = true;
	finish(talk, i);
}

void
smtp_talk_reply(struct smtp_talk *talk, const struct smtp_reply *reply)
{
	struct smtp_step step;
	char text[SMTP_TEXT_MAX];

	if (talk->over)
		return;
	talk->turn++;
	step = talk->steps[0];
	if (talk->step_count == 0 || !step.written ||
	    step.end_at > talk->sent) {
		/* Mostly a 421 to an idle connection. */
		lose(talk, smtp_talk_stage(talk), reply->code, reply->text);
		return;
	}
	if (is_out_of_place(&step, reply->code)) {
		snprintf(text, sizeof text, "an answer out of place: %.400s",
		    reply->text);
		lose(talk, smtp_talk_stage(talk), reply->code, text);
		return;
	}
	drop_step(talk, 0);
	if (step.job != NULL)
		step.job->answered = true;
	on_step(talk, &step, reply);
	if (talk->over)
		return;
	if (step.job != NULL)
		settle_job(talk, step.job, step.kind);
	if (reply->code == 421)
		lose(talk, smtp_talk_stage(talk), reply->code, reply->text);
	else
		quit_when_settled(talk);
}
