/* SPDX-License-Identifier: ISC */
/* Config files on disk: what is read, and every problem with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/buf.h"
#include "core/conf_keys.h"
#include "io/conffile.h"
#include "io/file.h"
#include "scratch.h"

#define NOBODY 65534

#define FOUR                                          \
	"organisation = \"Board of Exampleshire\";\n" \
	"timezone = \"Europe/London\";\n"             \
	"register = \"register.db\";\n"               \
	"mail = { from = \"actions@example.org\"; };\n"

static void
write_beside(const char *name, const char *text, size_t len, mode_t mode)
{
	char *path = file_beside(scratch, name);
	struct err err;

	if (file_write_atomic(path, text, len, mode, &err) == -1)
		fail_msg("%s", err.text);
	free(path);
}

static int
load_bytes(
    const char *text, size_t len, struct conf **out, struct strings *problems)
{
	char *path = file_beside(scratch, "nudged.conf");
	int rc;

	write_beside("nudged.conf", text, len, 0644);
	rc = conffile_load(path, out, problems);
	free(path);
	return rc;
}

static struct conf *
load_good(const char *text)
{
	struct strings problems = { 0 };
	struct conf *conf = NULL;

	if (load_bytes(text, strlen(text), &conf, &problems) == -1) {
		for (size_t i = 0; i < problems.len; i++)
			print_error("%s\n", problems.items[i]);
		fail();
	}
	assert_int_equal(problems.len, 0);
	return conf;
}

/* The same, or with the same beginning where the pattern ends in '~'. */
static bool
matches(const char *text, const char *pattern)
{
	size_t n = strcspn(pattern, "~");

	return strncmp(text, pattern, n) == 0 &&
	       (pattern[n] == '~' || text[n] == '\0');
}

/* Expects exactly these problems, in this order, each behind
 * "FOLDER/nudged.conf:". says ends with NULL. */
static void
expect_bytes(const char *text, size_t len, const char *const *says)
{
	struct strings problems = { 0 };
	struct conf *conf = NULL;
	char *prefix = xasprintf("%s/nudged.conf:", scratch);
	size_t n = 0;

	assert_int_equal(load_bytes(text, len, &conf, &problems), -1);
	assert_null(conf);
	for (; says[n] != NULL; n++) {
		const char *got = n < problems.len ? problems.items[n] : "";

		if (strncmp(got, prefix, strlen(prefix)) != 0 ||
		    !matches(got + strlen(prefix), says[n]))
			fail_msg("expected \"%s\", got \"%s\"", says[n], got);
	}
	if (problems.len != n)
		fail_msg("one more: %s", problems.items[n]);
	strings_clear(&problems);
	free(prefix);
}

#define EXPECT(text, ...) \
	expect_bytes(     \
	    text, strlen(text), (const char *const[]){ __VA_ARGS__, NULL })

/* ---- what is read ---- */

static void
conffile_load__four_lines__suffice(void **state)
{
	struct conf *conf = load_good(FOUR);
	char *path = file_beside(scratch, "register.db");

	(void)state;
	assert_string_equal(conf->register_path, path);
	free(path);
	path = file_beside(scratch, "control.sock");
	assert_string_equal(conf->socket, path);
	free(path);
	assert_string_equal(conf->zone.name, "Europe/London");
	assert_int_equal(conf->schedules.len, 2);
	/* England and Wales: Good Friday 2019, not St Andrew's Day 2018. */
	assert_false(
	    calendar_is_workday(&conf->calendar, day_from_civil(2019, 4, 19)));
	assert_true(
	    calendar_is_workday(&conf->calendar, day_from_civil(2018, 11, 30)));
	conf_free(conf);
}

