/* SPDX-License-Identifier: ISC */
/*
 * What is allowed in a config but should be looked at; see conf.h. These are
 * remarks of `check`, never reasons to refuse a file.
 */
#include "core/conf.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/near.h"
#include "core/net.h"
#include "core/text.h"

#define HORIZON_DAYS 90

static void
remark_horizon(const struct calendar *cal, const char *whose, int today,
    struct strings *out)
{
	int last = calendar_horizon(cal);
	char day[DAY_LONG_MAX];

	if (last == DAY_NONE)
		strings_addf(out,
		    "%s: no holidays are loaded, so every bank holiday counts "
		    "as a working day",
		    whose);
	else if (last < today)
		strings_addf(out,
		    "%s: the last holiday was %s: deadlines are reckoned "
		    "without holidays",
		    whose, day_long(last, day));
	else if (last - today < HORIZON_DAYS)
		strings_addf(out,
		    "%s: the last holiday is %s, in %d days: get a newer file",
		    whose, day_long(last, day), last - today);
}

static void
remark_mail(const struct conf_mail *mail, struct strings *out)
{
	struct net_url url;

	if (mail->allowed_domains.len == 0)
		strings_addf(out,
		    "mail.allowed_domains is not set: mails may go to any "
		    "address in the register");
	if (mail->redirect_all_to != NULL)
		strings_addf(out,
		    "mail.redirect_all_to is set: every mail goes to %s, none "
		    "to its recipient",
		    mail->redirect_all_to);
	if (mail->url != NULL && net_url_parse(mail->url, &url) == 0 &&
	    strcmp(url.scheme, "smtp") == 0 && mail->tls == TLS_NEVER &&
	    !net_host_is_loopback(url.host))
		strings_addf(out,
		    "mail.tls is \"never\": mails travel to %s in clear text",
		    url.host);
}

static bool
is_catch_all(const struct conf_schedule *s)
{
	return s->kinds.len == 0 && s->series.len == 0 && s->bodies.len == 0 &&
	       s->priorities.len == 0;
}

/* "chiar" may be an office; more likely it is a slip. */
static void
remark_to(
    const char *what, const char *name, const char *to, struct strings *out)
{
	static const char *const roles[] = { "owner", "co-owners", "sponsor",
		"chair", "secretary" };
	const char *near;

	if (conf_is_role(to) || strchr(to, '@') != NULL)
		return;
	near = near_find(to, roles, sizeof roles / sizeof *roles);
	if (near != NULL)
		strings_addf(out,
		    "%s \"%s\": \"%s\" is taken as the name of an office, did "
		    "you mean the role \"%s\"?",
		    what, name, to, near);
}

static void
remark_schedules(const struct conf *conf, struct strings *out)
{
	const char *catch_all = NULL;

	VEC_EACH (struct conf_schedule, s, &conf->schedules) {
		if (catch_all != NULL)
			strings_addf(out,
			    "schedule \"%s\" is never used: \"%s\" before it "
			    "takes every entry",
			    s->name, catch_all);
		else if (is_catch_all(s))
			catch_all = s->name;
		if (s->remind.len == 0 && s->escalate.len == 0)
			strings_addf(out,
			    "schedule \"%s\" reminds nobody: its entries stay "
			    "silent",
			    s->name);
		for (size_t i = 0; i < s->to.len; i++)
			remark_to("schedule", s->name, s->to.items[i], out);
		VEC_EACH (struct conf_escalation, step, &s->escalate)
			remark_to("schedule", s->name, step->to, out);
	}
	if (catch_all == NULL)
		strings_addf(out,
		    "no schedule takes every entry: end the list with one "
		    "that has no kinds, series, bodies or priorities");
}

void
conf_horizon_remarks(const struct conf *conf, int today, struct strings *out)
{
	remark_horizon(&conf->calendar, "calendar", today, out);
	VEC_EACH (struct conf_holiday_set, set, &conf->holiday_sets) {
		char *whose = xasprintf("holiday set \"%s\"", set->name);

		remark_horizon(&set->calendar, whose, today, out);
		free(whose);
	}
}

void
conf_remarks(const struct conf *conf, int today, struct strings *out)
{
	remark_mail(&conf->mail, out);
	conf_horizon_remarks(conf, today, out);
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks)
		if (hook->format == HOOK_JSON && hook->secret_files.len == 0)
			strings_addf(out,
			    "webhook \"%s\" has no secret_file: its receiver "
			    "cannot tell our messages from others'",
			    hook->name);
	remark_schedules(conf, out);
	if (conf->digests.len == 0)
		strings_addf(out,
		    "no digests: the chair hears of single entries "
		    "only");
	VEC_EACH (struct conf_digest, d, &conf->digests)
		for (size_t i = 0; i < d->to.len; i++)
			remark_to("digest", d->name, d->to.items[i], out);
}
