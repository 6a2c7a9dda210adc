/* SPDX-License-Identifier: ISC */
/*
 * What the running text obliges: resolutions that charge somebody, things put
 * off to another meeting, and promises made in passing. All but plain
 * resolutions are for a person to look at.
 */
#include "core/minutes_parts.h"

#include <stdlib.h>
#include <string.h>

enum { SENTENCE_MIN = 9, SENTENCE_MAX = 700 };

/* ---- one sentence ---- */

struct passing {
	struct reading *r;
	struct part *part;
	const struct block *b;
	size_t block;
	bool resolved; /* items below "RESOLVED that:" */
};

/* "At the meeting on 11 April ... in three months' time": told of an earlier
 * meeting, so it counts from that one. */
static void
told_base(const struct passing *p, struct minutes_entry *e)
{
	const struct reading *r = p->r;
	int held = part_meeting(r, p->part)->held_on;

	if (held == DAY_NONE ||
	    !find_phrase(e->text, strlen(e->text), "requested that"))
		return;
	for (size_t k = p->block + 1;
	     k-- > p->part->first && k + 3 > p->block;) {
		const struct block *b = &r->blocks.list.items[k];
		const char *at;
		struct found_date date;
		char day[DAY_LONG_MAX];
		int on;

		if (strcmp(b->item, p->b->item) != 0)
			return;
		at = find_phrase(b->text, b->length, "meeting on");
		if (!at || !date_find(at, 40, &date))
			continue;
		on = date.has_year ? date.on
				   : date_nearest(date.month, date.day, held);
		if (on > held)
			on = day_add_months(on, -12);
		if (on >= held)
			continue;
		e->base_on = on;
		draft_why(e,
		    "told of the meeting on %s, so it counts from then",
		    day_long(on, day));
		return;
	}
}

static struct minutes_entry *
passing_add(const struct passing *p, const char *kind, const char *text,
    size_t len, enum minutes_source source, const char *why)
{
	struct minutes_entry *e = draft_new(p->r, p->part, p->b, source, kind,
	    text, len, block_line_at(p->b, (size_t)(text - p->b->text)), why);

	e->sure = false;
	return e;
}

static bool
has_person(const struct minutes_entry *e)
{
	VEC_EACH (const struct minutes_owner, o, &e->owners)
		if (o->basis != MINUTES_BY_GROUP)
			return true;
	return false;
}

/* "All to read the draft": everybody who was there is somebody. */
static bool
is_everybody(const char *text, const struct minutes_entry *e)
{
	return e->owners.len == 1 &&
	       (text_starts(text, "all to ") ||
		   text_starts(text, "everyone to ") ||
		   text_starts(text, "everybody to ") ||
		   text_starts(text, "all members to ") ||
		   text_starts(text, "all governors to ") ||
		   text_starts(text, "all councillors to "));
}

/* "Members were asked to send comments by 5 July". */
static bool
asks_group(const char *text, size_t len, const struct minutes_entry *e)
{
	static const char *const asks[] = { "were asked to", "are asked to",
		"were requested to", "are requested to", "were reminded to",
		NULL };
	/* "The PCC asked the force for information on the following" */
	static const char *const active[] = { "asked the", "requested the",
		"requested that the", NULL };
	const char *at;
	size_t n;

	return e->owners.len > 0 &&
	       (has_any(text, len, active) ||
		   (has_any(text, len, asks) && due_find(text, len, &at, &n)));
}

static bool
has_known(const struct minutes_entry *e)
{
	VEC_EACH (const struct minutes_owner, o, &e->owners)
		if (o->basis != MINUTES_UNKNOWN)
			return true;
	return false;
}

/* "A pre-meet would take place on 20 September and a draft was expected by 24
 * September": two days in one sentence are two things to come. Where the second
 * begins; len when there is one only. */
static size_t
second_dated(const char *text, size_t len)
{
	const char *at, *more;
	size_t n, m;

	for (size_t i = 20; i + 20 < len; i++) {
		size_t joint = text_starts(text + i, " and ") ? 5
			       : text_starts(text + i, ", ")  ? 2
							      : 0;

		if (joint > 0 && promise_dated(text, i) &&
		    promise_dated(text + i + joint, len - i - joint))
			return i + joint;
	}
	if (!due_find(text, len, &at, &n))
		return len;
	n += (size_t)(at - text);
	return n + 10 < len && due_find(text + n, len - n, &more, &m) &&
		       promise_dated(text + n, len - n)
		   ? n
		   : len;
}

