/* SPDX-License-Identifier: ISC */
/*
 * Values of the config table: from text into the struct, and freed again; see
 * conf_keys.h.
 */
#include "core/conf_keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/calendar.h"
#include "core/digest.h"
#include "core/near.h"
#include "core/text.h"

#define TEXT_MAX 2048
#define ITEMS_MAX 1000

static const char *const SECTIONS[DIGEST_SECTIONS + 3] = {
	[DIGEST_HEADLINE] = "headline",
	[DIGEST_CLOCKS] = "clocks",
	[DIGEST_OVERDUE] = "overdue",
	[DIGEST_DUE] = "due",
	[DIGEST_UNDATED] = "undated",
	[DIGEST_PROPOSED] = "proposed",
	[DIGEST_NEEDS] = "needs",
	[DIGEST_CLOSED] = "closed",
	[DIGEST_SECTIONS] = "all",
	[DIGEST_SECTIONS + 1] = "public",
};

#define SECTIONS_ALL ((1u << DIGEST_SECTIONS) - 1)
/* What an agenda pack leaves out: the chair's own homework. */
#define SECTIONS_INTERNAL (1u << DIGEST_PROPOSED | 1u << DIGEST_NEEDS)

/* Every VEC has this layout; read and written by memcpy, since the types of
 * its pointers differ. */
struct any_vec {
	void *items;
	size_t len;
	size_t cap;
};

static struct any_vec
vec_get(const void *at)
{
	struct any_vec v;

	memcpy(&v, at, sizeof v);
	return v;
}

static void
vec_put(void *at, struct any_vec v)
{
	memcpy(at, &v, sizeof v);
}

bool
conf_key_is_list(const struct conf_key *key)
{
	switch (key->type) {
	case CONF_TEXTS:
	case CONF_PATHS:
	case CONF_HOLIDAYS:
	case CONF_CREDENTIALS:
	case CONF_WEEK:
	case CONF_RULES:
	case CONF_SECTIONS:
	case CONF_OBJECTS:
		return true;
	default:
		return false;
	}
}

const char *
conf_key_wants(const struct conf_key *key)
{
	switch (key->type) {
	case CONF_NUMBER:
		return "a whole number";
	case CONF_SWITCH:
		return "true or false";
	case CONF_SECONDS:
		return "a time in quotes like \"15 minutes\" or \"5 days\"";
	case CONF_DAYS:
		return "days in quotes like \"14 days\"";
	case CONF_WORKDAYS:
		return "working days in quotes like \"10 working days\"";
	case CONF_TIME:
		return "a time of day in quotes like \"09:00\"";
	case CONF_HOURS:
		return "hours in quotes like \"08:00-18:00\"";
	case CONF_DATE:
		return "a day in quotes like \"2018-09-03\"";
	case CONF_MONTH_DAY:
		return "a day of the year in quotes like \"31 March\"";
	case CONF_GROUP:
		return "a group { … }";
	case CONF_OBJECTS:
		return "a list of groups ( { … }, { … } )";
	default:
		return conf_key_is_list(key) ? "a text in quotes or a list of "
					       "them [ \"…\", \"…\" ]"
					     : "a text in quotes";
	}
}

static int
check_text(const char *text, struct err *err)
{
	size_t len = strlen(text);

	if (len > TEXT_MAX)
		return err_set(
		    err, ERR_INPUT, "is longer than %d bytes", TEXT_MAX);
	if (!text_is_utf8(text, len))
		return err_set(err, ERR_INPUT, "is not UTF-8 text");
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return err_set(err, ERR_INPUT,
			    "has a line end or another control character");
	return 0;
}

/* Which of the choices text is; -1 with *err naming them. */
static int
choose(const char *const *choices, const char *text, struct err *err)
{
	struct buf all = { 0 };
	const char *near;
	size_t n = 0;

	for (; choices[n] != NULL; n++)
		if (text_same(choices[n], text))
			return (int)n;
	near = near_find(text, choices, n);
	if (near != NULL)
		return err_set(err, ERR_INPUT,
		    "does not know \"%s\", did you mean \"%s\"?", text, near);
	for (size_t i = 0; i < n; i++)
		buf_printf(&all, "%s\"%s\"",
		    i == 0       ? ""
		    : i == n - 1 ? " or "
				 : ", ",
		    choices[i]);
	(void)err_set(err, ERR_INPUT, "does not know \"%s\", only %s", text,
	    buf_text(&all));
	buf_clear(&all);
	return -1;
}

