/* SPDX-License-Identifier: ISC */
/*
 * The courier's life: the channels of a configuration come into use, are
 * replaced, and end. What goes through them is courier.c's.
 */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "daemon/courier_parts.h"
#include "daemon/steady.h"
#include "io/clock.h"
#include "io/log.h"

#define CLAIM_STALE_S 30 /* then a waiting job is checked anew */

/* ---- channels ---- */

static void
free_channels(struct channels *list)
{
	struct channel *channel;

	while ((channel = TAILQ_FIRST(list)) != NULL) {
		TAILQ_REMOVE(list, channel, link);
		channel->ops->free(channel);
	}
}

static int
add_channel(struct courier *courier, struct courier_set *set,
    struct channel *channel, struct err *err)
{
	if (channel == NULL)
		return -1;
	TAILQ_INSERT_TAIL(&set->list, channel, link);
	channel->courier = courier;
	if (channel_read_rests(channel, courier->db, err) == -1)
		return -1;
	return channel_read_disabled(channel, courier->db, err);
}

struct courier_set *
courier_set_new(
    struct courier *courier, const struct conf *conf, struct err *err)
{
	struct courier_set *set = xcalloc(1, sizeof *set);
	bool maildir = strncmp(conf->mail.url, "maildir:", 8) == 0;

	TAILQ_INIT(&set->list);
	if (add_channel(courier, set,
		(maildir ? channel_maildir_new : channel_mail_new)(
		    courier->loop, courier->transfer, &conf->mail, err),
		err) == -1)
		goto fail;
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks)
		if (add_channel(courier, set,
			channel_hook_new(
			    courier->loop, courier->transfer, hook, err),
			err) == -1)
			goto fail;
	return set;
fail:
	courier_set_free(set);
	return NULL;
}

void
courier_set_free(struct courier_set *set)
{
	if (set == NULL)
		return;
	free_channels(&set->list);
	free(set);
}

/* ---- life ---- */

static void
again_cb(struct ev_loop *loop, ev_timer *timer, int events)
{
	/* Only wakes the loop: the turn is in ev_prepare. */
	(void)loop;
	(void)timer;
	(void)events;
}

struct courier *
courier_new(struct ev_loop *loop, struct transfer *transfer, struct db *db,
    struct agent *agent)
{
	struct courier *courier = xcalloc(1, sizeof *courier);

	courier->loop = loop;
	courier->transfer = transfer;
	courier->db = db;
	courier->agent = agent;
	TAILQ_INIT(&courier->channels);
	TAILQ_INIT(&courier->retired);
	TAILQ_INIT(&courier->busy);
	TAILQ_INIT(&courier->poised);
	TAILQ_INIT(&courier->ended);
	ev_timer_init(&courier->again, again_cb, 0., 0.);
	return courier;
}

void
courier_free(struct courier *courier)
{
	struct channel *channel;
	struct job *job;

	if (courier == NULL)
		return;
	ev_timer_stop(courier->loop, &courier->again);
	while ((job = TAILQ_FIRST(&courier->busy)) != NULL)
		courier_free_job(job);
	while ((job = TAILQ_FIRST(&courier->poised)) != NULL)
		courier_free_job(job);
	while ((job = TAILQ_FIRST(&courier->ended)) != NULL)
		courier_free_job(job);
	TAILQ_FOREACH (channel, &courier->channels, link)
		while ((job = TAILQ_FIRST(&channel->waiting)) != NULL)
			courier_free_job(job);
	free_channels(&courier->retired);
	free_channels(&courier->channels);
	free(courier);
}

static void
retire(struct courier *courier, struct channel *channel)
{
	courier_give_back(channel, true);
	channel->retiring = true;
	TAILQ_REMOVE(&courier->channels, channel, link);
	TAILQ_INSERT_TAIL(&courier->retired, channel, link);
	channel->ops->finish(channel, false);
}

