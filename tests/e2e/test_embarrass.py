# SPDX-License-Identifier: ISC
"""The ways in which a reminder service could embarrass the people who run it.

Every test has the same small board: Ann and Bob own things, Carol chairs WT,
Colin chairs SDP, Sam is the secretary. June 2019 has no bank holiday.
"""
import csv
import io
import json
import re
import shutil
import sqlite3

import pytest

from clocked import ClockedSite, local, needs_faketime, read_maildir
from http_script import HttpPeer
from smtp_script import SmtpPeer

pytestmark = needs_faketime

UK = {"working_days": ["mon", "tue", "wed", "thu", "fri"],
      "sending_hours": "08:00-18:00", "holidays": ["england-and-wales"]}
REMIND = ["at assignment", "3 working days before", "on the day", "1 day after",
          "every 7 days after", "at review", "5 working days before meeting"]
ESCALATE = [{"when": "7 days after", "to": "chair"}]
DIGESTS = [{"name": "weekly", "to": ["chair", "secretary"], "when": "every Monday",
            "at": "08:00", "attach": ["csv", "html", "md"]}]
START = "2019-06-03 07:00"      # a Monday


class Board(ClockedSite):
    def __init__(self, folder, remind=None, **conf):
        super().__init__(folder, **{
            "calendar": UK, "digests": DIGESTS,
            "schedules": [{"name": "all", "remind": remind or REMIND, "at": "09:00",
                           "escalate": ESCALATE}], **conf})

    def init(self, release=True):
        self.at(START)
        self.ctl("init")
        if release:
            self.ctl("release")
        for name in ("Ann", "Bob", "Carol", "Colin", "Sam"):
            self.person(name + " Example", name.lower() + "@example.org")
        for code, title, chair in (("WT", "Working Together", "Carol"),
                                   ("SDP", "Scrutiny", "Colin")):
            self.ctl("series", "add", code, title, "--chair", chair + " Example",
                     "--secretary", "Sam Example")
        return self

    def action(self, text, owner, due, *more, series="WT"):
        said = self.json("add", "action", text, "--owner", owner + " Example", "--due", due,
                         "--series", series, *more)
        return said["ref"]

    def close(self, ref):
        self.ctl("done", ref, "--evidence", "seen")
        self.ctl("approve", ref)

    def days(self, first, last, at=("08:00", "09:00", "12:00")):
        """Through the days of June."""
        for day in range(first, last + 1):
            for minute in at:
                self.go("2019-06-%02d %s" % (day, minute))

    def to(self, name, since=0):
        return [m for m in self.mails()[since:] if m.to == name + "@example.org"]

    def nudges(self, name):
        """Mails to an owner; days of June and the mails."""
        return [(m.on.day, m) for m in self.to(name)]


@pytest.fixture
def board(tmp_path):
    with Board(tmp_path) as it:
        yield it.init()


def everything(mail):
    """All of a mail in one text: headers, text and attachments, decoded."""
    parts = [p.decode("utf-8", "replace") if isinstance(p, bytes) else str(p)
             for p in mail.parts]
    return "\n".join([mail.raw.decode("utf-8", "replace"), mail.subject, mail.text, *parts])


# ---- a register that never sent ----

def test_register_that_never_sent__holds_until_release(tmp_path):
    with Board(tmp_path) as board:
        board.init(release=False)
        board.action("Mend the roof", "Ann", "2019-06-05")
        board.start()
        board.days(3, 7)
        assert board.mails() == []
        assert json.loads(board.ask("status"))["gate"] == "first release"
        planned = board.json("plan")["notices"]
        assert planned and all(n["held"] == "first release" for n in planned)
        board.stop()
        # Not even over a restart.
        board.start()
        board.days(10, 10)
        assert board.mails() == []
        board.ctl("release")
        board.days(10, 11, at=("12:30",))
        mails = board.to("ann")
        assert len(mails) == 1 and "5 days late" in mails[0].text


