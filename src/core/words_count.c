/* SPDX-License-Identifier: ISC */
/*
 * Mentions in the calendar: from a preposition with its point or length to the
 * days that it bounds, by the policy table of DOMAIN section 2. Choosing among
 * several mentions is words.c's.
 */
#include "core/words_grammar.h"

/* The coming one of what repeats: where this month's is over, the next. */
static void
place_coming(const struct parse *p, const struct point *point, bool repeats,
    struct place *place, struct buf *said)
{
	struct point next = *point;

	place_point(p, point, place, said);
	if (!repeats || place->last == DAY_NONE ||
	    place->last >= p->env->base_on)
		return;
	next.offset = point->offset == OFFSET_NONE ? 1 : point->offset + 1;
	buf_reset(said);
	place_point(p, &next, place, said);
}

/* The last day with so many clear days before another. */
static int
clear_before(const struct parse *p, int day, int n, struct outcome *out)
{
	if (says_word(p, WORD_PARISH)) {
		out->flags |= FLAG_SPECIAL;
		return calendar_clear_before_s243(p->env->calendar, day, n);
	}
	return calendar_clear_before(p->env->calendar, day, n);
}

/* ---- points ---- */

/* What people are away for, or what begins something new: "by" it is before
 * it. */
static bool
must_precede(const struct point *point)
{
	if (point->kind == POINT_HOLIDAY)
		return point->holiday == HOLIDAY_CHRISTMAS ||
		       point->holiday == HOLIDAY_EASTER;
	if (point->kind != POINT_SPAN || point->part != PART_WHOLE)
		return false;
	switch (point->span) {
	case SPAN_NEW_YEAR:
	case SPAN_HALF_TERM:
	case SPAN_RECESS:
	case SPAN_PURDAH:
		return true;
	case SPAN_FINANCIAL:
	case SPAN_MUNICIPAL:
	case SPAN_ACADEMIC:
		return point->offset == 1;
	default:
		return false;
	}
}

static void
set_before(const struct parse *p, const struct place *place,
    struct outcome *out, const struct buf *said)
{
	out->due_on = calendar_add_workdays(p->env->calendar, place->first, -1);
	out->used_calendar = true;
	buf_printf(&out->rule, "the working day before %s", buf_text(said));
}

/* By, on, in or at a place: its last day, and its first where it is a window.
 */
static void
set_within(const struct parse *p, const struct mention *m,
    const struct place *place, struct outcome *out, const struct buf *said)
{
	const struct point *a = &m->a;

	if (must_precede(a) &&
	    (m->relation == REL_BY || m->relation == REL_UNTIL ||
		m->relation == REL_WITHIN)) {
		set_before(p, place, out, said);
		return;
	}
	out->due_on = place->last;
	if (m->relation == REL_BY && a->kind == POINT_SPAN &&
	    a->part == PART_START)
		out->due_on = place->first;
	else if (place->first != place->last && m->relation != REL_UNTIL)
		out->earliest_on = place->first;
	buf_puts(&out->rule, buf_text(said));
}

static void
take_place(const struct place *place, struct outcome *out)
{
	out->flags |= place->flags;
	out->soft |= place->soft;
	out->series = place->series;
	out->meeting_on = place->meeting_on;
	out->year_inferred |= place->year_inferred;
}

static void
resolve_point(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct buf said = { 0 };
	struct place place;
	enum relation relation = m->relation;

	place_coming(p, &m->a, m->repeats, &place, &said);
	take_place(&place, out);
	if (place.ago) {
		out->ago = true;
		buf_puts(&out->rule, "refers to what is past");
	} else if (place.future) {
		out->flags |= FLAG_VAGUE;
		buf_puts(&out->rule, "a future meeting, with no date");
	} else if (place.no_meeting || place.last == DAY_NONE) {
		buf_puts(&out->rule, buf_text(&said));
		if (place.no_meeting)
			buf_puts(&out->rule, ": its date is not known");
	} else if (relation == REL_BEFORE && m->a.part != PART_END) {
		set_before(p, &place, out, &said);
	} else if (relation == REL_AFTER) {
		out->earliest_on = place.last + 1;
		buf_printf(
		    &out->rule, "not before the end of %s", buf_text(&said));
	} else if (relation == REL_FROM) {
		out->earliest_on = place.first;
		buf_printf(&out->rule, "not before %s", buf_text(&said));
	} else {
		set_within(p, m, &place, out, &said);
		out->at_meeting = m->a.kind == POINT_MEETING &&
				  place.meeting_on != DAY_NONE && !m->a.papers;
	}
	if (m->approx)
		out->flags |= FLAG_UNCERTAIN;
	buf_clear(&said);
}

