# SPDX-License-Identifier: ISC
"""A paper becomes entries: once, again, next month, by way of a table."""
import csv
import io
import re
import shlex

import pytest

NOW = "2026-09-14"

PAPER = """Working Together Meeting

Thursday 10 September 2026

Present

Margaret Okafor – Commissioner (Chair)
Alan Birch – Exampleshire Police
Helen Marsh – Northvale Council

1. Superintendent Alan Birch gave an update on the leaflet for residents.

Action – AB to share the leaflet with partners within three weeks

2. Helen Marsh described the difficulties of sharing case data.

Action – HM to draft an agreement for the next meeting

3. The winter campaign was discussed.

Action – a list of priorities to be drawn up in due course

Date of next meeting – 5 November 2026
"""


@pytest.fixture
def paper(desk):
    return desk.file("minutes.txt", PAPER)


# ---- the command line ----

@pytest.mark.parametrize("line, says", [
    (["--accept"], "something is missing: FILE"),
    (["--accept", "--series", "WT"], "something is missing: FILE"),
    ([], "something is missing: FILE"),
    (["FILE", "--accept", "--draft", "OUT"], "give one of them"),
    (["FILE", "--accept", "--bogus"], "no option --bogus"),
    (["FILE", "--accept", "-x"], "no option -x"),
    (["FILE", "--accept", "--held-on", "nonsense"], "nonsense"),
    (["FILE", "--accept", "--on", "2030-01-01"], "a day to come"),
    (["FILE", "--accept", "--series"], "--series needs a value"),
])
def test_minutes__line_is_wrong__usage_and_nothing_done(desk, paper, line, says):
    out = desk.folder / "out.csv"
    line = [{"FILE": paper, "OUT": out}.get(word, word) for word in line]
    said = desk.fails(2, "minutes", *line, now=NOW)
    assert says in said
    assert "usage: nudgectl minutes FILE…" in said
    assert not out.exists()
    assert desk.json("list") == []


def test_minutes__accept_from_standard_input__is_taken_in(desk):
    desk("minutes", "-", "--accept", "--series", "WT", now=NOW, text=PAPER)
    assert [e["ref"] for e in desk.json("list")] == ["WT-1", "WT-2", "WT-3"]


def test_minutes__draft_to_standard_output__is_the_table_alone(desk, paper):
    rows = list(csv.DictReader(io.StringIO(desk("minutes", paper, "--draft", "-", now=NOW))))
    assert [row["due_on"] for row in rows] == ["2026-10-01", "2026-11-05", ""]


# ---- the series ----

def hangs(desk):
    """Where the entries' dates come from, for comparing two registers."""
    desk("meeting", "move", "WT", "2026-11-05", "2026-11-12", now=NOW)
    return [(e["ref"], e["due_on"], e["text"], e["owners"]) for e in desk.json("list")]


def test_minutes__paper_makes_the_series__dates_hang_on_the_meeting(desk, desks, paper):
    desk("minutes", paper, "--series", "WT", "--accept", now=NOW)
    assert desk.json("show", "WT-2")["due_on"] == "2026-11-05"
    other = desks()
    other("series", "add", "WT", "Working Together", now=NOW)
    other("minutes", paper, "--series", "WT", "--accept", now=NOW)
    moved = hangs(desk)
    assert ("WT-2", "2026-11-12") in [e[:2] for e in moved]
    assert moved == hangs(other)
    assert "moves with it" in desk("why", "WT-2", now=NOW)


PARISH = """Exampleton Parish Council Meeting December

Minutes of the Ordinary Meeting held on Wednesday 2 December 2020

Present: Cllr Ann Lee (Chair), Helen Ray (Clerk)

Action: Helen Ray to write to the county by 20 December 2020
"""


@pytest.mark.parametrize("head, title", [
    ("Exampleton Parish Council Meeting December", "Exampleton Parish Council"),
    ("Exampleton Parish Council Meeting - December 2020", "Exampleton Parish Council"),
    ("Ordinary Meeting", "PC"),
    ("Working Together Meeting", "Working Together Meeting"),
])
def test_minutes__paper_makes_the_series__named_for_the_body(desk, head, title):
    text = PARISH.replace("Exampleton Parish Council Meeting December", head)
    said = desk("minutes", desk.file("p.txt", text), "--series", "PC", "--accept",
                now="2020-12-09")
    assert [s["title"] for s in desk.json("series", "list")] == [title]
    assert "PC is a new series" in said
    assert "nudgectl series set PC --title" in said


