/* SPDX-License-Identifier: ISC */
/*
 * Writes the message of a notice: a letter from the register's entries and the
 * mail around it; a webhook's body is in post_hook.c. Sends and stores nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "core/buf.h"
#include "core/mime.h"
#include "desk/agent_parts.h"
#include "desk/digest_attach.h"
#include "desk/request.h"

#define LINES_MOST 200 /* of one mail; nobody reads more */

/* What a letter borrows while it is written. */
struct post {
	struct agent *agent;
	const struct message *message;
	int64_t now;
	struct party
	    reader; /* to whom the notice goes; id 0: to nobody known */
	struct letter letter;
	int64_t series_id; /* of all its entries; 0: of several */
	struct strings keep;
	struct digest_entries digest;
};

static const char *
keep(struct strings *list, char *text)
{
	*vec_push(list) = text;
	return text;
}

/* ---- names of messages and threads ---- */

/* The same key in the same register gives the same id, and no other does. */
char *
post_message_id(const struct agent *agent, const char *key)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	char hex[33];
	char *text = xasprintf("%s %s", agent->register_id, key);
	char *id;

	if (EVP_Digest(text, strlen(text), hash, &len, agent->sha256, NULL) !=
	    1)
		abort();
	for (unsigned i = 0; i < 16; i++) {
		hex[2 * i] = digits[hash[i] >> 4];
		hex[2 * i + 1] = digits[hash[i] & 15];
	}
	hex[32] = '\0';
	id = xasprintf("%s.nudged@%s", hex, agent->domain);
	free(text);
	return id;
}

/* ---- lines ---- */

static void
add_place(struct letter_line *line, const struct entry *e, struct strings *list)
{
	if (e->item != NULL && e->para != NULL)
		line->item =
		    keep(list, xasprintf("%s, para %s", e->item, e->para));
	else if (e->item != NULL || e->para == NULL)
		line->item = e->item;
	else
		line->item = keep(list, xasprintf("para %s", e->para));
}

int
post_line(struct agent *agent, const struct entry *e, struct letter_line *line,
    struct strings *list, struct err *err)
{
	const struct series *series = agent_series(agent, e->series_id);
	struct report report = { 0 };
	int rc;

	line->ref = e->ref;
	line->text = e->text;
	line->kind = e->kind;
	line->state = entry_state_name(e->state);
	line->owners = keep(list, entry_owners_text(e));
	line->due_on = e->due_on;
	line->earliest_on = e->earliest_on;
	line->original_due_on = e->original_due_on;
	line->review_on = e->review_on;
	line->overdue_days = entry_overdue_days(e, agent->today);
	line->slips = e->slips;
	line->updated_on = e->updated_on;
	line->update = e->update_note;
	line->held_on = e->held_on;
	line->due_phrase = e->due_phrase;
	line->rule = e->rule;
	line->at_meeting = e->at_meeting;
	line->meeting_on = e->due_meeting_on;
	line->statutory = e->statutory;
	line->restricted = e->is_restricted;
	line->at_risk = e->at_risk;
	add_place(line, e, list);
	if (e->due_minute >= 0)
		line->due_time =
		    keep(list, xasprintf("%02d:%02d", e->due_minute / 60,
				   e->due_minute % 60));
	if (e->state == ENTRY_BLOCKED || e->state == ENTRY_ON_HOLD)
		line->reason = e->state_note;
	if (e->state == ENTRY_PROPOSED)
		line->evidence = e->state_note;
	if (series != NULL)
		line->series = keep(list, xstrdup(series->title));
	if (e->report_id == 0)
		return 0;
	rc = reports_get_id(agent->db, e->report_id, &report, err);
	if (rc == 1)
		line->report =
		    keep(list, xasprintf("%s, %s", report.body, report.title));
	report_clear(&report);
	return rc == -1 ? -1 : 0;
}

