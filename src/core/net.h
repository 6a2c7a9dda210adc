/* SPDX-License-Identifier: ISC */
/*
 * Hosts and addresses as values: the parts of a URL that we care for, and
 * which addresses a webhook must not reach. Nothing is looked up here.
 */
#ifndef NUDGED_CORE_NET_H
#define NUDGED_CORE_NET_H

#include <stdbool.h>
#include <stdint.h>

#define NET_HOST_MAX 256

struct net_url {
	char scheme[16];         /* lower case */
	char host[NET_HOST_MAX]; /* without brackets */
	int port;                /* 0: none given */
	bool has_user;           /* "user@" or "user:password@" is in it */
	const char *path;        /* into the text: "/x" or "" */
};

/* Takes a URL apart. Returns 0, or -1 when it is none: no "scheme://", no host,
 * blanks or control characters, a bad port. maildir:///path has no host. */
int net_url_parse(const char *text, struct net_url *out);

/* localhost, 127.0.0.0/8 and ::1 in any spelling of an address. */
bool net_host_is_loopback(const char *host);

/* An address literal that is not public, or localhost. Other names are looked
 * up, and checked, when connecting. */
bool net_host_is_private(const char *host);

/* Loopback, private, link-local, shared, documentation, multicast and reserved
 * addresses. The first is in host byte order, the second 16 bytes in network
 * order (addresses that carry an IPv4 one count as that). */
bool net_ipv4_is_private(uint32_t address);
bool net_ipv6_is_private(const unsigned char address[16]);

#endif
