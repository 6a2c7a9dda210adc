# SPDX-License-Identifier: ISC
"""The chair's digest: what is in it, in which order, and what changed."""
import csv
import io
import re

import pytest

from clocked import ClockedSite, needs_faketime
from smtp_script import SmtpPeer

pytestmark = needs_faketime

UK = {"working_days": ["mon", "tue", "wed", "thu", "fri"],
      "sending_hours": "08:00-18:00", "holidays": ["england-and-wales"]}
WEEKLY = {"name": "weekly", "to": "chair", "when": "every Monday", "at": "08:00"}
PACK = {"name": "pack", "to": ["chair", "secretary"], "when": "8 working days before meeting",
        "at": "08:00", "sections": "public", "attach": ["csv", "html", "md"]}
QUIET = [{"name": "all", "remind": ["at review"], "at": "09:00"}]


class Board(ClockedSite):
    """WT with Carol as chair; nobody is nudged, so that only digests go."""

    def __init__(self, folder, digests=(WEEKLY,), **conf):
        super().__init__(folder, calendar=UK, digests=list(digests), schedules=QUIET, **conf)

    def init(self):
        self.at("2019-06-03 07:00")     # a Monday
        super().init()
        for name in ("Ann", "Bob", "Carol", "Sam"):
            self.person(name + " Example", name.lower() + "@example.org")
        self.ctl("series", "add", "WT", "Working Together", "--chair", "Carol Example",
                 "--secretary", "Sam Example")
        return self

    def add(self, kind, text, due, *more, owner="Ann Example"):
        given = ["--due", due] if due else []
        given += ["--owner", owner] if owner else []
        return self.json("add", kind, text, *given, *more, "--series", "WT")["ref"]

    def digest(self, moment):
        """The digest that goes out at a moment."""
        before = len(self.mails())
        self.go(moment)
        mails = [m for m in self.mails()[before:] if m.to == "carol@example.org"]
        assert len(mails) == 1, mails
        return mails[0]


@pytest.fixture
def board(tmp_path):
    with Board(tmp_path) as it:
        yield it.init()


def sections(mail):
    """Headings with their counts, and what stands below each, in order."""
    found, parts = [], re.split(r"(?m)^([A-Z][A-Z ]+) \((\d+)\)$", mail.text)
    for title, count, body in zip(parts[1::3], parts[2::3], parts[3::3]):
        refs = re.findall(r"(?m)^- ([A-Z]+-\d+):", body)
        found.append((title, int(count), refs, body))
    return found


def section(mail, title):
    return next((s for s in sections(mail) if s[0] == title), (title, 0, [], ""))


def fill(board):
    """Something for every section; returns the refs."""
    board.ctl("meeting", "add", "WT", "2019-05-14")
    board.ctl("meeting", "add", "WT", "2019-07-02")
    board.ctl("report", "add", "INS", "An inspection", "--body", "HMX", "--series", "WT",
              "--published-on", "2019-03-01")
    refs = {
        "clock": board.json("add", "recommendation", "Count the keys", "--due", "2019-06-20",
                            "--owner", "Ann Example", "--report", "INS")["ref"],
        "late": board.add("action", "Mend the roof", "2019-06-05"),
        "later": board.add("action", "Paint the door", "2019-06-07", owner="Bob Example"),
        "due": board.add("action", "Sweep the yard", "2019-06-28"),
        "far": board.add("action", "Plant a tree", "2019-11-01"),
        "undated": board.add("action", "Think of a name", "in due course"),
        "proposed": board.add("action", "Feed the badger", "2019-06-21"),
        "unowned": board.add("action", "Find the lamp", "2019-06-24", owner=None),
        "closed": board.add("action", "Buy a kettle", "2019-06-06"),
        "hidden": board.add("action", "Zebrafish", "2019-06-04", "--restricted"),
    }
    return refs


# ---- what is in it ----

