/* SPDX-License-Identifier: ISC */
/*
 * Retries as arithmetic: delays, jitter, giving up, the channel's rest, and
 * Retry-After. Reads no clock and draws no random numbers.
 */
#include "core/retry.h"

#include <string.h>

#include "core/date.h"

#define DAY_S 86400

static const int webhook_steps_s[] = { 5, 300, 1800, 7200, 18000, 36000, 50400,
	72000, 86400 };

const char *
outcome_name(enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_NONE:
		return "none";
	case OUTCOME_SENT:
		return "sent";
	case OUTCOME_DEFER:
		return "deferred";
	case OUTCOME_FAIL:
		return "failed";
	case OUTCOME_GONE:
		return "gone";
	case OUTCOME_CHANNEL:
		return "channel";
	case OUTCOME_STALE:
		return "stale";
	case OUTCOME_DROPPED:
		return "dropped";
	case OUTCOME_IN_DOUBT:
		return "in_doubt";
	}
	return "none";
}

struct retry_policy
retry_policy_mail(void)
{
	return (struct retry_policy){
		.base_s = 60,
		.most_s = 3600,
		.give_up_s = 5 * DAY_S,
	};
}

struct retry_policy
retry_policy_webhook(void)
{
	return (struct retry_policy){
		.base_s = 5,
		.most_s = DAY_S,
		.steps_s = webhook_steps_s,
		.step_count =
		    sizeof webhook_steps_s / sizeof webhook_steps_s[0],
		.give_up_s = 5 * DAY_S,
	};
}

