/* SPDX-License-Identifier: ISC */
/*
 * The ledger in a person's hands: what went out and what did not (notices),
 * sending one again or not at all (retry, cancel), and letting go what is held
 * (release).
 */
#include "desk/ledger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "desk/args.h"
#include "desk/desk.h"
#include "desk/groups.h"
#include "desk/opening.h"
#include "desk/show.h"
#include "io/mark.h"
#include "io/register.h"
#include "io/store.h"

#define NOTICES_MOST 1000
#define ATTENTION_MOST 20
#define DAY_S 86400

/* ---- notices ---- */

static json_t *
notice_json(const struct zone *zone, const struct notice *n)
{
	char at[INSTANT_TEXT_MAX];
	json_t *item = json_object();

	json_put_int(item, "id", n->id);
	json_put_text(item, "state", notice_state_name(n->state));
	json_put_text(item, "kind", n->kind);
	json_put_text(item, "channel", n->channel);
	json_put_text(item, "to", n->address);
	json_put_text(item, "at", instant_rfc3339(zone, n->send_at, at));
	json_put_text(item, "sent_at",
	    n->sent_at == INSTANT_NONE ? NULL
				       : instant_rfc3339(zone, n->sent_at, at));
	json_put_text(item, "next_at",
	    n->state == NOTICE_DEFERRED || n->state == NOTICE_IN_DOUBT ||
		    n->state == NOTICE_PLANNED
		? instant_rfc3339(zone, n->next_at, at)
		: NULL);
	json_put_text(item, "subject", n->subject);
	json_put_text(item, "reason", n->reason);
	json_put_int(item, "tries", n->tries);
	json_put_bool(item, "in_doubt", n->uncertain);
	json_put_int(item, "code", n->code);
	json_put_text(item, "reply", n->reply);
	json_put_text(item, "message_id", n->message_id);
	json_put_text(item, "digest", n->digest);
	return item;
}

struct attempts_json {
	const struct zone *zone;
	json_t *list;
};

static int
add_attempt(void *ctx, const struct attempt *a, struct err *err)
{
	struct attempts_json *attempts = ctx;
	char at[INSTANT_TEXT_MAX];
	json_t *item = json_object();

	(void)err;
	json_put_text(item, "at", instant_rfc3339(attempts->zone, a->at, at));
	json_put_text(item, "outcome", a->outcome);
	json_put_text(item, "stage", a->stage);
	json_put_int(item, "code", a->code);
	json_put_text(item, "reply", a->reply);
	json_array_append_new(attempts->list, item);
	return 0;
}

static int
print_notices_json(
    struct desk_call *call, const struct notices *list, struct err *err)
{
	struct json_list out = { .out = &call->answer->out };

	VEC_EACH (struct notice, n, &list->rows) {
		const struct zone *zone = &call->conf->zone;
		json_t *item = notice_json(zone, n);
		struct attempts_json attempts = { zone, json_array() };

		json_object_set_new(item, "attempts", attempts.list);
		if (store_attempts(
			call->db, n->id, add_attempt, &attempts, err) == -1) {
			json_decref(item);
			return -1;
		}
		json_list_add(&out, item);
	}
	json_list_end(&out);
	return 0;
}

static void
print_notices(struct desk_call *call, const struct notices *list)
{
	static const struct table_column columns[] = {
		{ .title = "Id", .right = true },
		{ .title = "State" },
		{ .title = "At" },
		{ .title = "To", .flexible = true, .least = 12 },
		{ .title = "Subject", .flexible = true, .least = 16 },
		{ .title = "Reason", .flexible = true, .least = 8 },
	};
	struct table table = { .columns = columns, .ncolumns = 6 };
	char at[INSTANT_TEXT_MAX];

	VEC_EACH (struct notice, n, &list->rows) {
		table_addf(&table, "%lld", (long long)n->id);
		table_addf(&table, "%s%s", notice_state_name(n->state),
		    n->uncertain && n->state != NOTICE_IN_DOUBT ? " (doubt)"
								: "");
		table_add(&table,
		    instant_local(&call->conf->zone,
			n->sent_at != INSTANT_NONE ? n->sent_at : n->send_at,
			at));
		table_add(&table, n->address);
		table_add(&table, n->subject != NULL ? n->subject : n->kind);
		table_add(&table, n->reply != NULL && n->state != NOTICE_SENT
				      ? n->reply
				      : n->reason);
	}
	table_print(&table, call->request->columns, &call->answer->out);
	table_clear(&table);
}

