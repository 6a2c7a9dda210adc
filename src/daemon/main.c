/* SPDX-License-Identifier: ISC */
/*
 * nudged: the command line, and the wiring of everything else. Where things
 * are, from the bottom up; includes point downwards only:
 *
 *   core/    values in, values out: dates, deadline words, rules, the planner,
 *            retries, mails, the SMTP dialogue, the control protocol,
 *            a channel's pace and rests
 *   io/      the world: clock, log, files, config file, SQLite (db, register,
 *            store, mark), curl on the loop (transfer, smtp, webhook), Maildir
 *   desk/    the commands, and the agent: one beat of planning, and the four
 *            steps of a delivery (claim, intend, settle, return)
 *   daemon/  this process:
 *     main      the command line; into the background
 *     loop      heartbeat, group commit, signals, the end; reload reads the
 *               configuration again
 *     courier   from the register to the channels and back, one transaction a
 *               loop turn (courier_life: when channels come and go);
 *               courier_mail, courier_maildir and courier_hook are the kinds
 *               of channel, channel what they have in common
 *     control   the socket: command lines in, answers out; listen makes it,
 *               peer says who may do what, control_own has the commands about
 *               the daemon itself
 *     status    what the daemon knows of itself
 *
 * A reminder's way: loop (heartbeat) -> agent_beat -> core/plan -> store; then
 * courier_turn -> agent_claim -> channel -> agent_intend, COMMIT -> the dot ->
 * agent_settle. A command's way: control -> desk -> register; then a heartbeat
 * at once.
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/conf.h"
#include "core/version.h"
#include "daemon/loop.h"
#include "io/conffile.h"
#include "io/log.h"
#include "io/transfer.h"

#ifndef NUDGED_SYSCONFDIR
#define NUDGED_SYSCONFDIR "/etc"
#endif
#define CONFIG_FILE NUDGED_SYSCONFDIR "/nudged/nudged.conf"

struct options {
	const char *config;
	bool foreground;
	enum log_level level;
};

static void
print_usage(FILE *to)
{
	fputs("usage: nudged [-c FILE] [--foreground] [--verbose]\n"
	      "       nudged --help | --version\n",
	    to);
}

static struct options
parse_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "foreground", no_argument, NULL, 'f' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	struct options options = {
		.config = CONFIG_FILE,
		.level = LOG_LEVEL_INFO,
	};
	int c;

	while ((c = getopt_long(argc, argv, "c:fvh", longs, NULL)) != -1)
		switch (c) {
		case 'c':
			options.config = optarg;
			break;
		case 'f':
			options.foreground = true;
			break;
		case 'v':
			options.level = LOG_LEVEL_DEBUG;
			break;
		case 'h':
			print_usage(stdout);
			exit(EXIT_SUCCESS);
		case 'V':
			puts("nudged " NUDGED_VERSION);
			exit(EXIT_SUCCESS);
		default:
			print_usage(stderr);
			exit(2);
		}
	if (optind < argc) {
		print_usage(stderr);
		exit(2);
	}
	return options;
}

static struct conf *
load_config(const char *given)
{
	struct strings problems = { 0 };
	struct conf *conf = NULL;
	/* A reload must find it from any folder. */
	char *path = realpath(given, NULL);

	if (conffile_load(path != NULL ? path : given, &conf, &problems) == -1)
		for (size_t i = 0; i < problems.len; i++)
			log_error("%s", problems.items[i]);
	strings_clear(&problems);
	free(path);
	return conf;
}

/* ---- into the background ---- */

/* The parent waits here until the child is ready or gone, and says which by
 * its exit status. Returns, in the child, where to write when it is. */
static int
detach(void)
{
	int ends[2], status;
	char byte;
	pid_t child;

	if (pipe(ends) == -1 || (child = fork()) == -1) {
		log_error("cannot go into the background: %m");
		exit(EXIT_FAILURE);
	}
	if (child > 0) {
		(void)close(ends[1]);
		if (read(ends[0], &byte, 1) == 1)
			_exit(EXIT_SUCCESS);
		_exit(waitpid(child, &status, 0) == child && WIFEXITED(status)
			  ? WEXITSTATUS(status)
			  : EXIT_FAILURE);
	}
	(void)close(ends[0]);
	(void)setsid();
	return ends[1];
}

static void
let_go_of_terminal(void)
{
	/* Standard error stays: it is where the log goes. */
	if (freopen("/dev/null", "r", stdin) == NULL ||
	    freopen("/dev/null", "w", stdout) == NULL || chdir("/") == -1)
		log_warn("cannot let go of the terminal: %m");
}

static void
ready(void *ctx)
{
	int *fd = ctx;

	if (*fd == -1)
		return;
	let_go_of_terminal();
	if (write(*fd, "", 1) != 1)
		log_warn("cannot say that it is ready: %m");
	(void)close(*fd);
	*fd = -1;
}

int
main(int argc, char **argv)
{
	struct options options = parse_options(argc, argv);
	int status = EXIT_FAILURE, ready_fd = -1;
	struct nudged *nudged;
	struct conf *conf;
	struct err err;

	log_open("nudged", options.level);
	conf = load_config(options.config);
	if (conf == NULL)
		return EXIT_FAILURE;
	(void)umask(0027); /* the group reads the register */
	(void)signal(SIGPIPE, SIG_IGN);
	/* Until the loop listens for it: what would be reloaded is being read.
	 */
	(void)signal(SIGHUP, SIG_IGN);
	/* Before the register is opened: no connection survives a fork. */
	if (!options.foreground && getenv("NOTIFY_SOCKET") == NULL)
		ready_fd = detach();
	if (transfer_global_init() == -1) {
		log_error("libcurl cannot be initialised");
		conf_free(conf);
		return EXIT_FAILURE;
	}
	nudged = loop_new(conf, &err);
	if (nudged == NULL) {
		log_error("%s", err.text);
		return EXIT_FAILURE;
	}
	status = loop_run(nudged, ready, &ready_fd);
	loop_free(nudged);
	return status;
}
