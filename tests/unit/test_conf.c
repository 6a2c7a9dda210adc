/* SPDX-License-Identifier: ISC */
/* Config values without a file: defaults, lookups, checks, remarks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/buf.h"
#include "core/conf.h"
#include "core/conf_keys.h"
#include "core/digest.h"
#include "core/net.h"

/* The four lines that a file must have. */
static void
four_lines(struct conf *conf)
{
	*conf = (struct conf){ 0 };
	conf->organisation = xstrdup("Board of Exampleshire");
	conf->timezone = xstrdup("Europe/London");
	conf->register_path = xstrdup("/srv/board/register.db");
	conf->mail.from = xstrdup("Actions <actions@example.org>");
	conf_defaults(conf);
	conf_finish(conf);
}

static void
conf_defaults__four_lines__are_those_of_the_design(void **state)
{
	const struct conf_schedule *s;
	struct conf conf;

	(void)state;
	four_lines(&conf);
	assert_string_equal(conf.organisation, "Board of Exampleshire");
	assert_string_equal(conf.socket, "/srv/board/control.sock");
	assert_int_equal(conf.brake, 200);
	assert_int_equal(conf.meeting_grace, 10);
	assert_int_equal(conf.heartbeat_s, 10);
	assert_int_equal(conf.sending_from, 8 * 60);
	assert_int_equal(conf.sending_until, 18 * 60);
	assert_true(conf.works[MONDAY] && conf.works[FRIDAY]);
	assert_false(conf.works[SATURDAY] || conf.works[SUNDAY]);
	assert_int_equal(conf.holiday_files.len, 1);
	assert_string_equal(conf.holiday_files.items[0], "england-and-wales");
	assert_string_equal(conf.mail.url, "smtp://localhost:25");
	assert_int_equal(conf.mail.connections, 4);
	assert_int_equal(conf.mail.give_up_s, 5 * 86400);
	assert_int_equal(conf.mail.tls, TLS_DEFAULT);
	assert_int_equal(conf.mail.dot_timeout_s, 600);
	assert_int_equal(conf.words.undated_review_days, 42);
	assert_int_equal(conf.words.asap_days, 14);
	assert_int_equal(conf.words.agenda_clear_days, 5);
	assert_int_equal(conf.words.year_end_month, 3);
	assert_int_equal(conf.words.year_end_day, 31);
	assert_int_equal(conf.schedules.len, 2);
	s = &conf.schedules.items[0];
	assert_string_equal(s->name, "inspection");
	assert_int_equal(s->kinds.len, 3);
	assert_true(s->no_snooze);
	assert_int_equal(s->remind.len, 5);
	assert_string_equal(
	    s->remind.items[4].text, "every 5 working days after");
	assert_int_equal(s->escalate.len, 2);
	assert_string_equal(s->escalate.items[1].when.text, "1 day after");
	assert_string_equal(s->escalate.items[1].to, "chair");
	s = &conf.schedules.items[1];
	assert_string_equal(s->name, "everything else");
	assert_int_equal(s->remind.len, 8);
	assert_int_equal(s->most, 8);
	assert_int_equal(s->max_late_days, 14);
	assert_int_equal(s->at, 9 * 60);
	assert_true(s->roll);
	assert_int_equal(s->to.len, 2);
	assert_string_equal(s->to.items[0], "owner");
	assert_string_equal(s->to.items[1], "co-owners");
	assert_string_equal(s->channels.items[0], "mail");
	assert_int_equal(s->escalate.len, 3);
	assert_string_equal(s->escalate.items[2].when.text, "2 slips");
	assert_int_equal(conf.digests.len, 2);
	assert_string_equal(conf.digests.items[0].when.text, "every Monday");
	assert_int_equal(conf.digests.items[0].at, 8 * 60);
	assert_int_equal(
	    conf.digests.items[0].sections, (1u << DIGEST_SECTIONS) - 1);
	assert_int_equal(conf.digests.items[1].to.len, 2);
	assert_false(conf.digests.items[1].sections & 1u << DIGEST_NEEDS);
	assert_true(conf.digests.items[1].sections & 1u << DIGEST_OVERDUE);
	assert_string_equal(conf.digests.items[1].attach.items[1], "html");
	conf_clear(&conf);
}

static void
conf_defaults__something_set__stays(void **state)
{
	struct conf conf = { .brake = 7 };

	(void)state;
	conf.mail.url = xstrdup("maildir:///tmp/mail");
	conf_defaults(&conf);
	assert_int_equal(conf.brake, 7);
	assert_string_equal(conf.mail.url, "maildir:///tmp/mail");
	conf_clear(&conf);
}

