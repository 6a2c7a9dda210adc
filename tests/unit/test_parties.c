/* SPDX-License-Identifier: ISC */
/* Parties: whom a name means, who answers on a day, leaving. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "io/entries.h"
#include "io/meetings.h"
#include "io/parties.h"

#define TODAY 18000

static struct db *db;
static struct err err;
static const struct doer doer = { .actor = "tester", .on = TODAY, .at = 1000 };

static int64_t police, fire, council, ann, anton, bob, zed, aco_police,
    aco_fire, clerk;

static int64_t
add(enum party_kind kind, const char *name, int64_t organisation,
    const char *email)
{
	struct party party;
	int64_t id;

	party_init(&party);
	party.kind = kind;
	party.name = xstrdup(name);
	party.email = xstrdup(email);
	party.organisation_id = organisation;
	err.text[0] = '\0';
	if (parties_add(db, &party, &doer, &err) == -1)
		print_error("%s\n", err.text);
	assert_true(party.id > 0);
	id = party.id;
	party_clear(&party);
	return id;
}

static int
set_up(void **state)
{
	(void)state;
	db = db_open(":memory:", DB_CREATE, &err);
	assert_non_null(db);
	police = add(
	    PARTY_ORGANISATION, "Exampleshire Police", 0, "police@example.org");
	fire = add(PARTY_ORGANISATION, "Exampleshire Fire", 0, NULL);
	council = add(PARTY_ORGANISATION, "Town Council", 0, NULL);
	ann = add(PARTY_PERSON, "Ann Other", police, "ann@example.org");
	anton = add(PARTY_PERSON, "Anton Example", fire, "anton@example.org");
	bob = add(PARTY_PERSON, "Bob van Example", fire, "bob@example.org");
	zed = add(PARTY_PERSON, "Cllr Zed Quux", council, NULL);
	aco_police = add(PARTY_OFFICE, "Assistant Chief Officer", police, NULL);
	aco_fire = add(PARTY_OFFICE, "Assistant Chief Officer", fire, NULL);
	clerk =
	    add(PARTY_OFFICE, "Head of Legal", council, "legal@example.org");
	assert_int_equal(
	    parties_hold(db, aco_police, ann, DAY_NONE, &doer, &err), 0);
	assert_int_equal(
	    parties_add_alias(db, police, "the Force", &doer, &err), 0);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	db_close(db);
	return 0;
}

/* ---- whom a name means ---- */

static void
parties_find__as_people_write__finds_the_one(void **state)
{
	const struct {
		const char *text;
		int64_t want;
	} cases[] = {
		{ "Ann Other", ann },
		{ "  ann   OTHER. ", ann },
		{ "the force", police },
		{ "exampleshire police", police },
		{ "the Exampleshire Police", police },
		{ "ann@example.org", ann },
		{ "Ann Other <ANN@example.org>", ann },
		{ "Assistant Chief Officer of Exampleshire Police",
		    aco_police },
		{ "the Assistant Chief Officer of the Force", aco_police },
		{ "Assistant Chief Officer, Exampleshire Fire", aco_fire },
		{ "Assistant Chief Officer (Exampleshire Fire)", aco_fire },
		{ "Assistant Chief Officer at Exampleshire Fire", aco_fire },
		{ "Ann Other (Exampleshire Police)", ann },
		{ "Head of Legal", clerk },
		{ "the Head of Legal of the Town Council", clerk },
		{ "Other", ann },
		{ "Ms Other", ann },
		{ "A. Other", ann },
		{ "A Other", ann },
		{ "Other, Ann", ann },
		{ "Assistant Chief Officer Other", ann },
		{ "Assistant Chief Officer Ann Other", ann },
		{ "van Example", bob },
		{ "B Example", bob }, /* initials tell the two apart */
		{ "AO", ann },
		{ "A.O.", ann },
		{ "Zed Quux", zed },
		{ "Councillor Quux", zed },
		{ "ZQ", zed },
		{ "BvE", 0 },
		{ "BVE", bob },
		{ "BE", bob },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id = 0;
		int rc = parties_find(db, cases[i].text, &id, &err);

		if (cases[i].want != id)
			print_error("'%s': %s\n", cases[i].text, err.text);
		assert_int_equal(rc, cases[i].want == 0 ? -1 : 0);
		assert_int_equal(id, cases[i].want);
	}
}

