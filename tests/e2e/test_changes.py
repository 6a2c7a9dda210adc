# SPDX-License-Identifier: ISC
"""What changes between the moment a mail is planned (midnight) and the moment
it goes (nine), or while a relay puts it off."""
import re
import shlex

import pytest

from clocked import needs_faketime
from smtp_script import SmtpPeer
from test_embarrass import ESCALATE, Board

pytestmark = needs_faketime

NEVER = [{"name": "none", "to": "chair", "when": "8 working days before meeting"}]


@pytest.fixture
def board(tmp_path):
    with Board(tmp_path, remind=["on the day"]) as it:
        yield it.init()


def of_day(board, day):
    return sorted(m.to.split("@")[0] for m in board.mails() if m.on.day == day)


def planned_by_midnight(board, due="2019-06-11"):
    ref = board.action("Mend the roof", "Ann", due)
    board.at("2019-06-10 12:00")
    board.start()
    board.go("2019-06-11 06:00")
    assert [n for n in board.notices() if n["to"] == "ann@example.org"]
    return ref


def test_address_corrected__goes_to_the_new_one_alone(board):
    planned_by_midnight(board)
    board.ctl("person", "set", "Ann Example", "--email", "anna@example.org")
    board.go("2019-06-11 09:00")
    board.go("2019-06-11 12:00")
    assert of_day(board, 11) == ["anna"]


def test_deputy_named__gets_it_instead(board):
    planned_by_midnight(board)
    board.ctl("person", "deputy", "Ann Example", "Bob Example", "--from", "2019-06-11",
              "--until", "2019-06-14")
    board.go("2019-06-11 09:00")
    assert of_day(board, 11) == ["bob"]
    assert "as deputy for Ann Example" in board.to("bob")[-1].text


def test_owner_paused__is_left_alone_and_the_secretary_told(board):
    planned_by_midnight(board)
    board.ctl("person", "pause", "Ann Example", "--from", "2019-06-11", "--until", "2019-06-14")
    board.go("2019-06-11 09:00")
    assert of_day(board, 11) == ["sam"]
    assert board.to("sam")[-1].has("WT-1")


def test_leaving_on_a_day_to_come__hands_over_on_that_day(board):
    early = board.action("Mend the roof", "Ann", "2019-06-11")
    late = board.action("Paint the door", "Ann", "2019-06-13")
    said = board.ctl("person", "leave", "Ann Example", "--on", "2019-06-12",
                     "--to", "Bob Example")
    assert "leaves on 12 June 2019" in said and "Bob Example" in said and "2 entries" in said
    assert "leaves 12 Jun" in board.ctl("person", "list")
    planned = {(n["at"][:10], n["to"]) for n in board.json(
        "plan", "--from", "2019-06-10", "--to", "2019-06-13")["notices"] if n["kind"] == "nudge"}
    assert planned == {("2019-06-11", "ann@example.org"), ("2019-06-12", "bob@example.org"),
                       ("2019-06-13", "bob@example.org")}     # what was late goes over too
    board.at("2019-06-10 12:00")
    board.start()
    board.go("2019-06-11 09:00")
    assert of_day(board, 11) == ["ann"]
    assert board.json("show", late)["owners"] == ["Ann Example"]
    board.close(early)
    board.go("2019-06-12 00:00")
    assert board.json("show", late)["owners"] == ["Bob Example"]
    event = [e for e in board.json("history", late) if e["what"] == "handed over"]
    assert [(e["actor"], e["done_on"]) for e in event] == [("nudged", "2019-06-12")]
    board.go("2019-06-13 09:00")
    assert of_day(board, 13) == ["bob"]
    assert "left 12 Jun" in board.ctl("person", "list")


def test_leaving_on_a_day_to_come__taken_back(board):
    ref = board.action("Mend the roof", "Ann", "2019-06-11")
    board.ctl("person", "leave", "Ann Example", "--on", "2019-06-10", "--to", "Bob Example")
    board.ctl("person", "leave", "Ann Example", "--none")
    board.at("2019-06-10 12:00")
    board.start()
    board.go("2019-06-11 09:00")
    assert of_day(board, 11) == ["ann"]
    assert board.json("show", ref)["owners"] == ["Ann Example"]
    assert "going to leave" in board.run("person", "leave", "Ann Example", "--none").stderr