static void
conffile_load__every_kind_of_value__is_read(void **state)
{
	struct conf *conf = load_good(FOUR
	    "brake = 0; heartbeat = \"5 s\"; kinds = \"audit point\";\n"
	    "meeting_grace = \"3 working days\"; socket = \"/tmp/x.sock\";\n"
	    "calendar = { working_days = [\"sun\", \"Monday\"];\n"
	    "  holidays = [ ]; sending_hours = \"00:00-24:00\"; };\n"
	    "access = { edit = [\"committee\"]; admin = [ ]; };\n"
	    "webhooks = ( { name = \"room\"; url = \"https://x.example.org\";\n"
	    "  secret_file = [\"a.secret\", \"/b.secret\"]; },\n"
	    "  { name = \"chat\"; url = \"https://y.example.org\";\n"
	    "  format = \"json\"; group = \"day\"; } );\n"
	    "schedules = ( { name = \"all\"; remind = \"1 day before\";\n"
	    "  at = \"17:30\"; roll = \"none\"; group = \"none\";\n"
	    "  channels = [\"mail\", \"room\"]; to = \"Clerk\";\n"
	    "  escalate = { when = \"1 slip\"; to = \"chair\"; }; } );\n"
	    "digests = ( );\n"
	    "clocks = ( { name = \"foi\"; mode = \"working_days\";\n"
	    "  count = 20L; holidays = \"uk_any\"; statutory = true; },\n"
	    "  { name = \"precept\"; mode = \"fixed_annual\";\n"
	    "  on = \"1 February\"; } );\n"
	    "holiday_sets = ( { name = \"uk_any\"; files =\n"
	    "  [\"england-and-wales\", \"scotland\", \"northern-ireland\"];\n"
	    "  } );\n"
	    "words = { asap_days = 7; financial_year_end = \"5 April\";\n"
	    "  terms = ( { name = \"autumn 2018\"; from = \"2018-09-04\";\n"
	    "  until = \"2018-12-21\"; } ); };\n");
	char *secret = file_beside(scratch, "a.secret");
	const struct conf_schedule *s = &conf->schedules.items[0];
	const struct clock *foi = conf_clock(conf, "foi");

	(void)state;
	assert_int_equal(conf->brake, 0);
	assert_int_equal(conf->heartbeat_s, 5);
	assert_int_equal(conf->meeting_grace, 3);
	assert_string_equal(conf->socket, "/tmp/x.sock");
	assert_true(conf_is_kind(conf, "audit point"));
	assert_true(conf->works[SUNDAY] && conf->works[MONDAY]);
	assert_false(conf->works[TUESDAY]);
	assert_int_equal(conf->sending_until, 1440);
	assert_int_equal(conf->holiday_files.len, 0);
	assert_int_equal(conf->access.admin.len, 0);
	assert_string_equal(conf->access.edit.items[0], "committee");
	assert_string_equal(
	    conf->webhooks.items[0].secret_files.items[0], secret);
	assert_string_equal(
	    conf->webhooks.items[0].secret_files.items[1], "/b.secret");
	assert_int_equal(conf->webhooks.items[0].group, GROUP_NONE);
	assert_int_equal(conf->webhooks.items[1].group, GROUP_DAY);
	assert_int_equal(conf->schedules.len, 1);
	assert_string_equal(s->remind.items[0].text, "1 day before");
	assert_int_equal(s->at, 17 * 60 + 30);
	assert_false(s->roll);
	assert_int_equal(s->group, GROUP_NONE);
	assert_string_equal(s->to.items[0], "Clerk");
	assert_int_equal(s->to.len, 1);
	assert_int_equal(s->escalate.items[0].when.kind, RULE_SLIPS);
	assert_int_equal(conf->digests.len, 0);
	assert_int_equal(foi->count, 20);
	assert_true(foi->statutory);
	assert_false(calendar_is_workday(
	    conf_clock_calendar(conf, foi), day_from_civil(2018, 11, 30)));
	assert_int_equal(conf_clock(conf, "precept")->month, 2);
	assert_int_equal(conf->words.asap_days, 7);
	assert_int_equal(conf->words.year_end_month, 4);
	assert_int_equal(conf->words.terms.items[0].half_first_on, DAY_NONE);
	free(secret);
	conf_free(conf);
}

static void
conffile_load__byte_order_mark__is_tolerated(void **state)
{
	(void)state;
	conf_free(load_good("\xef\xbb\xbf" FOUR));
}

static void
conffile_load__empty_redirect__is_none(void **state)
{
	struct conf *conf = load_good(
	    "organisation = \"B\"; timezone = \"Europe/London\";\n"
	    "register = \"/tmp/r.db\"; mail = { from = \"a@example.org\";\n"
	    "redirect_all_to = \"\"; };");

	(void)state;
	assert_null(conf->mail.redirect_all_to);
	conf_free(conf);
}

