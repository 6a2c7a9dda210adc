/* SPDX-License-Identifier: ISC */
/* SMTP as bytes: replies, capabilities, addresses, bodies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/smtp_reply.h"

/* Feeds text in pieces of step bytes; returns the reader's last answer. */
static int
feed(struct smtp_reader *reader, const char *text, size_t step)
{
	struct err err;
	size_t len = strlen(text), used;
	int rc = 0;

	for (size_t at = 0; at < len && rc == 0; at += used)
		rc = smtp_reader_feed(reader, text + at,
		    len - at < step ? len - at : step, &used, &err);
	return rc;
}

static const struct {
	const char *wire;
	int code;
	const char *text;
} replies[] = {
	{ "250 ok\r\n", 250, "ok" },
	{ "250 ok\n", 250, "ok" },
	{ "250\r\n", 250, "" },
	{ "250 \r\n", 250, "" },
	{ "354 go\r\n", 354, "go" },
	{ "250-one\r\n250-two\r\n250 three\r\n", 250, "one two three" },
	{ "550-5.1.1 The account\r\n550-5.1.1 does not\r\n550 5.1.1 exist\r\n",
	    550, "5.1.1 The account does not exist" },
	{ "550-5.1.1 one\r\n550 5.2.2 two\r\n", 550, "5.1.1 one 5.2.2 two" },
	{ "550-\r\n550 x\r\n", 550, "x" },
	{ "450 tab\there\r\n", 450, "tab here" },
	{ "450 caf\xc3\xa9\r\n", 450, "caf\xc3\xa9" },
	{ "450 caf\xe9 x\r\n", 450, "caf\xef\xbf\xbd x" },
	{ "450 a\rb\r\n", 450, "a b" },
	{ "450 \x1b[31mred\r\n", 450, "[31mred" },
};

static void
smtp_reader__replies__code_and_joined_text(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof replies / sizeof replies[0]; i++) {
		for (size_t step = 1; step < 20; step += 6) {
			struct smtp_reader reader = { 0 };

			assert_int_equal(
			    feed(&reader, replies[i].wire, step), 1);
			assert_int_equal(reader.reply.code, replies[i].code);
			assert_string_equal(reader.reply.text, replies[i].text);
		}
	}
}

static void
smtp_reader__not_smtp__is_refused(void **unused)
{
	static const char *const cases[] = { "HTTP/1.1 400\r\n", "\r\n",
		"25\r\n", "2x0 ok\r\n", "150 ok\r\n", "650 ok\r\n",
		"250_ok\r\n", "250-a\r\n550 b\r\n", "\x16\x03\x01" };

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct smtp_reader reader = { 0 };

		assert_int_equal(feed(&reader, cases[i], 64), -1);
	}
}

static void
smtp_reader__several_in_one_read__one_after_the_other(void **unused)
{
	static const char wire[] = "250 a\r\n550-b\r\n550 c\r\n354 d\r\n25";
	static const int codes[] = { 250, 550, 354 };
	struct smtp_reader reader = { 0 };
	struct err err;
	size_t at = 0, used;

	(void)unused;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(smtp_reader_feed(&reader, wire + at,
				     sizeof wire - 1 - at, &used, &err),
		    1);
		assert_int_equal(reader.reply.code, codes[i]);
		at += used;
	}
	assert_int_equal(smtp_reader_feed(&reader, wire + at,
			     sizeof wire - 1 - at, &used, &err),
	    0);
	assert_int_equal(at + used, sizeof wire - 1);
}

static void
smtp_reader__enormous_reply__is_cut_then_refused(void **unused)
{
	struct smtp_reader reader = { 0 };
	struct err err;
	char block[1000];
	size_t used, fed = 0;
	int rc = feed(&reader, "550 ", 64);

	(void)unused;
	memset(block, 'x', sizeof block);
	while (fed < 40000) {
		rc =
		    smtp_reader_feed(&reader, block, sizeof block, &used, &err);
		assert_int_equal(rc, 0);
		fed += used;
	}
	rc = smtp_reader_feed(&reader, "\r\n", 2, &used, &err);
	assert_int_equal(rc, 1);
	assert_int_equal(strlen(reader.reply.text), SMTP_TEXT_MAX - 1);

	for (fed = 0; rc >= 0 && fed < 200000; fed += sizeof block)
		rc = smtp_reader_feed(&reader, fed == 0 ? "550 " : block,
		    fed == 0 ? 4 : sizeof block, &used, &err);
	assert_int_equal(rc, -1);
	assert_true(fed <= SMTP_REPLY_MAX + 3000);
}

static void
smtp_reader__endless_lines__are_refused(void **unused)
{
	struct smtp_reader reader = { 0 };
	int rc = 0, lines;

	(void)unused;
	for (lines = 0; rc == 0 && lines < 100000; lines++)
		rc = feed(&reader, "250-and more\r\n", 64);
	assert_int_equal(rc, -1);
}

