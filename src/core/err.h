/* SPDX-License-Identifier: ISC */
/*
 * The error value: a code to branch on and a sentence for a person. Functions
 * that can fail return -1 and fill it; nobody below daemon/ and ctl/ prints.
 */
#ifndef NUDGED_CORE_ERR_H
#define NUDGED_CORE_ERR_H

enum err_code {
	ERR_NONE = 0,
	ERR_INPUT,    /* what was given is wrong: exit 1, or 2 for usage */
	ERR_USAGE,    /* the command line is wrong: exit 2 */
	ERR_NOTFOUND, /* no such entry, party, meeting: exit 3 */
	ERR_CONFLICT, /* refused by state or by another change: exit 4 */
	ERR_TEMP,     /* may succeed later: a lock, a busy peer */
	ERR_PERM,     /* the caller may not */
	ERR_SYSTEM,   /* the machine failed: disk, memory, network */
};

#define ERR_TEXT_MAX 1024

struct err {
	enum err_code code;
	char text[ERR_TEXT_MAX];
};

/* Sets code and sentence (printf format, no final stop or newline); a longer
 * sentence is cut. Always returns -1, so that callers may return it. */
int err_set(struct err *err, enum err_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set with ERR_SYSTEM, and ": " and strerror(errno) behind. */
int err_errno(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts "PREFIX: " before the sentence that is there. Always returns -1. */
int err_wrap(struct err *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
