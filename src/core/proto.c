/* SPDX-License-Identifier: ISC */
/*
 * Frames of the control protocol, written and read. Knows nothing of commands
 * or sockets; every limit is enforced here, before memory is taken.
 */
#include "core/proto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"

#define HEAD_MAX 32 /* "columns 65536\n" and room to tell it is not ours */
#define NAME_MAX_LEN 12

void
proto_request_init(struct proto_request *request)
{
	*request = (struct proto_request){ .now = INSTANT_NONE };
}

void
proto_request_clear(struct proto_request *request)
{
	VEC_EACH (char *, arg, &request->args)
		free(*arg);
	vec_clear(&request->args);
	VEC_EACH (struct proto_file, file, &request->files) {
		free(file->name);
		buf_clear(&file->bytes);
	}
	vec_clear(&request->files);
	proto_request_init(request);
}

void
proto_reader_clear(struct proto_reader *reader)
{
	buf_clear(&reader->in);
	*reader = (struct proto_reader){ 0 };
}

/* ---- writing ---- */

static void
put(struct buf *out, const char *name, const void *data, size_t len)
{
	buf_printf(out, "%s %zu\n", name, len);
	buf_add(out, data, len);
	buf_putc(out, '\n');
}

static void
put_text(struct buf *out, const char *name, const char *text)
{
	put(out, name, text, strlen(text));
}

static void
put_pieces(struct buf *out, const char *name, const void *data, size_t len)
{
	const char *p = data;

	while (len > 0) {
		size_t n = len < PROTO_FRAME_MAX ? len : PROTO_FRAME_MAX;

		put(out, name, p, n);
		p += n;
		len -= n;
	}
}

int
proto_put_request(
    struct buf *out, const struct proto_request *request, struct err *err)
{
	char number[32];
	size_t total = 0;

	VEC_EACH (char *, arg, &request->args) {
		size_t len = strlen(*arg);

		if (len > PROTO_FRAME_MAX)
			return err_set(err, ERR_USAGE,
			    "an argument is longer than %d bytes",
			    PROTO_FRAME_MAX);
		total += len;
	}
	if (request->args.len > PROTO_ARGS_MAX || total > PROTO_TEXT_MAX)
		return err_set(err, ERR_USAGE,
		    "the command line is too long: at most %d arguments of "
		    "%d bytes together",
		    PROTO_ARGS_MAX, PROTO_TEXT_MAX);
	if (request->files.len > PROTO_FILES_MAX)
		return err_set(err, ERR_USAGE, "at most %d files at a time",
		    PROTO_FILES_MAX);
	put_text(out, "nudged", PROTO_VERSION);
	if (request->now != INSTANT_NONE) {
		snprintf(
		    number, sizeof number, "%lld", (long long)request->now);
		put_text(out, "now", number);
	}
	if (request->json)
		put_text(out, "json", "");
	if (request->columns > 0) {
		snprintf(number, sizeof number, "%d", request->columns);
		put_text(out, "columns", number);
	}
	VEC_EACH (char *, arg, &request->args)
		put_text(out, "arg", *arg);
	return 0;
}

void
proto_put_file(struct buf *out, const char *name)
{
	put_text(out, "file", name);
}

void
proto_put_bytes(struct buf *out, const void *data, size_t len)
{
	put_pieces(out, "bytes", data, len);
}

void
proto_put_end(struct buf *out)
{
	put_text(out, "end", "");
}

void
proto_put_out(struct buf *out, const void *data, size_t len)
{
	put_pieces(out, "out", data, len);
}

void
proto_put_err(struct buf *out, const void *data, size_t len)
{
	put_pieces(out, "err", data, len);
}

void
proto_put_status(struct buf *out, int status)
{
	char number[16];

	snprintf(number, sizeof number, "%d", status);
	put_text(out, "status", number);
}

/* ---- reading ---- */

