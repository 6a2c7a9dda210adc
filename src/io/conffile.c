/* SPDX-License-Identifier: ISC */
/*
 * The config file; see conffile.h. Walks the table of core/conf_keys beside
 * libconfig's tree: the keys and their types are there, only the file's
 * syntax, lines and paths are here.
 */
#include "io/conffile.h"

#include <libconfig.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/conf_keys.h"
#include "core/conf_text.h"
#include "core/near.h"
#include "core/text.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/holidays.h"

#ifndef NUDGED_DATADIR
#define NUDGED_DATADIR "/usr/share/nudged"
#endif

#define KEYS_MAX 64
#define KEY_PATH_MAX 128
#define PROBLEMS_MAX 200
/* Where systemd puts the unit's credentials, for `check` by hand. */
#define CREDENTIALS "/run/credentials/nudged.service"

struct found {
	bool included; /* in another file than the main one */
	int line;
	char *text; /* whole, with file and line */
};

/* One reading of one file. */
struct reader {
	const char *path;
	char *folder;     /* absolute */
	const char *text; /* of the main file, behind a byte order mark */
	config_t file;
	struct conf *conf;
	VEC(struct found) found;
};

static void complain(struct reader *r, const config_setting_t *where,
    const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* where gives file and line (NULL: the first line); key may be "". */
static void
complain(struct reader *r, const config_setting_t *where, const char *key,
    const char *format, ...)
{
	const char *file = NULL;
	struct buf text = { 0 };
	struct found *f;
	int line = 1;
	va_list ap;

	if (r->found.len >= PROBLEMS_MAX)
		return;
	if (where != NULL) {
		file = config_setting_source_file(where);
		if ((int)config_setting_source_line(where) > 0)
			line = (int)config_setting_source_line(where);
	}
	buf_printf(&text, "%s:%d: ", file ? file : r->path, line);
	if (*key != '\0')
		buf_printf(&text, "%s: ", key);
	va_start(ap, format);
	buf_vprintf(&text, format, ap);
	va_end(ap);
	f = vec_push(&r->found);
	f->included = file != NULL;
	f->line = line;
	f->text = buf_take(&text);
}

/* "mail" and "from" give "mail.from". */
static const char *
join(char out[KEY_PATH_MAX], const char *group, const char *name)
{
	(void)snprintf(
	    out, KEY_PATH_MAX, "%s%s%s", group, *group ? "." : "", name);
	return out;
}

/* ---- numbers: libconfig 1.5 wraps long ones around without a word ---- */

static bool
overflows(const struct reader *r, const config_setting_t *s)
{
	const char *file = config_setting_source_file(s);
	int line = (int)config_setting_source_line(s);
	char *path, *text = NULL;
	struct err err;
	bool over = false;

	if (file == NULL)
		return conf_text_overflows(r->text, line);
	path = file_beside(r->folder, file);
	if (file_read(path, CONFFILE_MAX, &text, NULL, &err) == 0)
		over = conf_text_overflows(text, line);
	free(text);
	free(path);
	return over;
}

/* ---- values ---- */

/* A text of the file as the value that the config holds: paths from the
 * config's folder, credentials where systemd puts them. Owned. */
static char *
resolved(const struct reader *r, const struct conf_key *key, const char *text)
{
	const char *folder;

	if (*text == '\0')
		return xstrdup(text);
	switch (key->type) {
	case CONF_HOLIDAYS:
		if (holidays_is_short(text))
			return xstrdup(text);
		return file_beside(r->folder, text);
	case CONF_PATH:
	case CONF_PATHS:
		return file_beside(r->folder, text);
	case CONF_CREDENTIALS:
		folder = getenv("CREDENTIALS_DIRECTORY");
		return file_beside(folder ? folder : CREDENTIALS, text);
	default:
		return xstrdup(text);
	}
}

static void
read_scalar(struct reader *r, const struct conf_key *key, void *obj,
    const config_setting_t *s, const char *name)
{
	struct err err;
	char *text;
	int rc = 0;

	switch (config_setting_type(s)) {
	case CONFIG_TYPE_STRING:
		text = resolved(r, key, config_setting_get_string(s));
		rc = conf_key_text(key, obj, text, &err);
		free(text);
		break;
	case CONFIG_TYPE_INT:
		if (key->type == CONF_NUMBER && overflows(r, s))
			rc = err_set(&err, ERR_INPUT,
			    "the number is too large: must be %lld to %lld",
			    (long long)key->min, (long long)key->max);
		else
			rc = conf_key_number(
			    key, obj, config_setting_get_int(s), &err);
		break;
	case CONFIG_TYPE_INT64:
		rc = conf_key_number(
		    key, obj, config_setting_get_int64(s), &err);
		break;
	case CONFIG_TYPE_BOOL:
		rc = conf_key_switch(
		    key, obj, config_setting_get_bool(s) != 0, &err);
		break;
	default:
		rc =
		    err_set(&err, ERR_INPUT, "must be %s", conf_key_wants(key));
	}
	if (rc == -1)
		complain(r, s, name, "%s", err.text);
}

static bool
is_sequence(const config_setting_t *s)
{
	return config_setting_is_list(s) || config_setting_is_array(s);
}

static void
read_list(struct reader *r, const struct conf_key *key, void *obj,
    const config_setting_t *s, const char *name)
{
	conf_key_reset(key, obj);
	if (!is_sequence(s)) {
		read_scalar(r, key, obj, s, name);
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *item =
		    config_setting_get_elem(s, (unsigned)i);

		if (config_setting_type(item) != CONFIG_TYPE_STRING)
			complain(
			    r, item, name, "must be %s", conf_key_wants(key));
		else
			read_scalar(r, key, obj, item, name);
	}
}

static void read_table(struct reader *r, const struct conf_table *table,
    void *obj, const config_setting_t *group, const char *name);

static void
read_objects(struct reader *r, const struct conf_key *key, void *obj,
    const config_setting_t *s, const char *name)
{
	conf_key_reset(key, obj);
	if (config_setting_is_group(s)) {
		read_table(r, key->table, conf_key_push(key, obj), s, name);
		return;
	}
	if (!is_sequence(s)) {
		complain(r, s, name, "must be %s", conf_key_wants(key));
		return;
	}
	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *item =
		    config_setting_get_elem(s, (unsigned)i);
		/* Wrong ones take a place too, so that indexes agree with
		 * the file's. */
		void *made = conf_key_push(key, obj);

		if (config_setting_is_group(item))
			read_table(r, key->table, made, item, name);
		else
			complain(r, item, name,
			    "each %s must be a group "
			    "{ … }",
			    key->table->name);
	}
}

