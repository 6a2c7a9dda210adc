# SPDX-License-Identifier: ISC
"""Statutory and agreed clocks through nudgectl, with the clocks that the sample
configuration ships, all taken in."""
import re

import pytest

from conftest import ROOT, Desk

def sample_clocks():
    """The holiday sets and clocks of etc/nudged.conf, out of their comments."""
    text = (ROOT / "etc/nudged.conf").read_text()
    start = text.index("#holiday_sets = (")
    lines = text[start:].splitlines()
    return "\n".join(line[1:] if re.match(r"#(\S|\t)", line) else line
                     for line in lines) + "\n"


@pytest.fixture
def clocks(tmp_path):
    desk = Desk(tmp_path / "clocks", sample_clocks())
    desk("init", now="2018-01-01")
    desk("person", "add", "Ann Roe", "--email", "ann@example.org", now="2018-01-02")
    return desk


def only(desk, ref, now):
    return desk.json("show", ref, now=now)


def added(desk, *args, now):
    """Adds an entry; what the register has of it."""
    ref = desk("add", "action", "Answer", *args, now=now).split()[0]
    return desk.json("show", ref, now=now)


# ---- hand-worked cases, from the sources that the sample names ----

WORKED = [
    # Police Act 1996 s.55(5A): publication is day 1 of 56.
    ("s55_response", "2018-08-07", "2018-10-01"),
    # As printed in a report: the corresponding date, or the month's last day.
    ("hmicfrs_3m", "2018-08-07", "2018-11-07"),
    ("hmicfrs_3m", "2018-11-30", "2019-02-28"),
    ("hmicfrs_6m", "2018-08-07", "2019-02-07"),
    ("hmicfrs_6m", "2018-08-31", "2019-02-28"),
    # SI 2018/748: five working days beginning with receipt, or the first
    # working day after it.
    ("super_complaint", "2018-11-05", "2018-11-09"),
    ("super_complaint", "2018-11-03", "2018-11-09"),
    # SI 2012/2271: by 1, 8 and 15 February.
    ("precept_notify", "2018-11-05", "2019-02-01"),
    ("precept_panel", "2019-02-02", "2019-02-08"),
    ("precept_reply", "2019-02-15", "2019-02-15"),
    # ASB case review: working days, the day of the trigger left out.
    ("asb_acknowledge", "2018-12-24", "2018-12-28"),
    ("asb_information", "2018-11-05", "2018-11-19"),
    # FOIA s.10: 5 November 2018 and a bank holiday in Scotland alone.
    ("foi", "2018-11-05", "2018-12-04"),
    ("foi", "2018-11-03", "2018-12-03"),
    ("foi", "2018-12-19", "2019-01-22"),
    # SAR: received on 3 September, 3 October; 31 August has no 31 September,
    # and the 30th is a Sunday.
    ("sar", "2018-09-03", "2018-10-03"),
    ("sar", "2018-08-31", "2018-10-01"),
    ("sar", "2018-11-25", "2018-12-27"),
    # SI 2012/2089 reg. 6: five clear days before a Friday.
    ("agenda", "2018-11-30", "2018-11-22"),
    ("agenda", "2019-01-03", "2018-12-21"),
    # LGA 1972 s.243: an agenda on a Monday, a meeting not before Friday;
    # Saturdays count, Sundays and the Christmas and Easter breaks do not.
    ("summons_parish", "2018-09-14", "2018-09-10"),
    ("summons_parish", "2018-09-18", "2018-09-13"),
    ("summons_parish", "2018-12-27", "2018-12-19"),
    ("notice_wales", "2019-04-25", "2019-04-15"),
    # SI 2009/1919: two months beginning with receipt.
    ("scrutiny_reply", "2018-09-12", "2018-11-11"),
    # Audit: one, three, six and twelve months.
    ("audit_red", "2018-01-31", "2018-02-28"),
    ("audit_amber", "2018-09-12", "2018-12-12"),
    ("audit_green", "2018-09-12", "2019-03-12"),
    ("audit_follow_up", "2018-09-12", "2019-09-12"),
]


