/* SPDX-License-Identifier: ISC */
/*
 * What the files of the minutes reader share: the paper as lines and blocks,
 * and what is known of it meanwhile; nobody else includes this. What holds of
 * every text is said in minutes_english.h.
 */
#ifndef NUDGED_CORE_MINUTES_PARTS_H
#define NUDGED_CORE_MINUTES_PARTS_H

#include "core/buf.h"
#include "core/minutes.h"
#include "core/minutes_english.h"
#include "core/text.h"

/* ---- bytes into lines: minutes_text.c and those of minutes_lines.h ---- */

struct paper_line {
	const char *text; /* markup removed, in the paper's buffer */
	unsigned len;
	unsigned no; /* of the source, from 1 */
	int indent;  /* columns */
	bool bold;   /* the whole line was emphasised */
	bool front;  /* of the front matter */
	bool page;   /* first of a page */
	bool skip;   /* page furniture */
	bool quoted; /* behind "> " */
	char hashes; /* markdown heading level, 0: none */
	/* What was taken off its end, NULL: nothing. Where it is all that stood
	 * there, the line is skipped. */
	const char *beside;
	unsigned beside_len;
	bool beside_mark, beside_who; /* "ACTION:" before it; just initials */
};

struct paper {
	char *text; /* owned */
	VEC(struct paper_line) lines;
	int wrap; /* the column where lines were broken, 0: they were not */
	/* Front matter, in the buffer; NULL: not there. */
	const char *front_title, *front_date, *front_start, *front_place;
	bool front_actions;    /* the front matter calls it a list of actions */
	bool mail;             /* it was sent as a mail */
	const char *mail_from; /* who sent it, in the buffer; NULL: not said */
	int mail_on;           /* the meeting that it speaks of, DAY_NONE */
};

/* Bytes in any encoding into lines without markup. Returns 0 and fills *paper,
 * which paper_clear empties; or -1 with *err set (ERR_INPUT: too large, not
 * text) and *paper untouched. */
int paper_load(
    const char *bytes, size_t len, struct paper *paper, struct err *err);
void paper_clear(struct paper *paper);

/* ---- lines into blocks: minutes_block.c, minutes_blocks.c, minutes_joins.c
 * and minutes_trails.c (with minutes_blocks.h), minutes_columns.c,
 * minutes_labels.c, and those of minutes_tables.h ---- */

enum block_kind {
	BLOCK_PARA,
	BLOCK_HEADING,
	BLOCK_ITEM, /* bulleted or numbered */
	BLOCK_ROW,  /* of a table */
};

enum section {
	SECTION_NONE,
	SECTION_PRESENT,
	SECTION_APOLOGIES,
	SECTION_ACTIONS,
	SECTION_ONE_ACTION, /* "Action 3:", the text follows */
	SECTION_PREVIOUS,   /* actions of the last meeting, matters arising */
	SECTION_RECOMMENDATIONS,
	SECTION_AFI,
	SECTION_CONCERN,
	SECTION_NEXT,
	SECTION_AGENDA,
	SECTION_NOTES, /* the body proper: ends what stood before */
};

enum column {
	COLUMN_OTHER,
	COLUMN_REF,
	COLUMN_TEXT,
	COLUMN_NOTES,
	COLUMN_OWNER,
	COLUMN_DUE,
	COLUMN_REVISED,
	COLUMN_STATUS,
	COLUMN_CLOSE,
	COLUMN_SOURCE,
	COLUMN_NAME,
	COLUMN_ROLE,
	COLUMN_ORGANISATION,
	COLUMN_INITIALS,
	COLUMN_MAX
};

struct block_line {
	unsigned at; /* offset in the block's text */
	unsigned no;
};

/* What stood beside a block in the margin column. */
struct block_margin {
	char *text; /* owned; lines joined by '\n' */
	/* Where columns stand behind one of actions: what they say of the one
	 * in text, owned or NULL. */
	char *who, *when;
	bool action; /* text is of a column of actions */
	unsigned first, last;
};

