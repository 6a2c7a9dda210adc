/* SPDX-License-Identifier: ISC */
/* A command line handed to nudged over its control socket. */
#ifndef NUDGED_CTL_REMOTE_H
#define NUDGED_CTL_REMOTE_H

#include "core/err.h"
#include "desk/desk.h"

/* Connects: a descriptor; -1 with ERR_NOTFOUND when nobody listens there,
 * ERR_PERM when the caller may not, else ERR_SYSTEM. */
int remote_connect(const char *path, struct err *err);

/* Sends the request and prints what comes back as it comes; closes fd. 0 and
 * *status, or -1 with *err set when nudged went away or said nothing of ours
 * (whether the command was done is then not known). */
int remote_run(
    int fd, const struct desk_request *request, int *status, struct err *err);

/* Waits for each piece of the answer no longer than that; without it for ever,
 * since an import may have nothing to say for minutes. */
void remote_wait(int fd, int seconds);

#endif
