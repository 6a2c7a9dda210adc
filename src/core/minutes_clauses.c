/* SPDX-License-Identifier: ISC */
/*
 * What a clause asks, and of whom: "Clerk to write", "agreed to look into",
 * "would be circulated", or nothing at all. Grammar only; where the clause
 * stands decides what becomes of it.
 */
#include "core/minutes_parts.h"

#include <string.h>

static const char *const adverbs[] = { "also", "then", "now", "further", "both",
	"again", "therefore", "subsequently", "later", "kindly", "then,",
	"just", "first", "each", "please", "jointly", "initially", "formally",
	"separately", "still", "all", "urgently", "personally", NULL };

static const char *const asked[] = { "asked", "requested", "invited", "tasked",
	"instructed", "reminded", "encouraged", "urged", "nominated",
	"authorised", "authorized", "delegated", "required", "charged",
	"directed", "assigned", "appointed", "due", "expected", "scheduled",
	NULL };

static const char *const said[] = { "said", "stated", "confirmed", "advised",
	"reported", "explained", "added", "indicated", "informed", "noted",
	"commented", "replied", NULL };

static const char *const promised[] = { "agreed", "offered", "undertook",
	"volunteered", "promised", "committed", "intends", "intend",
	"undertakes", "proposed", "agrees", "offers", "volunteers", "plans",
	NULL };

static const char *const holds[] = { "took", "takes", "has", "have", "accepted",
	NULL };

static const char *const pronouns[] = { "he", "she", "they", "it", "we", "i",
	"this", NULL };

/* What follows "to" where it is no infinitive. */
static const char *const no_verbs[] = { "the", "a", "an", "this", "that",
	"these", "those", "his", "her", "their", "our", "its", "all", "each",
	"any", "which", "whom", "date", "him", "them", "us", "you", "me",
	NULL };

/* What a noun goes on with, not a verb in its plain form. */
static const char *const finites[] = { "be", "is", "are", "was", "were", "has",
	"have", "had", "will", "would", "should", "shall", NULL };

static size_t
skip_adverbs(const struct toks *toks, size_t i)
{
	while (i < toks->n &&
	       (tok_in(&toks->t[i], adverbs) ||
		   (toks->t[i].kind == 'p' && *toks->t[i].at == ',' &&
		       i + 1 < toks->n && tok_in(&toks->t[i + 1], adverbs))))
		i++;
	return i;
}

/* "to be sent", "be reviewed": from the "be" on. */
static bool
is_passive(const struct toks *toks, size_t i)
{
	size_t k = skip_adverbs(toks, i + 1);

	return k < toks->n && tok_is(&toks->t[i], "be") &&
	       is_participle(&toks->t[k]);
}

static bool
is_modal(const struct tok *t, enum charge *charge)
{
	if (tok_is(t, "will") || tok_is(t, "shall"))
		*charge = CHARGE_WILL;
	else if (tok_is(t, "would"))
		*charge = CHARGE_WOULD;
	else if (tok_is(t, "should") || tok_is(t, "must"))
		*charge = CHARGE_ASKED;
	else
		return false;
	return true;
}

/* Behind "will" stands a verb, whichever; those that tell of a state charge
 * nobody. */
static bool
is_any_verb(const struct tok *t)
{
	static const char *const states[] = { "be", "have", "not", "never",
		"need", "like", "remain", "become", "benefit", "depend", "know",
		"see", "want", "feel", "get", "receive", "exist", "happen",
		"occur", "seem", "appear", "belong", "cost", "last", "mean",
		"expire", "vary", "apply", "fall", "lead", "begin", "start",
		"end", "close", "open", "take", "come", "go", "hold", "stand",
		"run", "retire", "leave", "step", "cease", "result", "affect",
		"allow", "enable", "require", "still", "only", "the", "a", "an",
		"it", "they", "he", "she", "we", "in", "on", "at", "of", "also",
		"hopefully", "probably", "now", "always", "then", NULL };

	return t->kind == 'w' && !t->cap && (t->len > 2 || tok_is(t, "do")) &&
	       !tok_in(t, states) && !text_same_n(t->at + t->len - 2, 2, "ly");
}