def test_minutes__series_not_known__lists_what_there_is_nearest_first(desk):
    desk("series", "add", "AB", "Arts Board")
    desk("series", "add", "EPC", "Exampleton Playing Fields Parish Committee")
    desk("series", "add", "ZB", "Zoo Board")
    said = desk.fails(1, "minutes", desk.file("p.txt", PARISH), "--accept", now="2020-12-09")
    assert 'nudgectl series add CODE "Exampleton Parish Council"' in said
    assert 'EPC "Exampleton Playing Fields Parish Committee", AB "Arts Board", ZB' in said
    assert desk.json("list") == []


def test_minutes__code_misspelt__names_the_series_the_paper_reads_like(desk):
    desk("series", "add", "PC", "Exampleton Parish Council")
    said = desk.fails(1, "minutes", desk.file("p.txt", PARISH), "--accept", "--series", "PD",
                      now="2020-12-09")
    assert "--series PC" in said
    assert [s["code"] for s in desk.json("series", "list")] == ["PC"]


# ---- nothing found ----

@pytest.mark.parametrize("how", [[], ["--accept", "--series", "WT"], ["--draft", "-"]])
def test_minutes__nothing_in_the_paper__said_with_status_1(desk, how):
    path = desk.file("notes.conf", 'organisation = "Trial Board";\nregister = "x.db";\n')
    said = desk.fails(1, "minutes", path, *how, now=NOW)
    assert "notes.conf: nothing found" in said
    assert desk.json("series", "list") == []


def test_minutes__nothing_in_one_of_two_papers__the_other_is_shown(desk, paper):
    path = desk.file("notes.conf", 'organisation = "Trial Board";\n')
    done = desk.run("minutes", paper, path, now=NOW)
    assert done.returncode == 1
    assert "within three weeks" in done.stdout
    assert "notes.conf: nothing found" in done.stderr


def test_minutes__meeting_without_actions__said_so(desk):
    text = PARISH.replace("Action: Helen Ray to write to the county by 20 December 2020\n", "")
    said = desk("minutes", desk.file("p.txt", text), "--series", "PC", "--accept",
                now="2020-12-09")
    assert "no action, recommendation or promise was found" in said
    assert [m["held_on"] for m in desk.json("meeting", "list")] == ["2020-12-02"]


# ---- owners who come later ----

STRANGERS = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 2 December 2020

Present: Cllr Sue Brown (Chair)

Action: Zed Zebedee to write to the county by 20 December 2020
Action: Clerk to order two seats by 21 December 2020
Action: Clerk and Zed Zebedee to look at the fence by 22 December 2020
Action: Yan Yarrow to paint the gate by 23 December 2020
Action: all to read the plan by 24 December 2020

Action log

Action                                      Owner       Due
Write to the county about the hedge         They        20 December 2020
Look at the fence beside the school         All         22 December 2020
Paint the gate of the playing field         It          22 December 2020
"""
THEN = "2020-12-09"


@pytest.fixture
def parish(desk):
    desk("series", "add", "PC", "Exampleton Parish Council", now=THEN)
    return desk


def owners(desk):
    return {e["ref"]: (e["owners"], e["state"]) for e in desk.json("list")}


def accept(desk, text, now=THEN):
    done = desk.run("minutes", desk.file("p.txt", text), "--accept", "--series", "PC", now=now)
    assert done.returncode == 0, done.stderr
    return done


def know(desk):
    desk("person", "add", "Zed Zebedee", now=THEN)
    desk("person", "add", "Helen Ray", now=THEN)
    desk("office", "add", "Clerk", "--holder", "Helen Ray", now=THEN)


def test_minutes__owners_added_and_paper_taken_again__as_if_known_before(parish, desks):
    accept(parish, STRANGERS)
    assert owners(parish)["PC-1"] == ([], "unconfirmed")
    know(parish)
    again = accept(parish, STRANGERS)
    other = desks()
    other("series", "add", "PC", "Exampleton Parish Council", now=THEN)
    know(other)
    accept(other, STRANGERS)
    assert owners(parish) == owners(other)
    assert owners(parish)["PC-1"] == (["Zed Zebedee"], "open")
    assert sorted(owners(parish)["PC-3"][0]) == ["Clerk", "Zed Zebedee"]
    assert "PC-1" in again.stdout and "Zed Zebedee" in again.stdout
    # and then there is nothing more to say
    assert "0 updated" in accept(parish, STRANGERS).stdout
    assert parish.json("show", "PC-1")["flag"] is None


def test_minutes__owner_given_by_hand__stays(parish):
    accept(parish, STRANGERS)
    know(parish)
    parish("assign", "PC-1", "--owner", "Helen Ray", now=THEN)
    parish("person", "add", "Sue Brown", now=THEN)
    parish("confirm", "PC-2", "--owner", "Sue Brown", now=THEN)
    accept(parish, STRANGERS)
    assert owners(parish)["PC-1"][0] == ["Helen Ray"]
    assert owners(parish)["PC-2"] == (["Sue Brown"], "open")


def test_minutes__finished_without_an_owner__stays_so(parish):
    accept(parish, STRANGERS)
    parish("withdraw", "PC-1", "--reason", "not ours", now=THEN)
    know(parish)
    accept(parish, STRANGERS)
    entry = parish.json("show", "PC-1")
    assert (entry["state"], entry["owners"]) == ("withdrawn", [])


def test_minutes__owner_unknown__show_says_whom_the_paper_named(parish):
    accept(parish, STRANGERS)
    assert '"Zed Zebedee"' in parish("show", "PC-1", now=THEN)
    assert '"Clerk"' in parish("show", "PC-2", now=THEN)
    assert "Yan" not in parish("show", "PC-2", now=THEN)


def test_minutes__owner_unknown__said_once_a_name_with_what_to_do(parish):
    said = accept(parish, STRANGERS).stderr
    assert said.count('"Clerk" --holder') == 1
    assert 'lines 8 and 9: nobody here is called "Clerk"' in said
    assert 'nudgectl person add "Zed Zebedee"' in said
    assert "take the paper in again" in said


def test_minutes__owner_is_no_name__nobody_is_told_to_add_it(parish):
    said = accept(parish, STRANGERS).stderr
    for word in "All", "It", "They":
        assert '"%s" names nobody' % word in said
        assert 'add "%s"' % word not in said
        assert 'alias "%s"' % word not in said


MISSPELT = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 2 December 2020

Present: Zed Zebadee, Ann Lee (Chair)

Action: Zed Zebadee to write to the county by 20 December 2020
Action: Zed Zebadee and Ann Lee to look at the fence by 22 December 2020
"""


