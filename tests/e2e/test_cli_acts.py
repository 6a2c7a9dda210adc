# SPDX-License-Identifier: ISC
"""Acts on entries: what each changes, who may not, what the history says."""
import json
import os
import re
import subprocess

import pytest

from conftest import BUILD

DAY = "2019-03-11"


@pytest.fixture
def board(desk):
    desk("organisation", "add", "Exampleshire Police", "--email", "force@example.org")
    desk("person", "add", "Ann Other", "--email", "ann@example.org",
         "--organisation", "Exampleshire Police", "--office", "Chief Officer")
    desk("person", "add", "Bob Brown", "--email", "bob@example.org")
    desk("series", "add", "TB", "Trial Board", "--chair", "Bob Brown")
    desk("meeting", "add", "TB", "2019-03-04", now=DAY)
    desk("meeting", "add", "TB", "2019-04-01", now=DAY)
    return desk


def add(desk, *args, now=DAY):
    return desk.json("add", *args, now=now)["ref"]


def whats(desk, ref):
    return [e["what"] for e in desk.json("history", ref)]


def test_add__words__dated_with_rule(board):
    entry = board.json("add", "action", "send the plan", "--owner", "ann other", "--due",
                       "within two weeks", "--series", "tb", "--base", "2019-03-04", now=DAY)
    assert (entry["ref"], entry["due_on"], entry["state"]) == ("TB-1", "2019-03-18", "open")
    assert entry["owners"] == ["Ann Other"] and "two weeks" in entry["rule"]
    out = board("add", "action", "next", "--due", "at the next meeting", "--series", "TB", now=DAY)
    assert out.startswith("TB-2 added: due Monday 1 April 2019 (in 21 days)")


def test_add__undated__gets_a_review_date(board):
    entry = board.json("add", "action", "see to it", "--due", "in due course", "--series", "TB", now=DAY)
    assert entry["due_on"] is None and entry["review_on"] == "2019-04-01"
    assert entry["due_phrase"] == "in due course"


@pytest.mark.parametrize("args,status,says", [
    (["acton", "x"], 2, "did you mean action"),
    (["action"], 2, "something is missing"),
    (["action", "x", "y"], 2, "one word too many"),
    (["action", "x", "--ownr", "Bob Brown"], 2, "did you mean --owner"),
    (["action", "x", "--owner"], 2, "--owner needs a value"),
    (["action", "x", "--owner", "Nobody"], 3, "person add"),
    (["action", "x", "--series", "ZZ"], 3, "series add"),
    (["action", "x", "--clock", "s55"], 3, "no clock"),
    (["action", "x", "--ref", "a b"], 1, "blank"),
    (["action", "x", "--due", "31/02/2020"], 1, "there is no day"),
    (["action", "x", "--due", "2020-13-01"], 1, "there is no day"),
    (["action", "x", "--due", "31st November"], 1, "there is no day"),
    (["action", "x", "--due", "31/6"], 1, "there is no day"),
    (["action", ""], 1, "text"),
])
def test_add__wrong__says_what_would_be_right(board, args, status, says):
    assert says in board.fails(status, "add", *args)


def test_done_approve__two_steps__close(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "2019-03-01")
    board.fails(1, "done", ref, now=DAY)                      # no evidence
    board.fails(4, "approve", ref, now=DAY)                   # not proposed
    board("done", ref, "--evidence", "minute 7", now=DAY)
    assert board.json("show", ref)["state"] == "proposed"
    assert board.json("list", "--overdue", now=DAY)[0]["overdue_days"] == 10
    board("reject", ref, "no signature", now=DAY)
    assert board.json("show", ref)["state"] == "open"
    board("done", ref, "--evidence", "minute 8", "--by", "Ann Other", "--on", "2019-03-08", now=DAY)
    board("approve", ref, now=DAY)
    entry = board.json("show", ref)
    assert (entry["state"], entry["state_note"], entry["closed_on"]) == ("closed", "minute 8", DAY)
    assert board.json("list") == [] and len(board.json("list", "--all")) == 1
    history = board.json("history", ref)
    assert [e["what"] for e in history] == ["added", "proposed for closure", "rejected",
                                             "proposed for closure", "closed"]
    assert history[3]["by"] == "Ann Other" and history[3]["done_on"] == "2019-03-08"
    board.fails(4, "update", ref, "too late", now=DAY)
    board("reopen", ref, "--reason", "it broke", now=DAY)
    assert board.json("show", ref)["state"] == "open"


def test_acts__several_refs__all_or_none(board):
    one = add(board, "action", "x", "--due", "2019-05-01")
    two = add(board, "action", "y", "--due", "2019-05-01")
    board.fails(3, "done", one, "TB-99", "--evidence", "e", now=DAY)
    assert board.json("show", one)["state"] == "open"
    got = board.json("done", one, two, "--evidence", "e", now=DAY)
    assert [e["state"] for e in got] == ["proposed", "proposed"]


def test_extend__asked_then_agreed__keeps_the_original(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "2019-03-20")
    board.fails(1, "extend", ref, "--to", "2019-04-20", now=DAY)          # no reason
    board("extend", ref, "--to", "end of April", "--reason", "ill", "--asked-by", "Ann Other", now=DAY)
    entry = board.json("show", ref)
    assert (entry["due_on"], entry["extension_pending"]) == ("2019-03-20", True)
    board("approve", ref, now="2019-03-15")
    entry = board.json("show", ref)
    assert (entry["due_on"], entry["original_due_on"], entry["slips"]) == ("2019-04-30", "2019-03-20", 1)
    slip, = entry["slip_list"]
    assert (slip["old_on"], slip["new_on"], slip["reason"], slip["state"]) == \
        ("2019-03-20", "2019-04-30", "ill", "agreed")
    board("extend", ref, "--to", "2019-05-31", "--reason", "again", "--agreed-by", "Bob Brown", now=DAY)
    assert board.json("show", ref)["slips"] == 2
    board("extend", ref, "--to", "2019-06-30", "--reason", "no end", now=DAY)
    board("reject", ref, "enough", now=DAY)
    entry = board.json("show", ref)
    assert (entry["due_on"], entry["extension_pending"], entry["slips"]) == ("2019-05-31", False, 2)
    board.fails(1, "extend", ref, "--to", "in due course", "--reason", "r", now=DAY)
    board.fails(4, "extend", ref, "--to", "2019-05-31", "--reason", "r", now=DAY)


