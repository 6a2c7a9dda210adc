/* SPDX-License-Identifier: ISC */
/* Shared by the commands that make or change entries; decides nothing. */
#include "desk/draft.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/days.h"
#include "desk/look.h"
#include "desk/plain.h"
#include "desk/record.h"

static bool
has_owner(const struct entry *entry, int64_t party_id, enum owner_role role)
{
	VEC_EACH (const struct owner, owner, &entry->owners)
		if (owner->party_id == party_id && owner->role == role)
			return true;
	return false;
}

static int
add_owner(struct desk_call *call, struct entry *entry, const char *name,
    enum owner_role role, struct err *err)
{
	struct owner *owner;
	char *left = NULL;
	int64_t id;

	if (look_party(call, name, &id, err) == -1 ||
	    (!args_has(&call->args, "anyway") &&
		look_left(call, id, &left, err) == -1))
		return -1;
	if (left != NULL) {
		(void)err_set(err, ERR_CONFLICT, "%s" LOOK_ANYWAY, left);
		free(left);
		return -1;
	}
	if (has_owner(entry, id, role))
		return 0;
	owner = vec_push(&entry->owners);
	owner->party_id = id;
	owner->role = role;
	owner->name = look_name(call, id);
	owner->answered_on = DAY_NONE;
	return 0;
}

int
draft_owners(struct desk_call *call, struct entry *entry, const char *option,
    enum owner_role role, struct err *err)
{
	const char *text;
	char *name;

	for (size_t n = 0; (text = args_nth(&call->args, option, n)) != NULL;
	     n++) {
		while ((name = text_part(&text, ';')) != NULL) {
			int rc = add_owner(call, entry, name, role, err);

			free(name);
			if (rc == -1)
				return err_wrap(err, "--%s", option);
		}
	}
	return 0;
}

void
draft_drop_owners(struct entry *entry, enum owner_role role)
{
	size_t kept = 0;

	for (size_t i = 0; i < entry->owners.len; i++) {
		if (entry->owners.items[i].role == role)
			free(entry->owners.items[i].name);
		else
			entry->owners.items[kept++] = entry->owners.items[i];
	}
	entry->owners.len = kept;
}

int
draft_due(const struct dating *dating, struct db *db, struct entry *entry,
    const char *words, struct err *err)
{
	struct words_answer answer;
	int64_t series_id;
	int day = day_read(words);

	if (day_is_impossible(words))
		return err_set(
		    err, ERR_INPUT, "there is no day \"%.40s\"", words);
	free(entry->due_phrase);
	entry->due_phrase = NULL;
	free(entry->clock);
	entry->clock = NULL;
	entry->statutory = false;
	entry->base_minute = -1;
	entry->paused_from_on = DAY_NONE;
	entry->paused_days = 0;
	if (day != DAY_NONE) {
		dating_put_day(entry, day, "given as a day");
		/* What was to look at was the date before. */
		free(entry->flag);
		entry->flag = NULL;
		return 0;
	}
	series_id = dating_series(db, entry);
	if (dating_words(
		dating, words, entry->base_on, series_id, &answer, err) == -1)
		return -1;
	dating_put(entry, &answer);
	dating_hang_review(dating, entry, series_id);
	words_answer_clear(&answer);
	if (*words != '\0') {
		entry->due_phrase = xstrdup(words);
	} else {
		free(entry->rule);
		entry->rule = NULL;
	}
	return 0;
}

static void
print_date(struct desk_call *call, const struct entry *entry)
{
	struct buf *out = &call->answer->out;
	char *due = record_due(entry, call->today);

	buf_printf(
	    out, ": %s%s\n", entry->due_on != DAY_NONE ? "due " : "", due);
	if (entry->rule != NULL) {
		char *rule = plain_rule(entry->rule);

		if (*rule != '\0')
			buf_printf(out, "  %s\n", rule);
		free(rule);
	}
	if (entry->flag != NULL) {
		char *flag = plain_flag(entry->flag);

		buf_printf(out, "  to look at: %s\n", flag);
		free(flag);
	}
	free(due);
}

void
draft_print(
    struct desk_call *call, int64_t entry_id, const char *what, bool with_date)
{
	struct buf *out = &call->answer->out;
	struct entry entry;
	struct err err;

	if (entries_get_id(call->db, entry_id, &entry, &err) != 1)
		return;
	if (call->request->json) {
		json_print(record_json(&entry, call->today), out);
	} else {
		buf_printf(out, "%s %s", entry.ref, what);
		if (with_date)
			print_date(call, &entry);
		else
			buf_putc(out, '\n');
	}
	entry_clear(&entry);
}
