/* SPDX-License-Identifier: ISC */
/* Webhook bodies and signatures. The vector is that of Standard Webhooks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/date.h"
#include "core/hook.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define BODY "{\"test\": 2432232314}"
#define SIGNED "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

static void
hook_sign__standard_vector__signature(void **state)
{
	static const char *const secrets[] = {
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
		"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
		" whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(secrets); i++) {
		struct hook_secret secret;
		struct buf out = { 0 };
		struct err err;

		assert_int_equal(
		    hook_secret_parse(secrets[i], &secret, &err), 0);
		assert_int_equal(secret.len, 24);
		hook_sign(ID, 1614265330, BODY, strlen(BODY), &secret, 1, &out);
		assert_string_equal(buf_text(&out), SIGNED);
		buf_clear(&out);
	}
}

static void
hook_secret_parse__table__key(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* 0: refused */
		const char *key;
	} cases[] = {
		{ "raw:MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 32,
		    "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
		{ "a plain pass phrase!", 20, "a plain pass phrase!" },
		{ "short\n", 5, "short" },
		{ "raw:x", 1, "x" },
		{ "whsec_c2l4dGVlbiBieXRlcyBvaw==", 16, "sixteen bytes ok" },
		{ "whsec_", 0, NULL },
		{ "whsec_####", 0, NULL },
		{ "whsec_c2hvcnQ=", 0, NULL },
		{ "", 0, NULL },
		{ "raw:", 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct hook_secret secret = { .len = 999 };
		struct err err = { 0 };
		int rc = hook_secret_parse(cases[i].text, &secret, &err);

		if (cases[i].len == 0) {
			assert_int_equal(rc, -1);
			assert_int_equal(secret.len, 999);
			continue;
		}
		assert_int_equal(rc, 0);
		assert_int_equal(secret.len, cases[i].len);
		assert_memory_equal(secret.key, cases[i].key, cases[i].len);
	}
}

static void
hook_secret_parse__wrong_secret__is_not_in_the_message(void **state)
{
	struct hook_secret secret;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(
	    hook_secret_parse("whsec_!topsecret!", &secret, &err), -1);
	assert_null(strstr(err.text, "topsecret"));
}

static void
hook_sign__two_secrets__two_signatures(void **state)
{
	struct hook_secret secrets[2];
	struct buf out = { 0 };
	struct err err;

	(void)state;
	assert_int_equal(hook_secret_parse("raw:new", &secrets[0], &err), 0);
	assert_int_equal(
	    hook_secret_parse(
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &secrets[1], &err),
	    0);
	hook_sign(ID, 1614265330, BODY, strlen(BODY), secrets, 2, &out);
	assert_true(strncmp(buf_text(&out), "v1,", 3) == 0);
	assert_string_equal(strchr(buf_text(&out), ' ') + 1, SIGNED);
	buf_clear(&out);
}

static void
hook_headers_init__with_a_secret__five_lines(void **state)
{
	struct hook_headers headers;
	struct hook_secret secret;
	struct err err;

	(void)state;
	assert_int_equal(
	    hook_secret_parse(
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &secret, &err),
	    0);
	hook_headers_init(
	    &headers, ID, 1614265330, BODY, strlen(BODY), &secret, 1);
	assert_int_equal(headers.count, 5);
	assert_string_equal(headers.lines[0], "content-type: application/json");
	assert_string_equal(headers.lines[1], "webhook-id: " ID);
	assert_string_equal(headers.lines[2], "webhook-timestamp: 1614265330");
	assert_string_equal(headers.lines[3], "idempotency-key: " ID);
	assert_string_equal(headers.lines[4], "webhook-signature: " SIGNED);
	hook_headers_clear(&headers);
	hook_headers_init(&headers, "a\r\nb: c", 1, "", 0, NULL, 0);
	assert_int_equal(headers.count, 4);
	assert_string_equal(headers.lines[1], "webhook-id: a  b: c");
	hook_headers_clear(&headers);
}

static const char *const owners[] = { "Ann Roe", "Exampleshire \xC3\x89quipe" };

static struct hook_entry
sample(const char *ref)
{
	return (struct hook_entry){ .ref = ref,
		.kind = "action",
		.text = "send \"figures\"\n<now>",
		.state = "open",
		.owners = owners,
		.nowners = 2,
		.due_on = day_from_civil(2019, 9, 2),
		.earliest_on = DAY_NONE,
		.original_due_on = DAY_NONE,
		.review_on = DAY_NONE,
		.overdue_days = 10,
		.slips = 1,
		.series = "WT",
		.held_on = day_from_civil(2019, 6, 25),
		.rule = "7 days after" };
}

static void
hook_body__json__in_a_fixed_order(void **state)
{
	struct hook_entry entries[] = { sample("WT-14"), sample("WT-15") };
	struct hook_event event = { .type = "entry.nudge",
		.timestamp = "2019-09-12T09:00:00+01:00",
		.organisation = "Exampleshire",
		.entries = entries,
		.nentries = 2 };
	struct buf out = { 0 };
	struct err err;

	(void)state;
	entries[1].restricted = true;
	assert_int_equal(hook_body(HOOK_JSON, &event, &out, &err), 1);
	assert_string_equal(buf_text(&out),
	    "{\"type\":\"entry.nudge\","
	    "\"timestamp\":\"2019-09-12T09:00:00+01:00\","
	    "\"data\":{\"organisation\":\"Exampleshire\",\"message\":null,"
	    "\"entries\":[{\"ref\":\"WT-14\",\"kind\":\"action\","
	    "\"text\":\"send \\\"figures\\\"\\n<now>\","
	    "\"owners\":[\"Ann Roe\",\"Exampleshire \xC3\x89quipe\"],"
	    "\"state\":\"open\",\"due_on\":\"2019-09-02\","
	    "\"earliest_on\":null,\"original_due_on\":null,"
	    "\"review_on\":null,\"overdue_days\":10,\"slips\":1,"
	    "\"series\":\"WT\",\"held_on\":\"2019-06-25\","
	    "\"statutory\":false,\"rule\":\"7 days after\"}]}}");
	buf_clear(&out);
}

static void
hook_body__all_restricted__nothing(void **state)
{
	struct hook_entry entries[] = { sample("WT-14") };
	struct hook_event event = { .type = "entry.nudge",
		.timestamp = "x",
		.entries = entries,
		.nentries = 1 };
	struct buf out = { 0 };
	struct err err;

	(void)state;
	entries[0].restricted = true;
	assert_int_equal(hook_body(HOOK_JSON, &event, &out, &err), 0);
	assert_int_equal(out.len, 0);
	event.nentries = 0; /* a test message has no entries at all */
	assert_int_equal(hook_body(HOOK_JSON, &event, &out, &err), 1);
	assert_non_null(strstr(buf_text(&out), "\"entries\":[]"));
	buf_clear(&out);
}

static void
hook_body__wrong_utf8__is_replaced(void **state)
{
	struct hook_entry entries[] = { sample("WT-14") };
	struct hook_event event = {
		.type = "t", .timestamp = "x", .entries = entries, .nentries = 1
	};
	struct buf out = { 0 };
	struct err err;

	(void)state;
	entries[0].text = "caf\xE9";
	assert_int_equal(hook_body(HOOK_JSON, &event, &out, &err), 1);
	assert_non_null(strstr(buf_text(&out), "caf\xEF\xBF\xBD"));
	buf_clear(&out);
}

static void
hook_body__format_that_is_not_built__refused(void **state)
{
	struct hook_event event = { .type = "t", .timestamp = "x" };
	struct buf out = { 0 };
	struct err err;

	(void)state;
	assert_int_equal(hook_body(HOOK_SLACK, &event, &out, &err), -1);
	assert_int_equal(out.len, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hook_sign__standard_vector__signature),
		cmocka_unit_test(hook_secret_parse__table__key),
		cmocka_unit_test(
		    hook_secret_parse__wrong_secret__is_not_in_the_message),
		cmocka_unit_test(hook_sign__two_secrets__two_signatures),
		cmocka_unit_test(hook_headers_init__with_a_secret__five_lines),
		cmocka_unit_test(hook_body__json__in_a_fixed_order),
		cmocka_unit_test(hook_body__all_restricted__nothing),
		cmocka_unit_test(hook_body__wrong_utf8__is_replaced),
		cmocka_unit_test(hook_body__format_that_is_not_built__refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