@pytest.mark.parametrize("name,base,due", WORKED)
def test_clock__worked_case__that_day(clocks, name, base, due):
    when = clocks.json("when", "--clock", name, "--base", base, now="2018-01-02")
    assert when["due_on"] == due
    entry = added(clocks, "--clock", name, "--base", base, now="2018-01-02")
    assert (entry["due_on"], entry["clock"], entry["base_on"]) == (due, name, base)
    assert entry["slips"] == 0


def test_every_shipped_clock__counts_and_states_its_source(clocks):
    names = re.findall(r'{ name = "(\w+)"; mode', clocks.conf.read_text())
    assert len(names) == 26
    for name in names:
        entry = added(clocks, "--clock", name, "--base", "2018-11-05", now="2018-01-02")
        assert entry["due_on"], name
        shown = clocks("show", entry["ref"], now="2018-01-02")
        assert re.search(r"Clock\s+%s(, statutory)?: \S" % name, shown), shown
        why = clocks("why", entry["ref"], now="2018-01-02")
        assert re.search(r"The clock: %s[^,\n]*, by \S" % name, why), why
        assert re.search(r"The count: .* 5 November 2018.* is \d+ \w+ \d{4}", why), why


@pytest.mark.parametrize("name,base,count", [
    ("s55_response", "2018-08-07", "56 days beginning with 7 August 2018 is 1 October 2018"),
    ("foi", "2018-11-05", "20 working days after 5 November 2018 (not counting 30 November 2018, "
                          "St Andrew\u2019s Day) is 4 December 2018"),
    ("foi", "2018-12-19", "20 working days after 19 December 2018 (not counting 25 December 2018, "
                          "Christmas Day and 26 December 2018, Boxing Day and 1 January 2019, New "
                          "Year\u2019s Day and 2 January 2019, 2nd January) is 22 January 2019"),
    ("sar", "2018-08-31", "1 month after 31 August 2018 (30 September 2018 is not a working day: "
                          "the next one) is 1 October 2018"),
    ("agenda", "2018-11-30", "5 clear working days before 30 November 2018 is 22 November 2018"),
    ("precept_notify", "2018-11-05",
     "1 February each year, next on or after 5 November 2018 is 1 February 2019"),
    ("scrutiny_reply", "2018-09-12",
     "2 months beginning with 12 September 2018 is 11 November 2018"),
])
def test_why__prints_the_count(clocks, name, base, count):
    entry = added(clocks, "--clock", name, "--base", base, now="2018-01-02")
    assert "The count: %s.\n" % count in clocks("why", entry["ref"], now="2018-01-02")


# ---- hours ----

@pytest.mark.parametrize("base,due_on,due_time", [
    ("2018-10-27T16:30", "2018-10-28", "15:30"),  # the clocks go back
    ("2018-03-24 16:30", "2018-03-25", "17:30"),  # and forward
    ("27/10/2018 00:30", "2018-10-28", "00:30"),  # before they do
    ("2018-09-14T16:30", "2018-09-15", "16:30"),  # over a weekend
    ("2018-09-14T00:00", "2018-09-14", None),     # midnight ends the day before
])
def test_hours__from_a_time_of_day__elapsed(clocks, base, due_on, due_time):
    entry = added(clocks, "--clock", "crime_recording", "--base", base, now="2018-11-05")
    assert (entry["due_on"], entry["due_time"]) == (due_on, due_time)
    assert entry["base_on"] == "2018-%s" % entry["base_on"][5:] and entry["flag"] is None
    when = clocks.json("when", "--clock", "crime_recording", "--base", base, now="2018-11-05")
    assert when["due_on"] == due_on


def test_hours__over_the_change__why_says_so(clocks):
    entry = added(clocks, "--clock", "crime_recording", "--base", "2018-10-27T16:30",
                  now="2018-10-27T17:00")
    why = clocks("why", entry["ref"], now="2018-10-27T17:00")
    assert ("24 hours after 27 October 2018, 16:30 (the clocks change on 28 October 2018) is 28 "
            "October 2018, 15:30") in why
    assert "due Sunday 28 October 2018, 15:30" in why


def test_hours__no_base__from_now(clocks):
    entry = added(clocks, "--clock", "crime_recording", now="2018-09-12T10:15")
    assert (entry["base_time"], entry["due_on"], entry["due_time"]) == (
        "10:15", "2018-09-13", "10:15")


