/* SPDX-License-Identifier: ISC */
/* Maildir delivery into a temporary folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "io/maildir.h"

static char *root;

static int
make_root(void **unused)
{
	char path[] = "/tmp/test_maildir.XXXXXX";

	(void)unused;
	assert_non_null(mkdtemp(path));
	root = xstrdup(path);
	return 0;
}

static int
remove_root(void **unused)
{
	char *command = xasprintf("rm -rf '%s'", root);
	int rc = system(command);

	(void)unused;
	free(command);
	free(root);
	return rc;
}

static char *
in_root(const char *name)
{
	return xasprintf("%s/%s", root, name);
}

/* The file's bytes, NULL when there is none. */
static char *
content(const char *name)
{
	char *path = in_root(name), *text = NULL;
	FILE *file = fopen(path, "r");

	if (file != NULL) {
		text = xcalloc(1, 4096);
		(void)!fread(text, 1, 4095, file);
		fclose(file);
	}
	free(path);
	return text;
}

static void
assert_content(const char *name, const char *want)
{
	char *got = content(name);

	if (want == NULL)
		assert_null(got);
	else
		assert_string_equal(got, want);
	free(got);
}

static void
deliver(const char *folder, const char *name, const char *text)
{
	char *path = in_root(folder);
	struct err err;

	if (maildir_deliver(path, name, text, strlen(text), &err) == -1)
		fail_msg("%s", err.text);
	free(path);
}

static void
maildir_deliver__no_folder_yet__makes_it(void **unused)
{
	(void)unused;
	deliver("box", "n1.example", "Subject: x\r\n\r\nbody\r\n");
	assert_content("box/new/n1.example", "Subject: x\n\nbody\n");
	assert_content("box/tmp/n1.example", NULL);
}

static void
maildir_deliver__same_name_again__replaces(void **unused)
{
	(void)unused;
	deliver("box", "n1", "first\r\n");
	deliver("box", "n1", "second\n");
	assert_content("box/new/n1", "second\n");
}

static void
maildir_deliver__leftover_in_tmp__is_overwritten(void **unused)
{
	char *path = in_root("box/tmp/n1");
	FILE *file;

	(void)unused;
	deliver("box", "n0", "x\n");
	file = fopen(path, "w");
	fputs("half a mail that is longer than the whole", file);
	fclose(file);
	free(path);
	deliver("box", "n1", "whole\n");
	assert_content("box/new/n1", "whole\n");
	assert_content("box/tmp/n1", NULL);
}

static void
maildir_deliver__already_read__is_not_doubled(void **unused)
{
	static const char *const names[] = { "box/cur/n1", "box/cur/n1:2,",
		"box/cur/n1:2,S", "box/cur/n1:2,FRS", "box/cur/n1:2,DFPRST" };

	(void)unused;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		char *from = in_root("box/new/n1"), *to = in_root(names[i]);

		deliver("box", "n1", "once\n");
		assert_int_equal(rename(from, to), 0);
		deliver("box", "n1", "once\n");
		assert_content("box/new/n1", NULL);
		/* another name that only begins alike is another mail */
		deliver("box", "n", "other\n");
		assert_content("box/new/n", "other\n");
		unlink(to);
		free(from);
		free(to);
	}
}

static void
maildir_deliver__bare_cr__stays(void **unused)
{
	(void)unused;
	deliver("box", "n1", "a\rb\r\nc\r");
	assert_content("box/new/n1", "a\rb\nc\r");
}

static void
maildir_deliver__bad_names__are_refused(void **unused)
{
	static const char *const names[] = { "", ".", "..", ".hidden", "a/b",
		"../x", "a b", "a:2,S", "a\nb" };
	char *path = in_root("box");
	struct err err;

	(void)unused;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		assert_int_equal(
		    maildir_deliver(path, names[i], "x", 1, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
	}
	free(path);
}

static void
maildir_deliver__something_in_the_way__says_so(void **unused)
{
	char *path = in_root("file"), *deep = in_root("no/such/parent");
	FILE *file = fopen(path, "w");
	struct err err;

	(void)unused;
	fclose(file);
	assert_int_equal(maildir_deliver(path, "n1", "x", 1, &err), -1);
	assert_int_equal(err.code, ERR_SYSTEM);
	assert_non_null(strstr(err.text, path));
	assert_int_equal(maildir_deliver(deep, "n1", "x", 1, &err), -1);
	free(path);
	free(deep);
}

static void
maildir_create__modes__are_closed_to_others(void **unused)
{
	char *path = in_root("box"), *new = in_root("box/new");
	struct stat st;
	struct err err;

	(void)unused;
	assert_int_equal(maildir_create(path, &err), 0);
	assert_int_equal(maildir_create(path, &err), 0);
	assert_int_equal(stat(new, &st), 0);
	assert_int_equal(st.st_mode & 07, 0);
	free(path);
	free(new);
}

static void
maildir_url_path__urls__path_or_refused(void **unused)
{
	static const struct {
		const char *url, *path;
	} cases[] = {
		{ "maildir:///var/mail/x", "/var/mail/x" },
		{ "maildir:///var/mail/x/", "/var/mail/x" },
		{ "maildir:///a%20b", "/a b" },
		{ "maildir:///a%2Fb", "/a/b" },
		{ "maildir://host/x", NULL },
		{ "maildir://", NULL },
		{ "maildir:x", NULL },
		{ "smtp://localhost", NULL },
		{ "maildir:///a%2", NULL },
		{ "maildir:///a%zz", NULL },
		{ "maildir:///a%00b", NULL },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err err;
		char *path = maildir_url_path(cases[i].url, &err);

		if (cases[i].path == NULL)
			assert_null(path);
		else
			assert_string_equal(path, cases[i].path);
		free(path);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(maildir_deliver__no_folder_yet__makes_it),
		TEST(maildir_deliver__same_name_again__replaces),
		TEST(maildir_deliver__leftover_in_tmp__is_overwritten),
		TEST(maildir_deliver__already_read__is_not_doubled),
		TEST(maildir_deliver__bare_cr__stays),
		TEST(maildir_deliver__bad_names__are_refused),
		TEST(maildir_deliver__something_in_the_way__says_so),
		TEST(maildir_create__modes__are_closed_to_others),
		cmocka_unit_test(maildir_url_path__urls__path_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