static void
conf_finish__installed_register__has_its_socket_in_run(void **state)
{
	static const char *const cases[][2] = {
		{ "/var/lib/nudged/register.db", "/run/nudged/control.sock" },
		{ "/var/lib/nudged2/register.db",
		    "/var/lib/nudged2/control.sock" },
		{ "/register.db", "/control.sock" },
		{ "register.db", "control.sock" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct conf conf = { 0 };

		conf.register_path = xstrdup(cases[i][0]);
		conf_finish(&conf);
		assert_string_equal(conf.socket, cases[i][1]);
		conf_clear(&conf);
	}
}

/* Every default of the table must be a value that the file could have. */
static void
check_table(const struct conf_table *table, void *obj)
{
	for (const struct conf_key *key = table->keys; key->name; key++) {
		if (key->type == CONF_GROUP) {
			check_table(key->table, obj);
		} else if (key->type == CONF_OBJECTS) {
			void *made = conf_key_push(key, obj);

			check_table(key->table, made);
			conf_key_reset(key, obj);
		} else if (key->type == CONF_NUMBER) {
			struct err err;

			if (key->fallback != NULL)
				assert_int_equal(conf_key_number(key, obj,
						     atoi(key->fallback), &err),
				    0);
		} else if (key->fallback != NULL && key->type != CONF_SWITCH) {
			char *all = xstrdup(key->fallback), *rest = all;

			conf_key_reset(key, obj);
			for (char *p; (p = strsep(&rest, "|")) != NULL;) {
				struct err err;

				if (conf_key_text(key, obj, p, &err) == -1)
					fail_msg("%s: %s", key->name, err.text);
			}
			free(all);
		}
	}
}

static void
conf_root__every_default__is_a_valid_value(void **state)
{
	struct conf conf = { 0 };

	(void)state;
	check_table(&conf_root, &conf);
	conf_clear(&conf);
}

static void
conf_schedule_for__kinds_and_series__first_match_wins(void **state)
{
	struct conf conf;
	const struct conf_schedule *s;

	(void)state;
	four_lines(&conf);
	s = conf_schedule_for(&conf, "afi", NULL, NULL, NULL);
	assert_string_equal(s->name, "inspection");
	s = conf_schedule_for(&conf, "action", "WT", NULL, "high");
	assert_string_equal(s->name, "everything else");
	strings_add(&conf.schedules.items[1].series, "WT");
	s = conf_schedule_for(&conf, "action", "wt", NULL, NULL);
	assert_string_equal(s->name, "everything else");
	assert_null(conf_schedule_for(&conf, "action", "PCP", NULL, NULL));
	assert_null(conf_schedule_for(&conf, "action", NULL, NULL, NULL));
	conf_clear(&conf);
}

static void
conf_is_kind__own_and_built_in__known(void **state)
{
	struct conf conf;

	(void)state;
	four_lines(&conf);
	strings_add(&conf.kinds, "audit point");
	assert_true(conf_is_kind(&conf, "recommendation"));
	assert_true(conf_is_kind(&conf, "audit point"));
	assert_false(conf_is_kind(&conf, "wish"));
	conf_clear(&conf);
}

static void
conf_clock_calendar__named_set__is_used(void **state)
{
	struct conf conf;
	struct conf_holiday_set *set;
	struct clock foi = { .name = (char *)"foi" };

	(void)state;
	four_lines(&conf);
	assert_ptr_equal(conf_clock_calendar(&conf, &foi), &conf.calendar);
	set = vec_push(&conf.holiday_sets);
	set->name = xstrdup("uk_any");
	foi.holidays = (char *)"uk_any";
	assert_ptr_equal(conf_clock_calendar(&conf, &foi), &set->calendar);
	conf_clear(&conf);
}

/* ---- checks ---- */

static bool
complains(const struct conf *conf, const char *path, const char *says)
{
	struct conf_problems problems = { 0 };
	bool found = false;

	conf_validate(conf, &problems);
	VEC_EACH (struct conf_problem, p, &problems.list)
		if (strcmp(p->path, path) == 0 && strstr(p->text, says) != NULL)
			found = true;
	if (!found)
		VEC_EACH (struct conf_problem, p, &problems.list)
			print_error("%s: %s\n", p->path, p->text);
	conf_problems_clear(&problems);
	return found;
}

static void
conf_validate__four_lines__finds_nothing(void **state)
{
	struct conf_problems problems = { 0 };
	struct conf conf;

	(void)state;
	four_lines(&conf);
	conf_validate(&conf, &problems);
	assert_int_equal(problems.list.len, 0);
	conf_problems_clear(&problems);
	conf_clear(&conf);
}

static void
set(char **field, const char *text)
{
	free(*field);
	*field = xstrdup(text);
}

static void
conf_validate__mail__says_what_is_wrong(void **state)
{
	static const struct {
		const char *url;
		const char *says;
	} urls[] = {
		{ "localhost:25", "no address" },
		{ "http://localhost/", "only smtp" },
		{ "smtp://user:pw@localhost", "password_file" },
		{ "smtp://localhost:99999", "no address" },
		{ "smtp:// localhost", "no address" },
		{ "maildir://mail", "whole path" },
		{ "maildir:/var/mail", "maildir:///var/mail" },
		{ "maildir:///", "whole path" },
	};
	struct conf conf;

	(void)state;
	four_lines(&conf);
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		set(&conf.mail.url, urls[i].url);
		assert_true(complains(&conf, "mail.url", urls[i].says));
	}
	set(&conf.mail.url, "smtp://mail.example.org");
	set(&conf.mail.from, "no address");
	assert_true(complains(&conf, "mail.from", ""));
	set(&conf.mail.from, "a@example.org\r\nBcc: b@example.org");
	assert_true(complains(&conf, "mail.from", ""));
	set(&conf.mail.from, "a@example.org");
	set(&conf.mail.username, "actions");
	assert_true(complains(&conf, "mail.username", "password"));
	set(&conf.mail.password_file, "/x");
	conf.mail.tls = TLS_NEVER;
	assert_true(complains(&conf, "mail.tls", "clear text"));
	set(&conf.mail.credential, "smtp");
	assert_true(complains(&conf, "mail.credential", "only one"));
	set(&conf.mail.redirect_all_to, "nobody");
	assert_true(complains(&conf, "mail.redirect_all_to", "no mail"));
	strings_add(&conf.mail.allowed_domains, "@example.org");
	assert_true(complains(
	    &conf, "mail.allowed_domains", "did you mean \"example.org\""));
	conf_clear(&conf);
}