def test_confirm__open_without_a_date__gives_the_first_and_no_slip(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "asap", "--series", "TB",
              "--held-on", "2019-03-04")
    out = board("confirm", ref, "--due", "within two weeks", now=DAY)
    assert "%s confirmed: due Monday 25 March 2019" % ref in out
    entry = board.json("show", ref)
    assert (entry["due_on"], entry["original_due_on"], entry["slips"], entry["slip_list"]) == \
        ("2019-03-25", "2019-03-25", 0, [])
    assert "Slips" not in board("show", ref)
    # the next one is another date
    said = board.fails(4, "confirm", ref, "--due", "2019-05-01", now=DAY)
    assert "due on 25 March 2019" in said and "nudgectl extend %s --to" % ref in said
    assert "confirmed already" in board.fails(4, "confirm", ref, now=DAY)
    assert "nudgectl assign %s --owner" % ref in board.fails(
        4, "confirm", ref, "--owner", "Bob Brown", now=DAY)
    board("done", ref, "--evidence", "e", now=DAY)
    assert "reject that first" in board.fails(4, "confirm", ref, now=DAY)


def test_confirm__open_without_an_owner__gives_one_and_says_who_lacks(board):
    ref = add(board, "action", "x", "--due", "2019-04-02")
    other = add(board, "action", "y", "--due", "2019-04-02")
    assert board("confirm", ref, "--owner", "Bob Brown", now=DAY).count("\n") == 2
    assert board.json("show", ref)["owners"] == ["Bob Brown"]
    assert "nobody owns it yet: nudgectl assign %s --owner NAME" % other in board("confirm", other, now=DAY)


def test_assign__misspelt_name__says_the_nearest_before_adding(board):
    ref = add(board, "action", "x", "--due", "2019-04-02")
    said = board.fails(3, "assign", ref, "--owner", "Anne Other", now=DAY)
    assert "did you mean 'Ann Other'? If they are new: nudgectl person add \"Anne Other\"" in said
    board("person", "add", "Ann Able", now=DAY)
    said = board.fails(3, "assign", ref, "--owner", "ann", now=DAY)
    assert "did you mean 'Ann Able' or 'Ann Other'?" in said
    said = board.fails(3, "assign", ref, "--owner", "Zebedee Quix", now=DAY)
    assert "did you mean" not in said and "add them with: nudgectl person add" in said
    assert board.json("show", ref)["owners"] == []


def test_extend__undated__says_what_waits_and_is_no_slip(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "asap")
    out = board("extend", ref, "--to", "18 October 2019", "--reason", "asap", now=DAY)
    assert "18 October 2019" in out and "nudgectl approve %s" % ref in out, out
    assert "nudgectl confirm %s --due" % ref in out
    assert "waits for its answer" in board.fails(4, "confirm", ref, "--due", "2019-05-01", now=DAY)
    board("approve", ref, now=DAY)
    entry = board.json("show", ref)
    assert (entry["due_on"], entry["slips"]) == ("2019-10-18", 0)
    shown = board("show", ref)
    assert "Slips" not in shown and "First date\t18 Oct 2019, agreed by" in shown
    dated = add(board, "action", "y", "--due", "2019-04-02")
    out = board("extend", dated, "--to", "2019-05-02", "--reason", "ill", now=DAY)
    assert "to 2 May 2019, from 2 April 2019" in out and "nudgectl approve %s" % dated in out


def test_extend__to_a_day_that_has_passed__asks(board):
    ref = add(board, "action", "x", "--due", "2019-03-20")
    said = board.fails(1, "extend", ref, "--to", "1 January 2019", "--reason", "r", now=DAY)
    assert "before 11 March 2019; did you mean 1 January 2020?" in said and "--anyway" in said
    assert board.json("show", ref)["slips"] == 0
    # what was agreed some time ago is judged by that day
    board("extend", ref, "--to", "2019-03-08", "--reason", "r", "--agreed-by", "Bob Brown",
          "--on", "2019-03-01", now=DAY)
    board("extend", ref, "--to", "2019-01-01", "--reason", "r", "--agreed-by", "Bob Brown",
          "--anyway", now=DAY)
    assert board.json("show", ref)["due_on"] == "2019-01-01"


def test_confirm__flagged_date__is_looked_at(board):
    ref = add(board, "action", "x", "--owner", "Bob Brown", "--due", "around April 2019")
    year = add(board, "action", "y", "--owner", "Bob Brown", "--due", "5 May")
    before = board("check", now=DAY)
    assert ref in before and "date has no year, it was inferred: %s" % year in before
    assert board.json("show", ref)["flag"] == "uncertain"
    board("confirm", ref, year, now=DAY)
    entry = board.json("show", ref)
    assert entry["flag"] is None and entry["due_on"] == "2019-04-30"
    after = board("check", now=DAY)
    assert "no year" not in after and ref not in after
    assert whats(board, year)[-1] == "confirmed"
    # words that a person gives with it are no question any more
    late = add(board, "action", "z", "--unconfirmed", "--due", "Tuesday 4 April 2019")
    board("confirm", late, "--due", "around April 2021", now=DAY)
    assert board.json("show", late)["flag"] is None
    wrong = add(board, "action", "w", "--unconfirmed")
    board("confirm", wrong, "--due", "Tuesday 4 April 2019", now=DAY)
    assert board.json("show", wrong)["flag"] == "weekday mismatch"


