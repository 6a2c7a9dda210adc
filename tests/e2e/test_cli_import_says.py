# SPDX-License-Identifier: ISC
"""What an import says of rows that it does not, or not quite, take over."""
import csv
import io

import pytest

from test_cli_import import DAY, ENTRIES, board, rows, written  # noqa: F401


def exported(board, **states):
    """The register's export, with other states for some of its refs."""
    listed = rows(board("export", now=DAY))
    for row in listed:
        row["state"] = states.get(row["ref"].replace("-", "_"), row["state"])
    return written(listed)


@pytest.mark.parametrize("state, said", [
    ("closed", '1 row says closed, the register has it open: nudgectl done TB-2 --evidence "TEXT", then approve'),
    ("Completed", '1 row says closed, the register has it open: nudgectl done TB-2'),
    ("withdrawn", '1 row says withdrawn, the register has it open: nudgectl withdraw TB-2 --reason "TEXT"'),
    ("rejected", '1 row says not_accepted, the register has it open: '
                 'nudgectl withdraw TB-2 --reason "TEXT" --not-accepted'),
    ("superseded", "1 row says superseded, the register has it open: nudgectl supersede TB-2 --with REF"),
    ("on hold", '1 row says on_hold, the register has it open: nudgectl hold TB-2 --until DAY --reason "TEXT"'),
    ("blocked", '1 row says blocked, the register has it open: nudgectl update TB-2 "NOTE" --blocked'),
])
def test_import__state_edited_in_an_export__says_which_command_does_it(board, state, said):
    board.counts("entries", ENTRIES, now=DAY)
    path = board.file("edited.csv", exported(board, TB_2=state))
    for options in ["--dry-run"], []:
        out = board("import", "entries", path, *options, now=DAY)
        assert "0 new, 0 changed, 4 the same" in out and said in out, out
    assert any(said in note for note in board.json("import", "entries", path, now=DAY)["notes"])
    assert board.json("show", "TB-2")["state"] == "open"


def test_import__state_of_what_nobody_confirmed_or_is_proposed__says_the_next_step(board):
    board.counts("entries", ENTRIES, now=DAY)
    board("done", "TB-1", "--evidence", "sent", now=DAY)
    text = exported(board, TB_3="open", TB_1="closed", RR_1="proposed")
    out = board("import", "entries", board.file("edited.csv", text), now=DAY)
    assert "1 row says open, the register has it unconfirmed: nudgectl confirm TB-3\n" in out
    assert "1 row says closed, the register has it proposed: nudgectl approve TB-1\n" in out
    assert '1 row says proposed, the register has it open: nudgectl done RR-1 --evidence "TEXT"\n' in out


def test_import__finished_entry_opened_in_an_export__says_reopen(board):
    board.counts("entries", ENTRIES, now=DAY)
    board("withdraw", "TB-2", "--reason", "no need", now=DAY)
    text = written([dict(r, state="open") if r["ref"] == "TB-2" else r
                    for r in rows(board("export", "--all", now=DAY))])
    out = board("import", "entries", board.file("edited.csv", text), now=DAY)
    assert "1 row says open, the register has it withdrawn: nudgectl reopen TB-2\n" in out


def test_import__many_rows_closed__names_the_first_and_counts_the_rest(board):
    text = "ref,text,state\n" + "".join("M-%d,point number %d of the list,open\n" % (n, n) for n in range(1, 10))
    board.counts("entries", text, now=DAY)
    out = board("import", "entries", board.file("all.csv", text.replace(",open", ",done")), now=DAY)
    assert ('9 rows say closed, the register has them open: nudgectl done M-1 M-2 M-3 M-4 M-5 --evidence "TEXT", '
            'then approve (and 4 more: M-6 ...)') in out, out


def test_import__last_months_state__is_told_once_as_overtaken(board):
    board.counts("entries", ENTRIES, now=DAY)
    board("done", "TB-1", "--evidence", "sent", now=DAY)
    board("approve", "TB-1", now=DAY)
    board("done", "RR-1", "--evidence", "sent", now=DAY)
    out = board("import", "entries", board.file("old.csv", ENTRIES), now=DAY)
    assert "rows say" not in out and "row says" not in out
    assert "2 of these say something else than the register" in out
    # closed and opened again since: the file's word is the older one
    board("reopen", "TB-1", now=DAY)
    text = ENTRIES.replace("2019-04-01,,open", "2019-04-01,,closed")
    out = board("import", "entries", board.file("old.csv", text), now=DAY)
    assert "row says closed" not in out


