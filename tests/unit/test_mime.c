/* SPDX-License-Identifier: ISC */
/* Mails, also read back by GMime, which is used nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

#include "core/mime.h"
#include "core/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct mime_mail
sample(void)
{
	return (struct mime_mail){
		.from = "Action tracker <actions@example.org>",
		.to = "ann.roe@example.org",
		.to_name = "Ann Roe",
		.subject = "Action WT-14: send the figures",
		.date = "Thu, 12 Sep 2019 09:00:00 +0100",
		.message_id = "<wt-14.1@example.org>",
		.text = "Dear Ann,\n\nplease.\n",
	};
}

/* ---- addresses ---- */

static void
mime_address_ok__table(void **state)
{
	static const struct {
		const char *address;
		bool ok;
	} cases[] = {
		{ "a@b", true },
		{ "ann.roe+x@mail.example.org", true },
		{ "o'neil@example.org", true },
		{ "root@localhost", true },
		{ "a@xn--caf-dma.example", true },
		{ "", false },
		{ "a", false },
		{ "@b", false },
		{ "a@", false },
		{ "a@b@c", false },
		{ "a b@c", false },
		{ "a@b c", false },
		{ "a@b\r\nRCPT TO:<c@d>", false },
		{ "a\n@b", false },
		{ ".a@b", false },
		{ "a.@b", false },
		{ "a..b@c", false },
		{ "\"a b\"@c", false },
		{ "<a@b>", false },
		{ "a@b>", false },
		{ "a@-b", false },
		{ "a@b-", false },
		{ "a@b..c", false },
		{ "a@b.", false },
		{ "a@[127.0.0.1]", false },
		{ "a@127.0.0.1", false },
		{ "a@b_c", false },
		{ "caf\xC3\xA9@example.org", false },
		{ "a@caf\xC3\xA9.org", false },
		{ "a,b@c", false },
		{ "a(x)@c", false },
	};
	char longest[300];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    mime_address_ok(cases[i].address), cases[i].ok);
	memset(longest, 'a', sizeof longest);
	memcpy(longest + 65, "@b", 3);
	assert_false(mime_address_ok(longest));
	assert_true(mime_address_ok(longest + 1));
	memset(longest, 'a', sizeof longest);
	longest[1] = '@';
	longest[299] = '\0';
	assert_false(mime_address_ok(longest));
	assert_string_equal(mime_domain("a@b.example"), "b.example");
	assert_string_equal(mime_domain("nobody"), "");
}

