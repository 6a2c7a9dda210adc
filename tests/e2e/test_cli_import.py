# SPDX-License-Identifier: ISC
"""CSV in and out: what is read, matched, refused, kept and written back."""
import csv
import datetime
import io
import json
import subprocess
import time

import pytest

from conftest import BUILD

PARTIES = """kind,name,organisation,office,email
organisation,Exampleshire Police,,,force@example.org
person,Ann Other,Exampleshire Police,Chief Officer,ann@example.org
person,Bob Brown,,Clerk,bob@example.org
"""
MEETINGS = """series,title,held_on
TB,Trial Board,2019-03-04
TB,Trial Board,2019-04-01
TB,Trial Board,2019-05-13
LP,Local Partnership,
"""
REPORTS = """code,body,title,published_on,grading
RR,Inspectorate,Records review,2019-02-01,Good
"""
HEAD = "ref,kind,text,owners,series,held_on,report,item,para,due_phrase,base_on,due_on,review_on,state\n"
ENTRIES = HEAD + """TB-1,action,send the plan to the board,Ann Other,TB,2019-03-04,,3,7,at the next meeting,2019-03-04,2019-04-01,,open
TB-2,action,write to the ministry,Bob Brown; Ann Other,TB,2019-03-04,,4,9,,,2019-03-20,,open
RR-1,recommendation,"Within three months, records are kept",Exampleshire Police,,,RR,,12,Within three months,2019-02-01,2019-05-01,,open
TB-3,commitment,look at the depot,,TB,2019-03-04,,5,,in due course,2019-03-04,,2019-04-01,
"""
DAY = "2019-03-11"


@pytest.fixture
def board(desk):
    assert desk.counts("parties", PARTIES, now=DAY) == (3, 0, 0)
    assert desk.counts("meetings", MEETINGS, now=DAY) == (4, 0, 0)
    assert desk.counts("reports", REPORTS, now=DAY) == (1, 0, 0)
    return desk


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def written(listed):
    out = io.StringIO()
    writer = csv.DictWriter(out, listed[0].keys())
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue()


def test_import__twice__changes_nothing(board):
    assert board.counts("entries", ENTRIES, now=DAY) == (4, 0, 0)
    before = board("export")
    assert board.counts("entries", ENTRIES, now="2019-03-12") == (0, 0, 4)
    assert board.counts("parties", PARTIES) == (0, 0, 3)
    assert board.counts("meetings", MEETINGS) == (0, 0, 4)
    assert board.counts("reports", REPORTS) == (0, 0, 1)
    assert board("export") == before


def test_export__into_empty_register__exports_the_same(board, desks):
    board.counts("entries", ENTRIES, now=DAY)
    board("extend", "TB-2", "--to", "2019-06-03", "--reason", "the post is late",
          "--agreed-by", "Bob Brown", now=DAY)
    board("done", "RR-1", "--evidence", "minute 4", now=DAY)
    board("approve", "RR-1", now=DAY)
    board("add", "action", 'a "quoted", text; with =signs\u00e9', "--under", "TB-1",
          "--due", "within two weeks", "--base", DAY, now=DAY)
    board("add", "action", "under the one above", "--under", "TB-1.1", now=DAY)
    board("person", "add", "Ann Other", "--email", "other@example.org", now=DAY)
    board("organisation", "set", "Exampleshire Police", "--contact", "ann@example.org")
    board("meeting", "cancel", "TB", "2019-05-13", now=DAY)
    other = desks()
    for kind in "parties", "meetings", "reports", "entries":
        text = board("export", kind, now=DAY)
        path = other.file(kind + ".csv", text)
        other("import", kind, path, now=DAY)
        assert other("export", kind, now=DAY) == text
    assert other.counts("entries", board("export", now=DAY), now=DAY)[:2] == (0, 0)


@pytest.mark.parametrize("cell", ["31/02/2020", "hhh", "2020-13-01", "13/25/2020", "31st November", "45/3",
                                  "30 Feb 2020", "see report"])
def test_entries__due_on_that_is_neither_day_nor_words__is_an_error(board, cell):
    path = board.file("bad.csv", "text,due_on\nfine,2020-03-02\nwrong,%s\n" % cell)
    said = board.fails(1, "import", "entries", path)
    assert 'row 3, column "due_on": "%s" is no day' % cell in said
    assert board.json("list", "--state", "unconfirmed") == []


@pytest.mark.parametrize("cell", ["asap", "TBC", "n/a", "-", "ongoing", "next meeting", "when funding allows",
                                  "Completed", "Carried forward", "March/April", "Immediate", "w/c 3 May"])
