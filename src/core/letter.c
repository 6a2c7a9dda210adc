/* SPDX-License-Identifier: ISC */
/* Letters and their templates; see letter.h. What a letter says is made by
 * letter_draft.c, here it is rendered and wrapped. */
#include "core/letter.h"

#include <stdlib.h>
#include <string.h>

#include "core/letter_draft.h"
#include "core/letter_names.h"
#include "core/template_embed.h"
#include "core/text.h"

#define LINE_COLUMNS 76

void
letter_init(struct letter *letter)
{
	*letter = (struct letter){ .today = DAY_NONE,
		.meeting_on = DAY_NONE,
		.since_on = DAY_NONE,
		.tomorrow_on = DAY_NONE };
}

struct letter_line *
letter_add(struct letter *letter)
{
	struct letter_line *line = vec_push(&letter->lines);

	*line = (struct letter_line){ .due_on = DAY_NONE,
		.earliest_on = DAY_NONE,
		.original_due_on = DAY_NONE,
		.review_on = DAY_NONE,
		.updated_on = DAY_NONE,
		.held_on = DAY_NONE,
		.meeting_on = DAY_NONE };
	return line;
}

void
letter_clear(struct letter *letter)
{
	vec_clear(&letter->lines);
}

/* ---- templates ---- */

static const struct {
	const char *file;
	const char *text;
} builtin[LETTER_KINDS] = {
	[LETTER_NUDGE] = { "nudge.txt", template_nudge_txt },
	[LETTER_ESCALATION] = { "escalation.txt", template_escalation_txt },
	[LETTER_SECRETARY] = { "secretary.txt", template_secretary_txt },
	[LETTER_DIGEST] = { "digest.txt", template_digest_txt },
	[LETTER_DIGEST_MD] = { "digest.md", template_digest_md },
};

void
letter_templates_init(struct letter_templates *templates)
{
	struct err err;

	*templates = (struct letter_templates){ 0 };
	for (int k = 0; k < LETTER_KINDS; k++) {
		if (template_compile(builtin[k].text, strlen(builtin[k].text),
			letter_names, &templates->compiled[k], &err) == -1)
			abort();
	}
}

void
letter_templates_clear(struct letter_templates *templates)
{
	for (int k = 0; k < LETTER_KINDS; k++)
		template_free(templates->compiled[k]);
	*templates = (struct letter_templates){ 0 };
}

const char *
letter_template_file(enum letter_kind kind)
{
	return builtin[kind].file;
}

/* A letter with something in every place, to try a wording out. */
static void
sample_init(struct letter *letter)
{
	letter_init(letter);
	letter->name = "Ann Roe";
	letter->organisation = "Office of the Commissioner for Exampleshire";
	letter->reply_to = "committee@example.org";
	letter->meant_for = "Ann Roe <ann.roe@example.org>";
	letter->series = "Scrutiny Panel";
	letter->headline = "3 open, 1 overdue.";
	letter->today = day_from_civil(2019, 9, 12);
	letter->meeting_on = letter->today + 11;
	letter->since_on = letter->today - 7;
	letter->tomorrow_on = letter->today + 1;
	for (int i = 0; i < LETTER_NEEDS; i++) {
		struct letter_line *line = letter_add(letter);

		line->ref = "SP-1";
		line->kind = "action";
		line->text = "send the figures to every partner";
		line->state = "blocked";
		line->reason = "the figures are late";
		line->owners = "Ann Roe";
		line->organisation = "Exampleshire Council";
		line->due_on = letter->today - 3 + i;
		line->overdue_days = i < 3 ? 3 - i : 0;
		line->slips = 1;
		line->original_due_on = letter->today - 40;
		line->updated_on = letter->today - 20;
		line->update = "asked for";
		line->evidence = "letter of 1 September";
		line->series = "Scrutiny Panel";
		line->held_on = letter->today - 70;
		line->item = "4";
		line->report = "HMICFRS, an inspection";
		line->due_phrase = "within two months";
		line->rule = "two months from 4 July 2019";
		line->statutory = i == 1;
		line->restricted = i == 2;
		line->role = (enum letter_role)(i % (LETTER_NAMED + 1));
		line->office = "Chief Officer";
		line->deputy_for = "Bo Doe";
		line->fired = "1 day after";
		line->need = (enum letter_need)i;
		line->section = (enum digest_section)(i % DIGEST_SECTIONS);
		line->note = "a note";
		line->to = "chair@example.org";
	}
}