/* ---- ranges ---- */

static bool
has_year(const struct point *point)
{
	return point->year != 0 || point->offset != OFFSET_NONE ||
	       point->year_offset != OFFSET_NONE ||
	       (point->kind != POINT_DATE && point->kind != POINT_SPAN);
}

/* Places a point as if spoken on another day. */
static void
place_from(const struct parse *p, const struct point *point, int base,
    struct place *out, struct buf *say)
{
	struct words_env env = *p->env;
	struct parse moved = *p;

	env.base_on = base;
	moved.env = &env;
	place_point(&moved, point, out, say);
}

static void
resolve_range(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct buf say_a = { 0 }, say_b = { 0 };
	struct place a, b;

	if (has_year(&m->a) && !has_year(&m->b)) {
		/* "December 2018 to February" */
		place_point(p, &m->a, &a, &say_a);
		if (a.first != DAY_NONE)
			place_from(p, &m->b, a.first, &b, &say_b);
		else
			place_point(p, &m->b, &b, &say_b);
	} else {
		place_point(p, &m->b, &b, &say_b);
		/* A year printed once, at the end, is that of both. */
		if (!has_year(&m->a) && b.last != DAY_NONE)
			place_from(p, &m->a,
			    b.last - 364 +
				(is_loose_part(m->a.part) ? JUST_PAST : 0),
			    &a, &say_a);
		else
			place_point(p, &m->a, &a, &say_a);
	}
	/* "between Christmas and New Year" */
	if (m->b.kind == POINT_SPAN && m->b.span == SPAN_NEW_YEAR &&
	    m->b.part == PART_WHOLE)
		b.last = b.first;
	out->flags |= (a.flags & ~(unsigned)FLAG_UNCERTAIN) | b.flags;
	out->year_inferred = b.year_inferred;
	out->series = b.series;
	out->meeting_on = b.meeting_on;
	out->due_on = b.last;
	out->earliest_on = a.first;
	if (a.first != DAY_NONE && b.last != DAY_NONE && a.first > b.last) {
		out->due_on = a.last;
		out->earliest_on = b.first;
		out->flags |= FLAG_AMBIGUOUS;
	}
	if (out->due_on == DAY_NONE || out->earliest_on == out->due_on)
		out->earliest_on = DAY_NONE;
	/* Already running: open from the base on. */
	if (m->a.kind == POINT_SPAN && out->due_on >= p->env->base_on &&
	    out->earliest_on != DAY_NONE && out->earliest_on < p->env->base_on)
		out->earliest_on = p->env->base_on;
	if (m->relation == REL_BEFORE && out->due_on != DAY_NONE &&
	    m->b.kind == POINT_DATE)
		out->due_on =
		    calendar_add_workdays(p->env->calendar, out->due_on, -1);
	buf_puts(&out->rule, "from ");
	if (out->earliest_on != DAY_NONE)
		say_day(&out->rule, out->earliest_on);
	buf_puts(&out->rule, " to ");
	if (out->due_on != DAY_NONE)
		say_day(&out->rule, out->due_on);
	if (b.no_meeting)
		buf_puts(&out->rule, "a meeting whose date is not known");
	buf_clear(&say_a);
	buf_clear(&say_b);
}

/* ---- lengths ---- */

static void
count_before(const struct parse *p, const struct mention *m, int from,
    struct outcome *out)
{
	const struct length *l = &m->length;

