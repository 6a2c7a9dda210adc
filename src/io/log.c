/* SPDX-License-Identifier: ISC */
/* Lines on standard error; see log.h. */
#include "io/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE_MAX_BYTES 2048

static struct {
	const char *name;
	enum log_level level;
	bool journal;
} sink = { "nudged", LOG_LEVEL_INFO, false };

/* $JOURNAL_STREAM is inherited even where standard error went elsewhere, so
 * it counts only when device and inode match (systemd.exec(5)). */
static bool
is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long dev, ino;
	struct stat st;
	char *end;

	if (stream == NULL || fstat(STDERR_FILENO, &st) == -1)
		return false;
	dev = strtoull(stream, &end, 10);
	if (*end != ':')
		return false;
	ino = strtoull(end + 1, &end, 10);
	return *end == '\0' && dev == st.st_dev && ino == st.st_ino;
}

void
log_open(const char *name, enum log_level level)
{
	int was = errno;

	sink.name = name;
	sink.level = level;
	sink.journal = is_journal();
	errno = was;
}

static void log_line(enum log_level level, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void
log_line(enum log_level level, const char *format, va_list ap)
{
	static const char *const words[] = { [LOG_LEVEL_ERROR] = "error: ",
		[LOG_LEVEL_WARNING] = "warning: ",
		[LOG_LEVEL_NOTICE] = "",
		[LOG_LEVEL_INFO] = "",
		[LOG_LEVEL_DEBUG] = "debug: " };
	char line[LINE_MAX_BYTES + 1];
	int was = errno;
	size_t n;

	if (level > sink.level)
		return;
	if (sink.journal)
		(void)snprintf(line, sizeof line - 1, "<%d>", (int)level);
	else
		(void)snprintf(
		    line, sizeof line - 1, "%s: %s", sink.name, words[level]);
	n = strlen(line);
	errno = was;
	(void)vsnprintf(line + n, sizeof line - 1 - n, format, ap);
	for (char *p = line; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = '?';
	n = strlen(line);
	line[n++] = '\n';
	/* One write a line, so that lines of two programs do not mix. A log
	 * that cannot be written has nobody to be told. */
	if (write(STDERR_FILENO, line, n) == -1)
		errno = was;
	errno = was;
}

#define LOG_FUNCTION(function, level)          \
	void function(const char *format, ...) \
	{                                      \
		va_list ap;                    \
		va_start(ap, format);          \
		log_line(level, format, ap);   \
		va_end(ap);                    \
	}

LOG_FUNCTION(log_error, LOG_LEVEL_ERROR)
LOG_FUNCTION(log_warn, LOG_LEVEL_WARNING)
LOG_FUNCTION(log_notice, LOG_LEVEL_NOTICE)
LOG_FUNCTION(log_info, LOG_LEVEL_INFO)
LOG_FUNCTION(log_debug, LOG_LEVEL_DEBUG)