static void
dated_add(const struct passing *p, const char *text, size_t len)
{
	size_t first = second_dated(text, len);
	struct minutes_entry *e;

	e = passing_add(p, promise_kind(text, first), text,
	    without_joint(text, first), MINUTES_FROM_TEXT,
	    "the text sets a day for it");
	(void)clause_read(p->r, part_meeting(p->r, p->part), text, first, e);
	told_base(p, e);
	due_read(p->r, p->part, e);
	if (e->due_on == DAY_NONE) {
		/* no day after all */
		draft_clear(e);
		part_meeting(p->r, p->part)->entries.len--;
	}
	if (first < len)
		dated_add(p, text + first, len - first);
}

/* Participles of a resolution that leave somebody something to do, though
 * nobody is named; "be purchased" and "be approved" are decisions. */
static bool
is_errand(const char *text, size_t len)
{
	static const char *const words[] = { "be provided", "be submitted",
		"be circulated", "be sent", "be written", "be reported",
		"be brought", "be contacted", "be invited", "be informed",
		"be notified", "be investigated", "be requested", "be referred",
		"be obtained", "be sought", "be prepared", "be presented",
		"be drafted", "be asked", "be advised", "be arranged",
		"be produced", "be reviewed", "be followed up", "be updated",
		"be added", "be included", "be placed on", "be published",
		"be raised", "be chased", "be displayed", "be tabled", NULL };

	return has_any(text, len, words);
}

/* "That four signs be ordered" binds somebody, but whom it does not say: no
 * entry, but a person should look at it. */
static bool
resolved_work(const struct passing *p, const char *text, size_t len,
    enum charge charge, const struct minutes_entry *got)
{
	char *what, *start;

	if (got->owners.len > 0 ||
	    (charge != CHARGE_PASSIVE && charge != CHARGE_NONE) ||
	    is_errand(text, len) || !promise_works(text, len))
		return false;
	what = xstrndup(text, len);
	start = flag_excerpt(what);
	flag_add(p->r, MINUTES_FLAG_RESOLVED,
	    block_line_at(p->b, (size_t)(text - p->b->text)),
	    "resolved, but it names nobody who does it: \"%s\"", start);
	free(start);
	free(what);
	return true;
}

static bool
resolution_add(const struct passing *p, const char *text, size_t len,
    enum charge charge, struct minutes_entry *got)
{
	struct minutes_entry *e, said = { .state = "open" };
	const char *at;
	size_t n;

	bool by = charge == CHARGE_PASSIVE && got->owners.len > 0 &&
		  promise_works(text, len);

	if (!by && resolved_work(p, text, len, charge, got))
		return false;
	if (charge == CHARGE_NONE || clause_noted(text, len) ||
	    (promise_mere_decision(text, len) &&
		(got->owners.len == 0 || charge == CHARGE_PLAIN)))
		return false;
	if (charge == CHARGE_PASSIVE && !by && !is_errand(text, len))
		return false;
	if ((charge == CHARGE_PASSIVE || charge == CHARGE_VERB) && !by &&
	    promise_mere_decision(text, len))
		return false;
	/* what was resolved, without the word for it */
	at = find_phrase(text, len, "resolved");
	if (at && at - text < 20) {
		n = (size_t)(at - text) + 8;
		while (n < len && (text_is_space(text[n]) || text[n] == ':' ||
				      dash_at(text + n)))
			n += dash_at(text + n) ? dash_at(text + n) : 1;
		if (text_starts(text + n, "that "))
			n += 5;
		if (n + 8 < len) {
			text += n;
			len -= n;
		}
	}
	/* "Lead: Ann  Timescale: end of May" below it */
	len = fields_read(p->r, part_meeting(p->r, p->part), text, len, &said);
	len = without_joint(text, len);
	e = passing_add(p, "action", text, len, MINUTES_FROM_RESOLUTION,
	    got->owners.len || said.owners.len
		? "a resolution that charges somebody"
		: "a resolution that names nobody");
	if (said.owners.len > 0) {
		owners_clear(got);
		owners_move(&said, e);
	} else {
		owners_move(got, e);
	}
	if (said.due_phrase)
		due_phrase_set(e, said.due_phrase, strlen(said.due_phrase));
	free(said.due_phrase);
	e->sure = e->owners.len > 0;
	due_read(p->r, p->part, e);
	return true;
}