struct block {
	enum block_kind kind;
	enum section section;
	char *text;           /* owned; lines joined; the marker is left out */
	size_t length, room;  /* of text */
	unsigned first, last; /* source lines */
	VEC(struct block_line) lines;
	char mark[24]; /* "4", "a", "09a/1920"; "" for none */
	int indent;
	int level; /* headings: 1 highest */
	bool bullet;
	bool arrow; /* the bullet is one */
	bool bold;
	bool gap; /* a blank line stands before it */
	bool quoted;
	bool page;
	VEC(struct block_margin) margins;
	char **cells;   /* rows: COLUMN_MAX of them, owned, NULL where empty */
	unsigned table; /* rows: number of the table, from 1 */
	bool named;     /* headed "Item 4" */
	bool taken;     /* read already, nothing more is sought in it */
	char item[24];  /* the item it belongs to */
	char para[24];
};

struct blocks {
	VEC(struct block) list;
	unsigned tables;
};

/* All blocks of a paper into *out, which is empty; blocks_clear frees them. */
void blocks_read(const struct paper *paper, struct blocks *out);
void blocks_clear(struct blocks *blocks);
/* Says for blocks first to end (left out) which item and paragraph each belongs
 * to, from their marks. */
void blocks_number(struct blocks *out, size_t first, size_t end);
/* The source line that an offset of a block's text comes from. */
unsigned block_line_at(const struct block *block, size_t offset);
/* A new last block without text; borrowed, until the next one is added. */
struct block *block_new(struct blocks *out, enum block_kind kind);
/* Adds a line to a block's text, behind a blank; its source line is no. */
void block_add_line(struct block *b, const char *text, size_t len, unsigned no);

/* Tries to read a table, however printed, at line i; its rows get the section.
 * Returns the line after it, or i. */
size_t table_read(const struct paper *paper, size_t i, struct blocks *out,
    enum section section);

/* Tries to read minutes printed in columns (item, notes, margin) at line i.
 * Returns the line after them, or i. */
size_t columns_read(const struct paper *paper, size_t i, struct blocks *out);

#define SEGMENTS_MAX 24

struct segment {
	const char *text;
	size_t len;
	int start, end; /* columns */
};

struct segments {
	struct segment s[SEGMENTS_MAX];
	size_t n;
};

/* What stands on a line with two blanks or more (or a tab) between; the last
 * segment holds the rest where there are more than SEGMENTS_MAX. */
void segments_read(const struct paper_line *line, struct segments *out);

/* Is it the head of minutes printed in columns, "Item  Notes  Action"? */
bool columns_head(const struct paper_line *line);
/* The same with more behind, "Item  Notes  Action  Who  When"; only what stands
 * below tells whether it is a table of nothing but actions. */
bool columns_wide_head(const struct paper_line *line);
/* Is line i the first of an item in such columns, with no head above? */
bool columns_row(const struct paper *paper, size_t i);

/* "No.  Item  Action by  Date": where the column of who acts begins; 0 for
 * other lines. */
int trail_heads(const struct paper_line *line);

/* Which column a head means; COLUMN_OTHER for none that is known. */
enum column column_of(const char *label, size_t len);

/* ---- what a line begins with: minutes_marks.c, minutes_sections.c,
 * minutes_fields.c ---- */

/* A marker at the beginning of a line: "4.", "(a)", "ii)", "09a/1920", "-".
 * Returns its bytes with the blanks behind, 0 for none; mark gets the number
 * or letter ("" for a bullet), *bullet whether it is (also) a bullet. */
size_t marker_at(const char *text, size_t len, char mark[24], bool *bullet);

/* Bytes of an arrow ("->", ">>"), 0 for none. */
size_t arrow_at(const char *text);

