/* SPDX-License-Identifier: ISC */
/*
 * What is wrong with the values of a config together; see conf.h. What one
 * value alone can say is checked as it is read.
 */
#include "core/conf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mime.h"
#include "core/near.h"
#include "core/net.h"
#include "core/text.h"

#define SOCKET_PATH_MAX 107 /* sun_path, less its end */
#define NAME_MAX_BYTES 64

/* Where the checking stands: the object whose keys are looked at. */
struct check {
	const struct conf *conf;
	struct conf_problems *out;
	char at[48]; /* "webhooks.[0]" or "mail"; "" at the top */
};

static void complain(const struct check *c, const char *key, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

static void
complain(const struct check *c, const char *key, const char *format, ...)
{
	struct conf_problem *p = vec_push(&c->out->list);
	struct buf text = { 0 };
	va_list ap;

	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	p->text = buf_take(&text);
	p->path = xasprintf("%s%s%s", c->at, *c->at ? "." : "", key);
}

static void
enter(struct check *c, const char *list, size_t i)
{
	(void)snprintf(c->at, sizeof c->at, "%s.[%zu]", list, i);
}

/* ", did you mean "x"?" or "". Owned. */
static char *
meant(const char *word, const char *const *names, size_t count)
{
	const char *near = near_find(word, names, count);

	return near ? xasprintf(", did you mean \"%s\"?", near) : xstrdup("");
}

/* Names are typed on command lines and stand in tables. */
static void
check_name(const struct check *c, const char *name)
{
	if (name == NULL)
		return; /* missing: said where it was read */
	if (strlen(name) > NAME_MAX_BYTES)
		complain(c, "name", "is longer than %d bytes", NAME_MAX_BYTES);
	if (name[0] == '-' || name[0] == ' ')
		complain(c, "name", "\"%s\" must begin with a letter or digit",
		    name);
}

#define CHECK_NAMES(c, list_name, type, list)                                 \
	VEC_EACH (type, a, list) {                                            \
		enter(c, list_name, (size_t)(a - (list)->items));             \
		check_name(c, a->name);                                       \
		for (type *b = (list)->items; a->name != NULL && b < a; b++)  \
			if (b->name != NULL && text_same(a->name, b->name)) { \
				complain(c, "name", "\"%s\" is there twice",  \
				    a->name);                                 \
				break;                                        \
			}                                                     \
	}

/* ---- mail ---- */

static void
check_mailbox(const struct check *c, const char *key, const char *text)
{
	struct mime_mailbox box;
	struct err err;

	if (text != NULL && mime_mailbox_parse(text, &box, &err) == -1)
		complain(c, key, "%s", err.text);
}

static void
check_domains(const struct check *c)
{
	const struct strings *list = &c->conf->mail.allowed_domains;

	for (size_t i = 0; i < list->len; i++) {
		const char *domain = list->items[i];
		char probe[MIME_ADDRESS_MAX + 8];
		const char *at = strrchr(domain, '@');

		if (at != NULL) {
			complain(c, "allowed_domains",
			    "\"%s\" is no domain, did you mean \"%s\"?", domain,
			    at + 1);
			continue;
		}
		(void)snprintf(probe, sizeof probe, "a@%s", domain);
		if (strlen(domain) > MIME_ADDRESS_MAX ||
		    !mime_address_ok(probe))
			complain(c, "allowed_domains",
			    "\"%s\" is no domain; write for example "
			    "\"example.org\"",
			    domain);
	}
}

static void
check_mail_url(const struct check *c, bool *smtp, bool *loopback)
{
	const struct conf_mail *mail = &c->conf->mail;
	struct net_url url;

	if (mail->url == NULL) {
		complain(c, "url", "is empty");
		return;
	}
	if (strncmp(mail->url, "maildir:/", 9) == 0 &&
	    strncmp(mail->url, "maildir://", 10) != 0) {
		complain(c, "url",
		    "\"%s\" has two slashes too few: maildir://%s", mail->url,
		    mail->url + 8);
		return;
	}
	if (net_url_parse(mail->url, &url) == -1) {
		complain(c, "url",
		    "\"%s\" is no address of a mail server; write for example "
		    "\"smtp://localhost:25\"",
		    mail->url);
		return;
	}
	if (strcmp(url.scheme, "maildir") == 0) {
		if (url.host[0] != '\0' || strlen(url.path) < 2)
			complain(c, "url",
			    "\"%s\" must hold a whole path: maildir:///PATH",
			    mail->url);
		return;
	}
	if (strcmp(url.scheme, "smtp") != 0 &&
	    strcmp(url.scheme, "smtps") != 0) {
		complain(c, "url",
		    "does not know \"%s://\", only smtp://, smtps:// and "
		    "maildir:///",
		    url.scheme);
		return;
	}
	*smtp = true;
	*loopback = net_host_is_loopback(url.host);
	if (url.has_user)
		complain(c, "url",
		    "must not hold a user name or password: use username and "
		    "password_file");
	if (strcmp(url.scheme, "smtps") == 0 && mail->tls == TLS_NEVER)
		complain(c, "tls", "\"never\" contradicts smtps:// in url");
}

static void
check_mail(struct check *c)
{
	const struct conf_mail *mail = &c->conf->mail;
	bool smtp = false, loopback = false;

	(void)snprintf(c->at, sizeof c->at, "mail");
	check_mail_url(c, &smtp, &loopback);
	check_mailbox(c, "from", mail->from);
	check_mailbox(c, "reply_to", mail->reply_to);
	if (mail->redirect_all_to != NULL &&
	    !mime_address_ok(mail->redirect_all_to))
		complain(c, "redirect_all_to", "\"%s\" is no mail address",
		    mail->redirect_all_to);
	check_domains(c);
	if (mail->username != NULL && mail->password_file == NULL &&
	    mail->credential == NULL)
		complain(c, "username",
		    "needs its password: password_file or credential");
	if (mail->username == NULL && mail->password_file != NULL)
		complain(c, "password_file", "needs its username");
	if (mail->username == NULL && mail->credential != NULL)
		complain(c, "credential", "needs its username");
	if (mail->password_file != NULL && mail->credential != NULL)
		complain(c, "credential",
		    "contradicts password_file: only one of them");
	if (mail->credential != NULL && strchr(mail->credential, '/') != NULL)
		complain(c, "credential", "\"%s\" is a name, not a path",
		    mail->credential);
	if (smtp && mail->username != NULL && mail->tls == TLS_NEVER &&
	    !loopback)
		complain(c, "tls",
		    "\"never\" would send the password in clear text");
}

/* ---- webhooks ---- */

static void
check_webhook(const struct check *c, const struct conf_webhook *hook)
{
	struct net_url url;

	if (hook->name != NULL && text_same(hook->name, "mail"))
		complain(c, "name", "\"mail\" is the mail channel's name");
	/* Better refused than every message of it failing one by one. */
	if (hook->format != HOOK_JSON)
		complain(c, "format",
		    "only \"json\" is there yet; the chat formats come later");
	if (hook->url == NULL)
		return;
	if (net_url_parse(hook->url, &url) == -1 || url.host[0] == '\0') {
		complain(c, "url",
		    "\"%s\" is no address; write for example "
		    "\"https://hooks.example.org/x\"",
		    hook->url);
		return;
	}
	if (strcmp(url.scheme, "https") != 0 &&
	    (strcmp(url.scheme, "http") != 0 || !hook->allow_private)) {
		complain(c, "url",
		    strcmp(url.scheme, "http") == 0
			? "must be https:// (http:// only with "
			  "allow_private = true)"
			: "must begin with https://");
		return;
	}
	if (url.has_user)
		complain(c, "url", "must not hold a user name or password");
	if (!hook->allow_private && net_host_is_private(url.host))
		complain(c, "url",
		    "%s is a private address: allow_private = true permits it",
		    url.host);
}

/* ---- schedules and digests ---- */

/* A role or an office is only text here; an address must be one. */
static void
check_to(const struct check *c, const char *key, const char *to)
{
	if (strchr(to, '@') != NULL && !mime_address_ok(to))
		complain(c, key, "\"%s\" is no mail address", to);
}

static void
check_channels(const struct check *c, const struct strings *channels)
{
	const struct conf *conf = c->conf;
	VEC(const char *) names = { 0 };

	*vec_push(&names) = "mail";
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks)
		if (hook->name != NULL)
			*vec_push(&names) = hook->name;
	for (size_t i = 0; i < channels->len; i++) {
		const char *name = channels->items[i];
		char *near;

		if (strcmp(name, "mail") == 0 ||
		    conf_webhook(conf, name) != NULL)
			continue;
		near = meant(name, names.items, names.len);
		complain(c, "channels",
		    "\"%s\" is neither \"mail\" nor a webhook's name%s", name,
		    near);
		free(near);
	}
	vec_clear(&names);
}

