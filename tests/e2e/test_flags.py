# SPDX-License-Identifier: ISC
"""check finds in a register what minutes finds in a paper."""
import pytest

NOW = "2018-11-01"

PAPER = """Safer Example Board

12 September 2018

DRAFT MINUTES - TO BE APPROVED AT THE SAFER EXAMPLE BOARD ON 7 DECEMBER

Present

Ann Roe - Example Council
Bob Poe - Example Police

Apologies for Absence

Cyn Moe - Example Police

Winter plan

Action: Ann Roe to circulate the winter plan by Monday 30 November 2018.
Action: Cyn Moe to send the figures by 5 October.
Action: Zed Zebedee to check the boiler by 30 August 2018.
Action: Bob Poe to report to the next Example Trust Committee meeting.
Action: Ann Roe to tidy up.

Domestic Abuse

This item was deferred to the next meeting.

Date of Next Meeting

The next meeting will take place on 13 December 2018.
"""

AGENDA = """Safer Example Board

%s December 2018

Agenda

1. Apologies for absence
2. Notes of the previous meeting
3. Burglary update
%s
"""


@pytest.fixture
def board(desk):
    desk("series", "add", "SEB", "Safer Example Board", now=NOW)
    for name in ("Ann Roe", "Bob Poe"):
        desk("person", "add", name, "--email", name[:3].lower() + "@example.org", now=NOW)
    return desk


def flags(desk, now=NOW):
    """{code: {ref: text}}"""
    found = {}
    for f in desk.json("check", now=now)["flags"]:
        found.setdefault(f["code"], {})[f["ref"]] = f["text"]
    return found


def take(desk, text, now=NOW):
    return desk("minutes", desk.file("paper.txt", text), "--accept", now=now)


def by_text(desk, now=NOW):
    return {e["text"]: e["ref"] for e in desk.json("list", "--all", now=now)}


def ref_of(desk, word):
    return [r for t, r in by_text(desk).items() if word in t][0]


def test_paper_taken_in__every_flag_with_its_ref(board):
    take(board, PAPER)
    found = flags(board)
    assert set(found["weekday"]) == {ref_of(board, "winter plan")}
    assert ref_of(board, "figures") in found["year"]
    assert set(found["owner_absent"]) == {ref_of(board, "figures")}
    assert set(found["past"]) == set(found["owner_unknown"]) == {ref_of(board, "boiler")}
    assert set(found["no_calendar"]) == {ref_of(board, "Example Trust")}
    assert ref_of(board, "tidy up") in found["no_date"]
    assert set(found["not_approved"]) == {"SEB 2018-09-12"}
    assert "7 December" in found["next_conflict"]["SEB 2018-09-12"]
    assert "13 December" in found["next_conflict"]["SEB 2018-09-12"]


def test_same_paper_again__no_flag_twice(board):
    take(board, PAPER)
    before = board.json("check", now=NOW)["flags"]
    take(board, PAPER)
    assert board.json("check", now=NOW)["flags"] == before


def test_remarks__say_how_many_and_name_them(board):
    take(board, PAPER)
    said = board("check", now=NOW)
    for part in ("1 entry's weekday and date disagree: %s" % ref_of(board, "winter plan"),
                 "1 entry's owner was not at its meeting: %s" % ref_of(board, "figures"),
                 "remark: SEB 2018-09-12: the draft is to be approved"):
        assert part in said, said


def test_confirmed__a_person_has_looked(board):
    take(board, PAPER)
    ref = ref_of(board, "boiler")
    board("confirm", ref, "--owner", "Bob Poe", "--due", "2018-12-01", now=NOW)
    found = flags(board)
    assert ref not in found.get("owner_unknown", {}) and ref not in found.get("past", {})


def test_update__absent_owner_knows(board):
    take(board, PAPER)
    board("update", ref_of(board, "figures"), "on its way", now=NOW)
    assert "owner_absent" not in flags(board)