def test_digest__has_its_sections_in_their_order(board):
    refs = fill(board)
    board.start()
    board.go("2019-06-03 08:00")
    board.go("2019-06-05 12:00")
    board.ctl("update", refs["late"], "the slater comes on Friday")
    board.ctl("extend", refs["later"], "--to", "2019-06-11", "--reason", "rain",
              "--agreed-by", "Carol Example")
    board.ctl("done", refs["proposed"], "--evidence", "minute 4 of May")
    board.ctl("done", refs["closed"], "--evidence", "on the shelf")
    board.ctl("approve", refs["closed"])
    board.go("2019-06-12 12:00")
    mail = board.digest("2019-06-17 08:00")
    assert [s[0] for s in sections(mail)] == [
        "STATUTORY AND INSPECTION CLOCKS", "OVERDUE", "DUE BEFORE THE NEXT MEETING",
        "NO DATE SET", "PROPOSED FOR CLOSURE", "NEEDS YOU"]
    assert section(mail, "STATUTORY AND INSPECTION CLOCKS")[2] == [refs["clock"]]
    overdue = section(mail, "OVERDUE")
    assert overdue[2] == [refs["hidden"], refs["late"], refs["later"]]      # longest first
    assert "12 days late" in overdue[3] and "6 days late" in overdue[3]
    assert "Last update: 5 June 2019: the slater comes on Friday" in overdue[3]
    assert "The date has moved once; it was 7 June 2019 at first" in overdue[3]
    assert "Last update: none so far" in overdue[3]
    assert section(mail, "DUE BEFORE THE NEXT MEETING")[2] == [refs["unowned"], refs["due"]]
    assert section(mail, "NO DATE SET")[2] == [refs["undated"]]
    proposed = section(mail, "PROPOSED FOR CLOSURE")
    assert proposed[2] == [refs["proposed"]] and "minute 4 of May" in proposed[3]
    assert refs["unowned"] in section(mail, "NEEDS YOU")[2]
    # Far ahead is counted, not listed; restricted shows its ref alone.
    assert not mail.has(refs["far"])
    assert "Zebrafish" not in mail.text
    assert "Next meeting: Tuesday 2 July 2019, in 15 days." in mail.text
    assert mail.subject == ("Working Together, 17 June 2019: 3 overdue, 3 due before the "
                            "next meeting, 1 to approve, 1 for you to settle")
    assert ("9 open: 3 overdue, 3 due before the next meeting, 1 without a date, 1 waiting "
            "for approval.") in " ".join(mail.text.split())


def test_digest__counts_change_since_the_last_one(board):
    refs = fill(board)
    board.start()
    first = board.digest("2019-06-03 08:00")
    assert "Since" not in first.text        # none before it
    # Before it went out: of no interest a week later.
    board.go("2019-06-05 12:00")
    new = board.add("action", "Write a song", "2019-06-30")
    gone = board.add("action", "Write a poem", "2019-06-30")
    board.ctl("done", refs["closed"], "--evidence", "on the shelf")
    board.ctl("approve", refs["closed"])
    board.ctl("done", gone, "--evidence", "sung")
    board.ctl("approve", gone)
    board.ctl("extend", refs["later"], "--to", "2019-06-25", "--reason", "rain",
              "--agreed-by", "Carol Example")
    second = board.digest("2019-06-10 08:00")
    said = " ".join(second.text.split())
    assert ("Since 3 June 2019: 2 added, 2 closed, 2 newly overdue, 1 date moved.") in said
    assert said.count("Since 3 June") == 1 and "Changes are those" not in said
    closed = section(second, "CLOSED SINCE LAST TIME")
    assert closed[1] == 2 and set(re.findall(r"WT-\d+", closed[3])) == {refs["closed"], gone}
    assert "on the shelf" not in second.text      # refs only
    assert second.has(new)
    third = board.digest("2019-06-17 08:00")
    said = " ".join(third.text.split())
    assert "Since 10 June 2019: 0 added, 0 closed." in said
    assert section(third, "CLOSED SINCE LAST TIME")[1] == 0


def test_digest__closed_on_the_very_day_is_told_once(board):
    refs = fill(board)
    board.start()
    board.digest("2019-06-03 08:00")
    board.go("2019-06-10 07:30")
    board.ctl("done", refs["closed"], "--evidence", "on the shelf")
    board.ctl("approve", refs["closed"])
    assert section(board.digest("2019-06-10 08:00"), "CLOSED SINCE LAST TIME")[1] == 1
    board.go("2019-06-10 11:00")
    board.ctl("done", refs["late"], "--evidence", "dry again")
    board.ctl("approve", refs["late"])
    mail = board.digest("2019-06-17 08:00")
    closed = section(mail, "CLOSED SINCE LAST TIME")
    assert closed[1] == 1 and refs["late"] in closed[3]


