/* SPDX-License-Identifier: ISC */
/*
 * What is handed out for delivery and what comes back: claim, intend, settle.
 * Each step only writes; when it becomes true (commit) and when bytes leave is
 * the caller's order to keep (FACTS J).
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mime.h"
#include "desk/agent_parts.h"
#include "io/register.h"

#define FORGET_MANY 256
#define TOLD_FACTOR UINT64_C(0x9e3779b97f4a7c15) /* odd */

void
message_clear(struct message *message)
{
	VEC_EACH (struct entry, e, &message->entries)
		entry_clear(e);
	vec_clear(&message->entries);
	vec_clear(&message->occurrences.rows);
}

void
agent_job_clear(struct agent_job *job)
{
	free(job->address);
	free(job->bytes);
	free(job->message_id);
	*job = (struct agent_job){ 0 };
}

static void
set_reason(struct notice *notice, const char *reason)
{
	free(notice->reason);
	notice->reason = xstrdup(reason);
}

/* ---- what the channel's configuration says ---- */

static struct retry_policy
policy_of(const struct agent *agent, const char *channel)
{
	const struct conf_webhook *hook = conf_webhook(agent->conf, channel);
	struct retry_policy policy;

	if (hook != NULL) {
		policy = retry_policy_webhook();
		policy.give_up_s = hook->give_up_s;
		policy.hold_in_doubt = hook->in_doubt == IN_DOUBT_HOLD;
		return policy;
	}
	policy = retry_policy_mail();
	policy.give_up_s = agent->conf->mail.give_up_s;
	policy.hold_in_doubt = agent->conf->mail.in_doubt == IN_DOUBT_HOLD;
	return policy;
}

bool
agent_holds_doubt(const struct agent *agent, const char *channel)
{
	return policy_of(agent, channel).hold_in_doubt;
}

/* ---- claim ---- */

/* What a text tells of an entry depends on its version, and on whether it is
 * restricted, which its series may decide. */
static int64_t
told_version(const struct entry *entry)
{
	return entry->version * 2 + (entry->is_restricted ? 1 : 0);
}

/* A number for what the text of a message tells. Each step maps its sums one to
 * one, so that a change of one entry always shows. */
static int64_t
told_by(const struct message *m)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < m->entries.len; i++) {
		const struct entry *e = &m->entries.items[i];

		sum = (sum ^ (uint64_t)e->id) * TOLD_FACTOR;
		sum = (sum ^ (uint64_t)told_version(e)) * TOLD_FACTOR;
	}
	return (int64_t)sum;
}

/* Reads what a notice tells of. Without frozen bytes the occurrences that
 * nobody wants any more are cancelled and left out; changed says whether one
 * was, or the entries are not what the frozen text says. */
static int
message_read(
    struct agent *agent, struct message *m, bool *changed, struct err *err)
{
	struct store_occurrences all = { 0 };
	int rc = store_of_notice(agent->db, m->notice->id, &all, err);

	*changed = false;
	for (size_t i = 0; rc == 0 && i < all.rows.len; i++) {
		const struct store_occurrence *row = &all.rows.items[i];
		struct entry entry = { 0 };
		bool wanted;

		rc = entries_get_id(agent->db, row->o.entry_id, &entry, err);
		if (rc == -1)
			break;
		wanted = rc == 1 &&
			 plan_is_wanted(&row->o, &entry,
			     agent_schedule_for(agent, &entry), agent->today);
		rc = 0;
		if (!wanted) {
			*changed = true;
			entry_clear(&entry);
			if (!m->notice->uncertain)
				rc = store_mark(
				    agent->db, row->o.id, "cancelled", err);
			continue;
		}
		*vec_push(&m->occurrences.rows) = *row;
		*vec_push(&m->entries) = entry;
	}
	vec_clear(&all.rows);
	VEC_EACH (struct store_occurrence, row, &m->occurrences.rows)
		row->o.channel = row->channel_text;
	if (rc == 0 && m->notice->frozen && m->notice->told != told_by(m))
		*changed = true;
	return rc;
}

/* The envelope of what is written now. */
static const char *
recipient_of(const struct agent *agent, const struct notice *n)
{
	const char *redirect = agent->conf->mail.redirect_all_to;

	return strcmp(n->channel, "mail") == 0 && redirect != NULL ? redirect
								   : n->address;
}

/* Were its bytes written for somebody else than mail goes to now? */
static bool
is_for_another(const struct agent *agent, const struct notice *n)
{
	return n->frozen && strcmp(n->recipient, recipient_of(agent, n)) != 0;
}

/* Why a mail may not go to this address: outside the allowed domains; NULL:
 * it may. The result is owned. */
static int
check_domain(
    struct agent *agent, const struct notice *n, char **why, struct err *err)
{
	const struct conf_mail *mail = &agent->conf->mail;
	struct party party = { 0 };
	int rc;

