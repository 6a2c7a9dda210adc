/* SPDX-License-Identifier: ISC */
/*
 * The control protocol: what nudgectl and nudged say to each other. Text in
 * frames "NAME LENGTH\nBYTES\n"; a command line and the files it names go in,
 * what it prints and its exit status come back. Pure: bytes in, values out;
 * who is at the other end is not asked here.
 *
 *   request: nudged "1", now, json, columns, arg..., (file, bytes...)..., end
 *   answer:  (out | err)..., status
 */
#ifndef NUDGED_CORE_PROTO_H
#define NUDGED_CORE_PROTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/vec.h"

#define PROTO_VERSION "1"
#define PROTO_FRAME_MAX (64 * 1024)             /* bytes of one frame */
#define PROTO_ARGS_MAX 20000                    /* arguments of one line */
#define PROTO_TEXT_MAX (2 * 1024 * 1024)        /* bytes of all of them */
#define PROTO_FILES_MAX 64                      /* files that a line names */
#define PROTO_BYTES_MAX (1024L * 1024L * 1024L) /* bytes of all of them */

struct proto_file {
	char *name;
	struct buf bytes;
};

struct proto_request {
	VEC(char *) args;
	VEC(struct proto_file) files;
	int64_t now; /* INSTANT_NONE: the clock */
	bool json;
	int columns; /* 0: plain */
};

/* now = INSTANT_NONE, all else empty. */
void proto_request_init(struct proto_request *request);
void proto_request_clear(struct proto_request *request);

/* ---- writing: each adds frames to out ---- */

/* Everything of a request but its files. Follow with the files, then the end,
 * so that a large file never stands in memory twice. Returns -1 with *err set
 * when the line is beyond the limits above (nothing is added then). */
int proto_put_request(
    struct buf *out, const struct proto_request *request, struct err *err);
void proto_put_file(struct buf *out, const char *name);
/* Bytes of the file named last, in as many frames as it takes. */
void proto_put_bytes(struct buf *out, const void *data, size_t len);
void proto_put_end(struct buf *out);

/* The answer: what is printed, in any number of pieces, then the status. */
void proto_put_out(struct buf *out, const void *data, size_t len);
void proto_put_err(struct buf *out, const void *data, size_t len);
void proto_put_status(struct buf *out, int status);

/* ---- reading: bytes as they come ---- */

struct proto_reader {
	struct buf in;
	bool started; /* the version was seen and is ours */
	bool ended;   /* the message is whole */
	size_t text;  /* bytes of arguments and names so far */
	size_t bytes; /* bytes of files so far */
};

void proto_reader_clear(struct proto_reader *reader);

/* Takes bytes and adds what is whole of them to *request (which the caller
 * initialised). Returns 1 when the request is whole, 0 when more must come, or
 * -1 with *err set when this is no request of ours or is beyond the limits:
 * answer with the error and hang up. Bytes after the end are an error. */
int proto_read_request(struct proto_reader *reader, const void *data,
    size_t len, struct proto_request *request, struct err *err);

/* The same for the answer: what is to print is added to out and errors, which
 * the caller may empty between calls. *status is set with the return of 1. */
int proto_read_answer(struct proto_reader *reader, const void *data, size_t len,
    struct buf *out, struct buf *errors, int *status, struct err *err);

#endif
