/* SPDX-License-Identifier: ISC */
/* The commands that keep the register itself: init, check, backup, verify. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/version.h"
#include "desk/check.h"
#include "desk/groups.h"
#include "desk/show.h"
#include "io/clock.h"
#include "io/conffile.h"
#include "io/file.h"
#include "io/store.h"

/* ---- init ---- */

/* The folder of the register, when only it is missing. */
static int
make_folder(const char *path, struct err *err)
{
	char *folder = file_folder(path);
	int rc = 0;

	if (mkdir(folder, 0750) == -1 && errno != EEXIST)
		rc = err_errno(err, "the register's folder %s", folder);
	free(folder);
	return rc;
}

static int
make_register(const struct conf *conf, int64_t now, struct err *err)
{
	char *name = NULL;
	struct db *db;
	int rc = -1;

	if (make_folder(conf->register_path, err) == -1 ||
	    db_become_owner(conf->register_path, err) == -1)
		return -1;
	db = db_open(conf->register_path, DB_CREATE, err);
	if (db == NULL)
		return -1;
	/* With its own name, so that a plan writes the Message-IDs that will
	 * be sent. */
	if (db_begin(db, err) == 0 && store_identity(db, &name, err) == 0 &&
	    register_note_rules(db, conf, now, err) == 0 &&
	    desk_note_calendar(conf, db, now, err) == 0)
		rc = db_commit(db, err);
	free(name);
	db_close(db);
	return rc;
}

static int
load_conf(struct desk_call *call, const char *path, struct conf **out,
    struct err *err)
{
	struct strings problems = { 0 };

	if (conffile_load(path, out, &problems) == 0)
		return 0;
	for (size_t i = 0; i + 1 < problems.len; i++)
		desk_remark(call, "%s", problems.items[i]);
	err_set(err, ERR_INPUT, "%s",
	    problems.len > 0 ? problems.items[problems.len - 1] : path);
	strings_clear(&problems);
	return -1;
}

static int
run_init(struct desk_call *call, struct err *err)
{
	struct buf *out = &call->answer->out;
	struct conf *conf;
	json_t *o;

	if (load_conf(call, call->request->conf_path, &conf, err) == -1)
		return -1;
	if (make_register(conf, call->now, err) == -1) {
		conf_free(conf);
		return -1;
	}
	if (call->request->json) {
		o = json_object();
		json_put_text(o, "register", conf->register_path);
		json_print(o, out);
	} else {
		buf_printf(out,
		    "An empty register was made: %s\n"
		    "Next: who and what there is (nudgectl person add, series "
		    "add, or import parties FILE.csv), then\n"
		    "nudgectl minutes FILE --accept, import entries FILE.csv, "
		    "or add\n",
		    conf->register_path);
	}
	conf_free(conf);
	return 0;
}

/* ---- check ---- */

static json_t *
strings_json(const struct strings *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->len; i++)
		json_array_append_new(array, json_string(list->items[i]));
	return array;
}

static json_t *
flags_json(const struct flags *flags)
{
	json_t *array = json_array();

	VEC_EACH (const struct flag, f, &flags->list) {
		json_t *o = json_object();

		json_put_text(o, "code", minutes_flag_name(f->code));
		json_put_text(o, "ref", f->ref);
		json_put_text(o, "text", f->text);
		json_array_append_new(array, o);
	}
	return array;
}

static long long
left_off(const struct flags *flags)
{
	long long count = 0;

	for (int code = 0; code < MINUTES_FLAG_CODES; code++)
		count += flags->count[code];
	return count - (long long)flags->list.len;
}

static void
print_check(struct desk_call *call, const char *path,
    const struct strings *problems, const struct strings *remarks,
    const struct flags *flags)
{
	struct buf *out = &call->answer->out;
	char count[SHOW_COUNT_MAX];
	json_t *o;

	if (problems->len > 0)
		call->answer->status = DESK_FAILED;
	if (call->request->json) {
		o = json_object();
		json_object_set_new(o, "problems", strings_json(problems));
		json_object_set_new(o, "remarks", strings_json(remarks));
		json_object_set_new(o, "flags", flags_json(flags));
		json_put_int(o, "flags_left_off", left_off(flags));
		json_print(o, out);
		return;
	}
	for (size_t i = 0; i < problems->len; i++)
		desk_remark(call, "%s", problems->items[i]);
	for (size_t i = 0; i < remarks->len; i++)
		buf_printf(out, "remark: %s\n", remarks->items[i]);
	if (problems->len > 0)
		desk_remark(call, "%s: %s", path,
		    show_count((long long)problems->len, "problem", "problems",
			count));
	else
		buf_printf(out, "%s: no problems\n", path);
}