	if (m->clear || l->unit == UNIT_CLEAR_DAY) {
		out->due_on = clear_before(p, from, l->high, out);
		out->used_calendar = true;
		return;
	}
	if (m->weekday > 0) {
		int back = (int)day_weekday(from) - (m->weekday - 1);

		out->due_on =
		    from - (back <= 0 ? back + 7 : back) - (l->low - 1) * 7;
		return;
	}
	if (m->window) {
		out->earliest_on = length_end(p, from, l, true, true);
		out->due_on = from - 1;
		return;
	}
	out->due_on = length_end(p, from, l, false, true);
	if ((l->two_units || l->low != l->high) && !m->at_least)
		out->earliest_on = length_end(p, from, l, true, true);
	else
		out->due_on = length_end(p, from, l, true, true);
}

/* "56 days beginning with" ends a day earlier. */
static int
count_from(const struct parse *p, const struct mention *m, int from, bool high)
{
	const struct length *l = &m->length;
	int day;

	if (m->beginning && l->unit == UNIT_WORKDAY)
		return length_end(p, from - 1, l, high, false);
	day = length_end(p, from, l, high, false);
	if (!m->beginning)
		return day;
	/* Where the month has no such day, its last one ends the period. */
	if (day != DAY_NONE && m->length.unit >= UNIT_MONTH &&
	    m->length.more == 0 && day_civil(day).day != day_civil(from).day)
		return day;
	return day == DAY_NONE ? day : day - 1;
}

static void
count_after(const struct parse *p, const struct mention *m, int from,
    int from_until, struct outcome *out)
{
	const struct length *l = &m->length;
	int low = count_from(p, m, from, false);
	int high = count_from(p, m, from_until, true);

	if (m->weekday > 0) {
		int ahead = m->weekday - 1 - (int)day_weekday(from);

		low = high =
		    from + (ahead <= 0 ? ahead + 7 : ahead) + (l->low - 1) * 7;
	}
	/* Clear days leave out both ends. */
	if (l->unit == UNIT_CLEAR_DAY && high != DAY_NONE)
		low = ++high;
	if (m->at_least) {
		out->earliest_on = low;
		return;
	}
	if (m->window)
		low = from + 1;
	out->due_on = high;
	if (low != high)
		out->earliest_on = low;
}

/* A reply to a subject access request rolls to a working day. */
static void
roll_sar(const struct parse *p, struct outcome *out)
{
	int rolled;

	if (!says_word(p, WORD_SAR) || out->due_on == DAY_NONE)
		return;
	rolled = calendar_roll_forward(p->env->calendar, out->due_on);
	if (rolled == out->due_on)
		return;
	out->due_on = rolled;
	out->used_calendar = true;
	buf_puts(&out->rule, ", then the next working day");
}

/* What the length is counted from; false when that has no day. */
static bool
find_anchor(const struct parse *p, const struct mention *m, int *from,
    struct outcome *out, struct buf *said)
{
	struct place place;

	place_coming(p, &m->a, m->repeats, &place, said);
	out->flags |= place.flags & ~(unsigned)FLAG_AMBIGUOUS;
	out->series = place.series;
	out->meeting_on = place.meeting_on;
	if (place.ago || place.future || place.no_meeting ||
	    place.last == DAY_NONE)
		return false;
	if (place.anchor != DAY_NONE && m->anchor == ANCHOR_AFTER)
		*from = place.anchor;
	else
		*from = m->anchor == ANCHOR_BEFORE ? place.first : place.last;
	return true;
}

static void
say_from(
    struct buf *rule, const struct mention *m, int from, const struct buf *said)
{
	if (m->weekday > 0) {
		buf_puts(rule, "the ");
		if (m->length.low > 1) {
			say_ordinal(rule, m->length.low);
			buf_putc(rule, ' ');
		}
		buf_puts(rule, weekday_name((enum weekday)(m->weekday - 1)));
	} else {
		say_length(rule, &m->length);
	}
	if (m->clear && m->length.unit == UNIT_WORKDAY)
		buf_puts(rule, " (clear)");
	if (m->anchor == ANCHOR_BEFORE)
		buf_puts(rule, " before ");
	else
		buf_puts(rule, m->beginning     ? " beginning with "
			       : m->weekday > 0 ? " after "
						: " from ");
	if (said->len > 0)
		buf_puts(rule, buf_text(said));
	else
		say_day(rule, from);
}

