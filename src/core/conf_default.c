/* SPDX-License-Identifier: ISC */
/* The defaults of the config table: what the file would say, put where it says
 * nothing; see conf_keys.h. */
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/conf_keys.h"

/* Cuts the next part off a text that is parted by one character. */
static char *
next_part(char **rest, char by)
{
	char *part = *rest, *end;

	if (part == NULL || *part == '\0')
		return NULL;
	end = strchr(part, by);
	*rest = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	return part;
}

static void put_default(const struct conf_key *key, void *obj, char *text);

/* "14 days after>sponsor|…": objects whose keys come in the table's order. */
static void
default_short_objects(const struct conf_key *key, void *obj, char *text)
{
	char *item, *value;

	while ((item = next_part(&text, '|')) != NULL) {
		void *made = conf_key_push(key, obj);
		const struct conf_key *field = key->table->keys;

		while ((value = next_part(&item, '>')) != NULL)
			put_default(field++, made, value);
	}
}

/* Lines "key=value"; "name=" begins an object. */
static void
default_objects(const struct conf_key *key, void *obj, char *text)
{
	void *made = NULL;
	char *line, *value;

	while ((line = next_part(&text, '\n')) != NULL) {
		const struct conf_key *field = key->table->keys;

		value = strchr(line, '=');
		*value++ = '\0';
		if (strcmp(line, "name") == 0)
			made = conf_key_push(key, obj);
		while (strcmp(field->name, line) != 0)
			field++;
		conf_key_reset(field, made);
		put_default(field, made, value);
	}
}

/* Our own table is right, or the tests of it fail: errors are ignored. */
static void
put_default(const struct conf_key *key, void *obj, char *text)
{
	struct err err;
	char *part;

	if (key->type == CONF_NUMBER)
		(void)conf_key_number(key, obj, strtoll(text, NULL, 10), &err);
	else if (key->type == CONF_SWITCH)
		(void)conf_key_switch(
		    key, obj, strcmp(text, "true") == 0, &err);
	else if (key->type == CONF_OBJECTS && strchr(text, '=') == NULL)
		default_short_objects(key, obj, text);
	else if (key->type == CONF_OBJECTS)
		default_objects(key, obj, text);
	else if (!conf_key_is_list(key))
		(void)conf_key_text(key, obj, text, &err);
	else
		while ((part = next_part(&text, '|')) != NULL)
			(void)conf_key_text(key, obj, part, &err);
}

void
conf_table_defaults(const struct conf_table *table, void *obj)
{
	for (const struct conf_key *key = table->keys; key->name != NULL;
	     key++) {
		if (key->type == CONF_GROUP) {
			conf_table_defaults(key->table, obj);
		} else if (key->fallback != NULL &&
			   !conf_key_is_set(key, obj)) {
			char *text = xstrdup(key->fallback);

			put_default(key, obj, text);
			free(text);
		}
	}
}
