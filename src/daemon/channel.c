/* SPDX-License-Identifier: ISC */
/*
 * What every channel has: its rest after a fault and its pace, what the
 * register remembers of it, and how it stands. It moves no jobs.
 */
#include "daemon/channel.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "daemon/steady.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/register.h"

void *
channel_alloc(size_t size, const struct channel_ops *ops, struct ev_loop *loop,
    struct transfer *transfer, const char *name, const char *url)
{
	struct channel *channel = xcalloc(1, size);

	channel->ops = ops;
	channel->loop = loop;
	channel->transfer = transfer;
	channel->name = xstrdup(name);
	channel->url = xstrdup(url);
	channel->more = true;
	TAILQ_INIT(&channel->waiting);
	return channel;
}

void
channel_clear(struct channel *channel)
{
	free(channel->name);
	free(channel->url);
	free(channel->reason);
	pace_clear(&channel->pace);
	rests_clear(&channel->rests);
}

/* ---- what the register remembers ---- */

/* What marks an endpoint as disabled: its URL may hold a secret, so that the
 * register remembers only whether it is still the same one (FNV-1a). */
static char *
disabled_mark(const struct channel *channel)
{
	uint64_t hash = 14695981039346656037u;

	for (const char *p = channel->url; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	return xasprintf("%016" PRIx64, hash);
}

static char *
meta_key(const char *what, const struct channel *channel)
{
	return xasprintf("%s:%s", what, channel->name);
}

int
channel_read_disabled(struct channel *channel, struct db *db, struct err *err)
{
	char *key = meta_key("webhook_disabled", channel);
	char *mark = disabled_mark(channel);
	char *value = NULL;
	int rc = register_meta(db, key, &value, err);

	if (rc != -1)
		channel->disabled = value != NULL && strcmp(value, mark) == 0;
	free(value);
	free(mark);
	free(key);
	return rc == -1 ? -1 : 0;
}

int
channel_read_rests(struct channel *channel, struct db *db, struct err *err)
{
	char *key = meta_key("rests", channel);
	char *value = NULL;
	int rc = register_meta(db, key, &value, err);

	if (rc != -1 && value != NULL)
		rests_read(&channel->rests, value);
	free(value);
	free(key);
	return rc == -1 ? -1 : 0;
}

int
channel_write_rests(struct channel *channel, struct db *db, struct err *err)
{
	struct buf text = { 0 };
	char *key = meta_key("rests", channel);

	rests_write(&channel->rests, &text);
	int rc = register_set_meta(db, key, buf_text(&text), err);

	channel->rests.changed = false;
	buf_clear(&text);
	free(key);
	return rc;
}

int
channel_mark_gone(struct channel *channel, struct db *db, struct err *err)
{
	char *key = meta_key("webhook_disabled", channel);
	char *mark = disabled_mark(channel);
	int rc = register_set_meta(db, key, mark, err);

	free(mark);
	free(key);
	return rc;
}

/* ---- rest and pace ---- */

bool
channel_may_send(const struct channel *channel)
{
	return !channel->disabled && !channel->retiring &&
	       retry_channel_is_open(&channel->rest, steady_s());
}

size_t
channel_room(const struct channel *channel)
{
	size_t most = channel->prefetch;
	size_t allowed;

	if (!channel->more || !channel_may_send(channel))
		return 0;
	if (retry_channel_on_trial(&channel->rest))
		most = channel->nbusy == 0 ? 1 : 0;
	allowed = pace_room(&channel->pace, steady_us());
	if (most > allowed)
		most = allowed;
	/* Claims are worth a query: not one by one. */
	if (most == 0 || channel->nwaiting > most / 2)
		return 0;
	return most - channel->nwaiting;
}

static bool
is_fault(enum outcome outcome)
{
	return outcome != OUTCOME_NONE && outcome != OUTCOME_SENT &&
	       outcome != OUTCOME_STALE;
}

bool
channel_note(struct channel *channel, enum outcome outcome, const char *stage,
    int code, const char *text, int64_t retry_after_s)
{
	int64_t now_s = steady_s();
	int64_t wall = clock_now();
	int64_t before = channel->rest.paused_until;

	if (channel->retiring)
		return false;
	bool began = retry_channel_note(&channel->rest, outcome, retry_after_s,
	    now_s, (uint64_t)steady_us());
	if (channel->rest.paused_until > before && is_fault(outcome)) {
		int64_t rest_s = channel->rest.paused_until - now_s;

		free(channel->reason);
		channel->reason =
		    code != 0 ? xasprintf("%s: %d %s", stage, code, text)
			      : xasprintf("%s: %s", stage, text);
		rests_add(&channel->rests, wall, wall + rest_s);
		if (began)
			log_warn("channel %s: %s; next try in %" PRId64 " s",
			    channel->name, channel->reason, rest_s);
		return true;
	}
	if (outcome == OUTCOME_SENT && channel->reason != NULL) {
		rests_end(&channel->rests, wall);
		free(channel->reason);
		channel->reason = NULL;
		log_notice("channel %s: works again", channel->name);
	}
	return false;
}

/* ---- how it stands ---- */

static const char *
state_name(const struct channel *channel)
{
	if (channel->disabled)
		return "disabled";
	if (!retry_channel_is_open(&channel->rest, steady_s()))
		return "paused";
	if (retry_channel_on_trial(&channel->rest))
		return "on trial";
	return "open";
}

json_t *
channel_status(const struct channel *channel, int64_t now)
{
	json_t *it = json_object();
	const char *state = state_name(channel);

	json_object_set_new(it, "name", json_string(channel->name));
	json_object_set_new(it, "kind", json_string(channel->ops->kind));
	json_object_set_new(it, "state", json_string(state));
	if (channel->reason != NULL)
		json_object_set_new(it, "reason", json_string(channel->reason));
	else if (channel->disabled)
		json_object_set_new(
		    it, "reason", json_string("the endpoint is gone (410)"));
	if (strcmp(state, "paused") == 0)
		json_object_set_new(it, "until",
		    json_integer(
			now + channel->rest.paused_until - steady_s()));
	json_object_set_new(it, "connections",
	    json_integer(channel->ops->connections(channel)));
	json_object_set_new(
	    it, "waiting", json_integer((json_int_t)channel->nwaiting));
	json_object_set_new(
	    it, "in_flight", json_integer((json_int_t)channel->nbusy));
	return it;
}
