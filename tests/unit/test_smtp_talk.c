/* SPDX-License-Identifier: ISC */
/*
 * The SMTP dialogue, by scenarios. A scenario is a list of lines:
 *   mail, probe      a mail is given (probe: after a long idle time)
 *   commit quit      as the functions
 *   lost TEXT        the connection ends
 *   > BYTES          exactly this is to be sent now; CRLF is written as '|'
 *   >N               only N bytes of what is pending are sent
 *   ~                TLS took all that is pending, nothing is reported sent
 *   < REPLY          the server answers
 *   ! NEWS           the next news; none may be left over otherwise
 *   ? STAGE          what is awaited
 *   wants, full      whether a mail may be given
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/smtp_talk.h"

#define GROUP "> MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|"

struct rig {
	struct smtp_talk *talk;
	struct smtp_mail mail;
	int given;
	const char *line; /* for messages */
};

static void
check_sent(struct rig *rig, const char *want)
{
	struct buf got = { 0 };
	const char *bytes;
	size_t len;

	while ((bytes = smtp_talk_pending(rig->talk, &len)) != NULL) {
		for (size_t i = 0; i < len; i++) {
			if (bytes[i] == '\r')
				buf_putc(&got, '|');
			else if (bytes[i] != '\n')
				buf_putc(&got, bytes[i]);
		}
		smtp_talk_sent(rig->talk, len);
	}
	assert_string_equal(buf_text(&got), want);
	buf_clear(&got);
}

static void
check_news(struct rig *rig, const char *want)
{
	struct smtp_talk_news news;
	char got[256];

	if (!smtp_talk_next(rig->talk, &news))
		fail_msg("no news at: %s", rig->line);
	switch (news.event) {
	case SMTP_TALK_AT_DOT:
		snprintf(
		    got, sizeof got, "at_dot %s", (const char *)news.mail.ctx);
		break;
	case SMTP_TALK_DONE:
		snprintf(got, sizeof got, "done %s %s %s %d %s",
		    (const char *)news.mail.ctx,
		    outcome_name(news.result.outcome),
		    smtp_stage_name(news.result.stage), news.result.code,
		    news.result.text);
		break;
	default:
		snprintf(got, sizeof got, "over %s %s %d %s",
		    outcome_name(news.result.outcome),
		    smtp_stage_name(news.result.stage), news.result.code,
		    news.result.text);
		break;
	}
	assert_string_equal(got, want);
}

static void
reply(struct rig *rig, const char *text)
{
	struct smtp_reply r = { .code = atoi(text) };

	snprintf(r.text, sizeof r.text, "%s", strlen(text) > 4 ? text + 4 : "");
	smtp_talk_reply(rig->talk, &r);
}

static void
give(struct rig *rig, bool probe)
{
	static const char *const names[] = { "1", "2", "3", "4", "5", "6" };
	struct err err;

	rig->mail.ctx = (void *)(uintptr_t)names[rig->given++];
	assert_int_equal(smtp_talk_mail(rig->talk, &rig->mail, probe, &err), 0);
}

static void
step(struct rig *rig, const char *line)
{
	const char *rest = strchr(line, ' ');
	const char *bytes;
	size_t len;

	rig->line = line;
	rest = rest == NULL ? "" : rest + 1;
	if (line[0] != '!' && smtp_talk_has_news(rig->talk))
		fail_msg("unexpected news before: %s", line);
	if (strcmp(line, "mail") == 0)
		give(rig, false);
	else if (strcmp(line, "probe") == 0)
		give(rig, true);
	else if (strcmp(line, "commit") == 0)
		smtp_talk_commit(rig->talk);
	else if (strcmp(line, "quit") == 0)
		smtp_talk_quit(rig->talk);
	else if (strncmp(line, "lost ", 5) == 0)
		smtp_talk_lost(rig->talk, rest);
	else if (strcmp(line, "wants") == 0)
		assert_true(smtp_talk_wants_mail(rig->talk));
	else if (strcmp(line, "full") == 0)
		assert_false(smtp_talk_wants_mail(rig->talk));
	else if (strcmp(line, "~") == 0) {
		bytes = smtp_talk_pending(rig->talk, &len);
		assert_non_null(bytes);
		smtp_talk_touched(rig->talk, len);
	} else if (line[0] == '>' && line[1] >= '0' && line[1] <= '9') {
		bytes = smtp_talk_pending(rig->talk, &len);
		assert_non_null(bytes);
		assert_true(len >= (size_t)atoi(line + 1));
		smtp_talk_sent(rig->talk, (size_t)atoi(line + 1));
	} else if (line[0] == '>')
		check_sent(rig, rest);
	else if (line[0] == '<')
		reply(rig, rest);
	else if (line[0] == '!')
		check_news(rig, rest);
	else if (line[0] == '?')
		assert_string_equal(
		    smtp_stage_name(smtp_talk_stage(rig->talk)), rest);
	else
		fail_msg("no such line: %s", line);
}

