/* SPDX-License-Identifier: ISC */
/* What is kept in short in the register, in plain English for a terminal. JSON
 * and exports have it as it is kept. All owned by the caller. */
#ifndef NUDGED_DESK_PLAIN_H
#define NUDGED_DESK_PLAIN_H

/* What there is to look at: "series calendar missing" is "the date of that
 * meeting is not known". */
char *plain_flag(const char *flag);

/* How a date came about, without the day on which to ask for one: that day is
 * said elsewhere, and may have moved since. */
char *plain_rule(const char *rule);

/* A rule of the ledger: "ahead of 14 days after" is "the coming escalation:
 * 14 days after". */
char *plain_firing(const char *rule);

#endif
