/* SPDX-License-Identifier: ISC */
/*
 * The desk: one command line in, an answer out. It knows neither sockets nor
 * terminals nor the loop; nudgectl runs it directly, and nudged runs the same
 * code for lines that come over the control socket.
 */
#ifndef NUDGED_DESK_DESK_H
#define NUDGED_DESK_DESK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/vec.h"
#include "io/db.h"
#include "io/register.h"

enum desk_status { /* exit statuses, a contract */
	DESK_OK = 0,
	DESK_FAILED = 1,
	DESK_USAGE = 2,
	DESK_NOTFOUND = 3,
	DESK_REFUSED = 4,
};

enum desk_access { ACCESS_READ, ACCESS_EDIT, ACCESS_APPROVE, ACCESS_ADMIN };

/* A file that the line names, read with the caller's rights. */
struct desk_file {
	char *name;
	char *bytes;
	size_t len;
};

/* What comes in. All of it can travel over the socket as text. */
struct desk_request {
	VEC(char *) args;     /* the command and what follows, without globals */
	VEC(struct desk_file) files;
	int64_t now;          /* --now, else INSTANT_NONE: the clock */
	bool json;
	int columns;          /* of the terminal; 0: plain */
	char *actor;          /* login name; set by who received the line */
	bool may[4];          /* by enum desk_access; likewise */
};
void desk_request_clear(struct desk_request *request);

struct desk_answer {
	enum desk_status status;
	struct buf out; /* standard output */
	struct buf err; /* standard error: one sentence a line */
};
void desk_answer_clear(struct desk_answer *answer);

/* How a command is carried out. */
enum desk_mode {
	DESK_READS,  /* in nudgectl, on a read-only connection */
	DESK_WRITES, /* by whoever holds the register */
	DESK_DAEMON, /* answered by the daemon itself (status, reload) */
	DESK_ALONE,  /* needs no register, or makes it (init, check) */
};

struct desk_call;

struct desk_command {
	const char *name;
	const char *args;    /* for the help: "REF… --to \"WORDS\"" */
	const char *summary; /* one line */
	const char *help;    /* options and an example, NULL: none */
	enum desk_mode mode;
	enum desk_access access;
	/* Which arguments are files to read for it: an index counted without
	 * options, or -1; all_files: that one and those that follow. */
	int file_arg;
	bool all_files;
	int (*run)(struct desk_call *call, struct err *err);
};

/* One call: what a handler works with. Handlers return 0, or -1 with *err (the
 * code gives the exit status); DESK_MORE to be called again after the loop
 * had its turn, with call->state kept. */
#define DESK_MORE 1

struct desk_call {
	const struct conf *conf;
	struct db *db;
	const struct desk_command *command;
	struct desk_request *request;
	struct desk_answer *answer;
	struct doer doer;   /* actor, --by, --on, now */
	int64_t now;
	int today;          /* local day of now */
	void *state;        /* of a handler that takes several turns */
	void (*state_free)(void *state);
};

/* Finds a command by its first words ("meeting add"); NULL: none. */
const struct desk_command *desk_find(const struct desk_request *request);

/* Starts a call; run until it returns 0. One turn is bounded to some 20 ms and
 * is one transaction for those that write. */
struct desk_call *desk_start(const struct conf *conf, struct db *db,
    struct desk_request *request, struct desk_answer *answer);
int desk_turn(struct desk_call *call); /* DESK_MORE, or 0: answered */
void desk_finish(struct desk_call *call);

/* The help text: all commands, or one. */
void desk_help(struct buf *out, const char *command);

#endif
