/* SPDX-License-Identifier: ISC */
/* Which heading of a CSV file means which column; see csv.h. What the columns
 * hold is the importer's business. */
#include "core/csv.h"

#include <string.h>

#include "core/near.h"
#include "core/text.h"

/* Compares a heading with the first len bytes of a name: letters, digits and
 * other alphabets count, ASCII punctuation and blanks do not. */
static bool
same_heading(const char *heading, const char *name, size_t len)
{
	const char *end = name + len;

	for (;;) {
		while ((unsigned char)*heading < 0x80 && *heading != '\0' &&
		       !text_is_alnum(*heading))
			heading++;
		while (name < end && (unsigned char)*name < 0x80 &&
		       !text_is_alnum(*name))
			name++;
		if (*heading == '\0' || name == end)
			return *heading == '\0' && name == end;
		if (text_lower(*heading++) != text_lower(*name++))
			return false;
	}
}

static bool
is_named(const struct csv_column *column, const char *heading)
{
	return same_heading(heading, column->name, strlen(column->name));
}

static bool
has_synonym(const struct csv_column *column, const char *heading)
{
	const char *s = column->synonyms;

	while (s != NULL && *s != '\0') {
		size_t len = strcspn(s, "|");

		if (same_heading(heading, s, len))
			return true;
		s += len + (s[len] == '|');
	}
	return false;
}

int
csv_column_find(
    const struct csv_column *columns, size_t count, const char *heading)
{
	if (same_heading(heading, "", 0))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (is_named(&columns[i], heading))
			return (int)i;
	}
	for (size_t i = 0; i < count; i++) {
		if (has_synonym(&columns[i], heading))
			return (int)i;
	}
	return -1;
}

struct mapping {
	const struct csv_row *heading;
	const struct csv_column *columns;
	size_t count;
	int index[CSV_COLUMNS_MAX];
	bool loose[CSV_COLUMNS_MAX]; /* found by a synonym only */
	bool given[CSV_COLUMNS_MAX]; /* by an alias */
};

static int
map_aliases(struct mapping *map, const struct csv_alias *aliases,
    size_t naliases, struct err *err)
{
	for (size_t i = 0; i < naliases; i++) {
		const struct csv_alias *alias = &aliases[i];
		int column = -1, field = -1;

		for (size_t c = 0; c < map->count && column == -1; c++) {
			if (is_named(&map->columns[c], alias->column))
				column = (int)c;
		}
		for (size_t f = 0; f < map->heading->count && field == -1;
		     f++) {
			if (same_heading(map->heading->fields[f],
				alias->heading, strlen(alias->heading)))
				field = (int)f;
		}
		if (column == -1)
			return err_set(err, ERR_INPUT,
			    "--map %s=%s: there is no column '%s'",
			    alias->heading, alias->column, alias->column);
		if (field == -1)
			return err_set(err, ERR_INPUT,
			    "--map %s=%s: the file has no heading '%s'",
			    alias->heading, alias->column, alias->heading);
		if (map->index[column] != -1)
			return err_set(err, ERR_INPUT,
			    "--map gives column '%s' twice",
			    map->columns[column].name);
		map->index[column] = field;
		map->given[column] = true;
	}
	return 0;
}

static bool
is_mapped(const struct mapping *map, int field)
{
	for (size_t c = 0; c < map->count; c++) {
		if (map->index[c] == field)
			return true;
	}
	return false;
}

static int
map_heading(
    struct mapping *map, int field, struct buf *unknown, struct err *err)
{
	const char *heading = map->heading->fields[field];
	int column = csv_column_find(map->columns, map->count, heading);
	bool loose;

	if (column == -1 || map->given[column]) {
		if (unknown != NULL && *heading != '\0') {
			if (unknown->len > 0)
				buf_puts(unknown, ", ");
			text_add_squeezed(unknown, heading);
		}
		return 0;
	}
	loose = !is_named(&map->columns[column], heading);
	if (map->index[column] == -1 || (map->loose[column] && !loose)) {
		map->index[column] = field;
		map->loose[column] = loose;
		return 0;
	}
	if (loose && !map->loose[column])
		return 0;
	return err_set(err, ERR_INPUT,
	    "row %zu: headings '%s' and '%s' both mean '%s'; name one with "
	    "--map",
	    map->heading->number, map->heading->fields[map->index[column]],
	    heading, map->columns[column].name);
}

static int
miss_column(const struct csv_row *heading, const char *name, struct err *err)
{
	const char *near = near_find(name, heading->fields, heading->count);

	if (near != NULL && *near != '\0')
		return err_set(err, ERR_INPUT,
		    "row %zu: no column '%s'; is it '%s'? then --map '%s=%s'",
		    heading->number, name, near, near, name);
	return err_set(err, ERR_INPUT,
	    "row %zu: no column '%s' (the first row must hold the headings)",
	    heading->number, name);
}

int
csv_map(const struct csv_row *heading, const struct csv_column *columns,
    size_t count, const struct csv_alias *aliases, size_t naliases, int *index,
    struct buf *unknown, struct err *err)
{
	struct mapping map = {
		.heading = heading, .columns = columns, .count = count
	};

	for (size_t i = 0; i < CSV_COLUMNS_MAX; i++)
		map.index[i] = -1;
	if (map_aliases(&map, aliases, naliases, err) == -1)
		return -1;
	for (size_t f = 0; f < heading->count; f++) {
		if (!is_mapped(&map, (int)f) &&
		    map_heading(&map, (int)f, unknown, err) == -1)
			return -1;
	}
	for (size_t c = 0; c < count; c++) {
		if (columns[c].required && map.index[c] == -1)
			return miss_column(heading, columns[c].name, err);
	}
	memcpy(index, map.index, count * sizeof *index);
	return 0;
}

int
csv_aliases_parse(
    char *text, struct csv_alias *aliases, size_t max, struct err *err)
{
	size_t n = 0;

	while (text != NULL && *text != '\0') {
		char *next = strchr(text, ','), *equals;

		if (next != NULL)
			*next++ = '\0';
		equals = strchr(text, '=');
		if (equals == NULL || equals == text || equals[1] == '\0')
			return err_set(err, ERR_USAGE,
			    "--map: '%s' is not HEADING=COLUMN", text);
		if (n == max)
			return err_set(
			    err, ERR_USAGE, "--map: more than %zu", max);
		*equals = '\0';
		aliases[n].heading = text_trim(text);
		aliases[n++].column = text_trim(equals + 1);
		text = next;
	}
	return (int)n;
}