def test_extend__to_a_day__its_flag_goes(board):
    ref = add(board, "action", "x", "--due", "around April 2019")
    board("extend", ref, "--to", "2019-05-02", "--reason", "r", "--agreed-by", "Bob Brown", now=DAY)
    assert board.json("show", ref)["flag"] is None


def test_group__closes_when_every_member_has_answered(board):
    ref = add(board, "action", "each reports", "--owner", "Ann Other; Bob Brown", "--due", "2019-03-20")
    board.fails(4, "done", ref, "--evidence", "e", now=DAY)
    out = board("done", ref, "--evidence", "e", "--by", "Ann Other", now=DAY)
    assert "not yet by Bob Brown" in out
    assert board.json("show", ref)["state"] == "open"
    assert re.search(r"Waits for\s+Bob Brown\n", board("show", ref, now=DAY))
    board("done", ref, "--evidence", "f", "--by", "Bob Brown", now=DAY)
    assert "Waits for" not in board("show", ref, now=DAY)
    assert board.json("show", ref)["state"] == "proposed"


def test_by__one_of_two_of_a_name__is_who_was_said(board):
    board("person", "add", "Ann Other", "--email", "ann2@example.org")
    ref = add(board, "action", "each reports", "--owner", "ann@example.org; ann2@example.org",
              "--due", "2019-03-20")
    board("update", ref, "half done", "--by", "ann2@example.org", now=DAY)
    board("done", ref, "--evidence", "e", "--by", "ann2@example.org", now=DAY)
    assert board.json("show", ref)["state"] == "open"
    board("done", ref, "--evidence", "f", "--by", "ann@example.org", now=DAY)
    assert board.json("show", ref)["state"] == "proposed"


@pytest.mark.parametrize("end", ("withdraw", "done"))
def test_extend__entry_finished_before_the_answer__waits_no_more(board, end):
    ref = add(board, "action", "x", "--due", "2019-05-01", "--owner", "Ann Other")
    board("extend", ref, "--to", "2019-06-03", "--reason", "late", now=DAY)
    if end == "done":
        board("done", ref, "--evidence", "e", now=DAY)
        board("approve", ref, now=DAY)
    else:
        board("withdraw", ref, "--reason", "merged", now=DAY)
    board("reopen", ref, now=DAY)
    assert "pending" not in board("show", ref, now=DAY)
    board("extend", ref, "--to", "2019-07-01", "--reason", "later", now=DAY)
    board("reject", ref, "no", now=DAY)
    assert "pending" not in board("show", ref, now=DAY)
    assert board.json("show", ref)["due_on"] == "2019-05-01"


NEXT_PAPER = """Trial Board

Monday 1 April 2019

Present

Bob Brown (Chair)

%s
"""
NEXT_ROW = "Ref | Action | Owner | Due\n%s | send the leaflet to all the partners | Ann Other | %s\n"


@pytest.mark.parametrize("how", ("row of minutes", "prose of minutes", "import"))
def test_extend__settled_by_a_paper_or_a_table__waits_no_more(board, how):
    ref = add(board, "action", "send the leaflet to all the partners", "--due", "2019-04-20",
              "--owner", "Ann Other", "--series", "TB", "--base", "2019-03-04")
    board("extend", ref, "--to", "2019-06-03", "--reason", "late", now=DAY)
    if how == "import":
        board.load("entries", "ref,text,due_on\n%s,send the leaflet to all the partners,2019-05-10\n"
                   % ref, now="2019-04-02")
    else:
        said = NEXT_ROW % (ref, "10 May 2019") if how == "row of minutes" else "%s is complete." % ref
        board("minutes", board.file("paper.txt", NEXT_PAPER % said), "--series", "TB", "--accept",
              now="2019-04-02")
    if how == "prose of minutes":
        assert board.json("show", ref)["state"] == "closed"
        board("reopen", ref, now="2019-04-02")
    else:
        assert board.json("show", ref)["due_on"] == "2019-05-10"
    assert "ending" not in board("show", ref, now="2019-04-02")
    assert "Held" not in board("why", ref, now="2019-04-02")
    board.fails(4, "approve", ref, now="2019-04-02")


def test_supersede__by_what_is_not_to_be_done__is_refused(board):
    one, two = (add(board, "action", text, "--due", "2019-05-01") for text in "xy")
    board("supersede", one, "--with", two, now=DAY)
    assert "takes the place of none" in board.fails(4, "supersede", two, "--with", one, now=DAY)
    assert board.json("show", two)["state"] == "open"


def test_parent__closes_after_its_sub_points(board):
    top = add(board, "recommendation", "top")
    sub = add(board, "recommendation", "sub", "--under", top)
    assert sub == top + ".1"
    board.fails(4, "done", top, "--evidence", "e", now=DAY)
    board("withdraw", sub, "--reason", "merged", now=DAY)
    board("done", top, "--evidence", "e", now=DAY)


def test_parent__finished__gets_no_new_sub_point(board):
    top = add(board, "recommendation", "top")
    board("withdraw", top, "--reason", "merged", now=DAY)
    assert "reopen it first" in board.fails(4, "add", "action", "late", "--under", top, now=DAY)


def test_looking_ahead__as_json__is_one_list(board):
    board("series", "add", "LP", "Local Partnership", "--chair", "Ann Other")
    refs = [add(board, "action", "x", "--due", "2019-03-20", "--series", series,
                "--owner", "Ann Other", "--co-owner", "Bob Brown") for series in ("TB", "LP")]
    letters = board.json("preview", refs[0], now=DAY)
    assert [letter["to"] for letter in letters] == ["ann@example.org", "bob@example.org"]
    digests = board.json("digest", "chair-weekly", now=DAY)
    assert sorted(letter["series"] for letter in digests) == ["LP", "TB"]
    board("withdraw", *refs, "--reason", "merged", now=DAY)
    assert board.json("digest", "chair-weekly", now=DAY) == []