static void
smtp_reader__cut_inside_a_letter__stays_utf8(void **unused)
{
	(void)unused;
	for (size_t pad = 0; pad < 4; pad++) {
		struct smtp_reader reader = { 0 };
		const char *text = reader.reply.text;
		size_t len;

		feed(&reader, "250 ", 64);
		for (size_t i = 0; i < pad; i++)
			feed(&reader, "x", 1);
		for (int i = 0; i < 400; i++)
			feed(&reader, "\xe2\x82\xac", 3);
		assert_int_equal(feed(&reader, "\r\n", 2), 1);
		len = strlen(text);
		assert_true(len > SMTP_TEXT_MAX - 8);
		/* what was cut is a whole euro sign or the sign for a fault */
		assert_true((text[len - 1] & 0xc0) == 0x80);
		assert_true((unsigned char)text[len - 3] >= 0xe0);
	}
}

/* ---- EHLO ---- */

static struct smtp_caps
caps_of(const char *const *lines)
{
	struct smtp_caps caps = { 0 };
	bool in_block = false;

	for (; *lines != NULL; lines++)
		smtp_caps_line(&caps, &in_block, *lines, strlen(*lines));
	return caps;
}

static void
smtp_caps_line__usual_block__all_found(void **unused)
{
	static const char *const lines[] = { "220 mx.example.org ESMTP\r\n",
		"250-mx.example.org\r\n", "250-PIPELINING\r\n",
		"250-size 10240000\r\n", "250-STARTTLS\r\n",
		"250-AUTH PLAIN LOGIN\r\n", "250-8bitmime\r\n",
		"250-SMTPUTF8\r\n", "250 DSN\r\n", NULL };
	struct smtp_caps caps = caps_of(lines);

	(void)unused;
	assert_true(caps.pipelining && caps.eight_bit && caps.smtputf8);
	assert_true(caps.dsn && caps.starttls && caps.auth && caps.size);
	assert_true(caps.size_max == 10240000);
}

static void
smtp_caps_line__second_block__replaces_the_first(void **unused)
{
	static const char *const lines[] = { "250-mx\r\n", "250-PIPELINING\r\n",
		"250-AUTH PLAIN\r\n", "250 STARTTLS\r\n", "220 go ahead\r\n",
		"250-mx\r\n", "250 SIZE\r\n", NULL };
	struct smtp_caps caps = caps_of(lines);

	(void)unused;
	assert_false(caps.pipelining || caps.auth || caps.starttls);
	assert_true(caps.size);
	assert_true(caps.size_max == 0);
}

static void
smtp_caps_line__words_that_only_begin_alike__do_not_count(void **unused)
{
	static const char *const lines[] = { "250-PIPELINING\r\n",
		"250-PIPELININGS\r\n", "250-XDSN\r\n", "250-AUTH\r\n",
		"250-AUTHPLAIN\r\n", "250 SIZES 5\r\n", NULL };
	struct smtp_caps caps = caps_of(lines);

	(void)unused;
	assert_false(caps.pipelining || caps.dsn || caps.auth || caps.size);
}

/* ---- addresses ---- */

static void
smtp_address_check__addresses__taken_or_refused(void **unused)
{
	static const struct {
		const char *address;
		bool ok;
	} cases[] = {
		{ "ann@example.org", true },
		{ "ann.o'neil+board=1@sub.example.org", true },
		{ "root@localhost", true },
		{ "ann@[127.0.0.1]", true },
		{ "ann@[IPv6:2001:db8::1]", true },
		{ "j\xc3\xb6rg@b\xc3\xbc"
		  "cher.example",
		    true },
		{ "", false },
		{ "ann", false },
		{ "@example.org", false },
		{ "ann@", false },
		{ "ann@example.org\r\nRCPT TO:<bob@example.org>", false },
		{ "ann@example.org\n", false },
		{ "ann@exa mple.org", false },
		{ "an n@example.org", false },
		{ "<ann@example.org>", false },
		{ "ann@example.org>", false },
		{ "ann@example.org> SIZE=1", false },
		{ "ann@bob@example.org", false },
		{ "\"ann\"@example.org", false },
		{ "ann\\@example.org", false },
		{ "ann@.example.org", false },
		{ "ann@example..org", false },
		{ "ann@example.org.", false },
		{ "ann@exam\tple.org", false },
		{ "ann,bob@example.org", false },
		{ "ann@ex_ample.org", false },
		{ "ann\xff@example.org", false },
		{ "ann\x7f@example.org", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaa@example.org",
		    false },
	};
	struct err err;

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if ((smtp_address_check(cases[i].address, false, &err) == 0) !=
		    cases[i].ok)
			fail_msg("%s", cases[i].address);
	}
	assert_int_equal(smtp_address_check("", true, &err), 0);
}

