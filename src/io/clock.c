/* SPDX-License-Identifier: ISC */
/*
 * The wall clock, and zone files (RFC 8536) into struct zone: the changes that
 * are listed, then those that the rule in the file's last line gives.
 */
#include "io/clock.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buf.h"
#include "core/vec.h"
#include "io/file.h"

#define ZONE_FILE_MAX ((size_t)256 * 1024)
#define LAST_YEAR 2100
#define DAY_S 86400
#define HEADER 44

int64_t
clock_now(void)
{
	return (int64_t)time(NULL);
}

/* The changes as they are gathered: only those since 1970 are kept, the last
 * one before is the first offset. */
struct gather {
	int first_offset;
	int64_t last_at; /* of the last change seen, kept or not */
	VEC(struct zone_change) changes;
};

static void
gather_add(struct gather *g, int64_t at, int offset)
{
	size_t n = g->changes.len;
	struct zone_change *change;

	g->last_at = at;
	if (at <= 0) {
		g->first_offset = offset;
		return;
	}
	/* A rule may end at the very moment the next one starts. */
	if (n > 0 && g->changes.items[n - 1].at == at)
		n = --g->changes.len;
	if (offset == (n ? g->changes.items[n - 1].offset : g->first_offset))
		return;
	change = vec_push(&g->changes);
	change->at = at;
	change->offset = offset;
}

/* ---- the rule in the last line: "GMT0BST,M3.5.0/1,M10.5.0" ---- */

struct switch_day {
	char form; /* 'M': month, week, weekday; 'J': 1-365 without 29 February;
		    * 'N': 0-365 */
	int month, week, day;
	int seconds; /* local, after midnight; may be negative */
};

static bool
read_int(const char **p, int max, int *out)
{
	int n = 0;

	if (!isdigit((unsigned char)**p))
		return false;
	while (isdigit((unsigned char)**p)) {
		n = n * 10 + (*(*p)++ - '0');
		if (n > max)
			return false;
	}
	*out = n;
	return true;
}

static bool
read_name(const char **p)
{
	const char *from = *p;

	if (**p == '<') {
		while (**p != '\0' && **p != '>')
			(*p)++;
		return *(*p)++ == '>';
	}
	while (isalpha((unsigned char)**p))
		(*p)++;
	return *p - from >= 3;
}

/* "[+-]h[:m[:s]]" */
static bool
read_time(const char **p, int *out)
{
	int sign = 1, h, m = 0, s = 0;

	if (**p == '-' || **p == '+')
		sign = *(*p)++ == '-' ? -1 : 1;
	if (!read_int(p, 167, &h))
		return false;
	if (**p == ':') {
		(*p)++;
		if (!read_int(p, 59, &m))
			return false;
		if (**p == ':') {
			(*p)++;
			if (!read_int(p, 59, &s))
				return false;
		}
	}
	*out = sign * (h * 3600 + m * 60 + s);
	return true;
}

static bool
read_switch(const char **p, struct switch_day *out)
{
	*out = (struct switch_day){ .seconds = 2 * 3600 };
	if (*(*p)++ != ',')
		return false;
	if (**p == 'M') {
		out->form = *(*p)++;
		if (!read_int(p, 12, &out->month) || out->month < 1 ||
		    *(*p)++ != '.' || !read_int(p, 5, &out->week) ||
		    out->week < 1 || *(*p)++ != '.' ||
		    !read_int(p, 6, &out->day))
			return false;
	} else {
		out->form = 'N';
		if (**p == 'J')
			out->form = *(*p)++;
		if (!read_int(p, 365, &out->day) ||
		    (out->form == 'J' && out->day < 1))
			return false;
	}
	if (**p != '/')
		return true;
	(*p)++;
	return read_time(p, &out->seconds);
}

/* The local moment of a switch, as if local time were UTC. */
static int64_t
switch_in_year(const struct switch_day *sw, int year)
{
	int new_year = day_from_civil(year, 1, 1), day;

	if (sw->form == 'M') {
		int first = day_from_civil(year, sw->month, 1);
		/* POSIX counts weekdays from Sunday, we from Monday. */
		int want = (sw->day + 6) % 7;

		day = first + (want - (int)day_weekday(first) + 7) % 7 +
		      (sw->week - 1) * 7;
		if (day >= first + month_length(year, sw->month))
			day -= 7;
	} else {
		bool leap = month_length(year, 2) == 29;

		day = new_year + sw->day;
		if (sw->form == 'J')
			day -= !(leap && sw->day >= 60);
	}
	return (int64_t)day * DAY_S + sw->seconds;
}