def test_register_that_never_sent__release_before_the_first_start_counts(board):
    board.action("Mend the roof", "Ann", "2019-06-05")
    board.start()
    board.go("2019-06-03 09:00")
    assert len(board.to("ann")) == 1


def test_released_on_a_sunday__says_when_the_first_mail_goes_and_why_not_now(tmp_path):
    with Board(tmp_path) as board:
        board.init(release=False)
        board.action("Mend the roof", "Ann", "2019-06-05")
        board.at("2019-06-09 05:00")
        board.start()
        board.go("2019-06-09 05:06")
        due = "Monday 10 June 2019, 08:00 (Sunday 9 June 2019 is no working day)"
        assert json.loads(board.ask("status"))["next_mail"] == due
        said = board.ctl("status")
        assert re.search(r"(?m)^first, if released +" + re.escape(due), said), said
        said = board.ctl("release")
        assert "the first mail goes out on Monday 10 June 2019, 08:00 at the earliest: " \
            "Sunday 9 June 2019 is no working day" in said
        assert re.search(r"(?m)^next mail +Monday 10 June 2019, 08:00", board.ctl("status"))
        board.go("2019-06-10 09:00")
        assert [m.at.strftime("%d %H:%M") for m in board.mails()][0] >= "10 08:00"


# ---- unconfirmed ----

def test_unconfirmed_entry__is_in_no_mail(board):
    table = ("ref,kind,text,owners,series,due_on,state\n"
             "WT-1,action,Ask the aardvark,Ann Example,WT,2019-06-05,unconfirmed\n"
             "WT-2,action,Feed the badger,Ann Example,WT,2019-06-05,open\n"
             "WT-3,action,Ask the aardvark again,,WT,2019-06-05,unconfirmed\n")
    (board.folder / "rows.csv").write_text(table)
    board.ctl("import", "entries", board.folder / "rows.csv")
    board.ctl("add", "commitment", "Perhaps the aardvark", "--owner", "Bob Example",
              "--due", "2019-06-06", "--series", "WT")
    states = {e["text"]: e["state"] for e in board.json("list", "--all")}
    assert states["Perhaps the aardvark"] in ("open", "unconfirmed")
    unsure = [t for t, s in states.items() if s == "unconfirmed"]
    assert len(unsure) >= 2
    board.start()
    board.days(3, 21)
    mails = board.mails()
    assert any("badger" in m.text for m in mails)
    for mail in mails:
        for text in unsure:
            assert text not in everything(mail), mail
        assert not re.search(r"\bWT-[13]\b", everything(mail)), mail
    assert board.json("--now", "2019-06-21", "list", "--overdue") == [
        e for e in board.json("--now", "2019-06-21", "list", "--overdue")
        if e["state"] != "unconfirmed"]


def test_unconfirmed_entry__once_confirmed_is_chased(board):
    table = ("ref,kind,text,owners,series,due_on,state\n"
             "WT-1,action,Ask the aardvark,Ann Example,WT,2019-06-12,unconfirmed\n")
    (board.folder / "rows.csv").write_text(table)
    board.ctl("import", "entries", board.folder / "rows.csv")
    board.start()
    board.days(3, 6)
    assert board.to("ann") == []
    board.ctl("confirm", "WT-1")
    board.days(7, 12)
    assert [day for day, _ in board.nudges("ann")] == [7, 12]


# ---- restricted ----

SECRET = "Zebrafish"


def restricted_board(tmp_path, hook):
    board = Board(tmp_path,
                  webhooks=[{"name": "duty-room", "url": hook.url, "allow_private": True}],
                  schedules=[{"name": "all", "remind": REMIND, "at": "09:00",
                              "channels": ["mail", "duty-room"], "escalate": ESCALATE}])
    board.init()
    board.ctl("series", "add", "INQ", "Inquiry", "--chair", "Carol Example",
              "--secretary", "Sam Example", "--restricted", "yes")
    own = board.action("%s by itself" % SECRET, "Ann", "2019-06-05", "--restricted")
    inherited = board.action("%s by its series" % SECRET, "Ann", "2019-06-06", series="INQ")
    public = board.action("Feed the badger", "Ann", "2019-06-06")
    other = board.action("%s without an owner" % SECRET, "Bob", "2019-06-07", series="INQ")
    for ref in (own, inherited):
        board.ctl("update", ref, "the %s is not well" % SECRET, "--at-risk")
        board.ctl("extend", ref, "--to", "2019-06-10", "--reason", "%s asked" % SECRET,
                  "--agreed-by", "Carol Example")
    board.ctl("update", other, "%s again" % SECRET, "--blocked")
    return board, (own, inherited, other), public


