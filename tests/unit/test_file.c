/* SPDX-License-Identifier: ISC */
/* Whole files, secrets, and the two that are only told: log and notify. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buf.h"
#include "core/text.h"
#include "io/file.h"
#include "io/log.h"
#include "io/notify.h"
#include "scratch.h"

static char *
write_new(const char *name, const char *text, size_t len, mode_t mode)
{
	char *path = file_beside(scratch, name);
	struct err err;

	if (file_write_atomic(path, text, len, mode, &err) == -1)
		fail_msg("%s", err.text);
	return path;
}

static void
file_write_atomic__over_an_old_file__replaces_it(void **state)
{
	char *path = write_new("a", "old", 3, 0644), *text = NULL;
	struct stat st;
	struct err err;
	size_t len = 0;

	(void)state;
	free(path);
	path = write_new("a", "n\0w", 3, 0600);
	assert_int_equal(file_read(path, 10, &text, &len, &err), 0);
	assert_int_equal(len, 3);
	assert_memory_equal(text, "n\0w", 4);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	free(text);
	free(path);
}

static void
file_write_atomic__no_such_folder__leaves_nothing(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(
	    file_write_atomic("/nonexistent/x", "a", 1, 0600, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
}

static void
file_read__at_the_cap__is_read_and_beyond_is_refused(void **state)
{
	size_t big = 200000, len = 0;
	char *data = xcalloc(1, big), *text = NULL, *path;
	struct err err;

	(void)state;
	path = write_new("big", data, big, 0644);
	assert_int_equal(file_read(path, big, &text, &len, &err), 0);
	assert_int_equal(len, big);
	free(text);
	assert_int_equal(file_read(path, big - 1, &text, &len, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	free(path);
	free(data);
}

static void
file_read__absent_or_folder__says_which(void **state)
{
	char *text = NULL;
	struct err err;

	(void)state;
	assert_int_equal(file_read("/nonexistent", 10, &text, NULL, &err), -1);
	assert_int_equal(err.code, ERR_NOTFOUND);
	assert_int_equal(file_read(scratch, 10, &text, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_null(text);
}

static void
file_read_secret__one_line__without_its_end(void **state)
{
	static const char *const texts[] = { "hunter2", "hunter2\n",
		"hunter2\r\n" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		char *path = write_new("s", texts[i], strlen(texts[i]), 0640);
		char *secret = NULL;
		struct err err;

		if (file_read_secret(path, &secret, &err) == -1)
			fail_msg("%s", err.text);
		assert_string_equal(secret, "hunter2");
		file_secret_free(secret);
		free(path);
	}
}

static void
file_read_secret__unfit_file__is_refused(void **state)
{
	static char long_one[FILE_SECRET_MAX + 1];
	static const struct {
		const char *text;
		size_t len;
		mode_t mode;
		enum err_code code;
	} cases[] = {
		{ "hunter2", 7, 0644, ERR_PERM },
		{ "hunter2", 7, 0602, ERR_PERM },
		{ "", 0, 0600, ERR_INPUT },
		{ "\n", 1, 0600, ERR_INPUT },
		{ "a\nb\n", 4, 0600, ERR_INPUT },
		{ "a\0b", 3, 0600, ERR_INPUT },
		{ long_one, sizeof long_one, 0600, ERR_INPUT },
	};
	char *secret = NULL, *path;
	struct err err;

	(void)state;
	memset(long_one, 'x', sizeof long_one);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		path =
		    write_new("s", cases[i].text, cases[i].len, cases[i].mode);
		assert_int_equal(file_read_secret(path, &secret, &err), -1);
		assert_int_equal(err.code, cases[i].code);
		assert_null(secret);
		/* The message must not give it away. */
		assert_null(strstr(err.text, "hunter2"));
		free(path);
	}
	path = file_beside(scratch, "fifo");
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(file_read_secret(path, &secret, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	free(path);
}

static void
file_read_credential__folder_of_systemd__is_used(void **state)
{
	char *path = write_new("smtp", "hunter2\n", 8, 0400), *secret = NULL;
	struct err err;

	(void)state;
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_int_equal(file_read_credential("smtp", &secret, &err), -1);
	assert_int_equal(err.code, ERR_NOTFOUND);
	setenv("CREDENTIALS_DIRECTORY", scratch, 1);
	assert_int_equal(file_read_credential("smtp", &secret, &err), 0);
	assert_string_equal(secret, "hunter2");
	file_secret_free(secret);
	assert_int_equal(file_read_credential("../x", &secret, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	unsetenv("CREDENTIALS_DIRECTORY");
	free(path);
}

static void
file_beside__paths__are_joined(void **state)
{
	static const char *const cases[][3] = {
		{ "/etc/nudged", "a.pw", "/etc/nudged/a.pw" },
		{ "/etc/nudged", "/b.pw", "/b.pw" },
		{ ".", "a.pw", "a.pw" },
		{ "/", "a.pw", "/a.pw" },
	};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		char *path = file_beside(cases[i][0], cases[i][1]);

		assert_string_equal(path, cases[i][2]);
		free(path);
	}
}

/* ---- log: what reaches standard error ---- */

static char *
logged(const char *text, int level)
{
	char *path = file_beside(scratch, "log"), *out = NULL;
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	int was = dup(STDERR_FILENO);
	struct stat st;
	struct err err;

	assert_true(fd != -1 && dup2(fd, STDERR_FILENO) != -1);
	assert_int_equal(fstat(fd, &st), 0);
	if (level >= 0) {
		char *stream =
		    xasprintf("%llu:%llu", (unsigned long long)st.st_dev,
			(unsigned long long)st.st_ino);

		setenv("JOURNAL_STREAM", stream, 1);
		free(stream);
	} else {
		setenv("JOURNAL_STREAM", "1:1", 1);
	}
	log_open("nudged", LOG_LEVEL_INFO);
	errno = ENOENT;
	log_warn("%s: %m", text);
	assert_int_equal(errno, ENOENT);
	log_debug("not seen");
	assert_true(dup2(was, STDERR_FILENO) != -1);
	unsetenv("JOURNAL_STREAM");
	(void)close(was);
	(void)close(fd);
	assert_int_equal(file_read(path, 4096, &out, NULL, &err), 0);
	free(path);
	return out;
}

static void
log_warn__journal__has_prefix_and_one_line(void **state)
{
	char *out = logged("250 ok\r\nbad", 1);

	(void)state;
	assert_string_equal(out, "<4>250 ok??bad: No such file or directory\n");
	free(out);
}

static void
log_warn__stream_of_another_file__has_no_prefix(void **state)
{
	char *out = logged("x", -1);

	(void)state;
	assert_string_equal(
	    out, "nudged: warning: x: No such file or directory\n");
	free(out);
}

/* ---- notify ---- */

static void
notify_status__long_text__cut_between_characters(void **state)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	char got[4096], *path = file_beside(scratch, "notify2");
	struct buf text = { 0 };
	struct err err;
	ssize_t n;

	(void)state;
	(void)snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	setenv("NOTIFY_SOCKET", path, 1);
	for (int i = 0; i < 1000; i++)
		buf_puts(&text, "é");
	for (int from = 0; from < 2; from++) {
		assert_int_equal(
		    notify_status(&err, "%.*s%s", from, "x", text.data), 1);
		n = recv(fd, got, sizeof got, 0);
		assert_in_range(n, 400, 1000);
		assert_true(text_is_utf8(got, (size_t)n));
	}
	unsetenv("NOTIFY_SOCKET");
	(void)close(fd);
	buf_clear(&text);
	free(path);
}

static void
notify__socket__gets_each_message(void **state)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	char got[256], *path = file_beside(scratch, "notify");
	struct err err;
	ssize_t n;

	(void)state;
	unsetenv("NOTIFY_SOCKET");
	assert_int_equal(notify_ready(&err), 0);
	(void)snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	setenv("NOTIFY_SOCKET", path, 1);
	assert_int_equal(notify_ready(&err), 1);
	n = recv(fd, got, sizeof got, 0);
	assert_int_equal(n, 7);
	assert_memory_equal(got, "READY=1", 7);
	assert_int_equal(notify_status(&err, "queue %d\nREADY=1", 3), 1);
	n = recv(fd, got, sizeof got, 0);
	assert_true(n > 0);
	got[n] = '\0';
	assert_string_equal(got, "STATUS=queue 3 READY=1");
	assert_int_equal(notify_reloading(&err), 1);
	n = recv(fd, got, sizeof got - 1, 0);
	assert_true(n > 0);
	got[n] = '\0';
	assert_non_null(strstr(got, "RELOADING=1\nMONOTONIC_USEC="));
	(void)close(fd);
	assert_int_equal(notify_watchdog(&err), -1);
	setenv("NOTIFY_SOCKET", "relative", 1);
	assert_int_equal(notify_stopping(&err), -1);
	unsetenv("NOTIFY_SOCKET");
	free(path);
}