def asked(board, name="carol"):
    return [m for m in board.to(name) if "FOR YOU TO APPROVE" in m.text]


def test_another_date_asked_for__the_approver_hears_of_it(tmp_path):
    with Board(tmp_path, digests=NEVER) as board:
        board.init()
        ref = board.action("Mend the roof", "Ann", "2019-06-12")
        board.at("2019-06-10 12:00")
        board.ctl("extend", ref, "--to", "2019-06-28", "--reason", "rain", "--by", "Ann Example")
        planned = [n for n in board.json("plan", "--from", "2019-06-10", "--to", "2019-06-14")
                   ["notices"] if ref in [e["ref"] for e in n["entries"]]]
        assert [(n["at"][:10], n["to"], n["entries"][0]["rule"]) for n in planned] == [
            ("2019-06-11", "carol@example.org", "another date asked for")]
        board.start()
        board.days(10, 14)
        mail, = asked(board)
        assert mail.on.day == 11 and mail.has(ref)
        assert "Ann Example asks for 28 June 2019: rain" in mail.text
        assert "say that you agree, or why not" in " ".join(mail.text.split())
        assert "to approve" in mail.text and "Say for each: done" not in mail.text
        assert of_day(board, 12) == []          # its owner is left alone
        # Unanswered for a week: asked again, once. Then answered: no more.
        board.days(17, 19)
        assert [m.on.day for m in asked(board)] == [11, 18]
        board.ctl("approve", ref)
        board.days(20, 26)
        assert len(asked(board)) == 2


def test_another_date_answered_before_nine__asks_nobody(tmp_path):
    with Board(tmp_path, digests=NEVER) as board:
        board.init()
        ref = board.action("Mend the roof", "Ann", "2019-06-20")
        board.at("2019-06-10 12:00")
        board.start()
        board.ctl("extend", ref, "--to", "2019-06-28", "--reason", "rain")
        board.go("2019-06-11 06:00")
        assert [n for n in board.notices() if n["to"] == "carol@example.org"]
        board.ctl("reject", ref, "no")
        board.days(11, 13)
        assert asked(board) == []


def test_another_date_asked_for__without_a_chair__the_secretary_approves(tmp_path):
    with Board(tmp_path, digests=NEVER) as board:
        board.init()
        board.ctl("series", "set", "WT", "--chair", "")
        ref = board.action("Mend the roof", "Ann", "2019-06-20")
        board.at("2019-06-10 12:00")
        board.ctl("extend", ref, "--to", "2019-06-28", "--reason", "rain")
        board.start()
        board.days(11, 12)
        mail, = asked(board, "sam")
        assert mail.has(ref) and "The owner asks for 28 June 2019: rain" in mail.text


def test_co_owners__are_reminded_until_they_have_answered(board):
    first = board.action("Mend the roof", "Ann", "2019-06-11", "--co-owner", "Bob Example")
    other = board.action("Paint the door", "Ann", "2019-06-13", "--co-owner", "Bob Example")
    assert "Not reminded" not in board.ctl("why", first)
    board.at("2019-06-10 12:00")
    board.start()
    board.go("2019-06-11 09:00")
    assert of_day(board, 11) == ["ann", "bob"]
    assert "as one of the owners" in board.to("bob")[-1].text
    board.go("2019-06-13 06:00")            # planned for both
    board.ctl("done", other, "--evidence", "seen", "--by", "Ann Example")
    board.go("2019-06-13 09:00")
    assert of_day(board, 13) == ["bob"]


def test_co_owners__left_out_by_the_schedule__why_says_so(tmp_path):
    with Board(tmp_path, schedules=[{"name": "all", "remind": ["on the day"], "to": "owner"}]) as b:
        ref = b.init().action("Mend the roof", "Ann", "2019-06-11", "--co-owner", "Bob Example")
        said = " ".join(b.ctl("why", ref).split())
        assert 'Not reminded Bob Example: the schedule\'s "to" does not name co-owners' in said
        assert b.json("why", ref)["not_reminded"].startswith("Bob Example")