static int
run_notices(struct desk_call *call, struct err *err)
{
	const char *state_text = args_value(&call->args, "state");
	struct notices list = { 0 };
	int state = -1, rc;

	if (state_text != NULL) {
		state = notice_state_parse(state_text);
		if (state == -1)
			return err_set(err, ERR_USAGE,
			    "--state is one of planned, ready, attempting, "
			    "committing, sent, deferred, failed, in_doubt, "
			    "cancelled, held, not '%s'",
			    state_text);
	}
	rc = store_notices(call->db, state, args_value(&call->args, "to"),
	    NOTICES_MOST, &list, err);
	if (rc == 0 && call->request->json)
		rc = print_notices_json(call, &list, err);
	else if (rc == 0)
		print_notices(call, &list);
	if (rc == 0 && list.rows.len == NOTICES_MOST)
		desk_remark(call, "only the last %d are shown", NOTICES_MOST);
	notices_clear(&list);
	return rc;
}

/* ---- retry and cancel ---- */

static int
read_notice(struct desk_call *call, struct notice *out, struct err *err)
{
	const char *text = args_word(&call->args, 0);
	char *end;
	long long id;
	int rc;

	errno = 0;
	id = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0')
		return err_set(err, ERR_USAGE,
		    "'%s' is not the number of a notice ('nudgectl notices' "
		    "lists them)",
		    text);
	rc = store_notice(call->db, id, out, err);
	if (rc == 0)
		return err_set(err, ERR_NOTFOUND, "no notice %lld", id);
	return rc == -1 ? -1 : 0;
}

static int
note_act(struct desk_call *call, const struct notice *n, const char *what,
    struct err *err)
{
	return register_event(call->db, &call->doer, "notice", n->id, what,
	    notice_state_name(n->state), NULL, n->subject, err);
}

/* A webhook's endpoint that had said 410 is tried again with its notice. */
static int
enable_endpoint(struct db *db, const char *channel, struct err *err)
{
	char *key = xasprintf("webhook_disabled:%s", channel);
	int rc = register_set_meta(db, key, NULL, err);

	free(key);
	return rc;
}

/* Lets it go once more. What may have been delivered goes as it was, and its
 * first try is taken back: whoever says so knows that an entry may have changed
 * since. What was written today is good for today; what is older is written
 * anew. */
static int
let_go(struct desk_call *call, struct notice *n, const char *reason,
    struct err *err)
{
	bool keep = n->uncertain || (n->frozen && n->day_on == call->today);

	n->state = n->uncertain ? NOTICE_IN_DOUBT
		   : keep       ? NOTICE_DEFERRED
				: NOTICE_PLANNED;
	n->day_on = call->today;
	n->next_at = call->now;
	n->first_try_at = INSTANT_NONE;
	free(n->reason);
	n->reason = xstrdup(reason);
	if (!keep && store_forget_bytes(call->db, n->id, err) == -1)
		return -1;
	return store_notice_save(call->db, n, err);
}

/* What was let go is looked at once more: its address may have been what was
 * wrong, and is another now. */
static int
recheck(struct desk_call *call, struct err *err)
{
	return register_set_meta(call->db, REGISTER_RECHECK, "0", err);
}

static int
run_retry(struct desk_call *call, struct err *err)
{
	struct notice n = { 0 };
	int rc = read_notice(call, &n, err);

	if (rc == -1)
		return -1;
	if (n.state != NOTICE_FAILED && n.state != NOTICE_HELD &&
	    n.state != NOTICE_DEFERRED && n.state != NOTICE_IN_DOUBT) {
		rc = err_set(err, ERR_CONFLICT,
		    "notice %lld is %s: only what failed or waits can be "
		    "sent again",
		    (long long)n.id, notice_state_name(n.state));
		goto out;
	}
	rc = note_act(call, &n, "sent again", err);
	if (rc == 0)
		rc = enable_endpoint(call->db, n.channel, err);
	if (rc == 0)
		rc = let_go(call, &n, "sent again by hand", err);
	if (rc == 0)
		rc = recheck(call, err);
	if (rc == 0)
		buf_printf(&call->answer->out,
		    "notice %lld to %s will be sent again\n", (long long)n.id,
		    n.address);
out:
	notice_clear(&n);
	return rc;
}