/* Is a mark the number of a minute ("09a/1920", "OS.27"), not of a list? */
bool mark_is_reference(const char *mark);

/* "By when: ", "Owner:": a label at the beginning that says who, when or how
 * far (COLUMN_OWNER, _DUE, _REVISED, _STATUS); *used gets its bytes, colon and
 * all. COLUMN_OTHER: none. */
enum column field_at(const char *text, size_t len, size_t *used);

/* "A1 ", "D12: ": the code of a listed action; its bytes, 0 for none. */
size_t code_at(const char *text, size_t len);

/* Which section a heading opens; SECTION_NONE for an ordinary one. *rest is
 * what stands behind a label on the same line ("Present: A. Bell"), or
 * NULL. */
enum section section_of(const char *text, size_t len, const char **rest);

/* "Action:", "ACTION -", "Action 3." at the beginning: the bytes up to what
 * follows, 0 for none. *number is set where the action is numbered. */
size_t action_mark(const char *text, size_t len, bool *number);
/* The bytes of a numbered one that may stand inside a paragraph, "AP4.3 ", 0
 * where none stands at the beginning of the text. */
size_t coded_mark_at(const char *text, size_t len);

/* ---- days and times: minutes_dates.c ---- */

struct found_date {
	int on; /* DAY_NONE when the year is missing and unknown */
	int month, day;
	bool has_year;
	int weekday; /* -1: none printed */
	size_t at, len;
};

/* The first calendar date in a text. Returns 1, or 0 for none. */
int date_find(const char *text, size_t len, struct found_date *out);
/* The day of a date without a year that is nearest to a day, or the first on or
 * after it; DAY_NONE where no year near has such a day. */
int date_nearest(int month, int day, int to_on);
int date_after(int month, int day, int from_on);
/* The first time of day ("7.30pm", "13:00", "1906", "8pm") in a text, as minute
 * of the day; -1 for none. */
int time_find(const char *text, size_t len);

/* ---- the reading: one paper, its parts, what is known meanwhile ---- */

struct part { /* one meeting's blocks */
	size_t first, end;
	size_t meeting;       /* index */
	int fallback_on;      /* what undated papers count from, DAY_NONE */
	bool has_list;        /* a table or list of actions stands in it */
	size_t approve_block; /* that says where it is approved, + 1; 0 */
	size_t head;          /* block that names the day, + 1; 0: none does */
	int other_next_on; /* next meeting of another kind, where it is all */
	int anchor_on;  /* a day that the paper prints, where it has no own */
	int64_t series; /* id of its own series in reading.series, 0: none */
	VEC(int) days;  /* meeting days of the body that it prints */
};

struct mention {
	const char *name;
	size_t len;
	bool several; /* more than one name has these initials */
};

struct reading {
	const struct minutes_env *env;
	struct paper paper;
	struct blocks blocks;
	VEC(struct part) parts;
	VEC(struct words_series) series; /* the env's, then the paper's */
	VEC(char *) strings;             /* owned by the series */
	uint64_t *proper;                /* proper nouns, hashed, open table */
	size_t proper_mask;
	const struct calendar *calendar; /* env's, or the default below */
	const struct words_policy *policy;
	struct calendar own_calendar;
	struct words_policy own_policy;
	struct minutes *out;
	VEC(int *) day_lists;      /* owned by the series too */
	VEC(char *) organisations; /* that the lists of people name */
	struct mention *mentioned; /* 26 by 26, by initials */
};

/* ---- heads: minutes_heads.c, minutes_title.c, minutes_next.c,
 * minutes_series.c and minutes_held.c (with minutes_held.h) ---- */

/* Finds the parts of the paper, a meeting for each in r->out, and reads what
 * their heads say; before anything else of a part is read. */
void heads_read(struct reading *r);
/* Finds each meeting's series, and all meeting days that are known. Behind
 * heads_read; needs the titles and days. */
void heads_series(struct reading *r);