/* What follows a subject that may be charged: tokens from i on. */
static enum charge
predicate_read(const struct toks *toks, size_t i)
{
	enum charge charge;

	i = skip_adverbs(toks, i);
	if (i >= toks->n)
		return CHARGE_NONE;
	if (tok_is(&toks->t[i], "to")) {
		i = skip_adverbs(toks, i + 1);
		if (i >= toks->n || toks->t[i].kind != 'w' ||
		    tok_in(&toks->t[i], no_verbs) ||
		    (toks->t[i].cap && !is_doing_verb(&toks->t[i])))
			return CHARGE_NONE;
		return is_passive(toks, i) ? CHARGE_PASSIVE : CHARGE_TO;
	}
	if (is_modal(&toks->t[i], &charge)) {
		i = skip_adverbs(toks, i + 1);
		if (i >= toks->n || tok_is(&toks->t[i], "not"))
			return CHARGE_NONE;
		if (is_passive(toks, i))
			return CHARGE_PASSIVE;
		return is_doing_verb(&toks->t[i]) ||
			       (charge == CHARGE_WILL &&
				   is_any_verb(&toks->t[i])) ||
			       (charge != CHARGE_ASKED &&
				   tok_is(&toks->t[i], "be") &&
				   i + 1 < toks->n && toks->t[i + 1].len > 5 &&
				   text_same_n(toks->t[i + 1].at +
						   toks->t[i + 1].len - 3,
				       3, "ing"))
			   ? charge
			   : CHARGE_NONE;
	}
	/* "CC took an action to find the lease" */
	if (i + 4 < toks->n && tok_in(&toks->t[i], holds) &&
	    (tok_is(&toks->t[i + 1], "an") || tok_is(&toks->t[i + 1], "the")) &&
	    tok_is(&toks->t[i + 2], "action") && tok_is(&toks->t[i + 3], "to"))
		return CHARGE_AGREED;
	if (tok_is(&toks->t[i], "needs") || tok_is(&toks->t[i], "need") ||
	    tok_is(&toks->t[i], "has") || tok_is(&toks->t[i], "have")) {
		if (i + 2 < toks->n && tok_in(&toks->t[i + 1], promised) &&
		    tok_is(&toks->t[i + 2], "to"))
			return CHARGE_AGREED;
		if (i + 2 < toks->n && tok_is(&toks->t[i + 1], "to") &&
		    is_doing_verb(&toks->t[i + 2]))
			return CHARGE_ASKED;
		if (i + 3 < toks->n && tok_is(&toks->t[i + 1], "been") &&
		    tok_in(&toks->t[i + 2], asked) &&
		    tok_is(&toks->t[i + 3], "to"))
			return CHARGE_ASKED;
		return CHARGE_NONE;
	}
	if (tok_in(&toks->t[i], promised)) {
		i++;
		if (i + 1 < toks->n && tok_is(&toks->t[i], "to"))
			return CHARGE_AGREED;
		if (i < toks->n && tok_is(&toks->t[i], "that"))
			i++;
		if (i + 1 < toks->n && tok_in(&toks->t[i], pronouns) &&
		    is_modal(&toks->t[i + 1], &charge))
			return CHARGE_AGREED;
		return CHARGE_NONE;
	}
	if (tok_is(&toks->t[i], "is") || tok_is(&toks->t[i], "are") ||
	    tok_is(&toks->t[i], "was") || tok_is(&toks->t[i], "were") ||
	    tok_is(&toks->t[i], "be")) {
		bool now =
		    tok_is(&toks->t[i], "is") || tok_is(&toks->t[i], "are");

		i = skip_adverbs(toks, i + 1);
		/* "is going to send", "was tasked with finding" */
		if (now && i + 2 < toks->n && tok_is(&toks->t[i], "going") &&
		    tok_is(&toks->t[i + 1], "to") &&
		    is_doing_verb(&toks->t[i + 2]))
			return CHARGE_WILL;
		if (i + 2 < toks->n && tok_is(&toks->t[i + 1], "with") &&
		    (tok_is(&toks->t[i], "tasked") ||
			tok_is(&toks->t[i], "charged")))
			return CHARGE_ASKED;
		if (i + 2 < toks->n && tok_in(&toks->t[i], asked) &&
		    tok_is(&toks->t[i + 1], "to") &&
		    !tok_is(&toks->t[i + 2], "a") &&
		    !tok_is(&toks->t[i + 2], "the"))
			return CHARGE_ASKED;
		if (i < toks->n && is_participle(&toks->t[i]) &&
		    tok_is(&toks->t[i - 1], "be"))
			return CHARGE_PASSIVE;
		if (i + 1 < toks->n && tok_is(&toks->t[i], "to"))
			return is_passive(toks, i + 1)          ? CHARGE_PASSIVE
			       : is_doing_verb(&toks->t[i + 1]) ? CHARGE_ASKED
								: CHARGE_NONE;
		return CHARGE_NONE;
	}
	if (tok_in(&toks->t[i], said)) {
		i++;
		if (i < toks->n && tok_is(&toks->t[i], "that"))
			i++;
		if (i + 2 < toks->n && tok_in(&toks->t[i], pronouns) &&
		    !tok_is(&toks->t[i], "it") &&
		    is_modal(&toks->t[i + 1], &charge)) {
			i = skip_adverbs(toks, i + 2);
			if (i < toks->n && is_doing_verb(&toks->t[i]))
				return CHARGE_WOULD;
		}
		return CHARGE_NONE;
	}
	/* "Eve: Will send a note", "EF: circulate the paper" */
	if (*toks->t[i].at == ':') {
		i++;
		if (i < toks->n && tok_is(&toks->t[i], "i"))
			i++;
		if (i < toks->n && tok_is(&toks->t[i], "to"))
			i++;
		if (i + 1 < toks->n && is_modal(&toks->t[i], &charge) &&
		    is_doing_verb(&toks->t[i + 1]))
			return CHARGE_WILL;
		if (i < toks->n && is_doing_verb(&toks->t[i]))
			return CHARGE_TO;
		return CHARGE_NONE;
	}
	/* "the BCF plan be approved": a noun behind a name */
	if (is_doing_verb(&toks->t[i]) &&
	    !(i + 1 < toks->n && tok_in(&toks->t[i + 1], finites)))
		return CHARGE_PLAIN;
	return CHARGE_NONE;
}