static int
run_cancel(struct desk_call *call, struct err *err)
{
	struct notice n = { 0 };
	int rc = read_notice(call, &n, err);

	if (rc == -1)
		return -1;
	if (n.state == NOTICE_SENT || n.state == NOTICE_CANCELLED ||
	    n.state == NOTICE_ATTEMPTING || n.state == NOTICE_COMMITTING) {
		rc = err_set(err, ERR_CONFLICT,
		    "notice %lld is %s: it cannot be cancelled",
		    (long long)n.id, notice_state_name(n.state));
		goto out;
	}
	rc = note_act(call, &n, "cancelled", err);
	/* What it told of stays in it, and is not told again for that day. */
	n.state = NOTICE_CANCELLED;
	free(n.reason);
	n.reason = xasprintf("cancelled by %s", call->doer.actor);
	if (rc == 0)
		rc = store_notice_save(call->db, &n, err);
	if (rc == 0)
		rc = store_forget_bytes(call->db, n.id, err);
	if (rc == 0)
		buf_printf(&call->answer->out,
		    "notice %lld to %s will not be sent\n", (long long)n.id,
		    n.address);
out:
	notice_clear(&n);
	return rc;
}

/* ---- release ---- */

static int
release_held(struct desk_call *call, int *count, struct err *err)
{
	struct notices held = { 0 };
	int rc =
	    store_notices(call->db, NOTICE_HELD, NULL, INT32_MAX, &held, err);

	*count = 0;
	VEC_EACH (struct notice, n, &held.rows) {
		if (rc != 0)
			break;
		rc = let_go(call, n, "released by hand", err);
		(*count)++;
	}
	if (rc == 0 && *count > 0)
		rc = recheck(call, err);
	notices_clear(&held);
	return rc;
}

/* Who releases on a Sunday is not to wonder why nothing comes. */
static void
tell_opening(struct desk_call *call)
{
	char *why, *text;
	int64_t at = opening_at(call->conf, call->now, &why);

	if (why != NULL) {
		text = opening_text(call->conf, at);
		buf_printf(&call->answer->out,
		    "the first mail goes out on %s at the earliest: %s\n", text,
		    why);
		free(text);
	}
	free(why);
}

static int
run_release(struct desk_call *call, struct err *err)
{
	struct db *db = call->db;
	char *held = NULL;
	bool first =
	    register_meta_int(db, "released_at", INSTANT_NONE) == INSTANT_NONE;
	int64_t last;
	int count = 0;

	if (register_meta(db, "held", &held, err) == -1 ||
	    store_last_notice(db, &last, err) == -1)
		goto fail;
	if (first &&
	    register_set_meta_int(db, "released_at", call->now, err) == -1)
		goto fail;
	/* What the brake stopped is let through; it counts anew from here. */
	if (register_set_meta(db, "held", NULL, err) == -1 ||
	    register_set_meta(db, "copy", NULL, err) == -1 ||
	    register_set_meta_int(db, "brake_passed", last, err) == -1 ||
	    register_event(db, &call->doer, "register", 0, "released",
		first ? "first release" : held, NULL, NULL, err) == -1)
		goto fail;
	if (args_has(&call->args, "all") &&
	    release_held(call, &count, err) == -1)
		goto fail;
	if (first)
		buf_puts(&call->answer->out,
		    "released: from now on reminders are sent\n");
	else if (held != NULL)
		buf_printf(
		    &call->answer->out, "released (it was held: %s)\n", held);
	else if (count == 0)
		buf_puts(&call->answer->out, "nothing was held\n");
	if (count > 0)
		buf_printf(
		    &call->answer->out, "%d held notices released\n", count);
	if (first || held != NULL || count > 0)
		tell_opening(call);
	free(held);
	return 0;
fail:
	free(held);
	return -1;
}

/* ---- status ---- */

static int
add_attention(
    struct db *db, const struct conf *conf, json_t *root, struct err *err)
{
	static const enum notice_state states[] = { NOTICE_FAILED, NOTICE_HELD,
		NOTICE_IN_DOUBT };
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		struct notices rows = { 0 };

		if (store_notices(db, (int)states[i], NULL, ATTENTION_MOST,
			&rows, err) == -1) {
			json_decref(list);
			return -1;
		}
		VEC_EACH (struct notice, n, &rows.rows)
			if (json_array_size(list) < ATTENTION_MOST)
				json_array_append_new(
				    list, notice_json(&conf->zone, n));
		notices_clear(&rows);
	}
	json_object_set_new(root, "attention", list);
	return 0;
}