def test_hours__only_the_day_known__from_its_end_and_flagged(clocks):
    entry = added(clocks, "--clock", "crime_recording", "--base", "2018-09-12", now="2018-09-14")
    assert (entry["due_on"], entry["due_time"]) == ("2018-09-13", None)
    assert "hour is not known" in entry["flag"]


def test_time_of_day__where_nothing_counts_hours__refused(clocks):
    clocks.fails(1, "add", "action", "x", "--clock", "foi", "--base", "2018-10-27T16:30")
    clocks.fails(2, "add", "action", "x", "--due", "in two days", "--base", "2018-10-27T16:30")
    clocks.fails(2, "add", "action", "x", "--clock", "crime_recording", "--base", "2018-10-27T26:30")


def test_unknown_clock__the_others_are_named(clocks):
    said = clocks.fails(3, "add", "action", "x", "--clock", "fio", "--base", "2018-10-27")
    assert "foi" in said


# ---- meetings ----

def test_agenda__next_meeting__follows_it(clocks):
    clocks("meeting", "add", "WT", "2018-11-30", now="2018-11-01")
    entry = added(clocks, "--clock", "agenda", "--series", "WT", now="2018-11-01")
    assert (entry["base_on"], entry["due_on"]) == ("2018-11-30", "2018-11-22")
    said = clocks("meeting", "move", "WT", "2018-11-30", "2018-12-07", now="2018-11-02")
    assert "%s: due 29 November 2018, was 22 November 2018" % entry["ref"] in said
    entry = only(clocks, entry["ref"], "2018-11-02")
    assert (entry["base_on"], entry["due_on"], entry["slips"]) == ("2018-12-07", "2018-11-29", 0)
    said = clocks("meeting", "cancel", "WT", "2018-12-07", now="2018-11-02")
    assert "no longer planned" in said
    assert only(clocks, entry["ref"], "2018-11-02")["due_on"] == "2018-11-29"


def test_agenda__no_meeting_known__asks_for_the_day(clocks):
    assert "--base" in clocks.fails(2, "add", "action", "x", "--clock", "agenda")


REVIEWS = [
    ("meeting", "move", "WT", "2018-09-25", "2018-10-02"),
    ("meeting", "add", "WT", "2018-09-18"),
    ("meeting", "cancel", "WT", "2018-09-25"),
]


@pytest.mark.parametrize("change,review", zip(REVIEWS, ["2018-10-02", "2018-09-18", "2018-10-24"]),
                         ids=["moved", "added", "cancelled"])
@pytest.mark.parametrize("words", ["in due course", ""])
def test_review_date__meeting_changes__follows_and_sends_nothing(clocks, change, review, words):
    clocks("meeting", "add", "WT", "2018-09-25", now="2018-09-12")
    args = ["--due", words] if words else []
    entry = added(clocks, "--series", "WT", "--owner", "Ann Roe", *args, now="2018-09-12")
    assert (entry["due_on"], entry["review_on"]) == (None, "2018-09-25")
    said = clocks(*change, now="2018-09-13")
    assert "%s: to be asked for on" % entry["ref"] in said
    assert only(clocks, entry["ref"], "2018-09-13")["review_on"] == review
    history = clocks.json("history", entry["ref"], now="2018-09-13")
    assert "review date reckoned anew" in [e["what"] for e in history]
    plan = clocks.json("plan", "--from", "2018-09-13", "--to", "2018-11-30", now="2018-09-13")
    rules = [e["rule"] for n in plan["notices"] for e in n["entries"] if e["ref"] == entry["ref"]]
    assert "date changed" not in rules and "at review" in rules


def test_review_date__set_by_a_person__stays(clocks):
    clocks("meeting", "add", "WT", "2018-09-25", now="2018-09-12")
    entry = added(clocks, "--series", "WT", "--owner", "Ann Roe", now="2018-09-12")
    clocks("hold", entry["ref"], "--until", "2018-09-20", "--reason", "ill", now="2018-09-12")
    clocks("meeting", "move", "WT", "2018-09-25", "2018-10-02", now="2018-09-13")
    assert only(clocks, entry["ref"], "2018-09-13")["review_on"] == "2018-09-20"