static void
play_with(
    struct smtp_caps caps, struct smtp_mail mail, const char *const *lines)
{
	struct rig rig = { .talk = smtp_talk_new(&caps), .mail = mail };

	for (; *lines != NULL; lines++)
		step(&rig, *lines);
	assert_false(smtp_talk_has_news(rig.talk));
	smtp_talk_free(rig.talk);
}

static const struct smtp_caps pipelining = { .pipelining = true };
static const struct smtp_caps plain;
static const struct smtp_mail small = {
	.from = "a@example.org",
	.rcpt = "b@example.org",
	.bytes = "x\r\n.y\r\n",
	.len = 7,
};

#define PLAY(caps, ...)                                                   \
	do {                                                              \
		static const char *const lines[] = { __VA_ARGS__, NULL }; \
		play_with(caps, small, lines);                            \
	} while (0)

/* ---- in order ---- */

static void
talk__one_by_one__waits_for_each_answer(void **unused)
{
	(void)unused;
	PLAY(plain, "? idle", "wants", "mail", "full",
	    "> MAIL FROM:<a@example.org>|", "? MAIL", "< 250 ok",
	    "> RCPT TO:<b@example.org>|", "? RCPT", "< 250 ok", "> DATA|",
	    "? DATA", "< 354 go", "! at_dot 1", "> ", "? body", "full",
	    "commit", "? body", "> x|..y|.|", "? dot", "wants",
	    "< 250 2.0.0 queued", "! done 1 sent dot 250 2.0.0 queued",
	    "? idle", "wants", "quit", "full", "> QUIT|", "? QUIT", "< 221 bye",
	    "! over none QUIT 221 bye");
}

static void
talk__pipelining__one_group(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "> x|..y|.|", "< 250 d",
	    "! done 1 sent dot 250 d", "? idle");
}

static void
talk__next_mail__travels_with_the_dot(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "mail", "full",
	    "> x|..y|.|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "? dot", "< 250 one", "! done 1 sent dot 250 one", "? MAIL",
	    "< 250 a", "? RCPT", "< 250 b", "? DATA", "< 354 c", "! at_dot 2",
	    "commit", "> x|..y|.|", "< 250 two", "! done 2 sent dot 250 two");
}

static void
talk__next_mail_without_pipelining__waits_for_the_dots_answer(void **unused)
{
	(void)unused;
	PLAY(plain, "mail", "> MAIL FROM:<a@example.org>|", "< 250 a",
	    "> RCPT TO:<b@example.org>|", "< 250 b", "> DATA|", "< 354 c",
	    "! at_dot 1", "commit", "mail", "> x|..y|.|", "> ", "< 250 d",
	    "! done 1 sent dot 250 d", "> MAIL FROM:<a@example.org>|");
}

static void
talk__quit_with_a_mail_under_way__lets_it_finish(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "quit", "> ", "full", "< 250 a",
	    "< 250 b", "< 354 c", "! at_dot 1", "commit", "> x|..y|.|", "full",
	    "< 250 d", "! done 1 sent dot 250 d", "> QUIT|", "< 221 bye",
	    "! over none QUIT 221 bye");
}

static void
talk__probe__resets_first(void **unused)
{
	(void)unused;
	PLAY(pipelining, "probe",
	    "> RSET|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "? RSET", "< 250 ok", "? MAIL", "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1");
	PLAY(plain, "probe", "> RSET|", "< 250 ok",
	    "> MAIL FROM:<a@example.org>|");
	PLAY(plain, "probe", "> RSET|", "< 421 gone",
	    "! done 1 stale RSET 421 gone", "! over none RSET 421 gone");
}

/* ---- refusals ---- */

static void
talk__rcpt_refused__fails_or_defers_then_resets(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 550 nobody", "< 503 none",
	    "! done 1 failed RCPT 550 nobody", "wants", "mail",
	    "> RSET|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "< 250 r", "< 250 a", "< 451 later", "< 554 none",
	    "! done 2 deferred RCPT 451 later");
	PLAY(plain, "mail", "> MAIL FROM:<a@example.org>|", "< 250 a",
	    "> RCPT TO:<b@example.org>|", "< 452 full",
	    "! done 1 deferred RCPT 452 full", "mail", "> RSET|", "< 250 r",
	    "> MAIL FROM:<a@example.org>|");
}