static enum letter_role
letter_role_of(enum plan_role role)
{
	switch (role) {
	case TO_OWNER:
		return LETTER_OWNER;
	case TO_CO_OWNERS:
		return LETTER_CO_OWNER;
	case TO_SPONSOR:
		return LETTER_SPONSOR;
	case TO_CHAIR:
		return LETTER_CHAIR;
	case TO_SECRETARY:
		return LETTER_SECRETARY_ROLE;
	case TO_APPROVER:
		return LETTER_APPROVER;
	case TO_PARTY:
	case TO_CHANNEL:
		return LETTER_NAMED;
	}
	return LETTER_NAMED;
}

/* The one meant is not the one who reads it: holder of an office, deputy. */
static int
add_other(struct post *p, const struct occurrence *o, struct letter_line *line,
    struct err *err)
{
	struct agent *agent = p->agent;
	struct party meant = { 0 }, person = { 0 };
	int64_t reader = p->message->notice->party_id;
	int rc = parties_get(agent->db, o->party_id, agent->today, &meant, err);

	if (rc == 1 && meant.kind == PARTY_OFFICE) {
		line->office = keep(&p->keep, xstrdup(meant.name));
		if (meant.holder_id != 0 && meant.holder_id != reader)
			rc = parties_get(agent->db, meant.holder_id,
			    agent->today, &person, err);
		if (rc != -1 && person.name != NULL)
			line->deputy_for = keep(&p->keep, xstrdup(person.name));
	} else if (rc == 1 && meant.kind == PARTY_PERSON) {
		line->deputy_for = keep(&p->keep, xstrdup(meant.name));
	}
	party_clear(&meant);
	party_clear(&person);
	return rc == -1 ? -1 : 0;
}

/* Who is meant and who reads it: as holder of an office, as a deputy. */
static int
add_standing(struct post *p, const struct occurrence *o,
    struct letter_line *line, struct err *err)
{
	if (o->party_id == 0 ||
	    (o->party_id == p->reader.id && p->reader.kind != PARTY_OFFICE))
		return 0;
	return add_other(p, o, line, err);
}

static bool
starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The command that holds an escalation back; where a snooze is not heard,
 * only another date that is asked for does, and a date set by law nothing. */
static void
add_hold(struct post *p, const struct entry *e, struct letter_line *line)
{
	const struct plan_schedule *s = agent_schedule_for(p->agent, e);
	int until_on = calendar_add_workdays(
	    &p->agent->conf->calendar, p->agent->today, 5);
	char day[DAY_TEXT_MAX];

	if (e->statutory)
		return;
	if (s != NULL && s->conf->no_snooze) {
		line->note = "Its schedule hears of no snooze: asking for "
			     "another date holds it.";
		line->command = keep(&p->keep,
		    xasprintf("nudgectl extend %s --to \"…\" --reason \"…\"",
			e->ref));
		return;
	}
	line->command = keep(
	    &p->keep, xasprintf("nudgectl snooze %s --until %s --reason \"…\"",
			  e->ref, day_iso(until_on, day)));
}

/* How somebody can be reached who cannot: the reason where the heading does
 * not say it, and the command. */
static int
add_reaching(struct post *p, int64_t party_id, const char *why,
    struct letter_line *line, struct err *err)
{
	struct party party = { 0 };
	int rc;

	if (line->restricted) /* its ref is all that is told */
		return 0;
	rc = parties_get(p->agent->db, party_id, p->agent->today, &party, err);
	if (rc == 1 && line->need == LETTER_VACANT)
		line->command = keep(&p->keep,
		    xasprintf("nudgectl office hold \"%s\" \"…\"", party.name));
	else if (rc == 1 && why != NULL && strcmp(why, "has no address") == 0)
		line->command = keep(
		    &p->keep, xasprintf("nudgectl %s set \"%s\" --email …",
				  party_kind_name(party.kind), party.name));
	else if (rc == 1 && why != NULL)
		line->note =
		    keep(&p->keep, xasprintf("%s %s", party.name, why));
	party_clear(&party);
	return rc == -1 ? -1 : 0;
}

