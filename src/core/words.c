/* SPDX-License-Identifier: ISC */
/*
 * Deadline words into days: what a phrase mentions is weighed, and one mention
 * (or the earlier of two limits) becomes the answer, with its rule and what a
 * person should look at. words_grammar.h has the map of the module.
 */
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/words_grammar.h"

#define PHRASE_MAX 4096

void
words_policy_init(struct words_policy *policy)
{
	*policy = (struct words_policy){ .undated_review_days = 42,
		.asap_days = 14,
		.agenda_clear_days = 5,
		.year_end_month = 3,
		.year_end_day = 31 };
}

void
words_policy_clear(struct words_policy *policy)
{
	VEC_EACH (struct words_term, t, &policy->terms) {
		free(t->name);
	}
	vec_clear(&policy->terms);
}

void
words_answer_clear(struct words_answer *answer)
{
	free(answer->rule);
	free(answer->flag);
	answer->rule = answer->flag = NULL;
}

/* ---- weighing mentions ---- */

static bool
is_exact(const struct point *point)
{
	return point->kind == POINT_DATE || point->kind == POINT_MONTHDAY ||
	       point->kind == POINT_TODAY || point->kind == POINT_WEEKDAY ||
	       point->kind == POINT_NTH_WEEKDAY ||
	       (point->kind == POINT_MEETING && point->meeting == MEETING_ON);
}

static bool
lies_behind(const struct mention *m)
{
	if (m->kind == MENTION_LENGTH)
		return m->anchor == ANCHOR_PAST;
	if (m->kind != MENTION_POINT)
		return false;
	return m->a.kind == POINT_AGO ||
	       (m->a.kind == POINT_SPAN && m->a.offset == -1) ||
	       (m->a.kind == POINT_MEETING && m->a.meeting == MEETING_LAST);
}

static int
idiom_weight(enum idiom_kind kind)
{
	switch (kind) {
	case IDIOM_IMMEDIATE:
	case IDIOM_STANDING:
		return 30;
	case IDIOM_AT_MEETING:
		return 22;
	case IDIOM_ASAP:
		return 20;
	case IDIOM_UNRESOLVED:
	case IDIOM_CONDITION:
		return 10;
	case IDIOM_REVIEW:
		break;
	}
	return 5;
}

/*
 * How much a mention says about when: a printed date more than a span, a span
 * or length more than a meeting, all of them more than a saying.
 */
int
mention_weight(const struct mention *m)
{
	int weight = 0;

	switch (m->kind) {
	case MENTION_POINT:
	case MENTION_RANGE:
		if (is_exact(m->kind == MENTION_RANGE ? &m->b : &m->a))
			weight = 60;
		else if (m->a.kind == POINT_MEETING)
			weight = m->a.meeting == MEETING_FUTURE ? 12
				 : m->a.meeting == MEETING_THIS ? 35
								: 40;
		else
			weight = 50;
		if (m->relation == REL_AFTER || m->relation == REL_FROM)
			weight -= 27;
		if (m->weak)
			weight = 15;
		break;
	case MENTION_LENGTH:
		weight = m->relation == REL_FOR ? 25 : 50;
		if (m->anchor == ANCHOR_BEFORE_UNKNOWN)
			weight = 12;
		break;
	case MENTION_RECURRING:
		weight = 30;
		break;
	case MENTION_IDIOM:
		return idiom_weight(m->idiom->kind);
	case MENTION_CONDITION:
		return 8;
	}
	return lies_behind(m) ? 1 : weight;
}

/* A bracketed remark yields to what stands outside, unless it is the author's
 * own gloss or the only exact day. */
static int
weight_in_place(const struct mention *m)
{
	int weight = mention_weight(m);

	if (m->conditional)
		return 2;
	if (m->revised)
		return weight + 10;
	if (m->in_brackets && !m->gloss)
		weight -= weight >= 60 ? 5 : 30;
	else if (m->gloss)
		weight += 30;
	return weight < 1 ? 1 : weight;
}

static const struct mention *
heaviest(const struct mention *mentions, size_t n)
{
	const struct mention *best = NULL;
	int best_weight = 0;

	for (size_t i = 0; i < n; i++) {
		int weight = weight_in_place(&mentions[i]);

		if (weight > best_weight) {
			best_weight = weight;
			best = &mentions[i];
		}
	}
	return best;
}

static bool
is_limit(const struct mention *m)
{
	if (m->conditional || m->in_brackets || m->weak || lies_behind(m))
		return false;
	if (m->kind == MENTION_LENGTH)
		return !m->at_least && m->relation == REL_WITHIN;
	return (m->kind == MENTION_POINT || m->kind == MENTION_RANGE) &&
	       (m->relation == REL_BY || m->relation == REL_BEFORE ||
		   m->relation == REL_UNTIL || m->relation == REL_WITHIN);
}