def test_minutes__owner_is_nearly_somebody__asked_and_not_added(parish):
    parish("person", "add", "Zed Zebedee", now=THEN)
    parish("person", "add", "Ann Lee", now=THEN)
    shown = parish.run("minutes", parish.file("p.txt", MISSPELT), "--series", "PC", now=THEN).stdout
    assert shown.count("did you mean Zed Zebedee?") == 1
    assert shown.index("To look at") < shown.index("did you mean")
    done = accept(parish, MISSPELT)
    assert "did you mean Zed Zebedee?" in done.stderr
    assert owners(parish) == {"PC-1": ([], "unconfirmed"), "PC-2": (["Ann Lee"], "unconfirmed")}
    assert "Zed Zebadee" not in parish("person", "list")
    # as it says
    parish("person", "set", "Zed Zebedee", "--alias", "Zed Zebadee", now=THEN)
    accept(parish, MISSPELT)
    assert owners(parish)["PC-1"] == (["Zed Zebedee"], "open")
    assert sorted(owners(parish)["PC-2"][0]) == ["Ann Lee", "Zed Zebedee"]


def test_minutes__owner_is_nearly_somebody__may_be_somebody_else(parish):
    parish("person", "add", "Zed Zebedee", now=THEN)
    accept(parish, MISSPELT)
    parish("person", "add", "Zed Zebadee", now=THEN)
    accept(parish, MISSPELT)
    assert owners(parish)["PC-1"] == (["Zed Zebadee"], "open")


KNOWN_OTHERWISE = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 2 December 2020

Present: Ann Lee (Chair)

Action log

