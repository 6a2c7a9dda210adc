/* SPDX-License-Identifier: ISC */
/* The agent on a register in memory: from an entry to a settled notice, and
 * what happens when the world changes in between. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buf.h"
#include "desk/agent.h"
#include "desk/desk.h"
#include "io/conffile.h"
#include "io/entries.h"
#include "io/meetings.h"
#include "io/parties.h"
#include "io/store.h"

/* Thursday 1 November 2018, 00:00 in London (UTC). */
#define DAY_S ((int64_t)86400)
#define START ((int64_t)1541030400)
#define NINE (9 * 3600)

struct desk {
	struct db *db;
	struct conf *conf;
	struct agent *agent;
	int64_t ann, bob;
};

static struct err err;

static void
must(int rc)
{
	if (rc == -1)
		fail_msg("%s", err.text);
}

static struct conf *
load_conf(const char *more)
{
	char path[] = "/tmp/nudged-test-XXXXXX";
	struct strings problems = { 0 };
	struct conf *conf = NULL;
	int fd = mkstemp(path);
	char *text = xasprintf(
	    "organisation = \"Office\"; timezone = \"Europe/London\";\n"
	    "register = \"/nowhere/register.db\";\n"
	    "mail = { url = \"maildir:///nowhere/mail\";\n"
	    "  from = \"Actions <actions@example.org>\"; %s",
	    more);

	assert_int_not_equal(fd, -1);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	if (conffile_load(path, &conf, &problems) == -1)
		fail_msg("%s", problems.items[0]);
	unlink(path);
	strings_clear(&problems);
	free(text);
	return conf;
}

static int64_t
add_person(struct desk *d, const char *name, const char *email)
{
	struct doer doer = {
		.actor = "test", .on = (int)(START / DAY_S), .at = START
	};
	struct party p;

	party_init(&p);
	p.kind = PARTY_PERSON;
	p.name = xstrdup(name);
	p.email = xstrdup(email);
	must(parties_add(d->db, &p, &doer, &err));
	party_clear(&p);
	return parties_find(d->db, name, &d->ann, &err) == 0 ? d->ann : 0;
}

static void
desk_open(struct desk *d, const char *more)
{
	d->conf = load_conf(more);
	d->db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(d->db);
	must(db_begin(d->db, &err));
	d->bob = add_person(d, "Bob Low", "bob@example.org");
	d->ann = add_person(d, "Ann Roe", "ann@example.org");
	must(register_set_meta_int(d->db, "released_at", START, &err));
	must(db_commit(d->db, &err));
	d->agent = agent_new(d->db, d->conf, START, &err);
	assert_non_null(d->agent);
}

static void
desk_close(struct desk *d)
{
	agent_free(d->agent);
	db_close(d->db);
	conf_free(d->conf);
}

/* An open action, due so many days after the start, known at the start. */
static int64_t
add_entry(struct desk *d, const char *text, int64_t owner, int due_in)
{
	struct doer doer = {
		.actor = "test", .on = (int)(START / DAY_S), .at = START
	};
	struct entry e;
	int64_t id;

	entry_init(&e);
	e.kind = xstrdup("action");
	e.text = xstrdup(text);
	e.state = ENTRY_OPEN;
	e.due_on = (int)(START / DAY_S) + due_in;
	if (owner != 0) {
		struct owner *o = vec_push(&e.owners);

		o->party_id = owner;
		o->answered_on = DAY_NONE;
	}
	must(db_begin(d->db, &err));
	must(entries_add(d->db, &e, &doer, &err));
	must(db_commit(d->db, &err));
	id = e.id;
	entry_clear(&e);
	return id;
}

static void
close_entry(struct desk *d, int64_t id, int64_t now)
{
	struct doer doer = {
		.actor = "test", .on = (int)(now / DAY_S), .at = now
	};
	struct entry was, after;

	must(db_begin(d->db, &err));
	must(entries_get_id(d->db, id, &was, &err));
	entry_copy(&was, &after);
	after.state = ENTRY_CLOSED;
	after.closed_on = doer.on;
	must(entries_save(d->db, &was, &after, "closed", NULL, &doer, &err));
	must(db_commit(d->db, &err));
	entry_clear(&was);
	entry_clear(&after);
}

static void
beat(struct desk *d, int64_t now)
{
	int rc;

	while ((rc = agent_beat(d->agent, now, &err)) == 1)
		;
	must(rc);
}

/* Beats, claims all mail, gives the number claimed and the first job. */
static size_t
claim(struct desk *d, int64_t now, struct agent_job *first)
{
	struct agent_jobs jobs = { 0 };
	size_t n;

	beat(d, now);
	must(db_begin(d->db, &err));
	must(agent_claim(d->agent, "mail", now, 100, &jobs, &err));
	must(db_commit(d->db, &err));
	n = jobs.jobs.len;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 && first != NULL)
			*first = jobs.jobs.items[0];
		else
			agent_job_clear(&jobs.jobs.items[i]);
	}
	vec_clear(&jobs.jobs);
	return n;
}

static void
intend(struct desk *d, int64_t id, int64_t now)
{
	must(db_begin(d->db, &err));
	must(agent_intend(d->agent, id, now, &err));
	must(db_commit(d->db, &err));
}