/* How far bank holidays are known, and whether that is too little. */
static void
add_holidays(const struct conf *conf, int64_t now, json_t *root)
{
	struct strings remarks = { 0 };
	json_t *list = json_array();

	json_put_day(root, "holidays_until", calendar_horizon(&conf->calendar));
	conf_horizon_remarks(conf, zone_day(&conf->zone, now, NULL), &remarks);
	for (size_t n = 0; n < remarks.len; n++)
		json_array_append_new(list, json_string(remarks.items[n]));
	json_object_set_new(root, "holiday_remarks", list);
	strings_clear(&remarks);
}

/* When the first of what waits goes, and why not at once. */
static int
add_next_mail(struct db *db, const struct conf *conf, int64_t now, json_t *root,
    struct err *err)
{
	char rfc[INSTANT_TEXT_MAX];
	char *why = NULL, *said;
	int64_t claim, at;

	if (store_next_claim(db, NULL, &claim, err) == -1)
		return -1;
	if (claim == INSTANT_NEVER) {
		json_put_text(root, "next_mail_at", NULL);
		json_put_text(root, "next_mail", NULL);
		return 0;
	}
	at = opening_at(conf, claim < now ? now : claim, &why);
	said = opening_text(conf, at);
	json_put_text(
	    root, "next_mail_at", instant_rfc3339(&conf->zone, at, rfc));
	if (why != NULL) {
		char *both = xasprintf("%s (%s)", said, why);

		free(said);
		said = both;
	}
	json_put_text(root, "next_mail", said);
	free(said);
	free(why);
	return 0;
}

int
ledger_status(struct db *db, const struct conf *conf, int64_t now, json_t *root,
    struct err *err)
{
	int64_t counts[NOTICE_HELD + 1];
	char *held = NULL, *unmatched = NULL;
	json_t *notices;
	int rc = -1;

	if (store_counts(db, now - DAY_S, counts, err) == -1 ||
	    mark_held(db, &held, err) == -1 ||
	    register_meta(db, "unmatched", &unmatched, err) == -1)
		goto out;
	json_put_text(root, "register", conf->register_path);
	json_put_text(root, "held",
	    register_meta_int(db, "released_at", INSTANT_NONE) == INSTANT_NONE
		? "first release"
		: held);
	notices = json_object();
	for (int i = 0; i <= NOTICE_HELD; i++)
		if (i != NOTICE_CANCELLED)
			json_put_int(notices,
			    i == NOTICE_SENT
				? "sent_last_24h"
				: notice_state_name((enum notice_state)i),
			    counts[i]);
	json_object_set_new(root, "notices", notices);
	json_put_text(root, "unmatched", unmatched);
	add_holidays(conf, now, root);
	rc = add_next_mail(db, conf, now, root, err);
	if (rc == 0)
		rc = add_attention(db, conf, root, err);
out:
	free(held);
	free(unmatched);
	return rc;
}

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

void
ledger_status_print(const json_t *root, struct buf *out)
{
	const char *key, *held = text_of(root, "held");
	const char *unmatched = text_of(root, "unmatched");
	json_t *value;
	size_t i;
	bool any = false;

	buf_printf(out, "%-18s %s\n", "register", text_of(root, "register"));
	if (held != NULL)
		buf_printf(out,
		    "%-18s %s: nothing is sent until 'nudgectl release'\n",
		    "delivery held", held);
	buf_printf(out, "%-18s", "notices");
	json_object_foreach (json_object_get(root, "notices"), key, value) {
		json_int_t n = json_integer_value(value);

		if (n == 0)
			continue;
		buf_printf(out, "%s %lld %s", any ? "," : "", (long long)n,
		    strcmp(key, "sent_last_24h") == 0
			? "sent in the last 24 hours"
			: key);
		any = true;
	}
	buf_puts(out, any ? "\n" : " none\n");
	if (text_of(root, "next_mail") != NULL)
		buf_printf(out, "%-18s %s\n",
		    held != NULL ? "first, if released" : "next mail",
		    text_of(root, "next_mail"));
	json_array_foreach (json_object_get(root, "attention"), i, value) {
		const char *why = text_of(value, "reply");

		buf_printf(out, "%-18s %lld %s to %s: %s\n",
		    i == 0 ? "needs a person" : "",
		    (long long)json_integer_value(json_object_get(value, "id")),
		    text_of(value, "state"), text_of(value, "to"),
		    why != NULL ? why
		    : text_of(value, "reason") != NULL
			? text_of(value, "reason")
			: "");
	}
	if (unmatched != NULL)
		buf_printf(out,
		    "%-18s %s matches none: 'nudgectl check' names all\n",
		    "schedules", unmatched);
	if (text_of(root, "holidays_until") != NULL)
		buf_printf(out, "%-18s known until %s\n", "holidays",
		    text_of(root, "holidays_until"));
	json_array_foreach (json_object_get(root, "holiday_remarks"), i, value)
		buf_printf(out, "%-18s %s\n", "", json_string_value(value));
}