static void
talk__rcpt_refused_but_data_taken__ends_an_empty_body(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 550 nobody", "< 354 go",
	    "full", "> .|", "? DATA", "< 554 no recipients",
	    "! done 1 failed RCPT 550 nobody", "wants", "mail",
	    "> RSET|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|");
}

static void
talk__data_refused__fails_or_defers(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 451 busy",
	    "! done 1 deferred DATA 451 busy", "wants");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 554 no",
	    "! done 1 failed DATA 554 no", "wants");
}

static void
talk__dot_refused__fails_or_defers_and_goes_on(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "mail",
	    "> x|..y|.|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "< 552 too big", "! done 1 failed dot 552 too big", "< 250 a",
	    "< 250 b", "< 354 c", "! at_dot 2", "commit", "> x|..y|.|",
	    "< 450 later", "! done 2 deferred dot 450 later", "wants", "mail",
	    GROUP);
}

static void
talk__mail_refused__is_the_channels_fault(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 530 log in first", "< 503 b",
	    "< 503 c", "! done 1 channel MAIL 530 log in first", "full",
	    "> QUIT|", "< 221 bye", "! over none QUIT 221 bye");
	PLAY(plain, "mail", "> MAIL FROM:<a@example.org>|", "< 451 later",
	    "! done 1 channel MAIL 451 later", "> QUIT|");
}

static void
talk__mail_refused_for_its_size__is_the_mails_fault(void **unused)
{
	(void)unused;
	PLAY(plain, "mail", "> MAIL FROM:<a@example.org>|", "< 552 too big",
	    "! done 1 failed MAIL 552 too big", "wants");
}

static void
talk__mail_deferred_after_others__asks_for_a_new_connection(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "> x|..y|.|", "< 250 d",
	    "! done 1 sent dot 250 d", "mail", GROUP, "< 452 enough", "< 503 b",
	    "< 503 c", "! done 2 stale MAIL 452 enough", "full", "> QUIT|");
}

static void
talk__421__ends_the_connection(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 421 shutting down",
	    "! done 1 channel MAIL 421 shutting down",
	    "! over none RCPT 421 shutting down", "full");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 421 busy",
	    "! done 1 deferred RCPT 421 busy", "! over none DATA 421 busy");
	PLAY(pipelining, "< 421 idle for too long",
	    "! over stale idle 421 idle for too long", "full");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "< 421 too slow",
	    "! done 1 dropped body 421 too slow",
	    "! over none body 421 too slow", "commit", "> ");
}

/* ---- losses ---- */

static void
talk__lost_before_the_dot__is_dropped(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "lost gone",
	    "! done 1 dropped RCPT 0 gone", "! over none RCPT 0 gone");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "lost gone",
	    "! done 1 dropped DATA 0 gone", "! over none DATA 0 gone");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "lost gone", "! done 1 dropped body 0 gone",
	    "! over none body 0 gone");
	/* committed, but the bytes never left: "x|..y|" are 8, then the dot */
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", ">8", "lost gone",
	    "! done 1 dropped body 0 gone", "! over none body 0 gone");
}

static void
talk__lost_once_the_dot_left__is_in_doubt(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "> x|..y|.|", "lost gone",
	    "! done 1 in_doubt dot 0 gone", "! over none dot 0 gone");
	/* the dot itself, without its end of line */
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", ">9", "lost gone",
	    "! done 1 in_doubt dot 0 gone", "! over none dot 0 gone");
	/* TLS holds it: who knows */
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "~", "lost gone",
	    "! done 1 in_doubt dot 0 gone", "! over none dot 0 gone");
}

static void
talk__lost_with_two_under_way__first_in_doubt_second_stale(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "mail",
	    "> x|..y|.|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "lost gone", "! done 1 in_doubt dot 0 gone",
	    "! done 2 stale MAIL 0 gone", "! over none dot 0 gone");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "mail",
	    "> x|..y|.|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "< 250 d", "! done 1 sent dot 250 d", "< 250 a", "lost gone",
	    "! done 2 dropped RCPT 0 gone", "! over none RCPT 0 gone");
}