/* "Once it is received AB will", "At the next meeting the Clerk will": from a
 * clause that begins with when, who then will do something; i: it does not. */
static size_t
skip_when(const struct toks *toks, size_t i)
{
	static const char *const leads[] = { "once", "after", "when", "before",
		"following", "at", "on", "in", "during", "by", "from", "until",
		"over", "upon", "meanwhile", "afterwards", "later", "next",
		"today", "tomorrow", "tonight", NULL };
	static const char *const joins[] = { "and", "the", NULL };
	static const char *const states[] = { "be", "have", "not", NULL };
	size_t k = i, from;

	if (i >= toks->n || !tok_in(&toks->t[i], leads))
		return i;
	for (k = i + 2; k + 1 < toks->n && k < i + 16; k++)
		if (tok_is(&toks->t[k], "will") || tok_is(&toks->t[k], "shall"))
			break;
	if (k + 1 >= toks->n || k >= i + 16 || tok_in(&toks->t[k + 1], states))
		return i;
	for (from = k; from > i + 1; from--) {
		const struct tok *t = &toks->t[from - 1];

		if (!(t->kind == 'w' && (t->cap || tok_in(t, joins))) &&
		    !strchr("/&", *t->at))
			break;
	}
	/* "and the clerk will" begins with neither */
	while (from < k && tok_is(&toks->t[from], "and"))
		from++;
	return from < k ? from : i;
}

/* "It was agreed that the", "RESOLVED that", "and that": the clause proper. */
static size_t
skip_preamble(const struct toks *toks)
{
	static const char *const leads[] = { "it was agreed that",
		"it was agreed to", "it was agreed", "it was resolved that",
		"it was resolved to", "it was proposed that",
		"it was noted that", "it is recommended that",
		"it was recommended that", "it was decided that",
		"it was decided to", "it was suggested that",
		"the board agreed that", "the committee agreed that",
		"the meeting agreed that", "the council agreed that",
		"resolved that", "resolved to", "resolved :", "resolved",
		"agreed that", "agreed :", "agreed to", "agreed",
		"decision :", "recommended that", "asked that",
		"requested that", "noted that", "and that", "that", "and",
		"then", "also", "in addition ,", "to note that", NULL };
	size_t i = 0;

	for (;;) {
		size_t n = 0;

		for (const char *const *l = leads; *l && n == 0; l++)
			n = toks_match(toks, i, *l);
		if (n == 0 && i < toks->n && toks->t[i].kind == 'p' &&
		    *toks->t[i].at != '(' && *toks->t[i].at != '[')
			n = 1;
		if (n == 0)
			return skip_when(toks, i);
		/* "agreed to" charges with the verb behind it */
		if (tok_is(&toks->t[i + n - 1], "to"))
			return i + n - 1;
		i += n;
	}
}