def test_two_dates__settled_by_moving_the_meeting_or_saying_its_day(desks):
    for day in ("2018-12-07", "2018-12-13"):
        desk = desks()
        desk("series", "add", "SEB", "Safer Example Board", now=NOW)
        take(desk, PAPER)
        planned = [m["held_on"] for m in desk.json("meeting", "list", now=NOW)][-1]
        assert "next_conflict" in flags(desk)
        desk("meeting", "move", "SEB", planned, day, now=NOW)
        assert "next_conflict" not in flags(desk)


def test_register_has_another_day__paper_is_flagged_not_followed(board):
    board("meeting", "add", "SEB", "2018-12-20", now=NOW)
    take(board, PAPER.replace(" - TO BE APPROVED AT THE SAFER EXAMPLE BOARD ON 7 DECEMBER", ""))
    assert "register on 20 December 2018" in flags(board)["next_conflict"]["SEB 2018-09-12"]
    assert [m["held_on"] for m in board.json("meeting", "list", now=NOW)] == [
        "2018-09-12", "2018-12-20"]


def test_two_meetings_within_days__asked_once_settled_not(board):
    for day in ("2018-12-07", "2018-12-13", "2019-01-10"):
        board("meeting", "add", "SEB", day, now=NOW)
    assert set(flags(board)["next_conflict"]) == {"SEB 2018-12-07"}
    board("meeting", "move", "SEB", "2018-12-13", "2018-12-13", now=NOW)
    assert "next_conflict" not in flags(board)


@pytest.mark.parametrize("items,lacks", [("4. Any other business", True),
                                         ("4. Domestic abuse update", False)])
def test_deferred_item__on_the_next_agenda_or_not(board, items, lacks):
    take(board, PAPER)
    assert "deferred" not in flags(board)
    planned = board.json("meeting", "list", now=NOW)[-1]["held_on"]
    take(board, AGENDA % (int(planned[-2:]), items))
    found = flags(board).get("deferred", {})
    assert set(found) == ({"SEB 2018-09-12"} if lacks else set())
    if lacks:
        assert "Domestic Abuse" in found["SEB 2018-09-12"]


def test_approved__no_longer_flagged(board):
    take(board, PAPER)
    board("meeting", "approve-minutes", "SEB", "2018-09-12", now="2018-12-14")
    assert "not_approved" not in flags(board, now="2018-12-14")


def test_typed_in__the_same_flags(board):
    for text, due in [("Weekday", "Monday 30 November 2018"), ("Year", "by 5 October"),
                      ("Body", "to the next Example Trust Committee meeting"), ("None", "in due course")]:
        board("add", "action", text, "--due", due, "--base", "2018-09-12", now=NOW)
    board("add", "action", "Past", "--due", "2018-08-30", "--base", "2018-09-12", now=NOW)
    found, refs = flags(board), by_text(board)
    assert set(found["weekday"]) == {refs["Weekday"]}
    assert set(found["year"]) == {refs["Year"]}
    assert set(found["past"]) == {refs["Past"]}
    assert set(found["no_calendar"]) == {refs["Body"]}
    assert {refs["None"], refs["Body"]} == set(found["no_date"])
    assert set(found["no_owner"]) == set(refs.values())


def test_finished__nothing_to_look_at(board):
    board("add", "action", "Old", "--due", "Monday 30 November 2018", "--base", "2018-09-12", now=NOW)
    board("withdraw", "A-1", "--reason", "done elsewhere", now=NOW)
    assert flags(board) == {}


def test_clock_owner_nobody_has__is_remarked(desks):
    desk = desks('clocks = ( { name = "a"; mode = "after"; count = 2; then = "b"; }, '
                 '{ name = "b"; mode = "after"; count = 2; owner = "Duty Desk"; } );\n')
    assert any("Duty Desk" in r for r in desk.json("check", now=NOW)["remarks"])
    desk("organisation", "add", "Duty Desk", now=NOW)
    assert not any("Duty Desk" in r for r in desk.json("check", now=NOW)["remarks"])