static void
talk__lost_before_any_answer__channel_or_stale(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "lost gone",
	    "! done 1 channel MAIL 0 gone", "! over none MAIL 0 gone");
	PLAY(pipelining, "probe",
	    "> RSET|MAIL FROM:<a@example.org>|RCPT TO:<b@example.org>|DATA|",
	    "lost gone", "! done 1 stale RSET 0 gone",
	    "! over none RSET 0 gone");
	PLAY(pipelining, "lost gone", "! over stale idle 0 gone");
	PLAY(pipelining, "quit", "> QUIT|", "lost gone",
	    "! over none QUIT 0 gone");
}

static void
talk__lost_after_a_refusal__keeps_the_refusal(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 550 nobody", "lost gone",
	    "! done 1 failed RCPT 550 nobody", "! over none DATA 0 gone");
}

static void
talk__answers_out_of_place__end_it(void **unused)
{
	(void)unused;
	PLAY(pipelining, "mail", GROUP, "< 354 what",
	    "! done 1 channel MAIL 354 an answer out of place: what",
	    "! over none MAIL 354 an answer out of place: what");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 250 c",
	    "! done 1 dropped DATA 250 an answer out of place: c",
	    "! over none DATA 250 an answer out of place: c");
	/* an answer to a dot that was not sent is none */
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "< 250 queued", "! done 1 dropped body 250 queued",
	    "! over none body 250 queued");
	PLAY(pipelining, "mail", GROUP, "< 250 a", "< 250 b", "< 354 c",
	    "! at_dot 1", "commit", "< 250 queued",
	    "! done 1 dropped body 250 queued", "! over none body 250 queued");
}

/* ---- the commands themselves ---- */

static void
talk__extensions__are_used_where_offered(void **unused)
{
	static const struct smtp_caps all = { .pipelining = true,
		.eight_bit = true,
		.smtputf8 = true,
		.dsn = true,
		.size = true };
	struct smtp_mail mail = { .from = "",
		.rcpt = "j\xc3\xb6rg@example.org",
		.bytes = "caf\xc3\xa9\n",
		.len = 6,
		.envid = "n+1" };
	static const char *const with[] = { "mail",
		"> MAIL FROM:<> SIZE=7 BODY=8BITMIME SMTPUTF8 RET=HDRS "
		"ENVID=n+2B1|RCPT TO:<j\xc3\xb6rg@example.org> "
		"NOTIFY=FAILURE,DELAY|DATA|",
		NULL };
	static const char *const without[] = { "mail",
		"> MAIL FROM:<>|RCPT TO:<j@example.org>|DATA|", NULL };

	static const struct smtp_caps dsn = { .dsn = true };
	static const char *const too_long[] = { "mail",
		"> MAIL FROM:<> RET=HDRS|", NULL };
	struct smtp_mail other = small;

	(void)unused;
	play_with(all, mail, with);
	other.from = "";
	other.envid = "12345678901234567890123456789012345678901234567890"
		      "1234567890123456789012345678901234567890123456789=";
	play_with(dsn, other, too_long);
	mail.rcpt = "j@example.org";
	play_with(pipelining, mail, without);
}

