/* SPDX-License-Identifier: ISC */
/* Finds what a line names; see the header. Prints nothing. */
#include "desk/look.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

int
look_entry(
    struct desk_call *call, const char *ref, struct entry *out, struct err *err)
{
	int rc = entries_get(call->db, ref, out, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND,
		    "there is no entry %.64s; nudgectl list --all shows them",
		    ref);
	return rc == 1 ? 0 : -1;
}

int
look_series(struct desk_call *call, const char *code, struct series *out,
    struct err *err)
{
	int rc = series_get(call->db, code, out, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND,
		    "there is no series %.64s; make it with: nudgectl series "
		    "add %.64s \"TITLE\"",
		    code, code);
	return rc == 1 ? 0 : -1;
}

int
look_report(struct desk_call *call, const char *code, struct report *out,
    struct err *err)
{
	int rc = reports_get(call->db, code, out, err);

	if (rc == 0)
		return err_set(err, ERR_NOTFOUND,
		    "there is no report %.64s; nudgectl report list shows "
		    "them",
		    code);
	return rc == 1 ? 0 : -1;
}

int
look_party(
    struct desk_call *call, const char *text, int64_t *id, struct err *err)
{
	struct err why;

	if (parties_find(call->db, text, id, &why) == 0)
		return 0;
	*err = why;
	if (why.code != ERR_NOTFOUND)
		return -1;
	/* What is near comes first: a slip would make a second person. */
	return err_set(err, ERR_NOTFOUND,
	    "%s%s nudgectl person add \"%.100s\" (or office add, organisation "
	    "add)",
	    why.text,
	    why.text[strlen(why.text) - 1] == '?' ? " If they are new:"
						  : "; add them with:",
	    text);
}

int
look_left(struct desk_call *call, int64_t id, char **out, struct err *err)
{
	char day[DAY_LONG_MAX];
	struct party party;
	struct reach reach;
	int rc = parties_get(call->db, id, call->today, &party, err);

	*out = NULL;
	if (rc != 1)
		return rc;
	if (party.left_on == DAY_NONE || party.left_on > call->today) {
		party_clear(&party);
		return 0;
	}
	rc = parties_reach(call->db, id, call->today, &reach, err);
	if (rc == 0) {
		const char *on = day_long(party.left_on, day);

		if (reach.party_id == id)
			*out = xasprintf("%s left on %s and nobody took over: "
					 "no mail reaches them",
			    party.name, on);
		else
			*out = xasprintf("%s left on %s: the mail goes to %s",
			    party.name, on, reach.name);
		reach_clear(&reach);
	}
	party_clear(&party);
	return rc;
}

char *
look_name(struct desk_call *call, int64_t party_id)
{
	struct party party;
	struct err err;
	char *name;

	if (party_id == 0 ||
	    parties_get(call->db, party_id, call->today, &party, &err) != 1)
		return xstrdup("");
	name = xstrdup(party.name);
	party_clear(&party);
	return name;
}

int
look_party_option(
    struct desk_call *call, const char *option, int64_t *out, struct err *err)
{
	const char *text = args_value(&call->args, option);

	if (text == NULL)
		return 0;
	if (look_party(call, text, out, err) == -1)
		return err_wrap(err, "--%s", option);
	return 0;
}

int
look_day_option(
    struct desk_call *call, const char *option, int *out, struct err *err)
{
	const char *text = args_value(&call->args, option);

	return text == NULL ? 0 : desk_day(call, option, text, out, err);
}

/* "2018-10-27T16:30" and "27/10/2018 16:30": where the time begins, NULL: there
 * is none. */
static const char *
time_in(const char *text)
{
	const char *at = strrchr(text, 'T');

	if (at == NULL)
		at = strrchr(text, ' ');
	if (at == NULL || at == text || strlen(at) < 6 || at[1] < '0' ||
	    at[1] > '9' || at[3] != ':' || (at[6] != '\0' && at[6] != ':'))
		return NULL;
	return at;
}

int
look_moment_option(struct desk_call *call, const char *option, int *day,
    int *minute, struct err *err)
{
	const char *text = args_value(&call->args, option);
	const char *at = text == NULL ? NULL : time_in(text);
	char *date, hour[6] = "";
	int rc, read;

	if (at == NULL)
		return look_day_option(call, option, day, err);
	memcpy(hour, at + 1, 5);
	read = minute_parse(hour);
	if (read < 0 || read >= 1440)
		return err_set(err, ERR_USAGE,
		    "--%s: \"%.60s\" has no time of day like 14:30", option,
		    text);
	date = xstrndup(text, (size_t)(at - text));
	rc = desk_day(call, option, date, day, err);
	free(date);
	if (rc == 0)
		*minute = read;
	return rc;
}

int
look_series_option(
    struct desk_call *call, const char *option, int64_t *out, struct err *err)
{
	const char *text = args_value(&call->args, option);
	struct series series;

	if (text == NULL)
		return 0;
	if (look_series(call, text, &series, err) == -1)
		return -1;
	*out = series.id;
	series_clear(&series);
	return 0;
}

int
look_switch(const char *option, const char *text, bool *out, struct err *err)
{
	if (text_same(text, "yes") || text_same(text, "on") ||
	    text_same(text, "true"))
		*out = true;
	else if (text_same(text, "no") || text_same(text, "off") ||
		 text_same(text, "false"))
		*out = false;
	else
		return err_set(err, ERR_USAGE, "--%s is yes or no", option);
	return 0;
}

char *
look_squeezed(const char *text)
{
	struct buf clean = { 0 };

	text_add_squeezed(&clean, text);
	return buf_take(&clean);
}

/* Replaces a text by an option's value, when it was given. */
void
look_text_option(struct desk_call *call, const char *option, char **to)
{
	const char *text = args_value(&call->args, option);

	if (text == NULL)
		return;
	free(*to);
	*to = *text == '\0' ? NULL : look_squeezed(text);
}

int
look_link_option(
    struct desk_call *call, const char *option, int64_t *to, struct err *err)
{
	const char *text = args_value(&call->args, option);

	if (text != NULL && *text == '\0') {
		*to = 0;
		return 0;
	}
	return look_party_option(call, option, to, err);
}

int
look_switch_option(
    struct desk_call *call, const char *option, bool *to, struct err *err)
{
	const char *text = args_value(&call->args, option);

	return text == NULL ? 0 : look_switch(option, text, to, err);
}