static size_t
before_agreed(const char *text, size_t len)
{
	static const char *const words[] = { "agreed", "offered", "undertook",
		"volunteered", "resolved", "decided", "requested", NULL };
	size_t best = len;

	for (const char *const *w = words; *w; w++) {
		const char *at = find_phrase(text, len, *w);

		if (at && (size_t)(at - text) < best)
			best = (size_t)(at - text);
	}
	return best;
}

/* "Pot holes in Church Road - Clerk to report them". */
static bool
charges_behind_dash(
    const struct passing *p, const char *text, size_t len, enum charge charge)
{
	bool agreed = text_starts(text, "agreed");

	for (size_t i = len; i-- > 4;) {
		/* "Agreed up to £60, Ann to buy it" */
		bool stop = text[i] == ':' || text[i] == ';' ||
			    (agreed && text[i] == ',');
		size_t d = stop ? 1 : dash_at(text + i);

		if (d == 0 || i + d + 8 >= len || !text_is_space(text[i + d]) ||
		    (!stop && !text_is_space(text[i - 1])))
			continue;
		if (clause_subject(p->r, part_meeting(p->r, p->part),
			text + i + d, len - i - d) == charge)
			return true;
		if (!stop)
			return false;
	}
	return false;
}

/* How much of a promise must be certain: "agreed to check if" and "Ann to
 * confirm whether" bind, whatever is to be found out. */
static size_t
certain_part(const char *text, size_t len, enum charge charge, bool agreed)
{
	const char *to;

	if (agreed || charge == CHARGE_AGREED)
		return before_agreed(text, len);
	to = charge == CHARGE_TO ? find_phrase(text, len, "to") : NULL;
	return to && to - text < 60 ? (size_t)(to - text) : len;
}

/* "It was agreed that a member would write": somebody, whoever that is. */
static bool
somebody_will(const char *text, size_t len)
{
	static const char *const who[] = { "someone", "somebody", "member",
		"members", "volunteer", "volunteers", "representative",
		"representatives", "person", "people", "councillor", "trustee",
		"governor", "officer", "subgroup", "sub-group", "group",
		"letter", "delegation", "team", NULL };
	static const char *const first[] = { "a", "an", "one", "two", "three",
		"another", "some", "someone", "somebody", "volunteers", NULL };
	static const char *const modals[] = { "would", "will", "should", "to",
		"shall", NULL };
	const char *at = find_phrase(text, len, "agreed that");
	struct toks toks;
	bool person = false;

	if (!at)
		return false;
	at += 11;
	toks_read(&toks, at, len - (size_t)(at - text));
	if (toks.n < 3 || !tok_in(&toks.t[0], first))
		return false;
	for (size_t i = 0; i + 1 < toks.n && i < 7; i++) {
		person |= tok_in(&toks.t[i], who);
		if (tok_in(&toks.t[i], modals))
			return person && is_doing_verb(&toks.t[i + 1]);
	}
	return false;
}

static bool
promise_add(const struct passing *p, const char *text, size_t len,
    enum charge charge, struct minutes_entry *got)
{
	bool agreed = promise_agreed(text, len), person = has_person(got);
	struct minutes_entry *e;