static void
notify__abstract_socket__is_reached(void **state)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	char name[64], got[64];
	socklen_t size;
	struct err err;

	(void)state;
	(void)snprintf(name, sizeof name, "@nudged-test-%ld", (long)getpid());
	(void)snprintf(at.sun_path, sizeof at.sun_path, "%s", name);
	at.sun_path[0] = '\0';
	size =
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
	assert_int_equal(bind(fd, (struct sockaddr *)&at, size), 0);
	setenv("NOTIFY_SOCKET", name, 1);
	assert_int_equal(notify_stopping(&err), 1);
	assert_int_equal(recv(fd, got, sizeof got, 0), 10);
	assert_memory_equal(got, "STOPPING=1", 10);
	unsetenv("NOTIFY_SOCKET");
	(void)close(fd);
}

static void
notify_watchdog_usec__environment__counts_for_this_process(void **state)
{
	char pid[24];

	(void)state;
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	assert_int_equal(notify_watchdog_usec(), 0);
	setenv("WATCHDOG_USEC", "30000000", 1);
	assert_int_equal(notify_watchdog_usec(), 30000000);
	setenv("WATCHDOG_PID", "1", 1);
	assert_int_equal(notify_watchdog_usec(), 0);
	(void)snprintf(pid, sizeof pid, "%ld", (long)getpid());
	setenv("WATCHDOG_PID", pid, 1);
	assert_int_equal(notify_watchdog_usec(), 30000000);
	setenv("WATCHDOG_USEC", "soon", 1);
	assert_int_equal(notify_watchdog_usec(), 0);
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    file_write_atomic__over_an_old_file__replaces_it),
		cmocka_unit_test(
		    file_write_atomic__no_such_folder__leaves_nothing),
		cmocka_unit_test(
		    file_read__at_the_cap__is_read_and_beyond_is_refused),
		cmocka_unit_test(file_read__absent_or_folder__says_which),
		cmocka_unit_test(file_read_secret__one_line__without_its_end),
		cmocka_unit_test(file_read_secret__unfit_file__is_refused),
		cmocka_unit_test(
		    file_read_credential__folder_of_systemd__is_used),
		cmocka_unit_test(file_beside__paths__are_joined),
		cmocka_unit_test(log_warn__journal__has_prefix_and_one_line),
		cmocka_unit_test(
		    log_warn__stream_of_another_file__has_no_prefix),
		cmocka_unit_test(notify__socket__gets_each_message),
		cmocka_unit_test(
		    notify_status__long_text__cut_between_characters),
		cmocka_unit_test(notify__abstract_socket__is_reached),
		cmocka_unit_test(
		    notify_watchdog_usec__environment__counts_for_this_process),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