static void
conf_validate__webhooks__refuses_private_addresses(void **state)
{
	static const struct {
		const char *url;
		bool allow;
		const char *says; /* NULL: fine */
	} cases[] = {
		{ "https://hooks.example.org/x", false, NULL },
		{ "https://8.8.8.8/x", false, NULL },
		{ "http://hooks.example.org/x", false, "https" },
		{ "https://127.0.0.1/x", false, "private" },
		{ "https://127.1/x", false, "private" },
		{ "https://0x7f000001/x", false, "private" },
		{ "https://localhost:8443/x", false, "private" },
		{ "https://10.1.2.3/x", false, "private" },
		{ "https://169.254.169.254/x", false, "private" },
		{ "https://[::1]/x", false, "private" },
		{ "https://[::ffff:10.0.0.1]/x", false, "private" },
		{ "https://[fe80::1]/x", false, "private" },
		{ "https://[fd00::1]:444/x", false, "private" },
		{ "https://[2600::1]/x", false, NULL },
		{ "https://u:p@hooks.example.org/x", false, "user name" },
		{ "http://127.0.0.1:8080/x", true, NULL },
		{ "ftp://127.0.0.1/x", true, "https" },
		{ "hooks", false, "no address" },
	};
	struct conf conf;
	struct conf_webhook *hook;

	(void)state;
	four_lines(&conf);
	hook = vec_push(&conf.webhooks);
	hook->name = xstrdup("duty-room");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct conf_problems problems = { 0 };

		set(&hook->url, cases[i].url);
		hook->allow_private = cases[i].allow;
		if (cases[i].says != NULL) {
			if (!complains(
				&conf, "webhooks.[0].url", cases[i].says))
				fail_msg("%s", cases[i].url);
			continue;
		}
		conf_validate(&conf, &problems);
		if (problems.list.len != 0)
			fail_msg("%s: %s", cases[i].url,
			    problems.list.items[0].text);
		conf_problems_clear(&problems);
	}
	set(&hook->url, "https://hooks.example.org/x");
	set(&hook->name, "Mail");
	assert_true(complains(&conf, "webhooks.[0].name", "mail channel"));
	conf_clear(&conf);
}

static void
conf_validate__schedules__knows_channels_kinds_and_names(void **state)
{
	struct conf conf;
	struct conf_schedule *s;

	(void)state;
	four_lines(&conf);
	s = &conf.schedules.items[1];
	strings_add(&s->channels, "dutyroom");
	assert_true(complains(&conf, "schedules.[1].channels", "neither"));
	strings_add(&s->kinds, "recomendation");
	assert_true(complains(
	    &conf, "schedules.[1].kinds", "did you mean \"recommendation\""));
	strings_add(&s->to, "bad@@example");
	assert_true(complains(&conf, "schedules.[1].to", "no mail address"));
	set(&s->name, "Inspection");
	assert_true(complains(&conf, "schedules.[1].name", "twice"));
	conf_clear(&conf);
}