def test_restricted_text__is_in_no_mail_and_no_webhook(tmp_path):
    with HttpPeer() as hook:
        board, refs, public = restricted_board(tmp_path, hook)
        with board:
            # Nor whose it is, where that must be told the secretary.
            board.ctl("person", "add", "%s Keeper" % SECRET)
            board.ctl("add", "action", "Keep it", "--owner", "%s Keeper" % SECRET,
                      "--due", "2019-06-06", "--series", "INQ")
            board.ctl("office", "add", "%s Office" % SECRET)
            board.ctl("add", "action", "Keep it too", "--owner", "%s Office" % SECRET,
                      "--due", "2019-06-06", "--series", "INQ")
            board.start()
            board.days(3, 18)
            board.ctl("done", refs[0], "--evidence", "%s was seen" % SECRET)
            board.days(19, 20)
            board.ctl("approve", refs[0])
            board.days(21, 24)
            mails = board.mails()
            for mail in mails:
                assert SECRET.lower() not in everything(mail).lower(), mail
            # They are chased all the same, by their refs.
            for ref in refs:
                assert any(m.has(ref) for m in mails), ref
            assert hook.requests
            bodies = " ".join(r["body"].decode() for r in hook.requests)
            assert public in bodies and SECRET not in bodies
            for ref in refs:
                assert '"%s"' % ref not in bodies


def test_restricted_text__is_in_no_plan_preview_or_digest(tmp_path):
    with HttpPeer() as hook:
        board, refs, _ = restricted_board(tmp_path, hook)
        with board:
            board.ctl("plan", "--to", "2019-07-20", "--maildir", board.folder / "planned")
            mails = read_maildir(board.folder / "planned")
            assert any(m.has(refs[0]) for m in mails)
            for mail in mails:
                assert SECRET.lower() not in everything(mail).lower(), mail
            listed = board.ctl("--json", "plan", "--to", "2019-07-20")
            assert refs[0] in listed and SECRET not in listed
            assert SECRET not in board.ctl("preview", refs[0])
            for form in ("text", "md", "csv", "html"):
                shown = board.ctl("--now", "2019-06-20", "digest", "weekly", "--format", form)
                assert refs[0] in shown and SECRET not in shown, form


def test_restricted_text__is_in_no_export_unless_asked_for(tmp_path):
    with HttpPeer() as hook:
        board, refs, public = restricted_board(tmp_path, hook)
        with board:
            for form in ("csv", "json", "md", "ics"):
                text = board.ctl("export", "--format", form).replace("\r\n ", "")
                assert SECRET not in text, form
                assert public in text
            assert SECRET in board.ctl("export", "--format", "csv", "--restricted")


# ---- addresses outside ----

def test_address_outside_the_allowed_domains__is_held(tmp_path):
    with Board(tmp_path, mail={"allowed_domains": ["example.org"]}) as board:
        board.init()
        board.person("Olga Outside", "olga@elsewhere.test")
        board.person("Eve Likeness", "eve@notexample.org")
        board.action("Mend the roof", "Ann", "2019-06-05")
        for name in ("Olga Outside", "Eve Likeness"):
            board.ctl("add", "action", "Paint the door", "--owner", name,
                      "--due", "2019-06-05", "--series", "WT")
        inside = ["%s@example.org" % name for name in ("carol", "colin", "sam")]
        board.start()
        board.days(3, 6)
        assert {m.to for m in board.mails()} == set(inside) | {"ann@example.org"}
        held = board.json("notices", "--state", "held")
        assert {n["to"] for n in held} == {"olga@elsewhere.test", "eve@notexample.org"}
        assert all("allowed_domains" in n["reason"] for n in held)
        planned = board.json("plan")["notices"]
        assert all(n["held"] for n in planned if n["to"] == "olga@elsewhere.test")
        # Let out by name, and only that one.
        board.ctl("person", "set", "Olga Outside", "--allow-external", "yes")
        board.ctl("release", "--all")
        board.days(7, 7)
        assert {m.to for m in board.mails()} == set(inside) | {
            "ann@example.org", "olga@elsewhere.test"}