@pytest.mark.parametrize("kind, text, said", [
    ("entries", "text,owners,due_on\nfine,Ann Other,2019-05-01\nwrite, then send it,Ann Other,2019-05-01\n",
     "entries.csv:row 3: 4 cells, 3 headings: a comma in a text wants quotes around the text"),
    ("entries", "text;due_on\ngo; then stay;2019-05-01;;\n", "row 2: 3 cells, 2 headings: a semicolon in a text"),
    ("entries", "text\tdue_on\ngo\tthen stay\t2019-05-01\n", "row 2: 3 cells, 2 headings: a tab in a text"),
    ("parties", "kind,name\nperson,Smith, Ann\n", "row 2: 3 cells, 2 headings"),
])
def test_import__more_cells_than_headings__is_refused_with_the_likely_cause(board, kind, text, said):
    path = board.file(kind + ".csv", text)
    wrong = board.fails(1, "import", kind, path, now=DAY)
    assert said in wrong and "nothing was imported: 1 problem" in wrong, wrong
    assert board.json("list", "--all") == []


def test_import__empty_cells_behind_the_headings_or_none_at_the_end__are_fine(board):
    text = 'text,owners,due_on\n"write, then send",Ann Other,2019-05-01,, ,\nring the bell\ngo home,Bob Brown\n'
    path = board.file("entries.csv", text)
    done = board.run("import", "entries", path, now=DAY)
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout == "3 new, 0 changed, 0 the same\n"


LOOSE = """text,held_on,owners,due_on,state
write to the ministry about the roads,2019-03-04,Ann Other,2019-05-01,open
book the hall for the summer,2019-03-04,Bob Brown,2019-05-02,open
thank the caretaker,,Bob Brown,2019-05-02,open
"""


def test_import__meeting_day_without_a_series__is_told_until_series_gives_one(board):
    path = board.file("loose.csv", LOOSE)
    said = ("2 rows have a meeting day but no series: no chair's digest tells of them; "
            "--series CODE gives them one\n")
    for options in ["--dry-run"], [], []:
        assert said in board("import", "entries", path, *options, now=DAY)
    assert "row says" not in board("import", "entries", board.file("e.csv", ENTRIES), now=DAY)
    # once it is said which, the same entries get it
    out = board("import", "entries", path, "--series", "tb", now=DAY)
    assert out == "0 new, 3 changed, 0 the same\n"
    listed = [e for e in board.json("list", now=DAY) if e["due_on"] in ("2019-05-01", "2019-05-02")]
    assert {board.json("show", e["ref"])["series"] for e in listed if not e["ref"].startswith("RR")} == {"TB"}
    assert board("import", "entries", path, "--series", "TB", now=DAY) == "0 new, 0 changed, 3 the same\n"


def test_import__series_option__leaves_rows_and_entries_that_have_one(board):
    text = ("ref,text,series,report,held_on\nS-1,one thing to do,LP,,2019-03-04\n"
            "S-2,another matter,,,2019-03-04\nS-3,keep records,,RR,\n")
    assert board.counts("entries", text, "--series", "TB", now=DAY) == (3, 0, 0)
    got = [board.json("show", ref)["series"] for ref in ("S-1", "S-2", "S-3")]
    assert got == ["LP", "TB", None]
    bare = "ref,text,held_on\nS-1,one thing to do,2019-03-04\n"
    assert board.load("entries", bare, now=DAY)["notes"] == []
    assert board.counts("entries", bare, "--series", "TB", now=DAY) == (0, 0, 1)


def test_import__series_option__gives_an_export_of_its_own_one_too(board):
    board.counts("entries", LOOSE, now=DAY)
    old = board("export", now=DAY)
    assert board.counts("entries", old, "--series", "TB", now=DAY) == (0, 3, 0)
    # and the same export again finds it done
    assert board.counts("entries", old, "--series", "TB", now=DAY) == (0, 0, 3)


def test_import__series_option_that_means_nothing__is_refused(board):
    path = board.file("loose.csv", LOOSE)
    assert "there is no series XX" in board.fails(3, "import", "entries", path, "--series", "XX", now=DAY)
    parties = board.file("p.csv", "kind,name\nperson,Cas Green\n")
    assert "--series and --anyway are for entries" in board.fails(2, "import", "parties", parties, "--series", "TB", now=DAY)
    assert board.json("list", "--all") == []


@pytest.fixture
def people(board):
    for name in ("Raj Patel", "Cas Green"):
        board("person", "add", name)
    board("office", "add", "Head of Roads and Transport")
    return board