/* What the secretary is asked, and the command that settles it. */
static int
add_need(struct post *p, const struct occurrence *o, const struct entry *e,
    struct letter_line *line, struct err *err)
{
	struct agent *agent = p->agent;
	struct strings *list = &p->keep;
	struct reach reach = { 0 };
	const char *why = NULL;

	if (strcmp(o->rule, PLAN_RULE_OUTCOME) == 0) {
		line->need = LETTER_OUTCOME;
		line->command = keep(
		    list, xasprintf("nudgectl done %s --evidence \"…\"  or  "
				    "nudgectl update %s \"…\"",
			      e->ref, e->ref));
		return 0;
	}
	if (starts(o->rule, PLAN_AHEAD)) {
		add_hold(p, e, line);
		line->need = LETTER_TOMORROW;
		line->fired =
		    keep(list, xstrdup(o->rule + sizeof PLAN_AHEAD - 1));
		return 0;
	}
	if (starts(o->rule, PLAN_PAUSED)) {
		line->need = LETTER_PAUSED;
		line->command = keep(list,
		    xasprintf("nudgectl assign %s --owner \"…\"", e->ref));
		return 0;
	}
	if (entry_owner(e, ROLE_OWNER) == NULL) {
		line->need = LETTER_UNOWNED;
		line->command = keep(list,
		    xasprintf("nudgectl assign %s --owner \"…\"", e->ref));
		return 0;
	}
	if (o->party_id == p->message->notice->party_id) {
		/* Meant for the secretary by the schedule, or instead of a
		 * chair or sponsor that is not there. */
		line->need = LETTER_OTHER;
		return 0;
	}
	if (agent_reach(agent, o->party_id, agent->secretary_id, &reach, &why,
		err) == -1)
		return -1;
	reach_clear(&reach);
	line->need = why != NULL && strstr(why, "holder") != NULL
			 ? LETTER_VACANT
			 : LETTER_NO_ADDRESS;
	return add_reaching(p, o->party_id, why, line, err);
}

/* The next meeting of a series from today on; DAY_NONE: none is known. */
static int
next_meeting(const struct agent *agent, int64_t series_id)
{
	const struct words_series *s = agent_meetings(agent, series_id);

	for (size_t i = 0; s != NULL && i < s->ndays; i++)
		if (s->days[i] >= agent->today)
			return s->days[i];
	return DAY_NONE;
}

/* The meeting that an update is asked for, and the one at which an escalation
 * may be taken up when all in the letter are of one series. */
static int
add_meeting(struct post *p, size_t i, struct letter_line *line, struct err *err)
{
	static const char before[] = " before meeting";
	const char *rule = p->message->occurrences.rows.items[i].o.rule;
	size_t len = strlen(rule);
	int64_t series_id;

	if (agent_series_of(
		p->agent, &p->message->entries.items[i], &series_id, err) == -1)
		return -1;
	if (len >= sizeof before &&
	    strcmp(rule + len - sizeof before + 1, before) == 0)
		line->meeting_on = next_meeting(p->agent, series_id);
	if (i == 0)
		p->series_id = series_id;
	else if (p->series_id != series_id)
		p->series_id = 0;
	return 0;
}

/* Who is asked to approve does so as the approver, also in a chair's place. */
static int
add_question(struct post *p, const struct occurrence *o,
    struct letter_line *line, struct err *err)
{
	char *request = NULL;

	if (strcmp(o->rule, PLAN_RULE_PROPOSAL) == 0)
		line->role = LETTER_APPROVER;
	if (strcmp(o->rule, PLAN_RULE_EXTENSION) != 0)
		return 0;
	line->role = LETTER_APPROVER;
	if (request_text(p->agent->db, o->entry_id, &request, err) == -1)
		return -1;
	if (request != NULL)
		line->request = keep(&p->keep, request);
	return 0;
}