int
letter_template_set(struct letter_templates *templates, enum letter_kind kind,
    const char *text, size_t len, struct err *err)
{
	struct letter_templates tried = *templates;
	struct buf subject = { 0 }, body = { 0 };
	struct letter sample;
	int rc;

	if (template_compile(
		text, len, letter_names, &tried.compiled[kind], err) == -1)
		return -1;
	sample_init(&sample);
	rc = letter_render(kind, &sample, &tried, &subject, &body, err);
	if (rc == 0 && strspn(buf_text(&body), " \t\r\n") == body.len)
		rc = err_set(err, ERR_INPUT, "the template says nothing");
	letter_clear(&sample);
	buf_clear(&subject);
	buf_clear(&body);
	if (rc == -1) {
		template_free(tried.compiled[kind]);
		return -1;
	}
	template_free(templates->compiled[kind]);
	*templates = tried;
	return 0;
}

/* ---- rendering ---- */

/* Wraps one line; what follows stands under its text: two columns in for a
 * bullet or an indented line. Commands stay whole, for copying. */
static void
wrap_line(struct buf *out, const char *line, size_t len)
{
	size_t indent = strspn(line, " ");
	char rest[24] = "";
	char *copy;

	if (indent > 16)
		indent = 16;
	/* No character has more columns than bytes. */
	if (len <= LINE_COLUMNS ||
	    strncmp(line + indent, "nudgectl ", 9) == 0 ||
	    text_width_n(line, len) <= LINE_COLUMNS) {
		buf_add(out, line, len);
		return;
	}
	memset(rest, ' ', indent);
	if (indent > 0 || strncmp(line, "- ", 2) == 0 ||
	    strncmp(line, "* ", 2) == 0)
		memcpy(rest + indent, "  ", 3);
	copy = xstrndup(line + indent, len - indent);
	text_add_wrapped(
	    out, copy, LINE_COLUMNS, indent > 0 ? rest + 2 : "", rest);
	free(copy);
}

/* Wraps a rendered text; several empty lines become one, none begin it. */
static void
wrap(struct buf *out, const char *text)
{
	bool blank = true;

	while (*text != '\0') {
		size_t len = strcspn(text, "\n"), keep_len = len;

		while (keep_len > 0 && text_is_space(text[keep_len - 1]))
			keep_len--;
		if (keep_len > 0 || !blank) {
			wrap_line(out, text, keep_len);
			buf_putc(out, '\n');
		}
		blank = keep_len == 0;
		text += len + (text[len] == '\n');
	}
}

int
letter_render(enum letter_kind kind, const struct letter *letter,
    const struct letter_templates *templates, struct buf *subject,
    struct buf *text, struct err *err)
{
	struct buf raw = { 0 };
	struct letter_draft d;
	int rc;

	if (letter->today == DAY_NONE)
		return err_set(err, ERR_INPUT, "a letter without its day");
	if (letter->lines.len == 0 && !letter_is_digest(kind))
		return err_set(err, ERR_INPUT, "a letter about nothing");
	letter_draft_init(&d, kind, letter);
	rc = template_render(templates->compiled[kind], d.top,
	    kind == LETTER_DIGEST_MD ? TEMPLATE_MARKDOWN : TEMPLATE_PLAIN,
	    kind == LETTER_DIGEST_MD ? text : &raw, err);
	if (rc == 0 && kind != LETTER_DIGEST_MD) {
		wrap(text, buf_text(&raw));
		letter_draft_subject(&d, subject);
	}
	buf_clear(&raw);
	letter_draft_clear(&d);
	return rc;
}