@pytest.mark.parametrize("cell, owners", [
    ("Raj Patel & Cas Green", ["Raj Patel", "Cas Green"]),
    ("Raj Patel/Cas Green", ["Raj Patel", "Cas Green"]),
    ("Raj Patel / Cas Green / BB", ["Raj Patel", "Cas Green", "Bob Brown"]),
    ("Raj Patel, Cas Green", ["Raj Patel", "Cas Green"]),
    ("Raj Patel and Cas Green", ["Raj Patel", "Cas Green"]),
    ("Raj Patel, Cas Green, and Bob Brown", ["Raj Patel", "Cas Green", "Bob Brown"]),
    ("Head of Roads and Transport and Raj Patel", ["Head of Roads and Transport", "Raj Patel"]),
    ("Cas Green & Raj Patel; Bob Brown", ["Cas Green", "Raj Patel", "Bob Brown"]),
    ("Head of Roads and Transport", ["Head of Roads and Transport"]),
    ("Patel, Raj", ["Raj Patel"]),
])
def test_import__owners_all_of_whom_are_known__are_taken_as_several(people, cell, owners):
    people.counts("entries", 'ref,text,owners\nA-1,one,"%s"\nA-2,two,"%s"\n' % (cell, ";".join(owners)), now=DAY)
    one, two = (people.json("show", ref) for ref in ("A-1", "A-2"))
    assert sorted(one["owners"]) == sorted(owners)
    assert [one[k] for k in ("owners", "co_owners")] == [two[k] for k in ("owners", "co_owners")]


def test_import__unknown_owner__is_told_once_with_the_rows_and_who_is_near(people):
    text = "text,owners,co_owners\n" + "".join("do %d,%s,%s\n" % row for row in [
        (1, "Raj Patil", ""), (2, "Raj Patel", "Raj Patil"), (3, "Nobody Known", ""), (4, "raj patil", ""),
        (5, "Cas Green & Zebedee Quux", ""), (6, "Zebedee Quux", "")])
    said = people.fails(1, "import", "entries", people.file("who.csv", text), now=DAY)
    assert said.replace(str(people.folder) + "/", "").splitlines() == [
        'who.csv:rows 2, 3 and 5, column "owners": nobody is called \'Raj Patil\': did you mean \'Raj Patel\'? '
        'If they are new: nudgectl person add "Raj Patil" (or office add, organisation add), or a row of parties',
        'who.csv:row 4, column "owners": nobody is called \'Nobody Known\'; add them with: '
        'nudgectl person add "Nobody Known" (or office add, organisation add), or a row of parties',
        'who.csv:rows 6 and 7, column "owners": nobody is called \'Zebedee Quux\'; add them with: '
        'nudgectl person add "Zebedee Quux" (or office add, organisation add), or a row of parties',
        "who.csv: nothing was imported: 3 problems"]


def test_import__unknown_owner_of_many_rows__names_the_first_of_them(people):
    text = "text,owners\n" + "".join("do it %d,Nobody Known\n" % n for n in range(30))
    said = people.fails(1, "import", "entries", people.file("who.csv", text), now=DAY)
    assert "who.csv:rows 2, 3, 4, 5, 6 and 25 more, column" in said and said.count("Nobody") == 2
    assert "nothing was imported: 1 problem\n" in said


def test_import__nobody_of_several_known__is_told_as_it_stands(people):
    said = people.fails(1, "import", "entries", people.file("w.csv", "text,owners\ngo,Yo & Co\n"), now=DAY)
    assert "nobody is called 'Yo & Co'" in said and "1 problem\n" in said


def test_import_parties__unknown_organisation__is_told_once_with_its_rows(people):
    text = ("kind,name,organisation\nperson,Dee One,Exampleshire Polise\nperson,Dee Two,Exampleshire Polise\n"
            "person,Dee Three,Weathermen\n")
    said = people.fails(1, "import", "parties", people.file("p.csv", text), now=DAY)
    assert ("p.csv:rows 2 and 3, column \"organisation\": nobody is called 'Exampleshire Polise': "
            "did you mean 'Exampleshire Police'? If not: give it a row\n") in said
    assert ("p.csv:row 4, column \"organisation\": nobody is called 'Weathermen', "
            "in the file or in the register; give it a row\n") in said
    assert "2 problems" in said


@pytest.mark.parametrize("cell", [".", "Ann Other & .", "...; Ann Other"])
def test_import__owner_that_is_no_name__is_an_error_of_its_row(people, cell):
    said = people.fails(1, "import", "entries", people.file("w.csv", "text,owners\ngo,%s\n" % cell), now=DAY)
    assert 'w.csv:row 2, column "owners": "' in said and '" is no name\n' in said and "1 problem\n" in said