static void
conffile_load__installed_holidays_absent__built_in_ones_are_used(void **state)
{
	struct conf *conf =
	    load_good(FOUR "calendar = { holidays = [ \"" NUDGED_DATADIR
			   "/holidays/scotland.ics\" ]; };\n");

	(void)state;
	assert_false(
	    calendar_is_workday(&conf->calendar, day_from_civil(2018, 11, 30)));
	conf_free(conf);
}

static void
conffile_load__include__is_read_from_the_same_folder(void **state)
{
	static const char part[] = "brake = 5;\nbrke = 6;\n";
	struct strings problems = { 0 };
	struct conf *conf = NULL;
	const char *text = FOUR "@include \"part.conf\"\n";

	(void)state;
	write_beside("part.conf", part, sizeof part - 1, 0644);
	assert_int_equal(load_bytes(text, strlen(text), &conf, &problems), -1);
	assert_int_equal(problems.len, 1);
	assert_non_null(strstr(problems.items[0],
	    "part.conf:2: brke: unknown key, did you mean \"brake\"?"));
	strings_clear(&problems);
}

static void
conffile_load__include__number_that_wraps__is_refused(void **state)
{
	static const char part[] = "brake = 4294967497;\n"; /* 201 */
	struct strings problems = { 0 };
	struct conf *conf = NULL;
	const char *text = FOUR "@include \"part.conf\"\n";

	(void)state;
	write_beside("part.conf", part, sizeof part - 1, 0644);
	assert_int_equal(load_bytes(text, strlen(text), &conf, &problems), -1);
	assert_int_equal(problems.len, 1);
	assert_non_null(strstr(
	    problems.items[0], "part.conf:1: brake: the number is too large"));
	strings_clear(&problems);
}

/* ---- what is refused ---- */

static void
conffile_load__no_file__says_so(void **state)
{
	struct strings problems = { 0 };
	struct conf *conf = NULL;

	(void)state;
	assert_int_equal(
	    conffile_load("/nonexistent/nudged.conf", &conf, &problems), -1);
	assert_int_equal(problems.len, 1);
	assert_non_null(strstr(problems.items[0], "cannot open"));
	strings_clear(&problems);
}

static void
conffile_load__empty_file__names_what_is_missing(void **state)
{
	(void)state;
	EXPECT("", "1: organisation: is missing", "1: timezone: is missing",
	    "1: register: is missing", "1: mail: is missing");
}

static void
conffile_load__many_problems__says_all_with_lines(void **state)
{
	(void)state;
	EXPECT("organisation = \"Board\";\n"
	       "timzone = \"Europe/London\";\n"
	       "timezone = \"Europe/Londn\";\n"
	       "register = 5;\n"
	       "brake = \"many\";\n"
	       "mail = {\n"
	       "  from = \"actions@example.org\";\n"
	       "  tls = \"requird\";\n"
	       "  password = \"hunter2\";\n"
	       "  give_up = 5;\n"
	       "  connections = 100;\n"
	       "};\n"
	       "webhooks = ( { name = \"x\"; url = \"https://10.0.0.1/\";\n"
	       "  secret = \"s\"; } );\n"
	       "schedules = ( { name = \"a\";\n"
	       "  remind = [ \"14 days before\",\n"
	       "    \"3 workng days before\" ];\n"
	       "  at = \"9am\"; channels = \"y\";\n"
	       "  escalate = ( { when = \"every week after\";\n"
	       "    to = \"chair\"; }, \"x\" ); } );\n"
	       "calendar = { holidays = \"none.ics\"; sending_hours = "
	       "\"18:00-08:00\"; };\n",
	    "2: timzone: unknown key, did you mean \"timezone\"?",
	    "3: timezone: no time zone 'Europe/Londn' in "
	    "/usr/share/zoneinfo",
	    "4: register: must be a text in quotes",
	    "5: brake: must be a whole number",
	    "8: mail.tls: does not know \"requird\", did you mean "
	    "\"required\"?",
	    "9: mail.password: secrets do not belong into this file: write "
	    "the secret into a file of mode 0600 and name it with "
	    "password_file",
	    "10: mail.give_up: must be a time in quotes like \"15 minutes\" "
	    "or \"5 days\"",
	    "11: mail.connections: must be 1 to 64",
	    "13: webhooks.url: 10.0.0.1 is a private address: allow_private "
	    "= true permits it",
	    "14: webhooks.secret: secrets do not belong into this file: "
	    "write the secret into a file of mode 0600 and name it with "
	    "secret_file",
	    "17: schedules.remind: do not understand \"workng\" in \"3 "
	    "workng days before\", did you mean \"working\"?",
	    "18: schedules.at: \"9am\" is no time of day; write for example "
	    "\"09:00\"",
	    "18: schedules.channels: \"y\" is neither \"mail\" nor a "
	    "webhook's name",
	    "19: schedules.escalate.when: ~",
	    "20: schedules.escalate: each escalation step must be a group "
	    "{ … }",
	    "21: calendar.sending_hours: \"18:00-08:00\": the end must be "
	    "later than the start",
	    "21: calendar.holidays: cannot open ~");
}