static int
add_lines(struct post *p, struct err *err)
{
	const struct message *m = p->message;
	bool secretary = strcmp(m->notice->kind, "secretary") == 0;

	if (m->entries.len > LINES_MOST)
		p->letter.headline = keep(&p->keep,
		    xasprintf("Only the first %d of %zu are listed here; ask "
			      "for the whole list.",
			LINES_MOST, m->entries.len));
	for (size_t i = 0; i < m->entries.len && i < LINES_MOST; i++) {
		const struct occurrence *o = &m->occurrences.rows.items[i].o;
		const struct entry *e = &m->entries.items[i];
		struct letter_line *line = letter_add(&p->letter);

		if (post_line(p->agent, e, line, &p->keep, err) == -1)
			return -1;
		line->role = letter_role_of(o->role);
		line->fired = o->rule;
		if (add_question(p, o, line, err) == -1 ||
		    add_standing(p, o, line, err) == -1)
			return -1;
		if (add_meeting(p, i, line, err) == -1 ||
		    (secretary && add_need(p, o, e, line, err) == -1))
			return -1;
	}
	p->letter.meeting_on = next_meeting(p->agent, p->series_id);
	return 0;
}

/* ---- mail ---- */

static enum letter_kind
letter_kind_of(const struct notice *n)
{
	if (n->digest != NULL)
		return LETTER_DIGEST;
	switch (plan_kind_parse(n->kind)) {
	case PLAN_ESCALATION:
		return LETTER_ESCALATION;
	case PLAN_SECRETARY:
		return LETTER_SECRETARY;
	default:
		return LETTER_NUDGE;
	}
}

static int
fill_head(struct post *p, struct err *err)
{
	struct agent *agent = p->agent;
	const struct conf *conf = agent->conf;
	const struct notice *n = p->message->notice;
	struct letter *l = &p->letter;
	struct mime_mailbox box;
	int rc =
	    parties_get(agent->db, n->party_id, agent->today, &p->reader, err);

	if (rc == -1)
		return -1;
	l->name = rc == 1 && p->reader.kind != PARTY_ADDRESS ? p->reader.name
							     : "colleague";
	l->organisation = conf->organisation;
	l->today = agent->today;
	if (conf->mail.reply_to != NULL &&
	    mime_mailbox_parse(conf->mail.reply_to, &box, err) == 0)
		l->reply_to = keep(&p->keep, xstrdup(box.address));
	if (conf->mail.redirect_all_to != NULL)
		l->meant_for =
		    keep(&p->keep, xasprintf("%s <%s>", l->name, n->address));
	l->tomorrow_on =
	    calendar_add_workdays(&conf->calendar, agent->today, 1);
	return 0;
}

/* A notice of one entry belongs to that entry's thread: constant subject (the
 * letter's part) and a root that every one of them refers to (FACTS E). */
static char *
thread_root(const struct post *p)
{
	const struct message *m = p->message;
	char *key, *id;

	if (m->entries.len != 1)
		return NULL;
	key = xasprintf("entry %lld", (long long)m->entries.items[0].id);
	id = post_message_id(p->agent, key);
	free(key);
	key = xasprintf("<%s>", id);
	free(id);
	return key;
}