	/* "agreed to check if": what is agreed may well be uncertain */
	if (promise_hypothetical(text, certain_part(text, len, charge, agreed)))
		return false;
	if ((charge == CHARGE_TO || charge == CHARGE_ASKED) &&
	    clause_subject(p->r, part_meeting(p->r, p->part), text, len) !=
		charge &&
	    !(has_known(got) && charges_behind_dash(p, text, len, charge)))
		return false;
	switch (charge) {
	case CHARGE_AGREED:
		if (promise_done_agreeing(text, len))
			return false;
		break;
	case CHARGE_WILL:
	case CHARGE_WOULD:
		if (!person && !(agreed && got->owners.len > 0) &&
		    !promise_dated(text, len))
			return false;
		break;
	case CHARGE_TO:
	case CHARGE_ASKED:
		if ((!person && !agreed && !is_everybody(text, got) &&
			!asks_group(text, len, got)) ||
		    (find_phrase(text, len, "has to") && !agreed))
			return false;
		break;
	case CHARGE_PLAIN:
		if (!agreed || got->owners.len == 0)
			return false;
		break;
	case CHARGE_VERB:
		/* "agreed to write, asking that they adopt it" */
		if (!agreed || promise_done_agreeing(text, len) ||
		    (!find_phrase(text, len, "agreed to") &&
			promise_mere_decision(text, len)))
			return false;
		break;
	case CHARGE_PASSIVE:
		if (!agreed || promise_mere_decision(text, len))
			return false;
		break;
	case CHARGE_NONE:
		if (!agreed || !somebody_will(text, len))
			return false;
		break;
	}
	e = passing_add(p, promise_kind(text, len), text, len,
	    MINUTES_FROM_TEXT,
	    charge == CHARGE_AGREED || agreed ? "agreed in the text"
					      : "promised in the text");
	owners_move(got, e);
	told_base(p, e);
	due_read(p->r, p->part, e);
	return true;
}

/* The noun of the body whose minutes these are: "it agreed". */
static void
body_owner(const struct passing *p, struct minutes_entry *e)
{
	static const char *const nouns[] = { "council", "committee", "board",
		"panel", "group", "forum", "partnership", "association", NULL };
	const char *title = part_meeting(p->r, p->part)->title;

	for (const char *const *n = nouns; title && *n; n++)
		if (has_phrase(title, *n)) {
			struct minutes_owner *o = vec_push(&e->owners);

			o->name = xstrdup(*n);
			o->name[0] = (char)(o->name[0] - 'a' + 'A');
			o->printed = xstrdup("it");
			o->basis = MINUTES_BY_GROUP;
			return;
		}
}

/* "... The Clerk agreed to write": somebody agrees further inside, where a
 * title or another clause stands before. *at moves there. */
static bool
agreed_inside(
    const struct passing *p, const char *text, size_t len, const char **at)
{
	static const char *const words[] = { "agreed", "offered", "undertook",
		"volunteered", NULL };
	static const char *const told[] = { "have", "has", "had", NULL };
	const struct minutes_meeting *m = part_meeting(p->r, p->part);
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t j = 1; j + 2 < toks.n; j++) {
		/* "and the PCC asked that partners submit ..." */
		if (j > 4 && tok_is(&toks.t[j], "asked") &&
		    tok_is(&toks.t[j + 1], "that") &&
		    !tok_in(&toks.t[j - 1], told)) {
			*at = toks.t[j].at;
			for (size_t k = j; k-- > 0 && k + 8 > j;)
				if (tok_is(&toks.t[k], "and"))
					*at = toks.t[k + 1].at;
			return true;
		}
		if (!tok_in(&toks.t[j], words) || !tok_is(&toks.t[j + 1], "to"))
			continue;
		if (j >= 2 && tok_is(&toks.t[j - 1], "was") &&
		    tok_is(&toks.t[j - 2], "it")) {
			*at = toks.t[j - 2].at;
			return true;
		}
		if (tok_is(&toks.t[j - 1], "it")) {
			*at = toks.t[j - 1].at;
			return true;
		}
		for (size_t k = j > 8 ? j - 8 : 0; k < j; k++) {
			struct minutes_entry got = { 0 };
			size_t end = owners_at(p->r, m, &toks, k, &got);

			owners_clear(&got);
			if (end == j) {
				*at = toks.t[k].at;
				return true;
			}
		}
	}
	return false;
}

/* A sentence that holds a marked action has been read. */
static bool
has_mark(const struct passing *p, const char *text, size_t len)
{
	const char *after = text + len;

	if (coded_mark_at(text, len) > 0 || find_phrase(text, len, "[action") ||
	    find_phrase(text, len, "(action") ||
	    find_phrase(text, len, "action:") ||
	    (p->b->length > 6 && find_phrase(text, len, "action") == text))
		return true;
	/* "(Action: Clerk)" or "ACTION CLERK" belongs to what stands before */
	while (text_is_space(*after))
		after++;
	return text_starts(after, "action") || text_starts(after, "(action") ||
	       text_starts(after, "[action");
}