Action                                      Owner            Due
Write to the county about the hedge         P Marr           20 December 2020
Look at the fence beside the school         JH               22 December 2020
Paint the gate of the playing field         T/Supt Hale      22 December 2020
Draw a map of the paths in the parish       Yan Yarrow       23 December 2020
"""


def test_minutes__owner_known_otherwise__shown_and_not_said_to_be_unknown(parish):
    parish("person", "add", "Philip Marr", now=THEN)
    parish("person", "add", "Joan Mary Hale", now=THEN)
    path = parish.file("p.txt", KNOWN_OTHERWISE)
    shown = parish("minutes", path, "--series", "PC", now=THEN)
    rows = [line.split("\t") for line in shown.splitlines() if "\taction\t" in line]
    assert [row[2] for row in rows] == ["Philip Marr", "Joan Mary Hale", "Joan Mary Hale",
                                        "Yan Yarrow"]
    taken = accept(parish, KNOWN_OTHERWISE)
    for said in shown, taken.stdout + taken.stderr:
        assert "Marr\"" not in said and "Hale\"" not in said and "Philip\"" not in said
        assert '"Yan Yarrow"' in said
    assert [owners(parish)["PC-%d" % i][0] for i in (1, 2, 3)] == [
        ["Philip Marr"], ["Joan Mary Hale"], ["Joan Mary Hale"]]


def test_minutes__two_of_nearly_one_name_in_the_paper__are_two(parish):
    parish("person", "add", "Zed Zebedee", now=THEN)
    accept(parish, MISSPELT.replace("Present: ", "Present: Zed Zebedee, "))
    assert owners(parish)["PC-1"] == (["Zed Zebadee"], "open")


def test_alias__is_the_name_of_somebody_else__refused_with_what_makes_them_one(parish):
    parish("person", "add", "Ann Lee", now=THEN)
    accept(parish, MISSPELT)
    parish("person", "add", "Zed Zebedee", now=THEN)
    said = parish.fails(4, "person", "set", "Zed Zebedee", "--alias", "Zed Zebadee", now=THEN)
    assert 'somebody else is called "Zed Zebadee"' in said
    lines = re.findall(r"nudgectl (person .*?), (?=nudgectl|and then)", said)
    assert len(lines) == 2
    for line in lines:
        parish(*shlex.split(line), now=THEN)
    parish("person", "set", "Zed Zebedee", "--alias", "Zed Zebadee", now=THEN)
    assert owners(parish)["PC-1"] == (["Zed Zebedee"], "open")
    text = MISSPELT.replace("Wednesday 2 December", "Wednesday 9 December")
    accept(parish, text.replace("write to the county", "repaint the bus shelter"), now="2020-12-10")
    assert owners(parish)["PC-3"][0] == ["Zed Zebedee"]


# ---- the wrong series ----

def test_minutes__title_is_of_another_series__refused(parish, paper):
    parish("series", "add", "WT", "Working Together", now=NOW)
    said = parish.fails(4, "minutes", paper, "--accept", "--series", "PC", now=NOW)
    assert "reads like the series WT, not PC: say --series WT" in said
    assert parish.json("list") == [] and parish.json("meeting", "list") == []
    parish("minutes", paper, "--accept", "--series", "PC", "--anyway", now=NOW)
    assert parish.json("list")[0]["ref"] == "PC-1"


def test_minutes__another_series_has_the_paper__refused_until_withdrawn(parish):
    parish("series", "add", "FC", "Finance", now=NOW)
    text = MISSPELT.replace("Exampleton Parish Council", "Notes")
    paper = parish.file("p.txt", text)
    parish("minutes", paper, "--accept", "--series", "FC", now=NOW)
    said = parish.fails(4, "minutes", paper, "--accept", "--series", "PC", now=NOW)
    assert "taken in already as one of FC: say --series FC" in said
    parish("withdraw", "FC-1", "FC-2", "--reason", "wrong series", now=NOW)
    parish("minutes", paper, "--accept", "--series", "PC", now=NOW)
    assert {e["ref"] for e in parish.json("list")} == {"PC-1", "PC-2"}


def test_minutes__help__names_the_commands_that_put_right(desk):
    told = desk("minutes", "--help")
    for word in "reword", "assign", "confirm", "supersede", "withdraw", "--anyway":
        assert word in told


# ---- what has no date ----

UNDATED = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 2 December 2020

Present: Jo Smith, Jan Stone, Ann Lee

Action: JS to rewrite the policy
Action: Ann Lee to send the list
Action: Ann Lee to share a link when available
Action: Ann Lee to speak to the county at the next meeting
"""


def test_undated__meeting_added__only_what_changed_is_told(parish):
    for name in "Jo Smith", "Jan Stone", "Ann Lee":
        parish("person", "add", name, now=THEN)
    accept(parish, UNDATED)
    assert '"JS"' in parish("show", "PC-1", now=THEN)
    said = parish("meeting", "add", "PC", "2021-06-02", now=THEN)
    assert said.splitlines()[1:] == [
        "1 date changes with it:", "  PC-4: due 2 June 2021, was no date"]
    # who may be meant is still to look at
    assert '"JS"' in parish("show", "PC-1", now=THEN)


def test_undated__asked_before_the_meeting__why_waits_for_none(parish):
    parish("person", "add", "Ann Lee", now=THEN)
    accept(parish, UNDATED)
    parish("meeting", "add", "PC", "2021-06-02", now=THEN)
    why = parish("why", "PC-2", now=THEN)
    assert "waits for a meeting to be planned" not in why
    assert "to be asked for on 13 January 2021" in why
    assert "A meeting before that day would come first" in why


