/* SPDX-License-Identifier: ISC */
/* Reads the options of a command line; prints nothing and knows no command. */
#include "desk/args.h"

#include <string.h>

#include "core/near.h"

#define WORD_MAX 48 /* of an unknown option, as far as it is repeated */

static const struct arg_option *
find_option(const struct arg_option *options, const char *name, size_t len)
{
	for (const struct arg_option *o = options; o != NULL && o->name != NULL;
	     o++)
		if (strlen(o->name) == len && strncmp(o->name, name, len) == 0)
			return o;
	return NULL;
}

static int
unknown(const char *given, size_t len, const struct arg_option *options,
    const struct arg_option *common, struct err *err)
{
	const struct arg_option *const tables[] = { options, common };
	const char *names[64];
	const char *near;
	char word[WORD_MAX + 1];
	size_t count = 0;

	for (size_t t = 0; t < 2; t++)
		for (const struct arg_option *o = tables[t];
		     o != NULL && o->name != NULL && count < 64; o++)
			names[count++] = o->name;
	if (len > WORD_MAX)
		len = WORD_MAX;
	memcpy(word, given, len);
	word[len] = '\0';
	near = near_find(word, names, count);
	if (near != NULL)
		return err_set(err, ERR_USAGE,
		    "there is no option --%s here; did you mean --%s?", word,
		    near);
	return err_set(err, ERR_USAGE, "there is no option --%s here", word);
}

/* Takes the option that text is; *next is the word behind it, for its value.
 * Returns how many words it took, or -1. */
static int
take_option(const char *text, const char *next,
    const struct arg_option *options, const struct arg_option *common,
    struct args *out, struct err *err)
{
	const char *name = text + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals == NULL ? strlen(name) : (size_t)(equals - name);
	const struct arg_option *option = find_option(options, name, len);
	struct arg_value *value;

	if (option == NULL)
		option = find_option(common, name, len);
	if (option == NULL)
		return unknown(name, len, options, common, err);
	if (option->kind == ARG_FLAG && equals != NULL)
		return err_set(
		    err, ERR_USAGE, "--%s takes no value", option->name);
	if (option->kind != ARG_FLAG && equals == NULL &&
	    (next == NULL || strncmp(next, "--", 2) == 0))
		return err_set(
		    err, ERR_USAGE, "--%s needs a value", option->name);
	if (option->kind == ARG_VALUE && args_has(out, option->name))
		return err_set(
		    err, ERR_USAGE, "--%s was given twice", option->name);
	value = vec_push(&out->values);
	value->name = option->name;
	if (option->kind == ARG_FLAG)
		return 1;
	value->value = equals != NULL ? equals + 1 : next;
	return equals != NULL ? 1 : 2;
}

int
args_parse(const char *const *line, size_t count,
    const struct arg_option *options, const struct arg_option *common,
    struct args *out, struct err *err)
{
	struct args args = { 0 };
	size_t i = 0;
	int took;

	while (i < count) {
		const char *text = line[i];

		if (strcmp(text, "--") == 0) {
			for (i++; i < count; i++)
				*vec_push(&args.words) = line[i];
			break;
		}
		if (strncmp(text, "--", 2) == 0) {
			took = take_option(text,
			    i + 1 < count ? line[i + 1] : NULL, options, common,
			    &args, err);
			if (took == -1)
				goto failed;
			i += (size_t)took;
			continue;
		}
		if (text[0] == '-' && text[1] != '\0') {
			err_set(err, ERR_USAGE,
			    "there is no option %s here; put -- before words "
			    "that begin with a dash",
			    text);
			goto failed;
		}
		*vec_push(&args.words) = text;
		i++;
	}
	*out = args;
	return 0;
failed:
	args_clear(&args);
	return -1;
}

void
args_clear(struct args *args)
{
	vec_clear(&args->words);
	vec_clear(&args->values);
}

const char *
args_nth(const struct args *args, const char *name, size_t n)
{
	VEC_EACH (const struct arg_value, value, &args->values)
		if (strcmp(value->name, name) == 0 && n-- == 0)
			return value->value == NULL ? "" : value->value;
	return NULL;
}

const char *
args_value(const struct args *args, const char *name)
{
	return args_nth(args, name, 0);
}

bool
args_has(const struct args *args, const char *name)
{
	return args_nth(args, name, 0) != NULL;
}

const char *
args_word(const struct args *args, size_t n)
{
	return n < args->words.len ? args->words.items[n] : NULL;
}
