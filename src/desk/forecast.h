/* SPDX-License-Identifier: ISC */
/*
 * Runs the agent ahead of time over a copy of the register and takes every
 * message as sent: what will go, when, to whom, under which config. Touches
 * neither the register nor the network.
 */
#ifndef NUDGED_DESK_FORECAST_H
#define NUDGED_DESK_FORECAST_H

#include "desk/agent.h"
#include "io/store.h"

/* One message of the forecast; everything is borrowed. */
struct forecast_notice {
	int64_t at; /* when it goes */
	const struct notice *notice;
	const struct agent_job *job; /* NULL: held, nothing was written */
	const struct store_occurrences *occurrences;
	const char *held; /* why it would wait for a person, NULL: it goes */
};
typedef int (*forecast_cb)(
    void *ctx, const struct forecast_notice *notice, struct err *err);

/* From now (or an earlier from_at: then as if now were that moment) up to
 * until_at; what goes before from_at is not told. db is not changed. */
int forecast(struct db *db, const struct conf *conf, int64_t now,
    int64_t from_at, int64_t until_at, forecast_cb cb, void *ctx,
    struct err *err);

#endif