struct frame {
	char name[NAME_MAX_LEN + 1];
	const char *data;
	size_t len;
};

static bool
is_frame(const struct frame *frame, const char *name)
{
	return strcmp(frame->name, name) == 0;
}

/* A number without sign games; -1 when it is none. */
static int
parse_number(const char *text, size_t len, int64_t *out)
{
	int64_t value = 0;
	bool negative = len > 0 && text[0] == '-';
	size_t i = negative ? 1 : 0;

	if (len == i || len - i > 15)
		return -1;
	for (; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	*out = negative ? -value : value;
	return 0;
}

static int
not_ours(struct err *err)
{
	return err_set(
	    err, ERR_INPUT, "this is not the control protocol of nudged");
}

/* The head of a frame at data: its name, its length, and in *head the bytes
 * that the head takes. 1, 0 when it is not whole yet, -1. */
static int
read_head(const char *data, size_t len, struct frame *out, size_t *head,
    struct err *err)
{
	size_t scan = len < HEAD_MAX ? len : HEAD_MAX;
	const char *end = memchr(data, '\n', scan);
	const char *space;
	int64_t number;

	if (end == NULL)
		return len >= HEAD_MAX ? not_ours(err) : 0;
	space = memchr(data, ' ', (size_t)(end - data));
	if (space == NULL || space == data || space - data > NAME_MAX_LEN)
		return not_ours(err);
	for (const char *p = data; p < space; p++)
		if (*p < 'a' || *p > 'z')
			return not_ours(err);
	if (parse_number(space + 1, (size_t)(end - space) - 1, &number) == -1 ||
	    number < 0)
		return not_ours(err);
	if (number > PROTO_FRAME_MAX)
		return err_set(err, ERR_INPUT,
		    "a frame of %lld bytes; at most %d", (long long)number,
		    PROTO_FRAME_MAX);
	memcpy(out->name, data, (size_t)(space - data));
	out->name[space - data] = '\0';
	out->len = (size_t)number;
	*head = (size_t)(end - data) + 1;
	return 1;
}

/* The frame at the offset *at of what was read; moves *at behind it. */
static int
next_frame(
    struct proto_reader *reader, size_t *at, struct frame *out, struct err *err)
{
	const char *data = reader->in.data + *at;
	size_t left = reader->in.len - *at;
	struct frame frame = { 0 };
	size_t head = 0;
	int rc;

	if (left == 0)
		return 0;
	rc = read_head(data, left, &frame, &head, err);
	if (rc != 1)
		return rc;
	if (left < head + frame.len + 1)
		return 0;
	frame.data = data + head;
	if (frame.data[frame.len] != '\n')
		return not_ours(err);
	*at += head + frame.len + 1;
	*out = frame;
	return 1;
}

static int
add_text(struct proto_reader *reader, const struct frame *frame, char **out,
    struct err *err)
{
	reader->text += frame->len;
	if (reader->text > PROTO_TEXT_MAX)
		return err_set(err, ERR_INPUT, "the command line is too long");
	if (memchr(frame->data, '\0', frame->len) != NULL)
		return err_set(err, ERR_INPUT, "an argument holds a NUL byte");
	*out = xstrndup(frame->data, frame->len);
	return 0;
}

static int
add_arg(struct proto_reader *reader, const struct frame *frame,
    struct proto_request *request, struct err *err)
{
	char *text;

	if (request->args.len >= PROTO_ARGS_MAX)
		return err_set(err, ERR_INPUT, "too many arguments");
	if (add_text(reader, frame, &text, err) == -1)
		return -1;
	*vec_push(&request->args) = text;
	return 0;
}

static int
add_file(struct proto_reader *reader, const struct frame *frame,
    struct proto_request *request, struct err *err)
{
	char *text;

	if (request->files.len >= PROTO_FILES_MAX)
		return err_set(err, ERR_INPUT, "too many files");
	if (add_text(reader, frame, &text, err) == -1)
		return -1;
	vec_push(&request->files)->name = text;
	return 0;
}

static int
add_bytes(struct proto_reader *reader, const struct frame *frame,
    struct proto_request *request, struct err *err)
{
	if (request->files.len == 0)
		return not_ours(err);
	reader->bytes += frame->len;
	if (reader->bytes > PROTO_BYTES_MAX)
		return err_set(err, ERR_INPUT,
		    "the files are larger than %ld MB together",
		    PROTO_BYTES_MAX / 1024 / 1024);
	buf_add(&request->files.items[request->files.len - 1].bytes,
	    frame->data, frame->len);
	return 0;
}

static int
add_number(const struct frame *frame, int64_t *out, struct err *err)
{
	if (parse_number(frame->data, frame->len, out) == -1)
		return not_ours(err);
	return 0;
}

static int
add_to_request(struct proto_reader *reader, const struct frame *frame,
    struct proto_request *request, struct err *err)
{
	int64_t number;

	if (!reader->started) {
		if (!is_frame(frame, "nudged"))
			return not_ours(err);
		if (frame->len != strlen(PROTO_VERSION) ||
		    memcmp(frame->data, PROTO_VERSION, frame->len) != 0)
			return err_set(err, ERR_INPUT,
			    "nudgectl and nudged are of different versions; "
			    "restart nudged after an upgrade");
		reader->started = true;
		return 0;
	}
	if (is_frame(frame, "arg"))
		return add_arg(reader, frame, request, err);
	if (is_frame(frame, "bytes"))
		return add_bytes(reader, frame, request, err);
	if (is_frame(frame, "file"))
		return add_file(reader, frame, request, err);
	if (is_frame(frame, "now"))
		return add_number(frame, &request->now, err);
	if (is_frame(frame, "json")) {
		request->json = true;
		return 0;
	}
	if (is_frame(frame, "columns")) {
		if (add_number(frame, &number, err) == -1)
			return -1;
		if (number < 0 || number > 10000)
			return not_ours(err);
		request->columns = (int)number;
		return 0;
	}
	if (is_frame(frame, "end")) {
		reader->ended = true;
		return 0;
	}
	return not_ours(err);
}

int
proto_read_request(struct proto_reader *reader, const void *data, size_t len,
    struct proto_request *request, struct err *err)
{
	struct frame frame;
	size_t at = 0;
	int rc;

	buf_add(&reader->in, data, len);
	while ((rc = next_frame(reader, &at, &frame, err)) == 1) {
		if (reader->ended)
			return not_ours(err);
		if (add_to_request(reader, &frame, request, err) == -1)
			return -1;
	}
	if (rc == -1)
		return -1;
	buf_drop(&reader->in, at);
	if (reader->ended && reader->in.len > 0)
		return not_ours(err);
	return reader->ended ? 1 : 0;
}

int
proto_read_answer(struct proto_reader *reader, const void *data, size_t len,
    struct buf *out, struct buf *errors, int *status, struct err *err)
{
	struct frame frame;
	size_t at = 0;
	int64_t number = 0;
	int rc;

	buf_add(&reader->in, data, len);
	while ((rc = next_frame(reader, &at, &frame, err)) == 1) {
		if (reader->ended)
			return not_ours(err);
		if (is_frame(&frame, "out")) {
			buf_add(out, frame.data, frame.len);
		} else if (is_frame(&frame, "err")) {
			buf_add(errors, frame.data, frame.len);
		} else if (is_frame(&frame, "status")) {
			if (add_number(&frame, &number, err) == -1)
				return -1;
			if (number < 0 || number > 125)
				return not_ours(err);
			reader->ended = true;
		} else {
			return not_ours(err);
		}
	}
	if (rc == -1)
		return -1;
	buf_drop(&reader->in, at);
	if (!reader->ended)
		return 0;
	if (reader->in.len > 0)
		return not_ours(err);
	*status = (int)number;
	return 1;
}
