/* SPDX-License-Identifier: ISC */
/* Preloaded into a driver: every name takes three seconds to look up. */
#include <netdb.h>
#include <unistd.h>

int
getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
    struct addrinfo **result)
{
	(void)node;
	(void)service;
	(void)hints;
	(void)result;
	sleep(3);
	return EAI_AGAIN;
}