def test_due_date__meeting_moves__the_owner_is_told(clocks):
    clocks("meeting", "add", "WT", "2018-09-25", now="2018-09-12")
    entry = added(clocks, "--series", "WT", "--owner", "Ann Roe", "--due", "at the next meeting",
                  now="2018-09-12")
    clocks("meeting", "move", "WT", "2018-09-25", "2018-10-09", now="2018-09-13T08:00")
    plan = clocks.json("plan", "--from", "2018-09-13", "--to", "2018-09-14", now="2018-09-13T08:01")
    rules = [e["rule"] for n in plan["notices"] for e in n["entries"] if e["ref"] == entry["ref"]]
    assert "date changed" in rules


# ---- chains ----

def test_chain__step_done_and_approved__next_step_counts_from_the_day_it_was_done(clocks):
    clocks("organisation", "add", "Community Safety Team", now="2018-11-05")
    first = added(clocks, "--clock", "asb_acknowledge", "--base", "2018-11-05", "--owner",
                  "Ann Roe", now="2018-11-05")
    assert first["due_on"] == "2018-11-07"
    clocks("done", first["ref"], "--evidence", "letter", now="2018-11-06")
    said = clocks.json("approve", first["ref"], now="2018-11-09")
    assert said[0]["state"] == "closed"
    second = only(clocks, said[0]["next_step"], "2018-11-09")
    assert (second["state"], second["clock"], second["base_on"], second["due_on"]) == (
        "open", "asb_contact", "2018-11-06", "2018-11-08")
    assert second["owners"] == ["Community Safety Team"]
    assert second["text"] == "Contact the agencies"
    def links(ref):
        return [(e["what"], e["new"]) for e in clocks.json("history", ref, now="2018-11-09")]
    assert ("follows", first["ref"]) in links(second["ref"])
    assert ("next step", second["ref"]) in links(first["ref"])


def test_chain__all_steps__eight_entries(clocks):
    clocks("organisation", "add", "Community Safety Team", now="2018-11-05")
    day, ref = "2018-11-05", None
    ref = added(clocks, "--clock", "asb_acknowledge", "--base", day, "--owner", "Ann Roe",
                now=day)["ref"]
    seen = []
    while ref:
        entry = only(clocks, ref, "2019-02-01")
        seen.append((entry["clock"], entry["due_on"]))
        clocks("done", ref, "--evidence", "done", "--on", entry["due_on"], now="2019-02-01")
        ref = clocks.json("approve", ref, now="2019-02-01")[0].get("next_step")
    assert seen == [
        ("asb_acknowledge", "2018-11-07"), ("asb_contact", "2018-11-09"),
        ("asb_information", "2018-11-23"), ("asb_threshold", "2018-11-28"),
        ("asb_review", "2018-12-05"), ("asb_outcome", "2018-12-07"),
        ("asb_tell", "2018-12-14"), ("asb_appeal", "2019-01-02")]


def test_chain__opened_again_and_done_on_another_day__step_is_moved_not_made_again(clocks):
    first = added(clocks, "--clock", "asb_tell", "--base", "2018-11-05", "--owner", "Ann Roe",
                  now="2018-11-05")["ref"]
    clocks("done", first, "--evidence", "x", now="2018-11-06")
    second = clocks.json("approve", first, now="2018-11-06")[0]["next_step"]
    assert only(clocks, second, "2018-11-06")["due_on"] == "2018-11-20"
    assert only(clocks, second, "2018-11-06")["owners"] == ["Ann Roe"]
    clocks("reopen", first, "--reason", "wrong letter", now="2018-11-07")
    clocks("done", first, "--evidence", "y", now="2018-11-09")
    assert "next_step" not in clocks.json("approve", first, now="2018-11-09")[0]
    moved = only(clocks, second, "2018-11-09")
    assert (moved["base_on"], moved["due_on"], moved["slips"]) == ("2018-11-09", "2018-11-23", 0)
    assert len(clocks.json("list", "--all", now="2018-11-09")) == 2


def test_chain__followed_by_itself__repeats(tmp_path):
    desk = Desk(tmp_path / "d", """clocks = (
        { name = "keep_informed"; mode = "after"; count = 28; then = "keep_informed"; },
        { name = "precept"; mode = "fixed_annual"; on = "1 February"; then = "precept"; } );
        """).init()
    for clock, done, due in [("keep_informed", "2018-11-30", "2018-12-28"),
                             ("precept", "2019-01-20", "2020-02-01")]:
        ref = added(desk, "--clock", clock, "--base", "2018-11-05", now="2018-11-05")["ref"]
        desk("done", ref, "--evidence", "x", "--on", done, now="2019-01-20")
        step = desk.json("approve", ref, now="2019-01-20")[0]["next_step"]
        assert only(desk, step, "2019-01-20")["due_on"] == due


