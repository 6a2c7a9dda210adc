/* SPDX-License-Identifier: ISC */
/*
 * Attendance matrices: a row a person, a column a meeting, a letter where they
 * cross. Only the column of the meeting that the paper is of is read.
 */
#include "core/minutes_people.h"

#include <string.h>

int
matrix_column(const struct reading *r, size_t first, size_t last, int held_on)
{
	int index = 0;

	for (size_t i = first; i < last; i++) {
		const struct block *b = &r->blocks.list.items[i];
		struct found_date date;

		for (size_t at = 0;
		     b->length < 400 &&
		     date_find(b->text + at, b->length - at, &date);
		     at += date.at + date.len) {
			if (date.on == held_on)
				return index;
			index++;
		}
	}
	return -1;
}

/* "HEATHER POUSTIE   Headteacher   Ex-officio   P   S". */
bool
matrix_row(struct minutes_meeting *m, const struct block *b, int column)
{
	struct paper_line line = { .text = b->text,
		.len = (unsigned)b->length };
	struct segments segs;
	struct minutes_person *p;
	char marks[SEGMENTS_MAX];
	int n = 0;
	char mark;

	segments_read(&line, &segs);
	if (segs.n < 3 || !is_whole_name(segs.s[0].text, segs.s[0].len))
		return false;
	for (size_t i = 1; i < segs.n; i++)
		if (segs.s[i].len == 1 && strchr("PASLXDpx", *segs.s[i].text))
			marks[n++] = *segs.s[i].text;
	if (n == 0) {
		/* "CARL DUNN   Co-opted   03/09/18": has left */
		const struct segment *last = &segs.s[segs.n - 1];
		struct found_date date;

		return date_find(last->text, last->len, &date) &&
		       date.len + 2 > last->len && m->held_on != DAY_NONE &&
		       date.on != DAY_NONE && date.on < m->held_on;
	}
	mark = column >= 0 && column < n ? marks[column] : marks[n - 1];
	if (column >= n)
		return true;
	p = person_add(m, segs.s[0].text, segs.s[0].len,
	    strchr("PLXpx", mark) ? MINUTES_PRESENT : MINUTES_APOLOGIES,
	    b->first);
	if (!p->role)
		p->role = person_field(segs.s[1].text, segs.s[1].len);
	return true;
}
