/* SPDX-License-Identifier: ISC */
/*
 * What the running text obliges: walked sentence by sentence, clause by clause.
 * Things put off, wished for, bid for and due again and again are taken here;
 * what a clause binds somebody to, minutes_binding.c decides.
 */
#include "core/minutes_passing.h"
#include "core/minutes_talk.h"

#include <stdlib.h>
#include <string.h>

enum { SENTENCE_MIN = 9, SENTENCE_MAX = 700 };

/* "... had not come, and Ann was asked to write": is token j that "asked",
 * behind a joint and whom it was? *at moves there. */
static bool
asked_behind(
    const struct passing *p, const struct toks *toks, size_t j, const char **at)
{
	static const char *const asked[] = { "asked", "requested", "tasked",
		"instructed", "invited", "directed", "delegated", NULL };
	static const char *const joints[] = { "and", "so", "but", "therefore",
		NULL };
	static const char *const before[] = { "previous", "previously", "last",
		"earlier", "if", "whether", NULL };
	const char *from = toks->t[0].at;

	if (j < 4 || !tok_in(&toks->t[j], asked) ||
	    !tok_is(&toks->t[j + 1], "to") ||
	    (!tok_is(&toks->t[j - 1], "was") &&
		!tok_is(&toks->t[j - 1], "were")) ||
	    has_any(from, (size_t)(toks->t[j].at - from), before))
		return false;
	for (size_t k = j > 8 ? j - 8 : 1; k + 1 < j; k++) {
		const struct tok *joint = &toks->t[k - 1];
		struct minutes_entry got = { 0 };
		size_t end = k;

		if (tok_in(joint, joints) ||
		    (joint->kind == 'p' && strchr(",;:", *joint->at)))
			end = owners_at(
			    p->r, part_meeting(p->r, p->part), toks, k, &got);
		owners_clear(&got);
		if (end > k && end == j - 1) {
			*at = toks->t[k].at;
			return true;
		}
	}
	return false;
}

/* "The copy is lost, so Ann will ask for one": is token j, a joint, followed by
 * who is to do what? */
static bool
does_behind(const struct passing *p, const struct toks *toks, size_t j)
{
	static const char *const joints[] = { "so", "but", "and", NULL };
	static const char *const modals[] = { "will", "is", "are", NULL };
	static const char *const supposes[] = { "if", "whether", "unless",
		"when", "once", NULL };
	struct minutes_entry got = { 0 };
	const char *from = toks->t[0].at;
	size_t end;
	bool does;

	if (j < 4 || !tok_in(&toks->t[j], joints) || j + 4 >= toks->n ||
	    has_any(from, (size_t)(toks->t[j].at - from), supposes))
		return false;
	end = owners_at(p->r, part_meeting(p->r, p->part), toks, j + 1, &got);
	does = owners_known(&got) && end > j + 1 && end + 1 < toks->n;
	owners_clear(&got);
	if (!does || !tok_in(&toks->t[end], modals))
		return false;
	if (tok_is(&toks->t[end], "will"))
		return is_doing_verb(&toks->t[end + 1]);
	if (end + 2 < toks->n && tok_is(&toks->t[end + 1], "going"))
		end++;
	return end + 2 < toks->n && tok_is(&toks->t[end + 1], "to") &&
	       is_doing_verb(&toks->t[end + 2]);
}

/* "... The Clerk agreed to write": somebody agrees further inside, where a
 * title or another clause stands before. *at moves there. */