def test_entries__due_on_in_words__is_taken_as_words(board, cell):
    assert board.counts("entries", "text,due_on\nfine,%s\n" % cell) == (1, 0, 0)
    entry, = board.json("list", "--state", "unconfirmed")
    assert board.json("show", entry["ref"])["due_phrase"] == cell


def test_entries__any_words_in_due_phrase__are_the_papers_own(board):
    assert board.counts("entries", "text,due_phrase\nfine,see report\n") == (1, 0, 0)


def test_import__excel_dialect__is_read(board):
    text = ("Ref;Action;By whom;By when;Status\r\n"
            "X-1;Caf\u00e9 opens;Ann Other;07/05/2019;Ongoing\r\n"
            "X-2;Pay the bill;BOB BROWN;next meeting;\r\n").encode("cp1252")
    assert board.counts("entries", text, now=DAY) == (2, 0, 0)
    first, second = sorted(board.json("list", now=DAY), key=lambda e: e["ref"])
    assert (first["text"], first["due_on"], first["state"]) == ("Caf\u00e9 opens", "2019-05-07", "open")
    assert first["owners"] == ["Ann Other"]
    assert (second["state"], second["due_phrase"]) == ("unconfirmed", "next meeting")


def test_import__bom_and_map__are_read(board):
    text = "\ufeffWhat,Whose,When\nwrite it,clerk,2019-04-02\n"
    assert board.counts("entries", text, "--map", "What=text,Whose=owners,When=due_on") == (1, 0, 0)
    entry, = board.json("list")
    assert entry["owners"] == ["Clerk"] and entry["due_on"] == "2019-04-02"


def test_import__errors__name_row_and_column_and_change_nothing(board):
    text = HEAD + """TB-1,action,fine,Ann Other,TB,2019-03-04,,,,,,2019-04-01,,open
TB-2,actoin,text,Ann Other,TB,,,,,,,2019-04-01,,open
TB-3,action,text,Nobody Known,XX,,,,,,,2019-13-01,,finished
TB-1,action,text,,TB,,,,,,,,,open
"""
    path = board.file("bad.csv", text)
    said = board.fails(1, "import", "entries", path)
    for part in ('bad.csv:row 3, column "kind"', "did you mean action",
                 'row 4, column "owners"', "person add", 'row 4, column "series"',
                 'row 4, column "state"', "row 5", "stands in row 2 already",
                 "nothing was imported"):
        assert part in said, said
    assert board.json("list", "--all") == []
    assert board.counts("entries", ENTRIES, now=DAY)[0] == 4


@pytest.mark.parametrize("column, cell", (
    ("slips", "twice"), ("slips", "-5"), ("slips", "99999999999"), ("clock_stood_days", "10000"),
    ("version", "9223372036854775807"), ("version", "1.5")))
def test_import__cell_that_is_no_number__is_refused(board, column, cell):
    path = board.file("bad.csv", "text,due_on,%s\nfile it,2019-04-01,%s\n" % (column, cell))
    assert 'column "%s": "%s" is no number' % (column, cell[:20]) in board.fails(
        1, "import", "entries", path, now=DAY).replace(cell, cell[:20])


def test_import__ambiguous_owner__is_refused(board):
    board("person", "add", "Cas Green", "--organisation", "Exampleshire Police")
    board("person", "add", "Cas Green")
    path = board.file("two.csv", "text,owners\ngo,Cas Green\n")
    said = board.fails(1, "import", "entries", path)
    assert 'row 2, column "owners"' in said and "Cas Green" in said


def test_import__last_months_file__reopens_and_reverts_nothing(board):
    board.counts("entries", ENTRIES, now=DAY)
    board("done", "TB-1", "--evidence", "sent", now=DAY)
    board("approve", "TB-1", now=DAY)
    board("extend", "TB-2", "--to", "2019-06-03", "--reason", "late",
          "--agreed-by", "Bob Brown", now=DAY)
    board("assign", "RR-1", "--owner", "Ann Other", now=DAY)
    board("reword", "RR-1", "records are kept for ever", now=DAY)
    before = board("export", now=DAY)
    got = board.load("entries", ENTRIES, now="2019-04-11")
    assert (got["new"], got["changed"], got["same"]) == (0, 0, 4)
    assert got["kept"] > 0
    assert board("export", now=DAY) == before


def test_import__last_months_meetings_and_parties__revert_nothing(board):
    board("meeting", "move", "TB", "2019-04-01", "2019-04-08", now=DAY)
    board("person", "set", "Ann Other", "--email", "new@example.org", now=DAY)
    before = board("export", "meetings"), board("export", "parties")
    assert board.counts("meetings", MEETINGS, now=DAY) == (0, 0, 4)
    assert board.counts("parties", PARTIES, now=DAY) == (0, 0, 3)
    assert (board("export", "meetings"), board("export", "parties")) == before


