/* SPDX-License-Identifier: ISC */
/* Takes the global options out of a command line. */
#include "ctl/options.h"

#include <string.h>

#define CONF_DEFAULT NUDGED_SYSCONFDIR "/nudged/nudged.conf"

/* An option with a value: "-c FILE", "-cFILE", "--now X", "--now=X". 1 when it
 * is that one, *i moved on; 0 when not; -1. */
static int
take_value(char *const *argv, int count, int *i, const char *name,
    const char **out, struct err *err)
{
	const char *text = argv[*i];
	size_t len = strlen(name);
	bool is_short = name[1] != '-';

	if (strncmp(text, name, len) != 0)
		return 0;
	if (text[len] == '\0') {
		if (*i + 1 >= count)
			return err_set(
			    err, ERR_USAGE, "%s needs a value", name);
		*out = argv[++*i];
		return 1;
	}
	if (is_short) {
		*out = text + len;
		return 1;
	}
	if (text[len] != '=')
		return 0;
	*out = text + len + 1;
	return 1;
}

static bool
take_flag(const char *text, struct options *out)
{
	if (strcmp(text, "--json") == 0)
		out->json = true;
	else if (strcmp(text, "--help") == 0 || strcmp(text, "-h") == 0)
		out->help = true;
	else if (strcmp(text, "--version") == 0 || strcmp(text, "-V") == 0)
		out->version = true;
	else
		return false;
	return true;
}

int
options_parse(
    char *const *argv, int count, struct options *out, struct err *err)
{
	struct options options = { .conf_path = CONF_DEFAULT };
	bool words_only = false;
	int rc;

	for (int i = 0; i < count; i++) {
		if (!words_only && take_flag(argv[i], &options))
			continue;
		rc = words_only ? 0
				: take_value(argv, count, &i, "-c",
				      &options.conf_path, err);
		if (rc == 0 && !words_only)
			rc = take_value(argv, count, &i, "--config-file",
			    &options.conf_path, err);
		options.conf_given |= rc == 1;
		if (rc == 0 && !words_only)
			rc = take_value(
			    argv, count, &i, "--now", &options.now, err);
		if (rc == -1) {
			options_clear(&options);
			return -1;
		}
		if (rc == 1)
			continue;
		if (strcmp(argv[i], "--") == 0)
			words_only = true;
		*vec_push(&options.rest) = argv[i];
	}
	*out = options;
	return 0;
}

void
options_clear(struct options *options)
{
	vec_clear(&options->rest);
}

int
options_now(
    const char *text, const struct zone *zone, int64_t *out, struct err *err)
{
	int day = strnlen(text, 10) == 10 ? day_parse_n(text, 10) : DAY_NONE;
	int minute = 0;

	if (day != DAY_NONE && (text[10] == 'T' || text[10] == ' '))
		minute = minute_parse(text + 11);
	else if (day != DAY_NONE && text[10] != '\0')
		minute = -1;
	if (day == DAY_NONE || minute < 0 || minute >= 1440)
		return err_set(err, ERR_USAGE,
		    "--now: \"%.40s\" is neither YYYY-MM-DD nor "
		    "YYYY-MM-DDTHH:MM",
		    text);
	*out = zone_instant(zone, day, minute);
	return 0;
}