static void
read_key(struct reader *r, const struct conf_key *key, void *obj,
    const config_setting_t *s, const char *name)
{
	if (key->type == CONF_OBJECTS)
		read_objects(r, key, obj, s, name);
	else if (key->type == CONF_GROUP && config_setting_is_group(s))
		read_table(r, key->table, obj, s, name);
	else if (conf_key_is_list(key))
		read_list(r, key, obj, s, name);
	else
		read_scalar(r, key, obj, s, name);
}

/* What to say of a key that is in no table. */
static void
unknown_key(struct reader *r, const struct conf_table *table,
    const config_setting_t *s, const char *path)
{
	static const char *const inline_secrets[] = { "password", "passwd",
		"secret", "token", "api_key" };
	const char *name = config_setting_name(s);
	const char *known[KEYS_MAX], *near;
	size_t n = 0;

	for (const struct conf_key *key = table->keys; key->name; key++)
		if (n < KEYS_MAX)
			known[n++] = key->name;
	for (size_t i = 0; i < sizeof inline_secrets / sizeof(char *); i++)
		if (text_same(name, inline_secrets[i])) {
			near = strncmp(path, "webhooks", 8) == 0
				   ? "secret_file"
				   : "password_file";
			complain(r, s, path,
			    "secrets do not belong into this file: write the "
			    "secret into a file of mode 0600 and name it with "
			    "%s",
			    near);
			return;
		}
	near = near_find(name, known, n);
	if (near != NULL)
		complain(r, s, path, "unknown key, did you mean \"%s\"?", near);
	else
		complain(r, s, path, "unknown key");
}

static void
read_table(struct reader *r, const struct conf_table *table, void *obj,
    const config_setting_t *group, const char *name)
{
	char path[KEY_PATH_MAX];

	/* In the table's order: secret_file before credential, which adds to
	 * the same list. */
	for (const struct conf_key *key = table->keys; key->name; key++) {
		const config_setting_t *s =
		    config_setting_get_member(group, key->name);

		join(path, name, key->name);
		if (s != NULL)
			read_key(r, key, obj, s, path);
		else if (key->required)
			complain(r, group, path, "is missing");
	}
	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);
		const struct conf_key *key = table->keys;

		while (key->name != NULL &&
		       strcmp(key->name, config_setting_name(s)) != 0)
			key++;
		if (key->name == NULL)
			unknown_key(r, table, s,
			    join(path, name, config_setting_name(s)));
	}
}