def test_import__last_months_parties__days_that_were_taken_back(board):
    board("person", "pause", "Ann Other", "--until", "2019-04-01", now=DAY)
    board("person", "set", "Ann Other", "--allow-external", "yes", now=DAY)
    board("person", "deputy", "Ann Other", "Bob Brown", "--until", "2019-05-01", now=DAY)
    board("person", "leave", "Bob Brown", "--on", "2019-05-24", "--to", "Ann Other", now=DAY)
    old = board("export", "parties", now=DAY)
    assert board.counts("parties", old, now=DAY) == (0, 0, 5)
    board("person", "pause", "Ann Other", "--none", now=DAY)
    board("person", "set", "Ann Other", "--allow-external", "no", now=DAY)
    board("person", "deputy", "Ann Other", "--none", now=DAY)
    board("person", "leave", "Bob Brown", "--none", now=DAY)
    before = board("export", "parties", now=DAY)
    got = board.load("parties", old, now=DAY)
    assert (got["new"], got["changed"], got["same"], got["kept"]) == (0, 0, 5, 2)
    assert board("export", "parties", now=DAY) == before
    later = old.replace("2019-05-24", "2019-05-31")
    assert board.counts("parties", later, now=DAY) == (0, 1, 4)


def test_import__last_months_meetings__with_a_new_one__revert_nothing(board):
    def listed():
        return {row["held_on"]: row for row in rows(board("export", "meetings"))
                if row["series"] == "TB"}

    board("series", "set", "TB", "--chair", "Ann Other", "--secretary", "Bob Brown", now=DAY)
    place = "series,held_on,starts_at,venue\nTB,2019-04-01,%s\n"
    board.counts("meetings", place % "10:00,Old Hall", now=DAY)
    old = rows(board("export", "meetings"))
    board("series", "set", "TB", "--chair", "Bob Brown", "--secretary", "Ann Other",
          "--title", "Trials Board", now=DAY)
    board.counts("meetings", place % "14:00,New Hall", now=DAY)
    before = listed()
    assert board.counts("meetings", written(old), now=DAY) == (0, 0, 4)
    assert listed() == before
    fresh = {**old[-1], "held_on": "2019-06-10", "state": "planned"}
    got = board.load("meetings", written(old + [fresh]), now=DAY)
    assert (got["new"], got["changed"], got["same"], got["kept"]) == (1, 0, 4, 4)
    after = listed()
    added = after.pop("2019-06-10")
    assert (after, added["chair"], added["title"]) == (before, "Bob Brown", "Trials Board")


def test_import__by_and_on__stand_in_the_history(board):
    board.load("entries", ENTRIES, "--by", "Bob Brown", "--on", "2019-03-05", now=DAY)
    event = board.json("history", "TB-1")[0]
    assert (event["by"], event["done_on"]) == ("Bob Brown", "2019-03-05")


def test_import__correction__is_a_slip_with_reason(board):
    board.counts("entries", ENTRIES, now=DAY)
    text = ENTRIES.replace("2019-03-20", "2019-04-20").replace("the ministry", "the Ministry")
    assert board.counts("entries", text, now=DAY) == (0, 1, 3)
    entry = board.json("show", "TB-2", now=DAY)
    assert (entry["due_on"], entry["original_due_on"], entry["slips"]) == ("2019-04-20", "2019-03-20", 1)
    assert entry["text"] == "write to the Ministry"
    assert "row 3" in entry["slip_list"][0]["reason"]
    assert board.counts("entries", text, now=DAY) == (0, 0, 4)
    # and the file of before the correction is last month's now
    assert board.counts("entries", ENTRIES, now=DAY) == (0, 0, 4)


def test_import__the_owner_s_word__stands_in_the_history(board):
    board.counts("entries", ENTRIES, now=DAY)
    listed = rows(board("export", now=DAY))
    for row in listed:
        if row["ref"] == "TB-2":
            row["update_note"] = "letter drafted"
    assert board.counts("entries", written(listed), now="2019-03-12") == (0, 1, 3)
    assert "updated (letter drafted)" in board("history", "TB-2", now="2019-03-12")