static void
smtp_talk_mail__what_cannot_go__is_refused_before_the_wire(void **unused)
{
	static const struct {
		struct smtp_caps caps;
		struct smtp_mail mail;
	} cases[] = {
		{ { .pipelining = true },
		    { "a@example.org", "b@example.org\r\nDATA", "x\n", 2, 0,
			0 } },
		{ { .pipelining = true },
		    { "a@example.org>", "b@example.org", "x\n", 2, 0, 0 } },
		{ { .pipelining = true },
		    { "a@example.org", "", "x\n", 2, 0, 0 } },
		{ { .pipelining = true },
		    { "a@example.org", "\xc3\xa9@example.org", "x\n", 2, 0,
			0 } },
		{ { .pipelining = true },
		    { "a@example.org", "b@example.org", "x\ry\n", 4, 0, 0 } },
		{ { .size = true, .size_max = 3 },
		    { "a@example.org", "b@example.org", "xx\n", 3, 0, 0 } },
	};
	struct err err;

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct smtp_talk *talk = smtp_talk_new(&cases[i].caps);
		size_t len;

		err.code = ERR_NONE;
		assert_int_equal(
		    smtp_talk_mail(talk, &cases[i].mail, false, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_null(smtp_talk_pending(talk, &len));
		assert_true(smtp_talk_wants_mail(talk));
		smtp_talk_free(talk);
	}
}

/* ---- long bodies ---- */

static struct smtp_mail
long_mail(struct buf *bytes, int lines)
{
	for (int i = 0; i < lines; i++)
		buf_printf(bytes, "line %06d of a long report\r\n", i);
	return (struct smtp_mail){ .from = "a@example.org",
		.rcpt = "b@example.org",
		.bytes = bytes->data,
		.len = bytes->len };
}

static void
talk__long_body__goes_out_but_for_its_end_before_the_commit(void **unused)
{
	struct buf bytes = { 0 }, got = { 0 };
	struct smtp_mail mail = long_mail(&bytes, 20000);
	struct smtp_talk *talk = smtp_talk_new(&pipelining);
	struct rig rig = { .talk = talk, .mail = mail };
	const char *out;
	size_t len, most = 0;

	(void)unused;
	give(&rig, false);
	step(&rig, GROUP);
	step(&rig, "< 250 a");
	step(&rig, "< 250 b");
	step(&rig, "< 354 c");
	while ((out = smtp_talk_pending(talk, &len)) != NULL) {
		assert_false(smtp_talk_has_news(talk));
		if (len > most)
			most = len;
		len = len > 5000 ? 5000 : len;
		buf_add(&got, out, len);
		smtp_talk_sent(talk, len);
	}
	assert_true(most < 140000);
	assert_true(got.len < bytes.len);
	assert_true(bytes.len - got.len < 40000);
	check_news(&rig, "at_dot 1");
	smtp_talk_commit(talk);
	give(&rig, false);
	while ((out = smtp_talk_pending(talk, &len)) != NULL) {
		buf_add(&got, out, len);
		smtp_talk_sent(talk, len);
	}
	assert_memory_equal(got.data, bytes.data, bytes.len);
	assert_memory_equal(got.data + bytes.len, ".\r\nMAIL FROM:<", 14);
	smtp_talk_free(talk);
	buf_clear(&bytes);
	buf_clear(&got);
}

static void
talk__long_body_lost_in_its_head__is_dropped(void **unused)
{
	struct buf bytes = { 0 };
	struct smtp_mail mail = long_mail(&bytes, 20000);
	static const char *const lines[] = { "mail", GROUP, "< 250 a",
		"< 250 b", "< 354 c", ">1000", "? body", "lost gone",
		"! done 1 dropped body 0 gone", "! over none body 0 gone",
		NULL };

	(void)unused;
	play_with(pipelining, mail, lines);
	buf_clear(&bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(talk__one_by_one__waits_for_each_answer),
		cmocka_unit_test(talk__pipelining__one_group),
		cmocka_unit_test(talk__next_mail__travels_with_the_dot),
		cmocka_unit_test(
		    talk__next_mail_without_pipelining__waits_for_the_dots_answer),
		cmocka_unit_test(
		    talk__quit_with_a_mail_under_way__lets_it_finish),
		cmocka_unit_test(talk__probe__resets_first),
		cmocka_unit_test(
		    talk__rcpt_refused__fails_or_defers_then_resets),
		cmocka_unit_test(
		    talk__rcpt_refused_but_data_taken__ends_an_empty_body),
		cmocka_unit_test(talk__data_refused__fails_or_defers),
		cmocka_unit_test(
		    talk__dot_refused__fails_or_defers_and_goes_on),
		cmocka_unit_test(talk__mail_refused__is_the_channels_fault),
		cmocka_unit_test(
		    talk__mail_refused_for_its_size__is_the_mails_fault),
		cmocka_unit_test(
		    talk__mail_deferred_after_others__asks_for_a_new_connection),
		cmocka_unit_test(talk__421__ends_the_connection),
		cmocka_unit_test(talk__lost_before_the_dot__is_dropped),
		cmocka_unit_test(talk__lost_once_the_dot_left__is_in_doubt),
		cmocka_unit_test(
		    talk__lost_with_two_under_way__first_in_doubt_second_stale),
		cmocka_unit_test(
		    talk__lost_before_any_answer__channel_or_stale),
		cmocka_unit_test(talk__lost_after_a_refusal__keeps_the_refusal),
		cmocka_unit_test(talk__answers_out_of_place__end_it),
		cmocka_unit_test(talk__extensions__are_used_where_offered),
		cmocka_unit_test(
		    smtp_talk_mail__what_cannot_go__is_refused_before_the_wire),
		cmocka_unit_test(
		    talk__long_body__goes_out_but_for_its_end_before_the_commit),
		cmocka_unit_test(talk__long_body_lost_in_its_head__is_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