static void
mime_mailbox_parse__table(void **state)
{
	static const struct {
		const char *text, *name, *address; /* NULL: refused */
	} cases[] = {
		{ "a@b.example", "", "a@b.example" },
		{ "  a@b.example ", "", "a@b.example" },
		{ "<a@b>", "", "a@b" },
		{ "Ann Roe <a@b>", "Ann Roe", "a@b" },
		{ "\"Roe, Ann\" <a@b>", "Roe, Ann", "a@b" },
		{ "\"A \\\"B\\\" \\\\C\" <a@b>", "A \"B\" \\C", "a@b" },
		{ "\"<x>\" <a@b>", "<x>", "a@b" },
		{ "Caf\xC3\xA9 <a@b>", "Caf\xC3\xA9", "a@b" },
		{ "Ann<a@b>", "Ann", "a@b" },
		{ "", NULL, NULL },
		{ "Ann", NULL, NULL },
		{ "Ann <a@b", NULL, NULL },
		{ "Ann a@b>", NULL, NULL },
		{ "Ann <>", NULL, NULL },
		{ "A <x> <a@b>", NULL, NULL },
		{ "A \"B\" <a@b>", NULL, NULL },
		{ "Ann <a@b>\r\nBcc: c@d", NULL, NULL },
		{ "Ann\r\n <a@b>", NULL, NULL },
		{ "Caf\xE9 <a@b>", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct mime_mailbox box = { "as", "before" };
		struct err err = { 0 };
		int rc = mime_mailbox_parse(cases[i].text, &box, &err);

		if (cases[i].name == NULL) {
			assert_int_equal(rc, -1);
			assert_string_equal(box.name, "as");
			continue;
		}
		assert_int_equal(rc, 0);
		assert_string_equal(box.name, cases[i].name);
		assert_string_equal(box.address, cases[i].address);
	}
}

/* ---- bytes ---- */

static void
mime_write__plain__exact_bytes(void **state)
{
	struct mime_mail mail = sample();
	struct buf out = { 0 };
	struct err err;

	(void)state;
	mail.reply_to = "committee@example.org";
	mail.in_reply_to = "<wt-14@example.org>";
	mail.references = "<wt-14@example.org>";
	mail.list_name = "Office of the Commissioner";
	assert_int_equal(mime_write(&mail, &out, &err), 0);
	assert_string_equal(buf_text(&out),
	    "From: Action tracker <actions@example.org>\r\n"
	    "To: Ann Roe <ann.roe@example.org>\r\n"
	    "Reply-To: committee@example.org\r\n"
	    "Subject: Action WT-14: send the figures\r\n"
	    "Date: Thu, 12 Sep 2019 09:00:00 +0100\r\n"
	    "Message-ID: <wt-14.1@example.org>\r\n"
	    "In-Reply-To: <wt-14@example.org>\r\n"
	    "References: <wt-14@example.org>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN, DR\r\n"
	    "List-Id: Office of the Commissioner <actions.example.org>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 7bit\r\n"
	    "\r\n"
	    "Dear Ann,\r\n"
	    "\r\n"
	    "please.\r\n");
	buf_clear(&out);
}

static void
mime_write__accents__quoted_printable(void **state)
{
	struct mime_mail mail = sample();
	struct buf out = { 0 };
	struct err err;

	(void)state;
	mail.text = ".\xC2\xA3"
		    "5 = caf\xC3\xA9 \nFrom here\nend";
	assert_int_equal(mime_write(&mail, &out, &err), 0);
	assert_non_null(strstr(buf_text(&out),
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	    "=2E=C2=A35 =3D caf=C3=A9=20\r\n"
	    "=46rom here\r\n"
	    "end\r\n"));
	buf_clear(&out);
}

static void
mime_write__line_breaks_in_values__inject_nothing(void **state)
{
	struct mime_header header = { "X-Note", "a\r\nBcc: x@y" };
	struct mime_attachment file = { "a\r\nX: y.txt", "text/plain", "x", 1 };
	struct mime_mail mail = sample();
	struct buf out = { 0 };
	struct err err;

	(void)state;
	mail.subject = "one\r\nBcc: evil@example.org\r\n\r\nbody";
	mail.to_name = "Ann\r\nBcc: evil@example.org";
	mail.date = "today\nBcc: evil@example.org";
	mail.references = "<a@b>\r\nBcc: evil@example.org";
	mail.list_name = "x\nBcc: y";
	mail.headers = &header;
	mail.nheaders = 1;
	mail.attachments = &file;
	mail.nattachments = 1;
	assert_int_equal(mime_write(&mail, &out, &err), 0);
	assert_null(strstr(buf_text(&out), "\nBcc"));
	assert_null(strstr(buf_text(&out), "\nX:"));
	assert_non_null(strstr(
	    buf_text(&out), "Subject: one Bcc: evil@example.org body\r\n"));
	buf_clear(&out);
}

static void
mime_write__wrong_parts__refused_and_out_untouched(void **state)
{
	struct mime_header header = { "X Note", "x" };
	struct mime_attachment file = { "a", "text", "x", 1 };
	struct mime_mail mails[9];
	struct err err = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(mails); i++)
		mails[i] = sample();
	mails[0].to = "a@b\r\nX: y";
	mails[1].from = "nobody";
	mails[2].message_id = "no brackets";
	mails[3].message_id = "<a b@c>";
	mails[4].text = NULL;
	mails[5].reply_to = "x";
	mails[6].headers = &header;
	mails[6].nheaders = 1;
	mails[7].attachments = &file;
	mails[7].nattachments = 1;
	mails[8].date = NULL;
	for (size_t i = 0; i < COUNT(mails); i++) {
		struct buf out = { 0 };

		buf_puts(&out, "before");
		assert_int_equal(mime_write(&mails[i], &out, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_string_equal(buf_text(&out), "before");
		buf_clear(&out);
	}
}

/* ---- the oracle ---- */

static GMimeMessage *
parse(const struct buf *mail)
{
	GMimeStream *stream =
	    g_mime_stream_mem_new_with_buffer(mail->data, mail->len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	g_object_unref(parser);
	g_object_unref(stream);
	assert_non_null(message);
	return message;
}

static void
check_mailbox(InternetAddressList *list, const char *name, const char *address)
{
	InternetAddress *one;
	struct buf clean = { 0 };

	assert_int_equal(internet_address_list_length(list), 1);
	one = internet_address_list_get_address(list, 0);
	assert_true(INTERNET_ADDRESS_IS_MAILBOX(one));
	assert_string_equal(
	    internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)),
	    address);
	text_add_squeezed(&clean, name);
	assert_string_equal(internet_address_get_name(one) == NULL
				? ""
				: internet_address_get_name(one),
	    buf_text(&clean));
	buf_clear(&clean);
}

/* Every line ends in CRLF, is ASCII, and no longer than 78 columns. */
static void
check_lines(const struct buf *mail)
{
	size_t line = 0;

	for (size_t i = 0; i < mail->len; i++) {
		unsigned char c = (unsigned char)mail->data[i];

		assert_true(c < 0x80);
		if (c == '\r') {
			assert_int_equal(mail->data[i + 1], '\n');
			assert_true(line <= 78);
			line = 0;
			i++;
			continue;
		}
		assert_true(c != '\n');
		line++;
	}
	assert_int_equal(line, 0);
}

static void
check_text(GMimeObject *part, const char *type, const char *text)
{
	GMimeContentType *is = g_mime_object_get_content_type(part);
	struct buf lines = { 0 };
	char *got;

	assert_true(GMIME_IS_TEXT_PART(part));
	assert_true(g_mime_content_type_is_type(is, "text", type));
	got = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	for (const char *s = got; *s != '\0'; s++) {
		if (*s != '\r')
			buf_putc(&lines, *s);
	}
	/* A last line without an end gets one. */
	assert_true(strncmp(buf_text(&lines), text, strlen(text)) == 0);
	assert_true(lines.len <= strlen(text) + 1);
	g_free(got);
	buf_clear(&lines);
}

static void
check_file(GMimeObject *part, const struct mime_attachment *file)
{
	GMimeStream *stream = g_mime_stream_mem_new();
	GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
	GByteArray *bytes;

	assert_string_equal(
	    g_mime_part_get_filename(GMIME_PART(part)), file->name);
	assert_string_equal(g_mime_object_get_disposition(part), "attachment");
	g_mime_data_wrapper_write_to_stream(content, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	assert_int_equal(bytes->len, file->len);
	assert_memory_equal(bytes->data, file->data, file->len);
	g_object_unref(stream);
}

static void
check_mail(const struct mime_mail *mail)
{
	struct buf out = { 0 }, again = { 0 }, subject = { 0 };
	GMimeMessage *message;
	struct err err;

	assert_int_equal(mime_write(mail, &out, &err), 0);
	assert_int_equal(mime_write(mail, &again, &err), 0);
	assert_string_equal(buf_text(&out), buf_text(&again));
	check_lines(&out);
	message = parse(&out);
	text_add_squeezed(&subject, mail->subject);
	assert_string_equal(g_mime_message_get_subject(message) == NULL
				? ""
				: g_mime_message_get_subject(message),
	    buf_text(&subject));
	check_mailbox(g_mime_message_get_to(message), mail->to_name, mail->to);
	if (mail->nattachments == 0 && mail->html == NULL)
		check_text(
		    g_mime_message_get_mime_part(message), "plain", mail->text);
	g_object_unref(message);
	buf_clear(&out);
	buf_clear(&again);
	buf_clear(&subject);
}

static void
mime_write__table_of_headers__gmime_reads_the_same(void **state)
{
	static const char *const values[] = { "", "plain", "Caf\xC3\xA9",
		"a =?UTF-8?Q?b?= c", "Roe, Ann", "\"quoted\" \\ (comment)",
		"a.b", "x=?y",
		"ends with caf\xC3\xA9 and more plain words that go on for long"
		" enough to need a second and a third line of the header",
		"\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC"
		"\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5"
		"\xE6\x9C\xAC\xE8\xAA\x9E\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
		"one-word-without-any-blank-that-is-longer-than-a-line-may-be-"
		"and-goes-on-and-on-and-on-until-nobody-can-fold-it-anywhere" };

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct mime_mail mail = sample();

		mail.subject = values[i];
		mail.to_name = values[i];
		check_mail(&mail);
	}
}

static unsigned seed = 7;

static const char *
piece(void)
{
	static const char *const pieces[] = { "a", "word ", " ", "=", "?", "=?",
		"?=", "_", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\"",
		"\\", "(", ",", ".", "<", "@", ":", "longer-words-too", "1",
		"\t", "From ", "--", "=_" };

	seed = seed * 1103515245 + 12345;
	return pieces[(seed >> 16) % COUNT(pieces)];
}

static void
random_text(struct buf *out, int max, bool lines)
{
	int n;

	seed = seed * 1103515245 + 12345;
	for (n = (int)((seed >> 16) % (unsigned)max); n > 0; n--) {
		buf_puts(out, piece());
		seed = seed * 1103515245 + 12345;
		if (lines && (seed >> 16) % 5 == 0)
			buf_putc(out, '\n');
	}
}

static void
mime_write__random_mails__gmime_reads_the_same(void **state)
{
	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct mime_mail mail = sample();
		struct buf subject = { 0 }, name = { 0 }, text = { 0 };

		random_text(&subject, 40, false);
		random_text(&name, 20, false);
		random_text(&text, 60, true);
		buf_puts(&text, "\n");
		mail.subject = buf_text(&subject);
		mail.to_name = buf_text(&name);
		mail.text = buf_text(&text);
		/* Plain lines may be long: only short ones are checked. */
		if (strchr(mail.text, '\n') != NULL)
			check_mail(&mail);
		buf_clear(&subject);
		buf_clear(&name);
		buf_clear(&text);
	}
}