/* Nouns of bodies that meet; NULL ends. */
extern const char *const head_bodies[];
/* Words before the meeting that approves minutes, not the one they are of. */
extern const char *const head_approval[];
bool head_short(const struct block *b); /* short enough for a head */
bool head_title(const struct block *b); /* may be a title */
/* The end of a part's head: its first numbered item or long paragraph. */
size_t head_end(const struct reading *r, const struct part *part);

/* What heads_read asks of a part; each sets what the meeting lacks and leaves
 * what it does not find: title; venue; next_on, with a flag where two places
 * disagree. */
void title_read(
    struct reading *r, struct part *part, struct minutes_meeting *m);
void venue_read(
    struct reading *r, struct part *part, struct minutes_meeting *m);
void next_read(struct reading *r, struct part *part, struct minutes_meeting *m);
/* "next board meeting": where it stands, NULL for none. */
const char *next_meeting_at(const char *text, size_t len);

/* ---- people and names: minutes_people.c (with minutes_people.h),
 * minutes_names.c ---- */

/* The people of a part into its meeting, in the order of the paper; its chair,
 * where one is named; organisations into r->organisations. */
void people_read(struct reading *r, struct part *part);
/* Fills r->mentioned with names of the running text, by two initials. */
void people_mentioned(struct reading *r);
/* Tokens from i on that are a person's name, 0 for none. */
size_t name_at(const struct toks *toks, size_t i);
/* May a word with a capital be a name, though nobody listed it: "Stu", but not
 * "Permission"? */
bool may_be_name(const struct tok *t);
/* Is it long enough for a name: three letters, or two like "Jo"? */
bool is_name_sized(const struct tok *t);
/* "Bob and Carol: the tickets", "Where: the hall": the bytes before the colon
 * where one to four words with capitals stand there, 0 for none. */
size_t name_label_at(const char *text, size_t len);
/* Collects words that have a capital inside a sentence, for is_proper. */
void proper_read(struct reading *r);
bool is_proper(const struct reading *r, const char *word, size_t len);

/* ---- ranks: minutes_ranks.c ---- */

bool is_address_form(const struct tok *t); /* "Mr", "Cllr" */
/* Tokens from i on that are ranks and forms of address: "T/Supt", "Rt Hon
 * Dame", "Chief Constable"; 0 for none. *lettered: the last is one of those
 * that may be initials too, "CC". */
size_t rank_at(const struct toks *toks, size_t i, bool *lettered);
/* Tokens from i on that are honours behind a name, "OBE, QPM"; 0 for none. */
size_t honours_at(const struct toks *toks, size_t i);

/* ---- owners: minutes_owners.c, minutes_entries.c ---- */

/* Reads a list of owners at token i; adds them to the entry. Returns the
 * token after them, i when there are none. Strict: each must be known, or look
 * like a person or an office. */
size_t owners_at(const struct reading *r, const struct minutes_meeting *m,
    const struct toks *toks, size_t i, struct minutes_entry *entry);
/* As above for a cell or margin that holds owners only: takes what is there,
 * but no words that tell of something; false where it left out such. */
bool owners_cell(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry);
/* Is all of the text owners? */
bool owners_only(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len);
/* Frees the owners of an entry; adds copies of one's owners to another; moves
 * them there, but those of a name that it has, and leaves from without any. */
void owners_clear(struct minutes_entry *entry);
void owners_copy(const struct minutes_entry *from, struct minutes_entry *to);
void owners_move(struct minutes_entry *from, struct minutes_entry *to);
/* Is any of them more than printed words (not MINUTES_UNKNOWN)? */
bool owners_known(const struct minutes_entry *entry);

/* ---- looking up: minutes_lookup.c ---- */

enum lookup {
	BY_FULL_NAME,
	BY_SHORT_NAME, /* "P Marr" */
	BY_WORD,
	BY_LETTERS,
};

/* Who has a name, and how many do. */
struct found {
	const char *name;
	int64_t party;
	size_t count;
	bool absent;
};

