/* SPDX-License-Identifier: ISC */
/* Writes the body of a webhook's notice from the register's entries. Sends and
 * stores nothing. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/hook.h"
#include "desk/agent_parts.h"

static void
hook_entry_of(const struct agent *agent, const struct message *m, size_t i,
    struct hook_entry *out)
{
	const struct entry *e = &m->entries.items[i];
	const char **names = xcalloc(e->owners.len, sizeof *names);

	for (size_t k = 0; k < e->owners.len; k++)
		names[k] = e->owners.items[k].name;
	*out = (struct hook_entry){ .ref = e->ref,
		.kind = e->kind,
		.text = e->text,
		.state = entry_state_name(e->state),
		.owners = names,
		.nowners = e->owners.len,
		.due_on = e->due_on,
		.earliest_on = e->earliest_on,
		.original_due_on = e->original_due_on,
		.review_on = e->review_on,
		.overdue_days = entry_overdue_days(e, agent->today),
		.slips = e->slips,
		.series = e->series,
		.held_on = e->held_on,
		.rule = m->occurrences.rows.items[i].o.rule,
		.statutory = e->statutory,
		.restricted = e->is_restricted };
}

int
post_hook(struct agent *agent, const struct message *m,
    const struct conf_webhook *hook, int64_t now, struct agent_job *job,
    struct err *err)
{
	struct notice *n = m->notice;
	struct hook_entry *entries = xcalloc(m->entries.len, sizeof *entries);
	char at[INSTANT_TEXT_MAX];
	struct hook_event event = { .type = strcmp(n->kind, "escalation") == 0
						? "entry.escalation"
						: "entry.nudge",
		.timestamp = instant_rfc3339(&agent->conf->zone, now, at),
		.organisation = agent->conf->organisation,
		.entries = entries,
		.nentries = m->entries.len };
	struct buf body = { 0 };
	int rc;

	for (size_t i = 0; i < m->entries.len; i++)
		hook_entry_of(agent, m, i, &entries[i]);
	rc = hook_body(hook->format, &event, &body, err);
	if (rc == 1) {
		free(n->message_id);
		n->message_id = post_message_id(agent, n->key);
		free(n->subject);
		n->subject = xstrdup(event.type);
		job->message_id = xstrdup(n->message_id);
		job->len = body.len;
		job->bytes = buf_take(&body);
	}
	buf_clear(&body);
	for (size_t i = 0; i < m->entries.len; i++)
		free((void *)(uintptr_t)entries[i].owners);
	free(entries);
	return rc;
}