/* ---- the answer ---- */

/*
 * Two limits in one phrase: the earlier is due, unless it says "whichever is
 * the later". Alternatives behind a stroke are no second limit.
 */
static void
weigh_limits(const struct parse *p, const struct mention *mentions, size_t n,
    const struct mention *best, struct outcome *out)
{
	bool either = says_word(p, WORD_WHICHEVER);
	bool later = either && says_word(p, WORD_LATER);

	if (!either && !is_limit(best))
		return;
	for (size_t i = 0; i < n; i++) {
		const struct mention *m = &mentions[i];
		struct outcome other;

		if (m == best || (best->revised && !m->revised) ||
		    m->after_slash != best->after_slash ||
		    mention_weight(m) < 35 || m->conditional ||
		    m->in_brackets || (!either && !is_limit(m)))
			continue;
		resolve_mention(p, m, &other);
		if (other.due_on != DAY_NONE && out->due_on != DAY_NONE &&
		    (later ? other.due_on > out->due_on
			   : other.due_on < out->due_on)) {
			struct outcome swapped = *out;

			*out = other;
			other = swapped;
			buf_puts(
			    &out->rule, later ? ", the later of two limits"
					      : ", the earlier of two limits");
		}
		outcome_clear(&other);
	}
}

/* "second week in June (i.e. from 6 June)": the gloss moves the window. */
static void
apply_gloss(const struct parse *p, const struct mention *mentions, size_t n,
    struct outcome *out)
{
	for (size_t i = 0; i < n; i++) {
		const struct mention *m = &mentions[i];
		struct outcome gloss;
		int length;

		if (!m->gloss || m->relation != REL_FROM ||
		    m->kind != MENTION_POINT || out->due_on == DAY_NONE ||
		    out->earliest_on == DAY_NONE)
			continue;
		resolve_mention(p, m, &gloss);
		length = out->due_on - out->earliest_on;
		if (gloss.earliest_on != DAY_NONE) {
			out->earliest_on = gloss.earliest_on;
			out->due_on = gloss.earliest_on + length;
			buf_puts(&out->rule, "; as the text itself explains: ");
			buf_puts(&out->rule, buf_text(&gloss.rule));
		}
		outcome_clear(&gloss);
	}
}

/* Words that make any date doubtful. */
static bool
is_tentative(const struct parse *p)
{
	static const char *const words[] = { "tentatively", "provisionally",
		"provisional", "tentative", "possibly", "hopefully", "est",
		"estimated" };

	for (int i = 0; i < p->count; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (token_at(p, i)->word == WORD_OTHER &&
			    is_text(p, i, words[k]))
				return true;
	return false;
}

/* What the other mentions say about the one that was chosen. */
static unsigned
flags_of_company(const struct parse *p, const struct mention *mentions,
    size_t n, const struct mention *best, const struct outcome *out)
{
	unsigned flags = 0;

	for (size_t i = 0; i < n; i++) {
		const struct mention *m = &mentions[i];

		if (m == best)
			continue;
		if (m->kind == MENTION_CONDITION ||
		    (m->kind == MENTION_IDIOM &&
			m->idiom->kind == IDIOM_CONDITION))
			flags |= FLAG_CONDITION;
		if (m->kind == MENTION_IDIOM && m->idiom->kind == IDIOM_ASAP &&
		    best->kind == MENTION_LENGTH)
			flags |= FLAG_POLICY;
	}
	if (is_tentative(p))
		flags |= FLAG_UNCERTAIN;
	if (out->due_on != DAY_NONE && out->due_on < p->env->base_on &&
	    !out->backward)
		flags |= FLAG_PAST;
	return flags;
}

static char *
say_flags(unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *text;
	} names[] = {
		{ FLAG_MISMATCH, "weekday mismatch" },
		{ FLAG_NO_DAY, "no such day" },
		{ FLAG_PAST, "past at import" },
		{ FLAG_NO_SERIES, "series calendar missing" },
		{ FLAG_CONDITION, "condition" },
		{ FLAG_AMBIGUOUS, "ambiguous" },
		{ FLAG_IMPRECISE, "base imprecise" },
		{ FLAG_CALENDAR, "calendar needed" },
		{ FLAG_HORIZON, "beyond the loaded holidays" },
		{ FLAG_SPECIAL, "special calendar" },
		{ FLAG_POLICY, "policy" },
		{ FLAG_VAGUE, "vague" },
		{ FLAG_UNCERTAIN, "uncertain" },
		{ FLAG_UNRESOLVED, "unresolvable" },
	};
	struct buf b = { 0 };

	if (flags == 0)
		return NULL;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if ((flags & names[i].flag) == 0)
			continue;
		if (b.len > 0)
			buf_puts(&b, "; ");
		buf_puts(&b, names[i].text);
	}
	return buf_take(&b);
}