def test_parent__closed_in_minutes_before_its_sub_points__stays_open(board):
    top = add(board, "action", "send the leaflet", "--series", "TB", "--base", "2019-03-04")
    sub = add(board, "action", "print the leaflet", "--under", top)
    paper = board.file("paper.txt", NEXT_PAPER % (top + " is complete."))
    done = board.run("minutes", paper, "--accept", now="2019-04-02")
    assert "closes %s, of which 1 sub-point is not finished" % top in done.stderr
    assert board.json("show", top)["state"] == "open"
    board("withdraw", sub, "--reason", "merged", now="2019-04-02")
    board("minutes", paper, "--accept", now="2019-04-02")
    assert board.json("show", top)["state"] == "closed"


def test_unconfirmed__confirm__opens(board):
    ref = add(board, "commitment", "look at it", "--unconfirmed", "--due", "2019-03-01")
    assert board.json("list", "--overdue", now=DAY) == []
    board.fails(4, "done", ref, "--evidence", "e", now=DAY)
    board("confirm", ref, "--owner", "Bob Brown", "--due", "2019-03-08", now=DAY)
    entry = board.json("show", ref, now=DAY)
    assert (entry["state"], entry["owners"], entry["due_on"]) == ("open", ["Bob Brown"], "2019-03-08")
    assert (entry["original_due_on"], entry["overdue_days"]) == ("2019-03-08", 3)
    board.fails(4, "confirm", ref, now=DAY)


def test_snooze_hold_assign_supersede_reword(board):
    one = add(board, "action", "x", "--due", "2019-05-01", "--owner", "Ann Other")
    two = add(board, "action", "y", "--due", "2019-05-01")
    board("snooze", one, "--until", "2019-03-20", "--reason", "on leave", now=DAY)
    assert board.json("show", one)["snooze_until_on"] == "2019-03-20"
    board.fails(1, "snooze", one, "--until", "2019-03-01", "--reason", "r", now=DAY)
    board.fails(1, "hold", one, "--reason", "no money", now=DAY)
    board("hold", one, "--until", "2019-06-01", "--reason", "no money", now=DAY)
    entry = board.json("show", one)
    assert (entry["state"], entry["review_on"]) == ("on_hold", "2019-06-01")
    board("reopen", one, now=DAY)
    board("assign", one, "--owner", "Chief Officer", "--sponsor", "Bob Brown", now=DAY)
    entry = board.json("show", one)
    assert (entry["owners"], entry["sponsors"]) == (["Chief Officer"], ["Bob Brown"])
    board("update", one, "half done", "--at-risk", now=DAY)
    assert board.json("show", one)["at_risk"] is True
    board("update", one, "waits for the printer", "--blocked", now=DAY)
    assert board.json("show", one)["state"] == "blocked"
    board("reword", one, "z", now=DAY)
    assert board.json("show", one)["text"] == "z"
    board.fails(1, "supersede", one, "--with", one, now=DAY)
    board("supersede", one, "--with", two, now=DAY)
    assert board.json("show", one)["state"] == "superseded"
    board("withdraw", two, "--not-accepted", "--reason", "costs too much", now=DAY)
    assert board.json("show", two)["state"] == "not_accepted"


def test_snooze__statutory_or_no_snooze_schedule__is_ignored_and_told(board):
    board("report", "add", "RR", "Records review", "--body", "Inspectorate")
    ref = add(board, "recommendation", "keep records", "--report", "RR", "--due", "2019-05-01")
    done = board.run("snooze", ref, "--until", "2019-03-20", "--reason", "busy", now=DAY)
    assert done.returncode == 4 and "not snoozed" in done.stderr
    assert board.json("show", ref)["snooze_until_on"] is None
    assert "snooze ignored" in whats(board, ref)


def test_restrict__and_taken_back(board):
    ref = add(board, "action", "Zebrafish", "--owner", "Ann Other", "--due", "2019-05-01")
    out = board("restrict", ref, "--reason", "names a person", "--by", "Bob Brown", now=DAY)
    assert ref in out and "restricted" in out
    assert board.json("show", ref)["restricted"] is True
    assert "Zebrafish" not in board("export", "entries")
    assert "Zebrafish" not in board("preview", ref, now=DAY)
    event = [e for e in board.json("history", ref) if e["what"] == "restricted"]
    assert [(e["by"], e["old"], e["new"], e["note"]) for e in event] == [
        ("Bob Brown", "no", "yes", "names a person")]
    assert "no longer restricted" in board("restrict", ref, "--none", now=DAY)
    assert board.json("show", ref)["restricted"] is False
    assert "Zebrafish" in board("export", "entries")
    assert whats(board, ref)[-1] == "no longer restricted"


def test_restrict__of_a_finished_entry(board):
    ref = add(board, "action", "Zebrafish", "--owner", "Ann Other", "--due", "2019-05-01")
    board("withdraw", ref, "--reason", "n", now=DAY)
    board("restrict", ref, now=DAY)
    assert "Zebrafish" not in board("export", "entries")


def test_restrict__lifted_in_a_restricted_series__says_that_it_stays(board):
    ref = add(board, "action", "Zebrafish", "--owner", "Ann Other", "--due", "2019-05-01",
              "--series", "TB", "--restricted")
    board("series", "set", "TB", "--restricted", "yes")
    out = board("restrict", ref, "--none", now=DAY)
    assert "it still is: its series" in out
    assert board.json("show", ref)["restricted"] is True
    board("series", "set", "TB", "--restricted", "no")
    assert board.json("show", ref)["restricted"] is False