/* ---- checks that need the whole, or the disk ---- */

/* The setting of a path, or the nearest one around it. */
static const config_setting_t *
setting_near(struct reader *r, const char *path)
{
	char *part = xstrdup(path);
	const config_setting_t *s;

	while ((s = config_lookup(&r->file, part)) == NULL) {
		char *dot = strrchr(part, '.');

		if (dot == NULL)
			break;
		*dot = '\0';
	}
	free(part);
	return s;
}

/* "schedules.[1].to" is shown as "schedules.to": the line says which. */
static char *
shown_path(const char *path)
{
	struct buf b = { 0 };

	for (; *path != '\0'; path++) {
		if (path[0] == '.' && path[1] == '[')
			path = strchr(path, ']');
		else
			buf_putc(&b, *path);
	}
	return buf_take(&b);
}

static void
complain_at(struct reader *r, const char *path, const char *text)
{
	char *shown = shown_path(path);

	complain(r, setting_near(r, path), shown, "%s", text);
	free(shown);
}

static void
validate(struct reader *r)
{
	struct conf_problems problems = { 0 };

	conf_validate(r->conf, &problems);
	VEC_EACH (struct conf_problem, p, &problems.list)
		complain_at(r, p->path, p->text);
	conf_problems_clear(&problems);
}

static void
load_zone(struct reader *r)
{
	struct err err;

	if (r->conf->timezone != NULL &&
	    clock_zone_load(r->conf->timezone, &r->conf->zone, &err) == -1)
		complain_at(r, "timezone", err.text);
}

static void
load_holidays(struct reader *r, const char *path, const struct strings *files,
    struct calendar *cal)
{
	char at[KEY_PATH_MAX];
	struct err err;

	for (size_t i = 0; i < files->len; i++) {
		if (holidays_load(files->items[i], cal, &err) == 0)
			continue;
		(void)snprintf(at, sizeof at, "%s.[%zu]", path, i);
		complain_at(r, at, err.text);
	}
	calendar_seal(cal);
}

static void
load_calendars(struct reader *r)
{
	struct conf *conf = r->conf;
	char path[KEY_PATH_MAX];

	load_holidays(
	    r, "calendar.holidays", &conf->holiday_files, &conf->calendar);
	VEC_EACH (struct conf_holiday_set, set, &conf->holiday_sets) {
		(void)snprintf(path, sizeof path, "holiday_sets.[%zu].files",
		    (size_t)(set - conf->holiday_sets.items));
		load_holidays(r, path, &set->files, &set->calendar);
	}
}

/* ---- the file ---- */

static void
syntax_problem(struct reader *r, const char *file, int line, const char *what)
{
	char *text = xasprintf("%s:%d: %s", file ? file : r->path, line, what);

	*vec_push(&r->found) = (struct found){ .text = text };
}

/* libconfig stops at a NUL and passes any bytes; both are refused here. */
static bool
check_bytes(struct reader *r, const char *text, size_t len)
{
	const char *end = text + len;
	int line = 1;

	while (text < end) {
		uint32_t code;
		int n = text_decode(text, (size_t)(end - text), &code);

		if (n <= 0 || code == 0) {
			syntax_problem(r, NULL, line,
			    n > 0 ? "holds a NUL byte" : "is not UTF-8 text");
			return false;
		}
		line += code == '\n';
		text += n;
	}
	return true;
}

static bool
parse(struct reader *r, const char *text)
{
	int line = conf_text_open_quote(text);
	const char *file;
	char *what;

	if (line != 0) {
		syntax_problem(
		    r, NULL, line, "the text that begins here has no end");
		return false;
	}
	config_set_include_dir(&r->file, r->folder);
	if (config_read_string(&r->file, text) == CONFIG_TRUE)
		return true;
	file = config_error_file(&r->file);
	line = config_error_line(&r->file);
	what = xasprintf("%s%s", config_error_text(&r->file),
	    file == NULL ? conf_text_hint(text, line) : "");
	syntax_problem(r, file, line, what);
	free(what);
	return false;
}

