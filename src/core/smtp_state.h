/* SPDX-License-Identifier: ISC */
/*
 * The inside of struct smtp_talk, shared by smtp_talk.c (mails and replies in,
 * news out) and smtp_write.c (bytes out), and by nobody else.
 */
#ifndef NUDGED_CORE_SMTP_STATE_H
#define NUDGED_CORE_SMTP_STATE_H

#include "core/smtp_talk.h"

/* A body up to this size leaves in one write with its dot; of a longer one so
 * much is kept back, so that little lies between the commit and the dot. */
#define SMTP_HOLD_BACK 32768
/* The body is written out piece by piece: no more than this waits unsent. */
#define SMTP_WRITE_AHEAD 65536

#define SMTP_STEPS 16
#define SMTP_NOTES 8

enum smtp_step_kind {
	STEP_RSET,
	STEP_MAIL,
	STEP_RCPT,
	STEP_DATA,
	STEP_DOT,
	STEP_LONE_DOT, /* ends a body that nobody is to have */
	STEP_QUIT,
};

enum smtp_phase {
	PHASE_ENVELOPE,
	PHASE_HEAD,   /* 354 was said; a long body goes out but for its end */
	PHASE_AT_DOT, /* waits for the commit */
	PHASE_COMMITTED,
};

struct smtp_job {
	struct smtp_mail mail;
	struct smtp_body body;
	enum smtp_phase phase;
	bool probed;     /* the connection had been idle for long */
	bool answered;   /* some step of it was */
	uint64_t dot_at; /* where in the stream its dot stands, 0: not yet */
	bool judged;     /* the rest below holds */
	enum outcome outcome;
	enum smtp_stage stage;
	int code;
	char text[SMTP_TEXT_MAX];
};

struct smtp_step {
	enum smtp_step_kind kind;
	struct smtp_job *job; /* NULL: RSET, QUIT */
	bool written;
	uint64_t end_at; /* where in the stream it ends */
};

struct smtp_note {
	enum smtp_talk_event event;
	struct smtp_mail mail;
	enum outcome outcome;
	enum smtp_stage stage;
	int code;
	char text[SMTP_TEXT_MAX];
};

struct smtp_talk {
	struct smtp_caps caps;
	struct smtp_job store[2];
	struct smtp_job *jobs[2]; /* under way, in order */
	size_t job_count;
	struct smtp_step steps[SMTP_STEPS];
	size_t step_count;
	struct buf out;
	size_t out_at;    /* of out, what has been sent */
	uint64_t sent;    /* bytes of the stream */
	uint64_t touched; /* bytes that may have been sent (TLS) */
	struct smtp_note notes[SMTP_NOTES];
	size_t note_first, note_count;
	uint64_t turn;
	int accepted;  /* mails whose MAIL was taken */
	bool dirty;    /* a transaction is open that must be reset */
	bool closing;  /* no more mails */
	bool quitting; /* QUIT stands in the queue */
	bool over;
};

/* Where the stream will stand when all that is written has been sent. */
static inline uint64_t
smtp_stream_end(const struct smtp_talk *talk)
{
	return talk->sent + (talk->out.len - talk->out_at);
}

/* Marks the job as waiting for its commit and says so. */
void smtp_say_at_dot(struct smtp_talk *talk, struct smtp_job *job);

#endif
