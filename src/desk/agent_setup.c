/* SPDX-License-Identifier: ISC */
/*
 * The agent made ready: a configuration resolved against the register (roles,
 * offices, since when each rule is known), templates, and what of the past a
 * change of it undoes. The beat is in agent.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "core/buf.h"
#include "core/mime.h"
#include "desk/agent_parts.h"
#include "io/file.h"

static void
schedules_clear(struct agent *agent)
{
	VEC_EACH (struct agent_schedule, s, &agent->schedules) {
		free(s->remind_since);
		free(s->escalate_since);
		free(s->to);
		free(s->escalate_to);
	}
	vec_clear(&agent->schedules);
}

/* A role, or the party that an office name or an address means. One that the
 * register does not know falls to the secretary, and check says so. */
static int
resolve_to(
    struct agent *agent, const char *text, struct plan_to *out, struct err *err)
{
	struct err why = { 0 };

	out->role = (enum plan_role)plan_role_parse(text);
	out->party_id = 0;
	if (out->role != TO_PARTY)
		return 0;
	if (strchr(text, '@') != NULL && !agent->reader)
		return parties_address(agent->db, text, &out->party_id, err);
	if (parties_find(agent->db, text, &out->party_id, &why) == -1) {
		if (why.code == ERR_SYSTEM || why.code == ERR_TEMP) {
			*err = why;
			return -1;
		}
		out->role = TO_SECRETARY;
	}
	return 0;
}

/* A rule that no writer has noted yet is new now. */
static int64_t
since_of(struct agent *agent, const struct conf_schedule *conf, const char *use,
    const char *rule)
{
	char *key = rule_known_key(conf->name, use, rule);
	int64_t since = register_rule_since(agent->db, key);

	free(key);
	return since;
}

static int
schedule_load(struct agent *agent, const struct conf_schedule *conf,
    struct agent_schedule *out, struct err *err)
{
	out->remind_since = xcalloc(conf->remind.len, sizeof(int64_t));
	out->escalate_since = xcalloc(conf->escalate.len, sizeof(int64_t));
	out->to = xcalloc(conf->to.len, sizeof *out->to);
	out->escalate_to = xcalloc(conf->escalate.len, sizeof *out->to);
	out->plan = (struct plan_schedule){ .conf = conf,
		.remind_since = out->remind_since,
		.escalate_since = out->escalate_since,
		.to = out->to,
		.escalate_to = out->escalate_to };
	for (size_t i = 0; i < conf->remind.len; i++)
		out->remind_since[i] = since_of(
		    agent, conf, "reminder", conf->remind.items[i].text);
	for (size_t i = 0; i < conf->to.len; i++)
		if (resolve_to(agent, conf->to.items[i], &out->to[i], err))
			return -1;
	for (size_t i = 0; i < conf->escalate.len; i++) {
		const struct conf_escalation *e = &conf->escalate.items[i];

		out->escalate_since[i] =
		    since_of(agent, conf, "escalation", e->when.text);
		if (resolve_to(agent, e->to, &out->escalate_to[i], err))
			return -1;
	}
	return 0;
}

char *
agent_answers_to(const struct agent *agent)
{
	const struct conf_mail *mail = &agent->conf->mail;
	struct mime_mailbox box;
	struct err ours;

	/* conf_check has seen to it that they are addresses. */
	if (mime_mailbox_parse(
		mail->reply_to != NULL ? mail->reply_to : mail->from, &box,
		&ours) == -1)
		abort();
	return xstrdup(box.address);
}

/* Whoever answers when no series has a secretary: the address that replies go
 * to. */
static int
load_secretary(struct agent *agent, struct err *err)
{
	char *address = agent_answers_to(agent);
	int rc;

	if (agent->reader) /* 0 when nobody was written to yet */
		rc = parties_known_address(
		    agent->db, address, &agent->secretary_id, err);
	else
		rc = parties_address(
		    agent->db, address, &agent->secretary_id, err);
	free(address);
	return rc == -1 ? -1 : 0;
}