def test_undated__list__has_the_day_to_ask(parish):
    parish("person", "add", "Ann Lee", now=THEN)
    accept(parish, UNDATED)
    rows = [row.split("\t") for row in parish("list", "--undated", now=THEN).splitlines()]
    assert {(row[0], row[-1]) for row in rows} >= {("PC-2", "2021-01-13")}
    assert "2021-01-13" not in parish("list", now=THEN)


# ---- by way of a table ----

PEOPLE = "Margaret Okafor", "Alan Birch", "Helen Marsh"


@pytest.fixture
def board(desk):
    return make_board(desk)


def make_board(desk):
    desk("series", "add", "WT", "Working Together", now=NOW)
    for name in PEOPLE:
        desk("person", "add", name, now=NOW)
    return desk


def kept(desk):
    """What an import must give as --accept does."""
    fields = ("ref", "kind", "text", "owners", "state", "due_on", "review_on", "base_on",
              "due_phrase", "rule", "flag", "item", "para", "held_on", "series", "slips")
    return ([{f: desk.json("show", e["ref"])[f] for f in fields}
             for e in desk.json("list", "--state", "unconfirmed") + desk.json("list")],
            [{f: m[f] for f in ("held_on", "state", "minutes", "starts_at", "venue")}
             for m in desk.json("meeting", "list")])


def both_ways(desk, other, text, now):
    desk("minutes", desk.file("minutes.txt", text), "--accept", "--series", "WT", now=now)
    path = other.folder / "draft.csv"
    done = other.run("minutes", other.file("minutes.txt", text), "--series", "WT",
                     "--draft", path, now=now)
    assert done.returncode == 0, done.stderr
    done = other.run("import", "entries", path, now=now)
    assert done.returncode == 0, done.stderr
    assert "not read" not in done.stderr
    return done


LATER = """Working Together Meeting

Thursday 5 November 2026 at 10.30 am, Town Hall

Present

Margaret Okafor – Commissioner (Chair)
Helen Marsh – Northvale Council

Actions

Ref   Action                                                 Owner        Due              Status
WT-1  share the leaflet with partners within three weeks     AB           20 November 2026 Open
WT-4  AB and HM to book the hall for the spring conference   Helen Marsh  15 January 2027  Open

Date of next meeting – 7 January 2027
"""


def test_draft__imported__register_as_accept_gives_it(board, desks):
    other = make_board(desks())
    both_ways(board, other, PAPER, NOW)
    assert kept(other) == kept(board)
    assert [m["held_on"] for m in other.json("meeting", "list")] == ["2026-09-10", "2026-11-05"]
    assert hangs(other) == hangs(board)
    assert [e["due_on"] for e in other.json("list")][1] == "2026-11-12"
    assert "moves with it" in other("why", "WT-2", now=NOW)


def test_draft__of_the_next_meeting__updates_as_accept_does(board, desks):
    other = make_board(desks())
    both_ways(board, other, PAPER, NOW)
    both_ways(board, other, LATER, "2026-11-09")
    assert kept(other) == kept(board)
    assert other.json("show", "WT-1")["due_on"] == "2026-11-20"
    assert other.json("show", "WT-1")["slips"] == 1
    # once more: nothing new
    done = both_ways(board, other, LATER, "2026-11-10")
    assert "0 new, 0 changed" in done.stdout
    assert kept(other) == kept(board)


def test_draft__points_of_an_action__become_sub_points(board, desks):
    text = PAPER.replace("Date of next", """\
4. The inspection report was published in August 2026. The Commissioner sought an update on \
the recommendations, which were as follows

Within three months, the force should review its control room. This should include:

- the supervision of closures; and
- the grading of incidents.

Date of next""")
    other = make_board(desks())
    for one in board, other:
        one("organisation", "add", "force", now=NOW)
    both_ways(board, other, text, NOW)
    refs = [e["ref"] for e in board.json("list")]
    assert "WT-4.1" in refs and "WT-4.2" in refs
    assert kept(other) == kept(board)


def test_draft__row_reworded_and_paper_taken_in_later__no_double(board, paper):
    path = board.folder / "d.csv"
    board("minutes", paper, "--series", "WT", "--draft", path, now=NOW)
    path.write_text(path.read_text().replace(
        "HM to draft an agreement for the next meeting",
        "Helen to write and circulate a sharing agreement for the next meeting"))
    assert board.json("import", "entries", path, now=NOW)["new"] == 3
    got = board.json("minutes", paper, "--accept", "--series", "WT", now=NOW)
    assert (got["added"], got["unconfirmed"], got["same"]) == (0, 0, 3)
    # another action in that place is another action
    other = board.file("minutes.txt", PAPER.replace(
        "HM to draft an agreement for the next meeting",
        "AB to repaint both gates by Christmas"))
    got = board.json("minutes", other, "--accept", "--series", "WT", now=NOW)
    assert (got["added"], got["same"]) == (1, 2)