# ---- words that repeat ----

def done(desk, ref, on, now):
    """Closes it; the ref of what follows, None where nothing does."""
    desk("done", ref, "--evidence", "x", "--on", on, now=now)
    return desk.json("approve", ref, now=now)[0].get("next_step")


@pytest.mark.parametrize("words,first,on,second", [
    ("quarterly", "2018-12-01", "2018-11-20", "2019-03-01"),
    ("by the 5th of each month", "2018-09-05", "2018-09-04", "2018-10-05"),
    ("by the end of each month", "2018-09-30", "2018-10-02", "2018-10-31"),
    ("every first Monday", "2018-09-03", "2018-09-03", "2018-10-01"),
    ("annually by 31 March", "2019-03-31", "2019-03-30", "2020-03-31"),
    ("every January and July", "2019-01-31", "2019-01-10", "2019-07-31"),
    ("two weeks before the end of each quarter", "2018-09-16", "2018-09-14", "2018-12-17"),
    # Late by more than one: what is over is not asked for again.
    ("by the 5th of each month", "2018-09-05", "2018-12-11", "2019-01-05")])
def test_repeats__done__is_due_again_from_its_date_on(clocks, words, first, on, second):
    entry = added(clocks, "--owner", "Ann Roe", "--due", words, now="2018-09-01")
    assert entry["due_on"] == first
    follows = only(clocks, done(clocks, entry["ref"], on, "2019-04-02"), "2019-04-02")
    assert (follows["due_on"], follows["due_phrase"], follows["owners"], follows["state"],
            follows["slips"]) == (second, words, ["Ann Roe"], "open", 0)


def test_repeats__another_day_agreed_for_once__goes_on_from_the_first_one(clocks):
    ref = added(clocks, "--owner", "Ann Roe", "--due", "by the 5th of each month",
                now="2018-09-01")["ref"]
    clocks("extend", ref, "--to", "2018-09-20", "--reason", "away", now="2018-09-02")
    clocks("approve", ref, now="2018-09-02")
    assert only(clocks, done(clocks, ref, "2018-09-19", "2018-09-19"), "2018-09-19")[
        "due_on"] == "2018-10-05"


def test_repeats__closed_twice_or_withdrawn__makes_no_second_one(clocks):
    ref = added(clocks, "--due", "monthly", now="2018-09-01")["ref"]
    second = done(clocks, ref, "2018-09-20", "2018-09-20")
    clocks("reopen", ref, "--reason", "not all of it", now="2018-09-21")
    assert done(clocks, ref, "2018-09-22", "2018-09-22") is None
    clocks("withdraw", second, "--reason", "not needed any more", now="2018-09-23")
    assert len(clocks.json("list", "--all", now="2018-09-23")) == 2
    once = added(clocks, "--due", "within a month", now="2018-09-01")["ref"]
    assert done(clocks, once, "2018-09-20", "2018-09-20") is None


# ---- clocks that stand ----

def test_pause__working_days__moves_by_the_working_days_that_it_stood(clocks):
    ref = added(clocks, "--clock", "foi", "--base", "2018-11-05", "--owner", "Ann Roe",
                now="2018-11-05")["ref"]
    clocks("hold", ref, "--until", "2018-12-20", "--reason", "fees notice", now="2018-11-12")
    held = only(clocks, ref, "2018-12-10")
    assert (held["due_on"], held["clock_stopped_on"], held["overdue_days"]) == (
        "2018-12-04", "2018-11-12", 0)
    assert clocks.json("list", "--overdue", now="2018-12-10") == []
    assert "stands since 12 November 2018" in clocks("why", ref, now="2018-12-10")
    clocks("reopen", ref, "--reason", "paid", "--on", "2018-11-20", now="2018-11-21")
    entry = only(clocks, ref, "2018-11-21")
    assert (entry["state"], entry["due_on"], entry["clock_stood_days"], entry["slips"],
            entry["clock_stopped_on"]) == ("open", "2018-12-12", 6, 0, None)
    note = [e["note"] for e in clocks.json("history", ref, now="2018-11-21")
            if e["what"] == "reopened"][0]
    assert note == "paid; the clock stood from 12 November 2018 for 6 working days: due 12 " \
                   "December 2018"
    assert "it stood for 6 working days) is 12 December 2018" in clocks("why", ref,
                                                                        now="2018-11-21")