static void
mime_write__html_and_files__gmime_reads_the_same(void **state)
{
	static const unsigned char bytes[] = { 0, 1, 2, 255, 13, 10, 61 };
	static const struct mime_attachment files[] = {
		{ "register.csv", "text/csv; charset=utf-8", "a,b\r\n", 5 },
		{ "R\xC3\xA9sum\xC3\xA9 \xE2\x82\xAC.md", "text/markdown",
		    "# x\n", 4 },
		{ "a very long name of a file that does not fit on one line, "
		  "caf\xC3\xA9 and all, so that it must be continued.bin",
		    "application/octet-stream", bytes, sizeof bytes },
		{ "say \"hi\"; x=1.txt", "text/plain", "", 0 },
	};
	struct mime_mail mail = sample();
	struct buf out = { 0 };
	GMimeMultipart *mixed, *both;
	GMimeMessage *message;
	struct err err;

	(void)state;
	mail.text = "plain --=_a text\n--=_m\n";
	mail.html = "<p>caf\xC3\xA9</p>\n";
	mail.attachments = files;
	mail.nattachments = COUNT(files);
	assert_int_equal(mime_write(&mail, &out, &err), 0);
	check_lines(&out);
	message = parse(&out);
	assert_true(GMIME_IS_MULTIPART(g_mime_message_get_mime_part(message)));
	mixed = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
	assert_int_equal(g_mime_multipart_get_count(mixed), 5);
	assert_true(GMIME_IS_MULTIPART(g_mime_multipart_get_part(mixed, 0)));
	both = GMIME_MULTIPART(g_mime_multipart_get_part(mixed, 0));
	assert_int_equal(g_mime_multipart_get_count(both), 2);
	check_text(g_mime_multipart_get_part(both, 0), "plain", mail.text);
	check_text(g_mime_multipart_get_part(both, 1), "html", mail.html);
	for (int i = 0; i < (int)COUNT(files); i++)
		check_file(g_mime_multipart_get_part(mixed, i + 1), &files[i]);
	g_object_unref(message);
	buf_clear(&out);
}