static void
settle(struct desk *d, int64_t id, enum outcome outcome, int code, int64_t now)
{
	struct delivery delivery = { .outcome = outcome,
		.stage = "dot",
		.code = code,
		.reply = "said the relay",
		.retry_after_s = -1 };

	must(db_begin(d->db, &err));
	must(agent_settle(d->agent, id, &delivery, now, &err));
	must(db_commit(d->db, &err));
}

static enum notice_state
state_of(struct desk *d, int64_t id)
{
	enum notice_state state;
	struct notice n;

	assert_int_equal(store_notice(d->db, id, &n, &err), 1);
	state = n.state;
	notice_clear(&n);
	return state;
}

static void
entries_of_one_owner__due_on_one_day__are_one_mail(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	add_entry(&d, "Beta", d.ann, 14);
	add_entry(&d, "Gamma", d.bob, 14);
	/* 14 days before is today, known since midnight: at nine. */
	assert_int_equal(claim(&d, START + NINE - 1, NULL), 0);
	assert_int_equal(claim(&d, START + NINE, &job), 2);
	assert_string_equal(job.address, "bob@example.org");
	assert_non_null(strstr(job.bytes, "Gamma"));
	assert_null(strstr(job.bytes, "Alpha"));
	agent_job_clear(&job);
	assert_int_equal(claim(&d, START + NINE + 60, NULL), 0);
	desk_close(&d);
}

static void
crash__before_the_dot__claims_again__and_after_it__is_in_doubt(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	must(agent_recover(d.agent, START + NINE + 1, &err));
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_DEFERRED);
	assert_int_equal(claim(&d, START + NINE + 2, &again), 1);
	assert_string_equal(again.bytes, job.bytes);
	agent_job_clear(&again);
	intend(&d, job.notice_id, START + NINE + 3);
	must(agent_recover(d.agent, START + NINE + 4, &err));
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_IN_DOUBT);
	assert_int_equal(claim(&d, START + NINE + 5, &again), 1);
	assert_int_equal(again.notice_id, job.notice_id);
	assert_string_equal(again.bytes, job.bytes);
	settle(&d, job.notice_id, OUTCOME_SENT, 250, START + NINE + 6);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_SENT);
	assert_int_equal(claim(&d, START + NINE + 7, NULL), 0);
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

static int
add_try(void *ctx, const struct attempt *a, struct err *unused)
{
	(void)unused;
	buf_printf(
	    ctx, "%s %s %d %s; ", a->outcome, a->stage, a->code, a->reply);
	return 0;
}

static void
sent__tells_every_try__and_forgets_its_text_at_the_next_beat(void **state)
{
	struct agent_job job = { 0 };
	struct buf tries = { 0 }, bytes = { 0 };
	struct notice n;
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE + 1);
	agent_job_clear(&job);
	assert_int_equal(claim(&d, START + NINE + 3600, &job), 1);
	intend(&d, job.notice_id, START + NINE + 3600);
	settle(&d, job.notice_id, OUTCOME_SENT, 250, START + NINE + 3601);
	must(store_attempts(d.db, job.notice_id, add_try, &tries, &err));
	assert_string_equal(buf_text(&tries),
	    "deferred dot 451 said the relay; sent dot 250 said the relay; ");
	beat(&d, START + NINE + 3602);
	assert_int_equal(store_bytes(d.db, job.notice_id, &bytes, &err), 0);
	assert_int_equal(store_notice(d.db, job.notice_id, &n, &err), 1);
	assert_string_equal(n.message_id, job.message_id);
	assert_non_null(strstr(n.subject, "Alpha"));
	assert_false(n.frozen);
	notice_clear(&n);
	buf_clear(&tries);
	agent_job_clear(&job);
	desk_close(&d);
}

/* As a stop between the sending and the next beat leaves it. */
static void
sent__stopped_before_its_text_was_forgotten__is_forgotten_at_the_start(
    void **state)
{
	static const char kept[] = "SELECT count(*) FROM message_bytes";
	struct agent_job job = { 0 };
	struct desk d;
	int64_t n;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	add_entry(&d, "Beta", d.bob, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 2);
	intend(&d, job.notice_id, START + NINE);
	settle(&d, job.notice_id, OUTCOME_SENT, 250, START + NINE + 1);
	must(db_one_int(db_stmt_once(d.db, kept), 0, &n, &err));
	assert_int_equal(n, 2);
	agent_free(d.agent);
	d.agent = agent_new(d.db, d.conf, START + NINE + 2, &err);
	assert_non_null(d.agent);
	must(agent_recover(d.agent, START + NINE + 2, &err));
	must(db_one_int(db_stmt_once(d.db, kept), 0, &n, &err));
	assert_int_equal(n, 1);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
in_doubt__entry_closed_meanwhile__is_held(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;
	int64_t alpha;

	(void)state;
	desk_open(&d, "};");
	alpha = add_entry(&d, "Alpha", d.ann, 14);
	add_entry(&d, "Beta", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	intend(&d, job.notice_id, START + NINE);
	settle(&d, job.notice_id, OUTCOME_IN_DOUBT, 0, START + NINE + 9);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_IN_DOUBT);
	close_entry(&d, alpha, START + NINE + 10);
	assert_int_equal(claim(&d, START + NINE + 3600, NULL), 0);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_HELD);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
deferred__entry_closed_meanwhile__is_written_anew_without_it(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;
	int64_t alpha;

	(void)state;
	desk_open(&d, "};");
	alpha = add_entry(&d, "Alpha", d.ann, 14);
	add_entry(&d, "Beta", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_non_null(strstr(job.bytes, "Alpha"));
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE + 1);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_DEFERRED);
	close_entry(&d, alpha, START + NINE + 2);
	assert_int_equal(claim(&d, START + NINE + 600, NULL), 0);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_CANCELLED);
	assert_int_equal(claim(&d, START + NINE + 601, &again), 1);
	assert_null(strstr(again.bytes, "Alpha"));
	assert_non_null(strstr(again.bytes, "Beta"));
	agent_job_clear(&job);
	agent_job_clear(&again);
	desk_close(&d);
}