def test_pause__twice_and_months__days_add_up(clocks):
    ref = added(clocks, "--clock", "sar", "--base", "2018-09-03", "--owner", "Ann Roe",
                now="2018-09-03")["ref"]
    for stop, go in [("2018-09-05", "2018-09-07"), ("2018-09-10", "2018-09-13")]:
        clocks("hold", ref, "--until", "2018-10-20", "--reason", "proof of identity", now=stop)
        clocks("reopen", ref, now=go)
    entry = only(clocks, ref, "2018-09-14")
    # 3 October and five days.
    assert (entry["due_on"], entry["clock_stood_days"]) == ("2018-10-08", 5)


def test_pause__done_while_it_stands__the_date_moves_too(clocks):
    ref = added(clocks, "--clock", "sar", "--base", "2018-09-03", "--owner", "Ann Roe",
                now="2018-09-03")["ref"]
    clocks("hold", ref, "--until", "2018-10-20", "--reason", "identity", now="2018-09-05")
    clocks("done", ref, "--evidence", "sent", now="2018-09-10")
    entry = only(clocks, ref, "2018-09-10")
    assert (entry["state"], entry["due_on"], entry["clock_stopped_on"]) == (
        "proposed", "2018-10-08", None)


@pytest.mark.parametrize("clock,due", [("s55_response", "2018-11-06"), ("hmicfrs_3m", "2018-12-12")])
def test_hold__clock_that_does_not_pause__date_stays(clocks, clock, due):
    ref = added(clocks, "--clock", clock, "--base", "2018-09-12", "--owner", "Ann Roe",
                now="2018-09-12")["ref"]
    said = clocks("hold", ref, "--until", "2018-10-01", "--reason", "waiting", now="2018-09-13")
    assert ("does not stand" in said) == (clock == "s55_response")
    clocks("reopen", ref, now="2018-10-01")
    entry = only(clocks, ref, "2018-10-01")
    assert (entry["due_on"], entry["clock_stood_days"]) == (due, 0)
    assert [e["ref"] for e in clocks.json("list", "--overdue", now="2019-01-01")] == [ref]


def test_pause__another_date_was_agreed__is_not_the_clocks(clocks):
    ref = added(clocks, "--clock", "foi", "--base", "2018-11-05", "--owner", "Ann Roe",
                now="2018-11-05")["ref"]
    clocks("extend", ref, "--to", "2018-12-20", "--reason", "public interest", "--agreed-by",
           "Ann Roe", now="2018-11-06")
    clocks("hold", ref, "--until", "2018-12-01", "--reason", "x", now="2018-11-07")
    clocks("reopen", ref, now="2018-11-14")
    entry = only(clocks, ref, "2018-11-14")
    assert (entry["due_on"], entry["slips"], entry["statutory"]) == ("2018-12-20", 1, True)


def test_export_and_import__clocks_and_pauses__come_back(clocks, tmp_path):
    for args in [("--clock", "foi", "--base", "2018-11-05"),
                 ("--clock", "crime_recording", "--base", "2018-11-05T16:30")]:
        added(clocks, "--owner", "Ann Roe", *args, now="2018-11-05")
    clocks("hold", "A-1", "--until", "2018-12-20", "--reason", "x", now="2018-11-12")
    clocks("reopen", "A-1", now="2018-11-14")
    clocks("hold", "A-1", "--until", "2018-12-20", "--reason", "x", now="2018-11-15")
    other = Desk(tmp_path / "other", sample_clocks()).init()
    for kind in ("parties", "entries"):
        text = clocks("export", kind, now="2018-11-15")
        other.load(kind, text, now="2018-11-15")
    assert other("export", "entries", now="2018-11-15") == clocks("export", "entries",
                                                                 now="2018-11-15")
    other("reopen", "A-1", now="2018-11-19")
    assert only(other, "A-1", "2018-11-19")["due_on"] == "2018-12-10"