	*why = NULL;
	if (strcmp(n->channel, "mail") != 0 || mail->redirect_all_to != NULL ||
	    is_for_another(agent, n) || mail->allowed_domains.len == 0 ||
	    strings_has(&mail->allowed_domains, mime_domain(n->address)))
		return 0;
	rc = parties_get(agent->db, n->party_id, agent->today, &party, err);
	if (rc != -1 && (rc == 0 || !party.allow_external))
		*why = xasprintf("%s is outside mail.allowed_domains; "
				 "'person set NAME --allow-external' lets it",
		    n->address);
	party_clear(&party);
	return rc == -1 ? -1 : 0;
}

int
agent_hold(
    struct agent *agent, struct notice *n, const char *why, struct err *err)
{
	n->state = NOTICE_HELD;
	set_reason(n, why);
	return store_notice_save(agent->db, n, err);
}

static int
hold_for_another(struct agent *agent, struct notice *n, struct err *err)
{
	char *why = xasprintf(
	    "may have been delivered to %s, and redirect_all_to is another "
	    "now: 'retry' once it is not, or 'cancel'",
	    n->recipient);
	int rc = agent_hold(agent, n, why, err);

	free(why);
	return rc;
}

/* Nothing left to say: without history it goes, else it stays as cancelled. */
static int
drop(struct agent *agent, struct notice *n, const char *why, struct err *err)
{
	if (n->tries == 0 && n->digest == NULL)
		return agent_loosen(agent, n, why, err);
	n->state = NOTICE_CANCELLED;
	set_reason(n, why);
	if (store_forget_bytes(agent->db, n->id, err) == -1)
		return -1;
	return store_notice_save(agent->db, n, err);
}

/* Too many to this address today: on with it tomorrow. 1 when put off. */
static int
put_off(struct agent *agent, struct notice *n, struct err *err)
{
	int limit = agent->conf->mail.per_recipient_day;
	int64_t sent, midnight;

	if (limit == 0 || strcmp(n->channel, "mail") != 0)
		return 0;
	midnight = zone_instant(&agent->conf->zone, agent->today, 0);
	if (store_count_sent(agent->db, n->channel, n->address, midnight - 1,
		&sent, err) == -1)
		return -1;
	if (sent < limit)
		return 0;
	n->next_at = zone_instant(&agent->conf->zone, agent->today + 1, 0);
	set_reason(n, "the limit per recipient and day is reached");
	return store_notice_save(agent->db, n, err) == -1 ? -1 : 1;
}

static int
freeze(struct agent *agent, struct message *m, int64_t now,
    struct agent_job *job, struct err *err)
{
	int rc = post_write(agent, m, now, job, err);

	if (rc != 1)
		return rc;
	job->address = xstrdup(recipient_of(agent, m->notice));
	struct message_text text = { .notice_id = m->notice->id,
		.recipient = job->address,
		.subject = m->notice->subject,
		.message_id = job->message_id,
		.told = told_by(m),
		.bytes = job->bytes,
		.len = job->len };
	return store_freeze(agent->db, &text, err) == -1 ? -1 : 1;
}

static int
thaw(struct agent *agent, struct notice *n, struct agent_job *job,
    struct err *err)
{
	struct buf bytes = { 0 };
	int rc = store_bytes(agent->db, n->id, &bytes, err);

	if (rc == 0)
		rc = err_set(err, ERR_SYSTEM, "notice %lld has lost its bytes",
		    (long long)n->id);
	job->len = bytes.len;
	job->bytes = buf_take(&bytes);
	job->message_id = xstrdup(n->message_id);
	/* With the bytes goes their envelope, whatever the configuration says
	 * by now. */
	job->address = xstrdup(n->recipient);
	return rc;
}

/* It cannot be written: that one fails, with the reason, and no other. */
static int
unwritten(struct agent *agent, struct notice *n, struct err *err)
{
	if (err->code != ERR_INPUT)
		return -1;
	n->state = NOTICE_FAILED;
	set_reason(n, err->text);
	return store_notice_save(agent->db, n, err);
}

/* 1 claimed, 0 not, -1. */
static int
claim_one(struct agent *agent, struct notice *n, int64_t now,
    struct agent_job *job, struct err *err)
{
	struct message m = { .notice = n };
	/* Sending again by hand takes the first try back: that person knew. */
	bool by_hand = n->uncertain && n->first_try_at == INSTANT_NONE;
	bool changed;
	char *outside = NULL;
	int rc;