static void
conffile_load__syntax_error__gives_its_line(void **state)
{
	(void)state;
	EXPECT("brake = ;\n", "1: syntax error");
	EXPECT(FOUR "brake = 1;\nbrake = 2;\n", "6: duplicate setting name");
	EXPECT(FOUR "kinds = [ \"a\", ];\n",
	    "5: syntax error: no comma may stand behind the last item");
	EXPECT(FOUR "kinds = [ \"a\",\n];\n",
	    "6: syntax error: no comma may stand behind the last item");
	EXPECT(FOUR "schedules = { name = \"a\"; no_snooze = yes; };\n",
	    "5: syntax error: write true or false");
	EXPECT(FOUR "/* \" */ # \"\nkinds = \"a\\\"b;\n\n",
	    "6: the text that begins here has no end");
}

static void
conffile_load__odd_bytes__are_refused_with_line(void **state)
{
	static const char nul[] = "brake = 1;\nkinds\0 = 1;\n";
	static const char latin[] = "brake = 1;\n# caf\xe9\n";

	(void)state;
	expect_bytes(nul, sizeof nul - 1,
	    (const char *const[]){ "2: holds a NUL byte", NULL });
	expect_bytes(latin, sizeof latin - 1,
	    (const char *const[]){ "2: is not UTF-8 text", NULL });
	EXPECT(FOUR "kinds = \"a\nb\";\n",
	    "5: kinds: has a line end or another control character");
}

/* libconfig reads 5000000000 as 705032704. */
static void
conffile_load__number_that_wraps__is_refused(void **state)
{
	(void)state;
	EXPECT(FOUR "brake = 5000000000; # x\n",
	    "5: brake: the number is too large: must be 0 to 1000000");
	EXPECT(FOUR "/* \" */ brake = 5000000000;\n",
	    "5: brake: the number is too large: must be 0 to 1000000");
	EXPECT(FOUR "brake = 5000000000L;\n", "5: brake: must be 0 to 1000000");
	EXPECT(FOUR "brake = 0x7FFFFFFFF;\n", "5: brake: must be 0 to 1000000");
	EXPECT(FOUR "brake = -1;\n", "5: brake: must be 0 to 1000000");
	EXPECT(FOUR "brake = 1.0;\n", "5: brake: must be a whole number");
}

/* What stands beside a number is no part of it. */
static void
conffile_load__number_in_a_comment__is_nobodys_value(void **state)
{
	static const char *const lines[] = {
		"brake = 7; # 02079460000\n",
		"brake = 7; // 02079460000\n",
		"brake = 7; /* 02079460000 */\n",
		"/* 02079460000 */ brake = 7; /* 02079460000\n*/\n",
		"kinds = \"a\\\"02079460000\"; brake = 7;\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		char *text = xasprintf("%s%s", FOUR, lines[i]);
		struct conf *conf = load_good(text);

		assert_int_equal(conf->brake, 7);
		conf_free(conf);
		free(text);
	}
}

static void
conffile_load__chat_format__is_not_there_yet(void **state)
{
	(void)state;
	EXPECT(FOUR "webhooks = ( { name = \"room\";\n"
		    "url = \"https://x.example.org\";\nformat = \"slack\"; "
		    "} );\n",
	    "7: webhooks.format: only \"json\" is there yet; the chat "
	    "formats come later");
}