static void
deferred__over_midnight__tells_of_the_new_day(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE + 1);
	assert_int_equal(claim(&d, START + DAY_S + NINE, &again), 1);
	assert_int_not_equal(again.notice_id, job.notice_id);
	assert_non_null(strstr(job.bytes, "Thursday 1 November 2018"));
	assert_non_null(strstr(again.bytes, "Friday 2 November 2018"));
	agent_job_clear(&job);
	agent_job_clear(&again);
	desk_close(&d);
}

static void
refused__for_good__fails_and_costs_nobody_else(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_FAIL, 550, START + NINE + 1);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_FAILED);
	assert_int_equal(claim(&d, START + DAY_S + NINE, NULL), 0);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
channel_at_fault__costs_no_attempt(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "give_up = \"1 hour\"; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	for (int i = 0; i < 5; i++) {
		int64_t now = START + NINE + i * 3600;

		settle(&d, job.notice_id, OUTCOME_CHANNEL, 535, now);
		assert_int_equal(state_of(&d, job.notice_id), NOTICE_DEFERRED);
		assert_int_equal(claim(&d, now + 3599, &again), 1);
		assert_int_equal(again.tries, 0);
		agent_job_clear(&again);
	}
	agent_job_clear(&job);
	desk_close(&d);
}

static void
give_up__after_open_hours_alone(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "give_up = \"2 hours\"; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE + 3600);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_DEFERRED);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE + 7201);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_FAILED);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
give_up__counts_over_days(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;
	int64_t friday = START + DAY_S, monday = START + 4 * DAY_S, id;

	(void)state;
	desk_open(&d, "give_up = \"20 hours\"; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 452, START + NINE);
	agent_job_clear(&job);
	/* Nine hours on Thursday, ten on Friday, and what is of Monday. */
	assert_int_equal(claim(&d, friday + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 452, friday + NINE);
	agent_job_clear(&job);
	assert_int_equal(claim(&d, monday + NINE, &job), 1);
	id = job.notice_id;
	settle(&d, id, OUTCOME_DEFER, 452, monday + 9 * 3600 - 1);
	assert_int_equal(state_of(&d, id), NOTICE_DEFERRED);
	settle(&d, id, OUTCOME_DEFER, 452, monday + 9 * 3600);
	assert_int_equal(state_of(&d, id), NOTICE_FAILED);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
address__outside_the_allowed_domains__is_held(void **state)
{
	struct notices held = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "allowed_domains = [ \"board.example\" ]; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, NULL), 0);
	must(store_notices(d.db, NOTICE_HELD, NULL, 9, &held, &err));
	assert_int_equal(held.rows.len, 1);
	assert_non_null(strstr(held.rows.items[0].reason, "allowed_domains"));
	notices_clear(&held);
	desk_close(&d);
}

static void
brake__too_many_within_an_hour__stops_all(void **state)
{
	struct desk d;
	char name[32], email[48];

	(void)state;
	desk_open(&d, "}; brake = 3;");
	must(db_begin(d.db, &err));
	for (int i = 0; i < 4; i++) {
		int64_t ann = d.ann;

		(void)snprintf(name, sizeof name, "Person %d", i);
		(void)snprintf(email, sizeof email, "p%d@example.org", i);
		add_person(&d, name, email);
		d.bob = d.ann;
		d.ann = ann;
		must(db_commit(d.db, &err));
		add_entry(&d, "Alpha", d.bob, 14);
		must(db_begin(d.db, &err));
	}
	must(db_commit(d.db, &err));
	assert_int_equal(claim(&d, START + NINE, NULL), 0);
	assert_non_null(agent_gate(d.agent));
	assert_non_null(strstr(agent_gate(d.agent), "brake: 4 notices"));
	desk_close(&d);
}

static void
never_released__claims_nothing(void **state)
{
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	must(db_begin(d.db, &err));
	must(register_set_meta(d.db, "released_at", NULL, &err));
	must(db_commit(d.db, &err));
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, NULL), 0);
	assert_string_equal(agent_gate(d.agent), "first release");
	desk_close(&d);
}

static void
owner__without_address__goes_to_the_secretary(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;
	int64_t nobody;

	(void)state;
	desk_open(&d, "reply_to = \"clerk@example.org\"; };");
	must(db_begin(d.db, &err));
	nobody = add_person(&d, "Cy Noe", NULL);
	must(db_commit(d.db, &err));
	add_entry(&d, "Alpha", nobody, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_string_equal(job.address, "clerk@example.org");
	assert_non_null(strstr(job.bytes, "person set \"Cy Noe\" --email"));
	agent_job_clear(&job);
	desk_close(&d);
}

static void
redirect__sends_all_to_one_and_names_the_other(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "redirect_all_to = \"staging@example.org\"; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_string_equal(job.address, "staging@example.org");
	assert_non_null(strstr(job.bytes, "ann@example.org"));
	assert_null(strstr(job.bytes, "To: Ann"));
	agent_job_clear(&job);
	desk_close(&d);
}

static void
night_and_weekend__hold_first_tries_and_retries(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;
	int64_t friday = START + DAY_S;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 15);
	assert_int_equal(claim(&d, friday + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, friday + 18 * 3600 - 1);
	assert_int_equal(claim(&d, friday + 20 * 3600, NULL), 0);
	assert_int_equal(claim(&d, friday + DAY_S + NINE, NULL), 0);
	assert_int_equal(claim(&d, friday + 3 * DAY_S + NINE, NULL), 1);
	agent_job_clear(&job);
	desk_close(&d);
}

/* One command as an administrator gives it; in its words _ is a space. */
static void
command(struct desk *d, int64_t now, const char *line)
{
	struct desk_request request = { .now = now, .actor = xstrdup("root") };
	struct desk_answer answer = { 0 };
	struct desk_call *call;
	char *words = xstrdup(line), *rest = words, *word;
	int rc;

	while ((word = strsep(&rest, " ")) != NULL) {
		for (char *p = word; *p != '\0'; p++)
			*p = *p == '_' ? ' ' : *p;
		*vec_push(&request.args) = xstrdup(word);
	}
	for (size_t i = 0; i < sizeof request.may / sizeof *request.may; i++)
		request.may[i] = true;
	call = desk_start(d->conf, d->db, &request, &answer);
	while (!call->answered && (rc = desk_turn(call)) == DESK_MORE)
		;
	if (answer.status != DESK_OK)
		fail_msg("%s: %s", line, buf_text(&answer.err));
	desk_finish(call);
	desk_request_clear(&request);
	desk_answer_clear(&answer);
	free(words);
}

static int64_t
add_series(struct desk *d, const char *code, int64_t chair)
{
	struct doer doer = {
		.actor = "test", .on = (int)(START / DAY_S), .at = START
	};
	struct series s = { .code = xstrdup(code),
		.title = xstrdup("Working Together"),
		.chair_id = chair };
	int64_t id;

	must(db_begin(d->db, &err));
	must(series_add(d->db, &s, &doer, &err));
	must(db_commit(d->db, &err));
	id = s.id;
	series_clear(&s);
	return id;
}

static size_t
count_of(struct desk *d, enum notice_state state)
{
	struct notices list = { 0 };
	size_t n;

	must(store_notices(d->db, (int)state, NULL, 1000, &list, &err));
	n = list.rows.len;
	notices_clear(&list);
	return n;
}

static void
reload__refused_for_a_template__leaves_the_old_in_force(void **state)
{
	char folder[] = "/tmp/nudged-test-XXXXXX";
	struct agent_job job = { 0 };
	struct conf *conf;
	char *path, *more;
	struct desk d;
	FILE *file;

	(void)state;
	desk_open(&d, "};");
	assert_non_null(mkdtemp(folder));
	path = xasprintf("%s/nudge.txt", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	(void)fputs("{{no_such_name}}\n", file);
	(void)fclose(file);
	more = xasprintf("}; templates = \"%s\";", folder);
	conf = load_conf(more);
	assert_int_equal(agent_set_conf(d.agent, conf, START, &err), -1);
	assert_non_null(strstr(err.text, "no_such_name"));
	/* As the daemon does: nothing may point into it any more. */
	conf_free(conf);
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_non_null(strstr(job.bytes, "Alpha"));
	agent_job_clear(&job);
	(void)unlink(path);
	(void)rmdir(folder);
	free(more);
	free(path);
	desk_close(&d);
}

/* As long as check allows. */
static void
template__of_100_kib__is_taken(void **state)
{
	char folder[] = "/tmp/nudged-test-XXXXXX";
	struct agent_job job = { 0 };
	char *path, *more;
	struct desk d;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(folder));
	path = xasprintf("%s/nudge.txt", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	(void)fprintf(file, "Subject: Actions\n\n");
	for (int i = 0; i < 2000; i++)
		(void)fprintf(file, "%050d\n", i);
	(void)fclose(file);
	more = xasprintf("}; templates = \"%s\";", folder);
	desk_open(&d, more);
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_non_null(strstr(job.bytes, "00001999"));
	agent_job_clear(&job);
	(void)unlink(path);
	(void)rmdir(folder);
	free(more);
	free(path);
	desk_close(&d);
}

static void
crash__in_doubt_and_the_channel_holds__waits_for_a_person(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "in_doubt = \"hold\"; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	intend(&d, job.notice_id, START + NINE);
	must(agent_recover(d.agent, START + NINE + 60, &err));
	assert_int_equal(claim(&d, START + NINE + 61, NULL), 0);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_HELD);
	command(&d, START + NINE + 62, "retry 1");
	/* A second crash, before the dot, asks nobody a second time. */
	assert_int_equal(claim(&d, START + NINE + 63, NULL), 1);
	must(agent_recover(d.agent, START + NINE + 64, &err));
	assert_int_equal(claim(&d, START + NINE + 65, &again), 1);
	assert_string_equal(again.bytes, job.bytes);
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
held_in_doubt__sent_again_by_hand__goes_though_an_entry_changed(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;
	int64_t alpha;

	(void)state;
	desk_open(&d, "};");
	alpha = add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	intend(&d, job.notice_id, START + NINE);
	settle(&d, job.notice_id, OUTCOME_IN_DOUBT, 0, START + NINE + 9);
	close_entry(&d, alpha, START + NINE + 10);
	assert_int_equal(claim(&d, START + NINE + 3600, NULL), 0);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_HELD);
	command(&d, START + NINE + 3601, "retry 1");
	assert_int_equal(claim(&d, START + NINE + 3602, &again), 1);
	assert_string_equal(again.bytes, job.bytes);
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
too_long_to_write__fails_alone_with_its_reason(void **state)
{
	struct agent_job job = { 0 };
	struct notices failed = { 0 };
	static char text[30001];
	struct desk d;

	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	desk_open(&d, "};");
	for (int i = 0; i < 200; i++)
		add_entry(&d, text, d.bob, 14);
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_string_equal(job.address, "ann@example.org");
	must(store_notices(d.db, NOTICE_FAILED, NULL, 9, &failed, &err));
	assert_int_equal(failed.rows.len, 1);
	assert_non_null(strstr(failed.rows.items[0].reason, "MiB"));
	notices_clear(&failed);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
nobody_reached__not_even_who_answers__goes_to_the_address(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	/* The address is a person's, who then has none. */
	desk_open(&d, "reply_to = \"bob@example.org\"; };");
	command(&d, START, "person set Bob_Low --email ");
	add_entry(&d, "Alpha", 0, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	assert_string_equal(job.address, "bob@example.org");
	agent_job_clear(&job);
	desk_close(&d);
}

static void
redirect__ended_while_one_is_on_its_way__is_written_anew(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct conf *staging;
	struct desk d;

	(void)state;
	desk_open(&d, "redirect_all_to = \"staging@example.org\"; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	staging = d.conf;
	d.conf = load_conf("};");
	must(agent_set_conf(d.agent, d.conf, START + NINE + 1, &err));
	conf_free(staging);
	settle(&d, job.notice_id, OUTCOME_CHANNEL, 0, START + NINE + 2);
	assert_int_equal(claim(&d, START + NINE + 3, &again), 1);
	assert_string_equal(again.address, "ann@example.org");
	assert_null(strstr(again.bytes, "staging@example.org"));
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

/* As after a reload. */
static void
set_conf(struct desk *d, const char *more, int64_t now)
{
	struct conf *was = d->conf;

	d->conf = load_conf(more);
	must(agent_set_conf(d->agent, d->conf, now, &err));
	conf_free(was);
}

static void
command_on(struct desk *d, int64_t now, const char *name, int64_t id)
{
	char *line = xasprintf("%s %lld", name, (long long)id);

	command(d, now, line);
	free(line);
}

/* Its bytes are a person's; while a redirect is in force nothing goes to one,
 * and to the other address it would not say whose it is. */
static void
in_doubt__redirected_since__waits_and_goes_to_its_own_recipient(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	intend(&d, job.notice_id, START + NINE);
	settle(&d, job.notice_id, OUTCOME_IN_DOUBT, 0, START + NINE + 9);
	set_conf(&d, "redirect_all_to = \"staging@example.org\"; };",
	    START + NINE + 10);
	assert_int_equal(claim(&d, START + NINE + 3600, NULL), 0);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_HELD);
	command_on(&d, START + NINE + 3601, "retry", job.notice_id);
	assert_int_equal(claim(&d, START + NINE + 3602, NULL), 0);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_HELD);
	set_conf(&d, "};", START + NINE + 3603);
	command_on(&d, START + NINE + 3604, "retry", job.notice_id);
	assert_int_equal(claim(&d, START + NINE + 3605, &again), 1);
	assert_int_equal(again.notice_id, job.notice_id);
	assert_string_equal(again.address, "ann@example.org");
	assert_string_equal(again.bytes, job.bytes);
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
in_doubt__redirect_ended_since__goes_where_it_went(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "redirect_all_to = \"staging@example.com\"; "
		      "allowed_domains = [ \"example.org\" ]; };");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	intend(&d, job.notice_id, START + NINE);
	must(agent_recover(d.agent, START + NINE + 1, &err));
	set_conf(
	    &d, "allowed_domains = [ \"example.org\" ]; };", START + NINE + 2);
	assert_int_equal(claim(&d, START + NINE + 3, &again), 1);
	assert_string_equal(again.address, "staging@example.com");
	assert_string_equal(again.bytes, job.bytes);
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

/* What failed is known not to have arrived: it is written for whom it goes to
 * now. */
static void
failed__redirected_and_sent_again_by_hand__is_written_anew(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_FAIL, 550, START + NINE + 1);
	assert_int_equal(state_of(&d, job.notice_id), NOTICE_FAILED);
	set_conf(&d, "redirect_all_to = \"staging@example.org\"; };",
	    START + NINE + 2);
	command_on(&d, START + NINE + 3, "retry", job.notice_id);
	assert_int_equal(claim(&d, START + NINE + 4, NULL), 0);
	assert_int_equal(claim(&d, START + NINE + 5, &again), 1);
	assert_string_equal(again.address, "staging@example.org");
	assert_non_null(strstr(again.bytes, "To: staging@example.org"));
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

/* What failed for an address that was wrong goes to the one that is right by
 * the time somebody sends it again. */
static void
failed__address_corrected_and_sent_again_by_hand__goes_to_the_new_one(
    void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	settle(&d, job.notice_id, OUTCOME_FAIL, 550, START + NINE + 1);
	command(&d, START + NINE + 2,
	    "person set Ann_Roe --email ann.roe@example.org");
	assert_int_equal(claim(&d, START + NINE + 3, NULL), 0);
	command_on(&d, START + NINE + 4, "retry", job.notice_id);
	assert_int_equal(claim(&d, START + NINE + 5, &again), 1);
	assert_string_equal(again.address, "ann.roe@example.org");
	assert_int_equal(claim(&d, START + NINE + 6, NULL), 0);
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

/* What is on its way when somebody's address changes comes back to it. */
static void
on_its_way__address_corrected__comes_back_to_the_new_one(void **state)
{
	struct agent_job job = { 0 }, again = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "};");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, &job), 1);
	command(&d, START + NINE + 2,
	    "person set Ann_Roe --email ann.roe@example.org");
	beat(&d, START + NINE + 3);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, START + NINE + 4);
	assert_int_equal(claim(&d, START + NINE + 600, &again), 1);
	assert_string_equal(again.address, "ann.roe@example.org");
	agent_job_clear(&again);
	agent_job_clear(&job);
	desk_close(&d);
}

/* One on each day, not one in each 24 hours: the next may be a second early;
 * and two at once are two. */
static void
limit_per_recipient_and_day__lets_one_go_on_each_day(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "per_recipient_day = 1; }; schedules = ( { name = "
		      "\"all\"; group = \"none\"; remind = [ \"14 days "
		      "before\", \"13 days before\" ]; } );");
	add_entry(&d, "Alpha", d.ann, 14);
	add_entry(&d, "Beta", d.ann, 14);
	for (int day = 0; day < 2; day++) {
		int64_t at = START + day * DAY_S + NINE + 60 - day;

		assert_int_equal(claim(&d, at, &job), 1);
		assert_int_equal(claim(&d, at + 1, NULL), 0);
		settle(&d, job.notice_id, OUTCOME_SENT, 250, at + 2);
		agent_job_clear(&job);
		assert_int_equal(claim(&d, at + 3, NULL), 0);
	}
	assert_int_equal(count_of(&d, NOTICE_SENT), 2);
	desk_close(&d);
}

#define MONDAY (START + 4 * DAY_S)
#define EIGHT (8 * 3600)
#define WEEKLY                                                     \
	"digests = ( { name = \"weekly\"; to = \"chair\"; when = " \
	"\"every Monday\"; at = \"08:00\"; } ); "                  \
	"schedules = ( { name = \"all\"; remind = \"1 day before\"; } );"

static void
digest__redirected_while_it_waits__is_not_lost(void **state)
{
	struct agent_job job = { 0 };
	struct conf *before;
	struct desk d;

	(void)state;
	desk_open(&d, "}; " WEEKLY);
	(void)add_series(&d, "WT", d.ann);
	command(&d, START,
	    "add action Alpha --series WT --owner Bob_Low --due "
	    "2019-03-01");
	assert_int_equal(claim(&d, MONDAY + EIGHT, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, MONDAY + EIGHT + 1);
	agent_job_clear(&job);
	before = d.conf;
	d.conf = load_conf("redirect_all_to = \"staging@example.org\"; "
			   "}; " WEEKLY);
	must(agent_set_conf(d.agent, d.conf, MONDAY + EIGHT + 2, &err));
	conf_free(before);
	assert_int_equal(claim(&d, MONDAY + EIGHT + 600, &job), 1);
	assert_string_equal(job.address, "staging@example.org");
	assert_non_null(strstr(job.bytes, "To: staging@example.org"));
	agent_job_clear(&job);
	desk_close(&d);
}

/* The chair changes and changes back while the digest waits. */
static void
digest__chair_changed_and_back__reaches_the_chair(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "}; " WEEKLY);
	(void)add_series(&d, "WT", d.ann);
	command(&d, START,
	    "add action Alpha --series WT --owner Bob_Low --due "
	    "2019-03-01");
	assert_int_equal(claim(&d, MONDAY + EIGHT, &job), 1);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, MONDAY + EIGHT + 1);
	agent_job_clear(&job);
	command(&d, MONDAY + EIGHT + 2, "series set WT --chair Bob_Low");
	beat(&d, MONDAY + EIGHT + 3);
	command(&d, MONDAY + EIGHT + 4, "series set WT --chair Ann_Roe");
	beat(&d, MONDAY + EIGHT + 5);
	assert_int_equal(claim(&d, MONDAY + EIGHT + 600, &job), 1);
	assert_string_equal(job.address, "ann@example.org");
	agent_job_clear(&job);
	desk_close(&d);
}

static void
digest__on_its_way__chair_changed__comes_back_to_the_new_one(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "}; " WEEKLY);
	(void)add_series(&d, "WT", d.ann);
	command(&d, START,
	    "add action Alpha --series WT --owner Bob_Low --due "
	    "2019-03-01");
	assert_int_equal(claim(&d, MONDAY + EIGHT, &job), 1);
	command(&d, MONDAY + EIGHT + 1, "series set WT --chair Bob_Low");
	beat(&d, MONDAY + EIGHT + 2);
	settle(&d, job.notice_id, OUTCOME_DEFER, 451, MONDAY + EIGHT + 3);
	agent_job_clear(&job);
	assert_int_equal(claim(&d, MONDAY + EIGHT + 600, &job), 1);
	assert_string_equal(job.address, "bob@example.org");
	agent_job_clear(&job);
	desk_close(&d);
}

static void
digests__held_for_weeks__are_one(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "}; " WEEKLY);
	(void)add_series(&d, "WT", d.ann);
	command(&d, START,
	    "add action Alpha --series WT --owner Bob_Low --due "
	    "2018-12-20");
	must(db_begin(d.db, &err));
	must(register_set_meta(d.db, "released_at", NULL, &err));
	must(db_commit(d.db, &err));
	for (int week = 0; week < 4; week++)
		assert_int_equal(
		    claim(&d, MONDAY + week * 7 * DAY_S + EIGHT, NULL), 0);
	command(&d, MONDAY + 21 * DAY_S + NINE, "release");
	assert_int_equal(claim(&d, MONDAY + 21 * DAY_S + NINE, &job), 1);
	assert_int_equal(count_of(&d, NOTICE_CANCELLED), 3);
	agent_job_clear(&job);
	desk_close(&d);
}

