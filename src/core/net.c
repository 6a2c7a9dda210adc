/* SPDX-License-Identifier: ISC */
/* Hosts and addresses as values; see net.h. */
#include "core/net.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

static int
parse_port(const char *text, size_t len, int *port)
{
	*port = 0;
	if (len == 0 || len > 5)
		return -1;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		*port = *port * 10 + (text[i] - '0');
	}
	return *port >= 1 && *port <= 65535 ? 0 : -1;
}

/* "host", "host:port", "[::1]:port" */
static int
parse_authority(const char *text, size_t len, struct net_url *out)
{
	const char *end = text + len, *colon;
	size_t n;

	if (len > 0 && *text == '[') {
		const char *close = memchr(text, ']', len);

		if (close == NULL)
			return -1;
		n = (size_t)(close - ++text);
		colon = close + 1;
		if (colon < end && *colon != ':')
			return -1;
	} else {
		colon = memchr(text, ':', len);
		n = colon ? (size_t)(colon - text) : len;
	}
	if (n == 0 || n >= sizeof out->host)
		return -1;
	memcpy(out->host, text, n);
	out->host[n] = '\0';
	if (colon == NULL || colon >= end)
		return 0;
	colon++;
	return parse_port(colon, (size_t)(end - colon), &out->port);
}

int
net_url_parse(const char *text, struct net_url *out)
{
	struct net_url url = { 0 };
	const char *p = strstr(text, "://"), *at = NULL;
	size_t n;

	if (p == NULL || p == text || (size_t)(p - text) >= sizeof url.scheme)
		return -1;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == 0x7f || *c == '\\')
			return -1;
	for (const char *c = text; c < p; c++) {
		if (!text_is_alnum(*c))
			return -1;
		url.scheme[c - text] = text_lower(*c);
	}
	p += 3;
	n = strcspn(p, "/?#");
	for (size_t i = 0; i < n; i++)
		if (p[i] == '@')
			at = p + i;
	url.path = p + n;
	if (at != NULL) {
		url.has_user = true;
		n -= (size_t)(at + 1 - p);
		p = at + 1;
	}
	if (n == 0 && strcmp(url.scheme, "maildir") == 0) {
		*out = url;
		return 0;
	}
	if (parse_authority(p, n, &url) == -1)
		return -1;
	*out = url;
	return 0;
}

struct range4 {
	uint32_t address;
	int bits;
};

/* RFC 6890 and the multicast and reserved blocks. */
static const struct range4 PRIVATE4[] = {
	{ 0x00000000, 8 },  /* this network */
	{ 0x0a000000, 8 },  /* private */
	{ 0x64400000, 10 }, /* carrier's shared space */
	{ 0x7f000000, 8 },  /* loopback */
	{ 0xa9fe0000, 16 }, /* link-local, cloud metadata */
	{ 0xac100000, 12 }, /* private */
	{ 0xc0000000, 24 }, /* protocol assignments */
	{ 0xc0000200, 24 }, /* documentation */
	{ 0xc0a80000, 16 }, /* private */
	{ 0xc6120000, 15 }, /* benchmarks */
	{ 0xc6336400, 24 }, /* documentation */
	{ 0xcb007100, 24 }, /* documentation */
	{ 0xe0000000, 3 },  /* multicast and reserved */
};

bool
net_ipv4_is_private(uint32_t address)
{
	for (size_t i = 0; i < sizeof PRIVATE4 / sizeof *PRIVATE4; i++) {
		uint32_t mask = ~(uint32_t)0 << (32 - PRIVATE4[i].bits);

		if ((address & mask) == PRIVATE4[i].address)
			return true;
	}
	return false;
}

static uint32_t
four(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

bool
net_ipv6_is_private(const unsigned char a[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const unsigned char nat64[12] = { 0, 0x64, 0xff, 0x9b };
	static const unsigned char zero[12] = { 0 };

	if (memcmp(a, mapped, 12) == 0 || memcmp(a, nat64, 12) == 0)
		return net_ipv4_is_private(four(a + 12));
	if (memcmp(a, zero, 12) == 0) /* ::, ::1 and IPv4-compatible */
		return true;
	if (a[0] == 0x20 && a[1] == 0x02) /* 6to4 carries an IPv4 address */
		return net_ipv4_is_private(four(a + 2));
	if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8)
		return true; /* documentation */
	/* All that is public today lies in 2000::/3. */
	return (a[0] & 0xe0) != 0x20;
}

static bool
is_localhost(const char *host)
{
	size_t len = strlen(host);

	return text_same(host, "localhost") ||
	       (len > 10 && text_same(host + len - 10, ".localhost"));
}

bool
net_host_is_loopback(const char *host)
{
	unsigned char six[16];
	struct in_addr v4;

	if (is_localhost(host))
		return true;
	/* inet_aton knows "127.1" and "0x7f000001", as resolvers do. */
	if (inet_aton(host, &v4))
		return ntohl(v4.s_addr) >> 24 == 127;
	if (inet_pton(AF_INET6, host, six) != 1)
		return false;
	for (int i = 0; i < 15; i++)
		if (six[i] != 0)
			return false;
	return six[15] == 1;
}

bool
net_host_is_private(const char *host)
{
	unsigned char six[16];
	struct in_addr v4;

	if (is_localhost(host))
		return true;
	if (inet_aton(host, &v4))
		return net_ipv4_is_private(ntohl(v4.s_addr));
	if (inet_pton(AF_INET6, host, six) == 1)
		return net_ipv6_is_private(six);
	return false;
}
