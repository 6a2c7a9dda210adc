/* SPDX-License-Identifier: ISC */
/*
 * Fuzzes the config: the first byte chooses between a whole file and the small
 * grammars that its values are read with.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/net.h"
#include "io/clock.h"
#include "io/conffile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libconfig 1.5 loses the tokens it holds when it meets a syntax error. */
const char *
__lsan_default_suppressions(void)
{
	return "leak:libconfig\n";
}

static void
fuzz_file(const char *text, size_t len)
{
	struct strings problems = { 0 }, remarks = { 0 };
	struct conf *conf = NULL;
	char path[64];
	int fd;

	/* Not any file of this machine. */
	if (memmem(text, len, "@include", 8) != NULL)
		return;
	fd = memfd_create("conf", 0);
	if (fd == -1 || write(fd, text, len) != (ssize_t)len)
		abort();
	(void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (conffile_load(path, &conf, &problems) == 0) {
		if (problems.len != 0)
			abort();
		conf_remarks(conf, 20000, &remarks);
	} else if (conf != NULL || problems.len == 0) {
		abort();
	}
	strings_clear(&remarks);
	strings_clear(&problems);
	conf_free(conf);
	(void)close(fd);
}

/* What was read must be read again from its canonical text. */
static void
fuzz_rule(const char *text, enum rule_use use)
{
	struct rule rule, again;
	struct err err;

	if (rule_parse(text, use, &rule, &err) == -1)
		return;
	if (rule_parse(rule.text, use, &again, &err) == -1 ||
	    strcmp(rule.text, again.text) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;
	struct duration duration;
	struct net_url url;
	struct zone zone;
	struct err err;

	if (size == 0)
		return 0;
	text = xstrndup((const char *)data + 1, size - 1);
	switch (data[0] % 8) {
	case 0:
	case 1:
		fuzz_file(text, size - 1);
		break;
	case 2:
		fuzz_rule(text, RULE_FOR_REMINDER);
		break;
	case 3:
		fuzz_rule(text, RULE_FOR_ESCALATION);
		break;
	case 4:
		fuzz_rule(text, RULE_FOR_DIGEST);
		break;
	case 5:
		(void)duration_parse(text, &duration, &err);
		break;
	case 6:
		if (net_url_parse(text, &url) == 0)
			(void)net_host_is_private(url.host);
		break;
	case 7:
		if (clock_zone_parse("fuzz", text, size - 1, &zone, &err) == 0)
			zone_clear(&zone);
		break;
	}
	free(text);
	return 0;
}