static void
hold(struct desk *d)
{
	must(db_begin(d->db, &err));
	must(register_set_meta(d->db, "released_at", NULL, &err));
	must(db_commit(d->db, &err));
}

static void
held__longer_than_max_late__is_missed(void **state)
{
	static const int days[] = { 5, 11 };
	struct desk d;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		desk_open(&d,
		    "}; schedules = ( { name = \"all\"; "
		    "remind = \"14 days before\"; max_late = \"7 days\"; } "
		    ");");
		hold(&d);
		add_entry(&d, "Alpha", d.ann, 14);
		for (int day = 0; day <= days[i]; day++)
			assert_int_equal(
			    claim(&d, START + day * DAY_S + NINE, NULL), 0);
		command(&d, START + days[i] * DAY_S + NINE, "release");
		assert_int_equal(
		    claim(&d, START + days[i] * DAY_S + NINE + 9, NULL),
		    i == 0 ? 1 : 0);
		desk_close(&d);
	}
}

static void
held__sent_again_by_hand_weeks_later__goes_with_a_text_of_that_day(void **state)
{
	int64_t later = START + 21 * DAY_S + NINE;
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "allowed_domains = [ \"board.example\" ]; }; "
		      "schedules = ( { name = \"all\"; remind = "
		      "\"14 days before\"; } );");
	add_entry(&d, "Alpha", d.ann, 14);
	assert_int_equal(claim(&d, START + NINE, NULL), 0);
	assert_int_equal(count_of(&d, NOTICE_HELD), 1);
	assert_int_equal(claim(&d, later, NULL), 0);
	command(&d, later, "person set Ann_Roe --allow-external yes");
	command(&d, later, "retry 1");
	assert_int_equal(claim(&d, later + 1, &job), 1);
	assert_non_null(strstr(job.bytes, "22 November 2018"));
	agent_job_clear(&job);
	desk_close(&d);
}