def test_import__clock_without_a_date__is_counted(clocks):
    clocks("report", "add", "RX", "--body", "Example Inspectorate", "--published-on", "2018-08-07",
           now="2018-08-08")
    got = clocks.counts("entries", "text,kind,report,clock,base_on,due_on\n"
                        "First,recommendation,RX,hmicfrs_3m,,\n"
                        "Second,action,,foi,2018-11-05,\n"
                        "Third,action,,foi,2018-11-05,2018-11-30\n", now="2018-08-08")
    assert got == (3, 0, 0)
    due = {e["text"]: (e["clock"], e["due_on"]) for e in clocks.json("list", "--all",
                                                                    now="2018-08-08")}
    assert due == {"First": ("hmicfrs_3m", "2018-11-07"), "Second": ("foi", "2018-12-04"),
                   "Third": ("foi", "2018-11-30")}
    path = clocks.file("bad.csv", "text,clock,base_on\nFourth,fio,2018-11-05\n")
    assert "no clock" in clocks.fails(1, "import", "entries", path, now="2018-08-08")


# ---- reports ----

def duties(desk, now):
    return [(e["ref"], e["state"], e["due_on"])
            for e in desk.json("list", "--all", now=now) if e["kind"] == "duty"]


def test_report__of_a_body_that_a_clock_names__proposes_its_answer_once(clocks):
    clocks("report", "add", "CDI", "--body", "HMICFRS", "--published-on", "2018-08-07",
           now="2018-08-08")
    assert duties(clocks, "2018-08-08") == [("CDI-R", "unconfirmed", "2018-10-01")]
    for change in (["--grading", "good"], ["--published-on", "2018-08-07"]):
        clocks("report", "set", "CDI", *change, now="2018-08-08")
    assert len(duties(clocks, "2018-08-08")) == 1
    clocks("report", "add", "OTH", "--body", "Example Inspectorate", "--published-on", "2018-08-07",
           now="2018-08-08")
    assert len(duties(clocks, "2018-08-08")) == 1


def test_report__day_of_publication_known_later__proposes_then(clocks):
    clocks("report", "add", "CDI", "--body", "HMICFRS", now="2018-08-08")
    assert duties(clocks, "2018-08-08") == []
    clocks("report", "set", "CDI", "--published-on", "2018-08-07", now="2018-08-08")
    assert duties(clocks, "2018-08-08") == [("CDI-R", "unconfirmed", "2018-10-01")]


def test_report__day_of_publication_changes__what_counts_from_it_moves(clocks):
    clocks("report", "add", "CDI", "--body", "HMICFRS", "--published-on", "2018-08-07",
           now="2018-08-08")
    clocks("confirm", "CDI-R", "--owner", "Ann Roe", now="2018-08-08")
    for due in (["--due", "within three months"], ["--clock", "hmicfrs_6m"],
                ["--due", "2018-12-01"], ["--due", "within three months", "--base", "2018-09-01"]):
        clocks("add", "recommendation", "Rec", "--report", "CDI", "--owner", "Ann Roe", *due,
               now="2018-08-08")
    clocks("extend", "CDI-2", "--to", "2019-03-01", "--reason", "late", "--agreed-by", "Ann Roe",
           now="2018-08-08")
    said = clocks("report", "set", "CDI", "--published-on", "2018-08-09", now="2018-08-09")
    assert "CDI-R: due 3 October 2018, was 1 October 2018" in said
    got = {e["ref"]: (e["due_on"], e["slips"])
           for e in clocks.json("list", "--all", now="2018-08-09")}
    assert got == {"CDI-R": ("2018-10-03", 0), "CDI-1": ("2018-11-09", 0),
                   "CDI-2": ("2019-03-01", 1), "CDI-3": ("2018-12-01", 0),
                   "CDI-4": ("2018-12-01", 0)}


def test_import_reports__proposes_once_and_follows(clocks):
    head = "code,body,title,published_on\n"
    for day in ("", "2018-08-07", "2018-08-07", "2018-08-09"):
        clocks.load("reports", head + "CDI,HMICFRS,Crime data,%s\n" % day, now="2018-08-08")
    assert duties(clocks, "2018-08-08") == [("CDI-R", "unconfirmed", "2018-10-03")]


# ---- holidays that end ----