def test_on__day_to_come__is_refused(board):
    ref = add(board, "action", "x")
    assert "to come" in board.fails(2, "update", ref, "n", "--on", "2019-03-12", now=DAY)


def test_person_leave__hands_everything_over(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "2019-05-01")
    out = board("person", "leave", "Ann Other", "--on", DAY, "--to", "Bob Brown", now=DAY)
    assert "1 entry handed over" in out
    assert board.json("show", ref)["owners"] == ["Bob Brown"]


def test_person_leave__on_a_day_to_come__hands_nothing_over_yet(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "2019-05-01")
    board("person", "leave", "Ann Other", "--on", "2019-03-31", "--to", "Bob Brown", now=DAY)
    assert board.json("show", ref)["owners"] == ["Ann Other"]
    office, = board.json("office", "list", now=DAY)
    assert office["holder"] == "Ann Other"


def test_pause__ends_before_it_begins__says_both_days(board):
    said = board.fails(1, "person", "pause", "Ann Other", "--until", "2019-03-01", now=DAY)
    assert "--until: 1 March 2019 is before 11 March 2019, when it begins" in said


@pytest.mark.parametrize("line", [["--blocked", "--unblocked"], ["--at-risk", "--on-track"]])
def test_update__one_thing_and_its_contrary__usage(board, line):
    ref = board.json("add", "action", "go there", "--owner", "Ann Other", now=DAY)["ref"]
    assert "%s or %s: give one of them" % tuple(line) in board.fails(2, "update", ref, "so it is", *line, now=DAY)


def test_people__deputy_pause_office(board):
    board("person", "deputy", "Ann Other", "Bob Brown", "--from", "2019-03-12", "--until", "2019-03-20", now=DAY)
    board("person", "pause", "Ann Other", "--until", "2019-03-20", now=DAY)
    ann = next(p for p in board.json("person", "list", now=DAY) if p["name"] == "Ann Other")
    assert (ann["deputy"], ann["paused_until_on"]) == ("Bob Brown", "2019-03-20")
    assert ann["office"] == "Chief Officer"
    board("office", "hold", "Chief Officer", "Bob Brown", "--from", "2019-03-12", now=DAY)
    office, = board.json("office", "list", now="2019-03-12")
    assert office["holder"] == "Bob Brown"
    assert board.json("office", "list", now=DAY)[0]["holder"] == "Ann Other"
    assert "no office" in board.fails(4, "office", "set", "Bob Brown", "--email", "x@example.org")


def test_office__with_an_address_of_its_own__says_which_is_used(board):
    out = board("office", "add", "Clerk", "--holder", "Ann Other", "--email", "clerk@example.org", now=DAY)
    assert "its mail goes to Ann Other, ann@example.org; clerk@example.org is used while" in out
    board("person", "add", "Cy No", now=DAY)
    assert "its mail" not in board("office", "hold", "Clerk", "Cy No", now=DAY)
    ref = add(board, "action", "x", "--owner", "Clerk", "--due", "2019-04-01")
    assert "To: clerk@example.org" in board("preview", ref, now=DAY)


def test_meeting_move__moves_what_hangs_on_it(board):
    ref = add(board, "action", "x", "--series", "TB", "--due", "at the next meeting")
    fixed = add(board, "action", "y", "--series", "TB", "--due", "2019-04-01")
    out = board("meeting", "move", "TB", "2019-04-01", "2019-04-08", now="2019-03-12")
    assert ref in out and fixed not in out
    assert board.json("show", ref)["due_on"] == "2019-04-08"
    assert board.json("show", ref)["slips"] == 0
    assert board.json("show", fixed)["due_on"] == "2019-04-01"
    event = board.json("history", ref)[-1]
    assert "not on 1 April 2019" in json.dumps(board.json("history", ref))
    assert event["done_on"] == "2019-03-12"
    # one in between comes first
    got = board.json("meeting", "add", "TB", "2019-03-25", now="2019-03-13")
    assert [m["ref"] for m in got["moved"]] == [ref]
    assert board.json("show", ref)["due_on"] == "2019-03-25"
    board("meeting", "cancel", "TB", "2019-03-25", now="2019-03-14")
    assert board.json("show", ref)["due_on"] == "2019-04-08"
    out = board("meeting", "cancel", "TB", "2019-04-08", now="2019-03-15")
    assert "no date changes with it, but 1 entry is to look at:" in out
    entry = board.json("show", ref)
    assert entry["due_on"] == "2019-04-08" and "no longer planned" in entry["flag"]
    why = board("why", ref, now="2019-03-15")
    assert "moves with it" not in why and "Its meeting is gone" in why
    board.fails(4, "meeting", "cancel", "TB", "2019-04-08")
    board.fails(3, "meeting", "move", "TB", "2019-04-02", "2019-04-03")


@pytest.mark.parametrize("words,due,moved", [
    ("ahead of the meeting", "2019-03-29", "2019-04-05"),
    ("two weeks before the meeting", "2019-03-18", "2019-03-25"),
    ("at the meeting on 1 April 2019", "2019-04-01", "2019-04-08"),
    ("before the meeting of 1 April", "2019-03-29", "2019-04-05"),
    ("by the April meeting", "2019-04-01", "2019-04-08"),
])
def test_meeting_move__words_of_the_meeting_before__follow_the_next(board, words, due, moved):
    """Said at a meeting, "the meeting" is the one to come, first and ever after."""
    ref = board.json("add", "action", "x", "--series", "TB", "--held-on", "2019-03-04",
                     "--due", words, now=DAY)["ref"]
    assert board.json("show", ref)["due_on"] == due
    board("meeting", "move", "TB", "2019-04-01", "2019-04-08", now=DAY)
    assert board.json("show", ref)["due_on"] == moved
    board("meeting", "move", "TB", "2019-04-08", "2019-04-01", now=DAY)
    assert board.json("show", ref)["due_on"] == due