static void
told_ahead__held_until_the_step_itself__is_left_out(void **state)
{
	struct agent_job job = { 0 };
	struct desk d;

	(void)state;
	/* Due on Monday, a step on Thursday, told on Wednesday. */
	desk_open(&d, "}; schedules = ( { name = \"all\"; "
		      "remind = \"30 days before\"; escalate = ( { when = "
		      "\"3 days after\"; to = \"chair\"; } ); } );");
	hold(&d);
	add_entry(&d, "Alpha", d.ann, 4);
	for (int day = 0; day <= 8; day++)
		assert_int_equal(
		    claim(&d, START + day * DAY_S + NINE, NULL), 0);
	command(&d, START + 8 * DAY_S + NINE, "release");
	assert_int_equal(claim(&d, START + 8 * DAY_S + NINE + 9, &job), 1);
	assert_non_null(strstr(job.bytes, "Alpha"));
	assert_null(strstr(job.bytes, "snooze"));
	agent_job_clear(&job);
	desk_close(&d);
}

static void
ready__since_the_last_beat__waits_for_the_brake_to_count(void **state)
{
	struct agent_jobs jobs = { 0 };
	struct desk d;

	(void)state;
	desk_open(&d, "}; brake = 1;");
	add_entry(&d, "Alpha", d.ann, 14);
	add_entry(&d, "Beta", d.bob, 14);
	beat(&d, START + NINE - 2);
	must(db_begin(d.db, &err));
	must(agent_claim(d.agent, "mail", START + NINE, 9, &jobs, &err));
	must(db_commit(d.db, &err));
	assert_int_equal(jobs.jobs.len, 0);
	assert_int_equal(claim(&d, START + NINE + 3, NULL), 0);
	assert_non_null(strstr(agent_gate(d.agent), "brake"));
	desk_close(&d);
}