# ---- chairs ----

def test_chair__sees_only_their_own_series(board):
    theirs = {"carol": "WT", "colin": "SDP"}
    texts = {"WT": "Mend the roof", "SDP": "Paint the door"}
    refs = {code: board.action(text, "Ann", "2019-06-05", series=code)
            for code, text in texts.items()}
    board.ctl("add", "action", "Sweep the yard", "--owner", "Ann Example", "--due", "2019-06-05")
    board.ctl("report", "add", "INS", "An inspection", "--body", "HMX", "--series", "SDP",
              "--published-on", "2019-06-01")
    board.ctl("add", "recommendation", "Count the keys", "--owner", "Ann Example",
              "--due", "2019-06-06", "--report", "INS")
    board.start()
    board.days(3, 24)
    for chair, code in theirs.items():
        mails = board.to(chair)
        assert any("escalated" in m.text for m in mails)
        assert any("where things stand" in m.text for m in mails)
        said = "\n".join(everything(m) for m in mails)
        assert refs[code] in said
        for other, text in texts.items():
            if other != code:
                assert text not in said and refs[other] not in said
        assert "Sweep the yard" not in said
        assert ("Count the keys" in said) == (code == "SDP")


# ---- a mail that could not go for days ----

def test_mail_deferred_for_days__chases_what_is_open_and_says_no_past_today(tmp_path):
    later = {"RCPT": ["451 4.3.0 try later"] * 1000}
    with SmtpPeer(later) as peer, Board(tmp_path, digests=[{
            "name": "none", "to": "chair", "when": "8 working days before meeting"}],
            mail={"url": peer.url}) as board:
        board.init()
        closed = board.action("Mend the roof", "Ann", "2019-06-11")
        open_ = board.action("Paint the door", "Ann", "2019-06-11")
        board.at("2019-06-11 07:00")
        board.start()
        # Ten in a row would be the channel's fault.
        for hour in ("09:00", "11:00", "16:00"):
            board.go("2019-06-11 " + hour)
        tried = [n for n in board.notices() if n["to"] == "ann@example.org"]
        assert [(n["state"], n["tries"]) for n in tried] == [("deferred", 3)]
        board.go("2019-06-12 10:00")
        board.close(closed)
        board.go("2019-06-13 10:00")
        assert peer.mails == [] and peer.bodies == []
        peer.script["RCPT"].clear()
        board.go("2019-06-14 09:00")
        board.go("2019-06-14 12:00")
        mails = [m for m in peer.mails if m["rcpt"] == ["ann@example.org"]]
        assert len(mails) == 1
        text = mails[0]["data"].decode()
        assert open_ in text and "Paint the door" in text
        assert closed not in text and "Mend the roof" not in text
        assert "today" not in text.lower()
        assert "3 days late" in text and "Friday 14 June 2019" in text
        assert "Date: Fri, 14 Jun 2019" in text
        assert board.json("notices", "--state", "failed") == []
        assert board.stop() == 0


# ---- closed and reopened, given away and back ----

def test_closed_and_reopened__is_chased_again(board):
    ref = board.action("Mend the roof", "Ann", "2019-06-11")
    board.start()
    board.go("2019-06-03 09:00")
    before = len(board.to("ann"))
    # Its mail of the day is planned already when it is closed.
    board.go("2019-06-11 07:00")
    board.close(ref)
    board.go("2019-06-11 07:30")
    board.ctl("reopen", ref, "--reason", "it leaks still")
    board.go("2019-06-11 09:00")
    assert len(board.to("ann")) == before + 1
    assert "Due today" in board.to("ann")[-1].text


