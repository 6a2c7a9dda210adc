/* SPDX-License-Identifier: ISC */
/*
 * What a sentence of the running text is: a decision, a promise, a thing put
 * off, a bid, a duty, or mere supposing. Looks at its words only.
 */
#include "core/minutes_parts.h"

#include <string.h>

size_t
without_joint(const char *text, size_t len)
{
	for (int again = 0; again < 2; again++) {
		while (len > 0 && (text_is_space(text[len - 1]) ||
				      strchr(",;", text[len - 1])))
			len--;
		if (len > 4 && text_same_n(text + len - 4, 4, " and"))
			len -= 4;
	}
	return len;
}

bool
promise_item_title(const char *text)
{
	static const char *const leads[] = { "to receive", "to approve",
		"to consider", "to note", "to confirm", "to agree the",
		"to discuss", "to review and note", "to adjourn", "to elect",
		NULL };

	return starts_any(text, leads);
}

/* A sentence that only supposes, asks or tells binds nobody. */
bool
promise_hypothetical(const char *text, size_t len)
{
	static const char *const words[] = { "if", "whether", "unless", "could",
		"might", "would like", "would be happy", "would have",
		"would need", "suggested", "asked why", "asked how",
		"asked what", "wondered", "hoped", "hopes", "hope", "not",
		"would be useful", "would be good", "perhaps", "maybe",
		"ideally", "in principle", "can", "normally", "usually",
		"always", "in general", "every", "were to", "should there",
		"would be prudent", "would be appropriate", "would be helpful",
		"would benefit", "when we have", "stated that in the",
		"had agreed", "previously agreed", "had been agreed",
		"at the last meeting", "no plans", "no intention", "no need",
		"no requirement", "no proposals", "comfortable that",
		"confident that", "satisfied that", "assured that",
		"optimistic that", NULL };

	const char *may = find_phrase(text, len, "may");

	/* "by 20th May" is a month */
	return (may && *may == 'm') || has_any(text, len, words) ||
	       clause_question(text, len);
}

/* "have asked that" tells of it as done. */
static bool
is_told_of(const char *text, const char *at)
{
	static const char *const words[] = { " have ", " has ", " had ", NULL };

	for (const char *const *w = words; *w; w++) {
		size_t n = strlen(*w);

		if ((size_t)(at - text) >= n && text_starts(at - n, *w))
			return true;
	}
	return false;
}

bool
promise_agreed(const char *text, size_t len)
{
	static const char *const leads[] = { "agreed that", "agreed to",
		"requested that", "resolved that", "resolved to",
		"decided that", "decided to", "instructed that", "asked that",
		NULL };

	for (const char *const *l = leads; *l; l++) {
		const char *at = find_phrase(text, len, *l);

		if (at && !is_told_of(text, at))
			return true;
	}
	return false;
}

/* What a meeting does by deciding it. */
static const char *const decides[] = { "approve", "accept", "adopt", "ratify",
	"elect", "re-elect", "appoint", "reappoint", "re-appoint", "co-opt",
	"authorise", "authorize", "endorse", "reaffirm", "note", "award",
	NULL };

bool
promise_done_agreeing(const char *text, size_t len)
{
	size_t n;
	const char *at = find_phrase(text, len, "agreed to");

	if (!at)
		return false;
	at += 9;
	while (text_is_space(*at))
		at++;
	n = strcspn(at, " ,.");
	return same_any(at, n, decides) || text_same_n(at, n, "support");
}

bool
promise_resolved(const char *text, size_t len)
{
	const char *at = find_phrase(text, len, "resolved");

	if (text_starts(text, "decision: that") ||
	    text_starts(text, "decision: to "))
		return true;
	if (!at || at - text > 40)
		return false;
	return at[1] == 'E' || text_starts(text, "it was resolved") ||
	       text_starts(text, "resolved");
}