def test_digest__confirmed_and_reopened_count_as_added(board):
    refs = fill(board)
    (board.folder / "rows.csv").write_text(
        "ref,kind,text,owners,series,due_on,state\n"
        "WT-90,action,Ask around,Ann Example,WT,2019-06-28,unconfirmed\n"
        "WT-91,action,Look around,Ann Example,WT,2019-06-28,unconfirmed\n")
    board.ctl("import", "entries", board.folder / "rows.csv")
    board.ctl("done", refs["closed"], "--evidence", "on the shelf")
    board.ctl("approve", refs["closed"])
    board.start()
    first = board.digest("2019-06-03 08:00")
    assert "2 entries wait to be confirmed" in " ".join(first.text.split())
    assert not first.has("WT-90")
    board.ctl("confirm", "WT-90")
    board.ctl("reopen", refs["closed"], "--reason", "it leaks")
    second = board.digest("2019-06-10 08:00")
    assert "Since 3 June 2019: 2 added, 0 closed" in " ".join(second.text.split())
    assert "1 entry waits to be confirmed" in " ".join(second.text.split())


def test_digest__needs_the_chair_for_what_else_is_open(board):
    fill(board)
    board.start()
    mail = board.digest("2019-06-03 08:00")
    needs = section(mail, "NEEDS YOU")
    assert "No owner: who takes it?" in needs[3]


def test_digest__tells_why_nobody_is_nudged_and_who_must_decide(board):
    snoozed = board.add("action", "Mend the roof", "2019-06-05")
    asked = board.add("action", "Paint the door", "2019-06-06", owner="Bob Example")
    hidden = board.add("action", "Zebrafish", "2019-06-06", "--restricted")
    board.ctl("snooze", snoozed, "--until", "2019-06-19", "--reason", "the slater is away")
    for ref in (asked, hidden):
        board.ctl("extend", ref, "--to", "2019-06-28", "--reason", "Zebra rain",
                  "--asked-by", "Bob Example")
    board.start()
    mail = board.digest("2019-06-10 08:00")
    assert "Snoozed until 19 June 2019: the slater is away" in section(mail, "OVERDUE")[3]
    needs = section(mail, "NEEDS YOU")
    assert needs[2] == [asked, hidden]
    said = " ".join(needs[3].split())
    assert "Bob Example asks for 28 June 2019: Zebra rain" in said
    assert "nudgectl approve %s or nudgectl reject %s" % (asked, asked) in said
    assert mail.text.count("Zebra rain") == 1 and "Zebrafish" not in mail.text
    # Decided, it is no more asked; the snooze is over too.
    board.ctl("approve", asked)
    board.ctl("reject", hidden, "no")
    mail = board.digest("2019-06-24 08:00")
    assert section(mail, "NEEDS YOU")[1] == 0
    assert "Snoozed" not in mail.text


def test_digest__tells_of_drafts_and_of_what_was_not_delivered(tmp_path):
    with SmtpPeer({"RCPT": ["550 5.1.1 no such user"]}) as peer, \
            Board(tmp_path, mail={"url": peer.url}) as board:
        board.init()
        board.write(schedules=[{**QUIET[0], "remind": ["on the day"]}])
        board.ctl("meeting", "add", "WT", "2019-05-14")
        board.ctl("meeting", "outcome", "WT", "2019-05-14", "--draft-minutes")
        board.add("action", "Mend the roof", "2019-06-06")
        board.at("2019-06-06 08:30")
        board.start()
        board.go("2019-06-06 09:00")
        assert "failed" in board.states()
        board.go("2019-06-10 08:00")
        mails = [m["data"].decode() for m in peer.mails if m["rcpt"] == ["carol@example.org"]]
        said = " ".join(mails[-1].split())
        assert "Minutes of 14 May 2019 await approval" in said
        assert "1 message could not be delivered" in said
        assert board.stop() == 0


