/* SPDX-License-Identifier: ISC */
/*
 * The control socket: takes command lines from nudgectl, says who calls and
 * what they may, runs them turn by turn on the desk while the loop goes on,
 * and answers. It never blocks on a caller, and knows no command but those
 * about the daemon itself.
 */
#ifndef NUDGED_DAEMON_CONTROL_H
#define NUDGED_DAEMON_CONTROL_H

#include "core/conf.h"
#include "core/err.h"

struct nudged;
struct control;

/* Listens on the configuration's socket (0660). One that is left over is
 * removed, unless somebody answers there. NULL with *err set. */
struct control *control_new(struct nudged *nudged, struct err *err);

/* Another configuration: who may do what. Running calls end under theirs. */
void control_set_conf(struct control *control, const struct conf *conf);

/* Takes nobody new, and drops the calls that run: they say so. */
void control_stop(struct control *control);
void control_free(struct control *control); /* NULL is a no-op */

#endif