static void
add_meeting(struct desk *d, int64_t series, int in_days, const char *title,
    bool deferred)
{
	char number[] = "1";
	struct agenda_item item = { number, (char *)(uintptr_t)title,
		deferred };
	struct doer doer = {
		.actor = "test", .on = (int)(START / DAY_S), .at = START
	};
	struct meeting m;

	meeting_init(&m);
	m.series_id = series;
	m.held_on = (int)(START / DAY_S) + in_days;
	must(db_begin(d->db, &err));
	must(meetings_add(d->db, &m, &doer, &err));
	must(meetings_set_agenda(d->db, m.id, &item, 1, &err));
	must(db_commit(d->db, &err));
	meeting_clear(&m);
}

static void
digest__of_a_restricted_series__names_no_deferred_item(void **state)
{
	struct agent_job job = { 0 };
	int64_t series;
	struct desk d;

	(void)state;
	desk_open(&d, "}; " WEEKLY);
	series = add_series(&d, "WT", d.ann);
	command(&d, START, "series set WT --restricted yes");
	add_meeting(&d, series, -7, "Operation Lapwing", true);
	add_meeting(&d, series, 20, "Estates", false);
	assert_int_equal(claim(&d, MONDAY + EIGHT, &job), 1);
	assert_non_null(strstr(job.bytes, "not on the agenda"));
	assert_null(strstr(job.bytes, "Lapwing"));
	agent_job_clear(&job);
	desk_close(&d);
}