static int
put_number(const struct conf_key *key, void *at, int64_t n, struct err *err)
{
	if (n < key->min || n > key->max)
		return err_set(err, ERR_INPUT, "must be %lld to %lld",
		    (long long)key->min, (long long)key->max);
	*(int *)at = (int)n;
	return 0;
}

static void
span_text(int64_t s, char out[32])
{
	static const struct {
		int64_t each;
		const char *name;
	} units[] = { { 86400, "day" }, { 3600, "hour" }, { 60, "minute" },
		{ 1, "second" } };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (s % units[i].each == 0) {
			int64_t n = s / units[i].each;

			(void)snprintf(out, 32, "%lld %s%s", (long long)n,
			    units[i].name, n == 1 ? "" : "s");
			return;
		}
}

static int
put_duration(
    const struct conf_key *key, void *at, const char *text, struct err *err)
{
	struct duration d;
	char least[32], most[32];

	if (duration_parse(text, &d, err) == -1)
		return -1;
	if (key->type == CONF_WORKDAYS) {
		/* Zero is zero in any unit. */
		if (d.seconds != 0)
			return err_set(err, ERR_INPUT,
			    "\"%s\": must be in working days", text);
		return put_number(key, at, d.workdays, err);
	}
	if (d.workdays != 0)
		return err_set(err, ERR_INPUT,
		    "\"%s\": working days cannot be used here", text);
	if (key->type == CONF_DAYS) {
		if (d.seconds % 86400 != 0)
			return err_set(err, ERR_INPUT,
			    "\"%s\": must be in whole days", text);
		return put_number(key, at, d.seconds / 86400, err);
	}
	if (d.seconds < key->min || d.seconds > key->max) {
		span_text(key->min, least);
		span_text(key->max, most);
		return err_set(err, ERR_INPUT, "\"%s\": must be %s to %s", text,
		    least, most);
	}
	*(int64_t *)at = d.seconds;
	return 0;
}

static int
put_time(void *at, const char *text, struct err *err)
{
	int minute = minute_parse(text);

	if (minute == -1 || minute == 1440)
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no time of day; write for example \"09:00\"",
		    text);
	*(int *)at = minute;
	return 0;
}

static int
put_hours(void *at, const char *text, struct err *err)
{
	const char *dash = strchr(text, '-');
	char *from, *until;
	int a = -1, b = -1;

	if (dash != NULL) {
		from = xstrndup(text, (size_t)(dash - text));
		until = xstrdup(dash + 1);
		a = minute_parse(text_trim(from));
		b = minute_parse(text_trim(until));
		free(from);
		free(until);
	}
	if (a == -1 || b == -1)
		return err_set(err, ERR_INPUT,
		    "\"%s\" are no hours; write for example \"08:00-18:00\"",
		    text);
	if (a >= b)
		return err_set(err, ERR_INPUT,
		    "\"%s\": the end must be later than the start", text);
	((int *)at)[0] = a;
	((int *)at)[1] = b;
	return 0;
}

static int
put_weekday(void *at, const char *text, struct err *err)
{
	int day = weekday_parse(text, strlen(text));

	if (day == -1)
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no day of the week; write for example \"mon\"",
		    text);
	((bool *)at)[day] = true;
	return 0;
}

static int
put_rule(void *at, const char *text, enum rule_use use, struct err *err)
{
	return rule_parse(text, use, at, err);
}

static int
add_rule(void *at, const char *text, struct err *err)
{
	struct any_vec v = vec_get(at);
	struct rule rule, *rules = v.items;

	if (rule_parse(text, RULE_FOR_REMINDER, &rule, err) == -1)
		return -1;
	for (size_t i = 0; i < v.len; i++)
		if (strcmp(rules[i].text, rule.text) == 0)
			return err_set(
			    err, ERR_INPUT, "\"%s\" is there twice", rule.text);
	if (v.len == ITEMS_MAX)
		return err_set(err, ERR_INPUT, "has too many items");
	rules = v.items = vec_more(v.items, v.len, &v.cap, sizeof(struct rule));
	rules[v.len++] = rule;
	vec_put(at, v);
	return 0;
}