static void
smtp_xtext__odd_characters__are_hex(void **unused)
{
	struct buf out = { 0 };

	(void)unused;
	smtp_xtext(&out, "a+b=c d");
	assert_string_equal(buf_text(&out), "a+2Bb+3Dc+20d");
	buf_clear(&out);
}

/* ---- bodies ---- */

static const struct {
	const char *in;
	const char *out; /* NULL: refused */
	size_t size;
} bodies[] = {
	{ "", "", 0 },
	{ "a\r\n", "a\r\n", 3 },
	{ "a", "a\r\n", 3 },
	{ "a\nb\n", "a\r\nb\r\n", 6 },
	{ "a\nb", "a\r\nb\r\n", 6 },
	{ ".\r\n", "..\r\n", 3 },
	{ "..\r\n", "...\r\n", 4 },
	{ "a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n", 9 },
	{ "a\n.b\n", "a\r\n..b\r\n", 7 },
	{ "a.\r\n\r\n", "a.\r\n\r\n", 6 },
	{ "\n", "\r\n", 2 },
	{ "a\rb\r\n", NULL, 0 },
	{ "a\r", NULL, 0 },
	{ "a\r\r\n", NULL, 0 },
	{ "a\r\nb\n", NULL, 0 },
	{ "a\nb\r\n", NULL, 0 },
	{ "a\n.\r\nMAIL FROM:<x@example.org>\r\n", NULL, 0 },
};

static void
smtp_body__texts__written_as_data_wants_them(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		size_t len = strlen(bodies[i].in);
		struct err err;

		assert_int_equal(smtp_body_check(bodies[i].in, len, &err),
		    bodies[i].out == NULL ? -1 : 0);
		if (bodies[i].out == NULL)
			continue;
		assert_int_equal(
		    smtp_body_size(bodies[i].in, len), bodies[i].size);
		for (size_t most = 1; most < 20; most += 9) {
			struct smtp_body body = { bodies[i].in, len, 0 };
			struct buf out = { 0 };

			while (!smtp_body_write(&body, &out, most))
				continue;
			buf_putc(&out, '\0');
			assert_string_equal(buf_text(&out), bodies[i].out);
			buf_clear(&out);
		}
	}
}

static void
smtp_body_check__nul__is_refused(void **unused)
{
	struct err err;

	(void)unused;
	assert_int_equal(smtp_body_check("a\0b\r\n", 5, &err), -1);
}

static void
smtp_body_write__long_body__comes_in_pieces(void **unused)
{
	struct buf in = { 0 }, out = { 0 };
	struct smtp_body body;
	size_t before, biggest = 0;
	bool last;

	(void)unused;
	for (int i = 0; i < 5000; i++)
		buf_printf(&in, "%s line %d\r\n", i % 7 ? "" : ".", i);
	body = (struct smtp_body){ in.data, in.len, 0 };
	do {
		before = out.len;
		last = smtp_body_write(&body, &out, 1000);
		if (out.len - before > biggest)
			biggest = out.len - before;
	} while (!last);
	assert_true(biggest < 1100);
	assert_int_equal(out.len, in.len + 5000 / 7 + 1);
	buf_clear(&in);
	buf_clear(&out);
}

static void
smtp_is_ascii__any_length__finds_the_one(void **unused)
{
	char text[40];

	(void)unused;
	memset(text, 'a', sizeof text);
	for (size_t len = 0; len <= sizeof text; len++) {
		assert_true(smtp_is_ascii(text, len));
		for (size_t i = 0; i < len; i++) {
			text[i] = (char)0xc3;
			assert_false(smtp_is_ascii(text, len));
			text[i] = 'a';
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(smtp_reader__replies__code_and_joined_text),
		cmocka_unit_test(smtp_reader__not_smtp__is_refused),
		cmocka_unit_test(
		    smtp_reader__several_in_one_read__one_after_the_other),
		cmocka_unit_test(
		    smtp_reader__enormous_reply__is_cut_then_refused),
		cmocka_unit_test(smtp_reader__endless_lines__are_refused),
		cmocka_unit_test(smtp_reader__cut_inside_a_letter__stays_utf8),
		cmocka_unit_test(smtp_caps_line__usual_block__all_found),
		cmocka_unit_test(
		    smtp_caps_line__second_block__replaces_the_first),
		cmocka_unit_test(
		    smtp_caps_line__words_that_only_begin_alike__do_not_count),
		cmocka_unit_test(
		    smtp_address_check__addresses__taken_or_refused),
		cmocka_unit_test(smtp_xtext__odd_characters__are_hex),
		cmocka_unit_test(smtp_body__texts__written_as_data_wants_them),
		cmocka_unit_test(smtp_body_check__nul__is_refused),
		cmocka_unit_test(smtp_body_write__long_body__comes_in_pieces),
		cmocka_unit_test(smtp_is_ascii__any_length__finds_the_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