/* A passive anywhere: "a report to be brought", "papers be sent". Owners may
 * follow: "circulated by the clerk". */
static enum charge
passive_read(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *toks, size_t from, struct minutes_entry *entry)
{
	for (size_t i = from; i + 1 < toks->n; i++) {
		const struct tok *before = i > 0 ? &toks->t[i - 1] : NULL;

		if (!is_passive(toks, i) || (before && tok_is(before, "not")) ||
		    (i > 1 && tok_is(before, "to") &&
			(tok_is(&toks->t[i - 2], "need") ||
			    tok_is(&toks->t[i - 2], "needs") ||
			    tok_is(&toks->t[i - 2], "needed") ||
			    tok_is(&toks->t[i - 2], "likely"))) ||
		    (before &&
			(tok_is(before, "could") || tok_is(before, "can") ||
			    tok_is(before, "may") || tok_is(before, "might"))))
			continue;
		/* "the website (AB) to be updated" */
		if (i > 4 && before && tok_is(before, "to") &&
		    *toks->t[i - 2].at == ')') {
			size_t k = i - 3;

			while (k > 0 && i - k < 10 && *toks->t[k].at != '(')
				k--;
			if (*toks->t[k].at == '(')
				(void)owners_at(r, m, toks, k + 1, entry);
		}
		for (size_t k = i + 2; k < toks->n && k < i + 14; k++)
			if (tok_is(&toks->t[k], "by") &&
			    owners_at(r, m, toks, k + 1, entry) > k + 1)
				break;
		return CHARGE_PASSIVE;
	}
	return CHARGE_NONE;
}

/* "The Chair asked the Clerk to write", "BB requested that CC circulate", "the
 * Board asked Ann for a note": whom somebody asked. */
static enum charge
asked_read(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *toks, size_t from, struct minutes_entry *entry)
{
	static const char *const asks[] = { "asked", "requested", "invited",
		"tasked", "instructed", "directed", "urged", "encouraged",
		"reminded", NULL };
	/* "has requested" and what the clerk asked are told of as done */
	static const char *const told[] = { "was", "were", "been", "is", "are",
		"be", "being", "had", "has", "have", "as", "clerk", "secretary",
		NULL };

	for (size_t i = from > 0 ? from : 1; i + 3 < toks->n; i++) {
		struct minutes_entry whom = { 0 };
		size_t end, at = i + 1;
		bool that, binds;

		if (!tok_in(&toks->t[i], asks) || tok_in(&toks->t[i - 1], told))
			continue;
		that = tok_is(&toks->t[at], "that");
		at += that;
		end = owners_at(r, m, toks, at, &whom);
		if (end <= at || end + 1 >= toks->n) {
			owners_clear(&whom);
			continue;
		}
		if (that)
			binds = is_doing_verb(&toks->t[end]) ||
				tok_is(&toks->t[end], "should") ||
				tok_is(&toks->t[end], "to");
		else
			binds = (tok_is(&toks->t[end], "to") &&
				    toks->t[end + 1].kind == 'w' &&
				    !tok_in(&toks->t[end + 1], no_verbs)) ||
				(tok_is(&toks->t[end], "for") &&
				    tok_is(&toks->t[i], "asked"));
		if (binds) {
			owners_move(&whom, entry);
			return CHARGE_ASKED;
		}
		owners_clear(&whom);
	}
	return CHARGE_NONE;
}

/* An owner behind a dash, comma, colon or "for" inside the clause: "- Paul to
 * provide this", "for Ann to review". */