/* "set the precept at 14,250", "fix the hall charges". */
static bool
sets_amount(const struct toks *toks, size_t i)
{
	static const char *const sets[] = { "set", "fix", "hold", "freeze",
		"keep", NULL };
	static const char *const amounts[] = { "precept", "budget", "levy",
		"rent", "rents", "fee", "fees", "charge", "charges", "rate",
		"rates", "subscription", "subscriptions", "tax", "fares",
		"allowance", "allowances", NULL };

	if (!tok_in(&toks->t[i], sets))
		return false;
	for (size_t k = i + 1; k < toks->n && k < i + 7; k++) {
		if (toks->t[k].kind == 'p')
			return false;
		if (tok_in(&toks->t[k], amounts))
			return true;
	}
	return false;
}

/* Decisions that are done when they are made, by their first verb: "write about
 * the bids received" is none. */
bool
promise_mere_decision(const char *text, size_t len)
{
	static const char *const others[] = { "receive", "object", "adjourn",
		"approved", "accepted", "adopted", "noted", "received",
		"ratified", "elected", "re-elected", "appointed", "co-opted",
		"signed", "confirmed", "endorsed", "paid", "withdrawn",
		"granted", "refused", "supported", "excluded", "awarded",
		"adjourned", NULL };
	static const char *const phrases[] = { "agreed unanimously",
		"no objection", NULL };
	struct toks toks;

	if (has_any(text, len, phrases))
		return true;
	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n; i++) {
		const struct tok *t = &toks.t[i], *before = t - (i > 0);

		if (tok_in(t, decides) || tok_in(t, others) ||
		    sets_amount(&toks, i))
			return true;
		/* "That the Clerk write" */
		if (i > 1 && !t->cap && before->cap && before->kind == 'w' &&
		    !tok_is(before, "that") && is_doing_verb(t) &&
		    !(i + 1 < toks.n && tok_is(t + 1, "be")))
			return false;
	}
	return false;
}

/* What a meeting has done with a thing when it says so. */
static const char *const taken[] = { "approved", "adopted", "accepted",
	"ratified", "elected", "re-elected", "appointed", "co-opted",
	"endorsed", "received", "granted", "refused", "denied", "rejected",
	"awarded", "waived", "tabled", "adjourned", "carried", "passed",
	"declined", "nominated", "voted", "supported", "noted", NULL };

static bool
is_be(const struct tok *t)
{
	static const char *const be[] = { "be", "been", "was", "were", "is",
		"are", NULL };

	return tok_in(t, be);
}

size_t
promise_motion(const char *text, size_t len)
{
	static const char *const opens[] = { "moved", "motion", "on motion",
		"on a motion", "upon motion", "upon a motion", "a motion",
		"the motion", "it was moved", "m/s/c", NULL };
	static const char *const passed[] = { "carried", "passed", "approved",
		"unanimous", "unanimously", "defeated", "failed", "lost",
		"seconded", "second", "withdrawn", "tabled", "m/s/c", NULL };
	static const char *const leads[] = { "to", "that", NULL };

	return starts_any(text, opens) && has_any(text, len, passed)
		   ? before_any(text, len, leads)
		   : len + 1;
}

/* "to adopt the plan", "that the fee be waived": done when it was carried. */
static bool
is_mere_motion(const char *text, size_t len)
{
	static const char *const mere[] = { "vote", "waive", "table", "close",
		"reopen", "open", "receive", "file", "reject", "deny",
		"continue", "adjourn", "recess", "reconvene", "excuse", "deem",
		"confirm", "nominate", "go", "enter", "move", "dispense",
		"suspend", NULL };
	struct toks toks;

	toks_read(&toks, text, len);
	if (toks.n < 2 || tok_in(&toks.t[1], mere))
		return true;
	if (tok_is(&toks.t[0], "to"))
		return tok_in(&toks.t[1], decides);
	for (size_t i = 1; i < toks.n; i++)
		if (is_be(&toks.t[i - 1]) && tok_in(&toks.t[i], taken))
			return true;
	return promise_mere_decision(text, len);
}