static void
conffile_load__holiday_file_broken__gives_its_line_too(void **state)
{
	static const char ics[] = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
				  "SUMMARY:x\r\nEND:VEVENT\r\n"
				  "END:VCALENDAR\r\n";

	(void)state;
	write_beside("bad.ics", ics, sizeof ics - 1, 0644);
	EXPECT(FOUR "calendar = { holidays = [ \"england-and-wales\",\n"
		    "\"bad.ics\", \"englnd-and-wales\" ]; };\n",
	    "6: calendar.holidays: ~",
	    "6: calendar.holidays: no holiday set \"englnd-and-wales\", did "
	    "you mean \"england-and-wales\"?");
}

/* ---- what the project ships (the tests run in its scratch) ---- */

static char *
read_shipped(const char *path)
{
	char *text = NULL;
	struct err err;

	if (file_read(path, CONFFILE_MAX, &text, NULL, &err) == -1)
		fail_msg("%s", err.text);
	return text;
}

static void
sample__as_shipped__loads(void **state)
{
	char *text = read_shipped("etc/nudged.conf");
	struct conf *conf = load_good(text);

	(void)state;
	assert_string_equal(conf->socket, "/run/nudged/control.sock");
	assert_int_equal(conf->schedules.len, 2);
	assert_int_equal(conf->clocks.len, 0);
	conf_free(conf);
	free(text);
}

/* "#key" is a setting that may be taken in, "# words" is prose. */
static void
sample__all_taken_in__loads(void **state)
{
	char *text = read_shipped("etc/nudged.conf"), *rest = text;
	struct buf all = { 0 };
	struct conf *conf;

	(void)state;
	for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
		if (line[0] == '#' && line[1] != ' ')
			line++;
		buf_printf(&all, "%s\n", line);
	}
	conf = load_good(buf_text(&all));
	assert_int_equal(conf->clocks.len, 26);
	assert_int_equal(conf->webhooks.len, 1);
	VEC_EACH (struct clock, clock, &conf->clocks)
		assert_non_null(clock->source);
	conf_free(conf);
	buf_clear(&all);
	free(text);
}

/* Does text hold the word, not as a part of a longer one? */
static bool
has_word(const char *text, const char *word)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	size_t len = strlen(word);

	for (const char *p = text; (p = strstr(p, word)) != NULL; p++)
		if ((p == text || strchr(letters, p[-1]) == NULL) &&
		    strchr(letters, p[len]) == NULL)
			return true;
	return false;
}

static void
expect_keys(
    const struct conf_table *table, const char *sample, const char *manual)
{
	for (const struct conf_key *key = table->keys; key->name; key++) {
		bool text =
		    key->type != CONF_NUMBER && key->type != CONF_SWITCH;
		char *line;

		if (!has_word(sample, key->name))
			fail_msg("the sample lacks %s", key->name);
		if (!has_word(manual, key->name))
			fail_msg("the manual lacks %s", key->name);
		if (key->table != NULL)
			expect_keys(key->table, sample, manual);
		if (key->table != NULL || key->fallback == NULL ||
		    conf_key_is_list(key) || key->type == CONF_DATE ||
		    strcmp(key->fallback, CONF_OPEN) == 0)
			continue;
		line = xasprintf("%s = %s%s%s;", key->name, text ? "\"" : "",
		    key->fallback, text ? "\"" : "");
		if (strstr(sample, line) == NULL)
			fail_msg("the sample lacks the default: %s", line);
		free(line);
		line = xasprintf("%s%s%s",
		    text ? "\n.Qq " : "Default: ", key->fallback,
		    text ? " ." : "");
		if (strstr(manual, line) == NULL)
			fail_msg("the manual lacks the default of %s: %s",
			    key->name, line);
		free(line);
	}
}

static void
sample_and_manual__every_key__is_there_with_its_default(void **state)
{
	char *sample = read_shipped("etc/nudged.conf");
	char *manual = read_shipped("man/nudged.conf.5");

	(void)state;
	expect_keys(&conf_root, sample, manual);
	free(sample);
	free(manual);
}

/* ---- secrets ---- */

