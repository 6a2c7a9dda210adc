# SPDX-License-Identifier: ISC
"""Work that is given to somebody who has left, and who gets the mail then."""
import pytest

DAY = "2019-03-11"
LEFT = "Ann Other left on 4 March 2019: the mail goes to Bob Brown. If that is meant, say --anyway"


@pytest.fixture
def board(desk):
    desk("person", "add", "Ann Other", "--email", "ann@example.org")
    desk("person", "add", "Bob Brown", "--email", "bob@example.org")
    desk("person", "add", "Cas Green", "--email", "cas@example.org")
    desk("series", "add", "TB", "Trial Board", "--chair", "Cas Green")
    desk("person", "leave", "Ann Other", "--on", "2019-03-04", "--to", "Bob Brown", now=DAY)
    return desk


def test_add__owner_who_has_left__asks(board):
    line = ["add", "action", "go there", "--due", "2019-05-01", "--owner", "Ann Other"]
    assert "--owner: " + LEFT in board.fails(4, *line, now=DAY)
    assert board.json("list", "--all") == []
    board(*line, "--anyway", now=DAY)
    entry, = board.json("list", now=DAY)
    assert entry["owners"] == ["Ann Other"]
    # before the day on which they left they had not
    board("person", "leave", "Bob Brown", "--on", "2019-03-29", "--to", "Cas Green", now=DAY)
    board("add", "action", "go here", "--owner", "Bob Brown", now=DAY)


@pytest.mark.parametrize("option", ["--owner", "--co-owner", "--sponsor"])
def test_assign__to_one_who_has_left__asks(board, option):
    ref = board.json("add", "action", "go there", "--owner", "Cas Green", now=DAY)["ref"]
    assert option + ": " + LEFT in board.fails(4, "assign", ref, option, "Ann Other", now=DAY)
    board("assign", ref, option, "Ann Other", "--anyway", now=DAY)
    assert "Ann Other" in str(board.json("show", ref, now=DAY))


def test_confirm__owner_who_has_left__asks(board):
    ref = board.json("add", "action", "go there", "--unconfirmed", now=DAY)["ref"]
    assert LEFT in board.fails(4, "confirm", ref, "--owner", "Ann Other", now=DAY)
    board("confirm", ref, "--owner", "Ann Other", "--anyway", now=DAY)
    assert board.json("show", ref)["owners"] == ["Ann Other"]


def test_add__left_and_nobody_took_over__says_that_no_mail_goes(board):
    board.counts("parties", "kind,name,email,left_on\nperson,Dee Grey,dee@example.org,2019-01-31\n", now=DAY)
    said = board.fails(4, "add", "action", "x", "--owner", "Dee Grey", now=DAY)
    assert "Dee Grey left on 31 January 2019 and nobody took over: no mail reaches them." in said


ROWS = """ref,text,owners,co_owners,state
A-1,go there,Ann Other,,open
A-2,stay here,Cas Green,Ann Other,
A-3,was done,Ann Other,,closed
A-4,go on,Cas Green,,open
"""


def test_import__owner_who_has_left__asks_once_for_what_is_to_be_done(board):
    path = board.file("a.csv", ROWS)
    said = board.fails(1, "import", "entries", path, now=DAY)
    assert 'a.csv:rows 2 and 3, column "owners": ' + LEFT in said and "nothing was imported: 1 problem\n" in said
    assert board.fails(1, "import", "entries", path, "--dry-run", now=DAY) == said
    board("import", "entries", path, "--anyway", now=DAY)
    assert board.json("show", "A-1")["owners"] == ["Ann Other"]
    # what is there already is not asked about again, nor is an export
    assert board("import", "entries", path, now=DAY) == "0 new, 0 changed, 4 the same\n"
    text = board("export", now=DAY).replace("Cas Green", "Ann Other")
    assert 'b.csv:row 5, column "owners": ' + LEFT in board.fails(1, "import", "entries", board.file("b.csv", text), now=DAY)


def test_import__export_with_leavers__goes_into_an_empty_register(board, desks):
    board("import", "entries", board.file("a.csv", ROWS), "--anyway", now=DAY)
    other = desks()
    for kind in "parties", "meetings", "entries":
        text = board("export", kind, now=DAY)
        other("import", kind, other.file(kind + ".csv", text), now=DAY)
        assert other("export", kind, now=DAY) == text


