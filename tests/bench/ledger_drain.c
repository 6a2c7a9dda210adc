/* SPDX-License-Identifier: ISC */
/*
 * How fast planning and the ledger go by themselves: plans what is due, then
 * claims, intends and settles all of it in groups as the courier does, with
 * nobody at the other end. Prints what it measured, judges nothing. Changes
 * the register: work on a copy.
 *
 * ledger_drain CONFIG [GROUP]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "core/buf.h"
#include "core/conf.h"
#include "desk/agent.h"
#include "io/clock.h"
#include "io/conffile.h"
#include "io/db.h"

#define GROUP 16

enum step { PLAN, CLAIM, INTEND, SETTLE, COMMIT, STEPS };
static const char *const step_names[STEPS] = { "plan", "claim", "intend",
	"settle", "commit" };

struct drain {
	struct db *db;
	struct agent *agent;
	int64_t now;
	double cpu[STEPS];
	double slice_max;
	struct agent_jobs flying, next;
	int sent, commits;
	int64_t disk_us;
};

static struct err err;

static void
check(int rc, const char *what)
{
	if (rc == -1) {
		(void)fprintf(stderr, "%s: %s\n", what, err.text);
		exit(1);
	}
}

static double
seconds(clockid_t clock)
{
	struct timespec ts;

	(void)clock_gettime(clock, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double
cpu_seconds(void)
{
	return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

/* What this process has handed to write(2) so far. */
static long long
bytes_written(void)
{
	FILE *io = fopen("/proc/self/io", "r");
	long long bytes = 0;
	char line[80];

	while (io != NULL && fgets(line, sizeof line, io) != NULL)
		(void)sscanf(line, "wchar: %lld", &bytes);
	if (io != NULL)
		(void)fclose(io);
	return bytes;
}

static void
plan_all(struct drain *d)
{
	double start = cpu_seconds();
	int rc;

	do {
		double from = cpu_seconds();

		rc = agent_beat(d->agent, d->now, &err);
		check(rc, "beat");
		from = cpu_seconds() - from;
		if (from > d->slice_max)
			d->slice_max = from;
	} while (rc == 1);
	d->cpu[PLAN] = cpu_seconds() - start;
}

/* One turn of a courier: settles what flew, intends what was claimed in the
 * turn before, claims the next; one commit. */
static bool
turn(struct drain *d, size_t group)
{
	const struct delivery sent = { .outcome = OUTCOME_SENT,
		.stage = "dot",
		.code = 250,
		.reply = "2.0.0 Ok: queued as 0123456789",
		.retry_after_s = -1 };
	double t[STEPS + 1];

	check(db_begin(d->db, &err), "begin");
	t[0] = cpu_seconds();
	VEC_EACH (struct agent_job, job, &d->flying.jobs) {
		check(
		    agent_settle(d->agent, job->notice_id, &sent, d->now, &err),
		    "settle");
		agent_job_clear(job);
		d->sent++;
	}
	vec_clear(&d->flying.jobs);
	t[1] = cpu_seconds();
	d->flying = d->next;
	d->next = (struct agent_jobs){ 0 };
	VEC_EACH (struct agent_job, job, &d->flying.jobs)
		check(agent_intend(d->agent, job->notice_id, d->now, &err),
		    "intend");
	t[2] = cpu_seconds();
	check(agent_claim(d->agent, "mail", d->now, group, &d->next, &err),
	    "claim");
	t[3] = cpu_seconds();
	check(db_commit(d->db, &err), "commit");
	t[4] = cpu_seconds();
	d->cpu[SETTLE] += t[1] - t[0];
	d->cpu[INTEND] += t[2] - t[1];
	d->cpu[CLAIM] += t[3] - t[2];
	d->cpu[COMMIT] += t[4] - t[3];
	d->commits++;
	return d->flying.jobs.len > 0 || d->next.jobs.len > 0;
}

static void
report(const struct drain *d, double wall, long long bytes)
{
	double sum = 0;
	int count = d->sent > 0 ? d->sent : 1;

	if (agent_gate(d->agent) != NULL)
		(void)printf("held: %s\n", agent_gate(d->agent));
	for (int i = 0; i < STEPS; i++) {
		(void)printf("%-8s %8.1f us a notice\n", step_names[i],
		    d->cpu[i] / count * 1e6);
		sum += i == PLAN ? 0 : d->cpu[i];
	}
	(void)printf("longest slice of planning %.1f ms\n", d->slice_max * 1e3);
	(void)printf(
	    "%d notices in %d commits: %.0f a second of CPU, %.0f a "
	    "second; %.1f KB written a notice, disk %.0f us a commit\n",
	    d->sent, d->commits, sum > 0 ? d->sent / sum : 0,
	    wall > 0 ? d->sent / wall : 0, (double)bytes / 1024 / count,
	    (double)d->disk_us / (d->commits + 1));
}

int
main(int argc, char **argv)
{
	struct drain d = { .now = clock_now() };
	struct strings problems = { 0 };
	struct conf *conf = NULL;
	long long bytes;
	double start;

	if (argc < 2)
		return 2;
	if (conffile_load(argv[1], &conf, &problems) == -1) {
		(void)fprintf(stderr, "%s\n", problems.items[0]);
		return 1;
	}
	d.db = db_open(conf->register_path, DB_WRITE, &err);
	check(d.db == NULL ? -1 : 0, "open");
	d.agent = agent_new(d.db, conf, d.now, &err);
	check(d.agent == NULL ? -1 : 0, "agent");
	plan_all(&d);
	start = seconds(CLOCK_MONOTONIC);
	bytes = bytes_written();
	d.disk_us = db_disk_us(d.db);
	while (turn(&d, argc > 2 ? (size_t)atoi(argv[2]) : GROUP))
		;
	d.disk_us = db_disk_us(d.db) - d.disk_us;
	report(&d, seconds(CLOCK_MONOTONIC) - start, bytes_written() - bytes);
	agent_free(d.agent);
	db_close(d.db);
	conf_free(conf);
	strings_clear(&problems);
	return 0;
}