/*
 * When to ask for a date: at the next own meeting, or after so many days if
 * that is sooner. What cannot begin before a day is not asked about earlier
 * than the policy says either: asking is for a date, not for the work.
 */
static int
review_day(const struct words_env *env, bool asap)
{
	const struct words_series *own = series_own(env);
	int review = env->base_on + (asap ? env->policy->asap_days
					  : env->policy->undated_review_days);

	if (own == NULL || asap)
		return review;
	for (size_t i = 0; i < own->ndays; i++)
		if (own->days[i] > env->base_on && own->days[i] < review)
			return own->days[i];
	return review;
}

/* Also where an exact day is named beside it: "monthly, by the 5th". */
static bool
is_repeated(const struct mention *mentions, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((mentions[i].kind == MENTION_RECURRING ||
			mentions[i].repeats) &&
		    !mentions[i].conditional && !mentions[i].in_brackets)
			return true;
	return false;
}

static void
answer_from(const struct parse *p, struct outcome *o, unsigned flags,
    struct words_answer *out)
{
	char day[DAY_LONG_MAX];
	int horizon = calendar_horizon(p->env->calendar);

	*out = (struct words_answer){ .due_on = o->due_on,
		.earliest_on = o->earliest_on,
		.review_on = DAY_NONE,
		.series = o->series,
		.meeting_on = o->meeting_on,
		.at_meeting = o->at_meeting,
		.soft = o->soft,
		.recurring = o->recurring,
		.year_inferred = o->year_inferred };
	flags |= o->flags;
	/* "six weeks after 31/12/9999": no register can hold that day. */
	if (!day_exists(o->earliest_on))
		out->earliest_on = DAY_NONE;
	if (!day_exists(o->due_on)) {
		out->due_on = DAY_NONE;
		out->review_on = review_day(p->env, o->asap);
		out->soft = true;
		if ((flags & ~(unsigned)FLAG_UNCERTAIN) == 0)
			flags |= FLAG_UNRESOLVED;
		buf_printf(&o->rule, "%sask for a date on %s",
		    o->rule.len > 0 ? ": " : "no day in these words: ",
		    day_long(out->review_on, day));
	} else if (o->used_calendar && horizon != DAY_NONE &&
		   o->due_on > horizon) {
		flags |= FLAG_HORIZON;
	}
	out->rule = buf_take(&o->rule);
	out->flag = say_flags(flags);
}

static void
answer(const struct parse *p, struct words_answer *out)
{
	struct mention mentions[MENTIONS_MAX];
	size_t n = collect_mentions(p, mentions);
	const struct mention *best = heaviest(mentions, n);
	struct outcome o = { .due_on = DAY_NONE,
		.earliest_on = DAY_NONE,
		.meeting_on = DAY_NONE };
	unsigned flags = 0;

	if (best != NULL && best->conditional) {
		o.flags = FLAG_CONDITION;
		buf_puts(&o.rule, "waits for something else");
	} else if (best != NULL) {
		/* A gloss that only says from when moves the window. */
		if (best->gloss && best->relation == REL_FROM) {
			struct mention plain[MENTIONS_MAX];
			size_t kept = 0;

			for (size_t i = 0; i < n; i++)
				if (!mentions[i].gloss)
					plain[kept++] = mentions[i];
			if (kept > 0) {
				const struct mention *main =
				    heaviest(plain, kept);

				for (size_t i = 0; i < n; i++)
					if (mentions[i].from == main->from)
						best = &mentions[i];
			}
		}
		resolve_mention(p, best, &o);
		weigh_limits(p, mentions, n, best, &o);
		apply_gloss(p, mentions, n, &o);
		flags = flags_of_company(p, mentions, n, best, &o);
		if (!o.recurring && is_repeated(mentions, n)) {
			o.recurring = true;
			buf_puts(&o.rule, "; repeats");
		}
	}
	answer_from(p, &o, flags, out);
}

int
words_resolve(const char *phrase, const struct words_env *env,
    struct words_answer *out, struct err *err)
{
	struct token tokens[TOKENS_MAX];
	struct parse p = { .text = phrase, .tokens = tokens, .env = env };
	size_t len = strnlen(phrase, PHRASE_MAX + 1);

	if (len > PHRASE_MAX)
		return err_set(err, ERR_INPUT,
		    "deadline words are longer than %d bytes", PHRASE_MAX);
	if (!text_is_utf8(phrase, len))
		return err_set(err, ERR_INPUT, "deadline words are not UTF-8");
	if (env->base_on < day_from_civil(1000, 1, 1) ||
	    env->base_on > day_from_civil(9000, 1, 1))
		return err_set(
		    err, ERR_INPUT, "no base day to count the words from");
	p.count = (int)lex(phrase, len, tokens);
	answer(&p, out);
	return 0;
}
