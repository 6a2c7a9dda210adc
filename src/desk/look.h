/* SPDX-License-Identifier: ISC */
/*
 * Finding what a line names in the register, with sentences that say what
 * would be right. All return 0, or -1 with *err set.
 */
#ifndef NUDGED_DESK_LOOK_H
#define NUDGED_DESK_LOOK_H

#include "desk/desk.h"
#include "io/entries.h"
#include "io/meetings.h"
#include "io/parties.h"

/* *out is filled for the caller to clear; ERR_NOTFOUND when there is none. */
int look_entry(
    struct desk_call *call, const char *ref, struct entry *out, struct err *);
int look_series(
    struct desk_call *call, const char *code, struct series *out, struct err *);
int look_report(
    struct desk_call *call, const char *code, struct report *out, struct err *);

/* The party's id; when there is none, err says how to add one. */
int look_party(
    struct desk_call *call, const char *text, int64_t *id, struct err *err);

/* Has the party left by today? *out, owned, then says who gets the mail, and a
 * command that can be told so appends LOOK_ANYWAY; NULL: it has not. */
int look_left(struct desk_call *call, int64_t id, char **out, struct err *err);
#define LOOK_ANYWAY ". If that is meant, say --anyway"

/* The name of a party, "" for 0; owned. */
char *look_name(struct desk_call *call, int64_t party_id);

/* The value of an option as a party, a day or a series' id; *out is
 * untouched when the option was not given. */
int look_party_option(
    struct desk_call *call, const char *option, int64_t *out, struct err *err);
int look_day_option(
    struct desk_call *call, const char *option, int *out, struct err *err);
/* As look_day_option, with a time of day: "2018-10-27T16:30". *minute stays as
 * it was when there is none. */
int look_moment_option(struct desk_call *call, const char *option, int *day,
    int *minute, struct err *err);
int look_series_option(
    struct desk_call *call, const char *option, int64_t *out, struct err *err);

/* A text with its blanks squeezed; owned. */
char *look_squeezed(const char *text);

/* An option in place of a text, a party or a switch; nothing when it was not
 * given. An empty value takes a text or party away. */
void look_text_option(struct desk_call *call, const char *option, char **to);
int look_link_option(
    struct desk_call *call, const char *option, int64_t *to, struct err *err);
int look_switch_option(
    struct desk_call *call, const char *option, bool *to, struct err *err);

/* "yes" or "no", "on" or "off". */
int look_switch(
    const char *option, const char *text, bool *out, struct err *err);

#endif