def test_closed__is_not_chased_and_reopened_later_is(board):
    ref = board.action("Mend the roof", "Ann", "2019-06-11")
    board.start()
    board.days(3, 6)
    board.close(ref)
    board.days(7, 12)
    assert [day for day, _ in board.nudges("ann")] == [3, 6]
    board.ctl("reopen", ref, "--reason", "it leaks still")
    board.beat()
    board.days(13, 19)
    # At once, for the day it was late on; then every week.
    assert [day for day, _ in board.nudges("ann")][2:] == [12, 18]


def test_given_away_and_back__is_chased_again(board):
    ref = board.action("Mend the roof", "Ann", "2019-06-11")
    board.start()
    board.go("2019-06-03 09:00")
    before = len(board.to("ann"))
    board.go("2019-06-11 07:00")
    board.ctl("assign", ref, "--owner", "Bob Example")
    board.go("2019-06-11 07:30")
    board.ctl("assign", ref, "--owner", "Ann Example")
    board.days(11, 11)
    assert len(board.to("ann")) == before + 1
    assert "Mend the roof" in board.to("ann")[-1].text
    assert board.to("bob") == []


def test_given_away__chases_the_new_owner_alone_and_back_the_old(board):
    ref = board.action("Mend the roof", "Ann", "2019-06-11")
    board.start()
    board.days(3, 3)
    board.ctl("assign", ref, "--owner", "Bob Example")
    board.beat()
    board.days(4, 12)
    assert [day for day, _ in board.nudges("ann")] == [3]
    assert [day for day, _ in board.nudges("bob")] == [4, 6, 11, 12]
    board.ctl("assign", ref, "--owner", "Ann Example")
    board.beat()
    board.days(13, 18)
    # At once, that it is theirs and late; then every week.
    assert [day for day, _ in board.nudges("ann")] == [3, 12, 18]
    assert [day for day, _ in board.nudges("bob")] == [4, 6, 11, 12]


# ---- a wrong password ----

def test_wrong_password__fails_no_notice_and_tells_the_admin(tmp_path):
    with SmtpPeer(auth=("actions", "right")) as peer:
        board = Board(tmp_path, digests=[{"name": "far", "to": "chair", "when": "every Friday",
                                          "at": "08:00"}])
        with board:
            secret = board.secret("password", "wrong")
            board.conf["mail"].update(url=peer.url, username="actions", password_file=secret)
            board.write()
            board.init()
            for n in range(30):
                board.person("Person %d" % n, "p%d@example.org" % n)
                board.ctl("add", "action", "Thing %d" % n, "--owner", "Person %d" % n,
                          "--due", "2019-06-20")
            board.start_without_waiting()
            board.at("2019-06-03 09:00")
            board.ask("update", "NO-SUCH-REF", "look at the time")

            def resting():
                channels = json.loads(board.ask("status"))["channels"]
                return channels[0] if channels[0].get("reason") else None
            channel = board.wait_for(resting)
            assert "535" in channel["reason"] or "password" in channel["reason"]
            assert channel["state"] != "working"
            notices = board.notices()
            assert len(notices) == 30
            assert {n["state"] for n in notices} <= {"planned", "deferred", "attempting"}
            assert all(n["tries"] == 0 for n in notices)
            assert "wrong name or password" in board.ctl("status")
            assert "wrong name or password" in board.log.read_text()
            board.secret("password", "right")
            board.ctl("reload")
            board.wait_for(lambda: board.states() == ["sent"] * 30)
            assert len(peer.mails) == 30
            assert board.stop() == 0


# ---- last month's table ----