/* What the folder does not have stays as it is built in. */
static int
load_templates(struct agent *agent, struct err *err)
{
	const char *folder = agent->conf->templates;

	for (int kind = 0; folder != NULL && kind < LETTER_KINDS; kind++) {
		char *path = file_beside(
		    folder, letter_template_file((enum letter_kind)kind));
		char *text = NULL;
		size_t len;
		int rc = file_read(path, TEMPLATE_SOURCE_MAX, &text, &len, err);

		if (rc == -1 && err->code == ERR_NOTFOUND)
			rc = 0;
		if (rc == 0 && text != NULL) {
			rc = letter_template_set(&agent->templates,
			    (enum letter_kind)kind, text, len, err);
			if (rc == -1)
				err_wrap(err, "%s", path);
		}
		free(text);
		free(path);
		if (rc == -1)
			return -1;
	}
	return 0;
}

/* Says what planning depends on: when it differs from what the register was
 * planned with, every live entry is planned anew, in slices. */
static void
fingerprint(const struct conf *conf, char out[17])
{
	struct buf b = { 0 };
	uint64_t hash = 14695981039346656037u;

	buf_printf(&b, "%s %d %d %d %d", conf->timezone, conf->sending_from,
	    conf->sending_until, conf->meeting_grace,
	    conf->words.undated_review_days);
	for (int i = 0; i < 7; i++)
		buf_putc(&b, conf->calendar.works[i] ? '1' : '0');
	VEC_EACH (struct holiday, h, &conf->calendar.holidays.days)
		buf_printf(&b, " %d", h->on);
	VEC_EACH (struct conf_schedule, s, &conf->schedules) {
		const struct strings *lists[] = { &s->kinds, &s->series,
			&s->bodies, &s->priorities, &s->to, &s->channels };

		buf_printf(&b, "\n%s %d %d %d %d %d", s->name, s->at, s->most,
		    s->max_late_days, s->roll, s->no_snooze);
		for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
			buf_putc(&b, '|');
			for (size_t j = 0; j < lists[i]->len; j++)
				buf_printf(&b, "%s,", lists[i]->items[j]);
		}
		VEC_EACH (struct rule, r, &s->remind)
			buf_printf(&b, "%s;", r->text);
		VEC_EACH (struct conf_escalation, e, &s->escalate)
			buf_printf(&b, "%s>%s;", e->when.text, e->to);
	}
	for (size_t i = 0; i < b.len; i++)
		hash = (hash ^ (unsigned char)b.data[i]) * 1099511628211u;
	(void)snprintf(out, 17, "%016llx", (unsigned long long)hash);
	buf_clear(&b);
}

static int
note_fingerprint(struct agent *agent, struct err *err)
{
	char mark[17];
	char *was = NULL;
	int rc = 0;

	fingerprint(agent->conf, mark);
	if (register_meta(agent->db, "planned_with", &was, err) == -1)
		return -1;
	if (was == NULL || strcmp(was, mark) != 0) {
		rc = register_set_meta(agent->db, "planned_with", mark, err);
		if (rc == 0)
			rc = register_set_meta(
			    agent->db, "unmatched", NULL, err);
		if (rc == 0)
			rc = register_set_meta_int(
			    agent->db, "replan_after", 0, err);
		if (rc == 0)
			rc = register_set_meta_int(
			    agent->db, REGISTER_RECHECK, 0, err);
	}
	free(was);
	return rc;
}

static int
schedules_load(struct agent *agent, struct err *err)
{
	const struct conf *conf = agent->conf;

	schedules_clear(agent);
	for (size_t i = 0; i < conf->schedules.len; i++)
		if (schedule_load(agent, &conf->schedules.items[i],
			vec_push(&agent->schedules), err) == -1)
			return -1;
	return 0;
}