def test_minutes__several_papers__each_by_itself_and_one_list(board, paper):
    later = board.file("later.txt", PAPER.replace("10 September", "24 September")
                       .replace("AB to share the leaflet", "AB to print the leaflet"))
    bad = board.file("bad.txt", "nothing\n")
    done = board.run("minutes", paper, bad, later, "--accept", "--series", "WT", now=NOW)
    assert done.returncode == 1
    assert "taken in before it: 1 of 3" in done.stderr and "bad.txt: nothing found" in done.stderr
    assert {e["held_on"] for e in board.json("list")} == {"2026-09-10"}
    got = board.json("minutes", paper, later, "--accept", "--series", "WT", now=NOW)
    assert (got[0]["same"], got[1]["updated"]) == (3, 3)


def test_minutes__entry_reworded_and_paper_taken_again__no_double(board, paper):
    board("minutes", paper, "--accept", "--series", "WT", now=NOW)
    board("reword", "WT-2", "Find out whether the dipwells are still needed", now=NOW)
    for again in paper, board.file("pasted.txt", "Pasted\n\n" + PAPER):
        got = board.json("minutes", again, "--accept", "--series", "WT", now=NOW)
        assert (got["added"], got["unconfirmed"], got["same"]) == (0, 0, 3)
    assert board.json("show", "WT-2")["text"] == "Find out whether the dipwells are still needed"
    path = board.folder / "d.csv"
    board("minutes", paper, "--series", "WT", "--draft", path, now=NOW)
    assert board.json("import", "entries", path, now=NOW)["new"] == 0


def test_minutes__entries_changed_and_paper_taken_again__nothing_changes(board, paper):
    """Reworded into what another row says, withdrawn, or both: it is known by its line and the
    text that it came with."""
    board("minutes", paper, "--accept", "--series", "WT", now=NOW)
    board("reword", "WT-1", "HM to draft an agreement for next meeting", now=NOW)
    board("reword", "WT-3", "AB to share the leaflet with the partners in three weeks", now=NOW)
    board("withdraw", "WT-2", "--reason", "Not needed", now=NOW)
    board("withdraw", "WT-3", "--reason", "Not needed", now=NOW)
    before = kept(board)
    for again in paper, board.file("pasted.txt", "Pasted\n\n" + PAPER):
        got = board.json("minutes", again, "--accept", "--series", "WT", now=NOW)
        assert (got["added"], got["unconfirmed"], got["updated"], got["same"]) == (0, 0, 0, 3)
        assert kept(board) == before
    # and reworded back, with the paper's other rows as they were
    board("reword", "WT-1", "AB to share the leaflet with partners", now=NOW)
    got = board.json("minutes", paper, "--accept", "--series", "WT", now=NOW)
    assert (got["added"], got["unconfirmed"], got["same"]) == (0, 0, 3)


def test_draft__without_a_series__warned(desk, paper):
    desk("series", "add", "ZB", "Zoo Board")
    done = desk.run("minutes", paper, "--draft", desk.folder / "d.csv", now=NOW)
    assert done.returncode == 0
    assert "The draft names none" in done.stderr
    assert 'ZB "Zoo Board"' in done.stderr


def test_draft__for_a_series_to_come__says_what_is_needed_first(desk, paper):
    path = desk.folder / "d.csv"
    said = desk.run("minutes", paper, "--series", "WT", "--draft", path, now=NOW).stderr
    assert 'nudgectl series add WT "Working Together Meeting"' in said
    assert 'nudgectl person add "Alan Birch"' in said
    assert "line 21" not in said
    make_board(desk)
    assert desk.json("import", "entries", path, now=NOW)["new"] == 3
    assert desk.json("list")[0]["ref"] == "WT-1"
    desk("meeting", "move", "WT", "2026-11-05", "2026-11-12", now=NOW)
    assert desk.json("show", "WT-2")["due_on"] == "2026-11-12"


def test_import__row_of_a_meeting__bad_words_are_refused(board):
    head = "text,series,meeting_on,meeting_state,meeting_minutes,meeting_time,next_meeting_on\n"
    said = board.fails(1, "import", "entries", board.file(
        "x.csv", head + "Write,WT,2026-09-10,maybe,later,25:00,soon\n"), now=NOW)
    for column in "meeting_state", "meeting_minutes", "meeting_time", "next_meeting_on":
        assert 'row 2, column "%s"' % column in said
    assert board.json("meeting", "list") == []