/* Who is called so in the meeting's people, the paper's, the register's: the
 * first of these that has any. The name is borrowed from there. */
struct found person_find(const struct reading *r,
    const struct minutes_meeting *m, enum lookup how, const char *text,
    size_t len);
/* The same of who holds an office ("Clerk"), or one with these capitals
 * ("PCC"). */
struct found office_find(const struct reading *r,
    const struct minutes_meeting *m, const char *text, size_t len,
    bool acronym);
/* A known organisation at the beginning of a text: its bytes, 0 for none; *name
 * (borrowed) and *party (0: not of the register) say which. */
size_t organisation_at(const struct reading *r, const char *text, size_t len,
    const char **name, int64_t *party);
/* The register's party of a name, 0 for none. */
int64_t party_named(const struct reading *r, const char *name);
/* "Mr", "Cllr": a word of a name that the looking up leaves out. */
bool is_title_word(const char *text, size_t len);

/* ---- clauses: minutes_clauses.c ---- */

enum charge {
	CHARGE_NONE,
	CHARGE_TO,     /* "Clerk to write" */
	CHARGE_AGREED, /* agreed, offered, undertook to */
	CHARGE_WILL,
	CHARGE_WOULD,
	CHARGE_ASKED,   /* was asked to, is to, should */
	CHARGE_PLAIN,   /* "that the PCC provide" */
	CHARGE_PASSIVE, /* to be reviewed; that papers be sent */
	CHARGE_VERB,    /* begins with the verb: "Circulate the paper" */
};

/* How a clause charges somebody; its owners are added to the entry. */
enum charge clause_read(const struct reading *r,
    const struct minutes_meeting *m, const char *text, size_t len,
    struct minutes_entry *entry);

/* The same of the clause's own subject alone, not of what follows inside. */
enum charge clause_subject(const struct reading *r,
    const struct minutes_meeting *m, const char *text, size_t len);

/* Clauses that ask nothing: "that the report be noted"; "none", "[Close]"; a
 * question; told as done. */
bool clause_noted(const char *text, size_t len);
bool clause_no_action(const char *text, size_t len);
bool clause_question(const char *text, size_t len);
bool clause_past(const char *text, size_t len);

/* ---- entries and their days: minutes_entries.c, minutes_due.c ---- */

/* A new entry of the part's meeting, "open", sure and without days; its place
 * comes from the block (NULL: it has none). kind is static, why is copied.
 * Borrowed from the meeting, until the next one is added. */
struct minutes_entry *draft_new(struct reading *r, struct part *part,
    const struct block *block, enum minutes_source source, const char *kind,
    const char *text, size_t len, unsigned line, const char *why);