static void
inherit(struct channel *channel, const struct channel *before)
{
	pace_inherit(&channel->pace, &before->pace);
	rests_clear(&channel->rests);
	VEC_EACH (struct rest_span, span, &before->rests.spans)
		rests_add(&channel->rests, span->from, span->until);
	/* The pause ends here: the new options are tried at once. */
	rests_end(&channel->rests, clock_now());
	channel->rests.changed = before->rests.spans.len > 0;
}

void
courier_use(struct courier *courier, struct courier_set *set)
{
	struct channel *channel, *old;

	TAILQ_FOREACH (channel, &set->list, link)
		TAILQ_FOREACH (old, &courier->channels, link)
			if (strcmp(old->name, channel->name) == 0)
				inherit(channel, old);
	while ((old = TAILQ_FIRST(&courier->channels)) != NULL)
		retire(courier, old);
	TAILQ_CONCAT(&courier->channels, &set->list, link);
	free(set);
}

void
courier_wake(struct courier *courier)
{
	struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		channel->more = true;
}

void
courier_recall(struct courier *courier)
{
	struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		courier_give_back(channel, false);
}

static void
recall_stale(struct channel *channel)
{
	struct job *first = TAILQ_FIRST(&channel->waiting);

	/* The list is in order of claim. */
	if (first != NULL && first->claimed_s + CLAIM_STALE_S <= steady_s())
		courier_give_back(channel, false);
}

int
courier_beat(struct courier *courier, int64_t now, struct err *err)
{
	struct channel *channel;

	(void)now;
	TAILQ_FOREACH (channel, &courier->channels, link) {
		recall_stale(channel);
		/* What has ended is not in the register yet. */
		if (!channel->disabled || !TAILQ_EMPTY(&courier->ended))
			continue;
		if (channel_read_disabled(channel, courier->db, err) == -1)
			return -1;
		if (!channel->disabled)
			log_notice("webhook %s: enabled again", channel->name);
	}
	return 0;
}

static void
finish_all(struct channels *list, bool now)
{
	struct channel *channel;

	TAILQ_FOREACH (channel, list, link) {
		courier_give_back(channel, true);
		channel->retiring = true;
		channel->ops->finish(channel, now);
	}
}

void
courier_drain(struct courier *courier)
{
	struct job *job;

	while ((job = TAILQ_FIRST(&courier->poised)) != NULL) {
		job->give_back = true;
		courier_move(job, JOB_HANDED);
	}
	TAILQ_FOREACH (job, &courier->busy, link)
		if (job->state == JOB_HANDED)
			job->give_back = true;
	finish_all(&courier->channels, false);
	finish_all(&courier->retired, false);
}

void
courier_cut(struct courier *courier)
{
	finish_all(&courier->channels, true);
	finish_all(&courier->retired, true);
}

static bool
all_idle(const struct channels *list)
{
	const struct channel *channel;

	TAILQ_FOREACH (channel, list, link)
		if (channel->nbusy > 0 || channel->nwaiting > 0 ||
		    !channel->ops->is_idle(channel))
			return false;
	return true;
}

bool
courier_is_idle(const struct courier *courier)
{
	return TAILQ_EMPTY(&courier->busy) && TAILQ_EMPTY(&courier->poised) &&
	       TAILQ_EMPTY(&courier->ended) && all_idle(&courier->channels) &&
	       all_idle(&courier->retired);
}

int64_t
courier_disk_us(const struct courier *courier)
{
	return courier->disk_us;
}

const char *
courier_fault(const struct courier *courier)
{
	const struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		if (channel->reason != NULL)
			return channel->reason;
	return NULL;
}

json_t *
courier_status(const struct courier *courier, int64_t now)
{
	json_t *list = json_array();
	const struct channel *channel;

	TAILQ_FOREACH (channel, &courier->channels, link)
		json_array_append_new(list, channel_status(channel, now));
	return list;
}