/* "This item was deferred" says nothing away from its heading. */
static void
name_subject(struct minutes_entry *e)
{
	static const char *const lost[] = { "this item ", "this matter ",
		"this report ", "this was ", "this is ", "this to ",
		"this would ", "this will ", "the item ", "the matter ",
		"item deferred", "item to be ", "it was ", "it is ", "to be ",
		"deferred ", "carried ", "held over", "postponed", NULL };

	for (const char *const *l = lost; e->subject && *l; l++)
		if (text_starts(e->text, *l)) {
			char *old = e->text;

			e->text = xasprintf("%s: %s", e->subject, old);
			free(old);
			return;
		}
}

static void
clause_take(const struct passing *p, const char *text, size_t len)
{
	struct minutes_meeting *m = part_meeting(p->r, p->part);
	struct minutes_entry got = { 0 }, *e;
	enum charge charge;

	if (text_starts(text, "it agreed to") &&
	    !promise_hypothetical(text, 2)) {
		e = passing_add(p, promise_kind(text, len), text, len,
		    MINUTES_FROM_TEXT, "agreed in the text");
		body_owner(p, e);
		due_read(p->r, p->part, e);
		return;
	}
	if (clause_noted(text, len)) {
		m->noted++;
		return;
	}
	if (len < SENTENCE_MIN || len > SENTENCE_MAX ||
	    find_phrase(text, len, "next meeting will") ||
	    find_phrase(text, len, "next meeting is") || clause_past(text, len))
		return;
	if (promise_deferred(text, len)) {
		e = passing_add(p, "paper", text, len, MINUTES_FROM_TEXT,
		    "put off to another meeting");
		e->deferred = true;
		due_read(p->r, p->part, e);
		name_subject(e);
		return;
	}
	charge = clause_read(p->r, m, text, len, &got);
	if (p->resolved || promise_resolved(text, len)) {
		(void)resolution_add(p, text, len, charge, &got);
	} else if (promise_add(p, text, len, charge, &got)) {
		;
	} else if (!promise_hypothetical(text, len) &&
		   (promise_dated(text, len) || promise_under_way(text, len))) {
		dated_add(p, text, len);
	} else if (promise_wanted(text, len)) {
		e = passing_add(p, "paper", text, len, MINUTES_FROM_TEXT,
		    "the meeting asked for it");
		due_read(p->r, p->part, e);
	} else if (promise_bid(text, len) || promise_duty(text, len)) {
		e = passing_add(p, promise_bid(text, len) ? "bid" : "duty",
		    text, len, MINUTES_FROM_TEXT,
		    promise_bid(text, len) ? "a bid or grant"
					   : "something that recurs");
		due_read(p->r, p->part, e);
	}
	owners_clear(&got);
}

/* "Bids are due by 5 May and Ann asked that partners send a joint one": by the
 * same day. */
static void
same_day(const struct minutes_entry *from, struct minutes_entry *to)
{
	if (to->due_phrase || from->due_on == DAY_NONE || !from->due_phrase)
		return;
	due_phrase_set(to, from->due_phrase, strlen(from->due_phrase));
	to->earliest_on = from->earliest_on;
	to->due_on = from->due_on;
	to->review_on = from->review_on;
	draft_why(to, "the sentence sets the day before it");
}

static void
sentence_read(const struct passing *p, const char *text, size_t len)
{
	struct minutes_meeting *m = part_meeting(p->r, p->part);
	size_t first = m->entries.len, own, before;
	const char *from;

	if (has_mark(p, text, len) ||
	    signed_read(p->r, p->part, p->b, text, len))
		return;
	if (len <= 20 || !agreed_inside(p, text, len, &from)) {
		if (!promise_item_title(text))
			clause_take(p, text, len);
		return;
	}
	/* what stands before may set a day of its own */
	before = (size_t)(from - text);
	if (before > 40 && !promise_hypothetical(text, before) &&
	    promise_dated(text, before))
		dated_add(p, text, before);
	own = m->entries.len;
	clause_take(p, from, len - before);
	if (own > first && m->entries.len == own + 1)
		same_day(&m->entries.items[own - 1], &m->entries.items[own]);
}