static void
check_kinds(const struct check *c, const struct strings *kinds)
{
	const char *const *known = conf_kinds();
	VEC(const char *) names = { 0 };

	for (; *known != NULL; known++)
		*vec_push(&names) = *known;
	for (size_t i = 0; i < c->conf->kinds.len; i++)
		*vec_push(&names) = c->conf->kinds.items[i];
	for (size_t i = 0; i < kinds->len; i++) {
		char *near;

		if (conf_is_kind(c->conf, kinds->items[i]))
			continue;
		near = meant(kinds->items[i], names.items, names.len);
		complain(c, "kinds", "\"%s\" is no kind of entry%s",
		    kinds->items[i],
		    *near ? near : "; add your own to kinds at the top");
		free(near);
	}
	vec_clear(&names);
}

static void
check_schedule(const struct check *c, const struct conf_schedule *s)
{
	check_kinds(c, &s->kinds);
	check_channels(c, &s->channels);
	for (size_t i = 0; i < s->to.len; i++)
		check_to(c, "to", s->to.items[i]);
	VEC_EACH (struct conf_escalation, step, &s->escalate) {
		if (step->to == NULL)
			continue;
		check_to(c, "escalate", step->to);
		for (struct conf_escalation *b = s->escalate.items; b < step;
		     b++)
			if (b->to != NULL && text_same(b->to, step->to) &&
			    strcmp(b->when.text, step->when.text) == 0)
				complain(c, "escalate",
				    "\"%s\" to %s is there twice",
				    step->when.text, step->to);
	}
}