static void
conf_validate__clocks__need_their_parts(void **state)
{
	struct conf conf;
	struct clock *a, *b;

	(void)state;
	four_lines(&conf);
	a = vec_push(&conf.clocks);
	a->name = xstrdup("ack");
	assert_true(complains(&conf, "clocks.[0].count", "is missing"));
	a->count = 2;
	set(&a->holidays, "uk_any");
	assert_true(complains(&conf, "clocks.[0].holidays", "holiday_sets"));
	set(&a->then, "contct");
	b = vec_push(&conf.clocks);
	a = &conf.clocks.items[0];
	b->name = xstrdup("contact");
	b->mode = CLOCK_FIXED_ANNUAL;
	assert_true(complains(&conf, "clocks.[0].then", "\"contact\""));
	assert_true(complains(&conf, "clocks.[1].on", "is missing"));
	set(&a->then, "contact");
	set(&b->then, "ack");
	assert_true(complains(&conf, "clocks.[1].then", "comes back"));
	set(&b->body, "HMICFRS");
	assert_true(complains(&conf, "clocks.[1].text", "is missing"));
	/* One that is followed by itself repeats. */
	set(&a->then, "ack");
	set(&b->then, "contact");
	assert_false(complains(&conf, "clocks.[0].then", "comes back"));
	assert_false(complains(&conf, "clocks.[1].then", "comes back"));
	b->pauses = true;
	assert_true(complains(&conf, "clocks.[1].pauses", "no meaning"));
	a->pauses = true;
	assert_false(complains(&conf, "clocks.[0].pauses", "no meaning"));
	set(&a->then, "contact");
	set(&a->owner, "Duty Desk");
	assert_true(complains(&conf, "clocks.[0].owner", "no meaning"));
	set(&a->body, "HMICFRS");
	assert_false(complains(&conf, "clocks.[0].owner", "no meaning"));
	conf_clear(&conf);
}

/* ---- remarks ---- */

static bool
remarks(const struct conf *conf, int today, const char *says)
{
	struct strings out = { 0 };
	bool found = false;

	conf_remarks(conf, today, &out);
	for (size_t i = 0; i < out.len; i++)
		found = found || strstr(out.items[i], says) != NULL;
	strings_clear(&out);
	return found;
}

static void
conf_remarks__odd_but_allowed__is_said(void **state)
{
	struct conf conf;
	int last = day_from_civil(2027, 12, 28);

	(void)state;
	four_lines(&conf);
	calendar_add_holiday(&conf.calendar, last, "Boxing Day");
	calendar_seal(&conf.calendar);
	assert_true(remarks(&conf, last - 300, "allowed_domains"));
	strings_add(&conf.mail.allowed_domains, "example.org");
	assert_false(remarks(&conf, last - 300, "allowed_domains"));
	assert_false(remarks(&conf, last - 90, "last holiday"));
	assert_true(remarks(&conf, last - 89, "in 89 days"));
	assert_true(remarks(&conf, last + 1, "last holiday was"));
	assert_false(remarks(&conf, last - 300, "takes every entry"));
	strings_add(&conf.schedules.items[1].kinds, "action");
	assert_true(remarks(&conf, last - 300, "no schedule takes every"));
	strings_add(&conf.schedules.items[1].to, "chiar");
	assert_true(remarks(&conf, last - 300, "the role \"chair\""));
	strings_clear(&conf.schedules.items[0].kinds);
	assert_true(remarks(&conf, last - 300, "never used"));
	conf_clear(&conf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    conf_defaults__four_lines__are_those_of_the_design),
		cmocka_unit_test(conf_defaults__something_set__stays),
		cmocka_unit_test(
		    conf_finish__installed_register__has_its_socket_in_run),
		cmocka_unit_test(conf_root__every_default__is_a_valid_value),
		cmocka_unit_test(
		    conf_schedule_for__kinds_and_series__first_match_wins),
		cmocka_unit_test(conf_is_kind__own_and_built_in__known),
		cmocka_unit_test(conf_clock_calendar__named_set__is_used),
		cmocka_unit_test(conf_validate__four_lines__finds_nothing),
		cmocka_unit_test(conf_validate__mail__says_what_is_wrong),
		cmocka_unit_test(
		    conf_validate__webhooks__refuses_private_addresses),
		cmocka_unit_test(
		    conf_validate__schedules__knows_channels_kinds_and_names),
		cmocka_unit_test(conf_validate__clocks__need_their_parts),
		cmocka_unit_test(conf_remarks__odd_but_allowed__is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
