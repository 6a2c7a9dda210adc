/* SPDX-License-Identifier: ISC */
/*
 * The configuration as values; see conf.h. The keys are in conf_keys.c, the
 * checks in conf_check.c.
 */
#include "core/conf.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf_keys.h"
#include "core/text.h"

#define INSTALLED_FOLDER "/var/lib/nudged"
#define INSTALLED_SOCKET "/run/nudged/control.sock"

void
strings_add(struct strings *list, const char *text)
{
	list->items =
	    vec_more(list->items, list->len, &list->cap, sizeof *list->items);
	list->items[list->len++] = xstrdup(text);
}

void
strings_addf(struct strings *list, const char *format, ...)
{
	struct buf text = { 0 };
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	strings_add(list, buf_text(&text));
	buf_clear(&text);
}

bool
strings_has(const struct strings *list, const char *text)
{
	for (size_t i = 0; i < list->len; i++)
		if (text_same(list->items[i], text))
			return true;
	return false;
}

void
strings_clear(struct strings *list)
{
	for (size_t i = 0; i < list->len; i++)
		free(list->items[i]);
	vec_free(list->items);
	*list = (struct strings){ 0 };
}

void
conf_defaults(struct conf *conf)
{
	conf_table_defaults(&conf_root, conf);
}

/* Trying it out needs no root: only the installed register has its socket in
 * /run, any other has it beside. */
char *
conf_default_socket(const char *register_path)
{
	size_t n = strlen(INSTALLED_FOLDER);
	const char *slash = strrchr(register_path, '/');

	if (strncmp(register_path, INSTALLED_FOLDER "/", n + 1) == 0)
		return xstrdup(INSTALLED_SOCKET);
	return xasprintf("%.*scontrol.sock",
	    slash ? (int)(slash - register_path + 1) : 0, register_path);
}

void
conf_finish(struct conf *conf)
{
	if (conf->socket == NULL && conf->register_path != NULL)
		conf->socket = conf_default_socket(conf->register_path);
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks) {
		/* A machine wants each entry, a chat one message a run. */
		bool machine = hook->format == HOOK_JSON ||
			       hook->format == HOOK_ALERTMANAGER;

		if ((int)hook->group == -1)
			hook->group = machine ? GROUP_NONE : GROUP_DAY;
	}
	memcpy(conf->calendar.works, conf->works, sizeof conf->works);
	VEC_EACH (struct conf_holiday_set, set, &conf->holiday_sets)
		memcpy(set->calendar.works, conf->works, sizeof conf->works);
}

void
conf_clear(struct conf *conf)
{
	VEC_EACH (struct conf_holiday_set, set, &conf->holiday_sets)
		calendar_clear(&set->calendar);
	calendar_clear(&conf->calendar);
	zone_clear(&conf->zone);
	conf_table_clear(&conf_root, conf);
	free(conf->path);
	*conf = (struct conf){ 0 };
}

void
conf_free(struct conf *conf)
{
	if (conf == NULL)
		return;
	conf_clear(conf);
	free(conf);
}

const struct calendar *
conf_clock_calendar(const struct conf *conf, const struct clock *clock)
{
	if (clock->holidays != NULL)
		VEC_EACH (struct conf_holiday_set, set, &conf->holiday_sets)
			if (text_same(set->name, clock->holidays))
				return &set->calendar;
	return &conf->calendar;
}

const struct clock *
conf_clock(const struct conf *conf, const char *name)
{
	VEC_EACH (struct clock, clock, &conf->clocks)
		if (clock->name != NULL && text_same(clock->name, name))
			return clock;
	return NULL;
}

const struct conf_webhook *
conf_webhook(const struct conf *conf, const char *name)
{
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks)
		if (hook->name != NULL && text_same(hook->name, name))
			return hook;
	return NULL;
}

static bool
admits(const struct strings *list, const char *value)
{
	return list->len == 0 || (value != NULL && strings_has(list, value));
}

const struct conf_schedule *
conf_schedule_for(const struct conf *conf, const char *kind, const char *series,
    const char *body, const char *priority)
{
	VEC_EACH (struct conf_schedule, s, &conf->schedules)
		if (admits(&s->kinds, kind) && admits(&s->series, series) &&
		    admits(&s->bodies, body) &&
		    admits(&s->priorities, priority))
			return s;
	return NULL;
}

static const char *const KINDS[] = { "action", "recommendation", "afi",
	"concern", "paper", "approval", "bid", "duty", "commitment", NULL };

const char *const *
conf_kinds(void)
{
	return KINDS;
}

bool
conf_is_kind(const struct conf *conf, const char *kind)
{
	for (size_t i = 0; KINDS[i] != NULL; i++)
		if (strcmp(KINDS[i], kind) == 0)
			return true;
	return strings_has(&conf->kinds, kind);
}

bool
conf_is_role(const char *text)
{
	static const char *const roles[] = { "owner", "co-owners", "sponsor",
		"chair", "secretary" };

	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (strcmp(roles[i], text) == 0)
			return true;
	return false;
}

void
conf_problems_clear(struct conf_problems *problems)
{
	VEC_EACH (struct conf_problem, p, &problems->list) {
		free(p->path);
		free(p->text);
	}
	vec_clear(&problems->list);
}