/* ---- clocks and words ---- */

static void
check_clock_names(const struct check *c, const struct clock *clock)
{
	VEC(const char *) names = { 0 };
	char *near;
	bool known = clock->holidays == NULL;

	VEC_EACH (struct conf_holiday_set, set, &c->conf->holiday_sets) {
		if (set->name == NULL)
			continue;
		*vec_push(&names) = set->name;
		known = known || text_same(set->name, clock->holidays);
	}
	if (!known) {
		near = meant(clock->holidays, names.items, names.len);
		complain(c, "holidays", "\"%s\" is no name in holiday_sets%s",
		    clock->holidays, near);
		free(near);
	}
	names.len = 0;
	VEC_EACH (struct clock, other, &c->conf->clocks)
		if (other->name != NULL)
			*vec_push(&names) = other->name;
	if (clock->then != NULL && conf_clock(c->conf, clock->then) == NULL) {
		near = meant(clock->then, names.items, names.len);
		complain(c, "then", "no clock \"%s\"%s", clock->then, near);
		free(near);
	}
	vec_clear(&names);
}

/* A chain that comes back to its start would never end. */
static bool
is_cycle(const struct conf *conf, const struct clock *start)
{
	const struct clock *clock = start;

	for (size_t i = 0; i <= conf->clocks.len; i++) {
		if (clock->then == NULL)
			return false;
		clock = conf_clock(conf, clock->then);
		if (clock == NULL)
			return false;
		/* One that is followed by itself repeats. */
		if (clock == start)
			return i > 0;
	}
	return false;
}

/* Is it a step behind another? */
static bool
is_next(const struct conf *conf, const struct clock *clock)
{
	VEC_EACH (const struct clock, other, &conf->clocks)
		if (other->then != NULL && clock->name != NULL &&
		    text_same(other->then, clock->name))
			return true;
	return false;
}