static int
write_mail(struct post *p, const char *subject, const char *text,
    const struct mime_attachment *files, size_t nfiles, struct agent_job *job,
    struct err *err)
{
	const struct conf *conf = p->agent->conf;
	struct notice *n = p->message->notice;
	bool redirected = conf->mail.redirect_all_to != NULL;
	char date[INSTANT_TEXT_MAX + 8];
	char *id = post_message_id(p->agent, n->key);
	char *quoted = xasprintf("<%s>", id);
	char *root = thread_root(p);
	struct mime_mail mail = { .from = conf->mail.from,
		.to = redirected ? conf->mail.redirect_all_to : n->address,
		.to_name = redirected ? NULL : p->letter.name,
		.reply_to = conf->mail.reply_to,
		.subject = subject,
		.date = instant_rfc5322(&conf->zone, p->now, date),
		.message_id = quoted,
		.in_reply_to = root,
		.references = root,
		.list_name = conf->organisation,
		.bulk = n->digest != NULL,
		.text = text,
		.attachments = files,
		.nattachments = nfiles };
	struct buf bytes = { 0 };
	int rc;

	if (!redirected && strcmp(p->letter.name, "colleague") == 0)
		mail.to_name = NULL;
	rc = mime_write(&mail, &bytes, err);
	if (rc == 0) {
		free(n->message_id);
		n->message_id = id;
		id = NULL;
		free(n->subject);
		n->subject = xstrdup(subject);
		job->message_id = xstrdup(n->message_id);
		job->len = bytes.len;
		job->bytes = buf_take(&bytes);
	}
	buf_clear(&bytes);
	free(root);
	free(quoted);
	free(id);
	return rc;
}

/* Gathers and renders: 1, 0 nothing to say, -1. files may be NULL. */
static int
write_text(struct post *p, struct buf *subject, struct buf *text,
    struct digest_files *files, struct err *err)
{
	struct agent *agent = p->agent;
	const struct notice *n = p->message->notice;
	const struct conf_digest *digest;
	int rc;

	if (fill_head(p, err) == -1)
		return -1;
	if (n->digest != NULL) {
		digest = agent_digest_named(agent, n->digest);
		if (digest == NULL)
			return 0;
		rc = digest_gather(agent, digest, n->series_id, n->since_at,
		    &p->letter, &p->keep, &p->digest, err);
		if (rc != 1)
			return rc;
		if (files != NULL &&
		    digest_attach(agent, digest, &p->letter, files, err) == -1)
			return -1;
	} else if (add_lines(p, err) == -1) {
		return -1;
	}
	return letter_render(letter_kind_of(n), &p->letter, &agent->templates,
		   subject, text, err) == -1
		   ? -1
		   : 1;
}

static int
post_mail(struct post *p, struct agent_job *job, struct err *err)
{
	struct digest_files files = { 0 };
	struct buf subject = { 0 }, text = { 0 };
	int rc = write_text(p, &subject, &text, &files, err);

	if (rc == 1 && write_mail(p, buf_text(&subject), buf_text(&text),
			   files.items, files.count, job, err) == -1)
		rc = -1;
	digest_files_clear(&files);
	buf_clear(&subject);
	buf_clear(&text);
	return rc;
}

static void
post_clear(struct post *p)
{
	letter_clear(&p->letter);
	digest_entries_clear(&p->digest);
	strings_clear(&p->keep);
	party_clear(&p->reader);
}

int
post_text(struct agent *agent, struct message *message, int64_t now,
    struct buf *subject, struct buf *text, struct err *err)
{
	struct post post = { .agent = agent, .message = message, .now = now };
	int rc;

	letter_init(&post.letter);
	rc = write_text(&post, subject, text, NULL, err);
	post_clear(&post);
	return rc;
}

int
post_write(struct agent *agent, struct message *message, int64_t now,
    struct agent_job *job, struct err *err)
{
	struct post post = { .agent = agent, .message = message, .now = now };
	const struct conf_webhook *hook =
	    conf_webhook(agent->conf, message->notice->channel);
	int rc;

	letter_init(&post.letter);
	if (strcmp(message->notice->channel, "mail") == 0)
		rc = post_mail(&post, job, err);
	else if (hook != NULL)
		rc = post_hook(agent, message, hook, now, job, err);
	else
		rc = 0; /* a webhook that the config no longer has */
	post_clear(&post);
	return rc;
}