/* The finishing steps of splitmix64: neighbouring seeds scatter well. */
static uint64_t
scatter(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static int64_t
jitter(int64_t delay_s, uint64_t seed, int round)
{
	uint64_t span = (uint64_t)delay_s / 4 + 1;

	return (int64_t)(scatter(seed ^ scatter((uint64_t)round)) % span);
}

/* base doubled n times, never beyond most. */
static int64_t
doubled(int64_t base_s, int n, int64_t most_s)
{
	int64_t delay = base_s > 0 ? base_s : 1;

	while (n-- > 0 && delay < most_s)
		delay *= 2;
	return delay < most_s ? delay : most_s;
}

static int64_t
delay_for(const struct retry_policy *policy, const struct retry_case *c)
{
	size_t n = c->attempts > 0 ? (size_t)c->attempts : 0;
	int64_t delay, after = c->after_s < DAY_S ? c->after_s : DAY_S;

	if (policy->step_count > 0) {
		if (n >= policy->step_count)
			n = policy->step_count - 1;
		delay = policy->steps_s[n];
	} else {
		delay = doubled(policy->base_s, c->attempts, policy->most_s);
	}
	if (delay < after)
		delay = after;
	return delay + jitter(delay, c->seed, c->attempts);
}

static struct retry_step
again(const struct retry_policy *policy, const struct retry_case *c,
    enum retry_state state, enum retry_state at_last)
{
	struct retry_step step = { state, INSTANT_NEVER, c->attempts + 1 };

	if (c->spent_s >= policy->give_up_s)
		step.state = at_last;
	else
		step.next_at = c->now + delay_for(policy, c);
	return step;
}

struct retry_step
retry_next(const struct retry_policy *policy, const struct retry_case *c)
{
	struct retry_step step = { RETRY_READY, c->now, c->attempts };

	switch (c->outcome) {
	case OUTCOME_NONE:
	case OUTCOME_STALE:
	case OUTCOME_CHANNEL:
		break;
	case OUTCOME_SENT:
		step.state = RETRY_SENT;
		break;
	case OUTCOME_FAIL:
	case OUTCOME_GONE:
		step.state = RETRY_FAILED;
		break;
	case OUTCOME_DEFER:
	case OUTCOME_DROPPED:
		return again(policy, c, RETRY_DEFERRED, RETRY_GAVE_UP);
	case OUTCOME_IN_DOUBT:
		if (!policy->hold_in_doubt)
			return again(policy, c, RETRY_IN_DOUBT, RETRY_HELD);
		step.state = RETRY_HELD;
		break;
	}
	if (step.state != RETRY_READY) {
		step.next_at = INSTANT_NEVER;
		step.attempts++;
	}
	return step;
}

static bool
rest(struct retry_channel *channel, int64_t after_s, int64_t now, uint64_t seed)
{
	int64_t delay =
	    doubled(RETRY_CHANNEL_BASE_S, channel->rests, RETRY_CHANNEL_MOST_S);

	if (after_s > DAY_S)
		after_s = DAY_S;
	if (delay < after_s)
		delay = after_s;
	channel->paused_until =
	    now + delay + jitter(delay, seed, channel->rests);
	channel->failures = 0;
	if (channel->rests < 32)
		channel->rests++;
	return channel->rests == 1;
}

bool
retry_channel_note(struct retry_channel *channel, enum outcome outcome,
    int64_t after_s, int64_t now, uint64_t seed)
{
	switch (outcome) {
	case OUTCOME_NONE:
	case OUTCOME_STALE:
	case OUTCOME_GONE:
		return false;
	case OUTCOME_SENT:
		*channel = (struct retry_channel){ 0 };
		return false;
	case OUTCOME_CHANNEL:
		if (!retry_channel_is_open(channel, now))
			return false;
		return rest(channel, after_s, now, seed);
	case OUTCOME_DEFER:
	case OUTCOME_FAIL:
	case OUTCOME_DROPPED:
	case OUTCOME_IN_DOUBT:
		break;
	}
	if (!retry_channel_is_open(channel, now))
		return false;
	if (++channel->failures < RETRY_CHANNEL_FAILURES)
		return false;
	return rest(channel, after_s, now, seed);
}

bool
retry_channel_is_open(const struct retry_channel *channel, int64_t now)
{
	return now >= channel->paused_until;
}

bool
retry_channel_on_trial(const struct retry_channel *channel)
{
	return channel->rests > 0;
}

/* ---- Retry-After: a cursor over the value ---- */

static bool
take(const char **p, const char *text)
{
	size_t len = strlen(text);

	if (strncmp(*p, text, len) != 0)
		return false;
	*p += len;
	return true;
}

/* Exactly count digits. */
static bool
take_digits(const char **p, int count, int *out)
{
	int value = 0;

	for (int i = 0; i < count; i++, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		value = value * 10 + (**p - '0');
	}
	*out = value;
	return true;
}

static bool
take_letters(const char **p)
{
	const char *start = *p;

	while ((**p >= 'A' && **p <= 'Z') || (**p >= 'a' && **p <= 'z'))
		(*p)++;
	return *p - start >= 3;
}

static bool
take_month(const char **p, int *month)
{
	const char *start = *p;

	if (!take_letters(p))
		return false;
	*month = month_parse(start, (size_t)(*p - start));
	return *month > 0;
}

static bool
take_clock(const char **p, int *second_of_day)
{
	int h, m, s;

	if (!take_digits(p, 2, &h) || !take(p, ":") || !take_digits(p, 2, &m) ||
	    !take(p, ":") || !take_digits(p, 2, &s))
		return false;
	*second_of_day = h * 3600 + m * 60 + s;
	return h < 24 && m < 60 && s <= 60;
}

/* A year of two digits means the one that is at most 50 years ahead. */
static int
full_year(int year, int64_t now)
{
	int this_year = day_civil((int)(now / DAY_S)).year;

	year += this_year / 100 * 100;
	return year > this_year + 50 ? year - 100 : year;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" and "Sunday, 06-Nov-94 08:49:37 GMT" */
static bool
take_date(const char **p, int64_t now, int *day, int *clock)
{
	int d, month, year;

	if (!take(p, ", ") || !take_digits(p, 2, &d))
		return false;
	if (take(p, "-")) {
		if (!take_month(p, &month) || !take(p, "-") ||
		    !take_digits(p, 2, &year))
			return false;
		year = full_year(year, now);
	} else {
		if (!take(p, " ") || !take_month(p, &month) || !take(p, " ") ||
		    !take_digits(p, 4, &year))
			return false;
	}
	*day = day_from_civil(year, month, d);
	return take(p, " ") && take_clock(p, clock) && take(p, " GMT");
}

/* "Sun Nov  6 08:49:37 1994" */
static bool
take_asctime(const char **p, int *day, int *clock)
{
	int d, month, year;

	if (!take(p, " ") || !take_month(p, &month) || !take(p, " "))
		return false;
	if (!take_digits(p, take(p, " ") ? 1 : 2, &d) || !take(p, " ") ||
	    !take_clock(p, clock) || !take(p, " ") || !take_digits(p, 4, &year))
		return false;
	*day = day_from_civil(year, month, d);
	return true;
}

static int64_t
parse_seconds(const char *p)
{
	int64_t value = 0;

	for (; *p >= '0' && *p <= '9'; p++) {
		if (value < INT32_MAX)
			value = value * 10 + (*p - '0');
	}
	return *p == '\0' ? value : -1;
}

int64_t
retry_after_parse(const char *text, int64_t now)
{
	char copy[64];
	const char *p = copy;
	size_t len;
	int day = DAY_NONE, clock = 0;
	int64_t at;

	while (*text == ' ' || *text == '\t')
		text++;
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	if (len == 0 || len >= sizeof copy)
		return -1;
	memcpy(copy, text, len);
	copy[len] = '\0';

	if (*p >= '0' && *p <= '9')
		return parse_seconds(p);
	if (!take_letters(&p))
		return -1;
	if (*p == ',' ? !take_date(&p, now, &day, &clock)
		      : !take_asctime(&p, &day, &clock))
		return -1;
	if (*p != '\0' || day == DAY_NONE)
		return -1;
	at = (int64_t)day * DAY_S + clock;
	return at > now ? at - now : 0;
}