/* After a reload with another address to redirect to, what was written for
 * the old one is written anew: what is on its way to it as well, should it
 * come back. */
static int
note_redirect(struct agent *agent, struct err *err)
{
	const char *to = agent->conf->mail.redirect_all_to;
	char *was = NULL;
	int rc = register_meta(agent->db, "redirected_to", &was, err);

	if (rc == -1 ||
	    strcmp(was == NULL ? "" : was, to == NULL ? "" : to) == 0) {
		free(was);
		return rc;
	}
	free(was);
	return store_outdate(agent->db, err) == -1
		   ? -1
		   : register_set_meta(agent->db, "redirected_to", to, err);
}

static char *
sender_domain(const struct conf *conf)
{
	struct mime_mailbox box;
	struct err ignored;

	if (mime_mailbox_parse(conf->mail.from, &box, &ignored) == -1)
		return xstrdup("localhost");
	return xstrdup(mime_domain(box.address));
}

/* What a configuration makes of the agent goes; the rest stays. */
static void
made_clear(struct agent *agent)
{
	schedules_clear(agent);
	letter_templates_clear(&agent->templates);
	free(agent->register_id);
	free(agent->domain);
}

static int
take_conf(struct agent *agent, int64_t now, struct err *err)
{
	struct db *db = agent->db;

	if (db_begin(db, err) == -1)
		return -1;
	if (register_note_rules(db, agent->conf, now, err) == -1 ||
	    store_identity(db, &agent->register_id, err) == -1 ||
	    load_secretary(agent, err) == -1 ||
	    load_templates(agent, err) == -1 ||
	    schedules_load(agent, err) == -1 ||
	    note_redirect(agent, err) == -1 ||
	    note_fingerprint(agent, err) == -1) {
		db_rollback(db);
		return -1;
	}
	return db_commit(db, err);
}

int
agent_set_conf(
    struct agent *agent, const struct conf *conf, int64_t now, struct err *err)
{
	struct agent was = *agent;

	agent->conf = conf;
	agent->settled = false;
	agent->register_id = NULL;
	agent->domain = sender_domain(conf);
	agent->schedules.items = NULL;
	agent->schedules.len = agent->schedules.cap = 0;
	letter_templates_init(&agent->templates);
	if (take_conf(agent, now, err) == -1) {
		/* The caller lets go of conf: nothing may point into it. */
		made_clear(agent);
		*agent = was;
		return -1;
	}
	made_clear(&was);
	return 0;
}

static struct agent *
agent_alloc(struct db *db, const struct conf *conf)
{
	struct agent *agent = xcalloc(1, sizeof *agent);

	agent->db = db;
	agent->conf = conf;
	agent->today = DAY_NONE;
	letter_templates_init(&agent->templates);
	agent->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (agent->sha256 == NULL)
		abort();
	return agent;
}

struct agent *
agent_new(struct db *db, const struct conf *conf, int64_t now, struct err *err)
{
	struct agent *agent = agent_alloc(db, conf);

	if (agent_set_conf(agent, conf, now, err) == -1) {
		agent_free(agent);
		return NULL;
	}
	return agent;
}

struct agent *
agent_new_reader(
    struct db *db, const struct conf *conf, int64_t now, struct err *err)
{
	struct agent *agent = agent_alloc(db, conf);

	agent->reader = true;
	agent->domain = sender_domain(conf);
	if (register_meta(db, "register_id", &agent->register_id, err) == -1 ||
	    load_secretary(agent, err) == -1 ||
	    load_templates(agent, err) == -1 ||
	    schedules_load(agent, err) == -1 ||
	    agent_open_day(agent, now, err) == -1) {
		agent_free(agent);
		return NULL;
	}
	return agent;
}

void
agent_free(struct agent *agent)
{
	if (agent == NULL)
		return;
	agent_forget_day(agent);
	made_clear(agent);
	EVP_MD_free(agent->sha256);
	vec_clear(&agent->sent);
	free(agent);
}
