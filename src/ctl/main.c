/* SPDX-License-Identifier: ISC */
/*
 * nudgectl: reads the global options and the files that a line names, then
 * hands it to the desk: in this process for what only reads, to nudged over
 * its socket for what writes, or here again when no nudged runs. What commands
 * do is not known here.
 */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "core/conf.h"
#include "ctl/options.h"
#include "ctl/remote.h"
#include "desk/desk.h"
#include "io/clock.h"
#include "io/conffile.h"
#include "io/db.h"
#include "io/file.h"
#include "io/imports.h"
#include "io/mark.h"

#define STATUS_S 10 /* status is answered at once, or something is wrong */
#define POLL_MS 50
#define PATIENT_MS 500 /* then a reader sees whether anybody is at work */
#define SLICE_MS 500   /* of a turn here: nobody else waits */
#define WAIT_MS 15000  /* for an import that is being applied, or the lock */

static int
fail(const struct err *err)
{
	fprintf(stderr, "%s\n", err->text);
	return (int)desk_status_of(err->code);
}

static void
sleep_ms(int ms)
{
	struct timespec t = { ms / 1000, (ms % 1000) * 1000000L };

	(void)nanosleep(&t, NULL);
}

/* ---- the request ---- */

static int
terminal_columns(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

static char *
login_name(void)
{
	const struct passwd *user = getpwuid(getuid());
	const char *behind = getenv("SUDO_USER");

	if (getuid() == 0 && behind != NULL && *behind != '\0')
		return xstrdup(behind);
	if (user != NULL)
		return xstrdup(user->pw_name);
	return xasprintf("uid %u", (unsigned)getuid());
}

static int
read_named(struct desk_request *request, const char *name, struct err *err)
{
	bool standard = strcmp(name, "-") == 0;
	struct desk_file *file;
	char *bytes;
	size_t len;

	if (file_read(standard ? "/dev/stdin" : name, PROTO_BYTES_MAX, &bytes,
		&len, err) == -1)
		return -1;
	file = vec_push(&request->files);
	file->name = xstrdup(standard ? "standard input" : name);
	file->bytes = bytes;
	file->len = len;
	return 0;
}

/* The files that the line names, with the caller's rights. A line that the
 * desk will refuse names none. */
static int
read_files(struct desk_request *request, const struct desk_command *command,
    struct err *err)
{
	static const struct arg_option more[] = { { "by", ARG_VALUE },
		{ "on", ARG_VALUE }, { NULL, ARG_FLAG } };
	struct args args = { 0 };
	struct err ignored;
	size_t skip = 1;
	int rc = 0;

	if (command->file_arg < 0)
		return 0;
	for (const char *p = command->name; *p != '\0'; p++)
		skip += *p == ' ';
	if (args_parse((const char *const *)request->args.items + skip,
		request->args.len - skip, command->options, more, &args,
		&ignored) == -1)
		return 0;
	for (size_t i = (size_t)command->file_arg; i < args.words.len; i++) {
		if ((rc = read_named(request, args.words.items[i], err)) == -1)
			break;
		if (!command->all_files)
			break;
	}
	args_clear(&args);
	return rc;
}

/* ---- carrying it out here ---- */

static void
spill(struct desk_answer *answer)
{
	(void)fwrite(answer->out.data, 1, answer->out.len, stdout);
	buf_reset(&answer->out);
}

static int
run_here(const struct conf *conf, struct db *db, struct desk_request *request)
{
	struct desk_answer answer = { .spill = spill };
	struct desk_call *call = desk_start(conf, db, request, &answer);
	int status;

	call->slice_ms = SLICE_MS;
	while (desk_turn(call) == DESK_MORE)
		;
	desk_finish(call);
	if (answer.out.len > 0)
		spill(&answer);
	(void)fflush(stdout);
	if (answer.err.len > 0)
		(void)fwrite(answer.err.data, 1, answer.err.len, stderr);
	status = (int)answer.status;
	desk_answer_clear(&answer);
	return status;
}

static int
no_register(const char *path, struct err *err)
{
	return err_set(err, ERR_SYSTEM,
	    "there is no register at %s yet; make it with: nudgectl init",
	    path);
}

/* What has to be in order before the first write. */
static int settle(
    const struct conf *conf, struct db *db, int64_t now, struct err *err);

/* Finishes what nobody is at work on any more: somebody died over it. */
static void
finish_import(const struct conf *conf)
{
	struct err ignored;
	struct db *db;

	if (db_become_owner(conf->register_path, &ignored) == -1)
		return;
	db = db_open(conf->register_path, DB_WRITE, &ignored);
	if (db == NULL)
		return;
	(void)settle(conf, db, clock_now(), &ignored);
	db_close(db);
}

/* A reader waits for an import to be whole, and reads the moment at which it
 * was: the next one may begin right behind. */
static int
begin_whole(const struct conf *conf, struct db *db, struct err *err)
{
	struct import import;
	int rc = 0;

	for (int waited = 0; waited <= WAIT_MS; waited += POLL_MS) {
		if (db_begin_reading(db, err) == -1)
			return -1;
		rc = imports_applying(db, &import, err);
		if (rc != 1)
			return rc;
		import_clear(&import);
		db_rollback(db);
		if (waited >= PATIENT_MS)
			finish_import(conf);
		sleep_ms(POLL_MS);
	}
	return err_set(
	    err, ERR_TEMP, "an import is being applied; try again in a moment");
}

/* With an empty register that is gone afterwards. */
static int
run_bare(const struct conf *conf, struct desk_request *request)
{
	struct err err;
	struct db *db = db_open(":memory:", DB_CREATE, &err);
	int status;

	if (db == NULL)
		return fail(&err);
	fprintf(
	    stderr, "there is no register: no meeting and no name is known\n");
	status = run_here(conf, db, request);
	db_close(db);
	return status;
}

static int
run_reading(const struct conf *conf, const struct desk_command *command,
    struct desk_request *request)
{
	bool none = access(conf->register_path, F_OK) == -1 && errno == ENOENT;
	struct err err;
	struct db *db = NULL;
	int status;

	if (none && command->bare)
		return run_bare(conf, request);
	if (none)
		no_register(conf->register_path, &err);
	else
		db = db_open(conf->register_path, DB_READ, &err);
	if (db == NULL)
		return fail(&err);
	status = begin_whole(conf, db, &err) == -1
		     ? fail(&err)
		     : run_here(conf, db, request);
	db_close(db);
	return status;
}

static int
settle(const struct conf *conf, struct db *db, int64_t now, struct err *err)
{
	int64_t abandoned;
	int rc;

	/* A restored register is held before it grows past its mark. */
	if (mark_check(db, err) == -1)
		return -1;
	for (;;) {
		if (db_begin(db, err) == -1 ||
		    imports_abandoned(db, &abandoned, err) == -1)
			goto failed;
		if (abandoned == 0)
			break;
		if (imports_forget(db, abandoned, 2000, err) == -1 ||
		    db_commit(db, err) == -1)
			goto failed;
	}
	if (register_note_rules(db, conf, now, err) == -1 ||
	    desk_note_calendar(conf, db, now, err) == -1 ||
	    db_commit(db, err) == -1)
		goto failed;
	while ((rc = desk_resume(conf, db, now, err)) == 1)
		;
	return rc;
failed:
	if (db_in_transaction(db))
		db_rollback(db);
	return -1;
}

static int
run_writing_here(
    const struct conf *conf, struct db *db, struct desk_request *request)
{
	int64_t now = request->now != INSTANT_NONE ? request->now : clock_now();
	struct err err;

	if (settle(conf, db, now, &err) == -1)
		return fail(&err);
	return run_here(conf, db, request);
}

static int
run_remote(int fd, const struct desk_request *request)
{
	struct err err;
	int status;

	if (remote_run(fd, request, &status, &err) == -1)
		return fail(&err);
	return status;
}

/* Over the socket when somebody answers there, else here, under the lock. The
 * lock may be held for a moment: by another nudgectl, or by a nudged that is
 * starting or stopping. */
static int
run_writing(const struct conf *conf, struct desk_request *request)
{
	struct db *db = NULL;
	struct err err;
	int fd, status;

	for (int waited = 0;; waited += POLL_MS) {
		fd = remote_connect(conf->socket, &err);
		if (fd != -1)
			return run_remote(fd, request);
		if (err.code != ERR_NOTFOUND)
			return fail(&err);
		if (access(conf->register_path, F_OK) == -1 &&
		    errno == ENOENT) {
			no_register(conf->register_path, &err);
			return fail(&err);
		}
		if (waited == 0 &&
		    db_become_owner(conf->register_path, &err) == -1)
			return fail(&err);
		db = db_open(conf->register_path, DB_WRITE, &err);
		if (db != NULL)
			break;
		if (err.code != ERR_TEMP || waited >= WAIT_MS)
			return fail(&err);
		sleep_ms(POLL_MS);
	}
	status = run_writing_here(conf, db, request);
	db_close(db);
	return status;
}

static int
run_daemon(const struct conf *conf, const struct desk_command *command,
    struct desk_request *request)
{
	struct err err;
	int fd = remote_connect(conf->socket, &err);

	if (fd != -1) {
		/* Who asks for status may well ask because it hangs. */
		if (strcmp(request->args.items[0], "status") == 0)
			remote_wait(fd, STATUS_S);
		return run_remote(fd, request);
	}
	/* status says what the register knows when nobody answers. */
	if (err.code == ERR_NOTFOUND &&
	    strcmp(request->args.items[0], "status") == 0)
		return run_reading(conf, command, request);
	/* The desk says so, or what is wrong with the line. */
	return err.code == ERR_NOTFOUND ? run_here(conf, NULL, request)
					: fail(&err);
}

static int
run_with_conf(const struct conf *conf, const struct desk_command *command,
    struct desk_request *request, const char *now)
{
	struct err err;

	if (now != NULL &&
	    options_now(now, &conf->zone, &request->now, &err) == -1)
		return fail(&err);
	if (read_files(request, command, &err) == -1)
		return fail(&err);
	switch (command->mode) {
	case DESK_READS:
		return run_reading(conf, command, request);
	case DESK_WRITES:
		return run_writing(conf, request);
	default:
		return run_daemon(conf, command, request);
	}
}

/* Commands that read the configuration themselves: here it only says in which
 * zone --now is meant, and its problems are theirs to tell. */
static int
run_alone(const struct options *options, struct desk_request *request)
{
	struct strings problems = { 0 };
	struct conf *conf;
	struct err err;
	int rc = 0;

	if (options->now != NULL &&
	    conffile_load(options->conf_path, &conf, &problems) == 0) {
		rc =
		    options_now(options->now, &conf->zone, &request->now, &err);
		conf_free(conf);
	}
	strings_clear(&problems);
	return rc == -1 ? fail(&err) : run_here(NULL, NULL, request);
}

/* A file that nudged would refuse: it is asked all the same, and says what it
 * thinks of it. False when nobody answers. */
static bool
run_daemon_anyway(
    const char *conf_path, struct desk_request *request, int *status)
{
	char *socket = conffile_socket(conf_path);
	struct err err;
	int fd = socket != NULL ? remote_connect(socket, &err) : -1;

	free(socket);
	if (fd == -1)
		return false;
	*status = run_remote(fd, request);
	return true;
}

/* The configuration; for what can do without one, the defaults where the usual
 * file is not there and no other was named. */
static int
load_conf(const struct options *options, const struct desk_command *command,
    struct conf **out, struct strings *problems)
{
	if (command->bare && !options->conf_given &&
	    access(options->conf_path, F_OK) == -1 && errno == ENOENT) {
		fprintf(stderr, "there is no configuration: the defaults hold "
				"(England and Wales)\n");
		return conffile_bare(out, problems);
	}
	return conffile_load(options->conf_path, out, problems);
}

static int
run_command(const struct options *options, struct desk_request *request)
{
	const struct desk_command *command = desk_find(request);
	struct strings problems = { 0 };
	struct conf *conf;
	int status;

	if (command == NULL || command->mode == DESK_ALONE)
		return run_alone(options, request);
	if (load_conf(options, command, &conf, &problems) == -1) {
		if (command->mode == DESK_DAEMON &&
		    run_daemon_anyway(options->conf_path, request, &status)) {
			strings_clear(&problems);
			return status;
		}
		for (size_t i = 0; i < problems.len; i++)
			fprintf(stderr, "%s\n", problems.items[i]);
		strings_clear(&problems);
		return DESK_FAILED;
	}
	strings_clear(&problems);
	status = run_with_conf(conf, command, request, options->now);
	conf_free(conf);
	return status;
}

static void
fill_request(const struct options *options, struct desk_request *request)
{
	if (options->help)
		*vec_push(&request->args) = xstrdup("help");
	else if (options->version)
		*vec_push(&request->args) = xstrdup("version");
	for (size_t i = 0; i < options->rest.len && !options->version; i++) {
		/* Of "add action ... --help" only the command's name goes to
		 * help. */
		if (options->help &&
		    (i == 2 || options->rest.items[i][0] == '-' ||
			(i == 1 && !desk_is_command(options->rest.items[0],
				       options->rest.items[1]))))
			break;
		*vec_push(&request->args) = xstrdup(options->rest.items[i]);
	}
	request->now = INSTANT_NONE;
	request->json = options->json;
	request->columns = terminal_columns();
	request->actor = login_name();
	request->conf_path = xstrdup(options->conf_path);
	for (size_t i = 0; i < sizeof request->may; i++)
		request->may[i] = true;
}

int
main(int argc, char **argv)
{
	struct desk_request request = { 0 };
	struct options options;
	struct err err;
	int status;

	if (options_parse(argv + 1, argc - 1, &options, &err) == -1)
		return fail(&err);
	fill_request(&options, &request);
	status = run_command(&options, &request);
	desk_request_clear(&request);
	options_clear(&options);
	/* A full disk behind a redirection must not look like success. */
	if (fclose(stdout) != 0 && status == DESK_OK) {
		perror("standard output");
		status = DESK_FAILED;
	}
	return status;
}