static int
add_text(
    const struct conf_key *key, void *at, const char *text, struct err *err)
{
	struct strings *list = at;

	if (*text == '\0')
		return err_set(err, ERR_INPUT, "has an empty text");
	if (key->choices != NULL) {
		int i = choose(key->choices, text, err);

		if (i == -1)
			return -1;
		text = key->choices[i];
	}
	if (strings_has(list, text))
		return err_set(err, ERR_INPUT, "\"%s\" is there twice", text);
	if (list->len == ITEMS_MAX)
		return err_set(err, ERR_INPUT, "has too many items");
	strings_add(list, text);
	return 0;
}

static int
put_date(void *at, const char *text, struct err *err)
{
	int day = day_parse(text);

	if (day == DAY_NONE && !text_same(text, "none"))
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no day; write for example \"2018-09-03\"", text);
	*(int *)at = day;
	return 0;
}

/* "31 March", "Mar 31", "03-31" */
static int
put_month_day(void *at, const char *text, struct err *err)
{
	char word[16];
	int day = 0, month = 0, n = 0;

	if (sscanf(text, "%2d %15[A-Za-z]%n", &day, word, &n) == 2 ||
	    sscanf(text, "%15[A-Za-z] %2d%n", word, &day, &n) == 2)
		month = month_parse(word, strlen(word));
	else
		(void)sscanf(text, "%2d-%2d%n", &month, &day, &n);
	/* 2000: a leap year, so that 29 February may be meant. */
	if (text[n] != '\0' || n == 0 ||
	    day_from_civil(2000, month, day) == DAY_NONE)
		return err_set(err, ERR_INPUT,
		    "\"%s\" is no day of the year; write for example "
		    "\"31 March\"",
		    text);
	((int *)at)[0] = month;
	((int *)at)[1] = day;
	return 0;
}

static int
put_mode(void *at, const char *text, struct err *err)
{
	const char *names[CLOCK_FIXED_ANNUAL + 2] = { 0 };
	int mode;

	for (int i = 0; i <= CLOCK_FIXED_ANNUAL; i++)
		names[i] = clock_mode_name((enum clock_mode)i);
	mode = choose(names, text, err);
	if (mode == -1)
		return -1;
	*(enum clock_mode *)at = (enum clock_mode)mode;
	return 0;
}

static int
put_section(void *at, const char *text, struct err *err)
{
	int i = choose(SECTIONS, text, err);

	if (i == -1)
		return -1;
	if (i == DIGEST_SECTIONS)
		*(unsigned *)at |= SECTIONS_ALL;
	else if (i > DIGEST_SECTIONS)
		*(unsigned *)at |= SECTIONS_ALL & ~SECTIONS_INTERNAL;
	else
		*(unsigned *)at |= 1u << i;
	return 0;
}

static int
put_choice(
    const struct conf_key *key, void *at, const char *text, struct err *err)
{
	int i;

	if (strcmp(text, CONF_OPEN) == 0)
		i = -1;
	else if ((i = choose(key->choices, text, err)) == -1)
		return -1;
	if (key->type == CONF_EITHER)
		*(bool *)at = i == 1;
	else
		*(int *)at = i;
	return 0;
}

static int
put_text(
    const struct conf_key *key, void *at, const char *text, struct err *err)
{
	char **to = at;

	if (*text == '\0' && key->required)
		return err_set(err, ERR_INPUT, "is empty");
	free(*to);
	*to = *text == '\0' ? NULL : xstrdup(text);
	return 0;
}

int
conf_key_text(
    const struct conf_key *key, void *obj, const char *text, struct err *err)
{
	void *at = (char *)obj + key->offset;

	if (check_text(text, err) == -1)
		return -1;
	switch (key->type) {
	case CONF_TEXT:
	case CONF_PATH:
		return put_text(key, at, text, err);
	case CONF_TEXTS:
	case CONF_PATHS:
	case CONF_HOLIDAYS:
	case CONF_CREDENTIALS:
		return add_text(key, at, text, err);
	case CONF_SECONDS:
	case CONF_DAYS:
	case CONF_WORKDAYS:
		return put_duration(key, at, text, err);
	case CONF_TIME:
		return put_time(at, text, err);
	case CONF_HOURS:
		return put_hours(at, text, err);
	case CONF_CHOICE:
	case CONF_EITHER:
		return put_choice(key, at, text, err);
	case CONF_WEEK:
		return put_weekday(at, text, err);
	case CONF_RULES:
		return add_rule(at, text, err);
	case CONF_STEP:
		return put_rule(at, text, RULE_FOR_ESCALATION, err);
	case CONF_DIGEST_RULE:
		return put_rule(at, text, RULE_FOR_DIGEST, err);
	case CONF_MODE:
		return put_mode(at, text, err);
	case CONF_DATE:
		return put_date(at, text, err);
	case CONF_MONTH_DAY:
		return put_month_day(at, text, err);
	case CONF_SECTIONS:
		return put_section(at, text, err);
	case CONF_NUMBER:
	case CONF_SWITCH:
	case CONF_GROUP:
	case CONF_OBJECTS:
		break;
	}
	return err_set(err, ERR_INPUT, "must be %s", conf_key_wants(key));
}