def test_meeting_move__named_meeting_twice__is_still_followed(board):
    ref = add(board, "action", "x", "--series", "TB", "--due", "by the April meeting")
    board("meeting", "move", "TB", "2019-04-01", "2019-05-02", now=DAY)
    assert board.json("show", ref)["due_on"] == "2019-05-02"
    board("meeting", "move", "TB", "2019-05-02", "2019-05-09", now=DAY)
    assert board.json("show", ref)["due_on"] == "2019-05-09"
    assert board.json("show", ref)["flag"] is None


def test_meeting_move__due_before_it_was_agreed__keeps_its_date_and_is_flagged(board):
    ref = board.json("add", "action", "x", "--series", "TB", "--held-on", "2019-03-04",
                     "--due", "three weeks before the next meeting", now="2019-03-04")["ref"]
    assert board.json("show", ref)["due_on"] == "2019-03-11"
    out = board("meeting", "move", "TB", "2019-04-01", "2019-03-20", now="2019-03-05")
    assert "%s: to look at: its words now give 27 February 2019" % ref in out
    assert board.json("show", ref)["due_on"] == "2019-03-11"
    board("meeting", "move", "TB", "2019-03-20", "2019-04-03", now="2019-03-05")
    entry = board.json("show", ref)
    assert entry["due_on"] == "2019-03-13" and entry["flag"] is None


def test_meeting_move__day_that_was_wrong__what_was_agreed_there_goes_with_it(board):
    """What counts from the meeting counts from its right day; nothing that was
    meant for the next meeting falls on the one at which it was agreed."""
    def agreed(words):
        return board.json("add", "action", words, "--series", "TB", "--held-on", "2019-03-04",
                          "--due", words, now=DAY)["ref"]
    following, weeks, fixed = agreed("by the next meeting"), agreed("within two weeks"), agreed("2019-03-20")
    out = board("meeting", "move", "TB", "2019-03-04", "2019-03-05", now=DAY)
    assert following not in out and "%s: due 19 March 2019, was 18 March 2019" % weeks in out
    got = {ref: board.json("show", ref) for ref in (following, weeks, fixed)}
    assert [got[ref]["due_on"] for ref in (following, weeks, fixed)] == \
        ["2019-04-01", "2019-03-19", "2019-03-20"]
    assert {entry["held_on"] for entry in got.values()} == {"2019-03-05"}
    assert {entry["slips"] for entry in got.values()} == {0}


def test_meeting_move__to_a_day_that_has_passed__asks(board):
    said = board.fails(1, "meeting", "move", "TB", "2019-04-01", "2018-04-08", now=DAY)
    assert "8 April 2018 has passed; did you mean 8 April 2019?" in said and "--anyway" in said
    # a day that was wrong may be set right
    board("meeting", "move", "TB", "2019-03-04", "2019-03-05", now=DAY)
    board("meeting", "move", "TB", "2019-04-01", "2019-03-01", "--anyway", now=DAY)
    assert [m["held_on"] for m in board.json("meeting", "list", "TB")] == ["2019-03-01", "2019-03-05"]


def test_meeting_add__code_one_letter_off__asks(board):
    said = board.fails(3, "meeting", "add", "TD", "2019-05-05", now=DAY)
    assert "no series TD; did you mean TB?" in said and "series add TD" in said and "--anyway" in said
    assert [s["code"] for s in board.json("series", "list")] == ["TB"]
    out = board("meeting", "add", "TD", "2019-05-05", "--anyway", now=DAY)
    assert "TD meets on" in out and "nudgectl series set TD --title" in out
    assert "series set" in board("meeting", "add", "AUDIT", "2019-05-05", now=DAY)
    assert "series set" not in board("meeting", "add", "AUDIT", "2019-06-05", now=DAY)


def test_meeting_outcome__notes_what_was_due_at_it(board):
    ref = add(board, "action", "report back", "--series", "TB", "--due", "at the next meeting")
    board.fails(4, "meeting", "outcome", "TB", "2019-04-01", now=DAY)
    board("meeting", "outcome", "TB", "2019-04-01", "--draft-minutes", now="2019-04-03")
    assert board.json("show", ref)["updated_on"] == "2019-04-03"
    board("meeting", "approve-minutes", "TB", "2019-04-01", "--on", "2019-05-01", now="2019-05-02")
    meeting = board.json("meeting", "list", "TB", "--from", "2019-04-01")[0]
    assert (meeting["minutes"], meeting["approved_on"]) == ("approved", "2019-05-01")


def test_report_add__clock_of_its_body__proposes_the_answer(desks):
    desk = desks('clocks = ( { name = "answer"; mode = "beginning_with"; count = 56; '
                 'body = "Inspectorate"; text = "publish comments"; statutory = true; } );\n')
    out = desk("report", "add", "RR", "Records review", "--body", "Inspectorate",
               "--published-on", "2018-08-07", now="2018-08-08")
    assert "RR-R proposed" in out
    entry = desk.json("show", "RR-R", now="2018-08-08")
    assert (entry["due_on"], entry["state"], entry["statutory"]) == ("2018-10-01", "unconfirmed", True)
    assert desk.json("add", "recommendation", "r", "--report", "RR")["ref"] == "RR-1"


def test_when__json_and_text(board):
    out = board("when", "within three months", "--base", "2018-08-07")
    assert out == "2018-11-07  (three months from 7 August 2018)\n"
    got = board.json("when", "at the next meeting", "--series", "TB", "--base", "2019-03-04")
    assert set(got) == {"due_on", "earliest_on", "review_on", "rule", "flag"}
    assert got["due_on"] == "2019-04-01"
    board.fails(2, "when")