static int
run_check(struct desk_call *call, struct err *err)
{
	const char *path = args_word(&call->args, 0);
	struct strings problems = { 0 }, remarks = { 0 };
	struct flags flags = { 0 };
	struct conf *conf = NULL;
	int rc = 0;

	if (path == NULL)
		path = call->request->conf_path;
	if (path == NULL)
		return err_set(err, ERR_USAGE, "which file?");
	if (conffile_load(path, &conf, &problems) == 0) {
		int today = zone_day(&conf->zone, call->now, NULL);

		conf_remarks(conf, today, &remarks);
		conffile_secrets(conf, &problems);
		check_templates(conf, &problems);
		check_access(conf, &remarks);
		rc = check_register(
		    conf, today, &problems, &remarks, &flags, err);
		conf_free(conf);
	}
	if (rc == 0)
		print_check(call, path, &problems, &remarks, &flags);
	flags_clear(&flags);
	strings_clear(&problems);
	strings_clear(&remarks);
	return rc;
}

/* ---- backup, verify, version, help ---- */

static int
run_backup(struct desk_call *call, struct err *err)
{
	const char *path = args_word(&call->args, 0);
	json_t *o;

	if (db_backup(call->db, path, err) == -1)
		return -1;
	if (call->request->json) {
		o = json_object();
		json_put_text(o, "backup", path);
		json_print(o, &call->answer->out);
	} else {
		buf_printf(&call->answer->out,
		    "%s holds a copy of the register; started from, it sends "
		    "nothing until nudgectl release\n",
		    path);
	}
	return 0;
}

static int
run_verify(struct desk_call *call, struct err *err)
{
	json_t *o;

	if (db_verify(call->db, err) == -1)
		return -1;
	if (call->request->json) {
		o = json_object();
		json_put_bool(o, "sound", true);
		json_print(o, &call->answer->out);
	} else {
		buf_puts(&call->answer->out, "the register is sound\n");
	}
	return 0;
}

static int
run_version(struct desk_call *call, struct err *err)
{
	(void)err;
	buf_puts(&call->answer->out, "nudgectl " NUDGED_VERSION "\n");
	return 0;
}

static int
run_help(struct desk_call *call, struct err *err)
{
	const char *first = args_word(&call->args, 0);
	const char *second = args_word(&call->args, 1);
	struct buf name = { 0 };

	int rc;

	if (first != NULL)
		buf_puts(&name, first);
	if (second != NULL && desk_is_command(first, second))
		buf_printf(&name, " %s", second);
	rc = desk_help(
	    &call->answer->out, first == NULL ? NULL : buf_text(&name), err);
	buf_clear(&name);
	return rc;
}

/* ---- the table ---- */

const struct desk_command upkeep_commands[] = {
	{
	    .name = "init",
	    .args = "",
	    .summary = "Makes an empty register",
	    .mode = DESK_ALONE,
	    .access = ACCESS_READ,
	    .file_arg = -1,
	    .run = run_init,
	},
	{
	    .name = "check",
	    .args = "[FILE]",
	    .summary = "Checks configuration, templates and register",
	    .help = "  Every problem is a line; exit status 1 when there is "
		    "one. Remarks are what is\n  allowed but should be looked "
		    "at.\n",
	    .mode = DESK_ALONE,
	    .access = ACCESS_READ,
	    .file_arg = -1,
	    .run = run_check,
	    .max_words = 1,
	},
	{
	    .name = "backup",
	    .args = "FILE",
	    .summary = "Copies the register while it is in use",
	    .mode = DESK_READS,
	    .access = ACCESS_READ,
	    .file_arg = -1,
	    .run = run_backup,
	    .min_words = 1,
	    .max_words = 1,
	},
	{
	    .name = "verify",
	    .args = "",
	    .summary = "Checks that the register's file is sound",
	    .mode = DESK_READS,
	    .access = ACCESS_READ,
	    .file_arg = -1,
	    .run = run_verify,
	},
	{
	    .name = "version",
	    .args = "",
	    .summary = "Says which version this is",
	    .mode = DESK_ALONE,
	    .access = ACCESS_READ,
	    .file_arg = -1,
	    .run = run_version,
	},
	{
	    .name = "help",
	    .args = "[COMMAND]",
	    .summary = "Lists the commands, or explains one",
	    .mode = DESK_ALONE,
	    .access = ACCESS_READ,
	    .file_arg = -1,
	    .run = run_help,
	    .max_words = 2,
	},
	{ .name = NULL },
};