def changed_register(board):
    """Four entries, exported; then a month goes by."""
    refs = {name: board.action(text, "Ann", "2019-06-12") for name, text in (
        ("closed", "Mend the roof"), ("moved", "Paint the door"),
        ("given", "Sweep the yard"), ("worded", "Feed the badger"), ("same", "Count keys"))}
    board.ctl("export", "--format", "csv")
    (board.folder / "may.csv").write_text(board.ctl("export", "--format", "csv"),
                                          encoding="utf-8")
    board.at("2019-07-03 10:00")
    board.close(refs["closed"])
    board.ctl("extend", refs["moved"], "--to", "2019-07-31", "--reason", "rain",
              "--agreed-by", "Carol Example")
    board.ctl("assign", refs["given"], "--owner", "Bob Example")
    board.ctl("reword", refs["worded"], "Feed both badgers")
    return refs


def essence(board):
    return {e["ref"]: (e["state"], e["due_on"], tuple(e["owners"]), e["text"], e["slips"])
            for e in board.json("list", "--all")}


def test_last_months_export__reopens_and_reverts_nothing(board):
    changed_register(board)
    before, entries = essence(board), board.ctl("--json", "list", "--all")
    done = board.run("import", "entries", board.folder / "may.csv")
    # Refused, or told that the register has moved on.
    assert done.returncode != 0 or "4 of these" in done.stdout + done.stderr
    assert essence(board) == before
    assert board.ctl("--json", "list", "--all") == entries


