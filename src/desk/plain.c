/* SPDX-License-Identifier: ISC */
/* Short forms in plain English; see the header. */
#include "desk/plain.h"

#include <string.h>

#include "core/buf.h"
#include "core/plan.h"

#define ASKS "ask for a date on "

static const struct {
	const char *flag, *plain;
} flags[] = {
	{ "weekday mismatch", "the weekday and the date disagree" },
	{ "no such day", "there is no such day" },
	{ "past at import", "the day lies before the one it counts from" },
	{ "series calendar missing", "the date of that meeting is not known" },
	{ "condition", "it waits for something else to happen first" },
	{ "ambiguous", "the words can mean several days" },
	{ "base imprecise", "the day that it counts from is only known to the "
			    "month" },
	{ "calendar needed", "it needs a calendar that is not in the "
			     "configuration" },
	{ "beyond the loaded holidays",
	    "it lies behind the last bank holiday that is loaded" },
	{ "special calendar", "counted by the rule for parish meetings, which "
			      "leaves out more days" },
	{ "policy", "the words name no day; the usual number of days was "
		    "taken" },
	{ "vague", "the words are vague" },
	{ "uncertain", "the words leave the day open" },
	{ "unresolvable", "the words name no day" },
};

static const char *
plain_of(const char *flag, size_t len)
{
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (strlen(flags[i].flag) == len &&
		    memcmp(flags[i].flag, flag, len) == 0)
			return flags[i].plain;
	return NULL;
}

char *
plain_flag(const char *flag)
{
	struct buf out = { 0 };

	while (*flag != '\0') {
		size_t len = strcspn(flag, ";");
		const char *plain = plain_of(flag, len);

		if (out.len > 0)
			buf_puts(&out, "; ");
		if (plain != NULL)
			buf_puts(&out, plain);
		else
			buf_add(&out, flag, len);
		flag += len;
		flag += strspn(flag, "; ");
	}
	return buf_take(&out);
}

char *
plain_rule(const char *rule)
{
	const char *asks = strstr(rule, ASKS);
	size_t len = asks == NULL ? strlen(rule) : (size_t)(asks - rule);

	while (len > 0 && asks != NULL && strchr(": ", rule[len - 1]) != NULL)
		len--;
	return xstrndup(rule, len);
}

char *
plain_firing(const char *rule)
{
	size_t len = strlen(PLAN_AHEAD);

	return strncmp(rule, PLAN_AHEAD, len) == 0
		   ? xasprintf("the coming escalation: %s", rule + len)
		   : xstrdup(rule);
}