	/* A digest is gathered anew whenever it goes. */
	if (n->digest != NULL && n->frozen && !n->uncertain) {
		if (store_forget_bytes(agent->db, n->id, err) == -1)
			return -1;
		n->frozen = false;
	}
	if (n->frozen && !n->uncertain && n->day_on < agent->today) {
		/* Its text went stale since the beat: the next one sees to it.
		 */
		agent->settled = false;
		return 0;
	}
	rc = message_read(agent, &m, &changed, err);
	if (rc == -1)
		goto out;
	if (n->uncertain && changed && !by_hand) {
		rc = agent_hold(agent, n,
		    "may have been delivered, and an entry changed since: "
		    "'retry' sends it again, 'cancel' does not",
		    err);
		goto out;
	}
	if (n->frozen && !n->uncertain && changed) {
		rc = agent_loosen(
		    agent, n, "an entry changed after it was written", err);
		goto out;
	}
	if (!n->uncertain && is_for_another(agent, n)) {
		rc = agent_loosen(agent, n,
		    "redirect_all_to changed after it was written", err);
		goto out;
	}
	/* What may have arrived is repeated to its own recipient alone; while
	 * all mail is redirected, not to them either. */
	if (is_for_another(agent, n) &&
	    agent->conf->mail.redirect_all_to != NULL) {
		rc = hold_for_another(agent, n, err);
		goto out;
	}
	if (n->digest == NULL && m.entries.len == 0 && !n->uncertain) {
		rc = drop(agent, n, "nothing in it is wanted any more", err);
		goto out;
	}
	rc = check_domain(agent, n, &outside, err);
	if (rc == -1)
		goto out;
	if (outside != NULL) {
		rc = agent_hold(agent, n, outside, err);
		goto out;
	}
	rc = put_off(agent, n, err);
	if (rc != 0) {
		rc = rc == 1 ? 0 : -1;
		goto out;
	}
	job->notice_id = n->id;
	job->tries = n->tries;
	job->first_try_at = n->first_try_at;
	rc = n->frozen ? thaw(agent, n, job, err)
		       : freeze(agent, &m, now, job, err);
	if (rc == 0)
		rc = drop(agent, n, "nothing to say", err);
	else if (rc == -1)
		rc = unwritten(agent, n, err);
	if (rc != 1)
		goto out;
	rc = store_claimed(agent->db, n->id, err) == -1 ? -1 : 1;
out:
	free(outside);
	message_clear(&m);
	return rc;
}

int
agent_claim(struct agent *agent, const char *channel, int64_t now, size_t max,
    struct agent_jobs *jobs, struct err *err)
{
	const struct conf *conf = agent->conf;
	struct notices ready = { 0 };
	bool digest = false;
	int rc;

	/* The day must be planned to its end before anything of it goes out;
	 * and out of hours nothing does, first tries and retries alike. */
	if (!agent->settled || agent_gate(agent) != NULL ||
	    zone_day(&conf->zone, now, NULL) != agent->today ||
	    plan_send_at(&conf->calendar, &conf->zone, conf->sending_from,
		conf->sending_until, now) != now)
		return 0;
	/* No further than the brake has counted. */
	rc = store_claimable(agent->db, channel,
	    now < agent->gated_at ? now : agent->gated_at, (int)max, &ready,
	    err);
	for (size_t i = 0; rc == 0 && i < ready.rows.len; i++) {
		struct agent_job job = { 0 };
		int got =
		    claim_one(agent, &ready.rows.items[i], now, &job, err);

		if (got == 1)
			*vec_push(&jobs->jobs) = job;
		else
			agent_job_clear(&job);
		if (got == -1)
			rc = -1;
		/* A digest is long to write: the loop has its turn after
		 * each. */
		digest = ready.rows.items[i].digest != NULL;
		if (!agent->settled || digest)
			break;
	}
	if (rc == 0 && (ready.rows.len == max || digest))
		rc = 1;
	notices_clear(&ready);
	return rc;
}

int
agent_intend(
    struct agent *agent, int64_t notice_id, int64_t now, struct err *err)
{
	return store_intend(agent->db, notice_id, now, err);
}

/* ---- settle ---- */

/* Seconds of [from, until] within sending hours: closed ones do not count for
 * giving up. */
static int64_t
open_seconds(const struct conf *conf, int64_t from, int64_t until)
{
	int64_t sum = 0;

	for (int day = zone_day(&conf->zone, from, NULL);
	     zone_instant(&conf->zone, day, 0) < until; day++) {
		int64_t a = zone_instant(&conf->zone, day, conf->sending_from);
		int64_t b = zone_instant(&conf->zone, day, conf->sending_until);

		if (!calendar_is_workday(&conf->calendar, day))
			continue;
		a = a < from ? from : a;
		b = b > until ? until : b;
		if (b > a)
			sum += b - a;
	}
	return sum;
}

int
agent_forget_sent(struct agent *agent, struct err *err)
{
	VEC_EACH (int64_t, id, &agent->sent)
		if (store_forget_sent(agent->db, *id, err) == -1)
			return -1;
	agent->sent.len = 0;
	return 0;
}