static bool
agreed_inside(
    const struct passing *p, const char *text, size_t len, const char **at)
{
	static const char *const words[] = { "agreed", "offered", "undertook",
		"volunteered", "promised", "committed", NULL };
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
		if (asked_behind(p, &toks, j, at))
			return true;
		if (does_behind(p, &toks, j)) {
			*at = toks.t[j + 1].at;
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
	const struct minutes_meeting *m = part_meeting(p->r, p->part);
	const char *after = text + len, *who;
	size_t n;

	if (coded_mark_at(text, len) > 0 || find_phrase(text, len, "[action") ||
	    find_phrase(text, len, "(action") ||
	    find_phrase(text, len, "action:") ||
	    (p->b->length > 6 && find_phrase(text, len, "action") == text))
		return true;
	/* "(Action: Clerk)" or "ACTION CLERK" belongs to what stands before */
	while (text_is_space(*after))
		after++;
	for (const char *at = text; at <= after; at++)
		if ((text_is_upper(*at) || *at == '(' || *at == '[') &&
		    mark_behind(
			p->r, m, p->b, (size_t)(at - p->b->text), &who, &n))
			return true;
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
	char *old = e->text;

	if (!e->subject || !starts_any(old, lost))
		return;
	e->text = xasprintf("%s: %s", e->subject, old);
	free(old);
}

/* Told as done, but for a clause of a resolution that charges somebody,
 * whatever it says of the past: "that CD list the streets that had been
 * missed". */
static bool
is_past(const struct passing *p, const char *text, size_t len)
{
	return clause_past(text, len) &&
	       !(p->resolved &&
		   clause_subject(p->r, part_meeting(p->r, p->part), text,
		       len) != CHARGE_NONE);
}

static void
clause_take(const struct passing *p, const char *text, size_t len)
{
	struct minutes_meeting *m = part_meeting(p->r, p->part);
	struct minutes_entry got = { 0 }, *e;
	enum charge charge;

	if (text_starts(text, "it agreed to")) {
		binding_body(p, text, len);
		return;
	}
	if (clause_noted(text, len)) {
		m->noted++;
		return;
	}
	if (len < SENTENCE_MIN || len > SENTENCE_MAX ||
	    find_phrase(text, len, "next meeting will") ||
	    find_phrase(text, len, "next meeting is") || is_past(p, text, len))
		return;
	if (promise_deferred(text, len)) {
		e = binding_add(p, "paper", text, len, MINUTES_FROM_TEXT,
		    "put off to another meeting");
		e->deferred = true;
		due_read(p->r, p->part, e);
		name_subject(e);
		return;
	}
	charge = clause_read(p->r, m, text, len, &got);
	if (p->resolved || promise_resolved(text, len)) {
		(void)binding_resolution(p, text, len, charge, &got);
	} else if (binding_promise(p, text, len, charge, &got)) {
		;
	} else if (!promise_hypothetical(text, len) &&
		   (promise_dated(text, len) || promise_under_way(text, len))) {
		binding_dated(p, text, len);
	} else if (promise_wanted(text, len)) {
		e = binding_add(p, "paper", text, len, MINUTES_FROM_TEXT,
		    "the meeting asked for it");
		due_read(p->r, p->part, e);
	} else if (promise_bid(text, len) || promise_duty(text, len)) {
		e = binding_add(p, promise_bid(text, len) ? "bid" : "duty",
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

/* "... agreed by the group to draw up a plan": those who agreed do it. Adds the
 * entry; false for other sentences, and where the agreeing is all. */
static bool
agreed_by_read(const struct passing *p, const char *text, size_t len)
{
	struct toks toks;

	toks_read(&toks, text, len);
	for (size_t i = 0; i + 4 < toks.n; i++) {
		struct minutes_entry got = { 0 }, *e;
		const char *who = toks.t[i + 2].at;
		size_t left = len - (size_t)(who - text), to;

		if (!tok_is(&toks.t[i], "agreed") ||
		    !tok_is(&toks.t[i + 1], "by"))
			continue;
		to = owners_at(
		    p->r, part_meeting(p->r, p->part), &toks, i + 2, &got);
		if (to == i + 2 || to + 1 >= toks.n ||
		    !tok_is(&toks.t[to], "to") ||
		    !is_doing_verb(&toks.t[to + 1]) ||
		    promise_mere_decision(
			toks.t[to].at, len - (size_t)(toks.t[to].at - text)) ||
		    promise_hypothetical(text, (size_t)(who - text))) {
			owners_clear(&got);
			continue;
		}
		e = binding_add(p, promise_kind(who, left), who, left,
		    MINUTES_FROM_TEXT, "agreed in the text");
		owners_move(&got, e);
		due_read(p->r, p->part, e);
		return true;
	}
	return false;
}

static void
sentence_read(const struct passing *p, const char *text, size_t len)
{
	struct minutes_meeting *m = part_meeting(p->r, p->part);
	size_t first = m->entries.len, own, before;
	enum charge charge;
	const char *from;

	if (has_mark(p, text, len) ||
	    signed_read(p->r, p->part, p->b, text, len) ||
	    agreed_by_read(p, text, len))
		return;
	if (len <= 20 || !agreed_inside(p, text, len, &from)) {
		if (!promise_item_title(text))
			clause_take(p, text, len);
		return;
	}
	/* what stands before may charge somebody, or set a day of its own */
	before = (size_t)(from - text);
	if (charges_somebody(p->r, m, text, before, &charge) &&
	    (charge == CHARGE_TO || charge == CHARGE_WILL))
		clause_take(p, text, without_joint(text, before));
	else if (before > 40 && !promise_hypothetical(text, before) &&
		 promise_dated(text, before))
		binding_dated(p, text, before);
	own = m->entries.len;
	clause_take(p, from, len - before);
	if (own > first && m->entries.len == own + 1)
		same_day(&m->entries.items[own - 1], &m->entries.items[own]);
}

/* "It was agreed that AB would write, and that CD would invite them": each of
 * them does something. Where the second begins, len when there is none; *skip
 * is what joins it to the first. */
static size_t
agreed_next(const struct passing *p, const char *text, size_t len, size_t *skip)
{
	const struct minutes_meeting *m = part_meeting(p->r, p->part);
	size_t n = promise_agreed(text, len) ? that_next(text, len, skip) : len;
	enum charge charge;

	if (n < len && n > 20 && charges_somebody(p->r, m, text, n, &charge) &&
	    charges_somebody(
		p->r, m, text + n + *skip, len - n - *skip, &charge) &&
	    (charge == CHARGE_WILL || charge == CHARGE_WOULD ||
		charge == CHARGE_TO || charge == CHARGE_ASKED))
		return n;
	*skip = 0;
	return len;
}

/* Whose turn to speak it is in a transcript ("Eve: ...") stays with the
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
			for (size_t left = n, m, skip; left > 0;
			     text += m + skip, left -= m + skip) {
				m = agreed_next(p, text, left, &skip);
				sentence_read(p, text, m);
			}
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

/* "Carl: Hang the flags", of somebody whom no list names. */
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
		    has_inner_mark(b) || b->margins.len > 0 ||
		    talk_is_order(r, part, b))
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
