/* SPDX-License-Identifier: ISC */
/*
 * A hostile relay: arbitrary bytes as replies to a dialogue that goes on as
 * long as it is let. Whatever comes, each mail gets exactly one verdict, and
 * none is called sent unless its dot had gone out.
 *
 * The first byte chooses the capabilities; in what follows 0x01 to 0x07 are
 * acts of the client, other bytes are the server's.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/smtp_talk.h"
#include "core/text.h"

#define CHECK(condition)          \
	do {                      \
		if (!(condition)) \
			abort();  \
	} while (0)

struct play {
	struct smtp_talk *talk;
	struct smtp_reader reader;
	int given, settled;
	int at_dot;      /* the mail that waits for its commit, 0: none */
	int committed;   /* the last mail that was let go */
	int sent_all;    /* the last mail of which everything was sent */
	size_t dot_seen; /* how much of the dot's line the wire just had */
	bool over;
};

static char long_body[100000];

static void
take_news(struct play *p)
{
	struct smtp_talk_news news;

	while (smtp_talk_next(p->talk, &news)) {
		int mail = (int)(intptr_t)news.mail.ctx;

		CHECK(!p->over);
		switch (news.event) {
		case SMTP_TALK_AT_DOT:
			CHECK(mail == p->given && p->at_dot == 0);
			p->at_dot = mail;
			break;
		case SMTP_TALK_DONE:
			CHECK(mail == p->settled + 1);
			CHECK(news.result.outcome != OUTCOME_NONE);
			CHECK(strlen(news.result.text) < SMTP_TEXT_MAX);
			if (news.result.outcome == OUTCOME_SENT)
				CHECK(mail <= p->sent_all);
			if (news.result.outcome == OUTCOME_IN_DOUBT)
				CHECK(mail <= p->committed);
			p->settled = mail;
			if (p->at_dot == mail)
				p->at_dot = 0;
			break;
		case SMTP_TALK_OVER:
			CHECK(p->settled == p->given);
			p->over = true;
			break;
		}
	}
}

static void
give(struct play *p, bool probe, bool big)
{
	struct smtp_mail mail = {
		.from = "a@example.org",
		.rcpt = "b@example.org",
		.bytes = big ? long_body : "x\n.\n",
		.len = big ? sizeof long_body : 4,
		.ctx = (void *)(intptr_t)(p->given + 1),
	};
	bool wants = smtp_talk_wants_mail(p->talk);
	struct err err;

	if (smtp_talk_mail(p->talk, &mail, probe, &err) == 0) {
		CHECK(wants);
		p->given++;
	}
}

/* Reads along on the wire: a line of one dot ends what was committed last. */
static void
watch_dot(struct play *p, const char *data, size_t len)
{
	static const char dot[] = "\r\n.\r\n";

	for (size_t i = 0; i < len; i++) {
		if (data[i] == dot[p->dot_seen])
			p->dot_seen++;
		else
			p->dot_seen = data[i] == '\r' ? 1 : 0;
		if (dot[p->dot_seen] == '\0') {
			p->sent_all = p->committed;
			p->dot_seen = 2; /* its end may begin the next */
		}
	}
}

static void
send_some(struct play *p, size_t most)
{
	const char *data;
	size_t len;

	while (most > 0 && (data = smtp_talk_pending(p->talk, &len)) != NULL) {
		len = len < most ? len : most;
		most -= len;
		watch_dot(p, data, len);
		smtp_talk_sent(p->talk, len);
	}
}

static void
act(struct play *p, uint8_t what)
{
	size_t len;

	switch (what) {
	case 1:
		give(p, false, false);
		break;
	case 2:
		if (p->at_dot != 0)
			p->committed = p->at_dot;
		p->at_dot = 0;
		smtp_talk_commit(p->talk);
		break;
	case 3:
		send_some(p, SIZE_MAX);
		break;
	case 4:
		send_some(p, 7);
		break;
	case 5:
		give(p, true, true);
		break;
	case 6:
		smtp_talk_quit(p->talk);
		break;
	default:
		if (smtp_talk_pending(p->talk, &len) != NULL)
			smtp_talk_touched(p->talk, len);
		break;
	}
}

static void
say(struct play *p, const char *data, size_t len)
{
	struct err err;
	size_t used;

	while (len > 0 && !p->over) {
		int rc = smtp_reader_feed(&p->reader, data, len, &used, &err);

		CHECK(used > 0 && used <= len);
		data += used;
		len -= used;
		if (rc == 1) {
			const struct smtp_reply *r = &p->reader.reply;

			CHECK(r->code >= 200 && r->code <= 599);
			CHECK(strlen(r->text) < SMTP_TEXT_MAX);
			CHECK(text_is_utf8(r->text, strlen(r->text)));
			smtp_talk_reply(p->talk, r);
		}
		if (rc == -1)
			smtp_talk_lost(p->talk, err.text);
		take_news(p);
		if (rc == -1)
			return;
	}
}

static void
read_caps(const char *data, size_t size, struct smtp_caps *caps)
{
	bool in_block = false;
	const char *end = data + size;

	while (data < end) {
		const char *lf = memchr(data, '\n', (size_t)(end - data));
		const char *next = lf != NULL ? lf + 1 : end;

		smtp_caps_line(caps, &in_block, data, (size_t)(next - data));
		data = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct play p = { 0 };
	struct smtp_caps caps = { 0 };

	if (size == 0)
		return 0;
	if (long_body[0] == '\0') {
		memset(long_body, 'x', sizeof long_body);
		for (size_t i = 70; i < sizeof long_body; i += 70)
			long_body[i] = '\n';
	}
	read_caps((const char *)data, size, &caps);
	caps = (struct smtp_caps){ .pipelining = data[0] & 1,
		.size = data[0] & 2,
		.dsn = data[0] & 4,
		.eight_bit = data[0] & 8 };
	p.talk = smtp_talk_new(&caps);
	for (size_t i = 1; i < size && !p.over;) {
		size_t n = 0;

		if (data[i] >= 1 && data[i] <= 7) {
			act(&p, data[i++]);
			take_news(&p);
			continue;
		}
		while (i + n < size && (data[i + n] < 1 || data[i + n] > 7))
			n++;
		say(&p, (const char *)data + i, n);
		i += n;
	}
	smtp_talk_lost(p.talk, "the end");
	take_news(&p);
	CHECK(p.over && p.settled == p.given);
	smtp_talk_free(p.talk);
	return 0;
}