def test_import__edited_export__changes_and_stale_one_is_refused(board):
    board.counts("entries", ENTRIES, now=DAY)
    listed = rows(board("export", now=DAY))
    for row in listed:
        if row["ref"] == "TB-2":
            row["text"] = "write to the minister"
    assert board.counts("entries", written(listed), now=DAY) == (0, 1, 3)
    # the same file again: TB-2 has moved on, and the row was edited
    for row in listed:
        if row["ref"] == "TB-2":
            row["text"] = "write to somebody"
    path = board.file("stale.csv", written(listed))
    said = board.fails(1, "import", "entries", path, now=DAY)
    assert 'column "text"' in said and "changed in the register since" in said


def test_import__unedited_old_export__is_the_same(board):
    board.counts("entries", ENTRIES, now=DAY)
    old = board("export", now=DAY)
    board("reword", "TB-2", "write to the palace", now=DAY)
    board("done", "TB-1", "--evidence", "sent", now=DAY)
    # as a spreadsheet saves it: other dates, other separator
    listed = rows(old)
    for row in listed:
        for key in ("due_on", "held_on"):
            if row[key]:
                row[key] = datetime.date.fromisoformat(row[key]).strftime("%d/%m/%Y")
    got = board.load("entries", written(listed), now=DAY)
    assert (got["new"], got["changed"], got["same"], got["kept"]) == (0, 0, 4, 2)
    assert board.json("show", "TB-2")["text"] == "write to the palace"


def test_import__without_refs__matches_by_place_and_text(board):
    text = ("series,held_on,item,text,due_on\n"
            "TB,2019-03-04,3,the chair to write to the ministry about the roads,2019-04-01\n"
            "TB,2019-03-04,3,the clerk to book the hall,2019-04-01\n")
    assert board.counts("entries", text) == (2, 0, 0)
    assert board.counts("entries", text) == (0, 0, 2)
    near = text.replace("the ministry about", "the Ministry (about")
    assert board.counts("entries", near) == (0, 1, 1)
    assert len(board.json("list")) == 2
    other = text.replace(",3,the clerk", ",4,the clerk")
    assert board.counts("entries", other)[0] == 1


def test_import__day_and_words_disagree__held_unless_open(board):
    text = HEAD + """D-1,action,one,Ann Other,TB,,,,,within two weeks,2019-03-04,2019-04-30,,open
D-2,action,two,Ann Other,TB,,,,,within two weeks,2019-03-04,2019-04-30,,
"""
    got = board.load("entries", text, now=DAY)
    assert got["new"] == 2 and len(got["notes"]) == 2
    one, two = (board.json("show", ref) for ref in ("D-1", "D-2"))
    assert (one["due_on"], one["state"]) == ("2019-04-30", "open")
    assert (two["due_on"], two["state"]) == ("2019-04-30", "unconfirmed")
    assert "18 March 2019" in one["flag"] and "18 March 2019" in two["flag"]


def test_import__same_ref_for_something_else__is_refused(board):
    board.counts("entries", ENTRIES, now=DAY)
    path = board.file("other.csv", "ref,text\nTB-1,paint every bicycle shed yellow\n")
    assert "another entry" in board.fails(1, "import", "entries", path)


def test_import__sub_points_before_their_entry__are_put_under_it(board):
    text = "ref,text,sub_point_of\nS-1.1.1,deep,S-1.1\nS-1.1,middle,S-1\nS-1,top,\n"
    assert board.counts("entries", text) == (3, 0, 0)
    assert board.json("show", "S-1")["sub_points"] == ["S-1.1"]
    assert board.json("show", "S-1.1")["sub_points"] == ["S-1.1.1"]
    circle = board.file("c.csv", "ref,text,sub_point_of\nC-1,a,C-2\nC-2,b,C-1\n")
    assert "sub-point of itself" in board.fails(1, "import", "entries", circle)
    lost = board.file("l.csv", "ref,text,sub_point_of\nL-1,a,L-9\n")
    assert 'column "sub_point_of": there is no entry L-9' in board.fails(1, "import", "entries", lost)


def test_import__row_that_the_register_does_not_take__is_told(board):
    text = """kind,name,email,deputy,holder
person,Cy Dent,cy@example.org,Cy Dent,
person,Di Este,di@example.org,,Bob Brown
person,Ed Fox,ed@example.org,Di Este,
"""
    said = board.fails(1, "import", "parties", board.file("more.csv", text), now=DAY)
    assert "row 2 was left out, the rest is in: 'Cy Dent' cannot stand in" in said
    assert "row 3 was left out, the rest is in: person 'Di Este' is no office" in said
    assert "row 4" not in said
    assert [p["deputy"] for p in board.json("person", "list") if p["name"] == "Ed Fox"] == ["Di Este"]
    assert board.run("import", "parties", board.file("some.csv", text.splitlines()[0] +
                     "\nperson,Fay Gold,,,\n"), now=DAY).stderr == ""


