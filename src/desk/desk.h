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
#include "core/proto.h"
#include "core/vec.h"
#include "desk/args.h"
#include "io/db.h"
#include "io/register.h"

enum desk_status { /* exit statuses, a contract */
	DESK_OK = 0,
	DESK_FAILED = 1,
	DESK_USAGE = 2,
	DESK_NOTFOUND = 3,
	DESK_REFUSED = 4,
};

/* The status that an error ends with. */
enum desk_status desk_status_of(enum err_code code);

enum desk_access { ACCESS_READ, ACCESS_EDIT, ACCESS_APPROVE, ACCESS_ADMIN };

/* A file that the line names, read with the caller's rights. */
struct desk_file {
	char *name;
	char *bytes;
	size_t len;
};

/* What comes in. All of it can travel over the socket as text. */
struct desk_request {
	VEC(char *) args; /* the command and what follows, without globals */
	VEC(struct desk_file) files;
	int64_t now; /* --now, else INSTANT_NONE: the clock */
	bool json;
	int columns;     /* of the terminal; 0: plain */
	char *actor;     /* login name; set by who received the line */
	bool may[4];     /* by enum desk_access; likewise */
	char *conf_path; /* -c FILE; for commands that read it themselves
			  * (DESK_ALONE); NULL over the socket */
};
void desk_request_clear(struct desk_request *request);

/* Takes what came over the socket out of line, which is then empty. Who calls
 * sets actor and may. */
void desk_request_take(
    struct desk_request *request, struct proto_request *line);

struct desk_answer {
	enum desk_status status;
	struct buf out; /* standard output */
	struct buf err; /* standard error: one sentence a line */
	/* Takes away what stands in out, for answers that may be larger than
	 * memory should hold; NULL: all of it stays in out. */
	void (*spill)(struct desk_answer *answer);
	void *spill_ctx;
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
	/* Which arguments are files to read for it: an index counted behind
	 * the name and without options, or -1; all_files: that one and those
	 * that follow. */
	int file_arg;
	bool all_files;
	/* Reads, and can do so with the defaults and an empty register where
	 * there is no configuration, or no register yet. */
	bool bare;
	int (*run)(struct desk_call *call, struct err *err);
	const struct arg_option *options; /* NULL: none of its own. All that
					   * write also have --by and --on */
	/* With this option the command behind it in the table is meant, which
	 * has the same name and args, and no summary; NULL: none. */
	const char *other_with;
	size_t min_words, max_words; /* behind the name; max 0: no limit but
				      * min (0 and 0: no words at all) */
};

/* One call: what a handler works with. Handlers return 0, or -1 with *err (the
 * code gives the exit status, what was printed so far is dropped and the
 * turn's transaction rolled back); DESK_MORE to be called again after the loop
 * had its turn, with call->state kept. A handler may set answer->status itself
 * and return 0, to keep what it printed. */
#define DESK_MORE 1

struct desk_call {
	const struct conf *conf;
	struct db *db;
	const struct desk_command *command;
	struct desk_request *request;
	struct desk_answer *answer;
	struct args args; /* words behind the name, and options */
	struct doer doer; /* actor, --by, --on, now */
	int64_t now;
	int today;   /* local day of now */
	void *state; /* of a handler that takes several turns */
	void (*state_free)(void *state);
	char *by;      /* owned; doer.by */
	int64_t by_id; /* that party; 0: none */
	int slice_ms;  /* bound of a turn: 20; nudgectl, which keeps nobody
			* waiting, sets more */
	bool answered;
};

/* Finds a command by its first words ("meeting add"); NULL: none. */
const struct desk_command *desk_find(const struct desk_request *request);

/* Starts a call; run until it returns 0. One turn is bounded to some 20 ms and
 * is one transaction for those that write. conf and db may be NULL for
 * commands that need none (DESK_ALONE). A call that is dropped half way is as
 * if it had never been made, but for the papers of minutes before the one at
 * hand, and for an import that was already applying: the turns of the next
 * calls, or desk_resume, finish it. */
struct desk_call *desk_start(const struct conf *conf, struct db *db,
    struct desk_request *request, struct desk_answer *answer);
/* DESK_MORE; 0: answered; -1: answered, but the register could not be
 * committed: whoever holds it must stop and open it anew (FACTS C). */
int desk_turn(struct desk_call *call);
void desk_finish(struct desk_call *call);

/* Goes on with what a crash or a dropped call left half applied: one bounded
 * slice, in a transaction of its own. To be called until it returns 0 when a
 * register was opened for writing, and at every heartbeat. 1 more to do, 0
 * nothing, -1 with *err set. */
int desk_resume(
    const struct conf *conf, struct db *db, int64_t now, struct err *err);

/* Notes that working days or holidays are other than last time: dates that
 * were counted with them are reckoned anew by desk_resume. After opening for
 * writing, and after a reload; in a transaction of the caller. */
int desk_note_calendar(
    const struct conf *conf, struct db *db, int64_t now, struct err *err);

/* Hands on what stands in answer->out once it is much; for handlers that
 * print a great deal. */
void desk_spill(struct desk_call *call);

/* A line on standard error that does not make the command fail. */
void desk_remark(struct desk_call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A day as people give it on a line: ISO, 7/11/2018, or words that mean one
 * day ("tomorrow", "next Friday"), counted from today. -1 with ERR_USAGE
 * naming the option. */
int desk_day(struct desk_call *call, const char *option, const char *text,
    int *out, struct err *err);

/* Is there a command of these two words? */
bool desk_is_command(const char *first, const char *second);

/* The help text: all commands, or one (or those that begin with its words); 0,
 * or -1 where there is no such command. */
int desk_help(struct buf *out, const char *command, struct err *err);

#endif