static void
mime_write__attachment_path__loses_its_folders(void **state)
{
	struct mime_attachment file = { "../etc\\passwd", "text/plain", "x",
		1 };
	struct mime_mail mail = sample();
	struct buf out = { 0 };
	struct err err;

	(void)state;
	mail.attachments = &file;
	mail.nattachments = 1;
	assert_int_equal(mime_write(&mail, &out, &err), 0);
	assert_non_null(strstr(buf_text(&out), "filename=\".._etc_passwd\""));
	buf_clear(&out);
}

static void
mime_write__long_plain_lines__are_not_sent_as_they_are(void **state)
{
	struct mime_mail mail = sample();
	struct buf text = { 0 };

	(void)state;
	for (int i = 0; i < 400; i++)
		buf_puts(&text, "word ");
	buf_puts(&text, "end\n");
	mail.text = buf_text(&text);
	check_mail(&mail);
	buf_clear(&text);
}

static int
start_gmime(void **state)
{
	(void)state;
	g_mime_init();
	return 0;
}

static int
stop_gmime(void **state)
{
	(void)state;
	g_mime_shutdown();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mime_address_ok__table),
		cmocka_unit_test(mime_mailbox_parse__table),
		cmocka_unit_test(mime_write__plain__exact_bytes),
		cmocka_unit_test(mime_write__accents__quoted_printable),
		cmocka_unit_test(
		    mime_write__line_breaks_in_values__inject_nothing),
		cmocka_unit_test(
		    mime_write__wrong_parts__refused_and_out_untouched),
		cmocka_unit_test(
		    mime_write__table_of_headers__gmime_reads_the_same),
		cmocka_unit_test(
		    mime_write__random_mails__gmime_reads_the_same),
		cmocka_unit_test(
		    mime_write__html_and_files__gmime_reads_the_same),
		cmocka_unit_test(
		    mime_write__attachment_path__loses_its_folders),
		cmocka_unit_test(
		    mime_write__long_plain_lines__are_not_sent_as_they_are),
	};

	return cmocka_run_group_tests(tests, start_gmime, stop_gmime);
}