static void
conffile_secrets__file_open_to_all__is_named(void **state)
{
	struct strings problems = { 0 };
	struct conf *conf = load_good(
	    "organisation = \"B\"; timezone = \"Europe/London\";\n"
	    "register = \"/tmp/r.db\"; mail = { from = \"a@example.org\";\n"
	    "username = \"a\"; password_file = \"pw\"; };\n"
	    "webhooks = { name = \"room\"; url = \"https://x.example.org\";\n"
	    "secret_file = [ \"pw\", \"absent\" ]; };");

	(void)state;
	write_beside("pw", "hunter2\n", 8, 0644);
	conffile_secrets(conf, &problems);
	assert_int_equal(problems.len, 3);
	assert_non_null(strstr(problems.items[0], "mail.password_file: "));
	assert_non_null(strstr(problems.items[0], "open to everybody"));
	assert_non_null(strstr(problems.items[2], "webhook \"room\": "));
	strings_clear(&problems);
	write_beside("pw", "hunter2\n", 8, 0600);
	conffile_secrets(conf, &problems);
	assert_int_equal(problems.len, 1);
	strings_clear(&problems);
	conf_free(conf);
}

/* Started by root, nudged becomes the owner of the register's folder. */
static void
conffile_secrets__readable_for_root_alone__is_named(void **state)
{
	struct strings problems = { 0 };
	struct conf *conf = load_good(
	    "organisation = \"B\"; timezone = \"Europe/London\";\n"
	    "register = \"/tmp/r.db\"; mail = { from = \"a@example.org\";\n"
	    "ca_file = \"ca.pem\"; };");

	(void)state;
	if (geteuid() != 0)
		skip();
	write_beside("ca.pem", "-", 1, 0600);
	assert_int_equal(chmod(scratch, 0755), 0);
	assert_int_equal(seteuid(NOBODY), 0);
	conffile_secrets(conf, &problems);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(problems.len, 1);
	assert_non_null(strstr(problems.items[0], "mail.ca_file: cannot read"));
	strings_clear(&problems);
	conf_free(conf);
}

static void
conffile_load__webhook_credential__becomes_a_path(void **state)
{
	struct conf *conf;

	(void)state;
	setenv("CREDENTIALS_DIRECTORY", "/run/credentials/x", 1);
	conf = load_good(FOUR
	    "webhooks = { name = \"room\"; url = \"https://x.example.org\";\n"
	    "credential = \"room\"; secret_file = \"/a\"; };");
	assert_int_equal(conf->webhooks.items[0].secret_files.len, 2);
	assert_string_equal(conf->webhooks.items[0].secret_files.items[1],
	    "/run/credentials/x/room");
	unsetenv("CREDENTIALS_DIRECTORY");
	conf_free(conf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conffile_load__four_lines__suffice),
		cmocka_unit_test(conffile_load__every_kind_of_value__is_read),
		cmocka_unit_test(conffile_load__byte_order_mark__is_tolerated),
		cmocka_unit_test(conffile_load__empty_redirect__is_none),
		cmocka_unit_test(
		    conffile_load__installed_holidays_absent__built_in_ones_are_used),
		cmocka_unit_test(
		    conffile_load__include__is_read_from_the_same_folder),
		cmocka_unit_test(
		    conffile_load__include__number_that_wraps__is_refused),
		cmocka_unit_test(conffile_load__no_file__says_so),
		cmocka_unit_test(
		    conffile_load__empty_file__names_what_is_missing),
		cmocka_unit_test(
		    conffile_load__many_problems__says_all_with_lines),
		cmocka_unit_test(conffile_load__syntax_error__gives_its_line),
		cmocka_unit_test(
		    conffile_load__odd_bytes__are_refused_with_line),
		cmocka_unit_test(conffile_load__number_that_wraps__is_refused),
		cmocka_unit_test(
		    conffile_load__holiday_file_broken__gives_its_line_too),
		cmocka_unit_test(
		    conffile_load__number_in_a_comment__is_nobodys_value),
		cmocka_unit_test(conffile_load__chat_format__is_not_there_yet),
		cmocka_unit_test(sample__as_shipped__loads),
		cmocka_unit_test(sample__all_taken_in__loads),
		cmocka_unit_test(
		    sample_and_manual__every_key__is_there_with_its_default),
		cmocka_unit_test(conffile_secrets__file_open_to_all__is_named),
		cmocka_unit_test(
		    conffile_secrets__readable_for_root_alone__is_named),
		cmocka_unit_test(
		    conffile_load__webhook_credential__becomes_a_path),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