static void
check_clock(const struct check *c, const struct clock *clock)
{
	if (clock->mode == CLOCK_FIXED_ANNUAL) {
		if (clock->month == 0)
			complain(c, "on",
			    "is missing: mode \"fixed_annual\" needs a day "
			    "like \"1 February\"");
		if (clock->count != 0)
			complain(c, "count",
			    "has no meaning in mode \"fixed_annual\"");
	} else {
		if (clock->count < 1)
			complain(c, "count",
			    "is missing: how many to count, 1 or more");
		if (clock->month != 0)
			complain(c, "on",
			    "has a meaning in mode \"fixed_annual\" only");
	}
	check_clock_names(c, clock);
	if (is_cycle(c->conf, clock))
		complain(c, "then", "the chain comes back to \"%s\"",
		    clock->name ? clock->name : "");
	if (clock->pauses && !clock_may_pause(clock->mode))
		complain(c, "pauses",
		    "has no meaning in mode \"%s\": nothing runs that could "
		    "stand",
		    clock_mode_name(clock->mode));
	if (clock->owner != NULL && clock->body == NULL &&
	    !is_next(c->conf, clock))
		complain(c, "owner",
		    "has no meaning without body, or another clock whose "
		    "then is \"%s\"",
		    clock->name ? clock->name : "");
	if (clock->body != NULL && clock->text == NULL)
		complain(c, "text", "is missing: what a report of %s asks for",
		    clock->body);
}

static void
check_term(const struct check *c, const struct words_term *term)
{
	bool from = term->half_first_on != DAY_NONE;
	bool until = term->half_last_on != DAY_NONE;

	if (term->first_on == DAY_NONE || term->last_on == DAY_NONE ||
	    term->first_on > term->last_on)
		complain(c, "until", "must not be before from");
	else if (from != until)
		complain(c, from ? "half_term_from" : "half_term_until",
		    "needs half_term_from and half_term_until");
	else if (from && (term->half_first_on > term->half_last_on ||
			     term->half_first_on < term->first_on ||
			     term->half_last_on > term->last_on))
		complain(
		    c, "half_term_from", "half-term must lie within the term");
}

/* ---- all of it ---- */

static void
check_top(struct check *c)
{
	const struct conf *conf = c->conf;
	bool works = false;

	c->at[0] = '\0';
	if (conf->socket != NULL && strlen(conf->socket) > SOCKET_PATH_MAX)
		complain(c, "socket",
		    "\"%s\" is longer than the %d bytes that the system takes",
		    conf->socket, SOCKET_PATH_MAX);
	for (size_t i = 0; i < conf->kinds.len; i++)
		for (const char *const *k = conf_kinds(); *k != NULL; k++)
			if (text_same(*k, conf->kinds.items[i]))
				complain(
				    c, "kinds", "\"%s\" is there already", *k);
	for (size_t i = 0; i < 7; i++)
		works = works || conf->works[i];
	(void)snprintf(c->at, sizeof c->at, "calendar");
	if (!works)
		complain(c, "working_days", "at least one day must work");
}

void
conf_validate(const struct conf *conf, struct conf_problems *out)
{
	struct check check = { .conf = conf, .out = out }, *c = &check;

	check_top(c);
	check_mail(c);
	CHECK_NAMES(c, "webhooks", struct conf_webhook, &conf->webhooks)
	CHECK_NAMES(c, "schedules", struct conf_schedule, &conf->schedules)
	CHECK_NAMES(c, "digests", struct conf_digest, &conf->digests)
	CHECK_NAMES(c, "clocks", struct clock, &conf->clocks)
	CHECK_NAMES(
	    c, "holiday_sets", struct conf_holiday_set, &conf->holiday_sets)
	CHECK_NAMES(c, "words.terms", struct words_term, &conf->words.terms)
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks) {
		enter(c, "webhooks", (size_t)(hook - conf->webhooks.items));
		check_webhook(c, hook);
	}
	VEC_EACH (struct conf_schedule, s, &conf->schedules) {
		enter(c, "schedules", (size_t)(s - conf->schedules.items));
		check_schedule(c, s);
	}
	VEC_EACH (struct conf_digest, d, &conf->digests) {
		enter(c, "digests", (size_t)(d - conf->digests.items));
		for (size_t i = 0; i < d->to.len; i++)
			check_to(c, "to", d->to.items[i]);
		if (d->sections == 0)
			complain(c, "sections", "is empty");
	}
	VEC_EACH (struct clock, clock, &conf->clocks) {
		enter(c, "clocks", (size_t)(clock - conf->clocks.items));
		check_clock(c, clock);
	}
	VEC_EACH (struct words_term, term, &conf->words.terms) {
		enter(
		    c, "words.terms", (size_t)(term - conf->words.terms.items));
		check_term(c, term);
	}
}