static void
resolve_length(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct buf said = { 0 };
	int from = p->env->base_on, until = from;
	bool backward = m->anchor == ANCHOR_BEFORE;

	if (m->anchor == ANCHOR_PAST) {
		out->ago = true;
		buf_puts(&out->rule, "refers to what is past");
		return;
	}
	if (m->anchor == ANCHOR_BEFORE_UNKNOWN) {
		say_length(&out->rule, &m->length);
		buf_puts(&out->rule, " before something whose day is unknown");
		out->flags |= FLAG_CONDITION;
		return;
	}
	if (m->anchor == ANCHOR_AFTER || backward) {
		if (!find_anchor(p, m, &from, out, &said)) {
			say_from(&out->rule, m, from, &said);
			buf_puts(&out->rule, ", whose date is not known");
			buf_clear(&said);
			return;
		}
		until = from;
	} else if (p->env->base_until_on != DAY_NONE &&
		   p->env->base_until_on > from) {
		until = p->env->base_until_on;
		out->flags |= FLAG_IMPRECISE;
	}
	/* "three clear days" alone are those before the meeting. */
	if (m->anchor == ANCHOR_BASE &&
	    (m->clear || m->length.unit == UNIT_CLEAR_DAY))
		backward = out->backward = true;
	if (backward)
		count_before(p, m, from, out);
	else
		count_after(p, m, from, until, out);
	if (m->length.unit == UNIT_WORKDAY ||
	    (m->length.more != 0 && m->length.more_unit == UNIT_WORKDAY))
		out->used_calendar = true;
	say_from(&out->rule, m, from, &said);
	if (m->at_least && out->due_on == DAY_NONE)
		buf_puts(&out->rule, " at the earliest");
	roll_sar(p, out);
	if (m->length.vague) {
		out->soft = true;
		out->flags |= FLAG_VAGUE;
	}
	if (m->length.approx || m->approx)
		out->flags |= FLAG_UNCERTAIN;
	buf_clear(&said);
}

/* ---- recurrences and sayings ---- */

static void
resolve_every_meeting(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct buf said = { 0 };
	struct place place;
	struct point point = m->a;

	place_point(p, &point, &place, &said);
	if (place.no_meeting && point.name_end > point.name) {
		/* Whoever meets: the review is at our own meetings. */
		point.name_end = point.name;
		buf_reset(&said);
		place_point(p, &point, &place, &said);
		place.flags |= FLAG_NO_SERIES;
	}
	take_place(&place, out);
	out->due_on = place.last;
	out->at_meeting = place.last != DAY_NONE;
	buf_puts(&out->rule, m->length.low > 1 ? "every " : "each meeting: ");
	if (m->length.low > 1) {
		say_number(&out->rule, m->length.low);
		buf_puts(&out->rule, " meetings: ");
	}
	buf_puts(&out->rule, buf_text(&said));
	buf_clear(&said);
}

/* The first of the named months that is not over. */
static void
resolve_months(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct civil at = day_civil(p->env->base_on);

	while ((m->months & 1u << at.month) == 0) {
		at.year += at.month == 12;
		at.month = at.month % 12 + 1;
	}
	out->earliest_on = month_first(at.year, at.month);
	out->due_on = month_last(at.year, at.month);
	buf_printf(&out->rule, "repeats: %s %d", month_name(at.month), at.year);
}