static enum charge
inner_read(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *toks, size_t from, struct minutes_entry *entry)
{
	for (size_t i = from; i + 2 < toks->n; i++) {
		const struct tok *t = &toks->t[i];
		struct minutes_entry scratch = { 0 };
		enum charge charge = CHARGE_NONE;
		size_t end;

		if (!(t->kind == 'p' &&
			(dash_at(t->at) || *t->at == ',' || *t->at == ':' ||
			    *t->at == ';' || *t->at == '.' || *t->at == '(')) &&
		    !(tok_is(t, "with") && i > 0 && *t[-1].at == ',') &&
		    !tok_is(t, "for") && !tok_is(t, "so") &&
		    !tok_is(t, "that") && !tok_is(t, "to"))
			continue;
		end = owners_at(r, m, toks, i + 1, &scratch);
		if (end > i + 1) {
			charge = predicate_read(toks, end);
			/* "authority be given to the Clerk to sign" */
			if (tok_is(t, "to") && charge != CHARGE_TO)
				charge = CHARGE_NONE;
			if ((charge == CHARGE_PLAIN &&
				!(tok_is(t, "that") && i > 0 &&
				    tok_is(t - 1, "asked"))) ||
			    charge == CHARGE_PASSIVE ||
			    (charge == CHARGE_ASKED && *t->at == ','))
				charge = CHARGE_NONE;
		}
		if (charge != CHARGE_NONE) {
			owners_move(&scratch, entry);
			return charge;
		}
		owners_clear(&scratch);
	}
	return CHARGE_NONE;
}

/* "Supply costs were above budget": a noun that looks like a verb. */
static bool
is_subject(const struct toks *toks, size_t i)
{
	static const char *const opens[] = { "that", "what", "who", "which",
		"whether", "if", "how", "when", "where", "why", "to", NULL };

	for (size_t k = i + 1; k < toks->n && k < i + 4; k++) {
		if (tok_in(&toks->t[k], opens) || toks->t[k].kind == 'p')
			return false;
		if (tok_in(&toks->t[k], finites))
			return true;
	}
	return false;
}

/* "to instruct the Clerk to obtain estimates": whom, not who. */
static bool
causes(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *toks, size_t i, struct minutes_entry *entry)
{
	static const char *const verbs[] = { "ask", "instruct", "request",
		"invite", "require", "task", "authorise", "authorize", "remind",
		"delegate", "mandate", "direct", NULL };
	struct minutes_entry whom = { 0 };
	size_t end;

	if (!tok_in(&toks->t[i], verbs))
		return false;
	end = owners_at(r, m, toks, i + 1, &whom);
	if (end > i + 1 && end + 1 < toks->n && tok_is(&toks->t[end], "to") &&
	    toks->t[end + 1].kind == 'w' &&
	    !tok_in(&toks->t[end + 1], no_verbs)) {
		owners_move(&whom, entry);
		return true;
	}
	owners_clear(&whom);
	return false;
}

static enum charge
parse(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, bool inner, struct minutes_entry *entry)
{
	struct toks toks;
	struct minutes_entry scratch = { 0 };
	enum charge charge = CHARGE_NONE;
	size_t i, end;

	toks_read(&toks, text, len);
	i = skip_preamble(&toks);
	if (i >= toks.n)
		return CHARGE_NONE;
	if (tok_is(&toks.t[i], "to") && i + 1 < toks.n) {
		size_t k = skip_adverbs(&toks, i + 1);

		if (is_passive(&toks, k))
			return CHARGE_PASSIVE;
		if (k < toks.n && toks.t[k].kind == 'w') {
			if (causes(r, m, &toks, k, entry))
				return CHARGE_ASKED;
			if (inner)
				(void)inner_read(r, m, &toks, i, entry);
			return CHARGE_VERB;
		}
	}
	/* a verb at the beginning is no name, whatever its capital */
	if (is_doing_verb(&toks.t[i]) && !is_subject(&toks, i) &&
	    !(i + 1 < toks.n && tok_is(&toks.t[i + 1], "to") &&
		toks.t[i].upper)) {
		if (inner)
			(void)inner_read(r, m, &toks, i, entry);
		return CHARGE_VERB;
	}
	end = owners_at(r, m, &toks, i, &scratch);
	if (end > i)
		charge = predicate_read(&toks, end);
	/* "Right to data" is nobody's */
	if (charge == CHARGE_TO && !owners_known(&scratch) &&
	    end + 1 < toks.n && tok_is(&toks.t[end], "to") &&
	    !is_doing_verb(&toks.t[skip_adverbs(&toks, end + 1)]))
		charge = CHARGE_NONE;
	if (charge == CHARGE_PASSIVE)
		owners_clear(&scratch); /* it is done to them */
	if (charge != CHARGE_NONE && charge != CHARGE_PASSIVE) {
		/* "PM, CC and Clerk ..."; another "X to do" may follow */
		owners_move(&scratch, entry);
		return charge;
	}
	owners_clear(&scratch);
	charge = asked_read(r, m, &toks, i, entry);
	if (charge != CHARGE_NONE)
		return charge;
	if (inner) {
		enum charge more = inner_read(r, m, &toks, i, entry);

		if (more != CHARGE_NONE)
			return more;
	}
	return passive_read(r, m, &toks, i, entry);
}

