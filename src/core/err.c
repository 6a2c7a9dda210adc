/* SPDX-License-Identifier: ISC */
/* The error value; see err.h. */
#include "core/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
err_set(struct err *err, enum err_code code, const char *format, ...)
{
	va_list ap;

	err->code = code;
	va_start(ap, format);
	(void)vsnprintf(err->text, sizeof err->text, format, ap);
	va_end(ap);
	return -1;
}

int
err_errno(struct err *err, const char *format, ...)
{
	const char *why = strerror(errno);
	size_t n;
	va_list ap;

	err->code = ERR_SYSTEM;
	va_start(ap, format);
	(void)vsnprintf(err->text, sizeof err->text, format, ap);
	va_end(ap);
	n = strlen(err->text);
	(void)snprintf(err->text + n, sizeof err->text - n, ": %s", why);
	return -1;
}

int
err_wrap(struct err *err, const char *format, ...)
{
	char was[ERR_TEXT_MAX];
	size_t n;
	va_list ap;

	memcpy(was, err->text, sizeof was);
	va_start(ap, format);
	(void)vsnprintf(err->text, sizeof err->text, format, ap);
	va_end(ap);
	n = strlen(err->text);
	(void)snprintf(err->text + n, sizeof err->text - n, ": %s", was);
	return -1;
}
