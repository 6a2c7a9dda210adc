/* SPDX-License-Identifier: ISC */
/*
 * The configuration as values: defaults and the checks that need no disk. It
 * is built once (io/conffile), never changed, and swapped whole on reload.
 */
#ifndef NUDGED_CORE_CONF_H
#define NUDGED_CORE_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "core/calendar.h"
#include "core/date.h"
#include "core/err.h"
#include "core/rules.h"
#include "core/vec.h"
#include "core/words.h"

/* A list of owned strings. */
struct strings {
	char **items;
	size_t len;
	size_t cap;
};

void strings_add(struct strings *list, const char *text); /* copies */
/* The same of text as printf makes it. */
void strings_addf(struct strings *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool strings_has(const struct strings *list, const char *text); /* any case */
void strings_clear(struct strings *list);

enum conf_tls { TLS_DEFAULT, TLS_NEVER, TLS_REQUIRED };
enum conf_in_doubt { IN_DOUBT_RESEND, IN_DOUBT_HOLD };
enum conf_group { GROUP_DAY, GROUP_NONE }; /* one a day; one per entry */
enum conf_hook_format { HOOK_JSON, HOOK_SLACK, HOOK_TEAMS, HOOK_ALERTMANAGER };

struct conf_mail {
	char *url;           /* smtp:// smtps:// maildir:///path */
	char *from;          /* RFC 5322 mailbox, display name allowed */
	char *reply_to;      /* NULL: none */
	enum conf_tls tls;   /* TLS_DEFAULT: never on loopback, else required */
	char *ca_file;       /* NULL: the system's */
	char *username;      /* NULL: no AUTH */
	char *password_file; /* or credential: a systemd credential's name */
	char *credential;
	struct strings allowed_domains; /* empty: no limit */
	int connections;
	int64_t give_up_s;
	enum conf_in_doubt in_doubt;
	char *redirect_all_to; /* NULL: none */
	int per_minute;        /* 0: no limit; whole channel */
	int per_recipient_day; /* 0: no limit */
	int64_t timeout_s;     /* for each reply but the dot's */
	int64_t dot_timeout_s; /* RFC 5321 4.5.3.2.6: ten minutes */
};

struct conf_webhook {
	char *name;
	char *url;
	enum conf_hook_format format;
	struct strings secret_files; /* several: rotation; first signs first */
	char *ca_file;
	bool allow_private;
	bool reuse;            /* keep connections (may double a POST) */
	enum conf_group group; /* json, alertmanager: GROUP_NONE by default */
	enum conf_in_doubt in_doubt;
	int connections;
	int64_t timeout_s;
	int64_t give_up_s;
	int per_minute;
};

struct conf_escalation {
	struct rule when;
	char *to; /* role, office name or address */
};

struct conf_schedule {
	char *name;
	/* What it matches; an empty list matches all. */
	struct strings kinds, series, bodies, priorities;
	VEC(struct rule) remind;
	struct strings to;       /* default: owner */
	struct strings channels; /* "mail" or a webhook's name */
	int at;                  /* local minute of the day */
	int most;                /* cap of overdue repeats; 0: none */
	int max_late_days;
	bool roll; /* false: roll = "none" */
	bool no_snooze;
	enum conf_group group;
	VEC(struct conf_escalation) escalate;
};

struct conf_digest {
	char *name;
	struct strings to;
	struct strings series; /* empty: every series */
	struct rule when;
	int at;
	unsigned sections;     /* bits: 1 << enum digest_section */
	struct strings attach; /* "csv", "html", "md" */
};

struct conf_access {
	struct strings edit, approve, admin; /* names of system groups */
};

struct conf_holiday_set {
	char *name; /* "uk_any" */
	struct strings files;
	struct calendar calendar; /* sealed, once loaded */
};

struct conf {
	char *path; /* the file it came from */
	char *organisation;
	char *timezone;
	char *register_path;
	char *socket;
	int brake;            /* notices within an hour; 0: off */
	int meeting_grace;    /* working days */
	int64_t heartbeat_s;  /* 5 to 30; 1 allowed for trying it out */
	struct strings kinds; /* admin's own kinds, beside the built-in ones */
	struct strings holiday_files;
	bool works[7];
	int sending_from, sending_until; /* local minutes of the day */
	struct conf_mail mail;
	struct conf_access access;
	VEC(struct conf_webhook) webhooks;
	VEC(struct conf_schedule) schedules;
	VEC(struct conf_digest) digests;
	VEC(struct clock) clocks;
	/* Named holiday sets for clocks: name and files. */
	VEC(struct conf_holiday_set) holiday_sets;
	struct words_policy words;
	char *templates; /* folder of an admin's templates, NULL: built in */

	/* Read by io with the file: */
	struct calendar calendar; /* working days and loaded holidays, sealed */
	struct zone zone;
};

/* Fills in every default (schedules and digests too) where nothing is set yet:
 * call it on a zeroed struct, or on one whose few fields were set by hand.
 * Strings become owned copies. */
void conf_defaults(struct conf *conf);

/* What follows from other keys and was left open: the socket beside the
 * register, each webhook's group, the working days of the calendars. */
void conf_finish(struct conf *conf);

/* conf_clear frees what it holds, conf_free also the struct itself. */
void conf_clear(struct conf *conf);
void conf_free(struct conf *conf);

/* A wrong value: which (a libconfig path: "webhooks.[0].url") and why. */
struct conf_problem {
	char *path; /* owned */
	char *text; /* owned */
};

struct conf_problems {
	VEC(struct conf_problem) list;
};

void conf_problems_clear(struct conf_problems *problems);

/* Adds everything that is wrong with the values together: names used twice or
 * unknown, addresses, what contradicts itself. Needs no disk. */
void conf_validate(const struct conf *conf, struct conf_problems *out);

/* Adds sentences about what is allowed but should be looked at: no limit on
 * recipients, holidays that end within 90 days, no catch-all schedule. */
void conf_remarks(const struct conf *conf, int today, struct strings *out);

/* Of these, the holidays that end within 90 days, have ended, or are none. */
void conf_horizon_remarks(
    const struct conf *conf, int today, struct strings *out);

/* Where the socket is when the file does not say; owned by the caller. */
char *conf_default_socket(const char *register_path);

/* The calendar that a clock counts with. */
const struct calendar *conf_clock_calendar(
    const struct conf *conf, const struct clock *clock);

/* NULL when there is none of that name. */
const struct clock *conf_clock(const struct conf *conf, const char *name);
const struct conf_webhook *conf_webhook(
    const struct conf *conf, const char *name);

/* The first schedule that matches an entry; any argument may be NULL. NULL
 * when none does. */
const struct conf_schedule *conf_schedule_for(const struct conf *conf,
    const char *kind, const char *series, const char *body,
    const char *priority);

/* Is it one of the built-in kinds or the admin's own? */
bool conf_is_kind(const struct conf *conf, const char *kind);

/* The built-in kinds, ended by NULL. */
const char *const *conf_kinds(void);

/* A role that `to` may name: owner, co-owners, sponsor, chair, secretary. */
bool conf_is_role(const char *text);

#endif