static size_t
occurrences(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return n;
}

/* The first 200 are listed, and all counted. */
static void
digest__of_more_than_a_section_shows__counts_them_all(void **state)
{
	struct agent_job job = { 0 };
	char line[96];
	struct desk d;

	(void)state;
	desk_open(&d, "}; " WEEKLY);
	(void)add_series(&d, "WT", d.ann);
	for (int i = 1; i <= 230; i++) {
		(void)snprintf(line, sizeof line,
		    "add action Alpha --series WT %s--due 2018-0%d-01",
		    i % 2 == 0 ? "--owner Bob_Low " : "", i <= 225 ? 1 : 2);
		command(&d, START, line);
	}
	assert_int_equal(claim(&d, MONDAY + EIGHT, &job), 1);
	assert_non_null(strstr(job.bytes, "230 open: 230 overdue."));
	assert_non_null(
	    strstr(job.bytes, "Only the first 200 of 230 are listed below."));
	/* Of those needing an owner all 115 are shown. */
	assert_int_equal(occurrences(job.bytes, "Only the first"), 1);
	assert_int_equal(occurrences(job.bytes, "\r\n- WT-"), 200 + 115);
	assert_int_equal(occurrences(job.bytes, "- WT-200:"), 1);
	assert_null(strstr(job.bytes, "- WT-202:"));
	agent_job_clear(&job);
	desk_close(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    entries_of_one_owner__due_on_one_day__are_one_mail),
		cmocka_unit_test(
		    crash__before_the_dot__claims_again__and_after_it__is_in_doubt),
		cmocka_unit_test(
		    sent__tells_every_try__and_forgets_its_text_at_the_next_beat),
		cmocka_unit_test(
		    sent__stopped_before_its_text_was_forgotten__is_forgotten_at_the_start),
		cmocka_unit_test(in_doubt__entry_closed_meanwhile__is_held),
		cmocka_unit_test(
		    deferred__entry_closed_meanwhile__is_written_anew_without_it),
		cmocka_unit_test(deferred__over_midnight__tells_of_the_new_day),
		cmocka_unit_test(
		    refused__for_good__fails_and_costs_nobody_else),
		cmocka_unit_test(channel_at_fault__costs_no_attempt),
		cmocka_unit_test(give_up__after_open_hours_alone),
		cmocka_unit_test(give_up__counts_over_days),
		cmocka_unit_test(address__outside_the_allowed_domains__is_held),
		cmocka_unit_test(brake__too_many_within_an_hour__stops_all),
		cmocka_unit_test(never_released__claims_nothing),
		cmocka_unit_test(owner__without_address__goes_to_the_secretary),
		cmocka_unit_test(
		    redirect__sends_all_to_one_and_names_the_other),
		cmocka_unit_test(
		    night_and_weekend__hold_first_tries_and_retries),
		cmocka_unit_test(
		    reload__refused_for_a_template__leaves_the_old_in_force),
		cmocka_unit_test(template__of_100_kib__is_taken),
		cmocka_unit_test(
		    crash__in_doubt_and_the_channel_holds__waits_for_a_person),
		cmocka_unit_test(
		    held_in_doubt__sent_again_by_hand__goes_though_an_entry_changed),
		cmocka_unit_test(
		    too_long_to_write__fails_alone_with_its_reason),
		cmocka_unit_test(
		    nobody_reached__not_even_who_answers__goes_to_the_address),
		cmocka_unit_test(
		    redirect__ended_while_one_is_on_its_way__is_written_anew),
		cmocka_unit_test(
		    in_doubt__redirected_since__waits_and_goes_to_its_own_recipient),
		cmocka_unit_test(
		    in_doubt__redirect_ended_since__goes_where_it_went),
		cmocka_unit_test(
		    failed__redirected_and_sent_again_by_hand__is_written_anew),
		cmocka_unit_test(
		    failed__address_corrected_and_sent_again_by_hand__goes_to_the_new_one),
		cmocka_unit_test(
		    on_its_way__address_corrected__comes_back_to_the_new_one),
		cmocka_unit_test(
		    limit_per_recipient_and_day__lets_one_go_on_each_day),
		cmocka_unit_test(
		    digest__redirected_while_it_waits__is_not_lost),
		cmocka_unit_test(
		    digest__on_its_way__chair_changed__comes_back_to_the_new_one),
		cmocka_unit_test(
		    digest__chair_changed_and_back__reaches_the_chair),
		cmocka_unit_test(digests__held_for_weeks__are_one),
		cmocka_unit_test(
		    ready__since_the_last_beat__waits_for_the_brake_to_count),
		cmocka_unit_test(
		    digest__of_a_restricted_series__names_no_deferred_item),
		cmocka_unit_test(
		    digest__of_more_than_a_section_shows__counts_them_all),
		cmocka_unit_test(held__longer_than_max_late__is_missed),
		cmocka_unit_test(
		    told_ahead__held_until_the_step_itself__is_left_out),
		cmocka_unit_test(
		    held__sent_again_by_hand_weeks_later__goes_with_a_text_of_that_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
