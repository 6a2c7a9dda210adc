/* SPDX-License-Identifier: ISC */
/*
 * The control protocol: arbitrary bytes as a request and as an answer, whole
 * and in pieces. Both ways must end the same, and a request that was read must
 * be the one that is written of it again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/proto.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)          \
	do {                      \
		if (!(condition)) \
			abort();  \
	} while (0)

static int
read_pieces(
    const char *data, size_t size, size_t piece, struct proto_request *request)
{
	struct proto_reader reader = { 0 };
	struct err err;
	int rc = 0;

	proto_request_init(request);
	for (size_t at = 0; at < size && rc == 0; at += piece) {
		size_t n = size - at < piece ? size - at : piece;

		rc = proto_read_request(&reader, data + at, n, request, &err);
		/* What comes behind the end is an error of its own. */
		if (rc == 1 && at + n < size)
			rc = -1;
	}
	proto_reader_clear(&reader);
	return rc;
}

static void
write_again(const struct proto_request *request, struct buf *out)
{
	struct err err;

	CHECK(proto_put_request(out, request, &err) == 0);
	VEC_EACH (const struct proto_file, file, &request->files) {
		proto_put_file(out, file->name);
		proto_put_bytes(out, buf_text(&file->bytes), file->bytes.len);
	}
	proto_put_end(out);
}

static void
check_request(const char *data, size_t size)
{
	struct proto_request whole, pieces, again;
	struct buf one = { 0 }, two = { 0 };
	int rc = read_pieces(data, size, size + 1, &whole);

	CHECK(read_pieces(data, size, 3, &pieces) == rc);
	if (rc == 1) {
		write_again(&whole, &one);
		CHECK(read_pieces(one.data, one.len, 7, &again) == 1);
		write_again(&again, &two);
		CHECK(one.len == two.len &&
		      memcmp(one.data, two.data, one.len) == 0);
		proto_request_clear(&again);
	}
	buf_clear(&one);
	buf_clear(&two);
	proto_request_clear(&whole);
	proto_request_clear(&pieces);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct proto_reader reader = { 0 };
	struct buf out = { 0 }, errors = { 0 };
	struct err err;
	int status = -1;

	check_request((const char *)data, size);
	if (proto_read_answer(
		&reader, data, size, &out, &errors, &status, &err) == 1)
		CHECK(status >= 0 && status <= 125);
	proto_reader_clear(&reader);
	buf_clear(&out);
	buf_clear(&errors);
	return 0;
}