def test_why__says_how_the_date_came(board):
    ref = add(board, "action", "x", "--due", "within two weeks", "--base", "2019-03-04")
    out = board("why", ref, now="2019-03-20")
    assert "2 days late" in out and '"within two weeks"' in out and "4 March 2019" in out


def test_why__plain_english_and_one_day_to_ask(board):
    ref = add(board, "action", "x", "--due", "at the next LCJP", "--series", "TB")
    board("meeting", "move", "TB", "2019-04-01", "2019-04-08", now=DAY)
    out = board("why", ref, now=DAY)
    assert "to be asked for on 8 April 2019" in out and "1 April" not in out, out
    assert "calendar missing" not in out and "the date of that meeting is not known" in out
    assert "ask for" not in board("show", ref) and "calendar missing" not in board("show", ref)
    assert board.json("show", ref)["flag"] == "series calendar missing"
    out = board("when", "in due course", now=DAY)
    assert out.count("2019-04-22") == 1 and "22 April" not in out and "the words name no day" in out


def test_looking_ahead__answers_go_to_a_mailbox_of_several__works(board):
    for name in ("Sam One", "Sue Two"):
        board("person", "add", name, "--email", "trial@example.org")
    ref = add(board, "action", "x", "--due", "2019-05-01", "--owner", "Ann Other",
              "--series", "TB")
    assert "Ann Other" in board("why", ref, now=DAY)
    assert "Dear Ann Other" in board("preview", ref, now=DAY)
    assert ref in board("digest", "chair-weekly", now="2019-05-02")


def test_why__due_on_a_day_off__says_so(board):
    ref = add(board, "action", "x", "--owner", "Ann Other", "--due", "2019-12-25")
    out = board("why", ref, now="2019-12-01")
    assert "Wednesday 25 December 2019 is no working day (Christmas Day)." in out
    ref = add(board, "action", "y", "--owner", "Ann Other", "--due", "2019-03-18", "--series", "TB")
    out = board("why", ref, now="2019-03-28")
    assert "is no working day" not in out
    assert "ahead of" not in out and "the coming escalation: 14 days after" in out


def test_holiday_added__dates_are_reckoned_anew(desks):
    desk = desks()
    ref = desk.json("add", "action", "x", "--due", "within 3 working days",
                    "--base", "2019-03-04", now="2019-03-04")["ref"]
    assert desk.json("show", ref)["due_on"] == "2019-03-07"
    ics = desk.file("more.ics", "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT",
        "DTSTART;VALUE=DATE:20190305", "DTEND;VALUE=DATE:20190306", "SUMMARY:Feast",
        "UID:1@example.org", "DTSTAMP:20190101T000000Z", "END:VEVENT", "END:VCALENDAR", ""]))
    desk.conf.write_text(desk.conf.read_text() +
                         'calendar = { holidays = [ "%s" ]; };\n' % ics)
    desk("person", "add", "Anybody", now="2019-03-04")
    assert desk.json("show", ref)["due_on"] == "2019-03-08"
    assert "bank holidays have changed" in json.dumps(desk.json("history", ref))


def test_holiday_taken_out__a_window_that_closes__stops_no_other_date(desks):
    clocks = """clocks = ( { name = "three"; mode = "working_days"; count = 3; } );\n"""
    desk = desks(clocks)
    without = desk.conf.read_text()
    ics = desk.file("more.ics", "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", "BEGIN:VEVENT",
        "DTSTART;VALUE=DATE:20190305", "DTEND;VALUE=DATE:20190306", "SUMMARY:Feast",
        "UID:1@example.org", "DTSTAMP:20190101T000000Z", "END:VEVENT", "END:VCALENDAR", ""]))
    desk.conf.write_text(without + 'calendar = { holidays = [ "%s" ]; };\n' % ics)
    now = "2019-03-04"
    for how in (("--clock", "three"), ("--due", "within 3 working days")):
        add(desk, "action", "x", *how, "--base", now, now=now)
    desk.load("entries", "ref,text,due_on,earliest_on\nA-1,x,2019-03-08,2019-03-08\n", now=now)
    assert desk.json("show", "A-1")["earliest_on"] == "2019-03-08"
    desk.conf.write_text(without)
    desk("person", "add", "Anybody", now=now)
    assert [desk.json("show", ref)["due_on"] for ref in ("A-1", "A-2")] == ["2019-03-07"] * 2


@pytest.mark.parametrize("line,status,says", [
    (["add"], 2, "add: something is missing: KIND"),
    (["add", "action"], 2, 'add: something is missing: "TEXT"'),
    (["done"], 2, "done: something is missing: REF"),
    (["update", "TB-1"], 2, 'update: something is missing: "NOTE"'),
    (["meeting", "move", "TB", "2019-04-01"], 2, "meeting move: something is missing: NEW-DAY"),
    (["minutes"], 2, "minutes: something is missing: FILE"),
    (["test-mail"], 2, "test-mail: something is missing: ADDRESS"),
    (["test-mail", "a@example.org"], 1, "start it with"),
    (["date", "TB-1"], 2, "nudgectl confirm REF --due"),
    (["help", "foo"], 2, "there is no command foo"),
    (["help", "lst"], 2, "did you mean list"),
])
def test_line__wrong__says_what_is_missing(board, line, status, says):
    assert says in board.fails(status, *line)


def test_acts__without_their_reason__name_the_option(board):
    ref = add(board, "action", "x", "--due", "2019-04-02")
    assert '--evidence "TEXT"' in board.fails(1, "done", ref, now=DAY)
    assert '--reason "TEXT"' in board.fails(1, "withdraw", ref, now=DAY)
    assert '--reason "TEXT"' in board.fails(1, "extend", ref, "--to", "2019-05-02", now=DAY)