def test_new_owner_of_what_is_late__gets_one_mail_that_tells_both(tmp_path):
    with Board(tmp_path, digests=NEVER) as board:
        board.init()
        ref = board.action("Mend the roof", "Ann", "2019-06-10")
        board.at("2019-06-10 12:00")
        board.start()
        board.days(11, 11)
        board.go("2019-06-11 14:00")
        board.ctl("assign", ref, "--owner", "Bob Example")
        board.go("2019-06-11 14:01")
        board.days(12, 14)
        mail, = board.to("bob")
        assert "Mend the roof (new)" in mail.text and "1 day late" in mail.text
        assert mail.on.day == 11


def test_new_owner_who_had_a_mail_today__hears_all_tomorrow_and_once(tmp_path):
    with Board(tmp_path, digests=NEVER) as board:
        board.init()
        ref = board.action("Mend the roof", "Ann", "2019-06-05")
        own = board.action("Paint the door", "Bob", "2019-06-11")
        board.at("2019-06-10 12:00")
        board.start()
        board.days(11, 11)
        board.go("2019-06-11 14:00")
        board.ctl("assign", ref, "--owner", "Bob Example")
        board.days(12, 12)         # "every 7 days after" is on this day too
        mails = board.to("bob")
        assert [m.on.day for m in mails] == [10, 11, 12]
        mail = mails[-1]
        assert mail.text.count("- %s: Mend the roof (new)" % ref) == 1
        assert mail.text.count("Mend the roof") == 1 and "7 days late" in mail.text
        assert mail.has(own)


def test_new_owner_before_a_reminder__hears_that_it_is_new(tmp_path):
    """Assigned on the Friday before the first reminder: both fire on Monday at
    nine."""
    with Board(tmp_path, digests=NEVER) as board:
        board.init()
        ref = board.action("Mend the roof", "Ann", "2019-06-13")
        board.at("2019-06-07 17:00")
        board.start()
        board.ctl("assign", ref, "--owner", "Bob Example")
        board.days(10, 10)
        mail, = board.to("bob")
        assert mail.on.day == 10
        assert "DUE SOON" in mail.text and "Mend the roof (new)" in mail.text


def test_group_of_entries__only_what_changed_moves(board):
    planned = planned_by_midnight(board)
    other = board.action("Paint the door", "Ann", "2019-06-11")
    board.go("2019-06-11 06:30")
    board.ctl("assign", planned, "--owner", "Bob Example")
    board.go("2019-06-11 09:00")
    mails = board.to("ann")
    assert len([m for m in mails if m.on.day == 11]) == 1
    assert mails[-1].has(other) and not mails[-1].has(planned)


def test_chair_changed__the_new_one_alone_gets_digest_and_escalation(board):
    board.action("Mend the roof", "Ann", "2019-06-03")
    board.at("2019-06-07 12:00")
    board.start()
    board.go("2019-06-10 06:00")     # a Monday, and seven days after
    assert any("carol" in n["to"] or "sam" in n["to"] for n in board.notices())
    board.ctl("series", "set", "WT", "--chair", "Bob Example")
    board.go("2019-06-10 08:00")
    board.go("2019-06-10 09:00")
    monday = [m for m in board.mails() if m.on.day == 10]
    assert not [m for m in monday if m.to == "carol@example.org"]
    bobs = [m for m in monday if m.to == "bob@example.org"]
    assert any("where things stand" in m.text for m in bobs)
    assert any("escalated" in m.text for m in bobs)
    assert len(bobs) == 2


def test_deferred_to_a_dead_address__goes_to_the_corrected_one(tmp_path):
    with SmtpPeer({"RCPT": ["451 4.1.1 try later"] * 3}) as peer, \
            Board(tmp_path, remind=["on the day"], digests=NEVER,
                  mail={"url": peer.url}) as board:
        board.init()
        board.action("Mend the roof", "Ann", "2019-06-11")
        board.at("2019-06-11 08:30")
        board.start()
        for minute in ("09:00", "10:00"):
            board.go("2019-06-11 " + minute)
        assert "deferred" in board.states()
        board.ctl("person", "set", "Ann Example", "--email", "anna@example.org")
        peer.script["RCPT"].clear()
        board.go("2019-06-11 12:00")
        assert [m["rcpt"] for m in peer.mails] == [["anna@example.org"]]
        assert board.stop() == 0