static void
resolve_recurring(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct buf said = { 0 };
	struct place place;

	out->recurring = true;
	if (m->meetings) {
		resolve_every_meeting(p, m, out);
		return;
	}
	if (m->months != 0 && !m->window) {
		resolve_months(p, m, out);
		return;
	}
	if (m->window || m->length.low == 0) {
		place_coming(p, m->window ? &m->b : &m->a, true, &place, &said);
		take_place(&place, out);
		out->due_on = place.last;
		if (!place.day && place.first != place.last)
			out->earliest_on = place.first;
		if (m->length.low > 0) {
			buf_puts(&out->rule, "every ");
			say_period(&out->rule, &m->length);
			buf_puts(&out->rule, ", first in ");
		} else {
			buf_puts(&out->rule, "repeats: ");
		}
		buf_puts(&out->rule, buf_text(&said));
		buf_clear(&said);
		return;
	}
	if (m->length.unit == UNIT_DAY && m->length.low == 1) {
		out->due_on =
		    calendar_add_workdays(p->env->calendar, p->env->base_on, 1);
		buf_puts(&out->rule, "daily: the next working day");
		return;
	}
	out->due_on =
	    add_units(p, p->env->base_on, m->length.unit, m->length.low);
	buf_puts(&out->rule, "every ");
	say_period(&out->rule, &m->length);
	buf_puts(&out->rule, ", counted from ");
	say_day(&out->rule, p->env->base_on);
}

static void
at_next_meeting(const struct parse *p, struct outcome *out, const char *why)
{
	struct buf said = { 0 };
	struct point next = point_new(POINT_MEETING);
	struct place place;

	next.number = 1;
	place_point(p, &next, &place, &said);
	take_place(&place, out);
	out->due_on = place.last;
	out->at_meeting = place.last != DAY_NONE;
	buf_printf(&out->rule, "%s%s", why, buf_text(&said));
	buf_clear(&said);
}

static void
resolve_idiom(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	switch (m->idiom->kind) {
	case IDIOM_IMMEDIATE:
		out->due_on =
		    calendar_add_workdays(p->env->calendar, p->env->base_on, 1);
		out->flags |= FLAG_POLICY;
		buf_puts(&out->rule, "at once: the next working day after ");
		say_day(&out->rule, p->env->base_on);
		return;
	case IDIOM_AT_MEETING:
		at_next_meeting(p, out, "given at the ");
		return;
	case IDIOM_STANDING:
		out->recurring = true;
		at_next_meeting(p, out, "at every meeting: ");
		return;
	case IDIOM_ASAP:
		out->asap = true;
		break;
	case IDIOM_CONDITION:
		out->flags |= FLAG_CONDITION;
		break;
	case IDIOM_UNRESOLVED:
	case IDIOM_REVIEW:
		out->flags |= FLAG_UNRESOLVED;
		break;
	}
	buf_printf(&out->rule, "\"%s\" %s", m->idiom->text,
	    m->idiom->kind == IDIOM_ASAP ? "names no day" : m->idiom->why);
}

void
outcome_clear(struct outcome *out)
{
	buf_clear(&out->rule);
}

static void
resolve_as_said(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	*out = (struct outcome){ .due_on = DAY_NONE,
		.earliest_on = DAY_NONE,
		.meeting_on = DAY_NONE };
	switch (m->kind) {
	case MENTION_POINT:
		resolve_point(p, m, out);
		break;
	case MENTION_RANGE:
		resolve_range(p, m, out);
		break;
	case MENTION_LENGTH:
		resolve_length(p, m, out);
		break;
	case MENTION_RECURRING:
		resolve_recurring(p, m, out);
		break;
	case MENTION_IDIOM:
		resolve_idiom(p, m, out);
		break;
	case MENTION_CONDITION:
		out->flags |= FLAG_CONDITION;
		buf_puts(&out->rule, "waits for something else");
		break;
	}
}

/* "ahead of the meeting", asked for at a meeting: not due before it was asked
 * for, so it is the next one. */
void
resolve_mention(
    const struct parse *p, const struct mention *m, struct outcome *out)
{
	struct mention next = *m;
	struct outcome later;

	resolve_as_said(p, m, out);
	if (m->a.kind != POINT_MEETING || m->a.meeting != MEETING_THIS ||
	    m->a.number != 0 || out->due_on == DAY_NONE ||
	    out->due_on >= p->env->base_on)
		return;
	next.a.meeting = MEETING_NEXT;
	next.a.number = 1;
	resolve_as_said(p, &next, &later);
	if (later.due_on == DAY_NONE && (later.flags & FLAG_NO_SERIES) == 0) {
		outcome_clear(&later);
		return;
	}
	outcome_clear(out);
	*out = later;
}