def test_horizon__warned_90_days_ahead_and_flagged_beyond(desk):
    last = desk.json("status", now="2018-11-01")["holidays_until"]
    assert desk.json("status", now="2018-11-01")["holiday_remarks"] == []
    year = int(last[:4])
    near = "%d-11-01" % year
    for said in (desk.json("status", now=near)["holiday_remarks"],
                 desk.json("check", now=near)["remarks"]):
        assert any("get a newer file" in line for line in said), said
    assert "get a newer file" in desk("status", now=near)
    desk("add", "action", "Later", "--due", "within three months", "--base", last, now=near)
    entry = desk.json("show", "A-1", now=near)
    assert "bank holiday" in entry["flag"]
    assert any("due behind the last bank holiday" in line and "A-1" in line
               for line in desk.json("check", now=near)["remarks"])


def test_horizon__of_the_clocks_own_set__counts(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "short.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//EN\r\nBEGIN:VEVENT\r\n"
        "UID:1@example.org\r\nDTSTAMP:20180101T000000Z\r\nDTSTART;VALUE=DATE:20181225\r\n"
        "DTEND;VALUE=DATE:20181226\r\nSUMMARY:Christmas Day\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n")
    desk = Desk(folder, """holiday_sets = ( { name = "short"; files = [ "short.ics" ]; } );
        clocks = ( { name = "reply"; mode = "working_days"; count = 20; holidays = "short"; } );
        """).init()
    assert added(desk, "--clock", "reply", "--base", "2018-11-05", now="2018-11-05")["flag"] is None
    late = added(desk, "--clock", "reply", "--base", "2018-12-10", now="2018-11-05")
    assert "bank holiday" in late["flag"]
    assert any("due behind" in r and late["ref"] in r
               for r in desk.json("check", now="2018-11-05")["remarks"])


def test_holidays_change__working_days_are_counted_anew(tmp_path):
    folder = tmp_path / "d"
    event = ("BEGIN:VEVENT\r\nUID:%s@example.org\r\nDTSTAMP:20180101T000000Z\r\n"
             "DTSTART;VALUE=DATE:%s\r\nSUMMARY:%s\r\nEND:VEVENT\r\n")
    frame = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.org//EN\r\n%sEND:VCALENDAR\r\n"
    folder.mkdir()
    path = folder / "own.ics"
    path.write_text(frame % (event % (1, "20190101", "New Year")))
    desk = Desk(folder, """holiday_sets = ( { name = "own"; files = [ "own.ics" ]; } );
        clocks = ( { name = "reply"; mode = "working_days"; count = 20; holidays = "own"; } );
        """).init()
    ref = added(desk, "--clock", "reply", "--base", "2018-11-05", now="2018-11-05")["ref"]
    assert only(desk, ref, "2018-11-05")["due_on"] == "2018-12-03"
    path.write_text(frame % (event % (1, "20190101", "New Year")
                             + event % (2, "20181115", "Jubilee")))
    desk("person", "add", "Ann Roe", now="2018-11-06")
    entry = only(desk, ref, "2018-11-06")
    assert entry["due_on"] == "2018-12-04"
    assert "15 November 2018, Jubilee" in entry["rule"]


# ---- policy ----

def test_words_policy__every_key__is_in_force(tmp_path):
    desk = Desk(tmp_path / "d", """words = { undated_review_days = 10; asap_days = 3;
        agenda_clear_days = 2; financial_year_end = "30 June";
        terms = ( { name = "autumn 2018"; from = "2018-09-03"; until = "2018-12-19";
        half_term_from = "2018-10-22"; half_term_until = "2018-10-26"; } ); };
        """).init()
    desk("meeting", "add", "WT", "2018-09-28", now="2018-09-12")

    def when(words, *args):
        return desk.json("when", words, "--base", "2018-09-12", *args, now="2018-09-12")
    assert when("in due course")["review_on"] == "2018-09-22"
    assert when("asap")["review_on"] == "2018-09-15"
    assert when("with the papers for the next meeting", "--series", "WT")["due_on"] == "2018-09-25"
    assert when("by the end of the financial year")["due_on"] == "2019-06-30"
    assert when("by the end of term")["due_on"] == "2018-12-19"
    assert when("before half-term")["due_on"] == "2018-10-19"
