/* SPDX-License-Identifier: ISC */
/* Names that nobody has: each is one problem, told once with its rows. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "desk/import_kind.h"
#include "io/parties.h"

#define ROWS_TOLD 5

/* What is near comes first: a slip would make a second person. Owned. */
static char *
sentence_of(const char *name, const struct err *why)
{
	if (why->code == ERR_CONFLICT)
		return xstrdup(why->text);
	if (why->code == ERR_INPUT)
		return xasprintf("\"%.80s\" is no name", name);
	return xasprintf("%s%s nudgectl person add \"%.80s\" (or office add, "
			 "organisation add), or a row of parties",
	    why->text,
	    why->text[strlen(why->text) - 1] == '?' ? " If they are new:"
						    : "; add them with:",
	    name);
}

static void
add_row(struct import_unknown *unknown, size_t row)
{
	if (unknown->count > 0 && unknown->last == row)
		return;
	if (unknown->count < ROWS_TOLD)
		buf_printf(&unknown->rows, "%s%zu",
		    unknown->count > 0 ? ", " : "", row);
	unknown->last = row;
	unknown->count++;
}

bool
import_unknown_again(struct import_run *run, const char *name)
{
	int64_t *known = strmap_get(&run->unknown_at, name);

	if (known == NULL)
		return false;
	run->sound = false;
	add_row(&run->unknown.items[*known], run->row);
	return true;
}

void
import_unknown_note(
    struct import_run *run, int column, const char *name, char *sentence)
{
	bool told = run->problems++ < IMPORT_WRONG_MAX;

	run->sound = false;
	strmap_set(&run->unknown_at, name, (int64_t)run->unknown.len);
	*vec_push(&run->unknown) = (struct import_unknown){
		.column = column,
		.sentence = told ? sentence : NULL,
	};
	if (!told)
		free(sentence);
	add_row(&run->unknown.items[run->unknown.len - 1], run->row);
}

int
import_party(struct import_run *run, int column, const char *name, int64_t *id,
    struct err *err)
{
	struct err why;

	if (import_unknown_again(run, name))
		return 0;
	if (parties_find(run->call->db, name, id, &why) == 0)
		return 1;
	if (why.code != ERR_NOTFOUND && why.code != ERR_CONFLICT &&
	    why.code != ERR_INPUT) {
		*err = why;
		return -1;
	}
	import_unknown_note(run, column, name, sentence_of(name, &why));
	return 0;
}

void
import_unknown_tell(const struct import_run *run, struct buf *out)
{
	VEC_EACH (const struct import_unknown, u, &run->unknown) {
		const char *rows = buf_text(&u->rows);
		const char *last = strrchr(rows, ',');

		if (u->sentence == NULL)
			continue;
		buf_printf(
		    out, "%s:row%s ", run->file, u->count == 1 ? "" : "s");
		if (u->count > ROWS_TOLD)
			buf_printf(
			    out, "%s and %zu more", rows, u->count - ROWS_TOLD);
		else if (last != NULL)
			buf_printf(out, "%.*s and%s", (int)(last - rows), rows,
			    last + 1);
		else
			buf_puts(out, rows);
		buf_printf(out, ", column \"%s\": %s\n",
		    run->kind->columns[u->column].name, u->sentence);
	}
}

void
import_unknown_clear(struct import_run *run)
{
	VEC_EACH (struct import_unknown, u, &run->unknown) {
		buf_clear(&u->rows);
		free(u->sentence);
	}
	vec_clear(&run->unknown);
	strmap_clear(&run->unknown_at);
}