/* "Approved the plan", "The Board approved it", "Minutes approved." */
static bool
is_told_as_taken(const struct toks *toks, bool to)
{
	static const char *const bodies[] = { "board", "committee", "council",
		"members", "meeting", "trustees", "directors", "commission",
		"panel", "group", "governors", "commissioners", "cabinet",
		"forum", "supervisors", "all", NULL };
	static const char *const articles[] = { "the", "a", "an", "all", NULL };
	static const char *const ends[] = { "as", "by", "unanimously", "with",
		"without", "subject", NULL };
	size_t i = 0;

	if (i + 1 < toks->n && tok_is(&toks->t[i], "the"))
		i++;
	if (i + 1 < toks->n && tok_in(&toks->t[i], bodies))
		i++;
	if (i + 1 < toks->n && tok_is(&toks->t[i], "unanimously"))
		i++;
	if (i < toks->n && tok_in(&toks->t[i], taken))
		return !to ||
		       (i + 1 < toks->n && tok_in(&toks->t[i + 1], articles));
	for (i = 1; i < toks->n && !to; i++) {
		const struct tok *next = &toks->t[i + 1];
		size_t left = toks->n - i - 1;

		if (tok_in(&toks->t[i], taken) &&
		    (left == 0 || next->kind == 'n' ||
			(left == 1 && next->kind == 'p') || *next->at == '(' ||
			tok_in(next, ends) ||
			(left > 1 && tok_is(next, "and") &&
			    (tok_in(next + 1, taken) ||
				tok_is(next + 1, "filed")))))
			return true;
	}
	return false;
}

bool
promise_taken(const char *text, size_t len)
{
	static const char *const ahead[] = { "will", "should", "must", "shall",
		"be", "needs", "need", NULL };
	size_t what = promise_motion(text, len);
	struct toks toks;

	if (what <= len)
		return is_mere_motion(text + what, len - what);
	toks_read(&toks, text, len);
	return !has_any(text, len, ahead) &&
	       is_told_as_taken(&toks, find_phrase(text, len, "to") != NULL);
}

bool
promise_works(const char *text, size_t len)
{
	static const char *const does[] = { "be ordered", "be bought",
		"be purchased", "be commissioned", "be removed", "be replaced",
		"be repaired", "be refurbished", "be installed", "be erected",
		"be felled", "be cut", "be painted", "be cleaned", "be awarded",
		"be engaged", "be hired", "be renewed", "be sold", "be moved",
		"be built", "be carried out", "be undertaken", "be made",
		"be planted", "be laid", "be fitted", "be supplied",
		"be instructed", "be applied for", "be booked", "be opened",
		"be transferred", "be cancelled", "be drawn up", NULL };
	static const char *const offers[] = { "quotation", "quote", "tender",
		"estimate", "price", "offer", NULL };
	static const char *const takes[] = { "be accepted", "be approved",
		NULL };

	return has_any(text, len, does) ||
	       (has_any(text, len, takes) &&
		   (has_any(text, len, offers) ||
		       find_phrase(text, len, "at a cost") ||
		       find_phrase(text, len, "cost of")));
}

bool
promise_deferred(const char *text, size_t len)
{
	static const char *const puts[] = { "deferred to", "deferred until",
		"deferred till", "be deferred", "was deferred", "is deferred",
		"were deferred", "carried over to", "held over to",
		"held over until", "postponed to", "postponed until",
		"to be on the next", "to be on next", "on the next agenda",
		"on the agenda for the next", "on the agenda of the next",
		"agenda item for the next", "brought back to",
		"back to the next", "to the next agenda", "put on the agenda",
		"agenda for next", "on the agenda at the next", NULL };

	return has_any(text, len, puts) && !find_phrase(text, len, "had been");
}

static bool
promise_future(const char *text, size_t len)
{
	static const char *const words[] = { "will", "would", "to be", "is to",
		"are to", "due", "shall", "should", "expected", "est.", "must",
		"be provided", "intended", "intention", NULL };

	return has_any(text, len, words);
}