def test_globals__anywhere_and_help(board):
    assert board.run("--json", "list").stdout.strip() == "[]"
    assert "usage: nudgectl add" in board("add", "--help")
    assert "usage: nudgectl meeting add" in board("meeting", "add", "-h")
    assert "Acts on entries" in board("help")
    assert "did you mean list" in board.fails(2, "lst")
    assert "one more word" in board.fails(2, "meeting")
    assert "neither" in board.fails(2, "list", now="soon")
    assert board("version").startswith("nudgectl ")


def test_check__bad_config__every_line(desk):
    desk.conf.write_text(desk.conf.read_text() + 'brakes = 3;\nbrake = "x";\n')
    said = desk.fails(1, "check")
    assert "nudged.conf:6: brakes" in said and "nudged.conf:7: brake" in said


def test_check__words_that_are_far_from_any__are_not_guessed_at(desk):
    desk.conf.write_text(desk.conf.read_text() + 'clocks = ( { name = "x"; mode = "zz"; '
                         'count = 3; } );\n')
    said = desk.fails(1, "check")
    assert 'clocks.mode: does not know "zz", only "after", "beginning_with"' in said


def test_check__groups_that_are_not_there__are_named(desk):
    desk.conf.write_text(desk.conf.read_text()
                         + 'access = { edit = [ "no-such-group", "root" ]; };\n')
    out = desk("check")
    assert "access.edit: there is no group 'no-such-group' on this machine" in out
    assert "'root'" not in out


def test_check__register__names_what_is_missing(board):
    board("office", "add", "Clerk")
    add(board, "action", "x")
    out = board("check", now=DAY)
    for part in ("1 office has no holder: Clerk", "1 series has no secretary: TB",
                 "1 entry has no owner: A-1", "1 entry has no date: A-1"):
        assert part in out, out


@pytest.mark.parametrize("now,says", [
    ("2019-03-11T19:30", "Tuesday 12 March 2019, 08:00 at the earliest: sending hours are 08:00 to 18:00"),
    ("2019-03-11T06:00", "Monday 11 March 2019, 08:00 at the earliest: sending hours are 08:00 to 18:00"),
    ("2019-04-19T10:00", "Tuesday 23 April 2019, 08:00 at the earliest: Friday 19 April 2019 is no working day"),
    ("2019-03-11T10:00", None),
])
def test_release__when_nothing_goes_out__says_when_and_why(desk, now, says):
    out = desk("release", now=now)
    assert (says in out) if says else ("earliest" not in out)


def test_check__owner_without_an_address__is_named(board):
    board("person", "add", "Cy No", now=DAY)
    board("office", "add", "Clerk", now=DAY)
    ref = add(board, "action", "x", "--owner", "Cy No", "--due", "2019-04-01")
    other = add(board, "action", "y", "--owner", "Ann Other; Clerk", "--due", "2019-04-01")
    waiting = add(board, "action", "z", "--owner", "Cy No", "--unconfirmed")
    add(board, "action", "fine", "--owner", "Ann Other", "--due", "2019-04-01")
    said = [line for line in board("check", now=DAY).splitlines() if "no mail reaches" in line]
    assert said == ["remark: 2 entries have owners whom no mail reaches, the secretary gets it: "
                    "%s (Cy No has no address), %s (Clerk has no holder)" % (ref, other)]
    board("person", "set", "Cy No", "--email", "cy@example.org", now=DAY)
    board("office", "hold", "Clerk", "Cy No", now=DAY)
    assert "no mail reaches" not in board("check", now=DAY)
    assert waiting


def test_check__kind_without_schedule__is_a_problem(desks):
    desk = desks('schedules = ( { name = "some"; kinds = [ "action" ]; remind = "on the day"; at = "09:00"; } );\n')
    desk("add", "duty", "every month")
    assert "matches no schedule" in desk.fails(1, "check")


def test_backup_verify__copy_is_sound(board):
    copy = board.folder / "copy.db"
    board("backup", copy)
    assert "sound" in board("verify")
    board.fails(4, "backup", copy)


PAPER = """Working Together Meeting

Thursday 10 September 2026

1. The winter campaign was discussed.

Action - AB to send the list to partners within three weeks
"""


def bare(*args, text=None):
    return subprocess.run([BUILD / "nudgectl", *args], input=text, capture_output=True, text=True,
                          timeout=60)


@pytest.mark.skipif(os.path.exists("/etc/nudged/nudged.conf"), reason="this machine has a configuration")
def test_no_configuration__reading_works_and_the_rest_says_what_to_do():
    done = bare("--now", "2019-03-11", "when", "in two weeks")
    assert (done.returncode, done.stdout.split()[0]) == (0, "2019-03-25"), done.stderr
    assert "the defaults hold" in done.stderr
    assert bare("when", "20 working days before Christmas", "--base", "2026-09-14").stdout.startswith("2026-11-27")
    done = bare("minutes", "-", "--json", text=PAPER)
    assert [e["due_on"] for m in json.loads(done.stdout)["meetings"] for e in m["entries"]] == ["2026-10-01"]
    for line in (["list"], ["minutes", "-", "--accept"], ["when", "asap", "-c", "/nowhere.conf"]):
        done = bare(*line, text=PAPER)
        assert done.returncode == 1 and not done.stdout
        assert "-c FILE" in done.stderr and "nudged.conf" in done.stderr, done.stderr


def test_no_register__reading_works(desk):
    (desk.folder / "register.db").unlink()
    assert desk("when", "in two weeks", now="2019-03-11").startswith("2019-03-25")
    done = desk.run("minutes", "-", text=PAPER)
    assert done.returncode == 0 and "no register" in done.stderr
    assert not (desk.folder / "register.db").exists()


def test_no_register__says_init(desk):
    (desk.folder / "register.db").unlink()
    assert "nudgectl init" in desk.fails(1, "list")
    assert "nudgectl init" in desk.fails(1, "add", "action", "x")
    desk("init")
    desk.fails(4, "init")