def test_why__owner_who_has_left_or_is_away__names_who_gets_the_mail(board):
    ref = board.json("add", "action", "go there", "--owner", "Ann Other", "--anyway", "--due", "2019-05-01",
                     now=DAY)["ref"]
    assert "Bob Brown, for Ann Other, who has left" in board("why", ref, now=DAY)
    assert {(n["to"], n["as"]) for n in board.json("why", ref, now=DAY)["next"] if n["role"] == "owner"} == {
        ("Bob Brown", "for Ann Other, who has left")}
    assert "bob@example.org" in board("plan", "--to", "2019-05-31", now=DAY)
    # each mail goes to whoever answers on its own day
    board("person", "deputy", "Bob Brown", "Cas Green", "--from", "2019-04-29", "--until", "2019-05-03", now=DAY)
    got = {n["on"]: n["to"] for n in board.json("why", ref, now=DAY)["next"] if n["role"] == "owner"}
    assert all(("Cas Green" if "2019-04-29" <= on <= "2019-05-03" else "Bob Brown") == to for on, to in got.items())
    assert set(got.values()) == {"Bob Brown", "Cas Green"}


def test_why__office__names_who_holds_it(board):
    board("office", "add", "Clerk", "--holder", "Cas Green")
    ref = board.json("add", "action", "go there", "--owner", "Clerk", "--due", "2019-05-01", now=DAY)["ref"]
    assert "Cas Green, as Clerk" in board("why", ref, now=DAY)


def test_list__owner__has_what_comes_with_an_office_held_today(board):
    board("office", "add", "Clerk", "--holder", "Bob Brown")
    by_office = board.json("add", "action", "of the office", "--owner", "Clerk", now=DAY)["ref"]
    own = board.json("add", "action", "of their own", "--owner", "Cas Green", "--due", "2019-05-01", now=DAY)["ref"]

    def listed(name, on):
        return [e["ref"] for e in board.json("list", "--owner", name, now=on)]
    assert listed("Bob Brown", DAY) == [by_office] and listed("Cas Green", DAY) == [own]
    assert listed("Clerk", DAY) == [by_office]
    board("office", "hold", "Clerk", "Cas Green", "--from", "2019-04-01", now=DAY)
    assert listed("Cas Green", "2019-03-31") == [own] and listed("Bob Brown", "2019-03-31") == [by_office]
    assert listed("Cas Green", "2019-04-01") == [own, by_office] and listed("Bob Brown", "2019-04-01") == []
    text = board("export", "--where", "owner=Cas Green", now="2019-04-01")
    assert by_office in text and own in text
    assert "who holds an office today" in board("help", "list")


PAPER = """Trial Board

Minutes of the meeting held on 11 March 2019

Present: Cas Green (Chair), Ann Other, Bob Brown

1. Roof
ACTION: Ann Other to write to the landlord by 1 May 2019.

2. Boiler
ACTION: Cas Green to call the fitter by 2 May 2019.
"""


def test_minutes__owner_who_has_left__waits_and_says_who_gets_the_mail(board):
    path = board.file("m.txt", PAPER)
    gone, said = "Ann Other left on 4 March 2019: the mail goes to Bob Brown", board.json("minutes", path, "--series", "TB", now=DAY)
    assert [e["sure"] for e in said["meetings"][0]["entries"]] == [False, True]
    assert [f["text"] for f in said["flags"] if f["code"] == "owner_left"] == [gone]
    board("minutes", path, "--series", "TB", "--accept", now=DAY)
    waits, is_open = board.json("list", "--all", now=DAY)
    assert (waits["owners"], waits["state"], is_open["state"]) == (["Ann Other"], "unconfirmed", "open")
    assert gone in board("show", waits["ref"], now=DAY)
    assert any(f["code"] == "owner_left" for f in board.json("check", now=DAY)["flags"])
    board("confirm", waits["ref"], "--owner", "Bob Brown", now=DAY)
    assert not any(f["code"] == "owner_left" for f in board.json("check", now=DAY)["flags"])
    # the same paper again finds nothing new
    board("minutes", path, "--series", "TB", "--accept", now=DAY)
    assert len(board.json("list", "--all", now=DAY)) == 2


def test_minutes__owner_whom_nobody_knows__is_not_sure_in_the_preview(board):
    path = board.file("m.txt", PAPER.replace("ACTION: Cas Green", "ACTION: Zoe Quill"))
    said = board.json("minutes", path, "--series", "TB", now="2019-03-01")
    assert [e["sure"] for e in said["meetings"][0]["entries"]] == [True, False]
    board("minutes", path, "--series", "TB", "--accept", now="2019-03-01")
    assert [e["state"] for e in board.json("list", "--all", now="2019-03-01")] == ["open", "unconfirmed"]


def test_why__owner_without_an_address__says_that_the_secretary_is_told_and_for_whom(board):
    board("person", "add", "Eve Post")
    board("series", "set", "TB", "--secretary", "Cas Green")
    ref = board.json("add", "action", "go there", "--owner", "Eve Post", "--series", "TB", "--due", "2019-05-01",
                     now=DAY)["ref"]
    assert {(n["kind"], n["to"], n["as"]) for n in board.json("why", ref, now=DAY)["next"] if n["role"] == "owner"} == {
        ("secretary", "Cas Green", "for Eve Post, whom no mail reaches")}