/* Whose turn to speak it is in a transcript ("Mary: ...") stays with the
 * sentences after. */
static void
block_read(const struct passing *p)
{
	const struct minutes_meeting *meeting = part_meeting(p->r, p->part);
	const struct block *b = p->b;
	size_t at = 0, n, before = meeting->entries.len;

	for (; (n = sentence_next(b->text, b->length, &at)) > 0; at += n) {
		const char *text = b->text + at;
		struct passing clause = *p;
		bool asked = meeting->entries.len > before;

		before = meeting->entries.len;
		if ((asked && told_again(p->r, p->part, before - 1, text, n)) ||
		    told_reference(p->r, p->part, b, text, n))
			continue;
		told_done(p->r, b, text, n);
		n += signature_at(p->r, part_meeting(p->r, p->part), text + n,
		    b->length - at - n);
		if (!p->resolved && !promise_resolved(text, n)) {
			sentence_read(p, text, n);
			continue;
		}
		clause.resolved = true;
		for (size_t left = n, m, skip; left > 0;
		     text += m + skip, left -= m + skip) {
			m = that_next(text, left, &skip);
			sentence_read(&clause, text, m);
		}
	}
}

static bool
has_inner_mark(const struct block *b)
{
	bool number;

	return action_mark(b->text, b->length, &number) > 0 ||
	       (b->bullet && b->text[0] == '[');
}

/* "Roland: Put up the boards", of somebody whom no list names. */
static bool
names_who(const struct block *b)
{
	const char *colon =
	    memchr(b->text, ':', b->length < 40 ? b->length : 40);
	struct toks toks;

	if (b->kind != BLOCK_ITEM || !colon || !text_is_space(colon[1]))
		return false;
	toks_read(&toks, b->text, (size_t)(colon - b->text));
	for (size_t i = 0; i < toks.n; i++)
		if (toks.t[i].kind != 'p' &&
		    (!toks.t[i].cap || is_doing_verb(&toks.t[i])) &&
		    !tok_is(&toks.t[i], "and"))
			return false;
	toks_read(&toks, colon + 1, b->length - (size_t)(colon + 1 - b->text));
	return toks.n > 2 && is_doing_verb(&toks.t[0]);
}

void
passing_read(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct passing p = { .r = r, .part = part, .resolved = false };

	if (m->paper == MINUTES_AGENDA)
		agenda_promises(r, part);
	if (m->paper != MINUTES_OF_MEETING)
		return;
	if (part->approve_block > 0) {
		const struct block *b =
		    &r->blocks.list.items[part->approve_block - 1];
		struct minutes_entry *e =
		    draft_new(r, part, b, MINUTES_FROM_HEAD, "approval",
			b->text, b->length, b->first, "draft minutes");

		if (m->approve_on != DAY_NONE) {
			char day[DAY_LONG_MAX];

			e->due_on = e->meeting_on = m->approve_on;
			e->at_meeting = true;
			draft_why(e, "to be approved on %s",
			    day_long(m->approve_on, day));
		} else {
			due_read(r, part, e);
		}
	}
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		if (b->kind == BLOCK_HEADING)
			p.resolved = resolution_opens(b);
		if (b->kind == BLOCK_HEADING || b->kind == BLOCK_ROW ||
		    b->taken || i < part->head ||
		    (b->section != SECTION_NONE &&
			b->section != SECTION_NOTES &&
			b->section != SECTION_PREVIOUS) ||
		    has_inner_mark(b) || b->margins.len > 0)
			continue;
		p.b = b;
		p.block = i;
		p.resolved = p.resolved && (b->kind == BLOCK_ITEM ||
					       text_starts(b->text, "that ") ||
					       text_starts(b->text, "to "));
		if (p.resolved && names_who(b)) {
			marked_add(r, part, b, b->text, b->length,
			    MINUTES_FROM_RESOLUTION, true, NULL);
			continue;
		}
		block_read(&p);
		p.resolved |= resolution_opens(b);
	}
}