def test_digest__groups_what_is_overdue_by_organisation(board):
    board.ctl("organisation", "add", "Exampleshire Police", "--email", "force@example.org")
    board.ctl("organisation", "add", "Exampleshire Council", "--email", "council@example.org")
    board.ctl("person", "set", "Ann Example", "--organisation", "Exampleshire Police")
    board.ctl("person", "set", "Bob Example", "--organisation", "Exampleshire Council")
    a = board.add("action", "Mend the roof", "2019-05-20")
    b = board.add("action", "Paint the door", "2019-05-21", owner="Bob Example")
    c = board.add("action", "Sweep the yard", "2019-05-22", owner="Exampleshire Police")
    board.start()
    overdue = section(board.digest("2019-06-03 08:00"), "OVERDUE")
    assert overdue[2] == [a, c, b]
    assert [line for line in overdue[3].splitlines() if line.startswith("Exampleshire")][:-1] == [
        "Exampleshire Police", "Exampleshire Council"]


# ---- when it goes, and when not ----

def test_digest__empty_is_not_sent_but_a_line_once_a_month(board):
    board.ctl("series", "add", "OTH", "Somebody else's")      # no chair, no secretary
    board.start()
    days = [3, 10, 17, 24]
    for day in days:
        board.go("2019-06-%02d 08:00" % day)
    for day in (1, 8, 15, 22, 29):
        board.go("2019-07-%02d 08:00" % day)
    mails = board.mails()
    assert [(str(m.on), m.to) for m in mails] == [("2019-06-03", "carol@example.org"),
                                                  ("2019-07-01", "carol@example.org")]
    for mail in mails:
        assert "Nothing is overdue" in mail.text
        assert "once a month" in mail.text
        assert mail.subject.endswith("nothing overdue")
    # What comes up in between is told at once.
    board.add("action", "Mend the roof", "2019-08-01")
    assert board.digest("2019-08-05 08:00").subject.endswith(": 1 overdue")


def test_digest__on_a_bank_holiday_goes_the_day_after(board):
    board.add("action", "Mend the roof", "2019-06-05")
    board.start()
    board.go("2019-08-19 08:00")
    before = len(board.mails())
    board.go("2019-08-26 08:00")
    board.go("2019-08-26 12:00")
    assert len(board.mails()) == before
    mail = board.digest("2019-08-27 08:00")
    assert "Tuesday 27 August 2019" in " ".join(mail.text.split())


def test_digest__missed_by_days_tells_of_the_day_it_goes(board):
    board.add("action", "Mend the roof", "2019-06-05")
    board.start()
    board.digest("2019-06-03 08:00")
    board.stop()
    board.at("2019-06-13 10:00")
    board.start()
    mails = [m for m in board.mails() if m.on.day == 13]
    assert len(mails) == 1
    assert "8 days late" in mails[0].text and "13 June 2019" in mails[0].subject
    board.go("2019-06-13 12:00")
    assert len([m for m in board.mails() if m.on.day == 13]) == 1
    # The next counts from the one before as it was planned.
    assert "Since 10 June 2019" in " ".join(board.digest("2019-06-17 08:00").text.split())


# ---- the pack for the papers ----

def test_pack__eight_working_days_before_the_meeting_to_both(tmp_path):
    with Board(tmp_path, digests=[PACK]) as board:
        refs = fill(board.init())
        board.start()
        for day in range(17, 22):
            board.go("2019-06-%02d 08:00" % day)
        mails = board.mails()
        # Tuesday 2 July less eight working days.
        assert [(m.on.day, m.to) for m in mails] == [(20, "carol@example.org"),
                                                     (20, "sam@example.org")]
        for mail in mails:
            assert section(mail, "NEEDS YOU")[1] == 0          # not for the public
            types = [p.get_content_type() for p in mail.message.iter_attachments()]
            assert types == ["text/csv", "text/markdown", "text/html"]
            table, paper, page = [p.decode() if isinstance(p, bytes) else p for p in mail.parts]
            rows = list(csv.DictReader(io.StringIO(table)))
            listed = {row["ref"] for row in rows}
            assert {refs["late"], refs["due"], refs["clock"], refs["undated"]} <= listed
            assert refs["late"] in page and "<table" in page
            assert "| %s |" % refs["late"] in paper
            for part in (table, page, paper):
                assert "Zebrafish" not in part


def test_digest_command__shows_the_same_sections(board):
    refs = fill(board)
    shown = board.ctl("--now", "2019-06-17T09:00", "digest", "weekly")
    for ref in ("late", "later", "due", "undated", "clock"):
        assert refs[ref] in shown
    assert "Zebrafish" not in shown