/* Without the daemon: what the register alone can say. */
static int
run_status(struct desk_call *call, struct err *err)
{
	json_t *root = json_object();

	json_put_bool(root, "running", false);
	if (ledger_status(call->db, call->conf, call->now, root, err) == -1) {
		json_decref(root);
		return -1;
	}
	if (call->request->json) {
		json_print(root, &call->answer->out);
		return 0;
	}
	buf_printf(&call->answer->out, "%-18s no\n", "running");
	ledger_status_print(root, &call->answer->out);
	json_decref(root);
	return 0;
}

static int
run_without_daemon(struct desk_call *call, struct err *err)
{
	return err_set(err, ERR_INPUT,
	    "nudged is not running: start it with 'systemctl start nudged', "
	    "or 'nudged -c %s --foreground'",
	    call->request->conf_path != NULL ? call->request->conf_path
					     : "FILE");
}

static const struct arg_option notices_options[] = {
	{ "state", ARG_VALUE },
	{ "to", ARG_VALUE },
	{ 0 },
};

static const struct arg_option release_options[] = {
	{ "all", ARG_FLAG },
	{ 0 },
};

const struct desk_command ledger_commands[] = {
	{ .name = "status",
	    .args = "",
	    .summary = "Says whether it runs, what waits and what failed",
	    .mode = DESK_DAEMON,
	    .file_arg = -1,
	    .run = run_status },
	{ .name = "reload",
	    .args = "",
	    .summary = "Reads the configuration again; refuses a bad one",
	    .mode = DESK_DAEMON,
	    .access = ACCESS_ADMIN,
	    .file_arg = -1,
	    .run = run_without_daemon },
	{ .name = "test-mail",
	    .args = "ADDRESS",
	    .summary = "Sends a test mail at once and says what came back",
	    .mode = DESK_DAEMON,
	    .access = ACCESS_ADMIN,
	    .file_arg = -1,
	    .min_words = 1,
	    .max_words = 1,
	    .run = run_without_daemon },
	{ .name = "test-webhook",
	    .args = "NAME",
	    .summary = "Posts a test event at once and says what came back",
	    .mode = DESK_DAEMON,
	    .access = ACCESS_ADMIN,
	    .file_arg = -1,
	    .min_words = 1,
	    .max_words = 1,
	    .run = run_without_daemon },
	{ .name = "notices",
	    .args = "[--state STATE] [--to ADDRESS]",
	    .summary = "Lists what was sent, waits or failed",
	    .mode = DESK_READS,
	    .file_arg = -1,
	    .options = notices_options,
	    .run = run_notices },
	{ .name = "retry",
	    .args = "ID",
	    .summary = "Sends a notice again that failed or is held",
	    .mode = DESK_WRITES,
	    .access = ACCESS_ADMIN,
	    .file_arg = -1,
	    .min_words = 1,
	    .max_words = 1,
	    .run = run_retry },
	{ .name = "cancel",
	    .args = "ID",
	    .summary = "Takes back a notice that waits",
	    .mode = DESK_WRITES,
	    .access = ACCESS_ADMIN,
	    .file_arg = -1,
	    .min_words = 1,
	    .max_words = 1,
	    .run = run_cancel },
	{ .name = "release",
	    .args = "[--all]",
	    .summary = "Lets go what is held: the first sending, the brake",
	    .help = "A register that has never sent holds everything until "
		    "this is given once;\nlook at 'nudgectl plan' before.\n"
		    "  --all   the notices that are held one by one, too\n",
	    .mode = DESK_WRITES,
	    .access = ACCESS_ADMIN,
	    .file_arg = -1,
	    .options = release_options,
	    .run = run_release },
	{ 0 },
};