# ---- next month ----

DECEMBER = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 2 December 2020

Present: Ann Lee (Chair), Helen Ray (Clerk)

Action: Ann Lee to write to the member of parliament about the lights
Action: Helen Ray to check whether permissions are needed for the cemetery tree
Action: Helen Ray to write to the developer about the street lights by the next meeting
Action: Ann Lee to receive a schedule of the grass cuts by 20 January 2021
Action: Ann Lee to contact the farm about the noise survey
Action: Helen Ray to order two perch seats by 18 December 2020
Action: Helen Ray to hang the new notice board by 1 May 2021

Date of next meeting: Wednesday 6 January 2021
"""

JANUARY = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 6 January 2021

Present: Ann Lee (Chair), Helen Ray (Clerk)

3/21 To Approve the Minutes of the Ordinary Meeting held on 2 December 2020

RESOLVED: That the minutes of the Ordinary Meeting held on Wednesday 2nd December 2020 be
approved. (Ann Lee proposed, all were in favour).

Lights - a reply had been received. PC-1 is complete. Helen Ray wrote to the developer about
the street lights, and waits for an answer. This was carried forward to the next meeting.

Tree - Helen Ray checked whether permissions are needed for the cemetery tree and none were.
Action completed.

Grass - Ann Lee to receive a schedule of the grass cuts. This would now be done by
26 February 2021.

Farm - Ann Lee contacted the farm about the noise survey, action closed.

PC-6 is complete but for the second of the seats. The notice board had not been done and was
carried forward.

The chair told a story. Action completed.

Rents

Rents are now due and were collected.

completed

Date of next meeting: Wednesday 3 February 2021

The meeting closed at 8.30 pm.
"""
JAN = "2021-01-10"


@pytest.fixture
def january(parish):
    for name in "Ann Lee", "Helen Ray":
        parish("person", "add", name, now=THEN)
    accept(parish, DECEMBER)
    parish("confirm", *[e["ref"] for e in parish.json("list", "--state", "unconfirmed")] or
           ["--help"], now=THEN)
    return parish


def decisions(desk, text=JANUARY, now=JAN):
    path = desk.file("p.txt", text)
    return desk.json("minutes", path, "--accept", "--series", "PC", now=now)


def test_prose__plain_word_of_a_ref__closes_it(january):
    said = accept(january, JANUARY, now=JAN).stdout
    entry = january.json("show", "PC-1")
    assert (entry["state"], entry["closed_on"]) == ("closed", "2021-01-06")
    assert "PC-1\tclosed" in said
    assert january.json("show", "PC-6")["state"] == "open"


def test_prose__minutes_of_a_day_approved__are_marked(january):
    said = accept(january, JANUARY, now=JAN).stdout
    assert "the minutes of 2 December 2020 are approved" in said
    meeting = january.json("meeting", "list")[0]
    assert (meeting["held_on"], meeting["minutes"]) == ("2020-12-02", "approved")
    assert meeting["approved_on"] == "2021-01-06"


def test_prose__the_rest__is_to_decide_with_the_command(january):
    got = decisions(january)
    assert [(d["line"], d["ref"], d["what"]) for d in got["to_decide"]] == [
        (13, "PC-3", "carried forward"),
        (16, "PC-2", "done"),
        (18, "PC-4", "has a new date"),
        (21, "PC-5", "done"),
        (23, "PC-6", "done"),
        (23, None, "something is carried forward"),
        (26, None, "something is done"),
    ]
    assert got["asked"] == 7
    # no entry was made of "This would now be done by 26 February 2021."
    assert [e["text"] for e in january.json("list") if "now be done" in e["text"]] == []
    text = january("minutes", january.folder / "p.txt", "--accept", "--series", "PC", now=JAN)
    assert "To decide:\nline 13\tPC-3 carried forward: " in text


def test_prose__commands_followed__nothing_is_left_to_decide(january):
    for d in decisions(january)["to_decide"]:
        if d["ref"] is None:
            continue
        for line in d["command"].split(" && "):
            words = shlex.split(line)
            assert words[0] == "nudgectl"
            january(*words[1:], now=JAN)
    assert january.json("show", "PC-3")["due_on"] == "2021-02-03"
    assert january.json("show", "PC-4")["due_on"] == "2021-02-26"
    assert january.json("show", "PC-2")["state"] == "proposed"
    january("meeting", "move", "PC", "2021-02-03", "2021-02-10", now=JAN)
    assert january.json("show", "PC-3")["due_on"] == "2021-02-10"
    january("approve", "PC-2", "PC-5", "PC-6", now=JAN)
    left = decisions(january)["to_decide"]
    assert [d["ref"] for d in left] == [None, None]