def test_import__dry_run__says_and_does_nothing(board):
    assert board.counts("entries", ENTRIES, "--dry-run", now=DAY) == (4, 0, 0)
    assert board.json("list", "--all") == []


def test_import__standard_input__is_read(board):
    out = board("import", "entries", "-", text="text\nfrom a pipe\n")
    assert out.startswith("1 new")


def test_import__not_a_csv__is_said(board):
    path = board.file("x.csv", b"PK\x03\x04\x00\x00rubbish\x00")
    assert "x.csv" in board.fails(1, "import", "entries", path)
    assert "missing.csv" in board.fails(3, "import", "entries", board.folder / "missing.csv")
    assert "text" in board.fails(1, "import", "entries", board.file("h.csv", "a,b\n1,2\n"))


def test_import__many_rows__go_in_and_match_again(board):
    text = "ref,text,owners,due_on,state\n" + "".join(
        "M-%d,row number %d of many,Ann Other,2019-%02d-01,open\n" % (n, n, 1 + n % 12)
        for n in range(1, 5001))
    assert board.counts("entries", text) == (5000, 0, 0)
    assert board.counts("entries", text) == (0, 0, 5000)
    assert len(board.json("list")) == 5000


def test_import__meetings_after_entries__date_what_waited(board):
    board.counts("entries", HEAD + "W-1,action,ask them,Ann Other,TB,2019-03-04,,,,"
                 "at the next LP meeting,2019-03-04,,,open\n", now=DAY)
    assert board.json("show", "W-1")["due_on"] is None
    board.counts("meetings", "series,held_on\nLP,2019-04-17\n", now=DAY)
    assert board.json("show", "W-1")["due_on"] == "2019-04-17"


def test_export__restricted__only_when_asked_for(board):
    board("add", "action", "a secret thing", "--restricted")
    board("add", "action", "a public thing")
    assert "secret" not in board("export")
    assert "secret" not in board("export", "--format", "json")
    assert "secret" in board("export", "--restricted")


@pytest.mark.parametrize("form,part", [
    ("json", '"ref":"TB-1"'), ("md", "| TB-1 | send the plan to the board | Ann Other |"),
    ("ics", "BEGIN:VEVENT")])
def test_export__other_formats__hold_the_entries(board, form, part):
    board.counts("entries", ENTRIES, now=DAY)
    assert part in board("export", "--format", form, now=DAY)


def test_export__where__narrows_it(board):
    board.counts("entries", ENTRIES, now=DAY)
    assert [r["ref"] for r in rows(board("export", "--where", "report=RR"))] == ["RR-1"]
    assert [r["ref"] for r in rows(board("export", "--where", "overdue", now="2019-03-25"))] == ["TB-2"]
    board.fails(2, "export", "--where", "colour=red")


def test_shared_register__views__are_exactly_as_expected(desk, shared):
    folder = shared / "data" / "register"
    kinds = [("parties", "parties"), ("meetings", "meetings"), ("reports", "reports"),
             ("entries", "cleveland")]
    for again in False, True:
        for kind, name in kinds:
            got = desk.json("import", kind, folder / (name + ".csv"))
            total = len(rows((folder / (name + ".csv")).read_text()))
            assert (got["same"] if again else got["new"]) == total
            assert got["changed"] == 0
    for view in json.loads((folder / "expected-views.json").read_text()):
        day = view["as_of"]
        until = datetime.date.fromisoformat(day) + datetime.timedelta(14)
        overdue = desk.json("list", "--overdue", now=day)
        assert [{k: e[k] for k in ("ref", "due_on", "overdue_days")} for e in overdue] == view["overdue"]
        due = desk.json("list", "--due-before", until, now=day)
        assert [(e["ref"], e["due_on"]) for e in due] == \
            [(e["ref"], e["due_on"]) for e in view["due_within_14_days"]]


@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.6, 0.9, 1.2])
def test_import__killed__is_whole_or_nothing(board, seconds):
    text = "ref,text,owners,due_on,state\n" + "".join(
        "M-%d,row number %d of many,Ann Other,2019-%02d-01,open\n" % (n, n, 1 + n % 12)
        for n in range(1, 30001))
    path = board.file("big.csv", text)
    importing = subprocess.Popen([str(BUILD / "nudgectl"), "-c", str(board.conf),
                                  "import", "entries", str(path)],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    importing.kill()
    importing.wait()
    # a reader finds all of it or nothing, and finishes what was begun
    assert len(board.json("list")) in (0, 30000)
    got = board.load("entries", text)
    assert got["new"] in (0, 30000) and got["new"] + got["same"] == 30000
    assert "sound" in board("verify")
