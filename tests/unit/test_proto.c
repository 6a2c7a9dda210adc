/* SPDX-License-Identifier: ISC */
/* The control protocol: what is written is read back, in any pieces; what is
 * not ours or too large is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/date.h"
#include "core/proto.h"

static void
write_sample(struct buf *out)
{
	struct proto_request request;
	struct err err;
	char *big = xmalloc(150000);

	memset(big, 'x', 150000);
	proto_request_init(&request);
	*vec_push(&request.args) = xstrdup("import");
	*vec_push(&request.args) = xstrdup("line\nbreak, caf\xc3\xa9");
	*vec_push(&request.args) = xstrdup("");
	request.now = 1537000000;
	request.json = true;
	request.columns = 80;
	assert_int_equal(proto_put_request(out, &request, &err), 0);
	proto_put_file(out, "a.csv");
	proto_put_bytes(out, big, 150000);
	proto_put_file(out, "empty.csv");
	proto_put_end(out);
	proto_request_clear(&request);
	free(big);
}

static void
check_sample(const struct proto_request *request)
{
	assert_int_equal(request->args.len, 3);
	assert_string_equal(request->args.items[0], "import");
	assert_string_equal(request->args.items[1], "line\nbreak, caf\xc3\xa9");
	assert_string_equal(request->args.items[2], "");
	assert_true(request->now == 1537000000);
	assert_true(request->json);
	assert_int_equal(request->columns, 80);
	assert_int_equal(request->files.len, 2);
	assert_string_equal(request->files.items[0].name, "a.csv");
	assert_int_equal(request->files.items[0].bytes.len, 150000);
	assert_int_equal(request->files.items[1].bytes.len, 0);
}

static void
read_in_pieces(size_t piece)
{
	struct buf out = { 0 };
	struct proto_reader reader = { 0 };
	struct proto_request request;
	struct err err = { 0 };
	int rc = 0;

	write_sample(&out);
	proto_request_init(&request);
	for (size_t at = 0; at < out.len; at += piece) {
		size_t n = out.len - at < piece ? out.len - at : piece;

		assert_int_equal(rc, 0);
		rc = proto_read_request(
		    &reader, out.data + at, n, &request, &err);
		assert_int_not_equal(rc, -1);
	}
	assert_int_equal(rc, 1);
	check_sample(&request);
	proto_request_clear(&request);
	proto_reader_clear(&reader);
	buf_clear(&out);
}

static void
proto_read_request__in_any_pieces__is_what_was_written(void **state)
{
	static const size_t pieces[] = { 1, 2, 7, 4096, 65537, 1 << 20 };

	(void)state;
	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++)
		read_in_pieces(pieces[i]);
}

static void
proto_read_answer__in_pieces__keeps_both_streams_apart(void **state)
{
	struct buf wire = { 0 }, out = { 0 }, errors = { 0 };
	struct proto_reader reader = { 0 };
	struct err err = { 0 };
	int status = -1, rc = 0;

	(void)state;
	proto_put_out(&wire, "one\n", 4);
	proto_put_err(&wire, "careful\n", 8);
	proto_put_out(&wire, "two\n", 4);
	proto_put_status(&wire, 4);
	for (size_t i = 0; i < wire.len; i++) {
		assert_int_equal(rc, 0);
		rc = proto_read_answer(
		    &reader, wire.data + i, 1, &out, &errors, &status, &err);
	}
	assert_int_equal(rc, 1);
	assert_int_equal(status, 4);
	assert_string_equal(buf_text(&out), "one\ntwo\n");
	assert_string_equal(buf_text(&errors), "careful\n");
	proto_reader_clear(&reader);
	buf_clear(&wire);
	buf_clear(&out);
	buf_clear(&errors);
}

static void
proto_read_answer__bytes_after_the_status__are_refused(void **state)
{
	static const char *const wires[] = {
		"status 1\n0\nout 1\na\n",
		"status 1\n0\nrubbish\n\n",
		"status 1\n0\nout 100",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wires / sizeof *wires; i++) {
		struct buf out = { 0 }, errors = { 0 };
		struct proto_reader reader = { 0 };
		struct err err = { 0 };
		int status = -1;

		assert_int_equal(
		    proto_read_answer(&reader, wires[i], strlen(wires[i]), &out,
			&errors, &status, &err),
		    -1);
		assert_int_equal(status, -1);
		proto_reader_clear(&reader);
		buf_clear(&out);
		buf_clear(&errors);
	}
}

static void
proto_read_request__wrong_bytes__are_refused(void **state)
{
	static const struct {
		const char *bytes;
		const char *says;
	} cases[] = {
		{ "GET / HTTP/1.1\r\n\r\n", "not the control protocol" },
		{ "arg 4\nlist\n", "not the control protocol" },
		{ "nudged 1\n0\n", "different versions" },
		{ "nudged 1\n1\narg -1\n", "not the control protocol" },
		{ "nudged 1\n1\narg 99999999\n", "a frame of 99999999 bytes" },
		{ "nudged 1\n1\narg 4x\nlist\n", "not the control protocol" },
		{ "nudged 1\n1\narg 3\nlist\n", "not the control protocol" },
		{ "nudged 1\n1\nbytes 1\nx\n", "not the control protocol" },
		{ "nudged 1\n1\ncolumns 2\n-1\n", "not the control protocol" },
		{ "nudged 1\n1\nwhat 0\n\n", "not the control protocol" },
		{ "nudged 1\n1\nend 0\n\nend 0\n\n",
		    "not the control protocol" },
		{ "nudged 1\n1\nend 0\n\nx", "not the control protocol" },
		{ "01234567890123456789012345678901234567",
		    "not the control protocol" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct proto_reader reader = { 0 };
		struct proto_request request;
		struct err err = { 0 };

		proto_request_init(&request);
		assert_int_equal(proto_read_request(&reader, cases[i].bytes,
				     strlen(cases[i].bytes), &request, &err),
		    -1);
		if (strstr(err.text, cases[i].says) == NULL)
			fail_msg("case %zu says: %s", i, err.text);
		proto_request_clear(&request);
		proto_reader_clear(&reader);
	}
}

static void
proto_read_request__nul_in_argument__is_refused(void **state)
{
	static const char bytes[] = "nudged 1\n1\narg 3\na\0b\n";
	struct proto_reader reader = { 0 };
	struct proto_request request;
	struct err err = { 0 };

	(void)state;
	proto_request_init(&request);
	assert_int_equal(proto_read_request(
			     &reader, bytes, sizeof bytes - 1, &request, &err),
	    -1);
	assert_non_null(strstr(err.text, "NUL"));
	proto_request_clear(&request);
	proto_reader_clear(&reader);
}

static void
proto_read_request__too_many_arguments__are_refused(void **state)
{
	struct proto_reader reader = { 0 };
	struct proto_request request;
	struct err err = { 0 };
	int rc;

	(void)state;
	proto_request_init(&request);
	rc = proto_read_request(&reader, "nudged 1\n1\n", 11, &request, &err);
	for (int i = 0; rc == 0 && i < PROTO_ARGS_MAX + 5; i++)
		rc = proto_read_request(
		    &reader, "arg 1\nx\n", 8, &request, &err);
	assert_int_equal(rc, -1);
	assert_string_equal(err.text, "too many arguments");
	assert_int_equal(request.args.len, PROTO_ARGS_MAX);
	proto_request_clear(&request);
	proto_reader_clear(&reader);
}

static void
proto_put_request__line_beyond_limits__adds_nothing(void **state)
{
	struct proto_request request;
	struct buf out = { 0 };
	struct err err = { 0 };
	char *big = xmalloc(PROTO_FRAME_MAX + 2);

	(void)state;
	memset(big, 'x', PROTO_FRAME_MAX + 1);
	big[PROTO_FRAME_MAX + 1] = '\0';
	proto_request_init(&request);
	*vec_push(&request.args) = big;
	assert_int_equal(proto_put_request(&out, &request, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(out.len, 0);
	proto_request_clear(&request);
	buf_clear(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    proto_read_request__in_any_pieces__is_what_was_written),
		cmocka_unit_test(
		    proto_read_answer__in_pieces__keeps_both_streams_apart),
		cmocka_unit_test(
		    proto_read_answer__bytes_after_the_status__are_refused),
		cmocka_unit_test(proto_read_request__wrong_bytes__are_refused),
		cmocka_unit_test(
		    proto_read_request__nul_in_argument__is_refused),
		cmocka_unit_test(
		    proto_read_request__too_many_arguments__are_refused),
		cmocka_unit_test(
		    proto_put_request__line_beyond_limits__adds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