#define CURLY "\xE2\x80\x99"
#define OPEN "\xE2\x80\x98"
#define MODIFIER "\xCA\xBC"

static void
parties_find__apostrophe_of_another_shape__is_the_same_name(void **state)
{
	int64_t place = add(PARTY_ORGANISATION, "King" CURLY "s Lynn", 0, NULL);
	int64_t jane = add(PARTY_PERSON, "Jane O'Connor", place, NULL);
	int64_t deputy =
	    add(PARTY_OFFICE, "Chief" CURLY "s Deputy", place, NULL);
	int64_t other = add(PARTY_PERSON, "Mary Jane O'Connor", 0, NULL);
	const struct {
		const char *text;
		int64_t want;
	} cases[] = {
		{ "Jane O" CURLY "Connor", jane },
		{ "jane o" OPEN "connor", jane },
		{ "Jane O" MODIFIER "Connor", jane },
		{ "O" CURLY "Connor, Jane", jane },
		{ "Jane O" CURLY "Connor of King's Lynn", jane },
		{ "M. J. O" CURLY "Connor", other },
		{ "King's Lynn", place },
		{ "Chief's Deputy of King" OPEN "s Lynn", deputy },
		{ "Chief's Deputy O" CURLY "Connor", jane },
		{ "J O" CURLY "C", jane },
	};
	int64_t id, twin;
	struct party party;

	(void)state;
	assert_int_equal(
	    parties_hold(db, deputy, jane, DAY_NONE, &doer, &err), 0);
	assert_int_equal(parties_add_alias(db, jane, "J O'C", &doer, &err), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		id = 0;
		if (parties_find(db, cases[i].text, &id, &err) == -1)
			print_error("'%s': %s\n", cases[i].text, err.text);
		assert_int_equal(id, cases[i].want);
	}
	/* Nobody is added twice, and what is stored keeps its spelling. */
	party_init(&party);
	party.kind = PARTY_PERSON;
	party.name = xstrdup("Jane O" CURLY "Connor");
	party.organisation_id = place;
	assert_int_equal(parties_add(db, &party, &doer, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	party_clear(&party);
	assert_int_equal(parties_get(db, jane, DAY_NONE, &party, &err), 1);
	assert_string_equal(party.name, "Jane O'Connor");
	/* It may be spelt otherwise by hand. */
	free(party.name);
	party.name = xstrdup("Jane O" CURLY "Connor");
	assert_int_equal(parties_save(db, &party, &doer, &err), 0);
	party_clear(&party);
	/* Two who are there under both spellings are told apart by them. */
	twin = add(PARTY_PERSON, "Jane O'Connor", 0, NULL);
	assert_int_equal(parties_find(db, "Jane O'Connor", &id, &err), 0);
	assert_int_equal(id, twin);
	assert_int_equal(
	    parties_find(db, "Jane O" CURLY "Connor", &id, &err), 0);
	assert_int_equal(id, jane);
}

static void
parties_find__several_fit__is_a_conflict_that_names_them(void **state)
{
	static const struct {
		const char *text, *first, *second;
	} cases[] = {
		{ "Assistant Chief Officer", "Exampleshire Police",
		    "Exampleshire Fire" },
		{ "Example", "Anton Example", "Bob van Example" },
		{ "Mr Example", "Anton Example", "Bob van Example" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id = 77;

		assert_int_equal(
		    parties_find(db, cases[i].text, &id, &err), -1);
		assert_int_equal(err.code, ERR_CONFLICT);
		assert_non_null(strstr(err.text, cases[i].first));
		assert_non_null(strstr(err.text, cases[i].second));
		assert_int_equal(id, 77);
	}
}

static void
parties_find__nobody_fits__is_not_found(void **state)
{
	static const char *const texts[] = { "Ann", "Nobody", "Sally Other",
		"S. Other", "Chief Officer", "XY", "nobody@example.org",
		"Assistant Chief Officer of Nowhere", "police", "of", ",",
		"a b c d e f g h i j k l m n o p" };
	int64_t id = 0;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		if (strcmp(texts[i], ",") == 0) {
			assert_int_equal(
			    parties_find(db, texts[i], &id, &err), -1);
			assert_int_equal(err.code, ERR_INPUT);
			continue;
		}
		if (parties_find(db, texts[i], &id, &err) != -1)
			print_error("found '%s'\n", texts[i]);
		assert_int_equal(id, 0);
		assert_int_equal(err.code, ERR_NOTFOUND);
	}
	assert_int_equal(parties_find(db, "Ann Othr", &id, &err), -1);
	assert_non_null(strstr(err.text, "did you mean 'Ann Other'?"));
}

static void
parties_find__one_of_them_has_left__is_the_other(void **state)
{
	int64_t second = add(PARTY_PERSON, "Ann Other", fire, NULL), id = 0;
	int moved = 0;

	(void)state;
	assert_int_equal(parties_find(db, "Ann Other", &id, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(
	    parties_leave(db, second, TODAY, bob, &doer, &moved, &err), 0);
	assert_int_equal(parties_find(db, "Ann Other", &id, &err), 0);
	assert_int_equal(id, ann);
	assert_int_equal(parties_find(db, "Other", &id, &err), 0);
	assert_int_equal(id, ann);
}

/* ---- adding and saving ---- */

static void
parties_add__same_name__only_in_another_organisation(void **state)
{
	struct party party;

	(void)state;
	party_init(&party);
	party.name = xstrdup("ann other");
	party.organisation_id = police;
	assert_int_equal(parties_add(db, &party, &doer, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	party.organisation_id = council;
	assert_int_equal(parties_add(db, &party, &doer, &err), 0);
	party_clear(&party);
}

static void
parties_add__bad_values__are_refused(void **state)
{
	static const char *const emails[] = { "nobody", "a b@example.org",
		"a@example.org\r\nRCPT TO:<x@y>", "@example.org" };
	struct party party;

	(void)state;
	party_init(&party);
	party.name = xstrdup("New");
	for (size_t i = 0; i < sizeof emails / sizeof *emails; i++) {
		party.email = xstrdup(emails[i]);
		assert_int_equal(parties_add(db, &party, &doer, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		free(party.email);
		party.email = NULL;
	}
	free(party.name);
	party.name = xstrdup("");
	assert_int_equal(parties_add(db, &party, &doer, &err), -1);
	party_clear(&party);
}

struct seen {
	int count;
	char text[512];
};

static int
see_event(void *ctx, const struct event *event, struct err *e)
{
	struct seen *seen = ctx;
	size_t n = strlen(seen->text);

	(void)e;
	seen->count++;
	(void)snprintf(seen->text + n, sizeof seen->text - n, "%s:%s>%s;",
	    event->what, event->old ? event->old : "",
	    event->new ? event->new : "");
	return 0;
}

static void
parties_save__changes__are_events_and_no_change_is_none(void **state)
{
	struct seen seen = { 0 };
	struct party party = { 0 };

	(void)state;
	assert_int_equal(parties_get(db, ann, TODAY, &party, &err), 1);
	assert_string_equal(party.office, "Assistant Chief Officer");
	assert_string_equal(party.organisation, "Exampleshire Police");
	assert_int_equal(parties_save(db, &party, &doer, &err), 0);
	free(party.email);
	party.email = xstrdup("new@example.org");
	party.deputy_id = bob;
	party.paused_until_on = day_from_civil(2019, 5, 3);
	assert_int_equal(parties_save(db, &party, &doer, &err), 0);
	assert_int_equal(register_history(db, "party", ann, INSTANT_NONE,
			     see_event, &seen, &err),
	    0);
	assert_string_equal(seen.text,
	    "added:>Ann Other;email:ann@example.org>new@example.org;"
	    "deputy:>Bob van Example;paused:>until 3 May 2019;");
	party.deputy_id = ann;
	assert_int_equal(parties_save(db, &party, &doer, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	party_clear(&party);
}

/* ---- who answers ---- */

static void
expect_reach(int64_t id, int today, int64_t party_id, const char *address,
    const char *as, const char *problem)
{
	struct reach reach = { 0 };

	assert_int_equal(parties_reach(db, id, today, &reach, &err), 0);
	assert_int_equal(reach.party_id, party_id);
	if (address == NULL)
		assert_null(reach.address);
	else
		assert_string_equal(reach.address, address);
	if (as == NULL)
		assert_null(reach.as);
	else
		assert_string_equal(reach.as, as);
	if (problem == NULL)
		assert_null(reach.problem);
	else
		assert_string_equal(reach.problem, problem);
	reach_clear(&reach);
}

static void
change(int64_t id, void (*how)(struct party *party, int64_t to), int64_t to)
{
	struct party party = { 0 };

	assert_int_equal(parties_get(db, id, TODAY, &party, &err), 1);
	how(&party, to);
	assert_int_equal(parties_save(db, &party, &doer, &err), 0);
	party_clear(&party);
}

static void
set_deputy(struct party *party, int64_t to)
{
	party->deputy_id = to;
	party->deputy_from_on = TODAY;
	party->deputy_until_on = TODAY + 2;
}

static void
set_contact(struct party *party, int64_t to)
{
	party->contact_id = to;
}

static void
set_pause(struct party *party, int64_t until)
{
	party->paused_from_on = TODAY;
	party->paused_until_on = (int)until;
}

static void
parties_reach__office__is_its_holder_of_the_day(void **state)
{
	(void)state;
	expect_reach(ann, TODAY, ann, "ann@example.org", NULL, NULL);
	expect_reach(aco_police, TODAY, ann, "ann@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(aco_fire, TODAY, aco_fire, NULL, NULL, "has no holder");
	expect_reach(clerk, TODAY, clerk, "legal@example.org", NULL, NULL);
	assert_int_equal(
	    parties_hold(db, aco_police, bob, TODAY + 1, &doer, &err), 0);
	expect_reach(aco_police, TODAY, ann, "ann@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(aco_police, TODAY + 1, bob, "bob@example.org",
	    "as Assistant Chief Officer", NULL);
	/* A holder between the two of them. */
	assert_int_equal(
	    parties_hold(db, aco_police, anton, TODAY - 5, &doer, &err), 0);
	expect_reach(aco_police, TODAY - 6, ann, "ann@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(aco_police, TODAY, anton, "anton@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(aco_police, TODAY + 1, bob, "bob@example.org",
	    "as Assistant Chief Officer", NULL);
	/* Nobody from then on. */
	assert_int_equal(
	    parties_hold(db, aco_police, 0, TODAY + 9, &doer, &err), 0);
	expect_reach(
	    aco_police, TODAY + 9, aco_police, NULL, NULL, "has no holder");
}

static void
parties_reach__deputy__only_on_the_days(void **state)
{
	char *as, day[DAY_LONG_MAX];

	(void)state;
	change(ann, set_deputy, bob);
	expect_reach(ann, TODAY - 1, ann, "ann@example.org", NULL, NULL);
	as = xasprintf(
	    "for Ann Other, who is away until %s", day_long(TODAY + 2, day));
	expect_reach(ann, TODAY, bob, "bob@example.org", as, NULL);
	expect_reach(ann, TODAY + 2, bob, "bob@example.org", as, NULL);
	free(as);
	expect_reach(ann, TODAY + 3, ann, "ann@example.org", NULL, NULL);
	as = xasprintf("for Ann Other, Assistant Chief Officer, who is away "
		       "until %s",
	    day_long(TODAY + 2, day));
	expect_reach(aco_police, TODAY, bob, "bob@example.org", as, NULL);
	free(as);
	change(bob, set_deputy, ann); /* each for the other */
	{
		struct reach reach = { 0 };

		assert_int_equal(
		    parties_reach(db, ann, TODAY, &reach, &err), 0);
		assert_null(reach.address);
		assert_non_null(reach.problem);
		reach_clear(&reach);
	}
}

static void
parties_reach__organisation__own_mailbox_else_contact(void **state)
{
	(void)state;
	expect_reach(police, TODAY, police, "police@example.org", NULL, NULL);
	expect_reach(fire, TODAY, fire, NULL, NULL, "has no address");
	change(fire, set_contact, bob);
	expect_reach(
	    fire, TODAY, bob, "bob@example.org", "for Exampleshire Fire", NULL);
	change(council, set_contact, zed);
	expect_reach(
	    council, TODAY, zed, NULL, "for Town Council", "has no address");
}

static void
parties_reach__paused__tells_until_when(void **state)
{
	struct reach reach = { 0 };

	(void)state;
	change(ann, set_pause, TODAY + 4);
	assert_int_equal(
	    parties_reach(db, aco_police, TODAY + 4, &reach, &err), 0);
	assert_int_equal(reach.paused_until_on, TODAY + 4);
	reach_clear(&reach);
	assert_int_equal(parties_reach(db, ann, TODAY + 5, &reach, &err), 0);
	assert_int_equal(reach.paused_until_on, DAY_NONE);
	reach_clear(&reach);
	change(ann, set_deputy, bob); /* who is not paused */
	assert_int_equal(parties_reach(db, ann, TODAY + 1, &reach, &err), 0);
	assert_int_equal(reach.paused_until_on, DAY_NONE);
	reach_clear(&reach);
}

/* ---- leaving ---- */

static int64_t
add_entry(const char *ref, int64_t owner, int64_t co_owner, int64_t sponsor)
{
	int64_t ids[3] = { owner, co_owner, sponsor }, id;
	struct entry entry;

	entry_init(&entry);
	entry.ref = xstrdup(ref);
	entry.kind = xstrdup("action");
	entry.text = xstrdup("to do");
	entry.state = ENTRY_OPEN;
	for (int i = 0; i < 3; i++)
		if (ids[i] != 0)
			*vec_push(&entry.owners) = (struct owner){ ids[i], NULL,
				(enum owner_role)i, DAY_NONE };
	assert_int_equal(entries_add(db, &entry, &doer, &err), 0);
	id = entry.id;
	entry_clear(&entry);
	return id;
}

static void
parties_leave__somebody__everything_is_handed_over(void **state)
{
	struct doer later = { .actor = "tester", .on = TODAY, .at = 2000 };
	struct series series = { .code = xstrdup("WT"),
		.title = xstrdup("Working Together"),
		.chair_id = ann,
		.secretary_id = ann };
	struct entry entry = { 0 };
	int moved = 0;

	(void)state;
	assert_int_equal(series_add(db, &series, &doer, &err), 0);
	change(fire, set_contact, ann);
	change(anton, set_deputy, ann);
	(void)add_entry("A-1", ann, bob, 0);
	(void)add_entry("A-2", anton, 0, ann);
	(void)add_entry("A-3", anton, 0, 0);
	assert_int_equal(
	    parties_leave(db, ann, TODAY, 0, &later, &moved, &err), -1);
	assert_int_equal(
	    parties_leave(db, ann, TODAY, ann, &later, &moved, &err), -1);
	assert_int_equal(
	    parties_leave(db, ann, TODAY, bob, &later, &moved, &err), 0);
	assert_int_equal(moved, 2);
	assert_int_equal(entries_get(db, "A-1", &entry, &err), 1);
	assert_int_equal(entry.owners.len, 1); /* bob once, as the owner */
	assert_int_equal(entry.owners.items[0].party_id, bob);
	assert_int_equal(entry.owners.items[0].role, ROLE_OWNER);
	assert_int_equal(entry.assign_version, 2);
	assert_int_equal(entry.assigned_at, 2000);
	entry_clear(&entry);
	assert_int_equal(entries_get(db, "A-2", &entry, &err), 1);
	assert_int_equal(entry.owners.items[1].party_id, bob);
	assert_int_equal(entry.owners.items[1].role, ROLE_SPONSOR);
	entry_clear(&entry);
	series_clear(&series);
	assert_int_equal(series_get(db, "wt", &series, &err), 1);
	assert_int_equal(series.chair_id, bob);
	assert_int_equal(series.secretary_id, bob);
	series_clear(&series);
	expect_reach(
	    fire, TODAY, bob, "bob@example.org", "for Exampleshire Fire", NULL);
	expect_reach(aco_police, TODAY, bob, "bob@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(ann, TODAY, bob, "bob@example.org",
	    "for Ann Other, who has left", NULL);
	expect_reach(ann, TODAY - 1, ann, "ann@example.org", NULL, NULL);
}

static void
expect_owner(const char *ref, int64_t owner)
{
	struct entry entry = { 0 };

	assert_int_equal(entries_get(db, ref, &entry, &err), 1);
	assert_int_equal(entry.owners.items[0].party_id, owner);
	entry_clear(&entry);
}

/* Hands over on a day; how many calls that took. */
static int
hand_over(int today, int max)
{
	int calls = 0, rc;

	while ((rc = parties_hand_over(db, today, 3000, max, &err)) == 1)
		calls++;
	assert_int_equal(rc, 0);
	return calls;
}

static void
parties_leave__on_a_day_to_come__waits_for_it(void **state)
{
	struct series series = { .code = xstrdup("WT"),
		.title = xstrdup("Working Together"),
		.chair_id = ann };
	int64_t id;
	int moved = 0, on = 0;

	(void)state;
	assert_int_equal(series_add(db, &series, &doer, &err), 0);
	(void)add_entry("A-1", ann, 0, 0);
	(void)add_entry("A-2", ann, 0, 0);
	assert_int_equal(parties_next_leave(db, &on, &err), 0);
	assert_int_equal(on, DAY_NONE);
	assert_int_equal(
	    parties_leave(db, ann, TODAY + 5, bob, &doer, &moved, &err), 0);
	assert_int_equal(moved, 2);
	assert_int_equal(parties_next_leave(db, &on, &err), 0);
	assert_int_equal(on, TODAY + 5);
	/* Until then she is who she was, and what comes is hers. */
	assert_int_equal(hand_over(TODAY + 4, 100), 0);
	(void)add_entry("A-3", ann, 0, 0);
	expect_owner("A-1", ann);
	expect_reach(ann, TODAY + 4, ann, "ann@example.org", NULL, NULL);
	expect_reach(aco_police, TODAY + 4, ann, "ann@example.org",
	    "as Assistant Chief Officer", NULL);
	assert_int_equal(parties_find(db, "Other", &id, &err), 0);
	assert_int_equal(id, ann);
	/* Two entries a call: two calls, the second with the places. */
	assert_int_equal(hand_over(TODAY + 5, 2), 2);
	for (int i = 1; i <= 3; i++) {
		char ref[8];

		(void)snprintf(ref, sizeof ref, "A-%d", i);
		expect_owner(ref, bob);
	}
	series_clear(&series);
	assert_int_equal(series_get(db, "wt", &series, &err), 1);
	assert_int_equal(series.chair_id, bob);
	series_clear(&series);
	expect_reach(aco_police, TODAY + 5, bob, "bob@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(aco_police, TODAY + 4, ann, "ann@example.org",
	    "as Assistant Chief Officer", NULL);
	assert_int_equal(hand_over(TODAY + 6, 2), 0);
	assert_int_equal(parties_find(db, "Other", &id, &err), -1);
}

static void
parties_stay__before_the_day__nothing_changes_hands(void **state)
{
	int moved, on = 0;

	(void)state;
	(void)add_entry("A-1", ann, 0, 0);
	assert_int_equal(parties_stay(db, ann, &doer, &err), -1);
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_int_equal(
	    parties_leave(db, ann, TODAY + 5, bob, &doer, &moved, &err), 0);
	assert_int_equal(parties_stay(db, ann, &doer, &err), 0);
	assert_int_equal(parties_next_leave(db, &on, &err), 0);
	assert_int_equal(on, DAY_NONE);
	assert_int_equal(hand_over(TODAY + 9, 100), 0);
	expect_owner("A-1", ann);
	expect_reach(ann, TODAY + 9, ann, "ann@example.org", NULL, NULL);
}

/* Ann is to hand over to Bob, who leaves before her: Anton gets hers too. */
static void
parties_leave__who_was_to_take_over_leaves_too__the_next_one_does(void **state)
{
	int moved;

	(void)state;
	(void)add_entry("A-1", ann, 0, 0);
	(void)add_entry("A-2", bob, 0, 0);
	assert_int_equal(
	    parties_leave(db, ann, TODAY + 5, bob, &doer, &moved, &err), 0);
	assert_int_equal(
	    parties_leave(db, bob, TODAY + 2, anton, &doer, &moved, &err), 0);
	assert_int_equal(hand_over(TODAY + 2, 100), 1);
	expect_owner("A-1", ann);
	expect_owner("A-2", anton);
	assert_int_equal(hand_over(TODAY + 5, 100), 1);
	expect_owner("A-1", anton);
}

/* Only a person holds an office: it falls vacant, and nothing else waits for
 * it. */
static void
parties_leave__to_no_person__offices_fall_vacant(void **state)
{
	int moved;

	(void)state;
	change(fire, set_contact, ann);
	(void)add_entry("A-1", ann, 0, 0);
	assert_int_equal(
	    parties_leave(db, ann, TODAY + 5, fire, &doer, &moved, &err), 0);
	assert_int_equal(hand_over(TODAY + 5, 100), 1);
	expect_owner("A-1", fire);
	expect_reach(
	    aco_police, TODAY + 5, aco_police, NULL, NULL, "has no holder");
	/* Who was the contact of the one who takes over is it no longer. */
	expect_reach(fire, TODAY + 5, fire, NULL, NULL, "has no address");
}

static void
parties_leave__before_an_office_is_taken__its_holder_keeps_it_till_then(
    void **state)
{
	int moved;

	(void)state;
	assert_int_equal(
	    parties_hold(db, aco_fire, anton, DAY_NONE, &doer, &err), 0);
	assert_int_equal(
	    parties_hold(db, aco_fire, ann, TODAY + 60, &doer, &err), 0);
	assert_int_equal(
	    parties_leave(db, ann, TODAY, bob, &doer, &moved, &err), 0);
	expect_reach(aco_fire, TODAY + 59, anton, "anton@example.org",
	    "as Assistant Chief Officer", NULL);
	expect_reach(aco_fire, TODAY + 60, bob, "bob@example.org",
	    "as Assistant Chief Officer", NULL);
}

/* As a file of parties has it. */
static void
set_leave(struct party *party, int64_t value)
{
	party->left_on = (int)value;
	party->successor_id = bob;
}

static void
parties_save__left_on_a_day_to_come__hands_over_then(void **state)
{
	(void)state;
	(void)add_entry("A-1", ann, 0, 0);
	(void)add_entry("A-2", anton, 0, 0);
	change(ann, set_leave, TODAY + 3);
	change(anton, set_leave, TODAY - 3); /* long handed over elsewhere */
	assert_int_equal(hand_over(TODAY + 2, 100), 0);
	assert_int_equal(hand_over(TODAY + 3, 100), 1);
	expect_owner("A-1", bob);
	expect_owner("A-2", anton);
}

static void
parties_address__known_or_new__is_one_party(void **state)
{
	int64_t id = 0, again = 0;

	(void)state;
	assert_int_equal(parties_address(db, "BOB@example.org", &id, &err), 0);
	assert_int_equal(id, bob);
	assert_int_equal(parties_address(db, "duty@example.org", &id, &err), 0);
	assert_int_equal(
	    parties_address(db, "Duty@example.org", &again, &err), 0);
	assert_int_equal(id, again);
	expect_reach(id, TODAY, id, "duty@example.org", NULL, NULL);
	assert_int_equal(parties_address(db, "no address", &id, &err), -1);
}

static void
parties_save__reach_changes__plans_the_entries_anew(void **state)
{
	int64_t entry = add_entry("A-1", aco_police, 0, 0);
	struct stmt *st;

	(void)state;
	(void)add_entry("A-2", bob, 0, 0);
	assert_int_equal(db_run(db_stmt(db, "DELETE FROM due"), &err), 0);
	change(ann, set_pause, TODAY + 3); /* who holds the office */
	st = db_stmt(db, "SELECT entry_id, next_at FROM due");
	assert_int_equal(db_step(st, &err), 1);
	assert_int_equal(db_int(st, 0), entry);
	assert_int_equal(db_int(st, 1), 0);
	assert_int_equal(db_step(st, &err), 0);
	db_done(st);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		T(parties_find__as_people_write__finds_the_one),
		T(parties_find__apostrophe_of_another_shape__is_the_same_name),
		T(parties_find__several_fit__is_a_conflict_that_names_them),
		T(parties_find__nobody_fits__is_not_found),
		T(parties_find__one_of_them_has_left__is_the_other),
		T(parties_add__same_name__only_in_another_organisation),
		T(parties_add__bad_values__are_refused),
		T(parties_save__changes__are_events_and_no_change_is_none),
		T(parties_reach__office__is_its_holder_of_the_day),
		T(parties_reach__deputy__only_on_the_days),
		T(parties_reach__organisation__own_mailbox_else_contact),
		T(parties_reach__paused__tells_until_when),
		T(parties_leave__somebody__everything_is_handed_over),
		T(parties_leave__on_a_day_to_come__waits_for_it),
		T(parties_stay__before_the_day__nothing_changes_hands),
		T(parties_leave__who_was_to_take_over_leaves_too__the_next_one_does),
		T(parties_leave__to_no_person__offices_fall_vacant),
		T(parties_leave__before_an_office_is_taken__its_holder_keeps_it_till_then),
		T(parties_save__left_on_a_day_to_come__hands_over_then),
		T(parties_address__known_or_new__is_one_party),
		T(parties_save__reach_changes__plans_the_entries_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
