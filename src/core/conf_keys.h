/* SPDX-License-Identifier: ISC */
/*
 * The keys of the config file as one table: name, type, place in struct conf,
 * limits and default. The reader (io/conffile), the defaults and the freeing
 * all go by it, so that a new key is one line.
 */
#ifndef NUDGED_CORE_CONF_KEYS_H
#define NUDGED_CORE_CONF_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/err.h"

enum conf_type {
	CONF_TEXT,        /* char * */
	CONF_PATH,        /* char *; relative to the config's folder */
	CONF_TEXTS,       /* struct strings */
	CONF_PATHS,       /* struct strings */
	CONF_HOLIDAYS,    /* struct strings: paths or names of shipped sets */
	CONF_CREDENTIALS, /* names, turned to paths, into struct strings */
	CONF_NUMBER,      /* int, min to max */
	CONF_SWITCH,      /* bool */
	CONF_SECONDS,     /* int64_t, min to max; "15 minutes" */
	CONF_DAYS,        /* int, min to max; "14 days" */
	CONF_WORKDAYS,    /* int, min to max; "10 working days" */
	CONF_TIME,        /* int, minutes after midnight; "09:00" */
	CONF_HOURS,       /* two ints; "08:00-18:00" */
	CONF_CHOICE,      /* enum; the choices in order of its values */
	CONF_EITHER,      /* bool; choices for false and true */
	CONF_WEEK,        /* bool[7]; "mon", "Tuesday" */
	CONF_RULES,       /* VEC(struct rule), reminders */
	CONF_STEP,        /* struct rule, an escalation's */
	CONF_DIGEST_RULE, /* struct rule, a digest's */
	CONF_MODE,        /* enum clock_mode */
	CONF_DATE,        /* int, a day; "2018-09-03" */
	CONF_MONTH_DAY,   /* two ints; "31 March" */
	CONF_SECTIONS,    /* unsigned, bits of enum digest_section */
	CONF_GROUP,       /* keys in { }, of the same struct */
	CONF_OBJECTS,     /* VEC of structs; ( { }, { } ) */
};

/* A default that depends on other keys: conf_finish decides. */
#define CONF_OPEN "?"

struct conf_table;

struct conf_key {
	const char *name;
	enum conf_type type;
	size_t offset;
	const char *fallback; /* the default as the file would say it; items of
			       * a list parted by '|'; NULL: none, or zero */
	bool required;
	int64_t min, max;
	const char *const *choices;     /* ended by NULL */
	const struct conf_table *table; /* of CONF_GROUP and CONF_OBJECTS */
};

struct conf_table {
	const char *name;            /* what one is called: "webhook" */
	size_t size;                 /* of one object */
	const struct conf_key *keys; /* ended by a NULL name */
};

/* The whole file. */
extern const struct conf_table conf_root;

/* May a key have several values (a list, or one alone)? */
bool conf_key_is_list(const struct conf_key *key);

/* What a key's value looks like, for messages: "true or false". */
const char *conf_key_wants(const struct conf_key *key);

/* Has it a value that is not zero? */
bool conf_key_is_set(const struct conf_key *key, const void *obj);

/* Sets a key of obj (the struct of its table) from text; a list gets one item
 * more. Returns 0, or -1 with *err saying what is wrong and obj as it was. */
int conf_key_text(
    const struct conf_key *key, void *obj, const char *text, struct err *err);
int conf_key_number(
    const struct conf_key *key, void *obj, int64_t number, struct err *err);
int conf_key_switch(
    const struct conf_key *key, void *obj, bool value, struct err *err);

/* Adds an object to a CONF_OBJECTS key, its defaults filled in. */
void *conf_key_push(const struct conf_key *key, void *obj);

/* Frees the value: back to zero, before a given one takes the default's
 * place. */
void conf_key_reset(const struct conf_key *key, void *obj);

/* Defaults into what is zero; frees everything. */
void conf_table_defaults(const struct conf_table *table, void *obj);
void conf_table_clear(const struct conf_table *table, void *obj);

#endif