void draft_clear(struct minutes_entry *entry); /* frees what it owns */
/* Adds a reason to why it was taken as it is. */
void draft_why(struct minutes_entry *entry, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Joins what the part says twice: a list or table, and again in the text. */
void same_merge(struct reading *r, struct part *part);

/* Works out the days of an entry from its phrase, or from its text. */
void due_read(
    struct reading *r, struct part *part, struct minutes_entry *entry);
/* Sets the phrase in place of what it was; an empty or very long one does not
 * count. */
void due_phrase_set(struct minutes_entry *entry, const char *at, size_t len);
/* Does a text hold deadline words? Then *at and *n say where. */
bool due_find(const char *text, size_t len, const char **at, size_t *n);
/* What undated things of the part count from, DAY_NONE: nothing is known. */
int due_base(const struct reading *r, const struct part *part);

/* ---- where entries stand; each adds those of a part to its meeting, in the
 * order of part_read in minutes.c, and marks blocks as taken ---- */

/* Rows of tables, and of minutes that are one table; minutes_rows.c. */
void rows_read(struct reading *r, struct part *part);
/* Who and when at the far end of a line, without a table; minutes_rows.c. */
void trailing_read(struct reading *r, struct part *part);
/* "Action: ...", lists below "Actions", brackets; minutes_walk.c. */
void actions_read(struct reading *r, struct part *part);
/* Who stands in the margin beside the notes; minutes_margins.c. */
void margins_read(struct reading *r, struct part *part);
/* What an inspection recommends; minutes_reports.c. */
void recommendations_read(struct reading *r, struct part *part);
/* What the running text obliges; minutes_passing.c (with minutes_passing.h). */
void passing_read(struct reading *r, struct part *part);
/* What an agenda says is to be done at the meeting; minutes_agenda.c. */
void agenda_promises(struct reading *r, struct part *part);

/* ---- one action: minutes_actions.c, minutes_behind.c, minutes_whose.c,
 * minutes_fields.c, minutes_tails.c, minutes_rows.c, minutes_margins.c ---- */

/* At an offset of a block, who acts and the word behind what is to be done,
 * "Action Ann" or "AB Action.": its bytes, 0 for none; *who, *n are who acts.
 */
size_t mark_behind(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b, size_t at, const char **who, size_t *n);
/* Adds what a marked or listed text charges: splits it into its actions, unless
 * it is one whole. Where it says nothing itself, owners, state and days come
 * from the context (NULL: there is none). The text lies in the block's. */
void marked_add(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len, enum minutes_source source, bool whole,
    struct minutes_entry *context);
/* The first clause of "that X be noted and that Y be sent": its length; *skip
 * is what joins it to the next. */
size_t that_next(const char *text, size_t len, size_t *skip);
/* Takes owners, state and due words off the end of a text: "[new for X]",
 * "- Clerk". Returns the new length. */
size_t tail_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, bool listed, struct minutes_entry *entry);
/* Takes what is labelled ("Owner: Clerk. Due: 4 May") off the end of a text.
 * Returns the new length. */
size_t fields_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry);
/* Does a text charge somebody who is named? */
bool charges_somebody(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, enum charge *charge);
/* Bytes of who acts before the colon, the dash or the verb in the outcome of an
 * item: "TC: write to the school", "TC - keys", "TC buy paint"; 0 where it only
 * tells something. In minutes_walk.c. */
size_t outcome_owner(const struct reading *r, const struct minutes_meeting *m,
    const struct block *b);
/* The state that a text is the words for: "done", "open" ...; NULL: none. */
const char *state_of(const char *text, size_t len);
/* The state that a text begins with, of the action above it; or NULL. */
const char *leading_state(const char *text, size_t len);
/* A state behind the last dash or colon, which *len is cut to; or NULL. */
const char *tail_state(const char *text, size_t *len);
/* The last sentence of the block before, for "Action: Clerk" lines. */
const char *sentence_before(const struct reading *r, const struct part *part,
    size_t block, size_t *len, unsigned *line);

/* Is it a day, or words for one, as a column of days has them? *ditto tells of
 * a ditto mark. */
bool trail_due(const char *text, size_t len, bool *ditto);
/* "COO, July 2024", "CC - 12 May": the bytes before the last comma or dash
 * where nothing but a day stands behind it, which *due and *n get; 0: none
 * does. */
size_t who_before_day(
    const char *text, size_t len, const char **due, size_t *n);
/* Does a cell of owners or days only say that there is none, or none any more:
 * "n/a", "tbc", "done"? */
bool cell_says_none(const char *text, size_t len);

/* ---- what a sentence is: minutes_promises.c ---- */

/* The length of a clause without the "and", comma or semicolon that joins it to
 * the next. */
size_t without_joint(const char *text, size_t len);

/* Each asks about the words of a sentence or clause, whoever is meant. */

