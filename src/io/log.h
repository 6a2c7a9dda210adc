/* SPDX-License-Identifier: ISC */
/*
 * The daemon's log: lines on standard error, with journald's <N> prefixes when
 * it is connected to the journal. Only daemon/ and ctl/ use it; everything
 * below returns errors. Never changes errno, so that %m works.
 */
#ifndef NUDGED_IO_LOG_H
#define NUDGED_IO_LOG_H

/* Numbers as in syslog(3) and sd-daemon(3). */
enum log_level {
	LOG_LEVEL_ERROR = 3,
	LOG_LEVEL_WARNING = 4,
	LOG_LEVEL_NOTICE = 5,
	LOG_LEVEL_INFO = 6,
	LOG_LEVEL_DEBUG = 7,
};

/* name stands before each line outside the journal ("nudged"); it is borrowed
 * for good. Until called: "nudged", LOG_LEVEL_INFO, no prefixes. */
void log_open(const char *name, enum log_level level);

/* One line each; control characters (a line end in a server's reply) become
 * '?', what is longer than 2 KiB is cut. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
