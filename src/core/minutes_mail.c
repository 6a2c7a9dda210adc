/* SPDX-License-Identifier: ISC */
/*
 * Minutes or actions sent as a mail: its head, the day of the meeting that it
 * speaks of, and the older mail quoted below.
 */
#include "core/minutes_lines.h"

#include <string.h>

enum { LOOK = 8, ANSWER_MIN = 5, WEEK = 7 };

/* "following yesterday's meeting", "thanks for coming to the meeting on
 * Tuesday": the day that a sentence says a meeting was, a mail being sent on
 * one; DAY_NONE: it says none. */
static int
meeting_day(const char *text, size_t len, int sent_on)
{
	static const char *const meets[] = { "meeting", "meetings", "call",
		"session", "met", NULL };
	static const char *const ahead[] = { "next", "ahead", "before", "will",
		"tomorrow", "forthcoming", "upcoming", "prior", NULL };
	static const char *const today[] = { "today", "this morning",
		"this afternoon", "this evening", "tonight", "earlier", NULL };
	static const char *const leads[] = { "on", "last", "from", "after",
		"following", "at", "of", "for", "the", NULL };
	const char *begins = text;
	struct toks toks;

	trim_span(&begins, &len);
	if (!has_any(begins, len, meets) || has_any(begins, len, ahead))
		return DAY_NONE;
	if (find_phrase(begins, len, "yesterday") ||
	    find_phrase(begins, len, "last night"))
		return sent_on - 1;
	if (has_any(begins, len, today))
		return sent_on;
	toks_read(&toks, begins, len);
	for (size_t i = 0; i < toks.n; i++) {
		const struct tok *t = &toks.t[i];
		size_t n = strcspn(t->at, "'\342"); /* "Tuesday's" */
		int day = weekday_parse(t->at, n < t->len ? n : t->len);

		if (day < 0 || (i > 0 && !tok_in(t - 1, leads)))
			continue;
		for (int back = 1; back <= WEEK; back++)
			if ((int)day_weekday(sent_on - back) == day)
				return sent_on - back;
	}
	return DAY_NONE;
}

/* The day of the meeting: of the subject, or of the first lines. */
static int
mail_day(const struct paper *paper, size_t body)
{
	const char *sent = paper->front_date, *subject = paper->front_title;
	struct found_date date;
	int sent_on, on = DAY_NONE;
	size_t looked = 0;

	if (!sent || !date_find(sent, strlen(sent), &date) || !date.has_year)
		return DAY_NONE;
	sent_on = date.on;
	if (subject && date_find(subject, strlen(subject), &date)) {
		on = date.has_year
			 ? date.on
			 : date_nearest(date.month, date.day, sent_on);
		return on <= sent_on ? on : DAY_NONE;
	}
	for (size_t i = body; i < paper->lines.len && looked < LOOK; i++) {
		const struct paper_line *line = &paper->lines.items[i];
		size_t at = 0, n;

		looked += line->len > 0;
		for (; (n = sentence_next(line->text, line->len, &at)) > 0 &&
		       on == DAY_NONE;
		     at += n)
			on = meeting_day(line->text + at, n, sent_on);
		if (on != DAY_NONE)
			return on;
	}
	return DAY_NONE;
}

/* "-----Original Message-----", "On 3 May 2024, Ann Bell wrote:": an older mail
 * follows; one passed on for its own sake does not begin so. */
static bool
begins_older(const struct paper_line *line)
{
	const char *text = line->text;
	size_t len = line->len;
	struct found_date date;

	if (find_phrase(text, len, "original message"))
		return dash_at(text) > 0;
	return len > 12 && text_starts(text, "on ") &&
	       text_same_n(text + len - 6, 6, "wrote:") &&
	       date_find(text, len, &date);
}

/* Leaves out the older mail that this one answers: what the mail itself says
 * stands above. */
static void
drop_older(struct paper *paper, size_t body)
{
	size_t said = 0, i = body;
	bool quoted;

	for (; i < paper->lines.len; i++) {
		if (begins_older(&paper->lines.items[i]))
			break;
		said += paper->lines.items[i].len > 0;
	}
	if (i == paper->lines.len || said < ANSWER_MIN)
		return;
	quoted = paper->lines.items[i].quoted;
	for (; i < paper->lines.len; i++) {
		struct paper_line *line = &paper->lines.items[i];

		if (quoted && line->len > 0 && !line->quoted &&
		    line->text[0] != '>')
			break;
		line->front = true;
	}
}

void
mail_front(struct paper *paper)
{
	static const char *const names[] = { "from", "to", "cc", "bcc",
		"subject", "date", "sent", "reply-to", "message-id",
		"attachments", NULL };
	static const char *const again[] = { "re: ", "fw: ", "fwd: ", NULL };
	size_t known = 0, end = 0, n = paper->lines.len;
	const char *sent = NULL, *subject = NULL, *from = NULL, *value;

	for (; end < n; end++) {
		const struct paper_line *line = &paper->lines.items[end];
		bool is = false;

		if (line->len == 0 && known == 0)
			continue;
		for (const char *const *w = names; *w && !is; w++)
			is = front_field(line, *w) != NULL;
		if (!is && !(known > 0 && line->indent > 0 && line->len > 0))
			break;
		known += is;
		if ((value = front_field(line, "from")))
			from = value;
		if ((value = front_field(line, "subject")))
			subject = value;
		if ((value = front_field(line, "date")) ||
		    (value = front_field(line, "sent")))
			sent = value;
	}
	if (known < 2 || (!from && !subject))
		return;
	while (subject && starts_any(subject, again))
		subject = strchr(subject, ' ') + 1;
	paper->front_date = sent;
	paper->front_title = subject;
	paper->mail = true;
	paper->mail_from = from;
	for (size_t i = 0; i < end; i++)
		paper->lines.items[i].front = true;
	paper->mail_on = mail_day(paper, end);
	drop_older(paper, end);
}