enum charge
clause_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry)
{
	return parse(r, m, text, len, true, entry);
}

enum charge
clause_subject(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len)
{
	struct minutes_entry scratch = { 0 };
	enum charge charge = parse(r, m, text, len, false, &scratch);

	owners_clear(&scratch);
	return charge;
}

/* ---- clauses that ask nothing ---- */

bool
clause_noted(const char *text, size_t len)
{
	static const char *const noted[] = { "be noted", "was noted",
		"is noted", "were noted", "are noted", "noted", "to note",
		"be received", "was received and noted", "noted the",
		"received and noted", "be received and noted", NULL };
	static const char *const thing[] = { "information", "report", "update",
		"position", "contents", "presentation", "paper", "verbal",
		"minutes", "content", "recommendation", "briefing", NULL };
	struct toks toks;
	size_t words = 0;

	toks_read(&toks, text, len);
	for (size_t i = 0; i < toks.n; i++)
		words += toks.t[i].kind != 'p';
	if (!has_any(text, len, noted) || words == 0)
		return false;
	return words <= 6 || (words <= 16 && has_any(text, len, thing) &&
				 !find_phrase(text, len, "will") &&
				 !find_phrase(text, len, "to be"));
}

bool
clause_no_action(const char *text, size_t len)
{
	static const char *const none[] = { "none", "nil", "n/a", "no action",
		"no actions", "no further action", "no further actions",
		"close", "closed", "complete", "completed", "done",
		"all actions completed", "all actions complete", "noted",
		"there were none", "no outstanding actions", "all complete",
		"no action required", "no new actions", "resolved", "ongoing",
		"none outstanding", "no actions arising", "actions completed",
		"none recorded", "no actions were recorded", "agreed",
		"to note", "end of minutes", "end of meeting",
		"for information", "for noting", "information only",
		"in progress", "progress", "on track", "not started",
		"none taken", "none required", "none needed", "none necessary",
		"deferred", "withdrawn", "not applicable", "as above",
		"see above", "see below", NULL };

	while (len > 0 && (text_is_space(*text) || strchr("[(*-", *text)))
		text++, len--;
	while (len > 0 && (text_is_space(text[len - 1]) ||
			      strchr("])*.!,;", text[len - 1])))
		len--;
	if (len == 0 || text_starts(text, "there are currently no ") ||
	    text_starts(text, "there are no plans "))
		return true;
	if (same_any(text, len, none))
		return true;
	return len < 60 && (text_starts(text, "no further action") ||
			       text_starts(text, "nothing ") ||
			       text_starts(text, "no action") ||
			       text_starts(text, "no outstanding") ||
			       text_starts(text, "there were no "));
}

bool
clause_question(const char *text, size_t len)
{
	while (len > 0 &&
	       (text_is_space(text[len - 1]) || quote_at(text + len - 1)))
		len--;
	return len > 0 && text[len - 1] == '?';
}

/* "had been completed", "has written": told, not asked. */
bool
clause_past(const char *text, size_t len)
{
	static const char *const past[] = { "has been", "have been", "had been",
		"was completed", "were completed", "has written", "has now",
		"has already", "is complete", "are complete", "now complete",
		"was done", "has completed", "have completed", NULL };
	static const char *const ahead[] = { "will", "to be", "to", "should",
		"would", "must", "shall", NULL };

	return has_any(text, len, past) && !has_any(text, len, ahead);
}
