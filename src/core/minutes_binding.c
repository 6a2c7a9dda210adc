/* SPDX-License-Identifier: ISC */
/*
 * What a clause of the running text binds somebody to: a resolution, a promise,
 * a day that it sets. Whether it binds is decided here, from how it charges and
 * whom; each entry is for a person to look at, but resolutions with an owner.
 */
#include "core/minutes_passing.h"

#include <stdlib.h>
#include <string.h>

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

struct minutes_entry *
binding_add(const struct passing *p, const char *kind, const char *text,
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
	static const char *const all[] = { "all to ", "everyone to ",
		"everybody to ", "all members to ", "all governors to ",
		"all councillors to ", NULL };

	return e->owners.len == 1 && starts_any(text, all);
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

void
binding_dated(const struct passing *p, const char *text, size_t len)
{
	size_t first = second_dated(text, len);
	struct minutes_entry *e;

	e = binding_add(p, promise_kind(text, first), text,
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
		binding_dated(p, text + first, len - first);
}

/* "be endorsed and submitted to Cabinet": what is done with a paper when it has
 * been decided on. */
static bool
goes_out(const char *text, size_t len)
{
	static const char *const words[] = { "and submitted", "and sent",
		"and forwarded", "and circulated", "and published",
		"and referred", "and presented", NULL };

	return find_phrase(text, len, "be") && has_any(text, len, words);
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

	return has_any(text, len, words) || goes_out(text, len);
}

/* "That two lamps be bought" binds somebody, but whom it does not say: no
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

/* Does what was resolved leave somebody something to do? */
static bool
resolution_binds(const struct passing *p, const char *text, size_t len,
    enum charge charge, struct minutes_entry *got)
{
	bool by = charge == CHARGE_PASSIVE && got->owners.len > 0 &&
		  promise_works(text, len);

	if (!by && resolved_work(p, text, len, charge, got))
		return false;
	if (charge == CHARGE_NONE || clause_noted(text, len) ||
	    (promise_mere_decision(text, len) && !goes_out(text, len) &&
		(got->owners.len == 0 || charge == CHARGE_PLAIN)))
		return false;
	if (charge == CHARGE_PASSIVE && !by && !is_errand(text, len))
		return false;
	return by || goes_out(text, len) ||
	       !(charge == CHARGE_PASSIVE || charge == CHARGE_VERB) ||
	       !promise_mere_decision(text, len);
}

bool
binding_resolution(const struct passing *p, const char *text, size_t len,
    enum charge charge, struct minutes_entry *got)
{
	struct minutes_entry *e, said = { .state = "open" };
	const char *at;
	size_t n;

	/* "Lead: Ann  Timescale: end of May" below it */
	len = fields_read(p->r, part_meeting(p->r, p->part), text, len, &said);
	if (said.owners.len > 0 && !clause_noted(text, len)) {
		owners_clear(got);
		owners_move(&said, got);
	} else if (!resolution_binds(p, text, len, charge, got)) {
		owners_clear(&said);
		free(said.due_phrase);
		return false;
	}
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
	len = without_joint(text, len);
	e = binding_add(p, "action", text, len, MINUTES_FROM_RESOLUTION,
	    got->owners.len ? "a resolution that charges somebody"
			    : "a resolution that names nobody");
	e->sure = got->owners.len > 0;
	owners_move(got, e);
	if (said.due_phrase)
		due_phrase_set(e, said.due_phrase, strlen(said.due_phrase));
	free(said.due_phrase);
	due_read(p->r, p->part, e);
	owners_clear(&said);
	return true;
}

static size_t
before_agreed(const char *text, size_t len)
{
	static const char *const words[] = { "agreed", "offered", "undertook",
		"volunteered", "resolved", "decided", "requested", NULL };

	return before_any(text, len, words);
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

bool
binding_promise(const struct passing *p, const char *text, size_t len,
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
	    !(owners_known(got) && charges_behind_dash(p, text, len, charge)))
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
	e = binding_add(p, promise_kind(text, len), text, len,
	    MINUTES_FROM_TEXT,
	    charge == CHARGE_AGREED || agreed ? "agreed in the text"
					      : "promised in the text");
	owners_move(got, e);
	told_base(p, e);
	due_read(p->r, p->part, e);
	return true;
}

void
binding_body(const struct passing *p, const char *text, size_t len)
{
	static const char *const nouns[] = { "council", "committee", "board",
		"panel", "group", "forum", "partnership", "association", NULL };
	const char *title = part_meeting(p->r, p->part)->title;
	struct minutes_entry *e = binding_add(p, promise_kind(text, len), text,
	    len, MINUTES_FROM_TEXT, "agreed in the text");

	for (const char *const *n = nouns; title && *n; n++)
		if (has_phrase(title, *n)) {
			struct minutes_owner *o = vec_push(&e->owners);

			o->name = xstrdup(*n);
			o->name[0] = (char)(o->name[0] - 'a' + 'A');
			o->printed = xstrdup("it");
			o->basis = MINUTES_BY_GROUP;
			break;
		}
	due_read(p->r, p->part, e);
}
