/* SPDX-License-Identifier: ISC */
/* Peer credentials of the control socket; see peer.h. */
#include "daemon/peer.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/log.h"

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59
#endif

static void
add_group(struct peer_access *access, enum desk_access which, gid_t gid)
{
	*vec_push(&access->groups[which]) = gid;
}

static void
load_names(struct peer_access *access, enum desk_access which,
    const struct strings *names, const char *key)
{
	for (size_t i = 0; i < names->len; i++) {
		const struct group *group = getgrnam(names->items[i]);

		if (group != NULL)
			add_group(access, which, group->gr_gid);
		else
			log_warn("access.%s: there is no group '%s' on this "
				 "machine",
			    key, names->items[i]);
	}
}

void
peer_access_load(struct peer_access *access, const struct conf *conf)
{
	struct stat st;

	*access = (struct peer_access){ 0 };
	if (stat(conf->register_path, &st) == 0)
		add_group(access, ACCESS_READ, st.st_gid);
	load_names(access, ACCESS_EDIT, &conf->access.edit, "edit");
	load_names(access, ACCESS_APPROVE, &conf->access.approve, "approve");
	load_names(access, ACCESS_ADMIN, &conf->access.admin, "admin");
}

void
peer_access_clear(struct peer_access *access)
{
	for (size_t i = 0; i <= ACCESS_ADMIN; i++)
		vec_clear(&access->groups[i]);
}

static bool
is_member(const struct peer_access *access, size_t which, gid_t gid)
{
	for (size_t i = 0; i < access->groups[which].len; i++)
		if (access->groups[which].items[i] == gid)
			return true;
	return false;
}

static void
note_group(const struct peer_access *access, gid_t gid, struct peer *peer)
{
	for (size_t i = 0; i <= ACCESS_ADMIN; i++)
		if (is_member(access, i, gid))
			peer->may[i] = true;
}

/* The groups that the caller's process had when it connected. */
static int
note_groups(int fd, const struct peer_access *access, struct peer *peer,
    struct err *err)
{
	socklen_t size = 64 * sizeof(gid_t);
	gid_t *groups = xmalloc(size);
	int rc = getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size);

	if (rc == -1 && errno == ERANGE) {
		groups = xrealloc(groups, size);
		rc = getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size);
	}
	if (rc == -1)
		err_errno(err, "groups of the caller");
	else
		for (size_t i = 0; i < size / sizeof(gid_t); i++)
			note_group(access, groups[i], peer);
	free(groups);
	return rc;
}

static char *
login_name(uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	return user != NULL ? xstrdup(user->pw_name)
			    : xasprintf("uid %u", (unsigned)uid);
}

int
peer_of(
    int fd, const struct peer_access *access, struct peer *out, struct err *err)
{
	struct ucred cred;
	socklen_t size = sizeof cred;
	struct peer peer = { 0 };

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &size) == -1)
		return err_errno(err, "credentials of the caller");
	peer.uid = cred.uid;
	note_group(access, cred.gid, &peer);
	if (note_groups(fd, access, &peer, err) == -1)
		return -1;
	if (cred.uid == 0 || cred.uid == geteuid())
		for (size_t i = 0; i <= ACCESS_ADMIN; i++)
			peer.may[i] = true;
	if (peer.may[ACCESS_EDIT] || peer.may[ACCESS_APPROVE] ||
	    peer.may[ACCESS_ADMIN])
		peer.may[ACCESS_READ] = true;
	peer.name = login_name(cred.uid);
	*out = peer;
	return 0;
}

void
peer_clear(struct peer *peer)
{
	free(peer->name);
	*peer = (struct peer){ 0 };
}