/* Adds what the rule says after the last listed change. */
static bool
gather_rule(struct gather *g, const char *rule)
{
	struct switch_day start, end;
	int std, dst;
	int64_t after = g->last_at;

	if (!read_name(&rule) || !read_time(&rule, &std))
		return false;
	std = -std; /* POSIX counts westwards */
	if (*rule == '\0') {
		if (g->changes.len == 0 && after <= 0)
			g->first_offset = std;
		return true;
	}
	dst = std + 3600;
	if (!read_name(&rule))
		return false;
	if (*rule != ',') {
		if (!read_time(&rule, &dst))
			return false;
		dst = -dst;
	}
	if (!read_switch(&rule, &start) || !read_switch(&rule, &end) ||
	    *rule != '\0')
		return false;
	for (int year = 1970; year <= LAST_YEAR; year++) {
		struct zone_change on = { switch_in_year(&start, year) - std,
			dst };
		struct zone_change off = { switch_in_year(&end, year) - dst,
			std };
		bool south = off.at < on.at;
		const struct zone_change *two[] = { south ? &off : &on,
			south ? &on : &off };

		for (int i = 0; i < 2; i++)
			if (two[i]->at > after)
				gather_add(g, two[i]->at, two[i]->offset);
	}
	return true;
}

/* ---- the file ---- */

struct counts {
	size_t isut, isstd, leap, times, types, chars;
};

static int64_t
big_endian(const unsigned char *p, size_t size)
{
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++)
		n = n << 8 | p[i];
	if (size == 4)
		return (int32_t)(uint32_t)n;
	return (int64_t)n;
}

/* Reads a header; the length of the block behind it, or 0 when it is none. */
static size_t
read_header(const unsigned char *p, size_t len, size_t size, struct counts *out)
{
	size_t n[6], block;

	if (len < HEADER || memcmp(p, "TZif", 4) != 0)
		return 0;
	for (size_t i = 0; i < 6; i++) {
		n[i] = (size_t)(uint32_t)big_endian(p + 20 + i * 4, 4);
		if (n[i] > ZONE_FILE_MAX)
			return 0;
	}
	*out = (struct counts){ n[0], n[1], n[2], n[3], n[4], n[5] };
	block = out->times * (size + 1) + out->types * 6 + out->chars +
		out->leap * (size + 4) + out->isstd + out->isut;
	if (out->types == 0 || block > len - HEADER)
		return 0;
	return block;
}

static bool
gather_block(struct gather *g, const unsigned char *block,
    const struct counts *n, size_t size)
{
	const unsigned char *which = block + n->times * size;
	const unsigned char *types = which + n->times;

	g->first_offset = (int)big_endian(types, 4);
	g->last_at = INT64_MIN;
	for (size_t i = 0; i < n->times; i++) {
		int64_t at = big_endian(block + i * size, size), offset;

		if (which[i] >= n->types || at < g->last_at)
			return false;
		offset = big_endian(types + (size_t)which[i] * 6, 4);
		if (offset < -DAY_S || offset > 26 * 3600)
			return false;
		gather_add(g, at, (int)offset);
	}
	return true;
}

static bool
gather_file(struct gather *g, const unsigned char *p, size_t len)
{
	struct counts n;
	size_t block = read_header(p, len, 4, &n);
	char rule[128];
	const unsigned char *end;

	if (block == 0)
		return false;
	if (p[4] < '2')
		return gather_block(g, p + HEADER, &n, 4);
	p += HEADER + block;
	len -= HEADER + block;
	block = read_header(p, len, 8, &n);
	if (block == 0 || !gather_block(g, p + HEADER, &n, 8))
		return false;
	p += HEADER + block;
	len -= HEADER + block;
	if (len < 2 || *p++ != '\n')
		return false;
	end = memchr(p, '\n', --len);
	if (end == NULL || (size_t)(end - p) >= sizeof rule)
		return false;
	memcpy(rule, p, (size_t)(end - p));
	rule[end - p] = '\0';
	/* An empty line: no rule is known, the last offset stays. */
	return *rule == '\0' || gather_rule(g, rule);
}

int
clock_zone_parse(const char *name, const void *data, size_t len,
    struct zone *out, struct err *err)
{
	struct gather g = { 0 };

	if (!gather_file(&g, data, len)) {
		vec_clear(&g.changes);
		return err_set(
		    err, ERR_INPUT, "'%s' is not a time zone file", name);
	}
	*out = (struct zone){ .name = xstrdup(name),
		.first_offset = g.first_offset,
		.changes = g.changes.items,
		.count = g.changes.len };
	return 0;
}

static bool
is_zone_name(const char *name)
{
	if (!isalpha((unsigned char)*name) || strlen(name) > 64)
		return false;
	for (const char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && strchr("_+-/", *p) == NULL)
			return false;
	return strstr(name, "//") == NULL && name[strlen(name) - 1] != '/';
}

int
clock_zone_load(const char *name, struct zone *out, struct err *err)
{
	char *path, *data = NULL;
	size_t len;
	int rc;

	if (!is_zone_name(name))
		return err_set(err, ERR_INPUT,
		    "'%s' is no name of a time zone; write for example "
		    "\"Europe/London\"",
		    name);
	path = xasprintf("%s/%s", CLOCK_ZONES, name);
	rc = file_read(path, ZONE_FILE_MAX, &data, &len, err);
	if (rc == -1 && (err->code == ERR_NOTFOUND || err->code == ERR_INPUT))
		(void)err_set(err, ERR_NOTFOUND, "no time zone '%s' in %s",
		    name, CLOCK_ZONES);
	if (rc == 0)
		rc = clock_zone_parse(name, data, len, out, err);
	free(data);
	free(path);
	return rc;
}