int
agent_count_sends(struct agent *agent, struct err *err)
{
	int64_t before;

	if (agent->new_sends == 0)
		return 0;
	before = register_meta_int(agent->db, REGISTER_SENDS, 0);
	if (register_set_meta_int(agent->db, REGISTER_SENDS,
		before + agent->new_sends, err) == -1)
		return -1;
	agent->new_sends = 0;
	return 0;
}

/* Counted once a second, as the mark is written; and bytes are forgotten many
 * at a time: one by one, pages of the register would be emptied and given back
 * at each commit. */
static int
settle_sent(struct agent *agent, int64_t notice_id, const struct delivery *d,
    int64_t now, struct err *err)
{
	if (store_sent(agent->db, notice_id, now, d->code, d->reply, err) == -1)
		return -1;
	*vec_push(&agent->sent) = notice_id;
	agent->new_sends++;
	if (agent->counted_at != now && agent_count_sends(agent, err) == -1)
		return -1;
	agent->counted_at = now;
	return agent->sent.len < FORGET_MANY ? 0
					     : agent_forget_sent(agent, err);
}

static int
apply(struct agent *agent, struct notice *n, const struct retry_step *step,
    const struct delivery *d, int64_t now, struct err *err)
{
	const struct conf *conf = agent->conf;

	n->tries = step->attempts;
	n->code = d->code;
	free(n->reply);
	n->reply = xstrdup(d->reply);
	set_reason(n, outcome_name(d->outcome));
	n->next_at =
	    step->next_at == INSTANT_NEVER
		? now
		: plan_send_at(&conf->calendar, &conf->zone, conf->sending_from,
		      conf->sending_until, step->next_at);
	switch (step->state) {
	case RETRY_SENT:
		return settle_sent(agent, n->id, d, now, err);
	case RETRY_READY:
	case RETRY_DEFERRED:
		n->state = n->uncertain ? NOTICE_IN_DOUBT : NOTICE_DEFERRED;
		break;
	case RETRY_IN_DOUBT:
		n->state = NOTICE_IN_DOUBT;
		n->uncertain = true;
		break;
	case RETRY_HELD:
		n->state = NOTICE_HELD;
		n->uncertain = true;
		set_reason(n, AGENT_DOUBT_HELD);
		break;
	case RETRY_FAILED:
		n->state = NOTICE_FAILED;
		set_reason(n, d->outcome == OUTCOME_GONE
				  ? "the endpoint is gone (410)"
				  : "refused for good");
		break;
	case RETRY_GAVE_UP:
		n->state = NOTICE_FAILED;
		set_reason(n, "given up: tried for too long");
		break;
	}
	return store_notice_save(agent->db, n, err);
}

/* The channel's own trouble is told in status, not in every notice. */
static bool
is_recorded(enum outcome outcome)
{
	return outcome != OUTCOME_NONE && outcome != OUTCOME_STALE &&
	       outcome != OUTCOME_CHANNEL;
}

int
agent_settle(struct agent *agent, int64_t notice_id, const struct delivery *d,
    int64_t now, struct err *err)
{
	struct notice n = { 0 };
	struct retry_policy policy;
	struct retry_case c;
	struct retry_step step;
	int rc;

	if (d->outcome == OUTCOME_SENT)
		return settle_sent(agent, notice_id, d, now, err);
	if (is_recorded(d->outcome) &&
	    store_attempt(agent->db, notice_id, now, outcome_name(d->outcome),
		d->stage, d->code, d->reply, err) == -1)
		return -1;
	rc = store_notice(agent->db, notice_id, &n, err);
	if (rc != 1)
		goto out;
	policy = policy_of(agent, n.channel);
	c = (struct retry_case){ .outcome = d->outcome,
		.attempts = n.tries,
		.now = now,
		.after_s = d->retry_after_s,
		.seed = (uint64_t)n.id };
	if (n.first_try_at == INSTANT_NONE && is_recorded(d->outcome))
		n.first_try_at = now;
	if (n.first_try_at != INSTANT_NONE)
		c.spent_s = open_seconds(agent->conf, n.first_try_at, now) -
			    d->paused_s;
	step = retry_next(&policy, &c);
	rc = apply(agent, &n, &step, d, now, err);
out:
	notice_clear(&n);
	return rc == -1 ? -1 : 0;
}

int
agent_return(struct agent *agent, int64_t notice_id, struct err *err)
{
	struct notice n = { 0 };
	int rc = store_notice(agent->db, notice_id, &n, err);

	if (rc == 1) {
		n.state = n.uncertain ? NOTICE_IN_DOUBT : NOTICE_DEFERRED;
		rc = store_notice_save(agent->db, &n, err);
	}
	notice_clear(&n);
	return rc == -1 ? -1 : 0;
}