const char *
promise_kind(const char *text, size_t len)
{
	static const char *const papers[] = { "report", "paper", "update",
		"presentation", "papers", "draft", "policy", "plan", "proposal",
		"budget", NULL };
	static const char *const meets[] = { "next meeting", "future meeting",
		"meeting in", "meeting on", "to the meeting", "the next board",
		"next committee", "two weeks before", "before the meeting",
		"before the board", NULL };
	static const char *const bids[] = { "bid", "bids", "grant application",
		"funding application", "application for funding",
		"grant funding", NULL };

	if (has_any(text, len, bids))
		return "bid";
	if (has_any(text, len, papers) && has_any(text, len, meets))
		return "paper";
	return "commitment";
}

bool
promise_bid(const char *text, size_t len)
{
	static const char *const doing[] = { "preparing", "submit", "submitted",
		"deadline", "by the", "closing date", "end date", "ends",
		"runs until", "until", NULL };

	return strcmp(promise_kind(text, len), "bid") == 0 &&
	       has_any(text, len, doing);
}

bool
promise_duty(const char *text, size_t len)
{
	static const char *const often[] = { "quarterly", "periodically",
		"monthly", "weekly", "annually", "six-monthly", "twice a year",
		NULL };
	static const char *const binds[] = { "intention", "will be", "would be",
		"to be", "will", NULL };
	static const char *const does[] = { "update", "report", "review",
		"provide", "circulate", "submit", "publish", "meet", NULL };

	return has_any(text, len, often) && has_any(text, len, binds) &&
	       has_any(text, len, does);
}

/* "The Board requested an update on it at its September meeting". */
bool
promise_wanted(const char *text, size_t len)
{
	static const char *const asks[] = { "requested a", "requested an",
		"requested that a", "requested that an", "requested further",
		"asked for a", "asked for an", "asked for further", NULL };
	static const char *const things[] = { "update", "report", "paper",
		"briefing", "presentation", "note", "breakdown", "summary",
		"plan", NULL };
	const char *at;
	size_t n;

	return has_any(text, len, asks) && has_any(text, len, things) &&
	       due_find(text, len, &at, &n);
}

/* "... into the next financial year are being considered". */
bool
promise_under_way(const char *text, size_t len)
{
	static const char *const doing[] = { "being considered",
		"being reviewed", "being developed", "being prepared",
		"being drafted", "being planned", "being finalised",
		"being explored", "being arranged", NULL };
	static const char *const ahead[] = { "next", "coming", "this", "end of",
		"by", NULL };
	const char *at;
	size_t n;

	return has_any(text, len, doing) && due_find(text, len, &at, &n) &&
	       has_any(at, n, ahead) && !find_phrase(at, n, "meeting");
}

bool
promise_dated(const char *text, size_t len)
{
	static const char *const sets[] = { "by", "before", "within",
		"no later", "not later", "in advance of", "prior to",
		"ahead of", "towards the end", "toward the end", NULL };
	static const char *const before[] = { "due", "due for", "due on",
		"due in", "expected", "expected by", "expected in", "est.",
		"est. by", "deadline", "deadline is", "deadline of",
		"take place", "take place on", "required by", NULL };
	/* what is not to happen is nobody's to do */
	static const char *const never[] = { "expected no", "expected none",
		"expects no", "expects none", "expect no", "expect none",
		"no change", "none would", "none will", "none are expected",
		"none is expected", "none were expected", NULL };
	const char *at, *from;
	size_t n;

	if (!promise_future(text, len) || has_any(text, len, never) ||
	    !due_find(text, len, &at, &n))
		return false;
	if (starts_any(at, sets))
		return true;
	from = at;
	while (from > text && text_is_space(from[-1]))
		from--;
	for (const char *const *b = before; *b; b++) {
		n = strlen(*b);
		if ((size_t)(from - text) > n && text_starts(from - n, *b) &&
		    !text_is_alnum(from[-(ptrdiff_t)n - 1]))
			return !find_phrase(text, len, "next meeting");
	}
	return false;
}
