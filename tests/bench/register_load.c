/* SPDX-License-Identifier: ISC */
/*
 * Fills a register with entries through entries_add and times the lists that
 * people ask for: register_load FILE [COUNT]. Prints what it measured, judges
 * nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "core/buf.h"
#include "io/entries.h"
#include "io/meetings.h"
#include "io/parties.h"

#define SERIES 50
#define PARTIES 2000
#define SLICE 1000

static struct err err;
static const struct doer doer = { .actor = "bench", .on = 18000, .at = 1 };

static void
check(int rc, const char *what)
{
	if (rc == -1) {
		(void)fprintf(stderr, "%s: %s\n", what, err.text);
		exit(1);
	}
}

static double
seconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* The same numbers every time. */
static unsigned
draw(unsigned below)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state % below);
}

static void
fill_people(struct db *db, int64_t *parties, int64_t *series)
{
	check(db_begin(db, &err), "begin");
	for (int i = 0; i < PARTIES; i++) {
		struct party party;

		party_init(&party);
		party.kind = PARTY_PERSON;
		party.name = xasprintf("Person Number%d", i);
		party.email = xasprintf("person%d@example.org", i);
		check(parties_add(db, &party, &doer, &err), "party");
		parties[i] = party.id;
		party_clear(&party);
	}
	for (int i = 0; i < SERIES; i++) {
		struct series s = { .code = xasprintf("S%d", i),
			.title = xasprintf("Series %d", i),
			.chair_id = parties[i],
			.secretary_id = parties[i + SERIES] };

		check(series_add(db, &s, &doer, &err), "series");
		series[i] = s.id;
		series_clear(&s);
	}
	check(db_commit(db, &err), "commit");
}

static void
add_one(struct db *db, const int64_t *parties, const int64_t *series, int i)
{
	struct owner owners[2] = {
		{ .party_id = parties[draw(PARTIES)],
		    .role = ROLE_OWNER,
		    .answered_on = DAY_NONE },
		{ .party_id = parties[draw(PARTIES)],
		    .role = ROLE_SPONSOR,
		    .answered_on = DAY_NONE },
	};
	struct entry entry;
	char text[160];

	entry_init(&entry);
	(void)snprintf(text, sizeof text,
	    "the head of service would report on point %d of the plan, with "
	    "the figures of the last two quarters beside it",
	    i);
	entry.kind = "action";
	entry.text = text;
	entry.state = ENTRY_OPEN;
	/* In the order of the meetings, twenty entries each, as minutes come.
	 */
	entry.series_id = series[i / 20 % SERIES];
	entry.held_on = 17000 + i / 20 / SERIES;
	entry.due_phrase = "within three months";
	entry.rule = "three months from the meeting";
	entry.base_on = entry.held_on;
	/* One in a hundred thousand is overdue on day 18000. */
	entry.due_on =
	    draw(100000) == 0 ? 17990 : 18000 + i / 1000 + (int)draw(90);
	entry.owners.items = owners;
	entry.owners.len = 2;
	check(entries_add(db, &entry, &doer, &err), "entry");
	free(entry.ref);
}

static int
count_entry(void *ctx, const struct entry *entry, struct err *e)
{
	(void)entry;
	(void)e;
	(*(int *)ctx)++;
	return 0;
}

static void
time_list(struct db *db, const char *what, const struct entry_filter *filter)
{
	double start = seconds();
	int count = 0;

	check(entries_each(db, filter, count_entry, &count, &err), what);
	(void)printf("%-28s %8d entries %10.1f ms\n", what, count,
	    (seconds() - start) * 1000);
}

static void
time_lists(struct db *db, const int64_t *parties, const int64_t *series)
{
	struct entry_filter f;

	entry_filter_init(&f, 18000);
	f.overdue = true;
	time_list(db, "overdue", &f);
	f.series_id = series[3];
	time_list(db, "overdue of a series", &f);
	entry_filter_init(&f, 18000);
	f.owner_id = parties[7];
	time_list(db, "of an owner", &f);
	f.overdue = true;
	time_list(db, "overdue of an owner", &f);
	entry_filter_init(&f, 18000);
	f.due_before = 18002;
	time_list(db, "due in three days", &f);
	entry_filter_init(&f, 18000);
	f.has_state = true;
	f.state = ENTRY_PROPOSED;
	time_list(db, "proposed", &f);
	entry_filter_init(&f, 18000);
	f.live_only = f.undated = true;
	time_list(db, "undated", &f);
	entry_filter_init(&f, 18000);
	f.series_id = series[3];
	time_list(db, "of a series", &f);
	entry_filter_init(&f, 18000);
	time_list(db, "all", &f);
}

int
main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 1000000;
	static int64_t parties[PARTIES], series[SERIES];
	struct rusage usage;
	struct stat st;
	struct db *db;
	double start;

	if (argc < 2)
		return 2;
	db = db_open(argv[1], DB_CREATE, &err);
	check(db == NULL ? -1 : 0, "open");
	fill_people(db, parties, series);
	start = seconds();
	for (int i = 0; i < count; i++) {
		if (i % SLICE == 0)
			check(db_begin(db, &err), "begin");
		add_one(db, parties, series, i);
		if (i % SLICE == SLICE - 1 || i == count - 1)
			check(db_commit(db, &err), "commit");
		if ((i + 1) % 100000 == 0)
			(void)printf(
			    "%8d entries %8.1f s\n", i + 1, seconds() - start);
	}
	start = seconds() - start;
	(void)printf("%d entries in %.1f s: %.0f a second\n", count, start,
	    count / start);
	time_lists(db, parties, series);
	db_close(db);
	if (stat(argv[1], &st) == 0)
		(void)printf("%.0f MB\n", (double)st.st_size / 1e6);
	if (getrusage(RUSAGE_SELF, &usage) == 0)
		(void)printf("%.0f MB resident at most\n",
		    (double)usage.ru_maxrss / 1024);
	return 0;
}