/* It only supposes, asks or wishes: "if", "might", "hoped", "?". */
bool promise_hypothetical(const char *text, size_t len);
/* "To receive the report": what an item is called. */
bool promise_item_title(const char *text);
/* "agreed to approve the accounts": done with the agreeing. */
bool promise_done_agreeing(const char *text, size_t len);
/* "agreed that", "decided to", not "have agreed to". */
bool promise_agreed(const char *text, size_t len);
/* "RESOLVED that", "It was resolved to": formal, in capitals or first. */
bool promise_resolved(const char *text, size_t len);
/* "Approved the agreement", "Moved by Ann, seconded by Bob, and carried": a
 * decision told of, and nothing else. */
bool promise_taken(const char *text, size_t len);
/* Of "Moved by Ann and carried to ask the clerk for a map", where what was
 * moved stands (len: it is not said); len + 1: it is no motion. */
size_t promise_motion(const char *text, size_t len);
/* "That two lamps be bought": somebody has to do it, whoever that is. */
bool promise_works(const char *text, size_t len);
/* A decision that is done when it is made: "to approve", "was elected". */
bool promise_mere_decision(const char *text, size_t len);
/* "deferred to", "be on the next agenda". */
bool promise_deferred(const char *text, size_t len);
/* The kind of entry it makes, static: "bid", "paper" or "commitment". */
const char *promise_kind(const char *text, size_t len);
bool promise_bid(const char *text, size_t len);  /* one being prepared */
bool promise_duty(const char *text, size_t len); /* "will report quarterly" */
/* It sets a day ahead by which something is to be there. */
bool promise_dated(const char *text, size_t len);
/* "The Board requested an update on it at its September meeting". */
bool promise_wanted(const char *text, size_t len);
/* "being considered for the next financial year". */
bool promise_under_way(const char *text, size_t len);

/* ---- sentences with who acts behind: minutes_signed.c ---- */

/* Bytes of "(CC by 12 May)" at the beginning of a text, 0 for none. */
size_t signature_at(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len);
/* Who and when of "CC by 12 May" into an entry; false when it is not so. */
bool signature_read(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry);
/* Takes "CC" behind a full stop or a dash off a text: its new length. */
size_t signature_cut(const struct reading *r, const struct minutes_meeting *m,
    const char *text, size_t len, struct minutes_entry *entry);
/* Adds the entry of a sentence that ends with who acts; false when it does
 * not, or asks nothing. */
bool signed_read(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len);

/* ---- resolutions with who acts below: minutes_resolved.c ---- */

/* "RESOLVED:", "It was resolved that", "AGREED:": is what was resolved below?
 */
bool resolution_opens(const struct block *b);
/* Adds the entries of the numbered clauses above a block that says ("Action
 * by: Clerk (2)", its mark being read) who carries them out; false when it says
 * nothing of the kind. */
bool resolved_read(
    struct reading *r, struct part *part, size_t block, size_t mark);

/* ---- what became of earlier actions: minutes_told.c ---- */

/* Adds the entry of a sentence like "PC-2 is complete"; false for others. */
bool told_reference(struct reading *r, struct part *part, const struct block *b,
    const char *text, size_t len);
/* "This was carried forward": gives the entry (an index) of the sentence before
 * its state or day; false where the sentence does not speak of it. */
bool told_again(struct reading *r, struct part *part, size_t entry,
    const char *text, size_t len);
/* Flags "Action completed", where it does not say which. */
void told_done(
    struct reading *r, const struct block *b, const char *text, size_t len);

/* ---- flags: minutes_flags.c ---- */

/* Adds a flag at a source line, unless the same was said of it just before. */
void flag_add(struct reading *r, enum minutes_flag_code code, unsigned line,
    const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Looks at all that was read and flags it; the last step. */
void flags_read(struct reading *r);
char *flag_excerpt(const char *text); /* its beginning; the caller frees it */

/* The meeting that a part is of; borrowed, the parts being found. */
static inline struct minutes_meeting *
part_meeting(const struct reading *r, const struct part *part)
{
	return &r->out->meetings.items[part->meeting];
}

#endif
