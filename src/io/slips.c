/* SPDX-License-Identifier: ISC */
/* Slips: changes of due days asked for, agreed or refused; see entries.h. */
#include <stdlib.h>

#include "io/entries.h"

static const char *const slip_states[] = {
	[SLIP_PENDING] = "pending",
	[SLIP_AGREED] = "agreed",
	[SLIP_REFUSED] = "refused",
};

#define SQL_ADD_SLIP                                                           \
	"INSERT INTO slip (entry_id, old_on, new_on, new_earliest_on, "        \
	"phrase, reason, asked_by, agreed_by, asked_on, decided_on, state) "   \
	"VALUES (:entry, :old, :new, :earliest, :phrase, :reason, :asked_by, " \
	":agreed_by, :asked_on, :decided_on, :state)"
#define SQL_SAVE_SLIP                                                       \
	"UPDATE slip SET entry_id = :entry, old_on = :old, new_on = :new, " \
	"new_earliest_on = :earliest, phrase = :phrase, reason = :reason, " \
	"asked_by = :asked_by, agreed_by = :agreed_by, "                    \
	"asked_on = :asked_on, decided_on = :decided_on, state = :state "   \
	"WHERE id = :id"
#define SQL_DROP_PENDING                                       \
	"UPDATE slip SET state = 'refused', decided_on = :on " \
	"WHERE entry_id = :entry AND state = 'pending'"
#define SQL_LIST_SLIPS                                                   \
	"SELECT id, entry_id, old_on, new_on, new_earliest_on, phrase, " \
	"reason, asked_by, agreed_by, asked_on, decided_on, state "      \
	"FROM slip WHERE entry_id = :entry ORDER BY id"

static void
bind_slip(struct stmt *st, const struct slip *slip)
{
	db_bind_int(st, ":entry", slip->entry_id);
	db_bind_day(st, ":old", slip->old_on);
	db_bind_day(st, ":new", slip->new_on);
	db_bind_day(st, ":earliest", slip->new_earliest_on);
	db_bind_text(st, ":phrase", slip->phrase);
	db_bind_text(st, ":reason", slip->reason);
	db_bind_text(st, ":asked_by", slip->asked_by);
	db_bind_text(st, ":agreed_by", slip->agreed_by);
	db_bind_day(st, ":asked_on", slip->asked_on);
	db_bind_day(st, ":decided_on", slip->decided_on);
	db_bind_text(st, ":state", slip_states[slip->state]);
}

int
slips_add(struct db *db, struct slip *slip, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_ADD_SLIP);

	bind_slip(st, slip);
	if (db_run(st, err) == -1)
		return -1;
	slip->id = db_last_id(db);
	return 0;
}

int
slips_save(struct db *db, const struct slip *slip, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_SAVE_SLIP);

	bind_slip(st, slip);
	db_bind_int(st, ":id", slip->id);
	if (db_run(st, err) == -1)
		return -1;
	if (db_changes(db) == 0)
		return err_set(err, ERR_NOTFOUND, "no such slip");
	return 0;
}

int
slips_drop_pending(struct db *db, int64_t entry_id, int on, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_DROP_PENDING);

	db_bind_int(st, ":entry", entry_id);
	db_bind_day(st, ":on", on);
	return db_run(st, err);
}

static struct slip
slip_from_row(struct stmt *st)
{
	const char *state = db_text(st, 11);

	return (struct slip){
		.id = db_int(st, 0),
		.entry_id = db_int(st, 1),
		.old_on = db_day(st, 2),
		.new_on = db_day(st, 3),
		.new_earliest_on = db_day(st, 4),
		.phrase = db_copy_text(st, 5),
		.reason = db_copy_text(st, 6),
		.asked_by = db_copy_text(st, 7),
		.agreed_by = db_copy_text(st, 8),
		.asked_on = db_day(st, 9),
		.decided_on = db_day(st, 10),
		.state = *state == 'a'   ? SLIP_AGREED
			 : *state == 'r' ? SLIP_REFUSED
					 : SLIP_PENDING,
	};
}

int
slips_each(
    struct db *db, int64_t entry_id, slip_cb cb, void *ctx, struct err *err)
{
	struct stmt *st = db_stmt(db, SQL_LIST_SLIPS);
	int rc;

	db_bind_int(st, ":entry", entry_id);
	while ((rc = db_step(st, err)) == 1) {
		struct slip slip = slip_from_row(st);

		rc = cb(ctx, &slip, err);
		slip_clear(&slip);
		if (rc != 0)
			break;
	}
	db_done(st);
	return rc == -1 ? -1 : 0;
}
