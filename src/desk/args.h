/* SPDX-License-Identifier: ISC */
/*
 * The options of a command line: "--name value", "--name=value", "--flag",
 * words in between, "--" before words that begin with a dash. Knows no
 * command; each says which options it has.
 */
#ifndef NUDGED_DESK_ARGS_H
#define NUDGED_DESK_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/vec.h"

enum arg_kind {
	ARG_FLAG,  /* stands alone */
	ARG_VALUE, /* has a value, at most once */
	ARG_MANY,  /* has a value, may come again */
};

/* A table of these ends with a NULL name. */
struct arg_option {
	const char *name; /* without the dashes */
	enum arg_kind kind;
};

/* What was given. Everything is borrowed from the line. */
struct arg_value {
	const char *name;  /* the option's */
	const char *value; /* NULL for a flag */
};

struct args {
	VEC(const char *) words;
	VEC(struct arg_value) values;
};

/* Reads a line with the options of two tables (either may be NULL). Returns 0,
 * or -1 with ERR_USAGE: an unknown option (the nearest is named), a value that
 * is missing or too much, an option given twice. */
int args_parse(const char *const *line, size_t count,
    const struct arg_option *options, const struct arg_option *common,
    struct args *out, struct err *err);
void args_clear(struct args *args);

/* The value of an option, NULL when it was not given. */
const char *args_value(const struct args *args, const char *name);
bool args_has(const struct args *args, const char *name);
/* The value that was given as the n-th of that name, NULL: no more. */
const char *args_nth(const struct args *args, const char *name, size_t n);

/* A word, NULL when there are fewer. */
const char *args_word(const struct args *args, size_t n);

#endif