@pytest.mark.parametrize("what", ["entry", "series", "digest"])
def test_restricted_while_deferred__its_text_goes_no_more(tmp_path, what):
    """The frozen bytes still had it."""
    digests = [{"name": "weekly", "to": "secretary", "when": "every Tuesday", "at": "08:00"}]
    with SmtpPeer({"RCPT": ["451 4.3.0 try later"] * 9}) as peer, \
            Board(tmp_path, remind=["on the day"] if what != "digest" else ["at review"],
                  digests=digests if what == "digest" else NEVER,
                  mail={"url": peer.url}) as board:
        board.init()
        ref = board.action("Zebrafish", "Ann", "2019-06-11")
        board.at("2019-06-11 07:30")
        board.start()
        for minute in ("09:00", "10:00"):
            board.go("2019-06-11 " + minute)
        assert "deferred" in board.states()
        if what == "series":
            board.ctl("series", "set", "WT", "--restricted", "yes")
        else:
            board.ctl("restrict", ref)
        peer.script["RCPT"].clear()
        board.go("2019-06-11 12:00")
        assert peer.mails, (board.ctl("notices"), board.ctl("status"), peer.commands)
        said = "".join(m["data"].decode() for m in peer.mails)
        assert ref in said and "Zebrafish" not in said
        assert board.stop() == 0


def ahead(board, commands):
    """The commands that the secretary is given for tomorrow's escalations."""
    mail = board.to("sam")[-1]
    assert "ESCALATIONS THAT GO OUT NEXT" in mail.text
    found = re.findall(r"(?m)^ +nudgectl (.*)$", mail.text)
    assert [c.split()[0] for c in found] == commands, mail.text
    return found


def run_line(board, line):
    words = shlex.split(line.replace("--to \"…\"", "--to 2019-07-31").replace("…", "on leave"))
    board.ctl(*words)


def escalated(board):
    return [m for m in board.to("carol") if "escalated" in m.text]


def test_command_in_the_secretarys_mail__holds_the_escalation(tmp_path):
    with Board(tmp_path, remind=["at review"], digests=NEVER) as board:
        board.init()
        board.action("Mend the roof", "Ann", "2019-06-05")
        board.at("2019-06-10 12:00")
        board.start()
        board.go("2019-06-11 09:00")
        line, = ahead(board, ["snooze"])
        run_line(board, line)
        board.days(12, 17)
        assert escalated(board) == []
        board.days(18, 20)
        assert [m.on.day for m in escalated(board)] == [18]       # snoozed for five working days


def test_command_in_the_secretarys_mail__where_no_snooze_is_heard(tmp_path):
    with Board(tmp_path, digests=NEVER, schedules=[
            {"name": "all", "remind": ["at review"], "at": "09:00", "no_snooze": True,
             "escalate": ESCALATE}]) as board:
        board.init()
        board.action("Mend the roof", "Ann", "2019-06-05")
        board.at("2019-06-10 12:00")
        board.start()
        board.go("2019-06-11 09:00")
        line, = ahead(board, ["extend"])
        run_line(board, line)
        board.days(12, 20)
        assert escalated(board) == []


def test_commands_about_a_meeting__are_those_that_settle_it(tmp_path):
    with Board(tmp_path, remind=["1 day after"], digests=NEVER) as board:
        board.init()
        board.ctl("meeting", "add", "WT", "2019-06-05")
        for text in ("Mend the roof", "Paint the door"):
            board.ctl("add", "action", text, "--owner", "Ann Example", "--series", "WT",
                      "--base", "2019-06-03", "--due", "at the next meeting")
        board.start()
        board.days(3, 6)
        mail = board.to("sam")[-1]
        assert "OUTCOME OF A MEETING TO RECORD (2)" in mail.text
        lines = re.findall(r"(?m)^ +nudgectl (.*?)(?:  or  nudgectl (.*))?$", mail.text)
        run_line(board, lines[0][0])       # done
        run_line(board, lines[1][1])       # told, and goes on
        board.days(7, 28)
        mails = board.to("ann")
        assert mails and all("Mend the roof" not in m.text for m in mails)
        assert any(m.has("WT-2") for m in mails)
