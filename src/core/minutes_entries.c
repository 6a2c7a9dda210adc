/* SPDX-License-Identifier: ISC */
/*
 * Entries being made: their place in the paper, why they were taken, whose they
 * are, and the joining of what one paper says twice in different places.
 */
#include "core/minutes_parts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	TEXT_MAX = 2000,
	WORDS_MAX = 48,
	HEADING_FAR = 60,
	NEAR_LINES = 12,
	BUCKET = 12,
	LABEL_MAX = 40,
	LIKE = 60,
	ALIKE = 85,
	ROWS_MAX = 400,
	LEAD_IN = 300
};

static char *
heading_above(
    const struct reading *r, const struct part *part, const struct block *b)
{
	size_t i = (size_t)(b - r->blocks.list.items);

	for (size_t far = 0; i-- > part->first && far < HEADING_FAR; far++) {
		const struct block *h = &r->blocks.list.items[i];

		if (h->kind == BLOCK_HEADING &&
		    (h->section == SECTION_NONE ||
			h->section == SECTION_NOTES) &&
		    h->length > 0 && h->length < 300)
			return xstrdup(h->text);
	}
	return NULL;
}

struct minutes_entry *
draft_new(struct reading *r, struct part *part, const struct block *block,
    enum minutes_source source, const char *kind, const char *text, size_t len,
    unsigned line, const char *why)
{
	struct minutes_entry *e = vec_push(&part_meeting(r, part)->entries);

	trim_span(&text, &len);
	if (len > TEXT_MAX) {
		len = TEXT_MAX;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	e->kind = kind;
	e->text = xstrndup(text, len);
	e->line = line;
	e->source = source;
	e->sure = true;
	e->state = "open";
	e->why = xstrdup(why);
	e->base_on = due_base(r, part);
	e->base_until_on = DAY_NONE;
	e->earliest_on = e->due_on = e->review_on = e->meeting_on = DAY_NONE;
	if (block) {
		e->earlier = block->section == SECTION_PREVIOUS;
		e->item = block->item[0] ? xstrdup(block->item) : NULL;
		e->para = block->para[0] ? xstrdup(block->para) : NULL;
		e->subject = heading_above(r, part, block);
	}
	return e;
}

void
draft_why(struct minutes_entry *entry, const char *format, ...)
{
	struct buf b = { 0 };
	va_list ap;

	buf_puts(&b, entry->why);
	buf_puts(&b, "; ");
	va_start(ap, format);
	buf_vprintf(&b, format, ap);
	va_end(ap);
	free(entry->why);
	entry->why = buf_take(&b);
}

static void
owner_clear(struct minutes_owner *owner)
{
	free(owner->name);
	free(owner->printed);
}

void
owners_clear(struct minutes_entry *entry)
{
	VEC_EACH (struct minutes_owner, o, &entry->owners)
		owner_clear(o);
	vec_clear(&entry->owners);
}

void
owners_copy(const struct minutes_entry *from, struct minutes_entry *to)
{
	VEC_EACH (const struct minutes_owner, o, &from->owners) {
		struct minutes_owner *copy = vec_push(&to->owners);

		*copy = *o;
		copy->name = xstrdup(o->name);
		copy->printed = xstrdup(o->printed);
	}
}

void
owners_move(struct minutes_entry *from, struct minutes_entry *to)
{
	VEC_EACH (struct minutes_owner, o, &from->owners) {
		bool have = false;

		VEC_EACH (struct minutes_owner, old, &to->owners)
			have |= text_same(old->name, o->name);
		if (have)
			owner_clear(o);
		else
			*vec_push(&to->owners) = *o;
	}
	vec_clear(&from->owners);
}

bool
owners_known(const struct minutes_entry *entry)
{
	VEC_EACH (const struct minutes_owner, o, &entry->owners)
		if (o->basis != MINUTES_UNKNOWN)
			return true;
	return false;
}

void
draft_clear(struct minutes_entry *e)
{
	owners_clear(e);
	VEC_EACH (struct minutes_point, p, &e->points)
		free(p->text);
	vec_clear(&e->points);
	free(e->text);
	free(e->item);
	free(e->para);
	free(e->ref);
	free(e->subject);
	free(e->due_phrase);
	free(e->why);
}

/* ---- likeness ---- */

struct bag {
	uint64_t words[WORDS_MAX];
	size_t n;
};

static void
bag_read_n(struct bag *bag, const char *text, size_t n)
{
	struct toks toks;

	bag->n = 0;
	toks_read(&toks, text, n);
	for (size_t i = 0; i < toks.n && bag->n < WORDS_MAX; i++) {
		const struct tok *t = &toks.t[i];
		size_t len = t->len;
		uint64_t h;
		bool have = false;

		if (t->kind == 'p' || is_small_word(t->at, t->len))
			continue;
		/* possessives, plurals and the endings of verbs */
		for (size_t k = 1; k < t->len; k++)
			if (quote_at(t->at + k)) {
				len = k;
				break;
			}
		if (len > 4 && text_lower(t->at[len - 1]) == 's')
			len--;
		else if (len > 5 && text_same_n(t->at + len - 2, 2, "ed"))
			len -= 2;
		if (len > 5 && text_lower(t->at[len - 1]) == 'e')
			len--;
		h = hash_fold(t->at, len, 5);
		for (size_t k = 0; k < bag->n; k++)
			have |= bag->words[k] == h;
		if (!have)
			bag->words[bag->n++] = h;
	}
}

static void
bag_read(struct bag *bag, const char *text)
{
	bag_read_n(bag, text, strlen(text));
}

static size_t
bag_shared(const struct bag *a, const struct bag *b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			shared += a->words[i] == b->words[k];
	return shared;
}

int
minutes_likeness(const char *a, const char *b)
{
	struct bag x, y;
	size_t longer;

	bag_read(&x, a);
	bag_read(&y, b);
	longer = x.n > y.n ? x.n : y.n;
	if (longer == 0)
		return text_same(a, b) ? 100 : 0;
	return (int)(bag_shared(&x, &y) * 100 / longer);
}

bool
minutes_same_text(const char *a, const char *b)
{
	struct bag x, y;

	if (text_same(a, b))
		return true;
	bag_read(&x, a);
	bag_read(&y, b);
	return x.n >= 3 && y.n >= 3 && minutes_likeness(a, b) >= 80;
}

/* ---- said twice ---- */

/* Entries by the words they hold; full buckets say too little to be kept. */
struct index {
	struct {
		uint64_t word;
		uint32_t entries[BUCKET];
		uint32_t n;
	} * slots;
	size_t mask;
};

static size_t
slot_of(const struct index *ix, uint64_t word)
{
	size_t i = (word ^ (word >> 17)) & ix->mask;

	while (ix->slots[i].word && ix->slots[i].word != word)
		i = (i + 1) & ix->mask;
	return i;
}

static bool
is_strong(const struct minutes_entry *e)
{
	return e->source == MINUTES_FROM_LIST ||
	       e->source == MINUTES_FROM_TABLE ||
	       e->source == MINUTES_FROM_MARK;
}

static void
index_add(struct index *ix, uint32_t entry, const struct bag *bag)
{
	for (size_t i = 0; i < bag->n; i++) {
		size_t s = slot_of(ix, bag->words[i]);

		ix->slots[s].word = bag->words[i];
		if (ix->slots[s].n < BUCKET)
			ix->slots[s].entries[ix->slots[s].n++] = entry;
		else
			ix->slots[s].n = BUCKET + 1;
	}
}

/* What stands behind "Roof repairs: ", the whole text where nothing does. */
static const char *
behind_label(const char *text)
{
	size_t n = strcspn(text, ":.,;");

	return n < LABEL_MAX && text[n] == ':' && text_is_space(text[n + 1]) &&
		       strlen(text + n) > LABEL_MAX / 2
		   ? text + n + 1
		   : text;
}

/* How much of the shorter text the other has too, 0 to 100. */
static int
contained(const char *a, const char *b)
{
	struct bag x, y;
	size_t shorter, shared;

	bag_read(&x, behind_label(a));
	bag_read(&y, behind_label(b));
	shorter = x.n < y.n ? x.n : y.n;
	shared = bag_shared(&x, &y);
	if (shared < 3 || (shorter < 4 && shared < shorter))
		return 0;
	return (int)(shared * 100 / shorter);
}

static size_t
most_like(const struct index *ix, const struct minutes_meeting *m,
    const bool *gone, size_t self, const struct bag *bag, int *like)
{
	size_t best = SIZE_MAX;

	*like = 0;
	for (size_t i = 0; i < bag->n; i++) {
		size_t s = slot_of(ix, bag->words[i]);

		if (ix->slots[s].word == 0 || ix->slots[s].n > BUCKET)
			continue;
		for (uint32_t k = 0; k < ix->slots[s].n; k++) {
			size_t other = ix->slots[s].entries[k];
			int c;

			if (other == self || other == best || gone[other])
				continue;
			c = contained(m->entries.items[other].text,
			    m->entries.items[self].text);
			if (c > *like) {
				*like = c;
				best = other;
			}
		}
	}
	return best;
}

/* "09a/1920" and "FGB 09/1920" are one item. */
static long
item_number(const char *item)
{
	return item ? strtol(item + strcspn(item, "0123456789"), NULL, 10) : -1;
}

static bool
same_place(const struct minutes_entry *a, const struct minutes_entry *b)
{
	if (a->item || b->item)
		return item_number(a->item) == item_number(b->item);
	return a->line < b->line + NEAR_LINES && b->line < a->line + NEAR_LINES;
}

/* The action and the paragraph it came from may name different days. */
static void
take_over(
    struct reading *r, struct minutes_entry *keep, struct minutes_entry *drop)
{
	if (keep->owners.len == 0)
		owners_move(drop, keep);
	if (!same_place(keep, drop) && drop->source != MINUTES_FROM_LIST &&
	    (keep->due_phrase || (drop->source != MINUTES_FROM_MARGIN &&
				     drop->source != MINUTES_FROM_MARK)))
		return;
	if ((drop->due_on == DAY_NONE && !drop->due_phrase) ||
	    strcmp(keep->state, "closed") == 0)
		return;
	if (keep->due_on == DAY_NONE && drop->due_on != DAY_NONE) {
		if (keep->due_phrase)
			flag_add(r, MINUTES_FLAG_DISAGREE, keep->line,
			    "the action says \"%s\", its paragraph (line %u) "
			    "\"%s\"",
			    keep->due_phrase, drop->line, drop->due_phrase);
		free(keep->due_phrase);
		keep->due_phrase = drop->due_phrase;
		drop->due_phrase = NULL;
		keep->due_on = drop->due_on;
		keep->earliest_on = drop->earliest_on;
		keep->review_on = drop->review_on;
		keep->series = drop->series;
		keep->meeting_on = drop->meeting_on;
		keep->at_meeting = drop->at_meeting;
		keep->soft = drop->soft;
		keep->base_on = drop->base_on;
		draft_why(keep, "its date comes from the paragraph, line %u",
		    drop->line);
	} else if (keep->due_on != DAY_NONE && drop->due_on != DAY_NONE &&
		   keep->due_on != drop->due_on) {
		char a[DAY_LONG_MAX], b[DAY_LONG_MAX];

		flag_add(r, MINUTES_FLAG_DISAGREE, keep->line,
		    "the action is due %s, its paragraph (line %u) says %s",
		    day_long(keep->due_on, a), drop->line,
		    day_long(drop->due_on, b));
	}
}

static bool
same_owner(const struct minutes_entry *a, const struct minutes_entry *b)
{
	return a->owners.len == 1 && b->owners.len == 1 &&
	       text_same(a->owners.items[0].name, b->owners.items[0].name);
}

static bool
same_owners(const struct minutes_entry *a, const struct minutes_entry *b)
{
	size_t same = 0;

	VEC_EACH (const struct minutes_owner, o, &a->owners)
		VEC_EACH (const struct minutes_owner, p, &b->owners)
			same += text_same(o->name, p->name);
	return same == a->owners.len && same == b->owners.len;
}

static bool
both_numbered(const struct minutes_entry *a, const struct minutes_entry *b)
{
	return a->ref && b->ref && !text_same(a->ref, b->ref);
}

/* A list of all actions before or behind the notes, and a list below each item
 * of them: the same words, under another heading. Few words say too little,
 * unless the one has the other's heading for its label. */
static bool
listed_again(
    const struct minutes_entry *e, const struct minutes_entry *keep, int like)
{
	struct bag words, label, subject;
	size_t n = (size_t)(behind_label(keep->text) - keep->text);

	if (keep->source != MINUTES_FROM_LIST || keep->line >= e->line)
		return false;
	if (text_same(e->text, keep->text))
		return true;
	if (like < ALIKE || !e->subject ||
	    (keep->subject && text_same(e->subject, keep->subject)) ||
	    (e->owners.len > 0 && keep->owners.len > 0 &&
		!same_owners(e, keep)))
		return false;
	bag_read(&words, e->text);
	if (words.n >= 5 || n == 0)
		return words.n >= 5;
	bag_read_n(&label, keep->text, n);
	bag_read(&subject, e->subject);
	return bag_shared(&label, &subject) > 0;
}

/* The words of an entry and of what its paragraph, which has a margin, says
 * right before; false where it stands in no such paragraph. */
static bool
bag_beside_margin(const struct reading *r, const struct part *part,
    const struct minutes_entry *e, struct bag *bag)
{
	for (size_t i = part->first; i < part->end; i++) {
		const struct block *b = &r->blocks.list.items[i];

		const char *at;
		size_t before;

		if (b->margins.len == 0 || b->first > e->line ||
		    e->line > b->last)
			continue;
		at = strstr(b->text, e->text);
		if (!at)
			return false;
		before = (size_t)(at - b->text);
		before = before < LEAD_IN ? before : LEAD_IN;
		bag_read_n(bag, at - before, before + strlen(e->text));
		return true;
	}
	return false;
}

/* Notes with who acts in the margin, and behind them a table of the actions in
 * other words: the row with the same owners, most of whose words stand in the
 * paragraph. SIZE_MAX: there is none, or another entry took it. */
static size_t
listed_in_other_words(const struct reading *r, const struct part *part,
    const struct minutes_entry *e, const bool *told)
{
	const struct minutes_meeting *m = part_meeting(r, part);
	struct bag said, row;
	size_t best = SIZE_MAX, most = 49, looked = 0;

	if (e->owners.len == 0 || !bag_beside_margin(r, part, e, &said))
		return SIZE_MAX;
	for (size_t i = 0; i < m->entries.len && looked < ROWS_MAX; i++) {
		const struct minutes_entry *keep = &m->entries.items[i];
		size_t shared;

		if (keep->source != MINUTES_FROM_TABLE || told[i] ||
		    !same_owners(e, keep))
			continue;
		looked++;
		bag_read(&row, keep->text);
		shared = bag_shared(&row, &said);
		if (shared >= 2 && shared * 100 / row.n > most) {
			most = shared * 100 / row.n;
			best = i;
		}
	}
	return best;
}

/* What stands in a list or table and again in the text is one entry; the same
 * words in two places of one kind are two. */
void
same_merge(struct reading *r, struct part *part)
{
	struct minutes_meeting *m = part_meeting(r, part);
	struct index ix = { .mask = 255 };
	struct bag bag;
	bool *gone, *told;
	size_t put = 0, words = 0;

	if (m->entries.len < 2)
		return;
	VEC_EACH (const struct minutes_entry, e, &m->entries) {
		if (!is_strong(e))
			continue;
		bag_read(&bag, e->text);
		words += bag.n;
	}
	while (ix.mask < words * 2)
		ix.mask = ix.mask * 2 + 1;
	ix.slots = xcalloc(ix.mask + 1, sizeof *ix.slots);
	gone = xcalloc(m->entries.len, sizeof *gone);
	told = xcalloc(m->entries.len, sizeof *told);
	for (size_t i = 0; i < m->entries.len; i++)
		if (is_strong(&m->entries.items[i])) {
			bag_read(&bag, m->entries.items[i].text);
			index_add(&ix, (uint32_t)i, &bag);
		}
	for (size_t i = 0; i < m->entries.len; i++) {
		struct minutes_entry *e = &m->entries.items[i], *keep;
		size_t other;
		int like, need;

		if (e->source == MINUTES_FROM_HEAD ||
		    e->source == MINUTES_FROM_REPORT ||
		    e->source == MINUTES_FROM_TABLE)
			continue;
		bag_read(&bag, e->text);
		other = most_like(&ix, m, gone, i, &bag, &like);
		if (other == SIZE_MAX)
			continue;
		keep = &m->entries.items[other];
		/* a list by item and again by person */
		if (e->source == MINUTES_FROM_LIST) {
			gone[i] = listed_again(e, keep, like);
			if (gone[i])
				take_over(r, keep, e);
			continue;
		}
		need = same_place(e, keep) ? LIKE - 20 : LIKE + 25;
		if (e->source == MINUTES_FROM_MARK &&
		    (keep->source == MINUTES_FROM_MARK ||
			like < (same_owner(e, keep) ? LIKE : 85)))
			continue;
		if (like < need || both_numbered(e, keep) ||
		    (!same_place(e, keep) &&
			bag.n < (like == 100 && same_owner(e, keep) ? 3 : 5)))
			continue;
		bag_read(&bag, keep->text);
		if (!same_place(e, keep) &&
		    bag.n < (like == 100 && same_owner(e, keep) ? 3 : 5))
			continue;
		take_over(r, keep, e);
		gone[i] = told[other] = true;
	}
	for (size_t i = 0; i < m->entries.len; i++) {
		struct minutes_entry *e = &m->entries.items[i];
		size_t other = SIZE_MAX;

		if (!gone[i] && e->source == MINUTES_FROM_MARGIN)
			other = listed_in_other_words(r, part, e, told);
		if (other == SIZE_MAX)
			continue;
		take_over(r, &m->entries.items[other], e);
		gone[i] = told[other] = true;
	}
	for (size_t i = 0; i < m->entries.len; i++) {
		if (gone[i])
			draft_clear(&m->entries.items[i]);
		else
			m->entries.items[put++] = m->entries.items[i];
	}
	m->entries.len = put;
	free(gone);
	free(told);
	free(ix.slots);
}