@pytest.mark.parametrize("identity", ["ref", "text"])
def test_last_months_table_of_ones_own__reopens_and_reverts_nothing(board, identity):
    """Without the versions that an export carries, with refs or without."""
    changed_register(board)
    rows = list(csv.DictReader(io.StringIO((board.folder / "may.csv").read_text())))
    kept = ["kind", "text", "owners", "series", "due_on", "state"]
    if identity == "ref":
        kept.insert(0, "ref")
    out = io.StringIO()
    table = csv.DictWriter(out, kept, extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    (board.folder / "own.csv").write_text(out.getvalue())
    before = essence(board)
    done = board.run("import", "entries", board.folder / "own.csv")
    after = essence(board)
    print(done.stdout, done.stderr)
    for ref, (state, due_on, owners, text, slips) in before.items():
        assert after[ref][0] == state, "reopened or closed"
        assert after[ref][1] == due_on, "its old date is back"
    assert [m for m in board.mails() if m.on.month == 7] == []


# ---- rules added today ----

def test_rule_added_today__sends_nothing_for_yesterday(tmp_path):
    with Board(tmp_path, remind=["on the day"], digests=[{
            "name": "weekly", "to": "chair", "when": "every Friday", "at": "08:00"}]) as board:
        board.conf["schedules"][0].pop("escalate")
        board.write()
        board.init()
        board.action("Mend the roof", "Ann", "2019-06-10")
        board.action("Paint the door", "Bob", "2019-06-12")
        board.start()
        board.days(3, 11)
        before = len(board.mails())
        # Wednesday at ten: what it would have said on Tuesday or at nine is past.
        board.go("2019-06-12 10:00")
        board.conf["schedules"][0].update(
            remind=["3 working days before", "on the day", "1 day after", "2 days after"],
            escalate=[{"when": "1 day after", "to": "chair"}])
        board.conf["digests"].append({"name": "monday", "to": "chair", "when": "every Monday",
                                      "at": "08:00"})
        board.write()
        board.ctl("reload")
        for minute in ("10:30", "12:00", "17:30"):
            board.go("2019-06-12 " + minute)
        after = board.mails()[before:]
        assert [m.to for m in after] == ["bob@example.org"], after    # due that day, at nine
        board.days(13, 17)
        ann = [(m.on.day, m.subject) for m in board.to("ann")]
        assert [day for day, _ in ann] == [10]
        assert [day for day, _ in board.nudges("bob")] == [12, 13, 14]
        escalated = [m for m in board.to("carol") if "escalated" in m.text]
        assert [m.on.day for m in escalated] == [13]
        assert escalated[0].has("WT-2") and not escalated[0].has("WT-1")
        mondays = [m for m in board.to("carol") if m.on.day == 17]
        assert len(mondays) == 1


def test_backlog_imported_today__one_summary_for_each_owner(board):
    board.start()
    board.days(3, 11)
    rows = ["kind,text,owners,series,due_on,state"]
    for n in range(12):
        rows.append("action,Old thing number %d,%s Example,WT,2019-%02d-%02d,open"
                    % (n, ("Ann", "Bob")[n % 2], 1 + n % 5, 1 + n))
    (board.folder / "backlog.csv").write_text("\n".join(rows) + "\n")
    board.go("2019-06-12 11:00")
    board.ctl("import", "entries", board.folder / "backlog.csv")
    board.go("2019-06-12 12:00")
    board.go("2019-06-13 09:00")
    for name in ("ann", "bob"):
        mails = board.to(name)
        assert len(mails) == 1
        assert sum(mails[0].has("WT-%d" % n) for n in range(1, 13)) == 6


# ---- a copy of yesterday's register ----

def put_back(board, copy):
    register = board.conf["register"]
    for tail in ("", "-wal", "-shm"):
        (board.folder / ("register.db" + tail)).unlink(missing_ok=True)
    shutil.copy(copy, register)


def until_release(board):
    """Nothing goes for days, then what is due goes once."""
    before = len(board.mails())
    board.start()
    assert json.loads(board.ask("status"))["gate"]
    board.days(13, 17)
    assert len(board.mails()) == before
    assert "release" in board.ctl("status")
    planned = board.json("plan")["notices"]
    assert planned and all(n["held"] for n in planned)
    board.stop()
    board.start()
    board.go("2019-06-17 10:00")
    assert len(board.mails()) == before
    board.ctl("release")
    board.go("2019-06-17 10:30")
    return board.mails()[before:]


def test_backup_of_yesterday__sends_nothing_until_release(board):
    board.action("Mend the roof", "Ann", "2019-06-11")
    board.start()
    board.days(3, 10)
    board.ctl("backup", board.folder / "backup.db")
    board.days(11, 12)
    assert [day for day, _ in board.nudges("ann")] == [3, 6, 11, 12]
    board.stop()
    put_back(board, board.folder / "backup.db")
    mails = until_release(board)
    assert [m.to for m in mails].count("ann@example.org") == 1


def test_file_of_yesterday__sends_nothing_until_release(board):
    """Copied by hand, with the lock file left where it is."""
    board.action("Mend the roof", "Ann", "2019-06-11")
    board.start()
    board.days(3, 10)
    board.stop()
    with sqlite3.connect(board.conf["register"]) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    shutil.copy(board.conf["register"], board.folder / "copy.db")
    board.start()
    board.days(11, 12)
    assert [day for day, _ in board.nudges("ann")] == [3, 6, 11, 12]
    board.stop()
    put_back(board, board.folder / "copy.db")
    mails = until_release(board)
    assert [m.to for m in mails].count("ann@example.org") == 1


# ---- a kind without a schedule ----

def test_no_schedule_for_a_kind__is_an_error_of_check(tmp_path):
    with Board(tmp_path, kinds=["pledge"], schedules=[
            {"name": "inspection", "kinds": ["recommendation"], "remind": ["on the day"]}]) as board:
        board.init()
        board.ctl("add", "recommendation", "Count the keys", "--owner", "Ann Example",
                  "--due", "2019-06-20")
        assert "WT-1" not in board.run("check").stdout
        refs = [board.action("Mend the roof", "Ann", "2019-06-20")]
        board.ctl("add", "pledge", "Be kind", "--owner", "Ann Example", "--due", "2019-06-20")
        done = board.run("check")
        assert done.returncode == 1
        said = done.stdout + done.stderr
        assert refs[0] in said and "schedule" in said
        board.start()
        assert json.loads(board.ask("status"))["unmatched"]
        assert board.stop() == 0
        board.conf["schedules"].append({"name": "rest", "remind": ["on the day"]})
        board.write()
        assert board.run("check").returncode == 0
