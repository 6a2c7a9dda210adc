/* SPDX-License-Identifier: ISC */
/*
 * Who is at the other end of the control socket, and what they may: by the
 * kernel's word (uid, gid, supplementary groups) against the groups that the
 * configuration names. Runs nothing.
 */
#ifndef NUDGED_DAEMON_PEER_H
#define NUDGED_DAEMON_PEER_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/vec.h"
#include "desk/desk.h"

/* The groups of `access`, as numbers, by enum desk_access. Reading is the
 * register's own group. */
struct peer_access {
	VEC(gid_t) groups[ACCESS_ADMIN + 1];
};

/* Looks the names up, which may ask a directory service: at start and reload,
 * never in between. A group that does not exist is logged and lets nobody in.
 */
void peer_access_load(struct peer_access *access, const struct conf *conf);
void peer_access_clear(struct peer_access *access);

struct peer {
	uid_t uid;
	char *name; /* the login name, or "uid 1234" */
	bool may[ACCESS_ADMIN + 1];
};

/* Root and the daemon's own user may everything; who may edit, approve or
 * administer may read. Returns 0, or -1 with *err set. */
int peer_of(int fd, const struct peer_access *access, struct peer *out,
    struct err *err);
void peer_clear(struct peer *peer);

#endif