int
conf_key_number(
    const struct conf_key *key, void *obj, int64_t number, struct err *err)
{
	if (key->type != CONF_NUMBER)
		return err_set(
		    err, ERR_INPUT, "must be %s", conf_key_wants(key));
	return put_number(key, (char *)obj + key->offset, number, err);
}

int
conf_key_switch(
    const struct conf_key *key, void *obj, bool value, struct err *err)
{
	if (key->type != CONF_SWITCH)
		return err_set(
		    err, ERR_INPUT, "must be %s", conf_key_wants(key));
	*(bool *)(void *)((char *)obj + key->offset) = value;
	return 0;
}

void *
conf_key_push(const struct conf_key *key, void *obj)
{
	char *at = (char *)obj + key->offset;
	struct any_vec v = vec_get(at);
	void *item;

	v.items = vec_more(v.items, v.len, &v.cap, key->table->size);
	item = (char *)v.items + v.len++ * key->table->size;
	vec_put(at, v);
	conf_table_defaults(key->table, item);
	return item;
}

bool
conf_key_is_set(const struct conf_key *key, const void *obj)
{
	const void *at = (const char *)obj + key->offset;
	static const char zero[8 * sizeof(void *)];
	size_t size = sizeof(int);

	switch (key->type) {
	case CONF_TEXT:
	case CONF_PATH:
		size = sizeof(char *);
		break;
	case CONF_TEXTS:
	case CONF_PATHS:
	case CONF_HOLIDAYS:
	case CONF_CREDENTIALS:
	case CONF_RULES:
	case CONF_OBJECTS:
		return vec_get(at).len > 0;
	case CONF_SWITCH:
	case CONF_EITHER:
		size = sizeof(bool);
		break;
	case CONF_WEEK:
		size = 7 * sizeof(bool);
		break;
	case CONF_SECONDS:
		size = sizeof(int64_t);
		break;
	case CONF_HOURS:
	case CONF_MONTH_DAY:
		size = 2 * sizeof(int);
		break;
	case CONF_STEP:
	case CONF_DIGEST_RULE:
		return ((const struct rule *)at)->text[0] != '\0';
	default:
		break;
	}
	return memcmp(at, zero, size) != 0;
}

/* ---- freeing ---- */

static void
reset_objects(const struct conf_key *key, void *at)
{
	struct any_vec v = vec_get(at);

	for (size_t i = 0; i < v.len; i++)
		conf_table_clear(
		    key->table, (char *)v.items + i * key->table->size);
	vec_free(v.items);
	vec_put(at, (struct any_vec){ 0 });
}

void
conf_key_reset(const struct conf_key *key, void *obj)
{
	void *at = (char *)obj + key->offset;

	switch (key->type) {
	case CONF_TEXT:
	case CONF_PATH:
		free(*(char **)at);
		*(char **)at = NULL;
		break;
	case CONF_TEXTS:
	case CONF_PATHS:
	case CONF_HOLIDAYS:
		strings_clear(at);
		break;
	case CONF_CREDENTIALS:
		break; /* the same list as the files: cleared with them */
	case CONF_WEEK:
		memset(at, 0, 7 * sizeof(bool));
		break;
	case CONF_SECTIONS:
		*(unsigned *)at = 0;
		break;
	case CONF_RULES:
		vec_free(vec_get(at).items);
		vec_put(at, (struct any_vec){ 0 });
		break;
	case CONF_GROUP:
		conf_table_clear(key->table, obj);
		break;
	case CONF_OBJECTS:
		reset_objects(key, at);
		break;
	default:
		break; /* holds no memory */
	}
}

void
conf_table_clear(const struct conf_table *table, void *obj)
{
	for (const struct conf_key *key = table->keys; key->name != NULL; key++)
		conf_key_reset(key, obj);
}
