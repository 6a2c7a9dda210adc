/* SPDX-License-Identifier: ISC */
/*
 * Webhook posts: what is refused before the wire, and that the callback comes
 * once and from the loop. What receivers answer: tests/peers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ev.h>
#include <stdio.h>
#include <string.h>

#include "io/webhook.h"

struct seen {
	int calls;
	enum outcome outcome;
	char text[256];
};

static struct ev_loop *loop;
static struct transfer *transfer;

static void
note_cb(void *ctx, const struct webhook_result *result)
{
	struct seen *seen = ctx;

	seen->calls++;
	seen->outcome = result->outcome;
	snprintf(seen->text, sizeof seen->text, "%s", result->text);
}

static int
set_up(void **unused)
{
	(void)unused;
	transfer_global_init();
	loop = ev_loop_new(0);
	transfer = transfer_new(loop);
	return 0;
}

static int
tear_down(void **unused)
{
	(void)unused;
	transfer_free(transfer);
	ev_loop_destroy(loop);
	return 0;
}

static struct webhook_post *
post(const struct webhook_options *options, const char *header,
    struct seen *seen, struct err *err)
{
	return webhook_post(transfer, options, &header, header != NULL, "{}", 2,
	    0, note_cb, seen, err);
}

static void
webhook_post__bad_urls_and_headers__refused(void **unused)
{
	static const struct {
		struct webhook_options options;
		const char *header;
	} cases[] = {
		{ { .url = "http://example.org/" }, NULL },
		{ { .url = "ftp://example.org/", .allow_private = true },
		    NULL },
		{ { .url = "example.org" }, NULL },
		{ { .url = "https:///x" }, NULL },
		{ { .url = "https://exa mple.org/" }, NULL },
		{ { .url = "https://example.org/" }, "no colon" },
		{ { .url = "https://example.org/" }, ": no name" },
		{ { .url = "https://example.org/" }, "a: b\r\nc: d" },
		{ { .url = "https://example.org/" }, "a: b\nc: d" },
		{ { .url = "https://example.org/" }, "a b: c" },
		{ { .url = "https://example.org/" }, "a: \x7f" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct seen seen = { 0 };
		struct err err;

		assert_null(
		    post(&cases[i].options, cases[i].header, &seen, &err));
		assert_int_equal(err.code, ERR_INPUT);
		ev_run(loop, EVRUN_NOWAIT);
		assert_int_equal(seen.calls, 0);
	}
}

static void
webhook_post__private_address__refused_once_from_the_loop(void **unused)
{
	struct webhook_options options = { .url = "https://127.0.0.1:9/" };
	struct seen seen = { 0 };
	struct err err;

	(void)unused;
	assert_non_null(post(&options, NULL, &seen, &err));
	assert_int_equal(seen.calls, 0);
	ev_run(loop, 0); /* ends when nothing is left to watch */
	assert_int_equal(seen.calls, 1);
	assert_int_equal(seen.outcome, OUTCOME_CHANNEL);
	assert_string_equal(seen.text, "private address refused: 127.0.0.1");
}

static void
webhook_abort__before_the_loop_ran__tells_from_the_loop(void **unused)
{
	struct webhook_options options = { .url = "https://127.0.0.1:9/",
		.allow_private = true };
	struct seen seen = { 0 };
	struct err err;
	struct webhook_post *p = post(&options, NULL, &seen, &err);

	(void)unused;
	assert_non_null(p);
	webhook_abort(p);
	webhook_abort(p);
	assert_int_equal(seen.calls, 0);
	ev_run(loop, 0);
	assert_int_equal(seen.calls, 1);
	assert_int_equal(seen.outcome, OUTCOME_CHANNEL);
	assert_string_equal(seen.text, "given up");
}

static void
transfer_free__posts_under_way__each_is_told(void **unused)
{
	struct webhook_options options = { .url = "https://127.0.0.1:9/",
		.allow_private = true };
	struct seen seen[3] = { 0 };
	struct err err;

	(void)unused;
	for (int i = 0; i < 3; i++)
		assert_non_null(post(&options, NULL, &seen[i], &err));
	transfer_free(transfer);
	transfer = NULL;
	for (int i = 0; i < 3; i++)
		assert_int_equal(seen[i].calls, 1);
	ev_run(loop, EVRUN_NOWAIT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(webhook_post__bad_urls_and_headers__refused),
		TEST(webhook_post__private_address__refused_once_from_the_loop),
		TEST(webhook_abort__before_the_loop_ran__tells_from_the_loop),
		TEST(transfer_free__posts_under_way__each_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