SAID_OF_MINUTES = """RESOLVED: That the minutes of the Ordinary Meeting held on Wednesday 2nd December 2020 be
approved. (Ann Lee proposed, all were in favour)."""


@pytest.mark.parametrize("said", [
    "RESOLVED: That the minutes of the last meeting be approved.",
    "Minutes of the last meeting were signed and initialled as a true record.",
    "The minutes were agreed, and signed by the Chair.",
    "    Minutes of previous meeting provided by Helen Ray, agreed, signed and initialled"
    "       Helen Ray     10/2/21",
])
def test_prose__last_minutes_approved_without_a_day__are_marked(january, said):
    assert SAID_OF_MINUTES in JANUARY
    got = decisions(january, JANUARY.replace(SAID_OF_MINUTES, said))
    assert not [d for d in got["to_decide"] if "minutes" in d["what"]]
    meeting = january.json("meeting", "list")[0]
    assert (meeting["held_on"], meeting["minutes"], meeting["approved_on"]) == (
        "2020-12-02", "approved", "2021-01-06")


def test_prose__minutes_of_some_body_approved_without_a_day__to_decide(january):
    text = JANUARY.replace(SAID_OF_MINUTES, "The minutes of the Planning Committee were approved.")
    todo = [d for d in decisions(january, text)["to_decide"] if "minutes" in d["what"]]
    assert [d["command"] for d in todo] == [
        "nudgectl meeting approve-minutes PC 2020-12-02 --on 2021-01-06"]
    assert january.json("meeting", "list")[0]["minutes"] != "approved"


def test_table__carried_forward_after_its_date__to_decide(january):
    text = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 6 January 2021

Present: Ann Lee (Chair), Helen Ray (Clerk)

Actions

Ref    Action                            Owner        Due             Status
PC-6   Order two perch seats             Helen Ray    asap            Carried forward
PC-7   Hang the new notice board         Helen Ray    1 May 2021      Open
"""
    got = decisions(january, text)
    assert [(d["ref"], d["what"]) for d in got["to_decide"]] == [("PC-6", "carried forward")]


ARISING = """Exampleton Parish Council

Minutes of the Ordinary Meeting held on Wednesday 6 January 2021

Present: Ann Lee (Chair), Helen Ray (Clerk)

2. Matters arising

PC-1: Helen Ray reported that the letter to the bank had been sent. Action closed.
PC-3: deferred to the next meeting.
PC-4: carry forward; new date 26 February 2021.
PC-5: Ann Lee had asked the farm twice. The noise has stopped. Action completed, it seems.
PC-77 is complete.
PC-78: no answer. Carried forward.

Date of next meeting: Wednesday 3 February 2021
"""


def test_prose__lines_of_refs__each_is_of_its_own(january):
    path = january.file("p.txt", ARISING)
    before = [e["ref"] for e in january.json("list")]
    shown = january("minutes", path, "--series", "PC", now=JAN)
    assert "line 13\tno PC-77 in the register" in shown
    assert "line 14\tno PC-78 in the register" in shown
    assert "but not which" not in shown
    draft = january.folder / "d.csv"
    january("minutes", path, "--series", "PC", "--draft", draft, now=JAN)
    assert "deferred" not in draft.read_text()
    got = decisions(january, ARISING)
    assert (got["added"], got["unconfirmed"], got["updated"]) == (0, 0, 1)
    assert [(d["line"], d["ref"], d["what"]) for d in got["to_decide"]] == [
        (10, "PC-3", "carried forward"), (11, "PC-4", "has a new date"), (12, "PC-5", "done")]
    assert got["to_decide"][1]["command"].startswith('nudgectl extend PC-4 --to "26 February 2021"')
    entry = january.json("show", "PC-1")
    assert (entry["state"], entry["closed_on"]) == ("closed", "2021-01-06")
    assert set(before) == {e["ref"] for e in january.json("list")} | {"PC-1"}
    for d in got["to_decide"]:
        january(*shlex.split(d["command"])[1:], now=JAN)
    assert january.json("show", "PC-3")["due_on"] == "2021-02-03"
    assert january.json("show", "PC-4")["due_on"] == "2021-02-26"
    # and once more there is nothing left to say
    said = accept(january, ARISING, now=JAN).stdout
    assert "0 added, 0 wait to be confirmed, 0 updated" in said
    assert "no PC-77 in the register" in said