static void
read_text(struct reader *r, const char *text)
{
	r->text = text;
	if (!parse(r, text))
		return;
	r->conf = xcalloc(1, sizeof *r->conf);
	calendar_init(&r->conf->calendar);
	conf_defaults(r->conf);
	read_table(r, &conf_root, r->conf, config_root_setting(&r->file), "");
	r->conf->path = xstrdup(r->path);
	conf_finish(r->conf);
	validate(r);
	load_zone(r);
	load_calendars(r);
}

static int
compare_found(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	if (x->included != y->included)
		return x->included - y->included;
	return x->line - y->line;
}

/* Moves what was found into the caller's list, in order of the line. */
static void
report(struct reader *r, struct strings *problems)
{
	if (r->found.len > 1)
		qsort(r->found.items, r->found.len, sizeof *r->found.items,
		    compare_found);
	VEC_EACH (struct found, f, &r->found) {
		strings_add(problems, f->text);
		free(f->text);
	}
	vec_clear(&r->found);
}

/* Who has none yet is told where to begin. */
static void
add_unread(const struct err *err, struct strings *problems)
{
	char *said;

	if (err->code != ERR_NOTFOUND) {
		strings_add(problems, err->text);
		return;
	}
	said = xasprintf("%s; name another with -c FILE, or write one: four "
			 "settings are needed, the sample is " NUDGED_DATADIR
			 "/nudged.conf",
	    err->text);
	strings_add(problems, said);
	free(said);
}

/* Four settings, as any file has: the rest is the defaults. */
#define BARE                                                   \
	"organisation = \"-\"; timezone = \"Europe/London\"; " \
	"register = \"-\"; "                                   \
	"mail = { url = \"smtp://localhost\"; from = \"a@localhost\"; };"

int
conffile_bare(struct conf **out, struct strings *problems)
{
	struct reader r = { .path = "the defaults" };
	int rc = -1;

	config_init(&r.file);
	r.folder = xstrdup("/");
	read_text(&r, BARE);
	if (r.found.len == 0) {
		*out = r.conf;
		r.conf = NULL;
		rc = 0;
	}
	report(&r, problems);
	conf_free(r.conf);
	config_destroy(&r.file);
	free(r.folder);
	return rc;
}

int
conffile_load(const char *path, struct conf **out, struct strings *problems)
{
	struct reader r = { .path = path };
	char *text = NULL, *folder = file_folder(path);
	const char *start;
	struct err err;
	size_t len;
	int rc = -1;

	config_init(&r.file);
	r.folder = realpath(folder, NULL);
	if (r.folder == NULL)
		r.folder = xstrdup(folder);
	if (file_read(path, CONFFILE_MAX, &text, &len, &err) == -1) {
		add_unread(&err, problems);
		goto out;
	}
	start = text;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		start += 3;
		len -= 3;
	}
	if (check_bytes(&r, start, len))
		read_text(&r, start);
	if (r.found.len == 0) {
		*out = r.conf;
		r.conf = NULL;
		rc = 0;
	}
	report(&r, problems);
out:
	conf_free(r.conf);
	config_destroy(&r.file);
	free(r.folder);
	free(folder);
	free(text);
	return rc;
}

static void
try_secret(const char *what, int rc, char *secret, const struct err *err,
    struct strings *problems)
{
	if (rc == 0)
		file_secret_free(secret);
	else
		strings_addf(problems, "%s: %s", what, err->text);
}

static void
try_ca_file(const char *what, const char *path, struct strings *problems)
{
	if (path != NULL && eaccess(path, R_OK) == -1)
		strings_addf(problems, "%s: cannot read '%s'", what, path);
}

void
conffile_secrets(const struct conf *conf, struct strings *problems)
{
	char *secret = NULL, *what;
	struct err err;
	int rc;

	if (conf->mail.password_file != NULL) {
		rc = file_read_secret(conf->mail.password_file, &secret, &err);
		try_secret("mail.password_file", rc, secret, &err, problems);
	}
	if (conf->mail.credential != NULL) {
		rc = file_read_credential(conf->mail.credential, &secret, &err);
		try_secret("mail.credential", rc, secret, &err, problems);
	}
	try_ca_file("mail.ca_file", conf->mail.ca_file, problems);
	VEC_EACH (struct conf_webhook, hook, &conf->webhooks) {
		what = xasprintf("webhook \"%s\"", hook->name);
		for (size_t i = 0; i < hook->secret_files.len; i++) {
			rc = file_read_secret(
			    hook->secret_files.items[i], &secret, &err);
			try_secret(what, rc, secret, &err, problems);
		}
		try_ca_file(what, hook->ca_file, problems);
		free(what);
	}
}
